"""Rules: grammar files, loaded and checked.

A grammar file is TOML and belongs to one claim class. It holds

* ``claim``: the name of the claim class;
* ``lexicon``: files of word lists beside it; the list ``name`` is the macro ``${name}``, with all its inflected forms
  ``${name.forms}``;
* ``unless``: domains of ``lexicon/domains.toml``, or lists of its lexicon, whose words, in its sentence, rule a claim
  out, a doubtful one (``"campagne?"``) only beside another one;
* ``[macros]``: text that patterns insert with ``${name}``;
* ``[[rule]]``: finds a claim: a Semgrex pattern with a node ``trigger`` and nodes named after slots;
* ``[[slot]]``: fills optional slots of a claim found by any rule, from the same ``trigger``.

Node names are slot names; a digit at the end (``parties1``, ``parties2``) keeps two groups apart. ``subject``
names the slot that the subject of the trigger fills, overt or understood, or maps nodes to such slots. ``set``
gives fixed values. ``wording`` is a regular expression that the sentence must contain, for triggers of everyday words.
``follows`` lets an event mentioned again take its other roles from the claim before, ``premise``
lets it take them from what is no claim yet. Every record carries examples, with the roles marked inline, and rules
carry counterexamples.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from enum import Enum
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import attrs
import regex

from newsclaims import semgrex
from newsclaims.claims import Claim, Date, Entity, Modality, Money, Percentage, claim_types, slots
from newsclaims.errors import InputTypeError, LexiconError, PatternError, RuleError
from newsclaims.lexicon import load
from newsclaims.lexicon.own import forms, word_lists
from newsclaims.lexicon.words import company_nouns

_FILE_KEYS = frozenset({"claim", "lexicon", "unless", "macros", "rule", "slot"})
_RECORD_KEYS = frozenset(
    {"id", "summary", "wording", "pattern", "subject", "set", "follows", "premise", "example", "counterexample"}
)
_EXAMPLE_KEYS = frozenset({"text", "known_miss", "claims"})
_COUNTER_KEYS = frozenset({"text", "because", "known_miss"})
_TAG = re.compile(r"<(/?)([a-z_]+)>")
MACRO = re.compile(r"\$\{([^{}]*)\}")
_LONGEST, _DEEPEST = 1_000_000, 50  # characters of a pattern with its macros, macros inside each other


@attrs.frozen
class Example:
    """A sentence that a rule must read.

    Attributes:
        text: the sentence, without marks.
        roles: the marked words by slot.
        expected: other fields of the claims and their values (``modality = "planned"``).
        claims: how many claims of the rule's type the sentence makes.
        known_miss: why the rule cannot read it yet; empty when it must.
    """

    text: str
    roles: Mapping[str, tuple[str, ...]]
    expected: Mapping[str, Any]
    claims: int | None = None
    known_miss: str = ""


@attrs.frozen
class Counterexample:
    """A sentence that looks like the rule's and makes no such claim.

    Attributes:
        text: the sentence.
        because: why there is no claim.
        known_miss: why the rule still fires; empty when it must not.
    """

    text: str
    because: str
    known_miss: str = ""


@attrs.frozen
class Rule:
    """One record of a grammar file.

    Attributes:
        id: unique name, the file's claim first: ``acquisition.verbe-actif``.
        summary: what the construction is, in one line.
        claim_type: the class of the claims.
        pattern: the compiled pattern.
        subject: node -> slot that the node's subject fills.
        fixed: slot -> value that every claim of the rule gets.
        examples: sentences that it must read.
        counterexamples: sentences that it must leave alone.
        follows: whether it reads an event mentioned again (« cette acquisition »): roles that it does not capture are
            those of the last claim of its type, if that one agrees.
        presumes: whether one that follows takes roles of a premise too, where there is no such claim.
        premise: whether it makes no claim, and only tells roles that an event told behind it takes (« Vega cherche un
            repreneur. Orsol a déposé une offre »).
        wording: what its sentence has to contain, tidied as for the parser; None for no more than the pattern says.
        unless: lemmas that, in its sentence, rule a claim out.
        doubtful: lemmas that do so where there are two of them.
        completes: whether it only fills slots of claims that other rules found.
    """

    id: str
    summary: str
    claim_type: type[Claim]
    pattern: semgrex.Pattern
    subject: Mapping[str, str]
    fixed: Mapping[str, Any]
    examples: tuple[Example, ...]
    counterexamples: tuple[Counterexample, ...]
    wording: regex.Pattern[str] | None = None
    unless: frozenset[str] = frozenset()
    doubtful: frozenset[str] = frozenset()
    completes: bool = False
    follows: bool = False
    presumes: bool = False
    premise: bool = False

    @property
    def leads(self) -> bool:
        """Whether it finds claims where no other rule has found one before."""
        return not self.premise and (self.presumes or not self.follows)

    def ruled_out_by(self, lemmas: Set[str]) -> Set[str]:
        """Return the lemmas of a sentence, in small letters, that rule its claims out."""
        doubtful = self.doubtful & lemmas
        return (self.unless & lemmas) or (doubtful if len(doubtful) > 1 else frozenset())

    def is_worded(self, text: str) -> bool:
        """Return whether a tidied text contains the wording."""
        return self.wording is None or self.wording.search(text) is not None

    @property
    def triggers(self) -> frozenset[str] | None:
        """The lemmas that its trigger can have, None when any can."""
        return self.pattern.lemmas_of("trigger")

    @property
    def sentences(self) -> tuple[Example | Counterexample, ...]:
        """Its examples, then its counterexamples."""
        return (*self.examples, *self.counterexamples)

    def captures(self, nodes: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Yield (node, slot) for the nodes that fill slots."""
        known = slots(self.claim_type)
        for node in nodes:
            slot = slot_name(node)
            if slot in known:
                yield node, slot


def slot_name(node: str) -> str:
    """Return the slot that a node of a pattern fills: ``parties`` for ``parties2``."""
    return node.rstrip("0123456789")


def _records(records: Iterable[Rule]) -> tuple[Rule, ...]:
    return tuple(records)


@attrs.frozen
class Rules:
    """A set of rules; two sets add up with ``+``."""

    records: tuple[Rule, ...] = attrs.field(converter=_records)

    def __attrs_post_init__(self) -> None:
        """Refuse two rules of the same id."""
        seen: set[str] = set()
        for rule in self.records:
            if rule.id in seen:
                raise RuleError(f"two rules have the id {rule.id!r}; give one of them another")
            seen.add(rule.id)

    def __add__(self, other: Rules) -> Rules:
        """Return the rules of both sets."""
        return Rules(self.records + other.records)

    def __iter__(self) -> Iterator[Rule]:
        """Yield the rules in file order."""
        return iter(self.records)

    def __len__(self) -> int:
        """Return how many rules there are."""
        return len(self.records)


def load_rules(path: str | os.PathLike[str]) -> Rules:
    """Load a grammar file of your own.

    Args:
        path: the TOML file.

    Returns:
        Its rules; add them to `builtin_rules` to use both.

    Raises:
        RuleError: the file cannot be read or breaks the format. The message names every mistake with file
            and rule.
        InputTypeError: the argument is no path.
    """
    if not isinstance(path, (str, os.PathLike)):
        raise InputTypeError(f"load_rules takes the path of a TOML file, not {type(path).__name__}")
    file = Path(path)
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, ValueError) as error:  # a ValueError: not UTF-8, or a path that no file can have
        raise RuleError(f"{file}: cannot read the rule file: {error}") from error
    return _parse(text, str(file), file.parent)


@cache
def builtin_rules() -> Rules:
    """Return the grammar inside the package."""
    found: list[Rule] = []
    folder = resources.files("newsclaims.grammar")
    for file in builtin_files():
        found.extend(_parse(file.read_text(encoding="utf-8"), file.name, folder))
    return Rules(tuple(found))


def builtin_files() -> list[Traversable]:
    """Return the grammar files inside the package, by name."""
    files = resources.files("newsclaims.grammar").iterdir()
    return sorted((f for f in files if f.name.endswith(".toml") and not f.name.startswith("_")), key=lambda f: f.name)


@cache
def shared_macros() -> Mapping[str, str]:
    """Return the macros that every grammar file can insert: those of ``_macros.toml``, and ``companies``."""
    text = resources.files("newsclaims.grammar").joinpath("_macros.toml").read_text(encoding="utf-8")
    macros: dict[str, str] = tomllib.loads(text)["macros"]
    return {"companies": "|".join(company_nouns()), **macros}


def _parse(text: str, file: str, folder: Traversable) -> Rules:
    try:
        data = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # TOML syntax, a number of too many digits, brackets nested too deep
        raise RuleError(f"{file}: not valid TOML: {error}") from error
    mistakes = _unknown_keys(data, _FILE_KEYS)
    known = claim_types()
    name: Any = data.get("claim")
    unfit = list(_class_mistakes(name, known))
    if unfit:
        mistakes += unfit
        raise RuleError("\n".join(f"{file}: {mistake}" for mistake in mistakes))
    lists = _word_lists(data, folder, mistakes)
    domains = {**load("domains"), **lists}
    wanted = data.get("unless", [])
    if not isinstance(wanted, list) or not all(isinstance(domain, str) for domain in wanted):
        mistakes.append('unless must be a list of domains, such as ["sports"]')
        wanted = []
    for domain in wanted:
        if domain not in domains:
            mistakes.append(f"unless: no domain is called {domain!r}; known: {', '.join(sorted(domains))}")
    off = frozenset(word for domain in wanted for word in domains.get(domain, ()))
    doubtful = frozenset(word for word in off if word.endswith("?"))
    words = {key: "|".join(value) for key, value in lists.items()}
    words |= {f"{key}.forms": "|".join(forms(value)) for key, value in lists.items()}
    macros = {**shared_macros(), **words, **_strings(data, "macros", mistakes)}
    found: dict[str, Rule] = {}
    ids: set[str] = set()
    for section in ("rule", "slot"):
        for number, record in enumerate(_tables(data, section, mistakes), 1):
            problems, rule = _read(record, known[name], macros, completes=section == "slot")
            id_ = record.get("id")
            if isinstance(id_, str):
                if id_ in ids:
                    problems.append("another record of the file has the same id")
                ids.add(id_)
            mistakes += [f"{section} {id_ or number}: {problem}" for problem in problems]
            if rule is not None:
                found[rule.id] = attrs.evolve(
                    rule, unless=off - doubtful, doubtful=frozenset(word.removesuffix("?") for word in doubtful)
                )
    if not mistakes and not found:
        mistakes.append("no [[rule]] and no [[slot]] in it")
    if mistakes:
        raise RuleError("\n".join(f"{file}: {mistake}" for mistake in mistakes))
    return Rules(found.values())


def _class_mistakes(name: Any, known: Mapping[str, type[Claim]]) -> Iterator[str]:
    """Yield what keeps a claim class from being filled."""
    if not isinstance(name, str) or name not in known:
        yield f"claim = {name!r} is no claim class; known: {', '.join(sorted(known))}"
        return
    claim_type = known[name]
    if "__attrs_attrs__" not in vars(claim_type):
        yield f"{name} is no attrs class of its own: write @attrs.frozen(kw_only=True) above it"
        return
    for slot in slots(claim_type).values():
        fits = isinstance(slot.kind, type) and issubclass(slot.kind, (Entity, Money, Percentage, Date, str, Enum))
        if not fits:
            yield (
                f"{name}: nothing can fill the slot {slot.name!r}; a slot is an Entity, Money, a Percentage, a Date, "
                "an enumeration or a str, or a tuple of them, and | None when it may stay empty"
            )


def _word_lists(data: Mapping[str, Any], folder: Traversable, mistakes: list[str]) -> dict[str, tuple[str, ...]]:
    """Return the word lists of the lexicon files that a grammar file names, by name."""
    files = data.get("lexicon", [])
    files = [files] if isinstance(files, str) else files
    if not isinstance(files, list) or not all(isinstance(file, str) for file in files):
        mistakes.append('lexicon must be a file name or a list of them, such as "words.toml"')
        return {}
    lists: dict[str, tuple[str, ...]] = {}
    for file in files:
        try:
            found = word_lists(folder.joinpath(file))
        except LexiconError as error:
            mistakes += [f"lexicon: {mistake}" for mistake in str(error).splitlines()]
        else:
            mistakes += [f"lexicon: {file}: another file has a list {name!r} too" for name in found if name in lists]
            lists |= found
    return lists


def _read(
    record: Mapping[str, Any], claim_type: type[Claim], macros: Mapping[str, str], *, completes: bool
) -> tuple[list[str], Rule | None]:
    """Return what is wrong with a record, and the rule when nothing is."""
    problems = _unknown_keys(record, _RECORD_KEYS)
    texts = {key: _string(record, key, problems) for key in ("id", "summary", "pattern")}
    examples = _tables(record, "example", problems)
    if "example" not in record:
        problems.append("an example is missing")
    counterexamples = _tables(record, "counterexample", problems)
    if not completes and "counterexample" not in record:
        problems.append("a counterexample is missing: a sentence close to the examples that makes no such claim")
    read_examples = [_read_example(example, claim_type, problems) for example in examples]
    read_counterexamples = [_read_counterexample(counterexample, problems) for counterexample in counterexamples]
    fixed = _table(record, "set", problems)
    for key, value in fixed.items():
        problems += _check_fixed(key, value, claim_type)
    subject = record.get("subject", {})
    subject = {"trigger": subject} if isinstance(subject, str) else _strings(record, "subject", problems)
    wording = _read_wording(record, macros, problems)
    if not texts["pattern"]:
        return problems, None
    try:
        pattern = semgrex.compile(" ".join(_expand(texts["pattern"], macros).split()))
    except (PatternError, RuleError) as error:
        return [*problems, f"pattern: {error}"], None
    follows, premise = record.get("follows", False), record.get("premise", False)
    if not isinstance(follows, bool) and follows != "premise":
        problems.append('follows must be true or false, or "premise"')
    if not isinstance(premise, bool):
        problems.append("premise must be true or false")
    elif follows and premise:
        problems.append("a premise is told before an event; it follows none")
    problems += _check_names(pattern, subject, fixed, claim_type, partial=bool(completes or follows or premise))
    if problems:
        return problems, None
    return [], Rule(
        id=texts["id"],
        summary=texts["summary"],
        claim_type=claim_type,
        pattern=pattern,
        subject=subject,
        fixed=fixed,
        wording=wording,
        examples=tuple(read_examples),
        counterexamples=tuple(read_counterexamples),
        completes=completes,
        follows=bool(follows),
        presumes=follows == "premise",
        premise=bool(premise),
    )


def _read_wording(
    record: Mapping[str, Any], macros: Mapping[str, str], problems: list[str]
) -> regex.Pattern[str] | None:
    if "wording" not in record:
        return None
    try:
        return regex.compile(_expand(_string(record, "wording", problems), macros), regex.IGNORECASE)
    except (regex.error, RuleError) as error:
        problems.append(f"wording: {error}")
        return None


def _check_names(
    pattern: semgrex.Pattern,
    subject: Mapping[str, str],
    fixed: Mapping[str, Any],
    claim_type: type[Claim],
    *,
    partial: bool,
) -> Iterator[str]:
    known = slots(claim_type)
    names = pattern.names
    if pattern.aligned:
        yield "pattern: '@' leads to an aligned sentence, and a text has none"
    if "trigger" not in names:
        yield "pattern: no node is named trigger: write {…}=trigger on the word that the rule hangs on"
    for name in sorted(names - {"trigger"} - subject.keys()):
        again = len(re.findall(rf"={name}\b", pattern.pattern)) > 1  # a back-reference
        if slot_name(name) not in known and not again:
            yield f"pattern: node {name!r} fills nothing: {claim_type.__name__} has the slots {', '.join(known)}"
    for node, slot in subject.items():
        if node not in names:
            yield f"subject: the pattern has no node {node!r}"
        if slot_name(slot) not in known:
            yield f"subject: {claim_type.__name__} has no slot {slot!r}; it has {', '.join(known)}"
    filled = {slot_name(name) for name in (*names, *subject.values())} | set(fixed)
    if not partial:
        for required in known.values():
            if required.required and required.name not in filled:
                yield f"pattern: the required slot {required.name!r} is filled by no node"
    elif not filled & known.keys():
        yield "pattern: no node is named after a slot"


def _check_fixed(key: str, value: Any, claim_type: type[Claim]) -> Iterator[str]:
    slot = slots(claim_type).get(key)
    if slot is None:
        yield f"set: {claim_type.__name__} has no slot {key!r}; it has {', '.join(slots(claim_type))}"
    elif slot.many or not issubclass(slot.kind, (Enum, str)):
        yield f"set: only words of the sentence can fill {key!r}"
    else:
        yield from _check_value("set", key, value, slot.kind)


def _check_value(where: str, key: str, value: Any, kind: type[Any]) -> Iterator[str]:
    if issubclass(kind, Enum) and value not in (known := [member.value for member in kind]):
        yield f"{where}: {key} = {value!r} is none of {', '.join(map(str, known))}"
    elif issubclass(kind, str) and not isinstance(value, str):
        yield f"{where}: {key} = {value!r} is no string"


def _expand(pattern: str, macros: Mapping[str, str]) -> str:
    """Insert macros, those inside macros too; each is expanded once."""
    known: dict[str, str] = {}

    def expanded(text: str, inside: tuple[str, ...]) -> str:
        found = MACRO.sub(lambda macro: inserted(macro[1], inside), text)
        if len(found) > _LONGEST:
            raise RuleError(f"with its macros it has more than {_LONGEST} characters")
        return found

    def inserted(name: str, inside: tuple[str, ...]) -> str:
        if name in inside or len(inside) == _DEEPEST:
            what = "contains itself" if name in inside else f"stands {_DEEPEST} macros deep"
            raise RuleError(f"the macro ${{{name}}} {what}: {' > '.join((*inside, name))}")
        if name not in macros:
            within = f" inside ${{{inside[-1]}}}" if inside else ""
            raise RuleError(f"unknown macro ${{{name}}}{within}; define it under [macros]")
        if name not in known:
            known[name] = expanded(macros[name], (*inside, name))
        return known[name]

    return expanded(pattern, ())


def _read_example(example: Mapping[str, Any], claim_type: type[Claim], problems: list[str]) -> Example:
    known = slots(claim_type)
    text = _string(example, "text", problems, "example: ")
    known_miss = _string(example, "known_miss", problems, "example: ", optional=True)
    problems += _unknown_keys(example, {*_EXAMPLE_KEYS, *known, *(f.name for f in attrs.fields(Claim))}, "example: ")
    plain, roles, problem = unmark(text)
    if problem:
        problems.append(f"example: {problem} in {text!r}")
    problems += [f"example: unknown role <{role}> in {text!r}" for role in roles if role not in known]
    claims = example.get("claims")
    if claims is not None and (type(claims) is not int or claims < 1):
        problems.append(f"example: claims = {claims!r} is no number of claims from 1")
    expected = {key: value for key, value in example.items() if key not in _EXAMPLE_KEYS}
    kinds: dict[str, type[Any]] = {"modality": Modality} | {slot.name: slot.kind for slot in known.values()}
    for key, value in expected.items():
        if key in kinds and issubclass(kinds[key], Enum) and value != "":
            problems += _check_value("example", key, value, kinds[key])
    return Example(text=plain, roles=roles, expected=expected, claims=claims, known_miss=known_miss)


def _read_counterexample(counterexample: Mapping[str, Any], problems: list[str]) -> Counterexample:
    problems += _unknown_keys(counterexample, _COUNTER_KEYS, "counterexample: ")
    return Counterexample(
        text=_string(counterexample, "text", problems, "counterexample: "),
        because=_string(counterexample, "because", problems, "counterexample: "),
        known_miss=_string(counterexample, "known_miss", problems, "counterexample: ", optional=True),
    )


def _unknown_keys(data: Mapping[str, Any], known: Collection[str], where: str = "") -> list[str]:
    return [f"{where}unknown key {key!r}; known: {', '.join(sorted(known))}" for key in data if key not in known]


def _string(data: Mapping[str, Any], key: str, problems: list[str], where: str = "", *, optional: bool = False) -> str:
    value = data.get(key, "")
    if not isinstance(value, str):
        problems.append(f"{where}{key} must be a string, not {value!r}")
        return ""
    if not value.strip() and not optional:
        problems.append(f"{where}{key} is missing")
    return value


def _table(data: Mapping[str, Any], key: str, problems: list[str]) -> dict[str, Any]:
    value = data.get(key, {})
    if isinstance(value, dict):
        return value
    problems.append(f"{key} must be a table, not {value!r}")
    return {}


def _strings(data: Mapping[str, Any], key: str, problems: list[str]) -> dict[str, str]:
    table = _table(data, key, problems)
    problems += [f"{key}: {name} must be a string, not {v!r}" for name, v in table.items() if not isinstance(v, str)]
    return {name: value for name, value in table.items() if isinstance(value, str)}


def _tables(data: Mapping[str, Any], key: str, problems: list[str]) -> list[dict[str, Any]]:
    value = data.get(key, [])
    if isinstance(value, list) and all(isinstance(table, dict) for table in value):
        return value
    problems.append(f"{key} must be written as tables: [[{key}]]")
    return []


def unmark(text: str) -> tuple[str, dict[str, tuple[str, ...]], str]:
    """Read a sentence with roles marked inline: ``<bidders>Orsol</bidders> rachète …``.

    Returns:
        The plain sentence, the marked words by role, and what is wrong with the marks (empty if nothing).
    """
    plain, roles, open_roles, at = "", dict[str, tuple[str, ...]](), list[tuple[str, int]](), 0
    for tag in _TAG.finditer(text):
        plain += text[at : tag.start()]
        at = tag.end()
        if not tag.group(1):
            open_roles.append((tag.group(2), len(plain)))
            continue
        if not open_roles or open_roles[-1][0] != tag.group(2):
            return plain, roles, f"</{tag.group(2)}> closes nothing"
        role, start = open_roles.pop()
        roles[role] = (*roles.get(role, ()), plain[start:])
    plain += text[at:]
    return plain, roles, f"<{open_roles[0][0]}> is not closed" if open_roles else ""
