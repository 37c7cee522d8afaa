"""`remuner users`: people from and to CSV files."""

import time
from itertools import pairwise
from pathlib import Path

import pytest
from tests.conftest import Client
from tests.e2e.conftest import Run
from tests.users.factories import post_team, post_user

FILE = (
    "\ufeffemail,teams,last_name,first_name,status\r\n"
    'ada@example.com,"sales emea; ""Legal; """"Tax""""""","King, ""Lovelace""",Ada,\r\n'
    "\r\n"
    "zoe@example.com,,Müller-Lüdenscheidt,Zoë,pending\r\n"
    "haruto@example.com,Sales EMEA,佐藤,陽翔,inactive\r\n"
)
EXPORTED = (
    "first_name,last_name,email,status,teams\n"
    'Ada,"King, ""Lovelace""",ada@example.com,active,"""Legal; """"Tax"""""";Sales EMEA"\n'
    "Zoë,Müller-Lüdenscheidt,zoe@example.com,pending,\n"
    "陽翔,佐藤,haruto@example.com,inactive,Sales EMEA\n"
)
BAD = b"""\
first_name,last_name,email,status,teams
Ada,Lovelace,ada@example.com,active,
,Hopper,s3cret,asleep,Sales EMEA;s3cret

Grace,Hopper,GRACE@example.com,,
"Mary
Ann",Evans,mary@example.com,,
Grace,Hopper,grace@EXAMPLE.com,,
Katherine,Johnson,katherine@example.com,
Ren\xe9e,Adeline,renee@example.com,,
ADA,Byron,Ada@example.com,,
Joan,Clarke,"joan@example.com,,
"""
TAKEN = "Another user, or an earlier line, has this email. Upper and lower case count as the same."
REPORT = rf"""line 2, column email: {TAKEN}
line 3, column first_name: String should have at least 1 character
line 3, column email: This is not an email address, such as ada@example.com
line 3, column status: Input should be 'active', 'pending' or 'inactive'
line 3, column teams: It names a team that does not exist.
line 6, column first_name: String should match pattern '^[^\x00-\x1f\x7f-\x9f]*$'
line 8, column email: {TAKEN}
line 9: It has 4 cells, the header has 5
line 10: It is not UTF-8. Save the file with this encoding
line 11, column email: {TAKEN}
line 12: A quote is not closed or not doubled, or a cell is longer than 131072 characters
problems found: 11; nothing was imported"""


async def test_what_is_exported_can_be_imported(client: Client, run: Run, tmp_path: Path) -> None:
    """A file with every kind of cell comes out as it went in, and again; the service shows the same people."""
    for name in ("Sales EMEA", 'Legal; "Tax"'):
        await post_team(client, name=name)
    (tmp_path / "people.csv").write_text(FILE, encoding="utf-8", newline="")
    for file in ("people.csv", "exported.csv"):
        done = run("users", "import", file)
        assert (0, "users imported: 3\n", "") == (done.returncode, done.stdout, done.stderr)
        assert (EXPORTED, "") == ((out := run("users", "export")).stdout, out.stderr)
        assert ("", "") == ((out := run("users", "export", "exported.csv")).stdout, out.stderr)
        assert EXPORTED == (tmp_path / "exported.csv").read_text(encoding="utf-8")
        shown = (await client.get("/v1/users?q=ada")).json()["items"][0]
        assert ['Legal; "Tax"', "Sales EMEA"] == [team["name"] for team in shown["teams"]]
        for user in (await client.get("/v1/users")).json()["items"]:
            await client.delete(f"/v1/users/{user['id']}")


async def test_what_cannot_be_imported_is_reported_and_nothing_kept(client: Client, run: Run, tmp_path: Path) -> None:
    """Every problem has a line and no value, whether the rules or the database found it; a dry run says the same."""
    await post_team(client, name="Sales EMEA")
    await post_user(client, email="ada@example.com")
    (tmp_path / "people.csv").write_bytes(BAD)
    for options, ending in ((), ""), (("--dry-run",), " (dry run)"):
        done = run("users", "import", "people.csv", *options)
        assert (1, f"{REPORT}{ending}\n", "") == (done.returncode, done.stdout, done.stderr)
    assert 1 == (await client.get("/v1/users/stats")).json()["total"]


async def test_one_line_against_the_rules_keeps_out_the_others(client: Client, run: Run, tmp_path: Path) -> None:
    """Also when the database has nothing against any of them."""
    (tmp_path / "people.csv").write_text("email,last_name,first_name\nada@example.com,Lovelace,Ada\nnobody,B,C\n")
    done = run("users", "import", "people.csv")
    assert (1, "problems found: 1; nothing was imported") == (done.returncode, done.stdout.splitlines()[-1])
    assert 0 == (await client.get("/v1/users/stats")).json()["total"]


async def test_a_dry_run_keeps_nothing(client: Client, run: Run, tmp_path: Path) -> None:
    """A file without a problem is tried and not kept."""
    (tmp_path / "people.csv").write_text("email,last_name,first_name\nada@example.com,Lovelace,Ada\n")
    done = run("users", "import", "--dry-run", "people.csv")
    assert (0, "users that can be imported: 1; nothing was (dry run)\n", "") == (
        done.returncode,
        done.stdout,
        done.stderr,
    )
    assert 0 == (await client.get("/v1/users/stats")).json()["total"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("import", "nowhere.csv"), "remuner: nowhere.csv cannot be read: No such file or directory\n"),
        (("import", "."), "remuner: . cannot be read: Is a directory\n"),
        (("export", "no/people.csv"), "remuner: no/people.csv cannot be written: No such file or directory\n"),
        (("export", "/dev/full"), "remuner: /dev/full cannot be written: No space left on device\n"),
    ],
)
def test_a_file_that_cannot_be_used_is_one_line(run: Run, arguments: tuple[str, ...], said: str) -> None:
    """It names the file and what is wrong."""
    done = run("users", *arguments)
    assert (1, "", said) == (done.returncode, done.stdout, done.stderr)


def test_a_database_without_tables_is_one_line(run: Run, empty_database_url: str, tmp_path: Path) -> None:
    """It says what to run first, and a file that was there stays as it was."""
    (tmp_path / "people.csv").write_text("kept")
    done = run("users", "export", "people.csv", REMUNER_DATABASE_URL=empty_database_url)
    assert (1, 1) == (done.returncode, len(done.stderr.splitlines()))
    assert "Run `remuner migrate`" in done.stderr
    assert "kept" == (tmp_path / "people.csv").read_text()


@pytest.mark.soak
@pytest.mark.timeout(600)
async def test_a_hundred_thousand_lines(client: Client, run: Run, tmp_path: Path) -> None:
    """All of them are there, each in its teams; exporting them gives the same file."""
    teams = [(await post_team(client, name=f"Team {number}"))["id"] for number in range(3)]
    lines = [
        f"Ada {number},Lovelace,ada{number}@example.com,active,Team {number % 2};Team 2\n" for number in range(100_000)
    ]
    (tmp_path / "people.csv").write_text("".join(["first_name,last_name,email,status,teams\n", *lines]))
    moments = [time.monotonic()]
    assert "users imported: 100000\n" == run("users", "import", "people.csv").stdout
    moments.append(time.monotonic())
    assert "" == run("users", "export", "exported.csv").stderr
    moments.append(time.monotonic())
    print("seconds to import and to export:", *(f"{b - a:.1f}" for a, b in pairwise(moments)))  # noqa: T201 - pytest -s
    assert {"total": 100_000, "active": 100_000, "pending": 0, "inactive": 0} == (
        await client.get("/v1/users/stats")
    ).json()
    counts = [(await client.get(f"/v1/teams/{team}")).json()["members_count"] for team in teams]
    assert [50_000, 50_000, 100_000] == counts
    assert (tmp_path / "people.csv").read_text() == (tmp_path / "exported.csv").read_text()
