"""Claims in data frames: of pandas, and through it of Dask, Spark and Ray.

`claims_frame` takes a frame of texts and returns the frame of their claims. It is what each of these engines calls on a
part of its data, in its own workers:

* pandas: ``claims_frame(articles)``
* Dask: ``articles.map_partitions(claims_frame, meta=empty())``
* Spark: ``articles.mapInPandas(claims_frame, schema())``
* Ray: ``articles.map_batches(claims_frame, batch_format="pandas")``
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar, cast

from newsclaims.batch import Text, day, read_each
from newsclaims.claims import AcquisitionBid, Claim, FundingRound, Investment, Rivalry
from newsclaims.comparison import Located
from newsclaims.errors import InputValueError, MissingDependencyError
from newsclaims.extractor import Extractor
from newsclaims.rules import load_rules
from newsclaims.table import Cell, Kind, columns, row

if TYPE_CHECKING:
    import pandas

_TYPES = (AcquisitionBid, FundingRound, Investment, Rivalry)
_DTYPES = {Kind.STRING: "string", Kind.DOUBLE: "float64", Kind.BOOLEAN: "bool", Kind.LONG: "int64"}
_LOADING = Lock()
_LOGGER = logging.getLogger(__name__)
_Frames = TypeVar("_Frames")  # a frame, or an iterator of frames: what comes in goes out


def to_dataframe(claims: Iterable[Claim | Located]) -> pandas.DataFrame:
    """Return claims as a frame, a row a claim, with the columns of `newsclaims.table.columns`.

    Args:
        claims: claims, or what `read_claims` returns, whose texts become the column ``text_id``.

    Returns:
        The frame, with the columns of the built-in claim types and of those among the claims. Text has the dtype
        ``string``, amounts ``float64``, ``negated`` ``bool``, ``start`` and ``end`` ``int64``.

    Raises:
        MissingDependencyError: pandas is not installed.
    """
    located = [(claim.text, claim.claim) if isinstance(claim, Located) else (None, claim) for claim in claims]
    return _frame([row(text, claim) for text, claim in located], {type(claim) for _, claim in located})


def claims_frame(
    df: _Frames,
    *,
    text: str = "text",
    id: str | None = "id",
    published: str | None = None,
    model: str | None = None,
    rules: str | None = None,
) -> _Frames:
    """Return the claims of the texts of a frame, a row a claim, with the columns of `schema`.

    A text that is missing gives no row; nor does one that cannot be read, or whose day cannot, which is logged. Model
    and rules are loaded by the first call of a process that has a text, and kept for the later ones.

    Args:
        df: a frame with a row a text; or an iterator of such frames, as Spark gives it, then the frames of claims are
            returned one by one.
        text: the column of the texts.
        id: the column of their ids, which become ``text_id``, as text; None for the index of the frame.
        published: the column of the days of publication: dates, times or text that starts with YYYY-MM-DD.
        model: a directory with a model, ``"stanza"``, or None for the model inside the package.
        rules: a file of rules, or None for the package's own. Modules that define claim classes for them must have
            been imported, in the workers too.

    Raises:
        InputValueError: there is no such column, or the rules or the model cannot be used.
        MissingDependencyError: pandas is not installed.
    """
    given: Any = df
    chosen = (text, id, published, model, rules)
    found: Any = _read(given, *chosen) if hasattr(given, "columns") else (_read(frame, *chosen) for frame in given)
    return cast("_Frames", found)


def schema(rules: str | None = None) -> str:
    """Return the columns that `claims_frame` returns, as Spark reads them: ```text_id` string, `type` string, …``."""
    return ", ".join(f"`{name}` {kind}" for name, kind in columns(_types(rules)).items())


def empty(rules: str | None = None) -> pandas.DataFrame:
    """Return what `claims_frame` returns when there is no claim: the ``meta`` of Dask."""
    return _frame([], _types(rules))


def _read(
    df: Any, text: str, id: str | None, published: str | None, model: str | None, rules: str | None
) -> pandas.DataFrame:
    if missing := [name for name in (text, id, published) if name is not None and name not in df.columns]:
        raise InputValueError(
            f"no column {', '.join(map(repr, missing))} in the frame; its columns: {', '.join(map(str, df.columns))}"
        )
    texts = list(_texts(df, text, id, published))
    if not texts:
        return empty(rules)
    with _LOADING:
        extractor = _extractor(model, rules)
    found = read_each(extractor, texts)
    return _frame([row(source.id, claim) for source, claims in found for claim in claims or ()], _types(rules))


def _texts(df: Any, text: str, id: str | None, published: str | None) -> Iterator[Text]:
    def cells(name: str) -> list[Any]:
        known = df[name].astype(object)
        return list(known.where(known.notna(), None))

    ids = df.index if id is None else cells(id)
    days = [None] * len(df) if published is None else cells(published)
    for name, content, date in zip(ids, cells(text), days, strict=True):
        if content is not None:
            try:
                yield Text(str(name), content, day(date))
            except InputValueError as error:
                _LOGGER.warning("%s: not read: %s", name, error)


def _frame(rows: list[dict[str, Cell]], types: Iterable[type[Claim]]) -> pandas.DataFrame:
    pd = _pandas()
    dtypes = {name: _DTYPES[kind] for name, kind in columns({*_TYPES, *types}).items()}
    frame: pandas.DataFrame = pd.DataFrame(rows, columns=list(dtypes)).astype(dtypes)
    return frame


@cache
def _extractor(model: str | None, rules: str | None) -> Extractor:
    return Extractor(model, None if rules is None else load_rules(rules))


@cache
def _types(rules: str | None) -> frozenset[type[Claim]]:
    own = () if rules is None else load_rules(rules)
    return frozenset(_TYPES).union(rule.claim_type for rule in own)


def _pandas() -> Any:
    try:
        import pandas
    except ImportError as error:
        raise MissingDependencyError("data frames need pandas: pip install 'newsclaims[dataframe]'") from error
    return pandas
