"""Door of the input minerva_file: reads its settings and hands them to minerva.intake."""

from __future__ import annotations

from typing import Any

from minerva.intake.inputs import (
    Surroundings,
    check_answers,
    check_names,
    check_path,
    check_vault,
    pick_offered,
    pick_source,
    run_file,
)
from minerva_splunkd import offers_demo, run_inputs, sources
from minerva_vault import configured_vault


def validate_input(definition: Any) -> None:
    """Raises InputError (its text is shown in Splunk Web) if a setting is wrong, or if the vault does not answer."""
    given, splunkd = definition.parameters, definition.metadata
    key = splunkd["session_key"]
    check_names(given.get("tenant_id") or "", given.get("index") or "")
    check_vault(given.get("vault") or "")
    pick_offered(sources(key), given.get("source_id") or "", "file", offers_demo(key))
    check_path(given.get("path") or "", given.get("mode") or "auto")
    vault = configured_vault(splunkd["server_uri"], key)
    check_answers(given.get("vault") or "", given.get("tenant_id") or "", given.get("index") or "", vault.ask)


def stream_events(inputs: Any, event_writer: Any) -> None:
    """Runs every input that splunkd hands over."""
    session_key = inputs.metadata["session_key"]

    def run(stanza: str, given: dict[str, Any], world: Surroundings) -> None:
        run_file(
            pick_source(sources(session_key), given.get("source_id") or "", "file"),
            stanza,
            given.get("tenant_id") or "",
            path=given.get("path") or "",
            mode=given.get("mode") or "auto",
            world=world,
        )

    run_inputs(inputs, event_writer, run)
