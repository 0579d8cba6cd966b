"""The contract from both sides: requests made from it against the sandbox, answers made from it against the client.

Requests are schemathesis', as the contract says and as it forbids; each is made by a stranger, by somebody registered
and by somebody logged in. Answers are made from the schemas, whole and damaged.
"""

import json
import select
import socket
import ssl
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, timedelta, timezone
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.core.parameters import ParameterLocation
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from drivers.portal import wire
from drivers.portal.client import PortalClient
from drivers.portal.transport import Answer
from kiosk.failures import DriverError, Failure
from tests.drivers.portal.test_client import AT_ONCE, REGISTERED, SESSION, Script
from tests.drivers.portal.world import (
    ADDRESS,
    ATTRIBUTES,
    CONTRACT,
    KEY,
    RECEIPT,
    Authority,
    World,
    a_submission,
    nothing,
    open_world,
)

SCHEMA = schemathesis.openapi.from_path(Path(__file__).parents[3] / "config" / "portal-api.yaml")
OPERATIONS = {found.ok().label: found.ok() for found in SCHEMA.get_all_operations() if isinstance(found, Ok)}
Asked = Literal["positive", "negative"]
CHECKS = [
    schemathesis.checks.not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
SOME = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
REFUSED_BY_ANY = {"maintenance", "request-invalid"}


@pytest.fixture(scope="module")
def world(authority: Authority) -> Iterator[World]:
    """One sandbox for all of them: what strangers do must not break it for the next."""
    with open_world(authority) as made:
        yield made


@pytest.fixture(scope="module")
def known(world: World) -> dict[str, dict[str, str]]:
    """The headers of each who asks."""
    client = world.ready()
    registered = {wire.REGISTRATION_HEADER: client._handle}
    return {"stranger": {}, "registered": registered, "logged in": {wire.SESSION_HEADER: client._session, **registered}}


def ask_everything(world: World, headers: dict[str, str], label: str, asked: Asked, examples: int) -> None:
    """`headers` of who asks; every answer is the contract's, and what the contract forbids in a body is refused."""
    operation, mode = OPERATIONS[label], schemathesis.GenerationMode(asked)
    allowed = REFUSED_BY_ANY | set(operation.definition.raw["x-problem-types"])

    @settings(SOME, max_examples=examples)
    @given(operation.as_strategy(generation_mode=mode))
    def every(case: "schemathesis.Case[Any]") -> None:
        if label.endswith("/registration"):
            case.query = {}  # else somebody would be kept waiting
        response = case.call(base_url=world.sandbox.url, headers=headers, session=line, verify=line.verify, timeout=40)
        case.validate_response(response, checks=CHECKS)
        if response.status_code >= 400:
            kind = str(json.loads(response.content)["type"]).removeprefix(wire.PROBLEM_URI)
            assert kind in allowed
        else:
            assert not _body_is_wrong(case)

    with a_line(world) as line:
        every()


def test_who_speaks_before_it_listens_hears_that_a_body_is_too_long(world: World) -> None:
    box = world.sandbox
    trust = ssl.create_default_context(cafile=str(box.ca_file))
    trust.load_cert_chain(str(box.terminal_certificate), str(box.terminal_key))
    place = urlsplit(box.url)
    with (
        socket.create_connection((str(place.hostname), int(place.port or 0)), timeout=40) as plain,
        trust.wrap_socket(plain, server_hostname=place.hostname) as line,
    ):
        line.sendall(b"POST /sessions HTTP/1.1\r\nHost: portal\r\nContent-Length: 900000\r\n\r\n")
        answer = b""
        while not answer.endswith(b"}"):  # it is refused now, and this one speaks on
            answer += line.recv(4096)
        assert not select.select([line], [], [], 0.5)[0], "hung up on while it speaks"
        for _ in range(9):
            line.sendall(bytes(100_000))
        while part := line.recv(4096):
            answer += part
    assert answer.startswith(b"HTTP/1.1 413 ")


@contextmanager
def a_line(world: World) -> Iterator[requests.Session]:
    """One for many requests: who opens one for each is too many at once for the sandbox, which hangs up then."""
    box = world.sandbox
    with requests.Session() as line:
        line.trust_env = False
        line.verify = str(box.ca_file)
        line.cert = (str(box.terminal_certificate), str(box.terminal_key))
        yield line


def _body_is_wrong(case: "schemathesis.Case[Any]") -> bool:
    parts = {} if case.meta is None else case.meta.components
    return any(
        place is ParameterLocation.BODY and part.mode is schemathesis.GenerationMode.NEGATIVE
        for place, part in parts.items()
    )


NAMED = ("registration", "session")
NEEDS = {
    label: [all(name in way for way in operation.definition.raw["security"]) for name in NAMED]
    for label, operation in OPERATIONS.items()
    if any(name in way for way in operation.definition.raw.get("security", ()) for name in NAMED)
}
"""Whether somebody must be named, where somebody can be."""

EVERY = [  # where nothing must be named and nothing is sent, nothing can be wrong
    (label, asked)
    for label, operation in OPERATIONS.items()
    for asked in ("positive", "negative")
    if asked == "positive" or operation.body or any(NEEDS.get(label, ())) or label.endswith("/registration")
]


@pytest.mark.parametrize(("label", "asked"), EVERY)
def test_no_request_is_answered_outside_the_contract(
    world: World, known: dict[str, dict[str, str]], label: str, asked: Asked
) -> None:
    for headers in known.values():
        ask_everything(world, headers, label, asked, examples=4)


@pytest.mark.parametrize("label", NEEDS)
def test_who_is_not_named_is_refused_where_the_contract_wants_a_name_and_nowhere_else(world: World, label: str) -> None:
    @settings(SOME, max_examples=3)
    @given(OPERATIONS[label].as_strategy(generation_mode=schemathesis.GenerationMode("positive")))
    def every(case: "schemathesis.Case[Any]") -> None:
        for header in (wire.REGISTRATION_HEADER, wire.SESSION_HEADER):
            case.headers.pop(header, None)
        response = case.call(base_url=world.sandbox.url, session=line, verify=line.verify, timeout=40)
        assert (response.status_code >= 400) == any(NEEDS[label])

    with a_line(world) as line:
        every()


@pytest.mark.sweep
@pytest.mark.parametrize("who", ["stranger", "registered", "logged in"])
@pytest.mark.parametrize(("label", "asked"), EVERY)
def test_no_request_of_many_is_answered_outside_the_contract(
    world: World, known: dict[str, dict[str, str]], label: str, asked: Asked, who: str
) -> None:
    ask_everything(world, known[who], label, asked, examples=100)


# --- answers to the client ------------------------------------------------------------------------

DOCUMENT = SCHEMA.raw_schema
Act = Callable[[PortalClient], object]
ACTS: dict[str, tuple[str, Act]] = {
    "health": ("HealthAnswer", lambda portal: portal.health()),
    "terms": ("TermsAnswer", lambda portal: portal.terms()),
    "register": ("RegistrationAnswer", lambda portal: portal.register(ADDRESS, "1")),
    "registration": ("RegistrationState", lambda portal: portal.registration(0)),
    "send again": ("MailAnswer", lambda portal: portal.send_mail_again()),
    "correct": ("MailAnswer", lambda portal: portal.correct_address(ADDRESS)),
    "resume": ("ResumptionAnswer", lambda portal: portal.resume("ABCD2345")),
    "challenge": ("ChallengeAnswer", lambda portal: portal.challenge()),
    "log in": ("SessionAnswer", lambda portal: portal.log_in(b"certificate", b"signature")),
    "submit": ("SubmissionAnswer", lambda portal: portal.submit(a_submission(), KEY, nothing)),
    "settle": ("SettlementAnswer", lambda portal: portal.settle(KEY)),
    "attributes": ("Problem", lambda portal: portal.send_attributes(ATTRIBUTES)),
    "numbers": ("Problem", lambda portal: portal.check_numbers(CONTRACT, RECEIPT)),
    "refusal": ("Problem", lambda portal: portal.terms()),
}
BEYOND_SCHEMAS = {"TermsAnswer", "ChallengeAnswer", "SessionAnswer"}
"""Pictures must be taken, a challenge is 16 bytes at least, a pattern a regular expression: no schema here says so."""


def made(schema: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Values that a schema of the contract allows. It uses a small part of JSON Schema; any other word is an error."""
    if "$ref" in schema:
        return made(DOCUMENT["components"]["schemas"][schema["$ref"].rpartition("/")[2]])
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    return st.one_of([made_of_kind(kind, schema) for kind in kinds])


def made_of_kind(kind: str, schema: dict[str, Any]) -> st.SearchStrategy[Any]:
    match kind:
        case "null":
            return st.none()
        case "boolean":
            return st.booleans()
        case "integer":
            return st.integers(schema["minimum"], schema["maximum"])
        case "array":
            return st.lists(made(schema["items"]), min_size=schema.get("minItems", 0), max_size=schema["maxItems"])
        case "object":
            members = {name: made(one) for name, one in schema["properties"].items()}
            must = {name: members.pop(name) for name in schema["required"]}
            news = st.dictionaries(st.just("news"), st.integers() | st.text(max_size=5), max_size=1)
            return st.tuples(st.fixed_dictionaries(must, optional=members), news).map(
                lambda both: {**both[1], **both[0]}
            )
        case "string":
            return made_text(schema)
    raise ValueError(kind)


def made_text(schema: dict[str, Any]) -> st.SearchStrategy[str]:
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    if "pattern" in schema:
        return st.from_regex(schema["pattern"], fullmatch=True)
    if schema.get("format") == "date-time":
        zones = st.sampled_from([UTC, timezone(timedelta(hours=9))])
        return st.datetimes(timezones=zones).map(lambda moment: moment.isoformat())
    if schema.get("contentEncoding") == "base64":
        return st.binary(min_size=16, max_size=64).map(lambda content: b64encode(content).decode())
    return st.text(min_size=schema.get("minLength", 0), max_size=min(300, schema["maxLength"]))


def answers(kind: str) -> st.SearchStrategy[bytes]:
    """What the contract allows to be said."""
    return made(DOCUMENT["components"]["schemas"][kind]).map(lambda said: json.dumps(said).encode())


def outcome(name: str, status: int, media_type: str, content: bytes) -> object:
    """What the act came to: a value or a named failure, and nothing else."""
    act = ACTS[name][1]
    portal = PortalClient(Script([REGISTERED, SESSION, Answer(status, media_type, content)]), AT_ONCE)
    portal.register(ADDRESS, "1")
    portal.log_in(b"certificate", b"signature")
    try:
        return act(portal)
    except DriverError as error:
        return error.failure


@pytest.mark.parametrize("name", ACTS)
def test_no_answer_of_the_contracts_is_called_malformed(name: str) -> None:
    kind = ACTS[name][0]
    success = 201 if kind == "SubmissionAnswer" else 200  # of a submission the status counts, too
    status, media_type = (400, wire.PROBLEM_JSON) if kind == "Problem" else (success, wire.JSON)

    @SOME
    @given(answers(kind))
    def every(content: bytes) -> None:
        came = outcome(name, status, media_type, content)
        refusals = {Failure.PORTAL_MALFORMED} if b"request-invalid" in content else set()
        allowed = {Failure.PORTAL_MALFORMED} if kind in BEYOND_SCHEMAS else refusals
        if not isinstance(came, Failure) or kind == "Problem":
            assert came is not Failure.PORTAL_MALFORMED or came in allowed
        else:
            assert came in allowed

    every()


@pytest.mark.parametrize("name", ACTS)
def test_no_damaged_answer_ends_in_anything_unnamed(name: str) -> None:
    @SOME
    @given(answers(ACTS[name][0]), st.data())
    def every(content: bytes, data: st.DataObject) -> None:
        place = data.draw(st.integers(0, len(content)))
        damaged = content[:place] + data.draw(st.binary(max_size=3)) + content[place + data.draw(st.integers(0, 5)) :]
        status = data.draw(st.sampled_from([200, 201, 204, 302, 400, 404, 429, 500, 503]))
        media_type = data.draw(st.sampled_from([wire.JSON, wire.PROBLEM_JSON, "text/html"]))
        outcome(name, status, media_type, damaged)

    every()
