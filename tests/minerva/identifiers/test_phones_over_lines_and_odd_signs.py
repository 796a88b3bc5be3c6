"""Numbers whose groups stand in lines behind a plus sign, have mixed signs between their digits, or are written in
digits of other scripts with dots between; a plus sign in words before digits; lists, sums and code that are none."""

from __future__ import annotations

import pytest

from minerva.identifiers import extract

READ = {
    "lines behind a plus sign": ("Text +64 21\n555\n0117\nroom to let, $140", "US", "+64215550117"),
    "lines behind a plus sign, North America": ("ring +1 312\n555 0117\nafter 5", "GB", "+13125550117"),
    "lines behind a plus sign in Chinese": ("微信同号 +86 138\n0013\n8017", "US", "+8613800138017"),
    "arrows": ("ligue 11=>95550=>0117 hoje", "BR", "+5511955500117"),
    "arrows of two strokes": ("call 312==>555==>0117", "US", "+13125550117"),
    "mixed signs": ("escribe 6=1,2~3=4,5;0=1,7 ya", "ES", "+34612345017"),
    "mixed signs, North America": ("reach me 3,1^2;5=5~5,0^1;1=7", "US", "+13125550117"),
    "groups of two blanks behind a plus sign": ("Ruf +49 1 7 1  3 9 2 0 0 4 6, danke", "DE", "+491713920046"),
    "a plus sign in words and a dash": ("marca más tres cuatro - 612 345 117", "FR", "+34612345117"),
    "a plus sign in Thai": ("โทร บวก สี่ สี่ 7400 123 117", "TH", "+447400123117"),
    "a plus sign in Chinese": ("加号四四 七四零零 一二三 一一七", "CN", "+447400123117"),
    "other digits with dots": ("我的电话是६.१.२.३.४.५.६.७", "HK", "+85261234567"),
    "digits glued to a word of a script without blanks": ("我的电话是6123 4567", "HK", "+85261234567"),
    "native digit words before a full stop": ("打 +55 一.一.九.五.五.五.零.零.一.一.七. Oi", "BR", "+5511955500117"),
    "digits with a full stop in one sign": ("zap ⒈⒈  ⒐⒌⒌⒌  ⒍⒈⒎⒐⒎", "BR", "+5511955561797"),
}
NONE = {
    "an array": ("{1=>200, 2=>3000, 3=>415555}", "US"),
    "sizes with arrows": ("1024=>2048=>4096", "US"),
    "a sum of single digits": ("1+2-3*4/5=6+7-8*9", "US"),
    "prices in lines behind a sum": ("+3 for 20\n555\n0117", "US"),
    "a score with colons and commas": ("6:4,3:6,7:5,6:2,1:0", "DE"),
    "a plus sign in words, a price": ("two plus three - 500 a night", "US"),
}


@pytest.mark.parametrize(("text", "region", "number"), READ.values(), ids=list(READ))
@pytest.mark.parametrize("around", ["{}", "Open 9-5\n{}\n45 min"], ids=["alone", "lines"])
def test_one_number_is_read(text: str, region: str, number: str, around: str) -> None:
    written = around.format(text)
    (found,) = extract(written, kinds=["phone"], region=region)
    assert found.value == number
    assert written[found.start : found.end] in text


@pytest.mark.parametrize(("text", "region"), NONE.values(), ids=list(NONE))
def test_what_is_no_phone_gives_none(text: str, region: str) -> None:
    assert extract(text, kinds=["phone"], region=region) == []
