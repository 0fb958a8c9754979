"""What has been read of a document: its actors, where they are mentioned, what stands for them."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, wraps
from typing import Concatenate, ParamSpec, TypeVar

from newsclaims.anaphora.cues import cues
from newsclaims.anaphora.phrases import (
    apposed,
    in_parentheses,
    inside_name,
    is_grouped,
    is_nested,
    is_source,
    keeps_noun,
    words_of,
)
from newsclaims.anaphora.referents import GENDERS, Referent, bare, kind_of
from newsclaims.anaphora.salience import Mention, role_of
from newsclaims.anaphora.subjects import relative_antecedent
from newsclaims.anaphora.words import is_relative
from newsclaims.claims import EntityKind
from newsclaims.coreference.reasons import Because, Link
from newsclaims.coreference.rows import group
from newsclaims.mentions.names import Name
from newsclaims.quotations import Quotations
from newsclaims.spans import Span
from newsclaims.tree import Document, Sentence, Word


class Memory:
    """What has been read of a document so far.

    Args:
        document: the document with repaired trees.
        names: its names.

    Attributes:
        document: the document.
        quotations: what is quoted in it, and from whom.
        names: its names, by sentence and first word.
        referents: its actors, by every form that stands for them.
        history: the mentions of actors, in text order.
        topic: what the text is about: the first actor in it.
        compared: whom « le premier » was one of, and in which sentence.
        named: the actors of names, by sentence and word.
        pairs: the actors of two names joined by a hyphen, with the length of each name.
        resolved: whom pronouns, possessives and descriptions stand for, by sentence and word.
        anaphors: why they do.
        tried: the ways by which the antecedent of an anaphor has been found.
    """

    def __init__(self, document: Document, names: Iterable[Name]) -> None:
        self.document = document
        self.quotations = Quotations(document)
        self.names = {(n.sentence, n.first): n for n in names}
        self.referents: dict[str, Referent] = {}
        self.history: list[Mention] = []
        self.topic: Referent | None = None
        self.compared: tuple[int, tuple[Referent, ...]] = (-1, ())
        self.named: dict[tuple[int, int], Referent] = {}
        self.pairs: dict[tuple[int, int], tuple[tuple[Referent, int], ...]] = {}
        self.resolved: dict[tuple[int, int], tuple[Referent, ...]] = {}
        self.anaphors: dict[tuple[int, int], Link] = {}
        self.tried: list[Because] = []

    def recent(self, index: int, reach: int) -> Iterator[Mention]:
        """Yield the mentions of a sentence and some before it, the last first."""
        return itertools.takewhile(lambda m: index - m.sentence <= reach, reversed(self.history))

    def is_quoted(self, mention: Mention) -> bool:
        """Return whether a mention stands in a quotation."""
        return self.quotations.covers(self.document.sentences[mention.sentence].words[mention.word - 1])

    def companies(self, index: int) -> bool:
        """Return whether companies have been named in the last sentences."""
        others = (EntityKind.PERSON, EntityKind.PLACE)
        return any(
            m.referent.named and m.referent.kind not in others and not m.referent.public for m in self.recent(index, 6)
        )

    def resolve(self, index: int, word: Word, referents: tuple[Referent, ...], link: Link) -> None:
        """Keep whom an anaphor stands for, and why."""
        self.resolved[index, word.id] = referents
        self.anaphors[index, word.id] = link

    def note(self, index: int, sentence: Sentence, word: Word, referents: tuple[Referent, ...]) -> None:
        """Take a mention of some actors into account."""
        for referent in referents:
            referent.count += 1
            above = sentence.head(word)
            kept = above is not None and word.deprel == "appos" and keeps_noun(above)  # « la famille Orsol »
            office = (
                above is not None and word.deprel == "nmod" and above.lemma in cues("offices")
            )  # « de l'Industrie »
            aside = kept or office or is_source(sentence, word) or in_parentheses(sentence, word)
            aside = aside or (referent.kind in (None, EntityKind.PRODUCT) and self._is_label(index, sentence, word))
            noun = word.upos == "NOUN" and not word.ner
            described = GENDERS.get(word.feats.get("Gender", ""), "") if noun else _agreeing_gender(sentence, word)
            self.history.append(
                Mention(
                    index,
                    word.id,
                    referent,
                    role_of(sentence, word),
                    aside,
                    described,
                    grouped=len(referents) > 1 or is_grouped(sentence, word),
                    nested=is_nested(sentence, word),
                )
            )
            prominent = not aside and role_of(sentence, word) != "embedded"
            if (
                self.topic is None
                and prominent
                and referent.named
                and referent.kind not in (EntityKind.PLACE, EntityKind.PERSON)
            ):
                self.topic = referent

    def _is_label(self, index: int, sentence: Sentence, word: Word) -> bool:
        """Return whether a name alone between quotation marks is what something is called: « la finition « Vega » »."""
        name = self.names.get((index, word.id))
        if name is None or name.first < 2 or name.last >= len(sentence.words):
            return False
        quoted = sentence.words[name.first - 2].text, sentence.words[name.last].text
        above = sentence.head(word)
        company = above is not None and word.deprel == "appos" and kind_of(above, "other") is EntityKind.ORGANISATION
        return quoted in (("«", "»"), ("“", "”"), ('"', '"')) and role_of(sentence, word) != "subject" and not company

    def phrase(self, index: int, word: Word) -> Span:
        """Return the characters of a noun phrase without its determiner and without clauses."""
        sentence = self.document.sentences[index]
        words = words_of(sentence, word)
        return Span.of(self.document.text, words[0].span.start, words[-1].span.end)

    def mention_span(self, index: int, word: Word) -> Span:
        """Return the words by which an actor is mentioned: a name, a pronoun, a noun phrase."""
        name = self.names.get((index, word.id))
        if name is not None:
            return name.span
        return word.span if word.upos in ("PRON", "DET") else self.phrase(index, word)

    def referents_of(self, index: int, sentence: Sentence, word: Word) -> tuple[Referent, ...]:
        """Return whom a word and what is coordinated with it stand for, as far as has been read."""
        found = [r for item in group(sentence, word) for r in self.referents_of_one(index, sentence, item)]
        return tuple(dict.fromkeys(found))

    def referents_of_one(self, index: int, sentence: Sentence, word: Word) -> tuple[Referent, ...]:
        """Return whom a word alone stands for, as far as has been read."""
        word = inside_name(sentence, word)
        if (index, word.id) in self.pairs:
            return tuple(r for r, _ in self.pairs[index, word.id])
        if (index, word.id) in self.named:
            return (self.named[index, word.id],)
        if (index, word.id) in self.resolved:
            return self.resolved[index, word.id]
        if is_relative(word):
            antecedent = relative_antecedent(sentence, word)
            before = antecedent is not None and antecedent.id < word.id
            return self.referents_of(index, sentence, antecedent) if antecedent is not None and before else ()
        if keeps_noun(word) and word.feats.get("Number") != "Plur":
            return ()  # « la famille Orsol » is not Orsol
        names = [
            c
            for c in sentence.children(word)
            if c.deprel == "appos" and (index, c.id) in self.names and apposed(sentence, word, c)
        ]
        return tuple(self.named[index, name.id] for name in names[:1] if (index, name.id) in self.named)

    def referents_around(self, index: int, sentence: Sentence, noun: Word) -> list[Referent]:
        """Return whom the names in a noun phrase stand for, up to its clauses."""
        words = sentence.subtree(noun, lambda w: not w.deprel.startswith("acl"))
        return [self.named[index, w.id] for w in words if (index, w.id) in self.named]

    def last_mention(self, name: str, before: int) -> Span | None:
        """Return the last mention of an actor among the first ``before`` ones."""
        mentions = map(self.history.__getitem__, range(before - 1, -1, -1))
        found = next((m for m in mentions if m.referent.name == name), None)
        if found is None:
            return None
        return self.mention_span(found.sentence, self.document.sentences[found.sentence].words[found.word - 1])

    @cached_property
    def forms(self) -> dict[str, tuple[int, str]]:
        """The names of the document by their bare form: where each comes first, and how it is written there."""
        forms: dict[str, tuple[int, str]] = {}
        for place, name in enumerate(self.names.values()):
            forms.setdefault(bare(name.span.text), (place, name.span.text))
        return forms


def _agreeing_gender(sentence: Sentence, name: Word) -> str:
    """Return the gender that the participles said of a name show (« Fondée en 2020, Orsol a levé … »)."""
    if not name.ner:
        return ""
    verb = sentence.head(name) if name.deprel.startswith("nsubj") else None
    said = [c for c in sentence.children(name) if c.deprel == "acl"]
    if verb is not None:
        ahead = (
            c for c in sentence.children(verb) if c.deprel in ("advcl", "acl", "amod", "obl:mod") and c.id < name.id
        )
        said.extend(c for c in ahead if not any(k.deprel.startswith("nsubj") for k in sentence.children(c)))
        if name.deprel == "nsubj:pass":
            said.append(verb)
    feats = [w.feats for w in said if w.upos == "VERB" and w.feats.get("VerbForm") == "Part"]
    genders = {GENDERS.get(f.get("Gender", ""), "") for f in feats if f.get("Tense") == "Past"} - {""}
    return genders.pop() if len(genders) == 1 else ""


_Parameters = ParamSpec("_Parameters")
_Found = TypeVar("_Found")
_Strategy = Callable[Concatenate["Memory", _Parameters], _Found]


def noted(because: Because) -> Callable[[_Strategy[_Parameters, _Found]], _Strategy[_Parameters, _Found]]:
    """Let a way to find an antecedent leave its name where it has found one."""

    def decorate(strategy: _Strategy[_Parameters, _Found]) -> _Strategy[_Parameters, _Found]:
        @wraps(strategy)
        def noting(memory: Memory, /, *args: _Parameters.args, **kwargs: _Parameters.kwargs) -> _Found:
            depth = len(memory.tried)
            memory.tried.append(because)
            found = strategy(memory, *args, **kwargs)
            if not found:
                del memory.tried[depth:]
            return found

        return noting

    return decorate
