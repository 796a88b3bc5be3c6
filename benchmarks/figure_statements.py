"""Which figures the pages state, one line a place: names are those of docs/figures.json, forms are figure_texts.py's.

To hold another figure of a page, add its line here and run `.venv/bin/python -m benchmarks.figures --write SET`.
"""

from __future__ import annotations

from benchmarks.figure_texts import Statement

README, IDENTIFIERS, LINKING = "README.md", "docs/identifiers.md", "docs/linking.md"
PLACES = "docs/decisions/places-join-on-addresses.md"
ROUNDS = (*range(1, 40), 46, 47)
"""Rounds of unseen texts that the table of docs/identifiers.md lists."""
KINDS = ("address", "age", "birth_date", "domain", "email", "iban", "opening_hours", "payment_tag", "plate", "postcode",
         "price", "url", "username", "wallet")  # fmt: skip
WITHOUT = {"email": {1}, "username": {26, 27, *range(30, 39)}}
"""Kind -> rounds whose texts hold none of it."""


def _of_round(number: int) -> Statement:
    """The line of a round: what was told, recall and precision at first sight, and those of today."""
    name = f"cases.unseen_ads_{number}" if number > 1 else "cases.unseen_ads"
    cells = [f"{number} {{{name}.texts}}"]
    for kind in ("phone", "email", "username"):
        figures = f"{{{name}.{kind}.told}} {{_}} {{_}} {{{name}.{kind}.recall:cell}} {{{name}.{kind}.precision:cell}}"
        cells.append("-" if number in WITHOUT.get(kind, ()) else figures)
    return Statement(IDENTIFIERS, " ".join(cells), row=True)


def _of_kind(kind: str) -> Statement:
    figures = " ".join(f"{{kinds.{kind}.{name}}}" for name in ("recall", "precision", "told", "found", "right"))
    return Statement(IDENTIFIERS, f"{kind} {figures}", row=True)


STATEMENTS = (
    Statement(README, "It reads {demo.records:,} records of six sources into two institutions' indexes"),
    Statement(README, "classified_ads northfield {demo.northfield.classified_ads.read} "
              "{demo.northfield.classified_ads.stored} {demo.northfield.classified_ads.refused}"),
    Statement(README, "identifiers phone {demo.identifiers.phone}, email {demo.identifiers.email}, username "
              "{demo.identifiers.username}, url {demo.identifiers.url}, company_number "
              "{demo.identifiers.company_number}, license {demo.identifiers.license}, "
              "domain {demo.identifiers.domain}"),
    Statement(README, "entities northfield: {demo.northfield.entities}, of them {demo.northfield.linked} with more"),
    Statement(README, "against truth precision {demo.precision} recall {demo.recall} F1 {demo.f1} "
              "(floor {demo.floor:.2f})"),
    Statement(README, "scheduled {demo_run.searches} searches run, {demo_run.succeeded} succeeded"),
    Statement(README, "cross-tenant {demo_run.probes} probes tried, {demo_run.seen} seen"),
    Statement(README, "chicago_sites pairwise precision {chicago.precision} recall {chicago.recall} F1 {chicago.f1}"),
    Statement(IDENTIFIERS, "{kinds.texts} labelled texts, {kinds.empty} of them with nothing to find"),
    *map(_of_kind, KINDS),
    *map(_of_round, ROUNDS),
    Statement(PLACES, "F1 is {chicago.f1:short} (precision {chicago.precision:short}, recall {chicago.recall:short}) "
              "as the add-on ingests them, and {quality.chicago.f1:short} by name"),
    Statement(PLACES, "({weights.near_address:.1f} and {weights.same_address:.1f} bits)"),
    Statement(LINKING, "A phone in two records has {weights.phone_in_2}, in 64 records {weights.phone_in_64}."),
    Statement(LINKING, "(two {weights.text_of_2:.1f} bits, eight {weights.text_of_8:.1f}, "
              "64 {weights.text_of_64:.1f};"),
    Statement(LINKING, "(a phone in three records {weights.shared_phone_in_3:.1f})"),
    Statement(LINKING, "(names of two people {weights.other_name:.1f}, other cities {weights.other_city:.1f}, other "
              "phones {weights.other_phone:.1f})"),
)  # fmt: skip
