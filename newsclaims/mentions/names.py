"""Names: runs of words that name an organisation, a person, a product or a place.

The finder reads capitals, shapes (xAI, eBay, 20VC), the tags of the parser and the lexicon. No name has to be
in the lexicon; what is there only helps to tell the kind.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

import attrs
import regex

from newsclaims.claims import EntityKind
from newsclaims.lexicon import load
from newsclaims.lexicon.conjugation import inflections
from newsclaims.lexicon.words import (
    acronyms,
    common_words,
    company_suffixes,
    counts,
    demonyms,
    descriptions,
    first_name_gender,
    fold,
    institution_heads,
    is_ordinal,
    is_place,
    is_public_body,
    known_names,
    long_names,
    small_names,
    titles,
)
from newsclaims.mentions.evidence import Evidence
from newsclaims.spans import Span, SpanIndex
from newsclaims.tree import Document, Sentence, Word

_MIXED = regex.compile(
    r"\p{Ll}+\p{Lu}[\p{L}\d]*|\p{Ll}\d+\p{Ll}+|\d+\p{Lu}{2,}\d*|\d+\.\p{Lu}{2,}|\d\p{Ll}\d\w*"
    r"|(?!(?:19|20)\d\d)\d{1,4}\p{Lu}+\p{Ll}{2,}[\p{L}\d]*"
)
_CAPITAL = regex.compile(r"\p{Lu}[\p{L}\p{M}\d'’.&+!-]*")
_MODEL = regex.compile(r"\p{Ll}-\p{Lu}[\p{L}\d]*")  # « le Luma e-Cross »
_DOMAIN = regex.compile(r"\.(?:\p{Ll}{2,4}|\p{Lu}{2,3})")  # Booking.com, Orsol.VC
_SITE = regex.compile(r"[\p{L}\d-]{2,}\.(?:ai|app|be|ch|co|com|de|eu|fr|io|it|net|org|tv|uk)")
_ARTICLES = frozenset({"le", "la", "les", "l'", "l’", "the", "el"})
_OPENERS = frozenset(
    {":", "•", "-", "–", "—", "«", '"', "“", "(", "*", "…", "...", "'", "‘", "[", "]", "|", "→", "►", "▶", "■", "·"}
)
_LINKS = frozenset({"de", "du", "des", "d'", "d’", "la", "le", "les", "l'", "l’", "et", "à", "en", "pour", "sur"})
_JOINERS = frozenset({"&", "+", "/"})
_PARTICLES = frozenset({"de", "d'", "d’", "du", "le", "von", "van", "bin", "ben", "da", "dos"})
_FOREIGN = frozenset({"and", "at", "de", "del", "della", "di", "for", "in", "of", "per", "the", "to", "und", "y"})
_LIMITING = frozenset({"seul", "premier", "dernier", "ancien", "futur", "tel", "même", "autre", "certain", "tout"})
_TRADES = frozenset({"IA", "SA", "SAS", "TV", "VC"})  # acronyms that end names: « Orsol TV »
_PREFIXED = regex.compile(r"(?:anti|non|post|pro|pré)-")  # « post-Covid »
_KIN = frozenset({"associés", "cie", "filles", "fils", "frères", "sœurs"})  # « Orsol et Fils »
_LOOSE = frozenset({"conseil", "direction", "groupe", "maison", "place", "présidence", "région", "service", "ville"})
_STATES = frozenset({"fédéral", "hébreu", "islamique", "profond"})
_NO_INITIALS = frozenset("AÀOÔ")  # letters that are words
_DAYS = frozenset({"lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"})
# Words that may stand behind a feminine noun without an ending of their own.
_INVARIABLE = frozenset(
    {"audio", "auto", "beauté", "bio", "cargo", "cloud", "crypto", "emploi", "immo", "info", "leader", "maison"}
    | {"média", "news", "papier", "photo", "pro", "santé", "scooter", "star", "tech", "vidéo", "vélo", "web"}
)
_QUOTES = {"«": "»", '"': '"', "“": "”"}
_QUOTED = 5  # words in a quoted name, at most
_TITLE = 10  # words in the quoted title of a work, at most
_OPENING = 3  # words in a name in small letters that opens a text, at most
_MEASURE = regex.compile(r"\d+[hm]\d+")  # « 6h30 », « 1m83 »
_ARABIC = regex.compile(r"(?:al|el)-\p{Lu}\p{L}+")  # « Samir al-Hakim »
_LONGEST = 9  # words in a well-known name, at most
_ELIDED = regex.compile(r"(?:[CJMNST]|Qu|Lorsqu|Puisqu|Quoiqu)['’]")
_NESTED = regex.compile(
    r"(?<=^|[\"«“,:.!?]\s?)\+(?=\p{L})[^+]{2,80}(?<=[\p{L}?!.…])\+(?!\w)"
)  # « "+Dites-le+", dit-il »
_DATELINE = regex.compile(  # « (Reuters) - », « PARIS, 3 mars (Reuters) - », « PARIS (Reuters/AFP) – »
    r"\s*(?:[^\s().][^().\n]{0,40}\s)?\((?P<agency>[^()\n]{2,30})\)\s*[-–—]"
)
_SPELT = 7  # words in a name that initials follow, at most


@attrs.frozen
class Name:
    """A name in a sentence.

    Attributes:
        sentence: index of the sentence in the document.
        first: id of its first word.
        last: id of its last word.
        kind: what it names, as far as the words themselves tell; None when they do not.
        span: its characters.
    """

    sentence: int
    first: int
    last: int
    kind: EntityKind | None
    span: Span


def find_names(document: Document, taken: Iterable[Span] = ()) -> list[Name]:
    """Return the names of a document in text order.

    Args:
        document: the parsed text.
        taken: spans of amounts, which cannot be part of a name.
    """
    evidence = Evidence.of(document.text)
    amounts = SpanIndex(taken, lambda span: span)
    found: list[Name] = []
    written_by = _dateline(document.text)
    for index, sentence in enumerate(document.sentences):
        free = [amounts.at(w.span) is None and w.span.start >= written_by for w in sentence.words]
        for said in _NESTED.finditer(sentence.text):
            start, end = (sentence.span.start + at for at in said.span())
            free = [f and not start <= w.span.start < end for f, w in zip(free, sentence.words, strict=True)]
        begins = document.text[: sentence.span.start].rstrip(" ")[-1:] in ("", "\n", ".", "!", "?")
        for first, last in _runs(sentence, free, evidence, begins):
            words = sentence.words[first - 1 : last]
            start, end = words[0].span.start, words[-1].span.end
            if words[0].text.startswith("ex-"):
                start += len("ex-")
            found.append(
                Name(
                    sentence=index,
                    first=first,
                    last=last,
                    kind=_kind(sentence, first, last, document.text[start:end], evidence),
                    span=Span.of(document.text, start, end),
                )
            )
    return found


def _dateline(text: str) -> int:
    """Return where a text begins behind the agency that wrote it: « PARIS (Reuters) - Orsol a … », 0 without one."""
    head = _DATELINE.match(text)
    agencies = {fold(name) for name in load("common_words")["datelines"]}
    by_agency = head is not None and all(fold(part) in agencies for part in regex.split(r"[/,]\s*", head["agency"]))
    return head.end() if head is not None and by_agency else 0


def _runs(sentence: Sentence, free: list[bool], evidence: Evidence, begins: bool) -> Iterator[tuple[int, int]]:
    """Yield (first, last) word ids of the names of a sentence, given whether it begins where a line or another ends."""
    words = sentence.words
    i = _opening(sentence, free) if begins else 0
    if i:
        yield words[0].id, words[i - 1].id
    while i < len(words):
        if title := _title(sentence, free, i):
            yield words[i].id, words[title - 1].id
            i = title
            continue
        if said := _said(sentence, free, i):
            i = said
            continue
        known = _known(sentence, free, i) if free[i] else 0
        if not known and not (free[i] and _begins(sentence, i, evidence)):
            i += 1
            continue
        first = i
        i = _quoted(sentence, free, i) or _extend(sentence, free, i, known)
        last = i - 1
        if known:
            yield words[first].id, words[last].id
            continue
        while first < last and fold(words[first].text) in titles():
            first += 1
        while first < last and words[first].text == "Groupe" and words[first + 1].upos not in ("ADP", "ADJ", "NUM"):
            first += 1
        if first < last and fold(words[first].text) in demonyms() and _CAPITAL.fullmatch(words[first + 1].text):
            first += 1
        while last > first and not _substantial(words[last]):
            last -= 1
        text = fold(" ".join(w.text for w in words[first : last + 1]))
        if text in titles() or text in demonyms() or _is_office(text):
            continue
        if fold(words[first].text) in demonyms() and words[last].text.islower():
            continue  # « les Français modestes »
        if first == last == 0 and text in evidence.plain and words[first].text not in evidence.inside:
            continue  # « Virus : … »
        yield words[first].id, words[last].id


def _opening(sentence: Sentence, free: list[bool]) -> int:
    """Return the index after a name in small letters that opens a text or a sentence: « hublo lève », 0 for none."""
    words = sentence.words
    if not words or not words[0].text[0].islower():
        return 0
    for i, word in enumerate(words[: _OPENING + 2]):
        if word.upos in ("VERB", "AUX") and word.feats.get("VerbForm") == "Fin" and i:
            while words[i - 1].upos in ("PRON", "ADV"):  # « n'a », « se lance »
                i -= 1
            return i if 0 < i <= _OPENING and not _is_french(words[0]) else 0
        if word.text == "," and i:
            return i if not _is_french(words[0]) and words[0].upos in ("NOUN", "PROPN", "X", "ADJ") else 0
        if not free[i] or not regex.fullmatch(r"\p{Ll}+", word.text):
            if i and fold(word.text) in ("n'", "s'"):
                continue
            return 0
    return 0


def _is_french(word: Word) -> bool:
    """Return whether a word is of the lexicon: what it opens is no name for that."""
    folded = fold(word.text)
    known = folded in common_words() or folded in inflections() or folded in descriptions() or folded in demonyms()
    return known or word.upos in ("DET", "ADP", "PRON", "CCONJ", "SCONJ", "VERB", "AUX")


def _title(sentence: Sentence, free: list[bool], first: int) -> int:
    """Return the index after a quoted title, verbs and all, behind what it is the title of; 0 for none.

    « l'émission « Tout le monde veut prendre sa place » », « les journalistes du « Monde » ».
    """
    words = sentence.words
    closing = _QUOTES.get(words[first - 1].text) if first > 1 else None
    if closing is None or not (words[first].text[0].isupper() or words[first].text[0].isdigit()):
        return 0
    end = next((i for i in range(first, min(first + _TITLE + 1, len(words))) if words[i].text == closing), 0)
    if end <= first or not all(free[first:end]):
        return 0
    noun = descriptions().get(fold(words[first - 2].lemma))
    if noun is not None and noun.kind == "product":
        return end
    named = all(_CAPITAL.fullmatch(w.text) and w.upos in ("PROPN", "NOUN", "X") for w in words[first:end])
    return end if named and words[first - 2].upos in ("DET", "ADP") and end - first <= _QUOTED else 0


def _said(sentence: Sentence, free: list[bool], first: int) -> int:
    """Return the index after quoted words that name nobody (« son slogan « Just Look » »), 0 for anything else."""
    words = sentence.words
    noun = fold(words[first - 2].lemma) if first > 1 else ""
    if noun in load("common_words")["sayings"]:
        return _quoted(sentence, free, first)
    closing = _QUOTES.get(words[first - 1].text) if first > 1 else None
    if closing is None or words[first - 2].upos not in ("ADP", "DET") or not _orders(words, first):
        return 0  # « à l'instar de « Fais pas ci, fais pas ça » »
    return next((i for i in range(first, min(first + _TITLE + 1, len(words))) if words[i].text == closing), 0)


def _orders(words: tuple[Word, ...], i: int) -> bool:
    """Return whether a word is a verb that opens a title: nothing but a verb, without a name behind it."""
    folded = fold(words[i].text)
    forms = inflections().get(folded, ())
    following = words[i + 1] if i + 1 < len(words) else None
    return (
        any(feats.get("VerbForm") == "Fin" for _, feats in forms)
        and folded not in known_names()
        and first_name_gender(folded) is None
        and following is not None
        and following.text[0].islower()
    )


def _known(sentence: Sentence, free: list[bool], i: int) -> int:
    """Return the index after the well-known name of several words that begins at an index, 0 for none."""
    words = sentence.words
    names = long_names().get(fold(words[i].text), frozenset())
    if not names or words[i].text[0].islower():
        return 0
    start = words[i].span.start - sentence.span.start
    article = fold(words[i].text) in _ARTICLES
    for last in range(min(i + _LONGEST, len(words)) - 1, i, -1):
        if fold(sentence.text[start : words[last].span.end - sentence.span.start]) in names and all(free[i : last + 1]):
            # « Les échos du marché » are no newspaper
            return 0 if article and words[i + 1].text[0].islower() else last + 1
    return 0


def _is_office(text: str) -> bool:
    """Return whether a text is a person's trade, capitalised: « le Directeur Général d'Orsol »."""
    noun = descriptions().get(fold(text))
    return noun is not None and noun.kind == "person" and fold(text) not in known_names()


def _substantial(word: Word) -> bool:
    return any(c.isalnum() for c in word.text) and word.text.lower() not in _LINKS


def _begins(sentence: Sentence, i: int, evidence: Evidence) -> bool:
    """Return whether a name can begin at the word with index ``i``."""
    words = sentence.words
    word = words[i]
    text = word.text
    if _SITE.fullmatch(text):
        return True
    if _ELIDED.fullmatch(text) or text.lower() in load("common_words")["asides"] or _runs_on(text):
        return False
    if text.startswith("ex-"):
        return text[3:4].isupper() and text[3:] not in acronyms()
    if _is_shouted_word(words, i):
        return False
    if text.isdigit():
        return _numbers_a_firm(words, i, evidence)
    folded = fold(text)
    if _MEASURE.fullmatch(text) or folded.startswith("mi-") or (folded in ("etat", "état") and _after_of(words, i)):
        return False
    numeral = word.upos == "NUM" and text[0].isdigit() and text[-1].islower()
    if _MIXED.fullmatch(text) and (not numeral or regex.search(r"\p{Lu}\p{Ll}{2}", text)):
        return not _is_unit(words, i) and not _is_glued(text)
    if not _CAPITAL.fullmatch(text):
        if text[0].isdigit():
            return _is_numbered(words, i, evidence)
        if _after_inhabitant(sentence, i) or _after_description(sentence, i):
            return True
        if text in small_names():
            return True
        strange = word.upos == "PROPN" and text[0].islower() and word.lemma == text and fold(text) not in common_words()
        return strange and not _PREFIXED.match(text)
    if text in acronyms() or (text.isupper() and word.upos in ("SYM", "NOUN", "PROPN") and _is_counted(words, i)):
        return False
    following = words[i + 1] if i + 1 < len(words) else None
    next_is_name = following is not None and bool(_CAPITAL.fullmatch(following.text)) and following.span != word.span
    named = next_is_name or (following is not None and bool(_MIXED.fullmatch(following.text)))
    if folded in load("coreference")["young"] and i and words[i - 1].upos == "DET":
        return False  # « la MedTech Orsol », « La MedTech a levé »
    initial = i == 0 or words[i - 1].text in _OPENERS or words[i - 1].text in ".!?" or words[i - 1].span == word.span
    titled = i > 1 and words[i - 1].text in _QUOTES and fold(words[i - 2].lemma) in descriptions()
    if named and folded in load("common_words")["topics"]:
        return False  # « Côté Orsol, on attend »
    if folded in ("de", "di", "del", "della", "van", "von"):
        return not initial and next_is_name and words[i - 1].text.islower()  # « la société De Castro »
    if folded in _ARTICLES or folded in _LINKS:
        counted = not initial and _counts_a_name(words, i + 1)  # « Les 3 Nuages »
        return folded in _ARTICLES and (counted or ((not initial or titled or folded == "the") and next_is_name))
    if i and folded in load("common_words")["settings"] and words[i - 1].lemma == "en":
        return False  # « l'introduction en Bourse »
    described = i > 0 and _describes_a_company(words[i - 1])
    if len(text) == 1:
        if next_is_name:
            return not initial or text not in _NO_INITIALS
        if initial:
            return text not in _NO_INITIALS and _is_subject(following)
        return word.upos == "PROPN" or described
    if not initial and described and next_is_name:
        return True  # « la plateforme Mes Bons Plans »
    if not initial and words[i - 1].lemma == "le" and _is_trade_of(folded, following):
        return False  # « l'Hypercar suédoise », « la Start-up lyonnaise »
    if not initial:
        shouted = len(text) > 2 and text.isupper() and not _in_capitals(words, i)  # « rachète SES »
        return shouted or word.upos not in ("PRON", "DET", "ADP", "CCONJ", "SCONJ") or text in evidence.inside
    if titled and word.upos in ("NOUN", "ADJ", "PROPN", "X"):
        return True  # « la revue « Reflets » »
    if text in evidence.introduced and (word.upos == "PROPN" or _is_subject(following)):
        return True
    if folded in common_words() and not (text in evidence.inside and word.upos == "PROPN"):
        if folded in known_names() and word.upos == "PROPN" and word.deprel.startswith("nsubj"):
            return True  # a firm called by a common word, as subject: no article, so no noun
        return (
            next_is_name
            and word.upos in ("NOUN", "ADJ", "PROPN", "X")
            and folded not in demonyms()
            and word.lemma.lower() not in _LIMITING
        )
    if folded in institution_heads() - _LOOSE and _is_completed(words, i):
        return True
    if folded in descriptions():
        return next_is_name
    named_before_verb = word.upos == "PROPN" and _is_subject(following)  # « Firmament recrute »
    if next_is_name and first_name_gender(text) is not None and word.upos in ("PROPN", "X"):
        return True  # « Ravi Chandok », an adjective elsewhere
    if text not in evidence.inside and not named_before_verb and _opens_a_clause(folded):
        return False
    if text in evidence.inside or folded in known_names() or is_place(text):
        return True
    if folded in demonyms():
        return False
    if word.upos in ("PROPN", "X"):
        return True
    return word.upos in ("NOUN", "ADJ", "VERB", "ADV") and (
        next_is_name or first_name_gender(text) is not None or _is_subject(following)
    )


def _is_trade_of(folded: str, following: Word | None) -> bool:
    """Return whether a word is a common noun for an actor whose country or town follows."""
    if following is None or folded not in descriptions() or folded in institution_heads():
        return False
    return following.text.islower() and fold(following.text) in demonyms()


def _after_of(words: tuple[Word, ...], i: int) -> bool:
    """Return whether a word completes a noun without an article: « le secrétaire d'État » names no state."""
    return i > 1 and words[i - 1].text in ("d'", "d’") and words[i - 2].upos == "NOUN"


def _describes_a_company(word: Word) -> bool:
    noun = descriptions().get(fold(word.lemma))
    return noun is not None and noun.kind == "organisation" and word.lemma != "groupe"


def _after_inhabitant(sentence: Sentence, i: int) -> bool:
    """Return whether a lower-case word is a name by its place: « le rennais gîtea vient… »."""
    words = sentence.words
    if i < 2 or words[i].upos not in ("NOUN", "ADJ", "X", "PROPN") or fold(words[i].text) in common_words():
        return False
    return (
        fold(words[i - 1].text) in demonyms()
        and words[i - 2].lemma == "le"
        and i + 1 < len(words)
        and (words[i + 1].upos in ("AUX", "VERB") or words[i + 1].text in (",", "(", "et"))
    )


def _after_description(sentence: Sentence, i: int) -> bool:
    """Return whether a lower-case word is a name by its place: « la start-up kaolo a levé », no feminine adjective."""
    words = sentence.words
    word = words[i]
    if i < 2 or word.upos not in ("NOUN", "ADJ", "X", "PROPN") or not regex.fullmatch(r"\p{Ll}{3,}", word.text):
        return False
    at = i - 2 if i > 2 and fold(words[i - 1].text) in demonyms() else i - 1  # « la start-up lilloise kaolo »
    lemma = fold(words[at].lemma)
    noun = descriptions().get(lemma)
    if noun is None or noun.gender != "f" or words[at - 1].text.lower() not in ("la", "l'", "l’"):
        return False
    if noun.kind != "organisation" and lemma not in ("appli", "application", "plateforme"):
        return False
    folded = fold(word.text)
    if folded.endswith(("e", "es", "s")) or folded in _INVARIABLE | common_words() or folded in descriptions():
        return False
    following = words[i + 1] if i + 1 < len(words) else None
    return following is None or following.upos in ("AUX", "VERB") or following.text in (",", "(", ".", ":")


def _is_unit(words: tuple[Word, ...], i: int) -> bool:
    """Return whether a short mixed form is the unit of the number before it (« 45 kWh »)."""
    return i > 0 and len(words[i].text) <= 3 and words[i - 1].text[-1:].isdigit()


def _is_counted(words: tuple[Word, ...], i: int) -> bool:
    """Return whether a short form in capitals is what the number before it counts (« 3 GW »)."""
    return _is_unit(words, i) and words[i - 1].deprel == "nummod" and words[i - 1].head == words[i].id


def _is_glued(text: str) -> bool:
    """Return whether a form is two words that lost the break between them (« finMais »)."""
    parts = regex.fullmatch(r"(\p{Ll}{2,}|.*\d)(\p{Lu}\p{Ll}+)", text)
    return parts is not None and bool(common_words() & {fold(parts[1]), fold(parts[2])})


def _runs_on(text: str) -> bool:
    """Return whether the word that opens a sentence is glued to a form: « FerrixSelon »."""
    found = regex.fullmatch(r"\p{Lu}?[\p{Ll}-]+(\p{Lu}\p{Ll}+)", text)
    return found is not None and fold(found[1]) in load("common_words")["openers"]


def _opens_a_clause(folded: str) -> bool:
    accented = f"é{folded[1:]}" if folded[0] == "e" else folded  # « Ecrire », where capitals have no accents
    known = inflections().get(folded) or inflections().get(accented, ())
    forms = {feats.get("VerbForm") for _, feats in known}
    ordered = folded.endswith(("ez", "ons")) and "Fin" in forms  # « Allez, on y va »
    return folded.endswith("ment") or ordered or bool(forms & {"Part", "Inf"})


def _is_shouted_word(words: tuple[Word, ...], i: int) -> bool:
    """Return whether a word in capitals is no name in a headline of capitals: « ORSOL RACHÈTE VEGA »."""
    text, folded = words[i].text, fold(words[i].text)
    known = text.isupper() and (folded in inflections() or folded in common_words())
    return known and len(text) > 1 and not any(w.text.islower() for w in words)


def _numbers_a_firm(words: tuple[Word, ...], i: int, evidence: Evidence) -> bool:
    """Return whether a number begins the name of a firm: « 50 Partners », « l'enseigne 4 Saisons »."""
    following = words[i + 1] if i + 1 < len(words) else None
    if following is None or not following.text[0].isupper():
        return False
    return fold(following.text) in company_suffixes() or f"{words[i].text} {following.text}" in evidence.numbered


def _counts_a_name(words: tuple[Word, ...], i: int) -> bool:
    """Return whether a number stands inside a name: « Les 3 Nuages »."""
    return i + 1 < len(words) and words[i].text.isdigit() and bool(_CAPITAL.fullmatch(words[i + 1].text))


def _is_numbered(words: tuple[Word, ...], i: int, evidence: Evidence) -> bool:
    """Return whether a form that begins with a number begins a name: « 7ter », « 3D Orsol », no « 3e » nor « 10km »."""
    text = words[i].text
    if text in evidence.introduced:
        return True
    if is_ordinal(text) or not text[-1].isalpha():
        return False
    before, following = words[i - 1] if i else None, words[i + 1] if i + 1 < len(words) else None
    free = before is None or (before.upos in ("ADP", "AUX", "CCONJ", "PUNCT", "VERB") and before.text != "en")
    if free and _is_capital(words, i + 1):
        return True
    street = following is not None and following.lemma in load("places")["streets"]
    around = (*words[max(0, i - 2) : i], *words[i + 1 : i + 3])
    listed = any(word.text[0].isdigit() for word in around)  # « les lignes 2, 3bis et 4 »
    return words[i].upos == "PROPN" and free and not street and not listed and not counts(text)


def _is_subject(following: Word | None) -> bool:
    """Return whether what follows a bare noun at the start shows that it is a name: nouns need articles."""
    return following is not None and following.upos in ("VERB", "AUX") and following.feats.get("VerbForm") == "Fin"


def _quoted(sentence: Sentence, free: list[bool], first: int) -> int:
    """Return the index after a short quotation without a verb that begins with a capital, 0 for anything else."""
    words = sentence.words
    closing = _QUOTES.get(words[first - 1].text) if first else None
    if closing is None or (first > 1 and words[first - 2].text in (":", ",")):
        return 0
    for i in range(first, min(first + _QUOTED + 1, len(words))):
        if words[i].text == closing:
            return i
        if not free[i] or words[i].upos in ("VERB", "AUX", "PRON", "PUNCT"):
            return 0
    return 0


def _extend(sentence: Sentence, free: list[bool], first: int, known: int = 0) -> int:
    """Return the index after the last word of the name that begins at an index and goes on at least to ``known``."""
    words = sentence.words
    complement = not known and _takes_complement(sentence, first)
    i = known or _spelt(words, free, first) or _institution(sentence, free, first) or first + 1
    office = _is_office(words[first].text)
    public = fold(words[first].text) in institution_heads()
    near = max(i, first + 2)  # where a complement may begin
    while i < len(words) and free[i]:
        step = _step(words, free, first, i)
        if not step and (complement or (words[i - 1].upos == "ADJ" and not office)) and i <= near:
            step = _complement(sentence, free, i, adjective=public or _may_qualify(words, first, i))
        if not step:
            step = _particle(words, free, first, i) or _place_inside(words, first, i)
        if not step:
            break
        i += step
    return i


def _may_qualify(words: tuple[Word, ...], first: int, i: int) -> bool:
    """Return whether an adjective may belong to the noun before it: « la Sécurité publique », no demonym.

    The noun may stand behind an article of the name's own: « Le Nuage rose ».
    """
    participle = regex.search(r"ée?s?$", words[i].text)  # « une Luma équipée de »
    own = i == first + 2 and words[first].text.istitle() and fold(words[first].text) in _ARTICLES
    # « l'État veille »
    state = fold(words[first].text) in ("etat", "état") and words[i].text not in _STATES
    return participle is None and fold(words[i].text) not in demonyms() and (own or (i == first + 1 and not state))


def _place_inside(words: tuple[Word, ...], first: int, i: int) -> int:
    """Return how many words of « d'à côté », « d'en face » go on with a name that begins with an article."""
    if fold(words[first].text) not in _ARTICLES:
        return 0
    for phrase in load("institutions")["beside"]:
        parts = phrase.split()
        if [fold(w.text) for w in words[i : i + len(parts)]] == parts:
            return len(parts)
    return 0


def _step(words: tuple[Word, ...], free: list[bool], first: int, i: int) -> int:
    """Return how many words from an index go on with a name by their form alone."""
    text, folded = words[i].text, fold(words[i].text)
    following = words[i + 1].text if i + 1 < len(words) and free[i + 1] else ""
    capital_follows = bool(_CAPITAL.fullmatch(following))
    if _is_shouted_word(words, i) or _runs_on(text):
        return 0
    if _ARABIC.fullmatch(text):
        return 1
    capital = any(form.fullmatch(text) for form in (_CAPITAL, _MIXED, _MODEL))
    if capital and (text not in acronyms() or text in _TRADES):
        if folded in _ARTICLES and (not capital_follows or is_public_body(following)):
            return 0  # « le capital d'Air Orsol L'État », a headline before its text
        if len(text) == 1 and fold(words[i - 1].text) == "série":
            return 0
        if i == first + 1 and words[first].text in load("names")["agencies"]["short"] and capital_follows:
            return 0  # « affirme à l'AFP Anne Leroy »
        if words[i - 1].text.islower() and words[i - 1].upos == "ADJ" and _is_given_name(text):
            return 0  # « la Commission européenne Paula Durand »
        return 0 if _person_begins(words, first, i) or _place_ends(words, first, i) else 1
    if folded == "et" and fold(following) in _KIN and capital_follows:
        return 2
    if text in _JOINERS and (capital_follows or _MIXED.fullmatch(following)):
        return 2
    if text in _JOINERS and fold(following) in _PARTICLES and _is_capital(words, i + 2):
        return 3  # « Orsol & van Vega »
    if i == first + 1 and fold(words[first].text) in _ARTICLES and _counts_a_name(words, i):
        return 2  # « Les 3 Nuages »
    glued = words[i].span.start == words[i - 1].span.end
    if glued and _DOMAIN.fullmatch(text):
        return 1
    if glued and text in ("-", "/", "'", "’", "+", "!") and (not following or capital_follows):
        return 1
    return 1 if _is_model_number(words, i) else _tail(words, first, i)


def _tail(words: tuple[Word, ...], first: int, i: int) -> int:
    """Return how many foreign words in small letters the parser takes for a part of the name: « Vega imaging »."""
    inside = range(first + 1, i + 1)  # the ids of the name so far
    word = words[i]
    if not word.deprel.startswith("flat") or word.head not in inside or not regex.fullmatch(r"\p{Ll}{2,}", word.text):
        return 0
    folded = fold(word.text)
    if folded in ("by", "on", "with") and _is_capital(words, i + 1) and words[i + 1].head in inside:
        return 2  # « Luma on Board »
    return 1 if word.upos in ("PROPN", "X") and not _is_french(word) else 0


def _is_capital(words: tuple[Word, ...], i: int) -> bool:
    return i < len(words) and _CAPITAL.fullmatch(words[i].text) is not None


def _in_capitals(words: tuple[Word, ...], i: int) -> bool:
    """Return whether a word stands in a row of words in capitals."""
    beside = (words[k].text for k in (i - 1, i + 1) if 0 <= k < len(words))
    return any(len(text) > 1 and text.isupper() for text in beside)


def _is_completed(words: tuple[Word, ...], i: int) -> bool:
    """Return whether a common noun goes on with « de » and a capital: « Banque des Landes »."""
    at = i + 1
    while at < len(words) and fold(words[at].text) in ("de", "du", "des", "d'", "la", "le", "les", "l'"):
        at += 1
    return at > i + 1 and fold(words[i + 1].text) in ("de", "du", "des", "d'") and _is_capital(words, at)


def _text(words: Iterable[Word]) -> str:
    return " ".join(w.text for w in words)


def _place_ends(words: tuple[Word, ...], first: int, i: int) -> bool:
    """Return whether a place is over before an index: « la start-up de Lyon Orsol », « … de San Francisco Orsol »."""
    at = first - 2  # « le promoteur immobilier de Lille Orsol »
    while at > 1 and words[at].upos == "ADJ":
        at -= 1
    if at < 1 or words[first - 1].lemma != "de" or words[at - 1].lemma != "le" or words[first].text == "France":
        return False  # « la chaîne de France Télévisions »
    noun = descriptions().get(fold(words[at].lemma))
    if noun is None or noun.kind != "organisation" or not is_place(_text(words[first:i])):
        return False
    return not is_place(_text(words[first : i + 1]))


def _person_begins(words: tuple[Word, ...], first: int, i: int) -> bool:
    """Return whether a person's name begins inside a run: « le patron d'Orsol Paul Durand »."""
    head = fold(words[first].text)
    if i == first + 1 and words[first].text in load("institutions")["namesakes"]:
        return False  # « le Cirque Paule Durand »
    return (
        _is_given_name(words[i].text)
        and first_name_gender(head) is None
        and head not in titles()
        and head not in _ARTICLES
        and i + 1 < len(words)
        and bool(_CAPITAL.fullmatch(words[i + 1].text))
        and fold(words[i + 1].text) not in company_suffixes()  # « Long Wei Holding »
        and not is_place(_text(words[first : i + 1]))
    )


def _particle(words: tuple[Word, ...], free: list[bool], first: int, i: int) -> int:
    """Return how many words a particle inside a name takes: « Luca de Meo », « Autostrade per l'Italia »."""
    folded = fold(words[i].text)
    nobiliary = i == first + 1 and folded in _PARTICLES and first_name_gender(words[first].text) is not None
    foreign = folded in _FOREIGN - {"de"} and words[i].upos not in ("PRON",) and folded not in ("in", "y", "to", "at")
    if not (nobiliary or foreign or _completes_foreign(words, first, i)):
        return 0
    step = 1
    if i + step < len(words) and fold(words[i + step].text) in ("l'", "la", "the", "der"):
        step += 1
    at = i + step
    company = at < len(words) and known_names().get(fold(words[at].text), ("",))[0] == "organisation"
    if company and fold(words[first].text) in known_names():
        return 0  # « Claude d'Anthropic », but « Edmond de Rothschild »
    return step + 1 if at < len(words) and free[at] and _CAPITAL.fullmatch(words[at].text) else 0


def _completes_foreign(words: tuple[Word, ...], first: int, i: int) -> bool:
    """Return whether « de » and the like go on with a foreign institution's name: « Banco de Vega »."""
    heads = load("institutions")["foreign"]
    return fold(words[i].text) in ("d'", "da", "de", "di", "do", "dos", "e", "y") and any(
        fold(word.text) in heads for word in words[first:i]
    )


def _is_inhabitant(word: Word) -> bool:
    """Return whether a word is for people of a place: a demonym, but for the feminine one that a company may be."""
    masculine = demonyms().get(fold(word.text))
    return masculine is not None and (masculine == fold(word.text) or word.text.endswith("s"))


def _takes_complement(sentence: Sentence, i: int) -> bool:
    """Return whether a name may go on with « de … »: its first word is a common noun in capitals."""
    word = sentence.words[i]
    if _is_office(word.text):
        return False
    if fold(word.text) in institution_heads():
        return True
    if _is_inhabitant(word) and fold(_text(sentence.words[i + 1 : i + 2])) in _LINKS:
        return False  # « les Britanniques d'Orsol », but « la Lyonnaise des Eaux »
    if fold(word.text) in _ARTICLES:
        return True  # « Le Journal des Arts »
    before = sentence.words[i - 1] if i else None
    after = sentence.words[i + 2] if i + 2 < len(sentence.words) else None
    titled = i > 1 and sentence.words[i - 1].text in ("Le", "La", "L'", "L’") and sentence.words[i - 2].text in _OPENERS
    if before is not None and after is not None and (titled or _describes(sentence, before)):
        # « la start-up Grain de Sel », « Jeux : La Roue d'Or lève », but « la start-up Orsol de Lyon »
        named = [fold(word.text), fold(after.text)]
        return not any(is_place(n) or n in known_names() or first_name_gender(n) is not None for n in named)
    return (
        word.upos == "NOUN"
        and word.lemma.islower()
        and i > 0
        and sentence.words[i - 1].text not in _OPENERS
        and fold(word.text) not in known_names()
    )


def _describes(sentence: Sentence, word: Word) -> bool:
    """Return whether a word ends a description: « la start-up », « la société de conseil »."""
    noun = sentence.head(word) if word.deprel == "nmod" and word.upos == "NOUN" else None
    bare = noun is not None and noun.id == word.id - 2
    return fold(word.lemma) in descriptions() or (bare and noun is not None and fold(noun.lemma) in descriptions())


def _is_model_number(words: tuple[Word, ...], i: int) -> bool:
    """Return whether a number belongs to the name before it (« PlayStation 5 », « iPhone 17 »)."""
    text = words[i].text
    if not regex.fullmatch(r"\d{1,3}(?:\.\d{1,2}|[A-Z]{1,2})?", text):
        return False
    following = words[i + 1] if i + 1 < len(words) else None
    if following is None or following.lemma in _DAYS:
        return True
    if following.text.isalpha() and following.text.isupper() and len(following.text) < 4:
        return True  # « Ferrari 290 MM »
    if following.upos == "NOUN":
        return following.feats.get("Number") == "Sing" and text not in ("0", "1")  # « l'iPhone 17 concurrence Vega »
    return following.upos not in ("NUM", "SYM") and following.text not in ("%", "€", "$")


def _institution(sentence: Sentence, free: list[bool], first: int) -> int:
    """Return the index after an institution's name in small letters, 0 for others: « l'Autorité de la concurrence ».

    Such a name has an article, and a common noun with a capital that takes an adjective or none, a complement and
    its adjective.
    """
    words = sentence.words
    head = fold(words[first].text)
    if head not in institution_heads() or head in _LOOSE or not first or words[first - 1].upos not in ("DET", "ADP"):
        return 0
    if words[first - 1].lemma == "en":  # « l'entrée en Bourse de la société »
        return 0
    i = first + 1
    if i < len(words) and words[i].upos == "ADJ" and words[i].text.islower():
        i += 1
    at = i
    while at < len(words) and words[at].text.lower() in _LINKS - {"et", "en", "pour", "sur"}:
        at += 1
    if at == i or at >= len(words) or words[at].upos != "NOUN" or not words[at].text.islower():
        return 0
    at += 1
    if at < len(words) and words[at].upos == "ADJ" and words[at].text.islower() and words[at].head == words[at - 1].id:
        at += 1
    return at if all(free[first:at]) else 0


def _spelt(words: tuple[Word, ...], free: list[bool], first: int) -> int:
    """Return the index after a name whose initials stand behind it, 0 for others: « le Point de contact (PC) »."""
    for i in range(first + 2, min(first + _SPELT + 1, len(words) - 2)):
        if words[i].text != "(":
            continue
        initials = "".join(w.text[0] for w in words[first:i] if fold(w.text) not in _LINKS)
        given = _plain(words[i + 1].text)
        spelt = words[i + 2].text == ")" and given.isupper() and given == _plain(initials.upper())
        return i if spelt and all(free[first:i]) else 0
    return 0


def _plain(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def _complement(sentence: Sentence, free: list[bool], i: int, *, adjective: bool) -> int:
    """Return how many words from ``i`` continue an institution's name (« Banque des Territoires »)."""
    words = sentence.words
    step = 0
    while i + step < len(words) and free[i + step] and fold(words[i + step].text) in _LINKS:
        step += 1
    if not step and words[i].upos == "ADJ" and words[i].text.islower() and adjective:
        following = fold(words[i + 1].text) if i + 1 < len(words) else ""
        return 1 if following in _LINKS or words[i].deprel == "amod" else 0
    if step and i + step < len(words) and free[i + step]:
        text = words[i + step].text
        first = fold(words[i].text)
        inhabitant = fold(text) in demonyms() and fold(words[i + step - 1].text) in ("du", "de", "le", "la", "l'")
        if inhabitant and i + step + 1 < len(words) and _CAPITAL.fullmatch(words[i + step + 1].text):
            return 0  # « la société Orsol du Picard Paul Durand »
        if _CAPITAL.fullmatch(text) and first not in ("et", "à", "en", "pour", "sur"):
            return step + 1
    return 0


def _is_brand(sentence: Sentence, first: int) -> bool:
    """Return whether what could be a place stands bare behind a noun that is none: « la marque de vêtements Gap »."""
    before = sentence.words[first - 2] if first > 1 else None
    return before is not None and before.upos == "NOUN" and before.lemma.lower() not in load("places")["nouns"]


def _is_given_name(text: str) -> bool:
    """Return whether a word is a given name, of one part or several."""
    return first_name_gender(text.partition("-")[0]) is not None


def _is_first_name(text: str) -> bool:
    return first_name_gender(text) is not None or all(first_name_gender(p) is not None for p in text.split("-"))


def _kind(sentence: Sentence, first: int, last: int, text: str, evidence: Evidence) -> EntityKind | None:
    """Return what a name names, None when its words do not tell."""
    words = sentence.words
    folded = fold(text)
    if folded in known_names():
        return EntityKind(known_names()[folded][0])
    before = fold(words[first - 2].text) if first > 1 else ""
    if before in titles():
        return EntityKind.PERSON
    if is_place(text) and not _is_brand(sentence, first):
        return EntityKind.PLACE
    if is_public_body(text):
        return EntityKind.ORGANISATION
    if last > first:
        tail, head = fold(words[last - 1].text), fold(words[first - 1].text)
        if tail in company_suffixes() | _KIN or head in institution_heads():
            return EntityKind.ORGANISATION
        product = known_names().get(head, ("",))[0] == "product"
        person = _is_first_name(head) and tail.isalpha() and tail not in load("names")["editions"]["words"]
        if product and not person:
            return EntityKind.PRODUCT  # « Gemini 2.5 Pro », and not « Claude Durand »
        if unicodedata.normalize("NFC", text) in evidence.firms:
            return None  # « la marque Paul Durand »
        known = head in known_names() and not (product and person)
        if _is_first_name(head) and "&" not in text and not known and words[last - 1].text[0].isupper():
            return EntityKind.PERSON
    return None
