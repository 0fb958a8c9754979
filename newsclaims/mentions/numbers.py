"""French numbers in digits and words: « 1 300 », « deux milliards et demi », « une vingtaine de millions »."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Context, Decimal
from enum import Enum
from functools import cache

import attrs

from newsclaims.lexicon import load
from newsclaims.mentions.phrases import MAYBE_SPACE, OF, SPACE, WORD_END, WORD_START, Phrases, alternatives, source

_ONE = Decimal(1)
_HALF = Decimal("0.5")
# Sums of money stay far below; longer runs of digits are serial numbers.
_MAX_DIGITS = 24
# The caller may have set another precision for its own sums.
_EXACT = Context(prec=2 * _MAX_DIGITS)

# Thousands apart by one sort of mark, or plain digits with a decimal part.
_DIGITS = (
    r"(?<![^\W\d_][-‐‑])(?<!\d[.,'’])"
    r"(?>[0-9]{1,3}(?P<mark>[ \u00a0\u202f\u2009.'’])[0-9]{3}(?:(?P=mark)[0-9]{3}){0,5}(?![0-9])(?:[.,][0-9]+)?"
    r"|[0-9]{1,3}(?:,[0-9]{3}){1,5}\.[0-9]{1,2}(?![0-9])|[0-9]{1,3}(?:,[0-9]{3}){2,5}(?![0-9])"
    r"|[0-9]+(?:[.,][0-9]+)?)"
)


@attrs.frozen
class Quantity:
    """A number as it stands in a text.

    Attributes:
        start: offset of its first character.
        end: offset after its last character.
        number: the number before the scale, None when the text gives none (« des millions »).
        scale: what the scale word multiplies it by, 1 without one.
        about: whether the words are approximate by themselves (« une vingtaine »).
        noun: whether it ends in a noun, which takes « de » before the thing counted (« millions d'euros »).
        numeral: whether it has a number or a quantifier of its own; « millions » and « le milliard » have none.
        digits: whether the number is in digits.
    """

    start: int
    end: int
    number: Decimal | None
    scale: Decimal = _ONE
    about: bool = False
    noun: bool = False
    numeral: bool = True
    digits: bool = False

    @property
    def value(self) -> Decimal | None:
        """The number times the scale."""
        return None if self.number is None else times(self.number, self.scale)


class Link(Enum):
    """How two neighbouring numbers belong together."""

    RANGE = "range"
    CHANGE = "change"


def times(number: Decimal, scale: Decimal) -> Decimal:
    """Return an exact product, an integer where it is whole."""
    product = _EXACT.multiply(number, scale)
    whole = product.to_integral_value()
    return whole if whole == product else product.normalize(_EXACT)


def find_quantities(text: str) -> Iterator[Quantity]:
    """Yield the numbers of a text in order, without overlap."""
    grammar = _grammar()
    at = 0
    while found := grammar.start.search(text, at):
        quantity = _read(text, found, grammar)
        if quantity is not None:
            yield quantity
        at = max(found.end(), found.start() + 1, quantity.end if quantity else 0)


def link(text: str, start: int, end: int, following: int) -> tuple[Link, int] | None:
    """Tell whether two numbers are the ends of a range, or of a change.

    Args:
        text: the text.
        start: offset of the first number.
        end: offset after the first number, or after its currency.
        following: offset of the second number.

    Returns:
        How they belong together, and where the whole starts (« entre » included); None if they do not.
    """
    if following - end > 12:
        return None
    grammar = _grammar()
    joint = grammar.joint.fullmatch(text, end, following)
    if joint is None:
        return None
    between = grammar.between.search(text, max(0, start - 10), start)
    if between:
        return Link.RANGE, between.start()
    if joint["et"]:
        return None
    if joint["to"] and grammar.change.search(text, max(0, start - 60), start):
        return Link.CHANGE, start
    return Link.RANGE, start


@attrs.frozen
class _Grammar:
    cardinals: Phrases[int]
    collectives: Phrases[int]
    scales: Phrases[int]
    parts: Phrases[float]
    start: re.Pattern[str]
    cardinal: re.Pattern[str]
    decimals: re.Pattern[str]
    collective: re.Pattern[str]
    scale: re.Pattern[str]
    half: re.Pattern[str]
    part: re.Pattern[str]
    more: re.Pattern[str]
    joint: re.Pattern[str]
    between: re.Pattern[str]
    change: re.Pattern[str]


@cache
def _grammar() -> _Grammar:
    words = load("numbers")
    cardinals: Phrases[int] = Phrases.of(words["cardinals"])
    collectives: Phrases[int] = Phrases.of(words["collectives"])
    scales: Phrases[int] = Phrases.of(words["scales"])
    parts: Phrases[float] = Phrases.of(words["parts"])
    some = alternatives(words["indefinites"]["words"])
    adjectives = alternatives(words["indefinites"]["adjectives"])
    changes = alternatives(words["changes"]["words"])
    collective = f"(?:{adjectives}{SPACE})?(?P<collective>{collectives.source}){WORD_END}"
    scale = rf"(?P<half>demie?[-‐‑\s])?(?P<scale>{scales.source}){WORD_END}"
    counted = f"(?:{collectives.source}|{scales.source}){WORD_END}"

    def compiled(pattern: str) -> re.Pattern[str]:
        return re.compile(pattern, re.IGNORECASE)

    return _Grammar(
        cardinals,
        collectives,
        scales,
        parts,
        start=compiled(
            rf"{WORD_START}(?:(?P<digits>{_DIGITS})"
            rf"|(?P<word>(?={cardinals.source}{WORD_END}))"
            rf"|(?P<some>{some}){WORD_END}"
            rf"|(?P<the>l[ea]|du|au|ce){SPACE}(?=(?:demie?[-‐‑\s])?{counted})"
            rf"|(?P<bare>(?={counted})))"
        ),
        cardinal=compiled(
            rf"(?:[-‐‑]|{MAYBE_SPACE})(?P<et>et(?:[-‐‑]|{SPACE}))?(?P<cardinal>{cardinals.source}){WORD_END}"
        ),
        decimals=compiled(rf"{SPACE}virgule{SPACE}"),
        collective=compiled(rf"{MAYBE_SPACE}(?:{OF})?{collective}"),
        scale=compiled(rf"{MAYBE_SPACE}(?:{OF})?{scale}"),
        half=compiled(rf"{SPACE}et{SPACE}demie?s?{WORD_END}"),
        part=compiled(rf"{SPACE}(?P<part>{parts.source})(?={SPACE}de{SPACE}{scales.source}{WORD_END})"),
        more=compiled(rf"{MAYBE_SPACE}(?:(?P<digits>{_DIGITS})|(?={cardinals.source}{WORD_END}))"),
        joint=compiled(
            rf"(?:{SPACE}(?:(?P<et>et)|(?P<to>{source('à')})|ou)|,?{SPACE}voire){SPACE}|{MAYBE_SPACE}[-‐‑–—]{MAYBE_SPACE}"
        ),
        between=compiled(rf"{WORD_START}entre{SPACE}\Z"),
        change=compiled(rf"{WORD_START}{changes}(?=\s)[^.;:!?]{{0,40}}\sde{SPACE}\Z"),
    )


def _read(text: str, found: re.Match[str], grammar: _Grammar) -> Quantity | None:
    """Read the quantity that starts where the grammar's start was found."""
    kind = found.lastgroup
    start, end = found.span()
    number: Decimal | None = None
    if kind == "digits":
        number = _parse_digits(found["digits"])
        if number is None:
            return None
    elif kind == "word":
        cardinal = _read_words(text, start, grammar)
        if cardinal is None:
            return None
        number, end = cardinal
        if part := grammar.part.match(text, end):
            number, end = times(number, Decimal(str(grammar.parts.meaning(part["part"]) or 1))), part.end()
    elif kind == "the":
        number, start = _ONE, end
    about = noun = False
    scale = _ONE
    if kind != "digits" and (few := grammar.collective.match(text, end)):
        factor = grammar.collectives.meaning(few["collective"])
        if factor is None:
            return None
        number = None if number is None else times(number, Decimal(factor))
        about, noun, end = number is not None, True, few.end()
    if many := grammar.scale.match(text, end):
        factor = grammar.scales.meaning(many["scale"])
        if factor is None:
            return None
        scale, noun, end = Decimal(factor), True, many.end()
        if many["half"] and number is not None:
            number = times(number, _HALF)
        if number is not None and (half := grammar.half.match(text, end)):
            number, end = _EXACT.add(number, _HALF), half.end()
    if kind in ("some", "bare", "the") and not noun:
        return None
    quantity = Quantity(
        start, end, number, scale, about, noun, numeral=kind not in ("bare", "the"), digits=kind == "digits"
    )
    return _continue(text, quantity, grammar)


def _continue(text: str, quantity: Quantity, grammar: _Grammar) -> Quantity:
    """Add what follows a scale: « un million deux cent mille »."""
    if quantity.number is None or quantity.scale <= 1000:
        return quantity
    found = grammar.more.match(text, quantity.end)
    if not found:
        return quantity
    if found["digits"]:
        rest, end = _parse_digits(found["digits"]), found.end()
    else:
        rest, end = _read_words(text, found.end(), grammar) or (None, 0)
    if rest is None:
        return quantity
    thousand = grammar.scale.match(text, end)
    factor = Decimal(grammar.scales.meaning(thousand["scale"]) or 1) if thousand else _ONE
    rest = times(rest, factor)
    # Anything but round thousands below the scale is a number of its own: « 12 millions 3 ans après ».
    if not 1000 <= rest < quantity.scale or _EXACT.remainder(rest, Decimal(1000)):
        return quantity
    number = _EXACT.add(quantity.number, _EXACT.divide(rest, quantity.scale))
    return attrs.evolve(quantity, end=thousand.end() if thousand else end, number=number, noun=thousand is not None)


def _parse_digits(digits: str) -> Decimal | None:
    """Return the number that digits write in the French manner; None when they are too many."""
    if len(digits) > _MAX_DIGITS:
        return None
    plain = re.sub(r"[ \u00a0\u202f\u2009'’]", "", digits)
    commas, points = plain.count(","), plain.count(".")
    if commas > 1 or (commas and points and plain.rindex(".") > plain.rindex(",")):
        plain = plain.replace(",", "")  # the English manner: 1,300,000.50
    elif points > 1 or re.fullmatch(r"[1-9][0-9]{0,2}\.[0-9]{3}(?:,[0-9]+)?", plain):
        plain = plain.replace(".", "")
    return Decimal(plain.replace(",", "."))


def _read_words(text: str, start: int, grammar: _Grammar) -> tuple[Decimal, int] | None:
    """Return the number that the words from an offset spell, and where it ends."""
    whole = _read_cardinal(text, start, grammar)
    if whole is None:
        return None
    value, end = whole
    if comma := grammar.decimals.match(text, end):
        fraction = _read_cardinal(text, comma.end(), grammar)
        if fraction:
            return Decimal(f"{value}.{fraction[0]}"), fraction[1]
    return Decimal(value), end


def _read_cardinal(text: str, start: int, grammar: _Grammar) -> tuple[int, int] | None:
    thousands = units = 0
    room = 1_000_000  # the next word must be worth less
    end = start
    while found := grammar.cardinal.match(text, end):
        value = grammar.cardinals.meaning(found["cardinal"])
        if value is None or (found["et"] and (end == start or value not in (1, 11))):
            break
        if value == 1000 and not thousands:
            thousands, units, room = max(units, 1) * 1000, 0, 1000
        elif value == 100 and (room >= 1000 or 2 <= units <= 9):
            units, room = max(units, 1) * 100, 100
        elif value < room and value < 100:
            units += value
            # « soixante-dix » and « quatre-vingt-dix » go up to nineteen
            room = 20 if value in (60, 80) else 10 if value >= 20 else 1
        else:
            break
        end = found.end()
    return (thousands + units, end) if end > start else None
