"""The file that comes out: claims as JSON Lines, CSV or Parquet."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeAlias

from newsclaims.claims import Claim, from_dict
from newsclaims.corpus import arrow
from newsclaims.errors import InputValueError
from newsclaims.table import Kind, columns, row

Writer: TypeAlias = Callable[[Path, Iterable[str], Iterable[type[Claim]]], None]
"""Writes lines of claims, as ``newsclaims --format jsonl`` prints them, to a file that holds the given claim types."""


def writer(out: Path) -> Writer:
    """Return what writes the file, by its suffix.

    Raises:
        InputValueError: the suffix is unknown.
        MissingDependencyError: the suffix is Parquet's, and pyarrow not installed.
    """
    found = _WRITERS.get(out.suffix)
    if found is None:
        raise InputValueError(f"{out}: the suffix says what is written: {', '.join(_WRITERS)}")
    if found is _parquet:
        arrow.pyarrow()
    return found


def _jsonl(path: Path, lines: Iterable[str], claim_types: Iterable[type[Claim]]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(lines)


def _csv(path: Path, lines: Iterable[str], claim_types: Iterable[type[Claim]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, columns(claim_types), lineterminator="\n")
        table.writeheader()
        table.writerows(_rows(lines))


def _parquet(path: Path, lines: Iterable[str], claim_types: Iterable[type[Claim]]) -> None:
    kinds: Mapping[str, Kind] = columns(claim_types)
    arrow.write(path, kinds, _rows(lines))


def _rows(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    for line in lines:
        data = json.loads(line)
        yield row(data.pop("file"), from_dict(data))


_WRITERS: Mapping[str, Writer] = {".jsonl": _jsonl, ".csv": _csv, ".parquet": _parquet}
