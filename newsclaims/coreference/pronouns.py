"""Pronouns: whom « il », « elle », « ce dernier » and « le premier » stand for."""

from __future__ import annotations

from newsclaims.anaphora.cues import cues
from newsclaims.anaphora.referents import GENDERS, Referent, bare, kind_of, said_of
from newsclaims.anaphora.salience import Sought
from newsclaims.anaphora.subjects import relative_antecedent, surface_subject
from newsclaims.anaphora.words import PERSONAL, gender_of_latter, is_relative, set_off_from
from newsclaims.claims import EntityKind
from newsclaims.coreference.choice import best, both, last_group, plural_name
from newsclaims.coreference.memory import Memory, noted
from newsclaims.coreference.reasons import Because
from newsclaims.lexicon import load
from newsclaims.speech import quoted_report
from newsclaims.tree import Sentence, Word


def personal(memory: Memory, index: int, sentence: Sentence, word: Word) -> tuple[Referent, ...]:
    """Return whom a personal pronoun stands for."""
    memory.tried.append(Because.PRONOUN)
    gender, plural = PERSONAL[pronoun_of(word)]
    if (verb := set_off_from(sentence, word)) is not None:
        subject = surface_subject(sentence, verb)
        found = memory.referents_of(index, sentence, subject) if subject is not None else ()
        if found or not plural:
            return found
    if (topic := _announced(memory, index, sentence, word)) and (topic[0].gender in ("", gender) or not gender):
        return topic
    if plural:
        return plural_name(memory, index, sentence, word) or last_group(memory, index) or both(memory, index)
    if (speaker := _speaker_unnamed(memory, index, sentence, word)) is not None:
        return memory.referents_of(index, sentence, speaker)
    if (office := _office_of(sentence, word)) is not None:
        return _holder(memory, index, sentence, word, office, gender)
    said = _speaker_meant(memory, index, sentence, word, gender)
    barred = () if said else _telling(memory, index, sentence, word)
    sought = Sought.by(sentence, word, gender=gender)
    if sought.speaks and _says_i(memory, index, sentence, word):
        others = (EntityKind.ORGANISATION, EntityKind.PRODUCT, EntityKind.PLACE)
        barred = (*barred, *(m.referent for m in memory.recent(index, 6) if m.referent.kind in others))
    return said or best(memory, index, sentence, word, sought, reach=2, barred=barred)


def _announced(memory: Memory, index: int, sentence: Sentence, pronoun: Word) -> tuple[Referent, ...]:
    """Return whom a sentence says at its front that it is about: « Quant à Orsol, Luma veut le racheter »."""
    about = next((w for w in sentence.words[:12] if (a := sentence.head(w)) is not None and a.lemma == "quant"), None)
    if about is None or pronoun in sentence.subtree(about):
        return ()
    found = memory.referents_of(index, sentence, about)
    return found if len(found) == 1 else ()


def _holder(
    memory: Memory, index: int, sentence: Sentence, pronoun: Word, office: Word, gender: str
) -> tuple[Referent, ...]:
    """Return who holds an office: the person spoken of, else somebody whom the text has not named."""
    sought = Sought.by(sentence, pronoun, EntityKind.PERSON, gender)
    found = best(memory, index, sentence, pronoun, sought, reach=3)
    if found:
        return found
    name = " ".join(memory.phrase(index, office).text.split())
    return (Referent(name=name, kind=EntityKind.PERSON, gender=gender, traits=said_of(sentence, office), named=False),)


def _speaker_unnamed(memory: Memory, index: int, sentence: Sentence, word: Word) -> Word | None:
    """Return who speaks of himself without a name: « Le ministre a annoncé qu'il investirait »."""
    verb = _reporting(sentence, word)
    speaker = surface_subject(sentence, verb) if verb is not None else None
    if speaker is not None and is_relative(speaker):
        speaker = relative_antecedent(sentence, speaker)
    unnamed = (
        speaker is not None
        and speaker.upos == "NOUN"
        and not speaker.ner
        and speaker.feats.get("Number") != "Plur"
        and speaker.feats.get("Gender") == word.feats.get("Gender")
        and not any(c.deprel == "appos" and c.ner for c in sentence.children(speaker))
        and not any(r.named for r in memory.referents_of(index, sentence, speaker))
    )
    return speaker if unnamed else None


def _says_i(memory: Memory, index: int, sentence: Sentence, pronoun: Word) -> bool:
    """Return whether somebody says « je » in the words that are put to a pronoun (« J'y crois », a-t-il dit)."""
    before = [*memory.document.sentences[max(index - 1, 0)].words, *sentence.words[: pronoun.id - 1]]
    before = before[-40:] if index else before
    for word in reversed(before):
        if word.text.lower() in ("je", "j'", "j’", "-je") and memory.quotations.covers(word):
            return True
        if (
            word.upos == "VERB"
            and not memory.quotations.covers(word)
            and word.head != pronoun.head
            and word.id != pronoun.head
        ):
            return False
    return False


def _speaker_meant(memory: Memory, index: int, sentence: Sentence, word: Word, gender: str) -> tuple[Referent, ...]:
    """Return who speaks of himself: « Orsol a annoncé qu'il investirait »; nobody where a medium reports."""
    verb = _reporting(sentence, word)
    speaker = surface_subject(sentence, verb) if verb is not None else None
    if verb is None or speaker is None or verb.lemma in load("speech")["reporting"]:
        return ()
    found = memory.referents_of(index, sentence, speaker)
    fits = len(found) == 1 and found[0].kind is not EntityKind.PLACE and found[0].gender in ("", gender)
    # « Reuters affirme qu'elle recrute »
    medium = any(actor.traits.intersection(load("speech")["media"]) for actor in found)
    return found if fits and gender and not medium else ()


def _telling(memory: Memory, index: int, sentence: Sentence, word: Word) -> tuple[Referent, ...]:
    """Return who tells what is said of a pronoun, and so is not meant by it: a speaker, a medium."""
    verb = _reporting(sentence, word)
    reporter = surface_subject(sentence, verb) if verb is not None else None
    reporters = memory.referents_of(index, sentence, reporter) if reporter is not None else ()
    media = [r for r in reporters if r.traits.intersection(load("speech")["media"])]
    return (*media, *_quoting(memory, index, sentence, word))


def _quoting(memory: Memory, index: int, sentence: Sentence, word: Word) -> tuple[Referent, ...]:
    """Return who says the quoted words that a pronoun stands in, and so is not meant by it."""
    if not memory.quotations.covers(word):
        return ()
    report, at = quoted_report(sentence, word), index
    if report is None:
        quoted = memory.quotations.report_of(index, word)
        if quoted is None:
            return ()
        at, report = quoted
    if at == index and report.speaker.id == word.id:
        return ()
    says = memory.document.sentences[at]
    name = memory.names.get((at, report.speaker.id))
    if name is not None:  # what comes later is not read yet
        known = memory.referents.get(bare(name.span.text))
        return (known,) if known is not None else ()
    found = memory.referents_of(at, says, report.speaker)
    if found or report.speaker.upos != "PRON":
        return found
    gender, _ = PERSONAL.get(pronoun_of(report.speaker), ("", False))
    return best(memory, index, sentence, word, Sought.by(says, report.speaker, gender=gender), reach=2)


@noted(Because.LATTER)
def last(memory: Memory, index: int, sentence: Sentence, word: Word) -> tuple[Referent, ...]:
    """Return whom « ce dernier » is: the actor mentioned last."""
    if word.feats.get("Number") == "Plur" or word.text.lower().endswith("s"):
        return last_group(memory, index)
    gender = gender_of_latter(word)
    if _is_any(sentence, word):
        return ()
    for m in memory.recent(index, reach=2):
        here = m.sentence == index and m.word >= word.id
        several_owned = m.nested and m.grouped  # « Orsol, maison mère de Vega et Luma. Ce dernier … »
        if (
            here
            or several_owned
            or m.aside
            or m.referent.kind is EntityKind.PLACE
            or m.referent.gender not in ("", gender)
        ):
            continue
        return (m.referent,)
    return ()


@noted(Because.PAIR)
def one_of_several(memory: Memory, index: int, word: Word, place: int) -> tuple[Referent, ...]:
    """Return whom « le premier » or « l'autre » is: a member of the last group, the same for all of them."""
    seen, group = memory.compared
    if index - seen > 1 or not group:
        group = last_group(memory, index, reach=2)
        if len(group) != 2 and not (group and word.lemma in cues("ranks")):
            group = both(memory, index)
    memory.compared = index, group
    return group[place : place + 1]


def _office_of(sentence: Sentence, pronoun: Word) -> Word | None:
    """Return the office in which somebody does what a sentence says: « En tant que patron d'Orsol, il … »."""
    verb = sentence.head(pronoun)
    if verb is None or not pronoun.deprel.startswith("nsubj"):
        return None
    for noun in sentence.children(verb):
        if noun.id > pronoun.id or noun.upos != "NOUN" or noun.ner or kind_of(noun, "other") is not EntityKind.PERSON:
            continue
        if noun.feats.get("Number") == "Plur" or any(c.ner == "PERSON" for c in sentence.children(noun)):
            continue
        before = [w.lemma for w in sentence.words[: noun.id - 1][-4:]]
        bare_noun = noun.id <= 2 and not any(c.deprel == "det" for c in sentence.children(noun))
        if before[-3:] == ["en", "tant", "que"] or before[-1:] == ["comme"] or bare_noun:
            return noun
    return None


def _is_any(sentence: Sentence, latter: Word) -> bool:
    """Return whether « celle-ci » takes up an actor of no name: « chaque salarié d'une entreprise … celle-ci »."""
    for word in reversed(sentence.words[: latter.id - 1]):
        if word.ner and word.ner not in ("MONEY", "PERCENT"):
            return False
        if word.upos == "NOUN" and word.feats.get("Number") != "Plur" and word.lemma in cues("generic"):
            gender = GENDERS.get(word.feats.get("Gender", ""), "")
            new = any(c.text.lower() in ("un", "une", "chaque") for c in sentence.children(word) if c.upos == "DET")
            return new and gender == gender_of_latter(latter)
    return False


def pronoun_of(word: Word) -> str:
    """Return a pronoun as the lexicon has it (« -t-il »)."""
    return word.text.lower().replace("’", "'").lstrip("-").removeprefix("t-")


def _reporting(sentence: Sentence, word: Word) -> Word | None:
    """Return the verb of speech whose clause has a pronoun for subject (« Orsol assure qu'il investira »)."""
    clause = next((a for a in [word, *sentence.ancestors(word)] if a.deprel == "ccomp"), None)
    verb = sentence.head(clause) if clause is not None else None
    if verb is None or not word.deprel.startswith("nsubj"):
        return None
    lets_know = {verb.lemma, *(w.lemma for w in sentence.children(verb))} >= {"faire", "savoir"}
    return verb if lets_know or verb.lemma in load("speech")["verbs"] else None
