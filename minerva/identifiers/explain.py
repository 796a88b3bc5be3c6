"""What an analyst sees of a pasted text: each identifier with its place, how it was read, and why it counts.

Pure: nothing is kept, logged or linked. The text is the caller's; errors name fields, never what stands in them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from minerva.identifiers import IDENTIFYING, KIND_BY_NAME, KINDS, Kind, extract
from minerva.identifiers.evidence import Evidence

MAX_CHARACTERS = 1_000_000
"""Longest text that is searched in one request."""

WHY: Mapping[str, str] = {
    "plain": "Written as usual.",
    "digits": "Digits with usual separators, and a numbering plan knows the number.",
    "unicode": "Written with characters that look like the usual ones.",
    "brackets": "Its signs stand in brackets or between other marks.",
    "words": "Signs or digits are written in words.",
    "spaced": "Blanks stand around its signs.",
    "coded": "Its signs are written as references or codes.",
    "lookalike": "Some letters look like the ones or the digits that are meant.",
    "spelled": "Spelled letter by letter.",
    "joined": "Parts stand apart; the shorter reading is the alternative.",
    "reversed": "Written backwards.",
    "keypad": "Letters stand for the keys of a phone.",
    "cleaned": "A part such as NOSPAM was left out; the alternative has it.",
    "guessed": "A part such as the top-level domain is missing or misspelled and was guessed.",
    "separators": "Unusual marks stand between its digits.",
    "split": "Its digits stand on several lines or in parts with words between.",
    "link": "The address of a link names it.",
    "defanged": "A web address made harmless: brackets or words for its signs.",
    "profile_url": "The address of a profile, or a link of the platform's app.",
    "platform_word": "A word for the platform and a name behind it.",
    "platform_path": "The platform's own way to write a name.",
    "name_on_platform": "A name, and the platform behind it.",
    "shared_name": "One name is told for two platforms.",
    "shared_tag": "One tag is told for two services.",
    "second_name": "Another name behind the first.",
    "spaced_name": "The name stands in pieces; the shorter reading is the alternative.",
    "spoken_name": "Signs of the name are said in words.",
    "federated": "A name with the server it lives on.",
    "camera": "A name behind a camera, which mostly means Instagram.",
    "emoji": "A name behind the picture that a platform is drawn with.",
    "code": "A code of the platform's own form.",
    "checksum": "Its checksum is right.",
    "form": "It has the form, which holds no checksum.",
    "service_word": "A word for the service and a tag behind it.",
    "cashtag": "A dollar sign and a name.",
    "column": "Read from a column of its own.",
    "currency": "An amount with its currency.",
    "times": "Two times of day, or words for always.",
    "word": "A word announces it.",
    "statement": "The text states it.",
}
"""What each method of evidence means."""
_WITHOUT_ALTERNATIVE: Mapping[str, str] = {
    "joined": "Its parts are told apart, in words or in another order, and were put together.",
    "cleaned": "The text says what stands for a sign, or what does not belong to it.",
    "spaced_name": "The name stands in pieces.",
}
"""The same where the evidence holds no other reading."""
_AS_MEANT = "The text says what signs of it stand for; the alternative is what is written."
"""Of `cleaned`, where nothing is left out of the alternative."""


class BadRequest(ValueError):
    """A request cannot be answered; the message names the field and what is expected."""


def explain(body: Mapping[str, Any]) -> dict[str, Any]:
    """What a text holds. `body`: text, and if wanted region (ISO 3166) and kinds (names; restricted ones are refused).

    Returns `identifiers`: rows of identifier, kind, title, value, shown, raw, start, end, method, why, confidence,
    strong, alternatives; `characters`: how many were searched; `kinds`: those that can be asked for (name, title,
    searched). Places count code points. Raises BadRequest.
    """
    text = body.get("text")
    if not isinstance(text, str):
        raise BadRequest("text: expected a text")
    if len(text) > MAX_CHARACTERS:
        raise BadRequest(f"text: expected at most {MAX_CHARACTERS} characters, not {len(text)}")
    region = body.get("region") or None
    if region is not None and not (isinstance(region, str) and len(region) == 2 and region.isalpha()):
        raise BadRequest("region: expected a two-letter country code such as US")
    kinds = _kinds(body.get("kinds"))
    found = extract(text, kinds=kinds, region=region.upper() if region else None)
    return {
        "characters": len(text),
        "identifiers": [_row(item) for item in found],
        "kinds": [
            {"name": kind.NAME, "title": kind.TITLE, "searched": kind in IDENTIFYING}
            for kind in KINDS
            if not kind.RESTRICTED and _is_searchable(kind)
        ],
    }


def _is_searchable(kind: type[Kind]) -> bool:
    return kind.extract.__func__ is not Kind.extract.__func__  # type: ignore[attr-defined]  # bound


def _kinds(given: Any) -> list[str] | None:
    """The kinds to search for, None for those that identify. Raises BadRequest."""
    if given is None or given == []:
        return None
    if not isinstance(given, list) or not all(isinstance(name, str) for name in given):
        raise BadRequest("kinds: expected a list of names")
    for name in given:
        kind = KIND_BY_NAME.get(name)
        if kind is None or kind.RESTRICTED or not _is_searchable(kind):
            raise BadRequest("kinds: a name is unknown, is read from columns only, or tells a person's traits")
    return list(dict.fromkeys(given))


def _why(item: Evidence) -> str:
    why = WHY.get(item.method, item.method)
    if item.method == "cleaned" and item.alternatives and len(item.identifier) >= max(map(len, item.alternatives)):
        return _AS_MEANT
    return why if item.alternatives else _WITHOUT_ALTERNATIVE.get(item.method, why)


def _row(item: Evidence) -> dict[str, Any]:
    kind = KIND_BY_NAME[item.kind]
    return {
        "identifier": item.identifier,
        "kind": kind.NAME,
        "title": kind.TITLE,
        "value": item.value,
        "shown": kind.format(item.value),
        "raw": item.raw,
        "start": item.start,
        "end": item.end,
        "method": item.method,
        "why": _why(item),
        "confidence": item.confidence,
        "strong": kind.STRONG,
        "alternatives": list(item.alternatives),
    }
