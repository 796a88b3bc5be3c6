"""Says in one sentence what holds an entity together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from minerva.linking.judgements import Settled
from minerva.linking.model import MOST_OF_ONE, PLACE_TYPES, Hub, Join, LinkRecord
from minerva.linking.same_id import sentence
from minerva.linking.strength import title_of

RULES = {
    "name_address": "name and address",
    "name_city": "name and city",
    "similar_text": "same template",
    "similar_image": "similar image",
    "similar_username": "like user name",
    "judgement": "judged the same",
}
_UNJUDGED = Settled()


def explain(
    records: Sequence[LinkRecord], joins: Sequence[Join], hubs: Mapping[str, Hub], judged: Settled = _UNJUDGED
) -> str:
    """Returns e.g. "These 7 records: phone in 5, e-mail in 3, name and address in 2". Hubs are named as set aside.

    Judgements that count are counted; judgements that contradict each other are named, and so are records that came
    with different content under one id.
    """
    if len(records) == 1:
        text = "One record: nothing it holds links it to another"
    else:
        titles = {join.identifier: title_of(join.identifier) for join in joins if join.rule == "shared_identifier"}
        counts: dict[str, int] = {}
        for record in records:
            for title in {titles[value] for value in record.identifiers if value in titles}:
                counts[title] = counts.get(title, 0) + 1
        parts = [f"{title} in {count}" for title, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))]
        rules = {join.rule for join in joins}
        for rule, title in RULES.items():
            if rule not in rules:
                continue
            compared = {record for join in joins if join.rule == rule for record in (join.a, join.b)}
            if rule == "similar_image":
                title = next((each for each in ("same image", "same video") if _all_say(each, rule, joins)), title)
            parts.append(f"{title} in {len(compared)}")
        text = f"These {len(records)} records: {', '.join(parts)}"
    joining = [record for record in records if record.record_type not in PLACE_TYPES]
    aside = sorted({value for record in joining for value in record.identifiers if value in hubs})
    if aside:
        text += f"; {len(aside)} shared contact{'s' if len(aside) > 1 else ''} set aside"
    for value in [value for value in aside if hubs[value].bridge]:
        title = f"{title_of(value)} {value.partition(':')[2]}"
        text += f"; the {title} is also in records that agree in nothing else, and was not trusted to link them"
    lists = sum(record.is_list for record in records)
    if lists:
        some = "it lists" if len(records) == 1 else f"{lists} of them list{'s' if lists == 1 else ''}"
        text += f"; {some} more than {MOST_OF_ONE} contacts of a kind, as those of many holders, and links none of them"
    differing = {record.record_id: found for record in records if (found := record.differing)}
    if differing:
        text += f"; {sentence(differing)}"
    if judged.apart or judged.contradictions:
        text += _judged(judged, {record.record_id for record in records})
    return text


def _all_say(words: str, rule: str, joins: Sequence[Join]) -> bool:
    return all(join.why.startswith(words) for join in joins if join.rule == rule)


def _judged(judged: Settled, held: set[str]) -> str:
    apart = sum(1 for each in judged.apart if (each.a in held) != (each.b in held))
    text = f"; kept apart from others by {apart} judgement{'s' if apart > 1 else ''}" if apart else ""
    for each in judged.contradictions:
        if each.apart.a in held or each.apart.b in held:
            text += f"; judgements that contradict each other count for nothing: {each.sentence()}"
    return text
