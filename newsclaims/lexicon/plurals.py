"""Plurals of French nouns and adjectives, so that the lexicon lists singulars only."""

from __future__ import annotations

import re

# The few words that leave the rule of their ending.
_AL_WITH_S = frozenset(
    {"bal", "bancal", "carnaval", "fatal", "festival", "final", "natal", "naval", "récital", "régal"}
)
_AIL_WITH_AUX = frozenset({"bail", "corail", "émail", "soupirail", "travail", "vitrail"})
_AU_EU_WITH_S = frozenset({"bleu", "landau", "pneu", "sarrau"})
_OU_WITH_X = frozenset({"bijou", "caillou", "chou", "genou", "hibou", "joujou", "pou"})

_COMPLEMENT = re.compile(r" (?:à |de |des |du |en |d['’])")


def plural(term: str) -> str:
    """Return the plural of a French noun, adjective or group of them.

    All words of a group agree up to a complement: « banque centrale » gives « banques centrales » and
    « homme d'affaires » « hommes d'affaires ». English groups and other exceptions are not known here.

    Args:
        term: the singular; acronyms, in capitals throughout, do not change.
    """
    found = _COMPLEMENT.search(term)
    end = found.start() if found else len(term)
    return " ".join(map(_plural, term[:end].split(" "))) + term[end:]


def agreement(masculine: str, feminine: str) -> tuple[str, str, str, str]:
    """Return the masculine and feminine singular, then the masculine and feminine plural."""
    return masculine, feminine, plural(masculine), plural(feminine)


def _plural(word: str) -> str:
    if word.isupper() or word.endswith(("s", "x", "z")):
        return word
    if word.endswith("al") and word not in _AL_WITH_S:
        return word[:-1] + "ux"
    if word in _AIL_WITH_AUX:
        return word[:-2] + "ux"
    if word in _OU_WITH_X or (word.endswith(("au", "eu")) and word not in _AU_EU_WITH_S):
        return word + "x"
    return word + "s"
