"""Qualification: modality, negation, attribution and bid status of a claim.

All claim types are qualified here, from the words that govern the trigger: the path from the trigger up to the
clause that the text asserts. Read outwards, the outermost modality wins (« envisagerait de racheter » is conditional).
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from functools import cache

import attrs

from newsclaims.claims import BidStatus, Modality
from newsclaims.lexicon import load
from newsclaims.lexicon.words import descriptions, fold
from newsclaims.speech import Report, report_of
from newsclaims.tree import Sentence, Word

_CUT = frozenset(
    {"depuis", "après", "avec", "malgré", "grâce", "lors", "avant", "suite", "outre", "dès", "sans", "par", "dans"}
)


@attrs.frozen
class Qualification:
    """How the text holds a claim.

    Attributes:
        modality: the outermost modality over the trigger.
        negated: whether the event is denied.
        report: who says it, None when nobody does.
        decided_by: the word that decided the modality, None when nothing speaks against an assertion.
        denied_by: the words that deny, from the trigger outwards; two of them affirm.
    """

    modality: Modality
    negated: bool
    report: Report | None
    decided_by: Word | None = None
    denied_by: tuple[Word, ...] = ()


class StatusCue(StrEnum):
    """What decided how far a bid has come."""

    RULE = "the rule says so"
    REFUSED = "words around it refuse or block it"
    GIVEN_UP = "words around it give it up"
    TALKS = "words around it speak of talks"
    AGREED = "words around it speak of an agreement"
    OFFERED = "words around it speak of an offer"
    CLOSING = "it is still to be closed"
    TOLD = "it is told as done"
    OPEN = "it is not told as done"


@attrs.frozen
class Status:
    """How far a bid has come, and what decided it."""

    value: BidStatus
    because: StatusCue


@cache
def _cues(file: str, key: str) -> frozenset[str]:
    return frozenset(load(file)[key])


def _modal(key: str) -> frozenset[str]:
    return _cues("modality", key)


def qualify(sentence: Sentence, trigger: Word, *, has_status: bool = False) -> Qualification:
    """Return modality, negation and attribution of the claim that hangs on a trigger.

    Args:
        sentence: where the claim stands.
        trigger: the word that the rule hangs on.
        has_status: whether the claim says itself how far it has come: talks are then a status and take place, while
            talks about something else only plan it.
    """
    modality, negated = Modality.ASSERTED, False
    decider, deniers = None, list[Word]()
    path = list(governors(sentence, trigger))
    for level, word in enumerate(path):
        here = _modality(sentence, word, is_trigger=level == 0)
        if here is Modality.PLANNED and has_status and word.lemma in _cues("status", "negotiating"):
            here = None
        denied = _negated(sentence, word)
        if word.lemma in _modal("not_excluded") and denied and level:
            here, denied = Modality.POSSIBLE, False
        elif level and (word.lemma in _modal("refusing") or word.lemma in _modal("denying")):
            denied = not denied
            if word.lemma in _modal("refusing"):
                here = Modality.PLANNED
        elif level and word.lemma in _modal("failing"):
            # « l'OPA a échoué » is a status
            denied ^= not (has_status and path[level - 1].deprel.startswith("nsubj"))
        negated ^= denied
        if denied:
            deniers.append(word)
        if here is not None:
            modality, decider = here, word
    if _in_case(sentence, trigger):
        modality, decider = Modality.HYPOTHETICAL, trigger
    report = report_of(sentence, trigger)
    return Qualification(modality, negated, report, decided_by=decider, denied_by=tuple(deniers))


def governors(sentence: Sentence, trigger: Word) -> Iterator[Word]:
    """Yield the trigger and the words that govern it inside its statement, inside out."""
    at = trigger
    yield at
    if trigger.upos == "NOUN":
        described = descriptions().get(fold(trigger.lemma))
        if described is not None and described.kind != "product" and trigger.deprel not in ("xcomp", "ccomp"):
            return  # « son concurrent Orsol a décidé de … » is a rival, whatever he decides
        if trigger.lemma in _modal("presupposed"):
            return
    while at.head:
        above = sentence.words[at.head - 1]
        if at.deprel.split(":")[0] == "conj":
            infinitive = at.feats.get("VerbForm") == "Inf"
            if infinitive and _finite(sentence, above):
                yield above  # « veut vendre Luma et racheter Vega »
            elif at.upos not in ("NOUN", "PROPN") and _finite(sentence, at):
                return
        elif _governs(sentence, above, at):
            yield above
        else:
            return
        at = above


def _governs(sentence: Sentence, above: Word, at: Word) -> bool:
    """Return whether what is said of a word holds for what depends on it."""
    relation = at.deprel.split(":")[0]
    if at.deprel == "acl:relcl" or _is_if_clause(sentence, at):
        return False
    if at.upos in ("VERB", "ADJ", "AUX"):
        participle = at.feats.get("VerbForm") == "Part" and not _finite(sentence, at)
        if participle and relation in ("acl", "amod", "advcl", "appos"):
            return False
        if relation == "advcl":
            purpose = _purpose(sentence, at) or above.lemma in _modal("planned")
            return purpose and not _finite(sentence, at)
        return relation in ("xcomp", "ccomp", "acl", "obl", "obj", "csubj", "nmod", "nsubj")
    case = next((c.lemma for c in sentence.children(at) if c.deprel == "case"), "")
    cue = above.lemma in _noun_cues()
    wished = case == "par" and above.lemma in _modal("planned")  # « intéressé par le rachat »
    if (case in _CUT and not wished) or ((case == "pour" or relation == "nmod") and not cue):
        return False
    # « construire une usine, un investissement de … »: what a noun explains is as real as the noun
    explains = relation == "appos" and at.upos == "NOUN" and not case
    return explains or relation in ("obj", "nsubj", "xcomp", "ccomp", "obl", "nmod", "iobj")


def _is_if_clause(sentence: Sentence, word: Word) -> bool:
    return _finite(sentence, word) and any(
        c.deprel == "mark" and c.text.lower().replace("’", "'") in _modal("if_words") for c in sentence.children(word)
    )


@cache
def _noun_cues() -> frozenset[str]:
    return (
        _modal("planned")
        | _modal("possible")
        | frozenset(w for key in load("status") for w in load("status")[key])
        | {"annonce", "cas", "absence", "idée", "hypothèse", "opération", "processus"}
    )


def _finite(sentence: Sentence, word: Word) -> bool:
    return word.feats.get("VerbForm") == "Fin" or any(
        c.deprel.split(":")[0] in ("aux", "cop") and c.feats.get("VerbForm") == "Fin" for c in sentence.children(word)
    )


def _moods(sentence: Sentence, word: Word) -> tuple[set[str], set[str]]:
    """Return moods and tenses of the finite verb of a predicate."""
    forms = [word, *(c for c in sentence.children(word) if c.deprel.split(":")[0] in ("aux", "cop"))]
    finite = [w for w in forms if w.feats.get("VerbForm") == "Fin"]
    return {w.feats.get("Mood", "") for w in finite}, {w.feats.get("Tense", "") for w in finite}


def _purpose(sentence: Sentence, word: Word) -> bool:
    """Return whether an infinitive says what something is for (« pour racheter », « afin de »)."""
    if word.feats.get("VerbForm") != "Inf":
        return False
    marks = {c.lemma for c in sentence.children(word) if c.deprel in ("mark", "case")}
    return bool(marks & {"pour", "afin", "de", "à", "vue"})


def _modality(sentence: Sentence, word: Word, *, is_trigger: bool) -> Modality | None:
    """Return what one word of the path does to the modality, None when nothing."""
    children = sentence.children(word)
    if _is_if_clause(sentence, word):
        return Modality.HYPOTHETICAL
    texts = {c.text.lower() for c in children if c.deprel in ("advmod", "amod")}
    if is_trigger and word.upos == "NOUN" and word.id > 1:
        texts.add(sentence.words[word.id - 2].text.lower())  # « un éventuel rachat », whatever the tree
    moods, tenses = _moods(sentence, word)
    if word.lemma == "pouvoir" or any(c.lemma == "pouvoir" and c.deprel.startswith("aux") for c in children):
        return Modality.POSSIBLE
    if word.lemma == "devoir" or any(c.lemma == "devoir" and c.deprel.startswith("aux") for c in children):
        return Modality.PLANNED
    if texts & _modal("possible_words"):
        return Modality.POSSIBLE
    if "Cnd" in moods:
        return Modality.CONDITIONAL
    if not is_trigger and word.lemma in _modal("possible"):
        return Modality.POSSIBLE
    if "Fut" in tenses or (word.lemma == "aller" and not is_trigger):
        return None if not is_trigger and _is_speech(word) else Modality.PLANNED
    if not is_trigger and word.lemma in _modal("planned"):
        return Modality.PLANNED
    if is_trigger and word.upos == "VERB" and _purpose_clause(sentence, word):
        above = sentence.head(word)
        agreed = _agreed(sentence, word) or _in_talks(sentence, word)
        spent = above is not None and above.lemma in _modal("spending")
        return None if agreed or spent or _bids(sentence, word) else Modality.PLANNED
    if is_trigger and _ready(sentence, word):
        return Modality.PLANNED
    if is_trigger and word.lemma in _modal("planned_triggers"):
        return Modality.PLANNED
    if is_trigger and texts & _modal("planned_words"):
        return Modality.PLANNED
    return None


def _in_talks(sentence: Sentence, trigger: Word) -> bool:
    """Return whether talks are what an infinitive is the purpose of, however it is attached."""
    before = sentence.words[max(0, trigger.id - 6) : trigger.id - 1]
    above = sentence.head(trigger)
    subjects = [] if above is None else [c for c in sentence.children(above) if c.deprel.startswith("nsubj")]
    return any(w.lemma in _cues("status", "negotiating") for w in (*before, *subjects))


def _agreed(sentence: Sentence, trigger: Word) -> bool:
    """Return whether an infinitive is what an agreement is for (« a trouvé un accord pour vendre »)."""
    above = sentence.head(trigger)
    if above is None:
        return False
    accepted = _cues("status", "accepted")
    return above.lemma in accepted or any(
        c.deprel == "obj" and c.id < trigger.id and c.lemma in accepted for c in sentence.children(above)
    )


def _ready(sentence: Sentence, trigger: Word) -> bool:
    """Return whether an infinitive hangs beside the adjective that governs it (« s'est dit prêt à racheter »)."""
    above = sentence.head(trigger)
    return (
        above is not None
        and trigger.feats.get("VerbForm") == "Inf"
        and any(
            c.deprel == "xcomp" and c.upos == "ADJ" and c.id < trigger.id and c.lemma in _modal("planned")
            for c in sentence.children(above)
        )
    )


def _bids(sentence: Sentence, trigger: Word) -> bool:
    """Return whether an infinitive is what a bid that was made is for (« a fait une offre pour racheter »)."""
    above = sentence.head(trigger)
    return above is not None and any(
        w.lemma in _cues("status", "bids") for w in (above, *sentence.children(above)) if w.id < trigger.id
    )


def _is_speech(word: Word) -> bool:
    return word.lemma in _cues("speech", "verbs")


def _purpose_clause(sentence: Sentence, word: Word) -> bool:
    marks = {c.lemma for c in sentence.children(word) if c.deprel in ("mark", "case")}
    return word.feats.get("VerbForm") == "Inf" and (
        "pour" in marks or "afin" in marks or (word.deprel.split(":")[0] == "acl" and "à" in marks)
    )


def _negated(sentence: Sentence, word: Word) -> bool:
    """Return whether « ne … pas » or « aucun » stands on a word; « ne … que » does not count."""
    children = list(sentence.children(word))
    for child in sentence.children(word):
        if child.deprel.startswith(("aux", "cop")):
            children.extend(sentence.children(child))
    texts = [c.text.lower().replace("’", "'") for c in children]
    ne = any(t in ("ne", "n'") for t in texts)
    negators = [t for t in texts if t in _modal("negators")]
    determined = any(
        c.text.lower() in ("aucun", "aucune", "nul", "nulle")
        for noun in children
        for c in sentence.children(noun)
        if c.deprel == "det" and noun.deprel.split(":")[0] in ("obj", "nsubj")
    )
    if any(c.deprel == "det" and c.text.lower() in ("aucun", "aucune") for c in sentence.children(word)):
        above = sentence.head(word)
        # « ne prévoit aucun rachat » is one negation, and it stands on the verb
        return above is None or not any(c.text.lower() in ("ne", "n'", "n’") for c in sentence.children(above))
    if not ne:
        return False
    first = next(c.id for c in children if c.text.lower().replace("’", "'") in ("ne", "n'"))
    after = [w.text.lower().replace("’", "'") for w in sentence.words[first : first + 12]]
    if "que" in after or "qu'" in after:
        strong = {"pas", "jamais", "aucun", "aucune"} & set(after[:5])
        if not strong:
            return False
    if "seulement" in after and "pas" in after:
        return False
    near = sentence.words[first : first + 5]
    return bool(negators) or determined or any(w.text.lower() in ("pas", "jamais", "plus", "guère") for w in near)


def _in_case(sentence: Sentence, trigger: Word) -> bool:
    """Return whether a noun stands behind « en cas de » (« en cas de rachat »)."""
    before = [w.lemma for w in sentence.words[max(0, trigger.id - 5) : trigger.id - 1]]
    return trigger.upos == "NOUN" and "cas" in before and "en" in before


def bid_status(sentence: Sentence, trigger: Word, modality: Modality, negated: bool, given: str | None) -> Status:
    """Return how far a bid has come.

    Args:
        sentence: where it is mentioned.
        trigger: the word that the rule hangs on.
        modality: as `qualify` found it.
        negated: likewise.
        given: the status that the rule itself tells, None when it leaves it open.
    """
    path = list(governors(sentence, trigger))
    outer = path[1:]
    around = {w.lemma for w in outer} | {
        c.lemma
        for w in outer
        if w.upos in ("VERB", "NOUN")
        for c in sentence.children(w)
        if c.deprel.split(":")[0] in ("obj", "obl", "nmod", "xcomp", "advmod") and c.id not in {p.id for p in path}
    }
    lemmas = [w.lemma for w in outer]
    view = sentence.head(trigger)
    in_view = view is not None and view.lemma == "vue" and trigger.upos == "NOUN"
    if view is not None and in_view:  # « un accord en vue de l'acquisition », wherever it is attached
        around |= {w.lemma for w in sentence.words[max(0, view.id - 9) : view.id - 1]}
    # « le rachat semble compromis »
    lemmas += [
        c.lemma
        for w in outer
        if w.upos == "VERB"
        for c in sentence.children(w)
        if c.deprel == "xcomp" and c.id > w.id and c.id not in {p.id for p in path} and c.upos in ("ADJ", "VERB")
    ]
    if any(w.lemma == "éponge" for w in sentence.words[max(0, trigger.id - 5) : trigger.id - 1]):
        return Status(BidStatus.WITHDRAWN, StatusCue.GIVEN_UP)  # « jette l'éponge dans le rachat »
    giving_up = any(lemma in _cues("status", "withdrawn") & _modal("refusing") for lemma in lemmas)
    if giving_up or (negated and "finalement" in {w.lemma for w in sentence.words}):
        return Status(BidStatus.WITHDRAWN, StatusCue.GIVEN_UP)
    if given is None or given in ("proposed", "accepted", "completed"):
        for status in (BidStatus.REJECTED, BidStatus.BLOCKED, BidStatus.WITHDRAWN):
            if any(lemma in _cues("status", status.value) for lemma in lemmas) and not negated:
                return Status(status, StatusCue.GIVEN_UP if status is BidStatus.WITHDRAWN else StatusCue.REFUSED)
        talks = trigger.feats.get("VerbForm") == "Inf" and _in_talks(sentence, trigger)
        if talks or any(w in _cues("status", "negotiating") for w in around | {trigger.lemma}):
            return Status(BidStatus.NEGOTIATING, StatusCue.TALKS)
    if given is not None:
        return Status(BidStatus(given), StatusCue.RULE)
    if {"veto"} & around:
        return Status(BidStatus.BLOCKED, StatusCue.REFUSED)
    if modality is Modality.ASSERTED and not negated:
        verb = next((w.lemma for w in outer if w.upos == "VERB"), "")
        nouns = [w.lemma for w in outer if w.upos == "NOUN"]
        accepted = _cues("status", "accepted")
        green = "autoriser" in lemmas or ("feu" in around and any(w.text.lower() == "vert" for w in sentence.words))
        green = green or (trigger.upos == "VERB" and not _finite(sentence, trigger) and "accepter" in lemmas)
        if (trigger.upos == "NOUN" and (verb in accepted or accepted & set(nouns[:1]))) or "accord" in around or green:
            return Status(BidStatus.ACCEPTED, StatusCue.AGREED)
        made = (
            trigger.feats.get("VerbForm") == "Inf" and _purpose_clause(sentence, trigger) and _bids(sentence, trigger)
        )
        if made or in_view or any(lemma in _cues("status", "proposed") for lemma in lemmas):
            return Status(BidStatus.PROPOSED, StatusCue.OFFERED)
        return Status(BidStatus.COMPLETED, StatusCue.TOLD)
    if not negated and _cues("status", "completed") & set(lemmas):
        return Status(BidStatus.ACCEPTED, StatusCue.CLOSING)  # « peut finaliser le rachat »: agreed, not closed
    return Status(BidStatus.PROPOSED, StatusCue.OPEN)
