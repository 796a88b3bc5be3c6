"""Phones and e-mails: recall, precision and speed beside PhoneNumberMatcher and ioc-finder, on case files and ads.

    .venv/bin/python -m benchmarks.identifiers [--ads 3000] [--repeats 5] [--seed 7] [--misses]

The case files (benchmarks/cases/*.jsonl) hold labelled texts, each with the publication its way of writing is from;
`unseen_ads` was written after the extractors, in other ways than they were made on, the rounds from `unseen_ads_2` on
by people who had not seen them. The ads are drawn from the demo world with all its ways. Rates are texts per
CPU-second, contenders taking turns on each 250 texts (benchmarks/turns.py), medians. ioc-finder is a tool of the
benchmarks' own environment and skipped where it is not installed; it is asked for the same kinds as we are, for e-mail
addresses alone and for these, URLs and domains. "phones" and "e-mails" are given one text after the other, as the
libraries are, "... together" all of a turn in one call (minerva/identifiers/lockstep.py), with the same answers.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from benchmarks.extraction_quality import Reader, matched, phones, usernames
from benchmarks.turns import by_turns
from benchmarks.unseen_texts import CASES, LATER_ROUNDS
from demo.world import LEVELS, build
from minerva.identifiers import extract, extract_each


class Case(NamedTuple):
    """A labelled text: the values it holds and how they are written."""

    text: str
    region: str
    phones: frozenset[str]
    emails: frozenset[str]
    way: str
    usernames: frozenset[str] = frozenset()


Contender = Callable[[Sequence[Case]], list[set[str]]]
"""The values that a reader finds in each text."""


def case_file(name: str) -> list[Case]:
    """Returns the cases of benchmarks/cases/NAME.jsonl."""
    rows = map(json.loads, (CASES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines())
    return [
        Case(
            row["text"], row["region"], frozenset(row["phones"]), frozenset(row["emails"]), row["way"],
            frozenset(row.get("usernames", ())),
        )
        for row in rows
    ]  # fmt: skip


def world_ads(count: int, seed: int, plain: float) -> list[Case]:
    """Returns ads of the demo world, held-back ways included."""
    level = replace(LEVELS["medium"], plain=plain, drop=0.0)
    world = build(records=count * 2, seed=seed, level=level, held_back=True)
    ads = [item for rows in world.published.values() for item in rows if item.source_id == "classified_ads"]
    return [
        Case(item.row["body"], item.row["country"], frozenset(item.phones), frozenset(item.emails), "world")
        for item in ads[:count]
    ]


_IOC_KINDS = {"email": "email_addresses", "url": "urls", "domain": "domains"}
"""Our kinds that ioc-finder finds too, with its names."""


def ioc_reader(*kinds: str) -> Reader | None:
    """Returns a reader of ioc-finder's e-mail addresses, asked for nothing but `kinds`; None where it is missing."""
    try:
        import ioc_finder
    except ImportError:
        return None
    finder: Any = ioc_finder
    names = [_IOC_KINDS[kind] for kind in kinds]
    return lambda text, region: set(map(str.lower, finder.find_iocs(text, included_ioc_types=names)["email_addresses"]))


def mail_reader(*kinds: str) -> Reader:
    """Returns a reader of our e-mail addresses that looks for `kinds`."""
    return lambda text, region: {
        item.value for item in extract(text, kinds=kinds, region=region) if item.kind == "email"
    }


def together(*kinds: str) -> Contender:
    """Returns a reader of the values of the first of `kinds` that is given all texts in one call."""

    def read(cases: Sequence[Case]) -> list[set[str]]:
        texts, regions = [case.text for case in cases], [case.region for case in cases]
        found = extract_each(texts, kinds=kinds, regions=regions)
        return [{item.value for item in own if item.kind == kinds[0]} for own in found]

    return read


def ways_of(cases: list[Case], reader: Reader) -> set[str]:
    """Returns the ways of writing of which the reader finds any e-mail address."""
    return {case.way for case in cases if reader(case.text, case.region) & case.emails}


_LEAST = 600
"""Texts of which a set holds fewer are read so often more."""


def one_by_one(reader: Reader) -> Contender:
    """Returns a reader that is given one text after the other."""
    return lambda cases: [reader(case.text, case.region) for case in cases]


def table(
    title: str,
    cases: list[Case],
    told: Callable[[Case], frozenset[str]],
    contenders: dict[str, Contender],
    repeats: int,
    misses: bool,
) -> None:
    """Prints one line per reader; the first is the baseline of the ratios."""
    print(f"{title}: {len(cases)} texts of {statistics.mean(len(case.text) for case in cases):.0f} characters")
    answers, spent = by_turns(cases, contenders, max(repeats, repeats * _LEAST // len(cases)))
    base = next(iter(spent.values()))
    for name, given in answers.items():
        wanted = sum(len(told(case)) for case in cases)
        found = sum(map(len, given))
        right = sum(len(values & told(case)) for values, case in zip(given, cases, strict=True))
        cpu = spent[name]
        recall = f"{right / wanted:.4f}" if wanted else "  -   "
        precision = f"{right / found:.4f}" if found else "  -   "
        print(
            f"  {name:22s} recall {recall}  precision {precision}  found {found:6,} of {wanted:6,}"
            f"  {len(cases) / cpu:9,.0f} texts/CPU-s  x{base / cpu:6.2f}"
        )
    if misses:
        for case, values in zip(cases, list(answers.values())[-1], strict=True):
            if values != told(case):
                print(f"    {case.way}: missed {sorted(told(case) - values)}, wrong {sorted(values - told(case))}")
    if "PhoneNumberMatcher" in answers:
        ours = list(answers.values())[-1]
        both = sum(map(len, answers["PhoneNumberMatcher"]))
        kept = sum(len(theirs & own) for theirs, own in zip(answers["PhoneNumberMatcher"], ours, strict=True))
        print(f"  of what the matcher finds: {kept / max(1, both):.4f}")


def main() -> None:
    """Prints the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ads", type=int, default=3_000)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--misses", action="store_true", help="list every text that is read wrongly")
    options = parser.parse_args()
    seed = random.SystemRandom().randrange(10**6) if options.seed is None else options.seed
    print(f"seed {seed}")
    phone_readers = {
        "PhoneNumberMatcher": one_by_one(matched), "phones": one_by_one(phones), "phones together": together("phone"),
    }  # fmt: skip
    sets = {
        "plain ads (cases)": case_file("plain_ads"),
        "plain ads (world)": world_ads(options.ads, seed, 1.0),
        "hidden ads (cases)": case_file("hidden_ads"),
        "hidden ads (world)": world_ads(options.ads, seed, 0.0),
        "unseen ads (cases)": case_file("unseen_ads"),
        **{f"unseen ads {place} (cases)": case_file(f"unseen_ads_{place}") for place in LATER_ROUNDS},
        "benign (cases)": case_file("benign"),
    }
    for title, cases in sets.items():
        table(title, cases, lambda case: case.phones, phone_readers, options.repeats, options.misses)
    unseen = {"usernames": one_by_one(usernames)}
    for title in [title for title in sets if title.startswith("unseen")]:
        table(title, sets[title], lambda case: case.usernames, unseen, 1, options.misses)
    ads = {f"e-mails in {title}": sets[title][: options.ads // 4] for title in sets if title.endswith("(world)")}
    labelled = {title: sets[title] for title in ("unseen ads 2 (cases)", "unseen ads 3 (cases)", "benign (cases)")}
    compare_mails({**labelled, **ads}, options)


def compare_mails(ads: dict[str, list[Case]], options: argparse.Namespace) -> None:
    """Prints the tables of e-mails, alone and with the other kinds that ioc-finder finds."""
    mails = case_file("emails")
    plain = [case for case in mails if case.way.startswith(("plain", "mailto"))]
    hidden = [case for case in mails if case not in plain]
    sets = {"plain e-mails (cases)": plain, "hidden e-mails (cases)": hidden}
    finder = ioc_reader("email")
    if finder is not None:
        both = ways_of(hidden, finder)
        print("ways of hiding that ioc-finder finds:", ", ".join(sorted(both)))
        sets["hidden e-mails, those ways (cases)"] = [case for case in hidden if case.way in both]
    for kinds in (("email",), ("email", "url", "domain")):
        print("looking for", ", ".join(kinds))
        theirs = ioc_reader(*kinds)
        readers = {
            **({"ioc-finder": one_by_one(theirs)} if theirs else {}),
            "e-mails": one_by_one(mail_reader(*kinds)),
            "e-mails together": together(*kinds),
        }
        for title, cases in {**sets, **ads}.items():
            table(title, cases, lambda case: case.emails, readers, options.repeats, options.misses)


if __name__ == "__main__":
    main()
