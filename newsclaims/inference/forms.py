"""Forms: what a tagger or parser of Stanza knows of word forms by themselves, whatever stands around them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Any

import torch
from stanza.models.common.utils import simplify_punct
from torch import Tensor, nn

from newsclaims.inference.sequences import batches


class Forms:
    """Returns the vectors of word forms."""

    def __init__(self, model: Any, pretrained: Any) -> None:
        """Take the network, of which `suits` has said that it suits, and the vocabulary of its pretrained vectors."""
        self._model = model
        self._pretrained = pretrained

    @staticmethod
    def suits(model: Any) -> bool:
        """Return whether a network of Stanza reads words in this way, on the processor that all else runs on."""
        args = model.args
        return bool(
            args["pretrain"]
            and args["word_emb_dim"] > 0
            and args["char"]
            and args["char_emb_dim"] > 0
            and not args.get("charlm")
            and model.bert_model is None
            and type(model.charmodel.charlstm.lstm) is nn.LSTM
            and model.charmodel.charlstm.lstm.num_layers == model.charmodel.num_dir == 1
            and model.word_emb.weight.device.type == "cpu"
        )

    def __call__(self, forms: Sequence[str], spellings: Sequence[Sequence[int]] = ()) -> tuple[Tensor, Tensor, Tensor]:
        """Return the pretrained vectors of forms, their vectors of the network's own, and those of their letters.

        Args:
            forms: the word forms.
            spellings: for what is no form, the numbers of its letters; it comes after the forms in the last result.
        """
        model = self._model
        (plain,) = simplify_punct([[[form] for form in forms]])
        known = [form for (form,) in plain]
        own = torch.tensor(model.vocab["word"].map(known))
        pretrained = torch.tensor(self._pretrained.map([form.lower() for form in known]))
        letters = [model.vocab["char"].map(list(form)) for form in known]
        return (
            model.trans_pretrained(model.pretrained_emb(pretrained)),
            model.word_emb(own),
            model.trans_char(self._spelling([*letters, *spellings])),
        )

    def _spelling(self, words: Sequence[Sequence[int]]) -> Tensor:
        """Return the vectors of words, given as the numbers of their letters."""
        network = self._model.charmodel
        letters = torch.tensor(list(chain.from_iterable(words)))
        result = torch.empty(len(words), self._model.trans_char.in_features)
        for batch in batches([len(word) for word in words]):
            data = network.char_emb(letters[batch.items])
            initial = (network.charlstm_h_init, network.charlstm_c_init)
            states = tuple(state.expand(-1, len(data), -1).contiguous() for state in initial)
            read, _ = network.charlstm.lstm(data, states)
            weights = torch.sigmoid(network.char_attn(read)) * batch.inside[:, :, None]
            result[batch.sequences] = (read * weights).sum(1)
        return result
