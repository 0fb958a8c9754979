"""Semgrex: patterns over dependency trees.

    >>> from newsclaims import semgrex
    >>> pattern = semgrex.compile("{lemma:racheter}=trigger >nsubj {}=bidders >obj {}=target")
    >>> sorted(pattern.names)
    ['bidders', 'target', 'trigger']

A pattern searches sentences and documents, of newsclaims or of Stanza. The language is that of Stanford CoreNLP 4.5.10,
written anew after its published documentation and grammar; what differs is listed in the documentation of this package.
"""

from newsclaims.semgrex.diagnosis import Failure, Reason
from newsclaims.semgrex.graphs import Aligned, Graph, sentences
from newsclaims.semgrex.matcher import Edge, Match, Pattern, compile, load

__all__ = ["Aligned", "Edge", "Failure", "Graph", "Match", "Pattern", "Reason", "compile", "load", "sentences"]
