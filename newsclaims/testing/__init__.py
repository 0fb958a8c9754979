"""The workbench of rules, the built-in ones and a user's alike: their sentences, their patterns, what they find."""

from newsclaims.testing.examples import Outcome, Result, check
from newsclaims.testing.lint import Finding, Severity, lint

__all__ = ["Finding", "Outcome", "Result", "Severity", "check", "lint"]
