"""Naming: which actor a name is of, and actors that have none."""

from __future__ import annotations

from newsclaims.anaphora.cues import cues, trades
from newsclaims.anaphora.phrases import in_parentheses, inside_name, keeps_noun
from newsclaims.anaphora.referents import (
    GENDERS,
    Referent,
    bare,
    canonical,
    gender_of_person,
    kind_of,
    known,
    said_of,
    short_forms,
    traits_of,
)
from newsclaims.anaphora.words import is_specified
from newsclaims.claims import EntityKind
from newsclaims.coreference.memory import Memory
from newsclaims.coreference.reasons import Because, Link
from newsclaims.lexicon import load
from newsclaims.lexicon.words import descriptions, fold, known_names, of_either, other_names, place_gender
from newsclaims.mentions.names import Name
from newsclaims.tree import Sentence, Word


def split(memory: Memory, index: int, sentence: Sentence, word: Word, name: Name) -> None:
    """Take two names joined by a hyphen for two, behind a noun that says so (« le duopole Orsol-Vega »)."""
    first, _, second = name.span.text.partition("-")
    before = sentence.words[word.id - 2].lemma if word.id > 1 else ""
    if first and second[:1].isupper() and before in cues("pairs"):
        memory.pairs[index, word.id] = tuple(
            (memory.referents.setdefault(bare(part), Referent(name=part, kind=EntityKind.ORGANISATION)), len(part))
            for part in (first, second)
        )


def refer(memory: Memory, index: int, sentence: Sentence, name: Name) -> Referent:
    """Return the referent of a name: one met before under this name, or a new one."""
    text = " ".join(name.span.text.split())
    head = sentence.words[name.first - 1]
    traits, kind, gender = traits_of(sentence, head)
    kind = name.kind or kind
    if _names_company(sentence, head) or (kind is EntityKind.PERSON and trades() & known(text)):
        kind = EntityKind.ORGANISATION  # « le transporteur Paul Durand », « Thomas Cook »
    forms = [bare(text), *sorted(map(bare, other_names(text)))]
    referent = next((memory.referents[f] for f in forms if f in memory.referents), None)
    if referent is not None and referent.kind is EntityKind.PERSON and kind is EntityKind.ORGANISATION:
        referent = None  # « Paul Durand, fondateur de l'enseigne Durand »
    referent = referent or _spelt_out(memory, index, sentence, name) or _model(memory, sentence, name)
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
            memory.referents.setdefault(form, referent)
    referent.traits |= traits
    referent.kind = referent.kind or kind
    referent.gender = referent.gender or gender
    return referent


def _model(memory: Memory, sentence: Sentence, name: Name) -> Referent | None:
    """Return the product that a name with an article is, with its maker or without: « la Vega Luma … la Luma »."""
    before = sentence.words[name.first - 2].text.lower() if name.first > 1 else ""
    words = bare(name.span.text).split()
    if before not in ("le", "la", "l'", "l’") or not words:
        return None
    known = memory.referents.get(words[-1]) if len(words) > 1 else None
    if len(words) == 1:
        long = (r for r in memory.referents.values() if bare(r.name).split()[1:][-1:] == words)
        known = next(long, None)
    if known is None or known.kind in (EntityKind.PERSON, EntityKind.PLACE):
        return None
    if len(words) > 1 and known.kind is EntityKind.ORGANISATION:
        return None  # « la CFDT Orsol » is not Orsol
    if len(words) > 1 and (bare(known.name) != words[-1] or " ".join(words[:-1]) not in memory.referents):
        return None
    memory.referents.setdefault(" ".join(words), known)
    return known


def keep(memory: Memory, index: int, sentence: Sentence, word: Word, name: Name) -> None:
    """Take note of the actor that a noun and its name make together: « la famille Orsol », who is not Orsol."""
    noun = sentence.head(word)
    if noun is None or word.deprel != "appos" or not keeps_noun(noun) or noun.feats.get("Number") == "Plur":
        return
    text = " ".join(memory.document.text[noun.span.start : name.span.end].split())
    kind, gender = kind_of(noun, "organisation"), GENDERS.get(noun.feats.get("Gender", ""), "")
    referent = memory.referents.setdefault(bare(text), Referent(name=text, kind=kind, gender=gender))
    memory.resolve(index, noun, (referent,), Link((Because.KEEPS_NAME,)))
    memory.note(index, sentence, noun, (referent,))


def body(memory: Memory, index: int, sentence: Sentence, word: Word) -> Referent:
    """Return the referent of a public body without a name: « le gouvernement », « la mairie de Lyon »."""
    text = " ".join(memory.phrase(index, word).text.split())
    referent = memory.referents.get(bare(text))
    if referent is None:
        gender = GENDERS.get(word.feats.get("Gender", ""), "")
        kind = kind_of(word, "organisation")
        referent = Referent(name=text, kind=kind, gender=gender, named=is_specified(sentence, word))
        for form in short_forms(text, kind):
            memory.referents.setdefault(form, referent)
    return referent


def bring_in(memory: Memory, index: int, sentence: Sentence, word: Word) -> None:
    """Take note of an actor whom the text does not name: « un fonds américain » is who « il » is next."""
    said = said_of(sentence, word)
    person = kind_of(word, "other") is EntityKind.PERSON
    gender = GENDERS.get(word.feats.get("Gender", ""), "")
    name = " ".join(memory.phrase(index, word).text.split())
    kind = EntityKind.PERSON if person else EntityKind.ORGANISATION
    referent = Referent(name=name, kind=kind, gender=gender, traits=said, named=False)
    memory.resolve(index, word, (referent,), Link((Because.DESCRIBED,)))
    memory.note(index, sentence, word, (referent,))


def _spelt_out(memory: Memory, index: int, sentence: Sentence, name: Name) -> Referent | None:
    """Return the actor whose acronym, or the full form of whose acronym, a name in parentheses is."""
    if name.first < 3 or sentence.words[name.first - 2].text != "(":
        return None
    before = sentence.words[name.first - 3]
    referent = memory.named.get((index, inside_name(sentence, before).id))
    if referent is None:
        return None
    one, other = sorted((bare(referent.name).split(), bare(name.span.text).split()), key=len)
    letters = "".join(w[0] for w in other if w not in ("de", "des", "du", "la", "le", "et", "l'"))
    if len(one) != 1 or one[0] not in (letters, "".join(w[0] for w in other)) or len(other) < 2:
        return None
    memory.referents.setdefault(bare(name.span.text), referent)
    return referent


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
    built = (
        noun is not None and head.deprel == "nmod" and noun.lemma in load("places")["sites"]
    )  # « une usine à Zoppigny »
    return case == "à" and (region or stands or front or built)


def _is_made(sentence: Sentence, name: Name) -> bool:
    """Return whether a plural article shows that a name is of things by the piece: « les Luma passent à 9 euros »."""
    before = sentence.words[name.first - 2].text.lower() if name.first > 1 else ""
    word = name.span.text
    return before in ("les", "des", "aux") and name.first == name.last and word.isalpha() and word[-1] not in "sxz"


def _article_gender(sentence: Sentence, name: Word) -> str:
    """Return the gender that the article of a name shows (« la Zephyr »)."""
    articles = {c.text.lower() for c in sentence.children(name) if c.deprel == "det"}
    return "f" if "la" in articles else "m" if "le" in articles else ""
