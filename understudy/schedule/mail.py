"""The email action: plain text to the server of alert_actions.conf [email], results inline or as a CSV file."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.message import EmailMessage
from itertools import islice

from understudy.conf import boolean
from understudy.protocol.alert_actions import Firing
from understudy.protocol.result_csv import to_csv
from understudy.schedule.refusal import ActionRefusedError
from understudy.spl.values import text_of

SECONDS = 30
RENDERED = ("sendpdf", "sendpng")
SUBJECT = "Splunk Alert: $name$"
MESSAGE = "The alert condition for '$name$' was triggered."


def compose(
    settings: Mapping[str, str], told: Callable[[str, str], str], firing: Firing, link: str, search: str
) -> EmailMessage:
    """Returns the mail. told: a setting with its tokens filled, by name and default. Raises ActionRefusedError."""
    for name in RENDERED:
        if boolean(settings.get(name)):
            raise ActionRefusedError(f"{name}: nothing here draws results; use sendcsv or inline")
    message = EmailMessage()
    for header in ("to", "cc", "bcc"):
        addresses = _addresses(told(header, ""), settings)
        if addresses:
            message[header.capitalize()] = ", ".join(addresses)
    if not any(message[header] for header in ("To", "Cc", "Bcc")):
        raise ActionRefusedError("action.email.to names nobody")
    sender = told("from", "splunk")
    message["From"] = sender if "@" in sender else f"{sender}@localhost"
    message["Subject"] = " ".join(told("subject", told("subject.alert", SUBJECT)).split())
    if settings.get("priority", "").strip() in ("1", "2", "3", "4", "5"):
        message["X-Priority"] = settings["priority"].strip()
    parts = [told("message.alert", MESSAGE)]
    if boolean(settings.get("include.search")):
        parts.append(f"Search: {search}")
    if boolean(settings.get("include.trigger_time")):
        parts.append(f"Time: {datetime.fromtimestamp(firing.trigger_time, UTC).isoformat(timespec='seconds')}")
    if boolean(settings.get("include.results_link"), True):
        parts.append(f"Results: {link}")
    results = boolean(settings.get("sendresults"))
    if results and boolean(settings.get("inline")):
        parts.append(_inline(settings, firing))
    if told("footer.text", ""):
        parts.append(told("footer.text", ""))
    message.set_content("\n\n".join(part for part in parts if part))
    if boolean(settings.get("sendcsv")) and (firing.count or boolean(settings.get("allow_empty_attachment"), True)):
        message.add_attachment(_csv(settings, firing), subtype="csv", filename="results.csv")
    return message


def send(message: EmailMessage, settings: Mapping[str, str]) -> None:
    """Hands the mail to the configured server. Raises ActionRefusedError when none is or it does not take it."""
    server = settings.get("mailserver", "").strip()
    if not server:
        raise ActionRefusedError("no mail server is configured: alert_actions.conf [email] mailserver")
    host, _, port = server.partition(":")
    encrypted = boolean(settings.get("use_ssl"))
    number = int(port) if port.isdigit() else (465 if encrypted else 25)
    context = ssl.create_default_context()
    try:
        with (
            smtplib.SMTP_SSL(host, number, timeout=SECONDS, context=context)
            if encrypted
            else smtplib.SMTP(host, number, timeout=SECONDS)
        ) as connection:
            if boolean(settings.get("use_tls")):
                connection.starttls(context=context)
            if settings.get("auth_username"):
                connection.login(settings["auth_username"], settings.get("auth_password", ""))
            connection.send_message(message)
    except smtplib.SMTPException as error:
        raise ActionRefusedError(f"the mail server did not take the mail: {type(error).__name__}") from None


def _addresses(text: str, settings: Mapping[str, str]) -> list[str]:
    """Returns the addresses of a list. Raises ActionRefusedError for a domain that allowedDomainList does not name."""
    found = [part.strip() for part in text.replace(";", ",").split(",") if part.strip()]
    allowed = settings.get("allowedDomainList", "").strip()
    if allowed and allowed != "allow_all":
        domains = {part.strip().lower() for part in allowed.split(",")}
        for address in found:
            if allowed == "deny_all" or address.rpartition("@")[2].lower() not in domains:
                raise ActionRefusedError("allowedDomainList does not name the domain of a recipient")
    if any("\n" in address or "\r" in address or "@" not in address for address in found):
        raise ActionRefusedError("action.email.to holds what is no address")
    return found


def _most(settings: Mapping[str, str]) -> int:
    text = settings.get("maxresults", "10000").strip()
    return int(text) if text.isdigit() else 10_000


def _csv(settings: Mapping[str, str], firing: Firing) -> str:
    return to_csv(firing.fields, islice(iter(firing.rows()), _most(settings)))


def _inline(settings: Mapping[str, str], firing: Firing) -> str:
    """Returns the results as format says: table (columns padded), csv or raw."""
    form = settings.get("format", "table").strip().lower()
    rows = islice(iter(firing.rows()), _most(settings))
    if form == "csv":
        return _csv(settings, firing)
    if form == "raw":
        return "\n".join(text_of(row["_raw"]) for row in rows if "_raw" in row)
    if form not in ("table", "html", "plain", ""):
        raise ActionRefusedError(f"format '{form}' is not known: table, csv and raw are")
    table = [list(firing.fields)]
    for row in rows:
        cells = []
        for name in firing.fields:
            value = row.get(name, "")
            cells.append(" ".join(text_of(item) for item in value) if isinstance(value, list) else text_of(value))
        table.append(cells)
    widths = [max(len(line[column]) for line in table) for column in range(len(firing.fields))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in table
    )
