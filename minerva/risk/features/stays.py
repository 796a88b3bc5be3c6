"""Features of stays: shares of a house's bookings."""

from __future__ import annotations

from collections.abc import Mapping

from minerva.risk.features.model import Function
from minerva.risk.features.texts import share_of

LEAST_STAYS = 20
"""Bookings below which a share says nothing."""

FEATURES: Mapping[str, Function] = {
    "cash_share": share_of("booking", "cash", "stay", LEAST_STAYS),
    "several_rooms_share": share_of("booking", "several_rooms", "stay", LEAST_STAYS),
    "odd_stay_share": share_of("booking", "odd_stay", "stay", LEAST_STAYS),
    "crowded_share": share_of("booking", "crowded", "stay", LEAST_STAYS),
    "no_id_share": share_of("booking", "no_id", "stay", LEAST_STAYS),
}
