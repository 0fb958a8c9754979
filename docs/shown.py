"""Directives that show claims as the viewer does, when a page is built: those accepted in ``tests/articles``.

``{claims-page} pourparlers`` shows an article with its claims, ``{claims-graph}`` draws them all. Neither needs the
model.
"""

from __future__ import annotations

from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from newsclaims import render, render_graph
from newsclaims.comparison import read_claims

_ROOT = Path(__file__).parents[1]
_CLAIMS = _ROOT / "tests/articles/claims.jsonl"


class ClaimsPage(SphinxDirective):
    """``{claims-page} NAME``: an article of ``tests/articles`` with its claims, in a frame."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the frame."""
        article = _ROOT / f"tests/articles/{self.arguments[0]}.txt"
        for file in (_CLAIMS, article, __file__):
            self.env.note_dependency(str(file))
        claims = [item.claim for item in read_claims(_CLAIMS) if item.text == article.relative_to(_ROOT).as_posix()]
        page = render(article.read_bytes().decode(), claims, title=article.stem, explain=False)
        return [nodes.raw("", page._repr_html_(), format="html")]


class ClaimsGraph(SphinxDirective):
    """``{claims-graph}``: who deals with whom in all articles of ``tests/articles``."""

    def run(self) -> list[nodes.Node]:
        """Return the drawing."""
        for file in (_CLAIMS, __file__):
            self.env.note_dependency(str(file))
        articles = len(list(_CLAIMS.parent.glob("*.txt")))
        drawing = render_graph((item.claim for item in read_claims(_CLAIMS)), title=f"{articles} invented articles")
        return [nodes.raw("", f'<div class="drawing">{drawing}</div>', format="html")]


def setup(app: Sphinx) -> dict[str, bool]:
    """Add the directives."""
    app.add_directive("claims-page", ClaimsPage)
    app.add_directive("claims-graph", ClaimsGraph)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
