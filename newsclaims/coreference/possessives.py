"""Possessives: whose « son » is, and of which company « le capital » or a share is."""

from __future__ import annotations

from collections.abc import Collection

import attrs

from newsclaims.anaphora.cues import cues
from newsclaims.anaphora.phrases import arguments
from newsclaims.anaphora.referents import Referent, bare, kind_of
from newsclaims.anaphora.salience import Sought
from newsclaims.anaphora.subjects import deeds_in, relative_antecedent, surface_subject
from newsclaims.anaphora.words import POSSESSIVE, is_definite, is_relative, shareholder
from newsclaims.claims import EntityKind
from newsclaims.coreference.choice import best, last_group, plural_name
from newsclaims.coreference.memory import Memory, noted
from newsclaims.coreference.reasons import Because
from newsclaims.lexicon.words import first_name_gender
from newsclaims.mentions.names import Name
from newsclaims.tree import Sentence, Word


@noted(Because.POSSESSIVE)
def possessor(memory: Memory, index: int, sentence: Sentence, word: Word) -> tuple[Referent, ...]:
    """Return whose « son » is: the subject's of its clause, or the last subject's before."""
    possessed = sentence.head(word)
    plural = word.text.lower() in ("leur", "leurs")
    noun = {w.id for w in sentence.subtree(possessed)} if possessed is not None else set()
    names = [memory.names[index, i] for i in sorted(noun) if (index, i) in memory.names]
    inside = [r for n in names if (r := memory.referents.get(bare(n.span.text))) is not None]
    relational = possessed is not None and possessed.lemma in cues("relational")
    of_another = word.text.lower() not in POSSESSIVE  # « détient 5 % du capital »
    own_capital = possessed is not None and (
        possessed.lemma in cues("own_capital") or (of_another and possessed.lemma == "part")
    )
    if own_capital:  # nobody has one but a company
        inside.extend(m.referent for m in memory.recent(index, 3) if m.referent.kind is EntityKind.PERSON)
    if possessed is not None and possessed.lemma in cues("rounds"):
        investors = (actor for actor, deed in deeds_in(sentence) if deed in cues("acting"))
        inside.extend(r for actor in investors for r in memory.referents_of(index, sentence, actor))
    opposed = possessed is not None and possessed.lemma in cues("opposed")
    if opposed and not all(_may_be_person(name) for name in names):
        people, company = _company_beside(memory, index, noun)
        if company is not None:
            return (company,)
        if any(name.kind is EntityKind.ORGANISATION for name in names):
            inside.extend(people)
    if opposed and (preferred := _preferred(memory, index, sentence, word)):
        return preferred
    for above in sentence.ancestors(word):
        if above.upos not in ("VERB", "ADJ", "NOUN"):
            continue
        subject = surface_subject(sentence, above) if above.upos == "VERB" else None
        if opposed and subject is not None and above.lemma in cues("creating") and _is_passive(sentence, above):
            # « les jeux Vega lancés par son concurrent Luma »: nobody's rival made it
            inside.extend(memory.referents_of(index, sentence, subject))
            inside.extend(memory.referents_around(index, sentence, subject))
            continue
        if own_capital and of_another and (whose := _whose(sentence, above)) is not None:
            return memory.referents_of(index, sentence, whose)  # « Vega, dont l'État détient 5 % du capital »
        if own_capital and of_another and subject is not None and (theirs := _company_of(sentence, subject)):
            return memory.referents_of(index, sentence, theirs)  # « les salariés de Vega ont 5 % du capital »
        if own_capital and of_another and subject is not None and (firm := _family_firm(memory, sentence, subject)):
            return (firm,)
        part_held = possessed is not None and possessed.deprel == "nmod" and above.lemma in cues("holding_part")
        if own_capital and (of_another or above.lemma in cues("entering") or part_held):
            sellers = [w for w in arguments(sentence, above, ("obl", "iobj")) if w.ner] if of_another else []
            for actor in [*sellers, *([subject] if subject is not None else [])]:
                inside.extend(memory.referents_of(index, sentence, actor))
            continue  # nobody enters his own capital, nor buys a part of it from the company
        answers = possessed is not None and possessed.lemma in cues("offered") and above.lemma in cues("answering")
        if subject is not None and answers and not _is_passive(sentence, above):
            # « Luma, qui a rejeté son offre »: nobody answers his own
            inside.extend(memory.referents_of(index, sentence, subject))
            continue
        if subject is not None and above.lemma in cues("taking") and not relational:
            # nobody copies himself: « Orsol accuse Vega de copier ses prix »
            inside.extend(memory.referents_of(index, sentence, subject))
            continue
        if subject is not None and subject.id not in noun and subject.id < word.id:
            referents = _governed(memory, index, sentence, subject) or memory.referents_of(index, sentence, subject)
            referents = tuple(r for r in referents if not any(r is other for other in inside))
            if opposed and not all(_may_be_person(name) for name in names):
                referents = tuple(r.employer or r for r in referents)  # a company's rival is a company's
            if referents and plural == (len(referents) > 1):
                return referents
            inside.extend(referents)
        governor = sentence.head(above)
        if relational and above is possessed and above.deprel == "conj" and governor is not None and not plural:
            # « Orsol et son rival Vega »: wherever both stand
            if governor.ner == "PLACE" and governor.deprel == "nmod":  # « le groupe de Lyon et son rival Vega »
                governor = sentence.head(governor) or governor
            referents = memory.referents_of_one(index, sentence, governor)
            if referents:
                return referents
        if above.deprel == "appos" and governor is not None and governor.id < word.id:
            referents = memory.referents_of(index, sentence, governor)
            # « Zara, sa rivale » inside a clause: whose rival? the subject's, if there is another one
            outer = next((a for a in sentence.ancestors(governor) if a.upos == "VERB"), None)
            subject = surface_subject(sentence, outer) if outer is not None else None
            if referents and subject is not None and subject.id < governor.id:
                others = memory.referents_of(index, sentence, subject)
                if others and others != referents:
                    return others
            inside.extend(referents)  # nobody is his own rival
    if plural:
        return plural_name(memory, index, sentence, word) or last_group(memory, index)
    if _announces(memory, index, sentence, word):
        return ()
    if relational:
        inside += [m.referent for m in memory.recent(index, 3) if m.referent.kind is EntityKind.PLACE]
        inside += [m.referent for m in memory.recent(index, 3) if opposed and m.referent.public]  # no State's rival
    sought = Sought.by(sentence, word)
    if own_capital:
        inside += [m.referent for m in memory.recent(index, 3) if m.referent.public]
    if own_capital and of_another:
        sought = attrs.evolve(sought, acts=sought.acts | cues("acted_upon"))
    return best(memory, index, sentence, word, sought, reach=3, avoid=noun, barred=inside)


def _family_firm(memory: Memory, sentence: Sentence, holder: Word) -> Referent | None:
    """Return the company with the name of the family that holds it: « la famille Orsol détient 88 % du capital »."""
    if holder.lemma not in cues("families"):
        return None
    names = (c for c in sentence.children(holder) if c.deprel == "appos" and c.ner)
    found = (memory.referents.get(bare(name.text)) for name in names)
    return next((r for r in found if r is not None and r.kind is not EntityKind.PERSON), None)


def _preferred(memory: Memory, index: int, sentence: Sentence, word: Word) -> tuple[Referent, ...]:
    """Return to whom somebody is put second: « Luma a choisi Orsol au détriment de son rival Vega », Orsol's rival."""
    expense = next((a for a in sentence.ancestors(word) if a.lemma in cues("expense")), None)
    verb = sentence.head(expense) if expense is not None else None
    found = (
        [r for o in arguments(sentence, verb, ("obj",)) for r in memory.referents_of(index, sentence, o)]
        if verb
        else []
    )
    return tuple(r for r in found if r.kind is not EntityKind.PLACE)


def _governed(memory: Memory, index: int, sentence: Sentence, organ: Word) -> tuple[Referent, ...]:
    """Return the company whose board or management a noun is: « le conseil d'Orsol … sa participation »."""
    if organ.ner or organ.lemma not in cues("organs"):
        return ()
    owners = (c for c in sentence.subtree(organ) if c.deprel == "nmod" and (c.ner or is_definite(sentence, c)))
    found = next((r for c in owners if (r := memory.referents_of_one(index, sentence, c))), ())
    return tuple(r for r in found if r.kind not in (EntityKind.PLACE, EntityKind.PERSON))


def whole(memory: Memory, index: int, sentence: Sentence, share: Word) -> tuple[Referent, ...]:
    """Return of which company a share is that says none, where shareholding is spoken of."""
    before = memory.document.sentences[max(index - 2, 0) : index + 1]
    if not any(word.lemma.lower() in cues("shareholding") for each in before for word in each.words):
        return ()
    holding = sentence.head(share)
    subject = surface_subject(sentence, holding) if holding is not None else None
    if subject is not None and (firm := _family_firm(memory, sentence, subject)) is not None:
        return (firm,)
    if holding is not None and share.ner != "PERCENT" and (named := shareholder(sentence, holding)) is not None:
        return _of_company(memory, index, sentence, share, list(memory.referents_of(index, sentence, named)))
    apposed_to = sentence.head(holding) if holding is not None and holding.deprel == "appos" else None
    holder = apposed_to or (surface_subject(sentence, holding) if holding is not None else None)
    barred = list(memory.referents_of(index, sentence, holder)) if holder is not None else []
    return _of_company(memory, index, sentence, share, barred)


def _of_company(
    memory: Memory, index: int, sentence: Sentence, share: Word, barred: list[Referent]
) -> tuple[Referent, ...]:
    """Return the company, none of those barred, that a share is of."""
    others = (EntityKind.PERSON, EntityKind.PLACE)
    barred += [m.referent for m in memory.recent(index, 3) if m.referent.kind in others or m.referent.public]
    sought = Sought.by(sentence, share)
    sought = attrs.evolve(sought, acts=sought.acts | cues("acted_upon"))  # whose shares have been spoken of
    return best(memory, index, sentence, share, sought, reach=3, barred=barred)


def _company_beside(memory: Memory, index: int, avoid: Collection[int]) -> tuple[list[Referent], Referent | None]:
    """Return the people spoken of, and the company of the sentence beside one of them who is a subject.

    A company's rival is a company's: « Paul Durand a cédé Vega à son concurrent Orsol ».
    """
    people = [m.referent for m in memory.recent(index, 3) if m.referent.kind is EntityKind.PERSON]
    here = [m for m in memory.recent(index, 0) if not m.aside and m.word not in avoid]
    beside = any(m.role == "subject" and m.referent.kind is EntityKind.PERSON for m in here)
    companies = (m.referent for m in here if m.referent.kind not in (EntityKind.PERSON, EntityKind.PLACE))
    return people, next(companies, None) if beside else None


def _announces(memory: Memory, index: int, sentence: Sentence, word: Word) -> bool:
    """Return whether a possessive at the front is the subject's behind it: « Depuis son rachat, Vega … »."""
    root = sentence.root
    subject = surface_subject(sentence, root) if root is not None else None
    if root is None or subject is None or not word.id < subject.id < root.id:
        return False
    if word.text.lower() in ("leur", "leurs") or any(w.id == word.id for w in sentence.subtree(subject)):
        return False
    heads = [subject, *(c for c in sentence.children(subject) if c.deprel == "appos")]
    return any((index, head.id) in memory.names or is_definite(sentence, head) for head in heads)


def _is_passive(sentence: Sentence, verb: Word) -> bool:
    """Return whether a verb says what is done to its subject: « lancé par », « est vendu par »."""
    if any(c.deprel in ("nsubj:pass", "aux:pass") for c in sentence.children(verb)):
        return True
    return verb.deprel == "acl" and verb.feats.get("VerbForm") == "Part" and verb.feats.get("Tense") == "Past"


def _whose(sentence: Sentence, verb: Word) -> Word | None:
    """Return whom « dont » stands for in the clause of a verb, None without one."""
    at: Word | None = verb
    while at is not None and at.deprel == "conj":
        at = sentence.head(at)
    clause = sentence.subtree(at) if at is not None and at.deprel == "acl:relcl" else ()
    pronoun = next((w for w in clause if w.text.lower() == "dont" and w.id < verb.id), None)
    return relative_antecedent(sentence, pronoun) if pronoun is not None else None


def _company_of(sentence: Sentence, people: Word) -> Word | None:
    """Return whose people a subject without a name is (« les salariés de Vega »), None where it is no people."""
    noun = relative_antecedent(sentence, people) if is_relative(people) else people
    if noun is None or noun.ner or noun.upos != "NOUN" or kind_of(noun, "other") is not EntityKind.PERSON:
        return None
    if any(c.deprel == "appos" for c in sentence.children(noun)):
        return None
    owners = (c for c in sentence.children(noun) if c.deprel == "nmod" and c.ner not in ("", "PERSON", "PLACE"))
    return next(owners, None)


def _may_be_person(name: Name) -> bool:
    """Return whether a name is a person's, or nothing but a first name."""
    return name.kind is EntityKind.PERSON or first_name_gender(name.span.text) is not None
