"""Many texts: each read by itself, so that one that cannot be read costs no other."""

from __future__ import annotations

import datetime
import logging
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing

import attrs

from newsclaims.claims import Claim
from newsclaims.errors import InputValueError
from newsclaims.extractor import Extractor

_LOGGER = logging.getLogger(__name__)


@attrs.frozen
class Text:
    """A text of a corpus.

    Attributes:
        id: what tells it from others.
        text: what is read.
        published: the day of publication.
    """

    id: str
    text: str
    published: datetime.date | None = None


def read_each(
    extractor: Extractor, texts: Iterable[Text], workers: int = 1
) -> Generator[tuple[Text, list[Claim] | None], None, None]:
    """Yield texts with their claims, in order; None for a text that fails, which is logged.

    Args:
        extractor: what reads.
        texts: the texts, of which some are read ahead.
        workers: how many processes read, see `Extractor.extract_many`.
    """
    taken: deque[Text] = deque()

    def given() -> Iterator[tuple[str, datetime.date | None]]:
        for text in texts:
            taken.append(text)
            yield text.text, text.published

    with closing(extractor.extract_many(given(), errors="yield", workers=workers)) as found:
        for claims, _ in found:
            text = taken.popleft()
            if isinstance(claims, Exception):
                _LOGGER.warning("%s: not read: %s: %s", text.id, type(claims).__name__, claims)
                claims = None
            yield text, claims


def day(value: object) -> datetime.date | None:
    """Return the day that a field of a corpus holds: a date, a time, or text that starts with YYYY-MM-DD.

    Raises:
        InputValueError: it holds something else; None and empty text are no day and no error.
    """
    if value is None or value == "":
        return None
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    try:
        return datetime.date.fromisoformat(str(value)[:10])
    except ValueError:
        raise InputValueError(f"{value!r} is not a day as in '2024-03-31'") from None
