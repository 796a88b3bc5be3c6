"""Partners' programs at work: clients of the partner API on the stand-in, their errors and waiting times.

    .venv/bin/python -m benchmarks.partner_load [--clients 50] [--minutes 10] [--records 2000] [--think 2.0]
        [--closed 20] [--seed 1]

How requests arrive: each client waits for its answer, then pauses, `think` seconds on average (exponential), as a
program does that works through cases; clients begin at chance within the first five pauses. The bounds are held to
that. After it, for `closed` seconds, the same clients ask without any pause: that figure is the machine's capacity and
the waiting at full load, has no bound, and is printed so that nobody takes the first for it.

Prints requests, errors, and median and 95th percentile of each operation in wall-clock milliseconds, beside the same
clients' `server/info` (what HTTP and the session cost by themselves); then the policy's decision alone, in CPU time.
Exit code 1 if a request failed or a percentile is over its bound. It measures the stand-in on this machine, not Splunk.
"""

from __future__ import annotations

import argparse
import random
import secrets
import shutil
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import requests

from assembly.packages.stage import stage_apps
from assembly.paths import ROOT, TENANTS_APP
from assembly.tenants import Tenant, emit_tenants_app, read_tenants
from minerva.partner.registry import BASE
from minerva.policy import Action, Context, Object, Subject, decide
from minerva.policy import Tenant as PolicyTenant
from minerva.policy.vocabulary import INFRASTRUCTURE
from understudy.stage import Stage

TENANTS_FILE = ROOT / "leaks" / "tenants.yml"
LOOK_UP_BOUND_MS, DECISION_BOUND_MS = 500.0, 5.0
LOOK_UPS = ("lookUpIdentifiers", "getEntity", "listEntities")


def percentile(values: list[float], share: float) -> float:
    """The value below which `share` of the values lie (nearest rank)."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


@contextmanager
def serving(home: Path, clients: int, records: int) -> Iterator[tuple[str, list[tuple[str, str]], list[str]]]:
    """Yields (url, one (user, password) per client, phones that stored records hold), records linked."""
    shutil.rmtree(home, ignore_errors=True)
    (home / "staged").mkdir(parents=True)
    stage = Stage(home / "splunk", rest_port=0)
    for app in (*stage_apps(home / "staged"), emit_tenants_app(TENANTS_FILE, home / "staged")):
        stage.install(app)
    tenants = [tenant for tenant in read_tenants(TENANTS_FILE) if tenant.state == "active"]
    stage.create_user("minerva_service", secrets.token_urlsafe(9), ["minerva_service"])
    for tenant in tenants:
        free = {"api_user_per_minute": "1000000", "api_tenant_per_minute": "1000000"}
        stage.conf.write("minerva_tenants", tenant.id, free, TENANTS_APP)
    people = [_client(stage, number, tenants[number % len(tenants)]) for number in range(clients)]
    stage.start()
    try:
        url = f"http://127.0.0.1:{stage.rest_port}"
        phones = [f"+1415555{number:04d}" for number in range(max(1, records // 3))]
        for who in people[: len(tenants)]:
            _fill(url, who, phones, records)
        stage.run_schedules((time.time() // 300 + 1) * 300)
        yield url, people, phones
    finally:
        stage.stop()


def _client(stage: Stage, number: int, tenant: Tenant) -> tuple[str, str]:
    user, password = f"program_{number}", secrets.token_urlsafe(9)
    stage.create_user(user, password, [tenant.partner_role])
    return user, password


def _fill(url: str, who: tuple[str, str], phones: list[str], records: int) -> None:
    rows = [
        {"record_type": "ad", "source": "load", "key": str(number), "phones": [phones[number % len(phones)]],
         "text": f"advert number {number}", "country": "US"}
        for number in range(records)
    ]  # fmt: skip
    with _session(url, who) as session:
        for at in range(0, records, 500):
            body = {"records": rows[at : at + 500]}
            session.post(f"{url}{BASE}/records/bulk", json=body, timeout=300).raise_for_status()


def _session(url: str, who: tuple[str, str]) -> requests.Session:
    """A session that has logged in: programs send a token, not a password with each request."""
    session = requests.Session()
    session.trust_env = False
    form = {"username": who[0], "password": who[1], "output_mode": "json"}
    reply = session.post(f"{url}/services/auth/login", data=form, timeout=300)
    reply.raise_for_status()
    session.headers["Authorization"] = f"Splunk {reply.json()['sessionKey']}"
    return session


class Client:
    """One program, logged in: `work` asks until a moment, `think` seconds on average between requests."""

    def __init__(self, url: str, who: tuple[str, str], phones: list[str], seed: str) -> None:
        self._url, self._phones = url, phones
        self._session = _session(url, who)
        self._chance = random.Random(seed)
        self.times: dict[str, list[float]] = {}
        self.errors: Counter[str] = Counter()
        self._entities: list[str] = []

    def work(self, think: float, until: float) -> None:
        """`until` in monotonic seconds. What was measured before is forgotten."""
        self.times, self.errors = {}, Counter()
        time.sleep(self._chance.uniform(0, 5 * think))
        with self._session as session:
            while time.monotonic() < until:
                name, method, path, body = self._next()
                started = time.perf_counter()
                try:
                    reply = session.request(method, self._url + path, json=body, timeout=60)
                    status = reply.status_code
                except requests.RequestException as error:
                    self.errors[f"{name}: {type(error).__name__}"] += 1
                    continue
                self.times.setdefault(name, []).append((time.perf_counter() - started) * 1000)
                if not 200 <= status < 300:
                    self.errors[f"{name}: {status}"] += 1
                elif name == "listEntities":
                    self._entities = [row["entity_id"] for row in reply.json()["entities"]]
                time.sleep(self._chance.expovariate(1 / think) if think else 0)

    def _next(self) -> tuple[str, str, str, Any]:
        draw = self._chance.random()
        if draw < 0.05 or not self._entities:
            return "listEntities", "GET", f"{BASE}/entities?limit=20", None
        if draw < 0.10:
            return "server/info (baseline)", "GET", "/services/server/info?output_mode=json", None
        if draw < 0.80:
            phones = [f"phone:{self._chance.choice(self._phones)}" for _ in range(self._chance.choice((1, 1, 1, 5)))]
            return "lookUpIdentifiers", "POST", f"{BASE}/identifiers/lookup", {"identifiers": phones}
        if draw < 0.95:
            return "getEntity", "GET", f"{BASE}/entities/{self._chance.choice(self._entities)}", None
        row = {"record_type": "ad", "source": "load", "key": secrets.token_hex(8), "text": "a new advert"}
        return "submitRecord", "POST", f"{BASE}/records", row


def decision_ms(rounds: int = 20_000) -> list[float]:
    """CPU milliseconds of single decisions of the policy, own and foreign in turn."""
    tenants = {
        name: PolicyTenant(name, f"i_{name}", f"{name}_a", f"{name}_d", partner_role=f"{name}_p") for name in "abc"
    }
    context, subject = Context(tenants), Subject("u", frozenset({"a_p"}), frozenset({"minerva_query"}))
    found = []
    for number in range(rounds):
        started = time.process_time_ns()
        decide(subject, Action.READ, Object("abc"[number % 3]), INFRASTRUCTURE, context)
        found.append((time.process_time_ns() - started) / 1e6)
    return found


def main(arguments: list[str]) -> int:
    """Returns 1 on a failed request or a percentile over its bound."""
    parser = argparse.ArgumentParser(prog="benchmarks.partner_load")
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--records", type=int, default=2000, help="stored records of each institution")
    parser.add_argument("--think", type=float, default=2.0, help="seconds between a client's requests, on average")
    parser.add_argument("--closed", type=float, default=20.0, help="seconds without pauses afterwards; 0 = none")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(arguments)
    with serving(ROOT / "build" / "partner_load", given.clients, given.records) as (url, people, phones):
        clients = [Client(url, who, phones, f"{given.seed}:{n}") for n, who in enumerate(people)]
        print(f"{given.clients} clients, {given.minutes:g} minutes, {given.records} records a tenant, pauses of "
              f"{given.think:g} s on average, seed {given.seed}")  # fmt: skip
        code = report(clients, _together(clients, given.think, given.minutes * 60))
        if given.closed:
            spent = _together(clients, 0.0, given.closed)
            print(f"\nthe same clients without pauses, {given.closed:g} s (closed loop, no bound):")
            code |= table(clients, spent)
    return code


def _together(clients: list[Client], think: float, seconds: float) -> float:
    """Lets all clients work for so long; returns the seconds that it took, the last answers included."""
    begun = time.monotonic()
    threads = [threading.Thread(target=client.work, args=(think, begun + seconds), daemon=True) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return time.monotonic() - begun


def merged(clients: list[Client]) -> tuple[dict[str, list[float]], Counter[str]]:
    """All clients' times by operation, and their errors."""
    times: dict[str, list[float]] = {}
    errors: Counter[str] = Counter()
    for client in clients:
        errors.update(client.errors)
        for name, values in client.times.items():
            times.setdefault(name, []).extend(values)
    return times, errors


def table(clients: list[Client], seconds: float) -> int:
    """Prints each operation's figures; returns 1 if a request failed."""
    times, errors = merged(clients)
    print(f"{'operation':26s} {'requests':>9s} {'p50 ms':>9s} {'p95 ms':>9s}")
    for name, values in sorted(times.items()):
        print(f"{name:26s} {len(values):9,d} {percentile(values, 0.5):9.1f} {percentile(values, 0.95):9.1f}")
    count = sum(map(len, times.values()))
    print(f"{count / seconds:.1f} requests/s; errors {sum(errors.values())} {dict(errors) or ''}")
    return int(bool(errors))


def report(clients: list[Client], seconds: float) -> int:
    """Prints the figures that have bounds; returns the exit code."""
    failed = table(clients, seconds)
    times, _ = merged(clients)
    looked = [value for name in LOOK_UPS for value in times.get(name, [])]
    if not looked:
        print("no look-up was answered")
        return 1
    look_up, decision = percentile(looked, 0.95), percentile(decision_ms(), 0.95)
    print(f"look-ups p95 {look_up:.1f} ms (bound {LOOK_UP_BOUND_MS:g}); a decision p95 {decision:.4f} ms CPU "
          f"(bound {DECISION_BOUND_MS:g})")  # fmt: skip
    return int(failed or look_up >= LOOK_UP_BOUND_MS or decision >= DECISION_BOUND_MS)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
