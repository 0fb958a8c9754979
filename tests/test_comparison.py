from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import attrs
import pytest

from newsclaims import cli
from newsclaims.claims import AcquisitionBid, BidStatus, Claim, Entity, Investment, Modality, Rivalry
from newsclaims.comparison import Located, compare, read_claims
from newsclaims.errors import InputValueError
from newsclaims.spans import Span

TEXT = "Hier, Orsol a racheté Vega, rival de Luma et de Zopo."


def words(text: str) -> Span:
    start = TEXT.index(text)
    return Span.of(TEXT, start, start + len(text))


def entity(name: str) -> Entity:
    return Entity(name=name, mention=words(name))


def bid(**fields: Any) -> AcquisitionBid:
    known: dict[str, Any] = {
        "bidders": [entity("Orsol")],
        "target": entity("Vega"),
        "evidence": words("Orsol a racheté Vega"),
        "sentence": words(TEXT),
        "trigger": words("racheté"),
        "rule": "acquisition.verbe-actif",
    }
    return AcquisitionBid(**known | fields)


def rivalry(other: str) -> Rivalry:
    return Rivalry(
        parties=[entity("Vega"), entity(other)],
        evidence=words("Vega, rival de Luma et de Zopo"),
        sentence=words(TEXT),
        trigger=words("rival"),
    )


def located(*claims: Claim, text: str = "a.txt") -> list[Located]:
    return [Located(text, claim) for claim in claims]


def written(path: Path, claims: list[Located]) -> str:
    path.write_text("".join(json.dumps(item.to_dict()) + "\n" for item in claims), encoding="utf-8")
    return str(path)


def test_the_same_claims_make_no_difference() -> None:
    comparison = compare(located(bid(), rivalry("Luma")), located(rivalry("Luma"), bid()))

    assert (bool(comparison), comparison.same) == (False, 2)
    assert str(comparison) == "0 gained, 0 lost, 0 changed, 2 the same"


def test_a_claim_of_one_run_is_gained_or_lost() -> None:
    comparison = compare(located(bid()), located(rivalry("Luma")))

    assert comparison.lost == tuple(located(bid()))
    assert comparison.gained == tuple(located(rivalry("Luma")))
    assert not comparison.changed


def test_a_claim_of_another_text_is_another_claim() -> None:
    comparison = compare(located(bid(), text="a.txt"), located(bid(), text="b.txt"))

    assert ([item.text for item in comparison.lost], [item.text for item in comparison.gained]) == (
        ["a.txt"],
        ["b.txt"],
    )


def test_a_claim_from_the_same_words_has_changed() -> None:
    new = bid(status=BidStatus.COMPLETED, modality=Modality.PLANNED)

    (change,) = compare(located(bid()), located(new)).changed

    assert (change.old, change.new) == (bid(), new)
    assert change.fields == ("modality", "status")
    assert change.to_dict()["fields"]["status"] == {"old": None, "new": "completed"}


def test_a_claim_of_another_type_has_not_changed_but_is_another_one() -> None:
    investment = Investment(
        investors=[entity("Orsol")],
        target=entity("Vega"),
        **{name: getattr(bid(), name) for name in ("evidence", "sentence", "trigger")},
    )

    comparison = compare(located(bid()), located(investment))

    assert (len(comparison.lost), len(comparison.gained), len(comparison.changed)) == (1, 1, 0)


def test_claims_of_one_trigger_are_matched_by_their_roles() -> None:
    luma, zopo = rivalry("Luma"), rivalry("Zopo")

    comparison = compare(located(luma, zopo), located(attrs.evolve(zopo, negated=True), luma))

    assert [change.old for change in comparison.changed] == [zopo]
    assert comparison.same == 1


def test_differences_are_shown_with_their_sentence() -> None:
    old = located(bid(), rivalry("Luma"))
    new = located(bid(target=entity("Luma"), negated=True), text="a.txt") + located(rivalry("Zopo"), text="b.txt")

    assert str(compare(old, new)) == (
        "1 gained, 1 lost, 1 changed, 0 the same\n"
        "\n"
        "a.txt\n"
        "~ AcquisitionBid  Orsol → Luma  asserted, negated  (acquisition.verbe-actif)\n"
        "    negated: no → yes\n"
        "    target: Vega → Luma\n"
        "    Hier, [Orsol a racheté Vega], rival de Luma et de Zopo.\n"
        "- Rivalry  Vega ↔ Luma  asserted\n"
        "    Hier, Orsol a racheté [Vega, rival de Luma et de Zopo].\n"
        "\n"
        "b.txt\n"
        "+ Rivalry  Vega ↔ Zopo  asserted\n"
        "    Hier, Orsol a racheté [Vega, rival de Luma et de Zopo]."
    )


def test_claims_come_back_from_their_lines(tmp_path: Path) -> None:
    claims = located(bid(), rivalry("Luma"))

    assert read_claims(written(tmp_path / "claims.jsonl", claims)) == claims


def test_a_text_may_be_known_by_an_id_of_ones_own(tmp_path: Path) -> None:
    path = tmp_path / "claims.jsonl"
    path.write_text(json.dumps({"id": 7} | bid().to_dict()) + "\n\n", encoding="utf-8")

    assert read_claims(path) == [Located("7", bid())]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "Expecting property name"),
        ("[]", "not a JSON object with a claim"),
        ('{"type": "Rivalry"}', 'no key "file" or "id"'),
        ('{"file": "a.txt", "type": "Merger"}', "unknown claim type 'Merger'"),
    ],
)
def test_a_line_that_is_no_claim_is_named(tmp_path: Path, line: str, reason: str) -> None:
    path = tmp_path / "claims.jsonl"
    path.write_text(f"\n{line}\n", encoding="utf-8")

    with pytest.raises(InputValueError) as caught:
        read_claims(path)

    assert str(caught.value).startswith(f"{path}, line 2: {reason}")


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputValueError, match=r"nothing\.jsonl: cannot be read"):
        read_claims(tmp_path / "nothing.jsonl")


@pytest.mark.parametrize(("options", "code"), [([], 0), (["--exit-code"], 1)])
def test_the_command_prints_the_differences(
    tmp_path: Path, options: list[str], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    old, new = written(tmp_path / "old", located(bid())), written(tmp_path / "new", [])

    assert cli.main(["diff", *options, old, new]) == code
    assert capsys.readouterr().out == f"{compare(located(bid()), [])}\n"


def test_the_command_exits_with_0_where_nothing_differs(tmp_path: Path) -> None:
    same = written(tmp_path / "claims.jsonl", located(bid()))

    assert cli.main(["diff", "--exit-code", same, same]) == 0


def test_the_command_prints_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old, new = written(tmp_path / "old", located(bid())), written(tmp_path / "new", located(bid(negated=True)))

    assert cli.main(["diff", "--json", old, new]) == 0

    printed = json.loads(capsys.readouterr().out)
    assert printed == compare(located(bid()), located(bid(negated=True))).to_dict()
    assert [(c["file"], c["fields"]) for c in printed["changed"]] == [
        ("a.txt", {"negated": {"old": False, "new": True}})
    ]


def test_a_file_the_command_cannot_use_is_reported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["diff", str(tmp_path / "nothing"), str(tmp_path / "nothing")]) == 2
    assert capsys.readouterr().err.startswith("newsclaims: ")
