from __future__ import annotations

from collections.abc import Callable, Iterator

import attrs
import pytest

from newsclaims import testing
from newsclaims.parsing import Parser
from newsclaims.rules import Rule, builtin_rules
from newsclaims.spans import Span
from newsclaims.testing import Result
from newsclaims.tree import Document, Sentence

RULES = builtin_rules()
SENTENCES = [(rule, sentence.text) for rule in RULES for sentence in (*rule.examples, *rule.counterexamples)]


def moved(sentence: Sentence, by: int) -> Sentence:
    def move(span: Span) -> Span:
        return Span(span.start + by, span.end + by, span.text)

    words = [attrs.evolve(word, span=move(word.span)) for word in sentence.words]
    return attrs.evolve(sentence, words=words, span=move(sentence.span))


def parsed_together(parser: Parser, texts: list[str]) -> dict[str, Document]:
    """Parse texts as the paragraphs of one, which takes a fifth of the time, and return the document of each."""
    sentences = iter(parser("\n\n".join(texts)).sentences)
    documents: dict[str, Document] = {}
    start, sentence = 0, next(sentences, None)
    for text in texts:
        own = []
        while sentence is not None and sentence.span.end <= start + len(text):
            own.append(moved(sentence, -start))
            sentence = next(sentences, None)
        documents[text] = Document(text, own)
        start += len(text) + 2
    return documents


Lookup = Callable[[Rule, str], Result]


@pytest.fixture(scope="session")
def result_of(parser: Parser) -> Lookup:
    """Look up what came of a rule's sentence; the rules are checked up to it when it is asked for."""
    documents = parsed_together(parser, list(dict.fromkeys(text for _, text in SENTENCES)))
    pending: Iterator[Result] = testing.check(RULES, documents.__getitem__)
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

    assert parsed_together(parser, texts) == {text: parser(text) for text in texts}
