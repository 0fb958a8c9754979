from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from reading import batch_parser

from newsclaims.claims import EntityKind
from newsclaims.mentions.money import find_money
from newsclaims.mentions.names import Name, find_names
from newsclaims.mentions.percentages import find_percentages
from newsclaims.parsing import Parser
from newsclaims.spans import Span

TABLE = [
    line.split("\t")
    for line in Path(__file__).with_name("names.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.fixture(scope="module")
def parse(parser: Parser, request: pytest.FixtureRequest) -> Parser:
    return batch_parser(parser, request)


def names_of(parse: Parser, text: str) -> list[Name]:
    taken = [*(m.mention for m in find_money(text)), *(p.mention for p in find_percentages(text))]
    return find_names(parse(text), taken)


def check(parse: Parser, text: str, expected: list[str]) -> None:
    assert [n.span.text for n in names_of(parse, text)] == expected


@pytest.mark.parametrize(("text", "names"), TABLE)
def test_names_of_the_table_are_found_with_their_kinds(parse: Parser, text: str, names: str) -> None:
    expected = [name.partition(" = ")[::2] for name in names.split(" ; ")]
    found = names_of(parse, text)

    assert [n.span.text for n in found] == [name for name, _ in expected]
    assert [n.kind for n, (_, kind) in zip(found, expected, strict=True) if kind] == [k for _, k in expected if k]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("La société xAI a présenté un nouveau modèle.", ["xAI"]),
        ("Le site eBay a changé ses tarifs.", ["eBay"]),
        ("Le fonds 20VC a signé un chèque.", ["20VC"]),
        ("La start-up 01.AI recrute à Pékin.", ["01.AI", "Pékin"]),
        ("Le groupe L'Oréal a publié ses résultats.", ["L'Oréal"]),
        ("Le groupe L’Oréal a publié ses résultats.", ["L’Oréal"]),
        pytest.param(
            "Nimbao sort de l'accélérateur Y Combinator.",
            ["Nimbao", "Y Combinator"],
        ),
        ("La Banque des Territoires participe au tour.", ["Banque des Territoires"]),
        ("Le tour est mené par la Banque des Territoires.", ["Banque des Territoires"]),
        ("Le fonds Kawa & Co entre au capital.", ["Kawa & Co"]),
        ("La banque est conseillée par Ernst & Young.", ["Ernst & Young"]),
        ("Orsol vend la PlayStation 5 à bas prix.", ["Orsol", "PlayStation 5"]),
        ("Le constructeur dévoile l'iPhone 17.", ["iPhone 17"]),
        ("Le groupe Autostrade per l'Italia cède un tronçon.", ["Autostrade per l'Italia"]),
        ("Le patron Luca de Meo quitte le constructeur.", ["Luca de Meo"]),
        pytest.param(
            "Le groupe a vendu Booking.com en mai.",
            ["Booking.com"],
        ),
        ("Le fonds Vauban Ventures accompagne la start-up.", ["Vauban Ventures"]),
        ("Le titre Saint-Gobain recule en séance.", ["Saint-Gobain"]),
        ("Elle a rejoint Leboncoin en janvier.", ["Leboncoin"]),
        ("La plateforme Le Bon Coin recrute.", ["Le Bon Coin"]),
        ("Le distributeur Casino a cédé Monoprix.", ["Casino", "Monoprix"]),
        ("Le réseau social TikTok progresse.", ["TikTok"]),
        ("Avec cette levée, 360Nimbao compte recruter.", ["360Nimbao"]),
        ("Le tour réunit Orsol et Luma VC.", ["Orsol", "Luma VC"]),
        ("Spatial : The Nimbao Factory lève 31 millions d'euros", ["The Nimbao Factory"]),
        ("Jeux : La Roue d'Or lève 9 millions d'euros", ["Roue d'Or"]),
        ("La MedTech 3DNimbao lève 4 millions d'euros.", ["3DNimbao"]),
        ("La start-up néolumo, qui vend des lampes, a levé 2 millions d'euros.", ["néolumo"]),
        ("La start-up grenobloise a levé 2 millions d'euros.", []),
        ("L'entreprise de San Francisco Nimbao a levé 2 millions de dollars.", ["San Francisco", "Nimbao"]),
        ("[Levée de fonds] Nimbao réunit 10 millions d'euros", ["Nimbao"]),
        ("Le logiciel ChatGPT a un nouveau concurrent.", ["ChatGPT"]),
        ("Le laboratoire OpenAI ouvre un bureau.", ["OpenAI"]),
        ("Elle dirige le conseil de H&M depuis mars.", ["H&M"]),
        ("Le sous-traitant STMicroelectronics recrute.", ["STMicroelectronics"]),
        ("La filiale d'EDF construit un parc.", ["EDF"]),
        ("Le groupe LVMH a ouvert une boutique.", ["LVMH"]),
    ],
)
def test_names_of_every_shape_are_found_whole(parse: Parser, text: str, expected: list[str]) -> None:
    check(parse, text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Le PDG veut recruter dans l'IA.", []),
        ("La PME prépare une OPA.", []),
        ("Les GPU manquent, dit le PDG.", []),
        ("Les marques de SUV souffrent de la hausse de la TVA.", []),
        ("Le PDG d'Orsol prépare une OPA sur Vega.", ["Orsol", "Vega"]),
        ("La PME Ferrix mise sur l'IA.", ["Ferrix"]),
    ],
)
def test_acronyms_that_are_common_nouns_are_no_names(parse: Parser, text: str, expected: list[str]) -> None:
    check(parse, text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Fondée en 2015, Nimbao emploie 40 personnes.", ["Nimbao"]),
        ("Créé par deux ingénieurs, Ferrix recrute.", ["Ferrix"]),
        ("Rachetée par Orsol, Vega licencie.", ["Orsol", "Vega"]),
        ("Récemment, Orsol a ouvert un bureau.", ["Orsol"]),
        ("Total a renoncé à son usine.", ["Total"]),
        ("(Reuters) - Orsol a fermé un bureau.", ["Orsol"]),
        ("PARIS, 3 mars (AFP) - Orsol a fermé un bureau.", ["Orsol"]),
        ("La chaîne (Orsol) - née en mars - recrute.", ["Orsol"]),
        ("Selon Orsol, les ventes progressent.", ["Orsol"]),
        ("Désormais, Nimbao vise l'Espagne.", ["Nimbao", "Espagne"]),
        ("Après Orsol, Vega baisse ses prix.", ["Orsol", "Vega"]),
        ("Son concurrent Vega baisse ses prix.", ["Vega"]),
        ("Cette opération profite à Vega.", ["Vega"]),
        ("Avec Nimbao, la concurrence est rude.", ["Nimbao"]),
        ("Pour Ferrix, c'est un échec.", ["Ferrix"]),
        ("Face à Vega, Orsol résiste.", ["Vega", "Orsol"]),
        ("Elle quitte Orsol.", ["Orsol"]),
        ("En rachetant Vega, Orsol grandit.", ["Vega", "Orsol"]),
        ("Racheter Vega coûte cher.", ["Vega"]),
        ("Les ventes reculent.", []),
        ("Hier, les marchés ont reculé.", []),
    ],
)
def test_a_capital_at_the_start_makes_no_name(parse: Parser, text: str, expected: list[str]) -> None:
    check(parse, text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Le Suédois Vega s'installe à Nantes.", ["Vega", "Nantes"]),
        ("Le Français recule, l'Américain avance.", []),
        ("Les Chinois achètent moins de voitures.", []),
        ("L'Allemand Ferrix rachète le Danois Luma.", ["Ferrix", "Luma"]),
        ("M. Durand quitte Orsol.", ["Durand", "Orsol"]),
        ("Mme Lemaire préside le conseil.", ["Lemaire"]),
        ("Le docteur Durand a fondé Luma.", ["Durand", "Luma"]),
        ("Selon Monsieur Durand, le marché stagne.", ["Durand"]),
    ],
)
def test_titles_and_demonyms_stay_outside_names(parse: Parser, text: str, expected: list[str]) -> None:
    check(parse, text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Le patron d'Orsol Paul Durand a démissionné.", ["Orsol", "Paul Durand"]),
        ("La directrice de Vega Claire Martin a démissionné.", ["Vega", "Claire Martin"]),
        ("Le fondateur de Tesla Elon Musk a promis une baisse.", ["Tesla", "Elon Musk"]),
        ("Paul Durand dirige Orsol.", ["Paul Durand", "Orsol"]),
        ("Jean-Pierre Lemaire et Anne Roy dirigent Vega.", ["Jean-Pierre Lemaire", "Anne Roy", "Vega"]),
    ],
)
def test_a_company_and_a_person_in_a_row_are_two_names(parse: Parser, text: str, expected: list[str]) -> None:
    check(parse, text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Le quotidien « Le Fil » a publié une enquête.", ["Le Fil"]),
        ("La start-up « Nimbao » recrute.", ["Nimbao"]),
        ('La start-up "Nimbao" recrute.', ["Nimbao"]),
        ("Elle a racheté la revue « Nimbus des neiges » en mai.", ["Nimbus des neiges"]),
        ("Orsol répond : « Nous restons prudents ».", ["Orsol"]),
    ],
)
def test_short_quotations_without_a_verb_are_names(parse: Parser, text: str, expected: list[str]) -> None:
    check(parse, text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Orsol, Vega et Luma se disputent le marché.", ["Orsol", "Vega", "Luma"]),
        ("La série B de Nimbao a été menée par Orsol.", ["Nimbao", "Orsol"]),
        ("Nimbao a levé 8 millions d'euros auprès d'Orsol.", ["Nimbao", "Orsol"]),
        ("Nimbao lève 8 M€ en série A.", ["Nimbao"]),
        ("Ferrix (3 M€) et Luma (2 M€) embauchent.", ["Ferrix", "Luma"]),
        ("Ferrix détient 12 % de Luma.", ["Ferrix", "Luma"]),
        ("Orsol vise 3 GW de capacité en 2030.", ["Orsol"]),
    ],
)
def test_rows_amounts_and_letters_bound_names(parse: Parser, text: str, expected: list[str]) -> None:
    check(parse, text, expected)


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Paul Durand quitte la direction.", "Paul Durand", EntityKind.PERSON),
        ("Le conseil a nommé Mme Lemaire.", "Lemaire", EntityKind.PERSON),
        ("Elle rencontre Luca de Meo.", "Luca de Meo", EntityKind.PERSON),
        ("Le groupe ouvre un magasin à Lyon.", "Lyon", EntityKind.PLACE),
        ("Elle investit en Espagne.", "Espagne", EntityKind.PLACE),
        ("Le fonds Vauban Ventures arrive.", "Vauban Ventures", EntityKind.ORGANISATION),
        ("La Banque des Territoires arrive.", "Banque des Territoires", EntityKind.ORGANISATION),
        ("Elle travaille chez Microsoft.", "Microsoft", EntityKind.ORGANISATION),
        ("Elle interroge ChatGPT.", "ChatGPT", EntityKind.PRODUCT),
        ("Elle travaille chez Nimbao.", "Nimbao", None),
    ],
)
def test_the_kind_is_told_when_the_words_tell_it(parse: Parser, text: str, name: str, kind: EntityKind | None) -> None:
    assert {n.span.text: n.kind for n in names_of(parse, text)}[name] == kind


@pytest.mark.parametrize(
    "text",
    [
        "Orsol\u00a0: la banque Kawa & Co cède\u202fVega.",
        "L\u2019éditeur «\u00a0Nimbao\u00a0» recrute.\r\n\r\nLuca de Meo le rejoint.",
        "E\u0301lodie Martin dirige Ferrix\u2009Group.",
        "Le patron d'Orsol Paul Durand a démissionné. 🚀 Vega recrute.",
    ],
)
def test_spans_index_the_text_as_given(parse: Parser, text: str) -> None:
    document = parse(text)
    names = find_names(document)

    assert names
    for name in names:
        words = document.sentences[name.sentence].words[name.first - 1 : name.last]
        assert text[name.span.start : name.span.end] == name.span.text
        assert (name.span.start, name.span.end) == (words[0].span.start, words[-1].span.end)


def test_a_name_seen_inside_a_sentence_is_a_name_at_the_start_of_another(parse: Parser) -> None:
    check(parse, "Le groupe rachète Carré. Carré emploie 30 personnes.", ["Carré", "Carré"])


def test_names_come_in_text_order_without_overlap(parse: Parser) -> None:
    found = names_of(parse, "Orsol et Vega visent Luma. À Lyon, Paul Durand dirige Ferrix & Fils. Nimbao suit.")

    assert len(found) == 7
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))


def test_what_is_taken_is_no_part_of_a_name(parse: Parser) -> None:
    text = "Le fonds a versé une prime à Orsol."
    place = Span.of(text, text.index("Orsol"), text.index("Orsol") + len("Orsol"))

    assert [n.span for n in find_names(parse(text))] == [place]
    assert find_names(parse(text), [place]) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Le virus recule. Virus : les ventes de Vega baissent.", ["Vega"]),
        ("Le virus recule. Le logiciel Virus attaque. Virus a séduit Vega.", ["Virus", "Virus", "Vega"]),
    ],
)
def test_a_noun_of_the_text_is_no_name_at_the_start(parse: Parser, text: str, expected: list[str]) -> None:
    check(parse, text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("kelmo, spécialiste du recrutement, a levé 8 millions d'euros.", ["kelmo"]),
        ("out of town n'a pas attendu.", ["out of town"]),
        ("spécialiste du recrutement, Orsol a levé 8 millions d'euros.", ["Orsol"]),
        ("L'émission « Tout le monde veut gagner » revient.", ["Tout le monde veut gagner"]),
        ("Les journalistes du « Fil » ont enquêté.", ["Fil"]),
        ("Le patron dit que « Rien ne presse » et attend.", []),
        ("1,5 M€ pour L'Atelier d'à côté, emmenés par Orsol.", ["L'Atelier d'à côté", "Orsol"]),
        ("La Luma 290 MM est rapide.", ["Luma 290 MM"]),
        (
            "Paul Durand, le président de l'entreprise Royal Ferrix propriétaire du bateau.",
            ["Paul Durand", "Royal Ferrix"],
        ),
        ("Yves le Guen et Samir al-Hakim ont répondu.", ["Yves le Guen", "Samir al-Hakim"]),
        ("Le secrétaire d'État Paul Durand a répondu.", ["Paul Durand"]),
        ("L'accident de 6h30 concerne un homme de 1m83.", []),
        ("Mi-mars, Orsol recrutait.", ["Orsol"]),
        ("Côté Orsol, on attend.", ["Orsol"]),
        ("Le fonds Nimbao a repris la société De Castro.", ["Nimbao", "De Castro"]),
        ("La société WN du Picard Paul Durand a déposé une offre.", ["WN", "Paul Durand"]),
        ("« +Dites-le vite+… N'oubliez rien », a lancé Orsol.", ["Orsol"]),
        ("Les fans de « Fais pas ci, fais pas ça » aiment Vega.", ["Vega"]),
        ("Orsol saisit le Point de contact national (PCN).", ["Orsol", "Point de contact national"]),
        ("Orsol imite l'Hypercar suédoise.", ["Orsol"]),
        ("C'est faux (Vega, NDLR).", ["Vega"]),
        ("Une source l'affirme à l'AFP Anne Leroy en tête.", ["AFP", "Anne Leroy"]),
        ("C'est clair ! Allez chez Vega.", ["Vega"]),
        ("Le patron de Non Stop ZoppiDéjà recrute.", ["Non Stop"]),
    ],
)
def test_the_bounds_of_a_name_are_told_by_what_is_around_it(parse: Parser, text: str, expected: list[str]) -> None:
    check(parse, text, expected)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("L'enseigne de vêtements Gap ferme.", None),
        ("Il habite à Gap.", EntityKind.PLACE),
        ("La ville Gap recrute.", EntityKind.PLACE),
    ],
)
def test_a_place_behind_a_bare_noun_is_a_brand(parse: Parser, text: str, kind: EntityKind | None) -> None:
    assert [n.kind for n in names_of(parse, text)] == [kind]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Avril a levé 3 millions d'euros. Le groupe Avril recrute.", ["Avril", "Avril"]),
        ("Avril a été froid. Vega recrute.", ["Vega"]),
        ("3k a levé 3 millions d'euros. La fintech lilloise 3k recrute.", []),
        ("4zi a levé 3 millions d'euros. La fintech lilloise 4zi recrute.", ["4zi", "4zi"]),
    ],
)
def test_a_noun_that_introduces_a_name_tells_of_it_everywhere(parse: Parser, text: str, expected: list[str]) -> None:
    check(parse, text, expected)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Paul Durand recrute. La marque Paul Durand a dix ans.", None),
        ("Paul Durand recrute. La marque lyonnaise Paul Durand a dix ans.", None),
        ("Paul Durand recrute. Orsol a racheté Paul Durand.", None),
        ("Paul Durand recrute. Le patron de la marque Paul Durand a dix ans.", EntityKind.PERSON),
        ("Paul Durand recrute. Le directeur général du groupe Paul Durand part.", EntityKind.PERSON),
        ("Paul Durand recrute. Orsol a interrogé Paul Durand.", EntityKind.PERSON),
    ],
)
def test_a_company_may_have_the_name_of_a_person(parse: Parser, text: str, kind: EntityKind | None) -> None:
    assert {n.kind for n in names_of(parse, text) if n.span.text == "Paul Durand"} == {kind}
