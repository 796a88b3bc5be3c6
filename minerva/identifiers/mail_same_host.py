"""E-mail addresses whose host is the one site that their text names: `See oaktiles.example, mail info at that domain`.

Linear in the text: what is read around each place that says so is bounded.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import islice

from minerva.identifiers import hosts, lexicon, mail_guesses, mail_sent_to, mail_words
from minerva.identifiers.mail_boxes import VALID_LOCAL
from minerva.identifiers.tables import table

_DATA = table("mail_halves")
_MOST_HOSTS = 40
_SITE = re.compile(
    r"(?<![\w@.\-])(?:https?://)?(?:www\.)?(?P<host>[a-z0-9\-]{2,63}(?:\.[a-z0-9\-]{2,63}){1,4})(?![\w@\-])"
)


def may_hold(folded: str) -> bool:
    """Whether a word for a site may be in a text."""
    return "domain" in folded or "domini" in folded or "domein" in folded or " site" in folded or "website" in folded


@cache
def _said() -> re.Pattern[str]:
    """A mailbox name, the sign, and that the host is the one named; compiled when the first text asks for it."""
    signs = lexicon.spaced({*_DATA["signs"], "at"} - {"@"})
    same, sites = (lexicon.spaced(_DATA[key]) for key in ("same", "sites"))
    return re.compile(
        rf"(?<![\w.@%+\-])(?P<local>[a-z0-9][a-z0-9._+\-]{{1,40}})['\"]?\s?(?:@|[(\[](?:at|@|{signs})[)\]]|(?<=[\s'\"])"
        rf"(?:{signs})(?![^\W_]))\s?(?:{same})\s(?:{sites})(?![^\W_])"
    )


def at_same_host(folded: str) -> tuple[int, int, str] | None:
    """(start, end, address) of the first; None where a text names no site, or several."""
    said = _said().search(folded)
    if said is None:
        return None
    named = {match["host"] for match in islice(_SITE.finditer(folded), _MOST_HOSTS) if hosts.is_host(match["host"])}
    named -= hosts.MAIL_PROVIDERS
    local = said["local"].rstrip(".-+")
    is_told = (
        mail_guesses.is_marked(local)
        or local in mail_words.ROLES
        or folded[said.start() - 1 : said.start()] in ("'", '"')
        or mail_sent_to.is_told_before(folded, said.start(), True)
    )
    is_mailbox = (
        is_told
        and VALID_LOCAL.fullmatch(local) is not None
        and (local in mail_words.ROLES or not (local in mail_words.PROSE or local in mail_words.LABELS))
    )
    return (*said.span(), f"{local}@{next(iter(named))}") if len(named) == 1 and is_mailbox else None
