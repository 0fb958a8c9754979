"""The stages of the training, each a function of the data folder and the output folder.

A stage reads what the stages before it wrote under the output folder; what is there already is not made again.
"""

from __future__ import annotations

import contextlib
import io
import json
import logging
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import attrs

from newsclaims.errors import ModelNotFoundError
from newsclaims.training import networks, vectors
from newsclaims.training.augment import SHARES, augment
from newsclaims.training.harmonise import harmonise, learn, merge_rare
from newsclaims.training.loop import Schedule
from newsclaims.training.treebank import Token, Tree, Word, read, write

_logger = logging.getLogger("newsclaims.training")


@contextlib.contextmanager
def _stanza() -> Iterator[None]:
    """Keep what Stanza prints off the standard output."""
    with contextlib.redirect_stdout(io.StringIO()):
        yield


REFERENCE = "fr_sequoia-ud-train"
TREEBANKS = (REFERENCE, "fr_gsd-ud-dev", "fr_pud-ud-test", "fr_fqb-ud-test")
"""What is trained on; the first is the reference of annotation. The test parts of Sequoia and GSD never are."""
DEVELOPMENT = "fr_sequoia-ud-dev"
QUESTIONS = "fr_fqb-ud-test"
FIELD = Path(__file__).parent / "data"
"""The project's own treebank of tech news."""

_FIELD_COPIES = 3  # times that the sentences of our own field are seen in an epoch
_TOKENIZER_QUESTIONS = 300


@attrs.frozen
class Run:
    """A training run: where data comes from and where models go.

    Attributes:
        data: a folder with ``treebanks`` and ``corpora``.
        out: where files are written.
        device: ``cpu`` or ``cuda``.
        scale: a factor on the number of steps, below 1 for a trial.
        own: further treebanks to train on, which weigh as much as the project's own.
    """

    data: Path
    out: Path
    device: str = "cpu"
    scale: float = 1.0
    own: tuple[Path, ...] = ()

    @property
    def model(self) -> Path:
        """The folder of the models in full precision."""
        return self.out / "model"

    def file(self, name: str) -> Path:
        """Return the path of a data file that a stage writes."""
        return self.out / "data" / name

    def treebank(self, name: str) -> list[Tree]:
        """Read a treebank of the data folder.

        Raises:
            ModelNotFoundError: it is not there.
        """
        path = self.data / "treebanks" / f"{name}.conllu"
        if not path.is_file():
            raise ModelNotFoundError(f"no treebank at {path}: --data is the folder that holds treebanks/ and corpora/")
        return list(read(path))

    def schedule(self, schedule: Schedule) -> Schedule:
        """Return a schedule scaled to this run."""
        steps = max(20, round(schedule.steps * self.scale))
        return attrs.evolve(schedule, steps=steps, every=min(schedule.every, steps))


def treebanks(run: Run) -> None:
    """Harmonise, split and augment the treebanks."""
    trees = {name: run.treebank(name) for name in TREEBANKS}
    own = [FIELD / "tech_news-train.conllu", *run.own]
    trees["field"] = [tree for path in own for tree in read(path)]
    development = run.treebank(DEVELOPMENT)
    reference = learn(trees[REFERENCE], trees["fr_gsd-ud-dev"])
    for part in (*trees.values(), development):
        harmonise(part, reference)
    merge_rare([tree for part in trees.values() for tree in part])
    general = [tree for name in TREEBANKS for tree in trees[name]]
    write(general, run.file("general.conllu"))
    write(augment(general, 1), run.file("augmented.conllu"))
    write(trees["field"], run.file("field.conllu"))
    write(augment(trees["field"], 2), run.file("field-augmented.conllu"))
    write(development, run.file("dev.conllu"))
    tokenizer = [tree for name in TREEBANKS if name != QUESTIONS for tree in trees[name]]
    tokenizer += trees[QUESTIONS][:_TOKENIZER_QUESTIONS] + 2 * trees["field"]
    _tokenizer_files(tokenizer, run.file("tokenizer"), seed=1)
    _tokenizer_files(development, run.file("tokenizer-dev"), seed=2)


def _tokenizer_files(trees: Sequence[Tree], out: Path, seed: int) -> None:
    """Write text and labels for Stanza's tokenizer: shuffled sentences in paragraphs of one to six."""
    chance = random.Random(seed)
    trees = chance.sample(trees, len(trees))
    text, labels, gold, expansions = [], [], [], {}
    start = 0
    while start < len(trees):
        size = chance.choice((1, 1, 1, 2, 3, 4, 5, 6))
        paragraph = trees[start : start + size]
        start += size
        text.append(" ".join(tree.text for tree in paragraph))
        labels.append("0".join(_labels(tree) for tree in paragraph))
        for number, tree in enumerate(paragraph):
            gold.append(("# newpar\n" if not number else "") + tree.to_conllu() + "\n\n")
            for token in tree.tokens:
                if token.last > token.first:
                    expansions[token.form] = [tree.words[i - 1].form for i in range(token.first, token.last + 1)]
    out.with_suffix(".txt").write_text("\n\n".join(text) + "\n", encoding="utf-8")
    out.with_suffix(".labels").write_text("\n\n".join(labels) + "\n", encoding="utf-8")
    out.with_suffix(".conllu").write_text("".join(gold), encoding="utf-8")
    mwt = [[[form, words], 1] for form, words in sorted(expansions.items())]
    out.with_suffix(".json").write_text(json.dumps(mwt, ensure_ascii=False), encoding="utf-8")


def _labels(tree: Tree) -> str:
    """Return a digit a character: 1 ends a token, 3 a multi-word token, 2 and 4 likewise with the sentence."""
    marks = []
    for number, token in enumerate(tree.tokens, 1):
        several, last = token.last > token.first, number == len(tree.tokens)
        marks.append("0" * (len(token.form) - 1) + ("24" if last else "13")[several])
        if token.space_after and not last:
            marks.append("0")
    return "".join(marks)


def word_vectors(run: Run) -> None:
    """Train word vectors on the news corpus."""
    run.model.mkdir(parents=True, exist_ok=True)
    count = vectors.train(run.data, run.model / "pretrain.pt")
    _logger.info("vectors of %d words", count)


def tokenizer(run: Run) -> None:
    """Train the tokenizer and list the multi-word tokens."""
    from stanza.models import mwt_expander
    from stanza.models import tokenizer as stanza_tokenizer

    train, dev = run.file("tokenizer"), run.file("tokenizer-dev")
    steps = max(20, round(6000 * run.scale))
    common = ["--lang", "fr", "--shorthand", "fr_news", "--save_dir", str(run.model)]
    with _stanza():
        stanza_tokenizer.main([
            *common, "--txt_file", f"{train}.txt", "--label_file", f"{train}.labels",
            "--mwt_json_file", f"{train}.json",
            "--dev_txt_file", f"{dev}.txt", "--dev_label_file", f"{dev}.labels", "--dev_conll_gold", f"{dev}.conllu",
            "--use_mwt", "--batch_size", "16", "--max_seqlen", "300", "--steps", str(steps),
            "--eval_steps", str(min(500, steps)), "--save_name", "tokenizer.pt", "--device", run.device,
        ])  # fmt: skip
        mwt_expander.main([
            *common, "--train_file", f"{train}.conllu", "--eval_file", f"{dev}.conllu", "--gold_file", f"{dev}.conllu",
            "--dict_only", "--no_force_exact_pieces", "--save_name", "mwt.pt", "--device", run.device,
        ])  # fmt: skip


def lemmatizer(run: Run) -> None:
    """Train the lemmatizer on form, part of speech and lemma.

    Its dictionary knows the frequent words, its network is there for the others: it sees a word of n occurrences about
    log n times, in sentences of one word.
    """
    from stanza.models import lemmatizer as stanza_lemmatizer

    counts: Counter[tuple[str, str, str]] = Counter()
    for name in ("general", "field"):
        for tree in read(run.file(f"{name}.conllu")):
            counts.update((word.form, word.upos, word.lemma) for word in tree.words)
    words = [
        Tree(f"w{number}", [Word(form, lemma, upos, {}, 0, "root")], [Token(form, 1, 1)])
        for number, (form, upos, lemma) in enumerate(sorted(counts))
        for _ in range(counts[form, upos, lemma].bit_length())
    ]
    random.Random(1).shuffle(words)
    write(words, run.file("lemmas.conllu"))
    with _stanza():
        stanza_lemmatizer.main([
            "--shorthand", "fr_news", "--train_file", str(run.file("lemmas.conllu")),
            "--eval_file", str(run.file("dev.conllu")), "--num_epoch", str(max(1, round(12 * run.scale))),
            "--batch_size", "100", "--hidden_dim", "100", "--lr", "0.002",
            "--save_dir", str(run.model), "--save_name", "lemma.pt", "--device", run.device,
        ])  # fmt: skip


def tagger(run: Run) -> None:
    """Train the tagger on all sentences."""
    score = networks.train_tagger(
        _mixed(run), run.file("dev.conllu"), run.model / "pretrain.pt", run.model / "tagger.pt",
        run.schedule(networks.TAGGER), run.device,
    )  # fmt: skip
    _logger.info("tagger: mean of UPOS and UFeats %.4f", score)


def _mixed(run: Run, suffix: str = "") -> Path:
    """Write all training sentences into one file, those of our own field several times."""
    general, augmented, field, changed = (
        list(read(run.file(f"{name}{suffix}.conllu"))) for name in ("general", "augmented", "field", "field-augmented")
    )
    train = run.file(f"train{suffix}.conllu")
    write([*general, *augmented, *field * _FIELD_COPIES, *changed], train)
    return train


def jackknife(run: Run) -> None:
    """Tag every training sentence by a tagger that has not seen it.

    The parser then learns from tags as wrong as those that it will be given. Two taggers read a half each of the
    general treebanks; our own field and the development part, which neither has seen, are tagged by the first.
    """
    vectors_file = run.model / "pretrain.pt"
    for part in (0, 1):
        train = run.file(f"half-{part}.conllu")
        halves = [list(read(run.file(f"{name}.conllu"))) for name in ("general", "augmented")]
        write([tree for trees in halves for tree in trees if _half(tree) == part], train)
        model = run.out / "jackknife" / f"tagger-{part}.pt"
        model.parent.mkdir(parents=True, exist_ok=True)
        networks.train_tagger(
            train, run.file("dev.conllu"), vectors_file, model, run.schedule(networks.JACKKNIFE), run.device
        )
    retag(run)


def retag(run: Run) -> None:
    """Write the training files of the parser with predicted tags."""
    models = [run.out / "jackknife" / f"tagger-{part}.pt" for part in (0, 1)]
    for name in ("general", "augmented", "field", "field-augmented", "dev"):
        trees = list(read(run.file(f"{name}.conllu")))
        tagged: list[Tree] = []
        for part in (0, 1):
            own = [tree for tree in trees if (_half(tree) != part if name in ("general", "augmented") else not part)]
            if own:
                networks.predict_tags(models[part], run.model / "pretrain.pt", own, run.device)
                tagged += own
        write(tagged, run.file(f"{name}-tagged.conllu"))


def _half(tree: Tree) -> int:
    # changed copies go with their sentence
    name = tree.name
    for change in SHARES:
        name = name.removesuffix(f"-{change.__name__}")
    return sum(map(ord, name)) % 2


def parser(run: Run) -> None:
    """Train the parser on predicted tags."""
    score = networks.train_parser(
        _mixed(run, "-tagged"), run.file("dev-tagged.conllu"), run.model / "pretrain.pt", run.model / "parser.pt",
        run.schedule(networks.PARSER), run.device,
    )  # fmt: skip
    _logger.info("parser: labelled attachment %.4f", score)
