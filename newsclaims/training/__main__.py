"""The command ``python -m newsclaims.training``."""

from __future__ import annotations

import argparse
import json
import logging
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import attrs

from newsclaims.errors import InputValueError, NewsclaimsError
from newsclaims.training import evaluate as evaluation
from newsclaims.training import stages
from newsclaims.training.pack import pack

_logger = logging.getLogger("newsclaims.training")

STAGES: dict[str, Callable[[stages.Run], None]] = {
    "treebanks": stages.treebanks,
    "vectors": stages.word_vectors,
    "tokenizer": stages.tokenizer,
    "tagger": stages.tagger,
    "lemmatizer": stages.lemmatizer,
    "jackknife": stages.jackknife,
    "parser": stages.parser,
}
TESTS = ("fr_sequoia-ud-test", "fr_gsd-ud-test")


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m newsclaims.training",
        description="Train the French model, stage by stage, and score models.",
        epilog="Stages that are done are not done again; an interrupted one goes on from its last checkpoint. "
        "`evaluate` scores models on raw text: python -m newsclaims.training evaluate --data DIR [--model DIR …].",
    )
    parser.add_argument("command", nargs="?", choices=["train", "evaluate"], default="train")
    parser.add_argument("--data", type=Path, required=True, help="folder that holds treebanks/ and corpora/")
    parser.add_argument("--out", type=Path, help="folder for all that is written; needed to train")
    parser.add_argument(
        "--stage", choices=[*STAGES, "pack", "evaluate"], action="append", help="only this stage, anew; repeatable"
    )
    parser.add_argument(
        "--model",
        type=Path,
        action="append",
        help="evaluate: a model directory; repeatable; default: the model in the package",
    )
    parser.add_argument(
        "--treebank",
        type=Path,
        action="append",
        default=[],
        help="a CoNLL-U file of your own, to train on besides the others, or to evaluate on; repeatable",
    )
    parser.add_argument(
        "--plain", action="store_true", help="evaluate: Stanza alone, without the package's rules around its tokenizer"
    )
    parser.add_argument("--json", type=Path, help="evaluate: also write the scores here")
    parser.add_argument("--device", default="cpu", help="cpu or cuda")
    parser.add_argument("--threads", type=int, help="threads of torch")
    parser.add_argument("--scale", type=float, default=1.0, help="factor on the number of training steps, for a trial")
    return parser.parse_args(argv)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    arguments = _arguments(argv)
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(message)s", stream=sys.stderr)
    _logger.setLevel(logging.INFO)
    try:
        if arguments.threads:
            import torch

            torch.set_num_threads(arguments.threads)
        if arguments.command == "evaluate":
            models = arguments.model or [evaluation.SHIPPED]
            _evaluate(arguments.data, models, arguments.json, arguments.treebank, arguments.plain)
        else:
            _train(arguments)
    except NewsclaimsError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0


def _train(arguments: argparse.Namespace) -> None:
    if arguments.out is None:
        raise InputValueError("--out is needed to train: the folder for all that is written")
    own = tuple(arguments.treebank)
    run = stages.Run(arguments.data, arguments.out, arguments.device, arguments.scale, own)
    done = arguments.out / "done"
    done.mkdir(parents=True, exist_ok=True)
    packed = arguments.out / "packed"
    for name, stage in STAGES.items():
        mark = done / name
        if arguments.stage and name in arguments.stage:
            mark.unlink(missing_ok=True)
        if mark.exists() or (arguments.stage and name not in arguments.stage):
            continue
        _logger.info("stage %s", name)
        started = time.monotonic()
        stage(run)
        mark.write_text(f"{time.monotonic() - started:.0f} s\n", encoding="utf-8")
    if not arguments.stage or "pack" in arguments.stage:
        _logger.info("packed: %.1f MB in %s", pack(run.model, packed) / 1e6, packed)
    if not arguments.stage or "evaluate" in arguments.stage:
        _evaluate(arguments.data, [packed], arguments.json or arguments.out / "scores.json")


def _evaluate(
    data: Path, models: Sequence[Path], out: Path | None, own: Sequence[Path] = (), plain: bool = False
) -> None:
    files = [data / "treebanks" / f"{name}.conllu" for name in TESTS]
    files += [stages.FIELD / "tech_news-test.conllu", *own]
    missing = [file for file in files if not file.is_file()]
    if missing:
        raise InputValueError(f"no test treebank at {missing[0]}: --data is the folder that holds treebanks/")
    results = evaluation.evaluate(files, models, plain)
    print(evaluation.table(results))
    if out:
        figures = {file: {name: attrs.asdict(s) for name, s in scores.items()} for file, scores in results.items()}
        out.write_text(json.dumps(figures, indent=1), encoding="utf-8")


if __name__ == "__main__":
    raise SystemExit(main())
