"""What words alone mend of a tokenizer's work."""

from __future__ import annotations

import pytest

from newsclaims.lexicon import load
from newsclaims.lexicon.conjugation import inflections
from newsclaims.parsing import Parser
from newsclaims.tokens import Token, articles, goes_on, joined, split


def tokens(text: str) -> list[Token]:
    """Return the tokens of a text with a space around each, « des » as a contraction."""
    found, place = [], 1
    for form in text.split():
        words = ("de", "les") if form.lower() == "des" else (form,)
        found.append(Token(form, place, place + len(form), words))
        place += len(form) + 1
    return found


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Il rencontre M.", "Roux demain ."),
        ("le patron de la filiale , Bruno", "Le Guen , se tait ."),
        ("la directrice , Anne", "Dufour , part ."),
        ("le journal", "La Lettre en parle ."),
        ("la vente de", "Kelmis tarde ."),
        ("Elle a investi dans la plateforme", "Brevo et recrute ."),
        ("Elle en a produit 900", "Model S ."),
        ("le tandem Altéa /", "Brevo domine ."),
    ],
)
def test_a_sentence_broken_inside_goes_on(before: str, after: str) -> None:
    assert goes_on(tokens(before), tokens(after))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Altéa recrute .", "Brevo aussi ."),
        ("Le prix de la liberté", "Il a fallu attendre ."),
        ("Un duel avec Altéa", "Il durera ."),
        ("Un duel avec Altéa", "La société recrute ."),
        ("La vente a lieu en mai", "Le Conseil d' État tranchera ."),
        ("Altéa", "Brevo"),
        ("Un produit à part", "Pour commencer , Altéa recrute ."),
    ],
)
def test_a_sentence_that_ends_ends(before: str, after: str) -> None:
    assert not goes_on(tokens(before), tokens(after))


def test_a_heading_glued_to_a_sentence_ends() -> None:
    heading, [first, *rest] = tokens("Une charte des mariages"), tokens("Brevo recrute .")
    glued = Token(first.text, heading[-1].end, heading[-1].end + 5, first.words)

    assert not goes_on(heading, [glued, *rest])


@pytest.mark.parametrize(
    "text",
    [
        "Altéa a levé des fonds",
        "Altéa a donc déjà racheté des parts",
        "Elle veut acquérir des start-up",
        "Elle investit dans des usines",
        "Il mise sur des brevets",
        "Kelmis rachète des magasins",
        "En vendant des licences",
        "Ils financeraient des projets",
    ],
)
def test_des_is_an_article_after_verbs_and_prepositions(text: str) -> None:
    [found] = [token for token in articles(tokens(text)) if token.text == "des"]

    assert found.words == ("des",)


@pytest.mark.parametrize(
    "text",
    [
        "la levée des fonds",
        "Altéa a obtenu la levée des sanctions",
        "le concurrent des géants",
        "Il dépend des banques",
        "Elle vient des Pays-Bas",
        "autour des usines",
        "plusieurs des actionnaires",
        "l' offre des repreneurs",
        "un produit racheté des années plus tôt",
    ],
)
def test_des_is_otherwise_what_the_tokenizer_makes_of_it(text: str) -> None:
    [found] = [token for token in articles(tokens(text)) if token.text == "des"]

    assert found.words == ("de", "les")


def test_an_article_becomes_a_contraction_where_nothing_else_can_follow() -> None:
    given = [Token("plusieurs", 0, 9, ("plusieurs",)), Token("des", 10, 13, ("des",))]

    assert articles(given)[1].words == ("de", "les")


def test_every_verb_with_de_is_known_to_conjugation() -> None:
    data = load("tokens")["des"]
    lemmas = {lemma for readings in inflections().values() for lemma, _ in readings}
    unknown = [verb for verb in (*data["verbs_with_de"], *data["verbs_with_either"]) if verb not in lemmas]

    assert not unknown


def test_mended_words_are_parsed(parser: Parser) -> None:
    [sentence] = parser("Altéa a levé des fonds pour financer des usines dans les Vosges.").sentences
    found = [(word.text, word.upos) for word in sentence.words if word.span.text == "des"]

    assert found == [("des", "DET"), ("des", "DET")]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Altéa;", ["Altéa", ";"]),
        ("«Altéa»", ["«", "Altéa", "»"]),
        ("Altéa»,", ["Altéa", "»", ","]),
        ("(Brevo", ["(", "Brevo"]),
        ("start-up(s)", ["start-up(s)"]),
        ("Altéa", ["Altéa"]),
        ("...", ["..."]),
        ("1.500", ["1.500"]),
    ],
)
def test_marks_left_on_a_word_are_tokens(text: str, parts: list[str]) -> None:
    found = list(split(Token(text, 10, 10 + len(text), (text,))))

    assert [token.text for token in found] == parts
    assert all(token.end - token.start == len(token.text) for token in found)
    assert [token.start for token in found] == sorted(token.start for token in found)
    assert found[-1].end == 10 + len(text)


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (["01", ".", "AI", "recrute"], ["01.AI", "recrute"]),
        (["01", ".AI"], ["01.AI"]),
        (["kelmis", ".", "io"], ["kelmis.io"]),
        (["kelmis.", "com"], ["kelmis.com"]),
        (["fin", ".", "Le"], ["fin", ".", "Le"]),
    ],
)
def test_names_that_are_addresses_are_one_token(parts: list[str], expected: list[str]) -> None:
    tokens, place = [], 0
    for part in parts:
        gap = part == "recrute"
        tokens.append(Token(part, place + gap, place + gap + len(part), (part,)))
        place += gap + len(part)

    assert [token.text for token in joined(tokens)] == expected
