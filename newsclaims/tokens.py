"""Tokens: what words alone can mend of a tokenizer's work, before anything else is read from it.

A small tokenizer breaks sentences inside names, leaves marks on words (« Altéa; »), breaks names at a dot (« 01.AI »),
and takes « des » the article (« lever des fonds ») for « des » the contraction of « de » and « les » (« la levée des
fonds »), or the other way round.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache

import attrs
import regex

from newsclaims.lexicon import load
from newsclaims.lexicon.conjugation import inflections
from newsclaims.lexicon.words import descriptions, fold


@attrs.frozen
class Token:
    """A token and its syntactic words.

    Attributes:
        text: the token as written.
        start: its offset.
        end: the offset behind it.
        words: one, or several for a contraction (« du » is « de » and « le »).
    """

    text: str
    start: int
    end: int
    words: tuple[str, ...]


def mend(parsed: Iterable[Sequence[Token]], text: str, longest: int) -> list[list[Token]]:
    """Return the sentences that a tokenizer has found, mended.

    Args:
        parsed: the tokens of each.
        text: the text that they are of.
        longest: how many tokens a sentence may have; what would be longer is not joined.
    """
    sentences: list[list[Token]] = []
    before: list[Token] = []
    for sentence in parsed:
        tokens = joined([part for token in sentence for part in split(token)])
        joins = bool(before) and "\n\n" not in text[before[-1].end : tokens[0].start]
        if joins and len(sentences[-1]) + len(tokens) <= longest and goes_on(before, tokens):
            sentences[-1] += tokens
        else:
            sentences.append(tokens)
        before = tokens
    return [articles(tokens) for tokens in sentences]


# marks and dots ----------------------------------------------------------------------------------------

_MARKED = regex.compile(r"([«(\[\"]*)(.*?[^«»()\[\]\",;:])([»)\]\",;:]*)", regex.DOTALL)


def split(token: Token) -> Iterator[Token]:
    """Yield a word and the marks that the tokenizer left on it as tokens of their own."""
    match = _MARKED.fullmatch(token.text) if len(token.words) == 1 else None
    if match is None or not (match[1] or match[3]) or not any(map(str.isalnum, match[2])):
        yield token
        return
    marks = [(match.start(1) + i, mark) for i, mark in enumerate(match[1])]
    parts = [*marks, (match.start(2), match[2]), *((match.start(3) + i, mark) for i, mark in enumerate(match[3]))]
    if token.text.count("(") != token.text.count(")") or match[1] or set(match[3]) - {")"}:
        for place, text in parts:
            yield Token(text, token.start + place, token.start + place + len(text), (text,))
    else:
        yield token  # « start-up(s) »


def joined(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens of a sentence with names of the kind of « 01.AI » and « kelmis.io » in one piece."""
    mended: list[Token] = []
    endings = load("tokens")["domains"]
    for token in tokens:
        if mended and mended[-1].end == token.start and len(token.words) == len(mended[-1].words) == 1:
            before = mended[-1]
            if before.text == "." and len(mended) > 1 and mended[-2].end == before.start and token.text in endings:
                name = mended[-2]
                mended[-2:] = [_one(name, token, f"{name.text}.{token.text}")]
                continue
            if token.text[0] == "." and token.text[1:] in endings and before.text[-1].isalnum():
                mended[-1] = _one(before, token, before.text + token.text)
                continue
            if before.text[-1] == "." and before.text[:-1].isalnum() and token.text in endings:
                mended[-1] = _one(before, token, before.text + token.text)
                continue
        mended.append(token)
    return mended


def _one(first: Token, last: Token, text: str) -> Token:
    return Token(text, first.start, last.end, (text,))


# sentences ---------------------------------------------------------------------------------------------


def goes_on(before: Sequence[Token], after: Sequence[Token]) -> bool:
    """Return whether what the tokenizer took for two sentences of a paragraph is one."""
    data = load("tokens")
    last, first = before[-1].text, after[0].text
    if last in data["titles"] or last[-1] in data["open_marks"]:
        return True
    if not last[-1].isalnum() or len(before) == 1:
        return False
    if last.lower() in data["open_words"]:
        return True
    if after[0].start == before[-1].end:
        return False  # a heading that lost its line: « Une charte des mariagesCe n'est pas la première »
    # a name goes on or begins: « le patron d'Altéa Bruno | Le Guen », « la plateforme | Brevo »
    if first in ("Le", "La", "Les", "L'"):
        return len(after) > 1 and after[1].text[:1].isupper() and last not in data["months"]
    begins = first.lower() in data["open_words"] or first.lower() in data["beginnings"]
    return first[0].isupper() and not begins


# « des » -----------------------------------------------------------------------------------------------


def articles(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens of a sentence with « des » as article or contraction where the words before it tell which."""
    mended = list(tokens)
    for i in range(1, len(tokens)):
        if tokens[i].text.lower() != "des":
            continue
        several = _is_contraction([token.text.lower() for token in tokens[max(0, i - 4) : i]])
        if several is not None:
            mended[i] = attrs.evolve(tokens[i], words=("de", "les") if several else (tokens[i].text,))
    return mended


def _is_contraction(before: Sequence[str]) -> bool | None:
    """Return what « des » is after these words, in lower case; None when they do not tell."""
    data = load("tokens")["des"]
    word = before[-1]
    if word in data["article_after"]:
        return False
    if word in data["contraction_after"] or fold(word) in descriptions():
        return True
    by_verb = _by_verb(word, before[:-1])
    # a noun behind its article: « la levée des sanctions »
    noun = by_verb is None and len(before) > 1 and before[-2] in data["articles"] and word not in data["quantities"]
    return True if noun else by_verb


def _by_verb(form: str, before: Sequence[str]) -> bool | None:
    """Return what « des » is after a form that can only be a verb, None where it does not tell."""
    data = load("tokens")["des"]
    readings = inflections().get(form, ())
    if not readings or form in data["also_nouns"]:
        return None
    # a participle may be a noun or an adjective, but not right behind « avoir »
    participle = any(feats.get("VerbForm") == "Part" and feats.get("Tense") == "Past" for _, feats in readings)
    if participle and (not any(word in _avoir() for word in before) or before[-1] in data["articles"]):
        return None
    if any(lemma in data["verbs_with_either"] for lemma, _ in readings):
        return None
    return any(lemma in data["verbs_with_de"] for lemma, _ in readings)


@cache
def _avoir() -> frozenset[str]:
    return frozenset(form for form, readings in inflections().items() if any(r[0] == "avoir" for r in readings))
