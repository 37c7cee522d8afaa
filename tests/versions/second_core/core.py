"""Another core: people without teams or integrations, who are kept in memory."""

from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID

from remuner.shared.errors import NotFound
from remuner.shared.ids import new_id


class PersonNotFound(NotFound):
    """There is no such person."""

    code = "not_found"
    detail = "There is no such person."


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody, by one name."""

    id: UUID
    name: str


class People(Protocol):
    """Keeps people."""

    async def add(self, person: Person) -> None: ...

    async def get(self, person_id: UUID) -> Person | None: ...


@dataclass(frozen=True, slots=True)
class Welcome:
    """Make a person."""

    people: People

    async def __call__(self, name: str) -> Person:
        """Return the person as kept."""
        person = Person(new_id(), name)
        await self.people.add(person)
        return person


@dataclass(frozen=True, slots=True)
class Meet:
    """Show a person; raises PersonNotFound."""

    people: People

    async def __call__(self, person_id: UUID) -> Person:
        """Return the person."""
        if person := await self.people.get(person_id):
            return person
        raise PersonNotFound


@dataclass(frozen=True, slots=True)
class PeopleInMemory:
    """People, as long as the process lives."""

    kept: dict[UUID, Person] = field(default_factory=dict, init=False)

    async def add(self, person: Person) -> None:
        """Keep one."""
        self.kept[person.id] = person

    async def get(self, person_id: UUID) -> Person | None:
        """Return one."""
        return self.kept.get(person_id)
