"""Claims as rows of a table: every cell a scalar, every column known before the first claim.

A claim class lays out its own columns, so that a new type needs no line here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from newsclaims.claims import Claim, Date, Entity, Money, Percentage, slots
from newsclaims.errors import InputValueError
from newsclaims.spans import Span


class Kind(StrEnum):
    """What the cells of a column hold, by the names of SQL; text and floating-point numbers may be None."""

    STRING = "string"
    DOUBLE = "double"
    BOOLEAN = "boolean"
    LONG = "bigint"


Cell = str | float | bool | int | None
_Part = tuple[str, Kind, Callable[[Any], Any]]  # the end of a column's name, its kind, the cell of a value

_QUALIFIER: _Part = ("_qualifier", Kind.STRING, lambda value: value.qualifier)
_PARTS: Mapping[type[Any], tuple[_Part, ...]] = {
    Entity: (("", Kind.STRING, lambda value: value.name),),
    Money: (
        ("", Kind.DOUBLE, lambda value: value.value),
        ("_max", Kind.DOUBLE, lambda value: value.max),
        ("_currency", Kind.STRING, lambda value: value.currency),
        _QUALIFIER,
        ("_per", Kind.STRING, lambda value: value.per),
    ),
    Percentage: (("", Kind.DOUBLE, lambda value: value.value), _QUALIFIER),
    Date: (
        ("_start", Kind.STRING, lambda value: value.start),
        ("_end", Kind.STRING, lambda value: value.end),
        ("_precision", Kind.STRING, lambda value: value.precision),
    ),
    Span: (("", Kind.STRING, lambda value: value.text),),
    bool: (("", Kind.BOOLEAN, bool),),
}
_PLAIN: tuple[_Part, ...] = (("", Kind.STRING, str),)  # of text and enumerations
_COMMON: Mapping[str, type[Any]] = {
    "modality": str,
    "negated": bool,
    "source": Entity,
    "date": Date,
    "evidence": Span,
    "rule": str,
}
_MAKE: Mapping[Kind, Callable[[Any], Cell]] = {Kind.STRING: str, Kind.DOUBLE: float, Kind.BOOLEAN: bool, Kind.LONG: int}
_BETWEEN = "; "  # the names of several actors in one cell


def columns(claim_types: Iterable[type[Claim]]) -> Mapping[str, Kind]:
    """Return the columns of a table of claims, in order: the id of the text, the type, the slots, what all claims have.

    A slot of entities has one column, with their names, several joined with ``"; "``. An amount ``x`` has ``x`` (units
    of the currency), ``x_max``, ``x_currency``, ``x_qualifier`` and ``x_per``, a percentage ``x`` and
    ``x_qualifier``, a date ``x_start``, ``x_end`` (days in ISO 8601) and ``x_precision``.

    Args:
        claim_types: the claim classes that the table may hold, in any order.

    Raises:
        InputValueError: two classes would fill one column in different ways.
    """
    found = {"text_id": Kind.STRING, "type": Kind.STRING}
    ordered = sorted(set(claim_types), key=lambda claim_type: claim_type.__name__)
    fields = [(name, slot.kind) for claim_type in ordered for name, slot in slots(claim_type).items()]
    for name, kind in [*fields, *_COMMON.items()]:
        for end, cells, _ in _PARTS.get(kind, _PLAIN):
            if found.setdefault(name + end, cells) is not cells:
                raise InputValueError(
                    f"the column {name + end!r} would hold both {found[name + end]} and {cells}: "
                    f"give the field {name!r} of one claim class another name, or make two tables"
                )
    rule = found.pop("rule")
    return MappingProxyType(found | {"start": Kind.LONG, "end": Kind.LONG, "rule": rule})


def row(text_id: str | None, claim: Claim) -> dict[str, Cell]:
    """Return the cells of a claim by column; columns of other claim types are left out, `start` is of the evidence."""
    cells: dict[str, Cell] = {"text_id": text_id, "type": type(claim).__name__}
    kinds = {**{name: slot.kind for name, slot in slots(type(claim)).items()}, **_COMMON}
    for name, kind in kinds.items():
        value = getattr(claim, name)
        values = value if isinstance(value, tuple) else () if value is None else (value,)
        for end, make, part in _PARTS.get(kind, _PLAIN):
            known = [_MAKE[make](found) for found in map(part, values) if found is not None]
            cells[name + end] = _BETWEEN.join(map(str, known)) if len(known) > 1 else known[0] if known else None
    return cells | {"start": claim.evidence.start, "end": claim.evidence.end}
