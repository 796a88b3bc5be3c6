"""addtotals: the sum of the numeric fields of each row, and with col=true a last row of column sums."""

from __future__ import annotations

from functools import partial

from understudy.spl.commands.totals import parse_totals, run_totals
from understudy.spl.registry import Command

COMMAND = Command(
    name="addtotals",
    kind="streaming",
    syntax="addtotals [row=<bool>] [col=<bool>] [labelfield=<field>] [label=<text>] [fieldname=<field>] [<field> ...]",
    summary="Adds the sum of the numeric fields to each row, and with col=true a row of column sums.",
    parse=partial(parse_totals, columns_only=False),
    run=run_totals,
)
