"""Modules that a command imports for the claim classes that they define."""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import sys
from pathlib import Path
from types import ModuleType


def module(name: str) -> ModuleType:
    """Import a module by its name, looked for in the working directory too, or by the path of a Python file.

    Raises:
        argparse.ArgumentTypeError: there is no such module, or importing it fails.
    """
    try:
        if not name.endswith(".py"):
            if "" not in sys.path:
                sys.path.append("")
            return importlib.import_module(name)
        spec = importlib.util.spec_from_file_location(Path(name).stem, name)
        assert spec is not None and spec.loader is not None  # as for every path that ends in .py
        found = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(found)
        return found
    except Exception as error:  # whatever the module does
        raise argparse.ArgumentTypeError(f"{name} cannot be imported: {type(error).__name__}: {error}") from error
