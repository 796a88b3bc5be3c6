"""Door of the input minerva_file: reads its settings and hands them to minerva.intake."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import Any

from minerva.intake.errors import IntakeError
from minerva.intake.events import EventStream
from minerva.intake.inputs import Surroundings, check_names, check_path, pick_source, run_file
from minerva_splunkd import SplunkLog, index_asker, sources


def validate_input(definition: Any) -> None:
    """Raises InputError (its text is shown in Splunk Web) if a setting is wrong."""
    given = definition.parameters
    check_names(given.get("tenant_id") or "", given.get("index") or "")
    pick_source(sources(), given.get("source_id") or "", "file")
    check_path(given.get("path") or "", given.get("mode") or "auto")


def stream_events(inputs: Any, event_writer: Any) -> None:
    """Run every input that splunkd hands over; one that fails is logged and the next goes on."""
    log = SplunkLog(event_writer)
    session_key, server_uri = inputs.metadata["session_key"], inputs.metadata["server_uri"]
    with open(sys.stdout.fileno(), "w", encoding="utf-8", newline="\n", closefd=False) as out:
        stream = EventStream(out)
        for stanza, given in inputs.inputs.items():
            index = given.get("index") or "default"
            world = Surroundings(
                checkpoints=Path(inputs.metadata["checkpoint_dir"]),
                emit=partial(stream.write, stanza=stanza, index=index),
                confirm=index_asker(server_uri, session_key, index),
                log=log,
            )
            source_id = given.get("source_id") or ""
            try:
                run_file(
                    pick_source(sources(), source_id, "file"),
                    stanza,
                    given.get("tenant_id") or "",
                    path=given.get("path") or "",
                    mode=given.get("mode") or "auto",
                    world=world,
                )
            except IntakeError as error:
                log("ERROR", "input_failed", source_id=source_id, error=type(error).__name__, reason=str(error))
            except Exception as error:  # the protocol edge: one input's fault must not stop the others
                log("ERROR", "input_failed", source_id=source_id, error=type(error).__name__)
        stream.close()
