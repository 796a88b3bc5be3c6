"""What every operation on stored documents needs: who asks, collections behind the policy, readers of a body."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Union

from minerva.audit.trail import Trail
from minerva.documents import PAGE, Collection, Document
from minerva.identifiers import KIND_BY_NAME
from minerva.linking.model import LONGEST_IDENTIFIER, bounded
from minerva.policy import Action, Context, Decision, Object, Subject, decide, tenants_of
from minerva.policy.vocabulary import INFRASTRUCTURE, PURPOSES
from minerva.tenancy import typed
from minerva.tenancy.committed import views
from minerva.tenancy.directory import Directory, NoDirectory

MOST_ASKED = 4_000_000
"""Characters of an identifier that is asked for: one too long to be stored as it is, is known by its hash."""
LONGEST_SPELLED = LONGEST_IDENTIFIER + 100
"""Characters of an identifier that is brought into its normal form: what that costs grows faster than its length."""
Body = Mapping[str, Any]
STEPS = ("list", "add", "remove", "take_back", "take", "hold", "commit", "get", "set", "release", "seen",
         "open", "change", "history", "preview")  # fmt: skip
"""Words of a body's `op` that may stand in the audit."""
OBJECT_KEYS = (
    "entity_id", "identifier", "record_id", "a", "b", "subject_id", "grant_id", "proposal_id", "share_id", "inquiry_id",
    "person", "token_id", "case_id", "item_id", "names", "watch_id",
    "query_id", "school_id", "bank_id", "entry_id", "establishment_id",
    "screening_id",
)  # fmt: skip
EventWriter = Callable[[str, str, str], None]
"""(index, sourcetype, event text)"""


UNSHOWN = ("digest", "words")
"""Keys of a stored entity that serve the store alone."""


MOST_OBJECTS = 1000
"""Things that one entry of the audit names: no operation looks at more."""


class BadRequest(ValueError):
    """The request cannot be understood; the message says what was expected and names no stored data."""


class BadIdentifier(BadRequest):
    """What should be an identifier cannot be read as one; the message says why and does not repeat it."""


class Contradicts(ValueError):
    """The change contradicts what the tenant's people decided; the message names their decisions.

    `code` is for programs: it says which of the contradictions it is.
    """

    def __init__(self, message: str, code: str = "contradiction") -> None:
        super().__init__(message)
        self.code = code


class OverBudget(Exception):
    """The asker has used up what the asker may ask; `seconds` until more may be asked."""

    def __init__(self, message: str, seconds: int) -> None:
        super().__init__(message)
        self.seconds = seconds


class Unavailable(Exception):
    """What is asked cannot be done on this search head; the message says what is missing and how it is put there."""


class Busy(Unavailable):
    """The part has as much to do as it may: 503, to be asked again in so many seconds."""

    def __init__(self, message: str, seconds: int) -> None:
        super().__init__(message)
        self.seconds = seconds


class Absent(LookupError):
    """Not there, or not for this subject: nobody outside can tell which."""


@dataclass(frozen=True)
class Answer:
    """HTTP status and JSON payload of one request."""

    status: int
    payload: dict[str, Any]


def no_secret(name: str) -> bytes:
    """Stands where a door gives no secrets."""
    raise LookupError(f"this door has no secret {name}")


@dataclass(frozen=True)
class Store:
    """All that an operation may touch. `collections` by short name: entities, members, redirects, watchlist,
    judgements, and those of SHARED."""

    subject: Subject
    context: Context
    collections: Mapping[str, Collection]
    clock: Callable[[], float]
    write_event: EventWriter
    trail: Trail
    stored: Mapping[str, Collection] = field(default_factory=dict)
    """The collections as they are stored, for the one operation that writes a refresh; `begun` fills it in and puts
    what readers may see into `collections`."""
    secret: Callable[[str], bytes] = no_secret
    """32 bytes of the installation under a name, made when first asked for."""
    directory: Directory = field(default_factory=NoDirectory)
    """The users of the installation, for an institution's administrators."""
    shares: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Memory of this process: who -> (day, requests left of the share that it took); see day_limits.py."""
    folder: Path | None = None
    """Where this search head may keep files that are made of collections and can be made anew; None: nowhere."""
    wait: Callable[[float], None] = time.sleep
    """Sleeps, where a member of a search head cluster does not show yet what was written."""

    def decided(self, action: Action, obj: Object, field_class: str, **circumstances: Any) -> Decision:
        """What the policy says about a loaded object; the trail keeps it for the audit.

        `circumstances` stand in place of fields of the context: target, approvals, acting_for.
        """
        context = replace(self.context, **circumstances) if circumstances else self.context
        decision = decide(self.subject, action, obj, field_class, context)
        self.trail.decided(obj.tenant_id, decision)
        return decision

    def may(self, action: Action, tenant_id: str, what: str = "entity", author: str = "") -> bool:
        """Whether the policy permits it. `author` made what is asked for."""
        return self.decided(action, Object(tenant_id, what, author=author), INFRASTRUCTURE).permits

    def might(self, action: Action, tenant_id: str, what: str = "entity", author: str = "") -> bool:
        """Whether the policy would permit it: what a page may offer. The audit is not told, as nothing is asked for."""
        obj = Object(tenant_id, what, author=author)
        return decide(self.subject, action, obj, INFRASTRUCTURE, self.context).permits

    def readable(self, body: Body) -> list[str]:
        """Tenants to read from: the one the body names if it may be read, else those of the subject's roles."""
        if "tenant_id" in body:
            named = text_of(body, "tenant_id")
            return [named] if self.may(Action.READ, named) else []
        own = tenants_of(self.subject, self.context)
        self.trail.concerns(own)
        return own

    def tenant_for(self, action: Action, body: Body) -> str:
        """The one tenant a change is for. Raises Absent; BadRequest if the subject has several and names none."""
        return self.tenant_where(lambda name: self.may(action, name), body)

    def tenant_where(self, allowed: Callable[[str], bool], body: Body) -> str:
        """As `tenant_for`, where another question than that of one action says which tenants a change may be for."""
        if "tenant_id" in body:
            named = text_of(body, "tenant_id")
            if not allowed(named):
                raise Absent
            return named
        own = [name for name in tenants_of(self.subject, self.context) if allowed(name)]
        self.trail.concerns(own)
        if not own:
            raise Absent
        if len(own) > 1:
            raise BadRequest("you belong to several tenants: name one as tenant_id")
        return own[0]

    def load(self, collection: str, tenants: list[str], key: str) -> list[Document]:
        """Documents under `key` of those tenants, each decided by the loaded document's own tenant."""
        found = (self.collections[collection].get(f"{tenant}:{key}") for tenant in tenants)
        return [row for row in found if row is not None and self.may(Action.READ, str(row.get("tenant_id", "")))]


def no_count(_: Store) -> None:
    """The request is counted elsewhere."""


def begun(operation: str, body: Body, store: Store, count: Callable[[Store], None] = no_count) -> Store:
    """The store with the circumstances that the body states (`purpose`, `case`, `legal_basis`), and the trail begun.

    `count` counts the request, before any work is done for it: identifiers are in the audit as they were written until
    then, and in their normal form after. Raises BadRequest, in which case nothing was counted, and what `count` raises.
    """
    stated, problem = {}, ""
    for key in ("purpose", "case", "legal_basis"):
        value = body.get(key, "")
        if not isinstance(value, str) or len(value) > 100:
            value, problem = "", f"{key}: expected text of at most 100 characters"
        stated[key] = value.strip()
    if stated["purpose"] and stated["purpose"] not in PURPOSES:
        stated["purpose"], problem = "", f"purpose: expected one of {', '.join(sorted(PURPOSES))}"
    context = replace(
        store.context,
        now=store.clock(),
        purpose=stated["purpose"],
        case=stated["case"],
        legal_basis=stated["legal_basis"],
    )
    step = str(body.get("op", ""))
    known = step if step in STEPS else ""
    own = tenants_of(store.subject, context)
    named = body.get("tenant_id")
    regions = regions_of(store, [named] if isinstance(named, str) else own)
    store.trail.begin((operation, known), objects_of(body, None), store.subject, own, context)
    if isinstance(named, str):
        store.trail.concerns([named])
    if problem:
        raise BadRequest(problem)
    made = replace(store, context=context, collections=views(store.collections), stored=store.collections)
    count(made)
    if "identifier" in body or "identifiers" in body:
        store.trail.about(objects_of(body, regions))
    return made


def objects_of(body: Body, regions: Sequence[str] | None = ()) -> list[str]:
    """What a body asks about, as texts that are equal for equal things; only their tokens reach the audit. Without
    regions (None) identifiers stay as they were written."""
    found = []
    for key in OBJECT_KEYS:
        value = body.get(key)
        if isinstance(value, str) and value:
            with contextlib.suppress(BadRequest):  # in no form that a kind writes: it stands for itself
                if key == "identifier" and regions is not None:
                    long = len(value) > LONGEST_IDENTIFIER
                    value = bounded(value) if long else normal_identifier(value, regions)
            found.append(f"{'record_id' if key in ('a', 'b') else key}:{value}")
    if isinstance(body.get("object_id"), str):  # of a pin: an entity's id, a record's, or two of records
        one = "entity_id" if body.get("object") == "entity" else "record_id"
        found += [f"{one}:{each}" for each in body["object_id"].split()[:2]]
    for key, one in (("identifiers", "identifier"), ("entity_ids", "entity_id"), ("record_ids", "record_id")):
        several = body.get(key)
        for value in several[:MOST_OBJECTS] if isinstance(several, list) else ():
            found += objects_of({one: value}, regions)
    return found[:MOST_OBJECTS]


def text_of(body: Body, key: str, most: int = 2100) -> str:
    value = body.get(key)
    if not isinstance(value, str) or not 0 < len(value) <= most:
        raise BadRequest(f"{key}: expected text of at most {most} characters")
    return value


def number_of(body: Body, key: str, default: int, low: int, high: int) -> int:
    value = body.get(key, default)
    if type(value) is not int or not low <= value <= high:
        raise BadRequest(f"{key}: expected a whole number from {low} to {high}")
    return value


def one_of(body: Body, key: str, allowed: Union[Mapping[str, Any], Sequence[str]], default: Any = None) -> str:
    """The word that a body gives, or the default. Raises BadRequest for another one, and for what is no text."""
    value = body.get(key, default)
    if not isinstance(value, str) or value not in allowed:
        raise BadRequest(f"{key}: expected one of {', '.join(allowed)}")
    return value


def page_of(body: Body, key: str) -> list[Any]:
    value = body.get(key, [])
    if not isinstance(value, list) or len(value) > PAGE:
        raise BadRequest(f"{key}: expected a list of at most {PAGE}")
    return value


def member_of(body: Body, regions: Sequence[str] = ()) -> str:
    """What a body asks for, as it is stored: a record's id, or an identifier in its normal form. Raises BadRequest."""
    if "record_id" in body:
        return text_of(body, "record_id")
    if "identifier" not in body:
        raise BadRequest("expected entity_id, identifier or record_id")
    identifier = text_of(body, "identifier", MOST_ASKED)
    if len(identifier) > LONGEST_IDENTIFIER:
        return bounded(identifier)
    return normal_identifier(identifier, regions)


def regions_of(store: Store, tenants: Iterable[str]) -> list[str]:
    """The countries in which people of these institutions dial a number without a country code."""
    known = (store.context.tenants.get(name) for name in tenants)
    return sorted({tenant.region for tenant in known if tenant is not None and tenant.region})


def normal_identifier(identifier: str, regions: Sequence[str] = ()) -> str:
    """`kind:value` in its normal form. A number without a country code is read as dialed in one of `regions`.

    Raises BadIdentifier: it cannot be read, is too long to be, or it is another number in each of several regions.
    """
    if len(identifier) > LONGEST_SPELLED:
        raise BadIdentifier(f"identifier: expected at most {LONGEST_SPELLED} characters")
    if len(identifier) <= LONGEST_IDENTIFIER and typed.is_normal(identifier):
        return identifier
    if identifier.partition(":")[0].strip().lower() not in KIND_BY_NAME:
        kinds = ", ".join(KIND_BY_NAME)
        raise BadIdentifier(f"identifier: expected kind:value; unknown identifier kind, the kinds are {kinds}")
    found = typed.normal_forms(identifier, regions)
    if not found:
        raise BadIdentifier(f"identifier: {typed.problem_of(identifier, regions)}")
    if len(found) > 1:
        places = " and ".join(regions)
        raise BadIdentifier(f"identifier: it is another number in {places}: write it with + and its country code")
    return found[0]


def entities_of(row: Document) -> list[str]:
    return [str(each) for each in row.get("entities") or [row["entity_id"]]]


def holders_of(store: Store, tenants: list[str], member: str) -> list[str]:
    return [entity_id for row in store.load("members", tenants, member) for entity_id in entities_of(row)]


def holders_among(store: Store, tenant: str, members: Iterable[str]) -> dict[str, list[str]]:
    """Member -> the entities of one institution that hold it, of those that are held: looked up in batches."""
    if not store.may(Action.READ, tenant):
        return {}
    unique = sorted(set(members))
    found: dict[str, list[str]] = {}
    for at in range(0, len(unique), PAGE):
        page = unique[at : at + PAGE]
        rows = store.collections["members"].get_many([f"{tenant}:{member}" for member in page])
        found.update(
            (member, entities_of(row))
            for member, row in zip(page, rows)
            if row is not None and row.get("tenant_id") == tenant
        )
    return found


def entity_of(store: Store, tenants: list[str], entity_id: str) -> Document | None:
    for _ in range(20):
        rows = store.load("entities", tenants, entity_id)
        if rows:
            return {key: value for key, value in rows[0].items() if not key.startswith("_") and key not in UNSHOWN}
        moved = store.load("redirects", tenants, entity_id)
        if not moved:
            return None
        entity_id = str(moved[0]["entity_id"])
    return None
