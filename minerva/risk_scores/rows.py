"""A score as it is stored, as a row of a search, and in the fields of risk-based alerting."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from minerva.risk.clusters import clusters, shares_of
from minerva.risk.comparison import by_region, by_year
from minerva.risk.establishments import Establishment, history
from minerva.risk.market import Market, against_market
from minerva.risk.points import HOLDS, LABEL, MISSING, WAITS, Score
from minerva.risk.reading import degrees
from minerva.risk.sectors import Indicator, Sector

MOST_HISTORY, MOST_NAMES, MOST_PROBLEMS = 40, 10, 10
OBJECT_TYPE = "establishment"
"""Splunk's own are user, system and other; an establishment is neither."""


HIDDEN = "a sign that analysts of the institution alone see"


def for_all(sign: Indicator) -> bool:
    """Whether people and programs of the institution who are not its analysts may read what a sign is."""
    return sign.audience == "institution"


def hidden_features(sector: Sector) -> set[str]:
    """Names of features that signs for analysts alone rest on."""
    return {name for sign in sector.indicators if sign.when and not for_all(sign) for name in sign.when.names}


def statements_of(sectors: Iterable[Sector], analyst: bool) -> dict[str, str]:
    """Id of a sign -> its statement, as analysts of the institution read it, or everybody whom an alert reaches."""
    return {
        sign.id: sign.statement if analyst or for_all(sign) else HIDDEN
        for sector in sectors
        for sign in sector.indicators
    }


def document_of(one: Score, tenant: str, today: int, market: Market | None = None) -> dict[str, Any]:
    """The score with its reasons, what is missing, and the history: all JSON. market: what it is compared with, None
    where the business stands alone."""
    each = one.establishment
    reasons = [
        {"id": part.indicator.id, "points": part.points, "words": part.words, "records": list(part.records)}
        for part in one.reasons
    ]
    spot = _spot(each)
    document = {
        "tenant_id": tenant, "establishment_id": each.establishment_id, "sector": one.sector.id,
        "entity_ids": list(each.entity_ids[:MOST_NAMES]), "name": each.name or _contact(each),
        "names": each.names[-MOST_NAMES:],
        "address": each.first("address"), "city": each.first("city") or each.town.partition("|")[0].title(),
        "region": each.first("region") or each.town.partition("|")[2].upper(), "postcode": each.first("postcode"),
        "score": one.score, "most": one.most, "missing": round(one.missing, 3), "confidence": one.confidence,
        "state": one.state, "label": LABEL, "reasons": reasons, "records": each.size,
        "unknown": [part.indicator.id for part in one.contributions if part.state == MISSING],
        "waits": [part.indicator.id for part in one.contributions if part.state == WAITS],
        "looked_at": [part.indicator.id for part in one.contributions if part.state not in (HOLDS, MISSING, WAITS)],
        "values": dict(one.values), "history": history(each, today)[-MOST_HISTORY:], "problems": _problems(each),
        "shares": [{"by": by, "value": value, "ids": list(ids)}
                   for by, value, ids in (shares_of(each, market) if market else ())],
        "against": against_market(each, market) if market else [],
    }  # fmt: skip
    return {**document, **({"latitude": spot[0], "longitude": spot[1]} if spot else {})}


def _contact(each: Establishment) -> str:
    """What a business without a name is called: its phone, else its user name or another contact."""
    rank = {"phone": 0, "username": 1, "email": 2}
    kinds = sorted(each.contacts, key=lambda contact: (rank.get(contact.partition(":")[0], 3), contact))
    return kinds[0].partition(":")[2] if kinds else ""


def message_of(document: Mapping[str, Any], statements: Mapping[str, str]) -> str:
    """One sentence that tells the score with its reasons: for people, and for risk_message."""
    reasons = [f"{statements.get(each['id'], each['id'])} (+{each['points']})" for each in document["reasons"]]
    told = " ".join(reasons) or "No sign holds."
    missing = f"{document['missing']:.0%} of its signs could not be looked at."
    return (
        f"{document['name'] or 'unnamed'}: {document['score']} points, {document['state']}. {told} {missing} {LABEL}."
    )


def rows_of(documents: list[dict[str, Any]], sectors: Sequence[Sector], analyst: bool) -> Iterator[dict[str, Any]]:
    """A row of a search for each score, its reasons as values side by side, and risk_* for Enterprise Security.

    analyst: whether who asks is an analyst of the institution. What goes into an alert tells no sign for them alone.
    """
    statements, told_to_all = (statements_of(sectors, by_analyst) for by_analyst in (analyst, False))
    names = {sign.id: sign.id if analyst or for_all(sign) else f"sign_{sign.number}"
             for sector in sectors for sign in sector.indicators}  # fmt: skip
    for each in documents:
        shown = [one for one in each["reasons"] if statements.get(one["id"]) != HIDDEN]
        yield {
            "establishment_id": each["establishment_id"], "sector": each["sector"], "name": each["name"],
            "address": each["address"], "city": each["city"], "region": each["region"], "score": each["score"],
            "state": each["state"], "most": each["most"], "missing": each["missing"], "confidence": each["confidence"],
            "reasons": [f"{one['points']} {statements.get(one['id'], one['id'])}" for one in each["reasons"]],
            "evidence": [record for reason in shown for record in reason["records"]],
            "unknown": [names.get(one, one) for one in (*each["unknown"], *each["waits"])],
            "entity_id": each["entity_ids"], "problems": each["problems"], "label": each["label"],
            "risk_object": each["establishment_id"], "risk_object_type": OBJECT_TYPE, "risk_score": each["score"],
            "risk_message": message_of(each, told_to_all),
        }  # fmt: skip


def compared_rows(documents: Sequence[Mapping[str, Any]], output: str) -> Iterator[dict[str, Any]]:
    """Rows of a search that compare regions or years, or name clusters, sector by sector."""
    compare = {"regions": by_region, "years": by_year, "clusters": clusters}[output]
    names = {each["establishment_id"]: each["name"] for each in documents}
    for sector in dict.fromkeys(each["sector"] for each in documents):
        for row in compare([each for each in documents if each["sector"] == sector]):
            named = {"names": [names[one] for one in row["ids"]]} if output == "clusters" else {}
            yield {"sector": sector, **row, **named, "label": LABEL}


def learned_row(each: Mapping[str, Any], learned: Mapping[str, Any]) -> dict[str, Any]:
    """A row of a search for what a learned model says: its parts add up to log_odds exactly."""
    parts = [f"{part['log_odds']:+.3f} {part['words']}" for part in learned["parts"] if part["log_odds"]]
    message = (
        f"{each['name'] or 'unnamed'}: {learned['chance']:.0%} by the learned model ({each['score']} points). "
        f"{learned['statement']} {LABEL}."
    )
    return {
        "establishment_id": each["establishment_id"], "sector": each["sector"], "name": each["name"],
        "address": each["address"], "city": each["city"], "region": each["region"], "model": "learned",
        "log_odds": f"{learned['log_odds']:.3f}", "base": f"{learned['base']:.3f}", "chance": learned["chance"],
        "score": each["score"], "state": each["state"], "missing": each["missing"], "reasons": parts,
        "statement": learned["statement"], "entity_id": each["entity_ids"], "label": LABEL,
        "risk_object": each["establishment_id"], "risk_object_type": OBJECT_TYPE,
        "risk_score": round(100 * learned["chance"]), "risk_message": message,
    }  # fmt: skip


def _problems(each: Establishment) -> list[str]:
    counts: Counter[str] = Counter()
    for fact in (*each.anchors, *each.staff, *each.others):
        counts.update(fact.problems)
    for tally in each.tallies.values():
        counts.update(tally.problems)
    return [f"{problem} ({count})" for problem, count in counts.most_common(MOST_PROBLEMS)]


def _spot(each: Establishment) -> tuple[float, float] | None:
    for fact in each.anchors:
        north, east = degrees(fact.first("latitude"), 90), degrees(fact.first("longitude"), 180)
        if north is not None and east is not None:
            return north, east
    return None
