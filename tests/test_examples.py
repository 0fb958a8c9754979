"""The examples run as their README prints them, and print what it says."""

from __future__ import annotations

import re
import runpy
import shutil
import sqlite3
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from documented import COMMAND, run

import newsclaims
from newsclaims import Extractor
from newsclaims.parsing import Parser, load_parser

EXAMPLES = Path(__file__).parents[1] / "examples"
README = (EXAMPLES / "README.md").read_text(encoding="utf-8")
COMMANDS = COMMAND.findall("".join(re.findall(r"^```console\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)))
ITEM = """<item><title>Luma</title><guid>{id}</guid><pubDate>Wed, 12 Mar 2025 08:30:00 +0100</pubDate>
    <description>&lt;p&gt;{text}&lt;/p&gt;</description></item>"""


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, extractor: Extractor, parser: Parser) -> None:
    """Work in a copy of the folder, with the model that is loaded already."""
    folder = tmp_path / "examples"
    shutil.copytree(EXAMPLES, folder, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.chdir(folder)
    monkeypatch.setattr("newsclaims.extractor._default", lambda: extractor)
    monkeypatch.setattr(
        "newsclaims.extractor.load_parser",
        lambda model, device: parser if model is None else load_parser(model, device),
    )


def test_examples_print_what_the_readme_says(capsys: pytest.CaptureFixture[str]) -> None:
    assert COMMANDS

    assert [(command, run(command, capsys)) for command, _ in COMMANDS] == COMMANDS


def test_the_project_readme_shows_what_its_command_prints(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    readme = EXAMPLES.with_name("README.md").read_text(encoding="utf-8")

    first, second = re.findall(r"^```text\n(.*?)^```$", readme, re.DOTALL | re.MULTILINE)
    assert run("newsclaims ia_europeenne.txt", capsys) == first

    [program] = re.findall(r"^```python\n(.*?)^```$", readme, re.DOTALL | re.MULTILINE)
    exec(program, {})
    assert capsys.readouterr().out == second


def test_the_readme_names_every_example() -> None:
    names = {path.name for path in EXAMPLES.iterdir()} - {"README.md", "__pycache__"}

    assert {name for name in names if f"`{name}" not in README} == set()


def test_the_network_is_drawn(capsys: pytest.CaptureFixture[str]) -> None:
    run("python network.py", capsys)

    drawing = ElementTree.fromstring(Path("network.svg").read_text(encoding="utf-8"))
    told = drawing.findtext("{http://www.w3.org/2000/svg}desc")
    assert "Nordlicht → Vindra: AcquisitionBid, 1 claim" in str(told)
    assert "Sorel → Calypse: Investment, negated, 2 claims" in str(told)


def watched(*feeds: Path) -> list[str]:
    """Return the evidence of the claims that a run over feeds adds."""
    names = runpy.run_path("feed_watch.py")
    database = sqlite3.connect("claims.db")
    try:
        return [claim.evidence.text for claim in names["watch"](database, list(feeds))]
    finally:
        database.close()


def feed(**items: str) -> Path:
    path = Path("feed.rss")
    entries = "".join(ITEM.format(id=name, text=text) for name, text in items.items())
    path.write_text(f"<rss><channel>{entries}</channel></rss>", encoding="utf-8")
    return path


def test_a_feed_adds_only_what_is_new() -> None:
    assert watched(feed(a="Orsol a racheté Vega.")) == ["Orsol a racheté Vega"]
    assert watched(feed(a="Orsol a racheté Vega.", b="Luma a levé 3 millions d'euros.")) == [
        "Luma a levé 3 millions d'euros"
    ]
    assert watched(feed(a="Orsol a racheté Vega. Nimbao a acquis Ferrix.", b="Luma a levé 3 millions d'euros.")) == [
        "Nimbao a acquis Ferrix"
    ]


def test_what_feeds_say_of_an_article_is_read() -> None:
    names = runpy.run_path("feed_watch.py")

    first, second = names["articles"](Path("feeds/tech.rss"))
    assert (first.id, first.published.isoformat(), second.id) == ("fil-tech-101", "2025-03-11", "fil-tech-102")
    assert first.text == (
        "Orsol s'offre Vega\n\nL'éditeur lyonnais Orsol a racheté Vega mardi, pour 12 millions d'euros.\n"
        "Vega emploie vingt personnes à Rennes."
    )
    luma, ferrix = names["articles"](Path("feeds/affaires.atom"))
    assert (luma.text.splitlines()[-1], str(luma.published)) == (
        "Luma a levé 3 millions d'euros auprès de Vauban Ventures.",
        "2025-03-12",
    )
    assert ferrix.id == "https://fil-affaires.example/ferrix"


def test_the_notebook_runs_from_top_to_bottom(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("pandas", "ipykernel", "nbclient"):
        pytest.importorskip(module, reason=f"{module}, of the extra notebook, is not installed")
    import nbformat
    from nbclient import NotebookClient

    monkeypatch.setenv("PYTHONPATH", str(Path(newsclaims.__file__).parents[1]))  # the package that is tested here
    notebook = nbformat.read("notebook.ipynb", as_version=4)

    NotebookClient(notebook, timeout=300, kernel_name="python3").execute()  # an error in a cell is raised

    outputs = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    warnings = [o.text for o in outputs if o.output_type == "stream" and o.name == "stderr"]
    assert [text for text in warnings if "IProgress" not in text] == []  # the notebook tells of that one
    printed = "".join(o.text for o in outputs if o.output_type == "stream" and o.name == "stdout")
    assert "rule        " in printed and "acquisition.verbe-actif at « racheté »" in printed
    count, page, table, graph = (o.data for o in outputs if o.output_type == "execute_result")
    assert count["text/plain"] == "15"
    assert page["text/html"].startswith("<iframe") and "&lt;svg" in graph["text/html"]  # each in its frame
    assert "FundingRound" in table["text/html"]
