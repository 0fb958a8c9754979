"""The exception family of newsclaims.

Every error that the library raises on purpose derives from `NewsclaimsError` and from the built-in
exception that fits, so that both ``except NewsclaimsError`` and ``except ValueError`` work.
"""

from __future__ import annotations

_WIDEST = 100  # characters of a pattern that an error shows


class NewsclaimsError(Exception):
    """Base of all exceptions raised by newsclaims."""


class InputTypeError(NewsclaimsError, TypeError):
    """An argument has a type that cannot be read, for example bytes where text is due."""


class InputValueError(NewsclaimsError, ValueError):
    """An argument has the right type and a value that cannot be used."""


class ConlluError(NewsclaimsError, ValueError):
    """A CoNLL-U text breaks the format; the message names the line."""


class PatternError(NewsclaimsError, ValueError):
    """A Semgrex pattern cannot be compiled.

    Attributes:
        pattern: the pattern as given.
        column: 0-based position of the first character that cannot be read.
        reason: what is wrong there, without the drawing.
    """

    def __init__(self, reason: str, pattern: str, column: int) -> None:
        """Draw the pattern with a caret under the column."""
        self.reason = reason
        self.pattern = pattern
        self.column = column
        shown, caret = pattern.replace("\n", " ").replace("\t", " "), column
        if len(shown) > _WIDEST:  # show the neighbourhood only
            start = max(0, min(column - _WIDEST // 2, len(shown) - _WIDEST))
            shown = (
                ("…" if start else "") + shown[start : start + _WIDEST] + ("…" if start + _WIDEST < len(shown) else "")
            )
            caret = column - start + bool(start)
        super().__init__(f"{reason} (column {column + 1})\n  {shown}\n  {' ' * caret}^")


class RuleError(NewsclaimsError, ValueError):
    """A rule file cannot be used; the message names file, rule and place."""


class LexiconError(NewsclaimsError, ValueError):
    """A lexicon file cannot be used; the message names the file and the entry."""


class ModelError(NewsclaimsError, RuntimeError):
    """A parsing model cannot be loaded or does not fit the installed Stanza."""


class ModelNotFoundError(ModelError, FileNotFoundError):
    """Model files are not where they were looked for."""


class WorkerError(NewsclaimsError, RuntimeError):
    """A worker process has died, or cannot start or answer."""


class MissingDependencyError(NewsclaimsError, ImportError):
    """An optional package is needed and not installed; the message says how to install it."""
