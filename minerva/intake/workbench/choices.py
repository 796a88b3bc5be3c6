"""Choices: what becomes of each column, chosen one by one, as the field map of a source; and back again for editing.

What the choices cannot say of a map (joins other than the usual, translated values, picks) stays as it was written, as
long as the columns of that target stay the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from minerva.intake.facts.field_map import field_map, used_columns
from minerva.intake.rows import Row
from minerva.intake.workbench.columns import ColumnProfile, distinct_key, heading_of
from minerva.intake.workbench.guesses import words_of
from minerva.records.kinds import OWN_COLUMN, fields_of
from minerva.records.model import TEXT_KEYS

KEY, OBSERVED, IGNORE, WRITTEN = "key", "observed", "ignore", "written"
"""Targets besides fields (`field.city`), attributes (`attribute.price`) and lists (`phones`, `emails`, ...)."""
LISTS = ("phones", "emails", "urls", "usernames", "licenses", "company_numbers")
_CODED = {"usernames": ("platform", ""), "licenses": ("register", ""), "company_numbers": ("register", "")}
_JOINED = {"field.address": ", ", "field.text": "\n"}
_OF_GUESS = {
    "phone": "phones", "email": "emails", "username": "usernames", "license_number": "licenses",
    "company_number": "company_numbers", "name": "field.name", "title": "field.title", "text": "field.text",
    "address": "field.address", "city": "field.city", "region": "field.region", "postcode": "field.postcode",
    "country": "field.country", "latitude": "attribute.latitude", "longitude": "attribute.longitude",
    "amount": "attribute.price", "status": "attribute.status",
}  # fmt: skip
_SEVERAL = frozenset(["field.address", "field.text", *LISTS])
"""Targets that take several columns unasked."""
_NUMBERED = {"company": "company_numbers", "license": "licenses"}
"""What the number of a record of a kind is, where it tells the rows apart: its key is its identifier too."""
_NUMBER_WORDS = (("number",), ("no",), ("nr",), ("num",), ("nbr",), ("registration",))
_PLATFORMS = frozenset(
    ["twitter", "instagram", "facebook", "telegram", "snapchat", "tiktok", "whatsapp", "skype", "wechat"]
)
_OBSERVED_WORDS = ("posted", "published", "created", "updated", "modified", "seen", "observed")

Choice = Mapping[str, Any]


def targets(record_type: str) -> list[dict[str, str]]:
    """What a column may become in records of a kind: {target, group, title}, in the order of a list to choose from.

    `needs` names what such a column has to be told besides: `formats` of a date, `platform` or `register` of a number.
    """
    found = [
        {"target": IGNORE, "group": "", "title": "Leave out"},
        {"target": KEY, "group": "", "title": "Key: tells rows apart"},
        {"target": OBSERVED, "group": "", "title": "Time of the record", "needs": "formats"},
    ]
    found += [{"target": f"field.{name}", "group": "Fields", "title": name.capitalize()} for name in TEXT_KEYS]
    titles = {
        "phones": "Phone", "emails": "E-mail", "urls": "Web address", "usernames": "Username",
        "licenses": "License number", "company_numbers": "Company number",
    }  # fmt: skip
    for name in LISTS:
        needs = {"needs": _CODED[name][0]} if name in _CODED else {}
        found.append({"target": name, "group": "Identifiers", "title": titles[name], **needs})
    for name, field in fields_of(record_type).items():
        if name not in ("phone", "email", "links", "username", "license_number", "company_number"):
            title = f"{name.replace('_', ' ')}: {field.meaning}"
            needs = {"needs": "formats"} if field.type == "date" else {}
            found.append({"target": f"attribute.{name}", "group": "Further facts", "title": title, **needs})
    return found


def label_of(target: str, column: str) -> str:
    """Whose user names stand in a column, told from its heading; of other targets and headings nothing."""
    words = words_of(heading_of(column)) if target == "usernames" else ()
    return next((word for word in words if word in _PLATFORMS), "")


def propose(columns: Sequence[ColumnProfile], rows: Sequence[Row], record_type: str) -> list[dict[str, Any]]:
    """A choice for every column, from the guesses: [{column, target, ...}]. What nothing speaks for is left out."""
    known = fields_of(record_type)
    taken: set[str] = set()
    chosen: list[dict[str, Any]] = []
    for item in columns:
        target = _target(item, known, taken)
        taken.add(target)
        choice: dict[str, Any] = {"column": item.name, "target": target}
        number = _NUMBERED.get(record_type, "")
        if target == KEY and number and number not in taken and words_of(heading_of(item.name))[-1:] in _NUMBER_WORDS:
            choice.update(target=number, key=True)
        label = label_of(target, item.name)
        if label:
            choice["label"] = label
        if item.guess.forms and (target == OBSERVED or target.startswith("attribute.")):
            choice["formats"] = list(item.guess.forms)
        chosen.append(choice)
    if KEY not in taken:
        order = ("licenses", "company_numbers", "attribute.row_id", "field.name", "field.address", "phones", OBSERVED)
        best = sorted(
            (choice for choice in chosen if choice["target"] in order), key=lambda choice: order.index(choice["target"])
        )
        numbers = [item.name for item in columns if item.guess.kind in ("key", "number")]
        for names in ([choice["column"] for choice in best], numbers):
            keys = distinct_key(rows, names)
            if keys:
                for choice in chosen:
                    choice["key"] = choice["column"] in keys
                break
    return chosen


def _target(item: ColumnProfile, known: Mapping[str, Any], taken: set[str]) -> str:
    guess, words = item.guess, item.name.lower()
    if guess.kind == "key":
        return KEY
    if guess.kind == "date":
        near = next((name for name in known if known[name].type == "date" and name[:5] in words), "")
        if near and f"attribute.{near}" not in taken and near != "modified":
            return f"attribute.{near}"
        return OBSERVED if OBSERVED not in taken and any(word in words for word in _OBSERVED_WORDS) else IGNORE
    if guess.kind == "url":
        return "field.url" if "field.url" not in taken else "urls"
    target = _OF_GUESS.get(guess.kind, "")
    if target.startswith("attribute.") and target.partition(".")[2] not in known:
        target = ""
    if target and (target in _SEVERAL or target not in taken):
        return target
    plain = "_".join(word for word in words.replace("-", "_").replace(" ", "_").split("_") if word)
    return f"attribute.{plain}" if plain in known and f"attribute.{plain}" not in taken else IGNORE


def mapping_of(
    choices: Iterable[Choice], base: Mapping[str, Any] | None = None, *, region: str = "", register: str = ""
) -> dict[str, Any]:
    """The `mapping` of choices. `base` is the map that is changed; `region` where phones are dialed from; `register`
    whose numbers they are where a choice does not say."""
    base = base or {}
    chosen = [choice for choice in choices if choice.get("column")]
    by_target: dict[str, list[Choice]] = {}
    for choice in chosen:
        for target in (str(choice.get("target") or IGNORE), *choice.get("also", ())):
            by_target.setdefault(target, []).append(choice)
    keys = [str(choice["column"]) for choice in chosen if choice.get("key") or choice.get("target") == KEY]
    mapping: dict[str, Any] = {
        key: value
        for key, value in base.items()
        if key
        in (
            "key_more",
            "mojibake",
            "place",
            "snippet_chars",
            "extract",
            "extract_region",
            "extract_region_column",
            "language",
            "image_hashes",
            "pictures",
            "frames",
        )
    }
    mapping["key"] = _in_order(keys, base.get("key", ()))
    fields = {name: _rule(f"field.{name}", by_target, base.get("fields", {}).get(name)) for name in TEXT_KEYS}
    mapping["fields"] = {name: rule for name, rule in fields.items() if rule is not None}
    attributes = {target.partition(".")[2]: None for target in by_target if target.startswith("attribute.")}
    attributes.update({name: None for name, rule in base.get("attributes", {}).items() if "constant" in _as_map(rule)})
    made = {name: _rule(f"attribute.{name}", by_target, base.get("attributes", {}).get(name)) for name in attributes}
    mapping["attributes"] = {name: rule for name, rule in made.items() if rule is not None}
    observed = by_target.get(OBSERVED, [])
    if observed:
        mapping["observed"] = _observed(observed, base.get("observed", {}))
    elif "constant" in base.get("observed", {}):
        mapping["observed"] = base["observed"]
    for name in ("emails", "urls"):
        mapping[name] = _in_order([str(choice["column"]) for choice in by_target.get(name, [])], base.get(name, ()))
    mapping["phones"] = [_phone(choice, base, region) for choice in by_target.get("phones", [])]
    for name, (label, _) in _CODED.items():
        mapping[name] = [_coded(choice, label, base.get(name, ()), register) for choice in by_target.get(name, [])]
    used = used_columns(field_map({**mapping, "key": keys, "fields": mapping["fields"]}))
    ignored = [str(choice["column"]) for choice in by_target.get(IGNORE, []) if choice["column"] not in used]
    gone = [name for name in base.get("ignore", ()) if name not in {choice["column"] for choice in chosen}]
    mapping["ignore"] = [*ignored, *gone]
    if "extract_region" not in mapping and "extract_region_column" not in mapping and region:
        mapping["extract_region"] = region
    return {name: value for name, value in mapping.items() if value or name in ("key", "fields")}


def choices_of(mapping: Mapping[str, Any], columns: Sequence[str] = ()) -> list[dict[str, Any]]:
    """The choices that a map amounts to: one for each column that it uses or ignores, then for `columns` it does not
    know. A column used twice has the first of its targets; `also` names the others."""
    found: dict[str, dict[str, Any]] = {}

    def say(column: str, target: str, **more: Any) -> None:
        if column in found:
            found[column].setdefault("also", []).append(target)
            formats = [*found[column].get("formats", ()), *more.get("formats", ())]
            found[column].update({"formats": list(dict.fromkeys(formats))} if formats else {})
        else:
            found[column] = {"column": column, "target": target, **more}

    for group, prefix in (("fields", "field"), ("attributes", "attribute")):
        for name, rule in mapping.get(group, {}).items():
            for column in _as_map(rule).get("columns", ()):
                forms = _as_map(rule).get("dates")
                say(column, f"{prefix}.{name}", **({"formats": forms} if forms else {}))
    for name in LISTS:
        label = _CODED.get(name, ("",))[0]
        for item in mapping.get(name, ()):
            said = {"label": item[label]} if isinstance(item, Mapping) and item.get(label) else {}
            say(item if isinstance(item, str) else item["column"], name, **said)
    observed = mapping.get("observed", {})
    for column in observed.get("columns", ()):
        say(column, OBSERVED, formats=observed.get("formats", ["iso"]))
    for column in mapping.get("key", ()):
        if column in found:
            found[column]["key"] = True
        else:
            found[column] = {"column": column, "target": KEY}
    for column in mapping.get("ignore", ()):
        say(column, IGNORE)
    for column in columns:
        if column not in found:
            found[column] = {"column": column, "target": IGNORE, "new": True}
    return list(found.values())


def _as_map(rule: Any) -> Mapping[str, Any]:
    return {"columns": [rule]} if isinstance(rule, str) else rule if isinstance(rule, Mapping) else {}


def _rule(target: str, by_target: Mapping[str, Sequence[Choice]], before: Any) -> Any:
    columns = [str(choice["column"]) for choice in by_target.get(target, ())]
    old = _as_map(before)
    if not columns:
        return before if "constant" in old else None
    formats = [form for choice in by_target[target] for form in choice.get("formats", ())]
    same = sorted(columns) == sorted(old.get("columns", ()))
    if before is not None and same and (not formats or _as_before(by_target[target], formats, old.get("dates", ()))):
        return before
    rule: dict[str, Any] = {"columns": columns}
    if len(columns) > 1:
        rule["join"] = _JOINED.get(target, " ")
    if formats and target.startswith("attribute."):
        rule["dates"] = list(dict.fromkeys(formats))
    return columns[0] if list(rule) == ["columns"] and len(columns) == 1 else rule


def _as_before(chosen: Sequence[Choice], formats: Sequence[str], before: Sequence[str]) -> bool:
    """Whether formats are those that stood there; a column with several targets has the formats of all of them."""
    several = any(choice.get("also") for choice in chosen)
    return set(formats) >= set(before) if several else set(formats) == set(before)


def _observed(chosen: Sequence[Choice], before: Mapping[str, Any]) -> dict[str, Any]:
    columns = _in_order([str(choice["column"]) for choice in chosen], before.get("columns", ()))
    formats = list(dict.fromkeys(form for choice in chosen for form in choice.get("formats", ()))) or ["iso"]
    if columns == before.get("columns") and _as_before(chosen, formats, before.get("formats", ["iso"])):
        return dict(before)
    zone = {"zone_minutes": before["zone_minutes"]} if "zone_minutes" in before else {}
    return {**zone, "columns": columns, "formats": formats}


def _in_order(names: list[str], before: Sequence[str]) -> list[str]:
    """Names as they were ordered before, where they are the same: the order of a key is part of every record's id."""
    return list(before) if sorted(names) == sorted(before) else names


def _phone(choice: Choice, base: Mapping[str, Any], region: str) -> dict[str, Any]:
    before = next((item for item in base.get("phones", ()) if item["column"] == choice["column"]), None)
    return dict(before) if before else {"column": str(choice["column"]), **({"region": region} if region else {})}


def _coded(choice: Choice, label: str, before: Sequence[Mapping[str, Any]], register: str) -> dict[str, Any]:
    old = next((item for item in before if item["column"] == choice["column"]), None)
    said = str(choice.get("label") or "")
    if old and (not said or said == old.get(label)):
        return dict(old)
    return {"column": str(choice["column"]), label: said or (register if label == "register" else "")}


def own_name(column: str) -> str:
    """The target of a column that only this source has."""
    plain = "".join(
        character if character.isascii() and character.isalnum() else "_" for character in heading_of(column).lower()
    )
    return f"attribute.{OWN_COLUMN}{plain.strip('_')[:50] or 'column'}"
