"""Command line of the demo: `build.py demo` ends here.

--once        stop after the summary: exit code 0, or 1 if a source failed, an alert did not fire, a probe saw
              anything or F1 is under its floor (demo/floors.json)
--port N      port of the web pages (8000)
--records N   size of the world (20000)
--level NAME  easy, medium or hard (medium)
--until DATE  the newest day of the world, whose records are of the 90 days before it (this moment); with a date, the
              same world on every day
--real DIR    read the real registers in DIR instead of the synthetic world
--transports  read sources of the catalogue too, one or more over each transport; --once always does
"""

from __future__ import annotations

import argparse
import json
import sys
import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from demo import probes, programs, real, schools, summary, trades
from demo.pictures import can_draw, link_native_package
from demo.progress import note, step
from demo.run import ADMINS, ANALYSTS, HOME, ROOT, Run, opened, run_inputs, run_schedules, watch, world_sources
from demo.serve import is_free, serve_until_interrupted
from demo.transports import reading as transports
from demo.world import LEVELS, World, build
from demo.world.pictured import LEAST_RECORDS, add_pictures
from understudy.jobs.job import Request

FLOORS = Path(__file__).with_name("floors.json")


def arguments() -> argparse.Namespace:
    """Returns the parsed command line."""
    parser = argparse.ArgumentParser(
        prog="build.py demo", description="Minerva on the stand-in, with a synthetic world"
    )
    parser.add_argument("--once", action="store_true", help="stop after the summary")
    parser.add_argument("--port", type=int, default=8000, help="port of the web pages on 127.0.0.1")
    parser.add_argument("--records", type=int, default=20_000, help="records of the synthetic world")
    parser.add_argument("--level", choices=sorted(LEVELS), default="medium", help="how messy the world is")
    parser.add_argument("--until", type=_day, metavar="DATE", help="newest time of the world (default: this moment)")
    parser.add_argument("--real", type=Path, metavar="DIR", help="folder of real registers (sources/*.csv)")
    parser.add_argument(
        "--transports", action="store_true", help="read sources of the catalogue over every transport too"
    )
    parser.add_argument("--home", type=Path, default=HOME, help="folder of the stand-in, emptied at the start")
    given = parser.parse_args()
    if given.records < 50:
        parser.error("--records: at least 50")
    if given.real is None and not given.once and not is_free(given.port):
        parser.error(f"--port: something else listens on 127.0.0.1:{given.port}; end it, or name another port")
    return given


def _day(text: str) -> datetime:
    """Returns the start of a day that has begun, UTC. Raises argparse.ArgumentTypeError."""
    try:
        day = datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError:
        raise argparse.ArgumentTypeError(f"expected a date as in 2026-11-01, not '{text}'") from None
    if day > datetime.now(UTC):
        raise argparse.ArgumentTypeError("expected a day that has begun: no page shows records of the future")
    return day


def main() -> int:
    """Runs the demo; returns the exit code."""
    given = arguments()
    if given.real is not None:
        return real.run(given.real, given.home / "real")
    with step(f"making a world of {given.records} records, level {given.level}"):
        world = build(records=given.records, level=LEVELS[given.level], until=given.until or datetime.now(UTC))
        pairs = add_pictures(world) if can_draw() else {}
    with opened(given.home, ROOT / "demo" / "tenants.yml", web_port=given.port) as run:
        if pairs:
            link_native_package(given.home / "splunk" / "etc" / "apps")
        with ExitStack() as sites:
            site = sites.enter_context(world_sources(run, world, given.home))
            run_inputs(run)
            watched = _watch(run, world)
            held = schools.hold(run) if can_draw() else []
            if held:
                with step(f"drawing {schools.PICTURED} uniforms and building their gallery"):
                    schools.offer_pictures(run)
            with trades.counts_later(run):
                run_schedules(run)
            outcomes = _probe(run)
            _summarize(run, world, watched, pairs, outcomes, given.level, given.once)
            trades.show(run, trades.hold(run, world))  # after the summary, whose figures are those of the world alone
            if held:
                _find_school(run, held[0])
                _find_school_by_crops(run, held, given.once)
            if given.transports or given.once:
                came = transports.catalogue_sources(run, f"127.0.0.1:{site.port}", given.home)
                transports.show(run, sites.enter_context(came))
            if given.once:
                return 1 if run.failures else 0
            serve_until_interrupted(run, given.port)
    return 0


def _watch(run: Run, world: World) -> dict[str, str]:
    """Puts one phone of an operation on each tenant's watch list; returns tenant -> identifier."""
    watched = {}
    for tenant in run.collecting:
        ads = (item for item in world.published[tenant.id] if item.actor_id.startswith("operation") and item.phones)
        identifier = f"phone:{next(ads).phones[0]}"
        rows = run.ask(f'| tstats count where index={tenant.index} minerva_identifier="{identifier}"')
        if not rows or not int(rows[0]["count"]):
            where = f"index={tenant.index} minerva_identifier=phone:*"
            top = f"| tstats count where {where} by minerva_identifier | sort - count | head 1"
            identifier = str(run.ask(top)[0]["minerva_identifier"])
        watched[tenant.id] = identifier
        watch(run, tenant, identifier)
    return watched


def _probe(run: Run) -> list[probes.Probe]:
    """Lets each tenant's analyst and administrator try every surface of the others, users side by side."""
    tasks: list[tuple[str, probes.Target]] = []
    for tenant in run.tenants:
        for other in (other for other in run.collecting if other.id != tenant.id):
            entity = next(item for item in summary.entities(run, other.id) if item["identifiers"])
            sid = _foreign_job(run, other.index, ANALYSTS[other.id])
            target = probes.Target(other.id, other.index, entity["entity_id"], entity["identifiers"][0], sid)
            tasks += [(user, target) for user in (ANALYSTS[tenant.id], ADMINS[tenant.id])]

    def tried(task: tuple[str, probes.Target]) -> list[probes.Probe]:
        user, target = task
        return list(probes.run_probes(run.stage, user, run.passwords[user], target))

    with step("trying each surface across tenants"), ThreadPoolExecutor(max_workers=len(tasks)) as pool:
        outcomes = [outcome for outcomes in pool.map(tried, tasks) for outcome in outcomes]
    run.failures.extend(f"probe '{item.name}' of {item.user} saw {item.seen}" for item in outcomes if item.seen)
    return outcomes


def _foreign_job(run: Run, index: str, owner: str) -> str:
    """Returns the sid of a finished job of the other tenant's analyst."""
    request = Request(f"search index={index} | head 5", owner, "minerva_app")
    return run.stage.jobs.dispatch(request, wait=True).sid


def _find_school(run: Run, row: Mapping[str, Any]) -> None:
    rank = schools.rank_of(run, row)
    print(f"  school          {row['name']} is number {rank or 'none'} for: {schools.described(row)}\n", flush=True)
    if not 1 <= rank <= 10:
        run.failures.append("a school was not among the first ten for its description")


def _find_school_by_crops(run: Run, held: Sequence[Mapping[str, Any]], once: bool) -> None:
    """Looks ten photos of uniforms up by their crops; a demo that finds fewer than half fails."""
    folder = schools.draw_crops(run)
    ranks = [schools.rank_of_crops(run, folder / str(number), held[number]) for number in range(10)]
    found = sum(1 <= rank <= 10 for rank in ranks)
    where = "" if once else f"; to try on the page Schools: {folder}"
    rest = f"by crops of drawn photos among the first ten of {schools.PICTURED}{where}"
    print(f"                  {found} of 10 {rest}\n", flush=True)
    if found < 5:
        run.failures.append(f"only {found} of 10 schools were among the first ten for their crops")


def _floor(world: World, level: str) -> tuple[float, str]:
    """Returns the floor of F1 and how it is printed; a tiny world has none, since one hub decides its score."""
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))
    if sum(map(len, world.published.values())) < floors["least_records"]:
        return 0.0, f"no floor under {floors['least_records']} records"
    return float(floors[level]), f"floor {floors[level]}"


def _summarize_pictures(run: Run, pairs: dict[str, tuple[str, str]]) -> None:
    """Prints what pictures tied together: two advertisements with other words, phones and names."""
    if not pairs:
        why = f"a world under {LEAST_RECORDS} records has none" if can_draw() else "none: numpy and OpenCV are missing"
        print(f"  pictures        {why}")
    for tenant in (tenant for tenant in run.collecting if tenant.id in pairs):
        print(f"  pictures        {tenant.id}: {summary.pictures_hashed(run, tenant)} hashes stored, no picture")
        reason = summary.joined_by_picture(run, tenant, pairs[tenant.id])
        print(f"                  two ads with other texts, phones and names are one entity: {reason}")
        if not reason:
            run.failures.append(f"two ads of {tenant.id} with one picture are no entity")


def _summarize(
    run: Run,
    world: World,
    watched: dict[str, str],
    pairs: dict[str, tuple[str, str]],
    outcomes: list[probes.Probe],
    level: str,
    once: bool,
) -> None:
    print("\nSummary, every count read from the store after the run")
    print("  source                     tenant       read   stored  refused")
    for line in summary.source_counts(run):
        print(f"  {line.source:26s} {line.tenant:10s} {line.read:6d}   {line.stored:6d}   {line.refused:6d}")
        if not line.stored:
            run.failures.append(f"source {line.source} of {line.tenant} stored nothing")
    kinds = ", ".join(f"{kind} {count}" for kind, count in summary.identifier_kinds(run).items())
    print(f"  identifiers     {kinds}")
    for tenant in run.collecting:
        found = summary.entities(run, tenant.id)
        linked = sum(item["size"] > 1 for item in found)
        print(f"  entities        {tenant.id}: {len(found)}, of them {linked} with more than one record")
    score = summary.score(run, {tenant.id: dict(world.truth(tenant.id)) for tenant in run.collecting})
    floor, note_on_floor = _floor(world, level)
    numbers = f"precision {score.precision:.3f} recall {score.recall:.3f} F1 {score.f1:.3f}"
    print(f"  against truth   {numbers} ({note_on_floor})")
    if score.f1 < floor:
        run.failures.append(f"F1 {score.f1:.3f} is under the floor {floor}")
    _summarize_pictures(run, pairs)
    print(f"  scheduled       {len(run.scheduled)} searches run, {sum(ok for _, ok, _ in run.scheduled)} succeeded")
    for tenant_id, count in summary.alerts(run).items():
        print(f"  alerts          {tenant_id}: {count} for a watched identifier")
        if not count:
            run.failures.append(f"the watch-list alert of {tenant_id} did not fire")
    print(f"  cross-tenant    {len(outcomes)} probes tried, {sum(item.seen for item in outcomes)} seen")
    print("  users")
    summary.print_users(run)
    if not once:
        programs.print_programs(run)
    for failure in run.failures:
        note(f"FAILED: {failure}")
    print(f"  {summary.STAND_IN}\n", flush=True)
    assert watched.keys() == world.published.keys()


if __name__ == "__main__":
    threading.current_thread().name = "demo"
    sys.exit(main())
