"""splunkd as the doors reach it: the KV store, the asking user, the tenants, events, and the app's own handler."""

from __future__ import annotations

import json
import re
import secrets
import time
import uuid
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from minerva.audit import AuditError, Ledger
from minerva.documents import PAGE, Document, find_all
from minerva.policy import Context, Subject
from minerva.policy.installation import read_installation
from minerva.tenancy.errors import Contradicted, Unanswered
from minerva.tenancy.installation_secrets import installation_secret
from splunklib.binding import Context as Splunkd
from splunklib.binding import HTTPError

if TYPE_CHECKING:
    from minerva.records import Record

APP = "minerva_app"
_REALM = "minerva"
_JSON = [("Content-Type", "application/json")]
_TOO_LARGE = (400, 413, 500)
"""What a store may answer to a request that is too large, among other things: a smaller one tells."""
_PERSONAL = ("_key", "words", "identifier", "object_id", "pdq", "md5", "sha1", "sha256")
"""Fields of stored documents whose values may not stand in a URL."""
MOST_ROWS = 50_000
"""max_rows_per_query of limits.conf."""
BATCH_BYTES, CUT_BYTES = 40_000_000, 32_000_000
"""Most of one batch, which may have 50 MB, and what an answer has that could have been cut at 50 MB."""
_BLAMED = re.compile(r"Error in '[^']*'(?: command)?: ")


class SplunkdError(Unanswered):
    """splunkd, or the app's handler in it, refused or could not be understood; the message is for the user."""


class Conflict(SplunkdError, Contradicted):
    """The request contradicts what others did or are doing; the message says what."""


class _Cut(SplunkdError):
    """The store answered fewer queries than it was asked: what it says of none of them counts."""


class NotFound(SplunkdError):
    """Nothing there that this user may see."""


def connect(uri: str, token: str) -> Splunkd:
    """A connection to the splunkd at `uri` (scheme, host, port) that speaks with `token`."""
    parts = urlsplit(uri)
    return Splunkd(scheme=parts.scheme, host=parts.hostname, port=parts.port, token=token, owner="nobody", app=APP)


def _json(response: Any) -> Any:  # Any: what splunkd's JSON holds
    return json.loads(response.body.read().decode("utf-8"))


class KvCollection:
    """A minerva.tenancy Collection over splunkd's KV store REST. What is too large for one request takes several: the
    store limits the megabytes of an answer and of a batch (limits.conf), and an answer that it cut looks like a last
    page."""

    def __init__(self, splunkd: Splunkd, name: str, space: str = "") -> None:
        """space: the app's namespace as `/servicesNS/nobody/<app>/`, that of the connection if none is given."""
        self._splunkd = splunkd
        self._path = f"{space}storage/collections/data/{name}"

    def get(self, key: str) -> Document | None:
        # A POST, since keys hold identifiers and URLs end in access logs.
        return self.get_many([key])[0]

    def get_many(self, keys: Sequence[str]) -> list[Document | None]:
        if not keys:
            return []
        try:
            answers, size = self._batch([{"query": {"_key": key}, "limit": 1} for key in keys])
        except (HTTPError, _Cut) as error:
            if not _may_be_large(error) or len(keys) == 1:
                raise
            half = len(keys) // 2
            return self.get_many(keys[:half]) + self.get_many(keys[half:])
        found: list[Document | None] = [rows[0] if rows else None for rows in answers]
        if size > CUT_BYTES:
            missing = [at for at, row in enumerate(found) if row is None]
            for at, row in zip(missing, self.get_many([keys[at] for at in missing])):
                found[at] = row
        return found

    def insert(self, document: Document) -> bool:
        try:
            self._splunkd.post(self._path, headers=list(_JSON), body=_bytes(document))
        except HTTPError as error:
            if error.status == 409:
                return False
            raise
        return True

    def find(
        self, query: Mapping[str, Any], *, sort: str = "", limit: int = 0, skip: int = 0, fields: Sequence[str] = ()
    ) -> list[Document]:
        options: dict[str, Any] = {"query": query, "limit": limit, "skip": skip}
        if sort:
            options["sort"] = sort
        if fields:
            options["fields"] = ",".join(("_key", *fields))
        wanted = limit or MOST_ROWS
        try:
            found, size = self._asked(options)
        except (HTTPError, _Cut) as error:
            if not _may_be_large(error) or wanted == 1:
                raise
            half = wanted // 2
            first = self.find(query, sort=sort, limit=half, skip=skip, fields=fields)
            if len(first) < half:
                return first
            return first + self.find(query, sort=sort, limit=wanted - half, skip=skip + half, fields=fields)
        if found and len(found) < wanted and size > CUT_BYTES:
            found += self.find(query, sort=sort, limit=wanted - len(found), skip=skip + len(found), fields=fields)
        return found

    def _asked(self, options: dict[str, Any]) -> tuple[list[Document], int]:
        """What a query finds, and the bytes of the answer; one that names people goes in a body, since URLs end in
        access logs."""
        if any(f'"{key}"' in json.dumps(options["query"]) for key in _PERSONAL):
            (found,), size = self._batch([options])
            return found, size
        given = {**options, "query": json.dumps(options["query"])}
        text: bytes = self._splunkd.get(self._path, **given).body.read()
        return json.loads(text.decode("utf-8")), len(text)

    def _batch(self, queries: Sequence[Mapping[str, Any]]) -> tuple[list[list[Document]], int]:
        """The answers to queries, and their bytes together. Raises _Cut if there is not one for each."""
        reply = self._splunkd.post(f"{self._path}/batch_find", headers=list(_JSON), body=_bytes(queries))
        text: bytes = reply.body.read()
        answers: list[list[Document]] = json.loads(text.decode("utf-8"))
        if len(answers) != len(queries):
            raise _Cut("the KV store cut its answer to a single query")
        return answers, len(text)

    def batch_save(self, documents: Sequence[Document]) -> None:
        part: list[bytes] = []
        size = 0
        for each in map(_bytes, documents):
            if part and size + len(each) > BATCH_BYTES:
                self._save(part)
                part, size = [], 0
            part.append(each)
            size += len(each)
        self._save(part)

    def _save(self, part: Sequence[bytes]) -> None:
        self._splunkd.post(f"{self._path}/batch_save", headers=list(_JSON), body=b"[" + b",".join(part) + b"]")

    def delete(self, query: Mapping[str, Any]) -> None:
        # A DELETE's query stands in the URL, where no key may: what goes is first marked, then deleted by its mark.
        keys = [each["_key"] for each in query.get("$or", [query])]
        mark = uuid.uuid4().hex
        for at in range(0, len(keys), PAGE):
            self.batch_save([{"_key": key, "removing": mark} for key in keys[at : at + PAGE]])
        self.discard({"removing": mark})

    def discard(self, query: Mapping[str, Any]) -> None:
        self._splunkd.delete(self._path, query=json.dumps(query))


def _may_be_large(error: HTTPError | _Cut) -> bool:
    return isinstance(error, _Cut) or error.status in _TOO_LARGE


def _bytes(value: Any) -> bytes:  # Any: JSON
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")


def subject_of(uri: str, user: str, token: str) -> Subject:
    """Who asks: splunkd's session names the user, and the user's own token reads roles and capabilities.

    Raises SplunkdError if the two do not agree.
    """
    found = _json(connect(uri, token).get("/services/authentication/current-context", output_mode="json"))
    content = found["entry"][0]["content"]
    if content.get("username") != user:
        raise SplunkdError("the session and its token name different users")
    return Subject(user, frozenset(content.get("roles") or ()), frozenset(content.get("capabilities") or ()))


def tenant_stanzas(system: Splunkd) -> dict[str, dict[str, Any]]:
    """The stanzas of minerva_tenants.conf by name; without the conf there are none."""
    try:
        found = _json(system.get("configs/conf-minerva_tenants", output_mode="json", count=0, app="-"))
    except HTTPError as error:
        if error.status == 404:
            return {}
        raise
    return {entry["name"]: entry["content"] for entry in found["entry"] if entry["name"] != "default"}


def installation(system: Splunkd) -> Context:
    """Tenants and groups as the stanzas of minerva_tenants.conf state them."""
    return read_installation(tenant_stanzas(system))


class AuditLedger(Ledger):
    """A Ledger over splunkd: a store that fails or cannot be reached means that the audit cannot be written."""

    def append(self, chain: str, fields: Mapping[str, Any], words: Mapping[str, str] | None = None) -> None:
        try:
            super().append(chain, fields, words)
        except (HTTPError, OSError) as error:
            raise AuditError(f"the audit's store failed: {type(error).__name__}") from None


_SECRETS: dict[str, bytes] = {}


def secret(system: Splunkd, name: str) -> bytes:
    """32 random bytes of this installation, made once for all search heads and kept in splunkd's password store."""
    if name not in _SECRETS:
        claims = KvCollection(system, "minerva_refresh")
        text = installation_secret(
            name, _Passwords(system), claims, lambda: secrets.token_hex(32), time.time, time.sleep
        )
        _SECRETS[name] = bytes.fromhex(text)
    return _SECRETS[name]


class _Passwords:
    """See `minerva.tenancy.installation_secrets.Passwords`."""

    def __init__(self, system: Splunkd) -> None:
        self._system = system

    def read(self, name: str) -> str | None:
        try:
            found = _json(self._system.get(f"storage/passwords/{_REALM}:{name}:", output_mode="json"))
        except HTTPError as error:
            if error.status == 404:
                return None
            raise
        return str(found["entry"][0]["content"]["clear_password"])

    def write(self, name: str, text: str) -> None:
        try:
            self._system.post("storage/passwords", realm=_REALM, name=name, password=text)
        except HTTPError as error:
            if error.status != 409:  # another process was faster
                raise


def write_event(system: Splunkd, index: str, sourcetype: str, text: str) -> None:
    """Indexes one event. Its source says which service wrote it, and nothing of what it says."""
    system.post(
        "/services/receivers/simple", headers=[("Content-Type", "text/plain; charset=utf-8")],
        body=text.encode("utf-8", "replace"), index=index, sourcetype=sourcetype,
        source="minerva_watch_list" if sourcetype == "minerva:alert" else "minerva_sharing", host="minerva",
    )  # fmt: skip


def write_records(system: Splunkd, index: str, records: Sequence[Record]) -> None:
    """Indexes records as the add-on's inputs do: one event a line, by source type and source."""
    lines: dict[tuple[str, str], list[str]] = {}
    for record in records:
        lines.setdefault((f"minerva:{record.record_type}", record.source_id), []).append(record.to_json())
    for (sourcetype, source), texts in lines.items():
        system.post(
            "/services/receivers/stream", headers=[("Content-Type", "text/plain; charset=utf-8")],
            body="".join(f"{text}\n" for text in texts).encode("utf-8", "replace"), index=index,
            sourcetype=sourcetype, source=source, host="minerva",
        )  # fmt: skip


def ask(uri: str, token: str, operation: str, body: Mapping[str, Any]) -> dict[str, Any]:
    """The entity handler's answer to one operation, asked with the user's own token.

    Raises NotFound and SplunkdError with the handler's message.
    """
    text = json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
    try:
        response = connect(uri, token).post(
            f"/services/minerva/app/v1/entities/{operation}", headers=list(_JSON), body=text
        )
    except HTTPError as error:
        if error.status == 404:
            raise NotFound("not found") from None
        if error.status == 403:
            raise SplunkdError("you lack the capability minerva_query: ask your administrator") from None
        if error.status == 409:
            raise Conflict(_message(error)) from None
        raise SplunkdError(f"the entity handler refused ({error.status}): {_message(error)}") from None
    except OSError as error:
        raise SplunkdError(f"splunkd cannot be reached: {error}") from None
    answer: dict[str, Any] = _json(response)
    return answer


def ask_of_records(uri: str, token: str, operation: str, body: Mapping[str, Any]) -> dict[str, Any]:
    """As `ask`; of another institution's records, or one's that is not known, none is said to be signed."""
    try:
        return ask(uri, token, operation, body)
    except NotFound:
        if operation != "records_check":
            raise
        return {"untrusted": list(range(len(body["signed"])))}


def events_of(info: Any, ids: Sequence[str]) -> list[str]:
    """The texts of all events of some record ids (32 hexadecimal digits each) that the searching user may read. Raises
    SplunkdError."""
    from minerva.tenancy.rebuild.link_trust import events_search

    search = events_search(ids)
    user = connect(info.splunkd_uri, info.session_key)
    try:
        rows = _exported(user, _space(info), search)
    except HTTPError as error:
        raise SplunkdError(f"events cannot be read ({error.status}): {_message(error)}") from None
    except OSError as error:
        raise SplunkdError(f"splunkd cannot be reached: {error}") from None
    return [str(row["result"]["_raw"]) for row in rows if row.get("result", {}).get("_raw")]


def lookup_values(info: Any, lookup: str, field: str) -> list[str]:
    """The values of a field of a lookup (a file or a collection) that the searching user may read, each once, sorted.

    `info` is a command's searchinfo: the lookup is found as its search would find it. A collection is read through
    splunkd's REST, which asks for the right to read it and for no capability; all else through a search, which asks
    for `input_file`. Raises SplunkdError.
    """
    user = connect(info.splunkd_uri, info.session_key)
    space = _space(info)
    try:
        found = _collection_values(user, space, lookup, field)
        return _searched_values(user, space, lookup, field) if found is None else found
    except HTTPError as error:
        raise SplunkdError(f"lookup '{lookup}' cannot be read ({error.status}): {_unblamed(_message(error))}") from None
    except OSError as error:
        raise SplunkdError(f"splunkd cannot be reached: {error}") from None


def _space(info: Any) -> str:
    """Where the objects of a search's user and app lie."""
    return f"/servicesNS/{quote(info.username, safe='')}/{quote(info.app, safe='')}"


def _collection_values(user: Splunkd, space: str, lookup: str, field: str) -> list[str] | None:
    """The values of a whole collection, None where the lookup is none that the user may read so."""
    try:
        found = _json(user.get(f"{space}/data/transforms/lookups/{quote(lookup, safe='')}", output_mode="json"))
        (entry,) = found["entry"]
        content = entry["content"]
        if content.get("external_type") != "kvstore" or content.get("filter") or not content.get("collection"):
            return None
        app, name = (quote(text, safe="") for text in (entry["acl"]["app"], content["collection"]))
        rows = find_all(KvCollection(user, name, f"/servicesNS/nobody/{app}/"), {})
    except HTTPError as error:
        if error.status in (403, 404):
            return None
        raise
    values = (each for row in rows for each in _texts(row.get(field)))
    return sorted(set(values))


def _texts(value: Any) -> list[str]:
    """The values of a field of a document, as a search shows them."""
    if isinstance(value, list):
        return [text for each in value for text in _texts(each)]
    return [] if value is None or value == "" or isinstance(value, dict) else [str(value)]


def _searched_values(user: Splunkd, space: str, lookup: str, field: str) -> list[str]:
    # Here alone: names bring in more than all else of this module, and one command of many reads lookups.
    from minerva.names.join import lookup_search

    search = lookup_search(lookup, field)
    rows = _exported(user, space, search)
    for row in rows:
        for message in row.get("messages", ()):
            if message.get("type") in ("FATAL", "ERROR"):
                raise SplunkdError(f"lookup '{lookup}' cannot be read: {_unblamed(str(message.get('text', '')))}")
    return [str(row["result"][field]) for row in rows if row.get("result", {}).get(field)]


def _exported(user: Splunkd, space: str, search: str) -> list[dict[str, Any]]:
    """The lines of a search's results and messages."""
    found = user.post(
        f"{space}/search/v2/jobs/export", search=search, output_mode="json", preview="false", adhoc_search_level="fast"
    )
    return [json.loads(line) for line in found.body.read().decode("utf-8").split("\n") if line.strip()]


def _unblamed(text: str) -> str:
    """A message without the command of the search that reads the lookup, which the user did not type."""
    return _BLAMED.sub("", text).replace("run 'inputlookup'", "read lookups").replace("'inputlookup'", "a lookup")


def _message(error: HTTPError) -> str:
    try:
        found = json.loads(error.body)
        return str(found["error"] if "error" in found else found["messages"][0]["text"])
    except (ValueError, KeyError, TypeError, IndexError):
        return str(error.reason)
