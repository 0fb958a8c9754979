"""Many texts: each read by itself, so that one that cannot be read costs no other."""

from __future__ import annotations

import datetime
import logging
from collections.abc import Iterable, Iterator

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


def read_each(extractor: Extractor, texts: Iterable[Text]) -> Iterator[list[Claim] | None]:
    """Yield the claims of each text, in order; None for a text that fails, which is logged."""
    for text in texts:
        try:
            claims = extractor.extract(text.text, text.published)
        except Exception as error:  # whatever it is, the other texts are to be read
            _LOGGER.warning("%s: not read: %s: %s", text.id, type(error).__name__, error)
            yield None
        else:
            yield claims


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
