"""What the shipped model must read right, whatever its scores: sentences of our own, one phenomenon each."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

import newsclaims
from newsclaims.parsing import Parser
from newsclaims.training.pack import FILES

MODEL = Path(newsclaims.__file__).parent / "model"


def test_the_model_files_are_compact() -> None:
    assert sum((MODEL / name).stat().st_size for name in FILES) <= 45_000_000


@pytest.mark.parametrize("name", FILES)
def test_model_files_hold_no_code(name: str) -> None:
    torch.load(MODEL / name, weights_only=True)


@pytest.mark.parametrize(
    ("text", "form", "lemma"),
    [
        ("Altéa aurait levé 20 millions d'euros.", "aurait", "avoir"),
        ("Les fondateurs auraient cédé leurs parts.", "auraient", "avoir"),
        ("Brevo serait valorisée deux milliards d'euros.", "serait", "être"),
        ("Les deux groupes seraient en discussions.", "seraient", "être"),
        ("Kelmis pourrait racheter Tandor.", "pourrait", "pouvoir"),
        ("Les actionnaires pourraient refuser l'offre.", "pourraient", "pouvoir"),
        ("Le fonds devrait entrer au capital de Brevo.", "devrait", "devoir"),
        ("Les négociations devraient aboutir en mars.", "devraient", "devoir"),
        ("Kelmis voudrait vendre sa filiale suisse.", "voudrait", "vouloir"),
        ("Le groupe envisagerait de céder Tandor.", "envisagerait", "envisager"),
        ("Altéa compterait dix mille clients.", "compterait", "compter"),
        ("Sorelia négocierait avec un fonds danois.", "négocierait", "négocier"),
        ("L'opération atteindrait 300 millions de dollars.", "atteindrait", "atteindre"),
        ("Selon la presse, Kelmis préparerait une offre.", "préparerait", "préparer"),
    ],
)
def test_conditionals_are_conditionals(parser: Parser, text: str, form: str, lemma: str) -> None:
    [sentence] = parser(text).sentences
    [word] = [word for word in sentence.words if word.text == form]

    assert (word.lemma, word.feats.get("Mood")) == (lemma, "Cnd")


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("M. Roux dirige Altéa Inc. depuis 2019.", ["M.", "Inc."]),
        ("Mme Vidal, de S.N.B., a dit non.", ["Mme", "S.N.B."]),
        ("La levée atteint 6,6 Md$ en tout.", ["6,6", "Md$"]),
        ("Il a payé 12 M€ pour le site.", ["12", "M€"]),
        ("Le groupe Booking.com grandit.", ["Booking.com"]),
        ("L'usine emploie 1.500 salariés.", ["1.500", "salariés"]),
        ("Le bénéfice recule de 12,5% sur un an.", ["12,5", "%"]),
        ("L’offre d’Altéa n’est pas close.", ["L’", "d’", "n’"]),
        ("L'offre d'Altéa n'est pas close.", ["L'", "d'", "n'"]),
        ("Le conseil a-t-il dit oui ?", ["a", "-t-il"]),
        ("Nous vendrons, assure-t-elle.", ["assure", "-t-elle"]),
        ("La start-up est-elle rentable ?", ["start-up", "est", "-elle"]),
        ("C'est aujourd'hui que tout se joue.", ["aujourd'hui"]),
    ],
)
def test_tokens_are_those_of_the_treebanks(parser: Parser, text: str, tokens: list[str]) -> None:
    document = parser(text)
    found = [word.span.text for sentence in document.sentences for word in sentence.words]

    assert len(document.sentences) == 1
    assert [token for token in found if token in tokens] == tokens


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Altéa lève 10 M€\nLa société veut recruter.", ["Altéa lève 10 M€", "La société veut recruter."]),
        (
            "Les points clés :\n- un chiffre d'affaires en hausse\n- une dette réduite\n",
            ["Les points clés :", "un chiffre d'affaires en hausse", "une dette réduite"],
        ),
        ("« Nous restons. Rien ne change », dit M. Roux.", ["« Nous restons.", "Rien ne change », dit M. Roux."]),
        ("– Vous vendez ?\n– Jamais !", ["Vous vendez ?", "Jamais !"]),
        (
            "Le prix, fixé par M. Roux et Mme Vidal, etc., reste secret. Altéa se tait.",
            ["Le prix, fixé par M. Roux et Mme Vidal, etc., reste secret.", "Altéa se tait."],
        ),
        (
            "La filiale de Kelmis Inc. perd de l'argent. Elle sera vendue.",
            ["La filiale de Kelmis Inc. perd de l'argent.", "Elle sera vendue."],
        ),
        ("Le fonds Ardent Plus Partners suit Altéa.", ["Le fonds Ardent Plus Partners suit Altéa."]),
    ],
)
def test_sentences_end_where_they_do(parser: Parser, text: str, sentences: list[str]) -> None:
    assert [sentence.text for sentence in parser(text).sentences] == sentences
