"""The tagger: parts of speech and features of words, from Stanza's network.

Each feature is scored from the word and the vector of its part of speech. As there are few parts of speech, the scorers
are made ready for each of them once, and all words of one are scored together.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from stanza.models.common.vocab import VOCAB_PREFIX_SIZE, CompositeVocab
from stanza.models.pos.model import Tagger as TaggerNetwork
from stanza.models.pos.tag_columns import TAG_LINK_EMB
from stanza.pipeline.pos_processor import POSProcessor
from torch import Tensor, nn

from newsclaims.inference.forms import Forms
from newsclaims.inference.linear import joined, with_one
from newsclaims.inference.sequences import Highway, batches, distinct

Tags = tuple[str, str, str]


class Tagger:
    """Returns part of speech, language-specific part of speech and features of the words of sentences."""

    def __init__(self, processor: Any) -> None:
        """Take Stanza's processor, of which `suits` has said that it suits."""
        self._model = processor.trainer.model.eval()
        self._forms = Forms(self._model, processor.pretrain.vocab)
        initial = (self._model.taggerlstm_h_init, self._model.taggerlstm_c_init)
        self._context = Highway(self._model.taggerlstm, initial)
        used = [name for name in ("xpos", "feats") if not _is_empty(self._model.vocab[name])]
        self._columns = {name: _Column(self._model, name) for name in used}
        layers = [self._model.upos_hid, *(column.hidden for column in self._columns.values())]
        self._hidden = joined(layers)
        self._widths = [layer.out_features for layer in layers]

    @staticmethod
    def suits(processor: Any) -> bool:
        """Return whether a processor of Stanza is of the kind that is taken."""
        if type(processor) is not POSProcessor or type(processor.trainer.model) is not TaggerNetwork:
            return False
        model = processor.trainer.model
        return (
            Forms.suits(model)
            and Highway.suits(model.taggerlstm)
            and not model.share_hid
            and model.link_mode == TAG_LINK_EMB
            and model.tag_names == ["upos", "xpos", "feats"]
            and all(model.column_parents[name] == ("upos",) for name in model.eval_order)
        )

    def __call__(self, sentences: Sequence[Sequence[str]]) -> list[list[Tags]]:
        """Return the tags of the words of sentences as Stanza writes them, ``_`` for none."""
        model = self._model
        forms, places = distinct(word for sentence in sentences for word in sentence)
        pretrained, own, spelling = self._forms(forms)
        vectors = torch.cat([own, pretrained, spelling], 1)
        upos = torch.empty(len(places), dtype=torch.long)
        others = {name: torch.empty(len(places), self._columns[name].width, dtype=torch.long) for name in self._columns}
        for batch in batches([len(sentence) for sentence in sentences]):
            numbers = batch.items[batch.inside]
            context = self._context(vectors, places[batch.items], batch.backwards())[batch.inside]
            first, *rest = torch.split(torch.relu(self._hidden(context)), self._widths, 1)
            upos[numbers] = parts = model.upos_clf(first).argmax(1)
            for name, hidden in zip(self._columns, rest, strict=True):
                others[name][numbers] = self._columns[name](hidden, parts)
        units = {name: self._columns[name].units(found) for name, found in others.items()}
        none = ["_"] * len(places)
        columns = (model.vocab["upos"].unmap(upos.tolist()), units.get("xpos", none), units.get("feats", none))
        tags = iter(zip(*columns, strict=True))
        return [[next(tags) for _ in sentence] for sentence in sentences]


def _is_empty(vocab: Any) -> bool:
    """Return whether there are no tags of a kind but those that stand for none."""
    return not isinstance(vocab, CompositeVocab) and len(vocab) == VOCAB_PREFIX_SIZE


class _Column:
    """One kind of tags that hangs on the part of speech alone.

    Attributes:
        hidden: the layer whose output it scores.
        width: how many tags of this kind a word has.
    """

    def __init__(self, model: Any, name: str) -> None:
        self._vocab = model.vocab[name]
        self._composite = isinstance(self._vocab, CompositeVocab)
        scorers = [scorer.W_bilin for scorer in (model.tag_clf[name] if self._composite else [model.tag_clf[name]])]
        self._sizes = [scorer.out_features for scorer in scorers]
        vectors = with_one(model.upos_emb.weight)
        self._weight = torch.cat([torch.einsum("oij,uj->uio", scorer.weight, vectors) for scorer in scorers], 2)
        self._bias = torch.cat([scorer.bias for scorer in scorers])
        self.hidden: nn.Linear = model.tag_hid[name]
        self.width = len(scorers)

    def __call__(self, hidden: Tensor, parts: Tensor) -> Tensor:
        """Return the numbers of the tags of words."""
        hidden = with_one(hidden)
        scores = torch.empty(len(hidden), len(self._bias))
        for part in torch.unique(parts):
            chosen = (parts == part).nonzero().squeeze(1)
            scores[chosen] = torch.addmm(self._bias, hidden[chosen], self._weight[part])
        return torch.stack([piece.argmax(1) for piece in torch.split(scores, self._sizes, 1)], 1)

    def units(self, numbers: Tensor) -> list[str]:
        """Return the tags of numbers."""
        rows, places = torch.unique(numbers, dim=0, return_inverse=True)
        units = [str(self._vocab.id2unit(tuple(row) if self._composite else row[0])) for row in rows.tolist()]
        return [units[place] for place in places.tolist()]
