"""Phones and addresses told in ways found missing in the thirty-fifth round of texts not seen before, with what looks
like them and is none."""

from __future__ import annotations

ADDRESSES = {
    "a provider as it sounds": ("Floors. oaktiles @ hawt mail dot com", "oaktiles@hotmail.com"),
    "another as it sounds": ("oak.tiles at owt look dot com", "oak.tiles@outlook.com"),
    "a provider with a dash, its ending told": ("I'm oak.tiles at G-Mail, the dot com one.", "oak.tiles@gmail.com"),
    "a small word to delete": ("delete the word 'pickle': oakpickletiles@aol.com", "oaktiles@aol.com"),
    "Spanish, a word to take out before": ("quita lo de QUITAME: oakQUITAMEtiles@yahoo.es", "oaktiles@yahoo.es"),
    "German, a word to delete before": (
        "OHNEWERBUNG vor dem Absenden löschen: oaktilesOHNEWERBUNG@posteo.de", "oaktiles@posteo.de",
    ),
    "Polish, a word to erase before": ("Skasuj słowo SPAM: oakSPAM.tiles@onet.pl", "oak.tiles@onet.pl"),
    "Korean, a provider and its ending": ("oak.tiles 골뱅이 한메일 점 넷", "oak.tiles@hanmail.net"),
}  # fmt: skip
NO_ADDRESSES = {
    "a look at a look": ("we met at owt look of the mill",),
}
NUMBERS = {
    "homophones": ("Hauling. too won too, fore ate sicks, tree zero fife nein", "US", "+12124863059"),
    "a count that ends a sentence": (
        "food 2 times. nine eight double four zero, one seven two six five", "IN", "+919844017265",
    ),
    "bars, two of them once": ("📞 8|2|9|6|0|| 5|5|1|7|3 jain food", "IN", "+918296055173"),
    "dashes in lines of their own": ("Lawns\n469\n—\n338\n—\n1207\nask for Tomas", "US", "+14693381207"),
    "mirror writing": ("My phone in mirror writing is 7290-833-402.", "US", "+12043380927"),
    "from its last digit": (
        "Phone, starting from its LAST digit: five zero nine two, four three three, six one seven.", "US",
        "+17163342905",
    ),
    "from the tail end": ("5🐾7🐾1🐾0 8🐾2🐾9 3🐾0🐾3 .. now read it from the tail end.", "US", "+13039280175"),
    "Chinese, backwards": ("手机号倒着写的:六四九零五八二二七三一", "CN", "+8613722850946"),
    "Japanese, arrows": ("電話:ゼロ８ゼロ→三３１4→7二26", "JP", "+818033147226"),
    "German, a word of denial": (
        "Nummer: nulleinsfünfzwo... nein: null eins fünf eins zwo - 3 4 5 6 7 - acht zwo", "DE", "+4915123456782",
    ),
    "an area and a number": ("Area: 702. Number: 441-9065. Drums", "US", "+17024419065"),
}  # fmt: skip
NO_NUMBERS = {
    "an Indian invoice": ("invoice no 9845/2026-27, amount ₹17,265.00 only", "IN"),
    "a German serial number": ("Serien-Nr. 0611254703, 85 €", "DE"),
    "an area and another number": ("living area: 702 sq ft, 441-9065", "US"),
}
