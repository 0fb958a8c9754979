from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from trees import tree

from newsclaims.errors import ConlluError, InputTypeError, InputValueError
from newsclaims.parsing import Parser
from newsclaims.spans import Span, SpanIndex
from newsclaims.tree import Document, Feats, Sentence, Word

# « Orsol parle du rachat. Il dit oui. »: a multi-word token, a missing space, features, an empty lemma.
CONLLU = """\
# sent_id = 1
# text = Orsol parle du rachat.
1	Orsol	Orsol	PROPN	_	_	2	nsubj	_	_
2	parle	parler	VERB	_	Mood=Ind|Number=Sing	0	root	_	_
3-4	du	_	_	_	_	_	_	_	_
3	de	de	ADP	_	_	5	case	_	_
4	le	le	DET	_	Definite=Def	5	det	_	_
5	rachat	rachat	NOUN	nc	Gender=Masc	2	obl:arg	2:obl:arg	SpaceAfter=No
6	.	_	PUNCT	_	_	2	punct	_	_

# sent_id = 2
# text = Il dit oui.
1	Il	il	PRON	_	_	2	nsubj	_	_
2	dit	dire	VERB	_	_	0	root	_	_
3	oui	oui	INTJ	_	_	2	obj	_	SpaceAfter=No
4	.	.	PUNCT	_	_	2	punct	_	_
"""


def row(id_: str, form: str = "mot", head: str = "0", feats: str = "_", misc: str = "_") -> str:
    return "\t".join((id_, form, form, "X", "_", feats, head, "dep", "_", misc))


def token_range(id_: str, form: str = "mot") -> str:
    return "\t".join((id_, form, *"________"))


def forms(document: Document) -> list[tuple[str, int, int]]:
    return [(w.text, w.span.start, w.span.end) for s in document.sentences for w in s.words]


def test_conllu_gives_words_with_their_columns() -> None:
    parle, rachat, stop = (Document.from_conllu(CONLLU).sentences[0].words[i] for i in (1, 4, 5))

    assert (parle.id, parle.text, parle.lemma, parle.upos, parle.head, parle.deprel) == (
        2,
        "parle",
        "parler",
        "VERB",
        0,
        "root",
    )
    assert parle.feats == {"Mood": "Ind", "Number": "Sing"}
    assert (rachat.xpos, rachat.head, rachat.deprel) == ("nc", 2, "obl:arg")
    assert (stop.lemma, stop.feats, stop.ner) == ("", {}, "")


def test_conllu_gives_offsets_in_a_text_of_one_line_a_sentence() -> None:
    document = Document.from_conllu(CONLLU)

    assert document.text == "Orsol parle du rachat.\nIl dit oui."
    assert [s.text for s in document.sentences] == document.text.split("\n")
    assert forms(document) == [
        ("Orsol", 0, 5),
        ("parle", 6, 11),
        ("de", 12, 14),
        ("le", 12, 14),
        ("rachat", 15, 21),
        (".", 21, 22),
        ("Il", 23, 25),
        ("dit", 26, 29),
        ("oui", 30, 33),
        (".", 33, 34),
    ]
    for sentence in document.sentences:
        for word in sentence.words:
            assert document.text[word.span.start : word.span.end] == word.span.text


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", "\r"),
        lambda text: "\ufeff" + text,
        lambda text: "\n\n" + text + "\n\n\n",
        lambda text: text.replace("\n\n", "\n \n"),
        lambda text: text.rstrip("\n"),
        lambda text: text.replace("# text = ", "#text="),
        lambda text: text.replace("# sent_id", "# text_en = Not this one.\n# sent_id"),
        lambda text: text.replace("1\tIl", "0.1\tet\t_\t_\t_\t_\t_\t_\t_\t_\n1\tIl"),
        lambda text: text.replace("3-4\tdu", "2.1\tet\t_\t_\t_\t_\t_\t_\t2:conj\t_\n3-4\tdu"),
        lambda text: text.replace("# sent_id = 2", "# newpar\n\n# sent_id = 2"),
    ],
)
def test_layout_of_conllu_does_not_matter(change: Callable[[str], str]) -> None:
    assert Document.from_conllu(change(CONLLU)) == Document.from_conllu(CONLLU)


@pytest.mark.parametrize("text", ["", "\n", "\r\n\r\n", "# text = Rien.\n\n"])
def test_conllu_without_words_is_an_empty_document(text: str) -> None:
    assert Document.from_conllu(text) == Document(text="", sentences=())
    assert Document.from_conllu(text).to_conllu() == ""


@pytest.mark.parametrize(
    ("comment", "expected"),
    [
        ("# text = l'  offre\u00a0!", [("l'", 0, 2), ("offre", 4, 9), ("!", 10, 11)]),
        ("# text = l'offre\u2028!", [("l'", 0, 2), ("offre", 2, 7), ("!", 8, 9)]),
        ("", [("l'", 0, 2), ("offre", 2, 7), ("!", 8, 9)]),
        # Comments that the forms do not make up: another sentence, one more word, one word less, nothing.
        ("# text = la demande !", [("l'", 0, 2), ("offre", 2, 7), ("!", 8, 9)]),
        ("# text = l'offre ! Et la suite.", [("l'", 0, 2), ("offre", 2, 7), ("!", 8, 9)]),
        ("# text = l'offre", [("l'", 0, 2), ("offre", 2, 7), ("!", 8, 9)]),
        ("# text =", [("l'", 0, 2), ("offre", 2, 7), ("!", 8, 9)]),
    ],
)
def test_text_comment_holds_where_the_forms_make_it_up(comment: str, expected: list[Any]) -> None:
    rows = [row("1", "l'", misc="SpaceAfter=No"), row("2", "offre", "1"), row("3", "!", "1")]

    assert forms(Document.from_conllu("\n".join([comment, *rows]))) == expected


def test_sentences_that_share_a_text_comment_do_not_share_their_place() -> None:
    line = "# text = Oui. Non."
    document = Document.from_conllu(f"{line}\n{row('1', 'Oui.')}\n\n{line}\n{row('1', 'Non.')}\n")

    assert document.text == "Oui.\nNon."
    assert forms(document) == [("Oui.", 0, 4), ("Non.", 5, 9)]


def test_underscore_is_a_form_and_its_lemma() -> None:
    (word,) = Document.from_conllu(row("1", "_")).sentences[0].words

    assert (word.text, word.lemma, word.xpos, word.feats) == ("_", "_", "", {})


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("1\tmot\n", r"line 1: 2 columns instead of 10"),
        ("# text = x\n" + row("1") + "\t_", r"line 2: 11 columns"),
        (row("1").replace("\t", " "), r"line 1: 1 columns"),
        (row("1") + "\n" + row("x"), r"line 2: id 'x' is not a number"),
        (row("-1"), r"line 1: id '-1' is not a number"),
        (row("1.x"), r"line 1: id '1.x' is not a number"),
        (row("9" * 5000), r"line 1: id '9+' is not a number"),
        (row("2"), r"line 1: id 2 where 1 is due"),
        (row("1") + "\n" + row("1"), r"line 2: id 1 where 2 is due.*blank line"),
        (row("1") + "\n\n" + row("1") + "\n" + row("3"), r"line 4: id 3 where 2 is due"),
        (row("1", head="x"), r"line 1: head 'x' is not a number"),
        (row("1", head="_"), r"line 1: head '_' is not a number"),
        (row("1", head="-1"), r"line 1: head '-1' is not a number"),
        (row("1", head="²"), r"line 1: head '²' is not a number"),
        (row("1") + "\r\n" + row("2", head="3"), r"line 2: head 3 is outside the sentence, which has 2 words"),
        (row("1", head="1"), r"line 1: the heads form a cycle through word 1"),
        (
            row("1") + "\n" + row("2", head="3") + "\n" + row("3", head="2"),
            r"line [23]: the heads form a cycle through word [23]",
        ),
        (row("1", feats="Number"), r"line 1: the feature 'Number' is not written as Name=Value"),
        (row("1", form=""), r"line 1: the form is empty"),
        (token_range("1-2") + "\n" + row("1"), r"line 2: the sentence ends before word 2 of a token range"),
        (token_range("2-1"), r"line 1: id 2-1 where 1 is due"),
        (row("1") + "\n" + token_range("2-1"), r"line 2: the token range 2-1 is backwards"),
        (
            token_range("1-3") + "\n" + row("1") + "\n" + token_range("2-3") + "\n" + row("2"),
            r"line 3: the token range 2-3 is backwards or inside another one",
        ),
    ],
)
def test_broken_conllu_is_refused_with_its_line(text: str, message: str) -> None:
    with pytest.raises(ConlluError, match=message):
        Document.from_conllu(text)


@pytest.mark.parametrize("value", [None, b"1\tmot", 3])
def test_conllu_must_be_text(value: Any) -> None:
    with pytest.raises(InputTypeError, match="CoNLL-U must be a str"):
        Document.from_conllu(value)


def test_conllu_is_written_in_ten_columns_with_tokens_and_text() -> None:
    without_ids = "".join(line for line in CONLLU.splitlines(keepends=True) if not line.startswith("# sent_id"))
    expected = without_ids.replace("2:obl:arg", "_") + "\n"

    assert Document.from_conllu(CONLLU).to_conllu() == expected


def test_tabs_and_line_ends_are_written_as_spaces() -> None:
    text = "Orsol\tlève\r\n10\n000 euros\u2028."
    places = [(0, 5), (6, 10), (12, 18), (19, 24), (25, 26)]
    words = [
        Word(id=i, text=text[a:b], lemma="a\tb", upos="X", head=max(0, i - 1), deprel="dep", span=Span.of(text, a, b))
        for i, (a, b) in enumerate(places, 1)
    ]
    written = Document(text, [Sentence(words, Span.of(text, 0, len(text)))]).to_conllu()

    assert written.startswith("# text = Orsol lève 10 000 euros .\n")
    assert [line.count("\t") for line in written.splitlines()] == [0, 9, 9, 9, 9, 9, 0]
    assert [form for form, _, _ in forms(Document.from_conllu(written))] == ["Orsol", "lève", "10 000", "euros", "."]


def shape(document: Document) -> list[list[tuple[Any, ...]]]:
    """What of a document CoNLL-U keeps whatever the text: all but the places of words."""
    return [
        [(w.id, w.text, w.lemma, w.upos, w.xpos, w.feats, w.head, w.deprel) for w in s.words]
        for s in document.sentences
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Orsol a levé 10\u00a0000\u202feuros auprès du fonds Vega. Il en voulait « 20\u00a0000 » !",
        "**Orsol** rachète l’éditeur [Nimbao](https://example.org/nimbao).\r\n\r\nLe fonds *Vega* au capital d’Orsol.",
        "Orsol &amp; Vega, aux côtés des start-up du pays,\nparle\u2009: «\u202fnon\u202f» 😀.",
    ],
)
def test_parsed_text_survives_conllu(parser: Parser, text: str) -> None:
    document = parser(text)
    read = Document.from_conllu(document.to_conllu())

    assert shape(read) == shape(document)
    assert Document.from_conllu(read.to_conllu()) == read
    shared = [
        [(a.id, b.id) for s in d.sentences for a, b in zip(s.words, s.words[1:], strict=False) if a.span == b.span]
        for d in (document, read)
    ]
    assert shared[0] == shared[1]


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Documents as CoNLL-U can hold them, words of every script among them."""
    form = st.text(
        st.characters(codec="utf-8", exclude_categories=("Z", "C")) | st.sampled_from("\u0301-#='_"),
        min_size=1,
        max_size=4,
    )
    name = st.text(st.characters(codec="ascii", categories=("L",)), min_size=1, max_size=3)
    label = st.just("") | name
    text, sentences = "", []
    for _ in range(draw(st.integers(0, 3))):
        text += "\n" if sentences else ""
        start, words = len(text), list[Word]()
        size = draw(st.integers(1, 5))
        # A tree: each word hangs on the root or on a word that hangs higher, in a drawn order.
        order = draw(st.permutations(range(1, size + 1)))
        heads = {at: draw(st.sampled_from([0, *order[:place]])) for place, at in enumerate(order)}
        while len(words) < size:
            if words:
                text += draw(st.sampled_from(["", " ", "\u00a0", "  "]))
            surface = draw(form)
            span = Span(len(text), len(text) + len(surface), surface)
            text += surface
            parts = draw(st.integers(1, min(3, size - len(words))))
            for _ in range(parts):
                at = len(words) + 1
                own = draw(form) if parts > 1 else surface
                words.append(
                    Word(
                        id=at,
                        text=own,
                        lemma=draw(form.filter(lambda lemma: lemma != "_")),
                        upos=draw(label),
                        xpos=draw(label),
                        feats=draw(st.dictionaries(name, name, max_size=2)),
                        head=heads[at],
                        deprel=draw(label),
                        span=span,
                    )
                )
        sentences.append(Sentence(words, Span.of(text, start, len(text))))
    return Document(text, sentences)


@given(documents())
def test_documents_survive_conllu(document: Document) -> None:
    assert Document.from_conllu(document.to_conllu()) == document


@given(st.text(st.sampled_from("123-._=#\t\n\r ab") | st.characters(), max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        document = Document.from_conllu(text)
    except ConlluError as error:
        assert str(error).startswith("line ")
    else:
        assert Document.from_conllu(document.to_conllu()) == document


# [parle [Orsol le] [rachat du [Vega et]]]
SENTENCE = tree("[parle@3 nsubj>[Orsol@2 det>Le@1] obl>[rachat@5 case>du@4 nmod>[Vega@7 cc>et@6]]]")


def texts(words: Any) -> list[str]:
    return [w.text for w in words]


def test_tree_is_walked_up_and_down() -> None:
    parle, vega = SENTENCE.words[2], SENTENCE.words[6]

    assert SENTENCE.root is parle
    assert texts(SENTENCE.children(parle)) == ["Orsol", "rachat"]
    assert SENTENCE.children(SENTENCE.words[0]) == ()
    assert SENTENCE.head(vega) is SENTENCE.words[4]
    assert SENTENCE.head(parle) is None
    assert texts(SENTENCE.ancestors(vega)) == ["rachat", "parle"]
    assert texts(SENTENCE.ancestors(parle)) == []


def test_subtree_is_in_text_order_and_can_be_pruned() -> None:
    rachat = SENTENCE.words[4]

    assert texts(SENTENCE.subtree(rachat)) == ["du", "rachat", "et", "Vega"]
    assert texts(SENTENCE.subtree(rachat, keep=lambda w: w.deprel != "nmod")) == ["du", "rachat"]
    assert SENTENCE.subtree(SENTENCE.words[2]) == list(SENTENCE.words)


def test_sentence_without_words_has_no_root() -> None:
    assert Sentence((), Span(0, 0)).root is None


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"id": 4}, "must be 1, 2, 3"),
        ({"head": 8}, r"word 1 \('Le'\): head 8 is outside"),
        ({"head": -1}, r"head -1 is outside"),
        ({"head": 1}, "cycle through word 1"),
    ],
)
def test_sentence_that_is_no_tree_is_refused(changes: dict[str, int], message: str) -> None:
    with pytest.raises(InputValueError, match=message):
        Sentence([attrs.evolve(SENTENCE.words[0], **changes), *SENTENCE.words[1:]], SENTENCE.span)


def test_long_chain_is_read_in_good_time() -> None:
    rows = [row(str(i), head=str(i - 1)) for i in range(1, 20_001)]
    (sentence,) = Document.from_conllu("\n".join(rows)).sentences

    assert len(list(sentence.ancestors(sentence.words[-1]))) == 19_999
    assert len(sentence.subtree(sentence.words[0])) == 20_000


@pytest.mark.parametrize("again", [lambda x: pickle.loads(pickle.dumps(x)), copy.deepcopy, copy.copy])
def test_documents_can_be_pickled_and_copied(again: Callable[[Document], Document]) -> None:
    document = Document.from_conllu(CONLLU)
    twin = again(document)

    assert twin == document
    assert hash(twin) == hash(document)
    assert isinstance(twin.sentences[0].words[0].feats, Feats)
    assert texts(twin.sentences[0].children(twin.sentences[0].words[1])) == ["Orsol", "rachat", "."]


@pytest.mark.parametrize("thing", [SENTENCE.words[0], SENTENCE, Document("", [SENTENCE])])
def test_trees_are_frozen(thing: Any) -> None:
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        setattr(thing, attrs.fields(type(thing))[0].name, None)


@pytest.mark.parametrize(
    "change",
    [
        lambda feats: feats.__setitem__("Number", "Plur"),
        lambda feats: feats.__delitem__("Number"),
        lambda feats: feats.__ior__({"Number": "Plur"}),
        lambda feats: feats.update(Number="Plur"),
        lambda feats: feats.setdefault("Mood", "Ind"),
        lambda feats: feats.pop("Number"),
        lambda feats: feats.popitem(),
        lambda feats: feats.clear(),
    ],
)
def test_features_cannot_be_changed(change: Callable[[Any], Any]) -> None:
    feats = Feats(Number="Sing")
    with pytest.raises(TypeError, match="cannot be changed"):
        change(feats)
    assert feats == {"Number": "Sing"}


def test_words_with_the_same_features_are_the_same() -> None:
    one, other = (attrs.evolve(SENTENCE.words[0], feats=f) for f in ({"A": "1", "B": "2"}, {"B": "2", "A": "1"}))

    assert {one, other} == {one}
    assert isinstance(one.feats, Feats)


@given(st.lists(st.integers(0, 30), unique=True, max_size=12), st.integers(0, 30), st.integers(1, 12))
def test_span_index_finds_what_shares_a_character(edges: list[int], start: int, length: int) -> None:
    bounds = sorted(edges)
    items = [Span(a, b) for a, b in zip(bounds[::2], bounds[1::2], strict=False)]
    index, place = SpanIndex(items, lambda item: item), Span(start, start + length)
    expected = [item for item in items if item.overlaps(place)]

    assert index.within(place) == expected
    assert index.at(place) == (expected[0] if expected else None)


@pytest.mark.parametrize(
    ("a", "b", "overlap", "covers"),
    [
        (Span(0, 4), Span(4, 8), False, False),
        (Span(0, 5), Span(4, 8), True, False),
        (Span(0, 8), Span(4, 8), True, True),
        (Span(4, 8), Span(0, 8), True, False),
    ],
)
def test_spans_compare_by_their_characters(a: Span, b: Span, overlap: bool, covers: bool) -> None:
    assert a.overlaps(b) is b.overlaps(a) is overlap
    assert a.covers(b) is covers


def test_words_are_indexed_by_the_value_of_an_attribute() -> None:
    sentence = tree("[a/VERB x>b/NOUN y>[a/NOUN x>c]]")

    assert [[word.id for word in sentence.by("text").get(form, ())] for form in "abz"] == [[1, 3], [2], []]
    assert {upos: len(words) for upos, words in sentence.by("upos").items()} == {"VERB": 1, "NOUN": 2, "": 1}
    assert pickle.loads(pickle.dumps(sentence)) == sentence
