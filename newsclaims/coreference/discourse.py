"""Discourse: which actors the words of a document stand for."""

from __future__ import annotations

from collections.abc import Iterable

from newsclaims.anaphora.cues import things
from newsclaims.anaphora.phrases import apposed, in_parentheses, inside_name, keeps_noun, leader_of
from newsclaims.anaphora.referents import Referent, bare, kind_of, said_of
from newsclaims.anaphora.subjects import relative_antecedent, surface_subject
from newsclaims.anaphora.words import (
    FIRST,
    OUR,
    PERSONAL,
    brings_in,
    gender_of_latter,
    is_latter,
    is_relative,
    is_share_of_unsaid,
    is_specified,
    is_taken_up,
    names_body,
    number_of,
    place_in_pair,
)
from newsclaims.claims import Entity, EntityKind
from newsclaims.coreference.antecedents import antecedents, is_anaphor
from newsclaims.coreference.descriptions import named_next
from newsclaims.coreference.memory import Memory
from newsclaims.coreference.naming import body, bring_in, keep, refer, split
from newsclaims.coreference.possessives import whole
from newsclaims.coreference.posts import employer, read_deeds, read_posts
from newsclaims.coreference.reasons import Because, Link, Step
from newsclaims.coreference.rows import group
from newsclaims.mentions.names import Name
from newsclaims.repair.words import is_demonym
from newsclaims.spans import Span
from newsclaims.speech import report_of
from newsclaims.tree import Document, Sentence, Word


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
        self._memory = Memory(document, names)
        self.quotations = self._memory.quotations
        self._open: set[tuple[int, int]] = set()  # the words whose actors are being looked for
        self._links: dict[tuple[int, int], Link] = {}
        for index, sentence in enumerate(document.sentences):
            self._read(index, sentence)

    def phrase(self, index: int, word: Word) -> Span:
        """Return the characters of a noun phrase without its determiner and without clauses."""
        return self._memory.phrase(index, word)

    def fillers(self, index: int, word: Word) -> list[Entity]:
        """Return the actors that a word stands for, coordination and apposition followed, in text order.

        Args:
            index: the sentence's place in the document.
            word: a noun, name, pronoun or possessive of that sentence.
        """
        sentence = self.document.sentences[index]
        found: list[Entity] = []
        for item in group(sentence, word):
            for entity in self._one(index, sentence, item):
                if entity.name not in {f.name for f in found}:
                    found.append(entity)
        return found

    def is_resolved(self, index: int, word: Word) -> bool:
        """Return whether a word stands for an actor named elsewhere."""
        return (index, word.id) in self._memory.resolved

    def steps(self, index: int, word: Word, name: str) -> list[Step]:
        """Return how a word, given to `fillers` before, came to stand for an actor: step by step to its name.

        Args:
            index: the sentence's place in the document.
            word: a word of that sentence.
            name: the name of one of the actors.
        """
        sentence, found, seen = self.document.sentences[index], list[Step](), set[int]()
        pending = group(sentence, word)
        while pending:
            at = inside_name(sentence, pending.pop(0))
            link = self._links.get((index, at.id))
            if link is None or at.id in seen or name not in {e.name for e in self._one(index, sentence, at)}:
                continue
            seen.add(at.id)
            beside = at.id != inside_name(sentence, word).id and not found
            because = (Because.COORDINATED, *link.because) if beside else link.because
            antecedent = None if link.before is None else self._memory.last_mention(name, link.before)
            pending = []
            if link.via is not None:
                antecedent, pending = self._memory.mention_span(index, link.via), group(sentence, link.via)
            found.append(Step(self._memory.mention_span(index, at), because, antecedent))
        return found

    def _because(self, index: int, word: Word, because: Because, via: Word | None = None) -> None:
        self._links[index, word.id] = Link((because,), via)

    def _read(self, index: int, sentence: Sentence) -> None:
        """Take the mentions of a sentence into account, left to right."""
        memory = self._memory
        pending = []
        for word in sentence.words:
            name = memory.names.get((index, word.id))
            if name is not None:
                referent = refer(memory, index, sentence, name)
                memory.named[index, word.id] = referent
                split(memory, index, sentence, word, name)
                pair = tuple(r for r, _ in memory.pairs.get((index, word.id), ()))
                memory.note(index, sentence, word, pair or (referent,))
                keep(memory, index, sentence, word, name)
            elif is_share_of_unsaid(sentence, word):
                if referents := whole(memory, index, sentence, word):
                    memory.resolve(index, word, referents, Link((Because.WHOLE,), before=len(memory.history)))
            elif word.ner:
                continue
            elif names_body(sentence, word):
                memory.resolve(index, word, (body(memory, index, sentence, word),), Link((Because.DESCRIBED,)))
                if word.deprel.startswith("nsubj"):
                    memory.note(index, sentence, word, memory.resolved[index, word.id])
            elif is_anaphor(memory, sentence, word):
                memory.tried.clear()
                if word.upos == "NOUN":
                    read_deeds(memory, index, sentence)  # « ce tour, mené par Luma, valorise la start-up »: no Luma
                referents = antecedents(memory, index, sentence, word)
                if referents:
                    memory.resolve(index, word, referents, Link(tuple(memory.tried), before=len(memory.history)))
                    if word.upos in ("NOUN", "ADJ") and len(referents) == 1:
                        referents[0].learn(said_of(sentence, word))
                    if is_latter(sentence, word) and len(referents) == 1:
                        referents[0].gender = referents[0].gender or gender_of_latter(word)
                    if word.upos != "DET":
                        memory.note(index, sentence, word, referents)
                elif ahead := named_next(memory, index, sentence, word):
                    memory.resolve(index, word, (ahead,), Link((Because.CATAPHOR,)))
                    ahead.learn(said_of(sentence, word))
                    memory.note(index, sentence, word, (ahead,))
                elif word.upos in ("DET", "PRON") and place_in_pair(sentence, word) is None:
                    pending.append(word)
                elif brings_in(sentence, word):
                    bring_in(memory, index, sentence, word)
            elif brings_in(sentence, word):
                bring_in(memory, index, sentence, word)
        for word in pending:
            # « lors de son dernier tour, Zopo … »: the owner comes only now
            root = sentence.root
            subject = surface_subject(sentence, root) if root is not None else None
            if subject is not None and subject.id > word.id and word not in sentence.subtree(subject):
                referents = memory.referents_of(index, sentence, subject)
                if referents:
                    memory.resolve(index, word, referents[:1], Link((Because.AHEAD,), via=subject))
        read_deeds(memory, index, sentence)
        read_posts(memory, index, sentence)

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
        memory = self._memory
        referent = memory.named.get((index, word.id))
        above = sentence.head(word)
        kept = above is not None and keeps_noun(above) and above.feats.get("Number") != "Plur"
        if referent is not None and above is not None and kept and word.deprel == "appos":
            self._because(index, word, Because.KEEPS_NAME)
            return [self._described_by_name(index, above, word)]
        if referent is not None:
            found = self._pair(index, word)
            same = bare(referent.name) == bare(memory.names[index, word.id].span.text)
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
                c for c in sentence.children(word) if c.deprel.startswith("nmod") and (index, c.id) in memory.named
            ]
            if owners:  # « rivaliser avec ceux d'Orsol »
                self._because(index, word, Because.OWNED, owners[0])
                return [self._entity(memory.named[index, owners[0].id], index, owners[0])]
        beside = [c for c in sentence.children(word) if c.deprel == "appos"]
        # « son concurrent, l'allemand Vega »
        beside += [n for c in beside if is_demonym(c.lemma, c.text) and not c.ner for n in sentence.children(c)]
        names = [
            c
            for c in beside
            if c.deprel == "appos"
            and (index, c.id) in memory.named
            and apposed(sentence, word, c)
            # « le géant de Redmond (Washington) »
            and not (in_parentheses(sentence, c) and (c.ner == "PLACE" or sentence.words[c.id - 3].ner))
        ]
        if names and word.upos != "PROPN":
            plural = word.feats.get("Number") == "Plur"
            if keeps_noun(word) and not plural:
                self._because(index, word, Because.KEEPS_NAME)
                return [self._described_by_name(index, word, names[0])]
            items = [w for n in names[: None if plural else 1] for w in group(sentence, n)]
            self._because(index, word, Because.NAMED_BESIDE)
            return [self._entity(memory.named[index, w.id], index, w) for w in items if (index, w.id) in memory.named]
        if word.deprel == "appos" and above is not None and above.id < word.id:
            plural = word.feats.get("Number") == "Plur"  # « Orsol et Vega, les deux rivaux »
            apart = group(sentence, above) if plural else [above]
            found = [e for item in apart for e in self._one(index, sentence, item)]
            if found and all(e.named for e in found):
                self._because(index, word, Because.APPOSED, above)
                return found
        if (index, word.id) in memory.resolved:
            self._links[index, word.id] = memory.anaphors[index, word.id]
            return [self._entity(r, index, word) for r in memory.resolved[index, word.id]]
        if is_latter(sentence, word):
            return []
        if word.upos in ("PRON", "DET") or word.text.lower() in PERSONAL:
            return []
        if several := self._listed(index, sentence, word):
            self._because(index, word, Because.NAMED_BESIDE)
            return [self._entity(memory.named[index, w.id], index, w) for w in several]
        span, kind = memory.phrase(index, word), kind_of(word, "other")
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
        memory = self._memory
        count = number_of(sentence, word)
        if not count or word.upos != "NOUN" or word.ner or len(sentence.words) < word.id + 3:
            return []
        if sentence.words[word.id].text not in (",", ":"):
            return []
        first = next((w for w in sentence.words[word.id + 1 : word.id + 3] if (index, w.id) in memory.named), None)
        found = group(sentence, first) if first is not None else []
        return found if len(found) == count and all((index, w.id) in memory.named for w in found) else []

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
                    return self._memory.phrase(at, noun)
        return None

    def _pair(self, index: int, word: Word) -> list[Entity]:
        """Return the two actors of « le duopole Orsol-Vega », nobody where a hyphen is part of a name."""
        found = []
        start = word.span.start
        for referent, length in self._memory.pairs.get((index, word.id), ()):
            mention = Span.of(self.document.text, start, start + length)
            found.append(Entity(name=referent.name, kind=referent.kind or EntityKind.ORGANISATION, mention=mention))
            start = mention.end + 1
        return found

    def _described_by_name(self, index: int, word: Word, name: Word) -> Entity:
        """Return a name with the noun that belongs to it: « la famille Orsol » is an actor of its own, not Orsol."""
        last = self._memory.names[index, name.id].span.end
        span = Span.of(self.document.text, word.span.start, last)
        return Entity(name=" ".join(span.text.split()), kind=kind_of(word, "organisation"), mention=span)

    def _entity(self, referent: Referent, index: int, word: Word) -> Entity:
        span = self._memory.mention_span(index, word)
        kind = referent.kind or EntityKind.ORGANISATION
        return Entity(name=referent.name, kind=kind, named=referent.named, mention=span)

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
            via, referents = employer(self._memory, at, says, report.speaker)
        if at == index:
            self._because(index, word, Because.SPEAKER, via)
        else:
            read = sum(m.sentence <= at for m in self._memory.history)
            self._links[index, word.id] = Link((Because.SPEAKER,), before=read)
        if referents:
            return [self._entity(r, index, word) for r in referents]
        return [e for e in self._one(at, says, report.speaker) if e.named]
