"""Search-time fields of an event, in the documented order: EXTRACT-, REPORT-, KV_MODE, FIELDALIAS-, EVAL-, LOOKUP-,
event types and tags.

EXTRACT and REPORT never replace a field that is there; automatic JSON adds its values to one that is there, which is
how an indexed field comes to be doubled. What a setting asks for and cannot have is said in the job's messages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

import regex

from understudy.access import AccessContext, readable_stanzas
from understudy.conf import Conf, boolean
from understudy.spl.commands import lookup
from understudy.spl.errors import SplError
from understudy.spl.eval import compile_expression
from understudy.spl.json_fields import readable_part
from understudy.spl.lexer import arguments_of
from understudy.spl.model import Context, Message, Row, Scalar, Value
from understudy.spl.regexes import compile_regex
from understudy.spl.values import collapse, text_of, values_of
from understudy.spl.xml_fields import flatten_xml
from understudy.storage import json_fields, settings_report
from understudy.storage.aliases import alias_step, aliases_of, outputs_of, with_fields
from understudy.storage.event_labels import EventLabels
from understudy.storage.props import Props, Settings, classes, lookups_of
from understudy.storage.reports import compile_report

Step = Callable[[Row], None]
EXTRACT_FROM = regex.compile(r"^(.*\S)\s+in\s+([A-Za-z_][\w.{}]*)\s*$", regex.DOTALL)
ESCAPE = regex.compile(r'\\(["\\])')
PAIR = regex.compile(r'(?<![\w.])([A-Za-z_][\w.\-]*)\s?=\s?(?:"((?:[^"\\]|\\.)*)"|([^\s,;|&"]+))')
KV_CHARACTERS = 10_240
KV_FIELDS = 100
INTERNAL = frozenset({"_raw", "_time", "_indextime", "_cd"})
"""What no automatic extraction adds to."""


class SearchFields:
    """Adds search-time fields to the rows of one search, as its app and user see the configuration."""

    def __init__(
        self, conf: Conf, context: Context, access: AccessContext, wanted: frozenset[str] | None = None
    ) -> None:
        """wanted: the fields that somebody will look at; others may be left out. None: all."""
        self._context = context
        self._wanted = wanted
        self._complained: set[str] = set()
        self._labels = EventLabels(conf, access, context, self._complain)
        self._props = Props(readable_stanzas(conf, "props", access, context.app, context.user))
        transforms = readable_stanzas(conf, "transforms", access, context.app, context.user)
        self._transforms = {name: {**transforms.get("default", {}), **own} for name, own in transforms.items()}
        self._steps: dict[int, tuple[Settings, list[Step]]] = {}
        self._labelled = self._labels.needed and (
            wanted is None or any(name in {"eventtype", "tag"} or name.startswith("tag::") for name in wanted)
        )

    def idle(self, origins: Iterable[tuple[str, str, str]]) -> bool:
        """Whether no event of these (sourcetype, source, host) gets a field here."""
        return not self._labelled and not any(self._steps_of(*origin) for origin in origins)

    def is_simple(self, origins: Iterable[tuple[str, str, str]]) -> bool:
        """Whether events of these origins get fields from their own text and by aliases alone."""
        found = [self._props.settings(*origin) for origin in origins]
        return not self._labelled and not any(
            any(key.startswith(("EXTRACT-", "REPORT-")) for key in settings)
            or self._calculated_of(settings)
            or self._lookups_of(settings)
            for settings in found
        )

    def with_fields(self, wanted: frozenset[str], origins: Iterable[tuple[str, str, str]]) -> frozenset[str]:
        """Returns the wanted fields and those that they are aliases of in events of these origins."""
        return with_fields(wanted, {pair for each in origins for pair in aliases_of(self._props.settings(*each))})

    def reads_json_only(self, origin: tuple[str, str, str]) -> bool:
        """Whether an event of this (sourcetype, source, host) with a text `{...}` gets JSON fields and no others."""
        settings = self._props.settings(*origin)
        mode = settings.get("KV_MODE", "auto").strip().lower()
        reads = mode == "json" or (mode in {"auto", "auto_escaped"} and boolean(settings.get("AUTO_KV_JSON"), True))
        if any(pair.alias in (self._wanted or ()) for pair in aliases_of(settings)):
            return False
        return reads and self.is_simple([origin]) and not settings_report.refused(settings, settings_report.SEARCH_TIME)

    def add(self, row: Row) -> None:
        """Adds the fields that the row's sourcetype, source and host ask for."""
        for step in self._steps_of(
            str(row.get("sourcetype", "")), str(row.get("source", "")), str(row.get("host", ""))
        ):
            step(row)
        if self._labelled:
            self._labels.add(row)

    def _steps_of(self, sourcetype: str, source: str, host: str) -> list[Step]:
        settings = self._props.settings(sourcetype, source, host)
        found = self._steps.get(id(settings))
        if found is None or found[0] is not settings:
            found = self._steps[id(settings)] = (settings, self._compile(settings))
        return found[1]

    def _complain(self, text: str) -> None:
        if text not in self._complained:
            self._complained.add(text)
            self._context.messages.append(Message("WARN", text))

    def _compile(self, settings: Settings) -> list[Step]:
        steps: list[Step] = []
        for name, value in classes(settings, "EXTRACT-"):
            self._try(steps, f"EXTRACT-{name}", lambda value=value: extract_step(value))  # type: ignore[misc]
        for name, value in classes(settings, "REPORT-"):
            for stanza in (item.strip() for item in value.split(",") if item.strip()):
                self._try(
                    steps,
                    f"REPORT-{name}",
                    lambda stanza=stanza: compile_report(stanza, self._transforms.get(stanza)),  # type: ignore[misc]
                )
        steps += mode_steps(settings, self._complain, self._context.limits.json_bytes, self._wanted_of(settings))
        for name, value in classes(settings, "FIELDALIAS-"):
            self._try(steps, f"FIELDALIAS-{name}", lambda value=value: alias_step(value))  # type: ignore[misc]
        self._add_calculated(steps, settings)
        needed = self._lookups_of(settings)
        for each in lookups_of(settings):
            # One that nobody needs is made too: what is wrong with it is said in every search.
            into = steps if each in needed else []
            self._try(into, f"LOOKUP-{each[0]}", partial(lookup_step, each[1], self._context))
        for text in settings_report.refused(settings, settings_report.SEARCH_TIME):
            self._complain(text)
        return steps

    def _wanted_of(self, settings: Settings) -> frozenset[str] | None:
        """Calculations, lookups and labels read fields of their own, so all are made for them."""
        if self._reads_all() or self._calculated_of(settings) or self._lookups_of(settings):
            return None
        return with_fields(self._wanted or frozenset(), aliases_of(settings))

    def _reads_all(self) -> bool:
        return self._wanted is None or self._labelled

    def _lookups_of(self, settings: Settings) -> list[tuple[str, str]]:
        """The automatic lookups that give a field somebody will look at; a wrong one is kept, to be complained of."""
        if self._reads_all():
            return lookups_of(settings)
        return [(name, text) for name, text in lookups_of(settings) if outputs_of(text, self._wanted or frozenset())]

    def _calculated_of(self, settings: Settings) -> list[tuple[str, str]]:
        """The calculations of fields that somebody will look at, a lookup among them, which may read any."""
        found = classes(settings, "EVAL-")
        if self._reads_all() or self._lookups_of(settings):
            return found
        return [(field, text) for field, text in found if field in (self._wanted or ())]

    def _try(self, steps: list[Step], setting: str, make: Callable[[], Step]) -> None:
        try:
            steps.append(make())
        except (SplError, ValueError) as error:
            self._complain(f"{setting} cannot be used: {error}")

    def _add_calculated(self, steps: list[Step], settings: Settings) -> None:
        """EVAL- fields are calculated side by side: none sees another's result."""
        expressions = []
        for field, text in self._calculated_of(settings):
            try:
                expressions.append((field, compile_expression(text)))
            except SplError as error:
                self._complain(f"EVAL-{field} cannot be used: {error}")
        if not expressions:
            return

        def step(row: Row) -> None:
            results = [(field, expression.evaluate(row, self._context)) for field, expression in expressions]
            for field, value in results:
                if value is None or isinstance(value, bool):
                    row.pop(field, None)
                else:
                    row[field] = value

        steps.append(step)


def extract_step(text: str) -> Step:
    """Returns the step of an EXTRACT: named groups of a regex on _raw, or on the field behind `in`."""
    match = EXTRACT_FROM.match(text)
    source = "_raw"
    if match is not None:
        text, source = match[1], match[2]
    pattern = compile_regex(text)
    if not pattern.groups:
        raise ValueError("the regex has no named group")

    def step(row: Row) -> None:
        for value in values_of(row.get(source)):
            found = pattern.search(text_of(value))
            if found is None:
                continue
            for name, group in found.groupdict().items():
                if group and name not in row:
                    row[name] = group
            return

    return step


def lookup_step(text: str, context: Context) -> Step:
    """Returns the step of an automatic lookup, its table read once per search as the search's user may read it."""
    options = lookup.parse(arguments_of("lookup", text, 0))
    made = lookup.plan(options, context)

    def step(row: Row) -> None:
        found = lookup.looked_up(row, options, made)
        if found is not row:
            row.clear()
            row.update(found)

    return step


def mode_steps(
    settings: Settings, complain: Callable[[str], None], most: int, wanted: frozenset[str] | None = None
) -> list[Step]:
    """Returns the steps of KV_MODE: auto and auto_escaped (pairs, JSON unless AUTO_KV_JSON is off), json, xml, none.

    most: bytes of an event that are read as JSON; of longer XML nothing is.
    """
    mode = settings.get("KV_MODE", "auto").strip().lower()
    if mode in {"auto", "auto_escaped"}:
        trim = boolean(settings.get("KV_TRIM_SPACES"), True)
        steps: list[Step] = [pair_step(mode == "auto_escaped", trim)]
        if boolean(settings.get("AUTO_KV_JSON"), True):
            steps.append(json_step(wanted, most))
        return steps
    if mode == "json":
        return [json_step(wanted, most)]
    if mode == "xml":
        return [xml_step(most)]
    if mode != "none":
        complain(f"KV_MODE = {mode} is not supported, its fields are missing")
    return []


def xml_step(most: int) -> Step:
    """Returns the step that reads XML text of at most so many bytes."""

    def step(row: Row) -> None:
        text, cut = readable_part(str(row.get("_raw", "")), most)
        if not cut:
            for name, value in flatten_xml(text).items():
                merge(row, name, values_of(value))

    return step


def json_step(wanted: frozenset[str] | None, most: int) -> Step:
    """Returns the step that reads JSON text, so many bytes of it; wanted: only these fields, None for all."""
    find = partial(json_fields.flatten, most=most) if wanted is None else json_fields.chooser(wanted, most)

    def step(row: Row) -> None:
        for name, values in find(str(row.get("_raw", ""))).items():
            if name not in INTERNAL:
                merge(row, name, values)

    return step


def pair_step(escaped: bool, trim: bool) -> Step:
    """Returns the step that reads name=value pairs. escaped: a backslash before `"` or `\\` in quotes is taken off."""

    def step(row: Row) -> None:
        raw = str(row.get("_raw", ""))
        if raw[:1] == "{" and raw[-1:] == "}":
            return  # JSON is the JSON extractor's; a pair inside one of its texts is no field
        known = set(row)
        met: set[str] = set()
        for match in PAIR.finditer(raw[:KV_CHARACTERS]):
            name = match[1]
            value = match[3] if match[2] is None else match[2]
            if match[2] is not None and escaped:
                value = ESCAPE.sub(r"\1", value)
            if match[2] is not None and trim:
                value = value.strip(" ")
            if not value or name in met:
                continue
            met.add(name)
            if name not in known:
                row[name] = value
            if len(met) >= KV_FIELDS:
                return

    return step


def merge(row: Row, name: str, values: Sequence[Scalar]) -> None:
    """Adds values to a field, after those it has."""
    present: Any = row.get(name)
    together: list[Scalar] = [*values_of(present), *values]
    merged: Value | None = collapse(together)
    if merged is not None:
        row[name] = merged
