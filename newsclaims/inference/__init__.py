"""Inference: what the networks of a Stanza pipeline say of a text, with nothing computed twice.

In Stanza each processor reads a document, and writes what it finds into it for the next one. Here all sentences are
read together, each different word is looked at once, and nothing is computed that is not asked for. The results are
those of Stanza. What is built in another way than the model of this package is run by Stanza itself.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import cache
from itertools import chain
from typing import Any, Protocol

import attrs
import torch
from stanza.models.common.doc import Document

from newsclaims.inference.lemmatizer import Lemmatizer
from newsclaims.inference.parser import Parser
from newsclaims.inference.tagger import Tagger
from newsclaims.inference.tokenizer import Tokenizer
from newsclaims.tokens import Token
from newsclaims.tree import Feats


@attrs.frozen
class Analysis:
    """What is said of a word of a sentence; see `newsclaims.tree.Word`. The lemma is empty where there is none."""

    lemma: str
    upos: str
    xpos: str
    feats: Feats
    head: int
    deprel: str


# oneDNN remembers how to compute each size of batch that it has met, a thousand of them; they seldom come again.
os.environ.setdefault("ONEDNN_PRIMITIVE_CACHE_CAPACITY", "64")

Wanted = Callable[[int, Sequence[tuple[str, str]]], bool]
"""Says whether the tree of a sentence is wanted, given its number and of each word the lemma and the part of speech."""


class Analyse(Protocol):
    """What reads sentences."""

    def __call__(self, sentences: Sequence[Sequence[str]], wanted: Wanted | None = None) -> list[list[Analysis]]:
        """Return what is said of each word of sentences; of one that is not wanted, nothing."""


@attrs.frozen
class Networks:
    """The networks of a Stanza pipeline; one thread at a time may use them.

    Attributes:
        tokenize: returns the tokens of the sentences of a text; a blank line ends a sentence.
        analyse: returns what is said of each word of sentences.
    """

    tokenize: Callable[[str], list[list[Token]]]
    analyse: Analyse


@torch.inference_mode()
def networks(pipeline: Any) -> Networks:
    """Return the networks of a Stanza pipeline."""
    part = pipeline.processors.get
    tokenize, expand, tag, lemmatize, parse = map(part, ("tokenize", "mwt", "pos", "lemma", "depparse"))
    own_tokens = Tokenizer.suits(tokenize, expand)
    own_trees = Tagger.suits(tag) and Lemmatizer.suits(lemmatize) and Parser.suits(parse)
    return Networks(
        tokenize=Tokenizer(tokenize, expand) if own_tokens else _StanzaTokens(pipeline),
        analyse=_Analyser(tag, lemmatize, parse) if own_trees else _StanzaAnalyser(pipeline),
    )


class _Analyser:
    """Reads the trees of sentences with our own run of Stanza's networks."""

    def __init__(self, tag: Any, lemmatize: Any, parse: Any) -> None:
        self._tag = Tagger(tag)
        self._lemmatize = Lemmatizer(lemmatize)
        self._parse = Parser(parse)

    @torch.inference_mode()
    def __call__(self, sentences: Sequence[Sequence[str]], wanted: Wanted | None = None) -> list[list[Analysis]]:
        found: list[list[Analysis]] = [[] for _ in sentences]
        if not sentences:
            return found
        tags = self._tag(sentences)
        parts = [part for sentence in tags for part, _, _ in sentence]
        lemmas = self._lemmatize(list(zip(chain.from_iterable(sentences), parts, strict=True)))
        words = zip(lemmas, parts, strict=True)
        tagged = [[next(words) for _ in sentence] for sentence in sentences]
        chosen = [i for i, sentence in enumerate(tagged) if wanted is None or wanted(i, sentence)]
        flat = [word for i in chosen for word in tagged[i]]
        trees = self._parse([sentences[i] for i in chosen], *([word[k] for word in flat] for k in range(2)))
        for i, tree in zip(chosen, trees, strict=True):
            rows = zip(tagged[i], tags[i], tree, strict=True)
            found[i] = [_analysis(lemma, *tag, *arc) for (lemma, _), tag, arc in rows]
        return found


class _StanzaTokens:
    """Reads the tokens of a text with Stanza's processors."""

    def __init__(self, pipeline: Any) -> None:
        self._pipeline = pipeline

    def __call__(self, text: str) -> list[list[Token]]:
        parsed = self._pipeline.process(text, processors=["tokenize", "mwt"])
        sentences = (sentence.tokens for sentence in parsed.sentences if sentence.tokens)
        return [
            [Token(t.text, t.start_char, t.end_char, tuple(word.text for word in t.words)) for t in tokens]
            for tokens in sentences
        ]


class _StanzaAnalyser:
    """Reads the trees of sentences with Stanza's processors, whether they are wanted or not."""

    def __init__(self, pipeline: Any) -> None:
        self._pipeline = pipeline

    def __call__(self, sentences: Sequence[Sequence[str]], wanted: Wanted | None = None) -> list[list[Analysis]]:
        words = [[{"id": (i,), "text": word} for i, word in enumerate(sentence, 1)] for sentence in sentences]
        parsed = self._pipeline.process(Document(words), processors=["pos", "lemma", "depparse"])
        return [[_analysis(*map(word.__getattribute__, _FIELDS)) for word in s.words] for s in parsed.sentences]


_FIELDS = ("lemma", "upos", "xpos", "feats", "head", "deprel")


def _analysis(
    lemma: str | None, upos: str | None, xpos: str | None, feats: str | None, head: int | None, deprel: str | None
) -> Analysis:
    return Analysis(
        _given(lemma), _given(upos) or "X", _given(xpos), _feats(_given(feats)), head or 0, deprel or "root"
    )


def _given(value: str | None) -> str:
    return "" if value is None or value == "_" else value


@cache
def _feats(features: str) -> Feats:
    return Feats(feature.split("=", 1) for feature in features.split("|")) if features else Feats()
