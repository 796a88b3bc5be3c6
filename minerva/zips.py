"""What the standard library raises on a zip of strangers that is cut, damaged or made to do harm."""

from __future__ import annotations

import struct
import zipfile
import zlib

try:
    from lzma import LZMAError
except ImportError:  # a Python without liblzma: zipfile says RuntimeError
    LZMAError = zlib.error  # type: ignore[assignment,misc]  # stands for it in the tuple alone

BROKEN: tuple[type[Exception], ...] = (
    zipfile.BadZipFile, zlib.error, LZMAError, struct.error, OSError, EOFError, NotImplementedError, RuntimeError,
    ValueError, OverflowError, KeyError, IndexError,
)  # fmt: skip
"""NotImplementedError: a method that zipfile does not know; RuntimeError: encrypted; KeyError: no such name."""
