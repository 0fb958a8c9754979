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
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from itertools import pairwise

import attrs

from newsclaims.errors import LexiconError
from newsclaims.lexicon import load
from newsclaims.lexicon.conjugation import inflections, verb_forms
from newsclaims.lexicon.words import demonyms, description_forms, descriptions, fold
from newsclaims.mentions.names import Name
from newsclaims.spans import Span, SpanIndex
from newsclaims.tree import Document, Sentence

_PUNCTUATION = frozenset({",", "(", ")", "«", "»", '"', "“", "”"})
_CLITICS = frozenset({"en", "y", "l'", "l’", "la", "le", "les", "lui", "leur"})
_NP_LINKS = frozenset(
    {"nmod", "amod", "conj", "flat", "flat:name", "flat:foreign", "appos", "compound", "fixed", "acl"}
)


@attrs.frozen
class Chunk:
    """Words of a sentence that form one unit: a name, an amount, a percentage.

    Attributes:
        first: id of the first word.
        last: id of the last word.
        label: what it is, as `Word.ner` will say.
    """

    first: int
    last: int
    label: str


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
        sentences.append(_Draft(sentence).mend(sorted(chunks, key=lambda c: c.first)))
    return Document(text=document.text, sentences=tuple(sentences))


class _Draft:
    """A sentence while it is repaired: word id -> value, index 0 unused."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        words = sentence.words
        self.text = ["", *(unicodedata.normalize("NFC", w.text) for w in words)]
        self.lemma = ["", *(w.lemma for w in words)]
        self.upos = ["", *(w.upos for w in words)]
        self.head = [0, *(w.head for w in words)]
        self.deprel = ["", *(w.deprel for w in words)]
        self.feats = [{}, *(dict(w.feats) for w in words)]
        self.ner = ["", *("" for _ in words)]
        self.chunk_of: dict[int, Chunk] = {}

    def mend(self, chunks: list[Chunk]) -> Sentence:
        self._auxiliaries()
        self._verbs()
        self._infinitives()
        self._clitics()
        self._deadlines()
        self._relatives()
        self._perfects()
        self._participles()
        self._agreements()
        self._purposes()
        self._postponed()
        self._events()
        self._descriptions()
        for chunk in chunks:
            if not any(i in self.chunk_of for i in range(chunk.first, chunk.last + 1)):
                self._collapse(chunk)
        names = [c for c in dict.fromkeys(self.chunk_of.values()) if c.label not in ("MONEY", "PERCENT")]
        self._owners(names)
        self._agents()
        self._complements(names)
        self._hidden_verb(names)
        self._insertions(names)
        for chunk in names:
            self._appose(chunk)
            self._appose_after(chunk)
        self._coordinate(names)
        self._bare_subjects(names)
        self._shared()
        self._and_relatives()
        self._sites()
        self._one_of(names)
        self._voices()
        self._second_subjects()
        words = (
            attrs.evolve(
                w,
                lemma=self.lemma[w.id],
                upos=self.upos[w.id],
                head=self.head[w.id],
                deprel=self.deprel[w.id],
                feats=self.feats[w.id],
                ner=self.ner[w.id],
            )
            for w in self.sentence.words
        )
        return attrs.evolve(self.sentence, words=tuple(words))

    # the tree ------------------------------------------------------------------------------------------

    def _children(self, i: int) -> list[int]:
        return [c for c in range(1, len(self.head)) if self.head[c] == i]

    def _depth(self, i: int) -> int:
        depth = 0
        while i:
            i, depth = self.head[i], depth + 1
        return depth

    def _below(self, i: int, top: int) -> bool:
        """Return whether ``i`` is ``top`` or depends on it."""
        while i:
            if i == top:
                return True
            i = self.head[i]
        return False

    def _attach(self, i: int, head: int, deprel: str) -> bool:
        """Hang a word elsewhere, unless that would close a cycle."""
        if i == head or self._below(head, i):
            return False
        self.head[i], self.deprel[i] = head, deprel
        return True

    def _preposition(self, i: int) -> str:
        """Return the lemma of a word's preposition, nothing when it has none."""
        return next((self.lemma[c] for c in self._children(i) if self.deprel[c] == "case"), "")

    def _has(self, i: int, deprel: str) -> bool:
        return any(self.deprel[c] == deprel for c in self._children(i))

    # verbs ---------------------------------------------------------------------------------------------

    def _verbs(self) -> None:
        forms = inflections()
        for i in range(1, len(self.head)):
            if self.upos[i] not in ("VERB", "AUX"):
                continue
            form = self.text[i].lower().replace("’", "'").lstrip("-")
            readings = forms.get(form) or self._regular(self.lemma[i], form)
            if not readings:
                continue
            same = [r for r in readings if r[0] == self.lemma[i]] or list(readings)
            kind, mood = self.feats[i].get("VerbForm"), self.feats[i].get("Mood")
            best = max(same, key=lambda r: (r[1].get("VerbForm") == kind, r[1].get("Mood", mood) == mood))
            self.lemma[i] = best[0]
            for key in ("VerbForm", "Mood", "Tense"):
                options = {r[1].get(key) for r in same}
                if self.feats[i].get(key) not in options:
                    value = best[1].get(key)
                    if value:
                        self.feats[i][key] = value
                    else:
                        self.feats[i].pop(key, None)

    def _auxiliaries(self) -> None:
        """Hang what depends on an auxiliary or a copula on the word that it serves."""
        for i in range(1, len(self.head)):
            above = self.head[i]
            serves = above and self.head[above] and self.deprel[above].split(":")[0] in ("aux", "cop")
            if serves and self.deprel[i] not in ("fixed", "goeswith", "conj", "cc"):
                self._attach(i, self.head[above], self.deprel[i])

    def _infinitives(self) -> None:
        """Hang an infinitive on the one right before it, not on that one's head (« annonce vouloir racheter »)."""
        for i in range(3, len(self.head)):
            before = i - 2 if self.upos[i - 1] == "ADP" and self.head[i - 1] == i else i - 1
            infinitives = all(self.feats[k].get("VerbForm") == "Inf" and self.upos[k] == "VERB" for k in (before, i))
            if infinitives and self.head[i] == self.head[before]:
                self._attach(i, before, "xcomp")

    def _clitics(self) -> None:
        """Hang « en » on the verb that it leans on, not on what it is a part of (« en détient 43 % »)."""
        for i in range(1, len(self.head) - 1):
            if self.text[i].lower() != "en" or self.upos[i] != "PRON" or self.deprel[i] != "nmod":
                continue
            verb = next((v for v in range(i + 1, min(i + 4, len(self.head))) if self.upos[v] == "VERB"), 0)
            if verb:
                self._attach(i, verb, "iobj")

    def _relatives(self) -> None:
        """Hang « que » on the infinitive that lacks an object (« Vega, qu'Orsol vient d'acquérir »).

        A second one (« Vega, que Luma admire mais qu'Orsol veut racheter ») hangs on the noun like the first.
        """
        for i in range(1, len(self.head)):
            if self.text[i].lower() not in ("que", "qu'", "qu’"):
                continue
            verb = self.head[i]
            first = self.head[verb]
            if self.deprel[verb] == "conj" and self.deprel[first] == "acl:relcl":
                self._attach(verb, self.head[first], "acl:relcl")
            if self.deprel[i] == "mark" and self.deprel[verb] == "acl:relcl" and not self._has(verb, "obj"):
                self.upos[i], self.deprel[i] = "PRON", "obj"
            if self.upos[i] != "PRON" or self.deprel[i] != "obj":
                continue
            bare = [c for c in self._children(self.head[i]) if self.deprel[c] == "xcomp" and not self._has(c, "obj")]
            if bare and self.feats[bare[0]].get("VerbForm") == "Inf":
                self._attach(i, bare[0], "obj")

    def _deadlines(self) -> None:
        """Make a circumstance of the object after « d'ici » (« racheter d'ici la fin de l'été »)."""
        for i in range(3, len(self.head)):
            here = self._phrase_start(i) - 1
            if self.deprel[i] == "obj" and self.upos[i] == "NOUN" and self.text[here].lower() == "ici":
                self.deprel[i] = "obl:mod"

    def _perfects(self) -> None:
        """Join a participle to the auxiliary that an aside cut it off from (« n'y a, lui, pas réinvesti »)."""
        for i in range(3, len(self.head)):
            aux = self.head[i]
            cut_off = (
                self.feats[i].get("VerbForm") == "Part"
                and self.deprel[i] in ("advcl", "xcomp", "ccomp", "conj")
                and self.lemma[aux] == "avoir"
                and self.upos[aux] == "VERB"
                and not self._has(aux, "obj")
                and all(self.upos[k] in ("PUNCT", "PRON", "ADV") for k in range(aux + 1, i))
            )
            if cut_off:
                self.head[i], self.deprel[i] = self.head[aux], self.deprel[aux]
                self.head[aux], self.deprel[aux], self.upos[aux] = i, "aux:tense", "AUX"
                for c in self._children(aux):
                    self.head[c] = i

    def _participles(self) -> None:
        """Make a participle of a bare noun with an agent (« Vega, reprise par Orsol », « puis reprise par Orsol »)."""
        links = {"appos": "acl", "nmod": "acl", "dep": "acl", "conj": "conj"}
        for i in range(3, len(self.text) - 1):
            agents = [c for c in self._children(i) if self._preposition(c) == "par"]
            if self.upos[i] != "NOUN" or not agents or self.deprel[i] not in links:
                continue
            past = [r for r in inflections().get(self.text[i].lower(), ()) if r[1].get("Tense") == "Past"]
            participle = next((r for r in past if r[1].get("VerbForm") == "Part"), None)
            bare = not any(self.deprel[c] in ("det", "case", "amod", "nummod") for c in self._children(i))
            if participle is None or not bare or self.text[i - 1].lower() not in (",", "(", "puis", "et"):
                continue
            self.upos[i], self.lemma[i], self.feats[i] = "VERB", participle[0], dict(participle[1])
            self.deprel[i] = links[self.deprel[i]]
            for c in self._children(i):
                if self.deprel[c] in ("nmod", "obl:agent"):
                    self.deprel[c] = "obl:agent" if c in agents else "obl:mod"

    def _agreements(self) -> None:
        """Hang a participle behind a comma on the last noun that it agrees with (« le patron de l'usine, rachetée »).

        Only where it does not agree with the noun that it hangs on.
        """
        for i in range(3, len(self.head)):
            noun = self.head[i]
            if self.deprel[i] != "acl" or self.feats[i].get("VerbForm") != "Part" or self.text[i - 1] != ",":
                continue
            if noun > i or self.upos[noun] != "NOUN" or self._agree(noun, i) is not False:
                continue
            nearer = (k for k in range(i - 1, noun, -1) if self.upos[k] == "NOUN" and self._below(k, noun))
            better = next((k for k in nearer if self._agree(k, i) and self._below(i - 2, k)), 0)
            if better:
                self._attach(i, better, "acl")

    def _purposes(self) -> None:
        """Hang a purpose on the offer before it (« a retenu l'offre d'Orsol pour racheter Vega »)."""
        intentions = frozenset(load("descriptions")["intentions"])
        for i in range(1, len(self.head)):
            marked = any(self.lemma[c] == "pour" and self.deprel[c] == "mark" for c in self._children(i))
            if self.deprel[i] != "advcl" or not marked or self.feats[i].get("VerbForm") != "Inf":
                continue
            for c in self._children(self.head[i]):
                if c < i and self.deprel[c] == "obj" and self.lemma[c] in intentions:
                    self._attach(i, c, "acl")

    def _postponed(self) -> None:
        """Make an object of what an aside keeps from its verb (« en rachetant, via sa holding, le journal Vega »)."""
        for i in range(5, len(self.head)):
            close = self._phrase_start(i) - 1
            if self.deprel[i] != "appos" or self.upos[i] != "NOUN" or self.text[close] != ",":
                continue
            opening = max((k for k in range(2, close) if self.text[k] == ","), default=0)
            verb = opening - 1
            if opening and self.upos[verb] == "VERB" and self.upos[opening + 1] == "ADP" and not self._has(verb, "obj"):
                self._attach(i, verb, "obj")

    def _agree(self, noun: int, participle: int) -> bool | None:
        """Return whether gender and number are the same, None where neither says so."""
        keys = ("Gender",) if self.text[participle].endswith("s") else ("Gender", "Number")  # « acquis » is both
        pairs = [(self.feats[noun].get(key), self.feats[participle].get(key)) for key in keys]
        known = [a == b for a, b in pairs if a and b]
        return all(known) if known else None

    def _events(self) -> None:
        """Hang a complement on the bare noun of the event right before it (« son projet de rachat de Vega »)."""
        events = frozenset(load("descriptions")["events"])
        for i in range(4, len(self.head)):
            noun = self._phrase_start(i) - 2
            event = (
                noun > 0
                and self.lemma[noun] in events
                and self.upos[noun] == "NOUN"
                and self.head[noun] == self.head[i]
            )
            if event and self.deprel[i] == "nmod" and self.lemma[noun + 1] == "de" and not self._has(noun, "det"):
                self._attach(i, noun, "nmod")

    def _phrase_start(self, i: int) -> int:
        """Return the first word of the noun phrase of a word, its preposition left out."""
        start = i
        for c in self._children(i):
            if c < start and self.deprel[c] in ("det", "amod", "nummod"):
                start = c
        return start

    @staticmethod
    def _regular(lemma: str, form: str) -> tuple[tuple[str, Mapping[str, str]], ...]:
        """Return the readings of a form of a verb that the lexicon does not list, by the regular conjugations."""
        try:
            return tuple((lemma, feats) for feats in verb_forms(lemma).get(form, ()))
        except LexiconError:  # the model made up a verb of no regular conjugation
            return ()

    def _descriptions(self) -> None:
        """Give a describing noun of several words its whole lemma (« numéro un », « homme d'affaires »)."""
        forms = description_forms()
        for i in range(1, len(self.head)):
            self._round(i)
            if self.upos[i] == "PROPN" and i > 1 and self.upos[i - 1] == "DET" and i + 1 < len(self.text):
                word = fold(self.text[i])
                if (word in descriptions() or word in demonyms()) and self.text[i + 1][:1].isupper():
                    self.upos[i], self.lemma[i] = "NOUN", word  # « le Californien Orsol », « la MedTech Orsol »
            if self.upos[i] not in ("NOUN", "X", "PROPN"):
                continue
            single = fold(self.text[i])
            if self.upos[i] == "NOUN" and single in descriptions() and not is_description(self.lemma[i]):
                self.lemma[i] = single
            for length in (2, 3):
                words = self.text[i : i + length]
                text = fold(" ".join(words).replace("' ", "'").replace("’ ", "'"))
                if len(words) == length and text in forms:
                    self.lemma[i] = forms[text]

    def _round(self, i: int) -> None:
        """Make a noun of « levée (de fonds) » that the tagger took for a participle."""
        if self.upos[i] != "VERB" or self.text[i].lower() not in ("levée", "levées"):
            return
        if [t.lower() for t in self.text[i + 1 : i + 3]] != ["de", "fonds"] or any(
            self.deprel[c].startswith("aux") for c in self._children(i)
        ):
            return
        self.upos[i], self.lemma[i] = "NOUN", "levée"
        self.feats[i] = {"Gender": "Fem"}
        relation = {"xcomp": "obj", "acl": "appos", "advcl": "obl:mod"}.get(self.deprel[i])
        if relation:
            self.deprel[i] = relation
        for c in self._children(i):
            if self.deprel[c].startswith("obl"):
                self.deprel[c] = "nmod"

    def _voices(self) -> None:
        with_etre = frozenset(load("modality")["etre_verbs"])
        below: dict[int, list[int]] = {}
        for i in range(1, len(self.head)):
            below.setdefault(self.head[i], []).append(i)
        for i in range(1, len(self.head)):
            if self.upos[i] != "VERB":
                continue
            children = below.get(i, [])
            auxes = [c for c in children if self.deprel[c].startswith("aux")]
            etre = any(self.lemma[c] == "être" for c in auxes)
            reflexive = any(self.lemma[c] in ("se", "soi") for c in children if self.upos[c] == "PRON")
            participle = self.feats[i].get("VerbForm") == "Part" and self.feats[i].get("Tense") != "Pres"
            if not participle or self.lemma[i] in with_etre or reflexive:
                voice = "Act"
            elif etre:
                voice = "Pass"
            elif any(self.lemma[c] not in with_etre for c in auxes):
                voice = "Act"
            elif not auxes and self.deprel[i] == "conj" and self._has_auxiliary(self.head[i]):
                voice = self.feats[self.head[i]].get("Voice", "Pass")  # « a franchi le pas et racheté Vega »
            else:
                voice = "Pass"
            self.feats[i]["Voice"] = voice
            for c in children:
                # « il » is impersonal only with some verbs, whatever the parser says
                personal = self.lemma[i] not in _impersonal() and self.text[c].lower() in ("il", "elle", "ils", "elles")
                if personal and self.deprel[c] in ("expl:subj", "expl") and c < i:
                    self.deprel[c] = "nsubj"
            for c in children:
                if self.deprel[c] in ("nsubj", "nsubj:pass"):
                    self.deprel[c] = "nsubj:pass" if voice == "Pass" else "nsubj"

    def _has_auxiliary(self, i: int) -> bool:
        return any(self.deprel[c].startswith("aux") for c in self._children(i))

    def _shared(self) -> None:
        """Hang on the whole coordination what stands in the plural behind its last member.

        « Orsol et Luma, qui ont investi », « Orsol et Luma, actionnaires de Vega »: the last alone would be singular.
        """
        for i in range(1, len(self.head)):
            last = self.head[i]
            if self.deprel[last] != "conj" or last > i or not self._singular(last) or not self._plural(i):
                continue
            while self.deprel[last] == "conj" and self.upos[self.head[last]] in ("NOUN", "PROPN", "X"):
                last = self.head[last]
            self._attach(i, last, self.deprel[i])

    def _and_relatives(self) -> None:
        """Coordinate « et dont… » with the apposition before it: « Orsol, gérant du parc et dont l'actionnaire… »."""
        for i in range(1, len(self.head)):
            if self.deprel[i] != "acl:relcl" or not self._has(i, "cc"):
                continue
            noun = self.head[i]
            while self.deprel[noun] == "nmod" and not any(self.deprel[c] == "acl" for c in self._children(noun)):
                noun = self.head[noun]
            if noun == self.head[i] or self.deprel[noun] != "appos":
                continue
            while self.deprel[noun] == "appos":
                noun = self.head[noun]
            self._attach(i, noun, "acl:relcl")

    def _sites(self) -> None:
        """Hang « dans laquelle » on the noun it agrees with, not on the name (« l'usine de Douai, dans laquelle »)."""
        for i in range(1, len(self.head)):
            name = self.head[i]
            which = next((c for c in self._children(i) if self.lemma[c] == "lequel"), 0)
            named = self.ner[name] and self.deprel[name] == "nmod" and self.upos[self.head[name]] == "NOUN"
            if which and named and self.deprel[i] == "acl:relcl" and self._agree(self.head[name], which):
                self._attach(i, self.head[name], "acl:relcl")

    def _plural(self, i: int) -> bool:
        """Return whether a relative clause, a participle or a bare noun behind its antecedent is in the plural."""
        children = self._children(i)
        plural = self.feats[i].get("Number") == "Plur"
        if self.deprel[i] == "acl:relcl":
            verbs = [self.feats[c] for c in (i, *children) if c == i or self.deprel[c].startswith(("aux", "cop"))]
            who = any(self.text[c].lower() == "qui" and self.deprel[c].startswith("nsubj") for c in children)
            return who and any(f.get("VerbForm") == "Fin" and f.get("Number") == "Plur" for f in verbs)
        if self.deprel[i] == "acl":
            return plural and self.feats[i].get("VerbForm") == "Part"
        bare = not any(self.upos[c] in ("DET", "NUM") or self.deprel[c] in ("case", "cc") for c in children)
        return self.deprel[i] == "appos" and self.upos[i] == "NOUN" and not self.ner[i] and plural and bare

    def _singular(self, i: int) -> bool:
        """Return whether a noun or a name stands for one, as far as it and its article say."""
        return not any(
            self.feats[c].get("Number") == "Plur" for c in (i, *(d for d in self._children(i) if self.upos[d] == "DET"))
        )

    def _one_of(self, names: list[Chunk]) -> None:
        """Make an apposition of « l'un des … » behind a name and a comma."""
        ends = {chunk.last: chunk for chunk in names}
        for i in range(4, len(self.text)):
            chunk = ends.get(i - 3)
            if chunk is None or self.text[i].lower() not in ("un", "une") or self.text[i - 2] != ",":
                continue
            many = any(self.deprel[c] == "nmod" and self._has(c, "case") for c in self._children(i))
            if (
                self.text[i - 1].lower() in ("l'", "l’")
                and many
                and self.deprel[i] in ("nsubj", "obj", "conj", "nmod", "obl")
            ):
                self._attach(i, self._top(chunk), "appos")

    def _second_subjects(self) -> None:
        """Make an object of what stands behind a verb as its second subject (« n'a racheté que Vega »)."""
        for i in range(1, len(self.head)):
            if self.feats[i].get("Voice") != "Act":
                continue
            subjects = [c for c in self._children(i) if self.deprel[c] == "nsubj"]
            if len(subjects) > 1 and subjects[0] < i and not any(self.deprel[c] == "obj" for c in self._children(i)):
                for c in subjects[1:]:
                    if c > i:
                        self.deprel[c] = "obj"

    def _hidden_verb(self, names: list[Chunk]) -> None:
        """Make a clause of « Orsol rachète Vega » where the parser saw nothing but foreign words or names."""
        if any(f.get("VerbForm") == "Fin" for f in self.feats):
            self._nominal_root()
            self._second_verb()
            return
        for chunk in names:
            verb = self._after_aside(chunk.last + 1)
            if verb >= len(self.text) or self.upos[verb] not in ("X", "PROPN", "NOUN", "ADJ", "VERB"):
                continue
            readings = [r for r in inflections().get(self.text[verb], ()) if r[1].get("VerbForm") == "Fin"]
            third = [r for r in readings if r[1].get("Person") == "3"]
            if third and verb not in self.chunk_of:
                self._clause(chunk.first, verb, third[0])
                return

    def _after_aside(self, at: int) -> int:
        """Return the word after an aside of few words that opens here (« Orsol, florissante, concurrence Vega »)."""
        closing = [i for i in range(at + 2, min(at + 6, len(self.text) - 1)) if self.text[i] == ","]
        return closing[0] + 1 if at < len(self.text) and self.text[at] == "," and closing else at

    def _nominal_root(self) -> None:
        """Make a verb of a bare noun with a subject and no copula (« Orsol, qui recrute, taille des croupières »)."""
        root = next((i for i in range(1, len(self.head)) if not self.head[i]), 0)
        kinds = {self.deprel[c].split(":")[0] for c in self._children(root)}
        if self.upos[root] != "NOUN" or "nsubj" not in kinds or kinds & {"cop", "det", "case", "aux"}:
            return
        readings = [r for r in inflections().get(self.text[root], ()) if r[1].get("VerbForm") == "Fin"]
        reading = next((r for r in readings if r[1].get("Person") == "3"), None)
        if reading is not None:
            self.upos[root], self.lemma[root], self.feats[root] = "VERB", reading[0], dict(reading[1])

    def _second_verb(self) -> None:
        """Make a verb of a word after « et » that the parser took for a foreign one (« et rachète Vega »)."""
        for i in range(3, len(self.text)):
            if self.upos[i] != "X" or self.text[i - 1].lower() not in ("et", "ou") or i in self.chunk_of:
                continue
            readings = [r for r in inflections().get(self.text[i], ()) if r[1].get("VerbForm") == "Fin"]
            verbs = [v for v in range(1, i) if self.upos[v] == "VERB" and self.feats[v].get("VerbForm") == "Fin"]
            if not readings or not verbs:
                continue
            self.upos[i], self.lemma[i], self.feats[i] = "VERB", readings[0][0], dict(readings[0][1])
            if self._attach(i, verbs[-1], "conj"):
                for child in self._children(i):
                    if child > i and self.deprel[child].startswith("flat"):
                        self.deprel[child] = "obj"

    def _bare_subjects(self, names: list[Chunk]) -> None:
        """Make a name right before a finite verb without a subject its subject."""
        for chunk in names:
            verb = chunk.last + 1
            while verb < len(self.text) and (
                self.upos[verb] in ("AUX", "ADV")
                or (self.upos[verb] == "PRON" and self.text[verb].lower() in _CLITICS)
                or self.lemma[verb] in ("se", "ne")
                or self.text[verb] in ("s'", "n'", "s’", "n’")
            ):
                verb += 1
            if verb >= len(self.text) or self.upos[verb] != "VERB" or verb in self.chunk_of:
                continue
            children = self._children(verb)
            finite = [verb, *(c for c in children if self.deprel[c].startswith("aux"))]
            if not any(self.feats[i].get("VerbForm") == "Fin" for i in finite):
                continue
            top = self._top(chunk)
            opener = chunk.first - (self.upos[chunk.first - 1] == "DET")
            if opener > 1 and self.text[opener - 1] == ":":
                # « Fintech : Orsol lève »: what stands before the colon is no subject
                for c in children:
                    if self.deprel[c].startswith("nsubj") and c < opener:
                        self.deprel[c] = "dep"
                if self.head[chunk.first] < opener:
                    self._attach(chunk.first, verb, "nsubj")
                top, children = self._top(chunk), self._children(verb)
            if any(self.deprel[c].startswith("nsubj") for c in children) or self._case(chunk) or self._in_clause(top):
                continue
            if self.head[verb] == top and self.deprel[verb].split(":")[0] in (
                "acl",
                "appos",
                "conj",
                "dep",
                "parataxis",
            ):
                self.head[verb], self.deprel[verb] = self.head[top], self.deprel[top]
                self.head[top], self.deprel[top] = verb, "nsubj"
            elif self.deprel[top].split(":")[0] not in ("nsubj", "conj"):
                self._attach(top, verb, "nsubj")
            elif self.deprel[top] == "conj" and self.feats[verb].get("Number") == "Plur":
                # « Orsol en a 12 %, Vega et Luma en détiennent 8 »: both, whatever the first was hung on
                first = self.head[top]
                if self.ner[first] and self.ner[first] not in ("MONEY", "PERCENT") and self.deprel[first] == "conj":
                    self._attach(first, verb, "nsubj")

    def _in_clause(self, top: int) -> bool:
        """Return whether a name has a place of its own before the verb that follows it (« …, selon Orsol lève »)."""
        return self.deprel[top].split(":")[0] in ("obl", "obj", "iobj", "nsubj") and self.head[top] < top

    def _clause(self, subject: int, verb: int, reading: tuple[str, Mapping[str, str]]) -> None:
        """Hang a subject and what follows on a verb, and make the verb the root."""
        ids = range(1, len(self.head))
        outer = next((i for i in ids if self.head[i] == 0), verb)
        self.upos[verb], self.lemma[verb], self.feats[verb] = "VERB", reading[0], dict(reading[1])
        loose = [i for i in ids if self.head[i] in (subject, verb, 0) and i not in (verb, subject) and i > verb]
        self.head[verb], self.deprel[verb] = 0, "root"
        if outer != verb:
            self.head[outer], self.deprel[outer] = verb, "dep"
        self.head[subject], self.deprel[subject] = verb, "nsubj"
        for i in loose:
            self.head[i] = verb
            case = any(self.deprel[c] == "case" for c in self._children(i))
            if self.upos[i] in ("NOUN", "PROPN", "X", "SYM", "NUM"):
                self.deprel[i] = "obl:mod" if case else "obj"

    # units ---------------------------------------------------------------------------------------------

    def _collapse(self, chunk: Chunk) -> None:
        ids = range(chunk.first, chunk.last + 1)
        inside = set(ids)
        tops = [i for i in ids if self.head[i] not in inside]
        if not tops:
            return
        top = min(tops, key=lambda i: (self._depth(i), i))
        head = self._chunk_head(chunk, top)
        self.head[head], self.deprel[head] = self.head[top], self.deprel[top]
        for i in ids:
            self.ner[i] = chunk.label
            self.chunk_of[i] = chunk
            if i != head:
                keep = i in tops and i != top and self.deprel[i] in ("case", "det", "cc", "mark")
                self.head[i] = head
                if not keep:
                    self.deprel[i] = "flat:name" if chunk.label != "MONEY" else "flat"
        for i in range(1, len(self.head)):
            if i not in inside and self.head[i] in inside:
                self.head[i] = head
        if chunk.label not in ("MONEY", "PERCENT"):
            self.upos[head] = "PROPN"
            self.lemma[head] = self.text[head]
        else:
            self.upos[head] = "NOUN"

    def _chunk_head(self, chunk: Chunk, top: int) -> int:
        """Return the word that stands for a unit: the first of a name, the noun of an amount."""
        if chunk.label not in ("MONEY", "PERCENT"):
            return chunk.first
        nouns = [i for i in range(chunk.first, chunk.last + 1) if self.upos[i] in ("NOUN", "SYM", "PROPN", "X")]
        return top if top in nouns or not nouns else nouns[0]

    def _owners(self, names: list[Chunk]) -> None:
        """Hang a name on what an amount is the amount of (« l'offre de 2 milliards d'euros d'Orsol »)."""
        for chunk in names:
            amount = self.head[chunk.first]
            noun = self.head[amount]
            owned = self.ner[amount] == "MONEY" and self.deprel[amount] == "nmod" and self.upos[noun] == "NOUN"
            if owned and self.deprel[chunk.first] == "nmod" and not self.ner[noun]:
                self._attach(chunk.first, noun, "nmod")
            if self.ner[amount] == "MONEY" and self.deprel[amount].startswith("obl") and self._case(chunk) == "de":
                # « a refusé l'offre à 2 milliards d'euros d'Orsol »: the owner is that of the object
                for c in self._children(noun):
                    if self.deprel[c] == "obj" and noun < c < amount and self.upos[c] == "NOUN":
                        self._attach(chunk.first, c, "nmod")

    def _agents(self) -> None:
        """Hang who acts on the noun of the event, not on what it is done to (« la reprise de l'usine par Orsol »)."""
        events = frozenset(load("descriptions")["events"])
        for i in range(1, len(self.head)):
            agent = self.deprel[i] == "nmod" and self._preposition(i) == "par"
            if not agent or not (self.ner[i] or is_description(self.lemma[i])):
                continue
            at = self.head[i]
            while self.deprel[at] == "nmod" and self.lemma[at] not in events:
                at = self.head[at]
            if at != self.head[i] and self.lemma[at] in events and self.upos[at] == "NOUN":
                self._attach(i, at, "nmod")

    def _complements(self, names: list[Chunk]) -> None:
        """Read « des » between a noun and a name as « de les » (« la concurrence des Lumo et Vega »)."""
        for chunk in names:
            article, noun = chunk.first - 1, chunk.first - 2
            split = noun > 0 and self.text[article].lower() == "des" and self.deprel[article] == "det"
            if split and self.upos[noun] == "NOUN" and self.head[article] == chunk.first:
                self.upos[article], self.lemma[article], self.deprel[article] = "ADP", "de", "case"
                self._attach(chunk.first, noun, "nmod")

    def _insertions(self, names: list[Chunk]) -> None:
        """Give both verbs their subjects where one speaks between commas (« Orsol, croit savoir Vega, recrute »)."""
        ends = {chunk.last: chunk for chunk in names}
        for i in range(3, len(self.head)):
            before, outer = ends.get(i - 2), self.head[i]
            if before is None or self.text[i - 1] != "," or self.upos[i] != "VERB" or self.upos[outer] != "VERB":
                continue
            subjects = [c for c in self._children(i) if self.deprel[c] == "nsubj" and c < i]
            inside = [c.first for c in names if i < c.first < outer and self.deprel[c.first] in ("nsubj", "obj")]
            if outer > i and subjects == [self._top(before)] and len(inside) == 1 and not self._has(outer, "nsubj"):
                self._attach(subjects[0], outer, "nsubj")
                self._attach(inside[0], i, "nsubj")

    # apposition ----------------------------------------------------------------------------------------

    def _appose(self, chunk: Chunk) -> None:
        """Hang a bare name on the description right before it."""
        name = chunk.first
        if self._has(name, "case"):
            return
        before = chunk.first - 1
        while before and (self.upos[before] == "ADJ" or self.text[before] in ("«", '"', "“")):
            before -= 1
        if self.text[before] == "," and self._stands_alone(chunk) and is_description(self.lemma[before - 1]):
            before -= 1  # « un concurrent, Vega. »
        if self.upos[before] == "DET" and self._owned(before - 1) and is_description(self.lemma[before - 1]):
            before -= 1  # « son concurrent les Vega »
        start = before or 1
        if self.upos[start] == "VERB" and self.feats[start].get("VerbForm") == "Inf":
            return  # an object: « l'offre de reprendre Vega »
        if before in self.chunk_of and chunk.label == "PERSON":
            # « le fondateur d'Orsol Paul Durand »
            self._appose_person(self.chunk_of[before].first, name)
            return
        if not before or self.upos[start] not in ("NOUN", "ADJ", "PROPN", "X", "VERB") or self.ner[start] == "MONEY":
            # only adjectives before the name: « le britannique Balderton »
            start = chunk.first - 1
            if not start or not is_demonym(self.lemma[start], self.text[start]):
                return
        noun = start if chunk.label == "PLACE" and self.upos[start] == "NOUN" else self._described(start, name)
        if self.upos[start] == "VERB" and self._named(noun, name):
            return  # « le traitement de son concurrent Vega, appelé Luma »
        if not noun or self.head[name] == noun:
            if noun:
                self.deprel[name] = "appos"
            return
        if self._below(noun, name):
            self._swap(name, noun)
            return
        core = self.deprel[name].split(":")[0] in ("nsubj", "obj", "obl", "root")
        if core and self.deprel[noun] in ("dep", "dislocated", "appos", "nmod", "advmod", "xcomp"):
            outer, deprel = self.head[name], self.deprel[name]
            if not self._below(outer, noun):
                self.head[noun], self.deprel[noun] = outer, deprel
        self._attach(name, noun, "appos")

    def _owned(self, noun: int) -> bool:
        """Return whether a noun has a possessive."""
        return any(self.deprel[c] == "det" and self.lemma[c] in ("son", "leur") for c in self._children(noun))

    def _named(self, noun: int, name: int) -> bool:
        """Return whether a noun has the name of another before this one."""
        return any(self.deprel[c] == "appos" and c in self.chunk_of and c < name for c in self._children(noun))

    def _name_follows(self, noun: int) -> bool:
        """Return whether a noun brings its own name (« le groupe japonais Vega »)."""
        at = noun + 1
        while at < len(self.text) and self.upos[at] == "ADJ" and at not in self.chunk_of:
            at += 1
        return at in self.chunk_of

    def _appose_person(self, at: int, name: int) -> None:
        """Hang a person's name on the role of which the name before it is a complement."""
        while at:
            above = self.head[at]
            entry = descriptions().get(fold(self.lemma[above])) if above else None
            if above and above < at and self.upos[above] == "NOUN" and entry is not None:
                if entry.kind == "person" and self.head[name] != above:
                    if self._below(above, name):
                        self._swap(name, above)
                    else:
                        self._attach(name, above, "appos")
                if entry.kind == "person":
                    return
            if above > at:
                return
            at = above

    def _stands_alone(self, chunk: Chunk) -> bool:
        """Return whether a name ends its phrase: punctuation follows."""
        return chunk.last + 1 >= len(self.text) or self.text[chunk.last + 1] in (",", ".", ")", ";")

    def _appose_after(self, chunk: Chunk) -> None:
        """Hang the description that follows a name and a comma on the name (« Orsol, l'éditeur de Vega »)."""
        i = chunk.last + 1
        if i + 1 >= len(self.text) or self.text[i] != ",":
            return
        i += 1
        if self.upos[i] == "DET" and self.deprel[i] == "det":
            i += 1
        while i < len(self.text) and self.upos[i] == "ADJ" and self.head[i] > i:
            i += 1
        if i >= len(self.text) or self.upos[i] != "NOUN" or i in self.chunk_of or not is_description(self.lemma[i]):
            return
        name = self._top(chunk)
        core = self.deprel[i].startswith(("nsubj", "root", "obj")) and self.head[i] != chunk.first
        aside = self.text[max(self._phrase_start(name) - 2, 0)] == ","
        if (
            self.deprel[i] == "obj"
            and self.deprel[name].startswith("obl")
            and self.head[i] == self.head[name]
            and not aside
        ):
            core = False  # « tout s'éclaire pour Orsol, le réseau que Vega veut racheter »
        if core and self.deprel[i].startswith("nsubj"):
            # « Orsol, un éditeur …, lève » has its subject already; « Orsol, un éditeur » is never two actors
            others = [c for c in self._children(self.head[i]) if c != i and self.deprel[c].startswith("nsubj")]
            core = not others and self.text[chunk.last + 2].lower() not in ("un", "une")
        if self.head[i] == self.head[name] and self.deprel[i].split(":")[0] == self.deprel[name].split(":")[0]:
            core = self._name_follows(i)  # « affronte Orsol, sa rivale de toujours »
        if self.deprel[i] == "conj" and self._name_follows(i):
            return  # « Orsol, le groupe Vega et Luma » is a list
        if not core and not self._below(chunk.first, i):
            self._attach(i, chunk.first if self.deprel[name] != "appos" else name, "appos")

    def _swap(self, name: int, noun: int) -> None:
        """Make a description that hangs on its name the head of the two."""
        if self.head[noun] != name:
            return
        self.head[noun], self.deprel[noun] = self.head[name], self.deprel[name]
        self.head[name], self.deprel[name] = noun, "appos"
        for child in self._children(name):
            if self.deprel[child] in ("case", "det", "cc", "mark"):
                self.head[child] = noun

    def _described(self, start: int, name: int) -> int:
        """Return the noun whose phrase ends at ``start`` and that describes the name after it, 0 for none."""
        at, best = start, 0
        while at and at < name and at not in self.chunk_of:
            word = self.lemma[at].lower()
            determined = any(self.upos[c] in ("DET", "NUM") and c < at for c in self._children(at))
            several = self.feats[at].get("Number") == "Plur" and not self._followed_by_row(name)
            if not several and (
                is_description(word) or is_demonym(word, self.text[at]) or (determined and self.upos[at] == "NOUN")
            ):
                known = is_description(word) or is_demonym(word, self.text[at])
                if known or not best:
                    best = at
                if determined and known:
                    break
            if self.deprel[at] not in _NP_LINKS or not self.head[at] or self.head[at] > at:
                break
            if determined and not is_description(self.lemma[self.head[at]].lower()):
                break
            at = self.head[at]
        return best

    def _followed_by_row(self, name: int) -> bool:
        """Return whether a name opens a row of names, as after a plural (« trois PME, Vega, Luma et Orsol »)."""
        last = self.chunk_of[name].last
        return last + 2 < len(self.text) and self.text[last + 1] in (",", "et") and (last + 2) in self.chunk_of

    # coordination --------------------------------------------------------------------------------------

    def _coordinate(self, names: list[Chunk]) -> None:
        """Hang names in a row, the last after « et », on the first."""
        run: list[Chunk] = []
        for chunk in names:
            if run and self._linked(run[-1], chunk):
                run.append(chunk)
                continue
            self._join(run)
            run = [chunk]
        self._join(run)

    def _linked(self, left: Chunk, right: Chunk) -> bool:
        between = range(left.last + 1, right.first)
        gap = self._undated(between)
        if not gap or len(gap) > 8:
            return False
        if len(gap) < len(between) and self.deprel[self._top(right)].startswith("nsubj"):
            return False  # « a racheté Vega en 2017 et Luma a fermé »
        has_link = False
        for i in gap:
            text, upos = self.text[i].lower(), self.upos[i]
            if text in (",", "et", "ou", "&"):
                has_link = True
            elif not has_link or not (
                upos in ("ADP", "DET", "ADJ")
                or text in ("encore", "aussi", "enfin", "même")
                # in « Lumo, rivale de Vega et de Luma », Vega completes the description and is in no row with Lumo
                or (is_description(self.lemma[i].lower()) and self.upos[i + 1] != "ADP")
                or is_demonym(text, text)
            ):
                return False
        cases = [self._case(left), self._case(right)]
        return has_link and (cases[1] == "" or cases[0] == cases[1])

    def _undated(self, gap: range) -> list[int]:
        """Return the words of a gap without « en 2017 » (« a racheté Vega en 2017 et Luma en 2019 »)."""
        dated: set[int] = set()
        for i in gap:
            if self.upos[i] == "NUM" and len(self.text[i]) == 4 and self.text[i].isdigit():
                before = i - 2 if self.text[i - 1].lower() in load("dates")["months"] else i - 1
                if self.text[before].lower() in ("en", "depuis", "début", "fin"):
                    dated.update(range(before, i + 1))
        return [i for i in gap if i not in dated]

    def _case(self, chunk: Chunk) -> str:
        return self._preposition(self._top(chunk))

    def _top(self, chunk: Chunk) -> int:
        name = chunk.first
        noun = self.head[name]
        return noun if self.deprel[name] == "appos" and noun and noun < name and self.upos[noun] != "PROPN" else name

    def _join(self, run: list[Chunk]) -> None:
        if len(run) < 2:
            return
        # a row of names is a coordination only when « et » or « ou » closes it
        while len(run) > 1 and not self._closed(run[-2], run[-1]):
            run = run[:-1]
        for left, right in pairwise(run):
            first, other = self._top(run[0]), self._top(right)
            subject = self.deprel[other].startswith("nsubj")
            if subject and self.head[other] == self.head[first] and not self.deprel[first].startswith("nsubj"):
                self.deprel[first] = self.deprel[other]
            own_verb = subject and self.head[other] != self.head[first]
            if (
                own_verb
                and self.upos[self.head[other]] in ("VERB", "AUX")
                and "," in self.text[left.last : right.first]
            ):
                return
            if self._below(other, first) and self.deprel[other] == "conj":
                continue
            if self.deprel[first].startswith("nsubj") or not own_verb:
                if self._below(first, other):
                    continue
                self._attach(other, first, "conj")
            else:
                # the last of several subjects took the relation: « A, B et C jettent »
                outer, deprel = self.head[other], self.deprel[other]
                if not self._below(outer, first):
                    self.head[first], self.deprel[first] = outer, deprel
                    self._attach(other, first, "conj")

    def _closed(self, left: Chunk, right: Chunk) -> bool:
        return any(self.text[i].lower() in ("et", "ou", "&") for i in range(left.last + 1, right.first))


def _impersonal() -> frozenset[str]:
    return frozenset(load("modality")["impersonal_verbs"])


def is_description(lemma: str) -> bool:
    """Return whether a noun can describe an actor or a product."""
    return fold(lemma) in descriptions()


def is_demonym(lemma: str, text: str) -> bool:
    """Return whether a word is the adjective or noun of a place (« suédois », « lyonnaise »)."""
    return fold(text) in demonyms() or fold(lemma) in demonyms()
