"""Read a corpus with Dask, on a cluster of two processes on this machine.

Run it from this folder: ``python corpus_dask.py``. It needs ``pip install 'newsclaims[dask]'``. For a cluster of many
machines, give `Client` the address of its scheduler.
"""

import os

import dask.dataframe
import pandas
from dask.distributed import Client, LocalCluster

from newsclaims.dataframe import claims_frame, empty

os.environ["OMP_NUM_THREADS"] = "1"  # one thread a worker: more get in each other's way
ARTICLES = [
    ("a1", "2025-03-11", "L'éditeur Orsol a racheté Vega pour 12 millions d'euros mardi."),
    ("a2", "2025-03-11", "Luma a levé 3 millions d'euros auprès de Vauban Ventures."),
    ("a3", "2025-03-12", "Nimbao est le principal rival de Ferrix."),
    ("a4", "2025-03-12", "Ferrix a investi 2 millions d'euros dans Luma."),
]


def claims() -> pandas.DataFrame:
    """Return the claims of the articles, read by two workers."""
    frame = pandas.DataFrame(ARTICLES, columns=["id", "day", "text"])
    # A corpus of many files: dask.dataframe.read_parquet("articles/*.parquet").
    articles = dask.dataframe.from_pandas(frame, npartitions=2)
    with (
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        Client(cluster),
    ):
        found: pandas.DataFrame = articles.map_partitions(claims_frame, published="day", meta=empty()).compute()
    return found.reset_index(drop=True)


if __name__ == "__main__":  # each worker imports this file
    print(claims()[["text_id", "type", "evidence"]].to_string())
