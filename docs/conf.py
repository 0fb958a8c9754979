"""Sphinx configuration."""

import re
import sys
from pathlib import Path

from docutils import nodes

sys.path.insert(0, str(Path(__file__).parent))  # for the extensions beside this file

from newsclaims import __version__

project = "newsclaims"
author = "The newsclaims authors"
copyright = "2026, the newsclaims authors"
release = version = __version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "lexicons", "rulebook", "shown", "usage"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build"]
myst_enable_extensions = ["deflist"]
myst_heading_anchors = 3

html_theme = "furo"
html_title = f"newsclaims {version}"
html_static_path = ["_static"]
html_css_files = ["pages.css"]
html_show_sourcelink = False

nitpicky = True
# Other projects, which could be looked up on the network only, and type aliases and variables.
nitpick_ignore_regex = [
    ("py:.*", r"(collections|datetime|decimal|enum|importlib|os|pathlib|pandas|pyarrow|_regex|stanza)\..*"),
    ("py:class", r"Model|Parser|T|.*\._Frames|.*\.Stanza(Sentence|Document)|.*\.needs\.(Has|Every|Some)|.*\.CleanText"),
]
smartquotes_action = "D"  # dashes only: quotes and ellipses stand as they are

# Single backquotes in docstrings name Python objects as in Markdown; not all of them are documented.
default_role = "code"
autodoc_member_order = "bysource"
autodoc_typehints = "description"
autodoc_typehints_description_target = "documented"
autodoc_mock_imports = ["stanza"]
napoleon_numpy_docstring = False
napoleon_use_ivar = True


def _with_version(app, docname, source):
    """Write the version where a page that is to be copied from needs it."""
    if docname == "citing":
        source[0] = source[0].replace("VERSION", version)


def _keep_together(app, doctree, docname):
    """Let no line end between a guillemet and what it opens or closes, nor before French punctuation."""
    for text in list(doctree.findall(nodes.Text)):
        kept = re.sub(r"(?<=«) | (?=[»:;?!%])", "\N{NO-BREAK SPACE}", text)
        if kept != text and not isinstance(text.parent, (nodes.literal, nodes.literal_block)):
            text.parent.replace(text, nodes.Text(kept))


def setup(app):
    """Let pages pass through the functions above."""
    app.connect("source-read", _with_version)
    app.connect("doctree-resolved", _keep_together)
