"""Requests made from the contract against the sandbox; what is made from it against the client: test_made_answers.py.

They are schemathesis', as the contract says and as it forbids; each is made by a stranger, by somebody registered
and by somebody logged in.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.core.parameters import ParameterLocation
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from drivers.portal import wire
from tests.drivers.portal.world import Authority, World, open_world

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
