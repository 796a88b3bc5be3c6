"""Advice: codes of runs in words for people: what happened, and what to do. A code that nobody knows says so."""

from __future__ import annotations

from collections.abc import Mapping

Words = tuple[str, str]
_WAIT = "Nothing, if the next run succeeds. If it goes on, look at the source's own page."
_CHANGED = (
    "Open the source's own page and compare it with the facts on the page Sources of the add-on; mend them there."
)
_BY_CODE: Mapping[str, Words] = {
    "transport": ("The server could not be reached, or the connection broke.", _WAIT),
    "retry_later": ("The server asked to wait.", "Nothing: the next run that is due goes on."),
    "address_refused": (
        "An address is not a public one, or another host than the facts name.",
        "If the source has moved: mend base_url or hosts. For a machine of your own: Configuration, Network.",
    ),
    "paging": ("The answer lacks the list, or what leads to the next page.", _CHANGED),
    "html": (
        "A web page came where data was promised: a log-in, maintenance or block page.",
        "Open the address in a browser. A log-in needs an account; what the site forbids is left alone.",
    ),
    "captcha": ("The site asks for a human.", "It is left alone. Ask the operator for an interface or a file."),
    "login_wall": (
        "The site shows its page to people alone who log in.",
        "Ask the operator for access, or leave it alone.",
    ),
    "media": ("A picture, film, document or archive came where text was promised.", _CHANGED),
    "content_type": ("The answer is of a type that the facts do not know.", _CHANGED),
    "robots": (
        "The site's robots.txt forbids the address.",
        "It is left alone. Ask the operator, or choose another path.",
    ),
    "robots_unread": ("The site's robots.txt could not be had, so nothing was fetched.", _WAIT),
    "token": ("The token address gave no token.", "Check client id and secret of the account."),
    "login": (
        "The server does not take the account.",
        "Check user name and key of the account, and whether it has expired.",
    ),
    "certificate": ("The server's certificate is not trusted.", "Ask its operator; never switch the check off."),
    "trust_store": (
        "The trust store cannot be read.",
        "Configuration, Network: name a PEM file that the account of splunkd may read.",
    ),
    "folder": ("The mailbox has no folder of that name, or the account may not read it.", "Check the input's folder."),
    "imap": ("The mail server refused a command.", _WAIT),
    "not_readable": ("The account may not read a collection.", "Ask the server's operator for the right to read it."),
    "imap_too_much": ("The mail server sends more than it was asked for.", "Check that the address is the right one."),
    "slow": ("The server did not answer in time.", _WAIT),
    "vault": (
        "The vault did not answer, so nothing was stored.",
        "Open Configuration, Vault, and save it: it is asked then.",
    ),
    "path": ("The folder is not there or cannot be read.", "Check the input's folder and its rights."),
    "scratch": ("The disk is full or not writable where files are kept while they are read.", "Make room on the disk."),
    "error_answer": ("The answer says itself that it is an error.", "Check the account and the parameters."),
    "encoding": ("The text is in another encoding than the facts say.", _CHANGED),
    "header": ("A column that is needed is missing.", _CHANGED),
    "key": ("Rows lack what tells them apart.", _CHANGED),
    "observed_time": ("Times are written in another way than the facts say.", _CHANGED),
    "too_large": ("An answer or file is larger than may be held.", "Ask for smaller pages (size), or raise max_mib."),
    "status_401": ("The server asks for a key, or does not take it (401).", "Check the account and when its key ends."),
    "status_403": ("The server forbids it (403).", "Check the account; a site that blocks readers is left alone."),
    "status_404": ("The address is gone (404).", "Find the new address on the publisher's page and mend the facts."),
    "status_429": ("The server answers that it is asked too often (429).", "Lower rate, or set per_day."),
    "intake": ("The run ended for a reason of its own.", "See splunkd.log for the line event=run_failed."),
}


def advice(code: str) -> Words:
    """What a code means, and what to do."""
    plain = code[5:] if code.startswith("file_") else code
    found = _BY_CODE.get(plain)
    if found is not None:
        return found
    if plain.startswith("status_5"):
        return f"The server failed ({plain[7:]}).", _WAIT
    if plain.startswith("status_"):
        return f"The server refused ({plain[7:]}).", "Check the address and the account."
    for end, words in (
        ("_bomb", "A file unpacks to too much."),
        ("_slow", "A file takes too long to read."),
        ("_memory", "A file takes too much memory."),
    ):
        if plain.endswith(end):
            return words, "See docs/sources.md for the limit, and split the file."
    return f"The run says: {plain.replace('_', ' ')}.", "See the source's lines in splunkd.log."
