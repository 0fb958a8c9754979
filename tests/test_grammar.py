from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from newsclaims import testing
from newsclaims.parsing import Parser
from newsclaims.rules import Rule, builtin_rules
from newsclaims.testing import Result
from newsclaims.testing.examples import parsed
from newsclaims.tree import Document

RULES = builtin_rules()
SENTENCES = [(rule, sentence.text) for rule in RULES for sentence in (*rule.examples, *rule.counterexamples)]


Lookup = Callable[[Rule, str], Result]


@pytest.fixture(scope="session")
def result_of(parser: Parser) -> Lookup:
    """Look up what came of a rule's sentence; the rules are checked up to it when it is asked for."""
    pending: Iterator[Result] = testing.check(RULES, parser)
    done: dict[tuple[str, str], Result] = {}

    def look_up(rule: Rule, text: str) -> Result:
        while (rule.id, text) not in done:
            result = next(pending)
            done[result.rule.id, result.text] = result
        return done[rule.id, text]

    return look_up


@pytest.mark.parametrize(("rule", "text"), SENTENCES, ids=[f"{rule.id}: {text}" for rule, text in SENTENCES])
def test_rule_reads_its_sentences(result_of: Lookup, rule: Rule, text: str) -> None:
    result = result_of(rule, text)

    assert result.passed, f"{result.outcome}: {result.detail}"


def test_no_rule_has_a_sentence_twice() -> None:
    places = [(rule.id, text) for rule, text in SENTENCES]

    assert sorted(place for place in set(places) if places.count(place) > 1) == []


def test_texts_parsed_together_are_parsed_as_if_alone(parser: Parser) -> None:
    texts = [text for _, text in SENTENCES[::50]]

    assert parsed(parser, texts) == {text: parser(text) for text in texts}


def test_texts_are_parsed_alone_where_paragraphs_do_not_part_sentences(parser: Parser) -> None:
    def careless(text: str) -> Document:
        return parser(text.replace("\n\n", ", "))

    texts = ["Orsol rachète Vega", "Nimbao recrute."]

    assert parsed(careless, texts) == {text: parser(text) for text in texts}
