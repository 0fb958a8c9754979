from __future__ import annotations

import datetime
import json
import os
import subprocess
import sys
import textwrap
import time
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import newsclaims
from newsclaims import Document, Extractor, Sentence, Span, builtin_rules, load_rules
from newsclaims.claims import Claim, from_dict
from newsclaims.errors import InputTypeError, ModelNotFoundError
from newsclaims.lexicon import load, words
from newsclaims.parsing import Parser

BID = "Salesforce a racheté Slack pour 27,7 milliards de dollars."
PASSAGES = [
    BID,
    "Selon Les Échos, le fonds Vauban aurait investi 8 millions d'euros dans l'éditeur Nimbao.",
    "« Nimbao lève 8 millions d'euros auprès d'Orsol », a annoncé Léa Brun.",
    "L'éditeur Orsol rivalise avec Vega. Elle n'a pas investi dans Nimbao.",
    "Orsol négocie le rachat de Nimbao. Elle rivalise avec Vega. Nimbao a levé 3 millions d'euros.",
]


def spans(value: Any) -> Iterator[Span]:
    """Yield every span inside a claim."""
    if isinstance(value, Span):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from spans(item)
    elif attrs.has(type(value)):
        for field in attrs.fields(type(value)):
            yield from spans(getattr(value, field.name))


def check(text: str, claims: list[Claim]) -> None:
    """Check what must hold of the claims of every text."""
    for claim in claims:
        for span in spans(claim):
            assert 0 <= span.start < span.end <= len(text)
            assert text[span.start : span.end] == span.text
        assert claim.sentence.covers(claim.evidence)
        assert claim.sentence.covers(claim.trigger)
        assert claim.evidence.covers(claim.trigger)
        assert claim.rule
        assert from_dict(json.loads(json.dumps(claim.to_dict()))) == claim
    starts = [claim.evidence.start for claim in claims]
    assert starts == sorted(starts)


def said(claims: list[Claim]) -> list[Any]:
    """Return what claims say, without their places and typography."""

    def plain(value: Any) -> Any:
        if isinstance(value, dict):
            return {k: plain(v) for k, v in value.items() if k not in ("start", "end", "text", "rule")}
        if isinstance(value, list):
            return [plain(item) for item in value]
        return " ".join(unicodedata.normalize("NFC", value).split()) if isinstance(value, str) else value

    return [plain(claim.to_dict()) for claim in claims]


# What goes in -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", [None, b"Orsol a rachet\xc3\xa9 Nimbao.", 3, ["Orsol"], Path("article.txt")])
@pytest.mark.parametrize("entry", ["extract_claims", "extract"])
def test_text_must_be_a_str(extractor: Extractor, entry: str, text: Any) -> None:
    extract = newsclaims.extract_claims if entry == "extract_claims" else extractor.extract
    with pytest.raises(InputTypeError, match=f"text must be a str, not {type(text).__name__}"):
        extract(text)


@pytest.mark.parametrize("published", ["2025-03-11", 20250311, datetime.time(8)])
def test_day_of_publication_must_be_a_date(extractor: Extractor, published: Any) -> None:
    with pytest.raises(InputTypeError, match=r"published must be a datetime.date or None, not"):
        extractor.extract(BID, published=published)


@pytest.mark.parametrize("published", [None, datetime.date(2025, 3, 11), datetime.datetime(2025, 3, 11, 8, 30)])
def test_day_of_publication_may_be_given(extractor: Extractor, published: datetime.date | None) -> None:
    assert extractor.extract(BID, published) == extractor.extract(BID)


@pytest.mark.parametrize("rules", ["grammar.toml", [], 3])
def test_rules_must_be_loaded_ones(parser: Parser, rules: Any) -> None:
    with pytest.raises(InputTypeError, match=r"rules must come from load_rules\(\) or be None, not"):
        Extractor(parser, rules)


def test_model_that_is_not_there_is_refused_at_once(tmp_path: Path) -> None:
    with pytest.raises(ModelNotFoundError):
        Extractor(tmp_path / "nowhere")


# What comes out -----------------------------------------------------------------------------------------------


def test_claim_is_typed_and_traceable(extractor: Extractor) -> None:
    (claim,) = extractor.extract(BID)

    assert isinstance(claim, newsclaims.AcquisitionBid)
    assert [bidder.name for bidder in claim.bidders] == ["Salesforce"]
    assert claim.target.name == "Slack"
    assert claim.price is not None
    assert (claim.price.value, claim.price.currency) == (27_700_000_000, "USD")
    assert (claim.status, claim.modality, claim.negated) == ("completed", "asserted", False)
    assert claim.source is None
    assert claim.evidence.text == BID[:-1]
    assert claim.sentence.text == BID
    assert claim.rule in {rule.id for rule in builtin_rules()}


def test_a_price_per_share_is_no_price_and_a_sum_per_year_says_so(extractor: Extractor) -> None:
    (bid,) = extractor.extract("Orsol a racheté Vega pour 47 dollars par action.")
    (total,) = extractor.extract("Orsol a racheté Vega pour 47 dollars par action, soit 3,2 milliards de dollars.")
    (investment,) = extractor.extract("Orsol investira 2 milliards d'euros par an dans Vega.")

    assert isinstance(bid, newsclaims.AcquisitionBid) and bid.price is None
    assert isinstance(total, newsclaims.AcquisitionBid) and total.price is not None
    assert (total.price.value, total.price.per) == (3_200_000_000, None)
    assert isinstance(investment, newsclaims.Investment) and investment.amount is not None
    assert (investment.amount.value, investment.amount.per) == (2_000_000_000, newsclaims.Per.YEAR)


def test_function_does_as_the_default_extractor(extractor: Extractor) -> None:
    text = " ".join(PASSAGES)

    assert newsclaims.extract_claims(text, datetime.date(2025, 3, 11)) == extractor.extract(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\r\n\r\n",
        "\u00a0\u202f\u2009",
        "rachète",
        "Salesforce",
        "3 millions d'euros",
        "?!… — « »",
        "😀😀😀",
        "Salesforce bought Slack, and nobody was surprised at all.",
        "The weather in Paris was lovely when they raised their glasses.",
        "# Sommaire\n\n- **le temps**\n- [la suite](https://example.org/suite)\n\n| a | b |\n|---|---|\n| 1 | 2 |",
        "&lt;p&gt;Il a plu &agrave; Paris &amp; &#224; Lyon.&lt;/p&gt;",
        "Le conseil municipal a investi les lieux à 8 heures.",
        "\x00\x01\x02",
        "\ud800",
    ],
)
def test_text_without_a_claim_gives_none(extractor: Extractor, text: str) -> None:
    assert extractor.extract(text) == []


def quoted(text: str, left: str, right: str) -> str:
    return text.replace("« ", left).replace(" »", right)


# Ways to typeset a text that change nothing of what it says.
TYPESETTINGS: dict[str, Callable[[str], str]] = {
    "as written": lambda text: text,
    "typographic apostrophes": lambda text: text.replace("'", "’"),
    "straight quotes": lambda text: quoted(text, '"', '"'),
    "curly quotes": lambda text: quoted(text, "“", "”"),
    "no-break spaces in quotes": lambda text: quoted(text, "«\u00a0", "\u00a0»"),
    "no-break spaces": lambda text: text.replace(" ", "\u00a0"),
    "narrow no-break spaces": lambda text: text.replace(" ", "\u202f"),
    "thin spaces": lambda text: text.replace(" ", "\u2009"),
    "double spaces": lambda text: text.replace(" ", "  "),
    "decomposed accents": lambda text: unicodedata.normalize("NFD", text),
    "Windows paragraphs": lambda text: text.replace(". ", ".\r\n\r\n"),
    "Windows lines": lambda text: "\r\n".join(textwrap.wrap(text, 45)),
    "byte-order mark": lambda text: "\ufeff" + text,
    "emoji at the end": lambda text: text + " 🚀👩🏽‍💻",
}


@pytest.mark.parametrize("typesetting", TYPESETTINGS)
@pytest.mark.parametrize("passage", PASSAGES)
def test_typography_changes_nothing(extractor: Extractor, passage: str, typesetting: str) -> None:
    expected = extractor.extract(passage)
    text = TYPESETTINGS[typesetting](passage)
    claims = extractor.extract(text)

    assert expected
    check(text, claims)
    assert said(claims) == said(expected)


@pytest.mark.parametrize("passage", PASSAGES)
@pytest.mark.parametrize(
    "mark",
    [
        lambda text: "🚀 " + text,
        lambda text: f"<p>{text}</p>",
        lambda text: text.replace("é", "&eacute;").replace("'", "&#39;"),
        lambda text: text.replace("Nimbao", "**Nimbao**").replace("Slack", "[Slack](https://example.org/slack)"),
        lambda text: f"> {text}\n\n* {text}\n1. {text}",
        str.upper,
        str.lower,
        lambda text: text.replace("a", "a\u00ad").replace("e", "e\u200b"),
        lambda text: text.replace("o", "o\u0301\u0323"),
    ],
)
def test_offsets_hold_in_marked_up_texts(extractor: Extractor, passage: str, mark: Callable[[str], str]) -> None:
    text = mark(passage)

    check(text, extractor.extract(text))


def test_a_pair_taken_up_again_is_completed_by_its_other_half(extractor: Extractor) -> None:
    text = "Orsol concurrence Vega. Nimbao défie Luma. Orsol compte 300 magasins, contre 200 pour son rival."
    again = extractor.extract(text)[-1]
    assert (again.rule, [p.name for p in again.parties]) == ("rivalry.son-rival-repris", ["Vega", "Orsol"])


def test_a_pair_is_not_taken_up_by_who_is_in_none(extractor: Extractor) -> None:
    claims = extractor.extract("Orsol concurrence Vega. Nimbao compte 300 magasins, contre 200 pour son rival.")
    assert [c.rule for c in claims] == ["rivalry.concurrencer"]


def test_claims_are_in_text_order(extractor: Extractor) -> None:
    text = "\n\n".join(reversed(PASSAGES))
    claims = extractor.extract(text)

    check(text, claims)
    assert len(claims) >= len(PASSAGES)
    assert len({claim.sentence for claim in claims}) > len(PASSAGES)


# The same text and model always give the same claims ----------------------------------------------------------


def test_same_text_gives_the_same_claims(extractor: Extractor, parser: Parser) -> None:
    text = "\n\n".join(PASSAGES)
    first = extractor.extract(text)

    assert extractor.extract(text) == first
    assert Extractor(parser).extract(text) == first


def test_claims_do_not_depend_on_the_order_of_hashes(extractor: Extractor, parser: Parser) -> None:
    document = Document.from_conllu(parser("\n\n".join(PASSAGES)).to_conllu())
    script = (
        "import json, sys, newsclaims;"
        "document = newsclaims.Document.from_conllu(sys.stdin.buffer.read().decode());"
        "claims = newsclaims.Extractor().extract_document(document);"
        "print(json.dumps([claim.to_dict() for claim in claims]))"
    )

    def run(seed: str) -> str:
        return subprocess.run(
            [sys.executable, "-c", script],
            input=document.to_conllu().encode(),
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
            timeout=120,
        ).stdout.decode()

    expected = json.dumps([claim.to_dict() for claim in extractor.extract_document(document)]) + "\n"
    assert [run(seed) for seed in ("1", "2")] == [expected] * 2


def test_reading_a_text_leaves_no_trace_on_the_next(extractor: Extractor) -> None:
    alone = extractor.extract("Elle rivalise avec Vega.")
    extractor.extract("Orsol a levé 3 millions d'euros.")

    assert extractor.extract("Elle rivalise avec Vega.") == alone


# Many texts ---------------------------------------------------------------------------------------------------


def test_many_texts_are_read_in_order_as_they_are_asked_for(
    extractor: Extractor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newsclaims.extractor._WINDOW_TEXTS", 1)
    read: list[int] = []

    def texts() -> Iterator[str]:
        for number, passage in enumerate([PASSAGES[0], "", PASSAGES[3]]):
            read.append(number)
            yield passage

    results = extractor.extract_many(texts())
    assert read == []
    assert next(results) == extractor.extract(PASSAGES[0])
    assert read == [0]
    assert list(results) == [[], extractor.extract(PASSAGES[3])]
    assert read == [0, 1, 2]


def test_bad_text_among_many_is_refused_when_it_is_reached(extractor: Extractor) -> None:
    results = extractor.extract_many([BID, None])  # type: ignore[list-item]

    assert len(next(results)) == 1
    with pytest.raises(InputTypeError, match="text must be a str"):
        next(results)


# Parsers and rules of one's own -------------------------------------------------------------------------------

TREE = """\
# text = Salesforce a racheté Slack.
1	Salesforce	Salesforce	PROPN	_	_	3	nsubj	_	_
2	a	avoir	AUX	_	Mood=Ind|Tense=Pres|VerbForm=Fin	3	aux:tense	_	_
3	racheté	racheter	VERB	_	Tense=Past|VerbForm=Part	0	root	_	_
4	Slack	Slack	PROPN	_	_	3	obj	_	SpaceAfter=No
5	.	.	PUNCT	_	_	3	punct	_	_
"""


def test_any_function_from_text_to_document_can_parse() -> None:
    asked: list[str] = []

    def parse(text: str) -> Document:
        asked.append(text)
        return Document.from_conllu(TREE)

    (claim,) = Extractor(parse).extract("Salesforce a racheté Slack.")

    assert asked == ["Salesforce a racheté Slack."]
    assert isinstance(claim, newsclaims.AcquisitionBid)
    assert (claim.bidders[0].name, claim.target.name) == ("Salesforce", "Slack")


def test_function_that_gives_no_document_is_refused() -> None:
    with pytest.raises(InputTypeError, match="the parser must return a newsclaims Document"):
        Extractor(lambda text: text).extract(BID)  # type: ignore[arg-type, return-value]


def test_parsed_document_needs_no_parser() -> None:
    (claim,) = Extractor().extract_document(Document.from_conllu(TREE))

    assert claim.evidence.text == "Salesforce a racheté Slack"


@pytest.fixture
def own_rules(tmp_path: Path) -> Path:
    path = tmp_path / "own.toml"
    path.write_text(
        """
        claim = "Rivalry"
        [[rule]]
        id = "rivalry.own"
        summary = "Boire un café avec un concurrent."
        pattern = "{lemma:boire}=trigger > ({}=parties2 >case {lemma:avec})"
        subject = "parties1"
        set = { kind = "conflict" }
        example = [{ text = "<parties>Orsol</parties> boit un café avec <parties>Vega</parties>." }]
        counterexample = [{ text = "Orsol boit un café.", because = "Seul." }]
        """,
        encoding="utf-8",
    )
    return path


def test_rules_of_ones_own_are_used_alone_or_with_the_built_in_ones(parser: Parser, own_rules: Path) -> None:
    text = f"Orsol boit un café avec Vega. {BID}"
    own = load_rules(own_rules)
    alone, both = Extractor(parser, own).extract(text), Extractor(parser, builtin_rules() + own).extract(text)

    check(text, both)
    assert [(claim.rule, type(claim).__name__) for claim in alone] == [("rivalry.own", "Rivalry")]
    assert [type(claim).__name__ for claim in both] == ["Rivalry", "AcquisitionBid"]
    assert both[0] == alone[0]
    assert getattr(alone[0], "kind", None) == "conflict"


# Any text, in good time ---------------------------------------------------------------------------------------


def copies(document: Document, times: int) -> Document:
    """Return a document that holds another one several times over, a paragraph each."""
    sentences = []
    for start in range(0, times * (len(document.text) + 2), len(document.text) + 2):
        for sentence in document.sentences:
            words = [attrs.evolve(w, span=moved(w.span, start)) for w in sentence.words]
            sentences.append(Sentence(words, moved(sentence.span, start)))
    return Document("\n\n".join([document.text] * times), sentences)


def moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by, span.text)


def test_time_grows_with_the_length_of_the_text_and_no_faster(extractor: Extractor, parser: Parser) -> None:
    document = parser("\n\n".join(PASSAGES))

    def seconds(times: int) -> float:
        text = copies(document, times)
        began = time.process_time()
        claims = extractor.extract_document(text)
        spent = time.process_time() - began
        assert len(claims) >= times * len(PASSAGES)
        return spent

    seconds(1)
    # 200 kB against 25: a quadratic step somewhere would take 64 times as long.
    assert seconds(8 * 60) < 8 * 3 * max(seconds(60), 0.05)


@pytest.mark.parametrize(
    "text",
    [
        "mot " * 4000,
        "Orsol, " * 1000,
        "Orsol a racheté Nimbao, " * 150,
        "1 000 " * 20_000,
        "a" * 50_000,
        "(«" * 50_000,
        "3 millions d'euros " * 150,
    ],
    ids=lambda text: text[:25],
)
def test_text_without_a_full_stop_is_read_in_bounded_time(extractor: Extractor, text: str) -> None:
    began = time.perf_counter()
    claims = extractor.extract(text)

    assert time.perf_counter() - began < 60
    check(text, claims)


WORDS = """
    Orsol Nimbao xAI 01.AI Léa Brun l'éditeur le groupe elle son rival Les Échos un fonds américain a racheté rachète
    investit investi lève rivalise avec négocie n'a pas aurait pourrait va selon dans auprès de pour et 3
    millions d'euros 12 % M€ 27,7 milliards série A , . « » ( ) : – … ! &amp; ** # 🚀
"""
PIECES = st.sampled_from([*WORDS.split(), "\n", "\n\n", "\r\n", "\t", "\u00a0", "\u0301", "\u200b"])


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(PIECES | st.text(max_size=3), max_size=25), st.sampled_from([" ", " ", "", "\n"]))
def test_any_text_gives_claims_whose_offsets_hold(extractor: Extractor, pieces: list[str], glue: str) -> None:
    text = glue.join(pieces)

    check(text, extractor.extract(text))


# Names that the lexicon does not know ---------------------------------------------------------------------------


@pytest.fixture
def no_known_names(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Take every known name, with all that is known of it, out of the lexicon."""
    empty = {"nouns": {"person": [], "town": [], "owner": [], "maker": []}, "facts": []}
    empty |= {kind: {} for kind in ("organisation", "person", "product")}
    cached = [function for function in vars(words).values() if hasattr(function, "cache_clear")]
    for function in cached:
        function.cache_clear()
    monkeypatch.setattr(words, "load", lambda name: empty if name == "names" else load(name))
    yield
    for function in cached:
        function.cache_clear()


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("La start-up Nimbao a levé 8 millions d'euros auprès de Vauban Ventures.", "Nimbao < Vauban Ventures"),
        ("Orsol a racheté Vega pour 40 millions d'euros.", "Orsol > Vega"),
        ("xAI a racheté Vega pour 40 millions d'euros.", "xAI > Vega"),
        ("Mistral AI a levé 105 millions d'euros.", "Mistral AI <"),
        ("Microsoft a investi 10 milliards de dollars dans OpenAI.", "Microsoft > OpenAI"),
        ("Bpifrance a investi 3 millions d'euros dans Doctolib.", "Bpifrance > Doctolib"),
        ("Free et Orange se livrent une guerre des prix.", "Free - Orange"),
    ],
)
@pytest.mark.usefixtures("no_known_names")
def test_no_claim_needs_a_known_name(extractor: Extractor, text: str, actors: str) -> None:
    assert words.known_names() == {}
    (claim,) = extractor.extract(text)
    match claim:
        case newsclaims.FundingRound():
            found = f"{claim.company.name} < {', '.join(i.name for i in claim.investors)}".rstrip()
        case newsclaims.AcquisitionBid():
            found = f"{claim.bidders[0].name} > {claim.target.name}"
        case newsclaims.Investment():
            found = f"{claim.investors[0].name} > {claim.target.name}"
        case newsclaims.Rivalry():
            found = " - ".join(party.name for party in claim.parties)
    assert found == actors


@pytest.mark.parametrize(
    ("text", "bidder"),
    [
        ("Microsoft recrute. Le géant de Redmond a racheté Vega.", "Microsoft"),
        ("L'éditeur de ChatGPT a racheté Vega. OpenAI n'a rien dit.", "OpenAI"),
        ("La maison mère de Facebook a racheté Vega. Meta n'a rien dit.", "Meta"),
        ("Iliad progresse. Le groupe de Xavier Niel a racheté Vega.", "Iliad"),
        ("BNP Paribas recrute. BNP a racheté Vega.", "BNP Paribas"),
    ],
)
def test_what_the_press_calls_an_actor_stands_for_the_name_that_the_text_gives(
    extractor: Extractor, text: str, bidder: str
) -> None:
    (claim,) = extractor.extract(text)
    assert isinstance(claim, newsclaims.AcquisitionBid)
    assert [b.name for b in claim.bidders] == [bidder]


def test_a_periphrasis_is_nobody_else_where_the_text_does_not_name_its_actor(extractor: Extractor) -> None:
    claims = extractor.extract("Orsol recule en Bourse. Le groupe de Xavier Niel a racheté Vega.")
    assert all("Orsol" not in [b.name for b in c.bidders] for c in claims if isinstance(c, newsclaims.AcquisitionBid))
