"""The command ``newsclaims rules``."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Sequence

from newsclaims.options import add_reading_options
from newsclaims.rules import Rules, builtin_rules, load_rules
from newsclaims.testing import report
from newsclaims.testing.examples import Outcome, check

_DESCRIPTION = """\
The workbench of rules. FILE is a rule file of your own; without one, the grammar inside the package is meant.

  check     try every rule on its own examples and counterexamples"""

_EXIT = "exit codes: 0 all well, 1 something to mend, 2 wrong arguments or a file that cannot be used."


def parser() -> argparse.ArgumentParser:
    """Return the parser of the arguments after ``newsclaims rules``; ``run`` of what it reads runs the command."""
    top = argparse.ArgumentParser(
        prog="newsclaims rules",
        description=_DESCRIPTION,
        epilog=_EXIT,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = top.add_subparsers(required=True, metavar="COMMAND")
    checking = commands.add_parser("check", help="try rules on their own sentences", epilog=_EXIT)
    checking.add_argument("--verbose", "-v", action="store_true", help="list the sentences that pass too")
    checking.set_defaults(run=_check)
    for command in (checking,):
        command.add_argument("files", nargs="*", metavar="FILE", help="a rule file")
        command.add_argument(
            "--beside-builtin", action="store_true", help="let the grammar inside the package read with the files"
        )
        add_reading_options(command)
    return top


def _rules(files: Sequence[str]) -> Rules:
    return sum(map(load_rules, files), start=Rules(())) if files else builtin_rules()


def _check(arguments: argparse.Namespace) -> int:
    rules = _rules(arguments.files)
    beside = builtin_rules() if arguments.files and arguments.beside_builtin else None
    counts: Counter[Outcome] = Counter()
    for result in check(rules, arguments.model, beside):
        counts[result.outcome] += 1
        if not result.passed:
            _print(report.full(result) + "\n")
        elif arguments.verbose or result.outcome is Outcome.KNOWN_MISS:
            _print(report.line(result))
    found = ", ".join(f"{counts[outcome]} {outcome}" for outcome in Outcome if counts[outcome])
    _print(f"{len(rules)} rules, {counts.total()} sentences: {found}")
    return int(bool(counts[Outcome.MISSING] or counts[Outcome.NOISY]))


def _print(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
