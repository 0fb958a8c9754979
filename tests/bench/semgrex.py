"""Measure how fast patterns are searched: ``python tests/bench/semgrex.py [--sentences N] [FILE]``.

The file is CoNLL-U; without one, it is the treebank that the model is tested on. Its sentences are repeated until there
are as many as asked for, each copy anew, as a first search sees them. Prints what 50 patterns find and how fast.
"""

from __future__ import annotations

import argparse
import time
from itertools import cycle, islice
from pathlib import Path

import attrs

import newsclaims
from newsclaims import semgrex
from newsclaims.tree import Document

TREEBANK = Path(newsclaims.__file__).parent / "training" / "data" / "tech_news-test.conllu"
VERBS = ("racheter", "acquérir|reprendre", "investir|injecter", "lever|boucler", "annoncer|dévoiler")
SHAPES = (
    "{lemma:/VERBS/}=v >nsubj {}=s >obj {}=o",
    "{lemma:/VERBS/}=v >nsubj {cpos:PROPN}=s !>/aux:pass/ {} ?>/obl(:.*)?/ ({}=p >case {lemma:/pour|à/})",
    "{cpos:NOUN}=n >/nmod|appos/ ({}=m ?>case {}=c) <</obj|obl(:.*)?/ {lemma:/VERBS/}",
    "{}=a >conj ({}=b >cc {}) << {lemma:/VERBS/}=v !== {}=v",
    "{$} >> ({lemma:/VERBS/}=v [>mark {} | >aux {}]) >/nsubj(:.*)?/~r {}=s",
)
GENERAL = (
    "{cpos:VERB}=v >nsubj {}=s >obj {}=o",
    "{cpos:VERB}=v >nsubj {}=s >/obl(:.*)?/ ({}=o >case {}=c)",
    "{cpos:VERB}=v !>nsubj {} !>/aux(:.*)?/ {}",
    "{cpos:PROPN}=a . {cpos:PROPN}=b",
    "{cpos:PROPN}=a .. {cpos:PROPN}=b",
    "{cpos:NOUN}=n >det {} >amod {}=a ?>nmod {}=c",
    "{cpos:NUM}=n <nummod ({}=u < {cpos:VERB}=v)",
    "{}=a $+ ({}=b $+ {}=c)",
    "{}=a $++ {deprel:obj}=b",
    "{}=a >++ {}=b >-- {}=c",
    "{}=a <++ {}=b",
    "{$}=r >> {cpos:PROPN}=p",
    "{$}=r 2,3>> {cpos:NOUN}=n",
    "{cpos:PROPN}=p << {cpos:VERB}=v",
    "{}=a <>=e {cpos:PROPN}=b",
    "{word:/[A-ZÀ-Ý].*/}=n <appos {}=h",
    "{morphofeatures:{Mood:Ind;Tense:/Pres|Fut/}}=v",
    "{morphofeatures:{Tense!:Past}; cpos:VERB}=v",
    "{cpos:VERB}=v >ccomp ({}=w >mark {})",
    "{cpos:VERB}=v [>xcomp {}=w | >advcl {}=w]",
    "{lemma:/.*tion/}=n >/nmod/ {}=m",
    "{after://; cpos:NOUN}=n",
    "{cpos:VERB}=v >nsubj {}=s : {cpos:VERB}=w >obj {}=s",
    "{}=a >nmod {}=b >nmod {}=c :: uniq a",
    "{} > {} > {} > {} > {} :: uniq",
)
PATTERNS = [shape.replace("VERBS", verbs) for shape in SHAPES for verbs in VERBS] + list(GENERAL)


def main() -> None:
    """Run the benchmark."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("file", nargs="?", type=Path, default=TREEBANK)
    arguments.add_argument("--sentences", type=int, default=2000)
    options = arguments.parse_args()
    document = Document.from_conllu(options.file.read_text(encoding="utf-8"))
    sentences = [attrs.evolve(s) for s in islice(cycle(document.sentences), options.sentences)]
    words = sum(len(sentence.words) for sentence in sentences)

    started = time.perf_counter()
    patterns = [semgrex.compile(pattern) for pattern in PATTERNS]
    compiling = time.perf_counter() - started
    started = time.perf_counter()
    matches = sum(1 for sentence in sentences for pattern in patterns for _ in pattern.finditer(sentence))
    searching = time.perf_counter() - started

    print(f"sentences, words      {len(sentences)}, {words}")
    print(f"patterns, matches     {len(patterns)}, {matches}")
    print(f"compiling             {compiling:8.3f} s")
    print(f"searching             {searching:8.3f} s, {len(sentences) / searching:.0f} sentences/s")


if __name__ == "__main__":
    main()
