"""Rows: what is coordinated with a word."""

from __future__ import annotations

from newsclaims.anaphora.phrases import NOMINAL, gapped, in_parentheses, is_anybody_else, is_second_title
from newsclaims.anaphora.words import is_relative, place_in_pair
from newsclaims.tree import Sentence, Word


def group(sentence: Sentence, word: Word) -> list[Word]:
    """Return a word and what is coordinated with it."""
    found, queue = [word], [word]
    while queue:
        for child in sentence.children(queue.pop(0)):
            if child.deprel != "conj" or child.upos not in NOMINAL or child.ner in ("MONEY", "PERCENT"):
                continue
            if is_anybody_else(sentence, child):
                continue
            if is_relative(child):
                continue  # a parser's mistake: who stands for its antecedent is not a second actor beside it
            if is_second_title(sentence, word, child):
                continue
            if place_in_pair(sentence, child) is not None and gapped(sentence, child):
                continue
            between = sentence.words[min(word.id, child.id) : max(word.id, child.id) - 1]
            if not any(w.ner == "MONEY" for w in between):  # « Orsol (9 M€) et Vega (3 M€) » share nothing
                found.append(child)
                queue.append(child)
    closed = any(c.deprel == "cc" for w in found for c in sentence.children(w)) or in_parentheses(sentence, word)
    if not closed and len(found) == 2 and gapped(sentence, found[1]):
        return [word]  # « Orsol s'offre Vega, Nimbao la start-up Luma » has two clauses
    return sorted(found, key=lambda w: w.id)


def first_of_row(sentence: Sentence, word: Word) -> Word:
    """Return the first of those that are coordinated with an actor, the noun that it stands beside if that has others.

    « l'allemand Orsol et le danois Vega » are coordinated through their adjectives.
    """
    at = word
    while (above := sentence.head(at)) is not None and above.id < at.id:
        nominal = above.upos in NOMINAL and above.ner not in ("MONEY", "PERCENT")
        row = at.deprel == "appos" and not above.ner and any(c.deprel == "conj" for c in sentence.children(above))
        if not nominal or not (at.deprel == "conj" or row):
            break
        at = above
    return at
