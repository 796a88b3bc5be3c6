"""On the stand-in: a fault planted in roles, metadata or the tenants' table turns its surface red, and no other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from assembly.paths import TENANTS_APP
from assembly.tenants import read_tenants
from leaks.checking import Report, run
from leaks.model import APP, Target
from leaks.planting import plant
from leaks.standin import TENANTS_FILE, StandIn, standing_in
from leaks.surfaces import SURFACES
from understudy.stage import Stage

pytestmark = [pytest.mark.slow, pytest.mark.full]
NORTHFIELD, RIVERBANK, HARBOR, _ = read_tenants(TENANTS_FILE)


@dataclass(frozen=True)
class Planted:
    stood: StandIn
    targets: list[Target]

    def check(self, *names: str) -> Report:
        surfaces = [each for each in SURFACES if each.name in names]
        assert len(surfaces) == len(names)
        return run(self.stood.site, self.targets[:1], surfaces, say=lambda _: None)


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Planted]:
    with standing_in(tmp_path_factory.mktemp("leaks") / "home") as stood:
        begun = [plant(stood.site, place, stood.patience) for place in stood.site.institutions[:1]]
        yield Planted(stood, [planting() for planting in begun])


def widened_role(stage: Stage) -> Callable[[], None]:
    role, own = f"role_{HARBOR.analyst_role}", f"{HARBOR.index};{HARBOR.summary_index}"
    stage.conf.write("authorize", role, {"srchIndexesAllowed": f"{own};{NORTHFIELD.index}"}, TENANTS_APP)
    return lambda: stage.conf.write("authorize", role, {"srchIndexesAllowed": own}, TENANTS_APP)


def opened_collections(stage: Stage) -> Callable[[], None]:
    path = stage.home / "etc" / "apps" / APP / "metadata" / "local.meta"
    path.write_text("[collections]\naccess = read : [ * ], write : [ admin ]\n", encoding="utf-8")
    stage.conf.reload()
    return lambda: (path.unlink(), stage.conf.reload())[1]  # type: ignore[func-returns-value]


def changed_macro(definition: str, name: str = "minerva_shared") -> Callable[[Stage], Callable[[], None]]:
    def change(stage: Stage) -> Callable[[], None]:
        right = stage.conf.stanzas("macros", APP)[name]["definition"]
        stage.conf.write("macros", name, {"definition": definition}, APP)
        return lambda: stage.conf.write("macros", name, {"definition": right}, APP)

    return change


unverified = changed_macro("index=mnv_g_* (sourcetype=minerva:release OR sourcetype=minerva:recall)")
never_taken_back = changed_macro('index=mnv_g_* sourcetype=minerva:release | minervaverify | where genuine="true"')

unsigned = changed_macro('minervatrust | where trust!=""', "minerva_signed")


def wrong_table(stage: Stage) -> Callable[[], None]:
    """Takes another institution's programs for northfield's analysts; its own program stays as it is and controls."""
    right = {"analyst_role": NORTHFIELD.analyst_role}
    stage.conf.write("minerva_tenants", NORTHFIELD.id, {"analyst_role": RIVERBANK.partner_role}, TENANTS_APP)
    return lambda: stage.conf.write("minerva_tenants", NORTHFIELD.id, right, TENANTS_APP)


def test_a_healthy_installation_shows_nothing(planted: Planted) -> None:
    names = ("audit of somebody of two", "jobs of those who left", "forged copies", "forged records",
             "releases taken back")  # fmt: skip
    report = planted.check("search", "KV store REST", "partner API", *names)
    assert (report.seen, report.failed, report.broken) == ([], [], [])
    assert len(report.surfaces) == 8
    assert {"left", "moved", "intake"} <= {each.persona for each in report.outcomes}


@pytest.mark.parametrize(
    ("fault", "surface", "persona"),
    [
        (widened_role, "search", "analyst"),
        (widened_role, "tstats", "analyst"),
        (opened_collections, "KV store REST", "bystander"),
        (wrong_table, "partner API", "program"),
        (opened_collections, "audit of somebody of two", "bystander"),
        (unverified, "forged copies", "analyst"),
        (unsigned, "forged records", "analyst"),
        (never_taken_back, "releases taken back", "analyst"),
    ],
    ids=[
        "role widened: search",
        "role widened: tstats",
        "collections opened",
        "wrong role in the table",
        "audit opened",
        "macro that verifies nothing",
        "macro that trusts everything",
        "macro that heeds no tombstone",
    ],
)
def test_a_planted_fault_turns_its_surface_red(
    planted: Planted, fault: Callable[[Stage], Callable[[], None]], surface: str, persona: str
) -> None:
    mend = fault(planted.stood.stage)
    try:
        report = planted.check(surface)
    finally:
        mend()
    assert not report.good(least=0)
    assert persona in {each.persona for each in report.seen}
    assert planted.check(surface).seen == []
