"""Halves of a number in more languages, numbers told backwards with odd signs, and amounts and parcels: no numbers."""

from __future__ import annotations

import pytest

from minerva.identifiers import extract
from tests.minerva.identifiers.conftest import Phones

READ = {
    "halves, German": ("Die Nummer beginnt mit 07608 und geht dann mit 06680 weiter", "CH", "+41760806680"),
    "halves, the last first": ("Mi teléfono: la mitad final es 81652 y la mitad inicial 6359", "ES", "+34635981652"),
    "halves, French": ("Début de mon numéro : 04959. Bottes, 190 €. La fin : 39744", "BE", "+32495939744"),
    "halves, Turkish": ("Numaramın ilk yarısı 053990. Ders 180 TL. İkinci yarısı 97432", "TR", "+905399097432"),
    "halves, Hungarian": ("A szám eleje 067083. Mosógép 100 ezer Ft. A vége 93780", "HU", "+36708393780"),
    "remaining digits": ("First three digits: 613. Bike, $22 firm. Remaining seven: 5550112.", "CA", "+16135550112"),
    "backwards with stars": ("Numero takaperin: 1*5*7*8*2*4*7*0*5*0. Tabletti 60 €", "FI", "+358507428751"),
    "pairs with apostrophes": ("Tél : 04'50'36'33'29", "FR", "+33450363329"),
}
NONE = {
    "a tax code, Vietnamese": ("Tủ lạnh 180L, MST 0312345678, giá 2.900.000đ", "VN"),
    "a business id, Finnish": ("Y-tunnus 2345678-9, lasku 10423, hylly 180x80x30 cm", "FI"),
    "an order, Hebrew": ("מספר הזמנה 30918842, מחיר 1,290", "IL"),
    "a company number, Hebrew": ("ח.פ. 514238906, שילמתי 389", "IL"),
    "an amount in rupiah": ("Mobil tahun 2013, harga Rp 28.500.000 nego", "ID"),
    "an amount behind a code": ("Harga IDR 28.500.000", "ID"),
    "a parcel with a letter": ("Colis perdu, commande 06 65 00 37 58 B, poids 2,4 kg", "FR"),
    "an order with a letter": ("Pedido 11 93546 5495 C chegou errado", "BR"),
    "a waybill": ("Paket salah kirim, resi 0812017227134X, berat 1,5 kg", "ID"),
}


@pytest.mark.parametrize(("text", "region", "number"), READ.values(), ids=list(READ))
def test_a_number_is_read(text: str, region: str, number: str, phones: Phones) -> None:
    assert [item.value for item in phones(text, region)] == [number]


@pytest.mark.parametrize(("text", "region"), NONE.values(), ids=list(NONE))
def test_is_no_phone(text: str, region: str) -> None:
    assert extract(text, kinds=["phone"], region=region) == []


@pytest.mark.parametrize("text", ["Rs 98450 12345", "call order desk 98450 12345"], ids=["groups", "a desk"])
def test_a_number_that_is_no_amount_stays(text: str) -> None:
    assert [item.value for item in extract(text, kinds=["phone"], region="IN")] == ["+919845012345"]
