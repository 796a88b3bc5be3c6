"""The fast path of extraction equals the plain one: numbers, evidence on random texts and on the demo world. More texts
are read by proofs/identifier_paths.py."""

from __future__ import annotations

import random
from typing import Any

import phonenumbers
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from assembly.reference import numbering as compiler
from demo.world import LEVELS
from minerva.identifiers import extract, numbering, plans
from proofs.identifier_paths import rows_of
from tests.minerva.plain_path import library_resolve, plain_path
from tests.minerva.test_identifiers import TEXTS

LIBRARY: Any = phonenumbers
NUMBERS = 30_000
REGIONS = sorted(plans.REGIONS)
PREFIXES = ("", "", "00", "011", "0011", "810", "010", "001")
SIGNS = st.sampled_from(
    ["415", "555", "0123", "o", "l", "S", "4l5", " ", "-", ".", "(", ")", "five", "one", "double", "for", "dash",
     "wa.me/14155550123", "tel:", "2024-11-23", " 1500 eur", "$1,200", "192.168.100.25", "4111 1111 1111 1111",
     "cinco", "Ноль", "zer0", "oneone", "hundred", "and", "trois", "liu", "san", "💋",
     "https://a.example/4155550123", "snap chat jen_4u", "line id: abc_d", "instagram.com/jen4u", "(at)", "[.]",
     " dot com", " punto ", "{a}", "arroba", "hxxps://site[.]example/x", "tele", "gram", "we", "#", "id ", "_", "*"]
)  # fmt: skip


def _dialed(chance: random.Random, examples: list[tuple[str, str, str]]) -> tuple[str, bool, str | None]:
    """A random digit string, or an example of some region and type with digits changed, cut off or added, as dialed."""
    region, country, national = chance.choice(examples)
    hint = chance.choice((region, region, chance.choice(REGIONS), None))
    if chance.random() < 0.3:
        start = country if chance.random() < 0.7 else ""
        return start + f"{chance.randrange(10**17):017d}"[: chance.randrange(5, 14)], chance.random() < 0.6, hint
    digits = list(national)
    for _ in range(chance.choice((0, 0, 1, 2, 4))):
        digits[chance.randrange(len(digits))] = str(chance.randrange(10))
    draw = chance.random()
    changed = "".join(digits[: -1 if draw < 0.1 else None]) + (str(chance.randrange(10)) if draw > 0.9 else "")
    trunk = plans.rules_of(region).trunk if chance.random() < 0.5 else ""
    forms = ((country + changed, True), (trunk + changed, False), (country + trunk + changed, False))
    dialed, plus = chance.choice((*forms, (chance.choice(PREFIXES) + country + changed, False)))
    return dialed, plus, hint


@pytest.mark.full
def test_compiled_plans_equal_the_library_on_random_and_mutated_numbers(seed: int) -> None:
    chance = random.Random(seed)
    found = [(region, LIBRARY.example_number_for_type(region, kind)) for region in REGIONS for kind in range(11)]
    examples = [
        (region, str(number.country_code), LIBRARY.national_significant_number(number))
        for region, number in found
        if number is not None
    ]
    dialed = [_dialed(chance, examples) for _ in range(NUMBERS)]
    differing = [each for each in dialed if numbering.resolve(*each) != library_resolve(*each)]
    assert differing == [], f"seed {seed}"
    assert sum(numbering.resolve(*each) is not None for each in dialed) > NUMBERS / 5


def test_numbers_that_begin_as_one_met_before_are_read_like_the_first(seed: int) -> None:
    chance = random.Random(seed)
    valid = 0
    for region in REGIONS:
        example = LIBRARY.example_number(region)
        national = LIBRARY.national_significant_number(example)
        country, rules = str(example.country_code), numbering.hinted(region)
        for written, plus in ((national, False), (rules.trunked * "0" + national, False), (country + national, True)):
            numbering.quick(written.encode(), plus, rules)
            for _ in range(40):
                known = chance.choice((4, 5, 6, len(written) - 1))
                tail = "".join(chance.choices("0123456789", k=len(written) - known + chance.choice((-1, 0, 0, 0, 1))))
                dialed = written[:known] + tail
                if not 7 <= len(dialed) <= 17:
                    continue
                wanted = numbering.resolve(dialed, plus, region)
                assert numbering.quick(dialed.encode(), plus, rules) == wanted, f"seed {seed}: {dialed} in {region}"
                valid += wanted is not None
    assert valid > len(REGIONS) * 10


def test_data_file_is_what_the_library_compiles_to() -> None:
    assert compiler.TARGET.read_text(encoding="utf-8") == compiler.compile_plans()
    assert phonenumbers.__version__ == plans.VERSION


@pytest.mark.parametrize("pattern", ["a*", "[^1]", "1{2,30}"])
def test_unknown_pattern_is_refused(pattern: str) -> None:
    with pytest.raises(compiler.PatternError):
        compiler.Net().add(pattern)


@pytest.mark.full
@settings(max_examples=400, deadline=None)
@example("INST\u00c8 00A", None)  # an accented letter right behind the name of a network
@example("ALINE ID0000000000000000000000000000000000000000 ID:00AAA", None)  # the near text begins within a word
@given(st.one_of(TEXTS, st.lists(SIGNS, max_size=20).map("".join)), st.sampled_from([None, "US", "GB", "AR"]))
def test_fast_path_equals_plain_path_on_random_texts(text: str, region: str | None) -> None:
    fast = extract(text, region=region)
    with plain_path():
        assert extract(text, region=region) == fast


@pytest.mark.full
@pytest.mark.parametrize("level", LEVELS.values(), ids=list(LEVELS))
def test_fast_path_equals_plain_path_on_the_world(level: Any, seed: int) -> None:
    texts = rows_of(level, seed, 100)
    fast = [extract(text, region="US") for text in texts]
    with plain_path():
        assert [extract(text, region="US") for text in texts] == fast, f"seed {seed}"
    assert sum(map(len, fast)) > len(texts) / 2


@pytest.mark.parametrize(
    ("text", "region", "number"),
    [
        ("tel:0301234567", "DE", "+49301234567"), ("sms:07700900123", "GB", "+447700900123"),
        ("tel:4155550123", "US", "+14155550123"), ("tel:6585550123", "US", "+16585550123"),
        ("wa.me/491701234567", "DE", "+491701234567"),
    ],
    ids=["German", "a message", "North American", "as from abroad", "with its country"],
)  # fmt: skip
def test_a_link_of_a_phone_is_one_on_both_paths(text: str, region: str, number: str) -> None:
    fast = extract(text, kinds=["phone"], region=region)
    with plain_path():
        assert extract(text, kinds=["phone"], region=region) == fast
    assert [(item.value, item.method) for item in fast] == [(number, "link")]
