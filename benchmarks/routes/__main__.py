"""`python -m benchmarks.routes`: counts the queries and bytes of each route and writes them to `results/routes.md`."""

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime

from benchmarks.command import RESULTS, begin, fail
from benchmarks.load import BenchmarkError
from benchmarks.routes.examples import Example, Route, examples, system_examples
from benchmarks.routes.measure import Answer, service
from benchmarks.routes.report import Answers, as_markdown
from benchmarks.rows import ROWS
from benchmarks.store import Store, started
from remuner.main import openapi_documents


def main() -> None:
    """Measure, print the table and write it to benchmarks/results."""
    begin()
    try:
        with started() as store:
            postgres, cached = (_answers(store, each) for each in ("postgres", "cached"))
    except BenchmarkError as error:
        fail(str(error))
    report = as_markdown(postgres, cached, ROWS, datetime.now(UTC).date().isoformat())
    (RESULTS / "routes.md").write_text(report)
    print(report)


def _answers(store: Store, persistence: str) -> Answers:
    """Ask each minor's routes of a service on a database of its own."""
    minors = {minor: dict(examples(document)) for minor, document in reversed(openapi_documents().items())}
    return {
        (minor, route): answer
        for minor, routes in (minors | {"": dict(system_examples())}).items()
        for route, answer in asyncio.run(_asked(store.settings(persistence, ROWS), minor, routes)).items()
    }


async def _asked(settings: Mapping[str, str], minor: str, routes: Mapping[Route, Example]) -> Mapping[Route, Answer]:
    """Ask those that write first, so that the audit trail has something to show."""
    async with service(settings) as running:
        answers = {
            route: await running.warm_answer(example, minor)
            for route, example in sorted(routes.items(), key=lambda item: item[0][0] == "GET")
        }
    return {route: answers[route] for route in routes}


if __name__ == "__main__":
    main()
