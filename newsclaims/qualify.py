"""Qualification: modality, negation, attribution and bid status of a claim.

All claim types are qualified here, from the words that govern the trigger: the path from the trigger up to the
clause that the text asserts. Read outwards, the outermost modality wins (« envisagerait de racheter » is conditional).
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from itertools import pairwise

import attrs

from newsclaims.claims import BidStatus, Modality
from newsclaims.lexicon import load
from newsclaims.lexicon.words import descriptions, fold
from newsclaims.speech import Report, is_completive, lets_know, reports_of
from newsclaims.tree import Sentence, Word

_CUT = frozenset(
    {"depuis", "après", "avec", "malgré", "grâce", "lors", "avant", "suite", "outre", "dès", "sans", "par", "dans"}
)


_DONE = frozenset({"après", "sans"})  # an infinitive behind them is no plan, whatever the main clause says
_ASIDE = frozenset({"après", "malgré"})  # what came before is not how it ended: « après un refus, a accepté l'offre »
_CLOSING = frozenset({"»", "”", '"', ")", "…"})


@attrs.frozen
class Qualification:
    """How the text holds a claim.

    Attributes:
        modality: the outermost modality over the trigger.
        negated: whether the event is denied.
        reports: who says it, the nearest first.
        decided_by: the word that decided the modality, None when nothing speaks against an assertion.
        denied_by: the words that deny, from the trigger outwards; two of them affirm.
    """

    modality: Modality
    negated: bool
    reports: tuple[Report, ...] = ()
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


@cache
def _phrases(file: str, key: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(phrase.split()) for phrase in load(file)[key])


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
        if decider is not None and _is_consequence(sentence, word, path[level - 1]):
            break  # « serait en train de recruter, cherchant à racheter Vega » plans whatever is rumoured
        here = _modality(sentence, word, below=path[level - 1] if level else None)
        talks = has_status and word.lemma in _cues("status", "negotiating")
        if here is Modality.PLANNED and talks and "Fut" not in _moods(sentence, word)[1]:
            here = None
        denied = _negated(sentence, word)
        if level and denied and word.lemma in _modal("not_excluded"):
            here, denied = Modality.POSSIBLE, False
        elif level and denied and word.lemma in _modal("affirming"):
            denied = False
            if "Fut" not in _moods(sentence, word)[1]:
                here = None
        elif level and (word.lemma in _modal("refusing") or _dismisses(word, path[level - 1])):
            here, denied = here or Modality.PLANNED, not denied
        elif level and word.lemma in _modal("unable"):
            here, denied = here or Modality.POSSIBLE, not denied
        elif level and word.lemma in _modal("denying"):
            # « le rachat est contesté » is not denied
            denied ^= word.lemma not in _modal("challenging") or path[level - 1].upos != "NOUN"
        elif level and word.lemma in _modal("failing"):
            # « l'OPA a échoué » is a status
            denied ^= not (has_status and path[level - 1].deprel.startswith("nsubj"))
        negated ^= denied
        if denied:
            deniers.append(word)
        if here is not None:
            modality, decider = here, word
    negated ^= _denied_behind(sentence, path[-1])
    if modality is Modality.ASSERTED and not negated and _asked(sentence, trigger, path[-1]):
        modality, decider = Modality.POSSIBLE, trigger
    if _supposed(sentence, path):
        modality, decider = Modality.HYPOTHETICAL, trigger
    reports = tuple(reports_of(sentence, trigger))
    return Qualification(modality, negated, reports, decided_by=decider, denied_by=tuple(deniers))


def is_settled(qualification: Qualification) -> bool:
    """Return whether a plan is a decision that was taken: « a décidé de repousser l'offre » repels it."""
    decider = qualification.decided_by
    if qualification.modality is not Modality.PLANNED or decider is None:
        return False
    return _decides(decider)


def _decides(word: Word) -> bool:
    return word.lemma in _modal("deciding") and word.feats.get("Tense") != "Fut"


def is_by_the_way(sentence: Sentence, trigger: Word) -> bool:
    """Return whether a trigger is a rival by the way: « selon Le Fil, Orsol achète son rival Vega » cites none."""
    role = {c.lemma for c in sentence.children(trigger) if c.deprel == "case"} & {"comme", "en", "pour"}
    return trigger.lemma in _modal("by_the_way") and _is_given(sentence, trigger) and not role


def _is_given(sentence: Sentence, trigger: Word) -> bool:
    """Return whether a trigger describes an actor: « son concurrent Orsol a décidé de … » is one anyhow."""
    described = descriptions().get(fold(trigger.lemma)) if trigger.upos == "NOUN" else None
    return described is not None and described.kind != "product" and not _is_predicate(sentence, trigger)


def governors(sentence: Sentence, trigger: Word) -> Iterator[Word]:
    """Yield the trigger and the words that govern it inside its statement, inside out."""
    at = trigger
    yield at
    if _is_given(sentence, trigger):
        return
    if trigger.lemma in _modal("presupposed") and not _is_predicate(sentence, trigger):
        return
    while at.head:
        above = sentence.words[at.head - 1]
        if is_completive(sentence, at) and above.head:
            at = sentence.words[above.head - 1]
            yield at
            continue
        if at.deprel.split(":")[0] == "conj":
            bare = at.feats.get("VerbForm") in ("Inf", "Part") and not _finite(sentence, at)
            own = (
                at.feats.get("VerbForm") == "Part" and above.lemma in _governing()
            )  # « a renoncé à vendre et décidé de … »
            if bare and at.upos in ("VERB", "AUX") and _finite(sentence, above) and not own:
                yield above  # « veut vendre Luma et racheter Vega », « serait créée et détenue à 51 % »
            elif at.upos not in ("NOUN", "PROPN") and _finite(sentence, at):
                return
        elif _governs(sentence, above, at):
            yield above
        else:
            return
        at = above


@cache
def _governing() -> frozenset[str]:
    return frozenset(w for key in ("planned", "possible", "refusing", "denying", "failing") for w in _modal(key))


def _is_predicate(sentence: Sentence, noun: Word) -> bool:
    """Return whether a noun is what somebody is or becomes (« veut devenir un rival de … »)."""
    above = sentence.head(noun)
    becomes = above is not None and above.lemma in _modal("becoming")
    is_or_be = any(c.deprel == "cop" for c in sentence.children(noun))
    return becomes or is_or_be or noun.deprel in ("xcomp", "ccomp") or _is_identified(sentence, noun)


def _is_identified(sentence: Sentence, noun: Word) -> bool:
    """Return whether the sentence says who a description is (« le repreneur de Vega est le groupe Orsol »)."""
    above = sentence.head(noun)
    if above is None or not noun.deprel.startswith("nsubj"):
        return False
    below = sentence.children(above)
    if above.lemma in _modal("identifying"):
        return True
    named = above.ner or any(c.deprel == "appos" and c.ner for c in below)
    is_named = any(c.deprel == "appos" and c.ner for c in sentence.children(noun))
    return bool(named) and not is_named and any(c.deprel == "cop" for c in below)


def _governs(sentence: Sentence, above: Word, at: Word) -> bool:
    """Return whether what is said of a word holds for what depends on it."""
    relation = at.deprel.split(":")[0]
    if at.deprel == "acl:relcl":  # « dément les rumeurs selon lesquelles il a racheté Vega »
        quoting = any(c.text in ("laquelle", "lesquelles") for c in sentence.children(at))
        return quoting and above.lemma in _modal("contents")
    if _is_if_clause(sentence, at):
        return False
    if at.upos in ("VERB", "ADJ", "AUX"):
        participle = at.feats.get("VerbForm") == "Part" and not _finite(sentence, at) and not _infinitive(sentence, at)
        if _is_consequence(sentence, above, at):
            return True
        if participle and relation in ("acl", "amod", "advcl", "appos"):
            return False
        if relation == "advcl":
            if any(c.deprel in ("mark", "case") and c.lemma in _DONE for c in sentence.children(at)):
                return False
            purpose = _purpose(sentence, at) or above.lemma in _modal("planned")
            return purpose and not _finite(sentence, at)
        return relation in ("xcomp", "ccomp", "acl", "obl", "obj", "csubj", "nmod", "nsubj")
    if _is_cause(sentence, above, at):
        return False
    if (
        above.lemma == "devoir"
        and relation in ("obj", "obl")
        and not any(c.deprel == "cop" for c in sentence.children(at))
    ):
        return False  # « à qui l'on doit le rachat de Vega »: what is owed is no duty
    case = next((c.lemma for c in sentence.children(at) if c.deprel == "case"), "")
    cue = above.lemma in _noun_cues()
    wished = case == "par" and above.lemma in _modal("planned")  # « intéressé par le rachat »
    if (case in _CUT and not wished) or ((case == "pour" or relation == "nmod") and not cue):
        return False
    # « construire une usine, un investissement de … »: what a noun explains is as real as the noun
    explains = relation == "appos" and at.upos == "NOUN" and not case
    is_clause = relation == "csubj" and _finite(sentence, at)  # « il est possible que Luma soit un rival »
    return explains or is_clause or relation in ("obj", "nsubj", "xcomp", "ccomp", "obl", "nmod", "iobj")


def _is_consequence(sentence: Sentence, above: Word, at: Word) -> bool:
    """Return whether a clause says what comes of the event before (« va racheter Vega, devenant son actionnaire »)."""
    gerund = at.feats.get("VerbForm") == "Part" and at.feats.get("Tense") == "Pres"
    told = at.lemma in _cues("speech", "verbs")  # « …, précisant que Vega a été rachetée »
    return gerund and at.deprel == "advcl" and at.id > above.id and not told and not _negated(sentence, above)


def _is_cause(sentence: Sentence, above: Word, at: Word) -> bool:
    """Return whether a noun is given, and the clause says what comes of it (« cette levée doit permettre de … »)."""
    open_to = any(c.deprel == "det" and c.lemma in ("un", "aucun", "tout") for c in sentence.children(at))
    said = [above, *(c for c in sentence.children(above) if c.deprel == "xcomp")]
    return at.deprel == "nsubj" and not open_to and any(w.lemma in _modal("effects") for w in said)


def _is_if_clause(sentence: Sentence, word: Word) -> bool:
    # the « si » before an antecedent is not that of its relative clause
    after = word.head if word.deprel == "acl:relcl" else 0
    return _finite(sentence, word) and any(
        c.deprel == "mark" and c.id > after and _plain(c) in _modal("if_words") for c in sentence.children(word)
    )


def _plain(word: Word) -> str:
    return word.text.lower().replace("’", "'")


def _dismisses(word: Word, below: Word) -> bool:
    """Return whether an idea is waved away (« écarte l'idée de racheter », « rejette l'hypothèse d'un rachat »)."""
    return word.lemma in _modal("dismissing") and below.lemma in _modal("ideas")


@cache
def _noun_cues() -> frozenset[str]:
    return (
        _modal("planned")
        | _modal("possible")
        | frozenset(w for key in load("status") for w in load("status")[key])
        | _modal("ideas")
        | _modal("contents")
    )


def _finite(sentence: Sentence, word: Word) -> bool:
    return word.feats.get("VerbForm") == "Fin" or any(
        c.deprel.split(":")[0] in ("aux", "cop") and c.feats.get("VerbForm") == "Fin" for c in sentence.children(word)
    )


def _infinitive(sentence: Sentence, word: Word) -> bool:
    """Return whether a verb is an infinitive, simple or not (« avoir racheté », « être racheté »)."""
    return word.feats.get("VerbForm") == "Inf" or any(
        c.deprel.startswith("aux") and c.feats.get("VerbForm") == "Inf" for c in sentence.children(word)
    )


def _moods(sentence: Sentence, word: Word) -> tuple[set[str], set[str]]:
    """Return moods and tenses of the finite verb of a predicate."""
    forms = [word, *(c for c in sentence.children(word) if c.deprel.split(":")[0] in ("aux", "cop"))]
    finite = [w for w in forms if w.feats.get("VerbForm") == "Fin"]
    return {w.feats.get("Mood", "") for w in finite}, {w.feats.get("Tense", "") for w in finite}


def _relied_on(sentence: Sentence, word: Word) -> bool:
    """Return whether somebody was there to be relied on: « a pu compter sur Vega pour boucler sa levée »."""
    above = sentence.head(word)
    governing = word if word.deprel != "xcomp" or above is None else above
    perfect = governing.feats.get("VerbForm") == "Part" and governing.feats.get("Tense") == "Past"
    return perfect and any(
        k.lemma == "sur" for c in sentence.children(word) for k in sentence.children(c) if k.deprel == "case"
    )


def _purpose(sentence: Sentence, word: Word) -> bool:
    """Return whether an infinitive says what something is for (« pour racheter », « afin de »)."""
    if word.feats.get("VerbForm") != "Inf":
        return False
    marks = {c.lemma for c in sentence.children(word) if c.deprel in ("mark", "case")}
    return bool(marks & {"pour", "afin", "de", "à", "vue"})


def _modality(sentence: Sentence, word: Word, *, below: Word | None) -> Modality | None:
    """Return what one word of the path does to the modality of the one below it, None when nothing."""
    is_trigger = below is None
    # « le rachat attend le feu vert »
    is_subject = below is not None and below.deprel == "nsubj" and word.upos == "VERB"
    children = sentence.children(word)
    if _is_if_clause(sentence, word):
        return Modality.HYPOTHETICAL
    texts = {c.text.lower() for c in children if c.deprel in ("advmod", "amod", "mark")}  # « peut-être que »
    if is_trigger and word.upos == "NOUN" and word.id > 1:
        texts.add(sentence.words[word.id - 2].text.lower())  # « un éventuel rachat », whatever the tree
    moods, tenses = _moods(sentence, word)
    modal = next(
        (w for w in (word, *children) if w.lemma in _modal("modals") and (w == word or w.deprel.startswith("aux"))),
        None,
    )
    if modal is not None:
        if modal.feats.get("VerbForm") == "Part" and moods == {"Ind"} and tenses == {"Pres"}:
            return None  # « a pu compter sur », « a dû vendre »: it has
        return Modality.POSSIBLE if modal.lemma == "pouvoir" else Modality.PLANNED
    if texts & _modal("possible_words"):
        return Modality.POSSIBLE
    if "Cnd" in moods:
        return Modality.PLANNED if _future_in_the_past(sentence, word) else Modality.CONDITIONAL
    if not is_trigger and word.lemma in _modal("possible"):
        return Modality.POSSIBLE
    if "Fut" in tenses or (word.lemma == "aller" and not is_trigger):
        return None if below is not None and _tells(word, below) else Modality.PLANNED
    agrees = word.lemma in _modal("agreeing") and any(c.deprel.startswith("expl") for c in children)
    after = sentence.words[word.id].lemma if word.id < len(sentence.words) else ""
    tells = word.lemma in _modal("consequence") and after == "que"
    relied = word.lemma in _modal("relying") and _relied_on(sentence, word)
    if not is_trigger and word.lemma in _modal("planned") and not (is_subject or agrees or tells or relied):
        return Modality.PLANNED
    if word.lemma == "être" and any(c.lemma in _modal("planned") and c.deprel.startswith("obl") for c in children):
        return Modality.PLANNED  # « est à l'étude »
    if is_trigger and word.upos == "VERB" and _purpose_clause(sentence, word):
        above = sentence.head(word)
        agreed = _agreed(sentence, word) or _in_talks(sentence, word) or _chosen(sentence, word)
        spent = above is not None and above.lemma in _modal("spending")
        return None if agreed or spent or _bids(sentence, word) else Modality.PLANNED
    if is_trigger and _ready(sentence, word):
        return Modality.PLANNED
    cue = _before(sentence, word) if is_trigger else None
    if cue is not None and cue.upos == "NOUN" and cue.lemma in _modal("possible"):
        return Modality.POSSIBLE  # « s'est réservé le droit d'en prendre le contrôle »
    if is_trigger and word.lemma in _modal("planned_triggers"):
        return Modality.PLANNED
    if is_trigger and texts & _modal("planned_words"):
        return Modality.PLANNED
    return None


def _future_in_the_past(sentence: Sentence, word: Word) -> bool:
    """Return whether a conditional is a future seen from the past (« a annoncé qu'il rachèterait Vega »).

    Media that say so report (« a révélé qu'Orsol rachèterait »), and what would have been done is no future.
    """
    cue = sentence.head(word)
    done = any(c.deprel.startswith("aux") and c.lemma == "avoir" for c in sentence.children(word))
    if cue is None or word.deprel != "ccomp" or done:
        return False
    if cue.lemma not in _cues("speech", "promising") and not lets_know(sentence.words, cue):
        return False
    let = sentence.words[max(0, cue.id - 4) : cue.id - 1] if lets_know(sentence.words, cue) else ()
    told = [w for w in (cue, *let, *sentence.children(cue)) if w.upos != "NOUN"]
    # « a fait savoir », whose « fait » may be taken for a present
    return any(w.feats.get("Tense") in ("Past", "Imp") for w in told) or any(w.lemma == "avoir" for w in let)


def _in_talks(sentence: Sentence, trigger: Word) -> bool:
    """Return whether talks are what an infinitive is the purpose of, however it is attached."""
    before = sentence.words[max(0, trigger.id - 6) : trigger.id - 1]
    above = sentence.head(trigger)
    subjects = [] if above is None else [c for c in sentence.children(above) if c.deprel.startswith("nsubj")]
    return any(w.lemma in _cues("status", "negotiating") for w in (*before, *subjects))


def _agreed(sentence: Sentence, trigger: Word) -> bool:
    """Return whether an infinitive is what an agreement is for (« a trouvé un accord pour vendre »)."""
    above = sentence.head(trigger)
    if above is None or any(c.deprel == "aux:tense" for c in sentence.children(trigger)):
        return False  # « a annoncé avoir vendu »: done
    accepted = _cues("status", "accepted")
    return above.lemma in accepted or any(
        c.deprel in ("obj", "obl:arg") and c.id < trigger.id and c.lemma in accepted for c in sentence.children(above)
    )


def _chosen(sentence: Sentence, trigger: Word) -> bool:
    """Return whether a bid is chosen among others (« choisi pour reprendre Vega », « a retenu l'offre »)."""
    above = sentence.head(trigger)
    chosen = False
    if above is not None and above.lemma in _cues("status", "bids"):
        # « c'est l'offre d'Orsol qui a été retenue »
        relatives = [c for c in sentence.children(above) if c.deprel == "acl:relcl"]
        chosen = any(c.lemma in _cues("status", "choosing") and not _negated(sentence, c) for c in relatives)
        above = sentence.head(above)
    chosen = chosen or (above is not None and above.lemma in _cues("status", "choosing"))
    return chosen and (trigger.upos == "NOUN" or _purpose_clause(sentence, trigger))


def _ready(sentence: Sentence, trigger: Word) -> bool:
    """Return whether an infinitive follows the word that governs it, wherever it is attached.

    « s'est dit prêt à racheter », « a pour projet de racheter », « l'objectif d'Orsol est de racheter ».
    """
    if trigger.feats.get("VerbForm") != "Inf":
        return False
    if any(c.deprel == "nsubj" and c.lemma in _cues("coreference", "aims") for c in sentence.children(trigger)):
        return True
    cue = _before(sentence, trigger)
    return cue is not None and cue.upos in ("ADJ", "NOUN") and cue.lemma in _modal("planned")


def _before(sentence: Sentence, trigger: Word) -> Word | None:
    """Return the word in front of an infinitive and of its preposition and pronouns, None where there is none."""
    if trigger.feats.get("VerbForm") != "Inf":
        return None
    before = trigger.id - 1
    while before and sentence.words[before - 1].upos in ("ADP", "PRON", "AUX"):
        before -= 1
    return sentence.words[before - 1] if 0 < before < trigger.id - 1 else None


def _bids(sentence: Sentence, trigger: Word) -> bool:
    """Return whether an infinitive is what a bid that was made is for (« a fait une offre pour racheter »)."""
    above = sentence.head(trigger)
    made = _cues("status", "bids") | _cues("status", "offering")
    return above is not None and any(w.lemma in made for w in (above, *sentence.children(above)) if w.id < trigger.id)


def _tells(word: Word, below: Word) -> bool:
    """Return whether a verb only says what is below it: « annoncera le rachat », not « lancera une offre »."""
    return word.lemma in _cues("speech", "announcing" if below.upos == "NOUN" else "verbs")


def _purpose_clause(sentence: Sentence, word: Word) -> bool:
    above = sentence.head(word)
    if above is not None and word.deprel == "xcomp" and above.lemma in _modal("enabling"):
        return _purpose_clause(sentence, above)  # « afin de lui permettre d'acquérir Vega »
    marks = {c.lemma for c in sentence.children(word) if c.deprel in ("mark", "case")}
    if _finite(sentence, word) and "que" in marks and marks & {"pour", "afin"}:
        return True  # « pour qu'il investisse », « pour qu'il rachète » too, whose form is that of the indicative
    return word.feats.get("VerbForm") == "Inf" and (
        "pour" in marks or "afin" in marks or (word.deprel.split(":")[0] == "acl" and "à" in marks)
    )


def _negated(sentence: Sentence, word: Word) -> bool:
    """Return whether « ne … pas », « aucun » or « sans » stands on a word; « ne … que » does not count."""
    children = list(sentence.children(word))
    for child in sentence.children(word):
        if child.deprel.startswith(("aux", "cop")):
            children.extend(sentence.children(child))
    ne = next((c.id for c in children if _plain(c) in ("ne", "n'")), None)
    if any(c.deprel == "det" and c.lemma == "aucun" for c in sentence.children(word)):
        return not _negated_above(sentence, word)
    if ne is None:
        return _negated_alone(sentence, word)
    after = [_plain(w) for w in sentence.words[ne : ne + 12]]
    if "que" in after or "qu'" in after:
        strong = {"pas", "jamais", "aucun", "aucune"} & set(after[:5])
        if not strong:
            return False
    if "seulement" in after and "pas" in after:
        return False
    if any(c.lemma in _modal("obstacles") and not c.deprel.startswith("nsubj") for c in children):
        return False  # « n'a eu aucun mal à lever »
    determined = any(
        c.lemma in ("aucun", "nul")
        for noun in children
        for c in sentence.children(noun)
        if c.deprel == "det" and noun.deprel.split(":")[0] in ("obj", "nsubj")
    )
    negators = any(_plain(c) in _modal("negators") for c in children)
    return negators or determined or any(text in _modal("negating_adverbs") for text in after[:5])


def _negated_above(sentence: Sentence, noun: Word) -> bool:
    """Return whether the verb of a noun has « ne »: « ne prévoit aucun rachat » is one negation, on the verb."""
    above = sentence.head(noun)
    return above is not None and any(_plain(c) in ("ne", "n'") for c in sentence.children(above))


def _negated_alone(sentence: Sentence, word: Word) -> bool:
    """Return whether a word is denied without « ne » (« jamais racheté », « sans racheter », « pas de rachat »)."""
    children = [c for c in sentence.children(word) if c.id < word.id]
    if _infinitive(sentence, word):
        return any(c.lemma == "sans" for c in children)
    if _finite(sentence, word):
        return False
    before = [_plain(w) for w in sentence.words[max(0, word.id - 4) : word.id - 1]]
    if word.upos == "NOUN" and before[-2:] in (["pas", "de"], ["pas", "d'"]):
        return not _negated_above(sentence, word)
    return any(_plain(c) in ("pas", "jamais") for c in children) and not {"seulement", "que", "moins"} & set(before)


def _denied_behind(sentence: Sentence, top: Word) -> bool:
    """Return whether a heading is denied behind its colon (« Rachat de Vega : Orsol dément »)."""
    behind = [c for c in sentence.children(top) if not top.head and c.deprel == "parataxis" and c.id > top.id]
    return any(
        c.lemma in _modal("denying")
        and not _negated(sentence, c)
        and not any(o.deprel in ("obj", "ccomp", "xcomp") for o in sentence.children(c))
        for c in behind
    )


def _asked(sentence: Sentence, trigger: Word, top: Word) -> bool:
    """Return whether a sentence asks for the event itself (« Orsol a-t-il racheté Vega ? », « Vega racheté ? »)."""
    end = next((w for w in reversed(sentence.words) if w.text not in _CLOSING), None)
    if end is None or end.text != "?" or top.head or (trigger.upos != "VERB" and trigger != top):
        return False
    return not any(_plain(w) in _modal("question_words") for w in sentence.words[: trigger.id - 1])


def _supposed(sentence: Sentence, path: list[Word]) -> bool:
    """Return whether the clause is the first after a phrase that supposes it (« au cas où », « en cas de »)."""
    trigger = path[0]
    texts = [_plain(w) for w in sentence.words[: trigger.id]]
    for phrase in _phrases("modality", "suppositions"):
        for end in range(len(phrase), trigger.id):
            if tuple(texts[end - len(phrase) : end]) == phrase:
                verb = next((w for w in sentence.words[end:] if w.feats.get("VerbForm") == "Fin"), None)
                if verb is None or verb.id > trigger.id or verb in path or sentence.head(verb) in path:
                    return True
    return False


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
        for w in (*outer, *(x for o in outer for x in sentence.children(o) if x.deprel == "xcomp"))
        if w.upos in ("VERB", "NOUN")
        for c in sentence.children(w)
        if c.deprel.split(":")[0] in ("obj", "obl", "nmod", "xcomp", "advmod") and c.id not in {p.id for p in path}
        if not any(k.deprel == "case" and k.lemma in _ASIDE for k in sentence.children(c))
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
        if c.id > w.id
        and c.id not in {p.id for p in path}
        and (
            (c.deprel == "xcomp" and c.upos in ("ADJ", "VERB")) or (c.deprel == "obj" and w.lemma in _modal("seeming"))
        )
    ]
    participles = _participles(sentence, trigger)
    lemmas += participles
    idioms = load("status")["withdrawn_idioms"]
    if (
        any(c.lemma in idioms.get(w.lemma, ()) for w in _clause(sentence, trigger, path) for c in sentence.children(w))
        and not negated
    ):
        return Status(BidStatus.WITHDRAWN, StatusCue.GIVEN_UP)  # « jette l'éponge dans le rachat »
    refusing = _modal("refusing")
    giving_up = any(lemma in _cues("status", "withdrawn") & refusing for lemma in lemmas)
    if negated and (giving_up or "finalement" in {w.lemma for w in sentence.words}):
        return Status(BidStatus.WITHDRAWN, StatusCue.GIVEN_UP)
    if negated and outer and _comes_about(sentence, trigger, outer[0]):
        if _cues("status", "blocked") & set(participles):
            return Status(BidStatus.BLOCKED, StatusCue.REFUSED)  # « le rachat, bloqué par Bruxelles, n'aura pas lieu »
        return Status(BidStatus.WITHDRAWN, StatusCue.GIVEN_UP)
    for below, word in pairwise(path):
        # « refuse l'offre », « refuse d'être racheté », not « refuse de lancer une offre »
        answers = below.lemma in _cues("status", "bids") | _cues("status", "giving_in") or _is_passive(sentence, below)
        if negated and answers and word.lemma in _cues("status", "rejected") & refusing:
            return Status(BidStatus.REJECTED, StatusCue.REFUSED)
    answered = given == "accepted" and trigger.lemma in _cues("status", "bids") and path[1:]
    if negated and answered and _negated(sentence, path[1]):
        return Status(BidStatus.REJECTED, StatusCue.REFUSED)  # « n'a pas accepté l'offre »
    if given is None or given in ("proposed", "accepted", "completed"):
        for status in (BidStatus.REJECTED, BidStatus.BLOCKED, BidStatus.WITHDRAWN):
            if any(lemma in _cues("status", status.value) - refusing for lemma in lemmas) and not negated:
                if status is BidStatus.BLOCKED and _threatened(sentence, path):
                    return Status(BidStatus.PROPOSED, StatusCue.OPEN)
                if status is BidStatus.REJECTED and _by_authority(sentence, path):
                    status = BidStatus.BLOCKED
                return Status(status, StatusCue.GIVEN_UP if status is BidStatus.WITHDRAWN else StatusCue.REFUSED)
        said_no = load("status")["rejected_idioms"]
        no = any(c.lemma in said_no.get(w.lemma, ()) for w in outer for c in sentence.children(w))
        if (no or _cues("status", "refusals") & around) and not negated:
            stopped = _by_authority(sentence, path)
            return Status(BidStatus.BLOCKED if stopped else BidStatus.REJECTED, StatusCue.REFUSED)
        if _chosen(sentence, trigger) and not negated:
            return Status(BidStatus.ACCEPTED, StatusCue.AGREED)
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
        agreed = _infinitive(sentence, trigger) and _agreed(sentence, trigger)
        if agreed or accepted & set(participles):
            return Status(BidStatus.ACCEPTED, StatusCue.AGREED)  # « le rachat de Vega, annoncé en mars »
        if made or in_view or any(lemma in _cues("status", "proposed") for lemma in lemmas):
            return Status(BidStatus.PROPOSED, StatusCue.OFFERED)
        return Status(BidStatus.COMPLETED, StatusCue.TOLD)
    if not negated and (_cues("status", "completed") | _cues("status", "approving")) & set(lemmas):
        return Status(BidStatus.ACCEPTED, StatusCue.CLOSING)  # « peut finaliser le rachat »: agreed, not closed
    return Status(BidStatus.PROPOSED, StatusCue.OPEN)


def _comes_about(sentence: Sentence, trigger: Word, verb: Word) -> bool:
    """Return whether a verb says that the event takes place (« le rachat n'aura pas lieu »)."""
    nouns = load("status")["coming_about"].get(verb.lemma)
    subject = trigger.upos == "NOUN" and trigger.deprel.startswith("nsubj")
    below = sentence.children(verb)
    later = any(c.lemma in ("avant", "encore") for b in below for c in (b, *sentence.children(b)))  # « pas avant mars »
    return subject and nouns is not None and not later and any(c.lemma in nouns for c in below)


def _threatened(sentence: Sentence, path: list[Word]) -> bool:
    """Return whether a bid may yet be stopped (« menace de bloquer le rachat », « pourrait interdire »)."""
    stopping = next((i for i, w in enumerate(path) if i and w.lemma in _cues("status", "blocked")), len(path))
    cues = [path[i] for i in range(stopping, len(path)) if _modality(sentence, path[i], below=path[i - 1]) is not None]
    return any(not _decides(word) for word in cues)


def _by_authority(sentence: Sentence, path: list[Word]) -> bool:
    """Return whether a regulator or a State says no, as subject or agent (« retoqué par Bruxelles »)."""
    deciders = [
        c
        for w in path[1:]
        for c in sentence.children(w)
        if c not in path and (c.deprel.split(":")[0] == "nsubj" or c.deprel == "obl:agent")
    ]
    return any(c.ner == "PLACE" or c.lemma.lower() in _cues("status", "authorities") for c in deciders)


def _participles(sentence: Sentence, trigger: Word) -> list[str]:
    """Return the lemmas of what is said beside a noun (« l'offre, jugée insuffisante », « le rachat bloqué par »)."""
    beside = [
        c
        for c in sentence.children(trigger)
        if trigger.upos == "NOUN" and c.deprel == "acl" and c.feats.get("VerbForm") == "Part"
    ]
    above = sentence.head(trigger)
    if above is not None and above.lemma == "voir" and trigger.deprel == "obj":
        # « a vu son offre sur Vega, la pépite de la maison, repoussée », wherever it is attached
        beside += [w for w in sentence.words[trigger.id :] if w.upos == "VERB" and _agrees(sentence, w, trigger)][:1]
    return [w.lemma for c in beside for w in (c, *(x for x in sentence.children(c) if x.deprel == "xcomp"))]


def _agrees(sentence: Sentence, verb: Word, noun: Word) -> bool:
    """Return whether a verb is a bare participle in the gender and number of a noun."""
    participle = verb.feats.get("VerbForm") == "Part" and verb.feats.get("Tense") == "Past"
    same = all(verb.feats.get(key) == noun.feats.get(key) for key in ("Gender", "Number"))
    return participle and same and not _finite(sentence, verb)


def _clause(sentence: Sentence, trigger: Word, path: list[Word]) -> list[Word]:
    """Return the trigger's governors and, where it hangs on none, the words above it up to a verb."""
    above = sentence.head(trigger)
    beyond = [above] if above is not None and above not in path else []
    if beyond and beyond[0].upos == "NOUN" and (verb := sentence.head(beyond[0])) is not None:
        beyond.append(verb)  # « a fait une croix sur le rachat »
    return [*path[1:], *beyond]


def _is_passive(sentence: Sentence, verb: Word) -> bool:
    return any(c.deprel == "aux:pass" for c in sentence.children(verb))
