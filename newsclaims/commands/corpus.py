"""``newsclaims corpus``: a table of the claims of a whole corpus."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tqdm import tqdm  # comes with Stanza

from newsclaims.commands.common import options
from newsclaims.corpus import Fields, Job, run
from newsclaims.errors import InputValueError, NewsclaimsError

_DESCRIPTION = """\
Read a corpus and write its claims as one table. A run that is interrupted, in whatever way, goes on where it stopped
when the same command is given again."""

_EXAMPLES = """\
examples:
  newsclaims corpus news.jsonl --out claims.jsonl
  newsclaims corpus news.csv.gz --text-field body --date-field day --out claims.parquet
  newsclaims corpus articles/ --out claims.csv --workers 8

IN is a .jsonl, .csv, .tsv (all also .gz, .bz2 or .xz) or .parquet file, or a folder of .txt and .md files; OUT is a
.jsonl, .csv or .parquet file. Parquet needs pyarrow: pip install 'newsclaims[parquet]'. Until OUT is whole, what is
done is kept in the folder OUT.parts.

exit codes: 0 all texts read, 1 some could not be read, 2 wrong arguments or input, 130 interrupted."""


def parser() -> argparse.ArgumentParser:
    """Return the parser of the arguments, with what runs them as ``run``."""
    found = argparse.ArgumentParser(
        prog="newsclaims corpus",
        description=_DESCRIPTION,
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        parents=[options()],
    )
    found.add_argument("source", metavar="IN", type=Path, help="a file of texts, or a folder of text files")
    found.add_argument("--out", metavar="OUT", type=Path, required=True, help="the file to write, replaced if there")
    found.add_argument("--text-field", metavar="NAME", default="text", help="field with the text (default: text)")
    found.add_argument("--id-field", metavar="NAME", help="field with its id (default: id if there, else the number)")
    found.add_argument("--date-field", metavar="NAME", help="field with its day of publication (default: none)")
    found.add_argument(
        "--shard", metavar="TEXTS", type=_size, default=200, help="texts that are written at once (default: 200)"
    )
    found.add_argument(
        "--workers", metavar="N", type=_size, default=1, help="processes that read, one a core at most (default: 1)"
    )
    found.add_argument("--restart", action="store_true", help="drop what an interrupted run has left")
    found.set_defaults(run=_run)
    return found


def _size(text: str) -> int:
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number, 1 or more")
    return int(text)


def _run(arguments: argparse.Namespace) -> int:
    job = Job(
        source=arguments.source,
        out=arguments.out,
        fields=Fields(text=arguments.text_field, id=arguments.id_field, date=arguments.date_field),
        published=arguments.published,
        model=arguments.model,
        rules=arguments.rules,
        shard=arguments.shard,
        workers=arguments.workers,
    )
    with tqdm(unit=" texts", disable=None, leave=False) as bar:  # on a terminal only

        def progress(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        try:
            summary = run(job, restart=arguments.restart, progress=progress)
        except NewsclaimsError:  # some of which are an OSError too
            raise
        except OSError as error:  # a full disk, a folder that is not ours to write to
            raise InputValueError(f"{job.out} cannot be written: {error}") from error
    sys.stdout.write(f"{summary}\n")
    return int(bool(summary.errors))
