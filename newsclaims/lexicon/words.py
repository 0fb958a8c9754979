"""The lexicon as the finders of mentions ask for it: folded forms, ready for look-up."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache

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


@lru_cache(1 << 16)
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
def company_nouns() -> tuple[str, ...]:
    """Return the nouns for a company that can be bought or raise money, as the lexicon writes them."""
    data = load("descriptions")
    others = frozenset(data["no_company"])
    return tuple(dict.fromkeys(n for nouns in data["organisation"].values() for n in nouns if n not in others))


@cache
def of_either() -> frozenset[str]:
    """Return the nouns that describe a person or an organisation (« l'acteur », « l'industriel »), folded."""
    data = load("descriptions")
    companies, people = (
        {fold(n) for nouns in data[kind].values() for n in nouns} for kind in ("organisation", "person")
    )
    return frozenset(companies & people)


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
    """Return whether a name is a place's, with or without its accents and hyphens (« Etats Unis »)."""
    return _joined(name) in _place_names()


def place_gender(name: str) -> str:
    """Return the gender of a continent's or country's name, empty for other places."""
    return _place_genders().get(fold(name), "")


@cache
def _place_genders() -> Mapping[str, str]:
    data = load("places")
    return {fold(name): entry["gender"] for name, entry in [*data["continents"].items(), *data["countries"].items()]}


def _plain(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def _joined(name: str) -> str:
    return _plain(fold(name)).replace(" ", "-")


@cache
def _place_names() -> frozenset[str]:
    return frozenset(map(_joined, _places()))


def _places() -> list[str]:
    data = load("places")
    names = [*data["cities"]["france"], *data["cities"]["world"], *data["regions"]["france"], *data["regions"]["world"]]
    return [*names, *data["continents"], *data["countries"]]


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
    """Return whether a name is a state's, a regulator's or another body's that is no company, or an event's."""
    return _plain(fold(name)) in _public_bodies()


@cache
def _public_bodies() -> frozenset[str]:
    data = load("institutions")
    names = [*data["public_bodies"], *data["parties"], *data["occasions"], *load("places")["metonyms"]]
    return frozenset(_plain(fold(name)) for name in names)


@cache
def body_nouns() -> frozenset[str]:
    """Return the nouns of public bodies that need no name: « le gouvernement », « le conseil régional »."""
    return frozenset(phrase.split()[0] for phrase in load("institutions")["bodies"])


@cache
def known_names() -> Mapping[str, tuple[str, str]]:
    """Return well-known names with kind and gender, the gender empty when nothing is known."""
    found = {
        fold(name): (kind, gender if gender != "x" else "")
        for kind in ("organisation", "person", "product")
        for gender, names in load("names")[kind].items()
        for name in names
    }
    return found | {
        fold(other): found[fold(entry["name"])] for entry in load("names")["facts"] for other in entry.get("also", ())
    }


def known_traits(name: str) -> frozenset[str]:
    """Return what a well-known actor is: nouns of its trade and field, adjectives of its country; nothing for others.

    A longer name, of a company or a product, is from where its beginning is: « Volkswagen Group France ».
    """
    words = name.split()
    for end in range(len(words), 0, -1):
        form = " ".join(words[:end])
        traits = frozenset[str]().union(*(_known_traits().get(f, ()) for f in other_names(form) or {fold(form)}))
        if traits:
            return traits if end == len(words) else traits & demonyms().keys()
    return frozenset()


@cache
def word_traits(name: str) -> frozenset[str]:
    """Return what the words of a company's name let expect of it: « Siam Hotels » is a hotelier, most likely."""
    return frozenset[str]().union(*(_word_traits().get(word, ()) for word in fold(name).split()))


@cache
def _word_traits() -> Mapping[str, frozenset[str]]:
    return {
        fold(word): frozenset(map(fold, entry["nouns"])) for entry in load("traits")["words"] for word in entry["words"]
    }


@cache
def _known_traits() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for group in load("traits")["group"]:
        for name in group["names"]:
            said = (*group.get("nouns", ()), *group.get("fields", ()))
            found.setdefault(fold(name), set()).update(map(fold, said))
    for entry in load("names")["facts"]:
        if "trade" in entry:
            found.setdefault(fold(entry["name"]), set()).update(map(fold, entry["trade"]))
    return {name: frozenset(nouns) for name, nouns in found.items()}


@cache
def long_names() -> Mapping[str, frozenset[str]]:
    """Return the names of several words of well-known actors, public bodies and places, folded, by first word."""
    bodies = [*load("institutions")["public_bodies"], *load("institutions")["parties"]]
    names = [*known_names(), *_known_traits(), *map(fold, [*bodies, *_places()])]
    found: dict[str, set[str]] = {}
    for name in names:
        first = _FIRST_WORD.match(name)
        if first is not None and len(name) > first.end():
            found.setdefault(first[0], set()).add(name)
    return {first: frozenset(group) for first, group in found.items()}


@cache
def small_names() -> frozenset[str]:
    """Return the well-known names of one word in small letters, which their looks do not tell: « leboncoin »."""
    groups = [group for kind in ("organisation", "product") for group in load("names")[kind].values()]
    return frozenset(name for group in groups for name in group if name.isalpha() and name.islower())


def other_names(name: str) -> frozenset[str]:
    """Return all names of a well-known actor, folded, by any of them; none for others."""
    return _other_names().get(fold(name), frozenset())


@cache
def _other_names() -> Mapping[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for entry in load("names")["facts"]:
        names = frozenset(map(fold, [entry["name"], *entry.get("also", ())]))
        found |= dict.fromkeys(names, names)
    return found


def alias_at(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the longest periphrasis for well-known names that a text begins with (« géant de Redmond … »).

    Returns:
        The periphrasis, folded, and whom it may stand for; an empty text and nobody where there is none.
    """
    folded = fold(text)
    if folded.partition(" ")[0] in _alias_heads():
        for end in reversed([m.end() for m in _WORD.finditer(folded)]):
            if names := aliases().get(folded[:end]):
                return folded[:end], names
    return "", ()


def names_an_alias(text: str) -> bool:
    """Return whether a periphrasis for a well-known name stands anywhere in a text."""
    return any(
        alias_at(text[found.start() : found.start() + _ALIAS])[0]
        for found in _WORD.finditer(text)
        if fold(found[0]) in _alias_heads()
    )


_ALIAS = 80  # characters of the longest periphrasis
_WORD = re.compile(r"\w+")
_FIRST_WORD = re.compile(r"\w+'?")


@cache
def _alias_heads() -> frozenset[str]:
    return frozenset(phrase.partition(" ")[0] for phrase in aliases())


@cache
def aliases() -> Mapping[str, tuple[str, ...]]:
    """Return the periphrases for well-known names, folded, with whom they may stand for, owners before the owned."""
    nouns = load("names")["nouns"]
    found: dict[str, tuple[str, ...]] = {}
    for entry in load("names")["facts"]:
        people, trade = entry.get("people", ()), entry.get("trade", ())
        phrases = {
            *entry.get("phrases", ()),
            *_complemented([*nouns["person"], *trade], people),
            *_complemented([*nouns["town"], *trade], [entry["seat"]] if "seat" in entry else []),
            *_complemented(nouns["owner"], entry.get("owns", ())),
            *_complemented(nouns["maker"], entry.get("makes", ())),
        }
        for phrase in map(fold, phrases):
            names = (*found.get(phrase, ()), entry["name"])
            found[phrase] = tuple(sorted(names, key=lambda name: name in entry.get("owns", ())))
    return found


def _complemented(nouns: Iterable[str], names: Iterable[str]) -> Iterator[str]:
    """Yield each noun with each name behind « de », in all its forms (« d'Uber », « du Rafale »)."""
    for name in names:
        article, _, rest = name.partition(" ")
        contracted = {"le": f"du {rest}", "les": f"des {rest}"}.get(article, f"de {name}")
        elided = [f"d'{name}"] if _plain(name)[0].lower() in "aeiouyh" else []
        yield from (f"{noun} {complement}" for noun in nouns for complement in (contracted, *elided))


def counts(form: str) -> bool:
    """Return whether a form that begins with a number is an ordinal or has a unit: « 3e », « 10km », « 5G »."""
    data = load("numbers")["endings"]
    return fold(form.lstrip("0123456789.,")) in {"", *data["ordinals"], *data["units"]}


def is_ordinal(form: str) -> bool:
    """Return whether a form that begins with a number is an ordinal: « 3e »."""
    return fold(form.lstrip("0123456789")) in load("numbers")["endings"]["ordinals"]


@cache
def common_words() -> frozenset[str]:
    """Return frequent words that may begin a sentence and are no names."""
    return frozenset(map(fold, load("common_words")["words"]))


@cache
def acronyms() -> frozenset[str]:
    """Return words in capitals that are no names (PME, PDG, Internet), as written."""
    return frozenset([*load("acronyms")["words"], *load("acronyms")["not_names"]])
