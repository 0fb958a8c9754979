"""Try every regular expression of the package on hostile strings: ``python tests/expressions.py``.

The expressions are collected as the package compiles them, those that are made of the lexicon and those of the rules
among them. A search may take so much time of the processor, which is far too little for exponential backtracking.
"""

from __future__ import annotations

import pkgutil
import re
import signal
import sys
from collections.abc import Callable, Iterator
from typing import Any

import regex

_SECONDS = 2.0
_LENGTH = 200
_UNITS = (
    *(
        "a",
        "A",
        "Aa",
        "1",
        " ",
        "é",
        "-",
        "'",
        ".",
        ",",
        "\n",
        "_",
        "|",
        "/",
        "(",
        ")",
        "a ",
        "A ",
        "1 ",
        "1,",
        "1.",
        "a-",
    ),
    *("a'", "A.", "a.b", "« ", "» ", "e\u0301", "\u0301", "\u200b", "$1 ", "1 % ", "1-", "a|", "\\", "/a", "€", "1 € "),
    *(
        "et ",
        "de ",
        "le ",
        "à ",
        "un ",
        "il y a ",
        "deux ",
        "cent ",
        "vingt et ",
        "mille ",
        "millions ",
        "milliard de ",
    ),
    *(
        "lundi ",
        "mars ",
        "2024 ",
        "le 3 mars ",
        "1er ",
        "fin ",
        "depuis ",
        "entre 3 et ",
        "plus de ",
        "près ",
        "dernier ",
    ),
    *("euros ", "dollars par ", "un tiers du ", "jeune pousse ", "l'an ", "M. ", "aaa bbb ", "Orsol Vega ", "dixième "),
)
_TAILS = ("", "\x00")

_found: dict[tuple[str, int, str], Any] = {}


def _collecting(compile: Callable[..., Any]) -> Callable[..., Any]:
    def collect(pattern: Any, *arguments: Any, **keywords: Any) -> Any:
        compiled = compile(pattern, *arguments, **keywords)
        if str(sys._getframe(1).f_globals.get("__name__", "")).startswith("newsclaims"):
            _found.setdefault((type(compiled).__module__, compiled.flags, compiled.pattern), compiled)
        return compiled

    return collect


def _collect() -> list[Any]:
    """Return what the package compiles when it is imported and reads a text."""
    re.compile, regex.compile = _collecting(re.compile), _collecting(regex.compile)
    import newsclaims

    for module in pkgutil.walk_packages(newsclaims.__path__, "newsclaims."):
        if not module.name.startswith(("newsclaims.training", "newsclaims.__main__")):
            __import__(module.name)
    text = "« Elle a racheté, mardi, la start-up Vega pour 3 millions d'euros, soit 12 % du capital », dit Orsol."
    rows = [(word, "NOUN", 0 if i == 4 else 4, "dep" if i != 4 else "root") for i, word in enumerate(text.split(), 1)]
    lines = [f"{i}\t{w}\t{w}\t{u}\t_\t_\t{h}\t{d}\t_\t_" for i, (w, u, h, d) in enumerate(rows, 1)]
    extractor = newsclaims.Extractor()
    extractor.extract_document(newsclaims.Document.from_conllu("\n".join(lines)))
    newsclaims.find_dates(text)
    newsclaims.render(text, [])
    extractor._selector._opens  # noqa: B018 (the gate is there)
    return list(_found.values())


def _strings() -> Iterator[str]:
    for unit in _UNITS:
        for tail in _TAILS:
            yield (unit * _LENGTH)[:_LENGTH] + tail


class TooLong(Exception):
    """A search has taken more time than it may."""


def main() -> int:
    """Print how many expressions have been tried, and those that take too long."""

    def stop(*_: object) -> None:
        raise TooLong

    signal.signal(signal.SIGVTALRM, stop)
    strings = list(_strings())
    expressions, slow = _collect(), 0
    print(len(expressions), "expressions", flush=True)
    for expression in expressions:
        bounded = {"timeout": 30} if type(expression).__module__ == "_regex" else {}
        for text in strings:
            signal.setitimer(signal.ITIMER_VIRTUAL, _SECONDS)
            try:
                for search in (expression.search, expression.fullmatch):
                    search(text, **bounded)
            except (TooLong, TimeoutError):
                print("too slow:", repr(text[:12]), expression.pattern[:500], flush=True)
                slow += 1
            finally:
                signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return min(slow, 1)


if __name__ == "__main__":
    sys.exit(main())
