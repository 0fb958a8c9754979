"""The trace: what the extractor notes of each match of a rule.

Notes are taken of every text: they only point at what reading it makes anyway, and are dropped with it. Explanations
are made from them when somebody asks, so that they tell what happened and not what should have.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, StrEnum
from typing import TypeAlias

import attrs

from newsclaims.claims import Claim, Date, Entity, Money, Percentage
from newsclaims.qualify import Qualification, Status
from newsclaims.rules import Rule
from newsclaims.spans import Span
from newsclaims.speech import Report
from newsclaims.tree import Sentence, Word

Filler: TypeAlias = Entity | Money | Percentage | Date | str | Enum


class Outcome(StrEnum):
    """What came of a rule whose trigger stands in a sentence, from how far it got."""

    NO_MATCH = "its pattern does not match"
    OTHER_DOMAIN = "words of another domain stand in the sentence"
    NO_SUBJECT = "its verb has no subject"
    NOBODY = "the words of a required role stand for nobody"
    NOTHING_BEFORE = "no claim before agrees with its roles"
    EMPTY = "a required role is empty"
    TWO_ROLES = "one actor has two roles"
    ONE_FAMILY = "a product stands beside its maker"
    UNNAMED = "a role is only described, never named"
    OTHER_KIND = "an actor is of a kind that cannot have the role"
    ADDED = "its actors are added to the claim before"
    PREMISE = "it makes no claim, and an event told behind it takes its roles"
    MERGED = "it reads the mention that another rule reads"
    FOUND = "it makes a claim"


@attrs.frozen
class End:
    """Where a match ended.

    Attributes:
        outcome: what came of it.
        slot: the role that it failed at, empty when at none.
        words: the words that it failed at.
    """

    outcome: Outcome
    slot: str = ""
    words: tuple[Span, ...] = ()


@attrs.define(eq=False)
class Attempt:
    """A match of a rule, and how far it got.

    Attributes:
        rule: the rule.
        index: the place of its sentence in the document.
        sentence: the sentence.
        nodes: the words that the nodes of the pattern stand for.
        words: the words that fill slots, by node, or by slot when the subject of a node fills it.
        fillers: what they put there.
        givers: the rules that completed the claim, by the node or slot that they filled.
        before: the words of the claim or premise before, of which it took roles; None when it took none.
        qualification: how the text holds the claim.
        attribution: who says it, with the place of the sentence that says so; None when nobody does.
        status: how far the bid has come, None when the claim is none.
        end: where the match ended, None when in a claim.
    """

    rule: Rule
    index: int
    sentence: Sentence
    nodes: Mapping[str, Word]
    words: dict[str, Word] = attrs.field(factory=dict)
    fillers: dict[str, list[Filler]] = attrs.field(factory=dict)
    givers: dict[str, Rule] = attrs.field(factory=dict)
    before: Span | None = None
    qualification: Qualification | None = None
    attribution: tuple[int, Report] | None = None
    status: Status | None = None
    end: End | None = None

    @property
    def trigger(self) -> Word:
        """The word that the rule hangs on."""
        return self.nodes["trigger"]


@attrs.define(eq=False)
class Found:
    """A claim with the matches that it was read from.

    Attributes:
        claim: the claim as its sentence makes it.
        attempt: the match whose reading of the mention it is.
        trigger: the trigger of the first match that read the mention.
        others: the other matches that read the same mention.
        completed: the claim with what later sentences add to it, None when they add nothing.
        additions: the matches in later sentences that added actors.
    """

    claim: Claim
    attempt: Attempt
    trigger: Word
    others: list[Attempt] = attrs.field(factory=list)
    completed: Claim | None = None
    additions: list[Attempt] = attrs.field(factory=list)

    @property
    def result(self) -> Claim:
        """The claim with all that the text says of it."""
        return self.completed or self.claim
