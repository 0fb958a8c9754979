"""Descriptions: which actor « la jeune pousse » or « le groupe de Lyon » is."""

from __future__ import annotations

from collections.abc import Sequence

from newsclaims.anaphora.cues import count_of, cues, synonym, trades
from newsclaims.anaphora.phrases import arguments
from newsclaims.anaphora.referents import (
    GENDERS,
    Referent,
    bare,
    canonical,
    headed_ahead,
    known,
    known_ahead,
    said_of,
    short_forms,
)
from newsclaims.anaphora.salience import Sought
from newsclaims.anaphora.subjects import surface_subject
from newsclaims.anaphora.words import POSSESSIVE, is_definite, number_of
from newsclaims.claims import EntityKind
from newsclaims.coreference.choice import best, last_group, other_roles
from newsclaims.coreference.memory import Memory, noted
from newsclaims.coreference.reasons import Because
from newsclaims.lexicon import load
from newsclaims.lexicon.words import descriptions, of_either
from newsclaims.repair.words import is_demonym
from newsclaims.speech import cited
from newsclaims.tree import Sentence, Word


@noted(Because.DESCRIPTION)
def described(memory: Memory, index: int, sentence: Sentence, word: Word) -> tuple[Referent, ...]:
    """Return whom a definite description stands for."""
    lemma = word.lemma.lower()
    entry = descriptions().get(lemma)
    kind = EntityKind(entry.kind) if entry is not None else EntityKind.ORGANISATION
    political = not cues("of_people").isdisjoint(said_of(sentence, word))  # « le leader conservateur »
    inhabitant = is_demonym(lemma, word.text) and word.text[0].isupper() and word.id > 2  # « l'irruption du Français »
    kind = EntityKind.PERSON if lemma in cues("persons") or political or inhabitant else kind
    count = count_of(lemma) or number_of(sentence, word)
    if count or word.feats.get("Number") == "Plur":
        if not count and lemma not in cues("generic"):
            return ()
        persons = kind is EntityKind.PERSON
        return last_group(memory, index, count, other_roles(memory, index, sentence, word), persons=persons)
    gender = entry.gender if entry is not None else ""
    if kind is EntityKind.PERSON or lemma in of_either():
        gender = GENDERS.get(word.feats.get("Gender", ""), gender)  # the lemma of « la dirigeante » is a man's
    sought = Sought.by(sentence, word, kind, gender, frozenset(said_of(sentence, word)))
    complements = [memory.names[index, c.id] for c in sentence.children(word) if (index, c.id) in memory.names]
    owners = [r for name in complements if (r := memory.referents.get(bare(name.span.text))) is not None]
    if kind is EntityKind.PERSON and complements:
        return _head_of(memory, index, sentence, word, sought, owners)
    headed = [r.employer for r in owners if r.employer is not None]
    if headed and lemma in load("names")["nouns"]["person"]:
        return (headed[0],)  # « le groupe de Paul Durand »
    if lemma in cues("owned") and sought.acts & cues("acted_upon") and (complements or sought.traits - {lemma}):
        return ()  # « Orsol rachète la filiale de Vega », « la filiale belge » say first what is bought
    if _is_owner(sentence, word):
        verb = next((a for a in sentence.ancestors(word) if a.upos == "VERB"), None)
        subject = surface_subject(sentence, verb) if verb is not None else None
        owners = list(memory.referents_of(index, sentence, subject)) if subject is not None else []
        if len(owners) == 1 and sought.fits(owners[0]):
            return (owners[0],)
    barred = [*_media_cited(memory, index, sentence), *_named_behind(memory, index, sentence, word)]
    found = best(memory, index, sentence, word, sought, reach=6, barred=barred)
    if not found and is_demonym(lemma, word.text) and (inhabitant or not memory.companies(index)):
        # « Le tchèque » may be a man, « cette Lilloise » somebody of whom only the first name is known
        other = EntityKind.ORGANISATION if inhabitant else EntityKind.PERSON
        sought = Sought.by(sentence, word, other, gender, sought.traits)
        return best(memory, index, sentence, word, sought, reach=2)
    if found and kind is EntityKind.ORGANISATION and _hardly(memory, index, sought, found[0]):
        ahead = named_next(memory, index, sentence, word, among_others=True)
        return (ahead,) if ahead is not None else found
    return found


def _named_behind(memory: Memory, index: int, sentence: Sentence, word: Word) -> list[Referent]:
    """Return whom the complements of a verb name behind a description that is its subject, and so does not mean them.

    « La société de conseil a pris 5 % du capital d'Orsol. »
    """
    verb = sentence.head(word)
    if verb is None or not word.deprel.startswith("nsubj"):
        return []
    inside = [w for c in arguments(sentence, verb, ("obj", "iobj", "obl", "xcomp")) for w in sentence.subtree(c)]
    names = [memory.names[index, w.id] for w in inside if w.id > word.id and (index, w.id) in memory.names]
    return [r for name in names if (r := memory.referents.get(bare(name.span.text))) is not None]


def _media_cited(memory: Memory, index: int, sentence: Sentence) -> list[Referent]:
    """Return the media that a sentence is from, who do not act in it: « selon le journal, l'acteur a investi »."""
    actors = (r for report in cited(sentence) for r in memory.referents_of(index, sentence, report.speaker))
    return [r for r in actors if r.traits.intersection(load("speech")["media"])]


def _hardly(memory: Memory, index: int, sought: Sought, actor: Referent) -> bool:
    """Return whether nothing but its place makes an actor the one of a trade: it was named by the way."""
    mentions = [m for m in memory.recent(index, 6) if m.referent is actor]
    by_the_way = all(m.role in ("oblique", "embedded") for m in mentions)
    return by_the_way and sought.noun in trades() and sought.noun not in actor.traits


def named_next(
    memory: Memory, index: int, sentence: Sentence, word: Word, *, among_others: bool = False
) -> Referent | None:
    """Return the actor whom a description that nobody before it fits announces: the text names it next.

    « L'entreprise va ouvrir son capital. … Orsol, détenu par l'État … »: the opening of an article, or of a passage
    cut out of one, says what an actor is and names it then.
    """
    if word.upos != "NOUN" or word.feats.get("Number") == "Plur" or not is_definite(sentence, word):
        return None
    entry = descriptions().get(word.lemma.lower())
    if entry is None or entry.kind != "organisation" or index > 1:
        return None
    if not among_others and memory.companies(index):
        return None
    complements = [c for c in sentence.children(word) if c.deprel == "nmod"]
    if any(c.ner for c in complements) or any(c.text.lower() in POSSESSIVE for c in sentence.children(word)):
        return None
    if complements:
        return None if among_others else _told_later(memory, index, word)
    sought = Sought.by(sentence, word, EntityKind.ORGANISATION, traits=frozenset(said_of(sentence, word)))
    said = sought.traits - cues("any_trade") - cues("generic")
    found = list(known_ahead(memory.document.text[sentence.span.end :]))
    fitting = [name for name in found if sought.fits(Referent(name, EntityKind.ORGANISATION, traits=known(name)))]
    told = [name for name in fitting if said & known(name)]
    if among_others and not any(sought.noun in known(name) for name in told):
        return None
    if not told and (said or sought.noun not in cues("generic") or sought.noun in cues("named_so")):
        return _told_later(memory, index, word) if not among_others else None
    if not found and not among_others and (later := _told_later(memory, index, word)) is not None:
        return later
    forms = [bare(name) for name in told or fitting]
    for name, form in zip(told or fitting, forms, strict=True):
        if forms.count(form) > 1 or len(set(forms)) == 1:
            referent = memory.referents.get(form) or Referent(
                name=canonical(name), kind=EntityKind.ORGANISATION, traits=known(name)
            )
            for short in short_forms(name, EntityKind.ORGANISATION):
                memory.referents.setdefault(short, referent)
            return referent
    return None


def _told_later(memory: Memory, index: int, word: Word) -> Referent | None:
    """Return the one company whose head, speaker or value a passage tells behind a description without a name.

    « L'enseigne a été rachetée par le fonds Vega. … », affirme Paul Durand, directeur général d'Orsol. »
    """
    found = {bare(text): text for text in headed_ahead(memory.document.text[word.span.end :])}
    for (at, first), name in memory.names.items():
        if at < index or (at == index and first < word.id) or name.kind in (EntityKind.PERSON, EntityKind.PLACE):
            continue
        sentence = memory.document.sentences[at]
        head = sentence.words[first - 1]
        above = sentence.head(head)
        if above is None or any(c.deprel == "det" for c in sentence.children(head)) or head.ner == "PLACE":
            continue
        lemma = above.lemma.lower()
        headed = head.deprel == "nmod" and lemma in cues("heads") | cues("organs")
        valued = head.deprel == "obj" and lemma in cues("valuing")
        if (headed or valued) and not Referent(name.span.text, EntityKind.ORGANISATION).public:
            found[bare(name.span.text)] = " ".join(name.span.text.split())
    if len(found) != 1:
        return None
    form, text = next(iter(found.items()))
    if form in memory.referents:
        return memory.referents[form]
    referent = Referent(name=canonical(text), kind=EntityKind.ORGANISATION, traits=known(text))
    for short in short_forms(text, EntityKind.ORGANISATION):
        memory.referents.setdefault(short, referent)
    return referent


def _head_of(
    memory: Memory, index: int, sentence: Sentence, word: Word, sought: Sought, owners: Sequence[Referent]
) -> tuple[Referent, ...]:
    """Return who « la patronne d'Orsol » is: who is known to be, else who was just spoken of and might be."""
    people = dict.fromkeys(m.referent for m in memory.recent(index, 6) if m.referent.kind is EntityKind.PERSON)
    known = [p for p in people if p.employer in owners and sought.gender in ("", p.gender)]
    elsewhere = [p for p in people if p.employer is not None]
    return tuple(known[:1]) or best(memory, index, sentence, word, sought, reach=1, barred=elsewhere)


def _is_owner(sentence: Sentence, word: Word) -> bool:
    """Return whether a noun for a company owns what its subject may: « Orsol supprime 90 emplois du groupe »."""
    above = sentence.head(word)
    if above is None or word.deprel != "nmod" or synonym(word.lemma.lower()) not in cues("generic"):
        return False
    counted = above.upos == "NUM" and above.ner not in ("MONEY", "PERCENT")
    return counted or above.lemma in cues("staff")
