"""Quotations that run over several sentences: who speaks in them.

The attribution of a quotation stands in one of its sentences, before it or behind it; a quotation that follows
another without a sentence between them has the same speaker.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property

from newsclaims.spans import Span, SpanIndex
from newsclaims.speech import Report, quoted_report
from newsclaims.tree import Document, Sentence, Word

_MARK = re.compile(r"[«“]|[»”]|\"|\n\s*\n")
_OPENING, _CLOSING = frozenset("«“"), frozenset("»”")
_SENTENCE_END = re.compile(r"[.!?…]\s")


def find_quotations(text: str) -> list[Span]:
    """Return what stands between quotation marks, the marks included, in text order.

    A quotation that is not closed runs on into the next paragraph where the text closes it before it opens another,
    or opens that paragraph with a mark of its own; else it ends with its paragraph.
    """
    return list(_quotations(text))


def _quotations(text: str) -> Iterator[Span]:
    marks = list(_MARK.finditer(text))
    start: int | None = None
    straight = False
    for i, found in enumerate(marks):
        sign = found[0]
        opens = sign in _OPENING or (sign == '"' and _opens(text, found.start(), inside=start is not None))
        if opens and (start is None or straight):
            start, straight = found.start(), sign == '"'  # a straight mark left open is forgotten
        elif start is not None and sign in ('"' if straight else _CLOSING):
            yield Span.of(text, start, found.end())
            start = None
        elif start is not None and sign.isspace():
            following = marks[i + 1] if i + 1 < len(marks) else None
            opened_again = following is not None and following.start() == found.end() and following[0] in _OPENING
            closed = following is not None and following[0] in _CLOSING
            if straight or not (closed or opened_again):
                yield Span.of(text, start, found.start())
                start = None
    if start is not None:
        yield Span.of(text, start, len(text))


def touch(text: str, before: Span, after: Span) -> bool:
    """Return whether two quotations follow each other with no word between them: « Un. » « Deux », dit-il."""
    between = text[before.end : after.start]
    return before.end <= after.start and "\n" not in between and not any(map(str.isalnum, between))


def _opens(text: str, at: int, *, inside: bool) -> bool:
    """Return whether a straight quotation mark opens: a gap before it, none behind it.

    Between two sentences that are glued together it opens where none is open.
    """
    if text[at + 1 : at + 2].isspace():
        return False
    glued = text[at - 1] in ".!?…" and text[at + 1 : at + 2].isupper() and not inside
    return at == 0 or text[at - 1] in " \n\t(’'" or glued


class Quotations:
    """The quotations of a document, each with its attribution.

    Args:
        document: the mended document.
    """

    def __init__(self, document: Document) -> None:
        self._document = document
        self._spans = SpanIndex(enumerate(find_quotations(document.text)), lambda item: item[1])

    def covers(self, word: Word) -> bool:
        """Return whether a word stands in a quotation."""
        found = self._spans.at(word.span)
        return found is not None and found[1].covers(word.span)

    def report_of(self, index: int, word: Word) -> tuple[int, Report] | None:
        """Return who says the quotation that a word stands in, and in which sentence; None outside a quotation.

        Args:
            index: of the sentence of the word; its own attribution counts least.
            word: the word.
        """
        found = self._spans.at(word.span)
        if found is None or not found[1].covers(word.span):
            return None
        reports = self._reports[found[0]]
        return next((report for report in reports if report[0] != index), reports[0] if reports else None)

    @cached_property
    def _reports(self) -> list[list[tuple[int, Report]]]:
        """The first two attributions of each quotation, to somebody who is more than a pronoun where there are such.

        Of a quotation that has none, those of the one that it continues.
        """
        sentences = SpanIndex(enumerate(self._document.sentences), lambda item: item[1].span)
        found: list[list[tuple[int, Report]]] = []
        before: Span | None = None
        for _, quotation in self._spans:
            attributions = list(_attributions(quotation, sentences.within(quotation)))
            reports = [(i, report) for i, report in attributions if report.speaker.upos != "PRON"]
            if not reports and before is not None and self._continues(before, quotation):
                reports = found[-1]
            found.append((reports or attributions)[:2])
            before = quotation
        quotations = [quotation for _, quotation in self._spans]
        for i in range(len(found) - 2, -1, -1):
            if not found[i] and touch(self._document.text, quotations[i], quotations[i + 1]):
                found[i] = found[i + 1]
        return found

    def _continues(self, before: Span, after: Span) -> bool:
        """Return whether only an attribution stands between two quotations, the second a sentence of its own."""
        between = self._document.text[before.end : after.start]
        begins = between.rstrip()[-1:] in (".", "!", "?") or not between.strip()
        return begins and "\n" not in between and len(_SENTENCE_END.findall(between)) <= 1


def _attributions(quotation: Span, sentences: Iterable[tuple[int, Sentence]]) -> Iterator[tuple[int, Report]]:
    """Yield the attributions in the sentences of a quotation."""
    for i, sentence in sentences:
        first = next((w for w in sentence.words if quotation.start < w.span.start < quotation.end), None)
        report = quoted_report(sentence, first) if first is not None else None
        if report is not None:
            yield i, report
