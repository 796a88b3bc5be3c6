"""The check of the set-up: a search head that keeps what it writes for itself is told of."""

from __future__ import annotations

from dataclasses import replace

import pytest

from minerva.administration.set_up import BULLETIN, forwarding
from minerva.tenancy.directory import Forwarding
from tests.administration.house import House
from tests.sharing.desk import SERVICE, who

GROUP = {"server": "idx1.example.org:9997, idx2.example.org:9997"}
SENDS = {"tcpout": {"defaultGroup": "indexers"}, "tcpout:indexers": GROUP}


@pytest.mark.parametrize(
    ("peers", "outputs", "state", "words"),
    [
        pytest.param(0, {}, "ok", "no search peers", id="one splunkd"),
        pytest.param(2, SENDS, "ok", "is forwarded", id="forwards"),
        pytest.param(2, {"tcpout:indexers": GROUP}, "ok", "is forwarded", id="no default group"),
        pytest.param(
            2,
            {"tcpout": {"defaultGroup": "found"}, "tcpout:found": {"indexerDiscovery": "cluster"}},
            "ok",
            "is forwarded",
            id="indexer discovery",
        ),
        pytest.param(2, {}, "warning", "forwards nothing", id="no outputs"),
        pytest.param(
            2, {"tcpout": {"defaultGroup": "other"}, "tcpout:indexers": GROUP}, "warning", "nothing", id="typo"
        ),
        pytest.param(2, {**SENDS, "tcpout": {"disabled": "true"}}, "warning", "forwards nothing", id="switched off"),
        pytest.param(
            2,
            {**SENDS, "tcpout": {"defaultGroup": "indexers", "indexAndForward": "true"}},
            "warning",
            "finds its own events twice",
            id="keeps copies",
        ),
        pytest.param(2, {**SENDS, "indexAndForward": {"index": "1"}}, "warning", "twice", id="keeps copies, 2"),
    ],
)
def test_forwarding_is_judged_by_outputs_conf(
    peers: int, outputs: dict[str, dict[str, str]], state: str, words: str
) -> None:
    found = forwarding(Forwarding(peers, outputs))
    assert found["state"] == state
    assert words in found["message"]


def test_the_service_learns_what_is_missing_and_the_messages_say_it_until_it_is_there() -> None:
    house = House()
    house.users.sent = Forwarding(3, {})
    findings = house.good(SERVICE, "check_set_up")["findings"]
    assert [(finding["check"], finding["state"]) for finding in findings] == [
        ("forwarding", "warning"),
        ("indexes", "warning"),
        ("duties", "ok"),
        ("tokens", "ok"),
    ]
    assert "indexAndForward = false" in house.users.announced[BULLETIN]
    assert "t_river" not in house.users.announced[BULLETIN]  # that one is known
    assert "t_north" in house.users.announced[BULLETIN]
    house.users.sent = Forwarding(3, SENDS)
    house.users.retention = {f"{kind}_{name}": 86_400 for name in house.context.tenants for kind in "ts"}
    assert {finding["state"] for finding in house.good(SERVICE, "check_set_up")["findings"]} == {"ok"}
    assert house.users.announced[BULLETIN] == ""


def test_a_duty_that_was_left_out_for_days_is_told_until_it_is_done() -> None:
    house = House()

    def found() -> dict[str, str]:
        return next(each for each in house.good(SERVICE, "check_set_up")["findings"] if each["check"] == "duties")

    assert found()["state"] == "ok"  # nothing was due yet
    house.now += 3 * 86_400
    assert found()["message"].startswith("the service has not ended in time: rerelease (3 days), purge (3 days).")
    assert "purge (3 days)" in house.users.announced[BULLETIN]
    for duty in ("rerelease", "purge"):
        house.good(SERVICE, duty)
    assert found()["state"] == "ok"
    house.now += 8 * 86_400
    assert "publish_counts (11 days)" in found()["message"]
    house.good(SERVICE, "publish_counts")
    house.good(SERVICE, "publish_counts")
    assert "publish_counts" not in found()["message"]


def test_a_token_of_inputs_that_ends_soon_is_told_before_it_does() -> None:
    house = House()
    tenant = next(iter(house.context.tenants))
    institution = replace(house.context.tenants[tenant], intake_role="an_intake")
    house.context = replace(house.context, tenants={**house.context.tenants, tenant: institution})
    house.users.add("collector", "an_intake", tokens=2)
    house.users.add("nora", "somebody", tokens=1)

    def found() -> dict[str, str]:
        return next(each for each in house.good(SERVICE, "check_set_up")["findings"] if each["check"] == "tokens")

    def ends(*days: float) -> None:
        times = [house.now + each * 86_400 if each else 0 for each in days]
        held = house.users.given["collector"]
        house.users.given["collector"] = [replace(one, expires=at) for one, at in zip(held, times, strict=True)]

    ends(5, 13)
    house.users.given["nora"] = [replace(house.users.given["nora"][0], expires=house.now + 1)]
    assert "collector (13 days)." in found()["message"]
    assert "collector (13 days)" in house.users.announced[BULLETIN]
    assert "nora" not in found()["message"]
    for days in ((5, 15), (5, 0)):  # the new one is there; one never ends
        ends(*days)
        assert found()["state"] == "ok"


def test_people_and_programs_are_not_told() -> None:
    house = House()
    assert house.asked(who("river"), "check_set_up")[0] == 404
    assert house.users.announced == {}
