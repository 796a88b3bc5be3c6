"""Kills processes of a stage at a chosen moment, and waits until they are really gone."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from demo.run import ROOT, Run
from tests.understudy.staging import until
from understudy.protocol.modular_inputs import Run as InputRun


def input_processes(parent: int | None = None) -> list[int]:
    """Returns the ids of running modular inputs that a process (this one) has started."""
    wanted = os.getpid() if parent is None else parent
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_bytes().split(b"\0")
            status = (folder / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        if int(status[1]) == wanted and any(word.endswith((b"minerva_file.py", b"minerva_http.py")) for word in words):
            found.append(int(folder.name))
    return sorted(found)


def gone(process_id: int) -> bool:
    """Tells whether a process has ended (a dead one that nobody has fetched yet has no command line)."""
    try:
        return not Path(f"/proc/{process_id}/cmdline").read_bytes()
    except OSError:
        return True


def run_inputs_and_kill(run: Run, moment: Callable[[], object], held: AbstractContextManager[None]) -> list[InputRun]:
    """Runs the inputs, kills the input's process as soon as `moment` holds, and returns what the runs did.

    held: what keeps the input from its end until it is killed.
    """
    outcome: list[InputRun] = []
    worker = threading.Thread(target=lambda: outcome.extend(run.stage.run_inputs()))
    with held:
        worker.start()
        until(lambda: moment() and input_processes())
        for process_id in input_processes():
            os.kill(process_id, signal.SIGKILL)
    worker.join(60)
    assert not worker.is_alive()
    return outcome


@contextmanager
def standing_still(thing: Any, method: str, when: Callable[[], object] = lambda: True) -> Iterator[None]:
    """What calls the method of the thing stands still behind its work, from `when` on, until the block is left."""
    original, left = getattr(thing, method), threading.Event()

    def stands_still(*arguments: Any, **more: Any) -> Any:
        done = original(*arguments, **more)
        if when():
            left.wait()
        return done

    with patch.object(thing, method, stands_still):
        try:
            yield
        finally:
            left.set()


def run_stage_and_kill(home: Path, still: str, moment: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    """Runs a whole stage over `home` as a child and kills it when what it says fits; returns its last words.

    still: the phase in which it stands still (stage_child). Returns when the inputs that it left behind have ended too.
    """
    command = [sys.executable, "-m", "tests.integration.stage_child", str(home), still]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        said: dict[str, Any] = {}
        for line in child.stdout:
            said = json.loads(line)
            if moment(said):
                break
        orphans = input_processes(child.pid)
        child.send_signal(signal.SIGKILL)
        assert child.wait(30) == -signal.SIGKILL
    for process_id in orphans:
        until(lambda process_id=process_id: gone(process_id))  # type: ignore[misc]
    return said
