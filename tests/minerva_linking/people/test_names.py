"""Names: words that count, spelling, numbers that contradict, and the command line."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minerva.names import compare_names
from minerva.names.__main__ import answer


@pytest.mark.parametrize(
    ("a", "b", "match"),
    [
        pytest.param("Sunny Meadow Day Care", "SUNNY MEADOW DAYCARE INC.", True, id="case and legal form"),
        pytest.param("Meadow", "City Public Schools Meadow, Jane R.", True, id="held by the longer name"),
        pytest.param("Y.M.C.A. Garfield", "YMCA Garfield", True, id="dotted initials"),
        pytest.param("Greenwod Academy", "Greenwood Acad", True, id="typing error and short form"),
        pytest.param("Sunny Center", "Moon Center", False, id="only a generic word"),
        pytest.param("Child Care Center", "Day Care Center", False, id="nothing but generic words"),
        pytest.param("Sunny Meadow 1", "Sunny Meadow II", False, id="numbered differently"),
        pytest.param("", "Sunny", False, id="empty"),
    ],
)
def test_names_match(a: str, b: str, match: bool) -> None:
    compared = answer(json.dumps({"id": "1", "a": a, "b": b}))
    assert compared["match"] is match, compared


ORGANIZATIONS = [
    pytest.param("Falkner Trading S.A.", "Falkner Trading Chile S.A.", False, id="a country in one name"),
    pytest.param("Falkner Trading (Spain)", "Falkner Trading Spain SL", True, id="one country in both"),
    pytest.param("Falkner Nigeria Ltd", "Falkner Nig. Ltd", True, id="a country in short"),
    pytest.param("Brisebois Cleaning Services", "Nettoyage Brisebois", True, id="French common word"),
    pytest.param("Gebäudereinigung Falkner GmbH", "Falkner Building Cleaning", True, id="German compound of two words"),
    pytest.param("Салон красоты «Орхидея»", "Orkhideya Beauty Salon", True, id="Russian phrase"),
    pytest.param("Агентство недвижимости Парус", "Parus Real Estate Agency", True, id="two Russian common words"),
    pytest.param("شركة النور للتجارة", "Al Noor Trading Company", True, id="Arabic form, trade and consonants"),
    pytest.param("金龍貿易有限公司", "Jinlong Trading Ltd", True, id="Chinese form and trade within signs"),
    pytest.param("株式会社ヤマトホテル", "Yamato Hotel K.K.", True, id="Japanese form and katakana"),
    pytest.param("บริษัท สยามทอง จำกัด", "Siam Thong Co., Ltd.", True, id="Thai form, name in one block"),
    pytest.param("Trattoria Il Pozzo", "Il Pozzo Restaurant", True, id="Italian trade"),
    pytest.param("Peluquería Marbella", "Marbella Hair Salon", True, id="Spanish word for two"),
    pytest.param(
        "Falkner Sp. z o.o.", "Falkner Spółka z ograniczoną odpowiedzialnością", True, id="Polish form in full"
    ),
    pytest.param("Falkner S.L.", "Falkner Sociedad Limitada", True, id="Spanish form in full"),
    pytest.param("Universität Sankt Alban", "University of Sankt Alban", True, id="university"),
    pytest.param("Falkner Bros. Mfg.", "Falkner Brothers Manufacturing", True, id="abbreviations"),
    pytest.param("ООО «Фиалка Плюс»", "OOO Fialka Plus", True, id="transliterations that sound alike"),
    pytest.param("Golden Lotus Spa", "Golden Orchid Spa", False, id="another telling word"),
    pytest.param("Gulf Star Trading LLC", "Gulf Moon Trading LLC", False, id="another beside two that agree"),
    pytest.param("Northbank Dental Clinic", "Southbank Dental Clinic", False, id="a direction within a word"),
    pytest.param("East Harrow Chamber of Trade", "West Harrow Chamber of Trade", False, id="a direction"),
    pytest.param("Men's Barber Lounge", "Women's Barber Lounge", False, id="men and women"),
    pytest.param("Vesthavn Fisk AS", "Vesthavn Fisk Aksjeselskap", True, id="Norwegian form, short and in full"),
    pytest.param("OÜ Sinilill", "Sinilill osaühing", True, id="Estonian form, first and last"),
    pytest.param("As Salam Trading", "Salam Trading", True, id="what is a form at the end only is a word elsewhere"),
    pytest.param("УП «Вершина»", "Vershina", True, id="short form in its own script"),
    pytest.param("Up Vershina", "Down Vershina", False, id="Latin word that looks like a form of another script"),
    pytest.param("苏州金桥贸易有限公司", "Suzhou Jinqiao Maoyi Youxian Gongsi", True, id="trade word by its sound"),
    pytest.param("Schreinerei Falkner", "Falkner Carpentry", True, id="trade of craftsmen"),
    pytest.param("Schreinerei Falkner", "Falkner Metzgerei", False, id="another trade of craftsmen"),
    pytest.param("Akbulak Trade TOO", "ТОО «Акбулак Трейд»", True, id="Kazakh form, loanword"),
    pytest.param("Twenty Two Lanterns", "22 Lanterns", True, id="number in two words"),
    pytest.param("Sixth Avenue Tailors", "6th Ave Tailors", True, id="ordinal in a word, short form"),
    pytest.param("Ocho Vientos SA", "8 Vientos SA", True, id="number in Spanish"),
    pytest.param("Eight Lanterns", "Nine Lanterns", False, id="other number in front"),
    pytest.param("Twin Lanterns", "Three Lanterns", False, id="number in front beside a word"),
    pytest.param("宁波市海星电子有限公司", "Ningbo Haixing Electronics Co., Ltd.", True, id="Han city and trade"),
    pytest.param("عثمان سوبر ماركت", "Othman Supermarket", True, id="loanword in Arabic letters"),
    pytest.param("East Borneo Timber Corporation", "EBTC", True, id="initials with that of the legal form"),
    pytest.param("East Borneo Timber Corporation", "EBTA", False, id="other initials than the form's"),
    pytest.param("Goldenbrook Freight", "Goldenfield Freight", False, id="another end of the word"),
    pytest.param("Marigold Hospital", "Marigold Hospice", False, id="hospital and hospice"),
    pytest.param("גלי הים", "Galei Hayam", True, id="Hebrew word with the consonants of a common one"),
    pytest.param("J & M Nails", "J & P Nails", False, id="other initials"),
    pytest.param("National Alliance Movers", "Northern Alliance Movers", False, id="another reach"),
    pytest.param("Ministry of Health of Corvania", "Ministry of Justice of Corvania", False, id="another ministry"),
    pytest.param("Салон красоты «Астра»", "Салон красоты «Искра»", False, id="one common phrase, two names"),
    pytest.param("金龍按摩中心", "金蓮按摩中心", False, id="Chinese common words, another name"),
    pytest.param("Marlow Property Management", "Barlow Property Management", False, id="another first letter"),
]


@pytest.mark.parametrize(("a", "b", "match"), ORGANIZATIONS)
def test_common_words_and_forms_are_one_in_all_languages_and_telling_ones_contradict(
    a: str, b: str, match: bool
) -> None:
    compared = answer(json.dumps({"id": "1", "a": a, "b": b, "kind": "Organization"}))
    assert compared["match"] is match, compared


def test_a_name_of_common_words_alone_keeps_them() -> None:
    assert compare_names("Limpieza S.L.", "Limpieza").score == 1.0
    assert answer(json.dumps({"id": "1", "a": "有限公司", "b": "有限公司", "kind": "Company"}))["match"] is True


def test_the_order_of_the_names_does_not_matter() -> None:
    assert compare_names("Spas Sps", "Sps").score == compare_names("Sps", "Spas Sps").score


def test_a_word_of_weak_consonants_is_no_other_word() -> None:
    assert compare_names("Why", "Aha").score == 0.0


@given(st.text(max_size=60), st.text(max_size=60))
def test_scores_are_symmetric_and_bounded(a: str, b: str) -> None:
    assert 0.0 <= compare_names(a, b).score <= 1.0
    assert compare_names(a, b).score == pytest.approx(compare_names(b, a).score)


def test_a_line_that_is_no_pair_is_answered_in_place() -> None:
    assert answer("oops")["match"] is False
