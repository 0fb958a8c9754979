"""Complements: who acts, what is done and what something is part of hang on the noun or the verb that they complete."""

from __future__ import annotations

from itertools import pairwise

from newsclaims.lexicon import load
from newsclaims.repair.draft import Draft
from newsclaims.repair.words import is_demonym, is_description

_SPANS = frozenset({"an", "année", "mois", "semaine"})
_ASIDE = 9  # words between the commas of an aside
_BEFORE_DATES = frozenset({"avant", "après", "dès", "depuis", "en", "courant", "pour"})


def mark_deadlines(draft: Draft) -> None:
    """Make a circumstance of the object after « d'ici » (« racheter d'ici la fin de l'été »)."""
    for i in range(3, len(draft.head)):
        here = draft.phrase_start(i) - 1
        if draft.deprel[i] == "obj" and draft.upos[i] == "NOUN" and draft.text[here].lower() == "ici":
            draft.deprel[i] = "obl:mod"


def find_postponed_objects(draft: Draft) -> None:
    """Make an object of what an aside keeps from its verb (« en rachetant, via sa holding, le journal Vega »)."""
    for i in range(5, len(draft.head)):
        close = draft.phrase_start(i) - 1
        if draft.deprel[i] != "appos" or draft.upos[i] != "NOUN" or draft.text[close] != ",":
            continue
        opening = max((k for k in range(2, close) if draft.text[k] == ","), default=0)
        verb = opening - 1
        if opening and draft.upos[verb] == "VERB" and draft.upos[opening + 1] == "ADP" and not draft.has(verb, "obj"):
            draft.attach(i, verb, "obj")


def find_objects_behind_dates(draft: Draft) -> None:
    """Make an object of « des » and a noun that stand behind when or where (« détient depuis 2010 des parts »)."""
    for i in range(5, len(draft.head)):
        when = draft.head[i]
        verb = draft.head[when]
        article = draft.phrase_start(i) - 1
        apart = draft.deprel[i] == "nmod" and draft.deprel[when].startswith("obl") and article == when + 1 < i
        if not apart or draft.text[article] != "de" or draft.lemma[article + 1] != "le":
            continue
        if not (_is_when(draft, when) and _lacks_object(draft, verb)) or draft.feats[i].get("Number") != "Plur":
            continue
        if draft.attach(i, verb, "obj"):
            draft.upos[article], draft.lemma[article], draft.deprel[article] = "DET", "un", "det"


def attach_regions(draft: Draft) -> None:
    """Hang a region or country behind a comma on its town (« à Arvel, dans le Jura », « à Luma, au Texas »).

    Not where a list of places goes on (« à Lyon, en Bretagne et en Alsace »).
    """
    for town, region in pairwise(draft.names):
        gap = range(town.last + 1, region.first)
        if region.label != "PLACE" or town.label not in ("PLACE", "NAME") or len(gap) not in (2, 3):
            continue
        of_town, case = draft.preposition(town.first), draft.lemma[gap[1]]
        determined = len(gap) == 3 and draft.upos[gap[2]] == "DET"
        if draft.text[gap[0]] != "," or of_town != "à" or (len(gap) == 3 and not determined):
            continue
        after = region.last + 1
        ends = after >= len(draft.text) or draft.text[after] not in ("et", "ou")
        if ends and (case in ("en", "dans") or (case == "à" and determined)):
            draft.attach(region.first, town.first, "nmod")


def attach_to_counted(draft: Draft) -> None:
    """Hang places on what is counted before them, one each (« bâtir deux usines, à Arvel et à Luce »)."""
    for chunk in draft.names:
        place, comma = chunk.first, chunk.first - 2
        noun = comma - 1
        if draft.preposition(place) != "à" or noun < 2 or draft.text[comma] != "," or draft.upos[noun] != "NOUN":
            continue
        counted = any(draft.deprel[c] == "nummod" for c in draft.children(noun)) and not draft.ner[noun]
        if counted and any(draft.deprel[c] == "conj" and draft.preposition(c) == "à" for c in draft.children(place)):
            draft.attach(place, noun, "nmod")


def find_amount_objects(draft: Draft) -> None:
    """Make an object of a bare amount that is no adverb of its verb (« a levé pas moins de 50 millions »)."""
    for i in draft.ids:
        verb = draft.head[i]
        bare = draft.ner[i] == "MONEY" and draft.deprel[i] == "advmod" and not draft.preposition(i)
        if bare and verb < i and _lacks_object(draft, verb):
            draft.deprel[i] = "obj"


def _is_when(draft: Draft, i: int) -> bool:
    """Return whether a complement says when or where: a year, a month, a span of time, a place."""
    if draft.preposition(i) not in ("depuis", "en", "dès", "jusque", "pendant", "à"):
        return False
    year = draft.upos[i] == "NUM" and len(draft.text[i]) == 4
    return year or draft.ner[i] == "PLACE" or draft.lemma[i] in load("dates")["months"] or draft.lemma[i] in _SPANS


def _lacks_object(draft: Draft, i: int) -> bool:
    """Return whether a verb in the active voice that is no reflexive has no object."""
    children = draft.children(i)
    auxes = [c for c in children if draft.deprel[c].startswith("aux")]
    participle = draft.feats[i].get("VerbForm") == "Part" and draft.feats[i].get("Tense") != "Pres"
    active = draft.upos[i] == "VERB" and (not participle or any(draft.lemma[c] == "avoir" for c in auxes))
    taken = any(draft.deprel[c].startswith(("obj", "iobj", "expl", "ccomp", "xcomp", "aux:pass")) for c in children)
    return active and not taken


def attach_to_events(draft: Draft) -> None:
    """Hang a complement on the bare noun of the event right before it (« son projet de rachat de Vega »)."""
    events = frozenset(load("descriptions")["events"])
    for i in range(4, len(draft.head)):
        noun = draft.phrase_start(i) - 2
        event = (
            noun > 0
            and draft.lemma[noun] in events
            and draft.upos[noun] == "NOUN"
            and draft.head[noun] == draft.head[i]
        )
        if event and draft.deprel[i] == "nmod" and draft.lemma[noun + 1] == "de" and not draft.has(noun, "det"):
            draft.attach(i, noun, "nmod")


def attach_behind_asides(draft: Draft) -> None:
    """Hang on the noun of an event what an aside parts from it (« l'acquisition, en mai 2019, de 51 % de Vega »)."""
    events = frozenset(load("descriptions")["events"])
    for i in range(5, len(draft.head)):
        close = draft.phrase_start(draft.chunk_of[i].first if i in draft.chunk_of else i) - 2
        if draft.preposition(i) != "de" or close < 3 or draft.text[close] != ",":
            continue
        opening = next((k for k in range(close - 1, max(close - _ASIDE, 1), -1) if draft.text[k] == ","), 0)
        noun = opening - 1
        if noun < 1 or draft.lemma[noun] not in events or draft.upos[noun] != "NOUN" or draft.head[i] == noun:
            continue
        complete = any(draft.preposition(c) == "de" and c < i for c in draft.children(noun))
        if not complete and draft.deprel[i].split(":")[0] in ("nmod", "obl") and draft.upos[opening + 1] == "ADP":
            draft.attach(i, noun, "nmod")


def attach_owners(draft: Draft) -> None:
    """Hang a name on what an amount is the amount of (« l'offre de 2 milliards d'euros d'Orsol »)."""
    for chunk in draft.names:
        amount = draft.head[chunk.first]
        noun = draft.head[amount]
        owned = draft.ner[amount] == "MONEY" and draft.deprel[amount] == "nmod" and draft.upos[noun] == "NOUN"
        if owned and draft.deprel[chunk.first] == "nmod" and not draft.ner[noun]:
            draft.attach(chunk.first, noun, "nmod")
        if draft.ner[amount] == "MONEY" and draft.deprel[amount].startswith("obl") and draft.case(chunk) == "de":
            # « a refusé l'offre à 2 milliards d'euros d'Orsol »: the owner is that of the object
            for c in draft.children(noun):
                if draft.deprel[c] == "obj" and noun < c < amount and draft.upos[c] == "NOUN":
                    draft.attach(chunk.first, c, "nmod")


def attach_agents(draft: Draft) -> None:
    """Hang who acts on the noun of the event, not on what it is done to (« la reprise de l'usine par Orsol »).

    Nor on the verb of the event: « sauvée par son rachat par Orsol ».
    """
    events = frozenset(load("descriptions")["events"])
    for i in draft.ids:
        agent = draft.deprel[i].split(":")[0] in ("nmod", "obl") and draft.preposition(i) == "par"
        if not agent or not (draft.ner[i] or is_description(draft.lemma[i])):
            continue
        event = draft.phrase_start(i) - 2
        if draft.deprel[i] != "nmod":
            owned = event > 1 and draft.lemma[event] in events and draft.lemma[event - 1] in ("son", "leur")
            if owned and draft.upos[event] == "NOUN" and draft.lemma[event + 1] == "par":
                draft.attach(i, event, "nmod")
            continue
        at = draft.head[i]
        while draft.deprel[at] == "nmod" and draft.lemma[at] not in events:
            at = draft.head[at]
        if at != draft.head[i] and draft.lemma[at] in events and draft.upos[at] == "NOUN":
            draft.attach(i, at, "nmod")


def attach_recipients(draft: Draft) -> None:
    """Hang whom something is bought from or sold to on the verb (« racheter la branche de Vega à Luma »)."""
    transfers = frozenset(load("descriptions")["transfers"])
    for i in draft.ids:
        if draft.deprel[i] != "nmod" or draft.preposition(i) != "à" or not _is_actor(draft, i):
            continue
        at = draft.head[i]
        while draft.deprel[at] == "nmod" and draft.head[at] < at:
            at = draft.head[at]
        verb = draft.head[at]
        if draft.deprel[at] == "obj" and draft.lemma[verb] in transfers and draft.upos[verb] == "VERB":
            draft.attach(i, verb, "obl:arg")


def _is_actor(draft: Draft, i: int) -> bool:
    """Return whether a word names or describes a company, no place."""
    described = is_description(draft.lemma[i]) or is_demonym(draft.lemma[i], draft.text[i])
    return draft.ner[i] in ("NAME", "ORGANISATION", "PERSON") or (not draft.ner[i] and described)


def free_adverbs(draft: Draft) -> None:
    """Make an adverb of a false object between a verb and a name (« ont racheté ensemble Vega »)."""
    phrases = [tuple(phrase.split()) for phrase in load("descriptions")["adverbs"]]
    for chunk in draft.names:
        for phrase in phrases:
            start = chunk.first - len(phrase)
            words = tuple(t.lower() for t in draft.text[start : chunk.first]) if start > 1 else ()
            verb = draft.head[start] if words == phrase else 0
            if not verb or draft.upos[verb] != "VERB" or draft.deprel[start] != "obj":
                continue
            draft.deprel[start] = "advmod"
            draft.hang(chunk.first, verb, "obj")


def find_names_behind_dates(draft: Draft) -> None:
    """Make an object of the name that a date keeps from its verb (« vendre avant la mi-juin Vega à Luma »)."""
    transfers = frozenset(load("descriptions")["transfers"])
    for chunk in draft.names:
        date = draft.head[chunk.first]
        verb = draft.head[date]
        timely = draft.deprel[date].startswith("obl") and draft.preposition(date) in _BEFORE_DATES
        bare = draft.deprel[chunk.first] in ("appos", "nmod") and not draft.preposition(chunk.first)
        if not bare or not timely or draft.text[chunk.first - 1] == ",":
            continue
        sold = draft.lemma[verb] in transfers and draft.upos[verb] == "VERB" and not draft.has(verb, "obj")
        if verb < date and sold and not is_description(draft.lemma[date]):
            draft.attach(chunk.first, verb, "obj")


def read_des(draft: Draft) -> None:
    """Read « des » between a noun and a name as « de les » (« la concurrence des Lumo et Vega »)."""
    for chunk in draft.names:
        article, noun = chunk.first - 1, chunk.first - 2
        split = noun > 0 and draft.text[article].lower() == "des" and draft.deprel[article] == "det"
        if split and draft.upos[noun] == "NOUN" and draft.head[article] == chunk.first:
            draft.upos[article], draft.lemma[article], draft.deprel[article] = "ADP", "de", "case"
            draft.attach(chunk.first, noun, "nmod")


def read_such_as(draft: Draft) -> None:
    """Make appositions of names that stand for the like behind « tels que » (« des fonds tels que Vega et Luma »)."""
    for chunk in draft.names:
        such, noun = chunk.first - 2, chunk.first - 3
        if noun < 1 or draft.lemma[such] != "tel" or draft.text[chunk.first - 1].lower() != "que":
            continue
        while noun > 1 and draft.upos[noun] == "ADJ":
            noun -= 1
        if draft.upos[noun] != "NOUN" or not (draft.head[chunk.first] == such or draft.below(chunk.first, noun)):
            continue
        draft.hang(such, noun)  # so that no cycle closes
        if draft.attach(chunk.first, noun, "appos"):
            draft.hang(such, chunk.first, "advmod")
            draft.hang(chunk.first - 1, such, "fixed")
            draft.upos[such] = "ADV"


def attach_examples(draft: Draft) -> None:
    """Hang « comme » and a name on the noun before them (« auprès de fonds comme Vega »), not beside it."""
    for chunk in draft.names:
        noun = chunk.first - 2
        if noun < 1 or draft.text[chunk.first - 1].lower() != "comme" or not draft.has(chunk.first, "case"):
            continue
        while noun > 1 and draft.upos[noun] == "ADJ":
            noun -= 1
        plural = draft.feats[noun].get("Number") == "Plur" or draft.lemma[noun] == "fonds"
        described = draft.upos[noun] == "NOUN" and plural and is_description(draft.lemma[noun])
        if described and draft.head[chunk.first] == draft.head[noun]:
            draft.attach(chunk.first, noun, "nmod")
