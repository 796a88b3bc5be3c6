"""Phones and addresses told in ways found missing in the thirty-seventh round of texts not seen before, with what looks
like them and is none."""

from __future__ import annotations

ADDRESSES = {
    "a curly a": ("oak.tiles (curly a sign) gmail (full stop) com", "oak.tiles@gmail.com"),
    "dashes in a provider": ("oak.tiles@g-m-a-i-l.com <- no dashes in gmail obviously", "oak.tiles@gmail.com"),
    "digits apart, then": ("my email is the word oaktiles then 4 0 4 at live dot com", "oaktiles404@live.com"),
    "then a dot": ("First initial h, then a dot, then oaktiles, at aol dot com. Land", "h.oaktiles@aol.com"),
}
NO_ADDRESSES = {
    "two names at one place": ("intake or frontdesk, both at bayshore dot com",),
}
NUMBERS = {
    "behind minutes": (
        "$70/60min, $100/90min (six five zero) four eight six, eleven twenty-nine", "US", "+16504861129",
    ),
}  # fmt: skip
NO_NUMBERS = {
    "a Korean business": ("사업자 124-86-20193, 25평", "KR"),
}
