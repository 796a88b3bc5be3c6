"""Ports on loopback for servers that are started as programs: one that is free, and waiting until it is answered."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable

HOST = "127.0.0.1"


def free_port() -> int:
    """A port that nothing listens on now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def answers(port: int, seconds: float, goes_on: Callable[[], bool] = lambda: True) -> bool:
    """Waits until a port is answered; False where that takes longer, or the server no longer goes on."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and goes_on():
        with socket.socket() as probe:
            if probe.connect_ex((HOST, port)) == 0:
                return True
        time.sleep(0.05)
    return False
