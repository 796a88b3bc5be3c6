"""Evidence: where in a text one identifier was seen, how it was read and how sure that reading is."""

from __future__ import annotations

import json
from dataclasses import dataclass

_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@dataclass(frozen=True)
class Evidence:
    """Where one identifier was seen.

    `identifier` is `kind:value`; `raw` is the exact text `field[start:end]` (code points of the original);
    `method` names how it was read (digits, words, column, ...); `confidence` is 0 to 1.
    """

    identifier: str
    raw: str
    field: str
    start: int
    end: int
    method: str
    confidence: float

    @property
    def kind(self) -> str:
        return self.identifier.partition(":")[0]

    @property
    def value(self) -> str:
        return self.identifier.partition(":")[2]

    def to_dict(self) -> dict[str, object]:
        return {
            "identifier": self.identifier,
            "raw": self.raw,
            "field": self.field,
            "start": self.start,
            "end": self.end,
            "method": self.method,
            "confidence": self.confidence,
        }

    def to_json(self) -> str:
        return _ENCODE(self.to_dict())
