from __future__ import annotations

import pytest
from reading import batch_parser, read

from newsclaims.claims import AcquisitionBid, BidStatus, Claim, FundingRound, Investment, Modality, Rivalry
from newsclaims.extractor import Extractor
from newsclaims.parsing import Parser
from newsclaims.qualify import bid_status, governors, qualify

ASSERTED, CONDITIONAL, POSSIBLE = Modality.ASSERTED, Modality.CONDITIONAL, Modality.POSSIBLE
PLANNED, HYPOTHETICAL = Modality.PLANNED, Modality.HYPOTHETICAL


@pytest.fixture(scope="module")
def parse(parser: Parser, request: pytest.FixtureRequest) -> Parser:
    return batch_parser(parser, request)


def held(parse: Parser, marked: str) -> tuple[Modality, bool]:
    """Return how the text holds the claim that hangs on the marked word: modality, and whether it is denied."""
    reading = read(parse, marked)
    found = qualify(reading.sentence, reading.word)
    return found.modality, found.negated


# infinitives under a cue -------------------------------------------------------------------------------------

INFINITIVES = {
    "racheter": "[racheter] Vega",
    "lever": "[lever] 8 millions d'euros",
    "investir": "[investir] 8 millions d'euros dans Vega",
    "concurrencer": "[concurrencer] Vega",
}
# What stands before the infinitive; a tilde is « de », or « d' » before a vowel.
CUES = {
    "veut": (PLANNED, False),
    "va": (PLANNED, False),
    "doit": (PLANNED, False),
    "devrait": (PLANNED, False),
    "compte": (PLANNED, False),
    "souhaite": (PLANNED, False),
    "prévoit ~": (PLANNED, False),
    "envisage ~": (PLANNED, False),
    "a décidé ~": (PLANNED, False),
    "tente ~": (PLANNED, False),
    "a promis ~": (PLANNED, False),
    "cherche à": (PLANNED, False),
    "s'apprête à": (PLANNED, False),
    "s'est engagé à": (PLANNED, False),
    "est prêt à": (PLANNED, False),
    "avait l'intention ~": (PLANNED, False),
    "annonce vouloir": (PLANNED, False),
    "peut": (POSSIBLE, False),
    "pourrait": (POSSIBLE, False),
    "pourra": (POSSIBLE, False),
    "est susceptible ~": (POSSIBLE, False),
    "n'exclut pas ~": (POSSIBLE, False),
    "voudrait": (CONDITIONAL, False),
    "envisagerait ~": (CONDITIONAL, False),
    "serait prêt à": (CONDITIONAL, False),
    "serait sur le point ~": (CONDITIONAL, False),
    "vient ~": (ASSERTED, False),
    "a réussi à": (ASSERTED, False),
    "ne compte pas": (PLANNED, True),
    "ne veut pas": (PLANNED, True),
    "ne va pas": (PLANNED, True),
    "n'a pas vocation à": (PLANNED, True),
    "exclut ~": (PLANNED, True),
    "refuse ~": (PLANNED, True),
    "renonce à": (PLANNED, True),
    "dément vouloir": (PLANNED, True),
    "n'a pas réussi à": (ASSERTED, True),
}


def under_a_cue(cue: str, verb: str) -> str:
    stem, needs_de, _ = cue.partition(" ~")
    link = " " if not needs_de else " d'" if verb.startswith("i") else " de "
    return f"Orsol {stem}{link}{INFINITIVES[verb]}."


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        pytest.param(under_a_cue(cue, verb), expected, id=f"{cue} {verb}")
        for verb in INFINITIVES
        for cue, expected in CUES.items()
    ],
)
def test_the_outermost_cue_over_an_infinitive_wins(parse: Parser, marked: str, expected: tuple[Modality, bool]) -> None:
    assert held(parse, marked) == expected


# finite verbs ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Orsol [rachète] Vega.", (ASSERTED, False)),
        ("Orsol a [racheté] Vega en mai.", (ASSERTED, False)),
        ("Orsol [racheta] Vega en 1995.", (ASSERTED, False)),
        ("Orsol avait [racheté] Vega en 2019.", (ASSERTED, False)),
        ("Orsol [rachètera] Vega en mai.", (PLANNED, False)),
        ("Orsol aura [racheté] Vega en mai.", (PLANNED, False)),
        ("Orsol aurait [racheté] Vega.", (CONDITIONAL, False)),
        ("Orsol n'a pas [racheté] Vega.", (ASSERTED, True)),
        ("Orsol n'a jamais [racheté] Vega.", (ASSERTED, True)),
        ("Orsol n’a pas [racheté] Vega.", (ASSERTED, True)),
        ("Orsol n'aurait pas [racheté] Vega.", (CONDITIONAL, True)),
        ("Orsol ne [rachètera] pas Vega.", (PLANNED, True)),
        ("Orsol n'a [racheté] que Vega.", (ASSERTED, False)),
        ("Orsol n'a pas seulement [racheté] Vega.", (ASSERTED, False)),
        ("Orsol a peut-être [racheté] Vega.", (POSSIBLE, False)),
        ("Nimbao [lève] 8 millions d'euros.", (ASSERTED, False)),
        ("Nimbao a [levé] 8 millions d'euros.", (ASSERTED, False)),
        ("Nimbao [lèvera] 8 millions d'euros.", (PLANNED, False)),
        ("Nimbao aurait [levé] 8 millions d'euros.", (CONDITIONAL, False)),
        ("Nimbao n'a pas [levé] de fonds.", (ASSERTED, True)),
        ("Nimbao n'a encore jamais [levé] de fonds.", (ASSERTED, True)),
        ("Nimbao n'a [levé] aucun fonds.", (ASSERTED, True)),
        ("Orsol a [investi] 8 millions d'euros dans Vega.", (ASSERTED, False)),
        ("Orsol [investira] 8 millions d'euros dans Vega.", (PLANNED, False)),
        ("Orsol aurait [investi] 8 millions d'euros dans Vega.", (CONDITIONAL, False)),
        ("Orsol n'a pas [investi] dans Vega.", (ASSERTED, True)),
        ("Orsol n'[investira] pas dans Vega.", (PLANNED, True)),
        ("Luma [concurrence] Vega.", (ASSERTED, False)),
        ("Luma ne [concurrence] pas Vega.", (ASSERTED, True)),
        ("Luma ne [concurrence] plus Vega.", (ASSERTED, True)),
        ("Luma [concurrencera] Vega.", (PLANNED, False)),
    ],
)
def test_mood_tense_and_negation_of_an_active_verb(parse: Parser, marked: str, expected: tuple[Modality, bool]) -> None:
    assert held(parse, marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Vega a été [racheté] par Orsol.", (ASSERTED, False)),
        ("Vega est [racheté] par Orsol.", (ASSERTED, False)),
        ("Vega sera [racheté] par Orsol.", (PLANNED, False)),
        ("Vega aurait été [racheté] par Orsol.", (CONDITIONAL, False)),
        ("Vega va être [racheté] par Orsol.", (PLANNED, False)),
        ("Vega doit être [racheté] par Orsol.", (PLANNED, False)),
        ("Vega devrait être [racheté] par Orsol.", (PLANNED, False)),
        ("Vega peut être [racheté] par Orsol.", (POSSIBLE, False)),
        ("Vega pourrait être [racheté] par Orsol.", (POSSIBLE, False)),
        ("Vega n'a pas été [racheté] par Orsol.", (ASSERTED, True)),
        ("Vega ne sera pas [racheté] par Orsol.", (PLANNED, True)),
        ("Vega n'aurait pas été [racheté] par Orsol.", (CONDITIONAL, True)),
        ("Vega refuse d'être [racheté] par Orsol.", (PLANNED, True)),
        ("Vega, [racheté] par Orsol en mai, recrute.", (ASSERTED, False)),
        ("Huit millions d'euros ont été [investis] dans Vega par Orsol.", (ASSERTED, False)),
        ("Huit millions d'euros seront [investis] dans Vega par Orsol.", (PLANNED, False)),
        ("Huit millions d'euros n'ont pas été [investis] dans Vega.", (ASSERTED, True)),
        ("Vega est [concurrencé] par Luma.", (ASSERTED, False)),
        ("Vega serait [concurrencé] par Luma.", (CONDITIONAL, False)),
    ],
)
def test_mood_tense_and_negation_of_a_passive_verb(parse: Parser, marked: str, expected: tuple[Modality, bool]) -> None:
    assert held(parse, marked) == expected


# nouns, relative clauses, subordinate clauses ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Orsol annonce le [rachat] de Vega.", (ASSERTED, False)),
        ("Orsol confirme le [rachat] de Vega.", (ASSERTED, False)),
        ("Orsol a finalisé le [rachat] de Vega.", (ASSERTED, False)),
        ("Le [rachat] de Vega par Orsol inquiète les salariés.", (ASSERTED, False)),
        ("Orsol envisage le [rachat] de Vega.", (PLANNED, False)),
        ("Orsol prévoit le [rachat] de Vega.", (PLANNED, False)),
        ("Orsol étudie le [rachat] de Vega.", (PLANNED, False)),
        ("Orsol envisagerait le [rachat] de Vega.", (CONDITIONAL, False)),
        ("Orsol pourrait annoncer le [rachat] de Vega.", (POSSIBLE, False)),
        ("Orsol dément le [rachat] de Vega.", (ASSERTED, True)),
        ("Orsol présente son projet de [rachat] de Vega.", (PLANNED, False)),
        ("En cas de [rachat] de Vega par Orsol, des usines fermeront.", (HYPOTHETICAL, False)),
        ("Un éventuel [rachat] de Vega par Orsol inquiète les salariés.", (POSSIBLE, False)),
        ("Une éventuelle [offre] d'Orsol sur Vega inquiète les salariés.", (POSSIBLE, False)),
        ("Nimbao annonce une [levée] de fonds de 8 millions d'euros.", (ASSERTED, False)),
        ("Nimbao prépare une [levée] de fonds de 8 millions d'euros.", (PLANNED, False)),
        ("Nimbao envisage une [levée] de fonds de 8 millions d'euros.", (PLANNED, False)),
        ("Nimbao a bouclé une [levée] de fonds de 8 millions d'euros.", (ASSERTED, False)),
        ("Nimbao aurait bouclé une [levée] de fonds de 8 millions d'euros.", (CONDITIONAL, False)),
        ("Nimbao n'a pas bouclé sa [levée] de fonds.", (ASSERTED, True)),
        ("Nimbao renonce à sa [levée] de fonds.", (PLANNED, True)),
        ("Orsol annonce un [investissement] de 8 millions d'euros dans Vega.", (ASSERTED, False)),
        ("Orsol confirme un [investissement] de 8 millions d'euros dans Vega.", (ASSERTED, False)),
        ("Orsol prévoit un [investissement] de 8 millions d'euros dans Vega.", (PLANNED, False)),
        ("Orsol exclut un [investissement] dans Vega.", (PLANNED, True)),
    ],
)
def test_what_governs_a_noun_qualifies_it(parse: Parser, marked: str, expected: tuple[Modality, bool]) -> None:
    assert held(parse, marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Orsol, qui a [racheté] Vega, ne recrute pas.", (ASSERTED, False)),
        ("Orsol, qui veut [racheter] Vega, recrute.", (PLANNED, False)),
        ("Orsol, qui n'a pas [racheté] Vega, recrute.", (ASSERTED, True)),
        ("Orsol, qui aurait [racheté] Vega, recrute.", (CONDITIONAL, False)),
        ("Orsol, qui a [racheté] Vega, pourrait recruter.", (ASSERTED, False)),
        ("Vega, que Luma a [racheté], recrutera.", (ASSERTED, False)),
        ("Nimbao, qui vient de [lever] 8 millions d'euros, devrait recruter.", (ASSERTED, False)),
        ("Nimbao, qui cherche à [lever] 8 millions d'euros, recrute.", (PLANNED, False)),
        ("Orsol, qui a [investi] 8 millions d'euros dans Vega, va recruter.", (ASSERTED, False)),
        ("Luma, qui [concurrence] Vega, va recruter.", (ASSERTED, False)),
    ],
)
def test_a_relative_clause_is_held_by_itself(parse: Parser, marked: str, expected: tuple[Modality, bool]) -> None:
    assert held(parse, marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Si Orsol [rachète] Vega, des usines fermeront.", (HYPOTHETICAL, False)),
        pytest.param(
            "Des usines fermeront si Orsol [rachète] Vega.",
            (HYPOTHETICAL, False),
        ),
        ("Si Vega était [racheté] par Orsol, des usines fermeraient.", (HYPOTHETICAL, False)),
        ("Si Nimbao ne [lève] pas 8 millions d'euros, elle fermera.", (HYPOTHETICAL, True)),
        ("S'il [investit] 8 millions d'euros dans Vega, Orsol recrutera.", (HYPOTHETICAL, False)),
        ("Si Orsol réussit à [racheter] Vega, des usines fermeront.", (HYPOTHETICAL, False)),
        ("Orsol annonce qu'il [investira] 8 millions d'euros dans Vega.", (PLANNED, False)),
        ("Orsol annonce qu'il a [investi] 8 millions d'euros dans Vega.", (ASSERTED, False)),
        ("Orsol affirme qu'il n'a pas [racheté] Vega.", (ASSERTED, True)),
        ("Orsol dément avoir [racheté] Vega.", (ASSERTED, True)),
        ("Orsol dément qu'il a [racheté] Vega.", (ASSERTED, True)),
        ("Orsol annonce avoir [racheté] Vega.", (ASSERTED, False)),
        ("Nimbao annoncera avoir [levé] 8 millions d'euros.", (ASSERTED, False)),
        ("Il est possible que Orsol [rachète] Vega.", (POSSIBLE, False)),
        ("Luma dévoile un modèle pour [concurrencer] Vega.", (PLANNED, False)),
        ("Luma dévoile un modèle destiné à [concurrencer] Vega.", (PLANNED, False)),
        ("Nimbao est en discussions pour [lever] 8 millions d'euros.", (PLANNED, False)),
        ("Orsol serait en discussions pour [racheter] Vega.", (CONDITIONAL, False)),
        ("Nimbao est en pourparlers pour [lever] 8 millions d'euros.", (PLANNED, False)),
        ("Après avoir [levé] 8 millions d'euros, Nimbao veut recruter.", (ASSERTED, False)),
        ("En [rachetant] Vega, Orsol pourrait grandir.", (ASSERTED, False)),
        ("Orsol a vendu Luma et veut [racheter] Vega.", (PLANNED, False)),
        pytest.param(
            "Orsol veut vendre Luma et [racheter] Vega.",
            (PLANNED, False),
        ),
        ("Orsol a [racheté] Vega et va recruter.", (ASSERTED, False)),
        ("Orsol ne recrute plus et [rachète] Vega.", (ASSERTED, False)),
        ("Orsol serait intéressé par le [rachat] de Vega.", (CONDITIONAL, False)),
        ("Une holding serait créée et [détenue] à 51 % par Orsol.", (CONDITIONAL, False)),
        ("Orsol a renoncé à la hausse et décidé d'[investir] 8 millions d'euros dans Vega.", (PLANNED, False)),
        ("Orsol enjoint à Luma de [racheter] Vega.", (PLANNED, False)),
        ("Orsol appelle l'État à [investir] 8 millions d'euros dans Vega.", (PLANNED, False)),
        ("Orsol a annoncé sa décision d'[acquérir] Vega.", (PLANNED, False)),
        ("Orsol est candidat au [rachat] de Vega.", (PLANNED, False)),
        ("Le [rachat] de Vega par Orsol est imminent.", (PLANNED, False)),
        ("Un [rachat] de Vega par Orsol n'est pas à l'ordre du jour.", (PLANNED, True)),
        ("Il faut [investir] 8 millions d'euros dans Vega.", (PLANNED, False)),
        ("Il a fallu [investir] 8 millions d'euros dans Vega.", (ASSERTED, False)),
        ("Orsol craint un [rachat] par Vega.", (POSSIBLE, False)),
        ("La perspective d'un [rachat] de Vega par Orsol inquiète.", (POSSIBLE, False)),
        ("Orsol a lancé Luma afin de [concurrencer] Vega.", (PLANNED, False)),
        ("À moins qu'Orsol ne [rachète] Vega, des usines fermeront.", (HYPOTHETICAL, False)),
        ("Orsol a assuré qu'il [rachèterait] Vega.", (PLANNED, False)),
        ("Paul Durand a annoncé que Vega serait [rachetée] en mars.", (PLANNED, False)),
        ("Le Fil a révélé qu'Orsol [rachèterait] Vega.", (CONDITIONAL, False)),
        ("Orsol a déclaré que Luma aurait [racheté] Vega.", (CONDITIONAL, False)),
        ("Orsol va racheter Vega, devenant ainsi le premier [actionnaire] de Luma.", (PLANNED, False)),
        ("Orsol a racheté Vega, devenant ainsi le premier [actionnaire] de Luma.", (ASSERTED, False)),
        ("Orsol recruterait, cherchant à [racheter] Vega.", (PLANNED, False)),
        ("L'opération ferait d'Orsol le premier [actionnaire] de Vega.", (CONDITIONAL, False)),
        ("Il n'y a pas de [rivalité] entre Orsol et Vega.", (ASSERTED, True)),
        ("Il n'y a absolument pas de [rivalité] entre Orsol et Vega.", (ASSERTED, True)),
        ("Orsol s'est dit prêt à [racheter] Vega.", (PLANNED, False)),
        ("Orsol a fait une offre pour [racheter] Vega.", (ASSERTED, False)),
        ("Orsol a trouvé un accord pour [vendre] Vega à Luma.", (ASSERTED, False)),
        (
            "La faillite a ému, au point qu'un [repreneur] a été trouvé en la personne de Paul Durand.",
            (ASSERTED, False),
        ),
        ("Orsol a fait savoir qu'il [rachèterait] Vega.", (Modality.PLANNED, False)),
        ("Le quotidien fait savoir qu'Orsol [rachèterait] Vega.", (Modality.CONDITIONAL, False)),
    ],
)
def test_subordination_and_coordination(parse: Parser, marked: str, expected: tuple[Modality, bool]) -> None:
    assert held(parse, marked) == expected


def test_governors_go_outwards_from_the_trigger(parse: Parser) -> None:
    reading = read(parse, "Orsol annonce vouloir [racheter] Vega.")

    assert [w.text for w in governors(reading.sentence, reading.word)] == ["racheter", "vouloir", "annonce"]


# status ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Orsol a [racheté] Vega.", BidStatus.COMPLETED),
        ("Orsol [rachète] Vega.", BidStatus.COMPLETED),
        ("Vega a été [racheté] par Orsol.", BidStatus.COMPLETED),
        ("Orsol a finalisé le [rachat] de Vega.", BidStatus.COMPLETED),
        ("Orsol annonce le [rachat] de Vega.", BidStatus.ACCEPTED),
        ("Orsol a conclu un accord pour [racheter] Vega.", BidStatus.ACCEPTED),
        ("Orsol a signé un accord pour le [rachat] de Vega.", BidStatus.ACCEPTED),
        ("Orsol veut [racheter] Vega.", BidStatus.PROPOSED),
        ("Orsol annonce vouloir [racheter] Vega.", BidStatus.PROPOSED),
        ("Orsol envisage le [rachat] de Vega.", BidStatus.PROPOSED),
        ("Orsol présente son projet de [rachat] de Vega.", BidStatus.PROPOSED),
        ("Orsol pourrait [racheter] Vega.", BidStatus.PROPOSED),
        ("Orsol propose de [racheter] Vega.", BidStatus.PROPOSED),
        ("Orsol [rachètera] Vega.", BidStatus.PROPOSED),
        ("Orsol dément avoir [racheté] Vega.", BidStatus.PROPOSED),
        ("Orsol n'a pas [racheté] Vega.", BidStatus.PROPOSED),
        ("Orsol négocie le [rachat] de Vega.", BidStatus.NEGOTIATING),
        ("Orsol est en discussions pour [racheter] Vega.", BidStatus.NEGOTIATING),
        ("Orsol serait en pourparlers pour [racheter] Vega.", BidStatus.NEGOTIATING),
        ("Orsol est entré en négociations exclusives pour [racheter] Vega.", BidStatus.NEGOTIATING),
        ("Orsol renonce à [racheter] Vega.", BidStatus.WITHDRAWN),
        ("Orsol a abandonné le [rachat] de Vega.", BidStatus.WITHDRAWN),
        ("Orsol a renoncé au [rachat] de Vega.", BidStatus.WITHDRAWN),
        ("Orsol ne [rachètera] finalement pas Vega.", BidStatus.WITHDRAWN),
        ("Bruxelles a bloqué le [rachat] de Vega par Orsol.", BidStatus.BLOCKED),
        ("Londres a interdit le [rachat] de Vega par Orsol.", BidStatus.BLOCKED),
        ("Vega a rejeté le [rachat] par Orsol.", BidStatus.REJECTED),
        ("Vega a repoussé l'[offre] d'Orsol.", BidStatus.REJECTED),
        ("Orsol a fait une offre pour [racheter] Vega.", BidStatus.PROPOSED),
        ("Orsol a signé un accord en vue du [rachat] de Vega.", BidStatus.ACCEPTED),
        ("Orsol jette l'éponge dans le [rachat] de Vega.", BidStatus.WITHDRAWN),
        ("Vega a accepté d'être [racheté] par Orsol.", BidStatus.ACCEPTED),
        ("Vega décline l'[offre] d'Orsol.", BidStatus.REJECTED),
        ("Brisac a été choisi par le tribunal pour [reprendre] Vega.", BidStatus.ACCEPTED),
        ("Le tribunal a retenu l'[offre] de Brisac.", BidStatus.ACCEPTED),
        ("Ferrix a annoncé avoir [vendu] Vega à Orsol.", BidStatus.COMPLETED),
        ("Ferrix a refusé de [vendre] Vega à Orsol.", BidStatus.REJECTED),
        ("Vega a refusé de se laisser [racheter] par Orsol.", BidStatus.REJECTED),
        ("Orsol a proposé 3 milliards d'euros pour [racheter] Vega.", BidStatus.PROPOSED),
        ("Orsol met 3 milliards d'euros sur la table pour [racheter] Vega.", BidStatus.PROPOSED),
        ("Orsol a fait une croix sur le [rachat] de Vega.", BidStatus.WITHDRAWN),
        ("Le [rachat] de Vega par Orsol a été rejeté par Bruxelles.", BidStatus.BLOCKED),
        ("Bruxelles a dit non au [rachat] de Vega par Orsol.", BidStatus.BLOCKED),
        ("Vega a dit non au [rachat] par Orsol.", BidStatus.REJECTED),
        ("Londres menace de bloquer le [rachat] de Vega par Orsol.", BidStatus.PROPOSED),
        ("Londres pourrait bloquer le [rachat] de Vega par Orsol.", BidStatus.PROPOSED),
    ],
)
def test_the_words_around_a_bid_tell_how_far_it_has_come(parse: Parser, marked: str, expected: BidStatus) -> None:
    reading = read(parse, marked)
    found = qualify(reading.sentence, reading.word)

    assert bid_status(reading.sentence, reading.word, found.modality, found.negated, None).value is expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Vega n'a pas accepté l'[offre] d'Orsol.", BidStatus.REJECTED),
        ("Le fonds dément que Vega ait accepté l'[offre] d'Orsol.", BidStatus.ACCEPTED),
    ],
)
def test_an_offer_that_is_not_accepted_is_rejected(parse: Parser, marked: str, expected: BidStatus) -> None:
    reading = read(parse, marked)
    found = qualify(reading.sentence, reading.word)

    assert found.negated
    assert bid_status(reading.sentence, reading.word, found.modality, found.negated, "accepted").value is expected


@pytest.mark.parametrize("given", ["negotiating", "rejected", "withdrawn", "blocked", "accepted", "completed"])
def test_the_status_that_a_rule_tells_holds(parse: Parser, given: str) -> None:
    reading = read(parse, "Orsol [rachète] Vega.")

    assert bid_status(reading.sentence, reading.word, ASSERTED, False, given).value is BidStatus(given)


# whole claims ------------------------------------------------------------------------------------------------


def only(extractor: Extractor, parse: Parser, text: str, claim_type: type[Claim]) -> Claim:
    [claim] = [c for c in extractor.extract_document(parse(text)) if isinstance(c, claim_type)]
    return claim


@pytest.mark.parametrize(
    ("text", "claim_type", "source"),
    [
        ("Orsol a racheté Vega.", AcquisitionBid, None),
        ("Selon Reuters, Orsol a racheté Vega.", AcquisitionBid, "Reuters"),
        ("Orsol a racheté Vega, rapporte Reuters.", AcquisitionBid, "Reuters"),
        ("Orsol annonce vouloir racheter Vega.", AcquisitionBid, "Orsol"),
        ("Selon des sources proches du dossier, Orsol a racheté Vega.", AcquisitionBid, None),
        ("Selon la presse, Orsol a racheté Vega.", AcquisitionBid, None),
        ("Selon plusieurs médias, Orsol a racheté Vega.", AcquisitionBid, None),
        ("Nimbao annonce avoir levé 8 millions d'euros.", FundingRound, "Nimbao"),
        ("Nimbao a levé 8 millions d'euros, selon Bloomberg.", FundingRound, "Bloomberg"),
        ("Nimbao a levé 8 millions d'euros, indique la start-up.", FundingRound, "Nimbao"),
        ("Orsol a investi 8 millions d'euros dans Vega, a annoncé Paul Durand.", Investment, "Paul Durand"),
        ("Orsol a investi 8 millions d'euros dans Vega.", Investment, None),
        ("Luma concurrence Vega, selon Reuters.", Rivalry, "Reuters"),
    ],
)
def test_a_claims_source_is_who_says_it_by_name(
    extractor: Extractor, parse: Parser, text: str, claim_type: type[Claim], source: str | None
) -> None:
    claim = only(extractor, parse, text, claim_type)

    assert (claim.source.name if claim.source else None) == source


@pytest.mark.parametrize(
    ("text", "status", "modality", "negated"),
    [
        ("Orsol a racheté Vega.", "completed", "asserted", False),
        ("Orsol annonce le rachat de Vega.", "accepted", "asserted", False),
        ("Orsol envisagerait de racheter Vega.", "proposed", "conditional", False),
        ("Vega pourrait être racheté par Orsol.", "proposed", "possible", False),
        ("Orsol rachètera Vega.", "proposed", "planned", False),
        ("Orsol dément avoir racheté Vega.", "proposed", "asserted", True),
        ("Orsol exclut de racheter Vega.", "proposed", "planned", True),
        ("Orsol ne rachètera finalement pas Vega.", "withdrawn", "asserted", False),
        ("Orsol renonce à racheter Vega.", "withdrawn", "asserted", False),
        ("Bruxelles a bloqué le rachat de Vega par Orsol.", "blocked", "asserted", False),
        ("Orsol serait en discussions pour racheter Vega.", "negotiating", "conditional", False),
        ("Orsol est en discussions pour racheter Vega.", "negotiating", "asserted", False),
        ("L'OPA d'Orsol sur Vega a échoué.", "withdrawn", "asserted", False),
        ("Orsol serait intéressé par le rachat de Vega.", "proposed", "conditional", False),
        ("Vega a décidé de repousser l'offre d'Orsol.", "rejected", "asserted", False),
        ("Vega s'est résolu à décliner l'offre d'Orsol.", "rejected", "asserted", False),
        ("Orsol a décidé de renoncer au rachat de Vega.", "withdrawn", "asserted", False),
        ("Bruxelles a décidé de bloquer le rachat de Vega par Orsol.", "blocked", "asserted", False),
        ("Vega décidera lundi de repousser l'offre d'Orsol.", "rejected", "planned", False),
        ("Après un refus, Vega a fini par accepter l'offre d'Orsol.", "accepted", "asserted", False),
        ("Le rachat de Vega par Orsol n'aura pas lieu.", "withdrawn", "asserted", False),
        ("Le rachat de Vega par Orsol, bloqué par Bruxelles, n'aura pas lieu.", "blocked", "asserted", False),
        ("Le rachat de Vega par Orsol n'aura pas lieu avant mars.", "proposed", "planned", True),
        ("Orsol a vu son offre sur Vega, la pépite, repoussée par le conseil.", "rejected", "asserted", False),
        ("Luma a prêté 3 millions à Orsol afin de lui permettre d'acquérir Vega.", "proposed", "planned", False),
        ("Le groupe Orsol s'est réservé le droit de racheter Vega.", "proposed", "possible", False),
    ],
)
def test_a_bid_carries_status_modality_and_negation(
    extractor: Extractor, parse: Parser, text: str, status: str, modality: str, negated: bool
) -> None:
    claim = only(extractor, parse, text, AcquisitionBid)

    assert isinstance(claim, AcquisitionBid)
    assert (claim.status, claim.modality, claim.negated) == (status, modality, negated)


@pytest.mark.parametrize(
    ("marked", "modality"),
    [
        ("Orsol a pu compter sur Vega pour boucler sa [levée] de fonds.", ASSERTED),
        ("Orsol a compté sur Vega pour boucler sa [levée] de fonds.", ASSERTED),
        ("Orsol compte sur Vega pour boucler sa [levée] de fonds.", PLANNED),
        ("Orsol compte boucler sa [levée] de fonds.", PLANNED),
    ],
)
def test_what_somebody_was_relied_on_for_is_done(parse: Parser, marked: str, modality: Modality) -> None:
    assert held(parse, marked) == (modality, False)


def test_who_a_description_turns_out_to_be_is_told_by_the_source(extractor: Extractor, parse: Parser) -> None:
    claim = only(extractor, parse, "Selon Presselia, le repreneur de Vega est le groupe Orsol.", AcquisitionBid)

    assert claim.source is not None
    assert claim.source.name == "Presselia"
