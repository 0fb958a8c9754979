from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

import newsclaims
from newsclaims.extractor import Extractor
from newsclaims.parsing import Parser, load_parser

# A busy machine is no reason to fail.
settings.register_profile("newsclaims", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("newsclaims")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the folder with the development data be named."""
    beside = Path(__file__).parents[2] / "shared"
    parser.addoption(
        "--data", type=Path, default=beside, help="folder with the development gold (default: %(default)s)"
    )


@pytest.fixture(scope="session")
def data(request: pytest.FixtureRequest) -> Path:
    """The folder with the development data, which is no part of the project."""
    folder: Path = request.config.getoption("--data")
    if not (folder / "gold").is_dir():
        pytest.skip(f"no development gold in {folder}: name its folder with --data")
    return folder


@pytest.fixture
def model_copy(tmp_path: Path) -> Path:
    """A directory of links to the files of the shipped model, free to be damaged; its checksums are left out."""
    for file in Path(newsclaims.__file__).with_name("model").iterdir():
        if file.suffix in (".pt", ".json"):
            (tmp_path / file.name).symlink_to(file)
    return tmp_path


@pytest.fixture(scope="session")
def parser() -> Parser:
    """The model inside the package, loaded once, on one thread: short sentences gain nothing from more."""
    import torch

    torch.set_num_threads(1)
    return load_parser()


@pytest.fixture(scope="session")
def extractor(parser: Parser) -> Extractor:
    """The extractor of `newsclaims.extract_claims`."""
    return Extractor(parser)
