"""Prices as lists state them in many languages and currencies, and what looks like them and is none."""

from __future__ import annotations

import pytest

from minerva.identifiers import KIND_BY_NAME, extract

STATED = {
    "a list, the unit before": ("GB", "30m £30\n45m £42.50\n60m £55", ["GBP 30 / 30 min", "GBP 42.50 / 45 min",
                                                                       "GBP 55 / 60 min"]),
    "a list in a line, the unit before": ("JP", "60分 12000円 90分 18000円", ["JPY 12000 / 60 min",
                                                                            "JPY 18000 / 90 min"]),
    "a list in a line, the unit behind": ("GB", "£30 30 mins £50 1 hr £90 2 hrs",
                                          ["GBP 30 / 30 min", "GBP 50 / 60 min", "GBP 90 / 120 min"]),
    "a list with one currency": ("DE", "1 Std. 65 Euro, 1,5 Std. 90, 30 Min. 35 Euro",
                                 ["EUR 65 / 60 min", "EUR 90 / 90 min", "EUR 35 / 30 min"]),
    "a list, the currency last": ("FR", "30min-80/60min-140 EUR", ["EUR 80 / 30 min", "EUR 140 / 60 min"]),
    "slang of lists": ("US", "hh 100 hr 160 qv 80", ["USD 100 / 30 min", "USD 160 / 60 min", "USD 80 / visit"]),
    "slang for money": ("US", "100 roses for half hour, 160 kisses/hr", ["USD 100 / 30 min", "USD 160 / 60 min"]),
    "a dash for cents": ("DE", "Übernachtung 800,-", ["EUR 800 / night"]),
    "a dash for cents, Czech": ("CZ", "30 min za 400,- Kč", ["CZK 400 / 30 min"]),
    "a dash for cents, Swedish": ("SE", "800:- per natt, 350 kr/tim", ["SEK 800 / night", "SEK 350 / 60 min"]),
    "francs": ("CH", "Fr. 140.- pro Stunde, CHF 1'200.- pro Monat", ["CHF 140 / 60 min", "CHF 1200 / month"]),
    "an article, French": ("FR", "80 € les 30 min, 150 euros l'heure", ["EUR 80 / 30 min", "EUR 150 / 60 min"]),
    "an hour and a half": ("FR", "1/2h : 35 €, 1h30 : 85 €", ["EUR 35 / 30 min", "EUR 85 / 90 min"]),
    "two amounts": ("ES", "80-120 € por sesión", ["EUR 80", "EUR 120 / session"]),
    "two amounts behind a sign": ("US", "$5-10 an hour", ["USD 5", "USD 10 / 60 min"]),
    "each person": ("IE", "€38pp incl. clay", ["EUR 38 / person"]),
    "a slash with letters": ("GB", "110 GBP p/w including wifi", ["GBP 110 / week"]),
    "the unit in a word before": ("US", "Hourly $65, $90 per small job", ["USD 65 / 60 min", "USD 90 / job"]),
    "Greek": ("GR", "15€/ώρα στο χώρο σας", ["EUR 15 / 60 min"]),
    "Ukrainian": ("UA", "350 грн/год онлайн", ["UAH 350 / 60 min"]),
    "Turkish": ("TR", "Saati 600 TL, online 500 TL/saat", ["TRY 600 / 60 min", "TRY 500 / 60 min"]),
    "Taiwanese": ("TW", "60分鐘 NT$1200,90分鐘 NT$1700", ["TWD 1200 / 60 min", "TWD 1700 / 90 min"]),
    "Japanese nights": ("JP", "素泊まり一泊4500円", ["JPY 4500 / night"]),
    "Thai": ("TH", "ค่าจ้าง 800 บาทต่อวัน คืนละ 5000 บาท", ["THB 800 / day", "THB 5000 / night"]),
    "Vietnamese": ("VN", "1.800.000 đồng/tháng, 500.000đ/giờ", ["VND 1800000 / month", "VND 500000 / 60 min"]),
    "Indonesian": ("ID", "Rp950rb per malam, Rp 1,5jt/bulan", ["IDR 950000 / night", "IDR 1500000 / month"]),
    "Russian": ("RU", "1500 р./час, 2500 руб за ночь, 5 тыс. рублей", ["RUB 1500 / 60 min", "RUB 2500 / night",
                                                                       "RUB 5000"]),
    "Romanian": ("RO", "35 lei/oră, seriozitate", ["RON 35 / 60 min"]),
    "Brazilian": ("BR", "R$ 150,00 a hora, R$ 1.200,00/mês", ["BRL 150 / 60 min", "BRL 1200 / month"]),
    "Mexican": ("MX", "$650 por sesión, $3000 la noche", ["MXN 650 / session", "MXN 3000 / night"]),
    "Polish": ("PL", "150 zł/h, 80 zł za 30 min", ["PLN 150 / 60 min", "PLN 80 / 30 min"]),
    "Dutch": ("NL", "50 euro per half uur, 90 euro per uur", ["EUR 50 / 30 min", "EUR 90 / 60 min"]),
    "a day before a price": ("US", "Day 3 $40 left; all day $5 burgers", ["USD 40", "USD 5"]),
    "a duration of something else": ("DE", "Miete 450 € warm, 30 min zum Zentrum", ["EUR 450"]),
}  # fmt: skip
NONE = {
    "people": ("US", "hr 5 people, 20 half"),
    "a weight": ("US", "I am 5'6 120 pounds"),
    "a road": ("US", "take I 95, 30 min 20 miles"),
    "parts of a score": ("US", "half 45, full 90 minutes"),
}


@pytest.mark.parametrize(("region", "text", "prices"), STATED.values(), ids=list(STATED))
def test_prices_are_read_with_their_units(region: str, text: str, prices: list[str]) -> None:
    assert [item.value for item in extract(text, kinds=["price"], region=region)] == prices


@pytest.mark.parametrize("text", ["$500 for 24 hours", "0001\u20ac97u/B", "90 hours $5", "$40 for 0 min"])
def test_a_duration_is_no_longer_than_a_day(text: str) -> None:
    for item in extract(text, kinds=["price"], region="US"):
        assert KIND_BY_NAME["price"].normalize(item.value) == item.value


@pytest.mark.parametrize(("region", "text"), NONE.values(), ids=list(NONE))
def test_other_amounts_are_no_prices(region: str, text: str) -> None:
    assert [item.value for item in extract(text, kinds=["price"], region=region)] == []
