"""What Tab offers, asked of the shells themselves where they are there."""

from __future__ import annotations

import argparse
import shutil
import subprocess
from pathlib import Path

import pytest

from newsclaims import cli
from newsclaims.commands import completion

LINES = [
    (["co"], {"completion", "corpus", "communiqué.txt"}),
    (["--f"], {"--format"}),
    (["--format", "j"], {"json", "jsonl"}),
    (["--rules", "comm"], {"communiqué.txt"}),
    (["communiqué.txt", "--publ"], {"--published"}),
    (["rules", ""], {"check", "coverage", "lint"}),
    (["rules", "check", "--st"], {"--strict"}),
    (["rules", "check", "comm"], {"communiqué.txt"}),
    (["corpus", "communiqué.txt", "--date"], {"--date-field"}),
    (["why-not", "Ac"], {"AcquisitionBid"}),
    (["why-not", "Rivalry", "comm"], {"communiqué.txt"}),
    (["completion", ""], {"bash", "fish", "zsh"}),
    (["diff", "rules", "--exit"], {"--exit-code"}),
]
BASH = """
source newsclaims.bash
COMP_WORDS=(newsclaims "$@"); COMP_CWORD=$#; _newsclaims
printf '%s\\n' "${COMPREPLY[@]}"
"""
FISH = 'source newsclaims.fish; complete -C "newsclaims $(string join " " -- $argv)"'


@pytest.fixture
def folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """A folder with the three scripts and one text."""
    (tmp_path / "communiqué.txt").touch()
    for shell in ("bash", "zsh", "fish"):
        assert cli.main(["completion", shell]) == 0
        (tmp_path / f"newsclaims.{shell}").write_text(capsys.readouterr().out, encoding="utf-8")
    return tmp_path


def run(folder: Path, *command: str) -> str:
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not there")
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", timeout=60, check=True)
    assert done.stderr == ""
    return done.stdout


@pytest.mark.parametrize(("words", "offered"), LINES, ids=lambda value: " ".join(value))
def test_bash_offers(folder: Path, words: list[str], offered: set[str]) -> None:
    assert set(run(folder, "bash", "--norc", "-c", BASH, "bash", *words).split()) == offered


@pytest.mark.parametrize(("words", "offered"), LINES, ids=lambda value: " ".join(value))
def test_fish_offers(folder: Path, words: list[str], offered: set[str]) -> None:
    lines = run(folder, "fish", "--no-config", "-c", FISH, "--", *words).splitlines()

    assert {line.partition("\t")[0] for line in lines} == offered


def test_zsh_reads_its_script(folder: Path) -> None:
    assert run(folder, "zsh", "-f", "-n", "newsclaims.zsh") == ""


def test_every_option_of_every_command_is_offered() -> None:
    found = {context.name: context for context in completion.contexts(cli._parsers())}

    assert set(found) >= {"", "corpus", "diff", "explain", "rules check", "rules lint", "rules coverage", "why-not"}
    for name, context in found.items():
        flags = {flag for option in context.options for flag in option.flags}
        assert {"-h", "--help"} <= flags
        assert all(option.help for option in context.options), name
    assert set(found[""].arguments) == set(cli._COMMANDS)


def test_help_texts_with_quotes_and_colons_do_no_harm(folder: Path) -> None:
    parsers = dict.fromkeys(("", "odd"), _odd_parser())
    odd, _ = completion.contexts(parsers)
    assert odd.options[-1].help == "it's 100 % `odd`: \\ $HOME"
    for shell, command in (("bash", ("bash", "-n")), ("zsh", ("zsh", "-n")), ("fish", ("fish", "-n"))):
        path = folder / f"odd.{shell}"
        path.write_text(completion.script(shell, parsers), encoding="utf-8")
        if shutil.which(shell) is not None:
            run(folder, *command, str(path))


def _odd_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser()
    parser.add_argument("--odd", choices=["it's", "a\\b"], help="it's 100 %% `odd`: \\ $HOME")
    return parser
