"""The OpenAPI document and the page that shows it. Whether its answers are true: tests/e2e/test_openapi.py."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from tests.conftest import Client

from remuner.main import openapi_documents
from remuner.shared.problems import KINDS

ANONYMOUS = {"Authorization": ""}
DOCUMENTS = openapi_documents()
MINORS = list(DOCUMENTS)


@pytest.fixture(scope="module", params=MINORS)
def document(request: pytest.FixtureRequest) -> dict[str, Any]:
    """The document of each minor in turn."""
    return DOCUMENTS[str(request.param)]


def test_every_minor_is_on_record(document: dict[str, Any]) -> None:
    """Its document is a file, which `make check` compares; a new minor brings its own."""
    kept = Path(__file__).parents[1] / f"docs/openapi/v{document['info']['version']}.json"
    assert json.loads(kept.read_text()) == document


def operations(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Walk over all calls."""
    for path in document["paths"].values():
        yield from path.values()


def parts(value: object) -> Iterator[dict[str, Any]]:
    """Walk over every object of a document."""
    if isinstance(value, dict):
        yield value
    for inside in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from parts(inside)


def test_every_call_has_a_name_of_its_own(document: dict[str, Any]) -> None:
    """An operation id, which generated clients take for a name, a summary, a description and a tag."""
    names = [each["operationId"] for each in operations(document)]
    assert sorted(set(names)) == sorted(names)
    assert all(re.fullmatch("[a-z]+(_[a-z]+)+", name) for name in names)
    assert all(each["summary"] and each["description"] and each["tags"] for each in operations(document))


def test_every_code_is_documented() -> None:
    """Each code of the one list is named by a call of some minor, but for those of unknown paths and methods."""
    calls = (each for document in DOCUMENTS.values() for each in operations(document))
    named = {code for each in calls for code in re.findall(r"\'code\': \'(\w+)\'", repr(each))}
    assert set(KINDS) - {"not_found", "method_not_allowed"} == named


def test_every_example_is_right(document: dict[str, Any]) -> None:
    """Examples of answers and fields are what their schemas ask for; answers and bodies have them."""
    components = {"components": document["components"]}
    seen = 0
    for part in parts(document):
        schema = part.get("schema", part)
        examples = [part["example"]] if "example" in part and "properties" in part else []
        if isinstance(part.get("examples"), list):
            examples = part["examples"]
        elif isinstance(part.get("examples"), dict):
            examples = [each["value"] for each in part["examples"].values()]
        for example in examples:
            jsonschema_rs.validator_for({**schema, **components}, validate_formats=True).validate(example)
            seen += 1
    assert seen > 100
    for name in (
        "UserOutput",
        "TeamOutput",
        "IntegrationOutput",
        "AccessKeyOutput",
        "IssuedKeyOutput",
        "SessionOutput",
    ):
        schema = document["components"]["schemas"][name]
        assert set(schema["example"]) == set(schema["properties"]) >= set(schema["required"])


def test_a_token_only_goes_in(document: dict[str, Any]) -> None:
    """It is write-only, has no example, and stands in no answer."""
    schemas = document["components"]["schemas"]
    having = {name for name, schema in schemas.items() if "token" in schema.get("properties", {})}
    changing = "IntegrationEdit" if document["info"]["version"] == "1.1" else "IntegrationPatch"
    assert {"IntegrationCreate", changing} == having
    for name in having:
        token = schemas[name]["properties"]["token"]
        token = token.get("anyOf", [token])[0]  # or null
        assert (True, "password") == (token["writeOnly"], token["format"])
        assert not {"example", "examples", "default"} & {*token, *schemas[name]}


async def test_the_document_needs_no_key(client: Client) -> None:
    """Of any minor; another one is 400 with the known ones."""
    for minor in MINORS:
        answer = await client.get(f"/v1/openapi.json?api-version={minor}", headers=ANONYMOUS)
        assert (200, minor, DOCUMENTS[minor]) == (
            answer.status_code,
            answer.headers["x-api-version"],
            answer.json(),
        )
    assert DOCUMENTS[MINORS[-1]] == (await client.get("/v1/openapi.json", headers=ANONYMOUS)).json()
    for path in ("/v1/openapi.json", "/docs"):
        refused = await client.get(path, params={"api-version": "99"}, headers=ANONYMOUS)
        assert (400, "unsupported_api_version") == (refused.status_code, refused.json()["code"])
        assert MINORS == refused.json()["supported_versions"]


async def test_the_docs_page_brings_everything_along(client: Client) -> None:
    """One page for each minor, with no key, no script inside, and nothing that comes from elsewhere."""
    for minor in MINORS:
        page = await client.get(f"/docs?api-version={minor}", headers=ANONYMOUS)
        assert (200, "text/html; charset=utf-8") == (page.status_code, page.headers["content-type"])
        assert f'data-minor="{minor}"' in page.text
        loaded = re.findall(r'(?:src|href)="(/[^"]*)"', page.text)
        assert 4 == len(loaded)
        for path in loaded:
            part = await client.get(path, headers=ANONYMOUS)
            assert (200, True) == (part.status_code, bool(part.content))
        assert not re.findall(r'(?:src|href)="(?![/?])', page.text)
        assert not re.findall(r"<script[^>]*>[^<]", page.text)
    for path in ("/docs/assets/nothing.js", "/docs/assets/..%2fmain.py", "/docs/"):
        assert 404 == (await client.get(path, headers=ANONYMOUS)).status_code
