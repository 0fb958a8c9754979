from __future__ import annotations

import logging
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs
import pytest
from corpus_command import QuickExtractor

import newsclaims
from newsclaims import dataframe
from newsclaims.claims import AcquisitionBid, Claim, Entity, FundingRound, Investment, Money, Percentage, Qualifier
from newsclaims.comparison import Located
from newsclaims.dataframe import claims_frame, empty, schema, to_dataframe
from newsclaims.errors import InputValueError, MissingDependencyError
from newsclaims.extractor import Extractor
from newsclaims.spans import Span
from newsclaims.table import Kind, columns, row

TEXT = "Orsol et Vega ont investi environ 2 millions d'euros dans Luma pour 10 %."
EXAMPLES = Path(__file__).parents[1] / "examples"
# The package that is tested here, also where it is not installed.
ENVIRONMENT = os.environ | {"PYTHONPATH": str(Path(newsclaims.__file__).parents[1])}


def words(text: str) -> Span:
    start = TEXT.index(text)
    return Span.of(TEXT, start, start + len(text))


def entity(name: str) -> Entity:
    return Entity(name=name, mention=words(name))


INVESTMENT = Investment(
    investors=[entity("Orsol"), entity("Vega")],
    target=entity("Luma"),
    amount=Money(value=2_000_000, currency="EUR", qualifier=Qualifier.ABOUT, mention=words("2 millions d'euros")),
    stake=Percentage(value=10, mention=words("10 %")),
    evidence=words("Vega ont investi"),
    sentence=words(TEXT),
    trigger=words("investi"),
    rule="investment.investir-dans",
)


@pytest.fixture
def pandas() -> Any:
    return pytest.importorskip("pandas", reason="pandas, of the extra dataframe, is not installed")


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(dataframe, "Extractor", QuickExtractor)
    dataframe._extractor.cache_clear()
    yield
    dataframe._extractor.cache_clear()


# Rows


def test_a_claim_is_a_row_of_scalars() -> None:
    cells = row("a.txt", INVESTMENT)

    assert {name: cell for name, cell in cells.items() if cell is not None} == {
        "text_id": "a.txt",
        "type": "Investment",
        "investors": "Orsol; Vega",
        "target": "Luma",
        "amount": 2_000_000.0,
        "amount_currency": "EUR",
        "amount_qualifier": "about",
        "stake": 10.0,
        "modality": "asserted",
        "negated": False,
        "evidence": "Vega ont investi",
        "start": 9,
        "end": 25,
        "rule": "investment.investir-dans",
    }
    assert all(type(cell) in (str, float, bool, int, type(None)) for cell in cells.values())


def test_all_cells_have_a_column() -> None:
    assert set(row("a", INVESTMENT)) == set(columns([Investment]))
    assert set(columns([Investment])) < set(columns([AcquisitionBid, Investment]))
    assert list(columns([AcquisitionBid, Investment])) == list(columns([Investment, AcquisitionBid]))


def test_a_column_has_one_kind() -> None:
    # Not a subclass of Claim: it would be a claim type for the rest of the tests.
    @attrs.frozen(kw_only=True, slots=False)
    class Lease:
        modality: str = ""
        negated: bool = False
        source: str = ""
        date: str = ""
        evidence: str = ""
        sentence: str = ""
        trigger: str = ""
        rule: str = ""
        amount: str | None = None

    lease: Any = Lease
    with pytest.raises(InputValueError, match="'amount' would hold both double and string"):
        columns([FundingRound, lease])


# Frames


def test_claims_become_a_frame_with_the_stated_types(pandas: Any) -> None:
    frame = to_dataframe([INVESTMENT, Located("b.txt", INVESTMENT)])

    assert list(frame["investors"]) == ["Orsol; Vega"] * 2
    assert [None if pandas.isna(name) else name for name in frame["text_id"]] == [None, "b.txt"]
    kinds = columns([AcquisitionBid, FundingRound, Investment, newsclaims.Rivalry])
    assert list(frame.columns) == list(kinds)
    dtypes = {Kind.DOUBLE: "float64", Kind.BOOLEAN: "bool", Kind.LONG: "int64"}
    assert all(frame[name].dtype == dtypes.get(kind, "string") for name, kind in kinds.items())
    assert frame.dtypes.equals(to_dataframe([]).dtypes)
    assert frame.dtypes.equals(empty().dtypes)


def test_the_schema_names_every_column(pandas: Any) -> None:
    assert schema().startswith("`text_id` string, `type` string, ")
    assert "`stake` double" in schema() and "`end` bigint" in schema()
    assert schema().count(",") + 1 == len(empty().columns)


@pytest.mark.usefixtures("quick")
def test_a_frame_of_texts_gives_the_frame_of_their_claims(pandas: Any) -> None:
    days = [pandas.Timestamp("2025-03-11"), pandas.NaT, pandas.NaT]
    texts = pandas.DataFrame({"ref": [3, 1, 2], "body": ["Orsol lève.", None, "Vega lève."], "day": days})

    frame = claims_frame(texts, text="body", id="ref", published="day")

    assert list(frame["text_id"]) == ["3", "2"]
    assert list(frame["company"]) == ["Orsol", "Vega"]
    assert frame["source"][0] == "2025-03-11" and pandas.isna(frame["source"][1])
    assert list(claims_frame(texts.set_index("ref"), text="body", id=None)["text_id"]) == ["3", "2"]


@pytest.mark.usefixtures("quick")
def test_an_iterator_of_frames_gives_an_iterator(pandas: Any) -> None:
    frames = iter([pandas.DataFrame({"id": [i], "text": [f"Orsol lève {i}."]}) for i in range(2)])

    found = claims_frame(frames)

    assert next(found)["evidence"][0] == "Orsol lève 0."
    assert next(found)["evidence"][0] == "Orsol lève 1."


@pytest.mark.usefixtures("quick")
def test_what_cannot_be_read_is_logged_and_costs_no_other_text(pandas: Any, caplog: pytest.LogCaptureFixture) -> None:
    days = ["2025-03-11", "11/03/2025", None]
    texts = pandas.DataFrame({"id": ["a", "b", "c"], "text": ["illisible", "Orsol.", "Vega."], "day": days})

    with caplog.at_level(logging.WARNING):
        frame = claims_frame(texts, published="day")

    assert list(frame["text_id"]) == ["c"]
    assert [record.message for record in caplog.records] == [
        "b: not read: '11/03/2025' is not a day as in '2024-03-31'",
        "a: not read: RuntimeError: cannot be parsed",
    ]


def test_model_is_loaded_once_and_only_for_a_text(pandas: Any, monkeypatch: pytest.MonkeyPatch, quick: None) -> None:
    loaded: list[Any] = []

    class Counted(QuickExtractor):
        def __init__(self, *arguments: Any) -> None:
            loaded.append(arguments)

    monkeypatch.setattr(dataframe, "Extractor", Counted)
    texts = pandas.DataFrame({"id": [1], "text": ["Orsol lève."]})

    claims_frame(texts.head(0))
    assert loaded == []
    claims_frame(texts)
    claims_frame(texts)
    assert loaded == [(None, None)]


def test_a_missing_column_is_named(pandas: Any) -> None:
    with pytest.raises(InputValueError, match="no column 'text', 'day' in the frame; its columns: id, body"):
        claims_frame(pandas.DataFrame({"id": [], "body": []}), published="day")


def test_the_claims_are_those_of_the_extractor(
    pandas: Any, extractor: Extractor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dataframe, "_extractor", lambda model, rules: extractor)
    texts = pandas.DataFrame({"id": ["a"], "text": [TEXT]})

    claims: list[Claim] = extractor.extract(TEXT)

    assert claims
    pandas.testing.assert_frame_equal(claims_frame(texts), to_dataframe(Located("a", claim) for claim in claims))


def test_without_pandas_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)

    with pytest.raises(MissingDependencyError, match=r"pip install 'newsclaims\[dataframe\]'"):
        to_dataframe([])


# Engines


def printed(example: str) -> list[list[str]]:
    """Return the words of the lines that an example prints below its heading."""
    done = subprocess.run(
        [sys.executable, str(EXAMPLES / example)], capture_output=True, text=True, timeout=240, env=ENVIRONMENT
    )
    assert done.returncode == 0, done.stderr
    return [line.split() for line in done.stdout.splitlines()[1:]]


EXPECTED = [
    ["0", "a1", "AcquisitionBid", "L'éditeur", "Orsol"],
    ["1", "a2", "FundingRound", "Luma", "a"],
    ["2", "a3", "Rivalry", "Nimbao", "est"],
    ["3", "a4", "Investment", "Ferrix", "a"],
]


def test_dask_reads_with_two_processes() -> None:
    pytest.importorskip("distributed", reason="Dask, of the extra dask, is not installed")

    assert [line[:5] for line in printed("corpus_dask.py")] == EXPECTED


@pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs Java, which is not installed")
def test_spark_reads_with_two_workers() -> None:
    pytest.importorskip("pyspark", reason="Spark, of the extra spark, is not installed")

    assert [line[:5] for line in printed("corpus_spark.py")] == EXPECTED
