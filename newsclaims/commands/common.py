"""What the commands that read texts share: their options, and the texts."""

from __future__ import annotations

import argparse
import glob
import json
import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from newsclaims.commands.modules import module
from newsclaims.commands.terminal import painter
from newsclaims.errors import InputValueError
from newsclaims.explanation import Explanation, Verdict
from newsclaims.rules import Rules, load_rules


def reading_options() -> argparse.ArgumentParser:
    """Return a parser of the options that say what reads, the parent of those of every command that reads."""
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument(
        "--model", metavar="DIR|stanza", help="parse with the model in a directory, or with Stanza's own French model"
    )
    parser.add_argument(
        "--import",
        dest="modules",
        type=module,
        metavar="MODULE",
        action="append",
        help="import this module or Python file first, for the claim classes that it defines; it is run, so trust it",
    )
    return parser


def options() -> argparse.ArgumentParser:
    """Return a parser of the options of every command that reads texts for claims, to be the parent of its own."""
    parser = argparse.ArgumentParser(add_help=False, parents=[reading_options()])
    parser.add_argument(
        "--published", type=_date, metavar="YYYY-MM-DD", help="day of publication, for « mardi » and the like"
    )
    parser.add_argument("--rules", metavar="FILE", help="use this file of rules instead of the package's own")
    return parser


def chosen_rules(arguments: argparse.Namespace) -> Rules | None:
    """Return the rules that ``--rules`` names, None for the package's own."""
    return load_rules(arguments.rules) if arguments.rules else None


def show(records: Sequence[Explanation | Verdict], *, as_json: bool, between: str, nothing: str) -> None:
    """Print records as text or as JSON, or in text that there is none."""
    if as_json:
        shown = json.dumps([record.to_dict() for record in records], ensure_ascii=False, indent=2)
    else:
        paint = painter(sys.stdout)
        lines = [str(record).partition("\n") for record in records]
        shown = between.join(paint("heading", first) + end + rest for first, end, rest in lines) or nothing
    sys.stdout.write(shown + "\n")
    sys.stdout.flush()


def expanded(names: Iterable[str]) -> Iterator[str]:
    """Yield names of files, those that a pattern such as ``*.txt`` stands for where the shell has left one as it is.

    A name that is that of a file is taken as it stands, and so is a pattern that fits none: reading it fails.
    """
    for name in names:
        found = sorted(glob.glob(name, recursive=True)) if glob.has_magic(name) and not os.path.exists(name) else []
        yield from found or [name]


def text_of(argument: str) -> str:
    """Return a text that is given by itself, by its file or, with ``-``, on the standard input."""
    return read(argument) if argument == "-" or os.path.isfile(argument) else argument


def read(name: str) -> str:
    """Return the text of a file, or of the standard input for ``-``, line ends as they are.

    Raises:
        InputValueError: there is no such file, it is a directory, it cannot be read or is not UTF-8.
    """
    shown = "standard input" if name == "-" else name
    if name == "-" and sys.stdin.isatty() and sys.stderr.isatty():
        sys.stderr.write("newsclaims: reading the standard input; an end-of-file character ends it\n")
    try:
        data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputValueError(
            f"{shown}: not UTF-8 text (byte {error.start}); convert it, for example with iconv"
        ) from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise InputValueError(f"{shown}: cannot be read: {reason}") from error


def _date(text: str) -> date:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise argparse.ArgumentTypeError(f"{text!r} is not a date as YYYY-MM-DD")
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date: {error}") from error
