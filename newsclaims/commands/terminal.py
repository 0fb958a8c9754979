"""The terminal: whether there is one, its width and colours, and a line that says how far a command is."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Mapping
from types import MappingProxyType, TracebackType
from typing import TextIO

from newsclaims import display

Paint = Callable[[str, str], str]

# The codes of ECMA-48 for what a text is: the columns of a table, and what came of something.
_LOOKS: Mapping[str, str] = MappingProxyType(
    {
        "heading": "1",
        "type": "36",
        "who → whom": "1",
        "amount": "33",
        "source": "35",
        "evidence": "2",
        "good": "32",
        "bad": "31",
        "doubtful": "33",
    }
)
_CLEAR = "\r\x1b[K"


def width() -> int:
    """Return how many columns a line may take: those of the terminal, or 120 where the output goes elsewhere."""
    return shutil.get_terminal_size(fallback=(120, 24)).columns


def has_colours(stream: TextIO, environment: Mapping[str, str] = os.environ) -> bool:
    """Return whether what is written to a stream may be coloured.

    A terminal shows colours unless it is dumb. ``NO_COLOR`` forbids them wherever the output goes; ``FORCE_COLOR`` and
    ``CLICOLOR_FORCE`` ask for them even where it is no terminal, ``CLICOLOR=0`` for none where it is one.

    Args:
        stream: where the output goes.
        environment: the variables that say what is wanted.
    """
    if environment.get("NO_COLOR"):
        return False
    if environment.get("FORCE_COLOR") or environment.get("CLICOLOR_FORCE", "0") != "0":
        return True
    return environment.get("CLICOLOR") != "0" and is_terminal(stream, environment)


def is_terminal(stream: TextIO, environment: Mapping[str, str] = os.environ) -> bool:
    """Return whether a stream is a terminal that understands more than plain lines."""
    old_windows = os.name == "nt" and not environment.keys() & {"WT_SESSION", "ANSICON", "ConEmuANSI", "TERM"}
    return stream.isatty() and environment.get("TERM") != "dumb" and not old_windows


def painter(stream: TextIO) -> Paint:
    """Return what colours a text for a stream by what it is, and leaves it as it is where there are no colours."""
    return _painted if has_colours(stream) else lambda _, text: text


def _painted(look: str, text: str) -> str:
    codes = _LOOKS.get(look)
    return f"\x1b[{codes}m{text}\x1b[0m" if codes and text else text


class Progress:
    """A line on the standard error that says what is being done, there on a terminal only, and gone afterwards."""

    def __init__(self, stream: TextIO | None = None) -> None:
        """Take the stream, the standard error where none is given."""
        self._stream = sys.stderr if stream is None else stream
        self._shows = is_terminal(self._stream)

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.clear()

    def show(self, text: str) -> None:
        """Write a line in place of the one before."""
        if self._shows:
            self._stream.write(_CLEAR + display.cut(display.plain(text), width() - 1))
            self._stream.flush()

    def clear(self) -> None:
        """Take the line away, so that output can take its place."""
        if self._shows:
            self._stream.write(_CLEAR)
            self._stream.flush()
