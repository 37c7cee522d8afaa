"""The console's files, as the API process serves them."""

import gzip
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from dishka import Provider, Scope
from tests.access.factories import bare
from tests.conftest import Client, Clients

from remuner.shared.console import PAGES, ConsoleFolder

ROOT = Path(__file__).parents[2]
SOURCES = ROOT / "console" / "src"
BUILT = ROOT / "src" / "remuner" / "console" / "assets"
GENERATED = {"schema.ts", "limits.ts"}
SCRIPT = b"console.log('Remuner')"
FILES = {
    "index.html": b'<script nonce="__CSP_NONCE__" src="/assets/index-1.js"></script>',
    "favicon.svg": b"<svg/>",
    "secret.txt": b"not for anybody",
    "assets/index-1.js": SCRIPT,
    "assets/index-1.js.gz": gzip.compress(SCRIPT, mtime=0),
    "assets/index-1.js.br": b"brotli",
    "assets/index-1.css": b"a{}",
}


@pytest.fixture
async def console(clients: Clients, tmp_path: Path) -> AsyncIterator[Client]:
    """A client of a service with a built console."""
    for name, content in FILES.items():
        (tmp_path / "console" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "console" / name).write_bytes(content)
    async with clients(_console_in(tmp_path / "console")) as client:
        yield client


def _console_in(folder: Path) -> Provider:
    provider = Provider(scope=Scope.APP)
    provider.provide(lambda: ConsoleFolder(folder), provides=ConsoleFolder)
    return provider


async def test_every_page_of_the_consoles_router_is_served(console: Client) -> None:
    """To anybody, without a key."""
    routed = set(re.findall(r'path: "(/[^":]*)"', (SOURCES / "router.ts").read_text()))
    assert set(PAGES) == routed
    for path in PAGES:
        assert 200 == (await bare(console, "GET", path)).status_code


async def test_a_page_carries_a_nonce_of_its_own_answer(console: Client) -> None:
    """The same in the policy, another in the next answer, and nothing of it is stored."""
    nonces = set[str]()
    for _ in range(2):
        answer = await bare(console, "GET", "/users")
        found = re.search(r"'nonce-([\w-]{20,})'", answer.headers["content-security-policy"])
        assert found
        assert f'<script nonce="{found[1]}" src="/assets/index-1.js"></script>' == answer.text
        assert "no-store" == answer.headers["cache-control"]
        nonces.add(found[1])
    assert 2 == len(nonces)


async def test_the_policy_allows_nothing_unsafe_and_nothing_from_elsewhere(console: Client) -> None:
    """Each source is the service itself, none, or the nonce."""
    policy = (await bare(console, "GET", "/")).headers["content-security-policy"]
    sources = {source for directive in policy.split("; ") for source in directive.split()[1:]}
    assert {"'self'", "'none'"} == {source for source in sources if not source.startswith("'nonce-")}
    assert policy.startswith("default-src 'none'; script-src 'self';")


@pytest.mark.parametrize(
    ("accepted", "coding", "content"),
    [
        ("gzip, deflate, br", "br", b"brotli"),
        ("gzip;q=1.0, br;q=0", "gzip", FILES["assets/index-1.js.gz"]),
        ("identity", None, SCRIPT),
        ("br;q=0.0, gzip; q=0", None, SCRIPT),
    ],
)
async def test_assets_come_compressed_and_are_kept_for_ever(
    console: Client, accepted: str, coding: str | None, content: bytes
) -> None:
    """In the best coding that the client takes."""
    async with console.stream("GET", "/assets/index-1.js", headers={"Accept-Encoding": accepted}) as answer:
        raw = b"".join([part async for part in answer.aiter_raw()])
    assert (200, coding, content) == (answer.status_code, answer.headers.get("content-encoding"), raw)
    assert "text/javascript; charset=utf-8" == answer.headers["content-type"]
    assert "public, max-age=31536000, immutable" == answer.headers["cache-control"]
    assert "Accept-Encoding" in answer.headers["vary"]


async def test_what_was_not_compressed_comes_as_it_is(console: Client) -> None:
    """Small files are not worth it; the icon is no asset."""
    answer = await bare(console, "GET", "/assets/index-1.css", headers={"Accept-Encoding": "br"})
    assert (200, "a{}") == (answer.status_code, answer.text)
    icon = await bare(console, "GET", "/favicon.svg")
    assert (200, "<svg/>", "image/svg+xml") == (icon.status_code, icon.text, icon.headers["content-type"])


@pytest.mark.parametrize(
    "path",
    ["/assets/missing.js", "/assets/index-1.js.br", "/assets/..%2Fsecret.txt", "/assets/..%2F..%2Fmain.py", "/assets/"],
)
async def test_no_other_file_is_served(console: Client, path: str) -> None:
    """404, as a problem."""
    answer = await bare(console, "GET", path)
    assert (404, "not_found") == (answer.status_code, answer.json()["code"])


async def test_unknown_paths_are_no_pages(console: Client) -> None:
    """The API's answers stay what they are: the console takes its own addresses and no other."""
    for path in ("/v1/nothing", "/nothing", "/users/1", "/index.html"):
        answer = await console.get(path)
        assert (404, "not_found") == (answer.status_code, answer.json()["code"]), path


async def test_without_a_build_the_pages_say_so(clients: Clients, tmp_path: Path) -> None:
    """404 with what to do; the API works."""
    async with clients(_console_in(tmp_path / "nowhere")) as client:
        answer = await bare(client, "GET", "/users")
        assert (404, True) == (answer.status_code, "make console" in answer.text)
        assert [404, 404] == [
            (await bare(client, "GET", path)).status_code for path in ("/favicon.svg", "/assets/index-1.js")
        ]
        assert 200 == (await client.get("/v1/users")).status_code


@pytest.mark.parametrize(("kind", "most"), [("js", 220_000), ("css", 50_000)])
def test_all_that_a_browser_may_load_is_small(kind: str, most: int) -> None:
    """In bytes, compressed by gzip."""
    sizes = [len(gzip.compress(path.read_bytes(), 9)) for path in BUILT.glob(f"*.{kind}")]
    assert 0 < sum(sizes) <= most


def test_the_console_stays_a_few_files() -> None:
    """Without the generated ones: the 30 that were wanted, and the form and the logic of destinations."""
    files = [path for path in SOURCES.rglob("*") if path.is_file() and path.name not in GENERATED]
    assert len(files) <= 32
    assert [] == [path.name for path in files if len(path.read_text().splitlines()) >= 400]
