"""newsclaims: the claims that French tech and business news make, typed and traceable.

>>> import newsclaims
>>> [claim] = newsclaims.extract_claims("Salesforce a racheté Slack pour 27,7 milliards de dollars.")
>>> claim.bidders[0].name, claim.target.name, claim.price.value, claim.status.value
('Salesforce', 'Slack', Decimal('27700000000'), 'completed')
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from newsclaims import semgrex
    from newsclaims.claims import (
        AcquisitionBid,
        BidStatus,
        Bound,
        Claim,
        Date,
        Entity,
        EntityKind,
        FundingRound,
        Investment,
        Modality,
        Money,
        Per,
        Percentage,
        Precision,
        Qualifier,
        Rivalry,
        RivalryKind,
        Series,
        from_dict,
    )
    from newsclaims.errors import (
        ConlluError,
        InputTypeError,
        InputValueError,
        LexiconError,
        MissingDependencyError,
        ModelError,
        ModelNotFoundError,
        NewsclaimsError,
        PatternError,
        RuleError,
        WorkerError,
    )
    from newsclaims.explanation import Explanation, Verdict
    from newsclaims.extractor import Extractor, extract_claims, why_not
    from newsclaims.mentions.dates import find_dates
    from newsclaims.mentions.money import find_money
    from newsclaims.mentions.percentages import find_percentages
    from newsclaims.rules import Rules, builtin_rules, load_rules
    from newsclaims.spans import Span
    from newsclaims.tree import Document, Sentence, Word
    from newsclaims.viewer import Markup, render, render_graph

__version__ = "0.8.0"

__all__ = [
    "AcquisitionBid",
    "BidStatus",
    "Bound",
    "Claim",
    "ConlluError",
    "Date",
    "Document",
    "Entity",
    "EntityKind",
    "Explanation",
    "Extractor",
    "FundingRound",
    "InputTypeError",
    "InputValueError",
    "Investment",
    "LexiconError",
    "Markup",
    "MissingDependencyError",
    "Modality",
    "ModelError",
    "ModelNotFoundError",
    "Money",
    "NewsclaimsError",
    "PatternError",
    "Per",
    "Percentage",
    "Precision",
    "Qualifier",
    "Rivalry",
    "RivalryKind",
    "RuleError",
    "Rules",
    "Sentence",
    "Series",
    "Span",
    "Verdict",
    "Word",
    "WorkerError",
    "builtin_rules",
    "extract_claims",
    "find_dates",
    "find_money",
    "find_percentages",
    "from_dict",
    "load_rules",
    "render",
    "render_graph",
    "semgrex",
    "why_not",
]

# Where the names are. Their modules are imported when they are first asked for, so that the import of the package costs
# next to nothing.
_MODULES = {
    "claims": (
        "AcquisitionBid",
        "BidStatus",
        "Bound",
        "Claim",
        "Date",
        "Entity",
        "EntityKind",
        "FundingRound",
        "Investment",
        "Modality",
        "Money",
        "Per",
        "Percentage",
        "Precision",
        "Qualifier",
        "Rivalry",
        "RivalryKind",
        "Series",
        "from_dict",
    ),
    "errors": (
        "ConlluError",
        "InputTypeError",
        "InputValueError",
        "LexiconError",
        "MissingDependencyError",
        "ModelError",
        "ModelNotFoundError",
        "NewsclaimsError",
        "PatternError",
        "RuleError",
        "WorkerError",
    ),
    "explanation": ("Explanation", "Verdict"),
    "extractor": ("Extractor", "extract_claims", "why_not"),
    "mentions.dates": ("find_dates",),
    "mentions.money": ("find_money",),
    "mentions.percentages": ("find_percentages",),
    "rules": ("Rules", "builtin_rules", "load_rules"),
    "spans": ("Span",),
    "tree": ("Document", "Sentence", "Word"),
    "viewer": ("Markup", "render", "render_graph"),
}
_HOMES = {name: module for module, names in _MODULES.items() for name in names}


def __getattr__(name: str) -> Any:
    """Import what is asked for: a name of the package, or one of its modules."""
    if name in _HOMES:
        found = globals()[name] = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
        return found
    if not name.startswith("_") and find_spec(f"{__name__}.{name}") is not None:
        return import_module(f"{__name__}.{name}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    """Return the names of the package."""
    return sorted({*globals(), *__all__})
