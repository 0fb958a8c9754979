"""How many links of the coreference set are found: floors a little under the figures in docs/accuracy.md."""

from __future__ import annotations

from collections import Counter

import links
import pytest

from newsclaims.extractor import Extractor

KINDS = {
    "description",
    "event",
    "group",
    "latter",
    "none",
    "ordinal",
    "origin",
    "possessive",
    "pronoun",
    "relative",
    "subject",
    "thing",
}


@pytest.fixture(scope="module")
def outcomes(extractor: Extractor) -> dict[str, list[links.Outcome]]:
    return {half: list(links.outcomes(extractor, half)) for half in links.HALVES}


@pytest.mark.parametrize(("half", "floor"), [("development", 0.88), ("held_out", 0.74)])
def test_the_links_found_stay_above_their_floor(
    outcomes: dict[str, list[links.Outcome]], half: str, floor: float
) -> None:
    assert sum(o.right for o in outcomes[half]) / len(outcomes[half]) >= floor


@pytest.mark.parametrize(
    ("kind", "floor"),
    [
        ("description", 0.74),
        ("event", 0.55),
        ("group", 0.80),
        ("latter", 0.90),
        ("none", 0.85),
        ("ordinal", 0.70),
        ("origin", 0.85),
        ("possessive", 0.78),
        ("pronoun", 0.88),
        ("relative", 0.90),
        ("subject", 0.77),
        ("thing", 0.50),
    ],
)
def test_every_kind_stays_above_its_floor(outcomes: dict[str, list[links.Outcome]], kind: str, floor: float) -> None:
    of_kind = [o for half in outcomes.values() for o in half if o.link.kind == kind]
    assert sum(o.right for o in of_kind) / len(of_kind) >= floor


def test_the_set_has_links_of_every_kind_in_both_halves() -> None:
    counts = {half: Counter(link.kind for _, found in links.passages(half) for link in found) for half in links.HALVES}

    assert all(set(count) == KINDS for count in counts.values())
    assert sum(count.total() for count in counts.values()) >= 500


@pytest.mark.parametrize("half", links.HALVES)
def test_what_a_link_names_is_in_its_passage(half: str) -> None:
    for text, found in links.passages(half):
        for link in found:
            assert text.startswith(link.text, link.start)
            assert all(name in text for name in link.names)
            assert bool(link.names) == (link.kind != "none")
