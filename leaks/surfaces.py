"""The surfaces: every way to stored data that is known, as requests about a target. No request holds the secret.

security figure 5 of the threat model names them; what only a Splunk has is marked, and what no request can ask is in
BY_HAND.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence

import yaml

from assembly.paths import ROOT
from leaks.model import APP, Ask, Further, Surface, Target
from minerva.partner.registry import BASE

ENTITIES = "/services/minerva/app/v1/entities"
DATA = f"/servicesNS/nobody/{APP}/storage/collections/data"
COLLECTIONS = tuple(
    str(row["name"]) for row in yaml.safe_load((ROOT / APP / "facts" / "collections.yml").read_text(encoding="utf-8"))
)
"""All of the app, from its facts: one that is new is looked at from its first day."""
STATED = {"Minerva-Purpose": "investigation", "Minerva-Case": "leak-check"}
TENANTS = "/servicesNS/{user}/minerva_tenants/configs/conf-minerva_tenants"
BY_HAND = {
    "alert mail": "no mail is sent by any alert of the app; look at your own alerts",
    "dispatch directory": "files of a search head; look at their owner and mode",
    "federated search": "depends on the service account of each agreement",
    "deployment bundle": "files of an indexer; no collection of the app is replicated to one",
}
"""What no request can show, and what to look at."""


def spl(target: Target, *searches: str) -> list[Ask]:
    """Searches with the target's index, tenant and ids filled in."""
    place = target.institution
    values = {
        "index": place.index, "summary": place.summary_index, "tenant": place.tenant, "entity": target.entity_id,
        "identifier": target.identifier, "record": target.record_ids[0], "sid": target.sid,
        "saved": target.saved_search, "owner": place.owners["analyst"].user,
    }  # fmt: skip
    return [Ask(spl=search.format(**values)) for search in searches]


def _posts(base: str, bodies: Sequence[tuple[str, dict[str, object]]]) -> list[Ask]:
    return [Ask(f"{base}/{path}", "POST", body, headers=STATED) for path, body in bodies]


def search(target: Target) -> list[Ask]:
    return spl(
        target, "search index={index} | head 100", "search index=* | head 1000", "search index={index} OR index=*",
        "search NOT index=none", "search index IN ({index}, main)", "search `minerva_records`",
        "search index=mnv_* sourcetype=minerva:*", "search index={index} | eval x=_raw | table x",
        "search tenant_id={tenant}", 'search index="{index} "', "search index={index} record_id={record}",
    )  # fmt: skip


def search_jobs(target: Target) -> list[Ask]:
    index = target.institution.index
    made = []
    for path in ("/services/search/jobs", "/services/search/v2/jobs", f"/servicesNS/nobody/{APP}/search/jobs"):
        form = {"search": f"search index={index}", "exec_mode": "oneshot", "output_mode": "json", "earliest_time": "0"}
        made.append(Ask(path, "POST", form=form))
    return [*made, Ask("/services/search/jobs/export", "POST", form={"search": f"search index={index}"})]


def tstats(target: Target) -> list[Ask]:
    return spl(
        target, "| tstats values(minerva_name) as n where index={index}",
        "| tstats values(minerva_name) as n where index=* by index",
        "| tstats count where index={index} by minerva_record_id minerva_name", "| tstats values(source) where index=*",
        "| tstats values(minerva_name) where index=mnv_t_* OR index={index}",
        "| tstats prestats=t values(minerva_name) where index=*",
    )  # fmt: skip


def metadata(target: Target) -> list[Ask]:
    return spl(
        target, "| metadata type=sources index={index}", "| metadata type=sources index=*",
        "| metadata type=hosts index={index}", "| metadata type=sourcetypes index=*",
    )  # fmt: skip


def combined(target: Target) -> list[Ask]:
    inner = "search index={index} | head 10"
    return spl(
        target, f"| makeresults | append [{inner}]", f"| makeresults | appendcols [{inner}]",
        f"| makeresults | appendpipe [{inner}]", f'| makeresults | eval index="{{index}}" | join index [{inner}]',
        "| union [search index={index}] [search index=*]", "| multisearch [search index={index}] [search index=*]",
        f'| makeresults | map search="{inner}"', "search [search index={index} | fields record_id]",
        "search index=* [| makeresults | eval index=\"{index}\" | fields index]",
        '| makeresults | eval i="{index}" | map search="search index=$i$"',
        "| set union [search index={index}] [search index=*]",
    )  # fmt: skip


def inputlookup(target: Target) -> list[Ask]:
    return spl(target, *(f"| inputlookup {name}" for name in COLLECTIONS), "| inputlookup append=t minerva_watchlist")


def lookup(target: Target) -> list[Ask]:
    start = '| makeresults | eval tenant_id="{tenant}", identifier="{identifier}", entity_id="{entity}" '
    return spl(
        target, start + "| lookup minerva_watchlist tenant_id identifier OUTPUT note",
        start + "| lookup minerva_watchlist tenant_id OUTPUT note",
        start + "| lookup minerva_entities entity_id OUTPUT names",
    )  # fmt: skip


def collections(target: Target) -> list[Ask]:
    found = []
    for name in COLLECTIONS:
        found += [Ask(f"{DATA}/{name}"), Ask(f"{DATA}/{name}/batch_find", "POST", [{"query": {}}])]
    key = f"{target.institution.tenant}:{target.entity_id}"
    return [*found, Ask(f"/servicesNS/-/{APP}/storage/collections/data/minerva_entities/{key}")]


def entities_handler(target: Target) -> list[Ask]:
    identifier, record = {"identifier": target.identifier}, {"record_id": target.record_ids[0]}
    by_id: list[tuple[str, dict[str, object]]] = [
        ("get", {"entity_id": target.entity_id}), ("lookup", {**identifier}), ("lookup", {**record}),
        ("neighborhood", {"entity_id": target.entity_id}), ("neighborhood", {**identifier}),
        ("resolve", {"entity_id": target.entity_id}), ("resolve", {**identifier}),
    ]  # fmt: skip
    pair = dict(zip("ab", target.record_ids, strict=True))
    by_id += [("judgement_preview", {**pair, "verdict": verdict}) for verdict in ("not_same", "taken_back")]
    by_id.append(("judgements", {"op": "history", "entity_id": target.entity_id}))
    by_id.append(("watchlist", {"op": "list", "ended": True}))
    by_id.append(("watchlist", {"op": "add", "entity_id": target.entity_id}))
    named = [(operation, {**body, "tenant_id": target.institution.tenant}) for operation, body in by_id]
    lists = ("list", "summary", "watchlist", "judgements", "audit", "members", "alerts", "watch_check")
    of_tenant: list[dict[str, object]] = [{}, {"tenant_id": target.institution.tenant}]
    return _posts(ENTITIES, [*by_id, *named, *((operation, body) for operation in lists for body in of_tenant)])


def investigating(target: Target) -> list[Ask]:
    asked: list[tuple[str, dict[str, object]]] = [
        ("investigate", {"identifiers": [target.identifier]}), ("investigate", {"entity_ids": [target.entity_id]}),
        ("investigate", {"record_ids": list(target.record_ids)}), ("investigate", {"names": "Canary"}),
        ("news", {"since": {target.institution.tenant: 0}}), ("workplace", {}),
    ]  # fmt: skip
    return _posts(ENTITIES, [each for name, body in asked for each in _of_anyone(name, body, target)])


def cases(target: Target) -> list[Ask]:
    """The canary's case, by its id and in lists; also what would change it or take it out."""
    held: dict[str, object] = {"case_id": target.case_id}
    note: dict[str, object] = {**held, "what": "note", "text": "seen"}
    entity = b'{"id": "1", "schema": "Person", "properties": {"name": ["Canary"]}}'
    files = [{"name": "x.json", "base64": base64.b64encode(entity).decode()}]
    pin: dict[str, object] = {**held, "what": "pin", "object": "entity", "object_id": target.entity_id}
    stated: dict[str, object] = {"purpose": "investigation", "case": "leak-check"}
    asked: list[tuple[str, dict[str, object]]] = [
        ("cases", {}), ("case", held), ("cases", {"op": "change", **held, "state": "open"}), ("case_item", note),
        ("case_item", pin), ("case_import", {**held, **stated, "files": files}),
        *(("case_export", {**held, **stated, "format": form}) for form in ("report", "csv")),
    ]  # fmt: skip
    return _posts(ENTITIES, [each for name, body in asked for each in _of_anyone(name, body, target)])


def schools(target: Target) -> list[Ask]:
    """The canary's question about a school and the canary among the institution's schools."""
    held: dict[str, object] = {"query_id": target.school_query_id}
    verdict: dict[str, object] = {**held, "op": "set", "school_id": target.school_id, "verdict": "right"}
    words: dict[str, object] = {"describe": "purple blazer, badge with an otter"}
    asked: list[tuple[str, dict[str, object]]] = [
        ("school_queries", {}), ("school_queries", {"op": "get", **held}), ("school_queries", verdict),
        ("school_gallery", {}), ("school_gallery", {"school_ids": [target.school_id]}), ("schools_identify", words),
        ("schools_pictures", {}),
    ]  # fmt: skip
    bodies = [each for name, body in asked for each in _of_anyone(name, body, target)]
    door = Ask("/services/minerva/app/v1/schools/identify", "POST", words, headers=STATED)
    pictures = Ask("/services/minerva/app/v1/schools/pictures", "POST", {}, headers=STATED)
    named = '| minervaschool tenant={tenant} describe="purple blazer, badge with an otter"'
    return [
        *_posts(ENTITIES, bodies), door, pictures,
        *spl(target, f"| minervaschool query={target.school_query_id}", named),
    ]  # fmt: skip


def image_banks(target: Target) -> list[Ask]:
    """The canary's bank of image hashes, by its id, its name and the hash in it; also what would change it."""
    held: dict[str, object] = {"bank_id": target.bank_id}
    near: dict[str, object] = {"hashes": [target.image]}
    asked: list[tuple[str, dict[str, object]]] = [
        ("image_banks", {}), ("image_banks", {"op": "change", **held, "same": 31}), ("image_hashes", held),
        ("image_hashes", {"op": "add", **held, "list": target.image}), ("image_search", near),
        ("image_search", {**near, **held}), ("image_match", {**near, **held}), ("image_review", {"reviewed": True}),
        ("image_feedback", held), ("image_feedback", {}), ("image_shares", {}),
        ("image_shares", {**held, "op": "share", "group_id": "*community", "level": "L1"}),
    ]  # fmt: skip
    return _posts(ENTITIES, [each for name, body in asked for each in _of_anyone(name, body, target)])


def risk(target: Target) -> list[Ask]:
    """The canary as a business: stored scores, whose its records are, and its records as the command scores them."""
    asked: list[tuple[str, dict[str, object]]] = [
        ("risk_scores", {"limit": 1000}), ("risk_holding", {"ids": list(target.record_ids)}),
        ("risk_rose", {"days": 30}),
        ("risk_compare", {"sector": "massage"}), ("risk_models", {"drift": True}),
        ("risk_labels", {"sector": "massage"}), ("screening", {"op": "list"}),
        ("risk_export", {"purpose": "investigation", "case": "leak check"}),
    ]  # fmt: skip
    bodies = [each for name, body in asked for each in _of_anyone(name, body, target)]
    searches = ("| minervarisk", "| minervarisk tenant={tenant}", "| minervarisk tenant={tenant} store=true",
                "| minervarisk tenant={tenant} rose=30",
                "| minervarisk sector=massage output=clusters")  # fmt: skip
    found = spl(target, *(f"search index={{index}} {each}" for each in searches))
    return [*_posts(ENTITIES, bodies), *found, Ask(f"{BASE}/risk/scores", headers=STATED),
            Ask(f"{BASE}/risk/comparison/massage", headers=STATED)]  # fmt: skip


def _of_anyone(name: str, body: dict[str, object], target: Target) -> list[tuple[str, dict[str, object]]]:
    return [(name, body), (name, {**body, "tenant_id": target.institution.tenant})]


def partner_api(target: Target) -> list[Ask]:
    headers = {**STATED, "Minerva-Tenant": target.institution.tenant}
    entity = f"{BASE}/entities/{target.entity_id}"
    paths = [
        f"{BASE}/entities", entity, f"{entity}/neighborhood", f"{BASE}/records/{target.record_ids[0]}/entities",
        f"{BASE}/judgements", f"{BASE}/watch-list", f"{BASE}/alerts",
    ]  # fmt: skip
    asked = [Ask(path, headers=given) for path in paths for given in (STATED, headers)]
    bodies: list[tuple[str, dict[str, object]]] = [
        ("identifiers/lookup", {"identifiers": [target.identifier]}),
        ("identifiers/neighborhood", {"identifier": target.identifier}),
        ("names/match", {"names": ["Canary"], "cutoff": 0.5, "limit": 100}), ("audit/search", {}),
    ]  # fmt: skip
    named = [Ask(f"{BASE}/{path}", "POST", body, headers=headers) for path, body in bodies]
    return [*asked, *_posts(BASE, bodies), *named]


def exports(target: Target) -> list[Ask]:
    bodies: list[tuple[str, dict[str, object]]] = [
        ("exports", {"format": form, **what})
        for form in ("csv", "stix", "ftm")
        for what in ({"entity_ids": [target.entity_id]}, {"identifiers": [target.identifier]}, {"min_size": 1})
    ]
    bodies.append(("exports/proposals", {"format": "csv", "entity_ids": [target.entity_id]}))
    return _posts(BASE, bodies)


def saved_searches(target: Target) -> list[Ask]:
    owner, name = target.institution.owners["analyst"].user, target.saved_search
    paths = [f"/servicesNS/{user}/{app}/saved/searches" for user in (owner, "-", "nobody") for app in (APP, "-")]
    asked = [Ask(f"{path}?count=0&output_mode=json") for path in paths] + [Ask(f"{path}/{name}") for path in paths]
    return [*asked, *spl(target, '| savedsearch "{saved}"', '| savedsearch "Minerva - watch list - {tenant}"')]


def jobs_by_sid(target: Target) -> list[Ask]:
    asked = spl(target, '| loadjob savedsearch="{owner}:' + APP + ':{saved}"')
    return [*_ways_to_job(target.sid), *asked]


def jobs_of_leavers(target: Target) -> list[Ask]:
    """Jobs of one who was removed and of one who went elsewhere; they ask too."""
    return [ask for sid in _further(target).sids for ask in _ways_to_job(sid)]


def _ways_to_job(sid: str) -> list[Ask]:
    tails = ("", "/results", "/events", "/results_preview")
    roots = ("/services/search/jobs", "/services/search/v2/jobs", f"/servicesNS/-/{APP}/search/jobs")
    return [*(Ask(f"{root}/{sid}{tail}") for root in roots for tail in tails), Ask(spl=f"| loadjob {sid}")]


def job_artifacts(target: Target) -> list[Ask]:
    job = f"/services/search/jobs/{target.sid}"
    return [
        Ask(f"{job}/summary"), Ask(f"{job}/timeline"), Ask(f"{job}/search.log"), Ask(f"{job}/results/export"),
        Ask(f"/services/search/v2/jobs/{target.sid}/results/export"),
    ]  # fmt: skip


def history(target: Target) -> list[Ask]:
    owner = target.institution.owners["analyst"].user
    return [
        Ask("/services/search/jobs?count=0&output_mode=json"),
        Ask("/servicesNS/-/-/search/jobs?count=0&output_mode=json"),
        Ask(f"/servicesNS/{owner}/{APP}/search/jobs?count=0&output_mode=json"),
        Ask(f"/servicesNS/{owner}/{APP}/saved/searches/{target.saved_search}/history"),
        *spl(target, "| history", "| rest /services/search/jobs"),
    ]  # fmt: skip


def alerts(target: Target) -> list[Ask]:
    return [
        *spl(target, "search index=* sourcetype=minerva:alert", "search index={index} sourcetype=minerva:alert"),
        Ask(f"{BASE}/alerts"), Ask("/servicesNS/-/-/alerts/fired_alerts"), Ask("/servicesNS/-/-/alerts/fired_alerts/-"),
    ]  # fmt: skip


def summary_index(target: Target) -> list[Ask]:
    return spl(target, "search index={summary}", "search index=mnv_s_*", "search index=* sourcetype=minerva:summary")


def dashboards(target: Target) -> list[Ask]:
    """What the app's views ask with the target's ids as tokens of a link: the searches of a drilldown."""
    return spl(
        target, '| minervaexpand entity="{entity}" output=entity',
        '| minervaexpand identifier="{identifier}" output=edges depth=2',
        'search `minerva_records` identifier="{identifier}"',
        'search `minerva_records` [| minervaexpand entity="{entity}" output=entity | mvexpand records '
        "| rename records as record_id | fields record_id]",
    )  # fmt: skip


def rest_command(target: Target) -> list[Ask]:
    return spl(
        target, "| rest /servicesNS/-/-/saved/searches", "| rest /servicesNS/{owner}/minerva_app/saved/searches",
        "| rest /services/search/jobs", "| rest /services/search/jobs/{sid}/results",
        f"| rest {DATA}/minerva_watchlist", f"| rest {DATA}/minerva_entities", "| rest /services/data/indexes",
    )  # fmt: skip


def app_commands(target: Target) -> list[Ask]:
    return spl(
        target, "| minervaexpand output=list limit=1000", '| minervaresolve identifier="{identifier}"',
        "| minervaresolve entity={entity}", "| minervajudge tenant={tenant}",
        '| makeresults | eval n="Canary" | minervamatch field=n lookup=minerva_watchlist lookup_field=note cutoff=0.5',
        '| makeresults | eval record_id="x" | minervalink tenant={tenant} store=true',
        "`minerva_link({tenant}, {index})`",
    )  # fmt: skip


def configuration(target: Target) -> list[Ask]:
    confs = ("minerva_tenants", "savedsearches", "inputs", "authorize", "indexes", "macros", "minerva_api")
    asked = [Ask(f"/servicesNS/-/-/configs/conf-{name}?count=0&output_mode=json") for name in confs]
    owner = target.institution.owners["analyst"].user
    return [
        *asked, Ask(f"/servicesNS/{owner}/{APP}/configs/conf-savedsearches"),
        Ask(f"/servicesNS/{owner}/{APP}/properties/savedsearches/{target.saved_search}/search"),
        Ask("/servicesNS/-/-/properties/savedsearches"), Ask("/servicesNS/-/-/storage/passwords"),
    ]  # fmt: skip


def own_logs(target: Target) -> list[Ask]:
    return spl(
        target, "search index=_audit", "search index=_internal", "search index=_*", "search index=_introspection"
    )


def typeahead(target: Target) -> list[Ask]:
    index = target.institution.index
    return [
        Ask(f"/services/search/typeahead?prefix=index%3D{index}%20source%3D&count=50&output_mode=json"),
        Ask("/services/search/typeahead?prefix=source%3Dapi_canary&count=50&output_mode=json"),
        *spl(target, "| typeahead prefix=source=api_canary count=50"),
    ]  # fmt: skip


def walklex(target: Target) -> list[Ask]:
    return spl(target, "| walklex type=all index={index}", "| walklex type=field index=*")


def datamodel(target: Target) -> list[Ask]:
    return spl(
        target, "| datamodel", "| from index:{index}", "| mstats count(x) where index={index}",
        "| tstats values(minerva_name) from datamodel=internal_server where index={index}",
    )  # fmt: skip


def audit_of_two(target: Target) -> list[Ask]:
    """What somebody of two institutions asked one of them; the other one's people look into their own audit."""
    case, tenant = _further(target).case, target.institution.tenant
    bodies: list[dict[str, object]] = [{"limit": 1000}, {"about_case": case, "limit": 1000}]
    bodies += [{**body, "tenant_id": tenant} for body in bodies]
    asked = [*_posts(ENTITIES, [("audit", body) for body in bodies]), Ask(f"{DATA}/minerva_audit")]
    return [*asked, Ask(f"{BASE}/audit/search", "POST", {"about_case": case}, headers=STATED)]


def shared_copies(target: Target) -> list[Ask]:
    """What others released, as searches and requests are meant to read it."""
    genuine = '| minervaverify | where genuine="true"'
    return [
        *spl(
            target, "search `minerva_shared`", "search `minerva_shared` | table *",
            "search `minerva_shared` | stats values(*) as *",
            f"search index=mnv_g_* (sourcetype=minerva:release OR sourcetype=minerva:recall) {genuine} "
            "| sort 0 -num(moment) +sourcetype | dedup copy_id | where sourcetype=\"minerva:release\"",
        ),
        Ask(f"{BASE}/shared", headers=STATED), *_posts(ENTITIES, [("shared", {"limit": 1000})]),
    ]  # fmt: skip


def signed_records(target: Target) -> list[Ask]:
    """A record of which somebody wrote a twin, as what trusts its text reads it."""
    record_id = _further(target).twin_of
    record = f"search `minerva_records` minerva_record_id={record_id}"
    return [
        *spl(
            target, f"{record} | `minerva_signed`", f"{record} | `minerva_signed` | table *",
            f'{record} | minervatrust | where trust="signed by Minerva" | table _raw source_key evidence*',
            f"{record} | minervarisk", f"{record} | `minerva_signed` | minervaroute output=visits",
        ),
        Ask(f"{BASE}/records/{record_id}/entities"),
    ]  # fmt: skip


def private_stanzas(target: Target) -> list[Ask]:
    """Stanzas and saved searches of one's own, under the names of others'."""
    stanza, own = _further(target).stanza, f"/servicesNS/{{me}}/{APP}"
    searches = f"{own}/saved/searches"
    found = [Ask(searches, "POST", form={"name": target.saved_search, "search": "| makeresults"})]
    found += [Ask(f"{searches}/{target.saved_search}"), Ask(f"{searches}/{target.saved_search}", "DELETE")]
    for base in (f"{own}/configs/conf-minerva_tenants", TENANTS.format(user="{me}")):
        found.append(Ask(base, "POST", form={"name": stanza, "region": "US"}))
        found += [Ask(f"{base}/{stanza}"), Ask(f"{base}?count=0&output_mode=json")]
        found.append(Ask(f"{own}/properties/minerva_tenants/{stanza}/label"))
        found += [Ask(f"{base}/{stanza}", "DELETE"), Ask(f"{base}/{stanza}")]
    return found


def _further(target: Target) -> Further:
    assert target.further is not None
    return target.further


SURFACES: tuple[Surface, ...] = (
    # First, while the entry that it looks for is among the newest.
    Surface(
        "audit of somebody of two", "admin", audit_of_two, further=True, secret=lambda each: _further(each).audited
    ),
    Surface("search", "analyst", search),
    Surface("search jobs", "analyst", search_jobs),
    Surface("tstats", "analyst", tstats),
    Surface("metadata", "platform", metadata),
    Surface("combined searches", "analyst", combined),
    Surface("inputlookup", "platform", inputlookup),
    Surface("lookup", "platform", lookup),
    Surface("KV store REST", "platform", collections),
    Surface("entity handler", "analyst", entities_handler),
    Surface("investigating", "analyst", investigating),
    Surface("cases", "analyst", cases),
    Surface("schools", "analyst", schools),
    Surface("image banks", "analyst", image_banks),
    Surface("risk", "analyst", risk),
    Surface("partner API", "program", partner_api),
    Surface("exports", "program", exports),
    Surface("saved searches", "analyst", saved_searches),
    Surface("jobs by sid, loadjob", "analyst", jobs_by_sid),
    Surface("jobs of those who left", "analyst", jobs_of_leavers, further=True, control_asks=jobs_by_sid),
    Surface("job artifacts", "analyst", job_artifacts),
    Surface("history and job lists", "analyst", history),
    Surface("alerts", "analyst", alerts),
    Surface("summary index", "analyst", summary_index),
    Surface("dashboards and drilldown", "analyst", dashboards),
    Surface("rest command", "platform", rest_command),
    Surface("app's commands", "analyst", app_commands),
    Surface("configuration", "analyst", configuration),
    Surface("private stanzas", "platform", private_stanzas, further=True),
    Surface(
        "forged copies",
        "analyst",
        shared_copies,
        further=True,
        secret=lambda each: _further(each).forged,
        control_secret=lambda each: _further(each).released,
    ),
    Surface(
        "forged records",
        "analyst",
        signed_records,
        further=True,
        nobody=True,
        secret=lambda each: _further(each).twin,
        control_secret=lambda each: _further(each).released,
    ),
    Surface(
        "releases taken back",
        "analyst",
        shared_copies,
        further=True,
        secret=lambda each: _further(each).recalled,
        control_secret=lambda each: _further(each).released,
    ),
    Surface("Splunk's own logs", "platform", own_logs, splunk_only=True),
    Surface("typeahead", "analyst", typeahead, splunk_only=True),
    Surface("walklex", "platform", walklex, splunk_only=True),
    Surface("data models", "analyst", datamodel, splunk_only=True),
)
