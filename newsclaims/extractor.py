"""The whole path of a text, on one screen: parse, mentions, repair, match, resolve, qualify, merge."""

from __future__ import annotations

import datetime
import itertools
import logging
import os
import sys
from collections import defaultdict, deque
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence, Sized
from contextlib import closing
from enum import Enum
from functools import cache, cached_property, partial
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import attrs

from newsclaims.anaphora.subjects import surface_subject
from newsclaims.attribution import Attributions
from newsclaims.claims import (
    BidStatus,
    Claim,
    Date,
    Entity,
    EntityKind,
    Modality,
    Money,
    Percentage,
    Slot,
    claim_types,
    found_in,
    slots,
)
from newsclaims.coreference import Discourse
from newsclaims.errors import InputTypeError, InputValueError, ModelError, NewsclaimsError
from newsclaims.explanation import Explanation, Verdict, explain, verdicts
from newsclaims.lexicon import load
from newsclaims.matching import REACH, Index, Mended
from newsclaims.mentions.dates import find_dates
from newsclaims.parsing import Parser, StanzaParser, load_parser
from newsclaims.qualify import bid_status, qualify
from newsclaims.rules import Rule, Rules, builtin_rules
from newsclaims.selection import Selector
from newsclaims.semgrex import Match
from newsclaims.spans import Span, SpanIndex
from newsclaims.speech import Report, cited
from newsclaims.timing import date_of
from newsclaims.trace import Attempt, End, Filler, Found, Outcome
from newsclaims.tree import Document, Sentence, Word
from newsclaims.workers import in_order

if TYPE_CHECKING:
    import stanza

Model: TypeAlias = "str | os.PathLike[str] | stanza.Pipeline | Callable[[str], Document] | None"
Text: TypeAlias = "str | tuple[str, Any]"
Errors: TypeAlias = Literal["raise", "yield", "log"]
_logger = logging.getLogger("newsclaims")

# What `extract_many` reads at once.
_WINDOW_CHARACTERS = 400_000
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
        self._rules = Index(builtin_rules() if rules is None else rules)
        self._selector = Selector(self.parser, self._rules) if gate and isinstance(self.parser, StanzaParser) else None

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

    def _read(self, document: Document, published: datetime.date | None) -> _Reading:
        reading = _Reading(document, published)
        for index, sentence in enumerate(reading.document.sentences):
            reading.read(index, sentence, list(self._rules.candidates(sentence)), self._rules)
        return reading

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
            for window in _windows(texts):
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
        return _rebuilt, (self.parser, self._grammar, self._selector is not None)


def _rebuilt(parser: Parser, rules: Rules | None, gate: bool) -> Extractor:
    return Extractor(parser, rules, gate=gate)


def _is_pair(item: object) -> bool:
    return isinstance(item, tuple) and len(item) == 2


def _parts(item: Text) -> tuple[Any, datetime.date | None]:
    """Return a text and its day of publication."""
    text, context = item if isinstance(item, tuple) and len(item) == 2 else (item, None)
    return text, context if isinstance(context, datetime.date) else None


def _windows(texts: Iterable[Text]) -> Iterator[list[Text]]:
    """Yield the texts in windows of a bounded length."""
    window: list[Text] = []
    size = 0
    for item in texts:
        window.append(item)
        text, _ = _parts(item)
        size += len(text) if isinstance(text, str) else 0
        if size >= _WINDOW_CHARACTERS or len(window) >= _WINDOW_TEXTS:
            yield window
            window, size = [], 0
    if window:
        yield window


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


class _Reading:
    """A document with its mentions found and its actors known, its claims as far as it has been read."""

    def __init__(self, document: Document, published: datetime.date | None) -> None:
        mended = Mended.of(document)
        self.document = mended.document
        self.discourse = Discourse(self.document, mended.names)
        self.attempts: list[Attempt] = []
        self.found: list[Found] = []
        self._published = published
        self._money = SpanIndex(mended.amounts.money, lambda m: m.mention)
        self._percentages = SpanIndex(mended.amounts.percentages, lambda p: p.mention)
        self._attributions = Attributions(self.discourse)

    @cached_property
    def _dates(self) -> SpanIndex[Date]:
        # most texts make no claim, and need no dates
        return SpanIndex(find_dates(self.document.text, self._published), lambda d: d.mention)

    def _since(self, index: int) -> list[Found]:
        """Return the claims from a sentence on, the last first."""
        start = self.document.sentences[max(index, 0)].span.start
        return list(itertools.takewhile(lambda f: f.claim.sentence.start >= start, reversed(self.found)))

    def read(self, index: int, sentence: Sentence, candidates: list[tuple[Rule, Match]], rules: Index) -> None:
        """Find the claims of a sentence: one for each match, the same mention merged."""
        triggers = {(rule.claim_type, match.nodes["trigger"].id) for rule, match in candidates if not rule.follows}
        recent = self._since(index - REACH)
        found: list[Found] = []
        lemmas = {w.lemma.lower() for w in sentence.words}
        for rule, match in candidates:
            attempt = Attempt(rule, index, sentence, match.nodes)
            self.attempts.append(attempt)
            attempt.end = self._fill_roles(attempt, lemmas, recent)
            if attempt.end is not None:
                continue
            others = {t for kind, t in triggers if kind is rule.claim_type and t != attempt.trigger.id}
            for completing in rules.completing(rule.claim_type):
                self._complete(attempt, completing, others)
            found.extend(Found(c, attempt, attempt.trigger) for c in self._build(attempt))
        self.found.extend(_merge(sentence, found))

    def _fill_roles(self, attempt: Attempt, lemmas: set[str], recent: list[Found]) -> End | None:
        """Fill what a match itself fills; return where it ends, None when it goes on to a claim."""
        rule, words = attempt.rule, attempt.words
        if not lemmas.isdisjoint(rule.unless):
            off = [w.span for w in attempt.sentence.words if w.lemma.lower() in rule.unless]
            return End(Outcome.OTHER_DOMAIN, words=tuple(off))
        words.update((node, attempt.nodes[node]) for node, _ in rule.captures(attempt.nodes))
        for node, slot in rule.subject.items():
            if node not in attempt.nodes or slot in words:
                continue
            subject = surface_subject(attempt.sentence, attempt.nodes[node])
            if subject is not None:
                words[slot] = subject
            elif _slot(rule.claim_type, slot).required:
                return End(Outcome.NO_SUBJECT, slot, (attempt.nodes[node].span,))
        attempt.fillers = {node: self._fill(attempt.index, rule.claim_type, node, w) for node, w in words.items()}
        required = [node for node in words if _slot(rule.claim_type, node).required]
        for node in required:
            if not attempt.fillers[node]:
                return End(Outcome.NOBODY, _slot(rule.claim_type, node).name, (words[node].span,))
        if rule.follows and not required:
            return self._enrich(attempt, recent)
        if rule.follows and not _take_over(attempt, recent):
            return End(Outcome.NOTHING_BEFORE)
        return None

    def _enrich(self, attempt: Attempt, recent: list[Found]) -> End:
        """Add actors named in a sentence of their own to the last claim of the type (« Orsol et Vega ont suivi »)."""
        claim_type = attempt.rule.claim_type
        found = next((f for f in recent if type(f.claim) is claim_type), None)
        if found is None:
            return End(Outcome.NOTHING_BEFORE)
        roles = set().union(*_roles(found.claim).values())
        changes: dict[str, Any] = {}
        for name, values in _grouped(claim_type, attempt.fillers).items():
            actors = [v for group in values for v in group if isinstance(v, Entity) and v.named and v.name not in roles]
            if slots(claim_type)[name].many and actors:
                changes[name] = _distinct((*getattr(found.result, name), *actors))
        if not changes:
            return End(Outcome.UNNAMED)
        found.completed = attrs.evolve(found.result, **changes)
        found.additions.append(attempt)
        return End(Outcome.ADDED)

    def _complete(self, attempt: Attempt, completing: Rule, others: set[int]) -> None:
        """Fill further slots of a claim by a rule that completes it; the first match that fills one counts."""
        claim_type = attempt.rule.claim_type
        for words in self._additions(attempt, completing, others):
            filled = {n: f for n, w in words.items() if (f := self._fill(attempt.index, claim_type, n, w))}
            if filled:
                attempt.fillers.update(filled)
                attempt.words.update((node, words[node]) for node in filled)
                attempt.givers.update(dict.fromkeys(filled, completing))
                break
        for slot, value in completing.fixed.items():
            if slot not in attempt.fillers and completing.pattern.search(
                attempt.sentence, {"trigger": attempt.trigger}
            ):
                attempt.fillers[slot] = [value]
                attempt.givers[slot] = completing

    def _additions(self, attempt: Attempt, rule: Rule, others: set[int]) -> Iterator[dict[str, Word]]:
        """Yield, match by match, the words that a completing rule adds: none twice, none nearer to another trigger."""
        words = attempt.words
        taken = {w.id for w in words.values()}
        bound = {name: word for name, word in attempt.nodes.items() if name in rule.pattern.names}
        for match in rule.pattern.finditer(attempt.sentence, bound):
            yield {
                node: match.nodes[node]
                for node, slot in rule.captures(match.nodes)
                if slot not in words
                and node not in words
                and match.nodes[node].id not in taken
                and not _nearer(attempt.sentence, match.nodes[node], match.nodes["trigger"], others)
            }

    def _fill(self, index: int, claim_type: type[Claim], node: str, word: Word) -> list[Filler]:
        """Return what a word puts into a slot, nothing when it does not fit."""
        slot = _slot(claim_type, node)
        kind = slot.kind
        if kind is Money:
            money = self._money.at(word.span)
            return [money] if money and (money.per is None or money.per in slot.rates) else []
        if kind is Percentage:
            return [p] if (p := self._percentages.at(word.span)) else []
        if kind is Entity:
            if word.ner in ("MONEY", "PERCENT"):
                return []
            # « selon Presselia, Orsol et Vega … »: who is cited does not act, even where the parser counts it in
            speakers = [report.speaker.span for report in cited(self.document.sentences[index])]
            found = self.discourse.fillers(index, word)
            return [e for e in found if not any(e.mention.covers(span) for span in speakers)]
        if kind is Date:
            return [d] if (d := self._dates.at(word.span)) else []
        if issubclass(kind, Enum):
            values = load("values").get(kind.__name__) or {member.value: member.value for member in kind}
            value = values.get(word.text.lower()) or values.get(word.lemma)
            return [kind(value)] if value else []
        return [self.discourse.phrase(index, word).text]

    def _build(self, attempt: Attempt) -> list[Claim]:
        rule, sentence, trigger = attempt.rule, attempt.sentence, attempt.trigger
        has_status = any(slot.kind is BidStatus for slot in slots(rule.claim_type).values())
        qualification = attempt.qualification = qualify(sentence, trigger, has_status=has_status)
        values: dict[str, Any] = {
            "evidence": self._evidence(attempt),
            "sentence": sentence.span,
            "trigger": trigger.span,
            "modality": qualification.modality,
            "negated": qualification.negated,
            "source": self._source(attempt, qualification.reports),
            "date": date_of(sentence, trigger, self._dates.within(sentence.span)),
            "rule": rule.id,
        }
        fixed = dict(rule.fixed)
        if has_status:
            status = bid_status(sentence, trigger, qualification.modality, qualification.negated, fixed.get("status"))
            fixed["status"] = status.value
            attempt.status = status
            if status.value in (BidStatus.WITHDRAWN, BidStatus.REJECTED) and qualification.negated:
                # giving up is a status, not a denial, and what somebody refuses is no plan
                values["negated"] = False
                if qualification.modality is Modality.PLANNED:
                    values["modality"] = Modality.ASSERTED
        claims = []
        for roles in _distribute(rule.claim_type, attempt.fillers):
            flaw = _flaw(rule.claim_type, roles)
            if flaw is None:
                claims.append(rule.claim_type(**values, **{**fixed, **roles}))
            else:
                attempt.end = flaw
        if claims:
            attempt.end = None
        return claims

    def _source(self, attempt: Attempt, reports: Sequence[Report]) -> Entity | None:
        """Return who says it by name."""
        found = self._attributions.of(attempt.index, attempt.trigger, reports)
        if found is None:
            return None
        attempt.attribution = found.index, found.report
        return found.source

    def _evidence(self, attempt: Attempt) -> Span:
        """Return the clause from the first to the last word that the claim is read from."""
        index, sentence = attempt.index, attempt.sentence
        used = [attempt.trigger, *attempt.nodes.values(), *attempt.words.values()]
        spans = [w.span for w in used]
        spans += [c.span for w in used for c in sentence.children(w) if c.deprel in ("det", "amod") and not c.ner]
        spans += [
            self.discourse.phrase(index, c)
            for c in sentence.children(used[0])
            if used[0].upos == "VERB" and c.deprel == "obj" and c.upos in ("NOUN", "PROPN")
        ]
        for values in attempt.fillers.values():
            spans += [m for v in values if (m := getattr(v, "mention", None)) and sentence.span.covers(m)]
        start, end = min(s.start for s in spans), max(s.end for s in spans)
        return Span.of(self.document.text, start, end)


def _slot(claim_type: type[Claim], node: str) -> Slot:
    return slots(claim_type)[node.rstrip("0123456789")]


def _nearer(sentence: Sentence, word: Word, trigger: Word, others: set[int]) -> bool:
    """Return whether a word hangs below another trigger of the same claim type before it reaches this one."""
    for above in sentence.ancestors(word):
        if above.id == trigger.id:
            return False
        if above.id in others:
            return True
    return False


def _take_over(attempt: Attempt, recent: list[Found]) -> bool:
    """Fill the required slots that are empty from the last claim of the type that agrees with the others."""
    claim_type, fillers = attempt.rule.claim_type, attempt.fillers
    required = [slot.name for slot in slots(claim_type).values() if slot.required]
    here = {name: {e.name for e in fillers.get(name, ()) if isinstance(e, Entity)} for name in required}
    for claim in (found.claim for found in recent):
        if type(claim) is claim_type and any(here.values()):
            roles = _roles(claim)
            if all(not names or names & roles[name] for name, names in here.items()):
                for name in required:
                    if not here[name]:
                        value = getattr(claim, name)
                        fillers[name] = list(value) if isinstance(value, tuple) else [value]
                attempt.before = claim
                return True
    return False


def _grouped(claim_type: type[Claim], fillers: Mapping[str, list[Filler]]) -> dict[str, list[list[Filler]]]:
    """Return the fillers of each slot, node by node, those of a slot that it includes among them."""
    groups: dict[str, list[list[Filler]]] = defaultdict(list)
    for node, values in fillers.items():
        if values:
            groups[node.rstrip("0123456789")].append(values)
    for slot in slots(claim_type).values():
        if slot.includes and slot.includes in groups:
            groups[slot.name].extend(groups[slot.includes])
    return groups


def _distribute(claim_type: type[Claim], fillers: Mapping[str, list[Filler]]) -> Iterator[dict[str, Any]]:
    """Yield the slots of each claim: a slot for one actor that several fill makes several claims."""
    groups = _grouped(claim_type, fillers)
    options: list[list[tuple[str, Any]]] = []
    for name, lists in groups.items():
        slot = slots(claim_type)[name]
        if slot.pairwise:
            pairs = itertools.product(*_sides(lists)) if len(lists) > 1 else itertools.combinations(lists[0], 2)
            options.append([(name, _ordered(pair)) for pair in pairs])
        elif slot.many:
            actors = [v for v in itertools.chain(*lists) if isinstance(v, Entity)]
            if any(a.named for a in actors):
                actors = [a for a in actors if a.named or a.kind is not EntityKind.OTHER]
            options.append([(name, _distinct(actors))])
        else:
            named = [v for v in lists[0] if not isinstance(v, Entity) or v.named]
            options.append([(name, v) for v in (named or lists[0][:1])])
    for combination in itertools.product(*options):
        yield dict(combination)


def _sides(lists: list[list[Filler]]) -> list[list[Filler]]:
    """Return the parties on each side; who is coordinated with the other side is not on both (« X et ses rivaux »)."""
    names = [{v.name for v in side if isinstance(v, Entity)} for side in lists]
    others = [set().union(*(other for other in names if other < own)) for own in names]
    return [
        [v for v in side if not isinstance(v, Entity) or v.name not in taken]
        for side, taken in zip(lists, others, strict=True)
    ]


def _distinct(values: Iterable[Any]) -> tuple[Any, ...]:
    """Return actors in text order, each once."""
    found = {v.name: v for v in sorted(values, key=lambda v: -v.mention.start)}
    return tuple(sorted(found.values(), key=lambda v: v.mention.start))


def _ordered(pair: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(sorted(pair, key=lambda e: e.mention.start))


def _flaw(claim_type: type[Claim], roles: Mapping[str, Any]) -> End | None:
    """Return why the roles make no claim, None when they do: all required ones there and fit, nobody in two of them."""
    seen: set[str] = set()
    for slot in slots(claim_type).values():
        if not slot.required:
            continue
        value = roles.get(slot.name)
        values = value if isinstance(value, tuple) else (value,) if value is not None else ()
        actors = [v for v in values if isinstance(v, Entity)]
        names = {a.name for a in actors}
        end = partial(End, slot=slot.name, words=tuple(a.mention for a in actors))
        if not values:
            return end(Outcome.EMPTY)
        if len(names) < len(actors) or seen & names:
            return end(Outcome.TWO_ROLES)
        if slot.pairwise and any(a != b and a.startswith(f"{b} ") for a in names for b in names):
            return end(Outcome.ONE_FAMILY)
        bodies = load("institutions")["bodies"] if slot.bodies else ()
        if slot.named and not (all if slot.pairwise else any)(a.named or a.name.lower() in bodies for a in actors):
            return end(Outcome.UNNAMED)
        if any(a.kind in slot.excluded for a in actors):
            return end(Outcome.OTHER_KIND)
        seen |= names
    return None


def _merge(sentence: Sentence, found: list[Found]) -> list[Found]:
    """Return the claims in text order, those of one mention merged into the most complete one."""
    kept: list[Found] = []
    for new in found:
        for old in kept:
            if _same_statement(sentence, new.trigger, old.trigger) and _same_mention(new.claim, old.claim):
                _join(old, new)
                break
        else:
            kept.append(new)
    return sorted(kept, key=lambda f: (f.claim.evidence.start, f.claim.trigger.start))


def _same_statement(sentence: Sentence, a: Word, b: Word) -> bool:
    """Return whether two triggers belong to one statement: one clause, or a clause inside the other's."""
    paths = []
    for word in (a, b):
        above = [word, *sentence.ancestors(word)]
        paths.append(next((i for i, w in enumerate(above) if w.upos == "VERB"), len(above) - 1))
    verb, other = ([w, *sentence.ancestors(w)][i] for w, i in zip((a, b), paths, strict=True))
    if verb.id == other.id:
        return True
    for low, high in ((verb, other), (other, verb)):
        path = [low, *sentence.ancestors(low)]
        if high in path:
            return not any(w.deprel == "conj" for w in path[: path.index(high)])
    return False


def _roles(claim: Claim) -> dict[str, frozenset[str]]:
    found = {}
    for slot in slots(type(claim)).values():
        if slot.required:
            value = getattr(claim, slot.name)
            found[slot.name] = frozenset(e.name for e in (value if isinstance(value, tuple) else (value,)))
    return found


def _same_mention(a: Claim, b: Claim) -> bool:
    if type(a) is not type(b) or a.negated != b.negated or not a.evidence.overlaps(b.evidence):
        return False
    mine, theirs = _roles(a), _roles(b)
    if not all(mine[name] & theirs[name] for name in mine):
        return False
    if any(len(mine[n]) == 2 and mine[n] != theirs[n] for n in mine if slots(type(a))[n].pairwise):
        return False
    return all(
        getattr(a, s.name) is None or getattr(b, s.name) is None or getattr(a, s.name) == getattr(b, s.name)
        for s in slots(type(a)).values()
        if s.kind in (Money, Percentage) and not s.many
    )


def _join(old: Found, new: Found) -> None:
    """Keep the more complete of two readings of one mention, its empty slots filled from the other."""

    def filled(claim: Claim) -> int:
        return sum(
            len(v) if isinstance(v, tuple) else v is not None
            for v in (getattr(claim, s.name) for s in slots(type(claim)).values())
        )

    a, b = old.claim, new.claim
    better = filled(b) > filled(a)
    best, rest = (b, a) if better else (a, b)
    changes: dict[str, Any] = {}
    for slot in slots(type(best)).values():
        mine, other = getattr(best, slot.name), getattr(rest, slot.name)
        if slot.many and not slot.required:
            changes[slot.name] = _distinct((*mine, *other))
        elif mine is None and other is not None:
            changes[slot.name] = other
    start, end = min(a.evidence.start, b.evidence.start), max(a.evidence.end, b.evidence.end)
    text = best.sentence.text[start - best.sentence.start : end - best.sentence.start]
    old.claim = attrs.evolve(best, evidence=Span(start, end, text), date=best.date or rest.date, **changes)
    old.attempt, other_attempt = (new.attempt, old.attempt) if better else (old.attempt, new.attempt)
    old.others.append(other_attempt)
