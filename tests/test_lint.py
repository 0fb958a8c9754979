from __future__ import annotations

from pathlib import Path

import pytest

import newsclaims
from newsclaims.lexicon import load
from newsclaims.testing import Severity, lint

FILE = """
claim = "Rivalry"
[macros]
{macros}
[[rule]]
id = "own"
summary = "Défier."
pattern = "{pattern}"
subject = "parties1"
example = [{{ text = "<parties>Orsol</parties> défie <parties>Vega</parties>." }}]
counterexample = [{{ text = "Orsol défie les pronostics.", because = "Ce ne sont pas des rivaux." }}]
"""


def messages(tmp_path: Path, pattern: str, macros: str = "") -> list[str]:
    path = tmp_path / "own.toml"
    path.write_text(FILE.format(pattern=pattern, macros=macros), encoding="utf-8")
    return [str(finding).removeprefix(f"{path}: ") for finding in lint(path)]


def test_the_grammar_inside_the_package_is_clean() -> None:
    assert lint() == []


def test_relations_are_those_that_the_model_can_give() -> None:
    import torch

    model = torch.load(Path(newsclaims.__file__).parent / "model" / "parser.pt", weights_only=True)
    relations = [name for name in model["vocab"]["deprel"]["_id2unit"] if not name.startswith("<")]

    assert sorted(relations) == load("relations")["relations"]


@pytest.mark.parametrize(
    ("part", "message"),
    [
        (">dobj {}", "French trees have no relation 'dobj' (in >dobj {})"),
        (
            ">obl {}",
            "French trees have no relation 'obl', only obl:agent, obl:arg, obl:mod: write /obl.*/ (in >obl {})",
        ),
        (">/obj|expl/ {}", "French trees have no relation 'expl', only expl:comp, "),
        (">/dobj.*/ {}", "no relation of French trees fits /dobj.*/ (in >/dobj.*/ {})"),
        ("!>nsubjpass {}", "French trees have no relation 'nsubjpass'"),
        (
            "[ >nsubj {} | >obj {} | >nsubj {cpos:NOUN} ]",
            "the second alternative finds nothing that the first does not: >nsubj {} … >nsubj {cpos:NOUN}",
        ),
        ("[ >/nsubj.*/ {} | >nsubj ({} >case {}) ]", "finds nothing that the first does not: >/nsubj.*/ {} … >nsubj"),
        ("[ >nsubj {} | >nsubj {} >obj {} ]", "the first does not: >nsubj {} … >nsubj {} >obj {}"),
        ("[ >> {lemma:/a|b/} | >> {lemma:a; cpos:NOUN} ]", "the first does not: >> {lemma:/a|b/} … >>"),
        ("> [{cpos:NOUN}|{cpos:NOUN; lemma:prix}]", "the first does not: {cpos:NOUN} … {cpos:NOUN; lemma:prix}"),
        ("> {lemma:/prix|coût|prix/}", "listed twice: prix"),
    ],
)
def test_what_finds_nothing_is_told(tmp_path: Path, part: str, message: str) -> None:
    found = messages(tmp_path, f"{{lemma:défier}}=trigger >obj {{}}=parties2 {part}")

    assert len(found) == 1
    assert message in found[0]
    assert found[0].startswith(("own: error: pattern: ", "own: warning: pattern: "))


@pytest.mark.parametrize(
    "part",
    [
        "[ >nsubj {cpos:NOUN} | >nsubj {} ]",  # the wider one is second
        "[ >nsubj {} | >nsubj {}=parties1 ]",  # the second names a word
        "[ >nsubj {} | >iobj {} ]",
        "[ >nsubj {lemma!:prix} | >nsubj {cpos:NOUN} ]",
        "[ >nsubj !{lemma:prix} | >nsubj {lemma:prix} ]",
        "[ >/nsubj.*/ {} | 1,2>>nsubj {} ]",
        "[ >nsubj ({} !>case {}) | >nsubj ({} >det {}) ]",
        ">${argument} {}",
        "> {deprel:/aux.*/}",
    ],
)
def test_alternatives_that_find_more_are_left_alone(tmp_path: Path, part: str) -> None:
    assert messages(tmp_path, f"{{lemma:défier}}=trigger >obj {{}}=parties2 {part}") == []


def test_macros_are_used_and_hide_none(tmp_path: Path) -> None:
    macros = 'used = "${inner}"\ninner = "défier"\nspare = "toiser"\nsubject = "nsubj"'

    assert messages(tmp_path, "{lemma:${used}}=trigger >obj {}=parties2 >${subject} {}", macros) == [
        "warning: no pattern uses the macro ${spare}: drop it",
        "warning: the macro ${subject} hides the one that all files have",
    ]


def test_pattern_of_two_rules_is_told(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    one = FILE.format(pattern="{lemma:défier}=trigger >obj {}=parties2", macros="")
    path.write_text(one + one[one.index("[[rule]]") :].replace('"own"', '"again"'), encoding="utf-8")

    (finding,) = lint(path)

    assert (finding.rule, finding.severity, finding.message) == ("again", Severity.WARNING, "has the pattern of own")
