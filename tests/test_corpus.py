from __future__ import annotations

import contextlib
import csv
import datetime
import gzip
import json
import logging
import lzma
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from corpus_command import QuickExtractor

import newsclaims
from newsclaims import cli
from newsclaims.batch import Text
from newsclaims.comparison import Located, read_claims
from newsclaims.corpus import Fields, Job, read_texts, run
from newsclaims.errors import InputValueError, MissingDependencyError
from newsclaims.extractor import Extractor

COMMAND = [sys.executable, str(Path(__file__).with_name("corpus_command.py"))]
# The package that is tested here, also where it is not installed.
ENVIRONMENT = os.environ | {"PYTHONPATH": str(Path(newsclaims.__file__).parents[1])}
NAMES = ["Orsol", "Vega", "Nimbao", "Ferrix", "Luma"]


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsclaims.corpus.shards.Extractor", QuickExtractor)


def corpus(folder: Path, size: int) -> Path:
    """Write a corpus with a text that fails and a line that is none."""
    path = folder / "news.jsonl"
    lines = [json.dumps({"id": f"t{i}", "text": f"{NAMES[i % 5]} lève {i} M€."}) for i in range(size)]
    lines[2:2] = [json.dumps({"id": "x", "text": "illisible"}), "{"]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def texts(path: Path, **fields: str) -> list[Text | str]:
    return [found if isinstance(found, Text) else str(found) for found in read_texts(path, Fields(**fields))]


# Reading


def test_json_lines_are_read_with_their_ids(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    path.write_text('\ufeff{"text": "Orsol lève."}\n\n{"text": "Vega.", "id": 7}\n', encoding="utf-8")

    assert texts(path) == [Text("1", "Orsol lève."), Text("7", "Vega.")]


@pytest.mark.parametrize(("suffix", "pack"), [(".gz", gzip.compress), (".xz", lzma.compress)])
def test_packed_files_are_unpacked(tmp_path: Path, suffix: str, pack: Any) -> None:
    path = tmp_path / f"news.jsonl{suffix}"
    path.write_bytes(pack('{"text": "Orsol lève."}'.encode()))

    assert texts(path) == [Text("1", "Orsol lève.")]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_is_read_with_the_delimiter_of_its_header(tmp_path: Path, delimiter: str) -> None:
    path = tmp_path / "news.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file, delimiter=delimiter)
        table.writerows(
            [["ref", "corps", "jour"], ["a", "Orsol,\r\nVega ; Luma\t.", "2025-03-11"], ["b", "é" * 200_000, ""]]
        )

    first, second = texts(path, text="corps", id="ref", date="jour")

    assert isinstance(first, Text) and isinstance(second, Text)
    assert (first.id, first.text, str(first.published)) == ("a", "Orsol,\r\nVega ; Luma\t.", "2025-03-11")
    assert (second.id, len(second.text), second.published) == ("b", 200_000, None)


def test_parquet_is_read_and_written(tmp_path: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow", reason="pyarrow, of the extra parquet, is not installed")
    parquet = pytest.importorskip("pyarrow.parquet")
    path, out = tmp_path / "news.parquet", tmp_path / "claims.parquet"
    day = datetime.datetime(2025, 3, 11, 9, 30)
    rows = {"id": [1, 2], "text": ["Orsol lève.", None], "day": [day, None], "other": [0.5, 0.5]}
    parquet.write_table(pyarrow.table(rows), path)

    summary = run(Job(source=path, out=out, fields=Fields(date="day")))

    assert (summary.texts, summary.errors) == (1, 1)
    (claim,) = parquet.read_table(out).to_pylist()
    assert (claim["text_id"], claim["company"], claim["amount"], claim["source"]) == ("1", "Orsol", 1e6, "2025-03-11")
    assert (claim["negated"], claim["start"], claim["end"], claim["stake"]) == (False, 0, 11, None)


def test_a_folder_is_read_by_path_with_its_line_ends(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "deux.md").write_bytes(b"# Titre\r\n\r\nVega.")
    (tmp_path / "c.txt").write_bytes(b"\xef\xbb\xbfOrsol.")
    (tmp_path / "d.txt").write_bytes(b"caf\xe9")
    (tmp_path / "e.html").write_text("<p>Luma.</p>")

    first, second, third = texts(tmp_path)

    assert (first, second) == (Text("b/deux.md", "# Titre\r\n\r\nVega."), Text("c.txt", "Orsol."))
    assert isinstance(third, str) and "d.txt: cannot be read" in third


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"text": "Orsol", ', "line 1: no JSON"),
        ("[]", "line 1: not a JSON object"),
        ('{"body": "Orsol"}', "no text in the field 'text'; name it with --text-field"),
        ('{"text": null}', "no text in the field 'text'"),
        ('{"text": "Orsol \\ud83d", "ref": 1}', "not Unicode text"),
        ('{"text": "Orsol"}', "no id in the field 'ref'; name it with --id-field"),
        ('{"text": "Orsol", "ref": 1, "jour": "11/03/2025"}', "field 'jour': '11/03/2025' is not a day"),
    ],
)
def test_a_record_that_cannot_be_read_says_why(tmp_path: Path, line: str, reason: str) -> None:
    path = tmp_path / "news.jsonl"
    path.write_text(line, encoding="utf-8")

    (found,) = texts(path, id="ref", date="jour")

    assert isinstance(found, str) and reason in found


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("news.xml", b"", "neither a folder nor a file in .jsonl"),
        ("news.csv", b"text\ncaf\xe9\n", "cannot be read"),
        ("news.jsonl.gz", b"{}", "cannot be read"),
        ("missing.jsonl", None, "cannot be read"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path, name: str, content: bytes | None, reason: str) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)

    with pytest.raises(InputValueError, match=reason):
        texts(tmp_path / name)


def test_parquet_without_pyarrow_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)

    with pytest.raises(MissingDependencyError, match=r"pip install 'newsclaims\[parquet\]'"):
        run(Job(source=corpus(tmp_path, 3), out=tmp_path / "claims.parquet"))
    assert not (tmp_path / "claims.parquet.parts").exists()


# Running


def test_the_run_is_summed_up_and_failures_do_not_stop_it(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    source, out = corpus(tmp_path, 7), tmp_path / "claims.jsonl"

    with caplog.at_level(logging.WARNING):
        assert cli.main(["corpus", str(source), "--out", str(out), "--shard", "3"]) == 1

    printed = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert printed[:4] == [["texts", "7"], ["words", "28"], ["claims", "7"], ["FundingRound", "7"]]
    assert [line[0] for line in printed[4:]] == ["words/s", "errors"] and printed[5][1] == "2"
    assert "x: not read: RuntimeError: cannot be parsed" in caplog.text
    assert "line 4: no JSON" in caplog.text
    assert [claim.text for claim in read_claims(out)] == [f"t{i}" for i in range(7)]
    assert not out.with_name("claims.jsonl.parts").exists()


def test_csv_has_a_row_a_claim_below_the_columns(tmp_path: Path) -> None:
    source, out = corpus(tmp_path, 3), tmp_path / "claims.csv"

    assert cli.main(["corpus", str(source), "--out", str(out), "--published", "2025-03-11"]) == 1

    with out.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["text_id"], row["company"], row["source"]) for row in rows] == [
        (f"t{i}", NAMES[i], "2025-03-11") for i in range(3)
    ]
    assert (rows[0]["amount"], rows[0]["amount_currency"], rows[0]["stake"]) == ("1000000.0", "EUR", "")


def test_the_claims_are_those_of_the_extractor(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, extractor: Extractor
) -> None:
    monkeypatch.setattr("newsclaims.corpus.shards.Extractor", lambda model, rules: Extractor(extractor.parser, rules))
    text = "Orsol a racheté Vega mardi pour 12 millions d'euros. Nimbao est le principal rival de Ferrix."
    source, out = tmp_path / "news.csv", tmp_path / "claims.jsonl"
    source.write_text(f'ref;jour;corps\na;2025-03-11;"{text}"\n', encoding="utf-8")
    fields = Fields(text="corps", id="ref", date="jour")

    run(Job(source=source, out=out, fields=fields))

    claims = extractor.extract(text, datetime.date(2025, 3, 11))
    assert len(claims) == 2
    assert read_claims(out) == [Located("a", claim) for claim in claims]


def test_a_corpus_without_claims_gives_an_empty_table(tmp_path: Path) -> None:
    (tmp_path / "news").mkdir()

    assert cli.main(["corpus", str(tmp_path / "news"), "--out", str(tmp_path / "claims.jsonl")]) == 0

    assert (tmp_path / "claims.jsonl").read_bytes() == b""


def test_a_corpus_of_which_no_text_can_be_read_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, out = corpus(tmp_path, 3), tmp_path / "claims.jsonl"

    assert cli.main(["corpus", str(source), "--out", str(out), "--text-field", "body"]) == 2

    assert "name it with --text-field" in capsys.readouterr().err
    assert not out.exists()


def test_a_missing_model_is_not_taken_for_an_output_that_cannot_be_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newsclaims.corpus.shards.Extractor", Extractor)
    command = ["corpus", str(corpus(tmp_path, 3)), "--out", str(tmp_path / "claims.csv")]

    assert cli.main([*command, "--model", str(tmp_path / "none")]) == 2
    assert "cannot be written" not in capsys.readouterr().err

    # Nothing has been read with it that another model would have to drop.
    monkeypatch.setattr("newsclaims.corpus.shards.Extractor", QuickExtractor)
    assert cli.main(command) == 1


@pytest.mark.parametrize("arguments", [["--out", "claims.xls"], ["--out", "claims.csv", "--shard", "0"]])
def test_arguments_that_cannot_be_used_are_refused(tmp_path: Path, arguments: list[str]) -> None:
    try:
        code: object = cli.main(["corpus", str(corpus(tmp_path, 1)), *arguments])
    except SystemExit as stop:
        code = stop.code

    assert code == 2


def test_the_corpus_is_not_overwritten(tmp_path: Path) -> None:
    source = corpus(tmp_path, 3)

    for out in (source, tmp_path / "claims.csv"):
        (tmp_path / "claims.csv").mkdir(exist_ok=True)
        with pytest.raises(InputValueError, match="choose another --out"):
            run(Job(source=source, out=out))
    assert len(texts(source)) == 5


def test_an_output_that_cannot_be_written_is_reported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = corpus(tmp_path, 3)

    assert cli.main(["corpus", str(source), "--out", str(source / "claims.csv")]) == 2

    assert "claims.csv cannot be written" in capsys.readouterr().err


# Resuming


class Killed(BaseException):
    """Stands for the end of the process, at a call of the operating system."""


def killed_before(step: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the process end before the n-th time that a file is synchronised, renamed, made or removed."""
    steps = iter(range(step))

    def wrap(module: Any, name: str) -> None:
        original = getattr(module, name)

        def call(*arguments: Any, **options: Any) -> Any:
            if next(steps, None) is None:
                raise Killed
            return original(*arguments, **options)

        monkeypatch.setattr(module, name, call)

    for module, name in ((os, "fsync"), (os, "replace"), (Path, "mkdir"), (Path, "unlink"), (Path, "rmdir")):
        wrap(module, name)


@pytest.mark.parametrize("step", range(20))
def test_an_end_at_any_step_costs_no_claim_and_doubles_none(
    tmp_path: Path, step: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, out = corpus(tmp_path, 10), tmp_path / "claims.jsonl"
    undisturbed = tmp_path / "undisturbed.jsonl"
    expected = run(Job(source=source, out=undisturbed, shard=3))

    with monkeypatch.context() as patch:
        killed_before(step, patch)
        with contextlib.suppress(Killed):
            run(Job(source=source, out=out, shard=3))
    found = run(Job(source=source, out=out, shard=3))

    assert out.read_bytes() == undisturbed.read_bytes()
    assert (found.texts, found.errors, found.words, found.claims) == (
        expected.texts,
        expected.errors,
        expected.words,
        expected.claims,
    )
    assert sorted(path.name for path in tmp_path.iterdir()) == ["claims.jsonl", "news.jsonl", "undisturbed.jsonl"]


def test_shards_that_are_there_are_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    original = QuickExtractor.extract

    def extract(self: QuickExtractor, text: str, *rest: Any) -> Any:
        if len(read) == 7:
            raise KeyboardInterrupt
        read.append(text)
        return original(self, text, *rest)

    monkeypatch.setattr(QuickExtractor, "extract", extract)
    job = Job(source=corpus(tmp_path, 10), out=tmp_path / "claims.jsonl", shard=3)
    with pytest.raises(KeyboardInterrupt):
        run(job)
    monkeypatch.setattr(QuickExtractor, "extract", original)
    shown: list[tuple[int, int]] = []

    run(job, progress=lambda done, total: shown.append((done, total)))

    assert shown[0] == (3, 12)
    assert shown[-1] == (12, 12)


def interrupted(source: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        killed_before(7, patch)
        with pytest.raises(Killed):
            run(Job(source=source, out=out, shard=2))


def test_another_job_does_not_take_over_the_shards(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    source, out = corpus(tmp_path, 10), tmp_path / "claims.jsonl"
    interrupted(source, out, monkeypatch)
    with source.open("a") as file:
        file.write('{"text": "Calypse lève."}\n')
    command = ["corpus", str(source), "--out", str(out), "--shard", "5"]

    assert cli.main(command) == 2
    message = capsys.readouterr().err
    assert "is of an interrupted run with another input, options: give --restart" in message

    assert cli.main([*command, "--restart"]) == 1
    assert len(read_claims(out)) == 11


def test_a_folder_that_is_not_ours_is_left_alone(tmp_path: Path) -> None:
    source, out = corpus(tmp_path, 3), tmp_path / "claims.jsonl"
    other = tmp_path / "claims.jsonl.parts" / "letter.txt"
    other.parent.mkdir()
    other.write_text("Cher Vega,")

    for restart in (False, True):
        with pytest.raises(InputValueError, match="in the way, and not of an interrupted run"):
            run(Job(source=source, out=out), restart=restart)
    assert other.read_text() == "Cher Vega,"


@pytest.fixture(scope="module", params=[1, 2], ids=["alone", "two workers"])
def workers(request: pytest.FixtureRequest) -> int:
    """How many processes read."""
    found: int = request.param
    return found


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory, workers: int) -> tuple[Path, bytes, float]:
    """A corpus, the output of a run that nobody disturbs, and how long it takes once it has begun, in seconds."""
    folder = tmp_path_factory.mktemp("undisturbed")
    source, out = corpus(folder, 60), folder / "claims.csv"
    process = started(source, out, workers)
    begun = time.monotonic()
    assert process.wait() == 1
    return source, out.read_bytes(), time.monotonic() - begun


def started(source: Path, out: Path, workers: int) -> subprocess.Popen[bytes]:
    """Start the command, and return when it has begun to read."""
    process = subprocess.Popen(
        [*COMMAND, str(source), "--out", str(out), "--shard", "4", "--workers", str(workers)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=ENVIRONMENT,
    )
    parts = out.with_name(out.name + ".parts")
    while process.poll() is None and not parts.exists():
        time.sleep(0.001)
    return process


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system cannot kill a process without its knowledge")
@pytest.mark.parametrize("seed", range(10))
def test_a_killed_command_is_taken_up_as_if_nothing_had_been(
    tmp_path: Path, seed: int, workers: int, undisturbed: tuple[Path, bytes, float]
) -> None:
    source, expected, seconds = undisturbed
    out = tmp_path / "claims.csv"
    process = started(source, out, workers)
    time.sleep(random.Random(seed).uniform(0, seconds))
    process.kill()
    process.wait()

    assert cli.main(["corpus", str(source), "--out", str(out), "--shard", "4"]) == 1

    assert out.read_bytes() == expected
    assert list(tmp_path.iterdir()) == [out]


def test_several_processes_write_what_one_does(tmp_path: Path, undisturbed: tuple[Path, bytes, float]) -> None:
    source, expected, _ = undisturbed
    out = tmp_path / "claims.csv"

    assert cli.main(["corpus", str(source), "--out", str(out)]) == 1

    assert out.read_bytes() == expected
