"""The work list and one score with its reasons, for people of the institution and their programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from minerva.documents import Document, find_all
from minerva.policy import Action
from minerva.risk.clusters import clusters
from minerva.risk.comparison import by_region, by_year
from minerva.risk.points import HOLDS, HOLDS_NOT, LABEL, LOOK_AT, LOOK_FIRST, MISSING, STATES, WAITS
from minerva.risk.registry import shipped
from minerva.risk.sectors import Sector
from minerva.risk_scores.labels import OPEN, SCORE, labels_of, said_of
from minerva.risk_scores.models import LEARNED_IS, POINTS_ARE, active_model, learned_of, words_of
from minerva.risk_scores.rows import HIDDEN, for_all, hidden_features, statements_of
from minerva.risk_scores.saving import WHAT
from minerva.tenancy.asking import Absent, Body, Store, number_of, one_of, text_of

MOST_LISTED, MOST_CLUSTERS = 1000, 200
_ROW = ("tenant_id", "establishment_id", "sector", "name", "address", "city", "region", "postcode", "latitude",
        "longitude", "score", "most", "missing", "confidence", "state", "before", "since", "run", "entity_ids",
        "records")  # fmt: skip


def risk_scores(body: Body, store: Store) -> dict[str, Any]:
    """{"sector", "state", "region", "cluster", "limit", "offset"} -> {"scores", "found", "sectors", "regions"}.

    The highest first; cluster: the id of one, for its businesses alone. sectors: {"sector", "title", "businesses",
    "look_first", "look_at", "base_rate", "labelled", "confirmed", "waits"}; regions: the same counts of the chosen
    sector by region.
    """
    limit, offset = number_of(body, "limit", 100, 1, MOST_LISTED), number_of(body, "offset", 0, 0, 1_000_000)
    known = shipped().sectors()
    asked = _asked(body)
    held, labels = _held(body, store)
    of = _cluster_of(held)
    found = _found(asked, held, of)
    of_sector = [row for row in held if row["sector"] == asked.get("sector", row["sector"])]
    return {
        "scores": _rows(found[offset : offset + limit], of, labels, store), "found": len(found),
        "sectors": [_sector(each, held, labels) for each in known.values()],
        "regions": _regions(of_sector), "limit": limit, "offset": offset, "label": LABEL,
    }  # fmt: skip


def work_list(body: Body, store: Store) -> list[dict[str, Any]]:
    """All rows that `risk_scores` finds, without a limit."""
    asked = _asked(body)
    held, labels = _held(body, store)
    of = _cluster_of(held)
    return _rows(_found(asked, held, of), of, labels, store)


def _asked(body: Body) -> dict[str, str]:
    """What is chosen of the stored scores."""
    asked: dict[str, str] = {}
    for key, allowed in (("sector", shipped().sectors()), ("state", STATES)):
        if body.get(key):
            asked[key] = one_of(body, key, allowed)
    for key, most in (("region", 200), ("cluster", 100)):
        if body.get(key):
            asked[key] = text_of(body, key, most)
    return asked


def _found(asked: Mapping[str, str], held: Iterable[Document], of: Mapping[str, Mapping[str, Any]]) -> list[Document]:
    """The chosen rows, the highest score first; a row of a trade that is not known any more is none."""
    known, wanted = shipped().sectors(), {key: value for key, value in asked.items() if key != "cluster"}
    found = [
        row
        for row in held
        if row["sector"] in known
        and all(row.get(key) == value for key, value in wanted.items())
        and ("cluster" not in asked or of.get(row["establishment_id"], {}).get("cluster") == asked["cluster"])
    ]
    return sorted(found, key=lambda row: (-row["score"], row["missing"], row["establishment_id"]))


def _rows(
    page: Iterable[Document], of: Mapping[str, Mapping[str, Any]], labels: Mapping[str, Document], store: Store
) -> list[dict[str, Any]]:
    known = shipped().sectors()
    return [
        {**_row(row, known[row["sector"]], labels, store), "cluster": _named(of.get(row["establishment_id"]))}
        for row in page
    ]


def risk_compare(body: Body, store: Store) -> dict[str, Any]:
    """{"sector"} -> {"sector", "regions", "years", "clusters", "label"}: regions and years of a trade side by side, and
    premises that share a phone or an owner; see minerva/risk/comparison.py and clusters.py for the rows."""
    sector = one_of(body, "sector", shipped().sectors())
    rows = [row for row in _held(body, store)[0] if row["sector"] == sector]
    found = clusters(rows)  # an id holds the institution, so none spans two
    return {
        "sector": sector, "regions": by_region(rows), "years": by_year(rows), "clusters": found[:MOST_CLUSTERS],
        "found": len(found), "label": LABEL,
    }  # fmt: skip


def _held(body: Body, store: Store) -> tuple[list[Document], dict[str, Document]]:
    """The stored scores that may be read, and the labels by establishment id."""
    held: list[Document] = []
    labels: dict[str, Document] = {}
    for tenant in store.readable(body):
        if store.may(Action.READ, tenant, WHAT):
            held += find_all(store.collections["risk"], {"tenant_id": tenant, "kind": SCORE})
            labels.update(labels_of(store, tenant))
    return held, labels


def _cluster_of(held: Iterable[Document]) -> dict[str, dict[str, Any]]:
    """Establishment id -> its cluster. An id holds the institution and the trade, so no cluster spans two."""
    return {one: each for each in clusters(held) for one in each["ids"]}


def _named(cluster: Mapping[str, Any] | None) -> dict[str, Any] | None:
    return None if cluster is None else {key: cluster[key] for key in ("cluster", "businesses", "places", "by")}


def _shares(row: Document, store: Store) -> list[dict[str, Any]]:
    """What the business shares, with those others that are still scored."""
    told = []
    for share in row.get("shares") or ():
        rows = store.collections["risk"].get_many([f"{row['tenant_id']}:{each}" for each in share["ids"]])
        others = [{key: each.get(key) for key in ("establishment_id", "name", "address", "city", "score", "state")}
                  for each in rows if each is not None and each.get("kind") == SCORE]  # fmt: skip
        if others:
            told.append({"by": share["by"], "value": share["value"], "with": others})
    return told


def risk_score(body: Body, store: Store) -> dict[str, Any]:
    """{"establishment_id"} -> the score, every sign of its sector with its state, and the history."""
    asked = text_of(body, "establishment_id", 100)
    for tenant in store.readable(body):
        rows = store.load("risk", [tenant], asked)
        if rows and rows[0].get("kind") == SCORE and store.may(Action.READ, tenant, WHAT):
            return _whole(rows[0], store)
    raise Absent


def _whole(row: Document, store: Store) -> dict[str, Any]:
    sector = shipped().sectors().get(str(row["sector"]))
    if sector is None:
        raise Absent
    held = {each["id"]: each for each in row["reasons"]}
    states = {**dict.fromkeys(row["unknown"], MISSING), **dict.fromkeys(row["looked_at"], HOLDS_NOT)}
    analyst = _is_analyst(row, store)
    signs = []
    for sign in sector.indicators:
        reason = held.get(sign.id)
        state = HOLDS if reason else states.get(sign.id, WAITS if sign.when is None else MISSING)
        told = {
            "id": sign.id, "number": sign.number, "statement": sign.statement, "state": state,
            "points": reason["points"] if reason else 0, "of": sign.points, "strength": sign.strength,
            "words": reason["words"] if reason else sign.waits_for, "records": reason["records"] if reason else [],
            "source": sign.source, "seen": sign.seen, "false_positives": sign.false_positives,
            "fields": list(sign.fields), "when": sign.when.text if sign.when else "",
        }  # fmt: skip
        signs.append(told if analyst or for_all(sign) else _masked(told))
    said = said_of(store, str(row["tenant_id"]), str(row["establishment_id"]))
    outcome = said[0]["outcome"] if said else OPEN
    shown = {key: row.get(key) for key in (*_ROW, "names", "history", "problems", "label")}
    return {
        **shown, "signs": signs, "title": sector.title, "base_rate": sector.base_rate,
        "look_at": sector.look_at, "look_first": sector.look_first,
        "outcome": "" if outcome == OPEN else outcome, "labels": said,
        "shares": _shares(row, store), "against": row.get("against") or [],
        "learned": _learned(row, sector, analyst, store), "points_are": POINTS_ARE, "learned_is": LEARNED_IS,
    }  # fmt: skip


def _learned(row: Document, sector: Sector, analyst: bool, store: Store) -> dict[str, Any] | None:
    """What the institution's learned model says beside the points; None where none is active."""
    model = active_model(store, str(row["tenant_id"]), sector.id)
    if model is None:
        return None
    hidden = set() if analyst else hidden_features(sector)
    learned = learned_of(model, row.get("values") or {}, words_of(sector, analyst))
    for at, part in enumerate(learned["parts"]):
        if part["feature"] in hidden:
            learned["parts"][at] = {**part, "feature": f"sign_{at + 1}", "value": None}
    return learned


def _masked(told: dict[str, Any]) -> dict[str, Any]:
    """A sign for analysts alone: its points stay, so that the sum stays exact."""
    kept = {key: told[key] for key in ("id", "number", "state", "points", "of", "strength")}
    return {**told, **dict.fromkeys(("words", "source", "false_positives", "when"), ""), **kept, "statement": HIDDEN,
            "id": f"sign_{told['number']}", "records": [], "fields": []}  # fmt: skip


def _is_analyst(row: Document, store: Store) -> bool:
    owner = store.context.tenants.get(str(row["tenant_id"]))
    return owner is not None and owner.is_analyst(store.subject.roles)


def _row(row: Document, sector: Sector, labels: Mapping[str, Document], store: Store) -> dict[str, Any]:
    statements = statements_of([sector], _is_analyst(row, store))
    reasons = [
        {"id": each["id"], "points": each["points"], "statement": statements[each["id"]]}
        for each in row["reasons"]
        if each["id"] in statements
    ]
    told = {key: row.get(key) for key in _ROW}
    return {**told, "reasons": reasons, "outcome": _outcome(labels.get(str(row["establishment_id"])))}


def _outcome(label: Document | None) -> str:
    return str(label["outcome"]) if label is not None else ""


def _sector(sector: Sector, held: list[Document], labels: Mapping[str, Document]) -> dict[str, Any]:
    own = [row for row in held if row["sector"] == sector.id]
    states = Counter(row["state"] for row in own)
    told = [labels[row["establishment_id"]]["outcome"] for row in own if row["establishment_id"] in labels]
    return {
        "sector": sector.id, "title": sector.title, "businesses": len(own), "look_first": states[LOOK_FIRST],
        "look_at": states[LOOK_AT], "base_rate": sector.base_rate, "labelled": len(told),
        "confirmed": sum(outcome == "confirmed" for outcome in told),
        "signs": len(sector.indicators), "waits": sum(sign.when is None for sign in sector.indicators),
    }  # fmt: skip


def _regions(held: list[Document]) -> list[dict[str, Any]]:
    counts: dict[str, Counter[str]] = {}
    for row in held:
        counts.setdefault(str(row.get("region") or ""), Counter())[row["state"]] += 1
    return [
        {"region": region, "businesses": sum(states.values()), "look_first": states[LOOK_FIRST],
         "look_at": states[LOOK_AT]}
        for region, states in sorted(counts.items())
    ]  # fmt: skip
