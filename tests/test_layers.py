from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import newsclaims

PACKAGE = Path(newsclaims.__file__).parent

# A module imports only from layers below its own. The modules of a folder are one.
LAYERS = [
    {"errors", "loading", "spans"},
    {"tree", "claims", "workers"},
    {"semgrex", "lexicon", "display", "table", "checksums"},
    {"comparison", "viewer", "layout", "decoding", "tokens", "mentions", "rules", "repair", "speech"},
    {"anaphora", "inference", "quotations"},
    {"coreference", "matching", "qualify", "timing", "parsing"},
    {"attribution", "gate", "trace"},
    {"explanation", "merging", "selection"},
    {"reading"},
    {"extractor"},
    {"batch"},
    {"corpus", "dataframe"},
    {"cli", "commands", "testing", "training", "__init__", "__main__"},
]
# Imports within a layer.
ALLOWED = {
    ("repair", "mentions"),
    ("cli", "__init__"),
    ("cli", "commands"),
    ("commands", "testing"),
    ("__main__", "cli"),
}
THIRD_PARTY = {"attrs", "regex", "stanza"}
# What single modules need beside: what their extras bring, and what comes with Stanza.
BESIDE = {
    "commands": {"tqdm"},
    "corpus": {"pyarrow"},
    "dataframe": {"pandas"},
    "extractor": {"tqdm"},
    "inference": {"torch"},
    "training": {"gensim", "torch", "udtools"},
}

FILES = sorted(path for path in PACKAGE.rglob("*.py") if path.parent.name != "grammar")


def module_of(path: Path) -> str:
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def imports(path: Path) -> Iterator[str]:
    """Yield the full names of what a file imports, those for type checking left out."""

    def walk(node: ast.AST) -> Iterator[str]:
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            return
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}: write imports in full"
            assert node.module is not None
            if node.module == "newsclaims":
                yield from (f"newsclaims.{name.name}" for name in node.names)
            else:
                yield node.module
        for child in ast.iter_child_nodes(node):
            yield from walk(child)

    yield from walk(ast.parse(path.read_text(encoding="utf-8")))


def inner_imports(path: Path) -> set[str]:
    """Return the modules of the package that a file imports."""
    found = set()
    for name in imports(path):
        top, _, rest = name.partition(".")
        if top == "newsclaims":
            module = rest.partition(".")[0]
            # A name that is no module, `__version__` for instance, is of the package itself.
            found.add(module if any(module in layer for layer in LAYERS) else "__init__")
    return found


def layer_of(module: str) -> int:
    (layer,) = (number for number, modules in enumerate(LAYERS) if module in modules)
    return layer


def test_every_module_has_a_layer() -> None:
    assert {module_of(path) for path in FILES} == set().union(*LAYERS)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_module_imports_only_from_layers_below(path: Path) -> None:
    own = module_of(path)
    reached = {
        module
        for module in inner_imports(path) - {own}
        if layer_of(module) >= layer_of(own) and (own, module) not in ALLOWED
    }
    assert reached == set()


def test_every_exception_is_needed() -> None:
    found = {(module_of(path), module) for path in FILES for module in inner_imports(path)}
    assert found >= ALLOWED


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_module_needs_nothing_but_the_declared_dependencies(path: Path) -> None:
    outside = {name.partition(".")[0] for name in imports(path)} - {"newsclaims"} - sys.stdlib_module_names
    assert outside <= THIRD_PARTY | BESIDE.get(module_of(path), set())
    assert "stanza" not in outside or module_of(path) in ("decoding", "inference", "parsing", "training")
