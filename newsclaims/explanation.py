"""Explanations: how a claim was read, and where the rules that made none stopped.

They are made from the trace of a reading, as text and as data, and decide nothing themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any

import attrs

from newsclaims import display
from newsclaims.claims import BidStatus, Claim, Entity, Slot, slots
from newsclaims.coreference import Because, Discourse, Step
from newsclaims.matching import has_wording
from newsclaims.rules import Rule, slot_name
from newsclaims.spans import Span
from newsclaims.trace import Attempt, End, Filler, Found, Outcome
from newsclaims.tree import Document, Sentence, Word

_WITH_VERB = frozenset({"advmod", "amod", "aux", "case", "cop", "fixed", "mark"})
_COLUMN, _WIDEST = 12, 160  # characters of a heading, and of a line that shows a part of a pattern


class Means(StrEnum):
    """By what a slot was filled."""

    NODE = "node"
    SUBJECT = "subject of"
    FIXED = "set by the rule"
    BEFORE = "taken from the claim before"


class Ground(StrEnum):
    """Why a claim is held as it is and attributed to whom it is."""

    NOTHING = "nothing around the trigger says otherwise"
    WORDS = "these words say so"
    AFFIRMED = "two denials affirm"
    IN_STATUS = "the status says it already"
    NO_SPEAKER = "nobody is said to say it"
    UNNAMED_SPEAKER = "who says it has no name"


@attrs.frozen(kw_only=True)
class Role:
    """How one slot got one value.

    Attributes:
        slot: the slot.
        value: what fills it.
        rule: id of the rule that filled it.
        means: by what.
        node: the node of the rule's pattern, or the one whose subject it is; empty for what no node gives.
        words: the words of the node, of its subject or of the claim before; None for what no words give.
        steps: how the words came to stand for an actor; empty for what is none.
    """

    slot: str
    value: Filler
    rule: str
    means: Means
    node: str = ""
    words: Span | None = None
    steps: tuple[Step, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the role as JSON-ready values."""
        return _record(self)


@attrs.frozen(kw_only=True)
class Decision:
    """What a field says of the whole claim, and why.

    Attributes:
        value: the field's value.
        because: why.
        words: the words that decided it.
        steps: how words came to stand for an actor, of a source.
    """

    value: Any
    because: StrEnum
    words: tuple[Span, ...] = ()
    steps: tuple[Step, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the decision as JSON-ready values."""
        return _record(self)


@attrs.frozen(kw_only=True)
class Explanation:
    """How a claim was read; ``str`` tells it in text.

    Attributes:
        claim: the claim.
        summary: what construction its rule reads.
        nodes: the words that the nodes of the rule's pattern stand for.
        roles: how each value of each slot came there.
        modality: what decided how the text holds the claim.
        negated: what decided whether the text denies it.
        source: what decided to whom the text attributes it.
        status: what decided how far a bid has come, None for another claim.
        others: ids of the other rules that read the same mention.
        additions: ids of the rules that added actors from later sentences.
    """

    claim: Claim
    summary: str
    nodes: Mapping[str, Span]
    roles: tuple[Role, ...]
    modality: Decision
    negated: Decision
    source: Decision
    status: Decision | None = None
    others: tuple[str, ...] = ()
    additions: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the explanation as JSON-ready values."""
        return _record(self)

    def __str__(self) -> str:
        """Return the explanation for people to read, a line a fact."""
        lines = [
            "  ".join(cell for cell in display.row(self.claim)[:-1] if cell),
            f"  {display.quoted(self.claim.evidence)}",
            _line("rule", f"{self.claim.rule}: {self.summary}"),
        ]
        lines += [_line("", f"{name} = {display.quoted(words)}") for name, words in self.nodes.items()]
        for role in self.roles:
            by = f" ({role.rule})" if role.rule != self.claim.rule else ""
            words = f" {display.quoted(role.words)}" if role.words else ""
            means = f"{role.means} {role.node}" if role.node else str(role.means)
            lines.append(_line(role.slot.replace("_", " "), f"{display.value(role.value)}: {means}{words}{by}"))
            lines += _told(role.steps)
        decisions = {"status": self.status, "modality": self.modality, "negated": self.negated, "source": self.source}
        for name, decision in decisions.items():
            if decision is not None:
                lines.append(_line(name, _shown(decision)))
                lines += _told(decision.steps)
        if self.claim.date is not None:
            lines.append(_line("date", display.value(self.claim.date)))
        for name, ids in (("read by", self.others), ("added by", self.additions)):
            lines += [_line(name, id_) for id_ in ids]
        return "\n".join(lines)


@attrs.frozen(kw_only=True)
class Verdict:
    """What came of one rule at one word that is its trigger; ``str`` tells it in text.

    Attributes:
        rule: id of the rule.
        summary: what construction it reads.
        trigger: the word.
        sentence: the sentence that it stands in.
        outcome: what came of it.
        slot: the role that it failed at, empty when at none.
        words: the words that it failed at.
        failure: the part of the pattern that fails, or the wording that is missing; empty when none does.
        claim: the claim that it made or that its mention belongs to, None when there is none.
    """

    rule: str
    summary: str
    trigger: Span
    sentence: Span
    outcome: Outcome
    slot: str = ""
    words: tuple[Span, ...] = ()
    failure: str = ""
    claim: Claim | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return the verdict as JSON-ready values."""
        return _record(self)

    def __str__(self) -> str:
        """Return the verdict on one line."""
        told = f"{self.rule} at {display.quoted(self.trigger)}: {self.outcome}"
        if self.failure:
            return display.cut(f"{told}: {self.failure}", _WIDEST)
        about = [self.slot, " ".join(map(display.quoted, self.words))]
        if self.claim is not None:
            about = ["  ".join(cell for cell in display.row(self.claim)[:-1] if cell), f"({self.claim.rule})"]
        shown = " ".join(part for part in about if part)
        return f"{told}: {shown}" if shown else told


def explain(found: Found, discourse: Discourse) -> Explanation:
    """Return how a claim was read."""
    claim, attempt = found.result, found.attempt
    attempts = [attempt, *found.others, *found.additions]
    roles = [_role(slot, value, attempts, discourse) for slot, value in _values(claim)]
    return Explanation(
        claim=claim,
        summary=attempt.rule.summary,
        nodes={name: _whole(word, attempt) for name, word in attempt.nodes.items()},
        roles=tuple(roles),
        modality=_modality(attempt, claim),
        negated=_negation(attempt, claim),
        source=_source(attempt, claim, discourse),
        status=None if attempt.status is None else Decision(value=attempt.status.value, because=attempt.status.because),
        others=tuple(other.rule.id for other in found.others),
        additions=tuple(addition.rule.id for addition in found.additions),
    )


def verdicts(rules: Iterable[Rule], document: Document, attempts: list[Attempt], found: list[Found]) -> list[Verdict]:
    """Return what came of each rule at each word that is its trigger, those that got furthest first in each sentence.

    Args:
        rules: the rules to ask about; those that list no lemmas for their trigger are told of where they match.
        document: the document as the rules saw it.
        attempts: the matches of all rules in it.
        found: the claims made of them.
    """
    claims = {id(a): (Outcome.MERGED, one.result) for one in found for a in (*one.others, *one.additions)}
    claims |= {id(one.attempt): (Outcome.FOUND, one.result) for one in found}
    told: list[tuple[int, int, int, Verdict]] = []
    for number, rule in enumerate(rules):
        for index, sentence in enumerate(document.sentences):
            matched = [a for a in attempts if a.rule is rule and a.index == index]
            for attempt in matched:
                verdict = _ended(attempt, *claims.get(id(attempt), (None, None)))
                told.append((index, -_RANK[verdict.outcome], number, verdict))
            for word in sentence.words:
                if word.lemma in (rule.triggers or ()) and all(a.trigger.id != word.id for a in matched):
                    held, verdict = _failed(rule, sentence, word)
                    told.append((index, -held, number, verdict))
    return list(dict.fromkeys(verdict for *_, verdict in sorted(told, key=lambda item: item[:3])))


_RANK = {outcome: 10_000 * number for number, outcome in enumerate(Outcome)}  # more than a pattern has tests


def _failed(rule: Rule, sentence: Sentence, trigger: Word) -> tuple[int, Verdict]:
    """Return how many tests of a rule hold at a word where it does not match, and which is the first that fails."""
    worded = has_wording(rule, sentence)
    failure = rule.pattern.furthest(sentence, {"trigger": trigger}) if worded else None
    told = "" if worded or rule.wording is None else f"no /{rule.wording.pattern}/ in its sentence"
    return 0 if failure is None else failure.held, Verdict(
        rule=rule.id,
        summary=rule.summary,
        trigger=trigger.span,
        sentence=sentence.span,
        outcome=Outcome.NO_MATCH,
        words=() if failure is None or failure.word is None else (failure.word.span,),
        failure=told or str(failure or ""),
    )


def _ended(attempt: Attempt, outcome: Outcome | None, claim: Claim | None) -> Verdict:
    end = attempt.end or End(outcome or Outcome.EMPTY)
    return Verdict(
        rule=attempt.rule.id,
        summary=attempt.rule.summary,
        trigger=attempt.trigger.span,
        sentence=attempt.sentence.span,
        outcome=end.outcome,
        slot=end.slot,
        words=end.words,
        claim=claim,
    )


def _values(claim: Claim) -> Iterator[tuple[Slot, Filler]]:
    """Yield the values that words or rules put into the slots of a claim."""
    for name, slot in slots(type(claim)).items():
        value = getattr(claim, name)
        if slot.kind is not BidStatus:  # which is decided like the modality
            for filler in value if isinstance(value, tuple) else (value,):
                if filler is not None:
                    yield slot, filler


def _role(slot: Slot, value: Filler, attempts: Sequence[Attempt], discourse: Discourse) -> Role:
    """Return how a value came into a slot, from the first match that put it there."""
    for attempt in attempts:
        for node, fillers in attempt.fillers.items():
            if value in fillers and slot_name(node) in (slot.name, slot.includes):
                return _filled(attempt, slot, node, value, discourse)
    attempt = next(a for a in attempts if slot.name in a.rule.fixed)
    return Role(slot=slot.name, value=value, rule=attempt.rule.id, means=Means.FIXED)


def _filled(attempt: Attempt, slot: Slot, node: str, value: Filler, discourse: Discourse) -> Role:
    giver, word = attempt.givers.get(node, attempt.rule), attempt.words.get(node)
    if word is None:
        before = None if node in attempt.givers else attempt.before
        means = Means.BEFORE if before else Means.FIXED
        return Role(slot=slot.name, value=value, rule=giver.id, means=means, words=before)
    subject_of = next((n for n, filled in giver.subject.items() if filled == node and node not in attempt.nodes), "")
    return Role(
        slot=slot.name,
        value=value,
        rule=giver.id,
        means=Means.SUBJECT if subject_of else Means.NODE,
        node=subject_of or node,
        words=_whole(word, attempt),
        steps=tuple(discourse.steps(attempt.index, word, value.name)) if isinstance(value, Entity) else (),
    )


def _whole(word: Word, attempt: Attempt) -> Span:
    """Return the whole name or amount that a word of a pattern stands for, the word itself elsewhere."""
    fillers = (value for node, values in attempt.fillers.items() if attempt.words.get(node) == word for value in values)
    mentions = (mention for value in fillers if (mention := getattr(value, "mention", None)) is not None)
    return next((mention for mention in mentions if mention.start <= word.span.start < mention.end), word.span)


def _modality(attempt: Attempt, claim: Claim) -> Decision:
    found = attempt.qualification
    assert found is not None, "a match that made a claim was qualified"
    words = _group(attempt.sentence, found.decided_by)
    because = Ground.WORDS if words else Ground.NOTHING
    if claim.modality is not found.modality:
        because = Ground.IN_STATUS
    return Decision(value=claim.modality, because=because, words=words)


def _negation(attempt: Attempt, claim: Claim) -> Decision:
    found = attempt.qualification
    assert found is not None, "a match that made a claim was qualified"
    words = tuple(span for word in found.denied_by for span in _group(attempt.sentence, word))
    if not words:
        because = Ground.NOTHING
    elif claim.negated:
        because = Ground.WORDS
    else:
        because = Ground.IN_STATUS if found.negated else Ground.AFFIRMED
    return Decision(value=claim.negated, because=because, words=words)


def _source(attempt: Attempt, claim: Claim, discourse: Discourse) -> Decision:
    if attempt.attribution is None:
        return Decision(value=None, because=Ground.NO_SPEAKER)
    index, report = attempt.attribution
    speaker = report.speaker.span
    if claim.source is not None and claim.source.mention.overlaps(speaker):
        speaker = claim.source.mention  # all of the name
    words = (report.cue.span, speaker)
    if claim.source is None:
        return Decision(value=None, because=Ground.UNNAMED_SPEAKER, words=words)
    steps = discourse.steps(index, report.speaker, claim.source.name)
    return Decision(value=claim.source, because=Ground.WORDS, words=words, steps=tuple(steps))


def _group(sentence: Sentence, word: Word | None) -> tuple[Span, ...]:
    """Return a word with the auxiliaries, adverbs and particles that go with it, nothing for none."""
    if word is None:
        return ()
    own = [c for c in sentence.children(word) if c.deprel.split(":")[0] in _WITH_VERB and not c.ner]
    return tuple(w.span for w in sorted([word, *own], key=lambda w: w.id))


def _line(name: str, text: str) -> str:
    return f"{name:<{_COLUMN}}{text}"


def _shown(decision: Decision) -> str:
    because = () if decision.because is Ground.WORDS else (decision.because,)
    return f"{display.value(decision.value)}: {' '.join((*because, *map(display.quoted, decision.words)))}"


def _told(steps: Iterable[Step]) -> list[str]:
    """Return a line a step, none for a name that the rule itself gives."""
    steps = tuple(steps)
    if len(steps) == 1 and steps[0].because == (Because.NAME,):
        return []
    return [
        _line("", f"{display.quoted(step.words)}: {', '.join(step.because)}")
        + (f": {display.quoted(step.antecedent)} at {step.antecedent.start}" if step.antecedent else "")
        for step in steps
    ]


def _record(thing: Any) -> dict[str, Any]:
    """Return the fields of a record as JSON-ready values."""
    return {field.name: _plain(getattr(thing, field.name)) for field in attrs.fields(type(thing))}


def _plain(value: Any) -> Any:
    if hasattr(value, "to_dict"):
        return value.to_dict()
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    return _record(value) if attrs.has(type(value)) else value
