"""Mail input: from the settings of one mailbox input to a finished run, under the same address rules as the web."""

from __future__ import annotations

from collections.abc import Callable

from minerva.intake.errors import FetchError, GuardError
from minerva.intake.facts.exchange import ImapFacts
from minerva.intake.facts.source import Source
from minerva.intake.facts.web import Auth
from minerva.intake.inputs import InputError, Network, Surroundings, mark_of, put_off, run_transport
from minerva.intake.running.runner import Report
from minerva.intake.web.account import Account
from minerva.intake.web.guard import Guard, Resolve, Target, pair_of, parse_allowed

IMAPS_PORT = 993


def check_mail(source: Source, address: str, account: bool, network: Network) -> None:
    """Raises InputError unless the mail server, or its stand-in, may be reached and an account is named."""
    if not account:
        raise InputError("account: a mailbox needs an account")
    try:
        _target(_facts(source), address, network, lambda _host, _port: ["8.8.8.8"])
    except GuardError as error:
        raise InputError(f"address: {error}") from None


def run_mail(
    source: Source,
    stanza: str,
    tenant_id: str,
    *,
    address: str,
    mailbox: str,
    folder: str,
    account: Account,
    network: Network,
    world: Surroundings,
) -> Report:
    """One run of a mailbox input. Raises InputError or StateError before anything is asked.

    `address` is host:port in place of the source's, `mailbox` whose it is where the account is another's.
    """
    from minerva.intake.web.mailbox import MailboxSource

    facts = _facts(source)
    if network.stopped:
        return put_off(source, world)
    try:
        target = _target(facts, address, network, world.resolve)
    except GuardError as error:
        raise InputError(f"address: {error}") from None
    user = mailbox or account.user
    for name, text in (("mailbox", user), ("account", account.key), ("folder", folder or facts.folder)):
        if not text or not text.isascii() or not text.isprintable():
            raise InputError(f"{name}: plain characters are needed, and none beyond ASCII")
    box = MailboxSource(
        facts, target, user, _secret(facts, account, network, world), folder=folder, ca_file=network.ca_file
    )
    reading = mark_of(source.source_id, target.host, target.port, user, folder or facts.folder)
    return run_transport(source, stanza, tenant_id, lambda _: box, world, reading)


def _facts(source: Source) -> ImapFacts:
    if source.imap is None:
        raise InputError(f"source_id: the source {source.source_id!r} is not read over imap")
    return source.imap


def _target(facts: ImapFacts, address: str, network: Network, resolve: Resolve) -> Target:
    """Where the mailbox is. Raises GuardError. The guard knows web addresses: the pair of host and port is judged."""
    url = f"https://{address or f'{facts.host}:{facts.port}'}/"
    guard = Guard(
        allowed=parse_allowed(network.allowed) & {pair_of(url)},
        ports=(IMAPS_PORT,) if address else (facts.port,),
        own_addresses=network.own_addresses,
        resolve=resolve,
    )
    return guard.check(url)


def _secret(facts: ImapFacts, account: Account, network: Network, world: Surroundings) -> Callable[[], str]:
    """Gives the account's key, or the token that the token address gives for it."""
    if facts.auth != "xoauth2" or not facts.token_url:
        return lambda: account.key

    def token() -> str:
        from minerva.intake.web.credentials import credentials
        from minerva.intake.web.fetch import Fetcher

        auth = Auth("oauth2", token_url=facts.token_url, scope=facts.scope, send=facts.send, form=facts.form)
        plain = facts.token_url.startswith("http:")
        allowed = parse_allowed(network.allowed) & {pair_of(facts.token_url)}
        try:
            guard = Guard(allowed=allowed, plain_http=plain, own_addresses=network.own_addresses, resolve=world.resolve)
            fetcher = Fetcher(guard, base_url=facts.token_url, timing=world.timing, ca_file=network.ca_file)
        except GuardError:
            raise FetchError("token", "the token address may not be fetched") from None
        try:
            given = credentials(auth, account, world.timing).secrets(fetcher).headers["Authorization"]
        except ValueError as error:
            raise FetchError("token", str(error)) from None
        finally:
            fetcher.close()
        return given.partition(" ")[2]

    return token
