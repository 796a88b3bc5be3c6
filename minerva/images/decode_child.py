"""Decode child: the process that decodes and hashes pictures for decode.py, each in a fork of its own.

Standard input: a line of JSON with the length, then so many bytes. Standard output: a line of JSON for each picture. A
fork gets its memory and time limited, can open no file or socket, and ends with its picture. Other children that are
asked about pictures serve in the same way.
"""

from __future__ import annotations

import json
import os
import select
import signal
import sys
import time
from collections.abc import Callable
from typing import Any

from minerva.limited_process import limit_process, seal_process

_LONGEST_ANSWER = 1024 * 1024
_MOST_WHOLE = 16_000_000
"""Pixels up to which the brightness of a whole picture is held for its crops and turns."""
SETTINGS = {
    "OPENCV_IO_MAX_IMAGE_PIXELS": "40000000",
    "OPENCV_LOG_LEVEL": "SILENT",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
}
"""What OpenCV and numpy read once, when they are loaded."""


Work = Callable[[bytes, dict[str, Any]], dict[str, Any]]
"""What is done to a picture: its bytes and the line that came with them, to an answer or {"code": what is wrong}."""


def main() -> None:
    """Argument: memory in bytes, seconds, grid of crops, turns, evenness, as JSON."""
    order = json.loads(sys.argv[2])
    os.environ.update(SETTINGS)
    _warm_up()
    serve(order, lambda data, _question: _hashes_of(data, order["grid"], order["turns"], order["evenness"]))


def serve(order: dict[str, Any], work: Work) -> None:
    """Answers pictures to the end of standard input. What the work needs is loaded before: a fork opens no file."""
    source, out = sys.stdin.buffer, sys.stdout.buffer
    out.write(b'{"ready": true}\n')
    out.flush()
    while True:
        line = source.readline()
        if not line:
            return
        question = json.loads(line)
        answer = _answer_apart(source.read(question["bytes"]), question, order, work)
        out.write(answer + b"\n")
        out.flush()


def _warm_up() -> None:
    """Decodes and hashes a drawn picture in each format, for what a library first loads when it is used."""
    import cv2
    import numpy as np

    cv2.setNumThreads(1)
    drawn = np.arange(64 * 70 * 3, dtype=np.uint8).reshape(64, 70, 3)
    for ending in (".jpg", ".png", ".webp", ".gif", ".bmp"):
        _hashes_of(cv2.imencode(ending, drawn)[1].tobytes(), "few", True, True)


def _answer_apart(data: bytes, question: dict[str, Any], order: dict[str, Any], work: Work) -> bytes:
    """The answer of a fork: what the work gave as JSON, or the code of what went wrong."""
    read_end, write_end = os.pipe()
    fork = os.fork()
    if fork == 0:
        _answer_and_end(data, question, order, work, write_end)
    os.close(write_end)
    deadline = time.monotonic() + order["seconds"]
    answer, is_late = b"", False
    while len(answer) <= _LONGEST_ANSWER:
        if not select.select([read_end], [], [], max(0.0, deadline - time.monotonic()))[0]:
            is_late = True
            break
        block = os.read(read_end, 65536)
        if not block:
            break
        answer += block
    os.close(read_end)
    if not answer.endswith(b"\n") or is_late:
        os.kill(fork, signal.SIGKILL)
    status = os.waitpid(fork, 0)[1]
    if is_late or (os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGXCPU):
        return b'{"code": "slow"}'
    return answer.strip() if answer.endswith(b"\n") else b'{"code": "died"}'


def _answer_and_end(data: bytes, question: dict[str, Any], order: dict[str, Any], work: Work, write_end: int) -> None:
    """What a fork does; it never returns, and reaches nothing of this process but its own end of the pipe."""
    code = "died"
    try:
        os.closerange(0, write_end)
        os.closerange(write_end + 1, 256)
        if not (limit_process(order["memory_bytes"] - len(data), order["seconds"]) and seal_process()):
            code = "unlimited"
        else:
            signal.signal(signal.SIGXCPU, signal.SIG_DFL)
            _write_all(write_end, json.dumps(work(data, question)).encode() + b"\n")
            code = ""
    except MemoryError:
        code = "memory"
    finally:
        if code:
            os.write(write_end, json.dumps({"code": code}).encode() + b"\n")
        os._exit(0)


def _write_all(end: int, answer: bytes) -> None:
    """A pipe takes a long answer in parts."""
    while answer:
        answer = answer[os.write(end, answer) :]


def decoded(data: bytes) -> Any:
    """The pixels of a picture as blue, green and red, or the code of what is wrong."""
    import cv2
    import numpy as np

    try:
        pixels = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR | cv2.IMREAD_IGNORE_ORIENTATION)
    except cv2.error as error:
        return "memory" if error.code == cv2.Error.StsNoMem else "undecodable"
    return "undecodable" if pixels is None else pixels


def _hashes_of(data: bytes, grid: str, turns: bool, evenness: bool) -> dict[str, Any]:
    import cv2

    from minerva.images import frames_numpy as frames
    from minerva.images.distance import LEAST_QUALITY
    from minerva.images.pdq_numpy import brightness, pdq_of

    pixels = decoded(data)
    if isinstance(pixels, str):
        return {"code": pixels}
    height, width = pixels.shape[:2]
    whole = pdq_of(pixels)
    answer: dict[str, Any] = {"width": width, "height": height, "whole": whole._asdict(), "trimmed": None}
    top, bottom, left, right = frames.trimmed(pixels)
    if evenness:
        answer["evenness"] = frames.evenness(brightness(pixels), (top, bottom, left, right))
    if (bottom - top, right - left) != (height, width):
        pixels = pixels[top:bottom, left:right]
        answer["trimmed"] = pdq_of(pixels)._asdict()
    answer["crops"] = answer["turned"] = []
    if grid == "none" and not turns:
        return answer
    shown = brightness(pixels) if pixels.shape[0] * pixels.shape[1] <= _MOST_WHOLE else pixels
    boxes = frames.crops(shown.shape[0], shown.shape[1], grid)
    parts = [pdq_of(shown[top:bottom, left:right]) for top, bottom, left, right in boxes]
    answer["crops"] = [part.pdq for part in parts if part.quality >= LEAST_QUALITY]
    if turns:
        if shown.ndim == 3:
            share = (_MOST_WHOLE / (shown.shape[0] * shown.shape[1])) ** 0.5
            shown = brightness(cv2.resize(shown, None, fx=share, fy=share, interpolation=cv2.INTER_AREA))
        answer["turned"] = [pdq_of(frames.turned(shown, degrees)).dihedral for degrees in frames.TURNS]
    return answer
