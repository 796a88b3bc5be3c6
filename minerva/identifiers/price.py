"""Prices with their currency and what they are for: `$120/hr`, `60 min 90 €`, `500 baht per night`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from minerva.identifiers.errors import InvalidIdentifier
from minerva.identifiers.evidence import Evidence
from minerva.identifiers.kind import Example, Kind
from minerva.identifiers.lexicon import alternation
from minerva.identifiers.reading import Reading

_SIGNS = {"$": "USD", "us$": "USD", "£": "GBP", "€": "EUR", "¥": "JPY", "₹": "INR", "₽": "RUB", "฿": "THB", "₺": "TRY",
          "₩": "KRW", "₱": "PHP", "₫": "VND", "₴": "UAH", "₦": "NGN", "₵": "GHS", "₸": "KZT", "₾": "GEL",
          "₼": "AZN", "₡": "CRC", "₲": "PYG", "r$": "BRL", "c$": "CAD", "a$": "AUD", "nz$": "NZD",
          "hk$": "HKD", "mx$": "MXN", "s$": "SGD", "₪": "ILS", "zł": "PLN", "kč": "CZK"}  # fmt: skip
_NAMES = {"dollar": "USD", "dollars": "USD", "bucks": "USD", "usd": "USD", "euro": "EUR", "euros": "EUR", "eur": "EUR",
          "pound": "GBP", "pounds": "GBP", "quid": "GBP", "gbp": "GBP", "baht": "THB", "thb": "THB", "pesos": "MXN",
          "mxn": "MXN", "reais": "BRL", "brl": "BRL", "lei": "RON", "ron": "RON", "zl": "PLN", "zloty": "PLN",
          "pln": "PLN", "rub": "RUB", "руб": "RUB", "рублей": "RUB", "chf": "CHF", "cad": "CAD", "aud": "AUD",
          "nzd": "NZD", "inr": "INR", "rs": "INR", "rupees": "INR", "aed": "AED", "dhs": "AED", "dirham": "AED",
          "sek": "SEK", "nok": "NOK", "dkk": "DKK", "kr": "SEK", "hkd": "HKD", "sgd": "SGD", "rmb": "CNY",
          "cny": "CNY", "yuan": "CNY", "yen": "JPY", "jpy": "JPY", "rm": "MYR",
          "zar": "ZAR", "rand": "ZAR", "грн": "UAH", "บาท": "THB", "元": "CNY", "円": "JPY", "원": "KRW",
          "tl": "TRY", "lira": "TRY", "ft": "HUF", "huf": "HUF", "czk": "CZK", "rp": "IDR", "idr": "IDR", "rsd": "RSD",
          "лв": "BGN", "bgn": "BGN", "ksh": "KES", "kes": "KES", "naira": "NGN", "ngn": "NGN", "vnd": "VND",
          "php": "PHP", "ars": "ARS", "cop": "COP", "clp": "CLP", "pkr": "PKR", "тенге": "KZT", "гривень": "UAH",
          "рубля": "RUB",
          "roses": "USD"}  # fmt: skip
_ROSES = "roses"
"""What ads write for the money of the place; round amounts alone, as bouquets are counted too."""
_FEWEST_ROSES = 40
_EURO = frozenset(
    ["AT", "BE", "CY", "DE", "EE", "ES", "FI", "FR", "GR", "HR", "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PT", "SI",
     "SK"]
)  # fmt: skip
_DOLLARS = {"CA": "CAD", "AU": "AUD", "NZ": "NZD", "SG": "SGD", "HK": "HKD", "MX": "MXN", "AR": "ARS", "CL": "CLP",
            "CO": "COP", "UY": "UYU"}  # fmt: skip
"""Whose own money has the dollar's sign."""
_SHARED = {
    "pesos": {"AR": "ARS", "CL": "CLP", "CO": "COP", "UY": "UYU", "PH": "PHP", "DO": "DOP", "CU": "CUP"},
    "kr": {"NO": "NOK", "DK": "DKK", "IS": "ISK"},
    "rs": {"PK": "PKR", "LK": "LKR", "NP": "NPR"}, "rupees": {"PK": "PKR", "LK": "LKR", "NP": "NPR"},
    "dirham": {"MA": "MAD"}, "dhs": {"MA": "MAD"},
}  # fmt: skip
"""Names that several currencies have, by the region of another one than _NAMES has."""
_ALSO_NAMES = frozenset(["ron", "rand", "lei", "real", "rs", "kr", "rm", "lira", "ft"])
"""Currencies that are first names or other words when they begin with a capital."""
_ONLY_IN = {"ft": ("HU",), "php": ("PH",), "cop": ("CO",), "ars": ("AR",), "clp": ("CL",), "rp": ("ID",),
            "tl": ("TR", "CY"), "kes": ("KE",)}  # fmt: skip
"""Names that are other words too (`10 ft`), by the regions where they are money from a hundred on."""
_LEAST_THERE = 100
_BEFORE_ONLY_IN = {"rm": ("MY",), "kr": ("SE", "NO", "DK", "IS"), "rp": ("ID",)}
"""The same of names before an amount: `rm 210` is a room elsewhere."""
CURRENCIES = frozenset([*_SIGNS.values(), *_NAMES.values(), *_DOLLARS.values()]).union(
    *[each.values() for each in _SHARED.values()]
)
_UNITS = {
    "hour": "60 min", "hours": "60 min", "hr": "60 min", "hrs": "60 min", "h": "60 min", "heure": "60 min",
    "hora": "60 min", "stunde": "60 min", "std": "60 min", "ora": "60 min", "час": "60 min", "half hour": "30 min",
    "half": "30 min", "hh": "30 min", "halfhour": "30 min", "demi-heure": "30 min", "demi heure": "30 min",
    "media hora": "30 min", "meia hora": "30 min", "halbe stunde": "30 min", "mezz'ora": "30 min",
    "mezza ora": "30 min", "jumatate de ora": "30 min", "jumătate de oră": "30 min", "полчаса": "30 min",
    "ชั่วโมงละ": "60 min", "ชั่วโมง": "60 min", "ชม": "60 min", "night": "night", "overnight": "night", "nuit": "night",
    "noche": "night", "nacht": "night", "notte": "night", "day": "day", "jour": "day", "dia": "day", "tag": "day",
    "week": "week", "wk": "week", "month": "month", "mo": "month", "mes": "month", "mois": "month", "monat": "month",
    "uur": "60 min", "godz": "60 min", "godzinę": "60 min", "godzina": "60 min", "timme": "60 min",
    "saat": "60 min", "óra": "60 min", "noite": "night", "noc": "night", "natt": "night",
    "ночь": "night", "gece": "night", "dag": "day", "giorno": "day", "dzień": "day", "сутки": "day",
    "день": "day", "gün": "day", "semaine": "week", "semana": "week", "woche": "week", "settimana": "week",
    "tydzień": "week", "неделю": "week", "maand": "month", "mese": "month", "mês": "month", "miesiąc": "month",
    "месяц": "month", "мес": "month", "bulan": "month", "månad": "month", "måned": "month",
    "persona": "person", "pessoa": "person", "personne": "person", "persoon": "person", "osobę": "person",
    "person": "person", "pp": "person", "session": "session", "visit": "session", "job": "job", "piece": "piece",
}  # fmt: skip

_AMOUNT = r"(?:[0-9]{1,3}(?:[,. ][0-9]{3}){1,3}|[0-9]{1,7})(?:[.,][0-9]{2})?(?:k(?![a-z]))?(?![0-9])"
_COUNT = (
    r"(?:[0-9]{1,3} ?(?:mins?|minutes?|minuten|minutos?|minuti|minuter|minut[ay]?|minuut|dk|dakika|menit|phút|м|мин)\b"
    r"|[0-9]{1,2}(?:[.,]5)? ?(?:hours?|hrs?|heures?|horas?|stunden|std|ore|uur|uren|godz|часа|saat|jam|timmar)\b"
    r"|[0-9]{1,3} ?(?:分钟|分鐘|分|분))"
)
_FOR = rf"(?P<unit>{_COUNT}|{alternation(list(_UNITS))})(?![A-Za-z])"
_PRICE = re.compile(
    # A dot or comma is none of the amount where a sentence ends with it: `ます。3,500円`.
    r"(?<!\w)(?:(?<!\.)|(?<=[^\x00-\x7f]\.))"
    rf"(?:(?P<sign>{alternation(list(_SIGNS))}|(?:usd|eur|gbp|chf|cad|aud|inr|aed|sgd|rp\.?|idr|kr\.?|rm)(?= ?[0-9])) ?"
    rf"(?P<after>{_AMOUNT})"
    rf"|(?P<amount>(?<![0-9][.,]){_AMOUNT}) ?(?:(?P<behind>{alternation(list(_SIGNS))})"
    rf"|(?P<name>{alternation(list(_NAMES))})(?![A-Za-z0-9]|(?<=元)[气氣论論旦素首件凶老代]|(?<=円)[形周滑卓]|(?<=원)[인칙래격룸장산])))"
    r"(?:(?: ?/ ?| per | an | a | for | por | la | par | pro | all'| al | za | na | i | om | в | за | )"
    rf"(?:1 )?{_FOR})?",
    re.IGNORECASE,
)
_BEFORE = re.compile(rf"(?<![\w])(?:1 ?)?{_FOR}[ :=\-]{{1,3}}$", re.IGNORECASE)
_NORMAL = re.compile(r"([A-Z]{3}) ([0-9]+(?:\.[0-9]{2})?)(?: / ([0-9]{1,4} min|[a-z]+))?")
_GATE = re.compile(r"[$£€¥₹₽฿₺₩₱₫₴₪₦₵₸₾₼₡₲łč元円원]")


class Price(Kind):
    """`<ISO 4217> <amount>[ / <unit>]`: `USD 120 / 60 min`. Dollars are the region's own where it has some."""

    NAME = "price"
    TITLE = "Price"
    STRONG = False
    ATTRIBUTE = True

    @classmethod
    def normalize(cls, value: str, *, region: str | None = None, qualifier: str = "", city: str | None = None) -> str:
        text = Reading(value).text.strip()
        normal = _NORMAL.fullmatch(text)
        if normal is not None and normal.group(1) in CURRENCIES and normal.group(3) is None:
            return f"{normal.group(1)} {_number(normal.group(2))}"
        if normal is not None and normal.group(1) in CURRENCIES and _unit(normal.group(3)) == normal.group(3):
            return f"{normal.group(1)} {_number(normal.group(2))} / {normal.group(3)}"
        match = _PRICE.fullmatch(text)
        price = _normal(match, match.group("unit"), region) if match is not None else None
        if price is None:
            raise InvalidIdentifier(cls.NAME, "expected an amount with its currency")
        return price

    @classmethod
    def may_hold(cls, reading: Reading) -> bool:
        return "$" in reading.text or not _NAME_SET.isdisjoint(reading.words) or (
            not reading.text.isascii() and _GATE.search(reading.text) is not None
        )  # fmt: skip

    @classmethod
    def extract(cls, reading: Reading, *, region: str | None = None, field: str = "text") -> Iterator[Evidence]:
        last_end = 0
        for match in _PRICE.finditer(reading.text) if cls.may_hold(reading) else ():
            start, unit = match.start(), match.group("unit")
            if unit is None:
                before = _BEFORE.search(reading.text, max(last_end, start - 20), start)
                start, unit = (before.start(), before.group("unit")) if before is not None else (start, None)
            last_end = match.end()
            value = _normal(match, unit, region)
            if value is not None:
                confidence = 0.95 if unit else 0.9
                if (match.group("name") or "").lower() == _ROSES:
                    confidence = 0.8 if unit else 0.7
                yield cls.seen(reading, (start, match.end()), value, field, "currency", confidence)

    @classmethod
    def examples(cls) -> tuple[Example, ...]:
        return (
            Example("only $120/hr today", "$120/hr", "USD 120 / 60 min"),
            Example("60 min 90 €", "60 min 90 €", "EUR 90 / 60 min"),
            Example("£80 half hour", "£80 half hour", "GBP 80 / 30 min"),
            Example("rent 1,500 usd per month", "1,500 usd per month", "USD 1500 / month"),
            Example("$99.50", "$99.50", "AUD 99.50", region="AU"),
            Example("80 roses half hour", "80 roses half hour", "USD 80 / 30 min", region="US"),
        )


_NAME_SET = frozenset(_NAMES)


_HOURS = ("hour", "hr", "heure", "hora", "stunde", "std", "ore", "uur", "uren", "godz", "час", "saat", "jam",
          "timmar")  # fmt: skip


def _unit(written: str) -> str:
    small = written.lower()
    count = re.match(r"([0-9]{1,3})(?:[.,](5))? ?", small)
    if count is not None:
        is_hours = small[count.end() :].startswith(_HOURS)
        return f"{int(float(count.group(1) + '.' + (count.group(2) or '0')) * (60 if is_hours else 1))} min"
    return small if small in _UNITS.values() else _UNITS.get(small, "")


def _number(written: str) -> str:
    """An amount without separators of thousands, its hundredths kept unless they are zero."""
    thousands = written.lower().endswith("k")
    digits = written.rstrip("kK").replace(" ", "")
    cents = re.search(r"[.,]([0-9]{2})$", digits)
    whole = int(re.sub(r"[^0-9]", "", digits[: cents.start()] if cents else digits) or "0") * (1000 if thousands else 1)
    return str(whole) if cents is None or cents.group(1) == "00" else f"{whole}.{cents.group(1)}"


def _normal(match: re.Match[str], unit: str | None, region: str | None) -> str | None:
    """None for what only looks like a known word to a pattern without case, such as a Turkish dotted capital."""
    sign = (match.group("sign") or match.group("behind") or "").lower()
    if (match.group("name") or "").istitle() and match.group("name").lower() in _ALSO_NAMES:
        return None
    name = sign.rstrip(".") if sign and sign not in _SIGNS else (match.group("name") or "").lower()
    if region not in _ONLY_IN.get(name, (region,)) or (sign and region not in _BEFORE_ONLY_IN.get(name, (region,))):
        return None
    currency = _SIGNS.get(sign) or _SHARED.get(name, {}).get(region or "") or _NAMES.get(name)
    if sign == "$":
        currency = _DOLLARS.get(region or "", "USD")
    known = _unit(unit) if unit else ""
    if currency is None or (unit and not known):
        return None
    amount = _number(match.group("after") or match.group("amount"))
    if name in _ONLY_IN and float(amount) < _LEAST_THERE:
        return None
    if (match.group("name") or "").lower() == _ROSES:
        if not amount.isdigit() or int(amount) < _FEWEST_ROSES or int(amount) % 10:
            return None
        currency = "EUR" if region in _EURO else "GBP" if region == "GB" else _DOLLARS.get(region or "", "USD")
    return f"{currency} {amount}" + (f" / {known}" if known else "")
