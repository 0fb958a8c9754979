"""Matching: a pattern compiled to tests and joins, and what it finds in a sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Any, Protocol

import attrs

from newsclaims.errors import InputValueError
from newsclaims.semgrex import syntax
from newsclaims.semgrex.operators import Steps, steps_of
from newsclaims.semgrex.parser import read
from newsclaims.tree import Sentence, Word

# What names stand for: a slot a name, first those of nodes (word ids), then those of relations (labels).
_Bindings = tuple[int | str | None, ...]
_Slots = tuple[int, ...]

_READERS: dict[str, Callable[[Word], str]] = {
    "word": attrgetter("text"),
    "lemma": attrgetter("lemma"),
    "cpos": attrgetter("upos"),
    "pos": attrgetter("xpos"),
    "deprel": attrgetter("deprel"),
    "ner": attrgetter("ner"),
    "idx": lambda word: str(word.id),
}


@attrs.frozen
class Match:
    """A place where a pattern holds.

    Attributes:
        node: the word that the pattern's first node stands for.
        nodes: the words that the named nodes stand for, by name; the name of an optional part that
            does not hold is absent.
        relations: the dependency labels bound with ``~name``, by name.
    """

    node: Word
    nodes: dict[str, Word]
    relations: dict[str, str]


class Pattern:
    """A compiled Semgrex pattern; `compile` makes it. It can be pickled and shared between threads.

    Attributes:
        pattern: the text that was compiled.
        names: the names of nodes that a match can bind.
        relation_names: the names of relation labels that a match can bind.
    """

    def __init__(self, pattern: str) -> None:
        """Compile a pattern, as `compile` does."""
        reading = read(pattern)
        self.pattern = pattern
        self.names = frozenset(reading.names)
        self.relation_names = frozenset(reading.relation_names)
        self._reading = reading
        self._slots = {name: slot for slot, name in enumerate(reading.names)}
        self._relation_slots = {name: slot for slot, name in enumerate(reading.relation_names, len(self._slots))}
        self._anchor = _Compiler(self._slots, self._relation_slots).node(reading.anchor)

    def __repr__(self) -> str:
        """Return the call that makes the pattern."""
        return f"compile({self.pattern!r})"

    def __reduce__(self) -> tuple[type[Pattern], tuple[str]]:
        """Pickle the text of the pattern, to be compiled again."""
        return Pattern, (self.pattern,)

    def finditer(self, sentence: Sentence, nodes: Mapping[str, Word] | None = None) -> Iterator[Match]:
        """Yield the matches in a sentence, each binding of the names once.

        They come by the position of the anchor, then by the positions of the named words, names taken
        in the order in which the pattern gives them, absent words last.

        Args:
            sentence: where to look.
            nodes: words that names stand for beforehand: a node of that name must be that word. Names
                that the pattern does not have are left aside.

        Raises:
            InputValueError: a word given beforehand is not of the sentence.
        """
        bindings: list[int | str | None] = [None] * (len(self._slots) + len(self._relation_slots))
        for name, word in (nodes or {}).items():
            if not 0 < word.id <= len(sentence.words) or sentence.words[word.id - 1] != word:
                raise InputValueError(f"{name!r} is bound to {word.text!r}, which is not a word of this sentence")
            if name in self._slots:
                bindings[self._slots[name]] = word.id
        return self._matches(sentence, tuple(bindings))

    def search(self, sentence: Sentence, nodes: Mapping[str, Word] | None = None) -> Match | None:
        """Return the first of the matches that `finditer` yields, None if there is none."""
        return next(self.finditer(sentence, nodes), None)

    def anchor_lemmas(self) -> frozenset[str] | None:
        """Return the lemmas that the anchor can have, None unless the pattern lists them.

        They are listed by ``{lemma:acheter}`` and ``{lemma:/acheter|racheter/}``.
        """
        return self._reading.anchor.lemmas()

    def lemmas_of(self, name: str) -> frozenset[str] | None:
        """Return the lemmas that a named node can have, None unless the pattern lists them.

        Raises:
            InputValueError: the pattern has no node of that name.
        """
        if name not in self.names:
            raise InputValueError(f"no node named {name!r} in the pattern; it has {sorted(self.names)}")
        return self._reading.lemmas[name]

    def _matches(self, sentence: Sentence, bindings: _Bindings) -> Iterator[Match]:
        anchor, words = self._anchor, sentence.words
        given = None if anchor.slot is None else bindings[anchor.slot]
        search = _Search(sentence)
        for word in words if given is None else (words[int(given) - 1],):
            if not anchor.test(word):
                continue
            for found in sorted(set(anchor.solve(search, word, bindings)), key=_order):
                nodes = ((name, found[slot]) for name, slot in self._slots.items())
                labels = ((name, found[slot]) for name, slot in self._relation_slots.items())
                yield Match(
                    word,
                    {name: words[int(at) - 1] for name, at in nodes if at is not None},
                    {name: str(label) for name, label in labels if label is not None},
                )


def compile(pattern: str) -> Pattern:
    """Compile a Semgrex pattern.

    Args:
        pattern: one pattern; white space between its elements is free, new lines included.

    Raises:
        PatternError: the pattern breaks the language, or uses a part of it that is not supported; the
            message draws the pattern with a caret at the place.
        InputTypeError: the pattern is not a string.
    """
    return Pattern(pattern)


def _order(bindings: _Bindings) -> tuple[tuple[bool, Any], ...]:
    return tuple((value is None, value) for value in bindings)


def _bind(bindings: _Bindings, slot: int | None, value: int | str) -> _Bindings | None:
    """Return the bindings with one more, None if the name stands for something else already."""
    if slot is None or bindings[slot] == value:
        return bindings
    if bindings[slot] is not None:
        return None
    return (*bindings[:slot], value, *bindings[slot + 1 :])


@attrs.define(eq=False)
class _Search:
    """What one search in one sentence has found so far.

    Attributes:
        known: for a relation, a word on its left and the bindings of its names, the ways to complete
            these. This is what keeps the search polynomial.
    """

    sentence: Sentence
    known: dict[tuple[_Related, int, _Bindings], tuple[_Bindings, ...]] = attrs.field(factory=dict)


class _Formula(Protocol):
    """What must hold around a word, with the slots of the names that it mentions."""

    @property
    def slots(self) -> _Slots: ...

    def solve(self, search: _Search, word: Word, bindings: _Bindings) -> Sequence[_Bindings]:
        """Return the distinct ways to complete the bindings; none where the formula does not hold."""


@attrs.frozen(eq=False)
class _Node:
    """A test on a word, the name that the word takes, and what must hold around it."""

    test: Callable[[Word], bool]
    slot: int | None
    formula: _Formula | None
    slots: _Slots

    def solve(self, search: _Search, word: Word, bindings: _Bindings) -> Sequence[_Bindings]:
        """Complete the bindings for a word that has passed the test."""
        bound = _bind(bindings, self.slot, word.id)
        if bound is None:
            return ()
        return (bound,) if self.formula is None else self.formula.solve(search, word, bound)


@attrs.frozen(eq=False)
class _Related:
    """A relation to a node."""

    steps: Steps
    label: Callable[[str], bool] | None
    label_slot: int | None
    node: _Node
    slots: _Slots

    def solve(self, search: _Search, word: Word, bindings: _Bindings) -> Sequence[_Bindings]:
        mine = self._mine(bindings)
        key = (self, word.id, mine)
        known = search.known.get(key)
        if known is None:
            known = search.known[key] = self._look(search, word, mine)
        if mine == bindings:
            return known
        if not self.slots:
            return (bindings,) if known else ()
        return [self._merge(bindings, solution) for solution in known]

    def _look(self, search: _Search, word: Word, bindings: _Bindings) -> tuple[_Bindings, ...]:
        found: dict[_Bindings, None] = {}
        for other, label in self.steps(search.sentence, word):
            if (self.label is not None and not self.label(label)) or not self.node.test(other):
                continue
            bound = _bind(bindings, self.label_slot, label)
            if bound is not None:
                found.update(dict.fromkeys(self.node.solve(search, other, bound)))
                if found and not self.slots:
                    break  # nothing to name: that one word fits is all there is to know
        return tuple(found)

    def _mine(self, bindings: _Bindings) -> _Bindings:
        """Return the bindings without the names that do not occur here, so that those make no difference."""
        if len(self.slots) == len(bindings):
            return bindings
        mine: list[int | str | None] = [None] * len(bindings)
        for slot in self.slots:
            mine[slot] = bindings[slot]
        return tuple(mine)

    def _merge(self, bindings: _Bindings, solution: _Bindings) -> _Bindings:
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

    def solve(self, search: _Search, word: Word, bindings: _Bindings) -> Sequence[_Bindings]:
        if not all(part.solve(search, word, bindings) for part in self.first):
            return ()
        found: Sequence[_Bindings] = (bindings,)
        for part in self.parts:
            found = _distinct(solution for known in found for solution in part.solve(search, word, known))
        return found


@attrs.frozen(eq=False)
class _Any:
    """A disjunction."""

    parts: tuple[_Formula, ...]
    slots: _Slots

    def solve(self, search: _Search, word: Word, bindings: _Bindings) -> Sequence[_Bindings]:
        if not self.slots:
            return (bindings,) if any(part.solve(search, word, bindings) for part in self.parts) else ()
        return _distinct(solution for part in self.parts for solution in part.solve(search, word, bindings))


@attrs.frozen(eq=False)
class _None:
    """A negation; the parser sees to it that all names inside are bound."""

    part: _Formula
    slots: _Slots

    def solve(self, search: _Search, word: Word, bindings: _Bindings) -> Sequence[_Bindings]:
        return () if self.part.solve(search, word, bindings) else (bindings,)


@attrs.frozen(eq=False)
class _Maybe:
    """An optional part."""

    part: _Formula
    slots: _Slots

    def solve(self, search: _Search, word: Word, bindings: _Bindings) -> Sequence[_Bindings]:
        return self.part.solve(search, word, bindings) or (bindings,)


def _distinct(solutions: Iterable[_Bindings]) -> list[_Bindings]:
    return list(dict.fromkeys(solutions))


def _union(parts: Iterable[_Formula]) -> _Slots:
    return tuple(sorted({slot for part in parts for slot in part.slots}))


@attrs.frozen
class _Compiler:
    """From what a pattern says to what is run."""

    names: Mapping[str, int]
    relation_names: Mapping[str, int]

    def node(self, node: syntax.Node) -> _Node:
        slot = None if node.name is None else self.names[node.name]
        formula = None if node.relations is None else self.formula(node.relations)
        slots = {slot} if slot is not None else set()
        if formula is not None:
            slots.update(formula.slots)
        return _Node(_word_test(node), slot, formula, tuple(sorted(slots)))

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
        slot = None if relation.label_name is None else self.relation_names[relation.label_name]
        return _Related(
            steps=steps_of(relation.operator, relation.distance),
            label=None if relation.label is None else relation.label.test(),
            label_slot=slot,
            node=node,
            slots=node.slots if slot is None else tuple(sorted({*node.slots, slot})),
        )

    def conjunction(self, parts: Iterable[syntax.Formula]) -> _All:
        first: list[_Formula] = []
        combined: list[_Formula] = []
        seen: set[int] = set()
        for part in sorted(parts, key=lambda part: isinstance(part, syntax.Optional)):
            compiled = self.formula(part)
            if not isinstance(part, syntax.Optional) and seen.isdisjoint(compiled.slots):
                first.append(compiled)
            if compiled.slots:
                combined.append(compiled)
                seen.update(compiled.slots)
        return _All(tuple(first), tuple(combined), tuple(sorted(seen)))


def _word_test(node: syntax.Node) -> Callable[[Word], bool]:
    """Return a node's description as one function, cheap tests first."""
    tests = [_attribute_test(a) for a in sorted(node.attributes, key=lambda a: a.value.literals is None)]
    tests += [_feature_test(f) for f in node.features]
    if node.root:
        tests.append(lambda word: word.head == 0)
    if not tests:
        return (lambda word: False) if node.negated else (lambda word: True)
    test = tests[0]
    for other in tests[1:]:
        test = _both(test, other)
    return (lambda word: not test(word)) if node.negated else test


def _both(one: Callable[[Word], bool], other: Callable[[Word], bool]) -> Callable[[Word], bool]:
    return lambda word: one(word) and other(word)


def _attribute_test(attribute: syntax.Attribute) -> Callable[[Word], bool]:
    text, passes = _READERS[attribute.name], attribute.value.test()
    if attribute.negated:
        return lambda word: not passes(text(word))
    return lambda word: passes(text(word))


def _feature_test(feature: syntax.Feature) -> Callable[[Word], bool]:
    key, value = feature.key.test(), feature.value.test()

    def test(word: Word) -> bool:
        return any(key(name) and value(text) for name, text in word.feats.items())

    return (lambda word: not test(word)) if feature.negated else test
