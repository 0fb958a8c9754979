"""Coreference: which actor a word of a sentence stands for.

A light resolver for the press, without training: names are clustered by their form; pronouns, possessives and
definite descriptions take the most salient compatible antecedent (subject before other roles, near before far,
agreement in gender and number, agreement of what is said of it), in the line of Lappin & Leass (1994) and
of the centering literature.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum
from functools import cache, wraps
from typing import Concatenate, ParamSpec, TypeVar

import attrs

from newsclaims.claims import Entity, EntityKind
from newsclaims.lexicon import load
from newsclaims.lexicon.words import (
    aliases,
    demonyms,
    descriptions,
    first_name_gender,
    fold,
    is_public_body,
    known_names,
)
from newsclaims.mentions.names import Name
from newsclaims.repair import is_demonym
from newsclaims.spans import Span
from newsclaims.speech import report_of
from newsclaims.tree import Document, Sentence, Word

_PERSONAL = {
    "il": ("m", False), "elle": ("f", False), "ils": ("m", True), "elles": ("f", True),
    "lui": ("", False), "leur": ("", True), "le": ("m", False), "la": ("f", False), "l'": ("", False),
    "y": ("", False), "en": ("", False), "eux": ("m", True),
}  # fmt: skip
_RELATIVE = frozenset(
    {"qui", "que", "qu'", "dont", "lequel", "laquelle", "lesquels", "lesquelles", "auquel", "duquel", "où"}
)
_FIRST = frozenset({"nous", "je", "j'", "me", "m'"})
_POSSESSIVE = frozenset({"son", "sa", "ses", "leur", "leurs"})
_OUR = frozenset({"notre", "nos", "mon", "ma", "mes"})
_DEFINITE = frozenset({"le", "la", "l'", "les", "ce", "cet", "cette", "ces"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "X", "NUM", "ADJ", "SYM"})
_GROUPS = {"duo": 2, "tandem": 2, "trio": 3, "quatuor": 4}
_COUNTS = {"deux": 2, "trois": 3, "quatre": 4, "2": 2, "3": 3, "4": 4}
_OUT = frozenset({"acl:relcl", "advcl", "parataxis", "punct", "ccomp", "cop", "orphan", "dislocated", "discourse"})


class Because(StrEnum):
    """Why a word stands for an actor."""

    NAME = "it is a name"
    OTHER_FORM = "it is another form of the name"
    JOINED = "it is one of two names joined by a hyphen"
    KEEPS_NAME = "it makes one name with the name behind it"
    NAMED_BESIDE = "the name stands beside it"
    APPOSED = "it stands beside the actor that it describes"
    COORDINATED = "it is coordinated with the words that the rule gives"
    RELATIVE = "it is a relative pronoun"
    OWNED = "it is a demonstrative with its owner"
    SPEAKER = "it is a first person, and these are the words of a speaker"
    PERIPHRASE = "it is a phrase that always stands for this name"
    PRONOUN = "it is a pronoun"
    POSSESSIVE = "it is a possessive"
    LATTER = "it means the one mentioned last"
    DESCRIPTION = "it describes an actor named before"
    AHEAD = "the subject that owns it comes after it"
    SALIENT = "the most salient actor before it that agrees"
    TOGETHER = "the actors last mentioned together"
    DESCRIBED = "it is described and not named"


@attrs.frozen
class Step:
    """How a word came to stand for an actor.

    Attributes:
        words: the words.
        because: why they stand for it, the most general reason first.
        antecedent: the words through which they do, the last mention of the actor before them for instance; None when
            they do by themselves.
    """

    words: Span
    because: tuple[Because, ...]
    antecedent: Span | None = None


@attrs.frozen
class _Link:
    """Why a word stands for whom it does, and the word of its sentence through which it does."""

    because: tuple[Because, ...]
    via: Word | None = None
    before: int | None = None  # how many mentions had been read, when it stands for one of them


_Parameters = ParamSpec("_Parameters")
_Found = TypeVar("_Found")
_Strategy = Callable[Concatenate["Discourse", _Parameters], _Found]


def _noted(because: Because) -> Callable[[_Strategy[_Parameters, _Found]], _Strategy[_Parameters, _Found]]:
    """Let a way to find an antecedent leave its name where it has found one."""

    def decorate(strategy: _Strategy[_Parameters, _Found]) -> _Strategy[_Parameters, _Found]:
        @wraps(strategy)
        def noting(self: Discourse, /, *args: _Parameters.args, **kwargs: _Parameters.kwargs) -> _Found:
            depth = len(self._tried)
            self._tried.append(because)
            found = strategy(self, *args, **kwargs)
            if not found:
                del self._tried[depth:]
            return found

        return noting

    return decorate


@attrs.define(eq=False)
class Referent:
    """An actor of the text, through all its mentions.

    Attributes:
        name: the fullest form of its first mention.
        kind: what it is, None as long as nothing tells.
        gender: ``"f"``, ``"m"`` or ``""``.
        plural: whether the name is a plural.
        traits: lemmas said of it (« éditeur », « lyonnais »).
        count: how often it has been mentioned.
    """

    name: str
    kind: EntityKind | None
    gender: str = ""
    plural: bool = False
    traits: set[str] = attrs.field(factory=set)
    count: int = 0

    @property
    def invests(self) -> bool:
        """Whether name or traits say that it is an investor by trade."""
        return bool(_cues("investor_traits") & self.traits) or fold(self.name).split()[-1] in _cues("investor_names")

    @property
    def public(self) -> bool:
        """Whether it is a public body, which no « entreprise » stands for."""
        return is_public_body(self.name)


@attrs.frozen
class _Mention:
    sentence: int
    word: int
    referent: Referent
    subject: bool
    aside: bool


@cache
def _cues(key: str) -> frozenset[str]:
    return frozenset(load("coreference")[key])


class Discourse:
    """The actors of a document and what stands for them.

    Args:
        document: the document with repaired trees.
        names: its names.
    """

    def __init__(self, document: Document, names: Iterable[Name]) -> None:
        self.document = document
        self._names = {(n.sentence, n.first): n for n in names}
        self._referents: dict[str, Referent] = {}  # by every form that stands for it
        self._history: list[_Mention] = []
        self._topic: Referent | None = None  # what the text is about: the first actor in it
        self._named: dict[tuple[int, int], Referent] = {}
        self._pairs: dict[tuple[int, int], tuple[tuple[Referent, int], ...]] = {}
        self._resolved: dict[tuple[int, int], tuple[Referent, ...]] = {}
        self._open: set[tuple[int, int]] = set()  # the words whose actors are being looked for
        self._tried: list[Because] = []  # the ways by which the antecedent of an anaphor has been found
        self._anaphors: dict[tuple[int, int], _Link] = {}
        self._links: dict[tuple[int, int], _Link] = {}
        for index, sentence in enumerate(document.sentences):
            self._read(index, sentence)

    # public --------------------------------------------------------------------------------------------

    def fillers(self, index: int, word: Word) -> list[Entity]:
        """Return the actors that a word stands for, coordination and apposition followed, in text order.

        Args:
            index: the sentence's place in the document.
            word: a noun, name, pronoun or possessive of that sentence.
        """
        sentence = self.document.sentences[index]
        found: list[Entity] = []
        for item in self._group(sentence, word):
            for entity in self._one(index, sentence, item):
                if entity.name not in {f.name for f in found}:
                    found.append(entity)
        return found

    def phrase(self, index: int, word: Word) -> Span:
        """Return the characters of a noun phrase without its determiner and without clauses."""
        sentence = self.document.sentences[index]
        words = _phrase(sentence, word)
        return Span.of(self.document.text, words[0].span.start, words[-1].span.end)

    def steps(self, index: int, word: Word, name: str) -> list[Step]:
        """Return how a word, given to `fillers` before, came to stand for an actor: step by step to its name.

        Args:
            index: the sentence's place in the document.
            word: a word of that sentence.
            name: the name of one of the actors.
        """
        sentence, found, seen = self.document.sentences[index], list[Step](), set[int]()
        pending = self._group(sentence, word)
        while pending:
            at = _inside_name(sentence, pending.pop(0))
            link = self._links.get((index, at.id))
            if link is None or at.id in seen or name not in {e.name for e in self._one(index, sentence, at)}:
                continue
            seen.add(at.id)
            beside = at.id != _inside_name(sentence, word).id and not found
            because = (Because.COORDINATED, *link.because) if beside else link.because
            antecedent = None if link.before is None else self._last_mention(name, link.before)
            pending = []
            if link.via is not None:
                antecedent, pending = self._mention_span(index, link.via), self._group(sentence, link.via)
            found.append(Step(self._mention_span(index, at), because, antecedent))
        return found

    def _last_mention(self, name: str, before: int) -> Span | None:
        mentions = (m for m in reversed(self._history[:before]) if m.referent.name == name)
        found = next(mentions, None)
        if found is None:
            return None
        return self._mention_span(found.sentence, self.document.sentences[found.sentence].words[found.word - 1])

    def _because(self, index: int, word: Word, because: Because, via: Word | None = None) -> None:
        self._links[index, word.id] = _Link((because,), via)

    # reading -------------------------------------------------------------------------------------------

    def _read(self, index: int, sentence: Sentence) -> None:
        """Take the mentions of a sentence into account, left to right."""
        pending = []
        for word in sentence.words:
            name = self._names.get((index, word.id))
            if name is not None:
                referent = self._refer(index, sentence, name)
                self._named[index, word.id] = referent
                self._split(index, sentence, word, name)
                pair = tuple(r for r, _ in self._pairs.get((index, word.id), ()))
                self._mention(index, sentence, word, pair or (referent,))
            elif word.ner:
                continue
            elif self._is_anaphor(sentence, word):
                self._tried.clear()
                referents = self._antecedents(index, sentence, word)
                if referents:
                    self._resolved[index, word.id] = referents
                    self._anaphors[index, word.id] = _Link(tuple(self._tried), before=len(self._history))
                    if word.upos in ("NOUN", "ADJ") and len(referents) == 1:
                        referents[0].traits |= {t for t in _said_of(sentence, word) if is_demonym(t, t)}
                    if word.upos != "DET":
                        self._mention(index, sentence, word, referents)
                elif word.upos in ("DET", "PRON"):
                    pending.append(word)
        for word in pending:
            # « lors de son dernier tour, Zopo … »: the owner comes only now
            root = sentence.root
            subject = surface_subject(sentence, root) if root is not None else None
            if subject is not None and subject.id > word.id:
                referents = self._referents_of(index, sentence, subject)
                if referents:
                    self._resolved[index, word.id] = referents[:1]
                    self._anaphors[index, word.id] = _Link((Because.AHEAD,), via=subject)

    def _split(self, index: int, sentence: Sentence, word: Word, name: Name) -> None:
        """Take two names joined by a hyphen for two, behind a noun that says so (« le duopole Orsol-Vega »)."""
        first, _, second = name.span.text.partition("-")
        before = sentence.words[word.id - 2].lemma if word.id > 1 else ""
        if first and second[:1].isupper() and before in _cues("pairs"):
            self._pairs[index, word.id] = tuple(
                (self._referents.setdefault(_bare(part), Referent(name=part, kind=EntityKind.ORGANISATION)), len(part))
                for part in (first, second)
            )

    def _mention(self, index: int, sentence: Sentence, word: Word, referents: tuple[Referent, ...]) -> None:
        for referent in referents:
            referent.count += 1
            above = sentence.head(word)
            kept = above is not None and word.deprel == "appos" and _keeps_noun(above)  # « la famille Orsol »
            office = (
                above is not None and word.deprel == "nmod" and above.lemma in _cues("offices")
            )  # « de l'Industrie »
            aside = kept or office or _is_source(sentence, word) or _in_parentheses(sentence, word)
            self._history.append(_Mention(index, word.id, referent, _is_subject(sentence, word), aside))
            if self._topic is None and not aside and referent.kind not in (EntityKind.PLACE, EntityKind.PERSON):
                self._topic = referent

    def _refer(self, index: int, sentence: Sentence, name: Name) -> Referent:
        """Return the referent of a name: one met before under this name, or a new one."""
        text = " ".join(name.span.text.split())
        head = sentence.words[name.first - 1]
        traits, kind, gender = _traits(sentence, head)
        kind = name.kind or kind
        referent = self._referents.get(_bare(text)) or self._spelt_out(index, sentence, name)
        if referent is None:
            if name.kind is EntityKind.PERSON:
                gender = _first_name_gender(text) or gender
            gender = known_names().get(fold(text), ("", ""))[1] or gender
            referent = Referent(name=_canonical(text), kind=kind, gender=gender, traits=traits)
            for form in _short_forms(text, kind):
                self._referents.setdefault(form, referent)
        referent.traits |= traits
        referent.kind = referent.kind or kind
        referent.gender = referent.gender or gender
        return referent

    def _spelt_out(self, index: int, sentence: Sentence, name: Name) -> Referent | None:
        """Return the actor whose acronym, or the full form of whose acronym, a name in parentheses is."""
        if name.first < 3 or sentence.words[name.first - 2].text != "(":
            return None
        before = sentence.words[name.first - 3]
        referent = self._named.get((index, _inside_name(sentence, before).id))
        if referent is None:
            return None
        one, other = sorted((_bare(referent.name).split(), _bare(name.span.text).split()), key=len)
        letters = "".join(w[0] for w in other if w not in ("de", "des", "du", "la", "le", "et", "l'"))
        if len(one) != 1 or one[0] not in (letters, "".join(w[0] for w in other)) or len(other) < 2:
            return None
        self._referents.setdefault(_bare(name.span.text), referent)
        return referent

    # resolving -----------------------------------------------------------------------------------------

    def _group(self, sentence: Sentence, word: Word) -> list[Word]:
        """Return a word and what is coordinated with it."""
        found, queue = [word], [word]
        while queue:
            for child in sentence.children(queue.pop(0)):
                if child.deprel != "conj" or child.upos not in _NOMINAL or child.ner in ("MONEY", "PERCENT"):
                    continue
                if _is_relative(child):
                    continue  # a parser's mistake: who stands for its antecedent is not a second actor beside it
                if _is_second_title(sentence, word, child):
                    continue
                between = sentence.words[min(word.id, child.id) : max(word.id, child.id) - 1]
                if not any(w.ner == "MONEY" for w in between):  # « Orsol (9 M€) et Vega (3 M€) » share nothing
                    found.append(child)
                    queue.append(child)
        closed = any(c.deprel == "cc" for w in found for c in sentence.children(w)) or _in_parentheses(sentence, word)
        if not closed and len(found) == 2 and _gapped(sentence, found[1]):
            return [word]  # « Orsol s'offre Vega, Nimbao la start-up Luma » has two clauses
        return sorted(found, key=lambda w: w.id)

    def _one(self, index: int, sentence: Sentence, word: Word) -> list[Entity]:
        """Return whom one word stands for: nobody, where an odd tree makes it stand for itself."""
        word = _inside_name(sentence, word)
        asked = index, word.id
        if asked in self._open:
            return []
        self._open.add(asked)
        try:
            return self._stands_for(index, sentence, word)
        finally:
            self._open.remove(asked)

    def _stands_for(self, index: int, sentence: Sentence, word: Word) -> list[Entity]:
        referent = self._named.get((index, word.id))
        if referent is not None:
            found = self._pair(index, word)
            same = _bare(referent.name) == _bare(self._names[index, word.id].span.text)
            self._because(index, word, Because.JOINED if found else Because.NAME if same else Because.OTHER_FORM)
            return found or [self._entity(referent, index, word)]
        if _is_relative(word):
            antecedent = relative_antecedent(sentence, word)
            self._because(index, word, Because.RELATIVE, antecedent)
            return self.fillers(index, antecedent) if antecedent is not None else []
        if word.text.lower() in _FIRST | _OUR:
            return self._speaker(index, sentence, word)
        if word.lemma == "celui" or word.text.lower() in ("celui", "celle", "ceux", "celles"):
            owners = [
                c for c in sentence.children(word) if c.deprel.startswith("nmod") and (index, c.id) in self._named
            ]
            if owners:  # « rivaliser avec ceux d'Orsol »
                self._because(index, word, Because.OWNED, owners[0])
                return [self._entity(self._named[index, owners[0].id], index, owners[0])]
        names = [
            c
            for c in sentence.children(word)
            if c.deprel == "appos" and (index, c.id) in self._named and _apposed(sentence, word, c)
        ]
        if names and word.upos != "PROPN":
            if _keeps_noun(word):
                self._because(index, word, Because.KEEPS_NAME)
                return [self._described_by_name(index, sentence, word, names[0])]
            plural = word.feats.get("Number") == "Plur"
            items = [w for n in names[: None if plural else 1] for w in self._group(sentence, n)]
            self._because(index, word, Because.NAMED_BESIDE)
            return [self._entity(self._named[index, w.id], index, w) for w in items if (index, w.id) in self._named]
        above = sentence.head(word)
        if word.deprel == "appos" and above is not None and above.id < word.id:
            found = self._one(index, sentence, above)
            if found and all(e.named for e in found):
                self._because(index, word, Because.APPOSED, above)
                return found
        if (index, word.id) in self._resolved:
            self._links[index, word.id] = self._anaphors[index, word.id]
            return [self._entity(r, index, word) for r in self._resolved[index, word.id]]
        if _is_latter(sentence, word):
            return []
        if word.upos in ("PRON", "DET") or word.text.lower() in _PERSONAL:
            return []
        span = self.phrase(index, word)
        kind = _kind_of(word, "other")
        self._because(index, word, Because.DESCRIBED)
        # « le gouvernement britannique », « la mairie de Lyon » are as good as names
        named = _keeps_noun(word) and any(
            is_demonym(c.lemma, c.text) or (c.deprel == "nmod" and c.ner) for c in sentence.children(word)
        )
        return [Entity(name=" ".join(span.text.split()), kind=kind, named=named, mention=span)]

    def _pair(self, index: int, word: Word) -> list[Entity]:
        """Return the two actors of « le duopole Orsol-Vega », nobody where a hyphen is part of a name."""
        found = []
        start = word.span.start
        for referent, length in self._pairs.get((index, word.id), ()):
            mention = Span.of(self.document.text, start, start + length)
            found.append(Entity(name=referent.name, kind=referent.kind or EntityKind.ORGANISATION, mention=mention))
            start = mention.end + 1
        return found

    def _described_by_name(self, index: int, sentence: Sentence, word: Word, name: Word) -> Entity:
        """Return a name with the noun that belongs to it: « la famille Orsol » is an actor of its own, not Orsol."""
        referent = self._named[index, name.id]
        last = self._names[index, name.id].span.end
        span = Span.of(self.document.text, word.span.start, last)
        kind = _kind_of(word, "organisation")
        return Entity(name=f"{word.text} {referent.name}", kind=kind, mention=span)

    def _entity(self, referent: Referent, index: int, word: Word) -> Entity:
        span = self._mention_span(index, word)
        return Entity(name=referent.name, kind=referent.kind or EntityKind.ORGANISATION, mention=span)

    def _mention_span(self, index: int, word: Word) -> Span:
        """Return the words by which an actor is mentioned: a name, a pronoun, a noun phrase."""
        name = self._names.get((index, word.id))
        if name is not None:
            return name.span
        return word.span if word.upos in ("PRON", "DET") else self.phrase(index, word)

    def _speaker(self, index: int, sentence: Sentence, word: Word) -> list[Entity]:
        """Return who « nous » and « notre » are in quoted words: the company of the speaker, else the speaker."""
        report = report_of(sentence, word)
        if report is None:
            return []
        speaker = report.speaker
        titles = [c for c in sentence.children(speaker) if c.deprel in ("appos", "nmod", "conj") and c.upos == "NOUN"]
        head = sentence.head(speaker)
        if head is not None and head.upos == "NOUN":
            titles.append(head)
        following = [w for w in sentence.words[speaker.id : speaker.id + 12] if w.upos == "NOUN"]
        if word.text.lower() in ("nous", "notre", "nos"):
            for title in [*titles, speaker, *following]:
                for c in sentence.children(title):
                    if c.deprel.startswith("nmod") and (index, c.id) in self._named:
                        self._because(index, word, Because.SPEAKER, c)
                        return [self._entity(self._named[index, c.id], index, word)]
                    if c.text.lower() in _POSSESSIVE and (index, c.id) in self._resolved:
                        self._because(index, word, Because.SPEAKER, c)
                        return [self._entity(r, index, word) for r in self._resolved[index, c.id]]
        self._because(index, word, Because.SPEAKER, speaker)
        return [e for e in self._one(index, sentence, speaker) if e.named]

    # antecedents ---------------------------------------------------------------------------------------

    def _is_anaphor(self, sentence: Sentence, word: Word) -> bool:
        text = word.text.lower().replace("’", "'")
        if word.upos == "PRON" and text in _PERSONAL and (text in ("en", "y") or not word.deprel.startswith("expl")):
            return True
        if word.upos == "DET" and text in _POSSESSIVE:
            return True
        if word.upos == "PRON" and text.lstrip("-t").lstrip("-") in ("il", "elle", "ils", "elles"):
            return True
        if _is_alias(self.document, sentence, word):
            return True
        return _is_latter(sentence, word) or _is_definite(sentence, word)

    def _antecedents(self, index: int, sentence: Sentence, word: Word) -> tuple[Referent, ...]:
        text = word.text.lower().replace("’", "'").lstrip("-").removeprefix("t-")
        alias = _is_alias(self.document, sentence, word)
        if alias:
            # the name may come only later: « le géant de Redmond … Microsoft »
            found = self._referents.get(_bare(alias))
            if found is None and _bare(alias) in {_bare(n.span.text) for n in self._names.values()}:
                found = self._referents[_bare(alias)] = Referent(name=alias, kind=EntityKind.ORGANISATION)
            if found is not None:
                self._tried.append(Because.PERIPHRASE)
                return (found,)
        if word.upos == "DET" and text in _POSSESSIVE:
            return self._possessor(index, sentence, word)
        if _is_latter(sentence, word):
            return self._last(index, sentence, word)
        if text in _PERSONAL:
            self._tried.append(Because.PRONOUN)
            gender, plural = _PERSONAL[text]
            if plural and text != "leur":
                return self._last_group(index)
            best = self._best(index, sentence, word, gender=gender, reach=2)
            return (best,) if best else ()
        return self._described(index, sentence, word)

    @_noted(Because.LATTER)
    def _last(self, index: int, sentence: Sentence, word: Word) -> tuple[Referent, ...]:
        """Return whom « ce dernier » is: the actor mentioned last."""
        if word.feats.get("Number") == "Plur" or word.text.lower().endswith("s"):
            return self._last_group(index)
        gender = "f" if word.text.lower() in ("dernière", "celle-ci") else "m"
        for m in reversed(self._history):
            here = m.sentence == index and m.word >= word.id
            if here or m.aside or m.referent.kind is EntityKind.PLACE or m.referent.gender not in ("", gender):
                continue
            return (m.referent,) if index - m.sentence <= 2 else ()
        return ()

    @_noted(Because.POSSESSIVE)
    def _possessor(self, index: int, sentence: Sentence, word: Word) -> tuple[Referent, ...]:
        """Return whose « son » is: the subject's of its clause, or the last subject's before."""
        possessed = sentence.head(word)
        plural = word.text.lower() in ("leur", "leurs")
        noun = {w.id for w in sentence.subtree(possessed)} if possessed is not None else set()
        names = [self._names[index, i] for i in sorted(noun) if (index, i) in self._names]
        inside = [r for n in names if (r := self._referents.get(_bare(n.span.text))) is not None]
        own_capital = possessed is not None and possessed.lemma in ("capital", "actionnariat", "actionnaire")
        for above in sentence.ancestors(word):
            if above.upos not in ("VERB", "ADJ", "NOUN"):
                continue
            if own_capital and above.lemma in _cues("entering"):
                continue  # nobody enters his own capital
            subject = surface_subject(sentence, above) if above.upos == "VERB" else None
            if subject is not None and subject.id not in noun and subject.id < word.id:
                referents = self._referents_of(index, sentence, subject)
                referents = tuple(r for r in referents if not any(r is other for other in inside))
                if referents and plural == (len(referents) > 1 or referents[0].plural):
                    return referents
                if referents and not plural:
                    return referents[:1]
            if above.deprel == "appos":
                governor = sentence.head(above)
                if governor is not None and governor.id < word.id:
                    referents = self._referents_of(index, sentence, governor)
                    if referents:
                        # « Zara, sa rivale » inside a clause: whose rival? the subject's, if there is another one
                        outer = next((a for a in sentence.ancestors(governor) if a.upos == "VERB"), None)
                        subject = surface_subject(sentence, outer) if outer is not None else None
                        if subject is not None and subject.id < governor.id:
                            others = self._referents_of(index, sentence, subject)
                            if others and others != referents:
                                return others
        if plural:
            group = self._last_group(index)
            if group:
                return group
        if self._announces(index, sentence, word):
            return ()
        best = self._best(index, sentence, word, reach=3, avoid=noun, barred=inside)
        return (best,) if best else ()

    def _announces(self, index: int, sentence: Sentence, word: Word) -> bool:
        """Return whether a possessive at the front is the subject's named after it: « Depuis son rachat, Vega … »."""
        root = sentence.root
        subject = surface_subject(sentence, root) if root is not None else None
        if root is None or subject is None or not word.id < subject.id < root.id:
            return False
        if word.text.lower() in ("leur", "leurs") or any(w.id == word.id for w in sentence.subtree(subject)):
            return False
        heads = [subject, *(c for c in sentence.children(subject) if c.deprel == "appos")]
        return any((index, head.id) in self._names for head in heads)

    def _referents_of(self, index: int, sentence: Sentence, word: Word) -> tuple[Referent, ...]:
        found: list[Referent] = []
        for item in self._group(sentence, word):
            item = _inside_name(sentence, item)
            if (index, item.id) in self._pairs:
                found.extend(r for r, _ in self._pairs[index, item.id])
            elif (index, item.id) in self._named:
                found.append(self._named[index, item.id])
            elif (index, item.id) in self._resolved:
                found.extend(self._resolved[index, item.id])
            elif _is_relative(item):
                antecedent = relative_antecedent(sentence, item)
                if antecedent is not None and antecedent.id < item.id:
                    found.extend(self._referents_of(index, sentence, antecedent))
            else:
                names = [
                    c
                    for c in sentence.children(item)
                    if c.deprel == "appos" and (index, c.id) in self._names and _apposed(sentence, item, c)
                ]
                for name in names[:1]:
                    if (index, name.id) in self._named:
                        found.append(self._named[index, name.id])
        return tuple(dict.fromkeys(found))

    @_noted(Because.DESCRIPTION)
    def _described(self, index: int, sentence: Sentence, word: Word) -> tuple[Referent, ...]:
        """Return whom a definite description stands for."""
        lemma = word.lemma.lower()
        entry = descriptions().get(lemma)
        traits = _said_of(sentence, word)
        count = _GROUPS.get(lemma) or next(
            (_COUNTS[c.text.lower()] for c in sentence.children(word) if c.text.lower() in _COUNTS), 0
        )
        if count or word.feats.get("Number") == "Plur":
            if not count and lemma not in _cues("generic"):
                return ()
            return self._last_group(index, count, self._barred(index, sentence, word))
        kind = EntityKind(entry.kind) if entry is not None else EntityKind.ORGANISATION
        gender = entry.gender if entry is not None else ""
        origins = {t for t in traits if is_demonym(t, t)}
        best = self._best(
            index,
            sentence,
            word,
            kind=kind,
            gender=gender,
            traits=traits,
            origins=origins,
            reach=6,
        )
        return (best,) if best else ()

    @_noted(Because.TOGETHER)
    def _last_group(self, index: int, count: int = 0, barred: Sequence[Referent] = ()) -> tuple[Referent, ...]:
        """Return the actors last mentioned together; where none are so many, the last ``count`` different ones."""
        recent = list(itertools.takewhile(lambda m: index - m.sentence <= 3, reversed(self._history)))
        for m in recent:
            sentence = self.document.sentences[m.sentence]
            group = self._referents_of(m.sentence, sentence, sentence.words[m.word - 1])
            if len(group) == count or (not count and len(group) > 1):
                return group
        actors = (
            m.referent
            for m in recent
            if m.referent.kind not in (EntityKind.PLACE, EntityKind.PERSON) and m.referent not in barred
        )
        distinct = list(dict.fromkeys(actors))[:count]
        return tuple(reversed(distinct)) if count and len(distinct) == count else ()

    @_noted(Because.SALIENT)
    def _best(
        self,
        index: int,
        sentence: Sentence,
        word: Word,
        *,
        kind: EntityKind | None = None,
        gender: str = "",
        traits: set[str] | None = None,
        origins: set[str] | None = None,
        reach: int = 3,
        avoid: set[int] | None = None,
        barred: list[Referent] | None = None,
    ) -> Referent | None:
        """Return the most salient compatible referent mentioned before a word."""
        traits = traits or set()
        scores: dict[int, tuple[float, int]] = {}
        own = [*self._barred(index, sentence, word), *(barred or [])]
        speaks = sentence.head(word)
        speaks_here = speaks is not None and speaks.lemma in load("speech")["verbs"] and word.upos == "PRON"
        noun = load("coreference")["synonyms"].get(word.lemma.lower(), word.lemma.lower())
        # what these stand for is seldom a subject
        adverbial = word.text.lower() in ("en", "y") or noun in _cues("acted_upon")
        # a subject pronoun goes on with the subject before it
        prominence = 2.2 if word.upos == "PRON" and _is_subject(sentence, word) else 1.5
        young = bool(traits & _cues("young"))
        for order in range(len(self._history) - 1, -1, -1):
            m = self._history[order]
            distance = index - m.sentence
            if distance > reach:
                break
            if m.sentence == index and (m.word >= word.id or m.word in (avoid or ())):
                continue
            r = m.referent
            if any(r is other for other in own):
                continue
            score = -1.5 * distance + 0.2 * min(r.count, 5)
            if not adverbial:
                score += (prominence if m.subject else 0.0) + (1.0 if r is self._topic else 0.0)
            score -= 3.0 if m.aside else 0.0
            score -= 4.0 if young and (r.invests or r.public) else 0.0
            score -= 1.5 if word.lemma.lower() in _cues("generic") and r.invests else 0.0
            score -= 4.0 if r.public and kind is EntityKind.PRODUCT else 0.0
            score -= 1.5 if r.public and kind is None else 0.0
            if word.lemma.lower() in _cues("investor_traits"):
                score += 3.5 if r.invests else -2.0 if r.traits else 0.0
            score += 3.0 if speaks_here and r.kind is EntityKind.PERSON else 0.0
            if r.kind is EntityKind.PLACE or (adverbial and r.kind is EntityKind.PERSON):
                score -= 4
            theirs = r.kind or EntityKind.ORGANISATION
            if kind is EntityKind.ORGANISATION and (r.public or r.kind is EntityKind.PLACE):
                continue  # no « groupe » is a state or a country
            if kind is not None and theirs is not kind:
                # an application is a product and its company
                if {kind, theirs} != {EntityKind.ORGANISATION, EntityKind.PRODUCT}:
                    continue
                score -= 1
            if kind is None and r.kind is EntityKind.PRODUCT:
                score -= 1
            if gender and r.gender and gender != r.gender:
                # « le groupe » and « l'entreprise » may be the same company, « il » and « elle » hardly
                score -= 6 if r.kind is EntityKind.PERSON else 1 if kind is not None else 2.5
            if r.kind is EntityKind.PERSON and gender and not r.gender:
                score -= 0.5
            shared = traits & r.traits
            score += 2.0 * len(shared) + (2.5 if noun in shared else 0.0)
            if kind is EntityKind.PRODUCT and r.kind is not EntityKind.PRODUCT and not shared:
                continue
            known = {t for t in r.traits if is_demonym(t, t)}
            if origins and known and not origins & known:
                score -= 3
            if score > -5 and (id(r) not in scores or scores[id(r)][0] < score):
                scores[id(r)] = (score, order)
        if not scores:
            return None
        key = max(scores, key=lambda k: scores[k])
        return self._history[scores[key][1]].referent

    def _barred(self, index: int, sentence: Sentence, word: Word) -> list[Referent]:
        """Return whom a pronoun or description cannot stand for: the other roles of its verb, the noun it is in."""
        if word.upos == "DET":
            return []
        barred: list[Referent] = []
        for child in sentence.children(word):
            # « son partenaire », « la start-up de Paul Durand »: somebody else's
            if child.deprel == "nmod" or (child.upos == "DET" and child.text.lower() in _POSSESSIVE):
                barred.extend(self._referents_of(index, sentence, child))
        verb: Word | None = None
        for above in sentence.ancestors(word):
            if above.upos == "VERB" or _predicates(sentence, above):
                verb = above
                break
            barred.extend(self._referents_of(index, sentence, above))
        if verb is not None:
            subject = surface_subject(sentence, verb)
            others = [c for c in sentence.children(verb) if c.deprel.split(":")[0] in ("nsubj", "obj", "iobj")]
            for other in [*others, *([subject] if subject is not None else [])]:
                if word.id not in {w.id for w in sentence.subtree(other)}:
                    barred.extend(self._referents_of(index, sentence, other))
        return barred


# what names and descriptions are -----------------------------------------------------------------------------


def _canonical(text: str) -> str:
    return text.strip(" ,.;:«»\"“”'")


def _bare(text: str) -> str:
    """Return a name for comparison, without article."""
    words = fold(text).split()
    if len(words) > 1 and words[0] in ("le", "la", "les", "l'", "the"):
        words = words[1:]
    return " ".join(words).removeprefix("l'")


def _short_forms(text: str, kind: EntityKind | None) -> Iterator[str]:
    """Yield the forms under which a name comes back: whole, shortened, a person's family name, initials."""
    words = _bare(text).split()
    yield " ".join(words)
    if kind is EntityKind.PLACE:
        return
    for i in range(len(words) - 1, 0, -1):
        if len(words[0]) > 2 and words[i - 1] not in ("de", "du", "des", "et", "&"):
            yield " ".join(words[:i])
    if kind is EntityKind.PERSON:
        for i in range(1, len(words)):
            yield " ".join(words[i:])
    if len(words) > 2:
        yield "".join(w[0] for w in words if w[0].isalnum())


def _first_name_gender(text: str) -> str:
    first = fold(text).split()[0]
    return first_name_gender(first) or first_name_gender(first.split("-")[0]) or ""


def _traits(sentence: Sentence, head: Word) -> tuple[set[str], EntityKind | None, str]:
    """Return what is said of a name where it stands, and the kind and gender that this shows."""
    found: set[str] = set()
    kind: EntityKind | None = None
    gender = ""
    nouns = [c for c in sentence.children(head) if c.deprel in ("appos", "amod", "nmod") and not c.ner]
    above = sentence.head(head)
    if above is not None and head.deprel == "appos":
        nouns.append(above)
    if above is not None and head.deprel.startswith("nsubj") and above.upos == "NOUN":
        nouns.append(above)
    for noun in nouns:
        lemma = noun.lemma.lower()
        entry = descriptions().get(lemma)
        if entry is None and not is_demonym(lemma, noun.text):
            continue
        found |= _said_of(sentence, noun)
        if entry is not None:
            kind = kind or EntityKind(entry.kind)
            gender = gender or entry.gender
        if noun.feats.get("Number") == "Sing" and is_demonym(lemma, noun.text):
            gender = gender or {"Fem": "f", "Masc": "m"}.get(noun.feats.get("Gender", ""), "")
    return found, kind, gender


def _said_of(sentence: Sentence, noun: Word) -> set[str]:
    """Return the lemmas of a describing noun and its complements, the same for synonyms."""
    synonyms = load("coreference")["synonyms"]
    words = [noun, *(c for c in sentence.children(noun) if c.deprel in ("amod", "nmod") and not c.ner)]
    lemmas = (fold(w.text) if is_demonym(w.lemma, w.text) else w.lemma.lower() for w in words)
    return {synonyms.get(lemma) or demonyms().get(lemma, lemma) for lemma in lemmas}


def _kind_of(word: Word, default: str) -> EntityKind:
    entry = descriptions().get(word.lemma.lower())
    return EntityKind(entry.kind if entry is not None else default)


def _apposed(sentence: Sentence, noun: Word, name: Word) -> bool:
    """Return whether a name right after a noun, or apart from it after a describing noun, is who the noun is."""
    if noun.id > name.id:
        return True
    between = {w.text for w in sentence.words[noun.id : name.id - 1]}
    if not between & {",", ":", "(", ";", "-", "–", "—"}:
        return True
    lemma = noun.lemma.lower()
    return ":" not in between and (fold(lemma) in descriptions() or is_demonym(lemma, noun.text))


def _keeps_noun(word: Word) -> bool:
    return word.lemma.lower() in _cues("keeps_noun")


def _inside_name(sentence: Sentence, word: Word) -> Word:
    """Return the head of the name that a word is part of, the word itself elsewhere."""
    if word.deprel == "flat:name" and word.ner:
        return sentence.head(word) or word
    return word


def _is_latter(sentence: Sentence, word: Word) -> bool:
    """Return whether a word is the head of « ce dernier », « cette dernière », « celui-ci »."""
    text = word.text.lower()
    if text in ("celui-ci", "celle-ci", "ceux-ci", "celles-ci"):
        return True
    before = sentence.words[word.id - 2].text.lower() if word.id > 1 else ""
    after = sentence.words[word.id] if word.id < len(sentence.words) else None
    return (
        text in ("dernier", "dernière", "derniers", "dernières")
        and before in ("ce", "cette", "ces")
        and (after is None or after.upos != "NOUN")
    )


def _is_definite(sentence: Sentence, word: Word) -> bool:
    """Return whether a noun is a definite description of an actor that no name stands beside."""
    if word.upos not in ("NOUN", "ADJ") or word.ner:
        return False
    lemma = word.lemma.lower()
    above = sentence.head(word)
    if word.deprel == "appos" and above is not None and above.id < word.id and above.ner:
        return False  # it says who the name before it is
    if any(c.deprel == "cop" for c in sentence.children(word)) or lemma in _cues("not_anaphoric"):
        return False
    known = lemma in descriptions() or lemma in _cues("relational")
    if not known and not (is_demonym(lemma, word.text) and word.deprel != "amod"):
        return False
    children = sentence.children(word)
    determiners = {c.text.lower().replace("’", "'") for c in children if c.upos == "DET"}
    relational = lemma in _cues("relational") and determiners & _POSSESSIVE
    if not (determiners & _DEFINITE or relational):
        return False
    if any(
        c.lemma in ("autre", "même", "premier", "deuxième", "troisième", "seul") for c in children if c.deprel == "amod"
    ):
        return False
    return not any(c.deprel == "appos" and c.ner and _apposed(sentence, word, c) for c in children) and not (
        any(c.deprel == "nmod" and c.ner not in ("", "PLACE", "MONEY", "PERCENT") for c in children)
        and lemma not in _GROUPS
        and lemma not in _cues("young") | _cues("of_name")
    )


def _is_alias(document: Document, sentence: Sentence, word: Word) -> str:
    """Return the name that a fixed periphrase stands for (« le géant de Redmond »), empty for none."""
    if word.upos not in ("NOUN", "PROPN"):
        return ""
    phrases = aliases().get(fold(word.text), ())
    ahead = fold(document.text[word.span.start : word.span.start + 80]) if phrases else ""
    for phrase, name in phrases:
        if ahead.startswith(phrase) and not ahead[len(phrase) : len(phrase) + 1].isalnum():
            return name
    return ""


def _is_subject(sentence: Sentence, word: Word) -> bool:
    at: Word | None = word
    while at is not None and at.deprel in ("appos", "conj", "flat:name"):
        at = sentence.head(at)
    return at is not None and (at.deprel.startswith("nsubj") or at.deprel == "root")


def _gapped(sentence: Sentence, word: Word) -> bool:
    """Return whether a noun phrase follows a name without comma: the name is the subject of a verb left out."""
    last = max((w.id for w in sentence.subtree(word, lambda w: w.deprel == "flat:name")), default=word.id)
    following = sentence.words[last : last + 2]
    return (
        word.ner != ""
        and len(following) == 2
        and following[0].upos == "DET"
        and following[1].upos in ("NOUN", "ADJ", "PROPN")
    )


def _is_source(sentence: Sentence, word: Word) -> bool:
    """Return whether a name only says where the news is from (« selon Le Fil », « rapporte Le Fil »)."""
    cases = [c.text.lower() for c in sentence.children(word) if c.deprel in ("case", "fixed")]
    if "selon" in cases or ("après" in cases and "d'" in [c.replace("’", "'") for c in cases]):
        return True
    at: Word | None = word
    while at is not None and at.deprel in ("appos", "flat:name"):
        at = sentence.head(at)
    verb = sentence.head(at) if at is not None else None
    return (
        verb is not None
        and at is not None
        and verb.lemma in load("speech")["verbs"]
        and verb.id < at.id
        and at.deprel.split(":")[0] in ("nsubj", "obj")
        and verb.id > 1
        and any(w.text in (",", "»", '"', "”") for w in sentence.words[max(0, verb.id - 4) : verb.id - 1])
    )


def _in_parentheses(sentence: Sentence, word: Word) -> bool:
    before = word.id >= 2 and sentence.words[word.id - 2].text == "("
    return before and any(w.text == ")" for w in sentence.words[word.id : word.id + 4])


def _phrase(sentence: Sentence, word: Word) -> list[Word]:
    """Return a noun phrase without determiner, preposition, clauses and what a comma cuts off."""
    words = sentence.subtree(
        word,
        lambda w: (w.deprel not in _OUT or w.text in ("'", "-", "«", "»", '"', ",")) and not _temporal(sentence, w),
    )
    ids = {w.id for w in words}
    start = end = word.id
    while start - 1 in ids:
        start -= 1
    while end + 1 in ids:
        end += 1
    while start < word.id and (
        sentence.words[start - 1].upos in ("DET", "ADP", "PUNCT", "CCONJ", "NUM", "ADV", "SCONJ")
        or sentence.words[start - 1].lemma in ("ce", "tout", "autre")
    ):
        start += 1
    for i in range(word.id + 1, end + 1):
        at = sentence.words[i - 1]
        if at.text in (",", "(", ";", ":", "»", '"', "”") and not _list_goes_on(sentence, word, i):
            end = i - 1
            break
    while end > word.id and sentence.words[end - 1].upos in ("PUNCT", "ADP", "DET", "CCONJ", "SCONJ"):
        end -= 1
    return list(sentence.words[start - 1 : end])


def _temporal(sentence: Sentence, word: Word) -> bool:
    """Return whether a complement says when (« d'ici à 2030 », « dans les quatre ans »)."""
    if word.deprel.split(":")[0] not in ("nmod", "obl", "advmod"):
        return False
    cases = {c.text.lower() for c in sentence.children(word) if c.deprel in ("case", "det", "fixed")}
    return word.text.lower() == "ici" or "ici" in cases or (word.lemma in _cues("time") and bool(cases & _WHEN))


_WHEN = frozenset({"dans", "en", "depuis", "pendant", "pour", "avant", "après", "dès", "au"})


def _list_goes_on(sentence: Sentence, word: Word, comma: int) -> bool:
    """Return whether a comma separates members of the same coordination."""
    if sentence.words[comma - 1].text != ",":
        return False
    row = sentence.subtree(word, lambda w: w.deprel == "conj" and w.upos in _NOMINAL)
    return any(w.id > comma for w in row)


# the tree ----------------------------------------------------------------------------------------------------


def _is_second_title(sentence: Sentence, word: Word, other: Word) -> bool:
    """Return whether a coordinated noun names the same one again (« le fondateur et actionnaire de Nimbao »)."""
    if other.upos != "NOUN" or other.ner or word.ner or other.feats.get("Number") == "Plur":
        return False
    articles = [[c for c in sentence.children(noun) if c.deprel == "det"] for noun in (word, other)]
    named = any(c.deprel == "appos" and c.ner for c in sentence.children(other))
    return bool(articles[0]) and not articles[1] and not named and word.feats.get("Number") != "Plur"


def _is_relative(word: Word) -> bool:
    return word.text.lower() in _RELATIVE and word.upos in ("PRON", "SCONJ", "ADV")


def relative_antecedent(sentence: Sentence, pronoun: Word) -> Word | None:
    """Return the noun that a relative pronoun stands for."""
    for at in [pronoun, *sentence.ancestors(pronoun)]:
        if at.deprel.startswith("acl"):
            head = sentence.head(at)
            if head is None or head.id > pronoun.id:
                return None
            nearest = _name_before(sentence, pronoun)
            plain = not head.ner and head.lemma not in descriptions()
            return nearest if nearest is not None and plain else head
        if at.upos == "VERB" and at.id > pronoun.id and at.deprel in ("root", "ccomp"):
            break
    for word in reversed(sentence.words[: pronoun.id - 1]):
        if word.upos in ("NOUN", "PROPN", "X") and word.deprel not in ("flat:name", "flat"):
            at = word
            while at.deprel in ("nmod", "appos", "conj", "amod") and at.head and at.head < at.id:
                above = sentence.words[at.head - 1]
                if above.upos not in ("NOUN", "PROPN"):
                    break
                at = above
                if at.ner or at.lemma in descriptions():
                    break
            return at
    return None


def _name_before(sentence: Sentence, pronoun: Word) -> Word | None:
    """Return the name that ends right before a relative pronoun, or before the comma in front of it."""
    at = pronoun.id - 1
    if at and sentence.words[at - 1].text == ",":
        at -= 1
    word = _inside_name(sentence, sentence.words[at - 1]) if at else None
    return word if word is not None and word.ner not in ("", "MONEY", "PERCENT", "PLACE") else None


def surface_subject(sentence: Sentence, word: Word) -> Word | None:
    """Return the subject of a verb, overt or understood.

    The understood subject of an infinitive, a participle or a coordinated verb is its governor's (control), the
    noun that a participle modifies, or the owner of the noun that it completes (« son projet de racheter »).

    Args:
        sentence: the sentence.
        word: a verb, or a noun or adjective used as a predicate.

    Returns:
        The subject, None when the sentence has none.
    """
    seen: set[int] = set()
    at: Word = word
    while at.id not in seen:
        seen.add(at.id)
        children = sentence.children(at)
        overt = [c for c in children if c.deprel.split(":")[0] == "nsubj" and c.text.lower() not in ("c'", "ce")]
        if any(c.text.lower() == "on" for c in overt):
            return None
        event = next((c for c in overt if c.lemma in _cues("events")), None) if at is not word else None
        if event is not None:
            # « des négociations sont en cours pour racheter »: those of their owner, or of whoever says so
            owner = _owner(sentence, event)
            above = sentence.head(at)
            if owner is not None or above is None:
                return owner
            at = above
            continue
        if overt:
            return min(overt, key=lambda c: (c.deprel == "nsubj:outer", -c.id if c.id < at.id else c.id))
        above = sentence.head(at)
        if above is None:
            return _left_subject(sentence, at)
        relation = at.deprel.split(":")[0]
        finite = at.feats.get("VerbForm") == "Fin" or any(
            c.deprel.startswith("aux") and c.feats.get("VerbForm") == "Fin" for c in children
        )
        if _detached_participle(sentence, at):
            clause = next((a for a in sentence.ancestors(at) if a.upos == "VERB" or _predicates(sentence, a)), None)
            if clause is None:
                return None
            at = clause
            continue
        if above.upos == "ADJ" and above.lemma in _cues("able") and at.feats.get("VerbForm") == "Inf":
            at = above  # « un service capable de rivaliser »
            noun = sentence.head(above)
            if above.deprel.split(":")[0] in ("amod", "acl") and noun is not None:
                return noun
            continue
        if above.upos in ("NOUN", "PROPN", "PRON", "X") and relation in (
            "acl",
            "amod",
            "appos",
            "nmod",
            "advcl",
            "xcomp",
            "conj",
            "obl",
            "obj",
        ):
            if (
                (at.upos == "VERB" or at is word)
                and at.feats.get("VerbForm") != "Inf"
                and relation in ("acl", "amod", "appos", "advcl", "xcomp", "conj")
            ):
                return above
            owner = _owner(sentence, above)
            if owner is not None and owner.id != at.id:
                return owner
            at = above
            continue
        if relation in ("xcomp", "advcl", "obl", "ccomp") and not finite and above.lemma in _cues("object_control"):
            controlled = next(
                (
                    c
                    for c in sentence.children(above)
                    if c.deprel in ("obj", "iobj", "obl:arg") and c.id != at.id and c.upos in _NOMINAL
                ),
                None,
            )
            if controlled is not None and controlled.ner not in ("MONEY", "PERCENT"):
                return controlled
            if above.lemma in _cues("asking"):
                return None
        if finite and relation in ("ccomp", "advcl", "parataxis", "acl"):
            return _left_subject(sentence, at)
        at = above
    return None


def _predicates(sentence: Sentence, word: Word) -> bool:
    return any(c.deprel.split(":")[0] in ("nsubj", "cop") for c in sentence.children(word))


def _detached_participle(sentence: Sentence, verb: Word) -> bool:
    """Return whether a present participle behind a comma goes with the whole clause (« …, cherchant à racheter »)."""
    return (
        verb.feats.get("VerbForm") in ("Part", "Ger")
        and verb.text.lower().endswith("ant")
        and verb.id > 1
        and sentence.words[verb.id - 2].text == ","
        and verb.head < verb.id
    )


def _owner(sentence: Sentence, noun: Word) -> Word | None:
    """Return whose a noun is: « son projet », « le projet d'Orsol »; None when the phrase does not say."""
    for child in sentence.children(noun):
        if child.upos == "DET" and child.text.lower() in _POSSESSIVE:
            return child
    for child in sentence.children(noun):
        if child.deprel == "nmod" and child.ner and child.ner not in ("MONEY", "PERCENT") and child.id > noun.id:
            case = next((c.lemma for c in sentence.children(child) if c.deprel == "case"), "")
            if case in ("de", "par"):
                return child
    return None


def _left_subject(sentence: Sentence, verb: Word) -> Word | None:
    """Return the name right before a verb that the parser left without a subject."""
    for word in reversed(sentence.words[: verb.id - 1]):
        if word.upos in ("AUX", "ADV") or (word.upos == "PRON" and word.deprel.startswith(("expl", "iobj"))):
            continue
        name = _inside_name(sentence, word)
        return name if name.ner and name.ner not in ("MONEY", "PERCENT") else None
    return None
