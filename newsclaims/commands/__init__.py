"""The sub-commands of ``newsclaims``, a module each, by name."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from types import MappingProxyType

from newsclaims.commands import corpus, diff, explain, rules, why_not

COMMANDS: Mapping[str, Callable[[], argparse.ArgumentParser]] = MappingProxyType(
    {
        "corpus": corpus.parser,
        "diff": diff.parser,
        "explain": explain.parser,
        "rules": rules.parser,
        "why-not": why_not.parser,
    }
)
