"""What steers a job while it runs: pause, finalize, cancel, the time limits of its request, and control actions."""

from __future__ import annotations

import threading
from collections.abc import Callable

from understudy.jobs.job import INTERNAL_CANCEL, PAUSED, RUNNING, Job
from understudy.spl.model import Message

SAVED_SECONDS = 604_800.0
"""limits.conf default_save_ttl: what `save` makes of a job's time to live."""


class JobError(Exception):
    """A control action that cannot be done. The text is fit for a user."""


def watch(job: Job, now: float) -> None:
    """Applies the limits of the request to a running job: max_time, auto_cancel, auto_pause (seconds)."""
    request = job.request
    if job.is_done or job.cancelled or job.started is None:
        return
    if request.max_time and not job.finalized and now - job.started >= request.max_time:
        job.messages.append(
            Message("INFO", f"Search auto-finalized after time limit ({request.max_time:g} seconds) reached.")
        )
        finalize(job)
    silence = now - max(job.polled, job.started)
    if request.auto_cancel and silence >= request.auto_cancel:
        job.messages.append(Message("INFO", "Search auto-canceled."))
        cancel(job, INTERNAL_CANCEL)
    elif request.auto_pause and silence >= request.auto_pause and job.resumed.is_set():
        job.messages.append(Message("INFO", "Search auto-paused."))
        job.resumed.clear()


def hold(
    job: Job, slots: threading.BoundedSemaphore | None, flush: Callable[[], None], watched: Callable[[], None]
) -> None:
    """Waits in the job's thread while the job is paused; its slot is free for others meanwhile."""
    if job.resumed.is_set() or job.thread != threading.get_ident():
        return
    flush()
    before, job.state = job.state, PAUSED
    if slots is not None:
        slots.release()
    while not job.resumed.wait(0.5):
        watched()
    if slots is not None:
        slots.acquire()
    job.state = before if before != PAUSED else RUNNING


def cancel(job: Job, by: str) -> None:
    job.cancelled_by = job.cancelled_by if job.cancelled else by
    job.cancelled = True
    job.resumed.set()


def finalize(job: Job) -> None:
    job.finalized = True
    job.resumed.set()


def act(job: Job, action: str, values: dict[str, str], now: float, default_ttl: float) -> str:
    """Does an action other than cancel and returns the sentence about it. Raises JobError for an unknown one."""
    if action == "finalize":
        finalize(job)
        return "Search job finalized."
    if action == "pause":
        job.resumed.clear()  # the client is told so at once, also of a job that has ended and has nothing to pause
        return "Search job paused."
    if action == "unpause":
        job.resumed.set()
        return "Search job unpaused."
    if action == "touch":
        job.touched = now
        return "Search job touched."
    if action == "setttl":
        job.ttl, job.touched = seconds(values.get("ttl"), "ttl"), now
        return f"The ttl of the search job was changed to {job.ttl:.0f}."
    if action == "setpriority":
        priority = seconds(values.get("priority"), "priority")
        if not priority.is_integer() or priority > 10:
            raise JobError("The priority of a search job is a whole number from 0 to 10.")
        job.priority = int(priority)
        return f"The search job's priority was set to {job.priority}."
    if action in ("enablepreview", "disablepreview"):
        job.preview = action == "enablepreview"
        return f"Search job preview {'enabled' if job.preview else 'disabled'}."
    if action in ("save", "unsave"):
        job.saved, job.touched = action == "save", now
        job.ttl = SAVED_SECONDS if job.saved else default_ttl
        return f"Search job {'saved' if job.saved else 'no longer saved'}."
    raise JobError(
        f"Invalid action '{action}' for a search job: cancel, disablepreview, enablepreview, finalize, pause, save, "
        "setpriority, setttl, touch, unpause and unsave are known."
    )


def seconds(text: str | None, name: str) -> float:
    """Returns a number from 0 below a billion. Raises JobError."""
    try:
        value = float(text or "")
    except ValueError:
        raise JobError(f"{name}: '{text}' is not a number") from None
    if not 0 <= value < 1e9:
        raise JobError(f"{name}: '{text}' is out of range")
    return value
