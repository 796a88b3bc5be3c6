"""What a search's text says about its job: whether it transforms events into a table."""

from __future__ import annotations

from understudy.spl.errors import SplError
from understudy.spl.lexer import blank_comments, command_of, split_pipeline
from understudy.spl.registry import commands

_TABLES = {
    "tstats",
    "makeresults",
    "inputlookup",
    "metadata",
    "eventcount",
    "rest",
    "gentimes",
    "savedsearch",
    "loadjob",
}


def is_transforming(search: str) -> bool:
    """Tells whether results are a table. Text that cannot be split counts as not transforming: its run says why."""
    try:
        stages = split_pipeline(blank_comments(search))
    except SplError:
        return False
    known = commands()
    for stage in stages[1:]:
        if not stage.text.strip():
            continue
        try:
            name = command_of(stage)[0]
        except SplError:
            continue
        command = known.get(name)
        if name in _TABLES or (command is not None and command.kind == "transforming"):
            return True
    return False
