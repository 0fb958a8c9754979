"""Word vectors from a news corpus, in the file that Stanza's tagger and parser read."""

from __future__ import annotations

import json
import lzma
import random
from collections.abc import Iterator
from pathlib import Path

import regex

from newsclaims.errors import MissingDependencyError, ModelNotFoundError

DIMENSIONS = 100
_CORPUS = "french_news.jsonl.xz"

# As the treebanks split: elided articles and clitics by themselves, « du » and « au » as two words.
_TOKENS = regex.compile(
    r"(?:aujourd'hui|(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)'"
    r"|\d+(?:[.,]\d+)*|-(?:t-)?(?:ils?|elles?|on)\b|-(?:ce|je|tu|nous|vous|les?|la|lui|leur|moi|toi|y|en)\b(?!-)"
    r"|\p{L}\.(?:\p{L}\.)+|\p{L}[\p{L}\p{M}\d]*(?:[.&'-](?=\p{L})[\p{L}\p{M}\d]+?(?=\b)(?<!-(?:t|ce|je|tu|il|elle|on|ils|elles|nous|vous|les?|la|lui|leur|moi|toi|y|en)))*"
    r"|\.\.\.|\S)",
    regex.IGNORECASE,
)
_SPLIT = {"du": ("de", "le"), "au": ("à", "le"), "aux": ("à", "les")}


def words(text: str) -> list[str]:
    """Return the words of a text in lower case, split nearly as in the treebanks."""
    text = text.lower().replace("’", "'")
    return [part for word in _TOKENS.findall(text) for part in _SPLIT.get(word, (word,))]


def texts(corpus: Path) -> Iterator[str]:
    """Yield title, heading and paragraphs of every article of a corpus file."""
    with lzma.open(corpus, "rt", encoding="utf-8") as lines:
        for line in lines:
            article = json.loads(line)
            for field in ("title", "heading", "article"):
                yield from filter(None, (article.get(field) or "").split("\n"))


def train(data: Path, out: Path, workers: int = 2, seed: int = 1) -> int:
    """Train word vectors (skip-gram with negative sampling, Mikolov et al., 2013) and write them for Stanza.

    Args:
        data: the folder that holds ``corpora/french_news.jsonl.xz``.
        out: the file to write.
        workers: threads; with more than one the vectors differ slightly from run to run.
        seed: for the order of words of equal frequency and the first vectors.

    Returns:
        The number of words that have a vector.

    Raises:
        MissingDependencyError: gensim is not installed.
        ModelNotFoundError: the corpus is not there.
    """
    try:
        from gensim.models import Word2Vec
    except ImportError as error:
        raise MissingDependencyError("word vectors need gensim: pip install 'newsclaims[train]'") from error
    import torch
    from stanza.models.common.pretrain import Pretrain, PretrainedWordVocab
    from stanza.models.common.vocab import VOCAB_PREFIX

    corpus = data / "corpora" / _CORPUS
    if not corpus.is_file():
        raise ModelNotFoundError(f"no news corpus at {corpus}: --data is the folder that holds treebanks/ and corpora/")
    sentences = [words(text) for text in texts(corpus)]
    random.Random(seed).shuffle(sentences)
    model = Word2Vec(
        sentences, vector_size=DIMENSIONS, window=3, sg=1, negative=8, epochs=6, min_count=5, workers=workers, seed=seed
    )
    pretrain = Pretrain(str(out))
    pretrain._vocab = PretrainedWordVocab(list(model.wv.index_to_key))
    pretrain._emb = torch.cat([torch.zeros(len(VOCAB_PREFIX), DIMENSIONS), torch.tensor(model.wv.vectors)])
    pretrain.save(str(out))
    return len(model.wv)
