"""Index-time transforms: what a TRANSFORMS- chain does to one event before it is written.

Supported: REGEX, FORMAT, WRITE_META, DEST_KEY, SOURCE_KEY, REPEAT_MATCH, LOOKAHEAD, DEFAULT_VALUE. A stanza with
INGEST_EVAL, CLONE_SOURCETYPE, STOP_PROCESSING_IF or another DEST_KEY is refused by name and the event goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import regex

from understudy.conf import boolean
from understudy.storage import meta_tokens

LOOKAHEAD = 4096
TIMEOUT_S = 10.0
REFUSED_KEYS = ("INGEST_EVAL", "CLONE_SOURCETYPE", "STOP_PROCESSING_IF")
METADATA = {"MetaData:Host": "host", "MetaData:Source": "source", "MetaData:Sourcetype": "sourcetype"}
DEST_KEYS = {"_meta", "_raw", "_MetaData:Index", "queue", *METADATA}
REFERENCE = regex.compile(r"\$(\d+)")


class TransformError(Exception):
    """A stanza that cannot be used; the message names it and why."""


@dataclass
class Draft:
    """An event on its way into the index. meta: the text of _meta; queue: nullQueue drops the event."""

    raw: str
    index: str
    host: str
    source: str
    sourcetype: str
    queue: str = "indexQueue"
    meta: list[str] = field(default_factory=list)

    def read(self, key: str) -> str:
        """Returns the text a SOURCE_KEY names."""
        if key == "_raw":
            return self.raw
        if key == "_meta":
            return " ".join(self.meta)
        if key == "_MetaData:Index":
            return self.index
        if key == "queue":
            return self.queue
        if key in METADATA:
            return f"{METADATA[key]}::{getattr(self, METADATA[key])}"
        if key.startswith(("field:", "fields:")):
            wanted = [name.strip() for name in key.partition(":")[2].split(",")]
            found: dict[str, str] = {}
            for name, value in meta_tokens.parse(" ".join(self.meta)):
                found.setdefault(name, value)
            return " ".join(found[name] for name in wanted if name in found)
        return ""

    def write(self, key: str, text: str) -> None:
        """Puts text where a DEST_KEY says."""
        if key == "_meta":
            self.meta = [text]
        elif key == "_raw":
            self.raw = text
        elif key == "_MetaData:Index":
            self.index = text.strip()
        elif key == "queue":
            self.queue = text.strip()
        else:
            setattr(self, METADATA[key], text.removeprefix(f"{METADATA[key]}::").strip())


@dataclass(frozen=True)
class Transform:
    """One compiled stanza of transforms.conf."""

    name: str
    pattern: Any
    expand: Callable[[Any, str], str]
    dest_key: str
    write_meta: bool
    source_key: str
    repeat: bool
    lookahead: int
    default_value: str

    def apply(self, draft: Draft) -> None:
        """Changes the event as the stanza says. Raises TransformError when the regex runs out of time."""
        text = draft.raw if self.source_key == "_raw" else draft.read(self.source_key)
        if len(text) > self.lookahead:
            text = text[: self.lookahead]
        before = "" if self.write_meta else draft.read(self.dest_key)
        try:
            if self.repeat:
                results = [self.expand(m, before) for m in self.pattern.finditer(text, timeout=TIMEOUT_S)]
            else:
                match = self.pattern.search(text, timeout=TIMEOUT_S)
                results = [] if match is None else [self.expand(match, before)]
        except TimeoutError as error:
            raise TransformError(f"transform '{self.name}': REGEX ran longer than {TIMEOUT_S:g} s") from error
        if not results:
            if not self.default_value:
                return
            results = [self.default_value]
        if self.write_meta:
            draft.meta += results
        else:
            draft.write(self.dest_key, " ".join(results))


def compile_format(text: str, groups: int) -> Callable[[Any, str], str]:
    """Returns the function that fills FORMAT: `$0` is what DEST_KEY held, `$n` a group that exists, else literal."""
    parts: list[str | int] = []
    position = 0
    for match in REFERENCE.finditer(text):
        number = int(match[1])
        if number > groups:
            continue
        parts += [text[position : match.start()], number]
        position = match.end()
    parts.append(text[position:])
    pieces = [part for part in parts if part != ""]

    def expand(match: Any, before: str) -> str:
        return "".join(
            part if isinstance(part, str) else before if part == 0 else (match[part] or "") for part in pieces
        )

    return expand


def compile_transform(name: str, settings: Mapping[str, str] | None) -> Transform:
    """Returns the usable form of a stanza. Raises TransformError naming what is missing or not supported."""
    if settings is None:
        raise TransformError(f"transform '{name}' is not in transforms.conf")
    for key in REFUSED_KEYS:
        if settings.get(key):
            raise TransformError(f"transform '{name}': {key} is not supported")
    text = settings.get("REGEX", "")
    if not text:
        raise TransformError(f"transform '{name}' has no REGEX")
    try:
        pattern = regex.compile(text)
    except regex.error as error:
        raise TransformError(f"transform '{name}': REGEX cannot be compiled: {error}") from error
    dest_key = settings.get("DEST_KEY", "")
    write_meta = boolean(settings.get("WRITE_META"))
    if not write_meta and dest_key not in DEST_KEYS:
        what = f"DEST_KEY = {dest_key} is not supported" if dest_key else "neither WRITE_META nor DEST_KEY is set"
        raise TransformError(f"transform '{name}': {what}")
    lookahead = settings.get("LOOKAHEAD", "")
    template = settings.get("FORMAT", f"{name}::$1")
    return Transform(
        name=name,
        pattern=pattern,
        expand=compile_format(template, pattern.groups),
        dest_key=dest_key,
        write_meta=write_meta,
        source_key=settings.get("SOURCE_KEY", "_raw"),
        repeat=boolean(settings.get("REPEAT_MATCH")) and dest_key != "_raw",
        lookahead=int(lookahead) if lookahead.isdigit() else LOOKAHEAD,
        default_value=settings.get("DEFAULT_VALUE", ""),
    )
