"""What page and drawing share: escaping, and the colours of claim types."""

from __future__ import annotations

import html
import tomllib
import zlib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

import regex

from newsclaims.claims import Claim, Modality
from newsclaims.errors import InputTypeError

# What XML cannot hold; HTML holds some of it, and shows none.
_FORBIDDEN = regex.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FRAME = (
    '<iframe title="newsclaims" srcdoc="{}" sandbox="" '
    'style="width:100%;height:{}px;border:0;resize:vertical;overflow:auto"></iframe>'
)
_FRAME_HEIGHT = 560


class Markup(str):
    """HTML or SVG, as text that a notebook shows drawn."""

    def _repr_html_(self) -> str:
        """Return it in a frame, so that styles and ids of a notebook and of what it shows keep apart."""
        # Without a base of its own, a link to « #c1 » would open the notebook inside the frame.
        page = self.replace("<head>", '<head>\n<base href="about:srcdoc">', 1)
        return _FRAME.format(html.escape(page), _FRAME_HEIGHT)


def escaped(text: str) -> str:
    """Return a text as content or attribute of HTML and XML, � for each character that they cannot hold."""
    return html.escape(_FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)).replace("\r", "&#13;")


@cache
def palette() -> dict[str, Any]:
    """Return the contents of ``colours.toml``."""
    return tomllib.loads(asset("colours.toml"))


def asset(name: str) -> str:
    """Return the text of a file beside this module."""
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


def colours(claims: Iterable[Claim]) -> dict[str, Any]:
    """Return the colour of each claim type, by name in alphabetical order.

    A type keeps its colour from page to page; where two would share one, the later takes the next that is free.
    """
    known = palette()["colour"]
    taken: dict[str, int] = {}
    for name in sorted({type(claim).__name__ for claim in claims}):
        first = zlib.crc32(name.encode("utf-8")) % len(known)
        choice = (n % len(known) for n in range(first, first + len(known)))
        taken[name] = next((n for n in choice if n not in taken.values()), first)
    return {name: known[number] for name, number in taken.items()}


def held(modality: Modality, negated: bool) -> list[str]:
    """Return how a text holds a claim, nothing for what it plainly asserts."""
    return [*([] if modality is Modality.ASSERTED else [modality.value]), *(["negated"] if negated else [])]


def checked(claims: Iterable[Claim]) -> list[Claim]:
    """Return claims as a list.

    Raises:
        InputTypeError: one of them is none.
    """
    if isinstance(claims, Iterable):
        listed = list(claims)
        if all(isinstance(claim, Claim) for claim in listed):
            return listed
    raise InputTypeError(
        "claims must be claims such as extract_claims() returns; bring dictionaries back with from_dict()"
    )
