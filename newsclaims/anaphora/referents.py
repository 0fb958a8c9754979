"""Actors, and what the words around their names say of them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import attrs
import regex

from newsclaims.anaphora.cues import cues, nationalities, synonym, trades
from newsclaims.anaphora.phrases import is_actor
from newsclaims.claims import EntityKind
from newsclaims.lexicon import load
from newsclaims.lexicon.words import (
    body_nouns,
    demonyms,
    descriptions,
    first_name_gender,
    fold,
    is_place,
    is_public_body,
    known_names,
    known_traits,
    word_traits,
)
from newsclaims.repair.words import is_demonym
from newsclaims.tree import Sentence, Word

_AHEAD = 3  # how many sentences a description may stand before its name
_SENTENCE_END = regex.compile(r"[.!?…]+[\"”»]*(?=\s|\p{Lu})(?<!\b\p{Lu}\.)")
_NAME = regex.compile(r"\p{Lu}[\p{L}\d&+-]*(?:[ '’](?:(?:de|des|du) )?\p{Lu}[\p{L}\d&+-]*)*")

GENDERS = {"Fem": "f", "Masc": "m"}


@attrs.define(eq=False)
class Referent:
    """An actor of the text, through all its mentions.

    Attributes:
        name: the fullest form of its first mention.
        kind: what it is, None as long as nothing tells.
        gender: ``"f"``, ``"m"`` or ``""``.
        traits: lemmas said of it (« éditeur », « lyonnais »).
        deeds: nouns for what it did or had done to it (« acheteur », « cible »).
        count: how often it has been mentioned.
        named: whether the text names it; « le gouvernement » is an actor without a name.
        employer: for whom a person speaks: the company that it heads or works for, None when the text does not say.
    """

    name: str
    kind: EntityKind | None
    gender: str = ""
    traits: set[str] = attrs.field(factory=set)
    deeds: set[str] = attrs.field(factory=set)
    count: int = 0
    named: bool = True
    employer: Referent | None = None

    def learn(self, said: set[str]) -> None:
        """Take over what a description says of the actor that it is found to stand for: its origin, a first trade."""
        found = {trait for trait in said if is_demonym(trait, trait)}
        if not trades() & self.traits:
            found |= trades() & said
        self.traits |= found

    @property
    def expected(self) -> frozenset[str]:
        """What the words of its name let expect of a company: « Siam Hotels » is « l'hôtelier »."""
        return frozenset() if self.kind is EntityKind.PERSON else word_traits(self.name)

    @property
    def invests(self) -> bool:
        """Whether name or traits say that it is an investor by trade."""
        return bool(cues("investor_traits") & self.traits) or fold(self.name).split()[-1] in cues("investor_names")

    @property
    def public(self) -> bool:
        """Whether it is a public body, which no « entreprise » stands for."""
        first = self.name.lower().split()[0]
        return is_public_body(self.name) or first in body_nouns() or first in load("institutions")["civic"]


def canonical(text: str) -> str:
    """Return a name without the punctuation around it."""
    return text.strip(" ,.;:«»\"“”'")


def bare(text: str) -> str:
    """Return a name for comparison, without article."""
    words = fold(text).split()
    if len(words) > 1 and words[0] in ("le", "la", "les", "l'", "the"):
        words = words[1:]
    return " ".join(words).removeprefix("l'")


def short_forms(text: str, kind: EntityKind | None) -> Iterator[str]:
    """Yield the forms under which a name comes back: whole, shortened, a person's family name, initials."""
    words = bare(text).split()
    yield " ".join(words)
    if len(words) == 1 and len(words[0]) > 3 and words[0].endswith("+"):
        yield words[0].rstrip("+")  # « Vega+ … Vega »
    if kind is EntityKind.PLACE:
        return
    model = len(words) > 2 and any(c.isdigit() for word in words[1:] for c in word)
    for i in range(len(words) - 1, 1 if model else 0, -1):  # « Orsol » makes the « Orsol Zephyr X2 »
        if len(words[0]) > 2 and words[i - 1] not in ("de", "du", "des", "et", "&"):
            yield " ".join(words[:i])
    if kind is EntityKind.PERSON:
        for i in range(1, len(words)):
            yield " ".join(words[i:])
    if len(words) > 2:
        yield "".join(w[0] for w in words if w[0].isalnum())


def gender_of_person(text: str) -> str:
    """Return the gender that a first name shows, empty when either or unknown."""
    first = fold(text).split()[0]
    return first_name_gender(first) or first_name_gender(first.split("-")[0]) or ""


def traits_of(sentence: Sentence, head: Word) -> tuple[set[str], EntityKind | None, str]:
    """Return what is said of a name where it stands, and the kind and gender that this shows."""
    found: set[str] = set()
    kind: EntityKind | None = None
    gender = ""
    nouns = [c for c in sentence.children(head) if c.deprel in ("appos", "amod", "nmod") and not c.ner]
    above = sentence.head(head)
    if above is not None and head.deprel == "appos":
        nouns.append(above)
    if above is not None and head.deprel.startswith("nsubj") and above.upos == "NOUN":
        nouns.append(above)
    for noun in nouns:
        lemma = noun.lemma.lower()
        entry = descriptions().get(lemma)
        if entry is None and not is_demonym(lemma, noun.text):
            continue
        found |= said_of(sentence, noun)
        if entry is not None:
            kind = kind or EntityKind(entry.kind)
            gender = gender or entry.gender
        if noun.feats.get("Number") == "Sing" and is_demonym(lemma, noun.text):
            gender = gender or GENDERS.get(noun.feats.get("Gender", ""), "")
    return found, kind, gender


def said_of(sentence: Sentence, noun: Word) -> set[str]:
    """Return the lemmas of a describing noun and its complements, the same for synonyms."""
    words = [noun, *(c for c in sentence.children(noun) if c.deprel in ("amod", "nmod") and not is_actor(sentence, c))]
    lemmas = [fold(w.text) if is_demonym(w.lemma, w.text) else w.lemma.lower() for w in words]
    lemmas += [lemma.split()[0] for lemma in lemmas if lemma.split()[0] in trades()]  # « constructeur automobile »
    lemmas = [demonyms().get(synonym(lemma), synonym(lemma)) for lemma in lemmas]
    return {nationalities().get(lemma, lemma) for lemma in lemmas}


def known(name: str) -> set[str]:
    """Return the traits of a well-known actor, as `said_of` gives them."""
    return {nationalities().get(trait, trait) for trait in known_traits(name)}


def known_ahead(text: str) -> Iterator[str]:
    """Yield the well-known companies that the first sentences of a text name, but for those set beside another one."""
    ends = [found.end() for found in _SENTENCE_END.finditer(text)][:_AHEAD]
    for found in _NAME.finditer(text, 0, ends[-1] if len(ends) == _AHEAD else len(text)):
        before = text[max(0, found.start() - 30) : found.start()].lower().replace("’", "'").replace("'", " ").split()
        if not cues("beside").isdisjoint(before[-2:]):
            continue
        words = found[0].split()
        for length in range(len(words), 0, -1):  # « Renault Vega »
            name = " ".join(words[:length])
            listed = known_names().get(fold(name), ("",))[0]
            if (listed == "organisation" or (not listed and trades() & known(name))) and not is_public_body(name):
                yield name
                break


@cache
def _headed() -> regex.Pattern[str]:
    heads = "|".join(sorted(cues("heads"), key=len, reverse=True))
    return regex.compile(rf"\b(?:{heads}|direction)(?: adjointe?| délégué)? (?:de |d['’]|du groupe )({_NAME.pattern})")


def headed_ahead(text: str) -> Iterator[str]:
    """Yield the names of which a text says next who heads them: « Paul Durand, directeur général d'Orsol »."""
    for found in _headed().finditer(text):
        if not is_public_body(found[1]) and not is_place(found[1]):
            yield found[1]


def kind_of(word: Word, default: str) -> EntityKind:
    """Return the kind of actor that a noun describes."""
    entry = descriptions().get(word.lemma.lower())
    return EntityKind(entry.kind if entry is not None else default)
