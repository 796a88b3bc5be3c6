"""Addresses whose type stands behind the name, with an article, of Asia in Latin letters, with what looks like them."""

from __future__ import annotations

import pytest

from minerva.identifiers import extract
from minerva.identifiers.postal_address import PostalAddress
from tests.minerva.identifiers.addresses import found_in, marked, share_key

WHOLE = [
    ("FR", "[12 La Canebière, 13001 Marseille]", "12 la canebiere 13001"),
    ("FR", "[12bis Les Allées Provençales, 13100 Aix-en-Provence]", "12bis les allees provencales 13100"),
    ("FR", "[5 L'Esplanade, 31000 Toulouse]", "5 lesplanade 31000"),
    ("PT", "[Rossio 12, 1100-200 Lisboa]", "12 rossio 1100-200"),
    ("CZ", "[Karlovo nám. 5, 120 00 Praha 2]", "5 karlovo namesti 120 00"),
    ("CZ", "[Václavské náměstí 1, 110 00 Praha]", "1 vaclavske namesti 110 00"),
    ("CZ", "[Národní třída 12, Praha]", "12 narodni trida"),
    ("SK", "[Hlavné námestie 3, 811 01 Bratislava]", "3 hlavne namestie 811 01"),
    ("SI", "[Dunajska cesta 5, 1000 Ljubljana]", "5 dunajska cesta 1000"),
    ("HR", "[Trg bana Jelačića 3, Zagreb]", "3 trg bana jelacica"),
    ("RS", "[Knez Mihailova 5, 11000 Beograd]", "5 knez mihailova 11000"),
    ("RS", "Hotel [Ilica 12, 10000 Zagreb]", "12 ilica 10000"),
    ("LV", "[Brīvības iela 12, Rīga]", "12 brivibas iela"),
    ("LT", "[Gedimino pr. 9, Vilnius]", "9 gedimino prospektas"),
    ("LT", "[Vilniaus g. 5-12, Vilnius]", "5-12 vilniaus gatve"),
    ("EE", "[Pärnu mnt 5, Tallinn]", "5 parnu maantee"),
    ("EE", "[Narva maantee 7, 10117 Tallinn]", "7 narva maantee 10117"),
    ("EE", "[Viru tänav 4, Tallinn]", "4 viru tanav"),
    ("GR", "[Λεωφόρος Κηφισίας 44, Μαρούσι]", "44 λεωφόρος κηφισίας"),
    ("GR", "[οδός Ερμού 12, 105 63 Αθήνα]", "12 ερμού 105 63"),
    ("IS", "[Laugavegur 12, 101 Reykjavík]", "12 laugavegur 101"),
    ("MY", "[12 Jalan Bukit Bintang, 55100 Kuala Lumpur]", "12 jalan bukit bintang 55100"),
    ("MY", "[No. 12, Jalan SS2/24, 47300 Petaling Jaya]", "12 jalan ss2/24 47300"),
    ("TH", "[123 Sukhumvit Soi 11, Bangkok 10110]", "123 sukhumvit soi 11 10110"),
    ("TH", "at [123 Sukhumvit Soi 11]", "123 sukhumvit soi 11"),
    ("TH", "[99/5 Soi Sukhumvit 22, Khlong Toei, Bangkok 10110]", "99-5 sukhumvit soi 22 10110"),
    ("IN", "[4th Cross Road, Indiranagar, Bengaluru 560038]", "4th cross rd 560038"),
    ("IN", "[12, 3rd Main, Koramangala, Bangalore 560034]", "12 3 main 560034"),
    ("IN", "[#12, 4th Cross, 3rd Main, Koramangala, Bangalore - 560034]", "12 4 cross 560034"),
    ("IN", "[No. 58, 4th Cross Road, Malleswaram, Bengaluru 560003]", "58 4 cross rd 560003"),
    ("SG", "[Blk 123 Ang Mo Kio Ave 3 #05-12 Singapore 560123]", "123 ang mo kio ave 3 unit 05-12 560123"),
    ("SG", "[Blk 45 Bedok North Street 2 S(460045)]", "45 bedok north st 2 460045"),
    ("KE", "[Moi Avenue 12, Nairobi]", "12 moi ave"),
]
SAME = [
    ("Karlovo nám. 5, 120 00 Praha 2", "Karlovo náměstí 5, 120 00 Praha", "CZ"),
    ("Gedimino pr. 9, Vilnius", "Gedimino prospektas 9, Vilnius", "LT"),
    ("Pärnu mnt. 5, Tallinn", "Pärnu maantee 5, Tallinn", "EE"),
    ("Λεωφ. Κηφισίας 44", "Λεωφόρος Κηφισίας 44, Μαρούσι", "GR"),
    ("No. 12, Jalan Besar, 55100 Kuala Lumpur", "12 Jln Besar, 55100 Kuala Lumpur", "MY"),
    ("123 Sukhumvit Soi 11, Bangkok 10110", "123 Soi Sukhumvit 11, Bangkok 10110", "TH"),
    (
        "Blk 123 Ang Mo Kio Ave 3 #05-12 Singapore 560123",
        "123 Ang Mo Kio Avenue 3, #05-12, Singapore 560123",
        "SG",
    ),
]
APART = [
    ("Blk 123 Ang Mo Kio Ave 3 Singapore 560123", "Blk 123 Ang Mo Kio Ave 4 Singapore 560123"),
    ("Knez Mihailova 5, 11000 Beograd", "Vojvode Mihailova 5, 11000 Beograd"),
]
NONE = [
    "BMW 3 Limousine, 10115 Berlin",
    "Zimmer 3",
    "3 Zimmer, 10115 Berlin",
    "2 Zimmer Wohnung, 10115 Berlin",
    "iPhone 12 Pro, London",
    "VW Golf 7 Variant, 80331 München",
    "Genesis 3, 15",
    "Johannes 3,16",
    "John 3:16 and Luke 15, 11",
    "Psalm 23",
    "Real Madrid 3 Barcelona 1",
    "Sparta 2, Slavia 1",
    "Bayern München 3, Dortmund 2",
    "Massage 60 min 80 €, 90 min 110 €",
    "60 Min La Boheme 90 Euro",
    "Po-Pá 9-17, So 10-14",
    "Mon 9 Tue 10 Wed 11",
    "3 le matin, 2 le soir",
    "5 La Liga games, 3 Serie A",
    "12 Les Mills classes",
    "1 L water, 5 Le Creuset pots",
    "Cena 500 g. 5 ks",
    "Kava 250 g. 5 kom",
    "Masáž 60 min. 800 Kč",
    "Dobra cesta 5 km",
    "Lukas tn 5 tk",
    "Tel. pr. 5 min",
    "Salon g. 3 vaik.",
    "OBR 3, 110 00 Kč",
    "Cena 120 00 Kč, byt 3",
    "tram 22 Karlovo nám.",
    "Metro Karlovo náměstí, tram 3",
    "Soi dogs 11",
    "Soi 11",
    "Jalan 12",
    "4th Cross Fit class, 3rd Main event",
    "3rd Main Street dancer of 2020",
    "Blk 123",
    "Block 5 Season 3",
    "Singapore 560123",
    "Fifth Avenue 50 ml, 30 USD",
    "Route 101 Reykjavík",
    "Flug 101 Reykjavík, 12 Uhr",
    "Λεωφορείο 44",
    "οδός 5",
    "Modelo 12, 1100-200 unidades",
    "Lote 5, 1000-500 EUR",
    "Audi A4 2, 11000 km",
    "Salon Anna 24, 11000 din",
    "Honda CBR 600, 143000",
    "Honda Civic 600, 143000 km",
    "Llamadas al 9",
    "Camisa G 35",
]


@pytest.mark.parametrize(("region", "text", "key"), WHOLE, ids=[text for _, text, _ in WHOLE])
def test_an_address_is_read_whole(region: str, text: str, key: str) -> None:
    whole, raw = marked(text)
    assert found_in(whole, region) == [(raw, key)]
    assert PostalAddress.normalize(key) == key


@pytest.mark.parametrize(("first", "second", "region"), SAME, ids=[first for first, _, _ in SAME])
def test_two_ways_of_writing_one_place_have_one_key(first: str, second: str, region: str) -> None:
    assert share_key(first, second, region)


@pytest.mark.parametrize(("first", "second"), APART)
def test_two_streets_have_two_keys(first: str, second: str) -> None:
    assert PostalAddress.normalize(first) != PostalAddress.normalize(second)


@pytest.mark.parametrize("text", NONE)
def test_other_words_are_no_address(text: str) -> None:
    for region in (None, "FR", "CZ", "RS", "LT", "EE", "SI", "KE", "MY", "TH", "SG", "IN", "PT", "IS", "GR"):
        assert found_in(text, region) == [], region


@pytest.mark.parametrize(
    "piece",
    [
        "Aa nám. ",
        *(
            pytest.param(piece, marks=pytest.mark.full)
            for piece in (
                "12 La Aa Bb ",
                "12 Jalan Aa, Bb, ",
                "1st Cross, Aa, ",
                "Blk 12 Aa Bb ",
                "Knez Aa 5, ",
                "12 Soi Aa ",
            )
        ),
    ],
)
def test_a_long_text_of_parts_is_read_in_time(piece: str) -> None:
    for region in (None, "RS", "KE"):
        extract("5 " + piece * (100_000 // len(piece)), kinds=["address"], region=region)
