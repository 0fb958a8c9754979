"""The directive ``{usage} newsclaims rules check``: what the command prints with ``--help``."""

from __future__ import annotations

import contextlib
import io
import os
from unittest import mock

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from newsclaims import cli

_WIDTH = "88"  # characters of a line: what fits the page on a screen


class Usage(SphinxDirective):
    """``{usage} COMMAND``."""

    required_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        """Return the help as a block."""
        self.env.note_reread()  # the options stand in other files than this page
        return [nodes.literal_block("", usage(self.arguments[0]), language="text")]


def usage(command: str) -> str:
    """Return what a command prints with ``--help``."""
    printed = io.StringIO()
    with (
        contextlib.redirect_stdout(printed),
        contextlib.suppress(SystemExit),
        mock.patch.dict(os.environ, {"COLUMNS": _WIDTH, "NO_COLOR": "1"}),
    ):
        cli.main([*command.split()[1:], "--help"])
    return printed.getvalue().rstrip()


def setup(app: Sphinx) -> dict[str, bool]:
    """Add the directive."""
    app.add_directive("usage", Usage)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
