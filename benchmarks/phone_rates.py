"""Phones beside PhoneNumberMatcher under one Python: recall, precision, speed, and what it finds that we do not.

    .venv/bin/python -m benchmarks.phone_rates [--ads 1500] [--repeats 5] [--seed 7] [--only 3.13]

Runs itself under each Python found (MINERVA_PYTHON39 and MINERVA_PYTHON313 may name others, such as ones with numpy) on
the same texts: the case files, ads of the demo world and of 14 countries. Contenders take turns on each 250 texts
(benchmarks/turns.py); rates are texts per CPU-second, medians. "phones" is given one text after the other, "phones
together" all of a turn in one call (minerva/identifiers/lockstep.py). "phones, numpy" reads all texts of a set in one
call, the last line a set of few texts as often over in one call as makes the thousand and more that a search command is
given, the matcher before each call; both are left out without numpy.
"""

from __future__ import annotations

import argparse
import collections
import json
import platform
import random
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, Callable, Sequence  # noqa: UP035 -- runs under 3.9

from benchmarks.turns import by_turns

Case = tuple[str, Any, list[str]]  # text, region or None, the phones it holds
Answers = list[set[str]]


def matcher(cases: Sequence[Case]) -> Answers:
    """Returns what the field library's own matcher finds."""
    import phonenumbers

    library: Any = phonenumbers
    form = library.PhoneNumberFormat.E164
    return [
        {library.format_number(found.number, form) for found in library.PhoneNumberMatcher(text, region)}
        for text, region, _ in cases
    ]


def phones(cases: Sequence[Case]) -> Answers:
    from minerva.identifiers import extract

    return [{item.value for item in extract(text, kinds=["phone"], region=region)} for text, region, _ in cases]


def phones_together(cases: Sequence[Case]) -> Answers:
    from minerva.identifiers import extract_each

    found = extract_each([text for text, _, _ in cases], kinds=["phone"], regions=[region for _, region, _ in cases])
    return [{item.value for item in own} for own in found]


def phones_at_once(cases: Sequence[Case]) -> Answers:
    from minerva.identifiers.phone_texts import find_in_all

    found = find_in_all([text for text, _, _ in cases], [region for _, region, _ in cases])
    answers: Answers = [set() for _ in cases]
    for place, number in zip(found.texts, found.numbers):  # noqa: B905 -- 3.9
        answers[place].add(number)
    return answers


def contenders() -> dict[str, Callable[[Sequence[Case]], Answers]]:
    known: dict[str, Callable[[Sequence[Case]], Answers]] = {
        "PhoneNumberMatcher": matcher, "phones": phones, "phones together": phones_together,
    }  # fmt: skip
    try:
        import numpy  # noqa: F401

        known["phones, numpy"] = phones_at_once
        known[_AS_COMMAND] = phones_at_once
    except ImportError:
        pass
    return known


_AS_COMMAND, _MANY = "numpy, many texts", 1_000
_LEAST = 600
"""Texts of which a set holds fewer are read so often more."""


def classes_of_misses(cases: list[Case], theirs: Answers, ours: Answers) -> dict[str, int]:
    """Returns how many numbers the matcher finds that we do not, by what they are."""
    import phonenumbers

    from minerva.identifiers import extract, id_labels, phone_context

    library: Any = phonenumbers
    counted: collections.Counter[str] = collections.Counter()
    for (text, region, told), their, own in zip(cases, theirs, ours):  # noqa: B905 -- 3.9
        if their <= own:
            continue
        spans = [(item.start, item.end) for item in extract(text, kinds=["phone"], region=region)]
        web = [match.span() for match in phone_context.WEB.finditer(text)]
        for found in library.PhoneNumberMatcher(text, region):
            number = library.format_number(found.number, library.PhoneNumberFormat.E164)
            if number in own:
                continue
            if number in told:
                counted["a number that the ad holds"] += 1
            elif any(start < found.end and found.start < end for start, end in spans):
                counted["digits read as another number"] += 1
            elif any(start < found.end and found.start < end for start, end in web):
                counted["digits of a web address"] += 1
            elif id_labels.follows_id(text, found.start):
                counted["an order or serial number"] += 1
            else:
                counted["other digits that are no phone of the ad"] += 1
    return dict(counted)


def compare(title: str, cases: list[Case], repeats: int) -> None:
    """Prints one line per contender; the first is the baseline of the ratios."""
    print(f"{title}: {len(cases)} texts of {statistics.mean(len(text) for text, _, _ in cases):.0f} characters")
    turns = max(repeats, repeats * _LEAST // len(cases))
    known = contenders()
    one_by_one = {name: reader for name, reader in known.items() if "numpy" not in name}
    answers, spent = by_turns(cases, one_by_one, turns)
    for name in [name for name in known if name not in one_by_one and (name != _AS_COMMAND or len(cases) < _MANY)]:
        # All texts in one call, the matcher before each.
        copies = -(-_MANY // len(cases)) if name == _AS_COMMAND else 1
        texts = cases * copies
        beside = {"PhoneNumberMatcher": matcher, name: known[name]}
        again, taken = by_turns(texts, beside, max(repeats, turns // copies), len(texts))
        answers[name] = again[name][-len(cases) :]
        # By how much sooner it is than the matcher was beside it.
        spent[name] = taken[name] * spent["PhoneNumberMatcher"] / taken["PhoneNumberMatcher"]
    base = spent["PhoneNumberMatcher"]
    wanted = sum(len(told) for _, _, told in cases)
    for name, given in answers.items():
        found = sum(map(len, given))
        right = sum(len(values & set(told)) for values, (_, _, told) in zip(given, cases))  # noqa: B905 -- 3.9
        cpu = spent[name]
        recall = f"{right / wanted:.4f}" if wanted else "  -   "
        precision = f"{right / found:.4f}" if found else "  -   "
        print(
            f"  {name:20s} recall {recall}  precision {precision}  found {found:6,} of {wanted:6,}"
            f"  {len(cases) / cpu:9,.0f} texts/CPU-s  x{base / cpu:6.2f}"
        )
    theirs, own = answers["PhoneNumberMatcher"], answers["phones"]
    kept = sum(len(their & ours) for their, ours in zip(theirs, own))  # noqa: B905 -- 3.9
    print(f"  of what the matcher finds: {kept / max(1, sum(map(len, theirs))):.4f}; missed:", end=" ")
    print(classes_of_misses(cases, theirs, own) or "nothing")
    if "phones, numpy" in answers:
        same = all(given == own for name, given in answers.items() if "numpy" in name)
        print(f"  with numpy the same values: {same}")
    print(f"  together the same values: {answers['phones together'] == own}")


def text_sets(ads: int, seed: int) -> dict[str, list[Case]]:
    """Returns the sets of texts by title."""
    from benchmarks.country_ads import country_ads
    from benchmarks.identifiers import case_file, world_ads

    found = {
        "plain ads (cases)": case_file("plain_ads"),
        "plain ads (world)": world_ads(ads, seed, 1.0),
        "hidden ads (cases)": case_file("hidden_ads"),
        "hidden ads (world)": world_ads(ads, seed, 0.0),
        "unseen ads (cases)": case_file("unseen_ads"),
        "benign (cases)": case_file("benign"),
    }
    sets: dict[str, list[Case]] = {
        title: [(case.text, case.region, sorted(case.phones)) for case in cases] for title, cases in found.items()
    }
    for name, hidden in (("plain ads (14 countries)", False), ("hidden ads (14 countries)", True)):
        sets[name] = [(ad.text, ad.region, sorted(ad.phones)) for ad in country_ads(ads, seed, hidden)]
    return sets


def main() -> None:
    """Prints the tables of each Python."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ads", type=int, default=1_500)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--only", help="one Python: base, 3.9 or 3.13")
    options = parser.parse_args()
    from benchmarks.chunk_driver import child_environment, pythons

    seed = random.SystemRandom().randrange(10**6) if options.seed is None else options.seed
    print(f"seed {seed}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sets.json"
        path.write_text(json.dumps(text_sets(options.ads, seed)), encoding="utf-8")
        for version, python in pythons().items():
            if options.only in (None, version):
                command = [python, "-m", "benchmarks.phone_rates", "--child", str(path), str(options.repeats)]
                subprocess.run(command, env=child_environment(), check=True, cwd=Path(__file__).parents[1])


def child(path: str, repeats: int) -> None:
    print(f"Python {platform.python_version()}")
    for title, cases in json.loads(Path(path).read_text(encoding="utf-8")).items():
        compare(title, [(text, region, told) for text, region, told in cases], repeats)
    sys.stdout.flush()


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"] and len(sys.argv) == 4:
        child(sys.argv[2], int(sys.argv[3]))
    else:
        main()
