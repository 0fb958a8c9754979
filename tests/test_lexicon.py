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
from newsclaims.lexicon.words import alias_at, demonyms, descriptions, fold, known_traits, other_names

KINDS = ("organisation", "person", "product")
WORD_LISTS = ("common_words", "dates", "descriptions", "first_names", "institutions", "names", "places", "titles")


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
        ("names", ("organisation", "x"), 800),
        ("names", ("person", "m"), 150),
        ("names", ("product", "m"), 60),
        ("names", ("facts",), 300),
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


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("géant de Redmond, qui recrute", ("Microsoft",)),
        ("firme à la pomme", ("Apple",)),
        ("Maison  mère de Facebook", ("Meta",)),
        ("fabricant de l’iPhone.", ("Apple",)),
        ("éditeur du Chat", ("Mistral AI",)),
        ("constructeur de Wolfsburg", ("Volkswagen",)),
        ("groupe de Xavier Niel", ("Iliad",)),
        ("groupe d’Amancio Ortega", ("Inditex",)),
        ("réseau social de Mark Zuckerberg", ("Facebook",)),
        ("groupe de Mark Zuckerberg", ("Meta", "Facebook")),
        ("géant de Redmondville", ()),
        ("groupe de Paul Durand", ()),
        ("géant", ()),
        ("", ()),
    ],
)
def test_periphrasis_has_its_names_the_owner_first(text: str, names: tuple[str, ...]) -> None:
    assert alias_at(text)[1] == names


def test_known_names_have_one_kind_and_gender() -> None:
    names = load("names")
    listed = [fold(name) for kind in KINDS for group in names[kind].values() for name in group]
    also = [fold(name) for entry in names["facts"] for name in entry.get("also", ())]
    assert [name for name, count in Counter(listed + also).items() if count > 1] == []
    assert set(names["person"]) == {"m", "f"}


def test_facts_are_of_listed_organisations_and_people() -> None:
    names = load("names")
    keys = {"name", "also", "people", "seat", "owns", "makes", "trade", "phrases"}
    assert all(set(entry) <= keys and len(entry) > 1 for entry in names["facts"])
    owners = [entry["name"] for entry in names["facts"]]
    assert [name for name, count in Counter(owners).items() if count > 1] == []
    assert set(owners) <= {name for group in names["organisation"].values() for name in group}
    people = {name for entry in names["facts"] for name in entry.get("people", ())}
    assert people <= {name for group in names["person"].values() for name in group}


def test_other_names_are_those_of_the_same_actor() -> None:
    assert "bnp paribas" in other_names("BNP") and other_names("BNP") == other_names("BNP Paribas")
    assert other_names("Nimbao") == frozenset()


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
    names = {name for kind in KINDS for group in load("names")[kind].values() for name in group}
    names |= {name for gender in load("first_names").values() for name in gender}
    names |= {head for heads in load("institutions")["heads"].values() for head in heads}
    names |= _places()
    assert all(word == word.lower() for word in words)
    assert words & {name.casefold() for name in names} == set()


def test_known_traits_are_nouns_that_describe_or_adjectives_of_countries() -> None:
    nouns = {fold(noun) for group in load("traits")["group"] for noun in group.get("nouns", ())}
    assert nouns <= {*descriptions(), *demonyms()}
    assert known_traits("Nissan") >= {"constructeur", "japonais"} and known_traits("Nimbao") == frozenset()
