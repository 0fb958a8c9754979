"""The drawing: actors on a circle, and an arrow for each relation that claims make between two of them, in SVG."""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs

from newsclaims import display
from newsclaims.claims import Claim, Entity, Modality, slots
from newsclaims.viewer.markup import Markup, checked, colours, escaped, held, palette

_LETTER, _BIG_LETTER, _LINE = (
    7.5,
    9.5,
    22.0,
)  # widths of a letter of a name and of the title, height of a line, in pixels
_WIDEST_NAME = 32  # characters
_RADIUS, _APART = 170.0, 64.0  # of the circle at least; from a name to the one below it
_DOT, _HEAD, _MARGIN = 6.0, 9.0, 24.0
_BEND, _BESIDE = 0.2, 30.0  # of edges to the middle, and between edges that join the same actors
_DASHES = ' stroke-dasharray="6 4"'

_Point = tuple[float, float]


@attrs.frozen(order=True)
class _Edge:
    """A relation between two actors, as the text holds it; ``directed`` from source to target."""

    source: str
    target: str
    kind: str
    modality: Modality
    negated: bool
    directed: bool


def render_graph(claims: Iterable[Claim], *, title: str = "Who deals with whom") -> Markup:
    """Return a drawing of who invests in, bids for and competes with whom, as an SVG.

    An arrow leads from the actors of a claim's first required slot to those of the others; where there is but one,
    from the actors of the optional slots to it. The two of a rivalry are joined by a line. Relations of one type,
    modality and negation between the same actors are one edge, with their number; an edge is dashed unless the texts
    assert it. The same claims always give the same drawing. Claims with a single actor draw nothing.

    Args:
        claims: the claims, of any type, of one text or many; actors of one name are one.
        title: what to call the drawing.

    Returns:
        The drawing, a ``str`` that notebooks show drawn.

    Raises:
        InputTypeError: an argument has another type.
    """
    listed = checked(claims)
    edges = Counter(edge for claim in listed for edge in _edges(claim))
    names = _ordered(edges)
    ink = {kind: colour["light"]["ink"] for kind, colour in colours(listed).items()}
    paper, text = palette()["light"]["paper"], palette()["light"]["text"]
    places = _places(names)
    keys = [*((kind, ink[kind], False) for kind in sorted({edge.kind for edge in edges})), ("not asserted", text, True)]
    heading = escaped(display.plain(title))
    told = "; ".join(_told(edge, count) for edge, count in sorted(edges.items()))
    widest = max([0, *(len(_short(name)) for name in names)])
    wide, deep = (max([0.0, *(abs(place[axis]) for place in places.values())]) for axis in (0, 1))
    half = max(wide + _MARGIN + _LETTER * widest, _MARGIN + _BIG_LETTER * len(heading) / 2)
    top, below = deep + 4 * _LINE, deep + 3 * _LINE
    height = top + below + _LINE * len(keys)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{2 * half:.0f}" height="{height:.0f}" '
        f'viewBox="{-half:.1f} {-top:.1f} {2 * half:.1f} {height:.1f}" '
        f'font-family="system-ui, DejaVu Sans, sans-serif" font-size="13" fill="{text}">',
        f"<title>{heading}</title>",
        f"<desc>{escaped(told or 'No relation found.')}</desc>",
        f'<rect x="{-half:.1f}" y="{-top:.1f}" width="100%" height="100%" fill="{paper}"/>',
        f'<text y="{_LINE - top:.1f}" text-anchor="middle" font-size="15" font-weight="600">{heading}</text>',
        *_lines(edges, places, ink),
        *(_actor(name, place) for name, place in places.items()),
        *(_key(*key, (_MARGIN - half, below + _LINE * row)) for row, key in enumerate(keys)),
    ]
    return Markup("\n".join([*parts, "</svg>"]))


def _edges(claim: Claim) -> Iterator[_Edge]:
    """Yield the relations that a claim makes."""
    required: list[list[str]] = []
    optional: list[list[str]] = []
    pairwise = False
    for name, slot in slots(type(claim)).items():
        if slot.kind is Entity:
            value = getattr(claim, name)
            names = [entity.name for entity in (value if isinstance(value, tuple) else (value,)) if entity]
            (required if slot.required else optional).append(names)
            pairwise |= slot.pairwise
    if pairwise:  # the parties of a relation without direction, in one order whichever comes first in the text
        sources, targets = (sorted(itertools.chain(*required))[n::2] for n in (0, 1))
    elif len(required) > 1:
        sources, targets = required[0], list(itertools.chain(*required[1:]))
    else:
        sources, targets = list(itertools.chain(*optional)), list(itertools.chain(*required))
    for source, target in dict.fromkeys(itertools.product(sources, targets)):
        if source != target:
            yield _Edge(source, target, type(claim).__name__, claim.modality, claim.negated, not pairwise)


def _ordered(edges: Iterable[_Edge]) -> list[str]:
    """Return the actors in an order in which those who deal with each other stand close."""
    beside: dict[str, set[str]] = {}
    for edge in edges:
        beside.setdefault(edge.source, set()).add(edge.target)
        beside.setdefault(edge.target, set()).add(edge.source)
    order: dict[str, None] = {}
    ranked = sorted(beside, key=lambda name: (-len(beside[name]), name))
    pending = ranked[::-1]
    while pending:
        name = pending.pop()
        if name not in order:
            order[name] = None
            pending.extend(other for other in reversed(ranked) if other in beside[name])
    return list(order)


def _told(edge: _Edge, count: int) -> str:
    """Return an edge in words."""
    source, target = (display.plain(name) for name in (edge.source, edge.target))
    notes = [edge.kind, *held(edge.modality, edge.negated), f"{count} claims" if count > 1 else "1 claim"]
    return f"{source} {'→' if edge.directed else '↔'} {target}: {', '.join(notes)}"


def _places(names: Sequence[str]) -> dict[str, _Point]:
    """Return the places of actors on a circle, half of them on either side, at even heights: no name covers another."""
    places = {}
    on_right = (len(names) + 1) // 2
    for side, group in ((1, names[:on_right]), (-1, names[on_right:][::-1])):
        radius = max(_RADIUS, len(group) * _APART / 2)
        for row, name in enumerate(group):
            y = (row - (len(group) - 1) / 2) * _APART
            places[name] = (side * math.sqrt(radius**2 - y**2), y)
    return places


def _lines(edges: Mapping[_Edge, int], places: Mapping[str, _Point], ink: Mapping[str, str]) -> Iterator[str]:
    """Yield the edges, those between the same actors beside each other."""
    for _, group in itertools.groupby(sorted(edges, key=_pair), _pair):
        together: Sequence[_Edge] = sorted(group)
        for number, edge in enumerate(together):
            beside = (number - (len(together) - 1) / 2) * _BESIDE
            # Seen from either end, the same side is the other one.
            beside = beside if edge.source <= edge.target else -beside
            yield _line(edge, edges[edge], places[edge.source], places[edge.target], beside, ink[edge.kind])


def _pair(edge: _Edge) -> tuple[str, ...]:
    return tuple(sorted((edge.source, edge.target)))


def _line(edge: _Edge, count: int, start: _Point, end: _Point, beside: float, ink: str) -> str:
    """Return an edge: a curve bent to the middle of the circle, with its head, its label and its words."""
    along = (end[0] - start[0], end[1] - start[1])
    length = math.hypot(*along)
    beside *= min(1, length / _RADIUS)
    across = (-along[1] / length, along[0] / length)
    bend: _Point = (
        (start[0] + end[0]) / 2 * (1 - _BEND) + across[0] * 2 * beside,
        (start[1] + end[1]) / 2 * (1 - _BEND) + across[1] * 2 * beside,
    )
    first, last = _towards(start, bend, _DOT), _towards(end, bend, _DOT)
    neck = _towards(end, bend, _DOT + _HEAD) if edge.directed else last
    middle = tuple((a + 2 * b + c) / 4 for a, b, c in zip(first, bend, last, strict=True))
    label = " ".join([*(["negated"] if edge.negated else []), *([f"×{count}"] if count > 1 else [])])
    dashes = _DASHES * (edge.modality is not Modality.ASSERTED)
    drawn = [
        f"<g><title>{escaped(_told(edge, count))}</title>",
        f'<path d="M{_at(first)}Q{_at(bend)} {_at(neck)}" fill="none" stroke="{ink}" stroke-width="2"{dashes}/>',
    ]
    if edge.directed:
        turn = math.atan2(last[1] - neck[1], last[0] - neck[0])
        wings = [(neck[0] + math.sin(turn) * w, neck[1] - math.cos(turn) * w) for w in (-_HEAD / 2, _HEAD / 2)]
        drawn.append(f'<path d="M{_at(last)}L{_at(wings[0])}L{_at(wings[1])}Z" fill="{ink}"/>')
    if label:
        drawn.append(_label(label, (middle[0], middle[1]), ink))
    return "".join([*drawn, "</g>"])


def _label(label: str, place: _Point, ink: str) -> str:
    """Return words on a curve, with a rim of paper around them."""
    paper = palette()["light"]["paper"]
    return (
        f'<text x="{place[0]:.1f}" y="{place[1]:.1f}" text-anchor="middle" dominant-baseline="central" font-size="11" '
        f'fill="{ink}" stroke="{paper}" stroke-width="4" paint-order="stroke">{escaped(label)}</text>'
    )


def _towards(start: _Point, end: _Point, distance: float) -> _Point:
    whole = math.hypot(end[0] - start[0], end[1] - start[1]) or 1.0
    return (start[0] + (end[0] - start[0]) * distance / whole, start[1] + (end[1] - start[1]) * distance / whole)


def _at(point: _Point) -> str:
    return f"{point[0]:.1f},{point[1]:.1f}"


def _actor(name: str, place: _Point) -> str:
    """Return the dot of an actor, its name on the outer side."""
    x, y = place[0] + math.copysign(2 * _DOT, place[0]), place[1]
    anchor = "start" if x > 0 else "end"
    return (
        f'<g><title>{escaped(display.plain(name))}</title><circle cx="{place[0]:.1f}" cy="{place[1]:.1f}" r="{_DOT}"/>'
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" dominant-baseline="central">{escaped(_short(name))}'
        "</text></g>"
    )


def _short(name: str) -> str:
    return display.cut(display.plain(name), _WIDEST_NAME)


def _key(label: str, ink: str, dashed: bool, place: _Point) -> str:
    """Return a line of the legend."""
    x, y = place
    return (
        f'<path d="M{_at(place)}h32" stroke="{ink}" stroke-width="2"{_DASHES * dashed}/>'
        f'<text x="{x + 40:.1f}" y="{y:.1f}" dominant-baseline="central">{escaped(label)}</text>'
    )
