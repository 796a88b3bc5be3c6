"""The word lists of words.txt: of names, mottos, counties, and of what crests show."""

from __future__ import annotations

from pathlib import Path


def _read() -> dict[str, tuple[str, ...]]:
    text = Path(__file__).with_name("words.txt").read_text(encoding="utf-8")
    lists = [block.split(":", 1) for block in text.split("\n\n")[1:]]
    return {name.strip(): tuple(words.split()) for name, words in lists}


WORDS = _read()
