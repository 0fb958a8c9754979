"""Measure how much of the contrast sets is read right: ``python tests/bench/contrast.py [--errors]``.

Prints the share by construction and by variant, and with ``--errors`` what is wrong, sentence by sentence.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from contrast import misread, rule_cases, template_cases
from reading import parse_all

from newsclaims.extractor import Extractor
from newsclaims.rules import builtin_rules


def main() -> None:
    """Run the measurement."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--errors", action="store_true", help="print what is wrong")
    show = arguments.parse_args().errors
    extractor = Extractor()
    variants = rule_cases((r for r in builtin_rules() if not r.completes), extractor)
    cases = [(c.construction, c) for c in template_cases()] + [(f"rules: {c.variant}", c) for c in variants]
    texts = list(dict.fromkeys(case.text for _, case in cases))
    documents = dict(zip(texts, parse_all(extractor.parser, texts), strict=True))
    total: Counter[str] = Counter()
    found: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for family, case in cases:
        wrong = misread(case, extractor.extract_document(documents[case.text]))
        for key in (family, "all"):
            total[key] += 1
            found[key] += wrong != "no claim"
            right[key] += not wrong
        if show and wrong:
            print(f"{case.construction} | {case.variant} | {case.text} | {wrong}")
    for key in total:
        print(f"{key:28}{total[key]:6}{found[key]:6}{right[key]:6}{right[key] / total[key]:8.3f}")


if __name__ == "__main__":
    main()
