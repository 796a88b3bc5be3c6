"""What of a school's website is looked at: which pages may show the uniform, and what a picture of a page may show."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Union
from urllib.parse import unquote, urlsplit

CREST, TIE, GARMENT = PARTS = ("crest", "tie", "garment")
_WORDS = {
    TIE: re.compile(r"\bties?\b"),
    GARMENT: re.compile(
        r"\b(blazers?|jumpers?|sweatshirts?|cardigans?|pullovers?|sweaters?|fleeces?|garments?|knitwear)\b"
    ),
    CREST: re.compile(r"\b(crests?|badges?|emblems?|coat of arms|shields?|school logo|logos?)\b"),
}
_OTHERS = re.compile(
    r"\b(facebook|twitter|instagram|youtube|linkedin|ofsted|estyn|parentpay|google|award|quality mark|eco|trust|"
    r"council|pupils?|children|students?|staff|headteacher|head teacher|principal|governors?|class|team|portrait|"
    r"people|wearing)\b"
)
"""Emblems of others, and pictures that their own words say are of people."""
_UNIFORM = re.compile(r"\b(uniforms?|school wear|schoolwear|dress code)\b")
_ENDING = re.compile(r"\.(png|jpe?g|webp|gif)$")
_WORD = re.compile(r"[^a-z0-9]+")


def part_of(picture: Mapping[str, str]) -> Union[str, None]:
    """What a picture may show, by its address, alternative text, title, class and id; None for nothing that is wanted.

    `picture` has the keys src, alt, title, class and id.
    """
    path = unquote(urlsplit(picture.get("src", "")).path).lower()
    if not _ENDING.search(path):
        return None
    told = " ".join(_WORD.sub(" ", text.lower()) for text in (path, *(picture.get(key, "") for key in _TOLD)))
    if _OTHERS.search(told):
        return None
    return next((part for part, words in _WORDS.items() if words.search(told)), None)


def uniform_pages(links: Iterable[Mapping[str, str]], most: int) -> list[str]:
    """The addresses of links whose text or address speaks of a uniform, in the page's order. Links have href, text."""
    found: dict[str, None] = {}
    for link in links:
        href = link.get("href", "").partition("#")[0]
        told = _WORD.sub(" ", f"{unquote(href)} {link.get('text', '')}".lower())
        if href and not _ENDING.search(href.lower()) and not href.lower().endswith(".pdf") and _UNIFORM.search(told):
            found.setdefault(href)
    return list(found)[:most]


_TOLD = ("alt", "title", "class", "id")
