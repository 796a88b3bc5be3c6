"""Read: bytes as rows, whatever their format; the one way in for files and answers.

What only a parser of some size can read (workbooks, XML, pages, feeds, archives) is read in a limited child process;
delimited text, lines and JSON are read here, a row at a time. Nothing is fetched and nothing is written.
"""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, Union

from minerva.intake.errors import BodyError, FileError
from minerva.intake.facts.reading import ReadFacts
from minerva.intake.formats import limited_child
from minerva.intake.formats.archives import SUFFIXES, Open, check_sizes, members, open_zip
from minerva.intake.formats.encoding import CountedText, Scan, scan
from minerva.intake.formats.json_rows import json_lines, json_rows
from minerva.intake.formats.limits import DOCUMENTS, LIMITS, MAX_ENTRIES, Limits
from minerva.intake.formats.media import PROBE_BYTES, is_archive, is_media
from minerva.intake.formats.page_parts import PAGE_PARTS, page_parts
from minerva.intake.formats.tables import read_delimited, read_fixed, read_lines
from minerva.intake.rows import ReadCounts, Row

IN_CHILD = DOCUMENTS | {"xml"}


def read_rows(
    source: Union[Path, BinaryIO],
    facts: ReadFacts,
    name: str,
    needed: Sequence[str] = (),
    *,
    met: ReadCounts | None = None,
    limits: Limits = LIMITS,
    found: Scan | None = None,
) -> Iterator[Row]:
    """The rows of a file, or of a stream that can be rewound, in order; `name` begins their places.

    `needed`: columns that a heading must have. `met` counts what could not be decoded; `found` spares a scan for the
    encoding. Rows before a fault are given, then FileError is raised; it is the only error but OSError of the file.
    """
    met = ReadCounts() if met is None else met
    if isinstance(source, Path):
        with source.open("rb") as handle:
            yield from read_rows(handle, facts, name, needed, met=met, limits=limits, found=found)
        return
    try:
        if facts.unpack != "none" or facts.format in IN_CHILD:
            yield from limited_child.read_rows(source, facts, name, needed, met, limits)
        else:
            yield from rows_here(source, facts, name, needed, met, limits, found)
    except BodyError as error:
        raise FileError(error.code, f"{name}: {error}") from None


def rows_here(
    source: BinaryIO,
    facts: ReadFacts,
    name: str,
    needed: Sequence[str],
    met: ReadCounts,
    limits: Limits,
    found: Scan | None = None,
) -> Iterator[Row]:
    """As read_rows, in this process. Of several files in an archive one that is broken is a Row with a fault."""
    opened = list(members(source, facts, name, limits))
    for inner, open_ in opened:
        try:
            yield from _file_rows(open_, facts, inner, needed, met, limits, found)
        except FileError as error:
            if len(opened) == 1:
                raise
            yield Row(inner, None, f"file_{error.code}")


def _file_rows(
    open_: Open,
    facts: ReadFacts,
    name: str,
    needed: Sequence[str],
    met: ReadCounts,
    limits: Limits,
    found: Scan | None,
) -> Iterator[Row]:
    if not facts.format:
        kind = SUFFIXES.get(name.rpartition(".")[2].lower(), "")
        if not kind:
            raise FileError("member", f"{name}: its name does not say what it is; name the format")
        facts = dataclasses.replace(facts, format=kind, delimiter="\t" if kind == "tsv" else facts.delimiter)
    handle = open_()
    start = getattr(handle, "read1", handle.read)(PROBE_BYTES)
    _check_start(start, facts, name)
    if facts.format in DOCUMENTS:
        yield from _document_rows(open_, facts, name, needed, limits)
        return
    if facts.format == "xml":
        from minerva.intake.formats.xml_rows import xml_rows

        yield from xml_rows(open_, facts, name)
        return
    found = found or scan(open_(), facts.encodings)
    text = CountedText(open_(), found, met)
    try:
        if facts.format in ("csv", "tsv"):
            yield from read_delimited(text, facts, needed, name)
        elif facts.format == "fixed":
            yield from read_fixed(text, facts, name)
        elif facts.format == "lines":
            yield from read_lines(text, facts, name)
        elif facts.format == "jsonl":
            yield from json_lines(text, facts, name)
        else:
            yield from json_rows(text, facts, name)
    except UnicodeError:
        raise FileError("encoding", f"{name}: not in the encoding that its beginning says") from None
    finally:
        text.detach()


def _check_start(start: bytes, facts: ReadFacts, name: str) -> None:
    if facts.format in ("xlsx", "ods") and start.startswith(b"PK"):
        return
    if facts.unpack != "none" and is_archive(start):
        raise FileError("nested", f"{name}: an archive inside of an archive is not unpacked")
    if is_media(start):
        raise FileError("media", f"{name}: is an image, film, sound, document, archive or program")


def _document_rows(open_: Open, facts: ReadFacts, name: str, needed: Sequence[str], limits: Limits) -> Iterator[Row]:
    content = _held(
        open_(), limits.document_bytes if facts.format in ("xlsx", "ods", "mail") else limits.page_bytes, name
    )
    if facts.format in ("xlsx", "ods"):
        from minerva.intake.formats.sheets import sheet_rows

        book = io.BytesIO(content)
        archive = open_zip(book, facts.format, name, MAX_ENTRIES)
        parts = archive.infolist()
        check_sizes(parts, facts.format, name, limits.document_bytes, limits.workbook_ratio)
        return sheet_rows(book, facts, name, needed, sum(part.file_size for part in parts))
    if facts.format == "html":
        from minerva.intake.formats.pages import page_rows

        return page_rows(content, facts, name, needed)
    if facts.format == "article":
        from minerva.intake.formats.article import article_rows

        return article_rows(content, facts, name)
    if facts.format == "mail":
        from minerva.intake.formats.mail import mail_rows

        return mail_rows(content, facts, name)
    if facts.format in PAGE_PARTS:
        return page_parts(content, facts, name)
    from minerva.intake.formats.feeds import feed_rows

    return feed_rows(content, facts, name)


def _held(handle: BinaryIO, most: int, name: str) -> bytes:
    content = handle.read(most + 1)
    if len(content) > most:
        raise FileError("too_large", f"{name}: has more than {most} bytes")
    return content
