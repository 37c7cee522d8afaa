"""Users as CSV (RFC 4180, UTF-8): what `remuner users` reads and writes. The rules are those of the API."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TextIO
from uuid import UUID

from pydantic import ValidationError

from remuner.shared.fields import MAX_NAME
from remuner.shared.text import fold
from remuner.users.api.v1_2.serializers import UserCreate
from remuner.users.domain.entities import NewUser, User
from remuner.users.domain.errors import UnknownTeam

COLUMNS = ("first_name", "last_name", "email", "status", "teams")
_REQUIRED = COLUMNS[:3]


@dataclass(frozen=True, slots=True)
class CellProblem:
    """What is wrong in a file, and where; without a column it is the whole line. It never repeats a cell."""

    line: int
    column: str | None
    reason: str

    def __str__(self) -> str:
        return f"line {self.line}{f', column {self.column}' if self.column else ''}: {self.reason}"


@dataclass(frozen=True, slots=True)
class _Record:
    """A line of cells, which may go on over more lines of the file; `line` is the first one."""

    line: int
    cells: Sequence[str]


@dataclass(frozen=True, slots=True)
class UserRecord:
    """A user that may be made, and the line where it begins."""

    line: int
    user: NewUser


def read_users(data: bytes, team_ids: Mapping[str, UUID]) -> Iterator[UserRecord | CellProblem]:
    """Read a file; `team_ids` holds the teams by their folded names. A header with a problem ends it."""
    records = _records(data)
    header = next(records, _Record(1, ()))
    if isinstance(header, CellProblem):
        yield header
        return
    columns = [cell.strip() for cell in header.cells]
    problems = list(_header_problems(header.line, columns))
    yield from problems
    if problems:
        return
    for record in records:
        if isinstance(record, CellProblem):
            yield record
        elif len(record.cells) != len(columns):
            yield CellProblem(record.line, None, f"It has {len(record.cells)} cells, the header has {len(columns)}")
        else:
            yield from _user(record.line, dict(zip(columns, record.cells, strict=True)), team_ids)


def _records(data: bytes) -> Iterator[_Record | CellProblem]:
    """Return what is not an empty line. Bytes that are not UTF-8 become lone surrogates, to be found in their line."""
    reader = csv.reader(io.StringIO(data.decode("utf-8-sig", "surrogateescape"), newline=""), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
            "".join(cells).encode()
        except StopIteration:
            return
        except csv.Error:
            reason = (
                f"A quote is not closed or not doubled, or a cell is longer than {csv.field_size_limit()} characters"
            )
            yield CellProblem(line, None, reason)
        except UnicodeEncodeError:
            yield CellProblem(line, None, "It is not UTF-8. Save the file with this encoding")
        else:
            if cells:
                yield _Record(line, cells)


def _header_problems(line: int, columns: Sequence[str]) -> Iterator[CellProblem]:
    known = ", ".join(COLUMNS)
    for position, column in enumerate(columns):
        name = column if column.isprintable() and 0 < len(column) <= MAX_NAME else f"number {position + 1}"
        if column not in COLUMNS:
            yield CellProblem(line, name, f"There is no such column. The header row may have {known}")
        elif column in columns[:position]:
            yield CellProblem(line, name, "It is there twice")
    for column in _REQUIRED:
        if column not in columns:
            yield CellProblem(line, column, f"It is missing. The header row has {', '.join(_REQUIRED)}")


def _user(line: int, cells: Mapping[str, str], team_ids: Mapping[str, UUID]) -> Iterator[UserRecord | CellProblem]:
    body: dict[str, object] = {column: cells[column] for column in _REQUIRED}
    if status := cells.get("status", "").strip():
        body["status"] = status
    problems = []
    try:
        body["team_ids"] = [str(team_ids[fold(name)]) for name in _team_names(cells.get("teams", ""))]
    except csv.Error:
        problems.append(CellProblem(line, "teams", "It is not a list of team names with ; between them"))
    except KeyError:
        problems.append(CellProblem(line, "teams", UnknownTeam.detail))
    try:
        user = UserCreate.model_validate(body).to_domain()
    except ValidationError as error:
        for found in error.errors(include_url=False, include_context=False, include_input=False):
            yield CellProblem(line, str(found["loc"][0]), found["msg"].removeprefix("Value error, "))
    else:
        if not problems:
            yield UserRecord(line, user)
    yield from problems


def _team_names(cell: str) -> list[str]:
    rows = csv.reader([cell], delimiter=";", skipinitialspace=True, strict=True)
    return [name.strip() for row in rows for name in row if name.strip()]


class UserWriter:
    """Writes what `read_users` reads."""

    def __init__(self, file: TextIO) -> None:
        """Write the header row. `file` has UTF-8 as its encoding and changes no line ends."""
        self._writer = csv.writer(file, lineterminator="\n")
        self._writer.writerow(COLUMNS)

    def write(self, user: User) -> None:
        """Write one user."""
        teams = io.StringIO()
        csv.writer(teams, delimiter=";", lineterminator="").writerow(team.name for team in user.teams)
        self._writer.writerow([user.first_name, user.last_name, user.email, user.status, teams.getvalue()])
