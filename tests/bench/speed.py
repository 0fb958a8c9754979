"""Measure how fast texts are read: ``python tests/bench/speed.py [--model DIR] [FILE…]``.

Each file is a text of its own; without files, the article in ``examples`` is read ten times. One thread is used. Prints
the time to load the model once Stanza is imported, the words a second of parsing alone and of the whole path, the share
of the time that is spent after parsing, and what matching the rules costs for each second of parsing.
"""

from __future__ import annotations

import argparse
import importlib
import time
from pathlib import Path

import torch

import newsclaims
from newsclaims.matching import Index, Mended
from newsclaims.parsing import load_pipeline
from newsclaims.rules import builtin_rules
from newsclaims.training import evaluate

ARTICLE = Path(__file__).parents[2] / "examples" / "ia_europeenne.txt"


def main() -> None:
    """Run the benchmark on the files of the command line."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("files", nargs="*", type=Path)
    arguments.add_argument("--model", type=Path, help="a model directory; default: the model in the package")
    options = arguments.parse_args()
    files = options.files
    torch.set_num_threads(1)
    texts = [file.read_text(encoding="utf-8") for file in files] or [ARTICLE.read_text(encoding="utf-8")] * 10

    started = time.perf_counter()
    importlib.import_module("stanza")
    print(f"import of Stanza      {time.perf_counter() - started:8.2f} s")
    started = time.perf_counter()
    load_pipeline(options.model or evaluate.SHIPPED)
    print(f"load of the model     {time.perf_counter() - started:8.2f} s")
    started = time.perf_counter()
    extractor = newsclaims.Extractor(options.model)
    extractor.extract("Orsol a racheté Vega.")
    print(f"load and first claim  {time.perf_counter() - started:8.2f} s")

    started = time.perf_counter()
    documents = [extractor.parser(text) for text in texts]
    parsing = time.perf_counter() - started
    started = time.perf_counter()
    claims = [claim for document in documents for claim in extractor.extract_document(document)]
    matching = time.perf_counter() - started

    index = Index(builtin_rules())
    mended = [Mended.of(document).document for document in documents]
    started = time.perf_counter()
    for sentence in (sentence for document in mended for sentence in document.sentences):
        list(index.candidates(sentence))
    rules = time.perf_counter() - started

    words = sum(len(sentence.words) for document in documents for sentence in document.sentences)
    print(f"texts, words, claims  {len(texts)}, {words}, {len(claims)}")
    print(f"parsing alone         {words / parsing:8.0f} words/s")
    print(f"whole path            {words / (parsing + matching):8.0f} words/s")
    print(f"share after parsing   {matching / (parsing + matching):8.1%}")
    print(f"rules over parsing    {rules / parsing:8.1%}")


if __name__ == "__main__":
    main()
