"""The page: a text with its claims, each with its slots and its explanation, in HTML that needs no script.

The text is cut where spans begin and end; each piece is wrapped once for each span that covers it, so that claims may
overlap and nest, and the text between the tags stays as it was given.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs

from newsclaims import display
from newsclaims.claims import Claim, Modality, slots
from newsclaims.errors import InputTypeError, InputValueError
from newsclaims.spans import Span
from newsclaims.viewer.markup import Markup, asset, checked, colours, escaped, held, palette

_LANES = 4  # underlines below each other; those of more claims at one place fall together
_PAGE = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<style>
{style}
</style>
</head>
<body>
<header>
<h1>{title}</h1>
{legend}
</header>
<main>
<article lang="fr">{article}</article>
<section aria-label="Claims">
{cards}
</section>
</main>
</body>
</html>
"""


@attrs.frozen
class _Mark:
    """A span to be shown.

    Attributes:
        span: where.
        number: of its claim, from 1.
        kind: number of the claim's type.
        lane: of the underline, from the top.
        dashed: whether the claim is not asserted.
        role: name of the slot that the words fill; empty for the evidence.
    """

    span: Span
    number: int
    kind: int
    lane: int
    dashed: bool
    role: str = ""


def render(text: str, claims: Iterable[Claim], *, title: str = "Claims", explain: bool = True) -> Markup:
    """Return a text with its claims as a page of HTML, which loads nothing and runs no script.

    Evidence is underlined in the colour of the claim's type, the words in its slots are tinted. Pointing at a claim,
    tapping its number or reaching it with the tabulator shows its slots, its rule and its explanation.

    Args:
        text: the text that the claims were found in.
        claims: the claims, of any type; those rebuilt by `from_dict` have no explanation.
        title: heading of the page.
        explain: whether to read the text once more for the explanations.

    Returns:
        The page, a ``str`` that notebooks show as a page.

    Raises:
        InputTypeError: an argument has another type.
        InputValueError: a claim is of another text.
    """
    if not isinstance(text, str):
        raise InputTypeError(f"text must be a str, not {type(text).__name__}")
    numbered = list(enumerate(checked(claims), 1))
    for number, claim in numbered:
        _check(text, number, claim)
    colour_of = colours(claim for _, claim in numbered)
    kinds = {name: kind for kind, name in enumerate(colour_of)}
    marks = list(_marks(numbered, kinds))
    cards = "\n".join(_card(number, claim, kinds, explain) for number, claim in numbered)
    return Markup(
        _PAGE.format(
            title=escaped(display.plain(title)),
            style="\n".join([asset("page.css"), *_style(colour_of, len(numbered))]),
            legend=_legend(kinds, Counter(type(claim).__name__ for _, claim in numbered)),
            article="".join(_article(text, marks, dict(numbered))),
            cards=f"<ol>\n{cards}\n</ol>" if cards else "<p>No claim found.</p>",
        )
    )


def _check(text: str, number: int, claim: Claim) -> None:
    for span in (claim.evidence, *(span for _, span in _roles(claim))):
        if span.start < 0 or text[span.start : span.end] != span.text:
            raise InputValueError(
                f"claim {number} is of another text: at {span.start} to {span.end} it has {span.text!r}, the text "
                f"{display.cut(text[span.start : span.end], 80)!r}; give the text that the claims were found in"
            )


def _roles(claim: Claim) -> Iterator[tuple[str, Span]]:
    """Yield the words that fill the slots of a claim, its source and its date, with the name of the slot."""
    for name in (*slots(type(claim)), "source", "date"):
        value = getattr(claim, name)
        for filler in value if isinstance(value, tuple) else (value,):
            mention = getattr(filler, "mention", None)
            if isinstance(mention, Span):
                yield name, mention


def _marks(numbered: Iterable[tuple[int, Claim]], kinds: Mapping[str, int]) -> Iterator[_Mark]:
    """Yield the spans of all claims; the underlines of claims that share words lie in lanes of their own."""
    ends: list[int] = []  # where the last underline in each lane ends
    for number, claim in sorted(numbered, key=lambda item: (item[1].evidence.start, -item[1].evidence.end)):
        evidence = claim.evidence
        lane = next((lane for lane, end in enumerate(ends) if end <= evidence.start), len(ends))
        ends[lane:] = [evidence.end, *ends[lane + 1 :]]
        kind, dashed = kinds[type(claim).__name__], claim.modality is not Modality.ASSERTED
        yield _Mark(evidence, number, kind, lane % _LANES, dashed)
        roles: dict[Span, list[str]] = {}
        for name, span in _roles(claim):
            roles.setdefault(span, []).append(display.plain(name.replace("_", " ")))
        for span, names in roles.items():
            yield _Mark(span, number, kind, 0, dashed, ", ".join(dict.fromkeys(names)))


def _article(text: str, marks: Sequence[_Mark], claims: Mapping[int, Claim]) -> Iterator[str]:
    """Yield the text in pieces, each wrapped in the marks that cover it, with a link to each claim where it begins."""
    starting: dict[int, list[_Mark]] = {}
    cuts = {0, len(text)}
    for mark in marks:
        starting.setdefault(mark.span.start, []).append(mark)
        cuts |= {mark.span.start, mark.span.end}
    places = sorted(cuts)
    active: list[_Mark] = []
    for place, end in zip(places, [*places[1:], len(text)], strict=True):
        new = starting.get(place, [])
        # The evidence around the roles, long spans around short ones.
        active = sorted(
            (mark for mark in (*active, *new) if mark.span.end > place),
            key=lambda mark: (bool(mark.role), mark.span.start, -mark.span.end, mark.number),
        )
        begun = sorted((mark for mark in new if not mark.role), key=lambda mark: mark.number)
        yield from (_link(mark, claims[mark.number]) for mark in begun)
        if place < end:
            first = [_open(mark, begins=mark.span.start == place) for mark in active]
            yield "".join([*first, escaped(text[place:end]), "</span>" * len(active)])


def _open(mark: _Mark, begins: bool) -> str:
    classes = f"k k{mark.number} t{mark.kind}"
    if not mark.role:
        return f'<span class="{classes} e{" dashed" * mark.dashed}" style="--lane:{mark.lane}">'
    label = f' data-slot="{escaped(mark.role)}"' if begins else ""
    return f'<span class="{classes} role"{label}>'


def _link(mark: _Mark, claim: Claim) -> str:
    number, notes = mark.number, held(claim.modality, claim.negated)
    told = escaped(", ".join([f"claim {number}: {type(claim).__name__}", *notes]))
    return (
        f'<a class="k k{number} t{mark.kind} number" id="m{number}" href="#c{number}" '
        f'data-number="{escaped(" ".join([str(number), *notes]))}" aria-label="{told}"></a>'
    )


def _card(number: int, claim: Claim, kinds: Mapping[str, int], explain: bool) -> str:
    """Return all that there is to know of a claim."""
    name = type(claim).__name__
    _, actors, amounts, state, source, _ = display.row(claim)
    fields = [*slots(type(claim)), "modality", "negated", "source", "date", "rule"]
    filled = [(field, value) for field in fields if (value := getattr(claim, field)) not in (None, (), "", False)]
    rows = [f"<dt>{escaped(f.replace('_', ' '))}</dt><dd>{escaped(display.value(value))}</dd>" for f, value in filled]
    told = _explanation(claim) if explain else ""
    line = " · ".join(part for part in (amounts, state, source) if part)
    return f"""\
<li class="k k{number} t{kinds[name]} card" id="c{number}">
<a class="close" href="#none">Close</a>
<h2><a class="number" href="#c{number}" data-number="{number}" aria-label="claim {number}"></a> {escaped(name)}</h2>
<p><strong lang="fr">{escaped(actors)}</strong><br>{escaped(line)}</p>
<div class="more">
<blockquote lang="fr">{escaped(display.plain(claim.evidence.text))}</blockquote>
<dl>{"".join(rows)}</dl>
{f"<h3>How it was read</h3><pre>{escaped(told)}</pre>" if told else ""}
<a href="#m{number}">Show in the text</a>
</div>
</li>"""


def _explanation(claim: Claim) -> str:
    """Return how a claim was read, without what its card says anyway; nothing for a claim that does not know."""
    try:
        return "\n".join(str(claim.explain()).splitlines()[2:])
    except InputValueError:
        return ""


def _legend(kinds: Mapping[str, int], counts: Mapping[str, int]) -> str:
    """Return the claim types, each with a box that shows or hides its claims, and what the lines mean."""
    if not kinds:
        return ""
    boxes = "\n".join(
        f'<label class="t t{kind}"><input type="checkbox" id="f{kind}" checked> '
        f"{escaped(name)} ({counts[name]})</label>"
        for name, kind in kinds.items()
    )
    return f"""\
<fieldset>
<legend>Claim types</legend>
{boxes}
</fieldset>
<p class="key"><span class="e">asserted</span>
<span class="e dashed">conditional, possible, planned or hypothetical</span>
<span class="role">words in a slot</span></p>"""


def _style(colour_of: Mapping[str, Mapping[str, Mapping[str, str]]], number_of_claims: int) -> Iterator[str]:
    """Yield the rules that depend on the claims: colours, what the boxes hide, and which claim is looked at."""
    for theme, condition in (("light", "{}"), ("dark", "@media screen and (prefers-color-scheme:dark){{{}}}")):
        rules = [_variables(":root", palette()[theme])]
        rules += [_variables(f".t{kind}", colour[theme]) for kind, colour in enumerate(colour_of.values())]
        yield condition.format("".join(rules))
    for kind in range(len(colour_of)):
        hidden = f"body:has(#f{kind}:not(:checked))"
        yield f"{hidden} span.t{kind}{{all:unset;pointer-events:none}}{hidden} span.t{kind}::after{{content:none}}"
        yield f"{hidden} :is(a,li).t{kind}{{display:none}}"
    for number in range(1, number_of_claims + 1):
        looked_at = f"body:has(article .k{number}:hover,.k{number}:is(:focus-within,:target)) .k{number}"
        listed = f"body:has(li.k{number}:hover) span.k{number}"
        yield f"{looked_at},{listed}{{--on:block;--back:var(--shade);--rim:var(--ink)}}"


def _variables(selector: str, values: Mapping[str, str]) -> str:
    return f"{selector}{{{''.join(f'--{name}:{value};' for name, value in values.items())}}}"
