"""Parsing: from French text to frozen dependency trees, with Stanza.

Stanza is imported, and its networks run by `newsclaims.inference`, when the first text is parsed. Whatever the text,
the spans of the trees index it as given, and nothing is ever downloaded.
"""

from __future__ import annotations

import itertools
import logging
import os
import sys
import unicodedata
import warnings
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from importlib import resources
from itertools import pairwise
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

import attrs
import regex

from newsclaims import checksums, decoding, layout, tokens
from newsclaims.errors import InputTypeError, InputValueError, ModelError, ModelNotFoundError
from newsclaims.loading import undisturbed
from newsclaims.spans import Span
from newsclaims.tree import Document, Sentence, Word

if TYPE_CHECKING:
    import stanza

    from newsclaims.inference import Analysis, Networks

Parser = Callable[[str], Document]
Wanted = Callable[[int, Sequence[tuple[str, str, str]]], bool]

_logger = logging.getLogger("newsclaims")

_PROCESSORS = ("tokenize", "mwt", "pos", "lemma", "depparse")
_MODEL_FILES = {
    "tokenize_model_path": "tokenizer.pt",
    "mwt_model_path": "mwt.pt",
    "pos_model_path": "tagger.pt",
    "pos_pretrain_path": "pretrain.pt",
    "lemma_model_path": "lemma.pt",
    "depparse_model_path": "parser.pt",
    "depparse_pretrain_path": "pretrain.pt",
}
_DEVICE = regex.compile(r"cpu|mps|(?:cuda|xpu)(?::\d{1,3})?")
_LINE_BREAKS = regex.compile(r"[\t-\r\x1c-\x1f\x85\u2028\u2029]+")

# Bounds that keep memory and time in check whatever the text: characters for one call of Stanza, and words of a
# sentence, beyond which no parse is of use anyway.
_BATCH_CHARACTERS = 50_000
_SENTENCE_WORDS = 200


def load_parser(
    model: str | os.PathLike[str] | stanza.Pipeline | Parser | None = None,
    device: str = "cpu",
) -> Parser:
    """Return a function that parses French text.

    Files are looked for at once; Stanza is imported and the model read when the first text is parsed.

    Args:
        model: what parses. None is the model inside the package. A directory holds either the same files as that
            model (``tokenizer.pt``, ``mwt.pt``, ``tagger.pt``, ``lemma.pt``, ``parser.pt``, ``pretrain.pt``,
            ``resources.json``), which are compared with its ``SHA256SUMS`` if it has one, or, like Stanza's own
            resource directory, ``resources.json`` and ``fr/``.
            ``"stanza"`` is Stanza's French model in that resource directory. A Stanza pipeline is used as it stands,
            and so is any function from a text to a `Document`.
        device: where Stanza computes: ``"cpu"``, ``"cuda"``, ``"cuda:1"``, ``"mps"``, ``"xpu"``. It does not
            concern a pipeline or a function, which have their own.

    Returns:
        A function from a text to its `Document`.

    Raises:
        InputTypeError: the model is none of these.
        InputValueError: the device is unknown.
        ModelNotFoundError: the directory or one of its files is missing.
        ModelError: the pipeline has no dependency parser.
    """
    if not isinstance(device, str) or not _DEVICE.fullmatch(device):
        raise InputValueError(f"unknown device {device!r}: use 'cpu', 'cuda', 'cuda:0', 'mps' or 'xpu'")
    if model is None:
        model = Path(str(resources.files("newsclaims") / "model"))
    elif model == "stanza":
        model = _stanza_directory()
    if isinstance(model, (str, os.PathLike)):
        directory = Path(model)
        options = _pipeline_options(directory)
        return StanzaParser(partial(_load_pipeline, directory, options, device))
    stanza = sys.modules.get("stanza")  # whoever holds a pipeline has imported it
    if stanza is not None and isinstance(model, stanza.Pipeline):
        _check_pipeline(model)
        pipeline = model
        return StanzaParser(lambda: pipeline)  # which cannot be pickled, no more than a pipeline can
    if isinstance(model, (StanzaParser, _Checked)):
        return model  # another extractor's
    if callable(model):
        return _Checked(model)
    raise InputTypeError(
        "model must be None, a directory, 'stanza', a stanza.Pipeline or a function from str to newsclaims Document, "
        f"not {type(model).__name__}"
    )


@attrs.frozen
class _Checked:
    """A parser of the caller's own, whose results are looked at."""

    parse: Parser

    def __call__(self, text: str) -> Document:
        document = self.parse(text)
        if not isinstance(document, Document):
            kind = f"{type(document).__module__}.{type(document).__qualname__}"
            raise InputTypeError(f"the parser must return a newsclaims Document, and returned {kind}")
        return document


def _stanza_directory() -> Path:
    from stanza.resources.common import DEFAULT_MODEL_DIR

    directory = Path(DEFAULT_MODEL_DIR)
    if not (directory / "fr").is_dir() or not (directory / "resources.json").is_file():
        raise ModelNotFoundError(
            f"Stanza's French model is not in {directory}: fetch it with\n"
            "  python -c \"import stanza; stanza.download('fr')\""
        )
    return directory


def _pipeline_options(directory: Path) -> dict[str, Any]:
    """Return the arguments of `stanza.Pipeline` for a model directory, all of its files being there."""
    if not directory.is_dir():
        raise ModelNotFoundError(f"no model directory at {directory}")
    if not (directory / "resources.json").is_file():
        raise ModelNotFoundError(f"the model directory {directory} has no resources.json")
    if (directory / "fr").is_dir():
        return {"processors": ",".join(_PROCESSORS)}
    missing = sorted({name for name in _MODEL_FILES.values() if not (directory / name).is_file()})
    if missing:
        raise ModelNotFoundError(f"the model directory {directory} lacks {', '.join(missing)}")
    paths = {option: str(directory / name) for option, name in _MODEL_FILES.items()}
    return {"processors": ",".join(_PROCESSORS), "package": None, "allow_unknown_language": True, **paths}


def load_pipeline(directory: Path, device: str = "cpu") -> stanza.Pipeline:
    """Return the Stanza pipeline of a model directory, with nothing of this package around it but faster decoding.

    Raises:
        ModelNotFoundError: the directory or one of its files is missing.
        ModelError: a file is damaged, or Stanza cannot load the model.
    """
    return _load_pipeline(directory, _pipeline_options(directory), device)


def _load_pipeline(directory: Path, options: dict[str, Any], device: str) -> stanza.Pipeline:
    import stanza

    from newsclaims.inference.compiler import uncompiled

    _logger.debug("loading the model in %s on %s", directory, device)
    try:
        checksums.check(directory)
        with _quiet(), uncompiled():
            pipeline = stanza.Pipeline("fr", dir=str(directory), download_method=None, device=device, **options)
    except FileNotFoundError as error:
        raise ModelNotFoundError(f"the model in {directory} is incomplete: {error}") from error
    except ModelError:
        raise
    except Exception as error:  # a damaged or outdated file can fail anywhere in Stanza or torch
        raise ModelError(
            f"Stanza {stanza.__version__} cannot load the model in {directory} on device {device!r}: "
            f"{type(error).__name__}: {error}\nA model goes with the Stanza that made it (the one in newsclaims with "
            "1.15): install that version, or get the model anew for this one; check that the device is there."
        ) from error
    _check_pipeline(pipeline)
    decoding.install(pipeline)
    return pipeline


def _check_pipeline(pipeline: stanza.Pipeline) -> None:
    if "depparse" not in pipeline.processors:
        raise ModelError(
            f"the Stanza pipeline has only {', '.join(pipeline.processors)}: "
            f"build it with processors='{','.join(_PROCESSORS)}'"
        )
    if pipeline.config.get("tokenize_pretokenized"):
        raise ModelError("the Stanza pipeline expects tokenized text: build it without tokenize_pretokenized")


@contextmanager
def _quiet() -> Iterator[None]:
    """Silence Stanza for a while: what matters reaches the user as an exception."""
    logger = logging.getLogger("stanza")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logger.setLevel(level)


@attrs.frozen
class Piece:
    """A stretch of a text that is read without its neighbours: a sentence for certain, or a few.

    Attributes:
        clean: the text that it is of, tidied.
        start: its offset in the tidied text.
        end: the offset behind it.
        given: the text as given.
    """

    clean: layout.CleanText = attrs.field(repr=False)
    start: int
    end: int
    given: str = attrs.field(repr=False)

    @property
    def text(self) -> str:
        """What it says, on one line."""
        return self.clean.text[self.start : self.end].replace("\n", " ")

    @property
    def span(self) -> Span:
        """Where it stands in the text as given."""
        return Span.of(self.given, *self.clean.source(self.start, self.end))


@attrs.frozen
class _Batch:
    """Pieces of texts, joined by blank lines into one text.

    Attributes:
        pieces: the pieces.
        owners: for each of them, the place of the piece that it was cut from.
    """

    pieces: list[Piece]
    owners: list[int]
    text: str = attrs.field(init=False)
    _offsets: list[int] = attrs.field(init=False)

    @text.default
    def _join(self) -> str:
        return "\n\n".join(piece.text for piece in self.pieces)

    @_offsets.default
    def _locate(self) -> list[int]:
        return list(itertools.accumulate((p.end - p.start + 2 for p in self.pieces), initial=0))

    def place(self, offset: int) -> tuple[int, int]:
        """Return in which piece a character of the joined text stands, and where in that piece's tidied text."""
        i = bisect_right(self._offsets, offset) - 1
        return i, self.pieces[i].start + offset - self._offsets[i]

    def source(self, token: tokens.Token) -> Span:
        """Return where a token stands in the text as given."""
        i, start = self.place(token.start)
        piece = self.pieces[i]
        first, end = piece.clean.source(start, start + token.end - token.start)
        return Span.of(
            piece.given, first + piece.given[first].isspace(), end
        )  # a space that the parser read as a hyphen

    def cut(self, offsets: Iterable[int]) -> _Batch:
        """Return the batch with its pieces cut at offsets of the joined text."""
        places: dict[int, list[int]] = {}
        for offset in sorted(offsets):
            i, at = self.place(offset)
            places.setdefault(i, []).append(at)
        pieces: list[Piece] = []
        owners: list[int] = []
        for i, (piece, owner) in enumerate(zip(self.pieces, self.owners, strict=True)):
            inner = [at for at in places.get(i, ()) if piece.start < at < piece.end]
            for start, end in pairwise([piece.start, *inner, piece.end]):
                pieces.append(attrs.evolve(piece, start=start, end=end))
                owners.append(owner)
        return _Batch(pieces, owners)


class StanzaParser:
    """A function from a text to its `Document`, made by `load_parser`; it can be shared between threads."""

    def __init__(self, load: Callable[[], stanza.Pipeline]) -> None:
        """Take the function that gives the pipeline; it is called once, when there is something to parse."""
        self._load = load
        self._networks: Networks | None = None
        self._lock = Lock()

    def __reduce__(self) -> tuple[Any, ...]:
        """Let a parser travel to another process without the model, which is read anew there."""
        return StanzaParser, (self._load,)

    def __call__(self, text: str) -> Document:
        """Parse a text.

        Args:
            text: French text, of any length and layout.

        Returns:
            The trees; all spans are character offsets in ``text``.

        Raises:
            InputTypeError: the text is not a str.
            ModelError: the model cannot be loaded.
        """
        return Document(text, itertools.chain.from_iterable(self.parse(pieces(text))))

    def parse(self, pieces: Sequence[Piece], wanted: Wanted | None = None) -> list[tuple[Sentence, ...]]:
        """Parse pieces, of one text or of several, together.

        Args:
            pieces: the pieces.
            wanted: says of a sentence, before it is parsed, whether it is wanted: it is given the place of its piece,
                and of each word its text, lemma and part of speech.

        Returns:
            For each piece its sentences, those that are not wanted left out; they do not depend on the other pieces.

        Raises:
            ModelError: the model cannot be loaded.
        """
        found: list[list[Sentence]] = [[] for _ in pieces]
        for batch in _batches(pieces):
            with self._lock:
                if self._networks is None:
                    with undisturbed():
                        from newsclaims.inference import networks

                        self._networks = networks(self._load())
                with _quiet():
                    batch, parsed = _parse(self._networks, batch, wanted)
            for sentence, analyses in parsed:
                if analyses:
                    i, _ = batch.place(sentence[0].start)
                    found[batch.owners[i]].append(_sentence(batch, batch.pieces[i].given, sentence, analyses))
        return [tuple(sentences) for sentences in found]


def pieces(text: str) -> list[Piece]:
    """Return the stretches of a text worth parsing, in order: a rule of dashes or a page number is not.

    Raises:
        InputTypeError: the text is not a str.
    """
    if not isinstance(text, str):
        raise InputTypeError(f"the text must be a str, not {type(text).__name__}: decode bytes first")
    clean = layout.clean(text)
    return [
        Piece(clean, start, end, text)
        for block in layout.blocks(clean.text)
        for start, end in layout.pieces(clean.text, *block)
        if any(map(str.isalpha, clean.text[start:end]))
    ]


def _batches(pieces: Sequence[Piece]) -> Iterator[_Batch]:
    first = size = 0
    for i, piece in enumerate(pieces):
        if size and size + piece.end - piece.start > _BATCH_CHARACTERS:
            yield _Batch(list(pieces[first:i]), list(range(first, i)))
            first, size = i, 0
        size += piece.end - piece.start
    if size:
        yield _Batch(list(pieces[first:]), list(range(first, len(pieces))))


def _parse(
    networks: Networks, batch: _Batch, wanted: Wanted | None
) -> tuple[_Batch, Iterator[tuple[list[tokens.Token], list[Analysis]]]]:
    """Return the sentences of a batch, and the batch as it was cut to keep them short."""
    sentences = networks.tokenize(batch.text)
    cuts = [offset for sentence in sentences for offset in _cuts(sentence)]
    if cuts:
        batch = batch.cut(cuts)
        sentences = networks.tokenize(batch.text)
    sentences = tokens.mend(sentences, batch.text, _SENTENCE_WORDS)
    words = [[word for token in sentence for word in token.words] for sentence in sentences]
    if wanted is None:
        return batch, zip(sentences, networks.analyse(words), strict=True)
    asked, pieces = wanted, batch

    def is_wanted(number: int, tagged: Sequence[tuple[str, str]]) -> bool:
        i, _ = pieces.place(sentences[number][0].start)
        return asked(pieces.owners[i], [(form, *tags) for form, tags in zip(words[number], tagged, strict=True)])

    return batch, zip(sentences, networks.analyse(words, is_wanted), strict=True)


def _cuts(sentence: list[tokens.Token]) -> Iterator[int]:
    """Yield the offsets at which to cut an endless sentence: after punctuation if possible."""
    first = 0
    while len(sentence) - first > _SENTENCE_WORDS:
        window = range(first + _SENTENCE_WORDS, first + _SENTENCE_WORDS // 2, -1)
        first = next((i for i in window if not any(map(str.isalnum, sentence[i - 1].text))), window[0])
        yield sentence[first].start


def _sentence(batch: _Batch, given: str, sentence: list[tokens.Token], analyses: list[Analysis]) -> Sentence:
    words: list[Word] = []
    analysed = iter(analyses)
    for token in sentence:
        span = batch.source(token)
        for word in token.words:
            # The words of a multi-word token (du = de + le) have no place and no surface of their own.
            surface = unicodedata.normalize("NFC", _LINE_BREAKS.sub(" ", span.text))
            form = word if len(token.words) > 1 else surface
            analysis = next(analysed)
            words.append(
                Word(
                    id=len(words) + 1,
                    text=form,
                    # the parser may have been given another mark: a comma for a dash
                    lemma=form if analysis.upos == "PUNCT" or not analysis.lemma else analysis.lemma,
                    upos=analysis.upos,
                    xpos=analysis.xpos,
                    feats=analysis.feats,
                    head=analysis.head,
                    deprel=analysis.deprel,
                    span=span,
                )
            )
    return Sentence(words=tuple(words), span=Span.of(given, words[0].span.start, words[-1].span.end))
