"""Postal addresses: parsed into comparable parts, a key for blocking, and a comparison that says why."""

from __future__ import annotations

from minerva.addresses.compare import AddressComparison, compare_addresses
from minerva.addresses.parse import Address, parse_address

__all__ = ["Address", "AddressComparison", "compare_addresses", "parse_address"]
