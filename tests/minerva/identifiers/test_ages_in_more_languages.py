"""Ages, dates of birth, plates and postcodes as more languages state them, with durations and things that are none."""

from __future__ import annotations

import pytest

from minerva.identifiers import extract

AGES = [
    ("UA", "Мені 31 рік, досвід", "31"),
    ("TH", "ชื่อแอน อายุ 38 ปี มี", "38"),
    ("TH", "อายุ38ปี", "38"),
    ("RO", "sunt Mihaela, am 39 de ani și caut", "39"),
    ("ID", "Saya Rina, usia 24 tahun, lulusan", "24"),
    ("NL", "Ik ben Eva, 24 jaar, uit Breda", "24"),
    ("NL", "Ik ben 24 jaar oud", "24"),
    ("DE", "Lena, 22 J., schlank", "22"),
    ("DE", "Ich bin 24 Jahre und", "24"),
    ("SE", "Anna, 24 år, söker", "24"),
    ("SE", "Jag är 24 år gammal", "24"),
    ("DK", "jeg er 24 år", "24"),
    ("HU", "24 éves lány", "24"),
    ("TR", "24 yaşında bayan", "24"),
    ("TR", "Yaş: 31", "31"),
    ("CZ", "je mi 24 let", "24"),
    ("CZ", "Jana, 24 let, Brno", "24"),
    ("US", "I just turned 21!", "21"),
    ("DE", "24-jährige Studentin", "24"),
    ("PL", "24-letnia studentka", "24"),
    ("PL", "Mam 24 lata", "24"),
    ("RU", "24-летняя девушка", "24"),
    ("RU", "Мне 24 года", "24"),
    ("RU", "Девушка, 27 лет, ищет", "27"),
    ("US", "F/24 here", "24"),
    ("GB", "a 34-year-old nurse", "34"),
    ("GB", "34yo student", "34"),
    ("GB", "Sam, 34 y/o", "34"),
    ("AU", "66 and 63 years old", "66,63"),
    ("IT", "Signora di 52 anni cerca", "52"),
    ("ES", "chica de 28 años", "28"),
    ("ES", "tengo 28 años", "28"),
    ("FR", "J'ai 35 ans, 152 cm", "35"),
    ("JP", "はじめまして、35歳の", "35"),
    ("KR", "24살 여자", "24"),
    ("CN", "今年28岁", "28"),
    ("VN", "em 24 tuổi", "24"),
    ("FI", "Olen 24-vuotias", "24"),
    ("BG", "аз съм на 24 години, от", "24"),
    ("HR", "Imam 24 godine", "24"),
    ("GR", "είμαι 24 χρονών", "24"),
    ("IN", "उम्र 24", "24"),
    ("PT", "idade: 33 anos", "33"),
    ("US", "age 24", "24"),
    ("US", "aged 45", "45"),
    ("PH", "24 taong gulang", "24"),
    ("DE", "Frau, 45, sucht", "45"),
    ("US", "I'm 29 and new here", "29"),
]
NO_AGES = [
    ("US", "Minimum age 21, bring ID"),
    ("US", "the shop on 24th St"),
    ("HU", "20 éves gyakorlattal"),
    ("DE", "20 Jahre Erfahrung"),
    ("DE", "seit 20 Jahren"),
    ("DE", "20 Jahre Garantie"),
    ("GB", "12 year old whisky"),
    ("US", "Gentle 12 year old beagle mix"),
    ("GB", "since 15 years"),
    ("US", "for 15 years"),
    ("US", "15 yrs experience"),
    ("ES", "Academia con 30 años de experiencia"),
    ("RU", "стаж 14 лет без ДТП"),
    ("RU", "опыт работы 10 лет"),
    ("RU", "от 18 лет"),
    ("GB", "Our removals firm turned 25 this spring"),
    ("GB", "our company is 25 years old"),
    ("NL", "10 jaar ervaring"),
    ("NL", "al 25 jaar een begrip"),
    ("SE", "10 års garanti"),
    ("SE", "20 år i branschen"),
    ("CZ", "20 let praxe"),
    ("CZ", "záruka 10 let"),
    ("ID", "pengalaman 10 tahun"),
    ("FR", "depuis 20 ans"),
    ("FR", "20 ans d'expérience"),
    ("IT", "da 20 anni"),
    ("IT", "20 anni di esperienza"),
    ("PL", "od 20 lat pracujemy"),
    ("PL", "mam 20 lat doświadczenia"),
    ("BR", "há 20 anos no mercado"),
    ("TR", "20 yıl tecrübe"),
    ("RO", "experiență de 15 ani"),
    ("US", "18 to 25 years old"),
    ("US", "over 21 years old"),
    ("US", "32F bra"),
    ("US", "24/7"),
    ("US", "I'm 15 minutes away"),
    ("DE", "ab 18 Jahre"),
    ("TH", "เปิดมา 20 ปี"),
    ("UA", "досвід 15 років"),
    ("UA", "працюємо вже 20 років"),
    ("ES", "hace 20 años"),
    ("ES", "mayores de 18 años"),
    ("HU", "20 éves tapasztalat"),
    ("JP", "創業35年"),
    ("US", "my 12 year old Honda Civic car"),
    ("US", "a 30 year mortgage"),
    ("FR", "garantie 10 ans"),
    ("IT", "garanzia 10 anni"),
    ("GB", "20 years young company"),
]
BIRTHS = [
    ("DE", "geb. 03.04.2001", "2001-04-03"),
    ("DE", "* 03.04.2001", "2001-04-03"),
    ("DE", "Lena, *3.4.1999 in Ulm", "1999-04-03"),
    ("PL", "ur. 3.04.2001", "2001-04-03"),
    ("PL", "urodzona 3 maja 1995", "1995-05-03"),
    ("RU", "род. 03.04.2001", "2001-04-03"),
    ("RU", "Дата рождения 19.08.1986", "1986-08-19"),
    ("RU", "дата рождения: 5 марта 1990", "1990-03-05"),
    ("SE", "född 1990-05-03", "1990-05-03"),
    ("SE", "född den 3 maj 1990", "1990-05-03"),
    ("NO", "født 03.05.1990", "1990-05-03"),
    ("NL", "geboren op 3 mei 1990", "1990-05-03"),
    ("FR", "née le 12 février 2001", "2001-02-12"),
    ("FR", "né le 03/04/85", "1985-04-03"),
    ("IT", "nata il 3/5/1990", "1990-05-03"),
    ("JP", "生年月日：1990年5月3日", "1990-05-03"),
    ("CN", "出生日期 1990-05-03", "1990-05-03"),
    ("KR", "생년월일: 1990년 5월 3일", "1990-05-03"),
    ("KR", "생년월일 1990.05.03", "1990-05-03"),
    ("US", "DOB 5/3/90", "1990-05-03"),
    ("GB", "DOB 5/3/90", "1990-03-05"),
    ("US", "D.O.B.: May 3, 1990", "1990-05-03"),
    ("US", "born May 3rd, 1990", "1990-05-03"),
    ("TR", "doğum tarihi: 3 Mayıs 1990", "1990-05-03"),
    ("HU", "született 1990. május 3", "1990-05-03"),
    ("CZ", "nar. 3. 5. 1990", "1990-05-03"),
    ("RO", "data nașterii 03.05.1990", "1990-05-03"),
    ("ID", "tanggal lahir 3 Mei 1990", "1990-05-03"),
    ("ES", "nacida el 3 de mayo de 1990", "1990-05-03"),
    ("BR", "nascido em 03/05/1990", "1990-05-03"),
    ("TH", "เกิดวันที่ 3/5/2533", "1990-05-03"),
    ("UA", "дата народження 03.05.1990", "1990-05-03"),
    ("DE", "geboren am 3. Mai 1990", "1990-05-03"),
    ("US", "birthday: 1990/05/03", "1990-05-03"),
]
NO_BIRTHS = [
    "* 03.04.2024 Konzert",
    "* 12.05.2025 Sale",
    "ab 03.04.2001",
    "2 * 03.04",
    "party 03.04.2001",
    "geb. 35.04.2001",
    "built 03/04/1990",
]
PLATES = [
    ("GB", "number plate ye19 okd, ladder", "gb/YE19OKD"),
    ("SE", "reg.nr DGA 57M, besiktad", "se/DGA57M"),
    ("SE", "regnr ABC123", "se/ABC123"),
    ("TR", "plaka 16 BN 957", "tr/16BN957"),
    ("PL", "nr rej. WA 12345", "pl/WA12345"),
    ("PL", "tablice WA12345", "pl/WA12345"),
    ("RU", "госномер А123ВС77", "ru/A123BC77"),
    ("RU", "гос. номер А123ВС 777", "ru/A123BC777"),
    ("UA", "держномер АА1234ВВ", "ua/AA1234BB"),
    ("AR", "patente AB123CD", "ar/AB123CD"),
    ("IN", "vehicle number MH 12 AB 1234", "in/MH12AB1234"),
    ("IE", "reg 191-D-12345", "ie/191D12345"),
    ("US", "CA plates 8XYZ123", "us-ca/8XYZ123"),
    ("US", "Minnesota license plate number 123-ABC", "us-mn/123ABC"),
    ("DE", "amtl. Kennzeichen M-AB 1234", "de/MAB1234"),
    ("FR", "plaque AB-123-CD", "fr/AB123CD"),
    ("CZ", "SPZ 1AB 2345", "cz/1AB2345"),
    ("HU", "rendszám: ABC-123", "hu/ABC123"),
    ("RO", "nr. înmatriculare B 123 ABC", "ro/B123ABC"),
    ("NO", "skiltnr EL 12345", "no/EL12345"),
    ("DK", "nummerplade AB 12 345", "dk/AB12345"),
    ("GB", "reg: ab12cde", "gb/AB12CDE"),
    ("AU", "rego ABC 12D", "au/ABC12D"),
    ("PT", "matrícula 12-AB-34", "pt/12AB34"),
    ("ID", "plat nomor B 1234 ABC", "id/B1234ABC"),
    ("IT", "targato FK 382 ZT", "it/FK382ZT"),
    ("MX", "placas ABC-123-D", "mx/ABC123D"),
    ("FI", "rek.nro ABC-123", "fi/ABC123"),
]
NO_PLATES = [
    ("GB", "registration closes at 9"),
    ("US", "tag 5 friends"),
    ("US", "price tag 2 for 1000"),
    ("ES", "placa base 1234"),
    ("ES", "placa solar 300W"),
    ("US", "dinner plate 10 inch"),
    ("AR", "patente 2024 paga"),
    ("BR", "placa de video RTX3060"),
    ("US", "name tag SIZE 12"),
    ("PL", "tablice 2 szt"),
    ("IT", "targa 10 x 20"),
    ("US", "PLATE 10 LBS"),
    ("US", "45 lb plates 2 PAIRS"),
    ("US", "weight plates 2X45 LB"),
    ("CZ", "rz 12"),
    ("US", "hash tag 2024NYE"),
]
POSTCODES = [
    ("GB", "near se22 8hq so", "GB/SE22 8HQ"),
    ("IE", "Dublin 2, D02 H6K9.", "IE/D02 H6K9"),
    ("IE", "at A98X2Y3 now", "IE/A98 X2Y3"),
    ("BR", "Londrina - PR, 86020-080, atendemos", "BR/86020-080"),
]
NO_POSTCODES = [
    ("GB", "at b4 5pm"),
    ("GB", "in s2 3rd floor"),
    ("GB", "b10 2hr"),
    ("US", "near se22 8hq so"),
    ("US", "D02 H6K9"),
]


@pytest.mark.parametrize(("region", "text", "value"), AGES, ids=[text for _, text, _ in AGES])
def test_an_age_is_read(region: str, text: str, value: str) -> None:
    found = extract(f"Hallo. {text}. Ok", kinds=["age"], region=region)
    assert ",".join(item.value for item in found) == value


@pytest.mark.parametrize(("region", "text"), NO_AGES, ids=[text for _, text in NO_AGES])
def test_other_words_state_no_age(region: str, text: str) -> None:
    assert [item.value for item in extract(f"Hallo. {text}. Ok", kinds=["age"], region=region)] == []


@pytest.mark.parametrize(("region", "text", "value"), BIRTHS, ids=[text for _, text, _ in BIRTHS])
def test_a_date_of_birth_is_read(region: str, text: str, value: str) -> None:
    found = extract(f"Hallo. {text}. Ok", kinds=["birth_date"], region=region)
    assert ",".join(item.value for item in found) == value


@pytest.mark.parametrize("text", NO_BIRTHS)
def test_another_date_is_none_of_birth(text: str) -> None:
    assert extract(text, kinds=["birth_date"], region="DE") == []


@pytest.mark.parametrize(("region", "text", "value"), PLATES, ids=[text for _, text, _ in PLATES])
def test_a_plate_is_read(region: str, text: str, value: str) -> None:
    found = extract(f"Hallo. {text}. Ok", kinds=["plate"], region=region)
    assert ",".join(item.value for item in found) == value


@pytest.mark.parametrize(("region", "text"), NO_PLATES, ids=[text for _, text in NO_PLATES])
def test_other_words_state_no_plate(region: str, text: str) -> None:
    assert [item.value for item in extract(f"Hallo. {text}. Ok", kinds=["plate"], region=region)] == []


@pytest.mark.parametrize(("region", "text", "value"), POSTCODES, ids=[text for _, text, _ in POSTCODES])
def test_a_postcode_is_read(region: str, text: str, value: str) -> None:
    found = extract(f"Hallo. {text}. Ok", kinds=["postcode"], region=region)
    assert ",".join(item.value for item in found) == value


@pytest.mark.parametrize(("region", "text"), NO_POSTCODES, ids=[text for _, text in NO_POSTCODES])
def test_other_words_state_no_postcode(region: str, text: str) -> None:
    assert [item.value for item in extract(f"Hallo. {text}. Ok", kinds=["postcode"], region=region)] == []
