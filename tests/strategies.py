"""Texts for properties: French as the press writes it, taken apart and put together at random; soups of all kinds."""

from __future__ import annotations

from hypothesis import strategies as st

_NAMES = ("Orsol", "Vega", "Nimbao", "Luma", "Halden Ventures", "M. Roux", "S.N.B.", "l’éditeur Brevo", "01.AI")
_AMOUNTS = ("3 millions d'euros", "12 M€", "2,5 Md$", "$ 1,300", "10 à 12 milliards de dollars", "un million", "0 €")
_SHARES = ("12,5 %", "un tiers", "51% du capital", "20 pour cent", "la moitié", "100 %", "0,1 point")
_DATES = ("mardi", "le 3 mars 2024", "fin 2025", "l'an dernier", "depuis 2019", "d'ici à juin", "1er trimestre", "hier")
_VERBS = ("a racheté", "lève", "investit", "rivalise avec", "aurait repris", "ne vendra pas", "va acquérir", "détient")
_WORDS = (
    "le groupe",
    "la start-up",
    "elle",
    "ce dernier",
    "qui",
    "selon",
    "dans",
    "de",
    "et",
    "pour",
    "son concurrent",
)
_MARKS = (
    ",",
    ".",
    " ;",
    " :",
    " !",
    " ?",
    "…",
    " –",
    "«",
    "»",
    '"',
    "(",
    ")",
    "\n",
    "\n\n",
    "\r\n",
    "- ",
    "/",
    "'",
    "’",
)
_GLUE = (" ", " ", " ", "", "\u00a0", "\u202f", "\n", "  ", "-")

_TAGS = (
    *(
        "<p>",
        "</p>",
        "<b>",
        "</b>",
        '<a href="x?a=1&b=2">',
        "</a>",
        "<br/>",
        "<!--",
        "-->",
        "<script>",
        "&amp;",
        "&lt;",
    ),
    *("&eacute;", "&#233;", "&", "<", ">", "]]>", "<table><tr><td>"),
)
_ODD = (
    *("\u0301", "\u00ad", "\u200b", "\ufeff", "\u202e", "\x00", "\x85", "\u2028", "\ud800", "\udfff", "😀", "漢", "ﬁ"),
    *("ǅ", "İ", "ß", "\u1e9e", "٣", "Ⅻ", "½", "²", "\U0001f1eb\U0001f1f7", "e\u0301\u0301\u0301", "\x1b[31m"),
    "\U0001f469\u200d\U0001f469\u200d\U0001f467",
)


def _joined(parts: st.SearchStrategy[str], most: int) -> st.SearchStrategy[str]:
    pairs = st.lists(st.tuples(parts, st.sampled_from(_GLUE)), max_size=most)
    return pairs.map(lambda found: "".join(part + glue for part, glue in found))


def _some(*groups: tuple[str, ...]) -> st.SearchStrategy[str]:
    return st.one_of(*map(st.sampled_from, groups))


def french(most: int = 30) -> st.SearchStrategy[str]:
    """Text of the words of the field, in no order that makes sense for long."""
    return _joined(_some(_NAMES, _VERBS, _NAMES, _AMOUNTS, _SHARES, _DATES, _WORDS, _MARKS), most)


def soup(most: int = 30) -> st.SearchStrategy[str]:
    """Characters of all scripts and none: combining, invisible, alone, reversed."""
    return _joined(st.one_of(_some(_ODD, _MARKS, _NAMES, _AMOUNTS, _DATES), st.text(max_size=3)), most)


def html(most: int = 30) -> st.SearchStrategy[str]:
    """Markup that nobody has taken out of a text, whole or not."""
    return _joined(_some(_TAGS, _NAMES, _VERBS, _AMOUNTS, _MARKS), most)


def huge() -> st.SearchStrategy[str]:
    """Something short, many times over."""
    unit = st.one_of(_some(_NAMES, _AMOUNTS, _DATES, _SHARES, _MARKS, _WORDS, _ODD), st.text(min_size=1, max_size=3))
    return st.builds(
        lambda text, glue, times: (text + glue) * times, unit, st.sampled_from(_GLUE), st.integers(0, 2000)
    )


def texts(most: int = 30) -> st.SearchStrategy[str]:
    """Texts of every kind, none among them."""
    return st.one_of(french(most), soup(most), html(most), st.text(max_size=60))
