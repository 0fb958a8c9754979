"""The operators: from a word, the words that stand in a relation to it.

Each operator walks the tree from the word on its left, so that only words that can fit are looked at.
A step carries the label of the dependency that it follows: the one of the lower word, hence the first
of a chain upwards and the last of a chain downwards. Steps by position carry no label.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice

import attrs

from newsclaims.tree import Sentence, Word

Steps = Callable[[Sentence, Word], Iterator[tuple[Word, str]]]


@attrs.frozen
class Operator:
    """What an operator can take.

    Attributes:
        steps: the words on its right, given the one on its left.
        labelled: whether a relation label can follow it.
        ranged: whether a distance can precede it.
    """

    steps: Steps
    labelled: bool = False
    ranged: bool = False


def chain_up(low: int, high: int | None) -> Steps:
    """Return the steps to the governors that are ``low`` to ``high`` dependencies away."""

    def steps(sentence: Sentence, word: Word) -> Iterator[tuple[Word, str]]:
        return ((above, word.deprel) for above in islice(sentence.ancestors(word), low - 1, high))

    return steps


def chain_down(low: int, high: int | None) -> Steps:
    """Return the steps to the dependents that are ``low`` to ``high`` dependencies away."""

    def steps(sentence: Sentence, word: Word) -> Iterator[tuple[Word, str]]:
        level, depth = sentence.children(word), 1
        while level and (high is None or depth <= high):
            if depth >= low:
                yield from ((below, below.deprel) for below in level)
            level = tuple(below for above in level for below in sentence.children(above))
            depth += 1

    return steps


def _governor(sentence: Sentence, word: Word) -> Iterator[tuple[Word, str]]:
    head = sentence.head(word)
    if head is not None:
        yield head, word.deprel


def _dependents(sentence: Sentence, word: Word) -> Iterator[tuple[Word, str]]:
    return ((below, below.deprel) for below in sentence.children(word))


def _either(sentence: Sentence, word: Word) -> Iterator[tuple[Word, str]]:
    yield from _governor(sentence, word)
    yield from _dependents(sentence, word)


def _to_the_right(steps: Steps) -> Steps:
    return lambda sentence, word: (step for step in steps(sentence, word) if step[0].id > word.id)


def _to_the_left(steps: Steps) -> Steps:
    return lambda sentence, word: (step for step in steps(sentence, word) if step[0].id < word.id)


def _siblings(sentence: Sentence, word: Word) -> Iterator[tuple[Word, str]]:
    head = sentence.head(word)
    if head is not None:
        yield from ((other, "") for other in sentence.children(head) if other.id != word.id)


def _next_to(steps: Steps) -> Steps:
    return lambda sentence, word: (step for step in steps(sentence, word) if abs(step[0].id - word.id) == 1)


def _after(sentence: Sentence, word: Word) -> Iterator[tuple[Word, str]]:
    return ((other, "") for other in islice(sentence.words, word.id, None))


def _before(sentence: Sentence, word: Word) -> Iterator[tuple[Word, str]]:
    return ((other, "") for other in islice(sentence.words, word.id - 1))


def _just_after(sentence: Sentence, word: Word) -> Iterator[tuple[Word, str]]:
    return ((other, "") for other in sentence.words[word.id : word.id + 1])


def _just_before(sentence: Sentence, word: Word) -> Iterator[tuple[Word, str]]:
    return ((other, "") for other in sentence.words[max(word.id - 2, 0) : word.id - 1])


def _itself(sentence: Sentence, word: Word) -> Iterator[tuple[Word, str]]:
    yield word, ""


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
}


def steps_of(symbol: str, distance: tuple[int, int | None]) -> Steps:
    """Return the steps of an operator, for a chain within a distance."""
    if symbol == "<<":
        return chain_up(*distance)
    if symbol == ">>":
        return chain_down(*distance)
    return OPERATORS[symbol].steps
