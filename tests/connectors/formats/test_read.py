"""Reading: each format and packing with the oddities that publishers write."""

from __future__ import annotations

import bz2
import gzip
import io
import json
from pathlib import Path
from typing import Any

import pytest

from minerva.intake.errors import FileError
from minerva.intake.facts.reading import read_facts
from minerva.intake.formats.read import read_rows
from minerva.intake.rows import ReadCounts, Row
from tests.connectors.formats.hostile import entry, tar, zipped
from tests.connectors.formats.workbooks import ods, ods_content, sheet, table, xlsx


def rows_of(content: bytes | str, **document: Any) -> list[Row]:
    raw = content.encode() if isinstance(content, str) else content
    return list(read_rows(io.BytesIO(raw), read_facts(document), "a"))


def read(content: bytes | str, **document: Any) -> list[Any]:
    return [row.fault or row.columns for row in rows_of(content, **document)]


TWO = [{"id": "1", "name": "Ann"}, {"id": "2", "name": "Bob"}]
CSV = "id,name\n1,Ann\n2,Bob\n"


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        (CSV, {}),
        ("\ufeff" + CSV, {}),
        (CSV.replace("\n", "\r\n"), {}),
        (CSV.replace("\n", "\r"), {}),
        (CSV + "\x1a", {}),
        (CSV + "\n\n,\n", {}),
        ("1,Ann\n2,Bob\n", {"header": ["id", "name"]}),
        ("A list of\nthe city, of today\n\n" + CSV, {"skip_rows": 3}),
        (CSV.replace(",", ";"), {"delimiter": ";"}),
        (CSV.replace(",", "\t"), {"format": "tsv"}),
        ("id,name\n1,'Ann'\n2,Bob\n", {"quote": "'"}),
        (CSV + "Total,2\nprinted today\n", {"stop_at": "Total"}),
        ('ID ,"Name\n(of school)"\n1,Ann\n2,Bob\n', {"headings": {"id": "id", "name (of *)": "name"}}),
        ("ID #, Name \n1,Ann\n2,Bob\n", {"headings": "words"}),
        (CSV + "id,name\n", {}),
    ],
)
def test_delimited_text_is_read_whatever_its_dress(text: str, facts: dict[str, Any]) -> None:
    assert read(text, **{"format": "csv", **facts}) == TWO


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1"])
@pytest.mark.parametrize("kind", ["csv", "fixed", "jsonl", "lines"])
def test_encodings(codec: str, kind: str) -> None:
    text = {"csv": "id,name\n1,Zoë\n", "fixed": "1Zoë\n", "jsonl": '{"id": "1", "name": "Zoë"}\n', "lines": "Zoë\n"}[
        kind
    ]
    columns = [{"name": "id", "start": 1, "length": 1}, {"name": "name", "start": 2, "length": 9}]
    facts = {"format": kind, "encodings": ["cp1252"], **({"columns": columns} if kind == "fixed" else {})}
    expected = {"line": "Zoë"} if kind == "lines" else {"id": "1", "name": "Zoë"}
    assert read(text.encode(codec), **facts) == [expected]


def test_what_no_encoding_knows_is_counted() -> None:
    met = ReadCounts()
    rows = list(read_rows(io.BytesIO(b"id\na\xff\n"), read_facts({"format": "csv"}), "a", met=met))
    assert rows[0].columns == {"id": "a\ufffd"}
    assert met.counts == {"undecodable_files": 1, "undecodable": 1}
    packed = ReadCounts()
    facts = read_facts({"format": "csv", "unpack": "gzip"})
    assert list(read_rows(io.BytesIO(gzip.compress(b"id\na\xff\n")), facts, "a", met=packed)) == rows
    assert packed.counts == met.counts


def test_stacked_headings_join_and_span() -> None:
    text = ",School,,Pupils,\nid,Name,Town,Boys,Girls\n1,Elm,Oakton,3,4\n"
    assert read(text, format="csv", header_rows=2) == [
        {"id": "1", "School / Name": "Elm", "School / Town": "Oakton", "Pupils / Boys": "3", "Pupils / Girls": "4"}
    ]


def test_null_marks_are_emptied_everywhere() -> None:
    facts = {"nulls": ["-0-", "*"]}
    assert read("id,a,b\n1,-0- ,*\n", format="csv", **facts) == [{"id": "1", "a": "", "b": ""}]
    assert read('[{"a": {"b": ["-0-", "x"]}}]', **facts) == [{"a": {"b": ["", "x"]}}]


def test_ragged_rows_are_read_or_refused_alone() -> None:
    assert read("id,name\n1\n2,Bob,,\n3,Cy,x\n4,Di\n", format="csv") == [
        {"id": "1"}, {"id": "2", "name": "Bob"}, "width", {"id": "4", "name": "Di"},
    ]  # fmt: skip


def test_fixed_width_keeps_places() -> None:
    columns = [{"name": "id", "start": 1, "length": 3}, {"name": "town", "start": 8, "length": 6}]
    assert read("001xxxxOakton\n\n002\n\x1a", format="fixed", columns=columns) == [
        {"id": "001", "town": "Oakton"},
        {"id": "002", "town": ""},
    ]


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ('[{"id": 1}, {"id": 2}]', {}),
        ('\ufeff {"meta": {"a": [1]}, "data": {"rows": [{"id": 1}, {"id": 2}], "n": 2}}', {"items": "data.rows"}),
        ('{"meta": [], "found": {"rows": [{"id": 1}, {"id": 2}]}}', {"items": "*"}),
        ('[["id"], [1], [2]]', {"header": ["id"], "skip_rows": 1}),
        ('{"id": 1}\n\n{"id": 2}\n', {"format": "jsonl"}),
    ],
    ids=["top", "path", "first list", "lists", "lines"],
)
def test_json(text: str, facts: dict[str, Any]) -> None:
    assert read(text, **facts) == [{"id": 1}, {"id": 2}]


def test_an_object_of_records_gives_its_keys() -> None:
    assert read('{"all": {"x": {"id": 1}, "y": {"id": 2}}}', items="all.{}") == [
        {"id": 1, "_key": "x"}, {"id": 2, "_key": "y"},
    ]  # fmt: skip


def test_json_longer_than_any_window_is_read_item_by_item() -> None:
    rows = [{"id": number, "text": "words " * 60, "n": [number / 7]} for number in range(4000)]
    found = read(json.dumps({"before": "x" * 300_000, "rows": rows, "after": [{}]}), items="rows")
    assert [row["id"] for row in found] == list(range(4000))


def test_geojson_points_say_longitude_and_latitude() -> None:
    feature = {"type": "Feature", "properties": {"id": 1}, "geometry": {"type": "Point", "coordinates": [-0.12, 51.5]}}
    (row,) = read(json.dumps({"type": "FeatureCollection", "features": [feature]}), format="geojson")
    assert (row["geometry"]["longitude"], row["geometry"]["latitude"]) == ("-0.12", "51.5")


XML = (
    '<l:list xmlns:l="urn:example"><meta>x</meta><l:row id="7"><name>Ann</name><tag>a</tag><tag>b</tag>'
    "<place><town>Oakton</town> near the mill</place></l:row><l:row><name/></l:row></l:list>"
)


@pytest.mark.parametrize("items", ["row", "list/row", "/list/row", "l:row", ""])
def test_xml_rows_by_local_names(items: str) -> None:
    place = {"town": "Oakton", "#text": "near the mill"}
    assert read(XML, format="xml", items=items) == [
        {"@id": "7", "name": "Ann", "tag": ["a", "b"], "place": place}, {"name": ""},
    ]  # fmt: skip


def test_several_sheets_have_their_own_headings() -> None:
    book = xlsx(sheet([["id"], ["1"]]), sheet([["Title"], ["name"], ["Bob"]]), sheet([["x"], ["y"]]))
    assert read(book, format="xlsx") == [{"id": "1"}]
    assert read(book, format="xlsx", sheet="Three") == [{"x": "y"}]
    assert read(book, format="xlsx", sheets=["One", "Thr*"]) == [
        {"id": "1", "_sheet": "One"}, {"x": "y", "_sheet": "Three"},
    ]  # fmt: skip
    assert [row["_sheet"] for row in read(book, format="xlsx", sheets="all")] == ["One", "Two", "Two", "Three"]
    assert read(book, format="xlsx", sheet="Two", skip_rows=1) == [{"name": "Bob"}]


def test_ods_values_repeats_and_notes() -> None:
    rows = (
        '<table:table-row><table:table-cell office:value-type="string"><text:p>id</text:p></table:table-cell>'
        '<table:table-cell office:value-type="string"><text:p>when</text:p></table:table-cell></table:table-row>'
        '<table:table-row table:number-rows-repeated="2"><table:table-cell office:value-type="float" office:value="7">'
        "<office:annotation><text:p>a note</text:p></office:annotation><text:p>7.00</text:p></table:table-cell>"
        '<table:table-cell office:value-type="date" office:date-value="2026-01-05"><text:p>5 Jan</text:p>'
        '</table:table-cell><table:table-cell table:number-columns-repeated="16000"/></table:table-row>'
        '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>'
    )
    book = ods(ods_content(f'<table:table table:name="One">{rows}</table:table>' + table([["b"], ["2"]], "Two")))
    assert read(book, format="ods") == [{"id": "7", "when": "2026-01-05"}] * 2
    assert read(book, format="ods", sheet="Two") == [{"b": "2"}]
    assert len(read(book, format="ods", sheets="all")) == 3


RSS = """<rss version="2.0"><channel><title>News</title><item><title>One &amp; two</title><guid>g1</guid>
<link>https://news.example.org/1</link><pubDate>Mon, 05 Jan 2026 10:00:00 +0100</pubDate>
<category>a</category><category>b</category></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title><entry><id>g1</id><title>One &amp; two</title>
<link href="https://news.example.org/1"/><published>2026-01-05T09:00:00Z</published>
<category term="a"/><category term="b"/></entry></feed>"""


@pytest.mark.parametrize("feed", [RSS, ATOM], ids=["rss", "atom"])
def test_feeds_of_both_kinds_give_the_same_names(feed: str) -> None:
    (row,) = read(feed, format="rss")
    wanted = ("id", "title", "link", "published_parsed")
    assert [row[name] for name in wanted] == ["g1", "One & two", "https://news.example.org/1", "2026-01-05T09:00:00Z"]
    assert [tag["term"] for tag in row["tags"]] == ["a", "b"]


PAGE = """<html><body><table><tr><td>menu</table><table id=list><caption>List</caption>
<tr><th>id<th>name<th colspan=2>place</tr><tr><td rowspan=2>1<td><a href="/p/1">Ann</a><br>Lee<td>Oak<td>IL
<tr><td>Bob<td colspan=2>Elm</tr></table>
<ul><li data-id=7><b>Ann</b><i>x</i><i>y</i><a href="/p/7">more</a></li><li data-id=8><b>Bob</b></li></ul>
<script>document.write("<li><b>no</b></li>")</script></body></html>"""


@pytest.mark.parametrize("which", [1, "#list", "table:has(caption)"])
def test_a_table_of_a_page(which: int | str) -> None:
    assert read(PAGE, format="html", table=which) == [
        {"id": "1", "name": "Ann\nLee", "place": "Oak", "place_2": "IL"},
        {"id": "1", "name": "Bob", "place": "Elm", "place_2": "Elm"},
    ]


def test_a_listing_of_a_page() -> None:
    cells = {"id": "@data-id", "name": "b", "more": "a@href", "tags": "i"}
    assert read(PAGE, format="html", row="li", cells=cells) == [
        {"id": "7", "name": "Ann", "more": "/p/7", "tags": ["x", "y"]},
        {"id": "8", "name": "Bob", "more": "", "tags": ""},
    ]
    with pytest.raises(FileError, match="no CSS selector"):
        read(PAGE, format="html", row="li[")


def test_a_page_in_the_encoding_that_it_says() -> None:
    page = "<meta charset='windows-1251'><table><tr><th>имя<tr><td>Анна</table>".encode("cp1251")
    assert read(page, format="html") == [{"имя": "Анна"}]


@pytest.mark.parametrize("unpack", ["zip", "gzip", "tar.gz", "bz2"])
@pytest.mark.parametrize("kind", ["csv", "json", "xml", "xlsx"])
def test_every_packing_around_a_format(unpack: str, kind: str) -> None:
    content = {
        "csv": CSV.encode(),
        "json": json.dumps(TWO).encode(),
        "xml": b"<l><r><id>1</id><name>Ann</name></r><r><id>2</id><name>Bob</name></r></l>",
        "xlsx": xlsx(sheet([["id", "name"], ["1", "Ann"], ["2", "Bob"]])),
    }[kind]
    packed = {
        "zip": zipped((f"a.{kind}", content), ("readme.md", b"words")),
        "gzip": gzip.compress(content),
        "tar.gz": tar((entry(f"in/a.{kind}"), content), (entry("in/readme.md"), b"words")),
        "bz2": bz2.compress(content),
    }[unpack]
    assert read(packed, format=kind, unpack=unpack) == TWO


def test_files_of_an_archive_are_chosen_by_a_glob() -> None:
    content = zipped(
        ("x/b.csv", b"id\n2\n"), ("x/a.csv", b"id\n1\n"), ("y/c.csv", b"id\n3\n"), ("__MACOSX/a.csv", b"x")
    )
    rows = rows_of(content, format="csv", unpack="zip", member="x/*")
    assert [(row.place, row.columns) for row in rows] == [("a!x/a.csv:2", {"id": "1"}), ("a!x/b.csv:2", {"id": "2"})]
    assert len(rows_of(content, format="csv", unpack="zip")) == 3


def test_a_file_and_a_stream_are_read_alike(tmp_path: Path) -> None:
    for kind, content in (("csv", CSV.encode()), ("xlsx", xlsx(sheet([["id", "name"], ["1", "Ann"], ["2", "Bob"]])))):
        path = tmp_path / f"a.{kind}"
        path.write_bytes(content)
        found = [row.columns for row in read_rows(path, read_facts({"format": kind}), "a", ("id",))]
        with path.open("rb") as handle:
            handle.read(3)
            again = [row.columns for row in read_rows(handle, read_facts({"format": kind}), "a")]
            assert not handle.closed
        assert found == again == TWO
        with pytest.raises(FileError, match="lacks key"):
            list(read_rows(path, read_facts({"format": kind}), "a", ("key",)))
