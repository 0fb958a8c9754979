"""The operators: from a word, the words that stand in a relation to it.

Each operator walks the tree from the word on its left, so that only words that can fit are looked at.
A step carries the lower end of the dependency that it follows, which gives the label: the first of a chain
upwards and the last of a chain downwards. Steps by position follow no dependency, and carry the word itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice

import attrs

from newsclaims.semgrex.graphs import Graph
from newsclaims.tree import Word

Steps = Callable[[Graph, Word], Iterator[tuple[Word, Word]]]


@attrs.frozen
class Operator:
    """What an operator can take.

    Attributes:
        steps: the words on its right, given the one on its left.
        labelled: whether it follows dependencies, so that a label, or a name for it, can come next.
        ranged: whether it follows chains of them, so that a distance can precede it.
    """

    steps: Steps
    labelled: bool = False
    ranged: bool = False

    @property
    def edged(self) -> bool:
        """Whether it follows one dependency, so that this edge can be named."""
        return self.labelled and not self.ranged


def chain_up(low: int, high: int | None) -> Steps:
    """Return the steps to the governors that are ``low`` to ``high`` dependencies away."""

    def steps(graph: Graph, word: Word) -> Iterator[tuple[Word, Word]]:
        return ((above, word) for above in islice(graph.sentence.ancestors(word), low - 1, high))

    return steps


def chain_down(low: int, high: int | None) -> Steps:
    """Return the steps to the dependents that are ``low`` to ``high`` dependencies away."""

    def steps(graph: Graph, word: Word) -> Iterator[tuple[Word, Word]]:
        children = graph.sentence.children
        level, depth = children(word), 1
        while level and (high is None or depth <= high):
            if depth >= low:
                yield from ((below, below) for below in level)
            level = tuple(below for above in level for below in children(above))
            depth += 1

    return steps


def _governor(graph: Graph, word: Word) -> Iterator[tuple[Word, Word]]:
    head = graph.sentence.head(word)
    if head is not None:
        yield head, word


def _dependents(graph: Graph, word: Word) -> Iterator[tuple[Word, Word]]:
    return ((below, below) for below in graph.sentence.children(word))


def _either(graph: Graph, word: Word) -> Iterator[tuple[Word, Word]]:
    yield from _governor(graph, word)
    yield from _dependents(graph, word)


def _to_the_right(steps: Steps) -> Steps:
    return lambda graph, word: (step for step in steps(graph, word) if step[0].id > word.id)


def _to_the_left(steps: Steps) -> Steps:
    return lambda graph, word: (step for step in steps(graph, word) if step[0].id < word.id)


def _siblings(graph: Graph, word: Word) -> Iterator[tuple[Word, Word]]:
    head = graph.sentence.head(word)
    if head is not None:
        yield from ((other, other) for other in graph.sentence.children(head) if other.id != word.id)


def _next_to(steps: Steps) -> Steps:
    return lambda graph, word: (step for step in steps(graph, word) if abs(step[0].id - word.id) == 1)


def _after(graph: Graph, word: Word) -> Iterator[tuple[Word, Word]]:
    return ((other, other) for other in islice(graph.sentence.words, word.id, None))


def _before(graph: Graph, word: Word) -> Iterator[tuple[Word, Word]]:
    return ((other, other) for other in islice(graph.sentence.words, word.id - 1))


def _just_after(graph: Graph, word: Word) -> Iterator[tuple[Word, Word]]:
    return ((other, other) for other in graph.sentence.words[word.id : word.id + 1])


def _just_before(graph: Graph, word: Word) -> Iterator[tuple[Word, Word]]:
    return ((other, other) for other in graph.sentence.words[max(word.id - 2, 0) : word.id - 1])


def _itself(graph: Graph, word: Word) -> Iterator[tuple[Word, Word]]:
    yield word, word


def _across(graph: Graph, word: Word) -> Iterator[tuple[Word, Word]]:
    if graph.other is not None:
        yield from ((other, other) for other in graph.other.words(graph.links.get(word.id, ())))


def everywhere(graph: Graph, word: Word) -> Iterator[tuple[Word, Word]]:
    """Yield every word: what ``:`` searches."""
    return ((other, other) for other in graph.sentence.words)


OPERATORS: dict[str, Operator] = {
    "<": Operator(_governor, labelled=True),
    ">": Operator(_dependents, labelled=True),
    "<<": Operator(chain_up(1, None), labelled=True, ranged=True),
    ">>": Operator(chain_down(1, None), labelled=True, ranged=True),
    "<>": Operator(_either, labelled=True),
    "<++": Operator(_to_the_right(_governor), labelled=True),
    "<--": Operator(_to_the_left(_governor), labelled=True),
    ">++": Operator(_to_the_right(_dependents), labelled=True),
    ">--": Operator(_to_the_left(_dependents), labelled=True),
    ".": Operator(_just_after),
    "..": Operator(_after),
    "-": Operator(_just_before),
    "--": Operator(_before),
    "$+": Operator(_next_to(_to_the_right(_siblings))),
    "$-": Operator(_next_to(_to_the_left(_siblings))),
    "$++": Operator(_to_the_right(_siblings)),
    "$--": Operator(_to_the_left(_siblings)),
    "==": Operator(_itself),
    "@": Operator(_across),
}


def steps_of(symbol: str, distance: tuple[int, int | None]) -> Steps:
    """Return the steps of an operator, for a chain within a distance."""
    if symbol == "<<":
        return chain_up(*distance)
    if symbol == ">>":
        return chain_down(*distance)
    return OPERATORS[symbol].steps
