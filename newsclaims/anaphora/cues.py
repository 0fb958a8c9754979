"""What the lexicon says of anaphors, ready for look-up: lists of cues, counts, trades and deeds."""

from __future__ import annotations

from functools import cache

from newsclaims.lexicon import load
from newsclaims.lexicon.words import descriptions, fold


@cache
def cues(key: str) -> frozenset[str]:
    """Return a list of the lexicon of coreference."""
    return frozenset(load("coreference")[key])


def count_of(text: str) -> int:
    """Return how many a number or a collective noun stands for, 0 for other words."""
    counts: dict[str, int] = load("coreference")["counts"]
    return counts.get(text.lower(), 0)


def synonym(noun: str) -> str:
    """Return the one noun that stands for several that say the same."""
    synonyms: dict[str, str] = load("coreference")["synonyms"]
    return synonyms.get(noun, noun)


@cache
def trades() -> frozenset[str]:
    """Return the nouns that say a company's trade: who is called by one is hardly called by another."""
    found = {noun for noun, entry in descriptions().items() if entry.kind == "organisation"}
    return frozenset(found - cues("any_trade") - cues("generic") - cues("relational"))


@cache
def nationalities() -> dict[str, str]:
    """Return the adjectives of countries, each with the first of its country: « nippon » with « japonais »."""
    places = load("places")
    first: dict[str, str] = {}
    found = {}
    for word, entry in places["demonyms"].items():
        if entry["place"] in places["countries"]:
            found[fold(word)] = first.setdefault(entry["place"], fold(word))
    return found


@cache
def deeds() -> dict[str, dict[str, str]]:
    """Return what a verb or noun makes of its participants: lemma -> role -> noun."""
    return {lemma: deed["makes"] for deed in load("coreference")["deed"] for lemma in deed["lemmas"]}


@cache
def things() -> dict[str, frozenset[str]]:
    """Return the nouns by which things without a name are taken up again, with what was called otherwise before."""
    return {noun: frozenset(before) for noun, before in load("coreference")["things"].items()}


@cache
def doers() -> dict[str, str]:
    """Return the nouns for those who did something, or had it done to them, with what deeds call it."""
    return {noun: deed for deed, nouns in load("coreference")["doers"].items() for noun in nouns}
