"""An article with its claims as a page of HTML, which needs neither network nor script.

Run it from this folder, ``python article_to_html.py``, and open ``ia_europeenne.html``; or give a text of your own:
``python article_to_html.py article.txt article.html``.
"""

import sys
from pathlib import Path

import newsclaims

ARTICLE = Path(__file__).with_name("ia_europeenne.txt")


def main(article: Path = ARTICLE, page: Path = Path("ia_europeenne.html")) -> None:
    """Write the page."""
    text = article.read_text(encoding="utf-8")
    claims = newsclaims.extract_claims(text)
    html = newsclaims.render(text, claims, title=article.stem)
    page.write_text(html, encoding="utf-8", newline="")  # line ends as they are in the text
    print(f"{len(claims)} claims in {page}")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
