"""E-mail addresses of which the text says how they are read: letters, digits, remarks, signs that words stand for,
codes, several names at one host."""

from __future__ import annotations

import pytest

from minerva.identifiers import extract
from tests.minerva.identifiers.conftest import Mails

READ = {
    "letters as in words": ("o as in oak, k as in king, then tiles, at example dot com", "oktiles@example.com"),
    "letters as in words, German": (
        "O wie Otto, A wie Anton, K wie Kaufmann, dann die Ziffer fünf – at example punkt com", "oak5@example.com"
    ),
    "words for letters": ("Oscar Alpha Kilo Sierra at mail dot example", "oaks@mail.example"),
    "words for letters, German": ("Otto Anton Kaufmann Siegfried, at web.de", "oaks@web.de"),
    "letters with commas": ("Mail: o, a, k, s, then the word tiles, at mail dot example", "oakstiles@mail.example"),
    "letters with dashes, a number": ("o-a-k-t-i-l-e then the number 6, at example dot com", "oaktile6@example.com"),
    "letters with dashes, two digits": ("o-a-k-t-i-l-e-s-18 at gmail dot com", "oaktiles18@gmail.com"),
    "a digit, German": ("oaktiles sieben (als Ziffer) [ät] example.org", "oaktiles7@example.org"),
    "a digit, Swedish": ("oaktiles nio (siffran) snabel-a example punkt com", "oaktiles9@example.com"),
    "a digit, Ukrainian": ("oaktiles підкреслення п'ять (цифрою) (равлик) example.com", "oaktiles_5@example.com"),
    "digits in brackets": (
        "Correo oaktiles veinticuatro (24 en número) arroba outlook punto com", "oaktiles24@outlook.com"
    ),
    "several digits": ("oaktiles four seven (as digits) at mail dot example", "oaktiles47@mail.example"),
    "a remark to delete": ("Tiles laid. oak(delete this)tiles@mail.example", "oaktiles@mail.example"),
    "a remark to delete, words": ("Tiles laid. oak[remove me]tiles at mail dot example", "oaktiles@mail.example"),
    "a remark to delete, Spanish": ("Azulejos. oak_(borra esto)tiles@mail.example", "oak_tiles@mail.example"),
    "a remark to delete, host": ("oaktiles[@]mail.ex[delete this]ample", "oaktiles@mail.example"),
    "a comma for a dot": ("Tiles laid, quotes: oaktilesforyou at example,com", "oaktilesforyou@example.com"),
    "full stop": ("For quotes write to oakandtiles at example full stop com", "oakandtiles@example.com"),
    "a clause of its own": ("oak.tiles at mail.example", "oak.tiles@mail.example"),
    "digits, Slovak": ("oak_tiles sedem šesť zavináč example bodka com", "oak_tiles76@example.com"),
    "digits that are counted": (
        "mail is oaktiles followed by two sevens, and it's gmail dot com", "oaktiles77@gmail.com"
    ),
    "two digits in one word": ("oaktiles forty-one at example dot org", "oaktiles41@example.org"),
    "digits, then one word": ("oaktiles three one at mail dot example (no spaces)", "oaktiles31@mail.example"),
    "a sign of two words, then one word": (
        "oak guion bajo tiles9 arroba hotmail punto com, sin espacios", "oak_tiles9@hotmail.com"
    ),
    "one word, before the sign": ("oak tiles, all one word, at example.com.", "oaktiles@example.com"),
    "one word, small letters": ("OAK TILES at EXAMPLE dot COM (all lower case, no spaces)", "oaktiles@example.com"),
    "a remark behind the sign": ("oaktiles@(delete this bit, it is for robots)example.com", "oaktiles@example.com"),
    "brackets that go": ("oak(no robots)tiles@example(please).com - all in brackets goes", "oaktiles@example.com"),
    "signs told where they go": ("oaktiles (insert @ here) example (insert . here) net", "oaktiles@example.net"),
    "lines": ("oaktiles@\nexample.\ncom\n(all one line)", "oaktiles@example.com"),
    "short lines": ("Mail goes to:\noak\ntiles\n@\nexample\n.com", "oaktiles@example.com"),
    "stars": ("oaktiles@g*m*a*i*l.c*o*m (lose the stars)", "oaktiles@gmail.com"),
    "angles": ("<oaktiles> AT <example> DOT <com>", "oaktiles@example.com"),
    "a comment and what is not shown": (
        'oaktiles<!-- no bots -->@<span style="display:none">zzz</span>example.com', "oaktiles@example.com"
    ),
    "a word for the sign": ("oaktilesPEARexample.com where PEAR is the at sign", "oaktiles@example.com"),
    "words for both signs": (
        "oaktiles TACO example PLUM com. Replace the taco with @ and the plum with a dot", "oaktiles@example.com"
    ),
    "letters for both signs": ("oaktiles a gmail d com (a = at, d = dot)", "oaktiles@gmail.com"),
    "a word in brackets, Russian": ("oaktiles[мяу]example.com, вместо [мяу] ставьте собаку", "oaktiles@example.com"),
    "a star, Japanese": ("oaktiles☆example.org ←☆を@に変えて送ってください", "oaktiles@example.org"),
    "rot13": ("write to bnxgvyrf@rknzcyr.pbz (rot13)", "oaktiles@example.com"),
    "base64": ("echo b2FrdGlsZXNAZXhhbXBsZS5uZXQ= | base64 -d", "oaktiles@example.net"),
    "percent signs for brackets": ("oaktiles%5Bat%5Dexample%5Bdot%5Dcom", "oaktiles@example.com"),
    "signs in a row": ("oaktiles@@@example...com (one of each)", "oaktiles@example.com"),
    "capitals twice": ("oakPEARtiles@examplePEAR.org, no fruit please", "oaktiles@example.org"),
    "capitals to take out": ("oakCARROTtiles@example.net (retirez le légume)", "oaktiles@example.net"),
    "a sign of its own, German": ("oder oaktiles ät example punkt net", "oaktiles@example.net"),
    "an ending in brackets": ("oaktiles7 chez gmail (point com), merci", "oaktiles7@gmail.com"),
    "letters of another script": ("\U0001d428\U0001d41a\U0001d424\U0001d42c @ \U0001d41e\U0001d431\U0001d41a\U0001d426"
                                  "\U0001d429\U0001d425\U0001d41e.\U0001d41c\U0001d428\U0001d426", "oaks@example.com"),
    "a wide sign": ("oaktiles \uff20 example\uff0ecom", "oaktiles@example.com"),
    "a dog for the sign": ("oak-tiles-north\U0001f436example.com", "oak-tiles-north@example.com"),
    "digits for letters of the sign": ("oaktiles6 @rr0ba example p0nto com", "oaktiles6@example.com"),
    "letters apart, a number behind": ("o a k t i l e s 83 (at) example (punct) org", "oaktiles83@example.org"),
}  # fmt: skip
SEVERAL = {
    "names in braces": ("{oaktiles, elmtiles} [at] example.org", ["oaktiles@example.org", "elmtiles@example.org"]),
    "the same domain": (
        "oak.tiles at example dot org. Gigs: elm.tiles at the same domain.",
        ["oak.tiles@example.org", "elm.tiles@example.org"],
    ),
}
NONE = {
    "letters of a list": "Sizes s, m, l, xl at the shop dot sale today",
    "words of the alphabet": "Hotel Romeo and bar Tango at the corner, Lima street",
    "a comparison": "as good as in summer, at noon dot",
    "a remark about digits": "Write seven (in digits) at the top of the form",
    "a template": "E-mail: firstname.lastname (at) example.org",
    "one's own name": "Mail: my first name at example dot net",
    "a set of braces": "const {a, b} = require('x'); at run time",
    "what stands for what": "where X is the at sign in the table",
    "a code": "base64 amVuNHU= is not an address",
    "lines of a poem": "at\nnoon\nwe\nmeet",
    "a dog": "My \U0001f436 example.com is fun",
}


@pytest.mark.parametrize("around", ["{}", "Floors. {}", "Floors from $40.\n{}"], ids=["alone", "within", "a line"])
@pytest.mark.parametrize(("text", "address"), READ.values(), ids=list(READ))
def test_an_address_is_read(text: str, address: str, around: str, mails: Mails) -> None:
    whole = around.format(text)
    (found,) = mails(whole)
    assert found.value == address
    assert whole[found.start : found.end] == found.raw


@pytest.mark.parametrize(("text", "addresses"), SEVERAL.values(), ids=list(SEVERAL))
def test_several_addresses_at_one_host_are_read(text: str, addresses: list[str]) -> None:
    assert sorted(item.value for item in extract(text, kinds=["email"])) == sorted(addresses)


@pytest.mark.parametrize("text", NONE.values(), ids=list(NONE))
def test_prose_holds_no_address(text: str, mails: Mails) -> None:
    assert mails(text) == []
