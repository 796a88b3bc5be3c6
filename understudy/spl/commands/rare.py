"""rare: the least frequent values of fields, with count and percent."""

from __future__ import annotations

from functools import partial

from understudy.spl.commands.ranking import parse_ranking, run_ranking
from understudy.spl.registry import Command

COMMAND = Command(
    name="rare",
    kind="transforming",
    syntax="rare [<int>] [limit=<int>] [showcount=<bool>] [showperc=<bool>] [countfield=<name>] [percentfield=<name>] "
    "[useother=<bool>] [otherstr=<text>] <field> ... [BY <field> ...]",
    summary="Returns the least frequent combinations of values, 10 unless a number is given.",
    parse=parse_ranking,
    run=partial(run_ranking, rare=True),
)
