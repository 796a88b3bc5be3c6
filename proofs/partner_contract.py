"""The partner API holds its contract: schemathesis makes requests from the OpenAPI document, right and wrong ones.

schemathesis (MIT) belongs to the environment `run`; without it the proof is not run, and says so.
"""

from __future__ import annotations

import itertools
import random
import warnings
from collections.abc import Callable
from typing import Any

from minerva.partner.openapi import document
from minerva.partner.registry import OPERATIONS
from proofs.model import Outcome, Proof
from tests.partner.world import PHONE, ROWS, STATED, TENANTS, World, person
from tests.partner.wsgi import application

EACH = 100
_STANDINGS = ("partner", "analyst", "admin")


def run(seed: int, batch: int, size: int) -> Outcome:
    """`size` requests, shared among all operations: half from the schemas, half that break them.

    A failure is a status of 500 or more, a status, content type, header or body that the contract does not show, or a
    request that breaks the contract and is taken.
    """
    import schemathesis

    world = World()
    for name in TENANTS[:2]:
        world.link(name)
    known = _planted(world)
    people = itertools.cycle([person(name, standing) for name in TENANTS for standing in _STANDINGS])
    failures: list[str] = []
    count = 0
    contract = {**document(), "servers": [{"url": "/services/minerva/v1"}], "security": []}
    schema = schemathesis.openapi.from_dict(contract)
    schema.app = application(world, lambda: next(people))
    refusing = schema.config.checks.negative_data_rejection
    # The tool counts no 413 as a refusal of what breaks the contract: a text it makes may be too long besides.
    refusing.expected_statuses = [*refusing.expected_statuses, "413"]
    share, more = divmod(size, len(OPERATIONS))
    for place, operation in enumerate(OPERATIONS):
        wanted = share + (place < more)
        for mode, cases in (("positive", wanted - wanted // 2), ("negative", wanted // 2)):
            if not cases:
                continue
            tried, found = _fuzz(
                schema, operation, mode, cases, f"{seed}:{batch}:{operation.operation_id}:{mode}", known
            )
            count += tried
            failures += found
    return Outcome(count, failures)


def _planted(world: World) -> dict[str, list[str]]:
    """Stores what requests can be about, and gives ids of it by the names that the contract has for them."""
    entity = world.lead()
    grants = [world.released(entity) for _ in range(4)]
    proposals = [world.proposed(entity, level=level)["proposal_id"] for level in ("L3", "L4", "L3")]
    reader, found = person(TENANTS[1], "analyst"), {}
    asked = world.ask(reader, "POST", "/deconfliction", {"identifier": PHONE}, headers=STATED)[1]
    for name, path, rows in (
        ("share_id", "/shared", "items"), ("notice_id", "/notices", "notices"),
        ("watch_id", "/watch-list", "watch_list"),
    ):  # fmt: skip
        found[name] = [row[name] for row in world.ask(reader, "GET", path, headers=STATED)[1][rows]]
    records = [row["record_id"] for row in ROWS]
    return {
        **{name: ids for name, ids in found.items() if ids}, "entity_id": [entity], "grant_id": grants,
        "proposal_id": proposals, "inquiry_id": [asked["inquiry_id"]], "record_id": records,
    }  # fmt: skip


def _aimed(case: Any, known: dict[str, list[str]], chance: random.Random) -> None:
    """Puts ids of what is stored into every second request, so that it gets behind "not found"."""
    if chance.random() < 0.5:
        return
    for place in (case.path_parameters, case.body):
        for name in place if isinstance(place, dict) else ():
            if name in known:
                place[name] = chance.choice(known[name])
    headers = case.headers
    if headers is not None:
        headers.update({"Minerva-Purpose": "investigation", "Minerva-Case": "NF-7"})
        headers.pop("Minerva-Tenant", None)


def _fuzz(
    schema: Any, operation: Any, mode: str, cases: int, seed: str, known: dict[str, list[str]]
) -> tuple[int, list[str]]:
    """Tries `cases` requests of one kind. Returns how many were sent, and what failed."""
    import hypothesis
    from schemathesis import GenerationMode

    tried = 0
    failures: list[str] = []
    strategy = schema[operation.path][operation.method].as_strategy(generation_mode=GenerationMode(mode))

    def once(case: Any) -> None:
        nonlocal tried
        if tried < cases:
            tried += 1
            if mode == "positive":
                _aimed(case, known, again)
            failures.extend(_judged(case, operation.operation_id))

    settings = hypothesis.settings(
        max_examples=cases, database=None, deadline=None, phases=[hypothesis.Phase.generate],
        suppress_health_check=list(hypothesis.HealthCheck),
    )  # fmt: skip
    again = random.Random(seed)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the tool's, on what it cannot generate
        while cases and tried < cases:
            before = tried
            hypothesis.seed(again.getrandbits(64))(settings(hypothesis.given(case=strategy)(once)))()
            if tried == before:
                break
    return tried, failures


def _judged(case: Any, name: str) -> list[str]:
    """Sends a case; returns a line for each check that it fails."""
    from schemathesis import checks

    def said(error: BaseException) -> str:
        inner = getattr(error, "exceptions", None)
        lines = [f"{type(each).__name__}: {each}".splitlines()[0] for each in inner or [error]]
        return f"{name}: {'; '.join(lines)}: {case.as_curl_command()[:400]}"

    try:
        response = case.call()
        wanted: list[Callable[..., Any]] = [
            checks.not_a_server_error, checks.CHECKS.get_one("status_code_conformance"),
            checks.CHECKS.get_one("content_type_conformance"), checks.CHECKS.get_one("response_headers_conformance"),
            checks.CHECKS.get_one("response_schema_conformance"), checks.CHECKS.get_one("negative_data_rejection"),
        ]  # fmt: skip
        case.validate_response(response, checks=wanted)
    except (Exception, BaseExceptionGroup) as error:  # the failure of this case; the others go on
        return [said(error)]
    return []


PROOF = Proof(
    name="partner_contract",
    claim=f"{EACH:,} requests per operation of the partner API, made from its contract and against it, meet no "
    "server error and nothing that the contract does not show",
    unit="requests",
    target=EACH * len(OPERATIONS),
    batch=50 * len(OPERATIONS),
    slice=4 * len(OPERATIONS),
    run=run,
    needs=("schemathesis",),
)  # fmt: skip
