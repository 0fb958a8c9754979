"""Evidence: what a text as a whole tells of its names, whichever sentence they stand in.

All is read from the characters alone, so that a text of which only parts are parsed tells the same.
"""

from __future__ import annotations

import unicodedata
from functools import cache

import attrs
import regex

from newsclaims.lexicon import load
from newsclaims.lexicon.conjugation import inflections
from newsclaims.lexicon.plurals import plural
from newsclaims.lexicon.words import common_words, counts, demonyms, descriptions, fold

_INSIDE = regex.compile(r"(?<=[\p{L}\p{M}\d,;)%€$]\s|\p{L}['’])\p{Lu}[\p{L}\p{M}\d&+]*(?:['’.-][\p{L}\p{M}\d]+)*")
_PLAIN = regex.compile(r"(?<![\p{L}\p{M}\d])\p{Ll}{3,}+(?![\p{L}\p{M}\d])")

# A name behind a word in small letters, an adjective between them or not: « la fintech lilloise Orsol Pay ».
_BEHIND = regex.compile(
    r"(?<![\p{L}\p{M}\d-])(?P<noun>\p{Ll}[\p{L}\p{M}-]+)(?: (?P<adjective>\p{Ll}[\p{L}\p{M}-]+))?+ "
    r"(?P<name>[\p{Lu}\d][\p{L}\p{M}\d&+'’-]*(?: (?:de |& )?\p{Lu}[\p{L}\p{M}\d'’-]*)*)"
)
# … and what that word itself belongs to: « le patron de la fintech ».
_OWNER = regex.compile(r"(?P<noun>\p{L}+)(?: (?P<adjective>\p{L}+))? (?:du |d['’]une? |de (?:l['’]|\p{L}+ ))\Z")
_REACH = 60  # characters before a word in which its owner stands


@attrs.frozen
class Evidence:
    """What a text tells of its names.

    Attributes:
        inside: forms that stand capitalised where no sentence begins: they are names at its start too.
        plain: words that stand in small letters: alone at the start of a sentence they are no names.
        introduced: forms of one word that a noun introduces as a company's or a product's name: « le groupe Carré ».
        numbered: the first two words of names that begin with a number: « le fonds 4 Saisons ».
        firms: names of several words that are a company's, though they may look like a person's: « la marque Paul
            Durand ».
    """

    inside: frozenset[str]
    plain: frozenset[str]
    introduced: frozenset[str]
    numbered: frozenset[str]
    firms: frozenset[str]

    @classmethod
    def of(cls, text: str) -> Evidence:
        """Read the evidence of a text."""
        text = unicodedata.normalize("NFC", text)
        introduced, numbered, firms = set[str](), set[str](), set[str]()
        for found in _BEHIND.finditer(text):
            name, words = found["name"], [found["noun"], found["adjective"] or ""]
            kind = _kind_before(*words)
            if name[0].isdigit() and " " in name:
                if kind == "organisation":
                    numbered.add(" ".join(name.split()[:2]))
            elif " " not in name:
                if kind in ("organisation", "product") and not (name[0].isdigit() and counts(name)):
                    introduced.add(name)
            elif (noun := _firm(*words)) and not _is_persons(text, found.start(noun)):
                firms.add(name)
        return cls(
            inside=frozenset(form for form in _INSIDE.findall(text) if fold(form) not in common_words()),
            plain=frozenset(_PLAIN.findall(text)),
            introduced=frozenset(introduced - _opening_words()),
            numbered=frozenset(numbered),
            firms=frozenset(firms),
        )


def _kind_before(noun: str, adjective: str) -> str:
    """Return what the words before a name say that it names, nothing when they do not tell."""
    heads = [adjective or noun, *([noun] if fold(adjective) in demonyms() else [])]
    return next((entry.kind for head in heads if (entry := descriptions().get(fold(head))) is not None), "")


def _firm(noun: str, adjective: str) -> str:
    """Return which word of two shows that no person is named behind them, nothing when none does."""
    last = "adjective" if adjective else "noun"
    if fold(adjective or noun) in _company_words():
        return last
    return "noun" if fold(adjective) in demonyms() and fold(noun) in _company_words() else ""


def _is_persons(text: str, start: int) -> bool:
    """Return whether the noun that begins at an offset is somebody's: « le patron du groupe Paul Durand »."""
    owner = _OWNER.search(text, max(0, start - _REACH), start)
    entries = [descriptions().get(fold(owner[group] or "")) for group in ("noun", "adjective")] if owner else []
    return any(entry is not None and entry.kind == "person" for entry in entries)


@cache
def _company_words() -> frozenset[str]:
    """Return the words right behind which no person is named: nouns for companies, and verbs for buying them."""
    data = load("institutions")
    bought = {form for form, readings in inflections().items() if any(r[0] in data["bought"] for r in readings)}
    nouns = [form for noun in data["firms"] for form in (noun, plural(noun))]
    return frozenset(map(fold, nouns)) | bought


@cache
def _opening_words() -> frozenset[str]:
    """Return words that a capital makes no name of: what stands behind them has lost its line."""
    data = load("tokens")
    words = [*data["open_words"], *data["beginnings"], *load("common_words")["openers"]]
    return frozenset(word.capitalize() for word in words)
