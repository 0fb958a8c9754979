"""What the library returns: typed, frozen claims and the values that fill their slots.

A claim class is its own schema. The fields that it adds to `Claim` are its slots, the annotation of a
field says what fills it (`Entity`, a tuple of them, `Money`, `Percentage`, `Date`, an enumeration, text), and a
field without a default is a required role. A new claim type is one more class and one grammar file.
"""

from __future__ import annotations

import datetime
import types
import typing
from collections.abc import Hashable, Iterable, Mapping
from decimal import Decimal, InvalidOperation
from enum import Enum, StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, TypeVar

import attrs
from attrs import validators

from newsclaims.errors import InputTypeError, InputValueError
from newsclaims.spans import Span

if TYPE_CHECKING:
    from newsclaims.explanation import Explanation


class Modality(StrEnum):
    """How the text holds the claim."""

    ASSERTED = "asserted"
    CONDITIONAL = "conditional"
    POSSIBLE = "possible"
    PLANNED = "planned"
    HYPOTHETICAL = "hypothetical"


class BidStatus(StrEnum):
    """How far an acquisition has come."""

    PROPOSED = "proposed"
    NEGOTIATING = "negotiating"
    ACCEPTED = "accepted"
    COMPLETED = "completed"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    BLOCKED = "blocked"


class RivalryKind(StrEnum):
    """Whether two parties compete or are at odds."""

    COMPETITION = "competition"
    CONFLICT = "conflict"


class Qualifier(StrEnum):
    """How an amount is bounded."""

    ABOUT = "about"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"


class Per(StrEnum):
    """What a price or a rate is counted by; « 31 euros par action » is no total."""

    SHARE = "share"
    UNIT = "unit"
    PERSON = "person"
    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"


class Precision(StrEnum):
    """The period that a date names, from the finest to the coarsest."""

    DAY = "day"
    WEEKEND = "weekend"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    SEASON = "season"
    HALF = "half"
    YEAR = "year"
    DECADE = "decade"


class Bound(StrEnum):
    """On which side a date is closed, when it is open on the other."""

    FROM = "from"
    UNTIL = "until"


class EntityKind(StrEnum):
    """What sort of actor an entity is."""

    ORGANISATION = "organisation"
    PERSON = "person"
    PRODUCT = "product"
    PLACE = "place"
    OTHER = "other"


class Series(StrEnum):
    """The stage of a funding round."""

    PRE_SEED = "pre-seed"
    SEED = "seed"
    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"
    F = "F"
    G = "G"
    H = "H"
    BRIDGE = "bridge"


def _is(kind: type[Any] | tuple[type[Any], ...]) -> Any:
    return validators.instance_of(kind)


def _maybe(kind: type[Any]) -> Any:
    return validators.optional(validators.instance_of(kind))


def _span(data: Mapping[str, Any]) -> Span:
    """Return the span that `Span.to_dict` wrote."""
    kinds = {"start": int, "end": int, "text": str}
    if set(data) != set(kinds) or any(type(data[key]) is not kind for key, kind in kinds.items()):
        raise InputValueError(f"a span is written as start and end (integers) and text, not as {dict(data)!r}")
    return Span(**data)


def _tuple_of(kind: type[Any], at_least: int = 0, at_most: int | None = None) -> Any:
    checks = [validators.deep_iterable(_is(kind), _is(tuple)), validators.min_len(at_least)]
    if at_most is not None:
        checks.append(validators.max_len(at_most))
    return validators.and_(*checks)


@attrs.frozen(kw_only=True)
class Entity:
    """An actor, product or place that fills a slot.

    Attributes:
        name: the fullest form of its first mention, without article or apposition.
        kind: organisation, person, product, place or other.
        named: False when the text only describes the actor (« un fonds américain »).
        mention: the words that stand for it in the claim's sentence, a pronoun for instance.
    """

    name: str = attrs.field(validator=_is(str))
    kind: EntityKind = attrs.field(default=EntityKind.ORGANISATION, converter=EntityKind)
    named: bool = attrs.field(default=True, validator=_is(bool))
    mention: Span = attrs.field(validator=_is(Span))

    def to_dict(self) -> dict[str, Any]:
        """Return the entity as JSON-ready values."""
        return {"name": self.name, "kind": self.kind.value, "named": self.named, "mention": self.mention.to_dict()}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Entity:
        """Return the entity that `to_dict` wrote."""
        return cls(**{**data, "mention": _span(data["mention"])})


def _entities(values: Iterable[Entity]) -> tuple[Entity, ...]:
    if not isinstance(values, Iterable):
        raise InputTypeError(f"several entities are due, in a list or a tuple, not {values!r}")
    return tuple(values)


_MAGNITUDE = 100  # zeros of a number beyond which it is no amount, and would fill the memory as an integer


def _number(value: Decimal | None) -> int | float | str | None:
    if value is None:
        return None
    if value == value.to_integral_value():
        return int(value)
    near = float(value)
    return near if Decimal(str(near)) == value else str(value)


def _decimal(value: Decimal | int | float | str) -> Decimal:
    try:
        number = value if isinstance(value, Decimal) else Decimal(str(value))
    except InvalidOperation:
        raise InputValueError(f"{value!r} is not a number") from None
    if not number.is_finite():
        raise InputValueError(f"{value!r} is not a finite number")
    if abs(number.adjusted()) > _MAGNITUDE:
        raise InputValueError(f"{value!r} is beyond any amount")
    return number


def _located(cls: type[Any], data: Mapping[str, Any]) -> Any:
    """Return the value whose dictionary holds its mention's keys beside its own."""
    place = {key: data[key] for key in ("start", "end", "text")}
    return cls(**{key: value for key, value in data.items() if key not in place}, mention=_span(place))


@attrs.frozen(kw_only=True)
class Money:
    """An amount of money.

    Attributes:
        value: units of the currency; None when the text gives none (« des milliards »). The lower
            end of a range.
        max: the upper end of a range, else None.
        currency: ISO 4217 code, None when the text does not say.
        qualifier: about, at_least, at_most or None.
        per: what the amount is counted by when it is no total: share, year and so on (« 31 euros par action »),
            else None. The mention leaves these words out.
        conversion: the same amount in another currency, when the text gives it (« 10 dollars (9 euros) »), else
            None. The mention includes it.
        mention: the words of the amount.
    """

    value: Decimal | None = attrs.field(default=None, converter=attrs.converters.optional(_decimal))
    max: Decimal | None = attrs.field(default=None, converter=attrs.converters.optional(_decimal))
    currency: str | None = attrs.field(default=None, validator=_maybe(str))
    qualifier: Qualifier | None = attrs.field(default=None, converter=attrs.converters.optional(Qualifier))
    per: Per | None = attrs.field(default=None, converter=attrs.converters.optional(Per))
    conversion: Money | None = attrs.field(default=None)
    mention: Span = attrs.field(validator=_is(Span))

    @conversion.validator
    def _check_conversion(self, _: attrs.Attribute[Money | None], value: object) -> None:
        if value is not None and not isinstance(value, Money):
            raise InputTypeError(f"a conversion is a Money, not {value!r}")

    def to_dict(self) -> dict[str, Any]:
        """Return the amount as JSON-ready values, numbers as int or float, as str where a float would lose digits."""
        return {
            "value": _number(self.value),
            "max": _number(self.max),
            "currency": self.currency,
            "qualifier": self.qualifier.value if self.qualifier else None,
            "per": self.per.value if self.per else None,
            "conversion": self.conversion.to_dict() if self.conversion else None,
            **self.mention.to_dict(),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Money:
        """Return the amount that `to_dict` wrote."""
        conversion = data.get("conversion")
        amount: Money = _located(cls, {**data, "conversion": cls.from_dict(conversion) if conversion else None})
        return amount


@attrs.frozen(kw_only=True)
class Percentage:
    """A share in percent.

    Attributes:
        value: the number before the percent sign: 19.74 for « 19,74 % ».
        qualifier: about, at_least, at_most or None.
        mention: the words of the percentage.
    """

    value: Decimal = attrs.field(converter=_decimal)
    qualifier: Qualifier | None = attrs.field(default=None, converter=attrs.converters.optional(Qualifier))
    mention: Span = attrs.field(validator=_is(Span))

    def to_dict(self) -> dict[str, Any]:
        """Return the percentage as JSON-ready values."""
        return {
            "value": _number(self.value),
            "qualifier": self.qualifier.value if self.qualifier else None,
            **self.mention.to_dict(),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Percentage:
        """Return the percentage that `to_dict` wrote."""
        share: Percentage = _located(cls, data)
        return share


def _day(value: datetime.date | str) -> datetime.date:
    if isinstance(value, str):
        try:
            return datetime.date.fromisoformat(value)
        except ValueError:
            raise InputValueError(f"{value!r} is not a day as in '2024-03-31'") from None
    if not isinstance(value, datetime.date) or isinstance(value, datetime.datetime):
        raise InputTypeError(f"a day is a datetime.date, not {value!r}")
    return value


@attrs.frozen(kw_only=True)
class Date:
    """A date: the days that its words may mean, first and last included.

    Attributes:
        start: the first day; None when the date is open on that side (« jusqu'en 2030 ») or unknown, as « mardi »
            is without the day of publication.
        end: the last day; None likewise (« depuis 2019 »).
        precision: the period that the words name: « fin mars » a month, « mi-2025 » a year. Of a range the finer.
        bound: from when the words leave the end open (« depuis 2019 »), until when they leave the start open
            (« d'ici à 2030 »), else None.
        approximate: whether the days are estimates (« vers 2030 », « fin mars »).
        mention: the words of the date.
    """

    start: datetime.date | None = attrs.field(default=None, converter=attrs.converters.optional(_day))
    end: datetime.date | None = attrs.field(default=None, converter=attrs.converters.optional(_day))
    precision: Precision = attrs.field(converter=Precision)
    bound: Bound | None = attrs.field(default=None, converter=attrs.converters.optional(Bound))
    approximate: bool = attrs.field(default=False, validator=_is(bool))
    mention: Span = attrs.field(validator=_is(Span))

    def __attrs_post_init__(self) -> None:
        if self.start and self.end and self.end < self.start:
            raise InputValueError(f"a date cannot end on {self.end}, before it starts on {self.start}")

    def to_dict(self) -> dict[str, Any]:
        """Return the date as JSON-ready values, days in ISO 8601."""
        return {
            "start": self.start.isoformat() if self.start else None,
            "end": self.end.isoformat() if self.end else None,
            "precision": self.precision.value,
            "bound": self.bound.value if self.bound else None,
            "approximate": self.approximate,
            "mention": self.mention.to_dict(),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Date:
        """Return the date that `to_dict` wrote."""
        return cls(**{**data, "mention": _span(data["mention"])})


class Origin(Protocol):
    """Where a claim was found, and what can tell how."""

    def explain(self, claim: Claim, /) -> Explanation:
        """Return how the claim was read."""


# Claim classes keep their dictionary (slots=False): attrs rebuilds a slotted class, and the discarded
# original would linger among the subclasses that `from_dict` looks through.
@attrs.frozen(kw_only=True, slots=False)
class Claim:
    """Base of all claims.

    Attributes:
        evidence: the clause that states the claim.
        sentence: the sentence that it stands in.
        trigger: the word or words that the rule hangs on.
        modality: how the text holds the claim.
        negated: whether the text denies it.
        source: to whom the text attributes it, None when to nobody by name.
        date: when the event took, takes or will take place, if its clause says so.
        rule: id of the rule that found it.
    """

    evidence: Span = attrs.field(validator=_is(Span))
    sentence: Span = attrs.field(validator=_is(Span))
    trigger: Span = attrs.field(validator=_is(Span))
    modality: Modality = attrs.field(default=Modality.ASSERTED, converter=Modality)
    negated: bool = attrs.field(default=False, validator=_is(bool))
    source: Entity | None = attrs.field(default=None, validator=_maybe(Entity))
    date: Date | None = attrs.field(default=None, validator=_maybe(Date))
    rule: str = attrs.field(default="", validator=_is(str))
    _origin: ClassVar[Origin | None] = None

    def explain(self) -> Explanation:
        """Return how the claim was read: its rule, what filled each slot, what decided the rest.

        Its text is read once more, with the model and the rules that found it.

        Raises:
            InputValueError: the claim was not extracted here: it was rebuilt from a dictionary, a pickle or another
                claim; or its text does not give the claim again.
        """
        if self._origin is None:
            raise InputValueError(
                "this claim was rebuilt, from a dictionary, a pickle or another claim, and does not know its text; "
                "read the text again: Extractor().explain(text)"
            )
        return self._origin.explain(self)

    def __getstate__(self) -> dict[str, Any]:
        """Leave the model behind when the claim is pickled or copied."""
        return {key: value for key, value in self.__dict__.items() if key != "_origin"}

    def to_dict(self) -> dict[str, Any]:
        """Return the claim as JSON-ready values; `from_dict` brings it back.

        Returns:
            ``"type"`` (the class name) and one key a field: enumerations as their values, absent
            slots as None or an empty list.
        """
        return {"type": type(self).__name__} | {f.name: _plain(getattr(self, f.name)) for f in attrs.fields(type(self))}


_C = TypeVar("_C", bound=Claim)


def found_in(origin: Origin, claim: _C) -> _C:
    """Let a claim know where it was found; it stays equal to what it was."""
    object.__setattr__(claim, "_origin", origin)
    return claim


@attrs.frozen(kw_only=True, slots=False)
class Investment(Claim):
    """An actor puts money or other means into something, or holds a stake in it.

    Attributes:
        investors: who invests, one or more.
        target: what they invest in: a company, product, project, sector or place.
        amount: how much.
        stake: the share of the capital.
    """

    investors: tuple[Entity, ...] = attrs.field(
        converter=_entities, validator=_tuple_of(Entity, 1), metadata={"named": True, "bodies": True}
    )
    target: Entity = attrs.field(validator=_is(Entity))
    amount: Money | None = attrs.field(default=None, validator=_maybe(Money), metadata={"per": ("year",)})
    stake: Percentage | None = attrs.field(default=None, validator=_maybe(Percentage))


@attrs.frozen(kw_only=True, slots=False)
class FundingRound(Claim):
    """A company raises money.

    Attributes:
        company: who raises.
        amount: how much.
        series: the stage of the round.
        investors: who takes part, leads included.
        lead_investors: who leads.
        valuation: what the round values the company at.
    """

    company: Entity = attrs.field(validator=_is(Entity), metadata={"named": True, "not": ("person", "place")})
    amount: Money | None = attrs.field(default=None, validator=_maybe(Money))
    series: Series | None = attrs.field(default=None, converter=attrs.converters.optional(Series))
    investors: tuple[Entity, ...] = attrs.field(
        default=(), converter=_entities, validator=_tuple_of(Entity), metadata={"includes": "lead_investors"}
    )
    lead_investors: tuple[Entity, ...] = attrs.field(default=(), converter=_entities, validator=_tuple_of(Entity))
    valuation: Money | None = attrs.field(default=None, validator=_maybe(Money))


@attrs.frozen(kw_only=True, slots=False)
class AcquisitionBid(Claim):
    """An actor offers, plans, negotiates, agrees or completes the purchase of a company or a unit.

    Attributes:
        bidders: who buys, one or more.
        target: what is bought.
        price: for how much.
        status: how far the deal has come.
        seller: who sells.
    """

    bidders: tuple[Entity, ...] = attrs.field(
        converter=_entities, validator=_tuple_of(Entity, 1), metadata={"named": True}
    )
    target: Entity = attrs.field(validator=_is(Entity), metadata={"not": ("person", "place")})
    price: Money | None = attrs.field(default=None, validator=_maybe(Money))
    status: BidStatus | None = attrs.field(default=None, converter=attrs.converters.optional(BidStatus))
    seller: Entity | None = attrs.field(default=None, validator=_maybe(Entity))


@attrs.frozen(kw_only=True, slots=False)
class Rivalry(Claim):
    """Two actors or products compete or are at odds.

    Attributes:
        parties: the two, in text order; the relation has no direction.
        kind: competition or conflict.
        market: what they compete for, as the text says it.
    """

    parties: tuple[Entity, ...] = attrs.field(
        converter=_entities,
        validator=_tuple_of(Entity, 2, 2),
        metadata={"pairwise": True, "named": True, "not": ("person", "place")},
    )
    kind: RivalryKind | None = attrs.field(default=None, converter=attrs.converters.optional(RivalryKind))
    market: str | None = attrs.field(default=None, validator=_maybe(str))


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple):
        return [_plain(v) for v in value]
    return value.to_dict() if hasattr(value, "to_dict") else value


@attrs.frozen(kw_only=True)
class Slot:
    """What a field of a claim class takes.

    Attributes:
        name: the field's name.
        kind: `Entity`, `Money`, `Percentage`, `Date`, ``str`` or an enumeration.
        many: whether the field is a tuple.
        required: whether a claim cannot do without it.
        pairwise: whether a claim takes exactly two fillers, each pair being a claim of its own
            (field metadata ``{"pairwise": True}``).
        named: whether a text that only describes the fillers makes no claim (field metadata ``{"named": True}``).
        bodies: whether « le gouvernement » or « la mairie » is as good as a name (field metadata ``{"bodies": True}``).
        excluded: kinds of entities that cannot fill it (field metadata ``{"not": ("person",)}``).
        includes: another slot whose fillers belong here too (field metadata ``{"includes": "lead_investors"}``).
        rates: what an amount that fills it may be counted by beside totals (field metadata ``{"per": ("year",)}``).
    """

    name: str
    kind: type[Any]
    many: bool
    required: bool
    pairwise: bool = False
    named: bool = False
    bodies: bool = False
    excluded: frozenset[EntityKind] = frozenset()
    includes: str = ""
    rates: frozenset[Per] = frozenset()


def slots(claim_type: type[Claim]) -> Mapping[str, Slot]:
    """Return the slots that a claim class adds to `Claim`, by name."""
    return _slots(typing.cast("Hashable", claim_type))  # mypy finds no hash in a class of classes


@cache
def _slots(claim_type: Any) -> Mapping[str, Slot]:
    hints = typing.get_type_hints(claim_type)
    base = {f.name for f in attrs.fields(Claim)}
    found = {}
    for field in attrs.fields(claim_type):
        if field.name in base:
            continue
        hint, many = hints[field.name], False
        if typing.get_origin(hint) is tuple:
            hint, many = typing.get_args(hint)[0], True
        elif typing.get_origin(hint) in (typing.Union, types.UnionType):
            hint = next(a for a in typing.get_args(hint) if a is not type(None))
        found[field.name] = Slot(
            name=field.name,
            kind=hint,
            many=many,
            required=field.default is attrs.NOTHING,
            pairwise=bool(field.metadata.get("pairwise")),
            named=bool(field.metadata.get("named")),
            bodies=bool(field.metadata.get("bodies")),
            excluded=frozenset(map(EntityKind, field.metadata.get("not", ()))),
            includes=field.metadata.get("includes", ""),
            rates=frozenset(map(Per, field.metadata.get("per", ()))),
        )
    return types.MappingProxyType(found)


def claim_types() -> dict[str, type[Claim]]:
    """Return every claim class, the user's own included, by name."""
    found: dict[str, type[Claim]] = {}
    queue = [Claim]
    while queue:
        for subclass in queue.pop().__subclasses__():
            found[subclass.__name__] = subclass
            queue.append(subclass)
    return found


def from_dict(data: Mapping[str, Any]) -> Claim:
    """Return the claim that `Claim.to_dict` wrote.

    Args:
        data: a mapping with ``"type"`` and the fields of that claim class.

    Raises:
        InputTypeError: the argument is not a mapping.
        InputValueError: the type is unknown, a key is missing or unknown, or a value does not fit.
    """
    if not isinstance(data, Mapping):
        raise InputTypeError(f"from_dict takes a mapping such as Claim.to_dict() returns, not {type(data).__name__}")
    name = data.get("type")
    known = claim_types()
    if not isinstance(name, str) or name not in known:
        raise InputValueError(f"unknown claim type {name!r}; known types: {', '.join(sorted(known))}")
    claim_type = known[name]
    fields = [f.name for f in attrs.fields(claim_type)]
    if unknown := [repr(key) for key in data if key != "type" and key not in fields]:
        raise InputValueError(f"{name} has no field {', '.join(unknown)}; its fields: {', '.join(fields)}")
    kinds: dict[str, Any] = {"evidence": Span, "sentence": Span, "trigger": Span, "source": Entity, "date": Date}
    kinds |= {slot.name: slot.kind for slot in slots(claim_type).values()}
    values: dict[str, Any] = {}
    for key in fields:
        if key in data:
            try:
                values[key] = _revive(kinds.get(key), data[key])
            except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
                raise InputValueError(f"{name}: {key} is not as to_dict() writes it: {_reason(error)}") from error
    try:
        return claim_type(**values)
    except (TypeError, ValueError) as error:
        raise InputValueError(f"not a {name} as to_dict() writes it: {_reason(error)}") from error


def _revive(kind: Any, value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_revive(kind, v) for v in value)
    if value is None or kind is None:
        return value
    if kind is Span:
        return _span(value)
    if hasattr(kind, "from_dict"):
        return kind.from_dict(value)
    return kind(value) if issubclass(kind, Enum) else value


def _reason(error: Exception) -> str:
    """Return what an error says; attrs puts the sentence first and the objects after it."""
    return f"the key {error} is missing" if isinstance(error, KeyError) else str(error.args[0] if error.args else error)
