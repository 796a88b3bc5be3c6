"""Secrets are made once for all search heads, also where two ask at once or one is behind."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from minerva.tenancy.installation_secrets import CLAIM_S, SecretError, installation_secret
from tests.app.lagging import Cluster, Member

NOW = 1_700_000_000.0


class Heads:
    """Two search heads: each reads its own password store, which shows the other's entries after some pauses."""

    def __init__(self, cluster: Cluster, arrives: int) -> None:
        self.cluster, self.arrives = cluster, arrives
        self.held: list[dict[str, str]] = [{}, {}]
        self.on_the_way: list[tuple[int, int, str, str]] = []
        self.pauses, self.now = 0, NOW
        self.numbers = count(1)

    def wait(self, seconds: float) -> None:
        self.pauses += 1
        self.cluster.wait(seconds)
        for due, head, name, text in self.on_the_way:
            if self.pauses >= due:
                self.held[head].setdefault(name, text)

    def ask(self, head: int, name: str = "release") -> str:
        claims: Member = self.cluster.member(head, ["refresh"])["refresh"]
        return installation_secret(
            name, Shelf(self, head), claims, lambda: f"{next(self.numbers):064x}", lambda: self.now, self.wait
        )


class Shelf:
    """The password store of one head."""

    def __init__(self, heads: Heads, head: int) -> None:
        self.heads, self.head = heads, head

    def read(self, name: str) -> str | None:
        return self.heads.held[self.head].get(name)

    def write(self, name: str, text: str) -> None:
        self.heads.held[self.head].setdefault(name, text)
        self.heads.on_the_way.append((self.heads.pauses + self.heads.arrives, 1 - self.head, name, text))


@pytest.fixture(params=[0, 2], ids=["in step", "behind"])
def heads(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Heads]:
    cluster = Cluster(tmp_path, request.param)
    yield Heads(cluster, arrives=3)
    cluster.close()


def test_two_heads_have_one_secret(heads: Heads) -> None:
    assert heads.ask(0) == heads.ask(1) == heads.ask(0)
    assert heads.held[0] == heads.held[1]


def test_names_have_secrets_of_their_own(heads: Heads) -> None:
    assert heads.ask(0, "release") != heads.ask(0, "audit")


def test_secret_that_does_not_arrive_is_not_made_again(heads: Heads) -> None:
    heads.arrives = 10_000
    first = heads.ask(0)
    with pytest.raises(SecretError, match="not here yet"):
        heads.ask(1)
    assert heads.held[1] == {}
    assert heads.ask(0) == first


def test_secret_of_the_time_before_claims_stays(heads: Heads) -> None:
    heads.held = [{"release": "ab" * 32}, {"release": "ab" * 32}]
    assert heads.ask(1) == heads.ask(0) == "ab" * 32


def test_heads_that_hold_different_ones_are_told_apart(heads: Heads) -> None:
    heads.held = [{"release": "ab" * 32}, {"release": "cd" * 32}]
    assert heads.ask(0) == "ab" * 32
    with pytest.raises(SecretError, match="not the installation's"):
        heads.ask(1)


def test_claim_of_a_process_that_died_is_made_again(heads: Heads) -> None:
    claims = heads.cluster.member(0, ["refresh"])["refresh"]
    claims.insert({"_key": "secret:release:0", "kind": "secret", "digest": "0" * 64, "since": NOW})
    heads.cluster.settle()
    with pytest.raises(SecretError):
        heads.ask(1)
    heads.now += CLAIM_S + 1
    assert heads.ask(1) == heads.ask(0)


def test_head_that_misses_an_old_secret_makes_no_other(heads: Heads) -> None:
    heads.arrives = 10_000
    first = heads.ask(0)
    heads.now += 30 * CLAIM_S
    with pytest.raises(SecretError, match="not here yet"):
        heads.ask(1)
    assert heads.ask(0) == first


def test_maker_that_was_given_up_does_not_use_what_it_made(heads: Heads) -> None:
    claims = heads.cluster.member(0, ["refresh"])["refresh"]
    claims.insert({"_key": "secret:release:0", "kind": "secret", "digest": digest("ab" * 32), "since": NOW})
    claims.insert({"_key": "secret:release:0:end", "kind": "secret", "how": "given up"})
    heads.held[0]["release"] = "ab" * 32
    heads.cluster.settle()
    with pytest.raises(SecretError, match="not the installation's"):
        heads.ask(0)


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
