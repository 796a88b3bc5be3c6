"""The shape of the facts of a kind of record: what one YAML of minerva/records/kinds may say."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Type = Literal[
    "text", "name", "address", "date", "number", "amount", "country", "language", "phone", "email", "url", "handle",
    "code", "hash", "degrees",
]  # fmt: skip
TAKEN = frozenset({
    "record_id", "record_type", "tenant_id", "name", "address", "city", "region", "postcode", "sketch", "style", "geo",
    "span", "signature", "identifier", "title", "text", "url", "country", "source_id", "source_key", "observed_time",
    "key",
    "marking", "evidence", "attributes", "precision", "source", "host", "index", "sourcetype", "eventtype", "tag",
    "punct", "linecount", "splunk_server", "timestamp",
})  # fmt: skip
"""Names that events have already at search time, so that no attribute may take them."""


@dataclass(frozen=True)
class FieldFact:
    """One attribute of a kind. `personal`: its class of personal data, that of the kind if empty."""

    name: str
    type: Type
    meaning: str
    many: bool = False
    personal: Literal["", "none", "contact", "sensitive"] = ""

    def problem(self) -> str | None:
        """The name becomes a field of searches."""
        if not re.fullmatch(r"[a-z][a-z0-9_]*", self.name) or self.name.startswith(("x_", "lexicon_", "minerva_")):
            return f"{self.name!r}: expected lower-case letters, digits and '_', and no prefix of another use"
        return f"{self.name!r} is a name that events have already" if self.name in TAKEN else None


@dataclass(frozen=True)
class KindFact:
    """One kind; see minerva/records/kinds for what the keys mean."""

    id: str
    title: str
    plural: str
    description: str
    time: Literal["event", "state"]
    name_of: Literal["unknown", "person", "organization", "place", "either"]
    name_is: str
    personal: Literal["none", "contact", "sensitive"]
    schema: Literal["Article", "Company", "LegalEntity", "Organization", "RealEstate"]
    fields: list[FieldFact]
