"""The workbench of rules, the built-in ones and a user's alike: their sentences, their patterns, what they find."""

from newsclaims.testing.contrast import Kind, Variant, contrast
from newsclaims.testing.coverage import Coverage, Overlap, coverage
from newsclaims.testing.examples import Outcome, Result, check
from newsclaims.testing.lint import Finding, Severity, lint

__all__ = [
    "Coverage",
    "Finding",
    "Kind",
    "Outcome",
    "Overlap",
    "Result",
    "Severity",
    "Variant",
    "check",
    "contrast",
    "coverage",
    "lint",
]
