"""The domain of access by itself: whose a key or a session is, with ports that count and fail."""

import asyncio
import re
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import NoReturn
from uuid import UUID

import pytest
from tests.access.factories import NOON, SetClock, new_key, new_session

from remuner.access.domain.authenticate import Authenticate, CurrentUseLimits
from remuner.access.domain.entities import (
    AT_LONGEST,
    IDLE,
    AccessKey,
    AccessKeyStatus,
    AdminKey,
    IssuedKey,
    Session,
    digest,
    new_secret,
)
from remuner.shared.context import NO_LIMITS, UseLimits
from remuner.shared.errors import Unavailable
from remuner.shared.scopes import AccessScope

ADMIN_KEY = "an administrator's key, 32 and more"
TOKEN = "t" * 43
ONLY_GET = UseLimits(methods=frozenset({"GET"}))


@dataclass
class Keys:
    """Keeps one key, and counts; `away` as a database may be."""

    key: AccessKey | None = None
    digest: bytes = b""
    away: bool = False
    reads: int = 0
    uses: list[object] = field(default_factory=list)

    async def get_with_digest(self, key_id: UUID) -> tuple[AccessKey, bytes] | None:
        """Return the key."""
        self.reads += 1
        await asyncio.sleep(0)
        if self.away:
            raise Unavailable
        return (self.key, self.digest) if self.key and self.key.id == key_id else None

    async def get_use_limits(self, key_id: UUID, now: datetime) -> UseLimits | None:
        """Return the key's."""
        self.reads += 1
        if self.away:
            raise Unavailable
        return self.key.use_limits if self.key and self.key.id == key_id and self.key.opens(now) else None

    async def note_use(self, key_id: UUID, now: object) -> None:
        """Note it."""
        if self.away:
            raise Unavailable
        self.uses.append((key_id, now))

    def __getattr__(self, name: str) -> NoReturn:
        """Nothing else is asked for."""
        raise AssertionError(name)


@dataclass
class Sessions:
    """As the keys."""

    session: Session | None = None
    digest: bytes = b""
    reads: int = 0
    uses: list[object] = field(default_factory=list)

    async def find(self, digests: list[bytes]) -> Session | None:
        """Return the session."""
        self.reads += 1
        return self.session if self.digest in digests else None

    async def note_use(self, session_id: UUID, now: object) -> None:
        """Note it."""
        self.uses.append((session_id, now))

    def __getattr__(self, name: str) -> NoReturn:
        """Nothing else is asked for."""
        raise AssertionError(name)


class House:
    """A service with one key and, later, one session."""

    def __init__(self, **fields: object) -> None:
        self.clock = SetClock()
        self.key = new_key(**{"created_at": NOON, "last_used_at": NOON, **fields})  # type: ignore[arg-type]
        self.secret = new_secret(self.key.id)
        self.keys, self.sessions = Keys(self.key, digest(self.secret)), Sessions()
        self.authenticate = self.process()

    def process(self, admin_key: str | None = ADMIN_KEY) -> Authenticate:
        """Another process of the service."""
        admin = AdminKey(digest(admin_key) if admin_key else None)
        return Authenticate(self.keys, self.sessions, admin, self.clock)  # type: ignore[arg-type]

    def open_session(self, key: AccessKey | None) -> Session:
        """Keep a session of this key, or the admin key."""
        self.sessions.session = session = new_session(key, self.clock.now)
        self.sessions.digest = self.authenticate.session_digest(TOKEN, session.key_id)
        return session


def test_a_secret_is_the_id_and_256_random_bits() -> None:
    """`rk_<id>_<43 letters and digits>`, another each time, and hidden where the issued key is printed."""
    key = new_key()
    secrets = {new_secret(key.id) for _ in range(100)}
    assert 100 == len(secrets)
    assert all(re.fullmatch(rf"rk_{key.id}_[A-Za-z0-9]{{43}}", secret) for secret in secrets)
    assert "rk_" not in repr(IssuedKey(key, secrets.pop()))


async def test_a_key_is_known_by_the_whole_of_its_secret() -> None:
    """Its caller has its scopes and minor; another secret of the same id is nobody's."""
    house = House(expires_at=NOON + timedelta(days=1))
    caller = await house.authenticate.by_access_key(house.secret)
    assert caller
    assert (house.key.id, house.key.name, frozenset({AccessScope.USERS_READ})) == (
        caller.key_id,
        caller.name,
        caller.scopes,
    )
    assert ("2", house.key.expires_at) == (caller.api_version, caller.expires_at)
    assert await house.authenticate.by_access_key(new_secret(house.key.id)) is None
    assert 1 == house.keys.reads


@pytest.mark.parametrize(
    "change",
    [
        lambda secret: secret[:0],
        lambda secret: secret[:-1],
        lambda secret: secret + "x",
        lambda secret: secret.upper(),
        lambda secret: secret + "\n",
        lambda secret: f" {secret}",
        lambda secret: secret.replace("-", "", 1),
        lambda secret: "rk_" + "-" * 36 + secret[39:],
        lambda secret: secret[:-1] + "é",
        lambda secret: secret[:-1] + "\ud800",
        lambda secret: secret * 1000,
    ],
)
async def test_what_cannot_be_a_key_is_not_looked_up(change: object) -> None:
    """It is nobody's, and the database is not asked."""
    house = House()
    assert await house.authenticate.by_access_key(change(house.secret)) is None  # type: ignore[operator]
    assert 0 == house.keys.reads


async def test_concurrent_requests_of_a_key_are_one_read() -> None:
    """200 at once, right and wrong secrets mixed: one look into the database."""
    house = House()
    secrets = [house.secret, new_secret(house.key.id)] * 100
    callers = await asyncio.gather(*map(house.authenticate.by_access_key, secrets))
    assert [True, False] * 100 == [caller is not None for caller in callers]
    assert 1 == house.keys.reads


async def test_unknown_keys_are_not_remembered() -> None:
    """Each is looked up when it comes, and leaves nothing behind."""
    house = House()
    other = new_secret(new_key().id)
    for reads in (1, 2):
        assert await house.authenticate.by_access_key(other) is None
        assert reads == house.keys.reads


async def test_a_key_expires_at_its_moment() -> None:
    """Also one that was read before; inactive ones open nothing."""
    house = House(expires_at=NOON + timedelta(seconds=1))
    house.clock.now = NOON + timedelta(seconds=1, microseconds=-1)
    assert await house.authenticate.by_access_key(house.secret)
    house.clock.now = NOON + timedelta(seconds=1)
    assert await house.authenticate.by_access_key(house.secret) is None
    assert 1 == house.keys.reads
    inactive = House(status=AccessKeyStatus.INACTIVE)
    assert await inactive.authenticate.by_access_key(inactive.secret) is None


async def test_what_was_stopped_here_stops_at_once() -> None:
    """After `forget_key` the key is read anew; another process may take its last record for a moment."""
    house = House()
    other = house.process()
    for each in (house.authenticate, other):
        assert await each.by_access_key(house.secret)
    house.keys.key = replace(house.key, status=AccessKeyStatus.INACTIVE)
    house.authenticate.forget_key(house.key.id)
    assert await house.authenticate.by_access_key(house.secret) is None
    assert await other.by_access_key(house.secret)


async def test_without_the_database_only_what_was_just_read_passes() -> None:
    """A key whose state cannot be read raises Unavailable; the admin key and what cannot be a key need none."""
    house = House()
    assert await house.authenticate.by_access_key(house.secret)
    house.keys.away = True
    assert await house.authenticate.by_access_key(house.secret)
    await asyncio.sleep(0.95)
    with pytest.raises(Unavailable):
        await house.authenticate.by_access_key(house.secret)
    assert await house.authenticate.by_access_key(ADMIN_KEY)
    assert await house.authenticate.by_access_key("x") is None
    house.keys.away = False
    assert await house.authenticate.by_access_key(house.secret)


async def test_the_admin_key_has_every_scope_and_no_id() -> None:
    """It is there only while it is set."""
    house = House()
    caller = await house.authenticate.by_access_key(ADMIN_KEY)
    assert caller
    assert (None, "admin key", frozenset(AccessScope), None) == (
        caller.key_id,
        caller.name,
        caller.scopes,
        caller.api_version,
    )
    assert await house.process(None).by_access_key(ADMIN_KEY) is None
    assert 0 == house.keys.reads


async def test_a_use_is_written_once_a_minute_and_never_in_the_way() -> None:
    """Not before a minute has passed; not at all for a wrong secret; and a failing write fails no request."""
    house = House()
    house.clock.advance(timedelta(seconds=59))
    await house.authenticate.by_access_key(house.secret)
    house.clock.advance(timedelta(seconds=1))
    await house.authenticate.by_access_key(new_secret(house.key.id))
    await house.authenticate.finish()
    assert [] == house.keys.uses
    for _ in range(10):
        assert await house.authenticate.by_access_key(house.secret)
    await house.authenticate.finish()
    assert [(house.key.id, house.clock.now)] == house.keys.uses
    house.authenticate.forget_key(house.key.id)
    house.keys.key = replace(house.key, last_used_at=None)
    assert await house.authenticate.by_access_key(house.secret)
    house.keys.away = True
    await house.authenticate.finish()
    assert 1 == len(house.keys.uses)


async def test_a_session_can_do_what_its_key_can() -> None:
    """Its scopes are the key's; it is served the newest minor, and ends with whatever ends first."""
    house = House(expires_at=NOON + timedelta(hours=2))
    house.open_session(house.key)
    caller = await house.authenticate.by_session(TOKEN)
    assert caller
    assert (house.key.id, house.key.name, frozenset({AccessScope.USERS_READ})) == (
        caller.key_id,
        caller.name,
        caller.scopes,
    )
    assert (None, NOON + timedelta(hours=2)) == (caller.api_version, caller.expires_at)
    assert await house.authenticate.by_session("u" * 43) is None
    for never in ("", "t" * 42, "t" * 44, "é" * 43, "t" * 42 + "\n"):
        assert await house.authenticate.by_session(never) is None
    assert 2 == house.sessions.reads


@pytest.mark.parametrize("end", ["inactive", "expired", "deleted"])
async def test_a_session_dies_with_its_key(end: str) -> None:
    """Whichever way the key ends."""
    house = House(expires_at=NOON + timedelta(minutes=1))
    house.open_session(house.key)
    assert await house.authenticate.by_session(TOKEN)
    if end == "inactive":
        house.keys.key = replace(house.key, status=AccessKeyStatus.INACTIVE)
    if end == "deleted":
        house.keys.key = None
    if end == "expired":
        house.clock.advance(timedelta(minutes=1))
    else:
        house.authenticate.forget_key(house.key.id)
    assert await house.authenticate.by_session(TOKEN) is None


async def test_an_idle_session_is_over_after_an_hour() -> None:
    """And one that is used, whose use is written at most once a minute, after twelve."""
    house = House()
    session = house.open_session(house.key)
    house.clock.advance(IDLE - timedelta(microseconds=1))
    assert await house.authenticate.by_session(TOKEN)
    await house.authenticate.finish()
    assert [(session.id, house.clock.now)] == house.sessions.uses
    house.clock.advance(timedelta(microseconds=1))
    assert await house.authenticate.by_session(TOKEN) is None
    used = replace(session, last_used_at=NOON + AT_LONGEST)
    assert [False, True] == [
        used.is_over(NOON + AT_LONGEST - timedelta(microseconds=1)),
        used.is_over(NOON + AT_LONGEST),
    ]


async def test_a_session_of_the_admin_key_ends_with_that_key() -> None:
    """Once another admin key is set, or none, nobody has it; it opens by its token, not by what is kept of it."""
    house = House()
    house.open_session(None)
    caller = await house.authenticate.by_session(TOKEN)
    assert caller
    assert (None, "admin key", frozenset(AccessScope)) == (caller.key_id, caller.name, caller.scopes)
    for admin_key in (None, ADMIN_KEY + "x"):
        assert await house.process(admin_key).by_session(TOKEN) is None
    assert await house.process().by_session(TOKEN)


async def test_a_caller_has_the_limits_of_its_key() -> None:
    """By the key and by a session of it; the administrator has none."""
    house = House(use_limits=ONLY_GET)
    house.open_session(house.key)
    callers = [
        await house.authenticate.by_access_key(house.secret),
        await house.authenticate.by_session(TOKEN),
        await house.authenticate.by_access_key(ADMIN_KEY),
    ]
    assert [ONLY_GET, ONLY_GET, NO_LIMITS] == [caller and caller.use_limits for caller in callers]


@pytest.mark.parametrize("end", ["inactive", "expired", "deleted"])
async def test_limits_are_read_for_each_use(end: str) -> None:
    """A key that has ended has none, though it was read just now; with the database away nobody can tell."""
    house = House(use_limits=ONLY_GET, expires_at=NOON + timedelta(minutes=1))
    current = CurrentUseLimits(house.keys, house.clock)
    caller = await house.authenticate.by_access_key(house.secret)
    assert caller
    assert [ONLY_GET] * 3 == [await current(caller) for _ in range(3)]
    assert 4 == house.keys.reads
    if end == "inactive":
        house.keys.key = replace(house.key, status=AccessKeyStatus.INACTIVE)
    if end == "deleted":
        house.keys.key = None
    if end == "expired":
        house.clock.advance(timedelta(minutes=1))
    assert await current(caller) is None
    house.keys.away = True
    with pytest.raises(Unavailable):
        await current(caller)


async def test_the_administrator_is_not_limited() -> None:
    """Neither by the key nor in a session of it, whether the database is there or not."""
    house = House()
    house.open_session(None)
    house.keys.away = True
    current = CurrentUseLimits(house.keys, house.clock)
    for caller in (await house.authenticate.by_access_key(ADMIN_KEY), await house.authenticate.by_session(TOKEN)):
        assert caller
        assert NO_LIMITS == await current(caller)
    assert 0 == house.keys.reads
