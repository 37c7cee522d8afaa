"""The browser of this machine. As a command (`make` asks it): exit code 1 where there is none."""

import shutil
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MISSING = "no Chromium or Chrome on the PATH for the tests in a browser: on Debian, apt-get install chromium"


def find_browser() -> str | None:
    """Return the path of the first that there is."""
    return next(filter(None, map(shutil.which, NAMES)), None)


if __name__ == "__main__":
    sys.exit(find_browser() is None)
