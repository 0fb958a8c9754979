"""Links from words to those they stand for, and how many of them are found: ``python tests/links.py [--misses]``.

The passages of ``tests/links`` are written for this, in the manner of the business press, and parted by lines of
hyphens. ``[Elle|pronoun|Nimbao]`` marks a word with the kind of its link and the names that it stands for, separated by
commas; a word of the kind ``none`` stands for nobody that the passage names. Of a noun phrase the noun is marked, of an
understood subject its verb (``subject``), of an event that is taken up again its noun (``event``), with the names
that a claim read there has to have among its actors; a ``thing`` without a name stands for the words by which it was
mentioned first.

The passages were written before they were first measured, and every second one was put aside: nothing in the library
was made for those of ``held_out.txt``.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import attrs
import regex
from reading import Reading, understand

from newsclaims.anaphora.subjects import surface_subject
from newsclaims.claims import Claim, Entity
from newsclaims.extractor import Extractor
from newsclaims.tree import Document

FOLDER = Path(__file__).parent / "links"
HALVES = ("development", "held_out")
_MARK = regex.compile(r"\[([^|\]]+)\|(\w+)\|([^\]]*)\]")


@attrs.frozen
class Link:
    """A marked word, what kind of link it has, and the names it stands for."""

    start: int
    text: str
    kind: str
    names: frozenset[str]


@attrs.frozen
class Outcome:
    """A link and the names that the library gives for its word."""

    passage: str
    link: Link
    found: frozenset[str]

    @property
    def right(self) -> bool:
        """Whether these are the names expected; a claim about an event may name further actors."""
        return self.link.names <= self.found if self.link.kind == "event" else self.link.names == self.found


def passages(half: str) -> list[tuple[str, list[Link]]]:
    """Return the texts of a half of the set, with their links."""
    marked = (FOLDER / f"{half}.txt").read_text(encoding="utf-8")
    return [_unmark(passage) for passage in marked.split("\n----\n")]


def _unmark(passage: str) -> tuple[str, list[Link]]:
    text, links, end = "", [], 0
    for mark in _MARK.finditer(passage):
        text += passage[end : mark.start()]
        names = frozenset(name.strip() for name in mark[3].split(",") if name)
        links.append(Link(len(text), mark[1], mark[2], names))
        text += mark[1]
        end = mark.end()
    return text + passage[end:].rstrip("\n"), links


def outcomes(extractor: Extractor, half: str) -> Iterator[Outcome]:
    """Yield what the library finds for the links of a half of the set."""
    for text, links in passages(half):
        document = extractor.parser(text)
        claims = extractor.extract_document(document)
        for link in links:
            found = _of_event(claims, link) if link.kind == "event" else _of_word(document, link)
            yield Outcome(text, link, frozenset(found))


def _of_word(document: Document, link: Link) -> Iterator[str]:
    reading = Reading.at(*understand(document), link.start)
    word = reading.word
    if word.upos == "VERB":
        subject = surface_subject(reading.sentence, word)
        if subject is None:
            return
        word = subject
    yield from (e.name for e in reading.discourse.fillers(reading.index, word) if e.named or link.kind == "thing")


def _of_event(claims: Iterable[Claim], link: Link) -> Iterator[str]:
    for claim in claims:
        if claim.evidence.start <= link.start < claim.evidence.end:
            for value in attrs.asdict(claim, recurse=False).values():
                for actor in value if isinstance(value, tuple) else (value,):
                    if isinstance(actor, Entity):
                        yield actor.name


def main() -> None:
    """Print the share of the links that are found, by kind and half."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--misses", action="store_true", help="print the misses of the half to develop on")
    options = arguments.parse_args()
    extractor = Extractor()
    results = {half: list(outcomes(extractor, half)) for half in HALVES}
    kinds = sorted({o.link.kind for half in results.values() for o in half})
    counts = {half: Counter(o.link.kind for o in results[half]) for half in HALVES}
    right = {half: Counter(o.link.kind for o in results[half] if o.right) for half in HALVES}
    print(f"{'':12}{''.join(f'{half:>20}' for half in HALVES)}")
    for kind in kinds:
        print(f"{kind:12}{''.join(_share(right[half][kind], counts[half][kind]) for half in HALVES)}")
    print(f"{'all':12}{''.join(_share(right[half].total(), counts[half].total()) for half in HALVES)}")
    if options.misses:
        for miss in (o for o in results["development"] if not o.right):
            before, word = miss.passage[: miss.link.start], miss.link.text
            after = miss.passage[miss.link.start + len(word) :]
            print(f"\n{before}[{word}]{after}")
            print(f"  {miss.link.kind}: {sorted(miss.link.names)}, found {sorted(miss.found)}")


def _share(right: int, of: int) -> str:
    return f"{right:8}/{of:<4}{right / of:8.2f}" if of else f"{'–':>20}"


if __name__ == "__main__":
    main()
