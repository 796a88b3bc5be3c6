"""The partner API holds its contract: schemathesis makes requests from the OpenAPI document, right and wrong ones.

schemathesis (MIT) belongs to the environment `run`; without it there is no such proof, and a skipped test says so.
"""

from __future__ import annotations

import importlib.util
import itertools
import random
import warnings
from collections.abc import Callable
from typing import Any

from minerva.partner.openapi import document
from minerva.partner.registry import OPERATIONS
from proofs.model import Outcome, Proof
from tests.partner.world import TENANTS, World, person
from tests.partner.wsgi import application

INSTALLED = importlib.util.find_spec("schemathesis") is not None
EACH = 1_000
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
    people = itertools.cycle([person(name, standing) for name in TENANTS for standing in _STANDINGS])
    failures: list[str] = []
    count = 0
    contract = {**document(), "servers": [{"url": "/services/minerva/v1"}], "security": []}
    schema = schemathesis.openapi.from_dict(contract)
    schema.app = application(world, lambda: next(people))
    share, more = divmod(size, len(OPERATIONS))
    for place, operation in enumerate(OPERATIONS):
        wanted = share + (place < more)
        for mode, cases in (("positive", wanted - wanted // 2), ("negative", wanted // 2)):
            tried, found = _fuzz(schema, operation, mode, cases, f"{seed}:{batch}:{operation.operation_id}:{mode}")
            count += tried
            failures += found
    return Outcome(count, failures)


def _fuzz(schema: Any, operation: Any, mode: str, cases: int, seed: str) -> tuple[int, list[str]]:
    """Tries `cases` requests of one kind. Returns how many were sent, and what failed."""
    import hypothesis
    from schemathesis import GenerationMode

    tried, failures = 0, []
    strategy = schema[operation.path][operation.method].as_strategy(generation_mode=GenerationMode(mode))

    def once(case: Any) -> None:
        nonlocal tried
        if tried < cases:
            tried += 1
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


PROOF = (
    Proof(
        name="partner_contract",
        claim=f"{EACH:,} requests per operation of the partner API, made from its contract and against it, meet no "
        "server error and nothing that the contract does not show",
        covers=(
            "minerva/partner", "minerva/tenancy", "tests/partner/world.py", "tests/partner/wsgi.py",
            "proofs/partner_contract.py",
        ),
        unit="requests",
        target=EACH * len(OPERATIONS),
        batch=50 * len(OPERATIONS),
        slice=10 * len(OPERATIONS),
        run=run,
    )
    if INSTALLED
    else None
)  # fmt: skip
