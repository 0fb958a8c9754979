from __future__ import annotations

import pytest
from contrast import Case, known_misses, misread, rule_cases, template_cases
from reading import parse_all

from newsclaims.extractor import Extractor
from newsclaims.rules import Rule, builtin_rules
from newsclaims.tree import Document

RULES = [rule for rule in builtin_rules() if not rule.completes]
CASES = list({case.text: case for case in template_cases()}.values())
MISSES = known_misses()


@pytest.fixture(scope="module")
def variants(extractor: Extractor) -> dict[str, list[Case]]:
    """The variants of each rule's example, by the id of the rule."""
    found: dict[str, list[Case]] = {rule.id: [] for rule in RULES}
    for case in rule_cases(RULES, extractor):
        found[case.construction].append(case)
    return found


@pytest.fixture(scope="module")
def documents(extractor: Extractor, variants: dict[str, list[Case]]) -> dict[str, Document]:
    """All sentences, parsed at once."""
    texts = list(dict.fromkeys(c.text for c in (*CASES, *(c for own in variants.values() for c in own))))
    return dict(zip(texts, parse_all(extractor.parser, texts), strict=True))


def verdict(extractor: Extractor, document: Document, case: Case) -> str:
    """Return what is wrong with the reading of a sentence, or that a known miss is none any more."""
    wrong = misread(case, extractor.extract_document(document))
    if case.text in MISSES:
        return "" if wrong else "a known miss that is read right: drop it from the list"
    return wrong


@pytest.mark.parametrize("case", CASES, ids=[case.text for case in CASES])
def test_a_template_is_read_as_its_variant_says(
    extractor: Extractor, documents: dict[str, Document], case: Case
) -> None:
    assert verdict(extractor, documents[case.text], case) == ""


@pytest.mark.parametrize("rule", RULES, ids=[rule.id for rule in RULES])
def test_the_variants_of_a_rules_example_are_read_as_they_say(
    extractor: Extractor, documents: dict[str, Document], variants: dict[str, list[Case]], rule: Rule
) -> None:
    verdicts = {case.text: verdict(extractor, documents[case.text], case) for case in variants[rule.id]}

    assert {text: wrong for text, wrong in verdicts.items() if wrong} == {}


def test_every_known_miss_is_a_sentence_of_the_set(documents: dict[str, Document]) -> None:
    assert sorted(MISSES.keys() - documents.keys()) == []
