"""The table of all routes."""

from collections.abc import Mapping

from benchmarks.routes.examples import Route
from benchmarks.routes.measure import Answer

Answers = Mapping[tuple[str, Route], Answer]
"""By the minor, "" for a route that has none, and the route."""


def as_markdown(postgres: Answers, cached: Answers, rows: int, date: str) -> str:
    """Return the report for people, with each minor's routes in the order of its document."""
    shown = "".join(_row(minor, route, postgres[minor, route], cached[minor, route]) for minor, route in postgres)
    return f"""\
# routes: what an answer asks of PostgreSQL, and how large it is

| minor | route | status | queries, `postgres` | queries, `cached` | items | body, bytes | head, bytes |
| ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: |
{shown}
- {date}; {rows:,} users, each in two teams and with an integration. One request at a time, and one of the same kind
  before it: connections are open, and what `cached` keeps of what is read is there.
- Queries: statements that reach PostgreSQL for the request, BEGIN and COMMIT counted. What the service does by itself
  (folding counts, asking for the state of the cache, completing deletions) is not.
- The caller has the operator's key. Any other key is read from the database, once in 0.9 s however many requests come.
- Lists: the first page, with the limit that it has if none is asked for.
- Head: the status line and all header lines but `date`, which the web server adds (37 bytes).
"""


def _row(minor: str, route: Route, postgres: Answer, cached: Answer) -> str:
    items = "" if postgres.items is None else postgres.items
    queries = f"{len(postgres.statements)} | {len(cached.statements)}"
    sizes = f"{postgres.body_bytes:,} | {postgres.head_bytes:,}"
    return f"| {minor} | `{' '.join(route)}` | {postgres.status} | {queries} | {items} | {sizes} |\n"
