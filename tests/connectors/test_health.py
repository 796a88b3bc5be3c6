"""Health of sources from the lines of their runs: each state by a source that is in it, in words, the worst first."""

from __future__ import annotations

from typing import Any

import pytest

from minerva.intake.health.advice import advice
from minerva.intake.health.state import DAY_S, health
from minerva.intake.workbench.versions import titles

NOW = 1_775_000_000.0
HOUR = 3600.0


def done(source: str, age_s: float, read: int = 100, **words: Any) -> dict[str, Any]:
    line = {"event": "run_done", "source_id": source, "tenant_id": "northfield", "_time": str(NOW - age_s)}
    counts = {"read": str(read), "emitted": str(read), "refused": "0", "failed": "none", "cadence_s": "3600"}
    return {**line, **counts, **{key: str(value) for key, value in words.items()}}


def line(source: str, age_s: float, event: str, **words: Any) -> dict[str, Any]:
    return {"event": event, "source_id": source, "_time": str(NOW - age_s), **{k: str(v) for k, v in words.items()}}


def steady(source: str, read: int = 100, until_s: float = 600, **words: Any) -> list[dict[str, Any]]:
    """A run an hour for five days."""
    return [done(source, until_s + number * HOUR, read, **words) for number in range(120)]


def judge(*lines: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {row["source_id"]: row for row in health(lines, NOW)}


def test_a_steady_source_is_in_order() -> None:
    row = judge(*steady("fine"))["fine"]
    assert (row["state"], row["problem"], row["read_last"], row["usual"], row["runs"]) == ("ok", "", 100, 2400, 120)


def test_a_broken_source_says_why_and_what_to_do_and_when_it_was_well() -> None:
    lines = [*steady("gone", until_s=4000), done("gone", 300, 0, failed="status_404")]
    row = judge(*lines)["gone"]
    assert row["state"] == "broken"
    assert "404" in row["problem"]
    assert "new address" in row["what_to_do"]
    assert row["last_good_run"] == int(NOW - 4000)
    row = judge(*steady("input"), line("input", 60, "input_failed", reason="vault: nobody is named"))["input"]
    assert (row["state"], row["problem"]) == ("broken", "vault: nobody is named")


def test_a_late_source_is_held_against_its_cadence_or_against_itself() -> None:
    assert judge(*steady("late", until_s=3 * HOUR))["late"]["state"] == "late"
    assert judge(*steady("slow", until_s=3 * HOUR, cadence_s=DAY_S))["slow"]["state"] == "ok"
    assert judge(*steady("own", until_s=5 * HOUR, cadence_s=""))["own"]["state"] == "late"
    assert "3 hours ago" in judge(*steady("late", until_s=3 * HOUR))["late"]["problem"]


def test_a_shrunk_source_is_held_against_what_is_usual_for_a_day() -> None:
    lines = [done("shrunk", 600 + n * HOUR, 10 if n < 24 else 100) for n in range(120)]
    row = judge(*lines)["shrunk"]
    assert (row["state"], row["usual"]) == ("shrunk", 2400)
    assert "240 rows read, where 2400 are usual" in row["problem"]
    short = judge(*steady("short"), line("short", 600, "too_few", records=40, expected=1000))["short"]
    assert (short["state"], short["problem"]) == ("shrunk", "40 records in all, of at least 1000 that are expected.")
    refusing = judge(*steady("bad", refused=40), line("bad", 700, "refused", reason="observed_time"))["bad"]
    assert (refusing["state"], refusing["refused_for"]) == ("shrunk", "observed_time (1)")


def test_few_rows_are_no_ground_to_call_a_source_shrunk() -> None:
    few = judge(*steady("few", read=3, refused=1, cadence_s=""), line("few", 700, "refused", reason="key"))["few"]
    assert few["state"] != "shrunk"
    none = judge(*steady("none", read=3, refused=3))["none"]
    assert (none["state"], none["problem"]) == ("shrunk", "3 of 3 rows were refused.")
    lines = [done("rare", 600 + day * DAY_S, 3 if day == 0 else 8, cadence_s=DAY_S) for day in range(6)]
    assert judge(*lines)["rare"]["state"] == "ok"


def test_what_to_do_about_refused_rows_is_that_of_their_reason_and_not_to_expect_fewer() -> None:
    row = judge(*steady("bad", refused=40), line("bad", 700, "refused", reason="observed_time"))["bad"]
    assert row["what_to_do"] == advice("observed_time")[1]
    shrunk = judge(*(done("shrunk", 600 + n * HOUR, 10 if n < 24 else 100) for n in range(120)))["shrunk"]
    assert "expect" not in shrunk["what_to_do"]
    short = judge(*steady("short"), line("short", 600, "too_few", records=40, expected=1000))["short"]
    assert "lower expect" in short["what_to_do"]


def test_a_source_that_no_lookup_knows_is_called_as_its_maker_did_else_by_its_id() -> None:
    assert judge(*steady("made_here"))["made_here"]["source_title"] == "made_here"
    assert judge(*steady("known", source_title="Permits"))["known"]["source_title"] == "Permits"
    stanzas = {
        "made_here": {"document": '{"title": "Permits of Oakton"}'},
        "known": {"document": '{"title": "other"}'},
        "broken": {"document": "{"},
        "untitled": {"document": '{"like": "known"}'},
    }
    told = titles(stanzas)
    assert told == {"made_here": "Permits of Oakton", "known": "other"}
    lines = [*steady("made_here"), *steady("known", source_title="Permits"), *steady("untitled")]
    shown = {row["source_id"]: row["source_title"] for row in health(lines, NOW, told)}
    assert shown == {"made_here": "Permits of Oakton", "known": "Permits", "untitled": "untitled"}


def test_a_source_that_found_its_file_unchanged_has_not_shrunk() -> None:
    lines = [done("file", 600 + n * HOUR, 0 if n < 24 else 100, unchanged=1) for n in range(120)]
    assert judge(*lines)["file"]["state"] == "ok"


def test_a_drifted_source_names_its_new_columns_and_one_that_mended_them_does_not() -> None:
    told = line("drifted", 601, "unknown_column", column="phone_2", rows=100)
    row = judge(*steady("drifted"), told)["drifted"]
    assert (row["state"], row["drift"]) == ("drifted", "phone_2")
    assert "phone_2" in row["problem"]
    old = line("mended", 601 + 2 * HOUR, "unknown_column", column="phone_2", rows=100)
    assert judge(*steady("mended"), old)["mended"]["state"] == "ok"
    missing = line("header", 601, "refused", reason="file_header")
    assert judge(*steady("header"), missing)["header"]["state"] == "drifted"


@pytest.mark.parametrize(
    ("refused", "told", "state"),
    [(1, ["key"], "ok"), (3, ["key"], "drifted"), (19, ["key", "observed_time"], "drifted"), (0, ["key"], "ok")],
    ids=["a stray one", "many", "many, of which two have a line", "a line and no count"],
)
def test_rows_without_a_key_are_a_drift_where_they_are_many(refused: int, told: list[str], state: str) -> None:
    lines = [line("keyless", 601, "refused", reason=reason) for reason in told]
    row = judge(*steady("keyless", refused=refused), *lines)["keyless"]
    assert row["state"] == state


def test_a_source_that_waits_or_is_off_is_in_no_trouble() -> None:
    assert judge(*steady("waits"), line("waits", 60, "waiting"))["waits"]["state"] == "waiting"
    assert judge(*steady("off"), line("off", 60, "source_off", reason="terms"))["off"]["state"] == "off"
    assert judge(line("only_off", 60, "source_off", reason="terms"))["only_off"]["state"] == "off"


def test_each_institution_has_a_row_and_the_worst_come_first() -> None:
    other = [{**run, "tenant_id": "riverbank"} for run in steady("a", until_s=9 * HOUR)]
    rows = list(health([*steady("a"), *other, done("z", 60, 0, failed="transport")], NOW))
    assert [(row["source_id"], row["tenant_id"], row["state"]) for row in rows] == [
        ("z", "northfield", "broken"),
        ("a", "riverbank", "late"),
        ("a", "northfield", "ok"),
    ]


def configured(source: str, **words: Any) -> dict[str, Any]:
    given = {"event": "configured", "source_id": source, "tenant_id": "northfield", "name": "an_input", "disabled": "0"}
    return {**given, "cadence_s": "86400", **words}


def test_an_input_without_a_run_is_silent_and_one_that_runs_is_as_its_runs_are() -> None:
    rows = judge(
        *steady("fine"),
        configured("fine"),
        configured("dead", source_title="Dead"),
        configured("disabled", disabled="1"),
        configured("yearly", cadence_s=str(365 * DAY_S)),
        line("failing", 60, "input_failed", reason="vault"),
        configured("failing"),
    )
    assert {source: row["state"] for source, row in rows.items()} == {
        "fine": "ok", "dead": "silent", "disabled": "off", "yearly": "waiting", "failing": "broken",
    }  # fmt: skip
    assert (rows["dead"]["source_title"], rows["dead"]["runs"], rows["dead"]["tenant_id"]) == ("Dead", 0, "northfield")
    assert "an_input" in rows["dead"]["problem"]
    assert set(rows["dead"]) == set(rows["fine"])


def test_a_second_institution_whose_input_does_not_run_has_a_row_of_its_own() -> None:
    rows = list(health([*steady("a"), configured("a"), configured("a", tenant_id="riverbank")], NOW))
    assert [(row["tenant_id"], row["state"]) for row in rows] == [("riverbank", "silent"), ("northfield", "ok")]


def put_off(source: str, days: int, **words: Any) -> list[dict[str, Any]]:
    """A run each day that the server puts off, as the runner logs it."""
    return [
        each
        for day in range(days)
        for each in (
            line(source, day * DAY_S + 600, "retry_later", seconds=3600, tenant_id="northfield", **words),
            done(source, day * DAY_S + 600, 0, deferred=1, cadence_s=DAY_S, **words),
        )
    ]


def test_a_server_that_asks_to_wait_for_ever_is_late() -> None:
    well = done("dead", 29 * DAY_S, 500, cadence_s=DAY_S)
    row = judge(well, *put_off("dead", 28))["dead"]
    assert (row["state"], row["last_run"], row["runs"]) == ("late", int(NOW - 29 * DAY_S), 1)
    assert "For 29 days every run has been put off" in row["problem"]
    assert judge(*put_off("never", 28))["never"]["state"] == "late"
    assert judge(*[{**each, "cadence_s": ""} for each in put_off("no_cadence", 5)])["no_cadence"]["state"] == "late"
    assert judge(done("today", 1.5 * DAY_S, cadence_s=DAY_S), *put_off("today", 1))["today"]["state"] == "waiting"
    broken = done("broken", 29 * DAY_S, 0, failed="status_404", cadence_s=DAY_S)
    assert judge(broken, *put_off("broken", 28))["broken"]["state"] == "broken"


def test_a_run_that_brought_something_before_it_was_put_off_counts() -> None:
    runs = [done("slow", day * DAY_S + 600, 50, deferred=1, cadence_s=DAY_S) for day in range(9)]
    assert judge(*runs, line("slow", 600, "retry_later"))["slow"]["state"] == "waiting"


def test_a_dead_input_is_told_beside_a_living_one_of_its_source_and_institution() -> None:
    dead = [done("courts", day * DAY_S + 7200, 0, failed="status_404", input="minerva_http:a") for day in range(9)]
    alive = [done("courts", day * DAY_S + 3600, 100, input="minerva_http:b", cadence_s=DAY_S) for day in range(9)]
    given = [configured("courts", input=f"minerva_http:{name}", name=name) for name in "abc"]
    rows = list(health([*dead, *alive, *given], NOW))
    assert [(row["input"], row["state"]) for row in rows] == [("a", "broken"), ("c", "silent"), ("b", "ok")]
    disabled = configured("courts", input="minerva_http:a", name="a", disabled="1")
    late = [done("courts", 9 * DAY_S, input="minerva_http:a"), *alive]
    assert [row["state"] for row in health(late, NOW)] == ["late", "ok"]
    assert [row["state"] for row in health([*late, disabled], NOW)] == ["off", "ok"]


def test_lines_of_an_older_add_on_are_the_history_of_the_one_input() -> None:
    old, new = done("a", 2 * DAY_S, cadence_s=DAY_S), done("a", 600, cadence_s=DAY_S, input="minerva_http:x")
    [row] = health([old, line("a", 3 * DAY_S, "run_failed", reason="transport"), new], NOW)
    assert (row["input"], row["state"], row["runs"]) == ("x", "ok", 2)
    second = done("a", 700, cadence_s=DAY_S, input="minerva_http:y")
    assert [(row["input"], row["runs"]) for row in health([old, new, second], NOW)] == [("x", 1), ("y", 1)]
    others = [{**old, "tenant_id": name} for name in ("north", "south")]
    rows = health([*others, line("a", 60, "run_failed", reason="transport")], NOW)
    assert [(row["tenant_id"], row["state"]) for row in rows] == [("north", "broken"), ("south", "broken")]


def test_a_source_that_gives_no_row_any_more_has_shrunk_however_long_that_lasts() -> None:
    def days(source: str, reads: list[int]) -> list[dict[str, Any]]:
        return [done(source, 600 + age * DAY_S, read, cadence_s=DAY_S) for age, read in enumerate(reversed(reads))]

    row = judge(*days("dry", [500] * 8 + [0] * 20))["dry"]
    assert (row["state"], row["problem"]) == (
        "shrunk", "No row has been read for 20 days, where there were some before."
    )  # fmt: skip
    assert judge(*days("rare", [3, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0]))["rare"]["state"] == "ok"


def test_lines_without_a_source_or_time_are_passed_over() -> None:
    assert (
        list(health([{}, {"event": "run_done"}, {"event": "run_done", "source_id": "x", "_time": "soon"}], NOW)) == []
    )


@pytest.mark.parametrize("code", ["transport", "status_503", "status_418", "xlsx_bomb", "file_header", "no_such_code"])
def test_every_code_has_words_and_something_to_do(code: str) -> None:
    words, todo = advice(code)
    assert words.endswith(".")
    assert todo.endswith(".")
    assert "build.py" not in todo
