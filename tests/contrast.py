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


def derived(sentence: Sentence, trigger: Word) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield variant, text and expected fields of what French makes of a sentence that asserts an event.

    Whoever speaks, the claim stays; the rest is asked only of an event that is the sentence's verb or its object.

    Args:
        sentence: a whole text, ending with a full stop.
        trigger: the word that the claim hangs on.
    """
    frames, text, root = data()["frames"], sentence.text.rstrip(" ."), sentence.root
    first = sentence.words[0]
    inner = text if first.ner or first.upos == "PROPN" else text[0].lower() + text[1:]
    for frame in frames["sourced"]:
        yield "source", joined(frame.format(Text=text, text=inner)), {"source": "Presselia"}
    if root is None or (trigger != root and (trigger.upos, trigger.deprel, trigger.head) != ("NOUN", "obj", root.id)):
        return
    verbs = [root, *(c for c in sentence.children(root) if c.deprel.split(":")[0] in ("aux", "cop"))]
    verb = next((v for v in verbs if v.feats.get("VerbForm") == "Fin" and v.feats.get("Person", "3") == "3"), None)
    if verb is None:
        return
    start = verb
    while start.id > 1 and sentence.words[start.id - 2].upos == "PRON" and sentence.words[start.id - 2].head == root.id \
            and sentence.words[start.id - 2].text.lower() in _CLITICS:
        start = sentence.words[start.id - 2]
    at, end = start.span.start - sentence.span.start, verb.span.end - sentence.span.start
    number = {"Number": verb.feats.get("Number", "Sing")}
    words = {name: form_of(verb.lemma, {**_FEATS[name], **number}) for name in ("cond", "fut", "subj", "inf")}
    words |= {name: form_of(lemma, {**_FEATS[tense], **number}) for name, (lemma, tense) in _MODALS.items()}
    words |= {"Text": text, "text": inner, "Before": text[:at], "before": inner[:at], "verb": verb.text, "after": text[end:]}
    words["clitics"] = text[at : verb.span.start - sentence.span.start]
    compound = verb.deprel == "aux:tense"
    for variant, templates in frames["held"].items():
        for template in templates:
            if not (compound and "{inf}" in template and "{veut}" in template):
                yield variant, joined(template.format_map(words)), held(variant)
