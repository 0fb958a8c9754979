"""Gains and losses: what sets the claims of two runs over the same texts apart."""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs

from newsclaims import display
from newsclaims.claims import Claim, from_dict, slots
from newsclaims.errors import InputValueError, NewsclaimsError

_IDS = ("file", "id")  # the keys of a line that say which text its claim is from
_INDENT = "    "


@attrs.frozen
class Located:
    """A claim and the text that it is from.

    Attributes:
        text: the id of the text, the name of its file for instance.
        claim: the claim.
    """

    text: str
    claim: Claim

    def to_dict(self) -> dict[str, Any]:
        """Return the line that `read_claims` reads."""
        return {"file": self.text} | self.claim.to_dict()


@attrs.frozen
class Change:
    """A claim that both runs found, and not in the same way.

    Attributes:
        text: the id of the text.
        old: the claim as it was.
        new: the claim as it is.
    """

    text: str
    old: Claim
    new: Claim

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that differ, in the order of the claim class."""
        names = (field.name for field in attrs.fields(type(self.old)))
        return tuple(name for name in names if getattr(self.old, name) != getattr(self.new, name))

    def to_dict(self) -> dict[str, Any]:
        """Return the change as JSON-ready values: the whole claims, and what differs as ``{field: {"old", "new"}}``."""
        old, new = self.old.to_dict(), self.new.to_dict()
        fields = {name: {"old": old[name], "new": new[name]} for name in self.fields}
        return {"file": self.text, "old": old, "new": new, "fields": fields}


@attrs.frozen(kw_only=True)
class Comparison:
    """What one run found and another did not; true when there is anything.

    Attributes:
        gained: claims of the new run only.
        lost: claims of the old run only.
        changed: claims of both that differ in some field.
        same: how many claims are the same.
    """

    gained: tuple[Located, ...]
    lost: tuple[Located, ...]
    changed: tuple[Change, ...]
    same: int

    def __bool__(self) -> bool:
        return bool(self.gained or self.lost or self.changed)

    def __str__(self) -> str:
        """Return the differences for people to read, text by text, each with its sentence."""
        entries: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for sign, items in (("-", self.lost), ("+", self.gained)):
            for item in items:
                entries[item.text].append((item.claim.evidence.start, _entry(sign, item.claim)))
        for change in self.changed:
            entries[change.text].append((change.new.evidence.start, _changed(change)))
        counts = f"{len(self.gained)} gained, {len(self.lost)} lost, {len(self.changed)} changed, {self.same} the same"
        blocks = ["\n".join([display.plain(text), *(e for _, e in sorted(entries[text]))]) for text in sorted(entries)]
        return "\n\n".join([counts, *blocks])

    def to_dict(self) -> dict[str, Any]:
        """Return the differences as JSON-ready values."""
        return {
            "gained": [item.to_dict() for item in self.gained],
            "lost": [item.to_dict() for item in self.lost],
            "changed": [change.to_dict() for change in self.changed],
            "same": self.same,
        }


def compare(old: Iterable[Located], new: Iterable[Located]) -> Comparison:
    """Return what sets two runs over the same texts apart.

    Claims of one text and type belong together when their triggers or their evidence share characters; of several
    candidates those that agree in most fields.

    Args:
        old: the claims of the run before, from `read_claims` for instance.
        new: the claims of the run after.
    """
    before, after = _by_text(old), _by_text(new)
    lost: list[Located] = []
    gained: list[Located] = []
    changed: list[Change] = []
    same = 0
    for text in sorted(before.keys() | after.keys()):
        left, right = before[text], after[text]
        for a, b in list(_pairs(left, right)):
            left.remove(a)
            right.remove(b)
            if a == b:
                same += 1
            else:
                changed.append(Change(text, a, b))
        lost.extend(Located(text, claim) for claim in left)
        gained.extend(Located(text, claim) for claim in right)
    return Comparison(gained=tuple(gained), lost=tuple(lost), changed=tuple(changed), same=same)


def read_claims(path: str | os.PathLike[str]) -> list[Located]:
    """Read the claims that ``newsclaims --format jsonl`` wrote.

    Args:
        path: a file of JSON Lines: an object a claim, as `Claim.to_dict` gives it, with the id of its text as
            ``"file"`` or ``"id"``.

    Raises:
        InputValueError: the file cannot be read, or a line is no such claim; the message names the line.
    """
    try:
        lines = Path(path).read_text(encoding="utf-8-sig").split("\n")
    except (OSError, ValueError) as error:  # a ValueError: not UTF-8, or a path that no file can have
        raise InputValueError(f"{path}: cannot be read: {error}") from error
    found = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                found.append(_located(json.loads(line)))
            except (NewsclaimsError, ValueError) as error:
                raise InputValueError(f"{path}, line {number}: {error}") from error
    return found


def _located(data: Any) -> Located:
    if not isinstance(data, Mapping):
        raise InputValueError("not a JSON object with a claim")
    ids = [str(data[key]) for key in _IDS if key in data]
    if not ids:
        raise InputValueError('no key "file" or "id" says which text the claim is from')
    return Located(" ".join(ids), from_dict({key: value for key, value in data.items() if key not in _IDS}))


def _by_text(claims: Iterable[Located]) -> defaultdict[str, list[Claim]]:
    found: defaultdict[str, list[Claim]] = defaultdict(list)
    for item in claims:
        found[item.text].append(item.claim)
    return found


def _pairs(old: list[Claim], new: list[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """Yield the claims that belong together, those that agree most first, each once."""
    candidates = [
        (-_agreement(a, b), i, j)
        for i, a in enumerate(old)
        for j, b in enumerate(new)
        if type(a) is type(b) and (a.trigger.overlaps(b.trigger) or a.evidence.overlaps(b.evidence))
    ]
    chosen: tuple[set[int], set[int]] = set(), set()
    for _, i, j in sorted(candidates):
        if i not in chosen[0] and j not in chosen[1]:
            chosen[0].add(i)
            chosen[1].add(j)
            yield old[i], new[j]


def _agreement(a: Claim, b: Claim) -> int:
    """Return how near two claims are: by the fields that they share, slots above all."""
    names = (field.name for field in attrs.fields(type(a)))
    return sum(4 if name in slots(type(a)) else 1 for name in names if getattr(a, name) == getattr(b, name))


def _entry(sign: str, claim: Claim) -> str:
    return f"{sign} {_line(claim)}\n{_INDENT}{_around(claim)}"


def _line(claim: Claim) -> str:
    """Return a claim on one line: type, who → whom, amount, status, source, rule."""
    cells = [cell for cell in display.row(claim)[:-1] if cell]
    return "  ".join([*cells, f"({claim.rule})"] if claim.rule else cells)


def _changed(change: Change) -> str:
    shown = [
        f"{_INDENT}{name}: {display.value(getattr(change.old, name))} → {display.value(getattr(change.new, name))}"
        for name in change.fields
    ]
    return "\n".join([f"~ {_line(change.new)}", *shown, _INDENT + _around(change.new)])


def _around(claim: Claim) -> str:
    """Return the sentence of a claim on one line, the evidence in brackets."""
    text, start = claim.sentence.text, claim.sentence.start
    here = slice(claim.evidence.start - start, claim.evidence.end - start)
    return display.plain(f"{text[: here.start]}[{text[here]}]{text[here.stop :]}")
