"""The files in which a search head looks hashes up: one per bank, made of the collection, mapped into memory.

A file is named after the bank and its generation, and a text beside it says up to which revision of the bank it holds
what was added. Where the store has no folder the hashes are read for each question.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from minerva.documents import Document, find_all
from minerva.images import bank as bank_of_hashes
from minerva.images import bank_log
from minerva.images.bank import Bank
from minerva.images.distance import LEAST_QUALITY
from minerva.tenancy.asking import Store

_OPEN: dict[Path, Bank] = {}
FOLDER = "image_banks"
"""Below the store's folder, in which others keep files too; what lies in it and belongs to no bank is deleted."""
MOST_OPEN = 64
IMAGE, FRAME = "image:", "image_frame:"
"""How identifiers of pictures in records begin, and those of key frames of their videos: `hash/place`."""
DAY_S = 86_400

Rows = Callable[[int], Iterable[tuple[int, str]]]


@dataclass(frozen=True)
class Source:
    """Where the hashes of one file come from. `rows` gives (hash, id) of what came after a revision."""

    tenant: str
    name: str
    generation: int
    revision: int
    rows: Rows


def of_bank(store: Store, row: Document) -> Source:
    """The hashes of a bank; ids are those of its entries."""
    query = {"tenant_id": row["tenant_id"], "bank_id": row["bank_id"]}

    def rows(since: int) -> Iterator[tuple[int, str]]:
        more = {"revision": {"$gt": since}} if since else {}
        for each in find_all(store.collections["image_hashes"], {**query, **more}):
            if each.get("pdq") and int(each.get("quality", 100)) >= LEAST_QUALITY:
                yield int(each["pdq"], 16), str(each["entry_id"])

    return Source(str(row["tenant_id"]), str(row["bank_id"]), int(row["generation"]), int(row["revision"]), rows)


def of_records(store: Store, tenant: str) -> Source:
    """The hashes of pictures and frames in the institution's own records, as the last refresh left them; an id is the
    identifier.

    The file begins anew each day: what left the records is still in it until then, and callers look each find up.
    """
    number = int((store.collections["refresh"].get(f"{tenant}:state") or {}).get("number", 0))

    def rows(since: int) -> Iterator[tuple[int, str]]:
        more = {"refresh": {"$gt": since}} if since else {}
        for kind in (IMAGE, FRAME):
            span = {"$gte": kind, "$lt": kind[:-1] + chr(ord(kind[-1]) + 1)}
            query = {"tenant_id": tenant, "kind": "identifier", "member": span}
            for each in find_all(store.collections["members"], {**query, **more}):
                digits = digits_of(str(each["member"]))
                with contextlib.suppress(ValueError):  # a record may call something else an image
                    if len(digits) == 64:
                        yield int(digits, 16), str(each["member"])

    return Source(tenant, "pictures", int(store.context.now // DAY_S), number, rows)


def digits_of(identifier: str) -> str:
    """The hash of a picture's or frame's identifier."""
    return identifier.partition(":")[2].partition("/")[0]


def place_of(identifier: str) -> int:
    """Which frame of its video an identifier is of, from 1; 0 for a picture."""
    place = identifier.partition("/")[2]
    return int(place) if identifier.startswith(FRAME) and place.isdecimal() else 0


def opened(store: Store, source: Source) -> Bank:
    """The hashes of a source, as they stand now."""
    if store.folder is None:
        return Bank(rows=source.rows(0))
    place = _folder(store.folder / FOLDER, source.tenant)
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    place.mkdir(mode=0o700, exist_ok=True)
    path = place / f"{source.name}.{source.generation}"
    seen = path.with_name(f"{path.name}.seen")
    with bank_log.locked(path.with_name(f"{path.name}.sync")):
        revision = _read(seen) if path.exists() else -1
        if revision < 0 or revision > source.revision:
            bank_of_hashes.build(path, source.rows(0))
        elif revision < source.revision:
            bank_of_hashes.change(path, (bank_log.Change(name, value) for value, name in source.rows(revision)))
        if revision != source.revision:
            seen.write_text(str(source.revision), encoding="ascii")
    if path not in _OPEN:
        while len(_OPEN) >= MOST_OPEN:
            del _OPEN[next(iter(_OPEN))]
        _OPEN[path] = Bank(path)
    return _OPEN[path]


def clear(store: Store, tenant: str, sources: Iterable[Source]) -> None:
    """Deletes the files that are none of these sources' as they stand now, and those of institutions that are gone."""
    if store.folder is None or not (store.folder / FOLDER).exists():
        return
    home = store.folder / FOLDER
    known = {_folder(home, name) for name in store.context.tenants}
    wanted = tuple(f"{each.name}.{each.generation}" for each in sources)
    for place in home.iterdir():
        for path in place.iterdir() if place.is_dir() else ():
            name = ".".join(path.name.split(".")[:2])
            if place not in known or (place == _folder(home, tenant) and name not in wanted):
                _OPEN.pop(path, None)
                path.unlink(missing_ok=True)


def _folder(root: Path, tenant: str) -> Path:
    """Of an institution, for the account of splunkd alone; named by a hash, since a tenant's id is no file name."""
    return root / hashlib.sha256(tenant.encode()).hexdigest()[:24]


def _read(seen: Path) -> int:
    try:
        return int(seen.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return -1
