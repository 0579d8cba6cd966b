"""Answers made from the contract's schemas, whole and damaged, against the client."""

import json
from base64 import b64encode
from collections.abc import Callable
from datetime import UTC, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drivers.portal import wire
from drivers.portal.client import PortalClient
from drivers.portal.transport import Answer
from kiosk.failures import DriverError, Failure
from tests.drivers.portal.test_client import AT_ONCE, REGISTERED, SESSION, Script
from tests.drivers.portal.world import ADDRESS, ATTRIBUTES, CONTRACT, KEY, RECEIPT, a_submission, nothing

SOME = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
DOCUMENT = schemathesis.openapi.from_path(Path(__file__).parents[3] / "config" / "portal-api.yaml").raw_schema
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
