"""One run: services that differ in the number of rows take turns under load (A B C D A B C D …)."""

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, nullcontext
from dataclasses import replace
from itertools import groupby
from operator import attrgetter

import httpx2
import typer

from benchmarks.jobs import POSTGRES
from benchmarks.keys import AUTHORIZED
from benchmarks.load import Load, load
from benchmarks.rows import row_id
from benchmarks.run import Form
from benchmarks.scale.jobs import SIZES, Job, Place
from benchmarks.serve import Contender, Server, serving
from benchmarks.store import Store
from benchmarks.writes import adding_users

_WARM_UP_SECONDS = 1
_STEP = 200

Settings = Mapping[tuple[Contender, int], Mapping[str, str]]
"""The environment of a service, by what is served and how many users it has."""
Samples = Mapping[str, Mapping[int, list[Load]]]
"""A job's samples, a round each, by its name and the number of users."""


def filled(store: Store, jobs: Iterable[Job]) -> Settings:
    """Make the databases that the jobs need."""
    contenders = dict.fromkeys(job.contender for job in jobs)
    return {(each, users): store.settings(each.persistence, users) for users in SIZES for each in contenders}


def run(jobs: Sequence[Job], form: Form, settings: Settings) -> Samples:
    """Return the samples of each job; a single connection, so that nothing waits for anything but its own answer."""
    samples = {job.name: {users: list[Load]() for users in SIZES} for job in jobs}
    with ExitStack() as stack:
        servers = {each: stack.enter_context(serving(each[0], given)) for each, given in settings.items()}
        cursors = _cursors(jobs, servers)
        with typer.progressbar(jobs, label="jobs", file=sys.stderr, item_show_func=_name) as shown:
            for job in shown:
                turns = {users: _turn(job, users, servers[job.contender, users], cursors) for users in SIZES}
                for turn in turns.values():
                    turn(_WARM_UP_SECONDS)
                for _ in range(form.rounds):
                    for users, turn in turns.items():
                        samples[job.name][users].append(turn(form.seconds))
    return samples


def _name(job: Job | None) -> str:
    return job.name if job else ""


def _turn(job: Job, users: int, server: Server, cursors: Mapping[tuple[Place, int], str]) -> Callable[[int], Load]:
    """Return what gives the service of a size its turn of some seconds."""
    request = job.request
    if job.place:
        request = replace(request, path=request.path.replace("{cursor}", cursors[job.place, users]))
    if job.among:
        _read(server, job.among)

    def turn(seconds: int) -> Load:
        added = adding_users(f"{server.url}/v1/users", AUTHORIZED, job.users_per_second)
        with added if job.users_per_second else nullcontext():
            return load(server.url, request, job.among or users, seconds, connections=1)

    return turn


def _read(server: Server, users: int) -> None:
    """Read the first users, so that they are cached."""
    with httpx2.Client(base_url=server.url, headers=dict(AUTHORIZED)) as client:
        for number in range(1, users + 1):
            client.get(f"/v1/users/{row_id(number)}").raise_for_status()


def _cursors(jobs: Iterable[Job], servers: Mapping[tuple[Contender, int], Server]) -> Mapping[tuple[Place, int], str]:
    """Walk to the places, page by page, as a client has to."""
    places = sorted({job.place for job in jobs if job.place}, key=attrgetter("sort", "depth"))
    lists = [list(group) for _, group in groupby(places, key=attrgetter("sort"))]
    rows = sum(each[-1].rows(users) for each in lists for users in SIZES)
    with typer.progressbar(length=rows, label="pages", file=sys.stderr, hidden=not rows) as shown:
        return {
            (place, users): cursor
            for users in SIZES
            for each in lists
            for place, cursor in _walk(servers[POSTGRES, users], users, each, shown.update)
        }


def _walk(
    server: Server, users: int, places: Iterable[Place], advance: Callable[[int], None]
) -> Iterator[tuple[Place, str]]:
    passed, query = 0, dict[str, str]()
    with httpx2.Client(base_url=server.url, headers=dict(AUTHORIZED)) as client:
        for place in places:
            while missing := place.rows(users) - passed:
                limit = min(missing, _STEP)
                answer = client.get("/v1/users", params={"sort": place.sort, "limit": limit, **query})
                query = {"cursor": answer.raise_for_status().json()["next_cursor"]}
                passed += limit
                advance(limit)
            yield place, query["cursor"]
