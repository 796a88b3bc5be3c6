"""Recall and precision of phones and e-mails on the world's ads, beside PhoneNumberMatcher's, against its truth.

    .venv/bin/python -m benchmarks.extraction_quality [--records 4000] [--seed N]

Three sets of ads: written plainly, hidden in the ways of the demo, hidden in these and the held-back ways. Then the
recall of each single way of writing. A false result is one that the ad's contacts do not hold.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from typing import Any

import phonenumbers

from demo.world import LEVELS, build, contacts, texts
from demo.world.places import CITIES
from minerva.identifiers import extract

LIBRARY: Any = phonenumbers  # its annotations are partial
Reader = Callable[[str, str], set[str]]
SETS = (("plain", 1.0, False), ("hidden", 0.0, False), ("hidden, held-back ways too", 0.0, True))


def phones(text: str, region: str) -> set[str]:
    return {item.value for item in extract(text, kinds=["phone"], region=region)}


def emails(text: str, region: str) -> set[str]:
    return {item.value for item in extract(text, kinds=["email"], region=region)}


def usernames(text: str, region: str) -> set[str]:
    return {item.value for item in extract(text, kinds=["username"], region=region)}


def matched(text: str, region: str) -> set[str]:
    """Returns what the field library's own matcher finds."""
    form = LIBRARY.PhoneNumberFormat.E164
    matches = LIBRARY.PhoneNumberMatcher(text, region)
    return {str(LIBRARY.format_number(match.number, form)) for match in matches}


def line(label: str, reader: Reader, ads: Iterable[tuple[str, str, Collection[str]]]) -> str:
    """Returns recall, precision and texts per CPU-second of a reader over (text, region, told values)."""
    told = found = right = count = 0
    begin = time.process_time()
    for text, region, values in ads:
        seen = reader(text, region)
        told, found, right, count = (
            told + len(set(values)), found + len(seen), right + len(seen & set(values)), count + 1,
        )  # fmt: skip
    seconds = time.process_time() - begin
    rate = count / max(seconds, 1e-9)
    recall, precision = right / max(1, told), right / max(1, found)
    return f"  {label:22s} recall {recall:.3f}  precision {precision:.3f}  of {told:6,}  {rate:9,.0f} texts/CPU-s"


def single_ways(chance: random.Random, count: int) -> None:
    """Prints recall of each way of writing, `count` texts each."""
    kinds: tuple[tuple[Reader, Callable[[], str], tuple[contacts.Way, ...]], ...] = (
        (
            phones,
            lambda: contacts.phone(chance, chance.choice(CITIES), set()),
            contacts.PLAIN_PHONES + contacts.MESSY_PHONES,
        ),
        (emails, lambda: contacts.email(chance), contacts.PLAIN_EMAILS + contacts.MESSY_EMAILS),
    )
    for reader, make, ways in kinds:
        for way in ways:
            hits = 0
            for _ in range(count):
                value = make()
                written = way.write(value[2:] if value.startswith("+1") else value, chance)
                body = chance.choice(texts.BODIES)
                contact = chance.choice(texts.CONTACTS).format(written)
                hits += value in reader(body.format(contact=contact, decoy="", spot="park", place="Town"), "US")
            held = " (held back)" if way.held_back else ""
            print(f"  {reader.__name__:7s} {way.name + held:32s} {hits / count:.3f}")


def main() -> None:
    """Prints the three sets, then the single ways."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=4_000)
    parser.add_argument("--seed", type=int, default=None)
    options = parser.parse_args()
    seed = random.SystemRandom().randrange(10**6) if options.seed is None else options.seed
    print(f"seed {seed}")
    for name, plain, held_back in SETS:
        level = replace(LEVELS["medium"], plain=plain, drop=0.0)
        world = build(records=options.records, seed=seed, level=level, held_back=held_back)
        ads = [item for rows in world.published.values() for item in rows if item.source_id == "classified_ads"]
        print(f"{name}: {len(ads)} ads")
        told = [(item.row["body"], item.row["country"], item.phones) for item in ads]
        print(line("PhoneNumberMatcher", matched, told))
        print(line("phones", phones, told))
        print(line("e-mails", emails, [(item.row["body"], item.row["country"], item.emails) for item in ads]))
    print("recall of single ways")
    single_ways(random.Random(seed), 200)


if __name__ == "__main__":
    main()
