"""Antecedents: what stands for an actor, and which way leads to whom it stands for."""

from __future__ import annotations

from collections.abc import Iterable

from newsclaims.anaphora.cues import cues
from newsclaims.anaphora.phrases import arguments
from newsclaims.anaphora.referents import Referent, bare, canonical
from newsclaims.anaphora.words import (
    PERSONAL,
    POSSESSIVE,
    alias_of,
    count_of_all,
    is_article_of_capital,
    is_definite,
    is_impersonal,
    is_latter,
    is_owner_unsaid,
    place_in_pair,
)
from newsclaims.claims import EntityKind
from newsclaims.coreference.choice import last_group
from newsclaims.coreference.descriptions import described
from newsclaims.coreference.memory import Memory
from newsclaims.coreference.possessives import possessor
from newsclaims.coreference.pronouns import (
    last,
    one_of_several,
    personal,
    pronoun_of,
)
from newsclaims.coreference.reasons import Because
from newsclaims.lexicon.words import known_names, other_names
from newsclaims.tree import Sentence, Word


def is_anaphor(memory: Memory, sentence: Sentence, word: Word) -> bool:
    """Return whether a word may stand for an actor: a pronoun, a possessive, a definite description."""
    text = word.text.lower().replace("’", "'")
    if word.upos == "PRON" and text in ("en", "y"):
        above = sentence.head(word)
        return above is not None and any(
            w.lemma in cues("of_it") for w in (above, *arguments(sentence, above, ("obj", "xcomp", "nmod")))
        )
    if word.upos == "PRON" and text in PERSONAL and not word.deprel.startswith("expl"):
        return not is_impersonal(sentence, word)
    if word.upos == "DET" and (
        text in POSSESSIVE or is_article_of_capital(sentence, word) or is_owner_unsaid(sentence, word)
    ):
        return True
    if word.upos == "PRON" and text.lstrip("-t").lstrip("-") in ("il", "elle", "ils", "elles"):
        return not is_impersonal(sentence, word)
    if alias_of(memory.document, word)[1]:
        return True
    return (
        is_latter(sentence, word)
        or place_in_pair(sentence, word) is not None
        or count_of_all(sentence, word) > 0
        or is_definite(sentence, word)
    )


def antecedents(memory: Memory, index: int, sentence: Sentence, word: Word) -> tuple[Referent, ...]:
    """Return whom an anaphor stands for, nobody where no actor before it fits."""
    phrase, aliases = alias_of(memory.document, word)
    known = _known_by(memory, aliases)
    if known or phrase.replace(" d'", " de ").partition(" de ")[2] in known_names():
        return known  # « le groupe de Xavier Niel » is nobody else, even where the text does not name it
    if word.upos == "DET":
        return possessor(memory, index, sentence, word)
    if is_latter(sentence, word):
        return last(memory, index, sentence, word)
    place = place_in_pair(sentence, word)
    if place is not None:
        return one_of_several(memory, index, word, place)
    if count_of_all(sentence, word):
        return last_group(memory, index, count_of_all(sentence, word), latest=True)
    if pronoun_of(word) in PERSONAL:
        return personal(memory, index, sentence, word)
    return described(memory, index, sentence, word)


def _known_by(memory: Memory, aliases: Iterable[str]) -> tuple[Referent, ...]:
    """Return the first of some well-known actors that the text names, be it later."""
    for alias in aliases:
        forms = [bare(alias), *sorted(map(bare, other_names(alias)))]
        found = next((memory.referents[form] for form in forms if form in memory.referents), None)
        if found is not None:
            memory.tried.append(Because.PERIPHRASE)
            return (found,)
        later = min((memory.forms[form] for form in forms if form in memory.forms), default=None)
        if later is not None:
            _, text = later
            referent = Referent(name=canonical(text), kind=EntityKind.ORGANISATION)
            memory.referents[bare(text)] = referent
            memory.tried.append(Because.PERIPHRASE)
            return (referent,)
    return ()
