"""The workbench of rules, the built-in ones and a user's alike: their examples, their texts, what they are made of."""

from newsclaims.testing.examples import Outcome, Result, check

__all__ = ["Outcome", "Result", "check"]
