"""Units: a name, an amount or a percentage is one node, its head, with the rest flat below it."""

from __future__ import annotations

from newsclaims.repair.draft import Chunk, Draft


def collapse(draft: Draft, chunk: Chunk) -> None:
    """Make one node of a unit, unless some of its words belong to one before."""
    ids = range(chunk.first, chunk.last + 1)
    if any(i in draft.chunk_of for i in ids):
        return
    inside = set(ids)
    tops = [i for i in ids if draft.head[i] not in inside]
    if not tops:
        return
    top = min(tops, key=lambda i: (draft.depth(i), i))
    head = _chunk_head(draft, chunk, top)
    draft.hang(head, draft.head[top], draft.deprel[top])
    for i in ids:
        draft.ner[i] = chunk.label
        draft.chunk_of[i] = chunk
        if i != head:
            keep = i in tops and i != top and draft.deprel[i] in ("case", "det", "cc", "mark")
            draft.hang(i, head)
            if not keep:
                draft.deprel[i] = "flat:name" if chunk.label != "MONEY" else "flat"
    for i in draft.ids:
        if i not in inside and draft.head[i] in inside:
            draft.hang(i, head)
    if chunk.is_name:
        draft.names.append(chunk)
        draft.upos[head] = "PROPN"
        draft.lemma[head] = draft.text[head]
    else:
        draft.upos[head] = "NOUN"


def _chunk_head(draft: Draft, chunk: Chunk, top: int) -> int:
    """Return the word that stands for a unit: the first of a name, the noun of an amount."""
    if chunk.is_name:
        return chunk.first
    nouns = [i for i in range(chunk.first, chunk.last + 1) if draft.upos[i] in ("NOUN", "SYM", "PROPN", "X")]
    return top if top in nouns or not nouns else nouns[0]
