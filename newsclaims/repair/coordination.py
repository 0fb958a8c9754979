"""Coordination: names in a row with « et » are coordinated (« de Vega, d'Orsol et de Luma »)."""

from __future__ import annotations

from itertools import pairwise

from newsclaims.lexicon import load
from newsclaims.lexicon.words import descriptions
from newsclaims.repair.draft import Chunk, Draft
from newsclaims.repair.words import QUOTES, is_demonym, is_description


def part_gapped_shares(draft: Draft) -> None:
    """Hang a share on the name right before it where the verb has its own (« Orsol a 20 % de Vega et Luma 3 % »)."""
    ends = {chunk.last: chunk for chunk in draft.names}
    for i in draft.ids:
        owner = ends.get(draft.chunk_of[i].first - 1) if i in draft.chunk_of and draft.ner[i] == "PERCENT" else None
        if owner is None or draft.deprel[i].startswith("flat") or not draft.deprel[i].startswith(("obj", "obl")):
            continue
        verb = draft.head[i]
        before = (c for c in draft.children(verb) if c < owner.first and draft.deprel[c].startswith(("obj", "obl")))
        if draft.upos[verb] == "VERB" and verb < i and any(draft.ner[c] == "PERCENT" for c in before):
            draft.attach(i, owner.first, "orphan")


def part_from_amounts(draft: Draft) -> None:
    """Coordinate what is bought with what was bought before, not with what that cost.

    « Vega pour 8 millions et Luma pour 3 », « sur Vega pour 8 millions et sur la marque Luma pour 3 », « Vega pour
    8 millions, Luma pour 3 et Telmar pour 2 ».
    """
    for chunk in draft.names:
        name = draft.top(chunk)
        name = chunk.first if draft.ner[name] == "MONEY" else name
        amount = draft.head[name]
        if draft.deprel[name] == "conj" and draft.upos[amount] == "VERB" and _costs(draft, chunk):
            _join_bought(draft, name, amount)  # « rachète Vega pour 8 millions, puis Luma pour 3 »
        if draft.ner[amount] != "MONEY" or draft.deprel[name] not in ("conj", "appos"):
            continue
        while draft.deprel[amount].startswith("flat"):
            amount = draft.head[amount]
        if draft.deprel[name] == "appos" and not (draft.text[chunk.first - 1] == "," and _costs(draft, chunk)):
            continue
        _join_bought(draft, name, draft.head[amount])


def _join_bought(draft: Draft, name: int, verb: int) -> None:
    """Coordinate a name with the object, or the like complement, of a verb that has a price before the name."""
    case = draft.preposition(name)
    before = [c for c in draft.children(verb) if c < name and c != name and draft.preposition(c) == case]
    bought = [c for c in before if draft.deprel[c].startswith("obl" if case else "obj") and _is_named(draft, c)]
    if bought and any(draft.ner[i] == "MONEY" for i in range(bought[0] + 1, name)):
        draft.attach(name, bought[0], "conj")


def _costs(draft: Draft, chunk: Chunk) -> bool:
    """Return whether a price follows a name (« Luma pour 3 millions »)."""
    after = chunk.last + 1
    return after < len(draft.text) and draft.lemma[after] in ("pour", "contre", "moyennant")


def _is_named(draft: Draft, i: int) -> bool:
    """Return whether a word is a name, no amount, or a noun that one names."""
    named = [i, *(c for c in draft.children(i) if draft.deprel[c] == "appos")]
    return any(c in draft.chunk_of and draft.chunk_of[c].is_name for c in named)


def coordinate(draft: Draft) -> None:
    """Hang names in a row, the last after « et », on the first."""
    run: list[Chunk] = []
    for chunk in draft.names:
        if run and _linked(draft, run[-1], chunk):
            run.append(chunk)
            continue
        _join(draft, run)
        run = [chunk]
    _join(draft, run)


def coordinate_subjects(draft: Draft) -> None:
    """Coordinate two subjects of a verb in the plural that an aside keeps apart.

    « Le fonds Vega, géré par Luma, Orsol et le belge Telmar participent »
    """
    tops = [draft.top(chunk) for chunk in draft.names]
    for left, right in pairwise([t for t in tops if draft.deprel[t].startswith("nsubj")]):
        verb = draft.head[left]
        if draft.head[right] != verb or not left < right < verb or draft.text[draft.phrase_start(right) - 1] != ",":
            continue
        forms = [verb, *(c for c in draft.children(verb) if draft.deprel[c].startswith("aux"))]
        several = any(draft.feats[f].get("Number") == "Plur" for f in forms)
        if several and any(draft.text[i] == "et" for i in range(right, verb)):
            draft.attach(right, left, "conj")


def _linked(draft: Draft, left: Chunk, right: Chunk) -> bool:
    between = range(left.last + 1, right.first)
    gap = _undated(draft, between)
    if not gap or len(gap) > 8:
        return False
    if len(gap) < len(between) and draft.deprel[draft.top(right)].startswith("nsubj"):
        return False  # « a racheté Vega en 2017 et Luma a fermé »
    if _described(draft, left, right):
        return False
    has_link = False
    for i in gap:
        text, upos = draft.text[i].lower(), draft.upos[i]
        if text in (",", "et", "ou", "&"):
            has_link = True
        elif text in QUOTES:
            continue  # « l'éditeur de « Vega », de « Luma » et de « Orsol » »
        elif not has_link or not (
            upos in ("ADP", "DET", "ADJ")
            or text in ("encore", "aussi", "enfin", "même")
            # in « Lumo, rivale de Vega et de Luma », Vega completes the description and is in no row with Lumo
            or (is_description(draft.lemma[i].lower()) and not _is_completed(draft, i))
            or is_demonym(text, text)
        ):
            return False
    cases = [draft.case(left), draft.case(right)]
    return has_link and (cases[1] == "" or cases[0] == cases[1])


def _is_completed(draft: Draft, noun: int) -> bool:
    """Return whether a preposition follows a noun and its adjectives (« l'éditeur américain de Vega »)."""
    i = noun + 1
    while i < len(draft.text) and draft.upos[i] == "ADJ" and i not in draft.chunk_of:
        i += 1
    return i < len(draft.text) and draft.upos[i] == "ADP"


def _described(draft: Draft, left: Chunk, right: Chunk) -> bool:
    """Return whether the noun with one name describes the other (« les actionnaires de Vega, Orsol et Luma, »)."""
    noun = draft.head[draft.top(left)]
    several = draft.upos[noun] == "NOUN" and draft.feats[noun].get("Number") == "Plur"
    return several and draft.case(left) != "" and draft.top(right) == noun


def _undated(draft: Draft, gap: range) -> list[int]:
    """Return the words of a gap without « en 2017 » (« a racheté Vega en 2017 et Luma en 2019 »)."""
    dated: set[int] = set()
    for i in gap:
        if draft.upos[i] == "NUM" and len(draft.text[i]) == 4 and draft.text[i].isdigit():
            before = i - 2 if draft.text[i - 1].lower() in load("dates")["months"] else i - 1
            if draft.text[before].lower() in ("en", "depuis", "début", "fin"):
                dated.update(range(before, i + 1))
    return [i for i in gap if i not in dated]


def _join(draft: Draft, run: list[Chunk]) -> None:
    if len(run) < 2:
        return
    # a row of names is a coordination only when « et » or « ou » closes it
    while len(run) > 1 and not _closed(draft, run[-2], run[-1]):
        run = run[:-1]
    for left, right in pairwise(run):
        first, other = draft.top(run[0]), draft.top(right)
        subject = draft.deprel[other].startswith("nsubj")
        if subject and draft.head[other] == draft.head[first] and not draft.deprel[first].startswith("nsubj"):
            draft.deprel[first] = draft.deprel[other]
        own_verb = subject and draft.head[other] != draft.head[first]
        if own_verb and draft.upos[draft.head[other]] in ("VERB", "AUX") and "," in draft.text[left.last : right.first]:
            return
        if draft.below(other, first) and draft.deprel[other] == "conj":
            if first < draft.head[other] < run[0].first and draft.head[other] in draft.chunk_of:
                draft.attach(other, run[0].first, "conj")  # no name before the row, « les actionnaires de Vega, … »
            elif draft.head[other] == run[0].first != first and _describes_one(draft, first, run[0].first):
                draft.attach(other, first, "conj")  # « la région Armor et Vega »: one described, one not
            continue
        if draft.deprel[first].startswith("nsubj") or not own_verb:
            if draft.below(first, other):
                continue
            draft.attach(other, first, "conj")
        else:
            # the last of several subjects took the relation: « A, B et C jettent »
            outer, deprel = draft.head[other], draft.deprel[other]
            if not draft.below(outer, first):
                draft.hang(first, outer, deprel)
                draft.attach(other, first, "conj")


def _describes_one(draft: Draft, noun: int, name: int) -> bool:
    """Return whether a noun in the singular right before a name says what that one is (« la région Armor et Vega »)."""
    known = draft.lemma[noun] in load("coreference")["keeps_noun"] or is_description(draft.lemma[noun])
    known = known or is_demonym(draft.lemma[noun], draft.text[noun])
    beside = all(draft.upos[i] == "ADJ" for i in range(noun + 1, name))
    return known and beside and draft.feats[noun].get("Number") != "Plur"


def _closed(draft: Draft, left: Chunk, right: Chunk) -> bool:
    return any(draft.text[i].lower() in ("et", "ou", "&") for i in range(left.last + 1, right.first))


def coordinate_persons(draft: Draft) -> None:
    """Coordinate a person with the title, not with its complement (« l'ancien président de club et Paul Durand »)."""
    for chunk in draft.names:
        name = draft.top(chunk)
        complement = draft.head[name]
        title = draft.head[complement]
        if chunk.label != "PERSON" or (draft.deprel[name], draft.deprel[complement]) != ("conj", "nmod"):
            continue
        bare = draft.upos[complement] == "NOUN" and not draft.ner[complement] and not draft.has(complement, "det")
        entry = descriptions().get(draft.lemma[title].lower())
        if bare and not draft.has(name, "case") and entry is not None and entry.kind == "person":
            draft.attach(name, title, "conj")
