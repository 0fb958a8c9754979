"""Measure how fast amounts, percentages and dates are found: ``python tests/bench/mentions.py [FILE…]``.

Each file is a text; without files, the article in ``examples`` is read fifty times, then a text made of amounts and
dates alone. Prints the characters a second of one core and what was found.
"""

from __future__ import annotations

import argparse
import datetime
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from newsclaims import find_dates, find_money, find_percentages

ARTICLE = Path(__file__).parents[2] / "examples" / "ia_europeenne.txt"
DENSE = "Entre 3 et 5 M€ le 3 mai 2024, puis 12 % fin mars et une vingtaine de millions de dollars (18 M€) mardi. "
FINDERS: dict[str, Callable[[str], Sequence[object]]] = {
    "find_money": find_money,
    "find_percentages": find_percentages,
    "find_dates": lambda text: find_dates(text, datetime.date(2025, 5, 14)),
}


def measure(title: str, texts: Sequence[str]) -> None:
    """Print the speed of each finder over some texts."""
    characters = sum(map(len, texts))
    print(f"{title}: {characters} characters")
    for name, find in FINDERS.items():
        find(texts[0])  # builds the patterns
        started = time.process_time()
        found = sum(len(find(text)) for text in texts)
        spent = time.process_time() - started
        print(f"  {name:18} {characters / spent:10.0f} characters/s, {found} found")


def main() -> None:
    """Run the benchmark."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("files", nargs="*", type=Path)
    files = arguments.parse_args().files
    measure("news", [file.read_text(encoding="utf-8") for file in files or [ARTICLE] * 50])
    if not files:
        measure("amounts and dates alone", [DENSE * 20] * 50)


if __name__ == "__main__":
    main()
