"""The console in a browser, watched: nothing may leave its origin, no secret may be kept, every state be accessible."""

import asyncio
import os
from pathlib import Path
from typing import Any

import httpx2
from playwright.async_api import BrowserContext, ConsoleMessage, Locator, Page, Request, expect

AXE = Path(__file__).parents[3] / "console" / "node_modules" / "axe-core" / "axe.min.js"
WAIT_MS = 10_000
QUIET_CHECKS = 3
_KEPT = """async () => JSON.stringify([
  {...localStorage}, {...sessionStorage}, document.cookie, location.href, history.state,
  await indexedDB.databases(), await caches.keys(), (await navigator.serviceWorker.getRegistrations()).length,
])"""
_VIOLATIONS = """async () => (await axe.run()).violations.map(
  ({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html}\\n${failureSummary}`).join("\\n")}`,
)"""


class Console:
    """One browser with its cookies, signed out at first; `api` calls the same service with the administrator's key."""

    def __init__(self, context: BrowserContext, page: Page, url: str, key: str, api: httpx2.AsyncClient) -> None:
        """`secrets` are to be found nowhere when the test ends; the key is one of them."""
        self.context = context
        self.page = page
        self.url = url
        self.key = key
        self.api = api
        self.secrets = [key]
        self._addresses: list[str] = []
        self._complaints: list[str] = []
        self._asked: set[Request] = set()
        self.watch(page)

    def watch(self, page: Page) -> None:
        """Note what the page asks for, where it goes and what goes wrong in it."""
        page.set_default_timeout(WAIT_MS)
        page.on("request", self._note)
        page.on("requestfinished", self._forget)
        page.on("requestfailed", self._forget)
        page.on("framenavigated", lambda frame: self._addresses.append(frame.url))
        page.on("pageerror", lambda error: self._complaints.append(str(error)))
        page.on("console", self._hear)

    def _note(self, request: Request) -> None:
        self._addresses.append(request.url)
        self._asked.add(request)

    def _forget(self, request: Request) -> None:
        self._asked.discard(request)

    def _hear(self, message: ConsoleMessage) -> None:
        """A refusal or a lost connection is told by the browser itself; anything else is a defect."""
        if message.type in {"error", "warning"} and "Failed to load resource" not in message.text:
            self._complaints.append(message.text)

    async def verdict(self) -> None:
        """Fail if a request left the origin, something was complained of, or a secret was kept."""
        foreign = [address for address in self._addresses if not address.startswith((self.url, "about:blank"))]
        kept = await self.page.evaluate(_KEPT) if self.page.url.startswith(self.url) else ""
        found = [secret for secret in self.secrets if secret in kept or any(secret in each for each in self._addresses)]
        assert ([], [], []) == (foreign, self._complaints, found), [foreign, self._complaints, found]

    async def accessible(self) -> None:
        """Fail if axe finds anything in what is shown now."""
        if not await self.page.evaluate("() => 'axe' in window"):
            await self.page.evaluate(AXE.read_text())
        violations: list[str] = await self.page.evaluate(_VIOLATIONS)
        assert [] == violations, "\n".join(violations)

    async def sign_in(self, key: str | None = None) -> None:
        """As an operator does, with the administrator's key unless another is given."""
        await self.page.goto("/sign-in")
        await self.enter(key or self.key)
        await expect(self.heading("Overview")).to_be_visible()

    async def enter(self, key: str) -> None:
        """Type a key and send it."""
        self.secrets.append(key)
        await self.field("Access key").fill(key)
        await self.button("Sign in").click()

    async def open(self, path: str, title: str) -> None:
        """Go to an address."""
        await self.page.goto(path)
        await expect(self.heading(title)).to_be_visible()

    def heading(self, name: str) -> Locator:
        """The page's title."""
        return self.page.get_by_role("heading", name=name, level=1, exact=True)

    def button(self, name: str) -> Locator:
        """A button with exactly this name."""
        return self.page.get_by_role("button", name=name, exact=True)

    def field(self, label: str) -> Locator:
        """A text field."""
        return self.page.get_by_role("textbox", name=label, exact=True)

    def row(self, text: str) -> Locator:
        """The row of the list that has this text."""
        return self.page.get_by_role("row").filter(has_text=text)

    def link(self, name: str) -> Locator:
        """A link with exactly this name."""
        return self.page.get_by_role("link", name=name, exact=True)

    async def settled(self) -> None:
        """Wait until what was stopped is stopped on every replica, which takes a second; one alone knows at once."""
        if "CONSOLE_URL" in os.environ:
            await asyncio.sleep(1)

    async def quiet(self) -> None:
        """Wait until all that the page has asked for is there, and it asks for nothing more."""
        checks = 0
        async with asyncio.timeout(WAIT_MS / 1000):
            while checks < QUIET_CHECKS:
                await asyncio.sleep(0.03)
                checks = 0 if self._asked else checks + 1

    async def edit(self, name: str) -> None:
        """Open the form of what is called so."""
        await self.button(f"Edit {name}").click()
        await expect(self.page.get_by_role("dialog", name=f"Edit {name}")).to_be_visible()

    async def delete(self, name: str) -> None:
        """Delete what is called so, and confirm it."""
        await self.button(f"Delete {name}").click()
        dialog = self.page.get_by_role("alertdialog", name=f"Delete {name}?")
        await dialog.get_by_role("button", name="Delete", exact=True).click()

    async def choose(self, label: str, option: str, typed: str | None = None) -> None:
        """Pick from a list that opens, in the dialog if there is one; by typing where the list is the server's."""
        dialog = self.page.get_by_role("dialog")
        place = dialog if await dialog.count() else self.page
        box = place.get_by_role("combobox", name=label, exact=True)
        await box.focus()
        if typed:
            await box.fill(typed)
        else:
            await self.page.keyboard.press("ArrowDown")
        await self.page.get_by_role("option").filter(has=self.page.get_by_text(option, exact=True)).click()

    async def says(self, text: str) -> None:
        """Wait until the text is shown."""
        await expect(self.page.get_by_text(text).first).to_be_visible()

    async def made(self, path: str, **body: object) -> dict[str, Any]:
        """Make something over the API."""
        answer = await self.api.post(f"/v1/{path}", json=body)
        assert 201 == answer.status_code, answer.text
        made: dict[str, Any] = answer.json()
        return made
