from collections.abc import Iterator

import pytest

from tests.drivers.portal.world import Authority, World, open_world


@pytest.fixture(scope="session")
def authority() -> Authority:
    return Authority()


@pytest.fixture
def world(authority: Authority) -> Iterator[World]:
    with open_world(authority) as world:
        yield world
