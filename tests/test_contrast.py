from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import attrs
import pytest
from contrast import Case, cases, data, derived, joined, misread
from reading import parse_all

from newsclaims.claims import BidStatus, Claim, Modality, slots
from newsclaims.extractor import Extractor
from newsclaims.mentions.names import find_names
from newsclaims.repair import mend
from newsclaims.rules import Rule, builtin_rules
from newsclaims.tree import Document, Sentence

RULES = [rule for rule in builtin_rules() if not rule.completes]
CASES = list({case.text: case for case in cases()}.values())
MISSES: dict[str, str] = {text: why for why, texts in data()["misses"].items() for text in texts}
OPEN = (BidStatus.REJECTED, BidStatus.WITHDRAWN, BidStatus.BLOCKED)

Read = Callable[[str], list[Claim]]


@attrs.frozen
class Variant:
    """A variant of a rule's own example.

    Attributes:
        case: the sentence and the fields that are expected.
        roles: what fills the required slots of each claim, as in the example.
    """

    case: Case
    roles: frozenset[Any]


@pytest.fixture(scope="module")
def documents(extractor: Extractor) -> dict[str, Document]:
    """The templates' sentences and the rules' examples, parsed at once."""
    texts = list(dict.fromkeys([*(c.text for c in CASES), *(e.text for r in RULES for e in r.examples)]))
    return dict(zip(texts, parse_all(extractor.parser, texts), strict=True))


@pytest.fixture(scope="module")
def variants(extractor: Extractor, documents: dict[str, Document]) -> dict[str, list[tuple[Variant, Document]]]:
    """The variants of each rule's example, parsed at once."""
    found = {rule.id: list(_variants(rule, extractor, documents)) for rule in RULES}
    texts = list(dict.fromkeys(v.case.text for own in found.values() for v in own))
    parsed = dict(zip(texts, parse_all(extractor.parser, texts), strict=True))
    return {rule: [(v, parsed[v.case.text]) for v in own] for rule, own in found.items()}


def _variants(rule: Rule, extractor: Extractor, documents: dict[str, Document]) -> Iterator[Variant]:
    """Yield the variants of the example that has most of them."""
    best: list[Variant] = []
    for example in rule.examples:
        document = documents[example.text]
        claims = [c for c in extractor.extract_document(document) if type(c) is rule.claim_type]
        if example.known_miss or len({c.sentence for c in claims}) != 1 or any(c.source for c in claims):
            continue
        sentence = next(s for s in _mended(document).sentences if s.span.covers(claims[0].trigger))
        asserted = all(c.modality is Modality.ASSERTED and not c.negated for c in claims)
        if not asserted or len({c.trigger for c in claims}) > 1 or getattr(claims[0], "status", None) in OPEN:
            trigger = None
        else:
            trigger = next(w for w in sentence.words if w.span.start == claims[0].trigger.start)
        own = []
        for variant, text, expected in derived(sentence, trigger):
            whole = example.text[: sentence.span.start] + text + example.text[sentence.span.end :]
            own.append(Variant(Case(whole, rule.id, variant, rule.claim_type.__name__, expected), _roles(claims)))
        best = max(best, own, key=len)
    yield from best


def _mended(document: Document) -> Document:
    return mend(document, find_names(document, []), [])


def _roles(claims: list[Claim]) -> frozenset[Any]:
    """Return the names in the required slots of each claim."""
    return frozenset(
        frozenset((slot.name, e.name) for slot in slots(type(c)).values() if slot.required for e in _actors(c, slot.name))
        for c in claims
    )


def _actors(claim: Claim, slot: str) -> tuple[Any, ...]:
    value = getattr(claim, slot)
    return value if isinstance(value, tuple) else (value,)


def _verdict(text: str, wrong: str) -> str:
    """Return what is wrong with the reading of a sentence, or that a known miss is none any more."""
    if text in MISSES:
        return "" if wrong else "listed as a known miss, and read right: drop it from the list"
    return wrong


@pytest.mark.parametrize("case", CASES, ids=[case.text for case in CASES])
def test_a_template_is_read_as_its_variant_says(
    extractor: Extractor, documents: dict[str, Document], case: Case
) -> None:
    claims = extractor.extract_document(documents[case.text])

    assert _verdict(case.text, misread(case, claims)) == ""


@pytest.mark.parametrize("rule", RULES, ids=[rule.id for rule in RULES])
def test_the_variants_of_a_rules_example_are_read_as_they_say(
    extractor: Extractor, variants: dict[str, list[tuple[Variant, Document]]], rule: Rule
) -> None:
    wrong = {}
    for variant, document in variants[rule.id]:
        claims = [c for c in extractor.extract_document(document) if type(c) is rule.claim_type]
        mistake = misread(variant.case, claims)
        if not mistake and _roles(claims) != variant.roles:
            mistake = f"roles {sorted(map(sorted, _roles(claims)))} instead of {sorted(map(sorted, variant.roles))}"
        if verdict := _verdict(variant.case.text, mistake):
            wrong[variant.case.text] = verdict

    assert wrong == {}


def test_every_known_miss_is_a_sentence_of_the_set(variants: dict[str, list[tuple[Variant, Document]]]) -> None:
    known = {c.text for c in CASES} | {v.case.text for own in variants.values() for v, _ in own}

    assert sorted(MISSES.keys() - known) == []
