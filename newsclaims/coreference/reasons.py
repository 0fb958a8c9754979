"""Why a word stands for an actor."""

from __future__ import annotations

from enum import StrEnum

import attrs

from newsclaims.spans import Span
from newsclaims.tree import Word


class Because(StrEnum):
    """Why a word stands for an actor."""

    NAME = "it is a name"
    OTHER_FORM = "it is another form of the name"
    JOINED = "it is one of two names joined by a hyphen"
    KEEPS_NAME = "it makes one name with the name behind it"
    NAMED_BESIDE = "the name stands beside it"
    APPOSED = "it stands beside the actor that it describes"
    COORDINATED = "it is coordinated with the words that the rule gives"
    RELATIVE = "it is a relative pronoun"
    OWNED = "it is a demonstrative with its owner"
    SPEAKER = "it is a first person, and these are the words of a speaker"
    PERIPHRASE = "it is a phrase that always stands for this name"
    PRONOUN = "it is a pronoun"
    POSSESSIVE = "it is a possessive"
    WHOLE = "it is a share of it"
    LATTER = "it means the one mentioned last"
    PAIR = "it means one of them"
    DESCRIPTION = "it describes an actor named before"
    AHEAD = "the subject that owns it comes after it"
    CATAPHOR = "it describes the actor that the text names next"
    SALIENT = "the most salient actor before it that agrees"
    TOGETHER = "the actors last mentioned together"
    THING = "it is another word for a thing mentioned before"
    DESCRIBED = "it is described and not named"


@attrs.frozen
class Step:
    """How a word came to stand for an actor.

    Attributes:
        words: the words.
        because: why they stand for it, the most general reason first.
        antecedent: the words through which they do, the last mention of the actor before them for instance; None when
            they do by themselves.
    """

    words: Span
    because: tuple[Because, ...]
    antecedent: Span | None = None


@attrs.frozen
class Link:
    """Why a word stands for whom it does, and the word of its sentence through which it does."""

    because: tuple[Because, ...]
    via: Word | None = None
    before: int | None = None  # how many mentions had been read, when it stands for one of them
