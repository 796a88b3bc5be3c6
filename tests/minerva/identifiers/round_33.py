"""Phones and addresses told in ways found missing in the thirty-third round of texts not seen before, with what looks
like them and is none."""

from __future__ import annotations

ADDRESSES = {
    "then before each sign": ("oaktiles then 42 then at gmail then dot com", "oaktiles42@gmail.com"),
    "Russian, then a sign": ("oak_tiles, дальше собачка, gmail, точка, com", "oak_tiles@gmail.com"),
    "commas and no blanks": ("Floors. oaktiles,at,gmail,dot,com", "oaktiles@gmail.com"),
    "at rate": ("oak dot tiles at rate gmail dot com", "oak.tiles@gmail.com"),
    "lines behind a label": ("Orders: oak\ntiles\n@\ngmail\n.com (all together)", "oaktiles@gmail.com"),
    "one word, said before": ("all one word: oak tiles at gmail dot com", "oaktiles@gmail.com"),
    "French, one word, said before": (
        "Nous écrire, tout attaché et sans accent : oak tiles arobase sfr point fr", "oaktiles@sfr.fr",
    ),
    "dots of the name to leave out": (
        "o.a.k.t.i.l.e.s@gmail.com but leave out every dot before the @, ta", "oaktiles@gmail.com",
    ),
    "two scripts in one word": ("oaktiles[сoбака]rambler[тчк]ru", "oaktiles@rambler.ru"),
}  # fmt: skip
NO_ADDRESSES = {
    "a rate": ("lent at rate 5.5 then at 6",),
    "commas of a list": ("oak,tiles,at,least,dot,matrix",),
}
NUMBERS = {
    "prose that begins behind a colon": ("Verona: tre 3 8 nove 0 4 uno 7 2 sei, oppure", "IT", "+393389041726"),
    "keys behind two digits": ("Dial 1-206-44-PAINT for a quote", "US", "+12064472468"),
    "Tamil": ("ஒன்பது எட்டு நான்கு பூஜ்யம் 2 ஒன்று 7 ஐந்து 6 ஆறு", "IN", "+919840217566"),
    "Telugu": ("తొమ్మిది ఎనిమిది నాలుగు సున్నా రెండు ఒకటి ఏడు ఐదు ఆరు ఆరు", "IN", "+919840217566"),
    "Kannada": ("ಒಂಬತ್ತು ಎಂಟು ನಾಲ್ಕು ಸೊನ್ನೆ ಎರಡು ಒಂದು ಏಳು ಐದು ಆರು ಆರು", "IN", "+919840217566"),
    "Malayalam": ("ഒമ്പത് എട്ട് നാല് പൂജ്യം രണ്ട് ഒന്ന് ഏഴ് അഞ്ച് ആറ് ആറ്", "IN", "+919840217566"),
    "Gujarati": ("નવ આઠ ચાર શૂન્ય બે એક સાત પાંચ છ છ", "IN", "+919840217566"),
    "Punjabi": ("ਨੌਂ ਅੱਠ ਚਾਰ ਸਿਫ਼ਰ ਦੋ ਇੱਕ ਸੱਤ ਪੰਜ ਛੇ ਛੇ", "IN", "+919840217566"),
    "Marathi": ("फोन नऊ आठ चार शून्य दोन एक सात पाच सहा सहा", "IN", "+919840217566"),
    "English in Devanagari": ("नाइन एट फोर जीरो टू वन सेवन फाइव सिक्स सिक्स", "IN", "+919840217566"),
    "Urdu": ("صفر تین صفر ایک دو تین چار پانچ چھ سات آٹھ", "PK", "+923012345678"),
    "Armenian": ("զրո ինը մեկ երկու երեք չորս հինգ վեց յոթ", "AM", "+37491234567"),
    "Amharic": ("ዜሮ ዘጠኝ አንድ አንድ ሁለት ሦስት አራት አምስት ስድስት ሰባት", "ET", "+251911234567"),
    "Khmer": ("សូន្យ មួយ ពីរ បី បួន ប្រាំ ប្រាំមួយ ប្រាំពីរ ប្រាំបី", "KH", "+85512345678"),
    "Lao": ("ສູນ ສອງ ສູນ ຫ້າ ຫ້າ ສອງ ສາມ ສີ່ ຫ້າ ຫົກ ເຈັດ", "LA", "+8562055234567"),
    "Burmese": ("သုည ကိုး ငါး သုံး လေး ငါး ခြောက် ခုနစ် ရှစ်", "MM", "+9595345678"),
    "Sinhala": ("බිංදුව හත හත එක දෙක තුන හතර පහ හය හත", "LK", "+94771234567"),
}
NO_NUMBERS = {
    "a size on keys": ("take 206-44-PAINTS", "US"),
    "Gujarati words": ("એક બે ત્રણ", "IN"),
}
