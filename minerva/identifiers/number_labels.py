"""Words and signs before a number that name it as another one: an order, a part, an id of a business, an amount."""

from __future__ import annotations

import re
from collections.abc import Iterable
from string import ascii_letters

from minerva.identifiers import id_labels, phone_context
from minerva.identifiers.kept import keep
from minerva.identifiers.late import late
from minerva.identifiers.phone_tokens import NORTH_AMERICA, NORTH_AMERICAN_SHAPES
from minerva.identifiers.plans import Dialing

DIGITS = late(r"[0-9]+")
ANNOUNCES = late(
    r"(?:call|text|txt|sms|tel|telefon\w*|phone|ph|cell|mobile?|mob|whats ?app|wa|viber|signal|number|ring|dial|handy"
    r"|tlf|appel\w*|ruf\w*|llam\w*|suna\w*|tel\.?|☎|📞|📱)[ :.\-]{0,3}$",
    re.IGNORECASE,
)
"""Words right before a phone that say so."""
_NUMBER_SIGNS = "\u00b0\u2116\u05f3"
"""The end of a word for a number, which is no letter: `n\u00b0`, Hebrew \u05de\u05e1\u05f3."""


class MayBeLabel(dict[str, bool]):
    """Whether up to four characters before a number can be the end of one of some words, or tell nothing; answers are
    kept."""

    MOST = 8192

    def __init__(self, words: Iterable[str], behind_digits: bool = True) -> None:
        """`behind_digits`: whether digits may stand between a word and the number, else no more than one zero."""
        self._words = frozenset(filter(str.isascii, words))
        self._behind_digits = behind_digits

    def __missing__(self, before: str) -> bool:
        rest = before.rstrip(" .:#-\n")
        word = rest[len(rest.rstrip(ascii_letters)) :].lower()
        if before[-1:] == "-" and (rest[-1:].isupper() or before == "che-"):
            # "Socio n. J-76357452"
            may_be = True
        elif before[-1:] == "/":
            may_be = before[-2:-1].isdigit()
        elif rest[-1:].isdigit() and not self._behind_digits:
            may_be = rest == "0" or rest[-2:] == " 0"
        elif not (rest.isascii() and rest) or rest[-1].isdigit():
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
    ["plz", "postleitzahl", "postcode",
     "abn", "acn", "tfn", "uen", "nzbn", "utr", "eori", "gstin", "kvk", "cvr", "cif", "nif", "cuit", "cuil", "ruc",
     "nit", "rfc", "ondernemingsnr", "ondernemingsnummer", "regon", "krs", "hrb", "cui", "vkn", "инн", "огрн", "огрнип",
     "кпп", "єдрпоу", "mst", "nip", "npwp", "dič", "dic", "ičo", "ico", "ičz", "αφμ", "a.f.m", "p.iva", "adószám",
     "articolo", "artículo", "articulo", "artigo", "артикул", "артикула", "kodebarang", "pib",
     "y-tunnus", "ytunnus", "ח.פ", "ע.מ", 'ח"פ', "ע״מ", "ח״פ"]
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
_MEMBERS = frozenset(
    ["faktur", "pesanan", "member", "anggota", "pelanggan", "socio", "socia", "sócio", "członek", "członka",
     "membre", "mitglied", "lid", "cliente", "client", "klient", "kunde", "kund", "klant"]
)  # fmt: skip
"""Who has a number, before or behind the word for it."""
_COUNTED = frozenset(
    ["aukcji", "oferty", "przesyłki", "faktury", "umowy", "polisy", "sprawy", "katalogowy", "referencyjny", "rachunku",
     "comenzii", "facturii", "dosarului", "contractului", "expediente", "envío", "envio", "factura", "fattura",
     "facture", "dossier", "colis", "pratica", "spedizione", "fatura", "processo", "договора", "счета", "лота",
     "накладной", "pedido", "commande", "ordine", "encomenda", "série", "serie", "referência", "referencia",
     "référence", "suivi", "seguimiento", "rastreio"]
)  # fmt: skip
"""What has a number, behind the word for it: `nr aukcji`, `n.º de pedido`."""
_CURRENCIES = frozenset(
    ["rp", "idr", "cop", "clp", "ars", "mxn", "uyu", "pyg", "vnd", "inr", "pkr", "lkr", "php", "krw", "jpy",
     "huf", "czk", "rub", "uah", "kes", "ksh", "ngn", "tzs", "ugx", "usd", "eur", "gbp", "chf", "fcfa", "xof"]
)  # fmt: skip
_DEVICES = frozenset(
    ["device", "appliance", "machine", "unit", "apparecchio", "aparato", "aparelho", "appareil", "gerät", "apparaat",
     "aparatului", "sprzętu", "прибора", "устройства", "part", "ricambio", "repuesto", "recambio", "peça",
     "pièce", "ersatzteil", "piesei", "запчасти"]
)  # fmt: skip
"""Things with a serial number, which it stands behind: `serial number of the device: `."""
_FAR_ENDS = _DEVICES.union(
    # Ends of what _NAMED_FAR finds. `model` ends like the word before many phones, `tel`, and stands before letters.
    ["npwp", "bank", "socio", "socia", "onderdeelnummer", "onderdeelnr", "pieza",
     "serie", "fiscal", "fiscale", "comercial", "commerciale", "commercial", "fd", "sn", "sb", "code", "contribuinte",
     "prodotto", "producto", "produto", "produit", "artikelnummer", "bancaria", "bancaire", "corrente", "account"]
)  # fmt: skip
_may_be_far = MayBeLabel(
    [*_FAR_ENDS, "number", "no", "nr", "n", "id", "iva", "nif", "nie", "cif", "licence", "license"],
    behind_digits=False,
).__getitem__
_LATER_ENDS = frozenset(["half", "part", "teil", "parte", "mitad", "metade", "partie", "nummer", "telefonnummer"])
_may_be_later = MayBeLabel([*_LATER_ENDS, "number"], behind_digits=False).__getitem__
_may_be_named = MayBeLabel(_LAST_WORDS | _MEMBERS | _COUNTED | {"ref", "rif", "réf"}).__getitem__
_may_be_sure = MayBeLabel(id_labels.SURE_ENDS).__getitem__
_may_be_business = MayBeLabel(_BUSINESS_IDS).__getitem__
_may_be_currency = MayBeLabel(_CURRENCIES).__getitem__
"""Of what _LABELED and _QQ find, and of _BUSINESS_IDS."""
# Of a class derived from dict the method is sooner than brackets, which look for it first.
may_be_label = MayBeLabel(
    [*_MEMBERS, *_COUNTED, *_LAST_WORDS, *_BUSINESS_IDS, *_CURRENCIES, *(_ORDERED - _LIKE_ME),
     "ad", "ref", "reference", "rif", "riferimento", "case", "docket", "permit", "post", "ticket",
     "license", "licence", "policy", "req", "requisition", "anzeige", "aktenzeichen", "vorgang", "kennziffer",
     "expediente", "dossier", *_FAR_ENDS, *_LATER_ENDS, *id_labels.SURE_ENDS]
).__getitem__  # fmt: skip
"""Of that, or of an id behind a year: of id_labels.WORDS those that no word before many phones ends like."""
SAYS_PHONE = tuple(
    before + word + behind
    for word in ("phone", "ring", "Phone", "Ring")
    for before in (" ", "\n")
    for behind in (" ", ": ")
)
"""Whole words before phones that end like a label's last word (`tracking`), so that may_be_label alone does not do."""


_SWISS_BUSINESS = "CHE-"
"""What the id of a Swiss business begins with (Federal Statistical Office, UID): `CHE-123.456.789`."""


def is_labeled(text: str, start: int, end: int, rules: Dialing) -> bool:
    """Whether what stands right before a number, or behind it, names it as another one; may_be_label tells sooner where
    nothing does."""
    first = text[start]
    if first == "+":
        return False
    if text[start - 1 : start] == "-" and text[start - 4 : start].upper() == _SWISS_BUSINESS and text[end - 4] == ".":
        return True
    if _SERIAL_OR_DRAW.search(text, max(0, start - _FAR_LABEL), start) is not None:
        return True
    sooner = _SOONER.search(text, max(0, start - 24), start) if text[start - 1 : start] == "-" else None
    if sooner is not None:
        # "ISBN 978-6-87-982982-2"
        start = sooner.start()
        if _BOOK.match(text, start) is not None:
            return True
    if text[start - 1 : start] in (" ", "/") and text[start - 2 : start - 1].isdigit():
        # "parcel 5900 0673 8149 25", "NIF 397/4000/7118"
        chain = _CHAIN_BEFORE.search(text, max(0, start - 24), start)
        if chain is not None and (
            (last := _last_word(text, chain.start())) in _SENT
            or last in _BUSINESS_IDS
            or _is_ordered(text, chain.start())
            or _last_written(text, chain.start()).endswith(id_labels.UNSPACED)
            or id_labels.follows_id(text, chain.start())
        ):
            return True
    if (
        "-" in text[end - 4 : end - 1]
        and rules.country != NORTH_AMERICA
        and _LONG_THEN_SHORT.match(text, start, end) is not None
        and id_labels.follows_id(text, start)
    ):
        return True
    if text[end : end + 1] == "-" and text[end + 1 : end + 2].isdigit() and id_labels.follows_id(text, start):
        # "Order 415-5550132-88"
        return True
    # Of a number that shares its beginning three digits alone may stand here: `415-5550-132/134`.
    fourth = text[start + 3 : start + 4]
    if rules.country == NORTH_AMERICA and fourth.isdigit() and id_labels.follows_id(text, start):
        # Behind a word for an id no group of a phone is missing or longer.
        sizes = list(map(len, DIGITS.findall(text, start, end)))
        if len(sizes) > 1 and sizes not in NORTH_AMERICAN_SHAPES and sizes not in ([3, 7], [6, 4], [1, 10]):
            return True
    if (
        first in "12"
        and phone_context.YEAR_FIRST.match(text, start) is not None
        and (
            # No phone is grouped so; other groups behind a year are those of an id where a word says so.
            phone_context.MONTH_AND_NUMBER.match(text, start) is not None or id_labels.follows_id(text, start)
        )
    ):
        return True
    before = text[start - 4 if start > 4 else 0 : start]
    if not before.isascii() and _last_written(text, start).endswith(id_labels.UNSPACED):
        return True
    if _may_be_sure(before) and id_labels.names_id(text, start):
        return True
    if _may_be_business(before) and _last_word(text, start) in _BUSINESS_IDS:
        return True
    if (
        _may_be_currency(before)
        and _last_word(text, start) in _CURRENCIES
        and _IN_THOUSANDS.match(text, start) is not None
    ):
        return True
    if _BEFORE_LETTER.match(text, end) is not None and _last_word(text, start) in _ORDERED:
        # "Colis perdu, commande 06 65 00 37 58 B"
        return True
    if _may_be_later(before) and _LATER_PART.search(text, max(0, start - _MOST_FAR), start) is not None:
        return True
    if _may_be_far(before) and _NAMED_FAR.search(text, max(0, start - _MOST_FAR), start) is not None:
        return True
    return _may_be_named(before) and (
        (_may_name(text, start) and _LABELED.search(text, max(0, start - 32), start) is not None)
        or (rules.country != NORTH_AMERICA and _is_ordered(text, start))
        # Who gives a mobile number of 11 digits for QQ gives a phone as well.
        or (end - start < 11 and _QQ.search(text, max(0, start - 8), start) is not None)
    )


_SERIAL_OR_DRAW = late(
    r"(?<![^\W_])(?:s/n[ .:#]{0,3}(?:[0-9A-Z]{1,8}-){0,3}"
    r"|(?:lotto|lottery|powerball|euromillions|eurojackpot|toto|loto|lotter[i\u00ed]a|loteria|lotterie)"
    r"(?: numbers)?[ :.]{1,3}(?:[0-9]{1,2}[ ,]{1,2}){0,5})$",
    re.IGNORECASE,
)
"""Says that digits are the number of a thing, or drawn: `S/N 5978-57516-340`, `Lotto: 7 13 22 35 41 48`."""
_FAR_LABEL = 36
_LATER_PART = late(
    r"(?<![^\W_])(?:(?:second|last|other|2nd|final|remaining) (?:half|part)"
    r"|zweite[r]? (?:hälfte|teil)|(?:a doua|cealaltă) (?:parte|jumătate)|segunda (?:parte|mitad|metade)"
    r"|(?:seconde|deuxième) (?:moitié|partie)|seconda (?:parte|metà)"
    r"|вторая (?:половина|часть))"
    r"(?: (?:of|the|my|number|phone|de|del|do|du|di|mi|mon|meu|mio|num[ue]ro|número|numéro|meiner|nummer"
    r"|telefonnummer|is|es|ist|est|è|é|номера)){0,4}[ :.\-]{0,3}$",
    re.IGNORECASE,
)
"""Says that digits are the second part of a number."""
_MOST_FAR = 56
_OF = "of|the|our|your|my|this|dell[ao]?|del|de|do|da|du|des|vom|der|la|le|el|van|het"
_NAMED_FAR = late(
    r"(?<![^\W_])(?:serial (?:no|nr|number)|numero di serie|n[uú]mero de s[eé]rie|numéro de série|serien?-?n(?:umme)?r"
    r"|număr de serie|numer seryjny|серийн\w+ номер\w*|(?:tax|vat) (?:no|nr|number|id)|steuern(?:umme)?r"
    r"|n[uú]mero fiscal|numéro fiscal|codice fiscale|partita iva|ni[fe](?: fiscal)?|cif(?: fiscal)?"
    r"|(?:business|trade|commercial) licen[cs]e|licen[cç][ei]?a comercial|licenza commerciale|licence commerciale"
    r"|contribuinte(?: fiscal)?|product code|codice prodotto|c[oó]digo d[eo]l? produc?to|code produit|artikelnummer"
    r"|cuenta bancaria|compte bancaire|conto corrente|conta banc[aá]ria|bank account|bankkonto|kontonummer"
    r"|cod(?:ul)? pies[aă]|codice ricambio|nr cz[eę][sś]ci|m[aã] ph[uụ] t[uù]ng|s[oố] t[aà]i kho[aả]n|vergi no"
    r"|(?:h[oó]a [dđ][oơ]n|[dđ][oơ]n h[aà]ng) s[oố]|m[aã] [dđ][oơ]n h[aà]ng"
    r"|identificaci[oó]n fiscal|tessera (?:del )?soci[oa]|npwp|członek nr|(?:banka )?hesap no"
    r"|rekening(?: bank)?|сч[её]т|m[aã] s[oố] thu[eế]|onderdeel(?:nummer|nr)|nota fiscal|licen[cç]a"
    r"|pe[cç]a,? c[oó]digo|ref\. pieza"
    r"|mod[eè]l(?:l?o)?|modell|serie)(?![^\W_])"
    # its thing, a word for a number, letters before the digits
    rf"(?: (?:{_OF})(?![^\W_])){{0,3}}(?:['\u2019 ]{{0,2}}(?:l['\u2019])?(?:spare )?(?:{'|'.join(sorted(_DEVICES))}))?"
    r"(?: n(?:o|r|um)?)?[ .:#\-º°]{0,6}(?:(?-i:[A-Z]{1,4})[ \-]?)?(?:0 )?$",
    re.IGNORECASE,
)
"""Names of numbers that are no phones, with the thing between that has the number: `serial number of the device: `."""
_MOST_BEFORE = 22
_LABELED = late(
    r"(?<![^\W_])(?:is[bs]n(?:-1[03])?|cpf|cnpj|iban|ssn|ein|vat|siret|siren|imei|upc|ean|sku|routing|invoice|tracking"
    r"|tuote(?:nro|numero)?|tilaus(?:nro|numero)|viite(?:nro|numero)?|(?:vare|ordre|order|artikel)n(?:umme)?r"
    r"|p\. ?iva|part(?:ita|\.) iva|(?:rechnung|fa[ck]tura|facture|fattura|fatura)(?!\. )|teile?n(?:umme)?r"
    r"|art(?:ikel)?\.?[ \-]?(?:nr|no)"
    r"|(?:order|serial) (?:no|nr|number|id|#))(?:(?![^\W_])|(?=[是为為]))[ .:#\-是为為：]{0,4}"
    r"(?:[A-Z]{2}[0-9]{2}[0-9 ]{0,20}"
    # `NO VAT. PHONE 020 7946 0311` has no code before its digits
    r"|(?-i:(?!(?:PHONE|CALL|TEXT|TXT|TEL|CELL|MOB|MOBILE|RING|SMS|DIAL|WA|TLF)[ \-])[A-Z0-9]{1,6}[ \-]){1,6})?$",
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
    f"{word}{nr}"
    for word in ("rahmen", "bestell", "auftrags", "fahrgestell", "frame", "chassis") for nr in ("nr", "-nr", "nummer")
)  # fmt: skip
_THINGS = frozenset(
    ["invoice", "order", "bill", "receipt", "serial", "part", "item", "model", "ref", "file", "tracking", "account",
     "acct", "batch", "booking", "case", "certificate", "cheque", "chip", "claim", "client", "confirmation",
     "customer", "docket", "licence", "license", "lot", "member", "membership", "meter", "microchip", "passport",
     "permit", "policy", "registration", "ticket", "voucher", "warranty"]
)  # fmt: skip
_NAMED_THINGS = _ORDERED | _THINGS | _MEMBERS | frozenset(
    ["factura", "facture", "fattura", "fatura", "rechnung", "faktura", "licencia", "licença", "licenza", "cuenta",
     "conto", "konto", "rekening"]
)  # fmt: skip
"""Things that are numbered, before a word of _NUMBERED."""
_NUMBERED = frozenset(
    ["no", "nr", "n", "n°", "nº", "n.º", "n.°", "№", "num", "number", "numero", "número", "numéro", "id", "номер",
     "nummer", "numer", "număr", "numărul"]
)  # fmt: skip


def _is_ordered(text: str, start: int) -> bool:
    """Whether the words right before a number name that of an order or frame: `telaio n.`. North American numbers stand
    in their own groups there all the same."""
    written = text[max(0, start - 32) : start]
    coded = _CODE_BEFORE.search(written) if written[-1:] == "-" else None
    before, _, last = (written if coded is None else written[: coded.start()]).rstrip(" .:#-").lower().rpartition(" ")
    thing = before.rpartition(" ")[2].rpartition("\n")[2].rstrip(".:")
    last = last.rpartition("\n")[2]
    if last in _COUNTED and thing in _OF_IT:
        thing = before.rpartition(" ")[0].rpartition(" ")[2].rstrip(":")
        return thing in _NUMBERED
    return (
        last in _GLUED
        or (last in _NUMBERED and thing in _NAMED_THINGS)
        or (thing in _NUMBERED and (last in _MEMBERS or last in _COUNTED))
        or (coded is not None and last in _REFERRING)
    )


_OF_IT = frozenset(["de", "del", "do", "da", "di", "d"])
_REFERRING = frozenset(["ref", "rif", "réf", "reference", "referencia", "referência", "riferimento", "référence"])
"""Behind these letters and digits are an id: `Rif. A-0312/345`."""


_CODE_BEFORE = late(r" [A-Z]{1,3}-$")
"""Letters of an id before its digits: `Factura n.º RE-958786826`."""


_IN_THOUSANDS = late(r"[1-9][0-9]{0,2}(?:[., ][0-9]{3}){1,4}(?! ?[0-9])|[1-9][0-9]{2,8}00(?![0-9])")
_BEFORE_LETTER = late(r" ?[A-Z](?![^\W_])")
"""A letter behind a number that belongs to it."""


def _last_word(text: str, start: int) -> str:
    """The word before a number, in small letters."""
    return _last_written(text, start).rpartition(" ")[2].rpartition("\n")[2].lower()


def _last_written(text: str, start: int) -> str:
    """What stands before a number, without the signs between."""
    return text[max(0, start - _MOST_BEFORE) : start].rstrip(" .:#-\uff1a")


_CHAIN_BEFORE = late(r"(?<![A-Za-z0-9_/.\-])[0-9]{2,}(?:[ /][0-9]+)*[ /]$")
"""Groups of digits and a blank or slash right before a number."""
_PARCELS = frozenset(
    ["parcel", "consignment", "tracking", "shipment", "посилка", "посылка", "посилку", "посылку", "ттн", "накладна",
     "накладная", "замовлення", "трек", "paczka", "paczki", "przesyłka", "przesyłki", "zásilka", "zásilky", "balík",
     "paket", "pakke", "pakket", "sendung", "sendungsnummer", "pacco", "paquete",
     "envío", "seguimiento", "suivi", "spedizione", "rastreio", "śledzenia", "отслеживания", "urmărire", "tracciamento",
     "csomag", "kargo", "colete", "awb", "δέμα"]
)  # fmt: skip
_SENT = _ORDERED | _PARCELS
"""Words for an order or a parcel, before groups of which the first are no part of a phone."""
_SOONER = late(r"[0-9](?:[0-9\-]{0,20})-$")
"""Digits and dashes right before a number."""
_BOOK = late(r"(?<![0-9\-])97[89](?:-[0-9]{1,7}){4}(?![0-9])(?<=[0-9]-[0-9])")
"""An ISBN in its five groups, the last a single digit (ISO 2108)."""
_LONG_THEN_SHORT = late(r"[0-9]{4,}(?:-[0-9]+)*-[0-9]{1,2}|[0-9]{5,}-[0-9]{3}")
"""Groups with dashes as no phone has them: `5594-2694-7`, `600123-457`."""
_QQ = late(r"(?<![^\W_])qq(?:邮箱|郵箱|邮件|mail)?[ 号號是为為:：#\-]{0,4}$", re.IGNORECASE)
