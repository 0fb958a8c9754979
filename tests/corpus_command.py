"""The corpus command with a quick extractor, to be killed: ``python corpus_command.py IN --out OUT``."""

from __future__ import annotations

import datetime
import sys
import time
from typing import Any

from newsclaims import cli
from newsclaims.claims import Claim, Entity, FundingRound, Money
from newsclaims.corpus import shards
from newsclaims.spans import Span


class QuickExtractor:
    """Finds the first word of a text raising a million, whatever the text says, and fails on « illisible »."""

    pause = 0.0  # seconds that a text takes

    def __init__(self, *_: Any) -> None:
        pass

    def extract(self, text: str, published: datetime.date | None = None) -> list[Claim]:
        time.sleep(self.pause)
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


if __name__ == "__main__":
    QuickExtractor.pause = 0.005
    shards.Extractor = QuickExtractor  # type: ignore[misc, assignment]
    sys.exit(cli.main(["corpus", *sys.argv[1:]]))
