"""Which words behind a payment service are tags: by the service's sign, by their own, by what announces them."""

from __future__ import annotations

import re

from minerva.identifiers.lexicon import alternation
from minerva.identifiers.payment_cashtags import is_name_like
from minerva.identifiers.payment_services import AM, SERVICE_WORDS, Service
from minerva.identifiers.platform_joins import ARROWS
from minerva.identifiers.username_around import ends_clause
from minerva.identifiers.username_bare import is_bare_tag, is_unlisted
from minerva.identifiers.username_one_word import is_said_one

AM_JOIN = rf"(?:,| me,)? (?:{alternation(list(AM))}) "
"""What says that a tag behind a service is someone's own: `on venmo, im @jen`."""
_AM = re.compile(AM_JOIN, re.IGNORECASE)
BESIDE = re.compile(rf"(?<![\w@.])(?P<word>{SERVICE_WORDS})(?: ?[/+&|] ?| and | or | y )$", re.IGNORECASE)
_HYPHENED_LINKS = frozenset(["paypal"])
"""Services whose tags have a hyphen only where a link or a sign tells them (`PayPal: co-op` is none)."""
_NEARBY = 160


def is_told(match: re.Match[str], service: Service, text: str, end: int) -> bool:
    """Whether what follows a service's name is a tag: it has the service's sign, or a colon and looks like a name."""
    if text[end : end + 1] in ("@", "/") or (text[end : end + 1] == "." and text[end + 1 : end + 2].isalnum()):
        return False
    if _AM.match(match.group("join")) is not None:
        signed = match.group("sign").strip() == service.sign != ""
        return signed or "_" in match.group("tag") or is_said_one(text, end)
    if re.search("[a-z]-$", match.group("join"), re.IGNORECASE) is not None:
        # "venmo under-the-table"
        return False
    if "at)" in match.group("join").lower() or "at]" in match.group("join").lower():
        return service.sign == "@"
    if match.group("sign") != "":
        return match.group("sign").strip() == service.sign or service.sign == ""
    tag = match.group("tag")
    if match.group("join") != " ":
        # "no paypal chargebacks." is a sentence, "paypal is at oakandtiles." tells a tag.
        tag = tag.rstrip(".-")
    if "both" in match.group("join") and BESIDE.search(text, max(0, match.start() - 24), match.start()) is not None:
        return (is_unlisted(tag) and ends_clause(text, end)) or _is_snake(tag)
    by_sign = match.group("join") == " " and service.sign == "@"
    by_sign = by_sign or (match.group("join") in (" under ", " as ") and service.name not in _HYPHENED_LINKS)
    if by_sign and tag.count("-") == 1 and _is_first_and_last(match, text, end):
        return True
    if not any(char.isalpha() for char in tag) or ("-" in tag.rstrip("-") and service.name in _HYPHENED_LINKS):
        return False
    if match.group("join")[-1:] in ("(", "["):
        if "-" in tag and service.sign == "@" and _is_beside_brackets(text, match.start(), end):
            return True
        return _is_told_in_brackets(tag, text[max(0, match.start() - _NEARBY) : end + _NEARBY].lower())
    marked = any(char.isdigit() or char in "_-" for char in tag)
    told = any(char in match.group("join") for char in ":=>~" + ARROWS)
    named = re.search(r"\b(?:tag|name|id|user ?name|user|handle)\b", match.group("join"), re.IGNORECASE) is not None
    said = re.search(r"\b(?:is|es)\b(?! at)", match.group("join"), re.IGNORECASE) is not None
    if said and match.group("word").lower().endswith("tag"):
        return tag[0].isalpha() and is_name_like(tag)
    if not told and not named and (said or match.group("join") in _JUST):
        around = text[max(0, match.start() - _NEARBY) : end + _NEARBY].lower()
        is_name = any(map(str.isdigit, tag)) or (said and marked) or _is_snake(tag) or _is_signed_nearby(tag, around)
        is_name = is_name or is_bare_tag(tag, text, match.start(), end)
        return tag[0].isalpha() and len(tag) >= 5 and is_name
    return ((told or named) and (marked or len(tag) >= 5)) or (marked and "-" in match.group("join"))


_FIRST_AND_LAST = re.compile(r"[a-z]{3,16}-[a-z]{3,16}", re.IGNORECASE)
_LAST_FOUR = re.compile(r" ?[(,;] ?last (?:4|four)\b")


_TAG_IN_BRACKETS = r"\([$@][A-Za-z][A-Za-z0-9_.\-]{2,40}\)"
_BRACKETS_BEFORE = re.compile(rf"{_TAG_IN_BRACKETS}(?:,| ?/| or| and| y| o)* ?$")
_BRACKETS_BEHIND = re.compile(
    rf"\)(?:,| ?/| or| and| y| o)* (?P<word>{SERVICE_WORDS}) ?{_TAG_IN_BRACKETS}", re.IGNORECASE
)


def _is_beside_brackets(text: str, start: int, end: int) -> bool:
    """Whether the tag of another service stands in brackets beside one in brackets: `Cash App ($oakhuts) or Venmo
    (oak-hut)`."""
    before = _BRACKETS_BEFORE.search(text, max(0, start - 56), start)
    return before is not None or _BRACKETS_BEHIND.match(text, end) is not None


def _is_first_and_last(match: re.Match[str], text: str, end: int) -> bool:
    """Whether two words with a hyphen, as Venmo makes names, stand behind a service written in disguise or before what
    it asks of a payer: `v3nmo oak-tiles`, `venmo oak-tiles (last 4 of my phone 0101)`, not `venmo pre-paid`."""
    if _FIRST_AND_LAST.fullmatch(match.group("tag")) is None:
        return False
    if match.group("join") in (" under ", " as "):
        return ends_clause(text, end)
    return not match.group("word").replace(" ", "").isalpha() or _LAST_FOUR.match(text, end) is not None


def _is_told_in_brackets(tag: str, around: str) -> bool:
    """Whether a word in brackets behind a service is a tag by its own signs; one with a hyphen (`non-profit`) only
    where the sign of a tag stands before the same letters nearby."""
    if _is_snake(tag) or (any(char.isdigit() for char in tag) and sum(char.isalpha() for char in tag) >= 4):
        return True
    return _is_signed_nearby(tag, around)


def _is_signed_nearby(tag: str, around: str) -> bool:
    """Whether the letters of a word with a hyphen stand behind the sign of a tag too: `$oakhut or venmo oak-hut`."""
    whole = tag.replace("-", "").lower()
    return "-" in tag and (f"${whole}" in around or f"@{whole}" in around)


_JUST = frozenset([" ", " me ", " at ", " me at ", " is at ", " as ", " under "])
"""What may stand between a service and a word that is a tag by itself."""
_FIELDS = ("_id", "_name", "_tag", "_key", "_url", "_user", "_account", "_token", "_type", "_app")


def _is_snake(tag: str) -> bool:
    """Whether an underscore joins two words that are no field of a program: `kiln_kate`, not `user_id`."""
    return "_" in tag.strip("_") and not tag.lower().endswith(_FIELDS)
