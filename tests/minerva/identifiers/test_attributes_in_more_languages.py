"""Prices, opening hours, addresses, plates and ages as texts in more languages state them, found missing in the 44th
round of texts not seen before, with what looks like them and is none."""

from __future__ import annotations

import pytest

from minerva.identifiers import extract

STATED = {
    "a price behind a sentence": ("price", "譲ります。3,500円、取りに", "JP", "JPY 3500"),
    "for two hours": ("price", "£12 deposit, then £22 for 2 hours", "GB", "GBP 22 / 120 min"),
    "two hours before": ("price", "2 hours $145, overnight not offered", "US", "USD 145 / 120 min"),
    "per month, Dutch": ("price", "Opslagruimte, € 95 per maand, droog", "NL", "EUR 95 / month"),
    "a month, Spanish": ("price", "habitación, $300 al mes", "MX", "MXN 300 / month"),
    "a week, Russian": ("price", "оплата 4000 рублей в неделю", "RU", "RUB 4000 / week"),
    "minutes, Italian": ("price", "Lezioni: 45 minuti 28 €, prima", "IT", "EUR 28 / 45 min"),
    "Turkish money": ("price", "kilim, 1.800 TL, bir", "TR", "TRY 1800"),
    "Indonesian money": ("price", "Harganya Rp 631.000 saja", "ID", "IDR 631000"),
    "Danish crowns": ("price", "kun 500 kr her", "DK", "DKK 500"),
    "Argentine pesos": ("price", "cuesta 3500 pesos", "AR", "ARS 3500"),
    "from and to, Italian": ("opening_hours", "aperto dalle 16:00 alle 20:00, le camere", "IT", "16:00-20:00"),
    "days, Dutch": ("opening_hours", "De winkel is open ma-vr 9:00-17:30", "NL", "Mo-Fr 09:00-17:30"),
    "days, Polish": ("opening_hours", "noże, czynne pn-pt 8:00-16:00", "PL", "Mo-Fr 08:00-16:00"),
    "days in words, Polish": (
        "opening_hours", "czynne od poniedziałku do piątku 08:00–16:00", "PL", "Mo-Fr 08:00-16:00",
    ),
    "days, Portuguese": ("opening_hours", "aberta de segunda a sexta, das 9h às 18h", "BR", "Mo-Fr 09:00-18:00"),
    "days and hours alone, Swedish": ("opening_hours", "har öppet mån-fre 12-18, ta med", "SE", "Mo-Fr 12:00-18:00"),
    "days and hours alone, past noon": ("opening_hours", "We are open Mon-Fri 9-5", "US", "Mo-Fr 09:00-17:00"),
    "every day, Korean": ("opening_hours", "만화방, 매일 11:00~21:00 영업", "KR", "Mo-Su 11:00-21:00"),
    "every day, Turkish": ("opening_hours", "açık: her gün 09:00-21:00, topuklar", "TR", "Mo-Su 09:00-21:00"),
    "days in words, Ukrainian": (
        "opening_hours", "Відчинено з понеділка до п'ятниці 8.00-17.00", "UA", "Mo-Fr 08:00-17:00",
    ),
    "days in words, Czech": ("opening_hours", "Otevřeno pondělí až pátek 07:00–19:00", "CZ", "Mo-Fr 07:00-19:00"),
    "an Australian address": ("address", "from 52 Beach Street, Manly NSW 2095.", "AU", "52 beach st 2095"),
    "a Canadian address": ("address", "Quilting, 540 Birch Avenue, Halifax, NS B3H 1T9", "CA", "540 birch ave b3h 1t9"),
    "a direction behind the street": (
        "address", "to 88 Queen Street West, Toronto, ON M5H 2N2.", "CA", "88 w queen st m5h 2n2",
    ),
    "a Dutch address": ("address", "in de Kerkstraat 51, 1017 GC Amsterdam", "NL", "51 kerkstraat 1017 gc"),
    "a plate before a small word": ("plate", "van with Ohio license plate HLR 2078 is our", "US", "us-oh/HLR2078"),
    "a registration number": ("plate", "for sale, registration number KX65 RTV, moss", "GB", "gb/KX65RTV"),
    "a French plate": ("plate", "La camionnette immatriculée GH-482-KL a laissé", "FR", "fr/GH482KL"),
    "an Italian plate": ("plate", "il furgone con targa FK 382 ZT ha dimenticato", "IT", "it/FK382ZT"),
    "an age in Polish": ("age", "Mam 36 lat, uczę gry", "PL", "36"),
    "prices of a list": ("price", "rates $5,$10,$15", "US", "USD 15"),
    "for a day of hours": ("price", "$500 for 24 hours", "US", "USD 500 / 1440 min"),
    "hours behind a word like a day": ("opening_hours", "pick up my son 10:00-14:00", "US", "10:00-14:00"),
}  # fmt: skip
NONE = {
    "feet": ("price", "a rope of 10 ft and a hook", "US"),
    "a room": ("price", "come to rm 210 on the second floor", "US"),
    "a language of programs": ("price", "we need 5 php developers", "DE"),
    "policemen": ("price", "2 cop cars went by", "US"),
    "a number of things": ("price", "No.5 pounds on the door", "GB"),
    "a station and a year": ("address", "Bahnhof 12 2024 EU", "DE"),
    "a fee": ("plate", "REGISTRATION FEE 50", "GB"),
    "people": ("opening_hours", "open for 2-3 people", "US"),
    "children": ("opening_hours", "children 6-12 at the open gym", "US"),
    "a word like one for plates": ("plate", "registration closes at 9", "GB"),
    "years of work": ("age", "od 20 lat pracujemy", "PL"),
    "years of work, told": ("age", "mam 20 lat do\u015bwiadczenia", "PL"),
}  # fmt: skip


@pytest.mark.parametrize(("kind", "text", "region", "value"), STATED.values(), ids=list(STATED))
def test_an_attribute_is_read(kind: str, text: str, region: str, value: str) -> None:
    assert value in [item.value for item in extract(text, kinds=[kind], region=region)]


@pytest.mark.parametrize(("kind", "text", "region"), NONE.values(), ids=list(NONE))
def test_other_words_state_none(kind: str, text: str, region: str) -> None:
    assert [item.value for item in extract(text, kinds=[kind], region=region)] == []
