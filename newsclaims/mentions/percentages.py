"""Shares in percent: « 19,74 % », « près de 49 pour cent », « la moitié du capital »."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

import attrs

from newsclaims.claims import Percentage
from newsclaims.errors import InputTypeError
from newsclaims.lexicon import load
from newsclaims.mentions.bounds import qualify
from newsclaims.mentions.numbers import Link, find_quantities, link
from newsclaims.mentions.phrases import MAYBE_SPACE, SPACE, WORD_END, WORD_START, Phrases, alternatives
from newsclaims.spans import Span


def find_percentages(text: str) -> list[Percentage]:
    """Find the percentages that a text states, and the fractions of a capital (« la moitié du capital », « à 50/50 »).

    Of a range the value is the lower end.

    Args:
        text: any text.

    Returns:
        The percentages in text order, without overlap; the mentions are offsets into the text as given and
        include the words that bound the percentage.

    Raises:
        InputTypeError: the text is not a string.
    """
    if not isinstance(text, str):
        raise InputTypeError(f"find_percentages reads a str, not {type(text).__name__}: decode the bytes first")
    shares = sorted([*_percents(text), *_fractions(text)], key=lambda s: s.start)
    found: list[Percentage] = []
    left = 0
    for share in shares:
        bound, start, end = qualify(text, share.start, share.end, left)
        found.append(Percentage(value=share.value, qualifier=bound, mention=Span.of(text, start, end)))
        left = end
    return found


@attrs.frozen
class _Share:
    start: int
    end: int
    value: Decimal
    signed: bool = True


@attrs.frozen
class _Grammar:
    fractions: Phrases[float]
    halves: Phrases[float]
    sign: re.Pattern[str]
    fraction: re.Pattern[str]
    half: re.Pattern[str]


@cache
def _grammar() -> _Grammar:
    words = load("numbers")
    fractions: Phrases[float] = Phrases.of(words["fractions"])
    halves: Phrases[float] = Phrases.of(words["halves"])
    wholes = alternatives(words["wholes"]["words"])
    return _Grammar(
        fractions=fractions,
        halves=halves,
        sign=re.compile(rf"{MAYBE_SPACE}(?:[%％]|pour(?:-|{SPACE})?cents?{WORD_END})", re.IGNORECASE),
        fraction=re.compile(
            rf"{WORD_START}(?P<fraction>{fractions.source})(?={SPACE}{wholes}{WORD_END})", re.IGNORECASE
        ),
        half=re.compile(rf"(?<=\bà )(?P<half>{halves.source}){WORD_END}", re.IGNORECASE),
    )


def _percents(text: str) -> list[_Share]:
    """Return the numbers with a percent sign; the two of a range as one."""
    sign = _grammar().sign
    found: list[_Share] = []
    if not sign.search(text):
        return found  # most texts have none, and many other numbers
    before: _Share | None = None  # the number just before, which may open a range
    for quantity in find_quantities(text):
        if before and quantity.start < before.end:
            continue  # the « cent » of « pour cent »
        if quantity.noun or quantity.number is None:
            before = None
            continue
        mark = sign.match(text, quantity.end)
        share = _Share(quantity.start, mark.end() if mark else quantity.end, quantity.number, signed=bool(mark))
        linked = link(text, before.start, before.end, share.start) if before and mark else None
        if before and linked:
            how, start = linked
            if how is Link.CHANGE and not before.signed:
                found.append(before)
            elif how is Link.RANGE and before.value < share.value and (not before.signed or start < before.start):
                if before.signed:
                    found.pop()
                share = attrs.evolve(share, start=start, value=before.value)
        if mark:
            found.append(share)
        before = share
    return found


def _fractions(text: str) -> Iterator[_Share]:
    grammar = _grammar()
    for pattern, group, phrases in (
        (grammar.fraction, "fraction", grammar.fractions),
        (grammar.half, "half", grammar.halves),
    ):
        for found in pattern.finditer(text):
            value = phrases.meaning(found[group])
            if value is not None:
                yield _Share(found.start(), found.end(), Decimal(str(value)))
