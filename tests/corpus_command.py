"""The corpus command with a quick extractor, to be killed: ``python corpus_command.py IN --out OUT [--workers N]``."""

from __future__ import annotations

import contextlib
import datetime
import itertools
import sys
import time
from collections.abc import Generator, Iterable
from functools import partial
from typing import Any

from newsclaims import cli
from newsclaims.claims import Claim, Entity, FundingRound, Money
from newsclaims.corpus import shards
from newsclaims.spans import Span
from newsclaims.workers import in_order


class QuickExtractor:
    """Finds the first word of a text raising a million, whatever the text says, and fails on « illisible »."""

    pause = 0.0  # seconds that a text takes

    def __init__(self, *_: Any) -> None:
        pass

    def extract_many(
        self, texts: Iterable[tuple[str, datetime.date | None]], *, errors: str, workers: int
    ) -> Generator[tuple[list[Claim] | Exception, datetime.date | None], None, None]:
        assert errors == "yield"
        windows = ([first, *itertools.islice(rest, 2)] for rest in [iter(texts)] for first in rest)
        with contextlib.closing(in_order(partial(_read, self.pause), windows, workers)) as found:
            for window in found:
                yield from window

    def extract(self, text: str, published: datetime.date | None = None) -> list[Claim]:
        if text == "illisible":
            raise RuntimeError("cannot be parsed")
        if not text.strip():
            return []
        whole = Span.of(text, 0, len(text))
        first = Span.of(text, 0, len(text.split()[0]))
        company = Entity(name=first.text, mention=first)
        amount = Money(value=1_000_000, currency="EUR", mention=whole)
        source = Entity(name=published.isoformat(), mention=first) if published else None  # so that the day is seen
        fields: dict[str, Any] = {"evidence": whole, "sentence": whole, "trigger": whole, "source": source}
        return [FundingRound(company=company, amount=amount, **fields)]


def _read(
    pause: float, window: list[tuple[str, datetime.date | None]]
) -> list[tuple[list[Claim] | Exception, datetime.date | None]]:
    found: list[tuple[list[Claim] | Exception, datetime.date | None]] = []
    for text, published in window:
        time.sleep(pause)
        try:
            found.append((QuickExtractor().extract(text, published), published))
        except RuntimeError as error:
            found.append((error, published))
    return found


if __name__ == "__main__":
    QuickExtractor.pause = 0.005
    shards.Extractor = QuickExtractor  # type: ignore[misc, assignment]
    sys.exit(cli.main(["corpus", *sys.argv[1:]]))
