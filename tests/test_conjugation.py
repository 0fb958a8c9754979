from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsclaims.errors import LexiconError
from newsclaims.lexicon import conjugation, load
from newsclaims.lexicon.conjugation import inflections, verb_forms

SLOTS = {
    "pres-1s": {"Mood": "Ind", "Tense": "Pres", "VerbForm": "Fin", "Person": "1", "Number": "Sing"},
    "pres-3s": {"Mood": "Ind", "Tense": "Pres", "VerbForm": "Fin", "Person": "3", "Number": "Sing"},
    "pres-1p": {"Mood": "Ind", "Tense": "Pres", "VerbForm": "Fin", "Person": "1", "Number": "Plur"},
    "pres-2p": {"Mood": "Ind", "Tense": "Pres", "VerbForm": "Fin", "Person": "2", "Number": "Plur"},
    "pres-3p": {"Mood": "Ind", "Tense": "Pres", "VerbForm": "Fin", "Person": "3", "Number": "Plur"},
    "imp-3s": {"Mood": "Ind", "Tense": "Imp", "VerbForm": "Fin", "Person": "3", "Number": "Sing"},
    "imp-1p": {"Mood": "Ind", "Tense": "Imp", "VerbForm": "Fin", "Person": "1", "Number": "Plur"},
    "past-3s": {"Mood": "Ind", "Tense": "Past", "VerbForm": "Fin", "Person": "3", "Number": "Sing"},
    "past-3p": {"Mood": "Ind", "Tense": "Past", "VerbForm": "Fin", "Person": "3", "Number": "Plur"},
    "fut-3s": {"Mood": "Ind", "Tense": "Fut", "VerbForm": "Fin", "Person": "3", "Number": "Sing"},
    "cnd-3p": {"Mood": "Cnd", "Tense": "Pres", "VerbForm": "Fin", "Person": "3", "Number": "Plur"},
    "sub-3s": {"Mood": "Sub", "Tense": "Pres", "VerbForm": "Fin", "Person": "3", "Number": "Sing"},
    "sub-1p": {"Mood": "Sub", "Tense": "Pres", "VerbForm": "Fin", "Person": "1", "Number": "Plur"},
    "subimp-3s": {"Mood": "Sub", "Tense": "Imp", "VerbForm": "Fin", "Person": "3", "Number": "Sing"},
    "gerund": {"Tense": "Pres", "VerbForm": "Part"},
    "part-ms": {"Tense": "Past", "VerbForm": "Part", "Gender": "Masc", "Number": "Sing"},
    "part-fs": {"Tense": "Past", "VerbForm": "Part", "Gender": "Fem", "Number": "Sing"},
    "part-mp": {"Tense": "Past", "VerbForm": "Part", "Gender": "Masc", "Number": "Plur"},
    "part-fp": {"Tense": "Past", "VerbForm": "Part", "Gender": "Fem", "Number": "Plur"},
}

# One line a verb: present 3s 1p 3p, simple past 3s, future 3s, subjunctive 3s, participle feminine.
COLUMNS = ("pres-3s", "pres-1p", "pres-3p", "past-3s", "fut-3s", "sub-3s", "part-fs")
TABLE = """
acheter       achète achetons achètent acheta achètera achète achetée
acquérir      acquiert acquérons acquièrent acquit acquerra acquière acquise
aller         va allons vont alla ira aille allée
appeler       appelle appelons appellent appela appellera appelle appelée
avancer       avance avançons avancent avança avancera avance avancée
avoir         a avons ont eut aura ait eue
battre        bat battons battent battit battra batte battue
céder         cède cédons cèdent céda cédera cède cédée
conclure      conclut concluons concluent conclut conclura conclue conclue
connaître     connaît connaissons connaissent connut connaîtra connaisse connue
conquérir     conquiert conquérons conquièrent conquit conquerra conquière conquise
contraindre   contraint contraignons contraignent contraignit contraindra contraigne contrainte
contredire    contredit contredisons contredisent contredit contredira contredise contredite
convaincre    convainc convainquons convainquent convainquit convaincra convainque convaincue
convenir      convient convenons conviennent convint conviendra convienne convenue
courir        court courons courent courut courra coure courue
craindre      craint craignons craignent craignit craindra craigne crainte
croire        croit croyons croient crut croira croie crue
croître       croît croissons croissent crût croîtra croisse crue
défendre      défend défendons défendent défendit défendra défende défendue
devoir        doit devons doivent dut devra doive due
dire          dit disons disent dit dira dise dite
employer      emploie employons emploient employa emploiera emploie employée
engager       engage engageons engagent engagea engagera engage engagée
envoyer       envoie envoyons envoient envoya enverra envoie envoyée
faire         fait faisons font fit fera fasse faite
fournir       fournit fournissons fournissent fournit fournira fournisse fournie
inclure       inclut incluons incluent inclut inclura inclue incluse
interdire     interdit interdisons interdisent interdit interdira interdise interdite
investir      investit investissons investissent investit investira investisse investie
lever         lève levons lèvent leva lèvera lève levée
mettre        met mettons mettent mit mettra mette mise
mourir        meurt mourons meurent mourut mourra meure morte
naître        naît naissons naissent naquit naîtra naisse née
négocier      négocie négocions négocient négocia négociera négocie négociée
obtenir       obtient obtenons obtiennent obtint obtiendra obtienne obtenue
offrir        offre offrons offrent offrit offrira offre offerte
partir        part partons partent partit partira parte partie
poursuivre    poursuit poursuivons poursuivent poursuivit poursuivra poursuive poursuivie
prévoir       prévoit prévoyons prévoient prévit prévoira prévoie prévue
produire      produit produisons produisent produisit produira produise produite
projeter      projette projetons projettent projeta projettera projette projetée
promouvoir    promeut promouvons promeuvent promut promouvra promeuve promue
protéger      protège protégeons protègent protégea protégera protège protégée
racheter      rachète rachetons rachètent racheta rachètera rachète rachetée
recevoir      reçoit recevons reçoivent reçut recevra reçoive reçue
rejoindre     rejoint rejoignons rejoignent rejoignit rejoindra rejoigne rejointe
reprendre     reprend reprenons reprennent reprit reprendra reprenne reprise
résoudre      résout résolvons résolvent résolut résoudra résolve résolue
réunir        réunit réunissons réunissent réunit réunira réunisse réunie
revêtir       revêt revêtons revêtent revêtit revêtira revête revêtue
revoir        revoit revoyons revoient revit reverra revoie revue
rompre        rompt rompons rompent rompit rompra rompe rompue
savoir        sait savons savent sut saura sache sue
souscrire     souscrit souscrivons souscrivent souscrivit souscrira souscrive souscrite
tenir         tient tenons tiennent tint tiendra tienne tenue
valoir        vaut valons valent valut vaudra vaille value
vendre        vend vendons vendent vendit vendra vende vendue
vivre         vit vivons vivent vécut vivra vive vécue
vouloir       veut voulons veulent voulut voudra veuille voulue
"""
ROWS = [line.split() for line in TABLE.strip().splitlines()]


def _slot(lemma: str, slot: str) -> set[str]:
    return {form for form, analyses in verb_forms(lemma).items() if SLOTS[slot] in analyses}


def _analyses(lemma: str) -> Iterator[tuple[str, dict[str, str]]]:
    for form, analyses in verb_forms(lemma).items():
        for feats in analyses:
            yield form, feats


def _listed() -> list[str]:
    verbs = load("verbs")
    return sorted({*verbs["regular"], *(v for p in verbs["paradigm"].values() for v in p["verbs"])})


@pytest.mark.parametrize(("lemma", "forms"), [(row[0], row[1:]) for row in ROWS], ids=[row[0] for row in ROWS])
def test_verb_is_conjugated_as_in_the_grammar_book(lemma: str, forms: list[str]) -> None:
    found = {slot: _slot(lemma, slot) for slot in COLUMNS}
    assert all(form in found[slot] for slot, form in zip(COLUMNS, forms, strict=True)), found


@pytest.mark.parametrize(
    ("lemma", "slot", "forms"),
    [
        ("acquérir", "part-mp", {"acquis"}),
        ("avancer", "imp-1p", {"avancions"}),
        ("avancer", "imp-3s", {"avançait"}),
        ("avancer", "past-3p", {"avancèrent"}),
        ("avoir", "gerund", {"ayant"}),
        ("avoir", "sub-1p", {"ayons"}),
        ("céder", "fut-3s", {"cédera", "cèdera"}),
        ("devoir", "part-fp", {"dues"}),
        ("devoir", "part-ms", {"dû"}),
        ("dire", "pres-2p", {"dites"}),
        ("engager", "gerund", {"engageant"}),
        ("engager", "imp-1p", {"engagions"}),
        ("engager", "past-3p", {"engagèrent"}),
        ("être", "cnd-3p", {"seraient"}),
        ("être", "gerund", {"étant"}),
        ("être", "imp-3s", {"était"}),
        ("être", "part-ms", {"été"}),
        ("être", "past-3p", {"furent"}),
        ("être", "pres-1s", {"suis"}),
        ("être", "sub-3s", {"soit"}),
        ("faire", "pres-2p", {"faites"}),
        ("interdire", "pres-2p", {"interdisez"}),
        ("investir", "cnd-3p", {"investiraient"}),
        ("négocier", "imp-1p", {"négociions"}),
        ("payer", "fut-3s", {"payera", "paiera"}),
        ("payer", "pres-3s", {"paye", "paie"}),
        ("pouvoir", "cnd-3p", {"pourraient"}),
        ("pouvoir", "sub-3s", {"puisse"}),
        ("prendre", "sub-1p", {"prenions"}),
        ("racheter", "cnd-3p", {"rachèteraient"}),
        ("racheter", "subimp-3s", {"rachetât"}),
        ("savoir", "gerund", {"sachant"}),
        ("tenir", "past-3p", {"tinrent"}),
        ("vendre", "pres-1s", {"vends"}),
        ("voir", "past-3p", {"virent"}),
        ("vouloir", "sub-1p", {"voulions"}),
    ],
)
def test_slot_holds_exactly_the_forms(lemma: str, slot: str, forms: set[str]) -> None:
    assert _slot(lemma, slot) == forms


@pytest.mark.parametrize("lemma", ["être", "pouvoir", "rire", "suffire", "plaire"])
def test_invariable_participle_has_one_form(lemma: str) -> None:
    participles = [form for form, feats in _analyses(lemma) if feats.get("Gender")]
    assert len(participles) == 1


def test_form_with_several_readings_lists_each() -> None:
    tenses = {(f.get("Mood"), f["Tense"], f.get("Person")) for f in verb_forms("investir")["investit"]}
    assert tenses == {("Ind", "Pres", "3"), ("Ind", "Past", "3")}


def test_every_listed_verb_yields_forty_analyses_unless_it_lacks_the_simple_past() -> None:
    paradigms = load("verbs")["paradigm"].values()
    defective = {verb for paradigm in paradigms if "past" not in paradigm for verb in paradigm["verbs"]}
    counts = {verb: sum(1 for _ in _analyses(verb)) for verb in _listed()}
    assert len(counts) >= 300
    assert {verb for verb, count in counts.items() if count < 40} == defective
    assert min(counts.values()) == 36


def test_every_form_is_one_lower_case_word_without_broken_spelling() -> None:
    broken = ("çe", "çè", "çé", "çi", "geè", "geé", "eee")
    bad = [form for form in inflections() if form != form.lower() or " " in form or any(b in form for b in broken)]
    assert bad == []


def test_inflections_name_the_lemmas_of_a_form() -> None:
    readings = inflections()
    assert {lemma for lemma, _ in readings["rachètera"]} == {"racheter"}
    assert {lemma for lemma, _ in readings["suis"]} == {"être", "suivre"}
    assert "géant" not in readings


def test_inflections_agree_with_verb_forms() -> None:
    readings = inflections()
    for lemma in _listed():
        for form, feats in _analyses(lemma):
            assert (lemma, feats) in readings[form]


def test_result_can_be_changed_without_harm() -> None:
    verb_forms("céder")["cède"][0]["Person"] = "9"
    assert all(feats["Person"] != "9" for feats in verb_forms("céder")["cède"])


@pytest.mark.parametrize(
    ("lemma", "form"),
    [("pivoter", "pivota"), ("blanchir", "blanchissent"), ("parsemer", "parsème"), ("désintégrer", "désintègre")],
)
def test_unlisted_verb_follows_the_regular_rules(lemma: str, form: str) -> None:
    assert lemma not in _listed()
    assert form in verb_forms(lemma)


@pytest.mark.parametrize("lemma", ["", "er", "ir", "moudre", "choir", "société", "s'offrir à", "Google"])
def test_what_is_no_regular_verb_is_refused(lemma: str) -> None:
    with pytest.raises(LexiconError, match="cannot conjugate"):
        verb_forms(lemma)


@given(st.text(alphabet="abcdefgéèijlmnoprstuvyz", min_size=2, max_size=12), st.sampled_from(["er", "ir"]))
def test_any_regular_infinitive_yields_its_infinitive_and_participles(stem: str, ending: str) -> None:
    lemma = stem + ending
    if lemma in _listed() or lemma.endswith("oir"):
        return
    forms = verb_forms(lemma)
    assert {"VerbForm": "Inf"} in forms[lemma]
    assert SLOTS["part-fp"] in forms[stem + ("ées" if ending == "er" else "ies")]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"present": ["s"]}, "present lists 1 forms instead of 6"),
        ({"cut": "zir"}, "does not end in 'zir'"),
        ({"participle": ["a", "b"]}, "participle lists 2 forms instead of 1 or 4"),
        ({"futur": "r"}, "unknown key 'futur'"),
        ({"future": 3}, "future cannot be a int"),
    ],
)
def test_malformed_paradigm_is_reported_with_its_name(
    monkeypatch: pytest.MonkeyPatch, change: dict[str, object], message: str
) -> None:
    paradigm = {**load("verbs")["paradigm"]["rompre"], **change}
    monkeypatch.setattr(conjugation, "load", lambda _: {**load("verbs"), "paradigm": {"rompre": paradigm}})
    conjugation._paradigms_of.cache_clear()
    try:
        with pytest.raises(LexiconError, match=r"verbs\.toml, paradigm 'rompre': ") as caught:
            verb_forms("rompre")
        assert message in str(caught.value)
    finally:
        conjugation._paradigms_of.cache_clear()


def test_missing_part_of_a_paradigm_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    paradigm = {k: v for k, v in load("verbs")["paradigm"]["rompre"].items() if k != "participle"}
    monkeypatch.setattr(conjugation, "load", lambda _: {**load("verbs"), "paradigm": {"rompre": paradigm}})
    conjugation._paradigms_of.cache_clear()
    try:
        with pytest.raises(LexiconError, match="paradigm 'rompre': missing key 'participle'"):
            verb_forms("rompre")
    finally:
        conjugation._paradigms_of.cache_clear()


def test_spellings_of_1990_are_read_too() -> None:
    assert ("connaître", "Ind") in {(lemma, feats.get("Mood")) for lemma, feats in inflections()["connait"]}
