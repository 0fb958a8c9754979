from __future__ import annotations

import subprocess
import sys

import pytest

import newsclaims


def python(*arguments: str) -> str:
    """Return what a fresh Python prints."""
    done = subprocess.run([sys.executable, *arguments], capture_output=True, text=True, check=True, timeout=60)
    assert done.stderr == ""
    return done.stdout


def test_import_loads_neither_torch_nor_stanza() -> None:
    heavy = python("-c", "import sys, newsclaims; print(sorted({'torch', 'stanza', 'numpy'} & set(sys.modules)))")

    assert heavy == "[]\n"


def test_import_takes_no_longer_than_some_million_additions() -> None:
    script = "import time; start = time.process_time(); {}; print(time.process_time() - start)"

    def spent(statement: str) -> float:
        # The best of several, so that a busy machine is not taken for a slow import.
        return min(float(python("-c", script.format(statement))) for _ in range(3))

    # 0.15 seconds on a machine that needs 35 ms for a million.
    assert spent("import newsclaims") < 4 * spent("sum(i + 1 for i in range(1_000_000))")


def test_names_and_modules_are_there_when_they_are_asked_for() -> None:
    script = "import sys, newsclaims; {}; print('newsclaims.extractor' in sys.modules)"

    assert python("-c", script.format("newsclaims.Span, newsclaims.errors.ModelError")) == "False\n"
    assert python("-c", script.format("newsclaims.extract_claims")) == "True\n"
    assert "find_money" in dir(newsclaims)
    with pytest.raises(AttributeError, match="has no attribute 'extract_claim'"):
        newsclaims.extract_claim  # type: ignore[attr-defined]  # noqa: B018


def test_version_is_told_by_the_module() -> None:
    assert python("-m", "newsclaims", "--version") == f"newsclaims {newsclaims.__version__}\n"


def test_all_public_names_are_there_in_order() -> None:
    assert newsclaims.__all__ == sorted(newsclaims.__all__)
    assert all(hasattr(newsclaims, name) for name in newsclaims.__all__)
