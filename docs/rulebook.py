"""The rulebook: directives that draw the rules of the grammar, as they are when the documentation is built.

``{rulebook} Rivalry`` gives each rule of a claim type a section, with its pattern as a tree, its examples with their
roles in colour and its counterexamples. ``{known-misses}`` lists what rules are known to get wrong. Neither needs the
model. ``{ref}`rivalry.son-rival` `` leads to a rule.
"""

from __future__ import annotations

import re
import tomllib
from collections import ChainMap
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import attrs
from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from newsclaims import builtin_rules
from newsclaims.claims import claim_types, slots
from newsclaims.errors import PatternError
from newsclaims.rules import MACRO, Counterexample, Rule, builtin_files, shared_macros
from newsclaims.semgrex import syntax
from newsclaims.semgrex.parser import read
from newsclaims.viewer.markup import palette

_MARK = re.compile(r"<(/?)([a-z_]+)>")
_SIGNS = {"example": "✓", "counterexample": "✗"}
_FOLDED = 14  # rows of a tree that are shown without being asked for
_SHOWN = 8  # words of a list that are
_PART = 5  # rows from which on what a macro stands for is drawn once for all rules
# What a relation says of the word on its left, with its label and without.
_SAID = {
    ">": ("has {}", "has a dependent"),
    "<": ("is {} of", "depends on"),
    "<>": ("is joined as {} to", "is joined to"),
    ">>": ("has below it, as {},", "has below it"),
    "<<": ("stands, as {}, below", "stands below"),
    ">++": ("has on its right {}", "has on its right"),
    ">--": ("has on its left {}", "has on its left"),
    "<++": ("is {} of, on its right,", "depends on, on its right,"),
    "<--": ("is {} of, on its left,", "depends on, on its left,"),
    "==": ("", "is itself"),
    ".": ("", "is followed by"),
    "-": ("", "follows"),
    "..": ("", "comes before"),
    "--": ("", "comes after"),
    "$+": ("", "is followed by its sibling"),
    "$-": ("", "follows its sibling"),
    "$++": ("", "comes before its sibling"),
    "$--": ("", "comes after its sibling"),
}


class Rulebook(SphinxDirective):
    """``{rulebook} TYPE``: the rules of a claim type, a section each."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the slots and their colours, then the sections."""
        name = self.arguments[0]
        claim_type = claim_types()[name]
        found = [rule for rule in builtin_rules() if rule.claim_type is claim_type]
        _depend(self)
        legend = nodes.paragraph("", "Roles: ")
        for slot in slots(claim_type):
            legend += [nodes.inline("", slot, classes=["role", _colour(claim_type, slot)]), nodes.Text(" ")]
        shown: list[nodes.Node] = [legend]
        if domains := sorted(
            {domain for file in _files() if file["claim"] == name for domain in file.get("unless", ())}
        ):
            shown.append(nodes.paragraph("", f"No claim is read in sentences about: {', '.join(domains)}."))
        shown += [self._section(rule) for rule in found]
        if parts := [self._part(claim_type, part) for part in _used(claim_type, shown)]:
            told = "What macros stand for in the patterns above, those of five rows and more."
            section = self._titled("Parts of patterns", f"{name}-parts")
            shown.append(section)
            section += [nodes.paragraph("", told), *parts]
        return shown

    def _titled(self, title: str, name: str) -> nodes.section:
        """Return a section that is found by a name."""
        anchor = nodes.make_id(name)
        self.env.domains.standard_domain.note_hyperlink_target(name.lower(), self.env.docname, anchor, title)
        return nodes.section("", nodes.title("", title), ids=[anchor], names=[name.lower()])

    def _section(self, rule: Rule) -> nodes.section:
        section = self._titled(rule.id, rule.id)
        section += nodes.paragraph("", rule.summary, classes=["summary"], language="fr")
        if said := "; ".join(_said(rule)):
            section += nodes.paragraph("", f"{said}.")
        record = _records()[rule.id]
        rows = [_node(anchor, rule.claim_type) for anchor in read(rule.pattern.pattern).anchors]
        section += _pattern(_shared(rows, rule.claim_type), record["pattern"])
        section += nodes.bullet_list("", *_examples(rule, record), classes=["sentences"])
        return section

    def _part(self, claim_type: type[Any], part: _Part) -> nodes.section:
        section = self._titled(part.name, part.anchor)
        [row] = _part_rows(claim_type, part.written)
        section += _pattern([_opened(row, claim_type)], part.written)
        return section


class KnownMisses(SphinxDirective):
    """``{known-misses}``: the examples and counterexamples that the grammar marks as such."""

    def run(self) -> list[nodes.Node]:
        """Return a list of them, with the rules that they belong to."""
        _depend(self)
        items = []
        for rule in builtin_rules():
            for sentence in rule.sentences:
                if sentence.known_miss:
                    link = addnodes.pending_xref(
                        "",
                        nodes.inline("", rule.id),
                        refdomain="std",
                        reftype="ref",
                        reftarget=rule.id.lower(),
                        refexplicit=True,
                        refwarn=True,
                    )
                    sign = _sign("counterexample") if isinstance(sentence, Counterexample) else []
                    text = _marked(_record_of(rule, sentence.text), rule)
                    items.append(_item(*sign, *text, nodes.Text(f" — {sentence.known_miss} ("), link, nodes.Text(")")))
        return [nodes.bullet_list("", *items, classes=["sentences"])] if items else [nodes.paragraph("", "None.")]


# the grammar as it is written -----------------------------------------------------------------------------------


@cache
def _files() -> list[dict[str, Any]]:
    return [tomllib.loads(file.read_text(encoding="utf-8")) for file in builtin_files()]


@cache
def _records() -> Mapping[str, dict[str, Any]]:
    """Return the records of the grammar by id: sentences with their marks, patterns with their macros."""
    return {record["id"]: record for file in _files() for key in ("rule", "slot") for record in file.get(key, ())}


def _record_of(rule: Rule, text: str) -> str:
    """Return a sentence of a rule with its marks."""
    record = _records()[rule.id]
    written = [sentence["text"] for key in ("example", "counterexample") for sentence in record.get(key, ())]
    return next(marked for marked in written if _MARK.sub("", marked) == text)


def _depend(directive: SphinxDirective) -> None:
    for file in (*map(str, builtin_files()), __file__):
        directive.env.note_dependency(file)


# a rule in words ------------------------------------------------------------------------------------------------


def _said(rule: Rule) -> Iterator[str]:
    """Yield what a rule does beside its pattern."""
    if rule.completes:
        yield "Fills slots of claims that other rules found"
    for node, slot in rule.subject.items():
        yield f"The subject of {node} is {slot.rstrip('0123456789')}"
    for slot, value in rule.fixed.items():
        yield f"{slot} is {value}"
    if rule.follows:
        yield "Roles that are missing are those of the claim before"


def _examples(rule: Rule, record: Mapping[str, Any]) -> Iterator[nodes.list_item]:
    for key in _SIGNS:
        for sentence in record.get(key, ()):
            told = [*_sign(key), *_marked(sentence["text"], rule)]
            notes = [sentence["because"]] if "because" in sentence else []
            notes += [f"{k} = {_value(v)}" for k, v in sentence.items() if k not in ("text", "because", "known_miss")]
            if notes:
                told.append(nodes.inline("", f" {'; '.join(notes)}", classes=["note"]))
            if "known_miss" in sentence:
                told.append(nodes.inline("", f" Known miss: {sentence['known_miss']}", classes=["miss"]))
            yield _item(*told)


def _sign(key: str) -> list[nodes.Node]:
    return [nodes.inline("", _SIGNS[key], classes=["sign", key]), nodes.Text(" ")]


def _value(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value) or "none"


def _marked(text: str, rule: Rule) -> list[nodes.Node]:
    """Return a sentence with its roles in colour; marks may nest."""
    top = nodes.inline("", "", language="fr")
    open_marks: list[nodes.inline] = [top]
    at = 0
    for mark in _MARK.finditer(text):
        open_marks[-1] += nodes.Text(text[at : mark.start()])
        at = mark.end()
        if mark[1]:
            open_marks.pop()
        else:
            inner = nodes.inline("", "", classes=["role", _colour(rule.claim_type, mark[2])])
            open_marks[-1] += inner
            open_marks.append(inner)
    top += nodes.Text(text[at:])
    return [top]


# the tree -------------------------------------------------------------------------------------------------------


def _node(node: syntax.Node, claim_type: type[Any], said: str = "") -> nodes.list_item:
    """Return a word of a pattern, and below it what must hold around it."""
    text: list[nodes.Node] = [nodes.inline("", f"{said} ", classes=["said"])] if said else []
    if node.alternatives:
        text.append(nodes.Text("one of"))
    else:
        text += _description(node)
    if node.name:
        slot = node.name.rstrip("0123456789")
        classes = ["role", _colour(claim_type, slot)] if slot in slots(claim_type) else ["name"]
        text += [nodes.Text(" = "), nodes.inline("", node.name, classes=classes)]
    below = [_node(other, claim_type) for other in node.alternatives]
    below += _formula(node.relations, claim_type) if node.relations else []
    return _item(*text, below=below)


def _description(node: syntax.Node) -> Iterator[nodes.Node]:
    tests = [_test(a.name, a.value, a.negated) for a in node.attributes]
    tests += [_test(_text(f.key), f.value, f.negated) for f in node.features]
    tests += ["a root"] if node.root else []
    if not tests:
        yield nodes.Text("any word")
        return
    yield nodes.Text("no word with " if node.negated else "")
    for number, test in enumerate(tests):
        yield nodes.Text(", " if number else "")
        yield nodes.literal("", test) if test != "a root" else nodes.Text(test)


def _test(name: str, value: syntax.Value, negated: bool) -> str:
    return f"{name} {'≠' if negated else '='} {_text(value)}"


def _text(value: syntax.Value) -> str:
    """Return what a test wants, long lists cut."""
    if value.literals is not None:
        words = sorted(value.literals)
        more = f"|… {len(words) - _SHOWN} more" if len(words) > _SHOWN + 1 else ""
        return "|".join(words[: _SHOWN if more else None]) + more
    if value.expression is None:
        return "anything"
    source = value.expression.pattern
    return f"/{source if len(source) <= 90 else source[:80] + '…'}/"


def _formula(formula: syntax.Formula, claim_type: type[Any], *, denied: bool = False) -> list[nodes.list_item]:
    """Return what must hold around a word, a row each."""
    match formula:
        case syntax.Relation():
            return [_node(formula.target, claim_type, _relation(formula, denied))]
        case syntax.And(parts) if not denied:
            return [row for part in parts for row in _formula(part, claim_type)]
        case syntax.And(parts):
            return [_item(nodes.inline("", "not: all of", classes=["said"]), below=_joined(parts, claim_type))]
        case syntax.Or(parts):
            said = nodes.inline("", "not: one of" if denied else "one of", classes=["said"])
            return [_item(said, below=[_together(part, claim_type) for part in parts])]
        case syntax.Not(part):
            return _formula(part, claim_type, denied=True)
        case syntax.Optional(part):
            return [_item(nodes.inline("", "where there is one", classes=["said"]), below=_formula(part, claim_type))]


def _joined(parts: Iterable[syntax.Formula], claim_type: type[Any]) -> list[nodes.list_item]:
    return [row for part in parts for row in _formula(part, claim_type)]


def _together(part: syntax.Formula, claim_type: type[Any]) -> nodes.list_item:
    """Return an alternative as one row."""
    rows = _formula(part, claim_type)
    return rows[0] if len(rows) == 1 else _item(nodes.inline("", "all of", classes=["said"]), below=rows)


def _relation(relation: syntax.Relation, denied: bool) -> str:
    with_label, without = _SAID[relation.operator]
    said = with_label.format(_text(relation.label)) if relation.label else without
    least, most = relation.distance
    if (least, most) != (1, None) and relation.operator in (">>", "<<"):
        said += f" ({least} to {most} steps)" if least != most else f" ({least} steps)"
    return f"not: {said}" if denied else said


# what rules share -----------------------------------------------------------------------------------------------


@attrs.frozen
class _Part:
    """A macro that is drawn once and named in the patterns.

    Attributes:
        name: the macro's.
        written: what it stands for, with the macros inside it.
        anchor: where it is drawn.
    """

    name: str
    written: str
    anchor: str


@cache
def _parts(claim_type: type[Any]) -> Mapping[str, _Part]:
    """Return the macros of a claim type that stand for one part of a pattern, by what is drawn of them."""
    found: dict[str, _Part] = {}
    for name, written in _macros(claim_type).items():
        for row in _part_rows(claim_type, written):
            if _size(row) >= _PART:
                found.setdefault(row.pformat(), _Part(name, written, nodes.make_id(f"{claim_type.__name__}-{name}")))
    return found


@cache
def _macros(claim_type: type[Any]) -> Mapping[str, str]:
    own = (file.get("macros", {}) for file in _files() if file["claim"] == claim_type.__name__)
    return dict(ChainMap(*own, dict(shared_macros())))


def _part_rows(claim_type: type[Any], written: str) -> list[nodes.list_item]:
    """Return the row that a macro is drawn as, none where it is no part of a pattern by itself."""
    macros = _macros(claim_type)

    def expanded(text: str) -> str:
        return MACRO.sub(lambda macro: expanded(macros.get(macro[1], "")), text)

    try:
        [anchor] = read(f"{{}} {expanded(written)}").anchors
    except (PatternError, ValueError):
        return []
    rows = _formula(anchor.relations, claim_type) if anchor.relations else []
    return rows if len(rows) == 1 else []


def _shared(rows: Iterable[nodes.list_item], claim_type: type[Any]) -> list[nodes.list_item]:
    """Return rows in which macros that are drawn elsewhere are named."""
    parts = _parts(claim_type)
    return [_named(parts[drawn]) if (drawn := row.pformat()) in parts else _opened(row, claim_type) for row in rows]


def _opened(row: nodes.list_item, claim_type: type[Any]) -> nodes.list_item:
    """Return a row with macros named below it."""
    for below in row.children:
        if isinstance(below, nodes.bullet_list):
            rows = list(below.children)
            below.clear()
            below += _shared(rows, claim_type)
    return row


def _named(part: _Part) -> nodes.list_item:
    link = nodes.reference("", "", nodes.literal("", part.name), refid=part.anchor, internal=True, classes=["part"])
    return _item(nodes.inline("", "as in ", classes=["said"]), link)


def _used(claim_type: type[Any], shown: Iterable[nodes.Node]) -> list[_Part]:
    """Return the parts that are named, there or in one of these, in the order of the grammar."""
    parts = {part.anchor: part for part in _parts(claim_type).values()}
    used: set[str] = set()
    waiting = list(shown)
    while waiting:
        for link in waiting.pop().findall(nodes.reference):
            if "part" in link["classes"] and link["refid"] not in used:
                used.add(link["refid"])
                waiting += [_opened(row, claim_type) for row in _part_rows(claim_type, parts[link["refid"]].written)]
    return [part for anchor, part in parts.items() if anchor in used]


# parts of a page ------------------------------------------------------------------------------------------------


def _item(*text: nodes.Node, below: Iterable[nodes.list_item] = ()) -> nodes.list_item:
    item = nodes.list_item("", nodes.paragraph("", "", *text))
    if below := list(below):
        item += nodes.bullet_list("", *below)
    return item


def _size(row: nodes.Node) -> int:
    return len(list(row.findall(nodes.list_item)))


def _pattern(rows: list[nodes.list_item], written: str) -> list[nodes.Node]:
    """Return a pattern as a tree, and as it is written."""
    tree = nodes.bullet_list("", *rows, classes=["pattern"])
    source = nodes.literal_block("", written.strip(), language="text", classes=["source"])
    drawn = _folded("The pattern", [tree], opened=_size(tree) <= _FOLDED)
    return [*drawn, *_folded("The pattern as it is written", [source])]


def _folded(summary: str, content: list[nodes.Node], *, opened: bool = False) -> list[nodes.Node]:
    """Return content that can be folded up."""
    start = f"<details{' open' if opened else ''}><summary>{summary}</summary>"
    return [nodes.raw("", start, format="html"), *content, nodes.raw("", "</details>", format="html")]


def _colour(claim_type: type[Any], slot: str) -> str:
    return f"colour{list(slots(claim_type)).index(slot) % len(palette()['colour'])}"


def _write_style(app: Sphinx) -> None:
    """Write the colours of roles, those of the viewer, for both settings of the theme."""
    rules = []
    for theme, start, end in (
        ("light", "", ""),
        ("dark", 'body[data-theme="dark"] ', ""),
        ("dark", '@media (prefers-color-scheme: dark){body:not([data-theme="light"]) ', "}"),
    ):
        text = palette()[theme]["text"]
        for number, colour in enumerate(palette()["colour"]):
            tint, ink = colour[theme]["tint"], colour[theme]["ink"]
            rules.append(f"{start}.colour{number}{{background:{tint};color:{text};border-color:{ink}}}{end}")
    folder = Path(app.outdir) / "_static"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "colours.css").write_text("\n".join(rules) + "\n", encoding="utf-8")


def setup(app: Sphinx) -> dict[str, bool]:
    """Add the directives and the colours."""
    app.add_directive("rulebook", Rulebook)
    app.add_directive("known-misses", KnownMisses)
    app.add_css_file("colours.css")
    app.connect("builder-inited", _write_style)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
