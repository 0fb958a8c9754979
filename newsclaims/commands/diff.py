"""``newsclaims diff``: claims gained, lost and changed between two runs over the same texts."""

from __future__ import annotations

import argparse
import json
import sys

from newsclaims.commands.terminal import painter
from newsclaims.comparison import compare, read_claims

_EXAMPLES = """\
example:
  newsclaims --format jsonl articles/*.txt > old.jsonl
  newsclaims --format jsonl --rules my.toml articles/*.txt > new.jsonl
  newsclaims diff --exit-code old.jsonl new.jsonl

exit codes: 0 compared, 1 with --exit-code when something differs, 2 wrong arguments or files."""

_LOOKS = {"+ ": "good", "- ": "bad", "~ ": "doubtful"}


def parser() -> argparse.ArgumentParser:
    """Return the parser of the arguments, with what runs them as ``run``."""
    found = argparse.ArgumentParser(
        prog="newsclaims diff",
        description="List the claims gained (+), lost (-) and changed (~) between two runs over the same texts.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    found.add_argument("old", metavar="OLD.jsonl", help="claims of the run before, from newsclaims --format jsonl")
    found.add_argument("new", metavar="NEW.jsonl", help="claims of the run after")
    found.add_argument("--json", action="store_true", help="print the differences as JSON")
    found.add_argument("--exit-code", action="store_true", help="exit with 1 when there are differences")
    found.set_defaults(run=_run)
    return found


def _run(arguments: argparse.Namespace) -> int:
    comparison = compare(read_claims(arguments.old), read_claims(arguments.new))
    if arguments.json:
        shown = json.dumps(comparison.to_dict(), ensure_ascii=False, indent=2)
    else:
        paint = painter(sys.stdout)
        lines = str(comparison).split("\n")
        shown = "\n".join(paint(_LOOKS.get(line[:2], ""), line) for line in lines)
    sys.stdout.write(shown + "\n")
    sys.stdout.flush()
    return int(arguments.exit_code and bool(comparison))
