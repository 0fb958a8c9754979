"""Sequences: sentences of many lengths, read by recurrent networks in batches.

Sentences of about one length are read together, and both directions of a network as a network of their own: so they
can be padded behind, and read by the fast code for sequences of one length instead of the slow code for packed ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar

import attrs
import torch
from torch import Tensor, nn

from newsclaims.inference.linear import joined

T = TypeVar("T")

# Places of a batch: enough to be worth a call, few enough to stay near the processor. From so many sequences on, those
# that are shorter by more than a fifth than the first wait for the next batch.
_PLACES = 4000
_SEQUENCES = 64


def distinct(items: Iterable[T]) -> tuple[list[T], Tensor]:
    """Return the different items in the order of their first place, and for each place the number of its item."""
    numbers: dict[T, int] = {}
    places = [numbers.setdefault(item, len(numbers)) for item in items]
    return list(numbers), torch.tensor(places)


@attrs.frozen
class Batch:
    """Sequences of items that are read together, padded to the length of the longest.

    Attributes:
        sequences: their numbers.
        lengths: how many items each has.
        items: the numbers of their items, counted through all sequences; the last item is repeated as padding.
        inside: which places are no padding.
    """

    sequences: list[int]
    lengths: Tensor
    items: Tensor
    inside: Tensor

    def backwards(self) -> Tensor:
        """Return for each place the one that is read at its turn from behind."""
        return backwards(self.lengths, self.items.shape[1])


def backwards(lengths: Tensor, width: int) -> Tensor:
    """Return for each place of sequences the one that is read at its turn from behind; padding stays behind."""
    places = torch.arange(width)
    turned = lengths[:, None] - 1 - places
    return torch.where(turned < 0, places, turned)


def batches(lengths: Sequence[int]) -> Iterator[Batch]:
    """Yield batches of sequences, the longest first.

    Args:
        lengths: the number of items of each sequence, at least 1.
    """
    starts = [0]
    for length in lengths:
        starts.append(starts[-1] + length)
    order = sorted(range(len(lengths)), key=lambda i: -lengths[i])
    while order:
        longest = lengths[order[0]]
        count = 1
        while count < len(order) and (count + 1) * longest <= _PLACES:
            if count >= _SEQUENCES and 5 * lengths[order[count]] < 4 * longest:
                break
            count += 1
        batch, order = order[:count], order[count:]
        sizes = torch.tensor([lengths[i] for i in batch])
        places = torch.arange(longest)
        items = torch.tensor([starts[i] for i in batch])[:, None] + torch.minimum(places, sizes[:, None] - 1)
        yield Batch(batch, sizes, items, places < sizes[:, None])


class BothWays:
    """A bidirectional LSTM layer."""

    def __init__(self, lstm: nn.LSTM, initial: tuple[Tensor, Tensor] | None = None) -> None:
        """Take the layer, and the states that it begins with, both directions one after the other; else zeros."""
        self._ways = [_one_way(lstm, ending) for ending in ("l0", "l0_reverse")]
        self._initial = initial

    def __call__(self, data: Tensor, backwards: Tensor) -> Tensor:
        """Return the outputs for sequences.

        Args:
            data: the inputs: sequences, places, values.
            backwards: the turn of each place from behind.
        """
        turned = backwards[:, :, None]
        there = self._read(0, data)
        back = self._read(1, data.gather(1, turned.expand_as(data)))
        return torch.cat([there, back.gather(1, turned.expand_as(back))], 2)

    def _read(self, way: int, data: Tensor) -> Tensor:
        states = None
        if self._initial is not None:
            states = tuple(state[way : way + 1].expand(-1, len(data), -1).contiguous() for state in self._initial)
        return torch.as_tensor(self._ways[way](data, states)[0])


def _one_way(lstm: nn.LSTM, ending: str) -> nn.LSTM:
    way = nn.LSTM(lstm.input_size, lstm.hidden_size, batch_first=True)
    parts = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
    way.load_state_dict({f"{part}_l0": getattr(lstm, f"{part}_{ending}") for part in parts})
    return way.eval()


class Highway:
    """A highway LSTM of Stanza: each layer adds to what it reads a gated shortcut from its input."""

    def __init__(self, network: Any, initial: tuple[Tensor, Tensor]) -> None:
        """Take the network and the states that it begins with."""
        layers = range(network.num_layers)
        self._layers = [
            BothWays(network.lstm[i].lstm, (initial[0][2 * i : 2 * i + 2], initial[1][2 * i : 2 * i + 2]))
            for i in layers
        ]
        self._shortcuts = [joined([network.gate[i], network.highway[i]]) for i in layers]
        self._function: Callable[[Tensor], Tensor] = network.highway_func

    @staticmethod
    def suits(network: Any) -> bool:
        """Return whether the layers of a network are of the kind that is taken."""
        return network.bidirectional and all(type(layer.lstm) is nn.LSTM for layer in network.lstm)

    def __call__(self, vectors: Tensor, rows: Tensor, backwards: Tensor) -> Tensor:
        """Return the outputs for sequences.

        Args:
            vectors: the inputs, a row for each different item.
            rows: the row at each place of the sequences.
            backwards: the turn of each place from behind.
        """
        data, shortcut = vectors[rows], self._shortcut(0, vectors)[rows]
        for i, layer in enumerate(self._layers):
            if i:
                shortcut = self._shortcut(i, data)
            data = layer(data, backwards) + shortcut
        return data

    def _shortcut(self, layer: int, data: Tensor) -> Tensor:
        gate, value = self._shortcuts[layer](data).chunk(2, -1)
        return torch.sigmoid(gate) * self._function(value)
