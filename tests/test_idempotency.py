"""POSTs with an Idempotency-Key: carried out once, whoever repeats them, and whatever is killed."""

import asyncio
from collections import Counter
from datetime import timedelta

import pytest
from dishka import Provider, Scope
from tests.conftest import ADMIN_KEY, Client, Clients
from tests.integrations.factories import integration_body
from tests.users.factories import post_user, team_body, user_body

from remuner.shared.database import Database
from remuner.shared.idempotency import Answer
from remuner.shared.idempotency_records import PostgresIdempotencyRecords
from remuner.shared.sealing import Sealer
from remuner.users.api.idempotency import UsersIdempotency
from remuner.users.dependency_injection.providers import UsersDatabase
from remuner.users.domain.ports import UnitOfWork

PERSISTENCES = ("postgres", "cached")

KEY = {"Idempotency-Key": "first-try-1"}


async def _bodies(client: Client) -> dict[str, dict[str, object]]:
    """Return what creates one of each resource."""
    user = await post_user(client)
    return {"users": user_body(), "teams": team_body(), "integrations": integration_body(user["id"])}


async def _count(client: Client, resource: str) -> int:
    return int((await client.get(f"/v1/{resource}/stats")).json()["total"])


async def test_a_repeated_post_is_answered_as_the_first(client: Client) -> None:
    """The same status, body, ETag and Location, with `Idempotency-Replayed: true`, and one row."""
    for resource, body in (await _bodies(client)).items():
        before = await _count(client, resource)
        key = {"Idempotency-Key": f"make-{resource}"}
        first, *others = [await client.post(f"/v1/{resource}", json=body, headers=key) for _ in range(3)]
        assert 201 == first.status_code
        assert "idempotency-replayed" not in first.headers
        for other in others:
            assert (201, first.content, "true") == (
                other.status_code,
                other.content,
                other.headers["idempotency-replayed"],
            )
            for header in ("etag", "location", "content-type", "cache-control", "x-api-version"):
                assert first.headers[header] == other.headers[header]
            assert first.headers["x-request-id"] != other.headers["x-request-id"]
        assert before + 1 == await _count(client, resource)


async def test_another_request_under_the_key_is_refused(client: Client) -> None:
    """Another body or another path: 422 `idempotency_key_reused`, and nothing is made."""
    body = user_body()
    await client.post("/v1/users", json=body, headers=KEY)
    for path, other in (("/v1/users", body | {"first_name": "Eve"}), ("/v1/users", {}), ("/v1/teams", team_body())):
        answer = await client.post(path, json=other, headers=KEY)
        code = "validation_error" if not other else "idempotency_key_reused"
        assert (422, code) == (answer.status_code, answer.json()["code"])
    assert (1, 0) == (await _count(client, "users"), await _count(client, "teams"))
    assert 201 == (await client.post("/v1/users", json=user_body(), headers={"Idempotency-Key": "2"})).status_code


async def test_a_refusal_is_not_kept(client: Client) -> None:
    """What was refused may be sent again under its key, and is carried out when nothing stands in the way any more."""
    rival = await post_user(client, email="ada@example.com")
    body = user_body(email="ADA@example.com")
    assert 409 == (await client.post("/v1/users", json=body, headers=KEY)).status_code
    await client.delete(f"/v1/users/{rival['id']}")
    assert 201 == (await client.post("/v1/users", json=body, headers=KEY)).status_code


@pytest.mark.parametrize("keys", [[""], ["a b"], ["é"], ["x" * 256], ["a", "a"]])
async def test_what_cannot_be_a_key_is_refused(client: Client, keys: list[str]) -> None:
    """422 that points to the header, without what it held; the longest key is 255 characters."""
    headers = [(b"Idempotency-Key", key.encode()) for key in keys]
    answer = await client.post("/v1/users", json=user_body(), headers=headers)
    assert (422, ["/Idempotency-Key"]) == (answer.status_code, [each["pointer"] for each in answer.json()["errors"]])
    assert 0 == await _count(client, "users")
    assert 201 == (await client.post("/v1/users", json=user_body(), headers={"Idempotency-Key": "x" * 255})).status_code


async def test_of_two_hundred_at_once_one_is_carried_out(clients: Clients) -> None:
    """Over two services on one database: each is answered 201 with the same user, or 409 `idempotency_in_progress`."""
    body = user_body()
    async with clients() as one, clients() as two:
        posts = [client.post("/v1/users", json=body, headers=KEY) for client in (one, two) for _ in range(100)]
        answers = await asyncio.gather(*posts)
        after = await one.post("/v1/users", json=body, headers=KEY)
        assert 1 == await _count(one, "users")
    codes = Counter(answer.json().get("code", answer.status_code) for answer in answers)
    assert {201, "idempotency_in_progress"} >= set(codes)
    assert {after.json()["id"]} == {answer.json()["id"] for answer in answers if 201 == answer.status_code}
    assert 1 == sum("idempotency-replayed" not in answer.headers for answer in answers if 201 == answer.status_code)


async def test_a_key_is_forgotten_after_a_day(client: Client, database: Database) -> None:
    """24 hours later the same key makes something new, and the records of the day before go."""
    await client.post("/v1/teams", json=team_body(), headers={"Idempotency-Key": "another"})
    first = await client.post("/v1/teams", json=team_body(name="Sales"), headers=KEY)
    shift = "UPDATE users.idempotency_records SET created_at = created_at - $1::interval"
    await database.fetch(shift, timedelta(hours=23, minutes=59))
    again = await client.post("/v1/teams", json=team_body(name="Sales"), headers=KEY)
    assert first.json() == again.json()
    await database.fetch(shift, timedelta(minutes=2))
    assert 201 == (await client.post("/v1/teams", json=team_body(name="Support"), headers=KEY)).status_code
    assert 1 == (await database.fetch("SELECT count(*) FROM users.idempotency_records"))[0][0]


async def test_a_record_holds_nothing_of_the_request(client: Client, database: Database) -> None:
    """Neither a token nor a hash of what was sent that could be tried out without the keyset."""
    user = await post_user(client)
    await client.post("/v1/integrations", json=integration_body(user["id"], token="canary-5c1e"), headers=KEY)
    rows = await database.fetch("SELECT r::text, body, sealed_request FROM integrations.idempotency_records r")
    assert 1 == len(rows)
    kept = rows[0]["r"].encode() + rows[0]["body"]
    for hidden in (b"canary", b"canary".hex().encode(), b"first-try-1", ADMIN_KEY.encode()):
        assert hidden not in kept
    assert 1 == rows[0]["sealed_request"][0]  # Tink's prefix of a keyset's own output


class BrokenRecords(PostgresIdempotencyRecords):
    """Cannot keep what was answered."""

    async def keep(self, name: bytes, request: bytes, answer: Answer) -> None:
        """Write, and die before the commit."""
        await super().keep(name, request, answer)
        raise RuntimeError


async def test_the_record_and_the_write_are_kept_together_or_neither(clients: Clients) -> None:
    """If the one fails after the other, nothing is kept, and the same request is carried out when it comes again."""

    def broken(database: UsersDatabase, sealer: Sealer, work: UnitOfWork) -> UsersIdempotency:
        return UsersIdempotency(BrokenRecords("users", database, sealer, work))

    provider = Provider(scope=Scope.APP)
    provider.provide(broken)
    body = user_body()
    async with clients(provider) as failing:
        assert 500 == (await failing.post("/v1/users", json=body, headers=KEY)).status_code
        assert 0 == await _count(failing, "users")
    async with clients() as client:
        assert 201 == (await client.post("/v1/users", json=body, headers=KEY)).status_code
        assert 1 == await _count(client, "users")
