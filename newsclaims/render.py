"""Rendering: claims as a table for people to read.

Nothing here knows a claim type by name: a claim class lays out its own fields, so that a new type needs no line here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from enum import StrEnum

from newsclaims.claims import Claim, Date, Entity, Money, Percentage, Qualifier, Slot, slots
from newsclaims.spans import Span

_HEADINGS = ("type", "who → whom", "amount", "status", "source", "evidence")
_WIDEST = (16, 48, 20, 25, 24)  # of all columns but the evidence, in characters
_NARROWEST_EVIDENCE = 24
_GAP = "  "
_UNPRINTABLE = "\N{REPLACEMENT CHARACTER}"
_QUALIFIERS = {Qualifier.ABOUT: "~", Qualifier.AT_LEAST: "≥", Qualifier.AT_MOST: "≤"}
_SCALES = ((Decimal(10) ** 9, " bn"), (Decimal(10) ** 6, " M"), (Decimal(10) ** 3, " k"))


def table(claims: Iterable[Claim], width: int = 120) -> str:
    """Return claims as aligned columns, a line a claim below the headings.

    Columns that are empty throughout are left out. The evidence is cut to the width; where too little room is left
    for it, source and evidence take a line of their own, indented, below their claim.

    Args:
        claims: what to show, in order.
        width: characters that a line may take.

    Returns:
        Lines joined by newlines, without a final one; ``"no claim found"`` when there is none.
    """
    rows = [row(claim) for claim in claims]
    if not rows:
        return "no claim found"
    lines = [_HEADINGS, *rows]
    shown = [i for i in range(len(_WIDEST)) if any(r[i] for r in rows)]
    widths = {i: min(_WIDEST[i], max(len(line[i]) for line in lines)) for i in shown}
    room = width - sum(widths.values()) - len(_GAP) * len(shown)
    apart = room < _NARROWEST_EVIDENCE
    if apart:
        shown = [i for i in shown if _HEADINGS[i] != "source"]
    out = []
    for line in lines:
        start = _GAP.join(cut(line[i], widths[i]).ljust(widths[i]) for i in shown)
        if not apart:
            out.append((start + _GAP + cut(line[-1], room)).rstrip())
        else:
            out.append(cut(start.rstrip(), width))
            if line is not _HEADINGS:
                source = line[_HEADINGS.index("source")]
                out.append(cut(_GAP + (f"{source}: " if source else "") + line[-1], width))
    return "\n".join(out)


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
    """Return an amount in short: ``"≥13 bn USD"``, ``"30-50 M EUR"``; in the text's words if it has no number."""
    if amount.value is None:
        return amount.mention.text
    top = amount.value if amount.max is None else amount.max
    divisor, unit = next(((d, u) for d, u in _SCALES if abs(top) >= d), (Decimal(1), ""))
    number = _number(amount.value / divisor)
    if amount.max is not None:
        number += f"-{_number(amount.max / divisor)}"
    return f"{_sign(amount.qualifier)}{number}{unit}" + (f" {amount.currency}" if amount.currency else "")


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


def cut(text: str, width: int) -> str:
    """Return a text of at most ``width`` characters, an ellipsis in place of what is too much."""
    return text if len(text) <= width else text[: max(width - 1, 0)].rstrip() + "…"
