"""What both inputs need of splunkd: their loop, settings, account keys, what the index holds, and the log.

A door: it knows Splunk's libraries and nothing about sources. Keys are read at run time and never leave this process
but in the header of a request.
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

from minerva.intake.errors import IntakeError
from minerva.intake.events import EventStream, stored_search
from minerva.intake.facts import Source, load_sources
from minerva.intake.inputs import Network, Surroundings
from minerva.intake.logs import format_line
from minerva.intake.state import Confirm
from solnlib import conf_manager
from splunklib import binding, client

APP = "TA-gen-connectors"
_PREFIX = "ta_gen_connectors"


def sources() -> dict[str, Source]:
    """The sources that this package was built with."""
    return load_sources(Path(__file__).resolve().parent.parent / "default" / "sources.json")


def account_key(session_key: str, account: str) -> str:
    """The key of an account from storage/passwords, "" if no account is named."""
    if not account:
        return ""
    stanza = _stanza(session_key, f"{_PREFIX}_account", account)
    return str(stanza.get("api_key") or "")


def network(session_key: str) -> Network:
    """The administrator's network settings; a missing stanza means the strictest ones."""
    stanza = _stanza(session_key, f"{_PREFIX}_settings", "network")
    return Network(
        allowed=str(stanza.get("allowed_hosts") or ""),
        contact=str(stanza.get("contact") or ""),
        stopped=str(stanza.get("stop_fetching") or "0").lower() in ("1", "true"),
        own_addresses=_own_addresses(),
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
    """Calls `run(stanza, settings, surroundings)` for each input; one that fails is logged and the next goes on."""
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
                run(stanza, given, world)
            except IntakeError as error:
                log("ERROR", "input_failed", source_id=source_id, error=type(error).__name__, reason=str(error))
            except Exception as error:  # the protocol edge: one input's fault must not stop the others
                log("ERROR", "input_failed", source_id=source_id, error=type(error).__name__)
        stream.close()


class SplunkLog:
    """Lines for splunkd.log through the event writer; only the words of minerva.intake.logs."""

    def __init__(self, event_writer: Any) -> None:
        self._writer = event_writer

    def __call__(self, level: str, code: str, **words: object) -> None:
        self._writer.log(level, format_line(code, **words))


def _service(server_uri: str, session_key: str) -> Any:
    parts = urlsplit(server_uri)
    return client.Service(
        scheme=parts.scheme, host=parts.hostname, port=parts.port, token=session_key, owner="nobody", app=APP
    )


def _stanza(session_key: str, conf: str, name: str) -> dict[str, Any]:
    realm = f"__REST_CREDENTIAL__#{APP}#configs/conf-{conf}"
    manager = conf_manager.ConfManager(session_key, APP, realm=realm)
    try:
        return dict(manager.get_conf(conf).get(name))
    except (conf_manager.ConfManagerException, conf_manager.ConfStanzaNotExistException):
        return {}


def _own_addresses() -> tuple[str, ...]:
    try:
        return tuple({str(entry[4][0]) for entry in socket.getaddrinfo(socket.gethostname(), None)})
    except OSError:
        return ()
