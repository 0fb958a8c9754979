"""The pages that are drawn from the grammar, the lexicon and the command are complete."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import pytest

import newsclaims
from newsclaims import builtin_rules, cli
from newsclaims.commands import completion

DOCS = Path(__file__).parents[1] / "docs"
RULES = list(builtin_rules())
TYPES = sorted({rule.claim_type.__name__ for rule in RULES})


def page(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A page with all that the directives draw, as docutils has it."""
    testing = pytest.importorskip("sphinx.testing.util", reason="Sphinx, of the extra docs, is not installed")
    pytest.importorskip("myst_parser")
    folder = tmp_path_factory.mktemp("docs")
    directives = [*(f"{{rulebook}} {name}" for name in TYPES), "{known-misses}", "{lexicon-files}"]
    blocks = "\n\n".join(f"```{directive}\n```" for directive in directives)
    (folder / "index.md").write_text(f"# All\n\n{blocks}\n", encoding="utf-8")
    settings = 'extensions = ["myst_parser", "rulebook", "lexicons"]\nsmartquotes = False\n'
    (folder / "conf.py").write_text(settings, encoding="utf-8")
    path = list(sys.path)
    sys.path.insert(0, str(DOCS))
    app = testing.SphinxTestApp("dummy", srcdir=folder, warningiserror=True)
    try:
        app.build()
        yield app.env.get_doctree("index"), Path(app.outdir)
    finally:
        app.cleanup()
        sys.path[:] = path


def test_each_rule_is_drawn_with_all_its_sentences(drawn: Any) -> None:
    sections = _sections(drawn[0])

    assert {rule.id for rule in RULES} <= sections.keys()
    for rule in RULES:
        text = sections[rule.id].astext()
        assert rule.summary in text
        assert [s.text for s in rule.sentences if s.text not in text] == []


def test_roles_are_in_colour_in_examples_and_patterns(drawn: Any) -> None:
    doctree, folder = drawn
    rule = next(rule for rule in RULES if rule.id == "rivalry.son-rival")
    inline = _sections(doctree)[rule.id].findall(lambda node: node.tagname == "inline")
    coloured = [node.astext() for node in inline if "role" in node["classes"]]

    assert {name for example in rule.examples for name in example.roles["parties"]} <= set(coloured)
    assert {"parties1", "parties2"} <= set(coloured)
    style = (folder / "_static/colours.css").read_text(encoding="utf-8")
    assert {".colour0{background:#d5f0e4", ".colour0{background:#113d2e"} <= set(re.findall(r"\.colour0\{[^;]*", style))


def test_what_patterns_share_is_drawn_once_and_linked(drawn: Any) -> None:
    doctree, _ = drawn
    links = [link for link in doctree.findall(lambda node: node.tagname == "reference") if "part" in link["classes"]]
    anchors = [id_ for node in doctree.findall(lambda node: node.tagname == "section") for id_ in node["ids"]]
    trees = doctree.findall(lambda node: node.tagname == "bullet_list" and "pattern" in node["classes"])
    rows = [sum(node.tagname == "list_item" for node in tree.findall()) for tree in trees]

    assert links and {link["refid"] for link in links} <= set(anchors)
    assert len(anchors) == len(set(anchors))
    assert max(rows) < 150  # with their macros drawn out, the largest have many hundreds


def _sections(doctree: Any) -> dict[str, Any]:
    sections = doctree.findall(lambda node: node.tagname == "section")
    return {section[0].astext(): section for section in sections}


def test_each_known_miss_is_listed_with_a_link_to_its_rule(drawn: Any) -> None:
    doctree, _ = drawn
    lists = doctree.findall(lambda node: node.tagname == "bullet_list" and "sentences" in node["classes"])
    items = list(list(lists)[-1])
    missed = [(rule, sentence) for rule in RULES for sentence in rule.sentences if sentence.known_miss]

    assert len(items) == len(missed)
    for item, (rule, sentence) in zip(items, missed, strict=True):
        [link] = item.findall(lambda node: node.tagname == "pending_xref")  # the build fails where it leads nowhere
        assert sentence.text in item.astext() and sentence.known_miss in item.astext()
        assert (link.astext(), link["reftarget"]) == (rule.id, rule.id)


def test_each_claim_type_has_a_page() -> None:
    pages = {path.stem: page(f"rulebook/{path.name}") for path in (DOCS / "rulebook").glob("*.md")}
    index = pages.pop("index")

    assert sorted(re.findall(r"{rulebook} (\w+)", "".join(pages.values()))) == TYPES
    assert all(re.search(rf"^{name}$", index, re.MULTILINE) for name in pages)


def test_each_command_is_shown_and_each_option_told_of_exists(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("sphinx", reason="Sphinx, of the extra docs, is not installed")
    monkeypatch.syspath_prepend(str(DOCS))
    from usage import usage  # type: ignore[import-not-found]

    text = page("cli.md")
    shown = re.findall(r"{usage} (.*)", text)
    printed = "".join(map(usage, shown))

    found = {f"newsclaims {context.name}".strip(): context for context in completion.contexts(cli._parsers())}
    assert set(shown) == found.keys() - {"newsclaims rules"}  # which is nothing by itself
    for command, context in found.items():
        if command in shown:
            told = usage(command)
            assert told.startswith(f"usage: {command} ")
            assert [flag for option in context.options for flag in option.flags if flag not in told] == []
    assert {option for option in re.findall(r"`(--[a-z-]+)", text) if option not in printed} == set()


def test_codes_and_variables_of_the_commands_are_told_of() -> None:
    text = page("cli.md")
    sources = [path.read_text(encoding="utf-8") for path in Path(newsclaims.__file__).parent.rglob("*.py")]
    variables = {name for text in sources for name in re.findall(r'environ(?:ment)?(?:\.\w+\(|\[)"([A-Z_]+)"', text)}
    helps = "".join(parser.format_help() for parser in cli._parsers().values())

    assert variables >= {"NO_COLOR", "TERM", "OMP_NUM_THREADS"}
    assert {name for name in variables if not re.search(rf"^`.*\b{name}\b.*\n: ", text, re.MULTILINE)} == set()
    codes = set(re.findall(r"(?:exit codes:|,) (\d+) ", helps))
    assert codes > {"0"} and codes <= set(re.findall(r"^\| (\d+) \|", text, re.MULTILINE))


def test_both_glossaries_explain_the_same_words() -> None:
    english = re.findall(r"^(\w.*) \(\*(.*)\*\)$", page("glossary.md"), re.MULTILINE)
    french = re.findall(r"^(\w.*) \(\*([^*]*)\*.*\)$", page("fr/glossaire.md"), re.MULTILINE)

    assert len(english) > 20
    assert sorted(english) == sorted((word, mot) for mot, word in french)
