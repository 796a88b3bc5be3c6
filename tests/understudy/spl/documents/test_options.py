"""Every option that searchbnf.conf (10.2) gives to a command is taken or refused by name and place; no other passes.

A line holds the command with everything it needs and, between braces, one documented option. Options marked `no` are
refused by the stand-in.
"""

from __future__ import annotations

import re

import pytest

from tests.understudy.spl.core.conftest import context_of
from understudy.spl import engine
from understudy.spl.errors import SplError, UnsupportedError
from understudy.spl.registry import commands

TAKEN = """
addcoltotals {labelfield=x} a|addcoltotals {label=x} a|addtotals {row=f} a|addtotals {col=t} a
addtotals {labelfield=x}|addtotals {label=x}|addtotals {fieldname=x}|append {extendtimerange=t} [search a=1]
append {maxtime=5} [search a=1]|append {maxout=5} [search a=1]|append {timeout=5} [search a=1]
appendcols {override=t} [search a=1]|appendcols {maxtime=5} [search a=1]|appendcols {maxout=5} [search a=1]
appendpipe {run_in_preview=t} [stats count]|bin {bins=5} a|bin {minspan=5} a|bin {span=5} a|bin {span=2log3} a
bin {start=1} a|bin {end=9} a|bin {aligntime=earliest} _time|chart {sep=x} count by a|chart {format=x} count by a
chart {cont=f} count by a|chart {limit=5} count by a|chart {limit=top5} count by a|chart {limit=bottom5} count by a
chart {agg=sum} count by a|chart {bins=5} count by a|chart {span=5} count by a|chart count by a b {usenull=f}
chart count by a b {useother=f}|chart count by a b {nullstr=x}|chart count by a b {otherstr=x}
chart {dedup_splitvals=t} count by a|convert {timeformat=x} ctime(a)|dedup a {keepevents=t}|dedup a {keepempty=t}
dedup a {consecutive=t}|delta a {p=2}|eventcount {index=x}|eventcount {summarize=f}|eventcount {report_size=t}
eventcount {list_vix=t}|eventstats {allnum=t} count|extract {segment=t}|extract {reload=t}|extract {limit=5}
extract {maxchars=5}|extract {kvdelim="="}|extract {pairdelim=";"}|extract {mv_add=t}|extract {clean_keys=f}
extract {auto=f}|fillnull {value=x}|foreach a {mode=multifield} [eval b=1]|foreach a {fieldstr=x} [eval b=1]
foreach a {matchstr=x} [eval b=1]|foreach a {matchseg1=x} [eval b=1]|foreach a {matchseg2=x} [eval b=1]
foreach a {matchseg3=x} [eval b=1]|foreach mode=multivalue a {itemstr=x} [eval b=1]
foreach mode=multivalue a {iterstr=x} [eval b=1]|format {quote=f}|format {mvsep=x}|format {maxresults=5}
gentimes {start=-1}|gentimes start=-3 {end=-1}|gentimes start=-3 {increment=1h}|geostats {translatetoxy=f} count
geostats {latfield=x} count|geostats {longfield=x} count|geostats {outputlatfield=x} count
geostats {outputlongfield=x} count|geostats {globallimit=5} count|geostats {binspanlat=5.0} binspanlong=5.0 count
geostats {maxzoomlevel=5} count|geostats {locallimit=5} count|head {limit=5}|head (a>1) {null=t}|head (a>1) {keeplast=t}
join {type=left} a [search a=1]|join {type=outer} a [search a=1]|join {usetime=t} a [search a=1]
join {earlier=f} a [search a=1]|join {overwrite=f} a [search a=1]|join {max=0} a [search a=1]
join {return_multivalue=t} a [search a=1]
makecontinuous a {bins=5}|makecontinuous a {span=5}|makecontinuous a {start=1}|makecontinuous a {end=9}
makemv {delim=","} a|makemv {tokenizer="(.)"} a|makemv {allowempty=t} a|makemv {setsv=t} a|makeresults {count=5}
makeresults {annotate=t}|makeresults {splunk_server=x}|makeresults {splunk_server_group=x}
makeresults {format=csv} data="a"|map {maxsearches=5} search="search a=1"|metadata {type=hosts}
metadata type=hosts {index=x}|mvcombine {delim=","} a|mvexpand a {limit=5}|rare {showcount=f} a|rare {showperc=f} a
rare {limit=5} a|rare {countfield=x} a|rare {percentfield=x} a|rex {field=a} "(?<b>c)"|rex "(?<b>c)" {max_match=5}
rex "(?<b>c)" {offset_field=x}|rex {mode=sed} "s/a/b/"|spath {output=x} path=a|spath {path=a}|spath {input=a}
stats {partitions=2} count|stats {allnum=t} count|stats {delim=","} list(a)|stats count by a {dedup_splitvals=t}
strcat {allrequired=t} a b c|streamstats {reset_on_change=t} count by a|streamstats {reset_before=(a>1)} count
streamstats {reset_after=(a>1)} count|streamstats {current=f} count|streamstats {window=5} count
streamstats {time_window=5m} count|streamstats {global=f} window=5 count by a|streamstats {allnum=t} count
timechart {sep=x} count|timechart {format=x} count|timechart {partial=f} count|timechart {cont=f} count
timechart {limit=5} count by a|timechart {agg=max} count by a|timechart {bins=5} count|timechart {span=1h} count
timechart {minspan=1h} count|timechart {aligntime=@d} span=2h count|timechart count by a {usenull=f}
timechart count by a {useother=f}|timechart count by a {nullstr=x}|timechart count by a {otherstr=x}
timechart {fixedrange=f} count|top {showcount=f} a|top {showperc=f} a|top {limit=5} a|top {countfield=x} a
top {percentfield=x} a|top {useother=t} a|top {otherstr=x} a|transaction a {maxspan=5m}|transaction a {maxpause=5m}
transaction a {maxevents=5}|transaction a {startswith="x"}|transaction a {endswith=(a>1)}
transaction a {connected=f}|transaction a {keeporphans=t}|transaction a {maxopentxn=5}
transaction a {maxopenevents=5}|transaction a {keepevicted=t}|transaction a {delim=","}|transaction a {mvlist=t}
transaction a {nullstr=x}|transaction a {mvraw=t}|transpose {column_name=x}|transpose {header_field=x}
transpose {include_empty=f}|tstats {summariesonly=f} count|tstats {fillnull_value=x} count by a
tstats count by _time {span=1h}|tstats {chunk_size=10000} count|tstats {allow_old_summaries=t} count
tstats {local=f} count|union {maxout=5} [search a=1]|tstats {include_reduced_buckets=t} count
tstats {use_summary_index_values=t} count|xyseries {grouped=t} a b c|xyseries a b c {sep=x}
xyseries a b c {format=x}|collect index=x {testmode=t}|tstats {prestats=t} count
tstats prestats=t {append=t} count|transaction a {unifyends=f}|metadata type=hosts {splunk_server=x}
metadata type=hosts {datatype=metric}
collect index=x testmode=t {addtime=f}|collect index=x testmode=t {addinfo=f}|collect index=x testmode=t {spool=t}
collect index=x testmode=t {file=x.stash}|collect index=x testmode=t {marker="a=b"}|collect index=x testmode=t {uselb=t}
collect index=x testmode=t {output_format=hec}|collect index=x testmode=t {run_in_preview=t}
collect index=x testmode=t {host=x}|collect index=x testmode=t {source=x}|collect index=x testmode=t {sourcetype=x}
collect index=x testmode=t {timeformat="%s"}|extract {keep_empty_vals=t}|format {emptystr=x}
"""
REFUSED = """
collect index=x testmode=t {spool=f}
stats {prestats=t} count
metadata type=hosts {splunk_server_group=x}
"""


def lines(text: str) -> list[str]:
    return [line for part in text.split("\n") for line in part.split("|") if line]


def place(line: str) -> tuple[str, int, int]:
    """Returns the search, and where its option begins and ends."""
    spl, generating = line.replace("{", "").replace("}", ""), commands()[line.split()[0]].kind == "generating"
    head = "| " if generating else "search * | "
    return head + spl, len(head) + line.index("{"), len(head) + line.index("}") - 1


@pytest.mark.parametrize("line", lines(TAKEN))
def test_documented_option_is_taken(line: str) -> None:
    search, begin, end = place(line)
    names = engine.check(search, context_of([{"a": 1, "_time": 0}]))
    assert names[-1] in (line.split()[0], "kv")
    list(engine.run(search, context_of([{"a": 1, "_time": 0}])).rows)
    assert search[begin:end]


@pytest.mark.parametrize("line", lines(REFUSED))
def test_documented_option_that_is_not_supported_is_refused_at_its_place(line: str) -> None:
    search, begin, end = place(line)
    with pytest.raises(UnsupportedError) as caught:
        list(engine.run(search, context_of([{"a": 1}])).rows)
    assert caught.value.position is not None
    assert begin <= caught.value.position <= end


@pytest.mark.parametrize("line", sorted({line.split()[0]: line for line in lines(TAKEN)}.values()))
def test_option_that_no_document_knows_is_refused_at_its_place(line: str) -> None:
    """Only `sendalert`, `savedsearch` and `rest` take names of the user's own."""
    begin = re.sub(r"\{.*?\}", "{bogus_option=1}", line)
    search, at, end = place(begin)
    with pytest.raises(SplError) as caught:
        list(engine.run(search, context_of([{"a": 1, "_time": 0}])).rows)
    assert caught.value.kind in ("unsupported", "syntax")
    assert caught.value.position is not None
    assert at <= caught.value.position <= end
