"""More of what treebanks lack: conditionals, typographic marks, headlines in capitals or without a full stop."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Sequence

from newsclaims.training.treebank import Tree, french

_ACCENTS = str.maketrans("àâäçéèêëîïôöùûüÀÂÇÉÈÊÎÔÙ", "aaaceeeeiioouuuAACEEEIOU")


def conditional(tree: Tree, _: random.Random) -> Tree | None:
    """Return the sentence with its finite verbs in the conditional, None if none is known."""
    changed = copy.deepcopy(tree)
    found = False
    for token in changed.tokens:
        word = changed.words[token.first - 1]
        form = french()["conditionals"].get(token.form.lower())
        if token.first != token.last or form is None or word.upos not in ("AUX", "VERB"):
            continue
        if word.feats.get("VerbForm") != "Fin" or word.feats.get("Mood") != "Ind":
            continue
        form = form.capitalize() if token.form[0].isupper() else form
        token.form = word.form = form
        word.feats = {**word.feats, "Mood": "Cnd", "Tense": "Pres"}
        found = True
    return changed if found else None


def typographic(tree: Tree, _: random.Random) -> Tree | None:
    """Return the sentence with guillemets for its straight quotation marks, None if it has none."""
    changed = copy.deepcopy(tree)
    opened = False
    found = False
    for token in changed.tokens:
        if token.form == '"':
            token.form, opened, found = "«»"[opened], not opened, True
            word = changed.words[token.first - 1]
            word.form = word.lemma = token.form
            token.space_after = token.space_after or token.form == "«"
    return changed if found else None


def _rewritten(tree: Tree, change: Callable[[str], str]) -> Tree:
    changed = copy.deepcopy(tree)
    for token in changed.tokens:
        token.form = change(token.form)
    for word in changed.words:
        word.form = change(word.form)
        if word.upos == "PROPN":
            word.lemma = word.form
    return changed


def capitals(tree: Tree, _: random.Random) -> Tree | None:
    """Return a short sentence in capitals, as headings are; None for a long one."""
    return _rewritten(tree, str.upper) if len(tree.words) <= 15 else None


def unaccented(tree: Tree, _: random.Random) -> Tree:
    """Return the sentence without accents."""
    return _rewritten(tree, lambda form: form.translate(_ACCENTS))


def stopless(tree: Tree, _: random.Random) -> Tree | None:
    """Return the sentence without its full stop, as headlines are; None if it has none."""
    if len(tree.words) < 3 or tree.words[-1].form != "." or tree.children(len(tree.words)):
        return None
    changed = copy.deepcopy(tree)
    changed.words.pop()
    changed.tokens.pop()
    changed.tokens[-1].space_after = True
    return changed


SHARES: dict[Callable[[Tree, random.Random], Tree | None], float] = {
    conditional: 0.25,
    typographic: 0.80,
    stopless: 0.06,
    capitals: 0.02,
    unaccented: 0.01,
}
"""How many sentences get a changed copy, by change."""


def augment(trees: Sequence[Tree], seed: int = 1) -> list[Tree]:
    """Return changed copies of some of the sentences, always the same ones for a seed."""
    chance = random.Random(seed)
    copies = []
    for change, share in SHARES.items():
        for tree in trees:
            if chance.random() < share and (changed := change(tree, chance)) is not None:
                changed.name = f"{tree.name}-{change.__name__}"
                copies.append(changed)
    return copies
