"""How well a model reads raw text: the scores of the CoNLL 2018 shared task, and each relation by itself."""

from __future__ import annotations

import contextlib
import io
from collections import Counter
from collections.abc import Callable, Sequence
from importlib import resources
from itertools import groupby
from pathlib import Path
from typing import Any

import attrs

from newsclaims.parsing import load_parser, load_pipeline
from newsclaims.training.treebank import Token, Tree, Word, read
from newsclaims.tree import Document

METRICS = ("Tokens", "Sentences", "Words", "UPOS", "UFeats", "Lemmas", "UAS", "LAS", "CLAS")
RELATIONS = ("nsubj", "obj", "obl", "nmod", "appos", "conj", "acl:relcl", "xcomp", "flat:name")


@attrs.frozen
class Scores:
    """F1 in per cent, by metric and by relation (head and relation right)."""

    metrics: dict[str, float]
    relations: dict[str, float]


def raw_text(trees: Sequence[Tree]) -> str:
    """Return the text of a treebank: sentences with a space between them, paragraphs with an empty line."""
    text = ""
    for tree in trees:
        text += ("" if not text else "\n\n" if tree.opens_paragraph else " ") + tree.text
    return text


SHIPPED = Path(str(resources.files("newsclaims") / "model"))
"""The folder of the model in the package."""


def reader(model: Path = SHIPPED, plain: bool = False) -> Callable[[str], list[Tree]]:
    """Return a function from raw text to what a model makes of it, with all of its characters.

    Args:
        model: a model directory.
        plain: whether Stanza reads the text as it is, without the rules of `newsclaims.parsing` around it.
    """
    if plain:
        pipeline = load_pipeline(model)
        return lambda text: [_plain_tree(s, number) for number, s in enumerate(pipeline(text).sentences, 1)]
    parser = load_parser(model)
    return lambda text: _trees(parser(text))


def _plain_tree(sentence: Any, number: int) -> Tree:
    words = [
        Word(
            word.text,
            word.lemma or word.text,
            word.upos,
            dict(feat.split("=", 1) for feat in (word.feats or "").split("|") if feat),
            word.head,
            word.deprel,
        )
        for word in sentence.words
    ]
    tokens = [Token(" ".join(token.text.split()), token.id[0], token.id[-1]) for token in sentence.tokens]
    return Tree(f"s{number}", words, tokens)


def _trees(document: Document) -> list[Tree]:
    trees = []
    position = 0
    for number, sentence in enumerate(document.sentences, 1):
        words: list[Word] = []
        tokens: list[Token] = []
        shift: dict[int, int] = {0: 0}
        lost: list[int] = []
        for (start, end), group in groupby(sentence.words, key=lambda word: (word.span.start, word.span.end)):
            # what the parser was not given (bullets) is a token all the same
            for piece in document.text[position:start].split():
                words.append(Word(piece, piece, "PUNCT", {}, 0, "punct"))
                tokens.append(Token(piece, len(words), len(words)))
                lost.append(len(words))
            first = len(words) + 1
            for word in group:
                feats = dict(word.feats)
                words.append(Word(word.text, word.lemma, word.upos, feats, word.head, word.deprel))
                shift[word.id] = len(words)
            form = " ".join(document.text[start:end].split())
            tokens.append(Token(form, first, len(words)))
            if first == len(words):
                words[-1].form = form
            position = end
        root = next(i for i, word in enumerate(words, 1) if word.deprel == "root" and i not in lost)
        for i, kept in enumerate(words, 1):
            kept.head = root if i in lost else shift[kept.head]
        trees.append(Tree(f"s{number}", words, tokens))
    return trees


def score(gold: Sequence[Tree], system: Sequence[Tree]) -> Scores:
    """Compare trees over the same text.

    Raises:
        udtools.udeval.UDError: the texts differ in more than white space.
    """
    from udtools import udeval

    with contextlib.redirect_stderr(io.StringIO()):
        loaded = [
            udeval.load_conllu(io.StringIO("".join(tree.to_conllu() + "\n\n" for tree in trees)), name, {})
            for trees, name in ((gold, "gold"), (system, "system"))
        ]
        result = udeval.evaluate(*loaded)
    return Scores({metric: 100 * result[metric].f1 for metric in METRICS}, _by_relation(gold, system))


_Place = tuple[int, int, int]


def _arcs(trees: Sequence[Tree]) -> dict[_Place, tuple[_Place | None, str]]:
    """Return head and relation of each word, words being known by their place among the characters."""
    arcs: dict[_Place, tuple[_Place | None, str]] = {}
    position = 0
    for tree in trees:
        places: dict[int, _Place] = {}
        for token in tree.tokens:
            end = position + len("".join(token.form.split()))
            for i in range(token.first, token.last + 1):
                places[i] = (position, end, i - token.first)
            position = end
        for i, word in enumerate(tree.words, 1):
            arcs[places[i]] = (places.get(word.head), word.deprel)
    return arcs


def _by_relation(gold: Sequence[Tree], system: Sequence[Tree]) -> dict[str, float]:
    def kind(deprel: str) -> str:
        return deprel if deprel in RELATIONS else deprel.split(":")[0]

    expected, found = _arcs(gold), _arcs(system)
    right: Counter[str] = Counter()
    for place, (head, deprel) in expected.items():
        if place in found and found[place][0] == head and kind(found[place][1]) == kind(deprel):
            right[kind(deprel)] += 1
    counts = Counter(kind(deprel) for _, deprel in expected.values())
    counts.update(kind(deprel) for _, deprel in found.values())
    return {name: 200 * right[name] / counts[name] if counts[name] else 0.0 for name in RELATIONS}


def evaluate(files: Sequence[Path], models: Sequence[Path], plain: bool = False) -> dict[str, dict[str, Scores]]:
    """Return the scores of models on the raw text of treebanks, by file name and model directory."""
    results: dict[str, dict[str, Scores]] = {file.stem: {} for file in files}
    for model in models:
        read_text = reader(model, plain)
        for file in files:
            gold = list(read(file))
            results[file.stem][_name(model)] = score(gold, read_text(raw_text(gold)))
    return results


def _name(model: Path) -> str:
    return "newsclaims" if model == SHIPPED else model.name


def table(results: dict[str, dict[str, Scores]]) -> str:
    """Return the scores as two Markdown tables."""
    lines = ["| text | model | " + " | ".join(METRICS) + " |", "|---" * (len(METRICS) + 2) + "|"]
    for file, models in results.items():
        for model, scores in models.items():
            lines.append(f"| {file} | {model} | " + " | ".join(f"{scores.metrics[m]:.2f}" for m in METRICS) + " |")
    lines += ["", "| text | model | " + " | ".join(RELATIONS) + " |", "|---" * (len(RELATIONS) + 2) + "|"]
    for file, models in results.items():
        for model, scores in models.items():
            lines.append(f"| {file} | {model} | " + " | ".join(f"{scores.relations[r]:.1f}" for r in RELATIONS) + " |")
    return "\n".join(lines)
