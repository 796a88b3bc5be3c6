"""Commands that work row by row: rows in, SPL, rows out. Source: command pages of the 10.2 Search Reference."""

from __future__ import annotations

from typing import Any

import pytest

from tests.understudy.spl.commands.bench import search

Rows = list[dict[str, Any]]
PEOPLE: Rows = [{"host": "a", "x": 1, "tag": "u"}, {"host": "b", "x": 2}, {"host": "a", "x": "3", "tag": "v"}]

CASES: list[Any] = [
    pytest.param(PEOPLE[:1], "| fields host, x", [{"host": "a", "x": 1}], id="fields-keep"),
    pytest.param(PEOPLE[:1], "| fields - host tag", [{"x": 1}], id="fields-remove"),
    pytest.param(PEOPLE[:1], "| fields + h*", [{"host": "a"}], id="fields-wildcard"),
    pytest.param(
        [{"_time": 5, "_raw": "r", "a": 1}], "| fields b", [{"_time": 5, "_raw": "r"}], id="fields-internal-stay"
    ),
    pytest.param([{"_time": 5, "_raw": "r", "a": 1}], "| fields - _*", [{"a": 1}], id="fields-internal-removed"),
    pytest.param([{"_time": 5, "a": 1}], "| fields - *", [{"_time": 5}], id="fields-star-spares-internal"),
    pytest.param(
        [{"foo": 1, "bar": 2, "bazA": 3, "z": 4}], "| table foo bar baz*", [{"foo": 1, "bar": 2, "bazA": 3}], id="table"
    ),
    pytest.param(PEOPLE, "| head 2 | table x", [{"x": 1}, {"x": 2}], id="head-number"),
    pytest.param(PEOPLE, "| head (x<2) | table x", [{"x": 1}], id="head-expression"),
    pytest.param(PEOPLE, "| head (x<2) keeplast=true | table x", [{"x": 1}, {"x": 2}], id="head-keeplast"),
    pytest.param(PEOPLE, '| head (tag="u") null=true | table x', [{"x": 1}, {"x": 2}], id="head-null"),
    pytest.param([{"n": i} for i in range(12)], "| head | stats count", [{"count": 10}], id="head-default-10"),
    pytest.param(PEOPLE, "| tail 2 | table x", [{"x": "3"}, {"x": 2}], id="tail-is-reversed"),
    pytest.param(PEOPLE, "| reverse | table x", [{"x": "3"}, {"x": 2}, {"x": 1}], id="reverse"),
    pytest.param(
        [{"a": 1}, {"a": 1}, {"a": 2}, {"a": 1}], "| uniq", [{"a": 1}, {"a": 2}, {"a": 1}], id="uniq-adjacent-only"
    ),
    pytest.param([{"count": 1}], '| rename count as "Count of Events"', [{"Count of Events": 1}], id="rename-quoted"),
    pytest.param([{"foo1": 1, "foo2": 2}], "| rename foo* as bar*", [{"bar1": 1, "bar2": 2}], id="rename-wildcard"),
    pytest.param([{"_ip": "x"}], "| rename _ip as IPAddress", [{"IPAddress": "x"}], id="rename-internal"),
    pytest.param([{"a": 1, "b": 2}], "| rename a AS b", [{"b": 1}], id="rename-onto-existing"),
    pytest.param([{"a": 1, "b": 2}], "| rename a AS c, b AS a", [{"c": 1, "a": 2}], id="rename-in-turn"),
    pytest.param([{"a": 1}, {"b": 2}], "| fillnull", [{"a": 1, "b": 0}, {"b": 2, "a": 0}], id="fillnull-all"),
    pytest.param([{"a": 1}], "| fillnull value=NULL foo a", [{"a": 1, "foo": "NULL"}], id="fillnull-creates-listed"),
    pytest.param(
        [{"a": 1}, {"b": 2}, {"a": 3}], "| filldown a | table a", [{"a": 1}, {"a": 1}, {"a": 3}], id="filldown"
    ),
    pytest.param([{"a": 1, "sA": 5}, {}], "| filldown s*", [{"a": 1, "sA": 5}, {"sA": 5}], id="filldown-wildcard"),
    pytest.param(
        [{"c": 3}, {"c": 5}, {"c": 9}], "| delta c as d", [{"c": 3}, {"c": 5, "d": 2}, {"c": 9, "d": 4}], id="delta"
    ),
    pytest.param(
        [{"c": 3}, {"c": 5}, {"c": 9}], "| delta c p=2", [{"c": 3}, {"c": 5}, {"c": 9, "delta(c)": 6}], id="delta-p"
    ),
    pytest.param([{"f": "a:b::c"}], '| makemv delim=":" f', [{"f": ["a", "b", "c"]}], id="makemv-delim"),
    pytest.param([{"f": "a::c"}], '| makemv delim=":" allowempty=t f', [{"f": ["a", "", "c"]}], id="makemv-allowempty"),
    pytest.param([{"f": "a b"}], "| makemv f", [{"f": ["a", "b"]}], id="makemv-blank"),
    pytest.param([{"f": "a1b22"}], r'| makemv tokenizer="([a-z]\d+)" f', [{"f": ["a1", "b22"]}], id="makemv-tokenizer"),
    pytest.param(
        [{"f": [1, 2, 3], "g": 0}], "| mvexpand f limit=2", [{"f": 1, "g": 0}, {"f": 2, "g": 0}], id="mvexpand-limit"
    ),
    pytest.param([{"f": ["x", "y"]}, {"g": 1}], "| mvexpand f", [{"f": "x"}, {"f": "y"}, {"g": 1}], id="mvexpand"),
    pytest.param(
        [{"f": "x", "g": 1}, {"f": "y", "g": 1}], "| mvcombine f", [{"f": ["x", "y"], "g": 1}], id="mvcombine"
    ),
    pytest.param(
        [{"f": "x"}, {"f": "y"}], '| mvcombine delim=":" f | nomv f', [{"f": "x:y"}], id="mvcombine-delim-shown-by-nomv"
    ),
    pytest.param([{"f": ["x", "y"]}], "| nomv f", [{"f": "x\ny"}], id="nomv"),
    pytest.param([{"h": "m", "p": 8}], '| strcat h "::" p addr | table addr', [{"addr": "m::8"}], id="strcat"),
    pytest.param([{"h": "m"}], '| strcat allrequired=t h "::" p addr', [{"h": "m"}], id="strcat-allrequired"),
    pytest.param([{"h": "m"}], '| strcat h "::" p addr | table addr', [{"addr": "m::"}], id="strcat-missing-is-empty"),
    pytest.param([{"z": "90210"}, {"z": "K1A"}], '| regex z!="[0-9]{5}(-[0-9]{4})?"', [{"z": "K1A"}], id="regex-not"),
    pytest.param(
        [{"_raw": "at 10.1.2.3"}, {"_raw": "x"}],
        r'| regex _raw="(?<!\d)10.\d{1,3}\.\d{1,3}\.\d{1,3}(?!\d)"',
        [{"_raw": "at 10.1.2.3"}],
        id="regex-lookbehind",
    ),
    pytest.param([{"h": "127.0.0.1"}], "| replace 127.0.0.1 with localhost", [{"h": "localhost"}], id="replace"),
    pytest.param(
        [{"m": 0, "n": 0}], "| replace 0 with Critical, 1 with Error in m", [{"m": "Critical", "n": 0}], id="replace-in"
    ),
    pytest.param(
        [{"h": "my localhost"}],
        '| replace "* localhost" with "localhost *" in h',
        [{"h": "localhost my"}],
        id="replace-wildcard",
    ),
    pytest.param(
        [{"h": "xlocalhost"}], "| replace *localhost with localhost in h", [{"h": "localhost"}], id="replace-shorten"
    ),
    pytest.param(
        [{"_raw": "From: Susan To: Bob"}],
        '| rex field=_raw "From: (?<from>.*) To: (?<to>.*)" | table from to',
        [{"from": "Susan", "to": "Bob"}],
        id="rex",
    ),
    pytest.param(
        [{"s": "a1b2c3"}], r'| rex field=s max_match=2 "(?<n>\d)" | table n', [{"n": ["1", "2"]}], id="rex-max-match"
    ),
    pytest.param(
        [{"s": "from Bob: 12"}],
        r"| rex field=s (?<who>[A-Z][a-z]+):\s(?<n>[0-9]+) | table who n",
        [{"who": "Bob", "n": "12"}],
        id="rex-unquoted-brackets",
    ),
    pytest.param(
        [{"s": "a1b22"}],
        r"| rex (?<n>[^a-z]+) field=s max_match=0 | table n",
        [{"n": ["1", "22"]}],
        id="rex-unquoted-before-options",
    ),
    pytest.param(
        [{"s": "x=5"}],
        r"| rex field=s [a-z]=(?<n>[\d]) | table n",
        [{"n": "5"}],
        id="rex-unquoted-begins-with-brackets",
    ),
    pytest.param([{"s": "a-b"}], r"| rex field=s mode=sed s/[a-z]/X/g", [{"s": "X-X"}], id="rex-sed-unquoted"),
    pytest.param(PEOPLE, r"| regex host=[b-z] | table host", [{"host": "b"}], id="regex-unquoted-brackets"),
    pytest.param(
        [{"s": "n7"}],
        r'| rex field=s [| makeresults | eval search="\"n(?<n>\\d)\"" | return $search] | table n',
        [{"n": "7"}],
        id="rex-subsearch-gives-the-pattern",
    ),
    pytest.param(
        [{"s": "a1b2"}],
        r'| rex field=s max_match=0 "(?<n>\d)" offset_field=o | table n o',
        [{"n": ["1", "2"], "o": "n=1-1&n=3-3"}],
        id="rex-offset",
    ),
    pytest.param(
        [{"cc": "1234-5678-9012-3456"}],
        r'| rex field=cc mode=sed "s/(\d{4}-){3}/XXXX-XXXX-XXXX-/g"',
        [{"cc": "XXXX-XXXX-XXXX-3456"}],
        id="rex-sed",
    ),
    pytest.param([{"s": "aXbX"}], '| rex field=s mode=sed "s/x/-/2i"', [{"s": "aXb-"}], id="rex-sed-nth"),
    pytest.param([{"s": "ab"}], '| rex field=s mode=sed "y/ab/xy/"', [{"s": "xy"}], id="rex-sed-y"),
    pytest.param([{"s": "k"}], '| rex field=s "(?<s2>z)"', [{"s": "k"}], id="rex-no-match"),
    pytest.param(
        [{"_raw": 'k=1 b="two w", c=3'}],
        "| extract | table k b c",
        [{"k": "1", "b": "two w", "c": "3"}],
        id="extract-auto",
    ),
    pytest.param(
        [{"_raw": "k:1|b=2;c:3"}],
        '| extract pairdelim="|;", kvdelim="=:", auto=f | table k b c',
        [{"k": "1", "b": "2", "c": "3"}],
        id="extract-delims",
    ),
    pytest.param(
        [{"j": '{"a":{"b":[1,{"c":true}]},"d":null}'}],
        "| spath input=j | fields - j",
        [{"a.b{}": 1, "a.b{}.c": "true", "d": "null"}],
        id="spath-all",
    ),
    pytest.param(
        [{"j": '{"foo":{"bar":{"baz":7}}}'}],
        "| spath input=j output=my path=foo.bar.baz | table my",
        [{"my": 7}],
        id="spath-path",
    ),
    pytest.param(
        [{"_raw": '{"server":{"name":"s1"}}'}],
        "| spath server.name | table server.name",
        [{"server.name": "s1"}],
        id="spath-bare-path",
    ),
    pytest.param(
        [{"x": '<catalog><book id="1"/><book id="2"/></catalog>'}],
        "| spath input=x output=n path=catalog.book{@id} | table n",
        [{"n": ["1", "2"]}],
        id="spath-xml-attribute",
    ),
    pytest.param(
        [{"d": "00:10:15", "e": "2+01:00:00"}],
        "| convert dur2sec(d) dur2sec(e)",
        [{"d": 615, "e": 176400}],
        id="convert-dur2sec",
    ),
    pytest.param([{"v": "2m", "w": "10k"}], "| convert memk(*)", [{"v": 2048, "w": 10}], id="convert-memk"),
    pytest.param([{"d": "212 sec"}], "| convert rmunit(d)", [{"d": 212}], id="convert-rmunit"),
    pytest.param([{"n": "1,000.5"}], "| convert rmcomma(n)", [{"n": "1000.5"}], id="convert-rmcomma"),
    pytest.param(
        [{"a": "1", "foo": "2"}, {"a": "x", "foo": "3"}],
        "| convert auto(*) as *_n",
        [{"a": "1", "foo": "2", "foo_n": 2}, {"a": "x", "foo": "3", "foo_n": 3}],
        id="convert-auto-whole-field-or-none",
    ),
    pytest.param([{"a": "1", "b": "x"}], "| convert num(*)", [{"a": 1}], id="convert-num-removes"),
    pytest.param(
        [{"a": "00:01:00", "b": "00:01:00"}],
        "| convert dur2sec(*) none(b)",
        [{"a": 60, "b": "00:01:00"}],
        id="convert-none",
    ),
    pytest.param(
        [{"t": 0}], '| convert timeformat="%H:%M:%S" ctime(t) as s', [{"t": 0, "s": "00:00:00"}], id="convert-ctime"
    ),
    pytest.param([{"t": "01/02/1970 00:00:00"}], "| convert mktime(t)", [{"t": 86400}], id="convert-mktime"),
    pytest.param(
        [{"a": 5}], '| fieldformat a = "v".a | eval b=a+1', [{"a": "v5", "b": 6}], id="fieldformat-value-unchanged"
    ),
    pytest.param([{"a": 5}], '| fieldformat a = "v".a | rename a AS c', [{"c": "v5"}], id="fieldformat-follows-rename"),
    pytest.param(
        [{"test1": 1, "test2": 2, "total": 0}],
        "| foreach test* [eval total=total + <<FIELD>>] | table total",
        [{"total": 3}],
        id="foreach-fields",
    ),
    pytest.param(
        [{"test1": 5, "test2": 10}],
        "| foreach test* [eval <<FIELD>> = <<FIELD>> + <<MATCHSTR>>]",
        [{"test1": 6, "test2": 12}],
        id="foreach-matchstr",
    ),
    pytest.param(
        [{"myX": 1, "someX": 2}],
        "| foreach my* [eval new_<<MATCHSTR>> = <<FIELD>> + some<<MATCHSTR>>] | table new_X",
        [{"new_X": 3}],
        id="foreach-new-fields",
    ),
    pytest.param(
        [{"a": 1}],
        '| foreach my some [eval <<FIELD>> = "<<FIELD>>"]',
        [{"a": 1, "my": "my", "some": "some"}],
        id="foreach-creates",
    ),
    pytest.param(
        [{"test1ab2": 5, "test2ab3": 10}],
        "| foreach test*ab* fieldstr=MYFIELD matchseg1=SEG1 matchseg2=SEG2 [eval MYFIELD = MYFIELD + SEG1 + SEG2]",
        [{"test1ab2": 8, "test2ab3": 15}],
        id="foreach-segments",
    ),
    pytest.param(
        [{"mv": ["1", "2", "3"], "total": 0}],
        "| foreach mode=multivalue mv [eval total = total + <<ITEM>>] | table total",
        [{"total": 6}],
        id="foreach-multivalue",
    ),
    pytest.param(
        [{"mv": ["a", "b"]}],
        "| foreach mode=multivalue mv [eval field_<<ITER>> = <<ITEM>>] | table field_*",
        [{"field_0": "a", "field_1": "b"}],
        id="foreach-iter",
    ),
    pytest.param(
        [{"j": "[1,2]", "t": 0}],
        "| foreach mode=json_array j [eval t = t + <<ITEM>>] | table t",
        [{"t": 3}],
        id="foreach-json-array",
    ),
    pytest.param(
        [{"j": "[1,2]", "t": 0}],
        "| foreach mode=auto_collections j [eval t = t + <<ITEM>>] | table t",
        [{"t": 3}],
        id="foreach-auto",
    ),
    pytest.param([{"_time": 1_699_999_940}], "| reltime | table reltime", [{"reltime": "1 minute ago"}], id="reltime"),
    pytest.param(
        [{"a": 1_700_000_000 - 432_000, "b": 1_699_996_400}],
        '| reltime timefield="a,b" prefix=r_ | table r_*',
        [{"r_a": "5 days ago", "r_b": "1 hour ago"}],
        id="reltime-fields",
    ),
]


@pytest.mark.parametrize(("rows", "spl", "expected"), CASES)
def test_row_command(rows: Rows, spl: str, expected: Rows) -> None:
    assert search(rows, spl) == expected


def test_fields_and_table_fix_the_order_of_columns() -> None:
    assert list(search(PEOPLE[:1], "| fields x, host")[0]) == ["x", "host"]
    assert list(search(PEOPLE[:1], "| table tag x")[0]) == ["tag", "x"]


@pytest.mark.parametrize(
    ("text", "field"),
    [
        pytest.param(
            "| makeresults count=3 | eval a=1e308 | addcoltotals a", "a", id="a column over the largest number"
        ),
        pytest.param(
            "| makeresults count=2 | eval a=1e308, b=1e308 | addtotals col=1", "Total", id="a row, then a column"
        ),
    ],
)
def test_a_sum_over_the_largest_number_is_infinite_and_goes_on(text: str, field: str) -> None:
    assert search([], "!" + text)[-1][field] == float("inf")


def test_a_lone_surrogate_in_xml_is_read_as_a_question_mark() -> None:
    (row,) = search([], '!| makeresults | eval r=spath("<r><p d=\\"x\ud800\\">v</p></r>", "r.p{@d}")')
    assert row["r"] == "x?"
