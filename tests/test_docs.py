"""The pages are followed as a reader would: files saved, programs and commands run, and what they print compared."""

from __future__ import annotations

import doctest
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from documented import COMMAND, run

from newsclaims import Extractor
from newsclaims.parsing import Parser, load_parser

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
# What a reader does: save what has a file name as its caption, type what has a prompt.
BLOCK = re.compile(
    r"^```(?:(pycon|console)\n"
    r"|\{(?:code-block|literalinclude)\} (\S+)\n(?::[^\n]*\n)*?:caption: (\S+)\n(?::[^\n]*\n)*\n?)"
    r"(.*?)^```$",
    re.DOTALL | re.MULTILINE,
)
PROGRAM = re.compile(r"^```python\n(.*?)^```$", re.DOTALL | re.MULTILINE)
PAGES = sorted(DOCS.rglob("*.md"))
GUIDES = [path for path in PAGES if BLOCK.search(path.read_text(encoding="utf-8"))]


def _name(path: Path) -> str:
    return path.relative_to(DOCS).as_posix()


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, extractor: Extractor, parser: Parser) -> None:
    """Work where the folder of the examples is and nothing else, with the model that is loaded already."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples", ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("newsclaims.extractor._default", lambda: extractor)
    monkeypatch.setattr(
        "newsclaims.extractor.load_parser",
        lambda model, device: parser if model is None else load_parser(model, device),
    )


@pytest.mark.parametrize("path", GUIDES, ids=_name)
def test_pages_can_be_followed_and_print_what_they_say(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    names: dict[str, Any] = {}
    for kind, source, file, body in BLOCK.findall(path.read_text(encoding="utf-8")):
        for extra in ("pandas", "pyarrow"):
            if extra in body or (extra == "pyarrow" and ".parquet" in body):
                pytest.importorskip(extra, reason=f"{extra}, of an extra, is not installed")
        if file:
            text = body or (path.parent / source).read_text(encoding="utf-8")
            Path(file).write_text(text, encoding="utf-8")
        elif kind == "pycon":
            assert list(_mistakes(body, path, names)) == []
        else:
            for command, expected in COMMAND.findall(body):
                assert _steady(run(command, capsys)) == _steady(expected), command


def _mistakes(body: str, path: Path, names: dict[str, Any]) -> Iterator[str]:
    """Run a session with the names of those before it, and yield where it prints something else."""
    session = doctest.DocTestParser().get_doctest(body, names, path.name, str(path), 0)
    session.globs = names
    report: list[str] = []
    doctest.DocTestRunner().run(session, out=report.append, clear_globs=False)
    yield from report


def _steady(printed: str) -> str:
    """Return what is printed without the rate, which is never the same, and the alignment that hangs on it."""
    if not re.search(r"^words/s", printed, re.MULTILINE):
        return printed
    return re.sub(" +", " ", re.sub(r"^words/s .*$", "words/s", printed, flags=re.MULTILINE))


@pytest.mark.parametrize("path", [path for path in PAGES if "```python" in path.read_text(encoding="utf-8")], ids=_name)
def test_programs_are_python(path: Path) -> None:
    for program in PROGRAM.findall(path.read_text(encoding="utf-8")):
        compile(program, path.name, "exec")
