"""newsclaims: the claims that French tech and business news make, typed and traceable.

>>> import newsclaims
>>> [claim] = newsclaims.extract_claims("Salesforce a racheté Slack pour 27,7 milliards de dollars.")
>>> claim.bidders[0].name, claim.target.name, claim.price.value, claim.status.value
('Salesforce', 'Slack', Decimal('27700000000'), 'completed')
"""

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

__version__ = "0.4.0"

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
