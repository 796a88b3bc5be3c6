"""Limited process: starts a child Python that finds the same modules, and limits what a process may take.

Its callers say what the child does: intake reads foreign files in one, images decodes foreign pictures in one.
"""

from __future__ import annotations

import importlib.util
import os
import signal
import sys

LIMITED = importlib.util.find_spec("resource") is not None and os.path.exists("/proc/self/statm")
"""Whether this platform can limit a process (Windows and macOS cannot, as it is done here)."""
_START = "import sys; sys.path[:] = sys.argv[1].split(chr(10)); from {module} import main; main()"
_GRACE_SECONDS = 2


class SlowError(BaseException):
    """The processor time is used up; no library that is called may take it for an error of its own."""


def command_of(module: str) -> list[str]:
    """The command that runs `main()` of a module in a child; what follows it is read from sys.argv[2] on.

    The child is isolated from the environment and the working folder, and imports from where this process does.
    """
    places = "\n".join(map(os.path.abspath, sys.path))
    start = _START.format(module=module)
    return [sys.executable, "-I", *(["-B"] if sys.dont_write_bytecode else []), "-c", start, places]


def limit_process(memory: int, seconds: float) -> bool:
    """Lets this process take `memory` bytes more than it has, and run for so many CPU seconds; whether that holds.

    Raises SlowError in the main thread when the seconds are used up, and ends the process 2 seconds later.
    """
    try:
        import resource

        with open("/proc/self/statm", encoding="ascii") as file:
            held = int(file.read().split()[0]) * resource.getpagesize()
        signal.signal(signal.SIGXCPU, _stop)
        used = resource.getrusage(resource.RUSAGE_SELF)
        soft = int(used.ru_utime + used.ru_stime + seconds + 0.999)
        _set_limits(
            ("RLIMIT_AS", held + memory, held + memory),
            ("RLIMIT_CPU", soft, soft + _GRACE_SECONDS),
            ("RLIMIT_CORE", 0, 0),
        )
    except (ImportError, OSError, ValueError):
        return False
    return True


def seal_process() -> bool:
    """Takes from this process what reaches beyond its memory and open pipes; whether that holds.

    It can open no file and no socket, and no file that is open can grow.
    """
    try:
        _set_limits(("RLIMIT_FSIZE", 0, 0), ("RLIMIT_NOFILE", 0, 0))
    except (ImportError, OSError, ValueError):
        return False
    return True


def _set_limits(*limits: tuple[str, int, int]) -> None:
    import resource

    for name, low, high in limits:
        kind = getattr(resource, name)
        hard = resource.getrlimit(kind)[1]
        if hard != resource.RLIM_INFINITY:
            low, high = min(low, hard), min(high, hard)
        resource.setrlimit(kind, (low, high))


def _stop(*_: object) -> None:
    raise SlowError
