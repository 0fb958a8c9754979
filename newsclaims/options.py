"""Options that several commands take."""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import sys
from collections.abc import Iterable
from pathlib import Path

from newsclaims.errors import InputValueError


def add_reading_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that say what reads: the model, and the modules with claim classes of one's own."""
    parser.add_argument(
        "--model", metavar="DIR|stanza", help="parse with the model in a directory, or with Stanza's own French model"
    )
    parser.add_argument(
        "--import",
        dest="modules",
        metavar="MODULE",
        action="append",
        default=[],
        help="import this module or Python file first, for the claim classes that it defines; it is run, so trust it",
    )


def import_modules(names: Iterable[str]) -> None:
    """Import modules by name, or by the path of a Python file.

    A name is looked for in the working directory too.

    Raises:
        InputValueError: there is no such module, or importing it fails.
    """
    for name in names:
        try:
            if not name.endswith(".py"):
                if "" not in sys.path:
                    sys.path.append("")
                importlib.import_module(name)
                continue
            spec = importlib.util.spec_from_file_location(Path(name).stem, name)
            assert spec is not None and spec.loader is not None  # as for every path that ends in .py
            module = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
            spec.loader.exec_module(module)
        except Exception as error:  # whatever the module does
            raise InputValueError(f"{name}: cannot be imported: {type(error).__name__}: {error}") from error
