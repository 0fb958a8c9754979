"""Selection: which pieces of texts are parsed.

Claims are read from the sentences in which a rule matches, and from what stands before them, which says who they speak
of. So a text is parsed in two steps: the sentences that the gate lets through; then, where a rule does match, the rest
of the text up to the last match. The claims are those of the whole text, whose other sentences cannot change them.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import attrs

from newsclaims.attribution import AHEAD
from newsclaims.gate import Gate
from newsclaims.lexicon.words import names_an_alias
from newsclaims.matching import REACH, Amounts, Index, Mended
from newsclaims.parsing import Piece, StanzaParser, pieces
from newsclaims.quotations import find_quotations, touch
from newsclaims.spans import Span, SpanIndex
from newsclaims.speech import speaks_unnamed
from newsclaims.tree import Document, Sentence


@attrs.define
class _Plan:
    """A text while it is decided what to parse of it."""

    text: str
    pieces: list[Piece]
    amounts: Amounts = attrs.field(init=False)
    parsed: dict[int, tuple[Sentence, ...]] = attrs.field(factory=dict)  # by the place of the piece
    partly: set[int] = attrs.field(factory=set)  # places of which not all sentences are parsed
    wanted: list[int] = attrs.field(factory=list)

    _labels: SpanIndex[tuple[Span, str]] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        """Find what tells without a parse."""
        self.amounts = Amounts.of(self.text)
        self._labels = SpanIndex(self.amounts.labelled, lambda item: item[0])

    def labels(self, place: int) -> set[str]:
        """Return the labels of the amounts in a piece."""
        return {label for _, label in self._labels.within(self.pieces[place].span)}

    def document(self) -> Document:
        """Return what has been parsed."""
        return Document(self.text, itertools.chain.from_iterable(self.parsed[i] for i in sorted(self.parsed)))


class Selector:
    """Parses of texts what their claims are read from.

    Args:
        parser: the parser.
        rules: the rules.
    """

    def __init__(self, parser: StanzaParser, rules: Index) -> None:
        self._parser = parser
        self._rules = rules
        self._gate = Gate(rule for rule in rules.finding if rule.leads)
        self._follow_up = Gate(rule for rule in rules.finding if rule.follows)

    def documents(self, texts: Sequence[str]) -> list[Document]:
        """Return of each text the sentences up to the last in which a rule matches, none where no rule does.

        Raises:
            ModelError: the model cannot be loaded.
        """
        plans = [_Plan(text, pieces(text)) for text in texts]
        for plan in plans:
            plan.wanted = [i for i in range(len(plan.pieces)) if self._opens(self._gate, plan, i)]
        self._parse(plans, self._gate)
        for plan in plans:
            end = self._followed(plan, self._end(plan)) if any(plan.parsed.values()) else 0
            plan.parsed = {i: sentences for i, sentences in plan.parsed.items() if i < end and i not in plan.partly}
            plan.wanted = [i for i in range(end) if i not in plan.parsed]
        self._parse(plans)
        return [plan.document() for plan in plans]

    def _parse(self, plans: Sequence[_Plan], gate: Gate | None = None) -> None:
        """Parse the pieces that are wanted, of all texts together; of them the sentences that a gate admits."""
        wanted = [(plan, i) for plan in plans for i in plan.wanted]

        def admitted(number: int, words: Sequence[tuple[str, str, str]]) -> bool:
            plan, i = wanted[number]
            if gate is None or gate.admits(words, plan.pieces[i].text, plan.labels(i)):
                return True
            plan.partly.add(i)
            return False

        found = self._parser.parse([plan.pieces[i] for plan, i in wanted], admitted if gate else None)
        for (plan, i), sentences in zip(wanted, found, strict=True):
            plan.parsed[i] = sentences

    def _opens(self, gate: Gate, plan: _Plan, place: int) -> bool:
        """Return whether one of the rules of a gate may match in a piece."""
        return gate.opens(plan.pieces[place].text, plan.labels(place))

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
        sentences = Mended.of(plan.document(), plan.amounts).document.sentences
        matched = [sentence for sentence in sentences if self._rules.matches(sentence)]
        if not matched:
            return 0
        end = max(sentence.span.end for sentence in matched)
        if names_an_alias(plan.text[:end]):
            return len(plan.pieces)  # the name may come later
        # who says a quotation may stand behind it or behind the one that follows, and be named after that
        behind, quotation = end, None
        for found in find_quotations(plan.text):
            follows = quotation is not None and touch(plan.text, quotation, found)
            if found.end > end and (found.start < end or follows):
                behind, quotation = max(behind, found.end), found
        unnamed = quotation is not None or any(map(speaks_unnamed, matched))
        ahead = AHEAD if unnamed else 0
        return min(sum(piece.span.start < behind for piece in plan.pieces) + ahead, len(plan.pieces))
