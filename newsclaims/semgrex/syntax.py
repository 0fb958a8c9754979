"""What a Semgrex pattern says, once read: a tree of nodes and relations."""

from __future__ import annotations

from collections.abc import Callable

import attrs
import regex

_LITERALS = regex.compile(r"[\w\p{M}'’ -]++(?:\|[\w\p{M}'’ -]++)*+")


@attrs.frozen
class Value:
    """A test on an attribute, a feature name or a relation label.

    Attributes:
        literals: the texts that pass, None when they cannot be listed.
        expression: the regular expression that a text must match in full, None where literals do.
    """

    literals: frozenset[str] | None
    expression: regex.Pattern[str] | None = None

    @classmethod
    def exact(cls, text: str) -> Value:
        """Return the test that one text passes."""
        return cls(frozenset((text,)))

    @classmethod
    def matching(cls, source: str) -> Value:
        """Return the test of a regular expression; a plain list ``a|b|c`` becomes a set.

        Raises:
            regex.error: the expression cannot be compiled.
        """
        if _LITERALS.fullmatch(source):
            return cls(frozenset(source.split("|")))
        return cls(None, regex.compile(source))

    def test(self) -> Callable[[str], bool]:
        """Return the test as a function; an empty text, which stands for an absent one, never passes."""
        if self.literals is not None:
            return self.literals.__contains__
        assert self.expression is not None
        fullmatch = self.expression.fullmatch
        return lambda text: text != "" and fullmatch(text) is not None


@attrs.frozen
class Attribute:
    """``name:value``, or ``name!:value`` which a word without the attribute passes too."""

    name: str
    value: Value
    negated: bool = False


@attrs.frozen
class Feature:
    """One entry of ``morphofeatures:{key:value}``; both sides may be regular expressions."""

    key: Value
    value: Value
    negated: bool = False


@attrs.frozen
class Node:
    """A word: its description, its name and the relations that it has.

    Attributes:
        attributes: tests on the word's own attributes.
        features: tests on its morphology.
        root: whether it must be a root of the sentence.
        negated: whether the description (not the relations) must fail.
        name: what the word is called in the match.
        relations: what must hold around the word.
    """

    attributes: tuple[Attribute, ...] = ()
    features: tuple[Feature, ...] = ()
    root: bool = False
    negated: bool = False
    name: str | None = None
    relations: Formula | None = None

    def lemmas(self) -> frozenset[str] | None:
        """Return the lemmas that the word can have, None when any or unlisted ones."""
        if self.negated:
            return None
        listed = (a.value.literals for a in self.attributes if a.name == "lemma" and not a.negated)
        return next(listed, None)


@attrs.frozen
class Relation:
    """An operator and the node on its right.

    Attributes:
        operator: the symbol, without its range.
        target: the word on the other side.
        label: test on the dependency relation, None for any.
        label_name: what the label is called in the match.
        distance: least and greatest number of steps of a chain, the greatest None when unbounded.
    """

    operator: str
    target: Node
    label: Value | None = None
    label_name: str | None = None
    distance: tuple[int, int | None] = (1, None)


@attrs.frozen
class And:
    """All of the parts."""

    parts: tuple[Formula, ...]


@attrs.frozen
class Or:
    """At least one of the parts."""

    parts: tuple[Formula, ...]


@attrs.frozen
class Not:
    """The part must not hold."""

    part: Formula


@attrs.frozen
class Optional:
    """The part is bound where it holds, and passed over where it does not."""

    part: Formula


Formula = Relation | And | Or | Not | Optional


@attrs.frozen
class Reading:
    """A pattern as read.

    Attributes:
        anchor: the first node, on which all hangs.
        names: names of nodes in the order in which the pattern gives them.
        relation_names: names of relation labels, likewise.
        lemmas: by name of a node, the lemmas that its word can have.
    """

    anchor: Node
    names: tuple[str, ...]
    relation_names: tuple[str, ...]
    lemmas: dict[str, frozenset[str] | None]
