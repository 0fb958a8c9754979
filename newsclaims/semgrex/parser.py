"""From the text of a pattern to its tree, or to an error that points at the place."""

from __future__ import annotations

from functools import lru_cache

import attrs
import regex

from newsclaims.errors import InputTypeError, PatternError
from newsclaims.semgrex.operators import OPERATORS
from newsclaims.semgrex.syntax import (
    And,
    Attribute,
    Feature,
    Formula,
    Node,
    Not,
    Optional,
    Or,
    Place,
    Reading,
    Relation,
    Value,
)

ATTRIBUTES = (
    *("word", "lemma", "cpos", "pos", "tag", "deprel", "headidx", "idx", "ner", "morphofeatures"),
    *("after", "is_mwt", "mwt_text"),
)
_ALIASES = {"upos": "cpos", "xpos": "pos", "text": "word", "feats": "morphofeatures", "head": "headidx"}
_DEEPEST = 50

_NAME = regex.compile(r"[\w\p{M}]++")
_BARE = regex.compile(r"[^\s()\[\]{}/|@!#%&=?<>~.,$:;+-]++")
_SLASHED = regex.compile(r"/((?:[^/\\\n\r]|\\[^\n\r])*+)/")
_DISTANCE = regex.compile(r"([0-9]++)\s*+(?:(,)\s*+([0-9]++))?+")
_INSIDE = r"[^{}/]++|/(?:[^/\\\n\r]++|\\[^\n\r])*+/"
_DESCRIPTION = regex.compile(rf"\{{(?:{_INSIDE}|\{{(?:{_INSIDE})*+\}})*+\}}")
_REMEMBERED = 4096  # descriptions
_OPERATOR = regex.compile("|".join(regex.escape(o) for o in sorted(OPERATORS, key=len, reverse=True)))

_MISPLACED = {
    "&": "'&' is not part of the language: write the relations side by side",
    ":": "':' cannot stand here: expected it between two whole patterns, outside brackets",
    "#": "'#' cannot stand here: a comment takes a line of its own in a file of patterns",
    "{": "a node cannot follow a node: expected a relation such as >nsubj between the two",
    "(": "a group cannot follow a node: expected a relation such as >nsubj before it",
    "=": "a name cannot stand here: it directly follows the braces of its node, once, and not a group",
}


def read(pattern: str) -> Reading:
    """Read a pattern.

    Args:
        pattern: one Semgrex pattern; white space between its elements is free, new lines included.

    Raises:
        PatternError: the pattern breaks the language.
        InputTypeError: the pattern is not a string.
    """
    if not isinstance(pattern, str):
        raise InputTypeError(f"a Semgrex pattern must be a str, not {type(pattern).__name__}")
    return _Parser(pattern).read()


class _Parser:
    """A recursive descent: each method reads what its name says, from the current place on."""

    def __init__(self, pattern: str) -> None:
        self._text = pattern
        self._at = 0
        self._depth = 0
        self._negated = False
        self._reverse = False
        self._crossed = False  # whether nodes at this place are of the aligned sentence
        self._aligned = False
        # Names that are bound at this place whatever branch was taken: the only ones usable under '!'.
        self._bound: frozenset[str] = frozenset()
        self._lemmas: dict[str, frozenset[str] | None] = {}
        self._names: dict[str, bool] = {}
        self._relation_names: dict[str, None] = {}
        self._edge_names: dict[str, bool] = {}

    def read(self) -> Reading:
        self._reverse = self._crossed = self._aligned = self._take("@")
        anchors = [self._node_with_relations()]
        while not self._reverse and not self._ahead("::") and self._take(":"):
            anchors.append(self._node_with_relations())
        uniq = self._uniq() if self._take("::") else None
        if self._peek():
            raise self._unexpected("a relation such as >nsubj, '|', ':' or the end of the pattern")
        return Reading(
            anchors=tuple(anchors),
            names=self._names,
            relation_names=tuple(self._relation_names),
            edge_names=self._edge_names,
            lemmas=self._lemmas,
            uniq=uniq,
            reverse=self._reverse,
            aligned=self._aligned,
        )

    def _uniq(self) -> tuple[str, ...]:
        self._peek()
        column = self._at
        if self._name("'uniq'") != "uniq":
            raise self._error("expected 'uniq' after '::'", column)
        names: list[str] = []
        while self._peek():
            column = self._at
            names.append(self._name("the name of a node or the end of the pattern"))
            if names[-1] not in self._names:
                known = f"it has {', '.join(self._names)}" if self._names else "it names none"
                raise self._error(f"no node of the pattern is named {names[-1]!r}: {known}", column)
        return tuple(names)

    # Places and errors

    def _error(self, reason: str, column: int | None = None) -> PatternError:
        return PatternError(reason, self._text, self._at if column is None else column)

    def _unexpected(self, expected: str) -> PatternError:
        found = self._peek()
        if found in _MISPLACED:
            return self._error(_MISPLACED[found])
        return self._error(f"expected {expected}, found {repr(found) if found else 'the end'}")

    def _peek(self) -> str:
        """Skip white space and return the next character, empty at the end."""
        text, at = self._text, self._at
        while (found := text[at : at + 1]).isspace():
            at += 1
        self._at = at
        return found

    def _ahead(self, symbol: str) -> bool:
        return self._peek() == symbol[0] and self._text.startswith(symbol, self._at)

    def _take(self, symbol: str) -> bool:
        if self._ahead(symbol):
            self._at += len(symbol)
            return True
        return False

    def _expect(self, symbol: str, what: str) -> None:
        if not self._take(symbol):
            raise self._unexpected(what)

    def _since(self, start: int) -> Place:
        """Return the place of what has been read from a column on."""
        return start, start + len(self._text[start : self._at].rstrip())

    def _enter(self) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise self._error(f"nested more than {_DEEPEST} levels deep")

    # Words and values

    def _name(self, what: str) -> str:
        self._peek()
        match = _NAME.match(self._text, self._at)
        if match is None:
            raise self._error(f"expected {what}, letters and digits only")
        self._at = match.end()
        name: str = match[0]
        return name

    def _value(self, what: str, end: str) -> Value:
        """Read a bare word or a /regular expression/; ``end`` lists what may touch a bare word."""
        start = self._peek()
        if start == "/":
            return self._expression()
        match = _BARE.match(self._text, self._at)
        if match is None:
            hint = "" if start in (*end, "") else f"; {start!r} must stand between slashes, as in /…/"
            raise self._error(f"expected {what}, bare or as /regular expression/{hint}")
        self._at = match.end()
        after = self._text[self._at : self._at + 1]
        if after and not after.isspace() and after not in end:
            raise self._error(f"{after!r} cannot stand in a bare {what}: write it between slashes, as in /…/")
        return Value.exact(match[0])

    def _expression(self) -> Value:
        start = self._at
        match = _SLASHED.match(self._text, start)
        if match is None:
            raise self._error("this regular expression does not end: expected a closing '/' on the same line")
        self._at = match.end()
        try:
            return Value.matching(match[1].replace("\\/", "/"))
        except (regex.error, ValueError, OverflowError, RecursionError) as error:
            inside = min(getattr(error, "pos", None) or 0, len(match[1]))
            raise self._error(f"this regular expression cannot be compiled: {error}", start + 1 + inside) from error

    # Nodes

    def _node_with_relations(self) -> Node:
        node = self._node()
        if not self._at_relation():
            return node
        inside, outside = node.relations, self._formula()
        return attrs.evolve(node, relations=_all([inside, outside] if inside else [outside]))

    def _node(self) -> Node:
        if self._take("("):
            self._enter()
            node = self._node_with_relations()
            self._expect(")", "a relation such as >nsubj, '|' or ')'")
            self._depth -= 1
            return node
        if self._take("["):
            return self._alternatives()
        self._peek()
        start, negated = self._at, self._take("!")
        if negated and self._peek() == "[":
            raise self._error("an alternation cannot be negated: expected '{', and '!' in each alternative")
        self._peek()
        brace, node = self._at, self._description()
        name: str | None = None
        if self._at_name():
            self._at += 1
            column = self._at
            name = self._name("the name of the node")
            self._keep_to_one_side(self._names, name, column)
            if name not in self._bound:  # else the nodes that bound it decide which word it is
                known, lemmas = self._lemmas.get(name, frozenset()), None if negated else node.literals("lemma")
                self._lemmas[name] = None if known is None or lemmas is None else known | lemmas
            self._bind(name, column)
        place = self._since(start)
        return Node(node.attributes, node.features, node.root, node.empty, negated, name, place=place, brace=brace)

    def _alternatives(self) -> Node:
        """Read ``[{a}|{b}]``, after the bracket."""
        self._enter()
        start = self._at - 1
        before, after, found = self._bound, [], []
        while True:
            self._bound = before
            found.append(self._node())
            after.append(self._bound)
            if not self._take("|"):
                break
        self._expect("]", "'|' or ']' (relations of an alternative go in parentheses)")
        if self._at_name():
            raise self._error("an alternation cannot be named: name each alternative inside the brackets")
        self._bound = frozenset.intersection(*after)
        self._depth -= 1
        return found[0] if len(found) == 1 else Node(alternatives=tuple(found), place=self._since(start))

    def _at_name(self) -> bool:
        return self._ahead("=") and not self._ahead("==")

    def _keep_to_one_side(self, names: dict[str, bool], name: str, column: int) -> None:
        if names.setdefault(name, self._crossed) != self._crossed:
            raise self._error(f"'{name}' is a name of the other side of '@': expected another one", column)

    def _bind(self, key: str, column: int) -> None:
        if self._negated and key not in self._bound:
            reason = f"'{key}' is a new name under '!': only what was bound before, in every branch, can be named there"
            raise self._error(reason, column)
        self._bound |= {key}

    def _description(self) -> Node:
        found = _DESCRIPTION.match(self._text, self._at)
        if found is None:
            return self._inside_braces()  # which says what is wrong with it
        try:
            node = _described(found[0])
        except PatternError:
            return self._inside_braces()  # which says where in the pattern
        self._at = found.end()
        return node

    def _inside_braces(self) -> Node:
        self._expect("{", "a node such as {lemma:racheter} or a group such as ({} >nsubj {})")
        attributes: list[Attribute] = []
        features: list[Feature] = []
        root = empty = False
        if self._take("}"):
            return Node()
        while True:
            if self._take("$"):
                root = True
            elif self._take("#"):
                empty = True
            else:
                self._attribute(attributes, features)
            if not self._take(";"):
                break
        self._expect("}", "';' or '}'")
        return Node(tuple(attributes), tuple(features), root, empty)

    def _attribute(self, attributes: list[Attribute], features: list[Feature]) -> None:
        self._peek()
        column = self._at
        name = self._name(f"an attribute ({', '.join(ATTRIBUTES)}) or '$' for the root")
        if name not in ATTRIBUTES:
            hint = f"did you mean {_ALIASES[name]}?" if name in _ALIASES else f"expected {', '.join(ATTRIBUTES)}"
            raise self._error(f"unknown attribute {name!r}: {hint}", column)
        if name == "morphofeatures":
            self._expect(":", "':' after morphofeatures ('!:' goes inside its braces)")
            self._expect("{", "'{' and features such as Tense:Past")
            features.extend(self._features())
            return
        negated = self._take("!")
        self._expect(":", "':' or '!:' after the attribute")
        if not negated and any(a.name == name and not a.negated for a in attributes):
            raise self._error(f"{name} is given twice: write one value as /a|b/", column)
        value = self._value("value", ";}")
        attributes.append(Attribute(name, value, negated, self._since(column)))

    def _features(self) -> list[Feature]:
        found: list[Feature] = []
        while True:
            self._peek()
            start = self._at
            key = self._value("feature name", ":!}")
            negated = self._take("!")
            self._expect(":", "':' or '!:' after the feature name")
            value = self._value("feature value", ";}")
            found.append(Feature(key, value, negated, self._since(start)))
            if not self._take(";"):
                break
        self._expect("}", "';' or '}' after the feature")
        return found

    # Relations

    def _at_relation(self) -> bool:
        start = self._peek()
        return self._ahead("==") if start == "=" else start != "" and start in "<>.-$@!?[0123456789"

    def _formula(self) -> Formula:
        self._peek()
        start, before, after = self._at, self._bound, []
        branches = [self._conjunction()]
        after.append(self._bound)
        while self._take("|"):
            self._bound = before
            branches.append(self._conjunction())
            after.append(self._bound)
        self._bound = frozenset.intersection(*after)
        return branches[0] if len(branches) == 1 else Or(tuple(branches), self._since(start))

    def _conjunction(self) -> Formula:
        parts: list[Formula] = []
        if not self._at_relation():
            raise self._unexpected("a relation such as >nsubj")
        while self._at_relation():
            parts.append(self._part())
        return _all(parts)

    def _part(self) -> Formula:
        self._peek()
        start = self._at
        if self._take("!"):
            before, self._negated = self._negated, True
            part = self._bracket_or_relation()
            self._negated = before
            return Not(part, self._since(start))
        if self._take("?"):
            bound = self._bound
            optional = Optional(self._bracket_or_relation())
            self._bound = bound
            return optional
        return self._bracket_or_relation()

    def _bracket_or_relation(self) -> Formula:
        if not self._take("["):
            return self._relation()
        self._enter()
        formula = self._formula()
        self._expect("]", "a relation such as >nsubj, '|' or ']'")
        self._depth -= 1
        return formula

    def _relation(self) -> Formula:
        self._peek()
        start = self._at
        distance, column = self._distance()
        self._peek()
        match = _OPERATOR.match(self._text, self._at)
        if match is None:
            raise self._unexpected("a relation such as >nsubj")
        symbol, operator = match[0], OPERATORS[match[0]]
        if column is not None and not operator.ranged:
            raise self._error(f"a distance can only stand before << or >>, not before {symbol}", column)
        self._at = match.end()
        label, label_name, edge_name = self._label(symbol)
        before, crosses = self._crossed, symbol == "@"
        self._crossed, self._aligned = before != crosses, self._aligned or crosses
        target = self._node()
        self._crossed = before
        return Relation(symbol, target, label, label_name, edge_name, distance, self._since(start))

    def _distance(self) -> tuple[tuple[int, int | None], int | None]:
        self._peek()
        match = _DISTANCE.match(self._text, self._at)
        if match is None:
            return (1, None), None
        column, self._at = self._at, match.end()
        if max(len(match[1]), len(match[3] or "")) > 4:
            raise self._error("this distance is beyond any sentence: at most four digits", column)
        low = int(match[1])
        high = int(match[3]) if match[2] else low
        if not 1 <= low <= high:
            raise self._error("a distance is counted from 1, the smaller number first", column)
        return (low, high), column

    def _label(self, symbol: str) -> tuple[Value | None, str | None, str | None]:
        """Read what may follow an operator: ``label``, ``~name`` of the label, ``=name`` of the edge."""
        label = label_name = edge_name = None
        start, column = self._peek(), self._at
        if start == "%":
            raise self._error("'%' is not supported: leave the relation out to allow any")
        if start == "/" or _BARE.match(self._text, self._at):
            label = self._value("relation", "{([!~=")
        if self._take("~"):
            self._peek()
            name_column = self._at
            label_name = self._name("the name of the relation")
            self._bind(f"~{label_name}", name_column)
            self._relation_names[label_name] = None
        if self._at_name():
            edge_column = self._at
            if not OPERATORS[symbol].edged:
                raise self._error(f"{symbol} does not follow one single edge: expected a node", edge_column)
            self._at += 1
            edge_name = self._name("the name of the edge")
            self._keep_to_one_side(self._edge_names, edge_name, edge_column + 1)
            self._bind(f"={edge_name}", edge_column + 1)
        if (label or label_name) and not OPERATORS[symbol].labelled:
            raise self._error(f"{symbol} follows no dependency: expected a node, not a relation", column)
        return label, label_name, edge_name


@lru_cache(_REMEMBERED)
def _described(text: str) -> Node:
    """Read a description by itself: a grammar repeats some, and their long lists of words, in hundreds of patterns."""
    return _Parser(text)._inside_braces()


def _all(parts: list[Formula]) -> Formula:
    """Return the conjunction of the parts; what groups and brackets merely enclose becomes part of it."""
    flat = [inner for part in parts for inner in (part.parts if isinstance(part, And) else (part,))]
    return flat[0] if len(flat) == 1 else And(tuple(flat))
