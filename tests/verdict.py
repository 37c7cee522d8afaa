"""Races in processes of their own, and the verdict: the databases agree with every answer that was given, or do not."""

import asyncio
import json
import signal
import sys
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import UUID

import asyncpg
from dishka import Provider
from tests import race
from tests.conftest import ADMIN_KEY, Client

from remuner.shared.settings import Settings

SEED = 2026
ANSWERS = {
    "GET users": {"200"},
    "POST users": {"201", "409 email_taken"},
    "DELETE users": {"204", "404 user_not_found", "409 user_has_active_integrations"},
    "POST integrations": {"201", "422 user_not_found"},
    "PATCH integrations": {
        "200",
        "404 integration_not_found",
        "409 integration_name_taken",
        "422 user_not_found",
    },
    "DELETE integrations": {"204", "404 integration_not_found"},
    "POST reassign-integrations": {"200", "404 user_not_found", "422 user_not_found", "422 validation_error"},
}
"""What racers may be answered."""
COMMON = {
    "POST users: 201",
    "DELETE users: 204",
    "DELETE users: 409 user_has_active_integrations",
    "POST integrations: 201",
    "PATCH integrations: 200",
    "DELETE integrations: 204",
    "POST reassign-integrations: 200",
}
"""What some racer is answered in every race; the other answers need luck."""
# A witness in the database: what was erased, and whether that was because its user was let go.
WITNESS = """
    CREATE TABLE public.erased (
        id uuid, user_id uuid, status text, revision int, transaction xid8 DEFAULT pg_current_xact_id()
    );
    CREATE TABLE public.released (user_id uuid, transaction xid8 DEFAULT pg_current_xact_id());
    CREATE FUNCTION public.witness() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF TG_OP = 'DELETE' THEN INSERT INTO public.erased VALUES (OLD.id, OLD.user_id, OLD.status, OLD.revision);
        ELSE INSERT INTO public.released VALUES (NEW.user_id);
        END IF;
        RETURN NULL;
    END $$;
    CREATE TRIGGER witness AFTER DELETE ON integrations.integrations
        FOR EACH ROW EXECUTE FUNCTION public.witness();
    CREATE TRIGGER witness AFTER INSERT ON integrations.departed_users
        FOR EACH ROW EXECUTE FUNCTION public.witness();
"""


@dataclass(frozen=True)
class Home:
    """Where a service keeps its data: the two apps together in one database, or apart."""

    settings: Settings
    integrations_url: str | None

    @property
    def parts(self) -> list[Provider]:
        """What to exchange in the service."""
        return [race.Apart(self.integrations_url)] if self.integrations_url else []

    def job(self, **what: Any) -> race.Job:  # noqa: ANN401 - the fields of a Job
        """Return a job for a worker on this home."""
        return race.Job(plain(self.settings), self.integrations_url, **what)

    @property
    def urls(self) -> tuple[str, str]:
        """The users' and the integrations'."""
        url = plain(self.settings)["database_url"]
        return url, self.integrations_url or url


def plain(settings: Settings) -> dict[str, str]:
    assert settings.database_url is not None
    return {
        "database_url": settings.database_url.get_secret_value(),
        "keyset_file": str(settings.keyset_file),
        "data_dir": str(settings.data_dir),
        "admin_key": ADMIN_KEY,
    }


@asynccontextmanager
async def connected(url: str) -> AsyncIterator["asyncpg.Connection[asyncpg.Record]"]:
    connection = await asyncpg.connect(url)
    try:
        yield connection
    finally:
        await connection.close()


async def events_in(url: str) -> "list[asyncpg.Record]":
    """Read what the trail in a database is about."""
    async with connected(url) as connection:
        return await connection.fetch("SELECT resource_id FROM audit.events")


@dataclass
class Call:
    """A call of a racer and, if it was acknowledged, the answer."""

    method: str
    path: str
    body: dict[str, str]
    status: int | None = None
    revision: int = 0
    shown: dict[str, Any] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        resource, *deeper = self.path.partition("?")[0].split("/")[2:]
        return f"{self.method} {deeper[1] if len(deeper) > 1 else resource}"

    @property
    def answer(self) -> str:
        return f"{self.status or 'none'} {self.shown.get('code', '')}".strip()

    @property
    def id(self) -> UUID | None:
        """What it is about: the id in the path, or the one that was made."""
        text = self.path.split("/")[3] if self.path.count("/") > 2 else self.shown.get("id")
        return UUID(text) if text else None


@asynccontextmanager
async def worker(job: race.Job) -> AsyncIterator[asyncio.subprocess.Process]:
    """Start a process that does the job, and end it."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, race.__file__, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    try:
        assert process.stdin
        process.stdin.write(json.dumps(asdict(job)).encode() + b"\n")
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def calls_of(process: asyncio.subprocess.Process, kill_after: int | None) -> list[Call]:
    """Let a racer go, and read what it reports to its end, which is a `kill -9` after so many answers."""
    assert process.stdin
    assert process.stdout
    process.stdin.write(b"go\n")
    calls: dict[int, Call] = {}
    answered = 0
    async for line in process.stdout:
        report = json.loads(line)
        number = report.pop("number")
        if "method" in report:
            calls[number] = Call(**report)
            continue
        calls[number].status, calls[number].revision = report["status"], report["revision"]
        calls[number].shown = report["shown"]
        answered += 1
        if answered == kill_after:
            process.kill()
    assert (-signal.SIGKILL if kill_after else 0) == await process.wait()
    return list(calls.values())


async def raced(home: Home, calls: int, *kill_after: int | None) -> list[Call]:
    """Let one racer run for each of `kill_after`, all at once, and return the calls of all."""
    async with connected(home.urls[1]) as connection:
        await connection.execute(WITNESS)
    async with race.service(home.settings, *home.parts) as client:
        await new_integration(client, await new_user(client), race.TAKEN)
    async with AsyncExitStack() as stack:
        jobs = [home.job(seed=SEED + number, calls=calls) for number in range(len(kill_after))]
        racers = [await stack.enter_async_context(worker(job)) for job in jobs]
        for racer in racers:
            assert racer.stdout
            assert b'"ready"\n' == await racer.stdout.readline()
        async with asyncio.TaskGroup() as tasks:
            reading = [tasks.create_task(calls_of(*each)) for each in zip(racers, kill_after, strict=True)]
    return [call for each in reading for call in each.result()]


@dataclass(frozen=True)
class After:
    """What the databases hold when the racers have gone."""

    home: Home
    users: set[UUID]
    integrations: dict[UUID, asyncpg.Record]
    departed: set[UUID]
    erased: dict[UUID, asyncpg.Record]
    deadlocks: int
    events: Counter[UUID]
    """How many of each user and integration."""

    @classmethod
    async def read(cls, home: Home) -> "After":
        users_url, integrations_url = home.urls
        async with connected(users_url) as users, connected(integrations_url) as integrations:
            mine = "WHERE datname = current_database()"
            pids = f"{users.get_server_pid()}, {integrations.get_server_pid()}"
            for each in (users, integrations):  # a server process tells of its deadlocks when it ends
                ours = f"SELECT true FROM pg_stat_activity {mine} AND pid NOT IN ({pids})"
                while await each.fetchval(ours):  # noqa: ASYNC110 - the catalogue has no event
                    await asyncio.sleep(0.01)
            deadlocks = f"SELECT deadlocks FROM pg_stat_database {mine}"
            return cls(
                home,
                {row["id"] for row in await users.fetch("SELECT id FROM users.users")},
                {row["id"]: row for row in await integrations.fetch("SELECT * FROM integrations.integrations")},
                {row["user_id"] for row in await integrations.fetch("SELECT * FROM integrations.departed_users")},
                {
                    row["id"]: row
                    for row in await integrations.fetch(
                        "SELECT erased.*, released.user_id IS NOT NULL AS released "
                        "FROM public.erased LEFT JOIN public.released USING (user_id, transaction)"
                    )
                },
                await users.fetchval(deadlocks) + await integrations.fetchval(deadlocks),
                Counter([row["resource_id"] for each in {*home.urls} for row in await events_in(each)]),
            )

    def contradictions(self, calls: Sequence[Call]) -> list[str]:
        """Return what must not be, in itself or after these calls."""
        found = [
            f"{call.kind}: {call.answer}" for call in calls if call.status and call.answer not in ANSWERS[call.kind]
        ]
        found += [f"{self.deadlocks} deadlocks"] * (self.deadlocks > 0)
        for row in self.integrations.values():
            found += [f"{row['id']} has no user"] * (row["user_id"] not in self.users)
            found += [f"{row['id']} belongs to a departed user"] * (row["user_id"] in self.departed)
        for row in self.erased.values():
            was_active = row["released"] and row["status"] == "active"
            found += [f"{row['id']} was erased with its user while it was active"] * was_active
        return found + self._about_users(calls) + self._about_integrations(calls) + self._about_events(calls)

    def _about_events(self, calls: Sequence[Call]) -> list[str]:
        """Every write left one: the first revision, each change of it, and the end."""
        wanted = {row["id"]: row["revision"] for row in self.integrations.values()}
        wanted |= {row["id"]: row["revision"] + 1 for row in self.erased.values()}
        wanted |= dict.fromkeys(self.users, 1)
        wanted |= {call.id: 2 for call in calls if call.id and call.kind == "DELETE users" and call.status == 204}
        return [
            f"{self.events[each]} events of {each}, not {count}"
            for each, count in wanted.items()
            if count != self.events[each]
        ]

    def _about_users(self, calls: Sequence[Call]) -> list[str]:
        found = []
        made = {call.id for call in calls if call.kind == "POST users" and call.status == 201}
        deletions = [call for call in calls if call.kind == "DELETE users"]
        deleted = Counter(call.id for call in deletions if call.status == 204)
        perhaps = {call.id for call in deletions if call.status is None}
        found += [f"user {each} was deleted {times} times" for each, times in deleted.items() if times > 1]
        found += [f"user {each} was deleted and is there" for each in deleted if each in self.users]
        found += [f"user {each} was deleted and may have integrations" for each in deleted if each not in self.departed]
        found += [f"user {each} was made and is lost" for each in made - self.users - deleted.keys() - perhaps]
        cut = perhaps if self.home.integrations_url else set()
        found += [f"user {each} is barred" for each in (self.users & self.departed) - cut]
        for call in calls:
            named = call.body.get("user_id") or call.body.get("to_user_id")
            meant = call.id if call.status == 404 else UUID(named or str(UUID(int=0)))
            if "user_not_found" in call.answer and meant in self.users - self.departed:
                found.append(f"{call.kind} missed a user who is there")
        return found

    def _about_integrations(self, calls: Sequence[Call]) -> list[str]:
        found = []
        made = [call for call in calls if call.kind == "POST integrations"]
        unknown = (self.integrations.keys() | self.erased.keys()) - {call.id for call in made}
        lost = {call.id for call in made if call.status == 201} - self.integrations.keys() - self.erased.keys()
        found += [f"integration {each} is lost" for each in lost]
        found += ["integrations came from nowhere"] * (len(unknown) - 1 > sum(call.status is None for call in made))
        deletions = Counter((call.id, call.status) for call in calls if call.method == "DELETE")
        for row in self.erased.values():
            by = row["user_id" if row["released"] else "id"]
            found += [f"integration {row['id']} went without a call"] * (
                not deletions[by, 204] and not deletions[by, None]
            )
        found += [f"integration {each} was deleted and is there" for each in self.integrations if deletions[each, 204]]
        reassigned = [call for call in calls if call.kind == "POST reassign-integrations"]
        found += self._about_revisions(calls, reassigned)
        for row in self.integrations.values():
            of_it = [call for call in calls if call.id == row["id"]]
            patches = [call for call in of_it if call.method == "PATCH"]
            for column, counted, perhaps in (
                ("revision", patches, len(reassigned)),
                ("token_version", [call for call in patches if "token" in call.body], 0),
            ):
                least = 1 + sum(call.status == 200 for call in counted)
                most = least + sum(call.status is None for call in counted) + perhaps
                found += [f"{row['id']}: {column} {row[column]} after {least} to {most}"] * (
                    not least <= row[column] <= most
                )
            found += [f"{row['id']} was missed and is there"] * any(call.status == 404 for call in of_it)
            last = max(of_it, key=lambda call: call.revision, default=None)
            if last and last.revision == row["revision"]:
                shown = {**last.shown, "user_id": UUID(last.shown["user"]["id"])}
                columns = ("name", "status", "user_id", "token_version")
                found += [f"{row['id']} is not as shown"] * any(shown[each] != row[each] for each in columns)
        return found

    def _about_revisions(self, calls: Sequence[Call], reassigned: Sequence[Call]) -> list[str]:
        """Every change raised one revision, and a reassignment those of as many integrations as it said."""
        raised = sum(row["revision"] - 1 for row in (*self.integrations.values(), *self.erased.values()))
        changes = [call for call in calls if call.kind == "PATCH integrations"]
        told = sum(call.status == 200 for call in changes) + sum(call.shown.get("count", 0) for call in reassigned)
        untold = sum(call.status in {None, 404} for call in changes)  # 404: it was erased right after the change
        untold += len(self.integrations) * sum(call.status is None for call in reassigned)
        wrong = not told <= raised <= told + untold
        return [f"revisions were raised {raised} times after {told} to {told + untold} changes"] * wrong


async def new_user(client: Client, email: str = "grace@example.com") -> str:
    body = {"first_name": "Grace", "last_name": "Hopper", "email": email}
    made = await client.post("/v1/users", json=body)
    assert 201 == made.status_code
    return str(made.json()["id"])


async def new_integration(client: Client, user_id: str, name: str, status: str = "active") -> str:
    body = {"name": name, "user_id": user_id, "token": "a token", "status": status}
    made = await client.post("/v1/integrations", json=body)
    assert 201 == made.status_code
    return str(made.json()["id"])
