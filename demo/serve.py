"""Serves the stand-in's web pages until Ctrl-C; meanwhile inputs and scheduled searches run when they are due."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from demo.run import Run

LOOK = 5.0
"""Seconds between two looks at the schedule."""


@contextmanager
def schedules_running(run: Run, look: float = LOOK) -> Iterator[None]:
    """Runs inputs on their intervals and the scheduled searches that are due, as splunkd does by itself; what fails
    says so in the log."""
    done = threading.Event()

    def turn() -> None:
        while not done.wait(look):
            run.stage.run_due()

    thread = threading.Thread(target=turn, name="schedules")
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def is_free(port: int) -> bool:
    """Whether the web pages can be served on a port of this machine, told before two minutes of work."""
    with socket.socket() as probe:
        # As the server will: an address that was in use a moment ago is no obstacle.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def serve_until_interrupted(run: Run, port: int) -> None:
    """Prints the address and serves; returns on Ctrl-C."""
    import uvicorn

    from understudy.rest.app import build as build_rest
    from understudy.web.app import build as build_web

    print(f"  http://127.0.0.1:{port}/   Ctrl-C ends it\n", flush=True)
    application = build_web(run.stage, build_rest(run.stage))
    with schedules_running(run):
        uvicorn.run(application, host="127.0.0.1", port=port, log_level="warning", access_log=False)
