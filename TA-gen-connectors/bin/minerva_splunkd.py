"""What both inputs need of splunkd: their loop, network settings, what the index holds, and the log.

A door: it knows Splunk's libraries and nothing about sources.
"""

from __future__ import annotations

import json
import socket
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from minerva.intake.errors import IntakeError, VaultError
from minerva.intake.events import EventStream, stored_search
from minerva.intake.facts.catalogue import Catalogue, read_catalogue
from minerva.intake.inputs import NO_VAULT, Network, Surroundings
from minerva.intake.logs import format_line, is_logged, of_input
from minerva.intake.running.state import Confirm
from minerva_settings import APP, PREFIX, SOURCES_CONF, is_on, stanza, stanzas, trust_store
from minerva_vault import configured_vault
from splunklib import binding, client


def sources(session_key: str) -> Catalogue:
    """The sources of this installation: those of the package, of its local/, and those that administrators made."""
    return read_catalogue(Path(__file__).resolve().parent.parent, stanzas(session_key, SOURCES_CONF))


def offers_demo(session_key: str) -> bool:
    """Whether inputs may be made of the demo's sources."""
    return is_on(stanza(session_key, f"{PREFIX}_settings", "sources").get("show_demo"))


def network(session_key: str) -> Network:
    """The administrator's network settings; a missing stanza means the strictest ones."""
    settings = stanza(session_key, f"{PREFIX}_settings", "network")
    return Network(
        allowed=str(settings.get("allowed_hosts") or ""),
        contact=str(settings.get("contact") or ""),
        stopped=is_on(settings.get("stop_fetching")),
        own_addresses=_own_addresses(),
        ca_file=trust_store(settings),
    )


def index_asker(server_uri: str, session_key: str, index: str) -> Confirm:
    """Asks which record ids the index holds; None if the search fails or the index's name is not a plain one."""

    def ask(record_ids: Sequence[str]) -> set[str] | None:
        search = stored_search(index, record_ids)
        if search is None:
            return None
        try:
            reply = _service(server_uri, session_key).jobs.oneshot(search, output_mode="json", count=0, earliest_time=0)
            rows = json.loads(reply.read()).get("results", [])
        except (binding.HTTPError, binding.AuthenticationError, OSError, ValueError):
            return None
        return {str(row.get("record_id")) for row in rows}

    return ask


def run_inputs(inputs: Any, event_writer: Any, run: Callable[[str, dict[str, Any], Surroundings], object]) -> None:
    """Calls `run(stanza, settings, surroundings)` for each input; one that fails is logged and the next goes on.

    None begins while nobody is named in whose name the app's handler can be asked: it signs what is stored.
    """
    session_key, server_uri = inputs.metadata["session_key"], inputs.metadata["server_uri"]
    log = SplunkLog(event_writer, str(stanza(session_key, f"{PREFIX}_settings", "logging").get("loglevel") or ""))
    with open(sys.stdout.fileno(), "w", encoding="utf-8", newline="\n", closefd=False) as out:
        stream, vault = EventStream(out), configured_vault(server_uri, session_key)
        for name, given in inputs.inputs.items():
            index, own_log = given.get("index") or "default", of_input(log, name, given.get("tenant_id") or "")
            world = Surroundings(
                checkpoints=Path(inputs.metadata["checkpoint_dir"]),
                emit=partial(stream.write, stanza=name, index=index),
                confirm=index_asker(server_uri, session_key, index),
                log=own_log,
                vault=vault.ask,
                keeps_vault=given.get("vault") != NO_VAULT,
                index=index,
            )
            source_id = given.get("source_id") or ""
            try:
                vault.require(given.get("tenant_id") or "")
                run(name, given, world)
            except VaultError as error:
                own_log("ERROR", "run_failed", source_id=source_id, reason="vault", error=str(error))
            except IntakeError as error:
                own_log("ERROR", "input_failed", source_id=source_id, error=type(error).__name__, reason=str(error))
            except Exception as error:  # the protocol edge: one input's fault must not stop the others
                own_log("ERROR", "input_failed", source_id=source_id, error=type(error).__name__)
        stream.close()


class SplunkLog:
    """Lines for splunkd.log through the event writer: words of minerva.intake.logs alone, from the level on that the
    configuration page names."""

    def __init__(self, writer: Any, level: str = "") -> None:
        self._writer = writer
        self._level = level

    def __call__(self, level: str, code: str, **words: object) -> None:
        if is_logged(level, self._level):
            self._writer.log(level, format_line(code, **words))


def _service(server_uri: str, session_key: str) -> Any:
    parts = urlsplit(server_uri)
    return client.Service(
        scheme=parts.scheme, host=parts.hostname, port=parts.port, token=session_key, owner="nobody", app=APP
    )


def _own_addresses() -> tuple[str, ...]:
    try:
        return tuple({str(entry[4][0]) for entry in socket.getaddrinfo(socket.gethostname(), None)})
    except OSError:
        return ()
