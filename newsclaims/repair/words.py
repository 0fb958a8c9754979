"""What the text itself settles of single words: the features of verbs, the lemmas of describing nouns."""

from __future__ import annotations

from collections.abc import Mapping

from newsclaims.errors import LexiconError
from newsclaims.lexicon import load
from newsclaims.lexicon.conjugation import inflections, verb_forms
from newsclaims.lexicon.words import acronyms, demonyms, description_forms, descriptions, fold
from newsclaims.repair.draft import Draft

QUOTES = frozenset({"«", "»", '"', "“", "”"})


def is_description(lemma: str) -> bool:
    """Return whether a noun can describe an actor or a product."""
    return fold(lemma) in descriptions()


def is_demonym(lemma: str, text: str) -> bool:
    """Return whether a word is the adjective or noun of a place (« suédois », « lyonnaise »)."""
    return fold(text) in demonyms() or fold(lemma) in demonyms()


def conjugate(draft: Draft) -> None:
    """Take the features of verbs from their conjugation where the tagger's do not fit the form."""
    forms = inflections()
    for i in draft.ids:
        if draft.upos[i] not in ("VERB", "AUX"):
            continue
        form = draft.text[i].lower().replace("’", "'").lstrip("-")
        readings = forms.get(form) or _regular(draft.lemma[i], form)
        if not readings:
            continue
        same = [r for r in readings if r[0] == draft.lemma[i]] or list(readings)
        kind, mood = draft.feats[i].get("VerbForm"), draft.feats[i].get("Mood")
        best = max(same, key=lambda r: (r[1].get("VerbForm") == kind, r[1].get("Mood", mood) == mood))
        draft.lemma[i] = best[0]
        for key in ("VerbForm", "Mood", "Tense"):
            options = {r[1].get(key) for r in same}
            if draft.feats[i].get(key) not in options:
                value = best[1].get(key)
                if value:
                    draft.feats[i][key] = value
                else:
                    draft.feats[i].pop(key, None)


def _regular(lemma: str, form: str) -> tuple[tuple[str, Mapping[str, str]], ...]:
    """Return the readings of a form of a verb that the lexicon does not list, by the regular conjugations."""
    try:
        return tuple((lemma, feats) for feats in verb_forms(lemma).get(form, ()))
    except LexiconError:  # the model made up a verb of no regular conjugation
        return ()


def name_descriptions(draft: Draft) -> None:
    """Give a describing noun of several words its whole lemma (« numéro un », « homme d'affaires »)."""
    forms = description_forms()
    for i in draft.ids:
        _round(draft, i)
        if draft.upos[i] in ("PROPN", "X") and i > 1 and draft.upos[i - 1] == "DET" and i + 1 < len(draft.text):
            word = fold(draft.text[i])
            before_name = (word in descriptions() or word in demonyms()) and draft.text[i + 1][:1].isupper()
            noun = word in descriptions() and draft.text[i] in acronyms()
            if before_name or noun or word in load("coreference")["young"]:
                draft.upos[i], draft.lemma[i] = "NOUN", word  # « le Californien Orsol », « la MedTech », « la SSII »
        if draft.upos[i] not in ("NOUN", "X", "PROPN"):
            continue
        single = fold(draft.text[i])
        if draft.upos[i] == "NOUN" and single in descriptions() and not is_description(draft.lemma[i]):
            draft.lemma[i] = single
        for length in (2, 3):
            words = draft.text[i : i + length]
            text = fold(" ".join(words).replace("' ", "'").replace("’ ", "'"))
            if len(words) == length and text in forms:
                draft.lemma[i] = forms[text]


def _round(draft: Draft, i: int) -> None:
    """Make a noun of « levée (de fonds) » that the tagger took for a participle."""
    if draft.upos[i] != "VERB" or draft.text[i].lower() not in ("levée", "levées"):
        return
    if [t.lower() for t in draft.text[i + 1 : i + 3]] != ["de", "fonds"] or any(
        draft.deprel[c].startswith("aux") for c in draft.children(i)
    ):
        return
    draft.upos[i], draft.lemma[i] = "NOUN", "levée"
    draft.feats[i] = {"Gender": "Fem"}
    relation = {"xcomp": "obj", "acl": "appos", "advcl": "obl:mod"}.get(draft.deprel[i])
    if relation:
        draft.deprel[i] = relation
    for c in draft.children(i):
        if draft.deprel[c].startswith("obl"):
            draft.deprel[c] = "nmod"
