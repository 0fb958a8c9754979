from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from trees import tree

from newsclaims import display
from newsclaims.claims import AcquisitionBid, Claim, Entity, FundingRound, Investment, Money, Percentage, Rivalry
from newsclaims.spans import Span

HERE = Span(0, 4, "mots")


def actor(name: str) -> Entity:
    return Entity(name=name, mention=HERE)


def money(value: object = None, text: str = "mots", **rest: Any) -> Money:
    return Money(value=value, mention=Span(0, len(text), text), **rest)


def spans(evidence: str = "mots") -> dict[str, Span]:
    return {"evidence": Span(0, len(evidence), evidence), "sentence": HERE, "trigger": HERE}


INVESTMENT = Investment(
    investors=(actor("Orsol"), actor("Vauban")),
    target=actor("Nimbao"),
    amount=money(13_000_000_000, currency="USD", qualifier="at_least"),
    stake=Percentage(value="19.70", qualifier="about", mention=HERE),
    source=actor("Le Fil"),
    **spans("Orsol et Vauban ont\n investi plus de 13 milliards de dollars dans Nimbao"),
)


@pytest.mark.parametrize(
    ("claim", "cells"),
    [
        (
            INVESTMENT,
            ("Investment", "Orsol, Vauban → Nimbao", "≥13 bn USD, stake ~19.7 %", "asserted", "Le Fil"),
        ),
        (
            FundingRound(
                company=actor("Nimbao"),
                amount=money(8_000_000, currency="EUR"),
                valuation=money(1_500_000_000, currency="EUR"),
                series="A",
                investors=(actor("Orsol"), actor("Vega")),
                lead_investors=(actor("Orsol"),),
                modality="planned",
                **spans(),
            ),
            (
                "FundingRound",
                "Nimbao (investors: Orsol, Vega; lead investors: Orsol)",
                "8 M EUR, valuation 1.5 bn EUR",
                "planned, series A",
                "",
            ),
        ),
        (
            AcquisitionBid(bidders=(actor("Orsol"),), target=actor("Vega"), status="rejected", negated=True, **spans()),
            ("AcquisitionBid", "Orsol → Vega", "", "asserted, negated, rejected", ""),
        ),
        (
            Rivalry(parties=(actor("Vega"), actor("Luma")), kind="competition", market="les puces", **spans()),
            ("Rivalry", "Vega ↔ Luma", "", "asserted, competition, market les puces", ""),
        ),
    ],
)
def test_a_row_shows_what_a_claim_holds(claim: Claim, cells: tuple[str, ...]) -> None:
    assert display.row(claim)[:-1] == cells


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        (money(950, currency="EUR"), "950 EUR"),
        (money(1000, currency="EUR"), "1 k EUR"),
        (money(Decimal("740000.50")), "740.0005 k"),
        (money(30_000_000, max=50_000_000, currency="EUR", qualifier="about"), "~30-50 M EUR"),
        (money(2_000_000_000, currency="EUR", per="year"), "2 bn EUR/year"),
        (money(900_000_000, max=2_000_000_000, currency="USD"), "0.9-2 bn USD"),
        (money(100_000_000, currency="CHF", qualifier="at_most"), "≤100 M CHF"),
        (money(0, currency="EUR"), "0 EUR"),
        (money(text="des milliards"), "des milliards"),
    ],
)
def test_amounts_are_short(amount: Money, shown: str) -> None:
    assert display.money(amount) == shown


def test_the_evidence_is_cut_to_the_width() -> None:
    heading, line = display.table([INVESTMENT], 120).splitlines()

    assert len(line) <= 120
    assert line.endswith("…")
    assert line.index("Orsol et Vauban ont investi") == heading.index("evidence")


def test_columns_without_content_are_left_out() -> None:
    claim = Rivalry(parties=(actor("Vega"), actor("Luma")), **spans())

    assert display.table([claim], 120).splitlines()[0].split() == ["type", "who", "→", "whom", "status", "evidence"]


def test_the_evidence_takes_a_line_of_its_own_where_room_is_short() -> None:
    lines = display.table([INVESTMENT], 60).splitlines()

    assert all(len(line) <= 60 for line in lines)
    assert lines[-1].startswith("  Le Fil: Orsol et Vauban ont investi")
    assert len(lines) == 3


def test_no_claim_is_said_in_words() -> None:
    assert display.table([]) == "no claim found"


def test_control_characters_do_not_reach_the_terminal() -> None:
    assert display.plain("Vega\x1b[31m\n\u00a0lève\u202e") == "Vega�[31m lève�"


def test_a_tree_has_a_line_a_word_and_heads_where_lines_meet() -> None:
    sentence = tree(
        "[racheté/VERB/racheter@3 nsubj>Orsol/PROPN////ORGANISATION@1 aux:tense>a/AUX/avoir@2 obj>Vega/PROPN@4 "
        "obl:mod>[euros/NOUN/euro@7 case>pour/ADP@5 nummod>28/NUM@6] punct>./PUNCT@8]"
    )

    assert display.tree(sentence, {3: "= trigger"}).splitlines() == [
        " ┌─── Orsol    nsubj      PROPN  Orsol     ORGANISATION",
        " ├─── a        aux:tense  AUX    avoir",
        "─┼─── racheté  root       VERB   racheter                = trigger",
        " ├─── Vega     obj        PROPN  Vega",
        " │ ┌─ pour     case       ADP    pour",
        " │ ├─ 28       nummod     NUM    28",
        " ├─┴─ euros    obl:mod    NOUN   euro",
        " └─── .        punct      PUNCT  .",
    ]


def test_lines_of_crossing_relations_do_not_lie_on_each_other() -> None:
    assert display.tree(tree("[a@3 x>[b@1 y>c@4] z>[d@2 w>e@5]]")).splitlines() == [
        " ┌─┬─── b  x     b",
        " ├─│─┬─ d  z     d",
        "─┴─│─│─ a  root  a",
        "   └─│─ c  y     c",
        "     └─ e  w     e",
    ]


def test_a_word_alone_is_a_tree() -> None:
    assert display.tree(tree("Oui/INTJ/oui")) == "─── Oui  root  INTJ  oui"
