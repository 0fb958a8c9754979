"""Percentages: one meaning, many surfaces; what is no share."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsclaims.claims import Percentage, Qualifier
from newsclaims.errors import InputTypeError
from newsclaims.mentions.percentages import find_percentages

MEANINGS = [
    ("19.74", None, ["19,74%", "19,74 %", "19,74\u00a0%", "19,74\u202f%", "19.74 %"]),
    ("49", None, ["49 %", "49 pour cent", "49 pourcent", "49\npour cent", "quarante-neuf pour cent"]),
    ("100", None, ["100%", "100 %", "cent pour cent"]),
    ("4", Qualifier.ABOUT, ["près de 4 %", "environ 4%", "quelque 4 %", "autour de 4 %", "4 % environ"]),
    ("30", Qualifier.AT_LEAST, ["plus de 30 %", "au moins 30 %", "30 % au minimum"]),
    ("34", Qualifier.AT_MOST, ["jusqu’à 34 %", "moins de 34 %", "34 % maximum", "pas plus de 34 %"]),
    ("5", None, ["entre 5 et 10 %", "entre 5 % et 10 %", "5 à 10 %", "5-10 %", "5 ou 10 %"]),
    ("5", None, ["entre cinq et dix pour cent"]),
    ("5", Qualifier.ABOUT, ["environ 5 à 10 %"]),
]
SURFACES = [(surface, *meaning) for *meaning, surfaces in MEANINGS for surface in surfaces]

FRACTIONS = [
    ("les deux tiers", "66.67"),
    ("la moitié", "50"),
    ("les trois quarts", "75"),
    ("un quart", "25"),
    ("un tiers", "33.3"),
]


@pytest.mark.parametrize(("surface", "value", "qualifier"), SURFACES)
def test_a_surface_has_its_meaning(surface, value, qualifier):
    text = f"Karbo prend {surface} de Zed."
    (share,) = find_percentages(text)
    assert (share.value, share.qualifier, share.mention.text) == (Decimal(value), qualifier, surface)
    assert text[share.mention.start : share.mention.end] == surface


@pytest.mark.parametrize(("fraction", "value"), FRACTIONS)
@pytest.mark.parametrize("whole", ["du capital", "de son capital", "des parts", "des actions", "des droits de vote"])
def test_a_fraction_of_a_capital_is_a_percentage(fraction, value, whole):
    (share,) = find_percentages(f"Karbo détient {fraction} {whole} de Zed.")
    assert (share.value, share.mention.text) == (Decimal(value), fraction)


@pytest.mark.parametrize("half", ["50/50", "50-50", "50 / 50"])
def test_what_is_shared_half_and_half_is_a_percentage(half):
    (share,) = find_percentages(f"Zed est détenu à {half} par Karbo et Luma.")
    assert (share.value, share.mention.text) == (Decimal("50"), half)


@pytest.mark.parametrize("text", ["Le match a fini 50-50.", "Il reste 50/50 pages.", "La route mesure à 50/500 près."])
def test_other_pairs_of_fifty_are_no_percentages(text):
    assert find_percentages(text) == []


def test_a_fraction_takes_its_bound():
    (share,) = find_percentages("Karbo détient plus de la moitié du capital.")
    assert (share.qualifier, share.mention.text) == (Qualifier.AT_LEAST, "plus de la moitié")


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Sa part passe de 5 à 10 %.", [5, 10]),
        ("Sa part est passée de 5 % à 10 %.", [5, 10]),
        ("Karbo en a 12 %, Zed 8 % et Orla 3 %.", [12, 8, 3]),
        ("De 49 pour cent à 51 pour cent.", [49, 51]),
        ("Le titre chute de 10 à 5 %.", [10, 5]),
        ("Karbo verse 3 M€ pour 15 % de Zed et la moitié des parts d'Orla.", [15, 50]),
    ],
)
def test_each_percentage_is_found_in_text_order(text, values):
    assert [s.value for s in find_percentages(text)] == values


@pytest.mark.parametrize(
    "text",
    [
        "La moitié des salariés partent, un tiers des clients aussi.",
        "Karbo lève 12 M€ pour cent salariés.",
        "Le taux gagne 0,5 point, à dix pour mille.",
        "Le % et le pour cent n'ont pas de nombre.",
        "2 millions % n'a pas de sens.",
        "",
    ],
)
def test_what_is_no_share_is_left_out(text):
    assert find_percentages(text) == []


@pytest.mark.parametrize("value", [b"12 %", None, 12])
def test_anything_but_text_is_refused(value):
    with pytest.raises(InputTypeError, match="find_percentages reads a str"):
        find_percentages(value)


WORDS = "12 3,5 % pour cent entre et à de passe un vingt millions - environ"
PHRASES = ["la moitié", "un tiers", "du capital", "des parts", "plus de"]
FRAGMENTS = [*WORDS.split(), *PHRASES, "\u00a0", "\u202f", "\n", "e\u0301", "\u0130", "\u017f"]


@settings(deadline=None)  # the first example also builds the patterns
@given(st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=3), max_size=30).map(" ".join))
def test_any_text_gives_true_offsets_in_order_without_overlap(text):
    at = 0
    for share in find_percentages(text):
        assert at <= share.mention.start < share.mention.end
        assert text[share.mention.start : share.mention.end] == share.mention.text
        assert Percentage.from_dict(share.to_dict()) == share
        at = share.mention.end


@pytest.mark.parametrize("unit", ["9", "1 ", " ", "un ", "1 % à ", "entre 1 et ", "5 %", "la moitié ", "cent "])
def test_hostile_repetition_ends_fast(unit):
    text = unit * (100_000 // len(unit))
    began = time.process_time()
    find_percentages(text)
    assert time.process_time() - began < 5


def test_a_long_text_is_read_fast():
    paragraph = (
        "Karbo détient 19,74 % de Zed, près de la moitié du capital d'Orla et entre 3 et 5 % des droits de vote. "
    )
    text = paragraph * 500
    find_percentages(paragraph)
    began = time.process_time()
    assert len(find_percentages(text)) == 3 * 500
    assert time.process_time() - began < len(text) / 200_000
