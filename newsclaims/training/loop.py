"""The training loop of tagger and parser: Stanza's networks and data loaders, our schedule.

Compared with Stanza's own loop: a fixed number of steps with a warm-up and a cosine decay of the learning rate
(Loshchilov and Hutter, 2017), which gets the most out of few steps; a moving average of the weights (Polyak and
Juditsky, 1992) is what is evaluated and kept; and training goes on from where it was interrupted.
"""

from __future__ import annotations

import json
import logging
import math
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import attrs

_logger = logging.getLogger("newsclaims.training")


@attrs.frozen
class Schedule:
    """How long and how fast to learn.

    Attributes:
        steps: batches in all.
        rate: the highest learning rate, of Adam.
        batch: sentences (tagger) or words (parser) in a batch.
        warmup: steps until the highest rate.
        average: how slowly the averaged weights follow, below 1.
        every: steps between two evaluations, each with a checkpoint.
        final: the last learning rate, as a share of the highest.
    """

    steps: int
    rate: float
    batch: int
    warmup: int = 50
    average: float = 0.99
    every: int = 200
    final: float = 0.02

    def rate_at(self, step: int) -> float:
        """Return the learning rate of a step, counted from 1."""
        if step <= self.warmup:
            return self.rate * step / self.warmup
        done = (step - self.warmup) / max(1, self.steps - self.warmup)
        return self.rate * (self.final + (1 - self.final) * 0.5 * (1 + math.cos(math.pi * min(1.0, done))))


def train(
    trainer: Any,
    batches: Iterator[Any],
    schedule: Schedule,
    score: Callable[[], float],
    out: Path,
) -> float:
    """Train a Stanza tagger or parser, and leave the best averaged model in a file.

    The state of the training is kept beside it (``….checkpoint``) until it ends: run again, an interrupted training
    goes on from there. ``….log.jsonl`` holds the figures of each evaluation.

    Args:
        trainer: a Stanza trainer, with ``model``, ``update`` and ``save``.
        batches: training batches without end.
        schedule: steps and learning rates.
        score: evaluates the trainer's model on the development data, from 0 to 1.
        out: the model file.

    Returns:
        The score of the model kept.
    """
    import torch

    optimizers = list((getattr(trainer, "optimizers", None) or trainer.optimizer).values())
    weights = {name: p for name, p in trainer.model.named_parameters() if p.requires_grad}
    average = {name: p.detach().clone() for name, p in weights.items()}
    checkpoint, log = out.with_suffix(".checkpoint"), out.with_suffix(".log.jsonl")
    step, best = 0, -1.0
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True)
        step, best = state["step"], state["best"]
        trainer.model.load_state_dict(state["model"], strict=False)
        average = state["average"]
        for optimizer, saved in zip(optimizers, state["optimizers"], strict=True):
            optimizer.load_state_dict(saved)
        _logger.info("%s: going on from step %d, best %.4f", out.name, step, best)
    total, started = 0.0, time.monotonic()
    while step < schedule.steps:
        step += 1
        rate = schedule.rate_at(step)
        for optimizer in optimizers:
            for group in optimizer.param_groups:
                group["lr"] = rate
        loss = trainer.update(next(batches))
        total += float(loss[0] if isinstance(loss, tuple) else loss)
        decay = min(schedule.average, step / (step + 10))
        with torch.no_grad():
            torch._foreach_lerp_(list(average.values()), [p.detach() for p in weights.values()], 1 - decay)
        if step % schedule.every and step != schedule.steps:
            continue
        current = {name: p.detach().clone() for name, p in weights.items()}
        _assign(weights, average)
        value = score()
        if value > best:
            best = value
            trainer.save(str(out))
        _assign(weights, current)
        record = {
            "step": step,
            "loss": round(total / schedule.every, 4),
            "score": round(value, 5),
            "best": round(best, 5),
            "rate": round(rate, 6),
            "seconds": round(time.monotonic() - started, 1),
        }
        total = 0.0
        with log.open("a", encoding="utf-8") as stream:
            stream.write(json.dumps(record) + "\n")
        _logger.info("%s: step %d of %d, loss %.3f, dev %.4f, best %.4f", out.name, step, schedule.steps,
                     record["loss"], value, best)  # fmt: skip
        model = {name: value for name, value in trainer.model.state_dict().items() if name in weights}
        state = {"step": step, "best": best, "model": model, "average": average,
                 "optimizers": [optimizer.state_dict() for optimizer in optimizers]}  # fmt: skip
        torch.save(state, checkpoint)
    checkpoint.unlink(missing_ok=True)
    return best


def _assign(weights: dict[str, Any], values: dict[str, Any]) -> None:
    import torch

    with torch.no_grad():
        for name, parameter in weights.items():
            parameter.copy_(values[name])
