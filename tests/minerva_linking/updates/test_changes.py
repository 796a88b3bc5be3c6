"""New records into linked ones: any history in batches ends as a link of everything does, ids and reasons included."""

from __future__ import annotations

import importlib
import importlib.util
import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import replace
from typing import Any
from unittest import mock

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from minerva.linking import DEFAULT, Judgement, Options, held, resolve
from minerva.linking.contacts import near_values
from minerva.linking.judgements import judgement
from minerva.linking.model import Beyond, Hub, LinkRecord
from minerva.linking.people import candidates
from minerva.linking.places.pairs import MOST_KNOWN
from minerva.linking.places.told import holders_told, told_of
from minerva.linking.relations import NAMESAKE, ONE_CONTACT, SAME_NAME, SAME_SITE, Relation, of_document
from minerva.linking.texts.sketches import sketched
from minerva.linking.updates import changes, keys, postings
from minerva.linking.updates.changes import _Work, link_changes
from minerva.linking.updates.known import Known, TooWide
from minerva.linking.updates.postings import Posting, postings_of

FAST = [importlib.import_module("minerva.linking.people.candidates_numpy")] if importlib.util.find_spec("numpy") else []
TENANT = "northfield"
TIGHT = replace(DEFAULT, hub_degree=14, block_size=5, text_crowd=4)


class Base:
    """Linked records in memory, as a store would hold them."""

    def __init__(self, options: Options = TIGHT, drift: float = 0) -> None:
        self.options, self.drift = options, drift
        self.rows: dict[str, LinkRecord] = {}
        self.entity: dict[str, str] = {}
        self.documents: dict[str, dict[str, Any]] = {}
        self.posted: dict[str, Posting] = {}
        self.judged: dict[tuple[str, str], Judgement] = {}
        self.read = 0

    def records(self, ids: Sequence[str]) -> Mapping[str, tuple[LinkRecord, str]]:
        self.read += len(ids)
        return {each: (self.rows[each], self.entity[each]) for each in ids if each in self.rows}

    def entities(self, ids: Sequence[str]) -> Mapping[str, Sequence[str]]:
        return {each: self.documents[each]["records"] for each in ids if each in self.documents}

    def relations(self, ids: Sequence[str]) -> Mapping[str, Sequence[Relation]]:
        return {each: of_document(self.documents[each]) for each in ids if each in self.documents}

    def postings(self, keys: Sequence[str]) -> Mapping[str, Posting]:
        return {key: self.posted[key] for key in keys if key in self.posted}

    def rebuilt(self, new: Iterable[LinkRecord], standing: Mapping[str, Hub] = {}) -> Base:
        """Returns a base of everything, linked anew. standing: hubs that are not judged anew."""
        made = Base(self.options, self.drift)
        made.judged = dict(self.judged)
        made.rows = dict(self.rows)
        for record in sketched(new):
            stands = made.rows.get(record.record_id)
            made.rows[record.record_id] = record if stands is None else min(stands, record)
        beyond = Beyond(hubs=standing)
        found = resolve(made.rows.values(), self.entity, TENANT, self.options, self.judged.values(), beyond)
        made.entity = found.members
        made.documents = {entity.entity_id: entity.to_document() for entity in found.entities}
        hubs = {hub.identifier: hub for hub in found.hubs}
        made.posted = dict(postings_of(made.rows.values(), hubs, self.options))
        return made

    def changed(self, new: Iterable[LinkRecord], touched: Iterable[str] = ()) -> Base:
        """Returns a base to which the new records were added."""
        new = list(new)
        try:
            done = link_changes(new, touched, [*self.judged.values()], self, TENANT, self.options, drift=self.drift)
        except TooWide:
            made = self.rebuilt(new)
            made.read = -1
            return made
        made = Base(self.options, self.drift)
        made.judged, made.rows = dict(self.judged), {**self.rows, **done.records}
        made.documents = {each: found for each, found in self.documents.items() if each not in done.ended}
        made.documents.update({entity.entity_id: entity.to_document() for entity in done.entities})
        made.entity = {each: found["entity_id"] for found in made.documents.values() for each in found["records"]}
        made.posted = {**self.posted, **done.postings}
        made.read = done.looked_at
        return made

    def standing(self) -> dict[str, Hub]:
        """Returns the hubs that were not judged since something about their holders changed."""
        held = {key[2:]: each for key, each in self.posted.items() if each.since}
        return {value: Hub(value, len(each.records), "", each.apart) for value, each in held.items()}

    def shown(self) -> dict[str, Any]:
        posted = {
            key: (holders_told({told_of(self.rows[each]) for each in held.records}, MOST_KNOWN), held.over, held.hub)
            if key[0] == "w"
            else (sorted(held.records), *held[1:5], held.places)
            for key, held in self.posted.items()
        }
        return {
            "documents": self.documents,
            "postings": {key: held for key, held in posted.items() if held[0] or held[1]},
        }


FIRST = ("Anna", "Ana", "Marta", "Olga", "Ines")
LAST = ("Smith", "Smyth", "Novak", "Petrova", "Garcia")
STREETS = ("12 Oak Street", "14 Oak Street", "5 Main Avenue", "5 Main Ave Unit 2", "5 Main Ave Unit 3")
BUSINESS = ("Golden Lotus Spa", "Golden Lotus Massage", "Blue River Nails", "Blue River", "Hill Dental", "Fox Tax Help")


def invented(draw: random.Random, number: int, spread: int) -> LinkRecord:
    """Returns a record: a few contacts of its own circle, sometimes a front desk's, a name, an address or both."""
    circle = draw.randrange(spread)
    held = {f"phone:+1415555{circle:02d}{draw.randrange(2)}", f"email:u{circle}.{draw.randrange(2)}@mail.example"}
    held = set(draw.sample(sorted(held), draw.choice((0, 1, 1, 2))))
    if draw.random() < 0.4:
        held.add(f"phone:+1212555010{draw.randrange(2)}")
    if draw.random() < 0.1:
        held.add(f"local_phone:springfield/555010{draw.randrange(3)}")
    kind = draw.choice(("ad", "ad", "ad", "profile", "site", "license", ""))
    name = address = ""
    if kind in ("site", "license", "") or draw.random() < 0.2:
        name, address = draw.choice(BUSINESS), draw.choice((*STREETS, ""))
    elif draw.random() < 0.6:
        name = f"{draw.choice(FIRST)} {draw.choice(LAST)}"
        address = draw.choice(STREETS) if draw.random() < 0.2 else ""
    city = draw.choice(("Springfield", "Springfield", "Shelbyville", ""))
    if address and number % 2:
        held.add(("geo:41.87811,-87.62982", "geo:41.87812,-87.62984", "geo:42.9,-87.6")[number % 3])
    return LinkRecord(f"{number:032x}", "ads", kind, tuple(sorted(held)), name, address, city, "", "", number % 7 * 100)


HANDLES = ("velvet_river_lane", "copper_lantern_hill", "quiet_harbor_moss")
TOWNS = ("Springfield", "Springfield", "Springfield", "Shelbyville", "Ogdenville", "Brockway", "Haverbrook", "Capital")


def person(draw: random.Random, number: int, spread: int) -> LinkRecord:
    """Returns a record of a person in one of several towns: names meet in crowds, contacts are few."""
    circle = draw.randrange(spread)
    held = {f"phone:+1415555{circle:02d}{draw.randrange(2)}"} if draw.random() < 0.3 else set()
    if draw.random() < 0.25:
        held.add(f"email:u{circle}@mail.example")
    if draw.random() < 0.2:
        held.add(f"phone:+1212555010{draw.randrange(2)}")
    if draw.random() < 0.15:
        held.add(f"username:any/{HANDLES[circle % 3]}{draw.choice(('', '_xo', '7'))}")
    name = f"{draw.choice(FIRST)} {draw.choice(LAST)}" + (f" {draw.choice(LAST)}" if draw.random() < 0.1 else "")
    town = draw.choice(TOWNS)
    return LinkRecord(f"{number:032x}", "ads", "ad", tuple(sorted(held)), name, "", town, "", "", number % 7 * 100)


def resident(draw: random.Random, number: int, spread: int) -> LinkRecord:
    """Returns a record of a person with an address, spelt in several ways; contacts tell some of them apart."""
    made = person(draw, number, spread)
    home = draw.choice(("12 Oak Street", "12 Oak St", "14 Oak Street", "5 Main Avenue", "880 Mill Road", ""))
    postcode = draw.choice(("", "60601", "60601", "60610", "94105", "10001"))
    held = {*made.identifiers} | ({f"username:site/u{draw.randrange(2 * spread)}"} if draw.random() < 0.4 else set())
    return made._replace(address=home, postcode=postcode, identifiers=tuple(sorted(held)))


FIRMS = ("Copper Lantern Bakery", "Copper Lantern Bakery", "Grundvik Infant School", "Grundvik Junior School",
         "Copper Lantern Bakery 2", "Copper Lantern Bakery 3", "Amber Hair Studio", "Brant Hair Studio",
         "Hydra Moss Dental", "Quiet Harbor Playgroup")  # fmt: skip
ELSEWHERE = "33101"
PLACES = (("12 Oak Street", "70201"), ("12 Oak St Unit 3", "70201"), ("880 Main Avenue", "80301"), ("Mill Lane", ""),
          ("Mill Lane", "BT99 8AY"), ("Old Mill, Mill Lane", "BT998AY"), ("5 Harbor Road", "90401"),
          ("5 Harbor Road", ELSEWHERE))  # fmt: skip


def listed(draw: random.Random, number: int, spread: int) -> LinkRecord:
    """Returns a register's row: a firm with branches, phases of one school, names of one building."""
    name, (address, postcode) = draw.choice(FIRMS), draw.choice(PLACES)
    if draw.random() < 0.3:
        name, address, postcode = f"{TOWNS[number % 8]}{draw.randrange(9)} Hair Studio", "650 S Market Rd", "70201"
    held = (f"phone:+1415555{draw.randrange(spread):02d}00",) if draw.random() < 0.2 else ()
    kind, source = draw.choice(("site", "company", "license", "")), draw.choice("ab")
    if number % 3 == 1:
        held = (f"company_number:gb/{1 + number % 4}", *held)
    return LinkRecord(
        f"{number:032x}", source, kind, held, name, address, "Salem" if postcode == ELSEWHERE else "Springfield", "",
        postcode, number % 7 * 100,
    )  # fmt: skip


WORDS = [one + other for one in ("ka", "ro", "mi", "ta", "ne", "lo", "vi") for other in ("ra", "lu", "so", "bi")]
TEXTS = [" ".join(random.Random(number).choices(WORDS, k=45)) for number in range(6)]

HASHES = [random.Random(f"hash {number}").getrandbits(64) for number in range(5)]


def posted(draw: random.Random, number: int, spread: int) -> LinkRecord:
    """Returns an ad: a template of its circle or of everyone, a few words changed, contacts that change as well."""
    circle = draw.randrange(spread)
    held = {f"phone:+1415555{circle:02d}{draw.randrange(3)}"} if draw.random() < 0.6 else set()
    if draw.random() < 0.2:
        held.add(f"phone:+1212555010{draw.randrange(2)}")
    if draw.random() < 0.5:
        bit = 1 << draw.randrange(64) if near_values.PLUGGED else 0
        held.add(f"image:{HASHES[circle % 5] ^ bit:016x}")
    words = TEXTS[circle % 5 if draw.random() < 0.8 else 5].split()
    for _ in range(draw.randrange(3)):
        words[draw.randrange(len(words))] = f"slot{draw.randrange(9)}"
    text = " ".join(words) if draw.random() < 0.9 else ""
    name = f"{draw.choice(FIRST)} {draw.choice(LAST)}" if draw.random() < 0.2 else ""
    time = draw.choice((0, number % 7 * 100, number * 86_400))
    return LinkRecord(
        f"{number:032x}", "ads", "ad", tuple(sorted(held)), name, "", draw.choice(TOWNS[:4]), "", "", time, text
    )


PEOPLE = ("Anna Smith", "Bela Novak", "Carla Rossi", "Dina Petrova")


def bridged(draw: random.Random, number: int, spread: int) -> LinkRecord:
    """Returns a record of an operation that holds firmly together, now and then with a contact of another one, or one
    that several share: bridges come, and go with what shows that they are none."""
    circle = draw.randrange(spread)
    own = [f"phone:+1415555{circle:02d}00", f"email:u{circle}@mail.example", f"username:site/u{circle}_river_lane"]
    held = set(draw.sample(own, draw.choice((1, 2, 2, 3))))
    if draw.random() < 0.15:
        another = f"phone:+1415555{draw.randrange(spread):02d}00"
        held.add(draw.choice(("phone:+12125550100", "phone:+12125550101", another)))
    who = circle if draw.random() < 0.95 else draw.randrange(4)
    name, city = (PEOPLE[who % 4], TOWNS[2 + who % 6]) if draw.random() < 0.6 else ("", "")
    day = draw.choice((0, draw.randrange(90), draw.randrange(90), circle % 3 * 30 + draw.randrange(30)))
    kind = draw.choice(("ad", "ad", "profile", "ad", "ad", ""))
    address = draw.choice(STREETS) if not kind else ""
    return LinkRecord(f"{number:032x}", "ads", kind, tuple(sorted(held)), name, address, city, "", "", day * 86_400)


@contextmanager
def small_limits() -> Iterator[None]:
    """Blocks of names are full, and crowded, from a few records on."""
    few = [mock.patch.object(module, "FEW", 3) for module in (candidates, postings, *FAST)]
    crowded = [mock.patch.object(module, "CROWDED", 7) for module in (candidates, keys, *FAST)]
    most = [mock.patch.object(module, "MOST", 5) for module in (candidates, keys, *FAST)]
    with ExitStack() as patched:
        for each in (*few, *crowded, *most):
            patched.enter_context(each)
        yield


Invent = Callable[[random.Random, int, int], LinkRecord]


def history(
    seed: int, size: int, spread: int, invent: Invent | None = None
) -> list[tuple[list[LinkRecord], list[tuple[str, ...]]]]:
    """Returns batches: (new records, judgements made or taken back)."""
    draw = random.Random(seed)
    invent = invent or (posted if seed % 7 in (2, 3, 4) else draw.choice((invented, person)))
    known: list[LinkRecord] = []
    steps = []
    for _ in range(draw.randrange(2, 7)):
        batch = [invent(draw, len(known) + at, spread) for at in range(draw.randrange(0, size))]
        if known and draw.random() < 0.3:  # delivered again, or with other content
            again = draw.choice(known)
            other = again._replace(name="Zoe Other", address="", text=again.text and draw.choice((TEXTS[5], "")))
            batch.append(again if draw.random() < 0.5 else other)
        known += batch
        judged: list[tuple[str, ...]] = []
        ids = sorted({record.record_id for record in known})
        for _ in range(draw.randrange(3) if len(ids) > 3 else 0):
            a, b = draw.sample(ids, 2)
            judged.append((a, b, draw.choice(("same", "not_same", "unsure", "taken_back"))))
        steps.append((batch, judged))
    return steps


def judge(base: Base, made: Iterable[tuple[str, ...]]) -> set[str]:
    """Carries out judgements; returns the records of all that hang together with them."""
    changed: set[str] = set()
    for a, b, verdict in made:
        pair = (min(a, b), max(a, b))
        changed.update(pair)
        before = base.judged.pop(pair, None)
        if before is not None:
            changed.update((before.a, before.b))
        if verdict != "taken_back":
            base.judged[pair] = judgement(a, b, verdict, "nora", "seen")
    groups = [*base.judged]
    while more := {each for pair in groups if set(pair) & changed for each in pair} - changed:
        changed |= more
    return changed


def test_what_people_keep_apart_weighs_though_a_place_holds_it() -> None:
    check_history(83658, 8, 3)


@pytest.mark.parametrize("spread", [3, 25], ids=["everything touches", "many circles"])
@settings(max_examples=150, deadline=None)
@given(seed=st.integers(0, 2**32), size=st.sampled_from([3, 8, 25]))
def test_any_history_in_batches_ends_as_a_link_of_everything(spread: int, seed: int, size: int) -> None:
    check_history(seed, size, spread)


@pytest.mark.parametrize("spread", [3, 25], ids=["everything touches", "many circles"])
@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32), size=st.sampled_from([3, 8, 25]))
def test_any_history_ends_so_with_numpy_too(spread: int, seed: int, size: int) -> None:
    pytest.importorskip("numpy")
    with mock.patch.object(held, "WORTH_NUMPY", 0):
        check_history(seed, size, spread)


@pytest.mark.parametrize("drift", [0.125, 0.5, 100.0], ids=["an eighth", "half", "never judged anew"])
@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32), size=st.sampled_from([8, 25]))
@example(seed=5516, size=25)  # of three names at one house, the one in between, which connects the others, is not seen
def test_with_hubs_that_stand_it_ends_as_a_link_of_everything_with_the_same_hubs(
    drift: float, seed: int, size: int
) -> None:
    check_history(seed, size, 12, drift)


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32).map(lambda number: number // 7 * 7 + 2), size=st.sampled_from([8, 25]))
def test_any_history_of_near_images_ends_as_a_link_of_everything(size: int, seed: int) -> None:
    with mock.patch.dict(near_values.PLUGGED, {"image": few_bits_apart}):
        check_history(seed, size, 12)


@pytest.mark.parametrize("drift", [0, 0.125], ids=["judged each time", "an eighth"])
@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 2**32), size=st.sampled_from([8, 25]))
def test_any_history_of_people_at_addresses_ends_as_a_link_of_everything(drift: float, seed: int, size: int) -> None:
    check_history(seed, size, 12, drift, resident)


@pytest.mark.parametrize("drift", [0, 0.125], ids=["judged each time", "an eighth"])
@pytest.mark.parametrize("spread", [3, 6], ids=["few operations", "some"])
@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32), size=st.sampled_from([8, 25]))
def test_any_history_of_bridges_ends_as_a_link_of_everything(spread: int, drift: float, seed: int, size: int) -> None:
    check_history(seed, size, spread, drift, bridged)


@pytest.mark.parametrize("spread", [3, 25], ids=["few phones", "many"])
@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32), size=st.sampled_from([3, 8, 25]))
def test_any_history_of_registers_ends_as_a_link_of_everything_with_what_they_are_to_each_other(
    spread: int, seed: int, size: int
) -> None:
    check_history(seed, size, spread, 0, listed)


def test_relations_and_buildings_come_and_go_in_these_histories() -> None:
    found = [
        resolve((record for batch, _ in history(seed, 25, 3, listed) for record in batch), {}, TENANT, TIGHT)
        for seed in range(30)
    ]
    kinds = {relation.kind for each in found for relation in each.relations}
    assert kinds == {SAME_SITE, SAME_NAME, ONE_CONTACT, NAMESAKE}
    numbered = [each for one in found for each in one.relations if "but for the number" in each.why]
    assert any(each.kind == SAME_NAME for each in numbered)
    assert any(entity.building for each in found for entity in each.entities)


def test_a_relation_that_only_one_side_tells_is_seen() -> None:
    check_history(5, 8, 25, 0, listed)
    with mock.patch.object(_Work, "_told_anew", return_value=[]), pytest.raises(AssertionError):
        check_history(5, 8, 25, 0, listed)


def test_bridges_come_and_go_in_these_histories() -> None:
    came = went = 0
    for seed in range(60):
        before: set[str] = set()
        records: dict[str, LinkRecord] = {}
        for batch, _ in history(seed, 25, 4, bridged):
            records.update((record.record_id, record) for record in batch)
            now = {hub.identifier for hub in resolve(records.values(), {}, TENANT, TIGHT).hubs if hub.bridge}
            came, went, before = came + len(now - before), went + len(before - now), now
    assert came > 20
    assert went > 5


def few_bits_apart(one: str, other: str) -> float:
    return 1 - bin(int(one, 16) ^ int(other, 16)).count("1") / 8


def check_history(seed: int, size: int, spread: int, drift: float = 0, invent: Invent | None = None) -> int:
    """Compares after each batch, with limits as they are for even seeds; returns how often a hub stood."""
    with small_limits() if seed % 2 else nullcontext():
        return compared(seed, size, spread, drift, invent)


def compared(seed: int, size: int, spread: int, drift: float, invent: Invent | None) -> int:
    base, stood = Base(replace(TIGHT, near=tuple(near_values.PLUGGED)), drift), 0
    for batch, judged in history(seed, size, spread, invent):
        touched = judge(base, judged)
        part = base.changed(batch, touched)
        whole = base.rebuilt(batch, part.standing())
        assert part.shown() == whole.shown()
        base, stood = part, stood + len(part.standing())
    return stood


def test_hubs_stand_in_these_histories() -> None:
    assert not any(check_history(seed, 25, 12) for seed in range(20))
    assert any(check_history(seed, 25, 12, 0.5) for seed in range(20))


DESK = "phone:+12125550100"


def ad(number: int, *identifiers: str) -> LinkRecord:
    return LinkRecord(f"{number:032x}", "ads", "ad", tuple(sorted(identifiers)), "", "", "", "", "", number)


def desk_of_four() -> list[LinkRecord]:
    """Returns eight records of four strangers that share a number."""
    return [ad(number, DESK, f"email:u{number // 2}@mail.example") for number in range(8)]


@pytest.mark.parametrize(("drift", "is_hub"), [(0, False), (0.125, False), (100.0, True)])
def test_a_hub_is_judged_anew_when_its_holders_come_to_hang_together(drift: float, is_hub: bool) -> None:
    base = Base(drift=drift).rebuilt(desk_of_four())
    assert base.posted[f"j:{DESK}"].hub
    bridge = ad(9, *(f"email:u{number}@mail.example" for number in range(4)))
    part = base.changed([bridge])
    assert part.posted[f"j:{DESK}"].hub == is_hub
    assert part.shown() == base.rebuilt([bridge], part.standing()).shown()


def test_a_hub_stands_while_few_of_its_holders_changed_and_not_for_ever() -> None:
    base = Base(replace(TIGHT, hub_degree=1000), 0.25).rebuilt(desk_of_four())
    counts = []
    for number in range(20, 25):
        base = base.changed([ad(number, DESK, f"email:new{number}@mail.example")])
        held = base.posted[f"j:{DESK}"]
        counts.append((held.judged, held.since))
    assert counts == [(8, 1), (8, 2), (11, 0), (11, 1), (11, 2)]


PLANTED: dict[str, tuple[Any, str, Any, int, int]] = {
    "a full block is not divided": (Known, "is_full", lambda *_: False, 5, 3),
    "parts of a block that fills up are not posted": (Known, "_divide", lambda *_: None, 5, 3),
    "the cities of a name are not told": (_Work, "_known_cities", lambda *_: {}, 5, 25),
    "what a posting alone concerns is left": (_Work, "_concern", lambda *_: None, 3, 25),
    "what the outcome shows is left": (_Work, "grown", lambda *_: False, 0, 25),
    "an identifier joins nobody": (_Work, "_joined", lambda *_: [], 8, 3),
    "a template's new holder concerns nobody": (changes, "step", lambda *_: 0, 10, 25),
    "a picture's new holder concerns nobody": (changes, "HELD", "t", 159, 12),
    "a hub is judged without its holders": (_Work, "_held_by_hubs", lambda *_: [], 82, 25),
    "the holders of a contact are not counted": (Known, "spread", lambda *_: 1, 56, 3),
    "what many hold is not counted": (_Work, "_counts", lambda *_: {}, 160, 3),
}


def test_a_planted_fault_in_whom_to_compare_is_seen() -> None:
    """Whoever is worth comparing is read: a new record joins a stored one by name and address alone."""
    one, other = (
        LinkRecord(f"{number:032x}", "ads", "ad", (), name, "12 Oak Street", "Springfield", "", "60601", number)
        for number, name in enumerate(("Anna Novak", "Ana Novak"), 1)
    )
    base = Base().rebuilt([one])
    assert len(base.changed([other]).documents) == 1
    with mock.patch.object(_Work, "_worth_comparing", return_value=set()):
        assert len(base.changed([other]).documents) == 2


@pytest.mark.parametrize("fault", PLANTED)
def test_a_planted_fault_is_seen(fault: str) -> None:
    owner, name, planted, seed, spread = PLANTED[fault]
    check_history(seed, 25, spread)
    with mock.patch.object(owner, name, planted), pytest.raises((AssertionError, KeyError)):
        check_history(seed, 25, spread)
