"""The gate lets through what rules can match in, and what it keeps out changes no claim."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest

import newsclaims
from newsclaims import Extractor, InputTypeError, InputValueError
from newsclaims.gate import Gate, forms_of, shape
from newsclaims.parsing import StanzaParser
from newsclaims.rules import builtin_rules
from newsclaims.semgrex.needs import Every, Has, Screen, Some
from newsclaims.semgrex.syntax import Value

ARTICLES = sorted((Path(__file__).parent / "articles").glob("*.txt"))
RULES = [rule for rule in builtin_rules() if not rule.completes]
GATE = Gate(RULES)


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    """An extractor with the model in the package: one with another parser has no gate."""
    return Extractor()


@pytest.fixture(scope="module")
def whole(extractor: Extractor) -> Extractor:
    return Extractor(extractor.parser, gate=False)


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
def test_an_article_makes_the_same_claims_without_the_gate(extractor: Extractor, whole: Extractor, path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert extractor.extract(text) == whole.extract(text)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_the_gate_opens_for_every_example_of_a_rule(rule: newsclaims.rules.Rule) -> None:
    for example in rule.examples:
        assert GATE.opens(example.text, ("MONEY", "PERCENT"))


@pytest.mark.parametrize(
    "text",
    [
        "Il pleuvra demain sur la Bretagne.",
        "Le maire de Lille a inauguré une crèche, « un beau projet » selon les parents.",
        "Deux voitures se sont heurtées lundi soir près de Lyon.",
    ],
)
def test_general_news_stays_outside(extractor: Extractor, text: str) -> None:
    assert not GATE.opens(text)
    assert extractor.extract(text) == []


def test_nothing_is_parsed_where_no_rule_can_match(monkeypatch: pytest.MonkeyPatch, extractor: Extractor) -> None:
    tokenized: list[str] = []
    parsed: list[str] = []
    parse = StanzaParser.parse

    def noting(self: StanzaParser, pieces: list[newsclaims.parsing.Piece], *wanted: Any) -> Any:
        found = parse(self, pieces, *wanted)
        tokenized.extend(piece.text for piece in pieces)
        parsed.extend(sentence.text for sentences in found for sentence in sentences)
        return found

    monkeypatch.setattr(StanzaParser, "parse", noting)
    text = (
        "Vega fête ses dix ans. Elle a racheté Ferrix hier. Il aime la marche sur les terres de Luma. Il vote contre "
        "Luma. Il pleut à Brest."
    )

    [claim] = extractor.extract(text)

    assert claim.bidders[0].name == "Vega"  # type: ignore[attr-defined]
    assert tokenized == [
        "Elle a racheté Ferrix hier.",
        "Il aime la marche sur les terres de Luma.",
        "Vega fête ses dix ans.",
    ]
    assert parsed == ["Elle a racheté Ferrix hier.", "Vega fête ses dix ans."]


def test_the_gate_admits_the_sentences_that_rules_match_in(extractor: Extractor, whole: Extractor) -> None:
    texts = [example.text for rule in RULES for example in rule.examples[:2]]

    assert list(extractor.extract_many(texts)) == list(whole.extract_many(texts))


def test_a_noun_behind_its_article_is_no_verb() -> None:
    words = [("L'", "le", "DET"), ("offre", "offre", "NOUN"), ("de", "de", "ADP"), ("Vega", "Vega", "PROPN")]
    buying = Gate(rule for rule in RULES if rule.id == "acquisition.verbe-actif")

    assert not buying.admits(words, "L'offre de Vega")
    words = [("Orsol", "Orsol", "PROPN"), ("rachète", "rachète", "NOUN"), ("Vega", "Vega", "PROPN")]
    assert buying.admits(words, "Orsol rachète Vega")


def test_who_says_a_quotation_is_found_behind_the_claim(extractor: Extractor, whole: Extractor) -> None:
    text = "« Orsol a racheté Vega. Nous en sommes fiers. Les équipes restent », a déclaré Paul Durand. Il pleut."

    assert extractor.extract(text) == whole.extract(text)
    assert extractor.extract(text)[0].source.name == "Paul Durand"  # type: ignore[union-attr]


def test_a_periphrasis_finds_the_name_behind_the_claim(extractor: Extractor, whole: Extractor) -> None:
    text = "Le géant de Redmond a racheté Vega. Il pleut. Personne ne s'y attendait chez Microsoft."

    assert extractor.extract(text) == whole.extract(text)
    assert extractor.extract(text)[0].bidders[0].name == "Microsoft"  # type: ignore[attr-defined]


def test_a_fuller_name_behind_the_claim_changes_no_name(extractor: Extractor, whole: Extractor) -> None:
    text = "Vega propose le modèle Zephyr. La Zephyr rivalise avec la Calypse. Il pleut. La Vega Zephyr avance."

    assert extractor.extract(text) == whole.extract(text)
    assert [claim.rule for claim in extractor.extract(text)] == ["rivalry.rivaliser-avec"]


def test_rules_of_ones_own_open_the_gate(extractor: Extractor, tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text(
        """
claim = "Rivalry"
[[rule]]
id = "own.jalouser"
summary = "« X jalouse Y »."
pattern = "{lemma:jalouser}=trigger >nsubj {}=parties1 >obj {}=parties2"
[[rule.example]]
text = "<parties>Orsol</parties> jalouse <parties>Vega</parties>."
[[rule.counterexample]]
text = "Orsol jalouse."
because = "Il manque l'autre partie."
""",
        encoding="utf-8",
    )
    own = Extractor(extractor.parser, rules=newsclaims.load_rules(file))

    assert [c.rule for c in own.extract("Il pleut. Orsol jalouse Vega.")] == ["own.jalouser"]
    assert extractor.extract("Il pleut. Orsol jalouse Vega.") == []


@pytest.mark.parametrize(
    ("lemma", "form"),
    [
        ("racheter", "rachètera"),
        ("fondateur", "fondatrices"),
        ("financier", "financières"),
        ("capital", "capitaux"),
        ("société", "Sociétés"),
        ("nouveau", "nouvelle"),
        ("lequel", "lesquelles"),
    ],
)
def test_a_lemma_stands_in_all_its_forms(lemma: str, form: str) -> None:
    assert form.lower() in forms_of(lemma)


def test_accents_may_be_lost_and_not_added(tmp_path: Path) -> None:
    gate = Gate(RULES)

    assert all(gate.opens(f"Orsol {form} Vega", ("MONEY",)) for form in ("rachète", "RACHETE", "rachete", "Rachéte"))
    assert shape("Œuvré") == ("oeuvre", 1 << 5)
    assert not gate.opens("Rendez-vous à Brest, où les actions commencent.")
    assert gate.opens("Vega a contré Luma.")
    assert not gate.opens("Il vote contre Luma.")  # « contre » is no « contré » without its accent, nor the verb
    assert gate.opens("Vega, dont Orsol a des actions.")


def test_a_screen_tells_which_needs_hold() -> None:
    buy, price = Has("lemma", Value.exact("acheter")), Has("ner", Value.exact("MONEY"))
    screen = Screen([buy, Every((buy, price)), Some((buy, price)), Every()])
    bought, paid = screen.bits("lemma", "acheter"), screen.bits("ner", "MONEY")

    assert list(screen.passing(0)) == [3]
    assert list(screen.passing(bought)) == [0, 2, 3]
    assert list(screen.passing(bought | paid)) == [0, 1, 2, 3]
    assert list(screen.passing(paid, [0, 2])) == [2]


def test_a_pattern_needs_what_it_does_not_forbid_or_leave_open() -> None:
    pattern = newsclaims.semgrex.compile("{lemma:acheter} >obj {ner:MONEY} ?>nsubj {lemma:on} !> {lemma:pas}")

    tests = newsclaims.semgrex.needs.tests(pattern.need)

    assert [(test.field, *sorted(test.value.literals or ())) for test in tests] == [
        ("lemma", "acheter"),
        ("deprel", "obj"),
        ("ner", "MONEY"),
    ]


# many texts -----------------------------------------------------------------------------------------------


def test_many_texts_give_what_each_gives_alone(extractor: Extractor) -> None:
    texts = [path.read_text(encoding="utf-8") for path in ARTICLES]

    assert list(extractor.extract_many(texts)) == [extractor.extract(text) for text in texts]


def test_many_texts_are_read_as_they_are_asked_for(extractor: Extractor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsclaims.extractor._WINDOW_TEXTS", 2)
    taken: list[int] = []

    def endless() -> newsclaims.extractor.Iterator[str]:
        while True:
            taken.append(len(taken))
            yield f"Orsol a racheté Vega pour {len(taken)} euros."

    found = extractor.extract_many(endless())

    assert [next(found)[0].price.value for _ in range(3)] == [1, 2, 3]
    assert len(taken) == 4


def test_a_context_comes_back_and_a_date_is_the_day_of_publication(extractor: Extractor) -> None:
    day = datetime.date(2026, 11, 24)
    pairs = [("Orsol a racheté Vega mardi.", day), ("Il pleut.", {"id": 7})]

    [(claims, first), (nothing, second)] = extractor.extract_many(pairs)

    assert (first, nothing, second) == (day, [], {"id": 7})
    assert claims[0].date.start == day


def test_a_bad_text_is_raised_yielded_or_logged(extractor: Extractor, caplog: pytest.LogCaptureFixture) -> None:
    texts: list[object] = ["Orsol a racheté Vega.", b"bytes", "Il pleut."]

    with pytest.raises(InputTypeError):
        list(extractor.extract_many(texts))  # type: ignore[arg-type]
    one, error, three = extractor.extract_many(texts, errors="yield")  # type: ignore[arg-type]
    assert (len(one), type(error), three) == (1, InputTypeError, [])
    assert [len(claims) for claims in extractor.extract_many(texts, errors="log")] == [1, 0, 0]  # type: ignore[arg-type]
    assert "a text was left out" in caplog.text
    with pytest.raises(InputValueError, match="'raise', 'yield' or 'log'"):
        list(extractor.extract_many(texts, errors="ignore"))  # type: ignore[arg-type]


def test_a_wording_keeps_the_gate_shut() -> None:
    gate = Gate(rule for rule in RULES if rule.id == "investment.miser-sur")

    assert gate.opens("Orsol mise désormais sur Vega.")
    assert not gate.opens("La mise en service de l'usine a été reportée sur décision de Vega.")
