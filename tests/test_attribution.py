from __future__ import annotations

import pytest
from reading import batch_parser, read

from newsclaims import Extractor, Rivalry
from newsclaims.attribution import Attributions
from newsclaims.parsing import Parser
from newsclaims.speech import reports_of


@pytest.fixture(scope="module")
def parse(parser: Parser, request: pytest.FixtureRequest) -> Parser:
    return batch_parser(parser, request)


def source(parse: Parser, marked: str) -> str | None:
    """Return the name of the source of the marked word."""
    reading = read(parse, marked)
    reports = list(reports_of(reading.sentence, reading.word))
    found = Attributions(reading.discourse).of(reading.index, reading.word, reports)
    return found.source.name if found and found.source else None


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Selon Orsol, Vega a [racheté] Luma.", "Orsol"),
        ("Selon une source proche du dossier, Vega a [racheté] Luma.", None),
        ("Vega a [racheté] Luma, a indiqué un porte-parole.", None),
        ("Le groupe avait promis d'[investir] 8 millions d'euros dans Vega, selon le syndicat Altar.", "Altar"),
        ("Le quotidien Le Fil croit savoir qu'Orsol va [racheter] Vega.", "Le Fil"),
        ("Orsol va [racheter] Vega.", None),
        ("Orsol a [racheté] Vega, a-t-il indiqué mercredi dans un communiqué.", "Orsol"),
        ("Derrière ce jeu se cache Ferrix, promis à [racheter] Vega.", None),
        ("« Nous recrutons », explique Paul Durand, [actionnaire] de Vega.", None),
        ("« Le prix est juste », insiste Paul Durand, qui parlait à Anne Petit, [actionnaire] de Vega.", None),
    ],
)
def test_the_source_is_the_nearest_with_a_name(parse: Parser, marked: str, expected: str | None) -> None:
    assert source(parse, marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Orsol recrute, selon Le Fil. Vega va [racheter] Luma, toujours d'après le quotidien.", "Le Fil"),
        ("Orsol recrute, rapporte Le Fil. L'agence précise que Vega a [racheté] Luma.", "Le Fil"),
        ("Orsol recrute, écrit Le Fil. Selon la même source, Vega a [racheté] Luma.", "Le Fil"),
        ("Orsol recrute, selon Paul Durand. Vega va [racheter] Luma, indique le journal.", None),
        ("Orsol recrute, précise Le Fil. Vega va [racheter] Luma, indique le journal.", "Le Fil"),
        ("Orsol recrute, a annoncé Orsol. Vega va [racheter] Luma, indique le journal.", None),
        ("Anne Petit travaille pour le magazine Bruine. Vega va [racheter] Luma, selon le magazine.", "Bruine"),
        ("Vega va [racheter] Luma, indique un quotidien belge. Le quotidien Bruine cite la direction.", "Bruine"),
        ("D'après une source citée par l'agence Bruine, Orsol [rachète] Vega.", "Bruine"),
        ("Orsol recrute, selon Le Fil. Plusieurs médias révèlent que Vega va [racheter] Luma.", None),
        ("Orsol recrute. Vega va [racheter] Luma, indique le quotidien.", None),
    ],
)
def test_a_noun_for_a_medium_is_the_one_cited_last(parse: Parser, marked: str, expected: str | None) -> None:
    assert source(parse, marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("« Nous avons [racheté] Vega », explique Paul Durand.", "Paul Durand"),
        ("« Je sais qu'Orsol [rachètera] Vega », expliquait récemment Paul Durand.", "Paul Durand"),
        ("Paul Durand se défend. « Orsol a [racheté] Vega », a t-il ainsi déclaré.", "Paul Durand"),
        ("Anne Petit se défend. « Orsol [rachète] Vega », indique t-elle.", "Anne Petit"),
        ('Il a tort."Orsol a [racheté] Vega. C\'est fini", indique Paul Durand.', "Paul Durand"),
    ],
)
def test_who_speaks_in_the_first_person_is_named_around_the_quotation(
    parse: Parser, marked: str, expected: str | None
) -> None:
    assert source(parse, marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        # a company that has not said anything is not « -t-il »
        ("Orsol recrute. « Vega a [racheté] Luma », a-t-il dit.", None),
        ("Orsol dit recruter. « Vega a [racheté] Luma », a-t-il ajouté.", "Orsol"),
        ("« Orsol recrute », dit Paul Durand. Nimbao vend. « Vega a [racheté] Luma », a-t-il ajouté.", "Paul Durand"),
        ("« Orsol recrute », dit un élu. Nimbao vend. « Vega a [racheté] Luma », a-t-il ajouté.", None),
        # somebody may be named after he has spoken
        ("Vega va [racheter] Luma, a dit la ministre. « Nous y tenons », a ajouté Anne Petit.", "Anne Petit"),
        ("Vega va [racheter] Luma, a dit la ministre. « Nous y tenons », a ajouté Paul Durand.", None),
        ("« Vega va [racheter] Luma », a-t-il dit. Paul Durand a précisé que rien n'était fait.", "Paul Durand"),
        ("Vega va [racheter] Luma, a dit un élu. « Nous y tenons », a ajouté Paul Durand.", None),
    ],
)
def test_who_speaks_without_a_name_spoke_before_or_speaks_next(
    parse: Parser, marked: str, expected: str | None
) -> None:
    assert source(parse, marked) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Selon Le Fil, Orsol va racheter son concurrent Vega.", None),
        ("Orsol a annoncé que Vega, son rival, recrutait.", None),
        ("« Notre concurrent Vega a baissé ses prix », a dit Paul Durand, le patron d'Orsol.", "Paul Durand"),
        ("Selon Le Fil, Orsol est un concurrent de Vega.", "Le Fil"),
    ],
)
def test_who_tells_the_news_does_not_tell_what_is_said_by_the_way(
    extractor: Extractor, text: str, expected: str | None
) -> None:
    found = [claim for claim in extractor.extract(text) if isinstance(claim, Rivalry)]
    assert [claim.source.name if claim.source else None for claim in found] == [expected]
