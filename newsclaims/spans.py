"""Spans: stretches of a text, by character offsets."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from typing import Generic, TypeVar

import attrs

T = TypeVar("T")


@attrs.frozen(order=True)
class Span:
    """A stretch of a text.

    Attributes:
        start: offset of the first character, a Python string index into the text as given.
        end: offset after the last character.
        text: the characters themselves: ``source[start:end] == text``.
    """

    start: int
    end: int
    text: str = attrs.field(default="", order=False)

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Span:
        """Return the span of ``text`` between two offsets."""
        return cls(start, end, text[start:end])

    def overlaps(self, other: Span) -> bool:
        """Return whether the two spans share a character."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        """Return whether the other span lies wholly inside this one."""
        return self.start <= other.start and other.end <= self.end

    def to_dict(self) -> dict[str, int | str]:
        """Return ``{"start", "end", "text"}``."""
        return {"start": self.start, "end": self.end, "text": self.text}


class SpanIndex(Generic[T]):
    """Things with spans that do not overlap, found by place.

    Args:
        items: the things.
        span: returns the span of a thing.
    """

    def __init__(self, items: Iterable[T], span: Callable[[T], Span]) -> None:
        """Sort the things by place."""
        self._items = sorted(items, key=lambda item: span(item).start)
        self._spans = [span(item) for item in self._items]
        self._starts = [s.start for s in self._spans]

    def __iter__(self) -> Iterator[T]:
        """Yield the things in order."""
        return iter(self._items)

    def at(self, place: Span) -> T | None:
        """Return the first thing that shares a character with a place, None without one."""
        i = max(0, bisect_right(self._starts, place.start) - 1)
        for item, span in zip(self._items[i : i + 2], self._spans[i : i + 2], strict=True):
            if span.overlaps(place):
                return item
        return None

    def within(self, place: Span) -> list[T]:
        """Return the things that share a character with a place, in order."""
        i = max(0, bisect_right(self._starts, place.start) - 1)
        found = []
        while i < len(self._items) and self._starts[i] < place.end:
            if self._spans[i].overlaps(place):
                found.append(self._items[i])
            i += 1
        return found
