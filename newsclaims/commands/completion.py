"""``newsclaims completion``: what a shell offers when Tab is pressed, from the parsers of all commands."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

import attrs

from newsclaims.claims import claim_types

_DESCRIPTION = "Print the completion of newsclaims for a shell: its commands, their options, and the values of these."

_EXAMPLES = """\
examples:
  newsclaims completion bash > ~/.local/share/bash-completion/completions/newsclaims
  newsclaims completion zsh > ~/.zfunc/_newsclaims          with ~/.zfunc in fpath, before compinit
  newsclaims completion fish > ~/.config/fish/completions/newsclaims.fish
  source <(newsclaims completion bash)                      for this shell only

exit codes: 0 printed, 2 wrong arguments."""

# What is offered for an argument that takes more than can be listed, by what help calls it.
_OFFERED: Mapping[str, Callable[[], Iterable[str]]] = MappingProxyType({"TYPE": lambda: sorted(claim_types())})

Parsers = Mapping[str, argparse.ArgumentParser]


@attrs.frozen
class Option:
    """An option of a command.

    Attributes:
        flags: its spellings.
        help: what it does.
        takes: whether a value follows it.
        choices: the values that it takes, none where they cannot be listed.
    """

    flags: tuple[str, ...]
    help: str
    takes: bool
    choices: tuple[str, ...]


@attrs.frozen
class Context:
    """What can follow some words on the command line.

    Attributes:
        words: the names of the command and its sub-command, none for newsclaims itself.
        options: the options that may stand there.
        arguments: the other words that may stand there, with what they mean.
        files: whether files may stand there.
    """

    words: tuple[str, ...]
    options: tuple[Option, ...]
    arguments: Mapping[str, str]
    files: bool

    @property
    def name(self) -> str:
        """Its words as one."""
        return " ".join(self.words)


def parser(parsers: Callable[[], Parsers]) -> argparse.ArgumentParser:
    """Return the parser of the arguments, with what runs them as ``run``.

    Args:
        parsers: returns the parsers of all commands by name, that of newsclaims itself by an empty one.
    """
    found = argparse.ArgumentParser(
        prog="newsclaims completion",
        description=_DESCRIPTION,
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    found.add_argument("shell", choices=list(_SCRIPTS), help="the shell")
    found.set_defaults(run=lambda arguments: _run(arguments.shell, parsers()))
    return found


def _run(shell: str, parsers: Parsers) -> int:
    sys.stdout.write(script(shell, parsers))
    sys.stdout.flush()
    return 0


def script(shell: str, parsers: Parsers) -> str:
    """Return the script that a shell reads."""
    return _SCRIPTS[shell](list(contexts(parsers)))


def contexts(parsers: Parsers) -> Iterator[Context]:
    """Yield what can follow on each command, newsclaims itself first."""
    commands = {name: _summary(parser.description) for name, parser in parsers.items() if name}
    yield from _contexts((), parsers[""], commands)
    for name in commands:
        yield from _contexts((name,), parsers[name], {})


def _contexts(
    words: tuple[str, ...], parser: argparse.ArgumentParser, commands: Mapping[str, str]
) -> Iterator[Context]:
    options: list[Option] = []
    arguments = dict(commands)
    below: dict[str, argparse.ArgumentParser] = {}
    files = False
    for action in parser._actions:
        choices = tuple(map(str, action.choices or ()))
        if action.option_strings:
            takes = action.nargs != 0
            options.append(Option(tuple(action.option_strings), _summary(action.help), takes, choices))
        elif isinstance(action, argparse._SubParsersAction):
            arguments |= {choice.dest: _summary(choice.help) for choice in action._get_subactions()}
            below |= action.choices
        else:
            offered = _OFFERED.get(action.metavar) if isinstance(action.metavar, str) else None
            arguments |= dict.fromkeys(offered() if offered else choices, _summary(action.help))
            files = files or not (offered or choices)
    yield Context(words, tuple(options), MappingProxyType(arguments), files)
    for name, child in below.items():
        yield from _contexts((*words, name), child, {})


def _summary(text: str | None) -> str:
    """Return the first sentence of a help text on one line."""
    first = " ".join((text or "").replace("%%", "%").split()).partition(". ")[0]
    return first.removesuffix(".")


def _lines(words: Sequence[str]) -> str:
    """Return words, a line each, as bash and zsh quote them."""
    return "$'" + "\\n".join(word.replace("\\", "\\\\").replace("'", "\\'") for word in words) + "'"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"


def _reached(found: Sequence[Context]) -> str:
    """Return the cases in which a word leads from one context to another, as patterns of bash and zsh."""
    return "|".join(_quoted(f"{' '.join(c.words[:-1])}:{c.words[-1]}") for c in found if c.words)


def _values(found: Sequence[Context], closed: str, free: str) -> Iterator[str]:
    """Yield the cases in which the value of an option is due, for bash and zsh."""
    for context in found:
        for option in context.options:
            if option.takes:
                cases = "|".join(_quoted(f"{context.name}:{flag}") for flag in option.flags)
                yield f"    {cases}) {closed.format(_lines(option.choices)) if option.choices else free}; return ;;"


def _bash(found: Sequence[Context]) -> str:
    values = "\n".join(
        _values(found, 'COMPREPLY=($(compgen -W {} -- "$current"))', 'COMPREPLY=($(compgen -f -- "$current"))')
    )
    words = "\n".join(
        f"    {_quoted(c.name)}) options={_lines([f for o in c.options for f in o.flags])};"
        f" arguments={_lines(list(c.arguments))} files={'yes' if c.files else ''} ;;"
        for c in found
    )
    return f"""\
# Completion of newsclaims for bash: source this file, or lay it where bash-completion looks.
_newsclaims() {{
  local IFS=$'\\n' current=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD-1]}}
  local context= word options arguments files
  for word in "${{COMP_WORDS[@]:1:COMP_CWORD-1}}"; do
    case "$context:$word" in
      {_reached(found)}) context="${{context:+$context }}$word" ;;
    esac
  done
  case "$context:$before" in
{values}
  esac
  case "$context" in
{words}
  esac
  if [[ $current == -* ]]; then
    COMPREPLY=($(compgen -W "$options" -- "$current"))
  else
    COMPREPLY=($(compgen -W "$arguments" -- "$current") ${{files:+$(compgen -f -- "$current")}})
  fi
}}
complete -o filenames -F _newsclaims newsclaims
"""


def _zsh(found: Sequence[Context]) -> str:
    def described(items: Mapping[str, str]) -> str:
        return " ".join(_quoted(f"{name.replace(':', chr(92) + ':')}:{help}") for name, help in items.items())

    values = "\n".join(_values(found, "compadd -- ${{(f)${{:-{}}}}}", "_files"))
    words = "\n".join(
        f"    {_quoted(c.name)})\n"
        f"      options=({described({flag: o.help for o in c.options for flag in o.flags})})\n"
        f"      arguments=({described(c.arguments)}) files={'yes' if c.files else ''} ;;"
        for c in found
    )
    return f"""\
#compdef newsclaims
# Completion of newsclaims for zsh: lay this file as _newsclaims into a folder of fpath, or source it after compinit.
_newsclaims() {{
  local context= word files
  local -a options arguments
  for word in "${{(@)words[2,CURRENT-1]}}"; do
    case "$context:$word" in
      {_reached(found)}) context="${{context:+$context }}$word" ;;
    esac
  done
  case "$context:${{words[CURRENT-1]}}" in
{values}
  esac
  case "$context" in
{words}
  esac
  if [[ $PREFIX == -* ]]; then
    _describe -o option options
  else
    (( $#arguments )) && _describe command arguments
    [[ -n $files ]] && _files
  fi
}}
if [[ $funcstack[1] == _newsclaims ]]; then _newsclaims "$@"; else compdef _newsclaims newsclaims; fi
"""


def _fish(found: Sequence[Context]) -> str:
    def quoted(text: str) -> str:
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"

    reached = " ".join(quoted(f"{' '.join(c.words[:-1])}:{c.words[-1]}") for c in found if c.words)
    lines = []
    for context in found:
        start = f"complete -c newsclaims -n {quoted(f'__newsclaims_context {quoted(context.name)}')}"
        if not context.files:
            lines.append(f"{start} -f")
        for name, help in context.arguments.items():
            lines.append(f"{start} -a {quoted(name)} -d {quoted(help)}")
        for option in context.options:
            flags = " ".join(f"-l {f[2:]}" if f.startswith("--") else f"-s {f[1:]}" for f in option.flags)
            value = f" -x -a {quoted(' '.join(option.choices))}" if option.choices else " -r" if option.takes else ""
            lines.append(f"{start} {flags}{value} -d {quoted(option.help)}")
    rules = "\n".join(lines)
    return f"""\
# Completion of newsclaims for fish: lay this file into ~/.config/fish/completions.
function __newsclaims_context
    set -l context
    for word in (commandline -opc)[2..-1]
        if contains -- "$context:$word" {reached}
            set context (string trim "$context $word")
        end
    end
    test "$context" = "$argv[1]"
end
{rules}
"""


_SCRIPTS: Mapping[str, Callable[[Sequence[Context]], str]] = MappingProxyType(
    {"bash": _bash, "zsh": _zsh, "fish": _fish}
)
