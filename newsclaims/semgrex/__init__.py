"""Semgrex: patterns over dependency trees.

    >>> from newsclaims import semgrex
    >>> pattern = semgrex.compile("{lemma:racheter}=trigger >nsubj {}=bidders >obj {}=target")
    >>> sorted(pattern.names)
    ['bidders', 'target', 'trigger']

The language is that of Stanford CoreNLP, written anew from its published documentation; what differs is
listed in the documentation of this package.
"""

from newsclaims.semgrex.matcher import Match, Pattern, compile

__all__ = ["Match", "Pattern", "compile"]
