"""Amounts of money: « 12 M€ », « plus de 13 milliards de dollars », « entre 70 et 90 millions d'euros ».

`find_money` reads what the words of an amount say by themselves. `resolve_elided` adds what they leave to the
context: the currency of « 18 millions », and bare numbers as in « dont 25 apportés par ».
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

import attrs

from newsclaims.claims import Money, Per
from newsclaims.errors import InputTypeError
from newsclaims.lexicon import load
from newsclaims.mentions.bounds import qualify
from newsclaims.mentions.numbers import Link, Quantity, find_quantities, link, times
from newsclaims.mentions.phrases import MAYBE_SPACE, OF, SPACE, WORD_END, WORD_START, Phrases, alternatives, source
from newsclaims.spans import Span

_MILLION = 1_000_000
# Articles glued together by a lost line break (« 4 millions d'eurosLe groupe ») still end the word.
_GLUED_END = rf"(?:{WORD_END}|(?-i:(?<=[a-zé])(?=[A-ZÀ-Ý])))"
_SENTENCE_END = re.compile(r"[.!?…][\s»”\")]{0,3}\s(?=[\s«“\"(]{0,3}[A-ZÀ-Ý])|\n\s{0,3}\n")
_CLOSING = re.compile(r"[^()\[\]\d\n]{0,40}[)\]]")
_MOST_RATIO = 2000  # between a price and itself in another currency
_ENGLISH_THOUSANDS = re.compile(r"[1-9][0-9]{0,2},[0-9]{3}")
_MOST_ELIDED = 1000  # « en lève 1 500 » counts other things than millions
_OTHER_FIGURE = re.compile(r"(?<!\d)(?!(?:19|20)\d\d(?!\d))\d")
_SAME_SENTENCE = 300  # characters; farther numbers do not lean on each other


def find_money(text: str) -> list[Money]:
    """Find the amounts of money that a text states.

    A number counts as money when it has a currency, or a scale from the million on that counts nothing else:
    « 18 millions » does, with no currency, and « 3 millions de clients » does not. An amount given again in
    another currency (« 1 milliard de dollars (920 millions d'euros) ») is one amount, the first, with the second
    for its conversion. Prices and rates (« 31 euros par action », « 2 milliards par an ») say what they are
    counted by and so are told from totals.

    Args:
        text: any text.

    Returns:
        The amounts in text order, without overlap; the mentions are offsets into the text as given and
        include the words that bound the amount.

    Raises:
        InputTypeError: the text is not a string.
    """
    if not isinstance(text, str):
        raise InputTypeError(f"find_money reads a str, not {type(text).__name__}: decode the bytes first")
    grammar = _grammar()
    amounts = list(_amounts(text, grammar))
    found: list[Money] = []
    at = left = 0
    while at < len(amounts):
        first = amounts[at]
        pair = _pair(text, left, first, amounts[at + 1], grammar) if at + 1 < len(amounts) else None
        if pair is not None:
            found += pair
            at += 2
        else:
            if _is_money(text, first, grammar):
                found.append(_money(text, left, first))
            at += 1
        left = found[-1].mention.end if found else 0
    return _without_conversions(text, found)


def resolve_elided(text: str, found: list[Money]) -> list[Money]:
    """Complete the amounts of a text with what they leave to the context.

    Amounts without a currency take that of the nearest earlier amount, else of the nearest later one. Bare
    numbers that lean on an amount of their sentence (« dont 25 apportés par », « X a levé 15 millions d'euros,
    Y 8 », « d'un tour de 40 à un autre de 650 millions ») or of the one before (« elle en avait levé 8 ») become
    amounts with its scale and currency.

    Args:
        text: the text.
        found: what `find_money` returned for it.

    Returns:
        The amounts in text order, without overlap. Those that the text leaves without a figure and without a
        currency (« des milliards ») stay as they are.
    """
    if not found:
        return []
    grammar = _grammar()
    return _with_currencies(text, _with_bare_numbers(text, found, grammar), grammar)


@attrs.frozen
class _Currency:
    code: str | None
    homonym: bool = False


@attrs.frozen
class _Amount:
    """A quantity with what stands around it.

    Attributes:
        start: offset of the number or of the sign before it.
        end: offset after the number or its currency.
        quantity: the number in words or digits.
        scale: the scale, from a word or from letters as in « M€ ».
        currency: None without a currency.
    """

    start: int
    end: int
    quantity: Quantity
    scale: Decimal
    currency: _Currency | None = None

    @property
    def value(self) -> Decimal | None:
        number = self.quantity.number
        return None if number is None else times(number, self.scale)


@attrs.frozen
class _Grammar:
    currencies: Phrases[_Currency]
    symbols: dict[str, _Currency]
    abbreviations: dict[str, int]
    prefix: re.Pattern[str]
    after_noun: re.Pattern[str]
    after_number: re.Pattern[str]
    after_letters: re.Pattern[str]
    letters: re.Pattern[str]
    homonym_follower: re.Pattern[str]
    counted: re.Pattern[str]
    rates: Phrases[str]
    rate: re.Pattern[str]
    rate_ahead: re.Pattern[str]
    conversion: re.Pattern[str]
    again: re.Pattern[str]
    dont: re.Pattern[str]
    share: re.Pattern[str]
    raised: re.Pattern[str]
    taken: re.Pattern[str]
    dated: re.Pattern[str]
    dated_end: re.Pattern[str]
    elided_end: re.Pattern[str]
    listed: re.Pattern[str]
    list_end: re.Pattern[str]
    of_name: re.Pattern[str]
    round: re.Pattern[str]
    to_another: re.Pattern[str]
    name: re.Pattern[str]


@cache
def _grammar() -> _Grammar:
    words = load("currencies")
    names: dict[str, _Currency] = {}
    symbols: dict[str, _Currency] = {}
    for entry in words["currency"]:
        code = entry.get("code")
        names |= dict.fromkeys(entry.get("names", ()), _Currency(code))
        names |= dict.fromkeys(entry.get("homonyms", ()), _Currency(code, homonym=True))
        symbols |= {_tight(symbol): _Currency(code) for symbol in entry.get("symbols", ())}
    currencies = Phrases.of(names)
    written = {s for entry in words["currency"] for s in entry.get("symbols", ())}
    signs = "(?-i:" + "|".join(_sign(s) for s in sorted(written, key=lambda s: (-len(s), s))) + ")"
    unit = rf"(?:(?P<symbol>{signs})|(?P<name>{currencies.source}){_GLUED_END})"
    abbreviations: dict[str, int] = load("numbers")["abbreviations"]
    letters = "(?P<letters>(?-i:" + "|".join(sorted(abbreviations, key=lambda a: (-len(a), a))) + "))"
    shares, counted = words["shares"], words["counted"]
    rounds = alternatives(shares["rounds"])
    to = f"(?:{source('à')}|puis|et)"
    rates = words["rates"]
    nouns, phrases, adjectives = rates["nouns"], rates["phrases"], rates["adjectives"]
    often = f"(?:chaque|tou(?:s|tes){SPACE}les)"
    by = f"(?:par|{often})"
    equivalent = source("l'équivalent")
    same = f"(?:soit|{equivalent}{SPACE}de)"
    elided = words["elided"]
    when = f"{alternatives(elided['when'])}{WORD_END}"
    taking = rf"{WORD_START}en{SPACE}(?:\w{{1,7}}{SPACE}){{0,2}}"
    proper = r"(?-i:[A-ZÀ-Ý][\w'’&.-]{0,40})"

    def compiled(pattern: str) -> re.Pattern[str]:
        return re.compile(pattern, re.IGNORECASE)

    return _Grammar(
        currencies=currencies,
        symbols=symbols,
        abbreviations=abbreviations,
        prefix=compiled(rf"(?<![\w$])(?P<symbol>{signs}){MAYBE_SPACE}\Z"),
        after_noun=compiled(rf"{MAYBE_SPACE}(?:{OF})?{unit}"),
        after_number=compiled(rf"{MAYBE_SPACE}{unit}"),
        after_letters=compiled(rf"{MAYBE_SPACE}{letters}\.?{MAYBE_SPACE}(?:{OF})?{unit}"),
        letters=compiled(rf"{MAYBE_SPACE}{letters}{WORD_END}"),
        homonym_follower=compiled(rf"{SPACE}{alternatives(counted['homonym_followers'])}{WORD_END}"),
        counted=compiled(
            rf"{SPACE}(?:{OF}(?!(?:{alternatives(words['money_nouns']['words'])}|(?:19|20)\d\d){WORD_END})"
            rf"|{alternatives(counted['nouns'])}{WORD_END})"
        ),
        rates=Phrases.of(nouns | phrases | adjectives),
        rate=compiled(
            rf"(?:{SPACE}{alternatives(words['rates']['between'])}{WORD_END})?{MAYBE_SPACE}"
            rf"(?:(?:{by}{SPACE}|/{MAYBE_SPACE})(?P<noun>{alternatives(nouns)})"
            rf"|(?P<phrase>{alternatives(phrases | adjectives)})|(?P<slash>/){MAYBE_SPACE}[^\W\d_]+){WORD_END}"
            rf"(?!{SPACE}{alternatives(rates['dating'])}{WORD_END})"
        ),
        rate_ahead=compiled(
            rf"{WORD_START}(?:{often}{SPACE}(?P<noun>{alternatives(nouns)}){SPACE}"
            rf"|(?P<phrase>{alternatives(adjectives)}){SPACE}(?:{OF}|{source('à')}{SPACE}))\Z"
        ),
        conversion=compiled(rf"(?P<open>{MAYBE_SPACE}[(\[]{MAYBE_SPACE}(?:{same}{SPACE})?)|,?{SPACE}{same}{SPACE}"),
        again=compiled(rf"{MAYBE_SPACE}(?:[,;/]|{source('ou')}{WORD_END}|{source('et')}{WORD_END}){MAYBE_SPACE}"),
        dont=compiled(rf"{WORD_START}dont{SPACE}\Z"),
        share=compiled(rf"{SPACE}{alternatives(shares['participles'])}{WORD_END}"),
        raised=compiled(rf"{taking}{alternatives(elided['raise'])}{SPACE}\Z"),
        taken=compiled(rf"(?:{taking}{alternatives(elided['take'])}|{WORD_START}(?:contre|avec)){SPACE}\Z"),
        dated=compiled(
            rf"(?:{SPACE}{when}(?:{SPACE}[\w.]+){{0,3}})?"
            rf"(?:[,;]{SPACE}(?:(?:puis|et){SPACE})?|{SPACE}(?:puis|et){SPACE})"
        ),
        dated_end=compiled(rf"{SPACE}{when}"),
        elided_end=compiled(
            rf"{MAYBE_SPACE}[,;:.!?)»]|{SPACE}(?:{when}|{alternatives(elided['ends'])}{WORD_END})|{MAYBE_SPACE}\Z"
        ),
        listed=compiled(rf"(?:[,;]|{SPACE}et){SPACE}(?:et{SPACE})?{proper}(?:{SPACE}{proper}){{0,3}}{SPACE}"),
        list_end=compiled(rf"{MAYBE_SPACE}(?:[,;.)]|et{WORD_END}|\Z)"),
        of_name=compiled(rf"{SPACE}{OF}{proper}"),
        round=compiled(rf"{WORD_START}{rounds}{SPACE}de{SPACE}\Z"),
        to_another=compiled(
            rf"{SPACE}{to}{SPACE}(?:(?:{source('à')}{SPACE})?une?{SPACE}(?:autre|seconde?|nouveau|nouvelle|deuxième)"
            rf"{SPACE}(?:{rounds}{SPACE})?de{SPACE})?"
        ),
        name=compiled(rf"{WORD_START}{currencies.source}{_GLUED_END}"),
    )


def _tight(symbol: str) -> str:
    return "".join(symbol.split())


def _sign(symbol: str) -> str:
    """Return the regular expression of a sign or code; the case holds."""
    pattern = MAYBE_SPACE.join(re.escape(part) for part in symbol.split())
    return pattern + (WORD_END if symbol[-1].isalpha() else "")


def _amounts(text: str, grammar: _Grammar) -> Iterator[_Amount]:
    """Yield every number of the text with its currency, if it has one."""
    left = 0
    for quantity in find_quantities(text):
        amount = _with_unit(text, left, quantity, grammar)
        left = amount.end
        yield amount


def _with_unit(text: str, left: int, quantity: Quantity, grammar: _Grammar) -> _Amount:
    amount = _Amount(quantity.start, quantity.end, quantity, quantity.scale)
    before = None
    if quantity.digits and (prefix := grammar.prefix.search(text, max(left, quantity.start - 8), quantity.start)):
        before = grammar.symbols.get(_tight(prefix["symbol"]))
    if quantity.noun:
        unit = grammar.after_noun.match(text, quantity.end)
    else:
        unit = grammar.after_letters.match(text, quantity.end) if quantity.digits else None
        letters = unit or (grammar.letters.match(text, quantity.end) if before else None)
        if letters:
            scale = Decimal(grammar.abbreviations[letters["letters"]])
            amount = attrs.evolve(amount, end=letters.end(), scale=scale)
        unit = unit or grammar.after_number.match(text, amount.end)
    if unit:
        after = grammar.symbols.get(_tight(unit["symbol"])) if unit["symbol"] else None
        if unit["name"]:
            after = grammar.currencies.meaning(unit["name"])
        if after and not (after.homonym and _is_thing(text, amount, unit.end(), grammar)):
            return attrs.evolve(amount, end=unit.end(), currency=after)
    if not before or not prefix:
        return amount
    if amount.scale == 1 and _ENGLISH_THOUSANDS.fullmatch(text, quantity.start, quantity.end):
        amount = attrs.evolve(amount, scale=Decimal(1000))  # « $1,300 », whose comma was read as a decimal one
    return attrs.evolve(amount, start=prefix.start(), currency=before)


def _is_thing(text: str, amount: _Amount, end: int, grammar: _Grammar) -> bool:
    """Tell whether a name such as « livres » after a number means the thing, not the currency."""
    value = amount.value
    large = amount.scale >= _MILLION or (amount.quantity.digits and value is not None and value >= 1000)
    return not large or bool(grammar.homonym_follower.match(text, end))


def _is_money(text: str, amount: _Amount, grammar: _Grammar) -> bool:
    if amount.currency:
        return True
    quantity = amount.quantity
    scaled = quantity.noun and quantity.scale >= _MILLION and quantity.numeral
    if not scaled or not grammar.counted.match(text, amount.end):
        return scaled
    # « le tour de 15 millions de Karbo »: a round is counted in money, whosever it is.
    return bool(
        grammar.of_name.match(text, amount.end) and grammar.round.search(text, max(0, amount.start - 30), amount.start)
    )


def _pair(text: str, left: int, first: _Amount, second: _Amount, grammar: _Grammar) -> list[Money] | None:
    """Return what two linked numbers say together; None if they are not linked."""
    linked = link(text, first.start, first.end, second.start)
    if linked is None or first.quantity.number is None or not (second.currency or second.scale >= _MILLION):
        return None
    how, start = linked
    # With a currency of its own the first stands alone (« lève 12 M$ à 60 M$ »), except in « entre … et ».
    if first.currency and (start == first.start or first.currency != second.currency):
        return None
    if not _is_money(text, second, grammar):
        return []
    low, high = _aligned(first, second, how), second.value
    if low is None or high is None:
        return None
    code = second.currency.code if second.currency else None
    if how is Link.CHANGE:
        old = _money(text, left, attrs.evolve(first, currency=second.currency), value=low)
        new = _money(text, old.mention.end, second)
        return [attrs.evolve(old, per=new.per), new]
    whole = attrs.evolve(second, start=start)
    money = _money(text, left, whole, value=low, about=first.quantity.about)
    return [attrs.evolve(money, max=high, currency=code)]


def _aligned(first: _Amount, second: _Amount, how: Link) -> Decimal | None:
    """Return the value of the first of two linked amounts, which may lack the scale of the second."""
    number, value, high = first.quantity.number, first.value, second.value
    if number is None or value is None or high is None:
        return None
    candidates = [value] if first.scale > 1 else [times(number, second.scale)]
    if first.scale == 1 and second.scale > 1 and number >= 1000:
        if first.quantity.end - first.quantity.start == 4:
            return None  # a year
        candidates.append(value)
    if how is Link.CHANGE:
        return candidates[-1]
    return next((c for c in candidates if c < high), None)


def _money(text: str, left: int, amount: _Amount, value: Decimal | None = None, about: bool = False) -> Money:
    """Return an amount with the words that bound it, none of them before ``left``."""
    bound, start, end = qualify(text, amount.start, amount.end, left, about or amount.quantity.about)
    return Money(
        value=amount.value if value is None else value,
        currency=amount.currency.code if amount.currency else None,
        qualifier=bound,
        per=_per(text, left, start, end),
        mention=Span.of(text, start, end),
    )


def _per(text: str, left: int, start: int, end: int) -> Per | None:
    """Return what an amount is counted by, told behind it or else before it, but not before ``left``."""
    grammar = _grammar()
    found = grammar.rate.match(text, end) or grammar.rate_ahead.search(text, max(left, start - 40), start)
    if found is None:
        return None
    per = grammar.rates.meaning(found["noun"] or found["phrase"] or "")
    return Per(per) if per else Per.UNIT


def _without_conversions(text: str, found: list[Money]) -> list[Money]:
    """Make one of an amount and the same in another currency: « 40 dollars (35 euros) », « soit 35 euros »."""
    kept: list[Money] = []
    at = 0
    while at < len(found):
        end, following = _conversion_end(text, found, at) or (None, at + 1)
        money = found[at]
        if end is not None:
            start, conversion = money.mention.start, found[at + 1]
            per = money.per or conversion.per or _per(text, start, start, end)
            conversion = attrs.evolve(conversion, per=per)
            money = attrs.evolve(money, per=per, conversion=conversion, mention=Span.of(text, start, end))
        kept.append(money)
        at = following
    return kept


def _conversion_end(text: str, found: list[Money], at: int) -> tuple[int, int] | None:
    """Return where the conversion of an amount ends, and the place of the next amount; None without a conversion.

    In parentheses there may be conversions to several currencies: « 40 dollars (35 euros, 30 livres) ».
    """
    grammar = _grammar()
    money = found[at]
    named = money.currency or grammar.name.search(money.mention.text)  # « 2 millions de pesos (80.000 euros) »
    seen = {money.currency}
    opened: re.Match[str] | None = None
    for place in range(at + 1, len(found)):
        before, other = found[place - 1], found[place]
        if not named or not other.currency or other.currency in seen:
            return None
        if opened is None:
            rate = grammar.rate.match(text, money.mention.end) if money.per else None
            opened = grammar.conversion.fullmatch(text, rate.end() if rate else money.mention.end, other.mention.start)
            if opened is None or (rate and not _comparable(money, other)):
                return None
        elif not grammar.again.fullmatch(text, before.mention.end, other.mention.start):
            return None
        if not opened["open"]:
            return other.mention.end, place + 1
        if closing := _CLOSING.match(text, other.mention.end):
            return closing.end(), place + 1
        seen.add(other.currency)
    return None


def _comparable(price: Money, other: Money) -> bool:
    """Tell whether an amount may be a price in another currency: « 31 dollars par action, soit 2 Md€ » is a total."""
    if not price.value or not other.value:
        return False
    return other.value < price.value * _MOST_RATIO


def _with_bare_numbers(text: str, found: list[Money], grammar: _Grammar) -> list[Money]:
    """Add the numbers without scale and currency that lean on an amount of their sentence."""
    done: list[Money] = []
    waiting = found[::-1]
    model: Money | None = None  # the last amount with a scale of its own
    for quantity in find_quantities(text):
        while waiting and waiting[-1].mention.start <= quantity.start:
            model = waiting.pop()
            done.append(model)
        left = done[-1].mention.end if done else 0
        if quantity.number is None or quantity.noun or left > quantity.start:
            continue
        bound, start, _ = qualify(text, quantity.start, quantity.end, left)
        mention = Span.of(text, start, quantity.end)
        unit = None
        if model and _leans_back(text, model, left, quantity, mention, grammar):
            unit = model
        elif waiting and _leans_on(text, mention, waiting[-1], grammar):
            unit = waiting[-1]
        if unit:
            value = times(quantity.number, _scale(unit, grammar))
            per = _per(text, left, mention.start, mention.end)
            done.append(Money(value=value, currency=unit.currency, qualifier=bound, per=per, mention=mention))
    return done + waiting[::-1]


def _leans_back(text: str, model: Money, left: int, quantity: Quantity, mention: Span, grammar: _Grammar) -> bool:
    """Tell whether a bare number is a share of the amount before it, or follows it in a list."""
    if mention.start - left > _SAME_SENTENCE or model.value is None or quantity.number is None:
        return False
    dont = grammar.dont.search(text, max(left, mention.start - 10), mention.start)
    if dont and grammar.share.match(text, mention.end):
        part = times(quantity.number, _scale(model, grammar))
        return part <= (model.max or model.value) and not _SENTENCE_END.search(text, left, mention.start)
    listed = grammar.listed.fullmatch(text, left, mention.start)
    if listed and grammar.list_end.match(text, mention.end):
        return True
    return _is_elided(text, model, left, quantity, mention, grammar)


def _is_elided(text: str, model: Money, left: int, quantity: Quantity, mention: Span, grammar: _Grammar) -> bool:
    """Tell whether a bare number repeats the unit of the amount before it: « elle en a levé 19 », « 18 en 2015 »."""
    if not quantity.digits or quantity.number is None or quantity.number >= _MOST_ELIDED:
        return False
    if not grammar.elided_end.match(text, mention.end):
        return False
    near = max(left, mention.start - 40)
    raised = grammar.raised.search(text, near, mention.start)
    if not raised and not grammar.taken.search(text, near, mention.start):
        dated = grammar.dated_end.match(text, mention.end) and grammar.dated.fullmatch(text, left, mention.start)
        return bool(dated) and _scale(model, grammar) > 1
    # What « en » stands for: an amount, unless something else was counted since (« elle a 30 salariés, contre 26 »).
    ends = len(_SENTENCE_END.findall(text, left, mention.start))
    if ends > (1 if raised else 0) or (not raised and _OTHER_FIGURE.search(text, left, mention.start)):
        return False
    return _scale(model, grammar) > 1


def _leans_on(text: str, mention: Span, coming: Money, grammar: _Grammar) -> bool:
    """Tell whether a bare number takes its unit from the amount after it."""
    return bool(
        grammar.round.search(text, max(0, mention.start - 30), mention.start)
        and grammar.to_another.fullmatch(text, mention.end, coming.mention.start)
    )


def _scale(money: Money, grammar: _Grammar) -> Decimal:
    """Return the scale that an amount was written with."""
    words = money.mention.text
    if money.conversion:
        words = words[: money.conversion.mention.start - money.mention.start]
    scales = [amount.scale for amount in _amounts(words, grammar)]
    return next((s for s in reversed(scales) if s > 1), Decimal(1))


def _with_currencies(text: str, amounts: list[Money], grammar: _Grammar) -> list[Money]:
    """Give the amounts without a currency that of a neighbour."""
    later: list[str | None] = [None] * len(amounts)
    for i in range(len(amounts) - 2, -1, -1):
        later[i] = amounts[i + 1].currency or later[i + 1]
    resolved: list[Money] = []
    earlier: str | None = None
    for i, money in enumerate(amounts):
        if money.currency is None and money.value is not None and not grammar.name.search(money.mention.text):
            following = amounts[i + 1] if i + 1 < len(amounts) else None
            near = following and grammar.to_another.fullmatch(text, money.mention.end, following.mention.start)
            currency = following.currency if following and near and following.currency else earlier or later[i]
            money = attrs.evolve(money, currency=currency)
        resolved.append(money)
        earlier = money.currency or earlier
    return resolved
