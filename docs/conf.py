"""Sphinx configuration."""

from newsclaims import __version__

project = "newsclaims"
author = "The newsclaims authors"
copyright = "2026, the newsclaims authors"
release = version = __version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build"]

html_theme = "furo"
html_title = f"newsclaims {version}"

# Single backquotes in docstrings name Python objects as in Markdown; not all of them are documented.
default_role = "code"
autodoc_member_order = "bysource"
autodoc_typehints = "description"
autodoc_typehints_description_target = "documented"
autodoc_mock_imports = ["stanza"]
napoleon_numpy_docstring = False
napoleon_use_ivar = True
