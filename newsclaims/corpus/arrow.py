"""Parquet, through pyarrow, which is an extra."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from newsclaims.errors import InputValueError, MissingDependencyError
from newsclaims.table import Kind

_ROWS = 10_000  # that are held in memory


def pyarrow() -> Any:
    """Return pyarrow.

    Raises:
        MissingDependencyError: it is not installed.
    """
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise MissingDependencyError("Parquet needs pyarrow: pip install 'newsclaims[parquet]'") from error
    return pyarrow


def read(path: Path, fields: Iterable[str]) -> Iterator[Mapping[str, Any]]:
    """Yield the rows of a Parquet file, with those of the fields that it has.

    Raises:
        InputValueError: it is no Parquet file.
    """
    arrow = pyarrow()
    try:
        with arrow.parquet.ParquetFile(path) as file:
            names = [name for name in file.schema_arrow.names if name in set(fields)]
            for batch in file.iter_batches(columns=names):
                yield from batch.to_pylist() if names else [{}] * batch.num_rows
    except (arrow.ArrowException, OSError) as error:
        raise InputValueError(f"{path}: cannot be read as Parquet: {error}") from error


def write(path: Path, columns: Mapping[str, Kind], rows: Iterable[Mapping[str, Any]]) -> None:
    """Write rows as a Parquet file; cells that a row leaves out are null."""
    arrow = pyarrow()
    types = {
        Kind.STRING: arrow.string(),
        Kind.DOUBLE: arrow.float64(),
        Kind.BOOLEAN: arrow.bool_(),
        Kind.LONG: arrow.int64(),
    }
    schema = arrow.schema([(name, types[kind]) for name, kind in columns.items()])
    with arrow.parquet.ParquetWriter(path, schema) as writer:
        held: list[Mapping[str, Any]] = []
        for row in rows:
            held.append(row)
            if len(held) == _ROWS:
                writer.write_table(arrow.Table.from_pylist(held, schema=schema))
                held = []
        writer.write_table(arrow.Table.from_pylist(held, schema=schema))
