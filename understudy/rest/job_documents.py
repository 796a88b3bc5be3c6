"""A search job as an entry: the content fields that clients read."""

from __future__ import annotations

from typing import Any

from understudy.conf import Acl
from understudy.jobs.job import DONE, PAUSED, Job
from understudy.rest.call import Call
from understudy.rest.replies import Entry

LINKS = ("search.log", "events", "results", "results_preview", "timeline", "summary", "control")


def content(call: Call, job: Job) -> dict[str, Any]:
    """Returns what a client may know of a job. Counts of a running job are of the rows so far."""
    jobs = call.stage.jobs
    count = jobs.row_count(job)
    events = 0 if job.transforming else count
    now = call.stage.now()
    messages = [{"type": item.severity, "text": item.text} for item in list(job.messages)]
    return {
        "sid": job.sid,
        "search": job.request.search,
        "dispatchState": job.state,
        "isDone": job.is_done,
        "isFailed": job.failed,
        "isFinalized": job.finalized and job.state == DONE,
        "isPaused": job.state == PAUSED or (job.paused and not job.is_done),
        "isPreviewEnabled": True,
        "isRealTimeSearch": False,
        "isSaved": False,
        "isSavedSearch": bool(job.request.saved_search),
        "isZombie": False,
        "isTimeCursored": True,
        "isEventsPreviewEnabled": not job.transforming,
        "isRemoteTimeline": False,
        "doneProgress": 1.0 if job.is_done else (0.5 if count else 0.0),
        "resultCount": count if job.is_done else 0,
        "resultPreviewCount": count,
        "resultIsStreaming": not job.transforming,
        "eventCount": events,
        "eventAvailableCount": events,
        "eventFieldCount": len(jobs.fields(job)),
        "eventIsStreaming": True,
        "eventIsTruncated": False,
        "eventSearch": job.request.search.lstrip().split("|", 1)[0].strip(),
        "reportSearch": job.request.search if job.transforming else "",
        "normalizedSearch": job.request.search,
        "scanCount": events,
        "dropCount": 0,
        "numPreviews": 0,
        "statusBuckets": 0,
        "runDuration": round(job.run_seconds, 3),
        "ttl": int(job.ttl),
        "defaultTTL": 600,
        "defaultSaveTTL": 604800,
        "priority": job.priority,
        "earliestTime": job.earliest if job.earliest is not None else 0,
        "latestTime": job.latest if job.latest is not None else now,
        "searchEarliestTime": job.earliest if job.earliest is not None else 0,
        "searchLatestTime": job.latest if job.latest is not None else now,
        "cursorTime": 0,
        "keywords": "",
        "label": job.request.label or job.request.saved_search,
        "delegate": "scheduler" if job.request.scheduled else "",
        "diskUsage": 0,
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
        "custom": {},
    }


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
    return Entry(job.sid, facts, acl, LINKS, job.created, "search/jobs", may_write, title=job.request.search)
