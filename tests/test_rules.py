from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from textwrap import dedent
from typing import Any

import attrs
import pytest
from trees import tree

from newsclaims.claims import Claim, Entity, Investment, Money, Rivalry
from newsclaims.errors import InputTypeError, RuleError
from newsclaims.extractor import Extractor
from newsclaims.rules import Counterexample, Example, Rules, builtin_rules, load_rules, unmark

# Every key that a grammar file can have.
GRAMMAR = '''\
claim = "Rivalry"

[macros]
verb = "${strong}|toiser"
strong = "défier|narguer"

[[rule]]
id = "rivalry.verb"
summary = "Verbe de défi."
wording = "${verb}"
pattern = """
  {lemma:/${verb}/}=trigger
  >${argument} {}=parties2
"""
subject = "parties1"
set = { kind = "conflict" }

[[rule.example]]
text = "<parties>Orsol</parties> défie <parties>Vega</parties>."
claims = 1
modality = "asserted"

[[rule.example]]
text = "<parties>Orsol</parties> toise-t-il <parties>Vega</parties> ?"
known_miss = "Une question."

[[rule.counterexample]]
text = "Orsol défie les pronostics."
because = "Des pronostics ne sont pas un concurrent."

[[rule.counterexample]]
text = "Orsol toise Vega du regard."
because = "Ici au sens propre."
known_miss = "Rien ne le dit dans la phrase."

[[rule]]
id = "rivalry.anywhere"
summary = "Un nom et un autre."
pattern = "{}=trigger <nsubj {}=verb >nsubj {}=parties1 >obj {}=parties2"
subject = { verb = "parties1" }
example = [{ text = "<parties>Orsol</parties> nargue <parties>Vega</parties>." }]
counterexample = [{ text = "Orsol nargue.", because = "Personne en face." }]

[[slot]]
id = "rivalry.market"
summary = "Le marché après « sur »."
pattern = "{}=trigger >> ({}=market >case {lemma:sur})"

[[slot.example]]
text = "<parties>Orsol</parties> défie <parties>Vega</parties> sur <market>le bio</market>."
'''


@pytest.fixture
def load(tmp_path: Path) -> Callable[[str], Rules]:
    def load_text(text: str) -> Rules:
        path = tmp_path / "own.toml"
        path.write_bytes(text.encode())
        return load_rules(path)

    return load_text


def test_rules_are_read_with_all_that_their_records_say(load: Callable[[str], Rules]) -> None:
    verb, anywhere, market = load(GRAMMAR)

    assert (verb.id, verb.summary, verb.claim_type) == ("rivalry.verb", "Verbe de défi.", Rivalry)
    assert verb.pattern.pattern == "{lemma:/défier|narguer|toiser/}=trigger >/obj|iobj|obl.*|nmod.*/ {}=parties2"
    assert verb.subject == {"trigger": "parties1"}
    assert verb.fixed == {"kind": "conflict"}
    assert verb.examples == (
        Example(
            text="Orsol défie Vega.",
            roles={"parties": ("Orsol", "Vega")},
            expected={"modality": "asserted"},
            claims=1,
        ),
        Example(
            text="Orsol toise-t-il Vega ?",
            roles={"parties": ("Orsol", "Vega")},
            expected={},
            known_miss="Une question.",
        ),
    )
    assert verb.counterexamples[1] == Counterexample(
        text="Orsol toise Vega du regard.",
        because="Ici au sens propre.",
        known_miss="Rien ne le dit dans la phrase.",
    )
    assert anywhere.subject == {"verb": "parties1"}
    assert [rule.completes for rule in (verb, anywhere, market)] == [False, False, True]
    assert market.counterexamples == ()


def test_triggers_are_the_lemmas_of_the_trigger_node(load: Callable[[str], Rules]) -> None:
    verb, anywhere, _ = load(GRAMMAR)

    assert verb.triggers == {"défier", "narguer", "toiser"}
    assert anywhere.triggers is None


def test_captures_are_nodes_named_after_slots_with_or_without_a_digit(load: Callable[[str], Rules]) -> None:
    verb, *_ = load(GRAMMAR)

    assert list(verb.captures(["trigger", "parties1", "parties", "market", "place"])) == [
        ("parties1", "parties"),
        ("parties", "parties"),
        ("market", "market"),
    ]


def test_loaded_patterns_match(load: Callable[[str], Rules]) -> None:
    verb, *_ = load(GRAMMAR)
    match = verb.pattern.search(tree("[défie//défier nsubj>Orsol obj>Vega]"))

    assert match is not None
    assert match.nodes["parties2"].text == "Vega"


@pytest.mark.parametrize(
    "change",
    [
        lambda text: "\ufeff" + text,
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "# « mes règles »\n" + text,
    ],
)
def test_encoding_marks_line_ends_and_comments_do_not_matter(
    load: Callable[[str], Rules], change: Callable[[str], str]
) -> None:
    assert [rule.pattern.pattern for rule in load(change(GRAMMAR))] == [rule.pattern.pattern for rule in load(GRAMMAR)]


VERB, ANYWHERE, MARKET = "rule rivalry.verb", "rule rivalry.anywhere", "slot rivalry.market"


@pytest.mark.parametrize(
    ("old", "new", "messages"),
    [
        # the file
        ("[macros]", 'unless = ["gardening"]\n[macros]', ["unless: no domain is called 'gardening'; known: "]),
        ("[macros]", 'unless = "sports"\n[macros]', ["unless must be a list of domains"]),
        ('set = { kind = "conflict" }', "follows = 1", [f'{VERB}: follows must be true or false, or "premise"']),
        (
            ">${argument} {}=parties2",
            ">${argument} {}=parties2 ?> {}=other",
            [f"{VERB}: pattern: node 'other' fills nothing"],
        ),
        ("[macros]", "[macro]", ["unknown key 'macro'; known: claim, lexicon, macros, rule, slot"]),
        ('claim = "Rivalry"', "", ["claim = None is no claim class; known: AcquisitionBid"]),
        ('claim = "Rivalry"', 'claim = "Merger"', ["claim = 'Merger' is no claim class"]),
        ('claim = "Rivalry"', 'claim = ["Rivalry"]', ["claim = ['Rivalry'] is no claim class"]),
        ('strong = "défier|narguer"', "strong = 3", ["macros: strong must be a string, not 3"]),
        ("[[slot]]", "[slot]", ["slot must be written as tables: [[slot]]"]),
        # the keys of a record
        (
            'summary = "Un nom',
            'Summary = "Un nom',
            [f"{ANYWHERE}: unknown key 'Summary'; known: ", "summary is missing"],
        ),
        ('id = "rivalry.verb"', "", ["rule 1: id is missing"]),
        ('id = "rivalry.verb"', "id = 7", ["rule 7: id must be a string, not 7"]),
        ('summary = "Verbe de défi."', 'summary = " "', [f"{VERB}: summary is missing"]),
        ('id = "rivalry.anywhere"', 'id = "rivalry.verb"', [f"{VERB}: another record of the file has the same id"]),
        (
            'id = "rivalry.market"',
            'id = "rivalry.verb"',
            ["slot rivalry.verb: another record of the file has the same id"],
        ),
        # examples
        ('example = [{ text = "<parties>Orsol</parties> nargue', "# ", [f"{ANYWHERE}: an example is missing"]),
        ("counterexample = [", "# ", [f"{ANYWHERE}: a counterexample is missing"]),
        ('text = "Orsol défie les', 'txt = "Orsol défie les', [f"{VERB}: counterexample: unknown key 'txt'"]),
        ('because = "Des pronostics', '# "', [f"{VERB}: counterexample: because is missing"]),
        ("claims = 1", "claim = 1", [f"{VERB}: example: unknown key 'claim'"]),
        ("claims = 1", "claims = 0", [f"{VERB}: example: claims = 0 is no number of claims"]),
        ("claims = 1", "claims = true", [f"{VERB}: example: claims = True is no number of claims"]),
        ('modality = "asserted"', 'modality = "sure"', [f"{VERB}: example: modality = 'sure' is none of asserted, "]),
        ('modality = "asserted"', 'kind = "sport"', [f"{VERB}: example: kind = 'sport' is none of competition, "]),
        ('known_miss = "Une question."', "known_miss = true", [f"{VERB}: example: known_miss must be a string"]),
        ("<market>le bio</market>", "<place>le bio</place>", [f"{MARKET}: example: unknown role <place> in "]),
        ("le bio</market>", "le bio", [f"{MARKET}: example: <market> is not closed in "]),
        ("<market>le bio", "le bio", [f"{MARKET}: example: </market> closes nothing in "]),
        # names of slots
        ('set = { kind = "conflict" }', 'set = { sort = "conflict" }', [f"{VERB}: set: Rivalry has no slot 'sort'"]),
        (
            'set = { kind = "conflict" }',
            'set = { kind = "war" }',
            [f"{VERB}: set: kind = 'war' is none of competition"],
        ),
        ('set = { kind = "conflict" }', "set = { market = 3 }", [f"{VERB}: set: market = 3 is no string"]),
        (
            'set = { kind = "conflict" }',
            'set = { parties = "Orsol" }',
            [f"{VERB}: set: only words of the sentence can fill 'parties'"],
        ),
        ('set = { kind = "conflict" }', 'set = "conflict"', [f"{VERB}: set must be a table, not 'conflict'"]),
        ('subject = "parties1"', 'subject = "rivals"', [f"{VERB}: subject: Rivalry has no slot 'rivals'"]),
        ('{ verb = "parties1" }', '{ verbe = "parties1" }', [f"{ANYWHERE}: subject: the pattern has no node 'verbe'"]),
        ('{ verb = "parties1" }', "{ verb = 1 }", [f"{ANYWHERE}: subject: verb must be a string, not 1"]),
        ("=trigger <nsubj", "=triger <nsubj", [f"{ANYWHERE}: pattern: no node is named trigger"]),
        ("=trigger <nsubj", "=trigger @ {} <nsubj", [f"{ANYWHERE}: pattern: '@' leads to an aligned sentence"]),
        ("({}=market >case", "({} >case", [f"{MARKET}: pattern: no node is named after a slot"]),
        # patterns
        (
            '"{}=trigger <nsubj',
            '"{}=trigger <nsubj <nsubj',
            [f"{ANYWHERE}: pattern: ", "(column 19)", "\n" + " " * 20 + "^"],
        ),
        ("${argument}", "${arguments}", [f"{VERB}: pattern: unknown macro ${{arguments}}; define it under [macros]"]),
        ("${strong}|toiser", "${weak}", [f"{VERB}: pattern: unknown macro ${{weak}} inside ${{verb}}"]),
        ("défier|narguer", "${verb}", [f"{VERB}: pattern: the macro ${{verb}} contains itself: verb > strong > verb"]),
        (
            "défier|narguer",
            "${strong}${strong}",
            [f"{VERB}: pattern: the macro ${{strong}} contains itself: verb > strong > strong"],
        ),
        ('pattern = "{}=trigger >>', 'pattern = "" # ', [f"{MARKET}: pattern is missing"]),
    ],
)
def test_mistake_is_named_with_file_and_rule(
    load: Callable[[str], Rules], old: str, new: str, messages: list[str]
) -> None:
    assert GRAMMAR.count(old) == 1
    with pytest.raises(RuleError) as caught:
        load(GRAMMAR.replace(old, new))

    message = str(caught.value)
    assert f"own.toml: {messages[0]}" in message
    assert all(part in message for part in messages), message


def test_required_slot_without_a_node_is_refused(load: Callable[[str], Rules]) -> None:
    grammar = """
        claim = "Investment"
        [[rule]]
        id = "own"
        summary = "Miser."
        pattern = "{lemma:miser}=trigger >obj {}=amount"
        subject = "investors"
        example = [{ text = "Orsol mise." }]
        counterexample = [{ text = "Orsol mise.", because = "Sans cible." }]
    """
    with pytest.raises(
        RuleError, match=r"own.toml: rule own: pattern: the required slot 'target' is filled by no node"
    ):
        load(grammar)


def test_several_mistakes_are_reported_at_once(load: Callable[[str], Rules]) -> None:
    broken = (
        GRAMMAR.replace('subject = "parties1"', 'subject = "rivals"')
        .replace('because = "Personne en face."', "because = 3")
        .replace("{}=market", "{}=")
        .replace("[macros]", "theme = 1\n[macros]")
    )
    with pytest.raises(RuleError) as caught:
        load(broken)

    found = [line for line in str(caught.value).splitlines() if "own.toml: " in line]
    assert [line.split("own.toml: ")[1].split(": ")[0] for line in found] == [
        "unknown key 'theme'; known",
        VERB,
        ANYWHERE,
        MARKET,
    ]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"claim = \n", r"own\.toml: not valid TOML: .*line 1"),
        ("claim = « Rivalry »".encode(), r"own\.toml: not valid TOML"),
        (b'claim = "Rivalry"\n', r"own\.toml: no \[\[rule\]\] and no \[\[slot\]\] in it"),
        (b'claim = "Rivalry"\nrule = 3\n', r"own\.toml: rule must be written as tables: \[\[rule\]\]"),
        (b'claim = "Rivalry"\nrule = [3]\n', r"own\.toml: rule must be written as tables"),
        (b"", r"own\.toml: claim = None"),
        ("claim = 'é'".encode("latin-1"), r"own\.toml: cannot read the rule file: .*utf-8"),
    ],
)
def test_file_that_holds_no_rules_is_refused(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "own.toml"
    path.write_bytes(content)
    with pytest.raises(RuleError, match=message):
        load_rules(path)


@pytest.mark.parametrize("name", ["missing.toml", ".", "a\0b.toml"])
def test_file_that_cannot_be_read_is_named(tmp_path: Path, name: str) -> None:
    with pytest.raises(RuleError, match=r"cannot read the rule file"):
        load_rules(str(tmp_path / name))


@pytest.mark.parametrize("path", [None, 3, b"own.toml"])
def test_rules_are_loaded_from_a_path(path: Any) -> None:
    with pytest.raises(InputTypeError, match="load_rules takes the path of a TOML file"):
        load_rules(path)


@attrs.frozen(kw_only=True, slots=False)
class Hiring(Claim):
    """A claim type of a user's own."""

    person: Entity
    salary: Money | None = None


def test_rules_for_a_claim_class_of_ones_own_are_loaded(load: Callable[[str], Rules]) -> None:
    (rule,) = load(
        """
        claim = "Hiring"
        [[rule]]
        id = "hiring.nommer"
        summary = "Nommer."
        pattern = "{lemma:nommer}=trigger >obj {}=person ?>obl {}=salary"
        example = [{ text = "Orsol nomme <person>Léa Brun</person>." }]
        counterexample = [{ text = "Orsol nomme un prix.", because = "Un prix n'est personne." }]
        """
    )

    assert rule.claim_type is Hiring
    assert sorted(rule.captures(rule.pattern.names)) == [("person", "person"), ("salary", "salary")]


def test_sets_of_rules_add_up_in_order(load: Callable[[str], Rules]) -> None:
    own, built_in = load(GRAMMAR), builtin_rules()
    both = built_in + own

    assert list(both) == [*built_in, *own]
    assert len(both) == len(built_in) + 3
    assert len(own) == 3


def test_two_rules_of_one_id_cannot_be_together(load: Callable[[str], Rules]) -> None:
    own = load(GRAMMAR)
    with pytest.raises(RuleError, match=r"two rules have the id 'rivalry\.verb'; give one of them another"):
        own + own


def test_built_in_rules_cover_every_claim_type_once() -> None:
    rules = builtin_rules()

    assert rules is builtin_rules()
    assert {rule.claim_type.__name__ for rule in rules if not rule.completes} == {
        "AcquisitionBid",
        "FundingRound",
        "Investment",
        "Rivalry",
    }
    assert len({rule.id for rule in rules}) == len(rules)
    assert Investment in {rule.claim_type for rule in rules}


@pytest.mark.parametrize(
    ("marked", "plain", "roles", "problem"),
    [
        ("Rien du tout.", "Rien du tout.", {}, ""),
        ("", "", {}, ""),
        ("<a>Orsol</a> et <a>Vega</a>", "Orsol et Vega", {"a": ("Orsol", "Vega")}, ""),
        ("<a>Orsol, <b>3 %</b></a>", "Orsol, 3 %", {"a": ("Orsol, 3 %",), "b": ("3 %",)}, ""),
        ("<a_b>«\u202fOrsol\u202f»</a_b>", "«\u202fOrsol\u202f»", {"a_b": ("«\u202fOrsol\u202f»",)}, ""),
        ("3 < 4 et 5 > 4, <3", "3 < 4 et 5 > 4, <3", {}, ""),
        ("<a>Orsol", "Orsol", {}, "<a> is not closed"),
        ("Orsol</a> et", "Orsol", {}, "</a> closes nothing"),
        ("<a>Orsol <b>et</a> Vega</b>", "Orsol et", {}, "</a> closes nothing"),
    ],
)
def test_marks_become_roles(marked: str, plain: str, roles: dict[str, Any], problem: str) -> None:
    assert unmark(marked) == (plain, roles, problem)


def test_a_wording_is_asked_of_the_tidied_sentence(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(
        dedent("""
            claim = "Rivalry"

            [[rule]]
            id = "own.lutter"
            summary = "« X lutte avec Y »."
            wording = "lutte avec l'"
            pattern = "{lemma:lutter}=trigger >/nsubj.*/ {}=parties1 >/obl.*/ {}=parties2"

            [[rule.example]]
            text = "<parties>Orsol</parties> lutte avec l'éditeur <parties>Vega</parties>."

            [[rule.counterexample]]
            text = "Orsol lutte pour Vega."
            because = "Les mots n'y sont pas."
        """),
        encoding="utf-8",
    )
    rules = load_rules(path)
    own = Extractor(rules=rules)

    assert [rule.wording.pattern for rule in rules if rule.wording] == ["lutte avec l'"]
    assert len(own.extract("Orsol\nlutte avec l’éditeur Vega.")) == 1
    assert own.extract("Orsol lutte avec Vega.") == []


def test_a_wording_that_is_no_expression_is_told(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text('claim = "Rivalry"\n[[rule]]\nid = "own.x"\nwording = "("\n', encoding="utf-8")

    with pytest.raises(RuleError, match=r"own\.x: wording: missing \)"):
        load_rules(path)


def test_an_everyday_word_rules_a_claim_out_only_beside_another_one() -> None:
    rule = attrs.evolve(
        next(iter(builtin_rules())), unless=frozenset({"don"}), doubtful=frozenset({"parti", "campagne"})
    )

    assert rule.ruled_out_by({"lever", "campagne"}) == set()
    assert rule.ruled_out_by({"lever", "campagne", "parti"}) == {"campagne", "parti"}
    assert rule.ruled_out_by({"lever", "don"}) == {"don"}
