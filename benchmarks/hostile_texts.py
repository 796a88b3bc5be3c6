"""Growth of the extractors' time on long texts of repeated fragments: digit words, signs, words for @, names, digits.

    .venv/bin/python -m benchmarks.hostile_texts [--seed 7] [--fragments 300] [--longest 60000]
        [--kinds phone,email]

Each fragment is drawn at random, after those that once took more than linear time or may, and repeated to 60,000
characters (--longest; what copies a text for each find only shows from some millions on) and to a fourth of them.
Linear is four times the time; what takes more than seven times it and longer than a quarter of a second twice is
listed: machines are noisy.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Sequence

from minerva.identifiers import extract, lexicon, platform_names

LONGEST, TIMES_SHORTER = 60_000, 4
MOST_GROWTH, LEAST_SECONDS = 7, 0.25
_OTHERS = (
    "4", "15", "555", "0123", "+1", "a", "O", "l5", "5S", "@", "(at)", "[dot]", "arroba", "punto", "gmail", "com",
    "snap", "ig", "venmo", "$x", "find me as", "on", "is", "then", "prefix", "area code", "reverse", "no", "oh", "ⓐ",
    "first", "last four", "555-0123", "12/02", "jen4u", "http://", "www.",
    "backwards", "al revés", "first half:", "(rest)", "the rest is", "7even", "8cht", "user", "after the @",
    "name there is", "\u202e", "三个五", "yüz",
)  # fmt: skip
_SIGNS = (
    " ", "", " (", ") ", "*", "_", "-", " - ", ". ", ", ", "\n", "...", "\U0001f33a", " # ", "/", "//", "~", "=", "[",
    "] ", ": ", '"', "!", "|",
)  # fmt: skip

KNOWN = (
    "call 07 and ", "5 and 5 and ", "area code 555 ", "area code one ", "07700 plus ", "and ", " 99", "(area ",
    "insta, ig/snap the gram face book tele gram my kik at ", "jen_4u oak.tiles goblinvendor o-a-k-4-u @jen ",
    "jen_4u is my insta and jen_5u or jen_6u on snap, same on tiktok ", "insta,;:/&+|-=@()[]._*",
    "👻 jen_4u 📸 jen_5u ", "insta jen underscore dot dash ",
    "tel 0171... ...3920041 (rest) ", "al revés 963 497 616. ", "reverse 3210-555-212. ", "drreih null eins sieben ",
    "720 LEAVE MSG 555 TEXT 0181 ", "first half jen after the @ gmail.com ", "name there is jen_4u ",
    "venmo/cashapp is at jen dash dollar sign then $oakandtiles ",
    "o as in oak, ", "o as in oak, at gmail ", "kilo zulu oscar lima ", "o, a, k, s, then ", "seven (as digits) at ",
    "oak@(delete this)mail.example (insert @ here) ", "oak\n@\nmail\n", "o*a*k*s@g*m*a*i*l ", "{oak, elm} [at] ",
    "{oak, elm, [at] mail.example ", "replace the x with @ and x is the at sign ", "x = at, y = dot x y ",
    "rot13 bnxgvyrf@rknzcyr.pbz base64 b2FrdGlsZXNAZXhhbXBsZS5uZXQ= ", "oakPEARtiles@mail.example (remove the) ",
    "<!-- oak@mail.example ", "<span style=display:none>oak ", "<oak> at <mail> dot <com ", "email oaktiles77 gmail ",
    "same name @oak_tiles at gmail ", "oak at the same domain, oak@mail.example ", "yüz onbir ", "tria tessaria ",
    "five5five 4l5 zero1 done here with tiles. ", "www.=555-0123\n5S🌺first",
)  # fmt: skip


def fragment(draw: random.Random) -> str:
    """One to five words, each with a sign behind."""
    lists = (lexicon.MEANINGS, lexicon.DASHES, lexicon.FILLERS, lexicon.MULTIPLIERS, platform_names.KEYS)
    drawn = [draw.choice(sorted(words)) for words in lists]
    return "".join(draw.choice((*_OTHERS, *drawn, *drawn)) + draw.choice(_SIGNS) for _ in range(draw.randint(1, 5)))


def seconds(text: str, size: int, kinds: Sequence[str] | None, region: str) -> float:
    """CPU-seconds of one look at `text` repeated to `size` characters."""
    whole = text * (size // len(text) + 1)
    begin = time.process_time()
    extract(whole, kinds=kinds, region=region)
    return time.process_time() - begin


def main() -> None:
    """Prints the fragments that grow faster, and how many were tried."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**9))
    parser.add_argument("--fragments", type=int, default=300)
    parser.add_argument("--longest", type=int, default=LONGEST, help="characters of a text; more show what copies cost")
    parser.add_argument("--kinds", help="kinds to look for, by commas (default: all that identify)")
    options = parser.parse_args()
    kinds = options.kinds.split(",") if options.kinds else None
    sizes = (options.longest // TIMES_SHORTER, options.longest)
    draw = random.Random(options.seed)
    faster = 0
    for text in (*KNOWN, *(fragment(draw) for _ in range(options.fragments))):
        region = draw.choice(["US", "GB", "FR", "BR", "DE"])
        for _ in range(2):
            short, long = (seconds(text, size, kinds, region) for size in sizes)
            if long <= max(MOST_GROWTH * short, LEAST_SECONDS):
                break
        else:
            faster += 1
            print(f"{text!r} {region}: {short:.2f} s, then {long:.2f} s")
    tried = len(KNOWN) + options.fragments
    print(f"seed {options.seed}: {tried} fragments, {faster} of them with more than linear time")


if __name__ == "__main__":
    main()
