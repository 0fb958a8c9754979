from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from decimal import Decimal
from enum import Enum, StrEnum
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import newsclaims
from newsclaims.claims import (
    AcquisitionBid,
    BidStatus,
    Bound,
    Claim,
    Date,
    Entity,
    EntityKind,
    FundingRound,
    Investment,
    Modality,
    Money,
    Percentage,
    Precision,
    Qualifier,
    Rivalry,
    RivalryKind,
    Series,
    claim_types,
    from_dict,
    slots,
)
from newsclaims.errors import InputTypeError, InputValueError
from newsclaims.spans import Span

TEXT = "Selon Le Fil, Orsol aurait investi plus de 1,5 million d'euros dans Nimbao pour 19,5 % du capital."


def at(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words), words)


PLACES = {"evidence": at(TEXT[14:-1]), "sentence": at(TEXT), "trigger": at("investi")}
ORSOL = Entity(name="Orsol", mention=at("Orsol"))
NIMBAO = Entity(name="Nimbao", mention=at("Nimbao"), kind="product", named=True)
AMOUNT = Money(value=1_500_000, currency="EUR", qualifier="at_least", mention=at("plus de 1,5 million d'euros"))
DATE = Date(start="2019-01-01", precision="year", bound="from", approximate=True, mention=at("Selon"))
INVESTMENT = Investment(
    investors=[ORSOL],
    target=NIMBAO,
    amount=AMOUNT,
    stake=Percentage(value="19.5", mention=at("19,5 %")),
    modality="conditional",
    source=Entity(name="Le Fil", mention=at("Le Fil")),
    date=DATE,
    rule="investment.investir-dans",
    **PLACES,
)


class Mood(Enum):
    """An enumeration whose values are no strings."""

    GOOD = 1
    BAD = 2


class Level(StrEnum):
    """An enumeration that the class below does not convert to."""

    HIGH = "high"


@attrs.frozen(kw_only=True, slots=False)
class Appointment(Claim):
    """A claim type of a user's own."""

    people: tuple[Entity, ...] = attrs.field(metadata={"includes": "company"})
    company: Entity = attrs.field(metadata={"named": True, "not": ("person", "place")})
    salary: Money | None = None
    mood: Mood | None = None
    level: Level | None = None
    since: Date | None = None
    post: str | None = None


# What claims are made of ----------------------------------------------------------------------------------


@pytest.mark.parametrize("claim_type", [Investment, FundingRound, AcquisitionBid, Rivalry])
def test_claims_take_only_keywords(claim_type: type[Claim]) -> None:
    with pytest.raises(TypeError, match="positional"):
        claim_type(*PLACES.values())  # type: ignore[misc]


@pytest.mark.parametrize("thing", [INVESTMENT, ORSOL, AMOUNT, INVESTMENT.stake, DATE, at("Orsol")])
def test_results_are_frozen(thing: Any) -> None:
    for field in attrs.fields(type(thing)):
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            setattr(thing, field.name, None)


def test_equal_claims_are_one_in_a_set() -> None:
    assert len({INVESTMENT, attrs.evolve(INVESTMENT), attrs.evolve(INVESTMENT, negated=True)}) == 2


def test_absent_slots_are_none_or_empty() -> None:
    funding = FundingRound(company=NIMBAO, **PLACES)

    assert (funding.amount, funding.series, funding.valuation, funding.source) == (None,) * 4
    assert (funding.investors, funding.lead_investors) == ((), ())
    assert (funding.modality, funding.negated, funding.rule) == (Modality.ASSERTED, False, "")
    assert (ORSOL.kind, ORSOL.named) == (EntityKind.ORGANISATION, True)


def test_values_become_the_types_of_their_fields() -> None:
    assert INVESTMENT.investors == (ORSOL,)
    assert INVESTMENT.modality is Modality.CONDITIONAL
    assert NIMBAO.kind is EntityKind.PRODUCT
    assert AMOUNT.qualifier is Qualifier.AT_LEAST
    assert (DATE.start, DATE.end) == (datetime.date(2019, 1, 1), None)
    assert (DATE.precision, DATE.bound) == (Precision.YEAR, Bound.FROM)
    assert FundingRound(company=ORSOL, series="pre-seed", **PLACES).series is Series.PRE_SEED
    assert AcquisitionBid(bidders=[ORSOL], target=NIMBAO, status="blocked", **PLACES).status is BidStatus.BLOCKED
    assert Rivalry(parties=[ORSOL, NIMBAO], kind="conflict", **PLACES).kind is RivalryKind.CONFLICT


@pytest.mark.parametrize(
    ("value", "expected"),
    [(3, Decimal(3)), ("19.74", Decimal("19.74")), (0.1, Decimal("0.1")), (Decimal("1E+9"), Decimal(10**9))],
)
def test_amounts_are_exact_decimals(value: Any, expected: Decimal) -> None:
    money, share = Money(value=value, max=value, mention=at("1,5")), Percentage(value=value, mention=at("1,5"))

    assert money.value == money.max == share.value == expected
    assert isinstance(money.value, Decimal)
    assert isinstance(share.value, Decimal)


@pytest.mark.parametrize("value", ["beaucoup", "NaN", float("inf"), True, [1]])
@pytest.mark.parametrize(
    "make",
    [
        lambda value: Money(value=value, mention=at("1,5")),
        lambda value: Money(value=1, max=value, mention=at("1,5")),
        lambda value: Percentage(value=value, mention=at("1,5")),
    ],
)
def test_amounts_that_are_no_numbers_are_refused(make: Callable[[Any], Any], value: Any) -> None:
    with pytest.raises(InputValueError, match=r"is not a (finite )?number"):
        make(value)


@pytest.mark.parametrize(
    ("make", "error", "field"),
    [
        (lambda: attrs.evolve(INVESTMENT, investors=()), ValueError, "investors"),
        (lambda: attrs.evolve(INVESTMENT, investors=["Orsol"]), TypeError, "investors"),
        (lambda: attrs.evolve(INVESTMENT, target="Nimbao"), TypeError, "target"),
        (lambda: attrs.evolve(INVESTMENT, target=None), TypeError, "target"),
        (lambda: attrs.evolve(INVESTMENT, amount=3), TypeError, "amount"),
        (lambda: attrs.evolve(INVESTMENT, stake=AMOUNT), TypeError, "stake"),
        (lambda: attrs.evolve(INVESTMENT, evidence=TEXT), TypeError, "evidence"),
        (lambda: attrs.evolve(INVESTMENT, negated=1), TypeError, "negated"),
        (lambda: attrs.evolve(INVESTMENT, source="Le Fil"), TypeError, "source"),
        (lambda: attrs.evolve(INVESTMENT, modality="sure"), ValueError, "sure"),
        (lambda: Rivalry(parties=[ORSOL], **PLACES), ValueError, "parties"),
        (lambda: Rivalry(parties=[ORSOL, NIMBAO, ORSOL], **PLACES), ValueError, "parties"),
        (lambda: Rivalry(parties=[ORSOL, NIMBAO], market=ORSOL, **PLACES), TypeError, "market"),
        (lambda: AcquisitionBid(bidders=[], target=NIMBAO, **PLACES), ValueError, "bidders"),
        (lambda: AcquisitionBid(bidders=[ORSOL], target=NIMBAO, status="done", **PLACES), ValueError, "done"),
        (lambda: FundingRound(company=ORSOL, series="Z", **PLACES), ValueError, "Z"),
        (lambda: FundingRound(company=ORSOL, lead_investors=[None], **PLACES), TypeError, "lead_investors"),
        (lambda: FundingRound(**PLACES), TypeError, "company"),
        (lambda: Entity(name=3, mention=at("Orsol")), TypeError, "name"),
        (lambda: Entity(name="Orsol", mention="Orsol"), TypeError, "mention"),
        (lambda: Entity(name="Orsol", mention=at("Orsol"), kind="firm"), ValueError, "firm"),
        (lambda: Money(value=1, currency=978, mention=at("1,5")), TypeError, "currency"),
        (lambda: Money(value=1, conversion=2, mention=at("1,5")), InputTypeError, "conversion"),
        (lambda: Money(value=1, per="siècle", mention=at("1,5")), ValueError, "siècle"),
        (lambda: attrs.evolve(DATE, start="mardi"), ValueError, "mardi"),
        (lambda: attrs.evolve(DATE, start=datetime.datetime(2019, 1, 1)), TypeError, "a day is a datetime.date"),
        (lambda: attrs.evolve(DATE, end=2019), TypeError, "a day is a datetime.date"),
        (lambda: attrs.evolve(DATE, end="2018-12-31"), ValueError, "cannot end on 2018-12-31"),
        (lambda: attrs.evolve(DATE, precision="century"), ValueError, "century"),
        (lambda: attrs.evolve(DATE, bound="since"), ValueError, "since"),
        (lambda: attrs.evolve(DATE, approximate=1), TypeError, "approximate"),
        (lambda: attrs.evolve(DATE, mention="Selon"), TypeError, "mention"),
    ],
)
def test_values_that_do_not_fit_are_refused(make: Callable[[], Any], error: type[Exception], field: str) -> None:
    with pytest.raises(error, match=field):
        make()


# Dictionaries ---------------------------------------------------------------------------------------------


def test_claim_becomes_a_dictionary_of_plain_values() -> None:
    assert INVESTMENT.to_dict() == {
        "type": "Investment",
        "evidence": {"start": 14, "end": len(TEXT) - 1, "text": TEXT[14:-1]},
        "sentence": {"start": 0, "end": len(TEXT), "text": TEXT},
        "trigger": {"start": 27, "end": 34, "text": "investi"},
        "modality": "conditional",
        "negated": False,
        "source": {
            "name": "Le Fil",
            "kind": "organisation",
            "named": True,
            "mention": {"start": 6, "end": 12, "text": "Le Fil"},
        },
        "date": DATE.to_dict(),
        "rule": "investment.investir-dans",
        "investors": [
            {
                "name": "Orsol",
                "kind": "organisation",
                "named": True,
                "mention": {"start": 14, "end": 19, "text": "Orsol"},
            }
        ],
        "target": {
            "name": "Nimbao",
            "kind": "product",
            "named": True,
            "mention": {"start": 68, "end": 74, "text": "Nimbao"},
        },
        "amount": {
            "value": 1_500_000,
            "max": None,
            "currency": "EUR",
            "qualifier": "at_least",
            "per": None,
            "conversion": None,
            "text": "plus de 1,5 million d'euros",
            "start": 35,
            "end": 62,
        },
        "stake": {"value": 19.5, "qualifier": None, "text": "19,5 %", "start": 80, "end": 86},
    }


@pytest.mark.parametrize(
    ("claim", "keys"),
    [
        (
            FundingRound(company=ORSOL, **PLACES),
            {"amount": None, "series": None, "investors": [], "lead_investors": [], "valuation": None},
        ),
        (FundingRound(company=ORSOL, series="A", **PLACES), {"series": "A"}),
        (AcquisitionBid(bidders=[ORSOL], target=NIMBAO, **PLACES), {"price": None, "status": None, "seller": None}),
        (Rivalry(parties=[ORSOL, NIMBAO], **PLACES), {"kind": None, "market": None, "source": None, "rule": ""}),
        (Rivalry(parties=[ORSOL, NIMBAO], market="la mode", kind="conflict", **PLACES), {"market": "la mode"}),
    ],
)
def test_absent_slots_are_in_the_dictionary(claim: Claim, keys: dict[str, Any]) -> None:
    data = claim.to_dict()

    assert data["type"] == type(claim).__name__
    assert set(data) == {"type", *(field.name for field in attrs.fields(type(claim)))}
    assert {key: data[key] for key in keys} == keys


@pytest.mark.parametrize(
    ("value", "expected"),
    [("6600000000", 6_600_000_000), ("1E+9", 10**9), ("12.50", 12.5), ("3.00", 3), (None, None), ("0", 0)],
)
def test_numbers_are_written_as_int_where_they_are_whole(value: str | None, expected: Any) -> None:
    written = Money(value=value, mention=at("1,5")).to_dict()["value"]

    assert written == expected
    assert type(written) is type(expected)


def test_a_date_becomes_a_dictionary_of_plain_values() -> None:
    assert DATE.to_dict() == {
        "start": "2019-01-01",
        "end": None,
        "precision": "year",
        "bound": "from",
        "approximate": True,
        "mention": {"start": 0, "end": 5, "text": "Selon"},
    }


spans = st.builds(
    lambda start, text: Span(start, start + len(text), text), st.integers(0, 10**6), st.text(min_size=1, max_size=5)
)
entities = st.builds(
    Entity, name=st.text(max_size=5), kind=st.sampled_from(EntityKind), named=st.booleans(), mention=spans
)
numbers = st.decimals(min_value=0, max_value=10**12, places=2)
monies = st.builds(
    Money,
    value=st.none() | numbers,
    max=st.none() | numbers,
    currency=st.sampled_from([None, "EUR", "XAF"]),
    qualifier=st.none() | st.sampled_from(Qualifier),
    mention=spans,
)
percentages = st.builds(Percentage, value=numbers, qualifier=st.none() | st.sampled_from(Qualifier), mention=spans)
dates = st.builds(
    lambda days, **rest: Date(start=days[0], end=days[1], **rest),
    st.tuples(
        st.none() | st.dates(max_value=datetime.date(2025, 1, 1)), st.none() | st.dates(datetime.date(2025, 1, 1))
    ),
    precision=st.sampled_from(Precision),
    bound=st.none() | st.sampled_from(Bound),
    approximate=st.booleans(),
    mention=spans,
)
common: dict[str, Any] = {
    "evidence": spans,
    "sentence": spans,
    "trigger": spans,
    "modality": st.sampled_from(Modality),
    "negated": st.booleans(),
    "source": st.none() | entities,
    "rule": st.text(max_size=5),
}
several = st.lists(entities, min_size=1, max_size=3)
claims = st.one_of(
    st.builds(
        Investment,
        investors=several,
        target=entities,
        amount=st.none() | monies,
        stake=st.none() | percentages,
        **common,
    ),
    st.builds(
        FundingRound,
        company=entities,
        amount=st.none() | monies,
        series=st.none() | st.sampled_from(Series),
        investors=st.just([]) | several,
        lead_investors=st.just([]) | several,
        valuation=st.none() | monies,
        **common,
    ),
    st.builds(
        AcquisitionBid,
        bidders=several,
        target=entities,
        price=st.none() | monies,
        status=st.none() | st.sampled_from(BidStatus),
        seller=st.none() | entities,
        **common,
    ),
    st.builds(
        Rivalry,
        parties=st.tuples(entities, entities),
        kind=st.none() | st.sampled_from(RivalryKind),
        market=st.none() | st.text(max_size=5),
        **common,
    ),
)


@given(claims)
def test_claims_come_back_from_json(claim: Claim) -> None:
    again = newsclaims.from_dict(json.loads(json.dumps(claim.to_dict())))

    assert type(again) is type(claim)
    assert again == claim


@given(dates)
def test_dates_come_back_from_json(date: Date) -> None:
    assert Date.from_dict(json.loads(json.dumps(date.to_dict()))) == date


def test_optional_keys_may_be_left_out_of_a_dictionary() -> None:
    funding = FundingRound(company=ORSOL, **PLACES)
    data = funding.to_dict()

    assert from_dict({key: value for key, value in data.items() if value not in (None, [], False, "")}) == funding


def changed(path: str, value: Any) -> dict[str, Any]:
    """Return the investment's dictionary with one value changed, or without it where the value is Ellipsis."""
    data: dict[str, Any] = json.loads(json.dumps(INVESTMENT.to_dict()))
    *parents, last = (int(key) if key.isdigit() else key for key in path.split("/"))
    inner: Any = data
    for parent in parents:
        inner = inner[parent]
    if value is ...:
        del inner[last]
    else:
        inner[last] = value
    return data


@pytest.mark.parametrize("value", [None, [], "Investment", INVESTMENT])
def test_only_mappings_are_read(value: Any) -> None:
    with pytest.raises(InputTypeError, match=r"from_dict takes a mapping .*, not"):
        from_dict(value)


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        ("type", "Merger", "unknown claim type 'Merger'; known types: AcquisitionBid, .*Rivalry"),
        ("type", ["Investment"], "unknown claim type"),
        ("type", ..., "unknown claim type None"),
        ("bidders", [], "Investment has no field 'bidders'; its fields: evidence, .*stake"),
        ("evidence", ..., "evidence"),
        ("investors", ..., "investors"),
        ("investors", [], "investors"),
        ("investors", None, "several entities are due"),
        ("investors/0", "Orsol", "investors is not as to_dict"),
        ("investors/0/name", ..., "investors .*name"),
        ("investors/0/firm", True, "investors .*firm"),
        ("investors/0/mention", ..., "investors .*the key 'mention' is missing"),
        ("target", "Nimbao", "target is not as to_dict"),
        ("target", None, "target"),
        ("target/kind", "firm", "target .*'firm'"),
        ("evidence", "words", "evidence is not as to_dict"),
        ("evidence/start", "14", r"evidence .*start and end \(integers\)"),
        ("evidence/end", True, r"evidence .*start and end \(integers\)"),
        ("sentence/place", 3, r"sentence .*start and end \(integers\)"),
        ("amount/value", "beaucoup", "amount .*'beaucoup' is not a number"),
        ("amount/text", ..., "amount .*the key 'text' is missing"),
        ("amount/unit", "EUR", "amount .*unit"),
        ("amount/qualifier", "nearly", "amount .*'nearly'"),
        ("stake", 19.5, "stake is not as to_dict"),
        ("modality", "sure", "'sure'"),
        ("negated", "no", "negated"),
    ],
)
def test_dictionaries_that_no_claim_wrote_are_refused(path: str, value: Any, message: str) -> None:
    with pytest.raises(InputValueError, match=message):
        from_dict(changed(path, value))


# Claim types ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("claim_type", "expected"),
    [
        (
            Investment,
            [
                ("investors", Entity, True, True),
                ("target", Entity, False, True),
                ("amount", Money, False, False),
                ("stake", Percentage, False, False),
            ],
        ),
        (
            Rivalry,
            [("parties", Entity, True, True), ("kind", RivalryKind, False, False), ("market", str, False, False)],
        ),
        (
            Appointment,
            [
                ("people", Entity, True, True),
                ("company", Entity, False, True),
                ("salary", Money, False, False),
                ("mood", Mood, False, False),
                ("level", Level, False, False),
                ("since", Date, False, False),
                ("post", str, False, False),
            ],
        ),
    ],
)
def test_slots_are_read_from_the_class(
    claim_type: type[Claim], expected: list[tuple[str, type[Any], bool, bool]]
) -> None:
    found = slots(claim_type)

    assert [(s.name, s.kind, s.many, s.required) for s in found.values()] == expected
    assert list(found) == [s.name for s in found.values()]


def test_slots_are_described_by_the_metadata_of_their_fields() -> None:
    people, company, salary = (slots(Appointment)[name] for name in ("people", "company", "salary"))

    assert (people.named, people.excluded, people.includes, people.pairwise) == (False, frozenset(), "company", False)
    assert (company.named, company.excluded) == (True, {EntityKind.PERSON, EntityKind.PLACE})
    assert (salary.named, salary.excluded, salary.includes) == (False, frozenset(), "")
    assert slots(Rivalry)["parties"].pairwise


def test_slots_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        slots(Rivalry)["place"] = slots(Rivalry)["market"]  # type: ignore[index]


def test_claim_types_are_known_by_name() -> None:
    known = claim_types()

    assert {name: known[name] for name in ("Investment", "FundingRound", "AcquisitionBid", "Rivalry")} == {
        "Investment": Investment,
        "FundingRound": FundingRound,
        "AcquisitionBid": AcquisitionBid,
        "Rivalry": Rivalry,
    }
    assert known["Appointment"] is Appointment


@pytest.mark.parametrize(
    "optional",
    [{}, {"salary": AMOUNT, "mood": Mood.BAD, "level": Level.HIGH, "since": DATE, "post": "directrice"}],
)
def test_claims_of_a_users_own_class_come_back_from_json(optional: dict[str, Any]) -> None:
    claim = Appointment(people=(ORSOL, NIMBAO), company=NIMBAO, **optional, **PLACES)
    data = json.loads(json.dumps(claim.to_dict()))

    assert data["type"] == "Appointment"
    assert data["mood"] == (2 if optional else None)
    assert from_dict(data) == claim
