"""Layout: from a text as given to stretches of clean text that a parser reads well.

Parsers are trained on tidy text: straight apostrophes, plain spaces, composed accents, one paragraph a line. News
comes otherwise. `clean` tidies the characters and keeps the way back to every offset; `blocks` finds the
stretches that no sentence crosses (paragraphs, headlines, list items); `pieces` cuts them where a sentence ends beyond
doubt and bounds their length. What a piece says is read without its neighbours, so that a text can be read in part.
"""

from __future__ import annotations

import unicodedata
from array import array
from collections.abc import Iterator, Sequence
from itertools import pairwise

import attrs
import regex

from newsclaims.lexicon.words import is_place

# One character for one: none of these moves an offset.
_CONTROLS = (*range(0x20), *range(0x7F, 0xA0))
_SPACES = (0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000)
_SURROGATES = range(0xD800, 0xE000)
_TABLE: dict[int, str] = (
    dict.fromkeys((*_CONTROLS, *_SPACES), " ")
    | dict.fromkeys(map(ord, "\n\v\f\r\x1c\x1d\x1e\x85\u2028\u2029"), "\n")
    | dict.fromkeys(_SURROGATES, "\ufffd")
    | dict.fromkeys(map(ord, "’‘‛ʼʹ′´`＇"), "'")
    | dict.fromkeys(map(ord, "“„‟"), "«")
    | {ord("”"): "»"}
    | dict.fromkeys(map(ord, "\u2010\u2011"), "-")
)

# French treebanks know neither the dash of an aside nor the one-character ellipsis: commas and full stops stand in.
# Emoji and dingbats are no words: a parser takes them for subjects.
_PICTOGRAPHS = regex.compile(r"[\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]")
_ASIDE = regex.compile(r"(?<=[^ \n] )[-–—](?= )")
_INVERSION = regex.compile(r"(?<=\p{Ll}) (?=t-(?:ils?|elles?|on)\b)")  # « a t-il » for « a-t-il »
_FINAL_ELLIPSIS = regex.compile(r"…(?=[ »\")]{0,4}(?:\p{Lu}|\n|$))")

# A letter and its combining accents become one character; format characters (soft hyphen, zero-width space,
# byte-order mark, direction marks) become none. « jeune pousse » and « il y a deux ans », which parsers take for
# clauses, become « start-up » and « depuis deux ans ».
_RESIZED = regex.compile(
    r"\p{L}\p{Mn}{1,2}|\p{Cf}|\b[Jj]eunes?[ \n]pousses?\b"
    r"|\b[Ii]l[ \n]y[ \n]a(?=(?:[ \n][\p{L}\d'-]{1,12}+){1,3}[ \n](?:ans?|années?|mois|semaines?|jours?|heures?)\b)"
)
_RESPELT = {"jeune pousse": "start-up", "jeunes pousses": "start-ups", "il y a": "depuis"}


@attrs.frozen
class CleanText:
    """A tidied text that remembers where its characters come from.

    Attributes:
        text: the tidied text, with no white space but the space and the newline.
    """

    text: str
    _starts: Sequence[int]
    _ends: Sequence[int]

    def source(self, start: int, end: int) -> tuple[int, int]:
        """Return the offsets in the text as given of the non-empty stretch ``text[start:end]``."""
        return self._starts[start], self._ends[end - 1]


def clean(text: str) -> CleanText:
    """Tidy a text for a parser: apostrophes, quotes, dashes, spaces, accents, invisible characters."""
    tidy = _PICTOGRAPHS.sub(" ", text.replace("\r\n", " \n").translate(_TABLE))
    tidy = _INVERSION.sub("-", _ASIDE.sub(",", tidy))
    tidy = _FINAL_ELLIPSIS.sub(".", tidy).replace("…", ",")
    parts: list[str] = []
    starts, ends = array("q"), array("q")
    position = 0
    for match in _RESIZED.finditer(tidy):
        start, end = match.span()
        parts.append(tidy[position:start])
        starts.extend(range(position, start))
        ends.extend(range(position + 1, start + 1))
        position = end
        respelt = _RESPELT.get(" ".join(match[0].lower().split()))
        if respelt:
            # every character of the new spelling stands for the whole of the old one
            parts.append(respelt)
            starts.extend([start] * len(respelt))
            ends.extend([end] * len(respelt))
            continue
        new = "" if unicodedata.category(match[0][0]) == "Cf" else unicodedata.normalize("NFC", match[0])
        parts.append(new)
        # The first of the new characters stands for all that the composition swallowed.
        last = range(end - len(new), end)
        starts.extend([start, *last[1:]][: len(new)])
        ends.extend(i + 1 for i in last)
    if not parts:
        return CleanText(tidy, range(len(tidy)), range(1, len(tidy) + 1))
    parts.append(tidy[position:])
    starts.extend(range(position, len(tidy)))
    ends.extend(range(position + 1, len(tidy) + 1))
    return CleanText("".join(parts), starts, ends)


_LINE = regex.compile(r"[^ \n](?:[^\n]*[^ \n])?")
_BULLET = regex.compile(r"(?:[-–—•*▪▫‣◦·●○■□►▶➤→✓]|\d{1,2}[.)]) +(?=[^ \n])")
_DATELINE = regex.compile(
    r"\p{Lu}[\p{L} '-]{2,40}+, (?:le )?\d{1,2}(?:er)? \p{L}{3,9}+\.?(?: \d{4})?"
    r"(?: \(\p{Lu}[\p{L} .]{1,20}+\) ?[-–—,]| [-–—,]) ?"
)
_TOWN = regex.compile(r"(?P<town>\p{Lu}[\p{L} '-]{2,30}) [,–—-] ?(?=[\p{Lu}«])")  # « Lille - Le groupe a … »
_FIRST_WORD = regex.compile(r"[^ \n]+")
_OPEN_ENDED = frozenset(",'(«[")
_FINISHED = frozenset(".!?:;")
_CLOSING = frozenset("»)],;%€$£")
_WRAP_WIDTHS = range(40, 121)


def tidied(text: str) -> str:
    """Return a text as parsers and the wordings of rules see it, on one line."""
    return clean(text).text.replace("\n", " ")


def blocks(text: str) -> list[tuple[int, int]]:
    """Return the offsets of the stretches of a clean text that no sentence crosses.

    A blank line, a bullet and a line break between two self-contained lines (a headline and its standfirst, two list
    items) end a block; the line breaks of hard-wrapped text do not. Bullets and the datelines of agencies
    (« PARIS, 12 mai (AFP) - », « Lille - ») are left out of the blocks.
    """
    lines = [match.span() for match in _LINE.finditer(text)]
    width = _wrap_width(text, lines)
    found: list[tuple[int, int]] = []
    for before, line in pairwise([(0, 0), *lines]):
        start, end = line
        if found and _adjacent(text, before, line) and _continues(text, before, line, width):
            found[-1] = (found[-1][0], end)
        else:
            lead = _BULLET.match(text, start, end) or _DATELINE.match(text, start, end)
            if lead is None and (town := _TOWN.match(text, start, end)) and is_place(town["town"]):
                lead = town
            found.append((lead.end() if lead else start, end))
    return found


def _adjacent(text: str, before: tuple[int, int], line: tuple[int, int]) -> bool:
    """Return whether two lines follow each other without a blank line or a bullet between."""
    return text.count("\n", before[1], line[0]) == 1 and not _BULLET.match(text, *line)


def _continues(text: str, before: tuple[int, int], line: tuple[int, int], width: int) -> bool:
    if width and _is_full(text, before, line, width):
        return True
    last, first = text[before[1] - 1], text[line[0]]
    if last in _OPEN_ENDED:
        return True
    return last not in _FINISHED and (first.islower() or first in _CLOSING)


def _is_full(text: str, before: tuple[int, int], line: tuple[int, int], width: int) -> bool:
    """Return whether the first word of a line would have made the line before wider than the width."""
    word = _FIRST_WORD.match(text, *line)
    return word is not None and before[1] - before[0] + 1 + len(word[0]) > width


def _wrap_width(text: str, lines: Sequence[tuple[int, int]]) -> int:
    """Return the width to which a text is hard-wrapped, 0 when it is not.

    It is when most of the breaks that fall within a sentence stand where the next word did not fit.
    """
    breaks = [pair for pair in pairwise(lines) if _adjacent(text, *pair)]
    width = max((before[1] - before[0] for before, _ in breaks), default=0)
    if width not in _WRAP_WIDTHS:
        return 0
    inner = [pair for pair in breaks if text[pair[0][1] - 1] not in _FINISHED]
    full = sum(_is_full(text, *pair, width) for pair in inner)
    return width if full >= 2 and 2 * full >= len(inner) else 0


# A full stop behind a word, a number or a closing mark, quotation marks around it or not, before a capital; a lost line
# break may have glued the two. Initials, titles, names of domains and the exclamation marks of names end no sentence.
# A line break lost behind a heading, which has no full stop, shows where a word or a number touches a word that begins
# sentences (« … en hausseLe groupe … »).
_SENTENCE_END = regex.compile(
    r"(?<=(?:\p{Ll}{2}|\p{Ll}'|\d\d|\p{Lu}{2}|[\p{L}\d][)%€])(?: ?»|\")?(?: ?[?!]|\.)(?: ?»|\")?)"
    r"(?<!\b\L<abbreviations>\.)"
    r"(?: +(?=(?:[«\"] ?)?\p{Lu}[\p{Ll}' ])|(?=(?:[«\"] ?)?\p{Lu}[\p{Ll}' ])(?!\L<domains>\b))"
    r"|(?=\L<openers> |[CDJLNS]'\p{L})(?<=(?:\p{Ll}{3}|(?<!\p{L})\p{Ll}{2}|\d|[%€])(?: ?»|\")?)",
    abbreviations=["MM", "Mr", "Mrs", "Ms", "Dr", "Me", "Mme", "Mlle", "Mgr", "St", "Ste", "Inc", "Corp", "Ltd", "Co",
                   "prof", "vs", "av", "bd", "etc", "art", "vol", "op", "cf", "env", "min", "max", "réf", "tél", "fig"],
    domains=["Com", "Fr", "Net", "Org", "Io", "Ai", "Js", "Co", "Eu", "Tv"],
    openers=["A", "À", "Alors", "Après", "Au", "Aux", "Avec", "Ce", "Ces", "Cet", "Cette", "Chez", "Comme",
             "Concernant", "Dans", "De", "Depuis", "Des", "Dès", "Deux", "Du", "Elle", "Elles", "En", "Et",
             "Face", "Il", "Ils", "Interrogé", "Interrogée", "La", "Le", "Les", "Lors", "Mais", "Malgré", "On",
             "Outre", "Par", "Parmi", "Plusieurs", "Pour", "Quant", "Selon", "Si", "Sur", "Trois", "Un", "Une"],
)  # fmt: skip


def pieces(text: str, start: int, end: int, size: int = 5000) -> Iterator[tuple[int, int]]:
    """Yield the offsets of consecutive parts of ``text[start:end]``, each of at most ``size`` characters.

    A part is one sentence or several: they are cut where a sentence ends for certain. What is still too long is cut
    after a full stop where there is one in the second half of a part, else at a space, else anywhere.
    """
    for gap in _SENTENCE_END.finditer(text, start, end):
        yield from _bounded(text, start, gap.start(), size)
        start = gap.end()
    yield from _bounded(text, start, end, size)


def _bounded(text: str, start: int, end: int, size: int) -> Iterator[tuple[int, int]]:
    while end - start > size:
        middle, limit = start + size // 2, start + size
        cut = max(text.rfind(mark, middle, limit) for mark in (". ", "! ", "? ")) + 1
        cut = cut or max(text.rfind(space, middle, limit) for space in " \n") + 1 or limit
        yield start, cut
        start = cut
    yield start, end
