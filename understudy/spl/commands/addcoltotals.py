"""addcoltotals: a last row with the sums of the columns."""

from __future__ import annotations

from functools import partial

from understudy.spl.commands.totals import parse_totals, run_totals
from understudy.spl.registry import Command

COMMAND = Command(
    name="addcoltotals",
    kind="dataset",
    syntax="addcoltotals [labelfield=<field>] [label=<text>] [<field> ...]",
    summary="Adds a last row with the sum of each numeric field.",
    parse=partial(parse_totals, columns_only=True),
    run=run_totals,
)
