"""When an event takes place, by the dates of its clause."""

from __future__ import annotations

import datetime

import pytest

from newsclaims.extractor import Extractor

PUBLISHED = datetime.date(2026, 5, 20)  # a Wednesday


def days(start: str, end: str = "") -> tuple[datetime.date, datetime.date]:
    return datetime.date.fromisoformat(start), datetime.date.fromisoformat(end or start)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Orsol a racheté Vega en 2023.", days("2023-01-01", "2023-12-31")),
        ("Orsol rachètera Vega en mars 2027 pour 12 millions d'euros.", days("2027-03-01", "2027-03-31")),
        ("En 2024, Orsol a levé 30 millions d'euros.", days("2024-01-01", "2024-12-31")),
        ("Orsol a racheté Vega mardi.", days("2026-05-19")),
        ("Vega a été racheté l'an dernier par Orsol.", days("2025-01-01", "2025-12-31")),
        ("Orsol devrait racheter Vega en 2027.", days("2027-01-01", "2027-12-31")),
        ("Orsol a bouclé en mars le rachat de Vega.", days("2026-03-01", "2026-03-31")),
        ("Le rachat de Vega par Orsol en 2021 a surpris.", days("2021-01-01", "2021-12-31")),
        ("Vega, racheté par Orsol en 2019, recrute.", days("2019-01-01", "2019-12-31")),
        ("Vega, qu'Orsol a racheté en 2019, recrute.", days("2019-01-01", "2019-12-31")),
    ],
)
def test_a_claim_has_the_date_of_its_clause(
    extractor: Extractor, text: str, expected: tuple[datetime.date, datetime.date]
) -> None:
    [claim] = extractor.extract(text, PUBLISHED)

    assert claim.date is not None
    assert (claim.date.start, claim.date.end) == expected
    assert text[claim.date.mention.start : claim.date.mention.end] == claim.date.mention.text


@pytest.mark.parametrize(
    "text",
    [
        "Orsol a racheté Vega.",
        "Orsol a annoncé mardi qu'il rachetait Vega.",
        "Mardi, Orsol a assuré vouloir racheter Vega.",
        "Orsol a racheté Vega, qui avait perdu 3 millions d'euros en 2023.",
        "Fondé en 2015, Orsol a racheté Vega.",
        "Orsol, qui a ouvert un bureau à Lyon en 2020, a racheté Vega.",
    ],
)
def test_the_dates_of_other_events_are_not_its_date(extractor: Extractor, text: str) -> None:
    [claim] = extractor.extract(text, PUBLISHED)

    assert claim.date is None


def test_each_event_has_its_own_date(extractor: Extractor) -> None:
    first, second = extractor.extract("Orsol a levé 5 millions d'euros en 2022 et a racheté Vega en 2024.")

    assert [claim.date.start.year for claim in (first, second) if claim.date and claim.date.start] == [2022, 2024]


def test_without_the_day_of_publication_a_relative_date_has_no_days(extractor: Extractor) -> None:
    [claim] = extractor.extract("Orsol a racheté Vega mardi.")

    assert claim.date is not None
    assert (claim.date.start, claim.date.mention.text) == (None, "mardi")
