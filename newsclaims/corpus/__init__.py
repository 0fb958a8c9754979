"""A corpus in, a table out: texts from files, claims in one file, with interruptions that cost nothing."""

from newsclaims.corpus.shards import Job, Summary, run
from newsclaims.corpus.texts import Fields, read_texts

__all__ = ["Fields", "Job", "Summary", "read_texts", "run"]
