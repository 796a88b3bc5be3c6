"""From what an input hands over to what is written: line breaking, time, TRUNCATE, indexed JSON, transforms.

The order is Splunk's: break, truncate, timestamp, structured extraction, SEDCMD-, then TRANSFORMS- in ASCII order.
Settings are those of the sourcetype, source and host at the start; a transform that changes them does not start over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from understudy.conf import Conf
from understudy.storage import index_time, json_fields, line_breaking, meta_tokens, settings_report
from understudy.storage.events import RawEvent
from understudy.storage.props import Props, Settings, classes
from understudy.storage.timestamps import Clock, clock_of, number
from understudy.storage.transforms import Draft, Transform, TransformError, compile_transform

TRUNCATE = 10_000
NULL_QUEUE = "nullQueue"
OWN_COLUMNS = frozenset(
    ("_time", "_raw", "_indextime", "_cd", "index", "host", "source", "sourcetype", "splunk_server", "linecount")
)
"""Names that every event has from elsewhere: no indexed field of that name is made."""


@dataclass
class Parsed:
    """One event ready to be written. fields: indexed fields, each with its values in order."""

    time: float
    raw: str
    index: str
    host: str
    source: str
    sourcetype: str
    fields: dict[str, list[str]]
    dropped: bool = False


@dataclass(frozen=True)
class Recipe:
    """What one set of props settings asks for, compiled."""

    settings: Settings
    clock: Clock
    truncate: int
    json: bool
    edits: tuple[Callable[[str], str], ...]
    transforms: tuple[Transform, ...]
    complaints: tuple[str, ...]
    """What the settings ask for and cannot have."""


class Complaints:
    """What could not be used, once each, with how often."""

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}

    def add(self, text: str) -> None:
        self._counts[text] = self._counts.get(text, 0) + 1

    def messages(self) -> list[str]:
        return [text if count == 1 else f"{text} ({count} events)" for text, count in self._counts.items()]


class Pipeline:
    """Parses events with one state of the configuration. Several threads may use one."""

    def __init__(self, conf: Conf, now: Callable[[], float]) -> None:
        self._props = Props(conf.bare_stanzas("props"))
        self._transforms: Mapping[str, Mapping[str, str]] = conf.stanzas("transforms")
        self._now = now
        self._recipes: dict[int, Recipe] = {}
        self._compiled: dict[str, Transform | TransformError] = {}
        self._last_time: dict[str, float] = {}

    def parse(self, event: RawEvent, complaints: Complaints) -> Iterator[Parsed]:
        """Yields the events that one input item makes; a dropped one is yielded with dropped=True."""
        recipe = self._recipe(event.sourcetype, event.source, event.host)
        for text in recipe.complaints:
            complaints.add(text)
        now = self._now()
        # A lone surrogate or NUL cannot be stored as UTF-8 text; the character that stands for it says so.
        raw = event.raw.encode("utf-8", "replace").decode("utf-8").replace("\0", "\ufffd")
        if event.unbroken:
            pieces: Iterator[str] = iter((raw,))
        else:
            pieces = line_breaking.events_of(raw, recipe.settings, recipe.clock, now, complaints.add)
        for piece in pieces:
            yield self._one(event, line_breaking.truncate(piece, recipe.truncate), recipe, now, complaints)

    def settings(self, sourcetype: str, source: str, host: str) -> Settings:
        """Returns the props settings of one kind of event."""
        return self._props.settings(sourcetype, source, host)

    def _one(self, event: RawEvent, raw: str, recipe: Recipe, now: float, complaints: Complaints) -> Parsed:
        draft = Draft(raw, event.index, event.host, event.source, event.sourcetype)
        time = self._time(event, raw, recipe.clock, now)
        for name, value in event.fields.items():
            draft.meta += [meta_tokens.render(name, item) for item in (value if isinstance(value, list) else [value])]
        fields: dict[str, list[str]] = {}
        if recipe.json:
            fields.update((name, found) for name, found in json_fields.flatten(raw).items() if name not in OWN_COLUMNS)
        for edit in recipe.edits:
            draft.raw = edit(draft.raw)
        for transform in recipe.transforms:
            try:
                transform.apply(draft)
            except TransformError as error:
                complaints.add(str(error))
        for token in draft.meta:
            for name, value in meta_tokens.parse(token):
                if name not in OWN_COLUMNS:
                    fields.setdefault(name, []).append(value)
        return Parsed(
            time,
            draft.raw,
            draft.index,
            draft.host,
            draft.source,
            draft.sourcetype,
            fields,
            draft.queue == NULL_QUEUE,
        )

    def _time(self, event: RawEvent, raw: str, clock: Clock, now: float) -> float:
        if event.time is not None:
            return event.time
        if clock.mode != "text":
            return now
        found = clock.find(raw, now)
        key = f"{event.sourcetype}\0{event.source}"
        if found is None:
            return self._last_time.get(key, now)
        self._last_time[key] = found
        return found

    def _recipe(self, sourcetype: str, source: str, host: str) -> Recipe:
        settings = self._props.settings(sourcetype, source, host)
        found = self._recipes.get(id(settings))
        if found is None or found.settings is not settings:
            found = self._recipes[id(settings)] = self._compile(settings, sourcetype)
        return found

    def _compile(self, settings: Settings, sourcetype: str) -> Recipe:
        complaints: list[str] = []

        def complain(text: str) -> None:
            complaints.append(f"sourcetype '{sourcetype}': {text}")

        transforms = []
        for _, names in classes(settings, "TRANSFORMS-"):
            for name in (item.strip() for item in names.split(",") if item.strip()):
                transform = self._transform(name)
                if isinstance(transform, Transform):
                    transforms.append(transform)
                else:
                    complaints.append(str(transform))
        extractions = settings.get("INDEXED_EXTRACTIONS", "").strip().lower()
        if extractions not in {"", "json"}:
            complaints.append(f"sourcetype '{sourcetype}': INDEXED_EXTRACTIONS = {extractions} is not supported")
        clock = clock_of(settings, complain)
        for text in settings_report.refused(settings, settings_report.INDEX_TIME):
            complain(text)
        return Recipe(
            settings,
            clock,
            number(settings, "TRUNCATE", TRUNCATE),
            extractions == "json",
            index_time.edits(settings, complain),
            tuple(transforms),
            tuple(complaints),
        )

    def _transform(self, name: str) -> Transform | TransformError:
        found = self._compiled.get(name)
        if found is None:
            try:
                found = compile_transform(name, self._transforms.get(name))
            except TransformError as error:
                found = error
            self._compiled[name] = found
        return found
