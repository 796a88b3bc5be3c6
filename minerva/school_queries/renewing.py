"""The search command minervaschoolregister: records of registers that an institution has taken renew its list."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Union

from minerva.school_queries.command import OptionError
from minerva.school_queries.gallery import MOST_RECORDS

COUNTS = ("taken", "changed", "left_out")
_TENANT = re.compile(r"[a-z0-9_]{1,64}")
Ask = Callable[[str, Mapping[str, Any]], Mapping[str, Any]]


def read_tenant(text: Union[str, None]) -> str:
    """The institution that the option `tenant` names. Raises OptionError."""
    tenant = (text or "").strip()
    if not _TENANT.fullmatch(tenant):
        raise OptionError("tenant: expected the id of an institution, as in tenant=northfield")
    return tenant


class Renewal:
    """One search: events are taken chunk by chunk and handed on as many as one request may have; counts at its end."""

    def __init__(self, tenant: str, ask: Ask) -> None:
        self._tenant, self._ask = tenant, ask
        self._waiting: list[dict[str, Any]] = []
        self._counts = dict.fromkeys(COUNTS, 0)

    def take(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Events with their _raw; what is no record of the institution counts as left out."""
        for row in rows:
            record = _record(str(row.get("_raw", "")))
            key = record.get("key")
            if isinstance(key, dict) and key.get("tenant_id") == self._tenant:
                self._waiting.append(record)
            else:
                self._counts["left_out"] += 1
        while len(self._waiting) >= MOST_RECORDS:
            self._hand_on()

    def rows(self) -> Iterator[dict[str, Any]]:
        """The one row of the search."""
        while self._waiting:
            self._hand_on()
        yield {"tenant_id": self._tenant, **self._counts}

    def _hand_on(self) -> None:
        page, self._waiting = self._waiting[:MOST_RECORDS], self._waiting[MOST_RECORDS:]
        told = self._ask("school_gallery", {"tenant_id": self._tenant, "op": "renew", "records": page})
        for name in COUNTS:
            self._counts[name] += told[name]


def _record(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
