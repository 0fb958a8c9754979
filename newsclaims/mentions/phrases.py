"""Word lists of the lexicon as regular expressions.

The lexicon writes one form for many: « millier(s) ». Here the forms are spread out, and matched whatever the
spaces, hyphens, apostrophes and composed or combining accents of the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Generic, TypeVar

import attrs

T = TypeVar("T")

# White space between the words of a phrase: at most one line break, so that no phrase crosses paragraphs, and a
# bounded length, so that no text can make a match slow.
MAYBE_SPACE = r"(?>[^\S\r\n]{0,3}(?:\r\n?|\n)?[^\S\r\n]{0,3})"
SPACE = r"(?=\s)" + MAYBE_SPACE
APOSTROPHE = "['’ʼ]"
WORD_START = r"(?<![\w\u0300-\u036f])"
WORD_END = r"(?![\w\u0300-\u036f])"
# « de » before a noun, elided or not; the noun follows at once.
OF = rf"(?:de{SPACE}|d{APOSTROPHE}{MAYBE_SPACE})"

_OPTION = re.compile(r"\(([^()]*)\)")
_HYPHEN = rf"(?:[-‐‑]|{SPACE})"


def expand(form: str) -> list[str]:
    """Return all that a form of the lexicon stands for: « cent(s) » gives « cent » and « cents »."""
    option = _OPTION.search(form)
    if option is None:
        return [form]
    return [
        spread
        for letters in ("", *option[1].split("|"))
        for spread in expand(form[: option.start()] + letters + form[option.end() :])
    ]


def fold(text: str) -> str:
    """Return a text for look-up: composed, lower case, plain apostrophes, single spaces, no hyphens."""
    text = unicodedata.normalize("NFC", text).casefold()
    return " ".join(re.sub("[’ʼ]", "'", re.sub("[-‐‑]", " ", text)).split())


def source(form: str) -> str:
    """Return the regular expression of one spread form."""
    return "".join(_character(c) for c in unicodedata.normalize("NFC", form))


def _character(char: str) -> str:
    if char == " ":
        return SPACE
    if char == "-":
        return _HYPHEN
    if char == "'":
        return APOSTROPHE + MAYBE_SPACE
    apart = unicodedata.normalize("NFD", char)
    return re.escape(char) if apart == char else f"(?:{char}|{apart})"


def alternatives(forms: Iterable[str]) -> str:
    """Return a regular expression for any form of a word list, the longest first; for nothing if it is empty."""
    spread = {s for form in forms for s in expand(form)}
    if not spread:
        return "(?!)"
    return "(?:" + "|".join(source(s) for s in sorted(spread, key=lambda s: (-len(s), s))) + ")"


@attrs.frozen
class Phrases(Generic[T]):
    """Forms with a meaning each.

    Attributes:
        source: a regular expression for any of the forms.
        meanings: the meaning of each form, folded.
    """

    source: str
    meanings: Mapping[str, T]

    @classmethod
    def of(cls, forms: Mapping[str, T]) -> Phrases[T]:
        """Return the phrases of a word list that gives each form a meaning."""
        meanings = {fold(spread): meaning for form, meaning in forms.items() for spread in expand(form)}
        return cls(alternatives(forms), meanings)

    def meaning(self, matched: str) -> T | None:
        """Return what the matched words mean; None for look-alike letters that a match let through."""
        return self.meanings.get(fold(matched))
