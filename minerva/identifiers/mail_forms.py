"""Where e-mail addresses stand in a text, whatever way they are written in, and which of those found are kept.

Each place that may stand for the sign @ is looked at once (mail_around.py). Linear in the text: what is read around a
place is bounded.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from itertools import chain

from minerva.identifiers import (
    hosts,
    mail_anchors,
    mail_ciphers,
    mail_described,
    mail_encoded,
    mail_gates,
    mail_glued,
    mail_groups,
    mail_guesses,
    mail_meant,
    mail_patterns,
    mail_placeholders,
    mail_plainer,
    mail_remarks,
    mail_rewritten,
    mail_signed,
    mail_taken_out,
    mail_words,
)
from minerva.identifiers.lockstep import Search, alone
from minerva.identifiers.mail_around import around
from minerva.identifiers.mail_local import TEMPLATES, with_whole_suffix
from minerva.identifiers.mail_places import addresses, in_original, in_place_of_parts
from minerva.identifiers.mail_unlike import Found, in_camel, in_capitals, may_be_camel, may_hold_rare_capitals
from minerva.identifiers.mail_words import Words
from minerva.identifiers.spans import changed, meets

READ, _AROUND, _GUESSES, _REMARKS, _TAKEN_OUT, _READ_OUT, _TOLD, TOLD_LAST, _PLAINER, HOSTS = range(10)
"""The steps of a search, in which many texts are read (lockstep.py); READ and HOSTS are those of who asks for it."""


def find(text: str, folded: str, as_it_is: bool = True, later: list[str] | None = None) -> list[Found]:
    """The answer of `search`, for one text alone."""
    return alone(search(text, folded, as_it_is, later))


def search(text: str, folded: str, as_it_is: bool = True, later: list[str] | None = None) -> Search[list[Found]]:
    """`_search`, and what is found when the text is written plainly (mail_plainer.py)."""
    found = yield from _search(text, folded, as_it_is, later)
    if not as_it_is or (
        # Each sign is of an address, and no remark says what to leave out: most texts with addresses.
        found and folded.count("@") <= len(found) and "(" not in folded and "[" not in folded and folded.isascii()
    ):
        return addresses(found) if found else found
    at = folded.find("@")
    if (at >= 0 and mail_plainer.at_host(folded, at) is not None) or (
        not folded.isascii() and mail_plainer.is_pictured(folded)
    ):
        yield _PLAINER
        found = _written_plainly(folded, found)
    if not found and at >= 0 and (folded.find("1/2") >= 0 or folded.find("1 ") >= 0):
        return addresses(list(mail_plainer.in_numbered_parts(folded)))
    return addresses(found) if found else found


def _written_plainly(folded: str, found: list[Found]) -> list[Found]:
    """`found` with the addresses of the text in plain writing that are not there yet, in place of what they overlap."""
    changes = mail_plainer.changes(folded)
    told: list[Found] = []
    if changes:
        written, starts = changed(folded, changes)
        known = {each.address for each in found}
        parts = sorted([place for place, word in changes.items() if word != "email:"])
        places = sorted([each[:2] for each in found])
        for each in alone(_search(written, written)):
            start, end = starts[each.start], starts[each.end - 1] + 1
            if each.address not in known and (meets(parts, start, end) or not meets(places, start, end)):
                told.append(each._replace(start=start, end=end, method="cleaned" if parts else each.method, others=()))
    return in_place_of_parts(found, told)


def _search(text: str, folded: str, as_it_is: bool = True, later: list[str] | None = None) -> Search[list[Found]]:
    """The addresses of a text, by start, without overlaps; `folded` is the text in lower case without accents. Not
    `as_it_is`: the text was made of another (turned around, decoded, with signs replaced), and no other is made of it.
    `later`: other ways are tried behind these and before `told_last`, which is asked if `folded` is added to it.
    """
    found: list[Found] = []
    pattern, words = mail_anchors.anchor_of(folded)
    is_told = words is not None and not words.isdisjoint(mail_words.NAMING)
    search = mail_anchors.ANCHOR.search if every_way else pattern.search
    last = 0
    anchor = search(folded)
    has_anchor = anchor is not None
    if has_anchor:
        yield _AROUND
    while anchor is not None:
        each = around(text, folded, anchor, last)
        if each is None:
            anchor = search(folded, anchor.start() + 1)
        else:
            last = each.end
            whole = with_whole_suffix(folded, each)
            if whole is not None:
                found.append(whole)
                last = whole.end
            anchor = search(folded, last)
    # One letter is looked for in a fifth of the time of two.
    if "A" in text and ("AT" in text or "ARROBA" in text) and mail_anchors.CAPITALS.search(text) is not None:
        # What is read in small letters takes the dots in capitals for letters.
        whole_ones = (with_whole_suffix(folded, each) for each in in_capitals(text))
        found = in_place_of_parts(found, [each for each in whole_ones if each is not None])
    yield _GUESSES
    has_mail, has_yahoo = "mail" in folded, "yahoo" in folded
    is_named = not found and (has_mail or has_yahoo or "outlook" in folded or "cloud" in folded)
    if (
        (has_mail and mail_guesses.may_name_provider(folded))
        or (has_yahoo and mail_guesses.may_name_yahoo(folded))
        or (is_told and mail_guesses.may_tell(folded))
        or (is_named and "outlook" in folded and mail_guesses.may_name_outlook(folded))
        or (is_named and mail_signed.may_stand_before_provider(folded))
    ):
        _add_guesses(folded, found, is_told)
    if not as_it_is:
        return found
    if found:
        if (
            words is None
            and found[0].method in _AS_A_WHOLE
            and found[-1].method in _AS_A_WHOLE
            and "}" not in folded
            and (folded.isascii() or "(" not in folded)
        ):
            # Most texts with addresses.
            return found
        yield _REMARKS
        return _with_what_else_is_told(text, folded, found, words)
    if words is not None or not folded.isascii():
        yield _TAKEN_OUT
        found = _taken_out(text, folded, found, words)
        if found:
            return found
    # Nothing is written out that has no sign in any way.
    if (has_anchor or is_named) and mail_gates.may_be_read_out(folded, words):
        yield _READ_OUT
        found = _read_out(folded, found, words)
        if found:
            return found
    yield _TOLD
    known = pattern is not mail_anchors.ANCHOR_COMMON, is_named, words
    return (yield from _told(text, folded, known, later))


_AS_A_WHOLE = frozenset(["plain", "brackets", "words"])
"""How addresses are written that are no part of one that is told in another way, unless words say so."""


def _taken_out(text: str, folded: str, found: list[Found], words: Words) -> list[Found]:
    """`found` with the addresses from which the text says that something is to be taken out."""
    if not mail_taken_out.may_hold(folded, words):
        return found
    changes = mail_taken_out.changes(text, folded)
    if not changes:
        return found
    written, starts = changed(folded, changes)
    whole = find(written, written, as_it_is=False)
    # At its ends too.
    parts = [(max(0, begin - 1), end + 1) for begin, end in changes]
    told = []
    for each in in_original(whole, starts, parts, "cleaned"):
        beside = [other for other in found if meets([other[:2]], *each[:2])]
        if any(other.address == each.address for other in beside):
            continue
        if not any(other.method == "cleaned" and len(other.address) <= len(each.address) for other in beside):
            # As it is written it is another reading.
            told.append(each._replace(others=tuple(other.address for other in beside[:1])))
    return in_place_of_parts(found, told)


def _with_what_else_is_told(text: str, folded: str, found: list[Found], words: Words) -> list[Found]:
    """`found` with what a text says of how its addresses are read, and of further ones at their hosts."""
    found = _taken_out(text, folded, found, words)
    methods = {found[0].method, found[-1].method}
    if "coded" in methods and "\\" in folded:
        # Its other letters may be codes too.
        found = with_references(folded, found)
    is_remarked = words is not None and not words.isdisjoint(mail_words.REMARKED)
    may_be_part = (
        methods != {"plain"}
        and (
            words is not None
            # What is found may be a part of an address that is told letter by letter, or in lines.
            or ("joined" in methods and ", " in folded)
            or ("spaced" in methods and ("\n" in folded or "-" in found[0].address.partition("@")[2][1:2]))
            or ("(" in folded and not folded.isascii())
        )
    )
    if is_remarked or may_be_part:
        found = _read_out(folded, found, words)
    if words is not None and not words.isdisjoint(mail_words.DIGITS_MEANT):
        found = mail_meant.as_meant(folded, found)
    if ("}" in folded or words is not None) and mail_groups.may_hold(folded, words):
        more = mail_groups.others(folded, [each[:3] for each in found])
        spans = [(each.start, each.end) for each in found]
        found = sorted(found + [Found(*each, "joined") for each in more if not meets(spans, *each[:2])])
    return found


def _told(text: str, folded: str, known: tuple[bool, bool, Words], later: list[str] | None) -> Search[list[Found]]:
    """The addresses of a text in which none stands as usual; `known`: whether the sign may have a name of its own in
    it, whether a provider is named, and the words of mail_words.TELLING in it."""
    has_sign_word, is_named, words = known
    # A letter or two are asked for here, as few texts have them and a call takes longer.
    if ("A" in text or "ETg" in text or not text.isascii()) and may_hold_rare_capitals(text):
        found = [*in_capitals(text, rare=True)]
        if found:
            return found
    if "qq" in folded and not folded.isascii():
        found = [Found(*each, "guessed") for each in mail_guesses.at_qq(folded)]
        if found:
            return found
    if "At" in text and may_be_camel(text):
        found = [*in_camel(text)]
        if found:
            return found
    if words is not None and mail_ciphers.may_hold(folded):
        found = [Found(*each, "coded") for each in mail_ciphers.decoded(text, folded)]
        if found:
            return found
    if words is not None and (
        not words.isdisjoint(mail_words.TURNING)
        or (
            ("moc" in folded or "liam" in folded or "oohay" in folded or "elpmaxe" in folded)
            and not words.isdisjoint(mail_words.NAMING)
        )
    ):
        found = _from_right(folded)
        if found:
            return found
    has_at = "@" in folded
    if has_at and ("m@il." in folded or "y@hoo." in folded):
        # "jen4u at gm@il.com"
        written = mail_patterns.SIGN_FOR_A.sub(lambda name: name[0].replace("@", "a"), folded)
        return find(written, written, as_it_is=False) if written != folded else []
    signed = _with_signs(folded, has_sign_word, words)
    if signed is not None:
        return signed
    found = []
    if (
        (is_named and mail_glued.may_hold(folded)) or "hiocciol" in folded or "pontocom" in folded
        or (has_sign_word and not folded.isascii())
    ):  # fmt: skip
        found = [Found(start, end, address, "words") for start, end, address in mail_glued.glued(folded)]
    if (
        not found
        and ("%" in folded or "\\" in folded or "=40" in folded or "u+" in folded)
        and mail_encoded.holds_codes(folded)
    ):
        found = [*_in_codes(folded)]
    may_describe = is_named and (has_sign_word or has_at)
    if words is not None and not found:
        if not words.isdisjoint(mail_words.COUNTING) and mail_encoded.may_be_row(folded):
            found = [Found(start, end, address, "coded") for start, end, address in mail_encoded.rows(folded)]
        may_describe = may_describe or not words.isdisjoint(mail_words.DESCRIBING)
    if may_describe and not found:
        found = [Found(*each, "guessed") for each in mail_described.described(folded)]
    if found or not (
        is_named or has_sign_word or words is not None or (has_at and mail_gates.names_a_site(folded))
        or (not folded.isascii() and (has_at or mail_words.names_mail(folded)))
        or ("d0" in folded and mail_gates.may_be_drawn(folded))
    ):  # fmt: skip
        return found
    if later is None:
        yield TOLD_LAST
        return told_last(text, folded, has_sign_word)
    later.append(folded)
    return found


def _with_signs(folded: str, has_sign_word: bool, words: Words) -> list[Found] | None:
    """The addresses of a text with signs in place of what it says to stand for them; None if it says so of none."""
    may_swap = words is not None and not words.isdisjoint(mail_words.SWAPPING)
    is_set = "=" in folded and mail_signed.MAY_BE.search(folded) is not None
    has_at = "@" in folded
    if may_swap or is_set or " where " in folded or (has_at and mail_signed.MAY_SAY.search(folded) is not None):
        signed = mail_signed.with_signs_said(folded, may_swap)
        if signed is not None:
            cleaned = [each._replace(method="cleaned") for each in find(signed, signed, as_it_is=False)]
            # A sign may stand for the dot as well, which mail_placeholders reads.
            if cleaned or not is_set:
                return cleaned
    if has_sign_word or is_set or (has_at and mail_placeholders.SIGN_ALONE.search(folded) is not None):
        changes = mail_placeholders.changes(folded, has_sign_word or is_set)
        if changes:
            written, starts = changed(folded, changes)
            found = in_original(find(written, written, as_it_is=False), starts, list(changes), "cleaned")
            return found or None
    return None


def _read_out(folded: str, found: list[Found], words: Words) -> list[Found]:
    """`found` with the addresses of the text as it is read (mail_rewritten.py), in place of the parts of them that are
    found."""
    ways = mail_rewritten.ways_in(folded, words, bool(found))
    whole = mail_rewritten.read_out(folded, ways) if ways else None
    if whole is None:
        return found
    written, starts, parts = whole
    told = find(written, written, as_it_is=False) or (told_last(written, written) if not found else [])
    return in_place_of_parts(found, in_original(told, starts, parts, "joined"))


def told_last(text: str, folded: str, has_sign_word: bool | None = None) -> list[Found]:
    """The addresses of a text in which nothing else finds one: with misspelled names, or in two places.
    `has_sign_word`: whether the sign may have a name of its own in it, None if nobody looked."""
    is_named = "mail" in folded or "yahoo" in folded or "outlook" in folded or "cloud" in folded
    is_named = is_named or mail_gates.may_be_drawn(folded)
    words = frozenset(mail_words.letters_of(folded))
    if not (
        is_named or mail_words.names_mail(folded) or mail_gates.names_a_site(folded) or "at sign" in folded
        or has_sign_word
        or (has_sign_word is None and mail_anchors.anchor_of(folded)[0] is not mail_anchors.ANCHOR_COMMON)
        or not mail_words.MAILING.isdisjoint(words)
        or mail_rewritten.may_be_wide(folded)
    ):  # fmt: skip
        return []
    # Loaded when the first text asks for them, as few do.
    from minerva.identifiers import (
        mail_asides,
        mail_halves,
        mail_misspelled,
        mail_named,
        mail_same_host,
        mail_signs_missing,
    )

    changes = mail_remarks.closed_up(folded) if mail_remarks.may_close_up(folded) else {}
    if not changes:
        changes = mail_rewritten.letters_closed_up(folded)
    if not changes and mail_rewritten.may_say_hyphens(folded):
        changes = mail_rewritten.hyphens_in_hosts(folded)
    if not changes:
        changes = mail_rewritten.said_signs(folded)
    if changes:
        written, starts = changed(folded, changes)
        told = find(written, written, as_it_is=False) or told_last(written, written)
        found = in_original(told, starts, list(changes), "joined")
        if found:
            return found
    if is_named and mail_misspelled.may_hold(folded):
        put_right = mail_misspelled.put_right(folded)
        found = [*_misspelled(*put_right)] if put_right is not None else []
        if found:
            return found
    whole = (
        mail_asides.beside_asides(text, folded, words)
        or mail_signs_missing.signs_missing(folded, words)
        or mail_halves.told_in_two_places(text, folded, words)
    )
    if whole is None and mail_same_host.may_hold(folded):
        whole = mail_same_host.at_same_host(folded)
    if whole is not None:
        return addresses([Found(*whole, "joined")])
    guess = mail_named.named(text, folded, words)
    return [] if guess is None else addresses([Found(*guess, "guessed")])


_LEAST_MISSPELLED = 3
"""The shortest mailbox name before a misspelled sign."""


def _misspelled(text: str, starts: list[int]) -> Iterator[Found]:
    """The addresses with misspelled names of signs and providers; those are put right in `text`, of which each
    character is from one of `starts`."""
    for each in find(text, text, as_it_is=False):
        local, _, host = each.address.partition("@")
        if len(local) < _LEAST_MISSPELLED or (
            # "gmail it is"
            host not in hosts.MAIL_PROVIDERS and host.partition(".")[0] in mail_words.PROVIDERS
        ):
            continue
        # Where the last letter stands, as words that are put right are longer or shorter.
        yield each._replace(start=starts[each.start], end=starts[each.end - 1] + 1, method="guessed", others=())


def _in_codes(folded: str) -> Iterator[Found]:
    """The addresses with letters that are written as codes."""
    plain = mail_encoded.decoded(folded)
    if plain is None:
        return
    for each in find(plain.text, plain.text, as_it_is=False):
        if plain.holds_code(each.start, each.end) and each.method != "guessed":
            yield each._replace(start=plain.starts[each.start], end=plain.starts[each.end], method="coded")


def with_references(folded: str, found: list[Found]) -> list[Found]:
    """`found` with the addresses of which letters are written as references of HTML, `&#106;en@mail.example`, in place
    of the parts of them that are found."""
    return in_place_of_parts(found, [*_in_codes(folded)])


_TURNED = str.maketrans("()[]{}<>", ")(][}{><")


def _from_right(folded: str) -> list[Found]:
    """The addresses of a text read from its end: `moc tod liamg ta nej`."""
    size, turned = len(folded), folded[::-1].translate(_TURNED)
    return [
        each._replace(start=size - each.end, end=size - each.start, method="reversed", others=())
        for each in reversed(find(turned, turned, as_it_is=False))
        if each.method != "guessed"
    ]


def _add_guesses(folded: str, found: list[Found], is_told: bool) -> None:
    """Adds the addresses of providers told alone, where none is found."""
    starts = [each.start for each in found]

    def is_taken(position: int) -> bool:
        place = bisect_right(starts, position)
        return place > 0 and found[place - 1].end > position

    guesses: list[Found] = []
    guessed = chain(
        mail_guesses.beside_providers(folded, is_taken, is_told),
        () if found else mail_signed.before_providers(folded),
    )
    for start, end, address in sorted(guessed):
        if address.partition("@")[0] in TEMPLATES:
            # "firstname.lastname on gmail"
            continue
        place = bisect_right(starts, start)
        free = (place == 0 or found[place - 1].end <= start) and (place == len(starts) or end <= starts[place])
        if free and (not guesses or guesses[-1].end <= start):
            guesses.append(Found(start, end, address, "guessed"))
    if guesses:
        found.extend(guesses)
        found.sort()


every_way = False
"""Tests switch this on: then every text is searched for every way of writing the sign."""
