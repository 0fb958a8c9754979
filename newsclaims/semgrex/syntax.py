"""What a Semgrex pattern says, once read: a tree of nodes and relations, each with its place in the text."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import attrs
import regex

_LITERALS = regex.compile(r"[\w\p{M}'’ -]++(?:\|[\w\p{M}'’ -]++)*+")
Place = tuple[int, int]
"""Start and end in the text of the pattern."""

_REMEMBERED = 1024  # texts for which the answer of a regular expression is kept: words and labels come back


@attrs.frozen(cache_hash=True)
class Value:
    """A test on an attribute, a feature name or a relation label.

    Attributes:
        literals: the texts that pass, None when they cannot be listed.
        expression: the regular expression that a text must match in full. With neither, any text passes.
    """

    literals: frozenset[str] | None = None
    expression: regex.Pattern[str] | None = None

    @classmethod
    def exact(cls, text: str) -> Value:
        """Return the test that one text passes, any text for ``__``."""
        return cls() if text == "__" else cls(frozenset((text,)))

    @classmethod
    @lru_cache(_REMEMBERED)  # the patterns of a grammar say the same in many places
    def matching(cls, source: str) -> Value:
        """Return the test of a regular expression; a plain list ``a|b|c`` becomes a set.

        Raises:
            regex.error: the expression cannot be compiled.
        """
        if _LITERALS.fullmatch(source):
            return cls(frozenset(source.split("|")))
        return cls(None, regex.compile(source))

    def test(self) -> Callable[[str | None], bool]:
        """Return the test as a function; None, which stands for an absent text, never passes."""
        if self.literals is not None:
            return self.literals.__contains__
        if self.expression is None:
            return lambda text: text is not None
        fullmatch = self.expression.fullmatch

        @lru_cache(_REMEMBERED)
        def matches(text: str | None) -> bool:
            return text is not None and fullmatch(text) is not None

        return matches


@attrs.frozen
class Attribute:
    """``name:value``, or ``name!:value`` which a word without the attribute passes too.

    Its place is counted from the opening brace of its description, which other patterns may hold too.
    """

    name: str
    value: Value
    negated: bool = False
    place: Place = attrs.field(default=(0, 0), eq=False)


@attrs.frozen
class Feature:
    """One entry of ``morphofeatures:{key:value}``; both sides may be regular expressions; placed likewise."""

    key: Value
    value: Value
    negated: bool = False
    place: Place = attrs.field(default=(0, 0), eq=False)


@attrs.frozen
class Node:
    """A word: its description, its name and the relations that it has.

    Attributes:
        attributes: tests on the word's own attributes.
        features: tests on its morphology.
        root: whether it must be a root of the sentence.
        empty: whether it must be what a word aligned to nothing is aligned to.
        negated: whether the description (not the relations) must fail.
        name: what the word is called in the match.
        alternatives: nodes of which it must be one; it has no description and no name of its own then.
        relations: what must hold around the word.
        place: where its description stands, with its name.
        brace: where the description opens.
    """

    attributes: tuple[Attribute, ...] = ()
    features: tuple[Feature, ...] = ()
    root: bool = False
    empty: bool = False
    negated: bool = False
    name: str | None = None
    alternatives: tuple[Node, ...] = ()
    relations: Formula | None = None
    place: Place = attrs.field(default=(0, 0), eq=False)
    brace: int = attrs.field(default=0, eq=False)

    def place_of(self, part: Attribute | Feature) -> Place:
        """Return where in the pattern a part of the description stands."""
        start, end = part.place
        return self.brace + start, self.brace + end

    def literals(self, name: str) -> frozenset[str] | None:
        """Return the values that an attribute of the word can have, None when any or unlisted ones."""
        if self.alternatives:
            found = [node.literals(name) for node in self.alternatives]
            return None if None in found else frozenset().union(*filter(None, found))
        if self.negated:
            return None
        return next((a.value.literals for a in self.attributes if a.name == name and not a.negated), None)


@attrs.frozen
class Relation:
    """An operator and the node on its right.

    Attributes:
        operator: the symbol, without its range.
        target: the word on the other side.
        label: test on the dependency relation, None for any.
        label_name: what the label is called in the match.
        edge_name: what the dependency itself is called in the match.
        distance: least and greatest number of steps of a chain, the greatest None when unbounded.
        place: where it stands, from the operator to the end of its target.
    """

    operator: str
    target: Node
    label: Value | None = None
    label_name: str | None = None
    edge_name: str | None = None
    distance: tuple[int, int | None] = (1, None)
    place: Place = attrs.field(default=(0, 0), eq=False)


@attrs.frozen
class And:
    """All of the parts."""

    parts: tuple[Formula, ...]


@attrs.frozen
class Or:
    """At least one of the parts."""

    parts: tuple[Formula, ...]
    place: Place = attrs.field(default=(0, 0), eq=False)


@attrs.frozen
class Not:
    """The part must not hold."""

    part: Formula
    place: Place = attrs.field(default=(0, 0), eq=False)


@attrs.frozen
class Optional:
    """The part is bound where it holds, and passed over where it does not."""

    part: Formula


Formula = Relation | And | Or | Not | Optional


@attrs.frozen
class Reading:
    """A pattern as read.

    Attributes:
        anchors: the first node, on which all hangs, and the first nodes of the patterns after ``:``.
        names: names of nodes in the order in which the pattern gives them, each with whether it stands for words of
            the aligned sentence.
        relation_names: names of relation labels, likewise.
        edge_names: names of dependencies, as those of nodes.
        lemmas: by name of a node, the lemmas that its word can have.
        uniq: names whose words tell matches apart, None where all matches are wanted.
        reverse: whether the first node is of the aligned sentence.
        aligned: whether ``@`` occurs.
    """

    anchors: tuple[Node, ...]
    names: dict[str, bool]
    relation_names: tuple[str, ...]
    edge_names: dict[str, bool]
    lemmas: dict[str, frozenset[str] | None]
    uniq: tuple[str, ...] | None
    reverse: bool
    aligned: bool
