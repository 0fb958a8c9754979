"""Apposition: a bare name hangs on the description before it, the description behind it on the name."""

from __future__ import annotations

from newsclaims.lexicon.words import descriptions, fold, of_either, titles
from newsclaims.repair.draft import Chunk, Draft
from newsclaims.repair.words import QUOTES, is_demonym, is_description

_NP_LINKS = frozenset(
    {"nmod", "amod", "conj", "flat", "flat:name", "flat:foreign", "appos", "compound", "fixed", "acl"}
)


def appose_names(draft: Draft) -> None:
    """Hang names and descriptions beside each other one on the other."""
    for chunk in draft.names:
        _appose(draft, chunk)
        _appose_after(draft, chunk)


def _appose(draft: Draft, chunk: Chunk) -> None:
    """Hang a bare name on the description right before it."""
    name = chunk.first
    if draft.has(name, "case"):
        return
    before = chunk.first - 1
    if before and draft.head[name] == before and fold(draft.text[before]) in titles():
        above = draft.head[before]
        if draft.has(before, "case") or draft.upos[above] != "NOUN" or not is_description(draft.lemma[above]):
            draft.deprel[name] = "appos"  # « la société de M. Durand » is not called so
            return  # but in « le président M. Durand » the two are beside each other
    while before and (draft.upos[before] == "ADJ" or draft.text[before] in ("«", '"', "“")):
        before -= 1
    if draft.text[before] == "," and before - 1 in draft.chunk_of and chunk.label != "PERSON":
        owner = draft.chunk_of[before - 1]
        if owner.label == "PERSON" and _stands_alone(draft, chunk):
            above = draft.head[owner.first]
            titled = above == owner.first - 1 and fold(draft.text[above]) in titles()
            # « la société de Paul Durand, Orsol, »
            _appose_company(draft, above if titled else owner.first, name)
        return
    if draft.text[before] == "," and _stands_alone(draft, chunk) and is_description(draft.lemma[before - 1]):
        before -= 1  # « un concurrent, Vega. »
    if draft.upos[before] == "DET" and _owned(draft, before - 1) and is_description(draft.lemma[before - 1]):
        before -= 1  # « son concurrent les Vega »
    start = before or 1
    if draft.upos[start] == "VERB" and draft.feats[start].get("VerbForm") == "Inf":
        return  # an object: « l'offre de reprendre Vega »
    if before in draft.chunk_of and chunk.label == "PERSON":
        # « le fondateur d'Orsol Paul Durand »
        _appose_person(draft, draft.chunk_of[before].first, name)
        return
    if before == chunk.first - 1 and before in draft.chunk_of and draft.chunk_of[before].label == "PLACE":
        _appose_company(draft, draft.chunk_of[before].first, name)
        return
    if not before or draft.upos[start] not in ("NOUN", "ADJ", "PROPN", "X", "VERB") or draft.ner[start] == "MONEY":
        # only adjectives before the name: « le britannique Balderton »
        start = chunk.first - 1
        if not start or not is_demonym(draft.lemma[start], draft.text[start]):
            return
    noun = start if chunk.label == "PLACE" and draft.upos[start] == "NOUN" else _described(draft, start, name)
    if draft.upos[start] == "VERB" and _named(draft, noun, name):
        return  # « le traitement de son concurrent Vega, appelé Luma »
    if not noun or draft.head[name] == noun:
        if noun:
            draft.deprel[name] = "appos"
        return
    if draft.below(noun, name):
        _swap(draft, name, noun)
        return
    core = draft.deprel[name].split(":")[0] in ("nsubj", "obj", "obl", "root")
    if core and draft.deprel[noun] in ("dep", "dislocated", "appos", "nmod", "advmod", "xcomp"):
        outer, deprel = draft.head[name], draft.deprel[name]
        if not draft.below(outer, noun):
            draft.hang(noun, outer, deprel)
    draft.attach(name, noun, "appos")


def _owned(draft: Draft, noun: int) -> bool:
    """Return whether a noun has a possessive."""
    return any(draft.deprel[c] == "det" and draft.lemma[c] in ("son", "leur") for c in draft.children(noun))


def _named(draft: Draft, noun: int, name: int) -> bool:
    """Return whether a noun has the name of another before this one."""
    return any(draft.deprel[c] == "appos" and c in draft.chunk_of and c < name for c in draft.children(noun))


def _name_follows(draft: Draft, noun: int) -> bool:
    """Return whether a noun brings its own name (« le groupe japonais Vega »)."""
    at = noun + 1
    while at < len(draft.text) and draft.upos[at] == "ADJ" and at not in draft.chunk_of:
        at += 1
    return at in draft.chunk_of


def _appose_person(draft: Draft, at: int, name: int) -> None:
    """Hang a person's name on the role of which the name before it is a complement."""
    while at:
        above = draft.head[at]
        entry = descriptions().get(fold(draft.lemma[above])) if above else None
        if above and above < at and draft.upos[above] == "NOUN" and entry is not None:
            if entry.kind == "person" and draft.head[name] != above:
                if draft.below(above, name):
                    _swap(draft, name, above)
                else:
                    draft.attach(name, above, "appos")
            if entry.kind == "person":
                return
        if above > at:
            return
        at = above


def _appose_company(draft: Draft, place: int, name: int) -> None:
    """Hang a name on the company of which what stands before it is a complement: « le promoteur de Lyon Orsol »."""
    noun = draft.head[place]
    entry = descriptions().get(fold(draft.lemma[noun])) if noun and noun < place else None
    if entry is not None and entry.kind == "organisation" and draft.preposition(place) == "de":
        draft.attach(name, noun, "appos")


def _stands_alone(draft: Draft, chunk: Chunk) -> bool:
    """Return whether a name ends its phrase: punctuation follows."""
    return chunk.last + 1 >= len(draft.text) or draft.text[chunk.last + 1] in (",", ".", ")", ";")


def _appose_after(draft: Draft, chunk: Chunk) -> None:
    """Hang the description that follows a name and a comma on the name (« Orsol, l'éditeur de Vega »).

    A bare one may follow in parentheses: « Orsol (éditeur de logiciels) ».
    """
    i = chunk.last + 1
    if i + 1 >= len(draft.text) or draft.text[i] not in (",", "("):
        return
    if draft.text[i] == "(" and draft.upos[i + 1] != "NOUN":
        return
    i += 1
    if draft.upos[i] == "DET" and draft.deprel[i] == "det":
        i += 1
    while i < len(draft.text) and draft.upos[i] == "ADJ" and draft.head[i] > i:
        i += 1
    if i >= len(draft.text) or draft.upos[i] != "NOUN" or i in draft.chunk_of or not is_description(draft.lemma[i]):
        return
    name = draft.top(chunk)
    core = draft.deprel[i].startswith(("nsubj", "root", "obj")) and draft.head[i] != chunk.first
    aside = draft.text[max(draft.phrase_start(name) - 2, 0)] == ","
    if (
        draft.deprel[i] == "obj"
        and draft.deprel[name].startswith("obl")
        and draft.head[i] == draft.head[name]
        and not aside
    ):
        core = False  # « tout s'éclaire pour Orsol, le réseau que Vega veut racheter »
    if core and draft.deprel[i].startswith("nsubj"):
        # « Orsol, un éditeur …, lève » has its subject already; « Orsol, un éditeur » is never two actors
        others = [c for c in draft.children(draft.head[i]) if c != i and draft.deprel[c].startswith("nsubj")]
        core = not others and draft.text[chunk.last + 2].lower() not in ("un", "une")
    if draft.head[i] == draft.head[name] and draft.deprel[i].split(":")[0] == draft.deprel[name].split(":")[0]:
        core = _name_follows(draft, i)  # « affronte Orsol, sa rivale de toujours »
    if draft.deprel[i] == "conj" and _name_follows(draft, i):
        return  # « Orsol, le groupe Vega et Luma » is a list
    if not core and not draft.below(chunk.first, i):
        draft.attach(i, chunk.first if draft.deprel[name] != "appos" else name, "appos")


def _swap(draft: Draft, name: int, noun: int) -> None:
    """Make a description that hangs on its name the head of the two."""
    if draft.head[noun] != name:
        return
    draft.hang(noun, draft.head[name], draft.deprel[name])
    draft.hang(name, noun, "appos")
    for child in draft.children(name):
        if draft.deprel[child] in ("case", "det", "cc", "mark"):
            draft.hang(child, noun)


def _described(draft: Draft, start: int, name: int) -> int:
    """Return the noun whose phrase ends at ``start`` and that describes the name after it, 0 for none."""
    at, best = start, 0
    while at and at < name and at not in draft.chunk_of:
        word = draft.lemma[at].lower()
        determined = any(draft.upos[c] in ("DET", "NUM") and c < at for c in draft.children(at))
        several = draft.feats[at].get("Number") == "Plur" and not _followed_by_row(draft, name)
        if not several and (
            is_description(word) or is_demonym(word, draft.text[at]) or (determined and draft.upos[at] == "NOUN")
        ):
            known = is_description(word) or is_demonym(word, draft.text[at])
            if known or not best:
                best = at
            if determined and known:
                break
        if draft.deprel[at] not in _NP_LINKS or not draft.head[at] or draft.head[at] > at:
            break
        if determined and not is_description(draft.lemma[draft.head[at]].lower()):
            break
        if best and draft.deprel[at] == "conj" and _named(draft, draft.head[at], name):
            break  # « l'éditeur Luma et l'interface Vega »
        at = draft.head[at]
    return best


def _followed_by_row(draft: Draft, name: int) -> bool:
    """Return whether a name opens a row of names, as after a plural (« trois PME, Vega, Luma et Orsol »)."""
    i = _behind_quotes(draft, draft.chunk_of[name].last + 1)
    return i < len(draft.text) and draft.text[i] in (",", "et") and _behind_quotes(draft, i + 1) in draft.chunk_of


def _behind_quotes(draft: Draft, i: int) -> int:
    """Return the first word from ``i`` on that is no quotation mark."""
    while i < len(draft.text) and draft.text[i] in QUOTES:
        i += 1
    return i


def appose_one_of(draft: Draft) -> None:
    """Make an apposition of « l'un des … », « une des … » behind a name and a comma."""
    ends = {chunk.last: chunk for chunk in draft.names}
    for i in range(3, len(draft.text)):
        comma = i - 2 if draft.text[i - 1].lower() in ("l'", "l’") else i - 1
        chunk = ends.get(comma - 1)
        if chunk is None or draft.text[i].lower() not in ("un", "une") or draft.text[comma] != ",":
            continue
        many = any(draft.deprel[c] == "nmod" and draft.has(c, "case") for c in draft.children(i))
        if many and draft.deprel[i] in ("nsubj", "obj", "conj", "nmod", "obl"):
            draft.attach(i, draft.top(chunk), "appos")


def appose_to_person(draft: Draft) -> None:
    """Hang a second description on the person, not on his company (« Paul Durand, patron d'Orsol, candidat … »)."""
    for i in draft.ids:
        company = draft.head[i]
        title = draft.head[company]
        person = draft.head[title]
        beside = draft.deprel[i], draft.deprel[company], draft.deprel[title]
        if beside != ("appos", "nmod", "appos") or not draft.ner[person] or not person < title < company < i:
            continue
        entry, titled = (descriptions().get(draft.lemma[k].lower()) for k in (i, title))
        either = draft.lemma[i].lower() in of_either() or (entry is not None and entry.kind == "person")
        if either and titled is not None and titled.kind == "person":
            draft.attach(i, person, "appos")
