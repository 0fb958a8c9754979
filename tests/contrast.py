"""Contrast sets: one event in all the ways that French tells, denies, plans or attributes it, and what must come of it.

The sentences come from the templates of ``contrast.toml`` and, rule by rule, from the rules' own examples.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import attrs
from reading import parse_all

from newsclaims.claims import BidStatus, Claim, Modality, slots
from newsclaims.extractor import Extractor
from newsclaims.lexicon.conjugation import inflections, verb_forms
from newsclaims.mentions.names import find_names
from newsclaims.qualify import is_by_the_way
from newsclaims.repair import mend
from newsclaims.rules import Rule
from newsclaims.tree import Document, Sentence, Word

_FORMS = {
    "inf": {"VerbForm": "Inf"},
    "part": {"VerbForm": "Part", "Tense": "Past", "Gender": "Masc", "Number": "Sing"},
    "ger": {"VerbForm": "Part", "Tense": "Pres"},
    "pres": {"Mood": "Ind", "Tense": "Pres", "Number": "Sing", "Person": "3"},
    "imp": {"Mood": "Ind", "Tense": "Imp", "Number": "Sing", "Person": "3"},
    "past": {"Mood": "Ind", "Tense": "Past", "Number": "Sing", "Person": "3"},
    "fut": {"Mood": "Ind", "Tense": "Fut", "Number": "Sing", "Person": "3"},
    "cond": {"Mood": "Cnd", "Tense": "Pres", "Number": "Sing", "Person": "3"},
    "subj": {"Mood": "Sub", "Tense": "Pres", "Number": "Sing", "Person": "3"},
}
_GOVERNORS = {
    "pourrait": ("pouvoir", "cond"),
    "devrait": ("devoir", "cond"),
    "veut": ("vouloir", "pres"),
    "exclut": ("exclure", "pres"),
    "refuse": ("refuser", "pres"),
}
_MODAL = frozenset({"aller", "devoir", "pouvoir", "venir", "vouloir"})
_CLITICS = frozenset({"se", "s'", "s’", "en", "y", "le", "la", "l'", "l’", "les", "lui", "leur"})
_CONTRACTIONS = {" de le ": " du ", " à le ": " au ", "si il ": "s'il "}
_ELISION = re.compile(r"\b(de|que|ne|le|la|se)\s(?=[aeiouyéèêàh])|\b(de|que)\s(?=[AEIOUÉÈ])", re.IGNORECASE)
_FEMININE = {"aucun": "aucune", "Aucun": "Aucune", "éventuel": "éventuelle"}
_REFUSED = (BidStatus.REJECTED, BidStatus.WITHDRAWN)
_STOPPED = (*_REFUSED, BidStatus.BLOCKED)

Roles = frozenset[frozenset[tuple[str, str]]]


@attrs.frozen
class Case:
    """One sentence of the set.

    Attributes:
        text: the sentence.
        construction: the family that it belongs to, or the id of the rule whose example it is made of.
        variant: how the event is put, for example ``not planned``.
        type: name of the class of the claims that are expected.
        expected: fields of the claims and what they must hold.
        roles: who must fill the required slots, claim by claim; None where it goes without saying.
    """

    text: str
    construction: str
    variant: str
    type: str
    expected: Mapping[str, Any]
    roles: Roles | None = None


@cache
def data() -> dict[str, Any]:
    """Return the content of ``contrast.toml``."""
    return tomllib.loads((Path(__file__).parent / "contrast.toml").read_text(encoding="utf-8"))


def known_misses() -> dict[str, str]:
    """Return the sentences that are still read wrong, each with the cause."""
    return {text: cause for cause, texts in data()["misses"].items() for text in texts}


def misread(case: Case, claims: Iterable[Claim]) -> str:
    """Return in what the claims of a case differ from what is expected, nothing where they do not."""
    own = [c for c in claims if type(c).__name__ == case.type]
    if not own:
        return "no claim"
    wrong = []
    expected = dict(case.expected)
    if case.variant.startswith("not ") and all(getattr(c, "status", None) in _REFUSED for c in own):
        # who refuses a bid or gives it up says so by its status, which is no denial
        expected |= {"modality": "asserted", "negated": False}
    for field, value in expected.items():
        found = {_plain(getattr(claim, field)) for claim in own}
        if found != {value}:
            wrong.append(f"{field}: {', '.join(sorted(map(str, found)))} instead of {value}")
    if case.roles is not None and (roles := _roles(own)) != case.roles:
        wrong.append(f"roles: {sorted(map(sorted, roles))} instead of {sorted(map(sorted, case.roles))}")
    return "; ".join(wrong)


def _plain(value: Any) -> Any:
    return getattr(value, "name", value) if not isinstance(value, str) else str(value)


def _roles(claims: Iterable[Claim]) -> Roles:
    found = []
    for claim in claims:
        values = {slot.name: getattr(claim, slot.name) for slot in slots(type(claim)).values() if slot.required}
        found.append([(n, e.name) for n, v in values.items() for e in (v if isinstance(v, tuple) else (v,))])
    return frozenset(map(frozenset, found))


def _held(variant: str) -> dict[str, Any]:
    """Return the fields that a variant means (« not planned »)."""
    return {"modality": variant.split()[-1], "negated": variant.startswith("not ")}


# templates --------------------------------------------------------------------------------------------------------


def template_cases() -> Iterator[Case]:
    """Yield the cases of all templates, in the order of the file."""
    for name, variants in data()["constructions"].items():
        for variant, templates in variants.items():
            for text, kind in _filled(templates):
                yield Case(text, name, variant, kind, _held(variant))
    for name, speakers in data()["sources"].items():
        for speaker, templates in speakers.items():
            for text, kind in _filled(templates):
                yield Case(text, f"source: {name}", speaker, kind, {"source": None if speaker == "nobody" else speaker})
    for status, texts in data()["status"].items():
        for text in texts:
            yield Case(text, "status", status, "AcquisitionBid", {"status": status})


def _filled(templates: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield text and claim type of each template with each clause that has what it names."""
    for template in templates:
        for clause in data()["clause"]:
            try:
                text = template.format_map(clause | {name: form_of(clause["verb"], name) for name in _FORMS})
            except KeyError:
                continue
            yield joined(text[0].upper() + text[1:]), clause["type"]


def form_of(lemma: str, name: str, number: str = "Sing") -> str:
    """Return the form of a verb by its name in the templates: ``cond`` of « racheter » is « rachèterait »."""
    wanted = _FORMS[name] | ({"Number": number} if "Mood" in _FORMS[name] else {})
    for form, analyses in verb_forms(lemma).items():
        # a participle that does not agree has no gender and number
        if any(
            f.get("VerbForm") == wanted.get("VerbForm", "Fin") and all(f.get(k, v) == v for k, v in wanted.items())
            for f in analyses
        ):
            return form
    raise ValueError(f"{lemma} has no form {name}")


def joined(text: str) -> str:
    """Return a text with the elisions, contractions and agreements of French: « d'investir », « du rachat »."""
    for apart, together in _CONTRACTIONS.items():
        text = text.replace(apart, together)
    text = _ELISION.sub(lambda m: (m[1] or m[2])[:-1] + "'", text)
    return re.sub(r"\b(aucun|éventuel)(?= levée)", lambda m: _FEMININE[m[1]], text, flags=re.IGNORECASE)


# the rules' own examples ------------------------------------------------------------------------------------------


def rule_cases(rules: Iterable[Rule], extractor: Extractor) -> Iterator[Case]:
    """Yield for each rule the variants of that example of its own that has most of them."""
    rules = list(rules)
    texts = list(dict.fromkeys(e.text for rule in rules for e in rule.examples))
    documents = dict(zip(texts, parse_all(extractor.parser, texts), strict=True))
    for rule in rules:
        options = [list(_variants(rule, documents[e.text], extractor)) for e in rule.examples if not e.known_miss]
        yield from max(options, key=len, default=[])


def _variants(rule: Rule, document: Document, extractor: Extractor) -> Iterator[Case]:
    claims = [c for c in extractor.extract_document(document) if type(c) is rule.claim_type]
    if len({c.sentence for c in claims}) != 1 or any(c.source for c in claims):
        return
    mended = mend(document, find_names(document, []), [])
    sentence = next(s for s in mended.sentences if s.span.covers(claims[0].trigger))
    asserted = all(c.modality is Modality.ASSERTED and not c.negated for c in claims)
    alone = len({c.trigger for c in claims}) == 1 and getattr(claims[0], "status", None) not in _STOPPED
    trigger = next(w for w in sentence.words if w.span.start == claims[0].trigger.start)
    by_the_way = is_by_the_way(sentence, trigger)
    for variant, text, expected in _derived(sentence, trigger if asserted and alone else None, by_the_way=by_the_way):
        whole = document.text[: sentence.span.start] + joined(text) + document.text[sentence.span.end :]
        yield Case(whole, rule.id, variant, rule.claim_type.__name__, expected, _roles(claims))


def _derived(
    sentence: Sentence, trigger: Word | None, *, by_the_way: bool
) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield variant, text and expected fields of what French makes of a sentence.

    Whoever speaks, the claim stays. The rest is asked only of an event that is the sentence's verb, or its object.

    Args:
        sentence: one that states an event.
        trigger: the word that the claim hangs on, where the sentence asserts it.
        by_the_way: whether nobody who tells the sentence tells the claim.
    """
    frames, root = data()["frames"], sentence.root
    if root is None or (verb := _finite_verb(sentence, root)) is None:
        return
    parts = _parts(sentence, root, verb)
    teller = None if by_the_way else "Presselia"
    for template in frames["sourced"]:
        yield "source", template.format_map(parts), {"source": teller}
    subject = next((c for c in sentence.children(root) if c.deprel.startswith("nsubj")), None)
    if subject is None or sentence.subtree(subject)[0].id != 1 or trigger is None:
        return
    if trigger == root or _is_object(sentence, trigger, root):
        for key in ("held", "willed") if subject.ner and subject.deprel == "nsubj" else ("held",):
            for variant, templates in frames[key].items():
                yield from ((variant, template.format_map(parts), _held(variant)) for template in templates)


def _finite_verb(sentence: Sentence, root: Word) -> Word | None:
    """Return the verb that bears the tense, where it can take any other."""
    verbs = [root, *(c for c in sentence.children(root) if c.deprel.split(":")[0] in ("aux", "cop"))]
    verb = next((v for v in verbs if v.feats.get("VerbForm") == "Fin"), None)
    if verb is None or root.lemma in _MODAL or verb.feats.get("Person", "3") != "3" or verb.lemma not in _lemmas():
        return None
    return None if any(c.lemma == "ne" for c in sentence.children(root)) else verb


@cache
def _lemmas() -> frozenset[str]:
    return frozenset(lemma for analyses in inflections().values() for lemma, _ in analyses)


def _is_object(sentence: Sentence, noun: Word, root: Word) -> bool:
    """Return whether a noun is what the verb brings about, not something given (« leur rivalité »)."""
    given = any(c.deprel == "det" and c.feats.get("Poss") == "Yes" for c in sentence.children(noun))
    return (noun.upos, noun.deprel, noun.head) == ("NOUN", "obj", root.id) and not given


def _parts(sentence: Sentence, root: Word, verb: Word) -> dict[str, str]:
    """Return the parts of a sentence around its verb, and the forms that can stand there instead."""
    text, at, opening = sentence.text.rstrip(" ."), sentence.span.start, sentence.words[0]
    first = verb
    while first.id > 1 and (before := sentence.words[first.id - 2]).head == root.id and before.text.lower() in _CLITICS:
        first = before
    start, end = first.span.start - at, verb.span.end - at
    clitics = re.sub("s['’]$", "se ", text[start : verb.span.start - at])
    number = verb.feats.get("Number", "Sing")
    lower = str if opening.ner or opening.upos == "PROPN" else lambda words: words[:1].lower() + words[1:]
    parts = {name: form_of(verb.lemma, name, number) for name in ("cond", "fut", "subj")}
    parts |= {name: form_of(lemma, form, number) for name, (lemma, form) in _GOVERNORS.items()}
    parts |= {"Text": text, "text": lower(text), "Before": text[:start], "before": lower(text[:start])}
    parts |= {"clitics": clitics, "verb": verb.text, "after": text[end:]}
    parts["rest"] = clitics + verb.lemma + text[end:]
    if (
        verb.deprel == "aux:tense"
    ):  # « a été racheté » -> « pourrait être racheté », « a racheté » -> « pourrait racheter »
        bare = next(w for w in sentence.words[verb.id :] if w.deprel.startswith("aux") or w == root)
        between = text[end : bare.span.start - at].lstrip()
        parts["rest"] = between + clitics + bare.lemma + text[bare.span.end - at :]
    return parts
