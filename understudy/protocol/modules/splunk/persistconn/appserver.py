"""The process that holds one persistent REST handler: framed JSON requests on stdin, framed JSON replies on stdout.

A frame is 4 bytes of length, big-endian, and JSON. What a handler prints goes to stderr, never between the frames.
"""

from __future__ import annotations

import importlib
import json
import os
import struct
import sys
import traceback
from typing import Any, BinaryIO


def read_frame(stream: BinaryIO) -> Any | None:
    head = stream.read(4)
    if len(head) < 4:
        return None
    (size,) = struct.unpack(">I", head)
    data = stream.read(size)
    return json.loads(data) if len(data) == size else None


def write_frame(stream: BinaryIO, value: Any) -> None:
    data = json.dumps(value).encode("utf-8")
    stream.write(struct.pack(">I", len(data)) + data)
    stream.flush()


def load(handler: str, command_line: str, command_arg: str | None) -> Any:
    """Returns an instance of `file.Class` from the app's bin folder, which is the working folder."""
    module_name, _, class_name = handler.rpartition(".")
    sys.path.insert(0, os.getcwd())
    module = importlib.import_module(module_name)
    return getattr(module, class_name)(command_line, command_arg)


def serve() -> int:
    """Serves until stdin ends. A failure of the handler is a reply of its own and the process goes on."""
    requests = os.fdopen(os.dup(0), "rb")
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115
    handler_name, command_line = sys.argv[1], sys.argv[2]
    command_arg = sys.argv[3] if len(sys.argv) > 3 else None
    application: Any = None
    while True:
        request = read_frame(requests)
        if request is None:
            break
        try:
            if application is None:
                application = load(handler_name, command_line, command_arg)
            reply = application.handle(request["in_string"])
            if isinstance(reply, (bytes, bytearray)):
                reply = reply.decode("utf-8")
            write_frame(replies, {"reply": reply})
        except Exception as error:
            traceback.print_exc()
            write_frame(replies, {"failure": f"{type(error).__name__}: {error}"})
    if application is not None and hasattr(application, "done"):
        application.done()
    return 0


if __name__ == "__main__":
    sys.exit(serve())
