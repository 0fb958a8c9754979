"""Noun phrases around the mentions of actors: their words, what is beside a name, what a mention is there for."""

from __future__ import annotations

from collections.abc import Sequence

from newsclaims.anaphora.cues import cues
from newsclaims.lexicon import load
from newsclaims.lexicon.words import descriptions, fold
from newsclaims.repair.words import is_demonym
from newsclaims.speech import cited
from newsclaims.tree import Sentence, Word

_OUT = frozenset({"acl:relcl", "advcl", "parataxis", "punct", "ccomp", "cop", "orphan", "dislocated", "discourse"})
_WHEN = frozenset({"dans", "en", "depuis", "pendant", "pour", "avant", "après", "dès", "au", "sur"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "X", "NUM", "ADJ", "SYM"})


def apposed(sentence: Sentence, noun: Word, name: Word) -> bool:
    """Return whether a name right after a noun, or apart from it after a describing noun, is who the noun is."""
    if noun.id > name.id:
        return True
    between = {w.text for w in sentence.words[noun.id : name.id - 1]}
    if not between & {",", ":", "(", ";", "-", "–", "—"}:
        return True
    lemma = noun.lemma.lower()
    return ":" not in between and (fold(lemma) in descriptions() or is_demonym(lemma, noun.text))


def leader_of(sentence: Sentence, noun: Word) -> Word | None:
    """Return who leads a group of actors and stands for it (« le consortium mené par Orsol »), None for other nouns."""
    if noun.ner or noun.lemma not in load("descriptions")["collective"]:
        return None
    led = [c for c in sentence.children(noun) if c.deprel.startswith("acl") and c.lemma in cues("leading")]
    agents = [c for verb in led for c in sentence.children(verb) if c.deprel.startswith("obl")]
    return next((a for a in agents if any(c.lemma == "par" for c in sentence.children(a))), None)


def keeps_noun(word: Word) -> bool:
    """Return whether a noun belongs to the name beside it (« la famille Orsol »)."""
    return word.lemma.lower() in cues("keeps_noun")


def inside_name(sentence: Sentence, word: Word) -> Word:
    """Return the head of the name that a word is part of, the word itself elsewhere."""
    if word.deprel == "flat:name" and word.ner:
        return sentence.head(word) or word
    return word


def gapped(sentence: Sentence, word: Word) -> bool:
    """Return whether a noun phrase follows a name without comma: the name is the subject of a verb left out."""
    last = max((w.id for w in sentence.subtree(word, lambda w: w.deprel == "flat:name")), default=word.id)
    following = sentence.words[last : last + 2]
    if len(following) < 2:
        return False
    if word.text.lower() in load("coreference")["ordinals"]:  # « l'un a racheté Vega et l'autre, 50 % de Luma »
        return following[0].text == "," and (following[1].upos in ("DET", "NUM") or following[1].ner != "")
    return word.ner != "" and following[0].upos == "DET" and following[1].upos in ("NOUN", "ADJ", "PROPN")


def is_second_title(sentence: Sentence, word: Word, other: Word) -> bool:
    """Return whether a coordinated noun names the same one again (« le fondateur et actionnaire de Nimbao »)."""
    if other.upos != "NOUN" or other.ner or word.ner or other.feats.get("Number") == "Plur":
        return False
    articles = [[c for c in sentence.children(noun) if c.deprel == "det"] for noun in (word, other)]
    named = any(c.deprel == "appos" and c.ner for c in sentence.children(other))
    return bool(articles[0]) and not articles[1] and not named and word.feats.get("Number") != "Plur"


def is_anybody_else(sentence: Sentence, word: Word) -> bool:
    """Return whether a coordinated noun means whoever else may do the same (« Orsol ou un autre groupe »)."""
    below = sentence.children(word)
    other = any(c.lemma == "autre" and c.deprel in ("amod", "det") for c in below)
    return not word.ner and other and any(c.deprel == "cc" and c.lemma == "ou" for c in below)


def is_source(sentence: Sentence, word: Word) -> bool:
    """Return whether a name only says where the news is from (« selon Le Fil », « a-t-il dit au Fil »)."""
    cases = [c.text.lower().replace("’", "'") for c in sentence.children(word) if c.deprel in ("case", "fixed")]
    if any(report.speaker.id == word.id for report in cited(sentence)):
        return True
    at: Word | None = word
    while at is not None and at.deprel in ("appos", "flat:name"):
        at = sentence.head(at)
    verb = sentence.head(at) if at is not None else None
    if verb is None or at is None:
        return False
    if verb.lemma in load("speech")["writing"] and at.deprel == "nsubj":
        return any(c.deprel == "ccomp" for c in sentence.children(verb))
    speaks = verb.lemma in load("speech")["verbs"]
    if at.deprel.split(":")[0] in ("obl", "iobj"):
        # « une levée annoncée par Orsol » is Orsol's
        told_by = at.deprel == "obl:agent" and verb.lemma not in cues("announced")
        told = speaks and (told_by or not {"à", "auprès", "dans", "sur"}.isdisjoint(cases))
        return told or ("par" in cases and verb.lemma in cues("asked"))
    return (
        speaks
        and verb.id < at.id
        and at.deprel.split(":")[0] in ("nsubj", "obj")
        and verb.id > 1
        and any(w.text in (",", "»", '"', "”") for w in sentence.words[max(0, verb.id - 4) : verb.id - 1])
    )


def in_parentheses(sentence: Sentence, word: Word) -> bool:
    """Return whether a word opens a short parenthesis."""
    before = word.id >= 2 and sentence.words[word.id - 2].text == "("
    return before and any(w.text == ")" for w in sentence.words[word.id : word.id + 4])


def is_grouped(sentence: Sentence, name: Word) -> bool:
    """Return whether a name is one of several that are coordinated (« Orsol et Vega »)."""
    around = [c for c in sentence.children(name) if c.deprel == "conj"]
    above = sentence.head(name)
    if name.deprel == "conj" and above is not None:
        around.append(above)
    return name.ner != "" and any(w.ner not in ("", "MONEY", "PERCENT") for w in around)


def is_nested(sentence: Sentence, name: Word) -> bool:
    """Return whether a name stands in what is said of a name beside it (« Orsol, la maison mère de Vega »)."""
    noun = sentence.head(name)
    beside = sentence.head(noun) if noun is not None else None
    return (
        beside is not None
        and noun is not None
        and name.deprel == "nmod"
        and noun.deprel == "appos"
        and not noun.ner
        and beside.ner not in ("", "MONEY", "PERCENT")
    )


def is_actor(sentence: Sentence, word: Word) -> bool:
    """Return whether a complement is an actor: « actionnaire de l'éditeur », but not « éditeur de logiciels »."""
    determined = any(c.deprel == "det" for c in sentence.children(word))
    describes = word.lemma.lower() in descriptions() or is_demonym(word.lemma, word.text)
    return bool(word.ner) or (determined and describes)


def arguments(sentence: Sentence, verb: Word, relations: Sequence[str]) -> list[Word]:
    """Return the dependents of a verb in these relations, subtypes included."""
    return [c for c in sentence.children(verb) if c.deprel.split(":")[0] in relations]


def is_predicate(sentence: Sentence, word: Word) -> bool:
    """Return whether a word has a subject or a copula."""
    return any(c.deprel.split(":")[0] in ("nsubj", "cop") for c in sentence.children(word))


def words_of(sentence: Sentence, word: Word) -> list[Word]:
    """Return a noun phrase without determiner, preposition, clauses and what a comma cuts off."""
    words = sentence.subtree(
        word,
        lambda w: (
            (w.deprel not in _OUT or w.text in ("'", "-", "«", "»", '"', ","))
            and not _temporal(sentence, w)
            and not _told(sentence, w)
            and not _costs(sentence, w)
            and not _is_beside(w, word)
        ),
    )
    ids = {w.id for w in words}
    start = end = word.id
    while start - 1 in ids:
        start -= 1
    while end + 1 in ids:
        end += 1
    while start < word.id and (
        sentence.words[start - 1].upos in ("DET", "ADP", "PUNCT", "CCONJ", "NUM", "ADV", "SCONJ")
        or sentence.words[start - 1].deprel == "case"  # « face à »
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


def _is_beside(word: Word, noun: Word) -> bool:
    """Return whether a word is somebody beside a noun: « le patron et Paul Durand », « l'usine et ses salariés »."""
    named = bool(word.ner) and word.ner not in ("MONEY", "PERCENT")
    return word.deprel == "conj" and word.head == noun.id and (named or word.lemma in cues("staff"))


def _temporal(sentence: Sentence, word: Word) -> bool:
    """Return whether a complement says when (« d'ici à 2030 », « dans les quatre ans »)."""
    if word.deprel.split(":")[0] not in ("nmod", "obl", "advmod"):
        return False
    cases = {c.text.lower() for c in sentence.children(word) if c.deprel in ("case", "det", "fixed")}
    return word.text.lower() == "ici" or "ici" in cases or (word.lemma in cues("time") and bool(cases & _WHEN))


def _told(sentence: Sentence, word: Word) -> bool:
    """Return whether a participle tells what somebody did to the noun (« l'usine reprise en 2012 par Orsol »)."""
    return word.deprel == "acl" and any(c.deprel == "obl:agent" for c in sentence.children(word))


def _costs(sentence: Sentence, word: Word) -> bool:
    """Return whether a complement is a price (« la société pour 600 millions », « une usine de 80 millions »)."""
    return word.ner == "MONEY" and any(
        c.lemma in ("pour", "contre", "moyennant", "de", "à") for c in sentence.children(word)
    )


def _list_goes_on(sentence: Sentence, word: Word, comma: int) -> bool:
    """Return whether a comma separates members of the same coordination."""
    if sentence.words[comma - 1].text != ",":
        return False
    row = sentence.subtree(word, lambda w: w.deprel == "conj" and w.upos in NOMINAL)
    return any(w.id > comma for w in row) or _told_where_each(sentence, comma)


def _told_where_each(sentence: Sentence, comma: int) -> bool:
    """Return whether several places follow, one each for what is counted (« deux usines, à Arvel et à Luce »)."""
    before, after = sentence.words[comma - 2], sentence.words[comma : comma + 2]
    counted = before.upos == "NOUN" and any(c.upos == "NUM" and c.id < before.id for c in sentence.children(before))
    if not counted or len(after) < 2 or after[0].text.lower() not in ("à", "en"):
        return False
    cases = (k for c in sentence.children(after[1]) if c.deprel == "conj" for k in sentence.children(c))
    return after[1].ner in ("PLACE", "NAME") and any(k.text.lower() == after[0].text.lower() for k in cases)
