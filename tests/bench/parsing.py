"""Measure how fast the model reads text: ``python tests/bench/parsing.py [--model DIR] [FILE…]``.

Each file is a text of its own; without files, the article in ``examples`` is read twenty times. One thread is used, and
its own time is measured, whatever else the machine does. Prints the words a second of each stage: of Stanza's pipeline,
text by text and all texts together, and of our run of the same networks.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import stanza
import torch

from newsclaims.inference import networks
from newsclaims.parsing import load_pipeline
from newsclaims.training import evaluate

T = TypeVar("T")

ARTICLE = Path(__file__).parents[2] / "examples" / "ia_europeenne.txt"
STAGES = ("tokenize", "pos", "lemma", "depparse")


class Clock:
    """Adds up the time of stages."""

    def __init__(self) -> None:
        self.spent: Counter[str] = Counter()

    def __call__(self, stage: str, run: Callable[..., T], *arguments: Any, **options: Any) -> T:
        """Run a function as part of a stage."""
        started = time.process_time()
        result = run(*arguments, **options)
        self.spent[stage] += time.process_time() - started  # type: ignore[assignment]
        return result


def by_stanza(pipeline: stanza.Pipeline, texts: Sequence[str], clock: Clock) -> int:
    """Read texts with Stanza's pipeline and return the number of their words."""
    words = 0
    for text in texts:
        document: Any = text
        for stage in STAGES:
            processors = ["tokenize", "mwt"] if stage == "tokenize" else [stage]
            document = clock(stage, pipeline.process, document, processors=processors)
        words += document.num_words
    return words


def by_us(pipeline: stanza.Pipeline, texts: Sequence[str], clock: Clock) -> int:
    """Read texts with our run of the networks and return the number of their words."""
    ours = networks(pipeline)
    words = 0
    for text in texts:
        found = clock("tokenize", ours.tokenize, text)
        sentences = [[word for token in tokens for word in token.words] for tokens in found]
        clock("analyse", ours.analyse, sentences)
        words += sum(map(len, sentences))
    return words


def main() -> None:
    """Run the benchmark on the files of the command line."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("files", nargs="*", type=Path)
    arguments.add_argument("--model", type=Path, default=evaluate.SHIPPED, help="default: the model in the package")
    options = arguments.parse_args()
    torch.set_num_threads(1)
    texts = [file.read_text(encoding="utf-8") for file in options.files] or [ARTICLE.read_text(encoding="utf-8")] * 20
    together = ["\n\n".join(texts)]
    pipeline = load_pipeline(options.model)
    del pipeline.processors["depparse"].trainer.model.decode_graph_predictions  # Stanza's own again
    for name, read, given in (
        ("Stanza, text by text", by_stanza, texts),
        ("Stanza, together", by_stanza, together),
        ("ours, text by text", by_us, texts),
        ("ours, together", by_us, together),
    ):
        read(pipeline, ["Orsol a racheté Vega."], Clock())
        clock = Clock()
        words = read(pipeline, given, clock)
        stages = ", ".join(f"{stage} {words / spent:.0f}" for stage, spent in clock.spent.items())
        print(f"{name:22}{words / sum(clock.spent.values()):8.0f} words/s  ({stages})")


if __name__ == "__main__":
    main()
