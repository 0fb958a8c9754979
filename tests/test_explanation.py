from __future__ import annotations

import copy
import io
import json
import pickle
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs
import pytest

import newsclaims
from newsclaims import Document, Explanation, Extractor, Verdict, cli
from newsclaims.claims import Claim, Entity, from_dict
from newsclaims.coreference import Because, Step
from newsclaims.errors import InputTypeError, InputValueError
from newsclaims.explanation import Ground, Means, Role
from newsclaims.parsing import Parser
from newsclaims.qualify import StatusCue
from newsclaims.rules import load_rules
from newsclaims.spans import Span
from newsclaims.trace import Outcome

ARTICLES = sorted(Path(__file__).parent.glob("articles/*.txt"))
BID = "Orsol a racheté Vega."


def explained(extractor: Extractor, text: str, number: int = -1) -> Explanation:
    """Return how one of the claims of a text is read, the last one if nothing else is said."""
    return extractor.extract(text)[number].explain()


def role(explanation: Explanation, name: str) -> Role:
    """Return how an actor came into its slot."""
    (found,) = (r for r in explanation.roles if isinstance(r.value, Entity) and r.value.name == name)
    return found


def spans(value: Any) -> Iterator[Span]:
    """Yield every span of an explanation or a verdict."""
    if isinstance(value, Span):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from spans(item)
    elif isinstance(value, dict):
        yield from spans(tuple(value.values()))
    elif attrs.has(type(value)):
        for field in attrs.fields(type(value)):
            yield from spans(getattr(value, field.name))


# Claims know how they were read -------------------------------------------------------------------------------


def test_an_explanation_tells_rule_nodes_roles_and_what_decided_the_rest(extractor: Extractor) -> None:
    text = (
        "L'éditeur Orsol cherche une cible. "
        "Selon Le Fil, il n'envisagerait pas de racheter Nimbao pour 2 milliards d'euros."
    )

    assert str(explained(extractor, text)) == (
        "AcquisitionBid  Orsol → Nimbao  2 bn EUR  conditional, negated, proposed  Le Fil\n"
        "  « il n'envisagerait pas de racheter Nimbao pour 2 milliards d'euros »\n"
        "rule        acquisition.verbe-actif: Verbe d'achat à l'actif : le sujet achète, l'objet est acheté.\n"
        "            trigger = « racheter »\n"
        "            target = « Nimbao »\n"
        "bidders     Orsol (« il »): subject of trigger « il »\n"
        "            « il »: it is a pronoun, the most salient actor before it that agrees: « Orsol » at 10\n"
        "target      Nimbao: node target « Nimbao »\n"
        "price       2 bn EUR: node price « 2 milliards d'euros » (acquisition.prix)\n"
        "status      proposed: it is not told as done\n"
        "modality    conditional: « n' » « envisagerait » « pas »\n"
        "negated     yes: « n' » « envisagerait » « pas »\n"
        "source      Le Fil: « Selon » « Le Fil »"
    )


def test_an_explanation_is_data(extractor: Extractor) -> None:
    explanation = explained(extractor, BID)

    data = json.loads(json.dumps(explanation.to_dict()))

    assert list(data) == [field.name for field in attrs.fields(Explanation)]
    assert from_dict(data["claim"]) == explanation.claim
    assert data["nodes"]["trigger"] == {"start": 8, "end": 15, "text": "racheté"}
    assert data["roles"][0]["slot"] == "bidders"
    assert (data["roles"][0]["means"], data["roles"][0]["node"]) == ("subject of", "trigger")
    assert data["roles"][0]["steps"] == [
        {"words": {"start": 0, "end": 5, "text": "Orsol"}, "because": ["it is a name"], "antecedent": None}
    ]
    assert data["status"] == {"value": "completed", "because": "it is told as done", "words": [], "steps": []}


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
def test_every_claim_of_an_article_is_explained(extractor: Extractor, path: Path) -> None:
    text = path.read_bytes().decode()
    claims = extractor.extract(text)

    explanations = [claim.explain() for claim in claims]

    assert [e.claim for e in explanations] == claims
    assert extractor.explain(text) == explanations
    for explanation in explanations:
        assert all(text[span.start : span.end] == span.text for span in spans(explanation))
        actors = [r for r in explanation.roles if isinstance(r.value, Entity) and r.means is not Means.BEFORE]
        assert all(r.steps and all(step.because for step in r.steps) for r in actors)


def test_a_claim_is_what_it_was_without_its_origin(extractor: Extractor) -> None:
    (claim,) = extractor.extract(BID)

    rebuilt = from_dict(claim.to_dict())

    assert (rebuilt, hash(rebuilt), repr(rebuilt)) == (claim, hash(claim), repr(claim))


@pytest.mark.parametrize(
    "rebuild",
    [
        lambda claim: from_dict(claim.to_dict()),
        lambda claim: pickle.loads(pickle.dumps(claim)),
        lambda claim: attrs.evolve(claim, negated=True),
        copy.deepcopy,
    ],
    ids=["from_dict", "pickle", "evolve", "deepcopy"],
)
def test_a_rebuilt_claim_says_what_to_do(extractor: Extractor, rebuild: Any) -> None:
    (claim,) = extractor.extract(BID)

    with pytest.raises(InputValueError, match=r"rebuilt.*Extractor\(\)\.explain\(text\)"):
        rebuild(claim).explain()


def test_a_claim_of_a_parsed_document_is_explained_without_parser(parser: Parser) -> None:
    document = parser(BID)

    def no_parser(text: str) -> Document:
        raise AssertionError("the document is parsed already")

    (claim,) = Extractor(no_parser).extract_document(document)

    assert claim.explain().claim == claim


def test_the_claim_of_an_explanation_is_explained_again(extractor: Extractor) -> None:
    explanation = explained(extractor, BID)

    assert explanation.claim.explain() == explanation


def test_a_parser_that_changes_its_mind_is_found_out(parser: Parser) -> None:
    documents = [parser(BID), parser("Orsol recrute.")]
    (claim,) = Extractor(lambda text: documents.pop(0)).extract(BID)

    with pytest.raises(InputValueError, match="did not give this claim again"):
        claim.explain()


@pytest.mark.parametrize("text", [None, b"Orsol", 3])
def test_only_text_is_explained(extractor: Extractor, text: Any) -> None:
    with pytest.raises(InputTypeError, match="text must be a str"):
        extractor.explain(text)
    with pytest.raises(InputTypeError, match="text must be a str"):
        extractor.why_not(text, "Rivalry")


# How slots are filled -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "name", "steps"),
    [
        ("Orsol a racheté Vega.", "Vega", [("Vega", [Because.NAME], "")]),
        (
            "Orsol recrute. Il a racheté Vega.",
            "Orsol",
            [("Il", [Because.PRONOUN, Because.SALIENT], "Orsol")],
        ),
        (
            "L'éditeur Orsol recrute. L'entreprise a racheté Vega.",
            "Orsol",
            [("entreprise", [Because.DESCRIPTION, Because.SALIENT], "Orsol")],
        ),
        (
            "Orsol, qui a racheté Vega, recrute.",
            "Orsol",
            [("qui", [Because.RELATIVE], "Orsol"), ("Orsol", [Because.NAME], "")],
        ),
        (
            "Orsol a racheté le groupe Vega.",
            "Vega",
            [("groupe Vega", [Because.NAMED_BESIDE], "")],
        ),
        (
            "Orsol a présenté son projet de rachat de Vega.",
            "Orsol",
            [("son", [Because.POSSESSIVE], "Orsol")],
        ),
        (
            "Orsol et Ferrix ont racheté Vega.",
            "Ferrix",
            [("Ferrix", [Because.COORDINATED, Because.NAME], "")],
        ),
        (
            "« Nous avons racheté Vega », a déclaré Léa Brun, directrice générale d'Orsol.",
            "Orsol",
            [("Nous", [Because.SPEAKER], "Orsol")],
        ),
        (
            "Microsoft recrute. Le géant de Redmond a racheté Vega.",
            "Microsoft",
            [("géant de Redmond", [Because.PERIPHRASE], "Microsoft")],
        ),
        (
            "Orsol discute avec Ferrix. Ce dernier a racheté Vega.",
            "Ferrix",
            [("dernier", [Because.LATTER], "Ferrix")],
        ),
        (
            "Orsol et Ferrix recrutent. Ils ont racheté Vega.",
            "Ferrix",
            [("Ils", [Because.PRONOUN, Because.TOGETHER], "Ferrix")],
        ),
        (
            "Orsol Technologies recrute. Orsol a racheté Vega.",
            "Orsol Technologies",
            [("Orsol", [Because.OTHER_FORM], "")],
        ),
        (
            "La famille Orsol a racheté Vega.",
            "famille Orsol",
            [("famille Orsol", [Because.KEEPS_NAME], "")],
        ),
    ],
)
def test_an_actor_is_traced_to_its_name(
    extractor: Extractor, text: str, name: str, steps: list[tuple[str, list[Because], str]]
) -> None:
    found = role(explained(extractor, text), name).steps

    assert [(s.words.text, list(s.because), s.antecedent.text if s.antecedent else "") for s in found] == steps


def test_the_antecedent_is_the_last_mention_before(extractor: Extractor) -> None:
    text = "Orsol recrute. Elle embauche à Lyon. Elle a racheté Vega."

    (step,) = role(explained(extractor, text), "Orsol").steps

    assert step.antecedent == Span(15, 19, "Elle")


def test_a_value_set_by_a_rule_is_told(extractor: Extractor) -> None:
    explanation = explained(extractor, "Orsol rivalise avec Vega.")

    (kind,) = (r for r in explanation.roles if r.slot == "kind")
    assert (kind.value, kind.means, kind.rule, kind.words) == (
        "competition",
        Means.FIXED,
        explanation.claim.rule,
        None,
    )


def test_a_role_of_the_claim_before_is_told(extractor: Extractor) -> None:
    explanation = explained(extractor, "Ferrix a racheté Luma. Cette acquisition permet à Ferrix de croître.")

    target = role(explanation, "Luma")
    assert (target.means, target.words) == (Means.BEFORE, Span(0, 21, "Ferrix a racheté Luma"))
    assert "target      Luma: taken from the claim before « Ferrix a racheté Luma »" in str(explanation)


def test_actors_that_a_later_sentence_adds_are_told(extractor: Extractor) -> None:
    text = "Nimbao a levé 12 millions d'euros auprès de Vauban Ventures. Orsol et Vega ont suivi."

    explanation = explained(extractor, text)

    assert role(explanation, "Vauban Ventures").rule == "funding.aupres-de"
    assert role(explanation, "Orsol").rule == "funding.ont-suivi"
    assert explanation.additions == ("funding.ont-suivi",)


def test_rules_that_read_the_same_mention_are_told(extractor: Extractor) -> None:
    explanation = explained(extractor, "Nimbao a levé 12 millions d'euros en série A auprès de Vauban Ventures.")

    merged = [v for v in extractor.why_not(explanation.claim.sentence.text, "FundingRound") if v.claim]
    assert explanation.others
    assert {v.rule: v.outcome for v in merged} == {
        explanation.claim.rule: Outcome.FOUND,
        **dict.fromkeys(explanation.others, Outcome.MERGED),
    }


# What decides the rest ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "modality", "words"),
    [
        ("Orsol a racheté Vega.", "asserted", ""),
        ("Orsol aurait racheté Vega.", "conditional", "aurait racheté"),
        ("Orsol pourrait racheter Vega.", "possible", "pourrait"),
        ("Orsol compte racheter Vega.", "planned", "compte"),
        ("Si Orsol rachète Vega, le titre montera.", "hypothetical", "Si rachète"),
    ],
)
def test_the_words_that_decide_the_modality_are_told(
    extractor: Extractor, text: str, modality: str, words: str
) -> None:
    decision = explained(extractor, text).modality

    assert (decision.value, " ".join(span.text for span in decision.words)) == (modality, words)
    assert decision.because is (Ground.WORDS if words else Ground.NOTHING)


@pytest.mark.parametrize(
    ("text", "value", "because", "words"),
    [
        ("Orsol a racheté Vega.", False, Ground.NOTHING, ""),
        ("Orsol n'a pas racheté Vega.", True, Ground.WORDS, "n' a pas racheté"),
        ("Orsol dément avoir racheté Vega.", True, Ground.WORDS, "dément"),
        ("Orsol dément ne pas avoir racheté Vega.", False, Ground.AFFIRMED, "dément ne pas"),
        ("Orsol renonce à racheter Vega.", False, Ground.IN_STATUS, "renonce"),
    ],
)
def test_the_words_that_deny_are_told(
    extractor: Extractor, text: str, value: bool, because: Ground, words: str
) -> None:
    decision = explained(extractor, text).negated

    assert (decision.value, decision.because) == (value, because)
    assert {span.text for span in decision.words} >= set(words.split())


@pytest.mark.parametrize(
    ("text", "status", "because"),
    [
        ("Orsol a racheté Vega.", "completed", StatusCue.TOLD),
        ("Orsol veut racheter Vega.", "proposed", StatusCue.OPEN),
        ("Orsol négocie le rachat de Vega.", "negotiating", StatusCue.TALKS),
        ("Orsol a renoncé à racheter Vega.", "withdrawn", StatusCue.GIVEN_UP),
        ("Orsol a signé un accord pour racheter Vega.", "accepted", StatusCue.AGREED),
        ("Vega a rejeté l'offre d'Orsol.", "rejected", StatusCue.RULE),
    ],
)
def test_what_decides_the_status_is_told(extractor: Extractor, text: str, status: str, because: StatusCue) -> None:
    decision = explained(extractor, text).status

    assert decision is not None
    assert (decision.value, decision.because) == (status, because)


def test_only_bids_have_a_status(extractor: Extractor) -> None:
    assert explained(extractor, "Orsol rivalise avec Vega.").status is None


@pytest.mark.parametrize(
    ("text", "name", "because", "words"),
    [
        ("Orsol a racheté Vega.", None, Ground.NO_SPEAKER, []),
        ("Selon Le Fil, Orsol a racheté Vega.", "Le Fil", Ground.WORDS, ["Selon", "Le Fil"]),
        ("Orsol a racheté Vega, affirment des sources.", None, Ground.UNNAMED_SPEAKER, ["affirment", "sources"]),
    ],
)
def test_the_words_that_attribute_a_claim_are_told(
    extractor: Extractor, text: str, name: str | None, because: Ground, words: list[str]
) -> None:
    decision = explained(extractor, text).source

    assert (decision.value and decision.value.name, decision.because) == (name, because)
    assert [span.text for span in decision.words] == words


def test_how_a_source_got_its_name_is_told(extractor: Extractor) -> None:
    explanation = explained(extractor, "Léa Brun dirige Orsol. Orsol a racheté Vega, a-t-elle déclaré.")

    (step,) = explanation.source.steps
    assert step == Step(step.words, (Because.PRONOUN, Because.SALIENT), Span(0, 8, "Léa Brun"))


# Why there is no claim ----------------------------------------------------------------------------------------


def verdict(extractor: Extractor, text: str, claim_type: str, rule: str) -> Verdict:
    """Return what came of one rule in a text."""
    return next(v for v in extractor.why_not(text, claim_type) if v.rule == rule)


@pytest.mark.parametrize(
    ("text", "rule", "outcome", "slot", "words"),
    [
        ("Orsol a racheté Vega.", "acquisition.verbe-actif", Outcome.FOUND, "", []),
        ("Orsol a racheté ses actions.", "acquisition.verbe-actif", Outcome.NO_MATCH, "", ["actions"]),
        ("Il faut racheter Vega.", "acquisition.verbe-actif", Outcome.NO_SUBJECT, "bidders", ["racheter"]),
        ("Elle a racheté Vega.", "acquisition.verbe-actif", Outcome.NOBODY, "bidders", ["Elle"]),
        ("Le club a racheté Vega.", "acquisition.verbe-actif", Outcome.UNNAMED, "bidders", ["club"]),
        ("Vega a racheté Vega.", "acquisition.verbe-actif", Outcome.TWO_ROLES, "target", ["Vega"]),
        (
            "Cette acquisition permet à Ferrix de croître.",
            "acquisition.evenement-repris",
            Outcome.NOTHING_BEFORE,
            "",
            [],
        ),
    ],
)
def test_a_verdict_tells_where_a_rule_stopped(
    extractor: Extractor, text: str, rule: str, outcome: Outcome, slot: str, words: list[str]
) -> None:
    found = verdict(extractor, text, "AcquisitionBid", rule)

    assert (found.outcome, found.slot, [span.text for span in found.words]) == (outcome, slot, words)


def test_words_of_another_domain_are_told(extractor: Extractor) -> None:
    found = verdict(extractor, "Orsol rivalise avec Vega en championnat.", "Rivalry", "rivalry.rivaliser-avec")

    assert str(found) == (
        "rivalry.rivaliser-avec at « rivalise »: words of another domain stand in the sentence: « championnat »"
    )


def test_an_actor_of_the_wrong_kind_is_told(extractor: Extractor) -> None:
    found = verdict(extractor, "Léa Brun rivalise avec Orsol.", "Rivalry", "rivalry.rivaliser-avec")

    assert (found.outcome, found.slot) == (Outcome.OTHER_KIND, "parties")


def test_a_pattern_that_does_not_match_tells_which_part(extractor: Extractor) -> None:
    found = verdict(extractor, "Orsol a racheté Vega.", "AcquisitionBid", "acquisition.verbe-passif")

    assert found.failure == "« racheté » is not Voice:Pass"
    assert str(found) == (
        "acquisition.verbe-passif at « racheté »: its pattern does not match: « racheté » is not Voice:Pass"
    )


def test_a_wording_that_is_missing_is_told(extractor: Extractor) -> None:
    found = verdict(extractor, "Orsol lutte pour Vega.", "Rivalry", "rivalry.sur-les-terres-de")

    assert found.outcome is Outcome.NO_MATCH
    assert found.failure.endswith("/ in its sentence")


def test_actors_added_to_the_claim_before_are_told(extractor: Extractor) -> None:
    text = "Nimbao a levé 12 millions d'euros auprès de Vauban Ventures. Orsol et Vega ont suivi."

    found = verdict(extractor, text, "FundingRound", "funding.ont-suivi")

    assert (found.outcome, found.claim) == (Outcome.ADDED, extractor.extract(text)[0])


def test_those_that_got_furthest_come_first(extractor: Extractor) -> None:
    verdicts = extractor.why_not("Elle a racheté Vega. Orsol a racheté Luma.", "AcquisitionBid")

    outcomes = [v.outcome for v in verdicts]
    second = next(i for i, v in enumerate(verdicts) if v.sentence.start)
    for part in (outcomes[:second], outcomes[second:]):
        assert part == sorted(part, key=list(Outcome).index, reverse=True)
        assert part[0] is not Outcome.NO_MATCH


@pytest.mark.parametrize("claim_type", ["Rivalry", newsclaims.Rivalry])
def test_a_text_without_trigger_has_no_verdict(extractor: Extractor, claim_type: str | type[Claim]) -> None:
    assert extractor.why_not("Orsol recrute.", claim_type) == []


@pytest.mark.parametrize("claim_type", ["Merger", "", 3, Claim, None])
def test_an_unknown_type_is_refused(extractor: Extractor, claim_type: Any) -> None:
    with pytest.raises(InputValueError, match="known types: AcquisitionBid"):
        extractor.why_not("Orsol a racheté Vega.", claim_type)


def test_a_verdict_is_data(extractor: Extractor) -> None:
    found = extractor.why_not(BID, "AcquisitionBid")[0]

    data = json.loads(json.dumps(found.to_dict()))

    assert list(data) == [field.name for field in attrs.fields(Verdict)]
    assert (data["outcome"], data["trigger"]["text"]) == ("it makes a claim", "racheté")
    assert from_dict(data["claim"]) == found.claim


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("claim_type", ["AcquisitionBid", "FundingRound", "Investment", "Rivalry"])
def test_verdicts_and_claims_agree(extractor: Extractor, path: Path, claim_type: str) -> None:
    text = path.read_bytes().decode()

    verdicts = extractor.why_not(text, claim_type)

    claims = [c for c in extractor.extract(text) if type(c).__name__ == claim_type]
    assert {v.rule for v in verdicts if v.outcome is Outcome.FOUND} == {c.rule for c in claims}
    assert all(v.claim in claims for v in verdicts if v.claim)
    assert all(text[span.start : span.end] == span.text for v in verdicts for span in spans(v))


def test_the_rules_asked_about_are_those_of_the_extractor(tmp_path: Path, parser: Parser) -> None:
    path = tmp_path / "rules.toml"
    path.write_text(
        """
        claim = "Rivalry"
        [[rule]]
        id = "rivalry.attaque"
        summary = "« X attaque Y »."
        pattern = "{lemma:attaquer}=trigger >obj {}=parties2"
        subject = "parties1"
        [[rule.example]]
        text = "<parties>Orsol</parties> attaque <parties>Vega</parties>."
        [[rule.counterexample]]
        text = "Orsol attaque."
        because = "Personne."
        """,
        encoding="utf-8",
    )
    extractor = Extractor(parser, load_rules(path))

    assert [v.rule for v in extractor.why_not("Orsol attaque ses clients.", "Rivalry")] == ["rivalry.attaque"]
    assert extractor.why_not(BID, "AcquisitionBid") == []


# The command line ---------------------------------------------------------------------------------------------


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, extractor: Extractor) -> None:
    """Let the commands use the model that is loaded already."""
    for module in ("explain", "why_not"):
        monkeypatch.setattr(f"newsclaims.commands.{module}.Extractor", lambda **_: extractor)


@pytest.mark.usefixtures("command")
def test_the_command_explains_a_text_or_a_file(
    extractor: Extractor, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "article.txt"
    path.write_text(BID, encoding="utf-8")

    assert (cli.main(["explain", BID]), cli.main(["explain", str(path)])) == (0, 0)

    told = f"{extractor.explain(BID)[0]}\n"
    assert capsys.readouterr().out == told * 2


@pytest.mark.usefixtures("command")
def test_the_command_reads_the_standard_input(
    extractor: Extractor, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(BID.encode())))

    assert cli.main(["explain", "-"]) == 0
    assert capsys.readouterr().out == f"{extractor.explain(BID)[0]}\n"


@pytest.mark.usefixtures("command")
def test_the_command_says_when_there_is_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert (cli.main(["explain", "Bonjour."]), cli.main(["why-not", "Rivalry", "Bonjour."])) == (0, 0)

    assert capsys.readouterr().out == (
        "no claim found; newsclaims why-not tells why\nno rule of Rivalry has its trigger in the text\n"
    )


@pytest.mark.usefixtures("command")
def test_the_command_says_why_not(extractor: Extractor, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["why-not", "AcquisitionBid", BID]) == 0

    verdicts = extractor.why_not(BID, "AcquisitionBid")
    assert capsys.readouterr().out.splitlines() == [str(v) for v in verdicts]


@pytest.mark.usefixtures("command")
def test_the_commands_print_json(extractor: Extractor, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["explain", "--json", BID]) == 0
    assert json.loads(capsys.readouterr().out) == [e.to_dict() for e in extractor.explain(BID)]

    assert cli.main(["why-not", "--json", "AcquisitionBid", BID]) == 0
    assert json.loads(capsys.readouterr().out) == [v.to_dict() for v in extractor.why_not(BID, "AcquisitionBid")]


@pytest.mark.usefixtures("command")
def test_the_command_refuses_an_unknown_type(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["why-not", "Merger", BID]) == 2
    assert capsys.readouterr().err.startswith("newsclaims: unknown claim type 'Merger'")
