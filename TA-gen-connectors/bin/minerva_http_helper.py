"""Door of the input minerva_http: reads its settings and hands them to minerva.intake."""

from __future__ import annotations

from typing import Any

from minerva.intake.inputs import (
    Surroundings,
    check_answers,
    check_base_url,
    check_names,
    check_vault,
    pick_offered,
    pick_source,
    run_http,
)
from minerva_settings import account
from minerva_splunkd import network, offers_demo, run_inputs, sources
from minerva_vault import configured_vault


def validate_input(definition: Any) -> None:
    """Raises InputError (its text is shown in Splunk Web) if a setting is wrong, or if the vault does not answer."""
    given, splunkd = definition.parameters, definition.metadata
    key = splunkd["session_key"]
    check_names(given.get("tenant_id") or "", given.get("index") or "")
    check_vault(given.get("vault") or "")
    source = pick_offered(sources(key), given.get("source_id") or "", "http", offers_demo(key))
    check_base_url(source, given.get("base_url") or "", network(key))
    vault = configured_vault(splunkd["server_uri"], key)
    check_answers(given.get("vault") or "", given.get("tenant_id") or "", given.get("index") or "", vault.ask)


def stream_events(inputs: Any, event_writer: Any) -> None:
    """Runs every input that splunkd hands over."""
    session_key = inputs.metadata["session_key"]

    def run(stanza: str, given: dict[str, Any], world: Surroundings) -> None:
        run_http(
            pick_source(sources(session_key), given.get("source_id") or "", "http"),
            stanza,
            given.get("tenant_id") or "",
            base_url=given.get("base_url") or "",
            account=account(session_key, given.get("account") or ""),
            network=network(session_key),
            world=world,
        )

    run_inputs(inputs, event_writer, run)
