"""Look child: the process that looks at pictures of crests, ties and garments for looks.py, each in a fork of its own.

It serves as the decode child does; the question's `part` says what the picture shows.
"""

from __future__ import annotations

import base64
import json
import os
import sys
from pathlib import Path
from typing import Any, Union

from minerva.images.decode_child import SETTINGS, serve

_BLANK = 2.0
"""Least spread of brightness, of 255, of a crest on which something is drawn."""
_LARGEST = 1024
"""The longer side to which a picture is shrunk before it is looked at."""


def main() -> None:
    """Argument: memory in bytes, seconds, folder of models or null, as JSON."""
    order = json.loads(sys.argv[2])
    os.environ.update(SETTINGS)
    embedder = _warm_up(order["models"])
    serve(order, lambda data, question: _look(data, str(question["part"]), embedder))


def _warm_up(models: Union[str, None]) -> Any:
    """Loads the networks and uses everything once, for what a library first loads when it is used."""
    import cv2
    import numpy as np

    from minerva.schools.embedding_numpy import Embedder

    cv2.setNumThreads(1)
    embedder = None if models is None else Embedder(Path(models))
    drawn = np.arange(64 * 70 * 3, dtype=np.uint8).reshape(64, 70, 3)
    for ending in (".jpg", ".png", ".webp", ".gif", ".bmp"):
        data = cv2.imencode(ending, drawn)[1].tobytes()
        for part in ("emblem", "crest", "tie", "garment"):
            _look(data, part, embedder)
    return embedder


def _look(data: bytes, part: str, embedder: Any) -> dict[str, Any]:
    import cv2
    import numpy as np

    from minerva.schools import cloth_numpy as cloth
    from minerva.schools.embedding_numpy import on_ground, small

    pixels = _decoded(data)
    if isinstance(pixels, str):
        return {"code": pixels}
    height, width = pixels.shape[:2]
    share = _LARGEST / max(height, width)
    if share < 1:
        wide, high = max(1, round(width * share)), max(1, round(height * share))
        pixels = cv2.resize(pixels, (wide, high), interpolation=cv2.INTER_AREA)
    answer: dict[str, Any] = {"width": width, "height": height}
    seen = pixels
    if part in ("emblem", "crest"):
        seen = on_ground(pixels)
        if float(seen.std((0, 1)).max()) < _BLANK:
            return {"code": "blank"}
    if part == "emblem":
        answer["emblem"] = base64.b64encode(cv2.imencode(".png", small(seen))[1].tobytes()).decode()
        if embedder is not None:
            answer["vectors"] = _coded(embedder.emblem(seen)[None])
        return answer
    clear = part == "crest" and pixels.shape[2] == 4
    pixels = np.ascontiguousarray(seen if clear else pixels[..., :3])
    if part == "garment":
        answer["color"] = [round(float(each), 2) for each in cloth.garment_of(pixels)]
    elif part in ("tie", "tie_photo"):
        answer["shares"] = [round(float(each), 6) for each in cloth.tie_of(pixels, part == "tie_photo")]
    elif embedder is not None:
        answer["vectors"] = _coded(_of_crest(embedder, pixels, seen) if part == "crest" else embedder.windows(pixels))
    return answer


def _of_crest(embedder: Any, pixels: Any, seen: Any) -> Any:
    """As a crop of a photo, and as a clean emblem: what is cut from a website or a letter is one."""
    import numpy as np

    return np.stack([embedder.crop(pixels), embedder.emblem(seen)])


def _coded(vectors: Any) -> str:
    import numpy as np

    return base64.b64encode(vectors.astype(np.float16).tobytes()).decode()


def _decoded(data: bytes) -> Any:
    """The pixels with their opacity, in 8 bits and at least three channels; or the code of what is wrong."""
    import cv2
    import numpy as np

    try:
        pixels: Any = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED)
        if pixels is not None and pixels.dtype == np.uint16:
            pixels = (pixels >> 8).astype(np.uint8)
        if pixels is not None and (pixels.ndim == 2 or pixels.shape[2] == 1):
            pixels = cv2.cvtColor(pixels, cv2.COLOR_GRAY2BGR)
        if pixels is not None and pixels.shape[2] == 2:
            gray, cover = pixels[..., 0], pixels[..., 1]
            pixels = np.dstack([gray, gray, gray, cover])
    except cv2.error as error:
        return "memory" if error.code == cv2.Error.StsNoMem else "undecodable"
    if pixels is None or pixels.dtype != np.uint8:
        return "undecodable"
    return pixels
