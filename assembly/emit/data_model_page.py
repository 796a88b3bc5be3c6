"""docs/data-model.md: every kind of record with its fields, as analysts and authors of sources look it up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assembly.emit.kind_facts import FieldFact, KindFact

HEAD = """\
<!-- {note} -->
# Data model

Search records by the names on this page; every kind of record has a sourcetype `minerva:<kind>` and an event type
`minerva_<kind>`, and all of them together have the event type `minerva_record` and the tag `minerva`. Tags say what a
kind is: `minerva_register`, `minerva_place`, `minerva_organization`, `minerva_person`. The macro `minerva_records` of
the app is every record that you may see; an institution's index has a name like `mnv_t_3f9a1c07`, made from its id.

```text
`minerva_records` eventtype=minerva_license city=Chicago status=active
`minerva_records` tag=minerva_register postcode=60614 | stats dc(record_id) by record_type
`minerva_records` identifier="phone:+15550100"
```

The app's Splunk data model `Minerva` has a dataset for each kind below `Record`. It is not accelerated: summaries would
be copies of every institution's records.

Reference data are lookups of both apps: `minerva_sources`, `minerva_record_kinds`, `minerva_platforms`,
`minerva_countries`, `minerva_places` (towns of 50,000 people and more) and `minerva_area_codes`. Records have
`source_title`, `source_owner` and `source_country` by an automatic lookup.

```text
| makeresults | eval area_code="+1312" | lookup minerva_area_codes area_code OUTPUT place
```

## What every record has

| Field | Meaning | Search |
|---|---|---|
| `record_id`, `record_type`, `tenant_id` | id of the observation, its kind, whose it is | indexed |
| `name`, `address`, `city`, `region`, `postcode` | whom or what it is about, and where | indexed |
| `identifier` | `kind:value` of everything found in it, several | indexed |
| `title`, `text`, `url`, `country` | headline, free text, web address, ISO 3166 code of the country | at search time |
| `source_id`, `source_key` | the source, and the source's own key of the row | at search time |
| `observed_time` | the time that the source states, UTC | at search time |
| `marking.level`, `marking.personal` | how it may be shared, and its class of personal data | at search time |

Indexed fields are searched fastest, and `tstats` reads them under the names `minerva_city` and so on.

Dates are written `2026-12-01`, or `2026-12` or `2026` where the source says no more; countries by their ISO 3166 code,
languages by their ISO 639 code; amounts with a decimal point and without separators. What could not be read for certain
stands as the source wrote it.

An attribute `price` stands in the event as `attributes.price` and is found by both names. Names with `x_` in front are
a source's own and are no part of the model.

## Attributes of every kind

"""

TIMES = {
    "event": "The time of its event is the one that the source states.",
    "state": "A row of a register: the time of its event is that of reading.",
}
NAMES = {
    "unknown": "may be a person's or anything else's",
    "person": "is a person's",
    "organization": "is an organization's",
    "place": "is that of a place, and two records are one only where their addresses do not contradict",
    "either": "may be an organization's or a person's",
}


def data_model_page(every: Sequence[FieldFact], kinds: Sequence[KindFact], note: str) -> str:
    """Returns the page."""
    listed = "\n".join(f"| [{kind.title}](#{kind.id}) | `minerva:{kind.id}` | {kind.description} |" for kind in kinds)
    parts = [
        HEAD.format(note=note) + _table(every, ""),
        f"## Kinds\n\n| Kind | Sourcetype | What it is |\n|---|---|---|\n{listed}\n",
        *(_section(kind) for kind in kinds),
    ]
    return "\n".join(parts)


def _section(kind: KindFact) -> str:
    return (
        f"### {kind.id}\n\n{kind.description}\n{TIMES[kind.time]} `name` is {kind.name_is}; for linking it"
        f" {NAMES[kind.name_of]}. Personal data: {kind.personal}. In FollowTheMoney: {kind.schema}.\n\n"
        + _table(kind.fields, kind.personal)
    )


def _table(fields: Iterable[FieldFact], personal: str) -> str:
    rows = "".join(
        f"| `{field.name}` | {field.type}{', several' if field.many else ''} | {field.meaning} |"
        f" {field.personal if field.personal not in ('', personal) else ''} |\n"
        for field in fields
    )
    return f"| Attribute | Type | Meaning | Personal data |\n|---|---|---|---|\n{rows}"
