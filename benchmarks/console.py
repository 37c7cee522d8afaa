"""`python -m benchmarks.console`: Lighthouse's scores of the console; the time from a keystroke to filtered rows."""

import asyncio
import json
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

from playwright.async_api import Page, async_playwright
from tests.e2e.browser import MISSING, find_browser
from tests.e2e.service import Service, free_port

from benchmarks.keys import ADMIN_KEY
from benchmarks.machine import load_average, machine
from benchmarks.rows import names
from benchmarks.store import Store, started

_FOLDER = Path(__file__).parent
_LIGHTHOUSE = _FOLDER / "lighthouse" / "node_modules" / "lighthouse" / "cli" / "index.js"
_RESULT = _FOLDER / "results" / "console.md"
_BIN = Path(sys.executable).parent
_CATEGORIES = ("performance", "accessibility", "best-practices")
_PAGES = {"overview": "/", "people": "/users"}
_LISTED, _SEARCHED, _STROKES, _RUNS = 10_000, 100_000, 31, 3
# From the input event to the first change of the table's rows.
_STROKE = """() => new Promise((resolve) => {
  let begin;
  addEventListener("input", () => { begin ??= performance.now(); }, { capture: true, once: true });
  const seen = new MutationObserver(() => { seen.disconnect(); resolve(performance.now() - begin); });
  seen.observe(document.querySelector("table"), { childList: true, subtree: true, characterData: true });
})"""


@asynccontextmanager
async def _served(settings: Mapping[str, str]) -> AsyncIterator[str]:
    """Run `remuner serve` and give its address."""
    with tempfile.TemporaryDirectory() as folder, Service(Path(folder), env=settings) as service:
        await asyncio.to_thread(service.start)
        yield service.url


@asynccontextmanager
async def _signed_in(url: str, debugging_port: int) -> AsyncIterator[Page]:
    """Open a browser that Lighthouse can use too, and sign in."""
    arguments = [f"--remote-debugging-port={debugging_port}"]
    with tempfile.TemporaryDirectory() as profile:
        async with (
            async_playwright() as playwright,
            await playwright.chromium.launch_persistent_context(
                profile, executable_path=find_browser(), args=arguments, base_url=url, locale="en-US"
            ) as context,
        ):
            page = await context.new_page()
            await page.goto("/sign-in")
            await page.get_by_role("textbox", name="Access key").fill(ADMIN_KEY)
            await page.get_by_role("button", name="Sign in", exact=True).click()
            await page.get_by_role("heading", name="Overview").wait_for()
            yield page


async def _lighthouse(url: str, debugging_port: int, *options: str) -> list[float]:
    """Return the median scores, in the order of the categories."""
    runs = []
    for _ in range(_RUNS):
        command = [str(_BIN / "node"), str(_LIGHTHOUSE), url, f"--port={debugging_port}", "--disable-storage-reset"]
        command += ["--quiet", "--output=json", f"--only-categories={','.join(_CATEGORIES)}", *options]
        process = await asyncio.create_subprocess_exec(*command, stdout=subprocess.PIPE)
        output, _ = await process.communicate()
        report: dict[str, Any] = json.loads(output)
        runs.append([report["categories"][each]["score"] for each in _CATEGORIES])
    return [median(scores) for scores in zip(*runs, strict=True)]


async def _scores(store: Store) -> list[str]:
    settings = await asyncio.to_thread(store.settings, "postgres", _LISTED)
    port = free_port()
    rows = ["| page | device | performance | accessibility | best practices |", "| --- | --- | ---: | ---: | ---: |"]
    async with _served(settings) as url, _signed_in(url, port):
        for name, path in _PAGES.items():
            for device, options in {"phone, throttled": [], "desktop": ["--preset=desktop"]}.items():
                scores = await _lighthouse(url + path, port, *options)
                rows.append(f"| {name} | {device} | {' | '.join(f'{score:.2f}' for score in scores)} |")
    return rows


async def _strokes(store: Store) -> list[float]:
    """Return the milliseconds that each keystroke took."""
    settings = await asyncio.to_thread(store.settings, "postgres", _SEARCHED)
    taken: list[float] = []
    async with _served(settings) as url, _signed_in(url, free_port()) as page:
        await page.goto("/users")
        await page.get_by_role("row").nth(1).wait_for()
        box = page.get_by_role("searchbox")
        for number in range(1000, 1000 + 17 * _STROKES, 17):
            await box.fill(f"{names(number)[1]}.{number}")
            await page.wait_for_timeout(700)
            stroke = asyncio.create_task(page.evaluate(_STROKE))
            await asyncio.sleep(0.05)
            await page.keyboard.press("Backspace")
            taken.append(await stroke)
            await page.wait_for_timeout(700)
    return taken


async def main() -> None:
    """Measure, print the report and write it to benchmarks/results."""
    date, before = datetime.now(UTC).date().isoformat(), load_average()
    with started() as store:
        rows = await _scores(store)
        strokes = await _strokes(store)
    described = ", ".join(machine().values())
    fastest, slowest = min(strokes), max(strokes)
    report = [
        f"# console: Lighthouse with {_LISTED:,} users, and search as one types with {_SEARCHED:,}",
        "",
        *rows,
        "",
        f"The median of {_RUNS} runs each. Goals: performance ≥ 0.95, the others 1.",
        "",
        f"From a keystroke in the search field to filtered rows: {median(strokes):.0f} ms at the median of",
        f"{len(strokes)} ({fastest:.0f} to {slowest:.0f}), 120 ms of which wait for the next one. Goal: ≤ 300 ms.",
        "",
        f"- {date}; load average before the run: {before}. {described}.",
        "- PostgreSQL without `pg_trgm`, as embedded: a search reads every user.",
    ]
    _RESULT.write_text("\n".join(report) + "\n")
    print(_RESULT.read_text())


if __name__ == "__main__":
    if not find_browser():
        sys.exit(MISSING)
    asyncio.run(main())
