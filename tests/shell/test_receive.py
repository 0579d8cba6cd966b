"""What a visit's process tells its keeper about its end."""

from typing import cast

import pytest

from kiosk.commands.receive import _Line
from kiosk.shell import backstage as said
from kiosk.visit import Ending, Health
from screens.window import Window


@pytest.mark.parametrize("broken", [False, True])
def test_the_keeper_hears_whether_a_fault_has_ended_the_visit(broken: bool) -> None:
    ours, theirs = said.pair()
    with ours, theirs:
        onlookers = _Line(theirs, cast("Window", None)).onlookers(lambda _key: None)
        if broken:
            onlookers.broke()
        onlookers.over(Ending.COMPLETED, Health(camera=False))
        assert said.hear_visit(ours) == said.HealthFound(said.Found(camera=False))
        assert said.hear_visit(ours) == said.Over(Ending.COMPLETED, broken)
