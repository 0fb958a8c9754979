"""``newsclaims rules``: the workbench of rules."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from newsclaims.commands.common import expanded, read, reading_options
from newsclaims.commands.terminal import Paint, Progress, painter
from newsclaims.errors import InputValueError
from newsclaims.rules import Rules, builtin_rules, load_rules
from newsclaims.testing import report
from newsclaims.testing.contrast import contrast
from newsclaims.testing.coverage import coverage
from newsclaims.testing.examples import Outcome, Result, check
from newsclaims.testing.lint import Finding, Severity, lint

_DESCRIPTION = """\
The workbench of rules. FILE is a rule file of your own; without one, the grammar inside the package is meant."""

_EXIT = "exit codes: 0 all well, 1 something to mend, 2 wrong arguments or a file that cannot be used."

_EXAMPLES = f"""\
examples:
  newsclaims rules check                               the grammar inside the package
  newsclaims rules check -v --strict my.toml           rules of your own, every sentence listed
  newsclaims rules lint *.toml                         without reading a sentence
  newsclaims rules coverage my.toml --texts articles/  which rules never fire on texts

{_EXIT}"""

_LOOKS = {Outcome.MISSING: "bad", Outcome.NOISY: "bad", Outcome.KNOWN_MISS: "doubtful"}


def parser() -> argparse.ArgumentParser:
    """Return the parser of the arguments after ``newsclaims rules``; ``run`` of what it reads runs the command."""
    top = argparse.ArgumentParser(
        prog="newsclaims rules",
        description=_DESCRIPTION,
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = top.add_subparsers(required=True, metavar="COMMAND")

    common = argparse.ArgumentParser(add_help=False, parents=[reading_options()])
    common.add_argument("files", nargs="*", metavar="FILE", help="a rule file")

    checking = commands.add_parser(
        "check", help="lint the files and try every rule on its own sentences", epilog=_EXIT, parents=[common]
    )
    checking.add_argument("-v", "--verbose", action="store_true", help="list the sentences that pass too")
    checking.add_argument("--strict", action="store_true", help="let warnings fail the check as errors do")
    checking.add_argument(
        "--beside-builtin", action="store_true", help="let the grammar inside the package read with the files"
    )
    checking.add_argument(
        "--contrast",
        action="store_true",
        help="read the examples negated, conditional, planned, passive and nominal too; what is lost fails nothing",
    )
    checking.set_defaults(run=_check)

    linting = commands.add_parser(
        "lint", help="only lint the files, without reading a sentence", epilog=_EXIT, parents=[common]
    )
    linting.add_argument("--strict", action="store_true", help="let warnings fail the check as errors do")
    linting.set_defaults(run=_lint)

    covering = commands.add_parser(
        "coverage", help="tell which rules never fire on texts, and which fire together", parents=[common]
    )
    covering.add_argument(
        "--texts",
        nargs="+",
        required=True,
        metavar="PATH",
        help="text files, folders of them (*.txt), or JSON lines (*.jsonl) with a text each",
    )
    covering.add_argument("--field", default="text", help="the key of the text in JSON lines (default: text)")
    covering.set_defaults(run=_coverage)
    return top


def _rules(files: Sequence[str]) -> Rules:
    return sum(map(load_rules, expanded(files)), start=Rules(())) if files else builtin_rules()


def _lint(arguments: argparse.Namespace) -> int:
    findings = _findings(arguments.files)
    for finding in findings:
        _print(str(finding))
    _print(f"{len(findings)} findings")
    return int(_fails(findings, arguments.strict))


def _findings(files: Sequence[str]) -> list[Finding]:
    return [finding for file in expanded(files) for finding in lint(file)] if files else lint()


def _fails(findings: Iterable[Finding], strict: bool) -> bool:
    return any(strict or finding.severity is Severity.ERROR for finding in findings)


def _check(arguments: argparse.Namespace) -> int:
    rules = _rules(arguments.files)
    findings = _findings(arguments.files)
    for finding in findings:
        _print(str(finding))
    beside = builtin_rules() if arguments.files and arguments.beside_builtin else None
    counts: Counter[Outcome] = Counter()
    paint = painter(sys.stdout)
    with Progress() as progress:
        progress.show("loading the model")
        for result in check(rules, arguments.model, beside):
            counts[result.outcome] += 1
            progress.clear()
            if not result.passed:
                _print(_painted(paint, result, report.full(result)) + "\n")
            elif arguments.verbose or result.outcome is Outcome.KNOWN_MISS:
                _print(_painted(paint, result, report.line(result)))
            progress.show(f"{counts.total()} sentences read, now those of {result.rule.id}")
    if arguments.contrast:
        for variant in contrast(rules, arguments.model, beside):
            _print(report.variant(variant))
    found = ", ".join(f"{counts[outcome]} {outcome}" for outcome in Outcome if counts[outcome])
    _print(f"{len(rules)} rules, {counts.total()} sentences: {found}; {len(findings)} findings of the lint")
    return int(_fails(findings, arguments.strict) or bool(counts[Outcome.MISSING] or counts[Outcome.NOISY]))


def _painted(paint: Paint, result: Result, text: str) -> str:
    """Return what came of a sentence with its first word in colour."""
    outcome = str(result.outcome)
    return paint(_LOOKS.get(result.outcome, "good"), outcome) + text.removeprefix(outcome)


def _coverage(arguments: argparse.Namespace) -> int:
    rules = _rules(arguments.files)
    with Progress() as progress:
        progress.show("loading the model")
        found = coverage(rules, _counted(_texts(arguments.texts, arguments.field), progress), arguments.model)
    for id_, places in found.places.items():
        _print(f"{len(places):>7}  {id_}")
    for overlap in found.overlaps:
        _print(report.overlap(overlap))
    _print(f"{len(rules)} rules, {found.sentences} sentences: {len(found.idle)} rules never fire")
    return 0


def _counted(texts: Iterable[str], progress: Progress) -> Iterator[str]:
    """Yield texts, and show how many there were."""
    for number, text in enumerate(texts, 1):
        progress.show(f"reading text {number}")
        yield text


def _texts(paths: Sequence[str], field: str) -> Iterator[str]:
    """Yield the texts of files and folders.

    Raises:
        InputValueError: a file cannot be read, or a line of JSON holds no such text.
    """
    for path in map(Path, expanded(paths)):
        for file in sorted(path.glob("*.txt")) if path.is_dir() else [path]:
            text = read(str(file))
            if file.suffix != ".jsonl":
                yield text
                continue
            for number, line in enumerate(text.split("\n"), 1):
                if line.strip():
                    yield _text_of(line, field, f"{file}, line {number}")


def _text_of(line: str, field: str, place: str) -> str:
    try:
        record = json.loads(line)
    except ValueError as error:
        raise InputValueError(f"{place}: no JSON: {error}") from error
    text = record.get(field) if isinstance(record, dict) else None
    if not isinstance(text, str):
        raise InputValueError(f"{place}: no text under {field!r}; name its key with --field")
    return text


def _print(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
