"""Conjugation of French verbs: from a lemma to its forms, and from a form back to its lemmas.

A trigger is found by its form, because a parser guesses lemmas and at times guesses wrong. Verbs are
data: ``verbs.toml`` holds endings, paradigms and the list of verbs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

import attrs

from newsclaims.errors import LexiconError
from newsclaims.lexicon import load
from newsclaims.lexicon.plurals import agreement

_FILE = "verbs"
_PERSONS = tuple({"Number": number, "Person": person} for number in ("Sing", "Plur") for person in "123")
_GENDERS = tuple({"Gender": gender, "Number": number} for number in ("Sing", "Plur") for gender in ("Masc", "Fem"))

_PARTS: dict[str, type | tuple[type, ...]] = {"cut": str, "present": list, "participle": (str, list), "verbs": list}
_OPTIONAL_PARTS: dict[str, type | tuple[type, ...]] = {
    "past": str,
    "future": str,
    "imperfect": str,
    "subjunctive": list,
    "gerund": str,
}

_MUTE_E = re.compile(r"e(?=[bcdfglmnprstvz]er$)")
_ACUTE_E = re.compile(r"é(?=(?:[gq]u|[bcdfghjlmnpqrstvxz]{1,2})er$)")


@attrs.frozen
class _Parts:
    """The principal parts of one verb, from which all its forms follow.

    Attributes:
        infinitive: the lemma.
        present: six forms.
        imperfect: a stem.
        past: stem and ending of the first person singular, empty where the verb has no simple past.
        future: a stem.
        subjunctive: six forms.
        gerund: the present participle.
        participle: the past participle, one form or four.
    """

    infinitive: str
    present: Sequence[str]
    imperfect: str
    past: str
    future: str
    subjunctive: Sequence[str]
    gerund: str
    participle: Sequence[str]


def verb_forms(lemma: str) -> dict[str, tuple[dict[str, str], ...]]:
    """Return the inflected forms of a verb with their Universal Dependencies features.

    A verb that ``verbs.toml`` does not list is conjugated by the regular rules when it ends in -er
    (« pivoter ») or -ir (« blanchir »).

    Args:
        lemma: the infinitive, lower-case, without reflexive pronoun.

    Returns:
        For each form one or more analyses, for example ``{"Mood": "Ind", "Number": "Sing", "Person":
        "3", "Tense": "Pres", "VerbForm": "Fin"}``. Simple tenses and participles; no imperative.

    Raises:
        LexiconError: the verb is not listed and is not regular, or ``verbs.toml`` is malformed.
    """
    return {form: tuple(dict(feats) for feats in analyses) for form, analyses in _forms(lemma).items()}


@cache
def inflections() -> Mapping[str, tuple[tuple[str, Mapping[str, str]], ...]]:
    """Return every form of every listed verb, with the lemmas and features that it can have.

    The mapping is built at the first call and shared: do not change it.

    Raises:
        LexiconError: ``verbs.toml`` is malformed.
    """
    found: dict[str, tuple[tuple[str, Mapping[str, str]], ...]] = {}
    for lemma in _lemmas():
        for form, analyses in _forms(lemma).items():
            found[form] = found.get(form, ()) + tuple([(lemma, feats) for feats in analyses])
    return found


def _forms(lemma: str) -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = {}
    for parts in _principal_parts(lemma):
        for tense, forms in _tenses(parts):
            for form, feats in zip(forms, _feats(tense), strict=False):  # one participle only, where it is invariable
                if form not in found:
                    found[form] = [feats]
                elif feats not in found[form]:
                    found[form].append(feats)
    return found


def _tenses(parts: _Parts) -> Iterator[tuple[str, Sequence[str]]]:
    endings = _section("endings")
    yield "infinitive", [parts.infinitive]
    yield "present", parts.present
    yield "imperfect", _joined(parts.imperfect, endings["imperfect"])
    if parts.past:
        stem, past = _past(parts.past)
        yield "past", _joined(stem, past["past"])
        yield "past_subjunctive", _joined(stem, past["past_subjunctive"])
    yield "future", _joined(parts.future, endings["future"])
    yield "conditional", _joined(parts.future, endings["conditional"])
    yield "subjunctive", parts.subjunctive
    yield "gerund", [parts.gerund]
    yield "participle", parts.participle


@cache
def _feats(tense: str) -> tuple[dict[str, str], ...]:
    """Return the features of each form of a tense, in the order of its forms."""
    base: dict[str, str] = _section("feats")[tense]
    if tense == "participle":
        return tuple({**gender, **base} for gender in _GENDERS)
    return tuple({**person, **base} for person in _PERSONS) if base["VerbForm"] == "Fin" else (base,)


def _past(first_person: str) -> tuple[str, Mapping[str, Sequence[str]]]:
    """Return the stem of a simple past and the table of its endings."""
    for ending, table in _section("past").items():
        if first_person.endswith(ending):
            return first_person.removesuffix(ending), table
    raise LexiconError(f"{_FILE}.toml: no table of [past] fits {first_person!r}; add one for its ending")


def _joined(stem: str, endings: Sequence[str]) -> list[str]:
    """Add endings to a stem, keeping its c or g soft before a and o (« nous avançons »)."""
    if not stem.endswith(("c", "g")):
        return [stem + ending for ending in endings]
    soft = stem[:-1] + "ç" if stem.endswith("c") else stem + "e"
    return [(soft if ending[0] in "aâo" else stem) + ending for ending in endings]


def _principal_parts(lemma: str) -> Iterator[_Parts]:
    names = _paradigms_of().get(lemma)
    if names:
        for name in names:
            yield _of_paradigm(lemma, _section("paradigm")[name])
    elif lemma.endswith("er") and len(lemma) > 3:
        yield from _first_group(lemma)
    elif lemma.endswith("ir") and not lemma.endswith("oir") and len(lemma) > 3:
        yield _second_group(lemma)
    else:
        raise LexiconError(
            f"cannot conjugate {lemma!r}: it is neither listed in {_FILE}.toml nor a regular infinitive in -er or -ir"
        )


def _of_paradigm(lemma: str, paradigm: Mapping[str, Any]) -> _Parts:
    root = lemma.removesuffix(paradigm["cut"])
    present = [root + end for end in paradigm["present"]]
    weak = root + paradigm["imperfect"] if "imperfect" in paradigm else present[3].removesuffix("ons")
    moods = [root + stem for stem in paradigm.get("subjunctive", ())] or [present[5].removesuffix("ent"), weak]
    endings, participle = _section("endings")["subjunctive"], paradigm["participle"]
    return _Parts(
        infinitive=lemma,
        present=present,
        imperfect=weak,
        past=root + paradigm["past"] if "past" in paradigm else "",
        future=root + paradigm["future"] if "future" in paradigm else lemma.removesuffix("e"),
        subjunctive=moods if len(moods) == 6 else _alternating(moods[0], moods[-1], endings),
        gerund=root + paradigm["gerund"] if "gerund" in paradigm else weak + "ant",
        participle=_agreeing(root + participle) if isinstance(participle, str) else [root + end for end in participle],
    )


def _first_group(lemma: str) -> Iterator[_Parts]:
    weak, endings = lemma[:-2], _section("endings")
    for strong, future in _strong_stems(lemma):
        yield _Parts(
            infinitive=lemma,
            present=_alternating(strong, weak, endings["first_group"]),
            imperfect=weak,
            past=weak + "ai",
            future=future,
            subjunctive=_alternating(strong, weak, endings["subjunctive"]),
            gerund=_joined(weak, ["ant"])[0],
            participle=_agreeing(weak + "é"),
        )


def _strong_stems(lemma: str) -> Iterator[tuple[str, str]]:
    """Yield the stem before a mute ending, and that of the future, for each way to spell a first-group verb."""
    stem = lemma[:-2]
    if lemma in load(_FILE)["doubling"]:
        stem += stem[-1]
        yield stem, stem + "er"
    elif _MUTE_E.search(lemma):
        stem = _MUTE_E.sub("è", lemma)[:-2]
        yield stem, stem + "er"
    elif _ACUTE_E.search(lemma):
        stem = _ACUTE_E.sub("è", lemma)[:-2]
        yield stem, lemma
        yield stem, stem + "er"  # spelling of 1990
    elif lemma.endswith(("ayer", "oyer", "uyer")):
        if lemma.endswith("ayer"):
            yield stem, lemma
        yield stem[:-1] + "i", stem[:-1] + "ier"
    else:
        yield stem, lemma


def _second_group(lemma: str) -> _Parts:
    root, endings = lemma[:-2], _section("endings")
    return _Parts(
        infinitive=lemma,
        present=_joined(root, endings["second_group"]),
        imperfect=root + "iss",
        past=root + "is",
        future=lemma,
        subjunctive=_joined(root + "iss", endings["subjunctive"]),
        gerund=root + "issant",
        participle=_agreeing(root + "i"),
    )


def _alternating(strong: str, weak: str, endings: Sequence[str]) -> list[str]:
    """Add endings to the stem that each person takes: the weak one for « nous » and « vous »."""
    return [*_joined(strong, endings[:3]), *_joined(weak, endings[3:5]), *_joined(strong, endings[5:])]


def _agreeing(masculine: str) -> Sequence[str]:
    return agreement(masculine, masculine + "e")


def _section(name: str) -> Mapping[str, Any]:
    section: Mapping[str, Any] = load(_FILE)[name]
    return section


def _lemmas() -> list[str]:
    return sorted({*load(_FILE)["regular"], *_paradigms_of()})


@cache
def _paradigms_of() -> dict[str, list[str]]:
    """Return the names of the paradigms that each irregular verb follows, checking them all."""
    found: dict[str, list[str]] = {}
    for name, paradigm in _section("paradigm").items():
        _check(name, paradigm)
        for lemma in paradigm["verbs"]:
            found.setdefault(lemma, []).append(name)
    return found


def _check(name: str, paradigm: Mapping[str, Any]) -> None:
    """Raise LexiconError where a paradigm lacks a part or has one that cannot be read."""
    place = f"{_FILE}.toml, paradigm {name!r}"
    known = _PARTS | _OPTIONAL_PARTS
    for part in [*_PARTS.keys() - paradigm.keys(), *paradigm.keys() - known.keys()]:
        raise LexiconError(f"{place}: {'unknown' if part in paradigm else 'missing'} key {part!r}")
    for part, value in paradigm.items():
        if not isinstance(value, known[part]):
            raise LexiconError(f"{place}: {part} cannot be a {type(value).__name__}")
    for part, lengths in (("present", (6,)), ("subjunctive", (1, 2, 6)), ("participle", (1, 4))):
        value = paradigm.get(part)
        if isinstance(value, list) and len(value) not in lengths:
            raise LexiconError(f"{place}: {part} lists {len(value)} forms instead of {' or '.join(map(str, lengths))}")
    for lemma in paradigm["verbs"]:
        if not lemma.endswith(paradigm["cut"]):
            raise LexiconError(f"{place}: {lemma!r} does not end in {paradigm['cut']!r}, which the paradigm cuts off")
