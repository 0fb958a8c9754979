"""Lint: what in a rule file can never hold, says the same twice or is used by nothing."""

from __future__ import annotations

import os
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import attrs
import regex

from newsclaims.lexicon import load
from newsclaims.rules import MACRO, Rule, Rules, builtin_files, builtin_rules, load_rules, shared_macros
from newsclaims.semgrex import syntax
from newsclaims.semgrex.parser import read

_LIST = regex.compile(r"/([^/\\()\[\]{}]++)/")  # /a|b|c/, without groups


class Severity(StrEnum):
    """How much a finding matters."""

    ERROR = "error"  # part of a rule can never do anything
    WARNING = "warning"  # the file could be simpler


@attrs.frozen
class Finding:
    """Something to mend in a rule file.

    Attributes:
        file: the file.
        rule: id of the rule, empty when it concerns the file.
        severity: error or warning.
        message: what is wrong, where and what to do.
    """

    file: str
    rule: str
    severity: Severity
    message: str

    def __str__(self) -> str:
        """Return the finding on one line."""
        place = f"{self.file}: {self.rule}" if self.rule else self.file
        return f"{place}: {self.severity}: {self.message}"


def lint(path: str | os.PathLike[str] | None = None) -> list[Finding]:
    """Return what should be mended in a rule file that can be loaded.

    Errors are relations that French trees never have, and alternatives that an earlier one leaves nothing to find.
    Warnings are alternatives listed twice, macros that nothing uses or that hide one of the package, and patterns
    that two rules have.

    Args:
        path: the file, None for the grammar inside the package.

    Raises:
        RuleError: the file cannot be loaded.
    """
    if path is not None:
        return list(_lint(Path(path), str(path), load_rules(path)))
    by_id = {rule.id: rule for rule in builtin_rules()}
    found: list[Finding] = []
    used: set[str] = set()
    for file in builtin_files():
        data = tomllib.loads(file.read_text(encoding="utf-8"))
        records = [*data.get("rule", ()), *data.get("slot", ())]
        found += _lint(file, file.name, Rules(by_id[record["id"]] for record in records))
        used |= _used(data, shared_macros())
    unused = sorted(shared_macros().keys() - used)
    return [*found, *(_unused("_macros.toml", name) for name in unused)]


def _lint(file: Traversable, name: str, rules: Rules) -> Iterator[Finding]:
    data = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    macros: Mapping[str, str] = data.get("macros", {})
    for macro in sorted(macros.keys() - _used(data, macros)):
        yield _unused(name, macro)
    for macro in sorted(macros.keys() & shared_macros().keys()):
        yield Finding(name, "", Severity.WARNING, f"the macro ${{{macro}}} hides the one that all files have")
    patterns: dict[str, str] = {}
    for rule in rules:
        for severity, message in _lint_pattern(rule):
            yield Finding(name, rule.id, severity, f"pattern: {message}")
        first = patterns.setdefault(rule.pattern.pattern, rule.id)
        if first != rule.id:
            yield Finding(name, rule.id, Severity.WARNING, f"has the pattern of {first}")


def _unused(file: str, macro: str) -> Finding:
    return Finding(file, "", Severity.WARNING, f"no pattern uses the macro ${{{macro}}}: drop it")


def _used(data: Mapping[str, Any], macros: Mapping[str, str]) -> set[str]:
    """Return the macros that the patterns of a file insert, directly or inside others."""
    every = {**macros, **data.get("macros", {})}
    pending = [record["pattern"] for section in ("rule", "slot") for record in data.get(section, ())]
    used: set[str] = set()
    while pending:
        inserted = set(MACRO.findall(pending.pop())) - used
        used |= inserted
        pending += [every[name] for name in inserted if name in every]
    return used


def _lint_pattern(rule: Rule) -> Iterator[tuple[Severity, str]]:
    text = rule.pattern.pattern
    for listed in _LIST.finditer(text):
        twice = [word for word, times in Counter(listed[1].split("|")).items() if times > 1]
        if twice:
            yield Severity.WARNING, f"listed twice: {', '.join(twice)}"
    for anchor in read(text).anchors:
        for part in _walk(anchor):
            match part:
                case syntax.Relation(label=syntax.Value() as label, place=place):
                    yield from _unknown_relations(label, _cut(text, place))
                case syntax.Attribute(name="deprel", value=value, place=place):
                    yield from _unknown_relations(value, _cut(text, place))
                case syntax.Or(parts) | syntax.Node(alternatives=parts) if parts:
                    yield from _unreachable(parts, text)


def _cut(text: str, place: syntax.Place, width: int = 60) -> str:
    found = text[slice(*place)]
    return found if len(found) <= width else found[: width - 1] + "…"


_Part = syntax.Node | syntax.Attribute | syntax.Formula


def _walk(part: _Part) -> Iterator[_Part]:
    """Yield a part of a pattern and all parts inside it."""
    yield part
    inside: Iterable[_Part] = ()
    match part:
        case syntax.Node():
            placed = (attrs.evolve(a, place=part.place_of(a)) for a in part.attributes)
            inside = (*placed, *part.alternatives, *([part.relations] if part.relations else ()))
        case syntax.Relation(target=target):
            inside = (target,)
        case syntax.And(parts) | syntax.Or(parts):
            inside = parts
        case syntax.Not(inner) | syntax.Optional(inner):
            inside = (inner,)
    for one in inside:
        yield from _walk(one)


def _unknown_relations(label: syntax.Value, where: str) -> Iterator[tuple[Severity, str]]:
    """Yield what a label lists that no French tree has."""
    known = load("relations")["relations"]
    for name in sorted(label.literals or ()):
        if name not in known:
            kinds = [relation for relation in known if relation.startswith(f"{name}:")]
            hint = f", only {', '.join(kinds)}: write /{name}.*/" if kinds else ""
            yield Severity.ERROR, f"French trees have no relation {name!r}{hint} (in {where})"
    if label.expression is not None and not any(map(label.test(), known)):
        yield Severity.ERROR, f"no relation of French trees fits /{label.expression.pattern}/ (in {where})"


def _unreachable(
    parts: tuple[syntax.Formula, ...] | tuple[syntax.Node, ...], text: str
) -> Iterator[tuple[Severity, str]]:
    for number, part in enumerate(parts):
        for earlier in parts[:number]:
            if _covers(earlier, part) and _names(part) <= _names(earlier):
                shown = " … ".join(_cut(text, one) for one in (_place(earlier), _place(part)))
                yield Severity.ERROR, f"the second alternative finds nothing that the first does not: {shown}"
                break


def _place(part: syntax.Node | syntax.Formula) -> syntax.Place:
    match part:
        case syntax.And(parts):
            return _place(parts[0])[0], _place(parts[-1])[1]
        case syntax.Optional(inner):
            return _place(inner)
    return part.place


def _names(part: _Part) -> set[str]:
    """Return the names that a part of a pattern can bind."""
    names = set()
    for one in _walk(part):
        if isinstance(one, syntax.Node) and one.name:
            names.add(one.name)
        elif isinstance(one, syntax.Relation):
            names |= {f"~{one.label_name}", f"={one.edge_name}"}
    return names


def _covers(a: _Part | None, b: _Part | None) -> bool:
    """Return whether it can be seen that the first part holds wherever the second one does."""
    if a is None or a == b:
        return True
    match a, b:
        case syntax.And(parts), _:
            return all(_covers(part, b) for part in parts)
        case _, syntax.And(parts):
            return any(_covers(a, part) for part in parts)
        case syntax.Or(parts), _:
            return any(_covers(part, b) for part in parts)
        case syntax.Relation(), syntax.Relation():
            same = (a.operator, a.distance, a.label_name, a.edge_name) == (
                b.operator,
                b.distance,
                b.label_name,
                b.edge_name,
            )
            return same and _admits(a.label, b.label) and _covers(a.target, b.target)
        case syntax.Node(), syntax.Node():
            return _covers_node(a, b)
    return False


def _covers_node(a: syntax.Node, b: syntax.Node) -> bool:
    if a.negated or b.negated or a.alternatives or b.alternatives or a.name != b.name:
        return False
    return (
        a.root <= b.root
        and a.empty <= b.empty
        and set(a.features) <= set(b.features)
        and all(any(_implied(mine, theirs) for theirs in b.attributes) for mine in a.attributes)
        and _covers(a.relations, b.relations)
    )


def _implied(a: syntax.Attribute, b: syntax.Attribute) -> bool:
    if a == b:
        return True
    return a.name == b.name and not a.negated and not b.negated and _admits(a.value, b.value)


def _admits(a: syntax.Value | None, b: syntax.Value | None) -> bool:
    """Return whether it can be seen that the first value lets all pass that the second one does."""
    if a is None or a == b:
        return True
    return b is not None and b.literals is not None and all(map(a.test(), b.literals))
