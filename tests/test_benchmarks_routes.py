"""What a route asks of PostgreSQL, and that none is forgotten."""

import re
from pathlib import Path

import pytest
from benchmarks.keys import ADMIN_KEY
from benchmarks.load import BenchmarkError
from benchmarks.routes.examples import examples, system_examples
from benchmarks.routes.measure import Answer, service
from benchmarks.routes.report import as_markdown

from remuner.main import openapi_documents

USERS = ("GET", "/v1/users")


def test_every_route_of_the_documents_has_an_example() -> None:
    """Each that no other system answers is sent with the method that it has, to a path with no name left in it."""
    for document in openapi_documents().values():
        found = dict(examples(document))
        paths = {path: every for path, every in document["paths"].items() if not re.search("/(verify|proxy/.*)$", path)}
        assert found.keys() == {(each.upper(), path) for path, every in paths.items() for each in every}
        for (method, _), example in found.items():
            assert method == example.request.method
            assert "_id}" not in example.request.path


@pytest.mark.parametrize(
    ("path", "method", "operation"), [("/v1/things", "post", {"requestBody": {}}), ("/v1/things/{thing_id}", "get", {})]
)
def test_a_route_without_an_example_is_an_error(path: str, method: str, operation: dict[str, object]) -> None:
    """One that wants a body, and one with a place that nobody has filled."""
    with pytest.raises(BenchmarkError, match=path.replace("{", r"\{")):
        list(examples({"paths": {path: {method: operation}}}))


async def test_the_statements_of_a_request_are_counted(database_url: str, keyset_file: Path) -> None:
    """BEGIN and COMMIT too, of the second request, and none of the service's own tasks."""
    environment = {
        "REMUNER_DATABASE_URL": database_url,
        "REMUNER_PERSISTENCE": "postgres",
        "REMUNER_KEYSET_FILE": str(keyset_file),
        "REMUNER_ADMIN_KEY": ADMIN_KEY,
    }
    found = dict(examples(openapi_documents()["2"])) | dict(system_examples())
    async with service(environment) as running:
        made = await running.warm_answer(found["POST", "/v1/teams"], "2")
        alive = await running.warm_answer(found["GET", "/healthz"], None)
        listed = await running.warm_answer(found["GET", "/v1/teams"], "2")
    assert (201, None, "BEGIN;", "COMMIT;") == (made.status, made.items, made.statements[0], made.statements[-1])
    assert 3 <= len(made.statements)
    assert (200, [], 18) == (alive.status, alive.statements, alive.body_bytes)
    assert (2, 1) == (listed.items, len(listed.statements))


def test_the_table_has_a_row_for_each_route() -> None:
    """With both counts, and the size in the way of people."""
    postgres = {
        ("2", USERS): Answer(200, ["BEGIN", "SELECT"], 50, 22504, 597),
        ("", USERS): Answer(204, [], None, 0, 3),
    }
    cached = {each: Answer(200, [], 50, 22504, 597) for each in postgres}
    lines = as_markdown(postgres, cached, 1000, "2026-01-31").splitlines()
    assert "| 2 | `GET /v1/users` | 200 | 2 | 0 | 50 | 22,504 | 597 |" in lines
    assert "|  | `GET /v1/users` | 204 | 0 | 0 |  | 0 | 3 |" in lines
