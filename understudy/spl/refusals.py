"""What Splunk's documents know and the stand-in refuses: commands, with what to write instead, and parts of commands.

The engine's messages, docs/spl.md and the tests read these tables; each part has a search that is refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

_METRICS = "there are no metric indexes"
_MODELS = "there are no data models; search the index"
_MARKUP = "there is nothing that shows it"

NOTHING_NEAR = (
    "abstract analyzefields anomalies anomalousvalue anomalydetection arules associate bucketdir cluster cofilter "
    "collapse concurrency correlate delete diff dump findkeywords findtypes folderize gauge geom geomfilter "
    "history kmeans localop overlap predict relevancy require runshellscript script scrub setfields typeahead "
    "typelearner x11"
)
COMMANDS: Mapping[str, str] = {
    **dict.fromkeys(NOTHING_NEAR.split(), ""),
    "accum": "streamstats sum(field) AS total",
    "autoregress": "streamstats current=f window=1 last(field) AS field_p1",
    "contingency": "chart count OVER a BY b",
    "datamodel": _MODELS,
    "dbinspect": "eventcount",
    "erex": "rex",
    "fieldsummary": "stats count dc(field) min(field) max(field)",
    "from": "search, inputlookup or savedsearch",
    "highlight": _MARKUP,
    "iconify": _MARKUP,
    "inputcsv": "inputlookup",
    "iplocation": "lookup with a table of networks",
    "kvform": "extract or rex",
    "localize": "transaction or map",
    "makejson": "eval with json_object()",
    "mcatalog": _METRICS,
    "mcollect": _METRICS,
    "metasearch": "search ... | table host source sourcetype",
    "meventcollect": _METRICS,
    "mpreview": _METRICS,
    "msearch": _METRICS,
    "mstats": _METRICS,
    "multikv": "rex max_match=0",
    "noop": "leave it out",
    "oldreturn": "return",
    "outlier": "eventstats and where",
    "outputcsv": "outputlookup",
    "outputtext": "table _raw",
    "pivot": _MODELS,
    "prjob": "leave it out",
    "rangemap": "eval with case()",
    "redistribute": "leave it out",
    "rtorder": "sort - _time",
    "searchtxn": "transaction",
    "selfjoin": "stats values(field) BY key",
    "sendemail": "an alert action",
    "set": "union, or append and dedup",
    "sichart": "chart",
    "sirare": "rare",
    "sistats": "stats",
    "sitimechart": "timechart",
    "sitop": "top",
    "tags": "eval",
    "timewrap": "timechart and eval",
    "tojson": "eval with json_object()",
    "fromjson": "spath",
    "trendline": "streamstats window=5 avg(field)",
    "tscollect": _MODELS,
    "typer": "search eventtype=name",
    "walklex": "tstats count BY field",
    "xmlkv": "spath",
    "xmlunescape": "eval with replace()",
    "xpath": "spath",
}
"""command -> what to write instead, or why not; empty where there is nothing near it."""


@dataclass(frozen=True)
class Part:
    """A documented part of a supported command that is refused: its text and a search with it."""

    command: str
    text: str
    search: str


PARTS = (
    Part("search", "`savedsearch=`", "search savedsearch=x"),
    Part("search", "real-time windows, `earliest=rt`", "search earliest=rt-5m"),
    Part("stats", "`prestats=true`", "search * | stats prestats=t count"),
    Part("metadata", "`splunk_server_group=`", "| metadata type=hosts splunk_server_group=a"),
    Part("rest", "`splunk_server_group=`", "| rest /services/apps/local splunk_server_group=a"),
    Part("loadjob", "`events=true`", "| loadjob 1 events=t"),
    Part("loadjob", "`artifact_offset=`", "| loadjob 1 artifact_offset=1"),
    Part("tstats", "`FROM` a data model or namespace", "| tstats count FROM datamodel=a"),
    Part("tstats", "eval expressions", "| tstats count(eval(a=1))"),
    Part("tstats", "wildcard fields", "| tstats avg(a*)"),
    Part("join", "`datamodel:` data sets", 'search * | join a datamodel:"a.b"'),
    Part("union", "`datamodel:` data sets", '| union datamodel:"a.b"'),
)


def instead_of(command: str) -> str | None:
    """Returns the sentence for a command of Splunk's that the stand-in does not have, or None for other names."""
    hint = COMMANDS.get(command)
    if hint is None:
        return None
    return f"Splunk's command '{command}' is not supported" + (f"; nearest: {hint}." if hint else ".")


def parts_of(command: str) -> list[str]:
    """Returns the refused parts of a command, as text."""
    return [part.text for part in PARTS if part.command == command]
