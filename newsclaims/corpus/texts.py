"""The texts of a corpus: from JSON Lines, CSV, Parquet or a folder of text files, always in the same order."""

from __future__ import annotations

import bz2
import csv
import gzip
import io
import json
import lzma
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any

import attrs

from newsclaims.batch import Text, day
from newsclaims.corpus import arrow
from newsclaims.errors import InputValueError

_PACKED: Mapping[str, Callable[..., Any]] = {".gz": gzip.open, ".bz2": bz2.open, ".xz": lzma.open}
_WIDEST_CELL = 2**31 - 1  # characters; the default of the csv module is less than a long article has


@attrs.frozen(kw_only=True)
class Fields:
    """Where a record has what.

    Attributes:
        text: the field with the text.
        id: the field with its id; None for ``"id"`` where a record has it, else the number of the record.
        date: the field with the day of publication; None when there is none.
    """

    text: str = "text"
    id: str | None = None
    date: str | None = None


def read_texts(source: Path, fields: Fields) -> Iterator[Text | InputValueError]:
    """Yield the texts of a corpus in order, and in the place of one that cannot be read what is wrong with it.

    Args:
        source: a ``.jsonl`` or ``.ndjson``, ``.csv`` or ``.tsv`` file, packed or not (``.gz``, ``.bz2``, ``.xz``), a
            ``.parquet`` file, or a folder, of which all ``.txt`` and ``.md`` files are read, subfolders included.
        fields: where a record of a file has its text; without meaning for a folder, where a file's path is its id.

    Raises:
        InputValueError: the file is none of these, or cannot be read as a whole.
        MissingDependencyError: the file is Parquet, and pyarrow not installed.
    """
    if source.is_dir():
        yield from _folder(source)
        return
    suffixes = [suffix for suffix in source.suffixes if suffix not in _PACKED]
    records = _RECORDS.get(suffixes[-1] if suffixes else "")
    if records is None:
        raise InputValueError(f"{source}: neither a folder nor a file in {', '.join(_RECORDS)}")
    try:
        for place, number, record in records(source, fields):
            yield record if isinstance(record, InputValueError) else _text(record, place, number, fields)
    except (OSError, EOFError, lzma.LZMAError, zlib.error, UnicodeDecodeError, csv.Error) as error:
        raise InputValueError(f"{source}: cannot be read: {error}") from error


def files(source: Path) -> list[Path]:
    """Return the files that a corpus consists of, in order."""
    if not source.is_dir():
        return [source]
    return sorted(
        (path for end in ("txt", "md") for path in source.rglob(f"*.{end}")), key=lambda path: path.as_posix()
    )


def _folder(folder: Path) -> Iterator[Text | InputValueError]:
    for path in files(folder):
        name = path.relative_to(folder).as_posix().encode("utf-8", "replace").decode()
        try:
            yield Text(name, path.read_bytes().decode("utf-8-sig"))  # line ends as they are
        except (OSError, UnicodeDecodeError) as error:
            yield InputValueError(f"{path}: cannot be read: {error}")


_Record = tuple[str, int, Mapping[str, Any] | InputValueError]


def _jsonl(path: Path, fields: Fields) -> Iterator[_Record]:
    with _open(path) as file:
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            place = f"{path}, line {number}"
            try:
                record = json.loads(line.decode("utf-8-sig"))
            except (ValueError, RecursionError) as error:
                yield place, number, InputValueError(f"{place}: no JSON: {error}")
            else:
                known = isinstance(record, dict)
                yield place, number, record if known else InputValueError(f"{place}: not a JSON object")


def _csv(path: Path, fields: Fields) -> Iterator[_Record]:
    csv.field_size_limit(_WIDEST_CELL)
    with _open(path) as packed, io.TextIOWrapper(packed, encoding="utf-8-sig", newline="") as file:
        header = file.readline()
        delimiter = max(",;\t", key=header.count)
        names = next(csv.reader([header], delimiter=delimiter), [])
        for number, record in enumerate(csv.DictReader(file, names, delimiter=delimiter), 1):
            yield f"{path}, record {number}", number, record


def _parquet(path: Path, fields: Fields) -> Iterator[_Record]:
    wanted = [name for name in (fields.text, fields.id or "id", fields.date) if name]
    for number, record in enumerate(arrow.read(path, wanted), 1):
        yield f"{path}, record {number}", number, record


_RECORDS: Mapping[str, Callable[[Path, Fields], Iterator[_Record]]] = {
    ".jsonl": _jsonl,
    ".ndjson": _jsonl,
    ".csv": _csv,
    ".tsv": _csv,
    ".parquet": _parquet,
}


def _open(path: Path) -> IO[bytes]:
    file: IO[bytes] = _PACKED.get(path.suffix, open)(path, "rb")
    return file


def _text(record: Mapping[str, Any], place: str, number: int, fields: Fields) -> Text | InputValueError:
    text = record.get(fields.text)
    if not isinstance(text, str):
        return InputValueError(f"{place}: no text in the field {fields.text!r}; name it with --text-field")
    id_ = record.get(fields.id or "id")
    if id_ in (None, ""):
        if fields.id:
            return InputValueError(f"{place}: no id in the field {fields.id!r}; name it with --id-field")
        id_ = number
    try:
        f"{id_} {text}".encode()
    except UnicodeEncodeError:  # JSON can escape what no file can hold
        return InputValueError(f"{place}: not Unicode text: half a surrogate pair")
    try:
        return Text(str(id_), text, day(record.get(fields.date)) if fields.date else None)
    except InputValueError as error:
        return InputValueError(f"{place}, field {fields.date!r}: {error}")
