"""data/indexes: the indexes of indexes.conf that the caller may search, with what is in them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from starlette.responses import Response

from understudy.conf import ConfError, boolean
from understudy.rest import listing, replies
from understudy.rest.call import Call, RestError, missing
from understudy.rest.replies import Entry
from understudy.rest.routes import Route
from understudy.storage.freezing import FROZEN_AFTER, freeze

PATH = "data/indexes"
BUILT_IN = ("main", "_internal", "_audit", "_introspection", "history", "summary")
_NAME = re.compile(r"[a-z0-9_][a-z0-9_\-]{0,79}")
_NUMBERS = (
    "frozenTimePeriodInSecs",
    "maxTotalDataSizeMB",
    "maxHotBuckets",
    "maxHotIdleSecs",
    "maxHotSpanSecs",
    "maxWarmDBCount",
    "quarantinePastSecs",
    "quarantineFutureSecs",
    "rotatePeriodInSecs",
    "maxMetaEntries",
    "maxConcurrentOptimizes",
)
_TEXTS = ("homePath", "coldPath", "thawedPath", "maxDataSize", "tstatsHomePath", "repFactor", "syncMeta")
_WITHOUT_EFFECT = frozenset(
    {"bucketRebuildMemoryHint", "compressRawdata", "enableOnlineBucketRepair", "maxBloomBackfillBucketAge", "maxMemMB"}
    | {"blockSignSize", "maxTimeUnreplicatedNoAcks", "maxTimeUnreplicatedWithAcks", "minRawFileSyncSecs"}
    | {"minStreamGroupQueueSize", "partialServiceMetaPeriod", "processTrackerServiceInterval", "rawChunkSizeBytes"}
    | {"serviceMetaPeriod", "suppressBannerList", "throttleCheckPeriod", "tsidxDedupPostingsListMaxTermsLimit"}
    | {"assureUTF8", "enableDataIntegrityControl", "enableTsidxReduction", "timePeriodInSecBeforeTsidxReduction"}
)
"""Arguments that are kept and change nothing: how splunkd lays out files and threads that are not here."""
_DROPPED = ("coldToFrozenDir", "coldToFrozenScript", "warmToColdScript")


def _stanzas(call: Call) -> dict[str, Mapping[str, str]]:
    """Returns the indexes that the caller may know of, the disabled ones too."""
    return {
        name: settings
        for name, settings in sorted(call.stage.conf.stanzas("indexes").items())
        if name != "default"
        and not name.startswith(("volume:", "provider:", "provider-family:", "federated:"))
        and call.access.may_search_index(name)
    }


def _entries(call: Call) -> list[Entry]:
    freeze(call.stage.store, call.stage.now())
    facts = {str(item["name"]): item for item in call.stage.store.events_for(call.access).indexes()}
    return [_entry(call, name, facts.get(name, {})) for name in _stanzas(call)]


def roll(call: Call) -> Response:
    """Closes the index's events as one bucket: it goes, whole, when its newest event is past frozenTimePeriodInSecs."""
    call.need("indexes_edit")
    name = call.parts["name"]
    if name not in _stanzas(call):
        raise missing(name)
    call.stage.store.roll(name)
    return replies.entry(call, PATH, next(entry for entry in _entries(call) if entry.name == name))


def _entry(call: Call, name: str, facts: Any) -> Entry:
    def stamp(key: str) -> str:
        value = facts.get(key)
        return datetime.fromtimestamp(float(value), UTC).isoformat() if value is not None else ""

    settings = call.stage.conf.stanzas("indexes").get(name, {})
    content = {
        "totalEventCount": facts.get("count", 0) or 0,
        "minTime": stamp("first"),
        "maxTime": stamp("last"),
        "currentDBSizeMB": -(-int(facts.get("size_bytes") or 0) // 1_048_576),
        "disabled": boolean(settings.get("disabled")),
        "isInternal": name.startswith("_"),
        "isReady": True,
        "datatype": settings.get("datatype", "event"),
        "frozenTimePeriodInSecs": FROZEN_AFTER,
        "maxTotalDataSizeMB": "500000",
        "homePath": f"$SPLUNK_DB/{name}/db",
        "coldPath": f"$SPLUNK_DB/{name}/colddb",
        "thawedPath": f"$SPLUNK_DB/{name}/thaweddb",
        "defaultDatabase": "main",
        "sync": 0,
        **{key: value for key, value in settings.items() if key in (*_NUMBERS, *_TEXTS)},
        "eai:appName": _owner(call, name) or "system",
    }
    for key in ("homePath", "coldPath", "thawedPath"):
        content[f"{key}_expanded"] = str(content[key]).replace("$SPLUNK_DB", str(call.stage.home / "var" / "lib"))
    links = ("edit", "enable" if content["disabled"] else "disable", *(("remove",) if name not in BUILT_IN else ()))
    return Entry(name, content, links=links, path=PATH, may_write=call.access.may("indexes_edit"))


def _owner(call: Call, name: str) -> str | None:
    """Returns the app whose indexes.conf has the index."""
    apps = [item.acl.app for item in call.stage.conf.entries("indexes") if item.name == name]
    return next((app for app in apps if app != "system"), apps[0] if apps else None)


def _settings(call: Call) -> dict[str, str]:
    """Returns the settings of the request. Raises RestError 400 for those that would not be honored."""
    found = call.settings("datatype")
    if call.text("datatype", "event") not in ("", "event"):
        raise RestError(400, "The stand-in has event indexes only (datatype).")
    for key, value in found.items():
        if key in _NUMBERS and not re.fullmatch(r"\d{1,10}", value.strip()):
            raise RestError(400, f"Invalid value '{value}' for argument '{key}': a whole number is expected.")
        if key in _DROPPED and value.strip():
            raise RestError(400, f"The stand-in freezes no buckets: '{key}' cannot be set.")
        if key == "maxDataSize" and not re.fullmatch(r"auto|auto_high_volume|\d{1,10}", value.strip()):
            raise RestError(400, f"Invalid value '{value}' for argument 'maxDataSize': auto, auto_high_volume, or MB.")
        if key not in (*_NUMBERS, *_TEXTS, *_DROPPED, *_WITHOUT_EFFECT):
            raise RestError(400, f"Argument '{key}' is not supported by this handler.")
        if "\n" in value or "\r" in value:
            raise RestError(400, f"The value of argument '{key}' has a line break.")
    return found


def listed(call: Call) -> Response:
    if call.method == "POST":
        call.need("indexes_edit")
        name = call.required("name")
        if _NAME.fullmatch(name) is None or name.startswith("-") or "kvstore" in name:
            raise RestError(
                400,
                f"'{name}' is not a valid index name: lower case letters, digits, _ and -, at most 80, no 'kvstore'.",
            )
        if name in call.stage.conf.stanzas("indexes"):
            raise RestError(409, f"The index '{name}' exists already.")
        settings = _settings(call)
        app = call.context_app if call.app not in (None, "-") else "search"
        paths = {"homePath": "db", "coldPath": "colddb", "thawedPath": "thaweddb"}
        places = {key: f"$SPLUNK_DB/{name}/{folder}" for key, folder in paths.items()}
        call.stage.conf.write("indexes", name, {**places, **settings}, app)
        return replies.entry(call, PATH, _entry(call, name, {}), 201)
    found = _entries(call)
    if call.text("datatype") == "metric":
        found = []
    return listing.page(call, PATH, found, links=("create", "_reload"))


def one(call: Call) -> Response:
    name = call.parts["name"]
    if name == "_reload":
        call.stage.conf.reload()
        return listing.page(call, PATH, _entries(call))
    if name not in _stanzas(call):
        raise missing(name)
    if call.method == "POST":
        call.need("indexes_edit")
        call.stage.conf.write("indexes", name, _settings(call), _owner(call, name) or "search")
    elif call.method == "DELETE":
        return _delete(call, name)
    return replies.entry(call, PATH, next(entry for entry in _entries(call) if entry.name == name))


def _delete(call: Call, name: str) -> Response:
    """Takes the index out of the configuration and its events off the disk."""
    call.need("indexes_edit")
    if name in BUILT_IN or name.startswith("_"):
        raise RestError(400, f"The index '{name}' is splunkd's own and cannot be deleted.")
    try:
        call.stage.conf.delete("indexes", name, _owner(call, name) or "search")
    except ConfError as failure:
        raise RestError(400, f"The index '{name}' comes with an app and cannot be deleted.") from failure
    if name in call.stage.conf.stanzas("indexes"):
        raise RestError(400, f"The index '{name}' comes with an app too; its local settings were deleted.")
    call.stage.store.drop(name)
    return listing.page(call, PATH, _entries(call))


def switch(call: Call) -> Response:
    """A disabled index takes no events and is not searched; its events stay."""
    call.need("indexes_edit")
    name = call.parts["name"]
    if name not in _stanzas(call):
        raise missing(name)
    if name in BUILT_IN:
        raise RestError(400, f"The index '{name}' is splunkd's own and cannot be disabled.")
    value = "1" if call.path.endswith("/disable") else "0"
    call.stage.conf.write("indexes", name, {"disabled": value}, _owner(call, name) or "search")
    return replies.entry(call, PATH, next(entry for entry in _entries(call) if entry.name == name))


ROUTES = [
    Route(("GET", "POST"), PATH, listed),
    Route(("GET", "POST", "DELETE"), PATH + "/{name}", one),
    Route(("POST",), PATH + "/{name}/enable", switch),
    Route(("POST",), PATH + "/{name}/disable", switch),
    Route(("POST",), PATH + "/{name}/roll-hot-buckets", roll),
]
