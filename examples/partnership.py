"""A claim type of one's own: partnerships, with three rules, read together with the built-in types.

Run it from this folder, ``python partnership.py``, and try its rules with
``newsclaims rules check partnership.toml --import partnership.py``.
"""

from pathlib import Path

import attrs

import newsclaims


@attrs.frozen(kw_only=True)
class Partnership(newsclaims.Claim):
    """Two companies or more work together.

    Attributes:
        partners: who works together.
        purpose: what for, as the text says it.
        amount: what they put into it.
    """

    partners: tuple[newsclaims.Entity, ...] = attrs.field(metadata={"pairwise": True, "named": True})
    purpose: str | None = None
    amount: newsclaims.Money | None = None


RULES = Path(__file__).with_suffix(".toml")
TEXT = """\
L'éditeur Orsol s'est associé à Vega pour concevoir des batteries. Nimbao et Ferrix pourraient nouer un partenariat.
Luma a racheté Calypse pour 12 millions d'euros.
"""


def main() -> None:
    """Print the claims of a text, a line each."""
    rules = newsclaims.builtin_rules() + newsclaims.load_rules(RULES)
    for claim in newsclaims.Extractor(rules=rules).extract(TEXT):
        assert newsclaims.from_dict(claim.to_dict()) == claim  # as for every claim type
        print(f"{type(claim).__name__} ({claim.modality}, {claim.rule}): {claim.evidence.text}")


if __name__ == "__main__":
    main()
