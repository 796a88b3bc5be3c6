"""Runs the probes and says what came of them. A surface counts as passed only where its control saw the canary."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from leaks.connection import Connection
from leaks.model import LEAVERS, PERSONAS, Ask, Outcome, Person, Site, Surface, Target
from leaks.surfaces import BY_HAND

LEAST_SURFACES = 15


@dataclass
class Report:
    """The whole check. `controls` by surface and tenant; `outcomes` of people who must see nothing."""

    stand_in: bool
    controls: dict[tuple[str, str], Outcome] = field(default_factory=dict)
    outcomes: list[Outcome] = field(default_factory=list)
    left_out: dict[str, str] = field(default_factory=dict)
    """surface -> why it was not run"""
    broken: list[str] = field(default_factory=list)
    """surfaces whose control saw nothing although it should have: their probes prove nothing"""

    @property
    def seen(self) -> list[Outcome]:
        """Probes that saw a canary."""
        return [each for each in self.outcomes if each.seen]

    @property
    def failed(self) -> list[Outcome]:
        """Probes some of whose requests were refused for load or broke: they prove nothing."""
        return [each for each in self.outcomes if each.failed]

    @property
    def surfaces(self) -> list[str]:
        """Surfaces that were probed, their controls good."""
        names = dict.fromkeys(name for name, _ in self.controls)
        return [name for name in names if name not in self.left_out and name not in self.broken]

    def good(self, least: int = LEAST_SURFACES) -> bool:
        """Nothing seen, nothing broken, enough surfaces, everybody asked."""
        everybody = {each.persona for each in self.outcomes} - set(LEAVERS) == set(PERSONAS)
        return not (self.seen or self.failed or self.broken) and len(self.surfaces) >= least and everybody


def run(
    site: Site, targets: Sequence[Target], surfaces: Sequence[Surface], say: Callable[[str], None] = print
) -> Report:
    """Asks every surface, first as its owner, then as everybody who must not see."""
    report = Report(site.stand_in)
    report.left_out.update(BY_HAND)
    asked = []
    for surface in surfaces:
        if surface.further and not all(map(_is_planted(surface), targets)):
            report.left_out[surface.name] = "what it asks about could not be planted: see docs/leaks.md"
            continue
        found = [_control(site, surface, target) for target in targets]
        if any(each is None for each in found):
            report.left_out[surface.name] = "no credentials of a platform administrator to control with"
            continue
        blind = [each.tenant for each in found if each is not None and not each.seen]
        if not blind or not surface.splunk_only:
            report.controls.update({(surface.name, each.tenant): each for each in found if each is not None})
        if not blind:
            asked.append(surface)
        elif surface.splunk_only:
            where = "the stand-in does not have it" if site.stand_in else "its control saw nothing"
            report.left_out[surface.name] = f"needs a Splunk: {where}"
        else:
            report.broken.append(surface.name)
            say(f"  {surface.name}: the control of {', '.join(blind)} saw nothing: the probe is broken")
    leavers = [person for target in targets if target.further is not None for person in target.further.leavers]
    with ThreadPoolExecutor(max_workers=4) as pool:
        for outcomes in pool.map(lambda person: _probe(site, person, targets, asked), [*site.people, *leavers]):
            report.outcomes += outcomes
    return report


def _is_planted(surface: Surface) -> Callable[[Target], bool]:
    return lambda target: target.further is not None and bool(surface.secret(target))


def _control(site: Site, surface: Surface, target: Target) -> Outcome | None:
    person = site.platform if surface.control == "platform" else target.institution.owners[surface.control]
    if person is None:
        return None
    asks, secret = surface.control_asks or surface.asks, surface.control_secret or surface.secret
    return _ask(Connection(site, person), surface, target, asks(target), secret(target))


def _probe(site: Site, person: Person, targets: Sequence[Target], surfaces: Sequence[Surface]) -> list[Outcome]:
    connection = Connection(site, person)
    names = [person.left] if person.left else [target.institution.tenant for target in targets]
    asked = [each for each in targets if each.institution.tenant in names]
    outcomes = [
        _ask(connection, surface, target, surface.asks(target), surface.secret(target))
        for target in asked
        for surface in surfaces
        if surface.nobody or target.institution.tenant not in person.tenants
    ]
    connection.close()
    return outcomes


def _ask(connection: Connection, surface: Surface, target: Target, asks: Sequence[Ask], secret: str) -> Outcome:
    seen, failed = [], []
    for ask in asks:
        if secret in f"{ask}":
            raise AssertionError(f"{surface.name}: a request holds the secret, so an echo would count as seen")
        shown = connection.ask(ask)
        name = ask.spl or f"{ask.method} {ask.path}"
        if secret in shown.text:
            seen.append(name)
        elif shown.failed:
            failed.append(f"{name}: {shown.status}")
    person = connection.person
    return Outcome(
        surface.name, person.persona, person.user, target.institution.tenant, len(asks), tuple(seen), tuple(failed)
    )


def lines(report: Report) -> list[str]:
    """The report for people; the last line holds the figures."""
    shown = []
    for name in dict.fromkeys(name for name, _ in report.controls):
        own = [each for each in report.outcomes if each.surface == name]
        if own:
            requests, seen = sum(each.asked for each in own), sum(bool(each.seen) for each in own)
            shown.append(f"  {name:26s} {len(own):3d} probes {requests:5d} requests  {seen} saw the canary")
    shown += [f"  {name:26s} not run: {why}" for name, why in report.left_out.items()]
    for each in report.seen:
        shown.append(f"SEEN {each.surface}: {each.user} ({each.persona}) saw {each.tenant}'s canary by {each.seen[0]}")
    for each in report.failed:
        shown.append(f"FAILED {each.surface}: {each.user} was not answered: {each.failed[0]}")
    shown += [f"BROKEN {name}: its control saw nothing, so its probes prove nothing" for name in report.broken]
    if report.stand_in:
        shown.append("This ran on the stand-in, not on Splunk: run it on your own (docs/leaks.md).")
    probes, requests = len(report.outcomes), sum(each.asked for each in report.outcomes)
    good = sum(bool(each.seen) for each in report.controls.values())
    shown.append(
        f"leaks: {len(report.surfaces)} surfaces x {len({each.persona for each in report.outcomes})} personas x "
        f"{len({tenant for _, tenant in report.controls})} tenants: {probes} probes ({requests} requests), "
        f"{len(report.seen)} canaries seen, {good} of {len(report.controls)} controls saw theirs, "
        f"{len(report.left_out)} surfaces not run, {len(report.failed)} probes not answered"
    )
    return shown
