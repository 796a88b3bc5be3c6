"""Judge child: the process that decodes pictures from websites for judge.py, each in a fork of its own.

Skin-like is what has the colors of skin of any shade and differs in color from point to point as photos do and drawn
emblems do not. No face is looked for.
"""

from __future__ import annotations

import base64
import json
import os
import sys
from typing import Any

from minerva.images.decode_child import SETTINGS, serve

_LONGEST = 512
_SEEN = 160
"""The longer side at which skin is looked for."""
_SHADES = 12
"""Shades of a region from which on it is no plain color."""


def main() -> None:
    """Argument: memory in bytes, seconds, as JSON."""
    order = json.loads(sys.argv[2])
    os.environ.update(SETTINGS)
    _warm_up()
    serve(order, lambda data, _question: _judged(data))


def _warm_up() -> None:
    """Uses everything once, for what a library first loads when it is used: a fork opens no file."""
    import cv2
    import numpy as np

    cv2.setNumThreads(1)
    # Lit from one side in a color of skin, and larger than what is kept: each path is gone once.
    light = np.linspace(0.6, 1.0, 600)[None, :, None]
    drawn = (np.full((520, 600, 3), (120, 150, 210)) * light).astype(np.uint8)
    for ending in (".jpg", ".png", ".webp", ".gif"):
        _judged(cv2.imencode(ending, drawn)[1].tobytes())
    _judged(cv2.imencode(".png", np.dstack([drawn, drawn[..., 0]]))[1].tobytes())


def _judged(data: bytes) -> dict[str, Any]:
    import cv2
    import numpy as np

    try:
        pixels: Any = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED)
    except cv2.error as error:
        return {"code": "memory" if error.code == cv2.Error.StsNoMem else "undecodable"}
    if pixels is None or pixels.dtype != np.uint8:
        return {"code": "undecodable"}
    if pixels.ndim == 2:
        pixels = cv2.cvtColor(pixels, cv2.COLOR_GRAY2BGR)
    height, width = pixels.shape[:2]
    png = cv2.imencode(".png", _shrunk(pixels, _LONGEST))[1].tobytes()
    return {
        "width": width,
        "height": height,
        "skin": round(skin_share(_shrunk(_on_white(pixels), _SEEN)), 4),
        "png": base64.b64encode(png).decode(),
    }


def skin_share(pixels: Any) -> float:
    """The share of the picture that its largest skin-like region takes; 8-bit BGR."""
    import cv2
    import numpy as np

    luma = cv2.cvtColor(pixels, cv2.COLOR_BGR2YCrCb)
    mask = cv2.inRange(luma, np.array([35, 136, 80]), np.array([250, 178, 127]))
    mask = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    best = 0
    for label in range(1, count):
        area = int(stats[label, cv2.CC_STAT_AREA])
        if area <= best:
            continue
        # Away from its edge, where drawn shapes pass into each other.
        inner = cv2.erode((labels == label).astype(np.uint8), np.ones((5, 5), np.uint8))
        inside = pixels[inner > 0]
        shades = len(np.unique(inside // 8, axis=0))
        if shades >= _SHADES:
            best = area
    return best / float(pixels.shape[0] * pixels.shape[1])


def _on_white(pixels: Any) -> Any:
    import numpy as np

    if pixels.shape[2] == 3:
        return pixels
    cover = pixels[..., 3:].astype(np.float32) / 255
    return (pixels[..., :3] * cover + 255 * (1 - cover)).astype(np.uint8)


def _shrunk(pixels: Any, longest: int) -> Any:
    import cv2

    height, width = pixels.shape[:2]
    share = longest / max(height, width)
    if share >= 1:
        return pixels
    wide, high = max(1, round(width * share)), max(1, round(height * share))
    return cv2.resize(pixels, (wide, high), interpolation=cv2.INTER_AREA)
