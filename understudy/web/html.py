"""The HTML around the pages: header, navigation, login form. Every page says that this is not Splunk."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from understudy.web.navigation import Group, Item, Navigation

NAME = "Understudy: a stand-in for Splunk, not Splunk"


def document(title: str, body: str, *, styles: Sequence[str], scripts: Sequence[str] = ()) -> str:
    """Returns a whole document."""
    links = "".join(f'<link rel="stylesheet" href="{escape(address)}">' for address in styles)
    tags = "".join(f'<script src="{escape(address)}"></script>' for address in scripts)
    return (
        '<!doctype html><html lang="en-US"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>{escape(title)}</title><link rel="icon" href="data:,">{links}</head><body>{body}{tags}</body></html>'
    )


def _link(item: Item, current: str) -> str:
    mark = ' aria-current="page"' if item.view and item.view == current else ""
    return f'<a href="{escape(item.href)}"{mark}>{escape(item.label)}</a>'


def _entry(entry: Item | Group, current: str) -> str:
    if isinstance(entry, Item):
        return f"<li>{_link(entry, current)}</li>"
    items = "".join(f"<li>{_link(item, current)}</li>" for item in entry.items)
    holds = ' class="holds-current"' if any(item.view and item.view == current for item in entry.items) else ""
    summary = f"<summary{holds}>{escape(entry.label)}</summary>"
    return f'<li><details name="menu">{summary}<ul>{items}</ul></details></li>'


def header(app_label: str, navigation: Navigation, current: str, user: str, form_key: str) -> str:
    """Returns the bar that names the stand-in, and the app's own navigation under it."""
    entries = "".join(_entry(entry, current) for entry in navigation.entries)
    return (
        '<a class="skip-link" href="#page">Skip to content</a>'
        '<header class="shell-header">'
        f'<div class="stand-in-bar"><a class="stand-in-name" href="/">{NAME}</a>'
        f'<span class="who">{escape(user)}</span>'
        '<form method="post" action="/en-US/account/logout">'
        f'<input type="hidden" name="splunk_form_key" value="{escape(form_key)}">'
        '<button type="submit">Log out</button></form></div>'
        f'<nav class="app-bar" aria-label="{escape(app_label)}"><ul>{entries}</ul>'
        f'<span class="app-name">{escape(app_label)}</span></nav></header>'
    )


def page(content: str = "") -> str:
    """Returns the place that a page's script fills."""
    waiting = content or "<noscript>These pages need JavaScript.</noscript>"
    return f'<main id="page" tabindex="-1">{waiting}</main>'


def place(name: str) -> str:
    """Returns the element that an app's own script fills."""
    return f'<div id="{escape(name)}"></div>'


def notice(title: str, text: str) -> str:
    """Returns a page of two sentences: what is not there, and what to do."""
    return page(f'<div class="page-body"><h1>{escape(title)}</h1><p>{escape(text)}</p></div>')


def login_form(token: str, return_to: str, error: str) -> str:
    """Returns the login page's body. error is shown, and read out, when there is one.

    `cval` is the field under which Splunk Web's own form sends its value back: pages log in again by it in place.
    """
    message = f'<p class="login-error" role="alert">{escape(error)}</p>' if error else ""
    return (
        f'<main class="login"><h1>{NAME}</h1>'
        "<p>It runs Splunk apps on this machine, so that they can be tried without Splunk.</p>"
        f'{message}<form method="post" action="/en-US/account/login">'
        f'<input type="hidden" name="cval" value="{escape(token)}">'
        f'<input type="hidden" name="return_to" value="{escape(return_to)}">'
        '<label for="username">User name</label>'
        '<input id="username" name="username" autocomplete="username" required autofocus>'
        '<label for="password">Password</label>'
        '<input id="password" name="password" type="password" autocomplete="current-password" required>'
        '<button type="submit">Log in</button></form></main>'
    )
