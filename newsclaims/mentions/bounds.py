"""The words that bound an amount: « plus de », « environ », « au maximum »."""

from __future__ import annotations

import re
from functools import cache

import attrs

from newsclaims.claims import Qualifier
from newsclaims.lexicon import load
from newsclaims.mentions.phrases import (
    APOSTROPHE,
    MAYBE_SPACE,
    SPACE,
    WORD_END,
    WORD_START,
    Phrases,
    alternatives,
    expand,
)

_REACH = 60  # the longest cue with its link and spaces, in characters


def qualify(text: str, start: int, end: int, left: int, about: bool = False) -> tuple[Qualifier | None, int, int]:
    """Read the words that bound an amount.

    Args:
        text: the text.
        start: offset of the amount.
        end: offset after the amount.
        left: offset that the words may not reach beyond.
        about: whether the amount is approximate by itself.

    Returns:
        The bound, and the offsets of the amount with those of the words that belong to it: « plus de » does,
        the verb of « dépasse les 3 millions » does not.
    """
    cues = _cues()
    found = Qualifier.ABOUT if about else None
    if after := cues.after.match(text, end):
        found, end = cues.meanings.meaning(after["cue"]) or found, after.end()
    while before := cues.before.search(text, max(left, start - _REACH), start):
        found, start = cues.meaning(before["cue"]) or found, before.start()
    if ahead := cues.ahead.search(text, max(left, start - _REACH), start):
        found = cues.meaning(ahead["cue"]) or found
    return found, start, end


@attrs.frozen
class _Cues:
    before: re.Pattern[str]
    ahead: re.Pattern[str]
    after: re.Pattern[str]
    meanings: Phrases[Qualifier]

    def meaning(self, cue: str) -> Qualifier | None:
        """Return the bound that a cue sets, whatever form its final « de » has."""
        return self.meanings.meaning(cue) or self.meanings.meaning(_FINAL_DE.sub(" de", cue))


_FINAL_DE = re.compile(rf"\s+(?:d{APOSTROPHE}|d[ue]s?)\s*\Z", re.IGNORECASE)


def _preposed(forms: list[str]) -> str:
    """Return a pattern for words right before a number, with « de » in all its forms."""
    spread = [s for form in forms for s in expand(form)]
    of = rf"(?:{SPACE}(?:d[ue]|des){SPACE}|{SPACE}d{APOSTROPHE}{MAYBE_SPACE})"
    taking = alternatives(s.removesuffix(" de") for s in spread if s.endswith(" de"))
    words = alternatives(s for s in spread if not s.endswith(" de") and s[-1].isalpha())
    signs = alternatives(s for s in spread if not s[-1].isalpha())
    return rf"(?:{taking}{of}|{words}{SPACE}|{signs}{MAYBE_SPACE})"


@cache
def _cues() -> _Cues:
    words = load("numbers")
    places: dict[str, list[str]] = {"before": [], "ahead": [], "after": []}
    meanings: dict[str, Qualifier] = {}
    for name, cues in words["qualifiers"].items():
        for place, forms in cues.items():
            places[place] += forms
            meanings |= dict.fromkeys(forms, Qualifier(name))
    before, ahead = _preposed(places["before"]), _preposed(places["ahead"])
    after = rf"{SPACE}(?P<cue>{alternatives(places['after'])}){WORD_END}(?!{MAYBE_SPACE}[\d$€£])"
    return _Cues(
        before=re.compile(rf"{WORD_START}(?P<cue>{before})\Z", re.IGNORECASE),
        ahead=re.compile(rf"{WORD_START}(?P<cue>{ahead}){_preposed(words['links']['words'])}?\Z", re.IGNORECASE),
        after=re.compile(after, re.IGNORECASE),
        meanings=Phrases.of(meanings),
    )
