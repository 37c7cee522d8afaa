"""Every integration has a user, and no user is erased while it has an active one, whatever races and whoever is killed.

The races run in processes of their own (see race.py); afterwards the databases have to agree with every answer given.
"""

import asyncio
import json
import signal
import sys
from collections import Counter
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from contextvars import Context
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import UUID

import asyncpg
import pytest
from dishka import Provider, Scope
from tests import race
from tests.conftest import ADMIN_KEY, Client, Clients, new_database

from remuner.bridges import DepartureSweeper
from remuner.integrations.dependency_injection.providers import IntegrationsDatabase
from remuner.integrations.domain.ports import IntegrationPersistence
from remuner.integrations.persistence.postgres import PostgresIntegrations
from remuner.main import build
from remuner.shared.sealing import Sealer
from remuner.shared.settings import Settings
from remuner.users.dependency_injection.providers import UsersDatabase

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
}
"""What racers may be answered."""
# A witness in the database: what was erased, and whether that was because its user was let go.
WITNESS = """
    CREATE TABLE public.erased (id uuid, user_id uuid, status text, transaction xid8 DEFAULT pg_current_xact_id());
    CREATE TABLE public.released (user_id uuid, transaction xid8 DEFAULT pg_current_xact_id());
    CREATE FUNCTION public.witness() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF TG_OP = 'DELETE' THEN INSERT INTO public.erased VALUES (OLD.id, OLD.user_id, OLD.status);
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
        return race.Job(_plain(self.settings), self.integrations_url, **what)

    @property
    def urls(self) -> tuple[str, str]:
        """The users' and the integrations'."""
        url = _plain(self.settings)["database_url"]
        return url, self.integrations_url or url


def _plain(settings: Settings) -> dict[str, str]:
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


@pytest.fixture
async def together(settings: Settings) -> Home:
    """Both apps in one database."""
    return Home(settings, None)


@pytest.fixture
async def apart(settings: Settings, server_url: str) -> AsyncIterator[Home]:
    """Each app in a database that lacks the other's tables."""
    async with new_database(server_url) as integrations_url:
        home = Home(settings, integrations_url)
        for url, other in zip(home.urls, ("integrations", "users"), strict=True):
            async with connected(url) as connection:
                await connection.execute(f"DROP SCHEMA {other} CASCADE")
        yield home


@pytest.fixture(params=["together", "apart"])
def home(request: pytest.FixtureRequest) -> Home:
    """Either."""
    home: Home = request.getfixturevalue(request.param)
    return home


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
        return f"{self.method} {self.path.split('/')[2].partition('?')[0]}"

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
        await _integration(client, await _user(client), race.TAKEN)
    async with AsyncExitStack() as stack:
        jobs = [home.job(seed=SEED + number, calls=calls) for number in range(len(kill_after))]
        racers = [await stack.enter_async_context(worker(job)) for job in jobs]
        for racer in racers:
            assert racer.stdout
            assert b'"ready"\n' == await racer.stdout.readline()
        async with asyncio.TaskGroup() as tasks:
            reading = [tasks.create_task(calls_of(*each)) for each in zip(racers, kill_after, strict=True)]
    return [call for each in reading for call in each.result()]


async def _user(client: Client, email: str = "grace@example.com") -> str:
    body = {"first_name": "Grace", "last_name": "Hopper", "email": email}
    made = await client.post("/v1/users", json=body)
    assert 201 == made.status_code
    return str(made.json()["id"])


async def _integration(client: Client, user_id: str, name: str, status: str = "active") -> str:
    body = {"name": name, "user_id": user_id, "token": "a token", "status": status}
    made = await client.post("/v1/integrations", json=body)
    assert 201 == made.status_code
    return str(made.json()["id"])


@dataclass(frozen=True)
class After:
    """What the databases hold when the racers have gone."""

    home: Home
    users: set[UUID]
    integrations: dict[UUID, asyncpg.Record]
    departed: set[UUID]
    erased: dict[UUID, asyncpg.Record]
    deadlocks: int

    @classmethod
    async def read(cls, home: Home) -> "After":
        users_url, integrations_url = home.urls
        async with connected(users_url) as users, connected(integrations_url) as integrations:
            mine = "WHERE datname = current_database()"
            pids = f"{users.get_server_pid()}, {integrations.get_server_pid()}"
            for each in (users, integrations):  # a server process tells of its deadlocks when it ends
                ours = f"SELECT true FROM pg_stat_activity {mine} AND pid NOT IN ({pids})"
                while await each.fetchval(ours):  # noqa: ASYNC110 - the catalogue has no event to wait for
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
        return found + self._about_users(calls) + self._about_integrations(calls)

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
            meant = {call.id} if call.kind == "DELETE users" else {UUID(call.body.get("user_id", str(UUID(int=0))))}
            if "user_not_found" in call.answer and meant & self.users - self.departed:
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
        for row in self.integrations.values():
            of_it = [call for call in calls if call.id == row["id"]]
            patches = [call for call in of_it if call.method == "PATCH"]
            for column, counted in (
                ("revision", patches),
                ("token_version", [call for call in patches if "token" in call.body]),
            ):
                least = 1 + sum(call.status == 200 for call in counted)
                most = least + sum(call.status is None for call in counted)
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


def sizes(usual: int, soak: int) -> pytest.MarkDecorator:
    """Race for so many moves in each process."""
    return pytest.mark.parametrize("calls", [usual, pytest.param(soak, marks=pytest.mark.soak)])


async def agree(home: Home, calls: Sequence[Call]) -> None:
    """Compare what is there with what was answered; what matters must have been tried."""
    after = await After.read(home)
    assert [] == after.contradictions(calls)
    tried = {f"{call.kind}: {call.answer}" for call in calls}
    assert {f"{kind}: {answer}" for kind, answers in ANSWERS.items() for answer in answers} <= tried
    assert {(True, "inactive"), (False, "active")} <= {
        (row["released"], row["status"]) for row in after.erased.values()
    }


@sizes(400, 2000)
async def test_races_leave_every_integration_with_a_user(home: Home, calls: int) -> None:
    """Two processes race over a few users: no orphan, no lost write, no deadlock, only documented answers."""
    await agree(home, await raced(home, calls, None, None))


@sizes(300, 2000)
async def test_a_killed_process_takes_nothing_along(home: Home, calls: int) -> None:
    """One of two is killed amid its writes: what it acknowledged stays, and the other goes on without a failure."""
    await agree(home, await raced(home, calls, calls // 2, None))


async def test_an_overtaken_activation_asks_the_new_owner(clients: Clients) -> None:
    """An integration that is given away while it is being activated becomes active only under its new owner's lock."""
    admitted: list[UUID] = []
    overtake: list[Callable[[], Coroutine[Any, Any, object]]] = []

    class Overtaken(PostgresIntegrations):
        async def admit(self, user_id: UUID) -> bool:
            admitted.append(user_id)
            stays = await super().admit(user_id)
            if overtake:  # outside this unit of work
                await asyncio.create_task(overtake.pop()(), context=Context())
            return stays

    def overtaken(database: IntegrationsDatabase, sealer: Sealer) -> IntegrationPersistence:
        return Overtaken(database, sealer)

    provider = Provider(scope=Scope.APP)
    provider.provide(overtaken)
    async with clients(provider) as client:
        old, new = await _user(client), await _user(client, "new@example.com")
        path = f"/v1/integrations/{await _integration(client, old, 'Pipeline', 'inactive')}"
        admitted.clear()
        overtake.append(lambda: client.patch(path, json={"user_id": new}))
        answer = await client.patch(path, json={"status": "active"})
    assert [UUID(old), UUID(new), UUID(new)] == admitted
    assert (200, "active", new) == (answer.status_code, answer.json()["status"], answer.json()["user"]["id"])


async def test_the_api_is_the_same_together_and_apart(home: Home) -> None:
    """A user cannot go with an active integration, goes with the inactive one, and then is known to neither app."""
    async with race.service(home.settings, *home.parts) as client:
        user_id = await _user(client)
        user = f"/v1/users/{user_id}"
        integration_id = await _integration(client, user_id, "Pipeline")
        integration = f"/v1/integrations/{integration_id}"
        shown = (await client.get(user)).json()["integrations"]
        assert [{"id": integration_id, "name": "Pipeline", "status": "active"}] == shown
        assert user_id == (await client.get(integration)).json()["user"]["id"]
        refusal = await client.delete(user)
        assert (409, [integration_id]) == (refusal.status_code, refusal.json()["integration_ids"])
        assert 200 == (await client.patch(integration, json={"status": "inactive"})).status_code
        assert 204 == (await client.delete(user)).status_code
        gone = [(await client.get(user)).status_code, (await client.get(integration)).status_code]
        assert [404, 404] == gone
        assert 404 == (await client.delete(user)).status_code
        assert "422 user_not_found" == await _attempt(client, user_id)


async def _cut(home: Home, client: Client) -> str:
    """Let a process die in the middle of a deletion, and return the user."""
    user_id = await _user(client)
    await _integration(client, user_id, "Pipeline", "inactive")
    async with worker(home.job(user_id=user_id)) as process:
        assert -signal.SIGKILL == await process.wait()
    return user_id


async def _attempt(client: Client, user_id: str) -> str:
    body = {"name": "Another", "user_id": user_id, "token": "a token"}
    answer = await client.post("/v1/integrations", json=body)
    return f"{answer.status_code} {answer.json().get('code', '')}".strip()


async def test_a_deletion_cut_together_changes_nothing(together: Home) -> None:
    """In one database, a process that dies between the two steps of a deletion leaves the user as it was."""
    async with race.service(together.settings) as client:
        user_id = await _cut(together, client)
        assert "201" == await _attempt(client, user_id)
        shown = (await client.get(f"/v1/users/{user_id}")).json()["integrations"]
    assert ["Another", "Pipeline"] == [each["name"] for each in shown]


async def test_a_deletion_cut_apart_is_completed_by_the_next(apart: Home) -> None:
    """In two databases, the user is left and barred for ever, and a repeated DELETE completes what was begun."""
    async with race.service(apart.settings, *apart.parts) as client:
        user_id = await _cut(apart, client)
        user = f"/v1/users/{user_id}"
        left = await client.get(user)
        assert (200, []) == (left.status_code, left.json()["integrations"])
        assert "422 user_not_found" == await _attempt(client, user_id)
        assert [204, 404] == [(await client.delete(user)).status_code for _ in range(2)]


async def test_a_deletion_cut_apart_is_completed_by_the_sweeper(apart: Home) -> None:
    """In two databases, the sweeper deletes a user who was let go, once, and confirms the departure."""
    async with race.service(apart.settings, *apart.parts) as client:
        user_id = await _cut(apart, client)
        container = build(apart.settings, *apart.parts)
        sweeper = container.get(DepartureSweeper)
        async with container.get(UsersDatabase), container.get(IntegrationsDatabase):
            assert [1, 0] == [await sweeper.sweep(), await sweeper.sweep()]
        assert 404 == (await client.get(f"/v1/users/{user_id}")).status_code
    async with connected(apart.urls[1]) as connection:
        bars = await connection.fetch("SELECT user_id, confirmed FROM integrations.departed_users")
    assert [(UUID(user_id), True)] == [tuple(bar) for bar in bars]
