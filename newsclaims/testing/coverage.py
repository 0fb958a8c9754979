"""Coverage: which rules fire on texts, and which fire together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

import attrs

from newsclaims.claims import Claim
from newsclaims.extractor import Extractor, Model, mended
from newsclaims.matching import matches_of
from newsclaims.rules import Rule, Rules
from newsclaims.tree import Document, Sentence

Place = tuple[int, int, int]
"""A trigger: the text, the sentence and the word."""


@attrs.frozen
class Overlap:
    """Two rules of one claim type that fire at the same triggers.

    Attributes:
        first: id of the rule that comes first in the files.
        second: id of the other one.
        both: at how many triggers both fire.
        fewer: at how many triggers the one that fires less does. Where it is ``both``, that rule finds nothing alone.
    """

    first: str
    second: str
    both: int
    fewer: int


@attrs.frozen
class Coverage:
    """What rules do on texts.

    Attributes:
        sentences: how many sentences were read.
        places: the triggers at which each rule fires, by id; a rule that fires nowhere has none.
        overlaps: rules that fire together, those that do most first.
    """

    sentences: int
    places: Mapping[str, frozenset[Place]]
    overlaps: tuple[Overlap, ...]

    @property
    def idle(self) -> tuple[str, ...]:
        """The ids of the rules that never fire, in file order."""
        return tuple(rule for rule, places in self.places.items() if not places)


def coverage(rules: Rules, texts: Iterable[str], model: Model = None) -> Coverage:
    """Return which rules fire on texts, and which fire together.

    A rule fires where its pattern holds and no word of the sentence rules it out; what it finds may still make no
    claim, or one that another rule makes too. A ``[[slot]]`` record fires where a rule of its claim type does and its
    own pattern holds from that trigger.

    Args:
        rules: the rules.
        texts: what to read, one by one.
        model: what parses, as for `Extractor`.
    """
    extractor = Extractor(model, rules)
    places: dict[str, set[Place]] = {rule.id: set() for rule in rules}
    sentences = 0
    for at, text in enumerate(texts):
        document = extractor.parser(text)
        sentences += len(document.sentences)
        for rule, index, word in _fired(rules, mended(document)):
            places[rule.id].add((at, index, word))
    return Coverage(sentences, {id_: frozenset(found) for id_, found in places.items()}, _overlaps(rules, places))


def _fired(rules: Rules, document: Document) -> Iterator[tuple[Rule, int, int]]:
    """Yield rules, sentences and triggers."""
    for index, sentence in enumerate(document.sentences):
        triggers: dict[type[Claim], set[int]] = defaultdict(set)
        for rule in rules:
            if not rule.completes:
                for word in _triggers(rule, sentence):
                    triggers[rule.claim_type].add(word)
                    yield rule, index, word
        for rule in rules:
            if rule.completes:
                for word in sorted(triggers[rule.claim_type]):
                    if rule.pattern.search(sentence, {"trigger": sentence.words[word - 1]}):
                        yield rule, index, word


def _triggers(rule: Rule, sentence: Sentence) -> set[int]:
    found = {match.nodes["trigger"].id for match in matches_of(rule, sentence)}
    if found and rule.ruled_out_by({word.lemma.lower() for word in sentence.words}):
        return set()
    return found


def _overlaps(rules: Rules, places: Mapping[str, set[Place]]) -> tuple[Overlap, ...]:
    finding = [rule for rule in rules if not rule.completes and places[rule.id]]
    found = []
    for first, second in combinations(finding, 2):
        mine, theirs = places[first.id], places[second.id]
        if first.claim_type is second.claim_type and (both := len(mine & theirs)):
            found.append(Overlap(first.id, second.id, both, min(len(mine), len(theirs))))
    return tuple(sorted(found, key=lambda overlap: -overlap.both))
