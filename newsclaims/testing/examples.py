"""Examples: every rule tried on its own sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Any

import attrs

from newsclaims.claims import Claim, Entity, Slot, slots
from newsclaims.extractor import Extractor, Model, mended
from newsclaims.lexicon.words import fold
from newsclaims.rules import Counterexample, Example, Rule, Rules
from newsclaims.semgrex import Failure
from newsclaims.spans import Span
from newsclaims.tree import Document, Sentence


class Outcome(StrEnum):
    """How a rule did on one of its sentences."""

    FOUND = "found"
    MISSING = "missing"
    NOISY = "noisy"
    KNOWN_MISS = "known miss"


@attrs.frozen
class Result:
    """What came of one example or counterexample.

    Attributes:
        rule: the rule.
        text: the sentence.
        outcome: found (as it should be), missing (no claim, or not the marked one), noisy (a claim where
            none or fewer should be), or a known miss, still missed.
        detail: what was expected and what was found, empty when all is well.
        document: the sentence as parsed.
    """

    rule: Rule
    text: str
    outcome: Outcome
    detail: str = ""
    document: Document = attrs.field(kw_only=True, eq=False, repr=False)

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentence or sentences as rules see them, with names and amounts found and trees repaired."""
        return mended(self.document).sentences

    @property
    def failure(self) -> Failure | None:
        """How far the pattern gets in the sentence, None where it holds; the furthest where there are several."""
        failures = [self.rule.pattern.furthest(sentence) for sentence in self.sentences]
        return None if None in failures else max(filter(None, failures), key=lambda f: f.held, default=None)

    @property
    def passed(self) -> bool:
        """Whether the rule did as its record says."""
        return self.outcome in (Outcome.FOUND, Outcome.KNOWN_MISS)


def check(rules: Rules, model: Model = None, beside: Rules | None = None) -> Iterator[Result]:
    """Run every rule on its own examples and counterexamples.

    An example passes when the claims of the rule's type that all rules find in it fill the marked roles with the
    marked words and no others and have the expected values, and when the rule finds one of them by itself. A
    counterexample passes when the rule by itself finds nothing in it. A rule that reads an event again (``follows``)
    and one that only tells roles of one (``premise``) are judged by what they add to the other rules of their type.

    Args:
        rules: the rules to check.
        model: what parses, as for `Extractor`.
        beside: rules that read with them and are not checked themselves, `builtin_rules` for rules that add to these.

    Yields:
        One result a sentence, in the order of the rules.
    """
    everything = rules if beside is None else beside + rules
    together = Extractor(model, everything)
    documents = parsed(together.parser, [s.text for rule in rules for s in rule.sentences])
    for rule in rules:
        same_type = [r for r in everything if r.claim_type is rule.claim_type and r is not rule]
        # a rule is tried with the records that fill slots; one that reads an event again needs the others before it
        helpers = same_type if rule.follows or rule.premise else [r for r in same_type if r.completes]
        alone = Extractor(together.parser, Rules([rule, *helpers]))
        without = Extractor(together.parser, Rules(helpers))
        for sentence in rule.sentences:
            document = documents[sentence.text]
            claims, mine, others = (
                [c for c in e.extract_document(document) if isinstance(c, rule.claim_type)]
                for e in (together, alone, without)
            )
            outcome, detail = _judge(rule, sentence, claims, [c for c in mine if c not in others])
            yield Result(rule, sentence.text, outcome, detail, document=document)


def parsed(parser: Callable[[str], Document], texts: Iterable[str]) -> Mapping[str, Document]:
    """Return the documents of short texts, parsed as the paragraphs of one, which takes a fifth of the time.

    Args:
        parser: what parses. Where its sentences run over paragraphs, texts are parsed one by one.
        texts: the texts; each is parsed once.
    """
    texts = list(dict.fromkeys(texts))
    documents: dict[str, Document] = {}
    sentences = iter(parser("\n\n".join(texts)).sentences)
    start, sentence = 0, next(sentences, None)
    for text in texts:
        own = []
        while sentence is not None and sentence.span.end <= start + len(text):
            own.append(_moved(sentence, -start))
            sentence = next(sentences, None)
        if any(s.span.start < 0 for s in own):
            return {text: parser(text) for text in texts}
        documents[text] = Document(text, own)
        start += len(text) + 2
    return documents


def _moved(sentence: Sentence, by: int) -> Sentence:
    def moved(span: Span) -> Span:
        return Span(span.start + by, span.end + by, span.text)

    words = [attrs.evolve(word, span=moved(word.span)) for word in sentence.words]
    return attrs.evolve(sentence, words=words, span=moved(sentence.span))


def _judge(
    rule: Rule, sentence: Example | Counterexample, claims: list[Claim], own: list[Claim]
) -> tuple[Outcome, str]:
    """Return how a rule did and why, from the claims of all rules and from those that only it finds or adds to."""
    if isinstance(sentence, Counterexample):
        outcome, detail = (Outcome.NOISY, f"found {_shown(own)}") if own else (Outcome.FOUND, "")
    else:
        detail = _difference(rule, sentence, claims)
        if not detail and not rule.completes and not own:
            detail = f"found by {sorted({c.rule for c in claims})} and not by the rule itself"
        outcome = Outcome.MISSING if detail else Outcome.FOUND
    if not sentence.known_miss:
        return outcome, detail
    if detail:
        return Outcome.KNOWN_MISS, sentence.known_miss
    return Outcome.NOISY, "marked as a known miss, and right all the same: drop the mark"


def _difference(rule: Rule, example: Example, claims: list[Claim]) -> str:
    """Return what sets the claims found apart from those that an example asks for."""
    if not claims:
        return "no claim found"
    if example.claims is not None and len(claims) != example.claims:
        return f"{len(claims)} claims instead of {example.claims}: {_shown(claims)}"
    for slot in slots(rule.claim_type).values():
        if slot.name in example.expected:
            continue
        found = {fold(v) for claim in claims for v in _surface(claim, slot)}
        marked = {fold(v) for v in example.roles.get(slot.name, ())}
        if found != marked and not (_is_fixed(rule, slot) and not marked):
            return f"{slot.name}: {sorted(found)} instead of {sorted(marked)}"
    for field, value in example.expected.items():
        values = [_plain(getattr(claim, field)) for claim in claims]
        if any(found != (None if value in ("", []) else value) for found in values):
            return f"{field}: {', '.join(map(repr, values))} instead of {value!r}"
    return ""


def _is_fixed(rule: Rule, slot: Slot) -> bool:
    """Return whether a slot holds a value that no words of the sentence give, a status for instance."""
    return slot.kind not in (Entity, str) and not hasattr(slot.kind, "from_dict")


def _surface(claim: Claim, slot: Slot) -> Iterable[str]:
    value: Any = getattr(claim, slot.name)
    for item in value if isinstance(value, tuple) else (value,):
        if item is None:
            continue
        if isinstance(item, Entity):
            yield item.name
        elif hasattr(item, "mention"):
            yield item.mention.text
        else:
            yield str(getattr(item, "value", item))


def _plain(value: Any) -> Any:
    """Return a field's value as an example writes it: a name, words of the sentence, a list of them, None for none."""
    if isinstance(value, tuple):
        return [_plain(item) for item in value] or None
    if isinstance(value, Entity):
        return value.name
    if isinstance(value, Span):
        return value.text
    return value.mention.text if hasattr(value, "mention") else getattr(value, "value", value)


def _shown(claims: Iterable[Claim]) -> str:
    return "; ".join(
        f"{type(c).__name__}("
        + ", ".join(f"{s.name}={list(_surface(c, s))}" for s in slots(type(c)).values() if list(_surface(c, s)))
        + f") by {c.rule}"
        for c in claims
    )
