"""Words of names as data: legal forms and generic words that many organizations share, numerals, everyday short forms.

Weights are fixed and not learned from the records at hand, so that adding records never changes an earlier comparison.
Legal forms follow the ISO 20275 list of entity legal forms (everyday ones only).
"""

from __future__ import annotations

LEGAL_FORMS = frozenset({
    "inc", "incorporated", "llc", "ltd", "limited", "corp", "corporation", "co", "company", "plc", "gmbh", "ag",
    "sa", "sarl", "srl", "bv", "nv", "pty", "lp", "llp", "oy", "ab",
    "kg", "ohg", "ug", "ooo", "oao", "zao", "pao", "kft", "zrt", "doo", "eood", "ood", "uab", "sia", "aps", "lda",
    "ltda", "eirl", "sas", "sasu", "snc", "asbl", "bvba", "pvt", "pte", "sdn", "bhd", "kk", "oyj", "sarlu", "spzoo",
})  # fmt: skip

# Words that say what a thing is, not which one it is.
GENERIC = frozenset({
    "the", "of", "and", "for", "at", "in", "on", "a", "an", "de", "la", "el", "y", "&", "center", "centre",
    "centers", "school", "schools", "public", "private", "academy", "association", "assoc", "society", "league",
    "service", "services", "svcs", "svc", "agency", "institute", "foundation", "fund", "trust", "council",
    "board", "department", "office", "program", "programs", "site", "main", "branch", "annex", "day", "care",
    "daycare", "childcare", "child", "children", "kids", "preschool", "nursery", "early", "education",
    "learning", "development", "developmental", "dev", "family", "families", "community", "comm", "house",
    "home", "church", "college", "university", "hospital", "clinic", "spa", "massage", "salon", "studio",
    "therapy", "wellness", "hotel", "motel", "inn", "hostel", "store", "shop", "market", "restaurant", "bar",
    "north", "south", "east", "west", "new", "city", "metropolitan", "metro", "national", "international",
    "management", "holdings", "group", "partners", "enterprises", "solutions", "staffing", "recruitment",
    "recruiting", "les", "le", "los", "las", "lo", "il", "del", "della", "di", "du", "des", "der", "die", "das", "und",
    "et", "e", "al", "do", "da", "dos", "von", "van", "real", "estate", "establishment", "charity",
})  # fmt: skip

# How far an organization reaches: one in the place of another contradicts.
SCOPES = frozenset({"national", "international", "regional", "local", "global", "federal", "municipal"})

DIRECTIONS = frozenset({"north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest"})
# Words that begin with one of these and go on alike are two: Eastgate, Westgate.
OPPOSITES = ("north", "south", "east", "west", "up", "down", "mid", "inner", "outer", "upper", "lower")

# What a business does; words of one trade stand for each other in a name, words of two trades contradict.
TRADES = {
    word: trade
    for trade, words in {
        "wellness": "spa massage therapy wellness bodywork reflexology acupressure relaxation",
        "beauty": "salon nail nails hair beauty cosmetics barber barbers tanning",
        "food": "restaurant bar cafe grill bistro kitchen bakery sushi pizza pizzeria diner catering pub tavern",
        "trade": "store shop market mart supermarket grocery boutique",
        "hotel": "hotel inn lodge hostel hotels", "motel": "motel motels",
        "farm": "farm farms ranch orchard orchards nursery vineyard growers dairy",
        "staffing": "staffing recruitment recruiting employment manpower recruiters",
        "transport": "transport transportation trucking logistics taxi freight shipping",
        "cleaning": "cleaning laundry janitorial cleaners", "building": "construction builders roofing contracting",
        "bank": "bank bancorp banking", "insurance": "insurance", "law": "law attorneys",
    }.items()
    for word in words.split()
}  # fmt: skip

SHORT_FORMS = {
    "ctr": "center", "cntr": "center", "centre": "center", "cen": "center", "centers": "center", "sch": "school",
    "schl": "school", "schol": "scholastic", "acad": "academy", "assn": "association", "assoc": "association",
    "univ": "university", "inst": "institute", "svc": "service", "svcs": "service", "services": "service",
    "dept": "department", "comm": "community", "elem": "elementary", "inter": "intermediate", "st": "saint",
    "mt": "mount", "ft": "fort", "metro": "metropolitan", "intl": "international", "natl": "national",
    "est": "establishment", "mfg": "manufacturing", "bros": "brothers",
    "dev": "development",
    "jr": "junior", "sr": "senior", "schools": "school", "learners": "learning", "childrens": "children",
}  # fmt: skip

NUMERALS = {
    "i": "1",
    "ii": "2",
    "iii": "3",
    "iv": "4",
    "v": "5",
    "vi": "6",
    "one": "1",
    "two": "2",
    "three": "3",
    "four": "4",
}

# Before or after a person's name, and no part of it.
TITLES = frozenset({
    "mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir", "dame", "lord", "lady", "rev", "reverend",
    "father", "sister", "hon", "judge", "capt", "captain", "sgt", "lt", "col", "gen", "maj", "pvt", "mme", "mlle", "m",
    "sr", "sra", "srta", "don", "dona", "herr", "frau", "ing", "lic", "dott", "mag", "dipl", "phd", "md", "esq",
})  # fmt: skip

# Small words within family names that people leave out or write as one with what follows.
PARTICLES = frozenset({
    "al", "el", "ul", "ur", "as", "ash", "ad", "de", "da", "do", "dos", "das", "del", "della", "di", "du", "des", "la",
    "le", "les", "van", "von", "der", "den", "ter", "ten", "zu", "y", "e", "bin", "ibn", "bn", "bint", "ben", "abu",
    "umm", "af", "av", "o", "mac", "mc", "st", "san", "santa",
})  # fmt: skip
