"""Opening hours: days and times as people write them, in the notation of OpenStreetMap's opening_hours key."""

from __future__ import annotations

import re
from collections.abc import Iterator

from minerva.identifiers.errors import InvalidIdentifier
from minerva.identifiers.evidence import Evidence
from minerva.identifiers.kind import Example, Kind
from minerva.identifiers.lexicon import alternation
from minerva.identifiers.reading import Reading
from minerva.identifiers.spans import without_overlaps

_DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_DAY_WORDS = {
    "Mo": "monday mon lunes lun lundi montag mo segunda seg lunedi понедельник пн luni maandag ma poniedzialek pon pn "
          "mandag man pazartesi pzt senin понеділок понеділка понедельника poniedzialku pondeli po hetfo",
    "Tu": "tuesday tue tues martes mar mardi dienstag di terca ter martedi вторник вт dinsdag wtorek wt tisdag tis "
          "tirsdag tir sali sal selasa вівторок вівторка вторника wtorku utery ut kedd",
    "We": "wednesday wed miercoles mie mer mercredi mittwoch mi quarta qua mercoledi среда ср woensdag wo sroda sr "
          "onsdag ons carsamba car rabu середа середи среды среду srody streda szerda miercuri",
    "Th": "thursday thu thur thurs jueves jue jeu jeudi donnerstag do quinta qui giovedi четверг чт donderdag "
          "czwartek czw torsdag tors tor persembe per kamis четвер четверга czwartku ctvrtek ct csutortok joi",
    "Fr": "friday fri viernes vie ven vendredi freitag fr sexta sex venerdi пятница пт vrijdag vr piatek pt fredag "
          "fre cuma cum jumat п'ятниця п'ятниці п'ятницю пятницы пятницу piatku patek pa pentek vineri",
    "Sa": "saturday sat sabado sab sam samedi samstag sa суббота сб zaterdag za sobota sob sb lordag lor "
          "cumartesi cmt sabtu субота суботи суботу субботы субботу soboty szombat sambata",
    "Su": "sunday sun domingo dom dim dimanche sonntag so domenica воскресенье вс zondag zo niedziela niedz nd sondag "
          "son pazar paz minggu неділя неділі воскресенья niedzieli nedele ne vasarnap duminica",
}
_DAY_OF = {word: day for day, words in _DAY_WORDS.items() for word in words.split()}
_DAY_SET = frozenset(_DAY_OF)
_SHORT = frozenset(word for word in _DAY_OF if len(word) == 2 and word.isascii()).union(
    ["man", "tis", "tir", "sal", "per", "ter", "qua", "qui", "sex", "seg", "car", "cum", "paz", "son", "lor", "ons",
     "tor", "pon", "sob", "cmt", "pzt"]
)  # fmt: skip
"""Days that are words of some language too: alone they name none."""
_EVERY = {
    "daily", "every day", "everyday", "7 days", "7 days a week", "all week", "todos los dias", "tous les jours",
    "taglich", "todos os dias", "tutti i giorni", "ежедневно", "каждый день", "щодня", "매일", "每天", "每日", "毎日",
    "her gun", "codziennie", "dagelijks", "elke dag", "alla dagar", "varje dag", "dagligen", "hver dag", "dagligt",
    "setiap hari", "hang ngay", "moi ngay", "zilnic", "denne", "kazdy den", "minden nap", "naponta",
}  # fmt: skip
_CONTEXT = frozenset(
    ["open", "opened", "opening", "hours", "horario", "abierto", "abrimos", "ouvert", "ouverte", "horaires",
     "geoffnet", "offnungszeiten", "aberto", "orario", "aperto", "available", "availability", "disponible",
     "verfugbar", "daily", "часы", "открыто", "program", "aberta", "aperta", "abierta", "oppet", "apent", "abent",
     "geopend", "offen", "czynne", "otwarte", "acik", "buka", "otevreno", "nyitva", "відчинено", "открыт", "работаем"]
)  # fmt: skip

_DAY = rf"(?:{alternation(list(_DAY_OF))})(?:days?|s)?\.?"
_TO = (
    r" ?(?:-|~|to|til|till|until|a|al|alle|alla|as|az|bis|ate|au|à|a las|tot|t/m|do|до|по"
    r"|pana la|sampai|thru|through) ?"
)
_WHEN = (
    rf"(?:(?P<first>{_DAY})(?:{_TO}(?P<last>{_DAY}))?|(?P<every>{alternation(list(_EVERY))}))"
    r"(?:,| ?:)? (?:from |de |von |das |dalle |van |od |с |з )?"
)
_HOUR = r"[01]?[0-9]|2[0-4]"
_HALF = r" ?(?P<{0}>a\.?m\.?|p\.?m\.?|noon|midnight)(?![a-z])"
_TIME = (
    rf"(?P<h{{0}}>{_HOUR})(?:[:.h](?P<m{{0}}>[0-5][0-9]))?(?P<o{{0}}> ?(?:h|uhr|hrs)(?![a-z]))?"
    rf"(?:{_HALF.format('p{0}')})?"
)
_RANGE = re.compile(
    rf"(?<![\w:.,$/+\-])(?:{_WHEN})?(?:{_TIME.format(1)}){_TO}(?:{_TIME.format(2)})(?![\w:%/]|[.,][0-9])"
)
_ALWAYS = re.compile(r"(?<![\w/])(?:24 ?/ ?7|24 ?h(?:ou)?rs?(?: a day)?,? 7 days(?: a week)?|24-7)(?![\w/])")
_TIMES = re.compile(r"(?:(?P<days>[A-Z][a-z](?:-[A-Z][a-z])?) )?([0-2][0-9]:[0-5][0-9])-([0-2][0-9]:[0-5][0-9])")


class OpeningHours(Kind):
    """`24/7`, `10:00-22:00` or `Mo-Fr 09:00-17:00`, the notation of OpenStreetMap; past midnight the end is smaller."""

    NAME = "opening_hours"
    TITLE = "Opening hours"
    STRONG = False
    ATTRIBUTE = True

    @classmethod
    def normalize(cls, value: str, *, region: str | None = None, qualifier: str = "", city: str | None = None) -> str:
        text = Reading(value).text.strip()
        normal = _TIMES.fullmatch(text)
        days = set(normal.group("days").split("-")) if normal is not None and normal.group("days") else set()
        if normal is not None and days <= set(_DAYS) and max(normal.group(2), normal.group(3)) <= "24:00":
            return text
        folded = Reading(text).folded
        if _ALWAYS.fullmatch(folded):
            return "24/7"
        match = _RANGE.fullmatch(folded)
        hours = _hours(match) if match is not None else None
        if hours is None:
            raise InvalidIdentifier(cls.NAME, "expected 24/7 or two times of day, days before them or not")
        return hours

    @classmethod
    def may_hold(cls, reading: Reading) -> bool:
        text = reading.text
        return "24" in text or "m" in reading.lowered or "h" in reading.lowered or ":" in text or "." in text or (
            not _DAY_SET.isdisjoint(reading.words)
        )

    @classmethod
    def extract(cls, reading: Reading, *, region: str | None = None, field: str = "text") -> Iterator[Evidence]:
        folded = reading.folded
        if not any(char in folded for char in "0123456789"):
            return
        told = not _CONTEXT.isdisjoint(reading.words)
        found = [(*match.span(), "24/7", 0.95) for match in _ALWAYS.finditer(folded)]
        for found_at in _RANGE.finditer(folded):
            match = found_at
            if match.group("first") in _SHORT and match.group("last") is None:
                # "my son 10:00-14:00" names no day.
                match = _RANGE.match(folded, match.start("h1")) or match
            hours = _hours(match) if _is_time(match, told) else None
            if hours is not None:
                sure = match.group("p2") is not None or match.group("first") is not None
                found.append((*match.span(), hours, 0.9 if sure else 0.75))
        for start, end, value, confidence in without_overlaps(sorted(found)):
            yield cls.seen(reading, (start, end), value, field, "times", confidence)

    @classmethod
    def examples(cls) -> tuple[Example, ...]:
        return (
            Example("Open 10am-11pm, walk in", "10am-11pm", "10:00-23:00"),
            Example("Mon-Fri 9:30 am to 5 pm", "Mon-Fri 9:30 am to 5 pm", "Mo-Fr 09:30-17:00"),
            Example("available 24/7", "24/7", "24/7"),
            Example("ouvert de 10h à 22h", "10h à 22h", "10:00-22:00"),
            Example("Montag bis Freitag 10:00 - 20:00 Uhr geöffnet", "Montag bis Freitag 10:00 - 20:00 Uhr",
                    "Mo-Fr 10:00-20:00"),
            Example("daily 11am - 2am", "daily 11am - 2am", "Mo-Su 11:00-02:00"),
        )  # fmt: skip


def _is_time(match: re.Match[str], told: bool) -> bool:
    """Whether a match is a range of times and no range of anything else: the clock is named, or days or words are."""
    if match.group("first") in _SHORT and match.group("last") is None:
        return False
    clock = [match.group(name) is not None for name in ("m1", "o1", "p1", "m2", "o2", "p2")]
    if "." in match.group() and not told and match.group("p2") is None:
        return False
    if match.group("p2") is not None or (clock[0] and clock[3]) or (clock[1] and clock[4]):
        return True
    if (clock[1] or clock[4]) and (clock[0] or clock[1]) and (clock[3] or clock[4]):
        return True
    if match.group("last") is not None:
        # "men to sons 3-4"
        between = match.string[match.end("first") : match.start("last")]
        return any(clock) or (told and (match.group("first") not in _SHORT or "-" in between))
    if match.group("every") is not None:
        return any(clock)
    return any(clock) and (told or match.group("first") is not None)


def _clock(hour: str, minute: str | None, half: str | None) -> str | None:
    value = int(hour)
    kind = (half or "").replace(".", "")
    if kind in ("am", "pm") and not 1 <= value <= 12:
        return None
    if kind in ("am", "midnight"):
        value %= 12
    elif kind == "pm":
        value = value % 12 + 12
    return f"{value:02d}:{minute or '00'}" if value < 24 or not int(minute or 0) else None


_NOON = 12


def _hours(match: re.Match[str]) -> str | None:
    first_half, last_half = match.group("p1"), match.group("p2")
    if first_half is None and last_half is not None and last_half[0] in "ap":
        # "9-5pm" begins in the morning, "1-5pm" after noon.
        same = int(match.group("h1")) % 12 < int(match.group("h2")) % 12
        first_half = last_half if same or last_half[0] == "a" else "am"
    bare = not any(match.group(name) for name in ("m1", "o1", "p1", "m2", "o2", "p2"))
    if bare and int(match.group("h2")) <= int(match.group("h1")) <= _NOON:
        # "Mon-Fri 9-5" ends after noon.
        last_half = "pm"
    start = _clock(match.group("h1"), match.group("m1"), first_half)
    end = _clock(match.group("h2"), match.group("m2"), last_half)
    if start is None or end is None or start == end:
        return None
    days = ""
    if match.group("every") is not None:
        days = "Mo-Su "
    elif match.group("first") is not None:
        days = _day(match.group("first")) + (f"-{_day(match.group('last'))}" if match.group("last") else "") + " "
    return f"{days}{start}-{end}"


def _day(written: str) -> str:
    plain = written.rstrip(".")
    for ending in ("", "s", "day", "days"):
        if plain.endswith(ending) and plain[: len(plain) - len(ending)] in _DAY_OF:
            return _DAY_OF[plain[: len(plain) - len(ending)]]
    return _DAY_OF[plain]
