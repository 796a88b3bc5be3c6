"""What stands in the cell of a name where none is told: it is no name, and two of them are not equal names.

Whole cells alone count: a shop may be called Unknown Pleasures.
"""

from __future__ import annotations

import re

from minerva.addresses.tables import NOTHING_TOLD

NO_NAME = NOTHING_TOLD | {
    "unnamed", "anonymous", "no name", "no name given", "name unknown", "not provided", "not stated", "not disclosed",
    "not recorded", "not on file", "on file", "name on file", "owner on file", "name withheld", "name redacted",
    "to be confirmed", "to be announced", "to be determined", "see attached", "owner unknown", "unknown owner",
    "unbekannt", "keine angabe", "inconnu", "inconnue", "non communique", "non communiqué", "desconocido",
    "desconocida", "no consta", "sconosciuto", "onbekend", "niet bekend", "desconhecido", "nao informado",
    "não informado", "nieznany", "nieznane", "brak danych", "ukjent", "okänd", "ukendt", "неизвестно", "нет данных",
    "neznámý", "neuvedeno", "bilinmiyor",
}  # fmt: skip
_LONGEST = max(map(len, NO_NAME)) + 8
_WORD = re.compile(r"[^\W_]+")


def is_no_name(name: str) -> bool:
    """Whether a cell says that no name is told, in place of one; an empty one does."""
    return len(name) <= _LONGEST and (not (words := _WORD.findall(name.casefold())) or " ".join(words) in NO_NAME)
