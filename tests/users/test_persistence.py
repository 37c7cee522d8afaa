"""What every implementation of the users' persistence ports promises."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from tests.users.factories import People, existing, new_user

from remuner.shared.ids import new_id
from remuner.shared.pagination import PageRequest
from remuner.users.domain.entities import (
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
    UnknownTeam,
)
from remuner.users.domain.ports import TeamPersistence, UserPersistence

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
SAME = [  # pairs that differ in case or composition only
    ("Ada", "aDA"),
    ("Straße", "STRASSE"),
    ("İnci", "i\u0307NCI"),
    ("Zoé", "ZOE\u0301"),
    ("Σίσυφος", "ΣΊΣΥΦΟΣ"),
]


async def test_a_user_is_read_as_it_was_added(people: People, users: UserPersistence) -> None:
    """What `add` keeps is what `get` returns, every attribute of it."""
    user = new_user(first_name="Žofie", last_name="O'Neil \\ %", status=UserStatus.PENDING, created_at=NOON)
    await people.unit_of_work(lambda: users.add(user))
    assert user == await users.get(user.id)


async def test_what_is_not_there_is_none(users: UserPersistence, teams: TeamPersistence) -> None:
    """An unknown id reads as None."""
    assert (None, None) == (await users.get(new_id()), await teams.get(new_id()))


async def test_get_many_returns_those_that_exist(people: People, users: UserPersistence) -> None:
    """Missing users are left out, repeated ids count once, nobody's id is asked for in vain."""
    one, two = await people.user(), await people.user()
    await people.user()
    found = await users.get_many([one.id, two.id, two.id, new_id()])
    assert {one, two} == set(found)
    assert [] == list(await users.get_many([]))


async def test_a_user_shows_its_teams_by_name(people: People) -> None:
    """Teams come in the order of their names, any case."""
    teams = [await people.team(name=name) for name in ("beta", "Alpha", "gamma")]
    user = await people.user(*teams)
    assert tuple(TeamSummary(teams[i].id, teams[i].name) for i in (1, 0, 2)) == user.teams


async def test_a_rolled_back_unit_of_work_keeps_nothing(people: People, users: UserPersistence) -> None:
    """What a failing unit of work wrote is not there afterwards."""
    user = new_user()

    async def work() -> None:
        await users.add(user)
        raise EmailTaken

    with pytest.raises(EmailTaken):
        await people.unit_of_work(work)
    assert await users.get(user.id) is None


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"q": "ADA"}, {"ada"}),
        ({"q": "oe\u0301"}, {"zoe"}),
        ({"q": "STRASSE"}, {"street"}),
        ({"q": "@EXAMPLE.com"}, {"ada", "street", "zoe"}),
        ({"q": "%"}, {"street"}),
        ({"q": "_"}, {"zoe"}),
        ({"q": "\\"}, {"ada"}),
        *(({"q": q}, {name}) for q, name in (("0 %", "street"), ("a_b", "zoe"), ("ve\\l", "ada"), ("E\\LACE", "ada"))),
        *(({"q": q}, set[str]()) for q in ("5_%", "a%b", "5%%", "___", "l\\ove", "%\\%")),
        ({"q": ""}, {"ada", "street", "zoe"}),
        ({"q": "lovelaceada"}, set()),
        ({"status": UserStatus.PENDING}, {"zoe"}),
        ({"status": UserStatus.INACTIVE}, set()),
        ({"q": "o", "status": UserStatus.ACTIVE}, {"ada", "street"}),
        ({"updated_since": NOON}, {"street", "zoe"}),
        ({"updated_since": NOON + timedelta(microseconds=1)}, {"zoe"}),
    ],
)
async def test_users_are_filtered(
    people: People, users: UserPersistence, query: dict[str, Any], expected: set[str]
) -> None:
    """`q` is a literal part of either name or of the email in any case; filters join by AND; the total counts them."""
    made = {
        "ada": await people.user(
            first_name="Ada", last_name="Love\\lace", email="first@example.com", created_at=NOON - timedelta(days=1)
        ),
        "street": await people.user(first_name="50 %", last_name="Straße", email="second@example.com", created_at=NOON),
        "zoe": await people.user(
            first_name="Zoé",
            last_name="A_B",
            email="third@example.com",
            status=UserStatus.PENDING,
            created_at=NOON + timedelta(days=1),
        ),
    }
    page = await users.list(UserQuery(PageRequest(include_total=True), **query))
    assert expected == {name for name, user in made.items() if user in page.items}
    assert len(expected) == page.total


async def test_users_are_filtered_by_team(people: People, users: UserPersistence) -> None:
    """`team_id` selects the members, each with all its teams."""
    one, two = await people.team(), await people.team()
    member = await people.user(one, two)
    await people.user(two)
    page = await users.list(UserQuery(PageRequest(), team_id=one.id))
    assert (member,) == page.items


async def test_without_a_wish_there_is_no_total(people: People, users: UserPersistence, teams: TeamPersistence) -> None:
    """The total is only counted for who asks."""
    await people.team(await people.user())
    assert (await users.list(UserQuery(PageRequest()))).total is None
    assert (await teams.list(TeamQuery(PageRequest()))).total is None
    assert 1 == (await teams.list(TeamQuery(PageRequest(include_total=True)))).total


async def test_a_change_touches_what_it_names_and_raises_the_revision(people: People, users: UserPersistence) -> None:
    """Fields that are None stay, the revision grows by one, `updated_at` is the one given; others stay."""
    user, other = await people.user(), await people.user()
    assert await people.unit_of_work(lambda: users.change(user.id, UserChanges(last_name="King"), None, NOON))
    expected = replace(user, last_name="King", revision=2, updated_at=NOON)
    assert expected == await users.get(user.id)
    changes = UserChanges("Al", "Ice", "al@example.com", UserStatus.INACTIVE)
    assert await people.unit_of_work(lambda: users.change(user.id, changes, None, NOON))
    assert replace(
        expected, first_name="Al", last_name="Ice", email="al@example.com", status=UserStatus.INACTIVE, revision=3
    ) == await users.get(user.id)
    assert other == await users.get(other.id)
    assert 1 == len((await users.list(UserQuery(PageRequest(), q=["AL", "ICE"][1]))).items)


@pytest.mark.parametrize(
    ("expected", "changed"), [(None, True), ({1}, True), ({1, 7}, True), ({2}, False), (set(), False)]
)
async def test_a_change_asks_for_the_revision(
    people: People,
    users: UserPersistence,
    teams: TeamPersistence,
    expected: set[int] | None,
    changed: bool,  # noqa: FBT001
) -> None:
    """A row changes, and is told as it was, only while it has one of the expected revisions."""
    user, team = await people.user(), await people.team()

    async def work() -> tuple[User | None, Team | None]:
        return (
            await users.change(user.id, UserChanges(first_name="B"), expected, NOON),
            await teams.change(team.id, TeamChanges("B"), expected, NOON),
        )

    assert ((user, team) if changed else (None, None)) == await people.unit_of_work(work)
    revisions = existing(await users.get(user.id)).revision, existing(await teams.get(team.id)).revision
    assert ((2, 2) if changed else (1, 1)) == revisions


async def test_what_is_not_there_does_not_change(
    people: People, users: UserPersistence, teams: TeamPersistence
) -> None:
    """Changing an unknown id tells so, and removing one is no error."""

    async def work() -> tuple[User | None, Team | None]:
        await users.remove(new_id())
        await teams.remove(new_id())
        return (
            await users.change(new_id(), UserChanges(), None, NOON),
            await teams.change(new_id(), TeamChanges(), None, NOON),
        )

    assert (None, None) == await people.unit_of_work(work)


@pytest.mark.parametrize(("one", "two"), SAME)
async def test_emails_and_team_names_are_unique_without_regard_to_case(people: People, one: str, two: str) -> None:
    """Spellings that differ in case or composition count as the same, when adding and when changing."""
    await people.user(email=f"{one}@example.com")
    await people.team(name=one)
    user, team = await people.user(), await people.team()
    with pytest.raises(EmailTaken):
        await people.user(email=f"{two}@EXAMPLE.com")
    with pytest.raises(EmailTaken):
        await people.unit_of_work(
            lambda: people.users.change(user.id, UserChanges(email=f"{two}@example.com"), None, NOON)
        )
    with pytest.raises(TeamNameTaken):
        await people.team(name=two)
    with pytest.raises(TeamNameTaken):
        await people.unit_of_work(lambda: people.teams.change(team.id, TeamChanges(name=two), None, NOON))


async def test_a_name_may_change_its_own_case(people: People, users: UserPersistence, teams: TeamPersistence) -> None:
    """The row itself does not stand in its way."""
    user, team = await people.user(email="a@example.com"), await people.team(name="a")

    async def work() -> None:
        assert await users.change(user.id, UserChanges(email="A@example.com"), None, NOON)
        assert await teams.change(team.id, TeamChanges(name="A"), None, NOON)

    await people.unit_of_work(work)
    assert "A@example.com" == existing(await users.get(user.id)).email


async def test_of_many_at_once_one_gets_the_email(people: People) -> None:
    """Concurrent additions of the same email: one is kept, all others are refused."""
    results = await asyncio.gather(*(people.user(email="Same@example.com") for _ in range(8)), return_exceptions=True)
    assert 1 == sum(isinstance(result, User) for result in results)
    assert 7 == sum(isinstance(result, EmailTaken) for result in results)


async def test_many_are_read_as_they_were_added(people: People, users: UserPersistence) -> None:
    """What `add_many` keeps is what `get` returns, every attribute of it; none at all is no error."""
    many = [
        new_user(first_name=name, last_name="O'Neil \\ %", status=status, created_at=NOON)
        for name, status in zip(("Žofie", "a,b", '"'), UserStatus, strict=True)
    ]
    assert not await people.unit_of_work(lambda: users.add_many(many))
    assert many == [await users.get(user.id) for user in many]
    assert (many[0],) == (await users.list(UserQuery(PageRequest(), q="ŽOFIE"))).items
    assert not await people.unit_of_work(lambda: users.add_many([]))


@pytest.mark.parametrize(("one", "two"), SAME)
async def test_of_many_those_whose_email_is_taken_are_left_out(
    people: People, users: UserPersistence, one: str, two: str
) -> None:
    """Taken by another user or by an earlier one of them, in any case: their ids come back, the others are kept."""
    await people.user(email=f"{one}@example.com")
    many = [new_user(email=email) for email in (f"{two}@EXAMPLE.com", f"x{one}@example.com", f"x{two}@example.com")]
    left_out = await people.unit_of_work(lambda: users.add_many(many))
    assert {many[0].id, many[2].id} == set(left_out)
    assert [None, many[1], None] == [await users.get(user.id) for user in many]


async def test_of_many_at_once_each_email_is_kept_once(people: People, users: UserPersistence) -> None:
    """Concurrent additions of the same emails, in any order: nobody fails, and each is kept by one of them."""
    emails = [f"user{i}@example.com" for i in range(50)]
    many = [[new_user(email=email) for email in emails[::step]] for step in (1, -1, 1, -1)]
    left_out = await asyncio.gather(
        *(people.unit_of_work(lambda each=each: users.add_many(each)) for each in many)  # type: ignore[misc]
    )
    assert 3 * 50 == sum(map(len, left_out))
    assert 50 == (await users.count())[UserStatus.ACTIVE]


async def test_users_join_teams_beside_their_own(people: People, users: UserPersistence) -> None:
    """Memberships come along, once however often they are named; a team that is missing refuses all of them."""
    one, two = await people.team(name="1"), await people.team(name="2")
    old, new = await people.user(one), await people.user()
    pairs = [(old.id, two.id), (old.id, one.id), (new.id, two.id), (new.id, two.id)]
    await people.unit_of_work(lambda: users.join_teams(pairs))
    await people.unit_of_work(lambda: users.join_teams([]))
    with pytest.raises(UnknownTeam):
        await people.unit_of_work(lambda: users.join_teams([(new.id, one.id), (old.id, new_id())]))
    assert ["1", "2"] == [team.name for team in existing(await users.get(old.id)).teams]
    assert ["2"] == [team.name for team in existing(await users.get(new.id)).teams]


async def test_what_is_held_waits_to_be_changed(people: People, users: UserPersistence, teams: TeamPersistence) -> None:
    """Others cannot change it before the unit of work ends, and then it is told as that left it."""
    user, team = await people.user(), await people.team()
    held = asyncio.Event()

    async def hold() -> None:
        assert (user, team) == (await users.hold(user.id), await teams.hold(team.id))
        assert await users.hold(new_id()) is None
        assert await teams.hold(new_id()) is None
        held.set()
        await asyncio.sleep(0.1)
        await users.change(user.id, UserChanges(first_name="A"), None, NOON)
        await teams.change(team.id, TeamChanges(name="A"), None, NOON)

    async def change() -> tuple[str, str]:
        await held.wait()
        old = await people.unit_of_work(lambda: users.change(user.id, UserChanges(first_name="B"), None, NOON))
        old_team = await people.unit_of_work(lambda: teams.change(team.id, TeamChanges(name="B"), None, NOON))
        return existing(old).first_name, existing(old_team).name

    _, before = await asyncio.gather(people.unit_of_work(hold), change())
    assert ("A", "A") == before


async def test_counts_follow_the_rows(people: People, users: UserPersistence, teams: TeamPersistence) -> None:
    """Users are counted by status, teams as they are, right after each write."""
    assert ({}, 0) == ({status: n for status, n in (await users.count()).items() if n}, await teams.count())
    user = await people.user()
    await people.user(status=UserStatus.PENDING)
    await people.user()
    await people.team()
    assert ({"active": 2, "pending": 1}, 1) == (await users.count(), await teams.count())
    await people.unit_of_work(lambda: users.change(user.id, UserChanges(status=UserStatus.INACTIVE), None, NOON))
    assert {"active": 1, "pending": 1, "inactive": 1} == await users.count()
    await people.unit_of_work(lambda: users.remove(user.id))
    assert {"active": 1, "pending": 1} == {status: n for status, n in (await users.count()).items() if n}
