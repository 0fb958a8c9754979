"""The directive ``{lexicon-files}``: the files of the lexicon, each with what its first comment says of it."""

from __future__ import annotations

import itertools
from importlib import resources

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective


class LexiconFiles(SphinxDirective):
    """``{lexicon-files}``."""

    def run(self) -> list[nodes.Node]:
        """Return the files by name."""
        listed = nodes.definition_list()
        for file in sorted(resources.files("newsclaims.lexicon").iterdir(), key=lambda file: file.name):
            if file.name.endswith(".toml"):
                self.env.note_dependency(str(file))
                told = nodes.definition("", nodes.paragraph("", _about(file.read_text(encoding="utf-8"))))
                listed += nodes.definition_list_item("", nodes.term("", "", nodes.literal("", file.name)), told)
        return [listed]


def _about(text: str) -> str:
    """Return the first paragraph of the comment at the top of a file."""
    comment = itertools.takewhile(lambda line: line.startswith("# "), text.splitlines())
    return " ".join(line.removeprefix("# ").strip() for line in comment)


def setup(app: Sphinx) -> dict[str, bool]:
    """Add the directive."""
    app.add_directive("lexicon-files", LexiconFiles)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
