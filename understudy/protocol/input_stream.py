"""The event stream of a modular input, read as it comes: `<stream><event>...</event>...`, event by event.

Each event is parsed for itself, so a malformed one is counted and the rest goes on. Document types and entities end
the stream.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from understudy.protocol.children import ChildError
from understudy.protocol.input_scheme import safe_parser

LARGEST_EVENT = 64 * 1024 * 1024


@dataclass
class StreamEvent:
    """One `<event>`. time: epoch seconds or None; unbroken: a piece of a longer text that ends with done."""

    stanza: str = ""
    time: float | None = None
    data: str = ""
    source: str = ""
    sourcetype: str = ""
    index: str = ""
    host: str = ""
    unbroken: bool = False
    done: bool = False


@dataclass
class StreamReader:
    """Feed it bytes; it yields events. `malformed` counts what was left out; `on_malformed` gets the reason of each."""

    on_malformed: Callable[[str], None] = lambda reason: None
    malformed: int = 0
    _buffer: bytearray = field(default_factory=bytearray)
    _scan: int = 0
    _started: bool = False

    def feed(self, data: bytes) -> Iterator[StreamEvent]:
        """Yields the events that are complete now. Raises ChildError on a document type."""
        self._buffer += data
        while True:
            start = self._find_start()
            if start < 0:
                return
            end = self._find_end(start)
            if end < 0:
                if len(self._buffer) > LARGEST_EVENT:
                    self._bad(f"an event is larger than {LARGEST_EVENT} bytes")
                    self._cut(len(self._buffer))
                return
            fragment = bytes(self._buffer[start:end])
            self._cut(end)
            event = self._parse(fragment)
            if event is not None:
                yield event

    def finish(self) -> None:
        """Counts an event that was begun and never ended, as after a killed process."""
        if self._find_start() >= 0:
            self._bad("the stream ended in the middle of an event")
        self._buffer.clear()

    def _find_start(self) -> int:
        while True:
            start = self._buffer.find(b"<event")
            self._check_prolog(start if start >= 0 else len(self._buffer))
            if start < 0:
                keep = self._buffer.rfind(b"<")
                if keep > 0:
                    self._cut(keep)
                elif keep < 0:
                    self._cut(len(self._buffer))
                return -1
            after = bytes(self._buffer[start + 6 : start + 7])
            if not after:
                return -1
            if after in (b" ", b">", b"/", b"\t", b"\n", b"\r"):
                return start
            self._cut(start + 6)

    def _check_prolog(self, before: int) -> None:
        if self._buffer.find(b"<!DOCTYPE", 0, before) >= 0 or self._buffer.find(b"<!ENTITY", 0, before) >= 0:
            raise ChildError("the stream holds a document type or an entity, which is refused")

    def _find_end(self, start: int) -> int:
        """Returns the offset behind `</event>` (or `/>` of an empty one), -1 when it has not come; CDATA is skipped."""
        at = max(start, self._scan)
        head = self._buffer.find(b">", start)
        if head >= 0 and self._buffer[head - 1 : head] == b"/":
            return head + 1
        while True:
            close = self._buffer.find(b"</event>", at)
            cdata = self._buffer.find(b"<![CDATA[", at, close if close >= 0 else len(self._buffer))
            if cdata < 0:
                if close < 0:
                    self._scan = max(start, len(self._buffer) - 16)
                    return -1
                return close + len(b"</event>")
            stop = self._buffer.find(b"]]>", cdata)
            if stop < 0:
                self._scan = cdata
                return -1
            at = stop + 3

    def _cut(self, until: int) -> None:
        del self._buffer[:until]
        self._scan = 0

    def _bad(self, reason: str) -> None:
        self.malformed += 1
        self.on_malformed(reason)

    def _parse(self, fragment: bytes) -> StreamEvent | None:
        event = StreamEvent()
        words: list[str] = []
        seen: set[str] = set()
        depth = 0

        def start(tag: str, attributes: dict[str, str]) -> None:
            nonlocal depth
            depth += 1
            words.clear()
            if depth == 1:
                event.stanza = attributes.get("stanza", "")
                event.unbroken = attributes.get("unbroken", "0").strip().lower() in ("1", "true")

        def end(tag: str) -> None:
            nonlocal depth
            depth -= 1
            if depth != 1:
                return
            text = "".join(words)
            seen.add(tag)
            if tag == "data":
                event.data = text
            elif tag == "time":
                event.time = _time(text)
            elif tag == "done":
                event.done = True
            elif tag in ("source", "sourcetype", "index", "host"):
                setattr(event, tag, text.strip())

        parser = safe_parser()
        parser.StartElementHandler = start
        parser.EndElementHandler = end
        parser.CharacterDataHandler = words.append
        try:
            parser.Parse(fragment, True)
        except expat.ExpatError as error:
            self._bad(f"an event is not valid XML: {expat.errors.messages[error.code]}")
            return None
        except ValueError:
            self._bad("an event's time is not a number")
            return None
        if "data" not in seen and not event.done:
            self._bad("an event has no data")
            return None
        return event


def _time(text: str) -> float | None:
    stripped = text.strip()
    if not stripped:
        return None
    value = float(stripped)
    if not -1e11 < value < 1e11:
        raise ValueError(stripped)
    return value
