"""The README's tour, as written."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from tests.e2e.service import Service

README = Path(__file__).parents[1] / "README.md"


@pytest.mark.skipif(not shutil.which("curl"), reason="the tour is written for curl, which is not here")
def test_the_tour_works_as_printed(tmp_path: Path) -> None:
    """Each block of the tour runs in one shell, and what it promises behind `#>` is in its output, in order."""
    blocks = re.findall(r"^```bash\n(.*?)^```$", README.read_text(), re.DOTALL | re.MULTILINE)
    script = "".join(blocks[1:])
    promised = re.findall(r"^#> (.*)$", script, re.MULTILINE)
    with Service(tmp_path) as service:
        service.start()
        where = f"set -e; export REMUNER={service.url} KEY={service.access_key}\n"
        done = subprocess.run(["bash", "-c", where + script], capture_output=True, text=True, timeout=60, check=False)
    assert (0, "") == (done.returncode, done.stderr)
    position = 0
    for promise in promised:
        assert promise in done.stdout[position:], done.stdout
        position = done.stdout.index(promise, position) + len(promise)
    assert len(promised) >= 14
    assert "made-up" not in done.stdout
