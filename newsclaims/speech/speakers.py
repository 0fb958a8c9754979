"""Speakers: the noun, name or pronoun that words of speech point to."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from newsclaims.lexicon import load
from newsclaims.lexicon.words import descriptions, fold, titles
from newsclaims.tree import Sentence, Word

_FAR = 22  # words between a cue and its speaker, at most


def speaker_after(sentence: Sentence, index: int) -> Word | None:
    """Return the head of the noun phrase that begins at an index, over articles, adverbs, complements and dates."""
    words = sentence.words
    i = index
    aside = False  # whether a complement, a date or an adverb has been passed since the last comma
    while i < len(words) and i < index + _FAR:
        word = words[i]
        if word.ner and word.ner not in ("MONEY", "PERCENT"):
            if not _is_complement(sentence, word, index):
                return _head_of(sentence, word)
            while i + 1 < len(words) and words[i + 1].deprel == "flat:name":
                i += 1
            aside = True
        elif word.upos in ("NOUN", "PROPN", "PRON") and not _is_time(word):
            if not _is_complement(sentence, word, index):
                return _named_by(sentence, word)
            aside = True
        elif word.text == ",":
            if i > index and not aside:
                return None
            aside = False
        elif word.text in (".", ";", ":") or (word.upos == "VERB" and word.feats.get("VerbForm") == "Fin"):
            return None
        else:
            aside |= word.upos == "ADV" or _is_time(word)
        i += 1
    return None


def _is_time(word: Word) -> bool:
    return word.lemma in load("speech")["days"] or fold(word.text) in load("dates")["months"]


def _named_by(sentence: Sentence, noun: Word) -> Word:
    """Return the name of whom a noun describes, the noun where it has none."""
    words = sentence.words
    own = next((c for c in sentence.children(noun) if c.deprel in ("appos", "flat:name") and c.ner), None)
    if own is not None:
        return own
    following = words[noun.id] if noun.id < len(words) else None
    if following is not None and following.ner and fold(noun.text) in titles():
        return following  # « M. Durand »
    described = descriptions().get(fold(noun.lemma))
    if described.kind != "person" if described is not None else noun.lemma in _no_persons():
        return noun
    # « selon le directeur financier du groupe, Paul Durand »
    for word in words[noun.id :]:
        if word.text == ",":
            after = words[word.id] if word.id < len(words) else None
            return after if after is not None and after.ner == "PERSON" and _closed(words, after) else noun
        if word.upos not in ("ADP", "DET", "NOUN", "ADJ", "PROPN") or (word.ner == "PERSON"):
            return noun
    return noun


def _no_persons() -> frozenset[str]:
    """Return what tells something and is nobody: « selon l'enquête, Paul Durand … »."""
    return frozenset([*load("speech")["carriers"], *load("speech")["anonymous"]])


def _closed(words: tuple[Word, ...], name: Word) -> bool:
    """Return whether punctuation follows a name: « selon le maire, Paul Durand a investi » has a subject there."""
    end = name.id
    while end < len(words) and words[end].deprel.startswith("flat"):
        end += 1
    return end >= len(words) or words[end].upos == "PUNCT"


def _is_complement(sentence: Sentence, word: Word, index: int) -> bool:
    """Return whether a word after an index stands behind a preposition (« a confié à l'AFP », « dit avec fierté »)."""
    words = sentence.words
    before = word.id - 2
    while before >= index and (words[before].upos in ("DET", "ADJ", "NUM") or words[before].text in ("«", '"', "“")):
        before -= 1
    behind = before >= index and words[before].upos == "ADP"
    return behind or any(c.deprel == "case" and index < c.id < word.id for c in sentence.children(word))


def _head_of(sentence: Sentence, name: Word) -> Word:
    """Return the first word of a name."""
    return name if name.deprel != "flat:name" else sentence.head(name) or name


def behind(sentence: Sentence, speaker: Word) -> Word:
    """Return the name behind a speaker without one (« un article du Fil », « des sources citées par … »)."""
    if speaker.ner:
        return speaker
    speech = load("speech")
    agents = [a for a in map(partial(_named_by, sentence), _quoting_agents(sentence, speaker)) if a.ner]
    if agents and (speaker.lemma in speech["anonymous"] or speaker.lemma in speech["carriers"]):
        return agents[0]
    if speaker.lemma in speech["carriers"]:
        for c in sentence.children(speaker):
            if c.deprel.split(":")[0] == "nmod":
                named = _named_by(sentence, c)
                if named.ner and named.ner not in ("MONEY", "PERCENT"):
                    return named
    return speaker


def _quoting_agents(sentence: Sentence, speaker: Word) -> Iterator[Word]:
    """Yield those by whom what a phrase tells was brought out (« une source citée par Le Fil »)."""
    for word in sentence.subtree(speaker):
        if word.lemma in load("speech")["quoting"] and word.feats.get("VerbForm") == "Part":
            yield from (a for a in sentence.children(word) if a.deprel == "obl:agent")
