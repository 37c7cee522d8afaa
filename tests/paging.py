"""Lists that are read page by page while their rows come, go and change place."""

from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import chain, count, repeat
from typing import Generic, Protocol, TypeVar
from uuid import UUID

from hypothesis import strategies as st

from remuner.shared.pagination import Page, PageRequest
from remuner.shared.text import fold

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
TEXTS = st.text("aAbzÉée\u0301ßsS\u0130\u03c3\u03c2\u03a3%_\\ 9~\ud7ff\ue000😀", min_size=1, max_size=3)
MOMENTS = st.integers(0, 3).map(lambda number: NOON + timedelta(microseconds=number))
STATUSES = st.sampled_from(["active", "inactive"])

_numbers = count()


class Listed(Protocol):
    """What every list shows."""

    @property
    def id(self) -> UUID: ...


E = TypeVar("E", bound=Listed)


@dataclass(frozen=True, slots=True)
class Wish:
    """What a new row shall be, or an old one; None leaves that as it is."""

    text: str | None
    status: str | None
    created_at: datetime


def numbered(text: str | None) -> str | None:
    """Return a text that no other row has, None if none is wished for."""
    return f"{text}{next(_numbers)}" if text else None


@dataclass(frozen=True, slots=True)
class Listing(Generic[E]):
    """A list, and how its app writes to it: each returns when that is committed."""

    add: Callable[[Wish], Awaitable[E]]
    change: Callable[[E, Wish], Awaitable[E]]
    remove: Callable[[E], Awaitable[object]]
    read: Callable[[PageRequest, str | None, str | None], Awaitable[Page[E]]]


@dataclass(frozen=True, slots=True)
class Write:
    """Adds a row if `which` is None, else changes that row, or removes it if there is no wish for it."""

    which: int | None
    wish: Wish | None


@dataclass(frozen=True, slots=True)
class Journey:
    """Rows to begin with, what to ask for, and the writes after each page."""

    rows: list[Wish]
    request: PageRequest
    q: str | None
    status: str | None
    writes: list[list[Write]]


def journeys(*sorts: str) -> st.SearchStrategy[Journey]:
    """Return journeys through a list that can be sorted so."""
    new = st.builds(Wish, TEXTS, STATUSES, MOMENTS)
    change = st.builds(Wish, st.none() | TEXTS, st.none() | STATUSES, MOMENTS)
    write = st.builds(Write, st.none(), new) | st.builds(Write, st.integers(0, 9), st.none() | change)
    request = st.builds(PageRequest, st.integers(1, 3), st.sampled_from(sorts), st.booleans(), st.none(), st.booleans())
    filters = (st.none() | TEXTS.map(lambda text: text[0]), st.none() | STATUSES)
    return st.builds(
        Journey, st.lists(new, max_size=8), request, *filters, st.lists(st.lists(write, max_size=3), max_size=6)
    )


async def travel(listing: Listing[E], journey: Journey) -> None:
    """Read all pages, with the writes in between; check each page, and that what stays in its place is seen once."""
    rows = {row.id: row for row in [await listing.add(wish) for wish in journey.rows]}
    sort, descending = journey.request.sort, journey.request.descending

    def key(row: E) -> tuple[str | datetime, UUID]:
        value = getattr(row, sort)
        return fold(value) if isinstance(value, str) else value, row.id

    def matching() -> list[E]:
        found = [row for row in rows.values() if _matches(row, journey)]
        return sorted(found, key=key, reverse=descending)

    seen = Counter[UUID]()
    staying = set(map(key, matching()))
    request, last = journey.request, None
    for writes in chain(journey.writes, repeat(())):
        page = await listing.read(request, journey.q, journey.status)
        expected = [row for row in matching() if last is None or (key(row) < last if descending else key(row) > last)]
        assert expected[: request.limit] == list(page.items)
        assert (len(matching()) if request.include_total else None) == page.total
        assert (len(expected) > request.limit) is (page.next is not None)
        seen.update(row.id for row in page.items)
        if page.next is None:
            break
        request, last = replace(request, after=page.next), key(page.items[-1])
        for write in writes:
            await _apply(listing, rows, write)
            staying &= set(map(key, matching()))
    assert [] == [row_id for _, row_id in staying if seen[row_id] != 1]


async def _apply(listing: Listing[E], rows: dict[UUID, E], write: Write) -> None:
    if write.which is None and write.wish:
        new = await listing.add(write.wish)
        rows[new.id] = new
    elif write.which is not None and rows:
        row = list(rows.values())[write.which % len(rows)]
        if write.wish:
            rows[row.id] = await listing.change(row, write.wish)
        else:
            await listing.remove(rows.pop(row.id))


def _matches(row: Listed, journey: Journey) -> bool:
    status = getattr(row, "status", journey.status)
    texts = (getattr(row, name, "") for name in ("first_name", "last_name", "email", "name"))
    return journey.status in (None, status) and any(fold(journey.q or "") in fold(text) for text in texts)
