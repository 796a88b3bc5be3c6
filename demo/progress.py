"""Says what the demo is doing, one line a step, with the seconds each took."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def step(text: str) -> Iterator[None]:
    """Prints the step when it starts and its seconds when it ends."""
    started = time.monotonic()
    print(f"  {text} ...", end="", flush=True)
    try:
        yield
    except BaseException:
        print(" failed", flush=True)
        raise
    print(f" {time.monotonic() - started:.1f} s", flush=True)


def note(text: str) -> None:
    """Prints one plain line."""
    print(f"  {text}", flush=True)
    sys.stdout.flush()
