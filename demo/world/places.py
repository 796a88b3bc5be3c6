"""Where and who, invented: cities with real area codes (numbers are fictional), streets, business and handle words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class City:
    name: str
    region: str
    country: str
    area_codes: tuple[str, ...]
    postcode: str


CITIES = (
    City("Springfield", "IL", "US", ("217",), "627"),
    City("Riverton", "WA", "US", ("206", "425"), "981"),
    City("Fairview", "TX", "US", ("214", "469", "972"), "750"),
    City("Georgetown", "DC", "US", ("202",), "200"),
    City("Ashland", "OR", "US", ("541", "503"), "975"),
    City("Clinton", "NY", "US", ("315", "212", "718"), "133"),
    City("Salem", "MA", "US", ("978", "617"), "019"),
    City("Madison", "WI", "US", ("608", "414"), "537"),
    City("Dayton", "OH", "US", ("937", "614", "216"), "454"),
    City("Milton", "FL", "US", ("850", "305", "407"), "325"),
    City("Arlington", "VA", "US", ("703", "571"), "222"),
    City("Newport", "CA", "US", ("415", "510", "310", "213"), "926"),
    City("Franklin", "TN", "US", ("615", "901"), "370"),
    City("Auburn", "AL", "US", ("334", "205"), "368"),
    City("Bristol", "CT", "US", ("860", "203"), "060"),
    City("Lexington", "KY", "US", ("859", "502"), "405"),
)

STREETS = (
    "Maple", "Cedar", "Juniper", "Willow", "Birch", "Linden", "Poplar", "Chestnut", "Hawthorn", "Laurel",
    "Magnolia", "Sycamore", "Spruce", "Aspen", "Alder", "Elder", "Harbor", "Mill", "Bridge", "Station",
    "Market", "Garden", "Orchard", "Meadow", "Prairie", "Summit", "Valley", "Canyon", "Quarry", "Foundry",
)  # fmt: skip
STREET_ENDINGS = ("Street", "St", "St.", "Avenue", "Ave", "Road", "Rd", "Boulevard", "Blvd")
SIDES = ("", "N ", "S ", "E ", "W ", "North ", "South ", "West ")

FIRST_WORDS = (
    "Golden", "Silver", "Jade", "Lotus", "Orchid", "Pearl", "Amber", "Coral", "Ivory", "Ruby", "Sapphire",
    "Crystal", "Velvet", "Bamboo", "Cherry", "Lucky", "Sunny", "Gentle", "Quiet", "Royal", "Happy", "Emerald",
    "Indigo", "Copper", "Crimson", "Azure", "Violet", "Saffron", "Cobalt", "Marble",
)  # fmt: skip
SECOND_WORDS = (
    "Hands", "Garden", "River", "Palace", "Bridge", "Breeze", "Stone", "Harbor", "Valley", "Lantern", "Feather",
    "Meadow", "Leaf", "Moon", "Star", "Tide", "Cloud", "Path", "Forest", "Island", "Fountain", "Terrace",
    "Mountain", "Spring", "Summer", "Wind", "Dawn", "Horizon",
)  # fmt: skip
TRADES = ("Massage", "Spa", "Wellness", "Bodywork", "Day Spa", "Therapy")
LEGAL = ("LLC", "Inc", "Ltd", "Corp")

SYLLABLES = (
    "ba", "be", "bi", "bo", "da", "de", "di", "do", "fa", "fi", "ga", "go", "ha", "hi", "ja", "jo", "ka", "ke",
    "ki", "la", "le", "li", "lo", "ma", "me", "mi", "mo", "na", "ne", "ni", "no", "pa", "pe", "ra", "re", "ri",
    "ro", "sa", "se", "ta", "te", "ti", "to", "va", "vi", "wa", "we", "ya", "yo", "za", "zi",
)  # fmt: skip
MAIL_HOSTS = ("mail.example", "post.example", "example.com", "example.org", "example.net", "inbox.example")
