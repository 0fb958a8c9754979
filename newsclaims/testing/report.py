"""Reports: what the workbench finds, in words."""

from __future__ import annotations

from collections.abc import Iterator

from newsclaims import display
from newsclaims.semgrex import Failure
from newsclaims.testing.contrast import Variant
from newsclaims.testing.coverage import Overlap
from newsclaims.testing.examples import Result


def line(result: Result) -> str:
    """Return what came of a sentence, on one line."""
    return f"{result.outcome:<10}  {result.rule.id}  {display.plain(result.text)}"


def full(result: Result) -> str:
    """Return what came of a sentence with the reason, the first part of the pattern that fails, and the tree."""
    return "\n".join([line(result), *(f"  {part}" for part in _explained(result))])


def _explained(result: Result) -> Iterator[str]:
    if result.detail:
        yield from result.detail.splitlines()
    failure = result.failure
    notes = _notes(failure) if failure else {}
    if failure is None:
        yield "the pattern holds"
    else:
        yield f"the pattern fails at column {failure.start + 1}: {failure}"
    for sentence in result.sentences:
        inside = failure is not None and failure.anchor in sentence.words
        yield from display.tree(sentence, notes if inside else {}).splitlines()


def _notes(failure: Failure) -> dict[int, str]:
    """Return what a word is in a pattern that fails, by its id."""
    notes = {word.id: f"= {name}" for name, word in failure.nodes.items()}
    if failure.word is not None:
        at = failure.word.id
        notes[at] = f"{notes.get(at, '')} ✗ {failure.reason} {failure.failed}".strip()
    return notes


def variant(made: Variant) -> str:
    """Return how a variant of an example is read, on one line."""
    text = display.plain(made.text or made.example)
    return f"{made.kind:<11}  {made.rule.id}  {text}  ({made.problem or 'read well'})"


def overlap(pair: Overlap) -> str:
    """Return how often two rules fire together, on one line."""
    alone = "" if pair.both < pair.fewer else "; one never fires without the other"
    return f"together {pair.both} of {pair.fewer}: {pair.first}, {pair.second}{alone}"
