"""What both inputs need of splunkd: their loop, settings, account keys, what the index holds, and the log.

A door: it knows Splunk's libraries and nothing about sources. Keys are read at run time and never leave this process
but in the header of a request.
"""

from __future__ import annotations

import json
import socket
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from minerva.intake.errors import IntakeError, VaultError
from minerva.intake.events import EventStream, stored_search
from minerva.intake.facts import Source, load_sources
from minerva.intake.inputs import NO_VAULT, Network, Surroundings
from minerva.intake.logs import format_line
from minerva.intake.protection import Ask
from minerva.intake.state import Confirm
from solnlib import conf_manager
from splunklib import binding, client

APP = "TA-gen-connectors"
_PREFIX = "ta_gen_connectors"
_VAULT_TIMEOUT_S = 60


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


def vault_asker(server_uri: str, session_key: str) -> Ask:
    """Asks the app's handler of this splunkd, or of the search head that the network settings name."""

    def ask(operation: str, body: Mapping[str, Any]) -> Mapping[str, Any]:
        text = json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
        try:
            reply = _vault(server_uri, session_key).post(
                f"/services/minerva/app/v1/entities/{operation}",
                headers=[("Content-Type", "application/json")],
                body=text,
            )
            found = json.loads(reply.body.read())
        except binding.HTTPError as error:
            raise VaultError(
                f"the vault's handler refused ({error.status}): {_REFUSED.get(error.status, '')}"
            ) from None
        except binding.AuthenticationError:
            raise VaultError(f"the vault's handler refused (401): {_REFUSED[401]}") from None
        except (OSError, ValueError) as error:
            raise VaultError(f"the vault's handler cannot be reached ({type(error).__name__})") from None
        if not isinstance(found, dict):
            raise VaultError("the vault's answer is no object")
        return found

    return ask


_REFUSED = {
    401: "the account of the network settings holds no valid token",
    403: "the account of the network settings needs the role minerva_service",
    404: "Minerva's app is not there, or does not know this tenant_id, or the account lacks the role minerva_service",
    503: "its audit cannot be written",
}


def run_inputs(inputs: Any, event_writer: Any, run: Callable[[str, dict[str, Any], Surroundings], object]) -> None:
    """Calls `run(stanza, settings, surroundings)` for each input; one that fails is logged and the next goes on."""
    log = SplunkLog(event_writer)
    session_key, server_uri = inputs.metadata["session_key"], inputs.metadata["server_uri"]
    with open(sys.stdout.fileno(), "w", encoding="utf-8", newline="\n", closefd=False) as out:
        stream, vault = EventStream(out), vault_asker(server_uri, session_key)
        for stanza, given in inputs.inputs.items():
            index = given.get("index") or "default"
            world = Surroundings(
                checkpoints=Path(inputs.metadata["checkpoint_dir"]),
                emit=partial(stream.write, stanza=stanza, index=index),
                confirm=index_asker(server_uri, session_key, index),
                log=log,
                vault=None if given.get("vault") == NO_VAULT else vault,
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


def _vault(server_uri: str, session_key: str) -> Any:
    """The connection to the vault's handler; to another machine only over TLS that is checked. Raises VaultError."""
    settings = _stanza(session_key, f"{_PREFIX}_settings", "network")
    address = str(settings.get("vault_address") or "").strip()
    key = account_key(session_key, str(settings.get("vault_account") or ""))
    parts = urlsplit(address or server_uri)
    if address and (parts.scheme != "https" or not parts.hostname or not key):
        raise VaultError("vault_address: expected https://host:port, and an account with a token as vault_account")
    who = {"splunkToken": key} if key else {"token": session_key}
    handler = binding.handler(timeout=_VAULT_TIMEOUT_S, verify=bool(address))
    return binding.Context(handler=handler, scheme=parts.scheme, host=parts.hostname, port=parts.port or 8089, **who)


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
