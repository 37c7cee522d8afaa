"""Users, teams, memberships and integrations: a database of any size, the same each time.

Of a number of users each is in two teams and has one integration; there is a team for every twenty. One in ten has the
same first name, one in a hundred the same last name, and every 21st a last name of its own. The tokens of the first
integrations may be used; those of the others are not even sealed.
"""

import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import TypeAlias
from uuid import UUID

import asyncpg
import typer

from benchmarks.keys import ACCESS_KEY, ACCESS_KEY_ID
from remuner.access.domain.entities import digest
from remuner.integrations.domain.destinations import Auth, AuthType, Destination
from remuner.integrations.persistence.tokens import context
from remuner.shared.sealing import Sealer

Connection: TypeAlias = "asyncpg.Connection[asyncpg.Record]"

ROWS = 1000
"""Users and integrations, where their number does not matter."""

USABLE = 50
"""Integrations whose token can be used."""

_FIRST_NAMES = ("Ada", "Alan", "Barbara", "Donald", "Edsger", "Frances", "Grace", "Katherine", "Ken", "Margaret")
_BEGINNINGS = ("Bren", "Cald", "Dray", "Fair", "Gren", "Hart", "Lang", "Marl", "Thorn", "West")
_ENDS = ("berg", "bury", "croft", "dale", "field", "holm", "man", "stead", "ton", "wick")
_SYLLABLES = ("ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu", "na", "pe", "ri", "so", "tu", "va")
_STATUSES = ("active", "pending", "inactive")
_TO_TEAM = 20
_AT_ONCE = 50_000


def row_id(number: int) -> str:
    """Return the id of the user, the team or the integration of this number, from 1."""
    return f"01900000-0000-7000-8000-{number:012x}"


def names(number: int) -> tuple[str, str]:
    """Return first and last name of the user of this number; the email is `first.last.number@example.com`."""
    last = _BEGINNINGS[number // 10 % 10] + _ENDS[number // 100 % 10]
    if number % 21 == 0:
        last = "".join(_SYLLABLES[number >> bits & 15] for bits in range(0, 20, 4)).title()
    return _FIRST_NAMES[number % 10], last


async def fill(url: str, users: int, base_url: str, sealer: Sealer) -> None:
    """Fill an empty database that has been migrated, and show how far it is, unless it takes no time.

    `base_url` is that of the destination, `sealer` that of the service.

    Indexes, foreign keys and the triggers that count are at work meanwhile, as they are while the service is.
    """
    database = await asyncpg.connect(url)
    teams = max(2, users // _TO_TEAM)
    tables: tuple[tuple[str, str, int, Callable[[int], str]], ...] = (
        ("users.teams", "id name name_key created_at updated_at", teams, _team),
        (
            "users.users",
            "id first_name first_name_key last_name last_name_key email email_key status created_at updated_at",
            users,
            _user,
        ),
        ("users.memberships", "user_id team_id", users, lambda number: _memberships(number, teams)),
        (
            "integrations.integrations",
            "id name name_key status user_id sealed_token token_set_at created_at updated_at",
            users,
            _integration,
        ),
    )
    rows = sum(count for _, _, count, _ in tables)
    label, hidden = f"{users:,} users", users <= _AT_ONCE
    with typer.progressbar(length=rows, label=label, file=sys.stderr, hidden=hidden) as shown:
        for table, columns, count, text in tables:
            for begin in range(1, count + 1, _AT_ONCE):
                numbers = range(begin, min(begin + _AT_ONCE, count + 1))
                await database.copy_to_table(
                    table.partition(".")[2],
                    schema_name=table.partition(".")[0],
                    columns=columns.split(),
                    source=BytesIO("".join(map(text, numbers)).encode()),
                )
                shown.update(len(numbers))
    await _make_usable(database, Destination(base_url, Auth(AuthType.BEARER)), sealer)
    await database.execute("VACUUM ANALYZE")
    await database.execute("CHECKPOINT")  # now, rather than in somebody's turn
    await database.close()


async def _make_usable(database: Connection, destination: Destination, sealer: Sealer) -> None:
    """Give the first integrations tokens that can be used, and make a key that may do so."""
    kept = json.dumps(asdict(destination))
    for number in range(1, USABLE + 1):
        sealed = sealer.seal(f"tok-{number:020}".encode(), context(UUID(row_id(number)), 1, destination))
        await database.execute(
            "UPDATE integrations.integrations SET sealed_token = $2, destination = $3 WHERE id = $1",
            row_id(number),
            sealed,
            kept,
        )
    await database.execute(
        "INSERT INTO access.access_keys (id, name, name_key, digest, scopes, status, api_version, created_at) "
        "VALUES ($1, 'Benchmark', 'benchmark', $2, '{integrations:use}', 'active', '2', now())",
        ACCESS_KEY_ID,
        digest(ACCESS_KEY),
    )


def _team(number: int) -> str:
    return _row(row_id(number), f"Team {number}", f"team {number}", at := _at(number), at)


def _user(number: int) -> str:
    first, last = names(number)
    email = f"{first}.{last}.{number}@example.com".lower()
    keyed = (first, first.lower(), last, last.lower(), email, email)
    status = "active" if number <= USABLE else _STATUSES[number % 3]
    return _row(row_id(number), *keyed, status, at := _at(number), at)


def _memberships(number: int, teams: int) -> str:
    return "".join(_row(row_id(number), row_id(1 + (number + nth * teams // 2) % teams)) for nth in range(2))


def _integration(number: int) -> str:
    keyed = (f"Payroll {number}", f"payroll {number}")
    return _row(row_id(number), *keyed, "active", row_id(number), "never opened", at := _at(number), at, at)


def _at(number: int) -> str:
    return (datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=number)).isoformat()


def _row(*values: str) -> str:
    return "\t".join(values) + "\n"
