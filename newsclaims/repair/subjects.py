"""Subjects: names get the verbs that the parser did not see, or did not see them with."""

from __future__ import annotations

from collections.abc import Mapping

from newsclaims.lexicon.conjugation import inflections
from newsclaims.repair.draft import Chunk, Draft

_CLITICS = frozenset({"en", "y", "l'", "l’", "la", "le", "les", "lui", "leur"})
_EACH = frozenset({"chacun", "chacune", "tous", "toutes"})
_DEFINITE = frozenset({"le", "la", "l'", "l’", "les", "ses", "leurs"})


def find_hidden_verb(draft: Draft) -> None:
    """Make a clause of « Orsol rachète Vega » where the parser saw nothing but foreign words or names."""
    if any(f.get("VerbForm") == "Fin" for f in draft.feats):
        _nominal_root(draft)
        _second_verb(draft)
        return
    if _nominal_root(draft):
        return  # « La sortie de Luma, le moteur d'Orsol, relance la rivalité »
    for chunk in draft.names:
        verb = _after_aside(draft, chunk.last + 1)
        if verb >= len(draft.text) or draft.upos[verb] not in ("X", "PROPN", "NOUN", "ADJ", "VERB"):
            continue
        readings = [r for r in inflections().get(draft.text[verb], ()) if r[1].get("VerbForm") == "Fin"]
        third = [r for r in readings if r[1].get("Person") == "3"]
        if third and verb not in draft.chunk_of:
            _clause(draft, chunk.first, verb, third[0])
            return


def _after_aside(draft: Draft, at: int) -> int:
    """Return the word after an aside of few words that opens here (« Orsol, florissante, concurrence Vega »)."""
    closing = [i for i in range(at + 2, min(at + 6, len(draft.text) - 1)) if draft.text[i] == ","]
    return closing[0] + 1 if at < len(draft.text) and draft.text[at] == "," and closing else at


def _nominal_root(draft: Draft) -> bool:
    """Make a verb of a bare noun with a subject and no copula (« Orsol, qui recrute, taille des croupières »).

    Returns:
        Whether there was one.
    """
    root = next((i for i in draft.ids if not draft.head[i]), 0)
    kinds = {draft.deprel[c].split(":")[0] for c in draft.children(root)}
    if draft.upos[root] != "NOUN" or "nsubj" not in kinds or kinds & {"cop", "det", "case", "aux"}:
        return False
    readings = [r for r in inflections().get(draft.text[root], ()) if r[1].get("VerbForm") == "Fin"]
    reading = next((r for r in readings if r[1].get("Person") == "3"), None)
    if reading is not None:
        draft.upos[root], draft.lemma[root], draft.feats[root] = "VERB", reading[0], dict(reading[1])
    return reading is not None


def _second_verb(draft: Draft) -> None:
    """Make a verb of a word after « et » that the parser took for a foreign one (« et rachète Vega »)."""
    for i in range(3, len(draft.text)):
        if draft.upos[i] != "X" or draft.text[i - 1].lower() not in ("et", "ou") or i in draft.chunk_of:
            continue
        readings = [r for r in inflections().get(draft.text[i], ()) if r[1].get("VerbForm") == "Fin"]
        verbs = [v for v in range(1, i) if draft.upos[v] == "VERB" and draft.feats[v].get("VerbForm") == "Fin"]
        if not readings or not verbs:
            continue
        draft.upos[i], draft.lemma[i], draft.feats[i] = "VERB", readings[0][0], dict(readings[0][1])
        if draft.attach(i, verbs[-1], "conj"):
            for child in draft.children(i):
                if child > i and draft.deprel[child].startswith("flat"):
                    draft.deprel[child] = "obj"


def _clause(draft: Draft, subject: int, verb: int, reading: tuple[str, Mapping[str, str]]) -> None:
    """Hang a subject and what follows on a verb, and make the verb the root."""
    ids = draft.ids
    outer = next((i for i in ids if draft.head[i] == 0), verb)
    draft.upos[verb], draft.lemma[verb], draft.feats[verb] = "VERB", reading[0], dict(reading[1])
    loose = [i for i in ids if draft.head[i] in (subject, verb, 0) and i not in (verb, subject) and i > verb]
    draft.hang(verb, 0, "root")
    if outer != verb:
        draft.hang(outer, verb, "dep")
    draft.hang(subject, verb, "nsubj")
    for i in loose:
        draft.hang(i, verb)
        case = any(draft.deprel[c] == "case" for c in draft.children(i))
        if draft.upos[i] in ("NOUN", "PROPN", "X", "SYM", "NUM"):
            draft.deprel[i] = "obl:mod" if case else "obj"


def part_insertions(draft: Draft) -> None:
    """Give both verbs their subjects where one speaks between commas (« Orsol, croit savoir Vega, recrute »)."""
    ends = {chunk.last: chunk for chunk in draft.names}
    for i in draft.ids:
        start = min([i, *(c for c in draft.children(i) if draft.deprel[c].startswith("aux"))])
        before = ends.get(start - 2)
        if before is None or draft.text[start - 1] != "," or draft.upos[i] != "VERB":
            continue
        subjects = [c for c in draft.children(i) if draft.deprel[c] == "nsubj" and c < i]
        inside = [c for c in draft.names if c.first > i and draft.deprel[c.first] in ("nsubj", "obj")]
        outer = _outer_verb(draft, i)
        own = any(draft.deprel[c] == "nsubj" and c < outer for c in draft.children(outer))
        if not outer or subjects != [draft.top(before)] or own:
            continue
        speaker = [c.first for c in inside if c.first < outer and "," in draft.text[c.last : outer]]
        if len(speaker) != 1:
            continue
        if draft.head[outer] == i:
            draft.hang(outer, draft.head[i], draft.deprel[i])
            draft.hang(i, outer, "parataxis:insert")
        draft.attach(subjects[0], outer, "nsubj")
        draft.attach(speaker[0], i, "nsubj")


def _outer_verb(draft: Draft, inserted: int) -> int:
    """Return the verb that a clause between commas is put in before, whichever hangs on the other; 0 for none."""
    above = draft.head[inserted]
    if above > inserted and draft.upos[above] == "VERB":
        return above
    clauses = ("advcl", "conj", "ccomp", "parataxis")
    below = [c for c in draft.children(inserted) if draft.deprel[c].split(":")[0] in clauses]
    later = [c for c in below if c > inserted and draft.upos[c] in ("VERB", "AUX") and not draft.has(c, "mark")]
    return next((c for c in later if draft.is_finite(c) and not draft.has(c, "cc")), 0)


def free_quantifiers(draft: Draft) -> None:
    """Make an adverb of « chacun », « toutes deux » beside what they count (« ont chacun racheté Vega »)."""
    for each in draft.ids:
        if draft.text[each].lower() not in _EACH:
            continue
        i = draft.head[each] if draft.head[each] == each + 1 and draft.upos[each + 1] == "NUM" else each
        relation, verb = draft.deprel[i].split(":")[0], draft.head[i]
        if relation not in ("nsubj", "obj"):
            continue
        counted = (relation, "nsubj") if i < verb else (relation,)
        if any(c != i and draft.deprel[c].split(":")[0] in counted for c in draft.children(verb)):
            draft.deprel[i] = "advmod"


def find_inverted_subjects(draft: Draft) -> None:
    """Make a subject of a second object behind « que » and a verb (« Vega, que veut racheter Orsol »)."""
    for i in draft.ids:
        verb = draft.head[i]
        relative = draft.lemma[i] == "que" and draft.upos[i] == "PRON" and draft.deprel[i] == "obj"
        if not relative or draft.upos[verb] != "VERB" or i > verb:
            continue
        behind = [c for c in draft.children(verb) if c > verb and draft.deprel[c] == "obj"]
        finite = verb
        while not draft.is_finite(finite) and draft.deprel[finite] == "xcomp":
            finite = draft.head[finite]
        if behind and not draft.has(finite, "nsubj") and not draft.has(verb, "nsubj"):
            draft.attach(behind[0], finite, "nsubj")


def attach_addressed_speakers(draft: Draft) -> None:
    """Make a subject of a person's name behind the one spoken to (« a déclaré à Vega Paul Durand »)."""
    for chunk in draft.names:
        other = draft.head[chunk.first]
        verb = draft.head[other]
        joined = draft.deprel[chunk.first].startswith("flat") and draft.chunk_of.get(other) not in (None, chunk)
        spoken_to = draft.deprel[other].startswith("obl") and draft.upos[verb] == "VERB" and verb < other
        if joined and spoken_to and chunk.label == "PERSON" and not draft.has(verb, "nsubj"):
            draft.attach(chunk.first, verb, "nsubj")


def _verb_behind(draft: Draft, chunk: Chunk) -> int:
    """Return the finite verb that a name stands right before, 0 for none."""
    verb = chunk.last + 1
    while verb < len(draft.text) and (
        draft.upos[verb] in ("AUX", "ADV")
        or (draft.upos[verb] == "PRON" and draft.text[verb].lower() in _CLITICS)
        or draft.lemma[verb] in ("se", "ne")
        or draft.text[verb] in ("s'", "n'", "s’", "n’")
    ):
        verb += 1
    if verb >= len(draft.text) or draft.upos[verb] != "VERB" or verb in draft.chunk_of:
        return 0
    return verb if draft.is_finite(verb) else 0


def part_founders(draft: Draft) -> None:
    """Give a verb in the singular the name before it, not a row of names (« Fondé par A, B et C, Orsol recrute »).

    The parser ends the row of agents too early, and takes the rest for the subject.
    """
    for chunk in draft.names:
        verb, top = _verb_behind(draft, chunk), draft.top(chunk)
        if draft.text[chunk.first - 1] == ",":
            top = chunk.first
        apart = draft.text[draft.phrase_start(top) - 1] == ","
        if not verb or not apart or draft.case(chunk) or not _is_singular(draft, verb):
            continue
        row = next((c for c in draft.children(verb) if draft.deprel[c].startswith("nsubj") and c < chunk.first), 0)
        if not row or not any(draft.deprel[c] == "conj" and c < chunk.first for c in draft.children(row)):
            continue
        participles = [c for c in draft.children(verb) if c < row and draft.feats[c].get("VerbForm") == "Part"]
        agents = [c for part in participles for c in draft.children(part) if draft.deprel[c] == "obl:agent"]
        if agents and agents[-1] < row and draft.attach(row, agents[-1], "conj"):
            draft.attach(top, verb, "nsubj")


def _is_singular(draft: Draft, verb: int) -> bool:
    """Return whether the finite form of a verb is in the singular."""
    forms = [verb, *(c for c in draft.children(verb) if draft.deprel[c].startswith("aux"))]
    return any(draft.feats[k].get("VerbForm") == "Fin" and draft.feats[k].get("Number") == "Sing" for k in forms)


def attach_bare_subjects(draft: Draft) -> None:
    """Make a name right before a finite verb without a subject its subject."""
    for chunk in draft.names:
        verb = _verb_behind(draft, chunk)
        if not verb:
            continue
        children = draft.children(verb)
        top = draft.top(chunk)
        opener = chunk.first - (draft.upos[chunk.first - 1] == "DET")
        if opener > 1 and draft.text[opener - 1] == ":":
            # « Fintech : Orsol lève »: what stands before the colon is no subject
            for c in children:
                if draft.deprel[c].startswith("nsubj") and c < opener:
                    draft.deprel[c] = "dep"
            if draft.head[chunk.first] < opener:
                draft.attach(chunk.first, verb, "nsubj")
            top, children = draft.top(chunk), draft.children(verb)
        if any(draft.deprel[c].startswith("nsubj") for c in children) or draft.case(chunk) or _in_clause(draft, top):
            continue
        if draft.head[verb] == top and draft.deprel[verb].split(":")[0] in (
            "acl",
            "appos",
            "conj",
            "dep",
            "parataxis",
        ):
            draft.hang(verb, draft.head[top], draft.deprel[top])
            draft.hang(top, verb, "nsubj")
        elif draft.deprel[top].split(":")[0] not in ("nsubj", "conj"):
            draft.attach(top, verb, "nsubj")
        elif draft.deprel[top] == "conj" and draft.feats[verb].get("Number") == "Plur":
            # « Orsol en a 12 %, Vega et Luma en détiennent 8 »: both, whatever the first was hung on
            first = draft.head[top]
            if draft.ner[first] and draft.ner[first] not in ("MONEY", "PERCENT") and draft.deprel[first] == "conj":
                draft.attach(first, verb, "nsubj")


def _in_clause(draft: Draft, top: int) -> bool:
    """Return whether a name has a place of its own before the verb that follows it (« …, selon Orsol lève »)."""
    return draft.deprel[top].split(":")[0] in ("obl", "obj", "iobj", "nsubj") and draft.head[top] < top


def appose_descriptions(draft: Draft) -> None:
    """Make an apposition of a description behind a subject (« Orsol et Vega, les deux patrons, ont voté »).

    The parser takes it for a second subject.
    """
    for i in range(4, len(draft.head)):
        start, verb = draft.phrase_start(i), draft.head[i]
        if not draft.deprel[i].startswith("nsubj") or draft.upos[i] != "NOUN" or draft.ner[i] or verb < i:
            continue
        subject = next((c for c in draft.children(verb) if c < start and draft.deprel[c].startswith("nsubj")), 0)
        comma = start - 1
        closed = any(draft.text[k] == "," and draft.head[k] in (i, verb) for k in range(i + 1, verb))
        apart = draft.text[comma] == "," and draft.text[start].lower() in _DEFINITE
        if subject and draft.ner[subject] and apart and closed and draft.below(comma - 1, subject):
            draft.attach(i, subject, "appos")
