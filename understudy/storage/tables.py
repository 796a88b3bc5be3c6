"""Lookups as one user in one app may use them: CSV files and KV collections behind transforms.conf or by file name.

What the user may not read does not exist for the user. A KV lookup needs its definition and its collection readable,
a file lookup its definition and its file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from understudy.access import AccessContext
from understudy.conf import Conf, boolean
from understudy.spl.errors import MissingError, RuntimeSplError, UnsupportedError
from understudy.spl.model import LookupDefinition, Row, Value
from understudy.spl.values import collapse, text_of, values_of
from understudy.storage import lookup_files
from understudy.storage.events import StorageError
from understudy.storage.kv import Collection, KVStore
from understudy.storage.kv_query import MISSING, QueryError, reach
from understudy.storage.lookup_files import LookupFile

MOST_MATCHES = 1000
"""limits.conf [lookup] max_matches."""
LIST = re.compile(r'"[^"]*"|[^,\s]+')
MATCH_TYPE = re.compile(r"(WILDCARD|CIDR|EXACT)\s*\(\s*\"?([^)\"]+?)\"?\s*\)", re.IGNORECASE)


def split_fields(text: str) -> list[str]:
    """Returns the names of a comma- and blank-separated list."""
    return [item.strip('"') for item in LIST.findall(text)]


class AppTables:
    """The `Tables` of a search: lookups by definition name or by file name."""

    def __init__(self, conf: Conf, kv: KVStore, access: AccessContext, app: str) -> None:
        self._conf = conf
        self._kv = kv
        self._access = access
        self._app = app

    # Finding

    def _stanza(self, name: str) -> tuple[str, Mapping[str, str]] | None:
        """Returns the owning app and settings of a lookup definition that the user may read."""
        entry = self._conf.entry("transforms", name, self._app, self._access.user)
        entry = None if entry is None else self._access.shown(entry, "transforms")
        if entry is None:
            return None
        settings = entry.settings
        if not any(settings.get(key) for key in ("filename", "collection", "external_type", "external_cmd")):
            return None
        return entry.acl.app, settings

    def _missing(self, name: str) -> MissingError:
        return MissingError(f"lookup '{name}' not found")

    def _file(self, name: str, shown: str, app: str | None = None) -> LookupFile:
        found = lookup_files.find(self._conf, name, app or self._app, self._access.user)
        if found is None or not self._access.may_read(found.app, "lookups", found.path.name, found.owner):
            raise self._missing(shown)
        return found

    def _collection(self, name: str, settings: Mapping[str, str], app: str) -> tuple[Collection, str, str]:
        collection = settings.get("collection") or name
        entry = self._conf.entry("collections", collection, app)
        if entry is None or not self._access.may_read_acl(entry.acl, "collections", collection):
            raise self._missing(name)
        return self._kv.collection(entry.acl.app, collection, settings=entry.settings), entry.acl.app, collection

    # Reading

    def definition(self, name: str) -> LookupDefinition:
        """Raises MissingError("lookup 'NAME' not found"), UnsupportedError for scripted and geo lookups."""
        found = self._stanza(name)
        if found is None:
            return LookupDefinition(name, lookup_files.header(self._file(name, name).path))
        app, settings = found
        check_supported(name, settings)
        if is_kv(settings):
            self._collection(name, settings, app)
            fields = split_fields(settings.get("fields_list", ""))
        else:
            fields = lookup_files.header(self._file(settings["filename"], name, app).path)
        return LookupDefinition(
            name=name,
            fields=fields,
            max_matches=min(whole(settings, "max_matches", 1 if settings.get("time_field") else 100), MOST_MATCHES),
            min_matches=whole(settings, "min_matches", 0),
            default_match=settings.get("default_match", ""),
            case_sensitive=boolean(settings.get("case_sensitive_match"), True),
            match_types={
                field.strip(): kind.upper() for kind, field in MATCH_TYPE.findall(settings.get("match_type", ""))
            },
            filter=settings.get("filter", ""),
            time_field=settings.get("time_field", ""),
            time_format=settings.get("time_format", "") or "%s.%Q",
            min_offset=whole(settings, "min_offset_secs", 0),
            max_offset=whole(settings, "max_offset_secs", 2_000_000_000),
        )

    def rows(self, name: str) -> Iterator[Row]:
        """Yields the table's rows; KV rows carry _key."""
        found = self._stanza(name)
        if found is None:
            yield from lookup_files.rows(self._file(name, name).path)
            return
        app, settings = found
        check_supported(name, settings)
        if not is_kv(settings):
            yield from lookup_files.rows(self._file(settings["filename"], name, app).path)
            return
        collection, _, _ = self._collection(name, settings, app)
        fields = split_fields(settings.get("fields_list", ""))
        for document in collection.all():
            yield document_row(document, fields)

    # Writing

    def write(
        self,
        name: str,
        rows: Iterable[Row],
        *,
        append: bool,
        key_field: str | None,
        create_empty: bool,
        place: str = "app",
        insert_only: bool = False,
        multivalue: bool = False,
    ) -> int:
        """Writes rows whole or not at all; returns how many. Raises RuntimeSplError without write permission.

        Without rows a file becomes empty, or with create_empty=False is taken away.
        """
        table = [dict(row) for row in rows]
        found = self._stanza(name)
        if found is not None:
            app, settings = found
            check_supported(name, settings)
            if is_kv(settings):
                return self._write_documents(
                    name, settings, app, table, append=append, key_field=key_field, insert_only=insert_only
                )
            name_of_file, place = settings["filename"], "app"
        else:
            app, name_of_file = self._app, name
        if not lookup_files.plain_name(name_of_file).endswith((".csv", ".csv.gz")):
            raise self._missing(name)
        return self._write_file(
            name, name_of_file, app, table, append=append, create_empty=create_empty, place=place, multivalue=multivalue
        )

    def _write_file(
        self,
        name: str,
        filename: str,
        app: str,
        table: list[Row],
        *,
        append: bool,
        create_empty: bool,
        place: str,
        multivalue: bool,
    ) -> int:
        found = lookup_files.find(self._conf, filename, app, self._access.user)
        if found is not None and not self._access.may_read(found.app, "lookups", found.path.name, found.owner):
            found = None
        target = found or lookup_files.new_file(self._conf, filename, app, self._access.user, place)
        file_name = target.path.name
        if not self._access.may_write(target.app, "lookups", file_name if found else None, target.owner):
            raise RuntimeSplError(f"no permission to write lookup '{name}'")
        columns: dict[str, None] = dict.fromkeys(key for row in table for key in row if not key.startswith("__mv_"))
        written = len(table)
        if append and found is not None:
            if file_name.endswith(".gz"):
                raise RuntimeSplError(f"lookup '{name}' is compressed; nothing can be appended to it")
            old = lookup_files.header(target.path)
            if old:
                # An appended table keeps the file's columns; other fields of the new rows are left out.
                columns = dict.fromkeys(old)
            table = [*lookup_files.rows(target.path), *table]
        if not table and not columns and not create_empty:
            target.path.unlink(missing_ok=True)
            return 0
        lookup_files.write(target.path, list(columns), table, multivalue=multivalue)
        return written

    def _write_documents(
        self,
        name: str,
        settings: Mapping[str, str],
        app: str,
        table: list[Row],
        *,
        append: bool,
        key_field: str | None,
        insert_only: bool,
    ) -> int:
        collection, owner_app, collection_name = self._collection(name, settings, app)
        if not self._access.may_write(owner_app, "collections", collection_name):
            raise RuntimeSplError(f"no permission to write lookup '{name}'")
        fields = [field for field in split_fields(settings.get("fields_list", "")) if field != "_key"]
        documents: list[dict[str, Any]] = []
        for row in table:
            document: dict[str, Any] = {field: row[field] for field in fields if field in row}
            key = row.get(key_field or "_key")
            if key is not None:
                document["_key"] = text_of(values_of(key)[0])
                if insert_only and collection.get(document["_key"]) is not None:
                    continue
            documents.append(document)
        clear = not append
        for operation in operations_of(collection, documents, clear):
            if not self._access.may_change_collection(operation, collection_name):
                raise RuntimeSplError(f"no permission to write lookup '{name}': a role denies to {operation} documents")
        try:
            return collection.save_all(documents, clear=clear)
        except (QueryError, StorageError) as error:
            raise RuntimeSplError(f"lookup '{name}' was not written: {error}") from error


def operations_of(collection: Collection, documents: list[dict[str, Any]], clear: bool) -> list[str]:
    """Returns which of create, update and delete a write of these documents is."""
    if clear:
        return ["create", "delete"] if collection.count() else ["create"]
    known = [collection.get(item["_key"]) is not None if "_key" in item else False for item in documents]
    return [*(["update"] if any(known) else []), *(["create"] if not all(known) else [])]


def is_kv(settings: Mapping[str, str]) -> bool:
    return settings.get("external_type", "").strip().lower() == "kvstore"


def check_supported(name: str, settings: Mapping[str, str]) -> None:
    """Raises UnsupportedError for a kind of lookup that the stand-in does not answer."""
    if is_kv(settings):
        return
    if settings.get("external_type") or settings.get("external_cmd") or not settings.get("filename"):
        raise UnsupportedError(f"lookup '{name}' is neither a file nor a KV collection; other kinds are not supported")


def whole(settings: Mapping[str, str], key: str, default: int) -> int:
    text = settings.get(key, "").strip()
    return int(text) if text.isdigit() else default


def document_row(document: Mapping[str, Any], fields: list[str]) -> Row:
    """Returns a KV document as a row: the listed fields (dotted ones from inside objects) and _key."""
    row: Row = {}
    for field in [*fields, "_key"]:
        value = document[field] if field in document else reach(document, field.split("."))
        shown = None if value is MISSING else field_value(value)
        if shown is not None:
            row[field] = shown
    return row


def field_value(value: Any) -> Value | None:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        found: Value | None = collapse(field_value(item) for item in value)
        return found if not isinstance(found, list) else [item for item in found if not isinstance(item, list)]
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    scalar: Value | None = value
    return scalar


__all__ = ["AppTables"]
