"""What the library finds in the development gold, which is no part of the project.

The figures here are floors that no change may fall below, a little under those last measured; the scorer that comes
with the gold prints the figures themselves.
"""

from __future__ import annotations

import gc
import importlib.util
import json
import warnings
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import newsclaims

FILES = ("dev_real.jsonl", "dev_fresh.jsonl")


@pytest.fixture(scope="module")
def scorer(data: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("gold_score", data / "gold" / "score.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def figures(
    data: Path, scorer: ModuleType, extractor: newsclaims.Extractor, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Any]]:
    patch = pytest.MonkeyPatch()
    printed: list[str] = []
    patch.setattr(newsclaims, "extract_claims", extractor.extract)
    patch.setattr(scorer, "print", lambda *parts, **_: printed.append(" ".join(map(str, parts))), raising=False)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # the scorer leaves closing its files to the collector
        scorer.main([*(str(data / "gold" / name) for name in FILES), "--json"])
        gc.collect()
    patch.undo()
    yield json.loads(printed[-1])


def test_precision_and_recall_stay_above_their_floors(figures: dict[str, Any]) -> None:
    overall = figures["all"]

    assert overall["f1"] >= 0.90
    assert overall["precision"] >= 0.94
    assert overall["strict_f1"] >= 0.86


@pytest.mark.parametrize("kind", ["Investment", "FundingRound", "AcquisitionBid", "Rivalry"])
def test_every_type_stays_above_its_floor(figures: dict[str, Any], kind: str) -> None:
    assert figures[kind]["f1"] >= 0.86


def test_the_gate_changes_no_claim(data: Path) -> None:
    lines = [line for name in FILES for line in (data / "gold" / name).read_text(encoding="utf-8").splitlines()]
    texts = [json.loads(line)["text"] for line in lines]
    gated = newsclaims.Extractor()
    whole = newsclaims.Extractor(gated.parser, gate=False)

    assert list(gated.extract_many(texts)) == list(whole.extract_many(texts))


@pytest.fixture(scope="module")
def seed(data: Path, extractor: newsclaims.Extractor) -> list[newsclaims.Claim]:
    text = json.loads((data / "gold" / "seed_article.jsonl").read_text(encoding="utf-8"))["text"]
    return extractor.extract(text)


def test_the_round_of_the_seed_article_is_found(seed: list[newsclaims.Claim]) -> None:
    [found] = [c for c in seed if isinstance(c, newsclaims.FundingRound)]

    assert found.company.name == "OpenAI"
    assert found.amount is not None
    assert (found.amount.value, found.amount.currency) == (6_600_000_000, "USD")


def test_an_amount_without_a_number_has_no_value(seed: list[newsclaims.Claim]) -> None:
    [found] = [c for c in seed if isinstance(c, newsclaims.Investment)]

    assert [e.name for e in found.investors] == ["Microsoft"]
    assert found.target.name == "OpenAI"
    assert found.amount is not None
    assert found.amount.value is None
    assert found.amount.mention.text == "des milliards"


def test_the_bidder_is_found_through_a_possessive(seed: list[newsclaims.Claim]) -> None:
    [found] = [c for c in seed if isinstance(c, newsclaims.AcquisitionBid)]

    assert [e.name for e in found.bidders] == ["Elon Musk"]
    assert found.target.name == "OpenAI"
    assert found.status is newsclaims.BidStatus.REJECTED


def test_the_rivals_of_the_seed_article_are_found_in_three_places(seed: list[newsclaims.Claim]) -> None:
    rivalries = [c for c in seed if isinstance(c, newsclaims.Rivalry)]

    assert {frozenset(e.name for e in c.parties) for c in rivalries} == {frozenset({"Microsoft", "OpenAI"})}
    assert [(c.kind, c.modality) for c in rivalries] == [
        (newsclaims.RivalryKind.CONFLICT, newsclaims.Modality.ASSERTED),
        (newsclaims.RivalryKind.CONFLICT, newsclaims.Modality.ASSERTED),
        (newsclaims.RivalryKind.COMPETITION, newsclaims.Modality.PLANNED),
    ]
