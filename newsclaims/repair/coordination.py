"""Coordination: names in a row with « et » are coordinated (« de Vega, d'Orsol et de Luma »)."""

from __future__ import annotations

from itertools import pairwise

from newsclaims.lexicon import load
from newsclaims.repair.draft import Chunk, Draft
from newsclaims.repair.words import is_demonym, is_description


def part_from_amounts(draft: Draft) -> None:
    """Coordinate a name with the one bought, not with what it cost (« Vega pour 8 millions et Luma pour 3 »)."""
    for chunk in draft.names:
        name = chunk.first
        amount = draft.head[name]
        if draft.deprel[name] != "conj" or draft.ner[amount] != "MONEY" or draft.has(name, "case"):
            continue
        bought = [c for c in draft.children(draft.head[amount]) if draft.deprel[c] == "obj" and c < amount]
        if bought and bought[0] in draft.chunk_of and draft.ner[bought[0]] != "MONEY":
            draft.attach(name, bought[0], "conj")


def coordinate(draft: Draft) -> None:
    """Hang names in a row, the last after « et », on the first."""
    run: list[Chunk] = []
    for chunk in draft.names:
        if run and _linked(draft, run[-1], chunk):
            run.append(chunk)
            continue
        _join(draft, run)
        run = [chunk]
    _join(draft, run)


def _linked(draft: Draft, left: Chunk, right: Chunk) -> bool:
    between = range(left.last + 1, right.first)
    gap = _undated(draft, between)
    if not gap or len(gap) > 8:
        return False
    if len(gap) < len(between) and draft.deprel[draft.top(right)].startswith("nsubj"):
        return False  # « a racheté Vega en 2017 et Luma a fermé »
    if _described(draft, left, right):
        return False
    has_link = False
    for i in gap:
        text, upos = draft.text[i].lower(), draft.upos[i]
        if text in (",", "et", "ou", "&"):
            has_link = True
        elif not has_link or not (
            upos in ("ADP", "DET", "ADJ")
            or text in ("encore", "aussi", "enfin", "même")
            # in « Lumo, rivale de Vega et de Luma », Vega completes the description and is in no row with Lumo
            or (is_description(draft.lemma[i].lower()) and draft.upos[i + 1] != "ADP")
            or is_demonym(text, text)
        ):
            return False
    cases = [draft.case(left), draft.case(right)]
    return has_link and (cases[1] == "" or cases[0] == cases[1])


def _described(draft: Draft, left: Chunk, right: Chunk) -> bool:
    """Return whether the noun with one name describes the other (« les actionnaires de Vega, Orsol et Luma, »)."""
    noun = draft.head[draft.top(left)]
    several = draft.upos[noun] == "NOUN" and draft.feats[noun].get("Number") == "Plur"
    return several and draft.case(left) != "" and draft.top(right) == noun


def _undated(draft: Draft, gap: range) -> list[int]:
    """Return the words of a gap without « en 2017 » (« a racheté Vega en 2017 et Luma en 2019 »)."""
    dated: set[int] = set()
    for i in gap:
        if draft.upos[i] == "NUM" and len(draft.text[i]) == 4 and draft.text[i].isdigit():
            before = i - 2 if draft.text[i - 1].lower() in load("dates")["months"] else i - 1
            if draft.text[before].lower() in ("en", "depuis", "début", "fin"):
                dated.update(range(before, i + 1))
    return [i for i in gap if i not in dated]


def _join(draft: Draft, run: list[Chunk]) -> None:
    if len(run) < 2:
        return
    # a row of names is a coordination only when « et » or « ou » closes it
    while len(run) > 1 and not _closed(draft, run[-2], run[-1]):
        run = run[:-1]
    for left, right in pairwise(run):
        first, other = draft.top(run[0]), draft.top(right)
        subject = draft.deprel[other].startswith("nsubj")
        if subject and draft.head[other] == draft.head[first] and not draft.deprel[first].startswith("nsubj"):
            draft.deprel[first] = draft.deprel[other]
        own_verb = subject and draft.head[other] != draft.head[first]
        if own_verb and draft.upos[draft.head[other]] in ("VERB", "AUX") and "," in draft.text[left.last : right.first]:
            return
        if draft.below(other, first) and draft.deprel[other] == "conj":
            if first < draft.head[other] < run[0].first and draft.head[other] in draft.chunk_of:
                draft.attach(other, run[0].first, "conj")  # no name before the row, « les actionnaires de Vega, … »
            continue
        if draft.deprel[first].startswith("nsubj") or not own_verb:
            if draft.below(first, other):
                continue
            draft.attach(other, first, "conj")
        else:
            # the last of several subjects took the relation: « A, B et C jettent »
            outer, deprel = draft.head[other], draft.deprel[other]
            if not draft.below(outer, first):
                draft.hang(first, outer, deprel)
                draft.attach(other, first, "conj")


def _closed(draft: Draft, left: Chunk, right: Chunk) -> bool:
    return any(draft.text[i].lower() in ("et", "ou", "&") for i in range(left.last + 1, right.first))
