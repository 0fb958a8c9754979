from __future__ import annotations

import time
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsclaims import layout

SOUP = st.text(
    st.one_of(
        st.sampled_from(list("aeé Z.,:…-–—•'’“”«»0€\n\r\t\u00a0\u202f\u00ad\u200b\u0301\u2028\ufeff\ud800😀")),
        st.characters(),
    ),
    max_size=60,
)


def contents(text: str) -> list[str]:
    clean = layout.clean(text)
    return [clean.text[start:end] for start, end in layout.blocks(clean.text)]


@pytest.mark.parametrize(
    ("text", "tidy"),
    [
        ("L’équipe d‘Orsol, aujourd´hui", "L'équipe d'Orsol, aujourd'hui"),
        ("3\u00a0millions\u202fd'euros\u2009!\tBien", "3 millions d'euros ! Bien"),
        ("“Vega”", "«Vega»"),
        ("Vega – selon Orsol — lève", "Vega , selon Orsol , lève"),
        ("20–25 millions, Paris-Lyon", "20–25 millions, Paris-Lyon"),
        ("États\u2011Unis", "États-Unis"),
        ("Il hésite… Vega aussi…", "Il hésite. Vega aussi."),
        ("Vega, Luma… ont levé", "Vega, Luma, ont levé"),
        ("leve\u0301e, Viê\u0323t", "levée, Việt"),
        ("inves\u00adtir\u200b\ufeff", "investir"),
        ("a\x00b\x07\ud800", "a b \ufffd"),
        ("un\r\ndeux\rtrois\u2028quatre", "un \ndeux\ntrois\nquatre"),
    ],
)
def test_clean_tidies_characters(text: str, tidy: str) -> None:
    assert layout.clean(text).text == tidy


@given(SOUP)
def test_clean_characters_point_at_consecutive_stretches_of_the_source(text: str) -> None:
    clean = layout.clean(text)

    spans = [clean.source(i, i + 1) for i in range(len(clean.text))]

    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


@given(st.text(st.sampled_from("aeéçàœÉÔïệ b"), max_size=40))
def test_clean_reads_decomposed_text_as_composed_text(text: str) -> None:
    assert layout.clean(unicodedata.normalize("NFD", text)).text == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \n\u00a0\n", []),
        ("Un.\n\nDeux.", ["Un.", "Deux."]),
        ("Un.\n \t\nDeux.", ["Un.", "Deux."]),
        ("Un.\r\n\r\nDeux.\r\n", ["Un.", "Deux."]),
        (
            "Vega lève 3 millions\nLa société veut grandir.",
            ["Vega lève 3 millions", "La société veut grandir."],
        ),
        ("• Vega lève 3 M€\n• Orsol rachète Luma", ["Vega lève 3 M€", "Orsol rachète Luma"]),
        ("1. vega lève\n2) orsol rachète", ["vega lève", "orsol rachète"]),
        ("Trois tours :\n- vega,\n- orsol", ["Trois tours :", "vega,", "orsol"]),
        ("Vega a annoncé\nune levée.", ["Vega a annoncé\nune levée."]),
        ("Vega a levé 13\nmillions, dit\nOrsol.", ["Vega a levé 13\nmillions, dit", "Orsol."]),
        ("Vega a investi 3\n€ dans Luma,\nOrsol aussi.", ["Vega a investi 3\n€ dans Luma,\nOrsol aussi."]),
        ("Vega\nOrsol\nLuma", ["Vega", "Orsol", "Luma"]),
        ("Lille - Orsol recrute.", ["Orsol recrute."]),
        ("Vega - Orsol recrute.", ["Vega , Orsol recrute."]),
    ],
)
def test_blocks_end_where_no_sentence_goes_on(text: str, expected: list[str]) -> None:
    assert [block.replace(" \n", "\n") for block in contents(text)] == expected


def test_blocks_join_the_lines_of_hard_wrapped_text_even_before_a_name() -> None:
    text = (
        "Le tour de table de 30 millions a été mené par le fonds\n"
        "Vauban Ventures, avec la participation de la banque que\n"
        "Marie Orsol dirige depuis deux ans, selon un communiqué.\n"
    )

    assert len(contents(text)) == 1


def test_blocks_keep_headlines_of_unlike_lengths_apart() -> None:
    headlines = [
        "Nimbao boucle un tour de 8 millions d'euros auprès d'Orsol",
        "Vega dit non",
        "Le fabricant de puces Ferrix investit en Espagne",
        "Luma rachète le studio lyonnais",
    ]

    assert contents("\n".join(headlines)) == headlines


@given(SOUP)
def test_blocks_are_in_order_and_leave_out_only_space_and_bullets(text: str) -> None:
    clean = layout.clean(text).text
    blocks = layout.blocks(clean)

    assert all(start < end for start, end in blocks)
    assert all(before[1] <= after[0] for before, after in pairwise(blocks))
    kept = sum(sum(c.isalpha() for c in clean[start:end]) for start, end in blocks)
    assert kept == sum(c.isalpha() for c in clean)


@given(st.text("ab. !\n", max_size=80), st.integers(2, 20))
def test_pieces_cover_the_stretch_and_keep_to_the_size(text: str, size: int) -> None:
    pieces = list(layout.pieces(text, 0, len(text), size))

    assert "".join(text[start:end] for start, end in pieces) == text
    assert all(end - start <= size for start, end in pieces)


@pytest.mark.parametrize(
    ("text", "first"),
    [("Un mot. Deux mots encore", "Un mot."), ("un mot deux mots encore", "un mot "), ("a" * 24, "a" * 10)],
)
def test_pieces_end_at_the_best_place(text: str, first: str) -> None:
    start, end = next(iter(layout.pieces(text, 0, len(text), 10)))

    assert text[start:end] == first


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Un bilan mitigéLe groupe Orsol recrute", ["Un bilan mitigé", "Le groupe Orsol recrute"]),
        ("Un « plan vert »L'éditeur Vega recrute", ["Un « plan vert »", "L'éditeur Vega recrute"]),
        ("Le laboratoire bioLeman et easyOrsol recrutent", ["Le laboratoire bioLeman et easyOrsol recrutent"]),
        ("Un million par anLes coûts montent.", ["Un million par an", "Les coûts montent."]),
        ("Rendez-vous en 2020Le patron part.", ["Rendez-vous en 2020", "Le patron part."]),
        ("La vitamineC 500 est en vente.", ["La vitamineC 500 est en vente."]),
    ],
)
def test_pieces_end_where_a_line_break_was_lost(text: str, parts: list[str]) -> None:
    assert [text[start:end] for start, end in layout.pieces(text, 0, len(text))] == parts


@pytest.mark.parametrize("unit", [" ", "\n", "a", "- ", "…", "… ", "a\n", "e\u0301", "\u0301", "\u00ad", "\r\n", "1. "])
def test_layout_takes_linear_time(unit: str) -> None:
    text = unit * (1_000_000 // len(unit))
    began = time.perf_counter()

    clean = layout.clean(text).text
    for block in layout.blocks(clean):
        list(layout.pieces(clean, *block))

    assert time.perf_counter() - began < 20
