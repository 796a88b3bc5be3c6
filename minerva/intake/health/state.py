"""State of each input from the lines of its runs: fresh, late, silent, shrunk, drifted or broken.

A line is a row of words (`event`, `source_id`, `tenant_id`, `_time` and the words of minerva/intake/logs.py), besides
`cadence_s` and `source_title` where a lookup gave them. A row whose event is `configured` is an input with its `name`
and `disabled`: one without a run is silent. Nothing here reads a record.

An input is told by source, institution and its name; lines of an older add-on have no name. What the other side may
answer at will, such as to come again later, ends no alarm and puts none off beyond the time that a late run has.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from minerva.intake.health.advice import advice
from minerva.intake.logs import input_word

STATES = ("broken", "late", "silent", "drifted", "shrunk", "waiting", "off", "ok")
"""Worst first; a source is in the first that holds."""
DAY_S = 86_400.0
_GRACE_S = 900.0
LOOKED_BACK_S = 31 * DAY_S
"""How far back page and alert look; a source that is read more rarely than half of that may have no run in it."""
_FEWEST_RUNS, _FEWEST_SPANS, _MOST_SPANS = 3, 3, 7
_SHRUNK = 0.5
_QUIET = 2
"""A silence this many times as long as the longest before it, in which runs read no row."""
_MANY_REFUSED = 0.2
_FEWEST_ROWS = 10
"""Rows of a run under which a share of refused ones says nothing, unless all of them were refused."""
_FEWEST_USUAL = 20
"""Rows of a usual span under which fewer than half of them come by chance alone, now and then."""
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
        "input",
    ),
)
_Key = tuple[str, str, str]
"""Source, institution, input."""


@dataclass
class _Lines:
    """What was logged of one input."""

    runs: list[tuple[float, Mapping[str, Any]]] = field(default_factory=list)
    failures: list[tuple[float, str]] = field(default_factory=list)
    holds: list[tuple[float, str]] = field(default_factory=list)
    refused: list[tuple[float, str]] = field(default_factory=list)
    unknown: dict[str, list[float]] = field(default_factory=dict)
    short: list[tuple[float, int, int]] = field(default_factory=list)
    title: str = ""
    cadence_s: float = 0.0

    def followed_by(self, other: _Lines) -> _Lines:
        """These lines and the other's."""
        unknown = {name: [*self.unknown.get(name, ()), *other.unknown.get(name, ())]
                   for name in {**self.unknown, **other.unknown}}  # fmt: skip
        return _Lines(
            [*self.runs, *other.runs], [*self.failures, *other.failures], [*self.holds, *other.holds],
            [*self.refused, *other.refused], unknown, [*self.short, *other.short],
            other.title or self.title, other.cadence_s or self.cadence_s,
        )  # fmt: skip


def health(
    lines: Iterable[Mapping[str, Any]], now: float, titles: Mapping[str, str] | None = None
) -> Iterator[dict[str, Any]]:
    """One row of COLUMNS for each input that ran or is configured, the worst first. `now` is epoch seconds.

    titles: source id -> title of sources that no lookup holds, as those that were made on the page.
    """
    found: dict[_Key, _Lines] = {}
    inputs: dict[_Key, list[Mapping[str, Any]]] = {}
    for line in lines:
        source_id, moment = str(line.get("source_id") or ""), _number(line.get("_time"))
        key = (source_id, str(line.get("tenant_id") or ""), str(line.get("input") or ""))
        if source_id and line.get("event") == "configured":
            inputs.setdefault((*key[:2], input_word(key[2])), []).append(line)
        elif source_id and moment is not None:
            _note(found.setdefault(key, _Lines()), line, moment)
    found = _without_older(found)
    off = {key for key, given in inputs.items() if not _enabled(given)}
    rows = [{**_named(key), **_judged(each, now, key in off)} for key, each in found.items()]
    for key, given in inputs.items():
        if found.keys().isdisjoint({key, (*key[:2], ""), (key[0], "", "")}):
            rows.append({**_named(key), **_unheard(given)})
    for row in rows:
        row["source_title"] = row["source_title"] or (titles or {}).get(row["source_id"]) or row["source_id"]
    yield from sorted(rows, key=lambda row: (row["state_order"], row["source_id"], row["tenant_id"], row["input"]))


def _named(key: _Key) -> dict[str, Any]:
    return {"source_id": key[0], "tenant_id": key[1], "input": key[2].partition(":")[2] or key[2]}


def _without_older(found: Mapping[_Key, _Lines]) -> dict[_Key, _Lines]:
    """Lines with the names of their inputs. Those of an older add-on, without one, belong to the one input of their
    source and institution, and are left out where there are several. Without the institution, as it wrote of what
    failed or waits, they belong to each institution of the source."""
    made = {key: each for key, each in found.items() if key[2]}
    for key in [key for key in found if key[1] and not key[2]]:
        same = [each for each in made if each[2] and each[:2] == key[:2]]
        if len(same) == 1:
            made[same[0]] = found[key].followed_by(made[same[0]])
        elif not same:
            made[key] = found[key]
    for key in [key for key in found if not key[1] and not key[2]]:
        same = [each for each in made if each[0] == key[0]]
        for each in same if len(same) == 1 else [each for each in same if not each[2]]:
            made[each] = found[key].followed_by(made[each])
        if not same:
            made[key] = found[key]
    return made


def _note(found: _Lines, line: Mapping[str, Any], moment: float) -> None:
    event, reason = line.get("event"), str(line.get("reason") or "")
    found.title = str(line.get("source_title") or "") or found.title
    found.cadence_s = _number(line.get("cadence_s")) or found.cadence_s
    if event == "run_done" and _whole(line.get("deferred")) and not _whole(line.get("emitted")):
        found.holds.append((moment, "retry_later"))  # the run was put off: it says nothing of how the source is
    elif event == "run_done":
        found.runs.append((moment, line))
    elif event in ("run_failed", "input_failed"):
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


def _judged(found: _Lines, now: float, is_off: bool) -> dict[str, Any]:
    runs = sorted(found.runs, key=lambda pair: pair[0])
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
    since = last or min((moment for moment, _ in found.holds), default=now)
    quiet = _quiet(runs, cadence, now)
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
    allowed = cadence or (DAY_S if state == "waiting" else 0.0)
    if state in ("ok", "waiting") and is_off:
        state, problem, todo = "off", "The input is disabled.", "Nothing, if that is meant; else enable it."
    elif state in ("ok", "waiting") and allowed and now - since > max(2 * allowed, allowed + _GRACE_S):
        problem = f"The last run ended {_age(now - last)} ago; it is worth reading every {_age(allowed)}."
        todo = "Look whether the input is enabled, its interval, and whether its host runs."
        if state == "waiting":
            problem = f"For {_age(now - since)} every run has been put off: the server asked to come again later."
            todo = "Ask the publisher, or look whether address, account and quota are still right; nothing was read."
        state = "late"
    if state == "ok" and (missing or drift):
        state = "drifted"
        words = ["Columns that the facts do not know: " + ", ".join(drift[:_MOST_COLUMNS]) + "."] if drift else []
        problem = " ".join([*words, *(advice(code)[0] for code in missing)])
        todo = advice("header")[1]
    if state == "ok" and short:
        state, problem = "shrunk", f"{short[-1][1]} records in all, of at least {short[-1][2]} that are expected."
    elif state == "ok" and usual and usual >= _FEWEST_USUAL and read is not None and read < usual * _SHRUNK:
        state, problem = "shrunk", f"{read} rows read, where {usual} are usual."
    elif state == "ok" and quiet:
        state, problem = "shrunk", f"No row has been read for {_age(quiet)}, where there were some before."
    elif state == "ok" and _many_refused(bad, total):
        state, problem, todo = "shrunk", f"{bad} of {total} rows were refused.", advice("header")[1]
        if refused:
            why, todo = advice(refused.most_common(1)[0][0])
            problem = f"{problem[:-1]}: {why}"
    if state == "shrunk" and not todo:
        fewer = "lower expect" if short else "nothing is to be done"
        todo = f"Compare with the publisher's page. If it has really fewer: {fewer}. " + advice("header")[1]
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


def _many_refused(bad: int, total: int) -> bool:
    if total < _FEWEST_ROWS:
        return 0 < total <= bad
    return bad > total * _MANY_REFUSED


def _lacks_keys(code: str, refused: Mapping[str, int], total: int, bad: int) -> bool:
    """Whether rows without a key are more than stray ones. Not every refused row has a line: lines give the shares."""
    if code != "key":
        return False
    return refused[code] / sum(refused.values()) * max(bad, refused[code]) > total * _MANY_WITHOUT_KEY


def _enabled(inputs: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return [each for each in inputs if str(each.get("disabled") or "0").lower() in ("0", "false")]


def _unheard(inputs: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """What the inputs of a source say of which no run has been logged."""
    on = _enabled(inputs)
    line = (on or inputs)[0]
    name, cadence = str(line.get("name") or line.get("input") or ""), _number(line.get("cadence_s")) or 0.0
    if not on:
        state, problem, todo = "off", f"The input {name} is disabled.", "Nothing, if that is meant; else enable it."
    elif 2 * cadence > LOOKED_BACK_S:
        state, problem = "waiting", f"No run of the input {name} is logged; it is worth reading every {_age(cadence)}."
        todo = "Look over a longer time, if the log is kept so long."
    else:
        state, problem = "silent", f"The input {name} is on, and no run of it has ended in the time looked at."
        todo = "Look whether its host runs and forwards its log, its interval, and whether a first long run goes on."
    return {
        **{name: "" for name in COLUMNS if name not in ("source_id", "tenant_id", "input")},
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


def _quiet(runs: Sequence[tuple[float, Mapping[str, Any]]], cadence: float, now: float) -> float:
    """Seconds since a row was read, if runs go on and no silence before was nearly as long; else 0."""
    full = [moment for moment, run in runs if _whole(run.get("read")) or _whole(run.get("unchanged"))]
    empty = sum(1 for moment, _ in runs if full and moment > full[-1])
    if len(full) < _FEWEST_RUNS or empty < _FEWEST_RUNS:
        return 0.0
    longest = max(later - earlier for earlier, later in zip(full, full[1:]))
    silence = now - full[-1]
    return silence if silence > max(_QUIET * longest, _FEWEST_SPANS * max(DAY_S, cadence)) else 0.0


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
