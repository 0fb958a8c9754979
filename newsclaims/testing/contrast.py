"""Contrast: the examples of rules, negated, held back, planned, turned into the passive and into nouns.

The variants are made by machine, word by word, from the parse of an example, and where that cannot be done well it is
said why. They show how far a rule and what is read for all rules alike carry; a variant that is lost is a hint, not a
mistake: a rule for the active voice need not read the passive.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum

import attrs

from newsclaims.claims import Claim, Entity, slots
from newsclaims.errors import LexiconError
from newsclaims.extractor import Extractor, Model, mended
from newsclaims.lexicon import load
from newsclaims.lexicon.conjugation import verb_forms
from newsclaims.rules import Rule, Rules
from newsclaims.testing.examples import parsed
from newsclaims.tree import Document, Sentence, Word

_ELIDING = re.compile(r"[aeiouyàâéèêëîïôûœ]|h(?!au|is|eu|ar|ât)", re.IGNORECASE)
_FULL = {"s'": "se ", "n'": "ne ", "qu'": "que ", "j'": "je ", "m'": "me ", "t'": "te "}
# A verb carries what hangs on it by one of these: it says whether and when that happens.
_CARRIED = frozenset({"xcomp", "obj", "nsubj", "nsubj:pass", "obl:arg"})
_CLITICS = re.compile(r"expl.*|i?obj")


class Kind(StrEnum):
    """In what a variant differs from its example."""

    NEGATED = "negated"
    CONDITIONAL = "conditional"
    PLANNED = "planned"
    PASSIVE = "passive"
    NOMINAL = "nominal"


@attrs.frozen
class Variant:
    """A variant of an example.

    Attributes:
        rule: the rule of the example.
        kind: in what it differs.
        example: the text of the example.
        text: that of the variant, empty when none could be made.
        problem: how it is read amiss, or why it could not be made; empty when it is read well.
    """

    rule: Rule
    kind: Kind
    example: str
    text: str = ""
    problem: str = ""


def contrast(rules: Rules, model: Model = None, beside: Rules | None = None) -> Iterator[Variant]:
    """Yield the variants of every example that is read, and how they are read.

    A negated, conditional or planned variant must make the claims of the example with that qualification, a passive
    or nominal one those with the same required roles.

    Args:
        rules: the rules.
        model: what parses, as for `Extractor`.
        beside: rules that read with them, as for `check`.
    """
    extractor = Extractor(model, rules if beside is None else beside + rules)
    examples = parsed(extractor.parser, [example.text for rule in rules for example in rule.examples])
    made = [
        variant
        for rule in rules
        for example in rule.examples
        if not rule.completes and _claims(extractor, rule, examples[example.text])
        for variant in _variants(rule, mended(examples[example.text]))
    ]
    documents = parsed(extractor.parser, [variant.text for variant in made if variant.text])
    for variant in made:
        if variant.text:
            before = _claims(extractor, variant.rule, examples[variant.example])
            after = _claims(extractor, variant.rule, documents[variant.text])
            variant = attrs.evolve(variant, problem=_amiss(variant.kind, before, after))
        yield variant


def _claims(extractor: Extractor, rule: Rule, document: Document) -> list[Claim]:
    return [claim for claim in extractor.extract_document(document) if isinstance(claim, rule.claim_type)]


def _amiss(kind: Kind, before: list[Claim], after: list[Claim]) -> str:
    """Return how the claims of a variant differ from what they should be."""
    if not after:
        return "no claim found"
    if kind is Kind.NEGATED:
        return "" if all(claim.negated for claim in after) else "not negated"
    if kind in (Kind.CONDITIONAL, Kind.PLANNED):
        found = sorted({claim.modality.value for claim in after} - {kind.value})
        return f"{', '.join(found)} instead of {kind}" if found else ""
    mine, theirs = _roles(before), _roles(after)
    return "" if mine == theirs else f"{theirs} instead of {mine}"


def _roles(claims: list[Claim]) -> dict[str, list[str]]:
    """Return the names in the required roles."""
    found: dict[str, set[str]] = {}
    for claim in claims:
        for slot in slots(type(claim)).values():
            value = getattr(claim, slot.name)
            for actor in value if isinstance(value, tuple) else (value,):
                if slot.required and isinstance(actor, Entity):
                    found.setdefault(slot.name, set()).add(actor.name)
    return {name: sorted(names) for name, names in found.items()}


class _CannotError(Exception):
    """A variant cannot be made; the message says why."""


def _variants(rule: Rule, document: Document) -> Iterator[Variant]:
    """Yield a variant of each kind of an example with a match of its rule."""
    for sentence in document.sentences:
        match = rule.pattern.search(sentence)
        if match is not None:
            for kind, make in _MAKERS.items():
                variant = Variant(rule, kind, document.text)
                try:
                    yield attrs.evolve(variant, text=make(_Clause(document.text, sentence, match.nodes["trigger"])))
                except (_CannotError, LexiconError) as reason:
                    yield attrs.evolve(variant, problem=f"not made: {reason}")
            return


@attrs.frozen
class _Clause:
    """The clause of a trigger.

    Attributes:
        text: the whole text.
        sentence: its sentence.
        trigger: the word that the rule hangs on.
    """

    text: str
    sentence: Sentence
    trigger: Word

    def verb(self) -> tuple[Word, Word]:
        """Return the verb that carries the trigger, and the word of it that is finite."""
        for word in (self.trigger, *self.sentence.ancestors(self.trigger)):
            for part in (*self._auxiliaries(word), word):
                if part.feats.get("VerbForm") == "Fin":
                    return word, part
            if word.deprel not in _CARRIED:
                break
        raise _CannotError("no finite verb carries the trigger")

    def _auxiliaries(self, verb: Word) -> list[Word]:
        return [c for c in self.sentence.children(verb) if c.deprel.startswith(("aux", "cop"))]

    def participle(self, verb: Word, finite: Word) -> Word:
        """Return the participle after a finite auxiliary of tense, which may be one of « être »."""
        parts = [c for c in (*self._auxiliaries(verb), verb) if c.id > finite.id]
        if not parts:
            raise _CannotError("its verb stands before the auxiliary")
        return min(parts, key=lambda part: part.id)

    def refuse_negation(self, verb: Word) -> None:
        """Give up where a verb is negated already."""
        if any(c.lemma in ("ne", "pas") for c in self.sentence.children(verb)):
            raise _CannotError("it is negated already")

    def refuse_semi_auxiliary(self, finite: Word) -> None:
        """Give up where a verb only tells when (« va racheter », « vient d'acquérir »)."""
        if finite.lemma in ("aller", "venir"):
            raise _CannotError(f"« {finite.text} » tells when already")

    def clitics(self, verb: Word, finite: Word) -> list[Word]:
        """Return the pronouns right before a finite verb, subjects left out."""
        found: list[Word] = []
        for word in reversed(self.sentence.words[: finite.id - 1]):
            if word.upos != "PRON" or word.head not in (verb.id, finite.id) or not _CLITICS.fullmatch(word.deprel):
                break
            found.insert(0, word)
        return found

    def replaced(self, words: Mapping[Word, str]) -> str:
        """Return the text with other words in some places; elisions before them are undone where need be."""
        text = self.text
        for word in sorted(words, key=lambda word: -word.span.start):
            before, after = text[: word.span.start], text[word.span.end :]
            elided = re.search(r"\b\w+['’]$", before)
            if elided and not _ELIDING.match(words[word]):
                full = _FULL.get(elided[0].lower().replace("’", "'"))
                if full is None:
                    raise _CannotError(f"« {elided[0]} » cannot stand before « {words[word]} »")
                before = before[: elided.start()] + full
            text = before + words[word] + after
        return text


def _form(lemma: str, **feats: str) -> str:
    """Return the form of a verb with some features."""
    for form, analyses in verb_forms(lemma).items():
        if any(feats.items() <= analysis.items() for analysis in analyses):
            return form
    raise _CannotError(f"« {lemma} » has no such form")


def _person(word: Word) -> dict[str, str]:
    return {"Person": word.feats.get("Person", "3"), "Number": word.feats.get("Number", "Sing")}


def _negated(clause: _Clause) -> str:
    verb, finite = clause.verb()
    clause.refuse_negation(verb)
    first = [*clause.clitics(verb, finite), finite][0]
    if first.id > 1 and clause.text[first.span.start - 1] in "'’":
        raise _CannotError("an elided word stands before its verb")
    text = clause.text[: finite.span.end] + " pas" + clause.text[finite.span.end :]
    ne = "n'" if _ELIDING.match(first.span.text) else "ne "
    return text[: first.span.start] + ne + text[first.span.start :]


def _conditional(clause: _Clause) -> str:
    _, finite = clause.verb()
    clause.refuse_semi_auxiliary(finite)
    if finite.feats.get("Mood") != "Ind":
        raise _CannotError("its verb is not in the indicative")
    return clause.replaced({finite: _form(finite.lemma, Mood="Cnd", **_person(finite))})


def _planned(clause: _Clause) -> str:
    verb, finite = clause.verb()
    clause.refuse_negation(verb)
    clause.refuse_semi_auxiliary(finite)
    if clause.clitics(verb, finite):
        raise _CannotError("a pronoun stands before its verb")
    if finite.feats.get("Mood") != "Ind":
        raise _CannotError("its verb is not in the indicative")
    will = _form("aller", Mood="Ind", Tense="Pres", **_person(finite))
    if finite.deprel == "aux:tense":
        participle = clause.participle(verb, finite)
        return clause.replaced({finite: will, participle: participle.lemma})
    return clause.replaced({finite: f"{will} {finite.lemma}"})


def _passive(clause: _Clause) -> str:
    verb, subject, thing = _transitive(clause)
    _, finite = clause.verb()
    tense = {name: finite.feats[name] for name in ("Mood", "Tense") if name in finite.feats}
    number = {"Number": "Plur" if _plural(clause, thing) else "Sing"}
    feminine = thing.feats.get("Gender") == "Fem" and not thing.ner
    participle = _form(verb.lemma, VerbForm="Part", Tense="Past", Gender="Fem" if feminine else "Masc", **number)
    if finite is verb:
        group = {verb: f"{_form('être', Person='3', **number, **tense)} {participle}"}
    else:
        group = {finite: _form("avoir", Person="3", **number, **tense), verb: f"été {participle}"}
    whose, whom = _phrase(clause, subject), _phrase(clause, thing)
    if any(whose[0] <= word.span.start < whose[1] or whom[0] <= word.span.start < whom[1] for word in group):
        raise _CannotError("its subject or its object is not in one piece")
    pieces = [(*whose, _begun(clause, whom, whose[0])), (*whom, f"par {_continued(clause, whose)}")]
    pieces += [(word.span.start, word.span.end, form) for word, form in group.items()]
    text = clause.text
    for start, end, piece in sorted(pieces, reverse=True):
        text = text[:start] + piece + text[end:]
    return text


def _nominal(clause: _Clause) -> str:
    verb, subject, thing = _transitive(clause)
    noun = load("nominalisations")["nouns"].get(verb.lemma)
    if noun is None:
        raise _CannotError(f"no noun is known for « {verb.lemma} »")
    word, gender = noun
    article = "L'" if _ELIDING.match(word) else "Le " if gender == "m" else "La "
    whole = _of(_continued(clause, _phrase(clause, thing)))
    by = _continued(clause, _phrase(clause, subject))
    return f"{article}{word} {whole} par {by} a été annoncé{'e' if gender == 'f' else ''}."


def _of(phrase: str) -> str:
    for start, contracted in (("le ", "du "), ("les ", "des "), ("des ", "de ")):
        if phrase.startswith(start):
            return contracted + phrase.removeprefix(start)
    return ("d'" if _ELIDING.match(phrase) else "de ") + phrase


def _transitive(clause: _Clause) -> tuple[Word, Word, Word]:
    """Return an active verb with its subject before and its object behind it, both with nouns of their own."""
    verb = clause.trigger
    children = clause.sentence.children(verb)
    subjects = [c for c in children if c.deprel == "nsubj" and c.upos in ("NOUN", "PROPN", "X") and c.id < verb.id]
    things = [c for c in children if c.deprel == "obj" and c.upos in ("NOUN", "PROPN", "X") and c.id > verb.id]
    if verb.upos != "VERB" or len(subjects) != 1 or len(things) != 1 or clause.verb()[0] is not verb:
        raise _CannotError("its trigger is no finite verb with a subject before and an object behind it")
    if verb.deprel == "acl:relcl":
        raise _CannotError("it stands in a relative clause")
    if any(c.deprel.startswith(("expl", "aux:caus", "aux:pass")) for c in children):
        raise _CannotError("its verb is not active")
    return verb, subjects[0], things[0]


def _plural(clause: _Clause, word: Word) -> bool:
    joined = any(c.deprel == "conj" for c in clause.sentence.children(word))
    return joined or word.ner == "MONEY" or (word.feats.get("Number") == "Plur" and not word.ner)


def _phrase(clause: _Clause, word: Word) -> tuple[int, int]:
    """Return where a word stands with all that hangs on it."""
    words = clause.sentence.subtree(word)
    if words[-1].id - words[0].id + 1 != len(words):
        raise _CannotError("its subject or its object is not in one piece")
    while words[-1].upos == "PUNCT":
        del words[-1]
    return words[0].span.start, words[-1].span.end


def _begun(clause: _Clause, place: tuple[int, int], at: int) -> str:
    """Return a phrase as it is written where another one stood, with a capital where a sentence begins."""
    phrase = clause.text[slice(*place)]
    return phrase[0].upper() + phrase[1:] if at == clause.sentence.span.start else phrase


def _continued(clause: _Clause, place: tuple[int, int]) -> str:
    """Return a phrase as it is written inside a sentence."""
    phrase = clause.text[slice(*place)]
    first = next(word for word in clause.sentence.words if word.span.start == place[0])
    return phrase if first.upos == "PROPN" or first.ner else phrase[0].lower() + phrase[1:]


_MAKERS: dict[Kind, Callable[[_Clause], str]] = {
    Kind.NEGATED: _negated,
    Kind.CONDITIONAL: _conditional,
    Kind.PLANNED: _planned,
    Kind.PASSIVE: _passive,
    Kind.NOMINAL: _nominal,
}
