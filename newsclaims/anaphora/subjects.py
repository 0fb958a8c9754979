"""Who does what a verb says: subjects, overt and understood, antecedents of relative pronouns, participants."""

from __future__ import annotations

from collections.abc import Iterator

from newsclaims.anaphora.cues import cues, deeds
from newsclaims.anaphora.phrases import NOMINAL, inside_name, is_predicate
from newsclaims.anaphora.words import POSSESSIVE, is_impersonal
from newsclaims.lexicon.words import descriptions
from newsclaims.tree import Sentence, Word


def relative_antecedent(sentence: Sentence, pronoun: Word) -> Word | None:
    """Return the noun that a relative pronoun stands for."""
    for at in [pronoun, *sentence.ancestors(pronoun)]:
        if at.deprel.startswith("acl"):
            head = sentence.head(at)
            if head is None or head.id > pronoun.id:
                return None
            above = sentence.head(head)
            if _disagrees(head, pronoun) and head.deprel == "nmod" and above is not None and above.upos != "VERB":
                head = above  # « l'une des pépites du secteur, dans laquelle »
            return (
                _nearest_name(sentence, head, pronoun)
                or _one_of(sentence, head, pronoun)
                or _one_of_row(sentence, head, pronoun)
                or _actor_above(sentence, head, at, pronoun)
                or head
            )
        if at.upos == "VERB" and at.id > pronoun.id and at.deprel in ("root", "ccomp"):
            break
    for word in reversed(sentence.words[: pronoun.id - 1]):
        if word.upos in ("NOUN", "PROPN", "X") and word.deprel not in ("flat:name", "flat"):
            at = word
            while at.deprel in ("nmod", "appos", "conj", "amod") and at.head and at.head < at.id:
                above = sentence.words[at.head - 1]
                if above.upos not in ("NOUN", "PROPN"):
                    break
                at = above
                if at.ner or at.lemma in descriptions():
                    break
            return at
    return None


def _disagrees(noun: Word, pronoun: Word) -> bool:
    """Return whether « lequel » or « laquelle » shows another gender than a common noun."""
    gender = {"lequel": "Masc", "laquelle": "Fem"}.get(pronoun.text.lower())
    return gender is not None and not noun.ner and noun.feats.get("Gender", gender) != gender


def _one_of(sentence: Sentence, noun: Word, pronoun: Word) -> Word | None:
    """Return who is one of several, where a relative pronoun is singular (« Orsol, un des leaders dans lequel … »)."""
    one = sentence.head(noun)
    singular = pronoun.feats.get("Number") == "Sing" or pronoun.text.lower() in ("lequel", "laquelle")
    several = noun.feats.get("Number") == "Plur" and not noun.ner
    return one if several and singular and one is not None and one.lemma == "un" and one.deprel == "appos" else None


def _one_of_row(sentence: Sentence, first: Word, pronoun: Word) -> Word | None:
    """Return the last of several, where « lequel » stands for one (« Orsol et Vega, lequel a investi »)."""
    if pronoun.text.lower() not in ("lequel", "laquelle"):
        return None
    row = [c for c in sentence.children(first) if c.deprel == "conj" and c.upos in NOMINAL and c.id < pronoun.id]
    return next((c for c in reversed(row) if not _disagrees(c, pronoun)), None)


def _actor_above(sentence: Sentence, noun: Word, clause: Word, pronoun: Word) -> Word | None:
    """Return the actor whose description a relative clause behind a comma was hung in.

    « la société spécialisée dans les logiciels de paie, qui emploie 12 personnes », « la start-up de Lyon, qui … »: a
    thing or place with an actor above it is not what the clause tells of; « l'éditeur d'un jeu, qui … » leaves it open.
    """
    if (
        pronoun.text.lower() == "où"
        or noun.upos not in ("NOUN", "PROPN")
        or noun.ner not in ("", "PLACE")
        or _is_actor(noun)
    ):
        return None
    before = pronoun.id - 1
    while before and sentence.words[before - 1].upos == "ADP":
        before -= 1
    if not before or sentence.words[before - 1].text != ",":
        return None
    if _disagrees(noun, pronoun):  # « la trahison du constructeur, lequel … »
        inside = [c for c in sentence.children(noun) if c.deprel == "nmod" and c.id < pronoun.id and _is_actor(c)]
        agreeing = next((c for c in inside if not _disagrees(c, pronoun)), None)
        if agreeing is not None:
            return agreeing
    below, thing = noun, noun.lemma in descriptions() and _agrees_with(noun, clause, pronoun)
    for above in sentence.ancestors(noun):
        relation = below.deprel.split(":")[0]
        modifies = relation in ("acl", "amod", "nmod") or (relation == "obl" and above.deprel in ("acl", "amod"))
        if not modifies or below.deprel == "acl:relcl" or (thing and below is noun and relation == "nmod"):
            return None
        if above.upos in ("NOUN", "PROPN") and _is_actor(above) and _agrees_with(above, clause, pronoun):
            return above
        below = above
    return None


def _is_actor(noun: Word) -> bool:
    described = descriptions().get(noun.lemma.lower())
    return noun.ner not in ("", "PLACE", "MONEY", "PERCENT") or (described is not None and described.kind != "product")


def _agrees_with(noun: Word, clause: Word, pronoun: Word) -> bool:
    """Return whether a relative pronoun, or the verb of which it is the subject, may go with a noun."""
    several = noun.feats.get("Number") == "Plur"
    told = pronoun.text.lower()
    if told.endswith(("quel", "quelle", "quels", "quelles")):
        return several == told.endswith("s") and not _disagrees(noun, pronoun)
    return told != "qui" or clause.feats.get("Number", "Sing") == ("Plur" if several else "Sing")


def _nearest_name(sentence: Sentence, noun: Word, word: Word) -> Word | None:
    """Return the actor right before a relative pronoun or participle, which a noun that is no actor cannot rule.

    A comma may stand between: « le contrôle de Luma, soutenue par Orsol ».
    """
    if noun.ner or noun.lemma in descriptions():
        return None
    if any(c.deprel == "appos" and c.ner not in ("", "PLACE") for c in sentence.children(noun)):
        return None  # « le japonais Orsol et Vega, qui investissent »
    at = word.id - 1
    if at and sentence.words[at - 1].text == ",":
        at -= 1
    name = inside_name(sentence, sentence.words[at - 1]) if at else None
    if name is None or name.ner in ("MONEY", "PERCENT", "PLACE"):
        return None
    # « l'entrée en Bourse de la société, détenue à 72 % »
    agrees = all(name.feats.get(f) == word.feats.get(f) is not None for f in ("Gender", "Number"))
    return name if name.ner or (agrees and name.lemma in descriptions()) else None


def surface_subject(sentence: Sentence, word: Word) -> Word | None:
    """Return the subject of a verb, overt or understood.

    The understood subject of an infinitive, a participle or a coordinated verb is its governor's (control), the
    noun that a participle modifies, or the owner of the noun that it completes (« son projet de racheter »).

    Args:
        sentence: the sentence.
        word: a verb, or a noun or adjective used as a predicate.

    Returns:
        The subject, None when the sentence has none.
    """
    seen: set[int] = set()
    at: Word = word
    while at.id not in seen:
        seen.add(at.id)
        children = sentence.children(at)
        overt = [c for c in children if _is_overt_subject(c)]
        # « où a-t-il investi ? »; in « Orsol a-t-il investi ? » the pronoun only repeats the subject
        overt = overt or [c for c in children if _is_inverted_subject(sentence, c)]
        if any(c.text.lower() == "on" for c in overt):
            return None
        infinitive = at.feats.get("VerbForm") == "Inf"
        owned = cues("events") if at is not word else cues("aims") if infinitive else frozenset()
        event = next((c for c in overt if c.lemma in owned), None)
        if event is not None:
            # « des négociations sont en cours pour racheter »: those of their owner, or of whoever says so
            owner = _owner(sentence, event)
            above = sentence.head(at)
            if owner is not None or above is None:
                return owner
            at = above
            continue
        if overt:
            return min(overt, key=lambda c: (c.deprel == "nsubj:outer", -c.id if c.id < at.id else c.id))
        above = sentence.head(at)
        if above is None:
            return _left_subject(sentence, at)
        relation = at.deprel.split(":")[0]
        finite = at.feats.get("VerbForm") == "Fin" or any(
            c.deprel.startswith("aux") and c.feats.get("VerbForm") == "Fin" for c in children
        )
        if _is_subject_clause(sentence, at):
            return None
        if _detached_participle(sentence, at):
            clause = next((a for a in sentence.ancestors(at) if a.upos == "VERB" or is_predicate(sentence, a)), None)
            if clause is None:
                return None
            at = clause
            continue
        if above.upos == "ADJ" and infinitive:
            tried = [c for c in sentence.children(above) if c.deprel.startswith(("obl", "nmod")) and c.id < at.id]
            tried = [c for c in tried if any(k.lemma == "pour" for k in sentence.children(c) if k.deprel == "case")]
            if tried:
                return tried[0]  # « difficile pour Orsol de rivaliser »
        if above.upos == "ADJ" and above.lemma in cues("able") and infinitive:
            at = above  # « un service capable de rivaliser »
            noun = sentence.head(above)
            if above.deprel.split(":")[0] in ("amod", "acl") and noun is not None:
                return noun
            continue
        if above.upos in ("NOUN", "PROPN", "PRON", "X") and relation in (
            "acl",
            "amod",
            "appos",
            "nmod",
            "advcl",
            "xcomp",
            "conj",
            "obl",
            "obj",
        ):
            if relation == "conj" and finite and is_predicate(sentence, above):
                at = above  # « Orsol est actionnaire et possède 15 % du capital »
                continue
            if (
                (at.upos == "VERB" or at is word)
                and at.feats.get("VerbForm") != "Inf"
                and relation in ("acl", "amod", "appos", "advcl", "xcomp", "conj")
            ):
                return (_nearest_name(sentence, above, at) if relation == "acl" else None) or above
            governor = sentence.head(above)
            if governor is not None and relation == "acl" and governor.lemma in cues("object_control"):
                return above  # « accuser sa rivale de vendre à perte »
            owner = _owner(sentence, above)
            if owner is not None and owner.id != at.id:
                return owner
            at = above
            continue
        if relation in ("xcomp", "advcl", "obl", "ccomp") and not finite and above.lemma in cues("object_control"):
            controlled = next(
                (
                    c
                    for c in sentence.children(above)
                    if c.deprel in ("obj", "iobj", "obl:arg") and c.id != at.id and c.upos in NOMINAL
                ),
                None,
            )
            if controlled is not None and controlled.ner not in ("MONEY", "PERCENT"):
                return controlled
            called = above.deprel.startswith("acl") and above.feats.get("VerbForm") == "Part"
            if above.lemma in cues("asking") and not called:
                return None  # but « une offre appelée à rivaliser »
        if finite and relation in ("ccomp", "advcl", "parataxis", "acl"):
            return _left_subject(sentence, at)
        at = above
    return None


def _is_overt_subject(word: Word) -> bool:
    return word.deprel.split(":")[0] == "nsubj" and word.text.lower() not in ("c'", "ce")


def _is_inverted_subject(sentence: Sentence, word: Word) -> bool:
    return (
        word.deprel == "expl:subj"
        and word.upos == "PRON"
        and word.text.lower() not in ("c'", "ce", "on")
        and not is_impersonal(sentence, word)
    )


def _is_subject_clause(sentence: Sentence, verb: Word) -> bool:
    """Return whether a bare infinitive before the verb is what the verb is said of (« Investir à Lyon coûtera … »)."""
    return (
        verb.feats.get("VerbForm") == "Inf"
        and verb.deprel.split(":")[0] in ("csubj", "advcl", "dislocated", "nsubj")
        and verb.id < verb.head
        and not any(c.deprel in ("mark", "case", "aux:tense") for c in sentence.children(verb))
    )


def _detached_participle(sentence: Sentence, verb: Word) -> bool:
    """Return whether a present participle behind a comma goes with the whole clause (« …, cherchant à racheter »)."""
    return (
        verb.feats.get("VerbForm") in ("Part", "Ger")
        and verb.text.lower().endswith("ant")
        and verb.id > 1
        and sentence.words[verb.id - 2].text == ","
        and verb.head < verb.id
    )


def _owner(sentence: Sentence, noun: Word) -> Word | None:
    """Return whose a noun is: « son projet », « le projet d'Orsol »; None when the phrase does not say."""
    for child in sentence.children(noun):
        if child.upos == "DET" and child.text.lower() in POSSESSIVE:
            return child
    for child in sentence.children(noun):
        if child.deprel == "nmod" and child.ner and child.ner not in ("MONEY", "PERCENT") and child.id > noun.id:
            case = next((c.lemma for c in sentence.children(child) if c.deprel == "case"), "")
            if case in ("de", "par"):
                return child
    return None


def _left_subject(sentence: Sentence, verb: Word) -> Word | None:
    """Return the name right before a verb that the parser left without a subject."""
    for word in reversed(sentence.words[: verb.id - 1]):
        if word.upos in ("AUX", "ADV") or (word.upos == "PRON" and word.deprel.startswith(("expl", "iobj"))):
            continue
        name = inside_name(sentence, word)
        return name if name.ner and name.ner not in ("MONEY", "PERCENT") else None
    return None


def participants(sentence: Sentence, word: Word) -> Iterator[tuple[str, Word]]:
    """Yield the participants of an event with their roles.

    They are subject, object, owner of an object without a name, or the preposition before them.
    """
    children = sentence.children(word)
    above = sentence.head(word)
    if word.upos == "VERB":
        passive = any(c.deprel in ("nsubj:pass", "aux:pass") for c in children) or (
            word.deprel == "acl" and word.feats.get("VerbForm") == "Part" and word.feats.get("Tense") == "Past"
        )
        subject = surface_subject(sentence, word)
        if subject is not None:
            yield ("object" if passive else "subject"), subject
    elif above is not None and (is_predicate(sentence, word) or word.deprel == "xcomp" or _carried(word, above)):
        # « Orsol est l'actionnaire de Vega », « devient l'actionnaire de Vega », « boucle le rachat de Vega »
        carried = _carried(word, above)
        subject = surface_subject(sentence, above if carried else word)
        if subject is not None:
            yield ("leader" if carried and above.lemma in cues("leading") else "subject"), subject
        for child in sentence.children(above) if carried else ():  # « prendre une participation | chez Vega »
            case = next((c.lemma for c in sentence.children(child) if c.deprel == "case"), "")
            if case in ("auprès", "chez", "dans", "sur") and child.deprel.startswith("obl"):
                yield case, child
    for child in children:
        relation = child.deprel.split(":")[0]
        if relation == "obj":
            yield "object", child
            yield from _around(sentence, child)
        elif relation in ("obl", "nmod", "iobj"):
            case = next((c.lemma for c in sentence.children(child) if c.deprel == "case"), "")
            if case == "par":
                yield "subject", child
            elif case == "de" and word.upos == "NOUN":
                yield "object", child
                yield from _around(sentence, child)
            elif case:
                yield case, child


def _around(sentence: Sentence, noun: Word) -> Iterator[tuple[str, Word]]:
    """Yield whose an object without a name is, with its role: who is bought in « la majorité du capital de Vega »."""
    part = noun.ner == "PERCENT" or noun.lemma in cues("shares")
    if noun.ner and not part:
        return
    for child in sentence.children(noun):
        case = next((c.lemma for c in sentence.children(child) if c.deprel == "case"), "")
        if child.deprel.split(":")[0] not in ("nmod", "obl") or not case:
            continue
        if part and case in ("de", "dans", "à"):
            yield "share", child
            yield from _around(sentence, child)
        elif child.ner or child.lemma in descriptions():
            yield ("owner" if case == "de" else case), child


def deeds_in(sentence: Sentence) -> Iterator[tuple[Word, str]]:
    """Yield what the verbs and nouns of a sentence's events make of whom: a buyer, a target."""
    for word in sentence.words:
        deed = deeds().get(word.lemma)
        if deed is not None and word.upos in ("VERB", "NOUN"):
            for role, actor in participants(sentence, word):
                if role in deed:
                    yield actor, deed[role]


def _carried(noun: Word, verb: Word) -> bool:
    """Return whether a noun of an event is the object of a verb that only says that it takes place."""
    return noun.deprel == "obj" and verb.lemma in cues("carrying")
