"""The examples in the guides are run, and print what the guides say."""

from __future__ import annotations

import doctest
import re
import shlex
from pathlib import Path

import pytest

from newsclaims import Extractor, cli
from newsclaims.parsing import Parser, load_parser

DOCS = Path(__file__).parents[1] / "docs"
FENCE = re.compile(r"^```(pycon|console)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
GUIDES = [path for path in sorted(DOCS.rglob("*.md")) if FENCE.search(path.read_text(encoding="utf-8"))]

# What the examples read.
FILES = {
    "vega.conllu": DOCS.joinpath("own-model.md").read_text(encoding="utf-8").split("```text\n")[1].split("```")[0]
    + "\n",
    "own_rules.toml": DOCS.with_name("examples").joinpath("own_rules.toml").read_text(encoding="utf-8"),
    "articles/a.txt": "Orsol a racheté Nimbao. Luma a levé 3 millions d'euros.",
    "articles/b.txt": "Vega est le principal rival de Ferrix.",
    "my.toml": """
        claim = "AcquisitionBid"
        [[rule]]
        id = "acquisition.verbe"
        summary = "« X rachète Y »."
        pattern = "{lemma:racheter}=trigger >obj {}=target"
        subject = "bidders"
        set = {status = "accepted"}
        [[rule.example]]
        text = "<bidders>Orsol</bidders> rachète <target>Vega</target>."
        [[rule.counterexample]]
        text = "Orsol rachète."
        because = "Rien n'est racheté."
        """,
}


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, extractor: Extractor, parser: Parser) -> None:
    """Work in a folder with the files that the examples read, with the model that is loaded already."""
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("newsclaims.extractor._default", lambda: extractor)
    monkeypatch.setattr(
        "newsclaims.extractor.load_parser",
        lambda model, device: parser if model is None else load_parser(model, device),
    )


@pytest.mark.parametrize("path", GUIDES, ids=lambda path: path.stem)
def test_python_examples_print_what_they_say(path: Path) -> None:
    blocks = [block for kind, block in FENCE.findall(path.read_text(encoding="utf-8")) if kind == "pycon"]
    examples = doctest.DocTestParser().get_doctest("\n".join(blocks), {}, path.name, str(path), 0)

    report: list[str] = []
    doctest.DocTestRunner().run(examples, out=report.append)

    assert "".join(report) == ""


@pytest.mark.parametrize("path", GUIDES, ids=lambda path: path.stem)
def test_commands_print_what_they_say(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for kind, block in FENCE.findall(path.read_text(encoding="utf-8")):
        if kind != "console":
            continue
        for part in block.split("$ newsclaims ")[1:]:
            line, _, expected = part.partition("\n")
            words, _, file = line.partition(" > ")
            assert cli.main(shlex.split(words)) == 0
            printed = capsys.readouterr().out
            if file:
                Path(file).write_text(printed, encoding="utf-8")
            else:
                assert printed == expected
