"""Needs: what a sentence must hold for a pattern to match, told before anything is matched.

A pattern can only match where each word that it asks for could be. What it says of where these words stand to each
other is left out, and so is all that it forbids: a need holds wherever the pattern matches, and in few other places.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain

import attrs
import regex

from newsclaims.semgrex import syntax
from newsclaims.semgrex.program import FIELDS

_FIELDS = {**FIELDS, "ner": "ner"}
_REMEMBERED = 100_000  # values of attributes of which is kept what they pass


@attrs.frozen(cache_hash=True)
class Has:
    """Some word passes a test.

    Attributes:
        field: the attribute of `Word` that is tested.
        value: the test.
    """

    field: str
    value: syntax.Value


@attrs.frozen(cache_hash=True)
class Every:
    """All of the parts hold; without parts, it always does."""

    parts: tuple[Need, ...] = ()


@attrs.frozen(cache_hash=True)
class Some:
    """At least one of the parts holds."""

    parts: tuple[Need, ...]


Need = Has | Every | Some
ALWAYS = Every()


def need_of(node: syntax.Node) -> Need:
    """Return what a sentence must hold for a node and all that hangs on it."""
    parts: list[Need] = []
    if node.alternatives:
        parts.append(_some(need_of(alternative) for alternative in node.alternatives))
    elif not node.negated:
        parts += [
            Has(_FIELDS[a.name], a.value)
            for a in node.attributes
            if a.name in _FIELDS and not a.negated and not _any(a.value)
        ]
    if node.relations is not None:
        parts.append(_of_formula(node.relations))
    return every(parts)


def _any(value: syntax.Value) -> bool:
    return value.literals is None and value.expression is None


def _of_formula(formula: syntax.Formula) -> Need:
    match formula:
        case syntax.And(parts):
            return every(map(_of_formula, parts))
        case syntax.Or(parts):
            return _some(map(_of_formula, parts))
        case syntax.Relation("@") | syntax.Not() | syntax.Optional():
            return ALWAYS
        case syntax.Relation(_, target, label):
            known = label is not None and label.literals
            return every([Has("deprel", label), need_of(target)] if label and known else [need_of(target)])


def every(parts: Iterable[Need]) -> Need:
    """Return the need that all parts hold, in as few pieces as possible."""
    flat = [inner for part in parts for inner in (part.parts if isinstance(part, Every) else (part,))]
    return flat[0] if len(flat) == 1 else Every(tuple(dict.fromkeys(flat)))


def _some(parts: Iterable[Need]) -> Need:
    flat = [inner for part in parts for inner in (part.parts if isinstance(part, Some) else (part,))]
    return ALWAYS if ALWAYS in flat else Some(tuple(dict.fromkeys(flat)))


def tests(need: Need) -> Iterator[Has]:
    """Yield the tests that a need consists of."""
    if isinstance(need, Has):
        yield need
    else:
        for part in need.parts:
            yield from tests(part)


class Screen:
    """Many needs at once: each distinct test is a bit, and the words of a sentence are a set of bits.

    Args:
        needs: the needs.
        passes: what else passes a test beyond its own values, given the test; its bit is then always set.

    Attributes:
        tests: the tests.
        fields: the attributes that are tested.
    """

    def __init__(self, needs: Sequence[Need], passes: Callable[[Has], bool] = lambda _: False) -> None:
        self.tests = tuple(dict.fromkeys(test for need in needs for test in tests(need) if not passes(test)))
        self._bits = {test: 1 << place for place, test in enumerate(self.tests)}
        self._checks = [_check(need, self._bits) for need in needs]
        # A need is looked at where the test is passed that it asks for and fewest others do; the rest always.
        asked = [_asked(need, self._bits) for need in needs]
        often = Counter(chain.from_iterable(asked))
        self._places: dict[int, list[int]] = {}
        for place, bits in enumerate(asked):
            self._places.setdefault(min(bits, key=often.__getitem__, default=0), []).append(place)
        self._telling = sum(self._places)
        # The texts that pass are listed for most tests; the others are tried, once a text as long as there is room.
        self._listed: dict[tuple[str, str], int] = {}
        self._tried: dict[str, list[tuple[Callable[[str | None], bool], int]]] = {}
        self._known: dict[tuple[str, str], int] = {}
        for test, bit in self._bits.items():
            if test.value.literals is None:
                self._tried.setdefault(test.field, []).append((test.value.test(), bit))
            for text in test.value.literals or ():
                self._listed[test.field, text] = self._listed.get((test.field, text), 0) | bit
        self._any = {
            field: _any_of(t.value for t in self.tests if t.field == field and t.value.literals is None)
            for field in self._tried
        }
        self.fields = tuple(dict.fromkeys(test.field for test in self.tests))

    def bits(self, field: str, value: str) -> int:
        """Return the tests that a value of an attribute passes, as bits."""
        key = field, value
        known = self._known.get(key)
        if known is None:
            known = self._listed.get(key, 0)
            if value and field in self._any and self._any[field].fullmatch(value):
                known |= sum(bit for test, bit in self._tried[field] if test(value))
            if len(self._known) < _REMEMBERED:
                self._known[key] = known
        return known

    def mask(self, chosen: Callable[[Has], bool]) -> int:
        """Return some of the tests, as bits."""
        return sum(bit for test, bit in self._bits.items() if chosen(test))

    def passing(self, bits: int, places: Iterable[int] | None = None) -> Iterator[int]:
        """Yield the places of the needs, of all or of some, that hold where the tests of these bits are passed."""
        if places is None:
            places = self._possible(bits)
        return (place for place in places if self._checks[place](bits))

    def _possible(self, bits: int) -> list[int]:
        found = list(self._places.get(0, ()))
        left = bits & self._telling
        while left:
            bit = left & -left
            found += self._places[bit]
            left ^= bit
        return sorted(found)


# What a part of an alternative may not hold without saying something else there: flags of its own, references.
_OF_ITS_OWN = regex.compile(r"\\[1-9gGKL]|\(\?(?![:=!]|<[=!])")


def _any_of(values: Iterable[syntax.Value]) -> regex.Pattern[str]:
    """Return an expression that is passed where one of the values is, and hardly elsewhere: most texts pass none."""
    sources = ["" if value.expression is None else value.expression.pattern.replace("(?i)", "") for value in values]
    parts = [source if source and not _OF_ITS_OWN.search(source) else "(?s:.*)" for source in sources]
    return regex.compile("|".join(f"(?:{part})" for part in parts), regex.IGNORECASE)


def _asked(need: Need, bits: dict[Has, int]) -> list[int]:
    """Return the bits of tests that must be passed for a need to hold, whatever else."""
    parts = need.parts if isinstance(need, Every) else (need,)
    return [bits[part] for part in parts if isinstance(part, Has) and part in bits]


def _check(need: Need, bits: dict[Has, int]) -> Callable[[int], bool]:
    """Return a need as a function of bits; a test without a bit is always passed."""
    if isinstance(need, Has):
        wanted = bits.get(need)
        return (lambda _: True) if wanted is None else (lambda found: bool(found & wanted))
    if isinstance(need, Some):
        if any(isinstance(part, Has) and part not in bits for part in need.parts):
            return lambda _: True
        one = sum(bits[part] for part in need.parts if isinstance(part, Has))
        others = [_check(part, bits) for part in need.parts if not isinstance(part, Has)]
        if not others:
            return lambda found: bool(found & one)
        return lambda found: bool(found & one) or any(check(found) for check in others)
    all_of = sum(bits.get(part, 0) for part in need.parts if isinstance(part, Has))
    others = [_check(part, bits) for part in need.parts if not isinstance(part, Has)]
    if not others:
        return lambda found: found & all_of == all_of
    return lambda found: found & all_of == all_of and all(check(found) for check in others)
