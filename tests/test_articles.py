"""The claims of a fixed set of invented articles: what a change of the rules, the trees or the actors does to them.

Where it does what it should, accept the new state, from the top folder of the project:

    python -m newsclaims --format jsonl tests/articles/*.txt > tests/articles/claims.jsonl
"""

from __future__ import annotations

from pathlib import Path

import newsclaims
from newsclaims import Extractor
from newsclaims.comparison import Located, compare, read_claims

ROOT = Path(__file__).parents[1]
ARTICLES = sorted(ROOT.glob("tests/articles/*.txt"))
ACCEPTED = ROOT / "tests/articles/claims.jsonl"


def test_articles_make_the_accepted_claims(extractor: Extractor) -> None:
    texts = {path.relative_to(ROOT).as_posix(): path.read_bytes().decode() for path in ARTICLES}
    found = [Located(name, claim) for name, text in texts.items() for claim in extractor.extract(text)]

    comparison = compare(read_claims(ACCEPTED), found)

    assert not comparison, f"{comparison}\n{__doc__}"


def test_the_articles_cover_every_type_of_claim() -> None:
    accepted = read_claims(ACCEPTED)

    assert len(ARTICLES) >= 12
    assert {type(item.claim) for item in accepted} == {
        newsclaims.AcquisitionBid,
        newsclaims.FundingRound,
        newsclaims.Investment,
        newsclaims.Rivalry,
    }
