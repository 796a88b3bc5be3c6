"""Modular inputs: finding schemes in the apps, asking for them, validating arguments, running them into the store.

A run ends with its process. What was read before the process died is in the store; nothing half-read is.
"""

from __future__ import annotations

import re
import selectors
import subprocess
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol
from xml.parsers import expat

from understudy.access.context import SYSTEM_USER
from understudy.conf import Conf, boolean
from understudy.protocol.children import ChildError, Surroundings, drain, kill, run_once
from understudy.protocol.input_config import InputStanza, Server, run_document, validation_document
from understudy.protocol.input_scheme import Scheme, parse_scheme, safe_parser
from understudy.protocol.input_stream import StreamEvent, StreamReader
from understudy.storage.events import IngestResult, RawEvent, StorageError
from understudy.storage.store import Store

SIDE_BY_SIDE = 4
"""Processes of one scheme that run at once: they wait for their sources most of the time."""
BATCH_EVENTS = 2_000
BATCH_SECONDS = 1.0
_SPEC_STANZA = re.compile(r"^\s*\[([A-Za-z0-9_\-]+)://")
_LEVEL = re.compile(r"^\s*(DEBUG|INFO|WARN(?:ING)?|ERROR|FATAL)\b[:\s]*(.*)$", re.DOTALL)
_SELF = {"disabled", "python.version", "python.required", "start_by_shell"}


@dataclass
class Run:
    """What one run of a process did. exit_code: negative = killed by that signal."""

    stanzas: tuple[str, ...]
    written: int = 0
    malformed: int = 0
    dropped: int = 0
    refused: dict[str, int] = field(default_factory=dict)
    exit_code: int = 0
    per_stanza: dict[str, int] = field(default_factory=dict)
    error: str = ""


class Backstage(Protocol):
    """What inputs need of the instance."""

    conf: Conf
    store: Store
    surroundings: Surroundings

    @property
    def home(self) -> Path: ...

    def session_key(self, user: str) -> str: ...

    def log(self, severity: str, component: str, text: str) -> None: ...


class ModularInputs:
    """All modular inputs of one instance."""

    def __init__(self, stage: Backstage) -> None:
        self._stage = stage
        self._schemes: dict[tuple[str, str, int], Scheme] = {}
        self._running: set[subprocess.Popen[bytes]] = set()
        self._lock = threading.Lock()
        self._closed = False

    def close(self) -> None:
        self._closed = True
        with self._lock:
            running = list(self._running)
        for process in running:
            kill(process)

    # Schemes

    def scheme_names(self) -> dict[str, str]:
        """Returns scheme -> app of every script that an app's README/inputs.conf.spec declares."""
        found: dict[str, str] = {}
        for app in self._stage.conf.apps():
            spec = self._stage.surroundings.apps / app.name / "README" / "inputs.conf.spec"
            if not spec.is_file():
                continue
            for line in spec.read_text(encoding="utf-8", errors="replace").splitlines():
                match = _SPEC_STANZA.match(line)
                if match and (spec.parent.parent / "bin" / f"{match[1]}.py").is_file():
                    found.setdefault(match[1], app.name)
        return found

    def scheme(self, name: str) -> Scheme:
        """Asks the script for its scheme (once per version of the file). Raises ChildError."""
        app = self.scheme_names().get(name)
        if app is None:
            raise ChildError(f"no app brings the modular input '{name}'")
        script = self._stage.surroundings.script(app, f"{name}.py")
        key = (name, str(script), script.stat().st_mtime_ns)
        if key not in self._schemes:
            code, out, err = run_once(self._stage.surroundings, [str(script), "--scheme"], script.parent, b"", 60.0)
            for line in err.splitlines():
                self._log_line(name, line)
            if code != 0:
                raise ChildError(f"the script of input '{name}' ended with exit code {code} when asked for its scheme")
            self._schemes[key] = parse_scheme(name, app, out)
        return self._schemes[key]

    def stanzas(self, scheme: str, *, disabled: bool = False) -> list[InputStanza]:
        """Returns the input stanzas of a scheme; the disabled ones too if asked."""
        found = []
        for item in self._stage.conf.entries("inputs"):
            if item.name.startswith(f"{scheme}://") and len(item.name) > len(scheme) + 3:
                settings = {**self._stage.conf.stanzas("inputs", item.acl.app).get(scheme, {}), **item.settings}
                if disabled or not boolean(settings.get("disabled")):
                    found.append(InputStanza(item.name, item.acl.app, settings))
        return found

    # Validation

    def validate(self, scheme: Scheme, name: str, settings: Mapping[str, str]) -> None:
        """Asks the script whether it accepts the arguments. Raises ChildError with the script's own words."""
        if not scheme.external_validation:
            return
        script = self._stage.surroundings.script(scheme.app, f"{scheme.name}.py")
        document = validation_document(self._server(scheme.name), name, settings)
        command = [str(script), "--validate-arguments"]
        code, out, err = run_once(self._stage.surroundings, command, script.parent, document, 60.0)
        for line in err.splitlines():
            self._log_line(scheme.name, line)
        if code != 0:
            raise ChildError(_error_text(out) or f"the input's script refused the arguments (exit code {code})")

    # Running

    def run(self, scheme: Scheme, stanzas: Iterable[InputStanza], at_once: int = 1) -> list[Run]:
        """Runs the stanzas to the end of their processes: one process for all in single-instance mode, else for each
        `at_once` of them."""
        items = list(stanzas)
        if not items:
            return []
        if scheme.single_instance:
            return [self._run(scheme, items)]
        with ThreadPoolExecutor(max_workers=SIDE_BY_SIDE) as pool:
            shares = [items[first : first + at_once] for first in range(0, len(items), at_once)]
            return list(pool.map(lambda share: self._run(scheme, share), shares))

    def _server(self, scheme: str) -> Server:
        checkpoints = self._stage.home / "var" / "lib" / "modinputs" / scheme
        checkpoints.mkdir(parents=True, exist_ok=True)
        key = self._stage.session_key(SYSTEM_USER)
        return Server("understudy", self._stage.surroundings.uri, key, str(checkpoints))

    def _run(self, scheme: Scheme, stanzas: list[InputStanza]) -> Run:
        run = Run(tuple(item.name for item in stanzas))
        script = self._stage.surroundings.script(scheme.app, f"{scheme.name}.py")
        given = [
            InputStanza(i.name, i.app, {"host": "understudy", "index": "default", **_arguments(i.settings)})
            for i in stanzas
        ]
        process = self._stage.surroundings.spawn([str(script)], script.parent)
        with self._lock:
            if self._closed:
                kill(process)
                return run
            self._running.add(process)
        errors = drain(process.stderr, lambda line: self._log_line(scheme.name, line))  # type: ignore[arg-type]
        sink = _Sink(self._stage.store, scheme, stanzas, run, lambda text: self._log("WARN", scheme.name, text))
        try:
            _write_all(process, run_document(self._server(scheme.name), given))
            self._pump(process, scheme, sink)
        except (ChildError, StorageError) as error:
            run.error = str(error)
            self._log("ERROR", scheme.name, f"{', '.join(run.stanzas)}: {error}")
        finally:
            try:
                run.exit_code = process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                run.exit_code = -9
            kill(process)
            errors.join(timeout=5)
            with self._lock:
                self._running.discard(process)
        if run.exit_code != 0 and not run.error:
            run.error = f"the process ended with exit code {run.exit_code}"
            self._log("ERROR", scheme.name, f"{', '.join(run.stanzas)}: {run.error}")
        return run

    def _pump(self, process: subprocess.Popen[bytes], scheme: Scheme, sink: _Sink) -> None:
        reader = StreamReader(sink.malformed)
        text = bytearray()
        selector = selectors.DefaultSelector()
        selector.register(process.stdout, selectors.EVENT_READ)  # type: ignore[arg-type]
        try:
            while True:
                if not selector.select(BATCH_SECONDS):
                    sink.flush()
                    continue
                data = process.stdout.read1(1 << 18)  # type: ignore[union-attr]
                if not data:
                    break
                if scheme.streaming_mode == "xml":
                    for event in reader.feed(data):
                        sink.take(event)
                else:
                    text += data
                    cut = text.rfind(b"\n") + 1
                    if cut:
                        sink.take_text(text[:cut].decode("utf-8", "replace"))
                        del text[:cut]
                sink.flush_if_due()
        finally:
            selector.close()
            if scheme.streaming_mode == "xml":
                reader.finish()
            elif text:
                sink.take_text(text.decode("utf-8", "replace"))
            sink.finish()

    def _log_line(self, scheme: str, line: str) -> None:
        if not line.strip():
            return
        match = _LEVEL.match(line)
        level, words = (match[1], match[2]) if match else ("ERROR", line)
        self._log("WARN" if level == "WARNING" else level, scheme, words)

    def _log(self, level: str, scheme: str, text: str) -> None:
        self._stage.log(level, "ExecProcessor", f'message from "{scheme}" {text}')


def _arguments(settings: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in settings.items() if name not in _SELF}


def _write_all(process: subprocess.Popen[bytes], document: bytes) -> None:
    try:
        process.stdin.write(document)  # type: ignore[union-attr]
        process.stdin.close()  # type: ignore[union-attr]
    except BrokenPipeError as error:
        raise ChildError("the input's process ended before it read its configuration") from error


def _error_text(out: bytes) -> str:
    """Returns the text of `<error><message>`, or nothing when the script said something else."""
    words: list[str] = []
    inside = False

    def start(tag: str, _: dict[str, str]) -> None:
        nonlocal inside
        inside = tag == "message"

    def end(_: str) -> None:
        nonlocal inside
        inside = False

    parser = safe_parser()
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = lambda text: words.append(text) if inside else None
    try:
        parser.Parse(out.strip(), True)
    except (expat.ExpatError, ChildError):
        return ""
    return "".join(words).strip()


class _Sink:
    """Events on their way into the store, in batches: each batch is acknowledged by the store as a whole."""

    def __init__(
        self, store: Store, scheme: Scheme, stanzas: list[InputStanza], run: Run, warn: Callable[[str], None]
    ) -> None:
        self._store = store
        self._scheme = scheme
        self._stanzas = {item.name: item for item in stanzas}
        self._only = stanzas[0].name if len(stanzas) == 1 else ""
        self._run = run
        self._warn = warn
        self._batch: list[RawEvent] = []
        self._pieces: dict[tuple[str, str, str, str, str], list[StreamEvent]] = {}
        self._since = time.monotonic()

    def malformed(self, reason: str) -> None:
        self._run.malformed += 1
        self._warn(f"malformed event number {self._run.malformed} of {', '.join(self._run.stanzas)}: {reason}")

    def take(self, event: StreamEvent) -> None:
        if not event.unbroken:
            if event.data:
                self._add(self._raw(event, event.data, whole=True), event)
            return
        key = (event.stanza, event.source, event.sourcetype, event.index, event.host)
        self._pieces.setdefault(key, []).append(event)
        if event.done:
            self._join(key)

    def take_text(self, text: str) -> None:
        self._add(self._raw(StreamEvent(), text, whole=False), StreamEvent())

    def _join(self, key: tuple[str, str, str, str, str]) -> None:
        pieces = self._pieces.pop(key)
        text = "".join(piece.data for piece in pieces)
        if text:
            self._add(self._raw(pieces[0], text, whole=False), pieces[0])

    def _raw(self, event: StreamEvent, text: str, whole: bool) -> RawEvent:
        stanza = self._stanzas.get(event.stanza or self._only)
        settings = stanza.settings if stanza else {}
        index = event.index or settings.get("index", "") or "main"
        return RawEvent(
            raw=text,
            index="main" if index == "default" else index,
            host=event.host or settings.get("host", "") or "understudy",
            source=event.source or settings.get("source", "") or (stanza.name if stanza else self._scheme.name),
            sourcetype=event.sourcetype or settings.get("sourcetype", "") or self._scheme.name,
            time=event.time,
            unbroken=whole,
        )

    def _add(self, raw: RawEvent, event: StreamEvent) -> None:
        self._batch.append(raw)
        name = event.stanza or self._only
        self._run.per_stanza[name] = self._run.per_stanza.get(name, 0) + 1
        if len(self._batch) >= BATCH_EVENTS:
            self.flush()

    def flush_if_due(self) -> None:
        if self._batch and time.monotonic() - self._since > BATCH_SECONDS:
            self.flush()

    def flush(self) -> None:
        self._since = time.monotonic()
        if not self._batch:
            return
        batch, self._batch = self._batch, []
        result: IngestResult = self._store.ingest(batch)
        self._run.written += result.written
        self._run.dropped += result.dropped
        for index, count in result.refused.items():
            self._run.refused[index] = self._run.refused.get(index, 0) + count
        for message in result.messages:
            self._warn(message)

    def finish(self) -> None:
        for key in list(self._pieces):
            self._join(key)
        self.flush()
