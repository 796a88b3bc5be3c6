"""The operation `case_import`: what a partner's bundle holds, and taking it into a case as leads with their source.

A lead is an item of the case: who reads and changes the case reads and removes it, an erasure and the case's age take
it away. It is no record and no entity: it is linked with nothing, exported with nothing and counted nowhere.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime, timezone
from typing import Any

from minerva.cases.cases import load, need_open, touched
from minerva.cases.items import LEAD, MOST_ITEMS, case, items_of
from minerva.documents import Document
from minerva.imports.container import MOST_BYTES
from minerva.imports.model import MOST_LEADS, MOST_REFUSED, UNMARKED, Bundle, ImportRefused, Lead, clean, strictest
from minerva.imports.reading import read_bundle
from minerva.places import folded
from minerva.policy import Action
from minerva.records.model import canonical_json, format_time
from minerva.sharing.objects import need_circumstances
from minerva.tenancy import day_limits
from minerva.tenancy.asking import BadRequest, Body, Contradicts, OverBudget, Store, holders_among, text_of
from minerva.tenancy.signing import EXPORT, holds
from minerva.vault.intake import verdicts

MOST_FILES, MOST_SOURCE, MOST_HELD = 10, 200, 200
MOST_KEPT_OUT = 50
"""Leads that the institution's rules keep out of one person's imports of a day: each tells that somebody is known."""
MOST_LOOKED_UP = 20_000
"""Identifiers of one bundle that are looked up."""
_CONTENT = ("schema", "names", "identifiers", "places", "text", "records")


def case_import(body: Body, store: Store) -> dict[str, Any]:
    """{"case_id", "op": "preview" | "add", "files": [{"name", "base64"}], "source", "refs", "is_meant"} -> {"import",
    "leads", "refused"}, and after "add" the case as `case` gives it.

    A lead has `state`: new, held (the case has it already) or changed (under the same id it has something else, which
    stays as it came: this is taken beside it as its next `version`), and `entities`, the own ones that hold an
    identifier of it. source: who it came from, needed where the bundle does not say; refs: which leads are taken, all
    that are not held without it; is_meant: true where the bundle names another recipient (`is_for_us` is false) and
    its owner agreed. Nothing is stored by a preview, and never the files themselves. `is_complete`: the files are those
    that the manifest names, whoever made it; `is_genuine`: an institution of this installation signed the manifest.
    Purpose and case are needed, as what is refused tells of whom the institution protects or has erased.
    """
    operation = body.get("op", "preview")
    if operation not in ("preview", "add"):
        raise BadRequest("op: expected preview or add")
    need_circumstances(store)
    row = load(body, store, Action.JUDGE)
    need_open(row)
    _need_budget(store)
    try:
        bundle = read_bundle(_files(body))
    except ImportRefused as error:
        raise BadRequest(f"the bundle is not taken: {error}; expected one that can be read whole") from None
    tenant = str(row["tenant_id"])
    digest = hashlib.sha256(canonical_json(bundle.files).encode()).hexdigest()
    leads = _allowed(store, tenant, bundle, digest)
    held: dict[tuple[str, str], list[Document]] = {}
    for each in items_of(store, row):
        if each["what"] == LEAD:
            held.setdefault((str(each["source"]), str(each["ref"])), []).append(each)
    _need_kept(store, bundle)
    source = _source(body, bundle)
    own = _holders(store, tenant, leads)
    told = [_told(own, lead, bundle, held.get((source, lead.ref), ())) for lead in leads]
    answer: dict[str, Any] = {
        "import": {
            "form": bundle.form, "source": source, "says_source": bundle.source, "marking": bundle.marking or UNMARKED,
            "is_marked": bool(bundle.marking), "statement": bundle.statement, "expires": bundle.expires,
            "files": bundle.files, "is_complete": bundle.is_complete, "is_genuine": _is_genuine(store, bundle),
            "recipient": _recipient(bundle), "is_for_us": _is_for(store, tenant, bundle),
            "institution": store.context.tenants[tenant].name,
        },
        "leads": told,
        "refused": [{"ref": each.ref, "reason": each.reason} for each in bundle.refused[:MOST_REFUSED]],
        "refused_count": len(bundle.refused),
    }  # fmt: skip
    if operation == "preview":
        return answer
    if not answer["import"]["is_for_us"] and body.get("is_meant") is not True:
        raise Contradicts(
            "the bundle is for another institution: ask who gave it to you, and say that it is meant for you"
        )
    if not source:
        raise BadRequest("source: expected who it came from, as the bundle does not say")
    taken = _chosen(body, told)
    if len(items_of(store, row)) + len(taken) > MOST_ITEMS:
        raise BadRequest(f"the case would hold more than {MOST_ITEMS} items: expected fewer")
    store.trail.permit(len(taken))
    made = [_item(store, row, each, held.get((source, each["ref"]), ()), answer["import"], digest) for each in taken]
    for at in range(0, len(made), 500):
        store.collections["cases"].batch_save(made[at : at + 500])
    touched(store, row)
    return {**answer, **case({"case_id": row["case_id"], "tenant_id": tenant}, store), "added": len(made)}


def _need_kept(store: Store, bundle: Bundle) -> None:
    """Raises BadRequest for a bundle that was to be deleted by now."""
    today = format_time(datetime.fromtimestamp(store.context.now, timezone.utc))
    if bundle.expires and bundle.expires <= today[: len(bundle.expires)]:
        raise BadRequest(f"the bundle was to be deleted by {bundle.expires}: expected one that may still be kept")


def _recipient(bundle: Bundle) -> str:
    """Whom a bundle says it is for: its manifest, else its statement; "" where neither says."""
    told = re.search(r"\bFor (.{1,200}?) only; purpose: ", bundle.statement)
    return bundle.recipient or (told.group(1) if told else "")


def _is_for(store: Store, tenant: str, bundle: Bundle) -> bool:
    """Whether a bundle may be for the institution: it names it, or nobody."""
    named = folded(_recipient(bundle))
    return named in ("", folded(tenant), folded(store.context.tenants[tenant].label))


def _files(body: Body) -> list[tuple[str, bytes]]:
    given = body.get("files")
    if not isinstance(given, list) or not 0 < len(given) <= MOST_FILES or not all(isinstance(f, dict) for f in given):
        raise BadRequest(f"files: expected a list of at most {MOST_FILES} objects with name and base64")
    found = []
    for each in given:
        data = each.get("base64")
        if not isinstance(data, str) or len(data) > MOST_BYTES * 4 // 3 + 4:
            raise BadRequest(f"files: expected base64 of at most {MOST_BYTES} bytes")
        try:
            found.append((text_of(each, "name", 120), base64.b64decode(data, validate=True)))
        except (binascii.Error, ValueError) as error:
            if isinstance(error, BadRequest):
                raise
            raise BadRequest("files: expected base64") from None
    return found


def _need_budget(store: Store) -> None:
    """Raises OverBudget for who was told of so many today as one person may be, whatever is in the bundle."""
    if day_limits.used(store, day_limits.KEPT_OUT) >= MOST_KEPT_OUT:
        raise OverBudget(
            f"your institution's rules kept {MOST_KEPT_OUT} leads of your imports out today: import after midnight "
            "(UTC), or ask a colleague",
            day_limits.DAY_S - int(store.context.now) % day_limits.DAY_S,
        )


def _is_genuine(store: Store, bundle: Bundle) -> bool:
    """Whether the institution that the manifest names signed it, in this installation: no other key is known."""
    maker, digest, signature = bundle.signed
    return bundle.is_complete and maker in store.context.tenants and holds(store, maker, digest, signature, EXPORT)


def _allowed(store: Store, tenant: str, bundle: Bundle, digest: str) -> list[Lead]:
    """Leads that may be stored: those that name nobody who was erased or whom the vault keeps are left. How many are
    not counts for the day, once for one bundle."""
    erased, named = verdicts(store, tenant, [((), lead.identifiers) for lead in bundle.leads])
    kept_out = len(erased | named)
    if kept_out and not day_limits.is_counted(store, day_limits.KEPT_OUT, digest):
        day_limits.add(store, day_limits.KEPT_OUT, kept_out, MOST_KEPT_OUT + MOST_LEADS)
        day_limits.remember(store, day_limits.KEPT_OUT, digest)
    found = []
    for at, lead in enumerate(bundle.leads):
        if at in erased or at in named:
            # One reason for both: the vault is not told of.
            bundle.refuse(lead.ref, "your institution's rules do not let it be stored: ask your administrator")
        else:
            found.append(lead)
    return found


def _source(body: Body, bundle: Bundle) -> str:
    given = body.get("source", "")
    if not isinstance(given, str) or len(given) > MOST_SOURCE or not given.isprintable():
        raise BadRequest(f"source: expected text of at most {MOST_SOURCE} characters on one line")
    return clean(given, MOST_SOURCE) or bundle.source


def _holders(store: Store, tenant: str, leads: Sequence[Lead]) -> dict[str, list[str]]:
    """Identifier -> own entities that hold it. Raises BadRequest where a bundle names more than are looked up."""
    asked = {identifier for lead in leads for identifier in lead.identifiers[:MOST_HELD]}
    if len(asked) > MOST_LOOKED_UP:
        raise BadRequest(f"the bundle names more than {MOST_LOOKED_UP} identifiers: ask for a part of it")
    return holders_among(store, tenant, asked)


def _told(holders: Mapping[str, Sequence[str]], lead: Lead, bundle: Bundle, held: Sequence[Document]) -> dict[str, Any]:
    content = _content(lead, bundle)
    state = "held" if content["digest"] in {each["digest"] for each in held} else "changed" if held else "new"
    own: list[str] = []
    for identifier in lead.identifiers[:MOST_HELD]:
        held_by = holders.get(identifier, ())
        own += [each for each in held_by if len(held_by) == 1 and each not in own]  # what many share is nobody's mark
    return {**content, "ref": lead.ref, "state": state, "unread": lead.unread, "entities": own[:20]}


def _content(lead: Lead, bundle: Bundle) -> dict[str, Any]:
    content: dict[str, Any] = {key: getattr(lead, key) for key in _CONTENT}
    if lead.set_aside:
        content["set_aside"] = lead.set_aside
    content["marking"] = strictest([lead.marking, bundle.marking]) or UNMARKED
    content["digest"] = hashlib.sha256(canonical_json(content).encode("utf-8", "replace")).hexdigest()[:32]
    return content


def _chosen(body: Body, told: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    new = [each for each in told if each["state"] != "held"]
    if "refs" not in body:
        return new
    refs = body["refs"]
    if not isinstance(refs, list) or not all(isinstance(each, str) for each in refs):
        raise BadRequest("refs: expected a list of texts")
    unknown = set(refs) - {each["ref"] for each in told}
    if unknown:
        raise BadRequest("refs: expected ids of leads in the bundle")
    return [each for each in new if each["ref"] in refs]


def _item(
    store: Store, row: Document, lead: dict[str, Any], held: Sequence[Document], about: dict[str, Any], digest: str
) -> Document:
    item_id = f"i_{uuid.uuid4().hex[:16]}"
    version = 1 + max((int(each.get("version") or 1) for each in held), default=0)
    # What its maker signed says something under the maker's own name alone, not under one that was typed.
    is_genuine = about["is_genuine"] and about["source"] == about["says_source"]
    kept = {key: lead[key] for key in (*_CONTENT, "set_aside", "marking", "digest", "ref") if key in lead}
    return {
        "_key": f"{row['tenant_id']}:{row['case_id']}:{item_id}", "kind": "item", "tenant_id": row["tenant_id"],
        "case_id": row["case_id"], "item_id": item_id, "number": version - 1, "what": LEAD, "standing": "",
        "by": store.subject.user, "time": store.context.now, "history": [], **kept, "source": about["source"],
        "form": about["form"], "statement": about["statement"], "expires": about["expires"], "bundle": digest,
        **({"version": version} if held else {}),
        "is_genuine": is_genuine,
    }  # fmt: skip
