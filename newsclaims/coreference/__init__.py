"""Coreference: which actor a word of a sentence stands for.

A light resolver for the press, without training: names are clustered by their form; pronouns, possessives and
definite descriptions take the most salient compatible antecedent (subject before other roles, near before far,
agreement in gender and number, agreement of what is said of it), in the line of Lappin & Leass (1994) and
of the centering literature.
"""

from newsclaims.coreference.discourse import Discourse
from newsclaims.coreference.reasons import Because, Step

__all__ = ["Because", "Discourse", "Step"]
