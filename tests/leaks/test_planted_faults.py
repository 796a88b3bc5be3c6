"""On the stand-in: a fault planted in roles, metadata, the tenants' table or the app's code turns its surface red."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

import pytest

from assembly.paths import TENANTS_APP
from assembly.tenants import read_tenants
from leaks import planting_further
from leaks.checking import Report, run
from leaks.connection import Connection
from leaks.model import APP, Ask, Further, Target
from leaks.planting import plant
from leaks.standin import TENANTS_FILE, StandIn, standing_in
from leaks.surfaces import SURFACES
from minerva.partner.registry import BASE
from understudy.conf import Conf
from understudy.stage import Stage

pytestmark = [pytest.mark.slow, pytest.mark.full]
NORTHFIELD, RIVERBANK, HARBOR, _ = read_tenants(TENANTS_FILE)


@dataclass(frozen=True)
class Planted:
    stood: StandIn
    targets: list[Target]

    @property
    def further(self) -> Further:
        assert self.targets[0].further is not None
        return self.targets[0].further

    def check(self, *names: str, further: Further | None = None) -> Report:
        surfaces = [each for each in SURFACES if each.name in names]
        assert len(surfaces) == len(names)
        targets = [replace(self.targets[0], further=further or self.further)]
        return run(self.stood.site, targets, surfaces, say=lambda _: None)

    @contextmanager
    def code(self, path: str, changes: dict[str, str]) -> Iterator[None]:
        """Within it the installed app's code reads otherwise."""
        file = self.stood.stage.home / "etc" / "apps" / APP / path
        right = changed = file.read_text(encoding="utf-8")
        for old, new in changes.items():
            assert changed.count(old) == 1, old
            changed = changed.replace(old, new)
        try:
            file.write_text(changed, encoding="utf-8")
            self.stood.stage.handlers.forget()
            yield
        finally:
            file.write_text(right, encoding="utf-8")
            self.stood.stage.handlers.forget()

    @contextmanager
    def asking(self) -> Iterator[tuple[Connection, Connection, Connection]]:
        """The platform's administrator, northfield's administrator and its analyst."""
        site, (place, *_) = self.stood.site, self.stood.site.institutions
        assert site.platform is not None
        opened = [Connection(site, each) for each in (site.platform, place.owners["admin"], place.owners["analyst"])]
        try:
            yield opened[0], opened[1], opened[2]
        finally:
            for each in opened:
                each.close()


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


NO_JOB_DELETED = {"            found = self._jobs(user, finished)\n": "            found: set[str] = set()\n"}


def test_jobs_that_a_removal_leaves_are_seen_by_who_was_removed_and_by_who_moved(planted: Planted) -> None:
    site, (place, *_) = planted.stood.site, planted.stood.site.institutions
    with planted.code("bin/minerva_app_directory.py", NO_JOB_DELETED), planted.asking() as (platform, admin, _):
        handle = secrets.token_hex(6)
        leavers, sids = planting_further._leave(site, place, platform, admin, handle, planted.targets[0].secret)
    report = planted.check("jobs of those who left", further=replace(planted.further, leavers=leavers, sids=sids))
    assert {each.persona for each in report.seen} == {"left", "moved"}


def asked_of_two(planted: Planted) -> Further:
    site, (place, *_) = planted.stood.site, planted.stood.site.institutions
    with planted.asking() as (_, admin, _):
        audited, case = planting_further._question(site, place, admin, secrets.token_hex(6))
    return replace(planted.further, audited=audited, case=case)


EACH_CHAIN = "for chain in [name for name in self._own if name in self._asked] or self._own:"


def test_an_entry_that_every_institution_of_the_asker_keeps_is_seen(planted: Planted) -> None:
    with planted.code("lib/minerva/audit/trail.py", {EACH_CHAIN: "for chain in self._own:"}):
        further = asked_of_two(planted)
    report = planted.check("audit of somebody of two", further=further)
    assert "admin" in {each.persona for each in report.seen}


def test_an_entry_that_the_first_institution_of_the_asker_keeps_is_missed_where_it_was_asked(planted: Planted) -> None:
    with (
        planted.code("lib/minerva/audit/trail.py", {EACH_CHAIN: "for chain in self._own[:1]:"}),
        pytest.raises(RuntimeError, match="left no entry with the one that was asked"),
    ):
        asked_of_two(planted)


def test_a_private_stanza_that_takes_over_a_protected_one_is_seen(
    planted: Planted, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert planted.check("private stanzas").seen == []
    monkeypatch.setattr(Conf, "without_hidden", lambda self, conf, entry, may_read: entry)
    assert planted.check("private stanzas").seen


A_WHILE = "    __import__('time').sleep"
SLOW = {
    # The mark reads the release as a live one before the recall begins, and makes its copies after it.
    "            tokens.register(store, released)\n": (
        f"        {A_WHILE}(8 if copies.planned(store, released) else 0)\n"
        "            tokens.register(store, released)\n"
    ),
    "    informed = readers(store, released)\n": f"{A_WHILE}(4)\n    informed = readers(store, released)\n",
}
NOT_AGAIN = {"ROUNDS = 20": "ROUNDS = 1"}


@pytest.mark.parametrize("mended", [True, False], ids=["which looks again", "which does not"])
def test_a_recall_that_a_slow_mark_undoes_is_seen(planted: Planted, mended: bool) -> None:
    site, (place, *_) = planted.stood.site, planted.stood.site.institutions
    changes = SLOW if mended else {**SLOW, **NOT_AGAIN}
    with planted.code("lib/minerva/sharing/effects.py", changes), planted.asking() as (_, admin, analyst):
        held = {"identifiers": [f"email:{planted.further.recalled}@canary.example"]}
        ((entity,),) = [
            each["entities"] for each in analyst.json(Ask(f"{BASE}/identifiers/lookup", "POST", held))["results"]
        ]
        grant = planting_further._release(place, analyst, admin, entity["entity_id"])
        planting_further._recall_while_marked(site, place, analyst, entity["entity_id"], grant)
    report = planted.check("releases taken back")
    assert report.broken == []
    assert bool(report.seen) is not mended
