"""The subcommand `serve`: one stage over a home folder, until Ctrl-C."""

from __future__ import annotations

import argparse
import getpass
import os
import signal
import sys
import threading
from contextlib import nullcontext
from pathlib import Path

from understudy.rest.listener import LOOPBACK, AddressRefusedError, check_address
from understudy.rest.server import NOTICE
from understudy.stage import Stage
from understudy.web.serving import Serving


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the options of `python -m understudy serve`."""
    parser.add_argument("--home", type=Path, required=True, help="folder of the instance (made if absent)")
    parser.add_argument("--port", type=int, default=8089, help="REST port")
    parser.add_argument("--web-port", type=int, help="serve the web pages on this port of 127.0.0.1")
    parser.add_argument("--host", default=LOOPBACK, help="address to listen on (default: this machine only)")
    parser.add_argument("--allow-remote", action="store_true", help="allow a --host that other machines can reach")
    parser.add_argument("--collector-port", type=int, help="serve the HTTP Event Collector on this port")
    parser.add_argument("--app", type=Path, action="append", default=[], help="app folder to install, repeatable")
    parser.add_argument(
        "--user", help="make or change this administrator; the password is UNDERSTUDY_PASSWORD or asked for"
    )
    parser.add_argument("--python", type=Path, help="interpreter of the apps' scripts")
    parser.add_argument("--no-schedules", action="store_true", help="run no inputs and no searches by themselves")
    parser.add_argument("--tls-certificate", type=Path)
    parser.add_argument("--tls-key", type=Path)


def run(arguments: argparse.Namespace) -> int:
    """Serves until SIGINT or SIGTERM; returns the exit code."""
    tls = None
    if (arguments.tls_certificate is None) != (arguments.tls_key is None):
        print("serve: --tls-certificate and --tls-key go together", file=sys.stderr)
        return 2
    if arguments.tls_certificate and arguments.tls_key:
        tls = (arguments.tls_certificate, arguments.tls_key)
    try:
        check_address(arguments.host, arguments.allow_remote, tls is not None)
    except AddressRefusedError as error:
        print(f"serve: {error}", file=sys.stderr)
        return 2
    os.umask(0o077)  # what the instance and the processes of its apps write is nobody else's to read
    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    with Stage(
        arguments.home,
        python=arguments.python,
        rest_port=arguments.port,
        tls=tls,
        host=arguments.host,
        allow_remote=arguments.allow_remote,
        collector_port=arguments.collector_port,
    ) as stage:
        for app in arguments.app:
            stage.install(app)
        if arguments.user:
            password = os.environ.get("UNDERSTUDY_PASSWORD") or getpass.getpass(f"password of {arguments.user}: ")
            stage.create_user(arguments.user, password, ["admin"])
        stage.start(schedules=not arguments.no_schedules)
        print(f"{NOTICE}\nREST: {stage.surroundings.uri}", flush=True)
        if stage.collector_port is not None:
            print(f"HTTP Event Collector: port {stage.collector_port}", flush=True)
        with Serving(stage, arguments.web_port) if arguments.web_port is not None else nullcontext() as pages:
            if pages is not None:
                print(f"Web pages: {pages.address}", flush=True)
            stopped.wait()
    return 0


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m understudy serve", description=NOTICE)
    add_arguments(parser)
    return run(parser.parse_args(argv))


if __name__ == "__main__":
    sys.exit(main())
