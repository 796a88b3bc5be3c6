"""Answers: feeds of entries as Atom XML or JSON, plain documents, and the one shape of an error."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr

from starlette.responses import Response

from understudy.conf import Acl
from understudy.protocol.children import VERSION
from understudy.rest.call import Call, RestError

ATOM = "http://www.w3.org/2005/Atom"
NAMESPACES = (
    f'xmlns="{ATOM}" xmlns:s="http://dev.splunk.com/ns/rest" xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/"'
)
BUILD = "understudy"
SYSTEM_ACL = Acl("system", "nobody", "system", ("*",), ("admin",), False)
_CONTROL = {code: None for code in range(32) if code not in (9, 10, 13)} | {0xFFFE: None, 0xFFFF: None}


@dataclass
class Entry:
    """One object of a feed. links: actions beside alternate and list; stamp: epoch seconds of the last change.

    published: of the first, where that is known; namespaced: its address names owner and app whatever was asked.
    """

    name: str
    content: Mapping[str, Any]
    acl: Acl = SYSTEM_ACL
    links: Sequence[str] = ()
    stamp: float = 0.0
    path: str = ""
    may_write: bool = False
    title: str = ""
    published: float = 0.0
    namespaced: bool = False

    @property
    def removable(self) -> bool:
        """Tells whether it may be deleted: not where its links lead to a change and to no removal."""
        return "remove" in self.links or "edit" not in self.links


@dataclass
class Feed:
    """A list of entries. total: how many there are before paging."""

    title: str
    path: str
    entries: list[Entry]
    total: int = 0
    offset: int = 0
    per_page: int = 30
    links: Sequence[str] = ()
    messages: list[tuple[str, str]] = field(default_factory=list)


def clean(text: str) -> str:
    """Returns text without the characters that XML cannot hold."""
    return text.translate(_CONTROL).encode("utf-8", "replace").decode("utf-8")


def iso(stamp: float) -> str:
    return datetime.fromtimestamp(stamp, UTC).isoformat(timespec="seconds")


def acl_document(acl: Acl, may_write: bool, removable: bool = True) -> dict[str, Any]:
    """Returns eai:acl. A private object has no permissions to show: it is its owner's."""
    private = acl.sharing == "user"
    return {
        "app": acl.app,
        "can_change_perms": may_write,
        "can_list": True,
        "can_share_app": may_write,
        "can_share_global": may_write,
        "can_share_user": may_write and private,
        "can_write": may_write,
        "modifiable": may_write,
        "owner": acl.owner,
        "perms": None if private else {"read": list(acl.read), "write": list(acl.write)},
        "removable": removable and may_write and acl.sharing != "system",
        "sharing": acl.sharing,
    }


def _entry_path(call: Call, entry: Entry, feed_path: str) -> str:
    owner = quote(entry.acl.owner if entry.acl.sharing == "user" else "nobody", safe="")
    plain = call.prefix == "/services" and not entry.namespaced
    base = "/services" if plain else f"/servicesNS/{owner}/{quote(entry.acl.app, safe='')}"
    # A slash in a name is written %252F, so that a client that decodes the address once still sees one path element.
    return f"{base}/{entry.path or feed_path}/{quote(entry.name.replace('/', '%2F'), safe='')}"


def feed(call: Call, answer: Feed, status: int = 200) -> Response:
    if call.mode == "json":
        return json_reply(_json_feed(call, answer), status)
    return xml_reply(_xml_feed(call, answer), status)


def entry(call: Call, path: str, one: Entry, status: int = 200, links: Sequence[str] = ()) -> Response:
    """Returns a feed of one entry, as splunkd answers a GET or POST of one object."""
    return feed(call, Feed(path.rsplit("/", 1)[-1], path, [one], 1, 0, 30, links), status)


def _json_feed(call: Call, answer: Feed) -> dict[str, Any]:
    return {
        "links": {name: f"{call.prefix}/{answer.path}/{name}" for name in answer.links},
        "origin": f"{call.stage.surroundings.uri}{call.prefix}/{answer.path}",
        "updated": iso(call.stage.now()),
        "generator": {"build": BUILD, "version": VERSION},
        "entry": [json_entry(call, item, answer.path) for item in answer.entries],
        "paging": {"total": answer.total, "perPage": answer.per_page, "offset": answer.offset},
        "messages": [{"type": kind, "text": text} for kind, text in answer.messages],
    }


def json_entry(call: Call, item: Entry, feed_path: str) -> dict[str, Any]:
    path = _entry_path(call, item, feed_path)
    links = {"alternate": path, "list": path}
    for name in item.links:
        links[name] = path if name in ("edit", "remove") else f"{path}/{name}"
    return {
        "name": item.title or item.name,
        "id": call.stage.surroundings.uri + path,
        "updated": iso(item.stamp or call.stage.started),
        "published": iso(item.published or item.stamp or call.stage.started),
        "links": links,
        "author": item.acl.owner,
        "acl": acl_document(item.acl, item.may_write, item.removable),
        "fields": {"required": [], "optional": [], "wildcard": []},
        "content": {"eai:acl": None, **item.content},
    }


def _xml_feed(call: Call, answer: Feed) -> str:
    entries = "".join(xml_entry(call, item, answer.path) for item in answer.entries)
    links = "".join(
        f"<link href={quoteattr(f'{call.prefix}/{answer.path}/{n}')} rel={quoteattr(n)}/>" for n in answer.links
    )
    messages = "".join(f"<s:msg type={quoteattr(kind)}>{escape(clean(text))}</s:msg>" for kind, text in answer.messages)
    return (
        f"<feed {NAMESPACES}><title>{escape(answer.title)}</title>"
        f"<id>{escape(call.stage.surroundings.uri)}{escape(call.prefix)}/{escape(answer.path)}</id>"
        f"<updated>{iso(call.stage.now())}</updated><generator build={quoteattr(BUILD)} version={quoteattr(VERSION)}/>"
        f"<author><name>Splunk</name></author>{links}"
        f"<opensearch:totalResults>{answer.total}</opensearch:totalResults>"
        f"<opensearch:itemsPerPage>{answer.per_page}</opensearch:itemsPerPage>"
        f"<opensearch:startIndex>{answer.offset}</opensearch:startIndex><s:messages>{messages}</s:messages>{entries}</feed>"
    )


def xml_entry(call: Call, item: Entry, feed_path: str, bare: bool = False) -> str:
    path = escape(_entry_path(call, item, feed_path))
    links = f'<link href="{path}" rel="alternate"/><link href="{path}" rel="list"/>'
    for name in item.links:
        target = path if name in ("edit", "remove") else f"{path}/{name}"
        links += f'<link href="{target}" rel={quoteattr(name)}/>'
    attributes: dict[str, list[str]] = {"optionalFields": [], "requiredFields": [], "wildcardFields": []}
    content = {
        "eai:acl": acl_document(item.acl, item.may_write, item.removable),
        "eai:attributes": attributes,
        **item.content,
    }
    return (
        f"<entry{' ' + NAMESPACES if bare else ''}><title>{escape(clean(item.title or item.name))}</title>"
        f"<id>{escape(call.stage.surroundings.uri)}{path}</id>"
        f"<updated>{iso(item.stamp or call.stage.started)}</updated>{links}"
        f"<published>{iso(item.published or item.stamp or call.stage.started)}</published>"
        f"<author><name>{escape(item.acl.owner)}</name></author>"
        f'<content type="text/xml">{xml_value(content)}</content></entry>'
    )


def xml_value(value: Any) -> str:
    if isinstance(value, Mapping):
        keys = "".join(f"<s:key name={quoteattr(clean(str(k)))}>{xml_value(v)}</s:key>" for k, v in value.items())
        return f"<s:dict>{keys}</s:dict>"
    if isinstance(value, (list, tuple)):
        return "<s:list>" + "".join(f"<s:item>{xml_value(item)}</s:item>" for item in value) + "</s:list>"
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    return escape(clean(str(value)))


def session_cookie(call: Call, key: str) -> str:
    """Returns the header value that keeps a session in a client's cookie `splunkd_<port>`."""
    secure = "; Secure" if call.stage.tls else ""
    return f"splunkd_{call.stage.rest_port}={key}; Path=/; HttpOnly; SameSite=Lax{secure}"


def json_reply(document: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    return Response(text, status, dict(headers or {}), media_type="application/json")


def xml_reply(text: str, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    body = ('<?xml version="1.0" encoding="UTF-8"?>\n' + text).encode("utf-8", "replace")
    return Response(body, status, dict(headers or {}), media_type="text/xml")


def document(
    call: Call, tag_text: str, value: Any, status: int = 200, headers: Mapping[str, str] | None = None
) -> Response:
    """Returns a small answer that is no feed: the JSON value, or the XML inside `<response>`."""
    if call.mode == "json":
        return json_reply(value, status, headers)
    return xml_reply(f"<response>{tag_text}</response>", status, headers)


def message(call: Call, text: str, severity: str = "INFO", status: int = 200) -> Response:
    return _messages(call.mode, [(severity, text)], status, {})


def error(mode: str, failure: RestError) -> Response:
    return _messages(mode, [(failure.severity, failure.text)], failure.status, failure.headers)


def _messages(mode: str, messages: Sequence[tuple[str, str]], status: int, headers: Mapping[str, str]) -> Response:
    if mode.startswith("json"):
        return json_reply({"messages": [{"type": kind, "text": text} for kind, text in messages]}, status, headers)
    inner = "".join(f"<msg type={quoteattr(kind)}>{escape(clean(text))}</msg>" for kind, text in messages)
    return xml_reply(f"<response><messages>{inner}</messages></response>", status, headers)
