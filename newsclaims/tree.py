"""Dependency trees: frozen words, sentences and documents, and their CoNLL-U form.

The trees follow Universal Dependencies. They know nothing of Stanza nor of claims, so that patterns
and rules can be run on any treebank.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from typing import NoReturn

import attrs

from newsclaims.errors import ConlluError, InputTypeError, InputValueError
from newsclaims.spans import Span

_LINE_END = re.compile(r"\r\n?|\n")
_UNWRITABLE = re.compile(r"[\t-\r\x1c-\x1f\x85\u2028\u2029]+")  # tabs and all that some reader takes for a line end
_CONTROLS = re.compile(r"[\v\f\x1c-\x1f\x85\u2028\u2029]+")  # those of them that end no line and part no columns
_ID = re.compile(r"([0-9]{1,9})(?:-([0-9]{1,9})|(\.[0-9]{1,9}))?")
_NUMBER = re.compile(r"[0-9]{1,9}")


class Feats(dict[str, str]):
    """Morphological features of a word: a mapping that cannot be changed."""

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise TypeError("the features of a word cannot be changed; use attrs.evolve(word, feats=…)")

    __setitem__ = __delitem__ = __ior__ = clear = pop = popitem = setdefault = update = _refuse

    def __hash__(self) -> int:  # type: ignore[override]
        """Return a hash, so that words can be members of sets."""
        return hash(frozenset(self.items()))

    def __reduce__(self) -> tuple[type[Feats], tuple[dict[str, str]]]:
        """Let words be pickled."""
        return Feats, (dict(self),)


def _feats(values: Mapping[str, str]) -> Feats:
    return values if isinstance(values, Feats) else Feats(values)


@attrs.frozen
class Word:
    """One syntactic word of a sentence.

    Attributes:
        id: position in the sentence, from 1.
        text: the form as written, accents composed; in a multi-word token (« du »), the form of the part (« de »).
        lemma: the dictionary form.
        upos: universal part of speech.
        xpos: language-specific part of speech, often empty.
        feats: morphological features, for example ``{"Number": "Sing"}``.
        head: ``id`` of the governing word, 0 for the root.
        deprel: relation to the governing word.
        span: where the word stands in the document's text; the words of a multi-word token share
            the span of the token.
        ner: kind of the mention that the word belongs to, empty outside mentions.
    """

    id: int
    text: str
    lemma: str
    upos: str
    head: int
    deprel: str
    span: Span
    feats: Mapping[str, str] = attrs.field(factory=Feats, converter=_feats)
    xpos: str = ""
    ner: str = ""


def _words(words: Iterable[Word]) -> tuple[Word, ...]:
    return tuple(words)


@attrs.frozen(slots=False)
class Sentence:
    """A sentence: a tree of words, or several.

    Attributes:
        words: the words in order; their ids count from 1.
        span: where the sentence stands in the document's text.

    Raises:
        InputValueError: the ids do not count from 1, a head is outside the sentence, or heads form a cycle.
    """

    words: tuple[Word, ...] = attrs.field(converter=_words)
    span: Span

    def __attrs_post_init__(self) -> None:
        """Refuse what is no tree, so that walking up and down always ends."""
        if any(word.id != place for place, word in enumerate(self.words, 1)):
            raise InputValueError(f"the ids of a sentence must be 1, 2, 3 …, not {[word.id for word in self.words]}")
        if mistake := _head_mistake([word.head for word in self.words]):
            at, reason = mistake
            raise InputValueError(f"word {at} ({self.words[at - 1].text!r}): {reason}")

    @property
    def text(self) -> str:
        """The characters of the sentence, as given."""
        return self.span.text

    @cached_property
    def _children(self) -> tuple[tuple[Word, ...], ...]:
        below: list[list[Word]] = [[] for _ in range(len(self.words) + 1)]
        for word in self.words:
            below[word.head].append(word)
        return tuple(tuple(words) for words in below)

    @cached_property
    def _by(self) -> dict[str, dict[str, list[Word]]]:
        return {}

    def by(self, attribute: str) -> Mapping[str, Sequence[Word]]:
        """Return the words by the value of an attribute (``lemma``, ``upos`` …), left to right."""
        found = self._by.get(attribute)
        if found is None:
            found = {}
            for word in self.words:
                found.setdefault(getattr(word, attribute), []).append(word)
            self._by[attribute] = found
        return found

    @property
    def root(self) -> Word | None:
        """The first word without a governor, or None in an empty sentence."""
        return next(iter(self._children[0]), None)

    def head(self, word: Word) -> Word | None:
        """Return the governor of a word, None for a root."""
        return self.words[word.head - 1] if word.head else None

    def children(self, word: Word) -> tuple[Word, ...]:
        """Return the direct dependents of a word, left to right."""
        return self._children[word.id]

    def ancestors(self, word: Word) -> Iterator[Word]:
        """Yield the governors of a word from the nearest to the root."""
        while word.head:
            word = self.words[word.head - 1]
            yield word

    def subtree(self, word: Word, keep: Callable[[Word], bool] | None = None) -> list[Word]:
        """Return a word and all that depends on it, left to right.

        Args:
            word: the top of the subtree.
            keep: where given, dependents for which it is false are left out with all below them.
        """
        found, stack = [], [word]
        while stack:
            top = stack.pop()
            found.append(top)
            stack.extend(c for c in self.children(top) if keep is None or keep(c))
        return sorted(found, key=lambda w: w.id)


def _sentences(sentences: Iterable[Sentence]) -> tuple[Sentence, ...]:
    return tuple(sentences)


@attrs.frozen(slots=False)
class Document:
    """A parsed text.

    Attributes:
        text: the text as given; every span of every word indexes it.
        sentences: the sentences in text order.
    """

    text: str
    sentences: tuple[Sentence, ...] = attrs.field(converter=_sentences)

    @classmethod
    def from_conllu(cls, text: str) -> Document:
        """Read a document from CoNLL-U.

        The text is rebuilt, one line a sentence: from the ``# text`` comment where the forms fit it, else from the
        forms and their ``SpaceAfter=No``. Empty nodes and the enhanced graph are left out.

        Args:
            text: sentences in CoNLL-U format, with any line ends.

        Returns:
            The document, with character offsets for every word.

        Raises:
            ConlluError: a line does not have ten columns, an id, a head or a feature cannot be read, ids do not count
                from 1, or heads point outside the sentence or form a cycle. The message names the line.
            InputTypeError: the argument is not a string.
        """
        if not isinstance(text, str):
            raise InputTypeError(f"CoNLL-U must be a str, not {type(text).__name__}: decode the bytes first")
        surfaces: list[str] = []
        sentences: list[Sentence] = []
        offset = 0
        for lines in _blocks(text):
            tokens = _read_tokens(lines)
            if not tokens:
                continue
            surface, spans = _lay_out(tokens, _declared_text(lines), offset)
            words = [
                _read_word(number, columns, span)
                for token, span in zip(tokens, spans, strict=True)
                for number, columns in token.rows
            ]
            if mistake := _head_mistake([word.head for word in words]):
                at, reason = mistake
                number = [number for token in tokens for number, _ in token.rows][at - 1]
                raise ConlluError(f"line {number}: {reason}")
            sentences.append(Sentence(words, Span(offset, offset + len(surface), surface)))
            surfaces.append(surface)
            offset += len(surface) + 1
        return cls(text="\n".join(surfaces), sentences=sentences)

    def to_conllu(self) -> str:
        """Return the document in CoNLL-U format, a blank line after each sentence.

        Words that share a span are written as a multi-word token. Tabs and line ends become spaces, and characters
        that belong to no word are left out; a document that was read from CoNLL-U is read back the same.
        """
        return "".join("\n".join(self._conllu_lines(s)) + "\n\n" for s in self.sentences if s.words)

    def _conllu_lines(self, sentence: Sentence) -> Iterator[str]:
        tokens: list[list[Word]] = []
        for word in sentence.words:
            if tokens and tokens[-1][-1].span == word.span:
                tokens[-1].append(word)
            else:
                tokens.append([word])
        forms = [
            _writable(token[0].text if len(token) == 1 else self.text[token[0].span.start : token[0].span.end])
            for token in tokens
        ]
        # What parts a token from the next one, without the marks that belong to neither.
        gaps = [
            "".join(filter(str.isspace, self.text[token[0].span.end : following[0].span.start]))
            for token, following in pairwise(tokens)
        ]
        gaps.append("")
        yield "# text = " + "".join(form + _UNWRITABLE.sub(" ", gap) for form, gap in zip(forms, gaps, strict=True))
        for i, (token, form) in enumerate(zip(tokens, forms, strict=True)):
            misc = "_" if gaps[i] or i == len(tokens) - 1 else "SpaceAfter=No"
            if len(token) > 1:
                yield "\t".join((f"{token[0].id}-{token[-1].id}", form, *"_______", misc))
            for word in token:
                yield "\t".join(
                    (
                        str(word.id),
                        _writable(word.text),
                        _writable(word.lemma),
                        _writable(word.upos),
                        _writable(word.xpos),
                        _writable("|".join(f"{name}={value}" for name, value in sorted(word.feats.items()))),
                        str(word.head),
                        _writable(word.deprel),
                        "_",
                        misc if len(token) == 1 else "_",
                    )
                )


def _writable(value: str) -> str:
    return _UNWRITABLE.sub(" ", value) or "_"


def _head_mistake(heads: Sequence[int]) -> tuple[int, str] | None:
    """Return the first word whose head makes the sentence no tree, and why; None when it is one."""
    rooted = {0}
    for at, head in enumerate(heads, 1):
        if not 0 <= head <= len(heads):
            return at, f"head {head} is outside the sentence, which has {len(heads)} words"
    for start in range(1, len(heads) + 1):
        path: dict[int, None] = {}
        at = start
        while at not in rooted:
            if at in path:
                return at, f"the heads form a cycle through word {at}"
            path[at] = None
            at = heads[at - 1]
        rooted.update(path)
    return None


@attrs.define
class _Token:
    """A token of a CoNLL-U sentence: its surface, and its words as (line number, columns)."""

    form: str
    space_after: bool
    rows: list[tuple[int, list[str]]] = attrs.field(factory=list)


def _blocks(text: str) -> Iterator[list[tuple[int, str]]]:
    """Yield each sentence's lines with their numbers."""
    block: list[tuple[int, str]] = []
    for number, line in enumerate(_LINE_END.split(text.removeprefix("\ufeff")), 1):
        if line.strip():
            block.append((number, _CONTROLS.sub(" ", line)))
        elif block:
            yield block
            block = []
    if block:
        yield block


def _declared_text(lines: Iterable[tuple[int, str]]) -> str | None:
    """Return what the ``# text`` comment says."""
    for _, line in lines:
        key, equals, value = line.partition("=")
        if equals and key.startswith("#") and key[1:].strip() == "text":
            return value.strip()
    return None


def _read_tokens(lines: Iterable[tuple[int, str]]) -> list[_Token]:
    tokens: list[_Token] = []
    due, range_end, number = 1, 0, 0
    for number, line in lines:
        if line.startswith("#"):
            continue
        columns = line.split("\t")
        if len(columns) != 10:
            raise ConlluError(f"line {number}: {len(columns)} columns instead of 10, separated by tabs: {line!r}")
        place = _ID.fullmatch(columns[0])
        if place is None:
            raise ConlluError(f"line {number}: id {columns[0]!r} is not a number, a range (3-4) or an empty node (3.1)")
        first, last, empty = place.groups()
        if empty:
            continue
        if int(first) != due:
            raise ConlluError(
                f"line {number}: id {columns[0]} where {due} is due: ids count from 1, and a blank line ends a sentence"
            )
        if not columns[1]:
            raise ConlluError(f"line {number}: the form is empty; write _ where there is none")
        if last or due > range_end:
            tokens.append(_Token(columns[1], "SpaceAfter=No" not in columns[9].split("|")))
        if not last:
            tokens[-1].rows.append((number, columns))
            due += 1
        elif range_end < due <= int(last):
            range_end = int(last)
        else:
            raise ConlluError(f"line {number}: the token range {columns[0]} is backwards or inside another one")
    if due <= range_end:
        raise ConlluError(f"line {number}: the sentence ends before word {range_end} of a token range")
    return tokens


def _lay_out(tokens: list[_Token], declared: str | None, offset: int) -> tuple[str, list[Span]]:
    """Return the text of a sentence and the places of its tokens, the sentence starting at an offset."""
    surface, starts = declared or "", _align(tokens, declared)
    if starts is None:
        surface, starts = "", []
        for token in tokens:
            starts.append(len(surface))
            surface += token.form + (" " if token.space_after else "")
        surface = surface.rstrip(" ")
    return surface, [
        Span(offset + start, offset + start + len(token.form), token.form)
        for token, start in zip(tokens, starts, strict=True)
    ]


def _align(tokens: Iterable[_Token], declared: str | None) -> list[int] | None:
    """Return where each token starts in the declared text, None when they do not make it up."""
    if declared is None:
        return None
    starts, at = [], 0
    for token in tokens:
        while at < len(declared) and declared[at].isspace():
            at += 1
        if not declared.startswith(token.form, at):
            return None
        starts.append(at)
        at += len(token.form)
    return None if declared[at:].strip() else starts


def _read_word(number: int, columns: list[str], span: Span) -> Word:
    form, lemma, upos, xpos, feats, head, deprel = columns[1:8]
    if not _NUMBER.fullmatch(head):
        raise ConlluError(f"line {number}: head {head!r} is not a number")
    pairs = [feat.partition("=") for feat in feats.split("|")] if feats not in ("_", "") else []
    for name, equals, _ in pairs:
        if not equals:
            raise ConlluError(f"line {number}: the feature {name!r} is not written as Name=Value")
    return Word(
        id=int(columns[0]),
        text=form,
        lemma=form if form == "_" == (lemma or "_") else "" if lemma == "_" else lemma,
        upos="" if upos == "_" else upos,
        xpos="" if xpos == "_" else xpos,
        feats={name: value for name, _, value in pairs},
        head=int(head),
        deprel="" if deprel == "_" else deprel,
        span=span,
    )
