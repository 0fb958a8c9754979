"""Matching: a pattern compiled to tests and joins, and what it finds in a sentence."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import reduce
from operator import attrgetter
from pathlib import Path
from typing import Any, Protocol

import attrs

from newsclaims.errors import InputValueError, PatternError
from newsclaims.semgrex import syntax
from newsclaims.semgrex.graphs import Aligned, Bindings, Graph, Source, sentences
from newsclaims.semgrex.operators import Steps, everywhere, steps_of
from newsclaims.semgrex.parser import read
from newsclaims.tree import Sentence, Word

_Slots = tuple[int, ...]
_Test = Callable[[Graph, Word], bool]

# Attributes that a word has by itself, the most telling first: sentences are indexed by them.
_FIELDS = {"lemma": "lemma", "word": "text", "deprel": "deprel", "pos": "xpos", "tag": "xpos", "cpos": "upos"}


@attrs.frozen
class Edge:
    """A dependency bound with ``=name``.

    Attributes:
        governor: its upper end.
        dependent: its lower end, whose ``deprel`` it bears.
    """

    governor: Word
    dependent: Word


@attrs.frozen
class Match:
    """A place where a pattern holds.

    Attributes:
        node: the word that the pattern's first node stands for.
        nodes: the words that the named nodes stand for, by name; the name of an optional part that
            does not hold is absent.
        relations: the dependency labels bound with ``~name``, by name.
        edges: the dependencies bound with ``=name`` after an operator, by name.
        sentence: where it was found.
    """

    node: Word
    nodes: dict[str, Word]
    relations: dict[str, str]
    edges: dict[str, Edge]
    sentence: Sentence


class Pattern:
    """A compiled Semgrex pattern; `compile` makes it. It can be pickled and shared between threads.

    Attributes:
        pattern: the text that was compiled.
        names: the names of nodes that a match can bind.
        relation_names: the names of relation labels that a match can bind.
        edge_names: the names of dependencies that a match can bind.
        aligned: whether it has ``@``, so that a search must be given an aligned sentence.
    """

    def __init__(self, pattern: str) -> None:
        """Compile a pattern, as `compile` does."""
        reading = read(pattern)
        self.pattern = pattern
        self.names = frozenset(reading.names)
        self.relation_names = frozenset(reading.relation_names)
        self.edge_names = frozenset(reading.edge_names)
        self.aligned = reading.aligned
        self._reading = reading
        keys = (*reading.names, *(f"~{n}" for n in reading.relation_names), *(f"={n}" for n in reading.edge_names))
        self._slots = {key: slot for slot, key in enumerate(keys)}
        compiler = _Compiler(self._slots)
        first, *others = reading.anchors
        self._anchor = compiler.node(first)
        self._others = compiler.conjunction([syntax.Relation(":", node) for node in others], self._anchor.slots)
        self._fields = [(field, values) for name, field in _FIELDS.items() if (values := first.literals(name))]
        self._needs = [] if reading.reverse else [need for node in reading.anchors for need in _needs(node)]

    def __repr__(self) -> str:
        """Return the call that makes the pattern."""
        return f"compile({self.pattern!r})"

    def __reduce__(self) -> tuple[type[Pattern], tuple[str]]:
        """Pickle the text of the pattern, to be compiled again."""
        return Pattern, (self.pattern,)

    def finditer(
        self, source: Source, nodes: Mapping[str, Word] | None = None, *, aligned: Aligned | None = None
    ) -> Iterator[Match]:
        """Yield the matches, each binding of the names once.

        They come sentence by sentence, by the position of the anchor, then by the positions of the named words, names
        taken in the order in which the pattern gives them, absent words last.

        Args:
            source: where to look: a sentence or a document, of newsclaims or of Stanza.
            nodes: words that names stand for beforehand, in a search of one sentence: a node of that name must be
                that word. Names that the pattern does not have are left aside.
            aligned: the sentence that ``@`` leads to, in a search of one sentence.

        Raises:
            InputTypeError: the source cannot be searched.
            InputValueError: a word given beforehand is not of the sentence; the source is not one sentence where it
                should be; the pattern has ``@`` and no sentence is aligned.
        """
        found = sentences(source)
        if (nodes or aligned) and len(found) != 1:
            raise InputValueError(f"words and alignments are given for one sentence at a time, not for {len(found)}")
        if self.aligned and aligned is None:
            raise InputValueError(
                "the pattern has '@': give the sentence that it leads to, as in "
                "finditer(sentence, aligned=Aligned(other, {1: 1}))"
            )
        pair = None if aligned is None else Graph.pair(found[0], aligned)
        bindings = self._bound(pair or Graph(found[0]), nodes) if nodes else (None,) * len(self._slots)
        graphs = map(Graph, found) if pair is None else (pair,)
        matches = (match for graph in graphs for match in self._matches(graph, bindings))
        return matches if self._reading.uniq is None else _unique(matches, self._reading.uniq)

    def search(
        self, source: Source, nodes: Mapping[str, Word] | None = None, *, aligned: Aligned | None = None
    ) -> Match | None:
        """Return the first of the matches that `finditer` yields, None if there is none."""
        return next(self.finditer(source, nodes, aligned=aligned), None)

    def anchor_lemmas(self) -> frozenset[str] | None:
        """Return the lemmas that the anchor can have, None unless the pattern lists them.

        They are listed by ``{lemma:acheter}`` and ``{lemma:/acheter|racheter/}``.
        """
        return self._reading.anchors[0].literals("lemma")

    def lemmas_of(self, name: str) -> frozenset[str] | None:
        """Return the lemmas that a named node can have, None unless the pattern lists them.

        Raises:
            InputValueError: the pattern has no node of that name.
        """
        if name not in self.names:
            raise InputValueError(f"no node named {name!r} in the pattern; it has {sorted(self.names)}")
        return self._reading.lemmas[name]

    def _bound(self, graph: Graph, nodes: Mapping[str, Word]) -> Bindings:
        bindings: list[int | str | None] = [None] * len(self._slots)
        for name, word in nodes.items():
            words = graph.side(self._reading.names.get(name, False)).sentence.words
            if not 0 < word.id <= len(words) or words[word.id - 1] != word:
                raise InputValueError(f"{name!r} is bound to {word.text!r}, which is not a word of this sentence")
            if name in self.names:
                bindings[self._slots[name]] = word.id
        return tuple(bindings)

    def _matches(self, graph: Graph, bindings: Bindings) -> Iterator[Match]:
        if any(values.isdisjoint(graph.sentence.by(field)) for field, values in self._needs):
            return
        anchor, side = self._anchor, graph.side(self._reading.reverse)
        for word in self._candidates(side.sentence, bindings):
            if not anchor.test(side, word):
                continue
            found: Iterable[Bindings] = anchor.solve(side, word, bindings)
            if self._others.parts or self._others.first:
                found = (more for known in found for more in self._others.solve(graph, word, known))
            for solution in sorted(set(found), key=_order):
                yield self._match(graph, word, solution)

    def _candidates(self, sentence: Sentence, bindings: Bindings) -> Sequence[Word]:
        """Return the words that the anchor may stand for, by the most telling attribute that it lists."""
        given = None if self._anchor.slot is None else bindings[self._anchor.slot]
        if given is not None:
            return (sentence.words[int(given) - 1],)
        if not self._fields:
            return sentence.words
        field, values = self._fields[0]
        index = sentence.by(field)
        found = [word for value in values.intersection(index) for word in index[value]]
        return sorted(found, key=_place)

    def _match(self, graph: Graph, word: Word, found: Bindings) -> Match:
        nodes: dict[str, Word] = {}
        for name, crossed in self._reading.names.items():
            if at := found[self._slots[name]]:  # neither unbound nor the word that is nothing
                nodes[name] = graph.side(crossed).sentence.words[int(at) - 1]
        labels = ((name, found[self._slots[f"~{name}"]]) for name in self._reading.relation_names)
        edges: dict[str, Edge] = {}
        for name, crossed in self._reading.edge_names.items():
            if at := found[self._slots[f"={name}"]]:
                words = graph.side(crossed).sentence.words
                dependent = words[int(at) - 1]
                edges[name] = Edge(words[dependent.head - 1], dependent)
        relations = {name: str(label) for name, label in labels if label is not None}
        return Match(word, nodes, relations, edges, graph.sentence)


def compile(pattern: str) -> Pattern:
    """Compile a Semgrex pattern.

    Args:
        pattern: one pattern; white space between its elements is free, new lines included.

    Raises:
        PatternError: the pattern breaks the language; the message draws the pattern with a caret at the place.
        InputTypeError: the pattern is not a string.
    """
    return Pattern(pattern)


def load(path: str | os.PathLike[str]) -> list[Pattern]:
    """Compile the patterns of a file, one a line. Blank lines are skipped, and lines that begin with ``#``.

    Args:
        path: a text file in UTF-8.

    Raises:
        PatternError: a pattern breaks the language; the message says in which line.
        OSError: the file cannot be read.
    """
    found: list[Pattern] = []
    for number, line in enumerate(Path(path).read_text(encoding="utf-8-sig").split("\n"), 1):
        if line.strip() and not line.lstrip().startswith("#"):
            try:
                found.append(Pattern(line.strip()))
            except PatternError as error:
                raise PatternError(f"line {number}: {error.reason}", error.pattern, error.column) from error
    return found


def _unique(matches: Iterable[Match], names: Sequence[str]) -> Iterator[Match]:
    """Yield the first match of each choice of words, as they are written, for some names."""
    seen: set[tuple[str | None, ...]] = set()
    for match in matches:
        key = tuple(match.nodes[name].text if name in match.nodes else None for name in names)
        if key not in seen:
            seen.add(key)
            yield match
            if not names:
                return


def _place(word: Word) -> int:
    return word.id


def _order(bindings: Bindings) -> tuple[tuple[bool, Any], ...]:
    return tuple((value is None, value) for value in bindings)


def _bind(bindings: Bindings, slot: int | None, value: int | str) -> Bindings | None:
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

    test: _Test
    slot: int | None
    alternatives: tuple[_Node, ...]
    formula: _Formula | None
    slots: _Slots

    def solve(self, graph: Graph, word: Word, bindings: Bindings) -> Sequence[Bindings]:
        """Complete the bindings for a word that has passed the test."""
        if self.alternatives:
            chosen = [node for node in self.alternatives if node.test(graph, word)]
            found = _distinct(solution for node in chosen for solution in node.solve(graph, word, bindings))
            if self.formula is None:
                return found
            return _distinct(solution for known in found for solution in self.formula.solve(graph, word, known))
        bound = _bind(bindings, self.slot, word.id)
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
            bound = _bind(bindings, self.label_slot, lower.deprel)
            bound = bound and _bind(bound, self.edge_slot, lower.id)
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
            found = _distinct(solution for known in found for solution in part.solve(graph, word, known))
        return found


@attrs.frozen(eq=False)
class _Any:
    """A disjunction."""

    parts: tuple[_Formula, ...]
    slots: _Slots

    def solve(self, graph: Graph, word: Word, bindings: Bindings) -> Sequence[Bindings]:
        if not self.slots:
            return (bindings,) if any(part.solve(graph, word, bindings) for part in self.parts) else ()
        return _distinct(solution for part in self.parts for solution in part.solve(graph, word, bindings))


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


def _distinct(solutions: Iterable[Bindings]) -> list[Bindings]:
    return list(dict.fromkeys(solutions))


def _named(slots: Iterable[int | None]) -> _Slots:
    return tuple(sorted(slot for slot in slots if slot is not None))


def _union(parts: Iterable[_Formula]) -> _Slots:
    return tuple(sorted({slot for part in parts for slot in part.slots}))


@attrs.frozen
class _Compiler:
    """From what a pattern says to what is run.

    Attributes:
        names: slot of each name: ``name`` of a node, ``~name`` of a label, ``=name`` of an edge.
    """

    names: Mapping[str, int]

    def node(self, node: syntax.Node) -> _Node:
        alternatives = tuple(self.node(alternative) for alternative in node.alternatives)
        formula = None if node.relations is None else self.formula(node.relations)
        slot = None if node.name is None else self.names[node.name]
        slots = {slot, *(s for part in alternatives for s in part.slots), *(formula.slots if formula else ())}
        test = _any([node.test for node in alternatives]) if alternatives else _word_test(node)
        return _Node(test, slot, alternatives, formula, _named(slots))

    def formula(self, formula: syntax.Formula) -> _Formula:
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


def _needs(node: syntax.Node) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield fields of words and values of which one occurs in every sentence where the node is found."""
    for name, field in _FIELDS.items():
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
                yield from _needs(target)


def _word_test(node: syntax.Node) -> _Test:
    """Return a node's description as one function, cheap tests first."""
    tests = [_attribute_test(a) for a in sorted(node.attributes, key=lambda a: a.value.literals is None)]
    tests += [_feature_test(f) for f in node.features]
    if node.root:
        tests.append(lambda _, word: word.head == 0 != word.id)
    if node.empty:
        tests.append(lambda _, word: word.id == 0)
    if not tests:
        return (lambda *_: False) if node.negated else (lambda *_: True)
    test = reduce(_both, tests)
    return (lambda graph, word: not test(graph, word)) if node.negated else test


def _both(one: _Test, other: _Test) -> _Test:
    return lambda graph, word: one(graph, word) and other(graph, word)


def _any(tests: Sequence[_Test]) -> _Test:
    return lambda graph, word: any(test(graph, word) for test in tests)


def _attribute_test(attribute: syntax.Attribute) -> _Test:
    passes, negated = attribute.value.test(), attribute.negated
    if attribute.name in _FIELDS:
        get = attrgetter(_FIELDS[attribute.name])
        return lambda _, word: passes(get(word) or None) != negated
    read_value = _READERS[attribute.name]
    return lambda graph, word: passes(read_value(graph.sentence, word) if word.id else None) != negated


def _feature_test(feature: syntax.Feature) -> _Test:
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
