"""A record that names people of the vault, with their pseudonyms in place of what names them. Pure.

Replaced are: their identifiers wherever and however written, the texts that stood for them, and their names. A source's
own key that holds any of it gives way to a keyed one. What cannot be made out any more is not let through.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Iterable, Iterator, Mapping

from minerva.records.mentions import mentioned, strong_in
from minerva.records.model import Evidence, Record
from minerva.records.rewriting import Cut, rewritten

SUBJECTS = "vault_subject"
"""The attribute that holds the pseudonyms of a record's people."""
SHORTEST_LITERAL, SHORTEST_NAME, SHORTEST_NUMBER = 5, 3, 7


def hidden(
    record: Record, people: Mapping[str, str], names: Mapping[str, str], key: bytes, region: str = ""
) -> Record | None:
    """The record without what names these people; None if something of it would be left.

    `people` maps identifiers in their normal form to pseudonyms, `names` the people's names to theirs; `key` makes
    the source's key anew where it names somebody. Raises RecordError.
    """
    told = [item for item in record.evidence if _who(item, people)]
    patterns = [*_literals(people, told), *_names(names)]

    def cuts(field: str, text: str) -> Iterator[Cut]:
        for item in strong_in(text, field, region or record.country):
            if _who(item, people):
                yield Cut(item.start, item.end, _who(item, people))
        for item in told:
            if item.field == field and text[item.start : item.end] == item.raw:
                yield Cut(item.start, item.end, _who(item, people))
        for pattern, pseudonym in patterns:
            for match in pattern.finditer(text):
                yield Cut(match.start(), match.end(), pseudonym)

    source_key = record.source_key
    if any(True for _ in cuts("", source_key)) or _numbers(source_key) & _numbers(*people):
        made = hmac.new(key, f"source_key\0{record.source_id}\0{source_key}".encode("utf-8", "replace"), "sha256")
        source_key = "k_" + made.hexdigest()[:24]
    found = rewritten(record, cuts, source_key, {SUBJECTS: sorted({*people.values(), *names.values()})})
    return None if people.keys() & set(mentioned(found, region)) else found


def _who(item: Evidence, people: Mapping[str, str]) -> str:
    """The pseudonym of whom evidence may name, "" if of nobody."""
    return next((people[name] for name in (item.identifier, *item.alternatives) if name in people), "")


def _literals(people: Mapping[str, str], told: Iterable[Evidence]) -> Iterator[tuple[re.Pattern[str], str]]:
    """Patterns of the identifiers as they are written: normal forms, their last parts, and the texts of evidence."""
    written = [(text, who) for name, who in people.items() for text in (name.partition(":")[2], name.split(":")[-1])]
    written += [(item.raw, _who(item, people)) for item in told]
    written += [(text.lstrip("+"), who) for text, who in written]
    for text, who in sorted(set(written), key=lambda each: (-len(each[0]), each)):
        if len(text) >= SHORTEST_LITERAL:
            yield re.compile(rf"(?<!\w){re.escape(text)}(?!\w)", re.IGNORECASE), who


def _names(names: Mapping[str, str]) -> Iterator[tuple[re.Pattern[str], str]]:
    for name, who in sorted(names.items(), key=lambda each: (-len(each[0]), each)):
        if len(name.strip()) >= SHORTEST_NAME:
            yield re.compile(rf"(?<!\w){_blanks(name)}(?!\w)", re.IGNORECASE), who


def _blanks(name: str) -> str:
    return r"\s+".join(re.escape(part) for part in name.split())


def _numbers(*texts: str) -> set[str]:
    """The last seven digits of each number of seven digits or more, whatever stands between them."""
    found = (re.sub(r"\D", "", part) for text in texts for part in text.split("|"))
    return {digits[-SHORTEST_NUMBER:] for digits in found if len(digits) >= SHORTEST_NUMBER}
