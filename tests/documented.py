"""Commands as the documentation prints them, run without a shell."""

from __future__ import annotations

import os
import re
import runpy
import shlex
import sys
from pathlib import Path

import pytest

from newsclaims import cli

# A command, and what it prints.
COMMAND = re.compile(r"^\$ (.*)\n((?:(?!\$ |```).*\n)*)", re.MULTILINE)


def run(command: str, capsys: pytest.CaptureFixture[str]) -> str:
    """Run a command of a page, which must succeed, and return what it prints."""
    line, _, file = command.partition(" > ")
    program, *arguments = shlex.split(line)
    if program == "cd":
        os.chdir(arguments[0])
    elif program == "newsclaims":
        assert cli.main(arguments) == 0
    else:
        assert program == "python", command
        before, sys.argv = sys.argv, arguments
        try:
            runpy.run_path(str(Path(arguments[0]).resolve()), run_name="__main__")
        finally:
            sys.argv = before
    printed = capsys.readouterr().out
    if file:
        Path(file).write_text(printed, encoding="utf-8")
    return "" if file else printed
