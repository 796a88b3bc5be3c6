"""The learned model of an institution: which file it has activated for a sector, what it was trained on, and drift.

None is active until an administrator puts one in that was trained on labels of the institution; one that was trained
on an invented world is refused. Models hold counts and weights, and nothing of a business or a person.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from minerva.documents import Document, find_all
from minerva.policy import Action
from minerva.risk.learned import INVENTED, Model, ModelError, applied, directions, drift, read_model, written
from minerva.risk.registry import shipped
from minerva.risk.sectors import Sector
from minerva.risk_scores.labels import MOST_WHY, SCORE, labels_of
from minerva.risk_scores.rows import HIDDEN, hidden_features
from minerva.risk_scores.saving import WHAT
from minerva.tenancy.asking import Absent, BadRequest, Body, Store, text_of

MODEL = "model"
MODEL_WHAT = "risk_model"
"""As the kind of object of the policy."""
POINTS_ARE = (
    "Points: published signs, each with points that people gave it by how strong its evidence is. They need no labels "
    "and say where to look first; they are no chance."
)
LEARNED_IS = (
    "Learned: a model that was trained on what your own people found out. Its log-odds add up as points do, and a "
    "table turns them into a chance among businesses such as those that were looked into."
)


def risk_models(body: Body, store: Store) -> dict[str, Any]:
    """{"drift": bool} -> {"points_are", "learned_is", "models": [{"tenant_id", "sector", "model", "by", "time", "why",
    "drift"}]}: the models in use, for people of the institution and its searches."""
    wants_drift = body.get("drift", False)
    if type(wants_drift) is not bool:
        raise BadRequest("drift: expected true or false")
    found = []
    for tenant in store.readable(body):
        if store.may(Action.READ, tenant, WHAT):
            for row in find_all(store.collections["risk"], {"tenant_id": tenant, "kind": MODEL}):
                told = {key: row[key] for key in ("tenant_id", "sector", "model", "by", "time", "why")}
                found.append({**told, "drift": _drift(row, store) if wants_drift else []})
    return {"points_are": POINTS_ARE, "learned_is": LEARNED_IS, "models": found}


def risk_model(body: Body, store: Store) -> dict[str, Any]:
    """{"op": "set", "model", "why"} or {"op": "remove", "sector", "why"} -> {"sector", "active"}. For administrators.

    A file of another version, a damaged one, and one that was trained on an invented world are refused in words.
    """
    step, why = body.get("op"), text_of(body, "why", MOST_WHY)
    if step not in ("set", "remove"):
        raise BadRequest("op: expected set or remove")
    known = shipped().sectors()
    if step == "set":
        try:
            model = read_model(body.get("model"), known)
        except ModelError as error:
            raise BadRequest(f"model: {error}") from None
        if model.trained_on == INVENTED:
            raise BadRequest("model: it was trained on an invented world: train one on labels of your institution")
        sector = model.sector
    else:
        sector = text_of(body, "sector", 40)
        if sector not in known:
            raise BadRequest(f"sector: expected one of {', '.join(known)}")
    tenant = store.tenant_for(Action.ADMINISTER, body)
    if not store.may(Action.ADMINISTER, tenant, MODEL_WHAT):
        raise Absent
    store.trail.permit(1)
    models = store.collections["risk"]
    name = f"{tenant}:{MODEL}:{sector}"
    if step == "remove":
        models.discard({"tenant_id": tenant, "kind": MODEL, "sector": sector})
        return {"sector": sector, "active": False}
    models.batch_save([{
        "_key": name, "tenant_id": tenant, "kind": MODEL, "sector": sector, "model": written(model), "why": why,
        "by": store.subject.user, "time": store.context.now,
    }])  # fmt: skip
    return {"sector": sector, "active": True}


def risk_labels(body: Body, store: Store) -> dict[str, Any]:
    """{"sector"} -> {"columns", "rows"}: what people found out, with the features of each business as they were then.

    It is what build.py train risk --labels reads. No name, address or id of a business leaves with it.
    """
    sector = shipped().sectors().get(text_of(body, "sector", 40))
    if sector is None:
        raise BadRequest(f"sector: expected one of {', '.join(shipped().sectors())}")
    names = list(directions(sector))
    rows = []
    for tenant in store.readable(body):
        if store.may(Action.READ, tenant, WHAT):
            told = (each for each in labels_of(store, tenant).values() if each["sector"] == sector.id)
            rows += [_exported(each, sector, names) for each in told]
    return {"columns": ["sector", "outcome", "region", *names], "rows": rows}


def _exported(label: Document, sector: Sector, names: list[str]) -> list[Any]:
    values = label.get("values") or {}
    return [sector.id, label["outcome"], label.get("region", ""), *(values.get(name, "") for name in names)]


def active_model(store: Store, tenant: str, sector: str) -> Model | None:
    """The model that an institution has activated for a sector, where this app can read it."""
    row = store.collections["risk"].get(f"{tenant}:{MODEL}:{sector}")
    return model_of(row) if row is not None and row.get("kind") == MODEL else None


def model_of(row: Mapping[str, Any]) -> Model | None:
    """The model of a stored row; None for one of an app before an update: activating it again says why."""
    try:
        return read_model(row["model"], shipped().sectors())
    except ModelError:
        return None


def learned_of(model: Model, values: Mapping[str, float], words: Mapping[str, str]) -> dict[str, Any]:
    """What a model says of one business: every feature's part, the heaviest first. words: feature -> its statement."""
    one = applied(model, values)
    parts = [
        {"feature": part.feature, "words": words.get(part.feature, ""), "value": part.value,
         "log_odds": part.log_odds / 1000}
        for part in sorted(one.parts, key=lambda part: (-part.log_odds, part.feature))
    ]  # fmt: skip
    return {
        "statement": model.statement, "held_back": model.facts.get("held_back") or {}, "log_odds": one.log_odds / 1000,
        "chance": round(one.chance, 4), "base": one.base / 1000, "parts": parts,
    }  # fmt: skip


def words_of(sector: Sector, analyst: bool) -> dict[str, str]:
    """Feature -> the statement of the sign that reads it, as analysts of the institution read it, or everybody."""
    hidden = set() if analyst else hidden_features(sector)
    return {
        name: HIDDEN if name in hidden else sign.statement
        for sign in sector.indicators
        if sign.when is not None
        for name in sign.when.names
    }


def _drift(row: Document, store: Store) -> list[dict[str, Any]]:
    model = model_of(row)
    if model is None:
        return []
    scored = {"tenant_id": row["tenant_id"], "kind": SCORE, "sector": row["sector"]}
    rows = [each.get("values") or {} for each in find_all(store.collections["risk"], scored)]
    return drift(model, rows) if rows else []
