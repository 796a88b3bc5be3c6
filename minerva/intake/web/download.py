"""Download source: files of a source as chunks of rows: one address, a link found on a page, or a sequence of files.

A file is streamed below the checkpoint folder, only after its type and first bytes were judged, read from there, and
removed before the run ends; what a killed run left is removed by the next. Position of a single file: `etag`,
`modified`, `digest` and `address` (a hash) of what was read last; of an edition also `edition` (how many were read),
`basis`, `unreadable` and `unsure` (the digest of one that may have been cut short). Of a sequence: `next` (number or
day) and `late`, days that had no file when others had.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any, BinaryIO

from minerva.intake.editions import Comparison, basis
from minerva.intake.errors import BodyError, FetchError, FileError, PagingError
from minerva.intake.facts.field_map import FieldMap
from minerva.intake.facts.web import FindLink, HttpFacts
from minerva.intake.formats.read import read_rows
from minerva.intake.rows import Chunk, ReadCounts, Row
from minerva.intake.running.edition import Edition
from minerva.intake.web.access import Access, checked_json
from minerva.intake.web.body import HTML_PAGE, JSON_PAGE
from minerva.intake.web.fetch import Answer, Asked, joined
from minerva.intake.web.links import linked, listed
from minerva.intake.web.paging import day_text, file_request, look_up

_ABSENT = (404, 410)
_NOT_MODIFIED = 304
_LATE_DAYS = 7
_MOST_DAYS = 60
"""Days without a file behind the last that had one: more are asked for from both ends only."""
_ENDED_BY_FORMAT = frozenset({"json", "geojson", "xml", "rss", "html", "xlsx", "ods"})
"""Formats that cannot be cut short without being broken; the others end wherever the connection does."""


class DownloadSource:
    """Reads the files of a source. `scratch` is the path of the file while it is read; `now` is epoch seconds."""

    def __init__(
        self,
        facts: HttpFacts,
        access: Access,
        *,
        mapping: FieldMap,
        edition: Edition,
        scratch: Path,
        now: Callable[[], float],
    ) -> None:
        self._facts = facts
        self._access = access
        self._mapping = mapping
        self._edition = edition
        self._scratch = scratch
        self._now = now
        self.met = ReadCounts()

    def close(self) -> None:
        """Remove the file, close the connections and take over the fetcher's counts."""
        self._remove()
        self._access.close(self.met)

    def chunks(self, position: Mapping[str, Any]) -> Iterator[Chunk]:
        """The rows of what is new. Raises FetchError, GuardError, PagingError; FileError `scratch` for a full disk."""
        self._remove()
        if self._facts.paging.kind == "sequence":
            yield from self._sequence(position)
        else:
            yield from self._single(position)

    def _single(self, position: Mapping[str, Any]) -> Iterator[Chunk]:
        asked = self._asked()
        address = hashlib.sha256(asked.url.encode()).hexdigest()[:16]
        known = position if position.get("address") == address else {}
        answer, digest = self._download(asked, known)
        if answer.status == _NOT_MODIFIED or digest == known.get("digest"):
            self.met.add("unchanged")
            if answer.status != _NOT_MODIFIED:
                yield Chunk((), {**position, **_validators(answer)})
            return
        self.met.add("files")
        after = {**position, "address": address, "digest": digest, **_validators(answer)}
        if self._facts.whole:
            yield from self._compared(position, after, answer)
        else:
            yield Chunk(_guarded(self._rows("file"), after, dict(position)), after, "file")
        self._remove()

    def _compared(self, position: Mapping[str, Any], after: dict[str, Any], answer: Answer) -> Iterator[Chunk]:
        made_of = basis(self._mapping)
        number = int(position.get("edition", 0))
        is_first = not number or position.get("basis") != made_of
        comparison = Comparison(self._mapping, self._edition, is_first=is_first, met=self.met)
        before = dict(position)
        broken: dict[str, Any] = {"whole": True}
        for rows in comparison.news(_guarded(self._rows("edition"), broken, {})):
            yield Chunk(rows, before, "edition")
        certain = _is_complete(self._facts, answer) or after["digest"] == position.get("unsure")
        unreadable = int(position.get("unreadable", 0)) if number else 0
        for rows in comparison.gone(self._facts.most_removed, unreadable, bool(broken) and certain):
            yield Chunk(rows, before, "edition")
        if not broken:
            return  # the file is read again by the next run
        done = {**after, "edition": number + 1, "basis": made_of, "unreadable": comparison.unreadable}
        if not certain:
            # Nothing says that the file was whole but that it comes the same again.
            done.update(digest="", etag="", modified="", unsure=after["digest"])
        yield Chunk((), done, "edition")

    def _sequence(self, position: Mapping[str, Any]) -> Iterator[Chunk]:
        state = {"late": [], **position}
        for text in list(state["late"]):
            late = [item for item in state["late"] if item != text]
            if date.fromisoformat(text) < self._today() - timedelta(days=_LATE_DAYS):
                state = {**state, "late": late}
                continue
            for chunk in self._one(text, {**state, "late": late}):
                state = dict(chunk.after)
                yield chunk
        if "{number}" in self._facts.path:
            yield from self._numbers(state)
        else:
            yield from self._days(state)

    def _numbers(self, state: dict[str, Any]) -> Iterator[Chunk]:
        paging = self._facts.paging
        number, missing = int(state.get("next", paging.first)), 0
        for _ in range(paging.max_pages):
            found = False
            for chunk in self._one(str(number).zfill(paging.digits), {**state, "next": number + 1}):
                found, state = True, dict(chunk.after)
                yield chunk
            missing = 0 if found else missing + 1
            number += 1
            if missing > paging.gap:
                return

    def _days(self, state: dict[str, Any]) -> Iterator[Chunk]:
        paging, today = self._facts.paging, self._today()
        day, days = date.fromisoformat(state.get("next") or paging.start), []
        while day <= today:
            days.append(day)
            day += timedelta(days=paging.step_days)
        if len(days) > _MOST_DAYS and "next" in state:
            days = days[: _MOST_DAYS // 2] + days[-_MOST_DAYS // 2 :]
        missing: list[str] = []
        for day in days[: paging.max_pages]:
            late = [item for item in missing if date.fromisoformat(item) >= today - timedelta(days=_LATE_DAYS)]
            after = {
                **state,
                "next": (day + timedelta(days=paging.step_days)).isoformat(),
                "late": [*state["late"], *late],
            }
            found = False
            for chunk in self._one(day.isoformat(), after):
                found, state, missing = True, dict(chunk.after), []
                yield chunk
            if not found:
                missing.append(day.isoformat())

    def _one(self, text: str, after: dict[str, Any]) -> Iterator[Chunk]:
        """The chunk of one file of a sequence; none if it is not there."""
        path = self._facts.path
        if "{date}" in path:
            moment = datetime.fromisoformat(text).replace(tzinfo=timezone.utc)
            path = path.replace("{date}", day_text(moment, self._facts.paging.format))
        asked = file_request(self._facts, self._access.base_url, path.replace("{number}", text))
        answer, _ = self._download(asked, {}, _ABSENT)
        if answer.status in _ABSENT:
            return
        self.met.add("files")
        yield Chunk(_guarded(self._rows(f"file {text}"), {}, {}), after, f"file {text}")
        self._remove()

    def _today(self) -> date:
        return datetime.fromtimestamp(self._now(), timezone.utc).date()

    def _asked(self) -> Asked:
        link = self._facts.find_link
        if link is None:
            return file_request(self._facts, self._access.base_url)
        page = Asked(joined(self._access.base_url + "/", link.page), headers=self._facts.headers)
        if link.page.startswith("/"):
            page = Asked(self._access.base_url + link.page, headers=self._facts.headers)
        found, base = self._found(link, page)
        if not found:
            raise PagingError("the page holds no link to the file; the source has changed or the facts are wrong")
        return Asked(joined(base, found), headers=self._facts.headers, accept="*/*")

    def _found(self, link: FindLink, page: Asked) -> tuple[str | None, str]:
        if link.list:
            answer = self._access.fetch(page, promise=JSON_PAGE)
            return listed(look_up(checked_json(self._facts, answer.body), link.list), link), answer.url
        answer = self._access.fetch(page, promise=HTML_PAGE)
        return linked(answer.body, select=link.select, pattern=link.pattern, pick=link.pick), answer.url

    def _download(self, asked: Asked, known: Mapping[str, Any], absent: tuple[int, ...] = ()) -> tuple[Answer, str]:
        """The answer, whose body lies in the scratch file, and the SHA-256 of it."""
        more = {}
        if known.get("digest") and known.get("etag"):
            more["If-None-Match"] = str(known["etag"])
        if known.get("digest") and known.get("modified"):
            more["If-Modified-Since"] = str(known["modified"])
        asked = Asked(asked.url, asked.method, asked.body, asked.content_type, {**asked.headers, **more}, asked.accept)
        try:
            self._scratch.parent.mkdir(parents=True, exist_ok=True)
            with open(os.open(self._scratch, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "w+b") as file:
                answer = self._access.fetch(
                    asked,
                    max_bytes=self._facts.max_bytes,
                    absent=(*absent, *((_NOT_MODIFIED,) if more else ())),
                    into=file,
                )
                return answer, _digest(file)
        except OSError as error:
            self._remove()
            raise FileError("scratch", f"the downloaded file cannot be written ({type(error).__name__})") from None
        except FetchError:
            self._remove()
            raise

    def _rows(self, name: str) -> Iterator[Row]:
        return read_rows(self._scratch, self._facts.reading, name, self._mapping.key, met=self.met)

    def _remove(self) -> None:
        with suppress(FileNotFoundError):
            self._scratch.unlink()


def _guarded(rows: Iterable[Row], after: dict[str, Any], before: Mapping[str, Any]) -> Iterator[Row]:
    """The rows, and in place of an error that ends them one last Row with the fault `file_<code>`.

    `after` then becomes `before`, so that the next run reads the file again.
    """
    code = ""
    try:
        for row in rows:
            if row.columns is None and row.fault.startswith("file_"):
                code = row.fault[5:]
                break
            yield row
    except (FileError, BodyError) as error:
        code = error.code
    except UnicodeError:
        code = "encoding"
    except OSError:
        code = "unreadable"
    if code:
        after.clear()
        after.update(before)
        yield Row("file", None, f"file_{code}")


def _validators(answer: Answer) -> dict[str, str]:
    """What a later request may say that we hold; the newest alone."""
    etag, modified = answer.headers.get("etag", ""), answer.headers.get("last-modified", "")
    return {"etag": etag[:256] if etag.isprintable() else "", "modified": modified[:64]}


def _digest(file: BinaryIO) -> str:
    digest = hashlib.sha256()
    file.seek(0)
    for block in iter(lambda: file.read(1 << 20), b""):
        digest.update(block)
    return digest.hexdigest()


def _is_complete(facts: HttpFacts, answer: Answer) -> bool:
    """Whether a file that was cut short would have been noticed."""
    headers = answer.headers
    if facts.reading.unpack != "none" or facts.reading.format in _ENDED_BY_FORMAT:
        return True
    return (
        "content-length" in headers
        or "chunked" in headers.get("transfer-encoding", "").lower()
        or "gzip" in headers.get("content-encoding", "").lower()
    )
