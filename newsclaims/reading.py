"""Reading: from a parsed document to its claims, sentence by sentence: match, resolve, qualify, merge."""

from __future__ import annotations

import datetime
import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum
from functools import cached_property, partial
from typing import Any

import attrs

from newsclaims.anaphora.subjects import surface_subject
from newsclaims.anaphora.words import qualifies_shareholder
from newsclaims.attribution import Attributions
from newsclaims.claims import BidStatus, Claim, Date, Entity, EntityKind, Modality, Money, Percentage, Slot, slots
from newsclaims.coreference import Discourse
from newsclaims.lexicon import load
from newsclaims.matching import REACH, Index, Mended
from newsclaims.mentions.dates import find_dates
from newsclaims.merging import distinct, merge, roles
from newsclaims.qualify import bid_status, is_by_the_way, is_settled, qualify
from newsclaims.rules import Rule, slot_name
from newsclaims.semgrex import Graph, Match
from newsclaims.spans import Span, SpanIndex
from newsclaims.speech import Report, cited
from newsclaims.timing import date_of
from newsclaims.trace import Attempt, End, Filler, Found, Outcome
from newsclaims.tree import Document, Sentence, Word


class Reading:
    """A document with its mentions found, its actors known and its claims read.

    Args:
        document: the document.
        published: its day of publication.
        rules: the rules.

    Attributes:
        document: the document, its trees repaired.
        discourse: its actors.
        attempts: the matches of rules, and how far each got.
        found: its claims, in text order.
    """

    def __init__(self, document: Document, published: datetime.date | None, rules: Index) -> None:
        mended = Mended.of(document)
        self.document = mended.document
        self.discourse = Discourse(self.document, mended.names)
        self.attempts: list[Attempt] = []
        self.found: list[Found] = []
        self._published = published
        self._rules = rules
        self._money = SpanIndex(mended.amounts.money, lambda m: m.mention)
        self._percentages = SpanIndex(mended.amounts.percentages, lambda p: p.mention)
        self._attributions = Attributions(self.discourse)
        self._speakers: dict[int, list[Span]] = {}  # who is cited, by sentence
        self._premises: list[Attempt] = []  # the matches that make no claim and tell roles of events behind them
        for index, sentence in enumerate(self.document.sentences):
            self._read(index, sentence, list(rules.candidates(sentence)))

    @cached_property
    def _dates(self) -> SpanIndex[Date]:
        # most texts make no claim, and need no dates
        return SpanIndex(find_dates(self.document.text, self._published), lambda d: d.mention)

    def _cited(self, index: int) -> list[Span]:
        """Return who is cited in a sentence."""
        if index not in self._speakers:
            self._speakers[index] = [report.speaker.span for report in cited(self.document.sentences[index])]
        return self._speakers[index]

    def _since(self, index: int) -> list[Found]:
        """Return the claims from a sentence on, the last first."""
        start = self.document.sentences[max(index, 0)].span.start
        return list(itertools.takewhile(lambda f: f.claim.sentence.start >= start, reversed(self.found)))

    def _read(self, index: int, sentence: Sentence, candidates: list[tuple[Rule, Match]]) -> None:
        """Find the claims of a sentence: one for each match, the same mention merged."""
        triggers = {
            (rule.claim_type, match.nodes["trigger"].id)
            for rule, match in candidates
            if not (rule.follows or rule.premise)
        }
        recent = self._since(index - REACH)
        found: list[Found] = []
        lemmas = {w.lemma.lower() for w in sentence.words}
        graph = Graph(sentence)
        for rule, match in sorted(candidates, key=lambda candidate: not candidate[0].premise):
            attempt = Attempt(rule, index, sentence, match.nodes)
            self.attempts.append(attempt)
            attempt.end = self._fill_roles(attempt, lemmas, recent)
            if attempt.end is not None:
                continue
            others = {t for kind, t in triggers if kind is rule.claim_type and t != attempt.trigger.id}
            for completing in self._rules.completing(rule.claim_type):
                self._complete(attempt, completing, others, graph)
            found.extend(Found(c, attempt, attempt.trigger) for c in self._build(attempt))
        self.found.extend(merge(sentence, found))

    def _fill_roles(self, attempt: Attempt, lemmas: set[str], recent: list[Found]) -> End | None:
        """Fill what a match itself fills; return where it ends, None when it goes on to a claim."""
        rule, words = attempt.rule, attempt.words
        if off := rule.ruled_out_by(lemmas):
            found = [w.span for w in attempt.sentence.words if w.lemma.lower() in off]
            return End(Outcome.OTHER_DOMAIN, words=tuple(found))
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
        if rule.premise:
            self._premises.append(attempt)
            return End(Outcome.PREMISE)
        if rule.follows and not required:
            return self._enrich(attempt, recent)
        if rule.follows and not (_take_over(attempt, recent) or (rule.presumes and self._presume(attempt))):
            return End(Outcome.NOTHING_BEFORE)
        return None

    def _presume(self, attempt: Attempt) -> bool:
        """Fill the required slots that are empty from the last premise of the type; return whether all are full."""
        claim_type, fillers = attempt.rule.claim_type, attempt.fillers
        for premise in reversed(self._premises):
            if premise.index < attempt.index - REACH:
                return False
            if premise.rule.claim_type is claim_type:
                told = {slot_name(node) for node in fillers}
                added = {n: f for n, f in premise.fillers.items() if slot_name(n) not in told}
                if told.union(added).issuperset(s.name for s in slots(claim_type).values() if s.required):
                    fillers.update(added)
                    attempt.before = self._evidence(premise)
                    return True
        return False

    def _enrich(self, attempt: Attempt, recent: list[Found]) -> End:
        """Add actors named in a sentence of their own to the last claim of the type (« Orsol et Vega ont suivi »)."""
        claim_type = attempt.rule.claim_type
        found = next((f for f in recent if type(f.claim) is claim_type), None)
        if found is None:
            return End(Outcome.NOTHING_BEFORE)
        known = set().union(*roles(found.claim).values())
        changes: dict[str, Any] = {}
        for name, values in _grouped(claim_type, attempt.fillers).items():
            actors = [v for group in values for v in group if isinstance(v, Entity) and v.named and v.name not in known]
            if slots(claim_type)[name].many and actors:
                changes[name] = distinct((*getattr(found.result, name), *actors))
        if not changes:
            return End(Outcome.UNNAMED)
        found.completed = attrs.evolve(found.result, **changes)
        found.additions.append(attempt)
        return End(Outcome.ADDED)

    def _complete(self, attempt: Attempt, completing: Rule, others: set[int], graph: Graph) -> None:
        """Fill further slots of a claim by a rule that completes it; the first match that fills one counts."""
        claim_type = attempt.rule.claim_type
        for words in self._additions(attempt, completing, others, graph):
            filled = {n: f for n, w in words.items() if (f := self._fill(attempt.index, claim_type, n, w))}
            if filled:
                attempt.fillers.update(filled)
                attempt.words.update((node, words[node]) for node in filled)
                attempt.givers.update(dict.fromkeys(filled, completing))
                break
        for slot, value in completing.fixed.items():
            if slot not in attempt.fillers and completing.pattern.search(graph, {"trigger": attempt.trigger}):
                attempt.fillers[slot] = [value]
                attempt.givers[slot] = completing

    def _additions(self, attempt: Attempt, rule: Rule, others: set[int], graph: Graph) -> Iterator[dict[str, Word]]:
        """Yield, match by match, the words that a completing rule adds: none twice, none nearer to another trigger.

        A numbered node of a slot for several actors adds to those who fill it, any other fills what is empty.
        """
        words, known = attempt.words, slots(attempt.rule.claim_type)
        taken = {w.id for w in words.values()}
        bound = {name: word for name, word in attempt.nodes.items() if name in rule.pattern.names}
        for match in rule.pattern.finditer(graph, bound):
            yield {
                node: match.nodes[node]
                for node, slot in rule.captures(match.nodes)
                if node not in words
                and (slot not in words or (known[slot].many and node != slot))
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
            counts = word.ner in ("MONEY", "PERCENT")
            if (counts or qualifies_shareholder(self.document.sentences[index], word)) and not (
                self.discourse.is_resolved(index, word)
            ):
                return []
            # « selon Presselia, Orsol et Vega … »: who is cited does not act, even where the parser counts it in
            speakers = self._cited(index)
            found = self.discourse.fillers(index, word)
            meant = next((e for e in found if e.mention.covers(word.span)), None)
            if meant is not None:
                # « premier actionnaire de Vega, devant Luma (9 %) »: a share tells shareholders from a company
                alike = slot.many or self._share_of(meant) is not None
                found = [
                    e for e in found if e is meant or ((alike or not self._share_of(e)) and not self._elides(index, e))
                ]
            return [e for e in found if not any(e.mention.covers(span) for span in speakers)]
        if kind is Date:
            return [d] if (d := self._dates.at(word.span)) else []
        if issubclass(kind, Enum):
            values = load("values").get(kind.__name__) or {member.value: member.value for member in kind}
            value = values.get(word.text.lower()) or values.get(word.lemma)
            return [kind(value)] if value else []
        return [self.discourse.phrase(index, word).text]

    def _elides(self, index: int, actor: Entity) -> bool:
        """Return whether a name begins a clause that does not say its verb again (« 20 % de Vega et Luma 30 % »)."""
        mention = actor.mention
        behind = Span(mention.end + 1, mention.end + 2)
        if (share := self._percentages.at(behind)) is not None:
            return share.mention.start == behind.start
        money = self._money.at(behind)
        before = Span(self.document.sentences[index].span.start, mention.start)
        return money is not None and money.mention.start == behind.start and bool(self._money.within(before))

    def _apart(self, claim_type: type[Claim], filled: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """Yield the slots of a claim, those of who has a share of his own apart (« Orsol (40 %) et Luma (60 %) »)."""
        known = slots(claim_type).values()
        share = next((s.name for s in known if s.kind is Percentage and not s.many), None)
        if share is None:
            yield filled
            return
        actors = next((s.name for s in known if s.many and s.required and not s.pairwise and filled.get(s.name)), None)
        held = [own for v in filled.values() if isinstance(v, Entity) and (own := self._share_of(v))]
        given = held[0] if held else filled.get(share)
        if actors is None:
            yield {**filled, share: given}
            return
        shares = [(actor, self._share_of(actor)) for actor in filled[actors]]
        if rest := tuple(actor for actor, own in shares if own is None):
            yield {**filled, actors: rest, share: None if any(given == own for _, own in shares) else given}
        yield from ({**filled, actors: (actor,), share: own} for actor, own in shares if own)

    def _share_of(self, actor: Entity) -> Percentage | None:
        """Return the share that stands in parentheses behind an actor."""
        start = actor.mention.end
        if self.document.text[start : start + 2] != " (":
            return None
        found = self._percentages.at(Span(start + 2, start + 3))
        return found if found and found.mention.start == start + 2 else None

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
            ended = status.value in (BidStatus.WITHDRAWN, BidStatus.REJECTED, BidStatus.BLOCKED)
            if ended and (qualification.negated or is_settled(qualification)):
                # giving up is a status, not a denial, and what somebody refuses is no plan
                values["negated"] = False
                if qualification.modality is Modality.PLANNED:
                    values["modality"] = Modality.ASSERTED
        claims = []
        together = _distribute(rule.claim_type, attempt.fillers)
        for filled in itertools.chain.from_iterable(self._apart(rule.claim_type, t) for t in together):
            flaw = _flaw(rule.claim_type, filled)
            if flaw is None:
                claims.append(rule.claim_type(**values, **{**fixed, **filled}))
            else:
                attempt.end = flaw
        if claims:
            attempt.end = None
        return claims

    def _source(self, attempt: Attempt, reports: Sequence[Report]) -> Entity | None:
        """Return who says it by name."""
        if is_by_the_way(attempt.sentence, attempt.trigger) and not self.discourse.quotations.covers(attempt.trigger):
            return None
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
    return slots(claim_type)[slot_name(node)]


def _nearer(sentence: Sentence, word: Word, trigger: Word, others: set[int]) -> bool:
    """Return whether a word hangs below another trigger of the same claim type before it reaches this one."""
    for above in sentence.ancestors(word):
        if above.id == trigger.id:
            return False
        if above.id in others:
            return True
    return False


def _take_over(attempt: Attempt, recent: list[Found]) -> bool:
    """Fill the required slots that are empty from the last claim of the type that agrees with the others.

    A pair is completed by its other half, and none of it is another's (« Vega conteste les chiffres de son rival »).
    """
    claim_type, fillers = attempt.rule.claim_type, attempt.fillers
    required = [slot for slot in slots(claim_type).values() if slot.required]
    here: dict[str, set[str]] = {slot.name: set() for slot in required}
    nodes = {name: node for node in reversed(fillers) if (name := slot_name(node)) in here}
    for node, values in fillers.items():
        if (name := slot_name(node)) in here:
            here[name].update(e.name for e in values if isinstance(e, Entity))
    for claim in (found.claim for found in recent):
        if type(claim) is claim_type and any(here.values()):
            taken = roles(claim)
            known = [(slot, here[slot.name], taken[slot.name]) for slot in required if here[slot.name]]
            if all(names <= others if slot.pairwise else names & others for slot, names, others in known):
                for slot in required:
                    value = getattr(claim, slot.name)
                    given = list(value) if isinstance(value, tuple) else [value]
                    if not here[slot.name]:
                        fillers[slot.name] = given
                    elif slot.pairwise and len(here[slot.name]) == 1:
                        node = nodes[slot.name]
                        fillers[node] = [*fillers[node][:1], *(e for e in given if e.name not in here[slot.name])]
                attempt.before = claim.evidence
                return True
    return False


def _grouped(claim_type: type[Claim], fillers: Mapping[str, list[Filler]]) -> dict[str, list[list[Filler]]]:
    """Return the fillers of each slot, node by node, those of a slot that it includes among them."""
    groups: dict[str, list[list[Filler]]] = defaultdict(list)
    for node, values in fillers.items():
        if values:
            groups[slot_name(node)].append(values)
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
            options.append([(name, distinct(actors))])
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


def _ordered(pair: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(sorted(pair, key=lambda e: e.mention.start))


def _flaw(claim_type: type[Claim], filled: Mapping[str, Any]) -> End | None:
    """Return why the roles make no claim, None when they do: all required ones there and fit, nobody in two of them."""
    seen: set[str] = set()
    for slot in slots(claim_type).values():
        if not slot.required:
            continue
        value = filled.get(slot.name)
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
