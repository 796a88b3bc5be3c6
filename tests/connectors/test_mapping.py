"""Mapping: cells, dates, places, and that any row ends in a record or a coded refusal."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minerva import lexicons
from minerva.intake.errors import FactsError, MappingError
from minerva.intake.mapping.cleaning import clean_text, repair_mojibake, without_markup
from minerva.intake.mapping.dates import format_utc, parse_time
from minerva.intake.mapping.mapper import Mapper
from minerva.intake.mapping.place import Place, split_address
from minerva.records import Record
from tests.connectors.running import changed

NOW = datetime(2026, 4, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("cell", "place"),
    [
        ("300 Maple Ave\nNorthtown, IL  60697\n", Place("300 Maple Ave", "Northtown", "60697")),
        ("P.O. Box 99\nLake Example", Place("P.O. Box 99", "Lake Example", "")),
        ("155 3rd Street\nSuite 300\nDeExample", Place("155 3rd Street, Suite 300", "DeExample", "")),
        ("4859 S. Wood Ave.\n2nd floor\n", Place("4859 S. Wood Ave., 2nd floor", "", "")),
        ("Home Based\n11 E. Birch, Suite 1500\n", Place("Home Based, 11 E. Birch, Suite 1500", "", "")),
        ("27 Maple Oak Park IL 60302", Place("27 Maple", "Oak Park", "60302")),
        ("12 Elm Road, Oakton, IL 60000", Place("12 Elm Road", "Oakton", "60000")),
        ("100 N. Maple St ", Place("100 N. Maple St", "", "")),
        ("", Place("", "", "")),
    ],
)
def test_address_is_taken_apart(cell: str, place: Place) -> None:
    assert split_address(cell, "IL", ["Oak Park"]) == place


@pytest.mark.parametrize(
    ("text", "formats", "expected"),
    [
        ("2026-03-01", ("iso",), "2026-03-01T00:00:00Z"),
        ("2026-03-01T10:00:00.123456+02:00", ("iso",), "2026-03-01T08:00:00Z"),
        ("2026-03-01 10:00", ("iso",), "2026-03-01T10:00:00Z"),
        ("2026-03-01t10:00:00z", ("iso",), "2026-03-01T10:00:00Z"),
        ("1772359200", ("epoch",), "2026-03-01T10:00:00Z"),
        ("1772359200123", ("epoch_ms",), "2026-03-01T10:00:00Z"),
        ("01/03/2026", ("iso", "%d/%m/%Y"), "2026-03-01T00:00:00Z"),
        ("2026-02-30", ("iso",), None),
        ("1899-12-30", ("iso",), None),
        ("9999-12-31", ("iso",), None),
        ("2026-03-01T25:00:00Z", ("iso",), None),
        ("nan", ("epoch",), None),
        ("1e999", ("epoch", "epoch_ms"), None),
        ("", ("iso", "epoch"), None),
    ],
)
def test_time_stamps(text: str, formats: tuple[str, ...], expected: str | None) -> None:
    moment = parse_time(text, formats)
    assert (format_utc(moment) if moment else None) == expected


def test_mojibake_is_undone_only_where_it_is_some() -> None:
    twice = "Maple’s".encode().decode("mac_roman").encode().decode("mac_roman")
    assert repair_mojibake(twice, ["mac_roman"]) == "Maple’s"
    assert repair_mojibake("Café Zoë – ok", ["mac_roman", "cp1252"]) == "Café Zoë – ok"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("a\r\nb\x00\u202e", "a\nb"),
        (None, ""),
        (True, "true"),
        (12, "12"),
        ("x data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAUAAAAFCAYAAACNbyblAAAAHElEQVQI12P4 y", "x [removed]"),
        ("A" * 2000 + " end", "[removed] end"),
    ],
)
def test_cells_are_cleaned(value: Any, text: str) -> None:
    assert clean_text(value) == text


@pytest.mark.parametrize(
    ("piece", "text"),
    [
        ("<p>Call <b>now</b></p><p>or write</p>", "Call now\nor write"),
        ("one<br/>two &amp; three &lt;here&gt;", "one\ntwo & three <here>"),
        ("<style>p {color: red}</style>seen<script>if (a<b) call()</script>", "seen"),
        ("5 < 6, and 7 > 3 & no page", "5 < 6, and 7 > 3 & no page"),
        ("left <script>for good", "left"),
        ("<a" * 50_000, "<a" * 50_000),
        ("no page", "no page"),
    ],
)
def test_a_piece_of_a_page_is_its_text(piece: str, text: str) -> None:
    assert without_markup(piece) == text


def test_two_local_numbers_in_one_cell_are_two_identifiers() -> None:
    row = {"Id": "1", "Site name": "S", "Address": "1 Elm", "Phone": "55501015550102"}
    record = Mapper(changed("chicago_cps_portal"), "northfield").map_row(row, NOW).finish()
    assert record.identifiers == ["local_phone:chicago/5550101", "local_phone:chicago/5550102"]


def test_unknown_columns_are_counted_and_not_stored() -> None:
    mapper = Mapper(changed("chicago_cps_portal"), "northfield")
    record = mapper.map_row({"Id": "1", "Site name": "S", "Secret": "x", "Empty": "", "a": {"b": 1}}, NOW).finish()
    assert dict(mapper.leftovers) == {"Secret": 1, "a.b": 1}
    assert "Secret" not in record.to_json()


def test_columns_may_be_ignored_by_how_they_begin() -> None:
    mapper = Mapper(changed("user_profiles", mapping__ignore=[":@*", "views"]), "northfield")
    mapper.map_row({"id": "1", "platform": "telegram", "bio": "b", ":@region": "7", "views": 3, "view": 3}, NOW)
    assert dict(mapper.leftovers) == {"view": 1}


def test_what_lies_below_an_ignored_name_is_ignored_too() -> None:
    ignored = ["geo", "sites[].plan", "meta.*"]
    attributes = {"x_site": "sites[].name"}
    source = changed("user_profiles", mapping__ignore=ignored, mapping__attributes=attributes)
    mapper = Mapper(source, "northfield")
    sites = [{"name": "A", "plan": "p", "beds": 3}, {"name": "B", "beds": 4, "deep": {"er": 1}}]
    row = {"id": "1", "platform": "telegram", "bio": "b", "geo": {"lat": 1}, "meta": {"a": {"b": 1}}, "geography": "x"}
    mapper.map_row({**row, "sites": sites}, NOW)
    assert dict(mapper.leftovers) == {"geography": 1, "sites.beds": 1, "sites.deep.er": 1}


SITES: dict[str, Any] = {
    "id": "1",
    "platform": "telegram",
    "bio": "b",
    "sites": [
        {"town": "Oakton", "country": "GB", "lines": [{"phone": "020 7946 0101"}, {"phone": "020 7946 0102"}]},
        {"town": "Northtown", "country": "US", "lines": [{"phone": "415 555 0142"}], "mail": ["a@example.org"]},
        {"country": "US"},
        "odd",
    ],
    "accounts": [{"on": "instagram", "as": "sun.rise"}, {"on": "telegram", "as": "sunrise22"}],
    "numbers": {"list": [{"no": "17"}, {"no": "18"}]},
}
LISTS: dict[str, Any] = {
    "mapping__fields": {"city": {"columns": ["sites[].town"], "join": " / "}, "name": "bio"},
    "mapping__attributes": {"x_town": "sites[].town", "x_first": {"columns": ["sites[].town"], "pick": "first"}},
    "mapping__phones": [{"column": "sites[].lines[].phone", "region_column": "sites[].country"}],
    "mapping__emails": ["sites[].mail"],
    "mapping__usernames": [{"column": "accounts[].as", "platform_column": "accounts[].on"}],
    "mapping__licenses": [{"column": "numbers.list[].no", "register": "us_tx"}],
}


def test_paths_into_lists_give_lists_and_what_lies_beside_is_of_the_same_item() -> None:
    mapper = Mapper(changed("user_profiles", mapping__observed={}, **LISTS), "northfield")
    record = mapper.map_row(SITES, NOW).finish()
    assert record.city == "Oakton / Northtown"
    assert record.attributes["x_town"] == ("Oakton", "Northtown")
    assert record.attributes["x_first"] == "Oakton"
    assert record.identifiers == [
        "phone:+442079460101", "phone:+442079460102", "phone:+14155550142", "email:a@example.org",
        "username:instagram/sun.rise", "username:telegram/sunrise22", "license:us_tx/17", "license:us_tx/18",
    ]  # fmt: skip
    assert not mapper.leftovers


def test_an_object_in_the_place_of_a_list_is_a_list_of_one() -> None:
    mapper = Mapper(changed("user_profiles", mapping__observed={}, **LISTS), "northfield")
    row = {**SITES, "sites": SITES["sites"][1], "accounts": {"on": "instagram", "as": "sun.rise"}}
    record = mapper.map_row(row, NOW).finish()
    assert (record.city, record.attributes["x_town"]) == ("Northtown", ("Northtown",))
    assert record.identifiers[:3] == ["phone:+14155550142", "email:a@example.org", "username:instagram/sun.rise"]
    assert not mapper.leftovers


NAMES: dict[str, Any] = {
    "id": "1",
    "platform": "telegram",
    "who": {
        "names": [
            {
                "main": "true",
                "forms": [{"parts": [{"text": "ALDER"}, {"text": "Sample"}]}, {"parts": {"text": "Ольха"}}],
            },
            {"main": "false", "forms": {"parts": [{"text": "S."}, {"text": "Alder"}]}},
            {"main": "false", "forms": {"parts": []}},
        ]
    },
}


def test_parts_are_joined_within_their_item_and_items_are_chosen_by_a_value() -> None:
    parts = ["who.names[].forms[].parts[].text"]
    main = {"each": "who.names[main=true].forms[].", "columns": ["who.names[main=true].forms[].parts[].text"]}
    facts = {
        "mapping__fields": {"name": {**main, "pick": "first"}},
        "mapping__attributes": {
            "x_all": {"each": "who.names[].forms[].", "columns": parts},
            "x_main": main,
            "x_other": {"columns": ["who.names[main=false].forms[].parts[].text"]},
        },
        "mapping__ignore": ["who.names[].main"],
    }
    mapper = Mapper(changed("user_profiles", mapping__observed={}, **facts), "northfield")
    record = mapper.map_row(NAMES, NOW).finish()
    assert record.name == "ALDER Sample"
    assert record.attributes["x_all"] == ("ALDER Sample", "Ольха", "S. Alder")
    assert record.attributes["x_main"] == ("ALDER Sample", "Ольха")
    assert record.attributes["x_other"] == ("S.", "Alder")
    assert not mapper.leftovers


def test_what_facts_say_of_pages_dates_flags_and_names() -> None:
    mapping = {
        "key": ["id"],
        "fields": {"name": "name", "text": {"columns": ["text"], "markup": True}},
        "attributes": {
            "alias": {"columns": ["others"]},
            "status": {"columns": ["struck"], "values": {"No": "", "": "unknown"}},
            "x_seen": {"columns": ["seen"], "dates": ["%d/%m/%Y"]},
        },
    }
    mapper = Mapper(changed("company_register", mapping=mapping), "northfield")
    row = {"id": "1", "name": "Oak Ltd", "text": "<p>Open</p>", "others": ["Oak Ltd", "Old Oak"], "seen": "03/04/2026"}
    made = mapper.map_row({**row, "struck": "No"}, NOW).finish()
    assert (made.text, made.attributes) == ("Open", {"alias": "Old Oak", "x_seen": "2026-04-03"})
    made = mapper.map_row({**row, "others": "Oak Ltd", "seen": "soon"}, NOW).finish()
    assert made.attributes == {"status": "unknown", "x_seen": "soon"}


@pytest.mark.parametrize(
    ("remarks", "linked"),
    [
        ("DOB 1970; Linked To: OAK LTD.; Linked To: BIRCH.", ("OAK LTD.", "BIRCH")),
        ("Linked To: OAK S.A.", "OAK S.A."),
        ("not Linked To: OAK", None),
    ],
)
def test_of_labels_and_values_in_remarks_one_label_is_taken(remarks: str, linked: Any) -> None:
    rule = {"columns": ["remarks"], "split": "; ", "behind": ["Linked To: "]}
    mapping = {"key": ["id"], "fields": {"name": "name"}, "attributes": {"x_linked_to": rule}}
    row = {"id": "1", "name": "Elm", "remarks": remarks}
    record = Mapper(changed("company_register", mapping=mapping), "northfield").map_row(row, NOW).finish()
    assert record.attributes.get("x_linked_to") == linked


def test_numbers_of_two_series_of_one_register_are_two() -> None:
    licenses = [{"column": "number", "register": "us_tx", "series_column": "trade"}]
    source = changed("massage_licenses", mapping__licenses=licenses, mapping__key=["number"], mapping__observed={})
    drafts = [
        Mapper(source, "northfield").map_row({"number": "17", "trade": trade}, NOW)
        for trade in ("Barber", "Massage Therapist", "")
    ]
    found = [item.identifier for draft in drafts for item in draft.finish().evidence]
    assert found == ["license:us_tx_barber/17", "license:us_tx_massage_therapist/17", "license:us_tx/17"]


def test_a_number_that_lost_its_noughts_gets_them_back() -> None:
    numbers = [{"column": "number", "register": "gb", "digits": 8}]
    source = changed(
        "massage_licenses", mapping__company_numbers=numbers, mapping__key=["number"], mapping__licenses=[]
    )
    found = []
    for number in ("7000002", "07000003", "SC123456", "123456789"):
        draft = Mapper(source, "northfield").map_row({"number": number}, NOW)
        found += [item.identifier for item in draft.finish().evidence]
    assert found == [f"company_number:gb/{number}" for number in ("07000002", "07000003", "SC123456", "123456789")]


@pytest.mark.parametrize(
    ("cell", "numbers"),
    [
        ("028 9601 8101", ["+442896018101"]),
        ("96018102", ["+442896018102"]),
        ("96018102 / 028 96018103", ["+442896018102", "+442896018103"]),
        ("9601 8102; 9601 8103", ["+442896018102", "+442896018103"]),
        ("9601 8102 or 9601 8103", ["+442896018102", "+442896018103"]),
        ("07700 900123", ["+447700900123"]),
    ],
)
def test_two_phones_of_one_cell_are_two_and_short_ones_have_their_area_code(cell: str, numbers: list[str]) -> None:
    phones = [{"column": "phone", "region": "GB", "area_code": "028"}]
    source = changed("massage_licenses", mapping__phones=phones, mapping__key=["id"], mapping__licenses=[])
    draft = Mapper(source, "northfield").map_row({"id": "1", "phone": cell}, NOW)
    assert [item.identifier for item in draft.finish().evidence] == [f"phone:{number}" for number in numbers]


PDQ = "f8f8f0cee0f4a84f06370a22038f63f0b36e2ed596621e1d33e6b39c4e9c9b22"
OTHER_PDQ = PDQ[::-1]
HASHES = {"column": "pdq", "quality_column": "quality", "sha256_column": "sha256"}


def pictures(**row: Any) -> tuple[Record, dict[str, int]]:
    source = changed("user_profiles", mapping__observed={}, mapping__image_hashes=[HASHES])
    mapper = Mapper(source, "northfield")
    return mapper.map_row({"id": "1", "platform": "telegram", "bio": "b", **row}, NOW).finish(), dict(mapper.leftovers)


def test_hashes_of_pictures_stand_in_the_record_and_link_where_their_quality_allows() -> None:
    sums = ["ab" * 32, "no sum"]
    record, left = pictures(pdq=[PDQ.upper(), OTHER_PDQ], quality=[50, "49"], sha256=sums)
    assert record.attributes["image_pdq"] == (PDQ, OTHER_PDQ)
    assert record.attributes["image_quality"] == ("50", "49")
    assert record.attributes["image_sha256"] == ("ab" * 32,)
    assert (record.identifiers, left) == ([f"image:{PDQ}"], {})
    assert Record.from_json(record.to_json()) == record


@pytest.mark.parametrize("quality", [None, "", "high", 101, -1, [90, 90]])
def test_a_hash_whose_quality_nobody_knows_links_nothing(quality: Any) -> None:
    record, _ = pictures(pdq=PDQ, quality=quality)
    assert record.attributes["image_quality"] == ("unknown",)
    assert record.identifiers == []


@pytest.mark.parametrize("cell", ["ab" * 16, PDQ + "0", PDQ[:-1] + "g", "0" * 64, "data:image/png;base64,AAAA", 17])
def test_what_is_no_hash_is_kept_nowhere_and_said(cell: Any) -> None:
    record, left = pictures(pdq=[cell, PDQ], quality=[90, 90])
    assert record.attributes["image_pdq"] == (PDQ,)
    assert record.identifiers == [f"image:{PDQ}"]
    assert left == {"pdq: not a PDQ hash, which has 64 hexadecimal digits": 1}
    assert str(cell) not in record.to_json()


def test_record_id_does_not_depend_on_the_time_of_fetching() -> None:
    source = changed("user_profiles", mapping__observed={})
    row = {"id": "1", "platform": "telegram", "bio": "b"}
    first, second = (
        Mapper(source, "northfield").map_row(row, moment).record for moment in (NOW, NOW.replace(year=2027))
    )
    assert first.record_id == second.record_id
    assert first.observed_time != second.observed_time


def test_lexicon_groups_are_attributes_outside_the_record_id(monkeypatch: pytest.MonkeyPatch) -> None:
    row = {"id": "1", "title": "New in town", "body": "reliable, no games", "posted_at": "2026-03-01"}
    draft = Mapper(changed("classified_ads"), "northfield").map_row(row, NOW)
    record = draft.finish()
    assert record.attributes["lexicon_terms"] == ("movement:1", "trust_wording:2")
    assert record.attributes["lexicon_version"] == str(lexicons.VERSION)
    assert not any("lexicon" in value for value in record.identifiers)
    assert Record.from_json(record.to_json()) == record
    monkeypatch.setattr("minerva.lexicons.search.VERSION", 99)
    later = draft.finish()
    assert later.record_id == record.record_id
    assert later.attributes["lexicon_version"] == "99"


def test_record_without_terms_has_no_lexicon_attributes() -> None:
    row = {"id": "1", "title": "A room", "body": "near the market", "posted_at": "2026-03-01"}
    record = Mapper(changed("classified_ads"), "northfield").map_row(row, NOW).finish()
    assert not any(name.startswith("lexicon") for name in record.attributes)


def test_a_source_may_not_map_a_column_over_the_lexicon_attributes() -> None:
    with pytest.raises(FactsError, match="lexicon_terms"):
        changed("classified_ads", mapping__attributes={"lexicon_terms": "category"})


VALUE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
COLUMNS = [
    "id",
    "posted_at",
    "title",
    "body",
    "city",
    "region",
    "country",
    "category",
    "price",
    "contact_phone",
    "contact_email",
]


@given(st.dictionaries(st.sampled_from(COLUMNS) | st.text(max_size=6), VALUE, max_size=12))
@settings(max_examples=300, deadline=None)
def test_any_row_is_a_record_or_a_coded_refusal(row: dict[str, Any]) -> None:
    try:
        record = Mapper(ADS, "northfield").map_row(row, NOW).finish()
    except MappingError as refusal:
        record, code = None, refusal.code
    if record is None:
        assert code in ("key", "observed_time")
        return
    assert Record.from_json(record.to_json()) == record


ADS = changed("classified_ads")


@pytest.mark.parametrize("missing", ["platform", "id"])
def test_a_key_of_several_columns_needs_each_of_them(missing: str) -> None:
    row = {"id": "p-1", "updated_at": "2026-03-01T00:00:00Z", "display_name": "Sun", "platform": "instagram"}
    row.pop(missing)
    with pytest.raises(MappingError) as refused:
        Mapper(changed("user_profiles"), "northfield").map_row(row, NOW)
    assert refused.value.code == "key"


def test_a_cell_of_several_values_is_several_values() -> None:
    rule = {"columns": ["trades", "more"], "split": "|"}
    source = changed(
        "massage_licenses", mapping__attributes={"category": rule}, mapping__key=["n"], mapping__observed={}
    )
    row = {"n": "1", "trades": "Massage|Sauna | Massage", "more": "Lodging"}
    assert Mapper(source, "northfield").map_row(row, NOW).record.attributes["category"] == (
        "Massage",
        "Sauna",
        "Lodging",
    )
    row = {"n": "1", "trades": "Massage"}
    assert Mapper(source, "northfield").map_row(row, NOW).record.attributes["category"] == "Massage"


def test_rows_that_only_a_column_often_empty_tells_apart_are_two() -> None:
    source = changed(
        "massage_licenses", mapping__key=["day"], mapping__key_more=["person", "firm"], mapping__observed={}
    )
    rows: list[dict[str, Any]] = [{"day": "1", "person": "A"}, {"day": "1", "firm": "A"}, {"day": "1"}]
    records = [Mapper(source, "northfield").map_row(row, NOW).record for row in rows]
    assert [record.source_key for record in records] == ["1|A|", "1||A", "1||"]
