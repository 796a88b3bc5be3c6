"""Minimisation: what of a record may go on under a legal profile. Births and ages become bands, long texts are cut.

Bands are counted at the day of the observation, so that the same row gives the same record whenever it is read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from minerva.identifiers import extract
from minerva.records.ages import AGE, BORN, band_in, band_of_birth
from minerva.records.kinds import OWN_COLUMN
from minerva.records.model import Record
from minerva.records.rewriting import ATTRIBUTES, Cut, fields_of, rewritten

BIRTHS, LONG_TEXTS = "births", "long_texts"
STEPS = (BIRTHS, LONG_TEXTS)
MAX_TEXT = 2000
"""Characters of the text that stay under LONG_TEXTS; more only where an identifier stands further on."""
UNKNOWN = "unknown age"
BAND = "age_band"


def minimised(record: Record, steps: Collection[str]) -> Record:
    """The record after these steps; itself if there was nothing to do. Raises RecordError."""
    if not steps:
        return record
    fields, day = fields_of(record), date.fromisoformat(record.observed_time[:10])
    exact = {key: _plain_name(key[len(ATTRIBUTES) :]) for key in fields if key.startswith(ATTRIBUTES)}
    exact = {key: name for key, name in exact.items() if name in BORN or name == AGE} if BIRTHS in steps else {}
    band = band_in({name: fields[key][0] for key, name in exact.items()}, day)
    ends = [item.end for item in record.evidence if item.field == "text"]

    def cuts(field: str, text: str) -> Iterator[Cut]:
        if BIRTHS in steps and any(letter.isdigit() for letter in text):
            for item in extract(text, kinds=("birth_date",), field=field):
                yield Cut(item.start, item.end, band_of_birth(item.value, day) or UNKNOWN)
        if LONG_TEXTS in steps and field == "text":
            yield Cut(max([MAX_TEXT, *ends]), len(text), "")

    return rewritten(record, cuts, added={BAND: (band,)} if band else None, left_out=exact)


def _plain_name(attribute: str) -> str:
    """The name of an attribute in lower case; a source's own column means what its name says behind the mark."""
    name = attribute.strip().lower()
    return name[len(OWN_COLUMN) :] if name.startswith(OWN_COLUMN) else name
