"""Checksums: whether the files of a model are as they were packed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from newsclaims.errors import ModelError

MANIFEST = "SHA256SUMS"
"""The name of the file with the SHA-256 of each file, as ``sha256sum`` writes and checks it."""


def write(directory: Path, names: Iterable[str]) -> None:
    """Write the checksums of files of a directory beside them."""
    lines = [f"{_digest(directory / name)}  {name}\n" for name in names]
    (directory / MANIFEST).write_text("".join(lines), encoding="ascii", newline="\n")


def check(directory: Path) -> None:
    """Compare the files of a directory with its checksums, if it has any.

    Raises:
        ModelError: a file is damaged, or the list of checksums is.
        OSError: a file is missing.
    """
    manifest = directory / MANIFEST
    if not manifest.is_file():
        return
    for line in manifest.read_text(encoding="utf-8", errors="replace").splitlines():
        digest, _, name = line.partition("  ")
        if not name or _digest(directory / name) != digest:
            raise ModelError(
                f"{directory / name} is damaged: it is not the file whose SHA-256 is in {MANIFEST}. Install newsclaims "
                f"or get the model again; if you have changed the file yourself, delete {manifest}"
            )


def _digest(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
