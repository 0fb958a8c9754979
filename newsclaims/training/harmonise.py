"""One annotation scheme for treebanks that differ in details.

UD treebanks of French share their guidelines and still disagree on what a model should not have to guess: which
features a pronoun bears, whether a name after its description is `appos` or `nmod`, whether obliques have subtypes.
The reference is Sequoia, but for `appos` and for symbols, where GSD, PUD and the universal guidelines agree.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

import attrs

from newsclaims.training.treebank import Tree, Word, french

CLOSED = frozenset({"ADP", "AUX", "CCONJ", "DET", "PRON", "PUNCT", "SCONJ"})
"""Parts of speech whose words take lemma and features from the reference."""

_SYMBOLS = frozenset("%€$£¥")
_NOUNS = ("NOUN", "PROPN", "SYM", "X", "NUM", "PRON")
_STRAIGHT = str.maketrans("’“”", "'«»")  # as texts are tidied before they are parsed
_RARE = 15
"""A subtype of a relation that is seen less often becomes the relation without subtype."""

Key = tuple[str, str, str]


@attrs.frozen
class Reference:
    """What the reference treebanks say of closed-class words, reflexives and obliques."""

    closed: dict[Key, tuple[str, dict[str, str]]]
    reflexives: dict[str, str]
    obliques: dict[tuple[str, str], str]
    speech: frozenset[str]


def _key(word: Word) -> Key:
    # tonic and clitic pronouns look alike: « elle » is one as a subject, the other after a preposition
    core = word.upos == "PRON" and word.base in ("nsubj", "obj", "iobj", "expl")
    return word.form.lower(), word.upos, "core" if core else ""


def learn(sequoia: Sequence[Tree], others: Sequence[Tree]) -> Reference:
    """Count what the other treebanks are to be made like.

    Args:
        sequoia: the reference for words, reflexives and verbs of speech.
        others: treebanks whose obliques have subtypes as well.
    """
    closed: dict[Key, Counter[tuple[str, tuple[tuple[str, str], ...]]]] = defaultdict(Counter)
    reflexives: dict[str, Counter[str]] = defaultdict(Counter)
    obliques: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    speech: set[str] = set()
    for tree in sequoia:
        for word in tree.words:
            if word.upos in CLOSED and not {"ExtPos", "Typo", "Foreign"} & set(word.feats):
                closed[_key(word)][word.lemma, tuple(sorted(word.feats.items()))] += 1
            if word.deprel == "parataxis:insert" and word.upos == "VERB":
                speech.add(word.lemma)
    for tree in [*sequoia, *others]:
        for number, word in enumerate(tree.words, 1):
            head = tree.word(word.head)
            if head and word.form.lower() in ("se", "s'", "s’") and word.upos == "PRON" and word.base == "expl":
                reflexives[head.lemma][word.deprel] += 1
            if head and word.deprel in ("obl:arg", "obl:mod"):
                case = _case(tree, number)
                obliques[head.lemma, case][word.deprel] += 1
                obliques["", case][word.deprel] += 1
    return Reference(
        {
            key: (lemma, dict(feats))
            for key, counts in closed.items()
            for (lemma, feats), _ in counts.most_common(1)
            if counts.total() > 2
        },
        {lemma: counts.most_common(1)[0][0] for lemma, counts in reflexives.items()},
        {key: counts.most_common(1)[0][0] for key, counts in obliques.items() if not key[0] or counts.total() > 1},
        frozenset(speech),
    )


def _case(tree: Tree, number: int) -> str:
    found = [tree.words[i - 1].lemma for i in tree.children(number) if tree.words[i - 1].deprel == "case"]
    return found[0] if found else ""


def harmonise(trees: Iterable[Tree], reference: Reference) -> list[Tree]:
    """Return sentences annotated as the reference is; the trees given are changed in place."""
    done = list(trees)
    for tree in done:
        for token in tree.tokens:
            token.form = token.form.translate(_STRAIGHT)
        for number, word in enumerate(tree.words, 1):
            word.form = word.form.translate(_STRAIGHT)
            _word(word, reference)
            _participle(tree, number, word)
        for number, word in enumerate(tree.words, 1):
            _relation(tree, number, word, reference)
    return done


def _word(word: Word, reference: Reference) -> None:
    if word.upos in CLOSED or word.form.lower() in french()["adverbs"]:
        kept = {k: v for k, v in word.feats.items() if k in ("ExtPos", "Typo", "Foreign")}
        known = reference.closed.get(_key(word)) if not kept else None
        if known:
            word.lemma, word.feats = known[0], dict(known[1])
    for feature in ("Number[psor]", "Person[psor]", "Typo"):
        word.feats.pop(feature, None)
    if word.feats.get("Voice") == "Act":
        del word.feats["Voice"]
    if word.upos == "NUM":
        word.feats = {"NumType": "Card"}
    if word.form in _SYMBOLS:
        word.upos, word.lemma, word.feats = "SYM", word.form, {"ExtPos": "NOUN", "Number": "Plur"}
    if word.upos == "NOUN" and word.lemma in ("million", "milliard"):
        word.feats = {"Gender": "Masc", "Number": word.feats.get("Number", "Plur"), "NumType": "Card"}
    if word.upos == "PROPN":
        word.lemma = word.form
    if word.lemma == "_" and word.form != "_":
        word.lemma = word.form.lower()


def _participle(tree: Tree, number: int, word: Word) -> None:
    """Mark passive participles, those of an auxiliary and those that modify."""
    if word.upos != "VERB" or word.feats.get("VerbForm") != "Part" or word.feats.get("Tense") != "Past":
        return
    below = {tree.words[i - 1].deprel for i in tree.children(number)}
    passive = "aux:pass" in below or (
        not below & {"aux:tense", "expl:pv"} and word.lemma not in french()["intransitive"]
    )
    if passive:
        word.feats["Voice"] = "Pass"
    else:
        word.feats.pop("Voice", None)


def _relation(tree: Tree, number: int, word: Word, reference: Reference) -> None:
    head = tree.word(word.head)
    if head is None:
        return
    if word.form.lower() in ("se", "s'", "s’") and word.upos == "PRON" and word.deprel in ("obj", "expl:comp"):
        word.deprel = reference.reflexives.get(head.lemma, "expl:pv")
    elif word.deprel == "obl":
        word.deprel = _oblique(tree, number, word, head, reference)
    elif word.deprel == "nmod" and word.upos == "PROPN" and word.head == number - 1:
        # « le groupe Orsol »; a name after a title, « M. Durand », stays
        bare = not any(tree.words[i - 1].deprel == "case" for i in tree.children(number))
        if bare and head.upos == "NOUN" and head.lemma not in french()["titles"]:
            word.deprel = "appos"
    elif word.deprel == "parataxis" and word.upos == "VERB" and word.lemma in reference.speech and word.head < number:
        after = [i for i in tree.children(number) if i > number and tree.words[i - 1].deprel == "nsubj"]
        if after:
            word.deprel = "parataxis:insert"
    elif word.deprel == "obj:lvc":
        word.deprel = "obj"


def _oblique(tree: Tree, number: int, word: Word, head: Word, reference: Reference) -> str:
    case = _case(tree, number)
    passive = any(tree.words[i - 1].deprel == "aux:pass" for i in tree.children(word.head))
    if case == "par" and (passive or (head.feats.get("VerbForm") == "Part" and head.base == "acl")):
        return "obl:agent"
    known = reference.obliques.get((head.lemma, case)) or reference.obliques.get(("", case))
    return known or "obl:mod"


def merge_rare(trees: Sequence[Tree]) -> None:
    """Take the subtype off relations that are too rare to be learnt."""
    counts = Counter(word.deprel for tree in trees for word in tree.words)
    for tree in trees:
        for word in tree.words:
            if ":" in word.deprel and counts[word.deprel] < _RARE:
                word.deprel = word.base
