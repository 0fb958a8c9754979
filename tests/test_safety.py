"""What must not happen: code run from model files, a damaged one used, the network asked, trouble with threads."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import torch

import newsclaims
from newsclaims import checksums
from newsclaims.errors import ModelError, ModelNotFoundError
from newsclaims.extractor import Extractor
from newsclaims.parsing import load_parser
from newsclaims.training.pack import FILES

MODEL = Path(newsclaims.__file__).parent / "model"
TEXT = "Orsol a racheté Vega pour 3 millions d'euros, a dit mardi Léa Brun. Elle aurait aussi investi dans Nimbao."


class Trap:
    """Leaves a file behind when it is unpickled."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def __reduce__(self) -> tuple[object, ...]:
        return Path.touch, (self._file,)


@pytest.mark.parametrize("name", FILES)
def test_code_in_a_model_file_is_refused_and_not_run(model_copy: Path, name: str) -> None:
    trace = model_copy / "trace"
    (model_copy / name).unlink()
    torch.save({"model": Trap(trace), "config": {}, "vocab": {}, "emb": None}, model_copy / name)

    with pytest.raises(ModelError, match="cannot load"):
        load_parser(model_copy)(TEXT)
    assert not trace.exists()

    torch.load(model_copy / name, weights_only=False)
    assert trace.exists()  # else the trap proves nothing


def test_a_plain_pickle_is_refused_and_not_run(model_copy: Path) -> None:
    trace = model_copy / "trace"
    (model_copy / "tokenizer.pt").unlink()
    (model_copy / "tokenizer.pt").write_bytes(pickle.dumps({"model": Trap(trace)}))

    with pytest.raises(ModelError, match="cannot load"):
        load_parser(model_copy)(TEXT)
    assert not trace.exists()


def test_the_shipped_model_has_a_checksum_for_each_file() -> None:
    names = [line.split("  ")[1] for line in (MODEL / checksums.MANIFEST).read_text(encoding="ascii").splitlines()]

    assert sorted(names) == sorted(file.name for file in MODEL.glob("*.pt")) == sorted(FILES)
    checksums.check(MODEL)


@pytest.mark.parametrize("name", FILES)
def test_one_wrong_bit_is_found(model_copy: Path, name: str) -> None:
    shutil.copy(MODEL / checksums.MANIFEST, model_copy)
    content = bytearray((MODEL / name).read_bytes())
    content[len(content) // 2] ^= 1
    (model_copy / name).unlink()
    (model_copy / name).write_bytes(content)

    with pytest.raises(ModelError, match=rf"{name} is damaged: it is not the file whose SHA-256"):
        load_parser(model_copy)(TEXT)


def test_a_file_that_is_gone_after_all_is_named(model_copy: Path) -> None:
    shutil.copy(MODEL / checksums.MANIFEST, model_copy)
    parse = load_parser(model_copy)
    (model_copy / "lemma.pt").unlink()

    with pytest.raises(ModelNotFoundError, match=r"lemma\.pt"):
        parse(TEXT)


@pytest.mark.parametrize("content", ["", "0" * 64, "nonsense\n", "\udcff", "é  \n"])
def test_odd_checksums_are_an_error_of_ours_or_none(model_copy: Path, content: str) -> None:
    (model_copy / checksums.MANIFEST).write_bytes(content.encode("utf-8", "surrogateescape"))

    try:
        checksums.check(model_copy)
    except ModelError as error:
        assert "SHA-256" in str(error)
    else:
        assert content == ""


def test_checksums_that_are_written_are_right(tmp_path: Path) -> None:
    (tmp_path / "a.pt").write_bytes(b"abc")
    checksums.write(tmp_path, ["a.pt"])

    digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert (tmp_path / checksums.MANIFEST).read_bytes() == f"{digest}  a.pt\n".encode()
    checksums.check(tmp_path)


# Processes --------------------------------------------------------------------------------------------------------

OFFLINE = """
import sys
def refuse(event, arguments):
    if event.startswith(("socket.", "urllib.", "http.", "ftplib.")):
        raise RuntimeError(f"the network is asked: {event} {arguments}")
sys.addaudithook(refuse)
import newsclaims
assert newsclaims.extract_claims(sys.argv[1])
try:
    newsclaims.Extractor(model="stanza")
except newsclaims.ModelNotFoundError:
    print("no model, no network")
"""


def python(code: str, *arguments: str, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
        env={**os.environ, "OMP_NUM_THREADS": "1", **environment},
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_nothing_is_asked_of_the_network(tmp_path: Path) -> None:
    assert python(OFFLINE, TEXT, HOME=str(tmp_path), STANZA_RESOURCES_DIR=str(tmp_path)) == "no model, no network\n"


def test_eight_threads_share_an_extractor(extractor: Extractor) -> None:
    texts = [f"{name} a racheté Vega pour {n} millions d'euros. {TEXT}" for n, name in enumerate("ABCDEFGH", 2)]
    expected = [extractor.extract(text) for text in texts]

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(extractor.extract, texts * 2))
    assert found == expected * 2


@pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="there is no fork here")
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_a_forked_process_reads_on(extractor: Extractor) -> None:
    expected = extractor.extract(TEXT)
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("fork").Process(target=lambda: theirs.send(extractor.extract(TEXT)))
    process.start()
    assert ours.poll(120)
    found = ours.recv()
    process.join(60)

    assert process.exitcode == 0
    assert found == expected


@pytest.mark.skipif(os.name == "nt", reason="signals are of Unix")
def test_ctrl_c_ends_the_command_at_once_and_quietly(tmp_path: Path) -> None:
    long = tmp_path / "long.txt"
    long.write_text("Orsol a racheté Vega, qui avait investi dans Nimbao. " * 20_000, encoding="utf-8")
    short = tmp_path / "short.txt"
    short.write_text("Luma défie Vega.", encoding="utf-8")  # for which the model is loaded
    process = subprocess.Popen(
        [sys.executable, "-m", "newsclaims", str(short), str(long)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
        # a shell starts what runs in the background with the signal ignored
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    assert process.stdout is not None
    try:
        while "Luma" not in process.stdout.readline():
            assert process.poll() is None
        time.sleep(1)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)
    finally:
        process.kill()

    assert (process.returncode, errors) == (130, "newsclaims: interrupted\n")
