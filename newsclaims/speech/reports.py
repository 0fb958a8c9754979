"""Reports: the attributions in a sentence that a word stands under, the nearest first."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import attrs

from newsclaims.lexicon import load
from newsclaims.speech.speakers import behind, speaker_after
from newsclaims.speech.verbs import (
    announcing,
    introducing,
    is_anybody,
    is_completive,
    lets_know,
    subject_beside,
    tells,
    verbs_of_speech,
)
from newsclaims.tree import Sentence, Word

_CLAUSAL = frozenset({"ccomp", "xcomp", "parataxis", "obj", "csubj", "advcl", "conj"})
_CLOSING = frozenset({"»", "”"})
_QUOTES = frozenset({"«", "»", "“", "”", '"'})
_BEFORE_CUE = frozenset({"AUX", "PRON", "ADV"})
_BREAKS = frozenset({",", "!", "?", "-", "–", "—"})


@attrs.frozen
class Report:
    """An attribution inside a sentence.

    Attributes:
        speaker: the noun, name or pronoun to whom the words are attributed.
        cue: the verb or preposition that says so.
    """

    speaker: Word
    cue: Word


def reports_of(sentence: Sentence, word: Word) -> Iterator[Report]:
    """Yield the attributions that a word stands under, the nearest first."""
    found = itertools.chain(
        _governing(sentence, word),
        _nominal(sentence, word),
        _passive(sentence, word),
        _inverted(sentence, word),
        _compared(sentence, word),
        _prepositions(sentence, word),
        _opinions(sentence, word),
        _read(sentence, word),
        _before_colon(sentence, word),
    )
    return (_voiced(sentence, report) for report in found)


def report_of(sentence: Sentence, word: Word) -> Report | None:
    """Return the nearest attribution that a word stands under, None without one."""
    return next(reports_of(sentence, word), None)


def quoted_report(sentence: Sentence, word: Word) -> Report | None:
    """Return the attribution of a quotation that a word stands in: behind it, or before a colon; None without one."""
    found = itertools.chain(_inverted(sentence, word), _before_colon(sentence, word), _prepositions(sentence, word))
    return next((_voiced(sentence, report) for report in found), None)


def reporters(sentence: Sentence) -> Iterator[Word]:
    """Yield those whom a sentence names as where its news is from, left to right, as `Report.speaker`."""
    found = [behind(sentence, report.speaker) for report in cited(sentence)]
    for cue in sentence.words:
        if cue.lemma in load("speech")["reporting"] and cue.upos == "VERB":
            found += [behind(sentence, speaker) for speaker in _subjects(sentence, cue)]
            found += [c for c in sentence.children(cue) if c.deprel == "obl:agent"]
    return iter(sorted(found, key=lambda w: w.id))


def speaking(sentence: Sentence) -> Iterator[Word]:
    """Yield those whom a sentence names as speaking: who is cited, and the subjects of all verbs of speech."""
    yield from (behind(sentence, report.speaker) for report in cited(sentence))
    for cue in sentence.words:
        if cue.upos == "VERB" and tells(sentence.words, cue):
            yield from _subjects(sentence, cue)


def speaks_unnamed(sentence: Sentence) -> bool:
    """Return whether somebody speaks in a sentence whom it does not name, so that another one may."""
    if any(not behind(sentence, report.speaker).ner for report in cited(sentence)):
        return True
    cues = [w for w in sentence.words if w.upos == "VERB" and tells(sentence.words, w)]
    return any(not any(behind(sentence, s).ner for s in _subjects(sentence, cue)) for cue in cues)


def _subjects(sentence: Sentence, verb: Word) -> list[Word]:
    subject = subject_beside(sentence, verb)
    return [subject] if subject is not None else []


def _voiced(sentence: Sentence, report: Report) -> Report:
    return attrs.evolve(report, speaker=behind(sentence, report.speaker))


def cited(sentence: Sentence) -> Iterator[Report]:
    """Yield the attributions by preposition: « selon Le Fil », « d'après Orsol », « à en croire la presse »."""
    texts = [_plain(w) for w in sentence.words]
    for phrase in load("speech")["prepositions"]:
        parts = phrase.split()
        for end in range(len(parts), len(texts)):
            if texts[end - len(parts) : end] == parts:
                speaker = speaker_after(sentence, end)
                if speaker is not None and speaker.upos != "SCONJ":
                    yield Report(speaker=speaker, cue=sentence.words[end - 1])


def _plain(word: Word) -> str:
    return word.text.lower().replace("’", "'")


def _prepositions(sentence: Sentence, word: Word) -> Iterator[Report]:
    yield from (report for report in cited(sentence) if not _inside(sentence, word, report.speaker))


def _inside(sentence: Sentence, word: Word, speaker: Word) -> bool:
    """Return whether a word belongs to what is said of the speaker; what stands beside him as in a list does not."""
    path = [word, *sentence.ancestors(word)]
    return speaker in path and not any(w.deprel == "conj" for w in path[: path.index(speaker)])


# verbs above -----------------------------------------------------------------------------------------------


def _governing(sentence: Sentence, word: Word) -> Iterator[Report]:
    """Yield the attributions by a verb above: « Orsol annonce que … », « la société dit avoir … »."""
    below = word
    beside = False  # in an apposition: « Orsol dévoile Luma, rivale de Vega » does not say whose rival Luma is
    for cue in sentence.ancestors(word):
        clausal = below.deprel.split(":")[0] in _CLAUSAL
        if is_completive(sentence, below):
            cue, clausal = sentence.head(cue) or cue, True
        elif below.deprel == "acl:relcl" and not _is_brought_in(sentence, cue):
            return  # « Orsol affirme que Vega, dont il détient 15 %, recrute » says what everybody knows of Vega
        noun = below.upos in ("NOUN", "PROPN") and not any(c.deprel == "cop" for c in sentence.children(below))
        beside |= below.deprel == "appos"
        intended = below.lemma in load("speech")["intentions"]
        verbs = announcing() if noun and not intended else introducing()
        if not noun and _is_content(sentence, below):
            verbs = verbs_of_speech()
        if cue.lemma not in verbs:
            # « vient d'annoncer que … », the completive hung on « vient »
            infinitives = [c for c in sentence.children(cue) if c.deprel == "xcomp" and c.id < below.id]
            inner = [c for c in infinitives if c.lemma in verbs or lets_know(sentence.words, c)]
            cue = inner[0] if inner and below.deprel == "ccomp" else cue
        shared = intended and _shares(sentence, cue, below)
        said = shared or (clausal and (cue.lemma in verbs or lets_know(sentence.words, cue)))
        said = said and not _is_bare_participle(sentence, cue)
        if said and below.id > cue.id and not (noun and beside):
            speaker = subject_beside(sentence, cue)
            if speaker is not None and speaker.id != below.id and not is_anybody(speaker):
                yield Report(speaker=speaker, cue=cue)
        below = cue


def _is_bare_participle(sentence: Sentence, cue: Word) -> bool:
    """Return whether a verb of speech is undergone: « Vega, promis à récupérer Luma » does not promise."""
    past = cue.feats.get("VerbForm") == "Part" and cue.feats.get("Tense") == "Past"
    return past and bool(cue.head) and not any(c.deprel.startswith("aux") for c in sentence.children(cue))


def _is_brought_in(sentence: Sentence, noun: Word) -> bool:
    """Return whether a noun is new: « annonce une société dont Orsol sera l'actionnaire » tells that too.

    « une société de recherche sur l'habitat, dont … »: the parser may hang the clause on the last noun.
    """
    at: Word | None = noun
    while at is not None and at.ner in ("", "PLACE") and at.deprel != "appos":
        if any(c.lemma == "un" and c.deprel == "det" for c in sentence.children(at)):
            return True
        at = sentence.head(at) if at.deprel == "nmod" else None
    return False


def _is_content(sentence: Sentence, clause: Word) -> bool:
    """Return whether a clause begins with « que », so that any verb of speech tells it (« se félicite que … »)."""
    return any(c.deprel == "mark" and c.lemma == "que" for c in sentence.children(clause))


def _shares(sentence: Sentence, cue: Word, below: Word) -> bool:
    """Return whether a verb and its object put forward what is behind them (« fait part de son intention »)."""
    objects = load("speech")["shares"].get(cue.lemma, ())
    return any(c.lemma in objects and c.id < below.id for c in sentence.children(cue))


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


def _passive(sentence: Sentence, word: Word) -> Iterator[Report]:
    """Yield the attributions by a passive: « le rachat, annoncé par Orsol », « le rachat a été confirmé par Orsol »."""
    for noun in [word, *sentence.ancestors(word)]:
        if noun.upos != "NOUN" or (noun is not word and noun.ner):
            return
        beside = [c for c in sentence.children(noun) if c.deprel == "acl" and c.feats.get("VerbForm") == "Part"]
        above = sentence.head(noun)
        for cue in [*beside, *([above] if above is not None and noun.deprel == "nsubj:pass" else [])]:
            if cue.lemma in announcing():
                yield from (
                    Report(a, cue) for a in sentence.children(cue) if a.deprel == "obl:agent" and a.id != word.id
                )
        if noun.deprel != "nmod":
            break
    yield from _announced(sentence, word)


def _announced(sentence: Sentence, noun: Word) -> Iterator[Report]:
    """Yield the attribution by the next participle that agrees with a noun, wherever the parser hangs it."""
    if noun.upos != "NOUN":
        return
    for cue in sentence.words[noun.id :]:
        form = cue.feats.get("VerbForm")
        if form == "Fin":
            return
        if form == "Part" and cue.lemma in announcing() and sentence.words[cue.id - 2].text == ",":
            if all(cue.feats.get(f) == noun.feats.get(f) for f in ("Gender", "Number")):
                yield from (Report(a, cue) for a in sentence.children(cue) if a.deprel == "obl:agent")
            return


# verbs behind and beside -----------------------------------------------------------------------------------


def _inverted(sentence: Sentence, word: Word) -> Iterator[Report]:
    """Yield the attributions behind: « …, rapporte Le Fil », « …, a-t-il ajouté », « …, croit savoir Le Fil »."""
    words = sentence.words
    above = [word, *sentence.ancestors(word)]
    asides = [c for w in above for c in sentence.children(w) if c.deprel == "parataxis:insert" and c.id < word.id]
    for cue in [*words[word.id :], *asides]:
        if cue.upos not in ("VERB", "AUX", "NOUN", "ADJ") or not (tells(words, cue) or _inserted(sentence, cue)):
            continue
        start = cue.id - 2  # index of the word before
        while start >= 0 and (words[start].upos in _BEFORE_CUE or words[start].lemma in load("speech")["before_cue"]):
            start -= 1
        if cue.feats.get("VerbForm") == "Part" and not any(w.upos == "AUX" for w in words[start + 1 : cue.id]):
            continue  # « ceux, moins avancés, de Vega »
        if start < 0 or not (words[start].text in _BREAKS or _closes(words, start)):
            continue
        pointed = any(_plain(w) in ("ce", "c'") for w in words[start + 1 : cue.id])  # « c'est ce qu'a annoncé Orsol »
        if any(w.lemma in ("qui", "que", "dont") for w in words[start : cue.id]) and not pointed:
            continue
        if cue.id < len(words) and words[cue.id].lemma == "que":
            continue  # what it reports comes after it
        if _told_of_speaker(sentence, word, cue):
            continue
        quoted = any(_closes(words, i) for i in range(max(0, start - 1), start + 1))
        subjects = [c for c in sentence.children(cue) if c.deprel.startswith("nsubj") and c.upos != "PRON"]
        if not quoted and any(c.id < start for c in subjects):
            continue
        speaker = _clitic(words, start, cue) or speaker_after(sentence, cue.id)
        if speaker is not None:
            yield Report(speaker=speaker, cue=cue)


def _told_of_speaker(sentence: Sentence, word: Word, cue: Word) -> bool:
    """Return whether a word is said of who speaks or is spoken to: « …, explique Orsol, qui détient Vega »."""
    path = [word, *sentence.ancestors(word)]
    if cue.id > word.id or cue not in path:
        return False
    below = path[path.index(cue) - 1]
    quoted = any(w.text in _QUOTES for w in sentence.words[cue.id : word.id - 1])
    return below.deprel.split(":")[0] in ("nsubj", "obl", "iobj") and not quoted


def _inserted(sentence: Sentence, cue: Word) -> bool:
    """Return whether a verb stands in a clause that is put in, before its subject: « …, énumère Le Fil »."""
    behind_it = any(c.deprel == "nsubj" and c.id > cue.id and c.ner for c in sentence.children(cue))
    return cue.deprel == "parataxis:insert" and behind_it


def _closes(words: tuple[Word, ...], i: int) -> bool:
    """Return whether a word is a closing quotation mark; a straight one closes what it touches."""
    if words[i].text in _CLOSING:
        return True
    return words[i].text == '"' and (i == 0 or words[i - 1].span.end == words[i].span.start)


def _clitic(words: tuple[Word, ...], start: int, cue: Word) -> Word | None:
    """Return the pronoun behind an inverted verb or its auxiliary (« a-t-il ajouté », « ajoute-t-elle »)."""
    if any(_plain(w) == "été" for w in words[start + 1 : cue.id]):
        return None  # « a-t-il été annoncé »
    inside = (w for w in words[start + 1 : cue.id + 1] if w.text.lstrip("-t").lstrip("-") in ("il", "elle"))
    clitic = next(inside, None)
    after = words[cue.id].text.lower() if cue.id < len(words) else ""
    if clitic is None and after.startswith(("-t-", "t-", "-il", "-elle", "-on")):
        return words[cue.id]
    return clitic


def _read(sentence: Sentence, word: Word) -> Iterator[Report]:
    """Yield the attributions to what anybody reads: « lit-on dans Le Fil », « dans Le Fil, on apprend que »."""
    for cue in sentence.words:
        around = sentence.words[max(0, cue.id - 4) : cue.id + 1]
        if cue.lemma in load("speech")["reading"] and any(_plain(w).lstrip("-t") == "on" for w in around):
            for place in sentence.children(cue):
                case = {c.lemma for c in sentence.children(place) if c.deprel == "case"}
                if place.deprel.startswith("obl") and case & {"dans", "sur"} and place is not word:
                    yield Report(speaker=place, cue=cue)


def _compared(sentence: Sentence, word: Word) -> Iterator[Report]:
    """Yield the attributions by comparison: « comme l'a révélé Le Fil », « ainsi que l'indique Orsol »."""
    words = sentence.words
    texts = [_plain(w) for w in words]
    for phrase in load("speech")["comparisons"]:
        parts = phrase.split()
        for end in range(len(parts), len(words)):
            if texts[end - len(parts) : end] != parts:
                continue
            cue = next((w for w in words[end : end + 8] if w.upos == "VERB" and tells(words, w)), None)
            if cue is None:
                continue
            within = words[end : cue.id - 1]
            pointing = any(_plain(w) in ("l'", "le") and w.deprel == "obj" for w in within)
            bare = cue.feats.get("VerbForm") == "Part" and all(w.upos == "ADV" for w in within)
            if not (pointing or bare or not within) or cue in (word, *sentence.ancestors(word)):
                continue
            agents = [c for c in sentence.children(cue) if c.deprel == "obl:agent"]
            before = [c for c in sentence.children(cue) if c.deprel.startswith("nsubj") and c.id < cue.id]
            speaker = next(iter([*agents, *before]), None) or (None if bare else speaker_after(sentence, cue.id))
            if speaker is not None and not is_anybody(speaker):
                yield Report(speaker=speaker, cue=cue)


def _before_colon(sentence: Sentence, word: Word) -> Iterator[Report]:
    """Yield the attributions before a colon: « Orsol précise : « … » »; a quotation right behind it needs no verb."""
    words = sentence.words
    for colon in words[: word.id - 1]:
        if colon.text != ":":
            continue
        quoted = colon.id < len(words) and words[colon.id].text in ("«", "“", '"')
        named = _heading(sentence, colon) if quoted else None
        if named is not None:
            yield Report(speaker=named, cue=colon)
        for cue in reversed(words[: colon.id - 1]):
            verb = cue.upos in ("VERB", "AUX") and (cue.upos == "VERB" or cue.feats.get("VerbForm") == "Fin")
            if verb and (quoted or (cue.lemma in verbs_of_speech() and cue.upos == "VERB")):
                served = sentence.head(cue) if cue.deprel.split(":")[0] in ("cop", "aux") else cue
                speaker = subject_beside(sentence, served or cue)
                if speaker is not None:
                    yield Report(speaker=speaker, cue=cue)
                    break
                if not quoted:
                    break


def _heading(sentence: Sentence, colon: Word) -> Word | None:
    """Return the person who alone stands before a colon (« Paul Durand, patron d'Orsol : « … » »)."""
    before = sentence.words[: colon.id - 1]
    if not before or before[0].ner != "PERSON" or any(w.upos in ("VERB", "AUX") for w in before):
        return None
    return before[0]


def _opinions(sentence: Sentence, word: Word) -> Iterator[Report]:
    """Yield the attribution to a person at the head of a sentence: « Pour Paul Durand, … »."""
    first = sentence.words[0]
    if first.lemma != "pour":
        return
    speaker = speaker_after(sentence, first.id)
    if speaker is None or speaker.ner != "PERSON" or _inside(sentence, word, speaker):
        return
    if any(w.text == "," for w in sentence.words[: speaker.id]):
        return  # « Pour rappel, Paul Durand, … »
    end = max(
        w.id for w in sentence.words if w is speaker or (w.deprel.startswith("flat") and sentence.head(w) is speaker)
    )
    if end < len(sentence.words) and sentence.words[end].text == ",":
        yield Report(speaker=speaker, cue=first)
