"""The workbench: rules of one's own and what ``newsclaims rules`` and ``newsclaims.testing`` say of them."""

from __future__ import annotations

import datetime
import io
import json
import runpy
import sys
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path

import attrs
import pytest

from newsclaims import cli, testing
from newsclaims.claims import AcquisitionBid, Claim, Date, Entity, claim_types, from_dict
from newsclaims.errors import RuleError
from newsclaims.extractor import Extractor
from newsclaims.parsing import Parser
from newsclaims.rules import Rules, builtin_rules, load_rules
from newsclaims.testing import Kind, Outcome

EXAMPLES = Path(__file__).parents[1] / "examples"

RULES = """\
claim = "AcquisitionBid"

[[rule]]
id = "own.gober"
summary = "Gober."
pattern = "{lemma:/gober|avaler/; morphofeatures:{Voice:Act}}=trigger >obj ({ner:NAME}=target !>case {})"
subject = "bidders"

[[rule.example]]
text = "<bidders>Orsol</bidders> gobe <target>Vega</target>."

[[rule.example]]
text = "<target>Vega</target> est gobé par <bidders>Orsol</bidders>."
known_miss = "Le passif."

[[rule.counterexample]]
text = "Orsol gobe des œufs."
because = "Des œufs ne sont pas une entreprise."
"""


@pytest.fixture(autouse=True)
def one_model(parser: Parser, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let commands share the model of the session instead of loading it each."""
    monkeypatch.setattr("newsclaims.extractor.load_parser", lambda *_: parser)


@pytest.fixture
def rule_file(tmp_path: Path) -> Callable[[str], Path]:
    def write(text: str) -> Path:
        path = tmp_path / "own.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


# Rules, lists and claim classes of one's own


def test_example_of_a_claim_type_of_ones_own_runs(capsys: pytest.CaptureFixture[str]) -> None:
    runpy.run_path(str(EXAMPLES / "partnership.py"), run_name="__main__")

    assert capsys.readouterr().out.splitlines() == [
        "Partnership (asserted, partnership.verb): L'éditeur Orsol s'est associé à Vega pour concevoir",
        "Partnership (possible, partnership.support-verb): Nimbao et Ferrix pourraient nouer un partenariat",
        "AcquisitionBid (asserted, acquisition.verbe-actif): Luma a racheté Calypse pour 12 millions d'euros",
    ]


def test_rules_of_the_example_are_clean(capsys: pytest.CaptureFixture[str]) -> None:
    rules, types = str(EXAMPLES / "partnership.toml"), str(EXAMPLES / "partnership.py")

    assert cli.main(["rules", "check", "--strict", rules, "--import", types]) == 0
    assert capsys.readouterr().out == "4 rules, 8 sentences: 8 found; 0 findings of the lint\n"
    assert "Partnership" in claim_types()


def test_files_can_be_read_with_a_claim_type_of_ones_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    article = tmp_path / "article.txt"
    article.write_text("Orsol s'associe à Vega.", encoding="utf-8")
    rules, types = str(EXAMPLES / "partnership.toml"), str(EXAMPLES / "partnership.py")

    assert cli.main(["--rules", rules, "--import", types, "--format", "jsonl", str(article)]) == 0

    claim = json.loads(capsys.readouterr().out)
    assert (claim["type"], [partner["name"] for partner in claim["partners"]]) == ("Partnership", ["Orsol", "Vega"])


@pytest.mark.parametrize("module", ["no_such_module", "no_such_file.py"])
def test_module_that_cannot_be_imported_is_named(module: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        cli.main(["rules", "check", "--import", module])
    assert caught.value.code == 2
    assert f"argument --import: {module} cannot be imported: " in capsys.readouterr().err


class Field(StrEnum):
    RESEARCH = "recherche"
    SALES = "vente"


@attrs.frozen(kw_only=True)
class Opening(Claim):
    """A company opens something, in a field, on a day."""

    company: Entity
    field: Field | None = attrs.field(default=None, converter=attrs.converters.optional(Field))
    day: Date | None = None


OPENING = """\
claim = "Opening"
lexicon = "words.toml"
unless = ["theatre"]

[[rule]]
id = "opening"
summary = "Ouvrir."
pattern = '''{word:/(?i)${ouvrir.forms}/}=trigger >obj ({lemma:/${lieu}/} ?>> {lemma:/recherche|vente/}=field)
?>/obl.*/ ({} ?>nmod {}=day)'''
subject = "company"

[[rule.example]]
text = "<company>Orsol</company> inaugure un centre de <field>recherche</field>."
field = "recherche"

[[rule.counterexample]]
text = "Orsol inaugure une ère."
because = "Une ère n'est pas un lieu."
"""
WORDS = """\
ouvrir = ["inaugurer", "ouvrir"]
lieu = ["centre", "usine"]
theatre = ["théâtre"]
"""


def test_lists_dates_and_enumerations_of_ones_own_are_read(
    rule_file: Callable[[str], Path], tmp_path: Path, parser: Parser
) -> None:
    (tmp_path / "words.toml").write_text(WORDS, encoding="utf-8")
    rules = load_rules(rule_file(OPENING))
    (rule,) = rules

    assert "inaugurèrent" in rule.pattern.pattern
    assert "{lemma:/centre|usine/}" in rule.pattern.pattern
    assert rule.unless == {"théâtre"}
    text = (
        "Nimbao inaugurera une usine le 3 mars 2026. Vega inaugure un centre de vente. Luma ouvre un centre de théâtre."
    )
    first, second = Extractor(parser, rules).extract(text)
    assert isinstance(first, Opening)
    assert isinstance(second, Opening)
    assert first.company.name == "Nimbao"
    assert first.date is not None
    assert first.date.start == datetime.date(2026, 3, 3)
    assert second.field is Field.SALES
    assert [from_dict(claim.to_dict()) for claim in (first, second)] == [first, second]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("ouvrir = ", "lexicon: words.toml: cannot read the lexicon file: "),
        ('ouvrir = "ouvrir"', "lexicon: words.toml: ouvrir is no list of words, such as "),
        ('ouvrir = ["ouvrir", "a|b", 3]', "lexicon: words.toml: ouvrir: 'a|b' is no word: letters, digits, "),
        (
            '"ou vrir" = ["ouvrir"]',
            "lexicon: words.toml: the name 'ou vrir' has other signs than letters, digits and _",
        ),
        (None, "lexicon: words.toml: cannot read the lexicon file: "),
    ],
)
def test_mistakes_in_word_lists_are_named(
    rule_file: Callable[[str], Path], tmp_path: Path, words: str | None, message: str
) -> None:
    if words is not None:
        (tmp_path / "words.toml").write_text(words, encoding="utf-8")
    with pytest.raises(RuleError) as caught:
        load_rules(rule_file(OPENING))
    assert f"own.toml: {message}" in str(caught.value)


def test_a_word_list_is_in_one_file_only(rule_file: Callable[[str], Path], tmp_path: Path) -> None:
    for name in ("words.toml", "more.toml"):
        (tmp_path / name).write_text(WORDS, encoding="utf-8")
    with pytest.raises(RuleError, match=r"lexicon: more.toml: another file has a list 'ouvrir' too"):
        load_rules(rule_file(OPENING.replace('"words.toml"', '["words.toml", "more.toml"]')))
    with pytest.raises(RuleError, match=r"lexicon must be a file name or a list of them"):
        load_rules(rule_file(OPENING.replace('"words.toml"', "3")))


class Undecorated(Claim):
    company: Entity


@attrs.frozen(kw_only=True)
class Unfillable(Claim):
    company: Entity
    employees: int | None = None


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("Undecorated", r"Undecorated is no attrs class of its own: write @attrs.frozen\(kw_only=True\) above it"),
        ("Unfillable", "Unfillable: nothing can fill the slot 'employees'; a slot is an Entity, "),
    ],
)
def test_claim_class_that_cannot_be_filled_is_refused(
    rule_file: Callable[[str], Path], name: str, message: str
) -> None:
    with pytest.raises(RuleError, match=f"own.toml: {message}"):
        load_rules(rule_file(f'claim = "{name}"'))


def test_five_mistakes_are_five_errors_with_file_rule_and_place_in_one_run(
    rule_file: Callable[[str], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    rule = RULES[RULES.index("[[rule]]") :]
    path = rule_file(
        RULES.replace(">obj (", ">obj >nsubj (")
        + rule.replace("own.gober", "own.node").replace('"bidders"', '"buyer"')
        + rule.replace("own.gober", "own.macro").replace("gober|avaler", "${gober}")
        + rule.replace("own.gober", "own.mark").replace("</bidders> gobe", " gobe")
        + rule.replace("own.gober", "own.key").replace("because =", "since = 'x'\nbecause =")
    )

    assert cli.main(["rules", "check", str(path)]) == 2

    errors = [error for error in capsys.readouterr().err.split(f"{path}: ")[1:] if "required slot" not in error]
    for error, start in zip(
        errors,
        [
            "rule own.gober: pattern: expected a node such as {lemma:racheter} or a group such as ({} >nsubj {})",
            "rule own.node: subject: AcquisitionBid has no slot 'buyer'",
            "rule own.macro: pattern: unknown macro ${gober}",
            "rule own.mark: example: <bidders> is not closed in ",
            "rule own.key: counterexample: unknown key 'since'",
        ],
        strict=True,
    ):
        assert error.startswith(start)
    assert "^" in errors[0].splitlines()[2]  # the place in the pattern


# Checking


def test_each_sentence_is_reported_with_its_outcome(
    rule_file: Callable[[str], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["rules", "check", "--verbose", str(rule_file(RULES))]) == 0

    assert capsys.readouterr().out.splitlines() == [
        "found       own.gober  Orsol gobe Vega.",
        "known miss  own.gober  Vega est gobé par Orsol.",
        "found       own.gober  Orsol gobe des œufs.",
        "1 rules, 3 sentences: 2 found, 1 known miss; 0 findings of the lint",
    ]


def test_sentence_that_is_missed_is_shown_with_the_place_where_the_pattern_fails(
    rule_file: Callable[[str], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["rules", "check", str(rule_file(RULES.replace("{ner:NAME}", "{ner:PRODUCT}")))]) == 1

    assert capsys.readouterr().out.splitlines()[:8] == [
        "missing     own.gober  Orsol gobe Vega.",
        "  no claim found",
        "  the pattern fails at column 67: « Vega » is not ner:PRODUCT",
        "   ┌─ Orsol  nsubj  PROPN  Orsol  NAME",
        "  ─┼─ gobe   root   VERB   gober        = trigger",
        "   ├─ Vega   obj    PROPN  Vega   NAME  ✗ is not ner:PRODUCT",
        "   └─ .      punct  PUNCT  .",
        "",
    ]


def test_counterexample_in_which_a_rule_fires_is_noisy(
    rule_file: Callable[[str], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    noisy = RULES.replace("Orsol gobe des œufs.", "Orsol gobe Luma.")

    assert cli.main(["rules", "check", str(rule_file(noisy))]) == 1

    assert capsys.readouterr().out.splitlines()[1:4] == [
        "noisy       own.gober  Orsol gobe Luma.",
        "  found AcquisitionBid(bidders=['Orsol'], target=['Luma'], status=['completed']) by own.gober",
        "  the pattern holds",
    ]


def test_rules_are_checked_beside_others_that_are_not(rule_file: Callable[[str], Path], parser: Parser) -> None:
    own = load_rules(rule_file(RULES))

    results = list(testing.check(own, parser, beside=builtin_rules()))

    assert {result.rule.id for result in results} == {"own.gober"}
    # a rule of the package finds the passive now, which is still a miss of the rule itself
    assert [result.outcome for result in results] == [Outcome.FOUND, Outcome.KNOWN_MISS, Outcome.FOUND]


def test_rules_are_linted_without_a_sentence_being_read(
    rule_file: Callable[[str], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    path = rule_file(RULES.replace("gober|avaler", "gober|avaler|gober"))

    assert cli.main(["rules", "lint", str(path)]) == 0
    assert cli.main(["rules", "lint", "--strict", str(path)]) == 1
    assert cli.main(["rules", "lint", str(rule_file(RULES.replace(">obj", ">dobj")))]) == 1
    assert capsys.readouterr().out.splitlines()[:2] == [
        f"{path}: own.gober: warning: pattern: listed twice: gober",
        "1 findings",
    ]


# Coverage


def test_idle_and_overlapping_rules_are_told(rule_file: Callable[[str], Path], parser: Parser) -> None:
    rule = RULES[RULES.index("[[rule]]") :]
    rules = load_rules(
        rule_file(
            RULES
            + rule.replace("own.gober", "own.sujet").replace(">obj (", ">nsubj {} >obj (")
            + rule.replace("own.gober", "own.vendre").replace("gober|avaler", "vendre")
        )
    )

    found = testing.coverage(rules, ["Orsol gobe Vega. Il pleut.", "En avalant Luma, Ferrix grandit."], parser)

    assert found.sentences == 3
    assert {id_: len(places) for id_, places in found.places.items()} == {
        "own.gober": 2,
        "own.sujet": 1,
        "own.vendre": 0,
    }
    assert found.idle == ("own.vendre",)
    (overlap,) = found.overlaps
    assert (overlap.first, overlap.second, overlap.both, overlap.fewer) == ("own.gober", "own.sujet", 1, 1)


def test_slots_fire_where_a_rule_does_and_words_rule_sentences_out(parser: Parser) -> None:
    rules = Rules(rule for rule in builtin_rules() if rule.claim_type is AcquisitionBid)
    texts = ["Orsol a racheté Vega pour 3 millions d'euros.", "Il vend du pain pour 3 euros."]

    found = testing.coverage(rules, texts, parser)

    assert {id_ for id_, places in found.places.items() if places} >= {"acquisition.verbe-actif"}
    assert {text for places in found.places.values() for text, _, _ in places} == {0}
    barred = Rules(attrs.evolve(rule, unless=frozenset({"million"})) for rule in rules)
    assert len(testing.coverage(barred, texts[:1], parser).idle) == len(barred)


def test_texts_of_a_corpus_are_files_folders_and_json_lines(
    rule_file: Callable[[str], Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rules = str(rule_file(RULES))
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "one.txt").write_text("Orsol gobe Vega.", encoding="utf-8")
    lines = tmp_path / "texts.jsonl"
    lines.write_text('{"article": "Orsol gobe Luma."}\n\n{"article": "Il pleut."}\n', encoding="utf-8")

    assert cli.main(["rules", "coverage", rules, "--texts", str(folder), str(lines), "--field", "article"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "      2  own.gober",
        "1 rules, 3 sentences: 0 rules never fire",
    ]
    for path, complaint in ((lines, "line 1: no text under 'text'"), (tmp_path / "no.txt", "cannot be read")):
        assert cli.main(["rules", "coverage", rules, "--texts", str(path)]) == 2
        assert complaint in capsys.readouterr().err


# Contrast


@pytest.fixture
def variants(rule_file: Callable[[str], Path], parser: Parser) -> Callable[[str], dict[Kind, tuple[str, str]]]:
    def make(text: str) -> dict[Kind, tuple[str, str]]:
        rules = load_rules(rule_file(RULES.replace("gober|avaler", "racheter|céder|vouloir|venir|acheter")))
        example = attrs.evolve(next(iter(rules)).examples[0], text=text)
        own = Rules([attrs.evolve(next(iter(rules)), examples=(example,))])
        return {v.kind: (v.text, v.problem) for v in testing.contrast(own, parser, beside=builtin_rules())}

    return make


def test_an_example_is_read_in_other_forms(variants: Callable[[str], dict[Kind, tuple[str, str]]]) -> None:
    assert variants("Le groupe Orsol a racheté Vega.") == {
        Kind.NEGATED: ("Le groupe Orsol n'a pas racheté Vega.", ""),
        Kind.CONDITIONAL: ("Le groupe Orsol aurait racheté Vega.", ""),
        Kind.PLANNED: ("Le groupe Orsol va racheter Vega.", ""),
        Kind.PASSIVE: ("Vega a été racheté par le groupe Orsol.", ""),
        Kind.NOMINAL: ("Le rachat de Vega par le groupe Orsol a été annoncé.", ""),
    }


@pytest.mark.parametrize(
    ("text", "kind", "variant"),
    [
        ("Orsol rachète Vega.", Kind.PASSIVE, "Vega est racheté par Orsol."),
        ("Orsol rachètera Vega.", Kind.PASSIVE, "Vega sera racheté par Orsol."),
        ("Orsol rachète Vega.", Kind.CONDITIONAL, "Orsol rachèterait Vega."),
        ("Orsol et Luma rachètent Vega.", Kind.PLANNED, "Orsol et Luma vont racheter Vega."),
        ("Orsol rachète Vega en mai.", Kind.NEGATED, "Orsol ne rachète pas Vega en mai."),
        ("Hier, Orsol a racheté Vega.", Kind.PASSIVE, "Hier, Vega a été racheté par Orsol."),
    ],
)
def test_variants_are_french(
    variants: Callable[[str], dict[Kind, tuple[str, str]]], text: str, kind: Kind, variant: str
) -> None:
    assert variants(text)[kind][0] == variant


@pytest.mark.parametrize(
    ("text", "kind", "reason"),
    [
        ("Orsol n'a pas racheté Vega.", Kind.NEGATED, "it is negated already"),
        ("Orsol aurait racheté Vega.", Kind.CONDITIONAL, "its verb is not in the indicative"),
        ("Orsol va racheter Vega.", Kind.PLANNED, "« va » tells when already"),
        ("Orsol veut racheter Vega.", Kind.PASSIVE, "its trigger is no finite verb with a subject before"),
        ("Vega, qui a racheté Luma, recrute.", Kind.PASSIVE, "its trigger is no finite verb with a subject before"),
        ("En rachetant Vega, Orsol grandit.", Kind.NEGATED, "no finite verb carries the trigger"),
    ],
)
def test_variant_that_cannot_be_made_says_why(
    variants: Callable[[str], dict[Kind, tuple[str, str]]], text: str, kind: Kind, reason: str
) -> None:
    made, problem = variants(text)[kind]

    assert made == ""
    assert problem.startswith(f"not made: {reason}")


def test_contrast_is_printed_on_request_and_fails_nothing(
    rule_file: Callable[[str], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["rules", "check", "--contrast", str(rule_file(RULES))]) == 0

    assert capsys.readouterr().out.splitlines()[1:6] == [
        "negated      own.gober  Orsol ne gobe pas Vega.  (read well)",
        "conditional  own.gober  Orsol goberait Vega.  (read well)",
        "planned      own.gober  Orsol va gober Vega.  (read well)",
        "passive      own.gober  Vega est gobé par Orsol.  (no claim found)",
        "nominal      own.gober  Orsol gobe Vega.  (not made: no noun is known for « gober »)",
    ]


def test_a_terminal_is_told_what_is_being_done(
    rule_file: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rules = str(rule_file(RULES))
    told = io.StringIO()
    monkeypatch.setattr(told, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys, "stderr", told)

    assert cli.main(["rules", "check", rules]) == 0
    assert cli.main(["rules", "coverage", rules, "--texts", str(EXAMPLES / "articles")]) == 0

    steps = told.getvalue().split("\r\x1b[K")
    assert steps.count("loading the model") == 2
    assert {"3 sentences read, now those of own.gober", "reading text 1", "reading text 20"} <= set(steps)
    assert steps[-1] == ""
    assert "\x1b" not in capsys.readouterr().out


def test_output_in_the_documentation_is_what_is_printed(
    rule_file: Callable[[str], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    guide = EXAMPLES.with_name("docs").joinpath("workbench.md").read_text(encoding="utf-8")
    shown = guide.split("```text\n")[1].split("\n```")[0]

    cli.main(["rules", "check", str(rule_file(RULES.replace("{ner:NAME}", "{ner:PRODUCT}")))])

    assert capsys.readouterr().out.startswith(shown + "\n")


def test_example_of_several_sentences_is_shown_whole(
    rule_file: Callable[[str], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    path = rule_file(
        RULES.replace("</bidders> gobe <target>Vega</target>.", "</bidders> vend <target>Vega</target>. Oui.")
    )

    assert cli.main(["rules", "check", str(path)]) == 1

    assert [line for line in capsys.readouterr().out.splitlines() if "─ Oui" in line] != []
