"""Institutions as facts: presets, groups, suspension, and changes of the file in one call each."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from assembly.conf_read import read_conf
from assembly.facts import FactError
from assembly.lint import lint_app
from assembly.paths import ROOT
from assembly.tenant_facts import read_tenant_facts
from assembly.tenants import SLOTS, emit_tenants_app, main, too_many
from minerva.policy import PROFILES, Action, Object, Subject, decide
from minerva.policy.installation import read_installation

FILE = """\
# Institutions of a test.
groups:
  - id: ring
    label: Lead exchange
  - id: old
    label: Closed circle
    state: closed
tenants:
  - id: northfield
    label: Northfield police unit   # the first
    groups: [ring, old]
    quotas: {jobs: 4, disk_mb: 100}
    region: GB

  - id: riverbank
    label: Riverbank shelter network
    kind: ngo
    groups: [ring]
  - id: harbor
    label: Harbor freight
    kind: company
    retention_days: 90
  - id: lakeside
    label: Lakeside university
    kind: university
    groups: [ring]
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "tenants.yml"
    path.write_text(FILE, encoding="utf-8")
    return path


def emitted(file: Path) -> dict[str, dict[str, dict[str, str]]]:
    app = emit_tenants_app(file, file.parent / "apps")
    assert lint_app(app) == []
    return {path.stem: read_conf(path) for path in (app / "default").glob("*.conf")}


@pytest.fixture(autouse=True)
def apps(tmp_path: Path) -> None:
    (tmp_path / "apps").mkdir()


def may_read(confs: dict[str, dict[str, dict[str, str]]], tenant: str) -> bool:
    subject = Subject("x", frozenset([f"minerva_{tenant}_analyst"]), frozenset(["minerva_query"]))
    context = read_installation(confs["minerva_tenants"])
    return decide(subject, Action.READ, Object(tenant), "infrastructure", context).permits


def test_presets_fill_what_an_entry_leaves_out(file: Path) -> None:
    table = emitted(file)["minerva_tenants"]
    assert (table["northfield"]["match"], table["northfield"]["profile"]) == ("groups", "none")
    assert (table["riverbank"]["match"], table["riverbank"]["profile"]) == ("none", "vawa_voca")
    assert table["lakeside"]["partner_role"] == ""
    assert (table["northfield"]["region"], table["lakeside"]["region"]) == ("GB", "")
    assert {settings["profile"] for settings in table.values() if "index" in settings} <= set(PROFILES)


def test_only_analysts_of_an_open_groups_members_who_read_there_search_its_index(file: Path) -> None:
    confs = emitted(file)
    ring, old = (group.index for group in read_tenant_facts(file).groups)
    assert {ring, old} <= set(confs["indexes"])
    readers = {name for name, role in confs["authorize"].items() if ring in role["srchIndexesAllowed"].split(";")}
    assert readers == {f"role_minerva_{name}_analyst" for name in ("northfield", "riverbank")} | {
        "role_minerva_service"
    }
    assert not any(old in role["srchIndexesAllowed"] for role in confs["authorize"].values())
    assert confs["minerva_tenants"]["northfield"]["groups"] == "ring"


def test_copies_of_others_are_for_analysts_and_gone_after_thirty_days(file: Path) -> None:
    confs = emitted(file)
    table = confs["minerva_tenants"]
    copies = [table["riverbank"]["summary_index"], table["group:ring"]["shelf"], table["community"]["shelf"]]
    assert {confs["indexes"][name]["frozenTimePeriodInSecs"] for name in copies} == {str(30 * 86_400)}
    for who, seen in (("analyst", copies), ("admin", []), ("partner", [])):
        allowed = confs["authorize"][f"role_minerva_riverbank_{who}"]["srchIndexesAllowed"].split(";")
        assert [name for name in copies if name in allowed] == seen
    university = confs["authorize"]["role_minerva_lakeside_analyst"]["srchIndexesAllowed"].split(";")
    assert [name for name in copies if name in university] == ["mnv_community"]
    context = read_installation(table)
    assert (context.groups["ring"].index, context.community_index) == (copies[1], "mnv_community")
    assert context.tenants["lakeside"].shelves == {"community"}
    assert context.tenants["riverbank"].summary_index == copies[0]


def test_every_role_has_own_indexes_quotas_and_no_inheritance(file: Path) -> None:
    confs = emitted(file)
    for name, role in confs["authorize"].items():
        assert "importRoles" not in role
        assert "srchFilter" not in role
        assert role["srchIndexesDisallowed"] == "_*;main"
        # Splunk's [default] gives them to each role that does not say otherwise.
        assert {role["run_collect"], role["run_mcollect"], role["schedule_rtsearch"]} == {"disabled"}
        without_web = name.endswith(("_partner", "_intake", "_unassigned"))
        kept = None if not without_web else "disabled"
        assert (role.get("edit_own_objects"), role.get("list_all_objects")) == (kept, kept)
        assert all(int(role[key]) > 0 for key in role if key.endswith("Quota"))
        assert ("search" in role) == (not without_web)
    assert confs["authorize"]["role_minerva_northfield_analyst"]["srchJobsQuota"] == "4"
    assert "minerva_administer" not in confs["authorize"]["role_minerva_northfield_analyst"]


def test_the_page_administration_is_for_administrators_and_other_permissions_stay(file: Path) -> None:
    meta = file.parent / "apps" / "minerva_app" / "metadata" / "local.meta"
    meta.parent.mkdir(parents=True)
    meta.write_text("[views/overview]\naccess = read : [ * ]\nversion = 9.4\n", encoding="utf-8")
    for _ in range(2):
        emitted(file)
    held = read_conf(meta)
    assert held["views/overview"] == {"access": "read : [ * ]", "version": "9.4"}
    read = held["views/administration"]["access"]
    assert "minerva_northfield_admin" in read
    assert "*" not in read
    assert "analyst" not in read
    assert main(["suspend", str(file), "northfield", "--into", str(file.parent / "apps")]) == 0
    assert "minerva_northfield_admin" not in read_conf(meta)["views/administration"]["access"]


def test_the_role_of_inputs_asks_the_handler_and_reaches_no_index(file: Path) -> None:
    confs = emitted(file)
    for name in ("northfield", "lakeside"):
        role = confs["authorize"][f"role_{confs['minerva_tenants'][name]['intake_role']}"]
        assert [key for key, value in role.items() if value == "enabled"] == ["minerva_query"]
        assert role["srchIndexesAllowed"] == ""
    context = read_installation(confs["minerva_tenants"])
    assert context.tenants["harbor"].takes_in(frozenset(["minerva_harbor_intake"]))
    assert not context.tenants["harbor"].takes_in(frozenset(["minerva_lakeside_intake"]))


def test_indexes_carry_retention_and_the_cloud_list_names_each(file: Path) -> None:
    confs = emitted(file)
    table = confs["minerva_tenants"]
    assert confs["indexes"][table["harbor"]["index"]]["frozenTimePeriodInSecs"] == str(90 * 86_400)
    requests = json.loads((file.parent / "apps" / "minerva_tenants.acs.json").read_text(encoding="utf-8"))
    assert [request["body"]["name"] for request in requests] == list(confs["indexes"])
    assert len(set(confs["indexes"])) == 11
    assert {index["repFactor"] for index in confs["indexes"].values()} == {"auto"}, "docs/install-on-splunk.md says so"


def test_suspending_takes_roles_searches_and_answers_and_resuming_gives_them_back(file: Path) -> None:
    before, first = file.read_text(encoding="utf-8"), emitted(file)
    assert may_read(first, "riverbank")
    assert main(["suspend", str(file), "riverbank", "--into", str(file.parent / "apps")]) == 0
    confs = emitted(file)
    assert not may_read(confs, "riverbank")
    assert not any("riverbank" in name for conf in ("authorize", "savedsearches") for name in confs[conf])
    assert (
        confs["minerva_tenants"]["riverbank"]["index"]
        not in confs["authorize"]["role_minerva_service"]["srchIndexesAllowed"]
    )
    assert confs["indexes"] == first["indexes"]
    assert main(["resume", str(file), "riverbank"]) == 0
    assert emitted(file) == first
    assert [
        line for line in file.read_text(encoding="utf-8").splitlines() if "state: active" not in line
    ] == before.splitlines()


def test_a_retired_institution_does_not_come_back(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["retire", str(file), "harbor"]) == 0
    assert main(["resume", str(file), "harbor"]) == 1
    assert "harbor is retired" in capsys.readouterr().err


def test_creating_adds_one_entry_that_can_be_emitted(file: Path) -> None:
    arguments = ["create", str(file), "westport", "--label", "Westport: harbor unit", "--kind", "government"]
    assert main([*arguments, "--group", "ring"]) == 0
    assert file.read_text(encoding="utf-8").startswith(FILE)
    made = read_tenant_facts(file).tenants[-1]
    assert (made.id, made.label, made.kind, made.groups) == (
        "westport",
        "Westport: harbor unit",
        "government",
        ["ring"],
    )
    assert may_read(emitted(file), "westport")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["suspend", "FILE", "nobody"], "no institution nobody; there are: northfield"),
        (["create", "FILE", "harbor", "--label", "x", "--kind", "ngo"], "harbor is there already"),
        (["create", "FILE", "x", "--label", "x", "--kind", "ngo", "--group", "moon"], "'moon' is not among the groups"),
        (["create", "FILE", "No", "--label", "x", "--kind", "ngo"], "id 'No'"),
        (["create", "FILE", "x", "--label", "x", "--kind", "ngo", "--profile", "kind"], "'kind' is none of none"),
    ],
)
def test_what_cannot_be_leaves_the_file_as_it_was(
    file: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    assert main([str(file) if each == "FILE" else each for each in arguments]) == 1
    assert words in capsys.readouterr().err
    assert file.read_text(encoding="utf-8") == FILE


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("jobs: 4", "jobs: 0", "0 means unlimited"),
        ("groups: [ring, old]", "groups: [ring, ring]", "occurs twice"),
        ("kind: ngo", "kind: church", "'church' is none of"),
        ("region: GB", "region: England", "expected a two-letter country code"),
        ("  - id: old\n", "  - id: ring\n", "ring occurs twice"),
    ],
)
def test_a_wrong_file_is_refused(file: Path, old: str, new: str, words: str) -> None:
    file.write_text(FILE.replace(old, new), encoding="utf-8")
    with pytest.raises(FactError, match=words):
        read_tenant_facts(file)


def test_the_demos_files_can_be_read() -> None:
    for path in (ROOT / "demo").glob("*tenants.yml"):
        assert read_tenant_facts(path).tenants


def test_no_scheduled_search_takes_part_of_an_index_for_the_whole(file: Path) -> None:
    searches = {**emitted(file)["savedsearches"], **read_conf(ROOT / "minerva_app" / "default" / "savedsearches.conf")}
    assert len(searches) > 10
    assert {settings["dispatch.allow_partial_results"] for settings in searches.values()} == {"false"}


def started(cron: str) -> set[int]:
    """Minutes of an hour in which a search begins."""
    minutes, hour = cron.split()[:2]
    first, _, step = minutes.partition("-59/")
    assert (hour == "*") == bool(step)
    return set(range(int(first), 60, int(step))) if step else {int(minutes)}


def test_tenants_take_turns_and_their_nightly_search_meets_none_of_their_own(file: Path) -> None:
    searches = emitted(file)["savedsearches"]
    begun: dict[str, list[set[int]]] = {}
    for name, settings in searches.items():
        tenant = name.rpartition(" - ")[2]
        if tenant in {each.id for each in read_tenant_facts(file).tenants}:
            begun.setdefault(tenant, []).append(started(settings["cron_schedule"]))
    assert [len(each) for each in begun.values()] == [6, 6, 6, 6]
    for each in begun.values():
        assert len(set().union(*each)) == sum(map(len, each))
    assert len({min(keep) for keep, *_ in begun.values()}) == 4
    nights = [searches[f"Minerva - link everything anew - {name}"]["cron_schedule"] for name in begun]
    assert len(set(nights)) == 4
    assert {night.split()[1] for night in nights} <= {"2", "3"}


def test_what_runs_once_a_night_is_not_left_out_where_it_finds_no_place(file: Path) -> None:
    confs = emitted(file)
    assert confs["authorize"]["role_minerva_service"]["edit_search_schedule_window"] == "enabled"
    for name, settings in confs["savedsearches"].items():
        waits = settings.get("realtime_schedule") == "0" or int(settings.get("schedule_window", 0)) >= 60
        assert waits == ("/5" not in settings["cron_schedule"]), name
        # Three runs in a row that do not find a record take it away: they are to be three nights.
        assert not ("link everything" in name and "realtime_schedule" in settings)


def test_a_tenant_keeps_its_minutes_while_another_is_suspended(file: Path) -> None:
    name = "Minerva - watch list - lakeside"
    before = emitted(file)["savedsearches"][name]
    assert main(["suspend", str(file), "northfield"]) == 0
    assert emitted(file)["savedsearches"][name] == before


def test_more_tenants_than_a_search_head_has_places_for_are_told(tmp_path: Path) -> None:
    file = tmp_path / "many.yml"
    for number, told in ((18, 0), (19, 1), (500, 1)):
        lines = "".join(f"  - {{id: t{each}, label: T}}\n" for each in range(number))
        file.write_text(f"tenants:\n{lines}", encoding="utf-8")
        found = too_many(read_tenant_facts(file))
        assert len(found) == told
        begun = Counter(
            at
            for settings in emitted(file)["savedsearches"].values()
            if "/5" in settings["cron_schedule"]
            for at in started(settings["cron_schedule"])
        )
        assert (max(begun.values()) > SLOTS) == bool(told)
    assert f"up to {max(begun.values())} searches begin in one minute" in found[0]


def test_the_service_may_run_all_its_searches_at_once(tmp_path: Path) -> None:
    file = tmp_path / "many.yml"
    file.write_text("tenants:\n" + "".join(f"  - {{id: t{each}, label: T}}\n" for each in range(30)), encoding="utf-8")
    confs = emitted(file)
    role = confs["authorize"]["role_minerva_service"]
    assert int(role["srchJobsQuota"]) >= len(confs["savedsearches"]) > 90
    assert int(role["cumulativeSrchJobsQuota"]) >= len(confs["savedsearches"])


def test_people_can_open_pages_change_their_password_and_export(file: Path) -> None:
    roles = emitted(file)["authorize"]
    wanted = {"rest_properties_get", "change_own_password", "export_results_is_visible"}
    for name, role in roles.items():
        held = wanted & {key for key, value in role.items() if value == "enabled"}
        assert held == (wanted if name.endswith(("_analyst", "_admin")) else set())
