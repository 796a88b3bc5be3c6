"""Which entries two lists have in common, found offline by exchanging three files; neither side sees the other's list.

Each side multiplies the points of its entries by a secret number of its own. Masked by both, equal entries are equal
points, and nobody can take the other's mask away (Diffie-Hellman). Each side learns the common entries and how long the
other's list is. A side that puts guesses into its list learns which of them are in the other's: hence `most`, and both
must agree on who does this. Both sides are assumed to keep to the steps; the files are checked for their form.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from minerva.deconfliction.curve import PointError, decode, encode, multiply, point_of

VERSION = 1
OFFER, ANSWER, CLOSING = "offer", "answer", "closing"


class ExchangeError(ValueError):
    """A file that does not belong here; the message says what was expected."""


@dataclass(frozen=True)
class Side:
    """What one side keeps to itself until the end: its secret number, and its entries in the order they were sent."""

    exchange: str
    scalar: int
    entries: tuple[str, ...]
    doubled: tuple[str, ...] = ()
    """Of the answering side: the other's entries, masked by both."""

    def document(self) -> dict[str, Any]:
        """As a private file holds it."""
        return {
            "minerva_set_match": VERSION, "step": "private", "exchange": self.exchange, "scalar": f"{self.scalar:x}",
            "entries": list(self.entries), "doubled": list(self.doubled),
        }  # fmt: skip


def read_side(given: Mapping[str, Any]) -> Side:
    """A side from its private file. Raises ExchangeError."""
    if given.get("minerva_set_match") != VERSION or given.get("step") != "private":
        raise ExchangeError("expected the private file that an earlier step of this exchange wrote")
    return Side(given["exchange"], int(given["scalar"], 16), tuple(given["entries"]), tuple(given["doubled"]))


def offer(entries: Sequence[str], scalar: int, exchange: str) -> tuple[dict[str, Any], Side]:
    """Step 1: the file for the other side, and what to keep."""
    masked, ordered = _mask(entries, scalar, exchange)
    return _file(OFFER, exchange, masked=masked), Side(exchange, scalar, ordered)


def answer(entries: Sequence[str], scalar: int, given: Mapping[str, Any], most: int) -> tuple[dict[str, Any], Side]:
    """Step 2, by the other side: the file to send back, and what to keep. Raises ExchangeError."""
    exchange, theirs = _read(given, OFFER, "masked", most)
    masked, ordered = _mask(entries, scalar, exchange)
    doubled = _again(theirs, scalar)
    return _file(ANSWER, exchange, masked=masked, doubled=doubled), Side(exchange, scalar, ordered, tuple(doubled))


def finish(side: Side, given: Mapping[str, Any], most: int) -> tuple[list[str], dict[str, Any]]:
    """Step 3, by the first side: the common entries, and the file that lets the other side know them too."""
    exchange, theirs = _read(given, ANSWER, "masked", most)
    _, own = _read(given, ANSWER, "doubled", len(side.entries))
    if exchange != side.exchange or len(own) != len(side.entries):
        raise ExchangeError("the answer belongs to another offer: use the private file of the offer that was answered")
    doubled = _again(theirs, side.scalar)
    held = set(doubled)
    common = [entry for entry, value in zip(side.entries, own) if value in held]
    return sorted(common), _file(CLOSING, exchange, doubled=doubled)


def result(side: Side, given: Mapping[str, Any]) -> list[str]:
    """The common entries, for the side that answered."""
    exchange, own = _read(given, CLOSING, "doubled", len(side.entries))
    if exchange != side.exchange or len(own) != len(side.entries):
        raise ExchangeError("the closing file belongs to another exchange")
    held = set(side.doubled)
    return sorted(entry for entry, value in zip(side.entries, own) if value in held)


def _mask(entries: Sequence[str], scalar: int, exchange: str) -> tuple[list[str], tuple[str, ...]]:
    """Masked values in an order that says nothing, and the entries in that order; each entry once."""
    unique = sorted(set(entries))
    values = multiply(scalar, [point_of(entry, exchange.encode()) for entry in unique])
    pairs = sorted((encode(value), entry) for value, entry in zip(values, unique))
    return [value for value, _ in pairs], tuple(entry for _, entry in pairs)


def _again(values: Sequence[str], scalar: int) -> list[str]:
    try:
        return [encode(value) for value in multiply(scalar, [decode(each) for each in values])]
    except PointError as error:
        raise ExchangeError(str(error)) from None


def _file(step: str, exchange: str, **lists: list[str]) -> dict[str, Any]:
    return {"minerva_set_match": VERSION, "step": step, "exchange": exchange, **lists}


def _read(given: Mapping[str, Any], step: str, key: str, most: int) -> tuple[str, list[str]]:
    """The exchange and one list of a file. Raises ExchangeError."""
    if given.get("minerva_set_match") != VERSION or given.get("step") != step:
        raise ExchangeError(f"expected a file of the step {step}, version {VERSION}")
    values, exchange = given.get(key), given.get("exchange")
    if not isinstance(exchange, str) or not isinstance(values, list) or not all(isinstance(v, str) for v in values):
        raise ExchangeError(f"expected an exchange and a list {key}")
    if len(values) > most:
        raise ExchangeError(f"the other side sent {len(values)} values; at most {most} were agreed to (--most)")
    if len(set(values)) != len(values):
        raise ExchangeError("a value occurs twice, which no list of different entries gives")
    return exchange, values
