"""Decoding without a search gives what Stanza's search gives."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stanza.models.common.chuliu_edmonds import chuliu_edmonds_one_root
from stanza.models.depparse.model import GraphParser

from newsclaims.decoding import _TRIALS, Decoder, _search, best_tree, greedy_tree


def scores(seed: int, size: int, contrast: float, roots: float = 0) -> np.ndarray[Any, Any]:
    """Return log-probabilities of heads, more or less clear, with no word its own head; roots are so much likelier."""
    raw = np.random.default_rng(seed).normal(0, contrast, (size, size))
    raw[:, 0] += roots
    np.fill_diagonal(raw, -np.inf)
    with np.errstate(divide="ignore"):
        return raw - np.log(np.exp(raw).sum(axis=1, keepdims=True))


@given(st.integers(0, 10_000), st.integers(2, 9), st.sampled_from([0.5, 2.0, 8.0]))
def test_a_greedy_tree_is_the_one_that_the_search_finds(seed: int, size: int, contrast: float) -> None:
    matrix = scores(seed, size, contrast)
    heads = greedy_tree(matrix)

    if heads is not None:
        assert heads == chuliu_edmonds_one_root(matrix).tolist()


def chain(*heads: int) -> np.ndarray[Any, Any]:
    """Return scores whose best heads are these, for the words from 1 on."""
    matrix = np.full((len(heads) + 1, len(heads) + 1), -5.0)
    np.fill_diagonal(matrix, -np.inf)
    for word, head in enumerate(heads, 1):
        matrix[word, head] = -0.1
    return matrix


def test_a_tree_with_one_root_needs_no_search() -> None:
    assert greedy_tree(chain(2, 0, 2, 3)) == [0, 2, 0, 2, 3]


@pytest.mark.parametrize("heads", [(2, 1, 0), (0, 0, 2), (2, 3, 1)], ids=["cycle", "two roots", "no root"])
def test_what_is_no_tree_is_left_to_the_search(heads: tuple[int, ...]) -> None:
    assert greedy_tree(chain(*heads)) is None


@given(st.integers(0, 10_000), st.integers(3, 12), st.sampled_from([0.5, 2.0, 8.0]), st.floats(0, 6))
def test_the_best_tree_with_one_root_is_the_one_that_stanza_finds(
    seed: int, size: int, contrast: float, lift: float
) -> None:
    matrix = scores(seed, size, contrast, lift)

    assert best_tree(matrix.copy()) == chuliu_edmonds_one_root(matrix).tolist()


@given(st.integers(0, 10_000), st.integers(20, 40))
def test_words_that_are_all_alike_as_roots_are_not_tried_one_by_one(seed: int, size: int) -> None:
    matrix = scores(seed, size, 0.1, 3)
    searched: list[int] = []

    def search(given: np.ndarray[Any, Any]) -> list[int]:
        searched.append(len(given))
        return _search(given)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("newsclaims.decoding._search", search)
        assert best_tree(matrix.copy()) == chuliu_edmonds_one_root(matrix).tolist()
    assert len(searched) <= 2 + _TRIALS


class Labels:
    """A vocabulary of relations, as Stanza's."""

    names = ("<PAD>", "<UNK>", "<EMPTY>", "<ROOT>", "nsubj", "obj", "det", "root")
    _unit2id: dict[str, int] = {name: i for i, name in enumerate(names)}  # noqa: RUF012
    _id2unit = names

    def __len__(self) -> int:
        return len(self.names)

    def id2unit(self, number: int) -> str:
        return self.names[number]

    def unmap(self, ids: list[int]) -> list[str]:
        return [self.names[i] for i in ids]


@given(st.integers(0, 10_000), st.integers(2, 7), st.sampled_from([1.0, 6.0]), st.booleans())
def test_a_batch_is_decoded_as_stanza_decodes_it(seed: int, size: int, contrast: float, resolve: bool) -> None:
    arcs = np.stack([scores(seed + i, size, contrast) for i in range(3)])
    relations = np.random.default_rng(seed).normal(0, 2, (3, size, size, 4))
    relations -= np.log(np.exp(relations).sum(axis=3, keepdims=True))
    predictions = [arcs, relations.argmax(axis=3) + 4, relations]
    lengths = [size, max(2, size - 1), size]
    decoder = Decoder(GraphParser.decode_graph_predictions)

    expected = GraphParser.decode_graph_predictions(Labels(), 3, predictions, lengths, resolve_head_constraints=resolve)

    assert decoder(Labels(), 3, predictions, lengths, resolve_head_constraints=resolve) == expected
