"""The run over a corpus, shard by shard.

A shard holds the claims of so many texts. It is written under another name and renamed when it is whole, into a folder
beside the output, which keeps with what the run was started; so a run that was interrupted goes on with the first shard
that is not there. At the end the shards are joined, and the output too is renamed when it is whole.
"""

from __future__ import annotations

import datetime
import hashlib
import itertools
import json
import logging
import os
import time
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from functools import cache, cached_property, partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

import attrs

from newsclaims.batch import Text, read_each
from newsclaims.claims import Claim
from newsclaims.comparison import Located
from newsclaims.corpus.tables import writer
from newsclaims.corpus.texts import Fields, files, read_texts
from newsclaims.errors import InputValueError
from newsclaims.extractor import Extractor
from newsclaims.rules import Rules, builtin_rules, load_rules

_LOGGER = logging.getLogger(__name__)
_MANIFEST, _UNFINISHED = "manifest.json", ".tmp"


@attrs.frozen(kw_only=True, slots=False)
class Job:
    """What is to be read, and where to.

    Attributes:
        source: the corpus, as for `read_texts`.
        out: the file to write, ``.jsonl``, ``.csv`` or ``.parquet``.
        fields: where a record has what.
        published: the day of publication of texts that do not say theirs.
        model: a directory with a model, ``"stanza"``, or None for the model inside the package.
        rules: a file of rules, None for the package's own.
        shard: how many texts are written at once.
        workers: how many processes read.
    """

    source: Path
    out: Path
    fields: Fields = attrs.field(factory=Fields)
    published: datetime.date | None = None
    model: str | None = None
    rules: str | None = None
    shard: int = attrs.field(default=200, validator=attrs.validators.ge(1))
    workers: int = attrs.field(default=1, validator=attrs.validators.ge(1))

    @property
    def parts(self) -> Path:
        """The folder of the shards."""
        return self.out.with_name(self.out.name + ".parts")

    @cached_property
    def grammar(self) -> Rules:
        """The rules."""
        return load_rules(self.rules) if self.rules else builtin_rules()

    @cached_property
    def extractor(self) -> Extractor:
        """What reads; loaded when there is something to read."""
        return Extractor(self.model, self.grammar)

    def manifest(self) -> dict[str, Any]:
        """Return all that decides which claims a shard holds, files by what is in them."""
        return {
            "input": _fingerprint(self.source, files(self.source)),
            "newsclaims": _package(),
            "libraries": {name: version(name) for name in ("stanza", "torch")},
            "model": _of_folder(Path(self.model)) if self.model and self.model != "stanza" else self.model,
            "rules": _fingerprint(Path(self.rules), [Path(self.rules)]) if self.rules else None,
            "options": {
                **attrs.asdict(self.fields),
                "published": self.published.isoformat() if self.published else None,
                "shard": self.shard,
            },
        }


@attrs.define(kw_only=True)
class Summary:
    """What was read and found.

    Attributes:
        texts: texts read.
        errors: texts that could not be read; the log says why.
        words: words of the texts read, as white space parts them.
        seconds: time that reading took, over all the runs that it was spread on.
        claims: claims found, by type.
    """

    texts: int = 0
    errors: int = 0
    words: int = 0
    seconds: float = 0.0
    claims: Counter[str] = attrs.field(factory=Counter, converter=Counter)

    def add(self, other: Summary) -> None:
        """Count what another summary counts."""
        self.texts += other.texts
        self.errors += other.errors
        self.words += other.words
        self.seconds += other.seconds
        self.claims.update(other.claims)

    def __str__(self) -> str:
        """Return a line a figure."""
        rate = self.words / self.seconds if self.seconds else 0
        figures = {
            "texts": f"{self.texts:,}",
            "words": f"{self.words:,}",
            "claims": f"{self.claims.total():,}",
            **{f"  {name}": f"{count:,}" for name, count in sorted(self.claims.items())},
            "words/s": f"{rate:,.0f}",
            "errors": f"{self.errors:,}",
        }
        widest = max(map(len, figures.values()))
        return "\n".join(f"{name:<16}  {figure:>{widest}}" for name, figure in figures.items())


def run(job: Job, *, restart: bool = False, progress: Callable[[int, int], None] = lambda done, total: None) -> Summary:
    """Read a corpus and write the table of its claims, going on where an interrupted run stopped.

    A text that cannot be read is logged and counted, and the others are read. Texts are read ahead of the shard that is
    written.

    Args:
        job: what to read, and where to.
        restart: whether to drop what an interrupted run has left.
        progress: is told how many texts are done, and of how many.

    Returns:
        The figures of the whole corpus, shards of interrupted runs included.

    Raises:
        InputValueError: the corpus cannot be read, none of its texts can, the output would overwrite it, or the
            interrupted run was started with something else.
        OSError: the output cannot be written.
        MissingDependencyError: Parquet is asked for, and pyarrow not installed.
        ModelError: the model cannot be loaded.
        WorkerError: a worker process died.
    """
    write = writer(job.out)
    total = _checked(job)
    _open(job, restart)
    summary = Summary()
    shards: list[Path] = []
    blocks, ahead = itertools.tee(_blocks(job))
    with closing(_claims(job, ahead)) as found:
        for shard, texts in blocks:
            if texts is not None:
                _replace(shard, _read(texts, found, partial(_tell, progress, summary.texts + summary.errors, total)))
            summary.add(_counts(shard))
            shards.append(shard)
            progress(summary.texts + summary.errors, total)
    whole = job.parts / (job.out.name + _UNFINISHED)
    write(whole, (line for shard in shards for line in _lines(shard)), {rule.claim_type for rule in job.grammar})
    _keep(whole, job.out)
    _drop(job.parts)
    return summary


def _tell(progress: Callable[[int, int], None], before: int, total: int, done: int) -> None:
    progress(before + done, total)


def _checked(job: Job) -> int:
    """Return how many texts there are; most faults of a corpus or a command show before hours of reading."""
    texts = errors = 0
    first = None
    for text in read_texts(job.source, job.fields):
        texts += 1
        if isinstance(text, InputValueError):
            errors += 1
            first = first or text
    if first is not None and errors == texts:
        raise first
    if job.out.is_dir() or (job.out.exists() and job.out.samefile(job.source)):
        raise InputValueError(f"{job.out}: is a folder or the corpus itself; choose another --out")
    return texts


def _open(job: Job, restart: bool) -> None:
    """Make the folder of the shards, or take over that of an interrupted run of the same job."""
    parts, manifest = job.parts, job.parts / _MANIFEST
    if restart and manifest.exists():
        _drop(parts)
    parts.mkdir(parents=True, exist_ok=True)
    found = json.loads(manifest.read_text(encoding="utf-8")) if manifest.exists() else {}
    left = [path for path in parts.iterdir() if path != manifest and path.suffix != _UNFINISHED]
    if left and not found:
        raise InputValueError(f"{parts}: in the way, and not of an interrupted run; move it, or choose another --out")
    wanted = job.manifest()
    differing = [name for name in wanted if found.get(name) != wanted[name]]
    if left and differing:
        raise InputValueError(
            f"{parts} is of an interrupted run with another {', '.join(differing)}: give --restart to read everything "
            "anew, or another --out to keep it"
        )
    if found != wanted:
        _replace(manifest, [json.dumps(wanted, indent=2)])


_Block = list[Text | InputValueError]
_Found = Generator[tuple[Text, list[Claim] | None], None, None]


def _blocks(job: Job) -> Iterator[tuple[Path, _Block | None]]:
    """Yield each shard and its texts, no texts for one that is there."""
    texts = read_texts(job.source, job.fields)
    for number in itertools.count():
        block = list(itertools.islice(texts, job.shard))
        if not block:
            return
        shard = job.parts / f"{number:06}.jsonl"
        yield shard, None if shard.exists() else block


def _claims(job: Job, blocks: Iterator[tuple[Path, _Block | None]]) -> _Found:
    """Yield the texts that are to be read, and can be, with their claims."""
    texts = (
        attrs.evolve(text, published=text.published or job.published)
        for _, block in blocks
        for text in block or ()
        if isinstance(text, Text)
    )
    yield from read_each(job.extractor, texts, job.workers)


def _read(block: _Block, found: _Found, progress: Callable[[int], None]) -> Iterator[str]:
    """Yield the lines of a shard: a line a claim, then its counts."""
    started = time.perf_counter()
    counts = Summary()
    for record in block:
        if isinstance(record, InputValueError):
            _LOGGER.warning("%s", record)
            counts.errors += 1
        else:
            text, claims = next(found)
            counts.errors += claims is None
            counts.texts += claims is not None
            counts.words += 0 if claims is None else len(text.text.split())
            for claim in claims or ():
                counts.claims[type(claim).__name__] += 1
                yield json.dumps(Located(text.id, claim).to_dict(), ensure_ascii=False) + "\n"
        progress(counts.texts + counts.errors)
    counts.seconds = time.perf_counter() - started
    yield json.dumps(attrs.asdict(counts)) + "\n"


def _lines(shard: Path) -> Iterator[str]:
    """Yield the claims of a shard."""
    with shard.open(encoding="utf-8", newline="\n") as file:
        previous = ""
        for line in file:
            if previous:
                yield previous
            previous = line


def _counts(shard: Path) -> Summary:
    with shard.open(encoding="utf-8", newline="\n") as file:
        for line in file:
            last = line
    return Summary(**json.loads(last))


def _replace(path: Path, chunks: Iterable[str]) -> None:
    """Write a file that is there whole or not at all."""
    unfinished = path.with_name(path.name + _UNFINISHED)
    with unfinished.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(chunks)
    _keep(unfinished, path)


def _keep(unfinished: Path, path: Path) -> None:
    """Give a file its name once it is on the disk."""
    with unfinished.open("rb+") as file:
        os.fsync(file.fileno())
    os.replace(unfinished, path)


def _drop(parts: Path) -> None:
    """Remove the folder, the manifest last: without it nobody would know what the shards are of."""
    for path in sorted(parts.iterdir(), key=lambda path: path.name == _MANIFEST):
        path.unlink()
    parts.rmdir()


@cache
def _package() -> str:
    return _of_folder(Path(__file__).parents[1])


def _of_folder(folder: Path) -> str:
    found = sorted(path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return _fingerprint(folder, found)


def _fingerprint(top: Path, paths: Iterable[Path]) -> str:
    """Return a hash of the names of files below a folder, and of what is in them."""
    total = hashlib.sha256()
    for path in paths:
        try:
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            raise InputValueError(f"{path}: cannot be read: {error.strerror}") from error
        total.update(f"{path.relative_to(top).as_posix()}\0{digest}\n".encode("utf-8", "surrogateescape"))
    return total.hexdigest()
