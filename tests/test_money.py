"""Amounts of money: one meaning, many surfaces; what is no money; what the context adds."""

from __future__ import annotations

import decimal
import time
import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsclaims.claims import Money, Per, Qualifier
from newsclaims.errors import InputTypeError
from newsclaims.mentions.money import find_money, resolve_elided

ABOUT, AT_LEAST, AT_MOST = Qualifier.ABOUT, Qualifier.AT_LEAST, Qualifier.AT_MOST
MILLION, MILLIARD = 1_000_000, 1_000_000_000

# value, max, currency, qualifier, and ways to write it; each surface is an amount by itself, mention included
MEANINGS = [
    (12 * MILLION, None, "EUR", None,
     "12 M€ | 12M€ | 12\u00a0M€ | 12\u202fM\u202f€ | 12\u2009M€ | 12 M d'euros | 12 MEUR | 12 millions d'euros | "
     "12 millions d’euros | 12 Millions d'Euros | 12 MILLIONS D'EUROS | 12 millions\nd'euros | "
     "12 millions\r\nd’euros | 12 millions € | 12 millions d'€ | douze millions d'euros | €12m | €12M | "
     "EUR 12 millions | 12.000.000 euros | 12 000 000 € | 12\u202f000\u202f000 € | 12,0 M€"),
    (12 * MILLION, None, "USD", None,
     "$12M | 12M$ | 12 M$ | 12 M $ | $ 12 millions | US$12m | 12 millions de dollars | "
     "12 millions de dollars américains | 12 millions de $ | USD 12 millions | $12,000,000 | "
     "12 Mio USD"),
    (Decimal("7200000"), None, "EUR", None,
     "7,2M€ | 7,2 M€ | 7.2 M€ | 7,2 millions d'euros | 7 200 000 euros | 7.200 k€"),
    (Decimal("1700000000"), None, "EUR", None,
     "1,7 Md€ | 1,7 Mds€ | 1,7 Mds € | 1,7 Mrd € | 1,7 Mds d'euros | 1,7 G€ | 1,7 milliard d'euros | "
     "1 700 M€ | 1 700 millions d'euros | 1.700 millions d'euros | un virgule sept milliard d'euros"),
    (44 * MILLIARD, None, "USD", None,
     "44 Mds $ | 44 Mds$ | 44 Mds de dollars | $44bn | 44 milliards de dollars"),
    (400_000, None, "EUR", None,
     "400 k€ | 400 K€ | 400k€ | 400 000 euros | 400.000 euros | quatre cent mille euros | "
     "400 mille euros"),
    (1_300, None, "USD", None,
     "$1,300 | $1,300.00 | 1 300 $ | 1.300 dollars | mille trois cents dollars"),
    (1_500, None, "EUR", None,
     "1.500 euros | 1 500 € | 1500 € | 1’500 euros | €1 500 | mille cinq cents euros"),
    (1300 * MILLIARD, None, "JPY", None,
     "1 300 milliards de yens | 1.300 milliards de yens | ¥1 300 milliards | 1,3 billion de yens"),
    (2 * MILLIARD, None, "EUR", None,
     "deux milliards d'euros | 2 milliards d'euros | 2 Md€"),
    (Decimal("2500000000"), None, "EUR", None,
     "deux milliards et demi d'euros | 2 milliards et demi d'euros | 2,5 Mds€"),
    (750 * MILLION, None, "EUR", None,
     "trois quarts de milliard d'euros | 750 M. € | 0,75 Mrd. €"),
    (500 * MILLION, None, "USD", None,
     "un demi-milliard de dollars | cinq cents millions de dollars | 500 M$"),
    (1_200_000, None, "EUR", None,
     "un million deux cent mille euros | 1 million 200 000 euros | 1,2 million d'euros"),
    (97 * MILLION, None, "EUR", None,
     "quatre-vingt-dix-sept millions d'euros | nonante-sept millions d'euros"),
    (71 * MILLION, None, "EUR", None,
     "soixante et onze millions d'euros | septante et un millions d'euros"),
    (MILLION, None, "EUR", None,
     "un million d'euros | 1 million d'euros | 1 M€"),
    (31, None, "EUR", None,
     "31 euros | 31€ | €31 | 31 EUR | trente et un euros"),
    (Decimal("3400000000"), None, "AUD", None,
     "3,4 milliards de dollars australiens | A$3,4 milliards | 3,4 Mds AUD"),
    (5 * MILLION, None, "CAD", None,
     "5 millions de dollars canadiens | 5 M$ CA | CA$5M"),
    (5 * MILLION, None, "HKD", None,
     "5 millions de dollars de Hong Kong | 5 millions de dollars de Hong-Kong | HK$5M"),
    (Decimal("1600000000"), None, "GBP", None,
     "1,6 milliard de livres | 1,6 milliard de livres sterling | £1.6bn | 1,6 Md£"),
    (40_000, None, "GBP", None,
     "40.000 livres sterling | 40 000 livres | £40,000.00 | 40 000 £"),
    (40 * MILLION, None, "CHF", None,
     "40 millions de francs | 40 millions de francs suisses | CHF 40 M | 40 MCHF"),
    (40 * MILLION, None, "XOF", None,
     "40 millions de francs CFA | 40 millions FCFA"),
    (3 * MILLION, None, "SEK", None,
     "3 millions de couronnes suédoises | 3 millions SEK"),
    (3 * MILLION, None, "DKK", None,
     "3 millions de couronnes danoises"),
    (3 * MILLION, None, "NOK", None,
     "3 millions de couronnes norvégiennes"),
    (3 * MILLION, None, None, None,
     "3 millions de couronnes | 3 millions de dirhams | 3 millions | trois millions"),
    (9 * MILLIARD, None, "RUB", None,
     "9 milliards de roubles"),
    (9 * MILLIARD, None, "CNY", None,
     "9 milliards de yuans | 9 milliards de yuans chinois"),
    (9 * MILLIARD, None, "KRW", None,
     "9 milliards de wons"),
    (9 * MILLIARD, None, "INR", None,
     "9 milliards de roupies"),
    (9 * MILLIARD, None, "BRL", None,
     "9 milliards de reais | R$9bn"),
    (9 * MILLION, None, "MAD", None,
     "9 millions de dirhams marocains"),
    (70 * MILLION, 90 * MILLION, "EUR", None,
     "entre 70 et 90 millions d'euros | 70 à 90 millions d'euros | 70-90 M€ | 70 – 90 M€ | "
     "70 ou 90 M€ | entre 70 M€ et 90 M€ | 70, voire 90 millions d'euros | "
     "soixante-dix à quatre-vingt-dix millions d'euros"),
    (800 * MILLION, 1_200 * MILLION, "EUR", None,
     "entre 800 millions et 1,2 milliard d'euros | 800 millions à 1,2 milliard d'euros"),
    (30 * MILLION, 50 * MILLION, None, None,
     "30 à 50 millions | entre 30 et 50 millions"),
    (500_000, 2 * MILLION, "EUR", None,
     "500 000 à 2 millions d'euros"),
    (60 * MILLION, None, "EUR", ABOUT,
     "environ 60 M€ | près de 60 millions d'euros | quelque 60 millions d'euros | autour de 60 M€ | "
     "à peu près 60 M€ | presque 60 M€ | de l'ordre de 60 M€ | approximativement 60 M€ | "
     "une soixantaine de millions d'euros | 60 millions d'euros environ | "
     "près des 60 millions d'euros | ~60 M€"),
    (20 * MILLION, None, None, ABOUT,
     "une vingtaine de millions | environ 20 millions | une petite vingtaine de millions"),
    (100 * MILLION, None, "EUR", ABOUT,
     "une centaine de millions d'euros"),
    (100, None, "EUR", ABOUT,
     "une centaine d'euros"),
    (10_000, None, "EUR", ABOUT,
     "une dizaine de milliers d'euros"),
    (MILLIARD, None, "EUR", ABOUT,
     "près d'un milliard d'euros | près du milliard d'euros | quasiment un milliard d'euros"),
    (13 * MILLIARD, None, "USD", AT_LEAST,
     "plus de 13 milliards de dollars | au moins 13 milliards de dollars | "
     "pas moins de 13 milliards de dollars | au minimum 13 milliards de dollars | "
     "13 milliards de dollars minimum | un peu plus de 13 milliards de dollars"),
    (20 * MILLION, None, "EUR", AT_LEAST,
     "plus d'une vingtaine de millions d'euros"),
    (10 * MILLION, None, "EUR", AT_MOST,
     "jusqu'à 10 M€ | jusqu’à 10 millions d’euros | moins de 10 M€ | au maximum 10 M€ | "
     "au plus 10 M€ | 10 M€ maximum | 10 millions d'euros au maximum | pas plus de 10 M€ | "
     "tout au plus 10 M€"),
    (None, None, "EUR", None,
     "quelques millions d'euros | plusieurs millions d'euros | des millions d’euros | "
     "quelques centaines de milliers d'euros"),
    (None, None, "GBP", None,
     "plusieurs dizaines de millions de livres"),
    (None, None, "USD", None,
     "des milliards de dollars | des dizaines de milliards de dollars"),
    (None, None, None, None,
     "des milliards | plusieurs millions"),
]  # fmt: skip
SURFACES = [(surface, *meaning) for *meaning, surfaces in MEANINGS for surface in surfaces.split(" | ")]


def only(text: str) -> Money:
    found = find_money(text)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(("surface", "value", "top", "currency", "qualifier"), SURFACES)
def test_a_surface_has_its_meaning(surface, value, top, currency, qualifier):
    text = f"Zorbix investira {surface} à Lens."
    money = only(text)
    assert (money.value, money.max, money.currency, money.qualifier) == (value, top, currency, qualifier)
    assert money.mention.text == surface
    assert text[money.mention.start : money.mention.end] == surface


@pytest.mark.parametrize(("surface", "value", "top", "currency", "qualifier"), SURFACES)
def test_combining_accents_change_no_meaning(surface, value, top, currency, qualifier):
    text = unicodedata.normalize("NFD", f"Zorbix a levé {surface}.")
    money = only(text)
    assert (money.value, money.max, money.currency, money.qualifier) == (value, top, currency, qualifier)
    assert text[money.mention.start : money.mention.end] == money.mention.text


@pytest.mark.parametrize(
    "text",
    [
        "Zorbix compte 3 millions de clients.",
        "Le jeu atteint 190 millions de téléchargements.",
        "La chaîne a 12 millions d'abonnés.",
        "Le titre s'est vendu à 2 millions exemplaires.",
        "Entre 2 et 3 millions de personnes l'utilisent.",
        "Des milliards de messages y passent.",
        "Zorbix a vendu 9 M de boîtes et vise 12 Md.",
        "Il a écrit deux livres et lu 300 livres.",
        "L'éditeur a écoulé 3 millions de livres vendus en ligne.",
        "C'est un franc succès pour un tireur hors pair.",
        "Le 12 MARS 2024, 40 salariés ont quitté Zorbix.",
        "Le modèle ZX-4 500 a 25 salariés et 3 chiffres.",
        "Les euros, le dollar et le yen montent.",
        "Des milliers de clients, une centaine de magasins.",
        "Le million et le milliard n'y suffisent pas.",
        "Un plan à 2030, 19 % du capital, 7e rang, 1er juin, 24h30.",
        "La série 123456789012345678901234567890 euros.",
        "",
    ],
)
def test_what_counts_something_else_is_no_money(text):
    assert find_money(text) == []


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("Zorbix lève $12M à $60M post-money.", ["$12M", "$60M"]),
        ("Zorbix lève 3 M€ et Karbo 5 millions d'euros.", ["3 M€", "5 millions d'euros"]),
        ("Une offre à 47 euros par action, soit 3,2 Md€.", ["47 euros", "3,2 Md€"]),
        (
            "Zorbix paie 1 milliard de dollars (920 millions d'euros) hier.",
            ["1 milliard de dollars (920 millions d'euros)"],
        ),
        ("Il coûte 30.000 livres sterling (environ 35.200 euros).", ["30.000 livres sterling (environ 35.200 euros)"]),
        ("Pour 2 millions de pesos (80.000 euros).", ["2 millions de pesos (80.000 euros)"]),
        ("Pour 1 milliard de dollars, soit 920 M€.", ["1 milliard de dollars, soit 920 M€"]),
        ("Zorbix lève 40 M€ (dont 3 M€ de dette).", ["40 M€", "3 M€"]),
        ("Pour 10 M€ (3 M$ puis 4 M$).", ["10 M€", "3 M$", "4 M$"]),
        ("L'avion Zed 737 à 80 millions de dollars.", ["80 millions de dollars"]),
        ("Fin 2024 500 millions d'euros ont été versés.", ["500 millions d'euros"]),
        ("Le ticket atteint 4 millions d'eurosLe groupe suit.", ["4 millions d'euros"]),
        ("Zorbix a dégagé 4 milliards de bénéfice.", ["4 milliards"]),
        ("Zorbix investira deux milliards de plus.", ["deux milliards"]),
        ("Le prix passe de 30 à 35 millions d'euros.", ["30", "35 millions d'euros"]),
        ("Zorbix lève 12 M€\n\n15 millions d'euros pour Karbo", ["12 M€", "15 millions d'euros"]),
        ("Zorbix a levé 12 M$ 15 jours après.", ["12 M$"]),
    ],
)
def test_mentions_are_the_words_of_each_amount(text, mentions):
    assert [m.mention.text for m in find_money(text)] == mentions


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        ("La facture dépasse le milliard de dollars.", AT_LEAST),
        ("La valeur a dépassé les 3 milliards de dollars.", AT_LEAST),
        ("La valeur dépassera la barre des 3 milliards de dollars.", AT_LEAST),
        ("Un montant supérieur à 3 M€.", AT_LEAST),
        ("Des montants inférieurs à 3 M€.", AT_MOST),
        ("Un prix maximal de 3 M€.", AT_MOST),
        ("Le tour avoisine 3 M€.", ABOUT),
        ("Le prix est de 3 M€.", None),
        ("Zorbix n'a plus 3 M€.", None),
    ],
)
def test_a_verb_or_adjective_bounds_an_amount_from_outside_its_mention(text, qualifier):
    money = only(text)
    assert money.qualifier is qualifier
    assert money.mention.text in ("milliard de dollars", "3 milliards de dollars", "3 M€")


def test_a_change_is_two_amounts_with_one_unit():
    old, new = find_money("Karbo relève son offre de 30 à 35 millions d'euros.")
    assert (old.value, old.currency, old.max) == (30 * MILLION, "EUR", None)
    assert (new.value, new.currency, new.max) == (35 * MILLION, "EUR", None)


def test_an_amount_is_exact_whatever_the_decimal_context_of_the_caller():
    with decimal.localcontext() as context:
        context.prec = 3
        assert only("Karbo vaut 1 234,567 millions d'euros.").value == Decimal(1_234_567_000)


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        (
            "Après 2,5 millions d'euros en 2022, Karbo réunit 18 millions.",
            ["2,5 millions d'euros = 2500000 EUR", "18 millions = 18000000 EUR"],
        ),
        (
            "Karbo réunit 18 millions, puis 20 millions de dollars.",
            ["18 millions = 18000000 USD", "20 millions de dollars = 20000000 USD"],
        ),
        (
            "Karbo lève 5 M€, Zed 7 M$ ; Orla en est à 9 millions.",
            ["5 M€ = 5000000 EUR", "7 M$ = 7000000 USD", "9 millions = 9000000 USD"],
        ),
        ("Karbo lève 8 millions.", ["8 millions = 8000000 None"]),
        ("Karbo lève 8 M€ et mise des milliards.", ["8 M€ = 8000000 EUR", "des milliards = None None"]),
        (
            "Karbo lève 8 M€ et doit 3 millions de couronnes.",
            ["8 M€ = 8000000 EUR", "3 millions de couronnes = 3000000 None"],
        ),
        ("Karbo lève 40 M€, dont 25 apportés par Zed.", ["40 M€ = 40000000 EUR", "25 = 25000000 EUR"]),
        (
            "Karbo lève 1,7 milliard de dollars, dont 1,3 apporté par Zed.",
            ["1,7 milliard de dollars = 1700000000 USD", "1,3 = 1300000000 USD"],
        ),
        (
            "Karbo investira entre 10 et 12 Md€ en Espagne, dont environ 9 fléchés vers le solaire.",
            ["entre 10 et 12 Md€ = 10000000000 EUR", "environ 9 = 9000000000 EUR"],
        ),
        (
            "Karbo lève 15 millions d'euros, Zed 8, tandis qu'Orla attend.",
            ["15 millions d'euros = 15000000 EUR", "8 = 8000000 EUR"],
        ),
        ("Karbo lève 15 M€, Zed Labs 8 et Orla 3,5.", ["15 M€ = 15000000 EUR", "8 = 8000000 EUR", "3,5 = 3500000 EUR"]),
        (
            "Karbo passe d'un tour de 40 à un autre de 650 millions de dollars.",
            ["40 = 40000000 USD", "650 millions de dollars = 650000000 USD"],
        ),
        (
            "Zed vaut 5 M€. Karbo va d'un tour de 20 millions à un autre de 58 M$.",
            ["5 M€ = 5000000 EUR", "20 millions = 20000000 USD", "58 M$ = 58000000 USD"],
        ),
        ("Karbo lève 40 M€, après sa série B (28 millions).", ["40 M€ = 40000000 EUR", "28 millions = 28000000 EUR"]),
        ("Karbo lève 40 M€ et a 90 salariés, dont 25 ingénieurs.", ["40 M€ = 40000000 EUR"]),
        ("Karbo lève 40 M€, dont 250 apportés par Zed.", ["40 M€ = 40000000 EUR"]),
        ("Karbo lève 40 M€. Une équipe, dont 25 financés par Zed, suit.", ["40 M€ = 40000000 EUR"]),
        ("Karbo lève 40 M€, Windows 11 progresse.", ["40 M€ = 40000000 EUR"]),
        ("Karbo compte 25 salariés.", []),
        ("Karbo a levé 6 M€. Un an plus tôt, elle en avait levé 4.", ["6 M€ = 6000000 EUR", "4 = 4000000 EUR"]),
        (
            "Karbo voulait 6 millions d'euros : elle en décroche plus de 19, écrit Zed.",
            ["6 millions d'euros = 6000000 EUR", "plus de 19 = 19000000 EUR"],
        ),
        ("Karbo a levé 6 M$, et promet d'en ajouter 45.", ["6 M$ = 6000000 USD", "45 = 45000000 USD"]),
        (
            "Karbo a levé 3 millions de dollars en 2013, 18 en 2015 et 75 aujourd'hui.",
            ["3 millions de dollars = 3000000 USD", "18 = 18000000 USD", "75 = 75000000 USD"],
        ),
        ("Karbo a levé 29 M€ en mars, contre 26 un an auparavant.", ["29 M€ = 29000000 EUR", "26 = 26000000 EUR"]),
        ("Karbo lève 18 M€ ; Zed suit, avec 12.", ["18 M€ = 18000000 EUR", "12 = 12000000 EUR"]),
        ("Karbo lève 9 M€, dont 6 de subvention.", ["9 M€ = 9000000 EUR", "6 = 6000000 EUR"]),
        ("Karbo lève 6 M€. Zed recrute. Elle en avait levé 4.", ["6 M€ = 6000000 EUR"]),
        ("Karbo lève 6 M€ et emploie 30 salariés, contre 26 un an plus tôt.", ["6 M€ = 6000000 EUR"]),
        ("Karbo lève 6 M€. Zed a des brevets, elle en obtient 12.", ["6 M€ = 6000000 EUR"]),
        ("Karbo lève 6 M€, elle en a levé 12 fois moins que Zed.", ["6 M€ = 6000000 EUR"]),
        ("Karbo a levé 6 M€ en 2013, 2015 et 2018.", ["6 M€ = 6000000 EUR"]),
        ("Karbo a levé 6 M€ en 2013, 18 personnes l'ont rejointe.", ["6 M€ = 6000000 EUR"]),
        ("Karbo salue le tour de 15 millions de Zed.", ["15 millions = 15000000 None"]),
        ("Karbo fait le tour de 15 millions de foyers.", []),
        ("Karbo et ses 31 millions de 2021 suivent.", ["31 millions = 31000000 None"]),
    ],
)
def test_the_context_completes_elided_units(text, amounts):
    found = resolve_elided(text, find_money(text))
    assert [f"{m.mention.text} = {m.value} {m.currency}" for m in found] == amounts
    assert all(text[m.mention.start : m.mention.end] == m.mention.text for m in found)


# One phrase for each form that French news give amounts in, and how it reads: value[-max], currency, [qualifier].
FORMS = [
    ("1,2 milliard d'euros", "1200000000 EUR"),
    ("35 millions de dollars", "35000000 USD"),
    ("1,2 Md€", "1200000000 EUR"),
    ("7,5 M€", "7500000 EUR"),
    ("640 k€", "640000 EUR"),
    ("2\u00a0500\u00a0000\u00a0€", "2500000 EUR"),
    ("740.000 euros", "740000 EUR"),
    ("quatre cents millions d'euros", "400000000 EUR"),
    ("un demi-milliard de dollars", "500000000 USD"),
    ("une centaine de millions d'euros", "100000000 EUR about"),
    ("deux milliards et demi d'euros", "2500000000 EUR"),
    ("entre 20 et 30 millions d'euros", "20000000-30000000 EUR"),
    ("de 3 à 5 M€", "3000000-5000000 EUR"),
    ("15 millions de francs suisses", "15000000 CHF"),
    ("60 millions de livres sterling", "60000000 GBP"),
    ("2 milliards de yuans", "2000000000 CNY"),
    ("800 milliards de wons", "800000000000 KRW"),
    ("38 Mds $", "38000000000 USD"),
    ("90 M$", "90000000 USD"),
    ("1,4 Mrd €", "1400000000 EUR"),
    ("1 300 millions d'euros", "1300000000 EUR"),
    ("plus de 13 milliards de dollars", "13000000000 USD at_least"),
]


@pytest.mark.parametrize(("form", "meaning"), FORMS)
@pytest.mark.parametrize("sentence", ["Zorbix a levé {}.", "Les {} viennent de Karbo", "Un tour ({}), dit-on : {}"])
def test_each_form_of_the_press_is_read(form, meaning, sentence):
    text = sentence.format(form, form)
    found = find_money(text)
    assert len(found) == sentence.count("{}")
    for money in found:
        numbers = "-".join(f"{n:f}" for n in (money.value, money.max) if n is not None)
        assert " ".join(filter(None, (numbers, money.currency, money.qualifier))) == meaning
        assert money.mention.text in form


@pytest.mark.parametrize(
    ("text", "per"),
    [
        ("47 euros par action", Per.SHARE),
        ("31 euros l'action", Per.SHARE),
        ("31 euros par titre", Per.SHARE),
        ("12 dollars le titre", Per.SHARE),
        ("12$/action", Per.SHARE),
        ("entre 10 et 12 euros par action", Per.SHARE),
        ("2 milliards par an", Per.YEAR),
        ("3 M€ par an", Per.YEAR),
        ("500 M€ annuels", Per.YEAR),
        ("40 millions d'euros chaque année", Per.YEAR),
        ("12 milliards de dollars en moyenne par an", Per.YEAR),
        ("120.000 dollars l'an", Per.YEAR),
        ("un loyer annuel de 2 M€", Per.YEAR),
        ("Karbo verse chaque année 2 M€", Per.YEAR),
        ("5 M€ par trimestre", Per.QUARTER),
        ("500 dollars par mois", Per.MONTH),
        ("12 €/mois", Per.MONTH),
        ("2.500 euros nets par mois", Per.MONTH),
        ("un abonnement mensuel de 9,99 euros", Per.MONTH),
        ("40 € de l'heure", Per.HOUR),
        ("900 euros par salarié", Per.PERSON),
        ("9 € pièce", Per.UNIT),
        ("9 € l’unité", Per.UNIT),
        ("900 € hors taxes l'unité", Per.UNIT),
        ("1 000 euros par tonne", Per.UNIT),
        ("100 €/MWh", Per.UNIT),
        ("9 €/page", Per.UNIT),
        ("31 euros", None),
        ("31 euros par virement", None),
        ("31 euros pour l'action", None),
        ("2 milliards sur cinq ans", None),
        ("2 milliards en un an", None),
        ("le bilan annuel ; 2 M€", None),
    ],
)
def test_a_rate_says_what_it_is_counted_by(text, per):
    assert only(text).per is per
    assert only(f"Zorbix : {text}.").per is per


def test_both_amounts_of_a_change_are_counted_by_the_same():
    assert [m.per for m in find_money("Karbo relève son offre de 30 à 35 euros par action.")] == [Per.SHARE] * 2


@pytest.mark.parametrize(
    ("text", "value", "conversion", "per"),
    [
        ("1 milliard de dollars (920 millions d'euros)", 1000 * MILLION, "920000000 EUR", None),
        ("30.000 livres sterling (environ 35.200 euros)", 30_000, "35200 EUR", None),
        ("5 M$ (soit 4,6 M€ au cours actuel)", 5 * MILLION, "4600000 EUR", None),
        ("5 M$ [4,6 M€]", 5 * MILLION, "4600000 EUR", None),
        ("5 millions de dollars, soit 4,6 millions d'euros", 5 * MILLION, "4600000 EUR", None),
        ("5 millions de dollars, l'équivalent de 4,6 millions d'euros", 5 * MILLION, "4600000 EUR", None),
        ("150 millions de yuans (20,6 M$ ; 19 M€)", 150 * MILLION, "20600000 USD", None),
        ("9 millions de livres (10 millions d'euros, 12 millions de dollars)", 9 * MILLION, "10000000 EUR", None),
        ("47 dollars par action (43 euros)", 47, "43 EUR", Per.SHARE),
        ("47 dollars (43 euros) par action", 47, "43 EUR", Per.SHARE),
        ("47 dollars, soit 43 euros par action", 47, "43 EUR", Per.SHARE),
        ("47 dollars par action, soit 43 euros", 47, "43 EUR", Per.SHARE),
    ],
)
def test_an_amount_keeps_its_conversion(text, value, conversion, per):
    money = only(f"Zorbix propose {text} à Karbo.")
    other = money.conversion
    assert (money.value, money.per, other.per) == (value, per, per)
    assert f"{other.value:f} {other.currency}" == conversion
    assert other.mention.text in money.mention.text
    assert Money.from_dict(money.to_dict()) == money


def test_a_total_in_another_currency_is_no_conversion_of_a_price():
    price, total = find_money("Zorbix offre 47 dollars par action, soit 3,2 milliards d'euros.")
    assert (price.value, price.per, price.conversion) == (47, Per.SHARE, None)
    assert (total.value, total.currency, total.per) == (3_200 * MILLION, "EUR", None)


@pytest.mark.parametrize("value", [b"12 M\xe2\x82\xac", None, 12])
def test_anything_but_text_is_refused(value):
    with pytest.raises(InputTypeError, match="find_money reads a str"):
        find_money(value)


WORDS = """
Zorbix lève 12 740.000 3,5 million millions milliards de d' d’ dollars euros livres M€ Mds $ € £ % entre et à ou un une
deux cent mille vingt vingtaine demi environ près jusqu'à dont apportés par ( ) , . ; - CHF soit tour des quelques le
"""
ODDITIES = ["1 300", "\u00a0", "\u202f", "\u2009", "\r\n", "\n\n", "e\u0301", "\u0130", "\u0131", "\u017f", "\u212a"]
FRAGMENTS = [*WORDS.split(), "plus de", "au maximum", *ODDITIES]
french = st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=3), max_size=30).flatmap(
    lambda parts: st.sampled_from([" ", "", "\u00a0"]).map(lambda glue: glue.join(parts))
)


def assert_in_order(text: str, found: list[Money]) -> None:
    at = 0
    for money in found:
        assert at <= money.mention.start < money.mention.end
        assert text[money.mention.start : money.mention.end] == money.mention.text
        assert Money.from_dict(money.to_dict()).mention == money.mention
        at = money.mention.end


@settings(deadline=None)  # the first example also builds the patterns
@given(french)
def test_any_text_gives_true_offsets_in_order_without_overlap(text):
    found = find_money(text)
    assert_in_order(text, found)
    assert_in_order(text, resolve_elided(text, found))


@settings(deadline=None)  # the first example also builds the patterns
@given(french)
def test_reading_twice_gives_the_same(text):
    assert find_money(text) == find_money(text)


@settings(deadline=None)  # the first example also builds the patterns
@given(french)
def test_completing_loses_no_amount(text):
    found = find_money(text)
    mentions = [m.mention for m in resolve_elided(text, found)]
    assert all(m.mention in mentions for m in found)


def test_a_long_text_is_read_fast():
    paragraph = (
        "La jeune pousse lyonnaise Karbo a levé 12 M€ auprès de plusieurs fonds, dont 8 apportés par Zed, et une "
        "vingtaine de millions d'euros de dette. Elle emploie 240 personnes, un peu plus de cent de mieux qu'en 2025. "
    )
    text = paragraph * 400
    find_money(paragraph)
    began = time.process_time()
    found = find_money(text)
    spent = time.process_time() - began
    assert len(resolve_elided(text, found)) == 3 * 400
    assert spent < len(text) / 200_000


@pytest.mark.parametrize(
    "unit",
    [
        *[
            "9",
            "1 ",
            "1.",
            "111 ",
            "111.",
            " ",
            "\n",
            "$",
            "1$ ",
            "A",
            "Aa ",
            "un",
            "un ",
            "le ",
            "de ",
            "plus de ",
            "million ",
        ],
        *[
            "cent mille ",
            "deux millions ",
            "vingt-et-",
            "1 à ",
            "entre 1 et ",
            "1 M€ (",
            "(1 M€ 1 $",
            "1 M€, A 1",
            "dont 1 ",
        ],
        "d'un tour de 1 à ",
    ],
)
def test_hostile_repetition_ends_fast(unit):
    text = unit * (100_000 // len(unit))
    began = time.process_time()
    resolve_elided(text, find_money(text))
    assert time.process_time() - began < 5


def test_a_date_behind_an_amount_is_no_rate() -> None:
    amounts = find_money("Elle a levé 60 millions d'euros l'an dernier, et paie 3 millions d'euros l'an.")

    assert [amount.per for amount in amounts] == [None, Per.YEAR]
