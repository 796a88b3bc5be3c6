"""Settings of props.conf and transforms.conf that the stand-in does not act on: each is named, none passed over.

`refused` answers for one event's settings (ingestion results, job messages); `warnings` for every stanza of the apps,
which the stand-in logs when it loads them. Settings that change nothing an analyst sees here are in NO_EFFECT.
"""

from __future__ import annotations

from collections.abc import Mapping

import regex

from understudy.access import roles
from understudy.conf import SYSTEM, Conf, boolean
from understudy.storage import index_time

INDEX_TIME: Mapping[str, str] = {
    "TZ_ALIAS": "zones of an alias are read as they stand",
    "MAX_DIFF_SECS_AGO": "times are accepted by MAX_DAYS_AGO alone",
    "MAX_DIFF_SECS_HENCE": "times are accepted by MAX_DAYS_HENCE alone",
    "DETERMINE_TIMESTAMP_DATE_WITH_SYSTEM_TIME": "a time without a date takes the day of the clock",
    "ROUTE_EVENTS_OLDER_THAN": "old events are not routed",
    "ADD_EXTRA_TIME_FIELDS": "date_* fields are not made",
    "METRICS_PROTOCOL": "there are no metric indexes",
    "PREAMBLE_REGEX": "structured files are not read",
    "FIELD_HEADER_REGEX": "structured files are not read",
    "HEADER_FIELD_LINE_NUMBER": "structured files are not read",
    "FIELD_DELIMITER": "structured files are not read",
    "HEADER_FIELD_DELIMITER": "structured files are not read",
    "FIELD_QUOTE": "structured files are not read",
    "HEADER_FIELD_QUOTE": "structured files are not read",
    "TIMESTAMP_FIELDS": "structured files are not read",
    "FIELD_NAMES": "structured files are not read",
    "MISSING_VALUE_REGEX": "structured files are not read",
    "JSON_TRIM_BRACES_IN_ARRAY_NAMES": "array names keep their braces",
    "CHECK_FOR_HEADER": "structured files are not read",
    "HEADER_MODE": "headers inside events are not read",
    "unarchive_cmd": "files are not monitored",
    "sourcetype": "source types are given by the input",
    "PREFIX_SOURCETYPE": "source types are given by the input",
}
SEARCH_TIME: Mapping[str, str] = {
    "rename": "events keep their source type",
    "MATCH_LIMIT": "the time of a regular expression is limited, not its steps",
    "DEPTH_LIMIT": "the time of a regular expression is limited, not its depth",
}
PREFIXES: Mapping[str, str] = {
    "RULESET-": "ingest rule sets are not run",
    "STATSD-DIM-TRANSFORMS": "there are no metric indexes",
    "METRIC-SCHEMA-TRANSFORMS": "there are no metric indexes",
}


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ACTED_ON = words(
    "priority CHARSET TRUNCATE LINE_BREAKER SHOULD_LINEMERGE BREAK_ONLY_BEFORE_DATE BREAK_ONLY_BEFORE MUST_BREAK_AFTER "
    "MUST_NOT_BREAK_AFTER MUST_NOT_BREAK_BEFORE MAX_EVENTS DATETIME_CONFIG TIME_PREFIX MAX_TIMESTAMP_LOOKAHEAD "
    "TIME_FORMAT TZ MAX_DAYS_AGO MAX_DAYS_HENCE INDEXED_EXTRACTIONS KV_MODE AUTO_KV_JSON KV_TRIM_SPACES"
)
NO_EFFECT = words(
    "LINE_BREAKER_LOOKBEHIND MAX_EXPECTED_EVENT_LINES EVENT_BREAKER_ENABLE EVENT_BREAKER LB_CHUNK_BREAKER "
    "LB_CHUNK_BREAKER_TRUNCATE HEADER_FIELD_ACCEPTABLE_SPECIAL_CHARACTERS NO_BINARY_CHECK detect_trailing_nulls "
    "SEGMENTATION CHECK_METHOD initCrcLength invalid_cause is_valid force_local_processing unarchive_cmd_start_mode "
    "unarchive_sourcetype LEARN_SOURCETYPE LEARN_MODEL termFrequencyWeightedDist maxDist ANNOTATE_PUNCT _actions "
    "pulldown_type given_type description category disabled SOURCETYPE_NAME_RESTRICTED_CHARACTERS "
    "STATSD_EMIT_SINGLE_MEASUREMENT_FORMAT"
)
CLASSES = regex.compile(r"(?:TRANSFORMS|REPORT|EXTRACT|SEDCMD|FIELDALIAS|EVAL|SEGMENTATION|RULESET_DESC)-.+")
LOOKUP = regex.compile(r"lookup[-_]?.+", regex.IGNORECASE)
TRANSFORM_KEYS: Mapping[str, str] = {
    "INGEST_EVAL": "the transform is not run",
    "CLONE_SOURCETYPE": "the transform is not run",
    "STOP_PROCESSING_IF": "the transform is not run",
    "time_field": "a lookup bound to time is refused",
    "external_cmd": "a scripted lookup is refused",
    "feature_id_element": "a geospatial lookup is refused",
    "MATCH_LIMIT": "the time of a regular expression is limited, not its steps",
    "DEPTH_LIMIT": "the time of a regular expression is limited, not its depth",
    "REMOVE_DIMS_FROM_METRIC_NAME": "there are no metric indexes",
}
KNOWN_TRANSFORM_KEYS = words(
    "REGEX FORMAT LOOKAHEAD WRITE_META DEST_KEY DEFAULT_VALUE SOURCE_KEY REPEAT_MATCH DELIMS FIELDS MV_ADD CLEAN_KEYS "
    "KEEP_EMPTY_VALS CAN_OPTIMIZE filename collection max_matches min_matches default_match max_duplicates "
    "case_sensitive_match reverse_lookup_honor_case_sensitive_match match_type fields_list index_fields_list "
    "external_type time_format max_offset_secs min_offset_secs batch_index_query allow_caching cache_size "
    "max_ext_batch filter check_permission replicate python.version python.required disabled"
)
OFF = frozenset({"", "none", "false", "0", "f", "no"})


def complaint(key: str, value: str) -> str | None:
    """Returns why a props.conf setting has no effect here, or None when it has or nobody could tell."""
    if key == "CHARSET" and not index_time.is_known(value):
        return f"CHARSET = {value} is not a known encoding: bytes that come in under it are discarded"
    if value.strip().lower() in OFF or key in ACTED_ON or key in NO_EFFECT:
        return None
    reason = INDEX_TIME.get(key) or SEARCH_TIME.get(key)
    if reason is None:
        reason = next((why for start, why in PREFIXES.items() if key.startswith(start)), None)
    if reason is None and not CLASSES.fullmatch(key) and not LOOKUP.fullmatch(key):
        reason = "the setting is not known"
    return None if reason is None else f"{key} is not supported: {reason}"


def refused(settings: Mapping[str, str], kind: Mapping[str, str]) -> list[str]:
    """Returns the complaints about the settings of one kind (INDEX_TIME or SEARCH_TIME) that an event's stanzas set."""
    names = list(kind)
    if kind is INDEX_TIME:
        names += ["CHARSET", *(key for key in settings if key.startswith(tuple(PREFIXES)))]
    found = (complaint(key, settings[key]) for key in names if key in settings)
    return [text for text in found if text is not None]


def warnings(conf: Conf) -> list[str]:
    """Returns one sentence for each setting of the apps' props.conf and transforms.conf that has no effect here."""
    found: list[str] = []
    for item in conf.entries("props"):
        found += [
            f"props.conf [{item.name}] of app {item.acl.app}: {text}"
            for key, value in own_settings(conf, "props", item.acl.app, item.name)
            if (text := complaint(key, value)) is not None
        ]
    for item in conf.entries("transforms"):
        where = f"transforms.conf [{item.name}] of app {item.acl.app}"
        for key, value in own_settings(conf, "transforms", item.acl.app, item.name):
            reason = TRANSFORM_KEYS.get(key)
            if reason is None and key not in KNOWN_TRANSFORM_KEYS:
                reason = "the setting is not known"
            if reason is not None and value and not (value.strip().lower() in OFF and not boolean(value)):
                found.append(f"{where}: {key} is not supported: {reason}")
    for item in conf.entries("authorize"):
        settings = dict(own_settings(conf, "authorize", item.acl.app, item.name))
        where = f"authorize.conf [{item.name}] of app {item.acl.app}"
        found += [f"{where}: {key} is not supported" for key in roles.UNREAD if settings.get(key)]
    return found


def own_settings(conf: Conf, name: str, app: str, stanza: str) -> list[tuple[str, str]]:
    """Returns what an app's own layers say in a stanza; nothing for what is built in."""
    if app == SYSTEM:
        return []
    merged: dict[str, str] = {}
    for layer in reversed(conf.layers.of_app(app)):
        merged.update(layer.stanzas(name).get(stanza, {}))
    return sorted(merged.items())
