from __future__ import annotations

import datetime
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import newsclaims
from newsclaims import cli
from newsclaims.claims import Claim, Entity, FundingRound, Money, from_dict
from newsclaims.errors import ModelError
from newsclaims.spans import Span


class FakeExtractor:
    """Finds the first word of a text raising a million, whatever the text says."""

    seen: list[dict[str, Any]]

    def __init__(self, **arguments: Any) -> None:
        type(self).seen = [arguments]

    def extract(self, text: str, published: datetime.date | None = None) -> list[Claim]:
        type(self).seen.append({"text": text, "published": published})
        if not text.strip():
            return []
        whole = Span.of(text, 0, len(text))
        first = Span.of(text, 0, len(text.split()[0]))
        company = Entity(name=first.text, mention=first)
        amount = Money(value=1_000_000, currency="EUR", mention=whole)
        return [FundingRound(company=company, amount=amount, evidence=whole, sentence=whole, trigger=whole)]


@pytest.fixture(autouse=True)
def fake(monkeypatch: pytest.MonkeyPatch) -> type[FakeExtractor]:
    monkeypatch.setattr(cli, "Extractor", FakeExtractor)
    monkeypatch.setenv("COLUMNS", "120")
    return FakeExtractor


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_bytes("Nimbao lève\r\n1 M€.".encode())
    return path


def test_a_table_is_printed_by_default(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([str(article)]) == 0

    assert capsys.readouterr().out == (
        "type          who → whom  amount   status    evidence\n"
        "FundingRound  Nimbao      1 M EUR  asserted  Nimbao lève 1 M€.\n"
    )


def test_several_tables_are_headed_by_their_files(
    article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    empty = tmp_path / "vide.txt"
    empty.write_text("")

    assert cli.main([str(article), str(empty)]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert (lines[0], lines[3:]) == (str(article), ["", str(empty), "no claim found"])


def test_json_lines_carry_file_and_claim(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--format", "jsonl", str(article), str(article)]) == 0

    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert first == second
    assert list(first)[:2] == ["file", "type"]
    assert first.pop("file") == str(article)
    assert isinstance(from_dict(first), FundingRound)


def test_json_is_one_list_of_files(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--format", "json", str(article)]) == 0

    (entry,) = json.loads(capsys.readouterr().out)
    assert entry["file"] == str(article)
    assert [claim["company"]["name"] for claim in entry["claims"]] == ["Nimbao"]


def test_line_ends_are_kept_and_a_byte_order_mark_is_not(tmp_path: Path, fake: type[FakeExtractor]) -> None:
    path = tmp_path / "marked.txt"
    path.write_bytes(b"\xef\xbb\xbfVega\r\ndit non.\r\n")

    assert cli.main([str(path)]) == 0

    assert fake.seen[1]["text"] == "Vega\r\ndit non.\r\n"


def test_the_standard_input_is_read_for_a_dash(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("Vega lève.".encode())))

    assert cli.main(["--format", "jsonl", "-"]) == 0

    assert json.loads(capsys.readouterr().out)["file"] == "-"


def test_model_and_date_reach_the_extractor(article: Path, fake: type[FakeExtractor]) -> None:
    assert cli.main(["--model", "stanza", "--published", "2025-03-11", str(article)]) == 0

    assert fake.seen[0] == {"model": "stanza", "rules": None}
    assert fake.seen[1]["published"] == datetime.date(2025, 3, 11)


@pytest.mark.parametrize("published", ["11/03/2025", "20250311", "2025-02-30", "hier", "2025-3-1"])
def test_another_date_is_refused(article: Path, published: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        cli.main(["--published", published, str(article)])

    assert f"{published!r} is not a date" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("content", "reason"),
    [(None, "No such file"), (b"caf\xe9", "not UTF-8 text (byte 3)"), ("directory", "directory")],
)
def test_a_file_that_cannot_be_read_is_reported_and_the_others_are_done(
    tmp_path: Path, article: Path, content: object, reason: str, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = tmp_path / "bad.txt"
    if isinstance(content, bytes):
        bad.write_bytes(content)
    elif content == "directory":
        bad.mkdir()

    assert cli.main([str(bad), str(article)]) == 2

    output = capsys.readouterr()
    assert output.err.startswith(f"newsclaims: {bad}: ")
    assert reason in output.err
    assert output.err.count("\n") == 1
    assert "Nimbao" in output.out


def test_a_name_no_file_can_have_is_reported(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["a\x00b"]) == 2

    assert "cannot be read" in capsys.readouterr().err


def test_a_rule_file_that_cannot_be_used_is_reported(
    tmp_path: Path, article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rules = tmp_path / "rules.toml"
    rules.write_text("claim = ")

    assert cli.main(["--rules", str(rules), str(article)]) == 2

    output = capsys.readouterr()
    assert (output.out, "rules.toml" in output.err) == ("", True)


def test_a_model_that_cannot_be_used_is_reported(
    article: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(self: object, text: str, published: object = None) -> list[Claim]:
        raise ModelError("no such model")

    monkeypatch.setattr(FakeExtractor, "extract", refuse)

    assert cli.main([str(article)]) == 2
    assert capsys.readouterr().err == "newsclaims: no such model\n"


def test_an_interruption_is_no_traceback(
    article: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt(self: object, text: str, published: object = None) -> list[Claim]:
        raise KeyboardInterrupt

    monkeypatch.setattr(FakeExtractor, "extract", interrupt)

    assert cli.main([str(article)]) == 130
    assert capsys.readouterr().err == "newsclaims: interrupted\n"


def test_a_closed_pipe_is_no_traceback(tmp_path: Path) -> None:
    empty = tmp_path / "vide.txt"
    empty.write_text("")
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as closed:
        done = subprocess.run(
            [sys.executable, "-m", "newsclaims", str(empty)], stdout=closed, stderr=subprocess.PIPE, check=False
        )

    assert (done.returncode, done.stderr) == (141, b"")


@pytest.mark.parametrize(("option", "shown"), [("--version", newsclaims.__version__), ("--help", "examples:")])
def test_information_is_printed(option: str, shown: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        cli.main([option])

    assert shown in capsys.readouterr().out


def test_no_file_is_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        cli.main([])

    assert "FILE" in capsys.readouterr().err


def test_a_page_is_written(article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "page.html"

    assert cli.main([str(article), "--html", str(page)]) == 0

    assert capsys.readouterr().out == ""
    written = page.read_bytes().decode("utf-8")
    assert "<title>article.txt</title>" in written
    assert "FundingRound (1)" in written


@pytest.mark.parametrize(
    ("files", "out", "reason"),
    [(2, "page.html", "--html shows one file, not 2"), (1, "absent/page.html", "cannot be written")],
)
def test_a_page_that_cannot_be_made_is_reported(
    article: Path, tmp_path: Path, files: int, out: str, reason: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main([*[str(article)] * files, "--html", str(tmp_path / out)]) == 2

    assert reason in capsys.readouterr().err
