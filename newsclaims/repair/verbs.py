"""Verbs and what leans on them: auxiliaries, clitics, infinitives in a row, voice."""

from __future__ import annotations

from functools import cache

from newsclaims.lexicon import load
from newsclaims.repair.draft import Draft


def free_auxiliaries(draft: Draft) -> None:
    """Hang what depends on an auxiliary or a copula on the word that it serves."""
    for i in draft.ids:
        above = draft.head[i]
        serves = above and draft.head[above] and draft.deprel[above].split(":")[0] in ("aux", "cop")
        if serves and draft.deprel[i] not in ("fixed", "goeswith", "conj", "cc"):
            draft.attach(i, draft.head[above], draft.deprel[i])


def chain_infinitives(draft: Draft) -> None:
    """Hang an infinitive on the one right before it, not on that one's head (« annonce vouloir racheter »)."""
    for i in range(3, len(draft.head)):
        before = i - 2 if draft.upos[i - 1] == "ADP" and draft.head[i - 1] == i else i - 1
        infinitives = all(draft.feats[k].get("VerbForm") == "Inf" and draft.upos[k] == "VERB" for k in (before, i))
        if infinitives and draft.head[i] == draft.head[before]:
            draft.attach(i, before, "xcomp")


def attach_bare_infinitives(draft: Draft) -> None:
    """Hang an infinitive without a preposition on the verb: no noun takes one (« a dit à la presse avoir racheté »)."""
    for i in draft.ids:
        if draft.deprel[i] != "acl":
            continue
        noun = draft.head[i]
        verb = draft.head[noun]
        start = min([i, *(c for c in draft.children(i) if draft.deprel[c].startswith("aux"))])
        infinitive = draft.feats[start].get("VerbForm") == "Inf"
        if not infinitive or draft.has(i, "mark") or draft.has(i, "case"):
            continue
        if draft.deprel[noun].startswith("obl") and draft.upos[verb] == "VERB" and noun < i:
            draft.attach(i, verb, "xcomp")


def attach_clitics(draft: Draft) -> None:
    """Hang « en » on the verb that it leans on, not on what it is a part of (« en détient 43 % »)."""
    for i in range(1, len(draft.head) - 1):
        if draft.text[i].lower() != "en" or draft.upos[i] != "PRON" or draft.deprel[i] != "nmod":
            continue
        verb = next((v for v in range(i + 1, min(i + 4, len(draft.head))) if draft.upos[v] == "VERB"), 0)
        if verb:
            draft.attach(i, verb, "iobj")


def join_perfects(draft: Draft) -> None:
    """Join a participle to the auxiliary that an aside cut it off from (« n'y a, lui, pas réinvesti »)."""
    for i in range(3, len(draft.head)):
        aux = draft.head[i]
        cut_off = (
            draft.feats[i].get("VerbForm") == "Part"
            and draft.deprel[i] in ("advcl", "xcomp", "ccomp", "conj")
            and draft.lemma[aux] == "avoir"
            and draft.upos[aux] == "VERB"
            and not draft.has(aux, "obj")
            and all(draft.upos[k] in ("PUNCT", "PRON", "ADV") for k in range(aux + 1, i))
        )
        if cut_off:
            draft.hang(i, draft.head[aux], draft.deprel[aux])
            draft.hang(aux, i, "aux:tense")
            draft.upos[aux] = "AUX"
            for c in draft.children(aux):
                draft.hang(c, i)


def free_locutions(draft: Draft) -> None:
    """Make an adverb of « bel et bien » where it holds the place of its verb (« avait bel et bien détenu »)."""
    phrases = [tuple(phrase.split()) for phrase in load("descriptions")["locutions"]]
    for i in range(1, len(draft.head) - 3):
        verb = i + 3
        if tuple(t.lower() for t in draft.text[i:verb]) not in phrases or draft.head[verb] != i:
            continue
        if draft.upos[verb] != "VERB" or draft.deprel[verb] != "conj":
            continue
        draft.hang(verb, draft.head[i], draft.deprel[i])
        draft.hang(i, verb, "advmod")
        draft.upos[i] = "ADV"
        for c in draft.children(i):
            draft.hang(c, verb)
        for c in (i + 1, i + 2):
            draft.hang(c, i, "fixed")


def tell_voices(draft: Draft) -> None:
    """Give every verb its voice, and its subject the relation that goes with it."""
    with_etre = frozenset(load("modality")["etre_verbs"])
    for i in draft.ids:
        if draft.upos[i] != "VERB":
            continue
        children = draft.children(i)
        auxes = [c for c in children if draft.deprel[c].startswith("aux")]
        etre = any(draft.lemma[c] == "être" for c in auxes)
        reflexive = any(draft.lemma[c] in ("se", "soi") for c in children if draft.upos[c] == "PRON")
        participle = draft.feats[i].get("VerbForm") == "Part" and draft.feats[i].get("Tense") != "Pres"
        if not participle or draft.lemma[i] in with_etre or reflexive:
            voice = "Act"
        elif etre:
            voice = "Pass"
        elif any(draft.lemma[c] not in with_etre for c in auxes):
            voice = "Act"
        elif not auxes and draft.deprel[i] == "conj" and _has_auxiliary(draft, draft.head[i]):
            voice = draft.feats[draft.head[i]].get("Voice", "Pass")  # « a franchi le pas et racheté Vega »
        else:
            voice = "Pass"
        draft.feats[i]["Voice"] = voice
        for c in children:
            # « il » is impersonal only with some verbs, whatever the parser says
            personal = draft.lemma[i] not in _impersonal() and draft.text[c].lower() in ("il", "elle", "ils", "elles")
            if personal and draft.deprel[c] in ("expl:subj", "expl") and c < i:
                draft.deprel[c] = "nsubj"
        for c in children:
            if draft.deprel[c] in ("nsubj", "nsubj:pass"):
                draft.deprel[c] = "nsubj:pass" if voice == "Pass" else "nsubj"


@cache
def _impersonal() -> frozenset[str]:
    return frozenset(load("modality")["impersonal_verbs"])


def _has_auxiliary(draft: Draft, i: int) -> bool:
    return any(draft.deprel[c].startswith("aux") for c in draft.children(i))


def mend_second_subjects(draft: Draft) -> None:
    """Make an object of what stands behind a verb as its second subject (« n'a racheté que Vega »)."""
    for i in draft.ids:
        if draft.feats[i].get("Voice") != "Act":
            continue
        subjects = [c for c in draft.children(i) if draft.deprel[c] == "nsubj"]
        if len(subjects) > 1 and subjects[0] < i and not any(draft.deprel[c] == "obj" for c in draft.children(i)):
            for c in subjects[1:]:
                if c > i:
                    draft.deprel[c] = "obj"
