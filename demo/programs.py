"""Programs of the demo's institutions, with the address of the partner API and a token: what a first request needs."""

from __future__ import annotations

from demo.run import PROGRAMS, Run
from minerva.partner.registry import BASE

PURPOSE = "programs of the demo"


def address(run: Run) -> str:
    """Returns where the partner API answers."""
    return run.admin.base + BASE


def tokens(run: Run) -> dict[str, str]:
    """Returns program -> a token made for it, as an administrator makes one in Splunk's settings."""
    users = [PROGRAMS[tenant.id] for tenant in run.tenants]
    return {user: run.stage.accounts.create_token(user, PURPOSE)[1] for user in users}


def first_request(run: Run, token: str) -> str:
    """Returns the line for a shell that asks whether the API answers a program."""
    return f'curl -sS -H "Authorization: Bearer {token}" "{address(run)}/health?output_mode=json"'


def print_programs(run: Run) -> None:
    """Prints the address, a token for each institution's program, and one request that answers."""
    made = tokens(run)
    print(f"  partner API     {address(run)}   (docs/partner-api.md)")
    for tenant in run.tenants:
        print(f"    {PROGRAMS[tenant.id]}, program of {tenant.label}; token:\n      {made[PROGRAMS[tenant.id]]}")
    print(f"  try it\n    {first_request(run, made[PROGRAMS[run.tenants[0].id]])}")
