"""Phones and addresses told in ways found missing in a round of texts by one more writer, with what looks like them and
is none: sums, rates, tables and years that more ways of reading had taken for numbers."""

from __future__ import annotations

ADDRESSES = {
    "letters and a sign that is said, commas between": (
        "letra por letra: o, a, k, s, guion bajo, x, i, u (arroba) gmail (punto) com", "oaks_xiu@gmail.com",
    ),
    "the same without brackets": ("o, a, k, s, guion bajo, x, i, u arroba gmail punto com", "oaks_xiu@gmail.com"),
    "single letters without a sign that is said": ("sizes s, m, l (arroba) gmail (punto) com", "l@gmail.com"),
}  # fmt: skip
NO_ADDRESSES: dict[str, tuple[str]] = {}
NUMBERS = {
    "a Filipino word between": (
        "I-text po ako sa sero siyam sero lima tapos walo pito apat tapos isa tatlo dalawa anim.", "PH",
        "+639058741326",
    ),
    "an arrow between words and circled digits": (
        "tres dos uno \u27a1\ufe0f \u2779\u277c\u277a\u24ff\u277d\u277d\u277b", "CO", "+573214750886",
    ),
    "an order, Indonesian": ("Untuk pesanan 081234567890", "ID", "+6281234567890"),
    "told from the end": ("Telefono, partendo dalla fine: 5026443213", "IT", "+393123446205"),
}  # fmt: skip
NO_NUMBERS = {
    "postcodes": ("Anfahrt inklusive, PLZ 04103-04357.", "DE"),
    "decimals of a table": ("for the week (m): 0.38 1.71 0.44 1.66 0.51 1.60 0.58 1.52. Car park", "AU"),
    "rates below each other": ("600 \n700 \n800", "US"),
    "years behind a name with plus": ("Google Plus 2011 2019 2020", "US"),
}  # fmt: skip
