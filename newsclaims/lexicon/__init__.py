"""What the library knows of French words: one TOML file a subject, and the conjugation of verbs."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from newsclaims.errors import LexiconError

__all__ = ["load"]


@cache
def load(name: str) -> dict[str, Any]:
    """Return the contents of a lexicon file.

    The file is read once; every caller gets the same dictionary and must not change it.

    Args:
        name: the file's name in ``newsclaims/lexicon``, without ``.toml``.

    Returns:
        The parsed TOML.

    Raises:
        LexiconError: there is no such file, or it is not TOML in UTF-8.
    """
    folder = files(__name__)
    known = sorted(entry.name.removesuffix(".toml") for entry in folder.iterdir() if entry.name.endswith(".toml"))
    if name not in known:
        raise LexiconError(f"no lexicon file {name!r}; there are: {', '.join(known)}")
    try:
        return tomllib.loads(folder.joinpath(f"{name}.toml").read_text(encoding="utf-8"))
    except ValueError as error:  # TOML syntax and UTF-8 decoding alike
        raise LexiconError(f"{name}.toml cannot be read: {error}; mend the file at that place") from error
