"""Users as CSV: what is read, what is refused and where, and that both directions fit."""

import io
from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.effort import effort

from remuner.shared.ids import new_id
from remuner.shared.text import fold
from remuner.users.api.csv_files import UserRecord, UserWriter, read_users
from remuner.users.api.v1_2.serializers import TeamCreate
from remuner.users.domain.entities import NewUser, TeamSummary, User, UserStatus

SALES, QUOTED = UUID(int=1), UUID(int=2)
TEAMS = {"sales; emea": SALES, 'the "a" team': QUOTED}
HEADER = b"first_name,last_name,email,status,teams\n"


def read(data: bytes) -> list[tuple[int, NewUser] | str]:
    """Return the users with their lines, and the problems as they are shown."""
    return [(each.line, each.user) if isinstance(each, UserRecord) else str(each) for each in read_users(data, TEAMS)]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Ada,Lovelace,ada@example.com,,", NewUser("Ada", "Lovelace", "ada@example.com", team_ids=[])),
        (
            '" Zoë ","O\'Neil, ""Jr""",zoë@example.com, pending ,',
            NewUser("Zoë", 'O\'Neil, "Jr"', "zoë@example.com", UserStatus.PENDING, []),
        ),
        (
            'A,B,a@example.com,,"""SALES; EMEA"";; ""The """"A"""" Team"""',
            NewUser("A", "B", "a@example.com", team_ids=[SALES, QUOTED]),
        ),
    ],
)
def test_a_line_becomes_a_user(line: str, expected: NewUser) -> None:
    """Cells follow the API's rules; an empty status is the default; teams have any case and may be quoted."""
    assert [(2, expected)] == read(HEADER + line.encode())


def test_columns_come_in_any_order_and_some_may_be_missing() -> None:
    """A byte order mark, CRLF, spaces around a column's name and empty lines do not matter."""
    data = "\ufeffemail, last_name,first_name\r\n\r\nada@example.com,Lovelace,Ada\r\n\r\n"
    assert [(3, NewUser("Ada", "Lovelace", "ada@example.com", team_ids=[]))] == read(data.encode())


@pytest.mark.parametrize(
    ("header", "problems"),
    [
        (b"first_name,last_name", ["email: It is missing"]),
        (b"first_name,last_name,email,phone", ["phone: There is no such column"]),
        (b"first_name,last_name,email,\x00", ["number 4: There is no such column"]),
        (b"first_name,last_name,email," + b"x" * 51, ["number 4: There is no such column"]),
        (b"first_name,last_name,email,,", ["number 4: There is no such column", "number 5: There is no such column"]),
        (b"first_name,last_name,email,email", ["email: It is there twice"]),
    ],
)
def test_a_header_with_a_problem_ends_it(header: bytes, problems: list[str]) -> None:
    """An unknown, repeated or missing column is a problem of line 1 that names it; no line is read."""
    found = read(header + b"\nAda,Lovelace,ada@example.com")
    assert [f"line 1, column {problem}" for problem in problems] == [str(each).partition(". ")[0] for each in found]


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf\n\n"])
def test_an_empty_file_lacks_its_header(data: bytes) -> None:
    """Each column that is needed is missing in line 1."""
    needed = ["first_name", "last_name", "email"]
    expected = [f"line 1, column {column}: It is missing. The header row has {', '.join(needed)}" for column in needed]
    assert expected == read(data)


@pytest.mark.parametrize("data", ["first_name;Zoë".encode("utf-16"), "first_name,Zoë".encode("latin-1")])
def test_a_header_in_another_encoding_is_told(data: bytes) -> None:
    """UTF-16 and Latin-1, as some spreadsheets save, are told as such."""
    assert ["line 1: It is not UTF-8. Save the file with this encoding"] == read(data)


UNQUOTED = "A quote is not closed or not doubled, or a cell is longer than 131072 characters"


@pytest.mark.parametrize(
    ("line", "problems"),
    [
        (b",Lovelace,ada@example.com,,", [", column first_name: String should have at least 1 character"]),
        (b"Ada," + b"x" * 51 + b",a@example.com,,", [", column last_name: String should have at most 50 characters"]),
        (
            b"Ada,A\x00B,a@example.com,,",
            [r", column last_name: String should match pattern '^[^\x00-\x1f\x7f-\x9f]*$'"],
        ),
        (
            b"Ada,Lovelace,s3cret,s3cret,s3cret",
            [
                ", column email: This is not an email address, such as ada@example.com",
                ", column status: Input should be 'active', 'pending' or 'inactive'",
                ", column teams: It names a team that does not exist.",
            ],
        ),
        (
            b'Ada,Lovelace,ada@example.com,,"""s3cret"',
            [", column teams: It is not a list of team names with ; between them"],
        ),
        (
            b'Ada,Lovelace,ada@example.com,,"s3cret\ns3cret"',
            [", column teams: It is not a list of team names with ; between them"],
        ),
        (b"Ada,Lovelace,ada@example.com", [": It has 3 cells, the header has 5"]),
        (b"Ada,Lovelace,ada@example.com,,,", [": It has 6 cells, the header has 5"]),
        (b" ", [": It has 1 cells, the header has 5"]),
        (b"Ada,Lovelac\xe9,ada@example.com,,", [": It is not UTF-8. Save the file with this encoding"]),
        (b'"Ada"s3cret,Lovelace,ada@example.com,,', [f": {UNQUOTED}"]),
        (b'Ada,Lovelace,"' + b"s3cret" * 30000 + b'",,', [f": {UNQUOTED}"]),
    ],
)
def test_a_bad_line_is_told_and_the_next_one_read(line: bytes, problems: list[str]) -> None:
    """Each problem has its line and column and shows no cell; the lines around it are read."""
    good = b"Ada,Lovelace,ada@example.com,,\n"
    before, *found, after = read(HEADER + good + line + b"\n" + good)
    assert [f"line 3{problem}" for problem in problems] == found
    assert (2, 4 + line.count(b"\n")) == (before[0], after[0])


def test_a_quote_that_never_closes_is_told_where_it_begins() -> None:
    """It takes the rest of the file, and the line is the first one of its record."""
    assert [f"line 2: {UNQUOTED}"] == read(HEADER + b'Ada,"Lovelace,ada@example.com,,\nAda,Lovelace,a@example.com,,\n')


def test_the_line_is_where_a_record_begins() -> None:
    """A cell with line ends of any kind makes the lines behind it no less right."""
    data = HEADER + b'Ada,"a\nb\r\nc\rd",ada@example.com,,\n,Lovelace,ada@example.com,,\n'
    assert ["line 2, column last_name", "line 6, column first_name"] == [
        str(each).partition(":")[0] for each in read(data)
    ]


def _accepts(name: str) -> bool:
    try:
        return name == TeamCreate(name=name).name
    except ValueError:
        return False


NAMES = st.text(st.sampled_from(" ,;\"'\\=éß漢\u2028x") | st.characters(codec="utf-8"), min_size=1, max_size=50).filter(
    _accepts
)


@pytest.mark.fuzz
@effort()
@given(
    users=st.lists(st.tuples(NAMES, NAMES, st.sampled_from(UserStatus), st.sets(st.integers(0, 3)))),
    team_names=st.lists(NAMES, min_size=4, max_size=4, unique_by=fold),
)
def test_what_is_written_is_read(users: list[tuple[str, str, UserStatus, set[int]]], team_names: list[str]) -> None:
    """Whatever names the API takes for people and teams, `read_users` gets the users that `UserWriter` wrote."""
    now = datetime.now(UTC)
    teams = [TeamSummary(new_id(), name) for name in team_names]
    file = io.StringIO(newline="")
    writer = UserWriter(file)
    expected = []
    for line, (first_name, last_name, status, members) in enumerate(users, 2):
        email, of_user = f"user{line}@example.com", [teams[member] for member in members]
        writer.write(User(new_id(), first_name, last_name, email, status, tuple(of_user), 1, now, now))
        expected.append(UserRecord(line, NewUser(first_name, last_name, email, status, [team.id for team in of_user])))
    assert expected == list(read_users(file.getvalue().encode(), {fold(team.name): team.id for team in teams}))


@pytest.mark.fuzz
@effort()
@given(data=st.binary() | st.text('",;\n\r\x00é x').map(str.encode))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    """Nothing raises, and lines grow."""
    lines = [each.line for each in read_users(HEADER + data, TEAMS)]
    assert sorted(lines) == lines
