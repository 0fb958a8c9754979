"""Merging: readings of one mention by several rules become one claim, the most complete."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import attrs

from newsclaims.claims import Claim, Money, Percentage, slots
from newsclaims.spans import Span
from newsclaims.trace import Found
from newsclaims.tree import Sentence, Word


def merge(sentence: Sentence, found: list[Found]) -> list[Found]:
    """Return the claims in text order, those of one mention merged into the most complete one."""
    kept: list[Found] = []
    for new in found:
        for old in kept:
            if _same_statement(sentence, new.trigger, old.trigger) and _same_mention(new.claim, old.claim):
                _join(old, new)
                break
        else:
            kept.append(new)
    return sorted(kept, key=lambda f: (f.claim.evidence.start, f.claim.trigger.start))


def _same_statement(sentence: Sentence, a: Word, b: Word) -> bool:
    """Return whether two triggers belong to one statement: one clause, or a clause inside the other's."""
    paths = []
    for word in (a, b):
        above = [word, *sentence.ancestors(word)]
        paths.append(next((i for i, w in enumerate(above) if w.upos == "VERB"), len(above) - 1))
    verb, other = ([w, *sentence.ancestors(w)][i] for w, i in zip((a, b), paths, strict=True))
    if verb.id == other.id:
        return True
    for low, high in ((verb, other), (other, verb)):
        path = [low, *sentence.ancestors(low)]
        if high in path:
            return not any(w.deprel == "conj" for w in path[: path.index(high)])
    return False


def roles(claim: Claim) -> dict[str, frozenset[str]]:
    """Return the names that fill the required roles of a claim, by role."""
    found = {}
    for slot in slots(type(claim)).values():
        if slot.required:
            value = getattr(claim, slot.name)
            found[slot.name] = frozenset(e.name for e in (value if isinstance(value, tuple) else (value,)))
    return found


def _same_mention(a: Claim, b: Claim) -> bool:
    if type(a) is not type(b) or a.negated != b.negated or not a.evidence.overlaps(b.evidence):
        return False
    mine, theirs = roles(a), roles(b)
    if not all(mine[name] & theirs[name] for name in mine):
        return False
    if any(len(mine[n]) == 2 and mine[n] != theirs[n] for n in mine if slots(type(a))[n].pairwise):
        return False
    return all(
        getattr(a, s.name) is None or getattr(b, s.name) is None or getattr(a, s.name) == getattr(b, s.name)
        for s in slots(type(a)).values()
        if s.kind in (Money, Percentage) and not s.many
    )


def _join(old: Found, new: Found) -> None:
    """Keep the more complete of two readings of one mention, its empty slots filled from the other."""

    def filled(claim: Claim) -> int:
        return sum(
            len(v) if isinstance(v, tuple) else v is not None
            for v in (getattr(claim, s.name) for s in slots(type(claim)).values())
        )

    a, b = old.claim, new.claim
    better = filled(b) > filled(a)
    best, rest = (b, a) if better else (a, b)
    changes: dict[str, Any] = {}
    for slot in slots(type(best)).values():
        mine, other = getattr(best, slot.name), getattr(rest, slot.name)
        if slot.many and not slot.required:
            changes[slot.name] = distinct((*mine, *other))
        elif mine is None and other is not None:
            changes[slot.name] = other
    start, end = min(a.evidence.start, b.evidence.start), max(a.evidence.end, b.evidence.end)
    text = best.sentence.text[start - best.sentence.start : end - best.sentence.start]
    old.claim = attrs.evolve(best, evidence=Span(start, end, text), date=best.date or rest.date, **changes)
    old.attempt, other_attempt = (new.attempt, old.attempt) if better else (old.attempt, new.attempt)
    old.others.append(other_attempt)


def distinct(values: Iterable[Any]) -> tuple[Any, ...]:
    """Return actors in text order, each once."""
    found = {v.name: v for v in sorted(values, key=lambda v: -v.mention.start)}
    return tuple(sorted(found.values(), key=lambda v: v.mention.start))
