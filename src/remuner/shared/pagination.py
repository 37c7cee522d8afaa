"""Keyset pages: what comes after a position, not after a number of rows.

A row that stays is seen once, however many others come and go between two pages.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar
from uuid import UUID

T = TypeVar("T")
U = TypeVar("U")


@dataclass(frozen=True, slots=True)
class Position:
    """Where a page ended: the last row's sort value and id."""

    value: str | datetime
    id: UUID


@dataclass(frozen=True, slots=True)
class PageRequest:
    """At most `limit` rows after a position, in the order of one attribute, ties by id."""

    limit: int = 50
    sort: str = "created_at"
    descending: bool = False
    after: Position | None = None
    include_total: bool = False


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some rows; `next` is where the following page begins, None at the end."""

    items: tuple[T, ...]
    next: Position | None = None
    total: int | None = None

    def map(self, change: Callable[[T], U]) -> "Page[U]":
        """Return the same page of other things."""
        return Page(tuple(change(item) for item in self.items), self.next, self.total)
