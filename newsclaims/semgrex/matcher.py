"""Matching: a compiled pattern, and what it finds in a sentence."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import attrs

from newsclaims.errors import InputValueError, PatternError
from newsclaims.semgrex.diagnosis import Failure, diagnose
from newsclaims.semgrex.graphs import Aligned, Bindings, Graph, Source, StanzaSentence, sentences
from newsclaims.semgrex.needs import ALWAYS, Need, every, need_of
from newsclaims.semgrex.parser import read
from newsclaims.semgrex.program import FIELDS, Compiler, Program, needs
from newsclaims.tree import Sentence, Word


@attrs.frozen
class Edge:
    """A dependency bound with ``=name``.

    Attributes:
        governor: its upper end.
        dependent: its lower end, whose ``deprel`` it bears.
    """

    governor: Word
    dependent: Word


@attrs.frozen
class Match:
    """A place where a pattern holds.

    Attributes:
        node: the word that the pattern's first node stands for.
        nodes: the words that the named nodes stand for, by name; the name of an optional part that
            does not hold is absent.
        relations: the dependency labels bound with ``~name``, by name.
        edges: the dependencies bound with ``=name`` after an operator, by name.
        sentence: where it was found.
    """

    node: Word
    nodes: dict[str, Word]
    relations: dict[str, str]
    edges: dict[str, Edge]
    sentence: Sentence


class Pattern:
    """A compiled Semgrex pattern; `compile` makes it. It can be pickled and shared between threads.

    Attributes:
        pattern: the text that was compiled.
        names: the names of nodes that a match can bind.
        relation_names: the names of relation labels that a match can bind.
        edge_names: the names of dependencies that a match can bind.
        aligned: whether it has ``@``, so that a search must be given an aligned sentence.
    """

    def __init__(self, pattern: str) -> None:
        """Compile a pattern, as `compile` does."""
        reading = read(pattern)
        self.pattern = pattern
        self.names = frozenset(reading.names)
        self.relation_names = frozenset(reading.relation_names)
        self.edge_names = frozenset(reading.edge_names)
        self.aligned = reading.aligned
        self._reading = reading
        keys = (*reading.names, *(f"~{n}" for n in reading.relation_names), *(f"={n}" for n in reading.edge_names))
        self._slots = {key: slot for slot, key in enumerate(keys)}
        first = reading.anchors[0]
        self._fields = [(field, values) for name, field in FIELDS.items() if (values := first.literals(name))]
        self._needs = [] if reading.reverse else [need for node in reading.anchors for need in needs(node)]

    def __repr__(self) -> str:
        """Return the call that makes the pattern."""
        return f"compile({self.pattern!r})"

    def __reduce__(self) -> tuple[type[Pattern], tuple[str]]:
        """Pickle the text of the pattern, to be compiled again."""
        return Pattern, (self.pattern,)

    @cached_property
    def _program(self) -> Program:
        """What is run, made ready when the pattern is first tried: most patterns of a grammar seldom are."""
        return Compiler(self._slots).program(self._reading.anchors)

    def finditer(
        self, source: Source | Graph, nodes: Mapping[str, Word] | None = None, *, aligned: Aligned | None = None
    ) -> Iterator[Match]:
        """Yield the matches, each binding of the names once.

        They come sentence by sentence, by the position of the anchor, then by the positions of the named words, names
        taken in the order in which the pattern gives them, absent words last.

        Args:
            source: where to look: a sentence or a document, of newsclaims or of Stanza; the `Graph` of a sentence that
                is searched again and again remembers what holds in it.
            nodes: words that names stand for beforehand, in a search of one sentence: a node of that name must be
                that word. Names that the pattern does not have are left aside.
            aligned: the sentence that ``@`` leads to, in a search of one sentence.

        Raises:
            InputTypeError: the source cannot be searched.
            InputValueError: a word given beforehand is not of the sentence; the source is not one sentence where it
                should be; the pattern has ``@`` and no sentence is aligned.
        """
        graphs, bindings = self._start([source] if isinstance(source, Graph) else sentences(source), nodes, aligned)
        matches = (match for graph in graphs for match in self._matches(graph, bindings))
        return matches if self._reading.uniq is None else _unique(matches, self._reading.uniq)

    def search(
        self, source: Source | Graph, nodes: Mapping[str, Word] | None = None, *, aligned: Aligned | None = None
    ) -> Match | None:
        """Return the first of the matches that `finditer` yields, None if there is none."""
        return next(self.finditer(source, nodes, aligned=aligned), None)

    def furthest(
        self,
        sentence: Sentence | StanzaSentence,
        nodes: Mapping[str, Word] | None = None,
        *,
        aligned: Aligned | None = None,
    ) -> Failure | None:
        """Return how far the pattern gets in a sentence in which it does not hold, None where it holds.

        Args:
            sentence: where to look.
            nodes: words that names stand for beforehand, as for `finditer`.
            aligned: the sentence that ``@`` leads to.

        Raises:
            InputTypeError, InputValueError: as `finditer` does.
        """
        found = sentences(sentence)
        if len(found) != 1:
            raise InputValueError(f"a pattern is diagnosed in one sentence at a time, not in {len(found)}")
        (graph,), bindings = self._start(found, nodes, aligned)
        stop = diagnose(self._reading, self._slots, graph, bindings)
        if stop is None:
            return None
        return Failure(
            pattern=self.pattern,
            start=stop.place[0],
            end=stop.place[1],
            reason=stop.reason,
            word=stop.word,
            anchor=stop.anchor,
            nodes=self._nodes(graph, stop.bindings),
            held=stop.held,
        )

    @property
    def need(self) -> Need:
        """What a sentence must hold for the pattern to match in it."""
        return ALWAYS if self._reading.reverse else every(map(need_of, self._reading.anchors))

    def anchor_lemmas(self) -> frozenset[str] | None:
        """Return the lemmas that the anchor can have, None unless the pattern lists them.

        They are listed by ``{lemma:acheter}`` and ``{lemma:/acheter|racheter/}``.
        """
        return self._reading.anchors[0].literals("lemma")

    def lemmas_of(self, name: str) -> frozenset[str] | None:
        """Return the lemmas that a named node can have, None unless the pattern lists them.

        Raises:
            InputValueError: the pattern has no node of that name.
        """
        if name not in self.names:
            raise InputValueError(f"no node named {name!r} in the pattern; it has {sorted(self.names)}")
        return self._reading.lemmas[name]

    def _start(
        self, found: Sequence[Sentence | Graph], nodes: Mapping[str, Word] | None, aligned: Aligned | None
    ) -> tuple[Iterable[Graph], Bindings]:
        """Return the graphs to search and what is bound beforehand."""
        if (nodes or aligned) and len(found) != 1:
            raise InputValueError(f"words and alignments are given for one sentence at a time, not for {len(found)}")
        if self.aligned and aligned is None:
            raise InputValueError(
                "the pattern has '@': give the sentence that it leads to, as in "
                "finditer(sentence, aligned=Aligned(other, {1: 1}))"
            )
        if aligned is None:
            graphs: Iterable[Graph] = (g if isinstance(g, Graph) else Graph(g) for g in found)
        else:
            first = found[0]
            graphs = [Graph.pair(first.sentence if isinstance(first, Graph) else first, aligned)]
        if not nodes:
            return graphs, (None,) * len(self._slots)
        (graph,) = graphs
        return [graph], self._bound(graph, nodes)

    def _bound(self, graph: Graph, nodes: Mapping[str, Word]) -> Bindings:
        bindings: list[int | str | None] = [None] * len(self._slots)
        for name, word in nodes.items():
            words = graph.side(self._reading.names.get(name, False)).sentence.words
            if not 0 < word.id <= len(words) or words[word.id - 1] != word:
                raise InputValueError(f"{name!r} is bound to {word.text!r}, which is not a word of this sentence")
            if name in self.names:
                bindings[self._slots[name]] = word.id
        return tuple(bindings)

    def _matches(self, graph: Graph, bindings: Bindings) -> Iterator[Match]:
        if any(values.isdisjoint(graph.sentence.by(field)) for field, values in self._needs):
            return
        anchor, others, side = self._program.anchor, self._program.others, graph.side(self._reading.reverse)
        for word in self._candidates(side.sentence, bindings):
            if not anchor.test(side, word):
                continue
            found: Iterable[Bindings] = anchor.solve(side, word, bindings)
            if others.parts or others.first:
                found = (more for known in found for more in others.solve(graph, word, known))
            for solution in sorted(set(found), key=_order):
                yield self._match(graph, word, solution)

    def _candidates(self, sentence: Sentence, bindings: Bindings) -> Sequence[Word]:
        """Return the words that the anchor may stand for, by the most telling attribute that it lists."""
        slot = self._program.anchor.slot
        given = None if slot is None else bindings[slot]
        if given is not None:
            return (sentence.words[int(given) - 1],)
        if not self._fields:
            return sentence.words
        field, values = self._fields[0]
        index = sentence.by(field)
        found = [word for value in values.intersection(index) for word in index[value]]
        return sorted(found, key=_place)

    def _match(self, graph: Graph, word: Word, found: Bindings) -> Match:
        labels = ((name, found[self._slots[f"~{name}"]]) for name in self._reading.relation_names)
        edges: dict[str, Edge] = {}
        for name, crossed in self._reading.edge_names.items():
            if at := found[self._slots[f"={name}"]]:
                words = graph.side(crossed).sentence.words
                dependent = words[int(at) - 1]
                edges[name] = Edge(words[dependent.head - 1], dependent)
        relations = {name: str(label) for name, label in labels if label is not None}
        return Match(word, self._nodes(graph, found), relations, edges, graph.sentence)

    def _nodes(self, graph: Graph, found: Bindings) -> dict[str, Word]:
        return {
            name: graph.side(crossed).sentence.words[int(at) - 1]
            for name, crossed in self._reading.names.items()
            if (at := found[self._slots[name]])  # neither unbound nor the word that is nothing
        }


def compile(pattern: str) -> Pattern:
    """Compile a Semgrex pattern.

    Args:
        pattern: one pattern; white space between its elements is free, new lines included.

    Raises:
        PatternError: the pattern breaks the language; the message draws the pattern with a caret at the place.
        InputTypeError: the pattern is not a string.
    """
    return Pattern(pattern)


def load(path: str | os.PathLike[str]) -> list[Pattern]:
    """Compile the patterns of a file, one a line. Blank lines are skipped, and lines that begin with ``#``.

    Args:
        path: a text file in UTF-8.

    Raises:
        PatternError: a pattern breaks the language; the message says in which line.
        OSError: the file cannot be read.
    """
    found: list[Pattern] = []
    for number, line in enumerate(Path(path).read_text(encoding="utf-8-sig").split("\n"), 1):
        if line.strip() and not line.lstrip().startswith("#"):
            try:
                found.append(Pattern(line.strip()))
            except PatternError as error:
                raise PatternError(f"line {number}: {error.reason}", error.pattern, error.column) from error
    return found


def _unique(matches: Iterable[Match], names: Sequence[str]) -> Iterator[Match]:
    """Yield the first match of each choice of words, as they are written, for some names."""
    seen: set[tuple[str | None, ...]] = set()
    for match in matches:
        key = tuple(match.nodes[name].text if name in match.nodes else None for name in names)
        if key not in seen:
            seen.add(key)
            yield match
            if not names:
                return


def _place(word: Word) -> int:
    return word.id


def _order(bindings: Bindings) -> tuple[tuple[bool, Any], ...]:
    return tuple((value is None, value) for value in bindings)
