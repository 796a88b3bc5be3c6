"""Mapping: one row of a source to one Record, strictly by the facts' field map.

Every column is used, ignored by name, or counted as left over; nothing unknown is stored. A row that cannot be mapped
raises MappingError with a code and never its content.
"""

from __future__ import annotations

import re
from collections import ChainMap, Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, cast

from minerva import lexicons
from minerva.intake.errors import MappingError
from minerva.intake.facts.field_map import CodedRule, FieldMap, PhoneRule, Rule, used_columns
from minerva.intake.facts.source import Source
from minerva.intake.mapping.cleaning import clean_text, one_line, without_markup
from minerva.intake.mapping.dates import parse_time
from minerva.intake.mapping.image_hashes import NO_PDQ, image_columns
from minerva.intake.mapping.language import language_of
from minerva.intake.mapping.normal_form import normal_attributes, normal_place
from minerva.intake.mapping.place import split_address
from minerva.intake.mapping.point import point_of
from minerva.intake.rows import Change
from minerva.places.countries import country_code
from minerva.records import Column, Evidence, Marking, Record, RecordError, identify
from minerva.records.identification import read_column, search_each
from minerva.records.kinds import fields_of

_URL = re.compile(r"(https?://)?([a-z0-9_-]+\.)+[a-z]{2,24}(:\d+)?([/?#]\S*)?", re.IGNORECASE)
_EMAIL = re.compile(r"[^\s@]+@([a-z0-9-]+\.)+[a-z]{2,24}", re.IGNORECASE)
MOST_COLUMNS = 4096
"""Columns of a row, nested ones among them, and column names that a run counts."""
_COLUMN_NAME = re.compile(r"[^\w .-]")
_BETWEEN_NUMBERS = re.compile(r"\s*(?:[/;|]|\bor\b)\s*", re.IGNORECASE)
_FEWEST_DIGITS = 7
"""Of a number that stands beside another in one cell; `x`-numbers and half numbers are no numbers of their own."""
_NO_WORD = re.compile(r"[^a-z0-9]+")
_FLATTEN_DEPTH = 4
_EACH = re.compile(r"\[(?:(?P<key>[^\[\]=]+)=(?P<value>[^\[\]]*))?\]\.")
"""Between a list and what is taken of its items, or of those alone that hold a value: `names[kind=good].text`."""

Values = Mapping[str, Any]


@dataclass(frozen=True)
class Draft:
    """A record without evidence, and what is needed to find it: only records not seen before pay for extraction."""

    record: Record
    columns: tuple[tuple[Column, str], ...]
    texts: Mapping[str, str]
    region: str
    recognizes_language: bool = False
    pictures: tuple[str, ...] = ()
    """Addresses of its pictures, as the source writes them."""
    frames: tuple[str, ...] = ()
    """Addresses of the key frames of its video, in their order."""
    found_in_pictures: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)

    def with_pictures(
        self, found: Mapping[str, str | tuple[str, ...]], hashes: Iterable[Column], texts: Mapping[str, str]
    ) -> Draft:
        """The draft with what was found in its pictures: attributes, hashes that may link, and texts to be searched.

        The record's id does not cover them: the same row has one id, whether its pictures can be had or not.
        """
        columns = (*self.columns, *((column, "") for column in hashes))
        return replace(self, columns=columns, texts={**self.texts, **texts}, found_in_pictures=found)

    def finish(self) -> Record:
        """The record with the evidence of its columns and texts, the groups of the lexicons in its texts, and the
        language of its text if the source asks for it and says none."""
        city = self.record.city or None
        evidence: list[Evidence] = []
        for column, region in self.columns:
            evidence += identify({}, [column], region=region or self.region or None, city=city)
        evidence += identify(self.texts, region=self.region or None, city=city)
        return self.with_found(evidence)

    def with_found(self, evidence: Iterable[Evidence]) -> Record:
        """The finished record with what was found in it: one evidence of each identifier in a field, the first."""
        distinct: dict[tuple[str, str], Evidence] = {}
        for item in evidence:
            distinct.setdefault((item.identifier, item.field), item)
        derived: dict[str, str | Iterable[str]] = dict(lexicons.derived(self.texts.values()))
        derived.update(self.found_in_pictures)
        if self.recognizes_language and self.record.text and "language" not in self.record.attributes:
            derived["language"] = language_of(self.record.text)
        return self.record.with_evidence(distinct.values(), derived)


def finish_each(drafts: Sequence[Draft]) -> list[Record | RecordError]:
    """What `finish` makes of each, or raises: all texts are searched together, and one that comes again once."""
    searches = [(field, text, draft.region) for draft in drafts for field, text in draft.texts.items()]
    found = iter(search_each(searches))
    return [_finished(draft, [item for _ in draft.texts for item in next(found)]) for draft in drafts]


def _finished(draft: Draft, in_texts: list[Evidence]) -> Record | RecordError:
    city = draft.record.city
    in_columns = [
        item for column, region in draft.columns for item in read_column(column, region or draft.region, city)
    ]
    try:
        return draft.with_found([*in_columns, *in_texts])
    except RecordError as error:
        return error


@dataclass
class Mapper:
    """Maps the rows of one source for one tenant; `leftovers` counts the columns that the facts do not know."""

    source: Source
    tenant_id: str
    leftovers: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        facts = self.source.mapping
        self._used = used_columns(facts)
        self._types = {name: known.type for name, known in fields_of(self.source.record_type).items()}
        self._dates = {name: rule.dates for name, rule in facts.attributes.items() if rule.dates}
        self._below = tuple(f"{name}." for name in map(_dotted, facts.ignore) if not name.endswith("*"))
        self._ignored = tuple(name[:-1] for name in map(_dotted, facts.ignore) if name.endswith("*")) + self._below
        self._listed = frozenset(filter(is_listed, self._used))
        self._dotted = frozenset(map(_dotted, self._used))
        self._unread = frozenset(map(_dotted, facts.ignore))
        self._roots = frozenset(_dotted(name[: at.start()]) for name in self._listed for at in _EACH.finditer(name))

    def map_row(self, row: Mapping[str, Any], now: datetime, more: Mapping[str, str] | None = None) -> Draft:
        """The Draft of a row. `now` dates rows whose source gives no time; `more` are further attributes.

        Raises MappingError.
        """
        facts = self.source.mapping
        values = flatten(row)
        if len(values) > MOST_COLUMNS:
            raise MappingError("columns")
        left = {name for name in self._left(values) if not name.startswith(self._ignored)}
        for name in left:
            name = _COLUMN_NAME.sub("?", name)[:40]
            if name in self.leftovers or len(self.leftovers) < MOST_COLUMNS:
                self.leftovers[name] += 1
        texts = {name: _apply(rule, values, facts, name == "text") for name, rule in facts.fields.items()}
        _place(texts, facts)
        normal_place(texts, self.source.country)
        if "text" in texts:
            texts["text"] = texts["text"][: facts.snippet_chars]
        attributes: dict[str, str | list[str]] = {}
        for name, rule in facts.attributes.items():
            attributes[name] = _attribute(rule, values, facts)
        if facts.point:
            attributes["latitude"], attributes["longitude"] = point_of(values, facts.point)
        attributes = normal_attributes(attributes, self._types, self._dates)
        _leave_the_name_out(attributes, texts.get("name", ""))
        attributes.update(more or {})
        columns = list(_columns(values, facts, attributes))
        for picture in facts.image_hashes:
            hashes, refused = image_columns(picture, values, attributes)
            columns += [(column, "") for column in hashes]
            if refused:
                self.leftovers[f"{_COLUMN_NAME.sub('?', picture.column)[:40]}: {NO_PDQ}"] += refused
        if "url" in texts:
            columns.append((Column("url", "url", texts["url"]), ""))
        try:
            record = Record.build(
                record_type=self.source.record_type,
                source_id=self.source.source_id,
                tenant_id=self.tenant_id,
                natural_key=natural_key(values, facts),
                observed_time=_observed(values, facts, now),
                texts=texts,
                attributes=attributes,
                marking=Marking(self.source.legal.marking, self.source.legal.personal_data),
            )
        except RecordError as error:
            raise MappingError(f"record_{error.key.strip('()').partition('.')[0]}") from None
        searched = {name: texts[name] for name in facts.extract if texts.get(name)}
        region = facts.extract_region or _country(clean_text(values.get(facts.extract_region_column)))
        shown = tuple(item for item in columns if item[0].value)
        pictures = tuple(_cells(facts.pictures.column, values, facts)) if facts.pictures else ()
        frames = tuple(_cells(facts.frames.column, values, facts)) if facts.frames else ()
        return Draft(record, shown, searched, region, facts.recognizes_language, pictures, frames)

    def _left(self, values: Values, above: str = "") -> Iterator[str]:
        """Names of columns that hold something and that the facts do not use, dotted into the lists that they do."""
        for name, value in values.items():
            name = above + name
            if name in self._roots and isinstance(value, (list, dict)):
                for item in value if isinstance(value, list) else [value]:
                    if isinstance(item, dict):
                        yield from self._left(flatten(item), f"{name}.")
            elif name not in self._dotted and value not in (None, "", [], {}):
                yield name
            elif isinstance(value, list) and name not in self._unread:  # what objects hold is not read here
                for item in value:
                    if isinstance(item, dict):
                        yield from (f"{name}[].{inner}" for inner in flatten(item))

    def removed(self, change: Change, now: datetime) -> Draft:
        """The Draft of a row that the newest edition does not hold any more: its key, and that it is gone."""
        try:
            record = Record.build(
                record_type=self.source.record_type,
                source_id=self.source.source_id,
                tenant_id=self.tenant_id,
                natural_key=change.natural_key,
                observed_time=now,
                attributes=change.attributes,
                marking=Marking(self.source.legal.marking, self.source.legal.personal_data),
            )
        except RecordError as error:
            raise MappingError(f"record_{error.key.strip('()').partition('.')[0]}") from None
        return Draft(record, (), {}, "")


def _leave_the_name_out(attributes: dict[str, str | list[str]], name: str) -> None:
    """Other names are others: lists that give all names of a party give its own among them."""
    stated = attributes.get("alias", "")
    if name and (stated == name or (isinstance(stated, list) and name in stated)):
        others = [other for other in stated if other != name] if isinstance(stated, list) else []
        attributes["alias"] = others if len(others) > 1 else "".join(others)


def flatten(row: Mapping[str, Any], prefix: str = "", depth: int = 0) -> dict[str, Any]:
    """A row with nested objects as dotted columns, four levels deep; lists stay."""
    flat: dict[str, Any] = {}
    for name, value in row.items():
        if isinstance(value, dict) and value and depth < _FLATTEN_DEPTH:
            flat.update(flatten(value, f"{prefix}{name}.", depth + 1))
        else:
            flat[prefix + str(name)] = value
    return flat


def scopes(values: Values, path: str) -> Iterator[Values]:
    """A flattened row once for each item of the lists in a path: `sites[].phone` is then one cell, and what lies beside
    it, such as `sites[].country`, is that of the same item. One object in its place is a list of one, since XML says
    no more of it. A path without lists gives the row itself.
    """
    return _scopes(values, path, 0)


def _scopes(values: Values, path: str, start: int) -> Iterator[Values]:
    mark = _EACH.search(path, start) if "[" in path else None
    if mark is None:
        yield values
        return
    root, at = path[: mark.start()], mark.end()
    value = values.get(root)
    if value is None:  # an object was flattened
        value = {name[len(root) + 1 :]: each for name, each in values.items() if name.startswith(f"{root}.")}
    of_text = path.startswith("#text", at)
    for item in value if isinstance(value, list) else [value]:
        if of_text and isinstance(item, str):  # an element without attributes is its text
            item = {"#text": item}
        if isinstance(item, dict) and item:
            flat = flatten(item)
            if mark["key"] is None or clean_text(flat.get(mark["key"])) == mark["value"]:
                inner = {f"{path[:at]}{name}": each for name, each in flat.items()}
                yield from _scopes(ChainMap(inner, cast("dict[str, Any]", values)), path, at)


def is_listed(path: str) -> bool:
    """Whether a path goes through a list."""
    return "[" in path and _EACH.search(path) is not None


def listed_values(values: Values, path: str) -> list[Any]:
    """What stands at a path with lists, item by item."""
    return [scope.get(path) for scope in scopes(values, path)]


def _dotted(name: str) -> str:
    return _EACH.sub(".", name)


def _cells(name: str, values: Values, facts: FieldMap) -> list[str]:
    """The clean texts of one column: one of a scalar, several of a list, none of an object."""
    if is_listed(name):
        return [text for scope in scopes(values, name) for text in _texts(scope.get(name), facts)]
    return _texts(values.get(name), facts)


def _texts(value: Any, facts: FieldMap) -> list[str]:
    items = value if isinstance(value, list) else [value]
    texts = [clean_text(item, facts.mojibake) for item in items if not isinstance(item, (dict, list))]
    return [text for text in texts if text]


def _apply(rule: Rule, values: Values, facts: FieldMap, multiline: bool) -> str:
    if rule.constant is not None:
        return rule.constant
    found = (
        _in_each(rule, values, facts)
        if rule.each
        else [text for name in rule.columns for text in _cells(name, values, facts)]
    )
    if rule.markup:
        found = [text for text in map(clean_text, map(without_markup, found)) if text]
    if rule.pick:
        wanted = {"url": _URL, "email": _EMAIL}.get(rule.pick)
        found = [text for text in found if wanted is None or wanted.fullmatch(text)][:1]
    text = rule.join.join(found)
    text = rule.values.get(text, text)
    return text if multiline or ("address" in facts.fields and rule is facts.fields["address"]) else one_line(text)


def _in_each(rule: Rule, values: Values, facts: FieldMap) -> list[str]:
    """One text for each item of the list `each`: what its columns hold within that item, joined."""
    texts = []
    for scope in _scopes(values, rule.each, 0):
        parts = [
            text
            for name in rule.columns
            for inner in _scopes(scope, name, len(rule.each))
            for text in _texts(inner.get(name), facts)
        ]
        texts.append(rule.join.join(parts))
    return [text for text in texts if text]


def _attribute(rule: Rule, values: Values, facts: FieldMap) -> str | list[str]:
    if rule.each and not rule.pick:
        distinct = [rule.values.get(text, text) for text in dict.fromkeys(map(one_line, _in_each(rule, values, facts)))]
        return distinct if len(distinct) > 1 else "".join(distinct)
    if rule.split and rule.constant is None:
        cells = [text for name in rule.columns for text in _cells(name, values, facts)]
        parts = dict.fromkeys(part for text in cells for part in _parts(text, rule))
        distinct = [rule.values.get(part, part) for part in parts if part]
        return distinct if len(distinct) > 1 else "".join(distinct)
    is_list = rule.constant is None and not rule.pick and rule.join == Rule.join
    if is_list and any(_is_list(name, values) for name in rule.columns):
        texts = [one_line(text) for name in rule.columns for text in _cells(name, values, facts)]
        return list(dict.fromkeys(rule.values.get(text, text) for text in texts))
    return _apply(rule, values, facts, False)


def _parts(text: str, rule: Rule) -> Iterator[str]:
    """What stands between the marks of a cell; of remarks with labels, what stands behind the rule's labels."""
    parts = [one_line(part) for part in text.split(rule.split)]
    for at, part in enumerate(parts, 1):
        label = next((label for label in rule.behind if part.startswith(label)), "")
        if rule.behind and not label:
            continue
        value = part[len(label) :]
        ends_cell = rule.behind and at == len(parts) and value.find(".") == len(value) - 1
        yield value[:-1] if ends_cell else value


def _is_list(name: str, values: Values) -> bool:
    return is_listed(name) or isinstance(values.get(name), list)


def _place(texts: dict[str, str], facts: FieldMap) -> None:
    """Take the town and postcode out of the address, and fill in the facts' default town."""
    if facts.city or facts.region:
        place = split_address(texts.get("address", ""), facts.region, facts.towns)
        texts["address"] = place.address
        texts["city"] = place.city or texts.get("city") or facts.city
        texts["region"] = texts.get("region") or facts.region
        texts["postcode"] = texts.get("postcode") or place.postcode
    if "address" in texts:
        texts["address"] = one_line(texts["address"].replace("\n", ", "))


def _columns(values: Values, facts: FieldMap, attributes: dict[str, str | list[str]]) -> Iterable[tuple[Column, str]]:
    """The structured columns with the region that each counts in; their values become attributes as well."""
    for phone in facts.phones:
        for scope in scopes(values, phone.column):
            region = _region(phone, scope)
            for text in _numbers(phone, scope, facts):
                yield _structured("phone", "local_phone" if phone.local else "phone", text, "", attributes), region
    for name in facts.emails:
        for text in _cells(name, values, facts):
            yield _structured("email", "email", text, "", attributes), ""
    for name in facts.urls:
        for text in _cells(name, values, facts):
            yield _structured("links", "url", text, "", attributes), ""
    for attribute, kind, rules in (
        ("username", "username", facts.usernames),
        ("license_number", "license", facts.licenses),
        ("company_number", "company_number", facts.company_numbers),
    ):
        for rule in rules:
            for scope in scopes(values, rule.column):
                for text in _texts(scope.get(rule.column), facts):
                    number = text.zfill(rule.digits) if text.isascii() and text.isdigit() else text
                    yield _structured(attribute, kind, number, _label(rule, scope), attributes), ""


def _structured(name: str, kind: str, text: str, label: str, attributes: dict[str, str | list[str]]) -> Column:
    text = one_line(text)
    present = attributes.get(name)
    if not present:
        attributes[name] = text
    else:
        listed = present if isinstance(present, list) else [present]
        attributes[name] = listed if text in listed else [*listed, text]
    return Column(f"attributes.{name}", kind, text, label)


def _numbers(rule: PhoneRule, values: Values, facts: FieldMap) -> Iterable[str]:
    for cell in _texts(values.get(rule.column), facts):
        parts = _BETWEEN_NUMBERS.split(cell)
        if not all(sum(map(str.isdigit, part)) >= _FEWEST_DIGITS for part in parts):
            parts = [cell]
        for text in parts:
            digits = re.sub(r"[\s().-]", "", text)
            if rule.width and digits == text and text.isascii() and text.isdigit() and _glued(text, rule.width):
                yield from (text[at : at + rule.width] for at in range(0, len(text), rule.width))
            elif rule.area_code and digits.isascii() and digits.isdigit() and len(digits) <= 8 and digits[0] != "0":
                yield f"{rule.area_code} {text}"
            else:
                yield text


def _glued(text: str, width: int) -> bool:
    return len(text) > width and len(text) % width == 0


def _region(rule: PhoneRule, values: Values) -> str:
    return (rule.region_column and _country(clean_text(values.get(rule.region_column)))) or rule.region


def _country(text: str) -> str:
    return country_code(text)


def _label(rule: CodedRule, values: Values) -> str:
    label = (rule.label_column and clean_text(values.get(rule.label_column)).lower()) or rule.label
    series = (
        _NO_WORD.sub("_", clean_text(values.get(rule.series_column)).lower()).strip("_") if rule.series_column else ""
    )
    return f"{label}_{series}" if series else label


def natural_key(values: Values, facts: FieldMap) -> str:
    """The source's own key of a flattened row. Raises MappingError where a part of it is missing."""
    parts = [clean_text(values.get(name)) for name in facts.key]
    if not all(parts):
        # A part that is missing would give all rows without it one key.
        raise MappingError("key")
    parts += [clean_text(values.get(name)) for name in facts.key_more]
    # Escaped, so that different parts never give one key.
    return "|".join(part.replace("%", "%25").replace("|", "%7C") for part in parts)


def _observed(values: Values, facts: FieldMap, now: datetime) -> datetime:
    for name in facts.observed_columns:
        text = clean_text(values.get(name))
        if text:
            moment = parse_time(text, facts.observed_formats, facts.observed_zone_minutes)
            if moment is None:
                raise MappingError("observed_time")
            return moment
    return (facts.observed_constant and parse_time(facts.observed_constant, ("iso",))) or now
