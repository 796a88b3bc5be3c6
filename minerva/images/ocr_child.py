"""OCR child: the process that reads text in pictures for ocr.py, each in a fork of its own (decode_child.py)."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

from minerva.images.decode_child import SETTINGS, serve


def main() -> None:
    """Argument: memory in bytes, seconds, folder of the models, as JSON."""
    order = json.loads(sys.argv[2])
    os.environ.update(SETTINGS)
    import cv2
    import numpy as np

    from minerva.images.ocr_numpy import Networks

    cv2.setNumThreads(1)
    networks = Networks(Path(order["models"]))
    drawn = np.full((96, 400, 3), 255, np.uint8)
    cv2.putText(drawn, "555-0100", (20, 60), cv2.FONT_HERSHEY_SIMPLEX, 1.5, (0, 0, 0), 3)

    def read(data: bytes, _question: dict[str, Any]) -> dict[str, Any]:
        try:
            pixels = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR | cv2.IMREAD_IGNORE_ORIENTATION)
            if pixels is None:
                return {"code": "undecodable"}
            return {"lines": [list(line) for line in networks.lines(pixels)]}
        except cv2.error as error:
            return {"code": "memory" if error.code == cv2.Error.StsNoMem else "undecodable"}

    for ending in (".jpg", ".png", ".webp", ".gif", ".bmp"):  # what a library loads when it is first used
        read(cv2.imencode(ending, drawn)[1].tobytes(), {})
    serve(order, read)
