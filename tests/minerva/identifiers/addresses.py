"""What tests of postal addresses ask: what is found in a text, and where brackets mark it."""

from __future__ import annotations

from minerva.identifiers import extract


def found_in(text: str, region: str | None) -> list[tuple[str, str]]:
    """Each address of a text as it stands there, with its key."""
    return [(item.raw, item.value) for item in extract(text, kinds=["address"], region=region)]


def marked(text: str) -> tuple[str, str]:
    """A text without its square brackets, and what stands between them."""
    return text.replace("[", "").replace("]", ""), text[text.index("[") + 1 : text.index("]")]


def share_key(first: str, second: str, region: str | None) -> bool:
    """Whether two texts hold one address each, with the same key."""
    ((_, one),), ((_, other),) = found_in(first, region), found_in(second, region)
    return one == other
