"""loadjob: the results of a job that ran before."""

from __future__ import annotations

from dataclasses import dataclass

from understudy.spl.errors import MissingError, SplSyntaxError, UnsupportedError
from understudy.spl.model import Arguments, Context, Stream
from understudy.spl.options import read_options
from understudy.spl.registry import Command

SPEC = {
    **{"savedsearch": "text", "events": "bool", "job_delegate": "text", "artifact_offset": "int"},
    "ignore_running": "bool",
}


@dataclass(frozen=True)
class Options:
    """sid: the job, or `savedsearch=<owner>:<app>:<name>` for the latest job of a saved search."""

    sid: str
    position: int


def parse(arguments: Arguments) -> Options:
    options, rest = read_options(arguments, SPEC)
    position = arguments.tokens[0].position if arguments.tokens else arguments.position
    if options.get("events"):
        raise UnsupportedError("Option 'events=true' of 'loadjob' is not supported: jobs keep results only.", position)
    if options.get("artifact_offset"):
        raise UnsupportedError("Option 'artifact_offset' of 'loadjob' is not supported.", position)
    if "savedsearch" in options:
        if rest or options["savedsearch"].count(":") != 2:
            raise SplSyntaxError("'loadjob' takes savedsearch=<owner>:<app>:<name>.", position)
        return Options(f"savedsearch={options['savedsearch']}", position)
    if len(rest) != 1:
        raise SplSyntaxError("'loadjob' needs a search id or savedsearch=<owner>:<app>:<name>.", position)
    return Options(rest[0].text, position)


def run(options: Options, stream: Stream, context: Context) -> Stream:
    found = context.knowledge.job(options.sid)
    if found is None:
        raise MissingError(f"job '{options.sid}' not found", options.position)
    return found


COMMAND = Command(
    name="loadjob",
    kind="generating",
    syntax="loadjob (<sid> | savedsearch=<owner>:<app>:<name>) (ignore_running=<bool>)?",
    summary="Loads the results of a job that ran before.",
    parse=parse,
    run=run,
)
