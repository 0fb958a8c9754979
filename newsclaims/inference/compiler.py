"""Torch's compiler, which is slow to import and of no use for reading."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from torch.optim import Optimizer

_LEFT_ALONE = "__dynamo_disable"  # where torch keeps what the compiler makes of a function


@contextmanager
def uncompiled() -> Iterator[None]:
    """Spare torch its compiler while Stanza loads a model.

    Stanza makes optimizers even to read with; on the first, torch imports its compiler, only to be told that it shall
    leave the optimizer's function alone. Here the function says so itself.
    """
    function = getattr(Optimizer.add_param_group, "__wrapped__", None)
    if function is None or hasattr(function, _LEFT_ALONE):  # another torch; or the compiler is there
        yield
        return
    setattr(function, _LEFT_ALONE, function)
    try:
        yield
    finally:
        delattr(function, _LEFT_ALONE)
