"""Two minors over one truth: whatever is written through either reads the same through the other."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from unicodedata import normalize
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import Client
from tests.effort import EFFORT, effort
from tests.frontend import EXTRA
from tests.integrations.factories import opened_tokens

from remuner.shared.database import Database
from remuner.shared.sealing import Sealer, load_sealer
from remuner.shared.settings import Settings
from remuner.shared.text import fold

PERSISTENCES = ("postgres", "cached")

Thing = dict[str, Any]
Things = dict[str, Thing]

IN_MINOR_1 = {"team_ids": "teams", "user_ids": "users"}
MOMENTS = {"created_at", "updated_at", "token_set_at"}


class Step(NamedTuple):
    """A write through one of the minors. Numbers pick from what is there; None makes a new one, or leaves it out."""

    minor: str
    call: str
    which: int | None
    name: str
    others: list[int] | None
    token: str | None
    status: str


SAVES = ["save_user", "save_team", "save_integration"]
CALLS = [*SAVES, "delete_user", "delete_team", "delete_integration", "set_status", "set_member", "reassign"]
STEPS = st.builds(
    Step,
    minor=st.sampled_from("12"),
    call=st.sampled_from(SAVES * 2 + CALLS),
    which=st.sampled_from([None, 0, 1, 2]),
    name=st.sampled_from(["A", "a", "B", "\u00e9", "e\u0301", "ß", "ss", "X", "Y", "Z"]),
    others=st.sampled_from([None, [], [0], [1], [2], [0, 1], [1, 0, 2]]),
    token=st.none() | st.sampled_from(["one", "two"]),
    status=st.sampled_from(["active", "inactive"]),
)

BEGIN = [
    Step("1", "save_user", None, "A", None, None, "active"),
    Step("2", "save_user", None, "B", None, None, "active"),
    Step("2", "save_team", None, "A", [0], None, "active"),
    Step("1", "save_integration", None, "A", [0], "one", "active"),
]
"""What most writes need."""

UNUSED = dict.fromkeys(("destination", "token_last_used_at", "last_verified_at", "last_result"))
"""What minor 2 shows of a token that was never used."""


def picked(things: Things, numbers: Iterable[int]) -> list[str]:
    """Return the ids with these numbers, counted round and round, each once."""
    ids = list(things)
    return list(dict.fromkeys(ids[number % len(ids)] for number in numbers)) if ids else []


def by_name(things: Iterable[Thing]) -> list[Thing]:
    """Return them as those show them that have several."""
    return sorted(things, key=lambda each: fold(each["name"]))


def some(thing: Thing, *names: str) -> Thing:
    """Return only these fields."""
    return {name: thing[name] for name in names}


@dataclass
class World:
    """What there has to be, the oldest first, by what was accepted; it says beforehand how each write is answered."""

    client: Client
    users: Things = field(default_factory=dict)
    teams: Things = field(default_factory=dict)
    integrations: Things = field(default_factory=dict)

    async def send(self, minor: str, method: str, path: str, body: Thing | None = None) -> str:
        """Write as the minor does; return the code of a refusal, else the id, if one is answered."""
        if minor == "1":
            method = method.replace("PATCH", "POST")
            body = body and EXTRA | {IN_MINOR_1.get(name, name): value for name, value in body.items()}
        answer = await self.client.request(method, path, json=body, headers={"X-API-Version": minor})
        assert minor == answer.headers["x-api-version"]
        shown = answer.json() if answer.content else {}
        return str(shown.get("code") or shown.get("id") or "")

    async def save(self, step: Step, resource: str, body: Thing, unique: str, code: str) -> Thing | None:
        """Make or edit one and return it; None if another one has its `unique` field, which has to be answered."""
        things: Things = getattr(self, resource)
        known = None if step.which is None or not things else picked(things, [step.which])[0]
        path = f"/v1/{resource}" + (f"/{known}" if known else "")
        answer = await self.send(step.minor, "PATCH" if known else "POST", path, body)
        if any(fold(each[unique]) == fold(body[unique]) for id_, each in things.items() if id_ != known):
            assert code == answer
            return None
        assert (known or answer, known is not None) == (answer, answer in things)
        thing = things.setdefault(answer, {"id": answer, "status": "active", "teams": [], "tokens": 0})
        thing |= {name: value for name, value in body.items() if value is not None}
        return thing

    async def save_user(self, step: Step) -> None:
        """In the teams that are picked."""
        email = normalize("NFC", f"{step.name}@example.com")
        body: Thing = {"first_name": step.name, "last_name": step.name * 2, "email": email}
        if step.others is not None:
            body["team_ids"] = picked(self.teams, step.others)
        if user := await self.save(step, "users", body, "email", "email_taken"):
            user["teams"] = user.pop("team_ids", user["teams"])

    async def save_team(self, step: Step) -> None:
        """With the members that are picked."""
        body: Thing = {"name": step.name}
        if step.others is not None:
            body["user_ids"] = picked(self.users, step.others)
        team = await self.save(step, "teams", body, "name", "team_name_taken")
        if team and "user_ids" in team:
            members = team.pop("user_ids")
            for id_, user in self.users.items():
                self._be_member(user, team["id"], stays=id_ in members)

    def _be_member(self, user: Thing, team_id: str, *, stays: bool) -> None:
        user["teams"] = [each for each in user["teams"] if each != team_id] + [team_id] * stays

    async def save_integration(self, step: Step) -> None:
        """Of the first user that is picked, with the token; a new one needs both."""
        edited = step.which is not None and bool(self.integrations)
        owners = picked(self.users, step.others or ([] if edited else [0]))
        if not (edited or owners):
            return
        body: Thing = {"name": step.name} | ({"user_id": owners[0]} if owners else {})
        token = step.token if edited else step.token or "new"
        if token or step.minor == "1":
            body["token"] = token
        if integration := await self.save(step, "integrations", body, "name", "integration_name_taken"):
            integration["tokens"] += token is not None

    async def delete_user(self, step: Step) -> None:
        """Refused with active integrations; inactive ones go along."""
        for user_id in picked(self.users, [step.which or 0]):
            own = {id_: each for id_, each in self.integrations.items() if each["user_id"] == user_id}
            answer = await self.send(step.minor, "DELETE", f"/v1/users/{user_id}")
            if any(each["status"] == "active" for each in own.values()):
                assert "user_has_active_integrations" == answer
                continue
            assert "" == answer
            del self.users[user_id]
            for id_ in own:
                del self.integrations[id_]

    async def delete_team(self, step: Step) -> None:
        """Its users stay."""
        for team_id in picked(self.teams, [step.which or 0]):
            assert "" == await self.send(step.minor, "DELETE", f"/v1/teams/{team_id}")
            del self.teams[team_id]
            for user in self.users.values():
                self._be_member(user, team_id, stays=False)

    async def delete_integration(self, step: Step) -> None:
        """Active or not."""
        for id_ in picked(self.integrations, [step.which or 0]):
            assert "" == await self.send(step.minor, "DELETE", f"/v1/integrations/{id_}")
            del self.integrations[id_]

    async def set_status(self, step: Step) -> None:
        """Of a user and an integration, for which minor 1 has no call."""
        for resource, things in (("users", self.users), ("integrations", self.integrations)):
            for id_ in picked(things, [step.which or 0]):
                assert id_ == await self.send("2", "PATCH", f"/v1/{resource}/{id_}", {"status": step.status})
                things[id_]["status"] = step.status

    async def set_member(self, step: Step) -> None:
        """Put one in, or take one out, for which minor 1 has no call."""
        for team_id in picked(self.teams, [step.which or 0]):
            for user_id in picked(self.users, step.others or []):
                method = "PUT" if step.status == "active" else "DELETE"
                assert "" == await self.send("2", method, f"/v1/teams/{team_id}/members/{user_id}")
                self._be_member(self.users[user_id], team_id, stays=method == "PUT")

    async def reassign(self, step: Step) -> None:
        """Give all integrations of one user to another one, for which minor 1 has no call."""
        for leaver, heir in pairs(picked(self.users, [step.which or 0, *(step.others or [])])):
            path = f"/v1/users/{leaver}/reassign-integrations"
            assert "" == await self.send("2", "POST", path, {"to_user_id": heir})
            for each in self.integrations.values():
                each["user_id"] = heir if each["user_id"] == leaver else each["user_id"]

    def expected(self, minor: str) -> dict[str, list[Thing]]:
        """Return what the minor has to show of each resource, without moments."""
        lists: dict[str, list[Thing]] = {"users": [], "teams": [], "integrations": []}
        person = ("id", "first_name", "last_name", "email")
        for user in self.users.values():
            teams = by_name(some(self.teams[each], "id", "name") for each in user["teams"])
            own = [each for each in self.integrations.values() if each["user_id"] == user["id"]]
            integrations = by_name(some(each, "id", "name", "status") for each in own)
            lists["users"].append(some(user, *person, "status") | {"teams": teams, "integrations": integrations})
        for team in self.teams.values():
            members = [some(user, *person) for user in self.users.values() if team["id"] in user["teams"]]
            shown = {"users": members} if minor == "1" else {"members_count": len(members)}
            lists["teams"].append(some(team, "id", "name") | shown)
        for each in self.integrations.values():
            user = some(self.users[each["user_id"]], *person)
            flat = {f"user_{name}": user[name] for name in person[1:]}
            shown = flat if minor == "1" else {"user": user, "token_version": each["tokens"], **UNUSED}
            lists["integrations"].append(some(each, "id", "name", "status") | shown)
        return lists

    async def seen(self, minor: str) -> dict[str, list[Thing]]:
        """Return what the minor shows of each resource, without moments."""
        lists: dict[str, list[Thing]] = {}
        for resource in ("users", "teams", "integrations"):
            answer = await self.client.get(f"/v1/{resource}", headers={"X-API-Version": minor})
            shown = answer.json()
            items = shown if minor == "1" else shown["items"]
            lists[resource] = [{name: each[name] for name in each if name not in MOMENTS} for each in items]
        return lists

    async def check(self) -> None:
        """Compare what each minor shows with what there has to be."""
        for minor in "12":
            assert self.expected(minor) == await self.seen(minor), minor

    async def check_each(self) -> None:
        """Compare one by one, too, and the counts."""
        for minor in "12":
            header = {"X-API-Version": minor}
            for resource, things in self.expected(minor).items():
                for each in things:
                    shown = (await self.client.get(f"/v1/{resource}/{each['id']}", headers=header)).json()
                    assert each == {name: shown[name] for name in shown if name not in MOMENTS}
                stats = (await self.client.get(f"/v1/{resource}/stats", headers=header)).json()
                assert len(things) == stats["count" if minor == "1" else "total"]
        for team_id in self.teams:
            page = (await self.client.get(f"/v1/teams/{team_id}/members")).json()
            members = [user_id for user_id, user in self.users.items() if team_id in user["teams"]]
            assert members == [user["id"] for user in page["items"]]

    async def forget_all(self) -> None:
        """Make room for the next example."""
        for resource in ("integrations", "users", "teams"):
            for id_ in getattr(self, resource):
                assert "" == await self.send("1", "DELETE", f"/v1/{resource}/{id_}")


def pairs(ids: Sequence[str]) -> list[tuple[str, str]]:
    """Return the first two, if there are two."""
    return [(ids[0], ids[1])] if len(ids) > 1 else []


@pytest.fixture
def sealer(settings: Settings) -> Sealer:
    """The keyset of the service."""
    return load_sealer(settings.keyset_path)


@pytest.mark.fuzz
@pytest.mark.timeout(3600 if EFFORT else 400)
@effort(15)
@given(st.lists(STEPS, min_size=3, max_size=12))
async def test_writes_of_either_minor_read_the_same_in_both(
    client: Client, database: Database, sealer: Sealer, steps: list[Step]
) -> None:
    """After each write both show every field as it has to be, after a refused one as before; the last token counts."""
    world = World(client)
    for step in BEGIN + steps:
        await getattr(world, step.call)(step)
        await world.check()
    await world.check_each()
    tokens = {UUID(id_): each["token"].encode() for id_, each in world.integrations.items()}
    assert tokens == await opened_tokens(database.fetch, sealer)
    await world.forget_all()
