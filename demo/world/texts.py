"""Bland texts of the world: templates with slots, reviews, profiles, notices, and numbers that are no contact."""

from __future__ import annotations

import random

TITLES = (
    "New studio near {place}",
    "Relaxing hour in {place}",
    "Weekend special, {place}",
    "Quiet room, friendly team",
    "Open today in {place}",
    "First visit offer",
)
BODIES = (
    "We just opened a small place near the {spot}. Clean rooms, soft music and tea. {decoy} {contact}",
    "Visiting {place} this week only. Booking in advance, please be on time. {contact} {decoy}",
    "Tired after work? Come by for an hour of rest. {decoy} Parking behind the {spot}. {contact}",
    "Friendly team, calm rooms and a warm welcome close to the {spot}. {contact} No hidden fees. {decoy}",
    "Our studio in {place} has moved to a larger house beside the {spot}. {decoy} {contact}",
    "Same team, new address. {contact} Ask for the early bird offer. {decoy}",
)
SPOTS = ("library", "old station", "fountain", "market hall", "bus stop", "bakery", "park gate", "river bridge")
CONTACTS = ("Call {0}", "Text me: {0}", "Reach us at {0}", "Book here {0}", "Questions? {0}", "Write to {0}")
REVIEWS = (
    "Friendly staff and a calm room. {0}",
    "Good value, easy to find next to the {spot}. {0}",
    "The waiting area was full but the team was kind. {0}",
    "Booked by phone, started on time. {0}",
)
BIOS = ("Traveling between {place} and the coast. {0}", "Small studio, kind people. {0}", "New in {place}. {0}")
NOTICES = (
    "Last seen near the {spot} in {place}. Please share what you know with the desk. {0}",
    "Family is looking for news from {place}. {0}",
)
PRICES = ("60", "80", "100", "120", "140", "150", "180", "200")


def decoy(chance: random.Random) -> str:
    """Returns a number that is no contact: price, hours, height, date, order number."""
    kind = chance.randrange(6)
    if kind == 0:
        return f"Only ${chance.choice(PRICES)} for {chance.choice(('30', '60', '90'))} min."
    if kind == 1:
        return f"Open {chance.randrange(8, 11)}:00-{chance.randrange(18, 23)}:30 daily."
    if kind == 2:
        return f"I am 5'{chance.randrange(1, 11)}\" tall."
    if kind == 3:
        return f"Offer ends 2026-{chance.randrange(10, 13):02d}-{chance.randrange(1, 28):02d}."
    if kind == 4:
        return f"Ad no. {chance.randrange(10**7, 10**8)}."
    return f"Over {chance.randrange(2, 30)},000 happy guests since 20{chance.randrange(10, 25)}."


def decoys(mean: float, chance: random.Random) -> str:
    """Returns none to three decoys, `mean` on average."""
    count = int(mean) + (1 if chance.random() < mean - int(mean) else 0)
    return " ".join(decoy(chance) for _ in range(count))
