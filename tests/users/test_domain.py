"""The users' domain by itself."""

from dataclasses import FrozenInstanceError
from uuid import UUID

import pytest
from tests.users.factories import new_user

from remuner.users.domain.entities import NewUser, TeamChanges, UserChanges, UserStatus
from remuner.users.domain.errors import UserHasActiveIntegrations


def test_a_new_user_is_active_and_in_no_team() -> None:
    """What is not said otherwise."""
    new = NewUser("Ada", "Lovelace", "ada@example.com")
    assert (UserStatus.ACTIVE, ()) == (new.status, new.team_ids)


def test_changes_change_nothing_by_themselves() -> None:
    """Every field of a change is None until it is given."""
    assert UserChanges(None, None, None, None, None) == UserChanges()
    assert TeamChanges(None, None) == TeamChanges()


def test_a_refused_deletion_names_what_stands_in_the_way() -> None:
    """The ids are a member of the answer, as text; the sentence for people has none of them."""
    error = UserHasActiveIntegrations([UUID(int=1), UUID(int=2)])
    expected = ["00000000-0000-0000-0000-000000000001", "00000000-0000-0000-0000-000000000002"]
    assert {"integration_ids": expected} == error.extensions
    assert expected[0] not in str(error)


def test_a_user_does_not_change_under_its_holder() -> None:
    """Entities are immutable."""
    with pytest.raises(FrozenInstanceError):
        new_user().email = "other@example.com"  # type: ignore[misc]
