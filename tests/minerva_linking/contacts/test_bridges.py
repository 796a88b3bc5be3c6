"""Bridges: one value that alone links groups that are firm without it and contradict does not make them one."""

from __future__ import annotations

import random
from collections.abc import Sequence
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minerva.linking import Resolution, held, resolve
from minerva.linking.contacts.bridges import find_bridges, suspicious_plainly
from minerva.linking.held import hold
from minerva.linking.judgements import judgement
from minerva.linking.model import LinkRecord
from minerva.linking.people.people_names import Names
from minerva.text.sketch import text_sketch

DAY = 86_400
DESK = "phone:+12125550100"
FLYER = " ".join(f"word{number}" for number in range(60))


def operation(
    tag: str, count: int = 6, *, name: str = "", city: str = "", first: int = 1, step: int = 20
) -> list[LinkRecord]:
    """Returns records of an operation, each with its phone and its mailbox, one every `step` days."""
    contacts = (f"email:{tag}@mail.example", f"phone:+1415555{sum(map(ord, tag)):04d}", f"username:site/{tag}_lane")
    return [
        LinkRecord(f"{tag}{at}", "ads", "ad", contacts, name, "", city, "", "", (first + at * step) * DAY)
        for at in range(count)
    ]


def anna(**changed: int) -> list[LinkRecord]:
    return operation("anna", name="Anna Smith", city="Springfield", **changed)


def bela(**changed: int) -> list[LinkRecord]:
    return operation("bela", name="Bela Novak", city="Shelbyville", **changed)


def with_value(records: Sequence[LinkRecord], value: str, *places: int) -> list[LinkRecord]:
    return [
        record._replace(identifiers=tuple(sorted({*record.identifiers, value}))) if at in places else record
        for at, record in enumerate(records)
    ]


def linked(*groups: Sequence[LinkRecord]) -> Resolution:
    return resolve([record for group in groups for record in group], {}, "northfield")


def parts(found: Resolution) -> list[set[str]]:
    """Returns the entities, each as the set of the operations whose records stand in it."""
    owners = [{record.record_id.rstrip("0123456789") for record in each.records} for each in found.entities]
    return sorted(owners, key=sorted)


APART, ONE = [{"anna"}, {"bela"}], [{"anna", "bela"}]


@pytest.mark.parametrize("places", [(0,), (0, 1), (0, 1, 2)], ids=["two records", "four", "five"])
def test_a_number_does_not_join_two_firm_groups_that_contradict(places: tuple[int, ...]) -> None:
    found = linked(with_value(anna(count=9), DESK, *places[:2]), with_value(bela(count=9), DESK, *places))
    assert parts(found) == APART
    assert [hub.identifier for hub in found.hubs if hub.bridge] == [DESK]


def test_a_quoted_contact_remains_its_owners() -> None:
    owner = bela()
    owner[4:] = [record._replace(identifiers=record.identifiers[1:2]) for record in owner[4:]]
    quoting = with_value(anna(), owner[0].identifiers[1], 2)
    assert parts(linked(quoting, owner)) == APART


def test_a_mailbox_of_three_joins_none_of_them() -> None:
    carla = operation("carla", name="Carla Rossi", city="Ogdenville")
    found = linked(*(with_value(each, "email:box@mail.example", 1) for each in (anna(), bela(), carla)))
    assert parts(found) == [{"anna"}, {"bela"}, {"carla"}]


def test_of_four_sides_none_keeps_a_value_that_each_holds_once() -> None:
    carla = operation("carla", name="Carla Rossi", city="Ogdenville")
    groups = [anna(), bela(), carla, operation("dina", name="Dina Petrova", city="Brockway")]
    records = [record for group in groups for record in with_value(group, DESK, 0)]
    told = hold(records)
    found = find_bridges(records, told, (), Names(records).city)
    assert [(bridge.hub.identifier, bridge.kept) for bridge in found.values()] == [(DESK, [])]


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(bela(first=200), id="one begins when the other has ended: a move"),
        pytest.param(bela(first=90), id="both for a few days: a move takes time"),
        pytest.param([*bela(first=200)[:5], bela()[2]], id="one record out of turn"),
        pytest.param([record._replace(time=0) for record in bela()], id="times do not tell"),
        pytest.param([*(record._replace(time=0) for record in bela()[:5]), bela()[5]], id="one time known"),
        pytest.param([record._replace(name="Anna Smith") for record in bela()], id="one name"),
        pytest.param([record._replace(city="Springfield") for record in bela()], id="one city"),
        pytest.param([bela()[0]._replace(city="Springfield"), *bela()[1:]], id="one city among others"),
        pytest.param(with_value(bela(), "image:00ff", 2), id="one picture"),
        pytest.param(with_value(bela(), f"sketch:{text_sketch(FLYER)}", 2), id="near-duplicate texts"),
        pytest.param([bela()[0], bela()[1]._replace(identifiers=(DESK,))], id="the other side is not firm"),
    ],
)
def test_one_operation_stays_whole_where(other: list[LinkRecord]) -> None:
    one = with_value(with_value(with_value(anna(), "image:00ff", 3), f"sketch:{text_sketch(FLYER)}", 3), DESK, 0)
    assert parts(linked(one, with_value(other, DESK, 0))) == ONE
    assert parts(linked(one, with_value(bela(), DESK, 0))) == APART


def test_a_record_of_the_old_and_the_new_contacts_holds_a_move_together() -> None:
    before = anna()
    after = with_value(bela(first=130), before[0].identifiers[1], 0)
    assert parts(linked(before, after)) == ONE


def test_two_kinds_of_contact_that_differ_are_not_enough_and_three_are() -> None:
    one, other = ([record._replace(name="", city="") for record in each] for each in (anna(count=9), bela(count=9)))
    few = [[record._replace(identifiers=record.identifiers[:2]) for record in each] for each in (one, other)]
    assert parts(linked(*(with_value(each, DESK, 0, 4) for each in few))) == ONE
    assert parts(linked(*(with_value(each, DESK, 0, 4) for each in (one, other)))) == APART


def test_one_that_is_there_before_and_after_the_other_is_another() -> None:
    during = bela(first=30, step=2)
    assert parts(linked(with_value(anna(), DESK, 5), with_value(during, DESK, 5))) == APART


def test_a_chain_of_operations_comes_apart_at_every_link() -> None:
    names = ("Anna Smith", "Bela Novak", "Carla Rossi", "Dina Petrova", "Xu Wei", "Omar Haddad")
    cities = ("Springfield", "Shelbyville", "Ogdenville", "Brockway")
    groups = []
    for at in range(12):
        own = operation(f"op{'abcdefghijkl'[at]}", name=names[at % 6], city=cities[at % 4])
        groups.append(with_value(with_value(own, f"phone:link{at}", 0), f"phone:link{at + 1}", 1))
    assert len(linked(*groups).entities) == 12


def test_what_a_third_of_both_sides_are_known_by_joins() -> None:
    assert parts(linked(with_value(anna(count=8), DESK, 2, 4, 6), with_value(bela(), DESK, 1, 3, 5))) == ONE
    assert parts(linked(with_value(anna(count=8), DESK, 2, 4), with_value(bela(), DESK, 1, 3, 5))) == APART


def test_two_values_in_common_are_no_bridge() -> None:
    shared = "email:box@mail.example"
    one, other = (with_value(with_value(each, DESK, 0), shared, 3) for each in (anna(), bela()))
    assert parts(linked(one, other)) == ONE


def test_two_judged_the_same_are_never_split() -> None:
    records = [*with_value(anna(), DESK, 0), *with_value(bela(), DESK, 0)]
    found = resolve(records, {}, "northfield", judgements=[judgement("anna3", "bela3", "same", "nora", "met both")])
    assert parts(found) == ONE


def test_the_part_with_the_oldest_record_keeps_the_id() -> None:
    records = [*with_value(anna(), DESK, 0), *with_value(bela(first=200), DESK, 0)]
    whole = linked(records)
    assert parts(whole) == ONE
    early = [record._replace(record_id=f"{record.record_id}9") for record in bela(first=10, count=3)]
    after = resolve([*records, *early], whole.members, "northfield")
    assert parts(after) == APART
    assert after.members["anna0"] == whole.members["anna0"]
    assert after.members["bela0"] != whole.members["anna0"]


def test_both_parts_say_which_value_was_not_trusted() -> None:
    found = linked(with_value(anna(), DESK, 0), with_value(bela(), DESK, 0))
    for entity in found.entities:
        assert "1 shared contact set aside; the phone +12125550100 is also in records" in entity.explanation
    assert [hub.why for hub in found.hubs] == [
        "in 2 records of 2 groups that agree in nothing else, each held together by other contacts"
    ]


def blob(draw: random.Random) -> list[LinkRecord]:
    """Returns a few operations with contacts of others here and there."""
    names = ("Anna Smith", "Bela Novak", "Carla Rossi", "Dina Petrova")
    tags = draw.sample(("anna", "bela", "carla", "dina"), draw.choice((2, 3, 4)))
    made: list[LinkRecord] = []
    for tag in tags:
        contacts = [f"email:{tag}@mail.example", f"phone:+1415555{len(tag):04d}{tag}", f"username:site/{tag}"]
        for at in range(draw.randrange(2, 9)):
            held = draw.sample(contacts, draw.choice((1, 2, 3))) + ([DESK] if draw.random() < 0.2 else [])
            if draw.random() < 0.1:
                held.append(f"email:{draw.choice(tags)}@mail.example")
            name = draw.choice((names[tags.index(tag)], ""))
            city = draw.choice((f"{tag.title()}ville", "")) if name else ""
            time = draw.randrange(60) * DAY if draw.random() < 0.9 else 0
            made.append(LinkRecord(f"{tag}{at}", "ads", "ad", tuple(sorted({*held})), name, "", city, "", "", time))
    return made


@settings(max_examples=150, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_the_order_of_records_and_what_stands_beside_them_do_not_matter(seed: int) -> None:
    draw = random.Random(seed)
    records = blob(draw)
    once = linked(records)
    beside = operation("zoe", name="Zoe Hill", city="Bay")
    draw.shuffle(records)
    again = linked(records, beside)
    assert {each: again.members[each] for each in once.members} == once.members
    assert {hub.identifier: hub for hub in again.hubs} == {hub.identifier: hub for hub in once.hubs}


@settings(max_examples=150, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_numpy_finds_the_same(seed: int) -> None:
    pytest.importorskip("numpy")
    from minerva.linking.contacts.bridges_numpy import suspicious_numpy

    records = blob(random.Random(seed))
    once, told, cities = linked(records), hold(records), Names(records).city
    hubs = {number for number, value in enumerate(told.values) if seed % 2 and value == DESK}
    assert suspicious_numpy(told, hubs, cities) == suspicious_plainly(told, hubs, cities)
    with mock.patch.object(held, "WORTH_NUMPY", 0):
        again = linked(records)
    assert (again.members, again.hubs) == (once.members, once.hubs)
    assert [each.to_document() for each in again.entities] == [each.to_document() for each in once.entities]


def test_the_histories_above_hold_bridges() -> None:
    found = [hub for seed in range(200) for hub in linked(blob(random.Random(seed))).hubs if hub.bridge]
    assert len(found) > 20
    assert {hub.degree for hub in found} >= {2, 3, 4}
