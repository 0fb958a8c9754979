"""Words that stand for actors by their form: pronouns, « ce dernier », « le second », descriptions, periphrases."""

from __future__ import annotations

from newsclaims.anaphora.cues import count_of, cues, things
from newsclaims.anaphora.phrases import apposed, is_actor, words_of
from newsclaims.lexicon import load
from newsclaims.lexicon.words import alias_at, body_nouns, descriptions, of_either
from newsclaims.repair.words import is_demonym
from newsclaims.tree import Document, Sentence, Word

_RELATIVE = frozenset(
    {"qui", "que", "qu'", "dont", "lequel", "laquelle", "lesquels", "lesquelles", "auquel", "duquel", "où"}
)
POSSESSIVE = frozenset({"son", "sa", "ses", "leur", "leurs"})
_DEFINITE = frozenset({"le", "la", "l'", "les", "ce", "cet", "cette", "ces"})
PERSONAL = {
    "il": ("m", False), "elle": ("f", False), "ils": ("m", True), "elles": ("f", True),
    "lui": ("", False), "leur": ("", True), "le": ("m", False), "la": ("f", False), "l'": ("", False),
    "y": ("", False), "en": ("", False), "eux": ("m", True),
}  # fmt: skip
FIRST = frozenset({"nous", "je", "j'", "me", "m'"})
OUR = frozenset({"notre", "nos", "mon", "ma", "mes"})


def is_relative(word: Word) -> bool:
    """Return whether a word is a relative pronoun."""
    return word.text.lower() in _RELATIVE and word.upos in ("PRON", "SCONJ", "ADV")


def is_impersonal(sentence: Sentence, word: Word) -> bool:
    """Return whether « il » stands for nobody (« il faut », « il est prévu que »), or « le » for what was said.

    The « l' » of « l'on » stands for nothing.
    """
    text = word.text.lower().replace("’", "'").lstrip("-").removeprefix("t-")
    above = sentence.head(word)
    if above is None or text not in ("il", "le", "l'"):
        return False
    if text == "l'" and word.id < len(sentence.words) and sentence.words[word.id].text.lower() == "on":
        return True
    if text != "il":
        return above.lemma in cues("of_facts")
    children = sentence.children(above)
    lemmas = {c.lemma for c in children if c.id < above.id}
    if above.lemma in cues("impersonal"):
        return True
    if above.lemma == "avoir" and "y" in lemmas:
        return True
    if above.lemma in ("agir", "pouvoir") and any(c.text.lower() in ("s'", "s’", "se") for c in children):
        return True
    following = {w.text.lower().replace("’", "'") for w in sentence.words[above.id : above.id + 2]}
    if above.lemma == "rester":
        return "à" in following
    if not any(c.lemma == "être" and c.deprel.split(":")[0] in ("cop", "aux") for c in children):
        return False
    behind = [(w.lemma, w.feats.get("VerbForm")) for w in sentence.words[above.id : above.id + 2]]
    explained = len(behind) == 2 and behind[0][0] == "de" and behind[1][1] == "Inf"
    if above.upos == "ADJ" and explained and above.lemma not in cues("able") | cues("minded"):
        return True  # « il est plus économe d'investir », but « il est fier d'investir »
    return above.lemma in cues("impersonal_nouns") or (
        above.lemma in cues("impersonal_predicates") and not following.isdisjoint(("que", "qu'", "de", "d'"))
    )


def is_latter(sentence: Sentence, word: Word) -> bool:
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


def gender_of_latter(word: Word) -> str:
    """Return the gender that « ce dernier » or « celle-ci » shows."""
    return "f" if word.text.lower() in ("dernière", "celle-ci") else "m"


def place_in_pair(sentence: Sentence, word: Word) -> int | None:
    """Return which of two a word says, 0 or 1 (« le premier », « la seconde », « l'un », « l'autre »), None if none."""
    place = load("coreference")["ordinals"].get(word.text.lower())
    if place is None or word.id < 2:
        return None
    before = sentence.words[word.id - 2].text.lower().replace("’", "'")
    after = sentence.words[word.id] if word.id < len(sentence.words) else None
    bare = after is None or not (after.upos in ("NOUN", "PROPN", "ADJ", "NUM") or after.lemma in ("de", "à"))
    first = place == 1 and any(place_in_pair(sentence, w) == 0 for w in sentence.words[: word.id - 1])
    bare = bare or first  # « le premier propose 90 millions d'euros, le second 80 millions »
    return place if bare and before in ("le", "la", "l'", "au") and (word.lemma != "un" or before == "l'") else None


def count_of_all(sentence: Sentence, word: Word) -> int:
    """Return how many « tous deux », « toutes trois » are, 0 for other words."""
    before = sentence.words[word.id - 2].text.lower() if word.id > 1 else ""
    return count_of(word.text) if before in ("tous", "toutes") and word.upos != "NOUN" else 0


def number_of(sentence: Sentence, noun: Word) -> int:
    """Return how many a number before a noun says there are, 0 for none: « numéro deux » is one."""
    numbers = (c for c in sentence.children(noun) if c.id < noun.id and c.upos in ("NUM", "DET", "ADJ"))
    return next((n for c in numbers if (n := count_of(c.text))), 0)


def set_off_from(sentence: Sentence, pronoun: Word) -> Word | None:
    """Return the verb whose subject a pronoun repeats: « Orsol, lui, a investi », « lui aussi », « lui qui … ».

    None for a pronoun that is an argument of its own, and for one whose clause has no subject yet.
    """
    if pronoun.text.lower() not in ("lui", "elle", "eux", "elles") or pronoun.id < 2:
        return None
    before = sentence.words[pronoun.id - 2]
    after = sentence.words[pronoun.id].text.lower() if pronoun.id < len(sentence.words) else "."
    if after not in (",", ".", ";", "aussi", "également", "qui") or (
        before.text != "," and after not in ("aussi", "également")
    ):
        return None
    if any(c.deprel == "case" for c in sentence.children(pronoun)):
        return None  # « face à lui, »
    verb = next((a for a in sentence.ancestors(pronoun) if a.upos in ("VERB", "ADJ", "NOUN")), None)
    subjects = [c for c in sentence.children(verb) if c.deprel.split(":")[0] == "nsubj"] if verb is not None else []
    return verb if any(c.id != pronoun.id for c in subjects) else None


def is_definite(sentence: Sentence, word: Word) -> bool:
    """Return whether a noun is a definite description of an actor that no name stands beside."""
    if word.upos not in ("NOUN", "ADJ") or word.ner:
        return False
    lemma = word.lemma.lower()
    above = sentence.head(word)
    if word.deprel == "appos" and above is not None and above.id < word.id and above.ner:
        return False  # it says who the name before it is
    if any(c.deprel == "cop" for c in sentence.children(word)):
        return False
    if any(c.deprel == "appos" and is_named_demonym(sentence, c) for c in sentence.children(word)):
        return False  # « son concurrent, l'allemand Orsol »
    entry = descriptions().get(lemma)
    article = next((c for c in sentence.children(word) if c.upos == "DET"), word)
    owned = article.id > 1 and sentence.words[article.id - 2].text.lower() == "dont"
    if owned and (lemma in of_either() or (entry is not None and entry.kind == "person")):
        return False  # « Orsol, dont le patron … » says whose he is
    known = entry is not None or lemma in cues("relational") | cues("persons")
    if not known and not (is_demonym(lemma, word.text) and word.deprel != "amod"):
        return False
    children = sentence.children(word)
    determiners = {c.text.lower().replace("’", "'") for c in children if c.upos == "DET"}
    relational = lemma in cues("relational") and determiners & POSSESSIVE
    if not (determiners & _DEFINITE or relational):
        return False
    if any(
        c.lemma in ("autre", "même", "premier", "deuxième", "troisième", "seul")
        for c in children
        if c.deprel == "amod" and c.id < word.id
    ):
        return False
    if lemma in load("places")["sites"] and any(c.deprel == "nmod" and c.ner == "PLACE" for c in children):
        return False  # « le site de Turin » is none that was mentioned before
    said = {c.lemma.lower() for c in children if c.deprel in ("amod", "nmod")}
    if said & set(load("coreference")["no_actor"].get(lemma, ())):
        return False  # « le groupe motopropulseur », « la chaîne de montage »
    titles = [c for c in children if c.deprel == "conj" and c.upos == "NOUN" and not c.ner]
    if any(k.deprel == "appos" and k.ner == "PERSON" for title in titles for k in sentence.children(title)):
        return False  # « le fondateur et ancien patron d'Orsol Paul Durand »
    if any(c.deprel == "nmod" and _of_family(sentence, c) for c in children):
        return False  # « l'entreprise de son père »
    return not any(c.deprel == "appos" and c.ner and apposed(sentence, word, c) for c in children) and not (
        any(
            c.deprel == "nmod" and c.ner not in ("PLACE", "MONEY", "PERCENT") and is_actor(sentence, c)
            for c in children
        )
        and not count_of(lemma)
        and not (lemma in cues("young") | cues("of_name") and not _is_kind(sentence, word))
        and not (entry is not None and entry.kind == "person")
    )


def brings_in(sentence: Sentence, word: Word) -> bool:
    """Return whether a subject is an actor whom no name stands beside: « un fonds américain », « l'agent »."""
    entry = descriptions().get(word.lemma.lower()) if word.upos == "NOUN" and not word.ner else None
    if entry is None or entry.kind == "product" or word.lemma in {*things(), *load("speech")["anonymous"]}:
        return False
    if any(word.lemma in nouns for nouns in things().values()):
        return False  # « l'usine » is a thing that is taken up again by other words
    articles = {c.text.lower().replace("’", "'") for c in sentence.children(word) if c.deprel == "det"}
    new = bool(articles & ({"un", "une"} | (_DEFINITE if entry.kind == "person" else frozenset())))
    # « le patron d'Orsol » is not named; « le patron Paul Durand » is
    aside = ("acl:relcl", "parataxis", "nmod") if entry.kind == "person" else ("acl:relcl", "parataxis")
    phrase = sentence.subtree(word, lambda w: w.deprel not in aside)
    return (
        new
        and word.deprel.startswith("nsubj")
        and word.feats.get("Number") == "Sing"
        and not any(w.ner or w.deprel == "cop" for w in phrase)
    )


def is_mere_noun(sentence: Sentence, word: Word) -> bool:
    """Return whether a noun phrase is about no actor, whatever stands before it: « la pauvreté », « des casseurs »."""
    noun = word.lemma.lower()
    others = cues("relational") | cues("persons") | cues("generic") | cues("keeps_noun") | body_nouns()
    if word.upos != "NOUN" or word.ner or word.deprel in ("appos", "conj") or noun in others or noun in descriptions():
        return False
    return not any(
        w.ner not in ("", "MONEY", "PERCENT")
        or w.upos in ("PRON", "PROPN")
        or w.deprel in ("appos", "conj")
        or w.text.lower() in POSSESSIVE | OUR
        or w.text != w.text.lower()
        or is_demonym(w.lemma.lower(), w.text)
        for w in sentence.subtree(word)
    )


def is_named_demonym(sentence: Sentence, word: Word) -> bool:
    """Return whether a word is a demonym in front of a name."""
    named = any(c.deprel in ("appos", "flat:name") and c.ner and c.id == word.id + 1 for c in sentence.children(word))
    return not word.ner and is_demonym(word.lemma, word.text) and named


def _of_family(sentence: Sentence, noun: Word) -> bool:
    """Return whether a noun is somebody's relative (« son père »)."""
    owned = any(c.upos == "DET" and c.text.lower() in POSSESSIVE for c in sentence.children(noun))
    return owned and noun.lemma in cues("relatives")


def _is_kind(sentence: Sentence, noun: Word) -> bool:
    """Return whether an adjective right behind a noun says what it does (« la filiale financière de Vega »)."""
    return any(
        c.deprel == "amod" and c.id == noun.id + 1 and c.upos == "ADJ" and not is_demonym(c.lemma.lower(), c.text)
        for c in sentence.children(noun)
    )


def is_body(word: Word) -> bool:
    """Return whether a noun is for a public body (« le gouvernement », « la mairie »)."""
    return word.upos == "NOUN" and not word.ner and word.lemma.lower() in body_nouns()


def is_specified(sentence: Sentence, noun: Word) -> bool:
    """Return whether a demonym or a name behind a noun says which one (« le gouvernement gallois »)."""
    return any(is_demonym(c.lemma, c.text) or (c.deprel == "nmod" and c.ner) for c in sentence.children(noun))


def names_body(sentence: Sentence, word: Word) -> bool:
    """Return whether a noun phrase without a name is as good as one: « le conseil régional », « la mairie de Lyon »."""
    if not is_body(word) or not is_taken_up(sentence, word) or word.feats.get("Number") == "Plur":
        return False
    if any(c.deprel == "appos" and c.ner for c in sentence.children(word)):
        return False
    said = " ".join(w.text.lower() for w in words_of(sentence, word))
    return said in load("institutions")["bodies"] or is_specified(sentence, word)


def is_article_of_capital(sentence: Sentence, word: Word) -> bool:
    """Return whether an article stands for whose capital it is (« entre au capital », « 5 % du capital »).

    « détient une participation de 5 % », « conserve une participation minoritaire », « rachète les 5 % encore détenus
    par Luma » and « une prise de participation d'Orsol » are of somebody's capital too, and so are « entre au tour de
    table » and « remet au pot ».
    """
    noun, text = sentence.head(word), word.text.lower()
    if word.upos != "DET" or noun is None:
        return False
    children = list(sentence.children(noun))
    whole = text in ("le", "la", "l'") and noun.lemma in cues("owners_places")
    table = next((c for c in children if noun.lemma == "tour" and c.lemma == "table"), None)
    if table is not None:
        whole, children = True, [*sentence.children(table), *(c for c in children if c.id != table.id)]
    size = any(c.ner == "PERCENT" or c.lemma in cues("stake_sizes") for c in children)
    part = noun.lemma in ("part", "participation") and text == "une" and size
    rest = noun.ner == "PERCENT" and text == "les" and any(c.lemma == "détenir" for c in children)
    if noun.lemma == "prise" and text in ("un", "une"):  # « une prise de participation d'Orsol »: in another
        return any(c.lemma == "participation" for c in children)
    owners = [below for below in children if below.ner != "PERCENT"]
    return (whole or part or rest) and not any(c.lemma in ("de", "dans") for o in owners for c in sentence.children(o))


def is_share_of_unsaid(sentence: Sentence, word: Word) -> bool:
    """Return whether a percentage is held of something that its sentence does not say (« l'État conservera 20 % »).

    « l'État, actionnaire à 20 % » says no more, and neither does « Orsol, premier actionnaire, … ».
    """
    holding = sentence.head(word)
    if holding is not None and qualifies_shareholder(sentence, word):
        return shareholder(sentence, holding) is not None
    if holding is not None and holding.lemma == "hauteur":
        holding = sentence.head(holding)  # « Orsol, actionnaire à hauteur de 26,1 % »
    if word.ner != "PERCENT" or word.deprel.startswith("flat") or holding is None:
        return False
    if holding.lemma not in cues("holding"):
        return False
    if holding.upos == "NOUN" and any(c.upos == "DET" for c in sentence.children(holding)):
        return False
    around = [*sentence.children(word), *sentence.children(holding)]
    wholes = (
        w for w in around if w.ner not in ("MONEY", "PERCENT") and w.lemma != "hauteur" and not _mere_votes(sentence, w)
    )
    said = any(c.deprel == "case" and c.lemma in ("de", "dans", "chez") for w in wholes for c in sentence.children(w))
    return not said and not any(c.text.lower() == "en" for c in around)


def _mere_votes(sentence: Sentence, noun: Word) -> bool:
    """Return whether « des droits de vote » says not of what."""
    return noun.lemma == "droit" and sum(w.lemma == "de" for w in sentence.subtree(noun)) <= 2


def qualifies_shareholder(sentence: Sentence, word: Word) -> bool:
    """Return whether a word says which shareholder is meant: « le premier actionnaire »."""
    noun = sentence.head(word)
    return word.deprel in ("amod", "det") and noun is not None and noun.lemma in cues("shareholders")


def shareholder(sentence: Sentence, noun: Word) -> Word | None:
    """Return who is meant by « actionnaire » that says not of what, by name: « le premier actionnaire, Orsol, … »."""
    below = sentence.children(noun)
    determiners = {c.text.lower() for c in below if c.upos == "DET"}
    said = any(
        c.deprel.split(":")[0] in ("nmod", "obl", "cop", "nsubj") and c.lemma not in cues("kinds") for c in below
    )
    if determiners == {"les"} and not said:  # « les actionnaires historiques, dont Orsol »
        listed = (c for c in below if any(k.lemma == "dont" for k in sentence.children(c)))
        return next(
            (n for c in listed for n in (c, *sentence.children(c)) if n.ner not in ("", "MONEY", "PERCENT")), None
        )
    if said or not determiners <= {"le", "la", "l'", "l’", "un", "une"}:
        return None
    above = sentence.head(noun)
    if noun.deprel == "appos" and above is not None:
        named = (
            above if above.ner else next((c for c in sentence.children(above) if c.deprel == "appos" and c.ner), None)
        )
        return None if named is None or named.id > noun.id or named.ner in ("MONEY", "PERCENT") else named
    named = next((c for c in below if c.deprel == "appos" and c.ner not in ("", "MONEY", "PERCENT")), None)
    return named if determiners & {"le", "la", "l'", "l’"} else None


def is_taken_up(sentence: Sentence, noun: Word) -> bool:
    """Return whether the determiner of a noun says that it has been mentioned before."""
    return any(c.text.lower().replace("’", "'") in _DEFINITE for c in sentence.children(noun) if c.upos == "DET")


def is_owner_unsaid(sentence: Sentence, article: Word) -> bool:
    """Return whether an article stands for the owner of a name's description (« le concurrent Vega »).

    So it does before rivals and a rivalry that the sentence is about (« les concurrents ne manquent pas »).
    """
    noun = sentence.head(article)
    text = article.text.lower().replace("’", "'")
    if noun is None or noun.upos not in ("NOUN", "ADJ") or text not in ("le", "la", "l'", "les", "des"):
        return False
    children = sentence.children(noun)
    about = noun.deprel.startswith("nsubj")
    if text in ("les", "des"):
        return about and noun.lemma in cues("opposed") and not any(c.deprel in ("nmod", "appos") for c in children)
    if noun.lemma in cues("contested"):
        return about
    opposed = noun.lemma in cues("opposed") or any(c.deprel == "amod" and c.lemma in cues("opposed") for c in children)
    owned = any(c.deprel.split(":")[0] in ("nmod", "obl") and c.ner != "PLACE" for c in children)
    return opposed and not owned and any(c.deprel == "appos" for c in children)


def alias_of(document: Document, word: Word) -> tuple[str, tuple[str, ...]]:
    """Return the periphrasis that begins at a noun (« géant de Redmond ») and whom it may stand for."""
    if word.upos not in ("NOUN", "PROPN"):
        return "", ()
    return alias_at(document.text[word.span.start : word.span.start + 80])
