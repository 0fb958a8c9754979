"""Rules of one's own: a construction that the grammar does not know, read beside the rules of the package.

Run it with ``python own_rules.py``, and try the rules with ``newsclaims rules check own_rules.toml``.
"""

from pathlib import Path

import newsclaims

RULES = Path(__file__).with_suffix(".toml")
TEXT = "L'éditeur Vega s'est adossé au groupe Orsol. L'adossement de Nimbao à Ferrix n'est pas confirmé."


def main() -> None:
    """Print what is found without the rules and with them."""
    builtin = newsclaims.builtin_rules()
    for name, rules in (("without", builtin), ("with", builtin + newsclaims.load_rules(RULES))):
        print(f"{name} the rules of own_rules.toml:")
        for claim in newsclaims.Extractor(rules=rules).extract(TEXT):
            assert isinstance(claim, newsclaims.AcquisitionBid)
            print(f"  {claim.bidders[0].name} buys {claim.target.name} ({claim.rule}): {claim.evidence.text}")


if __name__ == "__main__":
    main()
