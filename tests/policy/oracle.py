"""Who may do what, written down a second time as tables of words. It imports nothing of the policy.

A cell is six words: subject, relation, level, action, field class, condition. `permitted` reads the tables.
"""

from __future__ import annotations

from typing import NamedTuple

SUBJECTS = (
    "police analyst", "police admin", "police partner", "shelter analyst", "shelter admin", "shelter partner",
    "company analyst", "university analyst", "operator analyst", "police and shelter analyst", "service", "outsider",
)  # fmt: skip
RELATIONS = ("own", "named", "other group", "community", "everyone", "no grant", "unknown tenant")
LEVELS = (0, 1, 2, 3, 4, 5, 6)
CLASSES = (
    "victim_identity", "suspicious_activity", "witness", "perpetrator", "infrastructure", "statistics", "shoe_size",
)  # fmt: skip

# The own institution's objects. "other" = only what somebody else made, "mine" = only what the asker made.
OWN = """
action        analyst  admin  partner  service
read          yes      yes    yes      yes
describe      yes      yes    yes      yes
count         yes      yes    yes      -
match         yes      -      yes      -
export        yes      -      yes      -
judge         yes      -      yes      -
watch         yes      yes    yes      yes
watch_add     yes      yes    yes      -
watch_remove  mine     yes    -        -
submit        yes      -      yes      -
share         yes      -      -        -
recall        yes      yes    -        -
approve       other    other  -        -
erase         -        yes    -        -
hold          -        yes    -        -
release_hold  -        yes    -        -
administer    -        yes    -        -
audit         -        yes    -        -
health        -        yes    -        -
store         -        -      -        yes
alert         -        -      -        yes
"""
# Objects of others under a live grant: columns of the table of levels. r read, d describe, c count, m match, e export.
FOREIGN = """
level  named  community  academic  operator  public
0      -      -          -         -         -
1      m      m          -         -         -
2      c      c          c         c         -
3      rdcme  c          c         d         -
4      rdcme  -          -         d         -
5      rdcme  rdcme      rdc       d         -
6      rdcme  rdcme      rdcme     rdc       rdc
"""
LETTERS = {"read": "r", "describe": "d", "count": "c", "match": "m", "export": "e"}
CLEARED = {"analyst": "rdcme", "admin": "dc", "partner": "rdcme"}
CEILING = {
    "victim_identity": 1, "suspicious_activity": 0, "witness": 0, "perpetrator": 5, "infrastructure": 5,
    "statistics": 6, "shoe_size": 0,
}  # fmt: skip
"""With two approvers and consent, as in the plain condition."""
ONLY_ANALYSTS = ("victim_identity", "suspicious_activity", "witness")
MATCHED = ("victim_identity", "perpetrator", "infrastructure")

ABROAD = "named community everyone"
DATA = "read describe count match export"
# condition: (relations, actions, classes, levels) that it takes away; "*" = all.
TAKES: dict[str, tuple[tuple[str, str, str, str], ...]] = {
    "plain": (),
    "acting for own": (),
    "expired": ((ABROAD, DATA, "*", "*"),),
    "expires now": ((ABROAD, DATA, "*", "*"),),
    "starts now": (),
    "not yet": ((ABROAD, DATA, "*", "*"),),
    "revoked": ((ABROAD, DATA, "*", "*"),),
    "revoked now": ((ABROAD, DATA, "*", "*"),),
    "to be revoked": (),
    "group closed": (("named", DATA, "*", "*"),),
    "group gone": (("named", DATA, "*", "*"),),
    "owner left group": (("named", DATA, "*", "*"),),
    "reader left group": (("named", DATA, "*", "*"),),
    "owner suspended": (("*", "*", "*", "*"),),
    "owner retired": (("*", "*", "*", "*"),),
    "erased": (
        ("*", "read describe count match export judge watch watch_add watch_remove submit share recall approve erase "
         "hold release_hold administer health store alert", "*", "*"),
    ),
    "no purpose": (("own", "export share", "*", "*"), (ABROAD, "read match export", "*", "*")),
    "invented purpose": (("own", "export share", "*", "*"), (ABROAD, "read match export", "*", "*")),
    "no case": (("own", "export share", "*", "*"), (ABROAD, "read match export", "*", "*")),
    "no legal basis": (("own", "export share", "*", "*"), (ABROAD, "read match export", "*", "*")),
    "legal basis": (),
    "no approval": (
        (ABROAD, DATA, "*", "4 5 6"), (ABROAD, DATA, "victim_identity", "*"),
        ("own", "share", "*", "4 5 6"), ("own", "share export", "victim_identity", "*"),
        ("own", "release_hold", "*", "*"),
    ),
    "hold": (),
    "hold without approval": (("own", "erase", "*", "*"),),
    "many rows": (),
    "many rows without approval": (("own", "export", "*", "*"),),
    "hundred rows without approval": (),
    "membership": (),
    "membership without approval": (("own", "administer", "*", "*"),),
    "policy without approval": (("own", "administer", "*", "*"),),
    "one approver": (),
    "same approver twice": (),
    "asker made it": (),
    "no consent": (),
    "vawa_voca": (),
    "sar": (),
    "gdpr_led": (),
    "28cfr23": (),
    "28cfr23 without suspicion": (),
    "unheard-of profile": ((ABROAD, DATA, "*", "*"), ("own", "export share", "*", "*")),
    "match off at owner": ((ABROAD, "match", "*", "*"),),
    "match off at reader": ((ABROAD, "match", "*", "*"),),
    "match in groups at owner": (("community everyone", "match", "*", "*"),),
    "match in groups at reader": (("community everyone", "match", "*", "*"),),
    "class not released": ((ABROAD, DATA, "*", "*"),),
    "acting for a stranger": (("*", "*", "*", "*"),),
    "target above marking": (("own", "share", "*", "0 1 2 3 4 5"),),
    "target private": (),
    "grant of level 2": (),
    "grant of level 6": (),
    "reader suspended": (("own", "*", "*", "*"),),
    "also admin": (),
    "handling codes": (),
    "just the two": (),
    "behind an expired grant": (),
    "behind a revoked grant": (),
    "behind a strange group's grant": (),
}  # fmt: skip
# Approvals that count for nothing take what no approval takes; "without approval" conditions take both.
WORTHLESS = (
    "approved by author", "approved by a stranger", "approved other content", "approved too long ago",
    "approved later", "no content hash",
)  # fmt: skip
TAKES |= dict.fromkeys(WORTHLESS, TAKES["no approval"])
TAKES |= {name: (*rules, *TAKES["no approval"]) for name, rules in TAKES.items() if name.endswith("without approval")}
TAKES["approved 72 hours ago"] = ()
LOWERED: dict[str, dict[str, int]] = {
    "one approver": {"perpetrator": 4},
    "same approver twice": {"perpetrator": 4},
    "no consent": {"victim_identity": 0},
    "vawa_voca": {"victim_identity": 0},
    "sar": {"perpetrator": 1},
    "gdpr_led": {"perpetrator": 4},
    "28cfr23 without suspicion": {"perpetrator": 0},
}
GRANTED_LEVEL = {"grant of level 2": 2, "grant of level 6": 6}
CONDITIONS = tuple(TAKES)


def _table(text: str) -> dict[tuple[str, str], str]:
    head, *lines = text.strip().splitlines()
    names = head.split()[1:]
    return {(line.split()[0], name): word for line in lines for name, word in zip(names, line.split()[1:], strict=True)}


_OWN, _FOREIGN = _table(OWN), _table(FOREIGN)
ACTIONS = tuple(dict.fromkeys(action for action, _ in _OWN))


class Cell(NamedTuple):
    subject: str
    relation: str
    level: int
    action: str
    field_class: str
    condition: str


def cell(number: int) -> Cell:
    """The cell of a number from 0 to CELLS - 1; plain cells come first."""
    words = []
    for choices in (CLASSES, ACTIONS, LEVELS, RELATIONS, SUBJECTS, CONDITIONS):
        number, at = divmod(number, len(choices))
        words.append(choices[at])
    field_class, action, level, relation, subject, condition = words
    return Cell(str(subject), str(relation), int(level), str(action), str(field_class), str(condition))


PLAIN = len(CLASSES) * len(ACTIONS) * len(LEVELS) * len(RELATIONS) * len(SUBJECTS)
CELLS = PLAIN * len(CONDITIONS)


def permitted(asked: Cell) -> bool:
    """What the tables say."""
    subject, relation, _, action, field_class, condition = asked
    if relation == "unknown tenant":
        return False
    if subject == "service":
        return _service(action, field_class, condition)
    if subject == "outsider" or (condition == "reader suspended" and relation != "own"):
        return _outsider(asked)
    if _taken(asked):
        return False
    if subject == "operator analyst" and action == "health":
        return True
    standings = [subject.split()[-1], *(["admin"] if condition == "also admin" else [])]
    if relation == "own":
        return any(_own(asked, standing) for standing in standings)
    if action not in LETTERS or not any(LETTERS[action] in CLEARED[standing] for standing in standings):
        return False
    if subject == "police and shelter analyst" and condition != "acting for own":
        return False
    column = {"named": "named", "community": "community", "everyone": "community"}.get(relation)
    if column is None or (action == "match" and field_class not in MATCHED):
        return False
    kind = subject.split()[0]
    column = {"university": "academic", "operator": "operator"}.get(kind, column)
    return _rows(asked, column)


def _own(asked: Cell, standing: str) -> bool:
    word = _OWN[asked.action, standing]
    if asked.field_class in ONLY_ANALYSTS and asked.action in LETTERS and standing != "analyst":
        return False
    if asked.action == "share" and asked.condition != "target private":
        return word == "yes" and asked.level <= _ceiling(asked.field_class, asked.condition)
    mine = asked.condition == "asker made it"
    return word == "yes" or (word == "mine" and mine) or (word == "other" and not mine)


def _service(action: str, field_class: str, condition: str) -> bool:
    if condition in ("owner suspended", "owner retired", "erased"):
        return False
    return _OWN[action, "service"] == "yes" and field_class not in ONLY_ANALYSTS


def _outsider(asked: Cell) -> bool:
    """Users of no institution: the last column, without purpose or case."""
    if asked.relation != "everyone" or asked.action not in ("read", "describe", "count"):
        return False
    if asked.condition in ("no purpose", "invented purpose", "no case", "no legal basis"):
        return _rows(asked, "public")
    return not _taken(asked) and _rows(asked, "public")


def _rows(asked: Cell, column: str) -> bool:
    """Whether the rows of every level in play hold the action's letter."""
    granted = GRANTED_LEVEL.get(asked.condition, asked.level)
    lowest = min(asked.level, granted, _ceiling(asked.field_class, asked.condition))
    letter = LETTERS[asked.action]
    return all(letter in _FOREIGN[str(level), column] for level in (asked.level, granted, lowest))


def _ceiling(field_class: str, condition: str) -> int:
    lowered = 4 if condition in WORTHLESS or condition.endswith(("no approval", "without approval")) else 5
    usual = min(CEILING[field_class], lowered) if field_class == "perpetrator" else CEILING[field_class]
    return min(usual, LOWERED.get(condition, {}).get(field_class, usual))


def _taken(asked: Cell) -> bool:
    words = (asked.relation, asked.action, asked.field_class, str(asked.level))
    return any(
        all(rule == "*" or word in rule.split() for rule, word in zip(rules, words, strict=True))
        for rules in TAKES[asked.condition]
    )
