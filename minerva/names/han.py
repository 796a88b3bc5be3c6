"""Another reading of Han signs than the Mandarin one of the general table: Cantonese, as in papers of Hong Kong.

Signs are one for all who write them; which reading a paper has nobody can see, so both are tried.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path


@lru_cache(maxsize=1)
def _readings() -> dict[str, str]:
    data = json.loads((Path(__file__).parent / "data" / "han_readings.json").read_text(encoding="utf-8"))
    return {sign: reading for reading, signs in data["cantonese"].items() for sign in signs}


def cantonese(name: str) -> tuple[str, ...]:
    """Returns the Cantonese reading of each sign of a name, () where one of its letters has none here."""
    known = _readings()
    signs = [sign for sign in name if not sign.isspace()]
    return tuple(known[sign] for sign in signs) if all(sign in known for sign in signs) else ()
