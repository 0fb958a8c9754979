from __future__ import annotations

import pytest
from reading import batch_parser, read

from newsclaims.anaphora.subjects import surface_subject
from newsclaims.coreference import Discourse
from newsclaims.mentions.names import find_names
from newsclaims.parsing import Parser
from newsclaims.tree import Document


@pytest.fixture(scope="module")
def parse(parser: Parser, request: pytest.FixtureRequest) -> Parser:
    return batch_parser(parser, request)


def fillers(parse: Parser, marked: str) -> list[str]:
    """Return the names of the actors that the marked word stands for."""
    reading = read(parse, marked)
    return [entity.name for entity in reading.discourse.fillers(reading.index, reading.word)]


def subjects(parse: Parser, marked: str) -> list[str]:
    """Return the names of the actors that are the subject of the marked verb."""
    reading = read(parse, marked)
    subject = surface_subject(reading.sentence, reading.word)
    return [] if subject is None else [e.name for e in reading.discourse.fillers(reading.index, subject)]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[Orsol] recrute.", ["Orsol"]),
        ("La start-up [Nimbao] recrute.", ["Nimbao"]),
        ("Paul Durand dirige Luma. [Durand] a fondé le groupe en 2012.", ["Paul Durand"]),
        ("Vauban Ventures arrive au capital. [Vauban] apporte 3 millions d'euros.", ["Vauban Ventures"]),
        ("Le groupe [L'Oréal] recrute.", ["L'Oréal"]),
        ("Paul Durand est élu. Le [gouvernement] Durand recrute.", ["gouvernement Durand"]),
        ("La famille [Orsol] recrute.", ["famille Orsol"]),
        ("Ferrix & Fils recrute à Lille. Un concurrent attaque [Ferrix] en justice.", ["Ferrix & Fils"]),
    ],
)
def test_a_name_stands_for_its_fullest_first_mention(parse: Parser, marked: str, expected: list[str]) -> None:
    assert fillers(parse, marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Nimbao a levé 5 millions d'euros. [Elle] recrute à Lyon.", ["Nimbao"]),
        ("Orsol grandit vite. [Il] a racheté Vega en mai.", ["Orsol"]),
        ("Tessel recrute. Reuters affirme qu'[elle] va racheter Luma.", ["Tessel"]),
        ("L'ancien [président] de club et Paul Durand ont racheté Vega.", ["ancien président de club", "Paul Durand"]),
        ("Orsol : Luma grimpe. La [société] de conseil a pris 5 % du capital d'Orsol.", ["Luma"]),
        ("Orsol choisit Nimbao. Le groupe a préféré Nimbao au détriment de [son] rival Vega.", ["Nimbao"]),
        ("Luma recrute. Concurrente de Vega, [elle] a levé 5 millions d'euros.", ["Luma"]),
        ("Solvange convoite Orsol. Elle ne veut pas le contrôle de la [SSII].", ["Orsol"]),
        ("Fripe recrute. Le [vendeur] d'habits d'occasion a levé 5 millions d'euros.", ["Fripe"]),
        ("Luma est tenue par la famille Brissac. [Celle-ci] va racheter Vega.", ["famille Brissac"]),
        ("La famille Brissac contrôle Luma. [Elle] va racheter Vega.", ["famille Brissac"]),
        ("Orsol possède Luma. Le Fil a rapporté que Ferrix racheterait le [groupe] de Lyon.", ["Orsol"]),
        ("Orsol a rencontré Siam Hotels et Ferrix. L'[hôtelier] recrute.", ["Siam Hotels"]),
        ("Nimbao a levé 5 millions d'euros. Cette [spin-off] de l'université recrute.", ["Nimbao"]),
        ("Orvanis grandit vite. La [DeepTech] a racheté Vega en mai.", ["Orvanis"]),
        ("Nimbao a levé 5 millions d'euros. Cette [Foodtech] recrute à Lyon.", ["Nimbao"]),
        ("Paul Durand dirige Orsol. [Il] a fondé la société en 2012.", ["Paul Durand"]),
        ("Claire Martin dirige Orsol. [Elle] a travaillé dix ans chez Vega.", ["Claire Martin"]),
        ("La société Nimbao ne faiblit pas. Les fonds [lui] ont versé 5 millions d'euros.", ["Nimbao"]),
        ("Nimbao cherche un acquéreur. Orsol pourrait [la] racheter.", ["Nimbao"]),
        ("Ferrix attire les convoitises. Vega veut [le] racheter.", ["Ferrix"]),
        ("Orsol et Vega s'allient. [Ils] vont investir 3 millions d'euros.", ["Orsol", "Vega"]),
        ("Nimbao et Luma s'allient. [Elles] vont recruter.", ["Nimbao", "Luma"]),
        ("Si Orsol échoue, [il] vendra sa filiale.", ["Orsol"]),
        ("Le gouvernement gallois dit qu'[il] a investi 3 millions d'euros dans Vega.", ["gouvernement gallois"]),
        ("La mairie de Lille soutient Vega. [Elle] investira 3 millions d'euros.", ["mairie de Lille"]),
        ("Orsol a applaudi. Le ministre a annoncé qu'[il] investirait 3 millions d'euros.", ["ministre"]),
        ("Orsol veut vendre Vega. Ces avances [leur] permettraient d'investir à Lyon.", ["Orsol", "Vega"]),
        ("Luma souffre. Deux ans après [son] rachat par un fonds, Vega licencie.", ["Vega"]),
        ("Luma souffre. Depuis [sa] création à Lyon, l'éditeur Vega recrute.", ["Vega"]),
        ("Luma souffre. Depuis [son] rachat par un fonds, l'entreprise recrute.", ["Luma"]),
        ("Luma souffre. [Son] rival Vega recrute.", ["Luma"]),
    ],
)
def test_a_pronoun_stands_for_the_actor_before_it(parse: Parser, marked: str, expected: list[str]) -> None:
    assert fillers(parse, marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Orsol a confirmé [son] offre.", ["Orsol"]),
        ("Orsol a racheté Vega. [Son] offre a surpris.", ["Orsol"]),
        ("Nimbao présente [sa] levée de fonds.", ["Nimbao"]),
        ("Vega a refusé l'offre d'Orsol et défend [ses] actionnaires.", ["Vega"]),
        ("Orsol et Vega ont annoncé [leur] fusion.", ["Orsol", "Vega"]),
        ("Lors de [sa] dernière levée de fonds, Nimbao a séduit Orsol.", ["Nimbao"]),
        ("Orsol affronte Vega, [son] concurrent de toujours.", ["Orsol"]),
        ("Le groupe Orsol recule. [Ses] ventes ont baissé de 3 %.", ["Orsol"]),
    ],
)
def test_a_possessive_stands_for_the_owner(parse: Parser, marked: str, expected: list[str]) -> None:
    assert fillers(parse, marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Nimbao a levé 5 millions d'euros. La [start-up] recrute.", ["Nimbao"]),
        ("Nimbao a levé 5 millions d'euros auprès de Vauban Ventures. La jeune [pousse] recrute.", ["Nimbao"]),
        ("Orsol investit. Le [groupe] ouvre une usine.", ["Orsol"]),
        ("L'éditeur Vega affronte le fabricant Luma. L'[éditeur] gagne.", ["Vega"]),
        ("L'éditeur Vega affronte le fabricant Luma. Le [fabricant] perd.", ["Luma"]),
        ("Vega, un éditeur de logiciels, affronte Luma. L'[éditeur] gagne.", ["Vega"]),
        ("Le suédois Vega affronte le danois Luma. Le [suédois] gagne.", ["Vega"]),
        ("Le suédois Vega affronte le danois Luma. Le [groupe] danois perd.", ["Luma"]),
        pytest.param(
            "Nimbao a séduit Vauban Ventures. Le [fonds] apporte 3 millions d'euros.",
            ["Vauban Ventures"],
        ),
        ("Orsol s'intéresse à Vega. L'[entreprise] prépare une offre.", ["Orsol"]),
        ("Selon Le Monde, Orsol licencie. L'[entreprise] ferme une usine.", ["Orsol"]),
        ("Orsol licencie 30 personnes à Lille. Cette [société] emploie 300 personnes.", ["Orsol"]),
        ("Paul Durand dirige Orsol. L'[entreprise] recrute.", ["Orsol"]),
        ("La banque Brisac finance le constructeur Ferrix. La [banque] apporte 3 millions d'euros.", ["Brisac"]),
    ],
)
def test_a_definite_description_stands_for_the_actor_it_fits(parse: Parser, marked: str, expected: list[str]) -> None:
    assert fillers(parse, marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Microsoft recrute. Le [géant] de Redmond investit en France.", ["Microsoft"]),
        ("Le [géant] de Redmond investit en France. Microsoft y emploie 2 000 personnes.", ["Microsoft"]),
        ("Orsol attaque Apple. La [firme] à la pomme se défend.", ["Apple"]),
        ("Google et Microsoft s'affrontent. Le [géant] de Mountain View se défend.", ["Google"]),
    ],
)
def test_a_periphrase_stands_for_its_company(parse: Parser, marked: str, expected: list[str]) -> None:
    assert fillers(parse, marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Orsol, [qui] a racheté Vega, recrute.", ["Orsol"]),
        ("Vega, [que] Luma a racheté, recrute.", ["Vega"]),
        ("Vega, [dont] Orsol est actionnaire, recrute.", ["Vega"]),
        ("La start-up Nimbao, [qui] lève 3 millions d'euros, recrute.", ["Nimbao"]),
        ("Orsol et Vega, [qui] investissent ensemble, recrutent.", ["Orsol", "Vega"]),
        ("Orsol affronte Vega, [qui] a levé 3 millions d'euros.", ["Vega"]),
        ("Nimbao, une start-up [qui] recrute, a levé 3 millions d'euros.", ["Nimbao"]),
    ],
)
def test_a_relative_pronoun_stands_for_its_antecedent(parse: Parser, marked: str, expected: list[str]) -> None:
    assert fillers(parse, marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[Orsol], Vega et Luma investissent.", ["Orsol", "Vega", "Luma"]),
        ("Nimbao a séduit [Orsol] et Vauban Ventures.", ["Orsol", "Vauban Ventures"]),
        ("Le tour est mené par [Orsol], Vega et le fonds Brisac.", ["Orsol", "Vega", "Brisac"]),
        ("Les [fonds] Orsol et Brisac investissent.", ["Orsol", "Brisac"]),
        ("La [start-up] Nimbao recrute.", ["Nimbao"]),
        ("L'[éditeur] de logiciels suédois Vega recrute.", ["Vega"]),
        ("Le [suédois] Vega recrute.", ["Vega"]),
        pytest.param(
            "Orsol rachète un [concurrent], Vega.",
            ["Vega"],
        ),
        ("Orsol, un [éditeur] de logiciels, recrute.", ["Orsol"]),
        ("La [famille] Bertin contrôle Orsol.", ["famille Bertin"]),
    ],
)
def test_coordination_and_apposition_lead_to_the_names(parse: Parser, marked: str, expected: list[str]) -> None:
    assert fillers(parse, marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Orsol et Vega s'allient. Les deux [groupes] investissent.", ["Orsol", "Vega"]),
        ("Orsol affronte Vega. Les deux [entreprises] négocient.", ["Orsol", "Vega"]),
        ("Le duopole [Orsol-Vega] règne sur les montres.", ["Orsol", "Vega"]),
        ("Le duopole Orsol-Vega règne. Nimbao veut défier les deux [groupes].", ["Orsol", "Vega"]),
        ("L'éditeur [Delmas-Roux] recrute.", ["Delmas-Roux"]),
        ("Orsol et Vega s'allient contre Luma. Nimbao défie les deux [entreprises].", ["Orsol", "Vega"]),
        ("Orsol, Vega et Luma préparent une offre. Le [trio] négocie.", ["Orsol", "Vega", "Luma"]),
        ("Orsol et Vega préparent une offre. Le [duo] négocie.", ["Orsol", "Vega"]),
        ("Orsol, Vega et Luma s'allient. Les trois [sociétés] investissent.", ["Orsol", "Vega", "Luma"]),
        ("Orsol et Vega s'allient. Les [entreprises] investissent.", ["Orsol", "Vega"]),
    ],
)
def test_a_group_stands_for_its_members(parse: Parser, marked: str, expected: list[str]) -> None:
    assert fillers(parse, marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Sildar et Mirepo se partagent le marché. Le [premier] vend des vis, le second des clous.", ["Sildar"]),
        ("Sildar et Mirepo se partagent le marché. Le premier vend des vis, le [second] des clous.", ["Mirepo"]),
        ("Sildar et Mirepo rivalisent. L'[un] vend des vis, l'autre des clous.", ["Sildar"]),
        ("Sildar et Mirepo rivalisent. L'un vend des vis, l'[autre] des clous.", ["Mirepo"]),
        ("Nimbao concurrence Luma. La [première] a recruté, la seconde a licencié.", ["Nimbao"]),
        ("Nimbao concurrence Luma. La première a recruté, la [seconde] a licencié.", ["Luma"]),
        ("Claire Martin et Hugo Bertin s'opposent. La première veut vendre. Le [second] refuse.", ["Hugo Bertin"]),
        ("Sildar et Mirepo ont publié leurs comptes. Tous [deux] perdent de l'argent.", ["Sildar", "Mirepo"]),
        ("Sildar a invité Paul Durand et Hugo Bertin. Les deux [hommes] ont refusé.", ["Paul Durand", "Hugo Bertin"]),
    ],
)
def test_a_place_in_a_pair_tells_its_member(parse: Parser, marked: str, expected: list[str]) -> None:
    assert fillers(parse, marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Mirepo a racheté Sildar. L'[acquéreur] promet de garder les équipes.", ["Mirepo"]),
        ("Mirepo a racheté Sildar. La [cible] emploie 20 personnes.", ["Sildar"]),
        ("Sildar a été rachetée par Mirepo. L'[acquéreur] s'endette.", ["Mirepo"]),
        ("Mirepo a cédé Sildar à Corvin. Le [vendeur] se désendette.", ["Mirepo"]),
        ("Mirepo a cédé Sildar à Corvin. Le [repreneur] gardera les équipes.", ["Corvin"]),
        ("Le rachat de Sildar par Mirepo a surpris. L'[acquéreur] s'endette.", ["Mirepo"]),
        ("Mirepo recrute. L'[acquéreur] de l'usine paiera.", []),
    ],
)
def test_a_noun_for_a_deed_stands_for_who_did_it(parse: Parser, marked: str, expected: list[str]) -> None:
    assert [n for n in fillers(parse, marked) if n[0].isupper()] == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("L'assureur Tellis entre chez Sildar. La [plateforme] emploie 20 personnes.", ["Sildar"]),
        ("Le constructeur automobile Ferrix livrera Sildar. Le [constructeur] investit.", ["Ferrix"]),
        ("Le site Karolo attaque Sildar. Le [site] réclame 2 millions d'euros.", ["Karolo"]),
        ("Brisac, actionnaire de l'éditeur Vega, veut vendre. L'[éditeur] s'inquiète.", ["Vega"]),
        ("Le chinois Hunwei défie Sildar. Le [français] respire.", ["Sildar"]),
        ("Sildar défie le japonais Hirota. Le [groupe] nippon riposte.", ["Hirota"]),
        ("Claire Martin dirige Sildar avec Hugo Bertin. La [dirigeante] veut vendre.", ["Claire Martin"]),
    ],
)
def test_what_an_actor_has_been_called_tells_who_is_meant(parse: Parser, marked: str, expected: list[str]) -> None:
    assert fillers(parse, marked) == expected


@pytest.mark.parametrize(
    "marked",
    [
        "Orsol recule. [Il] faut réduire les coûts.",
        "Orsol recule. [Il] est possible que les ventes remontent.",
        "Orsol recule. [Il] est temps de réagir.",
        "Orsol recule. [Il] s'agit d'un accident.",
        "Orsol recule. [Il] y a urgence.",
        "Orsol recule. [Il] reste à convaincre les salariés.",
        "Orsol recule. Paul Durand [l']a confirmé hier.",
        "Le [premier] trimestre a été bon pour Orsol et Vega.",
        "Orsol et Vega souffrent. L'[autre] nouvelle vient de Suède.",
    ],
)
def test_words_that_only_look_like_anaphors_stand_for_nobody(parse: Parser, marked: str) -> None:
    assert [n for n in fillers(parse, marked) if n in ("Orsol", "Vega", "Paul Durand")] == []


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Orsol sort de Vega. Deux fonds entrent à [son] capital.", ["Orsol"]),
        ("Luma recrute. Brisac et Corvin entrent à [son] capital.", ["Luma"]),
        ("Orsol rachète Luma. Cette dernière a séduit. [Elle] recrute.", ["Luma"]),
        ("Orsol a renvoyé Vega devant le juge. Luma [l']a soutenue.", ["Vega"]),
        ("Les salariés ont sauvé Nimbao. Le fonds Orsol détient 15 % [du] capital.", ["Nimbao"]),
        ("Nimbao veut grandir. L'État, qui est entré [au] capital, est d'accord.", ["Nimbao"]),
    ],
)
def test_whose_capital_it_is_and_who_goes_on(parse: Parser, marked: str, expected: list[str]) -> None:
    assert fillers(parse, marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("« [Nous] avons levé 3 millions d'euros », explique Paul Durand, patron de Nimbao.", ["Nimbao"]),
        ("« [Nous] avons racheté Vega », indique Orsol.", ["Orsol"]),
        ("« [Je] veux racheter Vega », assure Paul Durand.", ["Paul Durand"]),
        ("« [Notre] offre tient », affirme Claire Martin, directrice générale d'Orsol.", ["Orsol"]),
    ],
)
def test_the_first_person_of_a_quotation_is_the_speaker(parse: Parser, marked: str, expected: list[str]) -> None:
    assert fillers(parse, marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Nimbao lève 3 millions d'euros, rapporte Le Monde. [Elle] recrute.", ["Nimbao"]),
        ("D'après Reuters, Orsol veut racheter Vega. [Son] offre atteint 3 millions d'euros.", ["Orsol"]),
        ("Selon Les Échos, Nimbao lève 3 millions d'euros. La [société] recrute.", ["Nimbao"]),
    ],
)
def test_who_reports_the_news_is_no_antecedent(parse: Parser, marked: str, expected: list[str]) -> None:
    assert fillers(parse, marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        (
            "Orsol a un patron, Paul Durand, PDG d'Orsol. Il est discret. « [Nous] investissons », dit Paul Durand.",
            ["Orsol"],
        ),
        ("« Vega recule », observe Paul Durand, le patron d'Orsol. « [Nous] grandissons ».", ["Orsol"]),
        ("« [Nos] ventes montent », dit Paul Durand, directeur pour la France d'Orsol.", ["Orsol"]),
        ("« [Nous] avons choisi Vega », dit Anne Leroy. La directrice d'Orsol vante la rapidité de Vega.", ["Orsol"]),
        ("Paul Durand, le fondateur d'Orsol, a vu Luma. Le [groupe] de Paul Durand cherche un allié.", ["Orsol"]),
        ("Anne Leroy dirige Orsol. La [patronne] d'Orsol a reçu Paul Durand.", ["Anne Leroy"]),
    ],
)
def test_people_and_their_companies_stand_for_one_another(parse: Parser, marked: str, expected: list[str]) -> None:
    assert fillers(parse, marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Renault a écrit à Sony. Le [constructeur] attend une réponse.", ["Renault"]),
        ("Microsoft a écrit à Nintendo. Paul Durand se méfie du [groupe] japonais.", ["Nintendo"]),
        ("L'Express critique TF1. La [chaîne] va répondre.", ["TF1"]),
    ],
)
def test_what_is_known_of_an_actor_tells_who_is_meant(parse: Parser, marked: str, expected: list[str]) -> None:
    assert fillers(parse, marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Paul Durand a écrit à Vega et à [son] concurrent Luma.", ["Vega"]),
        ("Paul Durand se méfie de Vega, mais aussi de [sa] rivale Luma.", ["Vega"]),
        ("Vega accuse Luma de copier [ses] capteurs.", ["Vega"]),
        ("Vega accuse Luma de vendre [ses] capteurs à perte.", ["Luma"]),
        ("Vega grandit. Luma, [son] concurrent, n'y croit pas.", ["Vega"]),
    ],
)
def test_whose_rival_and_whose_thing_it_is(parse: Parser, marked: str, expected: list[str]) -> None:
    assert fillers(parse, marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Orsol rachète les boutiques de Vega. Le [vendeur] se recentre.", ["Vega"]),
        ("Orsol boucle le rachat de Vega. L'[acquéreur] paiera en actions.", ["Orsol"]),
        ("Vega a un site à Lyon. Orsol devient l'actionnaire de Vega. Le [fonds] se tait.", ["Orsol"]),
    ],
)
def test_what_was_done_to_whom_tells_who_is_meant(parse: Parser, marked: str, expected: list[str]) -> None:
    assert fillers(parse, marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Orsol ouvre une usine de câbles. Vega investit dans ce [site].", ["usine de câbles"]),
        ("Les batteries solides tardent. Orsol croit à cette [technologie].", ["batteries solides"]),
        ("Orsol ouvre une usine de câbles. Vega investit dans un [site].", ["site"]),
        ("Orsol ouvre une usine de câbles. Vega investit dans le [site] de Douai.", ["site de Douai"]),
    ],
)
def test_a_thing_without_a_name_is_what_it_was_called_first(parse: Parser, marked: str, expected: list[str]) -> None:
    assert fillers(parse, marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Orsol affronte un [fonds] américain.", "fonds américain"),
        ("Des [investisseurs] privés entrent au capital de Nimbao.", "investisseurs privés"),
        ("Orsol rachète une [start-up] lyonnaise.", "start-up lyonnaise"),
        ("Nimbao investit dans l'[intelligence] artificielle.", "intelligence artificielle"),
    ],
)
def test_an_actor_without_a_name_is_its_noun_phrase(parse: Parser, marked: str, expected: str) -> None:
    reading = read(parse, marked)
    [entity] = reading.discourse.fillers(reading.index, reading.word)

    assert (entity.name, entity.named) == (expected, False)
    assert entity.mention.text == reading.document.text[entity.mention.start : entity.mention.end] == expected


@pytest.mark.parametrize("marked", ["[Elle] recrute.", "[Son] offre a surpris.", "On dit qu'[il] pleut."])
def test_a_pronoun_without_an_antecedent_stands_for_nobody(parse: Parser, marked: str) -> None:
    assert fillers(parse, marked) == []


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Orsol [rachète] Vega.", ["Orsol"]),
        ("Orsol veut [racheter] Vega.", ["Orsol"]),
        ("Orsol prévoit d'[investir] 3 millions d'euros.", ["Orsol"]),
        ("Orsol a renoncé à [racheter] Vega.", ["Orsol"]),
        ("Orsol annonce avoir [racheté] Vega.", ["Orsol"]),
        ("Orsol a vendu Luma et a [racheté] Vega.", ["Orsol"]),
        pytest.param(
            "Orsol vend Luma et [rachète] Vega.",
            ["Orsol"],
        ),
        ("Orsol a vendu Luma pour [racheter] Vega.", ["Orsol"]),
        ("En [rachetant] Vega, Orsol grandit.", ["Orsol"]),
        ("Après avoir [levé] 3 millions d'euros, Nimbao recrute.", ["Nimbao"]),
        ("Orsol, qui veut [racheter] Vega, recrute.", ["Orsol"]),
        ("Vega autorise Orsol à [racheter] Luma.", ["Orsol"]),
        ("Brisac aide Nimbao à [lever] 3 millions d'euros.", ["Nimbao"]),
        ("Orsol présente son projet de [racheter] Vega.", ["Orsol"]),
        ("Le projet d'Orsol de [racheter] Vega inquiète.", ["Orsol"]),
        ("Vega, [rachetée] par Orsol, recrute.", ["Vega"]),
        ("Nimbao a été créée en 2015. Elle veut [lever] 3 millions d'euros.", ["Nimbao"]),
        ("Orsol est prêt à [racheter] Vega.", ["Orsol"]),
        ("Orsol et Vega vont [investir] 3 millions d'euros.", ["Orsol", "Vega"]),
        ("Orsol est en discussions pour [racheter] Vega.", ["Orsol"]),
        ("Luma, une société capable de [concurrencer] Vega, recrute.", ["Luma"]),
        ("Sildar accuse Mirepo de [copier] ses plans.", ["Mirepo"]),
        ("Sildar a chargé la banque Corvin de [trouver] un acquéreur.", ["Corvin"]),
        ("Orsol veut prendre le contrôle de Luma, [soutenue] par Brisac.", ["Luma"]),
        ("Orsol recule. Il est prêt à [racheter] Vega.", ["Orsol"]),
    ],
)
def test_the_subject_of_a_verb_is_found_where_it_is_understood(parse: Parser, marked: str, expected: list[str]) -> None:
    assert subjects(parse, marked) == expected


@pytest.mark.parametrize("marked", ["Il faut [racheter] Vega.", "Pour [grandir], il faut recruter."])
def test_a_verb_whose_subject_nothing_tells_has_none(parse: Parser, marked: str) -> None:
    assert subjects(parse, marked) == []


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Orsol a racheté Vega. [Elle] recrute.", "Elle"),
        ("Orsol recrute. Le [groupe] danois investit.", "groupe danois"),
        ("Le groupe [Orsol] recrute.", "Orsol"),
        ("Orsol a confirmé [son] offre.", "son"),
    ],
)
def test_the_mention_is_the_words_in_the_claims_sentence(parse: Parser, marked: str, expected: str) -> None:
    reading = read(parse, marked)
    [entity] = reading.discourse.fillers(reading.index, reading.word)

    assert reading.document.text[entity.mention.start : entity.mention.end] == entity.mention.text == expected


def test_nobody_comes_twice(parse: Parser) -> None:
    assert fillers(parse, "[Orsol], Vega et Orsol investissent.") == ["Orsol", "Vega"]


def test_resolution_does_not_depend_on_the_order_of_questions(parse: Parser) -> None:
    reading = read(parse, "Orsol veut racheter Vega. [Elle] refuse son offre. Le groupe insiste.")
    words = [(i, w) for i, s in enumerate(reading.document.sentences) for w in s.words]

    forwards = [reading.discourse.fillers(i, w) for i, w in words]
    backwards = [reading.discourse.fillers(i, w) for i, w in reversed(words)]

    assert forwards == backwards[::-1]


# Trees that only a parser's mistake makes: the pronoun coordinated with the noun that it stands for.
COORDINATED_WITH_ITS_PRONOUN = [
    """
1 Orsol Orsol PROPN _ _ 4 nsubj _ _
2 et et CCONJ _ _ 3 cc _ _
3 qui qui PRON _ _ 1 conj _ _
4 recrute recruter VERB _ _ 0 root _ _
""",
    """
1 Le le DET _ _ 2 det _ _
2 groupe groupe NOUN _ _ 0 root _ _
3 Orsol Orsol PROPN _ _ 2 appos _ _
4 et et CCONJ _ _ 5 cc _ _
5 dont dont PRON _ _ 2 conj _ _
""",
]


@pytest.mark.parametrize("tree", COORDINATED_WITH_ITS_PRONOUN)
def test_a_pronoun_coordinated_with_its_antecedent_is_the_same_actor(tree: str) -> None:
    document = Document.from_conllu(tree.strip().replace(" ", "\t") + "\n\n")
    discourse = Discourse(document, find_names(document))
    for word in document.sentences[0].words:
        if word.upos in ("NOUN", "PROPN", "PRON"):
            assert [e.name for e in discourse.fillers(0, word)] == ["Orsol"]


def test_an_odd_tree_where_a_word_stands_for_itself_is_read() -> None:
    # « dont » is in a relative clause of « notre », and « notre » is said by « dont »
    tree = """
1 selon selon ADP _ _ 8 case _ _
2 selon selon ADP _ _ 7 flat:name _ _
3 notre son DET _ _ 0 root _ _
4 le le DET _ _ 7 obj _ _
5 dont dont PRON _ _ 1 nummod _ _
6 start-up start-up NOUN _ _ 7 nsubj _ _
7 dont dont PRON _ _ 3 acl:relcl _ _
8 investit investir VERB _ _ 6 flat:name _ _
9 dont dont PRON _ _ 8 advcl _ _
"""
    document = Document.from_conllu(tree.strip().replace(" ", "\t") + "\n\n")
    discourse = Discourse(document, find_names(document))
    assert [discourse.fillers(0, word) for word in document.sentences[0].words if word.upos == "PRON"] == [[], [], []]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("La lyonnaise Luma affronte l'allemand Vega. Mardi, le [bavarois] a racheté Ferrix.", ["Vega"]),
        ("L'espagnol Orsol rencontre le parisien Nimbao. Mardi, le [catalan] a racheté Ferrix.", ["Orsol"]),
    ],
)
def test_an_inhabitant_of_a_region_may_be_one_of_its_country(parse: Parser, marked: str, expected: list[str]) -> None:
    assert fillers(parse, marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        (
            "Dexter Capital mène la série B de 40 millions d'euros de Luma. Brisac, déjà présent, a suivi. "
            "L'opération valorise l'[entreprise] à 200 millions d'euros.",
            ["Luma"],
        ),
        (
            "Dexter Capital mène l'augmentation de capital de Luma. Brisac a suivi. "
            "L'opération valorise la [société] à 200 millions d'euros.",
            ["Luma"],
        ),
        (
            "Orsol Invest a pris une participation majoritaire chez Vega. "
            "La famille Martin, qui détient encore des parts dans la [société], reste au conseil.",
            ["Vega"],
        ),
        ("Brisac rachète la majorité du capital de Luma. Les fondateurs conservent 20 % de la [société].", ["Luma"]),
        ("Orsol améliore son offre sur Vega. La [cible] demeure le premier concurrent de Luma.", ["Vega"]),
        ("Northam, valorisée 3 milliards de dollars, s'offre Kiplo. La [fintech] lui ouvrira Paris.", ["Kiplo"]),
    ],
)
def test_who_is_held_or_valued_is_not_who_has_just_put_money_in(
    parse: Parser, marked: str, expected: list[str]
) -> None:
    assert fillers(parse, marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        (
            "Vega rachète les activités de Luma. "
            "La banque Brisac rejoint le groupe pour reprendre la [filiale] allemande de Luma Europe.",
            ["filiale allemande de Luma Europe"],
        ),
        (
            "Orsol et Vega ont rompu. Le français a renoncé à racheter la [branche] textile de l'italien.",
            ["branche textile de l'italien"],
        ),
        ("Nimbao grandit. Vega a acheté la [filiale] belge de Ferrix.", ["filiale belge de Ferrix"]),
    ],
)
def test_a_part_with_its_owner_is_bought_under_its_own_name(parse: Parser, marked: str, expected: list[str]) -> None:
    assert fillers(parse, marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Paul Durand, fondateur d'Orsol ([entreprise] de robots, rachetée par Vega), recrute.", ["Orsol"]),
        ("L'accord profite à Luma ([société] de jeux vidéo contrôlée par Vega).", ["Luma"]),
        ("Elle a travaillé chez Nimbao ([start-up] rennaise rachetée en 2019 par Ferrix).", ["Nimbao"]),
    ],
)
def test_a_bare_noun_in_parentheses_is_the_name_before_them(parse: Parser, marked: str, expected: list[str]) -> None:
    assert fillers(parse, marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        (
            "Aston Martin Lagonda a ouvert l'usine de Tremont. "
            "Le site a été acheté en 2016 par le [constructeur] britannique.",
            ["Aston Martin Lagonda"],
        ),
        ("La Veltra Spider GT-1 a couru. Le circuit a été racheté par l'entreprise [Veltra].", ["Veltra"]),
        ("L'Orsol Zephyr X2 est la plus vendue. [Orsol] rachète Vega.", ["Orsol"]),
        ("La PlayStation 5 se vend bien. La [PlayStation] concurrence la console Vega.", ["PlayStation 5"]),
        ("Claire Vidal a fondé Vega. La [famille] Vidal garde 20 % du capital.", ["famille Vidal"]),
        ("L'Élysée soutient EDF. L'État veut permettre à l'[entreprise] d'investir.", ["EDF"]),
        (
            "La Formule 1 débute en mars. Le [constructeur] de Brackfield, racheté par Luc Ferrand, y sera.",
            ["constructeur de Brackfield"],
        ),
        ("Luma souffre. Sur le Vieux Continent, elle affronte [son] rival Vega.", ["Luma"]),
        ("La France recule. [Elle] investit peu.", ["France"]),
        (
            "Luc Ferrand fait rire. Selon le journal Tribulle, l'[acteur] aurait placé 3 millions d'euros.",
            ["Luc Ferrand"],
        ),
        ("L'État vend le groupe Orsol, un des leaders mondiaux dans [lequel] il détient 40 % du capital.", ["Orsol"]),
        ("Vega négocie avec Luma, l'une des pépites du secteur, dans [laquelle] Ferrix a investi.", ["Luma"]),
    ],
)
def test_what_names_and_nouns_are_decides_whom_they_stand_for(parse: Parser, marked: str, expected: list[str]) -> None:
    assert fillers(parse, marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Un fonds américain s'intéresse à Orsol. [Il] a proposé de racheter Vega.", ["fonds américain"]),
        ("Orsol recule. Une start-up lyonnaise progresse. [Elle] vient de lever 3 millions.", ["start-up lyonnaise"]),
        ("Orsol est une start-up. [Elle] vient de lever 3 millions d'euros.", ["Orsol"]),
        ("Une usine a fermé. Orsol recule. [Il] licencie.", ["Orsol"]),
        ("Une start-up de Vega recule. [Il] licencie.", ["Vega"]),
        ("Un fonds s'intéresse à Orsol. Le [groupe] licencie.", ["Orsol"]),
        ("Paul Durand s'est plaint, selon Le Fil. [Il] investit.", ["Paul Durand"]),
        ("Selon une source, citée par Le Parisien, [il] a investi.", []),
        ("« Nous voulions du temps », assure Paul Durand dans le JDD. Le [groupe] recule.", ["groupe"]),
        ("L'élu est proche du Parti des Provinces. Le [groupe] investit.", ["groupe"]),
        ("Paul Durand a été arrêté à Bordeaux. [Il] investit.", ["Paul Durand"]),
    ],
)
def test_who_has_no_name_and_who_only_tells_count_too(parse: Parser, marked: str, expected: list[str]) -> None:
    assert fillers(parse, marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Paul Durand cède. « J'ai négocié avec le groupe Orsol pour qu'[il] investisse », dit-il.", ["Orsol"]),
        ("Paul Durand cède. « J'ai vu le groupe Orsol. J'attends qu'[il] investisse », dit-il.", ["Orsol"]),
        ("Paul Durand cède. « Je vois Orsol. Marc Morel m'aide », a dit-[il].", ["Paul Durand"]),
        ("Marc Morel a douté. Vega a fait savoir qu'[il] investirait.", ["Vega"]),
        ("Marc Morel a douté. Anne Leroy a annoncé qu'[il] investirait.", ["Marc Morel"]),
        ("Le groupe Orsol recule. Le Parisien rapporte qu'[il] investit.", ["Orsol"]),
        ("Vega recule. Le groupe Orsol a révélé qu'[il] investit.", ["Orsol"]),
        ("Les Pays-Bas seraient contents des projets dans lesquels [ils] investissent.", ["Pays-Bas"]),
        ("Des expatriés vivent en Espagne et en Irlande. Cela réduit [leurs] investissements.", []),
        ("Anne Leroy dirige Orsol. « [Nous] avons racheté Vega. C'est utile », explique-t-elle.", ["Orsol"]),
    ],
)
def test_who_speaks_is_not_who_is_spoken_of(parse: Parser, marked: str, expected: list[str]) -> None:
    assert fillers(parse, marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Le fonds chinois Tian et Luma investissent. Luma recule. Le [groupe] chinois rachète Vega.", ["Tian"]),
        ("Orsol recule. La Vega Zephyr plaît. Marc Morel aime la [Zephyr].", ["Vega Zephyr"]),
        ("Vega propose le modèle Zephyr. La [Vega Zephyr] avance.", ["Zephyr"]),
        ("Luma propose le modèle [Zephyr]. La Vega Zephyr avance.", ["Zephyr"]),
        ("Selon l'enquête, [Igor] B. a racheté la société Vega.", ["Igor B."]),
        ("Une mission. Paul Durand a cédé Le Mensuel à [son] rival Presselia.", ["Le Mensuel"]),
        ("Paul Durand, patron d'Orsol, craint [son] rival Vega.", ["Orsol"]),
        ("Le site Vega le dit. Paul Durand a un défi pour [son] rival, Arto.", ["Paul Durand"]),
        ("La société [Orsol] recule. La CGT a averti. La CGT Orsol aussi.", ["Orsol"]),
        ("Paul Durand loue Orsol. Paul Durand craint [son] rival Marc Morel.", ["Paul Durand"]),
        ("Vega et Luma reculent. Il a racheté la moitié de [Zopo] et le second, 50 % de Luma.", ["Zopo"]),
        ("Orsol a investi dans le [site] de Turin. Vega aime le site.", ["site de Turin"]),
        ("Vega a racheté la [société] de M. Durand.", ["société de M. Durand"]),
        ("Vega a racheté la [société] de M. Durand, Orsol, spécialisée dans la gestion.", ["Orsol"]),
        ("Paul Durand est riche. [M.] Durand a racheté Vega.", ["Paul Durand"]),
        ("[Orsol] ou une autre société américaine veut racheter Vega.", ["Orsol"]),
    ],
)
def test_names_beside_others_and_their_rivals(parse: Parser, marked: str, expected: list[str]) -> None:
    assert fillers(parse, marked) == expected


@pytest.mark.parametrize("marked", ["Paul Durand loue Nimbao. [Il] est plus économe d'investir dans un seul site."])
def test_an_adjective_before_an_infinitive_is_nobody_s(parse: Parser, marked: str) -> None:
    assert fillers(parse, marked) == []
    assert fillers(parse, "Paul Durand loue Nimbao. [Il] est fier d'investir.") == ["Paul Durand"]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        # who speaks without a name speaks of himself
        ("Orsol recule. Le leader conservateur a fini par avouer qu'[il] détenait 5 % de Vega.", []),
        ("Marc Morel préside un club. Le leader conservateur a avoué qu'[il] détenait 5 % de Vega.", ["Marc Morel"]),
        ("Luma recule. Le ministre, qui a reconnu qu'[il] détenait 5 % de Vega, s'en va.", ["ministre"]),
        ("Vega recule. Orsol a annoncé qu'[il] investirait.", ["Orsol"]),
        ("« Nous recrutons », a dit le ministre Marc Morel. « Vega investit », a-t-[il] ajouté.", ["Marc Morel"]),
        ("La société Nimbao recule. « J'attends l'offre de Vega, et j'y crois », a-t-[il] dit.", []),
        # an office is somebody's
        ("En tant que patron d'Orsol, [il] a racheté Vega.", ["patron d'Orsol"]),
        ("Marc Morel recule. En tant que patron d'Orsol, [il] a racheté Vega.", ["Marc Morel"]),
        ("Ancien patron d'Orsol, [il] a racheté Vega.", ["Ancien patron d'Orsol"]),
        ("Comme tout le monde, [Orsol] investit.", ["Orsol"]),
        # nobody's rival makes what it has
        ("Orsol reprend l'idée des Luma Packs mis en place par [son] concurrent Vega.", ["Orsol"]),
        ("Orsol copie la Zoppi, lancée par [son] rival Vega.", ["Orsol"]),
        ("Vega, racheté par [son] concurrent Orsol, licencie.", ["Vega"]),
        # labels, staff, groups that are none
        ("Ferrix propose une finition « Black Line ». La [marque] recrute.", ["Ferrix"]),
        ("Ferrix a signé un accord avec le groupe « Nimbao ». Le [groupe] « Nimbao » recrute.", ["Nimbao"]),
        ("Nimbao recule. L'équipementier Ferrix supprime 300 des 1.000 postes du [groupe].", ["Ferrix"]),
        ("Nimbao recule. Ferrix a racheté 300 des 1.000 magasins du [groupe].", ["Nimbao"]),
        ("Les Luma passent à 9 euros. [Elles] plaisent.", []),
        ("Investindus a repris la marque Zopo. La famille Zopo détient encore 10 % de la [société].", ["Zopo"]),
    ],
)
def test_whom_titles_labels_and_offices_stand_for(parse: Parser, marked: str, expected: list[str]) -> None:
    assert fillers(parse, marked) == expected


@pytest.mark.parametrize(
    "marked",
    [
        "Orsol recule. Le [groupe] motopropulseur plaît.",
        "Orsol recule. La [chaîne] de montage est arrêtée.",
        "Orsol recule. Il invite chaque salarié d'une entreprise à prendre 5 % de [celle-ci].",
        "L'[usine] de câbles a été vendue par Orsol.",
    ],
)
def test_what_is_no_company_stands_for_none(parse: Parser, marked: str) -> None:
    reading = read(parse, marked)
    assert not [e for e in reading.discourse.fillers(reading.index, reading.word) if e.named]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Le [groupe] automobile français, dont l'État a 15 %, souffre. Renault est en danger.", ["Renault"]),
        ("L'[entreprise] recule. « On vend la Française des Jeux », dit le ministre.", ["Française des Jeux"]),
        ("L'animateur parle du site de l'INA. La [chaîne] recule. Le public boude C8.", ["C8"]),
        # of several none is meant, nor one that another actor is set beside
        ("L'[entreprise] recule. Airbus et Danone avancent.", ["entreprise"]),
        ("L'[entreprise] recule. Elle craint son rival Danone.", ["entreprise"]),
        ("Le [groupe] italien recule. Renault avance.", ["groupe italien"]),
        ("Orsol recule. Le [groupe] licencie. Renault avance.", ["Orsol"]),
    ],
)
def test_a_description_may_announce_its_name(parse: Parser, marked: str, expected: list[str]) -> None:
    assert fillers(parse, marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        (
            "L'État est l'actionnaire unique des deux [entreprises], Orsol et Vega pourraient en souffrir.",
            ["Orsol", "Vega"],
        ),
        ("L'État est l'actionnaire des trois [entreprises], Orsol et Vega le savent.", ["entreprises"]),
    ],
)
def test_a_number_counts_the_names_behind_it(parse: Parser, marked: str, expected: list[str]) -> None:
    assert fillers(parse, marked) == expected


@pytest.mark.parametrize(
    "marked",
    [
        "Le maire de Zoppigny soutient Orsol. [Elle] recrute.",
        "Le maire parle d'Orsol à Zoppigny (Nord). [Elle] recrute.",
        "Le maire parle d'Orsol, implanté à Zoppigny. [Elle] recrute.",
    ],
)
def test_an_unknown_town_is_no_company(parse: Parser, marked: str) -> None:
    assert fillers(parse, marked) == ["Orsol"]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Orsol et Vega s'affrontent. Luma, [elle], observe la bataille.", ["Luma"]),
        ("Nimbao recrute. L'assureur Orsol, [lui] aussi, cherche des ingénieurs.", ["Orsol"]),
        ("Orsol attire. Quant à Vega, que Luma possède à 83 %, Paul Durand veut [le] racheter.", ["Vega"]),
        (
            "Nimbao a des clients. « Nous serons ce que Luma est à la mode », dit Paul Durand. L'[entreprise] recrute.",
            ["Nimbao"],
        ),
        ("« Nous y croyons », explique Anne Leroy. [Elle] a racheté une start-up.", ["Anne Leroy"]),
        ("Ferrix cède sa filiale à Vega, la maison mère de Luma, pour [lui] confier la marque.", ["Vega"]),
        (
            "Claire Martin a vendu. Paul Durand a racheté Vega. L'ancien [propriétaire] d'Orsol investit.",
            ["Paul Durand"],
        ),
        ("Selon le site Le Fil, Orsol recrute. Toujours selon le média, le [groupe] a investi.", ["Orsol"]),
        ("Orsol s'est installé à Zoppigny. Il [y] investira 20 millions d'euros.", ["Zoppigny"]),
        ("Paul Kret met la main à la poche. Le [tchèque] injecte 9 millions d'euros dans Vega.", ["Paul Kret"]),
    ],
)
def test_how_a_mention_stands_makes_it_more_or_less_present(parse: Parser, marked: str, expected: list[str]) -> None:
    assert fillers(parse, marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Le belge Vanhol n'a pas convaincu Ferrix, qui a rejeté [son] offre.", ["Vanhol"]),
        ("Le conseil d'administration d'Orsol veut céder à Vega [sa] participation dans Luma.", ["Orsol"]),
        (
            "Docteo boucle une levée menée par Elmer Capital, aidé de Vauban Ventures, présent à [son] tour de table.",
            ["Docteo"],
        ),
        ("En cédant hier [ses] autocars, le groupe Orsol allège ses comptes.", ["Orsol"]),
        ("À Nesle, [son] concurrent Vega élève des mouches.", []),
    ],
)
def test_whose_a_thing_is_does_not_hang_on_the_subject_alone(parse: Parser, marked: str, expected: list[str]) -> None:
    assert fillers(parse, marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        (
            "Orsol vise la biotech Luma, spécialisée dans le cancer de la prostate, [qui] emploie 60 personnes.",
            ["Luma"],
        ),
        ("La guerre des prix fait rage entre Orsol et Vega, [lequel] a perdu des clients.", ["Vega"]),
        ("Il a dénoncé la trahison du constructeur Orsol, [lequel] ne veut plus investir.", ["Orsol"]),
    ],
)
def test_a_relative_pronoun_stands_for_an_actor_that_agrees(parse: Parser, marked: str, expected: list[str]) -> None:
    assert fillers(parse, marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Orsol, Nimbao et Vega s'affrontent. Le [premier] recrute.", ["Orsol"]),
        ("Orsol, Nimbao et Vega s'affrontent. Le [troisième], créé par Luma, recrute.", ["Vega"]),
        ("Orsol a racheté Vega. On y croit chez le [numéro] deux mondial de l'eau.", ["Orsol"]),
        ("L'allemand Orsol et le danois Zeltron entrent en Bourse. Le [second] recrute.", ["Zeltron"]),
        (
            "Orsol attaque Vega. La presse évoque un tribunal du Zoppistan. Les deux [maisons] négocient.",
            ["Orsol", "Vega"],
        ),
    ],
)
def test_a_group_has_its_members_in_their_order(parse: Parser, marked: str, expected: list[str]) -> None:
    assert fillers(parse, marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Fondée à Lyon en 2020, Orsol a levé 5 millions d'euros auprès de Vega. [Elle] recrute.", ["Orsol"]),
        ("Orsol grandit. Le fonds Vega possède 15 % de [son] capital.", ["Orsol"]),
        ("Le transporteur Paul Durand grandit. Le [groupe] a racheté Vega.", ["Paul Durand"]),
        ("Orsol a racheté son [concurrent] européen, l'allemand Vega.", ["Vega"]),
        ("Orsol souffre. Le groupe de Lyon et [son] concurrent Vega ont vendu deux usines.", ["Orsol"]),
        (
            "L'[enseigne] de bricolage a été rachetée. « Tout va », dit Paul Durand, directeur général d'Orsol.",
            ["Orsol"],
        ),
    ],
)
def test_a_company_is_known_by_what_is_said_around_it(parse: Parser, marked: str, expected: list[str]) -> None:
    assert fillers(parse, marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Vega fermera son usine. Orsol, actionnaire à hauteur de 26 [%], s'y oppose.", ["Vega"]),
        ("Vega fermera une usine. Les actionnaires [historiques], dont Orsol, s'y opposent.", ["Vega"]),
        ("Vega fermera une usine. Les clients [historiques], dont Orsol, s'y opposent.", ["historiques"]),
    ],
)
def test_a_share_of_nothing_said_is_of_the_company_spoken_of(parse: Parser, marked: str, expected: list[str]) -> None:
    assert fillers(parse, marked) == expected
