"""Numbers with brackets, quotes and odd signs between their digits, beside plainly written ones too, and ids that are
no numbers of a phone."""

from __future__ import annotations

import pytest

from minerva.identifiers import extract

READ = [
    ('Reach me on "469" . "555" . "0116".', "US", "+14695550116"),
    ('Contacto: "55" . "5555" . "0116"', "MX", "+525555550116"),
    ('WhatsApp "07400" . "123824"', "GB", "+447400123824"),
    ("Message me on |61| |35| |55| |01| |77| any day", "CA", "+16135550177"),
    ("Ring |3| |6| |0| |5| |5| |5| |0| |1| |4| |1|, ask", "US", "+13605550141"),
    ("Hit me up '5''1''9''5''5''5''0''1''5''7'.", "CA", "+15195550157"),
    ("Text '0''2''0' '7''9''4''6' '0''0''9''2'.", "GB", "+442079460092"),
    ("Tel |7||0||9| |5||5||5| |0||1||4||4|.", "CA", "+17095550144"),
    ("Reach me on 0|2|0 | 7|9|4|6 | 0|0|5|2", "GB", "+442079460052"),
    ("Ph 9#2#9 # 5#5#5 # 0#1#2#3. Score 4.5/5", "US", "+19295550123"),
    ("Text 4\\1\\2 \\ 5\\5\\5 \\ 0\\1\\3\\0. Just 32 min", "US", "+14125550130"),
    ("For bookings ring 0:7:4:0:0 : 0:4 : 0:0 : 4:0.", "GB", "+447400040040"),
    ("Message me on 0:4:9:1:5:7:0:1:8:3 any day", "AU", "+61491570183"),
    ("Hit me up 617 : 555 : 0192.", "US", "+16175550192"),
    ("Ivy will answer at 0491 : 570 : 157.", "AU", "+61491570157"),
    ("Give me a call, ::250::555::0187::.", "CA", "+12505550187"),
    ("My number is 2 :: 2 :: 4 :: 5 :: 5 :: 5 :: 0 :: 1 :: 3 :: 6", "US", "+12245550136"),
    ("Appointments by phone only: 0491+570+157", "AU", "+61491570157"),
    ("call or text +404+555+0156+", "US", "+14045550156"),
    ("My cell: =506=555=0179=", "CA", "+15065550179"),
    ("Serious people call #07400#99#33#33.", "GB", "+447400993333"),
    ("just call |07400 | 64 | 64 | 22|.", "GB", "+447400646422"),
    ("wax 15 | 720 | 555 | 0138 |", "US", "+17205550138"),
    ("min 180$ 210_555_0113", "US", "+12105550113"),
    ("grades 6-12, 3_1_4_5_5_5_0_1_2_9", "US", "+13145550129"),
    ("10:30 then 0491:570:157", "AU", "+61491570157"),
]
READ += [
    ("take out the letters 4a1b5c5d5e5f0g1h2i3", "US", "+14155550123"),
    ("ignore letters: 7x0y2z5q5w5e0r1t4u4", "US", "+17025550144"),
    ("41ab5k55m5q01t23 (leave the letters out)", "US", "+14155550123"),
    ("4a1b5c5d5e5f0g1h2i3 numbers only", "US", "+14155550123"),
    ("sin letras: 6a5b1c2d2e3f3g4h4", "ES", "+34651223344"),
]
BESIDE = [
    ("Text 704 555 0170, second line: <3><0><3> <5><5><5> <0><1><7><9>.", "US", "+13035550179"),
    ("Office: {8}{5}{8} {5}{5}{5} {0}{1}{2}{6}\nText +12245550110.", "US", "+18585550126"),
    ("Anna is at |9||0||2| |5||5||5| |0||1||7||6|. Text 4 1 6 5 5 5 0 1 5 4", "CA", "+19025550176"),
    ("Also on +44 7400 123184\nText '0''2''0' '7''9''4''6' '0''0''9''2'.", "GB", "+442079460092"),
    ("Text 1-250-555-0172. Contact: 5 ♥ 1 ♥ 9 ♥ 5 ♥ 5 ♥ 5 ♥ 0 ♥ 1 ♥ 5 ♥ 5.", "CA", "+15195550155"),
    ("My cell: 0·4·9·1 · 5·7·0 · 1·5·6. Office: 0491 570 157.", "AU", "+61491570156"),
    ("Office 909-555-0184. No answer: «3» «2» «3» «5» «5» «5» «0» «1» «5» «2»", "US", "+13235550152"),
    ("Also on 07400 🔥 862862, or 07400999808", "GB", "+447400862862"),
]
NONE = [
    ("4a1b5c5d5e5f0g1h2i3", "US"),
    ("model 4a1b5c5d5e5f0g1h2i3, without a charger", "US"),
    ("Ad id: 4155550123. 5 bed, 1 bath", "US"),
    ("Ref 4155550123. 5 rooms", "US"),
    ("Post ID BC-27070. 31000 miles on the clock", "US"),
    ("Ref. 499409! 60 € für 30 Min", "DE"),
    ("Anzeigen-Nr. 92563822\n60 € für 30 Min", "DE"),
    ("Anuncio nº 24916163.\n57 m2", "MX"),
    ("Anúncio nº 1155550123. Ambiente limpo", "BR"),
    ("Código do anúncio: 1155550123", "BR"),
    ("Rif. 3103437727. Solo persone serie", "IT"),
    ("Annuncio n. 3103437727. Foto reali", "IT"),
    ("valid until Mar 2026! 🌸 157000 miles on the clock", "US"),
    ("valid until Mar 2025\n30000 km on the clock", "AU"),
    ("1024+570+8710", "US"),
    ("| 07400 | 64 | 64 | 22 |", "GB"),
    ("12 | 415 | 555 | 2671 | 9", "US"),
    ('"1" . "22" . "333"', "US"),
    ("5'6\" 7'2\" 5'11\" 6'1\"", "US"),
]
NONE += [
    ("ABN 61 209 440 117, public liability cover", "AU"),
    ("ACN: 61 209 440 117. Sheds built", "AU"),
    ("NIF 612 340 117, factura incluida", "ES"),
    ("NIT 310 555 0117 - facturamos", "CO"),
    ("ИНН 9161234567, работаем по договору", "RU"),
    ("Miete an DE44 5001 0517 0532 0130 17 bis zum 3.", "DE"),
    ("miete an de44 5001 0517 0532 0130 17 bis zum 3.", "DE"),
    ("Señal a ES12 2100 0418 6120 0517 1332", "ES"),
    ("Facture n° 4155-2694-17", "CA"),
    ("Zamówienie nr 5594-2694-7", "PL"),
]
CUT = [
    ("ABN 61 209 440 117, ring 0491 570 156", "AU", "+61491570156"),
    ("Zone DE44, ring 0171 3920046", "DE", "+491713920046"),
    ("Commande n° 514-555-0117", "CA", "+15145550117"),
    ("WhatsApp: +393331234567. 90 € mezz'ora", "IT", "+393331234567"),
    ("Call 253  555  0165. 162000 miles", "US", "+12535550165"),
    ("until 12/02. 📞 916 555 0159 serious callers", "US", "+19165550159"),
]


@pytest.mark.parametrize(("text", "region", "number"), READ + CUT, ids=[text for text, *_ in READ + CUT])
def test_one_number_is_read(text: str, region: str, number: str) -> None:
    assert [each.value for each in extract(text, kinds=["phone"], region=region)] == [number]


@pytest.mark.parametrize(("text", "region", "number"), BESIDE, ids=[text for text, *_ in BESIDE])
def test_one_beside_another_is_read(text: str, region: str, number: str) -> None:
    found = [each.value for each in extract(text, kinds=["phone"], region=region)]
    assert number in found
    assert len(found) == 2


@pytest.mark.parametrize(("text", "region"), NONE, ids=[text for text, _ in NONE])
def test_what_is_no_phone_gives_none(text: str, region: str) -> None:
    assert extract(text, kinds=["phone"], region=region) == []
