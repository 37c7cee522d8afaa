"""Stand-ins for Stripe, HubSpot and GitHub: one small server that wants each token as its vendor does."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit

TOKENS = {"stripe": "sk_test_51Habc", "hubspot": "pat-eu1-0a1b2c3d", "github": "ghp_16C7e42F292c69"}
NAMES = ["Ada", "Grace", "Edsger", "Barbara", "Donald"]
_PAGE = 2
_MOMENT = "2026-01-02T03:04:05.678Z"


@dataclass(frozen=True)
class Call:
    """What was asked."""

    base: str
    method: str
    path: str
    query: Mapping[str, str]
    headers: Message
    body: str


@dataclass(frozen=True)
class Answer:
    """What is answered."""

    document: object
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


class Vendors(ThreadingHTTPServer):
    """The server; `seen` holds every byte that has come, call by call."""

    daemon_threads = True

    def __init__(self) -> None:
        """Listen on a free port."""
        super().__init__(("127.0.0.1", 0), _Handler)
        self.url = f"http://127.0.0.1:{self.server_port}"
        self.seen: list[str] = []
        self.customers: dict[str, object] = {}

    def __enter__(self) -> Self:
        Thread(target=self.serve_forever, args=[0.05]).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.shutdown()
        self.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: Vendors

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        self.server.seen.append(f"{self.requestline}\n{self.headers}{body}")
        url = urlsplit(self.path)
        call = Call(self.server.url, self.command, url.path, dict(parse_qsl(url.query)), self.headers, body)
        answer = _VENDOR[url.path.split("/")[1]](call, self.server.customers)
        content = json.dumps(answer.document).encode()
        self.send_response(answer.status)
        for name, value in {"Content-Type": "application/json", **answer.headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = _answer  # noqa: N815 - the base's names

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        """Be quiet."""


def _stripe(call: Call, customers: dict[str, object]) -> Answer:
    request = {"Request-Id": "req_1", "Stripe-Version": call.headers.get("Stripe-Version", "")}
    if call.headers["Authorization"] != f"Bearer {TOKENS['stripe']}":
        return Answer(_stripe_error("invalid_request_error", message="Invalid API Key provided"), 401, request)
    match call.method, call.path:
        case "GET", "/v1/balance":
            money = [{"amount": 666670, "currency": "usd", "source_types": {"card": 666670}}]
            return Answer({"object": "balance", "available": money, "livemode": False, "pending": []}, headers=request)
        case "GET", "/v1/customers":
            kept, more = _page(call.query.get("starting_after", "").removeprefix("cus_"))
            data = [_customer(f"cus_{number}", {"name": name}) for number, name in kept]
            page = {"object": "list", "url": "/v1/customers", "has_more": more, "data": data}
            return Answer(page, headers=request)
        case "POST", "/v1/customers":
            key, new = call.headers["Idempotency-Key"], f"cus_{len(NAMES) + len(customers) + 1}"
            replayed = {"Idempotent-Replayed": "true"} if key in customers else {}
            made = customers.setdefault(key, _customer(new, dict(parse_qsl(call.body))))
            return Answer(made, headers=request | replayed)
        case "POST", "/v1/payment_intents":
            error = _stripe_error("card_error", "card_declined", "Your card was declined.")
            return Answer(error, 402, request)
    error = _stripe_error("api_error", message="An error on our side")
    return Answer(error, 500, request | {"Stripe-Should-Retry": "false"})


def _stripe_error(kind: str, code: str | None = None, message: str = "") -> object:
    return {"error": {"type": kind, "code": code, "message": message, "param": None}}


def _customer(customer_id: str, made: Mapping[str, str]) -> object:
    fields = {"created": 1767323045, "livemode": False, "metadata": {}, "email": made.get("email")}
    return {"id": customer_id, "object": "customer", "name": made["name"], **fields}


def _hubspot(call: Call, _: object) -> Answer:
    if call.headers["Authorization"] != f"Bearer {TOKENS['hubspot']}":
        return _hubspot_error(401, "INVALID_AUTHENTICATION", "Authentication credentials not found.")
    contacts = "/crm/v3/objects/contacts"
    if (call.method, call.path) == ("GET", contacts):
        kept, more = _page(call.query.get("after", ""))
        document: dict[str, Any] = {"results": [_contact(number, {"firstname": name}) for number, name in kept]}
        if more:
            after = str(kept[-1][0])
            document["paging"] = {"next": {"after": after, "link": f"{call.base}{contacts}?after={after}"}}
        return Answer(document)
    if (call.method, call.path) == ("POST", contacts):
        return Answer(_contact(len(NAMES) + 1, json.loads(call.body)["properties"]), 201)
    return _hubspot_error(404, "OBJECT_NOT_FOUND", "Object not found.")


def _hubspot_error(status: int, category: str, message: str) -> Answer:
    document = {"status": "error", "message": message, "correlationId": "aeb5f871", "category": category}
    return Answer(document, status)


def _contact(number: int, properties: Mapping[str, str]) -> object:
    times = {"createdAt": _MOMENT, "updatedAt": _MOMENT, "archived": False}
    return {"id": str(number), "properties": properties, **times}


def _github(call: Call, _: object) -> Answer:
    if call.headers["Authorization"] != f"Bearer {TOKENS['github']}":
        return Answer({"message": "Bad credentials", "documentation_url": "https://docs.github.com/rest"}, 401)
    owner = {"login": "octocat", "id": 1, "type": "User", "url": f"{call.base}/users/octocat"}
    repository = f"{call.base}/repos/octocat/hello"
    match call.path:
        case "/user":
            return Answer(owner | {"name": "The Octocat"}, headers={"X-RateLimit-Limit": "5000"})
        case "/repos/octocat/hello":
            return Answer({"id": 2, "name": "hello", "full_name": "octocat/hello", "owner": owner, "url": repository})
        case "/repos/octocat/hello/issues":
            page = int(call.query.get("page", 1))
            kept, more = _page(str((page - 1) * _PAGE))
            issues = [{"number": n, "title": name, "url": f"{repository}/issues/{n}"} for n, name in kept]
            link = f'<{repository}/issues?state=open&page={page + 1}>; rel="next"'
            return Answer(issues, headers={"Link": link} if more else {})
        case "/repos/octocat/hello/issues/5/comments":
            return Answer([{"id": 3, "body": "Done.", "url": f"{repository}/issues/comments/3"}])
    return Answer({"message": "Not Found", "documentation_url": "https://docs.github.com/rest", "status": "404"}, 404)


def _page(after: str) -> tuple[list[tuple[int, str]], bool]:
    """Return the next two names with their numbers, from 1 on, and whether there are more."""
    end = int(after or 0) + _PAGE
    return list(enumerate(NAMES, 1))[end - _PAGE : end], end < len(NAMES)


_VENDOR: Mapping[str, Callable[[Call, dict[str, object]], Answer]] = {
    "v1": _stripe,
    "crm": _hubspot,
    "user": _github,
    "repos": _github,
}
