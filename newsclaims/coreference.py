"""Coreference: which actor a word of a sentence stands for.

A light resolver for the press, without training: names are clustered by their form; pronouns, possessives and
definite descriptions take the most salient compatible antecedent (subject before other roles, near before far,
agreement in gender and number, agreement of what is said of it), in the line of Lappin & Leass (1994) and
of the centering literature.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from enum import StrEnum
from functools import cached_property, wraps
from typing import Concatenate, ParamSpec, TypeVar

import attrs

from newsclaims.anaphora.cues import count_of, cues, synonym, things, trades
from newsclaims.anaphora.phrases import (
    NOMINAL,
    apposed,
    arguments,
    gapped,
    in_parentheses,
    inside_name,
    is_anybody_else,
    is_grouped,
    is_nested,
    is_predicate,
    is_second_title,
    is_source,
    keeps_noun,
    leader_of,
    words_of,
)
from newsclaims.anaphora.referents import (
    GENDERS,
    Referent,
    bare,
    canonical,
    gender_of_person,
    headed_ahead,
    kind_of,
    known,
    known_ahead,
    said_of,
    short_forms,
    traits_of,
)
from newsclaims.anaphora.salience import Mention, Sought, role_of
from newsclaims.anaphora.subjects import deeds_in, relative_antecedent, surface_subject
from newsclaims.anaphora.words import (
    FIRST,
    OUR,
    PERSONAL,
    POSSESSIVE,
    alias_of,
    brings_in,
    count_of_all,
    gender_of_latter,
    is_article_of_capital,
    is_definite,
    is_impersonal,
    is_latter,
    is_owner_unsaid,
    is_relative,
    is_share_of_unsaid,
    is_specified,
    is_taken_up,
    names_body,
    number_of,
    place_in_pair,
    set_off_from,
    shareholder,
)
from newsclaims.claims import Entity, EntityKind
from newsclaims.lexicon import load
from newsclaims.lexicon.words import (
    descriptions,
    first_name_gender,
    fold,
    known_names,
    of_either,
    other_names,
    place_gender,
)
from newsclaims.mentions.names import Name
from newsclaims.quotations import Quotations
from newsclaims.repair.words import is_demonym
from newsclaims.spans import Span
from newsclaims.speech import cited, quoted_report, report_of
from newsclaims.tree import Document, Sentence, Word

_QUOTED = 1.5  # how much less present whom somebody's words speak of is to the text around them


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
    WHOLE = "it is a share of it"
    LATTER = "it means the one mentioned last"
    PAIR = "it means one of them"
    DESCRIPTION = "it describes an actor named before"
    AHEAD = "the subject that owns it comes after it"
    CATAPHOR = "it describes the actor that the text names next"
    SALIENT = "the most salient actor before it that agrees"
    TOGETHER = "the actors last mentioned together"
    THING = "it is another word for a thing mentioned before"
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


class Discourse:
    """The actors of a document and what stands for them.

    Args:
        document: the document with repaired trees.
        names: its names.

    Attributes:
        document: the document.
        quotations: what is quoted in it, and from whom.
    """

    def __init__(self, document: Document, names: Iterable[Name]) -> None:
        self.document = document
        self.quotations = Quotations(document)
        self._names = {(n.sentence, n.first): n for n in names}
        self._referents: dict[str, Referent] = {}  # by every form that stands for it
        self._history: list[Mention] = []
        self._topic: Referent | None = None  # what the text is about: the first actor in it
        self._compared: tuple[int, tuple[Referent, ...]] = (-1, ())  # whom « le premier » was one of, and where
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

    def is_resolved(self, index: int, word: Word) -> bool:
        """Return whether a word stands for an actor named elsewhere."""
        return (index, word.id) in self._resolved

    def phrase(self, index: int, word: Word) -> Span:
        """Return the characters of a noun phrase without its determiner and without clauses."""
        sentence = self.document.sentences[index]
        words = words_of(sentence, word)
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
            at = inside_name(sentence, pending.pop(0))
            link = self._links.get((index, at.id))
            if link is None or at.id in seen or name not in {e.name for e in self._one(index, sentence, at)}:
                continue
            seen.add(at.id)
            beside = at.id != inside_name(sentence, word).id and not found
            because = (Because.COORDINATED, *link.because) if beside else link.because
            antecedent = None if link.before is None else self._last_mention(name, link.before)
            pending = []
            if link.via is not None:
                antecedent, pending = self._mention_span(index, link.via), self._group(sentence, link.via)
            found.append(Step(self._mention_span(index, at), because, antecedent))
        return found

    def _last_mention(self, name: str, before: int) -> Span | None:
        mentions = map(self._history.__getitem__, range(before - 1, -1, -1))
        found = next((m for m in mentions if m.referent.name == name), None)
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
            elif is_share_of_unsaid(sentence, word):
                if referents := self._whole(index, sentence, word):
                    self._resolved[index, word.id] = referents
                    self._anaphors[index, word.id] = _Link((Because.WHOLE,), before=len(self._history))
            elif word.ner:
                continue
            elif names_body(sentence, word):
                self._resolved[index, word.id] = (self._body(index, sentence, word),)
                self._anaphors[index, word.id] = _Link((Because.DESCRIBED,))
                if word.deprel.startswith("nsubj"):
                    self._mention(index, sentence, word, self._resolved[index, word.id])
            elif self._is_anaphor(sentence, word):
                self._tried.clear()
                referents = self._antecedents(index, sentence, word)
                if referents:
                    self._resolved[index, word.id] = referents
                    self._anaphors[index, word.id] = _Link(tuple(self._tried), before=len(self._history))
                    if word.upos in ("NOUN", "ADJ") and len(referents) == 1:
                        referents[0].learn(said_of(sentence, word))
                    if is_latter(sentence, word) and len(referents) == 1:
                        referents[0].gender = referents[0].gender or gender_of_latter(word)
                    if word.upos != "DET":
                        self._mention(index, sentence, word, referents)
                elif ahead := self._ahead(index, sentence, word):
                    self._resolved[index, word.id] = (ahead,)
                    self._anaphors[index, word.id] = _Link((Because.CATAPHOR,))
                    ahead.learn(said_of(sentence, word))
                    self._mention(index, sentence, word, (ahead,))
                elif word.upos in ("DET", "PRON") and place_in_pair(sentence, word) is None:
                    pending.append(word)
                elif brings_in(sentence, word):
                    self._bring_in(index, sentence, word)
            elif brings_in(sentence, word):
                self._bring_in(index, sentence, word)
        for word in pending:
            # « lors de son dernier tour, Zopo … »: the owner comes only now
            root = sentence.root
            subject = surface_subject(sentence, root) if root is not None else None
            if subject is not None and subject.id > word.id and word not in sentence.subtree(subject):
                referents = self._referents_of(index, sentence, subject)
                if referents:
                    self._resolved[index, word.id] = referents[:1]
                    self._anaphors[index, word.id] = _Link((Because.AHEAD,), via=subject)
        self._read_deeds(index, sentence)
        self._read_posts(index, sentence)

    def _read_deeds(self, index: int, sentence: Sentence) -> None:
        """Note what its verbs and nouns of events make of a sentence's actors: who buys is a buyer from now on."""
        for actor, deed in deeds_in(sentence):
            for referent in self._referents_of(index, sentence, actor):
                referent.deeds.add(deed)

    def _split(self, index: int, sentence: Sentence, word: Word, name: Name) -> None:
        """Take two names joined by a hyphen for two, behind a noun that says so (« le duopole Orsol-Vega »)."""
        first, _, second = name.span.text.partition("-")
        before = sentence.words[word.id - 2].lemma if word.id > 1 else ""
        if first and second[:1].isupper() and before in cues("pairs"):
            self._pairs[index, word.id] = tuple(
                (self._referents.setdefault(bare(part), Referent(name=part, kind=EntityKind.ORGANISATION)), len(part))
                for part in (first, second)
            )

    def _mention(self, index: int, sentence: Sentence, word: Word, referents: tuple[Referent, ...]) -> None:
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
            self._history.append(
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
                self._topic is None
                and prominent
                and referent.named
                and referent.kind not in (EntityKind.PLACE, EntityKind.PERSON)
            ):
                self._topic = referent

    def _is_label(self, index: int, sentence: Sentence, word: Word) -> bool:
        """Return whether a name alone between quotation marks is what something is called: « la finition « Vega » »."""
        name = self._names.get((index, word.id))
        if name is None or name.first < 2 or name.last >= len(sentence.words):
            return False
        quoted = sentence.words[name.first - 2].text, sentence.words[name.last].text
        above = sentence.head(word)
        company = above is not None and word.deprel == "appos" and kind_of(above, "other") is EntityKind.ORGANISATION
        return quoted in (("«", "»"), ("“", "”"), ('"', '"')) and role_of(sentence, word) != "subject" and not company

    def _refer(self, index: int, sentence: Sentence, name: Name) -> Referent:
        """Return the referent of a name: one met before under this name, or a new one."""
        text = " ".join(name.span.text.split())
        head = sentence.words[name.first - 1]
        traits, kind, gender = traits_of(sentence, head)
        kind = name.kind or kind
        if _names_company(sentence, head) or (kind is EntityKind.PERSON and trades() & known(text)):
            kind = EntityKind.ORGANISATION  # « le transporteur Paul Durand », « Thomas Cook »
        forms = [bare(text), *sorted(map(bare, other_names(text)))]
        referent = next((self._referents[f] for f in forms if f in self._referents), None)
        if referent is not None and referent.kind is EntityKind.PERSON and kind is EntityKind.ORGANISATION:
            referent = None  # « Paul Durand, fondateur de l'enseigne Durand »
        referent = referent or self._spelt_out(index, sentence, name) or self._model(sentence, name)
        if referent is None:
            if kind is EntityKind.PERSON:
                gender = gender_of_person(text) or gender
            gender = known_names().get(fold(text), ("", ""))[1] or place_gender(text) or gender
            gender = gender or _article_gender(sentence, head)
            if kind is None and _is_town(sentence, head):
                kind = EntityKind.PLACE
            if kind is None and _is_made(sentence, name):
                kind = EntityKind.PRODUCT
            shown = canonical(text)
            if kind is EntityKind.PERSON and text.endswith(".") and shown[-2:-1].isspace():
                shown = f"{shown}."  # « Igor B. »
            referent = Referent(name=shown, kind=kind, gender=gender, traits=traits | known(text))
            for form in short_forms(text, kind):
                self._referents.setdefault(form, referent)
        referent.traits |= traits
        referent.kind = referent.kind or kind
        referent.gender = referent.gender or gender
        return referent

    def _model(self, sentence: Sentence, name: Name) -> Referent | None:
        """Return the product that a name with an article is, with its maker or without: « la Vega Luma … la Luma »."""
        before = sentence.words[name.first - 2].text.lower() if name.first > 1 else ""
        words = bare(name.span.text).split()
        if before not in ("le", "la", "l'", "l’") or not words:
            return None
        known = self._referents.get(words[-1]) if len(words) > 1 else None
        if len(words) == 1:
            long = (r for r in self._referents.values() if bare(r.name).split()[1:][-1:] == words)
            known = next(long, None)
        if known is None or known.kind in (EntityKind.PERSON, EntityKind.PLACE):
            return None
        if len(words) > 1 and known.kind is EntityKind.ORGANISATION:
            return None  # « la CFDT Orsol » is not Orsol
        if len(words) > 1 and (bare(known.name) != words[-1] or " ".join(words[:-1]) not in self._referents):
            return None
        self._referents.setdefault(" ".join(words), known)
        return known

    def _body(self, index: int, sentence: Sentence, word: Word) -> Referent:
        """Return the referent of a public body without a name: « le gouvernement », « la mairie de Lyon »."""
        text = " ".join(self.phrase(index, word).text.split())
        referent = self._referents.get(bare(text))
        if referent is None:
            gender = GENDERS.get(word.feats.get("Gender", ""), "")
            kind = kind_of(word, "organisation")
            referent = Referent(name=text, kind=kind, gender=gender, named=is_specified(sentence, word))
            for form in short_forms(text, kind):
                self._referents.setdefault(form, referent)
        return referent

    def _bring_in(self, index: int, sentence: Sentence, word: Word) -> None:
        """Take note of an actor whom the text does not name: « un fonds américain » is who « il » is next."""
        said = said_of(sentence, word)
        person = kind_of(word, "other") is EntityKind.PERSON
        gender = GENDERS.get(word.feats.get("Gender", ""), "")
        name = " ".join(self.phrase(index, word).text.split())
        kind = EntityKind.PERSON if person else EntityKind.ORGANISATION
        referent = Referent(name=name, kind=kind, gender=gender, traits=said, named=False)
        self._resolved[index, word.id] = (referent,)
        self._anaphors[index, word.id] = _Link((Because.DESCRIBED,))
        self._mention(index, sentence, word, (referent,))

    def _spelt_out(self, index: int, sentence: Sentence, name: Name) -> Referent | None:
        """Return the actor whose acronym, or the full form of whose acronym, a name in parentheses is."""
        if name.first < 3 or sentence.words[name.first - 2].text != "(":
            return None
        before = sentence.words[name.first - 3]
        referent = self._named.get((index, inside_name(sentence, before).id))
        if referent is None:
            return None
        one, other = sorted((bare(referent.name).split(), bare(name.span.text).split()), key=len)
        letters = "".join(w[0] for w in other if w not in ("de", "des", "du", "la", "le", "et", "l'"))
        if len(one) != 1 or one[0] not in (letters, "".join(w[0] for w in other)) or len(other) < 2:
            return None
        self._referents.setdefault(bare(name.span.text), referent)
        return referent

    # resolving -----------------------------------------------------------------------------------------

    def _group(self, sentence: Sentence, word: Word) -> list[Word]:
        """Return a word and what is coordinated with it."""
        found, queue = [word], [word]
        while queue:
            for child in sentence.children(queue.pop(0)):
                if child.deprel != "conj" or child.upos not in NOMINAL or child.ner in ("MONEY", "PERCENT"):
                    continue
                if is_anybody_else(sentence, child):
                    continue
                if is_relative(child):
                    continue  # a parser's mistake: who stands for its antecedent is not a second actor beside it
                if is_second_title(sentence, word, child):
                    continue
                if place_in_pair(sentence, child) is not None and gapped(sentence, child):
                    continue
                between = sentence.words[min(word.id, child.id) : max(word.id, child.id) - 1]
                if not any(w.ner == "MONEY" for w in between):  # « Orsol (9 M€) et Vega (3 M€) » share nothing
                    found.append(child)
                    queue.append(child)
        closed = any(c.deprel == "cc" for w in found for c in sentence.children(w)) or in_parentheses(sentence, word)
        if not closed and len(found) == 2 and gapped(sentence, found[1]):
            return [word]  # « Orsol s'offre Vega, Nimbao la start-up Luma » has two clauses
        return sorted(found, key=lambda w: w.id)

    def _one(self, index: int, sentence: Sentence, word: Word) -> list[Entity]:
        """Return whom one word stands for: nobody, where an odd tree makes it stand for itself."""
        word = inside_name(sentence, word)
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
        above = sentence.head(word)
        kept = above is not None and keeps_noun(above) and above.feats.get("Number") != "Plur"
        if referent is not None and above is not None and kept and word.deprel == "appos":
            self._because(index, word, Because.KEEPS_NAME)
            return [self._described_by_name(index, above, word)]
        if referent is not None:
            found = self._pair(index, word)
            same = bare(referent.name) == bare(self._names[index, word.id].span.text)
            self._because(index, word, Because.JOINED if found else Because.NAME if same else Because.OTHER_FORM)
            return found or [self._entity(referent, index, word)]
        if is_relative(word):
            antecedent = relative_antecedent(sentence, word)
            self._because(index, word, Because.RELATIVE, antecedent)
            return self.fillers(index, antecedent) if antecedent is not None else []
        if word.text.lower() in FIRST | OUR:
            return self._speaker(index, sentence, word)
        if (leader := leader_of(sentence, word)) is not None:
            self._because(index, word, Because.NAMED_BESIDE, leader)
            return self.fillers(index, leader)
        if word.lemma == "celui" or word.text.lower() in ("celui", "celle", "ceux", "celles"):
            owners = [
                c for c in sentence.children(word) if c.deprel.startswith("nmod") and (index, c.id) in self._named
            ]
            if owners:  # « rivaliser avec ceux d'Orsol »
                self._because(index, word, Because.OWNED, owners[0])
                return [self._entity(self._named[index, owners[0].id], index, owners[0])]
        beside = [c for c in sentence.children(word) if c.deprel == "appos"]
        # « son concurrent, l'allemand Vega »
        beside += [n for c in beside if is_demonym(c.lemma, c.text) and not c.ner for n in sentence.children(c)]
        names = [
            c
            for c in beside
            if c.deprel == "appos"
            and (index, c.id) in self._named
            and apposed(sentence, word, c)
            # « le géant de Redmond (Washington) »
            and not (in_parentheses(sentence, c) and (c.ner == "PLACE" or sentence.words[c.id - 3].ner))
        ]
        if names and word.upos != "PROPN":
            plural = word.feats.get("Number") == "Plur"
            if keeps_noun(word) and not plural:
                self._because(index, word, Because.KEEPS_NAME)
                return [self._described_by_name(index, word, names[0])]
            items = [w for n in names[: None if plural else 1] for w in self._group(sentence, n)]
            self._because(index, word, Because.NAMED_BESIDE)
            return [self._entity(self._named[index, w.id], index, w) for w in items if (index, w.id) in self._named]
        if word.deprel == "appos" and above is not None and above.id < word.id:
            plural = word.feats.get("Number") == "Plur"  # « Orsol et Vega, les deux rivaux »
            apart = self._group(sentence, above) if plural else [above]
            found = [e for item in apart for e in self._one(index, sentence, item)]
            if found and all(e.named for e in found):
                self._because(index, word, Because.APPOSED, above)
                return found
        if (index, word.id) in self._resolved:
            self._links[index, word.id] = self._anaphors[index, word.id]
            return [self._entity(r, index, word) for r in self._resolved[index, word.id]]
        if is_latter(sentence, word):
            return []
        if word.upos in ("PRON", "DET") or word.text.lower() in PERSONAL:
            return []
        if several := self._listed(index, sentence, word):
            self._because(index, word, Because.NAMED_BESIDE)
            return [self._entity(self._named[index, w.id], index, w) for w in several]
        span, kind = self.phrase(index, word), kind_of(word, "other")
        first = self._thing(index, sentence, word)
        if first is not None:
            self._because(index, word, Because.THING)
            return [Entity(name=" ".join(first.text.split()), kind=kind, named=False, mention=span)]
        self._because(index, word, Because.DESCRIBED)
        # « le gouvernement britannique », « la mairie de Lyon » are as good as names
        named = keeps_noun(word) and is_specified(sentence, word)
        return [Entity(name=" ".join(span.text.split()), kind=kind, named=named, mention=span)]

    def _listed(self, index: int, sentence: Sentence, word: Word) -> list[Word]:
        """Return as many names as are announced, behind a comma or colon: « les deux sociétés, Orsol et Vega »."""
        count = number_of(sentence, word)
        if not count or word.upos != "NOUN" or word.ner or len(sentence.words) < word.id + 3:
            return []
        if sentence.words[word.id].text not in (",", ":"):
            return []
        first = next((w for w in sentence.words[word.id + 1 : word.id + 3] if (index, w.id) in self._named), None)
        found = self._group(sentence, first) if first is not None else []
        return found if len(found) == count and all((index, w.id) in self._named for w in found) else []

    def _thing(self, index: int, sentence: Sentence, word: Word) -> Span | None:
        """Return how a thing without a name was mentioned first (« ce site », « cette technologie »)."""
        said = {c.deprel.split(":")[0] for c in sentence.children(word)}
        if (
            word.upos != "NOUN"
            or word.ner
            or not is_taken_up(sentence, word)
            or said & {"nmod", "acl", "appos", "amod"}
        ):
            return None
        for at in range(index, max(index - 3, -1), -1):
            before = self.document.sentences[at]
            for noun in reversed(before.words if at < index else before.words[: word.id - 1]):
                if noun.upos == "NOUN" and not noun.ner and noun.lemma in things().get(word.lemma, ()):
                    return self.phrase(at, noun)
        return None

    def _pair(self, index: int, word: Word) -> list[Entity]:
        """Return the two actors of « le duopole Orsol-Vega », nobody where a hyphen is part of a name."""
        found = []
        start = word.span.start
        for referent, length in self._pairs.get((index, word.id), ()):
            mention = Span.of(self.document.text, start, start + length)
            found.append(Entity(name=referent.name, kind=referent.kind or EntityKind.ORGANISATION, mention=mention))
            start = mention.end + 1
        return found

    def _described_by_name(self, index: int, word: Word, name: Word) -> Entity:
        """Return a name with the noun that belongs to it: « la famille Orsol » is an actor of its own, not Orsol."""
        last = self._names[index, name.id].span.end
        span = Span.of(self.document.text, word.span.start, last)
        return Entity(name=" ".join(span.text.split()), kind=kind_of(word, "organisation"), mention=span)

    def _entity(self, referent: Referent, index: int, word: Word) -> Entity:
        span = self._mention_span(index, word)
        kind = referent.kind or EntityKind.ORGANISATION
        return Entity(name=referent.name, kind=kind, named=referent.named, mention=span)

    def _mention_span(self, index: int, word: Word) -> Span:
        """Return the words by which an actor is mentioned: a name, a pronoun, a noun phrase."""
        name = self._names.get((index, word.id))
        if name is not None:
            return name.span
        return word.span if word.upos in ("PRON", "DET") else self.phrase(index, word)

    def _speaker(self, index: int, sentence: Sentence, word: Word) -> list[Entity]:
        """Return who « nous » and « notre » are in quoted words: the company of the speaker, else the speaker."""
        report, at = report_of(sentence, word), index
        if report is None:
            quoted = self.quotations.report_of(index, word)
            if quoted is None:
                return []
            at, report = quoted
        says = self.document.sentences[at]
        via, referents = report.speaker, tuple[Referent, ...]()
        if word.text.lower() in ("nous", "notre", "nos"):
            via, referents = self._employer(at, says, report.speaker)
        if at == index:
            self._because(index, word, Because.SPEAKER, via)
        else:
            read = sum(m.sentence <= at for m in self._history)
            self._links[index, word.id] = _Link((Because.SPEAKER,), before=read)
        if referents:
            return [self._entity(r, index, word) for r in referents]
        return [e for e in self._one(at, says, report.speaker) if e.named]

    def _employer(self, index: int, sentence: Sentence, person: Word) -> tuple[Word, tuple[Referent, ...]]:
        """Return for whom somebody speaks, with the word that says so: « Anne Leroy, la présidente de Telmar »."""
        titles = [c for c in sentence.children(person) if c.deprel in ("appos", "nmod", "conj") and c.upos == "NOUN"]
        head = sentence.head(person)
        if head is not None and head.upos == "NOUN":
            titles.append(head)
        following = [w for w in sentence.words[person.id : person.id + 12] if w.upos == "NOUN"]
        for title in [*titles, person, *following]:
            below = sentence.children(title) if title.lemma not in cues("offices") else ()  # no « Économie » employs
            # « directeur pour la France d'Orsol », hung on the country
            abroad = [below_place for c in below if c.ner == "PLACE" for below_place in sentence.children(c)]
            for c in [*below, *abroad]:
                named = self._named.get((index, c.id)) if c.deprel.startswith("nmod") else None
                if named is not None and named.kind not in (EntityKind.PLACE, EntityKind.PERSON):
                    return c, (named,)
                if c.text.lower() in POSSESSIVE and (index, c.id) in self._resolved:
                    return c, self._resolved[index, c.id]
        known = [r.employer for r in self._referents_of(index, sentence, person) if r.employer is not None]
        return person, tuple(known)

    def _read_posts(self, index: int, sentence: Sentence) -> None:
        """Note for whom the people of a sentence work."""
        for verb in sentence.words:
            if verb.upos == "VERB" and verb.lemma in cues("heading"):
                subject = surface_subject(sentence, verb)
                heads = self._referents_of(index, sentence, subject) if subject is not None else ()
                headed = [
                    r for o in arguments(sentence, verb, ("obj",)) for r in self._referents_of(index, sentence, o)
                ]
                for person in heads:
                    if person.kind is None and " " in person.name and len(headed) == 1:
                        person.kind = EntityKind.PERSON  # « Zsofia Kolb dirige Orsol »
                    if person.kind is EntityKind.PERSON and person.employer is None and len(headed) == 1:
                        person.employer = headed[0] if headed[0].kind is not EntityKind.PERSON else None
        for word in sentence.words:
            people = self._resolved.get((index, word.id), ()) if word.upos == "NOUN" else ()
            if (index, word.id) in self._named:
                people = (self._named[index, word.id],)
            for person in people:
                if person.kind is EntityKind.PERSON and person.employer is None:
                    _, found = self._employer(index, sentence, word)
                    person.employer = next((r for r in found if r is not person), None)

    # antecedents ---------------------------------------------------------------------------------------

    def _is_anaphor(self, sentence: Sentence, word: Word) -> bool:
        text = word.text.lower().replace("’", "'")
        if word.upos == "PRON" and text in ("en", "y"):
            above = sentence.head(word)
            return above is not None and any(
                w.lemma in cues("of_it") for w in (above, *arguments(sentence, above, ("obj", "xcomp", "nmod")))
            )
        if word.upos == "PRON" and text in PERSONAL and not word.deprel.startswith("expl"):
            return not is_impersonal(sentence, word)
        if word.upos == "DET" and (
            text in POSSESSIVE or is_article_of_capital(sentence, word) or is_owner_unsaid(sentence, word)
        ):
            return True
        if word.upos == "PRON" and text.lstrip("-t").lstrip("-") in ("il", "elle", "ils", "elles"):
            return not is_impersonal(sentence, word)
        if alias_of(self.document, word)[1]:
            return True
        return (
            is_latter(sentence, word)
            or place_in_pair(sentence, word) is not None
            or count_of_all(sentence, word) > 0
            or is_definite(sentence, word)
        )

    def _antecedents(self, index: int, sentence: Sentence, word: Word) -> tuple[Referent, ...]:
        text = _pronoun(word)
        phrase, aliases = alias_of(self.document, word)
        known = self._known_by(aliases)
        if known or phrase.replace(" d'", " de ").partition(" de ")[2] in known_names():
            return known  # « le groupe de Xavier Niel » is nobody else, even where the text does not name it
        if word.upos == "DET":
            return self._possessor(index, sentence, word)
        if is_latter(sentence, word):
            return self._last(index, sentence, word)
        place = place_in_pair(sentence, word)
        if place is not None:
            return self._one_of_several(index, word, place)
        if count_of_all(sentence, word):
            return self._last_group(index, count_of_all(sentence, word), latest=True)
        if text in PERSONAL:
            self._tried.append(Because.PRONOUN)
            gender, plural = PERSONAL[text]
            if (verb := set_off_from(sentence, word)) is not None:
                subject = surface_subject(sentence, verb)
                found = self._referents_of(index, sentence, subject) if subject is not None else ()
                if found or not plural:
                    return found
            if (topic := self._announced(index, sentence, word)) and (topic[0].gender in ("", gender) or not gender):
                return topic
            if plural:
                return self._plural_name(index, sentence, word) or self._last_group(index) or self._both(index)
            if (speaker := self._speaker_unnamed(index, sentence, word)) is not None:
                return self._referents_of(index, sentence, speaker)
            if (office := _office_of(sentence, word)) is not None:
                return self._holder(index, sentence, word, office, gender)
            said = self._speaker_meant(index, sentence, word, gender)
            barred = () if said else self._telling(index, sentence, word)
            sought = Sought.by(sentence, word, gender=gender)
            if sought.speaks and self._says_i(index, sentence, word):
                others = (EntityKind.ORGANISATION, EntityKind.PRODUCT, EntityKind.PLACE)
                barred = (*barred, *(m.referent for m in self._recent(index, 6) if m.referent.kind in others))
            return said or self._best(index, sentence, word, sought, reach=2, barred=barred)
        return self._described(index, sentence, word)

    def _announced(self, index: int, sentence: Sentence, pronoun: Word) -> tuple[Referent, ...]:
        """Return whom a sentence says at its front that it is about: « Quant à Orsol, Luma veut le racheter »."""
        about = next(
            (w for w in sentence.words[:12] if (a := sentence.head(w)) is not None and a.lemma == "quant"), None
        )
        if about is None or pronoun in sentence.subtree(about):
            return ()
        found = self._referents_of(index, sentence, about)
        return found if len(found) == 1 else ()

    def _holder(self, index: int, sentence: Sentence, pronoun: Word, office: Word, gender: str) -> tuple[Referent, ...]:
        """Return who holds an office: the person spoken of, else somebody whom the text has not named."""
        sought = Sought.by(sentence, pronoun, EntityKind.PERSON, gender)
        found = self._best(index, sentence, pronoun, sought, reach=3)
        if found:
            return found
        name = " ".join(self.phrase(index, office).text.split())
        return (
            Referent(name=name, kind=EntityKind.PERSON, gender=gender, traits=said_of(sentence, office), named=False),
        )

    @_noted(Because.SALIENT)
    def _plural_name(self, index: int, sentence: Sentence, word: Word) -> tuple[Referent, ...]:
        """Return the subject of the sentence whose name is a plural: « les Pays-Bas … s'ils investissent »."""
        for mention in self._recent(index, reach=0):
            name = sentence.words[mention.word - 1]
            article = any(c.text.lower() == "les" for c in sentence.children(name))
            if mention.word < word.id and mention.role == "subject" and not mention.aside and article and name.ner:
                return (mention.referent,)
        return ()

    def _speaker_unnamed(self, index: int, sentence: Sentence, word: Word) -> Word | None:
        """Return who speaks of himself without a name: « Le ministre a annoncé qu'il investirait »."""
        verb = _reporting(sentence, word)
        speaker = surface_subject(sentence, verb) if verb is not None else None
        if speaker is not None and is_relative(speaker):
            speaker = relative_antecedent(sentence, speaker)
        unnamed = (
            speaker is not None
            and speaker.upos == "NOUN"
            and not speaker.ner
            and speaker.feats.get("Number") != "Plur"
            and speaker.feats.get("Gender") == word.feats.get("Gender")
            and not any(c.deprel == "appos" and c.ner for c in sentence.children(speaker))
            and not any(r.named for r in self._referents_of(index, sentence, speaker))
        )
        return speaker if unnamed else None

    def _says_i(self, index: int, sentence: Sentence, pronoun: Word) -> bool:
        """Return whether somebody says « je » in the words that are put to a pronoun (« J'y crois », a-t-il dit)."""
        before = [*self.document.sentences[max(index - 1, 0)].words, *sentence.words[: pronoun.id - 1]]
        before = before[-40:] if index else before
        for word in reversed(before):
            if word.text.lower() in ("je", "j'", "j’", "-je") and self.quotations.covers(word):
                return True
            if (
                word.upos == "VERB"
                and not self.quotations.covers(word)
                and word.head != pronoun.head
                and word.id != pronoun.head
            ):
                return False
        return False

    def _speaker_meant(self, index: int, sentence: Sentence, word: Word, gender: str) -> tuple[Referent, ...]:
        """Return who speaks of himself: « Orsol a annoncé qu'il investirait »; nobody where a medium reports."""
        verb = _reporting(sentence, word)
        speaker = surface_subject(sentence, verb) if verb is not None else None
        if verb is None or speaker is None or verb.lemma in load("speech")["reporting"]:
            return ()
        found = self._referents_of(index, sentence, speaker)
        fits = len(found) == 1 and found[0].kind is not EntityKind.PLACE and found[0].gender in ("", gender)
        return found if fits and gender else ()

    def _telling(self, index: int, sentence: Sentence, word: Word) -> tuple[Referent, ...]:
        """Return who tells what is said of a pronoun, and so is not meant by it: a speaker, a medium."""
        verb = _reporting(sentence, word)
        reporter = surface_subject(sentence, verb) if verb is not None else None
        reporters = self._referents_of(index, sentence, reporter) if reporter is not None else ()
        media = [r for r in reporters if r.traits.intersection(load("speech")["media"])]
        return (*media, *self._quoting(index, sentence, word))

    def _quoting(self, index: int, sentence: Sentence, word: Word) -> tuple[Referent, ...]:
        """Return who says the quoted words that a pronoun stands in, and so is not meant by it."""
        if not self.quotations.covers(word):
            return ()
        report, at = quoted_report(sentence, word), index
        if report is None:
            quoted = self.quotations.report_of(index, word)
            if quoted is None:
                return ()
            at, report = quoted
        if at == index and report.speaker.id == word.id:
            return ()
        says = self.document.sentences[at]
        name = self._names.get((at, report.speaker.id))
        if name is not None:  # what comes later is not read yet
            known = self._referents.get(bare(name.span.text))
            return (known,) if known is not None else ()
        found = self._referents_of(at, says, report.speaker)
        if found or report.speaker.upos != "PRON":
            return found
        gender, _ = PERSONAL.get(_pronoun(report.speaker), ("", False))
        return self._best(index, sentence, word, Sought.by(says, report.speaker, gender=gender), reach=2)

    def _known_by(self, aliases: Iterable[str]) -> tuple[Referent, ...]:
        """Return the first of some well-known actors that the text names, be it later."""
        for alias in aliases:
            forms = [bare(alias), *sorted(map(bare, other_names(alias)))]
            found = next((self._referents[form] for form in forms if form in self._referents), None)
            if found is not None:
                self._tried.append(Because.PERIPHRASE)
                return (found,)
            later = min((self._forms[form] for form in forms if form in self._forms), default=None)
            if later is not None:
                _, text = later
                referent = Referent(name=canonical(text), kind=EntityKind.ORGANISATION)
                self._referents[bare(text)] = referent
                self._tried.append(Because.PERIPHRASE)
                return (referent,)
        return ()

    @cached_property
    def _forms(self) -> dict[str, tuple[int, str]]:
        """The names of the document by their bare form: where each comes first, and how it is written there."""
        forms: dict[str, tuple[int, str]] = {}
        for place, name in enumerate(self._names.values()):
            forms.setdefault(bare(name.span.text), (place, name.span.text))
        return forms

    @_noted(Because.LATTER)
    def _last(self, index: int, sentence: Sentence, word: Word) -> tuple[Referent, ...]:
        """Return whom « ce dernier » is: the actor mentioned last."""
        if word.feats.get("Number") == "Plur" or word.text.lower().endswith("s"):
            return self._last_group(index)
        gender = gender_of_latter(word)
        if _is_any(sentence, word):
            return ()
        for m in self._recent(index, reach=2):
            here = m.sentence == index and m.word >= word.id
            several_owned = m.nested and m.grouped  # « Orsol, maison mère de Vega et Luma. Ce dernier … »
            if (
                here
                or several_owned
                or m.aside
                or m.referent.kind is EntityKind.PLACE
                or m.referent.gender not in ("", gender)
            ):
                continue
            return (m.referent,)
        return ()

    @_noted(Because.PAIR)
    def _one_of_several(self, index: int, word: Word, place: int) -> tuple[Referent, ...]:
        """Return whom « le premier » or « l'autre » is: a member of the last group, the same for all of them."""
        seen, group = self._compared
        if index - seen > 1 or not group:
            group = self._last_group(index, reach=2)
            if len(group) != 2 and not (group and word.lemma in cues("ranks")):
                group = self._both(index)
        self._compared = index, group
        return group[place : place + 1]

    @_noted(Because.TOGETHER)
    def _both(self, index: int) -> tuple[Referent, ...]:
        """Return the actors of the sentence before, where they are two of a kind."""
        before = [m for m in self._recent(index, reach=1) if m.sentence == index - 1 and not m.aside]
        actors = tuple(dict.fromkeys(m.referent for m in reversed(before) if m.referent.kind is not EntityKind.PLACE))
        kinds = {r.kind is EntityKind.PERSON for r in actors}
        return actors if len(actors) == 2 and len(kinds) == 1 else ()

    @_noted(Because.POSSESSIVE)
    def _possessor(self, index: int, sentence: Sentence, word: Word) -> tuple[Referent, ...]:
        """Return whose « son » is: the subject's of its clause, or the last subject's before."""
        possessed = sentence.head(word)
        plural = word.text.lower() in ("leur", "leurs")
        noun = {w.id for w in sentence.subtree(possessed)} if possessed is not None else set()
        names = [self._names[index, i] for i in sorted(noun) if (index, i) in self._names]
        inside = [r for n in names if (r := self._referents.get(bare(n.span.text))) is not None]
        relational = possessed is not None and possessed.lemma in cues("relational")
        of_another = word.text.lower() not in POSSESSIVE  # « détient 5 % du capital »
        own_capital = possessed is not None and (
            possessed.lemma in cues("own_capital") or (of_another and possessed.lemma == "part")
        )
        if own_capital:  # nobody has one but a company
            inside.extend(m.referent for m in self._recent(index, 3) if m.referent.kind is EntityKind.PERSON)
        if possessed is not None and possessed.lemma in cues("rounds"):
            investors = (actor for actor, deed in deeds_in(sentence) if deed in cues("acting"))
            inside.extend(r for actor in investors for r in self._referents_of(index, sentence, actor))
        opposed = possessed is not None and possessed.lemma in cues("opposed")
        if opposed and not all(_may_be_person(name) for name in names):
            people, company = self._company_beside(index, noun)
            if company is not None:
                return (company,)
            if any(name.kind is EntityKind.ORGANISATION for name in names):
                inside.extend(people)
        for above in sentence.ancestors(word):
            if above.upos not in ("VERB", "ADJ", "NOUN"):
                continue
            subject = surface_subject(sentence, above) if above.upos == "VERB" else None
            if opposed and subject is not None and above.lemma in cues("creating") and _is_passive(sentence, above):
                # « les jeux Vega lancés par son concurrent Luma »: nobody's rival made it
                inside.extend(self._referents_of(index, sentence, subject))
                inside.extend(self._referents_around(index, sentence, subject))
                continue
            if own_capital and of_another and (whose := _whose(sentence, above)) is not None:
                return self._referents_of(index, sentence, whose)  # « Vega, dont l'État détient 5 % du capital »
            if own_capital and of_another and subject is not None and (whole := _company_of(sentence, subject)):
                return self._referents_of(index, sentence, whole)  # « les salariés de Vega ont 5 % du capital »
            part_held = possessed is not None and possessed.deprel == "nmod" and above.lemma in cues("holding_part")
            if own_capital and (of_another or above.lemma in cues("entering") or part_held):
                sellers = [w for w in arguments(sentence, above, ("obl", "iobj")) if w.ner] if of_another else []
                for actor in [*sellers, *([subject] if subject is not None else [])]:
                    inside.extend(self._referents_of(index, sentence, actor))
                continue  # nobody enters his own capital, nor buys a part of it from the company
            answers = possessed is not None and possessed.lemma in cues("offered") and above.lemma in cues("answering")
            if subject is not None and answers and not _is_passive(sentence, above):
                # « Luma, qui a rejeté son offre »: nobody answers his own
                inside.extend(self._referents_of(index, sentence, subject))
                continue
            if subject is not None and above.lemma in cues("taking") and not relational:
                # nobody copies himself: « Orsol accuse Vega de copier ses prix »
                inside.extend(self._referents_of(index, sentence, subject))
                continue
            if subject is not None and subject.id not in noun and subject.id < word.id:
                referents = self._governed(index, sentence, subject) or self._referents_of(index, sentence, subject)
                referents = tuple(r for r in referents if not any(r is other for other in inside))
                if opposed and not all(_may_be_person(name) for name in names):
                    referents = tuple(r.employer or r for r in referents)  # a company's rival is a company's
                if referents and plural == (len(referents) > 1):
                    return referents
                inside.extend(referents)
            governor = sentence.head(above)
            if relational and above is possessed and above.deprel == "conj" and governor is not None and not plural:
                # « Orsol et son rival Vega »: wherever both stand
                if governor.ner == "PLACE" and governor.deprel == "nmod":  # « le groupe de Lyon et son rival Vega »
                    governor = sentence.head(governor) or governor
                referents = self._referents_of_one(index, sentence, governor)
                if referents:
                    return referents
            if above.deprel == "appos" and governor is not None and governor.id < word.id:
                referents = self._referents_of(index, sentence, governor)
                # « Zara, sa rivale » inside a clause: whose rival? the subject's, if there is another one
                outer = next((a for a in sentence.ancestors(governor) if a.upos == "VERB"), None)
                subject = surface_subject(sentence, outer) if outer is not None else None
                if referents and subject is not None and subject.id < governor.id:
                    others = self._referents_of(index, sentence, subject)
                    if others and others != referents:
                        return others
                inside.extend(referents)  # nobody is his own rival
        if plural:
            return self._plural_name(index, sentence, word) or self._last_group(index)
        if self._announces(index, sentence, word):
            return ()
        if relational:
            inside += [m.referent for m in self._recent(index, 3) if m.referent.kind is EntityKind.PLACE]
            inside += [m.referent for m in self._recent(index, 3) if opposed and m.referent.public]  # no State's rival
        sought = Sought.by(sentence, word)
        if own_capital:
            inside += [m.referent for m in self._recent(index, 3) if m.referent.public]
        if own_capital and of_another:
            sought = attrs.evolve(sought, acts=sought.acts | cues("acted_upon"))
        return self._best(index, sentence, word, sought, reach=3, avoid=noun, barred=inside)

    def _governed(self, index: int, sentence: Sentence, organ: Word) -> tuple[Referent, ...]:
        """Return the company whose board or management a noun is: « le conseil d'Orsol … sa participation »."""
        if organ.ner or organ.lemma not in cues("organs"):
            return ()
        owners = (c for c in sentence.subtree(organ) if c.deprel == "nmod" and (c.ner or is_definite(sentence, c)))
        found = next((r for c in owners if (r := self._referents_of_one(index, sentence, c))), ())
        return tuple(r for r in found if r.kind not in (EntityKind.PLACE, EntityKind.PERSON))

    def _referents_around(self, index: int, sentence: Sentence, noun: Word) -> list[Referent]:
        """Return whom the names in a noun phrase stand for, up to its clauses."""
        words = sentence.subtree(noun, lambda w: not w.deprel.startswith("acl"))
        return [self._named[index, w.id] for w in words if (index, w.id) in self._named]

    def _whole(self, index: int, sentence: Sentence, share: Word) -> tuple[Referent, ...]:
        """Return of which company a share is that says none, where shareholding is spoken of."""
        before = self.document.sentences[max(index - 2, 0) : index + 1]
        if not any(word.lemma.lower() in cues("shareholding") for each in before for word in each.words):
            return ()
        holding = sentence.head(share)
        if holding is not None and share.ner != "PERCENT" and (named := shareholder(sentence, holding)) is not None:
            return self._of_company(index, sentence, share, list(self._referents_of(index, sentence, named)))
        apposed_to = sentence.head(holding) if holding is not None and holding.deprel == "appos" else None
        holder = apposed_to or (surface_subject(sentence, holding) if holding is not None else None)
        barred = list(self._referents_of(index, sentence, holder)) if holder is not None else []
        return self._of_company(index, sentence, share, barred)

    def _of_company(self, index: int, sentence: Sentence, share: Word, barred: list[Referent]) -> tuple[Referent, ...]:
        """Return the company, none of those barred, that a share is of."""
        others = (EntityKind.PERSON, EntityKind.PLACE)
        barred += [m.referent for m in self._recent(index, 3) if m.referent.kind in others or m.referent.public]
        sought = Sought.by(sentence, share)
        sought = attrs.evolve(sought, acts=sought.acts | cues("acted_upon"))  # whose shares have been spoken of
        return self._best(index, sentence, share, sought, reach=3, barred=barred)

    def _company_beside(self, index: int, avoid: Collection[int]) -> tuple[list[Referent], Referent | None]:
        """Return the people spoken of, and the company of the sentence beside one of them who is a subject.

        A company's rival is a company's: « Paul Durand a cédé Vega à son concurrent Orsol ».
        """
        people = [m.referent for m in self._recent(index, 3) if m.referent.kind is EntityKind.PERSON]
        here = [m for m in self._recent(index, 0) if not m.aside and m.word not in avoid]
        beside = any(m.role == "subject" and m.referent.kind is EntityKind.PERSON for m in here)
        companies = (m.referent for m in here if m.referent.kind not in (EntityKind.PERSON, EntityKind.PLACE))
        return people, next(companies, None) if beside else None

    def _announces(self, index: int, sentence: Sentence, word: Word) -> bool:
        """Return whether a possessive at the front is the subject's behind it: « Depuis son rachat, Vega … »."""
        root = sentence.root
        subject = surface_subject(sentence, root) if root is not None else None
        if root is None or subject is None or not word.id < subject.id < root.id:
            return False
        if word.text.lower() in ("leur", "leurs") or any(w.id == word.id for w in sentence.subtree(subject)):
            return False
        heads = [subject, *(c for c in sentence.children(subject) if c.deprel == "appos")]
        return any((index, head.id) in self._names or is_definite(sentence, head) for head in heads)

    def _referents_of(self, index: int, sentence: Sentence, word: Word) -> tuple[Referent, ...]:
        """Return whom a word and what is coordinated with it stand for, as far as has been read."""
        found = [r for item in self._group(sentence, word) for r in self._referents_of_one(index, sentence, item)]
        return tuple(dict.fromkeys(found))

    def _referents_of_one(self, index: int, sentence: Sentence, word: Word) -> tuple[Referent, ...]:
        word = inside_name(sentence, word)
        if (index, word.id) in self._pairs:
            return tuple(r for r, _ in self._pairs[index, word.id])
        if (index, word.id) in self._named:
            return (self._named[index, word.id],)
        if (index, word.id) in self._resolved:
            return self._resolved[index, word.id]
        if is_relative(word):
            antecedent = relative_antecedent(sentence, word)
            before = antecedent is not None and antecedent.id < word.id
            return self._referents_of(index, sentence, antecedent) if antecedent is not None and before else ()
        if keeps_noun(word) and word.feats.get("Number") != "Plur":
            return ()  # « la famille Orsol » is not Orsol
        names = [
            c
            for c in sentence.children(word)
            if c.deprel == "appos" and (index, c.id) in self._names and apposed(sentence, word, c)
        ]
        return tuple(self._named[index, name.id] for name in names[:1] if (index, name.id) in self._named)

    @_noted(Because.DESCRIPTION)
    def _described(self, index: int, sentence: Sentence, word: Word) -> tuple[Referent, ...]:
        """Return whom a definite description stands for."""
        lemma = word.lemma.lower()
        entry = descriptions().get(lemma)
        kind = EntityKind(entry.kind) if entry is not None else EntityKind.ORGANISATION
        political = not cues("of_people").isdisjoint(said_of(sentence, word))  # « le leader conservateur »
        inhabitant = (
            is_demonym(lemma, word.text) and word.text[0].isupper() and word.id > 2
        )  # « l'irruption du Français »
        kind = EntityKind.PERSON if lemma in cues("persons") or political or inhabitant else kind
        count = count_of(lemma) or number_of(sentence, word)
        if count or word.feats.get("Number") == "Plur":
            if not count and lemma not in cues("generic"):
                return ()
            persons = kind is EntityKind.PERSON
            return self._last_group(index, count, self._barred(index, sentence, word), persons=persons)
        gender = entry.gender if entry is not None else ""
        if kind is EntityKind.PERSON or lemma in of_either():
            gender = GENDERS.get(word.feats.get("Gender", ""), gender)  # the lemma of « la dirigeante » is a man's
        sought = Sought.by(sentence, word, kind, gender, frozenset(said_of(sentence, word)))
        complements = [self._names[index, c.id] for c in sentence.children(word) if (index, c.id) in self._names]
        owners = [r for name in complements if (r := self._referents.get(bare(name.span.text))) is not None]
        if kind is EntityKind.PERSON and complements:
            return self._head_of(index, sentence, word, sought, owners)
        headed = [r.employer for r in owners if r.employer is not None]
        if headed and lemma in load("names")["nouns"]["person"]:
            return (headed[0],)  # « le groupe de Paul Durand »
        if lemma in cues("owned") and sought.acts & cues("acted_upon") and (complements or sought.traits - {lemma}):
            return ()  # « Orsol rachète la filiale de Vega », « la filiale belge » say first what is bought
        if _is_owner(sentence, word):
            verb = next((a for a in sentence.ancestors(word) if a.upos == "VERB"), None)
            subject = surface_subject(sentence, verb) if verb is not None else None
            owners = list(self._referents_of(index, sentence, subject)) if subject is not None else []
            if len(owners) == 1 and sought.fits(owners[0]):
                return (owners[0],)
        found = self._best(index, sentence, word, sought, reach=6, barred=self._media_cited(index, sentence))
        if not found and is_demonym(lemma, word.text) and (inhabitant or not self._companies(index)):
            # « Le tchèque » may be a man, « cette Lilloise » somebody of whom only the first name is known
            other = EntityKind.ORGANISATION if inhabitant else EntityKind.PERSON
            sought = Sought.by(sentence, word, other, gender, sought.traits)
            return self._best(index, sentence, word, sought, reach=2)
        if found and kind is EntityKind.ORGANISATION and self._hardly(index, sought, found[0]):
            ahead = self._ahead(index, sentence, word, among_others=True)
            return (ahead,) if ahead is not None else found
        return found

    def _media_cited(self, index: int, sentence: Sentence) -> list[Referent]:
        """Return the media that a sentence is from, who do not act in it: « selon le journal, l'acteur a investi »."""
        actors = (r for report in cited(sentence) for r in self._referents_of(index, sentence, report.speaker))
        return [r for r in actors if r.traits.intersection(load("speech")["media"])]

    def _hardly(self, index: int, sought: Sought, actor: Referent) -> bool:
        """Return whether nothing but its place makes an actor the one of a trade: it was named by the way."""
        mentions = [m for m in self._recent(index, 6) if m.referent is actor]
        by_the_way = all(m.role in ("oblique", "embedded") for m in mentions)
        return by_the_way and sought.noun in trades() and sought.noun not in actor.traits

    def _ahead(self, index: int, sentence: Sentence, word: Word, *, among_others: bool = False) -> Referent | None:
        """Return the actor whom a description that nobody before it fits announces: the text names it next.

        « L'entreprise va ouvrir son capital. … Orsol, détenu par l'État … »: the opening of an article, or of a passage
        cut out of one, says what an actor is and names it then.
        """
        if word.upos != "NOUN" or word.feats.get("Number") == "Plur" or not is_definite(sentence, word):
            return None
        entry = descriptions().get(word.lemma.lower())
        if entry is None or entry.kind != "organisation" or index > 1:
            return None
        if not among_others and self._companies(index):
            return None
        complements = [c for c in sentence.children(word) if c.deprel == "nmod"]
        if any(c.ner for c in complements) or any(c.text.lower() in POSSESSIVE for c in sentence.children(word)):
            return None
        if complements:
            return None if among_others else self._told_later(index, word)
        sought = Sought.by(sentence, word, EntityKind.ORGANISATION, traits=frozenset(said_of(sentence, word)))
        said = sought.traits - cues("any_trade") - cues("generic")
        found = list(known_ahead(self.document.text[sentence.span.end :]))
        fitting = [name for name in found if sought.fits(Referent(name, EntityKind.ORGANISATION, traits=known(name)))]
        told = [name for name in fitting if said & known(name)]
        if among_others and not any(sought.noun in known(name) for name in told):
            return None
        if not told and (said or sought.noun not in cues("generic") or sought.noun in cues("named_so")):
            return self._told_later(index, word) if not among_others else None
        if not found and not among_others and (later := self._told_later(index, word)) is not None:
            return later
        forms = [bare(name) for name in told or fitting]
        for name, form in zip(told or fitting, forms, strict=True):
            if forms.count(form) > 1 or len(set(forms)) == 1:
                referent = self._referents.get(form) or Referent(
                    name=canonical(name), kind=EntityKind.ORGANISATION, traits=known(name)
                )
                for short in short_forms(name, EntityKind.ORGANISATION):
                    self._referents.setdefault(short, referent)
                return referent
        return None

    def _told_later(self, index: int, word: Word) -> Referent | None:
        """Return the one company whose head, speaker or value a passage tells behind a description without a name.

        « L'enseigne a été rachetée par le fonds Vega. … », affirme Paul Durand, directeur général d'Orsol. »
        """
        found = {bare(text): text for text in headed_ahead(self.document.text[word.span.end :])}
        for (at, first), name in self._names.items():
            if at < index or (at == index and first < word.id) or name.kind in (EntityKind.PERSON, EntityKind.PLACE):
                continue
            sentence = self.document.sentences[at]
            head = sentence.words[first - 1]
            above = sentence.head(head)
            if above is None or any(c.deprel == "det" for c in sentence.children(head)) or head.ner == "PLACE":
                continue
            lemma = above.lemma.lower()
            headed = head.deprel == "nmod" and lemma in cues("heads") | cues("organs")
            valued = head.deprel == "obj" and lemma in cues("valuing")
            if (headed or valued) and not Referent(name.span.text, EntityKind.ORGANISATION).public:
                found[bare(name.span.text)] = " ".join(name.span.text.split())
        if len(found) != 1:
            return None
        form, text = next(iter(found.items()))
        if form in self._referents:
            return self._referents[form]
        referent = Referent(name=canonical(text), kind=EntityKind.ORGANISATION, traits=known(text))
        for short in short_forms(text, EntityKind.ORGANISATION):
            self._referents.setdefault(short, referent)
        return referent

    def _companies(self, index: int) -> bool:
        """Return whether companies have been named in the last sentences."""
        others = (EntityKind.PERSON, EntityKind.PLACE)
        return any(
            m.referent.named and m.referent.kind not in others and not m.referent.public for m in self._recent(index, 6)
        )

    def _head_of(
        self, index: int, sentence: Sentence, word: Word, sought: Sought, owners: Sequence[Referent]
    ) -> tuple[Referent, ...]:
        """Return who « la patronne d'Orsol » is: who is known to be, else who was just spoken of and might be."""
        people = dict.fromkeys(m.referent for m in self._recent(index, 6) if m.referent.kind is EntityKind.PERSON)
        known = [p for p in people if p.employer in owners and sought.gender in ("", p.gender)]
        elsewhere = [p for p in people if p.employer is not None]
        return tuple(known[:1]) or self._best(index, sentence, word, sought, reach=1, barred=elsewhere)

    @_noted(Because.TOGETHER)
    def _last_group(
        self,
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
            index: the sentence from which to look back.
            count: how many they are, 0 for two or more.
            barred: who is not among the different ones.
            persons: whether they are persons; None for either.
            reach: how many sentences to look back.
            latest: whether the latest ones count, and not the most present ones (« Orsol et Vega, tous deux »).
        """

        def fits(referent: Referent) -> bool:
            return persons is None or persons == (referent.kind is EntityKind.PERSON)

        recent = list(self._recent(index, reach))
        for m in recent:
            sentence = self.document.sentences[m.sentence]
            group = self._referents_of(m.sentence, sentence, _first_of_row(sentence, sentence.words[m.word - 1]))
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

    @_noted(Because.SALIENT)
    def _best(
        self,
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
            index: the sentence's place in the document.
            sentence: the sentence.
            word: what stands for the actor.
            sought: what it asks of the actor.
            reach: how many sentences to look back.
            avoid: words of the sentence whose actors are not meant.
            barred: actors who are not meant.
        """
        others = [*self._barred(index, sentence, word), *barred]
        inside = self.quotations.covers(word)
        over = sought.speaks and not inside
        reach += 4 if over else 0
        best: tuple[float, Mention] | None = None
        for mention in self._recent(index, reach):
            if mention.sentence == index and (mention.word >= word.id or mention.word in avoid):
                continue
            if any(mention.referent is other for other in others):
                continue
            distance = index - mention.sentence
            if over:  # « … », a-t-il dit
                if self._is_quoted(mention):
                    continue
                between = self.document.sentences[mention.sentence + 1 : index + 1]
                distance = sum(not self.quotations.covers(s.words[len(s.words) // 2]) for s in between)
            score = sought.score(mention, distance, self._topic)
            if score is not None and not inside and self._is_quoted(mention):
                score -= _QUOTED
            if score is not None and (best is None or score > best[0]):
                best = score, mention
        return (best[1].referent,) if best else ()

    def _is_quoted(self, mention: Mention) -> bool:
        """Return whether a mention stands in a quotation."""
        return self.quotations.covers(self.document.sentences[mention.sentence].words[mention.word - 1])

    def _recent(self, index: int, reach: int) -> Iterator[Mention]:
        """Yield the mentions of a sentence and some before it, the last first."""
        return itertools.takewhile(lambda m: index - m.sentence <= reach, reversed(self._history))

    def _barred(self, index: int, sentence: Sentence, word: Word) -> list[Referent]:
        """Return whom a pronoun or description cannot stand for: the other roles of its verb, the noun it is in."""
        if word.upos == "DET":
            return []
        barred: list[Referent] = []
        for child in sentence.children(word):
            # « son partenaire », « la start-up de Paul Durand »: somebody else's
            if child.deprel == "nmod" or (child.upos == "DET" and child.text.lower() in POSSESSIVE):
                barred.extend(self._referents_of(index, sentence, child))
        verb: Word | None = None
        for above in sentence.ancestors(word):
            if above.upos == "VERB" or is_predicate(sentence, above):
                verb = above
                break
            barred.extend(self._referents_of(index, sentence, above))
        clause = next((above for above in sentence.ancestors(word) if above.deprel == "acl:relcl"), None)
        noun = sentence.head(clause) if clause is not None else None
        if noun is not None and noun.id < word.id:
            # « les modèles Vega et Luma qu'elle concurrence »: it is none of those that the clause says this of
            while noun.deprel in ("conj", "appos") and (first := sentence.head(noun)) is not None:
                noun = first
            for item in self._group(sentence, noun):
                names = [c for c in sentence.children(item) if c.deprel == "appos" and c.ner]
                for actor in (item, *names):
                    barred.extend(self._referents_of(index, sentence, actor))
        if verb is not None:
            subject = surface_subject(sentence, verb)
            others = arguments(sentence, verb, ("nsubj", "obj", "iobj"))
            if word.head == verb.id and word.deprel.startswith("nsubj"):
                # « en absorbant son rival, le groupe »: who does both is not whom it is done to
                inner = [c for c in sentence.children(verb) if c.deprel.split(":")[0] in ("advcl", "xcomp")]
                for clause in (c for c in inner if not arguments(sentence, c, ("nsubj",))):
                    others += arguments(sentence, clause, ("obj", "iobj"))
                    others += [c for c in sentence.children(clause) if c.deprel == "obl:agent"]
            for other in [*others, *([subject] if subject is not None else [])]:
                if word.id not in {w.id for w in sentence.subtree(other)}:
                    barred.extend(self._referents_of(index, sentence, other))
        return barred


def _office_of(sentence: Sentence, pronoun: Word) -> Word | None:
    """Return the office in which somebody does what a sentence says: « En tant que patron d'Orsol, il … »."""
    verb = sentence.head(pronoun)
    if verb is None or not pronoun.deprel.startswith("nsubj"):
        return None
    for noun in sentence.children(verb):
        if noun.id > pronoun.id or noun.upos != "NOUN" or noun.ner or kind_of(noun, "other") is not EntityKind.PERSON:
            continue
        if noun.feats.get("Number") == "Plur" or any(c.ner == "PERSON" for c in sentence.children(noun)):
            continue
        before = [w.lemma for w in sentence.words[: noun.id - 1][-4:]]
        bare_noun = noun.id <= 2 and not any(c.deprel == "det" for c in sentence.children(noun))
        if before[-3:] == ["en", "tant", "que"] or before[-1:] == ["comme"] or bare_noun:
            return noun
    return None


def _first_of_row(sentence: Sentence, word: Word) -> Word:
    """Return the first of those that are coordinated with an actor, the noun that it stands beside if that has others.

    « l'allemand Orsol et le danois Vega » are coordinated through their adjectives.
    """
    at = word
    while (above := sentence.head(at)) is not None and above.id < at.id:
        nominal = above.upos in NOMINAL and above.ner not in ("MONEY", "PERCENT")
        row = at.deprel == "appos" and not above.ner and any(c.deprel == "conj" for c in sentence.children(above))
        if not nominal or not (at.deprel == "conj" or row):
            break
        at = above
    return at


def _is_owner(sentence: Sentence, word: Word) -> bool:
    """Return whether a noun for a company owns what its subject may: « Orsol supprime 90 emplois du groupe »."""
    above = sentence.head(word)
    if above is None or word.deprel != "nmod" or synonym(word.lemma.lower()) not in cues("generic"):
        return False
    counted = above.upos == "NUM" and above.ner not in ("MONEY", "PERCENT")
    return counted or above.lemma in cues("staff")


def _is_any(sentence: Sentence, latter: Word) -> bool:
    """Return whether « celle-ci » takes up an actor of no name: « chaque salarié d'une entreprise … celle-ci »."""
    for word in reversed(sentence.words[: latter.id - 1]):
        if word.ner and word.ner not in ("MONEY", "PERCENT"):
            return False
        if word.upos == "NOUN" and word.feats.get("Number") != "Plur" and word.lemma in cues("generic"):
            gender = GENDERS.get(word.feats.get("Gender", ""), "")
            new = any(c.text.lower() in ("un", "une", "chaque") for c in sentence.children(word) if c.upos == "DET")
            return new and gender == gender_of_latter(latter)
    return False


def _pronoun(word: Word) -> str:
    """Return a pronoun as the lexicon has it (« -t-il »)."""
    return word.text.lower().replace("’", "'").lstrip("-").removeprefix("t-")


def _reporting(sentence: Sentence, word: Word) -> Word | None:
    """Return the verb of speech whose clause has a pronoun for subject (« Orsol assure qu'il investira »)."""
    clause = next((a for a in [word, *sentence.ancestors(word)] if a.deprel == "ccomp"), None)
    verb = sentence.head(clause) if clause is not None else None
    if verb is None or not word.deprel.startswith("nsubj"):
        return None
    lets_know = {verb.lemma, *(w.lemma for w in sentence.children(verb))} >= {"faire", "savoir"}
    return verb if lets_know or verb.lemma in load("speech")["verbs"] else None


def _is_passive(sentence: Sentence, verb: Word) -> bool:
    """Return whether a verb says what is done to its subject: « lancé par », « est vendu par »."""
    if any(c.deprel in ("nsubj:pass", "aux:pass") for c in sentence.children(verb)):
        return True
    return verb.deprel == "acl" and verb.feats.get("VerbForm") == "Part" and verb.feats.get("Tense") == "Past"


def _whose(sentence: Sentence, verb: Word) -> Word | None:
    """Return whom « dont » stands for in the clause of a verb, None without one."""
    at: Word | None = verb
    while at is not None and at.deprel == "conj":
        at = sentence.head(at)
    clause = sentence.subtree(at) if at is not None and at.deprel == "acl:relcl" else ()
    pronoun = next((w for w in clause if w.text.lower() == "dont" and w.id < verb.id), None)
    return relative_antecedent(sentence, pronoun) if pronoun is not None else None


def _company_of(sentence: Sentence, people: Word) -> Word | None:
    """Return whose people a subject without a name is (« les salariés de Vega »), None where it is no people."""
    noun = relative_antecedent(sentence, people) if is_relative(people) else people
    if noun is None or noun.ner or noun.upos != "NOUN" or kind_of(noun, "other") is not EntityKind.PERSON:
        return None
    if any(c.deprel == "appos" for c in sentence.children(noun)):
        return None
    owners = (c for c in sentence.children(noun) if c.deprel == "nmod" and c.ner not in ("", "PERSON", "PLACE"))
    return next(owners, None)


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


def _article_gender(sentence: Sentence, name: Word) -> str:
    """Return the gender that the article of a name shows (« la Zephyr »)."""
    articles = {c.text.lower() for c in sentence.children(name) if c.deprel == "det"}
    return "f" if "la" in articles else "m" if "le" in articles else ""


def _names_company(sentence: Sentence, head: Word) -> bool:
    """Return whether the noun before a name makes it a company's: « le transporteur routier Paul Durand »."""
    noun = sentence.head(head)
    if noun is None or head.deprel != "appos" or noun.id > head.id or noun.upos != "NOUN" or noun.ner:
        return False
    between = sentence.words[noun.id : head.id - 1]
    entry = descriptions().get(noun.lemma.lower())
    company = entry is not None and entry.kind == "organisation" and noun.lemma.lower() not in of_either()
    return company and noun.feats.get("Number") != "Plur" and all(w.upos in ("ADJ", "NOUN", "ADP") for w in between)


def _is_town(sentence: Sentence, head: Word) -> bool:
    """Return whether a name that nothing is known of is where something stands: « le maire de Zoppigny »."""
    noun = sentence.head(head)
    below = sentence.children(head)
    if any(c.deprel == "det" for c in below):
        return False
    case = next((c.text.lower().replace("’", "'") for c in below if c.deprel == "case"), "")
    if noun is not None and head.deprel == "nmod" and case in ("de", "d'"):
        beside = any(c.deprel == "appos" and c.ner and c.id < head.id for c in sentence.children(noun))
        sited = noun.lemma in load("places")["sites"] and beside  # « l'usine Orsol de Zoppigny »
        return noun.lemma in cues("of_towns") or sited
    if case == "en" and noun is not None and noun.upos == "VERB" and noun.lemma in cues("moving"):
        return True  # « relégué en Pro D2 »
    region = any(c.ner == "PLACE" and in_parentheses(sentence, c) for c in below)
    last = max([head.id, *(c.id for c in below if c.deprel.startswith("flat"))])
    following = sentence.words[last].text if last < len(sentence.words) else ""
    front = following == "," and sentence.words[head.id - 2].text in ("À", "A")  # « À Zoppigny, son rival … »
    stands = noun is not None and noun.lemma in cues("standing")  # « une usine située à Zoppigny »
    return case == "à" and (region or stands or front)


def _is_made(sentence: Sentence, name: Name) -> bool:
    """Return whether a plural article shows that a name is of things by the piece: « les Luma passent à 9 euros »."""
    before = sentence.words[name.first - 2].text.lower() if name.first > 1 else ""
    word = name.span.text
    return before in ("les", "des", "aux") and name.first == name.last and word.isalpha() and word[-1] not in "sxz"


def _may_be_person(name: Name) -> bool:
    """Return whether a name is a person's, or nothing but a first name."""
    return name.kind is EntityKind.PERSON or first_name_gender(name.span.text) is not None
