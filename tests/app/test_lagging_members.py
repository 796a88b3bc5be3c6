"""Search head clusters: what is written through one member is done once and done whole, though reads are behind."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from minerva.audit import AuditError, Ledger, Trail, verify
from minerva.documents import find_all
from minerva.policy import Context
from minerva.tenancy.asking import Store
from minerva.tenancy.rebuild.link_run import link_all, link_new
from minerva.tenancy.rebuild.refresh import PAUSES, SECONDS, LeaseError, Refresh
from tests.app.lagging import Cluster
from tests.app.splunkd_double import KEY, TENANTS, Desk
from tests.app.test_refresh import AFTER, BEFORE, NEW, judged, refreshed, seen

TENANT, NOW = "northfield", 1_700_000_000.0
NAMES = ("entities", "members", "redirects", "watchlist", "judgements", "audit", "refresh", "postings")
BEHIND = (0, 1, 3, len(PAUSES))


@pytest.fixture(params=BEHIND, ids=lambda behind: f"{behind} writes behind")
def cluster(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Cluster]:
    made = Cluster(tmp_path, request.param)
    filled(made)
    yield made
    made.close()


def filled(cluster: Cluster) -> None:
    """Writes as much as the members are behind, so that they show nothing of what comes next."""
    for number in range(cluster.behind):
        cluster.member(0, NAMES)["watchlist"].batch_save([{"_key": f"other {number}", "tenant_id": "other"}])


def on(cluster: Cluster, number: int) -> Refresh:
    return Refresh(TENANT, cluster.member(number, NAMES), cluster.wait)


class MemberDesk(Desk):
    """The handler on one member."""

    def __init__(self, cluster: Cluster, number: int) -> None:
        super().__init__()
        self.cluster = cluster
        self.collections = cluster.member(number, NAMES)  # type: ignore[assignment]  # of another kind, same protocol

    def store(self, subject: Any) -> Store:
        ledger = Ledger(self.collections["audit"], KEY, wait=self.cluster.wait)
        return Store(
            subject,
            Context(TENANTS),
            self.collections,
            lambda: self.now,
            lambda *event: self.events.append(event),
            Trail(ledger, KEY),
            wait=self.cluster.wait,
        )


def test_lease_that_was_taken_holds_at_once(cluster: Cluster) -> None:
    running = on(cluster, 0)
    lease = running.take("one", NOW)
    assert (lease["number"], lease["owner"], lease["expires"]) == (1, "one", NOW + SECONDS)
    running.hold(lease["number"], NOW + 30)
    running.hold(lease["number"], NOW + 60)


def test_second_writer_is_refused_wherever_it_asks(cluster: Cluster) -> None:
    on(cluster, 0).take("one", NOW)
    with pytest.raises(LeaseError):
        on(cluster, 1).take("two", NOW + 1)


def test_writer_that_was_overtaken_is_refused(cluster: Cluster) -> None:
    first = on(cluster, 0)
    number = first.take("one", NOW)["number"]
    second = on(cluster, 1).take("two", NOW + SECONDS + 1)
    assert second["number"] > number
    cluster.settle()
    with pytest.raises(LeaseError):
        first.hold(number, NOW + SECONDS + 2)


def test_lease_that_was_renewed_is_not_overtaken_by_a_member_that_is_behind(cluster: Cluster) -> None:
    first = on(cluster, 0)
    number = first.take("one", NOW)["number"]
    cluster.settle()
    first.hold(number, NOW + 40)
    with pytest.raises(LeaseError):
        on(cluster, 1).take("two", NOW + SECONDS + 1)
    first.hold(number, NOW + SECONDS + 2)


@pytest.mark.parametrize(("link", "rows"), [(link_all, AFTER), (link_new, NEW)], ids=["everything", "what is new"])
def test_refreshes_store_the_same_entities_as_on_one_search_head(cluster: Cluster, link: Any, rows: Any) -> None:
    def run(desks: list[Desk], settle: Any) -> str:
        for number, (batch, way) in enumerate([(BEFORE, link_all), (rows, link), (BEFORE, link_all), (rows, link)]):
            if number == 1:
                judged(desks[0])
                settle()
            refreshed(desks[number % len(desks)], batch, f"run {number}", way)
            settle()
        return seen(desks[0])

    alone = Desk()
    assert run([MemberDesk(cluster, 0), MemberDesk(cluster, 1)], cluster.settle) == run([alone], lambda: None)
    left = [row for row in find_all(cluster.member(0, NAMES)["refresh"], {}) if row["kind"] == "before"]
    assert left == []


def test_audit_entries_of_several_members_make_one_chain(cluster: Cluster) -> None:
    writers = [Ledger(cluster.member(number, NAMES)["audit"], KEY, wait=cluster.wait) for number in (0, 1)]
    for number in range(12):
        writers[number % 2].append(("north", "south")[number // 2 % 2], {"time": number})
    cluster.settle()
    verdict = verify(find_all(cluster.member(0, NAMES)["audit"], {}), KEY)
    assert verdict.broken is None
    assert [verdict.entries[name] for name in ("north", "south")] == [6, 6]


def test_member_too_far_behind_stores_nothing_and_gives_the_lease_back(tmp_path: Path) -> None:
    cluster = Cluster(tmp_path, len(PAUSES) + 5)
    filled(cluster)
    with pytest.raises(LeaseError, match="behind its cluster"):
        on(cluster, 0).take("one", NOW)
    cluster.settle()
    assert on(cluster, 1).take("two", NOW + 1)["number"] == 2
    cluster.close()


def test_audit_of_a_member_that_never_catches_up_fails_after_its_tries(tmp_path: Path) -> None:
    cluster = Cluster(tmp_path, 100)
    Ledger(cluster.member(0, NAMES)["audit"], KEY, wait=cluster.wait).append("north", {"time": 1})
    late = Ledger(cluster.member(1, NAMES)["audit"], KEY, wait=lambda seconds: None)
    with pytest.raises(AuditError):
        late.append("north", {"time": 2})
    cluster.close()
