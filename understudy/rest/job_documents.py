"""A search job as an entry: the content fields that clients read."""

from __future__ import annotations

from typing import Any

from understudy.conf import Acl
from understudy.jobs import artifacts
from understudy.jobs.job import DONE, Job
from understudy.rest.call import Call
from understudy.rest.replies import Entry

LINKS = ("search.log", "events", "results", "results_preview", "timeline", "summary", "control")


def content(call: Call, job: Job) -> dict[str, Any]:
    """Returns what a client may know of a job. Counts of a running job are of what was read and made so far."""
    jobs = call.stage.jobs
    count = job.row_count
    read = 0 if job.reading is None else job.reading.events(job.is_done)
    kept = artifacts.kept_events(job) if job.transforming else count
    previews = job.previews
    now = call.stage.now()
    messages = [{"type": item.severity, "text": item.text} for item in list(job.messages)]
    return {
        "sid": job.sid,
        "search": job.request.search,
        "dispatchState": job.state,
        "isDone": job.is_done,
        "isFailed": job.failed,
        "isFinalized": job.finalized and job.state == DONE,
        "isPaused": job.paused,
        "isPreviewEnabled": job.preview,
        "isRealTimeSearch": False,
        "isSaved": job.saved,
        "isSavedSearch": bool(job.request.saved_search),
        "isZombie": False,
        "isTimeCursored": True,
        "isEventsPreviewEnabled": not job.transforming,
        "isRemoteTimeline": False,
        "doneProgress": _progress(job),
        "resultCount": 0 if job.shape.blocking and not job.is_done else count,
        "resultPreviewCount": previews.count if previews is not None and previews.count else count,
        "resultIsStreaming": not (job.transforming or job.shape.blocking),
        "eventCount": read if job.transforming else count,
        "eventAvailableCount": kept,
        "eventFieldCount": len(jobs.fields(job)),
        "eventIsStreaming": True,
        "eventIsTruncated": job.transforming and kept < read,
        "eventSorting": "none" if job.transforming else "desc",
        "eventSearch": job.shape.events or job.request.search.lstrip().split("|", 1)[0].strip(),
        "reportSearch": job.shape.report if job.transforming else "",
        "normalizedSearch": job.request.search,
        "remoteSearch": job.shape.events or job.request.search.lstrip().split("|", 1)[0].strip(),
        "scanCount": read,
        "dropCount": 0,
        "numPreviews": 0 if previews is None else previews.made,
        "statusBuckets": job.request.status_buckets,
        "runDuration": round(job.seconds(), 3),
        "ttl": int(job.ttl),
        "defaultTTL": 600,
        "defaultSaveTTL": 604800,
        "priority": job.priority,
        "earliestTime": job.earliest if job.earliest is not None else 0,
        "latestTime": job.latest if job.latest is not None else now,
        "searchEarliestTime": job.earliest if job.earliest is not None else 0,
        "searchLatestTime": job.latest if job.latest is not None else now,
        "cursorTime": (job.reading.oldest if job.reading is not None else None) or 0,
        "keywords": "",
        "label": job.request.label or job.request.saved_search,
        "delegate": "scheduler" if job.request.scheduled else "",
        "diskUsage": job.results.size + (0 if job.reading is None else job.reading.size),
        "pid": 0,
        "provenance": "understudy",
        "messages": messages,
        "performance": {},
        "request": {
            "search": job.request.search,
            "earliest_time": job.request.earliest,
            "latest_time": job.request.latest,
        },
        "searchProviders": ["understudy"],
        "custom": {name[len("custom.") :]: value for name, value in job.request.custom.items()},
    }


def _progress(job: Job) -> float:
    """Returns how far a job is, 0 to 1: by the time of the event read last, 0 for what reads no events."""
    if job.is_done:
        return 1.0
    return 0.0 if job.reading is None else round(job.reading.progress(), 5)


def entry(call: Call, job: Job) -> Entry:
    acl = Acl(job.request.app, job.owner, job.sharing, job.read or (job.owner,), job.write or (job.owner,))
    facts = content(call, job)
    if call.mode != "json":
        # The XML form groups messages by severity, as the official client reads them.
        grouped: dict[str, list[str]] = {}
        for item in facts["messages"]:
            grouped.setdefault(item["type"].lower(), []).append(item["text"])
        facts["messages"] = grouped
    may_write = call.stage.jobs.may(job, call.access, "write")
    changed = max(job.created, job.finished or 0.0, job.touched)
    return Entry(
        job.sid,
        facts,
        acl,
        LINKS,
        changed,
        "search/jobs",
        may_write,
        title=job.request.search,
        published=job.created,
    )
