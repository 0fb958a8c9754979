"""Word lists of a user's own: TOML files beside a rule file, one key a list."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from importlib.resources.abc import Traversable

from newsclaims.errors import LexiconError
from newsclaims.lexicon.conjugation import verb_forms
from newsclaims.lexicon.plurals import plural

_NAME = re.compile(r"\w+")
_WORD = re.compile(r"\w[\w'’ -]*")  # what can stand in a pattern as it is


def word_lists(file: Traversable) -> Mapping[str, tuple[str, ...]]:
    """Return the lists of a lexicon file of one's own: the lemmas, by name of the list.

    Args:
        file: a TOML file such as ``alliance = ["alliance", "partenariat"]``.

    Raises:
        LexiconError: the file cannot be read, or an entry is no list of words. The message names every such entry.
    """
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:  # a ValueError: neither TOML nor UTF-8
        raise LexiconError(f"{file.name}: cannot read the lexicon file: {error}") from error
    mistakes = []
    for name, words in data.items():
        if not _NAME.fullmatch(name):
            mistakes.append(f"the name {name!r} has other signs than letters, digits and _")
        if not isinstance(words, list) or not words:
            mistakes.append(f'{name} is no list of words, such as ["alliance", "partenariat"]')
            continue
        bad = [word for word in words if not isinstance(word, str) or not _WORD.fullmatch(word)]
        mistakes += [f"{name}: {word!r} is no word: letters, digits, hyphens, apostrophes and spaces" for word in bad]
    if mistakes:
        raise LexiconError("\n".join(f"{file.name}: {mistake}" for mistake in mistakes))
    return {name: tuple(words) for name, words in data.items()}


def forms(lemmas: Iterable[str]) -> list[str]:
    """Return words with their plurals and, for what can be an infinitive, all forms of the verb; sorted, each once."""
    found: set[str] = set()
    for lemma in lemmas:
        found |= {lemma, plural(lemma)}
        try:
            found.update(verb_forms(lemma))
        except LexiconError:
            continue  # no verb
    return sorted(found)
