"""Numbers with noise between their groups - letters, words, signs that change - and lists, measures and codes that look
like them and are none."""

from __future__ import annotations

import pytest

from minerva.identifiers import extract
from tests.minerva.identifiers.conftest import Phones

READ = {
    "the same letters, tight": ("app: 06hh20hh00hh92hh85", "NL", "+31620009285"),
    "the same letters, apart": ("sms (le soir) 01 WW 40 WW 00 WW 12 WW 43", "FR", "+33140001243"),
    "one letter": ("appelez-moi au 01w40w00w12w58", "FR", "+33140001258"),
    "one letter, a plus": ("call me on +61m43m41m23m80m2", "AU", "+61434123802"),
    "one Cyrillic letter": ("ватсап: 89щ12щ34щ50щ98щ5", "RU", "+79123450985"),
    "two different": ("solo wasap 303vv555wn0198", "US", "+13035550198"),
    "few letters once": ("nur sms 0660 NM 1234801", "AT", "+436601234801"),
    "a word against robots": ("Upholstered headboard. 310-NOSPAM-555-NOSPAM-0198", "US", "+13105550198"),
    "a word in brackets": ("206(mango)555(mango)0177", "US", "+12065550177"),
    "words and a word for a gap": ("app 06 appel 20 appel 00 en dan 23 streepje 75", "NL", "+31620002375"),
    "a word and words for gaps": ("sms 06 banane 12 et puis 34 tiret 54 banane 33", "FR", "+33612345433"),
    "words for gaps, Spanish": ("escribe un mensaje al 81 espacio 2000 y luego 3649", "MX", "+528120003649"),
    "words for gaps, Chinese": ("晚上打 +86 然后 138 然后 0000 空格 1520", "CN", "+8613800001520"),
    "words for gaps, Thai": ("โทรหาฉันที่ 062 ตามด้วย 000 ตามด้วย 2168", "TH", "+66620002168"),
    "words in signs": ("\u260e 70000*and then*12989", "IN", "+917000012989"),
    "signs that change": ("my cell is 5~1_4^5|5=5|0*1|5.0", "CA", "+15145550150"),
    "signs that change, nothing before": ("Cleaning. 2*1*5/5,5;5~0^1_4=7", "US", "+12155550147"),
    "rows of signs": ("só zap 41_*_99876_*_5090", "BR", "+5541998765090"),
    "frames of all sorts": ("|06| 【20】 (00) |06| [52]", "NL", "+31620000652"),
}
READ.update(
    {
        "dots within words": (
            "s.e.i.s d.o.s o.c.h.o c.e.r.o c.e.r.o c.e.r.o t.r.e.s c.i.n.c.o u.n.o",
            "ES",
            "+34628000351",
        ),
        "dots within some": ("f.o.u.r one f.i.v.e 555 0123", "US", "+14155550123"),
        "underscores within words": ("S_I_X O_N_E T_H_R_E_E, 5_5_5, Z_E_R_O O_N_E N_I_N_E T_W_O", "CA", "+16135550192"),
        "dashes within words": (
            "n-u-l-l z-w-e-i z-w-e-i e-i-n-s v-i-e-r s-i-e-b-e-n e-i-n-s n-u-l-l f-ü-n-f z-w-e-i",
            "DE",
            "+49221471052",
        ),
        "backwards, two numbers": ("884-000-006 (teléfono al revés)", "ES", "+34600000488"),
        "backwards, an order": ("phone, digits in reverse order: 361543 00970", "GB", "+447900345163"),
        "backwards, Dutch": ("96654321-60 (telefoonnummer achterstevoren)", "NL", "+31612345669"),
        "backwards, Portuguese": ("Meu número escrito ao contrário: 700 000 219", "PT", "+351912000007"),
        "backwards, Russian": ("Читать задом наперёд: 35-84-000-719-8", "RU", "+79170004853"),
        "backwards, Thai": ("เบอร์โทร อ่านจากขวาไปซ้าย: ⑧⑨⑥②⓪⓪⓪②⑥⓪", "TH", "+66620002698"),
    }
)
NONE = {
    "measures": ("boards 10m 12m 14m 16m 18m", "US"),
    "measures apart": ("pipes 212 mm 555 mm 0123 mm", "US"),
    "hours": ("10h 12h 14h 16h 18h", "FR"),
    "a list": ("rooms 212 and 555 and 1234 are taken", "US"),
    "a sum": ("2*1*5/5+5-5*0/1+4=7", "US"),
    "a size": ("180x90x45x60x120", "DE"),
    "a code": ("model 303vv555wn", "US"),
    "versions": ("upgrade from 5.1.4 to 5.5.5 or 0.1.5", "US"),
    "scores": ("won 21 to 15, 55 to 50, 15 to 0", "US"),
    "contractions": ("it's ok, don't, we're here, I'll call one five five five", "US"),
    "letters apart": ("a.b.c d.e.f U.S.A. g.o.o.d o.n.e", "US"),
    "arithmetic": ("(1600 - 1970) * 365 - (1972 - 1600) // 4", "US"),
    "a table": ("getEntity    2,201      45.0     179.8", "US"),
    "thousands among words": ("555 zero zero 4,555", "FR"),
    "a key": ("81fd4e20c9b7a655d0123e", "US"),
    "an expression": ("(25[0-5]|(2[0-4]|1{0,1}[0-9]){0,1}[0-9])", "US"),
    "hexadecimal": ("de 41 5d 55 d5 01 d2 3e", "US"),
}


READ.update(
    {
        "letters apart, words by two blanks": (
            "t h r e e  o h  t h r e e  f i v e  f i v e  f i v e  o h  o n e  t w o  s i x",
            "US",
            "+13035550126",
        ),
        "letters apart, long words": (
            "t r e  n o v e  d u e  s e t t e  u n o  z e r o  q u a t t r o  o t t o  s e i  c i n q u e",
            "IT",
            "+393927104865",
        ),
        "letters apart, Cyrillic": (
            "в о с е м ь  д е в я т ь  о д и н  д в а  п я т ь  ш е с т ь  н о л ь  т р и  с е м ь  ч е т ы р е  д в а",
            "RU",
            "+79125603742",
        ),
        "wide blanks": ("9   0   1     5   5   5     0   1   3   0", "US", "+19015550130"),
        "remarks in brackets": ("2 (no bots) 1 (really) 3 (txt only) 555 (almost there) 0148", "US", "+12135550148"),
        "pictures behind a price": ("Schutzgebühr 80€ 🐱 0171🐾39🐾200🐾33", "DE", "+491713920033"),
        "pictures behind a price with a comma": ("22,50 ✂️ 06🌷3🌷8🌷1🌷0🌷4🌷7🌷2🌷5", "NL", "+31638104725"),
        "behind a date and a full stop": ("rego to 03/27. 0491 570 157", "AU", "+61491570157"),
        "German tens and units": (
            "null eins sieben sechs\nnull vierzig\nsechs neun null\ndrei sieben",
            "DE",
            "+4917604069037",
        ),
        "backwards, Polish": ("Numer czytać od tyłu: 418 270 535", "PL", "+48535072814"),
        "backwards, Italian": ("Numero al contrario: 4 7 0 2 8 1 5 8 3 3", "IT", "+393385182074"),
        "backwards, Arabic": ("الرقم معكوس اقرأه من الآخر: 3061842970", "JO", "+962792481603"),
    }
)


@pytest.mark.parametrize(("text", "region", "number"), READ.values(), ids=list(READ))
@pytest.mark.parametrize("around", ["{}", "Rooms from 45.\n{}\nFri 9-5"], ids=["alone", "lines"])
def test_a_number_is_read(text: str, region: str, number: str, around: str, phones: Phones) -> None:
    assert [item.value for item in phones(around.format(text), region)] == [number]


@pytest.mark.parametrize(("text", "region"), NONE.values(), ids=list(NONE))
def test_other_digits_are_no_number(text: str, region: str) -> None:
    assert extract(text, kinds=["phone"], region=region) == []


@pytest.mark.parametrize(
    ("text", "region", "number"),
    [
        ("whatsapp: 3E3-iOO-Z1O3", "IT", "+393331002103"),
        ("nur sms Ol76.O4OG9OZ5", "DE", "+4917604069025"),
        ("мой мобильный 8.9i6.ZOO.OZ.31", "RU", "+79162000231"),
    ],
)
def test_any_letters_like_digits_are_read_behind_a_word_that_announces_a_phone(
    text: str, region: str, number: str
) -> None:
    (found,) = extract(text, kinds=["phone"], region=region)
    assert (found.value, found.method) == (number, "lookalike")


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("Ref. 655-000417-B. Certificado", "ES"),
        ("Workers' comp policy 9055-5012-77, office hours", "US"),
        ("Referencia pieza 8745.34.490-B, medidas 60x40", "ES"),
        ("USt-IdNr. DE874234431, Handwerkskarte 664445", "DE"),
        ("ISBN 978-6-87-982982-2, 412 pages", "IN"),
        ("Tracking 1Z 886 E8 33 3417 8443, parcel", "IN"),
        ("hex: 67 65 6e 74 6c 65 6f 72 63 68 61 72 64 36 30 40 67 6d 61 69 6c", "MX"),
        ("part 3E3-iOO-Z1O3", "IT"),
    ],
)
def test_numbers_of_parts_policies_and_bytes_are_no_phones(text: str, region: str) -> None:
    assert extract(text, kinds=["phone"], region=region) == []
