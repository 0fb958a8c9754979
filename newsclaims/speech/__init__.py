"""Reported speech: who says what a word of a sentence belongs to.

Only the tree and the word order are read here; whom a speaker's pronoun or description stands for is settled
later, with all other mentions.
"""

from newsclaims.speech.reports import (
    Report,
    cited,
    quoted_report,
    report_of,
    reporters,
    reports_of,
    speaking,
    speaks_unnamed,
)
from newsclaims.speech.verbs import is_completive, lets_know, subject_beside, verbs_of_speech

__all__ = [
    "Report",
    "cited",
    "is_completive",
    "lets_know",
    "quoted_report",
    "report_of",
    "reporters",
    "reports_of",
    "speaking",
    "speaks_unnamed",
    "subject_beside",
    "verbs_of_speech",
]
