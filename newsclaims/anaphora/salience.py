"""How present an actor is to the reader, and how well it fits what stands for it.

Each is a sum of weights, as in Lappin & Leass (1994): recency, grammatical role and number of mentions make an actor
present; agreement in kind and gender, and what the text has said of it, make it fit.
"""

from __future__ import annotations

from collections.abc import Set

import attrs

from newsclaims.anaphora.cues import cues, doers, nationalities, synonym, trades
from newsclaims.anaphora.referents import Referent
from newsclaims.anaphora.subjects import deeds_in
from newsclaims.anaphora.words import POSSESSIVE
from newsclaims.claims import EntityKind
from newsclaims.lexicon import load
from newsclaims.lexicon.words import of_either
from newsclaims.repair.words import is_demonym
from newsclaims.tree import Sentence, Word

# How much a mention's role raises it.
_PROMINENCE = {"subject": 1.5, "object": 0.4, "oblique": 0.0, "embedded": -0.4}
# A pronoun goes on with the role of its antecedent: parallelism, as in Kameyama (1986).
_PARALLEL = {"subject": {"subject": 2.2}, "object": {"subject": 0.8, "object": 1.2}}
_LEAST = -5.0  # who scores no more is not meant
# What makes a mention less present: others named in one breath with it, standing in what is said of another actor, that
# of a person who only speaks.
_GROUPED, _NESTED, _SPOKEN = 1.2, 1.0, 1.5


@attrs.frozen
class Mention:
    """A place where the text speaks of an actor.

    Attributes:
        sentence: the sentence's place in the document.
        word: the id of the word.
        referent: the actor.
        role: its grammatical role, see `role_of`.
        aside: whether it is only there to say something else: a source, an office, a name in parentheses.
        gender: the gender of a description, empty where a name or a pronoun stands.
        grouped: whether others are named in one breath with it, so that nothing singular speaks of it alone.
        nested: whether it stands in what is said of another actor (« Orsol, la maison mère de Vega »).
    """

    sentence: int
    word: int
    referent: Referent
    role: str
    aside: bool
    gender: str = ""
    grouped: bool = False
    nested: bool = False

    @property
    def weight(self) -> float:
        """How present its role and the number of mentions make the actor."""
        return 0.2 * min(self.referent.count, 5) + _PROMINENCE[self.role]


@attrs.frozen
class Sought:
    """What a pronoun, possessive or description asks of the actor that it stands for.

    Attributes:
        noun: its lemma, one for synonyms.
        kind: the kind of actor that it describes, None for pronouns and possessives.
        gender: ``"f"``, ``"m"`` or ``""``.
        traits: what it says of the actor.
        acts: what its own sentence makes of it: who buys is a buyer (« le groupe rachète … »).
        role: the role of a pronoun, empty for other words.
        adverbial: whether it seldom stands for a subject (« en », « la cible »).
        speaks: whether it is a pronoun that somebody's words are put to.
        possessive: whether it is « son » or « leur ».
        owns: whether it is a possessive before what companies have.
    """

    noun: str
    kind: EntityKind | None
    gender: str
    traits: frozenset[str]
    acts: frozenset[str]
    role: str
    adverbial: bool
    speaks: bool
    possessive: bool
    owns: bool

    @classmethod
    def by(
        cls,
        sentence: Sentence,
        word: Word,
        kind: EntityKind | None = None,
        gender: str = "",
        traits: frozenset[str] = frozenset(),
    ) -> Sought:
        """Return what a word asks of whom it stands for."""
        noun = synonym(word.lemma.lower())
        above = sentence.head(word)
        pronoun = word.upos == "PRON"
        acts = {deed for actor, deed in deeds_in(sentence) if actor is word}
        if above is not None and word.deprel == "obj" and above.lemma in cues("valuing"):
            acts |= cues("acted_upon")
        return cls(
            noun=noun,
            kind=kind,
            gender=gender,
            traits=traits,
            acts=frozenset(acts),
            role=role_of(sentence, word) if pronoun else "",
            adverbial=word.text.lower() in ("en", "y") or doers().get(noun) in cues("acted_upon"),
            speaks=pronoun and above is not None and above.lemma in load("speech")["verbs"],
            possessive=word.text.lower() in POSSESSIVE,
            owns=word.upos == "DET" and above is not None and above.lemma in cues("company_owned"),
        )

    def score(self, mention: Mention, distance: int, topic: Referent | None) -> float | None:
        """Return how likely a mention's actor is meant, None where it cannot be.

        Args:
            mention: an earlier mention.
            distance: how many sentences lie between.
            topic: what the text is about.
        """
        person = mention.referent.kind is EntityKind.PERSON
        if not self._may_be(mention.referent) or (
            mention.aside and self.role and not (person and self.role == "subject")
        ):
            return None
        if person and {self.gender, mention.referent.gender} == {"f", "m"}:
            return None
        if self.role == "subject" and mention.referent.kind is EntityKind.PLACE and mention.role != "subject":
            return None  # « à Bordeaux … il a revendu »
        fit = self._agreement(mention.referent, mention.gender) + self._said(mention.referent)
        score = self._presence(mention, distance, topic) + fit
        return score if score > _LEAST else None

    @property
    def _young(self) -> bool:
        return bool(self.traits & cues("young"))

    def _spoke(self, referent: Referent) -> bool:
        """Return whether an actor who spoke may speak again: « …, a dit Anne Leroy. …, a-t-elle ajouté »."""
        return self.speaks and referent.kind is EntityKind.PERSON

    def _tells(self, referent: Referent) -> bool:
        """Return whether a noun for a medium may stand for one that is only cited: « selon Le Fil. … le journal »."""
        media = load("speech")["media"]
        return self.noun in media and not referent.traits.isdisjoint(media)

    def _did(self, referent: Referent) -> bool:
        """Return whether the noun is for something that the actor did or underwent (« l'acquéreur »)."""
        return doers().get(self.noun) in referent.deeds

    def fits(self, referent: Referent) -> bool:
        """Return whether an actor is of the kind and origin that is asked for."""
        if referent.kind in (EntityKind.PLACE, EntityKind.PRODUCT) or referent.public or referent.invests:
            return False
        if (referent.kind is EntityKind.PERSON) != (self.kind is EntityKind.PERSON):
            return False
        origins = nationalities().keys()
        return self._may_be(referent) and not _contradict(origins & self.traits, origins & referent.traits)

    def _may_be(self, referent: Referent) -> bool:
        theirs = referent.kind or EntityKind.ORGANISATION
        plain = not self.traits - {self.noun}  # « le vendeur d'habits » sells habits, « le vendeur » what is spoken of
        if plain and self.noun in cues("named_so") and self.noun not in referent.traits and not self._did(referent):
            return False
        if self.kind is not None and not referent.named and not self.traits & referent.traits:
            return False
        if self.kind is EntityKind.ORGANISATION and (referent.public or theirs is EntityKind.PLACE):
            return False  # no « groupe » is a state or a country
        if self.kind is EntityKind.PRODUCT and theirs is not EntityKind.PRODUCT and not self.traits & referent.traits:
            return False
        # an application is a product and its company
        either = {self.kind, theirs} == {EntityKind.ORGANISATION, EntityKind.PRODUCT}
        either = either or (theirs is EntityKind.PERSON and self.noun in of_either())
        return self.kind is None or theirs is self.kind or either

    def _presence(self, mention: Mention, distance: int, topic: Referent | None) -> float:
        """Return how present a mention still is."""
        decay = 1.5 if self.kind is None else 1.0  # a description reaches further back than a pronoun (Ariel 1990)
        score = 0.2 * min(mention.referent.count, 5) - decay * distance
        if not self.adverbial:
            score += (_PROMINENCE | _PARALLEL.get(self.role, {}))[mention.role]
            score += 1.0 if mention.referent is topic and self.role != "object" else 0.0
        # « selon Orsol, ses ventes reculent » may be Orsol's
        aside = mention.aside and not self._spoke(mention.referent) and not self._tells(mention.referent)
        score -= (_GROUPED if mention.grouped else 0.0) + (_NESTED if mention.nested else 0.0)
        if mention.referent.kind is EntityKind.PERSON and (self.role or self.kind is EntityKind.PERSON):
            return score - (_SPOKEN if aside else 0.0)  # « …, dit Anne Leroy. Elle a racheté Vega. »
        return score - ((3.0 if self.possessive else 5.0) if aside else 0.0)

    def _agreement(self, referent: Referent, described: str) -> float:
        """Return how well kind and gender agree.

        Args:
            referent: the actor.
            described: the gender of the words by which it was mentioned: « le transporteur … il » may be la SNCF.
        """
        person = referent.kind is EntityKind.PERSON
        score = 0.0
        if self.speaks and person:
            score += 3.0
        if self.owns and person:
            score -= 3.0
        if referent.kind is EntityKind.PLACE or (self.adverbial and person):
            score -= 1.0 if self.noun == "y" else 4.0  # « à Zoppigny … y investira »
        if referent.public:
            score -= 4.0 if self.kind is EntityKind.PRODUCT else 1.5 if self.kind is None else 0.0
        if (referent.kind or EntityKind.ORGANISATION) is not (self.kind or EntityKind.ORGANISATION):
            score -= 1.0 if self.kind is not None or referent.kind is EntityKind.PRODUCT else 0.0
        if self.gender and referent.gender and self.gender not in (referent.gender, described):
            # « le groupe » and « l'entreprise » may be the same company, « il » and « elle » hardly
            score -= 2.5 if self.kind is None else 1.0
        elif person and self.gender:
            # who buys or puts money in is a company as well
            score += (1.0 if self.kind is None and not self.acts else 0.0) if referent.gender else -0.5
        return score

    def _said(self, referent: Referent) -> float:
        """Return how well the description goes with what has been said of an actor, and what it has done."""
        shared = self.traits & (referent.traits | referent.expected)
        fields = _fields(self.traits)
        if self.noun in cues("generic") and fields and not fields & shared and _fields(referent.traits):
            shared -= {self.noun}  # « le groupe de services » is not the one that was « le groupe de défense »
        score = 2.0 * len(shared) + (2.5 if self.noun in shared else 0.0) + (4.0 if self._did(referent) else 0.0)
        if self._tells(referent):
            score += 3.0
        elif self.noun in trades() and trades() & referent.traits and not shared:
            score -= 4.0
        if self.acts & referent.deeds:
            # one event takes up the roles of another: who bought before buys again
            score += 2.0 if self.acts & cues("acted_upon") else 1.0
        elif self.acts & cues("acted_upon") and referent.deeds & cues("acting"):
            score -= 1.5
        if self._young:
            score -= 4.0 if referent.invests or referent.public else 0.0
            score += (1.5 if referent.deeds & cues("acted_upon") else -1.5) if referent.deeds else 0.0
        if self.noun in cues("investor_traits"):
            score += 3.5 if referent.invests else -2.0 if referent.traits else 0.0
        elif self.noun in cues("generic") and referent.invests and not self.traits & referent.traits:
            score -= 2.5
        if _contradict(nationalities().keys() & self.traits, nationalities().keys() & referent.traits):
            return score - 6.0  # « le français » is not the Chinese one; « le lyonnais » may be
        origins, theirs = ({t for t in traits if is_demonym(t, t)} for traits in (self.traits, referent.traits))
        if origins & theirs:
            return score + 3.0
        # « le bavarois » may be the German one, and is hardly the one from Lyon
        origins, theirs = origins - nationalities().keys(), theirs - nationalities().keys()
        return score - (3.0 if _contradict(origins, theirs) else 0.0)


def _fields(traits: Set[str]) -> Set[str]:
    """Return what of some traits says a trade or field, and no origin."""
    return {t for t in traits if not is_demonym(t, t)} - cues("generic") - cues("any_trade")


def _contradict(these: Set[str], those: Set[str]) -> bool:
    return bool(these and those) and these.isdisjoint(those)


def role_of(sentence: Sentence, word: Word) -> str:
    """Return the grammatical role of a mention: subject, object, oblique, or embedded in another noun phrase."""
    at: Word | None = word
    while at is not None and at.deprel in ("appos", "conj", "flat:name"):
        at = sentence.head(at)
    relation = at.deprel.split(":")[0] if at is not None else ""
    above = sentence.head(at) if at is not None else None
    if relation in ("nsubj", "root") or (above is not None and above.lemma == "quant"):  # « quant à Orsol, il … »
        return "subject"
    return {"obj": "object", "iobj": "object", "nmod": "embedded"}.get(relation, "oblique")
