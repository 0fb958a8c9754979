"""Posts: for whom people work, and what actors do."""

from __future__ import annotations

from newsclaims.anaphora.cues import cues
from newsclaims.anaphora.phrases import arguments
from newsclaims.anaphora.referents import Referent
from newsclaims.anaphora.subjects import deeds_in, surface_subject
from newsclaims.anaphora.words import POSSESSIVE
from newsclaims.claims import EntityKind
from newsclaims.coreference.memory import Memory
from newsclaims.tree import Sentence, Word


def employer(memory: Memory, index: int, sentence: Sentence, person: Word) -> tuple[Word, tuple[Referent, ...]]:
    """Return for whom somebody speaks, with the word that says so: « Anne Leroy, la présidente de Telmar »."""
    titles = [c for c in sentence.children(person) if c.deprel in ("appos", "nmod", "conj") and c.upos == "NOUN"]
    head = sentence.head(person)
    if head is not None and head.upos == "NOUN":
        titles.append(head)
    following = [w for w in sentence.words[person.id : person.id + 12] if w.upos == "NOUN"]
    for title in [*titles, person, *following]:
        below = sentence.children(title) if title.lemma not in cues("offices") else ()  # no « Économie » employs
        # « directeur pour la France d'Orsol », hung on the country
        abroad = [below_place for c in below if c.ner == "PLACE" for below_place in sentence.children(c)]
        for c in [*below, *abroad]:
            named = memory.named.get((index, c.id)) if c.deprel.startswith("nmod") else None
            if named is not None and named.kind not in (EntityKind.PLACE, EntityKind.PERSON):
                return c, (named,)
            if c.text.lower() in POSSESSIVE and (index, c.id) in memory.resolved:
                return c, memory.resolved[index, c.id]
    known = [r.employer for r in memory.referents_of(index, sentence, person) if r.employer is not None]
    return person, tuple(known)


def read_posts(memory: Memory, index: int, sentence: Sentence) -> None:
    """Note for whom the people of a sentence work."""
    for verb in sentence.words:
        if verb.upos == "VERB" and verb.lemma in cues("heading"):
            subject = surface_subject(sentence, verb)
            heads = memory.referents_of(index, sentence, subject) if subject is not None else ()
            headed = [r for o in arguments(sentence, verb, ("obj",)) for r in memory.referents_of(index, sentence, o)]
            for person in heads:
                if person.kind is None and " " in person.name and len(headed) == 1:
                    person.kind = EntityKind.PERSON  # « Zsofia Kolb dirige Orsol »
                if person.kind is EntityKind.PERSON and person.employer is None and len(headed) == 1:
                    person.employer = headed[0] if headed[0].kind is not EntityKind.PERSON else None
    for word in sentence.words:
        people = memory.resolved.get((index, word.id), ()) if word.upos == "NOUN" else ()
        if (index, word.id) in memory.named:
            people = (memory.named[index, word.id],)
        for person in people:
            if person.kind is EntityKind.PERSON and person.employer is None:
                _, found = employer(memory, index, sentence, word)
                person.employer = next((r for r in found if r is not person), None)


def read_deeds(memory: Memory, index: int, sentence: Sentence) -> None:
    """Note what its verbs and nouns of events make of a sentence's actors: who buys is a buyer from now on."""
    for actor, deed in deeds_in(sentence):
        for referent in memory.referents_of(index, sentence, actor):
            referent.deeds.add(deed)
