"""Records with an address: whom the cheap bound leaves out does not join and is not related, whatever the rest of the
comparison says."""

from __future__ import annotations

import random
from collections.abc import Sequence
from unittest import mock

from hypothesis import given, settings
from hypothesis import strategies as st

from minerva.linking import DEFAULT, resolve
from minerva.linking.model import LinkRecord
from minerva.linking.places.pairs import score_pair
from minerva.linking.places.reach import Reach

NAMES = ("Anna Novak", "Ana Novak", "Novak, Anna", "Anna Petrova", "Boris Stone", "Anna", "Moon Hall")
FIRMS = ("Moonhall", "Hall of Moon", "Velvet Moon Hall 2", "Velvet Moon Hall 3", "Velvet Moonhall", "Velvet Moon Hall",
         "Velvet Moon Hall Spa")  # fmt: skip
HOMES = (
    "12 Oak Street",
    "12 Oak St",
    "21 Oak Street",
    "14 Oak St",
    "12 Oak St Apt 3",
    "900 Mill Road",
    "PO Box 7",
    "Oak",
)
POSTCODES = ("", "60601", "60610", "60602", "0601", "94105", "7", "8", "SW1A 1AA", "sw1a1ab")
CITIES = ("", "Springfield", "springfield", "Sprinfield", "Shelbyville", "Rome", "Roma")
SPOTS = ("geo:41.87811,-87.62982", "geo:41.87812,-87.62984", "geo:42.9,-87.6")
WIDE = "phone:+12125550100"


def resident(draw: random.Random, number: int, circles: int = 9, names: Sequence[str] = NAMES) -> LinkRecord:
    held = {f"{kind}:{value}" for kind, value in (
        ("phone", f"+1415555{draw.randrange(circles):04d}"), ("email", f"u{draw.randrange(circles)}@mail.example"),
        ("username", f"site/u{draw.randrange(circles)}"), ("url", f"https://u{draw.randrange(circles)}.example.com/"),
    ) if draw.random() < 0.6}  # fmt: skip
    held |= {WIDE} if draw.random() < 0.2 else set()
    held |= {draw.choice(SPOTS)} if draw.random() < 0.3 else set()
    postcode = draw.choice(POSTCODES) if circles < 10 or draw.random() < 0.5 else str(draw.randrange(10000, 99999))
    return LinkRecord(
        f"{number:032x}", "ads", draw.choice(("ad", "profile", "", "site")), tuple(sorted(held)), draw.choice(names),
        draw.choice(HOMES), draw.choice(CITIES), "", postcode, number,
    )  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(seed=st.integers(0, 2**32), least=st.integers(-100, 120).map(lambda tenths: tenths / 10))
def test_whom_the_bound_leaves_out_scores_too_little(least: float, seed: int) -> None:
    draw = random.Random(seed)
    names = draw.choice((NAMES, FIRMS, NAMES + FIRMS))
    records = [resident(draw, number, draw.choice((9, 900)), names) for number in range(12)]
    spread = {WIDE: draw.choice((1, 7))}
    reach = Reach(records, spread, least)
    for a in range(12):
        for b in range(a):
            if not reach.may(a, b):
                found = score_pair(records[a], records[b], spread)
                assert (found.score < least, found.relation) == (True, "")


def test_the_bound_leaves_out_most_strangers_and_linking_ends_the_same() -> None:
    draw = random.Random(5)
    records = [resident(draw, number, 900) for number in range(300)]
    asked = []
    may = Reach.may

    def told(reach: Reach, a: int, b: int) -> bool:
        asked.append(may(reach, a, b))
        return asked[-1]

    with mock.patch.object(Reach, "may", told):
        bounded = resolve(records, {}, "t", DEFAULT).entities
    with mock.patch.object(Reach, "may", return_value=True):
        whole = resolve(records, {}, "t", DEFAULT).entities
    assert [each.to_document() for each in bounded] == [each.to_document() for each in whole]
    assert any(join.rule == "name_address" for entity in whole for join in entity.joins)
    assert sum(asked) < len(asked) / 2
