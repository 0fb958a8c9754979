"""Loading: what is built once and kept, while Python's collector of garbage rests."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def undisturbed() -> Iterator[None]:
    """Let the collector rest: nothing loaded for good is garbage, and to look for some takes a quarter of the time.

    It is left as it was found. Another thread goes without it meanwhile, which costs memory only.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
