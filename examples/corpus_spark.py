"""Read a corpus with Spark, with two workers on this machine.

Run it from this folder: ``python corpus_spark.py``. It needs Java and ``pip install 'newsclaims[spark]'``. For a
cluster, leave out ``master`` and give the file to ``spark-submit``.
"""

import os
import sys

import pandas
from pyspark.sql import SparkSession

from newsclaims.dataframe import claims_frame, schema

os.environ["OMP_NUM_THREADS"] = "1"  # one thread a worker: more get in each other's way
os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
ARTICLES = [
    ("a1", "2025-03-11", "L'éditeur Orsol a racheté Vega pour 12 millions d'euros mardi."),
    ("a2", "2025-03-11", "Luma a levé 3 millions d'euros auprès de Vauban Ventures."),
    ("a3", "2025-03-12", "Nimbao est le principal rival de Ferrix."),
    ("a4", "2025-03-12", "Ferrix a investi 2 millions d'euros dans Luma."),
]


def claims() -> pandas.DataFrame:
    """Return the claims of the articles, read by two workers."""
    spark = (
        SparkSession.builder.master("local[2]")
        .config("spark.executorEnv.OMP_NUM_THREADS", "1")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "200")  # texts that a worker holds at once
        .config("spark.ui.enabled", "false")
        .getOrCreate()
    )
    try:
        # A corpus of many files: spark.read.parquet("articles/").
        articles = spark.createDataFrame(ARTICLES, ["id", "day", "text"]).repartition(2)
        found = articles.mapInPandas(lambda frames: claims_frame(frames, published="day"), schema())
        rows: pandas.DataFrame = found.orderBy("text_id", "start").toPandas()
        return rows
    finally:
        spark.stop()


if __name__ == "__main__":
    print(claims()[["text_id", "type", "evidence"]].to_string())
