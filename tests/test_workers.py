"""Work that several processes do: in order, a bounded way ahead, and never left hanging."""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Iterator
from contextlib import closing
from functools import partial

import pytest

from newsclaims import Extractor, InputTypeError, InputValueError, WorkerError
from newsclaims.extractor import _windows
from newsclaims.parsing import load_parser
from newsclaims.tree import Document
from newsclaims.workers import in_order

TREE = """\
1	Orsol	Orsol	PROPN	_	_	3	nsubj	_	_
2	a	avoir	AUX	_	Mood=Ind|Tense=Pres|VerbForm=Fin	3	aux:tense	_	_
3	racheté	racheter	VERB	_	Tense=Past|VerbForm=Part	0	root	_	_
4	Vega	Vega	PROPN	_	_	3	obj	_	SpaceAfter=No
5	.	.	PUNCT	_	_	3	punct	_	_
"""
TEXT = "Orsol a racheté Vega."


def parse(text: str) -> Document:
    """Return always the same tree; fail on an empty text, and die on « meurs »."""
    if text == "meurs":
        os._exit(3)
    if not text:
        raise RuntimeError("nothing to parse")
    return Document.from_conllu(TREE)


def slowly(number: int) -> int:
    time.sleep(0.05 if number % 3 == 0 else 0)
    if number == 13:
        raise ValueError("thirteen")
    return number * number


def stubborn(number: int) -> object:
    return (lambda: number) if number else 0  # which cannot be pickled


def children() -> int:
    return len(multiprocessing.active_children())


def test_results_come_in_order_a_bounded_way_ahead_of_the_items() -> None:
    taken: list[int] = []

    def endless() -> Iterator[int]:
        while True:
            taken.append(len(taken))
            yield len(taken) - 1

    with closing(in_order(slowly, endless(), 2)) as found:
        assert [next(found) for _ in range(10)] == [n * n for n in range(10)]
        assert len(taken) <= 16
        with pytest.raises(ValueError, match="thirteen"):
            list(found)
    assert children() == 0


def test_workers_end_with_the_generator() -> None:
    found = in_order(slowly, range(10_000), 2)
    next(found)
    assert children() == 2

    found.close()

    assert children() == 0


def test_a_result_that_cannot_travel_is_an_error() -> None:
    found = in_order(stubborn, range(3), 2)

    assert next(found) == 0
    with pytest.raises(WorkerError, match="a result cannot be sent"):
        next(found)


def test_many_texts_are_read_by_workers_as_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsclaims.extractor._WINDOW_TEXTS", 2)
    extractor = Extractor(parse)
    texts: list[object] = [(TEXT, 1), (TEXT, 2), ("", 3), (b"bytes", 4), (TEXT, 5)]

    alone = list(extractor.extract_many(texts, errors="yield"))  # type: ignore[arg-type]
    together = list(extractor.extract_many(texts, errors="yield", workers=2))  # type: ignore[arg-type]

    assert [context for _, context in together] == [1, 2, 3, 4, 5]
    assert [type(result) for result, _ in together] == [list, list, RuntimeError, InputTypeError, list]
    assert [result for result, _ in together if isinstance(result, list)] == [
        result for result, _ in alone if isinstance(result, list)
    ]
    [claim] = together[0][0]
    assert claim.explain().claim == claim


def test_workers_get_shares_of_what_is_left_so_that_they_end_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsclaims.extractor._WINDOW_CHARACTERS", 1000)
    monkeypatch.setattr("newsclaims.extractor._SHARE_CHARACTERS", 100)
    taken: list[str] = []

    def texts() -> Iterator[str]:
        for number in range(500):
            taken.append(f"{number:09}")
            yield taken[-1]

    windows = _windows(texts(), 2)
    first = next(windows)
    assert len(first) == 100 and len(taken) == 200  # a full window, read one further ahead
    rest = list(windows)

    assert [text for window in (first, *rest) for text in window] == taken
    sizes = [len(window) for window in rest]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] == 100 and sizes[-3:] == [10, 10, 9]


@pytest.mark.parametrize("workers", [1, 3])
def test_no_text_is_left_out_of_the_windows_though_it_is_empty_or_none(workers: int) -> None:
    texts: list[object] = ["", "", None, "x" * 2_000_000, b"", ""]

    windows = list(_windows(texts, workers))  # type: ignore[arg-type]

    assert [text for window in windows for text in window] == texts
    assert all(windows)


def test_a_worker_that_dies_is_an_error() -> None:
    with pytest.raises(WorkerError, match="ended with exit code 3"):
        list(Extractor(parse).extract_many(["meurs"], workers=2))
    assert children() == 0


@pytest.mark.parametrize("model", [lambda text: parse(text), partial(map, parse)], ids=["a lambda", "not a document"])
def test_a_model_that_cannot_travel_is_refused(model: object) -> None:
    with pytest.raises((InputValueError, InputTypeError, WorkerError)):
        list(Extractor(model).extract_many([TEXT], workers=2))  # type: ignore[arg-type]
    assert children() == 0


def test_the_number_of_workers_is_checked() -> None:
    with pytest.raises(InputValueError, match="workers must be a number of processes"):
        Extractor(parse).extract_many([TEXT], workers=0)


def test_a_bar_on_the_standard_error_shows_how_far_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert len(list(Extractor(parse).extract_many([TEXT] * 3, progress=True))) == 3

    printed = capsys.readouterr()
    assert printed.out == ""
    assert "3/3" in printed.err and "texts/s" in printed.err


def test_the_model_travels_by_name() -> None:
    extractor = Extractor()
    copy = extractor.__reduce__()

    assert copy[1][0].__reduce__()[1][0].args[0].name == "model"
    assert load_parser(extractor.parser) is extractor.parser
