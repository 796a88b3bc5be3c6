"""Driver of app search commands over the search command protocol v2, as splunkd drives them: one process per use.

Rows go out in chunks and come back chunk by chunk; a feeder thread writes the next chunk while the command works on
this one. Error messages of the command end the search; its stderr goes to search.log of the job.
"""

from __future__ import annotations

import contextlib
import queue
import subprocess
import threading
import urllib.parse
import weakref
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

from understudy.protocol.children import VERSION, ChildError, Surroundings, Watchdog, drain, kill
from understudy.protocol.chunk_rows import decode, encode, fields_of
from understudy.protocol.frames import read_frame, write_frame
from understudy.spl.errors import RuntimeSplError, SplError, UnsupportedError
from understudy.spl.model import Arguments, Context, Message, Row, Stream

CHUNK_ROWS = 10_000
INDEX_FIELD = "_chunked_idx"
_TYPES = {"streaming", "stateful", "events", "reporting"}
_SILENCE = 600.0
_START = 60.0
_KNOWN: dict[tuple[str, int, tuple[str, ...]], tuple[bool, str]] = {}
"""What commands said of themselves, by script, time of change and arguments."""


@dataclass(frozen=True)
class CommandConf:
    """One stanza of commands.conf. `app` is the app that ships it; `settings` are its merged keys."""

    name: str
    app: str
    settings: Mapping[str, str]

    @property
    def chunked(self) -> bool:
        return _true(self.settings.get("chunked"))

    @property
    def risky(self) -> bool:
        return _true(self.settings.get("is_risky"))

    @property
    def filename(self) -> str:
        return self.settings.get("filename") or f"{self.name}.py"

    @property
    def chunk_rows(self) -> int:
        return CHUNK_ROWS

    @property
    def arguments(self) -> list[str]:
        numbered = []
        for key, value in self.settings.items():
            if key.startswith("command.arg.") and key[len("command.arg.") :].isdigit():
                numbered.append((int(key[len("command.arg.") :]), value))
        return [value for _, value in sorted(numbered)]


def _true(text: str | None) -> bool:
    return (text or "").strip().lower() in {"1", "t", "true", "y", "yes"}


class ChunkedCommand:
    """A `CustomCommand` of an app. Raises SplError when the process cannot start, fails or breaks the protocol."""

    def __init__(self, conf: CommandConf, surroundings: Surroundings, *, silence: float = _SILENCE) -> None:
        self._conf = conf
        self._surroundings = surroundings
        self._silence = silence
        self._generating: bool | None = None

    @property
    def generating(self) -> bool:
        """Asks the command itself, in a process started for getinfo only, as splunkd does."""
        if self._generating is None:
            self._generating = self._asked()[0]
        return self._generating

    @generating.setter
    def generating(self, value: bool) -> None:
        self._generating = value

    @property
    def reporting(self) -> bool:
        """Whether it calls itself `reporting`: splunkd then shows its rows as a table and not as events."""
        return self._asked()[1] == "reporting"

    def _asked(self) -> tuple[bool, str]:
        try:
            script = self._surroundings.script(self._conf.app, self._conf.filename)
            key = (str(script), script.stat().st_mtime_ns, tuple(self._conf.arguments))
            if key not in _KNOWN:
                with _Process(self._conf, self._surroundings, lambda: False, _START) as process:
                    reply = process.getinfo(self._search_info([], [], None))
                _KNOWN[key] = bool(reply.get("generating")), str(reply.get("type") or "")
            return _KNOWN[key]
        except ChildError as error:
            raise RuntimeSplError(f"Error in '{self._conf.name}' command: {error}") from error

    def run(self, arguments: Arguments, stream: Stream, context: Context) -> Stream:
        """Starts the command; rows are read as they are needed. Its first answer decides how rows are given to it."""
        self._allow(arguments, context)
        args, raw_args = split_arguments(arguments)
        process = _Process(self._conf, self._surroundings, context.cancelled, self._silence, _log_path(context))
        try:
            reply = process.getinfo(self._search_info(args, raw_args, context))
            _take_messages(self._conf.name, reply, context, arguments.position)
            kind = str(reply.get("type") or "stateful")
            if kind not in _TYPES:
                raise ChildError(f"the command calls itself '{kind}', which protocol v2 does not know")
            if reply.get("error"):
                raise ChildError(str(reply["error"]))
        except ChildError as error:
            process.close()
            raise self._failure(error, arguments.position) from error
        except SplError:
            process.close()
            raise
        if reply.get("generating"):
            return self._stream(process, self._rows(process, None, kind, [], context, arguments.position))
        try:
            source = _before(reply, stream, context, arguments.position)
        except SplError:
            process.close()
            raise
        required = [str(name) for name in reply.get("required_fields") or [] if name]
        if "*" in required or kind not in {"streaming", "stateful"}:
            required = []
        return self._stream(process, self._rows(process, source, kind, required, context, arguments.position))

    @staticmethod
    def _stream(process: _Process, rows: Generator[Row, None, None]) -> Stream:
        # Of a generator that is dropped before its first row, no `finally` runs.
        weakref.finalize(rows, process.close)
        return Stream(rows)

    def _allow(self, arguments: Arguments, context: Context) -> None:
        if not self._conf.chunked:
            raise UnsupportedError(
                f"Search command '{self._conf.name}' is not of protocol v2 (chunked = true), the only one spoken",
                arguments.position,
            )
        if context.capabilities is not None and "run_custom_command" not in context.capabilities:
            raise RuntimeSplError(
                f"Search command '{self._conf.name}' needs the capability run_custom_command", arguments.position
            )

    def _rows(
        self,
        process: _Process,
        source: Stream | None,
        kind: str,
        required: Sequence[str],
        context: Context,
        position: int,
    ) -> Generator[Row, None, None]:
        try:
            if source is None:
                replies = process.generate()
            else:
                replies = process.exchange(_chunks(source, required, self._conf.chunk_rows), source.fields)
            for reply, body, sent in replies:
                _take_messages(self._conf.name, reply, context, position)
                _, rows = decode(body)
                yield from _merged(rows, sent, required) if required else rows
            process.expect_success()
        except ChildError as error:
            raise self._failure(error, position) from error
        finally:
            process.close()

    def _failure(self, error: ChildError, position: int) -> RuntimeSplError:
        return RuntimeSplError(f"Error in '{self._conf.name}' command: {error}", position)

    def _search_info(self, args: list[str], raw_args: list[str], context: Context | None) -> dict[str, Any]:
        session = context.session if context else {}
        earliest = context.earliest if context else None
        latest = context.latest if context else None
        return {
            "args": args,
            "raw_args": raw_args,
            "dispatch_dir": str(session.get("dispatch_dir") or ""),
            "sid": context.sid if context else "",
            "app": context.app if context else self._conf.app,
            "owner": context.user if context else "nobody",
            "username": context.user if context else "nobody",
            "session_key": str(session.get("session_key") or ""),
            "splunkd_uri": str(session.get("splunkd_uri") or self._surroundings.uri),
            "splunk_version": VERSION,
            "search": urllib.parse.quote(context.search if context else "", safe=""),
            "command": self._conf.name,
            "maxresultrows": context.limits.result_rows if context else 50_000,
            "earliest_time": f"{earliest:.6f}" if earliest is not None else "0",
            "latest_time": f"{latest:.6f}" if latest is not None else "0",
        }


class _Process:
    """One process of one command, spoken to in frames."""

    def __init__(
        self, conf: CommandConf, surroundings: Surroundings, cancelled: Any, silence: float, log: Path | None = None
    ) -> None:
        script = surroundings.script(conf.app, conf.filename)
        self._child: subprocess.Popen[bytes] = surroundings.spawn([str(script), *conf.arguments], script.parent)
        self._last_line = ""
        self._log = log.open("a", encoding="utf-8") if log else None
        self._name = conf.name
        self._errors = drain(self._child.stderr, self._take_line)  # type: ignore[arg-type]
        self._watchdog = Watchdog(self._child, silence, cancelled)
        self._feeder: threading.Thread | None = None
        self._failure: BaseException | None = None
        self._stopping = threading.Event()

    def __enter__(self) -> _Process:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _take_line(self, line: str) -> None:
        self._last_line = line
        if self._log and not self._log.closed:
            with contextlib.suppress(ValueError):
                self._log.write(f"ChunkedExternProcessor - stderr of {self._name}: {line}\n")

    def getinfo(self, search_info: dict[str, Any]) -> dict[str, Any]:
        metadata = {
            "action": "getinfo",
            "preview": False,
            "streaming_command_will_restart": False,
            "searchinfo": search_info,
        }
        self._send(metadata)
        reply = self._receive()
        if reply is None:
            raise ChildError(self._ending())
        return reply[0]

    def generate(self) -> Iterator[tuple[dict[str, Any], bytes, list[Row]]]:
        """Asks for rows until the command says it is finished."""
        while True:
            self._send({"action": "execute", "finished": True})
            reply = self._receive()
            if reply is None:
                raise ChildError(self._ending())
            yield reply[0], reply[1], []
            if reply[0].get("finished"):
                return

    def exchange(
        self, chunks: Iterator[tuple[list[Row], list[str], bool]], order: Sequence[str] | None
    ) -> Iterator[tuple[dict[str, Any], bytes, list[Row]]]:
        """Yields one reply per chunk with the rows that were sent; the next chunk is written meanwhile."""
        sent: queue.Queue[tuple[list[Row], bool] | None] = queue.Queue(maxsize=2)
        self._feeder = threading.Thread(target=self._feed, args=(chunks, order, sent), name="chunk-feeder", daemon=True)
        self._feeder.start()
        while True:
            item = sent.get()
            if item is None:
                if self._failure is not None:
                    raise self._failure
                raise ChildError(self._ending())
            rows, last = item
            reply = self._receive()
            while reply is not None and reply[0].get("partial"):
                yield reply[0], reply[1], rows
                reply = self._receive()
            if reply is None:
                if self._failure is not None:
                    raise self._failure
                raise ChildError(self._ending())
            yield reply[0], reply[1], rows
            if last or reply[0].get("finished"):
                return

    def _feed(
        self,
        chunks: Iterator[tuple[list[Row], list[str], bool]],
        order: Sequence[str] | None,
        sent: queue.Queue[tuple[list[Row], bool] | None],
    ) -> None:
        try:
            for rows, fields, last in chunks:
                body = encode(rows, fields) if rows else b""
                if not self._put(sent, (rows, last)):
                    return
                self._send({"action": "execute", "finished": last}, body)
                if last:
                    return
        except ChildError:
            self._put(sent, None)
        except BaseException as error:  # whatever the upstream pipeline raised is raised again where rows are read
            self._failure = error
            self._put(sent, None)
            if not self._stopping.is_set():
                kill(self._child)

    def _put(self, sent: queue.Queue[tuple[list[Row], bool] | None], item: tuple[list[Row], bool] | None) -> bool:
        while not self._stopping.is_set():
            with contextlib.suppress(queue.Full):
                sent.put(item, timeout=0.2)
                return True
        return False

    def _send(self, metadata: dict[str, Any], body: bytes = b"") -> None:
        try:
            write_frame(self._child.stdin, metadata, body)  # type: ignore[arg-type]
        except (BrokenPipeError, ValueError):
            # The command ended early; what it said before it ended is still to be read.
            if self._watchdog.reason:
                raise ChildError(self._ending()) from None

    def _receive(self) -> tuple[dict[str, Any], bytes] | None:
        try:
            reply = read_frame(self._child.stdout)  # type: ignore[arg-type]
        except (OSError, ValueError):
            reply = None
        except ChildError:
            if self._watchdog.reason:
                raise ChildError(self._ending()) from None
            raise
        self._watchdog.fed()
        return reply

    def _ending(self) -> str:
        if self._watchdog.reason:
            return f"the process was stopped: {self._watchdog.reason}"
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._child.wait(timeout=5)
        self._errors.join(timeout=1)
        return f"the process ended early with exit code {self._child.returncode}; its messages are in search.log"

    def expect_success(self) -> None:
        """Lets the command end by itself; an exit code other than 0 is a failure."""
        with contextlib.suppress(OSError, ValueError):
            self._child.stdin.close()  # type: ignore[union-attr]
        try:
            code = self._child.wait(timeout=30)
        except subprocess.TimeoutExpired:
            return
        if code != 0 and not self._watchdog.reason:
            raise ChildError(self._ending())

    def close(self) -> None:
        self._stopping.set()
        self._watchdog.stop()
        kill(self._child)
        if self._feeder is not None and self._feeder is not threading.current_thread():
            self._feeder.join(timeout=10)
        self._errors.join(timeout=2)
        if self._log:
            self._log.close()


def split_arguments(arguments: Arguments) -> tuple[list[str], list[str]]:
    """Returns args (unquoted, `a=b` as one) and raw_args (as written); pieces without blank between them are one."""
    args: list[str] = []
    raw: list[str] = []
    for token in arguments.tokens:
        if token.kind == "subsearch":
            raise UnsupportedError(
                "A subsearch as argument of an app's search command is not supported", token.position
            )
        if args and not token.spaced:
            args[-1] += token.text
            raw[-1] += token.raw
        else:
            args.append(token.text)
            raw.append(token.raw)
    return args, raw


def _before(reply: dict[str, Any], stream: Stream, context: Context, position: int) -> Stream:
    """Runs the streaming_preop a reporting command asks for, as SPL, over the rows before it."""
    preop = str(reply.get("streaming_preop") or "").strip()
    if not preop:
        return stream
    from understudy.spl.engine import run_nested

    return run_nested(preop.lstrip("|").strip(), position, replace(context), stream)


def _chunks(source: Stream, required: Sequence[str], size: int) -> Iterator[tuple[list[Row], list[str], bool]]:
    """Yields (rows, fields, last). A chunk that fills is followed by another; the last may be empty."""
    rows_left = iter(source.rows)
    while True:
        rows = list(islice(rows_left, size))
        last = len(rows) < size
        if required:
            fields = [*required, INDEX_FIELD]
            for index, row in enumerate(rows):
                row[INDEX_FIELD] = index
        else:
            fields = fields_of(rows, source.fields)
        yield rows, fields, last
        if last:
            return


def _merged(rows: list[Row], sent: list[Row], required: Sequence[str]) -> Iterator[Row]:
    """Joins what came back with the rows it belongs to; fields that were sent and did not come back are gone."""
    given = {*required, INDEX_FIELD}
    for row in rows:
        index = row.pop(INDEX_FIELD, None)
        if isinstance(index, str) and index.isdigit() and int(index) < len(sent):
            origin = sent[int(index)]
            yield {**{name: value for name, value in origin.items() if name not in given}, **row}
        else:
            yield row


def _take_messages(name: str, reply: dict[str, Any], context: Context, position: int) -> None:
    """Hands inspector messages to the search. Raises RuntimeSplError at the first ERROR or FATAL."""
    inspector = reply.get("inspector")
    messages = inspector.get("messages") if isinstance(inspector, dict) else None
    failure: str | None = None
    for item in messages or []:
        if not (isinstance(item, list) and len(item) == 2):
            continue
        severity, text = str(item[0]).upper(), _readable(str(item[1]))
        if severity in {"ERROR", "FATAL"} and failure is None:
            failure = text
        elif severity in {"DEBUG", "INFO", "WARN"}:
            context.messages.append(Message(severity, f"{name}: {text}"))
    if failure is not None:
        raise RuntimeSplError(f"Error in '{name}' command: {failure}", position)


def _readable(text: str) -> str:
    """Returns the message without a traceback that a careless command glued to it."""
    return text.split("\nTraceback", 1)[0].strip()


def _log_path(context: Context) -> Path | None:
    folder = context.session.get("dispatch_dir")
    return Path(str(folder)) / "search.log" if folder else None
