"""Diagnosis: how far a pattern gets in a sentence in which it does not hold.

The pattern is followed part by part, as it is written, from each word that its first node may stand for. What holds is
passed over; what does not is entered, until one test of one word fails. The attempt that gets furthest is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum

import attrs

from newsclaims.semgrex import syntax
from newsclaims.semgrex.graphs import Bindings, Graph
from newsclaims.semgrex.operators import everywhere, steps_of
from newsclaims.semgrex.program import Compiler, Test, attribute_test, bind, distinct, feature_test, word_test
from newsclaims.tree import Word


class Reason(StrEnum):
    """In what way a part of a pattern fails at a word."""

    IS_NOT = "is not"
    HAS_NO = "has no"
    BREAKS = "breaks"


@attrs.frozen
class Failure:
    """How far a pattern gets in a sentence in which it does not hold.

    Attributes:
        pattern: the text of the pattern.
        start: where the first part that fails begins in it.
        end: where that part ends.
        reason: whether a word does not fit that description, lacks that relation, or has what it must not have.
        word: the word at which it fails; the word that must not be there, where a single relation is negated. None when
            no word of the sentence comes near the first node.
        anchor: the word that the first node stands for in this attempt, None likewise.
        nodes: the words that named nodes stand for in it.
        held: how many tests of words and labels hold before the failure.
    """

    pattern: str
    start: int
    end: int
    reason: Reason
    word: Word | None
    anchor: Word | None
    nodes: Mapping[str, Word]
    held: int

    @property
    def failed(self) -> str:
        """The text of the first part that fails, be it a test, a description, a relation or alternatives."""
        return self.pattern[self.start : self.end]

    def __str__(self) -> str:
        """Return the failure in words: ``« Orsol » is not ner:MONEY``."""
        word = f"« {self.word.text} »" if self.word is not None else "no word"
        reason = "is" if self.word is None else self.reason
        return f"{word} {reason} {self.failed}"


@attrs.frozen
class Stop:
    """Where an attempt ends; the attributes are those of `Failure`."""

    held: int
    reason: Reason
    place: syntax.Place
    word: Word | None
    bindings: Bindings
    anchor: Word | None = None


def diagnose(reading: syntax.Reading, slots: Mapping[str, int], graph: Graph, bindings: Bindings) -> Stop | None:
    """Return where a pattern stops in a sentence, None if it holds.

    Args:
        reading: the pattern as read.
        slots: slot of each of its names, as a compiler takes them.
        graph: the sentence.
        bindings: what names stand for beforehand.
    """
    side = graph.side(reading.reverse)
    first, *others = reading.anchors
    attempts, diagnosis = [], _Diagnosis(Compiler(slots))
    # what follows ':' hangs on no word
    more = [syntax.Relation(":", node, place=node.place) for node in others]
    anchor = attrs.evolve(first, relations=syntax.And((*_parts(first.relations), *more)) if more else first.relations)
    given = None if first.name is None else bindings[slots[first.name]]
    for word in side.sentence.words:
        if given not in (None, word.id):
            continue
        stop = diagnosis.node(anchor, side, word, bindings)
        if stop is None:
            return None
        attempts.append(attrs.evolve(stop, anchor=word))
    nowhere = Stop(0, Reason.IS_NOT, first.place, None, bindings)
    if not attempts:
        return nowhere
    best = _furthest(attempts)
    inside = first.place[0] <= best.place[0] and best.place[1] <= first.place[1]
    return nowhere if inside and not best.held and given is None else best


def _parts(formula: syntax.Formula | None) -> Sequence[syntax.Formula]:
    return () if formula is None else formula.parts if isinstance(formula, syntax.And) else (formula,)


def _furthest(stops: Iterable[Stop]) -> Stop:
    return max(stops, key=lambda stop: stop.held)  # the first of several


@attrs.frozen
class _Diagnosis:
    """Follows parts of a pattern; each method returns None where the part holds."""

    compiler: Compiler

    def node(self, node: syntax.Node, graph: Graph, word: Word, bindings: Bindings) -> Stop | None:
        if node.alternatives:
            return self._alternatives(node, graph, word, bindings)
        slot = None if node.name is None else self.compiler.names[node.name]
        bound = bind(bindings, slot, word.id)
        if bound is None:  # the name stands for another word
            return Stop(0, Reason.IS_NOT, node.place, word, bindings)
        tests = self._tests(node)
        for held, (test, place) in enumerate(tests):
            if not test(graph, word):
                return Stop(held, Reason.IS_NOT, place, word, bindings)
        return self._after(len(tests), node.relations, graph, word, [bound])

    def _alternatives(self, node: syntax.Node, graph: Graph, word: Word, bindings: Bindings) -> Stop | None:
        program = self.compiler.node(attrs.evolve(node, relations=None))
        found = program.solve(graph, word, bindings) if program.test(graph, word) else ()
        if found:
            return self._after(1, node.relations, graph, word, found)
        best = _furthest(filter(None, (self.node(one, graph, word, bindings) for one in node.alternatives)))
        return best if best.held else attrs.evolve(best, place=node.place)

    def _after(
        self, held: int, formula: syntax.Formula | None, graph: Graph, word: Word, known: Sequence[Bindings]
    ) -> Stop | None:
        """Follow what must hold around a word once ``held`` tests have held, in one of the ways known so far."""
        for part in _parts(formula):
            if isinstance(part, syntax.Optional):
                continue
            program = self.compiler.formula(part)
            found = distinct(solution for bound in known for solution in program.solve(graph, word, bound))
            if not found:
                stop = _furthest(self._formula(part, graph, word, bound) for bound in known)
                return attrs.evolve(stop, held=held + stop.held)
            known, held = found, held + self._size(part)
        return None

    def _formula(self, formula: syntax.Formula, graph: Graph, word: Word, bindings: Bindings) -> Stop:
        """Return where a part stops that does not hold."""
        match formula:
            case syntax.Relation():
                return self._relation(formula, graph, word, bindings)
            case syntax.Or(parts):
                best = _furthest(filter(None, (self._after(0, part, graph, word, [bindings]) for part in parts)))
                return best if best.held else Stop(0, Reason.HAS_NO, formula.place, word, bindings)
            case syntax.Not(part):
                return Stop(0, Reason.BREAKS, formula.place, self._witness(part, graph, word, bindings), bindings)
        raise AssertionError(formula)

    def _relation(self, relation: syntax.Relation, graph: Graph, word: Word, bindings: Bindings) -> Stop:
        there, labelled = graph.side(relation.operator == "@"), relation.label is not None
        same = relation.operator == "=="
        stops = [Stop(0, Reason.IS_NOT if same else Reason.HAS_NO, relation.place, word, bindings)]
        for other in self._reached(relation, graph, word):
            if stop := self.node(relation.target, there, other, bindings):
                stops.append(attrs.evolve(stop, held=stop.held + labelled))
        return _furthest(stops)

    def _witness(self, formula: syntax.Formula, graph: Graph, word: Word, bindings: Bindings) -> Word:
        """Return the word of a relation that should not hold, the word around which it holds where it has several."""
        if isinstance(formula, syntax.Relation):
            there = graph.side(formula.operator == "@")
            for other in self._reached(formula, graph, word):
                if self.node(formula.target, there, other, bindings) is None:
                    return other
        return word

    def _reached(self, relation: syntax.Relation, graph: Graph, word: Word) -> Iterator[Word]:
        """Yield the words to which a relation leads, whether they fit its target or not."""
        if word.id:
            passes = None if relation.label is None else relation.label.test()
            steps = everywhere if relation.operator == ":" else steps_of(relation.operator, relation.distance)
            for other, lower in steps(graph, word):
                if passes is None or passes(lower.deprel or None):
                    yield other

    def _tests(self, node: syntax.Node) -> list[tuple[Test, syntax.Place]]:
        """Return the tests of a description one by one, in the order in which they are written, with their places."""
        if node.negated:
            return [(word_test(node), node.place)]
        tests = [(attribute_test(a), node.place_of(a)) for a in node.attributes]
        tests += [(feature_test(f), node.place_of(f)) for f in node.features]
        tests.sort(key=lambda test: test[1])
        if node.root or node.empty:
            tests.append((word_test(syntax.Node(root=node.root, empty=node.empty)), node.place))
        return tests

    def _size(self, formula: syntax.Formula | None) -> int:
        """Return how many tests have held where a part of a pattern holds."""
        match formula:
            case syntax.Relation(_, target, label):
                return (label is not None) + max(len(self._tests(target)), 1) + self._size(target.relations)
            case syntax.And(parts):
                return sum(map(self._size, parts))
            case syntax.Or() | syntax.Not():
                return 1
        return 0
