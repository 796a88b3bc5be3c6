"""A MISP event in core format, our own or another's: objects that name or group things become leads with what they
refer to; attributes that nothing refers to become leads of their own.

Source: MISP core format (draft-dulaunoy-misp-core-format) and the templates of MISP/misp-objects.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from minerva.exports.markings import HANDLING
from minerva.identifiers import KIND_BY_NAME
from minerva.imports.model import Bundle, ImportRefused, Lead, clean, strictest, tlp_word

Misp = Mapping[str, Any]
MOST_OBJECTS = 100_000
_KINDS = {
    "email": "email", "email-src": "email", "email-dst": "email", "target-email": "email",
    "whois-registrant-email": "email", "url": "url", "uri": "url", "link": "url", "domain": "domain",
    "hostname": "domain", "phone-number": "phone", "whois-registrant-phone": "phone", "iban": "iban",
}  # fmt: skip
_COINS = {"btc": "btc", "xmr": "xmr", "dash": "dash"}
_ACCOUNTS = {"github-username": "github", "twitter-id": "twitter"}
_NAMES = ("name", "full-name", "alias", "aka", "legal-name", "commercial-name", "trading-name")
_TEXTS = ("text", "description", "comment", "summary", "contact_information", "post")
_CONTACTS = ("phone", "user-account", "coin-address")
"""Objects that are one contact each: what refers to them holds them."""
_WITHIN, _ABOUT = ("includes", "contains"), ("annotates", "describes", "documents")


def is_event(value: Any) -> bool:
    """Whether a JSON value is what MISP gives out: an event, a list of them, or an answer of its search."""
    return bool(_events(value))


def read(value: Any, bundle: Bundle) -> None:
    """Fills a bundle from the JSON value of one or more events. Raises ImportRefused."""
    events = _events(value)
    authors: list[str] = []
    said: list[str] = []
    for event in events:
        _read(event, bundle)
        author = event.get("Orgc")
        authors.append(str(author.get("name") or "") if isinstance(author, dict) else "")
        said += [HANDLING[code] for code in HANDLING if f'minerva:handling="{code}"' in _tags(event)]
    bundle.source = clean(", ".join(dict.fromkeys(filter(None, authors))), 200) or bundle.source
    bundle.statement = clean("; ".join(dict.fromkeys(said)), 1000) or bundle.statement
    bundle.marking = strictest([bundle.marking, *map(_marking, events)])


def _events(value: Any) -> list[Misp]:
    if isinstance(value, dict) and isinstance(value.get("response"), list):
        value = value["response"]
    rows = value if isinstance(value, list) else [value]
    found = [row["Event"] for row in rows if isinstance(row, dict) and isinstance(row.get("Event"), dict)]
    return found if len(found) == len(rows) else []


def _read(event: Misp, bundle: Bundle) -> None:
    loose = {str(each.get("uuid") or at): each for at, each in enumerate(_rows(event, "Attribute"))}
    objects = {str(each.get("uuid") or at): each for at, each in enumerate(_rows(event, "Object"))}
    if len(loose) + len(objects) > MOST_OBJECTS:
        raise ImportRefused(f"an event has more than {MOST_OBJECTS} objects")
    for held in (loose, objects):
        for key in [key for key, each in held.items() if each.get("deleted") is True]:
            bundle.refuse(key, "it was withdrawn by who made it")
            del held[key]
    within = {end for each in objects.values() for name, end in _references(each) if name in _WITHIN and end in objects}
    used: set[str] = set()
    for key, each in objects.items():
        name = str(each.get("name", ""))
        if name in _CONTACTS or key in within or any(word in _ABOUT for word, _ in _references(each)):
            continue
        lead = bundle.lead(key, name or "object")
        lead.marking = _marking(each)
        _fill(lead, each, objects, loose, used)
        bundle.take(lead, f"{name}: ")
    for key, each in objects.items():
        if key not in used and str(each.get("name", "")) in _CONTACTS:
            lead = bundle.lead(key, str(each["name"]))
            lead.marking = _marking(each)
            _contact(lead, each)
            lead.say(event.get("info"))
            bundle.take(lead, f"{lead.schema}: ")
    for key, each in loose.items():
        if key not in used:
            _alone(bundle, event, key, each)
    for _ in _rows(event, "EventReport"):
        bundle.refuse("", "reports of an event are not taken over")


def _alone(bundle: Bundle, event: Misp, key: str, each: Misp) -> None:
    name = str(each.get("type", ""))
    lead = bundle.lead(key, name)
    lead.marking = _marking(each)
    if not _attribute(lead, each):
        bundle.refuse(key, f"{name or 'an attribute'}: attributes of this type are not taken over")
        return
    if lead.identifiers or lead.names:
        lead.say(event.get("info"))
        lead.say(each.get("comment"))
    bundle.take(lead, f"{name}: ")


def _fill(
    lead: Lead, each: Misp, objects: Mapping[str, Misp], loose: Mapping[str, Misp], used: set[str], deep: bool = True
) -> None:
    """Adds what an object says and refers to; of what it includes, that too."""
    first = last = ""
    for part in _rows(each, "Attribute"):
        relation, value = str(part.get("object_relation", "")), part.get("value")
        lead.marking = strictest([lead.marking, _marking(part)])
        if relation in _NAMES and deep:
            lead.call(value)
        elif relation in ("first-name", "last-name"):
            first, last = (str(value), last) if relation == "first-name" else (first, str(value))
        elif relation in _TEXTS:
            lead.say(value)
        else:
            _attribute(lead, part)
    if first and last:
        lead.call(f"{first} {last}")
    for relation, end in _references(each):
        lead.budget.spend()
        if end in loose:
            used.add(end)
            _attribute(lead, loose[end])
        elif end in objects and str(objects[end].get("name", "")) in _CONTACTS:
            used.add(end)
            _contact(lead, objects[end])
        elif end in objects and relation in _WITHIN and deep:
            lead.records += 1
            _fill(lead, objects[end], objects, loose, used, deep=False)


def _contact(lead: Lead, each: Misp) -> None:
    """Adds the one contact that an object is."""
    said = {str(part.get("object_relation", "")): str(part.get("value", "")) for part in _rows(each, "Attribute")}
    if each["name"] == "user-account":
        if said.get("username") or said.get("user-id"):
            lead.identify(
                "username", f"{said.get('account-type', '')}/{said.get('username') or said.get('user-id', '')}"
            )
    elif each["name"] == "coin-address":
        address = next((said[name] for name in ("address-crypto", "address", "address-btc") if name in said), "")
        lead.identify("wallet", f"{said.get('symbol', 'btc').lower()}:{address}")
    else:
        for name in ("msisdn", "phone-number"):
            if name in said:
                lead.identify("phone", said[name])


def _attribute(lead: Lead, each: Misp) -> bool:
    """Adds what one attribute says; False where its type is not read."""
    name, value, comment = str(each.get("type", "")), each.get("value"), str(each.get("comment") or "")
    if name in _KINDS:
        lead.identify(_KINDS[name], value)
    elif name in _COINS:
        lead.identify("wallet", f"{_COINS[name]}:{value}")
    elif name in _ACCOUNTS:
        lead.identify("username", f"{_ACCOUNTS[name]}/{value}")
    elif name in ("full-name", "target-user"):
        lead.call(value)
    elif name == "text" and comment in KIND_BY_NAME and "object_relation" not in each:
        lead.identify(comment, value)  # our own exports write a kind that MISP has no type for this way
    elif name in ("text", "comment", "other") and "object_relation" not in each:
        lead.say(value)
    else:
        return False
    return True


def _rows(held: Misp, key: str) -> list[Misp]:
    rows = held.get(key)
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _references(each: Misp) -> list[tuple[str, str]]:
    return [
        (str(row.get("relationship_type", "")), str(row.get("referenced_uuid", "")))
        for row in _rows(each, "ObjectReference") if row.get("deleted") is not True
    ]  # fmt: skip


def _tags(held: Misp) -> list[str]:
    return [str(tag.get("name", "")) for tag in _rows(held, "Tag")]


def _marking(held: Misp) -> str:
    return strictest(tlp_word(tag) for tag in _tags(held) if tag.lower().startswith("tlp:"))
