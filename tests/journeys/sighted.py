"""A visitor who believes only the glass: sees what must stand there, and touches only what stands there.

They keep a second glass of their own: the same pure rules and window, fed with the same touches and with the answers
that the devices ought to give. It shows where to touch, and what must stand: every pixel of it, apart from what moves
by itself and from photographs, which are in the other process only. How the terminal's glass is seen and touched, and
who plays the hands beside it, is another's matter (`Place`, `Hands`).
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
import numpy.typing as npt
import pygame

from drivers.bench.visitors import Visitor
from kiosk import events as on
from kiosk.events import Action, Event, Tapped
from kiosk.flow.attract import begin
from kiosk.flow.views import view
from kiosk.ports import Frame
from kiosk.settings import Settings
from kiosk.shell.current_pictures import CurrentPictures
from kiosk.states import Done
from kiosk.visit import CardPlace, Ending, Health, Preferences
from kiosk.wiring import rules_of
from screens.fingers import IMPATIENCE_SECONDS, Spot
from screens.geometry import Panel, Rect
from screens.nodes import Drawing, LayerShown, Photo, Scrolled, walk
from screens.window import Window
from tests.flow.tale import ORDER, Tale
from tests.journeys.terminal import PATIENCE

MOMENT = IMPATIENCE_SECONDS + 0.05
"""Seconds that a person needs to touch what they see: faster fingers are taken for the rest of a double tap."""
ALL = 1.0
NEARLY = 0.97
"""Of the pixels: a figure that only the terminal can know (a time, a size) may stand among them."""


class Place(Protocol):
    """The terminal's glass, as far as eye and finger go."""

    def press(self, x: int, y: int) -> None: ...
    def release(self, x: int, y: int) -> None: ...

    def picture(self) -> Frame | None:
        """What stands there; None while nothing does."""

    def await_change(self) -> None:
        """Until another picture stands than was looked at last, or some time has passed."""


class SecondGlass(Window):
    """Tells which of its pixels stand still."""

    def still(self) -> npt.NDArray[np.bool_]:
        """By row and column."""
        glass = self._panel.glass
        found = np.ones((glass.h, glass.w), np.bool_)
        for node in walk(self._tree):
            if isinstance(node, Photo) or (isinstance(node, Drawing) and node.moves):
                found[node.rect.y : node.rect.bottom, node.rect.x : node.rect.right] = False
        return found


@dataclass(frozen=True, slots=True)
class Seen:
    """How much of what must stand does: the button that is least like it, and all of the picture."""

    button: float = 0.0
    picture: float = 0.0

    @property
    def least(self) -> float:
        return min(self.button, self.picture)


class SightedVisitor:
    """`who` before a terminal with these settings. With `feels`, a button is seen pressed before the finger leaves it.

    `beholds` gets a name, what stands and what is right, each time that they are alike, and where that does not come.
    """

    def __init__(
        self,
        place: Place,
        who: Visitor,
        settings: Settings,
        beholds: Callable[[str, Frame | None, Frame], None] = lambda _name, _shown, _right: None,
        *,
        feels: bool = False,
    ) -> None:
        self.place, self.who = place, who
        self._beholds, self._feels, self._alike = beholds, feels, ALL
        self._tale = Tale(rules_of(settings))
        said = settings.panel
        panel = Panel(said.width_mm, said.height_mm, said.width_px, said.height_px)
        self._window = SecondGlass(panel, CurrentPictures(), impatience=0)
        self._await()

    def close(self) -> None:
        self._window.close()
        pygame.quit()

    def touches(self, action: Action) -> None:
        """This button; a page longer than the glass is seen to its end first."""
        while not any(spot.act == Tapped(action) for spot in self._window.targets()):
            self._leafs(next(spot for spot in self._window.targets() if spot.act == Scrolled(1)))
        self._finger(self._spot(Tapped(action)), f"{action.name} pressed" if self._feels else "")
        self._tale.happens(action)

    def tap(self, action: Action, *answers: on.Result, alike: float = ALL) -> None:
        """Touch it; then what these answers lead to must stand."""
        self.touches(action)
        self.sees(*answers, alike=alike)

    def sees(self, *answers: on.Result, alike: float = ALL) -> None:
        """What these answers lead to stands."""
        for answer in answers:
            self._tale.answered(answer)
            if isinstance(answer, on.Photographed):
                self._tale.found()
        self._await(alike)

    def happens(self, *events: Event) -> None:
        self._tale.happens(*events)

    def types(self, text: str) -> None:
        for character in text:
            self._key(on.KeyTapped(character))
        self._await()

    def enters(self, digits: str) -> None:
        for digit in digits:
            self._key(on.DigitTapped(int(digit)))
        self._await()

    def reads_number(self, number: str) -> None:
        """This 申込番号 stands on the glass: wherever another one would look otherwise."""
        stage = self._tale.state.stage
        assert isinstance(stage, Done)
        right, shown = self._window.pixels(), self.place.picture()
        other = replace(self._tale.state, stage=replace(stage, number="0" * len(number)))
        self._window.show(view(other), Preferences(), None)
        telling = np.any(right != self._window.pixels(), axis=2)
        assert shown is not None
        assert telling.any()
        assert np.array_equal(shown[telling], right[telling])
        self._show()

    def leaves(self) -> None:
        """The next visitor is welcome."""
        self._tale.state = begin(2, self._tale.rules, Health(), CardPlace.ABSENT, ORDER, Ending.COMPLETED)
        self._await()

    def _key(self, means: Event) -> None:
        """Whose like may be on another layer of the keyboard."""
        for _ in range(3):
            if any(spot.act == means for spot in self._window.targets()):
                break
            self._leafs(next(spot for spot in self._window.targets() if isinstance(spot.act, LayerShown)))
        before = [spot.act for spot in self._window.targets()]
        self._finger(self._spot(means))
        self._tale.happens(means)
        self._show()
        if [spot.act for spot in self._window.targets()] != before:
            self._await()  # other keys

    def _leafs(self, spot: Spot) -> None:
        """What only a glass itself knows: another part of a text, other keys."""
        self._finger(spot)
        self._own_finger(spot, down=True)
        self._own_finger(spot, down=False)
        self._await(self._alike, show=False)

    def _finger(self, spot: Spot, felt: str = "") -> None:
        """In the middle of it; where it is to be `felt`, that has to be seen before the finger leaves."""
        self.place.press(*spot.rect.middle)
        if felt:
            before = self._window.pixels()
            self._own_finger(spot, down=True)
            assert not np.array_equal(self._window.pixels(), before), f"{felt} is not to be seen"
            self._await_picture(felt)
            self._own_finger(spot, down=False)
        self.place.release(*spot.rect.middle)

    def _own_finger(self, spot: Spot, *, down: bool) -> None:
        """On the second glass."""
        self._window.post_finger(*spot.rect.middle, down=down)
        self._window.wait(0)

    def _spot(self, means: Event) -> Spot:
        return next(spot for spot in self._window.targets() if spot.act == means)

    def _show(self) -> None:
        state = self._tale.state
        self._window.show(view(state), state.preferences, None)

    def _await(self, alike: float = ALL, *, show: bool = True) -> None:
        if show:
            self._show()
        self._alike = alike
        self._await_picture(type(self._tale.state.stage).__name__)
        time.sleep(MOMENT)

    def _await_picture(self, name: str) -> None:
        right, still = self._window.pixels(), self._window.still()
        buttons = [spot.rect for spot in self._window.targets()]
        until = time.monotonic() + PATIENCE
        while (seen := _seen(shown := self.place.picture(), right, still, buttons)).least < self._alike:
            if time.monotonic() > until:
                self._beholds(f"not {name}", shown, right)
                raise AssertionError(f"{name} does not stand: {seen}")
            self.place.await_change()
        self._beholds(name, shown, right)


def _seen(shown: Frame | None, right: Frame, still: npt.NDArray[np.bool_], buttons: Sequence[Rect]) -> Seen:
    if shown is None:
        return Seen()
    same = np.all(shown == right, axis=2) | ~still
    parts = [same[at.y : at.bottom, at.x : at.right].mean() for at in buttons]
    return Seen(float(min(parts, default=1.0)), float(same.mean()))
