"""Whether the words before digits announce a phone, in all languages that ads are read in."""

from __future__ import annotations

import re

from minerva.identifiers.phone_context import follows_id

WORDS = frozenset(
    [
        # English
        "call", "calls", "calling", "text", "texts", "txt", "sms", "tel", "telephone", "phone", "ph", "cell", "mobile",
        "mob", "whatsapp", "wa", "viber", "signal", "telegram", "number", "numbers", "contact", "reach", "ring",
        "dial", "message", "msg", "booking", "bookings", "appointment", "appointments", "answer", "line", "office",
        "hit", "whats", "cel",
        # Spanish, Portuguese
        "teléfono", "telefono", "telefone", "telf", "tlf", "telefonos", "llamar", "llama", "llame", "llámame",
        "llamame", "llámanos", "contacto", "contato", "contactar", "número", "numero", "móvil", "movil", "celular",
        "ligar", "ligue", "liga", "telemóvel", "telemovel", "marcações", "reservas", "chama", "chame", "fone", "cita",
        "citas",
        # French, Italian
        "téléphone", "telephone", "appelez", "appeler", "appelle", "joindre", "numéro", "portable", "rendez", "tél",
        "joignable",
        "chiamami", "chiamare", "chiama", "chiamate", "cellulare", "contatto", "contatti", "telefonare",
        "prenotazioni",
        # German, Dutch
        "telefon", "telefonnummer", "nummer", "rufnummer", "handy", "handynummer", "mobil", "erreichbar", "kontakt",
        "anrufen", "anruf", "anrufe", "ruf", "rufen", "bel", "belle", "bellen", "telefoon", "telefoonnummer",
        "termin", "termine",
        # Polish, Czech, Finnish, Nordic, Turkish, Romanian, Russian, Ukrainian
        "numer", "puh", "puhelin", "tlfn",
        "zadzwoń", "zadzwon", "dzwoń", "dzwon", "kontaktowy", "volejte", "volat", "telefonu", "ara", "arayın",
        "sunați", "sunati", "sună", "suna", "тел", "телефон", "звони", "звоните", "номер", "дзвоніть",
    ]
)  # fmt: skip
"""Words that announce a phone."""
_WORD = re.compile(r"[^\W\d_]+")
_SIGNS = " '\"|+#=&:.,;*~_^<>{}()[]«»\\/-!\u2022\u2605\u2606\u2764\ufe0f"
_NEAR = 48
_MOST_WORDS = 4


def is_announced(text: str, start: int) -> bool:
    """Whether one of the last words before `start`, of the same line and sentence, announces a phone."""
    first = max(0, start - _NEAR)
    before = text[first:start].rstrip(_SIGNS)
    line = re.split(r"[\n!?]|\.\s", before)[-1]
    words = _WORD.findall(line.lower())[-_MOST_WORDS:]
    return not WORDS.isdisjoint(words) and not follows_id(text, first + len(before) + 1)
