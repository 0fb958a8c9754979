"""The lexicon as the finders of mentions ask for it: folded forms, ready for look-up."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import cache

import attrs

from newsclaims.lexicon import load
from newsclaims.lexicon.plurals import agreement, plural


@attrs.frozen
class Description:
    """What a noun says of the actor that it describes.

    Attributes:
        kind: ``"organisation"``, ``"person"`` or ``"product"``.
        gender: ``"m"``, ``"f"``, or empty when the noun takes either.
    """

    kind: str
    gender: str


def fold(text: str) -> str:
    """Return a text for comparison: lower case, composed accents, straight apostrophes, single plain spaces."""
    return " ".join(unicodedata.normalize("NFC", text).replace("’", "'").split()).casefold()


@cache
def descriptions() -> Mapping[str, Description]:
    """Return the nouns that describe actors, by folded singular."""
    found: dict[str, Description] = {}
    data = load("descriptions")
    for kind in ("organisation", "person", "product"):
        for gender, nouns in data[kind].items():
            for noun in nouns:
                found.setdefault(fold(noun), Description(kind=kind, gender=gender if gender != "x" else ""))
    return found


@cache
def description_forms() -> Mapping[str, str]:
    """Return the forms of the describing nouns of several words, with their folded singular."""
    irregular = {fold(k): fold(v) for k, v in load("descriptions")["plurals"].items()}
    found = {}
    for noun in descriptions():
        if " " in noun:
            found[noun] = found[irregular.get(noun, plural(noun))] = noun
    return found


@cache
def demonyms() -> Mapping[str, str]:
    """Return the forms of the adjectives and nouns of places, with the masculine singular."""
    return {
        fold(form): fold(masculine)
        for masculine, entry in load("places")["demonyms"].items()
        for form in agreement(masculine, entry["f"])
    }


def is_place(name: str) -> bool:
    """Return whether a name is a place's, with or without the accents that capitals lose (« Etats-Unis »)."""
    return _plain(fold(name)) in _place_names()


def _plain(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


@cache
def _place_names() -> frozenset[str]:
    data = load("places")
    names = [*data["cities"]["france"], *data["cities"].get("world", ()), *data["regions"]["france"]]
    names += [*data["regions"]["world"], *data["continents"], *data["countries"]]
    return frozenset(_plain(fold(name)) for name in names)


def first_name_gender(name: str) -> str | None:
    """Return the gender of a given name, empty when either, None when it is no given name; accents do not matter."""
    return _first_names().get(_plain(fold(name)))


@cache
def _first_names() -> Mapping[str, str]:
    return {
        _plain(fold(name)): gender if gender != "x" else ""
        for gender, names in load("first_names").items()
        for name in names
    }


@cache
def titles() -> Mapping[str, str]:
    """Return the titles before persons' names with their gender, empty when either or several persons."""
    return {
        fold(title): gender if gender in ("m", "f") else ""
        for gender, group in load("titles").items()
        for title in group
    }


@cache
def institution_heads() -> frozenset[str]:
    """Return the common nouns that begin the names of institutions."""
    return frozenset(fold(head) for group in load("institutions")["heads"].values() for head in group)


@cache
def company_suffixes() -> frozenset[str]:
    """Return the words that end the names of companies."""
    return frozenset(map(fold, load("institutions")["suffixes"]))


def is_public_body(name: str) -> bool:
    """Return whether a name is a state's, a regulator's or another body's that is no company."""
    return _plain(fold(name)) in _public_bodies()


@cache
def _public_bodies() -> frozenset[str]:
    return frozenset(_plain(fold(name)) for name in load("institutions")["public_bodies"])


@cache
def aliases() -> Mapping[str, tuple[tuple[str, str], ...]]:
    """Return the periphrases for well-known names, by first word: (« géant de redmond », « Microsoft »)."""
    found: dict[str, list[tuple[str, str]]] = {}
    for entry in load("aliases")["alias"]:
        for phrase in map(fold, entry["phrase"]):
            found.setdefault(phrase.split()[0], []).append((phrase, entry["name"]))
    return {first: tuple(phrases) for first, phrases in found.items()}


@cache
def known_names() -> Mapping[str, tuple[str, str]]:
    """Return well-known names with kind and gender, the gender empty when nothing is known."""
    return {fold(entry["name"]): (entry["kind"], entry.get("gender", "")) for entry in load("aliases")["known"]}


@cache
def common_words() -> frozenset[str]:
    """Return frequent words that may begin a sentence and are no names."""
    return frozenset(map(fold, load("common_words")["words"]))


@cache
def acronyms() -> frozenset[str]:
    """Return words in capitals that are no names (PME, PDG, Internet), as written."""
    return frozenset([*load("acronyms")["words"], *load("acronyms")["not_names"]])
