"""Dates: one meaning, many surfaces; what the day of publication tells; what is no date."""

from __future__ import annotations

import datetime
import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsclaims.claims import Bound, Date, Precision
from newsclaims.errors import InputTypeError
from newsclaims.mentions.dates import find_dates

WEDNESDAY = datetime.date(2025, 5, 14)

# the days meant on Wednesday 14 May 2025, and ways to write them; each surface is a date by itself, mention included
MEANINGS = [
    ("2025-05-14 day", "aujourd'hui | aujourd’hui | ce jour | ce matin | ce soir | cet après-midi | cette nuit | "
     "mercredi"),
    ("2025-05-13 day", "hier | hier soir | mardi | mardi dernier | ce mardi | mardi matin | mardi dans la soirée | "
     "mardi 13"),
    ("2025-05-12 day", "avant-hier | avant hier | lundi soir | lundi 12 mai | le lundi 12 mai 2025 | ce lundi 12 mai"),
    ("2025-05-15 day", "demain | demain matin | jeudi prochain | ce jeudi | jeudi 15"),
    ("2025-05-16 day", "après-demain | ce vendredi | vendredi prochain | dans deux jours"),
    ("2025-05-07 day", "mercredi dernier | il y a sept jours | il y a 7 jours"),
    ("2025-05-21 day", "mercredi prochain | dans sept jours"),
    ("2025-05-29 day", "dans quinze jours"),
    ("2024-03-03 day", "le 3 mars 2024 | 3 mars 2024 | le 03/03/2024 | 3/3/2024 | 03.03.2024 | 2024-03-03 | "
     "le 3 Mars 2024 | "
     "le 3\u00a0mars\u00a02024 | le 3 MARS 2024 | dimanche 3 mars 2024 | au 3 mars 2024 | le 3 mars de l'an dernier"),
    ("2024-09-03 day", "3 sept. 2024 | le 3 septembre 2024 | le mardi 3 septembre 2024"),
    ("2025-03-03 day", "3 mars | le 3 mars | le 3 mars dernier | le 3\u202fmars | le 3\nmars"),
    ("2025-02-24 day", "le 24 février | le 24 fevrier | 24 févr. 2025"),
    ("2025-01-01 day", "le 1er janvier | le 1ᵉʳ janvier | le premier janvier | 1er janvier 2025"),
    ("2025-06-11 day", "le 11 juin | le 11 juin prochain"),
    ("2024-02-29 day", "le 29 février | le 29 février 2024"),
    ("2025-05-05 2025-05-11 week", "la semaine dernière | la semaine passée | il y a une semaine"),
    ("2025-05-12 2025-05-18 week", "cette semaine | la semaine en cours | au cours de cette semaine"),
    ("2025-05-19 2025-05-25 week", "la semaine prochaine | dans une semaine"),
    ("2025-05-16 2025-05-18 week ~", "en fin de semaine | à la fin de la semaine"),
    ("2025-05-10 2025-05-11 weekend", "le week-end dernier | ce week-end | ce weekend"),
    ("2025-05-17 2025-05-18 weekend", "le week-end prochain"),
    ("2025-03-01 2025-03-31 month", "en mars | en mars dernier | mars 2025 | en mars 2025 | mars | Mars 2025 | "
     "au mois de mars | en mars de cette année | courant mars"),
    ("2024-03-01 2024-03-31 month", "mars 2024 | en mars de l'année dernière | en mars de l’an passé"),
    ("2026-03-01 2026-03-31 month", "en mars prochain | mars 2026 | en mars de l'année prochaine"),
    ("2024-06-01 2024-06-30 month", "en juin | en juin dernier"),
    ("2025-06-01 2025-06-30 month", "en juin prochain | le mois prochain | dans un mois"),
    ("2025-05-01 2025-05-31 month", "en mai | ce mois-ci | ce mois | le mois en cours"),
    ("2025-04-01 2025-04-30 month", "le mois dernier | il y a un mois | en avril"),
    ("2025-11-01 2025-11-30 month", "dans six mois | dans 6 mois"),
    ("2026-11-01 2026-11-30 month", "dans un an et demi | dans dix-huit mois"),
    ("2025-03-01 2025-03-10 month ~", "début mars | au début du mois de mars | début Mars | au début de mars"),
    ("2025-03-11 2025-03-20 month ~", "mi-mars | à la mi-mars | mi-mars 2025"),
    ("2025-03-21 2025-03-31 month ~", "fin mars | à la fin mars | fin mars 2025 | à fin mars | en fin mars"),
    ("2025-04-01 2025-06-30 quarter", "au deuxième trimestre | au deuxième trimestre 2025 | au 2e trimestre | "
     "au second trimestre | ce trimestre | au T2 | au T2 2025 | T2 2025 | 2T 2025 | au deuxième trimestre de 2025 | "
     "au deuxième trimestre de l'année | le trimestre en cours"),
    ("2024-07-01 2024-09-30 quarter", "au T3 2024 | au troisième trimestre 2024 | le 3ème trimestre | au T3"),
    ("2024-10-01 2024-12-31 quarter", "au quatrième trimestre | au dernier trimestre 2024 | T4-2024"),
    ("2025-07-01 2025-09-30 quarter", "le prochain trimestre | le trimestre prochain | au T3 2025"),
    ("2025-03-01 2025-03-31 quarter ~", "la fin du premier trimestre | fin du T1 2025"),
    ("2025-01-01 2025-06-30 half", "au premier semestre | au 1er semestre 2025 | S1 2025 | "
     "au premier semestre de cette année"),
    ("2024-01-01 2024-06-30 half", "au premier semestre de l'an dernier | au premier semestre de l'exercice 2024"),
    ("2024-07-01 2024-12-31 half", "au second semestre | au S2 2024"),
    ("2023-06-01 2023-08-31 season", "à l'été 2023 | l'été 2023 | été 2023"),
    ("2025-06-01 2025-08-31 season", "cet été | l'été prochain | à l'été"),
    ("2025-09-01 2025-11-30 season", "à l'automne | cet automne"),
    ("2025-12-01 2026-02-28 season", "l'hiver prochain | hiver 2025-2026"),
    ("2025-03-01 2025-05-31 season", "ce printemps | au printemps | au printemps 2025"),
    ("2025-09-01 2025-09-30 month", "à la rentrée | la rentrée prochaine | à la rentrée 2025"),
    ("2015-01-01 2015-12-31 year", "en 2015 | l'année 2015 | l’exercice 2015 | il y a dix ans | l'an 2015 | "
     "courant 2015"),
    ("2010-01-01 2010-12-31 year", "en 2010 | En 2010 | en\u00a02010"),
    ("2024-01-01 2024-12-31 year", "l'an dernier | l'année dernière | l’an passé | il y a un an | en 2024 | "
     "il y a 1 an"),
    ("2025-01-01 2025-12-31 year", "cette année | l'année en cours | au cours de cette année"),
    ("2026-01-01 2026-12-31 year", "l'année prochaine | l'an prochain | dans un an"),
    ("2023-01-01 2023-12-31 year", "il y a deux ans | il y a 2 ans | voilà deux ans"),
    ("2023-01-01 2024-12-31 year", "l'exercice 2023-2024 | en 2023-24 | l'exercice 2023/2024"),
    ("2025-01-01 2025-04-30 year ~", "en début d'année | début 2025 | au début de l'année | en début d’année"),
    ("2025-05-01 2025-08-31 year ~", "mi-2025 | à la mi-2025 | au milieu de l'année"),
    ("2026-09-01 2026-12-31 year ~", "fin 2026 | à la fin de 2026 | en fin d'année prochaine | "
     "à la fin de l'an prochain"),
    ("2010-01-01 2019-12-31 decade", "les années 2010 | dans les années 2010"),
    ("1980-01-01 1989-12-31 decade", "les années 80 | les années 1980"),
    ("2000-01-01 2003-04-30 decade ~", "début des années 2000 | au début des années 2000"),
    ("2030-01-01 2030-12-31 year ~", "à l'horizon 2030 | vers 2030 | à horizon 2030 | à l’horizon de 2030 | "
     "en 2030 environ"),
    ("2023-01-01 2023-12-31 year ~", "il y a environ deux ans | il y a près de deux ans"),
    ("2015-01-01 2015-12-31 year ~", "il y a une dizaine d'années"),
    ("2028-01-01 2028-12-31 year ~", "dans deux ou trois ans"),
    # open on one side
    ("2019-01-01 ... year", "depuis 2019 | dès 2019 | à partir de 2019 | depuis l'année 2019"),
    ("2027-01-01 ... year", "dès 2027 | à partir de 2027 | à compter de 2027 | après 2026 | pas avant 2027 | "
     "dès le début 2027"),
    ("2025-03-01 ... month", "depuis mars | dès mars | depuis le mois de mars | depuis début mars"),
    ("2026-03-01 ... month", "à partir de mars"),
    ("2026-01-01 ... day", "à partir du 1er janvier 2026 | dès le 1er janvier 2026"),
    ("2023-05-14 ... year", "depuis deux ans"),
    ("2023-05-14 ... year ~", "depuis plus de deux ans"),
    ("2025-05-12 ... day", "depuis lundi | depuis lundi dernier"),
    ("... 2030-12-31 year", "d'ici à 2030 | d’ici 2030 | jusqu'en 2030 | jusqu’en 2030 | avant 2031 | "
     "avant la fin 2030 | "
     "au plus tard en 2030 | en 2030 au plus tard | d'ici fin 2030 | d'ici à la fin de l'année 2030"),
    ("... 2026-03-31 month", "d'ici fin mars | avant fin mars | avant la fin mars | d'ici à la fin du mois de mars"),
    ("... 2025-03-31 month", "jusqu'en mars | jusqu'à fin mars | jusqu'en mars dernier"),
    ("... 2025-06-30 day", "d'ici au 30 juin | jusqu'au 30 juin | au plus tard le 30 juin | avant le 1er juillet"),
    ("... 2025-12-31 year", "avant la fin de l'année | d'ici la fin de l'année | d'ici à la fin de l’année"),
    ("... 2025-05-31 season", "avant l'été"),
    ("... 2025-05-16 day", "d'ici à vendredi | d'ici vendredi | jusqu'à vendredi"),
    ("... 2025-11-14 month", "d'ici six mois | d'ici à six mois | sous six mois | dans les six mois | "
     "dans un délai de six mois"),
    ("... 2028-05-14 year ~", "d'ici deux à trois ans"),
    # stretches of time
    ("2025-05-14 2028-05-14 year", "dans les trois prochaines années | les trois prochaines années | "
     "au cours des trois années à venir"),
    ("2025-05-14 2026-11-14 month", "au cours des dix-huit prochains mois | les 18 prochains mois"),
    ("2023-05-14 2025-05-14 year", "ces deux dernières années | les deux dernières années"),
    ("2024-05-14 2025-05-14 month", "les douze derniers mois | ces 12 derniers mois"),
    ("2025-05-14 ... week ~ unbound", "les prochaines semaines | dans les semaines à venir"),
    ("... 2025-05-14 month ~ unbound", "ces derniers mois"),
    ("2024-01-01 2024-09-30 month", "les neuf premiers mois de 2024 | de janvier à septembre 2024"),
    ("2025-01-01 2025-09-30 month", "les neuf premiers mois de l'année"),
    ("2020-01-01 2024-12-31 year", "entre 2020 et 2024 | de 2020 à 2024"),
    ("2019-01-01 2023-12-31 year", "de 2019 à 2023"),
    ("2025-05-03 2025-05-05 day", "du 3 au 5 mai | entre le 3 et le 5 mai | du 3 au 5 mai 2025 | du 3 mai au 5 mai"),
    ("2024-02-28 2024-03-03 day", "du 28 février au 3 mars 2024"),
    ("2025-05-12 2025-05-16 day", "du lundi 12 au vendredi 16 mai"),
    ("2025-05-12 2025-05-13 day", "de lundi à mardi"),
    ("2024-11-01 2025-03-31 month", "de novembre à mars | de novembre à mars 2025 | de novembre 2024 à mars"),
    ("2024-03-01 2024-04-30 month", "mars-avril 2024 | entre mars et avril 2024"),
    ("2025-01-01 2025-09-30 quarter", "du premier au troisième trimestre 2025"),
]  # fmt: skip
SURFACES = [(surface, meaning) for meaning, surfaces in MEANINGS for surface in surfaces.split(" | ")]


def meaning_of(date: Date) -> str:
    """Return a date as the table writes it."""
    days = [d.isoformat() if d else "..." for d in (date.start, date.end)]
    if days[0] == days[1] and date.precision is Precision.DAY:
        days.pop()
    unbound = (date.start is None) != (date.end is None) and date.bound is None
    return " ".join([*days, date.precision, *["~"] * date.approximate, *["unbound"] * unbound])


@pytest.mark.parametrize(("surface", "meaning"), SURFACES)
def test_a_surface_has_its_meaning(surface, meaning):
    text = f"Karbo ouvrira {surface}, selon Zed."
    (date,) = find_dates(text, WEDNESDAY)
    assert (meaning_of(date), date.mention.text) == (meaning, surface)
    assert text[date.mention.start : date.mention.end] == surface


@pytest.mark.parametrize(("surface", "meaning"), SURFACES)
def test_combining_accents_change_no_meaning(surface, meaning):
    text = unicodedata.normalize("NFD", f"Karbo ouvrira {surface}, selon Zed.")
    (date,) = find_dates(text, WEDNESDAY)
    assert meaning_of(date) == meaning
    assert text[date.mention.start : date.mention.end] == date.mention.text


@pytest.mark.parametrize(
    ("surface", "bound"),
    [("depuis mardi", Bound.FROM), ("avant mars", Bound.UNTIL), ("d'ici à 2030", Bound.UNTIL), ("en 2030", None)],
)
def test_a_bound_is_told_even_where_its_day_is_not(surface, bound):
    (date,) = find_dates(f"Karbo ouvre {surface}.")
    assert date.bound is bound


@pytest.mark.parametrize(
    ("surface", "precision"),
    [
        ("mardi", "day"),
        ("hier", "day"),
        ("le 3 mars", "day"),
        ("la semaine dernière", "week"),
        ("ce week-end", "weekend"),
        ("en mars", "month"),
        ("au T3", "quarter"),
        ("à l'automne", "season"),
        ("au premier semestre", "half"),
        ("l'an dernier", "year"),
        ("il y a deux ans", "year"),
        ("les trois prochaines années", "year"),
        ("la prochaine décennie", "decade"),
        ("du 3 au 5 mai", "day"),
        ("lundi 12", "day"),
        ("avant la fin de l'année", "year"),
    ],
)
def test_relative_dates_are_found_without_the_day_of_publication(surface, precision):
    (date,) = find_dates(f"Karbo signe {surface}.")
    assert (date.start, date.end, date.precision, date.mention.text) == (None, None, precision, surface)


@pytest.mark.parametrize("published", [None, WEDNESDAY, datetime.date.min, datetime.date.max])
def test_what_the_words_tell_in_full_needs_no_day_of_publication(published):
    (date,) = find_dates("Karbo a été fondée le 3 mars 2024.", published)
    assert date.start == date.end == datetime.date(2024, 3, 3)


@pytest.mark.parametrize(
    ("published", "surface", "meaning"),
    [
        ("2025-05-13", "mardi", "2025-05-13 day"),
        ("2025-05-13", "mardi dernier", "2025-05-06 day"),
        ("2025-05-13", "mardi prochain", "2025-05-20 day"),
        ("2025-05-16", "ce lundi", "2025-05-19 day"),
        ("2025-05-12", "ce week-end", "2025-05-10 2025-05-11 weekend"),
        ("2025-03-01", "en mars", "2025-03-01 2025-03-31 month"),
        ("2025-03-31", "en mars dernier", "2024-03-01 2024-03-31 month"),
        ("2025-03-01", "en mars prochain", "2026-03-01 2026-03-31 month"),
        ("2025-02-28", "en mars", "2024-03-01 2024-03-31 month"),
        ("2025-02-28", "avant fin mars", "... 2025-03-31 month"),
        ("2025-03-31", "d'ici fin mars", "... 2025-03-31 month"),
        ("2025-01-10", "le 24 décembre", "2024-12-24 day"),
        ("2025-01-10", "le 24 février", "2025-02-24 day"),
        ("2025-01-10", "lundi 25 mars", "2024-03-25 day"),
        ("2025-01-10", "en décembre", "2024-12-01 2024-12-31 month"),
        ("2025-01-10", "au quatrième trimestre", "2024-10-01 2024-12-31 quarter"),
        ("2025-01-10", "cet hiver", "2024-12-01 2025-02-28 season"),
        ("2025-12-10", "dès janvier", "2026-01-01 ... month"),
        ("2025-01-31", "dans un mois", "2025-02-01 2025-02-28 month"),
        ("2024-02-29", "d'ici un an", "... 2025-02-28 year"),
        ("2025-01-01", "la semaine dernière", "2024-12-23 2024-12-29 week"),
        ("2027-07-01", "le 29 février", "2028-02-29 day"),
    ],
)
def test_the_day_of_publication_tells_which_one(published, surface, meaning):
    (date,) = find_dates(f"Karbo ouvre {surface}.", datetime.date.fromisoformat(published))
    assert meaning_of(date) == meaning


def test_a_moment_counts_as_its_day():
    assert find_dates("Hier.", datetime.datetime(2025, 5, 14, 23, 59)) == find_dates("Hier.", WEDNESDAY)


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("Les 3 et 4 mars.", ["Les 3 = 2025-03-03 day", "4 mars = 2025-03-04 day"]),
        (
            "Les 3, 4 et 5 mars 2024.",
            ["Les 3 = 2024-03-03 day", "4 = 2024-03-04 day", "5 mars 2024 = 2024-03-05 day"],
        ),
        (
            "Jeudi 15 et vendredi 16 mai, Karbo vote.",
            ["Jeudi 15 = 2025-05-15 day", "vendredi 16 mai = 2025-05-16 day"],
        ),
        (
            "En décembre et janvier 2025.",
            ["En décembre = 2024-12-01 2024-12-31 month", "janvier 2025 = 2025-01-01 2025-01-31 month"],
        ),
        (
            "Aux premier et deuxième trimestres 2024.",
            ["Aux premier = 2024-01-01 2024-03-31 quarter", "deuxième trimestres 2024 = 2024-04-01 2024-06-30 quarter"],
        ),
        (
            "En 2019, 2020 et 2021, Karbo a perdu 3 M€.",
            [f"{lead}{y} = {y}-01-01 {y}-12-31 year" for lead, y in (("En ", 2019), ("", 2020), ("", 2021))],
        ),
        (
            "Le chiffre d'affaires 2024 dépasse celui de 2022.",
            ["2024 = 2024-01-01 2024-12-31 year", "2022 = 2022-01-01 2022-12-31 year"],
        ),
        (
            "Karbo (2019) suit le plan 2025-2028.",
            ["2019 = 2019-01-01 2019-12-31 year", "2025-2028 = 2025-01-01 2028-12-31 year"],
        ),
        ("Mardi, Zed a signé.", ["Mardi = 2025-05-13 day"]),
        ("« Lundi, nous signons », dit-il.", ["Lundi = 2025-05-12 day"]),
        ("L'assemblée de mardi prochain.", ["mardi prochain = 2025-05-20 day"]),
        ("Le tour de mars 2024 (12 M€).", ["mars 2024 = 2024-03-01 2024-03-31 month"]),
        ("La loi de 2015.", ["2015 = 2015-01-01 2015-12-31 year"]),
        ("Zed recule par rapport à 2023.", ["2023 = 2023-01-01 2023-12-31 year"]),
        ("Le vol est repoussé à 2027.", ["2027 = 2027-01-01 2027-12-31 year"]),
        ("Au cours du mois d'avril.", ["Au cours du mois d'avril = 2025-04-01 2025-04-30 month"]),
        ("En 2024 500 millions d'euros ont été versés.", ["En 2024 = 2024-01-01 2024-12-31 year"]),
        ("En 2024 certains ont douté.", ["En 2024 = 2024-01-01 2024-12-31 year"]),
        ("Un plan de 31 février 2024.", []),
        (
            "Karbo, fondée en 2015, emploie 2015 salariés depuis lundi.",
            ["en 2015 = 2015-01-01 2015-12-31 year", "depuis lundi = 2025-05-12 ... day"],
        ),
        ("Dans la nuit de lundi à mardi.", ["de lundi à mardi = 2025-05-12 2025-05-13 day"]),
        ("Sur les douze derniers mois.", ["les douze derniers mois = 2024-05-14 2025-05-14 month"]),
    ],
)
def test_each_date_is_found_in_text_order(text, dates):
    assert [f"{d.mention.text} = {meaning_of(d)}" for d in find_dates(text, WEDNESDAY)] == dates


@pytest.mark.parametrize(
    "text",
    [
        "Karbo emploie 2015 salariés et doit 2 000 euros.",
        "Un budget de 2015 euros, une prime de 2000 €, plus de 2010.",
        "L'effectif passe de 2000 à 2500 salariés.",
        "Une amende pouvant aller jusqu'à 2000 euros.",
        "Vers 2000 clients, environ 2010 boutiques, jusqu'à 2020 watts.",
        "Zed vend Windows 2000, la Zed 2008 et le Fenix 2024.",
        "Le plan France 2030 et le programme Horizon 2020.",
        "La fusée part vers Mars. Mars et Vénus sont loin.",
        "Théo Mai et Avril Lavigne dirigent Karbo.",
        "La barre chocolatée de Mars se vend bien.",
        "La série « Mercredi » et le livre Vendredi plaisent.",
        "Le second produit est le deuxième de la gamme, et le dernier.",
        "Le magasin ferme le lundi et ouvre du mardi au samedi.",
        "Chaque mardi, comme tous les lundis.",
        "Le mardi gras, le vendredi saint, mai 68, en mai 68.",
        "Rue du 4 septembre et place du 8 mai.",
        "Pendant deux ans, Karbo a cherché ; deux ans plus tard elle trouve.",
        "Dans les six mois suivant l'accord, dans six pays.",
        "Cette année-là, ce jour-là, cette semaine-là.",
        "Il gagne 3 000 euros par mois et 36 000 par an.",
        "Un T3 de 60 m², un S3 et un Q2.",
        "L'été, Karbo a été fermée ; en hiver aussi.",
        "La fin du film, le début de la phrase, mi-figue, à mi-temps.",
        "Le vol AF2024, le 2024e client, 2024,5 et 1.2024.",
        "Le 45/13/2024 et le 32 mars n'existent pas.",
        "D'ici là, dans l'entre-deux, il y a peu, depuis peu.",
        "Elle a 20 ans ; depuis l'âge de 20 ans.",
        "",
    ],
)
def test_what_is_no_date_is_left_out(text):
    assert find_dates(text, WEDNESDAY) == []


@pytest.mark.parametrize("value", [b"mardi", None, 12])
def test_anything_but_text_is_refused(value):
    with pytest.raises(InputTypeError, match="find_dates reads a str"):
        find_dates(value)


@pytest.mark.parametrize("value", ["2025-05-14", 20250514, (2025, 5, 14)])
def test_a_day_of_publication_is_a_date(value):
    with pytest.raises(InputTypeError, match=r"published is a datetime\.date or None"):
        find_dates("mardi", value)


WORDS = """
le la l' les 3 4 1er 31 29 mars mai février 2024 2030 2015 24 mardi lundi Lundi dernier prochain en au du à et , - – fin
mi début de d' d'ici jusqu'à depuis avant après dès entre T3
trimestre premier deuxième semestre an ans année mois semaine
il y a dans deux vingt dizaine prochaines dernières années été rentrée hier demain ce cette ( ) / . 12/03/2024 salariés
week-end
"""
ODDITIES = ["il y a", "\u00a0", "\u202f", "\r\n", "\n\n", "e\u0301", "\u0130", "\u0131", "\u017f", "\u212a", "9" * 5]
FRAGMENTS = [*WORDS.split(), *ODDITIES]
french = st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=3), max_size=30).flatmap(
    lambda parts: st.sampled_from([" ", "", "\u00a0"]).map(lambda glue: glue.join(parts))
)


@settings(deadline=None)  # the first example also builds the patterns
@given(french, st.none() | st.dates())
def test_any_text_gives_true_offsets_in_order_without_overlap(text, published):
    at = 0
    for date in find_dates(text, published):
        assert at <= date.mention.start < date.mention.end
        assert text[date.mention.start : date.mention.end] == date.mention.text
        assert Date.from_dict(date.to_dict()) == date
        at = date.mention.end


@settings(deadline=None)  # the first example also builds the patterns
@given(french, st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 1, 1)))
def test_the_day_of_publication_changes_no_mention(text, published):
    known, unknown = find_dates(text, published), find_dates(text)
    assert [(d.mention, d.precision, d.bound, d.approximate) for d in known] == [
        (d.mention, d.precision, d.bound, d.approximate) for d in unknown
    ]
    assert all(d.start in (None, k.start) and d.end in (None, k.end) for d, k in zip(unknown, known, strict=True))


@settings(deadline=None)
@given(st.dates(datetime.date(1900, 1, 1), datetime.date(2099, 12, 31)), st.none() | st.dates())
def test_a_day_in_full_is_that_day(day, published):
    (date,) = find_dates(f"Karbo signe le {day:%d/%m/%Y}.", published)
    assert date.start == date.end == day


@settings(deadline=None)
@given(st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 1, 1)))
def test_a_day_of_the_week_is_less_than_a_week_away(published):
    (plain,) = find_dates("Karbo a signé vendredi.", published)
    (next_one,) = find_dates("Karbo signe vendredi prochain.", published)
    (last,) = find_dates("Karbo a signé vendredi dernier.", published)
    assert plain.start and next_one.start and last.start
    assert [d.start.weekday() for d in (plain, next_one, last) if d.start] == [4, 4, 4]
    assert 0 <= (published - plain.start).days < 7
    assert 0 < (next_one.start - published).days <= 7
    assert 0 < (published - last.start).days <= 7


def test_a_long_text_is_read_fast():
    paragraph = (
        "La jeune pousse lyonnaise Karbo a levé 12 M€ mardi dernier auprès de plusieurs fonds, dont 8 apportés par Zed "
        "et une vingtaine de millions d'euros de dette en mars 2024. Elle emploie 240 personnes, un peu plus de cent "
        "de mieux qu'en 2025, et compte ouvrir d'ici à 2030 une usine à Lens. "
    )
    text = paragraph * 400
    find_dates(paragraph, WEDNESDAY)
    began = time.process_time()
    assert len(find_dates(text, WEDNESDAY)) == 4 * 400
    assert time.process_time() - began < len(text) / 200_000


@pytest.mark.parametrize(
    "unit",
    [
        *[
            "9",
            "1 ",
            "3, ",
            "3 et ",
            " ",
            "\n",
            "(",
            "(2",
            "l'",
            "à ",
            "de ",
            "le ",
            "en ",
            "fin ",
            "fin de ",
            "entre ",
            "12/",
        ],
        *["mars ", "lundi ", "lundi 12 ", "en 2020, ", "2020-", "de 2019 à ", "il y a ", "dans les ", "premier et "],
        *[
            "jusqu'à ",
            "d'ici ",
            "au cours de ",
            "depuis deux ",
            "vingt ",
            "T3 ",
            "les 3 et 4 mars, ",
            "dernier ",
            "été ",
        ],
    ],
)
def test_hostile_repetition_ends_fast(unit):
    text = unit * (100_000 // len(unit))
    began = time.process_time()
    find_dates(text, WEDNESDAY)
    assert time.process_time() - began < 10
