"""One guarded GET against servers that misbehave."""

from __future__ import annotations

import gzip
import json
import socket
import threading
import time
import zlib
from collections.abc import Callable
from typing import Any

import pytest

from minerva.intake.errors import BodyError, FetchError, GuardError, MediaRefused, RetryLater
from minerva.intake.pace import Bucket, Timing
from minerva.intake.web.body import MAX_BYTES
from minerva.intake.web.connection import Route
from minerva.intake.web.fetch import Fetcher
from minerva.intake.web.guard import Guard
from minerva.intake.web.robots import Robots
from tests.connectors.loopback import Handler, Site, Slept, fetcher_for

GOOD = b'{"items": []}'


def flaky(failures: list[int], **headers: str) -> Any:
    def reply(handler: Handler) -> None:
        if failures:
            handler.answer(failures.pop(0), b"busy", "text/plain", **headers)
        else:
            handler.answer(200, GOOD)

    return reply


def test_body_and_honest_user_agent(site: Site) -> None:
    site.routes["/a"] = GOOD
    assert fetcher_for(site).get(f"{site.url}/a").body == GOOD
    assert site.seen[0][1]["user-agent"].startswith("Minerva-connectors/")
    assert site.seen[0][1]["accept-encoding"] == "gzip"
    assert "cookie" not in site.seen[0][1]


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 504])
def test_passing_failure_is_tried_again(site: Site, status: int) -> None:
    site.routes["/a"] = flaky([status, status])
    slept = Slept()
    assert fetcher_for(site, slept).get(f"{site.url}/a").body == GOOD
    assert slept.sleeps == [0.5, 1.0]


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 501])
def test_lasting_failure_is_not_tried_again(site: Site, status: int) -> None:
    site.routes["/a"] = flaky([status] * 9)
    with pytest.raises(FetchError, match=str(status)):
        fetcher_for(site).get(f"{site.url}/a")
    assert len(site.seen) == 1


def test_gives_up_after_five_tries(site: Site) -> None:
    site.routes["/a"] = flaky([503] * 9)
    with pytest.raises(FetchError) as caught:
        fetcher_for(site).get(f"{site.url}/a?key=secret")
    assert len(site.seen) == 5
    assert "secret" not in str(caught.value)


def test_retry_after_is_waited_for(site: Site) -> None:
    site.routes["/a"] = flaky([429], Retry_After="7")
    slept = Slept()
    fetcher_for(site, slept).get(f"{site.url}/a")
    assert slept.sleeps == [7.5]


def test_long_retry_after_ends_the_run(site: Site) -> None:
    site.routes["/a"] = flaky([429], Retry_After="999999")
    with pytest.raises(RetryLater) as caught:
        fetcher_for(site).get(f"{site.url}/a")
    assert caught.value.seconds == 3600


def test_connection_that_breaks_is_tried_again(site: Site) -> None:
    broken = [1, 1]

    def reply(handler: Handler) -> None:
        if broken:
            broken.pop()
            handler.send_response(200)
            handler.send_header("Content-Type", "application/json")
            handler.send_header("Content-Length", "1000")
            handler.end_headers()
            handler.wfile.write(b'{"items"')
            handler.close_connection = True
        else:
            handler.answer(200, GOOD)

    site.routes["/a"] = reply
    assert fetcher_for(site).get(f"{site.url}/a").body == GOOD


def redirect(target: str, status: int = 302) -> Any:
    return lambda handler: handler.answer(status, b"", "text/html", Location=target)


def test_redirect_on_the_same_host_is_followed(site: Site) -> None:
    site.routes["/a"], site.routes["/b"] = redirect("/b"), GOOD
    assert fetcher_for(site).get(f"{site.url}/a").url == f"{site.url}/b"


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.1:1/",
        "http://10.0.0.1/",
        "https://169.254.169.254/",
        "https://[::1]/",
        "file:///etc/passwd",
        "https://2130706433/",
    ],
)
def test_redirect_to_a_private_address_is_refused(site: Site, target: str) -> None:
    site.routes["/a"] = redirect(target)
    with pytest.raises(GuardError):
        fetcher_for(site).get(f"{site.url}/a")


def test_redirect_chain_is_cut(site: Site) -> None:
    site.routes["/a"] = redirect("/a")
    with pytest.raises(FetchError, match="5 redirects"):
        fetcher_for(site).get(f"{site.url}/a")
    assert len(site.seen) == 6


def test_key_is_not_sent_to_another_host(site: Site) -> None:
    site.routes["/a"] = lambda handler: handler.answer(302, b"", Location=f"http://localhost:{site.port}/b")
    site.routes["/b"] = GOOD
    guard = Guard(allowed={("127.0.0.1", site.port), ("localhost", site.port)}, resolve=lambda *_: ["127.0.0.1"])
    fetcher_for(site, guard=guard, secret_headers={"X-Api-Key": "k", "Authorization": "Bearer k"}).get(f"{site.url}/a")
    assert site.seen[0][1]["x-api-key"] == "k"
    assert not {"x-api-key", "authorization"} & set(site.seen[1][1])


def test_connection_goes_to_the_checked_address_with_the_name_as_host(site: Site) -> None:
    site.routes["/a"] = GOOD
    guard = Guard(allowed={("ads.example.org", site.port)}, resolve=lambda *_: ["127.0.0.1"])
    url = f"http://ads.example.org:{site.port}"
    fetcher = Fetcher(guard, base_url=url, timing=Slept().timing())
    assert fetcher.get(f"{url}/a").body == GOOD
    assert site.seen[0][1]["host"] == f"ads.example.org:{site.port}"


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("image/png", b"\x89PNG\r\n"),
        ("video/mp4", b"\x00\x00\x00\x18ftypmp42"),
        ("application/pdf", b"%PDF-1.7"),
        ("application/zip", b"PK\x03\x04"),
        ("text/html", b"<html>"),
        ("", b"{}"),
        ("application/json", b"\x89PNG\r\n\x1a\n" + b"\0" * 4000),
        ("application/json", b"\xff\xd8\xff\xe0" + b"\0" * 4000),
        ("application/json", b"\x00\x00\x00\x18ftypmp42" + b"\0" * 4000),
        ("application/json", b"RIFF\x00\x00\x00\x00WEBP"),
        ("application/json", b"%PDF-1.7"),
        ("text/plain", b"PK\x03\x04" + b"\0" * 100),
        ("application/json", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("application/json", gzip.compress(b"{}")),
    ],
    # The time stands in a gzip header: without ids of their own the cases would have other names in each process.
    ids=[
        "png by type",
        "mp4 by type",
        "pdf by type",
        "zip by type",
        "html",
        "no type",
        "png",
        "jpeg",
        "mp4",
        "webp",
        "pdf",
        "zip",
        "svg",
        "gzip",
    ],
)
def test_media_and_foreign_types_are_refused(site: Site, kind: str, body: bytes) -> None:
    site.routes["/a"] = lambda handler: handler.answer(200, body, kind)
    with pytest.raises(MediaRefused):
        fetcher_for(site).get(f"{site.url}/a")
    assert len(site.seen) == 1


def packed(body: bytes) -> Any:
    return lambda handler: handler.answer(200, body, Content_Encoding="gzip")


def test_one_layer_of_gzip_is_unpacked(site: Site) -> None:
    site.routes["/a"] = packed(gzip.compress(GOOD * 1000))
    assert fetcher_for(site).get(f"{site.url}/a").body == GOOD * 1000


def bomb(size: int) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    block = b"0" * 1_000_000
    return b"".join(packer.compress(block) for _ in range(size // len(block))) + packer.flush()


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (lambda: bomb(8_000_000), "ratio"),
        (lambda: bomb(400_000_000), "ratio"),
        (lambda: gzip.compress(gzip.compress(b"{}")), "media"),
        (lambda: gzip.compress(GOOD)[:-6], "gzip"),
        (lambda: gzip.compress(GOOD) + b"more", "gzip"),
        (lambda: b"not gzip at all", "gzip"),
        (lambda: gzip.compress(b"\x89PNG\r\n\x1a\n"), "media"),
    ],
    ids=["bomb", "large-bomb", "two-layers", "cut", "trailing", "not-gzip", "picture"],
)
def test_bad_gzip_is_refused(site: Site, body: Callable[[], bytes], code: str) -> None:
    site.routes["/a"] = packed(body())
    with pytest.raises(FetchError) as caught:
        fetcher_for(site).get(f"{site.url}/a")
    assert caught.value.code == code


@pytest.mark.parametrize("encoding", ["br", "deflate", "gzip, gzip", "zstd"])
def test_other_encodings_are_refused(site: Site, encoding: str) -> None:
    site.routes["/a"] = lambda handler: handler.answer(200, GOOD, Content_Encoding=encoding)
    with pytest.raises(BodyError):
        fetcher_for(site).get(f"{site.url}/a")


def test_declared_size_above_the_cap_is_refused_unread(site: Site) -> None:
    def reply(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Length", str(MAX_BYTES + 1))
        handler.end_headers()

    site.routes["/a"] = reply
    with pytest.raises(BodyError, match="larger"):
        fetcher_for(site).get(f"{site.url}/a")


def test_endless_body_is_cut(site: Site) -> None:
    def reply(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "application/json")
        handler.end_headers()
        block = b" " * 1_000_000
        for _ in range(100):
            handler.wfile.write(block)

    site.routes["/a"] = reply
    with pytest.raises(BodyError, match="larger"):
        fetcher_for(site).get(f"{site.url}/a")


@pytest.mark.parametrize("part", ["headers", "body"])
def test_slow_drip_ends_at_the_deadline(site: Site, part: str) -> None:
    stop = threading.Event()

    def reply(handler: Handler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n")
        if part == "body":
            handler.wfile.write(b"Content-Length: 100000\r\n\r\n")
        while not stop.wait(0.02):
            handler.wfile.write(b"X")
            handler.wfile.flush()

    site.routes["/a"] = reply
    # Five tries of a fifth of a second each; each byte alone would renew a plain socket timeout.
    timing = Timing(sleep=lambda _: None, uniform=lambda low, _: low)
    fetcher = Fetcher(
        Guard(allowed={("127.0.0.1", site.port)}),
        base_url=site.url,
        timing=timing,
        timeout_s=0.2,
        bucket=Bucket(0, 1, timing),
    )
    with pytest.raises(FetchError, match="try 5"):
        fetcher.get(f"{site.url}/a")
    stop.set()


def test_header_flood_is_refused(site: Site) -> None:
    def reply(handler: Handler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
        for number in range(5000):
            handler.wfile.write(b"X-%d: y\r\n" % number)

    site.routes["/a"] = reply
    with pytest.raises(FetchError):
        fetcher_for(site).get(f"{site.url}/a")


def test_host_that_does_not_answer_is_a_fetch_error() -> None:
    with socket.socket() as idle:
        idle.bind(("127.0.0.1", 0))
        port = idle.getsockname()[1]
    slept = Slept()
    fetcher = Fetcher(Guard(allowed={("127.0.0.1", port)}), base_url=f"http://127.0.0.1:{port}", timing=slept.timing())
    with pytest.raises(FetchError, match="try 5"):
        fetcher.get(f"http://127.0.0.1:{port}/")


def test_route_gives_no_time_after_its_deadline() -> None:
    route = Route("127.0.0.1", lambda: 10.0)
    route.deadline = 10.0
    with pytest.raises(TimeoutError):
        route.left_s(5)


def test_bucket_spaces_requests_out() -> None:
    slept = Slept()
    bucket = Bucket(2, 2, slept.timing())
    for _ in range(4):
        bucket.take()
    assert slept.sleeps == [0.5, 0.5]


ROBOTS = {
    "allowed": (b"User-agent: *\nDisallow: /private\n", "/ads", True),
    "forbidden": (b"User-agent: *\nDisallow: /ads\n", "/ads", False),
    "wildcard": (b"User-agent: *\nDisallow: /*/secret$\n", "/x/secret", False),
    "longest-match-wins": (b"User-agent: *\nDisallow: /a\nAllow: /ads\n", "/ads", True),
    "own-group": (b"User-agent: *\nDisallow: /\n\nUser-agent: Minerva-connectors\nAllow: /\n", "/ads", True),
    "empty": (b"", "/ads", True),
}


@pytest.mark.parametrize(("rules", "path", "allowed"), ROBOTS.values(), ids=ROBOTS.keys())
def test_robots_rules_are_kept(site: Site, rules: bytes, path: str, allowed: bool) -> None:
    site.routes["/robots.txt"] = lambda handler: handler.answer(200, rules, "text/plain")
    robots = Robots(fetcher_for(site))
    if allowed:
        robots.check(site.url + path)
    else:
        with pytest.raises(FetchError, match="forbids"):
            robots.check(site.url + path)


def test_robots_is_asked_once_and_absence_allows(site: Site) -> None:
    robots = Robots(fetcher_for(site))
    robots.check(f"{site.url}/a")
    robots.check(f"{site.url}/b")
    assert site.paths() == ["/robots.txt"]


def test_robots_that_cannot_be_had_forbids(site: Site) -> None:
    site.routes["/robots.txt"] = flaky([503] * 9)
    with pytest.raises(FetchError, match="cannot be had"):
        Robots(fetcher_for(site)).check(f"{site.url}/a")


def test_crawl_delay_slows_the_fetcher(site: Site) -> None:
    site.routes["/robots.txt"] = lambda handler: handler.answer(200, b"User-agent: *\nCrawl-delay: 4\n", "text/plain")
    site.routes["/a"] = GOOD
    slept = Slept()
    fetcher = fetcher_for(site, slept)
    Robots(fetcher).check(f"{site.url}/a")
    for _ in range(3):
        fetcher.get(f"{site.url}/a")
    assert slept.sleeps[-1] == 4.0


def test_large_honest_answer_arrives_whole(site: Site) -> None:
    body = json.dumps([{"n": number, "t": time.strftime("%Y")} for number in range(50_000)]).encode()
    site.routes["/a"] = packed(gzip.compress(body, 1))
    assert fetcher_for(site).get(f"{site.url}/a").body == body
