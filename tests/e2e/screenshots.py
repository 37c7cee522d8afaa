"""`make screenshots`: each page of the console with the sample data, in both themes, wide and as narrow as a phone."""

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Literal

from playwright.sync_api import Page, sync_playwright
from tests.e2e.browser import MISSING, find_browser
from tests.e2e.service import REMUNER, Service

PAGES = {
    "overview": "/",
    "people": "/users",
    "teams": "/teams",
    "integrations": "/integrations",
    "access-keys": "/access-keys",
    "audit-trail": "/audit-events",
}
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
WIDTHS = {"": (1280, 800), "-phone": (390, 844)}


def take(page: Page, access_key: str, folder: Path, guise: str) -> None:
    """Sign in, and take a picture of every page."""

    def picture(name: str) -> None:
        page.wait_for_load_state("networkidle")
        page.screenshot(path=folder / f"{name}-{guise}.png", animations="disabled")

    page.goto("/sign-in")
    picture("sign-in")
    page.get_by_role("textbox", name="Access key").fill(access_key)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("heading", name="Overview").wait_for()
    for name, path in PAGES.items():
        page.goto(path)
        picture(name)
    page.goto("/users?sort=last_name")
    page.get_by_role("button", name="Edit").first.click()
    page.get_by_role("dialog").wait_for()
    picture("form")


def main(folder: Path) -> None:
    """Take them all from a service of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as data,
        Service(Path(data)) as service,
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=find_browser()) as browser,
    ):
        service.start()
        demo = [REMUNER, "demo", "--data-dir", str(service.data_dir)]
        subprocess.run(demo, check=True, env=service.env, stdout=subprocess.DEVNULL)
        for theme in THEMES:
            for suffix, (width, height) in WIDTHS.items():
                with browser.new_context(
                    base_url=service.url, color_scheme=theme, viewport={"width": width, "height": height}
                ) as context:
                    take(context.new_page(), service.access_key, folder, theme + suffix)


if __name__ == "__main__":
    if not find_browser():
        sys.exit(MISSING)
    main(Path(sys.argv[1]))
