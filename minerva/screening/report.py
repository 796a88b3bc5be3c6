"""The analysis as one HTML page that prints well: what to do first, then steps, locations, outcomes, limits. Everything
that a chain wrote is escaped; the page loads nothing and runs nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Union

from minerva.screening.analysis import ACTED, REMEDIES, Analysis, Place, StepValue
from minerva.screening.model import Chain

MOST_OUTCOMES, MOST_PLACES, MOST_PROBLEMS = 500, 1000, 20
FEW = 5
"""Staff of a location under which its numbers may point at one person, and are left out of the page."""
_STYLE = """
body{font:15px/1.45 system-ui,sans-serif;color:#1b1b1f;background:#fff;margin:0 auto;max-width:62rem;padding:1.5rem}
h1{font-size:1.7rem;margin:0 0 .2rem}h2{font-size:1.2rem;margin:2rem 0 .4rem}p,li{max-width:46rem}
h1,p,li,th,td{overflow-wrap:anywhere}
table{border-collapse:collapse;width:100%;margin:.6rem 0}th,td{text-align:left;vertical-align:top;padding:.3rem .6rem;
border-bottom:1px solid #c9c9d2}th{border-bottom:2px solid #5b5b66}td.n,th.n{text-align:right;white-space:nowrap}
.dim{color:#55555f}thead{display:table-header-group}tr{break-inside:avoid}
@media print{@page{margin:16mm}body{max-width:none;padding:0;font-size:10.5pt}h2{break-after:avoid}
.break{break-before:page}}
"""


def report(chain: Chain, found: Analysis) -> str:
    """Returns the page."""
    parts = [
        f"<h1>Screening gaps of {escape(chain.name)}</h1>",
        f'<p class="dim">As of {chain.as_of.isoformat()}: {len(chain.locations)} locations, {len(chain.staff)} '
        f"employments, {len(chain.results)} results, {len(chain.outcomes)} known outcomes.</p>",
        "<h2>What to do first</h2>", _first(found),
        "<h2>Steps: what each could have caught</h2>",
        "<p>A step could have caught an outcome when it looks for something that was on record before it. Only what "
        "the chain told is known: no outcome that nobody noticed is in these numbers.</p>",
        _steps(found.steps),
        '<h2 class="break">Locations: what is missing today</h2>', _places(found.places),
        '<h2 class="break">Known outcomes</h2>', _outcomes(found),
        "<h2>Limits</h2>", _limits(chain, found),
    ]  # fmt: skip
    title = f"Screening gaps of {escape(chain.name)}"
    return (f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
            f"<style>{_STYLE}</style></head><body>\n" + "\n".join(parts) + "\n</body></html>\n")  # fmt: skip


def actions(found: Analysis) -> list[tuple[str, str, int]]:
    """Returns (step, remedy, outcomes that it could have caught), the most first."""
    told = [(value.step.name, REMEDIES[failure], count) for value in found.steps
            for failure, count in value.counts.items() if failure != ACTED]  # fmt: skip
    return sorted(told, key=lambda each: (-each[2], each[0], each[1]))


def _first(found: Analysis) -> str:
    told = [f"<li><b>{escape(step)}</b>: {escape(remedy)} <span class='dim'>({_of(count)})</span></li>"
            for step, remedy, count in actions(found)[:8]]  # fmt: skip
    worst = [place for place in found.places if place.done is not None and place.done < 1 and place.staff >= FEW][:3]
    for place in worst:
        begin = max(place.gaps, key=lambda gap: gap.never + gap.overdue).step
        what = f"{_percent(place.done)} of what is due is done; begin with {escape(begin)}"
        told.append(f"<li><b>{escape(place.location.label)}</b>: {what}</li>")
    return f"<ol>{''.join(told)}</ol>" if told else "<p>Nothing: no step is missing and none failed.</p>"


def _steps(steps: Sequence[StepValue]) -> str:
    rows = [
        (value.step.name + ("" if value.step.in_policy else " (not in the policy)"),
         "; ".join(f"{count} {name}" for name, count in value.counts.items()) or "none",
         sum(value.counts.values()), value.alone)
        for value in steps
    ]  # fmt: skip
    return _table(("Step", "What became of it", "#Outcomes", "#No other step"), rows)


def _places(places: Sequence[Place]) -> str:
    rows = []
    for place in places[:MOST_PLACES]:
        signals = ", ".join(f"{count} {name}" for name, count in place.location.signals) or "-"
        if place.staff < FEW:
            rows.append((place.location.label, place.location.region, f"fewer than {FEW}", "-", "-", signals))
            continue
        gaps = "; ".join(f"{gap.step}: {_gap(gap.never, gap.overdue, gap.ignored)}" for gap in place.gaps
                         if gap.never or gap.overdue or gap.ignored)  # fmt: skip
        rows.append((place.location.label, place.location.region, str(place.staff), _percent(place.done),
                     gaps or "none", signals))  # fmt: skip
    return _table(("Location", "Region", "#Staff", "#Done", "Gaps", "Customers told of"), rows) + _more(
        len(places), MOST_PLACES, "locations")  # fmt: skip


def _gap(never: int, overdue: int, ignored: int) -> str:
    told = ((never, "never done"), (overdue, "overdue"), (ignored, "flags without a decision"))
    return ", ".join(f"{count} {words}" for count, words in told if count)


def _outcomes(found: Analysis) -> str:
    by_outcome: dict[str, list[str]] = {}
    shown = {}
    for each in found.catches:
        shown[each.outcome.outcome_id] = each.outcome
        by_outcome.setdefault(each.outcome.outcome_id, []).append(
            f"{each.step}: {each.failure} ({each.fact}, {each.days} days on record)")  # fmt: skip
    for outcome in found.uncatchable:
        shown[outcome.outcome_id] = outcome
        by_outcome[outcome.outcome_id] = ["no step looks for anything that was on record before it"]
    ordered = sorted(shown.values(), key=lambda each: (each.day, each.outcome_id))
    rows = [(each.outcome_id, each.day.isoformat(), each.kind, "; ".join(by_outcome[each.outcome_id]))
            for each in ordered[:MOST_OUTCOMES]]  # fmt: skip
    return _table(("Outcome", "Day", "Kind", "Steps"), rows) + _more(len(ordered), MOST_OUTCOMES, "outcomes")


def _limits(chain: Chain, found: Analysis) -> str:
    said = [
        "This page is about steps and places, not about people: it scores nobody and names nobody. Do not use it to "
        "decide about an employee.",
        "A flag is a lead. What a record check may be used for, and how somebody is heard before, the law of the place "
        "says.",
        f"Locations of fewer than {FEW} staff are not described, since their numbers would point at one person.",
        f"{len(found.uncatchable)} known outcomes were on no record that a step looks for: screening would not have "
        "prevented them. A hotline, training and rooms that can be seen into do what screening cannot.",
    ]  # fmt: skip
    if chain.problems:
        some = "; ".join(chain.problems[:MOST_PROBLEMS])
        said.append(f"{len(chain.problems)} rows were left out: {some}{' ...' if len(chain.problems) > 20 else ''}")
    return "<ul>" + "".join(f"<li>{escape(each)}</li>" for each in said) + "</ul>"


def _table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    numbers = [head.startswith("#") for head in heads]
    told = [f'<th{" class=n" if number else ""} scope="col">{escape(head.lstrip("#"))}</th>'
            for head, number in zip(heads, numbers)]  # fmt: skip
    lines = ["<tr>" + "".join(f"<td{' class=n' if number else ''}>{escape(str(value))}</td>"
                              for value, number in zip(row, numbers)) + "</tr>" for row in rows]  # fmt: skip
    return f"<table><thead><tr>{''.join(told)}</tr></thead><tbody>{''.join(lines)}</tbody></table>"


def _more(held: int, most: int, what: str) -> str:
    return f"<p class='dim'>and {held - most} more {what}</p>" if held > most else ""


def _percent(share: Union[float, None]) -> str:
    return "-" if share is None else f"{100 * share:.0f} %"


def _of(count: int) -> str:
    return "1 known outcome" if count == 1 else f"{count} known outcomes"
