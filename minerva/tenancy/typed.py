"""What a person typed to look for, read once as identifiers: kind:value in any spelling, or a text that holds some.

Commands and pages ask here before they ask for records, so that all parts of an answer are about the same value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from minerva.identifiers import KIND_BY_NAME, InvalidIdentifier
from minerva.linking.model import LONGEST_IDENTIFIER

MOST_READ = 20_000
"""Characters of a text that is searched."""
AS_WRITTEN = "as written"
_COLUMNS = ("phone", "email", "url")


def is_normal(text: str) -> bool:
    """Whether a text is an identifier in its normal form, or one too long to be stored under anything but its hash."""
    kind, value = _split(text)
    if not kind:
        return False
    return len(text) > LONGEST_IDENTIFIER or (text == f"{kind}:{value}" and _normal(kind, value, None) == text)


def normal_forms(text: str, regions: Sequence[str]) -> list[str]:
    """Returns the normal forms of `kind:value` in any spelling, one for each reading; none if it is no identifier.

    regions: ISO 3166 codes of the countries in which a number without a country code may be dialed.
    """
    kind, value = _split(text)
    tried: Sequence[str | None] = regions or (None,)
    return list(dict.fromkeys(filter(None, (_normal(kind, value, region) for region in tried)))) if kind else []


def readings(text: str, regions: Sequence[str]) -> dict[str, str]:
    """Returns each identifier that a text may mean, the likeliest first, with how it was read; none if it means none.

    regions: ISO 3166 codes of the countries in which a number without a country code may be dialed.
    """
    if is_normal(text):
        return {text: AS_WRITTEN}
    found: dict[str, str] = {}
    tried: Sequence[str | None] = regions or (None,)
    for region in tried:
        for identifier, how in _read(text[:MOST_READ], region):
            found.setdefault(identifier, how)
    return found


def problem_of(text: str, regions: Sequence[str]) -> str:
    """Returns why a text that means no identifier cannot be read, in words that do not repeat it."""
    kind, value = _split(text)
    reason = "nothing in it is recognized; write kind:value, as in phone:+14155550123 or email:name@example.org"
    if kind:
        try:
            KIND_BY_NAME[kind].normalize(value, region=regions[0] if regions else None)
        except InvalidIdentifier as error:
            reason = str(error)
    if kind not in ("", "phone"):
        return reason
    if regions:
        return f"{reason}. Numbers without a country code are read as dialed in {' or '.join(regions)}"
    return f"{reason}. Your institution has no region, so write a phone with + and its country code"


def _split(text: str) -> tuple[str, str]:
    """Kind and value of a text that begins with a kind's name and a colon, else two empty texts."""
    name, colon, value = text.partition(":")
    kind = name.strip().lower()
    return (kind, value.strip()) if colon and kind in KIND_BY_NAME else ("", "")


def _normal(kind: str, value: str, region: str | None) -> str:
    try:
        return f"{kind}:{KIND_BY_NAME[kind].normalize(value, region=region)}"
    except InvalidIdentifier:
        return ""


def _read(text: str, region: str | None) -> Iterator[tuple[str, str]]:
    kind, value = _split(text)
    found = _normal(kind, value, region) if kind else ""
    if found:
        how = _how(found, value, region)
        if how:
            yield found, how
        return
    from minerva.records import Column, identify  # late: what is normal is told without it

    for item in identify({"text": text}, [Column(each, each, text) for each in _COLUMNS], region=region):
        for identifier in (item.identifier, *item.alternatives):
            how = _how(identifier, item.raw, region)
            if how:
                yield identifier, how


def _how(identifier: str, raw: str, region: str | None) -> str:
    """Says where a number without a country code got one; empty where that was a guess."""
    if not identifier.startswith("phone:") or re.match(r"\W*(?:\+|00)", raw):
        return AS_WRITTEN
    return f"as dialed in {region}" if region else ""
