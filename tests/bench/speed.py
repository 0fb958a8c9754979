"""Measure speed and memory: ``python tests/bench/speed.py CORPUS [--texts N] [--dense N] [--stanza N] [--json FILE]``.

The corpus holds one JSON object a line with a text under ``text`` or ``article``, and may be compressed (``.xz``).
Random texts, the same each time, and those of its texts that speak most of deals and rivals are read by Stanza's own
pipeline with the same model, text by text (a part of them), by us without the gate and with it, by one process and by
two; then more and more texts. Every measurement is a process of its own with one thread for each worker. Prints words
a second of processor time and of the clock, and the peak of memory. What is loaded once is told apart, in the column
``start``; one process and two are compared by the clock from before they load anything.

``--identity N`` reads N texts with the gate and without it instead, prints those whose claims differ, and exits with 1
when there are any.
"""

from __future__ import annotations

import argparse
import json
import lzma
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import regex

import newsclaims
from newsclaims.matching import Index, Mended
from newsclaims.parsing import load_pipeline
from newsclaims.rules import builtin_rules
from newsclaims.training.evaluate import SHIPPED

SENTENCE = "Orsol a racheté Vega."
DENSE = regex.compile(
    r"(?i)\b(?:rachat|rachet|acquisition|acquérir|lev(?:é|ée) de|investi|actionnaire|concurren|rival)"
)
SHARE = {"Stanza, text by text": "stanza", "ours, no gate": "whole", "ours": "gated", "ours, 2 processes": "two"}


def main() -> int:
    """Run the benchmark or, with ``--one``, a measurement of it."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("corpus", type=Path)
    arguments.add_argument("--texts", type=int, default=2000, help="random texts (default: %(default)s)")
    arguments.add_argument("--dense", type=int, default=300, help="texts rich in claims (default: %(default)s)")
    arguments.add_argument("--stanza", type=int, default=100, help="of them, for Stanza (default: %(default)s)")
    arguments.add_argument("--whole", type=int, default=500, help="of them, without the gate (default: %(default)s)")
    arguments.add_argument("--growth", type=int, nargs="*", default=[100, 1000, 10_000], help="numbers of texts")
    arguments.add_argument("--json", type=Path, help="where to write the figures")
    arguments.add_argument("--identity", type=int, metavar="N", help="only compare the claims of so many texts")
    arguments.add_argument("--one", choices=MEASUREMENTS, help=argparse.SUPPRESS)
    options = arguments.parse_args()
    texts = list(_texts(options.corpus))
    if options.one:
        print(json.dumps(MEASUREMENTS[options.one](texts)))
        return 0
    random.Random(7).shuffle(texts)
    if options.identity:
        return identity(texts[: options.identity])
    dense = sorted(texts, key=lambda text: -len(DENSE.findall(text)) / (50 + len(text.split())))[: options.dense]
    rows: dict[str, dict[str, float]] = {}

    def note(name: str, kind: str, given: Sequence[str]) -> None:
        rows[name] = found = _measured(kind, given)
        shown = "".join(f"{found[key]:>10,.2f}" if key in found else " " * 10 for key in COLUMNS)
        print(f"{name:32}{shown}", flush=True)

    print(f"{'':32}" + "".join(f"{key:>10}" for key in COLUMNS))
    note("import newsclaims", "import", [])
    note("the model", "load", [])
    note("first claim from a cold start", "first", [])
    most = {"stanza": options.stanza, "whole": options.whole}
    for sort, given in (("random", texts[: options.texts]), ("dense", dense)):
        for name, kind in SHARE.items():
            note(f"{sort}: {name}", kind, given[: most.get(kind)])
    note("matching, dense", "matching", dense[: options.stanza])
    for number in options.growth:
        note(f"{number:,} texts", "gated", texts[:number])
    for sort in ("random", "dense"):
        ours, theirs = (rows[f"{sort}: {name}"]["words/cpu"] for name in ("ours", "Stanza, text by text"))
        one, two = (rows[f"{sort}: {name}"] for name in ("ours", "ours, 2 processes"))
        times = (one["start"] + one["seconds"]) / (two["start"] + two["seconds"])
        print(f"{sort}: {ours / theirs:.1f} times as fast as Stanza; two processes {times:.2f} times one")
    if options.json:
        options.json.write_text(json.dumps(rows, indent=2) + "\n", encoding="utf-8")
    return 0


COLUMNS = ("texts", "words", "claims", "start", "seconds", "cpu", "words/s", "words/cpu", "MiB")


def identity(texts: Sequence[str]) -> int:
    """Compare the claims of texts with the gate and without it."""
    gated = newsclaims.Extractor()
    whole = newsclaims.Extractor(gated.parser, gate=False)
    claims = different = 0
    for start in range(0, len(texts), 250):
        some = texts[start : start + 250]
        for text, one, other in zip(some, gated.extract_many(some), whole.extract_many(some), strict=True):
            claims += len(other)
            if one != other:
                different += 1
                print(f"{text[:80]!r}: {[c.rule for c in one]} with the gate, {[c.rule for c in other]} without")
        done = start + len(some)
        print(f"{done} texts, {claims} claims; texts with different claims: {different}", flush=True)
    return int(bool(different))


def _texts(file: Path) -> Iterator[str]:
    with lzma.open(file, "rt", encoding="utf-8") if file.suffix == ".xz" else file.open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            yield record.get("text") or record["article"]


def _measured(kind: str, texts: Sequence[str]) -> dict[str, float]:
    """Return what a process of its own measures."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "texts.jsonl"
        file.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts), encoding="utf-8")
        command = [sys.executable, __file__, str(file), "--one", kind]
        environment = os.environ | {"OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
        done = subprocess.run(command, stdout=subprocess.PIPE, check=True, env=environment)
    found: dict[str, float] = json.loads(done.stdout)
    return found


Read = Callable[[Sequence[str]], int]


def _timed(load: Callable[[], Read], texts: Sequence[str], *, warm: bool = True) -> dict[str, float]:
    """Return the figures of a function that reads texts, and returns how many claims it finds.

    What is loaded once is no part of the rate, but where the function does it each time (``warm=False``).
    """
    begun = time.perf_counter()
    read = load()
    if warm:
        read([SENTENCE])
    started, before = time.perf_counter(), _spent()
    claims = read(texts)
    seconds, cpu = time.perf_counter() - started, _spent() - before
    words = sum(len(text.split()) for text in texts)
    peaks = [resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return {
        "texts": len(texts),
        "words": words,
        "claims": claims,
        "start": started - begun,
        "seconds": seconds,
        "cpu": cpu,
        "words/s": words / seconds,
        "words/cpu": words / cpu,
        "MiB": max(peaks),  # of the process, or of a worker
    }


def _spent() -> float:
    """Return the processor time of this process and of those of its children that have ended."""
    return sum(os.times()[:4])


def _by_stanza(texts: list[str]) -> dict[str, float]:
    def load() -> Read:
        pipeline = load_pipeline(SHIPPED)
        del pipeline.processors["depparse"].trainer.model.decode_graph_predictions  # Stanza's own again
        return lambda given: len([pipeline(text) for text in given]) * 0

    return _timed(load, texts)


def _by_us(texts: list[str], workers: int = 1, **options: Any) -> dict[str, float]:
    def load() -> Read:
        extractor = newsclaims.Extractor(**options)
        return lambda given: sum(map(len, extractor.extract_many(given, workers=workers)))

    return _timed(load, texts, warm=workers == 1)


def _matching(texts: list[str]) -> dict[str, float]:
    """Return what matching all rules costs, as words a second, in sentences that are parsed and mended."""
    parser, rules = newsclaims.Extractor().parser, Index(builtin_rules())
    sentences = [sentence for text in texts for sentence in Mended.of(parser(text)).document.sentences]
    started = time.process_time()
    for sentence in sentences:
        list(rules.candidates(sentence))
    cpu = time.process_time() - started
    words = sum(len(text.split()) for text in texts)
    return {"texts": len(texts), "words": words, "cpu": cpu, "words/cpu": words / cpu}


def _start(script: str) -> dict[str, float]:
    """Return how long a fresh Python takes for a script, less the start of Python itself; the best of three."""

    def run(text: str) -> tuple[float, float]:
        started, before = time.perf_counter(), _spent()
        subprocess.run([sys.executable, "-c", text], check=True, stdout=subprocess.DEVNULL)
        return time.perf_counter() - started, _spent() - before

    bare = [min(figures) for figures in zip(*(run("pass") for _ in range(3)), strict=True)]
    best = [min(figures) for figures in zip(*(run(script) for _ in range(3)), strict=True)]
    return {"seconds": best[0] - bare[0], "cpu": best[1] - bare[1]}


MEASUREMENTS: dict[str, Callable[[list[str]], dict[str, float]]] = {
    "import": lambda _: _start("import newsclaims"),
    "load": lambda _: _start(f"from newsclaims.parsing import *; load_pipeline(Path({str(SHIPPED)!r}))"),
    "first": lambda _: _start(f"import newsclaims; assert newsclaims.extract_claims({SENTENCE!r})"),
    "stanza": _by_stanza,
    "whole": lambda texts: _by_us(texts, gate=False),
    "gated": _by_us,
    "two": lambda texts: _by_us(texts, workers=2),
    "matching": _matching,
}


if __name__ == "__main__":
    sys.exit(main())
