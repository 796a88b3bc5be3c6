"""Writes benchmarks/cases/usernames.csv: pairs of user names of invented people, half of one person, half of two.

    .venv/bin/python -m benchmarks.username_cases [--pairs 3000] [--seed 11]

How one person's names differ follows what studies of accounts across sites report (Perito et al. 2011, "How unique and
traceable are usernames?"; Zafarani and Liu 2013, "Connecting users across social media sites"): digits and affixes
added, separators moved, letters dropped or doubled, digits for letters, order turned, names cut to initials or short
forms, another word beside the same stem. Two people's names share what many share: a first name, a word, a year.
"""

from __future__ import annotations

import argparse
import csv
import random
from collections.abc import Callable
from pathlib import Path

CASES = Path(__file__).parent / "cases" / "usernames.csv"
FIRST_TEXT = (
    "jennifer kwabena elizabeth alexandra katherine michael jonathan robert william anastasia gabriela "
    "isabella valentina dmitri sergei yulia tatiana natalia mohammed youssef fatima aisha minh thuy wei "
    "xiaoling carlos guadalupe francisco giovanna pierre margaux ingrid bjorn agnieszka zuzanna priya "
    "rajesh oluwaseun chiamaka akiko haruto"
)
SHORT = {
    "jennifer": "jenny jen", "elizabeth": "liz beth lizzy", "alexandra": "sasha alex lexi", "katherine": "kate katie",
    "michael": "mike mikey", "jonathan": "jon jonny", "robert": "rob bob bobby", "william": "bill will billy",
    "anastasia": "nastya ana stasia", "gabriela": "gabi gaby", "isabella": "bella izzy", "valentina": "vale tina",
    "dmitri": "dima mitya", "sergei": "serge seryozha", "tatiana": "tanya tati", "natalia": "natasha nata",
    "yulia": "julia yulya", "mohammed": "mo hamada", "youssef": "joe yusuf", "francisco": "paco pancho",
    "guadalupe": "lupe lupita", "giovanna": "gio vanna", "zuzanna": "zuza", "agnieszka": "aga",
}  # fmt: skip
WORDS_TEXT = (
    "rose star moon honey lucky wild dark blue fit gamer art travel photo music queen king angel fox wolf sweet"
)
AFFIX_TEXT = "the real its xo xx vip official tv im mr miss nyc la uk 4u"
SYLLABLES_TEXT = "ka ro mi ta ne lo vi sa du be ri no ma ze po gi la fe hu ti ya cho dra kov sky nez quil berg ström ow"
FIRST, WORDS, AFFIX, SYLLABLES = (text.split() for text in (FIRST_TEXT, WORDS_TEXT, AFFIX_TEXT, SYLLABLES_TEXT))
LEET = {"o": "0", "i": "1", "e": "3", "a": "4", "s": "5", "t": "7"}

Person = dict[str, str]


def person(draw: random.Random) -> Person:
    """Returns an invented person: first and family name, a favorite word, a year, a number, a made-up stem."""
    return {
        "first": draw.choice(FIRST),
        "last": "".join(draw.choices(SYLLABLES, k=draw.choice((2, 3, 3)))),
        "word": draw.choice(WORDS),
        "year": str(draw.randrange(1970, 2008)),
        "number": str(draw.randrange(3, 999)),
        "stem": "".join(draw.choices(SYLLABLES, k=draw.choice((2, 3)))),
    }


def username(who: Person, draw: random.Random) -> str:
    """Returns one of a person's user names."""
    first = draw.choice([who["first"], *SHORT.get(who["first"], who["first"]).split()])
    shapes: list[Callable[[], list[str]]] = [
        lambda: [first, who["last"]],
        lambda: [first[0], who["last"]],
        lambda: [who["last"], first],
        lambda: [first[:3], who["last"]],
        lambda: [who["word"], who["last"]],
        lambda: [who["stem"]],
        lambda: [who["stem"], who["word"]],
        lambda: [first, who["stem"]],
    ]
    parts = draw.choice(shapes)()
    if draw.random() < 0.45:
        parts.append(draw.choice((who["year"][2:], who["year"], who["number"], str(draw.randrange(100)))))
    if draw.random() < 0.3:
        parts.insert(draw.choice((0, len(parts))), draw.choice(AFFIX))
    text = draw.choice(("", "", "_", ".", "-")).join(parts)
    return _worn(text, draw)


def _worn(text: str, draw: random.Random) -> str:
    kind = draw.random()
    place = draw.randrange(len(text))
    if kind < 0.2:
        text = "".join(LEET.get(sign, sign) if draw.random() < 0.6 else sign for sign in text)
    elif kind < 0.28:
        text = text[:place] + text[place] + text[place:]
    elif kind < 0.36 and len(text) > 5:
        text = text[:place] + text[place + 1 :]
    elif kind < 0.5:
        text = text[0] + "".join(sign for sign in text[1:] if sign not in "aeiou")
    return text.upper() if draw.random() < 0.04 else text


def pair(draw: random.Random, same: bool) -> tuple[str, str]:
    """Returns two different user names, of one person or of two who share a fragment."""
    while True:
        one = person(draw)
        other = one if same else person(draw)
        if not same:
            for part in draw.sample(("first", "word", "year", "number"), k=draw.choice((1, 2, 2))):
                other[part] = one[part]
        a, b = username(one, draw), username(other, draw)
        if a.casefold() == b.casefold() or (not same and not _share_a_fragment(a, b)):
            continue
        if same and not (_share_a_fragment(a, b) or _share_a_fragment(_skeleton(a), _skeleton(b))):
            continue  # nothing in the two names says that they belong together
        return a, b


def _share_a_fragment(a: str, b: str) -> bool:
    a, b = a.casefold(), b.casefold()
    return any(a[place : place + 3] in b for place in range(len(a) - 2))


def _skeleton(name: str) -> str:
    letters = name.casefold().translate({ord(digit): sign for sign, digit in LEET.items()})
    return "".join(sign for sign in letters if sign not in "aeiou_.-")


def main() -> None:
    """Writes the file."""
    parser = argparse.ArgumentParser(description="Writes the user-name pairs.")
    parser.add_argument("--pairs", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=11)
    options = parser.parse_args()
    draw = random.Random(options.seed)
    rows = [(*pair(draw, same), int(same)) for same in (True, False) for _ in range(options.pairs // 2)]
    draw.shuffle(rows)
    CASES.parent.mkdir(exist_ok=True)
    with CASES.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(["id", "a", "b", "same"])
        writer.writerows((number, *row) for number, row in enumerate(rows, 1))
    print(f"{len(rows)} pairs in {CASES}")


if __name__ == "__main__":
    main()
