"""Search-time settings of props.conf: automatic lookups, aliases, event types, tags, modes, and what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC
from pathlib import Path
from typing import Any

import pytest

from tests.understudy.storage.homes import NOW, make_conf
from understudy import access
from understudy.jobs.knowledge import find
from understudy.spl import engine
from understudy.spl.model import Context, Macro
from understudy.spl.search_tree import Compare
from understudy.storage.events import RawEvent
from understudy.storage.kv import KVStore
from understudy.storage.store import Store
from understudy.storage.tables import AppTables

PROPS = """
[web]
EXTRACT-status = status=(?<status>\\d+)
EXTRACT-net = ip=(?<ip>\\S+)
FIELDALIAS-a = status AS code missing AS gone ip ASNEW host_ip
EVAL-double = status * 2
EVAL-copied = identifier
LOOKUP-b_status = codes status OUTPUT meaning
LOOKUP-a_net = nets net AS ip OUTPUTNEW zone AS where_from
lookup_docs = docs who AS double OUTPUT note
REPORT-pairs = pairs
TRANSFORMS-identifier = identifier
[overridden]
EXTRACT-m = meaning=(?<meaning>\\w+) status=(?<status>\\d+)
LOOKUP-s = codes status OUTPUT meaning
[kept]
EXTRACT-m = meaning=(?<meaning>\\w+) status=(?<status>\\d+)
LOOKUP-s = codes status OUTPUTNEW meaning
[plain_xml]
KV_MODE = xml
[spaced]
KV_MODE = auto_escaped
KV_TRIM_SPACES = false
[closed]
EXTRACT-status = status=(?<status>\\d+)
LOOKUP-s = secret status OUTPUT meaning
[odd]
KV_MODE = multi
rename = other
LOOKUP-x = nowhere a OUTPUT b
"""
TRANSFORMS = """
[codes]
filename = codes.csv
[nets]
filename = nets.csv
match_type = CIDR(net)
[secret]
filename = secret.csv
[docs]
external_type = kvstore
collection = docs
fields_list = _key, who, note
[pairs]
REGEX = <(\\w+):(\\w+)>
FORMAT = $1::$2
MV_ADD = true
"""
EVENTTYPES = """
[failed]
search = status>=500
[failed_web]
search = eventtype=failed sourcetype=web `noisy`
[indexed]
search = index=north
[tagged]
search = tag=server
[self]
search = eventtype=self
[closed_type]
search = status=*
[off]
search = status=*
disabled = 1
"""
TAGS = """
[host=web1]
server = enabled
old = disabled
[eventtype=failed]
alarm = enabled
[status=200]
fine = enabled
server = enabled
"""
META = (
    "[]\naccess = read : [ * ]\n[lookups/secret.csv]\naccess = read : [ admin ]\n"
    "[eventtypes/closed_type]\naccess = read : [ admin ]\n"
)


class Bench:
    """A store whose app `a` has the settings above, searched by a user of role `user`."""

    def __init__(self, home: Path) -> None:
        self.conf = make_conf(home)
        app = home / "etc" / "apps" / "a"
        for name, text in (("props", PROPS), ("transforms", TRANSFORMS)):
            with (app / "default" / f"{name}.conf").open("a", encoding="utf-8") as out:
                out.write(text)
        (app / "default" / "eventtypes.conf").write_text(EVENTTYPES, encoding="utf-8")
        (app / "default" / "tags.conf").write_text(TAGS, encoding="utf-8")
        (app / "default" / "macros.conf").write_text("[noisy]\ndefinition = NOT quiet\n", encoding="utf-8")
        (app / "default" / "collections.conf").write_text("[docs]\n", encoding="utf-8")
        (app / "metadata").mkdir()
        (app / "metadata" / "default.meta").write_text(META, encoding="utf-8")
        (app / "lookups").mkdir()
        files = {
            "codes": "status,meaning\n200,fine\n500,broken\n",
            "nets": "net,zone\n10.0.0.0/8,in\n",
            "secret": "status,meaning\n200,no\n",
        }
        for name, text in files.items():
            (app / "lookups" / f"{name}.csv").write_text(text, encoding="utf-8")
        self.conf.reload()
        self.store = Store(home / "events.duckdb", self.conf, lambda: NOW)
        self.kv = KVStore(home / "kv.sqlite")
        self.kv.collection("a", "docs").insert({"_key": "1", "who": "1000", "note": "twice"})

    def ingest(self, raw: str, sourcetype: str, **more: Any) -> None:
        result = self.store.ingest([RawEvent(raw, sourcetype=sourcetype, **more)])
        assert result.written == 1

    def context(self, *roles: str) -> Context:
        rights = access.build(self.conf, "u", roles or ("user",))
        conf = self.conf

        class Knowledge:
            def macro(self, name: str, count: int) -> Macro | None:
                found = find(conf, "macros", name, rights, "a")
                return Macro(found.settings["definition"]) if found else None

            def event_type(self, name: str) -> str | None:
                found = find(conf, "eventtypes", name, rights, "a")
                return found.settings["search"] if found else None

        knowledge: Any = Knowledge()
        return Context(
            events=self.store.events_for(rights),
            tables=AppTables(conf, self.kv, rights, "a"),
            knowledge=knowledge,
            now=NOW,
            zone=UTC,
            app="a",
            user="u",
        )

    def search(self, text: str, *roles: str) -> list[dict[str, Any]]:
        return list(engine.run(text, self.context(*roles)).rows)

    def close(self) -> None:
        self.store.close()
        self.kv.close()


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    made = Bench(tmp_path)
    yield made
    made.close()


def test_automatic_lookups_see_extracted_aliased_and_calculated_fields(bench: Bench) -> None:
    bench.ingest("status=500 ip=10.1.2.3", "web")
    row = bench.search("index=main | table code meaning where_from note host_ip double gone")[0]
    assert row == {
        "code": "500",
        "meaning": "broken",
        "where_from": "in",
        "note": "twice",
        "host_ip": "10.1.2.3",
        "double": 1000,
    }


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("index=main meaning=broken", id="by-lookup"),
        pytest.param("index=main meaning=* NOT meaning=fine", id="by-lookup-negated"),
        pytest.param("index=main eventtype=failed", id="by-event-type"),
        pytest.param("index=main eventtype=fail*", id="by-event-type-wildcard"),
        pytest.param("index=main eventtype=failed_web", id="by-event-type-with-a-macro"),
        pytest.param("index=main tag=alarm", id="by-tag-of-event-type"),
        pytest.param("index=main tag::eventtype=alarm", id="by-tag-of-field"),
        pytest.param("index=main code=500", id="by-alias"),
        pytest.param("index=main double>900", id="by-calculated"),
    ],
)
@pytest.mark.parametrize("pushdown", [True, False], ids=["pushdown", "rows"])
def test_search_finds_events_by_fields_made_at_search_time(bench: Bench, text: str, pushdown: bool) -> None:
    bench.store.pushdown = pushdown
    bench.ingest("status=500 ip=10.1.2.3 wanted", "web")
    bench.ingest("status=200 ip=10.1.2.3 other", "web")
    assert [row["_raw"] for row in bench.search(f"{text} | table _raw")] == ["status=500 ip=10.1.2.3 wanted"]


@pytest.mark.parametrize(
    ("sourcetype", "raw", "meaning"),
    [
        pytest.param("overridden", "meaning=own status=200", "fine", id="output-overwrites"),
        pytest.param("overridden", "meaning=own status=404", None, id="output-clears-without-a-match"),
        pytest.param("kept", "meaning=own status=200", "own", id="outputnew-keeps"),
        pytest.param("kept", "meaning=own status=404", "own", id="outputnew-without-a-match-keeps"),
    ],
)
def test_output_and_outputnew(bench: Bench, sourcetype: str, raw: str, meaning: str | None) -> None:
    bench.ingest(raw, sourcetype)
    assert bench.search("index=main | table meaning")[0].get("meaning") == meaning


def test_lookup_that_the_user_may_not_read_adds_nothing_and_is_named(bench: Bench) -> None:
    bench.ingest("status=200", "closed")
    context = bench.context("user")
    assert list(engine.run("index=main | table status meaning", context).rows) == [{"status": "200"}]
    assert "LOOKUP-s cannot be used: lookup 'secret' not found" in [message.text for message in context.messages]
    assert bench.search("index=main | table meaning", "admin") == [{"meaning": "no"}]


@pytest.mark.parametrize(
    ("raw", "more", "types", "tags"),
    [
        pytest.param("status=500", {}, ["failed", "failed_web"], "alarm", id="nested-and-macro"),
        pytest.param("status=500 quiet", {}, "failed", "alarm", id="macro-decides"),
        pytest.param("status=404", {"host": "WEB1"}, "tagged", "server", id="type-by-tag-of-host"),
        pytest.param("status=200", {"host": "web1"}, "tagged", ["fine", "server"], id="tags-of-two-fields"),
        pytest.param("status=404", {"index": "north"}, "indexed", None, id="index-counts"),
    ],
)
@pytest.mark.parametrize("form", ["table eventtype tag", "stats values(eventtype) as eventtype values(tag) as tag"])
def test_event_types_and_tags(bench: Bench, raw: str, more: dict[str, str], types: Any, tags: Any, form: str) -> None:
    bench.ingest(raw, "web", **more)
    row = bench.search(f"index=* | {form}")[0]
    assert (row.get("eventtype"), sorted([row["tag"]] if isinstance(row.get("tag"), str) else row.get("tag", []))) == (
        types,
        sorted([tags] if isinstance(tags, str) else tags or []),
    )


def test_closed_event_type_is_its_readers_alone_and_one_that_uses_itself_is_named(bench: Bench) -> None:
    bench.ingest("status=404", "web")
    assert bench.search("index=main | table eventtype", "admin") == [{"eventtype": "closed_type"}]
    context = bench.context("user")
    assert list(engine.run("index=main | table eventtype", context).rows) == [{}]
    assert "event type 'self' cannot be used: it uses itself through 'self'" in [m.text for m in context.messages]


@pytest.mark.parametrize(
    ("sourcetype", "raw", "expected"),
    [
        pytest.param("plain_xml", "<a><b>1</b><b>2</b></a>", {"a.b": ["1", "2"]}, id="xml"),
        pytest.param("plain_xml", "a=1", {}, id="xml-mode-reads-no-pairs"),
        pytest.param("spaced", r'a=" x \"y\" "', {"a": ' x "y" '}, id="escaped-and-untrimmed"),
        pytest.param("web", "<k:1> <k:2> <l:3>", {"k": ["1", "2"], "l": "3"}, id="report-adds-values"),
    ],
)
def test_modes_and_reports(bench: Bench, sourcetype: str, raw: str, expected: dict[str, Any]) -> None:
    bench.ingest(raw, sourcetype)
    assert bench.search("index=main | table a a.b k l")[0] == expected


def test_calculation_over_an_indexed_field_holds_when_few_fields_are_read(bench: Bench) -> None:
    bench.ingest('x "identifier":"a:1"', "web")
    assert bench.search("index=main | stats count by copied") == [{"copied": "a:1", "count": 1}]


def test_what_has_no_effect_is_said(bench: Bench) -> None:
    bench.ingest("x", "odd")
    context = bench.context("user")
    list(engine.run("index=main | table a", context).rows)
    texts = "\n".join(message.text for message in context.messages)
    assert "KV_MODE = multi is not supported" in texts
    assert "rename is not supported" in texts
    assert "LOOKUP-x cannot be used: lookup 'nowhere' not found" in texts


@pytest.fixture
def aliased(tmp_path: Path) -> Iterator[Bench]:
    conf = tmp_path / "etc" / "apps" / "a" / "default"
    made = Bench(tmp_path)
    with (conf / "props.conf").open("a", encoding="utf-8") as out:
        out.write("[first]\nKV_MODE = none\nTRANSFORMS-a = identifier\nFIELDALIAS-a = identifier AS id host AS place\n")
        out.write("[second]\nKV_MODE = none\nEXTRACT-a = id=(?<id>\\S+)\n")
        out.write('[third]\nTRANSFORMS-a = identifier\nFIELDALIAS-a = identifier AS id\nEVAL-id = "calculated"\n')
    made.conf.reload()
    made.ingest('"identifier":"a:1" "identifier":"a:2"', "first", host="here")
    made.ingest('"identifier":"a:3"', "first", host="there")
    made.ingest('"identifier":"a:1"', "third")
    made.ingest("id=a:1", "second")
    yield made
    made.close()


@pytest.mark.parametrize(
    ("condition", "found"),
    [
        pytest.param("id=a:1", 2, id="by alias and by extraction"),
        pytest.param("id=a:* NOT id=a:3", 2, id="wildcard and negation"),
        pytest.param("id!=a:1", 3, id="another value"),
        pytest.param("id=calculated", 1, id="calculated over the alias"),
        pytest.param("place=here", 1, id="alias of host"),
        pytest.param("id=A:2 sourcetype=first", 1, id="letter case"),
    ],
)
@pytest.mark.parametrize("pushdown", [True, False], ids=["pushdown", "rows"])
def test_aliases_of_indexed_fields_find_what_rows_do(
    aliased: Bench, condition: str, found: int, pushdown: bool
) -> None:
    aliased.store.pushdown = pushdown
    assert len(aliased.search(f"index=main {condition} | table _raw")) == found
    assert aliased.search(f"index=main {condition} | stats count")[0]["count"] == found


def test_a_comparison_of_an_alias_is_narrowed_in_the_store(aliased: Bench) -> None:
    context = aliased.context()
    translator = aliased.store.events_for(access.system(aliased.conf)).translator(context, ["main"])
    clause = translator.translate(Compare("id", "=", "a:1"))
    assert clause is not None
    assert "sourcetype NOT IN" in clause.sql
    assert clause.parameters[0] == "first"
    assert translator.translate(Compare("absent", "=", "a:1")) is None


@pytest.mark.parametrize("form", ["table id", "stats count by id | fields id", "eval x=id | table x | rename x as id"])
def test_an_alias_is_there_when_few_fields_are_read(aliased: Bench, form: str) -> None:
    rows = aliased.search(f"index=main sourcetype=first host=there | {form}")
    assert rows == [{"id": "a:3"}]
