"""The store that the handlers of stored objects ask: a request of splunkd becomes a subject and collections."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

import minerva_app_splunkd
from minerva.audit import Trail
from minerva.services import COLLECTIONS
from minerva.tenancy.asking import Store
from minerva_app_directory import SplunkdDirectory

_AUDIT_ENDS: dict[str, tuple[int, str]] = {}
"""Where each audit chain stood when this process last wrote it; a wrong memory is found out and read again."""
_SHARES: dict[str, tuple[int, int]] = {}
"""What this process has taken of its callers' requests of the day."""


def store_of(request: dict[str, Any]) -> Store:
    """Who asks, and what the answer may touch."""
    uri, session = request["server"]["rest_uri"], request["session"]
    system = minerva_app_splunkd.connect(uri, request["system_authtoken"])
    collections = {name: minerva_app_splunkd.KvCollection(system, f"minerva_{name}") for name in COLLECTIONS}
    key = minerva_app_splunkd.secret(system, "audit")
    return Store(
        subject=minerva_app_splunkd.subject_of(uri, session["user"], session["authtoken"]),
        context=minerva_app_splunkd.installation(system),
        collections=collections,
        clock=time.time,
        write_event=lambda index, sourcetype, text: minerva_app_splunkd.write_event(system, index, sourcetype, text),
        trail=Trail(minerva_app_splunkd.AuditLedger(collections["audit"], key, _AUDIT_ENDS), key),
        secret=lambda name: minerva_app_splunkd.secret(system, name),
        directory=SplunkdDirectory(system),
        shares=_SHARES,
        folder=_folder(),
    )


def _folder() -> Path | None:
    home = os.environ.get("SPLUNK_HOME")
    return Path(home, "var", "run", "minerva_app") if home else None
