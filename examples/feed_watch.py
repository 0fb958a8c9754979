"""Watch feeds: RSS and Atom files into a table of SQLite, each run adding the claims that are new.

Run it from this folder, twice: ``python feed_watch.py claims.db feeds/tech.rss feeds/affaires.atom``. Fetch the files
however you like, with ``curl -sO`` from cron for instance. Beside newsclaims it needs the standard library only.
"""

import datetime
import email.utils
import hashlib
import sqlite3
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from contextlib import closing
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple

import newsclaims
from newsclaims.table import columns, row

COLUMNS = columns(rule.claim_type for rule in newsclaims.builtin_rules())


class Article(NamedTuple):
    """An entry of a feed, as plain text."""

    id: str
    text: str
    published: datetime.date | None


class _Text(HTMLParser):
    """Collects the text of a piece of HTML, a paragraph a line."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.text += "\n" if tag in {"p", "br", "li", "div", "h1", "h2", "h3"} else ""

    def handle_data(self, data: str) -> None:
        self.text += data


def plain(html: str) -> str:
    """Return HTML as text: its tags out, its entities read."""
    reader = _Text()
    reader.feed(html)
    reader.close()
    lines = (" ".join(line.split()) for line in reader.text.splitlines())
    return "\n".join(line for line in lines if line)


def articles(feed: Path) -> Iterator[Article]:
    """Yield the entries of an RSS or Atom file."""
    for entry in ElementTree.parse(feed).iter():
        if entry.tag.endswith(("item", "entry")):
            # An Atom tag is « {http://www.w3.org/2005/Atom}title », an RSS tag « title ».
            fields = {child.tag.rpartition("}")[2]: "".join(child.itertext()) for child in entry}
            body = (
                fields.get("encoded")
                or fields.get("content")
                or fields.get("summary")
                or fields.get("description")
                or ""
            )
            id_ = fields.get("id") or fields.get("guid") or fields.get("link") or fields.get("title", "")
            yield Article(id_, f"{plain(fields.get('title', ''))}\n\n{plain(body)}", _day(fields))


def _day(fields: dict[str, str]) -> datetime.date | None:
    """Return the day on which an entry came out: « mardi » is reckoned from it."""
    try:
        if "pubDate" in fields:
            return email.utils.parsedate_to_datetime(fields["pubDate"]).date()
        return datetime.date.fromisoformat((fields.get("published") or fields.get("updated", ""))[:10])
    except ValueError:
        return None


def watch(database: sqlite3.Connection, feeds: list[Path]) -> Iterator[newsclaims.Claim]:
    """Yield the claims of articles not read before, or changed since, and keep them in the table ``claims``."""
    kinds = ", ".join(f'"{name}" {kind}' for name, kind in COLUMNS.items())
    database.execute(f"CREATE TABLE IF NOT EXISTS claims ({kinds}, UNIQUE (text_id, type, evidence))")
    database.execute("CREATE TABLE IF NOT EXISTS articles (id TEXT PRIMARY KEY, hash TEXT)")
    for feed in feeds:
        for article in articles(feed):
            hash_ = hashlib.sha256(article.text.encode()).hexdigest()
            if database.execute("SELECT 1 FROM articles WHERE id = ? AND hash = ?", (article.id, hash_)).fetchone():
                continue
            for claim in newsclaims.extract_claims(article.text, article.published):
                cells = row(article.id, claim)
                names = ", ".join(f'"{name}"' for name in cells)
                marks = ", ".join("?" * len(cells))
                added = database.execute(f"INSERT OR IGNORE INTO claims ({names}) VALUES ({marks})", [*cells.values()])
                if added.rowcount:
                    yield claim
            database.execute("INSERT OR REPLACE INTO articles VALUES (?, ?)", (article.id, hash_))
            database.commit()


def main(path: str, *feeds: str) -> None:
    """Print the new claims of some feeds."""
    with closing(sqlite3.connect(path)) as database:
        number = 0
        for claim in watch(database, [Path(feed) for feed in feeds]):
            number += 1
            print(f"{type(claim).__name__}: {claim.evidence.text}")
        print(f"{number} new claims")


if __name__ == "__main__":
    main(*sys.argv[1:])
