"""Attribution: whom a text names as the one who says something.

In the sentence itself, around the quotation that it stands in, or in a sentence before, which names the medium that
« toujours selon le quotidien » speaks of.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

import attrs

from newsclaims.anaphora.referents import GENDERS, gender_of_person, known, traits_of
from newsclaims.claims import Entity, EntityKind
from newsclaims.coreference import Discourse
from newsclaims.lexicon import load
from newsclaims.lexicon.words import descriptions, fold
from newsclaims.speech import Report, reporters, speaking
from newsclaims.tree import Word

_REACH = 3  # sentences back to which a noun for a medium can refer

AHEAD = 2  # sentences on in which somebody is named who speaks before
_ARTICLES = frozenset({"Le", "La", "Les", "L'", "L’", "The"})  # with which names of papers begin


def _agrees(speaker: Word, person: Entity) -> bool:
    """Return whether a pronoun or a noun can be a person, by number and by the gender of the first name."""
    gender = gender_of_person(person.name)
    said = GENDERS.get(speaker.feats.get("Gender", ""), "")
    if speaker.upos == "PRON":
        said = "f" if "elle" in speaker.text.lower() else "m"
    return speaker.feats.get("Number") != "Plur" and (not gender or not said or gender == said)


@attrs.frozen
class Attribution:
    """Who says what a word tells.

    Attributes:
        index: the place of the sentence that says so.
        report: the words that say so.
        source: who it is, None without a name.
    """

    index: int
    report: Report
    source: Entity | None


class Attributions:
    """The attributions of a document.

    Args:
        discourse: its actors.
    """

    def __init__(self, discourse: Discourse) -> None:
        self._discourse = discourse

    def of(self, index: int, word: Word, reports: Sequence[Report]) -> Attribution | None:
        """Return who says what a word tells, the first with a name if there is one; None when nobody does.

        Args:
            index: the place of the word's sentence.
            word: the word.
            reports: the attributions in its sentence that it stands under, the nearest first.
        """
        found = [(index, report) for report in reports]
        if not reports or reports[0].speaker.upos == "PRON":
            quoted = self._discourse.quotations.report_of(index, word)
            if quoted is not None:
                found.insert(0, quoted)
        tried = [Attribution(at, report, self._source(at, report.speaker)) for at, report in found]
        return next((a for a in tried if a.source is not None), tried[0] if tried else None)

    def _source(self, index: int, speaker: Word) -> Entity | None:
        speech, noun = load("speech"), "" if speaker.ner else speaker.lemma.lower().removesuffix("s")
        sentence = self._discourse.document.sentences[index]
        below = sentence.children(speaker)
        if not any(c.ner and c.deprel in ("appos", "flat:name") for c in below):
            definite = speaker.feats.get("Number") != "Plur" and any(c.lemma in ("le", "ce") for c in below)
            same = noun == "source" and any(c.lemma == "même" for c in below)
            if same or noun in speech["media"]:
                if speaker.feats.get("Number") != "Plur" and any(c.lemma == "un" for c in below):
                    return self._reporter_ahead(index)
                return self._reporter(index, speaker) if definite else None
            if noun in speech["anonymous"]:
                return None
        found = [e for e in self._discourse.fillers(index, speaker) if e.named]
        if speaker.upos == "PRON":
            found = [
                e
                for e in found
                if e.kind is EntityKind.PERSON or self._has_spoken(index, e) or self._is_subject(index, speaker, e)
            ]
            found = found or self._spoke_last(index, speaker)
        if not found and (speaker.upos == "PRON" or self._is_title(index, speaker)):
            found = self._speaks_next(index, speaker)
        return next(iter(found), None)

    def _spoke_last(self, index: int, pronoun: Word) -> list[Entity]:
        """Return the person who speaks last before a sentence, none when that is somebody without a name."""
        return self._nearest(range(index - 1, max(index - _REACH, 0) - 1, -1), -1, pronoun)

    def _speaks_next(self, index: int, speaker: Word) -> list[Entity]:
        """Return the person who speaks next: « …, a dit le ministre. « … », a ajouté Paul Durand »."""
        return self._nearest(
            range(index + 1, min(index + AHEAD + 1, len(self._discourse.document.sentences))), 0, speaker
        )

    def _nearest(self, places: Iterable[int], which: int, speaker: Word) -> list[Entity]:
        """Return the person who speaks first or last (-1) in the first of some sentences where anybody does."""
        for at in places:
            told = [w for w in speaking(self._discourse.document.sentences[at]) if w.upos != "PRON"]
            if told:
                return self._person(at, sorted(told, key=lambda w: w.id)[which], speaker)
        return []

    def _person(self, index: int, word: Word, speaker: Word) -> list[Entity]:
        """Return the person that a word names, if a pronoun or a title of that gender can stand for him."""
        named = [e for e in self._discourse.fillers(index, word) if e.named and e.kind is EntityKind.PERSON]
        return [e for e in named if _agrees(speaker, e)]

    def _is_title(self, index: int, noun: Word) -> bool:
        """Return whether a noun is one person's title without his name: « le ministre », no « un ministre »."""
        entry = descriptions().get(fold(noun.lemma))
        article = any(c.lemma == "le" for c in self._discourse.document.sentences[index].children(noun))
        return not noun.ner and article and entry is not None and entry.kind == "person"

    def _has_spoken(self, index: int, actor: Entity) -> bool:
        """Return whether an actor that is no person has spoken shortly before: « ajoute-t-il » may be him."""
        for at in range(index, max(index - _REACH, 0) - 1, -1):
            for word in speaking(self._discourse.document.sentences[at]):
                if word.upos != "PRON" and any(e.name == actor.name for e in self._discourse.fillers(at, word)):
                    return True
        return False

    def _is_subject(self, index: int, pronoun: Word, actor: Entity) -> bool:
        """Return whether an actor is the subject of what a pronoun behind says: « Orsol recrute, a-t-il indiqué »."""
        sentence = self._discourse.document.sentences[index]
        subjects = (w for w in sentence.words[: pronoun.id - 1] if w.deprel.startswith("nsubj") and w.upos != "PRON")
        return any(e.name == actor.name for w in subjects for e in self._discourse.fillers(index, w))

    def _reporter(self, index: int, noun: Word) -> Entity | None:
        """Return the medium that a noun for one stands for: one of that kind before it, else the last before it."""
        found = [
            medium
            for at in range(index, max(index - _REACH, 0) - 1, -1)
            for medium in self._media(at, noun.id if at == index else None)
        ]
        lemma = noun.lemma.lower().removesuffix("s")
        return next((e for e, traits in found if lemma in traits), found[0][0] if found else None)

    def _reporter_ahead(self, index: int) -> Entity | None:
        """Return the medium that is first only described: « indique un quotidien. Le quotidien Le Fil précise que »."""
        press, sentences = load("speech")["press"], self._discourse.document.sentences
        for at in range(index + 1, min(index + AHEAD + 1, len(sentences))):
            for word in sentences[at].words:
                if word.ner and traits_of(sentences[at], word)[0].intersection(press):
                    return next((e for e in self._discourse.fillers(at, word) if e.named), None)
        return None

    def _media(self, index: int, before: int | None) -> Iterator[tuple[Entity, Collection[str]]]:
        """Yield the media that a sentence names, with what they are, the last first."""
        sentence = self._discourse.document.sentences[index]
        cited, told = {word.id for word in reporters(sentence)}, {word.id for word in speaking(sentence)}
        for word in reversed(sentence.words[: before and before - 1]):
            if not word.ner or word.deprel.startswith("flat"):
                continue
            for entity in self._discourse.fillers(index, word):
                if entity.named and entity.kind is not EntityKind.PERSON:
                    traits = known(entity.name) | traits_of(sentence, word)[0]
                    titled = word.id in told and word.text in _ARTICLES  # « précise Le Fil »
                    if word.id in cited or titled or traits.intersection(load("speech")["press"]):
                        yield entity, traits
