from __future__ import annotations

import random
import re
import time
import xml.etree.ElementTree as ElementTree
from html.parser import HTMLParser
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import newsclaims
from newsclaims.claims import AcquisitionBid, Claim, Entity, FundingRound, Investment, Modality, Rivalry, from_dict
from newsclaims.errors import InputTypeError, InputValueError
from newsclaims.extractor import Extractor
from newsclaims.spans import Span
from newsclaims.viewer.markup import palette

TEXT = 'Orsol, qui rachète Vega et Luma, investirait dans Nimbao <selon> « Le Fil » & "d\'autres".'
HOSTILE = '<script>alert("1")</script>\'&\x00\x1b\u202e'
VOID = {"meta", "input", "br", "base"}


class Reader(HTMLParser):
    """Reads a page strictly: tags are closed in order, ids are unique; keeps the text of the article."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.article = ""
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "article" in self.open:
            self.article += data

    @property
    def ids(self) -> list[str]:
        return [value for _, found in self.tags if (value := found.get("id"))]


def span(words: str, text: str = TEXT) -> Span:
    start = text.index(words)
    return Span.of(text, start, start + len(words))


def actor(words: str, name: str = "", text: str = TEXT) -> Entity:
    return Entity(name=name or words, mention=span(words, text))


def where(evidence: str, text: str = TEXT) -> dict[str, Span]:
    return {"evidence": span(evidence, text), "sentence": Span.of(text, 0, len(text)), "trigger": span(evidence, text)}


@pytest.fixture
def claims() -> list[Claim]:
    """Three claims of which one holds another and overlaps the third."""
    return [
        Investment(
            investors=(actor("Orsol"),),
            target=actor("Nimbao"),
            modality=Modality.CONDITIONAL,
            source=actor("Le Fil"),
            **where("Orsol, qui rachète Vega et Luma, investirait dans Nimbao"),
        ),
        AcquisitionBid(bidders=(actor("Orsol"),), target=actor("Vega"), negated=True, **where("qui rachète Vega")),
        Rivalry(parties=(actor("Luma"), actor("Nimbao")), **where("Luma, investirait dans Nimbao <selon> «")),
    ]


def test_the_text_between_the_tags_is_the_text_of_nested_and_overlapping_claims(claims: list[Claim]) -> None:
    assert Reader(newsclaims.render(TEXT, claims)).article == TEXT


@given(st.text(), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=8))
def test_any_text_with_any_claims_is_kept(text: str, places: list[tuple[int, int]]) -> None:
    text = "".join(c for c in text if c.isprintable() or c in "\r\n\t")
    claims = []
    for places_of_claim in places:
        start, end = sorted(min(place, len(text)) for place in places_of_claim)
        here, all_of_it = Span.of(text, start, end), Span.of(text, 0, len(text))
        entity = Entity(name="Orsol", mention=all_of_it)
        claims.append(Investment(investors=(entity,), target=entity, evidence=here, sentence=here, trigger=here))

    read = Reader(newsclaims.render(text, claims))

    assert read.article == text
    assert len(read.ids) == len(set(read.ids))


def test_markup_in_a_text_and_its_claims_is_shown_as_it_stands() -> None:
    text = HOSTILE + " rachète Vega"
    claim = AcquisitionBid(
        bidders=(actor(HOSTILE, text=text),), target=actor("Vega", text=text), rule=HOSTILE, **where(text, text)
    )

    page = newsclaims.render(text, [claim], title=HOSTILE)

    read = Reader(page)
    assert "script" not in {tag for tag, _ in read.tags}
    assert read.article == text.replace("\x00", "\N{REPLACEMENT CHARACTER}").replace(
        "\x1b", "\N{REPLACEMENT CHARACTER}"
    )
    assert not set(page) & {"\x00", "\x1b"}
    drawing = newsclaims.render_graph([claim], title=HOSTILE)
    assert "script" not in {element.tag.rpartition("}")[2] for element in ElementTree.fromstring(drawing).iter()}


def test_lone_surrogates_can_be_written() -> None:
    assert "a\N{REPLACEMENT CHARACTER}b" in newsclaims.render("a\ud800b", []).encode("utf-8").decode("utf-8")


def test_a_page_loads_and_runs_nothing(claims: list[Claim]) -> None:
    page = newsclaims.render(TEXT, claims)

    read = Reader(page)
    assert not {tag for tag, _ in read.tags} & {"script", "link", "img", "iframe", "object"}
    assert all(re.fullmatch("#[a-z]+[0-9]*", found["href"] or "") for _, found in read.tags if "href" in found)
    assert not any(name.startswith("on") for _, found in read.tags for name in found)
    assert "url(" not in page and "@import" not in page


def test_every_claim_is_linked_from_the_text_and_back(claims: list[Claim]) -> None:
    read = Reader(newsclaims.render(TEXT, claims))

    targets = {found["href"] for tag, found in read.tags if tag == "a"} - {"#none"}
    assert targets == {f"#{kind}{number}" for kind in "cm" for number in (1, 2, 3)}
    assert {target[1:] for target in targets if target} <= set(read.ids)
    labels = [found["aria-label"] for tag, found in read.tags if tag == "a" and found.get("id", "")]
    assert labels == ["claim 1: Investment, conditional", "claim 2: AcquisitionBid, negated", "claim 3: Rivalry"]


def test_each_type_has_a_box_and_each_slot_is_named(claims: list[Claim]) -> None:
    page = newsclaims.render(TEXT, claims)

    read = Reader(page)
    assert [found["id"] for tag, found in read.tags if tag == "input"] == ["f0", "f1", "f2"]
    slots = {found["data-slot"] for tag, found in read.tags if found.get("data-slot")}
    assert slots == {"investors", "target", "source", "bidders", "parties"}
    assert "AcquisitionBid (1)" in page
    for row in (
        "<dt>modality</dt><dd>conditional</dd>",
        "<dt>negated</dt><dd>yes</dd>",
        "<dt>source</dt><dd>Le Fil</dd>",
    ):
        assert row in page


def test_an_explanation_is_shown_when_the_claim_can_give_one(extractor: Extractor) -> None:
    text = "Orsol a racheté Vega."
    found = extractor.extract(text)

    assert "subject of trigger « Orsol »" in newsclaims.render(text, found)
    assert "How it was read" not in newsclaims.render(text, found, explain=False)
    assert "How it was read" not in newsclaims.render(text, [from_dict(claim.to_dict()) for claim in found])


def test_types_of_ones_own_are_shown() -> None:
    @attrs.frozen(kw_only=True, slots=False)
    class Appointment(Claim):
        """Somebody takes an office."""

        person: Entity = attrs.field()
        company: Entity = attrs.field()
        salary_band: str | None = attrs.field(default=None)

    claim = Appointment(person=actor("Orsol"), company=actor("Vega"), salary_band="A", **where(TEXT[:20]))

    assert "<dt>salary band</dt><dd>A</dd>" in newsclaims.render(TEXT, [claim])
    assert "Orsol → Vega: Appointment, 1 claim" in newsclaims.render_graph([claim])


@pytest.mark.parametrize("moved", [Span(1, 6, "Orsol"), Span(-5, -1, 'res"'), Span(900, 905, "Orsol")])
def test_a_claim_of_another_text_is_refused(claims: list[Claim], moved: Span) -> None:
    with pytest.raises(InputValueError, match="claim 2 is of another text"):
        newsclaims.render(TEXT, [claims[0], attrs.evolve(claims[1], evidence=moved)])


@pytest.mark.parametrize("wrong", [None, 3, ["Orsol"], [{"type": "Rivalry"}]])
def test_what_is_no_claim_is_refused(wrong: Any) -> None:
    for call in (lambda: newsclaims.render(TEXT, wrong), lambda: newsclaims.render_graph(wrong)):
        with pytest.raises(InputTypeError, match="from_dict"):
            call()


def test_a_text_that_is_none_is_refused() -> None:
    with pytest.raises(InputTypeError, match="not bytes"):
        newsclaims.render(b"Orsol", [])  # type: ignore[arg-type]


def test_no_claim_is_said_in_words() -> None:
    assert "No claim found." in newsclaims.render(TEXT, [])
    assert "No relation found." in newsclaims.render_graph([])


def test_a_notebook_gets_it_in_a_frame(claims: list[Claim]) -> None:
    [(tag, found)] = Reader(newsclaims.render(TEXT, claims)._repr_html_()).tags

    assert (tag, found["sandbox"]) == ("iframe", "")
    assert Reader(found["srcdoc"] or "").article == TEXT


def test_five_thousand_words_take_less_than_a_second() -> None:
    draw = random.Random(1)
    words = [draw.choice(["Orsol", "rachète", "Vega", "hier"]) for _ in range(5000)]
    text = " ".join(words)
    starts = [match.start() for match in re.finditer(r"\S+", text)]
    claims = []
    for first in range(0, 4900, 10):
        here = Span.of(text, starts[first], starts[first + draw.randrange(2, 60)] - 1)
        one, other = (Span.of(text, starts[n], starts[n + 1] - 1) for n in (first, first + 1))
        entities = [Entity(name=mention.text, mention=mention) for mention in (one, other)]
        claims.append(
            Investment(investors=entities[:1], target=entities[1], evidence=here, sentence=here, trigger=here)
        )

    began = time.process_time()
    page = newsclaims.render(text, claims)

    assert time.process_time() - began < 1
    assert Reader(page).article == text


def luminance(colour: str) -> float:
    """Return the relative luminance of WCAG 2."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_colours_have_the_contrast_of_level_aa(theme: str) -> None:
    paper, text = palette()[theme]["paper"], palette()[theme]["text"]

    assert contrast(text, paper) >= 4.5
    for colour in (colour[theme] for colour in palette()["colour"]):
        assert contrast(colour["ink"], paper) >= 4.5  # numbers and headings, either way round
        assert contrast(text, colour["tint"]) >= 4.5
        assert contrast(colour["ink"], colour["tint"]) >= 3  # underlines and boxes


def test_the_types_of_the_package_keep_their_colours(claims: list[Claim]) -> None:
    fourth = FundingRound(company=actor("Vega"), **where("Vega"))
    every = newsclaims.render(TEXT, [*claims, fourth])

    inks = dict(re.findall(r"\.t(\d)\{--ink:(#\w+);", every.partition("@media screen and (prefers")[0]))
    assert len(set(inks.values())) == 4
    assert f".t0{{--ink:{inks['3']};" in newsclaims.render(TEXT, claims[2:])


def test_edges_are_counted_dashed_and_marked(claims: list[Claim]) -> None:
    drawing = newsclaims.render_graph([*claims, claims[0]])

    root = ElementTree.fromstring(drawing)
    told = root.findtext("{http://www.w3.org/2000/svg}desc")
    assert told == (
        "Luma ↔ Nimbao: Rivalry, 1 claim; Orsol → Nimbao: Investment, conditional, 2 claims; "
        "Orsol → Vega: AcquisitionBid, negated, 1 claim"
    )
    texts = [element.text for element in root.iter("{http://www.w3.org/2000/svg}text")]
    assert {"×2", "negated", "Orsol", "Rivalry"} <= set(texts)
    dashed = [path for path in root.iter("{http://www.w3.org/2000/svg}path") if path.get("stroke-dasharray")]
    assert len(dashed) == 2  # the edge, and the legend


def test_investors_lead_to_the_company_that_raises() -> None:
    investors = (actor("Orsol"), actor("Luma"))
    round_ = FundingRound(
        company=actor("Vega"), investors=investors, lead_investors=investors[:1], **where("Orsol, qui rachète Vega")
    )

    told = newsclaims.render_graph([round_])

    assert "Luma → Vega: FundingRound, 1 claim; Orsol → Vega: FundingRound, 1 claim<" in told


def test_the_same_claims_give_the_same_drawing_in_any_order(claims: list[Claim]) -> None:
    assert newsclaims.render_graph(claims) == newsclaims.render_graph(reversed(claims))
