"""The training recipe: annotation schemes, changed copies, labels, scores, and a run in miniature."""

from __future__ import annotations

import json
import lzma
import random
import subprocess
import sys
from itertools import cycle
from pathlib import Path

import pytest
import regex
import torch

from newsclaims.errors import InputValueError, ModelNotFoundError, NewsclaimsError
from newsclaims.lexicon.conjugation import inflections
from newsclaims.training import augment, evaluate, loop, stages, vectors
from newsclaims.training.__main__ import main
from newsclaims.training.harmonise import Reference, harmonise, learn, merge_rare
from newsclaims.training.loop import Schedule
from newsclaims.training.pack import pack
from newsclaims.training.treebank import Tree, french, read, write
from newsclaims.training.vectors import words

FIELD = {part: stages.FIELD / f"tech_news-{part}.conllu" for part in ("train", "test")}


def tree(text: str, name: str = "s1") -> Tree:
    """Return a tree from lines « form lemma UPOS feats head deprel », a form ending in + having no space after it."""
    lines = []
    for number, line in enumerate(text.strip().splitlines(), 1):
        form, lemma, upos, feats, head, deprel = line.split()
        misc = "SpaceAfter=No" if form.endswith("+") else "_"
        lines.append("\t".join([str(number), form.rstrip("+"), lemma, upos, "_", feats, head, deprel, "_", misc]))
    return parse(f"# sent_id = {name}\n" + "\n".join(lines))


def parse(conllu: str) -> Tree:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "one.conllu"
        path.write_text(conllu + "\n\n", encoding="utf-8")
        [found] = read(path)
    return found


BUYS = """
Le le DET Definite=Def|Gender=Masc|Number=Sing|PronType=Art 2 det
groupe groupe NOUN Gender=Masc|Number=Sing 4 nsubj
Altéa Altéa PROPN _ 2 nmod
est être AUX Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin 5 aux:pass
vendu vendre VERB Gender=Masc|Number=Sing|Tense=Past|VerbForm=Part 0 root
par par ADP _ 7 case
elle+ il PRON Person=3 5 obl
. . PUNCT _ 5 punct
"""
EMPTY = Reference({}, {}, {}, frozenset())


def test_a_treebank_is_read_and_written_without_loss(tmp_path: Path) -> None:
    trees = list(read(FIELD["test"]))
    write(trees, tmp_path / "copy.conllu")

    assert (tmp_path / "copy.conllu").read_text("utf-8") == FIELD["test"].read_text("utf-8")
    assert list(read(tmp_path / "copy.conllu")) == trees


def test_a_line_that_is_not_conllu_is_named(tmp_path: Path) -> None:
    (tmp_path / "bad.conllu").write_text("1\tOrfea\n\n", encoding="utf-8")

    with pytest.raises(InputValueError, match=r"ten columns.*Orfea"):
        list(read(tmp_path / "bad.conllu"))


def test_a_name_after_its_description_is_an_apposition() -> None:
    [changed] = harmonise([tree(BUYS)], EMPTY)

    assert changed.words[2].deprel == "appos"


def test_a_name_after_a_title_is_not() -> None:
    [changed] = harmonise([tree(BUYS.replace("groupe groupe", "M. monsieur"))], EMPTY)

    assert changed.words[2].deprel == "nmod"


def test_the_agent_of_a_passive_is_told_from_other_obliques() -> None:
    [changed] = harmonise([tree(BUYS)], EMPTY)

    assert changed.words[6].deprel == "obl:agent"
    assert changed.words[4].feats["Voice"] == "Pass"


def test_closed_class_words_take_lemma_and_features_of_the_reference() -> None:
    known = tree(BUYS.replace("elle+ il PRON Person=3", "elle+ lui PRON Emph=Yes|Person=3"))
    reference = learn([known, known, known], [])
    [changed] = harmonise([tree(BUYS)], reference)

    assert (changed.words[6].lemma, changed.words[6].feats) == ("lui", {"Emph": "Yes", "Person": "3"})


def test_subtypes_that_are_too_rare_are_taken_off() -> None:
    trees = [tree(BUYS) for _ in range(20)]
    trees[0].words[2].deprel = "nmod:odd"
    merge_rare(trees)

    assert trees[0].words[2].deprel == "nmod"
    assert trees[0].words[3].deprel == "aux:pass"


def test_indicatives_become_conditionals_with_their_features() -> None:
    changed = augment.conditional(tree(BUYS), random.Random(1))

    assert changed is not None
    assert changed.text == "Le groupe Altéa serait vendu par elle."
    assert changed.words[3].feats["Mood"] == "Cnd"
    assert changed.words[3].lemma == "être"


def test_a_sentence_without_a_known_finite_verb_has_no_conditional() -> None:
    assert augment.conditional(tree(BUYS.replace("est être", "fut être")), random.Random(1)) is None


def test_every_conditional_is_a_form_of_the_same_verb() -> None:
    known = inflections()

    for indicative, conditional in french()["conditionals"].items():
        moods = {lemma: feats["Mood"] for lemma, feats in known[conditional] if "Mood" in feats}
        assert "Cnd" in moods.values(), conditional
        assert moods.keys() & {lemma for lemma, _ in known[indicative]}, indicative


def test_headlines_lose_their_full_stop() -> None:
    changed = augment.stopless(tree(BUYS), random.Random(1))

    assert changed is not None
    assert changed.text == "Le groupe Altéa est vendu par elle"


def test_changed_copies_are_the_same_for_a_seed_and_stay_trees() -> None:
    trees = list(read(FIELD["train"]))[:60]
    first, second = augment.augment(trees, 3), augment.augment(trees, 3)

    assert first == second
    assert first
    for changed in first:
        assert sum(word.head == 0 for word in changed.words) == 1
        assert all(0 <= word.head <= len(changed.words) for word in changed.words)


def test_labels_mark_the_end_of_tokens_and_sentences() -> None:
    rows = [
        "1-2 Du _ _ _ _ _ _ _ _",
        "1 De de ADP _ _ 3 case _ _",
        "2 le le DET _ _ 3 det _ _",
        "3 pain pain NOUN _ _ 0 root _ SpaceAfter=No",
        "4 . . PUNCT _ _ 3 punct _ _",
    ]
    found = parse("\n".join(row.replace(" ", "\t") for row in rows))

    assert found.text == "Du pain."
    assert stages._labels(found) == "03000012"


def test_words_of_the_corpus_are_split_as_in_the_treebanks() -> None:
    assert words("L’offre du groupe a-t-elle été relevée à 6,6 Md$ ?") == [
        "l'", "offre", "de", "le", "groupe", "a", "-t-elle", "été", "relevée", "à", "6,6", "md", "$", "?",
    ]  # fmt: skip


def test_word_vectors_are_those_of_the_frequent_words_of_the_corpus(tmp_path: Path) -> None:
    pytest.importorskip("gensim", reason="word vectors need the extra train")
    corpus = tmp_path / "corpora" / "french_news.jsonl.xz"
    corpus.parent.mkdir()
    article = {"title": "Kelmis vend", "heading": None, "article": "Le groupe du Nord vend.\nBrevo achète."}
    with lzma.open(corpus, "wt", encoding="utf-8") as lines:
        lines.write((json.dumps(article) + "\n") * 5)
    count = vectors.train(tmp_path, tmp_path / "pretrain.pt", workers=1)
    content = torch.load(tmp_path / "pretrain.pt", weights_only=True)

    assert {"kelmis", "vend", "de", "le", "brevo", "."} <= set(content["vocab"]["_unit2id"])
    assert content["emb"].shape == (count + 4, vectors.DIMENSIONS)


def test_a_missing_corpus_is_named(tmp_path: Path) -> None:
    pytest.importorskip("gensim", reason="word vectors need the extra train")
    with pytest.raises(ModelNotFoundError, match="french_news"):
        vectors.train(tmp_path, tmp_path / "pretrain.pt")


def test_a_schedule_warms_up_and_decays() -> None:
    schedule = Schedule(steps=1000, rate=0.01, batch=10, warmup=100)
    rates = [schedule.rate_at(step) for step in (1, 50, 100, 500, 1000)]

    assert rates[0] < rates[1] < rates[2] == 0.01
    assert rates[2] > rates[3] > rates[4] > 0


class Line:
    """As much of a Stanza trainer as the loop needs: a line to be fitted."""

    def __init__(self) -> None:
        torch.manual_seed(1)
        self.model = torch.nn.Linear(1, 1)
        self.optimizer = {"general": torch.optim.Adam(self.model.parameters(), lr=1.0)}

    def update(self, batch: float) -> float:
        loss = (self.model(torch.tensor([batch])) - 3 * batch).pow(2).sum()
        self.optimizer["general"].zero_grad()
        loss.backward()
        self.optimizer["general"].step()
        return float(loss.detach())

    def save(self, path: str) -> None:
        torch.save(self.model.state_dict(), path)

    def score(self) -> float:
        return -abs(float(self.model.weight.detach()) - 3)


LINE = Schedule(steps=60, rate=0.3, batch=1, warmup=5, every=20, average=0.5)


def test_training_leaves_the_best_model_and_its_figures(tmp_path: Path) -> None:
    trainer = Line()
    best = loop.train(trainer, cycle([0.5, 1.0, 2.0]), LINE, trainer.score, tmp_path / "line.pt")
    figures = [json.loads(line) for line in (tmp_path / "line.log.jsonl").read_text("utf-8").splitlines()]

    assert [record["step"] for record in figures] == [20, 40, 60]
    assert best == pytest.approx(max(record["score"] for record in figures), abs=1e-4)
    kept = float(torch.load(tmp_path / "line.pt", weights_only=True)["weight"])
    assert abs(kept - 3) == pytest.approx(-best)
    assert not (tmp_path / "line.checkpoint").exists()


def test_an_interrupted_training_goes_on_from_its_checkpoint(tmp_path: Path) -> None:
    broken = Line()
    calls = []

    def interrupt() -> float:
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return broken.score()

    with pytest.raises(KeyboardInterrupt):
        loop.train(broken, cycle([0.5, 1.0, 2.0]), LINE, interrupt, tmp_path / "line.pt")
    resumed = Line()
    loop.train(resumed, cycle([0.5, 1.0, 2.0]), LINE, resumed.score, tmp_path / "line.pt")
    figures = [json.loads(line) for line in (tmp_path / "line.log.jsonl").read_text("utf-8").splitlines()]

    assert [record["step"] for record in figures] == [20, 40, 60]


def test_a_treebank_of_ones_own_is_trained_on(tmp_path: Path) -> None:
    write([tree(BUYS, "mine")], tmp_path / "mine.conllu")
    trees = list(read(FIELD["train"]))
    for name in [*stages.TREEBANKS, stages.DEVELOPMENT]:
        write(trees[:12], tmp_path / "treebanks" / f"{name}.conllu")
    run = stages.Run(tmp_path, tmp_path / "out", own=(tmp_path / "mine.conllu",))
    stages.treebanks(run)

    assert "mine" in {found.name for found in read(run.file("field.conllu"))}


# The treebank of our own field -------------------------------------------------------------------------


@pytest.mark.parametrize("part", FIELD)
def test_the_treebank_of_the_field_is_valid(part: str) -> None:
    command = [sys.executable, "-c", "from udtools.cli import main; main()"]
    script = Path(sys.executable).parent / "udvalidate"
    command = [str(script)] if script.exists() else command
    done = subprocess.run(
        [*command, "--lang", "fr", "--level", "5", "--no-warnings", str(FIELD[part])], capture_output=True, text=True
    )

    assert done.returncode == 0, done.stdout[-2000:]


def test_the_treebank_of_the_field_is_large_enough() -> None:
    sizes = {part: len(list(read(path))) for part, path in FIELD.items()}

    assert sizes["train"] >= 250
    assert sizes["test"] >= 150


def test_no_company_of_the_test_part_is_in_the_training_part() -> None:
    def names(part: str) -> set[str]:
        return {
            word.form
            for found in read(FIELD[part])
            for word in found.words
            if word.upos == "PROPN" and not {"Gender", "Number"} & set(word.feats) and word.base != "flat"
        }

    shared = names("train") & names("test")
    # agencies, institutions and places of the real world may occur in both
    assert len(shared) < 0.12 * len(names("test")), sorted(shared)


def test_no_sentence_of_the_test_part_is_in_the_training_part() -> None:
    def shape(found: Tree) -> str:
        return " ".join(word.lemma for word in found.words if word.upos not in ("PROPN", "NUM", "PUNCT"))

    assert not {shape(found) for found in read(FIELD["train"])} & {shape(found) for found in read(FIELD["test"])}


# Scores --------------------------------------------------------------------------------------------------


def test_gold_trees_score_a_hundred() -> None:
    trees = list(read(FIELD["test"]))[:20]
    scores = evaluate.score(trees, trees)

    assert set(scores.metrics.values()) == {100.0}
    assert scores.relations["nsubj"] == 100.0


def test_a_wrong_relation_costs_labelled_attachment_and_its_relation() -> None:
    gold, wrong = tree(BUYS), tree(BUYS)
    wrong.words[1].deprel = "obj"
    scores = evaluate.score([gold], [wrong])

    assert scores.metrics["UAS"] == 100
    assert scores.metrics["LAS"] == pytest.approx(100 * 7 / 8)
    assert (scores.relations["nsubj"], scores.relations["nmod"]) == (0, 100)


def test_raw_text_keeps_paragraphs() -> None:
    first, second, third = tree(BUYS), tree(BUYS), tree(BUYS)
    third.opens_paragraph = True
    text = evaluate.raw_text([first, second, third])

    assert text == f"{first.text} {first.text}\n\n{first.text}"


def test_what_the_package_parses_has_all_characters_of_the_text() -> None:
    text = "La jeune pousse Altéa lève 3 M€.\n\n- Elle vise l’Asie – et l’Europe."
    found = evaluate.reader()(text)

    assert regex.sub(r"\s", "", "".join(t.text for t in found)) == regex.sub(r"\s", "", text)
    assert all(sum(word.head == 0 for word in t.words) == 1 for t in found)


def test_stanza_alone_is_scored_on_request() -> None:
    [found] = evaluate.reader(plain=True)("Altéa rachète Brevo.")

    assert [word.form for word in found.words] == ["Altéa", "rachète", "Brevo", "."]


# The command ---------------------------------------------------------------------------------------------


def test_a_folder_without_treebanks_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data", str(tmp_path), "--out", str(tmp_path / "out"), "--stage", "treebanks"]) == 1
    assert str(tmp_path) in capsys.readouterr().err


def test_training_needs_a_folder_to_write_to(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data", str(tmp_path)]) == 1
    assert "--out" in capsys.readouterr().err


def test_a_missing_treebank_is_an_error_of_the_family(tmp_path: Path) -> None:
    with pytest.raises(ModelNotFoundError) as caught:
        stages.Run(tmp_path, tmp_path).treebank("fr_none")
    assert isinstance(caught.value, NewsclaimsError)


@pytest.fixture(scope="module")
def miniature(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the treebanks that the recipe wants, made of sentences of our own, and vectors."""
    folder = tmp_path_factory.mktemp("miniature")
    trees = list(read(FIELD["train"]))
    names = [*stages.TREEBANKS, stages.DEVELOPMENT, "fr_sequoia-ud-test", "fr_gsd-ud-test"]
    for number, name in enumerate(names):
        write(trees[number * 12 : number * 12 + 12], folder / "treebanks" / f"{name}.conllu")
    return folder


@pytest.mark.filterwarnings("ignore")
def test_the_recipe_runs_from_treebanks_to_a_model_that_parses(
    miniature: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import newsclaims

    out = tmp_path / "out"
    model = out / "model"
    model.mkdir(parents=True)
    shipped = Path(newsclaims.__file__).parent / "model"
    (model / "pretrain.pt").symlink_to(shipped / "pretrain.pt")
    common = ["--data", str(miniature), "--out", str(out), "--scale", "0.001"]
    trained = ["treebanks", "tokenizer", "tagger", "lemmatizer", "jackknife", "parser", "pack"]

    assert main([*common, *(part for stage in trained for part in ("--stage", stage))]) == 0
    assert (
        main(["evaluate", "--data", str(miniature), "--model", str(out / "packed"), "--json", str(out / "s.json")]) == 0
    )
    assert "| LAS |" in capsys.readouterr().out
    scores = json.loads((out / "s.json").read_text("utf-8"))
    assert set(scores) == {"fr_sequoia-ud-test", "fr_gsd-ud-test", "tech_news-test"}
    assert (out / "model" / "parser.log.jsonl").read_text("utf-8")
    assert sum(file.stat().st_size for file in (out / "packed").iterdir()) < 45e6


def test_packing_halves_weights_and_forgets_paths(tmp_path: Path) -> None:
    model = tmp_path / "model"
    model.mkdir()
    for name in ("tokenizer.pt", "mwt.pt", "lemma.pt", "pretrain.pt"):
        (model / name).write_bytes(b"x")
    weights = {"model": {"w": torch.ones(3)}, "config": {"save_dir": "/somewhere", "lr": 0.1}, "dev_score_history": [1]}
    for name in ("tagger.pt", "parser.pt"):
        torch.save(weights, model / name)
    pack(model, tmp_path / "packed")
    content = torch.load(tmp_path / "packed" / "parser.pt", weights_only=True)

    assert content["model"]["w"].dtype is torch.float16
    assert content["config"] == {"save_dir": None, "lr": 0.1}
    assert "dev_score_history" not in content
