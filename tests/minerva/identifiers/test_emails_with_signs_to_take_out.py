"""Signs, single letters and capitals that a text says are to be taken out of an e-mail address."""

from __future__ import annotations

import pytest

from minerva.identifiers import extract
from tests.minerva.identifiers.conftest import Mails

CLEANED = {
    "stars": ("oak*ti*les@ma*il.example (take out every *)", "oaktiles@mail.example"),
    "stars, Spanish": ("oa*k_ti*les@m*ail.example (quita todos los *)", "oak_tiles@mail.example"),
    "a capital": ("oXaXktXil@example.com, delete every capital X", "oaktil@example.com"),
    "dashes": ("o-a-k-t-i-l-e-s@mail.example (remove the dashes)", "oaktiles@mail.example"),
    "dashes, Portuguese": ("o-a-k-t-i@mail.example (sem os tracinhos)", "oakti@mail.example"),
    "dashes, Dutch": ("Mail naar oak-ti-les@mail.example maar dan zonder die streepjes", "oaktiles@mail.example"),
    "dashes, Spanish": ("oak-ti-les@mail.example, quita los guiones", "oaktiles@mail.example"),
    "dashes, Russian": ("oak-ti-les@mail.example (без дефисов)", "oaktiles@mail.example"),
    "a hash": ("oak#.ti#l@mail#.example but take out every #", "oak.til@mail.example"),
    "a tilde": ("oak.1~9@~mail.~e~xample but take out every ~", "oak.19@mail.example"),
    "plus signs, Czech": ("oak.ti+l+e+s@exampl+e.com (smažte všechny +)", "oak.tiles@example.com"),
    "plus signs, French": ("o+ak+-til+es-15@example.ne+t (enlevez tous les +)", "oak-tiles-15@example.net"),
    "a mark, Chinese": ("邮箱：oak_tiles7!8!2@16!3!.com （去掉所有!）。", "oak_tiles782@163.com"),
    "a letter": ("oakX-5X1@yaXhoXo.com (delete every X)", "oak-51@yahoo.com"),
    "a letter, Dutch": ("oak.42X5@cXasa-verXdeX.example (haal alle X weg)", "oak.425@casa-verde.example"),
    "a letter beside a small one": ("oak_66@XexamplXe.XneXt (quita todos los X)", "oak_66@example.net"),
    "capitals": ("piDELp@exaETEmple.net but delete the capital letters first", "pip@example.net"),
    "capitals, Spanish": ("oakXtXiles.renta@exampQle.com (quita las mayúsculas)", "oaktiles.renta@example.com"),
    "a word behind the host": ('oak.239@libero.itNOSPAM (togliere "NOSPAM")', "oak.239@libero.it"),
    "a word before the host": ('oak_60@NOSPAMholz.example (уберите "NOSPAM")', "oak_60@holz.example"),
    "a word in both parts": ("oak.tilesTOGLI@TOGLIexample.com senza i TOGLI", "oak.tiles@example.com"),
    "a word before": ("NOSPAMoak.tiles@interia.pl (usuń NOSPAM)", "oak.tiles@interia.pl"),
}
KEPT = {
    "dashes elsewhere": ("Mail oak-tiles@mail.example. Sofa without the dashed cover", "oak-tiles@mail.example"),
    "a list": ("Write to oak4u@mail.example, remove A or B from the list", "oak4u@mail.example"),
    "a program": ("Write oak@mail.example and delete C++ or take # 3", "oak@mail.example"),
    "a calculation": ("oak4u@mail.example. Take 2 * 3 hours", "oak4u@mail.example"),
    "another thing": ("Oak.Tiles@mail.example (delete the old one)", "oak.tiles@mail.example"),
    "small letters": ("Oak.Tiles@mail.example without capitals", "oak.tiles@mail.example"),
    "a plus tag": ("oak+tiles@mail.example, take the bus + tram", "oak+tiles@mail.example"),
}


@pytest.mark.parametrize("around", ["{}", "Floors laid. Mail: {}\nFri 9-5"], ids=["alone", "lines"])
@pytest.mark.parametrize(("text", "address"), CLEANED.values(), ids=list(CLEANED))
def test_what_is_to_go_is_taken_out(text: str, address: str, around: str, mails: Mails) -> None:
    (found,) = mails(around.format(text))
    assert (found.value, found.method) == (address, "cleaned")
    assert found.raw in text


@pytest.mark.usefixtures("as_stated")
def test_the_address_as_it_is_written_is_another_reading() -> None:
    (found,) = extract("o+ak+-til+es-15@example.ne+t (enlevez tous les +)", kinds=["email"])
    assert len(found.alternatives) == 1
    assert found.confidence <= 0.6


@pytest.mark.parametrize(("text", "address"), KEPT.values(), ids=list(KEPT))
def test_what_is_said_of_other_things_changes_no_address(text: str, address: str, mails: Mails) -> None:
    assert [item.value for item in mails(text)] == [address]


def test_many_words_that_take_out_are_read_in_linear_time() -> None:
    text = "delete X " * 4_000 + "oakX@mail.example"
    assert [item.value for item in extract(text, kinds=["email"])] in (["oakx@mail.example"], ["oak@mail.example"])
