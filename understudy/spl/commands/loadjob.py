"""loadjob: the results of a job that ran before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

from understudy.spl.errors import MissingError, SplSyntaxError, UnsupportedError
from understudy.spl.model import Arguments, Context, Stream
from understudy.spl.options import read_options
from understudy.spl.registry import Command

SPEC = {
    **{"savedsearch": "text", "events": "bool", "job_delegate": "text", "artifact_offset": "int"},
    "ignore_running": "bool",
}
SCHEDULER = "scheduler"


@dataclass(frozen=True)
class Wanted:
    """sid: the job, or `savedsearch=<owner>:<app>:<name>` for a job of a saved search.

    offset: 0 = the newest of them; delegate: who started it, `scheduler` for scheduled ones; events: its events
    and not its results.
    """

    sid: str
    offset: int = 0
    delegate: str = SCHEDULER
    ignore_running: bool = True
    events: bool = False


@runtime_checkable
class Artifacts(Protocol):
    """Knowledge that can choose among the jobs of a saved search."""

    def artifact(self, wanted: Wanted) -> Stream | None:
        """Returns the rows of a job; None: there is none. Raises SplError for one that has no final results."""


@dataclass(frozen=True)
class Options:
    wanted: Wanted
    position: int


def parse(arguments: Arguments) -> Options:
    options, rest = read_options(arguments, SPEC)
    position = arguments.tokens[0].position if arguments.tokens else arguments.position
    if options.get("artifact_offset", 0) < 0:
        raise SplSyntaxError("Option 'artifact_offset' of 'loadjob' must not be negative.", position)
    if "savedsearch" in options:
        if rest or options["savedsearch"].count(":") < 2:
            raise SplSyntaxError("'loadjob' takes savedsearch=<owner>:<app>:<name>.", position)
        sid = f"savedsearch={options['savedsearch']}"
    elif len(rest) != 1:
        raise SplSyntaxError("'loadjob' needs a search id or savedsearch=<owner>:<app>:<name>.", position)
    else:
        sid = rest[0].text
    wanted = Wanted(
        sid,
        options.get("artifact_offset", 0),
        options.get("job_delegate", SCHEDULER),
        options.get("ignore_running", True),
        options.get("events", False),
    )
    return Options(wanted, position)


def run(options: Options, stream: Stream, context: Context) -> Stream:
    knowledge: Any = context.knowledge
    wanted = options.wanted
    if isinstance(knowledge, Artifacts):
        found = knowledge.artifact(wanted)
    elif wanted.offset or wanted.events:
        raise UnsupportedError("There are no jobs here to choose events or an older one from.", options.position)
    else:
        found = knowledge.job(wanted.sid)
    if found is None:
        raise MissingError(f"job '{wanted.sid}' not found", options.position)
    return found


COMMAND = Command(
    name="loadjob",
    kind="generating",
    syntax="loadjob (<sid> | savedsearch=<owner>:<app>:<name>) (events=<bool>)? (job_delegate=<user>)? "
    "(artifact_offset=<int>)? (ignore_running=<bool>)?",
    summary="Loads the results of a job that ran before.",
    parse=parse,
    run=run,
)
