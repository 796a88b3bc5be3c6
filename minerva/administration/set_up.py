"""What an installation needs of splunkd beyond its apps, as the service checks it: where search heads send events, and
whether what the service does by the clock was done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from minerva.policy import Action
from minerva.tenancy import duties
from minerva.tenancy.asking import Absent, Body, Store
from minerva.tenancy.directory import Forwarding
from minerva.tenancy.errors import Unanswered

DAY_S, SOON_DAYS = 86_400, 14
BULLETIN = "minerva_set_up"
_TRUE = frozenset({"1", "true", "t", "yes"})


def check_set_up(body: Body, store: Store) -> dict[str, Any]:
    """{} -> {"findings": [{"check", "state", "message"}]}, state ok or warning. Service only.

    Warnings stand among the messages of splunkd until a later check finds nothing.
    """
    tenants = [name for name in sorted(store.context.tenants) if store.may(Action.STORE, name)]
    if not tenants:
        raise Absent
    store.trail.permit(len(tenants))
    findings = [{"check": "forwarding", **forwarding(store.directory.forwarding())}]
    unknown = sorted(index for index in _indexes(store, tenants) if store.directory.retention_s(index) is None)
    findings.append({"check": "indexes", **_indexes_known(unknown)})
    findings.append({"check": "duties", **_duties(duties.late(store))})
    findings.append({"check": "tokens", **_tokens(store, tenants)})
    warnings = [finding["message"] for finding in findings if finding["state"] == "warning"]
    store.directory.announce(BULLETIN, f"Minerva: {' '.join(warnings)}" if warnings else "")
    return {"findings": findings}


def forwarding(found: Forwarding) -> dict[str, str]:
    """{"state", "message"}: whether what this search head writes reaches the indexers that it searches."""
    if not found.peers:
        return _ok("This splunkd has no search peers: what it writes stays where it searches.")
    tcpout = found.outputs.get("tcpout", {})
    groups = {name.partition(":")[2]: each for name, each in found.outputs.items() if name.startswith("tcpout:")}
    named = [name.strip() for name in tcpout.get("defaultGroup", "").split(",") if name.strip()] or list(groups)
    usable = [name for name in named if _receives(groups.get(name, {}))]
    if _is(tcpout, "disabled") or not usable:
        return _warning(
            "this search head searches peers and forwards nothing (outputs.conf), so that alerts, releases, recalls "
            "and submitted records stay on it and other search heads never see them. Forward its events to the "
            "indexers, with indexAndForward = false."
        )
    if _is(tcpout, "indexAndForward") or _is(found.outputs.get("indexAndForward", {}), "index"):
        return _warning(
            "this search head keeps a copy of what it forwards (outputs.conf), so that it finds its own events twice. "
            "Set indexAndForward = false."
        )
    return _ok("What this search head writes is forwarded to its indexers.")


def _receives(group: Mapping[str, str]) -> bool:
    return bool(group.get("server") or group.get("indexerDiscovery")) and not _is(group, "disabled")


def _is(stanza: Mapping[str, str], key: str) -> bool:
    return str(stanza.get(key, "")).strip().lower() in _TRUE


def _indexes(store: Store, tenants: list[str]) -> Iterator[str]:
    for name in tenants:
        yield from filter(None, (store.context.tenants[name].index, store.context.tenants[name].summary_index))


def _indexes_known(unknown: list[str]) -> dict[str, str]:
    if unknown:
        return _warning(
            f"this search head has no index {', '.join(unknown)}: events for it are refused here. Install "
            "minerva_tenants on the search heads, indexes.conf included."
        )
    return _ok("Every institution's indexes are known here.")


def _ending(store: Store, tenants: list[str]) -> Iterator[str]:
    """The accounts of inputs whose last token ends soon or has ended, each with its days."""
    now = store.context.now
    for person in store.directory.people():
        if not any(store.context.tenants[name].takes_in(person.roles) for name in tenants):
            continue
        held = [token for token in store.directory.tokens(person.user) if token.enabled]
        if held and all(token.expires for token in held):
            left = (max(token.expires for token in held) - now) / DAY_S
            if left < SOON_DAYS:
                yield f"{person.user} ({left:.0f} days)"


def _tokens(store: Store, tenants: list[str]) -> dict[str, str]:
    try:
        ending = list(_ending(store, tenants))
    except Unanswered as error:
        return _ok(f"Whether a token of an inputs' account ends soon cannot be told: {error}.")
    if ending:
        return _warning(
            f"the token of inputs' accounts ends or has ended: {', '.join(ending)}. Make a new one and store it under "
            "Configuration, Accounts of the add-on, else inputs store nothing."
        )
    return _ok("No token of an inputs' account ends within two weeks.")


def _duties(late: list[str]) -> dict[str, str]:
    if late:
        return _warning(
            f"the service has not ended in time: {', '.join(late)}. Look for its searches in index=_internal "
            'sourcetype=scheduler savedsearch_name="Minerva*" status!=success.'
        )
    return _ok("Retention, releases and counts were done in time.")


def _ok(message: str) -> dict[str, str]:
    return {"state": "ok", "message": message}


def _warning(message: str) -> dict[str, str]:
    return {"state": "warning", "message": message}
