"""The users' persistence ports on PostgreSQL."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from remuner.shared.counts import Counts
from remuner.shared.database import Database, Row, Where, change_rows, constraints, fetch_page
from remuner.shared.pagination import Page
from remuner.shared.text import fold
from remuner.users.domain.entities import (
    MemberSummary,
    Team,
    TeamChanges,
    TeamQuery,
    TeamSummary,
    User,
    UserChanges,
    UserQuery,
    UserStatus,
)
from remuner.users.domain.errors import (
    EmailTaken,
    TeamNameTaken,
    TeamNotFound,
    UnknownTeam,
    UnknownUser,
    UserNotFound,
)
from remuner.users.domain.ports import Revisions
from remuner.users.persistence.tables import TeamRow, UserRow

_USER = "u.id, u.first_name, u.last_name, u.email, u.status, u.revision, u.created_at, u.updated_at"
_TEAMS = """ARRAY(
    SELECT (t.id, t.name) FROM users.memberships m JOIN users.teams t ON t.id = m.team_id
    WHERE m.user_id = u.id ORDER BY t.name_key
) AS teams"""
_STATUS = {each.value: each for each in UserStatus}  # calling the class takes ten times as long
_TEAM = """t.id, t.name, t.revision, t.created_at, t.updated_at,
    (SELECT count(*) FROM users.memberships m WHERE m.team_id = t.id) AS members_count"""


@dataclass(frozen=True, slots=True)
class PostgresUsers:
    """UserPersistence on PostgreSQL."""

    database: Database

    async def add(self, user: User) -> None:
        """Keep a new user, without teams."""
        with constraints({"users_email_key": EmailTaken}):
            await UserRow.create(
                id=user.id,
                first_name=user.first_name,
                first_name_key=fold(user.first_name),
                last_name=user.last_name,
                last_name_key=fold(user.last_name),
                email=user.email,
                email_key=fold(user.email),
                status=user.status,
                revision=user.revision,
                created_at=user.created_at,
                updated_at=user.updated_at,
            )

    async def add_many(self, users: Sequence[User]) -> Collection[UUID]:
        """Insert the rows with one statement; the constraint on emails tells which to leave out."""
        if not users:
            return ()
        rows = [
            (
                user.id,
                user.first_name,
                fold(user.first_name),
                user.last_name,
                fold(user.last_name),
                user.email,
                fold(user.email),
                user.status,
                user.revision,
                user.created_at,
                user.updated_at,
            )
            # In one order: of two that add the same emails at once, one waits for the other, and neither for both.
            for user in sorted(users, key=lambda user: fold(user.email))
        ]
        kept = await self.database.fetch(
            "INSERT INTO users.users (id, first_name, first_name_key, last_name, last_name_key, email, email_key, "
            "status, revision, created_at, updated_at) SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], "
            "$4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::int[], $10::timestamptz[], "
            "$11::timestamptz[]) ON CONFLICT ON CONSTRAINT users_email_key DO NOTHING RETURNING id",
            *zip(*rows, strict=True),
        )
        return {user.id for user in users} - {row["id"] for row in kept}

    async def get(self, user_id: UUID) -> User | None:
        """Read one user in one query."""
        rows = await self.database.fetch(f"SELECT {_USER}, {_TEAMS} FROM users.users u WHERE u.id = $1", user_id)
        return _user(rows[0], [TeamSummary(*team) for team in rows[0]["teams"]]) if rows else None

    async def get_many(self, user_ids: Collection[UUID]) -> Sequence[User]:
        """Read users without their teams in one query."""
        rows = await self.database.fetch(
            f"SELECT {_USER} FROM users.users u WHERE u.id = ANY($1)",
            list(user_ids),
        )
        return [_user(row) for row in rows]

    async def list(self, query: UserQuery) -> Page[User]:
        """Read a page in two queries, or three with a total."""
        where = Where()
        if query.q is not None:
            where.add_part("u.search_key", fold(query.q))
        if query.status is not None:
            where.add("u.status = ?", query.status)
        if query.team_id is not None:
            where.add("u.id IN (SELECT m.user_id FROM users.memberships m WHERE m.team_id = ?)", query.team_id)
        if query.updated_since is not None:
            where.add("u.updated_at >= ?", query.updated_since)
        page = await fetch_page(
            self.database,
            columns=f"{_USER}, u.last_name_key, u.email_key",
            source="users.users u",
            where=where,
            page=query.page,
            order={"created_at": "u.created_at", "last_name": "u.last_name_key", "email": "u.email_key"},
            row_id="u.id",
        )
        teams = await self._teams_of([row["id"] for row in page.items])
        return page.map(lambda row: _user(row, teams.get(row["id"], ())))

    async def _teams_of(self, user_ids: Collection[UUID]) -> Mapping[UUID, Sequence[TeamSummary]]:
        """Read the teams of many users in one query, which takes PostgreSQL half as long as a subquery for each."""
        rows = await self.database.fetch(
            "SELECT m.user_id, t.id, t.name FROM users.memberships m JOIN users.teams t ON t.id = m.team_id "
            "WHERE m.user_id = ANY($1) ORDER BY t.name_key",
            user_ids,
        )
        found: dict[UUID, list[TeamSummary]] = {}
        for user_id, team_id, name in rows:
            found.setdefault(user_id, []).append(TeamSummary(team_id, name))
        return found

    async def change(self, user_id: UUID, changes: UserChanges, expected: Revisions, now: datetime) -> User | None:
        """Lock the row, then change it with one UPDATE."""
        old = await self.hold(user_id)
        if old is None or (expected is not None and old.revision not in expected):
            return None
        values: dict[str, object] = {}
        for field in ("first_name", "last_name", "email"):
            if (text := getattr(changes, field)) is not None:
                values |= {field: text, f"{field}_key": fold(text)}
        if changes.status is not None:
            values["status"] = changes.status
        with constraints({"users_email_key": EmailTaken}):
            await change_rows(UserRow.filter(id=user_id), values, now)
        return old

    async def set_teams(self, user_id: UUID, team_ids: Collection[UUID]) -> Collection[UUID]:
        """Remove the other memberships and add the missing ones: what neither did was there."""
        ids = list(team_ids)
        removed = await self.database.fetch(
            "DELETE FROM users.memberships WHERE user_id = $1 AND team_id <> ALL($2) RETURNING team_id", user_id, ids
        )
        with constraints({"memberships_team_id_fkey": lambda: UnknownTeam("team_ids")}):
            added = await self.database.fetch(
                "INSERT INTO users.memberships (user_id, team_id) SELECT $1, unnest($2::uuid[]) "
                "ON CONFLICT DO NOTHING RETURNING team_id",
                user_id,
                ids,
            )
        return {*ids} - {row["team_id"] for row in added} | {row["team_id"] for row in removed}

    async def join_teams(self, memberships: Collection[tuple[UUID, UUID]]) -> None:
        """Insert the memberships that are not there with one statement."""
        with constraints({"memberships_team_id_fkey": lambda: UnknownTeam("team_ids")}):
            await self.database.fetch(
                "INSERT INTO users.memberships (user_id, team_id) SELECT * FROM unnest($1::uuid[], $2::uuid[]) "
                "ON CONFLICT DO NOTHING",
                [user_id for user_id, _ in memberships],
                [team_id for _, team_id in memberships],
            )

    async def status(self, user_id: UUID) -> UserStatus | None:
        """Read one value."""
        rows = await self.database.fetch("SELECT status FROM users.users WHERE id = $1", user_id)
        return _STATUS[rows[0]["status"]] if rows else None

    async def hold(self, user_id: UUID) -> User | None:
        """Lock the row; new memberships, whose foreign key looks at it, need not wait for that."""
        rows = await self.database.fetch(
            f"SELECT {_USER} FROM users.users u WHERE u.id = $1 FOR NO KEY UPDATE", user_id
        )
        return _user(rows[0]) if rows else None

    async def remove(self, user_id: UUID) -> None:
        """Delete the row and, with it, its memberships."""
        await UserRow.filter(id=user_id).delete()

    async def count(self) -> Mapping[UserStatus, int]:
        """Read the counts of those statuses that somebody has."""
        counts = await Counts("users", self.database).read()
        return {status: counts[name] for status in UserStatus if (name := f"users.{status}") in counts}


@dataclass(frozen=True, slots=True)
class PostgresTeams:
    """TeamPersistence on PostgreSQL."""

    database: Database

    async def add(self, team: Team) -> None:
        """Keep a new team, without members."""
        with constraints({"teams_name_key": TeamNameTaken}):
            await TeamRow.create(
                id=team.id,
                name=team.name,
                name_key=fold(team.name),
                revision=team.revision,
                created_at=team.created_at,
                updated_at=team.updated_at,
            )

    async def get(self, team_id: UUID) -> Team | None:
        """Read one team in one query."""
        rows = await self.database.fetch(f"SELECT {_TEAM} FROM users.teams t WHERE t.id = $1", team_id)
        return _team(rows[0]) if rows else None

    async def existing(self, team_ids: Collection[UUID]) -> Collection[UUID]:
        """Look the ids up in one query."""
        rows = await self.database.fetch("SELECT id FROM users.teams WHERE id = ANY($1)", list(team_ids))
        return [row["id"] for row in rows]

    async def list(self, query: TeamQuery) -> Page[Team]:
        """Read a page in one query, or two with a total."""
        where = Where()
        if query.q is not None:
            where.add_part("t.name_key", fold(query.q))
        page = await fetch_page(
            self.database,
            columns=f"{_TEAM}, t.name_key",
            source="users.teams t",
            where=where,
            page=query.page,
            order={"created_at": "t.created_at", "name": "t.name_key"},
            row_id="t.id",
        )
        return page.map(_team)

    async def change(self, team_id: UUID, changes: TeamChanges, expected: Revisions, now: datetime) -> Team | None:
        """Lock the row, then change it with one UPDATE."""
        old = await self.hold(team_id)
        if old is None or (expected is not None and old.revision not in expected):
            return None
        values = {} if changes.name is None else {"name": changes.name, "name_key": fold(changes.name)}
        with constraints({"teams_name_key": TeamNameTaken}):
            await change_rows(TeamRow.filter(id=team_id), values, now)
        return old

    async def hold(self, team_id: UUID) -> Team | None:
        """Lock the row, as that of a user."""
        rows = await self.database.fetch(
            f"SELECT {_TEAM} FROM users.teams t WHERE t.id = $1 FOR NO KEY UPDATE OF t", team_id
        )
        return _team(rows[0]) if rows else None

    async def remove(self, team_id: UUID) -> None:
        """Delete the row and, with it, its memberships."""
        await TeamRow.filter(id=team_id).delete()

    async def set_members(self, team_id: UUID, user_ids: Collection[UUID]) -> Collection[UUID]:
        """Remove the other memberships and add the missing ones: what neither did was there."""
        ids = list(user_ids)
        removed = await self.database.fetch(
            "DELETE FROM users.memberships WHERE team_id = $1 AND user_id <> ALL($2) RETURNING user_id", team_id, ids
        )
        with constraints({"memberships_user_id_fkey": lambda: UnknownUser("user_ids")}):
            added = await self.database.fetch(
                "INSERT INTO users.memberships (team_id, user_id) SELECT $1, unnest($2::uuid[]) "
                "ON CONFLICT DO NOTHING RETURNING user_id",
                team_id,
                ids,
            )
        return {*ids} - {row["user_id"] for row in added} | {row["user_id"] for row in removed}

    async def members(self, team_ids: Collection[UUID], limit: int) -> Mapping[UUID, Sequence[MemberSummary]]:
        """Read the members of all teams in one query."""
        rows = await self.database.fetch(
            "SELECT team.id AS team_id, member.* FROM unnest($1::uuid[]) AS team (id) CROSS JOIN LATERAL ("
            "SELECT u.id, u.first_name, u.last_name, u.email FROM users.memberships m JOIN users.users u "
            "ON u.id = m.user_id WHERE m.team_id = team.id ORDER BY u.created_at, u.id LIMIT $2) AS member",
            list(team_ids),
            limit,
        )
        found: dict[UUID, list[MemberSummary]] = {}
        for team_id, *member in rows:
            found.setdefault(team_id, []).append(MemberSummary(*member))
        return found

    async def add_member(self, team_id: UUID, user_id: UUID) -> bool:
        """Insert the membership unless it is there; its foreign keys tell what is missing."""
        with constraints({"memberships_team_id_fkey": TeamNotFound, "memberships_user_id_fkey": UserNotFound}):
            added = await self.database.fetch(
                "INSERT INTO users.memberships (team_id, user_id) VALUES ($1, $2) ON CONFLICT DO NOTHING "
                "RETURNING team_id",
                team_id,
                user_id,
            )
        return bool(added)

    async def remove_member(self, team_id: UUID, user_id: UUID) -> bool:
        """Delete the membership if it is there."""
        removed = await self.database.fetch(
            "DELETE FROM users.memberships WHERE team_id = $1 AND user_id = $2 RETURNING team_id", team_id, user_id
        )
        return bool(removed)

    async def count(self) -> int:
        """Read the count."""
        return (await Counts("users", self.database).read()).get("teams", 0)


def _user(row: Row, teams: Iterable[TeamSummary] = ()) -> User:
    return User(
        row["id"],
        row["first_name"],
        row["last_name"],
        row["email"],
        _STATUS[row["status"]],
        tuple(teams),
        row["revision"],
        row["created_at"],
        row["updated_at"],
    )


def _team(row: Row) -> Team:
    return Team(row["id"], row["name"], row["members_count"], row["revision"], row["created_at"], row["updated_at"])
