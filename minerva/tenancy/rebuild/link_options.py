"""The search command minervalink without Splunk: its options, and entities as result rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from minerva.linking import DEFAULT, Options

_COLUMNS = ("entity_id", "tenant_id", "size", "records", "identifiers", "names", "cities", "kinds", "record_types",
            "sources", "first_time", "last_time", "why", "explanation")  # fmt: skip


class OptionError(ValueError):
    """An option of the command cannot be used; the message says which and what is expected."""


@dataclass(frozen=True)
class LinkOptions:
    """changes: the rows are those that may be new, and are linked into what is stored. force: everything is linked anew
    however many known records are missing."""

    tenant: str
    store: bool
    changes: bool
    force: bool
    linking: Options


_TRUTH = {
    "": False,
    "false": False,
    "f": False,
    "0": False,
    "no": False,
    "true": True,
    "t": True,
    "1": True,
    "yes": True,
}


def read_options(
    tenant: str | None,
    store: str | None,
    hub_degree: str | None,
    changes: str | None = None,
    force: str | None = None,
) -> LinkOptions:
    """Options from their texts, None = absent. Raises OptionError."""
    if not tenant or not re.fullmatch(r"[a-z0-9][a-z0-9_\-]{0,63}", tenant):
        raise OptionError("tenant: expected a tenant id, as in tenant=northfield")
    truth = {}
    for name, text in (("store", store), ("changes", changes), ("force", force)):
        if (text or "").strip().lower() not in _TRUTH:
            raise OptionError(f"{name}: expected true or false")
        truth[name] = _TRUTH[(text or "").strip().lower()]
    if truth["changes"] and not truth["store"]:
        raise OptionError("changes: needs store=true, since new records are linked into what is stored")
    if truth["force"] and (truth["changes"] or not truth["store"]):
        raise OptionError("force: needs store=true and no changes=true, since only a rebuild looks for what is missing")
    if truth["store"] and hub_degree:
        raise OptionError("hub_degree: stored entities are linked with the default; use it with store=false")
    linking = DEFAULT
    if hub_degree:
        if not re.fullmatch(r"[0-9]{1,7}", hub_degree) or int(hub_degree) < 2:
            raise OptionError("hub_degree: expected a whole number of at least 2")
        linking = replace(DEFAULT, hub_degree=int(hub_degree))
    return LinkOptions(tenant, truth["store"], truth["changes"], truth["force"], linking)


def indexed_time(row: Mapping[str, Any]) -> int:
    """Returns the `indexed_time` of a row in epoch seconds, 0 without one."""
    found = re.fullmatch(r"([0-9]{1,11})(\.[0-9]*)?", str(row.get("indexed_time") or ""))
    return int(found[1]) if found else 0


def result_rows(documents: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """One row per entity, largest first, all with the same columns (None where empty)."""
    for document in sorted(documents, key=lambda each: (-each["size"], each["entity_id"])):
        row = {name: _cell(document.get(name)) for name in _COLUMNS}
        row["why"] = _cell(list(dict.fromkeys(join["why"] for join in document.get("joins", ()))))
        yield row


def _cell(value: Any) -> Any:
    if isinstance(value, Mapping):
        value = [f"{name}: {count}" for name, count in value.items()]
    if isinstance(value, list):
        return None if not value else value[0] if len(value) == 1 else value
    return value
