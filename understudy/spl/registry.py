"""The one list of SPL commands: parser, runner, syntax and summary of each, read by engine, REST help, docs, tests.

A command is a module of `understudy.spl.commands` with a module-level COMMAND; nothing else needs editing to add one.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from understudy.spl.model import Arguments, Context, Stream


@dataclass(frozen=True)
class Command:
    """One SPL command.

    parse: Arguments -> options of the command's own type; raises SplSyntaxError/UnsupportedError with a position.
    run: (options, stream, context) -> stream; generating commands ignore the stream's rows.
    kind: generating, streaming (row by row), transforming (reads all rows), dataset (reads all, keeps events).
    """

    name: str
    kind: str
    syntax: str
    summary: str
    parse: Callable[[Arguments], Any]
    run: Callable[[Any, Stream, Context], Stream]
    aliases: tuple[str, ...] = ()
    risky: bool = False


@lru_cache(maxsize=1)
def commands() -> dict[str, Command]:
    """Returns every command by name and alias."""
    from understudy.spl import commands as package

    found: dict[str, Command] = {}
    for module_info in pkgutil.iter_modules(package.__path__):
        module = importlib.import_module(f"{package.__name__}.{module_info.name}")
        command = getattr(module, "COMMAND", None)
        if command is None:
            continue
        for name in (command.name, *command.aliases):
            found[name] = command
    return found
