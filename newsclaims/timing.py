"""Timing: which of the dates of a sentence says when an event takes place.

A date counts when it belongs to the clause of the event: to its trigger, or to a verb that only carries the trigger
(« devrait racheter en 2027 », « boucle en mars le rachat »). The day on which somebody announced it does not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from newsclaims.claims import Date
from newsclaims.speech import verbs_of_speech
from newsclaims.tree import Sentence, Word

# What hangs on its head by one of these tells of another event.
_OTHER_CLAUSES = frozenset({"acl", "acl:relcl", "advcl", "ccomp", "csubj", "parataxis", "parataxis:insert"})
_CARRIED = frozenset({"obj", "nsubj", "nsubj:pass", "obl:arg", "xcomp"})


def date_of(sentence: Sentence, trigger: Word, dates: Iterable[Date]) -> Date | None:
    """Return when the event of a trigger takes place, if its clause says so.

    Args:
        sentence: the sentence of the trigger.
        trigger: the verb or noun of the event.
        dates: the dates of the sentence.

    Returns:
        The date that hangs nearest to the trigger in the tree, the first of several, None without one.
    """
    clause = {word.id: distance for distance, word in enumerate(_carriers(sentence, trigger))}
    found = []
    for date in dates:
        steps = _steps(sentence, _head(sentence, date), trigger, clause)
        if steps is not None:
            found.append((steps, date.mention.start, date))
    return min(found, key=lambda item: item[:2])[2] if found else None


def _head(sentence: Sentence, date: Date) -> Word | None:
    """Return the word by which a date hangs on the sentence."""
    inside = [word for word in sentence.words if word.span.overlaps(date.mention)]
    ids = {word.id for word in inside}
    return next((word for word in inside if word.head not in ids and word.deprel not in ("case", "punct")), None)


def _carriers(sentence: Sentence, trigger: Word) -> Iterator[Word]:
    """Yield the trigger and the verbs that carry it, from the inside out."""
    word: Word | None = trigger
    while word is not None:
        yield word
        above = sentence.head(word)
        # « a bouclé le rachat »: a noun is carried as an argument, a verb as an infinitive
        carried = word.deprel == "xcomp" if word.upos == "VERB" else word.deprel in _CARRIED
        speaks = above is not None and above.lemma in verbs_of_speech()
        word = above if above is not None and above.upos == "VERB" and carried and not speaks else None


def _steps(sentence: Sentence, word: Word | None, trigger: Word, clause: dict[int, int]) -> int | None:
    """Return how far a date is from the trigger, None when it belongs elsewhere."""
    steps = 0
    while word is not None:
        if word.id in clause:
            return steps + clause[word.id]
        other_verb = word.deprel == "conj" and word.upos == "VERB"
        if word.deprel in _OTHER_CLAUSES or other_verb:
            # a participle may belong to the noun of the event: « le rachat, conclu en mars »
            head = sentence.head(word)
            noun = head is not None and head.id == trigger.id and trigger.upos == "NOUN"
            if not (noun and word.deprel.startswith("acl")):
                return None
        word = sentence.head(word)
        steps += 1
    return None
