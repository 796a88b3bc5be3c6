"""Matching of two lists offline: exactly the common entries, and files that say nothing of the rest."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minerva.deconfliction import set_match
from minerva.deconfliction.__main__ import main
from minerva.deconfliction.curve import P, PointError, decode, encode, multiply, on_curve, point_of, scalar_of

ENTRIES = st.lists(st.sampled_from([f"phone:+1415555{number:04d}" for number in range(12)]), max_size=6)
SECRETS = st.binary(min_size=32, max_size=32)
EXCHANGE = "ab" * 16


def exchanged(mine: list[str], theirs: list[str], a: bytes, b: bytes) -> tuple[list[str], list[str]]:
    offered, first = set_match.offer(mine, scalar_of(a), EXCHANGE)
    answered, second = set_match.answer(theirs, scalar_of(b), offered, 100)
    common, closing = set_match.finish(set_match.read_side(first.document()), answered, 100)
    return common, set_match.result(set_match.read_side(second.document()), closing)


def test_the_curve_is_that_of_the_rfc() -> None:
    scalar = "a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4"
    x = "e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c"
    product = "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552"
    made = multiply(scalar_of(bytes.fromhex(scalar)), [int.from_bytes(bytes.fromhex(x), "little")])
    assert [encode(each) for each in made] == [product]


def test_a_thousand_steps_give_the_rfcs_number() -> None:
    k = u = bytes([9]) + bytes(31)
    for _ in range(1000):
        (made,) = multiply(scalar_of(k), [int.from_bytes(u, "little")])
        k, u = made.to_bytes(32, "little"), k
    assert k.hex() == "684cf59ba83309552800ef566f2f4d3c1c3887c49360e3875f2eb94d99532c51"


@settings(max_examples=20, deadline=None)
@given(st.text(max_size=20), SECRETS, SECRETS)
def test_two_masks_commute_and_points_lie_on_the_curve(text: str, a: bytes, b: bytes) -> None:
    x = point_of(text, b"salt")
    one, two = multiply(scalar_of(a), [x]), multiply(scalar_of(b), [x])
    assert multiply(scalar_of(b), one) == multiply(scalar_of(a), two)
    assert on_curve(x)
    assert on_curve(one[0])
    assert decode(encode(one[0])) == one[0]


@settings(max_examples=25, deadline=None)
@given(ENTRIES, ENTRIES, SECRETS, SECRETS)
def test_both_sides_find_exactly_what_both_hold(mine: list[str], theirs: list[str], a: bytes, b: bytes) -> None:
    wanted = sorted(set(mine) & set(theirs))
    assert exchanged(mine, theirs, a, b) == (wanted, wanted)


@settings(max_examples=10, deadline=None)
@given(ENTRIES, SECRETS, SECRETS)
def test_files_hold_points_in_an_order_of_their_own_and_nothing_else(mine: list[str], a: bytes, b: bytes) -> None:
    offered, side = set_match.offer(mine, scalar_of(a), EXCHANGE)
    assert set(offered) == {"minerva_set_match", "step", "exchange", "masked"}
    assert offered["masked"] == sorted(offered["masked"])
    assert all(len(value) == 64 for value in offered["masked"])
    plain = {encode(point_of(entry, EXCHANGE.encode())) for entry in mine}
    assert plain.isdisjoint(offered["masked"])
    again, _ = set_match.offer(mine, scalar_of(b), EXCHANGE)
    assert a == b or not mine or scalar_of(a) == scalar_of(b) or set(again["masked"]).isdisjoint(offered["masked"])
    assert sorted(side.entries) == sorted(set(mine))


def test_the_same_entry_looks_different_in_every_exchange() -> None:
    first, second = (set_match.offer(["phone:+14155550123"], 8 << 200, name)[0]["masked"] for name in ("a", "b"))
    assert first != second


BAD: list[tuple[str, Any]] = [
    ("step", "closing"), ("minerva_set_match", 2), ("exchange", 7), ("masked", "x"), ("masked", [7]),
    ("masked", ["00" * 32]), ("masked", ["01" + "00" * 31]), ("masked", [encode(2)]), ("masked", ["zz" * 32]),
    ("masked", [(P + 9).to_bytes(32, "little").hex()]), ("masked", [encode(point_of("x", b""))] * 2),
    ("masked", [encode(point_of(str(number), b"")) for number in range(6)]),
]  # fmt: skip


@pytest.mark.parametrize(("key", "value"), BAD, ids=[f"{key} {str(value)[:20]}" for key, value in BAD])
def test_a_wrong_file_is_refused(key: str, value: Any) -> None:
    offered, _ = set_match.offer(["phone:+14155550123"], 8 << 200, EXCHANGE)
    with pytest.raises(set_match.ExchangeError):
        set_match.answer(["phone:+14155550123"], 8 << 201, {**offered, key: value}, most=5)


def test_the_point_of_order_four_and_those_of_the_twist_are_refused() -> None:
    assert not on_curve(2)
    with pytest.raises(PointError):
        decode(encode(0))
    with pytest.raises(PointError):
        multiply(8 << 200, [0])


def test_an_answer_to_another_offer_is_refused() -> None:
    _, side = set_match.offer(["phone:+14155550123"], 8 << 200, EXCHANGE)
    other, _ = set_match.offer(["phone:+14155550123"], 8 << 200, "cd" * 16)
    answered, _ = set_match.answer([], 8 << 201, other, 5)
    with pytest.raises(set_match.ExchangeError, match="another offer"):
        set_match.finish(side, answered, 5)


def test_the_command_line_finds_the_common_entries_in_three_files(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lists = {
        "north": "phone:+1 415 555 0123\nemail:a@mail.example\nage:19\n\nnonsense\n",
        "river": "phone:+1 (415) 555-0123\nemail:b@mail.example\n",
    }
    for name, text in lists.items():
        (tmp_path / f"{name}.txt").write_text(text)
    chance = random.Random(7)

    def run(*words: str) -> int:
        return main([str(tmp_path / word) if "." in word else word for word in words], chance.randbytes)

    assert run("offer", "north.txt", "--private", "north.private", "--out", "offer.json") == 0
    assert run("answer", "river.txt", "offer.json", "--private", "river.private", "--out", "answer.json") == 0
    assert "north.txt:3: left out" in capsys.readouterr().err
    assert run("finish", "answer.json", "--private", "north.private", "--out", "closing.json") == 0
    assert capsys.readouterr().out == "phone:+14155550123\n"
    assert run("result", "closing.json", "--private", "river.private") == 0
    assert capsys.readouterr().out == "phone:+14155550123\n"
    assert (tmp_path / "north.private").stat().st_mode & 0o777 == 0o600
    sent = "".join((tmp_path / name).read_text() for name in ("offer.json", "answer.json", "closing.json"))
    assert "555" not in "".join(json.loads((tmp_path / "offer.json").read_text()).keys())
    assert "mail.example" not in sent
    assert run("answer", "river.txt", "closing.json", "--private", "x.private", "--out", "x.json") == 1
    assert run("answer", "river.txt", "offer.json", "--private", "x.private", "--out", "x.json", "--most", "1") == 1
