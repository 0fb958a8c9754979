from __future__ import annotations

import pytest
from reading import batch_parser, read

from newsclaims.parsing import Parser
from newsclaims.quotations import Quotations, find_quotations


@pytest.fixture(scope="module")
def parse(parser: Parser, request: pytest.FixtureRequest) -> Parser:
    return batch_parser(parser, request)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rien.", []),
        ("« Un. Deux », dit-il. « Trois. »", ["« Un. Deux »", "« Trois. »"]),
        ("“Un”, dit-il.", ["“Un”"]),
        ('"Un", dit-il, "et deux".', ['"Un"', '"et deux"']),
        ('Il a repris "un et "deux".', ['"deux"']),
        ('Un tuyau de 3" vaut 5 euros.', []),
        ("« Un.\n\nDeux. »", ["« Un.\n\nDeux. »"]),
        ("« Un.\n\n« Deux. »\n\nTrois.", ["« Un.\n\n« Deux. »"]),
        ("« Un.\n\nDeux « trois ».", ["« Un.", "« trois »"]),
        ("Il dit : « Un.", ["« Un."]),
        ('Fini."Un. Deux", dit-il.', ['"Un. Deux"']),
    ],
)
def test_a_quotation_ends_with_its_mark_or_its_paragraph(text: str, expected: list[str]) -> None:
    found = find_quotations(text)

    assert [q.text for q in found] == expected
    assert all(text[q.start : q.end] == q.text for q in found)


@pytest.mark.parametrize(
    ("marked", "speaker"),
    [
        ("« Les ventes montent, explique Paul Durand. Orsol a [racheté] Vega. »", "Paul"),
        ("« Les ventes montent. Orsol a [racheté] Vega. Il recrute », explique Paul Durand.", "Paul"),
        ("Paul Durand précise : « Les ventes montent. Orsol a [racheté] Vega. »", "Paul"),
        ("Paul Durand précise : « Les ventes montent.\n\nOrsol a [racheté] Vega. »", "Paul"),
        ("« Les ventes montent », explique Paul Durand. « Orsol a [racheté] Vega. »", "Paul"),
        ("« Les ventes montent », explique Paul Durand. Claire Martin approuve. « Orsol a [racheté] Vega. »", None),
        ("« Les ventes montent », explique Paul Durand.\n\n« Orsol a [racheté] Vega. »", None),
        ("« Les ventes montent », explique Paul Durand. Orsol a [racheté] Vega.", None),
        ("« Les ventes montent. » Orsol a [racheté] Vega.", None),
        ("« Orsol a [racheté] Vega. » « Il recrute », explique Paul Durand.", "Paul"),
        ("« Orsol a [racheté] Vega. » Il recrute. « C'est bien », explique Paul Durand.", None),
        ("« Orsol a [racheté] Vega. »", None),
    ],
)
def test_a_quotation_has_the_speaker_of_any_of_its_sentences(parse: Parser, marked: str, speaker: str | None) -> None:
    reading = read(parse, marked)
    found = Quotations(reading.document).report_of(reading.index, reading.word)

    assert (found[1].speaker.text if found else None) == speaker
