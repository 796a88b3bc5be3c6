"""Picture child: a limited child process that decodes pictures, given by pipe and never by file, one after the other.

What is asked of a picture is the child module's business; every answer comes from where foreign bytes were read, and
whoever asks checks it.
"""

from __future__ import annotations

import contextlib
import importlib.util
import json
import os
import select
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import Any, TypeVar, Union

from minerva.images.errors import MissingLibraryError, PictureError
from minerva.limited_process import LIMITED, command_of
from minerva.native_package import NAME, use_native_package

_MIB = 1024 * 1024
_START_SECONDS = 60.0
_SPARE_SECONDS = 5.0
_Self = TypeVar("_Self", bound="PictureChild")


@dataclass(frozen=True)
class DecodeLimits:
    """What one picture may take: memory beyond what the interpreter and its libraries hold, and time."""

    memory_bytes: int = 256 * _MIB
    seconds: float = 10.0


LIMITS = DecodeLimits()


def why_not() -> str:
    """Why pictures cannot be decoded here, in words; empty where they can."""
    if not LIMITED or not sys.executable:
        return "pictures are decoded on Linux only, where memory and time of a process can be limited"
    use_native_package()
    missing = [name for name in ("numpy", "cv2") if importlib.util.find_spec(name) is None]
    if not missing:
        return ""
    return (
        f"decoding pictures needs numpy and OpenCV, and {' and '.join(missing)} cannot be imported: "
        f"install the package {NAME} beside the app, or numpy and opencv-python-headless"
    )


class PictureChild:
    """A child that runs `main()` of a module, started with the first question; a context manager.

    The module reads `order` from sys.argv[2] and serves by `minerva.images.decode_child.serve`.
    """

    def __init__(self, module: str, order: dict[str, Any], limits: DecodeLimits = LIMITS) -> None:
        self._module = module
        self._order = {"memory_bytes": limits.memory_bytes, "seconds": limits.seconds, **order}
        self._limits = limits
        self._child: Union[subprocess.Popen[bytes], None] = None
        self._held = b""

    def __enter__(self: _Self) -> _Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Ends the child and whatever it still decodes."""
        child, self._child, self._held = self._child, None, b""
        if child is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        for end in (child.stdin, child.stdout):
            with contextlib.suppress(OSError):
                if end is not None:
                    end.close()
        child.wait()

    def ask(self, pixels: bytes, question: Union[dict[str, Any], None] = None) -> dict[str, Any]:
        """The child's answer, unchecked. Raises PictureError where it has none, MissingLibraryError without a child."""
        answer = self._ask(pixels, question or {})
        code = answer.get("code")
        if code:
            raise self.refusal(str(code))
        return answer

    def refusal(self, code: str) -> PictureError:
        """The error of a code, in words."""
        return PictureError(code, _words_of(code, self._limits))

    def _ask(self, pixels: bytes, question: dict[str, Any]) -> dict[str, Any]:
        child = self._child or self._start()
        assert child.stdin is not None
        try:
            child.stdin.write(json.dumps({**question, "bytes": len(pixels)}).encode() + b"\n" + pixels)
            child.stdin.flush()
            line = self._line(self._limits.seconds + _SPARE_SECONDS)
            answer = json.loads(line) if line else {"code": "died"}
        except (OSError, ValueError):
            answer = {"code": "died"}
        if not isinstance(answer, dict) or answer.get("code") == "died":
            self.close()
            return {"code": "died"}
        return answer

    def _start(self) -> subprocess.Popen[bytes]:
        missing = why_not()
        if missing:
            raise MissingLibraryError(missing)
        self._child = subprocess.Popen(
            [*command_of(self._module), json.dumps(self._order)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self._held = b""
        if not self._line(_START_SECONDS):
            self.close()
            raise MissingLibraryError("the process that decodes pictures did not start: numpy or OpenCV does not load")
        return self._child

    def _line(self, seconds: float) -> bytes:
        """The child's next line; empty where it ended or said nothing for so long."""
        assert self._child is not None
        assert self._child.stdout is not None
        deadline = time.monotonic() + seconds
        while b"\n" not in self._held:
            left = max(0.0, deadline - time.monotonic())
            if not select.select([self._child.stdout], [], [], left)[0]:
                return b""
            block = os.read(self._child.stdout.fileno(), 65536)
            if not block:
                return b""
            self._held += block
        line, _, self._held = self._held.partition(b"\n")
        return line


def _words_of(code: str, limits: DecodeLimits) -> str:
    return {
        "slow": f"decoding takes more than {limits.seconds:g} s",
        "memory": f"decoding takes more than {limits.memory_bytes // _MIB} MiB",
        "undecodable": f"cannot be decoded: its pixels are broken, or take more than {limits.memory_bytes // _MIB} MiB",
        "blank": "nothing is drawn on it: it is of one color",
        "unlimited": "not decoded, as the process cannot be limited here",
    }.get(code, "the process that decodes it ended without an answer")
