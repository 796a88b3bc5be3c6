"""Numbers whose digits are counted (`three zeros`, `four times zero`), said in more languages, as they sound, or glued
together; and counts that are of no number."""

from __future__ import annotations

import pytest

from minerva.identifiers import extract
from tests.minerva.identifiers.conftest import Phones

TOLD = {
    "times": ("nine eight four, four times zero, one seven three", "IN", "+919840000173"),
    "times, an article": ("Per telefonarmi: tre volte il 3, quattro volte lo zero, poi 528", "IT", "+393330000528"),
    "times, French": ("Code régional 438, ensuite trois fois le cinq, zéro un, vingt-neuf", "CA", "+14385550129"),
    "times, Indonesian": ("hub nol lapan satu tiga, empat kali nol, dua enam satu lapan", "ID", "+6281300002618"),
    "times, a double": ("Tél zéro six, deux fois double zéro, cinquante-deux, dix-neuf", "MA", "+212600005219"),
    "counted": ("415 three fives 0123", "US", "+14155550123"),
    "counted among words": ("four one five, three fives, oh one two three", "US", "+14155550123"),
    "counted, Spanish": ("tres cero uno, luego tres ceros, y cuarenta y cinco noventa y dos", "CO", "+573010004592"),
    "counted, Portuguese": ("novecentos e dez, três zeros, quatrocentos e doze", "PT", "+351910000412"),
    "counted, Russian": ("плюс семь, семьсот один, три нуля, двадцать семь, восемьдесят", "KZ", "+77010002780"),
    "counted, Romanian": ("zero sapte douazeci si unu, trei de zero, o suta treizeci si opt", "RO", "+40721000138"),
    "counted, Tagalog": ("sero siyam isa pito, tatlong sero, apat lima dalawa anim", "PH", "+639170004526"),
    "doubled, Hindi": ("nou chaar dabal zeero, tripal zeero, teen paanch chhe", "IN", "+919400000356"),
    "Swedish tens": ("noll sju noll, ett sju fyra, noll sex, fyrtiotvå", "SE", "+46701740642"),
    "Swiss hundreds": ("zéro septante-neuf, deux cents, zéro zéro, huitante-quatre", "CH", "+41792000084"),
    "Swahili": ("sifuri saba moja mbili, sifuri sifuri sifuri, nne tano tisa", "KE", "+254712000459"),
    "Arabic": ("اتصل صفر خمسة خمسة، صفر صفر صفر، واحد اربعة سبعة تسعة", "SA", "+966550001479"),
    "Arabic in Latin letters": (
        "call sefr khamsa sefr, etnein sefr sefr, wa7ed arba3a setta tamanya",
        "AE",
        "+971502001468",
    ),
    "Chinese of the radio": ("幺三六洞洞洞洞两拐五勾", "CN", "+8613600002759"),
    "Japanese and digits": ("０ナナ０－１ゼロ００－ゴ４ロク２", "JP", "+817010005462"),
    "Chinese and English": ("九1zero0 零two四6", "HK", "+85291000246"),
    "Chinese and a letter": ("一3⑤-零〇O0-捌6㈣2", "CN", "+8613500008642"),
    "glued, Russian": ("Звоните ВосемьДевятьОдинДваТриЧетыреПятьНульДваДевятьДевять", "RU", "+79123450299"),
    "glued in parts, Russian": ("восемь девятьодиншесть дванольнольнольдвадевятьпять", "RU", "+79162000295"),
    "glued, French": ("Appelez le SixUnTroisCinqCinqCinqZeroUnTroisCinq", "CA", "+16135550135"),
    "glued, doubled within": ("ring ohsevenninedoubleoh threefourfiveeightohfive after 5pm", "GB", "+447900345805"),
    "as it sounds, Russian": ("восим дивять адин шисть, нуль нуль нуль, три сем, пят два", "RU", "+79160003752"),
    "as it sounds, Ukrainian": ("ноль шисть три, нуль нуль нуль, дві пят, девять вісім", "UA", "+380630002598"),
    "as it sounds, Spanish": ("yamar al zeis quatro sinco zero zero zero dos nuebe uno", "ES", "+34645000291"),
    "as it sounds, Brazilian": ("doiz hum, novi oitu zero zero zero, hum quatru sinco treis", "BR", "+5521980001453"),
    "as it sounds, Dutch": ("nulll zess, twe nul nul nul, vijv één zefen agt", "NL", "+31620005178"),
    "as it sounds, Polish": ("dzwonic piec jedem dwa zero zero zero osiem szejsc tszy", "PL", "+48512000863"),
    "as it sounds, German": ("unter nul ains siben fier noin nul noin ains drai ains siben", "DE", "+491749091317"),
}
NONE = {
    "a count of weeks": ("three times a week, two zeros and five five rooms", "US"),
    "a score": ("won two times, lost three, five fives in a row", "US"),
    "German times": ("zweimal täglich, drei mal die Woche, fünf Zimmer", "DE"),
    "Spanish times": ("dos veces al día, tres veces el cinco de mayo, ocho", "ES"),
    "Spanish of": ("el dos de cinco, tres de cuatro, cinco de seis, siete", "ES"),
    "French cents": ("deux cents euros, trois cents, cinq cents, six cents", "FR"),
}


@pytest.mark.parametrize(("text", "region", "number"), TOLD.values(), ids=list(TOLD))
@pytest.mark.parametrize("around", ["{}", "Rooms from 45.\n{}\nFri 9-5"], ids=["alone", "lines"])
def test_a_number_is_read(text: str, region: str, number: str, around: str, phones: Phones) -> None:
    assert [item.value for item in phones(around.format(text), region)] == [number]


@pytest.mark.parametrize(("text", "region"), NONE.values(), ids=list(NONE))
def test_counts_are_no_number(text: str, region: str) -> None:
    assert extract(text, kinds=["phone"], region=region) == []
