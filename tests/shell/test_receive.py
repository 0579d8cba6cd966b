"""What a visit's process tells its keeper, and what it shows while the keeper lets it wait."""

import socket
from collections.abc import Sequence
from typing import cast

import pytest

from kiosk.commands import receive
from kiosk.commands.receive import _Line
from kiosk.events import Action, Event, Tapped
from kiosk.ports import Closed, KeyPressed
from kiosk.shell import backstage as said
from kiosk.views import AttractView, Chrome, Scene, StartingView
from kiosk.visit import Ending, Health, Language, Preferences
from screens.window import Window
from tests.screens.glasses import panels


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


class Glass(Window):
    """Hidden; the keeper frees the devices when it is told to wait for them."""

    def __init__(self, keeper: socket.socket) -> None:
        self.now, self.keeper, self.views = 0.0, keeper, list[type]()
        super().__init__(panels()["10.1-landscape"], hidden=True, clock=lambda: self.now)

    def show(self, scene: Scene, preferences: Preferences, seconds_left: int | None) -> None:
        self.views.append(type(scene.view))
        super().show(scene, preferences, seconds_left)
        if isinstance(scene.view, StartingView):
            said.send(self.keeper, said.OpenDevices())

    def wait(self, seconds: float | None) -> Sequence[Event | KeyPressed | Closed]:
        if seconds is not None:
            self.now += seconds
        return super().wait(0)

    def reveal(self) -> None:
        """Nobody sees it."""


def test_who_touches_a_terminal_whose_devices_are_held_back_is_told_so_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    monkeypatch.setattr(receive, "PROMPT_SECONDS", 0)
    ours, theirs = said.pair()
    glass = Glass(ours)
    glass.show(Scene(Chrome(None), AttractView((Language.JA,), None)), Preferences(), None)
    glass.now += 1
    start = next(spot for spot in glass.targets() if spot.act == Tapped(Action.START)).rect.middle
    glass.post_finger(*start, down=True)
    glass.post_finger(*start, down=False)
    _Line(theirs, glass).may_open(Preferences(), lambda: None)
    glass.close()
    assert glass.views == [AttractView, StartingView]
    for line in (ours, theirs):
        line.close()
