"""The gate: which pieces of a text can hold a claim, told from their characters alone.

A rule needs words in the sentence that it matches: its trigger, and what it asks for beside it. From these needs and
from inflection follows which forms a piece must hold for any rule to match in it; most pieces of general news
hold none of them together, and need no parse. Where they do, the tags of the words say more, before the tree is known:
« contre » is seldom a verb.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import cache

import regex

from newsclaims.errors import LexiconError
from newsclaims.lexicon import load
from newsclaims.lexicon.conjugation import inflections, verb_forms
from newsclaims.lexicon.plurals import plural
from newsclaims.rules import Rule
from newsclaims.semgrex.needs import Has, Screen

_TOKEN = regex.compile(r"[\p{L}\p{M}\d]+(?:-[\p{L}\p{M}\d]+)*'?|[^\s\p{L}\p{M}\d]")
_CLOSED = frozenset({"ADP", "ADV", "CCONJ", "DET", "NUM", "PRON", "PUNCT", "SCONJ"})
_NOUN = ("NOUN", "DET")
_REMEMBERED = 100_000  # tokens of which is kept what they pass


class Gate:
    """What rules need, as forms of words.

    Args:
        rules: the rules that find claims.
    """

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._rules = rules = list(rules)
        self._screen = Screen([rule.pattern.need for rule in rules], _is_untold)
        self._assumed = self._screen.mask(_is_grammar)
        self._forms: dict[str, dict[int, int]] = {}  # without accents, then where the accents are
        self._accented: dict[str, dict[int, int]] = {}  # those that are others without their accents
        lemmas = {lemma for test in self._screen.tests if test.field == "lemma" for lemma in test.value.literals or ()}
        for lemma in lemmas:
            bits = self._screen.bits("lemma", lemma)
            never = {shape(form)[0] for form in load("tokens")["never"].get(lemma, ())}
            for form in forms_of(lemma):
                letters, accents = shape(form)
                forms = self._accented if letters in never else self._forms
                found = forms.setdefault(letters, {})
                found[accents] = found.get(accents, 0) | bits
        self._known: dict[str, int] = {}

    def opens(self, piece: str, labels: Iterable[str] = ()) -> bool:
        """Return whether some rule may match in a piece of a text.

        Args:
            piece: its text, tidied.
            labels: what it holds beside words: ``"MONEY"``, ``"PERCENT"``.
        """
        bits = self._labels(labels) | self._assumed
        for token in set(_TOKEN.findall(piece)):
            bits |= self._bits(token)
        return any(self._rules[place].is_worded(piece) for place in self._screen.passing(bits))

    def admits(self, words: Sequence[tuple[str, str, str]], piece: str, labels: Iterable[str] = ()) -> bool:
        """Return whether some rule may match in a sentence of a piece.

        Args:
            words: of each word the text, the lemma and the part of speech, before the tree is known and mended.
            piece: as for `opens`.
            labels: as for `opens`.
        """
        bits = self._labels(labels)
        before = ""
        for text, lemma, upos in words:
            bits |= self._screen.bits("lemma", lemma)
            # What the tagger says is final but where mending the tree may make another verb of a word: not of one of a
            # closed class, nor of a verb that has this form, nor of a noun behind its article.
            if upos in _CLOSED or (upos in ("VERB", "AUX") and has_form(lemma, text)) or (upos, before) == _NOUN:
                bits |= self._screen.bits("text", text)
                for word in (text, *load("tokens")["contractions"].get(text.lower(), ())):
                    bits |= self._screen.bits("lemma", word)
            else:
                bits |= self._bits(text)
            before = upos
        lemmas = {lemma.lower() for _, lemma, _ in words}
        passing = (self._rules[place] for place in self._screen.passing(bits))
        return any(not rule.ruled_out_by(lemmas) and rule.is_worded(piece) for rule in passing)

    def _labels(self, labels: Iterable[str]) -> int:
        bits = 0
        for label in labels:
            bits |= self._screen.bits("ner", label)
        return bits

    def _bits(self, token: str) -> int:
        """Return the tests that a token, its parts or its words may pass."""
        known = self._known.get(token)
        if known is None:
            known = self._word(token)
            for word in load("tokens")["contractions"].get(token.lower(), ()):
                known |= self._word(word)
            if "-" in token[1:]:
                for part in token.split("-"):
                    known |= self._bits(part)
            if len(self._known) < _REMEMBERED:
                self._known[token] = known
        return known

    def _word(self, word: str) -> int:
        """Return the tests that a word may pass; it may lack accents of its form, but has no others."""
        found = self._screen.bits("text", word)
        letters, accents = shape(word)
        for form in {letters, letters.removesuffix("'")}:
            for where, bits in self._forms.get(form, {}).items():
                if not accents & ~where:
                    found |= bits
            found |= self._accented.get(form, {}).get(accents, 0)
        return found


def _is_untold(test: Has) -> bool:
    """Return whether neither the characters nor the tags of a piece tell if a test is passed in it."""
    values = test.value.literals
    if test.field == "text" or (test.field == "lemma" and values is not None):
        return False
    return test.field != "ner" or values is None or not values <= {"MONEY", "PERCENT"}


def _is_grammar(test: Has) -> bool:
    """Return whether a test asks for a word of grammar, which only the tags tell from others."""
    values = test.value.literals
    return test.field == "lemma" and values is not None and not values.isdisjoint(_grammar_words())


def has_form(lemma: str, form: str) -> bool:
    """Return whether a listed verb has a form."""
    readings = inflections().get(form.lower().replace("’", "'").lstrip("-"), ())
    return any(verb == lemma for verb, _ in readings)


@cache
def _grammar_words() -> frozenset[str]:
    return frozenset(load("tokens")["grammar"]["words"])


def forms_of(lemma: str) -> frozenset[str]:
    """Return the forms under which a lemma may stand, in lower case, and some that it does not have."""
    word = lemma.lower().partition(" ")[0]  # of several words, each of which is a token
    listed = load("tokens")["grammar"]["forms"].get(word)
    if listed:
        return frozenset(listed)
    singulars = {word, f"{word}e"}
    for ending, feminines in load("tokens")["feminine"].items():
        if word.endswith(ending):
            singulars.update(word.removesuffix(ending) + feminine for feminine in feminines)
    found = {form for singular in singulars for form in (singular, plural(singular), f"{singular}s")}
    with suppress(LexiconError):  # it is no verb
        found.update(verb_forms(word))
    return frozenset(found).difference(load("tokens")["never"].get(word, ()))


def shape(word: str) -> tuple[str, int]:
    """Return a word in lower case without accents, and as bits on which of its letters they were."""
    letters: list[str] = []
    accents = 0
    for c in unicodedata.normalize("NFD", word.lower().replace("œ", "oe").replace("æ", "ae")):
        if not unicodedata.combining(c):
            letters.append(c)
        elif letters:
            accents |= 1 << len(letters) - 1
    return "".join(letters), accents
