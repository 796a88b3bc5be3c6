"""CSV files of lookups: where they lie, reading them, and replacing them whole or not at all."""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from understudy.conf import SYSTEM, Conf
from understudy.conf.files import write_atomic
from understudy.multivalue import decode_multivalue, encode_multivalue
from understudy.spl.errors import RuntimeSplError
from understudy.spl.model import Row
from understudy.spl.values import collapse, text_of, values_of

FOLDER = "lookups"
MULTIVALUE = "__mv_"


@dataclass(frozen=True)
class LookupFile:
    """A file and the app it belongs to; owner is set for a user's private file."""

    path: Path
    app: str
    owner: str | None = None


def plain_name(name: str) -> str:
    """Returns the file name without any path, as transforms.conf says paths are stripped."""
    return name.replace("\\", "/").rpartition("/")[2]


def find(conf: Conf, name: str, app: str, user: str) -> LookupFile | None:
    """Returns the file that a name means in an app: the user's, the app's, an exported one, the system's."""
    name = plain_name(name)
    if not name or name.startswith(".") or "\0" in name or len(name.encode("utf-8", "replace")) > 255:
        return None
    places = [
        LookupFile(conf.etc / "users" / user / app / FOLDER / name, app, user),
        LookupFile(conf.etc / "apps" / app / FOLDER / name, app),
    ]
    for other in sorted((item.name for item in conf.apps() if item.name != app), reverse=True):
        if conf.acl(other, FOLDER, name).sharing == "global":
            places.append(LookupFile(conf.etc / "apps" / other / FOLDER / name, other))
    places.append(LookupFile(conf.etc / SYSTEM / FOLDER / name, SYSTEM))
    return next((place for place in places if place.path.is_file()), None)


def new_file(conf: Conf, name: str, app: str, user: str, place: str = "app") -> LookupFile:
    """Returns where a file that is not there yet belongs. place: app, user or system."""
    if place == "user":
        return LookupFile(conf.etc / "users" / user / app / FOLDER / plain_name(name), app, user)
    if place == "system":
        return LookupFile(conf.etc / SYSTEM / FOLDER / plain_name(name), SYSTEM)
    return LookupFile(conf.etc / "apps" / app / FOLDER / plain_name(name), app)


def header(path: Path) -> list[str]:
    """Returns the column names of a file."""
    return [name for name in next(records(path), []) if not name.startswith(MULTIVALUE)]


def records(path: Path) -> Iterator[list[str]]:
    """Yields the records of a file, the header first. Raises RuntimeSplError for bytes that are not UTF-8."""
    try:
        data = gzip.decompress(path.read_bytes()) if path.name.endswith(".gz") else path.read_bytes()
        text = data.decode("utf-8-sig")
    except FileNotFoundError:
        return
    except (UnicodeDecodeError, OSError, EOFError) as error:
        raise RuntimeSplError(f"lookup file '{path.name}' cannot be read: {type(error).__name__}") from error
    try:
        yield from (record for record in csv.reader(io.StringIO(text, newline="")) if record)
    except csv.Error as error:
        raise RuntimeSplError(f"lookup file '{path.name}' is not CSV: {error}") from error


def rows(path: Path) -> Iterator[Row]:
    """Yields the rows of a file; an empty cell is no value. `__mv_<field>` holds the values of a field, if several."""
    reader = records(path)
    names = next(reader, [])
    listed = any(name.startswith(MULTIVALUE) for name in names)
    for record in reader:
        row: Row = {name: value for name, value in zip(names, record, strict=False) if name and value != ""}
        if listed:
            for name in [key for key in row if key.startswith(MULTIVALUE)]:
                values = collapse(decode_multivalue(text_of(row.pop(name))))
                if values is not None:
                    row[name.removeprefix(MULTIVALUE)] = values
        yield row


def write(path: Path, names: Sequence[str], table: Iterable[Row], *, multivalue: bool = False) -> None:
    """Replaces the file whole or not at all; without columns it is empty.

    Several values of a field are one text with blanks between; multivalue keeps them apart in a column `__mv_<field>`.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    if names:
        writer.writerow([*names, *(MULTIVALUE + name for name in names if multivalue)])
    for row in table:
        cells = [" ".join(text_of(item) for item in values_of(row.get(name))) for name in names]
        if multivalue:
            lists = [value if isinstance(value, list) else [] for value in map(row.get, names)]
            cells += [encode_multivalue(items) if items else "" for items in lists]
        writer.writerow(cells)
    data = out.getvalue().encode("utf-8", "replace")
    write_atomic(path, gzip.compress(data, mtime=0) if path.name.endswith(".gz") else data)
