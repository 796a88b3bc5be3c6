"""What the many records of one business say together: reviews, advertisements, offers, bookings, read once and let go.

Counts, extremes and at most MOST_NAMED ids a sign stay, so that memory follows the businesses and not their records.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from hashlib import blake2b

from minerva import lexicons
from minerva.places import folded
from minerva.risk.reading import Fact
from minerva.risk.values import amount_of, closing_hour

TALLIED = ("review", "ad", "offer", "booking")
MOST_NAMED, MOST_KEPT = 20, 200
SHORTEST_TEXT = 8
"""Words of a text below which it is nobody's own."""
_SECTIONS = re.compile(r"\b(?:escorts?|adult|body ?rubs?|erotic|sensual|strippers?)\b", re.IGNORECASE)
"""Words of an advertisement's section that sell sex. What the advertisement itself says is not searched for them."""
_NO = frozenset(["no", "none", "not given", "not shown", "withheld", "missing"])
_CASH = re.compile(r"\b(?:cash|pre-?paid|pre-?loaded|gift card)\b", re.IGNORECASE)
_TIED = re.compile(r"\b(?:required|must|deducted|provided by (?:the )?employer|on ?site)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")


class Tally:
    """What records of one kind say of one business."""

    def __init__(self) -> None:
        self.records = 0
        self.hits: dict[str, int] = {}
        self.known: dict[str, int] = {}
        self.named: dict[str, list[str]] = {}
        self.lowest: tuple[float, str] | None = None
        self.highest: tuple[float, str] | None = None
        self.closes: tuple[float, str] | None = None
        self.positions: tuple[float, str] | None = None
        self.texts: dict[bytes, str] = {}
        self.pictures: dict[str, str] = {}
        self.contacts: dict[str, str] = {}
        self.names: dict[str, str] = {}
        """Folded name -> the name as it was written."""
        self.days: dict[int, dict[str, str]] = {}
        """Day -> town -> one record of it."""
        self.seen_in: dict[str, str] = {}
        """Town -> one record of it."""
        self.under: dict[bytes | str, dict[str, str]] = {}
        """Text, picture or contact -> folded name, of pictures phone, that it stands under -> one record of it."""
        self.occupation = ""
        self.towns: dict[str, int] = {}
        self.problems: dict[str, int] = {}
        self.first_day = 0
        self.last_day = 0

    def add(self, fact: Fact) -> None:
        """Takes one record in."""
        self.records += 1
        for flag, value in flags_of(fact):
            if value is None:
                continue
            self.known[flag] = self.known.get(flag, 0) + 1
            if value:
                self.hits[flag] = self.hits.get(flag, 0) + 1
                self.name(flag, fact.record_id)
        self._extremes(fact)
        if fact.kind in ("ad", "offer"):
            key = text_key(fact)
            if key is not None and len(self.texts) < MOST_KEPT:
                self.texts.setdefault(key, fact.record_id)
                self._hold(key, fact, (folded(fact.name),))
            for picture in fact.values.get("image_pdq", ())[:10] if len(self.pictures) < MOST_KEPT else ():
                self.pictures.setdefault(picture, fact.record_id)
                self._hold(picture, fact, fact.contacts)
        for contact in fact.contacts if len(self.contacts) < MOST_KEPT else ():
            self.contacts.setdefault(contact, fact.record_id)
            self._hold(contact, fact, (folded(fact.name),))
        if fact.name and len(self.names) < MOST_KEPT:
            self.names.setdefault(folded(fact.name), fact.name)
        if fact.town:
            self.towns[fact.town] = self.towns.get(fact.town, 0) + 1
            if fact.town in self.seen_in or len(self.seen_in) < MOST_KEPT:
                self.seen_in.setdefault(fact.town, fact.record_id)
            if fact.day and (fact.day in self.days or len(self.days) < 2 * MOST_KEPT):
                self.days.setdefault(fact.day, {}).setdefault(fact.town, fact.record_id)
        if fact.day:
            self.first_day = min(self.first_day or fact.day, fact.day)
            self.last_day = max(self.last_day, fact.day)
        for problem in fact.problems:
            self.problems[problem] = self.problems.get(problem, 0) + 1

    def _hold(self, key: bytes | str, fact: Fact, names: Iterable[str]) -> None:
        held = self.under.setdefault(key, {})
        for name in names:
            if name and len(held) < MOST_NAMED:
                held.setdefault(name, fact.record_id)

    def name(self, flag: str, record_id: str) -> None:
        held = self.named.setdefault(flag, [])
        if len(held) < MOST_NAMED:
            held.append(record_id)

    def _extremes(self, fact: Fact) -> None:
        price = amount_of(fact.first("price")) if "price" in fact.values else None
        if price is not None and (self.lowest is None or price < self.lowest[0]):
            self.lowest = (price, fact.record_id)
        wage = amount_of(fact.first("wage")) if "wage" in fact.values else None
        if wage is not None and (self.highest is None or wage > self.highest[0]):
            self.highest = (wage, fact.record_id)
            self.occupation = folded(fact.first("occupation"))
        hours = fact.first("availability") or fact.first("hours")
        closes = closing_hour(hours) if hours and fact.kind == "ad" else None
        if closes is not None and (self.closes is None or closes > self.closes[0]):
            self.closes = (closes, fact.record_id)
        wanted = amount_of(fact.first("positions")) if "positions" in fact.values else None
        if wanted is not None and (self.positions is None or wanted > self.positions[0]):
            self.positions = (wanted, fact.record_id)


def merged(tallies: Iterable[Tally]) -> Tally:
    """One tally that says what several say."""
    whole = Tally()
    for one in tallies:
        whole.records += one.records
        for mine, theirs in ((whole.hits, one.hits), (whole.known, one.known), (whole.problems, one.problems),
                             (whole.towns, one.towns)):  # fmt: skip
            for flag, count in theirs.items():
                mine[flag] = mine.get(flag, 0) + count
        for flag, ids in one.named.items():
            for record_id in ids:
                whole.name(flag, record_id)
        if one.lowest and (whole.lowest is None or one.lowest < whole.lowest):
            whole.lowest = one.lowest
        if one.highest and (whole.highest is None or one.highest > whole.highest):
            whole.highest, whole.occupation = one.highest, one.occupation
        if one.closes and (whole.closes is None or one.closes > whole.closes):
            whole.closes = one.closes
        if one.positions and (whole.positions is None or one.positions > whole.positions):
            whole.positions = one.positions
        for key, under in one.under.items():
            whole.under.setdefault(key, {}).update(under)
        whole.texts.update(one.texts)
        whole.pictures.update(one.pictures)
        whole.contacts.update(one.contacts)
        whole.names.update(one.names)
        for day, towns in one.days.items():
            whole.days.setdefault(day, {}).update(towns)
        whole.seen_in.update(one.seen_in)
        if one.first_day:
            whole.first_day = min(whole.first_day or one.first_day, one.first_day)
        whole.last_day = max(whole.last_day, one.last_day)
    return whole


def flags_of(fact: Fact) -> Sequence[tuple[str, bool | None]]:
    """What one record says yes or no to; None where it does not say."""
    if fact.kind == "review":
        return (("review_wording", _wording(fact.text, "review_wording")),)
    if fact.kind == "ad":
        return (
            ("adult", _section(fact)), ("trust_wording", _wording(fact.text, "trust_wording")),
            ("obscured", fact.obscured if any(each.startswith("phone:") for each in fact.contacts) else None),
        )  # fmt: skip
    if fact.kind == "offer":
        debt, papers, tied = (
            _wording(fact.text, group) for group in ("recruitment_debt", "document_retention", "isolation")
        )
        housing = bool(_TIED.search(fact.first("housing"))) if "housing" in fact.values else None
        both = [each for each in (tied, housing) if each is not None]
        missing = fact.first("case_number").casefold() in _NO if "case_number" in fact.values else None
        return (
            ("fee", debt), ("papers", papers), ("tied", any(both) if both else None),
            ("case_missing", missing if "visa" in fact.values else None),
        )  # fmt: skip
    return _booking(fact)


def _booking(fact: Fact) -> Sequence[tuple[str, bool | None]]:
    rooms, nights, guests, beds = (amount_of(fact.first(each)) for each in ("rooms", "nights", "guests", "beds"))
    short = fact.first("nights").strip() in ("0", "0.5")
    return (
        ("cash", bool(_CASH.search(fact.first("payment"))) if "payment" in fact.values else None),
        ("several_rooms", None if rooms is None else rooms >= 2),
        ("odd_stay", True if short else None if nights is None else nights < 1 or nights > 30),
        ("crowded", None if guests is None or beds is None else guests > 2 * beds),
        ("no_id", fact.first("id_shown").casefold() in _NO if "id_shown" in fact.values else None),
    )


def _wording(text: str, group: str) -> bool | None:
    return bool(lexicons.hits(text, groups=(group,))) if text else None


def _section(fact: Fact) -> bool | None:
    section = " ".join(fact.values.get("category", ()))
    return bool(_SECTIONS.search(section)) if section else None


def text_key(fact: Fact) -> bytes | None:
    """What a text is known by wherever it is copied: its words without numbers and without the record's own name."""
    own = set(folded(fact.name).split())
    words = [word for word in _WORD.findall(fact.text.casefold()) if word not in own]
    if len(words) < SHORTEST_TEXT:
        return None
    return blake2b(" ".join(words).encode("utf-8", "replace"), digest_size=8).digest()
