"""Tagger and parser: Stanza's networks, built and trained on treebank files."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from newsclaims.training.loop import Schedule, train
from newsclaims.training.treebank import Tree

_logger = logging.getLogger("newsclaims.training")

TAGGER = Schedule(steps=4600, rate=0.003, batch=32)
JACKKNIFE = Schedule(steps=800, rate=0.003, batch=60)
PARSER = Schedule(steps=8000, rate=0.003, batch=750)

_TAGGER_SIZE = [
    "--hidden_dim", "200", "--num_layers", "2", "--char_hidden_dim", "100", "--char_emb_dim", "50",
    "--transformed_dim", "100", "--deep_biaff_hidden_dim", "150", "--composite_deep_biaff_hidden_dim", "50",
    "--tag_emb_dim", "50", "--word_emb_dim", "50", "--dropout", "0.33", "--word_dropout", "0.2",
]  # fmt: skip
# Stanza reads the features in vain: it embeds them, then takes the embedding of the part of speech twice.
_PARSER_SIZE = [
    "--hidden_dim", "250", "--num_layers", "2", "--char_hidden_dim", "100", "--char_emb_dim", "50",
    "--transformed_dim", "100", "--deep_biaff_hidden_dim", "120", "--tag_emb_dim", "50", "--word_emb_dim", "50",
    "--no_ufeats", "--no_xpos", "--dropout", "0.33", "--word_dropout", "0.2",
]  # fmt: skip


def _pretrain(vectors: Path) -> Any:
    from stanza.models.common.pretrain import Pretrain

    return Pretrain(str(vectors))


def train_tagger(
    train_file: Path,
    dev: Path,
    vectors: Path,
    out: Path,
    schedule: Schedule = TAGGER,
    device: str = "cpu",
    seed: int = 1,
) -> float:
    """Train a tagger and return its score on the development file, the mean of UPOS and UFeats accuracy."""
    from stanza.models import tagger
    from stanza.models.common import utils
    from stanza.models.common.doc import FEATS, UPOS
    from stanza.models.pos.data import Dataset
    from stanza.models.pos.trainer import Trainer
    from stanza.utils.conll import CoNLL

    args = tagger.parse_args([
        "--train_file", str(train_file), "--eval_file", str(dev), "--lang", "fr", "--shorthand", "fr_news",
        "--wordvec_pretrain_file", str(vectors), "--batch_size", str(schedule.batch),
        "--lr", str(schedule.rate), "--optim", "adam", "--augment_nopunct", "0",
        "--save_dir", str(out.parent), "--save_name", out.name, *_TAGGER_SIZE,
    ])  # fmt: skip
    utils.set_random_seed(seed)
    pretrain = _pretrain(vectors)
    args["word_cutoff"] = utils.update_word_cutoff(pretrain, args["word_cutoff"])
    vocab, _, batches = tagger.load_training_data(args, pretrain)
    document = CoNLL.conll2doc(str(dev))
    gold = list(zip(document.get(UPOS), document.get(FEATS), strict=True))
    data = Dataset(document, args, pretrain, vocab=vocab, evaluation=True, sort_during_eval=True)
    loader = data.to_loader(batch_size=500)
    trainer = Trainer(args=args, vocab=vocab, pretrain=pretrain, device=device)

    def endless() -> Iterator[Any]:
        while True:
            yield from batches

    def score() -> float:
        words = [tags for sentence in _tags(trainer, loader) for tags in sentence]
        upos = sum(tags[0] == g[0] for tags, g in zip(words, gold, strict=True))
        feats = sum((tags[-1] if tags[-1] != "_" else None) == g[1] for tags, g in zip(words, gold, strict=True))
        _logger.info("%s: UPOS %.4f, UFeats %.4f", out.name, upos / len(gold), feats / len(gold))
        return float((upos + feats) / len(gold) / 2)

    return train(trainer, endless(), schedule, score, out)


def _tags(trainer: Any, loader: Any) -> list[list[list[str]]]:
    """Return what a tagger predicts for each word of each sentence, in the order of the sentences."""
    import torch
    from stanza.models.common.utils import unsort

    predicted, order = [], []
    with torch.inference_mode():
        for batch in loader:
            predicted += trainer.predict(batch)
            order += batch.idx
    sentences: list[list[list[str]]] = unsort(predicted, order)
    return sentences


def predict_tags(model: Path, vectors: Path, trees: Sequence[Tree], device: str = "cpu") -> None:
    """Give the words of sentences the parts of speech and features that a tagger finds."""
    from stanza.models.common.doc import Document
    from stanza.models.pos.data import Dataset
    from stanza.models.pos.trainer import Trainer
    from stanza.utils.conll import CoNLL

    pretrain = _pretrain(vectors)
    trainer = Trainer(pretrain=pretrain, model_file=str(model), device=device)
    text = "".join(tree.to_conllu() + "\n\n" for tree in trees)
    document = Document(CoNLL.conll2dict(input_str=text)[0])
    data = Dataset(document, trainer.args, pretrain, vocab=trainer.vocab, evaluation=True, sort_during_eval=True)
    for tree, tags in zip(trees, _tags(trainer, data.to_loader(batch_size=250)), strict=True):
        for word, (upos, *_, feats) in zip(tree.words, tags, strict=True):
            word.upos = upos
            word.feats = {} if feats == "_" else dict(pair.split("=", 1) for pair in feats.split("|"))


def train_parser(
    train_file: Path,
    dev: Path,
    vectors: Path,
    out: Path,
    schedule: Schedule = PARSER,
    device: str = "cpu",
    seed: int = 1,
) -> float:
    """Train a parser and return its labelled attachment score on the development file, with the tags it holds."""
    from stanza.models import parser
    from stanza.models.common import utils
    from stanza.models.common.doc import DEPREL, HEAD, Document
    from stanza.models.depparse.data import DataLoader, InfiniteBatch
    from stanza.models.depparse.trainer import GraphTrainer
    from stanza.models.depparse.utils import predict_dataset
    from stanza.utils.conll import CoNLL

    args = parser.parse_args([
        "--lang", "fr", "--shorthand", "fr_news", "--wordvec_pretrain_file", str(vectors),
        "--batch_size", str(schedule.batch), "--lr", str(schedule.rate), "--optim", "adam", "--beta2", "0.98",
        "--no_second_optim", "--weight_decay", "0",
        "--augment_nopunct", "0", "--save_dir", str(out.parent), "--save_name", out.name, *_PARSER_SIZE,
    ])  # fmt: skip
    utils.set_random_seed(seed)
    pretrain = _pretrain(vectors)
    args["word_cutoff"] = utils.update_word_cutoff(pretrain, args["word_cutoff"])
    batches = DataLoader(
        Document(CoNLL.conll2dict(input_file=str(train_file))[0]), args["batch_size"], args, pretrain, evaluation=False
    )
    document = CoNLL.conll2doc(str(dev))
    gold = list(zip(document.get(HEAD), document.get(DEPREL), strict=True))
    loader = DataLoader(document, 3000, args, pretrain, vocab=batches.vocab, evaluation=True, sort_during_eval=True)
    trainer = GraphTrainer(args=args, vocab=batches.vocab, pretrain=pretrain, device=device)
    endless = InfiniteBatch(batches)

    def score() -> float:
        words = [word for sentence in predict_dataset(trainer, loader) for word in sentence]
        heads = sum(word[0] == g[0] for word, g in zip(words, gold, strict=True))
        right = sum((word[0], word[1]) == g for word, g in zip(words, gold, strict=True))
        _logger.info("%s: UAS %.4f, LAS %.4f", out.name, heads / len(gold), right / len(gold))
        return right / len(gold)

    return train(trainer, iter(endless.next_batch, None), schedule, score, out)
