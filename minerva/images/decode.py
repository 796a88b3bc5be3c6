"""Decode: gives a picture's bytes to the limited child, by pipe and never by file, and its fingerprint back.

Checks formats and sizes before, and every answer after: the child has seen foreign bytes.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import json
import os
import re
import select
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import Any, Union

from minerva.images.errors import MissingLibraryError, PictureError
from minerva.images.formats import read_picture
from minerva.limited_process import LIMITED, command_of

_CHILD = "minerva.images.decode_child"
_MIB = 1024 * 1024
_START_SECONDS = 60.0
_SPARE_SECONDS = 5.0
_HASH = re.compile(r"[0-9a-f]{64}")
GRIDS = ("none", "few", "many")


@dataclass(frozen=True)
class DecodeLimits:
    """What one picture may take: memory beyond what the interpreter and its libraries hold, and time."""

    memory_bytes: int = 256 * _MIB
    seconds: float = 10.0


LIMITS = DecodeLimits()


@dataclass(frozen=True)
class Hashes:
    """PDQ of a picture or a part of it; `dihedral` are those of its eight mirrored and turned forms, its own first."""

    pdq: str
    quality: int
    dihedral: tuple[str, ...]


@dataclass(frozen=True)
class Fingerprint:
    """What is kept of a picture: hashes and sizes.

    `trimmed` is there when a uniform border was found. `crops` are hashes of parts (to be stored), `turned` those of
    the eight forms at each small turn (to be asked with); both are empty unless ordered.
    """

    format: str
    width: int
    height: int
    whole: Hashes
    trimmed: Union[Hashes, None]
    crops: tuple[str, ...]
    turned: tuple[tuple[str, ...], ...]
    md5: str
    sha256: str

    def to_dict(self) -> dict[str, Any]:
        """As it is written and answered; trimmed, crops and turned only where there are any."""
        row: dict[str, Any] = {
            **_told(self.whole), "md5": self.md5, "sha256": self.sha256, "format": self.format, "width": self.width,
            "height": self.height,
        }  # fmt: skip
        if self.trimmed is not None:
            row["trimmed"] = _told(self.trimmed)
        if self.crops:
            row["crops"] = list(self.crops)
        if self.turned:
            row["turned"] = [list(forms) for forms in self.turned]
        return row


def _told(hashes: Hashes) -> dict[str, Any]:
    return {"pdq": hashes.pdq, "quality": hashes.quality, "dihedral": list(hashes.dihedral)}


def why_not() -> str:
    """Why pictures cannot be decoded here, in words; empty where they can."""
    if not LIMITED or not sys.executable:
        return "pictures are decoded on Linux only, where memory and time of a process can be limited"
    missing = [name for name in ("numpy", "cv2") if importlib.util.find_spec(name) is None]
    if not missing:
        return ""
    return (
        f"decoding pictures needs numpy and OpenCV, and {' and '.join(missing)} cannot be imported: "
        "install the package SA-minerva-native-linux-x86_64 beside the app, or numpy and opencv-python-headless"
    )


class Decoder:
    """Fingerprints of pictures, one after the other, from one child; a context manager.

    `grid` (none, few, many) orders hashes of crops, `turns` those of small turns.
    """

    def __init__(self, grid: str = "none", turns: bool = False, limits: DecodeLimits = LIMITS) -> None:
        if grid not in GRIDS:
            raise ValueError(f"grid is one of {', '.join(GRIDS)}, not {grid}")
        self._order = {"memory_bytes": limits.memory_bytes, "seconds": limits.seconds, "grid": grid, "turns": turns}
        self._limits = limits
        self._child: Union[subprocess.Popen[bytes], None] = None
        self._held = b""

    def __enter__(self) -> Decoder:
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

    def fingerprint(self, data: bytes) -> Fingerprint:
        """The fingerprint of a picture. Raises PictureError, and MissingLibraryError where none can be decoded."""
        picture = read_picture(data)
        answer = self._ask(picture.pixels)
        code = answer.get("code")
        if code:
            raise PictureError(str(code), _words_of(str(code), self._limits))
        try:
            if (answer["width"], answer["height"]) != (picture.width, picture.height):
                raise PictureError("broken", "the decoded picture has another size than its header says")
            return Fingerprint(
                picture.format,
                picture.width,
                picture.height,
                _hashes_of(answer["whole"]),
                None if answer["trimmed"] is None else _hashes_of(answer["trimmed"]),
                tuple(_hash_of(each) for each in answer["crops"]),
                tuple(tuple(_hash_of(each) for each in forms) for forms in answer["turned"]),
                hashlib.md5(data, usedforsecurity=False).hexdigest(),
                hashlib.sha256(data).hexdigest(),
            )
        except (KeyError, TypeError, ValueError):
            self.close()
            raise PictureError("died", _words_of("died", self._limits)) from None

    def _ask(self, pixels: bytes) -> dict[str, Any]:
        child = self._child or self._start()
        assert child.stdin is not None
        try:
            child.stdin.write(json.dumps({"bytes": len(pixels)}).encode() + b"\n" + pixels)
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
            [*command_of(_CHILD), json.dumps(self._order)],
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


def _hashes_of(answer: Any) -> Hashes:
    forms = tuple(_hash_of(each) for each in answer["dihedral"])
    quality = answer["quality"]
    if len(forms) != 8 or not isinstance(quality, int) or not 0 <= quality <= 100:
        raise ValueError
    return Hashes(_hash_of(answer["pdq"]), quality, forms)


def _hash_of(answer: Any) -> str:
    if not isinstance(answer, str) or not _HASH.fullmatch(answer):
        raise ValueError
    return answer


def _words_of(code: str, limits: DecodeLimits) -> str:
    return {
        "slow": f"decoding takes more than {limits.seconds:g} s",
        "memory": f"decoding takes more than {limits.memory_bytes // _MIB} MiB",
        "undecodable": f"cannot be decoded: its pixels are broken, or take more than {limits.memory_bytes // _MIB} MiB",
        "unlimited": "not decoded, as the process cannot be limited here",
    }.get(code, "the process that decodes it ended without an answer")
