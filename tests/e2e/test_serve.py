"""`remuner serve` with embedded servers: starts, ends, what is killed in between, and what only a real socket shows."""

import asyncio
import gzip
import re
import signal
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import count
from pathlib import Path
from typing import Self

import asyncpg
import httpx2
import psutil
import pytest
from tests.e2e.service import Service, remuner

from remuner.shared.embedded import addresses_of

USER = {"first_name": "Ada", "last_name": "Lovelace"}


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    """A service with a data directory of its own, not started yet."""
    with Service(tmp_path) as service:
        yield service


class Writers:
    """Threads that create users all the time, and what was acknowledged to them."""

    def __init__(self, service: Service) -> None:
        """Start with `run`."""
        self.acknowledged: list[str] = []
        self.statuses: set[int] = set()
        self._service = service
        self._numbers = count()
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._write) for _ in range(4)]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        self.await_more(40)
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def await_more(self, number: int) -> None:
        """Wait until so many more writes are acknowledged."""
        goal, deadline = len(self.acknowledged) + number, time.monotonic() + 30
        while len(self.acknowledged) < goal:
            assert time.monotonic() < deadline, "no write is acknowledged"
            time.sleep(0.01)

    def _write(self) -> None:
        with self._service.client() as client:
            while not self._stop.is_set():
                body = {**USER, "email": f"ada{next(self._numbers)}@example.com"}
                try:
                    answer = client.post("/v1/users", json=body)
                except httpx2.TransportError:
                    time.sleep(0.02)
                    continue
                self.statuses.add(answer.status_code)
                if 201 == answer.status_code:
                    self.acknowledged.append(answer.json()["id"])


def missing(service: Service, user_ids: list[str]) -> list[str]:
    """The users that the service does not know."""
    with service.client() as client, ThreadPoolExecutor(4) as pool:
        answers = pool.map(lambda user_id: client.get(f"/v1/users/{user_id}").status_code, user_ids)
        return [user_id for user_id, status in zip(user_ids, answers, strict=True) if status != 200]


def test_the_first_start_prints_a_key_that_works_and_the_next_one_does_not(service: Service) -> None:
    """The first access key is shown once and stays valid; SIGTERM ends the service and its servers with exit code 0."""
    service.start()
    with service.client() as client:
        assert 201 == client.post("/v1/users", json={**USER, "email": "ada@example.com"}).status_code
    family = service.family()
    assert 0 == service.end(signal.SIGTERM)
    assert [] == [each for each in family if each.is_running()]
    service.start()
    with service.client() as client:
        assert 1 == len(client.get("/v1/users").json()["items"])
    assert 1 == service.output.count("rk_")


def test_a_kill_loses_no_acknowledged_write_and_leaves_nothing_in_the_way(service: Service) -> None:
    """After SIGKILL under writes the service starts again on the same port and data, with every acknowledged write."""
    service.start()
    with Writers(service) as writers:
        service.end(signal.SIGKILL)
    service.start()
    assert [] == missing(service, writers.acknowledged)
    assert {201} == writers.statuses


@pytest.mark.parametrize("victim", ["postgres", "valkey-server", "remuner"])
def test_a_killed_part_comes_back_by_itself(service: Service, victim: str) -> None:
    """PostgreSQL, Valkey or the worker killed under writes: 503 at worst, recovery, nothing acknowledged is lost."""
    service.start()
    with Writers(service) as writers:
        service.named(victim).kill()
        writers.await_more(40)
    assert [] == missing(service, writers.acknowledged)
    assert writers.statuses <= {201, 503}, service.output


def test_a_database_that_hangs_is_503_in_under_five_seconds_and_recovers(service: Service) -> None:
    """With PostgreSQL stopped every answer is 503 within 5 s; when it goes on, so does the service."""
    service.start()
    postgres = service.named("postgres")
    with service.client() as client:
        assert 200 == client.get("/v1/users").status_code
        postgres.suspend()  # first: what it would start meanwhile would go on
        frozen = [*postgres.children(recursive=True), postgres]
        for process in frozen:
            process.suspend()
        try:
            begin = time.monotonic()
            with ThreadPoolExecutor(3) as pool:
                answers = list(pool.map(client.get, ("/v1/users", "/readyz", "/v1/teams/stats")))
            assert time.monotonic() - begin < 5
            for answer in answers:
                assert (503, "service_unavailable") == (answer.status_code, answer.json()["code"])
                assert "1" == answer.headers["retry-after"]
            assert 200 == client.get("/healthz").status_code
        finally:
            for process in frozen:
                process.resume()
        deadline = time.monotonic() + 10
        while client.get("/v1/users").status_code != 200:
            assert time.monotonic() < deadline


def test_sigterm_lets_the_request_in_flight_finish(service: Service) -> None:
    """A request that waits when SIGTERM comes is answered, then the service exits with 0."""
    service.start()
    with service.client() as client:
        place = client.post("/v1/users", json={**USER, "email": "ada@example.com"}).headers["location"]
        waiting, release = threading.Event(), threading.Event()
        holder = threading.Thread(target=lambda: asyncio.run(_hold_users(service, waiting, release)))
        holder.start()
        waiting.wait()
        with ThreadPoolExecutor(1) as pool:
            answer = pool.submit(client.patch, place, json={"first_name": "Augusta"})
            time.sleep(0.5)
            assert service.process
            service.process.send_signal(signal.SIGTERM)
            time.sleep(0.5)
            release.set()
            assert (200, "Augusta") == (answer.result().status_code, answer.result().json()["first_name"])
        holder.join()
    assert 0 == service.process.wait(20)


async def _hold_users(service: Service, waiting: threading.Event, release: threading.Event) -> None:
    connection = await asyncpg.connect(addresses_of(service.data_dir).database_url)
    async with connection.transaction():
        await connection.execute("SELECT 1 FROM users.users FOR UPDATE")
        waiting.set()
        await asyncio.to_thread(release.wait)
    await connection.close()


def test_a_second_service_on_the_same_data_says_so(service: Service, tmp_path: Path) -> None:
    """The second one ends at once, names the directory, and leaves the first alone."""
    service.start()
    second = remuner("serve", "--port", str(service.port + 1), "--data-dir", str(service.data_dir))
    assert 1 == second.returncode
    assert f"{service.data_dir} is in use by process {service.process and service.process.pid}" in second.stderr
    assert "Traceback" not in second.stderr
    assert service.is_ready()


def test_a_port_that_is_taken_is_a_clear_error(env: dict[str, str], tmp_path: Path) -> None:
    """It names the address and the options that choose another, and leaves no server behind."""
    with Service(tmp_path, env=env) as service:
        service.start()
        second = remuner("serve", "--port", str(service.port), "--data-dir", str(tmp_path / "other"))
    assert 1 == second.returncode
    assert f"cannot listen on 127.0.0.1:{service.port}" in second.stderr
    assert "--port" in second.stderr
    assert [] == _working_in(tmp_path / "other")


@pytest.mark.parametrize("seconds", [0.9, 1.3, 1.7, 2.1])
def test_a_first_start_that_is_killed_does_not_hinder_the_next(service: Service, seconds: float) -> None:
    """Whenever SIGKILL comes, the next start works and some start has shown a key that is valid."""
    service.start(ready=False)
    time.sleep(seconds)
    service.end(signal.SIGKILL)
    service.start()
    keys = [word for word in service.output.split() if word.startswith("rk_")]
    answers = [
        httpx2.get(f"{service.url}/v1/users", headers={"Authorization": f"Bearer {key}"}).status_code for key in keys
    ]
    assert 200 == answers[-1]


def test_two_workers_answer_and_end_together(tmp_path: Path) -> None:
    """`--workers 2` starts two processes that share the port."""
    with Service(tmp_path, "--workers", "2") as service:
        service.start()
        workers = [each for each in service.family() if each.name().startswith("remuner")]
        assert 2 == len(workers)
        assert 0 == service.end(signal.SIGTERM)


def test_bodies_that_do_not_keep_to_what_they_announce(service: Service) -> None:
    """Over 64 KiB, chunked or announced: 413 and the end of the connection; cut off or longer than said: no write."""
    service.start()
    body = b'{"first_name": "Ada", "last_name": "Lovelace", "email": "ada@example.com"}'
    chunk = b"2000\r\n" + b" " * 0x2000 + b"\r\n"
    for headers, sent, status in (
        ("Transfer-Encoding: chunked", chunk * 8 + b"1\r\n ", 413),
        ("Content-Length: 65537", b"", 413),
        (f"Content-Length: {len(body) + 1}", body, 400),
        (f"Content-Length: {len(body) - 1}", body, 400),
    ):
        answer = _raw(service, headers, sent)
        assert answer.startswith(f"HTTP/1.1 {status} "), headers
        assert status == 400 or "\r\nconnection: close\r\n" in answer.lower()
        with service.client() as client:
            assert [] == client.get("/v1/users").json()["items"]


def _raw(service: Service, headers: str, body: bytes) -> str:
    """Send a request, and nothing more; return all that comes until the service closes the connection."""
    head = f"POST /v1/users HTTP/1.1\r\nHost: remuner.test\r\nAuthorization: Bearer {service.access_key}\r\n"
    head += f"Content-Type: application/json\r\n{headers}\r\n\r\n"
    received = b""
    with socket.create_connection(("127.0.0.1", service.port), timeout=10) as connection:
        connection.sendall(head.encode() + body)
        connection.shutdown(socket.SHUT_WR)
        while data := connection.recv(65536):
            received += data
    return received.decode()


async def test_conditional_requests_through_a_proxy_that_compresses(service: Service) -> None:
    """The tag as nginx, Apache or Caddy show it saves the body and guards a change like the original."""
    service.start()
    with service.client() as direct:
        place = direct.post("/v1/users", json={**USER, "email": "ada@example.com"}).headers["location"]
        for shown in ("W/{0}", '"{1}-gzip"', 'W/"{1}-gzip"'):
            tag = direct.get(place).headers["etag"]
            tag = shown.format(tag, tag.strip('"'))
            proxy = await asyncio.start_server(partial(_compress, service, shown), "127.0.0.1", 0)
            host, port = proxy.sockets[0].getsockname()
            async with proxy, httpx2.AsyncClient(base_url=f"http://{host}:{port}", headers=direct.headers) as client:
                seen = await client.get(place)
                assert ("gzip", tag) == (seen.headers["content-encoding"], seen.headers["etag"])
                assert "ada@example.com" == seen.json()["email"]
                assert 304 == (await client.get(place, headers={"If-None-Match": tag})).status_code
                guarded = [await client.patch(place, json={}, headers={"If-Match": tag}) for _ in range(2)]
                assert [200, 412] == [answer.status_code for answer in guarded]
                assert 200 == (await client.get(place, headers={"If-None-Match": tag})).status_code


async def _compress(service: Service, shown: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Pass one request on, and its answer back compressed, with the tag as a proxy shows it then."""
    head = await reader.readuntil(b"\r\n\r\n")
    length = re.search(rb"content-length: (\d+)", head, re.IGNORECASE)
    body = await reader.readexactly(int(length[1]) if length else 0)
    upstream, downstream = await asyncio.open_connection("127.0.0.1", service.port)
    downstream.write(head[:-2] + b"Connection: close\r\n\r\n" + body)
    head, _, body = (await upstream.read()).partition(b"\r\n\r\n")
    downstream.close()
    if body:
        body = gzip.compress(body)
        head = re.sub(rb"content-length: \d+", b"content-length: %d\r\ncontent-encoding: gzip" % len(body), head)
        head = re.sub(rb'(?<=etag: )"(.+?)"', lambda tag: shown.format(tag[0].decode(), tag[1].decode()).encode(), head)
    writer.write(head + b"\r\nconnection: close\r\n\r\n" + body)
    writer.close()
    await writer.wait_closed()


def _working_in(folder: Path) -> list[psutil.Process]:
    found = []
    for process in psutil.process_iter():
        try:
            if Path(process.cwd()).is_relative_to(folder):
                found.append(process)
        except psutil.Error:
            continue
    return found
