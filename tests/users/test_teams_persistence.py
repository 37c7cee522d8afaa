"""What every implementation of the teams' persistence promises."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from tests.users.factories import People, existing, new_team

from remuner.shared.ids import new_id
from remuner.shared.pagination import PageRequest
from remuner.users.domain.entities import TeamQuery, UserQuery
from remuner.users.domain.errors import (
    TeamNotFound,
    UnknownTeam,
    UnknownUser,
    UserNotFound,
)
from remuner.users.domain.ports import TeamPersistence, UserPersistence

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


async def test_set_teams_replaces_all_memberships(people: People, users: UserPersistence) -> None:
    """The named teams stay or come, others go and are told; repeated ids count once; other users keep theirs."""
    one, two, three = [await people.team() for _ in range(3)]
    user, other = await people.user(one, two), await people.user(one)
    before = await people.unit_of_work(lambda: users.set_teams(user.id, [two.id, three.id, three.id]))
    assert {one.id, two.id} == set(before)
    assert {two.id, three.id} == {team.id for team in existing(await users.get(user.id)).teams}
    assert {two.id, three.id} == set(await people.unit_of_work(lambda: users.set_teams(user.id, [])))
    assert () == existing(await users.get(user.id)).teams
    assert other == await users.get(other.id)


async def test_set_members_replaces_all_members(people: People, teams: TeamPersistence) -> None:
    """The named users stay or come, others go and are told; repeated ids count once; other teams keep theirs."""
    one, two, three = [await people.user() for _ in range(3)]
    team, other = await people.team(one, two), await people.team(one)
    assert (2, 1) == (team.members_count, other.members_count)
    before = await people.unit_of_work(lambda: teams.set_members(team.id, [two.id, three.id, three.id]))
    assert {one.id, two.id} == set(before)
    page = await people.users.list(UserQuery(PageRequest(), team_id=team.id))
    assert [two.id, three.id] == [user.id for user in page.items]
    assert other == await teams.get(other.id)


async def test_unknown_members_and_teams_are_named(
    people: People, users: UserPersistence, teams: TeamPersistence
) -> None:
    """Each way into a team tells what does not exist, and changes nothing."""
    user, team = await people.user(), await people.team()
    refused = [
        (UnknownTeam, lambda: users.set_teams(user.id, [team.id, new_id()])),
        (UnknownUser, lambda: teams.set_members(team.id, [user.id, new_id()])),
        (TeamNotFound, lambda: teams.add_member(new_id(), user.id)),
        (UserNotFound, lambda: teams.add_member(team.id, new_id())),
    ]
    for error, work in refused:
        with pytest.raises(error):
            await people.unit_of_work(work)
    assert (user, team) == (await users.get(user.id), await teams.get(team.id))


async def test_members_come_and_go_once(people: People, teams: TeamPersistence) -> None:
    """Adding or removing a member again changes nothing more and tells so; the team's revision stays."""
    user, team = await people.user(), await people.team()
    for count, change in ((1, teams.add_member), (0, teams.remove_member)) * 2:
        for changed in (True, False):
            found = await people.unit_of_work(lambda change=change: change(team.id, user.id))  # type: ignore[misc]
            assert (changed, replace(team, members_count=count)) == (found, await teams.get(team.id))


async def test_removing_one_side_ends_the_membership_only(people: People) -> None:
    """A removed user leaves its teams, a removed team leaves its users."""
    team = await people.team()
    user, other = await people.user(team), await people.user(team)
    await people.unit_of_work(lambda: people.users.remove(user.id))
    assert await people.users.get(user.id) is None
    assert team.members_count + 1 == existing(await people.teams.get(team.id)).members_count
    await people.unit_of_work(lambda: people.teams.remove(team.id))
    assert () == existing(await people.users.get(other.id)).teams


async def test_a_team_is_read_as_it_was_added(people: People, teams: TeamPersistence) -> None:
    """What `add` keeps is what `get` and `list` return; `q` is a literal part of the name in any case."""
    team = new_team(name="50 %_ Straße", created_at=NOON)
    await people.unit_of_work(lambda: teams.add(team))
    await people.team(name="Other")
    assert team == await teams.get(team.id)
    for q in ("%_", "0 %", "STRASSE"):
        assert (team,) == (await teams.list(TeamQuery(PageRequest(), q))).items
    assert () == (await teams.list(TeamQuery(PageRequest(), "5%_"))).items
