"""Scheduled searches, alerts and macros: the app's disabled templates here, each tenant's own in assembly.tenants."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from assembly.conf_text import ConfFile, Stanza
from assembly.facts import read_facts
from assembly.paths import APP

FACTS = f"{APP}/facts/searches.yml"


@dataclass(frozen=True)
class Alert:
    """When a scheduled search raises an alert, and what happens then.

    Without an action it is listed among the triggered alerts and nothing else.
    `condition` is "number of events > 0" and its kin, or a search whose results raise the alert.
    """

    condition: str
    action: str = ""
    params: dict[str, str] = field(default_factory=dict)
    severity: int = 3


@dataclass(frozen=True)
class Search:
    """A saved search; `{tenant}` and `{index}` in name, search and params are the tenant's, `cron` has its minutes.

    `per`: each tenant has one, or the installation has one, or an administrator switches the app's own on.
    `latest` "": no bound, the future included. `made_up`: a run that found no place is made up for, each one of a time
    without Splunk too. `window_min`: minutes for which a run waits for a place; one that found none is left out.
    """

    name: str
    search: str
    description: str
    cron: str = ""
    earliest: str = "0"
    latest: str = "now"
    per: Literal["tenant", "installation", "administrator"] = "tenant"
    alert: Alert | None = None
    made_up: bool = False
    window_min: int = 0


@dataclass(frozen=True)
class Macro:
    """A search macro; with `args` its stanza is name(number)."""

    name: str
    definition: str
    description: str = ""
    args: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class SearchFacts:
    """All of searches.yml."""

    searches: list[Search]
    macros: list[Macro] = field(default_factory=list)


KEPT_S = 900
"""How long jobs of scheduled searches stay: those of all tenants count against the disk quota of one user."""
COUNT_CONDITION = re.compile(r"number of (events|results|hosts|sources) (>=|<=|!=|=|>|<) (\d+)")
RELATIONS = {">": "greater than", "<": "less than", "=": "equal to", "!=": "not equal to"}


def minutes(place: int) -> dict[str, str]:
    """Returns when the searches of the tenant at this place in the tenants file begin, so that tenants take turns.

    `five`, `five_later`, `five_last`: minutes of a search every five minutes; `night`: minute and hour of one that
    begins in none of them, between 2 and 4; `morning` and `late_morning`: of those that begin in none of all these,
    between 5 and 7.
    """
    night = 120 + place * 7 % 24 * 5 + (place + 1) % 5
    fives = {"five": 0, "five_later": 2, "five_last": 3}
    morning, late = ((place * 7 + later) % 12 * 5 + (place + 4) % 5 for later in (0, 6))
    return {
        **{name: f"{(place + after) % 5}" for name, after in fives.items()},
        "night": f"{night % 60} {night // 60}",
        "morning": f"{morning} 5",
        "late_morning": f"{late} 6",
    }


# The template's tenant: no such index exists, so that a template switched on by mistake finds nothing.
TEMPLATE = {"tenant": "template", "index": "mnv_t_template", **minutes(0)}


def read_searches(root: Path) -> SearchFacts:
    """Returns searches.yml of the app under `root`."""
    return read_facts(root / FACTS, SearchFacts)


def fill(text: str, names: dict[str, str]) -> str:
    """Returns `text` with the names in braces replaced; other braces are SPL's and stay."""
    for key, value in names.items():
        text = text.replace(f"{{{key}}}", value)
    return text


def search_stanza(search: Search, names: dict[str, str], *, enabled: bool) -> Stanza:
    """Returns the savedsearches.conf stanza of one search for one tenant."""
    settings: dict[str, str | int | bool] = {
        "search": " ".join(fill(search.search, names).split()),
        "description": " ".join(fill(search.description, names).split()),
        "dispatch.allow_partial_results": False,  # half an index would look as if the other half were deleted
        "dispatch.earliest_time": search.earliest,
        **({"dispatch.latest_time": search.latest} if search.latest else {}),
        "disabled": not enabled,
    }
    if search.cron:
        # 1 or 0, no word (savedsearches.conf.spec). Who enables an administrator's own search means that it runs.
        settings["cron_schedule"] = fill(search.cron, names)
        settings["enableSched"] = int(enabled or search.per == "administrator")
        settings["dispatch.ttl"] = KEPT_S
        settings.update({"realtime_schedule": 0} if search.made_up else {})
        settings.update({"schedule_window": search.window_min} if search.window_min else {})
    if search.alert is not None:
        settings.update(_alert_settings(search.alert, names))
    return Stanza(fill(search.name, names), settings)


def _alert_settings(alert: Alert, names: dict[str, str]) -> dict[str, str | int | bool]:
    settings: dict[str, str | int | bool] = {}
    match = COUNT_CONDITION.fullmatch(alert.condition.strip())
    if match:
        counted, relation, quantity = match[1].replace("results", "events"), match[2], int(match[3])
        if relation in (">=", "<="):  # Splunk has no such relation for counts
            relation, quantity = (">", quantity - 1) if relation == ">=" else ("<", quantity + 1)
        settings.update(
            {"counttype": f"number of {counted}", "relation": RELATIONS[relation], "quantity": max(quantity, 0)}
        )
    else:
        settings.update({"counttype": "custom", "alert_condition": fill(alert.condition, names)})
    settings.update({"alert.track": True, "alert.severity": alert.severity, "alert.digest_mode": True})
    if alert.action:
        settings["alert.expires"] = f"{KEPT_S}s"  # Splunk's 24 hours would keep the job, and its identifiers, as long
        settings[f"action.{alert.action}"] = True
    settings.update({f"action.{alert.action}.param.{key}": fill(text, names) for key, text in alert.params.items()})
    return settings


def emit_searches(root: Path) -> dict[str, str]:
    """Returns savedsearches.conf (disabled templates) and macros.conf."""
    if not (root / FACTS).is_file():
        return {}
    facts = read_searches(root)
    saved = ConfFile(
        f"{APP}/default/savedsearches.conf",
        [FACTS],
        [search_stanza(search, TEMPLATE, enabled=False) for search in facts.searches],
    )
    macros = ConfFile(f"{APP}/default/macros.conf", [FACTS], [_macro_stanza(macro) for macro in facts.macros])
    return {saved.path: saved.text(), macros.path: macros.text()}


def _macro_stanza(macro: Macro) -> Stanza:
    name = f"{macro.name}({len(macro.args)})" if macro.args else macro.name
    settings: dict[str, str | int | bool] = {"definition": " ".join(macro.definition.split())}
    if macro.args:
        settings["args"] = ", ".join(macro.args)
    return Stanza(name, settings, note=" ".join(macro.description.split()))
