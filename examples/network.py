"""A network of claims: who deals with whom in a folder of articles, as a picture.

Run it from this folder: ``python network.py``, or ``python network.py FOLDER`` for texts of your own.
"""

import sys
from pathlib import Path

import newsclaims

HERE = Path(__file__).parent


def main(folder: Path = HERE / "articles", picture: Path = Path("network.svg")) -> None:
    """Read all texts of a folder, draw their claims, and print who is in most of them."""
    files = sorted(folder.glob("*.txt"))
    texts = (file.read_text(encoding="utf-8") for file in files)
    claims = [claim for found in newsclaims.Extractor().extract_many(texts) for claim in found]
    picture.write_text(newsclaims.render_graph(claims, title=f"{len(files)} articles"), encoding="utf-8")
    print(f"{len(files)} articles, {len(claims)} claims, drawn in {picture}")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
