"""Homes for the storage tests: an `etc` with one app that indexes identifiers, and a store on a fixed clock."""

from __future__ import annotations

from datetime import UTC
from pathlib import Path
from typing import Any

from understudy import access
from understudy.conf import Conf
from understudy.spl.model import Context
from understudy.storage.events import RawEvent
from understudy.storage.store import Store

NOW = 1_790_000_000.0
PROPS = """
[rec]
TRUNCATE = 0
KV_MODE = json
TRANSFORMS-identifier = identifier
[short]
TRUNCATE = 0
TRANSFORMS-identifier = short
[doubled]
INDEXED_EXTRACTIONS = json
KV_MODE = json
[routed]
TRANSFORMS-a = route, drop, kind
[stamped]
TIME_PREFIX = at=
TIME_FORMAT = %Y-%m-%d %H:%M:%S %z
[lines]
SHOULD_LINEMERGE = false
LINE_BREAKER = ([\\r\\n]+)
TRUNCATE = 10
[alias]
KV_MODE = auto
EXTRACT-a = user (?<who>\\w+)
FIELDALIAS-a = who AS person
EVAL-loud = upper(who)
"""
TRANSFORMS = """
[identifier]
REGEX = "identifier":"((?:[^"\\\\]|\\\\.)+)"
FORMAT = identifier::"$1"
WRITE_META = true
REPEAT_MATCH = true
LOOKAHEAD = 1048576
[short]
REGEX = "identifier":"((?:[^"\\\\]|\\\\.)+)"
FORMAT = identifier::"$1"
WRITE_META = true
REPEAT_MATCH = true
[route]
REGEX = to=(\\w+)
DEST_KEY = _MetaData:Index
FORMAT = $1
[drop]
REGEX = (noise)
DEST_KEY = queue
FORMAT = nullQueue
[kind]
REGEX = kind=(\\w+)
DEST_KEY = MetaData:Sourcetype
FORMAT = sourcetype::$1
"""


def make_conf(home: Path, extra: str = "") -> Conf:
    folder = home / "etc" / "apps" / "a" / "default"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "props.conf").write_text(PROPS, encoding="utf-8")
    (folder / "transforms.conf").write_text(TRANSFORMS, encoding="utf-8")
    (folder / "indexes.conf").write_text("[north]\n[river]\n", encoding="utf-8")
    (folder / "authorize.conf").write_text(
        "[role_north]\nsearch = enabled\nsrchIndexesAllowed = north\nsrchIndexesDefault = north\n"
        "srchIndexesDisallowed = _*;main\n"
        "[role_filtered]\nsrchIndexesAllowed = *\nsrchIndexesDefault = main\nsrchFilter = sourcetype=x\n" + extra,
        encoding="utf-8",
    )
    (folder / "fields.conf").write_text("[identifier]\nINDEXED = true\n", encoding="utf-8")
    return Conf.load(home / "etc")


def make_store(home: Path) -> Store:
    return Store(home / "events.duckdb", make_conf(home), lambda: NOW)


def context(store: Store, roles: list[str] | None = None) -> Context:
    """Returns a search's context: the user holds the roles, or is splunkd itself."""
    rights = access.system(store.conf) if roles is None else access.build(store.conf, "u", roles)
    missing: Any = None
    return Context(
        events=store.events_for(rights), tables=missing, knowledge=missing, now=NOW, zone=UTC, app="a", user="u"
    )


def event(raw: str, sourcetype: str = "rec", **rest: Any) -> RawEvent:
    return RawEvent(raw, sourcetype=sourcetype, **rest)
