"""The whole path of a text, on one screen: parse, mentions, repair, match, resolve, qualify, merge."""

from __future__ import annotations

import datetime
import logging
import os
import sys
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence, Sized
from contextlib import closing
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, TypeGuard

import attrs

from newsclaims.claims import Claim, claim_types, found_in
from newsclaims.errors import InputTypeError, InputValueError, ModelError, NewsclaimsError
from newsclaims.explanation import Explanation, Verdict, explain, verdicts
from newsclaims.loading import undisturbed
from newsclaims.matching import Index, Mended
from newsclaims.parsing import Parser, StanzaParser, load_parser
from newsclaims.reading import Reading
from newsclaims.rules import Rules, builtin_rules
from newsclaims.selection import Selector
from newsclaims.tree import Document
from newsclaims.workers import in_order

if TYPE_CHECKING:
    import stanza

Model: TypeAlias = "str | os.PathLike[str] | stanza.Pipeline | Callable[[str], Document] | None"
Text: TypeAlias = "str | tuple[str, Any]"
Errors: TypeAlias = Literal["raise", "yield", "log"]
_logger = logging.getLogger("newsclaims")

# What `extract_many` reads at once: sentences are parsed fastest with many others of their length. Several workers get
# less towards the end, so that they come to it together.
_WINDOW_CHARACTERS = 1_000_000
_SHARE_CHARACTERS = 250_000
_WINDOW_TEXTS = 1000


class Extractor:
    """Reads texts with one model and one set of rules; make it once and use it for many texts.

    Args:
        model: what parses: None (the model inside the package), a directory with model files, a ready
            ``stanza.Pipeline``, ``"stanza"`` (Stanza's own French models, from its resource directory), or any
            callable ``str -> Document``.
        rules: None (the built-in grammar), or rules from `load_rules`, alone or added to `builtin_rules`.
        device: where the model runs, ``"cpu"`` or a torch device such as ``"cuda"``.
        gate: whether only those parts of a text are parsed from which claims can be read. The claims are the same
            without it. It serves Stanza models, not a parser of your own.

    Attributes:
        parser: the callable that turns a text into a `Document`.

    Raises:
        ModelNotFoundError: model files are missing.
        ModelError: the model does not fit.
        InputTypeError: an argument has another type.
    """

    def __init__(
        self,
        model: Model = None,
        rules: Rules | None = None,
        device: str = "cpu",
        *,
        gate: bool = True,
    ) -> None:
        if rules is not None and not isinstance(rules, Rules):
            raise InputTypeError(f"rules must come from load_rules() or be None, not {type(rules).__name__}")
        self.parser = load_parser(model, device)
        self._grammar = rules
        self._gate = gate

    @cached_property
    def _rules(self) -> Index:
        """The rules, made ready when something is first read: an extractor that travels to workers reads nothing."""
        with undisturbed():
            return Index(builtin_rules() if self._grammar is None else self._grammar)

    @cached_property
    def _selector(self) -> Selector | None:
        """What chooses the pieces to parse; None where all are."""
        if not self._gate or not isinstance(self.parser, StanzaParser):
            return None
        with undisturbed():
            return Selector(self.parser, self._rules)

    def extract(self, text: str, published: datetime.date | None = None) -> list[Claim]:
        """Return the claims of a text, in text order; the same text always gives the same claims.

        Args:
            text: an article, a paragraph or a sentence, in French.
            published: the day of publication, from which « mardi » and « l'an dernier » are reckoned.

        Raises:
            InputTypeError: the text is not a ``str`` or the date not a ``datetime.date``.
        """
        _check(text, published)
        [document] = self._documents([text])
        return self._claims(document, _Origin(self, text, published))

    def extract_document(self, document: Document, published: datetime.date | None = None) -> list[Claim]:
        """Return the claims of a document that is parsed already; `published` as for `extract`."""
        return self._claims(document, _Origin(self, document, published))

    def explain(self, text: str, published: datetime.date | None = None) -> list[Explanation]:
        """Return how each claim of a text is read, in text order; arguments and errors as for `extract`."""
        _check(text, published)
        return _Origin(self, text, published).explanations

    def why_not(
        self, text: str, claim_type: str | type[Claim], published: datetime.date | None = None
    ) -> list[Verdict]:
        """Return what comes of each rule whose trigger stands in a text: where it stops, or which claim it makes.

        Args:
            text: an article, a paragraph or a sentence, in French.
            claim_type: a claim class or its name, such as ``"AcquisitionBid"``.
            published: the day of publication.

        Returns:
            A verdict for each rule and trigger, sentence by sentence, those that got furthest first. Rules that list
            no lemmas for their trigger are told of where their patterns match.

        Raises:
            InputTypeError: the text is not a ``str`` or the date not a ``datetime.date``.
            InputValueError: there is no such claim type.
        """
        _check(text, published)
        name = claim_type if isinstance(claim_type, str) else getattr(claim_type, "__name__", "")
        known = claim_types()
        if name not in known:
            raise InputValueError(f"unknown claim type {claim_type!r}; known types: {', '.join(sorted(known))}")
        reading = self._read(self.parser(text), published)
        rules = [rule for rule in self._rules.finding if rule.claim_type is known[name]]
        return verdicts(rules, reading.document, reading.attempts, reading.found)

    def _documents(self, texts: Sequence[str]) -> list[Document]:
        """Parse of each text what its claims are read from."""
        if self._selector is None:
            return [self.parser(text) for text in texts]
        return self._selector.documents(texts)

    def _claims(self, document: Document, origin: _Origin) -> list[Claim]:
        return [found_in(origin, claim) for claim in self._results(document, origin.published)]

    def _results(self, document: Document, published: datetime.date | None) -> list[Claim]:
        if not document.sentences:
            return []
        return [found.result for found in self._read(document, published).found]

    def _read(self, document: Document, published: datetime.date | None) -> Reading:
        return Reading(document, published, self._rules)

    def extract_many(
        self, texts: Iterable[Text], *, errors: Errors = "raise", workers: int = 1, progress: bool = False
    ) -> Generator[Any, None, None]:
        """Yield the claims of each text, in order; texts are read a window at a time, and parsed together.

        No more than some windows are held in memory, so that the texts may be endless.

        Args:
            texts: texts, or pairs of a text and its context: anything that is to come back with its claims. A context
                that is a ``datetime.date`` is the day of publication.
            errors: what becomes of a text that cannot be read: its error is raised (``"raise"``), stands in the place
                of its claims (``"yield"``), or is logged, with no claims in its place (``"log"``).
            workers: how many processes read. More than one, each with one thread, are started for this call and ended
                with it; model and rules travel there, so a model that is a pipeline of Stanza cannot be used, and a
                function only when it can be pickled.
            progress: whether a bar on the standard error shows how many texts are read, and how fast.

        Yields:
            A list of claims for a text, ``(claims, context)`` for a pair.

        Raises:
            InputTypeError: a text is neither, and errors are raised.
            InputValueError: an argument is none of these, or the model or the rules cannot travel to workers.
            ModelError: the model cannot be loaded, whatever becomes of errors.
            WorkerError: a worker process died.
        """
        if errors not in ("raise", "yield", "log"):
            raise InputValueError(f"errors must be 'raise', 'yield' or 'log', not {errors!r}")
        if not isinstance(workers, int) or workers < 1:
            raise InputValueError(f"workers must be a number of processes, 1 or more, not {workers!r}")
        found = self._extract_many(texts, errors, workers)
        return _shown(found, texts) if progress else found

    def _extract_many(self, texts: Iterable[Text], errors: Errors, workers: int) -> Generator[Any, None, None]:
        taken: deque[list[Text]] = deque()

        def plain() -> Iterator[list[tuple[Any, datetime.date | None]]]:
            for window in _windows(texts, workers):
                taken.append(window)
                yield [_parts(item) for item in window]

        with closing(in_order(self._read_window, plain(), workers)) as found:
            for results in found:
                for item, result in zip(taken.popleft(), results, strict=True):
                    yield self._given(item, result, errors)

    def _given(self, item: Text, result: list[Claim] | Exception, errors: Errors) -> Any:
        """Return the result for a text as the caller wants it."""
        text, published = _parts(item)
        if isinstance(result, Exception):
            if errors == "raise":
                raise result
            if errors == "log":
                _logger.warning("a text was left out: %s", result)
                result = []
        else:
            origin = _Origin(self, text, published)
            for claim in result:
                found_in(origin, claim)
        return (result, item[1]) if _is_pair(item) else result

    def _read_window(self, window: Sequence[tuple[Any, datetime.date | None]]) -> list[list[Claim] | Exception]:
        """Return the claims of texts, or why one of them cannot be read."""
        found: list[list[Claim] | Exception] = [[] for _ in window]
        readable: list[int] = []
        for place, (text, published) in enumerate(window):
            try:
                _check(text, published)
            except NewsclaimsError as error:
                found[place] = error
            else:
                readable.append(place)
        for place, document in zip(readable, self._each_document([window[i][0] for i in readable]), strict=True):
            try:
                if isinstance(document, Exception):
                    raise document
                found[place] = list(self._results(document, window[place][1]))
            except ModelError:
                raise  # no other text can be read either
            except Exception as error:
                found[place] = error
        return found

    def _each_document(self, texts: Sequence[str]) -> list[Document | Exception]:
        """Parse texts together; one that cannot be parsed is found by parsing them one by one."""
        try:
            return list(self._documents(texts))
        except Exception as error:
            if len(texts) == 1 or isinstance(error, ModelError):
                return [error] * len(texts)
            return [document for text in texts for document in self._each_document([text])]

    def __reduce__(self) -> tuple[Any, ...]:
        """Let an extractor travel to another process, which loads the model anew."""
        rules = None if self._grammar is None or self._grammar is builtin_rules() else self._grammar
        return _rebuilt, (self.parser, rules, self._gate)


def _rebuilt(parser: Parser, rules: Rules | None, gate: bool) -> Extractor:
    return Extractor(parser, rules, gate=gate)


def _is_pair(item: object) -> TypeGuard[tuple[Any, Any]]:
    return isinstance(item, tuple) and len(item) == 2


def _parts(item: Text) -> tuple[Any, datetime.date | None]:
    """Return a text and its day of publication."""
    text, context = item if _is_pair(item) else (item, None)
    return text, context if isinstance(context, datetime.date) else None


def _windows(texts: Iterable[Text], workers: int) -> Iterator[list[Text]]:
    """Yield the texts in windows of a bounded length, of which there are enough to keep all workers busy to the end.

    As many windows as there are workers are read ahead. When nothing more comes, each window is a share of what is left
    (guided self-scheduling, Polychronopoulos and Kuck 1987).
    """
    ahead: deque[tuple[Text, int]] = deque()
    size = 0

    def window(share: float) -> list[Text]:
        nonlocal size
        taken: list[Text] = []
        least = size - share
        while ahead and size > least and len(taken) < _WINDOW_TEXTS:
            item, length = ahead.popleft()
            taken.append(item)
            size -= length
        return taken

    for item in texts:
        text, _ = _parts(item)
        ahead.append((item, 1 + (len(text) if isinstance(text, str) else 0)))
        size += ahead[-1][1]
        if size >= workers * _WINDOW_CHARACTERS or len(ahead) >= workers * _WINDOW_TEXTS:
            yield window(size / workers)
    while ahead:
        yield window(size if workers == 1 else max(size / (1.5 * workers), _SHARE_CHARACTERS))


def _shown(found: Generator[Any, None, None], texts: Iterable[Text]) -> Generator[Any, None, None]:
    """Yield results, with a bar on the standard error."""
    from tqdm import tqdm  # comes with Stanza

    total = len(texts) if isinstance(texts, Sized) else None
    with closing(found), tqdm(total=total, unit=" texts", file=sys.stderr) as bar:
        for result in found:
            bar.update()
            yield result


@attrs.define(eq=False, slots=False)
class _Origin:
    """What claims were extracted from, so that it can be read again when somebody asks how."""

    extractor: Extractor
    source: str | Document
    published: datetime.date | None

    @cached_property
    def explanations(self) -> list[Explanation]:
        """How each claim of the source is read."""
        document = self.extractor.parser(self.source) if isinstance(self.source, str) else self.source
        reading = self.extractor._read(document, self.published)
        for found in reading.found:
            found_in(self, found.result)
        return [explain(found, reading.discourse) for found in reading.found]

    def explain(self, claim: Claim) -> Explanation:
        """Return how one of the claims is read."""
        for explanation in self.explanations:
            if explanation.claim == claim:
                return explanation
        raise InputValueError("the text did not give this claim again: its parser does not always give the same tree")


def _check(text: object, published: object) -> None:
    if not isinstance(text, str):
        raise InputTypeError(f"text must be a str, not {type(text).__name__}; decode bytes first: data.decode('utf-8')")
    if published is not None and not isinstance(published, datetime.date):
        raise InputTypeError(f"published must be a datetime.date or None, not {type(published).__name__}")


@cache
def _default() -> Extractor:
    return Extractor()


def extract_claims(text: str, published: datetime.date | None = None) -> list[Claim]:
    """Return the claims of a French text, with the model and the grammar inside the package.

    Args:
        text: an article, a paragraph or a sentence.
        published: the day of publication, from which « mardi » and « l'an dernier » are reckoned.

    Returns:
        The claims in text order, an empty list when there is none.

    Raises:
        InputTypeError: the text is not a ``str``.
    """
    return _default().extract(text, published)


def mended(document: Document) -> Document:
    """Return a parsed document as rules see it: its names and amounts found, its trees repaired."""
    return Mended.of(document).document


def why_not(text: str, claim_type: str | type[Claim], published: datetime.date | None = None) -> list[Verdict]:
    """Return why the rules of a claim type find no claim in a text, with the model and the grammar inside the package.

    Arguments, result and errors are those of `Extractor.why_not`.
    """
    return _default().why_not(text, claim_type, published)
