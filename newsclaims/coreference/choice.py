"""Choice: the most present actor that fits, and the actors mentioned together."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from newsclaims.anaphora.phrases import arguments, is_predicate
from newsclaims.anaphora.referents import Referent
from newsclaims.anaphora.salience import Mention, Sought
from newsclaims.anaphora.subjects import surface_subject
from newsclaims.anaphora.words import POSSESSIVE
from newsclaims.claims import EntityKind
from newsclaims.coreference.memory import Memory, noted
from newsclaims.coreference.reasons import Because
from newsclaims.coreference.rows import first_of_row, group
from newsclaims.tree import Sentence, Word

_QUOTED = 1.5  # how much less present whom somebody's words speak of is to the text around them


@noted(Because.SALIENT)
def best(
    memory: Memory,
    index: int,
    sentence: Sentence,
    word: Word,
    sought: Sought,
    reach: int,
    avoid: Collection[int] = (),
    barred: Iterable[Referent] = (),
) -> tuple[Referent, ...]:
    """Return the actor mentioned before a word that is the most present and fits best, nobody where none fits.

    Args:
        memory: what has been read.
        index: the sentence's place in the document.
        sentence: the sentence.
        word: what stands for the actor.
        sought: what it asks of the actor.
        reach: how many sentences to look back.
        avoid: words of the sentence whose actors are not meant.
        barred: actors who are not meant.
    """
    others = [*other_roles(memory, index, sentence, word), *barred]
    inside = memory.quotations.covers(word)
    over = sought.speaks and not inside
    reach += 4 if over else 0
    leading: tuple[float, Mention] | None = None
    for mention in memory.recent(index, reach):
        if mention.sentence == index and (mention.word >= word.id or mention.word in avoid):
            continue
        if any(mention.referent is other for other in others):
            continue
        distance = index - mention.sentence
        if over:  # « … », a-t-il dit
            if memory.is_quoted(mention):
                continue
            between = memory.document.sentences[mention.sentence + 1 : index + 1]
            distance = sum(not memory.quotations.covers(s.words[len(s.words) // 2]) for s in between)
        score = sought.score(mention, distance, memory.topic)
        if score is not None and not inside and memory.is_quoted(mention):
            score -= _QUOTED
        if score is not None and (leading is None or score > leading[0]):
            leading = score, mention
    return (leading[1].referent,) if leading else ()


def other_roles(memory: Memory, index: int, sentence: Sentence, word: Word) -> list[Referent]:
    """Return whom a pronoun or description cannot stand for: the other roles of its verb, the noun it is in."""
    if word.upos == "DET":
        return []
    barred: list[Referent] = []
    for child in sentence.children(word):
        # « son partenaire », « la start-up de Paul Durand »: somebody else's
        if child.deprel == "nmod" or (child.upos == "DET" and child.text.lower() in POSSESSIVE):
            barred.extend(memory.referents_of(index, sentence, child))
    verb: Word | None = None
    for above in sentence.ancestors(word):
        if above.upos == "VERB" or is_predicate(sentence, above):
            verb = above
            break
        barred.extend(memory.referents_of(index, sentence, above))
    clause = next((above for above in sentence.ancestors(word) if above.deprel == "acl:relcl"), None)
    noun = sentence.head(clause) if clause is not None else None
    if noun is not None and noun.id < word.id:
        # « les modèles Vega et Luma qu'elle concurrence »: it is none of those that the clause says this of
        while noun.deprel in ("conj", "appos") and (first := sentence.head(noun)) is not None:
            noun = first
        for item in group(sentence, noun):
            names = [c for c in sentence.children(item) if c.deprel == "appos" and c.ner]
            for actor in (item, *names):
                barred.extend(memory.referents_of(index, sentence, actor))
    if verb is not None:
        subject = surface_subject(sentence, verb)
        others = arguments(sentence, verb, ("nsubj", "obj", "iobj"))
        if word.head == verb.id and word.deprel.startswith("nsubj"):
            # « Filiale de Vega, elle … » is not Vega
            fronted = (c for c in sentence.children(verb) if c.id < word.id and c.upos == "NOUN")
            bare = [c for c in fronted if not any(k.deprel in ("det", "case") for k in sentence.children(c))]
            others += [c for noun in bare for c in sentence.children(noun) if c.ner and c.deprel == "nmod"]
            # « en absorbant son rival, le groupe »: who does both is not whom it is done to
            inner = [c for c in sentence.children(verb) if c.deprel.split(":")[0] in ("advcl", "xcomp")]
            for clause in (c for c in inner if not arguments(sentence, c, ("nsubj",))):
                others += arguments(sentence, clause, ("obj", "iobj", "obl"))
                others += [c for c in sentence.children(clause) if c.deprel == "obl:agent"]
        for other in [*others, *([subject] if subject is not None else [])]:
            if word.id not in {w.id for w in sentence.subtree(other)}:
                barred.extend(memory.referents_of(index, sentence, other))
    return barred


@noted(Because.TOGETHER)
def last_group(
    memory: Memory,
    index: int,
    count: int = 0,
    barred: Sequence[Referent] = (),
    *,
    persons: bool | None = None,
    reach: int = 3,
    latest: bool = False,
) -> tuple[Referent, ...]:
    """Return the actors last mentioned together; where none are so many, the ``count`` most present ones.

    Args:
        memory: what has been read.
        index: the sentence from which to look back.
        count: how many they are, 0 for two or more.
        barred: who is not among the different ones.
        persons: whether they are persons; None for either.
        reach: how many sentences to look back.
        latest: whether the latest ones count, and not the most present ones (« Orsol et Vega, tous deux »).
    """

    def fits(referent: Referent) -> bool:
        return persons is None or persons == (referent.kind is EntityKind.PERSON)

    recent = list(memory.recent(index, reach))
    for m in recent:
        sentence = memory.document.sentences[m.sentence]
        group = memory.referents_of(m.sentence, sentence, first_of_row(sentence, sentence.words[m.word - 1]))
        if m.role != "subject" and any(r.kind is EntityKind.PLACE for r in group):
            continue  # « des expatriés vivant en Espagne et en Irlande »: they are none of these
        if (len(group) == count or (not count and len(group) > 1)) and all(map(fits, group)):
            return group
    single = [
        m
        for m in recent
        if m.referent.kind is not EntityKind.PLACE and fits(m.referent) and m.referent not in barred and not m.aside
    ]
    present: dict[Referent, float] = {}
    for m in single:
        weight = m.weight - 0.5 * (index - m.sentence)
        present[m.referent] = max(present.get(m.referent, weight), weight)
    beside = dict.fromkeys(m.referent for m in single if m.sentence == single[0].sentence)
    latest = latest or len(beside) == count  # « Orsol concurrence Vega. Les deux sociétés … »
    most = list(present) if latest else sorted(present, key=present.__getitem__, reverse=True)
    most = most[:count]
    distinct = [referent for referent in present if referent in most]
    return tuple(reversed(distinct)) if count and len(distinct) == count else ()


@noted(Because.TOGETHER)
def both(memory: Memory, index: int) -> tuple[Referent, ...]:
    """Return the actors of the sentence before, where they are two of a kind."""
    before = [m for m in memory.recent(index, reach=1) if m.sentence == index - 1 and not m.aside]
    actors = tuple(dict.fromkeys(m.referent for m in reversed(before) if m.referent.kind is not EntityKind.PLACE))
    kinds = {r.kind is EntityKind.PERSON for r in actors}
    return actors if len(actors) == 2 and len(kinds) == 1 else ()


@noted(Because.SALIENT)
def plural_name(memory: Memory, index: int, sentence: Sentence, word: Word) -> tuple[Referent, ...]:
    """Return the subject of the sentence whose name is a plural: « les Pays-Bas … s'ils investissent »."""
    for mention in memory.recent(index, reach=0):
        name = sentence.words[mention.word - 1]
        article = any(c.text.lower() == "les" for c in sentence.children(name))
        if mention.word < word.id and mention.role == "subject" and not mention.aside and article and name.ner:
            return (mention.referent,)
    return ()
