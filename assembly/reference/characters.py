"""Writes minerva/identifiers/data/characters.json: characters that stand for ASCII ones, or for nothing.

    .venv/bin/python -m assembly.reference.characters [--check]

Taken from the Unicode character database that the running Python holds, so that every Python reads a text alike; a few
facts the database does not hold stand in EXTRA. `--check` fails if the file differs (same Unicode version only).
"""

from __future__ import annotations

import argparse
import json
import sys
import unicodedata
from collections.abc import Iterator

from assembly.paths import ROOT

TARGET = ROOT / "minerva" / "identifiers" / "data" / "characters.json"
EXTRA = {
    "\U0001f51f": "10",  # keycap ten
    "\u2b55": "0",  # heavy large circle
    "\u2795": "+",
    "\u2212": "-",
    "\u3002": ".",  # IDNA reads these two as the dot of a host name (RFC 3490, section 3.1)
    "\uff61": ".",
    "\u2027": ".",  # hyphenation point
    "\u2028": " ",
    "\u2029": " ",
    "\x85": " ",
    "\u2800": " ",  # blanks that are no separators to Unicode
    "\u3164": " ",
    "\u115f": "",
    "\u1160": "",
    "\uffa0": "",
    "\u180e": "",
    # Brackets of mathematics, ornaments and East Asian headings.
    **dict.fromkeys("\u3010\u3016\u3014\u27e6\u27e8\u27ea\u2768\u2772\u2774\u2985\u2045", "["),
    **dict.fromkeys("\u3011\u3017\u3015\u27e7\u27e9\u27eb\u2769\u2773\u2775\u2986\u2046", "]"),
    # Small capitals and their kin, which texts are set in to look special.
    **dict(zip("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ", "abcdefghijklmnoprstuvwyz", strict=True)),
    **{chr(0x1F150 + number): chr(65 + number) for number in range(26)},
    **{chr(0x1F170 + number): chr(65 + number) for number in range(26)},
}
KEPT = frozenset("\u2122\u2120\u00aa\u00ba\u0132\u0133\u017f")
"""Signs beside a word or number (trade marks, ordinals) that NFKC would turn into letters of it, and old letters of
Latin Extended-A, a block that needs no other replacement."""
MARKS = ((0x300, 0x36F), (0x610, 0x61A), (0x64B, 0x65F), (0x1AB0, 0x1AFF), (0x1DC0, 0x1DFF), (0x20D0, 0x20FF),
         (0xFE20, 0xFE2F))  # fmt: skip
"""Accents and vowel signs that can be put on any letter; the vowel signs of other scripts are letters of words."""


def replacement(char: str) -> str | None:
    """Returns the ASCII text that a character stands for, empty if it is not seen, None if it stands for itself."""
    category = unicodedata.category(char)
    if char in EXTRA:
        return EXTRA[char]
    if char in KEPT or category in ("Cs", "Co", "Cn"):
        return None
    if category == "Nd":
        return str(unicodedata.decimal(char))
    if category == "Zs":
        return " "
    if category == "Pd":
        return "-"
    code = ord(char)
    if category in ("Cf", "Me") or 0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF:
        return ""
    if category == "Mn" and any(first <= code <= last for first, last in MARKS):
        return ""
    folded = unicodedata.normalize("NFKC", char)
    if category == "No" and (value := unicodedata.numeric(char)) == int(value) and 0 <= value <= 20:
        # A digit with a full stop or comma in one sign is a digit set to look special.
        return folded.rstrip(".,") if folded.isascii() else str(int(value))
    return folded if folded != char and folded.isascii() else None


def _pairs() -> Iterator[tuple[str, str]]:
    for code in range(0x80, sys.maxunicode + 1):
        new = replacement(chr(code))
        if new is not None:
            yield new, chr(code)


def characters() -> str:
    """Returns the text of the data file."""
    to: dict[str, str] = {}
    for new, char in _pairs():
        to[new] = to.get(new, "") + char
    document = {
        "_source": "Emitted by assembly.reference.characters from the Unicode character database: do not edit.",
        "unicode": unicodedata.unidata_version,
        "to": dict(sorted(to.items())),
    }
    return json.dumps(document, ensure_ascii=True, indent=0) + "\n"


def main(arguments: list[str]) -> int:
    """Writes the data file, or with `--check` compares it; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare instead of writing")
    options = parser.parse_args(arguments)
    text = characters()
    if not options.check:
        TARGET.write_text(text, encoding="utf-8")
        return 0
    kept = TARGET.read_text(encoding="utf-8") if TARGET.is_file() else ""
    if text == kept or (kept and json.loads(kept)["unicode"] != unicodedata.unidata_version):
        return 0
    print(f"{TARGET.name} is not what Unicode {unicodedata.unidata_version} gives", file=sys.stderr)
    return 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
