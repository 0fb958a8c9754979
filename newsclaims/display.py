"""Rendering: claims as a table and sentences as trees, for people to read.

Nothing here knows a claim type by name: a claim class lays out its own fields, so that a new type needs no line here.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from enum import StrEnum

from newsclaims.claims import Claim, Date, Entity, Money, Percentage, Qualifier, Slot, slots
from newsclaims.spans import Span
from newsclaims.tree import Sentence, Word

_HEADINGS = ("type", "who → whom", "amount", "status", "source", "evidence")
_WIDEST = (16, 48, 20, 25, 24)  # of all columns but the evidence, in columns of a terminal
_NARROWEST_EVIDENCE = 24
_GAP = "  "
_UNPRINTABLE = "\N{REPLACEMENT CHARACTER}"
_QUALIFIERS = {Qualifier.ABOUT: "~", Qualifier.AT_LEAST: "≥", Qualifier.AT_MOST: "≤"}
# Lines that meet, by whether one leads up, down and left; one always leads right, to the word.
_JOINTS = {
    (True, True, True): "┼",
    (True, True, False): "├",
    (True, False, True): "┴",
    (True, False, False): "└",
    (False, True, True): "┬",
    (False, True, False): "┌",
}
_SCALES = ((Decimal(10) ** 9, " bn"), (Decimal(10) ** 6, " M"), (Decimal(10) ** 3, " k"))


Paint = Callable[[str, str], str]
"""Gives a text the look of what it shows: a heading of the table, or ``"heading"``."""


def _unpainted(_: str, text: str) -> str:
    return text


def table(claims: Iterable[Claim], width: int = 120, paint: Paint = _unpainted) -> str:
    """Return claims as aligned columns, a line a claim below the headings.

    Columns that are empty throughout are left out. The evidence is cut to the width; where too little room is left
    for it, source and evidence take a line of their own, indented, below their claim.

    Args:
        claims: what to show, in order.
        width: columns of the terminal that a line may take; a wide character takes two.
        paint: what each cell is given to, with the heading of its column, when it has been cut and padded.

    Returns:
        Lines joined by newlines, without a final one; ``"no claim found"`` when there is none.
    """
    rows = [row(claim) for claim in claims]
    if not rows:
        return "no claim found"
    shown = [i for i in range(len(_WIDEST)) if any(r[i] for r in rows)]
    widths = {i: min(_WIDEST[i], max(width_of(line[i]) for line in (_HEADINGS, *rows))) for i in shown}
    room = width - sum(widths.values()) - len(_GAP) * len(shown)
    apart = room < _NARROWEST_EVIDENCE
    if apart:
        shown = [i for i in shown if _HEADINGS[i] != "source"]
        widths = _squeezed({i: widths[i] for i in shown}, width - len(_GAP) * (len(shown) - 1))
    out = []
    for line in (_HEADINGS, *rows):
        looks = ["heading"] * len(_HEADINGS) if line is _HEADINGS else _HEADINGS
        cells = [(looks[i], cut(line[i], widths[i]), widths[i]) for i in shown]
        if not apart:
            cells.append((looks[-1], cut(line[-1], room), 0))
        out.append(_joined(cells, paint))
        if apart and line is not _HEADINGS:
            source = line[_HEADINGS.index("source")]
            evidence = cut((f"{source}: " if source else "") + line[-1], width - len(_GAP))
            out.append(_GAP + paint("evidence", evidence))
    return "\n".join(out)


def _squeezed(widths: dict[int, int], room: int) -> dict[int, int]:
    """Return widths that fit into the room: the widest columns give way first."""
    while sum(widths.values()) > max(room, len(widths)):
        widest = max(widths, key=lambda i: widths[i])
        widths = widths | {widest: widths[widest] - 1}
    return widths


def _joined(cells: Iterable[tuple[str, str, int]], paint: Paint) -> str:
    """Return cells on one line, each painted and padded to its width, nothing behind the last that is not empty."""
    line, due = "", 0
    for look, text, width in cells:
        if text:
            line += " " * due + paint(look, text)
            due = 0
        due += max(width - width_of(text), 0) + len(_GAP)
    return line


def row(claim: Claim) -> tuple[str, str, str, str, str, str]:
    """Return the cells of a claim: type, who → whom, amount, status, source and evidence."""
    filled = [(slot, getattr(claim, name)) for name, slot in slots(type(claim)).items()]
    return (
        type(claim).__name__,
        plain(_actors(filled)),
        plain(_amounts(filled)),
        plain(_state(claim, filled)),
        plain(claim.source.name if claim.source else ""),
        plain(claim.evidence.text),
    )


def _actors(filled: Sequence[tuple[Slot, object]]) -> str:
    """Return the required actors, then the optional ones in brackets."""
    actors = [(slot, _names(value, slot)) for slot, value in filled if slot.kind is Entity]
    required = " → ".join(names for slot, names in actors if slot.required)
    others = "; ".join(f"{_label(slot)}: {names}" for slot, names in actors if not slot.required and names)
    return f"{required} ({others})" if others else required


def _names(value: object, slot: Slot) -> str:
    entities = value if isinstance(value, tuple) else (value,)
    return (" ↔ " if slot.pairwise else ", ").join(e.name for e in entities if isinstance(e, Entity))


def _amounts(filled: Sequence[tuple[Slot, object]]) -> str:
    """Return the amounts; all but the plain amount or price with their label."""
    parts = []
    for slot, value in filled:
        if isinstance(value, (Money, Percentage)):
            shown = money(value) if isinstance(value, Money) else percentage(value)
            parts.append(shown if slot.name in ("amount", "price") else f"{_label(slot)} {shown}")
    return ", ".join(parts)


def _state(claim: Claim, filled: Sequence[tuple[Slot, object]]) -> str:
    """Return modality, negation and what else is neither an actor nor an amount."""
    parts = [claim.modality.value]
    if claim.negated:
        parts.append("negated")
    parts.extend(
        f"{_label(slot)} {value}" if slot.kind is str or len(str(value)) == 1 else str(value)
        for slot, value in filled
        if isinstance(value, (StrEnum, str)) and value
    )
    return ", ".join(parts)


def _label(slot: Slot) -> str:
    return slot.name.replace("_", " ")


def money(amount: Money) -> str:
    """Return an amount in short: ``"≥13 bn USD"``, ``"2 M EUR/year"``; in the text's words if it has no number."""
    if amount.value is None:
        return amount.mention.text
    top = amount.value if amount.max is None else amount.max
    divisor, unit = next(((d, u) for d, u in _SCALES if abs(top) >= d), (Decimal(1), ""))
    number = _number(amount.value / divisor)
    if amount.max is not None:
        number += f"-{_number(amount.max / divisor)}"
    currency = f" {amount.currency}" if amount.currency else ""
    return f"{_sign(amount.qualifier)}{number}{unit}{currency}" + (f"/{amount.per.value}" if amount.per else "")


def percentage(share: Percentage) -> str:
    """Return a percentage in short: ``"~19.7 %"``."""
    return f"{_sign(share.qualifier)}{_number(share.value)} %"


def value(filler: object) -> str:
    """Return what a field of a claim holds, in short, with its words where they say it in another way.

    >>> value(None), value(True), value(Qualifier.ABOUT)
    ('none', 'yes', 'about')
    """
    match filler:
        case None | ():
            return "none"
        case bool():
            return "yes" if filler else "no"
        case tuple():
            return ", ".join(map(value, filler))
        case Span():
            return quoted(filler)
        case Entity():
            return filler.name if filler.mention.text == filler.name else f"{filler.name} ({quoted(filler.mention)})"
        case Money():
            return money(filler)
        case Percentage():
            return percentage(filler)
        case Date():
            days = dict.fromkeys("…" if day is None else day.isoformat() for day in (filler.start, filler.end))
            return f"{' to '.join(days)} ({quoted(filler.mention)})"
    return plain(str(filler))


def quoted(words: Span) -> str:
    """Return words of the text in quotation marks: ``"« OpenAI »"``."""
    return f"« {plain(words.text)} »"


def _sign(qualifier: Qualifier | None) -> str:
    return _QUALIFIERS[qualifier] if qualifier else ""


def _number(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def plain(text: str) -> str:
    """Return a text on one line, without the control characters that would disturb a terminal."""
    return "".join(c if c == " " or c.isprintable() else _UNPRINTABLE for c in " ".join(text.split()))


def width_of(text: str) -> int:
    """Return how many columns of a terminal a text takes: two for a wide character, none for a combining one.

    >>> width_of("Orsol"), width_of("東京"), width_of("e\N{COMBINING ACUTE ACCENT}")
    (5, 4, 1)
    """
    return len(text) if text.isascii() else sum(map(_columns_of, text))


def _columns_of(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1


def cut(text: str, width: int) -> str:
    """Return a text that takes at most ``width`` columns, an ellipsis in place of what is too much."""
    if width_of(text) <= width:
        return text
    room, end = max(width - 1, 0), 0
    while end < len(text) and width_of(text[end]) <= room:
        room -= width_of(text[end])
        end += 1
    return text[:end].rstrip() + "…" if width > 0 else ""


def _padded(text: str, width: int) -> str:
    return text + " " * (width - width_of(text))


def tree(sentence: Sentence, notes: Mapping[int, str] | None = None) -> str:
    """Return a sentence as a tree: a line a word, in text order, with form, relation, part of speech and lemma.

    Heads are where the lines of their dependents meet; the line of a root comes from the left edge. What kind of
    mention a word belongs to follows where there are mentions.

    Args:
        sentence: what to draw.
        notes: a text for the end of the line, by id of the word.

    Returns:
        Lines joined by newlines, without a final one; empty for a sentence without words.
    """
    notes = notes or {}
    rows = [(w.text, w.deprel, w.upos, w.lemma, w.ner, notes.get(w.id, "")) for w in sentence.words]
    cells = [[plain(cell) for cell in row] for row in rows]
    widths = [max(map(width_of, column)) for column in zip(*cells, strict=True)]
    lines = []
    for branch, row in zip(_branches(sentence), cells, strict=True):
        shown = (_padded(cell, width) for cell, width in zip(row, widths, strict=True) if width)
        lines.append(f"{branch} {_GAP.join(shown)}".rstrip())
    return "\n".join(lines)


def _branches(sentence: Sentence) -> Iterable[str]:
    """Yield the lines that lead to each word, all of one width."""
    extents = {head.id: _extent(head, sentence.children(head)) for head in sentence.words if sentence.children(head)}
    columns = _columns(sentence, extents)
    width = max(columns.values(), default=0) + 1
    for word in sentence.words:
        start = columns.get(word.head, -1)
        own = columns.get(word.id)
        line = " " if word.head else "─"
        for column in range(width):
            crossing = [h for h, c in columns.items() if c == column and extents[h][0] <= word.id <= extents[h][1]]
            after = "─" if column >= start else " "
            if not crossing:
                line += after if column > start else " "
            elif column in (start, own):
                first, last = extents[crossing[0]]
                line += _JOINTS[first < word.id, word.id < last, column == own]
            else:
                line += "│"
            line += after
        yield line


def _extent(head: Word, children: Sequence[Word]) -> tuple[int, int]:
    return min(head.id, children[0].id), max(head.id, children[-1].id)


def _columns(sentence: Sentence, extents: Mapping[int, tuple[int, int]]) -> dict[int, int]:
    """Return the column of the line down which the dependents of each head hang: no two lines lie on each other."""
    columns: dict[int, int] = {}
    pending = [word for word in sentence.words if not word.head]
    while pending:
        word = pending.pop(0)
        pending.extend(sentence.children(word))
        if word.id in extents:
            first, last = extents[word.id]
            taken = {c for h, c in columns.items() if extents[h][0] <= last and first <= extents[h][1]}
            least = columns.get(word.head, -1) + 1
            columns[word.id] = next(c for c in range(least, least + len(taken) + 1) if c not in taken)
    return columns
