"""The door to the partner API: splunkd's persistent handler for minerva/v1. What is answered is decided in
minerva.partner; here a request becomes a Request, and splunkd the things that it may touch."""

from __future__ import annotations

import json
import logging
import os
import sys
import time
import uuid
from typing import Any

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
sys.path.insert(1, os.path.dirname(os.path.abspath(__file__)))

import minerva_app_splunkd
from minerva.audit import Trail
from minerva.partner import desk as desks
from minerva.partner.api import Reply, Request, answer, failed
from minerva.partner.limits import Claims, read_limits
from minerva.policy.installation import read_installation
from minerva.services import COLLECTIONS
from minerva.tenancy.asking import Store
from minerva_app_directory import SplunkdDirectory
from splunk.persistconn.application import PersistentServerConnectionApplication

_LOG = logging.getLogger("minerva.partner")
_AUDIT_ENDS: dict[str, tuple[int, str]] = {}
"""Where each audit chain stood when this process last wrote it; a wrong memory is found out and read again."""
_CLAIMS: Claims = {}


class PartnerHandler(PersistentServerConnectionApplication):  # type: ignore[misc]  # splunkd's module has no types
    """GET, POST and DELETE below minerva/v1; see docs/partner-api.md."""

    def __init__(self, command_line: Any = None, command_arg: Any = None) -> None:
        super().__init__()

    def handle(self, in_string: Any) -> dict[str, Any]:
        request_id = uuid.uuid4().hex
        try:
            reply = respond(json.loads(in_string), request_id)
        except Exception as error:  # the REST edge: nothing of the cause may reach the asker
            _LOG.error("request %s failed: %s", request_id, type(error).__name__)
            reply = failed(request_id)
        return {"status": reply.status, "payload": reply.payload, "headers": dict(reply.headers)}


def respond(given: dict[str, Any], request_id: str) -> Reply:
    """The reply to one request as splunkd hands it over."""
    request = Request(
        method=given.get("method", ""),
        path="/" + (given.get("path_info") or "").strip("/"),
        query=tuple((str(name), str(value)) for name, value in given.get("query") or ()),
        headers={str(name).lower(): str(value) for name, value in given.get("headers") or ()},
        body=given.get("payload") or "",
    )
    return answer(request, _desk(given), request_id)


def _desk(given: dict[str, Any]) -> desks.Desk:
    uri, session = given["server"]["rest_uri"], given["session"]
    system = minerva_app_splunkd.connect(uri, given["system_authtoken"])
    collections = {
        name: minerva_app_splunkd.KvCollection(system, f"minerva_{name}") for name in (*COLLECTIONS, *desks.COLLECTIONS)
    }
    audit_key = minerva_app_splunkd.secret(system, "audit")
    stanzas = minerva_app_splunkd.tenant_stanzas(system)
    store = Store(
        subject=minerva_app_splunkd.subject_of(uri, session["user"], session["authtoken"]),
        context=read_installation(stanzas),
        collections={name: collections[name] for name in COLLECTIONS},
        clock=time.time,
        write_event=lambda index, sourcetype, text: minerva_app_splunkd.write_event(system, index, sourcetype, text),
        trail=Trail(minerva_app_splunkd.AuditLedger(collections["audit"], audit_key, _AUDIT_ENDS), audit_key),
        secret=lambda name: minerva_app_splunkd.secret(system, name),
        directory=SplunkdDirectory(system),
    )
    return desks.Desk(
        store,
        {name: collections[name] for name in desks.COLLECTIONS},
        minerva_app_splunkd.secret(system, "partner"),
        lambda index, records: minerva_app_splunkd.write_records(system, index, records),
        read_limits(stanzas),
        _CLAIMS,
    )
