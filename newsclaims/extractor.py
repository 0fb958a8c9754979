"""The whole path of a text, on one screen: parse, mentions, repair, match, resolve, qualify, merge."""

from __future__ import annotations

import datetime
import itertools
import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import Enum
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, TypeAlias

import attrs

from newsclaims.claims import BidStatus, Claim, Date, Entity, EntityKind, Modality, Money, Percentage, Slot, slots
from newsclaims.coreference import Discourse, surface_subject
from newsclaims.errors import InputTypeError
from newsclaims.lexicon import load
from newsclaims.mentions.dates import find_dates
from newsclaims.mentions.money import find_money, is_rate, resolve_elided
from newsclaims.mentions.names import find_names
from newsclaims.mentions.percentages import find_percentages
from newsclaims.parsing import load_parser
from newsclaims.qualify import bid_status, qualify
from newsclaims.repair import mend
from newsclaims.rules import Rule, Rules, builtin_rules
from newsclaims.semgrex import Match
from newsclaims.spans import Span, SpanIndex
from newsclaims.speech import Report
from newsclaims.timing import date_of
from newsclaims.tree import Document, Sentence, Word

if TYPE_CHECKING:
    import stanza

Model: TypeAlias = "str | os.PathLike[str] | stanza.Pipeline | Callable[[str], Document] | None"
_REACH = 2  # sentences back to which an event mentioned again can refer
Filler: TypeAlias = Entity | Money | Percentage | Date | str | Enum


class Extractor:
    """Reads texts with one model and one set of rules; make it once and use it for many texts.

    Args:
        model: what parses: None (the model inside the package), a directory with model files, a ready
            ``stanza.Pipeline``, ``"stanza"`` (Stanza's own French models, from its resource directory), or any
            callable ``str -> Document``.
        rules: None (the built-in grammar), or rules from `load_rules`, alone or added to `builtin_rules`.
        device: where the model runs, ``"cpu"`` or a torch device such as ``"cuda"``.

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
    ) -> None:
        if rules is not None and not isinstance(rules, Rules):
            raise InputTypeError(f"rules must come from load_rules() or be None, not {type(rules).__name__}")
        self.parser = load_parser(model, device)
        self._rules = _Index(builtin_rules() if rules is None else rules)

    def extract(self, text: str, published: datetime.date | None = None) -> list[Claim]:
        """Return the claims of a text, in text order; the same text always gives the same claims.

        Args:
            text: an article, a paragraph or a sentence, in French.
            published: the day of publication, from which « mardi » and « l'an dernier » are reckoned.

        Raises:
            InputTypeError: the text is not a ``str`` or the date not a ``datetime.date``.
        """
        if not isinstance(text, str):
            raise InputTypeError(
                f"text must be a str, not {type(text).__name__}; decode bytes first: data.decode('utf-8')"
            )
        if published is not None and not isinstance(published, datetime.date):
            raise InputTypeError(f"published must be a datetime.date or None, not {type(published).__name__}")
        return self.extract_document(self.parser(text), published)

    def extract_document(self, document: Document, published: datetime.date | None = None) -> list[Claim]:
        """Return the claims of a document that is parsed already; `published` as for `extract`."""
        reading = _Reading(document, published)
        found: list[Claim] = []
        for index, sentence in enumerate(reading.document.sentences):
            candidates = list(self._rules.candidates(sentence))
            recent = reading.since(found, index - _REACH)
            found.extend(reading.claims(index, sentence, candidates, self._rules, recent))
        return [reading.enriched.get(id(claim), claim) for claim in found]

    def extract_many(self, texts: Iterable[str]) -> Iterator[list[Claim]]:
        """Yield the claims of each text, in order, reading the texts one by one as they are asked for."""
        for text in texts:
            yield self.extract(text)


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
    return _Reading(document, None).document


class _Index:
    """Rules by the lemma of their trigger, so that a sentence without triggers costs nothing."""

    def __init__(self, rules: Rules) -> None:
        self._by_lemma: dict[str, list[tuple[int, Rule]]] = defaultdict(list)
        self._anywhere: list[tuple[int, Rule]] = []
        self._completing: dict[type[Claim], list[Rule]] = defaultdict(list)
        for number, rule in enumerate(rules):
            if rule.completes:
                self._completing[rule.claim_type].append(rule)
            elif rule.triggers is None:
                self._anywhere.append((number, rule))
            else:
                for lemma in rule.triggers:
                    self._by_lemma[lemma].append((number, rule))

    def candidates(self, sentence: Sentence) -> Iterator[tuple[Rule, Match]]:
        """Yield the matches of all rules, in the order of the rules."""
        chosen = dict(self._anywhere)
        for word in sentence.words:
            chosen.update(self._by_lemma.get(word.lemma, ()))
        for _, rule in sorted(chosen.items()):
            for match in rule.pattern.finditer(sentence):
                yield rule, match

    def completing(self, claim_type: type[Claim]) -> list[Rule]:
        """Return the rules that fill further slots of a claim."""
        return self._completing[claim_type]


class _Reading:
    """A document with its mentions found and its actors known."""

    def __init__(self, document: Document, published: datetime.date | None) -> None:
        text = document.text
        money = resolve_elided(text, find_money(text))
        percentages = find_percentages(text)
        taken = [m.mention for m in money] + [p.mention for p in percentages]
        names = find_names(document, taken)
        labelled = [(m.mention, "MONEY") for m in money]
        labelled += [(p.mention, "PERCENT") for p in percentages]
        self.document = mend(document, names, labelled)
        self.discourse = Discourse(self.document, names)
        self.enriched: dict[int, Claim] = {}  # id of a claim -> the claim with what later sentences add to it
        self._money = SpanIndex((m for m in money if not is_rate(text, m)), lambda m: m.mention)
        self._published = published
        self._percentages = SpanIndex(percentages, lambda p: p.mention)

    @cached_property
    def _dates(self) -> SpanIndex[Date]:
        # most texts make no claim, and need no dates
        return SpanIndex(find_dates(self.document.text, self._published), lambda d: d.mention)

    def since(self, claims: list[Claim], index: int) -> list[Claim]:
        """Return the claims from a sentence on, the last first."""
        start = self.document.sentences[max(index, 0)].span.start
        return list(itertools.takewhile(lambda c: c.sentence.start >= start, reversed(claims)))

    def claims(
        self,
        index: int,
        sentence: Sentence,
        candidates: list[tuple[Rule, Match]],
        rules: _Index,
        recent: list[Claim],
    ) -> list[Claim]:
        """Return the claims of a sentence: one for each match, the same mention merged."""
        triggers = {(rule.claim_type, match.nodes["trigger"].id) for rule, match in candidates if not rule.follows}
        found: list[tuple[Claim, Word]] = []
        lemmas = {w.lemma.lower() for w in sentence.words}
        for rule, match in candidates:
            if not lemmas.isdisjoint(rule.unless):
                continue
            words = self._slot_words(sentence, rule, match)
            if words is None:
                continue
            fillers = {node: self._fill(index, rule.claim_type, node, w) for node, w in words.items()}
            if not all(fillers[node] for node in words if _slot(rule.claim_type, node).required):
                continue
            if rule.follows and not any(_slot(rule.claim_type, node).required for node in fillers):
                self._enrich(rule.claim_type, fillers, recent)
                continue
            if rule.follows and not _take_over(rule.claim_type, fillers, recent):
                continue
            trigger = match.nodes["trigger"]
            used = [trigger, *match.nodes.values(), *words.values()]
            others = {t for kind, t in triggers if kind is rule.claim_type and t != trigger.id}
            for completing in rules.completing(rule.claim_type):
                for found_words in self._complete(sentence, completing, match.nodes, words, others):
                    filled = {n: f for n, w in found_words.items() if (f := self._fill(index, rule.claim_type, n, w))}
                    if filled:
                        fillers.update(filled)
                        words.update((node, found_words[node]) for node in filled)
                        used.extend(found_words[node] for node in filled)
                        break
                for slot, value in completing.fixed.items():
                    if slot not in fillers and completing.pattern.search(sentence, {"trigger": trigger}):
                        fillers[slot] = [value]
            found.extend((c, trigger) for c in self._build(index, sentence, rule, trigger, used, fillers))
        return _merge(sentence, found)

    def _enrich(self, claim_type: type[Claim], fillers: Mapping[str, list[Filler]], recent: list[Claim]) -> None:
        """Add actors named in a sentence of their own to the last claim of the type (« Orsol et Vega ont suivi »)."""
        claim = next((c for c in recent if type(c) is claim_type), None)
        if claim is None:
            return
        known = self.enriched.get(id(claim), claim)
        roles = set().union(*_roles(claim).values())
        changes: dict[str, Any] = {}
        for name, values in _grouped(claim_type, fillers).items():
            actors = [v for group in values for v in group if isinstance(v, Entity) and v.named and v.name not in roles]
            if slots(claim_type)[name].many and actors:
                changes[name] = _distinct((*getattr(known, name), *actors))
        if changes:
            self.enriched[id(claim)] = attrs.evolve(known, **changes)

    def _slot_words(self, sentence: Sentence, rule: Rule, match: Match) -> dict[str, Word] | None:
        """Return slot node -> word, subjects included; None when a required subject is missing."""
        words = {node: match.nodes[node] for node, _ in rule.captures(match.nodes)}
        for node, slot in rule.subject.items():
            if node not in match.nodes or slot in words:
                continue
            subject = surface_subject(sentence, match.nodes[node])
            if subject is not None:
                words[slot] = subject
            elif _slot(rule.claim_type, slot).required:
                return None
        return words

    def _complete(
        self, sentence: Sentence, rule: Rule, nodes: Mapping[str, Word], words: Mapping[str, Word], others: set[int]
    ) -> Iterator[dict[str, Word]]:
        """Yield, match by match, the words that a completing rule adds: none twice, none nearer to another trigger."""
        taken = {w.id for w in words.values()}
        bound = {name: word for name, word in nodes.items() if name in rule.pattern.names}
        for match in rule.pattern.finditer(sentence, bound):
            yield {
                node: match.nodes[node]
                for node, slot in rule.captures(match.nodes)
                if slot not in words
                and node not in words
                and match.nodes[node].id not in taken
                and not _nearer(sentence, match.nodes[node], match.nodes["trigger"], others)
            }

    def _fill(self, index: int, claim_type: type[Claim], node: str, word: Word) -> list[Filler]:
        """Return what a word puts into a slot, nothing when it does not fit."""
        kind = _slot(claim_type, node).kind
        if kind is Money:
            return [m] if (m := self._money.at(word.span)) else []
        if kind is Percentage:
            return [p] if (p := self._percentages.at(word.span)) else []
        if kind is Date:
            return [d] if (d := self._dates.at(word.span)) else []
        if kind is Entity:
            if word.ner in ("MONEY", "PERCENT"):
                return []
            return list(self.discourse.fillers(index, word))
        if issubclass(kind, Enum):
            values = load("values").get(kind.__name__) or {member.value: member.value for member in kind}
            value = values.get(word.text.lower()) or values.get(word.lemma)
            return [kind(value)] if value else []
        return [self.discourse.phrase(index, word).text]

    def _build(
        self,
        index: int,
        sentence: Sentence,
        rule: Rule,
        trigger: Word,
        used: list[Word],
        fillers: Mapping[str, list[Filler]],
    ) -> Iterator[Claim]:
        has_status = any(slot.kind is BidStatus for slot in slots(rule.claim_type).values())
        qualification = qualify(sentence, trigger, has_status=has_status)
        values: dict[str, Any] = {
            "evidence": self._evidence(index, sentence, used, fillers),
            "sentence": sentence.span,
            "trigger": trigger.span,
            "modality": qualification.modality,
            "negated": qualification.negated,
            "source": self._source(index, qualification.report),
            "date": date_of(sentence, trigger, self._dates.within(sentence.span)),
            "rule": rule.id,
        }
        fixed = dict(rule.fixed)
        if has_status:
            status = bid_status(sentence, trigger, qualification.modality, qualification.negated, fixed.get("status"))
            fixed["status"] = status
            if status is BidStatus.WITHDRAWN and qualification.negated:
                # giving up is a status, not a denial
                values |= {"negated": False, "modality": Modality.ASSERTED}
        for roles in _distribute(rule.claim_type, fillers):
            if _holds(rule.claim_type, roles):
                yield rule.claim_type(**values, **{**fixed, **roles})

    def _source(self, index: int, report: Report | None) -> Entity | None:
        if report is None or report.speaker.lemma.lower() in load("speech")["anonymous"]:
            return None
        found = [e for e in self.discourse.fillers(index, report.speaker) if e.named]
        return found[0] if found else None

    def _evidence(self, index: int, sentence: Sentence, used: list[Word], fillers: Mapping[str, list[Filler]]) -> Span:
        """Return the clause from the first to the last word that the claim is read from."""
        spans = [w.span for w in used]
        spans += [c.span for w in used for c in sentence.children(w) if c.deprel in ("det", "amod") and not c.ner]
        spans += [
            self.discourse.phrase(index, c)
            for c in sentence.children(used[0])
            if used[0].upos == "VERB" and c.deprel == "obj" and c.upos in ("NOUN", "PROPN")
        ]
        for values in fillers.values():
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


def _take_over(claim_type: type[Claim], fillers: dict[str, list[Filler]], recent: list[Claim]) -> bool:
    """Fill the required slots that are empty from the last claim of the type that agrees with the others."""
    required = [slot.name for slot in slots(claim_type).values() if slot.required]
    here = {name: {e.name for e in fillers.get(name, ()) if isinstance(e, Entity)} for name in required}
    for claim in recent:
        if type(claim) is claim_type and any(here.values()):
            roles = _roles(claim)
            if all(not names or names & roles[name] for name, names in here.items()):
                for name in required:
                    if not here[name]:
                        value = getattr(claim, name)
                        fillers[name] = list(value) if isinstance(value, tuple) else [value]
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


def _holds(claim_type: type[Claim], roles: Mapping[str, Any]) -> bool:
    """Return whether the roles make a claim: all required ones there and fit, nobody in two of them."""
    seen: set[str] = set()
    for slot in slots(claim_type).values():
        if not slot.required:
            continue
        value = roles.get(slot.name)
        values = value if isinstance(value, tuple) else (value,) if value is not None else ()
        actors = [v for v in values if isinstance(v, Entity)]
        names = {a.name for a in actors}
        if not values or len(names) < len(actors) or seen & names:
            return False
        if slot.pairwise and any(a != b and a.startswith(f"{b} ") for a in names for b in names):
            return False  # a maker and its product are no two parties
        if slot.named and not (all if slot.pairwise else any)(a.named for a in actors):
            return False
        if any(a.kind in slot.excluded for a in actors):
            return False
        seen |= names
    return True


def _merge(sentence: Sentence, claims: list[tuple[Claim, Word]]) -> list[Claim]:
    """Return the claims in text order, those of one mention merged into the most complete one."""
    kept: list[tuple[Claim, Word]] = []
    for claim, trigger in claims:
        for i, (other, word) in enumerate(kept):
            if _same_statement(sentence, trigger, word) and _same_mention(claim, other):
                kept[i] = (_joined(other, claim), word)
                break
        else:
            kept.append((claim, trigger))
    return sorted((claim for claim, _ in kept), key=lambda c: (c.evidence.start, c.trigger.start))


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
    if type(a) is not type(b) or not a.evidence.overlaps(b.evidence):
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


def _joined(a: Claim, b: Claim) -> Claim:
    """Return the more complete of two readings of one mention, its empty slots filled from the other."""

    def filled(claim: Claim) -> int:
        return sum(
            len(v) if isinstance(v, tuple) else v is not None
            for v in (getattr(claim, s.name) for s in slots(type(claim)).values())
        )

    best, rest = (b, a) if filled(b) > filled(a) else (a, b)
    changes: dict[str, Any] = {}
    for slot in slots(type(best)).values():
        mine, other = getattr(best, slot.name), getattr(rest, slot.name)
        if slot.many and not slot.required:
            changes[slot.name] = _distinct((*mine, *other))
        elif mine is None and other is not None:
            changes[slot.name] = other
    start, end = min(a.evidence.start, b.evidence.start), max(a.evidence.end, b.evidence.end)
    text = best.sentence.text[start - best.sentence.start : end - best.sentence.start]
    return attrs.evolve(best, evidence=Span(start, end, text), date=best.date or rest.date, **changes)
