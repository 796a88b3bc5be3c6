"""Frames of the search command protocol v2: `chunked 1.0,<metadata bytes>,<body bytes>`, JSON metadata, CSV body."""

from __future__ import annotations

import re
from typing import IO, Any

import orjson

from understudy.protocol.children import ChildError

_HEADER = re.compile(rb"chunked\s+1\.0\s*,\s*(\d{1,12})\s*,\s*(\d{1,12})\s*\n")
_LARGEST_METADATA = 64 * 1024 * 1024
_LARGEST_BODY = 2 * 1024 * 1024 * 1024


def write_frame(pipe: IO[bytes], metadata: dict[str, Any], body: bytes = b"") -> None:
    """Writes one frame and flushes. Raises BrokenPipeError when the other side is gone."""
    text = orjson.dumps(metadata)
    pipe.write(b"chunked 1.0,%d,%d\n" % (len(text), len(body)))
    pipe.write(text)
    if body:
        pipe.write(body)
    pipe.flush()


def read_frame(pipe: IO[bytes]) -> tuple[dict[str, Any], bytes] | None:
    """Returns metadata and body of the next frame, None at the end. Raises ChildError on anything else."""
    header = pipe.readline(200)
    if not header:
        return None
    match = _HEADER.fullmatch(header)
    if match is None:
        raise ChildError("the command wrote something that is not a chunk of protocol v2 to its standard output")
    sizes = int(match[1]), int(match[2])
    if sizes[0] > _LARGEST_METADATA or sizes[1] > _LARGEST_BODY:
        raise ChildError("the command announced a chunk larger than any chunk may be")
    text, body = _read_whole(pipe, sizes[0]), _read_whole(pipe, sizes[1])
    try:
        metadata = orjson.loads(text) if text else {}
    except orjson.JSONDecodeError as error:
        raise ChildError("the command sent chunk metadata that is not JSON") from error
    if not isinstance(metadata, dict):
        raise ChildError("the command sent chunk metadata that is not a JSON object")
    return metadata, body


def _read_whole(pipe: IO[bytes], size: int) -> bytes:
    data = pipe.read(size) if size else b""
    if len(data) != size:
        raise ChildError("the command ended in the middle of a chunk")
    return data
