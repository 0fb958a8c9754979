"""Whatever the input: offsets that hold, the same result each time, no error but ours, time in proportion."""

from __future__ import annotations

import datetime
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import strategies
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import newsclaims
from newsclaims.claims import Claim, Money, Percentage, from_dict
from newsclaims.errors import ConlluError, InputValueError, NewsclaimsError, RuleError
from newsclaims.extractor import Extractor
from newsclaims.matching import Mended
from newsclaims.quotations import find_quotations
from newsclaims.rules import load_rules
from newsclaims.spans import Span
from newsclaims.tree import Document

TODAY = datetime.date(2025, 3, 11)
slow = settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
quick = settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))


def spans_of(value: Any) -> Iterable[Span]:
    """Yield all spans inside a value."""
    if isinstance(value, Span):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from spans_of(part)
    elif hasattr(value, "__attrs_attrs__"):
        for field in value.__attrs_attrs__:
            yield from spans_of(getattr(value, field.name))


def check_claims(text: str, claims: list[Claim]) -> None:
    """Check offsets, order and the way to JSON and back."""
    assert all(text[span.start : span.end] == span.text != "" for claim in claims for span in spans_of(claim))
    places = [(claim.sentence.start, claim.evidence.start) for claim in claims]
    assert places == sorted(places)
    for claim in claims:
        assert from_dict(json.loads(json.dumps(claim.to_dict()))) == claim
        assert claim.sentence.covers(claim.evidence)
        assert claim.evidence.covers(claim.trigger)


# Texts ------------------------------------------------------------------------------------------------------------


@slow
@given(strategies.texts())
def test_any_text_is_read(extractor: Extractor, text: str) -> None:
    claims = extractor.extract(text, TODAY)

    check_claims(text, claims)
    assert extractor.extract(text, TODAY) == claims


@slow
@given(strategies.texts(most=15))
def test_a_claim_stays_a_claim_whatever_stands_behind_its_paragraph(extractor: Extractor, text: str) -> None:
    first = "Orsol a racheté Vega pour 3 millions d'euros."
    claims = extractor.extract(f"{first}\n\n{text}")

    check_claims(f"{first}\n\n{text}", claims)
    assert any(claim.evidence.end <= len(first) for claim in claims)


@pytest.mark.parametrize("find", [newsclaims.find_money, newsclaims.find_percentages, newsclaims.find_dates])
@quick
@given(text=st.one_of(strategies.texts(), strategies.huge()))
def test_any_text_is_searched(find: Callable[[str], list[Any]], text: str) -> None:
    found = find(text)

    assert find(text) == found
    assert all(text[f.mention.start : f.mention.end] == f.mention.text != "" for f in found)
    assert all(a.mention.end <= b.mention.start for a, b in pairwise(found))
    for value in found:
        assert type(value).from_dict(json.loads(json.dumps(value.to_dict()))) == value


@quick
@given(strategies.texts())
def test_quotations_of_any_text_are_in_order(text: str) -> None:
    found = find_quotations(text)

    assert all(text[q.start : q.end] == q.text != "" for q in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@slow
@given(strategies.texts(most=15))
def test_any_text_goes_through_conllu(extractor: Extractor, text: str) -> None:
    document = extractor.parser(text)
    read = Document.from_conllu(document.to_conllu())

    assert Document.from_conllu(read.to_conllu()) == read
    mended = Mended.of(read)
    assert [len(s.words) for s in mended.document.sentences] == [len(s.words) for s in read.sentences]


@slow
@given(strategies.texts(most=15))
def test_any_text_is_explained_and_shown(extractor: Extractor, text: str) -> None:
    explained = extractor.explain(text, TODAY)

    assert [e.claim for e in explained] == extractor.extract(text, TODAY)
    assert all(str(e) and json.dumps(e.to_dict()) for e in explained)
    assert "</html>" in newsclaims.render(text, [e.claim for e in explained])


# Files and dictionaries -------------------------------------------------------------------------------------------

JSON = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5), st.sampled_from(["1e999", "A"])
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(["name", "mention", "value", "start", "end", "text", "kind"]), inner, max_size=4
        ),
    ),
    max_leaves=8,
)
SPAN = {"start": 0, "end": 5, "text": "Orsol"}
RECORD: dict[str, Any] = {
    "type": "AcquisitionBid",
    "bidders": [{"name": "Orsol", "kind": "organisation", "named": True, "mention": SPAN}],
    "target": {"name": "Vega", "mention": SPAN},
    "price": {"value": 3, "max": None, "currency": "EUR", **SPAN},
    "status": "completed",
    "date": {"start": "2024-01-01", "precision": "day", "mention": SPAN},
    **dict.fromkeys(("evidence", "sentence", "trigger"), SPAN),
}


@quick
@given(key=st.sampled_from([*RECORD, "source", "modality", "rule", "odd"]), value=JSON)
def test_any_dictionary_is_a_claim_or_is_refused(key: str, value: Any) -> None:
    try:
        claim = from_dict(RECORD | {key: value})
    except NewsclaimsError as error:
        assert str(error)
    else:
        assert from_dict(json.loads(json.dumps(claim.to_dict()))) == claim


def nested(depth: int, inner: Any) -> Any:
    for _ in range(depth):
        inner = [inner]
    return inner


@pytest.mark.parametrize(
    "changes",
    [
        {"bidders": nested(100_000, None)},
        {"price": {**RECORD["price"], "value": "1e999999999"}},
        {"price": {**RECORD["price"], "value": "-1e-999999999"}},
        {"price": {**RECORD["price"], "value": "9" * 5000}},
    ],
    ids=["lists without end", "a number without end", "a number without size", "digits without end"],
)
def test_dictionaries_that_would_eat_time_or_memory_are_refused(changes: Mapping[str, Any]) -> None:
    with pytest.raises(InputValueError):
        from_dict({**RECORD, **changes})


def test_a_number_that_no_float_holds_comes_back_from_json() -> None:
    for value in ("0.1234567890123456789012", "12345678901234567890.5"):
        share = Percentage(value=value, mention=Span(0, 5, "Orsol"))
        assert Percentage.from_dict(json.loads(json.dumps(share.to_dict()))) == share
        assert share.to_dict()["value"] == value
    amount = Money(value=Decimal("0.5"), mention=Span(0, 5, "Orsol"))
    assert amount.to_dict()["value"] == 0.5


CELLS = st.sampled_from(
    ["1", "2", "1-2", "0", "_", "", " ", "a=b", "Orsol", "SpaceAfter=No", "\x1d", "\x85", "\u2028", "\v"]
)


@quick
@given(st.lists(st.lists(CELLS, min_size=9, max_size=10), max_size=4))
def test_any_table_is_conllu_or_is_refused(rows: list[list[str]]) -> None:
    try:
        document = Document.from_conllu("\n".join("\t".join([str(i), *row]) for i, row in enumerate(rows, 1)))
    except ConlluError as error:
        assert str(error).startswith("line ")
    else:
        assert Document.from_conllu(document.to_conllu()) == document


@pytest.mark.parametrize(
    ("cells", "again"),
    [
        ("1\tOrsol\t\x1d\x1d\x01\t_\t_\t_\t0\troot\t_\t_", " \x01"),
        ("1\t_\t\t_\t_\t_\t0\troot\t_\t_", "_"),
    ],
)
def test_what_conllu_cannot_hold_is_put_right_when_it_is_read(cells: str, again: str) -> None:
    document = Document.from_conllu(cells)

    assert document.sentences[0].words[0].lemma == again
    assert Document.from_conllu(document.to_conllu()) == document


RULE = 'claim = "AcquisitionBid"\n{}\n[[rule]]\nid = "a.b"\nsummary = "c"\npattern = "{}"\n'


@pytest.mark.parametrize(
    ("head", "pattern", "reason"),
    [
        ('unless = [["sports"]]', "{}", "unless must be a list of domains"),
        ("unless = [{}]", "{}", "unless must be a list of domains"),
        ("unless = " + "[" * 100_000, "{}", "not valid TOML"),
        ("unless = " + "9" * 5000, "{}", "not valid TOML"),
        ("lexicon = 2024-01-01", "{}", "lexicon must be a file name"),
        ('[macros]\na = "${b}${b}"\n' + "".join(f'x{i} = "1"\n' for i in range(3)), "${a}", "unknown macro ${b}"),
    ],
    ids=lambda value: value[:20],
)
def test_odd_rule_files_are_refused(tmp_path: Path, head: str, pattern: str, reason: str) -> None:
    file = tmp_path / "odd.toml"
    file.write_text(RULE.format(head, pattern), encoding="utf-8")

    with pytest.raises(RuleError) as caught:
        load_rules(file)
    assert reason in str(caught.value)


@pytest.mark.parametrize(
    ("depth", "last", "reason"),
    [(45, "", "pattern: "), (45, "a", "more than 1000000 characters"), (60, "", "50 macros deep")],
)
def test_macros_that_double_at_each_step_end(tmp_path: Path, depth: int, last: str, reason: str) -> None:
    macros = "".join(f'm{i} = "${{m{i + 1}}}${{m{i + 1}}}"\n' for i in range(depth))
    file = tmp_path / "bomb.toml"
    file.write_text(RULE.format(f'[macros]\n{macros}m{depth} = "{last}"', "${m0}"), encoding="utf-8")

    with pytest.raises(RuleError) as caught:
        load_rules(file)
    assert reason in str(caught.value)


@quick
@given(value=st.one_of(JSON, st.dates()), key=st.sampled_from(["unless", "lexicon", "macros", "rule", "slot", "claim"]))
def test_any_value_in_a_rule_file_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, value: Any, key: str
) -> None:
    file = tmp_path_factory.getbasetemp() / "value.toml"
    file.write_text(f"{key} = {toml(value)}\n{'' if key == 'claim' else RULE.format('', '{}')}", encoding="utf-8")

    with pytest.raises(RuleError) as caught:
        load_rules(file)
    assert str(caught.value).startswith(str(file))


def toml(value: Any) -> str:
    """Return a value as TOML writes it inline; it has no null."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {toml(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return f"[{', '.join(map(toml, value))}]"
    if isinstance(value, str):
        return json.dumps(value).replace("\\ud", "\\\\ud").replace("\x7f", "?")
    return "''" if value is None else str(value).lower()


# Time -------------------------------------------------------------------------------------------------------------


def spent(extractor: Extractor, text: str) -> float:
    began = time.process_time()
    extractor.extract(text, TODAY)
    return time.process_time() - began


@pytest.mark.parametrize("unit", ["a", "Orsol ", "« ", '"', "( ", "\n", "e\u0301", "\ud800", "a-b-", "<p>", "1 234 "])
def test_a_long_text_of_one_thing_ends_soon(extractor: Extractor, unit: str) -> None:
    assert spent(extractor, (unit * 100_000)[:100_000]) < 5


@pytest.mark.parametrize(
    ("unit", "claim"),
    [
        ("Orsol rachète Vega.\n", True),
        ("« Orsol rachète Vega. » ", True),
        ("Elle a racheté ce dernier. ", True),
        ("Orsol, Vega, Nimbao, Luma, ", False),
        ("1 % de ", False),
    ],
)
def test_time_grows_as_the_text_does(extractor: Extractor, unit: str, claim: bool) -> None:
    end = "\n\nOrsol rachète Vega." if claim else ""
    short, long = ((unit * 10_000)[:size] + end for size in (600, 2400))
    extractor.extract(short, TODAY)

    # Four times the text: quadratic time would be sixteen times as long.
    assert spent(extractor, long) < 9 * min(spent(extractor, short) for _ in range(2)) + 0.2


def test_no_regular_expression_backtracks_without_end() -> None:
    script = Path(__file__).parent / "expressions.py"
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, timeout=300, check=False)

    assert done.stderr == ""
    assert done.returncode == 0, done.stdout
    count = int(done.stdout.split()[0])
    assert count > 200
