"""The command line: claims from text files, as a table or as JSON."""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from types import MappingProxyType

from newsclaims import __version__, display
from newsclaims.claims import Claim
from newsclaims.commands import COMMANDS, completion, terminal
from newsclaims.commands.common import chosen_rules, expanded, options, read
from newsclaims.errors import InputValueError, NewsclaimsError
from newsclaims.extractor import Extractor
from newsclaims.viewer import render

_DESCRIPTION = """\
Read French tech and business news and print who invests in whom, who raises money, who wants to buy whom, and who
competes with whom, each with the words of the text that say so."""

_EXAMPLES = """\
examples:
  newsclaims article.txt                               a table for reading
  newsclaims --format jsonl news/*.txt > claims.jsonl  one JSON object a claim
  newsclaims article.txt --html article.html           a page that shows them in the text
  curl -s https://example.org/article.txt | newsclaims --published 2025-03-11 -

other commands, each with its own --help:
  newsclaims explain TEXT|FILE                         how each claim of a text is read
  newsclaims why-not TYPE TEXT|FILE                    where the rules of a claim type stop in a text
  newsclaims corpus IN --out OUT                       a table of the claims of a whole corpus
  newsclaims diff OLD.jsonl NEW.jsonl                  claims gained, lost and changed between two runs
  newsclaims rules check|lint|coverage FILE            the workbench of rules: do they read their examples?
  newsclaims completion bash|zsh|fish                  what your shell completes when Tab is pressed

files are plain text in UTF-8; offsets count characters from the start of the file, a byte-order mark left out.
colours are for terminals; NO_COLOR=1 turns them off, FORCE_COLOR=1 keeps them where the output is no terminal.
exit codes: 0 all files read, 2 wrong arguments or a file that could not be read, 130 interrupted."""

_FAILED, _INTERRUPTED, _PIPE_CLOSED = 2, 130, 141

_Result = tuple[str, list[Claim]]


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command.

    Args:
        argv: the arguments, those of the process when None.

    Returns:
        The exit code: 0, or 2 when the arguments, the model or a file could not be used; that of the sub-command.
    """
    argv = sys.argv[1:] if argv is None else argv
    command = _COMMANDS.get(argv[0]) if argv else None
    arguments = _parser().parse_args(argv) if command is None else command().parse_args(argv[1:])
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        code: int = arguments.run(arguments)
        return code
    except NewsclaimsError as error:
        _complain(str(error))
        return _FAILED
    except KeyboardInterrupt:
        _complain("interrupted")
        return _INTERRUPTED
    except BrokenPipeError:
        # Whoever read the output has left (``| head``). Python would complain when it flushes at exit: let it not.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _PIPE_CLOSED


def _run(arguments: argparse.Namespace) -> int:
    if arguments.html is not None:
        return _write_page(arguments)
    extractor = Extractor(model=arguments.model, rules=chosen_rules(arguments))
    files = list(expanded(arguments.files))
    failed = False

    def results() -> Iterator[_Result]:
        nonlocal failed
        for number, name in enumerate(files, 1):
            progress.show(f"reading {name}" + (f" ({number} of {len(files)})" if len(files) > 1 else ""))
            try:
                claims = extractor.extract(read(name), published=arguments.published)
            except InputValueError as error:
                progress.clear()
                _complain(str(error))
                failed = True
            else:
                progress.clear()
                yield name, claims

    with terminal.Progress() as progress:
        for chunk in _FORMATS[arguments.format](results(), len(files) > 1):
            sys.stdout.write(chunk + "\n")
            sys.stdout.flush()
    return _FAILED if failed else 0


def _write_page(arguments: argparse.Namespace) -> int:
    files = list(expanded(arguments.files))
    if len(files) > 1:
        raise InputValueError(f"--html shows one file, not {len(files)}; call it once a file")
    [name] = files
    text = read(name)
    extractor = Extractor(model=arguments.model, rules=chosen_rules(arguments))
    with terminal.Progress() as progress:
        progress.show(f"reading {name}")
        claims = extractor.extract(text, published=arguments.published)
    page = render(text, claims, title="Claims" if name == "-" else os.path.basename(name))
    try:
        with open(arguments.html, "w", encoding="utf-8", newline="") as out:
            out.write(page)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise InputValueError(f"{arguments.html}: cannot be written: {reason}") from error
    return 0


def _table(results: Iterable[_Result], many: bool) -> Iterator[str]:
    width, paint = terminal.width(), terminal.painter(sys.stdout)
    for i, (name, claims) in enumerate(results):
        if many:
            yield ("\n" if i else "") + paint("heading", display.plain(name))
        yield display.table(claims, width, paint)


def _json_lines(results: Iterable[_Result], many: bool) -> Iterator[str]:
    del many  # every line names its file
    for name, claims in results:
        for claim in claims:
            yield json.dumps({"file": name} | claim.to_dict(), ensure_ascii=False)


def _json(results: Iterable[_Result], many: bool) -> Iterator[str]:
    del many  # one list in any case
    files = [{"file": name, "claims": [claim.to_dict() for claim in claims]} for name, claims in results]
    yield json.dumps(files, ensure_ascii=False, indent=2)


_FORMATS = {"table": _table, "jsonl": _json_lines, "json": _json}


def _complain(message: str) -> None:
    sys.stderr.write(f"newsclaims: {message}\n")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="newsclaims",
        description=_DESCRIPTION,
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        parents=[options()],
    )
    parser.add_argument(
        "files",
        nargs="+",
        metavar="FILE",
        help="a text file in UTF-8, a pattern such as '*.txt', or - for the standard input",
    )
    parser.add_argument("--format", choices=list(_FORMATS), default="table", help="what to print (default: table)")
    parser.add_argument(
        "--html", metavar="OUT", help="write a page that shows the claims in the text, and print nothing"
    )
    parser.set_defaults(run=_run)
    parser.add_argument("--version", action="version", version=f"newsclaims {__version__}")
    return parser


def _parsers() -> Mapping[str, argparse.ArgumentParser]:
    """Return the parsers of all commands by name, that of newsclaims itself by an empty one."""
    return {"": _parser()} | {name: command() for name, command in _COMMANDS.items()}


_COMMANDS: Mapping[str, Callable[[], argparse.ArgumentParser]] = MappingProxyType(
    {"completion": partial(completion.parser, _parsers), **COMMANDS}
)
