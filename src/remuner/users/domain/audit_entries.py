"""What the audit trail is told of users and teams. Names and emails of users are personal; memberships are ids."""

from collections.abc import Collection
from uuid import UUID

from remuner.shared.audit import AuditEntry, differences
from remuner.users.domain.entities import Team, TeamChanges, User, UserChanges

_PERSONAL = frozenset({"first_name", "last_name", "email"})


def user_created(user: User, team_ids: Collection[UUID]) -> AuditEntry:
    """Tell all that the user has."""
    return _of_user("user.created", user.id, {}, _user(user, team_ids))


def user_updated(old: User, team_ids: Collection[UUID], changes: UserChanges) -> AuditEntry:
    """Tell what is no longer as it was; `team_ids`, if they were changed, are those before."""
    before = _user(old, team_ids)
    after = before | {
        name: new
        for name in ("first_name", "last_name", "email", "status")
        if (new := getattr(changes, name)) is not None
    }
    if changes.team_ids is not None:
        after["team_ids"] = _ids(changes.team_ids)
    return _of_user("user.updated", old.id, before, after)


def user_deleted(user: User, team_ids: Collection[UUID]) -> AuditEntry:
    """Tell all that the user had; the trail forgets the personal part of it right after."""
    return _of_user("user.deleted", user.id, _user(user, team_ids), {})


def team_created(team: Team, user_ids: Collection[UUID]) -> AuditEntry:
    """Tell all that the team has."""
    return AuditEntry("team.created", team.id, differences({}, _team(team, user_ids)))


def team_updated(old: Team, user_ids: Collection[UUID], changes: TeamChanges) -> AuditEntry:
    """Tell what is no longer as it was; `user_ids`, if they were changed, are those before."""
    before = _team(old, user_ids)
    after = {
        "name": old.name if changes.name is None else changes.name,
        "user_ids": before["user_ids"] if changes.user_ids is None else _ids(changes.user_ids),
    }
    return AuditEntry("team.updated", old.id, differences(before, after))


def team_deleted(team: Team, user_ids: Collection[UUID]) -> AuditEntry:
    """Tell all that the team had."""
    return AuditEntry("team.deleted", team.id, differences(_team(team, user_ids), {}))


def member_added(team_id: UUID, user_id: UUID) -> AuditEntry:
    """Tell who came."""
    return AuditEntry("team.member_added", team_id, {"user_id": (None, str(user_id))})


def member_removed(team_id: UUID, user_id: UUID) -> AuditEntry:
    """Tell who went."""
    return AuditEntry("team.member_removed", team_id, {"user_id": (str(user_id), None)})


def _of_user(action: str, user_id: UUID, before: dict[str, object], after: dict[str, object]) -> AuditEntry:
    changes = differences(before, after)
    personal = {name: changes.pop(name) for name in _PERSONAL & changes.keys()}
    return AuditEntry(action, user_id, changes, user_id, personal)


def _user(user: User, team_ids: Collection[UUID]) -> dict[str, object]:
    return {
        "first_name": user.first_name,
        "last_name": user.last_name,
        "email": user.email,
        "status": user.status,
        "team_ids": _ids(team_ids),
    }


def _team(team: Team, user_ids: Collection[UUID]) -> dict[str, object]:
    return {"name": team.name, "user_ids": _ids(user_ids)}


def _ids(ids: Collection[UUID]) -> list[str]:
    return sorted({str(each) for each in ids})
