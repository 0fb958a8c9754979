"""Contrast sets: the sentences that the templates of ``contrast.toml`` give, each with what must come of it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import attrs

from newsclaims.claims import Claim
from newsclaims.lexicon.conjugation import verb_forms
from newsclaims.tree import Sentence, Word

_FEATS = {
    "inf": {"VerbForm": "Inf"},
    "part": {"VerbForm": "Part", "Tense": "Past", "Gender": "Masc", "Number": "Sing"},
    "ger": {"VerbForm": "Part", "Tense": "Pres"},
    "pres": {"Mood": "Ind", "Tense": "Pres"},
    "imp": {"Mood": "Ind", "Tense": "Imp"},
    "past": {"Mood": "Ind", "Tense": "Past"},
    "fut": {"Mood": "Ind", "Tense": "Fut"},
    "cond": {"Mood": "Cnd", "Tense": "Pres"},
    "subj": {"Mood": "Sub", "Tense": "Pres"},
}
_ELISION = re.compile(r"\b(de|que|ne|le|la|se|si(?= il))\s(?=[aeiouyéèêàh])|\b(de|que)\s(?=[AEIOUÉÈ])", re.IGNORECASE)
_CLITICS = frozenset({"se", "s'", "s’", "en", "y", "le", "la", "l'", "l’", "les", "lui", "leur"})
_MODALS = {
    "pourrait": ("pouvoir", "cond"),
    "devrait": ("devoir", "cond"),
    "veut": ("vouloir", "pres"),
    "exclut": ("exclure", "pres"),
    "refuse": ("refuser", "pres"),
}
_MODAL_VERBS = frozenset({"aller", "devoir", "pouvoir", "venir", "vouloir"})
_FEMININE = {"aucun": "aucune", "Aucun": "Aucune", "éventuel": "éventuelle"}
_CONTRACTED = {" de le ": " du ", " à le ": " au ", " de un ": " d'un ", " de une ": " d'une "}


@attrs.frozen
class Case:
    """One sentence of the set.

    Attributes:
        text: the sentence.
        construction: the family that it belongs to.
        variant: how the event is put, for example ``not planned``.
        type: name of the class of the claim that is expected.
        expected: fields of the claim and what they must hold, those of the roles included.
    """

    text: str
    construction: str
    variant: str
    type: str
    expected: Mapping[str, Any]


@cache
def data() -> dict[str, Any]:
    """Return the content of ``contrast.toml``."""
    return tomllib.loads((Path(__file__).parent / "contrast.toml").read_text(encoding="utf-8"))


def cases() -> Iterator[Case]:
    """Yield the cases of all templates, in the order of the file."""
    for name, variants in data()["constructions"].items():
        for variant, templates in variants.items():
            for text, clause in _filled(templates):
                yield Case(text, name, variant, clause["type"], held(variant))
    for name, speakers in data()["sources"].items():
        for speaker, templates in speakers.items():
            for text, clause in _filled(templates):
                source = None if speaker == "nobody" else speaker
                yield Case(text, f"source: {name}", speaker, clause["type"], {"source": source})
    for status, texts in data()["status"].items():
        for text in texts:
            yield Case(text, "status", status, "AcquisitionBid", {"status": status})


def held(variant: str) -> dict[str, Any]:
    """Return the fields that a variant means (« not planned »)."""
    return {"modality": variant.split()[-1], "negated": variant.startswith("not ")}


def misread(case: Case, claims: list[Claim]) -> str:
    """Return in what the claims of a case differ from what is expected, nothing where they do not."""
    own = [c.to_dict() for c in claims if type(c).__name__ == case.type]
    if not own:
        return "no claim"
    wrong = []
    for field, value in case.expected.items():
        found = {_name(claim[field]) for claim in own}
        if found != {value}:
            wrong.append(f"{field}: {', '.join(sorted(map(str, found)))} instead of {value}")
    return "; ".join(wrong)


def _name(value: Any) -> Any:
    return value["name"] if isinstance(value, dict) else value


def _filled(templates: list[str]) -> Iterator[tuple[str, dict[str, str]]]:
    for template in templates:
        for clause in data()["clause"]:
            words = _words(clause)
            try:
                text = template.format_map(words)
            except KeyError:
                continue  # the clause has no such form
            yield joined(text[0].upper() + text[1:]), clause


def _words(clause: Mapping[str, str]) -> dict[str, str]:
    forms = {name: form_of(clause["verb"], feats) for name, feats in _FEATS.items()}
    return {**clause, **forms}


@cache
def _analyses(lemma: str) -> list[tuple[str, Mapping[str, str]]]:
    return [(form, feats) for form, analyses in verb_forms(lemma).items() for feats in analyses]


def form_of(lemma: str, feats: Mapping[str, str]) -> str:
    """Return the form of a verb with the given features, in the third person singular where none is named."""
    wanted = {"Number": "Sing", "Person": "3", **feats}
    for form, have in _analyses(lemma):
        if all(have.get(k, v) == v for k, v in wanted.items()) and all(k in have for k in feats if k not in ("Gender", "Number")):
            return form
    raise ValueError(f"{lemma} has no form with {feats}")


def joined(text: str) -> str:
    """Return a text with the elisions and contractions of French: « d'investir », « du rachat »."""
    for apart, together in _CONTRACTED.items():
        text = text.replace(apart, together)
    text = re.sub(r"\bsi il\b", "s'il", text)
    text = _ELISION.sub(lambda m: (m[1] or m[2])[:-1] + "'", text)
    return re.sub(r"\b(aucun|éventuel)(?= levée)", lambda m: _FEMININE[m[1]], text, flags=re.IGNORECASE)


def derived(sentence: Sentence, trigger: Word | None) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield variant, text and expected fields of what French makes of a sentence.

    Whoever speaks, the claim stays. The rest is asked only of an event that is the sentence's verb, or its object.

    Args:
        sentence: one that ends with a full stop.
        trigger: the word that the claim hangs on, where the sentence asserts it.
    """
    frames, text, root = data()["frames"], sentence.text.rstrip(" ."), sentence.root
    if root is None or (verb := _finite_verb(sentence, root)) is None:
        return
    first = sentence.words[0]
    inner = text if first.ner or first.upos == "PROPN" else text[0].lower() + text[1:]
    for frame in frames["sourced"]:
        yield "source", joined(frame.format(Text=text, text=inner)), {"source": "Presselia"}
    subject = next((c for c in sentence.children(root) if c.deprel.startswith("nsubj")), None)
    opening = subject is not None and sentence.subtree(subject)[0].id == 1
    if not opening or subject is None or trigger is None or not (trigger == root or _is_object(sentence, trigger, root)):
        return
    words = _parts(sentence, root, verb) | {"Text": text, "text": inner}
    for key in ("held", "willed") if subject.ner and subject.deprel == "nsubj" else ("held",):
        for variant, templates in frames[key].items():
            for template in templates:
                yield variant, joined(template.format_map(words)), held(variant)


def _finite_verb(sentence: Sentence, root: Word) -> Word | None:
    """Return the verb that bears the tense, where it can take any other."""
    verbs = [root, *(c for c in sentence.children(root) if c.deprel.split(":")[0] in ("aux", "cop"))]
    verb = next((v for v in verbs if v.feats.get("VerbForm") == "Fin"), None)
    if verb is None or root.lemma in _MODAL_VERBS or verb.feats.get("Person", "3") != "3":
        return None
    return None if any(c.lemma == "ne" for c in sentence.children(root)) else verb


def _is_object(sentence: Sentence, noun: Word, root: Word) -> bool:
    """Return whether a noun is what the verb brings about, not something given (« leur rivalité »)."""
    possessive = any(c.deprel == "det" and c.feats.get("Poss") == "Yes" for c in sentence.children(noun))
    return (noun.upos, noun.deprel, noun.head) == ("NOUN", "obj", root.id) and not possessive


def _parts(sentence: Sentence, root: Word, verb: Word) -> dict[str, str]:
    """Return the parts of a sentence around its verb, and the forms that can stand there instead."""
    text, at = sentence.text.rstrip(" ."), sentence.span.start
    first = verb
    while first.id > 1 and (before := sentence.words[first.id - 2]).head == root.id and before.text.lower() in _CLITICS:
        first = before
    start, end = first.span.start - at, verb.span.end - at
    number = {"Number": verb.feats.get("Number", "Sing")}
    words = {name: form_of(verb.lemma, {**_FEATS[name], **number}) for name in ("cond", "fut", "subj")}
    words |= {name: form_of(lemma, {**_FEATS[tense], **number}) for name, (lemma, tense) in _MODALS.items()}
    words |= {"Before": text[:start], "before": text[:start], "verb": verb.text, "after": text[end:]}
    words["clitics"] = clitics = re.sub("s['’]$", "se ", text[start : verb.span.start - at])
    if sentence.words[0].upos != "PROPN" and not sentence.words[0].ner:
        words["before"] = text[0].lower() + text[1:start]
    if verb.deprel == "aux:tense":  # « a été racheté » -> « pourrait être racheté », « a racheté » -> « pourrait racheter »
        bare = next(w for w in sentence.words[verb.id :] if w.deprel.startswith("aux") or w == root)
        between = text[end : bare.span.start - at].lstrip()
        words["rest"] = between + clitics + bare.lemma + text[bare.span.end - at :]
    else:
        words["rest"] = clitics + verb.lemma + text[end:]
    return words

