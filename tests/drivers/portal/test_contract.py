"""`config/portal-api.yaml` and the code say the same. The file keeps one plain layout, read here line by line."""

import re
from pathlib import Path

import msgspec
import pytest

from drivers.portal import wire
from drivers.portal.answers import FAILURES
from drivers.portal.sandbox.refusals import STATUS
from drivers.portal.sandbox.routes import ROUTES
from drivers.portal.wire import Refusal

CONTRACT = Path(__file__).parents[3] / "config" / "portal-api.yaml"
STRUCTS = [
    kind
    for kind in vars(wire).values()
    if isinstance(kind, type) and issubclass(kind, wire.Quiet) and kind not in {wire.Quiet, wire.Sent}
]


def blocks(parent: str, indent: int) -> dict[str, str]:
    """The blocks directly below a key, by their own keys, as text."""
    text = CONTRACT.read_text(encoding="utf-8")
    body = re.split(rf"^{' ' * (indent - 2)}{parent}:\n", text, maxsplit=1, flags=re.MULTILINE)[1]
    body = re.split(rf"^ {{0,{indent - 2}}}\S", body, maxsplit=1, flags=re.MULTILINE)[0]
    parts = re.split(rf"^ {{{indent}}}(\S+?):", body, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def operations() -> dict[tuple[str, str], str]:
    return {
        (method.upper(), path): text
        for path, block in blocks("paths", 2).items()
        for method, text in zip(*[iter(re.split(r"^ {4}(\w+):\n", block, flags=re.MULTILINE)[1:])] * 2, strict=True)
    }


def words(text: str, key: str) -> list[str]:
    found = re.search(rf"\b{key}:\s+\[(.*?)\]", text)
    assert found is not None
    return [word for word in re.split(r",\s*", found[1]) if word]


def test_every_request_stands_in_the_contract_and_no_other() -> None:
    assert set(operations()) == set(ROUTES)


@pytest.mark.parametrize("request_line", ROUTES)
def test_a_request_answers_as_the_contract_says(request_line: tuple[str, str]) -> None:
    text, route = operations()[request_line], ROUTES[request_line]
    assert re.findall(r'^ {8}"(\d+)":', text, flags=re.MULTILINE) == [str(route.success)]
    assert set(words(text, "x-problem-types")) == {refusal.value for refusal in route.refusals}
    assert "responses/Refused" in text


def test_the_list_of_refusals_is_closed_and_the_same_everywhere() -> None:
    text = CONTRACT.read_text(encoding="utf-8")
    assert re.findall(rf"^ +- {wire.PROBLEM_URI}(\S+)$", text, flags=re.MULTILINE) == [one.value for one in Refusal]
    assert set(FAILURES) == set(STATUS) == set(Refusal)


@pytest.mark.parametrize("kind", STRUCTS)
def test_what_travels_has_the_members_of_the_contract(kind: type[wire.Quiet]) -> None:
    text = blocks("schemas", 4)[kind.__name__]
    members = msgspec.structs.fields(kind)
    assert re.findall(r"^ {8}(\w+):", text, flags=re.MULTILINE) == [member.name for member in members]
    assert words(text, "required") == [member.name for member in members if member.required]
    assert ("additionalProperties: false\n" in text) == issubclass(kind, wire.Sent)


@pytest.mark.parametrize("kind", STRUCTS)
def test_what_travels_has_the_bounds_of_the_contract(kind: type[wire.Quiet]) -> None:
    (schema,) = [one for name, one in msgspec.json.schema_components([kind])[1].items() if name == kind.__name__]
    text = blocks("schemas", 4)[kind.__name__]
    for name, member in schema["properties"].items():
        line = next(one for one in text.splitlines() if one.startswith(f"        {name}:"))
        shared = re.search(r"^\{\$ref: \"#/components/schemas/(\w+)\"\}", line.partition(": ")[2])
        if shared is not None and shared[1].endswith("Answer"):
            continue  # has its own turn
        if shared is not None:
            line = blocks("schemas", 4)[shared[1]]
        for bound in ("minLength", "maxLength", "minimum", "maximum", "minItems", "maxItems", "maxProperties"):
            stated = re.search(rf"\b{bound}: (\d+)", line)
            meant = _find(member, bound)
            assert (int(stated[1]) if stated else None) == meant, f"{kind.__name__}.{name}: {bound}"


def _find(schema: dict[str, object], bound: str) -> object:
    """A bound of a member, or of what it is a list or an alternative of."""
    if bound in schema:
        return schema[bound]
    inner: list[object] = [schema.get("items"), schema.get("additionalProperties")]
    alternatives = schema.get("anyOf")
    inner += alternatives if isinstance(alternatives, list) else []
    found = [_find(one, bound) for one in inner if isinstance(one, dict)]
    return next((one for one in found if one is not None), None)
