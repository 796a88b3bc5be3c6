"""Which cases of courts and authorities speak of exploitation or of a business that breaks the rules of its trade."""

from __future__ import annotations

import re

from minerva.risk.reading import Fact

_NAMED = ("category", "offense")
_TELLING = re.compile(
    r"prostitu|proxenet|proxénét|zuhälter|menschenhandel|trata de personas|traite des (?:êtres|personnes)"
    r"|traffick|solicit|pimp|pander|brothel|disorderly house|lewd|indecent|sex(?:ual)?\b|rape\b"
    r"|forced lab|involuntary servitude|slavery|peonage|debt bondage|document servitude|confiscat"
    r"|kidnap|unlawful(?:ly)? (?:restrain|imprison)|false imprisonment|assault|battery\b|harbou?ring|smuggl"
    r"|wages?\b|overtime|child labo|labo[u]?r (?:law|standard|violation|case)|\bflsa\b|visa fraud"
    r"|unlicen[sc]ed|without (?:an? )?(?:valid )?(?:license|licence|permit)|licen[sc]e (?:violation|revo)"
    r"|(?:code|health|safety|zoning|permit) violation|public nuisance|narcotic|controlled substance|drugs?\b"
    r"|money launder|weapon",
    re.IGNORECASE,
)
_CAME_TO_NOTHING = re.compile(
    r"acquit|dismiss|not guilty|withdrawn|no violation|unfounded|unsubstantiated", re.IGNORECASE
)


def is_telling(fact: Fact) -> bool:
    """Whether a filing names such a matter and did not come to nothing.

    Rent, noise, parking, deeds and papers of a company register tell nothing, nor does a filing without a subject.
    """
    if fact.kind != "filing" or any(_CAME_TO_NOTHING.search(text) for text in fact.values.get("outcome", ())):
        return False
    return any(_TELLING.search(text) for name in _NAMED for text in fact.values.get(name, ()))
