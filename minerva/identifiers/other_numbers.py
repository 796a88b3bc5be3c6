"""What is no phone though a numbering plan knows its digits: told by what is around it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from string import ascii_letters

from minerva.identifiers import iban, phone_context
from minerva.identifiers.kept import keep
from minerva.identifiers.late import late
from minerva.identifiers.lookalike_runs import LOOKALIKE, TO_DIGITS
from minerva.identifiers.phone_shapes import FEWEST_IN_ROW
from minerva.identifiers.phone_tokens import NORTH_AMERICA, NORTH_AMERICAN_SHAPES, Hit
from minerva.identifiers.plans import Dialing
from minerva.identifiers.spans import meets

_TRUNK_CODES = (
    "AE AL AM AT AU BD BE BG BY CD CH CU DE DZ EG ER ET FR GB GF GP HR HU IE IQ IR JO JP KE KG KP LA LK "
    "LR LY MA MD ME MG MK MM MQ MW NA NG NL NZ RE RO RS SD SE SI SK SL SS SY TH TM TW UA UG VE XK YE ZA "
    "ZW"
)
WITH_TRUNK = frozenset(_TRUNK_CODES.split())
"""Regions where a number dialed within the country is written with the trunk prefix, as the field library's matcher
demands; bare digits there are years, sizes and ids."""
_BARE = frozenset(["digits", "separators", "unicode", "lookalike"])
_DIGITS = late(r"[0-9]+")
_ANNOUNCES = late(
    r"(?:call|text|txt|sms|tel|telefon\w*|phone|ph|cell|mobile?|mob|whats ?app|wa|viber|signal|number|ring|dial|handy"
    r"|tlf|appel\w*|ruf\w*|llam\w*|suna\w*|tel\.?|☎|📞|📱)[ :.\-]{0,3}$",
    re.IGNORECASE,
)


def phones_only(text: str, hits: list[Hit], rules: Dialing, dates: Sequence[tuple[int, int]] = ()) -> list[Hit]:
    """The hits that have no part in the spans of `dates` (sorted), without numbers that count up or down, and without
    bare ones where a trunk prefix is missing."""
    bare = rules.region in WITH_TRUNK
    kept = []
    for hit in hits:
        start, end, number, method, _ = hit
        after = text[end : end + 1]
        if (
            (may_be_label[text[start - 4 if start > 4 else 0 : start]] and _is_labeled(text, start, end, rules))
            # A dot or dash begins the name of a file, an order or a part.
            or (after == "." and text[end + 1 : end + 2].isalpha() and _FILE.match(text, end) is not None)
            or (after == "-" and (_ORDER.match(text, start) or _PART_NUMBER.match(text, end)) is not None)
            or (dates and meets(dates, start, end))
        ):
            continue
        if method == "words" and text[start] not in _FIRST_SIGNS:
            # What begins with a word is none of the other numbers.
            counted = number[-9:] in _COUNTED and end - start > _LONGEST_UNCOUNTED
            if counted and _counts(text, start, end, number, method):
                continue
        elif (
            (bare and lacks_trunk(text, hit, rules))
            or ((size := end - start) > _LONGEST_UNCOUNTED and _counts(text, start, end, number, method))
            or (size in _TELLING_SIZES and _is_of_size(text, start, end, rules))
            or (
                # One or two digits and a blank.
                (text[start + 1] == " " or text[start + 2] == " ")
                and rules.country == NORTH_AMERICA
                and _is_draw(text, start, end)
            )
            or (
                method != "words"
                and (
                    (
                        # Digits or capitals stand before a blank.
                        ((near := text[start - 2 : start - 1]).isdigit() or near.isupper() or method == "lookalike")
                        and _is_of_iban(text, start, end)
                    )
                    or (method == "lookalike" and _STAMP.search(text, start, end) is not None)
                )
            )
        ):
            continue
        kept.append(hit)
    return kept


_NUMBER_SIGNS = "\u00b0\u2116"
"""The end of a word for a number, which is no letter: `n\u00b0`."""


class _MayBeLabel(dict[str, bool]):
    """Whether up to four characters before a number can be the end of one of some words, or tell nothing; answers are
    kept."""

    MOST = 8192

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(filter(str.isascii, words))

    def __missing__(self, before: str) -> bool:
        rest = before.rstrip(" .:#-\n")
        word = rest[len(rest.rstrip(ascii_letters)) :].lower()
        if not (rest.isascii() and rest) or rest[-1].isdigit():
            # Behind a sign there is no label, nor behind letters of most scripts; the rest is left to the search.
            may_be = not rest or rest[-1].isalnum() or rest[-1] in _NUMBER_SIGNS
        elif len(word) < len(rest):
            may_be = word in self._words
        else:
            may_be = any(label.endswith(word) for label in self._words)
        return keep(self, before, may_be, self.MOST)


_NAMING = frozenset(
    ["isbn", "issn", "cpf", "cnpj", "iban", "ssn", "ein", "vat", "siret", "siren", "imei", "upc", "ean", "sku", "iva",
     "routing", "invoice", "tracking", "tuote", "tuotenro", "tuotenumero", "tilausnro", "tilausnumero", "viite",
     "viitenro", "viitenumero", "rechnung", "faktura", "factura", "facture", "fattura", "fatura", "no", "nr", "number",
     "id", "order", "serial",
     *(f"{word}{nr}" for word in ("vare", "ordre", "order", "artikel", "teile", "teil", "art")
       for nr in ("nr", "nummer", "no"))]
)  # fmt: skip
"""The last words of what _LABELED finds."""
_LAST_WORDS = _NAMING.union(["qq", "n", "num", "numero", "rahmennr", "rahmennummer", "bestellnr", "bestellnummer"])
_BUSINESS_IDS = frozenset(
    ["abn", "acn", "tfn", "uen", "nzbn", "utr", "eori", "gstin", "kvk", "cvr", "cif", "nif", "cuit", "cuil", "ruc",
     "nit", "rfc", "ondernemingsnr", "ondernemingsnummer", "regon", "krs", "hrb", "cui", "vkn", "инн", "огрн", "огрнип",
     "кпп", "єдрпоу", "mst", "y-tunnus", "ytunnus", "ח.פ", "ע.מ", 'ח"פ', "ע״מ", "ח״פ"]
)  # fmt: skip
"""Names of numbers of companies and of their taxes, of which `pesel` is none, as before many phones stands `tel`."""
_ORDERED = frozenset(
    ["frame", "chassis", "sipariş", "siparis", "takip", "şasi", "kadro", "pedido", "encomenda", "bastidor", "cuadro",
     "commande", "colis", "cadre", "ordine", "spedizione", "telaio", "bestelling", "comandă", "comanda", "zamówienie",
     "zamówienia", "zamowienie", "ramy", "resi", "objednávka", "objednávky", "заказ", "заказа", "рамы"]
)  # fmt: skip
"""Words for an order, a parcel or a frame."""
_LIKE_ME = frozenset(["frame"])
"""Ends like the word before many phones: `text me`. Behind `frame no.` it is known by what is between."""
_CURRENCIES = frozenset(
    ["rp", "idr", "cop", "clp", "ars", "mxn", "uyu", "pyg", "vnd", "inr", "pkr", "lkr", "php", "krw", "jpy",
     "huf", "czk", "rub", "uah", "kes", "ksh", "ngn", "tzs", "ugx", "usd", "eur", "gbp", "chf", "fcfa", "xof"]
)  # fmt: skip
_may_be_named, _may_be_business = _MayBeLabel(_LAST_WORDS), _MayBeLabel(_BUSINESS_IDS)
_may_be_currency = _MayBeLabel(_CURRENCIES)
"""Of what _LABELED and _QQ find, and of _BUSINESS_IDS."""
may_be_label = _MayBeLabel(
    [*_LAST_WORDS, *_BUSINESS_IDS, *_CURRENCIES, *(_ORDERED - _LIKE_ME),
     "ad", "ref", "reference", "rif", "riferimento", "case", "docket", "permit", "post", "ticket",
     "license", "licence", "policy", "req", "requisition", "anzeige", "aktenzeichen", "vorgang", "kennziffer",
     "expediente", "dossier"]
)  # fmt: skip
"""Of that, or of an id behind a year: of phone_context.ID_WORDS those that no word before many phones ends like."""


def _is_labeled(text: str, start: int, end: int, rules: Dialing) -> bool:
    first = text[start]
    if first == "+":
        return False
    sooner = _SOONER.search(text, max(0, start - 24), start) if text[start - 1 : start] == "-" else None
    if sooner is not None:
        # "ISBN 978-6-87-982982-2"
        start = sooner.start()
    if (
        "-" in text[end - 4 : end - 1]
        and rules.country != NORTH_AMERICA
        and _LONG_THEN_SHORT.match(text, start, end) is not None
        and phone_context.follows_id(text, start)
    ):
        return True
    if rules.country == NORTH_AMERICA and text[start + 3].isdigit() and phone_context.follows_id(text, start):
        # Behind a word for an id no group of a phone is missing or longer.
        sizes = list(map(len, _DIGITS.findall(text, start, end)))
        if len(sizes) > 1 and sizes not in NORTH_AMERICAN_SHAPES and sizes not in ([3, 7], [6, 4], [1, 10]):
            return True
    if first in "12" and phone_context.YEAR_FIRST.match(text, start) is not None and (
        # No phone is grouped so; other groups behind a year are those of an id where a word says so.
        phone_context.MONTH_AND_NUMBER.match(text, start) is not None or phone_context.follows_id(text, start)
    ):
        return True
    before = text[start - 4 if start > 4 else 0 : start]
    if not before.isascii() and _last_written(text, start).endswith(phone_context.UNSPACED_LABELS):
        return True
    if (
        _may_be_business[before]
        and _last_word(text, start) in _BUSINESS_IDS
    ):
        return True
    if (
        _may_be_currency[before]
        and _last_word(text, start) in _CURRENCIES
        and _IN_THOUSANDS.fullmatch(text, start, end) is not None
    ):
        return True
    if _BEFORE_LETTER.match(text, end) is not None and _last_word(text, start) in _ORDERED:
        # "Colis perdu, commande 06 65 00 37 58 B"
        return True
    return _may_be_named[before] and (
        (_may_name(text, start) and _LABELED.search(text, max(0, start - 32), start) is not None)
        or (rules.country != NORTH_AMERICA and _is_ordered(text, start))
        # Who gives a mobile number of 11 digits for QQ gives a phone as well.
        or (end - start < 11 and _QQ.search(text, max(0, start - 8), start) is not None)
    )


_MOST_BEFORE = 22
_LABELED = late(
    r"(?<![^\W_])(?:is[bs]n(?:-1[03])?|cpf|cnpj|iban|ssn|ein|vat|siret|siren|imei|upc|ean|sku|routing|invoice|tracking"
    r"|tuote(?:nro|numero)?|tilaus(?:nro|numero)|viite(?:nro|numero)?|(?:vare|ordre|order|artikel)n(?:umme)?r"
    r"|p\. ?iva|part(?:ita|\.) iva|(?:rechnung|fa[ck]tura|facture|fattura|fatura)(?!\. )|teile?n(?:umme)?r"
    r"|art(?:ikel)?\.?[ \-]?(?:nr|no)"
    r"|(?:order|serial) (?:no|nr|number|id|#))(?![^\W_])[ .:#\-]{0,4}"
    r"(?:[A-Z]{2}[0-9]{2}[0-9 ]{0,20}|(?-i:[A-Z0-9]{1,6}[ \-]){1,6})?$",
    re.IGNORECASE,
)
"""Names of numbers that are no phones, however they are grouped."""


def _may_name(text: str, start: int) -> bool:
    """False where the word before a number is one in small letters that _LABELED does not end with, as letters between
    a label and a number are capitals, or where a sign other than a dash stands behind digits."""
    bare = text[max(0, start - _MOST_BEFORE) : start].rstrip(" ")
    if bare[-2:-1].isdigit() and bare[-1] in ".:#" and not bare[:-1].lower().endswith(("isbn-10", "isbn-13")):
        return False
    word = bare.rstrip(" .:#-").rpartition(" ")[2]
    return not (word.isalpha() and word.islower()) or word in _NAMING


_GLUED = frozenset(
    f"{word}{nr}" for word in ("rahmen", "bestell", "auftrags", "fahrgestell") for nr in ("nr", "-nr", "nummer")
)
_NUMBERED = frozenset(["no", "nr", "n", "n°", "nº", "№", "num", "number", "numero", "número", "numéro", "id"])


def _is_ordered(text: str, start: int) -> bool:
    """Whether the words right before a number name that of an order or frame: `telaio n.`. North American numbers stand
    in their own groups there all the same."""
    before, _, last = text[max(0, start - 32) : start].rstrip(" .:#-").lower().rpartition(" ")
    return last in _GLUED or (last in _NUMBERED and before.rpartition(" ")[2] in _ORDERED)


_IN_THOUSANDS = late(r"[0-9]{1,3}(?:[.,][0-9]{3}){1,4}")
_BEFORE_LETTER = late(r" ?[A-Z](?![^\W_])")
"""A letter behind a number that belongs to it."""


def _last_word(text: str, start: int) -> str:
    """The word before a number, in small letters."""
    return _last_written(text, start).rpartition(" ")[2].lower()


def _last_written(text: str, start: int) -> str:
    """What stands before a number, without the signs between."""
    return text[max(0, start - _MOST_BEFORE) : start].rstrip(" .:#-\uff1a")


_SOONER = late(r"[0-9](?:[0-9\-]{0,20})-$")
"""Digits and dashes right before a number."""
_PART_NUMBER = late(r"-[A-Za-z](?![^\W_])")
"""One letter behind a dash, as on parts and files: `655-000417-B`."""
_LONG_THEN_SHORT = late(r"[0-9]{4,}(?:-[0-9]+)*-[0-9]{1,2}|[0-9]{5,}-[0-9]{3}")
"""Groups with dashes as no phone has them: `5594-2694-7`, `600123-457`."""


def _is_of_iban(text: str, start: int, end: int) -> bool:
    """Whether a number is part of a bank account number in groups, as long as those of its country are."""
    for head in iban.HEAD.finditer(text, max(0, start - _LONGEST_IBAN), min(start + 4, end)):
        last = iban.end_of(text, head)
        if last is not None and last > start:
            return True
    return False


_LONGEST_IBAN = 42
_IN_PAIRS_LONG = frozenset([11, 14, 17, 20])
"""Characters of four to seven pairs of digits with blanks between."""
_HEX = r"(?:[0-9][A-Fa-f]|[A-Fa-f][0-9A-Fa-f])"
_IN_PAIRS = late(r"[0-9]{2}(?: [0-9]{2})+")
_HEX_BEFORE = late(rf"(?<![^\s:]){_HEX}(?: [0-9]{{2}})* $")
_HEX_BEHIND = late(rf"(?: [0-9]{{2}})* {_HEX}(?![^\W_])")


def _is_of_size(text: str, start: int, end: int, rules: Dialing) -> bool:
    """Whether the signs of a number of one of some lengths are a month and a count, a row of pairs or bytes."""
    size = end - start
    if rules.country == NORTH_AMERICA and (
        (size == _YEAR_MONTH_ID and phone_context.MONTH_AND_NUMBER.match(text, start) is not None)
        or (size == _FIVE_PAIRS and _is_row_of_pairs(text, start))
    ):
        return True
    return size in _IN_PAIRS_LONG and text[start + 2] == " " and _is_dump(text, start, end)


def _is_dump(text: str, start: int, end: int) -> bool:
    """Whether pairs of digits stand between others with letters of hexadecimal digits: bytes of a file."""
    return (
        _IN_PAIRS.fullmatch(text, start, end) is not None
        and _HEX_BEFORE.search(text, max(0, start - 24), start) is not None
        and _HEX_BEHIND.match(text, end) is not None
    )


_QQ = late(r"(?<![^\W_])qq(?:邮箱|郵箱|邮件|mail)?[ 号號是为為:：#\-]{0,4}$", re.IGNORECASE)
_ORDER = late(r"[0-9]{3}-[0-9]{7}-[0-9]{7}(?![0-9])")
"""An order number of the largest online shop."""
_FILE = late(
    r"\.(?:png|jpe?g|gif|webp|heic|pdf|mp[34]|mov|avi|docx?|xlsx?|zip|txt|csv|html?)(?![a-z0-9])", re.IGNORECASE
)
_STAMP = late(r"[0-9]{8}T[0-9]{4}")


def _counts(text: str, start: int, end: int, number: str, method: str) -> bool:
    """Whether the groups of a number are a row of numbers with one and the same step: `36 37 38 39 40 41`."""
    if method == "words" and number[-9:] in _COUNTED and _DIGITS.search(text, start, end) is None:
        return True
    written = text[start:end]
    singles = written[:5:2]
    if (
        # Three digits apart begin most of what is long, seldom those of a row.
        singles.isdecimal()
        and not (written[1].isdecimal() or written[3].isdecimal() or written[5].isdecimal())
        and ord(singles[2]) - ord(singles[1]) != ord(singles[1]) - ord(singles[0])
    ):
        return False
    if written[:3].isdecimal() and written[4:7].isdecimal() and not (
        written[3].isdecimal() or written[7:8].isdecimal() or 0 < abs(int(written[4:7]) - int(written[:3])) < _MOST_STEP
    ):
        # Groups of three digits, as most begin with, and no step between.
        return False
    first = _FIRST_OF_ROW.search(written)
    if first is None:
        return False
    groups = first.groups()
    if len(groups[0]) == len(groups[1]) > 1 and not -2 < ord(groups[0][0]) - ord(groups[1][0]) < 2:
        # Far apart, as most area codes and what follows them.
        return False
    one, two, three = map(int, groups)
    step = two - one
    if three - two != step or not 0 < abs(step) < _MOST_STEP:
        return False
    numbers = list(map(int, _DIGITS.findall(written)))
    return len(numbers) >= FEWEST_IN_ROW and all(
        after - before == step for before, after in zip(numbers, numbers[1:])
    )


# One digit first, so that the search skips to it; none within a group, where it fails as before.
_FIRST_OF_ROW = late(r"([0-9](?<![0-9]{2})[0-9]*)[^0-9]+([0-9]+)[^0-9]+([0-9]+)")
_FIRST_SIGNS = frozenset("0123456789+(")
_LONGEST_UNCOUNTED = 12
"""Characters of no row."""
_MOST_STEP = 13
"""Numbers of a row are closer than this."""
_FIVE_PAIRS, _YEAR_MONTH_ID = 14, 12
_TELLING_SIZES = frozenset([_FIVE_PAIRS, _YEAR_MONTH_ID, *_IN_PAIRS_LONG])
"""Characters of `12 34 56 78 90` and `2025-11-0487`."""
_PAIRS = late(
    r"(?:(?<=[0-9]{2}[ ,])|(?<=[0-9]{2}, ))[0-9]{2}(?:,? [0-9]{2}){4}|[0-9]{2}(?:,? [0-9]{2}){5}(?![0-9])"
)


_DRAW = late(r"(?:[0-9]{1,2} ){4,}[0-9]{1,2}(?![^\W_])")


def _is_draw(text: str, start: int, end: int) -> bool:
    """Whether numbers of one and of two digits with blanks between go up, as a lottery's do, and nobody announces a
    phone."""
    match = _DRAW.match(text, start)
    # Digits that stand alone are told one by one.
    if match is None or match.end() != end or text[start:end:2].isdigit():
        return False
    drawn = match[0].split()
    first = list(map(int, drawn[:4]))
    return (
        len(set(map(len, drawn))) == 2
        and first == sorted({*first})
        and not any(number[0] == "0" for number in drawn)
        and _ANNOUNCES.search(text, max(0, start - 24), start) is None
    )


def _is_row_of_pairs(text: str, start: int) -> bool:
    """Whether five pairs of digits are part of a longer row of them, of temperatures or the like: nobody writes a
    North American number in pairs."""
    return _PAIRS.match(text, start) is not None


_COUNTED = frozenset(["234567891", "345678910", "456789101", "567891011"])


def lacks_trunk(text: str, hit: Hit, rules: Dialing) -> bool:
    """Whether a number of a region of WITH_TRUNK is written without plus, country code and trunk prefix, and no word
    before it announces it."""
    start, end, number, method, _ = hit
    country = rules.country
    first = LOOKALIKE.get(text[start], text[start])
    if method not in _BARE or first == "+" or not number.startswith(country, 1):
        return False
    if first in "0123456789" and first != number[1 + len(country)]:
        return False
    raw = text[start:end].translate(TO_DIGITS) if method == "lookalike" else text[start:end]
    written = "".join(_DIGITS.findall(raw))
    return (
        written.startswith(number[1 + len(country) :])
        and _ANNOUNCES.search(text, max(0, start - 14), start) is None
        and _PUTS_ZERO.search(text, max(0, start - _FAR), end + _FAR) is None
    )


_FAR = 64
_PUTS_ZERO = late(
    r"(?:put|add|stick|dial|with|start with) (?:an? |the )?(?:zero|0) (?:in front|before|first|at the front)",
    re.IGNORECASE,
)
"""Tells that the trunk prefix is left out."""
