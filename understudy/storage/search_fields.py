"""Search-time fields of an event, in the documented order: EXTRACT-, REPORT-, KV_MODE, FIELDALIAS-, EVAL-.

Not done, and said so in a message: LOOKUP- (automatic lookups). EXTRACT and REPORT never replace a field that is
there; automatic JSON adds its values to one that is there, which is how an indexed field comes to be doubled.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import regex

from understudy.conf import Conf, boolean
from understudy.spl.errors import SplError
from understudy.spl.eval import compile_expression
from understudy.spl.model import Context, Message, Row, Scalar, Value
from understudy.spl.regexes import compile_regex
from understudy.spl.values import collapse, text_of, values_of
from understudy.storage import json_fields
from understudy.storage.props import Props, Settings, classes
from understudy.storage.reports import compile_report

Step = Callable[[Row], None]
EXTRACT_FROM = regex.compile(r"^(.*\S)\s+in\s+([A-Za-z_][\w.{}]*)\s*$", regex.DOTALL)
ALIAS = regex.compile(r'("[^"]+"|\S+)\s+(?:AS|as|As|ASNEW|asnew)\s+("[^"]+"|\S+)')
PAIR = regex.compile(r'(?<![\w.])([A-Za-z_][\w.\-]*)\s?=\s?(?:"((?:[^"\\]|\\.)*)"|([^\s,;|&"]+))')
KV_CHARACTERS = 10_240
KV_FIELDS = 100


class SearchFields:
    """Adds search-time fields to the rows of one search, as its app and user see the configuration."""

    def __init__(self, conf: Conf, context: Context) -> None:
        self._context = context
        self._props = Props(conf, context.app, context.user)
        self._transforms: Mapping[str, Mapping[str, str]] = conf.stanzas("transforms", context.app, context.user)
        self._steps: dict[int, tuple[Settings, list[Step]]] = {}
        self._complained: set[str] = set()

    def add(self, row: Row) -> None:
        """Adds the fields that the row's sourcetype, source and host ask for."""
        settings = self._props.settings(
            str(row.get("sourcetype", "")), str(row.get("source", "")), str(row.get("host", ""))
        )
        found = self._steps.get(id(settings))
        if found is None or found[0] is not settings:
            found = self._steps[id(settings)] = (settings, self._compile(settings))
        for step in found[1]:
            step(row)

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
        steps += mode_steps(settings, self._complain)
        for name, value in classes(settings, "FIELDALIAS-"):
            self._try(steps, f"FIELDALIAS-{name}", lambda value=value: alias_step(value))  # type: ignore[misc]
        self._add_calculated(steps, settings)
        for name, _ in classes(settings, "LOOKUP-"):
            self._complain(f"LOOKUP-{name}: automatic lookups are not supported, its fields are missing")
        return steps

    def _try(self, steps: list[Step], setting: str, make: Callable[[], Step]) -> None:
        try:
            steps.append(make())
        except (SplError, ValueError) as error:
            self._complain(f"{setting} cannot be used: {error}")

    def _add_calculated(self, steps: list[Step], settings: Settings) -> None:
        """EVAL- fields are calculated side by side: none sees another's result."""
        expressions = []
        for field, text in classes(settings, "EVAL-"):
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


def alias_step(text: str) -> Step:
    """Returns the step of a FIELDALIAS: `a AS b c AS d`; an alias takes the value of its field, if there is one."""
    pairs = [(match[1].strip('"'), match[2].strip('"')) for match in ALIAS.finditer(text)]
    if not pairs:
        raise ValueError("it has no 'field AS alias'")

    def step(row: Row) -> None:
        for field, alias in pairs:
            value = row.get(field)
            if value is not None:
                row[alias] = value

    return step


def mode_steps(settings: Settings, complain: Callable[[str], None]) -> list[Step]:
    """Returns the steps of KV_MODE: auto (pairs, and JSON unless AUTO_KV_JSON is off), json, none."""
    mode = settings.get("KV_MODE", "auto").strip().lower()
    if mode in {"auto", "auto_escaped"}:
        steps: list[Step] = [add_pairs]
        if boolean(settings.get("AUTO_KV_JSON"), True):
            steps.append(add_json)
        return steps
    if mode == "json":
        return [add_json]
    if mode != "none":
        complain(f"KV_MODE = {mode} is not supported, its fields are missing")
    return []


def add_json(row: Row) -> None:
    for name, values in json_fields.flatten(str(row.get("_raw", ""))).items():
        merge(row, name, values)


def add_pairs(row: Row) -> None:
    raw = str(row.get("_raw", ""))
    if raw[:1] == "{" and raw[-1:] == "}":
        return  # JSON is the JSON extractor's; a pair inside one of its texts is no field
    known = set(row)
    added = 0
    for match in PAIR.finditer(raw[:KV_CHARACTERS]):
        name = match[1]
        value = match[3] if match[2] is None else match[2].strip()
        if not value or name in known:
            continue
        row[name] = value
        known.add(name)
        added += 1
        if added >= KV_FIELDS:
            return


def merge(row: Row, name: str, values: list[str]) -> None:
    """Adds values to a field, after those it has."""
    present: Any = row.get(name)
    together: list[Scalar] = [*values_of(present), *values]
    merged: Value | None = collapse(together)
    if merged is not None:
        row[name] = merged
