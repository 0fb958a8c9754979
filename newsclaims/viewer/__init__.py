"""The viewer: claims in their text as a page of HTML, and who deals with whom as a drawing in SVG."""

from newsclaims.viewer.graph import render_graph
from newsclaims.viewer.markup import Markup
from newsclaims.viewer.page import render

__all__ = ["Markup", "render", "render_graph"]
