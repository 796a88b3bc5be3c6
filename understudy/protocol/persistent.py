"""Persistent REST handlers: a few processes per handler that stay, one request at a time each, JSON in and out."""

from __future__ import annotations

import json
import struct
import subprocess
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from understudy.protocol.children import ChildError, Surroundings, Watchdog, drain, kill

MODULE = "splunk.persistconn.appserver"
WORKERS = 4
_LARGEST = 256 * 1024 * 1024
Log = Callable[[str, str, str], None]


@dataclass(frozen=True)
class HandlerSpec:
    """handler: `file.Class`; script: the file named in restmap.conf; argument: restmap's driver.arg."""

    app: str
    handler: str
    script: str
    argument: str = ""


class _Worker:
    """One process of one handler."""

    def __init__(self, spec: HandlerSpec, surroundings: Surroundings, log: Log) -> None:
        script = surroundings.script(spec.app, spec.script)
        command = ["-m", MODULE, spec.handler, str(script), *([spec.argument] if spec.argument else [])]
        self.process: subprocess.Popen[bytes] = surroundings.spawn(command, script.parent)
        self._spec = spec
        self._errors = drain(
            self.process.stderr,  # type: ignore[arg-type]
            lambda line: log("ERROR" if "Error" in line else "INFO", "PersistentScript", f"{spec.handler}: {line}"),
        )

    @property
    def alive(self) -> bool:
        return self.process.poll() is None

    def ask(self, in_string: str, timeout: float) -> Any:
        """Sends a request and returns the handler's reply. Raises ChildError; the worker is dead then or said so."""
        watchdog = Watchdog(self.process, timeout)
        try:
            data = json.dumps({"in_string": in_string}).encode()
            self.process.stdin.write(struct.pack(">I", len(data)) + data)  # type: ignore[union-attr]
            self.process.stdin.flush()  # type: ignore[union-attr]
            answer = self._read()
        except (BrokenPipeError, OSError, ValueError) as error:
            kill(self.process)
            raise ChildError(f"the REST handler {self._spec.handler} does not run") from error
        finally:
            watchdog.stop()
        if answer is None:
            kill(self.process)
            reason = watchdog.reason or f"ended with exit code {self.process.returncode}"
            raise ChildError(f"the REST handler {self._spec.handler} {reason}")
        if "failure" in answer:
            raise HandlerFailure(f"the REST handler {self._spec.handler} failed; the cause is in var/log/splunkd.log")
        return answer.get("reply")

    def _read(self) -> Any:
        pipe = self.process.stdout
        head = pipe.read(4)  # type: ignore[union-attr]
        if len(head) < 4:
            return None
        (size,) = struct.unpack(">I", head)
        if size > _LARGEST:
            kill(self.process)
            raise ChildError(f"the REST handler {self._spec.handler} answered more than {_LARGEST} bytes")
        data = pipe.read(size)  # type: ignore[union-attr]
        return json.loads(data) if len(data) == size else None

    def close(self) -> None:
        kill(self.process)
        self._errors.join(timeout=2)


class HandlerFailure(ChildError):
    """The handler raised; its process goes on."""


class HandlerPool:
    """Processes by handler; at most WORKERS each. A process that died is replaced at the next request."""

    def __init__(self, surroundings: Surroundings, log: Log) -> None:
        self._surroundings = surroundings
        self._log = log
        self._idle: dict[HandlerSpec, list[_Worker]] = {}
        self._slots: dict[HandlerSpec, threading.Semaphore] = {}
        self._lock = threading.Lock()
        self._generation = 0

    def call(self, spec: HandlerSpec, request: dict[str, Any], timeout: float = 60.0) -> Any:
        """Returns the handler's reply to a request. Raises ChildError when it fails, dies or takes too long."""
        with self._lock:
            slot = self._slots.setdefault(spec, threading.Semaphore(WORKERS))
        if not slot.acquire(timeout=timeout):
            raise ChildError(f"the REST handler {spec.handler} is too busy")
        try:
            worker, generation = self._take(spec)
            try:
                reply = worker.ask(json.dumps(request), timeout)
            except HandlerFailure:
                self._give_back(spec, worker, generation)
                raise
            except ChildError:
                worker.close()
                raise
            self._give_back(spec, worker, generation)
            return reply
        finally:
            slot.release()

    def _take(self, spec: HandlerSpec) -> tuple[_Worker, int]:
        with self._lock:
            generation = self._generation
            idle = self._idle.setdefault(spec, [])
            while idle:
                worker = idle.pop()
                if worker.alive:
                    return worker, generation
                worker.close()
        return _Worker(spec, self._surroundings, self._log), generation

    def _give_back(self, spec: HandlerSpec, worker: _Worker, generation: int) -> None:
        with self._lock:
            if generation == self._generation:
                self._idle.setdefault(spec, []).append(worker)
                return
        worker.close()

    def forget(self) -> None:
        """Ends every idle process, so that changed code is loaded."""
        with self._lock:
            self._generation += 1
            workers = [worker for idle in self._idle.values() for worker in idle]
            self._idle.clear()
        for worker in workers:
            worker.close()

    close = forget
