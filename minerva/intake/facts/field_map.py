"""The field map of a source: which column becomes what of a record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from minerva.images.key_frames import MOST_FRAMES
from minerva.intake.facts.shape import COUNT, TEXT, TEXTS, TRUTH, EitherOf, ListOf, MapOf, Scalar, Table
from minerva.records.model import TEXT_KEYS

POINT_PARTS = ("coordinates", "type", "latitude", "longitude")
"""What a point's column may be made of, once its object is dotted columns."""
_RULE = EitherOf(
    TEXT,
    Table(
        optional={
            "columns": ListOf(TEXT, 1),
            "join": TEXT,
            "split": Scalar(pattern=r".+"),
            "pick": Scalar(choices=("first", "url", "email")),
            "constant": TEXT,
            "values": MapOf(TEXT),
            "dates": ListOf(TEXT, 1),
            "each": Scalar(pattern=r".+\]\."),
            "markup": TRUTH,
            "behind": ListOf(Scalar(pattern=r".+"), 1),
        }
    ),
)
_PHONE = Table(
    required={"column": TEXT},
    optional={
        "region": TEXT,
        "region_column": TEXT,
        "local": TRUTH,
        "width": COUNT,
        "area_code": Scalar(pattern=r"[0-9]{1,6}"),
    },
)
_NUMBERED = Table({"column": TEXT, "register": TEXT}, {"series_column": TEXT, "digits": COUNT})
MAPPING_SHAPE = Table(
    required={"key": ListOf(TEXT, 1), "fields": MapOf(_RULE, "|".join(TEXT_KEYS))},
    optional={
        "observed": Table(
            optional={
                "columns": ListOf(TEXT, 1),
                "formats": ListOf(TEXT, 1),
                "constant": TEXT,
                "zone_minutes": Scalar((int,)),
            }
        ),
        "key_more": TEXTS,
        "attributes": MapOf(_RULE, r"(?!lexicon_)[a-z][a-z0-9_]*"),
        "phones": ListOf(_PHONE),
        "emails": TEXTS,
        "urls": TEXTS,
        "usernames": ListOf(Table({"column": TEXT}, {"platform": TEXT, "platform_column": TEXT})),
        "licenses": ListOf(_NUMBERED),
        "company_numbers": ListOf(_NUMBERED),
        "image_hashes": ListOf(Table({"column": TEXT}, {"quality_column": TEXT, "sha256_column": TEXT})),
        "pictures": Table(
            {"column": TEXT},
            {"most": Scalar((int,), low=1, high=20), "read": TRUTH, "crops": Scalar(choices=("none", "few", "many"))},
        ),
        "frames": Table({"column": TEXT}, {"most": Scalar((int,), low=1, high=MOST_FRAMES)}),
        "extract": ListOf(Scalar(choices=TEXT_KEYS)),
        "ignore": TEXTS,
        "mojibake": ListOf(Scalar(choices=("mac_roman", "cp1252"))),
        "place": Table(optional={"city": TEXT, "region": TEXT, "towns": TEXTS, "point": TEXT}),
        "language": Scalar(choices=("recognize",)),
        "snippet_chars": COUNT,
        "extract_region": TEXT,
        "extract_region_column": TEXT,
    },
)


@dataclass(frozen=True)
class Rule:
    """How one text comes about: columns (dotted into objects) joined or picked, or a constant; then `values`.

    dates: formats of a date, as of `observed`. split: what stands between the values of a cell; the columns are
    then values of their own and not joined. each: a path to a list; the columns, which begin with it, are then joined
    within each of its items. markup: cells are pieces of web pages, of which the text is taken. behind: of what `split`
    parts, that alone is taken which begins so, without the beginning.
    """

    columns: tuple[str, ...] = ()
    join: str = " "
    pick: str = ""
    constant: str | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    dates: tuple[str, ...] = ()
    split: str = ""
    each: str = ""
    markup: bool = False
    behind: tuple[str, ...] = ()


@dataclass(frozen=True)
class PhoneRule:
    """A phone column: national numbers belong to `region`; `local` marks numbers without area code.

    `width` > 0 cuts a run of digits into numbers of that many digits (registers glue two local numbers together).
    `area_code` is put before a number of at most eight digits that does not begin with a nought.
    """

    column: str
    region: str = ""
    region_column: str = ""
    local: bool = False
    width: int = 0
    area_code: str = ""


@dataclass(frozen=True)
class CodedRule:
    """A column of user names (`label` = platform) or of licence or company numbers (`label` = register).

    `series_column` says within what the register counts anew: its text becomes a part of the register's name, so that
    number 17 of the barbers is never number 17 of the masseurs. A number of fewer `digits` has lost its leading noughts
    in a spreadsheet, and gets them back.
    """

    column: str
    label: str = ""
    label_column: str = ""
    series_column: str = ""
    digits: int = 0


@dataclass(frozen=True)
class ImageRule:
    """A column of PDQ hashes, one or a list, with the quality and SHA-256 of each picture, in the same order."""

    column: str
    quality_column: str = ""
    sha256_column: str = ""


@dataclass(frozen=True)
class PictureRule:
    """A column of addresses of pictures, one or a list: they are fetched and hashed where the institution says so too.

    most: pictures of a record. read: text in them is read as well. crops: none, few or many parts of each are hashed
    too, so that a cropped copy is found.
    """

    column: str
    most: int = 5
    read: bool = False
    crops: str = "none"


@dataclass(frozen=True)
class FrameRule:
    """A column of addresses of key frames of one video, in their order; `most` of them are fetched and hashed where the
    institution lets inputs do so with pictures."""

    column: str
    most: int = 60


@dataclass(frozen=True)
class FieldMap:
    """The field map of a source; see SHAPE for the keys of the yml."""

    key: tuple[str, ...]
    fields: Mapping[str, Rule]
    attributes: Mapping[str, Rule]
    observed_columns: tuple[str, ...]
    observed_formats: tuple[str, ...]
    observed_constant: str
    observed_zone_minutes: int
    phones: tuple[PhoneRule, ...]
    emails: tuple[str, ...]
    urls: tuple[str, ...]
    usernames: tuple[CodedRule, ...]
    licenses: tuple[CodedRule, ...]
    company_numbers: tuple[CodedRule, ...]
    extract: tuple[str, ...]
    extract_region: str
    extract_region_column: str
    ignore: frozenset[str]
    mojibake: tuple[str, ...]
    city: str
    region: str
    towns: tuple[str, ...]
    snippet_chars: int
    point: str = ""
    recognizes_language: bool = False
    key_more: tuple[str, ...] = ()
    """Columns that tell rows apart as well and may be empty."""
    image_hashes: tuple[ImageRule, ...] = ()
    pictures: PictureRule | None = None
    frames: FrameRule | None = None


def _rule(value: Any) -> Rule:
    if isinstance(value, str):
        return Rule(columns=(value,))
    return Rule(
        tuple(value.get("columns", ())),
        value.get("join", " "),
        value.get("pick", ""),
        value.get("constant"),
        value.get("values", {}),
        tuple(value.get("dates", ())),
        value.get("split", ""),
        value.get("each", ""),
        value.get("markup", False),
        tuple(value.get("behind", ())),
    )


def _coded(items: Any, label: str) -> tuple[CodedRule, ...]:
    return tuple(
        CodedRule(
            item["column"],
            item.get(label, ""),
            item.get(f"{label}_column", ""),
            item.get("series_column", ""),
            item.get("digits", 0),
        )
        for item in items
    )


def field_map(document: Mapping[str, Any]) -> FieldMap:
    """The FieldMap of a checked `mapping`."""
    observed, place = document.get("observed", {}), document.get("place", {})
    return FieldMap(
        key=tuple(document["key"]),
        fields={name: _rule(value) for name, value in document["fields"].items()},
        attributes={name: _rule(value) for name, value in document.get("attributes", {}).items()},
        observed_columns=tuple(observed.get("columns", ())),
        observed_formats=tuple(observed.get("formats", ("iso",))),
        observed_constant=observed.get("constant", ""),
        observed_zone_minutes=observed.get("zone_minutes", 0),
        phones=tuple(PhoneRule(**item) for item in document.get("phones", ())),
        emails=tuple(document.get("emails", ())),
        urls=tuple(document.get("urls", ())),
        usernames=_coded(document.get("usernames", ()), "platform"),
        licenses=_coded(document.get("licenses", ()), "register"),
        company_numbers=_coded(document.get("company_numbers", ()), "register"),
        extract=tuple(document.get("extract", ("title", "text"))),
        extract_region=document.get("extract_region", ""),
        extract_region_column=document.get("extract_region_column", ""),
        ignore=frozenset(document.get("ignore", ())),
        mojibake=tuple(document.get("mojibake", ())),
        city=place.get("city", ""),
        region=place.get("region", ""),
        towns=tuple(place.get("towns", ())),
        snippet_chars=document.get("snippet_chars", 200_000),
        point=place.get("point", ""),
        recognizes_language=document.get("language") == "recognize",
        key_more=tuple(document.get("key_more", ())),
        image_hashes=tuple(ImageRule(**item) for item in document.get("image_hashes", ())),
        pictures=PictureRule(**document["pictures"]) if "pictures" in document else None,
        frames=FrameRule(**document["frames"]) if "frames" in document else None,
    )


def stored_columns(facts: FieldMap) -> frozenset[str]:
    """Every column that the facts use and do not ignore."""
    used = {
        *facts.key,
        *facts.key_more,
        *facts.observed_columns,
        *facts.emails,
        *facts.urls,
        facts.extract_region_column,
        facts.point,
    }
    for rule in (*facts.fields.values(), *facts.attributes.values()):
        used.update(rule.columns)
    for phone in facts.phones:
        used.update((phone.column, phone.region_column))
    for picture in facts.image_hashes:
        used.update((picture.column, picture.quality_column, picture.sha256_column))
    if facts.pictures:
        used.add(facts.pictures.column)
    if facts.frames:
        used.add(facts.frames.column)
    for coded in (*facts.usernames, *facts.licenses, *facts.company_numbers):
        used.update((coded.column, coded.label_column, coded.series_column))
    return frozenset(used - {""})


def used_columns(facts: FieldMap) -> frozenset[str]:
    """Every column that the facts use or ignore, and the parts that a point may be made of."""
    parts = {f"{facts.point}.{part}" for part in POINT_PARTS} if facts.point else set()
    return stored_columns(facts) | facts.ignore | parts
