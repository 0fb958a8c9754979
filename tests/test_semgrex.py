"""The Semgrex language, by a table of cases and against a matcher that tries every word."""

from __future__ import annotations

import pickle
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import attrs
import pytest
import regex
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from trees import tree

from newsclaims import semgrex
from newsclaims.errors import InputTypeError, InputValueError, NewsclaimsError, PatternError
from newsclaims.semgrex import syntax
from newsclaims.semgrex.operators import OPERATORS
from newsclaims.semgrex.parser import read
from newsclaims.spans import Span
from newsclaims.tree import Document, Sentence, Word

TABLE = [
    line.split("\t")
    for line in Path(__file__).with_name("semgrex.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
GUIDE = Path(__file__).parents[1].joinpath("docs", "semgrex.md").read_text(encoding="utf-8")
EXAMPLES = [
    (pattern.replace("\\|", "|"), expected)
    for pattern, expected in regex.findall(r"^\|.*\| `([^`]+)` \| ([^|`]+) \|$", GUIDE, flags=regex.MULTILINE)
    + regex.findall(r"^\| `([^`]+)` \| ([^|`]+) \|$", GUIDE, flags=regex.MULTILINE)
    if pattern.startswith(("{", "!{"))
]
FAILURES = regex.findall(r"^\| `(\{[^`]+)` \| ((?:«|no ).+`) \|$", GUIDE, flags=regex.MULTILINE)
DRAWINGS = regex.findall(r"^```text\n(\{.*)\n\n([^`]+)\n```$", GUIDE, flags=regex.MULTILINE)
CLAUSE = tree(
    "[racheté/VERB/racheter@3 nsubj>Salesforce/PROPN@1 aux:tense>a/AUX/avoir@2 obj>Slack/PROPN@4 "
    "obl:mod>[milliards/NOUN/milliard@7 case>pour/ADP@5 nummod>28/NUM@6]]"
)


def shown(match: semgrex.Match) -> str:
    """Write a match as the table does: its bindings, or its anchor where nothing is bound."""
    names = [f"{name}={word.text}" for name, word in match.nodes.items()]
    names += [f"~{name}={label}" for name, label in match.relations.items()]
    names += [f"={name}={edge.governor.text}>{edge.dependent.text}" for name, edge in match.edges.items()]
    return " ".join(names) or match.node.text


def test_brackets_place_words_by_position_then_by_reading() -> None:
    sentence = tree("[mange/VERB/manger/Tense=Pres@2 nsubj>Paul obj>[tarte amod>bonne//bon@3]]")
    assert [(w.text, w.lemma, w.upos, w.head, w.deprel, dict(w.feats)) for w in sentence.words] == [
        ("Paul", "Paul", "", 2, "nsubj", {}),
        ("mange", "manger", "VERB", 0, "root", {"Tense": "Pres"}),
        ("bonne", "bon", "", 4, "amod", {}),
        ("tarte", "tarte", "", 2, "obj", {}),
    ]


def found_in(pattern: str, brackets: str) -> list[str]:
    """Return the matches in a tree of the table: ``[…]``, or ``[…] @ […] @ 1-2 3-0`` for two that are aligned."""
    first, *others = brackets.split(" @ ")
    aligned = None
    if others:
        second, links = others
        pairs = (link.split("-") for link in links.split())
        aligned = semgrex.Aligned(tree(second), {int(at): int(to) for at, to in pairs})
    return [shown(match) for match in semgrex.compile(pattern).finditer(tree(first), aligned=aligned)]


def flat(length: int) -> Sentence:
    """Return a sentence whose words all depend on the first."""
    return tree(f"[w {' '.join('x>w' for _ in range(length - 1))}]")


def chain(length: int) -> Sentence:
    """Return a sentence where each word depends on the one before."""
    return tree("".join("[w x>" for _ in range(length - 1)) + "w" + "]" * (length - 1))


# The language


@pytest.mark.parametrize(("pattern", "brackets", "expected"), TABLE)
def test_pattern_finds_exactly_what_the_table_says_in_order(pattern: str, brackets: str, expected: str) -> None:
    assert found_in(pattern, brackets) == ([] if expected == "-" else expected.split(" | "))


def test_table_uses_every_operator_and_holds_each_case_once() -> None:
    for matched in (True, False):
        patterns = [read(pattern) for pattern, _, expected in TABLE if (expected != "-") == matched]
        used = {
            relation.operator for reading in patterns for node in reading.anchors for relation in relations_of(node)
        }
        assert used == set(OPERATORS)
    assert len({(pattern, brackets) for pattern, brackets, _ in TABLE}) == len(TABLE) >= 250


@pytest.mark.parametrize(
    ("tight", "spaced"),
    [
        ("{cpos:VERB;lemma!:dire}=v>nsubj{}=n", " {\tcpos : VERB ;\n lemma ! : dire } = v\r\n > nsubj { } = n "),
        ("{}=v>/obl(:.*)?/~r({}>case{})", "{} =v >\u00a0/obl(:.*)?/ ~ r ( {} > case {} )"),
        ("{}1,2>>[{word:28}=a|{word:pour}=a]", "{} 1 , 2 >> [ {word:28}=a | {word:pour}=a ]"),
        ("{}=v[>obj{}|<x{}]!>ccomp{}?>nsubj{}=s", "{}=v [ >obj {} | <x {} ] ! >ccomp {} ? >nsubj {}=s"),
    ],
)
def test_white_space_between_elements_is_free(tight: str, spaced: str) -> None:
    found = [[shown(m) for m in semgrex.compile(pattern).finditer(CLAUSE)] for pattern in (tight, spaced)]
    assert found[0] == found[1] != []


(GUIDE_SENTENCE,) = Document.from_conllu(GUIDE.split(":caption: nimbao.conllu\n\n")[1].split("```")[0]).sentences


@pytest.mark.parametrize(("pattern", "expected"), EXAMPLES)
def test_examples_of_the_documentation_find_what_it_says(pattern: str, expected: str) -> None:
    found = ", ".join(shown(match) for match in semgrex.compile(pattern).finditer(GUIDE_SENTENCE))
    assert (found or "nothing") == expected


@pytest.mark.parametrize(("pattern", "failure"), FAILURES)
def test_failures_of_the_documentation_are_told_as_it_says(pattern: str, failure: str) -> None:
    assert str(semgrex.compile(pattern).furthest(GUIDE_SENTENCE)) == failure.replace("`", "")


@pytest.mark.parametrize(
    ("pattern", "failure"),
    [
        # the deepest of the alternatives, all of them where none holds anything
        ("{lemma:racheter} [ >iobj {} | >obj ({} >case {}) ]", "« Slack » has no >case {}"),
        ("{lemma:racheter} [ >iobj {} | >ccomp {} ]", "« racheté » has no >iobj {} | >ccomp {}"),
        ("[{lemma:vendre}|{lemma:céder}] >obj {}", "no word is [{lemma:vendre}|{lemma:céder}]"),
        ("{lemma:racheter} >obj [{cpos:NUM}|({cpos:PROPN} >det {})]", "« Slack » has no >det {}"),
        ("{lemma:racheter} >obj [{cpos:NUM}|{cpos:PROPN}] >> {lemma:de}", "« racheté » has no >> {lemma:de}"),
        # tests in the order in which they are written
        ("{cpos:NOUN; lemma:Slack}", "« milliards » is not lemma:Slack"),
        ("{lemma:Slack; cpos:NOUN}", "« Slack » is not cpos:NOUN"),
        ("{cpos:PROPN} >det {}", "« Salesforce » has no >det {}"),
        ("!{cpos:/.*/}", "no word is !{cpos:/.*/}"),
        ("{lemma:milliard; $}", "« milliards » is not {lemma:milliard; $}"),
        # what must not be there
        (
            "{lemma:racheter} !>/obl.*/ ({} >case {lemma:pour})",
            "« milliards » breaks !>/obl.*/ ({} >case {lemma:pour})",
        ),
        ("{lemma:racheter} ![>obj {} >nsubj {}]", "« racheté » breaks ![>obj {} >nsubj {}]"),
        # optional parts never fail, names and patterns after ':' can
        ("{lemma:racheter} ?>iobj {} >ccomp {}", "« racheté » has no >ccomp {}"),
        ("{lemma:racheter} >nsubj {}=a >obj {}=a", "« Slack » is not {}=a"),
        ("{lemma:racheter} : {lemma:pour} : {lemma:de}", "« racheté » has no {lemma:de}"),
        ("{lemma:Slack} == {cpos:NOUN}", "« Slack » is not == {cpos:NOUN}"),
        ("{lemma:racheter} 2,3>>case {lemma:de}", "« pour » is not lemma:de"),
    ],
)
def test_failure_names_the_first_part_that_fails(pattern: str, failure: str) -> None:
    assert str(semgrex.compile(pattern).furthest(CLAUSE)) == failure


def test_failure_has_its_place_and_what_holds_before_it() -> None:
    pattern = semgrex.compile("{lemma:racheter}=trigger  >obj {}=target >/obl.*/ ({}=price >case {lemma:à})")
    failure = pattern.furthest(CLAUSE)

    assert failure is not None
    assert (failure.failed, failure.word) == ("lemma:à", CLAUSE.words[4])
    assert pattern.pattern[failure.start : failure.end] == "lemma:à"
    assert failure.anchor == CLAUSE.words[2]
    assert {name: word.text for name, word in failure.nodes.items()} == {
        "trigger": "racheté",
        "target": "Slack",
        "price": "milliards",
    }


def test_failure_is_that_of_the_words_given_beforehand() -> None:
    pattern = semgrex.compile("{cpos:/NOUN|PROPN/}=a >case {lemma:de}")

    assert str(pattern.furthest(CLAUSE)) == "« pour » is not lemma:de"
    assert str(pattern.furthest(CLAUSE, {"a": CLAUSE.words[3]})) == "« Slack » has no >case {lemma:de}"
    assert str(pattern.furthest(CLAUSE, {"a": CLAUSE.words[2]})) == "« racheté » is not cpos:/NOUN|PROPN/"


def test_pattern_across_sentences_is_diagnosed_with_both() -> None:
    other = tree("[mange/VERB obj>pain/NOUN]")
    pattern = semgrex.compile("{lemma:racheter} @ ({} >obj {lemma:vin})")

    assert str(pattern.furthest(CLAUSE, aligned=semgrex.Aligned(other, {3: 1}))) == "« pain » is not lemma:vin"
    with pytest.raises(InputValueError, match="give the sentence that it leads to"):
        pattern.furthest(CLAUSE)


def test_sentence_without_words_fits_nothing() -> None:
    failure = semgrex.compile("{}").furthest(Sentence((), Span(0, 0, "")))

    assert str(failure) == "no word is {}"


@pytest.mark.parametrize(("pattern", "drawing"), DRAWINGS)
def test_drawings_of_the_documentation_show_all_that_is_found(pattern: str, drawing: str) -> None:
    *_, text, marks = drawing.splitlines()
    assert text == " ".join(word.text for word in GUIDE_SENTENCE.words)
    drawn = {(mark[0], text[: mark.start()].count(" ") + 1) for mark in regex.finditer("[AB]", marks)}
    matches = semgrex.compile(pattern).finditer(GUIDE_SENTENCE)
    assert drawn == {(name, word.id) for match in matches for name, word in match.nodes.items()}


def test_documentation_draws_every_operator() -> None:
    used = {relation.operator for pattern, _ in DRAWINGS for relation in relations_of(read(pattern).anchors[0])}
    assert used == set(OPERATORS) - {"@"}


def test_alignment_of_the_documentation_holds() -> None:
    (code,) = (block for block in regex.findall(r"```python\n(.*?)```", GUIDE, regex.DOTALL) if "Aligned(" in block)
    reworded = tree("[rachetée@3 nsubj:pass>Orsol@1 aux:pass>est@2 obl:agent>[Nimbao@5 case>par@4] punct>.@6]")
    exec(code, {"semgrex": semgrex, "sentence": GUIDE_SENTENCE, "reworded": reworded})


REFUSED = [
    ("", 0, "expected"),
    ("   ", 3, "found the end"),
    ("lemma:x", 0, "expected a node"),
    ("{", 1, "expected an attribute"),
    ("{lemma:x", 8, "'}'"),
    ("{lemma}", 6, "':'"),
    ("{lemma:}", 7, "expected value"),
    ("{lemma:x;}", 9, "expected an attribute"),
    ("{lemma:a b}", 9, "'}'"),
    ("{lemma:a-b}", 8, "slashes"),
    ("{lemma:a:b}", 8, "slashes"),
    ("{word:1,5}", 7, "slashes"),
    ("{word:S.A.}", 7, "slashes"),
    ("{lemma:a;lemma:b}", 9, "twice"),
    ("{upos:NOUN}", 1, "did you mean cpos"),
    ("{head:3}", 1, "did you mean headidx"),
    ("{couleur:bleu}", 1, "unknown attribute"),
    ("{ #x }", 3, "'}'"),
    ("{lemma:/a}", 7, "does not end"),
    ("{lemma:/a\n/}", 7, "does not end"),
    ("{lemma:/a(/}", 10, "cannot be compiled"),
    ("{lemma:/[a/}", 10, "cannot be compiled"),
    ("{lemma:/*a/}", 8, "cannot be compiled"),
    ("{morphofeatures:Tense}", 16, "'{'"),
    ("{morphofeatures!:{Tense:Past}}", 15, "':' after morphofeatures"),
    ("{morphofeatures:{}}", 17, "expected feature name"),
    ("{morphofeatures:{Tense}}", 22, "':' or '!:'"),
    ("{morphofeatures:{Tense:Past}", 28, "'}'"),
    ("{morphofeatures:{Tense:Past", 27, "'}' after the feature"),
    ("{}=", 3, "name of the node"),
    ("{}=a=b", 4, "name cannot stand here"),
    ("({})=a", 4, "name cannot stand here"),
    ("{} {}", 3, "cannot follow a node"),
    ("{} ({})", 3, "cannot follow a node"),
    ("{} >", 4, "found the end"),
    ("{} >nsubj", 9, "found the end"),
    ("{} >obl:arg {}", 7, "slashes"),
    ("{} >aux-pass {}", 7, "slashes"),
    ("{} >/obl {}", 4, "does not end"),
    ("{} >% {}", 4, "'%'"),
    ("{} >= {}", 6, "name of the edge"),
    ("{} >=e~r {}", 6, "expected a node"),
    ("{} >>=e {}", 5, "one single edge"),
    ("{} 1<<x~r=e {}", 9, "one single edge"),
    ("{} .=e {}", 4, "one single edge"),
    ("{} @=e {}", 4, "one single edge"),
    ("{} >~ {}", 6, "name of the relation"),
    ("{} >+ {}", 4, "expected a node"),
    ("{} .nsubj {}", 4, "follows no dependency"),
    ("{} $++~r {}", 6, "follows no dependency"),
    ("{} ==/x/ {}", 5, "follows no dependency"),
    ("{} 2> {}", 3, "distance"),
    ("{} 0<< {}", 3, "counted from 1"),
    ("{} 3,2>> {}", 3, "counted from 1"),
    ("{} 2, >> {}", 4, "expected a relation"),
    ("{} 12345>> {}", 3, "four digits"),
    ("{} & > {}", 3, "side by side"),
    ("{} > {} & > {}", 8, "side by side"),
    ("{} @x {}", 4, "follows no dependency"),
    ("{}=a @ {}=a", 10, "other side of '@'"),
    ("{} >=e {} @ ({} >=e {})", 18, "other side of '@'"),
    ("@ {} : {}", 5, "':' cannot stand here"),
    ("{} :", 4, "found the end"),
    (": {}", 0, "':' cannot stand here"),
    ("({} : {})", 4, "':' cannot stand here"),
    ("{} [> {} : < {}]", 9, "':' cannot stand here"),
    ("{} : > {}", 5, "expected a node"),
    ("{}=a : {} !> {}=b", 16, "new name under '!'"),
    ("{} > {} ::", 10, "'uniq'"),
    ("{} > {} :: sort", 11, "expected 'uniq'"),
    ("{} > {}=a :: uniq b", 18, "no node of the pattern is named 'b': it has a"),
    ("{} >~r {} :: uniq r", 18, "it names none"),
    ("{}=a :: uniq a, b", 14, "letters and digits"),
    ("{} :: uniq : {}", 11, "letters and digits"),
    ("{} > {} # sujet", 8, "a line of its own"),
    ("{} | > {}", 3, "expected a relation"),
    ("{} > {} |", 9, "expected a relation"),
    ("{} [> {} |]", 10, "expected a relation"),
    ("{} []", 4, "expected a relation"),
    ("{} [> {}", 8, "']'"),
    ("{} > {} ]", 8, "found ']'"),
    ("({} > {}", 8, "')'"),
    ("{})", 2, "found ')'"),
    ("{} > [{}|", 9, "expected a node"),
    ("{} > [{} > {}]", 9, "parentheses"),
    ("{} > [{}|{}]=v", 12, "name each alternative"),
    ("[{}|{}]=v", 7, "name each alternative"),
    ("[]", 1, "expected a node"),
    ("[{} {}]", 4, "cannot follow a node"),
    ("![{}|{}]", 1, "cannot be negated"),
    ("{} > ![{}|{}]", 6, "cannot be negated"),
    ("{} ! {}", 5, "cannot follow a node"),
    ("{} !!> {}", 4, "expected a relation"),
    ("{} ?!> {}", 4, "expected a relation"),
    ("{} !> {}=a", 9, "new name under '!'"),
    ("{} !> ({} > {}=a)", 15, "new name under '!'"),
    ("{} ![> {} | < {}=a]", 17, "new name under '!'"),
    ("{} !>~r {}", 6, "new name under '!'"),
    ("{} !>=e {}", 6, "new name under '!'"),
    ("{} ?> {}=a !< {}=a", 17, "in every branch"),
    ("{} [> {}=a | < {}] !.. {}=a", 26, "in every branch"),
    ("{} > [{}=a | {}=b] !.. {}=a", 26, "in every branch"),
]


@pytest.mark.parametrize(("pattern", "column", "reason"), REFUSED)
def test_bad_pattern_is_refused_with_a_caret_at_the_place(pattern: str, column: int, reason: str) -> None:
    with pytest.raises(PatternError) as caught:
        semgrex.compile(pattern)
    assert (caught.value.column, caught.value.pattern) == (column, pattern)
    assert reason in caught.value.reason
    assert str(caught.value).splitlines()[-1] == " " * (column + 2) + "^"


@pytest.mark.parametrize(
    "pattern",
    [
        "{} [> {}=a | < {}=a] !.. {}=a",
        "{} > [{}=a | {}=a] !.. {}=a",
        "{}=a !> ({} == {}=a)",
        "{} >~r {} !<~r {}",
        "{}\n  >nsubj\n{}\t=a\r\n[ > {}\u00a0| < {} ]",
        "{word:/a\\/b/}",
        "{word:/\\p{Lu}.*/}",
        "{word:aujourd'hui} > {word:€}",
        "{} >x~r=e {} !>=e {}",
        "{}=a : {}=b !> {}=a :: uniq a b",
        "@ {}=t > {}",
        "{}=uniq :: uniq uniq",
    ],
)
def test_good_pattern_compiles(pattern: str) -> None:
    assert semgrex.compile(pattern).pattern == pattern


@pytest.mark.parametrize(
    "wrap", [("(", "{}", ")"), ("{} [", "> {}", "]"), ("{} > (", "{}", ")"), ("{} > [", "{}", "]")]
)
def test_nesting_beyond_reason_is_refused_rather_than_overflowing(wrap: tuple[str, str, str]) -> None:
    opening, core, closing = wrap
    bracket = opening[-1]
    with pytest.raises(PatternError, match=r"levels deep|expected a node"):
        semgrex.compile(opening + bracket * 5000 + core + closing * 5001)


def test_pattern_of_another_type_is_refused() -> None:
    with pytest.raises(InputTypeError, match="bytes"):
        semgrex.compile(b"{}")  # type: ignore[arg-type]


# What a pattern knows of itself


def test_names_of_nodes_and_relations_are_kept_apart() -> None:
    pattern = semgrex.compile("{}=a >~r=a {}=b [>/x/~s {}=c | <=e {}] !>~r {}=a")
    assert pattern.names == {"a", "b", "c"}
    assert pattern.relation_names == {"r", "s"}
    assert pattern.edge_names == {"a", "e"}


@pytest.mark.parametrize(
    ("pattern", "lemmas"),
    [
        ("{lemma:racheter}=n", {"racheter"}),
        ("{lemma:/racheter|acquérir|mettre en œuvre/}=n > {}", {"racheter", "acquérir", "mettre en œuvre"}),
        ("({cpos:VERB;lemma:vendre}=n > {}) > {}", {"vendre"}),
        ("[{lemma:vendre}=n | {lemma:/céder|donner/}=n] > {}", {"vendre", "céder", "donner"}),
        ("[{lemma:vendre}=n | {cpos:VERB}=n]", None),
        ("{lemma:__}=n", None),
        ("{lemma:vendre}=n > ({} < {}=n)", {"vendre"}),
        ("{lemma:/rachet.*/}=n", None),
        ("{lemma:/(?i)vendre/}=n", None),
        ("{lemma:/vendre|/}=n", None),
        ("{lemma!:vendre}=n", None),
        ("!{lemma:vendre}=n", None),
        ("{word:vend}=n", None),
        ("{}=n", None),
    ],
)
def test_lemmas_of_the_anchor_are_listed_when_the_pattern_lists_them(pattern: str, lemmas: set[str] | None) -> None:
    compiled = semgrex.compile(pattern)
    assert compiled.anchor_lemmas() == compiled.lemmas_of("n") == (None if lemmas is None else frozenset(lemmas))


@pytest.mark.parametrize(
    ("pattern", "lemmas"),
    [
        ("{} > {lemma:a}=n", {"a"}),
        ("{} [> {lemma:a}=n | < {lemma:/b|c/}=n]", {"a", "b", "c"}),
        ("{} > [{lemma:a}=n | {}=n]", None),
        ("{} > {lemma:a}=n !< {}=n > {}=n", {"a"}),
        ("{} ?> {lemma:a}=n > {}=n", None),
    ],
)
def test_lemmas_of_a_named_node_cover_all_its_branches(pattern: str, lemmas: set[str] | None) -> None:
    assert semgrex.compile(pattern).lemmas_of("n") == (None if lemmas is None else frozenset(lemmas))


def test_lemmas_of_an_unknown_name_are_refused() -> None:
    with pytest.raises(InputValueError, match="'cible'"):
        semgrex.compile("{}=acheteur").lemmas_of("cible")


def test_pattern_survives_pickling_and_shows_its_text() -> None:
    pattern = pickle.loads(pickle.dumps(semgrex.compile("{lemma:racheter} >obj {}=o")))
    assert [shown(m) for m in pattern.finditer(CLAUSE)] == ["o=Slack"]
    assert repr(pattern) == "compile('{lemma:racheter} >obj {}=o')"


def test_a_graph_that_is_searched_again_gives_what_its_sentence_gives() -> None:
    pattern, graph = semgrex.compile("{}=v [> {cpos:PROPN}=n | >> {cpos:NUM}=n]"), semgrex.Graph(CLAUSE)
    starts = [{"v": word} for word in CLAUSE.words] + [{"n": word} for word in CLAUSE.words]

    for nodes in [*starts, *starts, {}]:
        assert list(map(shown, pattern.finditer(graph, nodes))) == list(map(shown, pattern.finditer(CLAUSE, nodes)))
    assert [shown(m) for m in pattern.finditer(graph, {"v": CLAUSE.words[2]})] == [
        "v=racheté n=Salesforce",
        "v=racheté n=Slack",
        "v=racheté n=28",
    ]


# Matches


def test_match_holds_words_and_labels_of_the_sentence() -> None:
    match = semgrex.compile("{cpos:VERB} >/obl(:.*)?/~how {}=price").search(CLAUSE)
    assert match is not None
    assert match.node is CLAUSE.words[2]
    assert match.nodes["price"] is CLAUSE.words[6]
    assert match.relations == {"how": "obl:mod"}


def test_search_gives_the_first_match_or_none() -> None:
    first = semgrex.compile("{cpos:PROPN}=n").search(CLAUSE)
    assert first is not None
    assert first.nodes["n"].text == "Salesforce"
    assert semgrex.compile("{cpos:INTJ}").search(CLAUSE) is None


NEWS = """\
# text = Vega lève au total 9 M€.
1	Vega	Vega	PROPN	_	_	2	nsubj	_	_
2	lève	lever	VERB	_	Mood=Ind|Tense=Pres	0	root	_	_
3-4	au	_	_	_	_	_	_	_	_
3	à	à	ADP	_	_	5	case	_	_
4	le	le	DET	_	_	5	det	_	_
5	total	total	NOUN	_	_	2	obl:mod	_	_
6	9	9	NUM	_	_	7	nummod	_	_
7	M€	million	NOUN	_	_	2	obj	_	SpaceAfter=No
8	.	.	PUNCT	_	_	2	punct	_	_

# text = Luma l'imite.
1	Luma	Luma	PROPN	_	_	3	nsubj	_	_
2	l'	le	PRON	_	_	3	obj	_	SpaceAfter=No
3	imite	imiter	VERB	_	_	0	root	_	SpaceAfter=No
4	.	.	PUNCT	_	_	3	punct	_	_

"""


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("{is_mwt:true}=w", ["w=à", "w=le"]),
        ("{mwt_text:au}=w", ["w=à", "w=le"]),
        ("{mwt_text:__; cpos:DET}=w", ["w=le"]),
        ("{is_mwt:false; cpos:NOUN}=w", ["w=total", "w=M€"]),
        ("{after://}=w", ["w=à", "w=M€", "w=.", "w=l'", "w=imite", "w=."]),
        ("{after:/ /}=w", ["w=Vega", "w=lève", "w=le", "w=total", "w=9", "w=Luma"]),
        ("{after!:/ /; cpos:NOUN}=w", ["w=M€"]),
    ],
)
def test_surface_attributes_follow_the_text(pattern: str, expected: list[str]) -> None:
    assert [shown(m) for m in semgrex.compile(pattern).finditer(Document.from_conllu(NEWS))] == expected


def test_document_is_searched_sentence_by_sentence_with_offsets_in_its_text() -> None:
    document = Document.from_conllu(NEWS)
    matches = list(semgrex.compile("{cpos:VERB}=v >nsubj {}=s").finditer(document))
    assert [match.sentence for match in matches] == list(document.sentences)
    for match in matches:
        for word in match.nodes.values():
            assert document.text[word.span.start : word.span.end] == word.text
    assert matches[1].nodes["s"].span == Span(25, 29, "Luma")


def test_unique_matches_are_unique_in_the_document() -> None:
    document = Document.from_conllu(NEWS + NEWS)
    assert [shown(m) for m in semgrex.compile("{cpos:PROPN}=n :: uniq n").finditer(document)] == ["n=Vega", "n=Luma"]
    assert [shown(m) for m in semgrex.compile("{cpos:PROPN}=n :: uniq").finditer(document)] == ["n=Vega"]


def stanza_document() -> Any:
    """Return the news as Stanza would parse them, with offsets."""
    from stanza.models.common.doc import Document as StanzaDocument

    text = "Vega lève au total 9 M€.\n\nLuma l'imite."
    found: list[list[dict[str, Any]]] = []
    at = 0
    for sentence in Document.from_conllu(NEWS).sentences:
        tokens: dict[tuple[int, int], list[Word]] = {}
        for word in sentence.words:
            tokens.setdefault((word.span.start, word.span.end), []).append(word)
        entries: list[dict[str, Any]] = []
        for words in tokens.values():
            form = words[0].span.text
            at = text.index(form, at)
            place = {"start_char": at, "end_char": at + len(form), "ner": "S-ORG" if words[0].upos == "PROPN" else "O"}
            if len(words) > 1:
                entries.append({"id": (words[0].id, words[-1].id), "text": form, **place})
            for w in words:
                feats = "|".join(f"{k}={v}" for k, v in w.feats.items()) or None
                entry = {"id": w.id, "text": w.text, "lemma": w.lemma, "upos": w.upos, "feats": feats, "head": w.head}
                entries.append({**entry, "deprel": w.deprel, **(place if len(words) == 1 else {})})
            at += len(form)
        found.append(entries)
    return StanzaDocument(found, text)


def test_stanza_documents_and_sentences_are_searched_as_they_are() -> None:
    document = stanza_document()
    subjects = semgrex.compile("{lemma:/lever|imiter/} >nsubj {ner:ORG}=s")
    matches = list(subjects.finditer(document))
    assert [shown(match) for match in matches] == ["s=Vega", "s=Luma"]
    assert [match.nodes["s"].span for match in matches] == [Span(0, 4, "Vega"), Span(26, 30, "Luma")]
    assert [shown(match) for match in subjects.finditer(document.sentences[1])] == ["s=Luma"]
    (article,) = semgrex.compile("{lemma:le; mwt_text:au}").finditer(document)
    assert article.node.span == Span(10, 12, "au")
    assert [shown(m) for m in semgrex.compile("{after://; cpos!:PUNCT}=w").finditer(document)] == [
        *("w=à", "w=M€", "w=l'", "w=imite")
    ]
    assert [s.text for s in semgrex.sentences(document)] == ["Vega lève au total 9 M€.", "Luma l'imite."]


def test_stanza_documents_without_offsets_are_laid_out() -> None:
    from stanza.models.common.doc import Document as StanzaDocument

    words = [
        {"id": 1, "text": "Vega", "lemma": "Vega", "upos": "PROPN", "head": 2, "deprel": "nsubj"},
        {"id": 2, "text": "lève", "lemma": "lever", "upos": "VERB", "head": 0, "deprel": "root"},
    ]
    pattern = semgrex.compile("{cpos:VERB}=v >nsubj {}")
    for source in (StanzaDocument([words]), StanzaDocument([words]).sentences[0]):
        (match,) = pattern.finditer(source)
        assert match.nodes["v"].span == Span(5, 9, "lève")
    with pytest.raises(InputValueError, match="depparse"):
        pattern.finditer(StanzaDocument([[{"id": 1, "text": "Vega"}]]))


@pytest.mark.parametrize("source", ["Vega lève", None, [tree("a")], tree("a").words[0]])
def test_what_cannot_be_searched_is_refused(source: Any) -> None:
    with pytest.raises(InputTypeError, match="CoNLL-U"):
        semgrex.compile("{}").finditer(source)


def test_alignment_is_asked_for_and_checked() -> None:
    pattern, first, second = semgrex.compile("{}=a @ {}=b"), tree("[a x>b]"), tree("[c y>d]")
    with pytest.raises(InputValueError, match="aligned=Aligned"):
        pattern.finditer(first)
    for words in ({3: 1}, {0: 1}, {1: 3}, {1: -1}):
        with pytest.raises(InputValueError, match="outside the sentences"):
            pattern.finditer(first, aligned=semgrex.Aligned(second, words))
    with pytest.raises(InputValueError, match="one sentence at a time"):
        pattern.finditer(Document.from_conllu(NEWS), aligned=semgrex.Aligned(second, {}))
    with pytest.raises(InputValueError, match="one sentence at a time"):
        semgrex.compile("{}=a").finditer(Document.from_conllu(NEWS), {"a": first.words[0]})
    with pytest.raises(InputValueError, match="whole document"):
        pattern.finditer(first, aligned=semgrex.Aligned(Document.from_conllu(NEWS), {}))  # type: ignore[arg-type]
    aligned = semgrex.Aligned(second, {1: 2})
    assert [shown(m) for m in pattern.finditer(first, {"b": second.words[1]}, aligned=aligned)] == ["a=a b=d"]
    assert [shown(m) for m in pattern.finditer(first, {"b": second.words[0]}, aligned=aligned)] == []
    with pytest.raises(InputValueError, match="not a word"):
        pattern.finditer(first, {"b": first.words[0]}, aligned=aligned)


def test_files_hold_a_pattern_a_line_and_comments(tmp_path: Path) -> None:
    file = tmp_path / "patterns.txt"
    file.write_text("# verbes\n\n{cpos:VERB}=v >nsubj {}\r\n  # noms\n  {word:/#/} > {}=n\n", encoding="utf-8")
    assert [pattern.pattern for pattern in semgrex.load(file)] == ["{cpos:VERB}=v >nsubj {}", "{word:/#/} > {}=n"]
    file.write_text("{}\n# {\n{} > {} # sujet\n", encoding="utf-8")
    with pytest.raises(PatternError, match=r"line 3: '#' cannot stand here.*\n  \{\} > \{\} # sujet\n {10}\^"):
        semgrex.load(str(file))


def test_empty_sentence_has_no_match() -> None:
    assert list(semgrex.compile("{}").finditer(Sentence((), Span(0, 0)))) == []


def test_second_root_is_a_root_and_roots_are_no_siblings() -> None:
    words = tree("[a x>b]").words
    forest = Sentence((words[0], attrs.evolve(words[1], head=0, deprel="root")), Span(0, 3, "a b"))
    assert [m.node.text for m in semgrex.compile("{$}").finditer(forest)] == ["a", "b"]
    assert semgrex.compile("{} $++ {}").search(forest) is None


@pytest.mark.parametrize(
    ("pattern", "bound", "expected"),
    [
        ("{}=n", {"n": 3}, ["n=racheté"]),
        ("{lemma:vendre}=n", {"n": 3}, []),
        ("{}=n > {}=d", {"n": 7}, ["n=milliards d=pour", "n=milliards d=28"]),
        ("{} > {}=d", {"d": 4}, ["d=Slack"]),
        ("{} > {}=d", {"d": 3}, []),
        ("{}=n >obj {}=d", {"n": 3, "d": 1}, []),
        ("{cpos:VERB} ?>obj {}=d", {"d": 4}, ["d=Slack"]),
        ("{cpos:VERB} [>obj {}=d | >nsubj {}=d]", {"d": 1}, ["d=Salesforce"]),
        ("{cpos:VERB} >obj {}=d", {"autre": 1}, ["d=Slack"]),
    ],
)
def test_names_bound_beforehand_hold(pattern: str, bound: dict[str, int], expected: list[str]) -> None:
    nodes = {name: CLAUSE.words[at - 1] for name, at in bound.items()}
    assert [shown(m) for m in semgrex.compile(pattern).finditer(CLAUSE, nodes)] == expected


@pytest.mark.parametrize("place", [1, 99])
def test_word_of_another_sentence_cannot_be_bound(place: int) -> None:
    stranger = attrs.evolve(tree("ailleurs").words[0], id=place)
    with pytest.raises(InputValueError, match="not a word of this sentence"):
        semgrex.compile("{}=n").finditer(CLAUSE, {"n": stranger})


@pytest.mark.parametrize("space", ["\u00a0", "\u202f", "\u2009", "\u0301", "’"])
def test_regular_expressions_see_words_as_given(space: str) -> None:
    word = attrs.evolve(tree("x").words[0], text=f"1{space}000")
    sentence = Sentence((word,), Span(0, 5, word.text))
    assert semgrex.compile("{word:/1.000/}").search(sentence) is not None
    assert semgrex.compile("{word:/1000/}").search(sentence) is None


# Speed


NESTED = "{$}" + " >> ({}" * 10 + ")" * 10


@pytest.mark.parametrize(
    ("pattern", "in_flat", "in_chain"),
    [
        ("{$}" + " >> {}" * 10, 1, 1),
        ("{$}" + " ?>> {}" * 10, 1, 1),
        ("{$}" + " [>> {} | > {}]" * 10, 1, 1),
        ("{$}" + " >> {}" * 10 + " !>> {}", 0, 0),
        (NESTED, 0, 1),
        (NESTED.replace("{}", "{}=n"), 0, 0),
        (NESTED.replace("({})", "({} >> {}=n)"), 0, 189),
        ("{$} >> {}=a >> {}=b >> {}=c >> {word:absent}=d", 0, 0),
        ("{$} >> {}=a >> {}=b >> {}=c !>> {}", 0, 0),
        ("{$} >> ({} .. ({} .. ({} .. {}=z)))", 296, 196),
    ],
)
def test_long_sentences_are_explored_once(pattern: str, in_flat: int, in_chain: int) -> None:
    compiled = semgrex.compile(pattern)
    assert sum(1 for _ in compiled.finditer(flat(300))) == in_flat
    assert sum(1 for _ in compiled.finditer(chain(200))) == in_chain


@pytest.mark.parametrize(
    "pattern",
    [
        "{}" + " >> {}" * 30 + " >> {word:/z+/}",
        "{$} " + "[>> ({} >> {word:/z+/}) | >> ({} .. {word:/z+/})] " * 20,
        "{$} " + ">> ({} .. ({} " * 20 + ">> {word:/z+/}" + "))" * 20,
        "{$} " + "?>> ({} ?.. ({} " * 20 + ">> {word:/z+/}" + "))" * 20,
        "{$} " + "!>> ({} !.. ({} " * 20 + ">> {word:/z+/}" + "))" * 20,
        "{} : " * 30 + "{word:/z+/}",
        "{}=a : " + "{} .. {}=a : " * 20 + "{word:/z+/}",
        "{}=a .. {}=b : {}=a >> {word:/z+/}=b",
        "{}=a >> {} .. {} -- {} : {} << {}=a :: uniq",
        "{} [" + "| ".join(">> ({} .. {word:/w(v|w)*z/}) " for _ in range(20)) + "]",
    ],
)
def test_hostile_patterns_end_in_time(pattern: str) -> None:
    compiled = semgrex.compile(pattern)
    started = time.process_time()
    for sentence in (flat(120), chain(120)):
        assert sum(1 for _ in compiled.finditer(sentence)) <= 120
    assert time.process_time() - started < 10


# Against a matcher that tries every word


def relations_of(node: syntax.Node) -> Iterator[syntax.Relation]:
    """Yield all the relations below a node."""
    for alternative in node.alternatives:
        yield from relations_of(alternative)
    pending: list[syntax.Formula] = [node.relations] if node.relations else []
    while pending:
        match pending.pop():
            case syntax.Relation() as relation:
                yield relation
                yield from relations_of(relation.target)
            case syntax.And(parts) | syntax.Or(parts):
                pending.extend(parts)
            case syntax.Not(part) | syntax.Optional(part):
                pending.append(part)


def depth(sentence: Sentence, low: Word, high: Word) -> int:
    """Return how many dependencies lead up from a word to another, 0 if none do."""
    return next((i for i, above in enumerate(sentence.ancestors(low), 1) if above == high), 0)


def label_between(sentence: Sentence, relation: syntax.Relation, a: Word, b: Word) -> str | None:
    """Return the label with which the relation holds between two words, empty if none, None if it does not."""
    least, most = relation.distance
    up, down = depth(sentence, a, b), depth(sentence, b, a)
    right, near = b.id > a.id, abs(a.id - b.id) == 1
    together = a.head == b.head != 0 and a.id != b.id
    dependencies = {
        "<": (up == 1, a),
        ">": (down == 1, b),
        "<<": (least <= up <= (most or up), a),
        ">>": (least <= down <= (most or down), b),
        "<++": (up == 1 and right, a),
        "<--": (up == 1 and not right, a),
        ">++": (down == 1 and right, b),
        ">--": (down == 1 and not right, b),
        "<>": (1 in (up, down), a if up == 1 else b),
    }
    positions = {
        "==": a.id == b.id,
        ".": right and near,
        "..": right,
        "-": not right and near,
        "--": b.id < a.id,
        "$+": together and right and near,
        "$-": together and not right and near,
        "$++": together and right,
        "$--": together and not right,
    }
    if relation.operator in positions:
        return "" if positions[relation.operator] else None
    holds, lower = dependencies[relation.operator]
    return lower.deprel if holds else None


def passes(value: syntax.Value, text: str) -> bool:
    if value.literals is not None:
        return text in value.literals
    return bool(text) and (value.expression is None or value.expression.fullmatch(text) is not None)


def fits(node: syntax.Node, word: Word) -> bool:
    texts = {"word": word.text, "lemma": word.lemma, "cpos": word.upos, "idx": str(word.id), "deprel": word.deprel}
    described = all(passes(a.value, texts[a.name]) != a.negated for a in node.attributes)
    described = described and all(
        any(passes(f.key, k) and passes(f.value, v) for k, v in word.feats.items()) != f.negated for f in node.features
    )
    return (described and not node.empty and (not node.root or word.head == 0)) != node.negated


Names = dict[str, int | str]


def naive_node(sentence: Sentence, node: syntax.Node, word: Word, names: Names) -> list[Names]:
    if node.alternatives:
        found = [more for one in node.alternatives for more in naive_node(sentence, one, word, names)]
        if node.relations is None:
            return found
        return [more for known in found for more in naive(sentence, node.relations, word, known)]
    if not fits(node, word) or names.get(node.name or "", word.id) != word.id:
        return []
    bound = names | ({node.name: word.id} if node.name else {})
    return [bound] if node.relations is None else naive(sentence, node.relations, word, bound)


def naive(sentence: Sentence, formula: syntax.Formula, word: Word, names: Names) -> list[Names]:
    """Return all the ways in which a formula holds around a word, repeats included."""
    match formula:
        case syntax.Relation():
            found = []
            for other in sentence.words:
                label = label_between(sentence, formula, word, other)
                if label is None or (formula.label is not None and not passes(formula.label, label)):
                    continue
                lower = other if word.id == other.head else word
                new: Names = {f"~{formula.label_name}": label} if formula.label_name else {}
                new |= {f"={formula.edge_name}": lower.id} if formula.edge_name else {}
                if all(names.get(key, value) == value for key, value in new.items()):
                    found += naive_node(sentence, formula.target, other, names | new)
            return found
        case syntax.And(parts):
            found = [names]
            for part in sorted(parts, key=lambda part: isinstance(part, syntax.Optional)):
                found = [more for known in found for more in naive(sentence, part, word, known)]
            return found
        case syntax.Or(parts):
            return [more for part in parts for more in naive(sentence, part, word, names)]
        case syntax.Not(part):
            return [] if naive(sentence, part, word, names) else [names]
        case syntax.Optional(part):
            return naive(sentence, part, word, names) or [names]


@st.composite
def sentences(draw: st.DrawFn) -> Sentence:
    """Draw a small tree, projective or not, with few forms and labels."""
    size = draw(st.integers(1, 6))
    order = draw(st.permutations(range(1, size + 1)))
    heads = {order[0]: 0} | {w: order[draw(st.integers(0, i))] for i, w in enumerate(order[1:])}
    words = [
        Word(
            id=at,
            text=draw(st.sampled_from("ab")),
            lemma=draw(st.sampled_from(["", "a", "b"])),
            upos=draw(st.sampled_from(["NOUN", "VERB"])),
            feats=draw(st.sampled_from([{}, {"T": "1"}, {"T": "2", "N": "1"}])),
            head=heads[at],
            deprel=draw(st.sampled_from(["x", "y", "x:z"])),
            span=Span(2 * at - 2, 2 * at - 1),
        )
        for at in range(1, size + 1)
    ]
    return Sentence(tuple(words), Span(0, 2 * size - 1))


DESCRIPTIONS = st.sampled_from(
    ["{}"] * 4
    + ["{$}", "{word:a}", "{lemma!:a}", "{lemma:/.*/}", "{cpos:NOUN}", "!{cpos:NOUN}", "!{lemma:b}", "{idx:/[123]/}"]
    + ["{deprel:/x(:z)?/}", "{morphofeatures:{T:1}}", "{morphofeatures:{T!:1}}", "{cpos:VERB;word!:b}"]
)
NODES = st.builds(str.__add__, DESCRIPTIONS, st.sampled_from(["", "", "", "=m", "=n", "=o"]))
LABELS = st.sampled_from(["", "", "", "x", "__", "/x(:.*)?/", "~r", "/x.*|y/~s"])
SYMBOLS = st.builds(
    lambda symbol, distance, label, edge: (
        (distance if OPERATORS[symbol].ranged else "")
        + symbol
        + (label if OPERATORS[symbol].labelled else "")
        + (edge if OPERATORS[symbol].edged else "")
        + " "
    ),
    st.sampled_from(sorted(OPERATORS.keys() - {"@"})),
    st.sampled_from(["", "1", "2", "1,2", "2,3"]),
    LABELS,
    st.sampled_from(["", "", "", "=e", "=f"]),
)


def _grow(formulas: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    groups = st.builds("({} {})".format, NODES, formulas)
    return st.one_of(
        st.builds("{}{}".format, SYMBOLS, groups),
        st.builds("{} {}".format, formulas, formulas),
        st.builds("[{} | {}]".format, formulas, formulas),
        st.builds("{}[{} | {}]".format, SYMBOLS, st.one_of(NODES, groups), NODES),
        st.builds("{}([{} | {}] {})".format, SYMBOLS, NODES, NODES, formulas),
        st.builds("{}[{}]".format, st.sampled_from("!?"), formulas),
        st.builds("{}{}{}".format, st.sampled_from("!?"), SYMBOLS, st.one_of(NODES, groups)),
    )


FORMULAS = st.recursive(st.builds("{}{}".format, SYMBOLS, NODES), _grow, max_leaves=5)
ANCHORS = st.one_of(NODES, NODES, st.builds("[{} | {}]".format, NODES, NODES))
SINGLE = st.builds("{} {}".format, ANCHORS, FORMULAS)
PATTERNS = st.one_of(SINGLE, SINGLE, st.builds("{} : {}".format, SINGLE, st.one_of(NODES, SINGLE)))


def named(match: semgrex.Match) -> tuple[int, frozenset[tuple[str, int | str]]]:
    names: Names = {name: word.id for name, word in match.nodes.items()}
    names |= {f"~{name}": label for name, label in match.relations.items()}
    names |= {f"={name}": edge.dependent.id for name, edge in match.edges.items()}
    return match.node.id, frozenset(names.items())


def naive_matches(sentence: Sentence, pattern: str, names: Names) -> set[tuple[int, frozenset[tuple[str, int | str]]]]:
    first, *others = read(pattern).anchors
    found = [(word.id, known) for word in sentence.words for known in naive_node(sentence, first, word, names)]
    for node in others:
        found = [
            (at, more) for at, known in found for w in sentence.words for more in naive_node(sentence, node, w, known)
        ]
    return {(at, frozenset(known.items())) for at, known in found}


@settings(max_examples=600, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(sentence=sentences(), pattern=PATTERNS)
def test_matches_are_those_of_a_matcher_that_tries_every_word(sentence: Sentence, pattern: str) -> None:
    try:
        compiled = semgrex.compile(pattern)
    except PatternError as error:
        assert "under '!'" in error.reason
        return
    expected = naive_matches(sentence, pattern, {})
    matches = list(compiled.finditer(sentence))
    found = [named(match) for match in matches]
    assert set(found) == expected
    assert len(found) == len(expected)
    assert (compiled.furthest(sentence) is None) == bool(found)
    first = compiled.search(sentence)
    assert (first and named(first)) == (found[0] if found else None)
    for match in matches[:3]:
        _, names = found[matches.index(match)]
        nodes = {name: at for name, at in names if name in match.nodes}
        again = {named(m) for m in compiled.finditer(sentence, match.nodes)}
        assert again == naive_matches(sentence, pattern, nodes)


@settings(max_examples=400, deadline=None, derandomize=True)
@given(
    sentence=sentences(), pattern=st.one_of(st.text("{}[]()<>=!?|~$.-+:;/ ,12axNsubj\\*#@&%\n", max_size=25), st.text())
)
def test_any_text_either_compiles_and_runs_or_is_refused_as_a_pattern(sentence: Sentence, pattern: str) -> None:
    try:
        compiled = semgrex.compile(pattern)
    except PatternError as error:
        assert 0 <= error.column <= len(pattern)
        return
    assume("@" not in pattern)
    orders = [match.node.id for match in compiled.finditer(sentence)]
    assert all(a <= b for a, b in pairwise(orders))


@settings(max_examples=300, deadline=None, derandomize=True)
@given(source=st.text("abé|()[]{}*+?.\\^$-,1(?:i)P<>=! ", max_size=14))
def test_any_regular_expression_either_matches_as_a_whole_or_is_refused(source: str) -> None:
    sentence = tree("[ab x>é]")
    try:
        compiled = semgrex.compile("{word:/" + source.replace("\\/", "") + "/}")
    except NewsclaimsError as error:
        assert isinstance(error, PatternError)
        return
    expected = [w.text for w in sentence.words if regex.fullmatch(source, w.text)]
    assert [match.node.text for match in compiled.finditer(sentence)] == expected


def test_an_error_in_a_long_pattern_shows_the_neighbourhood() -> None:
    pattern = "{lemma:racheter} " + ">obj {} " * 40 + ">> (" + " >nsubj {}" * 20

    with pytest.raises(PatternError) as caught:
        semgrex.compile(pattern)

    _, shown, caret = str(caught.value).splitlines()
    assert len(shown) < 110
    assert caught.value.column == pattern.index("( ") + 2
    assert shown[caret.index("^")] == pattern[caught.value.column]
