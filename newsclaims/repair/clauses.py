"""Clauses that complete a noun: relatives, participles and purposes hang on the noun that they belong to."""

from __future__ import annotations

from newsclaims.lexicon import load
from newsclaims.lexicon.conjugation import inflections
from newsclaims.repair.draft import Draft

_THEIRS = frozenset({"les", "ses", "leurs", "ces"})


def attach_relative_pronouns(draft: Draft) -> None:
    """Hang « que » on the infinitive that lacks an object (« Vega, qu'Orsol vient d'acquérir »).

    A second one (« Vega, que Luma admire mais qu'Orsol veut racheter ») hangs on the noun like the first.
    """
    for i in draft.ids:
        if draft.text[i].lower() not in ("que", "qu'", "qu’"):
            continue
        verb = draft.head[i]
        first = draft.head[verb]
        if draft.deprel[verb] == "conj" and draft.deprel[first] == "acl:relcl":
            draft.attach(verb, draft.head[first], "acl:relcl")
        if draft.deprel[i] == "mark" and draft.deprel[verb] == "acl:relcl" and not draft.has(verb, "obj"):
            draft.upos[i], draft.deprel[i] = "PRON", "obj"
        if draft.upos[i] != "PRON" or draft.deprel[i] != "obj":
            continue
        bare = [c for c in draft.children(draft.head[i]) if draft.deprel[c] == "xcomp" and not draft.has(c, "obj")]
        if bare and draft.feats[bare[0]].get("VerbForm") == "Inf":
            draft.attach(i, bare[0], "obj")


def find_completives(draft: Draft) -> None:
    """Read « que » as a conjunction where its verb has another object (« demander à Orsol qu'il vende Vega »)."""
    for i in draft.ids:
        verb = draft.head[i]
        noun = draft.head[verb]
        if draft.text[i].lower() not in ("que", "qu'", "qu’") or draft.deprel[i] != "obj":
            continue
        others = [c for c in draft.children(verb) if draft.deprel[c] == "obj" and c > verb]
        asked = draft.head[noun]
        if not others or draft.deprel[verb] != "acl:relcl" or draft.upos[asked] != "VERB":
            continue
        if draft.deprel[noun].split(":")[0] in ("obl", "iobj") and draft.preposition(noun) in ("à", "de", "auprès"):
            draft.upos[i], draft.deprel[i] = "SCONJ", "mark"
            draft.attach(verb, asked, "ccomp")


def find_participles(draft: Draft) -> None:
    """Make a participle of a bare noun with an agent (« Vega, reprise par Orsol », « Vega est reprise par Orsol »)."""
    links = {"appos": "acl", "nmod": "acl", "dep": "acl", "conj": "conj"}
    for i in range(3, len(draft.text) - 1):
        agents = [c for c in draft.children(i) if draft.preposition(c) == "par"]
        if draft.upos[i] != "NOUN" or not agents:
            continue
        copulas = [c for c in draft.children(i) if draft.deprel[c] == "cop" and draft.lemma[c] == "être"]
        apart = draft.deprel[i] in links and draft.text[i - 1].lower() in (",", "(", "puis", "et")
        past = [r for r in inflections().get(draft.text[i].lower(), ()) if r[1].get("Tense") == "Past"]
        participle = next((r for r in past if r[1].get("VerbForm") == "Part"), None)
        bare = not any(draft.deprel[c] in ("det", "case", "amod", "nummod") for c in draft.children(i))
        if participle is None or not bare or not (copulas or apart):
            continue
        draft.upos[i], draft.lemma[i], draft.feats[i] = "VERB", participle[0], dict(participle[1])
        if not copulas:
            draft.deprel[i] = links[draft.deprel[i]]
        for c in draft.children(i):
            if c in copulas:
                draft.upos[c], draft.deprel[c] = "AUX", "aux:pass"
            elif draft.deprel[c] in ("nmod", "obl:agent"):
                draft.deprel[c] = "obl:agent" if c in agents else "obl:mod"


def attach_by_agreement(draft: Draft) -> None:
    """Hang a participle behind a comma on the last noun that it agrees with (« le patron de l'usine, rachetée »).

    Only where it does not agree with the noun that it hangs on.
    """
    for i in range(3, len(draft.head)):
        noun = draft.head[i]
        if draft.deprel[i] != "acl" or draft.feats[i].get("VerbForm") != "Part" or draft.text[i - 1] != ",":
            continue
        if noun > i or draft.upos[noun] != "NOUN" or draft.agree(noun, i) is not False:
            continue
        nearer = (k for k in range(i - 1, noun, -1) if draft.upos[k] == "NOUN" and draft.below(k, noun))
        better = next((k for k in nearer if draft.agree(k, i) and draft.below(i - 2, k)), 0)
        if better:
            draft.attach(i, better, "acl")


def attach_able(draft: Draft) -> None:
    """Hang « capable de », « censé » behind a comma on the name before it (« Vega, censée concurrencer Luma »)."""
    able = frozenset(load("coreference")["able"])
    for i in range(3, len(draft.head)):
        name = draft.chunk_of.get(i - 2)
        loose = draft.deprel[i] in ("advcl", "xcomp") and draft.head[i] < i and draft.text[i - 1] == ","
        if loose and draft.lemma[i] in able and name is not None and name.last == i - 2 and draft.ner[i - 2] != "MONEY":
            draft.attach(i, name.first, "acl")


def find_purposes(draft: Draft) -> None:
    """Make « afin de » the mark of a clause, not an adverb with one below it."""
    for i in draft.ids:
        aim = draft.head[i]
        if draft.lemma[aim] == "afin" and draft.deprel[i] in ("ccomp", "xcomp", "advcl") and draft.head[aim]:
            draft.hang(i, draft.head[aim], "advcl")
            draft.hang(aim, i, "mark")


def attach_purposes(draft: Draft) -> None:
    """Hang a purpose on the offer before it (« a retenu l'offre d'Orsol pour racheter Vega »)."""
    intentions = frozenset(load("descriptions")["intentions"])
    for i in draft.ids:
        marked = any(draft.lemma[c] == "pour" and draft.deprel[c] == "mark" for c in draft.children(i))
        if draft.deprel[i] != "advcl" or not marked or draft.feats[i].get("VerbForm") != "Inf":
            continue
        for c in draft.children(draft.head[i]):
            if c < i and draft.deprel[c] == "obj" and draft.lemma[c] in intentions:
                draft.attach(i, c, "acl")


def share_plurals(draft: Draft) -> None:
    """Hang on the whole coordination what stands in the plural behind its last member.

    « Orsol et Luma, qui ont investi », « Orsol et Luma, (ses) actionnaires »: the last alone would be singular.
    """
    for i in draft.ids:
        last = draft.head[i]
        if draft.deprel[last] != "conj" or last > i or not _singular(draft, last) or not _plural(draft, i):
            continue
        while draft.deprel[last] == "conj" and draft.upos[draft.head[last]] in ("NOUN", "PROPN", "X"):
            last = draft.head[last]
        draft.attach(i, last, draft.deprel[i])


def _plural(draft: Draft, i: int) -> bool:
    """Return whether a relative clause, a participle or a bare noun behind its antecedent is in the plural."""
    children = draft.children(i)
    plural = draft.feats[i].get("Number") == "Plur"
    if draft.deprel[i] == "acl:relcl":
        verbs = [draft.feats[c] for c in (i, *children) if c == i or draft.deprel[c].startswith(("aux", "cop"))]
        who = any(draft.text[c].lower() == "qui" and draft.deprel[c].startswith("nsubj") for c in children)
        return who and any(f.get("VerbForm") == "Fin" and f.get("Number") == "Plur" for f in verbs)
    if draft.deprel[i] == "acl":
        return plural and draft.feats[i].get("VerbForm") == "Part"
    if draft.deprel[i] != "appos" or draft.upos[i] != "NOUN" or draft.ner[i] or not plural:
        return False
    bare = not any(draft.upos[c] in ("DET", "NUM") or draft.deprel[c] in ("case", "cc") for c in children)
    theirs = draft.text[draft.phrase_start(i) - 1] == "," and draft.text[draft.phrase_start(i)].lower() in _THEIRS
    rivals = draft.lemma[i] in load("coreference")["opposed"]  # of each other, or of somebody before
    return bare or (theirs and not rivals and not draft.preposition(i) and not draft.has(i, "cc"))


def _singular(draft: Draft, i: int) -> bool:
    """Return whether a noun or a name stands for one, as far as it and its article say."""
    return not any(
        draft.feats[c].get("Number") == "Plur" for c in (i, *(d for d in draft.children(i) if draft.upos[d] == "DET"))
    )


def coordinate_relatives(draft: Draft) -> None:
    """Coordinate « et dont… » with the apposition before it: « Orsol, gérant du parc et dont l'actionnaire… »."""
    for i in draft.ids:
        if draft.deprel[i] != "acl:relcl" or not draft.has(i, "cc"):
            continue
        noun = draft.head[i]
        while draft.deprel[noun] == "nmod" and not any(draft.deprel[c] == "acl" for c in draft.children(noun)):
            noun = draft.head[noun]
        if noun == draft.head[i] or draft.deprel[noun] != "appos":
            continue
        while draft.deprel[noun] == "appos":
            noun = draft.head[noun]
        draft.attach(i, noun, "acl:relcl")


def attach_to_sites(draft: Draft) -> None:
    """Hang « dans laquelle » on the noun it agrees with, not on the name (« l'usine de Douai, dans laquelle »).

    « le site de Douai, où » is the site as well.
    """
    sites = load("places")["sites"]
    for i in draft.ids:
        name = draft.head[i]
        which = next((c for c in draft.children(i) if draft.lemma[c] == "lequel"), 0)
        named = draft.ner[name] and draft.deprel[name] == "nmod" and draft.upos[draft.head[name]] == "NOUN"
        stands = draft.ner[name] == "PLACE" and draft.lemma[draft.head[name]] in sites
        where = stands and any(draft.lemma[c] == "où" for c in draft.children(i))
        meant = where or (which and draft.agree(draft.head[name], which))
        if meant and named and draft.deprel[i] == "acl:relcl":
            draft.attach(i, draft.head[name], "acl:relcl")
        elif which and draft.ner[name] == "PLACE" and draft.deprel[i] == "acl:relcl" and not named:
            above = draft.head[name] if draft.text[draft.head[name]].lower() != "près" else draft.head[draft.head[name]]
            built = [c for c in (above, *draft.children(above)) if draft.lemma[c] in sites and c < name]
            if built and draft.agree(built[-1], which) is not False:
                draft.attach(i, built[-1], "acl:relcl")  # « a ouvert un atelier près de Douai, dans lequel »


def attach_over_places(draft: Draft) -> None:
    """Hang a relative on the noun that a participle tells the place of (« Vega, née à Lille, que Luma rachète »)."""
    standing = load("coreference")["standing"]
    for i in draft.ids:
        place = draft.head[i]
        participle = draft.head[place]
        noun = draft.head[participle]
        aside = (
            draft.deprel[i] == "acl:relcl" and draft.deprel[participle] == "acl" and draft.text[participle - 1] == ","
        )
        if not aside or not noun < participle < place < i or not draft.deprel[place].startswith("obl"):
            continue
        stands = draft.ner[place] == "PLACE" or draft.lemma[participle] in standing
        if stands and "," in draft.text[place:i] and "où" not in draft.text[place:i]:
            draft.attach(i, noun, "acl:relcl")
