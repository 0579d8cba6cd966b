"""The same glass and terminal as the journeys'."""

from tests.journeys.conftest import glass, terminal

__all__ = ["glass", "terminal"]
