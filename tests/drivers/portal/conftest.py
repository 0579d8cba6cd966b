from collections.abc import Iterator

import pytest

from drivers.portal.sandbox import Rules, Sandbox
from tests.drivers.portal.world import NUMBERS, Authority, Clock, World


@pytest.fixture(scope="session")
def authority() -> Authority:
    return Authority()


@pytest.fixture
def world(authority: Authority) -> Iterator[World]:
    clock = Clock()
    authority.revoked.clear()
    rules = Rules(NUMBERS, authority.ca_certificate, lambda: authority.revocations(clock()))
    with Sandbox(rules, clock) as sandbox:
        world = World(sandbox, clock, authority, authority.card())
        yield world
        for client in world.clients:
            client.close()
