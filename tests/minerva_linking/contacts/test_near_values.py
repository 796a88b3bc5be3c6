"""Hashes of images: equal ones need a second sign, near ones are compared where a function is plugged in."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minerva.images.forms import NAMES, forms, pieces_of_all_forms
from minerva.linking import Resolution, resolve
from minerva.linking.contacts.near_values import LIKELY_SURE, PLUGGED, candidate_values, near_keys, pictures_near
from minerva.linking.likeness import score_alike
from minerva.linking.model import DEFAULT, LinkRecord, read_row
from tests.minerva_linking.test_resolve import partition, row
from tests.minerva_linking.updates.test_changes import few_bits_apart

HASH = "0f1e2d3c4b5a6978"
NEAR = "0f1e2d3c4b5a6979"
FAR = "f0e1d2c3b4a59687"


PICTURE = "f8f8f0cee0f4a84f06370a22038f63f0b36e2ed596621e1d33e6b39c4e9c9b22"
IMAGES = DEFAULT


@pytest.fixture
def plugged() -> Iterator[None]:
    with mock.patch.dict(PLUGGED, {"image": few_bits_apart}):
        yield


def linked(rows: list[dict[str, object]]) -> Resolution:
    return resolve(rows, {}, "t", IMAGES)


def two(other: str, *contacts: str) -> list[dict[str, object]]:
    return [
        row("a", f"image:{HASH}", *contacts[:1], city="Salem"),
        row("b", f"image:{other}", *contacts[1:], city="Salem"),
    ]


@pytest.mark.parametrize(
    ("rows", "together"),
    [
        pytest.param(two(HASH), True, id="in one city"),
        pytest.param([row("a", f"image:{HASH}", time=0), row("b", f"image:{HASH}", time=0)], False, id="nothing else"),
        pytest.param(two(HASH, "phone:+14155550101", "phone:+14155550102"), False, id="phones differ"),
        pytest.param(
            [{**each, "name": "Olga Haddad"} for each in two(HASH, "email:a@example.com", "email:b@example.com")], True,
            id="mails differ, one name",
        ),
        pytest.param([two(HASH)[0], {**two(HASH)[1], "city": "Dover"}], False, id="in two cities"),
    ],
)  # fmt: skip
def test_equal_images_join_with_a_second_sign(rows: list[dict[str, object]], together: bool) -> None:
    assert (len(partition(rows)) == 1) == together


def test_the_reason_of_equal_images_is_theirs() -> None:
    (entity,) = resolve(two(HASH), {}, "t").entities
    assert entity.joins[0].rule == "similar_image"
    assert entity.joins[0].identifier == ""


@pytest.mark.parametrize(("owners", "joined"), [(2, True), (4, True), (5, False)])
def test_a_picture_of_one_city_joins_until_it_has_many_holders(owners: int, joined: bool) -> None:
    kinds = ("email:u@example.com", "phone:+14155550101", "license:ca/1", "url:example.com/u", "plate:ca/1")
    rows = [row(held, held, f"image:{HASH}", city="Salem", time=0) for held in kinds[:owners]]
    assert len(partition(rows)) == (1 if joined else owners)


def test_a_stock_picture_joins_no_strangers() -> None:
    owners = [(n, f"phone:+1415555{n:04}") for n in range(8)]
    rows = [row(f"{n}-{m}", phone, *([f"image:{HASH}"] if m else [])) for n, phone in owners for m in (0, 1)]
    assert len(partition(rows)) == 8


def flipped(bits: int, value: str = PICTURE) -> str:
    """Returns the hash with so many bits changed, spread over all of it."""
    changed = random.Random(bits).sample(range(256), bits)
    return f"{int(value, 16) ^ sum(1 << place for place in changed):064x}"


def two_pictures(bits: int, **more: object) -> list[dict[str, object]]:
    row_a = row("a", f"image:{PICTURE}", "phone:+14155550101", city="Salem")
    return [row_a, {**row("b", f"image:{flipped(bits)}", "email:b@example.com", city="Salem"), **more}]


@pytest.mark.parametrize("bits", [0, 4, 15])
def test_two_ads_of_one_city_with_one_picture_are_one_and_say_how_near(bits: int) -> None:
    (entity,) = resolve(two_pictures(bits), {}, "t").entities
    assert entity.joins[0].rule == "similar_image"
    assert entity.joins[0].why.startswith(f"same image (distance {bits}); both in Salem")


def test_one_picture_in_two_cities_joins_nobody() -> None:
    assert len(partition(two_pictures(4, city="Dover"))) == 2


def test_pictures_that_are_likely_one_never_join_by_a_city_alone() -> None:
    rows = two_pictures(36)
    assert likeness_of(rows) == [LIKELY_SURE]
    assert len(partition(rows)) == 2
    one, other = map(read_row, rows)
    score = score_alike(one, other, 0, LIKELY_SURE)
    assert score.score < DEFAULT.text_score
    assert score.why.startswith("likely the same image (distance 36); both in Salem")


def test_other_pictures_are_no_evidence() -> None:
    assert likeness_of(two_pictures(51)) == []
    assert len(partition(two_pictures(51))) == 2


def test_files_of_which_only_the_hashes_are_near_are_no_picture() -> None:
    assert pictures_near("0" * 31 + "1", "0" * 31 + "2") == 0
    assert pictures_near("0" * 31 + "1", "0" * 31 + "1") == 1


@given(st.integers(0, 2**256 - 1), st.sets(st.integers(0, 255), max_size=15))
def test_fifteen_changed_bits_leave_a_key_in_common(value: int, changed: set[int]) -> None:
    other = value ^ sum(1 << place for place in changed)
    one, two = (set(near_keys(held(0, f"{each:064x}"))) for each in (value, other))
    assert one & two


def test_of_pictures_at_the_edge_of_the_tier_one_in_fifty_has_no_key_in_common_at_most() -> None:
    draw = random.Random(5)
    missed = 0
    for _ in range(1000):
        value = draw.getrandbits(256)
        other = value ^ sum(1 << place for place in draw.sample(range(256), 31))
        missed += not set(near_keys(held(0, f"{value:064x}"))) & set(near_keys(held(1, f"{other:064x}")))
    assert missed <= 20


@pytest.mark.parametrize("way", range(1, 8))
def test_a_mirrored_or_turned_copy_is_found_and_the_reason_says_so(way: int) -> None:
    other = f"{forms(int(PICTURE, 16))[way] ^ 7:064x}"
    rows = [row("a", f"image:{PICTURE}", city="Salem"), row("b", f"image:{other}", city="Salem")]
    (entity,) = linked(rows).entities
    assert entity.joins[0].why.startswith(f"same image, {NAMES[way]} (distance 3); both in Salem")


@given(st.integers(0, 2**256 - 1), st.integers(0, 7), st.sets(st.integers(0, 255), max_size=7))
def test_seven_changed_bits_leave_a_mirrored_copy_a_piece_in_common(value: int, way: int, changed: set[int]) -> None:
    other = forms(value)[way] ^ sum(1 << place for place in changed)
    assert pieces_of_all_forms(value) & pieces_of_all_forms(other)
    assert pictures_near(f"{value:064x}", f"{other:064x}") == 1


def test_of_mirrored_copies_with_twelve_changed_bits_one_in_twelve_is_missed_at_most() -> None:
    draw = random.Random(6)
    missed = 0
    for _ in range(1000):
        value = draw.getrandbits(256)
        other = forms(value)[5] ^ sum(1 << place for place in draw.sample(range(256), 12))
        missed += not pieces_of_all_forms(value) & pieces_of_all_forms(other)
    assert missed <= 80


def test_a_cropped_copy_is_found_by_the_hashes_of_parts_and_no_entity_holds_these() -> None:
    part = flipped(120)
    rows = [
        row("a", f"image:{PICTURE}", f"image_crop:{part}", city="Salem"),
        row("b", f"image:{int(part, 16) ^ 7:064x}", city="Salem"),
    ]
    (entity,) = linked(rows).entities
    assert entity.joins[0].why.startswith("same image, cropped (distance 3); both in Salem")
    assert not [each for each in entity.to_document()["identifiers"] if each.startswith("image_crop")]
    assert len(partition([rows[0], row("b", f"image:{flipped(200)}", city="Salem")])) == 2


def test_equal_parts_of_pictures_join_nobody() -> None:
    one, other = (row(each, f"image_crop:{PICTURE}", city="Salem", time=0) for each in "ab")
    assert len(partition([one, other])) == 2


def test_a_picture_of_many_names_says_little() -> None:
    owners = [f"phone:+1415555{number:04}" for number in range(8)]
    rows = [row(f"{n}", phone, f"image:{flipped(n % 3)}", city="Salem", time=0) for n, phone in enumerate(owners)]
    assert len(partition(rows)) == 8


def held(number: int, value: str) -> LinkRecord:
    return LinkRecord(f"{number}", "s", "ad", (f"image:{value}",), "", "", "", "", "", 0)


def likeness_of(rows: list[dict[str, object]]) -> list[float]:
    records = [held(place, str(each["identifier"][0]).partition(":")[2]) for place, each in enumerate(rows)]  # type: ignore[index]  # a list
    return [likeness for _, _, likeness in candidate_values(records, DEFAULT)]


@pytest.mark.usefixtures("plugged")
@pytest.mark.parametrize(
    ("rows", "together"),
    [
        pytest.param(two(NEAR), True, id="one bit apart in one city"),
        pytest.param(two(FAR), False, id="far apart"),
        pytest.param([row("a", f"image:{HASH}"), row("b", f"image:{NEAR}")], False, id="nothing else told"),
        pytest.param(two(NEAR, "phone:+14155550101", "phone:+14155550102"), False, id="phones differ"),
    ],
)
def test_near_images_join_with_other_evidence(rows: list[dict[str, object]], together: bool) -> None:
    assert (len(linked(rows).entities) == 1) == together


@pytest.mark.usefixtures("plugged")
def test_the_reason_names_the_images() -> None:
    (entity,) = linked(two(NEAR)).entities
    assert entity.joins[0].rule == "similar_image"
    assert entity.joins[0].why.startswith("images near each other; both in Salem")
    assert entity.explanation == "These 2 records: similar image in 2"


@pytest.mark.usefixtures("plugged")
def test_a_crowd_is_not_compared() -> None:
    rows = [held(0, HASH), held(1, NEAR)]
    assert [pair[:2] for pair in candidate_values(rows, IMAGES)] == [(0, 1)]
    crowds = {f"i:image{place}:{HASH[place : place + 4]}" for place in (0, 4, 8)}
    assert list(candidate_values(rows, IMAGES, crowds)) == []
    many = [held(number, f"{HASH[:12]}{number:04x}") for number in range(DEFAULT.block_size + 1)]
    assert list(candidate_values(many, IMAGES)) == []


def test_a_function_whose_kind_the_options_do_not_name_is_an_error() -> None:
    with pytest.raises(ValueError, match=r"Options.near: expected the kinds .* \['image'\], not \[\]"):
        resolve(two(NEAR), {}, "t", replace(DEFAULT, near=()))


def test_a_kind_that_the_options_name_and_that_has_no_function_is_an_error() -> None:
    with (
        mock.patch.dict(PLUGGED, clear=True),
        pytest.raises(ValueError, match=r"Options.near: expected the kinds .* \[\], not \['image'\]"),
    ):
        linked(two(NEAR))


def video(record_id: str, *frames: int, **more: object) -> dict[str, object]:
    """A record with frames of a video, each by the number of changed bits of another picture."""
    drawn = [f"{random.Random(1000 + frame // 4).getrandbits(256) ^ frame % 4:064x}" for frame in frames]
    held = [f"image_frame:{digits}/{place}" for place, digits in enumerate(drawn, 1)]
    return row(record_id, *held, **{"city": "Salem", "time": 0, **more})


@pytest.mark.parametrize(
    ("ours", "theirs", "likeness", "words"),
    [
        ((0, 4, 8, 12), (9, 1, 5), 1.0, "same video (3 frames alike, as frame 1 and frame 2)"),
        ((0, 4), (5, 1, 40, 44, 48), 1.0, "same video (2 frames alike, as frame 1 and frame 2)"),
        ((0, 4, 20, 24, 28), (0, 4, 40, 44, 48), 0.5, "two frames of a video alike (frame 1 and frame 1)"),
        ((0, 20, 24), (44, 1, 40), 0.5, "one frame of a video alike (frame 1 and frame 2)"),
    ],
)
def test_several_frames_alike_are_one_video_and_a_single_one_never_joins_by_a_city_alone(
    ours: tuple[int, ...], theirs: tuple[int, ...], likeness: float, words: str
) -> None:
    rows = [video("a", *ours), video("b", *theirs)]
    one, other = map(read_row, rows)
    assert [each[2] for each in candidate_values([one, other], DEFAULT)] == [likeness]
    assert score_alike(one, other, 0, likeness).why.startswith(f"{words}; both in Salem")
    assert (len(partition(rows)) == 1) == (likeness == 1)


def test_a_title_that_many_videos_have_joins_none_of_them() -> None:
    videos = [video(f"{n}", 0, *range(40 * n, 40 * n + 12, 4), time=0) for n in range(1, 9)]
    assert len(partition(videos)) == 8


def test_a_picture_that_is_a_frame_of_a_video_is_likely_and_equal_frames_join_nobody() -> None:
    still = row("b", f"image:{random.Random(1001).getrandbits(256):064x}", city="Salem", time=0)
    rows = [video("a", 0, 4, 8), still]
    assert [each[2] for each in candidate_values([*map(read_row, rows)], DEFAULT)] == [LIKELY_SURE]
    assert len(partition(rows)) == 2
    assert len(partition([video("a", 0, city=""), video("b", 0, city="")])) == 2


@pytest.mark.parametrize("value", ["image:" + "z" * 64, "image_crop:" + "z" * 64, "image_frame:" + "z" * 64 + "/1",
                                   f"image_frame:{PICTURE}/x", "image_frame:", "image:" + "\u0663" * 64])  # fmt: skip
def test_what_an_event_calls_a_picture_and_is_none_stops_nobody(value: str) -> None:
    rows = [row("a", value, f"image:{PICTURE}", city="Salem"), row("b", value, f"image:{flipped(3)}", city="Salem")]
    assert len(partition(rows)) == 1
