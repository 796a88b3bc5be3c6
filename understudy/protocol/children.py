"""Child processes of the stand-in: their surroundings (home, interpreter, environment), their start and their end.

A child sees a clean environment, the app's files and the `splunk.*` modules beside this file; never the stand-in's own.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

MODULES = Path(__file__).parent / "modules"
VERSION = "10.2.0"
"""The splunkd version the stand-in speaks like; clients choose the v2 search endpoints by it."""


class ChildError(Exception):
    """A child process could not be started, died or broke its protocol. The text is fit for a user."""


def default_python() -> Path:
    """Returns the interpreter under the running environment, so that a child sees none of its packages."""
    return Path(getattr(sys, "_base_executable", sys.executable) or sys.executable)


@dataclass(frozen=True)
class Surroundings:
    """Where children live. home: SPLUNK_HOME; uri: the stand-in's REST address, as `http://127.0.0.1:8089`."""

    home: Path
    python: Path = field(default_factory=default_python)
    uri: str = "http://127.0.0.1:8089"

    @property
    def apps(self) -> Path:
        return self.home / "etc" / "apps"

    def environment(self, extra: Mapping[str, str] | None = None) -> dict[str, str]:
        """Returns the whole environment of a child; nothing is inherited but the path, the temp folder and the zone."""
        values = {
            "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
            "LANG": "C.UTF-8",
            "HOME": str(self.home / "var" / "run"),
            "SPLUNK_HOME": str(self.home),
            "SPLUNK_ETC": str(self.home / "etc"),
            "SPLUNK_DB": str(self.home / "var" / "lib"),
            "SPLUNK_SERVER_NAME": "understudy",
            "UNDERSTUDY_SPLUNKD_URI": self.uri,
            "PYTHONPATH": str(MODULES),
            # Splunk's Python keeps compiled modules too, beside their source; here no folder of an app changes.
            "PYTHONPYCACHEPREFIX": str(self.home / "var" / "run" / "pycache"),
            "PYTHONIOENCODING": "utf-8",
            "PYTHONUTF8": "1",
        }
        for name in ("TMPDIR", "TZ"):
            if name in os.environ:
                values[name] = os.environ[name]
        values.update(extra or {})
        return values

    def script(self, app: str, filename: str) -> Path:
        """Returns a script of an app's bin folder. Raises ChildError when it is absent or lies outside."""
        folder = (self.apps / app / "bin").resolve()
        path = (folder / filename).resolve()
        if not path.is_relative_to(folder) or not path.is_file():
            raise ChildError(f"script '{filename}' of app '{app}' not found")
        return path

    def spawn(
        self, command: Sequence[str], cwd: Path, extra: Mapping[str, str] | None = None
    ) -> subprocess.Popen[bytes]:
        """Starts a child in its own process group with three pipes. Raises ChildError when it cannot start."""
        try:
            return subprocess.Popen(
                [str(self.python), *command],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                cwd=cwd,
                env=self.environment(extra),
                start_new_session=True,
            )
        except OSError as error:
            raise ChildError(f"cannot start {Path(command[0]).name}: {error.strerror}") from error


def kill(process: subprocess.Popen[bytes]) -> None:
    """Ends a child and what it started, waits for it and closes its pipes. Safe to call twice."""
    if process.poll() is None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    for pipe in (process.stdin, process.stdout, process.stderr):
        if pipe is not None:
            with contextlib.suppress(OSError, ValueError):
                pipe.close()


def drain(pipe: IO[bytes], take: Callable[[str], None]) -> threading.Thread:
    """Reads a child's stderr line by line in a thread of its own, so that the child never blocks on it."""

    def read() -> None:
        with contextlib.suppress(OSError, ValueError):
            for line in pipe:
                take(line.decode("utf-8", "replace").rstrip("\r\n"))

    thread = threading.Thread(target=read, name="child-stderr", daemon=True)
    thread.start()
    return thread


class Watchdog:
    """Kills a child that is silent for too long, or when the work is cancelled. `fed` says that it answered."""

    def __init__(
        self, process: subprocess.Popen[bytes], silence: float | None, cancelled: Callable[[], bool] = lambda: False
    ) -> None:
        self.reason: str | None = None
        self._process = process
        self._silence = silence
        self._cancelled = cancelled
        self._answers = 0
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="child-watchdog", daemon=True)
        self._thread.start()

    def fed(self) -> None:
        self._answers += 1

    def stop(self) -> None:
        self._stopped.set()

    def _watch(self) -> None:
        step, seen, silent = 0.2, 0, 0.0
        while not self._stopped.wait(step):
            silent = 0.0 if self._answers != seen else silent + step
            seen = self._answers
            if self._cancelled():
                self.reason = "cancelled"
            elif self._silence is not None and silent >= self._silence:
                self.reason = f"gave no answer for {self._silence:g} s"
            if self.reason and not self._stopped.is_set():
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.killpg(self._process.pid, signal.SIGKILL)
                return


def run_once(
    surroundings: Surroundings,
    command: Sequence[str],
    cwd: Path,
    stdin: bytes,
    timeout: float,
    extra: Mapping[str, str] | None = None,
) -> tuple[int, bytes, str]:
    """Runs a child to its end; returns exit code, stdout and stderr text. Raises ChildError after `timeout` seconds."""
    process = surroundings.spawn(command, cwd, extra)
    try:
        out, err = process.communicate(stdin, timeout=timeout)
    except subprocess.TimeoutExpired as error:
        raise ChildError(f"{Path(command[0]).name} gave no answer for {timeout:g} s") from error
    finally:
        kill(process)
    return process.returncode, out, err.decode("utf-8", "replace")
