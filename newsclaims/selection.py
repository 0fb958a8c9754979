"""Selection: which pieces of texts are parsed.

Claims are read from the sentences in which a rule matches, and from what stands before them, which says who they speak
of. So a text is parsed in two steps: the pieces that the gate lets through; then, where a rule does match, the rest of
the text up to the last match. The claims are those of the whole text, whose other sentences cannot change them.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import attrs

from newsclaims.gate import Gate
from newsclaims.lexicon.words import names_an_alias
from newsclaims.matching import REACH, Index, Mended, labelled_amounts
from newsclaims.parsing import Piece, StanzaParser, pieces
from newsclaims.quotations import find_quotations
from newsclaims.spans import Span, SpanIndex
from newsclaims.tree import Document, Sentence


@attrs.define
class _Plan:
    """A text while it is decided what to parse of it."""

    text: str
    pieces: list[Piece]
    amounts: SpanIndex[tuple[Span, str]]
    parsed: dict[int, tuple[Sentence, ...]] = attrs.field(factory=dict)  # by the place of the piece
    wanted: list[int] = attrs.field(factory=list)

    def document(self) -> Document:
        """Return what has been parsed."""
        return Document(self.text, itertools.chain.from_iterable(self.parsed[i] for i in sorted(self.parsed)))


def _amounts(text: str) -> SpanIndex[tuple[Span, str]]:
    return SpanIndex(labelled_amounts(text), lambda item: item[0])


class Selector:
    """Parses of texts what their claims are read from.

    Args:
        parser: the parser.
        rules: the rules.
    """

    def __init__(self, parser: StanzaParser, rules: Index) -> None:
        self._parser = parser
        self._rules = rules
        self._gate = Gate(rule for rule in rules.finding if not rule.follows)
        self._follow_up = Gate(rule for rule in rules.finding if rule.follows)

    def documents(self, texts: Sequence[str]) -> list[Document]:
        """Return of each text the sentences up to the last in which a rule matches, none where no rule does.

        Raises:
            ModelError: the model cannot be loaded.
        """
        plans = [_Plan(text, pieces(text), _amounts(text)) for text in texts]
        for plan in plans:
            plan.wanted = [i for i in range(len(plan.pieces)) if self._opens(self._gate, plan, i)]
        self._parse(plans)
        for plan in plans:
            end = self._followed(plan, self._end(plan)) if plan.parsed else 0
            plan.parsed = {i: sentences for i, sentences in plan.parsed.items() if i < end}
            plan.wanted = [i for i in range(end) if i not in plan.parsed]
        self._parse(plans)
        return [plan.document() for plan in plans]

    def _parse(self, plans: Sequence[_Plan]) -> None:
        """Parse the pieces that are wanted, of all texts together."""
        wanted = [(plan, i) for plan in plans for i in plan.wanted]
        found = self._parser.parse([plan.pieces[i] for plan, i in wanted])
        for (plan, i), sentences in zip(wanted, found, strict=True):
            plan.parsed[i] = sentences

    def _opens(self, gate: Gate, plan: _Plan, place: int) -> bool:
        """Return whether one of the rules of a gate may match in a piece."""
        piece = plan.pieces[place]
        return gate.opens(piece.text, {label for _, label in plan.amounts.within(piece.span)})

    def _followed(self, plan: _Plan, end: int) -> int:
        """Return how many pieces are read when an event may be mentioned again in those behind the last match."""
        place = end
        while end and place < min(end + REACH, len(plan.pieces)):
            place += 1
            if self._opens(self._follow_up, plan, place - 1):
                end = place
        return end

    def _end(self, plan: _Plan) -> int:
        """Return how many pieces, from the first, are read: up to the last in which a rule matches."""
        sentences = Mended.of(plan.document()).document.sentences
        ends = [sentence.span.end for sentence in sentences if self._rules.matches(sentence)]
        if not ends:
            return 0
        end = max(ends)
        if names_an_alias(plan.text[:end]):
            return len(plan.pieces)  # the name may come later
        # who says a quotation may stand behind it
        end = max([end, *(q.end for q in find_quotations(plan.text) if q.start < end)])
        return sum(piece.span.start < end for piece in plan.pieces)
