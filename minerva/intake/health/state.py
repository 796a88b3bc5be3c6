"""State of each source and institution from the lines of its runs: fresh, late, silent, shrunk, drifted or broken.

A line is a row of words (`event`, `source_id`, `tenant_id`, `_time` and the words of minerva/intake/logs.py), besides
`cadence_s` and `source_title` where a lookup gave them. A row whose event is `configured` is an input with its `name`
and `disabled`: one without a run is silent. Nothing here reads a record.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from minerva.intake.health.advice import advice

STATES = ("broken", "late", "silent", "drifted", "shrunk", "waiting", "off", "ok")
"""Worst first; a source is in the first that holds."""
DAY_S = 86_400.0
_GRACE_S = 900.0
LOOKED_BACK_S = 31 * DAY_S
"""How far back page and alert look; a source that is read more rarely than half of that may have no run in it."""
_FEWEST_RUNS, _FEWEST_SPANS, _MOST_SPANS = 3, 3, 7
_SHRUNK = 0.5
_MANY_REFUSED = 0.2
_MOST_COLUMNS = 20
_COLUMN_MISSING = frozenset({"header", "file_header"})
_MANY_WITHOUT_KEY = 0.02
"""The share of rows without what tells them apart from which on a column is missing; lists have stray ones."""
COLUMNS = (
    *("source_id", "source_title", "tenant_id", "state", "state_order", "problem", "what_to_do", "last_run"),
    *(
        "last_good_run",
        "age_s",
        "cadence_s",
        "read_last",
        "usual",
        "emitted",
        "refused",
        "refused_for",
        "drift",
        "runs",
    ),
)


@dataclass
class _Lines:
    """What was logged of one source for one institution."""

    runs: list[tuple[float, Mapping[str, Any]]] = field(default_factory=list)
    failures: list[tuple[float, str]] = field(default_factory=list)
    holds: list[tuple[float, str]] = field(default_factory=list)
    refused: list[tuple[float, str]] = field(default_factory=list)
    unknown: dict[str, list[float]] = field(default_factory=dict)
    short: list[tuple[float, int, int]] = field(default_factory=list)
    title: str = ""
    cadence_s: float = 0.0


def health(lines: Iterable[Mapping[str, Any]], now: float) -> Iterator[dict[str, Any]]:
    """One row of COLUMNS for each source and institution that ran, the worst first. `now` is epoch seconds."""
    by_source: dict[str, _Lines] = {}
    tenants: dict[str, dict[str, list[Mapping[str, Any]]]] = {}
    inputs: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for line in lines:
        source_id, moment = str(line.get("source_id") or ""), _number(line.get("_time"))
        if source_id and line.get("event") == "configured":
            inputs.setdefault((source_id, str(line.get("tenant_id") or "")), []).append(line)
            continue
        if not source_id or moment is None:
            continue
        _note(by_source.setdefault(source_id, _Lines()), line, moment)
        if line.get("event") == "run_done":
            tenants.setdefault(source_id, {}).setdefault(str(line.get("tenant_id") or ""), []).append(line)
    rows = []
    for source_id, found in by_source.items():
        for tenant, runs in (tenants.get(source_id) or {"": []}).items():
            own = sorted(((_number(line.get("_time")) or 0.0, line) for line in runs), key=lambda pair: pair[0])
            rows.append({"source_id": source_id, "tenant_id": tenant, **_judged(found, own, now)})
    told = {(row["source_id"], row["tenant_id"]) for row in rows}
    for (source_id, tenant), given in inputs.items():
        if told.isdisjoint({(source_id, tenant), (source_id, "")}):
            rows.append({"source_id": source_id, "tenant_id": tenant, **_unheard(given)})
    yield from sorted(rows, key=lambda row: (row["state_order"], row["source_id"], row["tenant_id"]))


def _note(found: _Lines, line: Mapping[str, Any], moment: float) -> None:
    event, reason = line.get("event"), str(line.get("reason") or "")
    found.title = str(line.get("source_title") or "") or found.title
    found.cadence_s = _number(line.get("cadence_s")) or found.cadence_s
    if event in ("run_failed", "input_failed"):
        found.failures.append((moment, reason if event == "run_failed" else "input_failed: " + reason))
    elif event in ("retry_later", "waiting", "source_off", "fetching_stopped"):
        found.holds.append((moment, str(event)))
    elif event == "refused":
        found.refused.append((moment, reason))
    elif event == "unknown_column":
        times = found.unknown.setdefault(str(line.get("column") or ""), [])
        times.append(moment)
    elif event == "too_few":
        found.short.append((moment, _whole(line.get("records")), _whole(line.get("expected"))))


def _judged(found: _Lines, runs: Sequence[tuple[float, Mapping[str, Any]]], now: float) -> dict[str, Any]:
    last, line = runs[-1] if runs else (0.0, {})
    began = runs[-2][0] if len(runs) > 1 else last - 3600
    failed = str(line.get("failed") or "none")
    good = [moment for moment, run in runs if str(run.get("failed") or "none") == "none"]
    after = [code for moment, code in found.failures if moment > last]
    hold = max((pair for pair in found.holds if pair[0] >= last), default=(0.0, ""))
    cadence = found.cadence_s or _own_cadence([moment for moment, _ in runs])
    read, usual = _volume(runs, cadence, now)
    refused = Counter(code for moment, code in found.refused if began < moment <= last + 1)
    drift = sorted(name for name, times in found.unknown.items() if any(began < time <= last + 1 for time in times))
    total, bad = _whole(line.get("read")), _whole(line.get("refused"))
    missing = sorted(code for code in refused if code in _COLUMN_MISSING or _lacks_keys(code, refused, total, bad))
    seen = max(last, hold[0])
    short = [item for item in found.short if item[0] > began]
    state, problem, todo = "ok", "", ""
    if after or failed != "none" or not runs:
        code = after[-1] if after else failed
        if code.startswith("input_failed: "):
            state, problem, todo = "broken", code[14:] or "The input failed.", "Open the input, mend it and save it."
        elif code != "none":
            state, (problem, todo) = "broken", advice(code)
        elif hold[1] in ("source_off", "fetching_stopped"):
            state = "off"
        else:
            state = "waiting"
    if state == "ok" and hold[1] in ("source_off", "fetching_stopped"):
        state = "off"
    elif state == "ok" and hold[1]:
        state = "waiting"
    if state == "off":
        problem = "It is switched off, its terms do not allow it, or all fetching is stopped."
        todo = "Nothing, if that is meant; else see the source's facts and Configuration, Network."
    elif state == "waiting":
        problem, todo = advice("retry_later")
    if state in ("ok", "waiting") and cadence and now - seen > max(2 * cadence, cadence + _GRACE_S):
        state = "late"
        problem = f"The last run ended {_age(now - last)} ago; it is worth reading every {_age(cadence)}."
        todo = "Look whether the input is enabled, its interval, and whether its host runs."
    if state == "ok" and (missing or drift):
        state = "drifted"
        words = ["Columns that the facts do not know: " + ", ".join(drift[:_MOST_COLUMNS]) + "."] if drift else []
        problem = " ".join([*words, *(advice(code)[0] for code in missing)])
        todo = advice("header")[1]
    if state == "ok" and short:
        state, problem = "shrunk", f"{short[-1][1]} records in all, of at least {short[-1][2]} that are expected."
    elif state == "ok" and usual and read is not None and read < usual * _SHRUNK:
        state, problem = "shrunk", f"{read} rows read, where {usual} are usual."
    elif state == "ok" and total and bad > total * _MANY_REFUSED:
        state, problem = (
            "shrunk",
            f"{bad} of {total} rows were refused: {advice(refused.most_common(1)[0][0])[0]}"
            if (refused)
            else f"{bad} of {total} rows were refused.",
        )
    if state == "shrunk":
        todo = "Compare with the publisher's page. If it has really fewer: lower expect. " + advice("header")[1]
    return {
        "source_title": found.title,
        "state": state,
        "state_order": STATES.index(state),
        "problem": problem,
        "what_to_do": todo,
        "last_run": int(last) if last else "",
        "last_good_run": int(good[-1]) if good else "",
        "age_s": int(now - last) if last else "",
        "cadence_s": int(cadence) if cadence else "",
        "read_last": total,
        "usual": "" if usual is None else usual,
        "emitted": sum(_whole(run.get("emitted")) for _, run in runs),
        "refused": bad,
        "refused_for": ", ".join(f"{code} ({count})" for code, count in refused.most_common(5)),
        "drift": ", ".join(drift[:_MOST_COLUMNS]),
        "runs": len(runs),
    }


def _lacks_keys(code: str, refused: Mapping[str, int], total: int, bad: int) -> bool:
    """Whether rows without a key are more than stray ones. Not every refused row has a line: lines give the shares."""
    if code != "key":
        return False
    return refused[code] / sum(refused.values()) * max(bad, refused[code]) > total * _MANY_WITHOUT_KEY


def _unheard(inputs: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """What the inputs of a source say of which no run has been logged."""
    on = [each for each in inputs if str(each.get("disabled") or "0").lower() in ("0", "false")]
    line = (on or inputs)[0]
    name, cadence = str(line.get("name") or ""), _number(line.get("cadence_s")) or 0.0
    if not on:
        state, problem, todo = "off", f"The input {name} is disabled.", "Nothing, if that is meant; else enable it."
    elif 2 * cadence > LOOKED_BACK_S:
        state, problem = "waiting", f"No run of the input {name} is logged; it is worth reading every {_age(cadence)}."
        todo = "Look over a longer time, if the log is kept so long."
    else:
        state, problem = "silent", f"The input {name} is on, and no run of it has ended in the time looked at."
        todo = "Look whether its host runs and forwards its log, its interval, and whether a first long run goes on."
    return {
        **{name: "" for name in COLUMNS if name not in ("source_id", "tenant_id")},
        "source_title": str(line.get("source_title") or ""),
        "state": state,
        "state_order": STATES.index(state),
        "problem": problem,
        "what_to_do": todo,
        "cadence_s": int(cadence) if cadence else "",
        "runs": 0,
    }


def _own_cadence(moments: Sequence[float]) -> float:
    """What lies between runs as a rule, for a source whose facts name no cadence."""
    if len(moments) <= _FEWEST_RUNS:
        return 0.0
    return median(later - earlier for earlier, later in zip(moments, moments[1:]))


def _volume(
    runs: Sequence[tuple[float, Mapping[str, Any]]], cadence: float, now: float
) -> tuple[int | None, int | None]:
    """Rows read in the newest span (a day, or the cadence if that is longer) and in a usual one; None for unknown.

    A run that found its file or feed unchanged says nothing of how much there is.
    """
    span = max(DAY_S, cadence)
    spans: dict[int, int] = {}
    for moment, run in runs:
        if _whole(run.get("read")) == 0 and _whole(run.get("unchanged")):
            continue
        at = int((now - moment) // span)
        spans[at] = spans.get(at, 0) + _whole(run.get("read"))
    earlier = [spans[at] for at in range(1, _MOST_SPANS + 1) if at in spans]
    usual = int(median(earlier)) if len(earlier) >= _FEWEST_SPANS else None
    return spans.get(0), usual


def _age(seconds: float) -> str:
    for size, name in ((DAY_S, "days"), (3600.0, "hours"), (60.0, "minutes")):
        if seconds >= 2 * size:
            return f"{seconds / size:.0f} {name}"
    return f"{seconds:.0f} seconds"


def _number(value: Any) -> float | None:
    try:
        return float(value)
    except (TypeError, ValueError):
        return None


def _whole(value: Any) -> int:
    return int(_number(value) or 0)
