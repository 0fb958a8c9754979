"""Many short texts parsed at once, and texts with one word in square brackets.

``Orsol a levé 3 M€. [Elle] recrute.`` is the text without the brackets, and the word « Elle ».
"""

from __future__ import annotations

from collections.abc import Iterable

import attrs
import pytest

from newsclaims.coreference import Discourse
from newsclaims.mentions.money import find_money
from newsclaims.mentions.names import find_names
from newsclaims.mentions.percentages import find_percentages
from newsclaims.parsing import Parser
from newsclaims.repair import mend
from newsclaims.spans import Span
from newsclaims.tree import Document, Sentence, Word


def batch_parser(parser: Parser, request: pytest.FixtureRequest) -> Parser:
    """Return a parser that has read the texts of the module's tests in one go: far faster than one by one.

    The texts are the parameters ``text``, and ``marked`` without its brackets, of the tests that are to run.
    """
    texts = []
    for item in request.session.items:
        parameters = item.callspec.params if item.path == request.path and hasattr(item, "callspec") else {}
        texts.extend([parameters["text"]] if "text" in parameters else [])
        texts.extend([unmark(parameters["marked"])[0]] if "marked" in parameters else [])
    parsed = dict(zip(texts, parse_all(parser, texts), strict=True))
    return lambda text: parsed[text] if text in parsed else parser(text)


def parse_all(parser: Parser, texts: Iterable[str]) -> list[Document]:
    """Parse texts as the paragraphs of one, and return the document of each, its spans counted from its start."""
    texts = list(texts)
    whole = parser("\n\n".join(texts))
    documents, start = [], 0
    for text in texts:
        own = [s for s in whole.sentences if s.span.start < start + len(text) and start < s.span.end]
        documents.append(Document(text, tuple(_moved(s, start) for s in own)))
        start += len(text) + 2
    assert sum(len(d.sentences) for d in documents) == len(whole.sentences), "a sentence runs over two texts"
    return documents


def _moved(sentence: Sentence, start: int) -> Sentence:
    def moved(span: Span) -> Span:
        return Span(span.start - start, span.end - start, span.text)

    return Sentence([attrs.evolve(w, span=moved(w.span)) for w in sentence.words], moved(sentence.span))


@attrs.frozen
class Reading:
    """A text that is read as far as the engine needs: parsed, mended, its actors known; and its marked word."""

    document: Document
    discourse: Discourse
    index: int
    word: Word

    @classmethod
    def at(cls, document: Document, discourse: Discourse, start: int) -> Reading:
        """Return the reading of the word that covers a character, the pronoun in « auquel »."""
        for index, sentence in enumerate(document.sentences):
            for word in reversed(sentence.words):
                if word.span.start <= start < word.span.end:
                    return cls(document, discourse, index, word)
        raise ValueError(f"no word of the parse covers character {start}: {document.text!r}")

    @property
    def sentence(self) -> Sentence:
        return self.document.sentences[self.index]


def unmark(marked: str) -> tuple[str, int]:
    """Return a text without its brackets, and where the bracketed word begins."""
    before, opening, rest = marked.partition("[")
    inside, closing, after = rest.partition("]")
    if not (opening and closing and inside) or "[" in after or "]" in after:
        raise ValueError(f"one word of the text must stand in square brackets: {marked!r}")
    return before + inside + after, len(before)


def understand(document: Document) -> tuple[Document, Discourse]:
    """Return a parsed document with its trees mended, and its actors."""
    money, percentages = find_money(document.text), find_percentages(document.text)
    names = find_names(document, [*(m.mention for m in money), *(p.mention for p in percentages)])
    labelled = [(m.mention, "MONEY") for m in money] + [(p.mention, "PERCENT") for p in percentages]
    mended = mend(document, names, labelled)
    return mended, Discourse(mended, names)


def read(parser: Parser, marked: str) -> Reading:
    """Parse and mend a text with a marked word, and find its actors."""
    text, start = unmark(marked)
    return Reading.at(*understand(parser(text)), start)
