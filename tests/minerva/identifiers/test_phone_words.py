"""Numbers in words as people say them, and rows of numbers that are no phone."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minerva.identifiers import digit_stretches, extract, lexicon, word_roles
from minerva.identifiers.phone_tokens import Token

SAID = [
    ("US", "fouronefivefivefivefivezeroonetwothree", "+14155550123"),
    ("US", "4 one 5 - five 5 five - oh 1 two 3", "+14155550123"),
    ("US", "four won five 555 oh won two three", "+14155550123"),
    ("US", "415 dot 555 dot 0123", "+14155550123"),
    ("US", "415 then 555 then 0123", "+14155550123"),
    ("US", "415 five hundred fifty five 0123", "+14155550123"),
    ("US", "sì yī wǔ wǔ wǔ wǔ líng yī èr sān", "+14155550123"),
    ("US", "четири едно пет пет пет пет нула едно две три", "+14155550123"),
    ("US", "чотири один п'ять п'ять п'ять п'ять нуль один два три", "+14155550123"),
    ("US", "whatsapp://send?phone=14155550123", "+14155550123"),
    ("GB", "oh double seven double oh nine double oh one two three", "+447700900123"),
    (None, "plus four four seven seven double oh nine double oh one two three", "+447700900123"),
    ("FR", "zéro un quatre-vingt-dix-neuf zéro zéro dix-sept vingt et un", "+33199001721"),
    ("FR", "01 puis 99 puis zéro zéro puis dix-sept puis vingt et un", "+33199001721"),
    ("FR", "0un 99 zéro0 dix7 vingt1", "+33199001721"),
    ("CH", "zéro vingt-deux, cent vingt-trois, quarante-cinq, septante-huit", "+41221234578"),
    ("ES", "seiscientos doce, treinta y cuatro, cincuenta y seis, noventa y uno", "+34612345691"),
    ("ES", "s3is uno dos, tres cu4tro cinco, 691", "+34612345691"),
    ("PT", "nove doze, trezentos e quarenta e cinco, seiscentos e noventa e um", "+351912345691"),
    ("PL", "pięćset dwanaście, trzysta czterdzieści pięć, sześćset dziewięćdziesiąt jeden", "+48512345691"),
    ("PL", "5jeden2, trzysta 45, 6 dziewięć jeden", "+48512345691"),
    ("SK", "0918 deväť päť dva 579", "+421918952579"),
    ("BG", "нула осем осем седем, 416, двеста и пет", "+359887416205"),
    ("KR", "중고 첼로. 공일공에 육공사칠에 팔구오이, 메일은", "+821060478952"),
    ("RS", "нула шест три, деветнаест, 04, 275", "+381631904275"),
    ("LT", "plius 370, šeši vienas 8 keturi 7 trys 20", "+37061847320"),
    ("LT", "šešiasdešimt vienas, aštuoniasdešimt keturi, septyniasdešimt trys, dvidešimt", "+37061847320"),
    ("LV", "divi deviņi viens divi trīs četri pieci seši", "+37129123456"),
    ("EE", "viis üks kaks kolm neli viis kuus", "+3725123456"),
    ("SI", "nula tri ena, dva tri štiri, pet šest sedem", "+38631234567"),
    ("CY", "ενενήντα εννιά, 61, σαράντα δύο, μηδέν οκτώ", "+35799614208"),
    ("GR", "εξήντα εννιά, δέκα, είκοσι τρία, 45, 67", "+306910234567"),
    ("PT", "noventa e três, dois cincos seguidos, 18, 024", "+351935518024"),
    ("CZ", "sedm set třicet pět, devět set dvacet šest, nula osmdesát jedna", "+420735926081"),
    ("CZ", "šest set dva, tři sta čtyřicet, sto dvacet", "+420602340120"),
    ("DE", "Null fünfzehn zwölf, vierunddreißig, sechsundfünfzig, siebenhundertelf", "+4915123456711"),
    ("DE", "Null-Eins-Fünf-Eins-Zwo, dann 345, dann 6 sieben 6 drei", "+4915123456763"),
    ("IT", "trecentododici trecentoquarantacinque sessantasette novantuno", "+393123456791"),
    ("NL", "nul zes twaalf vierendertig zesenvijftig tachtig", "+31612345680"),
    ("NL", "o6 - één2 - 34 - vijf6 - 8één", "+31612345681"),
    ("RO", "zero șapte doisprezece, zero treizeci și patru, cinci sute optzeci și unu", "+40712034581"),
    ("RU", "восемь - девять один два - 345 - шесть семь - девять восемь", "+79123456798"),
    ("TR", "sıfır beş yüz bir iki yüz otuz dört elli altı seksen beş", "+905012345685"),
    ("HU", "nulla hat, húsz, egy kettő három, négy öt nyolc nyolc", "+36201234588"),
    ("GB", "Plus forty four, twenty, seven nine four six, oh one five eight", "+442079460158"),
    ("CN", "yao san yao er san si wu liu qi ba jiu", "+8613123456789"),
    ("US", "1 then 4 1 5 then 5 5 5 then 0 1 2 3", "+14155550123"),
    ("CN", "电话13123456789微信", "+8613123456789"),
    ("JP", "電話090-1234-5672です", "+819012345672"),
    ("TH", "โทร0812345672ค่ะ", "+66812345672"),
    ("KR", "전화010-2345-6782로", "+821023456782"),
]
NONE = [
    ("US", "1 2 3 4 5 6 7 8 9 10"),
    ("US", "one two three four five six seven eight nine ten"),
    ("US", "EU 36 37 38 39 40 41"),
    ("US", "order no. 415-555-0123"),
    ("US", "CPF 123.456.789-09"),
    ("US", "photo-415-555-0123.png"),
    ("DE", "20241231T183000"),
    ("DE", "2023/2024"),
    ("DE", "9876543210 units"),
    ("DE", "score 21-15 21-18 15-12"),
    ("GB", "bingo 12 34 56 78 90"),
    ("US", "1 to 2 to 3 to 4 to 5"),
    ("ES", "seiscientos, setecientos, ochocientos"),
    ("PL", "sześćset, siedemset, osiemset"),
    ("PT", "novecentos, seiscentos e duzentos reais"),
    ("BR", "fechado 24/12 25/12 31/12 01/01"),
    ("DE", "Bestellnr. 0301234567"),
    ("CN", "订单号13123456789"),
    ("TR", "iki saat 2500. 11:00-23:00"),
    ("FR", "un deux pièces au trois rue du quatre septembre, vingt et un ans, cent euros puis cinquante"),
    ("DE", "zweihundert Gramm, dann drei Eier, dann zwanzig Minuten, danach noch fünf"),
    ("ES", "dos huevos, luego tres tazas, cien gramos y veinte minutos, después cuarenta"),
]


@pytest.mark.parametrize(("region", "text", "number"), SAID, ids=lambda value: str(value))
@pytest.mark.parametrize("around", ["{}", "Hi, {} call me"], ids=["alone", "within"])
def test_a_number_in_words_is_read(region: str | None, text: str, number: str, around: str) -> None:
    found = extract(around.format(text), kinds=["phone"], region=region)
    assert [item.value for item in found] == [number]


@pytest.mark.parametrize(("region", "text"), NONE, ids=lambda value: str(value))
def test_a_row_of_numbers_is_no_phone(region: str, text: str) -> None:
    assert extract(text, kinds=["phone"], region=region) == []


def test_a_number_without_its_trunk_prefix_counts_where_a_word_announces_it() -> None:
    (found,) = extract("call 7700 900123", kinds=["phone"], region="GB")
    assert found.value == "+447700900123"
    assert extract("set of 7700 900123", kinds=["phone"], region="GB") == []


PIECES = st.sampled_from(
    ["one", "two", "five", "oh", "to", "No", "cinco", "девять", "п'ять", "415", "5", "four1", "4🌸1🌸5", "x", "é",
     "and", ",", ".", " ", " ", " ", "\n", "-", "🌸", "dash", "\ud800"]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=60).map("".join))
def test_stretches_of_long_texts_are_placed_as_in_short_ones(text: str) -> None:
    encoded = text.encode("utf-8", "surrogatepass")
    placed = _placed(text, encoded)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(digit_stretches, "_MANY", 0)
        assert _placed(text, encoded) == placed
    assert all(0 <= start < end <= len(text) for start, end, _ in placed)


def _placed(text: str, encoded: bytes) -> list[tuple[int, int, list[Token] | None]]:
    """Each stretch with the tokens of its run."""
    placed = digit_stretches.places(text, encoded, encoded, False)
    return [(start, end, None if run is None else run.tokens) for start, end, run in placed]


def test_every_stretch_of_a_long_text_is_placed() -> None:
    text = "one two three x " * 20_000
    assert len(digit_stretches.places(text, text.encode(), text.encode(), False)) == 20_000


WORDS = [*sorted(lexicon.MEANINGS)[::7], *sorted(lexicon.FILLERS), *lexicon.GLUED_HUNDREDS, "then", "x"]
WRITTEN_WITH_DIGITS = sorted(word for word in lexicon.LEET if word.rstrip("0123456789").isalpha())


@settings(max_examples=400, deadline=None)
@given(
    st.lists(
        st.sampled_from(WORDS) | st.text("abefinorstuvwxyz", max_size=9),
        max_size=3,
    ).map("".join),
    st.text("0123459", max_size=4) | st.sampled_from(WRITTEN_WITH_DIGITS),
)
def test_a_word_that_plays_no_part_is_known_as_such_without_a_closer_look(letters: str, digits: str) -> None:
    word = (letters + digits).encode()
    role = word_roles.plain_role(word)
    assert role is None or role == word_roles.role_of(word)
    assert word_roles.plain_role(word.upper()) in (None, word_roles.role_of(word.upper()))
