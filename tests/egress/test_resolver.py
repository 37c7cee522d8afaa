"""Looking names up as the system does."""

import asyncio
import socket
from collections.abc import Iterator
from threading import Event
from typing import Any

import pytest
from tests.conftest import until

from remuner.shared import resolver
from remuner.shared.resolver import SystemResolver


async def test_the_system_knows_names() -> None:
    """Its hosts file counts."""
    resolve = SystemResolver()
    found = {str(each) for each in await resolve("localhost", 443)}
    assert found
    assert found <= {"127.0.0.1", "::1"}
    for _ in range(2):
        with pytest.raises(OSError, match=r"not known|No address"):
            await resolve("nowhere.invalid", 443)


@pytest.fixture
def hanging(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The names that the system is asked for and that nobody answers for, which begin with `hang`, until the end."""
    names: list[str] = []
    end = Event()

    def getaddrinfo(host: str, *arguments: Any, **options: Any) -> object:  # noqa: ANN401 - the system's
        if host.startswith("hang"):
            names.append(host)
            end.wait()
        return socket.getaddrinfo("localhost" if host.startswith("hang") else host, *arguments, **options)

    monkeypatch.setattr(resolver, "getaddrinfo", getaddrinfo)
    yield names
    end.set()


async def test_a_name_that_hangs_holds_up_no_other(hanging: list[str]) -> None:
    """Nor are there more threads than names, however many wait for one, give up or come again."""
    resolve = SystemResolver()
    for _ in range(2):
        waiting = [asyncio.create_task(resolve(f"hang{number % 99}", 443)) for number in range(300)]
        await until(lambda: len(hanging) == 99)
        assert await resolve("localhost", 443)
        for task in waiting:
            task.cancel()
        await asyncio.wait(waiting)
    waits = asyncio.create_task(resolve("hang99", 443))
    await until(lambda: len(hanging) == 100)
    with pytest.raises(OSError, match=r"^$"):
        await resolve("localhost", 443)
    waits.cancel()


async def test_who_asks_later_has_another_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those who ask meanwhile share one."""
    answers = iter(["10.0.0.7", "10.0.0.8"])
    monkeypatch.setattr(resolver, "getaddrinfo", lambda *_, **__: [(0, 0, 0, "", (next(answers), 443))])
    resolve = SystemResolver()
    one, other = await asyncio.gather(resolve("crm.example", 443), resolve("crm.example", 443))
    assert (["10.0.0.7"], True) == ([str(each) for each in one], one is other)
    assert ["10.0.0.8"] == [str(each) for each in await resolve("crm.example", 443)]
