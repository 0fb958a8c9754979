"""Sentences from brackets: ``[mange subj>Paul obj>[tarte amod>bonne]]``.

A word is ``form/upos/lemma/feats/xpos/ner``; what is left out at the end is empty, but for the lemma, which
is then the form. Features are ``Name=Value`` joined by ``|``. ``[head rel>word rel>[...]]`` hangs words on a
head; a word without dependents needs no brackets. Word order is the order of reading, heads before their
dependents, unless positions are given: ``mange@2`` is the second word of the sentence. Words without a
position fill the places that are left, in the order of reading.
"""

from __future__ import annotations

import attrs
import regex

from newsclaims.spans import Span
from newsclaims.tree import Sentence, Word

_TOKEN = regex.compile(r"\s*([\[\]]|[^\s\[\]>]++>|[^\s\[\]>]++)")


@attrs.define
class _Item:
    spec: str
    deprel: str
    head: _Item | None
    place: int | None = None


def tree(brackets: str) -> Sentence:
    """Return the sentence that the brackets describe."""
    items: list[_Item] = []
    heads: list[_Item] = []
    deprel, opens = "root", False
    for token in _TOKEN.findall(brackets):
        if token == "[":
            opens = True
        elif token == "]":
            heads.pop()
        elif token.endswith(">"):
            deprel = token[:-1]
        else:
            spec, _, place = token.partition("@")
            item = _Item(spec, deprel, heads[-1] if heads else None, int(place) if place else None)
            items.append(item)
            if opens:
                heads.append(item)
            deprel, opens = "root", False
    if heads or not items:
        raise ValueError(f"brackets do not balance: {brackets}")
    return _sentence(items)


def _sentence(items: list[_Item]) -> Sentence:
    free = iter(sorted(set(range(1, len(items) + 1)) - {item.place for item in items}))
    for item in items:
        item.place = item.place or next(free)
    words: list[Word] = []
    at = 0
    for item in sorted(items, key=lambda item: item.place or 0):
        form, upos, lemma, feats, xpos, ner = (item.spec.split("/") + [""] * 5)[:6]
        words.append(
            Word(
                id=item.place or 0,
                text=form,
                lemma=lemma or form,
                upos=upos,
                xpos=xpos,
                ner=ner,
                feats=dict(f.split("=", 1) for f in feats.split("|")) if feats else {},
                head=item.head.place or 0 if item.head else 0,
                deprel=item.deprel,
                span=Span(at, at + len(form), form),
            )
        )
        at += len(form) + 1
    text = " ".join(word.text for word in words)
    return Sentence(words=tuple(words), span=Span(0, len(text), text))
