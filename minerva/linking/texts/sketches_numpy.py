"""The same sketches as `sketches`, for many texts at once, where numpy is at hand."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from minerva.linking.model import SKETCH
from minerva.text.signature_numpy import signatures
from minerva.text.sketch import LEAST_SHINGLES, SIGNS, size_sign

_AT_ONCE = 100_000


def sketches_numpy(texts: Sequence[str]) -> list[str]:
    """Returns what `sketches.sketches_plainly` returns."""
    signs = np.frombuffer(SIGNS.encode(), np.uint8)
    found: list[str] = []
    for start in range(0, len(texts), _AT_ONCE):
        bins, counts = signatures(texts[start : start + _AT_ONCE])
        low = bins.T & 4095
        rows = np.stack([signs[low >> 6], signs[low & 63]], axis=2).reshape(len(counts), -1).tobytes().decode()
        width = 2 * bins.shape[0]
        for place, count in enumerate(counts.tolist()):
            sketch = rows[width * place : width * place + width]
            found.append(f"{SKETCH}{size_sign(count)}{sketch}" if count >= LEAST_SHINGLES else "")
    return found
