"""Rights from roles: indexes, filters, capabilities, objects."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understudy import access
from understudy.access.context import index_matches
from understudy.conf import Conf

ROLES = """
[role_base]
search = enabled
srchIndexesAllowed = base_*
srchFilter = host=h1
srchJobsQuota = 2

[role_north]
importRoles = base;north
query = enabled
srchIndexesAllowed = mnv_n
srchIndexesDefault = mnv_n
srchIndexesDisallowed = _*;main
srchFilter = host=h2

[role_wide]
srchIndexesAllowed = *
srchFilter = sourcetype=x
srchFilterSelecting = false

[role_open]
importRoles = base
srchFilter = *
"""
META = """
[]
access = read : [ * ], write : [ admin ]
[lookups]
access = read : [ north ]
[lookups/closed.csv]
access = read : [ admin ]
[views/shared]
access = read : [ * ], write : [ north ]
"""
INDEXES = ["main", "mnv_n", "mnv_r", "base_1", "_internal"]


@pytest.fixture
def conf(tmp_path: Path) -> Conf:
    folder = tmp_path / "apps" / "a"
    (folder / "default").mkdir(parents=True)
    (folder / "metadata").mkdir()
    (folder / "default" / "authorize.conf").write_text(ROLES, encoding="utf-8")
    (folder / "metadata" / "default.meta").write_text(META, encoding="utf-8")
    return Conf.load(tmp_path)


@pytest.mark.parametrize(
    ("roles", "searchable", "default"),
    [
        pytest.param([], [], [], id="no-role-sees-nothing"),
        pytest.param(["unknown"], [], [], id="unknown-role-grants-nothing"),
        pytest.param(["north"], ["mnv_n", "base_1"], ["mnv_n"], id="import-adds"),
        pytest.param(["wide"], ["main", "mnv_n", "mnv_r", "base_1"], [], id="star-never-reaches-internal"),
        pytest.param(["wide", "north"], ["mnv_n", "mnv_r", "base_1"], ["mnv_n"], id="disallowed-wins-over-any-role"),
        pytest.param(["admin"], INDEXES, ["main"], id="admin"),
    ],
)
def test_indexes(conf: Conf, roles: list[str], searchable: list[str], default: list[str]) -> None:
    rights = access.build(conf, "u", roles)
    assert (rights.searchable(INDEXES), rights.searched_by_default(INDEXES)) == (searchable, default)


def test_capabilities_are_inherited_and_cycles_end(conf: Conf) -> None:
    everybody = access.build(conf, "u", ["wide"]).capabilities or frozenset()
    assert access.build(conf, "u", ["north"]).capabilities == frozenset({"search", "query"}) | everybody
    assert everybody == {"schedule_rtsearch", "run_collect", "run_mcollect", "edit_own_objects", "list_all_objects"}


@pytest.mark.parametrize(
    ("roles", "text"),
    [
        pytest.param(["north"], "((host=h1) OR (host=h2))", id="inherited-filter-selects"),
        pytest.param(["north", "wide"], "((host=h1) OR (host=h2)) (sourcetype=x)", id="eliminating-filter-holds"),
        pytest.param(["open"], "", id="own-star-overrides"),
    ],
)
def test_filters(conf: Conf, roles: list[str], text: str) -> None:
    assert access.build(conf, "u", roles).search_filter == text


@pytest.mark.parametrize(
    ("roles", "category", "name", "read", "write"),
    [
        pytest.param(["wide"], "views", "v", True, False, id="app-open-for-reading"),
        pytest.param(["wide"], "lookups", "l.csv", False, False, id="category-closed"),
        pytest.param(["north"], "lookups", "l.csv", True, False, id="category-open-to-role"),
        pytest.param(["north"], "lookups", "closed.csv", False, False, id="object-closed"),
        pytest.param(["north"], "views", "shared", True, True, id="object-open-for-writing"),
        pytest.param(["admin"], "lookups", "closed.csv", True, True, id="admin-all-objects"),
        pytest.param([], "views", "v", True, False, id="no-role-reads-what-everybody-may"),
    ],
)
def test_objects(conf: Conf, roles: list[str], category: str, name: str, read: bool, write: bool) -> None:
    rights = access.build(conf, "u", roles)
    assert (rights.may_read("a", category, name), rights.may_write("a", category, name)) == (read, write)


def test_private_object_is_refused_to_others(conf: Conf) -> None:
    rights = access.build(conf, "u", ["north"])
    assert rights.may_read("a", "views", "v", "u")
    assert not rights.may_read("a", "views", "v", "other")


@pytest.mark.parametrize(
    ("roles", "quotas"),
    [
        pytest.param(["base"], (2, 86_400 * 100, {"base": 50}), id="own"),
        pytest.param(["base", "wide"], (3, 86_400 * 100, {"base": 50, "wide": 50}), id="widest-role-counts"),
        pytest.param(["brief"], (0, 7200, {"brief": 7}), id="zero-is-no-limit"),
    ],
)
def test_quotas(conf: Conf, roles: list[str], quotas: tuple[int, int, dict[str, int]]) -> None:
    conf.write(
        "authorize",
        "role_brief",
        {"srchJobsQuota": "0", "srchMaxTime": "2hours", "cumulativeSrchJobsQuota": "7"},
        "a",
    )
    rights = access.build(conf, "u", roles)
    assert (rights.quotas["srchJobsQuota"], rights.max_time, rights.cumulative) == quotas


@given(st.lists(st.sampled_from(["base", "north", "wide", "open", "user"]), min_size=1, unique=True), st.data())
def test_removing_a_role_never_adds_an_index_unless_it_disallowed_it(roles: list[str], data: st.DataObject) -> None:
    with_all = fixed(roles)
    less = [role for role in roles if role != data.draw(st.sampled_from(roles))]
    lost_denials = set(with_all.disallowed) - set(fixed(less).disallowed)
    gained = set(fixed(less).searchable(INDEXES)) - set(with_all.searchable(INDEXES))
    assert all(any(index_matches(pattern, name) for pattern in lost_denials) for name in gained)


def fixed(roles: list[str]) -> access.AccessContext:
    """Builds rights over the roles above without touching the disk."""
    from understudy.access import roles as rules
    from understudy.conf import files

    stanzas, _ = files.parse(ROLES.encode(), Path("authorize.conf"))
    stanzas["role_user"] = {"search": "enabled", "srchIndexesAllowed": "*", "srchIndexesDefault": "main"}

    class Fixed:
        def stanzas(self, name: str) -> files.Stanzas:
            return stanzas if name == "authorize" else {}

    assert rules.names(Fixed()) != []  # type: ignore[arg-type]  # only stanzas() is asked
    return access.build(Fixed(), "u", roles)  # type: ignore[arg-type]  # only stanzas() is asked


def test_the_system_user_has_what_its_role_imports_and_no_capability_of_an_app(conf: Conf) -> None:
    system = access.system_user(conf)
    assert system.roles == ("splunk-system-role", "admin", "power", "user")
    assert system.capabilities == access.build(conf, "u", ["admin"]).capabilities
    assert not system.may("query")
    assert system.searchable(INDEXES) == INDEXES
    conf.write("authorize", "role_admin", {"query": "enabled"}, "a")
    assert access.system_user(conf).may("query")
