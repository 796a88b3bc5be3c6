"""Words of postal addresses as data: street types, directions, unit words, ordinals.

Source: street suffixes and directionals of USPS Publication 28 (appendix C, public domain), widened by everyday forms.
"""

from __future__ import annotations

DIRECTIONS = {
    "n": "n", "north": "n", "no": "n", "s": "s", "south": "s", "so": "s", "e": "e", "east": "e", "w": "w", "west": "w",
    "ne": "ne", "northeast": "ne", "nw": "nw", "northwest": "nw",
    "se": "se", "southeast": "se", "sw": "sw", "southwest": "sw",
}  # fmt: skip

STREET_TYPES = {
    "street": "st", "st": "st", "str": "st", "avenue": "ave", "ave": "ave", "av": "ave", "aven": "ave", "avenu": "ave",
    "boulevard": "blvd", "blvd": "blvd", "boul": "blvd", "bl": "blvd", "road": "rd", "rd": "rd", "drive": "dr",
    "dr": "dr", "drv": "dr", "lane": "ln", "ln": "ln", "court": "ct", "ct": "ct", "place": "pl", "pl": "pl",
    "parkway": "pkwy", "pkwy": "pkwy", "pky": "pkwy", "terrace": "ter", "ter": "ter", "circle": "cir", "cir": "cir",
    "highway": "hwy", "hwy": "hwy", "square": "sq", "sq": "sq", "plaza": "plz", "plz": "plz", "trail": "trl",
    "trl": "trl", "way": "way", "alley": "aly", "expressway": "expy", "turnpike": "tpke", "route": "rte", "rte": "rte",
    "crescent": "cres", "close": "close", "gardens": "gdns", "gdns": "gdns", "mews": "mews", "row": "row",
}  # fmt: skip

UNIT_WORDS = frozenset({
    "suite", "ste", "unit", "apt", "apartment", "room", "rm", "floor", "fl", "flr", "bldg", "building",
    "basement", "bsmt", "level", "lower", "upper", "rear", "po", "box",
})  # fmt: skip

ORDINAL_WORDS = {
    "first": "1", "second": "2", "third": "3", "fourth": "4", "fifth": "5", "sixth": "6", "seventh": "7",
    "eighth": "8", "ninth": "9", "tenth": "10", "eleventh": "11", "twelfth": "12",
}  # fmt: skip

# What stands in a cell of any kind where nothing is told, or where a sheet refers to another line.
NOTHING_TOLD = frozenset({
    "as above", "see above", "same as above", "see below", "na", "n a", "none", "nil", "null", "unknown", "not known",
    "not given", "not available", "not applicable", "tbc", "tba", "tbd", "confidential", "withheld", "redacted",
})  # fmt: skip
# The same in the cell of an address.
NO_ADDRESS = NOTHING_TOLD | {
    "same", "same address", "ditto", "do", "idem", "ibid", "n/a", "no address", "no fixed address", "no fixed abode",
    "various", "address withheld", "siehe oben", "wie oben", "s o", "zie boven", "come sopra", "ci dessus",
    "ver arriba", "como arriba", "igual", "mismo",
}  # fmt: skip

# First words of street names with a short form; "St Louis Ave" is no street type.
LEADING_WORDS = {"st": "saint", "saint": "saint", "mt": "mount", "mount": "mount", "ft": "fort", "fort": "fort"}
