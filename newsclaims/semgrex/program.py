"""Programs: from what a pattern says to tests of words and joins of what they find."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import reduce
from operator import attrgetter
from typing import Protocol

import attrs

from newsclaims.semgrex import syntax
from newsclaims.semgrex.graphs import Bindings, Graph
from newsclaims.semgrex.operators import Steps, everywhere, steps_of
from newsclaims.tree import Sentence, Word

_Slots = tuple[int, ...]
Test = Callable[[Graph, Word], bool]

# Attributes that a word has by itself, the most telling first: sentences are indexed by them.
FIELDS = {"lemma": "lemma", "word": "text", "deprel": "deprel", "pos": "xpos", "tag": "xpos", "cpos": "upos"}


def bind(bindings: Bindings, slot: int | None, value: int | str) -> Bindings | None:
    """Return the bindings with one more, None if the name stands for something else already."""
    if slot is None or bindings[slot] == value:
        return bindings
    if bindings[slot] is not None:
        return None
    return (*bindings[:slot], value, *bindings[slot + 1 :])


class _Formula(Protocol):
    """What must hold around a word, with the slots of the names that it mentions."""

    @property
    def slots(self) -> _Slots: ...

    def solve(self, graph: Graph, word: Word, bindings: Bindings) -> Sequence[Bindings]:
        """Return the distinct ways to complete the bindings; none where the formula does not hold."""


@attrs.frozen(eq=False)
class _Node:
    """A test on a word, the name that the word takes or the nodes of which it is one, and what must hold around it."""

    test: Test
    slot: int | None
    alternatives: tuple[_Node, ...]
    formula: _Formula | None
    slots: _Slots

    def solve(self, graph: Graph, word: Word, bindings: Bindings) -> Sequence[Bindings]:
        """Complete the bindings for a word that has passed the test."""
        if self.alternatives:
            chosen = [node for node in self.alternatives if node.test(graph, word)]
            found = distinct(solution for node in chosen for solution in node.solve(graph, word, bindings))
            if self.formula is None:
                return found
            return distinct(solution for known in found for solution in self.formula.solve(graph, word, known))
        bound = bind(bindings, self.slot, word.id)
        if bound is None:
            return ()
        return (bound,) if self.formula is None else self.formula.solve(graph, word, bound)


@attrs.frozen(eq=False)
class _Related:
    """A relation to a node."""

    steps: Steps
    crosses: bool
    label: Callable[[str | None], bool] | None
    label_slot: int | None
    edge_slot: int | None
    node: _Node
    slots: _Slots

    def solve(self, graph: Graph, word: Word, bindings: Bindings) -> Sequence[Bindings]:
        if not word.id:
            return ()  # nothing has no relations
        mine = self._mine(bindings)
        key = (self, 0 if self.steps is everywhere else word.id, mine)
        known = graph.known.get(key)
        if known is None:
            known = graph.known[key] = self._look(graph, word, mine)
        if mine == bindings:
            return known
        if not self.slots:
            return (bindings,) if known else ()
        return [self._merge(bindings, solution) for solution in known]

    def _look(self, graph: Graph, word: Word, bindings: Bindings) -> tuple[Bindings, ...]:
        found: dict[Bindings, None] = {}
        there = graph.side(self.crosses)
        for other, lower in self.steps(graph, word):
            if (self.label is not None and not self.label(lower.deprel or None)) or not self.node.test(there, other):
                continue
            bound = bind(bindings, self.label_slot, lower.deprel)
            bound = bound and bind(bound, self.edge_slot, lower.id)
            if bound is not None:
                found.update(dict.fromkeys(self.node.solve(there, other, bound)))
                if found and not self.slots:
                    break  # nothing to name: that one word fits is all there is to know
        return tuple(found)

    def _mine(self, bindings: Bindings) -> Bindings:
        """Return the bindings without the names that do not occur here, so that those make no difference."""
        if len(self.slots) == len(bindings):
            return bindings
        mine: list[int | str | None] = [None] * len(bindings)
        for slot in self.slots:
            mine[slot] = bindings[slot]
        return tuple(mine)

    def _merge(self, bindings: Bindings, solution: Bindings) -> Bindings:
        merged = list(bindings)
        for slot in self.slots:
            merged[slot] = solution[slot]
        return tuple(merged)


@attrs.frozen(eq=False)
class _All:
    """A conjunction.

    Attributes:
        first: the parts that share no name with an earlier one. They hold or fail on their own, so
            that they are tried before any combination is built.
        parts: the parts to combine, optional ones last.
    """

    first: tuple[_Formula, ...]
    parts: tuple[_Formula, ...]
    slots: _Slots

    def solve(self, graph: Graph, word: Word, bindings: Bindings) -> Sequence[Bindings]:
        if not all(part.solve(graph, word, bindings) for part in self.first):
            return ()
        found: Sequence[Bindings] = (bindings,)
        for part in self.parts:
            found = distinct(solution for known in found for solution in part.solve(graph, word, known))
        return found


@attrs.frozen(eq=False)
class _Any:
    """A disjunction."""

    parts: tuple[_Formula, ...]
    slots: _Slots

    def solve(self, graph: Graph, word: Word, bindings: Bindings) -> Sequence[Bindings]:
        if not self.slots:
            return (bindings,) if any(part.solve(graph, word, bindings) for part in self.parts) else ()
        return distinct(solution for part in self.parts for solution in part.solve(graph, word, bindings))


@attrs.frozen(eq=False)
class _None:
    """A negation; the parser sees to it that all names inside are bound."""

    part: _Formula
    slots: _Slots

    def solve(self, graph: Graph, word: Word, bindings: Bindings) -> Sequence[Bindings]:
        return () if self.part.solve(graph, word, bindings) else (bindings,)


@attrs.frozen(eq=False)
class _Maybe:
    """An optional part."""

    part: _Formula
    slots: _Slots

    def solve(self, graph: Graph, word: Word, bindings: Bindings) -> Sequence[Bindings]:
        return self.part.solve(graph, word, bindings) or (bindings,)


def distinct(solutions: Iterable[Bindings]) -> list[Bindings]:
    """Return each solution once, in the order in which they come."""
    return list(dict.fromkeys(solutions))


def _named(slots: Iterable[int | None]) -> _Slots:
    return tuple(sorted(slot for slot in slots if slot is not None))


def _union(parts: Iterable[_Formula]) -> _Slots:
    return tuple(sorted({slot for part in parts for slot in part.slots}))


@attrs.frozen(eq=False)
class Program:
    """A pattern ready to run: its first node, and what else must be found in the sentence."""

    anchor: _Node
    others: _All


@attrs.frozen
class Compiler:
    """From what a pattern says to what is run.

    Attributes:
        names: slot of each name: ``name`` of a node, ``~name`` of a label, ``=name`` of an edge.
    """

    names: Mapping[str, int]

    def program(self, anchors: Sequence[syntax.Node]) -> Program:
        """Compile the nodes of a pattern, those that ``:`` stands between."""
        first, *others = anchors
        anchor = self.node(first)
        return Program(anchor, self.conjunction([syntax.Relation(":", node) for node in others], anchor.slots))

    def node(self, node: syntax.Node) -> _Node:
        """Compile a node with what must hold around it."""
        alternatives = tuple(self.node(alternative) for alternative in node.alternatives)
        formula = None if node.relations is None else self.formula(node.relations)
        slot = None if node.name is None else self.names[node.name]
        slots = {slot, *(s for part in alternatives for s in part.slots), *(formula.slots if formula else ())}
        test = _any([node.test for node in alternatives]) if alternatives else word_test(node)
        return _Node(test, slot, alternatives, formula, _named(slots))

    def formula(self, formula: syntax.Formula) -> _Formula:
        """Compile what must hold around a word."""
        match formula:
            case syntax.Relation():
                return self.relation(formula)
            case syntax.And(parts):
                return self.conjunction(parts)
            case syntax.Or(parts):
                compiled = tuple(self.formula(part) for part in parts)
                return _Any(compiled, _union(compiled))
            case syntax.Not(part):
                inner = self.formula(part)
                return _None(inner, inner.slots)
            case syntax.Optional(part):
                inner = self.formula(part)
                return _Maybe(inner, inner.slots)

    def relation(self, relation: syntax.Relation) -> _Related:
        """Compile a relation with its target."""
        node = self.node(relation.target)
        label_slot = None if relation.label_name is None else self.names[f"~{relation.label_name}"]
        edge_slot = None if relation.edge_name is None else self.names[f"={relation.edge_name}"]
        return _Related(
            steps=everywhere if relation.operator == ":" else steps_of(relation.operator, relation.distance),
            crosses=relation.operator == "@",
            label=None if relation.label is None else relation.label.test(),
            label_slot=label_slot,
            edge_slot=edge_slot,
            node=node,
            slots=_named({*node.slots, label_slot, edge_slot}),
        )

    def conjunction(self, parts: Iterable[syntax.Formula], bound: Iterable[int] = ()) -> _All:
        """Compile parts that must all hold; ``bound`` are the slots of names that were given before."""
        first: list[_Formula] = []
        combined: list[_Formula] = []
        seen = set(bound)
        for part in sorted(parts, key=lambda part: isinstance(part, syntax.Optional)):
            compiled = self.formula(part)
            if not isinstance(part, syntax.Optional) and seen.isdisjoint(compiled.slots):
                first.append(compiled)
            if compiled.slots:
                combined.append(compiled)
                seen.update(compiled.slots)
        return _All(tuple(first), tuple(combined), tuple(sorted(seen)))


def needs(node: syntax.Node) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield fields of words and values of which one occurs in every sentence where the node is found."""
    for name, field in FIELDS.items():
        if values := node.literals(name):
            yield field, values
    pending = [] if node.relations is None else [node.relations]
    while pending:
        match pending.pop():
            case syntax.And(parts):
                pending.extend(parts)
            case syntax.Relation("@"):
                pass  # in the other sentence
            case syntax.Relation(_, target, label):
                if label is not None and label.literals:
                    yield "deprel", label.literals
                yield from needs(target)


def word_test(node: syntax.Node) -> Test:
    """Return a node's description as one function, cheap tests first."""
    tests = [attribute_test(a) for a in sorted(node.attributes, key=lambda a: a.value.literals is None)]
    tests += [feature_test(f) for f in node.features]
    if node.root:
        tests.append(lambda _, word: word.head == 0 != word.id)
    if node.empty:
        tests.append(lambda _, word: word.id == 0)
    if not tests:
        return (lambda *_: False) if node.negated else (lambda *_: True)
    test = reduce(_both, tests)
    return (lambda graph, word: not test(graph, word)) if node.negated else test


def _both(one: Test, other: Test) -> Test:
    return lambda graph, word: one(graph, word) and other(graph, word)


def _any(tests: Sequence[Test]) -> Test:
    return lambda graph, word: any(test(graph, word) for test in tests)


def attribute_test(attribute: syntax.Attribute) -> Test:
    """Return the test of one attribute of a word."""
    passes, negated = attribute.value.test(), attribute.negated
    if attribute.name in FIELDS:
        get = attrgetter(FIELDS[attribute.name])
        return lambda _, word: passes(get(word) or None) != negated
    read_value = _READERS[attribute.name]
    return lambda graph, word: passes(read_value(graph.sentence, word) if word.id else None) != negated


def feature_test(feature: syntax.Feature) -> Test:
    """Return the test of one morphological feature of a word."""
    key, value, negated = feature.key.test(), feature.value.test(), feature.negated
    return lambda _, word: any(key(name) and value(text) for name, text in word.feats.items()) != negated


def _after(sentence: Sentence, word: Word) -> str:
    """Return what stands between a word and the next one, empty inside a multi-word token and at the end."""
    start = sentence.span.start
    following = sentence.words[word.id : word.id + 1]
    return sentence.text[word.span.end - start : following[0].span.start - start] if following else ""


def _in_token(sentence: Sentence, word: Word) -> bool:
    """Return whether a word shares its token with another one."""
    return len({w.id for w in sentence.words[max(word.id - 2, 0) : word.id + 1] if w.span == word.span}) > 1


_READERS: dict[str, Callable[[Sentence, Word], str | None]] = {
    "idx": lambda _, word: str(word.id),
    "headidx": lambda _, word: str(word.head),
    "ner": lambda _, word: word.ner or None,
    "after": _after,
    "is_mwt": lambda sentence, word: str(_in_token(sentence, word)).lower(),
    "mwt_text": lambda sentence, word: word.span.text if _in_token(sentence, word) else None,
}
