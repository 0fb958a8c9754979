"""First steps: read a text, and what a claim holds.

Run it with ``python first_steps.py``.
"""

import datetime
import json

import newsclaims

TEXT = """\
L'éditeur lyonnais Orsol a racheté Vega mardi pour 12 millions d'euros.
Selon Le Fil, il envisagerait aussi d'investir dans Nimbao, le grand rival de Ferrix.
La banque Sorel dément vouloir lever 200 millions d'euros.
"""


def main() -> None:
    """Print the claims of a text in several ways."""
    claims = newsclaims.extract_claims(TEXT, published=datetime.date(2025, 3, 13))
    for claim in claims:
        print(type(claim).__name__, "-", claim.evidence.text)

    bid = next(claim for claim in claims if isinstance(claim, newsclaims.AcquisitionBid))
    print([bidder.name for bidder in bid.bidders], "buys", bid.target.name, "for", bid.price.value, bid.price.currency)
    print("on", bid.date.start, "- status:", bid.status)

    # Where it stands in the text, and which rule found it.
    assert TEXT[bid.evidence.start : bid.evidence.end] == bid.evidence.text
    print("characters", bid.evidence.start, "to", bid.evidence.end, "- rule", bid.rule)

    # What is not plainly asserted says so.
    for claim in claims:
        if claim.modality != "asserted" or claim.negated:
            source = claim.source.name if claim.source else "nobody"
            print(f"{claim.evidence.text} ({claim.modality}, negated: {claim.negated}, source: {source})")

    # To JSON and back.
    line = json.dumps(bid.to_dict(), ensure_ascii=False)
    assert newsclaims.from_dict(json.loads(line)) == bid


if __name__ == "__main__":
    main()
