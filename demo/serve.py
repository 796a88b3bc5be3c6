"""Serves the stand-in's web pages until Ctrl-C."""

from __future__ import annotations

from demo.run import Run


def serve_until_interrupted(run: Run, port: int) -> None:
    """Prints the address and serves; returns on Ctrl-C."""
    import uvicorn

    from understudy.rest.app import build as build_rest
    from understudy.web.app import build as build_web

    print(f"  http://127.0.0.1:{port}/   Ctrl-C ends it\n", flush=True)
    application = build_web(run.stage, build_rest(run.stage))
    uvicorn.run(application, host="127.0.0.1", port=port, log_level="warning", access_log=False)
