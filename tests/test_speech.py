from __future__ import annotations

import pytest
from reading import batch_parser, read

from newsclaims.parsing import Parser
from newsclaims.speech import Report, report_of, subject_beside


@pytest.fixture(scope="module")
def parse(parser: Parser, request: pytest.FixtureRequest) -> Parser:
    return batch_parser(parser, request)


def report(parse: Parser, marked: str) -> Report | None:
    reading = read(parse, marked)
    return report_of(reading.sentence, reading.word)


def speakers(parse: Parser, marked: str) -> list[str]:
    """Return the names of those to whom the marked word is attributed."""
    reading = read(parse, marked)
    found = report_of(reading.sentence, reading.word)
    return [] if found is None else [e.name for e in reading.discourse.fillers(reading.index, found.speaker)]


@pytest.mark.parametrize(
    ("marked", "speaker", "cue"),
    [
        ("Orsol annonce que Vega a [racheté] Luma.", "Orsol", "annonce"),
        ("Orsol affirme avoir [racheté] Vega.", "Orsol", "affirme"),
        ("Orsol a déclaré qu'il [rachèterait] Vega.", "Orsol", "déclaré"),
        ("Nimbao annonce avoir [levé] 8 millions d'euros.", "Nimbao", "annonce"),
        ("Nimbao assure qu'elle n'a pas [levé] de fonds.", "Nimbao", "assure"),
        ("Paul Durand explique que Nimbao va [lever] 8 millions d'euros.", "Paul", "explique"),
        ("Le Monde révèle qu'Orsol a [investi] 8 millions d'euros dans Vega.", "Le", "révèle"),
        pytest.param(
            "Orsol vient d'annoncer qu'il a [racheté] Vega.",
            "Orsol",
            "annoncer",
        ),
        ("Orsol dément avoir [racheté] Vega.", "Orsol", "dément"),
        ("Orsol affirme vouloir [concurrencer] Vega.", "Orsol", "affirme"),
        ("Orsol dit vouloir [concurrencer] Vega.", "Orsol", "dit"),
        ("Orsol annonce le [rachat] de Vega.", "Orsol", "annonce"),
        ("Orsol confirme une [levée] de fonds.", "Orsol", "confirme"),
    ],
)
def test_a_verb_of_speech_attributes_what_it_governs(parse: Parser, marked: str, speaker: str, cue: str) -> None:
    found = report(parse, marked)

    assert found is not None
    assert found.speaker.text == speaker
    assert found.cue.text == cue


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Selon Reuters, Orsol a [racheté] Vega.", ["Reuters"]),
        ("Orsol a [racheté] Vega, selon Reuters.", ["Reuters"]),
        ("Selon le directeur financier Paul Durand, Orsol a [racheté] Vega.", ["Paul Durand"]),
        ("D'après Reuters, Nimbao a [levé] 8 millions d'euros.", ["Reuters"]),
        ("D’après Reuters, Nimbao a [levé] 8 millions d’euros.", ["Reuters"]),
        ("Orsol aurait, selon Bloomberg, [investi] 8 millions d'euros dans Vega.", ["Bloomberg"]),
        ("À en croire Reuters, Orsol [rachète] Vega.", ["Reuters"]),
        ("Selon le directeur financier, Paul Durand, Orsol a [racheté] Vega.", ["Paul Durand"]),
    ],
)
def test_a_preposition_attributes_its_sentence(parse: Parser, marked: str, expected: list[str]) -> None:
    assert speakers(parse, marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Orsol a [racheté] Vega, rapporte Reuters.", ["Reuters"]),
        ("Orsol va [investir] 8 millions d'euros dans Vega, a annoncé Paul Durand.", ["Paul Durand"]),
        ("Nimbao a [levé] 8 millions d'euros, a indiqué lundi la société Orsol.", ["Orsol"]),
        ("Nimbao va [lever] 8 millions d'euros, croit savoir Bloomberg.", ["Bloomberg"]),
        ("« Nous voulons [racheter] Vega », assure Paul Durand.", ["Paul Durand"]),
        ("« Nous voulons [concurrencer] Vega », a déclaré Paul Durand à Reuters.", ["Paul Durand"]),
        ("« Nous voulons [concurrencer] Vega », a déclaré à Reuters Paul Durand.", ["Paul Durand"]),
        ("Paul Durand dirige Orsol. « Vega a été [racheté] », a-t-il ajouté.", ["Paul Durand"]),
        ("Claire Martin dirige Orsol. « Vega a été [racheté] », confirme-t-elle.", ["Claire Martin"]),
    ],
)
def test_an_inverted_verb_attributes_what_comes_before_it(parse: Parser, marked: str, expected: list[str]) -> None:
    assert speakers(parse, marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Paul Durand précise : « Orsol [rachète] Vega. »", ["Paul Durand"]),
        ("Orsol indique : « Nimbao a [levé] 8 millions d'euros »", ["Orsol"]),
    ],
)
def test_a_verb_of_speech_attributes_what_follows_its_colon(parse: Parser, marked: str, expected: list[str]) -> None:
    assert speakers(parse, marked) == expected


@pytest.mark.parametrize(
    "marked",
    [
        "Orsol a [racheté] Vega.",
        "Orsol veut [racheter] Vega.",
        "Nimbao a [levé] 8 millions d'euros auprès d'Orsol.",
        "Orsol, qui annonce une hausse de ses ventes, a [racheté] Vega.",
        "Orsol a [racheté] Vega et annonce une hausse de ses ventes.",
        "Après avoir rencontré Paul Durand, Orsol a [racheté] Vega.",
        "Orsol a [investi] 8 millions d'euros dans Vega après Luma.",
        "Orsol a [investi] dans le projet de Vega et dans ceux, moins avancés, de Luma.",
        "Paul Durand assure que Vega, dont Orsol [détient] 15 %, recrute.",
        "« Tout va bien », insiste Paul Durand, qui a [racheté] Vega.",
        "« Tout va bien », insiste Paul Durand, qui a vu Claire Dupont, l'[actionnaire] de Vega.",
    ],
)
def test_without_a_word_of_speech_over_it_a_word_is_attributed_to_nobody(parse: Parser, marked: str) -> None:
    assert report(parse, marked) is None


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Orsol annonce que Vega affirme avoir [racheté] Luma.", ["Vega"]),
        ("Selon Reuters, Orsol affirme avoir [racheté] Luma.", ["Orsol"]),
    ],
)
def test_the_nearest_attribution_counts(parse: Parser, marked: str, expected: list[str]) -> None:
    assert speakers(parse, marked) == expected


def test_the_speaker_is_not_who_the_preposition_speaks_of(parse: Parser) -> None:
    assert report(parse, "Orsol a racheté Vega, selon [Reuters].") is None


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Orsol [annonce] une hausse.", "Orsol"),
        ("Orsol vient d'[annoncer] une hausse.", "Orsol"),
        ("Orsol vend Luma et [annonce] une hausse.", "Orsol"),
        ("[Annoncer] une hausse est utile.", None),
    ],
)
def test_the_subject_beside_a_verb_is_overt(parse: Parser, marked: str, expected: str | None) -> None:
    reading = read(parse, marked)
    subject = subject_beside(reading.sentence, reading.word)

    assert (subject.text if subject else None) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("« Il faut agir », a lancé Paul Durand, rappelant que l'État était [actionnaire] de Vega.", ["Paul Durand"]),
        ("« Il faut agir », a lancé Paul Durand, ajoutant qu'Orsol avait [racheté] Vega.", ["Paul Durand"]),
        ("Paul Durand a salué ce choix tout en affirmant qu'Orsol allait [racheter] Vega.", ["Paul Durand"]),
        ("Orsol a publié ses ventes, précisant qu'il avait [investi] 8 millions d'euros dans Vega.", ["Orsol"]),
        ("Orsol a annoncé dans un communiqué avoir [racheté] Vega.", ["Orsol"]),
        ("Orsol a fait part de son intention de [racheter] Vega.", ["Orsol"]),
        ("Orsol a indiqué son intention de [racheter] Vega.", ["Orsol"]),
        ("Paul Durand se félicite qu'Orsol ait [racheté] Vega.", ["Paul Durand"]),
        ("Paul Durand se félicite du [rachat] de Vega.", []),
        ("Paul Durand note qu'Orsol a [racheté] Vega.", ["Paul Durand"]),
        ("Paul Durand a annoncé la création d'une société dont Orsol sera l'[actionnaire].", ["Paul Durand"]),
    ],
)
def test_a_gerund_or_a_will_is_attributed_to_the_subject(parse: Parser, marked: str, expected: list[str]) -> None:
    assert speakers(parse, marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Le [rachat] de Vega, révélé par Le Fil, inquiète les salariés.", ["Le Fil"]),
        ("Le [rachat] de Vega par Orsol a été annoncé lundi par Paul Durand.", ["Paul Durand"]),
        ("Le projet de [rachat] de Vega a été confirmé par Orsol.", ["Orsol"]),
        ("Ce plan, qui fait partie du [rachat] de Vega, annoncé par Orsol, inquiète.", ["Orsol"]),
        ("Le [rachat] de Vega, autorisé par Bruxelles, inquiète les salariés.", []),
    ],
)
def test_who_makes_it_known_stands_behind_a_passive(parse: Parser, marked: str, expected: list[str]) -> None:
    assert speakers(parse, marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Comme l'a révélé Le Fil, Orsol va [racheter] Vega.", ["Le Fil"]),
        ("Comme le rapporte le site Techzone, Orsol a [racheté] Vega.", ["Techzone"]),
        ("Ainsi que l'indique Le Fil, Nimbao a [levé] 8 millions d'euros.", ["Le Fil"]),
        ("Comme Orsol, Vega a [racheté] une usine.", []),
        ("Nimbao a [levé] 8 millions d'euros, lit-on dans Le Fil.", ["Le Fil"]),
        ("Nimbao a [levé] 8 millions d'euros, peut-on lire dans Le Fil.", ["Le Fil"]),
        ("On apprend dans Le Fil que Nimbao a [levé] 8 millions d'euros.", ["Le Fil"]),
    ],
)
def test_a_comparison_or_what_one_reads_attributes_its_sentence(
    parse: Parser, marked: str, expected: list[str]
) -> None:
    assert speakers(parse, marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Orsol va [racheter] Vega, énumère Le Fil.", ["Le Fil"]),
        ("Orsol va [racheter] Vega, explique le 5 avril Le Fil.", ["Le Fil"]),
        ("Orsol va [racheter] Vega, assurait de son côté, le 4 octobre, Paul Durand.", ["Paul Durand"]),
        ("Orsol va [racheter] Vega, assure le directeur général de l'agence, Paul Durand.", ["Paul Durand"]),
        ("Orsol va [racheter] Vega, c'est ce qu'a annoncé mardi Paul Durand.", ["Paul Durand"]),
        ("Orsol va [racheter] Vega, selon M. Durand.", ["Durand"]),
        ("Orsol, a révélé Le Fil mercredi, va [racheter] Vega.", ["Le Fil"]),
        ("Orsol, croit savoir Le Fil, va [racheter] Vega.", ["Le Fil"]),
        ("Orsol va [racheter] Vega, a-t-il été annoncé mardi.", []),
        ("Selon les informations recueillies par Le Fil, Orsol a [racheté] Vega.", ["Le Fil"]),
        ("D'après une étude du cabinet Altar, Orsol a [racheté] Vega.", ["Altar"]),
        ("Selon une source proche du dossier citée par Le Fil, Orsol a [racheté] Vega.", ["Le Fil"]),
        ("Paul Durand est catégorique : « Orsol [rachète] Vega. »", ["Paul Durand"]),
        ("Paul Durand : « Orsol [rachète] Vega. »", ["Paul Durand"]),
        ("Rachat de Vega : « Orsol [rachète] Vega. »", []),
        ("Pour Paul Durand, Orsol [rachète] Vega.", ["Paul Durand"]),
        ("Pour Paul Durand Orsol [rachète] Vega.", []),
        ("Pour rappel, Paul Durand, un élu, a [racheté] Vega.", []),
        ("Aux yeux de Paul Durand, Orsol [rachète] Vega.", ["Paul Durand"]),
        ("De l'aveu même de Paul Durand, Orsol a [racheté] Vega.", ["Paul Durand"]),
    ],
)
def test_the_speaker_is_found_behind_dates_adverbs_and_offices(parse: Parser, marked: str, expected: list[str]) -> None:
    assert speakers(parse, marked) == expected
