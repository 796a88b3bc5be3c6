"""Names of places as two writings of them agree."""

from __future__ import annotations

import unicodedata


def folded(name: str) -> str:
    """A name without accents, case, dots and doubled blanks, as two writings of it agree."""
    if not name.isascii():  # most are, and hold no accent
        plain = unicodedata.normalize("NFKD", name)
        name = "".join(char for char in plain if not unicodedata.combining(char))
    return " ".join(name.casefold().replace(".", " ").replace("-", " ").replace("'", "").split())
