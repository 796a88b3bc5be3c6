"""The demo from an empty home to a summary: stage, tenants, users, sources, inputs, scheduled searches, probes, scores."""

from __future__ import annotations

import secrets
import shutil
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from assembly.stage import stage_apps
from assembly.tenants import emit_tenants_app
from demo.progress import step
from understudy.stage import Stage

ROOT = Path(__file__).resolve().parents[1]
HOME = ROOT / "build" / "demo"
TENANTS_FILE = ROOT / "demo" / "tenants.yml"
SERVICE = "minerva_service"


@dataclass
class Run:
    """One run of the demo. passwords: user -> password, made for this run and shown in the summary only."""

    stage: Stage
    passwords: dict[str, str]
    failures: list[str] = field(default_factory=list)


def open_stage(home: Path, tenants_file: Path, *, rest_port: int, web_port: int | None) -> Stage:
    """Returns a started stage in an emptied home, with both apps as they are installed in Splunk and the tenants' app."""
    shutil.rmtree(home, ignore_errors=True)
    staged = home / "staged"
    staged.mkdir(parents=True)
    with step("staging both apps as they are installed in Splunk"):
        apps = stage_apps(staged)
        apps = [*apps, emit_tenants_app(tenants_file, staged)]
    with step("starting the stand-in on 127.0.0.1"):
        stage = Stage(home / "splunk", rest_port=rest_port, web_port=web_port)
        for app in apps:
            stage.install(app)
        stage.start()
    return stage


def make_users(stage: Stage, roles: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Creates (user, role) pairs; returns their passwords."""
    passwords = {}
    for user, role in roles:
        passwords[user] = secrets.token_urlsafe(9)
        stage.create_user(user, passwords[user], [role])
    return passwords


def run_schedules(stage: Stage) -> list[tuple[str, bool, str]]:
    """Runs what is due at the next five-minute mark, in the order of names; returns (search, succeeded, message)."""
    now = (int(time.time()) // 300 + 1) * 300
    return [
        (job.request.label or job.sid, not job.failed, next((m.text for m in reversed(job.messages)), ""))
        for job in stage.run_schedules(float(now))
    ]
