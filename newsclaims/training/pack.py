"""From trained models to the files that a package ships: half precision, and nothing that only training needs."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from newsclaims import checksums

FILES = ("tokenizer.pt", "mwt.pt", "tagger.pt", "lemma.pt", "parser.pt", "pretrain.pt")
"""The files of a model, besides ``resources.json``."""

_HALVED = frozenset({"tagger.pt", "parser.pt"})
_HISTORY = frozenset({"dev_score_history", "optimizer_state_dict", "scheduler_state_dict"})
_PATHS = ("_dir", "_file")


def pack(model: Path, out: Path) -> int:
    """Write the files of a trained model for use.

    The weights of tagger and parser are halved in size: they are read back into single precision. Paths of the machine
    that trained them are left out. Their checksums are written beside them.

    Args:
        model: the folder of the trained files.
        out: the folder to write.

    Returns:
        The size of all files in bytes.
    """
    import torch

    out.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        if name not in _HALVED:
            shutil.copyfile(model / name, out / name)
            continue
        content = torch.load(model / name, map_location="cpu", weights_only=True)
        content = {key: _halved(value) for key, value in content.items() if key not in _HISTORY}
        if "config" in content:
            content["config"] = {
                key: None if isinstance(value, str) and key.endswith(_PATHS) else value
                for key, value in content["config"].items()
            }
        torch.save(content, out / name)
    checksums.write(out, FILES)
    (out / "resources.json").write_text("{}\n", encoding="utf-8")
    return sum((out / name).stat().st_size for name in FILES)


def _halved(value: Any) -> Any:
    import torch

    if isinstance(value, torch.Tensor) and value.is_floating_point():
        return value.half()
    if isinstance(value, dict):
        return type(value)((key, _halved(inner)) for key, inner in value.items())
    return value
