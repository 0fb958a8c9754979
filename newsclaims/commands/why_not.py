"""``newsclaims why-not``: where the rules of a claim type stop in a text."""

from __future__ import annotations

import argparse

from newsclaims.claims import claim_types
from newsclaims.commands.common import chosen_rules, options, show, text_of
from newsclaims.commands.terminal import Progress
from newsclaims.extractor import Extractor

_EXAMPLES = """\
examples:
  newsclaims why-not AcquisitionBid "Orsol rêve de Vega, et la rachètera peut-être."
  newsclaims why-not FundingRound article.txt
  newsclaims why-not Partnership --import partnership.py --rules partnership.toml article.txt

exit codes: 0 read, 2 wrong arguments or a file that cannot be read, 130 interrupted."""


def parser() -> argparse.ArgumentParser:
    """Return the parser of the arguments, with what runs them as ``run``."""
    found = argparse.ArgumentParser(
        prog="newsclaims why-not",
        description="Tell where each rule of a claim type stops whose trigger stands in a text; the furthest first.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        parents=[options()],
    )
    found.add_argument("type", metavar="TYPE", help=f"a claim type: {', '.join(sorted(claim_types()))}")
    found.add_argument("text", metavar="TEXT|FILE", help="a text, a file with one, or - for the standard input")
    found.add_argument("--json", action="store_true", help="print the verdicts as JSON")
    found.set_defaults(run=_run)
    return found


def _run(arguments: argparse.Namespace) -> int:
    extractor = Extractor(model=arguments.model, rules=chosen_rules(arguments))
    text = text_of(arguments.text)
    with Progress() as progress:
        progress.show("reading the text")
        verdicts = extractor.why_not(text, arguments.type, arguments.published)
    nothing = f"no rule of {arguments.type} has its trigger in the text"
    show(verdicts, as_json=arguments.json, between="\n", nothing=nothing)
    return 0
