"""Matching: the rules that fit a sentence, looked for where their triggers stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property

import attrs

from newsclaims.anaphora.subjects import surface_subject
from newsclaims.anaphora.words import is_mere_noun
from newsclaims.claims import Claim, Money, Percentage, slots
from newsclaims.layout import tidied
from newsclaims.mentions.money import find_money, resolve_elided
from newsclaims.mentions.names import Name, find_names
from newsclaims.mentions.percentages import find_percentages
from newsclaims.repair import mend
from newsclaims.rules import Rule, slot_name
from newsclaims.semgrex import Match
from newsclaims.semgrex.needs import Screen
from newsclaims.spans import Span
from newsclaims.tree import Document, Sentence, Word

REACH = 2  # sentences back to which an event mentioned again can refer


@attrs.frozen(slots=False)
class Amounts:
    """The amounts of a text, which tell without a parse.

    Attributes:
        money: the amounts of money, what they leave to the context resolved.
        percentages: the percentages.
    """

    money: list[Money]
    percentages: list[Percentage]

    @classmethod
    def of(cls, text: str) -> Amounts:
        """Find the amounts of a text."""
        return cls(resolve_elided(text, find_money(text)), find_percentages(text))

    @cached_property
    def labelled(self) -> list[tuple[Span, str]]:
        """Where they stand and their labels, ``"MONEY"`` and ``"PERCENT"``."""
        return [(m.mention, "MONEY") for m in self.money] + [(p.mention, "PERCENT") for p in self.percentages]


@attrs.frozen
class Mended:
    """A document as rules see it, with what fills slots.

    Attributes:
        document: its names and amounts labelled, its trees repaired.
        names: the names.
        amounts: the amounts.
    """

    document: Document
    names: list[Name]
    amounts: Amounts

    @classmethod
    def of(cls, document: Document, amounts: Amounts | None = None) -> Mended:
        """Find the mentions of a parsed document and mend its trees, each sentence by itself.

        Args:
            document: the document.
            amounts: its amounts, when they have been found.
        """
        amounts = amounts or Amounts.of(document.text)
        names = find_names(document, [span for span, _ in amounts.labelled])
        return cls(mend(document, names, amounts.labelled), names, amounts)


class Index:
    """Rules by the lemma of their trigger, so that a sentence without triggers costs nothing.

    Args:
        rules: the rules, in the order in which they count.

    Attributes:
        finding: those that find claims.
    """

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._by_lemma: dict[str, list[int]] = defaultdict(list)
        self._anywhere: list[int] = []
        self._completing: dict[type[Claim], list[Rule]] = defaultdict(list)
        self.finding: list[Rule] = []
        for rule in rules:
            if rule.completes:
                self._completing[rule.claim_type].append(rule)
                continue
            for places in [self._anywhere] if rule.triggers is None else map(self._by_lemma.__getitem__, rule.triggers):
                places.append(len(self.finding))
            self.finding.append(rule)
        self._screen = Screen([rule.pattern.need for rule in self.finding])

    def candidates(self, sentence: Sentence) -> Iterator[tuple[Rule, Match]]:
        """Yield the matches of all rules, in the order of the rules."""
        chosen = set(self._anywhere)
        for word in sentence.words:
            chosen.update(self._by_lemma.get(word.lemma, ()))
        bits = 0
        for word in sentence.words if chosen else ():
            bits |= self._bits(word)
        for place in self._screen.passing(bits, sorted(chosen)):
            rule = self.finding[place]
            for match in matches_of(rule, sentence):
                yield rule, match

    def matches(self, sentence: Sentence) -> bool:
        """Return whether some rule matches in a sentence whose words do not rule its claims out, whatever is before it.

        What an event mentioned again says counts only behind a claim, which another rule finds; a premise makes none.
        """
        lemmas = {word.lemma.lower() for word in sentence.words}
        return any(
            rule.leads and not rule.ruled_out_by(lemmas) and not _is_idle(sentence, rule, match)
            for rule, match in self.candidates(sentence)
        )

    def completing(self, claim_type: type[Claim]) -> list[Rule]:
        """Return the rules that fill further slots of a claim."""
        return self._completing[claim_type]

    def _bits(self, word: Word) -> int:
        bits = 0
        for field in self._screen.fields:
            bits |= self._screen.bits(field, getattr(word, field))
        return bits


def has_wording(rule: Rule, sentence: Sentence) -> bool:
    """Return whether a sentence contains the wording that a rule asks for."""
    return rule.wording is None or rule.is_worded(tidied(sentence.text))


def matches_of(rule: Rule, sentence: Sentence) -> Iterator[Match]:
    """Yield the matches of a rule in a sentence."""
    if has_wording(rule, sentence):
        yield from rule.pattern.finditer(sentence)


def _is_idle(sentence: Sentence, rule: Rule, match: Match) -> bool:
    """Return whether a match makes no claim, whatever its text says elsewhere of the actors of its sentence."""
    known = slots(rule.claim_type)
    words = [(known[slot], match.nodes[node]) for node, slot in rule.captures(match.nodes)]
    for node, slot in rule.subject.items():
        if node in match.nodes and slot not in match.nodes:
            subject = surface_subject(sentence, match.nodes[node])
            if subject is not None:
                words.append((known[slot_name(slot)], subject))
            elif known[slot_name(slot)].required:
                return True
    # of a pair both have to be named
    return any(slot.required and slot.pairwise and slot.named and is_mere_noun(sentence, word) for slot, word in words)
