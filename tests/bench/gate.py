"""Check that the gate changes no claim, and measure what it saves: ``python tests/bench/gate.py FILE [--texts N]``.

The file holds one JSON object a line with a text under ``text`` or ``article``, and may be compressed (``.xz``). A
random sample of its texts, the same each time, is read with the gate, without it and, some of it, by Stanza's own
pipeline with the same model. Prints words a second of processor time on one core, and the texts whose claims differ;
the exit status is 1 when there are any.
"""

from __future__ import annotations

import argparse
import json
import lzma
import random
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import torch

import newsclaims
from newsclaims.parsing import load_pipeline
from newsclaims.training.evaluate import SHIPPED


def main() -> int:
    """Run the check on the file of the command line."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("file", type=Path)
    arguments.add_argument("--texts", type=int, default=1000, help="size of the sample (default: %(default)s)")
    arguments.add_argument("--stanza", type=int, default=100, help="texts for Stanza's pipeline (default: %(default)s)")
    arguments.add_argument("--seed", type=int, default=7)
    arguments.add_argument("--having", default="", help="only texts that hold one of these words, as in rachat|rival")
    options = arguments.parse_args()
    torch.set_num_threads(1)
    texts = list(_texts(options.file))
    random.Random(options.seed).shuffle(texts)
    wanted = [word for word in options.having.split("|") if word]
    texts = [text for text in texts if not wanted or sum(map(text.count, wanted)) > 2][: options.texts]

    pipeline = load_pipeline(SHIPPED)
    few = texts[: options.stanza]
    _timed("Stanza's pipeline", few, lambda: [pipeline(text) for text in few])
    gated = newsclaims.Extractor()
    gated.extract("Orsol a racheté Vega.")
    found = _timed("with the gate", texts, lambda: list(gated.extract_many(texts)))
    everything = newsclaims.Extractor(gated.parser, gate=False)
    same = _timed("without the gate", texts, lambda: list(everything.extract_many(texts)))
    different = [text for text, one, other in zip(texts, found, same, strict=True) if one != other]
    print(f"{sum(map(len, found))} claims in {len(texts)} texts; texts with different claims: {len(different)}")
    for text in different:
        print(text[:80])
    return 1 if different else 0


def _texts(file: Path) -> Iterator[str]:
    with lzma.open(file, "rt", encoding="utf-8") if file.suffix == ".xz" else file.open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            yield record.get("text") or record["article"]


def _timed(name: str, texts: list[str], read: Callable[[], list[Any]]) -> list[Any]:
    started = time.process_time()
    result = read()
    seconds = time.process_time() - started
    words = sum(len(text.split()) for text in texts)
    print(f"{name:20} {words:9} words {seconds:8.1f} s {words / seconds:8.0f} words/s", flush=True)
    return result


if __name__ == "__main__":
    sys.exit(main())
