"""Verbs of speech, and whose they are."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from newsclaims.lexicon import load
from newsclaims.tree import Sentence, Word

# Governors that share their subject with what hangs on them.
_SHARING = frozenset({"xcomp", "conj", "ccomp", "acl"})


@cache
def verbs_of_speech() -> frozenset[str]:
    """Return the verbs whose subject says what they govern."""
    return frozenset(load("speech")["verbs"])


@cache
def announcing() -> frozenset[str]:
    """Return the verbs that put a noun forward (« annonce le rachat de »)."""
    return frozenset(load("speech")["announcing"])


@cache
def introducing() -> frozenset[str]:
    """Return the verbs of speech that introduce a clause (« affirme que »), not only stand behind a quotation."""
    return verbs_of_speech() - frozenset(load("speech")["inverted_only"])


def lets_know(words: Sequence[Word], cue: Word) -> bool:
    """Return whether a verb is the infinitive of « a laissé entendre », « fait savoir »."""
    speech = load("speech")
    return cue.lemma in speech["let_infinitives"] and any(
        w.lemma in speech["let"] for w in words[max(0, cue.id - 4) : cue.id - 1]
    )


def tells(words: Sequence[Word], cue: Word) -> bool:
    """Return whether a word is a verb of speech, or the infinitive of one of two words."""
    return cue.lemma in verbs_of_speech() or lets_know(words, cue)


def is_anybody(word: Word) -> bool:
    """Return whether a pronoun leaves open who speaks: that of the first person, or « on »."""
    return word.upos == "PRON" and word.text.lower().strip("-t") in load("speech")["anybody"]


def subject_beside(sentence: Sentence, verb: Word) -> Word | None:
    """Return the overt subject of a verb, through its governors of the same clause (« vient d'annoncer »).

    A gerund or participle beside a verb has that verb's subject (« a lancé Paul Durand, ajoutant que »).
    """
    at: Word | None = verb
    while at is not None:
        subjects = [c for c in sentence.children(at) if c.deprel.split(":")[0] == "nsubj"]
        if subjects:
            before = [c for c in subjects if c.id < at.id]
            return before[-1] if before else subjects[0]
        gerund = at.feats.get("VerbForm") == "Part" and at.feats.get("Tense") == "Pres"
        if at.deprel not in _SHARING and not (gerund and at.deprel in ("advcl", "parataxis", "parataxis:insert")):
            return None
        if at.deprel == "acl":
            return sentence.head(at) if gerund else None  # « un communiqué annonçant que »
        at = _governor(sentence, at) if gerund else sentence.head(at)
    return None


def _governor(sentence: Sentence, gerund: Word) -> Word | None:
    """Return the verb that a gerund goes with: not one in a clause with « si » or « quand » before it."""
    above = sentence.head(gerund)
    while above is not None and above.deprel == "advcl" and any(c.deprel == "mark" for c in sentence.children(above)):
        above = sentence.head(above)
    return above


def is_completive(sentence: Sentence, word: Word) -> bool:
    """Return whether what looks like a relative clause is what a verb of speech says.

    « a déclaré à la presse qu'Orsol a racheté Vega »: the parser hangs the clause on « presse ».
    """
    noun = sentence.head(word)
    verb = sentence.head(noun) if noun is not None else None
    return (
        word.deprel == "acl:relcl"
        and noun is not None
        and verb is not None
        and noun.deprel.startswith("obl")
        and verb.lemma in introducing()
        and any(w.text.lower().replace("’", "'") in ("que", "qu'") for w in sentence.words[noun.id : word.id - 1])
        and not any(c.deprel == "obj" for c in sentence.children(verb))
    )
