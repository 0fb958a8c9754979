"""What is searched: sentences, whatever library parsed them, and pairs of aligned sentences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

import attrs

from newsclaims.errors import InputTypeError, InputValueError
from newsclaims.spans import Span
from newsclaims.tree import Document, Sentence, Word

# What names stand for, a slot a name: word ids, labels of relations, and edges by the id of their lower end.
Bindings = tuple[int | str | None, ...]

NOTHING = Word(id=0, text="", lemma="", upos="", head=0, deprel="", span=Span(0, 0))
"""What a word that is aligned to nothing is aligned to: the only word that ``{#}`` fits."""


class StanzaSentence(Protocol):
    """A sentence of Stanza, as far as it is read here."""

    @property
    def tokens(self) -> Sequence[Any]:
        """The tokens, each with its words."""


class StanzaDocument(Protocol):
    """A document of Stanza, as far as it is read here."""

    @property
    def sentences(self) -> Sequence[StanzaSentence]:
        """The sentences."""


Source = Sentence | Document | StanzaSentence | StanzaDocument


def sentences(source: Source) -> tuple[Sentence, ...]:
    """Return the sentences of what can be searched.

    A `Sentence` or a `Document` is taken as it stands; a sentence or a document of Stanza is read, with the offsets
    that its tokens have or, where they have none, those of its CoNLL-U form. Patterns do this by themselves; do it
    once beforehand to run many of them.

    Args:
        source: a sentence or a document, of newsclaims or of Stanza.

    Raises:
        InputTypeError: it is neither.
        InputValueError: it has not been parsed.
    """
    if isinstance(source, Sentence):
        return (source,)
    if isinstance(source, Document):
        return source.sentences
    parsed: Any = source
    given = getattr(parsed, "sentences", [parsed])
    if not all(hasattr(sentence, "tokens") for sentence in given):
        raise InputTypeError(
            "a pattern searches a Sentence or a Document, of newsclaims or of Stanza, "
            f"not {type(source).__name__}; CoNLL-U is read by Document.from_conllu"
        )
    for word in (word for sentence in given for token in sentence.tokens for word in token.words):
        if word.head is None:
            raise InputValueError(f"the word {word.text!r} has no head: parse with depparse before searching")
    if any(token.start_char is None for sentence in given for token in sentence.tokens):
        return Document.from_conllu(f"{parsed:C}").sentences
    return tuple(_from_stanza(sentence) for sentence in given if sentence.tokens)


def _from_stanza(sentence: Any) -> Sentence:
    words = [
        Word(
            id=word.id,
            text=word.text,
            lemma=word.lemma or "",
            upos=word.upos or "",
            xpos=word.xpos or "",
            feats=dict(feature.split("=", 1) for feature in word.feats.split("|")) if word.feats else {},
            head=word.head,
            deprel=word.deprel or "",
            ner="" if token.ner in (None, "O") else token.ner.partition("-")[2] or token.ner,
            span=Span(token.start_char, token.end_char, token.text),
        )
        for token in sentence.tokens
        for word in token.words
    ]
    return Sentence(words, Span(words[0].span.start, words[-1].span.end, sentence.text or ""))


@attrs.frozen
class Aligned:
    """A second sentence and how the words of the first answer to its own, for the operator ``@``.

    Attributes:
        sentence: the second sentence: another parse of the first, a translation, a reworded text …
        words: id of a word of the first sentence -> id of the word that it is aligned to, 0 where it is aligned to
            nothing. ``@`` does not hold for words left out.
    """

    sentence: Sentence | StanzaSentence
    words: Mapping[int, int]


@attrs.define(eq=False)
class Graph:
    """A sentence while it is searched.

    Attributes:
        sentence: its words.
        links: id of a word -> ids of the words of the other sentence that it is aligned to.
        other: the sentence aligned with it, if any.
        known: for a relation, a word on its left and the bindings of its names, the ways to complete these. This is
            what keeps the search polynomial.
    """

    sentence: Sentence
    links: Mapping[int, Sequence[int]] = attrs.field(factory=dict)
    other: Graph | None = None
    known: dict[tuple[object, int, Bindings], tuple[Bindings, ...]] = attrs.field(factory=dict)

    @classmethod
    def pair(cls, sentence: Sentence, aligned: Aligned) -> Graph:
        """Return the graph of a sentence, joined to the one of the sentence aligned with it.

        Raises:
            InputValueError: a link leads from or to no word, or to a document.
        """
        second, *more = sentences(aligned.sentence)
        if more:
            raise InputValueError("one sentence can be aligned with another, not with a whole document")
        back: dict[int, list[int]] = {}
        for at, to in sorted(aligned.words.items()):
            if not (0 < at <= len(sentence.words) and 0 <= to <= len(second.words)):
                raise InputValueError(
                    f"the alignment {at} -> {to} is outside the sentences, "
                    f"which have {len(sentence.words)} and {len(second.words)} words"
                )
            back.setdefault(to, []).append(at)
        graph = cls(sentence, {at: (to,) for at, to in aligned.words.items()})
        graph.other = cls(second, back, graph)
        return graph

    def side(self, crossed: bool) -> Graph:
        """Return the graph itself or, across ``@``, the other one."""
        return self.other if crossed and self.other is not None else self

    def words(self, ids: Iterable[int]) -> list[Word]:
        """Return words by their ids, `NOTHING` for 0."""
        return [self.sentence.words[at - 1] if at else NOTHING for at in ids]
