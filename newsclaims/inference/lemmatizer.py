"""The lemmatizer: dictionary forms of words, from Stanza's dictionary and network."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from stanza.models.common import seq2seq_constant as marks
from stanza.models.common.seq2seq_model import Seq2SeqModel
from stanza.models.common.vocab import DeltaVocab
from stanza.models.lemma.edit import EDIT_TO_ID
from stanza.pipeline.lemma_processor import LemmaProcessor
from torch import Tensor

from newsclaims.inference.sequences import distinct

# Words that the network reads at once.
_BATCH = 1000


class Lemmatizer:
    """Returns the lemmas of words, each pair of word and part of speech looked at once.

    Stanza's network says first whether the lemma is the word as it stands, or in lower case; only where it is neither,
    the lemma is spelled.
    """

    def __init__(self, processor: Any) -> None:
        """Take Stanza's processor, of which `suits` has said that it suits."""
        self._trainer = processor.trainer
        self._trainer.model.eval()

    @staticmethod
    def suits(processor: Any) -> bool:
        """Return whether a processor of Stanza is of the kind that is taken."""
        if type(processor) is not LemmaProcessor or processor.use_identity:
            return False
        trainer, config = processor.trainer, processor.config
        return bool(
            type(trainer.model) is Seq2SeqModel
            and trainer.model.contextual_embedding is None
            and trainer.args.get("edit")
            and not trainer.has_contextual_lemmatizers()
            and not trainer.caseless
            and not config.get("caseless")
            and not config.get("dict_only")
            and not processor.store_results
            and config.get("ensemble_dict")
            and config["beam_size"] == 1
        )

    def __call__(self, words: Sequence[tuple[str, str]]) -> list[str]:
        """Return the lemmas of words, each given with its part of speech."""
        pairs, places = distinct(words)
        known = self._trainer.skip_seq2seq(pairs)
        unknown = [i for i, found in enumerate(known) if not found]
        predicted = [""] * len(pairs)
        unknown.sort(key=lambda i: -len(pairs[i][0]))
        for start in range(0, len(unknown), _BATCH):
            chosen = unknown[start : start + _BATCH]
            for i, lemma in zip(chosen, self._predict([pairs[i] for i in chosen]), strict=True):
                predicted[i] = lemma
        lemmas = [lemma or "_" for lemma in self._trainer.ensemble(pairs, predicted)]
        return [lemmas[place] for place in places.tolist()]

    def _predict(self, pairs: Sequence[tuple[str, str]]) -> list[str]:
        """Return the lemmas that the network gives to words, the longest of which come first."""
        model, vocab = self._trainer.model, self._trainer.vocab
        words = [word for word, _ in pairs]
        letters = DeltaVocab(words, vocab["char"])
        spelled = [letters.map([marks.SOS, *word, marks.EOS]) for word in words]
        source = torch.zeros(len(words), len(spelled[0]), dtype=torch.long)
        for row, word in zip(source, spelled, strict=True):
            row[: len(word)] = torch.tensor(word)
        parts = torch.tensor(vocab["pos"].map([part for _, part in pairs]))
        edits = self._edits(source, parts)
        rest = [i for i, edit in enumerate(edits) if edit == EDIT_TO_ID["none"]]
        predicted = [""] * len(words)
        if rest:
            source = source[rest, : len(spelled[rest[0]])]
            found, _ = model.predict(source, source == marks.PAD_ID, parts[rest], beam_size=1)
            for i, numbers in zip(rest, found, strict=True):
                predicted[i] = "".join(letters.unmap(numbers))
        return list(self._trainer.postprocess(words, predicted, edits))

    def _edits(self, source: Tensor, parts: Tensor) -> list[int]:
        model = self._trainer.model
        inputs, _, lengths, _ = model.embed(source, source == marks.PAD_ID, parts, None)
        _, (state, _) = model.encode(inputs, lengths)
        scores: Tensor = model.edit_clf(state)
        return list(scores.argmax(1).tolist())
