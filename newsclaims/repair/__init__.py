"""Repair of parses, before rules see them.

Parsers of French err most on names, apposition, coordination and voice. What the text itself settles is settled
here, once, for all rules:

* the features of a verb come from its conjugation where the tagger's do not fit the form;
* a name, an amount or a percentage is one unit: a head, and the rest flat below it;
* a bare name that follows a description (« l'éditeur de logiciels Orsol ») is its apposition;
* names in a row with « et » (« de Vega, d'Orsol et de Luma ») are coordinated;
* participles, relatives, agents and purposes hang on the noun that they agree with or complete;
* what an aside cuts off from its verb is joined to it again;
* every verb says its voice (``Voice=Act`` or ``Voice=Pass``), and its subject's relation agrees.

Each step is a function that changes a `Draft`; a step relies on those before it.
"""

from __future__ import annotations

from collections.abc import Iterable

from newsclaims.mentions.names import Name
from newsclaims.repair import apposition, clauses, complements, coordination, subjects, units, verbs, words
from newsclaims.repair.draft import Chunk, Draft
from newsclaims.spans import Span, SpanIndex
from newsclaims.tree import Document, Sentence

_BEFORE_NAMES = (
    verbs.free_auxiliaries,
    words.conjugate,
    verbs.chain_infinitives,
    verbs.attach_bare_infinitives,
    verbs.attach_clitics,
    complements.mark_deadlines,
    clauses.attach_relative_pronouns,
    clauses.find_completives,
    verbs.join_perfects,
    verbs.free_locutions,
    clauses.find_participles,
    clauses.attach_by_agreement,
    clauses.find_purposes,
    clauses.attach_purposes,
    complements.find_postponed_objects,
    complements.attach_to_events,
    words.name_descriptions,
)
_WITH_NAMES = (
    complements.free_adverbs,
    complements.attach_owners,
    complements.attach_behind_asides,
    complements.attach_agents,
    complements.attach_recipients,
    complements.find_objects_behind_dates,
    complements.find_amount_objects,
    complements.read_des,
    complements.read_such_as,
    complements.attach_examples,
    subjects.find_hidden_verb,
    subjects.part_insertions,
    subjects.attach_addressed_speakers,
    subjects.free_quantifiers,
    subjects.find_inverted_subjects,
    apposition.appose_names,
    complements.find_names_behind_dates,
    complements.attach_regions,
    coordination.part_from_amounts,
    coordination.part_gapped_shares,
    coordination.coordinate,
    coordination.coordinate_subjects,
    coordination.coordinate_persons,
    complements.attach_to_counted,
    subjects.part_founders,
    subjects.attach_bare_subjects,
    subjects.appose_descriptions,
    clauses.share_plurals,
    clauses.attach_able,
    clauses.coordinate_relatives,
    clauses.attach_to_sites,
    clauses.attach_over_places,
    apposition.appose_one_of,
    apposition.appose_to_person,
    verbs.tell_voices,
    verbs.mend_second_subjects,
)


def mend(document: Document, names: Iterable[Name], spans: Iterable[tuple[Span, str]] = ()) -> Document:
    """Return the document with repaired trees and with its mentions labelled in `Word.ner`.

    Args:
        document: the document as parsed.
        names: its names.
        spans: other mentions, amounts for instance, as (characters, label).
    """
    by_sentence: dict[int, list[Chunk]] = {}
    for name in names:
        label = (name.kind or "name").upper()
        by_sentence.setdefault(name.sentence, []).append(Chunk(name.first, name.last, label))
    labelled = SpanIndex(spans, lambda item: item[0])
    sentences = []
    for index, sentence in enumerate(document.sentences):
        chunks = by_sentence.get(index, [])
        for span, label in labelled.within(sentence.span):
            ids = [w.id for w in sentence.words if w.span.overlaps(span)]
            if ids:
                chunks.append(Chunk(ids[0], ids[-1], label))
        sentences.append(_mended(sentence, sorted(chunks, key=lambda c: c.first)))
    return Document(text=document.text, sentences=tuple(sentences))


def _mended(sentence: Sentence, chunks: Iterable[Chunk]) -> Sentence:
    draft = Draft(sentence)
    for step in _BEFORE_NAMES:
        step(draft)
    for chunk in chunks:
        units.collapse(draft, chunk)
    for step in _WITH_NAMES:
        step(draft)
    return draft.finish()
