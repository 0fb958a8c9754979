"""Dates: « mardi dernier », « le 3 mars 2024 », « fin 2026 », « d'ici à 2030 », « il y a deux ans ».

A date is read in three steps: the words of one point in time (`_Form`), what places something in relation to it
(bounds and ranges), and the days that they mean for a text published on a given day.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Iterator
from enum import Enum, StrEnum
from functools import cache
from typing import Any, TypeAlias

import attrs

from newsclaims.claims import Bound, Date, Precision
from newsclaims.errors import InputTypeError
from newsclaims.lexicon import load
from newsclaims.mentions.numbers import find_quantities
from newsclaims.mentions.phrases import (
    APOSTROPHE,
    MAYBE_SPACE,
    OF,
    SPACE,
    WORD_END,
    WORD_START,
    Phrases,
    alternatives,
    expand,
    source,
)
from newsclaims.spans import Span

_ONE_DAY = datetime.timedelta(days=1)
# Periods that are whole months, and how many.
_MONTHS = {Precision.MONTH: 1, Precision.QUARTER: 3, Precision.HALF: 6, Precision.YEAR: 12, Precision.DECADE: 120}
_FINEST_FIRST = list(Precision)


def find_dates(text: str, published: datetime.date | None = None) -> list[Date]:
    """Find the dates that a text states, as intervals of days.

    What the words leave open is read as news mean it on the day of publication:

    - A day of the week is the last one not after publication, which may be that very day. « prochain » makes it the
      first one after, « dernier » the last one before, « ce mardi » the nearest.
    - A month without a year is the latest such month that has begun, and so are a quarter and a half of a year.
      « prochain » and « dernier » count as above. Where the words look ahead (« d'ici », « avant », « à partir de »)
      it is the first that is not over, and after « dès » and « jusqu'à » the nearest.
    - A day of a month without a year is the nearest, but « lundi 12 mai » is a 12 May that is a Monday. Of a range
      the second date follows the first.
    - A season without a year, « à la rentrée » included, is the nearest. Seasons are three whole months, winter
      from December of the year that it is named after; « la rentrée » is September.
    - « il y a deux ans » is the whole year, « dans six mois » the whole month; « depuis deux ans », « d'ici deux ans »
      and « les deux prochaines années » are counted to the day.
    - « début », « mi » and « fin » are thirds of their month, year or other period.

    Bare numbers are years only where words say so (« en 2015 », « fin 2026 », « les résultats 2024 »), and not where
    they count something (« 2015 salariés »). Days of every week (« le lundi ») and dates that lean on another event
    (« la veille », « deux ans plus tard ») are left out.

    Args:
        text: any text.
        published: the day of publication. Without it dates that need it are found all the same, with neither
            start nor end.

    Returns:
        The dates in text order, without overlap. The mentions are offsets into the text as given and include the
        articles, prepositions and other words that place the date (« en mars », « d'ici à 2030 »), but not a « de »
        that hangs it on a noun. Each date of a list is one of its own, and « du 3 au 5 mai » is one interval.

    Raises:
        InputTypeError: the text is not a string, or the day not a date.
    """
    if not isinstance(text, str):
        raise InputTypeError(f"find_dates reads a str, not {type(text).__name__}: decode the bytes first")
    if isinstance(published, datetime.datetime):
        published = published.date()
    if published is not None and not isinstance(published, datetime.date):
        raise InputTypeError(f"published is a datetime.date or None, not {published!r}")
    return [_date(text, e, published) for e in _shared(list(_expressions(text, _grammar())))]


# What the words mean -----------------------------------------------------------------------------------------


@attrs.frozen
class _Days:
    """An interval of days, None on an open side."""

    start: datetime.date | None
    end: datetime.date | None


class _Turn(StrEnum):
    """Which of the days or periods of one name is meant."""

    LATEST = "latest"
    LAST = "last"
    NEXT = "next"
    THIS = "this"
    COMING = "coming"


_SHIFTS = {_Turn.LAST: -1, _Turn.THIS: 0, _Turn.NEXT: 1}


def _month_start(count: int) -> datetime.date:
    """Return the first day of a month, by its number since the year 0."""
    return datetime.date(count // 12, count % 12 + 1, 1)


def _months(first: int, many: int) -> _Days:
    return _Days(_month_start(first), _month_start(first + many) - _ONE_DAY)


def _period(day: datetime.date, precision: Precision, shift: int) -> _Days:
    """Return the period that a day lies in, or one so many before or after it."""
    if precision is Precision.DAY:
        day += shift * _ONE_DAY
        return _Days(day, day)
    if precision in (Precision.WEEK, Precision.WEEKEND):
        monday = day + (7 * shift - day.weekday()) * _ONE_DAY
        return _Days(monday + (5 if precision is Precision.WEEKEND else 0) * _ONE_DAY, monday + 6 * _ONE_DAY)
    size = _MONTHS[precision]
    return _months(((day.year * 12 + day.month - 1) // size + shift) * size, size)


def _moved(day: datetime.date, precision: Precision, count: int) -> datetime.date:
    """Return the day so many periods later, or earlier."""
    if precision in (Precision.DAY, Precision.WEEK, Precision.WEEKEND):
        return day + count * (1 if precision is Precision.DAY else 7) * _ONE_DAY
    month = _months(day.year * 12 + day.month - 1 + count * _MONTHS[precision], 1)
    assert month.start and month.end
    return min(month.start + (day.day - 1) * _ONE_DAY, month.end)


def _chosen(
    named: Iterable[tuple[datetime.date, datetime.date]], published: datetime.date, turn: _Turn
) -> _Days | None:
    """Return the one meant of the days or periods of one name, which come in order.

    Args:
        named: first and last day of each.
        published: the day of publication.
        turn: which one is meant.
    """
    known = list(named)
    if turn in (_Turn.LATEST, _Turn.LAST):
        known.reverse()

    def fits(start: datetime.date, end: datetime.date) -> bool:
        match turn:
            case _Turn.LATEST:
                return start <= published
            case _Turn.LAST:
                return end < published
            case _Turn.NEXT:
                return start > published
            case _:
                return end >= published

    if turn is _Turn.THIS:
        nearest = min(known, key=lambda days: max(days[0] - published, published - days[1]), default=None)
        return _Days(*nearest) if nearest else None
    return next((_Days(*days) for days in known if fits(*days)), None)


@attrs.frozen
class _Fixed:
    """Days that the words tell in full."""

    start: datetime.date
    end: datetime.date

    def resolve(self, published: datetime.date | None, turn: _Turn) -> _Days | None:
        return _Days(self.start, self.end)


@attrs.frozen
class _Yearly:
    """A day, a month or several that come once a year.

    Attributes:
        month: the first month; None when a later date of the list tells it (« les 3 et 4 mars »).
        months: how many months.
        day: the day of the month, None for whole months.
        weekday: the day of the week that the day is.
        year: the year, None when the words do not tell it.
        shift: the year told from that of publication.
    """

    month: int | None
    months: int = 1
    day: int | None = None
    weekday: int | None = None
    year: int | None = None
    shift: int | None = None

    def resolve(self, published: datetime.date | None, turn: _Turn) -> _Days | None:
        if self.year is not None:
            return next((_Days(*days) for days in self._within([self.year])), None)
        if published is None:
            return None
        this = published.year
        if self.shift is not None:
            return next((_Days(*days) for days in self._within([this + self.shift])), None)
        if self.weekday is not None:
            for days in self._within([this, this - 1, this + 1]):
                if days[0].weekday() == self.weekday:
                    return _Days(*days)
        if self.day is not None and turn is _Turn.LATEST:
            turn = _Turn.THIS
        leap = 8 if self.day == 29 and self.month == 2 else 0
        return _chosen(self._within(range(this - 2 - leap, this + 3 + leap)), published, turn)

    def _within(self, years: Iterable[int]) -> Iterator[tuple[datetime.date, datetime.date]]:
        """Yield the days of each of the years that has them."""
        for year in years:
            month = self.month or 1
            if not datetime.MINYEAR <= year <= datetime.MAXYEAR - 1:
                continue
            if self.day is None:
                first = year * 12 + month - 1
                yield _month_start(first), _month_start(first + self.months) - _ONE_DAY
            elif self.day <= _length(year, month):
                day = datetime.date(year, month, self.day)
                yield day, day


def _length(year: int, month: int) -> int:
    """Return how many days a month has."""
    first = year * 12 + month - 1
    return (_month_start(first + 1) - _month_start(first)).days


@attrs.frozen
class _Weekly:
    """A day of the week, or several."""

    weekday: int
    days: int = 1

    def resolve(self, published: datetime.date | None, turn: _Turn) -> _Days | None:
        if published is None:
            return None
        monday = published - published.weekday() * _ONE_DAY
        starts = [monday + (7 * week + self.weekday) * _ONE_DAY for week in range(-2, 3)]
        return _chosen(((s, s + (self.days - 1) * _ONE_DAY) for s in starts), published, turn)


@attrs.frozen
class _Monthly:
    """A day of the week with its number, without a month: « lundi 12 »."""

    weekday: int
    day: int

    def resolve(self, published: datetime.date | None, turn: _Turn) -> _Days | None:
        if published is None:
            return None
        first = published + (self.weekday - published.weekday()) * _ONE_DAY
        near = (first + 7 * week * _ONE_DAY for week in range(-30, 31))
        days = [(d, d) for d in near if d.day == self.day]
        return _chosen(days, published, _Turn.THIS if turn is _Turn.LATEST else turn)


@attrs.frozen
class _Shifted:
    """The period of publication, or one so many before or after it; None when the words do not say how many."""

    precision: Precision
    shift: int | None

    def resolve(self, published: datetime.date | None, turn: _Turn) -> _Days | None:
        return None if published is None or self.shift is None else _period(published, self.precision, self.shift)


@attrs.frozen
class _Rolling:
    """The time before or after publication, None when the words do not say how many periods."""

    precision: Precision
    count: int | None
    ahead: bool

    def resolve(self, published: datetime.date | None, turn: _Turn) -> _Days | None:
        if published is None:
            return None
        other = None
        if self.count is not None:
            other = _moved(published, self.precision, self.count if self.ahead else -self.count)
        return _Days(published, other) if self.ahead else _Days(other, published)


_When: TypeAlias = _Fixed | _Yearly | _Weekly | _Monthly | _Shifted | _Rolling


class _Third(StrEnum):
    START = "start"
    MIDDLE = "middle"
    END = "end"


@attrs.frozen
class _Part:
    """A part of a period: a third, or the first months."""

    third: _Third | None = None
    months: int = 0

    def of(self, days: _Days) -> _Days:
        start, end = days.start, days.end
        if start is None or end is None:
            return days
        first = start.year * 12 + start.month - 1
        if self.third is None:
            return _Days(start, min(end, _month_start(first + self.months) - _ONE_DAY))
        after = end + _ONE_DAY
        many = after.year * 12 + after.month - 1 - first
        if start.day == after.day == 1 and many % 3 == 0:
            cuts = [_month_start(first + many // 3), _month_start(first + 2 * many // 3)]
        else:
            step = max(1, (after - start).days // 3) * _ONE_DAY
            cuts = [start + step, min(start + 2 * step, end)]
        match self.third:
            case _Third.START:
                return _Days(start, cuts[0] - _ONE_DAY)
            case _Third.MIDDLE:
                return _Days(cuts[0], max(cuts[0], cuts[1] - _ONE_DAY))
            case _Third.END:
                return _Days(cuts[1], end)


@attrs.frozen
class _Point:
    """The words of one point in time.

    Attributes:
        start: offset of its first character, without what only cues it.
        end: offset after its last character.
        precision: the period that it names.
        when: the days that it means.
        turn: which one is meant of those of its name.
        part: the part of the period that is meant.
        approximate: whether the days are estimates.
    """

    start: int
    end: int
    precision: Precision
    when: _When
    turn: _Turn | None = None
    part: _Part | None = None
    approximate: bool = False

    @property
    def yearless(self) -> bool:
        """Whether the year or the week hangs on publication."""
        if isinstance(self.when, _Yearly):
            return self.when.year is None and self.when.shift is None and self.turn is None
        return isinstance(self.when, _Weekly | _Monthly) and self.turn is None

    def resolve(self, published: datetime.date | None, turn: _Turn | None = None) -> _Days | None:
        days = self.when.resolve(published, self.turn or turn or _Turn.LATEST)
        return self.part.of(days) if days and self.part else days


@attrs.frozen
class _Bound:
    """What the words around a date say of it; see the lexicon."""

    side: Bound | None = None
    strict: bool = False
    turn: _Turn | None = None
    span: int = 0
    dates: bool = True
    approximate: bool = False


@attrs.frozen
class _Expression:
    """A date as the text has it: a point or the two ends of a range, and what bounds it.

    Attributes:
        start: offset of its first character.
        end: offset after its last character.
        first: the point, or the first of a range.
        last: the same point, or the last of the range.
        bound: what bounds it.
        linked: whether it follows the expression before in a list.
    """

    start: int
    end: int
    first: _Point
    last: _Point
    bound: _Bound = _Bound()
    linked: bool = False


def _date(text: str, expression: _Expression, published: datetime.date | None) -> Date:
    first, last, bound = expression.first, expression.last, expression.bound
    try:
        days = _resolve(expression, published)
    except (OverflowError, ValueError):  # beyond the years that the calendar has
        days = _Days(None, None)
    low, high = _sides(expression)
    third, last_third = first.part and first.part.third, last.part and last.part.third
    fuzzy = (low and third in (_Third.MIDDLE, _Third.END)) or (high and last_third in (_Third.START, _Third.MIDDLE))
    return Date(
        start=days.start,
        end=days.end,
        precision=min(first.precision, last.precision, key=_FINEST_FIRST.index),
        bound=bound.side,
        approximate=fuzzy or bound.approximate or first.approximate or last.approximate,
        mention=Span.of(text, expression.start, expression.end),
    )


def _sides(expression: _Expression) -> tuple[bool, bool]:
    """Return whether the start and the end of the words' days bound the date."""
    bound, third = expression.bound, expression.last.part and expression.last.part.third
    match bound.side:
        case Bound.FROM:
            return not bound.strict, bound.strict
        case Bound.UNTIL:
            # « avant la fin de l'année » is by its last day.
            strict = bound.strict and third is not _Third.END
            return strict, not strict
        case _:
            return True, True


def _resolve(expression: _Expression, published: datetime.date | None) -> _Days:
    """Return the days of a date."""
    first, last, bound = expression.first, expression.last, expression.bound
    turn = bound.turn
    days = first.resolve(published, turn)
    if days and last is not first:
        later = last.resolve(days.start, _Turn.COMING) if last.yearless else last.resolve(published, turn)
        if not later or (days.start and later.end and later.end < days.start):
            return _Days(None, None)
        days = _Days(days.start, later.end)
    if days is None:
        return _Days(None, None)
    low, _ = _sides(expression)
    match bound.side:
        case Bound.FROM:
            return _Days(days.start if low else days.end and days.end + _ONE_DAY, None)
        case Bound.UNTIL:
            return _Days(None, (days.start and days.start - _ONE_DAY) if low else days.end)
        case _:
            return days


# What words there are ----------------------------------------------------------------------------------------


class _Cue(Enum):
    """What the words before a point say of it."""

    NONE = 0
    DATE = 1
    PART = 2


_Reader: TypeAlias = Callable[[re.Match[str], _Cue], _Point | None]


@attrs.frozen
class _Form:
    """A way to write a point in time.

    Attributes:
        pattern: its words.
        read: makes a point of a match; None when it is no date after all.
    """

    pattern: re.Pattern[str]
    read: _Reader


@attrs.frozen
class _Grammar:
    start: re.Pattern[str]
    forms: tuple[_Form, ...]
    part: re.Pattern[str]
    parts: Phrases[str]
    bounds: tuple[tuple[re.Pattern[str], _Bound], ...]
    after_bounds: tuple[tuple[re.Pattern[str], _Bound], ...]
    duration: _Form
    between: re.Pattern[str]
    conjunction: re.Pattern[str]
    opening: re.Pattern[str]
    to: re.Pattern[str]
    dash: re.Pattern[str]
    listed: re.Pattern[str]


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def _leading(forms: Iterable[str]) -> str:
    """Return a pattern for words right before others, the space between included.

    A final « de » or « à » also stands for its contractions; « à » after an apostrophe or a word may be absent.
    """
    patterns = {}
    for form in {spread for f in forms for spread in expand(f)}:
        if form == "de" or form.endswith(" de"):
            patterns[form] = source(form[:-2]) + rf"(?:d[eu]{SPACE}|des{SPACE}|d{APOSTROPHE}{MAYBE_SPACE})"
        elif form == "à" or form.endswith((" à", "'à")):
            absent = "?" if len(form) > 1 else ""
            patterns[form] = source(form[:-1]) + rf"(?:(?:{source('à')}|aux?|en){SPACE}){absent}"
        else:
            patterns[form] = source(form) + ("" if form.endswith("'") else SPACE)
    return "(?:" + "|".join(patterns[f] for f in sorted(patterns, key=lambda f: (-len(f), f))) + ")"


def _heads(forms: Iterable[str]) -> set[str]:
    """Return the first words of forms, contractions included."""
    heads = {re.split(r"[ '-]", spread)[0] for form in forms for spread in expand(form)}
    if "de" in heads:
        heads |= {"du", "des", "d"}
    if "à" in heads:
        heads |= {"au", "aux", "en"}
    return heads


@cache
def _grammar() -> _Grammar:
    words = load("dates")
    ranges, bounds = words["ranges"], words["bound"]
    tables = ("months", "abbreviations", "weekdays", "seasons", "days", "ordinals", "parts")
    starts: list[str] = [form for table in tables for form in words[table]]
    starts += [form for forms in words["leads"].values() for form in forms]
    starts += [form for entry in bounds for form in entry.get("words", ())]
    starts += [*words["year_after"]["words"], *ranges["between"], *ranges["from"], *words["names"]["words"]]
    heads = alternatives(head for head in _heads(starts) if not head[0].isdigit())
    parts: Phrases[str] = Phrases.of(words["parts"])
    count = _count()
    return _Grammar(
        start=_compiled(rf"{WORD_START}(?:[0-9]|(?:{heads}|[TQSH][1-4]){WORD_END}|(?<!\w)\((?=[12]))"),
        forms=_forms(),
        part=_compiled(
            rf"(?:{_leading(words['leads']['part'])})?(?:(?P<part>{parts.source})"
            rf"(?:[-‐‑]|{SPACE})|(?:{_leading(words['leads']['rolling'])})?(?P<count>{count}){SPACE}"
            rf"{alternatives(words['counts']['first'])}{SPACE})(?:{OF}|du{SPACE}|des{SPACE})?"
        ),
        parts=parts,
        bounds=tuple((_compiled(_leading(e["words"])), _bound(e)) for e in bounds if "words" in e),
        after_bounds=tuple(
            (_compiled(rf",?{SPACE}{alternatives(e['after'])}{WORD_END}"), _bound(e)) for e in bounds if "after" in e
        ),
        duration=_duration(),
        between=_compiled(_leading(ranges["between"])),
        conjunction=_compiled(SPACE + _leading(ranges["and"])),
        opening=_compiled(_leading(ranges["from"])),
        to=_compiled(SPACE + _leading(ranges["to"])),
        dash=_compiled(f"[-‐‑–—]|{MAYBE_SPACE}[–—]{MAYBE_SPACE}"),
        listed=_compiled(
            "(?:"
            + "|".join(("" if f[0] == "," else SPACE) + _leading([f]) for f in sorted(ranges["list"], key=len)[::-1])
            + ")"
        ),
    )


@cache
def _false_friends() -> re.Pattern[str]:
    return _compiled(alternatives(load("dates")["names"]["words"]) + WORD_END)


def _bound(entry: dict[str, Any]) -> _Bound:
    return _Bound(
        side=Bound(entry["side"]) if "side" in entry else None,
        strict=entry.get("strict", False),
        turn=_Turn(entry["turn"]) if "turn" in entry else None,
        span=entry.get("span", 0),
        dates=entry.get("dates", True),
        approximate=entry.get("approximate", False),
    )


def _count() -> str:
    """Return the pattern of a number that counts periods."""
    numbers = load("numbers")
    cardinals, collectives = alternatives(numbers["cardinals"]), alternatives(numbers["collectives"])
    return (
        rf"(?:[0-9]{{1,3}}{WORD_END}|(?:une?{SPACE})?{collectives}{WORD_END}"
        rf"|{cardinals}{WORD_END}(?:(?:[-‐‑]|{SPACE})(?:et(?:[-‐‑]|{SPACE}))?{cardinals}{WORD_END}){{0,4}})"
    )


def _number(words: str) -> tuple[int | None, bool]:
    """Return the number that words write, and whether it is approximate."""
    quantity = next(find_quantities(words), None)
    value = quantity.value if quantity else None
    return (None, False) if quantity is None or value is None else (int(value), quantity.about)


def _year(sure: bool = True, to: str = "to", year: str = "year") -> str:
    """Return the pattern of a year or a pair of years.

    Args:
        sure: whether the words before make clear that the number is a year; if not, a plural behind it is what it
            counts.
        to: name of the group of the second year.
        year: name of the group of the year.
    """
    counted = load("dates")["counted"]
    plural = rf"(?!{alternatives(counted['but'])}{WORD_END})(?-i:[^\W\dA-ZÀ-Ý_]{{2,40}}[sx]){WORD_END}"
    return (
        rf"(?P<{year}>(?:1[89]|20)[0-9]{{2}})(?:[-‐‑–/](?P<{to}>(?:1[89]|20)[0-9]{{2}}|[0-9]{{2}}))?"
        rf"(?![\w%])(?![.,'’][0-9])(?![-‐‑–/]\w)(?!{MAYBE_SPACE}[€$£¥%°])"
        rf"(?!{SPACE}{alternatives(counted['words'])}{WORD_END})" + ("" if sure else f"(?!{SPACE}{plural})")
    )


def _years(first: str, last: str | None) -> _Fixed | None:
    """Return the year, or the years of a pair such as « 2023-24 »; None when they are in no order."""
    start = int(first)
    end = int(last or first)
    if end < 100:
        end += start // 100 * 100
    if last and end <= start:
        return None
    return _Fixed(datetime.date(start, 1, 1), datetime.date(end, 12, 31))


@attrs.frozen
class _Names:
    """The names of days and periods, and what may follow a part of a year."""

    months: Phrases[int]
    abbreviations: Phrases[int]
    weekdays: Phrases[int]
    units: Phrases[str]
    turns: Phrases[str]
    relative_years: Phrases[int]
    turn: str
    dated: str
    times: str


@cache
def _names() -> _Names:
    words = load("dates")
    turns: Phrases[str] = Phrases.of(words["turns"])
    relative: Phrases[int] = Phrases.of(words["relative_years"])
    turn = rf"(?P<turn>{turns.source}){WORD_END}"
    return _Names(
        months=Phrases.of(words["months"]),
        abbreviations=Phrases.of(words["abbreviations"]),
        weekdays=Phrases.of(words["weekdays"]),
        units=Phrases.of(words["units"]),
        turns=turns,
        relative_years=relative,
        turn=turn,
        dated=rf"(?:(?:,?{SPACE}|{SPACE}{_leading(words['of_year']['words'])}){_year()}|{SPACE}{turn}"
        rf"|{SPACE}{OF}(?P<whose>{relative.source}){WORD_END})?",
        times=rf"(?:{SPACE}{alternatives(words['times']['words'])}{WORD_END})?",
    )


def _yearly(
    found: re.Match[str], precision: Precision, month: int | None, months: int = 1, **parts: int | None
) -> _Point | None:
    """Return the point of something that comes once a year, with what the match says of the year."""
    names = _names()
    year, shift, turn = None, None, None
    groups = found.groupdict()
    if groups.get("year"):
        years = _years(found["year"], found["to"])
        if years is None:
            return None
        year = years.start.year
    elif groups.get("whose"):
        shift = names.relative_years.meaning(found["whose"])
    elif groups.get("turn"):
        turn = _turn(found["turn"])
    when = _Yearly(month, months, year=year, shift=shift, **parts)
    if when.day is not None and when.month is not None and not _exists(when):
        return None
    return _Point(*found.span(), precision, when, turn)


def _exists(when: _Yearly) -> bool:
    return when.resolve(datetime.date(2000, 12, 31), _Turn.LATEST) is not None


def _turn(matched: str) -> _Turn | None:
    meaning = _names().turns.meaning(matched)
    return _Turn(meaning) if meaning else None


def _forms() -> tuple[_Form, ...]:
    return (
        _numeric(),
        _day_of_month(),
        _month(),
        _short_month(),
        _quarter(),
        _quarter_sign(),
        _season(),
        _adverb(),
        _weekday(),
        _unit(),
        _rolling(),
        _cued_year(),
        _bare_year(),
        _decade(),
    )


def _numeric() -> _Form:
    """« 12/03/2024 », « 2024-03-12 »."""
    pattern = _compiled(
        rf"(?:{_leading(load('dates')['leads']['day'])})?(?:(?P<day>[0-9]{{1,2}})(?P<mark>[/.-])(?P<month>[0-9]{{1,2}})"
        rf"(?P=mark)(?P<year>(?:1[89]|20)[0-9]{{2}})|(?P<y>(?:1[89]|20)[0-9]{{2}})-(?P<m>[0-9]{{2}})-(?P<d>[0-9]{{2}}))"
        r"(?![\w/-])(?![.,][0-9])"
    )

    def read(found: re.Match[str], cue: _Cue) -> _Point | None:
        year, month, day = found["year"] or found["y"], found["month"] or found["m"], found["day"] or found["d"]
        try:
            exact = datetime.date(int(year), int(month), int(day))
        except ValueError:
            return None
        return _Point(*found.span(), Precision.DAY, _Fixed(exact, exact))

    return _Form(pattern, read)


def _day_of_month() -> _Form:
    """« le 3 mars 2024 », « lundi 12 mai », the 3 of « les 3 et 4 mars », « lundi 12 »."""
    words, names = load("dates"), _names()
    number = rf"(?:0?[1-9]|[12][0-9]|3[01])(?:er|{source('ᵉʳ')})?{WORD_END}"
    month = rf"(?:{names.months.source}{WORD_END}|{names.abbreviations.source}\.)"
    joints = alternatives(words["ranges"]["joints"])
    joint = rf"(?:,{SPACE}|{MAYBE_SPACE}[-‐‑–]{MAYBE_SPACE}|{SPACE}{joints}{SPACE})"
    shared = rf"(?:{joint}(?:{names.weekdays.source}{SPACE})?{number}){{1,8}}{SPACE}{month}"
    pattern = _compiled(
        rf"(?:{_leading(words['leads']['day'])})?(?:(?P<weekday>{names.weekdays.source}),?{SPACE})?"
        rf"(?P<day>{number}|premier(?={SPACE}{month}))"
        rf"(?:{SPACE}(?:(?P<month>{names.months.source}){WORD_END}|(?P<short>{names.abbreviations.source})\.)"
        rf"{names.dated}{names.times}|(?P<shared>(?={shared}))|(?P<alone>{names.times}))"
    )
    streets = _compiled(rf"{WORD_START}{alternatives(words['names']['streets'])}{SPACE}du{SPACE}\Z")

    def read(found: re.Match[str], cue: _Cue) -> _Point | None:
        digits = re.match("[0-9]+", found["day"])
        day = int(digits[0]) if digits else 1
        weekday = names.weekdays.meaning(found["weekday"]) if found["weekday"] else None
        if streets.search(found.string, max(0, found.start() - 30), found.start()):
            return None
        if found["month"] or found["short"]:
            month = (
                names.months.meaning(found["month"]) if found["month"] else names.abbreviations.meaning(found["short"])
            )
            return _yearly(found, Precision.DAY, month, day=day, weekday=weekday) if month else None
        if found["shared"] is not None:
            return _yearly(found, Precision.DAY, None, day=day, weekday=weekday)
        if weekday is None or not _is_weekday(found.string, found.start("weekday"), found.end(), cue):
            return None
        return _Point(*found.span(), Precision.DAY, _Monthly(weekday, day))

    return _Form(pattern, read)


def _month() -> _Form:
    """« en mars », « mars 2025 », « avril dernier »."""
    names = _names()
    pattern = _compiled(
        rf"(?P<lead>{_leading(load('dates')['leads']['month'])}|(?<![0-9]\s))(?P<month>{names.months.source}){WORD_END}"
        rf"{names.dated}"
    )

    def read(found: re.Match[str], cue: _Cue) -> _Point | None:
        month = names.months.meaning(found["month"])
        capital = found["month"][0].isupper()
        said = found["lead"] or found["year"] or found["turn"] or found["whose"] or cue is _Cue.PART
        if month is None or (capital and not said) or _false_friends().match(found.string, found.start("month")):
            return None
        return _yearly(found, Precision.MONTH, month)

    return _Form(pattern, read)


def _short_month() -> _Form:
    """« sept. 2024 »."""
    names = _names()
    pattern = _compiled(
        rf"(?:{_leading(load('dates')['leads']['month'])})?(?P<month>{names.abbreviations.source})\.{SPACE}{_year()}"
    )

    def read(found: re.Match[str], cue: _Cue) -> _Point | None:
        month = names.abbreviations.meaning(found["month"])
        return _yearly(found, Precision.MONTH, month) if month else None

    return _Form(pattern, read)


def _span_of_year(found: re.Match[str], half: bool, number: int) -> _Point | None:
    """Return the point of a quarter or half by its number, -1 for the last."""
    many, months = (2, 6) if half else (4, 3)
    number = many if number < 0 else number
    if number > many:
        return None
    return _yearly(found, Precision.HALF if half else Precision.QUARTER, (number - 1) * months + 1, months)


def _quarter() -> _Form:
    """« au deuxième trimestre 2025 », « au premier semestre », the first of « aux premier et deuxième trimestres »."""
    words, names = load("dates"), _names()
    ordinals: Phrases[int] = Phrases.of(words["ordinals"])
    joint = rf"(?:,{SPACE}|{SPACE}{alternatives(words['ranges']['joints'])}{SPACE})"
    quarters, halves = (
        alternatives(form for form, unit in words["units"].items() if unit == precision)
        for precision in (Precision.QUARTER, Precision.HALF)
    )
    shared = rf"(?:{joint}{ordinals.source}{WORD_END}){{1,3}}{SPACE}(?:{quarters}|(?P<later>{halves})){WORD_END}"
    pattern = _compiled(
        rf"(?:{_leading(words['leads']['quarter'])})?(?P<ordinal>{ordinals.source}){WORD_END}"
        rf"(?:{SPACE}(?:{quarters}|(?P<half>{halves})){WORD_END}{names.dated}|(?={shared}))"
    )

    def read(found: re.Match[str], cue: _Cue) -> _Point | None:
        number = ordinals.meaning(found["ordinal"])
        return _span_of_year(found, bool(found["half"] or found["later"]), number) if number else None

    return _Form(pattern, read)


def _quarter_sign() -> _Form:
    """« au T3 2024 », « 3T 2024 », « S1 2025 »."""
    leads = _leading(load("dates")["leads"]["quarter_sign"])
    pattern = _compiled(
        rf"(?P<lead>{leads})?(?:(?P<kind>(?-i:[TQSH]))(?P<n>[1-4])|(?P<number>[1-4])(?P<after>(?-i:[TS])))(?!\w)"
        rf"(?:(?:{MAYBE_SPACE}|[-‐‑/]){_year()})?"
    )

    def read(found: re.Match[str], cue: _Cue) -> _Point | None:
        if not (found["lead"] or found["year"] or cue is not _Cue.NONE):
            return None
        half = (found["kind"] or found["after"]) in ("S", "H")
        return _span_of_year(found, half, int(found["n"] or found["number"]))

    return _Form(pattern, read)


def _season() -> _Form:
    """« à l'été 2023 », « l'hiver prochain », « à la rentrée »."""
    words, names = load("dates"), _names()
    seasons: Phrases[tuple[int, int]] = Phrases.of({form: tuple(months) for form, months in words["seasons"].items()})
    leads = words["leads"]
    pattern = _compiled(
        rf"(?:(?P<lead>{_leading(leads['season'])})|{_leading(leads['generic_season'])})?"
        rf"(?P<season>{seasons.source}){WORD_END}{names.dated}"
    )

    def read(found: re.Match[str], cue: _Cue) -> _Point | None:
        season = seasons.meaning(found["season"])
        said = found["lead"] or found["year"] or found["turn"] or found["whose"] or cue is not _Cue.NONE
        point = season and said and _yearly(found, Precision.SEASON, *season)
        if not season or not point:
            return None
        precision = Precision.MONTH if season[1] == 1 else Precision.SEASON
        turn = _Turn.THIS if point.yearless and cue is not _Cue.DATE else point.turn
        return attrs.evolve(point, precision=precision, turn=turn)

    return _Form(pattern, read)


def _adverb() -> _Form:
    """« hier », « demain matin »."""
    days: Phrases[int] = Phrases.of(load("dates")["days"])
    pattern = _compiled(rf"(?P<day>{days.source}){WORD_END}(?!-l{source('à')}{WORD_END}){_names().times}")

    def read(found: re.Match[str], cue: _Cue) -> _Point | None:
        shift = days.meaning(found["day"])
        if shift is None:
            return None
        return _Point(*found.span(), Precision.DAY, _Shifted(Precision.DAY, shift))

    return _Form(pattern, read)


_SENTENCE_START = re.compile(r"(?:\A|[.!?…:;«»“”\"(\n\r•|/–—])[^\S\n]{0,3}\Z")
_QUOTE_END = re.compile(r"\s?[»”\"]")


def _is_weekday(text: str, start: int, end: int, cue: _Cue) -> bool:
    """Tell whether the name of a day of the week is one in particular, and no name of something else."""
    if _habits().search(text, max(0, start - 12), start):
        return False
    if not text[start].isupper() or text[start + 1].isupper() or cue is not _Cue.NONE:
        return True
    return bool(_SENTENCE_START.search(text, max(0, start - 5), start)) and not _QUOTE_END.match(text, end)


@cache
def _habits() -> re.Pattern[str]:
    return _compiled(rf"{WORD_START}{alternatives(load('dates')['names']['habits'])}{SPACE}\Z")


def _weekday() -> _Form:
    """« mardi », « mardi dernier », « ce mardi », « lundi soir »."""
    names = _names()
    pattern = _compiled(
        rf"(?P<this>ce{SPACE})?(?P<weekday>{names.weekdays.source}){WORD_END}(?:{SPACE}{names.turn})?{names.times}"
    )

    def read(found: re.Match[str], cue: _Cue) -> _Point | None:
        weekday = names.weekdays.meaning(found["weekday"])
        said = cue if not (found["this"] or found["turn"]) else _Cue.DATE
        if weekday is None or not _is_weekday(found.string, found.start("weekday"), found.end(), said):
            return None
        turn = _turn(found["turn"]) if found["turn"] else _Turn.THIS if found["this"] else None
        return _Point(*found.span(), Precision.DAY, _Weekly(weekday), turn)

    return _Form(pattern, read)


def _unit() -> _Form:
    """« l'an dernier », « ce mois-ci », « le prochain trimestre », the « année » of « la fin de l'année »."""
    words, names = load("dates"), _names()
    here = source("-ci")
    pattern = _compiled(
        rf"(?:(?P<this>{_leading(words['leads']['this'])})|(?:{_leading(words['leads']['unit'])})?"
        rf"(?P<next>prochaine?{SPACE})?)(?P<unit>{names.units.source}){WORD_END}(?:{here}{WORD_END})?"
        rf"(?![-‐‑]l{source('à')}{WORD_END})(?:{SPACE}{names.turn})?"
    )

    def read(found: re.Match[str], cue: _Cue) -> _Point | None:
        unit = names.units.meaning(found["unit"])
        turn = _turn(found["turn"]) if found["turn"] else _Turn.NEXT if found["next"] else None
        if found["this"] or cue is _Cue.PART:
            turn = turn or _Turn.THIS
        if unit is None or turn is None or (found["unit"][-1] in "sS" and unit != "month"):
            return None
        precision = Precision(unit)
        if precision is Precision.WEEKEND:
            return _Point(*found.span(), precision, _Weekly(5, 2), turn)
        return _Point(*found.span(), precision, _Shifted(precision, _SHIFTS[turn]))

    return _Form(pattern, read)


def _rolling() -> _Form:
    """« les trois prochaines années », « ces derniers mois », « les semaines à venir »."""
    words, names = load("dates"), _names()
    some = alternatives(words["counts"]["some"])
    pattern = _compiled(
        rf"(?P<before>{_leading(['de'])})?(?:{_leading(words['leads']['rolling'])})?"
        rf"(?:(?:(?P<count>{_count()})|{some}){SPACE})?(?:(?P<first>{names.turns.source}){SPACE})?"
        rf"(?P<unit>{names.units.source}){WORD_END}(?:{SPACE}{names.turn})?"
    )

    def read(found: re.Match[str], cue: _Cue) -> _Point | None:
        unit = names.units.meaning(found["unit"])
        turn = _turn(found["first"] or found["turn"]) if found["first"] or found["turn"] else None
        if unit is None or turn not in (_Turn.LAST, _Turn.NEXT) or found["unit"][-1] not in "sS":
            return None
        count, about = _number(found["count"]) if found["count"] else (None, True)
        if unit == "month" and not (found["count"] or (found["first"] or found["turn"])[-1] in "sSrRt"):
            return None  # « le mois prochain »
        start = found.end("before") if found["before"] else found.start()
        when = _Rolling(Precision(unit), count, ahead=turn is _Turn.NEXT)
        return _Point(start, found.end(), Precision(unit), when, approximate=about)

    return _Form(pattern, read)


def _cued_year() -> _Form:
    """« en 2015 », « l'exercice 2024 », the year of « la loi de 2015 »."""
    words = load("dates")
    amounts = _compiled(rf"{WORD_START}{alternatives(words['amounts']['words'])}{SPACE}\Z")
    nouns = [w for w in words["year_after"]["words"] if w != "de"]
    weak = rf"(?:{_leading(nouns)}|(?P<of>{_leading(['de'])})|(?P<open>\())"
    only = _year(sure=False, to="last", year="only")
    change = rf"{SPACE}{_leading(words['ranges']['to'])}[0-9]"  # « de 2000 à 2500 »
    pattern = _compiled(rf"(?:{_leading(words['leads']['year'])}{_year()}|{weak}{only}(?!{change})(?P<close>\))?)")

    def read(found: re.Match[str], cue: _Cue) -> _Point | None:
        if found["year"]:
            years, span = _years(found["year"], found["to"]), found.span()
        else:
            years, span = (
                _years(found["only"], found["last"]),
                (found.start("only"), found.end("last" if found["last"] else "only")),
            )
            if found["open"] and not found["close"]:
                return None
            if found["of"] and amounts.search(found.string, max(0, found.start() - 20), found.start()):
                return None
        return _Point(*span, Precision.YEAR, years) if years else None

    return _Form(pattern, read)


def _bare_year() -> _Form:
    """The year of « depuis 2019 », « fin 2026 »; a pair such as « 2025-2028 » needs no word before it."""
    pattern = _compiled(_year(sure=False))

    def read(found: re.Match[str], cue: _Cue) -> _Point | None:
        said = cue is not _Cue.NONE or len(found["to"] or "") == 4
        years = _years(found["year"], found["to"]) if said else None
        return _Point(*found.span(), Precision.YEAR, years) if years else None

    return _Form(pattern, read)


def _decade() -> _Form:
    """« les années 2010 », « les années 80 »."""
    words = load("dates")
    pattern = _compiled(
        rf"(?:{_leading(words['leads']['decade'])})?{alternatives(words['decades']['words'])}{SPACE}(?P<decade>(?:1[89]|20)[0-9]0|[1-9]0){WORD_END}"
    )

    def read(found: re.Match[str], cue: _Cue) -> _Point | None:
        first = int(found["decade"])
        first += 1900 if first < 100 else 0
        when = _Fixed(datetime.date(first, 1, 1), datetime.date(first + 9, 12, 31))
        return _Point(*found.span(), Precision.DECADE, when)

    return _Form(pattern, read)


def _duration() -> _Form:
    """A number of periods, which the words before count from publication: the end of « il y a deux ans »."""
    words, names = load("dates"), _names()
    counts = words["counts"]
    pattern = _compiled(
        rf"(?P<about>{_leading(counts['about'])})?(?P<low>{_count()}{SPACE}{alternatives(counts['joints'])}{SPACE})?(?:(?P<count>{_count()})|{alternatives(counts['some'])}){SPACE}(?:{OF})?"
        rf"(?P<unit>{names.units.source}){WORD_END}(?P<half>{SPACE}{alternatives(counts['half'])}{WORD_END})?"
        rf"(?!{SPACE}{alternatives(counts['elsewhere'])}{WORD_END})"
    )

    def read(found: re.Match[str], cue: _Cue) -> _Point | None:
        unit = names.units.meaning(found["unit"])
        if unit is None:
            return None
        count, about = _number(found["count"]) if found["count"] else (None, True)
        precision = Precision(unit)
        half = bool(found["half"])
        if half and count is not None and precision is Precision.YEAR:
            precision, count, half = Precision.MONTH, 12 * count + 6, False
        when = _Shifted(precision, count)
        return _Point(*found.span(), precision, when, approximate=about or half or bool(found["about"] or found["low"]))

    return _Form(pattern, read)


# Reading -----------------------------------------------------------------------------------------------------


def _expressions(text: str, grammar: _Grammar) -> Iterator[_Expression]:
    """Yield the dates of a text in order, without overlap."""
    at = 0
    while found := grammar.start.search(text, at):
        if name := _false_friends().match(text, found.start()):
            at = name.end()
            continue
        expression = _expression(text, found.start(), grammar)
        at = found.end()
        while expression:
            yield expression
            at = expression.end
            expression = _next_in_list(text, expression, grammar)


def _next_in_list(text: str, before: _Expression, grammar: _Grammar) -> _Expression | None:
    """Return the date that follows another in a list."""
    joint = grammar.listed.match(text, before.end)
    if not joint or _false_friends().match(text, joint.end()):
        return None
    cue = _Cue.DATE if _is_year(before.last) else _Cue.NONE
    expression = _expression(text, joint.end(), grammar, cue)
    return attrs.evolve(expression, linked=True) if expression else None


def _is_year(point: _Point) -> bool:
    return point.precision is Precision.YEAR and isinstance(point.when, _Fixed)


def _expression(text: str, at: int, grammar: _Grammar, cue: _Cue = _Cue.NONE) -> _Expression | None:
    """Return the longest date that starts at an offset."""
    point = _point(text, at, grammar, cue)
    whole = point and (_dashed(text, point, grammar) or _Expression(point.start, point.end, point, point))
    read = (whole, _range(text, at, grammar), _bounded(text, at, grammar))  # of two as long the first
    found = max((e for e in read if e), key=lambda e: e.end, default=None)
    if found and not found.bound.side:
        for pattern, bound in grammar.after_bounds:
            if after := pattern.match(text, found.end):
                return attrs.evolve(found, end=after.end(), bound=bound)
    return found


def _range(text: str, at: int, grammar: _Grammar) -> _Expression | None:
    """Return the range that starts at an offset: « entre 2020 et 2024 », « du 3 au 5 mai »."""
    for opening, joint in ((grammar.between, grammar.conjunction), (grammar.opening, grammar.to)):
        opened = opening.match(text, at)
        first = _point(text, opened.end(), grammar, _Cue.DATE) if opened else None
        joined = joint.match(text, first.end) if first else None
        last = _point(text, joined.end(), grammar, _Cue.DATE) if joined else None
        if first and last and _in_order(first, last):
            return _Expression(at, last.end, first, last)
    return None


def _dashed(text: str, first: _Point, grammar: _Grammar) -> _Expression | None:
    """Return the range that a point starts with a dash: « mars-avril 2024 »."""
    dash = grammar.dash.match(text, first.end)
    last = _point(text, dash.end(), grammar, _Cue.DATE if _is_year(first) else _Cue.NONE) if dash else None
    if last and first.precision is last.precision and type(first.when) is type(last.when) and _in_order(first, last):
        return _Expression(first.start, last.end, first, last)
    return None


def _in_order(first: _Point, last: _Point) -> bool:
    """Tell whether two points can be the ends of a range."""
    if isinstance(first.when, _Fixed) and isinstance(last.when, _Fixed):
        return first.when.start < last.when.end
    return True


def _bounded(text: str, at: int, grammar: _Grammar) -> _Expression | None:
    """Return the date with what bounds it that starts at an offset: « depuis 2019 », « il y a deux ans »."""
    longest: _Expression | None = None
    for pattern, bound in grammar.bounds:
        opened = pattern.match(text, at)
        if opened is None:
            continue
        point = _point(text, opened.end(), grammar, _Cue.DATE) if bound.dates else None
        if bound.span and (count := grammar.duration.pattern.match(text, opened.end())):
            point = _counted(grammar.duration.read(count, _Cue.DATE), bound) or point
        if point and (longest is None or point.end > longest.end):
            longest = _Expression(at, point.end, point, point, bound)
    return longest


def _counted(point: _Point | None, bound: _Bound) -> _Point | None:
    """Return the point that a number of periods tells, counted from publication."""
    if point is None or not isinstance(point.when, _Shifted):
        return None
    precision, count = point.when.precision, point.when.shift
    when: _When
    if bound.side:
        when = _Rolling(precision, count, ahead=bound.span > 0)
    else:
        when = _Shifted(precision, None if count is None else bound.span * count)
    return attrs.evolve(point, when=when)


def _point(text: str, at: int, grammar: _Grammar, cue: _Cue) -> _Point | None:
    """Return the longest point in time that starts at an offset."""
    whole = _longest(text, at, grammar, cue)
    opened = grammar.part.match(text, at)
    of = _longest(text, opened.end(), grammar, _Cue.PART) if opened else None
    if not opened or of is None or of.precision is Precision.DAY or (whole and whole.end > of.end):
        return whole
    if opened["part"]:
        third = grammar.parts.meaning(opened["part"])
        return attrs.evolve(of, start=at, part=_Part(_Third(third))) if third else whole
    months, _ = _number(opened["count"])
    if not months or months > 12 or of.precision is not Precision.YEAR:
        return whole
    return attrs.evolve(of, start=at, precision=Precision.MONTH, part=_Part(months=months))


def _longest(text: str, at: int, grammar: _Grammar, cue: _Cue) -> _Point | None:
    longest: _Point | None = None
    for form in grammar.forms:
        found = form.pattern.match(text, at)
        point = form.read(found, cue) if found else None
        if point and (longest is None or point.end > longest.end):
            longest = point
    return longest


def _shared(expressions: list[_Expression]) -> list[_Expression]:
    """Give the dates of lists and ranges the month and the year that the last of them tells."""
    done: list[_Expression] = []
    following: _Expression | None = None
    for expression in reversed(expressions):
        last = expression.last
        if following and following.linked:
            last = _inherit(last, following.first)
        first = last if expression.first is expression.last else _inherit(expression.first, last)
        following = attrs.evolve(expression, first=first, last=last)
        if not any(isinstance(p.when, _Yearly) and p.when.month is None for p in (first, last)):
            done.append(following)
    return done[::-1]


def _inherit(point: _Point, later: _Point) -> _Point:
    mine, other = point.when, later.when
    if not isinstance(mine, _Yearly) or not isinstance(other, _Yearly) or point.precision is not later.precision:
        return point
    if mine.month is None:
        mine = attrs.evolve(mine, month=other.month)
        if other.month is None or not _exists(mine):
            return point
    elif not point.yearless:
        return point
    before = (mine.month or 0, mine.day or 0) > (other.month or 0, other.day or 0)
    year = None if other.year is None else other.year - before
    shift = None if other.shift is None else other.shift - before
    return attrs.evolve(point, when=attrs.evolve(mine, year=year, shift=shift), turn=later.turn)
