from __future__ import annotations

import io
import re
import sys
from pathlib import Path

import pytest
from test_cli import FakeExtractor

from newsclaims import cli, display
from newsclaims.claims import Claim
from newsclaims.commands import common, terminal

CODES = re.compile(r"\x1b\[[0-9;]*m")
VARIABLES = ("NO_COLOR", "FORCE_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "TERM", "COLUMNS")


class Stream(io.StringIO):
    """What is written to a terminal, or to something else."""

    def __init__(self, terminal: bool) -> None:
        super().__init__()
        self._terminal = terminal

    def isatty(self) -> bool:
        return self._terminal


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.setattr(cli, "Extractor", FakeExtractor)


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text("Nimbao lève 1 M€.", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("is_terminal", "environment", "coloured"),
    [
        (True, {}, True),
        (False, {}, False),
        (True, {"TERM": "dumb"}, False),
        (True, {"NO_COLOR": "1"}, False),
        (True, {"NO_COLOR": ""}, True),
        (True, {"CLICOLOR": "0"}, False),
        (True, {"CLICOLOR": "1"}, True),
        (False, {"CLICOLOR": "1"}, False),
        (False, {"FORCE_COLOR": "1"}, True),
        (False, {"FORCE_COLOR": ""}, False),
        (False, {"CLICOLOR_FORCE": "1"}, True),
        (False, {"CLICOLOR_FORCE": "0"}, False),
        (True, {"FORCE_COLOR": "1", "TERM": "dumb"}, True),
        (False, {"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
    ],
)
def test_colours_follow_the_conventions(is_terminal: bool, environment: dict[str, str], coloured: bool) -> None:
    assert terminal.has_colours(Stream(is_terminal), {"TERM": "xterm"} | environment) is coloured


def test_a_coloured_table_is_the_plain_one_with_colours(
    article: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert cli.main([str(article), str(article)]) == 0
    plain = capsys.readouterr().out
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert cli.main([str(article), str(article)]) == 0
    coloured = capsys.readouterr().out

    assert "\x1b" not in plain
    assert coloured.count("\x1b[36mFundingRound\x1b[0m") == 2
    assert CODES.sub("", coloured) == plain


@pytest.mark.parametrize("format", ["json", "jsonl"])
def test_json_is_never_coloured(
    article: Path, format: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")

    assert cli.main(["--format", format, str(article)]) == 0

    assert "\x1b" not in capsys.readouterr().out


def test_a_difference_is_coloured_by_its_sign(
    tmp_path: Path, article: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    cli.main(["--format", "jsonl", str(article)])
    old, new = tmp_path / "old.jsonl", tmp_path / "new.jsonl"
    old.write_text(capsys.readouterr().out, encoding="utf-8")
    new.touch()
    monkeypatch.setenv("FORCE_COLOR", "1")

    assert cli.main(["diff", str(old), str(new)]) == 0

    assert "\x1b[31m- FundingRound" in capsys.readouterr().out


@pytest.mark.parametrize("columns", [1, 2, 7, 20, 33, 59, 60, 61, 80, 100, 120, 200])
def test_no_line_of_a_table_is_wider_than_the_terminal(
    tmp_path: Path, columns: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "long.txt"
    path.write_text("東京電力株式会社 " + "lève un million d'euros " * 20, encoding="utf-8")
    monkeypatch.setenv("COLUMNS", str(columns))

    assert cli.main([str(path)]) == 0

    widths = [display.width_of(line) for line in capsys.readouterr().out.splitlines()]
    assert max(widths) <= max(columns, 12)  # columns of one character and the gaps between them


def test_columns_are_aligned_below_wide_characters(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = {"wide.txt": "東京電力 lève", "narrow.txt": "Orsol lève", "accent.txt": "E\u0301lan lève"}
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")

    starts = set()
    for name in texts:
        assert cli.main([str(tmp_path / name)]) == 0
        heading, line = capsys.readouterr().out.splitlines()
        starts.add(display.width_of(line[: line.index("1 M EUR")]))
        assert display.width_of(line[: line.index("1 M EUR")]) == heading.index("amount")
    assert len(starts) == 1


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("東京電力", 8, "東京電力"),
        ("東京電力", 7, "東京電…"),
        ("東京電力", 6, "東京…"),
        ("ab", 1, "…"),
        ("ab", 0, ""),
        ("e\u0301e\u0301e\u0301", 2, "e\u0301…"),
        ("😀😀", 3, "😀…"),
    ],
)
def test_texts_are_cut_by_the_columns_that_they_take(text: str, width: int, expected: str) -> None:
    assert display.cut(text, width) == expected
    assert display.width_of(expected) <= width


@pytest.mark.parametrize("is_terminal", [True, False])
def test_progress_is_shown_on_a_terminal_only_and_leaves_nothing_behind(
    article: Path, is_terminal: bool, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert cli.main([str(article), str(article)]) == 0
    expected = capsys.readouterr().out
    errors = Stream(is_terminal)
    monkeypatch.setattr(sys, "stderr", errors)

    assert cli.main([str(article), str(article)]) == 0

    assert capsys.readouterr().out == expected
    written = errors.getvalue()
    assert ("(2 of 2)" in written) is is_terminal
    assert written.rpartition("\r\x1b[K")[2] == ""


def test_progress_is_gone_before_an_error_is_told(
    article: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    errors = Stream(terminal=True)
    monkeypatch.setattr(sys, "stderr", errors)

    assert cli.main([str(tmp_path / "absent.txt"), str(article)]) == 2

    assert re.search(r"\r\x1b\[Knewsclaims: .*absent.txt: cannot be read.*\n", errors.getvalue())


def test_an_interruption_leaves_no_progress_behind(article: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(self: object, text: str, published: object = None) -> list[Claim]:
        raise KeyboardInterrupt

    errors = Stream(terminal=True)
    monkeypatch.setattr(sys, "stderr", errors)
    monkeypatch.setattr(FakeExtractor, "extract", interrupt)

    assert cli.main([str(article)]) == 130
    assert errors.getvalue().endswith("\r\x1b[Knewsclaims: interrupted\n")


def test_patterns_that_the_shell_left_are_expanded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("b.txt", "a.txt", "deep/c.txt", "[d].txt", "e.md"):
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_text("Vega lève.", encoding="utf-8")

    assert list(common.expanded(["*.txt", "-", "[d].txt"])) == ["[d].txt", "a.txt", "b.txt", "-", "[d].txt"]
    assert {Path(name).as_posix() for name in common.expanded(["**/c.txt"])} == {"deep/c.txt"}
    assert cli.main(["--format", "jsonl", "[ab].txt"]) == 0
    assert capsys.readouterr().out.count("\n") == 2
    assert cli.main(["*.rtf"]) == 2
    assert "*.rtf: cannot be read: No such file" in capsys.readouterr().err


@pytest.mark.parametrize("command", [name for name in cli._parsers() if name != "corpus"])
def test_help_gives_examples_and_exit_codes(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        cli.main([command, "--help"] if command else ["--help"])

    shown = capsys.readouterr().out
    assert re.search(r"^examples?:\n  .*newsclaims", shown, re.MULTILINE)
    assert "exit codes: 0 " in shown
    assert max(map(len, shown.splitlines())) <= 120


def test_a_terminal_is_told_that_its_input_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    class Typed(io.TextIOWrapper):
        def isatty(self) -> bool:
            return True

    errors = Stream(terminal=True)
    monkeypatch.setattr(sys, "stdin", Typed(io.BytesIO(b"Vega.")))
    monkeypatch.setattr(sys, "stderr", errors)

    assert common.read("-") == "Vega."
    assert "reading the standard input" in errors.getvalue()
