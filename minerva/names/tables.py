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

# Legal forms that are words of their own elsewhere: one only as the last word of a name, or, of some, the first.
LEGAL_LAST = frozenset({"as", "ans", "asa", "da", "ks", "ou", "se", "hf", "kb", "hb", "ik", "tu", "ad", "pt", "too"})
LEGAL_FIRST = frozenset({"ou", "pt", "cv", "ud", "pd"})

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
    "et", "e", "al", "do", "da", "dos", "von", "van", "real", "estate", "establishment", "charity", "com", "net", "org",
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
        "bank": "bank bancorp banking", "hospital": "hospital", "hospice": "hospice", "insurance": "insurance",
        "law": "law attorneys",
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
    "dev": "development", "blvd": "boulevard", "ave": "avenue", "rd": "road", "sq": "square", "hwy": "highway",
    "hosp": "hospital", "bldg": "building", "govt": "government", "grp": "group", "mgmt": "management",
    "engg": "engineering", "pkwy": "parkway", "gebr": "brothers", "gebroeders": "brothers", "hnos": "brothers",
    "jr": "junior", "sr": "senior", "schools": "school", "learners": "learning", "childrens": "children",
}  # fmt: skip

ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7", "viii": "8", "ix": "9"}
_UNITS = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth",
)  # fmt: skip
_ABROAD = (  # from three on
    "tres cuatro cinco seis siete ocho nueve diez", "- quatro - - sete oito nove dez",
    "trois quatre cinq - sept huit neuf", "drei vier funf sechs sieben acht neun zehn",
    "tre quattro cinque sei sette", "trzy cztery - - - - - -", "tri chetyre pyat shest sem - - -",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
TENS = {word: str(10 * place) for place, word in enumerate(_TENS, 2)}
NUMERALS = {
    **{word: str(place) for place, word in enumerate(_UNITS, 1)},
    **{word: str(place) for place, word in enumerate(_ORDINALS, 1)},
    **{word: str(place) for line in _ABROAD for place, word in enumerate(line.split(), 3) if word != "-"},
    **TENS,
}
"""Numbers in words, of English also the ordinals; what is another word elsewhere (once, six, otto) is left out."""

# Before or after a person's name, and no part of it.
TITLES = frozenset({
    "mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir", "dame", "lord", "lady", "rev", "reverend",
    "father", "sister", "hon", "judge", "capt", "captain", "sgt", "lt", "col", "gen", "maj", "pvt", "mme", "mlle", "m",
    "sr", "sra", "srta", "don", "dona", "herr", "frau", "ing", "lic", "dott", "mag", "dipl", "phd", "md", "esq",
})  # fmt: skip

# Titles that only a man bears, and only a woman, before a name.
OF_A_MAN = frozenset({"mr", "mister", "sir", "lord", "herr", "monsieur", "senor", "sr", "don", "signor"})
OF_A_WOMAN = frozenset({
    "mrs", "ms", "miss", "dame", "lady", "frau", "madame", "mme", "mlle", "senora", "senorita", "sra", "srta", "dona",
    "signora",
})  # fmt: skip

# Small words within family names that people leave out or write as one with what follows.
PARTICLES = frozenset({
    "al", "el", "ul", "ur", "as", "ash", "ad", "de", "da", "do", "dos", "das", "del", "della", "di", "du", "des", "la",
    "le", "les", "van", "von", "der", "den", "ter", "ten", "zu", "y", "e", "bin", "ibn", "bn", "bint", "ben", "abu",
    "umm", "af", "av", "bnt", "o", "mac", "mc", "st", "san", "santa",
})  # fmt: skip
