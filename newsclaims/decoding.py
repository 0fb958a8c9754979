"""Decoding: the best tree from a parser's scores, with no more search than is needed.

Stanza searches the maximum spanning tree of each sentence (Chu-Liu-Edmonds), with root scores that force a search of
many steps so as to get a single root. Where the best head of each word by itself already makes a tree with one root, no
tree is better; nor where the plain search finds one root. The trees are the same, in a fraction of the time.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

_TRIALS = 3  # words tried as the root, one by one


def greedy_tree(scores: np.ndarray[Any, Any]) -> list[int] | None:
    """Return the best head of each word if these heads make a tree with one root, else None.

    Args:
        scores: ``scores[i, j]`` is how well ``j`` heads ``i``; 0 is the root symbol.

    Returns:
        The head of each place, 0 for the root symbol's own; None if there is a cycle, or not exactly one root.
    """
    heads: list[int] = scores.argmax(axis=1).tolist()
    heads[0] = 0
    if heads[1:].count(0) != 1:
        return None
    grounded = [False] * len(heads)
    grounded[0] = True
    for start in range(1, len(heads)):
        path = []
        place = start
        while not grounded[place]:
            if place in path:
                return None
            path.append(place)
            place = heads[place]
        for seen in path:
            grounded[seen] = True
    return heads


def best_tree(scores: np.ndarray[Any, Any]) -> list[int]:
    """Return the head of each place in the best tree with one root.

    Args:
        scores: as for `greedy_tree`.
    """
    heads = greedy_tree(scores)
    if heads is None:
        heads = _search(scores)
        if heads[1:].count(0) != 1:
            heads = _one_root_tree(scores.astype("float64"))
    return heads


def _search(scores: np.ndarray[Any, Any]) -> list[int]:
    """Return the best tree with any number of roots, found in double precision, as in Stanza."""
    from stanza.models.common.chuliu_edmonds import chuliu_edmonds

    heads: list[int] = chuliu_edmonds(scores.astype("float64")).tolist()  # a copy: the search writes into the scores
    return heads


def _one_root_tree(scores: np.ndarray[Any, Any]) -> list[int]:
    """Return the best tree with one root.

    Each word is tried as the root, those first with which the best heads of all words, tree or not, score most; no
    tree scores more than these heads, so the search ends early. Where it does not, as in a row of commas, all root
    scores are lowered until a second root costs more than anything can bring: one search, of many more steps, which is
    Stanza's way (Stanojević and Cohen, A Root of a Problem, EMNLP 2021).
    """
    words = range(1, len(scores))
    others = scores.copy()
    others[:, 0] = -math.inf
    limits = scores[1:, 0] - others[1:].max(1)
    best: list[int] = []
    most = -math.inf
    for tried, word in enumerate((-limits).argsort(kind="stable") + 1):
        limit = others[1:].max(1).sum() + limits[word - 1]
        if best and limit <= most:
            break
        if tried == _TRIALS:
            finite = scores[scores > -math.inf]
            lowered = scores.copy()
            lowered[1:, 0] -= len(scores) * (1 + finite.max() - finite.min())
            return _search(lowered)
        trial = others.copy()
        trial[word] = -math.inf
        trial[word, 0] = scores[word, 0]
        heads = _search(trial)
        total = sum(trial[i, heads[i]] for i in words)
        if not best or total > most:
            best, most = heads, total
    return best


class Decoder:
    """Replaces the decoding of a Stanza graph parser, with the same results."""

    def __init__(self, search: Callable[..., list[list[list[Any]]]]) -> None:
        """Take Stanza's own decoding, which mends trees where a word has two subjects or two objects."""
        from stanza.models.depparse.head_constraints import find_head_constraint_violations

        self._search = search
        self._violations = find_head_constraint_violations

    def __call__(
        self,
        vocab: Any,
        size: int,
        predictions: Sequence[Any],
        lengths: Sequence[int],
        *,
        resolve_head_constraints: bool = False,
    ) -> list[list[list[Any]]]:
        """Return head and relation of each word of a batch, as `GraphParser.decode_graph_predictions` does."""
        arcs, labels, *rest = predictions
        trees = []
        for i, length in enumerate(lengths):
            heads = best_tree(arcs[i][:length, :length])
            relations = vocab.unmap([labels[i][j, heads[j]] for j in range(1, length)])
            if resolve_head_constraints and self._violations(heads, relations):
                one = [part[i : i + 1] for part in (arcs, labels, *rest)]
                trees += self._search(vocab, 1, one, [length], resolve_head_constraints=True)
            else:
                trees.append([list(arc) for arc in zip(heads[1:], relations, strict=True)])
        return trees


def install(pipeline: Any) -> None:
    """Let a Stanza pipeline whose parser is a plain graph parser decode this way."""
    from stanza.models.depparse.model import GraphParser

    model = pipeline.processors["depparse"].trainer.model
    if type(model) is GraphParser:
        model.decode_graph_predictions = Decoder(GraphParser.decode_graph_predictions)
