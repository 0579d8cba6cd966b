"""The same glass and terminal as the journeys', and a pcscd of the tests' own."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.drivers.card.pcscd import Pcscd
from tests.journeys.conftest import glass, terminal

__all__ = ["glass", "pcscd", "resource_manager", "terminal"]


@pytest.fixture(scope="session")
def resource_manager() -> Iterator[None]:
    """A private socket, where this process knows of none yet: it keeps to the first one for ever."""
    if "PCSCLITE_CSOCK_NAME" in os.environ:
        yield
        return
    folder = Path(tempfile.mkdtemp(prefix="pcsc-"))
    os.environ["PCSCLITE_CSOCK_NAME"] = str(folder / "pcscd.comm")
    yield
    shutil.rmtree(folder)


@pytest.fixture
def pcscd(resource_manager: None) -> Iterator[Pcscd]:
    """Looks for a card as often as every pcscd does."""
    with Pcscd() as started:
        yield started
