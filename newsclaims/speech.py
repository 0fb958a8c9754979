"""Reported speech: who says what a word of a sentence belongs to.

Only the tree and the word order are read here; whom a speaker's pronoun or description stands for is settled
later, with all other mentions.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from functools import cache

import attrs

from newsclaims.lexicon import load
from newsclaims.tree import Sentence, Word

_CLAUSAL = frozenset({"ccomp", "xcomp", "parataxis", "obj", "csubj", "advcl", "conj"})


@attrs.frozen
class Report:
    """An attribution inside a sentence.

    Attributes:
        speaker: the noun, name or pronoun to whom the words are attributed.
        cue: the verb or preposition that says so.
    """

    speaker: Word
    cue: Word


@cache
def verbs_of_speech() -> frozenset[str]:
    """Return the verbs whose subject says what they govern."""
    return frozenset(load("speech")["verbs"])


@cache
def _announcing() -> frozenset[str]:
    return frozenset(load("speech")["announcing"])


@cache
def _introducing() -> frozenset[str]:
    return verbs_of_speech() - frozenset(load("speech")["inverted_only"])


def report_of(sentence: Sentence, word: Word) -> Report | None:
    """Return the attribution that a word stands under, the nearest first, None without one."""
    return next((_voiced(sentence, report) for report in _reports(sentence, word)), None)


def quoted_report(sentence: Sentence, word: Word) -> Report | None:
    """Return the attribution of a quotation that a word stands in: behind it, or before a colon; None without one."""
    found = itertools.chain(_inverted(sentence, word), _before_colon(sentence, word), _prepositions(sentence, word))
    return next((_voiced(sentence, report) for report in found), None)


def _voiced(sentence: Sentence, report: Report) -> Report:
    """Return an attribution with the name behind its speaker (« un article du Fil », « des sources citées par … »)."""
    below = [(c, c.deprel.split(":")[0]) for c in sentence.children(report.speaker)]
    if report.speaker.lemma in load("speech")["carriers"]:
        named = [c for c, relation in below if relation == "nmod" and c.ner]
        if named:
            return attrs.evolve(report, speaker=named[0])
    if report.speaker.lemma in load("speech")["anonymous"]:
        quoting = [c for c, relation in below if relation == "acl" and c.lemma in load("speech")["quoting"]]
        agents = [a for c in quoting for a in sentence.children(c) if a.deprel == "obl:agent"]
        if agents:
            return attrs.evolve(report, speaker=agents[0])
    return report


def _reports(sentence: Sentence, word: Word) -> Iterator[Report]:
    yield from _governing(sentence, word)
    yield from _nominal(sentence, word)
    yield from _inverted(sentence, word)
    yield from _prepositions(sentence, word)
    yield from _before_colon(sentence, word)


def cited(sentence: Sentence) -> Iterator[Report]:
    """Yield the attributions by preposition: « selon Le Fil », « d'après Orsol », « à en croire la presse »."""
    texts = [w.text.lower().replace("’", "'") for w in sentence.words]
    for phrase in load("speech")["prepositions"]:
        parts = phrase.split()
        for end in range(len(parts), len(texts)):
            if texts[end - len(parts) : end] == parts:
                speaker = _nominal_after(sentence, end)
                if speaker is not None and speaker.upos != "SCONJ":
                    yield Report(speaker=speaker, cue=sentence.words[end - 1])


def _prepositions(sentence: Sentence, word: Word) -> Iterator[Report]:
    yield from (report for report in cited(sentence) if not _inside(sentence, word, report.speaker))


def _inside(sentence: Sentence, word: Word, speaker: Word) -> bool:
    """Return whether a word belongs to what is said of the speaker; what stands beside him as in a list does not."""
    path = [word, *sentence.ancestors(word)]
    return speaker in path and not any(w.deprel == "conj" for w in path[: path.index(speaker)])


def _governing(sentence: Sentence, word: Word) -> Iterator[Report]:
    """Yield the attributions by a verb above: « Orsol annonce que … », « la société dit avoir … »."""
    below = word
    beside = False  # in an apposition: « Orsol dévoile Luma, rivale de Vega » does not say whose rival Luma is
    for cue in sentence.ancestors(word):
        clausal = below.deprel.split(":")[0] in _CLAUSAL
        if is_completive(sentence, below):
            cue, clausal = sentence.head(cue) or cue, True
        elif below.deprel == "acl:relcl":
            return  # « Orsol affirme que Vega, dont il détient 15 %, recrute » says what everybody knows of Vega
        noun = below.upos in ("NOUN", "PROPN")
        beside |= below.deprel == "appos"
        verbs = _announcing() if noun else _introducing()
        if cue.lemma not in verbs:
            # « vient d'annoncer que … », the completive hung on « vient »
            infinitives = [c for c in sentence.children(cue) if c.deprel == "xcomp" and c.id < below.id]
            inner = [c for c in infinitives if c.lemma in verbs or _lets_know(sentence.words, c)]
            cue = inner[0] if inner and below.deprel == "ccomp" else cue
        said = cue.lemma in verbs or _lets_know(sentence.words, cue)
        if said and clausal and below.id > cue.id and not (noun and beside):
            speaker = subject_beside(sentence, cue)
            if speaker is not None and speaker.id != below.id:
                yield Report(speaker=speaker, cue=cue)
        below = cue


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
        and verb.lemma in _introducing()
        and any(w.text.lower().replace("’", "'") in ("que", "qu'") for w in sentence.words[noun.id : word.id - 1])
        and not any(c.deprel == "obj" for c in sentence.children(verb))
    )


def _nominal(sentence: Sentence, word: Word) -> Iterator[Report]:
    """Yield the attributions by a noun above: « l'annonce par Orsol d'un investissement »."""
    nouns = load("speech")["nouns"]
    for cue in [word, *sentence.ancestors(word)]:
        if cue.upos == "VERB":
            return
        if cue.lemma in nouns and cue.id != word.id:
            for child in sentence.children(cue):
                case = [c.lemma for c in sentence.children(child) if c.deprel == "case"]
                if "par" in case and child.id < word.id:
                    yield Report(speaker=child, cue=cue)


def subject_beside(sentence: Sentence, verb: Word) -> Word | None:
    """Return the overt subject of a verb, through its governors of the same clause (« vient d'annoncer »)."""
    at: Word | None = verb
    while at is not None:
        subjects = [c for c in sentence.children(at) if c.deprel.split(":")[0] == "nsubj"]
        if subjects:
            before = [c for c in subjects if c.id < at.id]
            return before[-1] if before else subjects[0]
        if at.deprel not in ("xcomp", "conj", "ccomp"):
            return None
        at = sentence.head(at)
    return None


def _inverted(sentence: Sentence, word: Word) -> Iterator[Report]:
    """Yield the attributions behind: « …, rapporte Le Fil », « …, a-t-il ajouté », « …, croit savoir Le Fil »."""
    words = sentence.words
    for cue in words[word.id :]:
        if cue.upos not in ("VERB", "AUX", "NOUN", "ADJ") or not (
            cue.lemma in verbs_of_speech() or _lets_know(words, cue)
        ):
            continue
        start = cue.id - 2  # index of the word before
        while start >= 0 and (
            words[start].upos in ("AUX", "PRON", "ADV") or words[start].lemma in ("avoir", "laisser", "faire", "croire")
        ):
            start -= 1
        if cue.feats.get("VerbForm") == "Part" and not any(w.upos == "AUX" for w in words[start + 1 : cue.id]):
            continue  # « ceux, moins avancés, de Vega »
        if start < 0 or words[start].text not in (",", "»", '"', "”", "!", "?", "-", "–", "—"):
            continue
        if any(w.lemma in ("qui", "que", "dont") for w in words[start : cue.id]):
            continue
        if cue.id < len(words) and words[cue.id].lemma == "que":
            continue  # what it reports comes after it
        quoted = any(w.text in ("»", '"', "”") for w in words[max(0, start - 1) : start + 1])
        subjects = [c for c in sentence.children(cue) if c.deprel.startswith("nsubj") and c.upos != "PRON"]
        if not quoted and any(c.id < start for c in subjects):
            continue
        clitic = next(
            (w for w in words[start + 1 : cue.id + 1] if w.text.lstrip("-t").lstrip("-") in ("il", "elle")), None
        )
        after = words[cue.id].text.lower() if cue.id < len(words) else ""
        if clitic is None and after.startswith(("-t-", "-il", "-elle", "-on")):
            clitic = words[cue.id]
        speaker = clitic or _nominal_after(sentence, cue.id)
        if speaker is not None:
            yield Report(speaker=speaker, cue=cue)


def _lets_know(words: tuple[Word, ...], cue: Word) -> bool:
    """Return whether a verb is the infinitive of « a laissé entendre », « fait savoir »."""
    speech = load("speech")
    return cue.lemma in speech["let_infinitives"] and any(
        w.lemma in speech["let"] for w in words[max(0, cue.id - 4) : cue.id - 1]
    )


def _before_colon(sentence: Sentence, word: Word) -> Iterator[Report]:
    """Yield the attributions before a colon: « Orsol précise : « … » »."""
    words = sentence.words
    for colon in words[: word.id - 1]:
        if colon.text != ":":
            continue
        for cue in reversed(words[: colon.id - 1]):
            if cue.lemma in verbs_of_speech() and cue.upos == "VERB":
                speaker = subject_beside(sentence, cue)
                if speaker is not None:
                    yield Report(speaker=speaker, cue=cue)
                break


def _nominal_after(sentence: Sentence, index: int) -> Word | None:
    """Return the head of the noun phrase that begins at an index, over articles, adverbs and complements."""
    words = sentence.words
    i = index
    while i < len(words) and i < index + 14:
        word = words[i]
        if word.ner and word.ner not in ("MONEY", "PERCENT"):
            if not _is_complement(sentence, _described(sentence, word), index):
                return _described(sentence, word)
            while i + 1 < len(words) and words[i + 1].deprel == "flat:name":
                i += 1
            i += 1
            continue
        comma = i + 1 < len(words) and words[i + 1].text == ","
        if comma and i + 2 < len(words) and word.upos == "NOUN" and words[i + 2].ner == "PERSON":
            return words[i + 2]  # « selon le directeur financier, Paul Durand »
        noun = word.upos in ("NOUN", "PROPN", "PRON") and word.lemma not in load("speech")["days"]
        if noun and not _is_complement(sentence, word, index):
            return next((c for c in sentence.children(word) if c.deprel in ("appos", "flat:name") and c.ner), word)
        if word.text in (".", ";", ":") or (word.text == "," and i > index):
            return None
        i += 1
    return None


def _is_complement(sentence: Sentence, word: Word, index: int) -> bool:
    """Return whether a word after an index stands behind a preposition (« a confié à l'AFP », « dit avec fierté »)."""
    words = sentence.words
    before = word.id - 2
    while before >= index and (words[before].upos == "DET" or words[before].text in ("«", '"', "“")):
        before -= 1
    behind = before >= index and words[before].upos == "ADP"
    return behind or any(c.deprel == "case" and index < c.id < word.id for c in sentence.children(word))


def _described(sentence: Sentence, name: Word) -> Word:
    """Return the first word of a name."""
    return name if name.deprel != "flat:name" else sentence.head(name) or name
