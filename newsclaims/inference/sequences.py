"""Sequences: sentences of many lengths read by recurrent networks, each word form looked at once.

What a network knows of a word by itself is computed once for all places where the word stands; only the recurrent
layers see the words in their order, the sentences sorted by length and in batches, so that nothing is padded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

import torch
from stanza.models.common.utils import simplify_punct
from torch import Tensor
from torch.nn.utils.rnn import PackedSequence, pack_padded_sequence

T = TypeVar("T")

# Words of a batch: enough to be worth a call, few enough to stay near the processor. Words whose letters are read at once.
_BATCH = 4000
_SPELLED = 2000


def distinct(items: Iterable[T]) -> tuple[list[T], Tensor]:
    """Return the different items in the order of their first place, and for each place the number of its item."""
    numbers: dict[T, int] = {}
    places = [numbers.setdefault(item, len(numbers)) for item in items]
    return list(numbers), torch.tensor(places)


def batches(lengths: Sequence[int]) -> Iterator[tuple[list[int], PackedSequence]]:
    """Yield batches of sentences, the longest first.

    Args:
        lengths: the number of words of each sentence, at least 1.

    Yields:
        The numbers of the sentences, and the numbers of their words, counted through all sentences as they were given,
        in the order in which a recurrent network reads them.
    """
    starts = [0]
    for length in lengths:
        starts.append(starts[-1] + length)
    order = sorted(range(len(lengths)), key=lambda i: -lengths[i])
    while order:
        count = max(1, _BATCH // lengths[order[0]])
        batch, order = order[:count], order[count:]
        sizes = [lengths[i] for i in batch]
        words = torch.tensor([starts[i] for i in batch])[:, None] + torch.arange(sizes[0])
        yield batch, pack_padded_sequence(words, sizes, batch_first=True)


class Forms:
    """What a tagger or parser of Stanza knows of word forms by themselves."""

    def __init__(self, model: Any, pretrained: Any) -> None:
        """Take the network, and the vocabulary of its pretrained vectors."""
        self._model = model
        self._pretrained = pretrained

    @staticmethod
    def suits(model: Any) -> bool:
        """Return whether a network reads words in this way, on the processor that everything else runs on."""
        args = model.args
        return bool(
            args["pretrain"]
            and args["word_emb_dim"] > 0
            and args["char"]
            and args["char_emb_dim"] > 0
            and not args.get("charlm")
            and model.bert_model is None
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
            self._spelling([*letters, *spellings]),
        )

    def _spelling(self, letters: Sequence[Sequence[int]]) -> Tensor:
        order = sorted(range(len(letters)), key=lambda i: -len(letters[i]))
        read = []
        for start in range(0, len(order), _SPELLED):
            chosen = [letters[i] for i in order[start : start + _SPELLED]]
            lengths = [len(word) for word in chosen]
            padded = torch.zeros(len(chosen), lengths[0], dtype=torch.long)
            for row, word in zip(padded, chosen, strict=True):
                row[: len(word)] = torch.tensor(word)
            read.append(self._model.charmodel(padded, None, range(len(chosen)), [len(chosen)], lengths).data)
        result = torch.empty(len(order), self._model.trans_char.in_features)
        result[torch.tensor(order)] = torch.cat(read)
        return torch.as_tensor(self._model.trans_char(result))


def in_context(network: Any, initial: tuple[Tensor, Tensor], vectors: Tensor, words: PackedSequence) -> Tensor:
    """Return what a highway LSTM of Stanza makes of words in their order.

    Args:
        network: the `HighwayLSTM`.
        initial: the states that it begins with.
        vectors: the inputs, one row for each different word.
        words: the number of the row at each place.

    Returns:
        The outputs, in the order of ``words``.
    """
    places, sizes = words.data, words.batch_sizes
    data, shortcut = vectors[places], _shortcut(network, 0, vectors)[places]
    for layer in range(network.num_layers):
        if layer:
            shortcut = _shortcut(network, layer, data)
        states = tuple(s[2 * layer : 2 * layer + 2].expand(-1, int(sizes[0]), -1).contiguous() for s in initial)
        read, _ = network.lstm[layer].lstm(PackedSequence(data, sizes), states)
        data = read.data + shortcut
    return data


def _shortcut(network: Any, layer: int, data: Tensor) -> Tensor:
    gate = torch.sigmoid(network.gate[layer](data))
    return gate * network.highway_func(network.highway[layer](data))


def with_one(data: Tensor) -> Tensor:
    """Return rows with a 1 behind each, by which a bilinear form gets its linear terms."""
    return torch.cat([data, data.new_ones(len(data), 1)], 1)
