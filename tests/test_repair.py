from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsclaims.claims import EntityKind
from newsclaims.mentions.names import Name
from newsclaims.repair import mend
from newsclaims.repair.words import is_demonym, is_description
from newsclaims.spans import Span
from newsclaims.tree import Document, Sentence, Word

# form, lemma (_: the form in lower case), part of speech, head, relation, features
Rows = str


def document(rows: Rows) -> Document:
    """Return the one-sentence document whose words are given one a line."""
    lines = []
    for number, row in enumerate(rows.strip().splitlines(), 1):
        form, lemma, upos, head, deprel, *feats = row.split()
        lemma = form.lower() if lemma == "_" else lemma
        columns = (str(number), form, lemma, upos, "_", feats[0] if feats else "_", head, deprel, "_", "_")
        lines.append("\t".join(columns))
    return Document.from_conllu("\n".join(lines) + "\n\n")


def mended(rows: Rows, names: str = "", money: str = "", percent: str = "") -> Sentence:
    """Mend a sentence in which the given stretches, separated by bars, are names, amounts and shares."""
    doc = document(rows)
    sentence = doc.sentences[0]
    found, at = [], 0
    for text in names.split("|") if names else []:
        at = doc.text.index(text, at)
        span = Span.of(doc.text, at, at + len(text))
        ids = [w.id for w in sentence.words if w.span.overlaps(span)]
        found.append(Name(0, ids[0], ids[-1], None, span))
        at = span.end
    spans = [
        (Span.of(doc.text, i, i + len(m)), label)
        for label, stretches in (("MONEY", money), ("PERCENT", percent))
        for m in stretches.split("|")
        if m
        for i in [doc.text.index(m)]
    ]
    return mend(doc, found, spans).sentences[0]


def arc(sentence: Sentence, form: str) -> tuple[str, str]:
    """Return (relation, form of the head) of the first word with a form."""
    word = next(w for w in sentence.words if w.text == form)
    head = sentence.head(word)
    return word.deprel, head.text if head else "ROOT"


def feature(sentence: Sentence, form: str, name: str) -> str | None:
    return next(w for w in sentence.words if w.text == form).feats.get(name)


# units -----------------------------------------------------------------------------------------------------


def test_the_words_of_a_name_hang_flat_on_its_first() -> None:
    sentence = mended(
        """
        La le DET 2 det
        Banque banque NOUN 6 nsubj
        de _ ADP 5 case
        les le DET 5 det
        Territoires territoire NOUN 2 nmod
        investit investir VERB 0 root
        """,
        names="Banque de les Territoires",
    )

    assert arc(sentence, "Banque") == ("nsubj", "investit")
    assert arc(sentence, "de") == arc(sentence, "les") == arc(sentence, "Territoires") == ("flat:name", "Banque")
    assert arc(sentence, "La") == ("det", "Banque")


def test_a_name_whose_parse_is_headed_by_its_last_word_is_headed_by_its_first() -> None:
    sentence = mended(
        """
        Orsol _ PROPN 3 nsubj
        a avoir AUX 3 aux:tense
        racheté racheter VERB 0 root VerbForm=Part
        Vauban _ ADJ 5 amod
        Ventures _ NOUN 3 obj
        hier _ ADV 5 advmod
        """,
        names="Orsol|Vauban Ventures",
    )

    assert arc(sentence, "Vauban") == ("obj", "racheté")
    assert arc(sentence, "Ventures") == ("flat:name", "Vauban")
    assert arc(sentence, "hier") == ("advmod", "Vauban")


def test_a_name_is_a_proper_noun_and_its_own_lemma() -> None:
    sentence = mended("Casino casino NOUN 2 nsubj\nrecrute recruter VERB 0 root", names="Casino")

    assert (sentence.words[0].upos, sentence.words[0].lemma, sentence.words[0].ner) == ("PROPN", "Casino", "NAME")


@pytest.mark.parametrize("kind", EntityKind)
def test_the_kind_of_a_name_is_its_label(kind: EntityKind) -> None:
    doc = document("Orsol _ PROPN 2 nsubj\nrecrute recruter VERB 0 root")
    name = Name(0, 1, 1, kind, doc.sentences[0].words[0].span)

    assert mend(doc, [name]).sentences[0].words[0].ner == kind.value.upper()


def test_an_amount_is_headed_by_its_noun() -> None:
    sentence = mended(
        """
        Nimbao _ PROPN 2 nsubj
        lève lever VERB 0 root
        huit _ NUM 2 obj
        millions million NOUN 3 nmod
        de _ ADP 6 case
        euros euro NOUN 4 nmod
        en _ ADP 8 case
        mars _ NOUN 6 nmod
        """,
        names="Nimbao",
        money="huit millions de euros",
    )

    assert arc(sentence, "millions") == ("obj", "lève")
    assert arc(sentence, "huit") == arc(sentence, "euros") == ("flat", "millions")
    assert arc(sentence, "mars") == ("nmod", "millions")
    assert {w.text for w in sentence.words if w.ner == "MONEY"} == {"huit", "millions", "de", "euros"}


def test_the_first_of_two_overlapping_units_holds() -> None:
    doc = document("Vega _ PROPN 2 nsubj\nLuma _ PROPN 0 root\nvend vendre VERB 2 acl")
    words = doc.sentences[0].words
    first = Name(0, 1, 2, EntityKind.PERSON, Span.of(doc.text, words[0].span.start, words[1].span.end))
    second = Name(0, 2, 3, EntityKind.PLACE, Span.of(doc.text, words[1].span.start, words[2].span.end))

    assert [w.ner for w in mend(doc, [first, second]).sentences[0].words] == ["PERSON", "PERSON", ""]


# apposition ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("relation", ["nmod", "flat:name", "amod", "appos", "conj"])
def test_a_bare_name_after_a_description_is_its_apposition(relation: str) -> None:
    sentence = mended(
        f"""
        Le le DET 2 det
        fabricant _ NOUN 6 nsubj
        de _ ADP 4 case
        batteries batterie NOUN 2 nmod
        Vega _ PROPN 4 {relation}
        recrute recruter VERB 0 root
        """,
        names="Vega",
    )

    assert arc(sentence, "Vega") == ("appos", "fabricant")
    assert arc(sentence, "fabricant") == ("nsubj", "recrute")


def test_a_description_that_hangs_on_its_name_becomes_the_head() -> None:
    sentence = mended(
        """
        La le DET 2 det
        société _ NOUN 3 nmod
        Vega _ PROPN 4 nsubj
        recrute recruter VERB 0 root
        """,
        names="Vega",
    )

    assert arc(sentence, "société") == ("nsubj", "recrute")
    assert arc(sentence, "Vega") == ("appos", "société")


def test_a_description_torn_from_its_name_takes_the_names_place() -> None:
    sentence = mended(
        """
        Orsol _ PROPN 2 nsubj
        rachète racheter VERB 0 root
        le _ DET 4 det
        groupe _ NOUN 2 dep
        danois _ ADJ 4 amod
        Vega _ PROPN 2 obj
        """,
        names="Orsol|Vega",
    )

    assert arc(sentence, "groupe") == ("obj", "rachète")
    assert arc(sentence, "Vega") == ("appos", "groupe")


def test_a_name_belongs_to_the_noun_before_it_where_the_outer_one_has_its_own() -> None:
    sentence = mended(
        """
        rachète racheter VERB 0 root
        le _ DET 3 det
        spécialiste _ NOUN 1 obj
        Vega _ PROPN 3 appos
        et _ CCONJ 7 cc
        l' le DET 7 det
        interface _ NOUN 3 conj
        Luma _ PROPN 7 appos
        """,
        names="Vega|Luma",
    )

    assert arc(sentence, "Luma") == ("appos", "interface")


def test_a_demonym_before_a_name_is_described_by_it() -> None:
    sentence = mended(
        """
        Orsol _ PROPN 2 nsubj
        rachète racheter VERB 0 root
        le _ DET 4 det
        danois _ ADJ 5 amod
        Vega _ PROPN 2 obj
        """,
        names="Orsol|Vega",
    )

    assert arc(sentence, "danois") == ("obj", "rachète")
    assert arc(sentence, "Vega") == ("appos", "danois")


def test_a_description_after_a_name_and_a_comma_is_its_apposition() -> None:
    sentence = mended(
        """
        Vega _ PROPN 8 nsubj
        , _ PUNCT 4 punct
        un _ DET 4 det
        éditeur _ NOUN 8 dep
        de _ ADP 6 case
        logiciels logiciel NOUN 4 nmod
        , _ PUNCT 4 punct
        recrute recruter VERB 0 root
        """,
        names="Vega",
    )

    assert arc(sentence, "éditeur") == ("appos", "Vega")
    assert arc(sentence, "Vega") == ("nsubj", "recrute")


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(
            "Le le DET 2 det\ngroupe _ NOUN 5 nsubj\n"
            "de _ ADP 4 case\nVega _ PROPN 2 nmod\nrecrute recruter VERB 0 root",
            id="a preposition stands between",
        ),
        pytest.param(
            "Par _ ADP 2 case\nhasard _ NOUN 4 obl:mod\nVega _ PROPN 4 nsubj\nrecrute recruter VERB 0 root",
            id="the noun is no description and has no article",
        ),
    ],
)
def test_no_apposition_is_made_when(rows: Rows) -> None:
    assert arc(mended(rows, names="Vega"), "Vega")[0] != "appos"


# coordination ----------------------------------------------------------------------------------------------


def test_names_in_a_row_that_et_closes_hang_on_the_first() -> None:
    sentence = mended(
        """
        Orsol _ PROPN 2 nsubj
        rachète racheter VERB 0 root
        Vega _ PROPN 2 obj
        , _ PUNCT 5 punct
        Luma _ PROPN 3 appos
        et _ CCONJ 7 cc
        Ferrix _ PROPN 2 dep
        """,
        names="Orsol|Vega|Luma|Ferrix",
    )

    assert arc(sentence, "Vega") == ("obj", "rachète")
    assert arc(sentence, "Luma") == arc(sentence, "Ferrix") == ("conj", "Vega")


@pytest.mark.parametrize(
    "first",
    [
        "Orsol _ PROPN 5 nmod",
        pytest.param(
            "Orsol _ PROPN 6 dislocated",
        ),
    ],
)
def test_the_first_of_several_subjects_takes_the_relation(first: str) -> None:
    sentence = mended(
        f"""
        {first}
        , _ PUNCT 3 punct
        Vega _ PROPN 6 dep
        et _ CCONJ 5 cc
        Luma _ PROPN 6 nsubj
        recrutent recruter VERB 0 root
        """,
        names="Orsol|Vega|Luma",
    )

    assert [arc(sentence, name) for name in ("Orsol", "Vega", "Luma")] == [
        ("nsubj", "recrutent"),
        ("conj", "Orsol"),
        ("conj", "Orsol"),
    ]


@pytest.mark.parametrize(
    ("adverb", "link", "relation"),
    [
        ("bien _ ADV 2 advmod", "et _ CCONJ 9 cc", "conj"),
        ("bien _ ADV 2 advmod", ", _ PUNCT 9 punct", "appos"),
        ("sur _ ADP 4 case", "sur _ ADP 9 case", "conj"),
    ],
)
def test_what_is_bought_next_is_no_part_of_the_price(adverb: str, link: str, relation: str) -> None:
    sentence = mended(
        f"""
        Orsol _ PROPN 2 nsubj
        rachète racheter VERB 0 root
        {adverb}
        Vega _ PROPN 2 {"obl:arg" if "case" in adverb else "obj"}
        pour _ ADP 7 case
        8 _ NUM 7 nummod
        millions million NOUN 2 obl:mod
        {link}
        Luma _ PROPN 7 {relation}
        pour _ ADP 12 case
        3 _ NUM 12 nummod
        millions million NOUN 9 nmod
        """,
        names="Orsol|Vega|Luma",
        money="8 millions|3 millions",
    )

    assert arc(sentence, "Luma") == ("conj", "Vega")


def test_names_under_the_same_preposition_are_coordinated() -> None:
    sentence = mended(
        """
        rival _ NOUN 0 root
        de _ ADP 3 case
        Vega _ PROPN 1 nmod
        et _ CCONJ 6 cc
        de _ ADP 6 case
        Luma _ PROPN 1 nmod
        """,
        names="Vega|Luma",
    )

    assert arc(sentence, "Luma") == ("conj", "Vega")


def test_names_under_different_prepositions_are_not_coordinated() -> None:
    sentence = mended(
        """
        vend vendre VERB 0 root
        à _ ADP 3 case
        Vega _ PROPN 1 obl:arg
        et _ CCONJ 6 cc
        avec _ ADP 6 case
        Luma _ PROPN 1 obl:mod
        """,
        names="Vega|Luma",
    )

    assert arc(sentence, "Luma") == ("obl:mod", "vend")


def test_names_that_only_commas_part_are_not_coordinated() -> None:
    sentence = mended(
        """
        Orsol _ PROPN 5 nsubj
        , _ PUNCT 3 punct
        Vega _ PROPN 1 appos
        , _ PUNCT 3 punct
        recrute recruter VERB 0 root
        """,
        names="Orsol|Vega",
    )

    assert arc(sentence, "Vega") == ("appos", "Orsol")


def test_each_of_two_clauses_keeps_its_subject() -> None:
    sentence = mended(
        """
        Orsol _ PROPN 2 nsubj
        vend vendre VERB 0 root
        Luma _ PROPN 2 obj
        , _ PUNCT 7 punct
        et _ CCONJ 7 cc
        Vega _ PROPN 7 nsubj
        recrute recruter VERB 2 conj
        """,
        names="Orsol|Luma|Vega",
    )

    assert arc(sentence, "Vega") == ("nsubj", "recrute")


# verbs -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "verb", "voice", "relation"),
    [
        (
            "Vega _ PROPN 4 nsubj\na avoir AUX 4 aux:tense\nété être AUX 4 aux:pass\n"
            "rachetée racheter VERB 0 root VerbForm=Part|Tense=Past",
            "rachetée",
            "Pass",
            "nsubj:pass",
        ),
        (
            "Vega _ PROPN 3 nsubj:pass\na avoir AUX 3 aux:tense\nracheté racheter VERB 0 root VerbForm=Part|Tense=Past",
            "racheté",
            "Act",
            "nsubj",
        ),
        (
            "Vega _ PROPN 3 nsubj:pass\nest être AUX 3 aux:pass\ndevenue devenir VERB 0 root VerbForm=Part|Tense=Past",
            "devenue",
            "Act",
            "nsubj",
        ),
        (
            "Vega _ PROPN 4 nsubj:pass\ns' se PRON 4 expl:comp\nest être AUX 4 aux:tense\n"
            "emparée emparer VERB 0 root VerbForm=Part|Tense=Past",
            "emparée",
            "Act",
            "nsubj",
        ),
        (
            "Vega _ PROPN 2 nsubj\nrachète racheter VERB 0 root VerbForm=Fin|Mood=Ind|Tense=Pres",
            "rachète",
            "Act",
            "nsubj",
        ),
        (
            "Vega _ PROPN 3 nsubj\nen _ ADP 3 mark\nrachetant racheter VERB 0 root VerbForm=Part|Tense=Pres",
            "rachetant",
            "Act",
            "nsubj",
        ),
    ],
    ids=["passive", "compound past", "être verb", "reflexive", "present", "gerund"],
)
def test_a_verb_says_its_voice_and_its_subject_agrees(rows: Rows, verb: str, voice: str, relation: str) -> None:
    sentence = mended(rows, names="Vega")

    assert feature(sentence, verb, "Voice") == voice
    assert arc(sentence, "Vega")[0] == relation


def test_a_participle_beside_a_noun_is_passive() -> None:
    sentence = mended("Vega _ PROPN 0 root\nrachetée racheter VERB 1 acl VerbForm=Part|Tense=Past", names="Vega")

    assert feature(sentence, "rachetée", "Voice") == "Pass"


@pytest.mark.parametrize(
    ("form", "lemma", "given_feats", "expected"),
    [
        ("rachètera", "racheter", "VerbForm=Part", {"VerbForm": "Fin", "Mood": "Ind", "Tense": "Fut"}),
        ("rachèterait", "racheter", "VerbForm=Fin|Mood=Ind|Tense=Pres", {"VerbForm": "Fin", "Mood": "Cnd"}),
        ("racheter", "racheter", "VerbForm=Fin|Mood=Ind", {"VerbForm": "Inf"}),
        ("racheta", "racheta", "VerbForm=Inf", {"VerbForm": "Fin", "Mood": "Ind", "Tense": "Past"}),
        ("levait", "lever", "VerbForm=Fin|Mood=Cnd", {"VerbForm": "Fin", "Mood": "Ind", "Tense": "Imp"}),
    ],
)
def test_features_come_from_the_conjugation_when_the_tags_do_not_fit(
    form: str, lemma: str, given_feats: str, expected: dict[str, str]
) -> None:
    verb = mended(f"Vega _ PROPN 2 nsubj\n{form} {lemma} VERB 0 root {given_feats}", names="Vega").words[1]

    assert {key: verb.feats.get(key) for key in expected} == expected
    assert verb.lemma == ("lever" if form == "levait" else "racheter")


def test_features_that_fit_the_form_are_left_as_they_are() -> None:
    rows = "Vega _ PROPN 2 nsubj\nrachète racheter VERB 0 root Mood=Sub|VerbForm=Fin|Tense=Pres"

    assert feature(mended(rows, names="Vega"), "rachète", "Mood") == "Sub"


def test_a_word_that_is_no_known_verb_form_keeps_its_features() -> None:
    sentence = mended("Vega _ PROPN 2 nsubj\nblorg _ VERB 0 root VerbForm=Fin|Mood=Ind", names="Vega")

    assert dict(sentence.words[1].feats) == {"VerbForm": "Fin", "Mood": "Ind", "Voice": "Act"}


def test_a_verb_hidden_among_names_makes_a_clause() -> None:
    sentence = mended(
        """
        Orsol _ PROPN 0 root
        rachète _ X 1 flat:foreign
        Vega _ PROPN 1 flat:name
        """,
        names="Orsol|Vega",
    )

    assert arc(sentence, "rachète") == ("root", "ROOT")
    assert arc(sentence, "Orsol") == ("nsubj", "rachète")
    assert arc(sentence, "Vega") == ("obj", "rachète")
    assert (sentence.words[1].upos, sentence.words[1].lemma) == ("VERB", "racheter")
    assert feature(sentence, "rachète", "Voice") == "Act"


def test_no_verb_is_looked_for_where_there_is_one() -> None:
    sentence = mended(
        """
        Orsol _ PROPN 3 nsubj
        marque _ NOUN 1 nmod
        recule reculer VERB 0 root VerbForm=Fin|Mood=Ind
        """,
        names="Orsol",
    )

    assert sentence.words[1].upos == "NOUN"
    assert arc(sentence, "recule") == ("root", "ROOT")


def test_a_relative_in_the_plural_hangs_on_the_whole_coordination() -> None:
    rows = """
        Orsol Orsol PROPN 8 nsubj
        et _ CCONJ 3 cc
        Vega Vega PROPN 1 conj
        , _ PUNCT 6 punct
        qui _ PRON 6 nsubj
        {} employer VERB 3 acl:relcl Mood=Ind|Number={}|VerbForm=Fin
        , _ PUNCT 6 punct
        ferment fermer VERB 0 root VerbForm=Fin
        """
    plural = mended(rows.format("emploient", "Plur"), names="Orsol|Vega")
    singular = mended(rows.format("emploie", "Sing"), names="Orsol|Vega")

    assert arc(plural, "emploient") == ("acl:relcl", "Orsol")
    assert arc(singular, "emploie") == ("acl:relcl", "Vega")


def test_a_noun_in_the_plural_is_the_apposition_of_the_whole_coordination() -> None:
    sentence = mended(
        """
        Orsol Orsol PROPN 6 nsubj
        et _ CCONJ 3 cc
        Vega Vega PROPN 1 conj
        , _ PUNCT 5 punct
        actionnaires actionnaire NOUN 3 appos Number=Plur
        ferment fermer VERB 0 root VerbForm=Fin
        """,
        names="Orsol|Vega",
    )

    assert arc(sentence, "actionnaires") == ("appos", "Orsol")


def test_one_of_several_is_the_apposition_of_the_name_before_it() -> None:
    sentence = mended(
        """
        Orsol Orsol PROPN 7 nsubj
        , _ PUNCT 4 punct
        l' le DET 4 det
        un _ PRON 7 nsubj
        de _ ADP 6 case
        rivaux rival NOUN 4 nmod Number=Plur
        ferme fermer VERB 0 root VerbForm=Fin
        """,
        names="Orsol",
    )

    assert arc(sentence, "un") == ("appos", "Orsol")


def test_et_dont_goes_with_the_apposition_before_it() -> None:
    sentence = mended(
        """
        Orsol Orsol PROPN 11 nsubj
        , _ PUNCT 3 punct
        gérante gérant NOUN 1 appos
        de _ ADP 5 case
        parc _ NOUN 3 nmod
        et _ CCONJ 9 cc
        dont _ PRON 9 nmod
        Vega Vega PROPN 9 nsubj
        possède posséder VERB 5 acl:relcl VerbForm=Fin
        , _ PUNCT 3 punct
        ferme fermer VERB 0 root VerbForm=Fin
        """,
        names="Orsol|Vega",
    )

    assert arc(sentence, "possède") == ("acl:relcl", "Orsol")


def test_a_participle_behind_rester_is_passive() -> None:
    sentence = mended(
        """
        Orsol Orsol PROPN 3 nsubj
        reste rester AUX 3 aux:pass VerbForm=Fin
        engagé engager VERB 0 root Tense=Past|VerbForm=Part
        """,
        names="Orsol",
    )

    assert feature(sentence, "engagé", "Voice") == "Pass"


def test_what_follows_a_verb_as_second_subject_is_its_object() -> None:
    sentence = mended(
        """
        Orsol _ PROPN 4 nsubj
        n' ne ADV 4 advmod
        a avoir AUX 4 aux:tense
        racheté racheter VERB 0 root VerbForm=Part|Tense=Past
        que _ ADV 4 advmod
        Vega _ PROPN 4 nsubj
        """,
        names="Orsol|Vega",
    )

    assert arc(sentence, "Orsol") == ("nsubj", "racheté")
    assert arc(sentence, "Vega") == ("obj", "racheté")


@pytest.mark.parametrize(
    ("forms", "lemma"),
    [(("numéro", "un"), "numéro un"), (("homme", "d'", "affaires"), "homme d'affaires")],
)
def test_a_description_of_several_words_has_its_whole_lemma(forms: tuple[str, ...], lemma: str) -> None:
    rows = "\n".join([f"{forms[0]} _ NOUN 0 root", *(f"{form} _ NOUN 1 nmod" for form in forms[1:])])

    assert mended(rows).words[0].lemma == lemma


@pytest.mark.parametrize("lemma", ["start-up", "groupe", "éditeur", "fabricant", "Groupe"])
def test_nouns_for_actors_are_descriptions(lemma: str) -> None:
    assert is_description(lemma)


@pytest.mark.parametrize("lemma", ["table", "hasard", "Vega", ""])
def test_other_nouns_are_no_descriptions(lemma: str) -> None:
    assert not is_description(lemma)


@pytest.mark.parametrize(
    ("text", "expected"), [("suédoise", True), ("Lyonnais", True), ("américain", True), ("rapide", False), ("", False)]
)
def test_adjectives_of_places_are_demonyms(text: str, expected: bool) -> None:
    assert is_demonym(text, text) is expected


# whatever the tree -----------------------------------------------------------------------------------------

_FORMS = (
    "Orsol", "Vega", "Luma", "le", "la", "un", "et", "ou", ",", "(", "«", "»", "de", "d'", "à", "par", "qui", "que",
    "ne", "pas", "groupe", "éditeur", "danois", "suédoise", "numéro", "un", "homme", "affaires", "a", "est", "été",
    "racheter", "rachète", "racheté", "rachetant", "levée", "lève", "millions", "euros", "huit", "se", "s'", "très",
)  # fmt: skip
_UPOS = ("NOUN", "PROPN", "VERB", "AUX", "ADJ", "ADP", "DET", "PUNCT", "CCONJ", "PRON", "X", "NUM", "ADV")
_RELATIONS = (
    "nsubj", "nsubj:pass", "obj", "obl:arg", "obl:mod", "nmod", "appos", "conj", "flat:name", "amod", "det", "case",
    "punct", "cc", "aux:tense", "aux:pass", "dep", "dislocated", "acl", "acl:relcl", "xcomp", "ccomp", "advmod",
)  # fmt: skip
_FEATS: tuple[dict[str, str], ...] = (
    {},
    {"VerbForm": "Fin", "Mood": "Ind"},
    {"VerbForm": "Part", "Tense": "Past"},
    {"Number": "Plur"},
)


@st.composite
def sentences(draw: st.DrawFn) -> Sentence:
    """Random trees: each word hangs on one that was placed before it, in a random order of placing."""
    length = draw(st.integers(1, 14))
    order = draw(st.permutations(range(1, length + 1)))
    heads = {order[0]: 0}
    for placed, at in enumerate(order[1:], 1):
        heads[at] = draw(st.sampled_from([*order[:placed], 0]))
    words, start = [], 0
    for at in range(1, length + 1):
        form = draw(st.sampled_from(_FORMS))
        words.append(
            Word(
                id=at,
                text=form,
                lemma=form.lower(),
                upos=draw(st.sampled_from(_UPOS)),
                head=heads[at],
                deprel=draw(st.sampled_from(_RELATIONS)) if heads[at] else "root",
                feats=draw(st.sampled_from(_FEATS)),
                span=Span(start, start + len(form), form),
            )
        )
        start += len(form) + 1
    text = " ".join(word.text for word in words)
    return Sentence(words, Span(0, len(text), text))


@st.composite
def documents_with_mentions(draw: st.DrawFn) -> tuple[Document, list[Name], list[tuple[Span, str]]]:
    sentence = draw(sentences())
    names: list[Name] = []
    others: list[tuple[Span, str]] = []
    for _ in range(draw(st.integers(0, 5))):
        first = draw(st.integers(1, len(sentence.words)))
        last = draw(st.integers(first, min(first + 3, len(sentence.words))))
        span = Span.of(sentence.text, sentence.words[first - 1].span.start, sentence.words[last - 1].span.end)
        kind = draw(st.sampled_from([None, *EntityKind]))
        if draw(st.booleans()):
            names.append(Name(0, first, last, kind, span))
        elif not any(span.overlaps(other) for other, _ in others):
            others.append((span, draw(st.sampled_from(["MONEY", "PERCENT"]))))
    return Document(sentence.text, (sentence,)), names, others


@settings(deadline=None)  # other processes may keep the machine busy
@given(documents_with_mentions())
def test_whatever_the_tree_the_result_is_a_tree_of_the_same_words(
    case: tuple[Document, list[Name], list[tuple[Span, str]]],
) -> None:
    before, names, others = case

    after = mend(before, names, others)  # `Sentence` refuses cycles

    assert after.text == before.text
    assert [s.span for s in after.sentences] == [s.span for s in before.sentences]
    old, new = before.sentences[0].words, after.sentences[0].words
    assert [(w.id, w.text, w.span) for w in new] == [(w.id, w.text, w.span) for w in old]
    assert after.sentences[0].root is not None
    assert all((w.head == 0) == (after.sentences[0].head(w) is None) for w in new)


@settings(deadline=None)  # other processes may keep the machine busy
@given(documents_with_mentions())
def test_whatever_the_tree_only_mentions_are_labelled(
    case: tuple[Document, list[Name], list[tuple[Span, str]]],
) -> None:
    before, names, others = case
    spans = [name.span for name in names] + [span for span, _ in others]

    for word in mend(before, names, others).sentences[0].words:
        assert bool(word.ner) <= any(word.span.overlaps(span) for span in spans)


@settings(deadline=None)  # other processes may keep the machine busy
@given(documents_with_mentions())
def test_whatever_the_tree_every_verb_says_its_voice(
    case: tuple[Document, list[Name], list[tuple[Span, str]]],
) -> None:
    before, names, others = case

    for word in mend(before, names, others).sentences[0].words:
        assert word.upos != "VERB" or word.feats["Voice"] in ("Act", "Pass")


@settings(deadline=None)  # other processes may keep the machine busy
@given(documents_with_mentions())
def test_mending_is_deterministic(case: tuple[Document, list[Name], list[tuple[Span, str]]]) -> None:
    assert mend(*case) == mend(*case)


def test_a_document_without_sentences_stays_empty() -> None:
    assert mend(Document("", ()), []) == Document("", ())


# infinitives -----------------------------------------------------------------------------------------------


def test_an_infinitive_hangs_on_the_one_right_before_it() -> None:
    sentence = mended(
        """
        Orsol _ PROPN 2 nsubj
        annonce annoncer VERB 0 root VerbForm=Fin
        vouloir vouloir VERB 2 xcomp VerbForm=Inf
        racheter racheter VERB 2 xcomp VerbForm=Inf
        Vega _ PROPN 4 obj
        """,
        names="Orsol|Vega",
    )

    assert arc(sentence, "vouloir") == ("xcomp", "annonce")
    assert arc(sentence, "racheter") == ("xcomp", "vouloir")


def test_an_infinitive_hangs_on_the_one_before_its_preposition() -> None:
    sentence = mended(
        """
        Elle lui PRON 2 nsubj
        dit dire VERB 0 root VerbForm=Fin
        envisager envisager VERB 2 xcomp VerbForm=Inf
        de de ADP 5 mark
        vendre vendre VERB 2 xcomp VerbForm=Inf
        """
    )

    assert arc(sentence, "vendre") == ("xcomp", "envisager")


def test_infinitives_in_a_row_stay_side_by_side() -> None:
    sentence = mended(
        """
        Elle lui PRON 2 nsubj
        veut vouloir VERB 0 root VerbForm=Fin
        investir investir VERB 2 xcomp VerbForm=Inf
        , , PUNCT 5 punct
        vendre vendre VERB 2 xcomp VerbForm=Inf
        """
    )

    assert arc(sentence, "vendre") == ("xcomp", "veut")


def test_the_subject_of_a_copula_is_that_of_its_predicate() -> None:
    sentence = mended(
        """
        Orsol _ PROPN 4 nsubj
        et _ CCONJ 3 cc
        Vega _ PROPN 1 conj
        sont être AUX 6 cop VerbForm=Fin
        en _ ADP 6 case
        conflit _ NOUN 0 root
        """,
        names="Orsol|Vega",
    )

    assert arc(sentence, "Orsol") == ("nsubj", "conflit")
    assert arc(sentence, "sont") == ("cop", "conflit")


def test_a_relative_object_hangs_on_the_infinitive_that_lacks_one() -> None:
    sentence = mended(
        """
        Vega _ PROPN 8 nsubj
        , , PUNCT 5 punct
        qu' que PRON 5 obj
        Orsol _ PROPN 5 nsubj
        vient venir VERB 1 acl:relcl VerbForm=Fin
        d' de ADP 7 mark
        acquérir acquérir VERB 5 xcomp VerbForm=Inf
        recrute recruter VERB 0 root VerbForm=Fin
        """,
        names="Vega|Orsol",
    )

    assert arc(sentence, "qu'") == ("obj", "acquérir")


def test_en_hangs_on_its_verb() -> None:
    sentence = mended(
        """
        Orsol _ PROPN 3 nsubj
        en en PRON 5 nmod
        détient détenir VERB 0 root VerbForm=Fin
        43 43 NUM 5 nummod
        % % SYM 3 obj
        """,
        names="Orsol",
    )

    assert arc(sentence, "en") == ("iobj", "détient")


def test_a_complement_hangs_on_the_bare_event_before_it() -> None:
    sentence = mended(
        """
        Orsol _ PROPN 2 nsubj
        confirme confirmer VERB 0 root VerbForm=Fin
        son _ DET 4 det
        projet _ NOUN 2 obj
        de _ ADP 6 case
        rachat _ NOUN 4 nmod
        de _ ADP 8 case
        Vega _ PROPN 4 nmod
        """,
        names="Orsol|Vega",
    )

    assert arc(sentence, "Vega") == ("nmod", "rachat")


def test_a_complement_of_another_noun_stays() -> None:
    sentence = mended(
        """
        Orsol _ PROPN 2 nsubj
        publie publier VERB 0 root VerbForm=Fin
        le _ DET 4 det
        rapport _ NOUN 2 obj
        de _ ADP 6 case
        gestion _ NOUN 4 nmod
        de _ ADP 8 case
        Vega _ PROPN 4 nmod
        """,
        names="Orsol|Vega",
    )

    assert arc(sentence, "Vega") == ("nmod", "rapport")


def test_an_amount_has_no_owner() -> None:
    sentence = mended(
        """
        L' le DET 2 det
        offre _ NOUN 0 root
        de _ ADP 5 case
        2 2 NUM 5 nummod
        milliards milliard NOUN 2 nmod
        d' de ADP 7 case
        Orsol _ PROPN 5 nmod
        """,
        names="Orsol",
        money="2 milliards",
    )

    assert arc(sentence, "Orsol") == ("nmod", "offre")


# steps that one sentence shows --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "names", "arcs"),
    [
        pytest.param(
            """
            Vega Vega PROPN 15 nsubj
            , _ PUNCT 5 punct
            qu' que PRON 6 obj
            Orsol Orsol PROPN 5 nsubj
            entend entendre VERB 1 acl:relcl Number=Sing|Tense=Pres|VerbForm=Fin
            racheter _ VERB 5 xcomp VerbForm=Inf
            d' de ADP 6 advmod
            ici _ ADV 7 fixed
            la le DET 10 det
            fin _ NOUN 6 obj Gender=Fem|Number=Sing
            de _ ADP 13 case
            l' le DET 13 det
            été _ NOUN 10 nmod Gender=Masc|Number=Sing
            , _ PUNCT 5 punct
            recrute recruter VERB 0 root Number=Sing|Tense=Pres|VerbForm=Fin
            . _ PUNCT 15 punct
            """,
            "Vega|Orsol",
            {"fin": ("obl:mod", "racheter"), "qu'": ("obj", "racheter")},
            id="a deadline is no object",
        ),
        pytest.param(
            """
            Orsol Orsol PROPN 4 nsubj
            n' ne ADV 4 advmod
            y _ PRON 4 expl:comp
            a avoir VERB 0 root Number=Sing|Tense=Pres|VerbForm=Fin
            , _ PUNCT 6 punct
            lui _ PRON 4 obl:mod Number=Sing
            , _ PUNCT 9 punct
            pas _ ADV 9 advmod
            réinvesti réinvestir VERB 4 advcl Gender=Masc|Number=Sing|Tense=Past|VerbForm=Part
            . _ PUNCT 4 punct
            """,
            "Orsol",
            {"a": ("aux:tense", "réinvesti"), "réinvesti": ("root", "ROOT"), "Orsol": ("nsubj", "réinvesti")},
            id="an aside does not cut a participle off from its auxiliary",
        ),
        pytest.param(
            """
            La le DET 2 det
            marque _ NOUN 11 nsubj Gender=Fem|Number=Sing
            Vega Vega PROPN 2 appos
            , _ PUNCT 5 punct
            reprise _ NOUN 2 appos Gender=Fem|Number=Sing
            en _ ADP 7 case
            2019 _ NUM 5 nmod
            par _ ADP 9 case
            Orsol Orsol PROPN 5 nmod
            , _ PUNCT 5 punct
            recrute recruter VERB 0 root Number=Sing|Tense=Pres|VerbForm=Fin
            . _ PUNCT 11 punct
            """,
            "Vega|Orsol",
            {"reprise": ("acl", "marque"), "Orsol": ("obl:agent", "reprise")},
            id="a bare noun with an agent is a participle",
        ),
        pytest.param(
            """
            Durand Durand PROPN 14 nsubj
            , _ PUNCT 3 punct
            fondateur _ NOUN 1 appos Gender=Masc|Number=Sing
            de _ ADP 6 case
            l' le DET 6 det
            enseigne _ NOUN 3 nmod Gender=Fem|Number=Sing
            Vega Vega PROPN 6 appos
            , _ PUNCT 9 punct
            rachetée racheter VERB 3 acl Gender=Fem|Number=Sing|Tense=Past|VerbForm=Part
            par _ ADP 11 case
            Orsol Orsol PROPN 9 obl:agent
            , _ PUNCT 9 punct
            est être AUX 14 cop Number=Sing|Tense=Pres|VerbForm=Fin
            parti _ NOUN 0 root Gender=Masc|Number=Sing
            . _ PUNCT 14 punct
            """,
            "Durand|Vega|Orsol",
            {"rachetée": ("acl", "enseigne")},
            id="a participle hangs on the noun it agrees with",
        ),
        pytest.param(
            """
            Le _ DET 2 det
            tribunal _ NOUN 4 nsubj Gender=Masc|Number=Sing
            a avoir AUX 4 aux:tense Number=Sing|Tense=Pres|VerbForm=Fin
            retenu retenir VERB 0 root Gender=Masc|Number=Sing|Tense=Past|VerbForm=Part
            l' le DET 6 det
            offre _ NOUN 4 obj Gender=Fem|Number=Sing
            d' de ADP 8 case
            Orsol Orsol PROPN 6 nmod
            pour _ ADP 10 mark
            reprendre _ VERB 4 advcl VerbForm=Inf
            Luma Luma PROPN 10 obj
            . _ PUNCT 4 punct
            """,
            "Orsol|Luma",
            {"reprendre": ("acl", "offre"), "Luma": ("obj", "reprendre")},
            id="a purpose hangs on the offer",
        ),
        pytest.param(
            """
            Durand Durand PROPN 3 nsubj
            a avoir AUX 3 aux:tense Number=Sing|Tense=Pres|VerbForm=Fin
            surpris surprendre VERB 0 root Gender=Masc|Number=Sing|Tense=Past|VerbForm=Part
            en _ ADP 5 mark
            rachetant racheter VERB 3 advcl Tense=Pres|VerbForm=Part
            , _ PUNCT 9 punct
            via _ ADP 9 case
            sa son DET 9 det
            holding _ NOUN 3 obl:mod Gender=Fem|Number=Sing
            Orsol Orsol PROPN 9 appos
            , _ PUNCT 13 punct
            l' le DET 13 det
            hebdomadaire _ NOUN 9 appos Gender=Masc|Number=Sing
            Vega Vega PROPN 13 appos
            . _ PUNCT 3 punct
            """,
            "Durand|Orsol|Vega",
            {"hebdomadaire": ("obj", "rachetant")},
            id="an object after an aside hangs on its verb",
        ),
        pytest.param(
            """
            Le _ DET 2 det
            ministre _ NOUN 4 nsubj Gender=Masc|Number=Sing
            a avoir AUX 4 aux:tense Number=Sing|Tense=Pres|VerbForm=Fin
            refusé refuser VERB 0 root Gender=Masc|Number=Sing|Tense=Past|VerbForm=Part
            la le DET 6 det
            reprise _ NOUN 4 obj Gender=Fem|Number=Sing
            de _ ADP 9 case
            l' le DET 9 det
            usine _ NOUN 6 nmod Gender=Fem|Number=Sing
            de _ ADP 11 case
            vis vivre NOUN 9 nmod Gender=Masc|Number=Sing
            par _ ADP 13 case
            Orsol Orsol PROPN 9 nmod
            . _ PUNCT 4 punct
            """,
            "Orsol",
            {"Orsol": ("nmod", "reprise")},
            id="an agent hangs on the event",
        ),
        pytest.param(
            """
            Le _ DET 2 det
            Lumo Lumo PROPN 3 nsubj
            devra devoir VERB 0 root Number=Sing|Tense=Fut|VerbForm=Fin
            affronter _ VERB 3 xcomp VerbForm=Inf
            la le DET 6 det
            concurrence _ NOUN 4 obj Gender=Fem|Number=Sing
            des un DET 8 det
            Nuvo Nuvo PROPN 4 obj
            et _ CCONJ 10 cc
            Calypse Calypse PROPN 8 conj
            . _ PUNCT 3 punct
            """,
            "Lumo|Nuvo|Calypse",
            {"Nuvo": ("nmod", "concurrence"), "des": ("case", "Nuvo")},
            id="des before a name is a preposition",
        ),
        pytest.param(
            """
            Orsol Orsol PROPN 3 nsubj
            , _ PUNCT 3 punct
            croit croire VERB 8 advcl Number=Sing|Tense=Pres|VerbForm=Fin
            savoir _ VERB 3 xcomp VerbForm=Inf
            Le _ DET 6 det
            Fil Fil PROPN 3 nsubj
            , _ PUNCT 8 punct
            rachèterait racheter VERB 0 root Number=Sing|Tense=Pres|VerbForm=Fin
            Vega Vega PROPN 8 obj
            . _ PUNCT 8 punct
            """,
            "Orsol|Le Fil|Vega",
            {"Orsol": ("nsubj", "rachèterait"), "Le": ("nsubj", "croit")},
            id="a verb of saying between commas has its own subject",
        ),
        pytest.param(
            """
            La le DET 2 det
            néobanque _ NOUN 8 nsubj Gender=Fem|Number=Sing
            Shaine Shaine PROPN 2 appos
            , _ PUNCT 6 punct
            qui _ PRON 6 nsubj
            recrute recruter VERB 2 acl:relcl Number=Sing|Tense=Pres|VerbForm=Fin
            , _ PUNCT 6 punct
            taille _ NOUN 0 root Gender=Fem|Number=Sing
            des un DET 10 det
            croupières croupière NOUN 8 obj Gender=Fem|Number=Plur
            à _ ADP 12 case
            Qontal Qontal PROPN 8 obl:mod
            . _ PUNCT 8 punct
            """,
            "Shaine|Qontal",
            {"néobanque": ("nsubj", "taille"), "taille": ("root", "ROOT")},
            id="a noun with a subject is a verb",
        ),
        pytest.param(
            """
            L' le DET 2 det
            entreprise _ NOUN 0 root Gender=Fem|Number=Sing
            Orsol Orsol PROPN 2 appos
            , _ PUNCT 5 punct
            florissante florissant ADJ 2 amod
            , _ PUNCT 5 punct
            concurrence _ NOUN 3 conj Gender=Fem|Number=Sing
            désormais _ ADV 9 advmod
            Vega Vega PROPN 7 nmod
            . _ PUNCT 2 punct
            """,
            "Orsol|Vega",
            {"entreprise": ("nsubj", "concurrence"), "Vega": ("obj", "concurrence")},
            id="a hidden verb is found behind an aside",
        ),
        pytest.param(
            """
            Orsol Orsol PROPN 3 nsubj
            a avoir AUX 3 aux:tense Number=Sing|Tense=Pres|VerbForm=Fin
            racheté racheter VERB 0 root Gender=Masc|Number=Sing|Tense=Past|VerbForm=Part
            Vega Vega PROPN 3 obj
            en _ ADP 6 case
            2017 _ NUM 3 obl:mod
            et _ CCONJ 8 cc
            Luma Luma PROPN 6 conj
            en _ ADP 10 case
            2019 _ NUM 3 obl:mod
            . _ PUNCT 3 punct
            """,
            "Orsol|Vega|Luma",
            {"Luma": ("conj", "Vega")},
            id="names in a row may be dated",
        ),
        pytest.param(
            """
            Orsol Orsol PROPN 3 nsubj
            a avoir AUX 3 aux:tense Number=Sing|Tense=Pres|VerbForm=Fin
            inauguré inaugurer VERB 0 root Gender=Masc|Number=Sing|Tense=Past|VerbForm=Part
            son _ DET 5 det
            usine _ NOUN 3 obj Gender=Fem|Number=Sing
            de _ ADP 7 case
            Douai Douai PROPN 5 nmod
            , _ PUNCT 13 punct
            dans _ ADP 10 case
            laquelle lequel PRON 13 obl:mod Gender=Fem|Number=Sing
            il lui PRON 13 nsubj Gender=Masc|Number=Sing
            a avoir AUX 13 aux:tense Number=Sing|Tense=Pres|VerbForm=Fin
            investi investir VERB 7 acl:relcl Gender=Masc|Number=Sing|Tense=Past|VerbForm=Part
            . _ PUNCT 3 punct
            """,
            "Orsol|Douai",
            {"investi": ("acl:relcl", "usine")},
            id="in which hangs on the site",
        ),
        pytest.param(
            """
            Vega Vega PROPN 15 nsubj
            , _ PUNCT 5 punct
            que _ PRON 5 mark
            Durand Durand PROPN 5 nsubj
            menace menacer VERB 1 acl:relcl Number=Sing|Tense=Pres|VerbForm=Fin
            de _ ADP 7 mark
            bannir _ VERB 5 xcomp VerbForm=Inf
            , _ PUNCT 12 punct
            mais _ CCONJ 12 cc
            que _ SCONJ 12 mark
            Orsol Orsol PROPN 12 nsubj
            entend entendre VERB 5 conj Number=Sing|Tense=Pres|VerbForm=Fin
            racheter _ VERB 12 xcomp VerbForm=Inf
            , _ PUNCT 12 punct
            recrute recruter VERB 0 root Number=Sing|Tense=Pres|VerbForm=Fin
            . _ PUNCT 15 punct
            """,
            "Vega|Durand|Orsol",
            {"entend": ("acl:relcl", "Vega")},
            id="a second relative clause hangs on the noun",
        ),
        pytest.param(
            """
            Orsol Orsol PROPN 3 nsubj
            en _ PRON 3 iobj
            possède posséder VERB 0 root Number=Sing|Tense=Pres|VerbForm=Fin
            12 _ NUM 5 nummod
            % _ SYM 3 obj
            , _ PUNCT 7 punct
            Ferrix Ferrix PROPN 11 nsubj
            et _ CCONJ 9 cc
            Luma Luma PROPN 7 conj
            en _ PRON 14 nmod
            détiennent détenir VERB 3 conj Number=Plur|Tense=Pres|VerbForm=Fin
            chacun _ PRON 14 nummod Gender=Masc|Number=Sing
            11 _ NUM 14 nummod
            % _ SYM 11 obj
            . _ PUNCT 3 punct
            """,
            "Orsol|Ferrix|Luma",
            {"Ferrix": ("nsubj", "détiennent"), "Luma": ("conj", "Ferrix")},
            id="a name before a clitic is a subject",
        ),
        pytest.param(
            """
            Luma Luma PROPN 2 nsubj
            vend vendre VERB 0 root Number=Sing|Tense=Pres|VerbForm=Fin
            le _ DET 4 det
            traitement _ NOUN 2 obj Gender=Masc|Number=Sing
            de _ ADP 7 case
            son _ DET 7 det
            concurrent _ NOUN 4 nmod Gender=Masc|Number=Sing
            suisse _ ADJ 7 amod
            Vega Vega PROPN 7 appos
            , _ PUNCT 11 punct
            appelé appeler VERB 7 acl Gender=Masc|Number=Sing|Tense=Past|VerbForm=Part
            Zolgen Zolgen PROPN 11 xcomp
            . _ PUNCT 2 punct
            """,
            "Luma|Vega|Zolgen",
            {"Zolgen": ("xcomp", "appelé")},
            id="a second name behind a participle is no apposition",
        ),
        pytest.param(
            """
            Le _ DET 2 det
            magazine _ NOUN 4 nsubj Gender=Masc|Number=Sing
            a avoir AUX 4 aux:tense Number=Sing|Tense=Pres|VerbForm=Fin
            quitté quitter VERB 0 root Gender=Masc|Number=Sing|Tense=Past|VerbForm=Part
            Ferrix Ferrix PROPN 4 obj
            pour _ ADP 8 case
            son _ DET 8 det
            concurrent _ NOUN 4 obl:mod Gender=Masc|Number=Sing
            les le DET 10 det
            Brisac Brisac PROPN 4 obj
            . _ PUNCT 4 punct
            """,
            "Ferrix|Brisac",
            {"Brisac": ("appos", "concurrent")},
            id="a name with an article describes its owned noun",
        ),
        pytest.param(
            """
            Le _ DET 2 det
            contrat _ NOUN 3 nsubj Gender=Masc|Number=Sing
            va aller VERB 0 root Number=Sing|Tense=Pres|VerbForm=Fin
            à _ ADP 5 case
            Luma Luma PROPN 3 obl:arg
            , _ PUNCT 8 punct
            l' le DET 8 det
            un _ PRON 3 obj Gender=Masc|Number=Sing
            de _ ADP 13 case
            les le DET 13 det
            plus _ ADV 12 advmod
            sérieux _ ADJ 13 amod
            rivaux rival NOUN 8 nmod Gender=Masc|Number=Plur
            de _ ADP 15 case
            Ferrix Ferrix PROPN 13 nmod
            . _ PUNCT 3 punct
            """,
            "Luma|Ferrix",
            {"un": ("appos", "Luma")},
            id="one of several behind a complement is an apposition",
        ),
        pytest.param(
            """
            L' le DET 2 det
            horizon _ NOUN 4 nsubj Gender=Masc|Number=Sing
            s' soi PRON 4 expl:pass
            éclaircit éclaircir VERB 0 root Number=Sing|Tense=Pres|VerbForm=Fin
            pour _ ADP 6 case
            Vega Vega PROPN 4 obl:mod
            , _ PUNCT 9 punct
            le _ DET 9 det
            réseau _ NOUN 4 obj Gender=Masc|Number=Sing
            que _ PRON 13 obj
            Orsol Orsol PROPN 12 nsubj
            entend entendre VERB 9 acl:relcl Number=Sing|Tense=Pres|VerbForm=Fin
            racheter _ VERB 12 xcomp VerbForm=Inf
            . _ PUNCT 4 punct
            """,
            "Vega|Orsol",
            {"réseau": ("appos", "Vega")},
            id="a description behind a complement is no object",
        ),
        pytest.param(
            """
            Le _ DET 2 det
            tribunal _ NOUN 12 nsubj Gender=Masc|Number=Sing
            , _ PUNCT 5 punct
            la le DET 5 det
            reprise _ NOUN 2 conj Gender=Fem|Number=Sing
            par _ ADP 7 case
            Orsol Orsol PROPN 5 nmod
            et _ CCONJ 10 cc
            le _ DET 10 det
            prix _ NOUN 7 conj Gender=Masc|Number=Sing
            ont avoir AUX 12 aux:tense Number=Plur|Tense=Pres|VerbForm=Fin
            changé changer VERB 0 root Gender=Masc|Number=Sing|Tense=Past|VerbForm=Part
            . _ PUNCT 12 punct
            """,
            "Orsol",
            {"reprise": ("conj", "tribunal")},
            id="a noun with an article and an agent stays one",
        ),
        pytest.param(
            """
            Durand Durand PROPN 14 nsubj
            , _ PUNCT 3 punct
            fondateur _ NOUN 1 appos Gender=Masc|Number=Sing
            de _ ADP 6 case
            l' le DET 6 det
            enseigne _ NOUN 3 nmod Gender=Fem|Number=Sing
            Vega Vega PROPN 6 appos
            , _ PUNCT 9 punct
            condamné condamner VERB 3 acl Gender=Masc|Number=Sing|Tense=Past|VerbForm=Part
            par _ ADP 11 case
            Orsol Orsol PROPN 9 obl:agent
            , _ PUNCT 9 punct
            est être AUX 14 cop Number=Sing|Tense=Pres|VerbForm=Fin
            parti _ NOUN 0 root Gender=Masc|Number=Sing
            . _ PUNCT 14 punct
            """,
            "Durand|Vega|Orsol",
            {"condamné": ("acl", "fondateur")},
            id="a participle that agrees stays",
        ),
        pytest.param(
            """
            Luma Luma PROPN 2 nsubj
            augmente augmenter VERB 0 root Number=Sing|Tense=Pres|VerbForm=Fin
            la le DET 4 det
            vente _ NOUN 2 obj Gender=Fem|Number=Sing
            de _ ADP 6 case
            billets billet NOUN 4 nmod Gender=Masc|Number=Plur
            par _ ADP 8 case
            mois _ NOUN 4 nmod Gender=Masc|Number=Plur
            . _ PUNCT 2 punct
            """,
            "Luma",
            {"mois": ("nmod", "vente")},
            id="a rate is no agent",
        ),
        pytest.param(
            """
            Orsol Orsol PROPN 3 nsubj
            a avoir AUX 3 aux:tense Number=Sing|Tense=Pres|VerbForm=Fin
            racheté racheter VERB 0 root Gender=Masc|Number=Sing|Tense=Past|VerbForm=Part
            Vega Vega PROPN 3 obj
            en _ ADP 6 case
            2017 _ NUM 3 obl:mod
            et _ CCONJ 10 cc
            Luma Luma PROPN 10 nsubj
            a avoir AUX 10 aux:tense Number=Sing|Tense=Pres|VerbForm=Fin
            fermé fermer VERB 3 conj Gender=Masc|Number=Sing|Tense=Past|VerbForm=Part
            . _ PUNCT 3 punct
            """,
            "Orsol|Vega|Luma",
            {"Luma": ("nsubj", "fermé")},
            id="a name with a verb of its own is in no row",
        ),
        pytest.param(
            """
            Orsol Orsol PROPN 3 nsubj
            a avoir AUX 3 aux:tense Number=Sing|Tense=Pres|VerbForm=Fin
            engagé engager VERB 0 root Gender=Masc|Number=Sing|Tense=Past|VerbForm=Part
            un _ DET 5 det
            avocat _ NOUN 3 obj Gender=Masc|Number=Sing
            pour _ ADP 7 mark
            reprendre _ VERB 3 advcl VerbForm=Inf
            Luma Luma PROPN 7 obj
            . _ PUNCT 3 punct
            """,
            "Orsol|Luma",
            {"reprendre": ("advcl", "engagé")},
            id="a purpose of another noun stays",
        ),
        pytest.param(
            """
            Orsol Orsol PROPN 3 nsubj
            , _ PUNCT 3 punct
            croit croire VERB 0 root Number=Sing|Tense=Pres|VerbForm=Fin
            savoir _ VERB 3 xcomp VerbForm=Inf
            Presselia Presselia PROPN 4 obj
            , _ PUNCT 8 punct
            a avoir AUX 8 aux:tense Number=Sing|Tense=Pres|VerbForm=Fin
            racheté racheter VERB 3 parataxis Gender=Masc|Number=Sing|Tense=Past|VerbForm=Part
            Vega Vega PROPN 8 obj
            . _ PUNCT 3 punct
            """,
            "Orsol|Presselia|Vega",
            {
                "Orsol": ("nsubj", "racheté"),
                "Presselia": ("nsubj", "croit"),
                "racheté": ("root", "ROOT"),
                "croit": ("parataxis:insert", "racheté"),
            },
            id="a clause between commas is put into the other",
        ),
        pytest.param(
            """
            Orsol Orsol PROPN 3 nsubj
            a avoir AUX 3 aux:tense Number=Sing|Tense=Pres|VerbForm=Fin
            annoncé annoncer VERB 0 root Gender=Masc|Number=Sing|Tense=Past|VerbForm=Part
            dans _ ADP 6 case
            un _ DET 6 det
            communiqué _ NOUN 3 obl:mod Gender=Masc|Number=Sing
            avoir _ AUX 8 aux:tense VerbForm=Inf
            racheté racheter VERB 6 acl Gender=Masc|Number=Sing|Tense=Past|VerbForm=Part
            Vega Vega PROPN 8 obj
            . _ PUNCT 3 punct
            """,
            "Orsol|Vega",
            {"racheté": ("xcomp", "annoncé")},
            id="an infinitive without a preposition hangs on the verb",
        ),
        pytest.param(
            """
            Orsol Orsol PROPN 2 nsubj
            lance lancer VERB 0 root Number=Sing|Tense=Pres|VerbForm=Fin
            Luma Luma PROPN 2 obj
            afin _ ADV 2 advmod
            de _ ADP 6 mark
            concurrencer _ VERB 4 ccomp VerbForm=Inf
            Vega Vega PROPN 6 obj
            . _ PUNCT 2 punct
            """,
            "Orsol|Luma|Vega",
            {"concurrencer": ("advcl", "lance"), "afin": ("mark", "concurrencer")},
            id="« afin de » marks a purpose",
        ),
        pytest.param(
            """
            Vega Vega PROPN 7 nsubj
            , _ PUNCT 4 punct
            que _ PRON 5 obj
            veut vouloir VERB 1 acl:relcl Number=Sing|Tense=Pres|VerbForm=Fin
            racheter _ VERB 4 xcomp VerbForm=Inf
            Orsol Orsol PROPN 5 obj
            recrute recruter VERB 0 root Number=Sing|Tense=Pres|VerbForm=Fin
            """,
            "Vega|Orsol",
            {"Orsol": ("nsubj", "veut"), "que": ("obj", "racheter")},
            id="a second object behind « que » is the subject",
        ),
        pytest.param(
            """
            acquisition _ NOUN 0 root
            , _ PUNCT 4 punct
            en _ ADP 4 case
            mai _ NOUN 1 nmod
            , _ PUNCT 7 punct
            de _ ADP 7 case
            Vega Vega PROPN 4 nmod
            """,
            "Vega",
            {"Vega": ("nmod", "acquisition")},
            id="what an aside parts from the noun of an event hangs on it",
        ),
        pytest.param(
            """
            salon _ NOUN 0 root
            , _ PUNCT 4 punct
            en _ ADP 4 case
            mai _ NOUN 1 nmod
            , _ PUNCT 7 punct
            de _ ADP 7 case
            Vega Vega PROPN 4 nmod
            """,
            "Vega",
            {"Vega": ("nmod", "mai")},
            id="what an aside parts from another noun stays",
        ),
        pytest.param(
            """
            Orsol Orsol PROPN 2 nsubj
            vend vendre VERB 0 root Number=Sing|Tense=Pres|VerbForm=Fin
            avant _ ADP 4 case
            juin _ NOUN 2 obl:mod
            Vega Vega PROPN 4 nmod
            à _ ADP 7 case
            Luma Luma PROPN 2 obl:arg
            """,
            "Orsol|Vega|Luma",
            {"Vega": ("obj", "vend")},
            id="a name behind a date is what is sold",
        ),
        pytest.param(
            """
            Orsol Orsol PROPN 2 nsubj
            recrute recruter VERB 0 root Number=Sing|Tense=Pres|VerbForm=Fin
            avant _ ADP 4 case
            juin _ NOUN 2 obl:mod
            Vega Vega PROPN 4 nmod
            """,
            "Orsol|Vega",
            {"Vega": ("nmod", "juin")},
            id="a name behind a date is no object of a verb that sells nothing",
        ),
        pytest.param(
            """
            demande demander VERB 0 root Number=Sing|Tense=Pres|VerbForm=Fin
            à _ ADP 3 case
            Orsol Orsol PROPN 1 obl:arg
            qu' que SCONJ 6 obj
            il _ PRON 6 nsubj
            vende vendre VERB 3 acl:relcl Mood=Sub|Number=Sing|Tense=Pres|VerbForm=Fin
            Vega Vega PROPN 6 obj
            """,
            "Orsol|Vega",
            {"qu'": ("mark", "vende"), "vende": ("ccomp", "demande")},
            id="« que » is no object where there is another",
        ),
        pytest.param(
            """
            Orsol    _        PROPN  9  nsubj
            ,        _        PUNCT  3  punct
            installé installer VERB  1  acl  VerbForm=Part|Tense=Past
            à        _        ADP    5  case
            Zoppigny _        PROPN  3  obl:arg
            ,        _        PUNCT  8  punct
            qui      _        PRON   8  nsubj
            recrute  recruter VERB   5  acl:relcl
            grandit  grandir  VERB   0  root
            """,
            "Orsol|Zoppigny",
            {"recrute": ("acl:relcl", "Orsol")},
            id="a relative behind where somebody stands",
        ),
        pytest.param(
            """
            Paul Paul PROPN 9 nsubj
            , _ PUNCT 3 punct
            fondateur _ NOUN 1 appos
            d' de ADP 5 case
            Orsol Orsol PROPN 3 nmod
            , _ PUNCT 7 punct
            actionnaire _ NOUN 5 appos
            , _ PUNCT 7 punct
            recrute recruter VERB 0 root Number=Sing|Tense=Pres|VerbForm=Fin
            """,
            "Paul|Orsol",
            {"actionnaire": ("appos", "Paul")},
            id="a second description is of the person",
        ),
    ],
)
def test_words_hang_where_they_belong(rows: Rows, names: str, arcs: dict[str, tuple[str, str]]) -> None:
    sentence = mended(rows, names=names)

    assert {form: arc(sentence, form) for form in arcs} == arcs


@pytest.mark.parametrize(
    ("auxiliary", "relation", "voice"),
    [("a avoir", "aux:tense", "Act"), ("est être", "aux:pass", "Pass")],
)
def test_a_coordinated_participle_shares_the_voice_of_the_first(auxiliary: str, relation: str, voice: str) -> None:
    sentence = mended(
        f"""
        Orsol _ PROPN 3 nsubj
        {auxiliary} AUX 3 {relation}
        choisi choisir VERB 0 root VerbForm=Part|Tense=Past
        puis _ CCONJ 5 cc
        racheté racheter VERB 3 conj VerbForm=Part|Tense=Past
        """,
        names="Orsol",
    )

    assert feature(sentence, "racheté", "Voice") == voice


def test_shares_behind_a_year_are_an_object() -> None:
    sentence = mended(
        """
        Orsol Orsol PROPN 2 nsubj
        détient détenir VERB 0 root VerbForm=Fin
        depuis _ ADP 4 case
        2010 _ NUM 2 obl:mod
        de _ ADP 7 case
        les le DET 7 det
        parts part NOUN 4 nmod Number=Plur
        """,
        "Orsol",
    )

    assert (sentence.words[6].head, sentence.words[6].deprel) == (2, "obj")
    assert sentence.words[4].deprel == "det"


def test_what_depends_on_a_year_of_an_intransitive_stays() -> None:
    sentence = mended(
        """
        Orsol Orsol PROPN 3 nsubj
        se soi PRON 3 expl:pv
        empare emparer VERB 0 root VerbForm=Fin
        en _ ADP 5 case
        2010 _ NUM 3 obl:mod
        de _ ADP 8 case
        les le DET 8 det
        parts part NOUN 5 nmod Number=Plur
        """,
        "Orsol",
    )

    assert (sentence.words[7].head, sentence.words[7].deprel) == (5, "nmod")


def test_a_locution_leaves_its_place_to_the_verb() -> None:
    sentence = mended(
        """
        Orsol Orsol PROPN 3 nsubj
        avait avoir AUX 3 aux:tense VerbForm=Fin
        bel beau ADJ 0 root
        et _ CCONJ 6 cc
        bien _ ADV 6 advmod
        détenu détenir VERB 3 conj VerbForm=Part|Tense=Past
        Vega Vega PROPN 6 obj
        """,
        "Orsol|Vega",
    )

    assert (sentence.words[5].head, sentence.words[0].head, sentence.words[2].deprel) == (0, 6, "advmod")
    assert sentence.words[5].feats["Voice"] == "Act"


def test_a_description_behind_a_subject_is_its_apposition() -> None:
    sentence = mended(
        """
        Orsol Orsol PROPN 10 nsubj
        et _ CCONJ 3 cc
        Vega Vega PROPN 1 conj
        , _ PUNCT 7 punct
        les le DET 7 det
        deux _ NUM 7 nummod
        patrons patron NOUN 10 nsubj Number=Plur
        , _ PUNCT 7 punct
        ont avoir AUX 10 aux:tense VerbForm=Fin
        voté voter VERB 0 root VerbForm=Part|Tense=Past
        """,
        "Orsol|Vega",
    )

    assert (sentence.words[6].head, sentence.words[6].deprel) == (1, "appos")


def test_a_bare_amount_beside_its_verb_is_an_object() -> None:
    sentence = mended(
        """
        Orsol Orsol PROPN 3 nsubj
        a avoir AUX 3 aux:tense VerbForm=Fin
        levé lever VERB 0 root VerbForm=Part|Tense=Past
        50 _ NUM 5 nummod
        millions million NOUN 3 advmod
        """,
        "Orsol",
        "50 millions",
    )

    assert sentence.words[4].deprel == "obj"


# rows, shares and quantifiers -------------------------------------------------------------------------------


def test_each_is_no_second_subject() -> None:
    sentence = mended(
        """
        Orsol _ PROPN 6 nsubj
        et _ CCONJ 3 cc
        Vega _ PROPN 1 conj
        ont avoir AUX 6 aux:tense VerbForm=Fin
        chacun _ PRON 6 nsubj
        investi investir VERB 0 root VerbForm=Part|Tense=Past
        dans _ ADP 8 case
        Luma _ PROPN 6 obl:mod
        """,
        names="Orsol|Vega|Luma",
    )

    assert arc(sentence, "chacun") == ("advmod", "investi")
    assert arc(sentence, "Orsol") == ("nsubj", "investi")


def test_both_is_no_object() -> None:
    sentence = mended(
        """
        Orsol _ PROPN 7 nsubj
        et _ CCONJ 3 cc
        Vega _ PROPN 1 conj
        ont avoir AUX 7 aux:tense VerbForm=Fin
        toutes tout ADJ 6 det
        deux _ NUM 7 obj
        investi investir VERB 0 root VerbForm=Part|Tense=Past
        dans _ ADP 9 case
        Luma _ PROPN 7 obl:mod
        """,
        names="Orsol|Vega|Luma",
    )

    assert arc(sentence, "deux") == ("advmod", "investi")


def test_each_alone_stays_a_subject() -> None:
    sentence = mended(
        """
        Chacun chacun PRON 2 nsubj
        rachète racheter VERB 0 root VerbForm=Fin
        Vega _ PROPN 2 obj
        """,
        names="Vega",
    )

    assert arc(sentence, "Chacun") == ("nsubj", "rachète")


def test_a_share_behind_a_name_is_no_second_object() -> None:
    sentence = mended(
        """
        Orsol _ PROPN 2 nsubj
        détient détenir VERB 0 root VerbForm=Fin
        21 _ NUM 4 nummod
        % _ SYM 2 obj
        de _ ADP 6 case
        Vega _ PROPN 4 nmod
        et _ CCONJ 8 cc
        Luma _ PROPN 6 conj
        3 _ NUM 10 nummod
        pourcents _ NOUN 2 obj
        """,
        names="Orsol|Vega|Luma",
        percent="21 %|3 pourcents",
    )

    assert arc(sentence, "pourcents") == ("orphan", "Luma")
    assert arc(sentence, "%") == ("obj", "détient")


def test_who_founds_is_not_the_subject_of_what_the_company_does() -> None:
    sentence = mended(
        """
        Fondée fonder VERB 10 advcl VerbForm=Part|Tense=Past
        par _ ADP 3 case
        Anne _ PROPN 1 obl:agent
        , _ PUNCT 3 punct
        Paul _ PROPN 10 nsubj
        et _ CCONJ 7 cc
        Luc _ PROPN 5 conj
        , _ PUNCT 5 punct
        Vega _ PROPN 7 appos
        recrute recruter VERB 0 root VerbForm=Fin|Number=Sing
        """,
        names="Anne|Paul|Luc|Vega",
    )

    assert arc(sentence, "Vega") == ("nsubj", "recrute")
    assert arc(sentence, "Paul") == ("conj", "Anne")


def test_such_as_brings_the_names_of_what_stands_before_it() -> None:
    sentence = mended(
        """
        Vega _ PROPN 2 nsubj
        attire attirer VERB 0 root VerbForm=Fin
        des un DET 4 det
        fonds _ NOUN 2 obj Number=Plur
        tels tel ADJ 4 amod
        que _ SCONJ 7 case
        Orsol _ PROPN 5 dep
        et _ CCONJ 9 cc
        Luma _ PROPN 7 conj
        """,
        names="Vega|Orsol|Luma",
    )

    assert arc(sentence, "Orsol") == ("appos", "fonds")
    assert arc(sentence, "Luma") == ("conj", "Orsol")


def test_an_example_hangs_on_what_it_is_an_example_of() -> None:
    sentence = mended(
        """
        levés lever VERB 0 root VerbForm=Part|Tense=Past
        auprès _ ADV 1 advmod
        de _ ADP 4 case
        fonds _ NOUN 2 obl:arg
        comme _ ADP 6 case
        Orsol _ PROPN 2 obl:arg
        """,
        names="Orsol",
    )

    assert arc(sentence, "Orsol") == ("nmod", "fonds")


def test_quotation_marks_do_not_part_a_row() -> None:
    sentence = mended(
        """
        Orsol _ PROPN 0 root
        , _ PUNCT 1 punct
        éditeur _ NOUN 1 appos
        de _ ADP 6 case
        « _ PUNCT 6 punct
        Vega _ PROPN 3 nmod
        » _ PUNCT 6 punct
        et _ CCONJ 11 cc
        de _ ADP 11 case
        « _ PUNCT 11 punct
        Luma _ PROPN 1 conj
        » _ PUNCT 11 punct
        """,
        names="Orsol|Vega|Luma",
    )

    assert arc(sentence, "Luma") == ("conj", "Vega")


# rows, asides and places ----------------------------------------------------------------------------------


def test_a_description_with_a_complement_opens_no_row() -> None:
    sentence = mended(
        """
        Vega _ PROPN 0 root
        , _ PUNCT 5 punct
        l' le DET 4 det
        éditeur _ NOUN 1 conj
        suédois _ ADJ 4 amod
        de _ ADP 7 case
        Luma _ PROPN 4 nmod
        et _ CCONJ 9 cc
        Ferrix _ PROPN 7 conj
        """,
        names="Vega|Luma|Ferrix",
    )

    assert arc(sentence, "éditeur") == ("appos", "Vega")
    assert arc(sentence, "Luma") == ("nmod", "éditeur")
    assert arc(sentence, "Ferrix") == ("conj", "Luma")


def test_a_row_may_begin_with_a_described_name() -> None:
    sentence = mended(
        """
        la le DET 2 det
        région _ NOUN 6 nsubj Gender=Fem|Number=Sing
        Armor _ PROPN 2 appos
        et _ CCONJ 5 cc
        Vega _ PROPN 3 conj
        investissent investir VERB 0 root Number=Plur|VerbForm=Fin
        """,
        names="Armor|Vega",
    )

    assert arc(sentence, "Vega") == ("conj", "région")


def test_subjects_that_an_aside_keeps_apart_are_coordinated() -> None:
    sentence = mended(
        """
        Vega _ PROPN 10 nsubj
        , _ PUNCT 3 punct
        géré gérer VERB 1 acl VerbForm=Part|Tense=Past
        par _ ADP 5 case
        Ferrix _ PROPN 3 obl:agent
        , _ PUNCT 3 punct
        Orsol _ PROPN 10 nsubj
        et _ CCONJ 9 cc
        Luma _ PROPN 7 conj
        investissent investir VERB 0 root Mood=Ind|Number=Plur|VerbForm=Fin
        """,
        names="Vega|Ferrix|Orsol|Luma",
    )

    assert arc(sentence, "Vega") == ("nsubj", "investissent")
    assert arc(sentence, "Orsol") == ("conj", "Vega")


def test_an_agent_behind_the_noun_of_an_event_hangs_on_it() -> None:
    sentence = mended(
        """
        sauvée sauver VERB 0 root VerbForm=Part
        par _ ADP 4 case
        son _ DET 4 det
        rachat _ NOUN 1 obl:agent
        par _ ADP 6 case
        Vega _ PROPN 1 obl:agent
        """,
        names="Vega",
    )

    assert arc(sentence, "Vega") == ("nmod", "rachat")


def test_places_one_each_hang_on_what_is_counted() -> None:
    sentence = mended(
        """
        bâtit bâtir VERB 0 root Mood=Ind|VerbForm=Fin
        deux _ NUM 3 nummod
        usines usine NOUN 1 obj
        , _ PUNCT 6 punct
        à _ ADP 6 case
        Arvel _ PROPN 1 obl:mod
        et _ CCONJ 9 cc
        à _ ADP 9 case
        Luce _ PROPN 6 conj
        """,
        names="Arvel|Luce",
    )

    assert arc(sentence, "Arvel") == ("nmod", "usines")


def test_a_noun_with_a_subject_is_the_verb_where_there_is_none() -> None:
    sentence = mended(
        """
        Luma _ PROPN 2 nsubj
        relance _ NOUN 0 root
        la le DET 4 det
        rivalité _ NOUN 2 obj
        """,
        names="Luma",
    )

    assert next(w for w in sentence.words if w.text == "relance").upos == "VERB"


def test_what_is_built_near_a_town_is_what_the_relative_clause_is_about() -> None:
    doc = document(
        """
        ouvre ouvrir VERB 0 root Mood=Ind|VerbForm=Fin
        un _ DET 3 det
        atelier _ NOUN 1 obj Gender=Masc|Number=Sing
        près _ ADV 1 advmod
        de _ ADP 6 case
        Arvel _ PROPN 4 obl:arg
        , _ PUNCT 10 punct
        dans _ ADP 9 case
        lequel _ PRON 10 obl:mod Gender=Masc|Number=Sing|PronType=Rel
        investit investir VERB 6 acl:relcl Mood=Ind|VerbForm=Fin
        """
    )
    name = Name(0, 6, 6, EntityKind.PLACE, doc.sentences[0].words[5].span)

    assert arc(mend(doc, [name]).sentences[0], "investit") == ("acl:relcl", "atelier")
