"""Attribution: whom a text names as the one who says something.

In the sentence itself, around the quotation that it stands in, or in a sentence before, which names the medium that
« toujours selon le quotidien » speaks of.
"""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from newsclaims.claims import Entity, EntityKind
from newsclaims.coreference import Discourse
from newsclaims.lexicon import load
from newsclaims.speech import Report, reporters
from newsclaims.tree import Word

_REACH = 3  # sentences back to which a noun for a medium can refer


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
                return self._reporter(index, speaker) if definite else None
            if noun in speech["anonymous"]:
                return None
        return next((e for e in self._discourse.fillers(index, speaker) if e.named), None)

    def _reporter(self, index: int, noun: Word) -> Entity | None:
        """Return the medium that a noun for one stands for: the last that news were said to be from."""
        for at in range(index, max(index - _REACH, 0) - 1, -1):
            for word in reversed(list(reporters(self._discourse.document.sentences[at]))):
                if (at == index and word.id >= noun.id) or not word.ner:
                    continue
                found = [e for e in self._discourse.fillers(at, word) if e.named and e.kind is not EntityKind.PERSON]
                if found:
                    return found[0]
        return None
