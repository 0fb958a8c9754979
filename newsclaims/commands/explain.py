"""``newsclaims explain``: how each claim of a text is read."""

from __future__ import annotations

import argparse

from newsclaims.commands.common import chosen_rules, options, show, text_of
from newsclaims.commands.terminal import Progress
from newsclaims.extractor import Extractor

_EXAMPLES = """\
examples:
  newsclaims explain "Orsol a racheté Vega pour 3 millions d'euros."
  newsclaims explain article.txt --published 2025-03-11
  newsclaims explain --json - < article.txt

exit codes: 0 read, 2 wrong arguments or a file that cannot be read, 130 interrupted."""


def parser() -> argparse.ArgumentParser:
    """Return the parser of the arguments, with what runs them as ``run``."""
    found = argparse.ArgumentParser(
        prog="newsclaims explain",
        description="Tell how each claim of a text is read: by which rule, from which words, what decided the rest.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        parents=[options()],
    )
    found.add_argument("text", metavar="TEXT|FILE", help="a text, a file with one, or - for the standard input")
    found.add_argument("--json", action="store_true", help="print the explanations as JSON")
    found.set_defaults(run=_run)
    return found


def _run(arguments: argparse.Namespace) -> int:
    extractor = Extractor(model=arguments.model, rules=chosen_rules(arguments))
    text = text_of(arguments.text)
    with Progress() as progress:
        progress.show("reading the text")
        explanations = extractor.explain(text, arguments.published)
    nothing = "no claim found; newsclaims why-not tells why"
    show(explanations, as_json=arguments.json, between="\n\n", nothing=nothing)
    return 0
