"""Our run of Stanza's networks gives what Stanza gives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
import torch
from stanza import Pipeline
from stanza.models.depparse.model import GraphParser

import newsclaims
from newsclaims.inference import Analysis, Networks, linear, networks, sequences
from newsclaims.parsing import load_pipeline
from newsclaims.tokens import Token

PARAGRAPHS = (
    "Orsol a racheté Vega pour 12 millions d'euros. Le fabricant de capteurs, basé à Lyon, n'a rien voulu dire !",
    "Selon nos informations, Nimbao aurait levé 1 250 000 euros auprès de Vauban Ventures et du fonds de l'État.",
    "Écrivez à contact@nimbao.fr ou lisez https://www.ferrix.com/a?b=c avant le 3 mai 2024.",
    "Aux dires des dirigeantes de Luma, qu'elle et lui ont rencontrées, les ventes ont-elles baissé ???!",
    "«  Nous  n'irons pas  plus loin  », dit-elle.",
    "LEVÉE DE FONDS : FERRIX BOUCLE UNE SÉRIE B",
    "Oui.",
    "a",
    "Le « zorglubage » désoxyribonucléique des kryptomarxoïdes inquiète Žiga Čeč (日本).",
    "Ferrix, Luma, Orsol, Vega, Nimbao et Altéa, " * 30 + "toutes présentes au salon, se livrent une rude concurrence.",
)
TEXT = "\n\n".join(PARAGRAPHS)


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    """The model of the package as Stanza runs it."""
    torch.set_num_threads(1)
    return load_pipeline(Path(newsclaims.__file__).parent / "model")


@pytest.fixture(scope="module")
def ours(pipeline: Pipeline) -> Networks:
    """The same as we run it."""
    return networks(pipeline)


def stanza_tokens(document: Any) -> list[list[Token]]:
    return [
        [Token(t.text, t.start_char, t.end_char, tuple(word.text for word in t.words)) for t in sentence.tokens]
        for sentence in document.sentences
    ]


def stanza_analyses(document: Any) -> Iterator[tuple[Any, ...]]:
    for word in chain.from_iterable(sentence.words for sentence in document.sentences):
        yield word.lemma or "", word.upos, word.xpos or "", word.feats or "", word.head, word.deprel


def rows(sentences: list[list[Analysis]]) -> Iterator[tuple[Any, ...]]:
    for word in chain.from_iterable(sentences):
        feats = "|".join(f"{name}={value}" for name, value in word.feats.items())
        yield word.lemma, word.upos, word.xpos, feats, word.head, word.deprel


def words(sentences: list[list[Token]]) -> list[list[str]]:
    return [[word for token in sentence for word in token.words] for sentence in sentences]


@pytest.mark.parametrize("text", [TEXT, *PARAGRAPHS, " \n\n " + TEXT.replace(" ", "  ") + "\n \t\n"])
def test_tokens_are_those_of_stanza(pipeline: Pipeline, ours: Networks, text: str) -> None:
    assert ours.tokenize(text) == stanza_tokens(pipeline.process(text, processors=["tokenize", "mwt"]))


@pytest.mark.parametrize("text", ["", " \n\n ", "\n"])
def test_nothing_is_read_from_nothing(ours: Networks, text: str) -> None:
    assert ours.tokenize(text) == []
    assert ours.analyse([]) == []


def test_a_token_that_is_too_long_becomes_an_unknown_one(pipeline: Pipeline, ours: Networks) -> None:
    text = f"Orsol vend {'x' * 400} cher."

    assert ours.tokenize(text) == stanza_tokens(pipeline.process(text, processors=["tokenize", "mwt"]))


def test_words_are_analysed_as_by_stanza(pipeline: Pipeline, ours: Networks) -> None:
    parsed = pipeline(TEXT)

    assert list(rows(ours.analyse(words(stanza_tokens(parsed))))) == list(stanza_analyses(parsed))


def test_a_sentence_is_read_alike_alone_and_among_others(ours: Networks) -> None:
    sentences = words(ours.tokenize(TEXT))

    assert [ours.analyse([sentence])[0] for sentence in sentences] == ours.analyse(sentences)


def test_a_sentence_that_is_not_wanted_gets_no_tree(ours: Networks) -> None:
    sentences = words(ours.tokenize(TEXT))
    everything = ours.analyse(sentences)
    seen: list[list[tuple[str, str]]] = []

    def odd(number: int, tagged: Sequence[tuple[str, str]]) -> bool:
        seen.append(list(tagged))
        return bool(number % 2)

    assert ours.analyse(sentences, odd) == [a if i % 2 else [] for i, a in enumerate(everything)]
    assert seen == [[(word.lemma or "_", word.upos) for word in sentence] for sentence in everything]
    assert ours.analyse(sentences, lambda *_: False) == [[] for _ in sentences]


@pytest.mark.parametrize(("places", "count"), [(40, 1), (150, 3), (4000, 1)])
def test_the_size_of_batches_changes_nothing(
    ours: Networks, monkeypatch: pytest.MonkeyPatch, places: int, count: int
) -> None:
    sentences = words(ours.tokenize(TEXT))
    expected = ours.analyse(sentences)
    monkeypatch.setattr(sequences, "_PLACES", places)
    monkeypatch.setattr(sequences, "_SEQUENCES", count)

    assert ours.analyse(sentences) == expected


def test_batches_hold_every_item_once_and_turn_it_around() -> None:
    lengths = [3, 1, 7, 7, 2, 30]
    found = list(sequences.batches(lengths))

    assert sorted(chain.from_iterable(batch.sequences for batch in found)) == list(range(len(lengths)))
    assert sorted(chain.from_iterable(b.items[b.inside].tolist() for b in found)) == list(range(sum(lengths)))
    for batch in found:
        turned = batch.items.gather(1, batch.backwards())
        for row, back, length in zip(batch.items.tolist(), turned.tolist(), batch.lengths.tolist(), strict=True):
            assert back == [*reversed(row[:length]), *row[length:]]


def test_products_are_the_same_without_onednn(monkeypatch: pytest.MonkeyPatch) -> None:
    weight, bias, data = torch.randn(7, 5), torch.randn(7), torch.randn(2, 3, 5)
    fast = linear.Linear(weight, bias)
    monkeypatch.setattr(linear, "_product", lambda *_: torch.zeros(1, 7))  # as if it were wrong
    slow = linear.Linear(weight, bias)

    assert slow._packed is None
    assert torch.equal(slow(data), torch.nn.functional.linear(data, weight, bias))
    monkeypatch.undo()
    assert torch.allclose(fast(data), slow(data), atol=1e-5)


def test_two_subjects_or_objects_of_one_verb_are_mended_as_by_stanza(
    pipeline: Pipeline, ours: Networks, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "Nimbao lève Vega 12 millions.\n\nCe que Vega veut Luma le veut.\n\nIl la lui vend la filiale."
    processor = pipeline.processors["depparse"]
    monkeypatch.setitem(processor.config, "resolve_head_constraints", True)
    expected = pipeline(text)
    sentences = words(stanza_tokens(expected))
    mended = networks(pipeline).analyse(sentences)

    assert list(rows(mended)) == list(stanza_analyses(expected))
    assert all(a != b for a, b in zip(mended, ours.analyse(sentences), strict=True))


class OtherParser(GraphParser):
    """A parser of one's own."""


def test_what_is_built_otherwise_is_run_by_stanza(monkeypatch: pytest.MonkeyPatch, ours: Networks) -> None:
    other = load_pipeline(Path(newsclaims.__file__).parent / "model")
    other.processors["depparse"].trainer.model.__class__ = OtherParser
    monkeypatch.setitem(other.processors["tokenize"].config, "postprocessor", lambda sentences: sentences)
    used: list[list[str]] = []
    process = other.process

    def watched(document: Any, processors: list[str]) -> Any:
        used.append(processors)
        return process(document, processors=processors)

    monkeypatch.setattr(other, "process", watched)
    found = networks(other)
    tokens = found.tokenize(TEXT)

    assert tokens == ours.tokenize(TEXT)
    assert found.analyse(words(tokens)) == ours.analyse(words(tokens))
    assert used == [["tokenize", "mwt"], ["pos", "lemma", "depparse"]]
