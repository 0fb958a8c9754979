from __future__ import annotations

import logging
import os
import shutil
import subprocess
import sys
import time
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import stanza
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import newsclaims
from newsclaims.errors import InputTypeError, InputValueError, ModelError, ModelNotFoundError
from newsclaims.parsing import Parser, StanzaParser, load_parser
from newsclaims.tree import Document, Word

MODEL = Path(newsclaims.__file__).parent / "model"


def words(document: Document) -> list[Word]:
    return [word for sentence in document.sentences for word in sentence.words]


def check(document: Document, text: str) -> None:
    """Check what must hold of every parse of every text."""
    assert document.text == text
    end = 0
    for sentence in document.sentences:
        assert sentence.words
        assert [word.id for word in sentence.words] == list(range(1, len(sentence.words) + 1))
        assert sentence.span.start >= end
        assert sentence.span.end == sentence.words[-1].span.end
        assert text[sentence.span.start : sentence.span.end] == sentence.text
        previous = sentence.words[0].span
        for word in sentence.words:
            assert word.span.start < word.span.end
            assert text[word.span.start : word.span.end] == word.span.text
            assert word.span == previous or word.span.start >= previous.end
            assert word.text
            assert word.lemma
            previous = word.span
        end = sentence.span.end
        assert sum(word.head == 0 for word in sentence.words) == 1
        assert all(len(list(sentence.ancestors(word))) < len(sentence.words) for word in sentence.words)


def test_a_sentence_gets_its_tree(parser: Parser) -> None:
    (sentence,) = parser("Le fonds Vauban a investi 3 millions d'euros dans Nimbao.").sentences

    verb = sentence.root
    assert verb is not None
    assert (verb.text, verb.lemma, verb.upos, verb.deprel) == ("investi", "investir", "VERB", "root")
    assert verb.feats["VerbForm"] == "Part"
    assert {(word.text, word.deprel) for word in sentence.children(verb)} >= {("fonds", "nsubj"), ("millions", "obj")}


@pytest.mark.parametrize(
    ("text", "surfaces"),
    [
        ("L’équipe d’Orsol a levé 3 M€.", ["L’", "équipe", "d’", "Orsol", "a", "levé"]),
        ("« Vega » lève 3\u00a0millions\u202f!", ["«", "Vega", "»", "lève", "3", "millions", "!"]),
        ("“Vega” a dit non.", ["“", "Vega", "”", "a", "dit", "non"]),
        ("Orsol – le fonds de Vega – investit.", ["Orsol", "–", "le", "fonds", "de", "Vega", "–"]),
        ("L'équipe 😀 a levé des fonds.", ["L'", "équipe", "a", "levé"]),
        ("😀 Vega a levé des fonds.", ["Vega", "a", "levé"]),
        ("Vega a leve\u0301 des fonds.", ["Vega", "a", "levé", "des", "fonds"]),
        ("La jeune pousse lève 3 M€.", ["La", "jeune pousse", "lève"]),
        ("Vega a inves\u00adti en France.", ["Vega", "a", "inves\u00adti", "en", "France"]),
        ("Vega\ud800 a levé des fonds.", ["Vega\ud800", "a", "levé", "des", "fonds"]),
    ],
)
def test_words_are_those_of_the_text_with_accents_composed(parser: Parser, text: str, surfaces: list[str]) -> None:
    document = parser(text)

    check(document, text)
    assert [word.text for word in words(document)][: len(surfaces)] == surfaces


@pytest.mark.parametrize(
    ("text", "token", "parts"),
    [
        ("Le rachat du groupe est annoncé.", "du", ["de", "le"]),
        ("La part des fondateurs baisse.", "des", ["de", "les"]),
        ("Vega s'étend au Japon.", "au", ["à", "le"]),
        ("Vega s'étend aux États-Unis.", "aux", ["à", "les"]),
    ],
)
def test_the_words_of_a_multi_word_token_share_its_span(
    parser: Parser, text: str, token: str, parts: list[str]
) -> None:
    document = parser(text)

    check(document, text)
    assert [word.text for word in words(document) if word.span.text == token] == parts


def test_decomposed_text_is_parsed_as_composed_text_is(parser: Parser) -> None:
    text = "La société a levé 3 millions d'euros auprès du fonds américain Orsol."
    decomposed = unicodedata.normalize("NFD", text)

    tree = [(w.lemma, w.upos, w.head, w.deprel) for w in words(parser(text))]
    other = parser(decomposed)

    check(other, decomposed)
    assert [(w.lemma, w.upos, w.head, w.deprel) for w in words(other)] == tree


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Vega lève des fonds. Orsol aussi.", ["Vega lève des fonds.", "Orsol aussi."]),
        ("Vega lève des fonds\n\nOrsol aussi", ["Vega lève des fonds", "Orsol aussi"]),
        ("Vega lève des fonds.\r\n\r\nOrsol aussi.\r\n", ["Vega lève des fonds.", "Orsol aussi."]),
        ("Vega lève des fonds\nOrsol rachète Luma", ["Vega lève des fonds", "Orsol rachète Luma"]),
        ("• Vega lève des fonds\n• Orsol rachète Luma", ["Vega lève des fonds", "Orsol rachète Luma"]),
        ("Vega a levé\r\ndes fonds auprès\r\ndu groupe.", ["Vega a levé\r\ndes fonds auprès\r\ndu groupe."]),
    ],
)
def test_sentences_follow_the_layout(parser: Parser, text: str, sentences: list[str]) -> None:
    document = parser(text)

    check(document, text)
    assert [sentence.text for sentence in document.sentences] == sentences


def test_a_number_broken_over_two_lines_survives_conllu(parser: Parser) -> None:
    text = "Vega a levé 20\u00a0000 euros, puis 30\n000 euros auprès\nde ses salariés."

    document = parser(text)

    check(document, text)
    assert len(words(Document.from_conllu(document.to_conllu()))) == len(words(document))


@pytest.mark.parametrize("text", ["", " ", "\n\n\t\u00a0\u202f", "\ufeff\u200b\u00ad", "\x00\x07"])
def test_text_without_content_is_not_worth_a_model(text: str) -> None:
    def load() -> stanza.Pipeline:
        raise AssertionError("the model was loaded")

    assert StanzaParser(load)(text) == Document(text=text, sentences=())


@pytest.mark.parametrize("unit", ["-", "« ", "12", "* * *\n", "€ 3,5 %\n\n"])
def test_a_megabyte_without_a_letter_is_no_sentence(parser: Parser, unit: str) -> None:
    text = unit * (1_000_000 // len(unit))

    assert parser(text) == Document(text=text, sentences=())


def test_the_same_text_gives_the_same_trees(parser: Parser) -> None:
    text = "Vega a racheté Luma pour 3 millions d'euros.\n\nOrsol y est entré au capital."

    assert parser(text) == parser(text)


def test_long_texts_are_parsed_to_the_end_in_batches(parser: Parser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsclaims.parsing._BATCH_CHARACTERS", 60)
    text = "\n\n".join(f"Vega {i} a levé {i} millions d'euros." for i in range(1, 10))

    document = parser(text)

    check(document, text)
    assert [sentence.words[1].text for sentence in document.sentences] == [str(i) for i in range(1, 10)]


@pytest.mark.parametrize(
    "text",
    ["mot " * 4000, "a, " * 2000, "x" * 20_000, "(a" * 1000, "d'" * 2000, "é\n" * 2000],
    ids=["words", "commas", "letters", "brackets", "apostrophes", "lines"],
)
def test_text_without_a_full_stop_is_parsed_in_bounded_pieces(parser: Parser, text: str) -> None:
    began = time.perf_counter()

    document = parser(text)

    assert time.perf_counter() - began < 60
    check(document, text)
    assert document.sentences[-1].span.end == len(text.rstrip())
    assert max(len(sentence.words) for sentence in document.sentences) <= 220


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(
        st.one_of(
            st.sampled_from(list("aeéDVZ dlsx.,:…-–•'’“”«»0123€$%\n\r\t\u00a0\u202f\u00ad\u0301\u2028\ufeff\ud800😀")),
            st.characters(),
        ),
        max_size=80,
    )
)
def test_any_text_is_parsed(parser: Parser, text: str) -> None:
    check(parser(text), text)


@pytest.mark.parametrize("text", [b"Vega", None, 3, ["Vega"]])
def test_a_text_must_be_a_str(parser: Parser, text: object) -> None:
    with pytest.raises(InputTypeError, match=f"not {type(text).__name__}"):
        parser(text)  # type: ignore[arg-type]


def test_threads_share_a_parser(parser: Parser) -> None:
    texts = [f"Vega a levé {i} millions d'euros." for i in range(8)]

    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(parser, texts))

    assert together == [parser(text) for text in texts]


def test_stanza_is_imported_only_when_a_text_is_parsed() -> None:
    code = (
        "import sys; from newsclaims.parsing import load_parser; parse = load_parser(); parse(' ');"
        "assert 'stanza' not in sys.modules and 'torch' not in sys.modules"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr


def test_torchs_compiler_is_not_imported() -> None:
    script = "import sys, newsclaims; newsclaims.extract_claims('Orsol a racheté Vega.'); print(sorted(sys.modules))"

    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert "'torch.optim'" in done.stdout
    assert "'torch._dynamo'" not in done.stdout


def test_parsing_leaves_logging_and_warnings_as_they_were(
    model_copy: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    logger = logging.getLogger("stanza")
    before = (logger.level, list(logger.handlers), logger.propagate, logging.getLogger().level)

    load_parser(model_copy)("Vega lève des fonds.")

    assert (logger.level, list(logger.handlers), logger.propagate, logging.getLogger().level) == before
    assert not [record for record in caplog.records if record.name == "stanza"]
    assert capfd.readouterr() == ("", "")


def test_a_directory_of_model_files_is_a_model(parser: Parser, model_copy: Path) -> None:
    text = "Vega a racheté Luma."

    assert load_parser(str(model_copy))(text) == parser(text)


def stanza_layout(root: Path) -> None:
    """Lay the shipped model out as `stanza.download` does."""
    files = {
        "tokenize": "tokenizer.pt",
        "mwt": "mwt.pt",
        "pos": "tagger.pt",
        "lemma": "lemma.pt",
        "depparse": "parser.pt",
        "pretrain": "pretrain.pt",
    }
    for processor, file in files.items():
        (root / "fr" / processor).mkdir(parents=True)
        (root / "fr" / processor / "news.pt").symlink_to(MODEL / file)
    vectors = '{"dependencies": [{"model": "pretrain", "package": "news"}]}'
    (root / "resources.json").write_text(
        '{"fr": {"lang_name": "French", "packages": {"default": {"tokenize": "news", "mwt": "news", "pos": "news",'
        ' "lemma": "news", "depparse": "news"}}, "tokenize": {"news": {}}, "mwt": {"news": {}}, "lemma": {"news": {}},'
        f' "pos": {{"news": {vectors}}}, "depparse": {{"news": {vectors}}}}}}}'
    )


def test_a_stanza_resource_directory_is_a_model(parser: Parser, tmp_path: Path) -> None:
    stanza_layout(tmp_path)

    assert load_parser(tmp_path)("Vega a racheté Luma.") == parser("Vega a racheté Luma.")


def test_the_name_stanza_stands_for_its_resource_directory(
    parser: Parser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stanza_layout(tmp_path)
    monkeypatch.setattr("stanza.resources.common.DEFAULT_MODEL_DIR", str(tmp_path))

    assert load_parser("stanza")("Vega a racheté Luma.") == parser("Vega a racheté Luma.")


def test_a_missing_stanza_model_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stanza.resources.common.DEFAULT_MODEL_DIR", str(tmp_path / "none"))

    with pytest.raises(ModelNotFoundError, match=r"stanza\.download\('fr'\)"):
        load_parser("stanza")


def test_a_stanza_directory_that_lacks_a_file_names_it(tmp_path: Path) -> None:
    stanza_layout(tmp_path)
    shutil.rmtree(tmp_path / "fr" / "depparse")

    with pytest.raises(ModelNotFoundError, match="depparse"):
        load_parser(tmp_path)("Vega a racheté Luma.")


def test_a_missing_directory_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelNotFoundError, match="nowhere"):
        load_parser(tmp_path / "nowhere")


@pytest.mark.parametrize("name", ["parser.pt", "pretrain.pt", "resources.json"])
def test_a_missing_model_file_is_named(model_copy: Path, name: str) -> None:
    (model_copy / name).unlink()

    with pytest.raises(ModelNotFoundError, match=name):
        load_parser(model_copy)


@pytest.mark.parametrize("name", ["tokenizer.pt", "mwt.pt", "tagger.pt", "lemma.pt", "parser.pt", "pretrain.pt"])
def test_a_damaged_model_file_is_reported_with_the_stanza_installed(
    model_copy: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stanza, "__version__", "9.8.7")
    (model_copy / name).unlink()
    (model_copy / name).write_bytes(b"not a model")

    with pytest.raises(ModelError, match=r"Stanza 9\.8\.7 cannot load the model in"):
        load_parser(model_copy)("Vega lève des fonds.")


def test_a_failed_load_leaves_the_logger_as_it_was(model_copy: Path, capfd: pytest.CaptureFixture[str]) -> None:
    level = logging.getLogger("stanza").level
    (model_copy / "parser.pt").unlink()
    (model_copy / "parser.pt").write_bytes(b"")

    with pytest.raises(ModelError):
        load_parser(model_copy)("Vega lève des fonds.")
    assert logging.getLogger("stanza").level == level
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("device", ["gpu", "", "cuda:", "cuda:x", "CPU", "cpu\n", None, 0])
def test_an_unknown_device_is_refused(device: str) -> None:
    with pytest.raises(InputValueError, match="unknown device"):
        load_parser(device=device)


@pytest.mark.parametrize("model", [3, b"dir", True, ["a"]])
def test_what_is_no_model_is_refused(model: object) -> None:
    with pytest.raises(InputTypeError, match=type(model).__name__):
        load_parser(model)  # type: ignore[arg-type]


def test_a_function_is_used_as_it_is() -> None:
    document = Document(text="x", sentences=())

    assert load_parser(lambda text: document)("x") is document


def test_a_function_must_return_a_document() -> None:
    with pytest.raises(InputTypeError, match=r"returned builtins\.str"):
        load_parser(lambda text: text)("x")  # type: ignore[arg-type, return-value]


PROCESSORS = {
    "tokenize": {"tokenize_model_path": "tokenizer.pt"},
    "mwt": {"mwt_model_path": "mwt.pt"},
    "pos": {"pos_model_path": "tagger.pt", "pos_pretrain_path": "pretrain.pt"},
    "lemma": {"lemma_model_path": "lemma.pt"},
    "depparse": {"depparse_model_path": "parser.pt", "depparse_pretrain_path": "pretrain.pt"},
}


def pipeline(*processors: str) -> stanza.Pipeline:
    paths = {key: os.fspath(MODEL / name) for p in processors for key, name in PROCESSORS[p].items()}
    return stanza.Pipeline(
        "fr",
        dir=str(MODEL),
        package=None,
        processors=",".join(processors),
        download_method=None,
        use_gpu=False,
        verbose=False,
        **paths,
    )


def test_a_ready_pipeline_is_used(parser: Parser) -> None:
    assert load_parser(pipeline(*PROCESSORS))("Vega a racheté Luma.") == parser("Vega a racheté Luma.")


def test_a_pipeline_without_a_parser_is_refused() -> None:
    with pytest.raises(ModelError, match="has only tokenize, mwt: build it with processors="):
        load_parser(pipeline("tokenize", "mwt"))


def test_missing_relations_become_roots(monkeypatch: pytest.MonkeyPatch, parser: Parser) -> None:
    ready = pipeline(*PROCESSORS)
    process = ready.process

    def without_relations(document: object, processors: list[str]) -> stanza.Document:
        return process(document, processors=["tokenize", "mwt"] if "tokenize" in processors else [])

    monkeypatch.setattr(ready, "process", without_relations)
    monkeypatch.setattr("newsclaims.inference.Parser.suits", lambda _: False)  # as for a parser of another kind
    (sentence,) = load_parser(ready)("Vega lève.").sentences

    assert {(word.head, word.deprel, word.upos, word.lemma == word.text) for word in sentence.words} == {
        (0, "root", "X", True)
    }
