"""The cells that a row gets where phones alone are searched for: what annotate.Search writes of their evidence as CSV,
straight from columns."""

from __future__ import annotations

from collections.abc import Sequence

from minerva.identifiers.evidence import quoted
from minerva.identifiers.phone_columns import PhoneColumns

NOTHING = "," * 5
"""The cells of a row without phones: of identifier, evidence and phone, each with its twin."""


def cells(rows: int, found: Sequence[tuple[str, Sequence[str], PhoneColumns]]) -> list[str]:
    """The cells of each of so many rows. `found` are a field's name, its texts row by row, and their phones."""
    written = [NOTHING] * rows
    owners: list[int] = []
    numbers: list[str] = []
    evidence: list[str] = []
    for name, texts, phones in found:
        owners += phones.texts
        numbers += phones.numbers
        evidence += _evidence(name, texts, phones)
    if sum(1 for _, _, phones in found if phones.texts) > 1:
        order = sorted(range(len(owners)), key=owners.__getitem__)
        owners = [owners[at] for at in order]
        numbers, evidence = ([column[at] for at in order] for column in (numbers, evidence))
    first, last = 0, len(owners)
    while first < last:
        row = owners[first]
        behind = first + 1
        if behind == last or owners[behind] != row:
            number = numbers[first]
            written[row] = f'phone:{number},,"{evidence[first]}",,{number},'
        else:
            while behind < last and owners[behind] == row:
                behind += 1
            written[row] = _several(numbers[first:behind], evidence[first:behind])
        first = behind
    return written


def _evidence(name: str, texts: Sequence[str], phones: PhoneColumns) -> list[str]:
    """Evidence.to_json of each phone, its quotes doubled."""
    field = _quoted([name])[0]
    sure = {confidence: repr(confidence) for confidence in set(phones.confidences)}
    raws = _quoted([texts[place][start:end] for place, start, end in zip(phones.texts, phones.starts, phones.ends)])
    return [
        f'{{""identifier"":""phone:{number}"",""raw"":{raw},""field"":{field}'
        f',""start"":{start},""end"":{end},""method"":""{method}"",""confidence"":{sure[confidence]}{_alternatives(others)}}}'
        for raw, start, end, number, method, confidence, others in zip(raws, *phones[1:])
    ]


def _alternatives(others: Sequence[str]) -> str:
    if not others:
        return ""
    listed = ",".join([f'""phone:{other}""' for other in others])
    return f',""alternatives"":[{listed}]'


def _quoted(texts: Sequence[str]) -> list[str]:
    """Each text as JSON, its quotes doubled."""
    whole = "".join(texts)
    if quoted(whole) == f'"{whole}"':
        return [f'""{text}""' for text in texts]
    return [quoted(text).replace('"', '""') for text in texts]


def _several(numbers: Sequence[str], evidence: Sequence[str]) -> str:
    """The cells of a row with several phones, which may be one number."""
    coded = ";".join([f"${each.replace('$', '$$')}$" for each in evidence])
    lines = "\n".join(evidence)
    different = list(dict.fromkeys(numbers))
    if len(different) == 1:
        number = different[0]
        return f'phone:{number},,"{lines}","{coded}",{number},'
    phones = "\nphone:".join(different)
    twins = "$;$phone:".join(different)
    return f'"phone:{phones}",$phone:{twins}$,"{lines}","{coded}","{chr(10).join(different)}",${"$;$".join(different)}$'
