"""A sentence while it is repaired: its words' values, which steps change, and what they ask of the tree."""

from __future__ import annotations

import unicodedata

import attrs

from newsclaims.tree import Sentence, Word


@attrs.frozen
class Chunk:
    """Words of a sentence that form one unit: a name, an amount, a percentage.

    Attributes:
        first: id of the first word.
        last: id of the last word.
        label: what it is, as `Word.ner` will say.
    """

    first: int
    last: int
    label: str

    @property
    def is_name(self) -> bool:
        """Whether it is no amount."""
        return self.label not in ("MONEY", "PERCENT")


class Draft:
    """A sentence while it is repaired: word id -> value, index 0 unused.

    Heads are changed by `hang` and `attach` alone.

    Attributes:
        names: the units that are names, in text order, once they are one node each.
        chunk_of: the unit of a word, by its id.
    """

    def __init__(self, sentence: Sentence) -> None:
        self._sentence = sentence
        words = sentence.words
        self.text = ["", *(unicodedata.normalize("NFC", w.text) for w in words)]
        self.lemma = ["", *(w.lemma for w in words)]
        self.upos = ["", *(w.upos for w in words)]
        self.head = [0, *(w.head for w in words)]
        self.deprel = ["", *(w.deprel for w in words)]
        self.feats = [{}, *(dict(w.feats) for w in words)]
        self.ner = ["", *("" for _ in words)]
        self.chunk_of: dict[int, Chunk] = {}
        self.names: list[Chunk] = []
        self._below: list[list[int]] | None = None

    @property
    def ids(self) -> range:
        """The ids of the words."""
        return range(1, len(self.head))

    def finish(self) -> Sentence:
        """Return the sentence as it has become."""
        return attrs.evolve(self._sentence, words=tuple(map(self._word, self._sentence.words)))

    def _word(self, word: Word) -> Word:
        i = word.id
        old = (word.lemma, word.upos, word.head, word.deprel, word.feats, word.ner)
        if old == (self.lemma[i], self.upos[i], self.head[i], self.deprel[i], self.feats[i], self.ner[i]):
            return word
        return attrs.evolve(
            word,
            lemma=self.lemma[i],
            upos=self.upos[i],
            head=self.head[i],
            deprel=self.deprel[i],
            feats=self.feats[i],
            ner=self.ner[i],
        )

    def hang(self, i: int, head: int, deprel: str | None = None) -> None:
        """Hang a word elsewhere, under another relation if one is given; the caller sees to it that no cycle closes."""
        self.head[i] = head
        self._below = None
        if deprel is not None:
            self.deprel[i] = deprel

    def children(self, i: int) -> list[int]:
        """Return what hangs on a word, left to right."""
        if self._below is None:
            self._below = [[] for _ in self.head]
            for c in self.ids:
                self._below[self.head[c]].append(c)
        return self._below[i]

    def depth(self, i: int) -> int:
        """Return how many words there are from a word to the root, both counted."""
        depth = 0
        while i:
            i, depth = self.head[i], depth + 1
        return depth

    def below(self, i: int, top: int) -> bool:
        """Return whether ``i`` is ``top`` or depends on it."""
        while i:
            if i == top:
                return True
            i = self.head[i]
        return False

    def attach(self, i: int, head: int, deprel: str) -> bool:
        """Hang a word elsewhere and return True, unless that would close a cycle."""
        if i == head or self.below(head, i):
            return False
        self.hang(i, head, deprel)
        return True

    def preposition(self, i: int) -> str:
        """Return the lemma of a word's preposition, nothing when it has none."""
        return next((self.lemma[c] for c in self.children(i) if self.deprel[c] == "case"), "")

    def has(self, i: int, deprel: str) -> bool:
        """Return whether something hangs on a word under a relation."""
        return any(self.deprel[c] == deprel for c in self.children(i))

    def is_finite(self, i: int) -> bool:
        """Return whether a verb or one of its auxiliaries is finite."""
        forms = [i, *(c for c in self.children(i) if self.deprel[c].startswith("aux"))]
        return any(self.feats[k].get("VerbForm") == "Fin" for k in forms)

    def agree(self, noun: int, participle: int) -> bool | None:
        """Return whether gender and number are the same, None where neither says so."""
        keys = ("Gender",) if self.text[participle].endswith("s") else ("Gender", "Number")  # « acquis » is both
        pairs = [(self.feats[noun].get(key), self.feats[participle].get(key)) for key in keys]
        known = [a == b for a, b in pairs if a and b]
        return all(known) if known else None

    def phrase_start(self, i: int) -> int:
        """Return the first word of the noun phrase of a word, its preposition left out."""
        start = i
        for c in self.children(i):
            if c < start and self.deprel[c] in ("det", "amod", "nummod"):
                start = c
        return start

    def case(self, chunk: Chunk) -> str:
        """Return the lemma of the preposition before a name or before the noun that it names."""
        return self.preposition(self.top(chunk))

    def top(self, chunk: Chunk) -> int:
        """Return the word that stands for a name in its clause: the noun whose apposition it is, or its first."""
        name = chunk.first
        noun = self.head[name]
        return noun if self.deprel[name] == "appos" and noun and noun < name and self.upos[noun] != "PROPN" else name
