"""Phones found missing in a round of texts that one more writer wrote by hand, and ids, taxes and sums among them that
had been taken for numbers."""

from __future__ import annotations

ADDRESSES = {
    "brackets turned round": ("mail: oak.tiles )at(gmail)dot(com", "oak.tiles@gmail.com"),
    "brackets turned round, without blanks": ("oaktiles)at(mail.example", "oaktiles@mail.example"),
    "angles turned round": ("contact: oak.tiles >at<example>dot<net.", "oak.tiles@example.net"),
    "a picture behind a word for mail": ("E-mail: oaktiles \U0001f4e9 example.org.", "oaktiles@example.org"),
    "a picture and a dot with blanks": ("contact: oaktiles2\U0001f40cexample . com!", "oaktiles2@example.com"),
    "numbers behind a name, Spanish": (
        "oaktiles y los n\u00fameros uno uno arroba gmail punto com", "oaktiles11@gmail.com",
    ),
    "numbers behind a name, Italian": (
        "oaktiles poi i numeri due sette chiocciola yahoo punto com", "oaktiles27@yahoo.com",
    ),
    "a Portuguese label": ("Correio: oaktiles @ example.com", "oaktiles@example.com"),
}  # fmt: skip
NO_ADDRESSES = {
    "the end of a bracket": ("(meet us)at(mail.example)",),
    "a call": ("f(x)at(y.com)",),
    "hours": ("open (Mon)at(noon)",),
    "pictures without a mailbox": ("email us: \U0001f4e7 info.example.org",),
}
NUMBERS = {
    "a price, and digits apart in the next sentence": (
        "Desde 600. 6 1 2 · 3 4 · 8 0 · 2 2 (tardes)", "ES", "+34612348022",
    ),
    "digits apart in one sentence": ("movil 612. 3 4 8 0 2 2", "ES", "+34612348022"),
    "letters behind an area code and a slash": ("unter O171/39 2OO 63, gern sms", "DE", "+491713920063"),
    "the same in one group": ("unter O171/392OO63", "DE", "+491713920063"),
    "behind a word for a contact": ("nr kontaktowy 512 340 067", "PL", "+48512340067"),
    "a row that is no sum": ("Team 445 470 495 1411", "US", "+14704951411"),
    "in capitals behind a tax": ("FIXED CALL OUT, NO VAT. PHONE 020 7946 0311", "GB", "+442079460311"),
    "Swedish digits": ("ring noll sju tva sex atta noll ett tva tre fyra", "SE", "+46726801234"),
}  # fmt: skip
NO_NUMBERS = {
    "a tax behind an id": ("Facture 2024/0611-38, TVA 21 %, total", "BE"),
    "a reference with a letter": ("Rif. A-0312/345. Punto forte: il balcone", "IT"),
    "a frame, Dutch": ("bakfiets, framenr. 0612 778 34 B, bouwjaar", "NL"),
    "an auction": ("Nr aukcji 512 340 067. Odbiór", "PL"),
    "an auction in more groups": ("Nr aukcji 512 340 0671 22. Odbiór", "PL"),
    "an order behind two words": ("n.º de pedido 612 348 022", "ES"),
    "a row of a table and its sum": ("Team 445 470 495 1410", "US"),
    "part of a frame with a slash": ("tires 01l0/75 2O21 and 015/20", "US"),
}  # fmt: skip
