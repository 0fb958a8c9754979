"""Fuzzing of what reads files and patterns: nothing but our own errors may come out.

atheris is no dependency: install it with the package into an environment of its own, then give one target and, behind
it, options of libFuzzer:

    pip install atheris . && python tests/fuzz/parsers.py rules -max_total_time=600 -timeout=10

A target is one of ``pattern``, ``rules``, ``conllu`` and ``claim``. An input that breaks a target is kept in a file,
which ``python tests/fuzz/parsers.py rules FILE`` reads again. What was found stands as tests in tests/test_hostile.py.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import atheris

with atheris.instrument_imports(include=["newsclaims", "tomllib"]):
    import tomllib  # noqa: F401 (instrumented before the package imports it)

    from newsclaims import Document, from_dict, load_rules, semgrex
    from newsclaims.claims import Claim, Date, Entity, Money, Percentage, claim_types, slots
    from newsclaims.errors import NewsclaimsError
    from newsclaims.rules import builtin_files

_SENTENCE = Document.from_conllu(
    "1\tOrsol\tOrsol\tPROPN\t_\t_\t2\tnsubj\t_\t_\n"
    "2\trachète\tracheter\tVERB\t_\tMood=Ind|Tense=Pres\t0\troot\t_\t_\n"
    "3\tVega\tVega\tPROPN\t_\t_\t2\tobj\t_\t_\n"
).sentences[0]
_PARTS = (
    *("{}", "{lemma:racheter}=trigger", "{cpos:/NOUN|PROPN/}=bidders", "{ner:MONEY}", "{$}", "!{word:a}", "}=target"),
    *(" >nsubj ", " >/obj|nmod/~r ", " <<", " 2,4>> ", " $++ ", " .. ", " ?>obj ", " !>", "[", "]", "(", ")", " | "),
    *(" : ", " :: uniq a", "@", "morphofeatures:{Tense:Past}", "${names}", "/(a|b)*/", "/[^é]{2,}/", "==", "\\"),
)
_KEYS = (
    *("claim", "lexicon", "unless", "macros", "rule", "slot", "id", "summary", "pattern", "subject", "set", "follows"),
    *("example", "counterexample", "text", "because", "known_miss", "claims", "modality", "status", "kind"),
)
_VALUES = (
    *("AcquisitionBid", "Rivalry", "sports", "planned", "<target>Vega</target>", "trigger", "bidders", "${a}", ""),
    *(True, 1, -1, 10**30, 1.5, float("nan"), None),
)


def pattern(data: atheris.FuzzedDataProvider) -> None:
    """Compile a pattern and look for it."""
    semgrex.compile(_pattern(data)).search(_SENTENCE)


def rules(data: atheris.FuzzedDataProvider) -> None:
    """Load a rule file: one of the package's own with a piece replaced, or one of odd values under known keys."""
    if data.ConsumeBool():
        text = _pick(data, _SEEDS)
        start = data.ConsumeIntInRange(0, len(text))
        text = text[:start] + data.ConsumeUnicodeNoSurrogates(40) + text[start + data.ConsumeIntInRange(0, 40) :]
    else:
        table: dict[str, Any] = {"claim": "AcquisitionBid", **_table(data, 3)}
        table.setdefault("rule", [{"id": "a", "summary": "b", **_table(data, 2), "pattern": _pattern(data)}])
        text = "".join(f"{json.dumps(key)} = {_toml(value)}\n" for key, value in table.items())
    _FILE.write_text(text, encoding="utf-8", newline="")
    load_rules(_FILE)


def conllu(data: atheris.FuzzedDataProvider) -> None:
    """Read CoNLL-U, and read what is written of it again."""
    cells = ["1", "2", "3", "1-2", "2.1", "0", "_", "Orsol", "a=b", "SpaceAfter=No", "# text = a b", "\t", "\n", "\n\n"]
    parts = []
    while data.remaining_bytes():
        parts.append(data.ConsumeUnicode(4) if data.ConsumeProbability() < 0.2 else _pick(data, cells))
        parts.append(_pick(data, ["\t", "\t", "\n", ""]))
    document = Document.from_conllu("".join(parts))
    assert Document.from_conllu(document.to_conllu()) == document


def claim(data: atheris.FuzzedDataProvider) -> None:
    """Bring a claim back from a dictionary that a claim wrote, and somebody else changed."""
    record = json.loads(_pick(data, _CLAIMS))
    for _ in range(data.ConsumeIntInRange(1, 3)):
        place = record
        while True:
            key = _pick(data, list(place))
            if not isinstance(place[key], dict) or not place[key] or data.ConsumeProbability() < 0.3:
                place[key] = _field(data, 3)
                break
            place = place[key]
    found = from_dict(record)
    assert from_dict(json.loads(json.dumps(found.to_dict()))) == found


def _pick(data: atheris.FuzzedDataProvider, values: Sequence[Any]) -> Any:
    return values[data.ConsumeIntInRange(0, len(values) - 1)]


def _pattern(data: atheris.FuzzedDataProvider) -> str:
    parts = []
    for _ in range(data.ConsumeIntInRange(0, 12)):
        parts.append(data.ConsumeUnicode(5) if data.ConsumeProbability() < 0.2 else _pick(data, _PARTS))
    return "".join(parts)


def _value(data: atheris.FuzzedDataProvider, depth: int) -> Any:
    kind = data.ConsumeIntInRange(0, 5 if depth else 3)
    if kind < 3:
        return _pick(data, _VALUES)
    if kind == 3:
        return data.ConsumeUnicodeNoSurrogates(8)
    if kind == 4:
        return [_value(data, depth - 1) for _ in range(data.ConsumeIntInRange(0, 3))]
    return _table(data, depth - 1)


def _table(data: atheris.FuzzedDataProvider, depth: int) -> dict[str, Any]:
    return {_pick(data, _KEYS): _value(data, depth) for _ in range(data.ConsumeIntInRange(0, 5))}


def _field(data: atheris.FuzzedDataProvider, depth: int) -> Any:
    kind = data.ConsumeIntInRange(0, 4 if depth else 1)
    if kind == 0:
        return _pick(data, (*_VALUES, "0.5", "1e9999999", "2024-01-01", "0000-00-00", "organisation", "EUR"))
    if kind == 1:
        return {"start": data.ConsumeIntInRange(-1, 4), "end": data.ConsumeIntInRange(-1, 4), "text": "abcd"[:3]}
    if kind == 2:
        return [_field(data, depth - 1) for _ in range(data.ConsumeIntInRange(0, 3))]
    keys = ("name", "mention", "value", "max", "currency", "qualifier", "per", "start", "end", "precision", "bound")
    return {_pick(data, keys): _field(data, depth - 1) for _ in range(data.ConsumeIntInRange(0, 8))}


def _filled(claim_type: type[Claim]) -> dict[str, Any]:
    """Return a claim as a dictionary, with something in every field."""
    span = {"start": 0, "end": 3, "text": "abc"}
    number = {"value": 1, "qualifier": "about", **span}
    day = {"start": "2024-01-01", "end": None, "precision": "day", "mention": span}
    fillers: dict[type, Any] = {Entity: {"name": "Vega", "mention": span}, Money: number | {"max": 2, "per": "year"}}
    fillers |= {Percentage: number, Date: day, str: "abc"}
    record = {"type": claim_type.__name__, "date": day, "source": fillers[Entity], "rule": "a", "negated": True}
    record |= dict.fromkeys(("evidence", "sentence", "trigger"), span)
    for slot in slots(claim_type).values():
        filler = fillers[slot.kind] if slot.kind in fillers else next(iter(slot.kind)).value
        record[slot.name] = [filler] * (1 + slot.pairwise) if slot.many else filler
    from_dict(record)
    return record


def _toml(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)} = {_toml(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return f"[{', '.join(map(_toml, value))}]"
    return str(value).lower() if isinstance(value, float) else json.dumps(value)


_SEEDS = [file.read_text(encoding="utf-8")[:1500] for file in builtin_files()]
_CLAIMS = [json.dumps(_filled(claim_type)) for claim_type in claim_types().values()]
_FILE = Path(tempfile.mkdtemp()) / "rules.toml"
_TARGETS = {target.__name__: target for target in (pattern, rules, conllu, claim)}


def main() -> None:
    """Fuzz the target that the first argument names."""
    target = _TARGETS[sys.argv.pop(1)]

    def one(data: bytes) -> None:
        try:
            target(atheris.FuzzedDataProvider(data))
        except NewsclaimsError as error:
            str(error)

    atheris.Setup(sys.argv, one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
