"""Linear: products of many vectors with a matrix of weights that stays the same.

torch leaves single products to MKL, which uses half of what processors other than Intel's can do. oneDNN, which torch
brings as well and uses for recurrent networks, does not; and it takes weights that are laid out once for all calls.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn

# For how many vectors at once the weights are laid out.
_VECTORS = 2000

# How many vectors go into a product. oneDNN keeps some memory for every number that it has met, so they are few.
_BLOCKS = (1024, 256, 64)


class Linear:
    """A linear layer."""

    def __init__(self, weight: Tensor, bias: Tensor | None = None) -> None:
        """Take the weights, one row for each output, and what is added."""
        self._weight = weight
        self._bias = bias
        self._packed = _packed(weight)

    def __call__(self, data: Tensor) -> Tensor:
        """Return the outputs for vectors, which are the last axis of the data."""
        if self._packed is None:
            return nn.functional.linear(data, self._weight, self._bias)
        vectors = data.flatten(0, -2)
        missing = -len(vectors) % _BLOCKS[-1]
        vectors = nn.functional.pad(vectors, (0, 0, 0, missing))
        found = data.new_empty(len(vectors), len(self._weight))
        start = 0
        for size in _BLOCKS:
            while start + size <= len(vectors):
                found[start : start + size] = _product(vectors[start : start + size], self._packed, self._bias)
                start += size
        return found[: start - missing].view(*data.shape[:-1], -1)


def joined(layers: Sequence[nn.Linear]) -> Linear:
    """Return linear layers with one input as one, their outputs one behind the other."""
    return Linear(torch.cat([layer.weight for layer in layers]), torch.cat([layer.bias for layer in layers]))


def with_one(data: Tensor) -> Tensor:
    """Return vectors with a 1 behind each, by which a bilinear form gets its linear terms."""
    return torch.cat([data, data.new_ones(*data.shape[:-1], 1)], -1)


def _packed(weight: Tensor) -> Tensor | None:
    """Return weights as oneDNN wants them, None where this torch or processor has it not, or not right."""
    try:
        packed: Tensor = torch.ops.mkldnn._reorder_linear_weight(weight, _VECTORS)
        row = weight[:1].contiguous()
        right = torch.allclose(_product(row, packed, None), row @ weight.T, rtol=1e-4, atol=1e-4)
    except (AttributeError, RuntimeError):  # these functions of torch are not public, and may change
        return None
    return packed if right else None


def _product(data: Tensor, packed: Tensor, bias: Tensor | None) -> Tensor:
    return torch.as_tensor(torch.ops.mkldnn._linear_pointwise(data, packed, bias, "none", [], ""))
