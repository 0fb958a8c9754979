"""Checking rules against their own examples, the built-in ones and a user's alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Any

import attrs

from newsclaims.claims import Claim, Entity, Slot, slots
from newsclaims.extractor import Extractor, Model
from newsclaims.lexicon.words import fold
from newsclaims.rules import Counterexample, Example, Rule, Rules
from newsclaims.spans import Span


class Outcome(StrEnum):
    """How a rule did on one of its sentences."""

    FOUND = "found"
    MISSING = "missing"
    NOISY = "noisy"
    KNOWN_MISS = "known miss"


@attrs.frozen
class Result:
    """What came of one example or counterexample.

    Attributes:
        rule: the rule.
        text: the sentence.
        outcome: found (as it should be), missing (no claim, or not the marked one), noisy (a claim where
            none or fewer should be), or a known miss, still missed.
        detail: what was expected and what was found, empty when all is well.
    """

    rule: Rule
    text: str
    outcome: Outcome
    detail: str = ""

    @property
    def passed(self) -> bool:
        """Whether the rule did as its record says."""
        return self.outcome in (Outcome.FOUND, Outcome.KNOWN_MISS)


def check(rules: Rules, model: Model = None) -> Iterator[Result]:
    """Run every rule on its own examples and counterexamples.

    An example passes when the claims of the rule's type that all rules find in it fill the marked roles with the
    marked words and no others and have the expected values, and when the rule finds one of them by itself. A
    counterexample passes when the rule by itself finds nothing in it. A rule that reads an event again (``follows``) is
    judged by what it adds to the other rules of its type.

    Args:
        rules: the rules to check.
        model: what parses, as for `Extractor`.

    Yields:
        One result a sentence, in the order of the rules.
    """
    together = Extractor(model, rules)
    for rule in rules:
        same_type = [r for r in rules if r.claim_type is rule.claim_type and r is not rule]
        # a rule is tried with the records that fill slots; one that reads an event again needs the others before it
        helpers = same_type if rule.follows else [r for r in same_type if r.completes]
        alone = Extractor(together.parser, Rules([rule, *helpers]))
        without = Extractor(together.parser, Rules(helpers))
        sentences: list[Example | Counterexample] = [*rule.examples, *rule.counterexamples]
        for sentence in sentences:
            document = together.parser(sentence.text)
            claims, mine, others = (
                [c for c in e.extract_document(document) if isinstance(c, rule.claim_type)]
                for e in (together, alone, without)
            )
            yield _check_one(rule, sentence, claims, [c for c in mine if c not in others])


def _check_one(rule: Rule, sentence: Example | Counterexample, claims: list[Claim], own: list[Claim]) -> Result:
    """Return how a rule did, from the claims of all rules and from those that only it finds or adds to."""
    if isinstance(sentence, Counterexample):
        outcome, detail = (Outcome.NOISY, f"found {_shown(own)}") if own else (Outcome.FOUND, "")
    else:
        detail = _difference(rule, sentence, claims)
        if not detail and not rule.completes and not own:
            detail = f"found by {sorted({c.rule for c in claims})} and not by the rule itself"
        outcome = Outcome.MISSING if detail else Outcome.FOUND
    if not sentence.known_miss:
        return Result(rule, sentence.text, outcome, detail)
    if detail:
        return Result(rule, sentence.text, Outcome.KNOWN_MISS, sentence.known_miss)
    return Result(rule, sentence.text, Outcome.NOISY, "marked as a known miss, and right all the same: drop the mark")


def _difference(rule: Rule, example: Example, claims: list[Claim]) -> str:
    """Return what sets the claims found apart from those that an example asks for."""
    if not claims:
        return "no claim found"
    if example.claims is not None and len(claims) != example.claims:
        return f"{len(claims)} claims instead of {example.claims}: {_shown(claims)}"
    for slot in slots(rule.claim_type).values():
        if slot.name in example.expected:
            continue
        found = {fold(v) for claim in claims for v in _surface(claim, slot)}
        marked = {fold(v) for v in example.roles.get(slot.name, ())}
        if found != marked and not (_is_fixed(rule, slot) and not marked):
            return f"{slot.name}: {sorted(found)} instead of {sorted(marked)}"
    for field, value in example.expected.items():
        values = [_plain(getattr(claim, field)) for claim in claims]
        if any(found != (None if value in ("", []) else value) for found in values):
            return f"{field}: {', '.join(map(repr, values))} instead of {value!r}"
    return ""


def _is_fixed(rule: Rule, slot: Slot) -> bool:
    """Return whether a slot holds a value that no words of the sentence give, a status for instance."""
    return slot.kind not in (Entity, str) and not hasattr(slot.kind, "from_dict")


def _surface(claim: Claim, slot: Slot) -> Iterable[str]:
    value: Any = getattr(claim, slot.name)
    for item in value if isinstance(value, tuple) else (value,):
        if item is None:
            continue
        if isinstance(item, Entity):
            yield item.name
        elif hasattr(item, "mention"):
            yield item.mention.text
        else:
            yield str(getattr(item, "value", item))


def _plain(value: Any) -> Any:
    """Return a field's value as an example writes it: a name, words of the sentence, a list of them, None for none."""
    if isinstance(value, tuple):
        return [_plain(item) for item in value] or None
    if isinstance(value, Entity):
        return value.name
    if isinstance(value, Span):
        return value.text
    return value.mention.text if hasattr(value, "mention") else getattr(value, "value", value)


def _shown(claims: Iterable[Claim]) -> str:
    return "; ".join(
        f"{type(c).__name__}("
        + ", ".join(f"{s.name}={list(_surface(c, s))}" for s in slots(type(c)).values() if list(_surface(c, s)))
        + f") by {c.rule}"
        for c in claims
    )
