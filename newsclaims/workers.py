"""Workers: processes that do one piece of work after the other, for results in the order of the work.

A worker is a fresh Python process, as torch does not live through a fork. It is sent what it is to do once, and then
items; no more items are asked for than keep all workers busy. A worker that dies is an error, and workers whose results
nobody wants any more are ended; they end by themselves when this process does.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import sys
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from multiprocessing.reduction import ForkingPickler
from typing import Any, TypeVar

from newsclaims.errors import InputValueError, WorkerError

T = TypeVar("T")
R = TypeVar("R")

# Items for each worker that are under way, or done and waiting for the result of an earlier one.
_HELD = 3


def in_order(work: Callable[[T], R], items: Iterable[T], workers: int) -> Generator[R, None, None]:
    """Yield what a function returns for each item, computed by several processes.

    Args:
        work: the function; it, the items and the results are pickled on their ways.
        items: the items; they may be endless.
        workers: how many processes; 1 is this one.

    Raises:
        InputValueError: the work cannot be pickled.
        WorkerError: a worker died, or could not start.
        Exception: what the function raises for an item, at its turn.
    """
    if workers == 1:
        yield from map(work, items)
        return
    try:
        order = bytes(ForkingPickler.dumps(work))
    except (pickle.PicklingError, TypeError, AttributeError) as error:
        raise InputValueError(
            "model and rules cannot be sent to workers: name the model by its directory, or read with workers=1 "
            f"({error})"
        ) from error
    context = multiprocessing.get_context("spawn")
    team: dict[Connection, Any] = {}
    try:
        for _ in range(workers):
            mine, theirs = context.Pipe()
            process = context.Process(target=_serve, args=(theirs, order), daemon=True)
            process.start()
            theirs.close()  # so that the end of the process is the end of the pipe
            team[mine] = process
        yield from _results(team, enumerate(iter(items)))
    finally:
        for process in team.values():
            process.terminate()
        for connection, process in team.items():
            connection.close()
            process.join()


def _results(team: dict[Connection, Any], items: Iterator[tuple[int, Any]]) -> Iterator[Any]:
    busy: dict[Connection, int] = {}
    done: dict[int, tuple[bool, Any]] = {}
    following = 0
    while True:
        room = max(_HELD * len(team) - len(busy) - len(done), 0)
        idle = [connection for connection in team if connection not in busy]
        for connection, (number, item) in zip(idle[:room], items, strict=False):
            _send(connection, item, team)
            busy[connection] = number
        if following in done:
            succeeded, result = done.pop(following)
            following += 1
            if not succeeded:
                raise result
            yield result
        elif busy:
            for ready in wait(list(busy)):
                assert isinstance(ready, Connection)
                done[busy.pop(ready)] = _receive(ready, team)
        else:
            return


def _send(connection: Connection, item: Any, team: dict[Connection, Any]) -> None:
    try:
        connection.send(item)
    except OSError:
        raise _death(team[connection]) from None


def _receive(connection: Connection, team: dict[Connection, Any]) -> tuple[bool, Any]:
    try:
        succeeded, result = connection.recv()
    except (EOFError, OSError):
        raise _death(team[connection]) from None
    return succeeded, result


def _death(process: Any) -> WorkerError:
    process.join()
    return WorkerError(
        f"a worker process ended with exit code {process.exitcode}; was memory short? A program that reads with "
        'workers begins with `if __name__ == "__main__":`, as each of them imports it.'
    )


def _serve(connection: Connection, order: bytes) -> None:
    """Do the work in a worker, item after item, until the other end of the pipe is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches every process; the first one ends the others
    os.environ["OMP_NUM_THREADS"] = os.environ["MKL_NUM_THREADS"] = "1"
    with suppress(EOFError, OSError):
        try:
            work = pickle.loads(order)
        except Exception as error:
            connection.recv()
            connection.send((False, WorkerError(f"a worker process cannot start: {type(error).__name__}: {error}")))
            return
        if torch := sys.modules.get("torch"):  # imported by what the work is made of
            torch.set_num_threads(1)
        while True:
            item = connection.recv()
            try:
                answer = True, work(item)
            except Exception as error:
                answer = False, error
            try:
                connection.send(answer)
            except (pickle.PicklingError, TypeError, AttributeError) as error:
                connection.send((False, WorkerError(f"a result cannot be sent: {error}; it was {answer[1]!r:.500}")))
