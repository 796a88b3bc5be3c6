"""decide(): whether a subject may do an action to one field class of an object, with reason and obligations.

Nothing is permitted unless a rule says so. Own objects: by standing. Objects of others: by one live grant whose every
limit (object, grant, field class, profile) allows the action. Callers answer a refusal exactly like "does not exist".
"""

from __future__ import annotations

from collections.abc import Iterator

from minerva.policy.model import Approval, Context, Decision, Grant, Object, Subject, Tenant
from minerva.policy.vocabulary import (
    APPROVAL_SECONDS,
    CEILINGS,
    CLEARANCE,
    COMMUNITY,
    DATA,
    EVERYONE,
    GUARDED,
    INTAKE,
    MATCHABLE,
    NEEDS_PURPOSE,
    OWN,
    PERPETRATOR,
    PROFILES,
    PURPOSES,
    RIGHTS,
    ROWS_WITHOUT_APPROVAL,
    SERVICE,
    VICTIM,
    WRITE_CAPABILITY,
    Action,
    Audience,
    Level,
    Profile,
    Standing,
)


def decide(subject: Subject, action: Action, obj: Object, field_class: str, context: Context) -> Decision:
    """Whether `subject` may do `action` to `field_class` of `obj`. Pure: time and circumstances are in `context`."""
    owner = context.tenants.get(obj.tenant_id)
    if owner is None:
        return _refuse("unknown_tenant")
    if owner.state != "active":
        return _refuse("owner_not_active")
    if obj.erased and action is not Action.AUDIT:
        return _refuse("erased")
    if WRITE_CAPABILITY in subject.capabilities:
        allowed = action in SERVICE and field_class not in GUARDED
        return _permit("service") if allowed else _refuse("not_for_the_service")
    if action is Action.STORE and obj.what == INTAKE and owner.takes_in(subject.roles):
        return _permit("intake")
    standings = owner.standings(subject.roles)
    if action is Action.HEALTH and _operates(subject, context):
        return _permit("operator", ("counts_only",))
    if standings and context.acting_for in ("", owner.tenant_id):
        return _own(subject, action, obj, field_class, context, standings, owner)
    if action not in DATA:
        return _refuse("owner_only")
    return _foreign(subject, action, obj, field_class, context, owner)


def tenants_of(subject: Subject, context: Context) -> list[str]:
    """Ids of the active tenants in which `subject` holds a role, sorted."""
    return sorted(
        name for name, tenant in context.tenants.items() if tenant.state == "active" and tenant.standings(subject.roles)
    )


def ceiling(field_class: str, obj: Object, owner: Tenant, approvers: int) -> Level:
    """The level that a field class of an object never exceeds, with so many approvers."""
    profile = PROFILES[owner.profile]
    level = CEILINGS.get(field_class, Level.PRIVATE)
    if field_class == PERPETRATOR:
        if approvers >= 2 and PERPETRATOR not in profile.fixed:
            level = Level.COMMUNITY
        if profile.suspicion and not obj.suspicion:
            level = Level.PRIVATE
    if field_class == VICTIM and not obj.consent:
        level = Level.PRIVATE
    return min(level, profile.ceilings.get(field_class, level))


def approvers(approvals: tuple[Approval, ...], author: str, obj: Object, moment: float) -> int:
    """How many people of the owner, `author` apart, said yes to the content as it is in the 72 h before `moment`."""
    if not obj.content_hash:
        return 0
    return len(
        {
            approval.user
            for approval in approvals
            if approval.user != author
            and approval.tenant_id == obj.tenant_id
            and approval.content_hash == obj.content_hash
            and 0 <= moment - approval.time <= APPROVAL_SECONDS
        }
    )


def _own(
    subject: Subject,
    action: Action,
    obj: Object,
    field_class: str,
    context: Context,
    standings: frozenset[Standing],
    owner: Tenant,
) -> Decision:
    holding = [standing for standing in standings if action in OWN[standing]]
    if field_class in GUARDED and action in DATA:
        holding = [standing for standing in holding if standing is Standing.ANALYST]
    if not holding:
        return _refuse("standing")
    if action is Action.APPROVE and subject.user == obj.author:
        return _refuse("own_proposal")
    if action is Action.WATCH_REMOVE and Standing.ADMIN not in holding and subject.user != obj.author:
        return _refuse("others_entry")
    agreed = approvers(context.approvals, subject.user, obj, context.now)
    if action in (Action.EXPORT, Action.SHARE):
        missing = _missing(context, owner)
        if missing:
            return _refuse(missing)
    if action is Action.SHARE:
        if context.target > obj.level:
            return _refuse("above_marking")
        if context.target > ceiling(field_class, obj, owner, agreed):
            return _refuse("field_class_ceiling")
    if _needs_approval(action, obj, field_class, context) and not agreed:
        return _refuse("approval")
    return _permit("own_tenant", ("log_rows", "watermark") if action is Action.EXPORT else ())


def _needs_approval(action: Action, obj: Object, field_class: str, context: Context) -> bool:
    if action is Action.SHARE:
        return context.target >= Level.GROUP or field_class == VICTIM
    if action is Action.EXPORT:
        return context.rows > ROWS_WITHOUT_APPROVAL or field_class == VICTIM
    if action is Action.ERASE:
        return obj.legal_hold
    return action is Action.RELEASE_HOLD or (action is Action.ADMINISTER and obj.what in ("membership", "policy"))


def _missing(context: Context, tenant: Tenant) -> str:
    """What the circumstances lack for data that leaves or comes from others; empty if nothing."""
    if context.purpose not in PURPOSES:
        return "purpose"
    if not context.case:
        return "case"
    profile = PROFILES.get(tenant.profile)
    if profile is None or (profile.legal_basis and not context.legal_basis):
        return "legal_basis"
    return ""


def _operates(subject: Subject, context: Context) -> bool:
    """Whether the subject asks as one of the platform's operators."""
    return any(
        context.tenants[name].kind == "operator" and context.acting_for in ("", name)
        for name in tenants_of(subject, context)
    )


def _foreign(
    subject: Subject, action: Action, obj: Object, field_class: str, context: Context, owner: Tenant
) -> Decision:
    reader: Tenant | None = None
    names = [name for name in tenants_of(subject, context) if context.acting_for in ("", name)]
    if len(names) > 1:
        return _refuse("several_tenants")
    if names:
        reader = context.tenants[names.pop()]
        if not any(action in CLEARANCE[standing] for standing in reader.standings(subject.roles)):
            return _refuse("clearance")
        if action in NEEDS_PURPOSE:
            missing = _missing(context, reader)
            if missing:
                return _refuse(missing)
    elif context.acting_for:
        return _refuse("not_a_member")
    profile = PROFILES.get(owner.profile)
    if profile is None:
        return _refuse("unknown_profile")
    if action is Action.MATCH and field_class not in MATCHABLE:
        return _refuse("not_matchable")
    reason = "no_grant"
    for grant, audience in _live(obj, owner, reader, context):
        reason = _limited(action, obj, field_class, grant, audience, owner, reader)
        if not reason:
            return _permit(f"grant_{audience.value}", _obligations(action, grant, profile))
    return _refuse(reason)


def _live(obj: Object, owner: Tenant, reader: Tenant | None, context: Context) -> Iterator[tuple[Grant, Audience]]:
    """The grants that hold now and reach the reader, with what the reader is to each."""
    for grant in obj.grants:
        if not grant.time <= context.now < grant.expires:
            continue
        if grant.revoked is not None and grant.revoked <= context.now:
            continue
        if grant.group_id == EVERYONE:
            yield grant, Audience.PUBLIC if reader is None else _audience(reader, Audience.COMMUNITY)
        elif reader is None:
            continue
        elif grant.group_id == COMMUNITY:
            yield grant, _audience(reader, Audience.COMMUNITY)
        else:
            group = context.groups.get(grant.group_id)
            if group is not None and group.active and {owner.tenant_id, reader.tenant_id} <= group.members:
                yield grant, _audience(reader, Audience.NAMED)


def _audience(reader: Tenant, granted: Audience) -> Audience:
    return {"university": Audience.ACADEMIC, "operator": Audience.OPERATOR}.get(reader.kind, granted)


def _limited(
    action: Action,
    obj: Object,
    field_class: str,
    grant: Grant,
    audience: Audience,
    owner: Tenant,
    reader: Tenant | None,
) -> str:
    """Why a live grant does not allow the action; empty if it does."""
    if field_class not in grant.fields:
        return "field_not_released"
    agreed = approvers(grant.approvals, grant.author, obj, grant.time)
    if (grant.level >= Level.GROUP or field_class == VICTIM) and not agreed:
        return "approval"
    lowest = min(obj.level, grant.level, ceiling(field_class, obj, owner, agreed))
    if not all(action in RIGHTS[level].get(audience, ()) for level in (obj.level, grant.level, lowest)):
        return "level"
    if action is Action.MATCH:
        sides = {owner.match, reader.match if reader is not None else "none"}
        wanted = {"community"} if audience is not Audience.NAMED else {"community", "groups"}
        if not sides <= wanted:
            return "match_not_allowed"
    return ""


def _obligations(action: Action, grant: Grant, profile: Profile) -> tuple[str, ...]:
    """What binds the reader of another's data."""
    found = []
    if action is Action.MATCH:
        found += ["one_bit", "budget", "both_sides_accept"]
    if action is Action.COUNT:
        found += ["fixed_cubes", "at_least_eleven", "persistent_noise"]
    if grant.level is Level.REDACTED:
        found.append("pseudonyms_per_recipient")
    if grant.no_evidence:
        found.append("no_evidence")
    if grant.no_reshare or grant.level is Level.GROUP:
        found.append("no_reshare")
    if action is Action.EXPORT:
        found += ["log_rows", "watermark"]
    return (*found, *profile.obligations)


def _permit(reason: str, obligations: tuple[str, ...] = ()) -> Decision:
    return Decision(True, reason, obligations)


def _refuse(reason: str) -> Decision:
    return Decision(False, reason)
