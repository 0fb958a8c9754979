"""Treebanks in memory: CoNLL-U files as sentences whose words can be changed."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import attrs

from newsclaims.errors import InputValueError


@attrs.define
class Word:
    """A syntactic word of a treebank: one line of CoNLL-U, with its head as the number of a word, 0 for the root."""

    form: str
    lemma: str
    upos: str
    feats: dict[str, str]
    head: int
    deprel: str

    @property
    def base(self) -> str:
        """The relation without its subtype."""
        return self.deprel.split(":")[0]


@attrs.define
class Token:
    """A word as it is written, which covers one or several (« du ») syntactic words from ``first`` to ``last``."""

    form: str
    first: int
    last: int
    space_after: bool = True


@attrs.define
class Tree:
    """A sentence. ``words[0]`` is word number 1."""

    name: str
    words: list[Word]
    tokens: list[Token]
    opens_paragraph: bool = False

    @property
    def text(self) -> str:
        """The sentence as it is written."""
        return "".join(token.form + " " * token.space_after for token in self.tokens).rstrip()

    def word(self, number: int) -> Word | None:
        """Return a word by its number, None for 0."""
        return self.words[number - 1] if number else None

    def children(self, number: int) -> list[int]:
        """Return the numbers of the words whose head is this one."""
        return [i for i, word in enumerate(self.words, 1) if word.head == number]

    def to_conllu(self) -> str:
        """Return the sentence in CoNLL-U, without an empty line at its end."""
        lines = ["# newpar"] * self.opens_paragraph + [f"# sent_id = {self.name}", f"# text = {self.text}"]
        for number, token in enumerate(self.tokens, 1):
            misc = "_" if token.space_after or number == len(self.tokens) else "SpaceAfter=No"
            several = token.last > token.first
            if several:
                lines.append("\t".join([f"{token.first}-{token.last}", token.form, *["_"] * 7, misc]))
            for i in range(token.first, token.last + 1):
                word = self.words[i - 1]
                feats = "|".join(f"{k}={v}" for k, v in sorted(word.feats.items(), key=lambda f: f[0].lower())) or "_"
                columns = [str(i), word.form, word.lemma, word.upos, "_", feats, str(word.head), word.deprel, "_"]
                lines.append("\t".join([*columns, "_" if several else misc]))
        return "\n".join(lines)


def read(path: Path) -> Iterator[Tree]:
    """Yield the sentences of a CoNLL-U file; language-specific tags, enhanced graphs and most of MISC are left out.

    Raises:
        InputValueError: a line is not CoNLL-U.
    """
    lines: list[str] = []
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        if line.strip():
            lines.append(line)
        elif lines:
            yield _tree(lines, path)
            lines = []


def _tree(lines: list[str], path: Path) -> Tree:
    name = ""
    opens = False
    words: list[Word] = []
    tokens: list[Token] = []
    for line in lines:
        if line.startswith("#"):
            key, _, value = line[1:].partition("=")
            name = value.strip() if key.strip() == "sent_id" else name
            opens = opens or key.strip() in ("newdoc", "newpar", "newdoc id", "newpar id")
            continue
        columns = line.split("\t")
        if len(columns) != 10:
            raise InputValueError(f"{path}: not a line of CoNLL-U, which has ten columns: {line!r}")
        number, form, lemma, upos, _, feats, head, deprel, _, misc = columns
        space = "SpaceAfter=No" not in misc
        if "." in number:
            continue
        if "-" in number:
            first, last = map(int, number.split("-"))
            tokens.append(Token(form, first, last, space))
            continue
        pairs = {} if feats == "_" else dict(pair.split("=", 1) for pair in feats.split("|"))
        words.append(Word(form, lemma, upos, pairs, int(head), deprel))
        if not tokens or tokens[-1].last < len(words):
            tokens.append(Token(form, len(words), len(words), space))
    return Tree(name, words, tokens, opens)


def write(trees: Iterable[Tree], path: Path) -> None:
    """Write sentences to a CoNLL-U file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(tree.to_conllu() + "\n\n" for tree in trees), encoding="utf-8")


@cache
def french() -> dict[str, Any]:
    """Return the French words that changes of treebanks need, from ``data/french.toml``."""
    return tomllib.loads((resources.files("newsclaims.training") / "data" / "french.toml").read_text("utf-8"))
