from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from newsclaims import lexicon
from newsclaims.errors import LexiconError
from newsclaims.lexicon import load
from newsclaims.lexicon.plurals import agreement, plural

KINDS = ("organisation", "person", "product")
WORD_LISTS = ("aliases", "common_words", "dates", "descriptions", "first_names", "institutions", "places", "titles")


def _lists(value: Any, path: str = "") -> Iterator[tuple[str, list[str]]]:
    """Yield every list of strings in a parsed file, with its place."""
    if isinstance(value, dict):
        for key, below in value.items():
            yield from _lists(below, f"{path}.{key}")
    elif isinstance(value, list):
        if value and all(isinstance(item, str) for item in value):
            yield path, value
        for position, item in enumerate(value):
            yield from _lists(item, f"{path}[{position}]")


def _nouns(kind: str) -> list[str]:
    return [noun for gender in "mfx" for noun in load("descriptions")[kind].get(gender, [])]


def _places() -> set[str]:
    places = load("places")
    return {
        *places["cities"]["france"],
        *places["cities"]["world"],
        *places["regions"]["france"],
        *places["regions"]["world"],
        *places["continents"],
        *places["countries"],
    }


@pytest.mark.parametrize("name", [*WORD_LISTS, "verbs"])
def test_file_loads_once_and_is_shared(name: str) -> None:
    assert load(name)
    assert load(name) is load(name)


@pytest.mark.parametrize("name", ["", "nothing", "../errors", "verbs.toml"])
def test_unknown_name_is_refused_with_the_known_ones(name: str) -> None:
    with pytest.raises(LexiconError, match=r"no lexicon file .*verbs"):
        load(name)


@pytest.mark.parametrize("content", [b"words = [", b"a = 1\na = 2\n", b'a = "\xe9"\n'])
def test_unreadable_file_is_refused_by_name(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "broken.toml").write_bytes(content)
    monkeypatch.setattr(lexicon, "files", lambda _: tmp_path)
    load.cache_clear()
    try:
        with pytest.raises(LexiconError, match=r"broken\.toml cannot be read: "):
            load("broken")
    finally:
        load.cache_clear()


@pytest.mark.parametrize("name", WORD_LISTS)
def test_lists_hold_each_entry_once_and_clean(name: str) -> None:
    for place, entries in _lists(load(name)):
        assert [entry for entry, count in Counter(entries).items() if count > 1] == [], place
        assert [entry for entry in entries if not entry or entry != " ".join(entry.split())] == [], place


@pytest.mark.parametrize(
    ("file", "path", "at_least"),
    [
        ("first_names", ("f",), 400),
        ("first_names", ("m",), 400),
        ("places", ("cities", "france"), 150),
        ("places", ("cities", "world"), 250),
        ("places", ("countries",), 150),
        ("places", ("demonyms",), 250),
        ("places", ("metonyms",), 20),
        ("institutions", ("suffixes",), 80),
        ("institutions", ("public_bodies",), 80),
        ("aliases", ("alias",), 80),
        ("aliases", ("known",), 200),
        ("common_words", ("words",), 1500),
    ],
)
def test_file_is_rich_enough(file: str, path: tuple[str, ...], at_least: int) -> None:
    entries: Any = load(file)
    for key in path:
        entries = entries[key]
    assert len(entries) >= at_least


@pytest.mark.parametrize(("kind", "at_least"), [("organisation", 150), ("person", 80), ("product", 60)])
def test_descriptions_cover_each_kind(kind: str, at_least: int) -> None:
    assert len(_nouns(kind)) >= at_least


@pytest.mark.parametrize("kind", KINDS)
def test_noun_of_a_kind_has_one_gender(kind: str) -> None:
    assert [noun for noun, count in Counter(_nouns(kind)).items() if count > 1] == []


def test_given_name_has_one_gender() -> None:
    names = [name for gender in load("first_names").values() for name in gender]
    assert [name for name, count in Counter(names).items() if count > 1] == []


def test_collective_nouns_are_organisations() -> None:
    assert set(load("descriptions")["collective"]) <= set(_nouns("organisation"))


def test_listed_plurals_are_those_that_the_rule_gets_wrong() -> None:
    nouns = {noun for kind in KINDS for noun in _nouns(kind)}
    for singular, listed in load("descriptions")["plurals"].items():
        assert singular in nouns
        assert plural(singular) != listed, f"{singular} need not be listed"


def test_demonyms_point_to_listed_places() -> None:
    missing = {entry["place"] for entry in load("places")["demonyms"].values()} - _places()
    assert missing == set()


@pytest.mark.parametrize(
    ("masculine", "forms"),
    [
        ("français", ("français", "française", "français", "françaises")),
        ("américain", ("américain", "américaine", "américains", "américaines")),
        ("nantais", ("nantais", "nantaise", "nantais", "nantaises")),
        ("turc", ("turc", "turque", "turcs", "turques")),
        ("provençal", ("provençal", "provençale", "provençaux", "provençales")),
        ("tourangeau", ("tourangeau", "tourangelle", "tourangeaux", "tourangelles")),
        ("belge", ("belge", "belge", "belges", "belges")),
    ],
)
def test_demonym_gives_all_four_forms(masculine: str, forms: tuple[str, ...]) -> None:
    assert agreement(masculine, load("places")["demonyms"][masculine]["f"]) == forms


@pytest.mark.parametrize(
    ("singular", "expected"),
    [
        ("animal", "animaux"),
        ("bail", "baux"),
        ("banque d’affaires", "banques d’affaires"),
        ("bijou", "bijoux"),
        ("bureau d'études", "bureaux d'études"),
        ("détail", "détails"),
        ("festival", "festivals"),
        ("fonds", "fonds"),
        ("jeune pousse", "jeunes pousses"),
        ("journal en ligne", "journaux en ligne"),
        ("jeu", "jeux"),
        ("pneu", "pneus"),
        ("PME", "PME"),
        ("prix", "prix"),
        ("réseau social", "réseaux sociaux"),
    ],
)
def test_plural_follows_french_rules(singular: str, expected: str) -> None:
    assert plural(singular) == expected


def test_countries_have_iso_code_gender_and_article() -> None:
    for name, entry in load("places")["countries"].items():
        assert entry["iso"].isupper() and len(entry["iso"]) == 2, name
        assert entry["gender"] in {"m", "f"}, name
        assert entry["article"] in {"", "le", "la", "l'", "les"}, name


def test_no_phrase_means_two_names() -> None:
    phrases = [phrase.casefold() for alias in load("aliases")["alias"] for phrase in alias["phrase"]]
    assert [phrase for phrase, count in Counter(phrases).items() if count > 1] == []


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("géant de Redmond", "Microsoft"),
        ("firme à la pomme", "Apple"),
        ("réseau social de Mark Zuckerberg", "Facebook"),
    ],
)
def test_periphrasis_has_its_name(phrase: str, name: str) -> None:
    assert [alias["name"] for alias in load("aliases")["alias"] if phrase in alias["phrase"]] == [name]


def test_known_names_are_typed() -> None:
    known = load("aliases")["known"]
    assert {entry["kind"] for entry in known} == set(KINDS)
    assert {entry.get("gender", "x") for entry in known} == {"m", "f", "x"}
    assert all(entry.get("gender") in {"m", "f"} for entry in known if entry["kind"] == "person")
    assert [name for name, count in Counter(entry["name"] for entry in known).items() if count > 1] == []


@pytest.mark.parametrize(
    "word",
    [
        "fondée",
        "valorisée",
        "concurrente",
        "après",
        "interrogé",
        "contacté",
        "montant",
        "selon",
        "rumeur",
        "face",
        "lundi",
        "janvier",
    ],
)
def test_frequent_sentence_opener_is_a_common_word(word: str) -> None:
    assert word in load("common_words")["words"]


def test_common_words_are_lower_case_and_no_names() -> None:
    words = set(load("common_words")["words"])
    names = {entry["name"] for entry in load("aliases")["known"]}
    names |= {name for gender in load("first_names").values() for name in gender}
    names |= {head for heads in load("institutions")["heads"].values() for head in heads}
    names |= _places()
    assert all(word == word.lower() for word in words)
    assert words & {name.casefold() for name in names} == set()
