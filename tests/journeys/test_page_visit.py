"""A whole visit on a machine without a display: glass and hands are those of the bench page, and nothing else is used.

The visitor keeps a second glass of their own (the same pure rules and window, fed with the same touches). It shows
where to touch, and what must stand: a touch is made only when every button of it is seen on the page's glass.
"""

import time
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pygame

from drivers.bench.papers import Kind, Owner, print_paper
from drivers.portal.sandbox.rules import sample_terms
from drivers.portal.wire import LimitsAnswer
from kiosk import events as on
from kiosk.events import Action, Event, Tapped
from kiosk.flow.attract import begin
from kiosk.flow.views import view
from kiosk.settings import load
from kiosk.shell.current_pictures import CurrentPictures
from kiosk.states import Done
from kiosk.visit import CardPlace, Document, Ending, Guidance, Health, Limits, Page, Preferences, Sight, Terms, Tries
from kiosk.wiring import rules_of
from screens.fingers import Spot
from screens.nodes import LayerShown, Scrolled
from screens.opening import open_window
from tests.flow.tale import ORDER, Tale
from tests.flow.world import ATTRIBUTES, DEADLINE
from tests.journeys.browsing import Browser, staying_terminal
from tests.journeys.terminal import PATIENCE

BUTTON_ALIKE, PICTURE_ALIKE = 0.97, 0.9
"""Of their pixels: something on a picture may move, and a letter or a photograph of the visitor's may stand on it."""
MOMENT = 0.45
"""Seconds that a person needs to touch what they see: faster fingers are taken for the rest of a double tap."""


@dataclass(frozen=True, slots=True)
class Seen:
    """How much of what must stand does: the button that is least like it, and all of the picture."""

    button: float = 0.0
    picture: float = 0.0

    def holds(self, alike: float) -> bool:
        return self.button >= BUTTON_ALIKE and self.picture >= alike


class PageVisitor:
    """Sample visitor 1."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.who: dict[str, Any] = browser.look("choices")["visitors"][0]
        settings = load(simulate=True)
        self._tale = Tale(rules_of(settings))
        self._window = open_window(settings, CurrentPictures(), impatience=0)
        self._await()

    def close(self) -> None:
        self._window.close()
        pygame.quit()

    def touches(self, action: Action) -> None:
        """This button; a page longer than the glass is seen to its end first."""
        while not any(spot.act == Tapped(action) for spot in self._window.targets()):
            self._both(next(spot for spot in self._window.targets() if spot.act == Scrolled(1)))
        self.browser.touch(*self._spot(Tapped(action)).rect.middle)
        self._tale.happens(action)

    def tap(self, action: Action, *answers: on.Result, photographs: bool = False) -> None:
        """Touch it; then what these answers lead to must stand."""
        self.touches(action)
        self.sees(*answers, photographs=photographs)

    def sees(self, *answers: on.Result, photographs: bool = False) -> None:
        """What these answers lead to stands; with `photographs` on it, which the second glass does not have."""
        for answer in answers:
            self._tale.answered(answer)
        self._await(0.0 if photographs else PICTURE_ALIKE)

    def happens(self, *events: Event) -> None:
        self._tale.happens(*events)

    def types(self, text: str) -> None:
        for character in text:
            self._press(on.KeyTapped(character))
        self._await()

    def enters(self, digits: str) -> None:
        for digit in digits:
            self._press(on.DigitTapped(int(digit)))
        self._await()

    def reads_number(self, number: str) -> None:
        """This 申込番号 stands on the glass: wherever another one would look otherwise."""
        stage = self._tale.state.stage
        assert isinstance(stage, Done)
        right, shown = self._window.pixels(), self.browser.picture()
        self._window.show(
            view(replace(self._tale.state, stage=replace(stage, number="0" * len(number)))), Preferences(), None
        )
        telling = np.any(right != self._window.pixels(), axis=2)
        assert shown is not None
        assert telling.any()
        assert np.array_equal(shown[telling], right[telling])

    def leaves(self) -> None:
        """The next visitor is welcome."""
        self._tale.state = begin(2, self._tale.rules, Health(), CardPlace.ABSENT, ORDER, Ending.COMPLETED)
        self._await()

    def _press(self, means: Event) -> None:
        """A key, whose like may be on another layer of the keyboard."""
        for _ in range(3):
            if any(spot.act == means for spot in self._window.targets()):
                break
            self._both(next(spot for spot in self._window.targets() if isinstance(spot.act, LayerShown)))
        before = [spot.act for spot in self._window.targets()]
        self.browser.touch(*self._spot(means).rect.middle)
        self._tale.happens(means)
        self._show()
        if [spot.act for spot in self._window.targets()] != before:
            self._await()  # other keys

    def _both(self, spot: Spot) -> None:
        """What only a glass itself knows is touched on both."""
        self.browser.touch(*spot.rect.middle)
        for down in (True, False):
            self._window.post_finger(*spot.rect.middle, down=down)
        self._window.wait(0)
        self._await(show=False)

    def _spot(self, means: Event) -> Spot:
        return next(spot for spot in self._window.targets() if spot.act == means)

    def _show(self) -> None:
        state = self._tale.state
        self._window.show(view(state), state.preferences, None)

    def _await(self, alike: float = PICTURE_ALIKE, *, show: bool = True) -> None:
        if show:
            self._show()
        until = time.monotonic() + PATIENCE
        while not (seen := self._seen()).holds(alike):
            assert time.monotonic() < until, f"{type(self._tale.state.stage).__name__} does not stand: {seen}"
            self.browser.await_change()
        time.sleep(MOMENT)

    def _seen(self) -> Seen:
        picture = self.browser.picture()
        if picture is None:
            return Seen()
        same = np.all(picture == self._window.pixels(), axis=2)
        buttons = [spot.rect for spot in self._window.targets()]
        parts = [same[rect.y : rect.bottom, rect.x : rect.right].mean() for rect in buttons]
        return Seen(float(min(parts)), float(same.mean()))


def test_a_whole_visit_is_made_on_the_page(tmp_path: Path) -> None:
    with (
        staying_terminal(tmp_path / "journal") as url,
        closing(Browser(url)) as browser,
        closing(PageVisitor(browser)) as visitor,
    ):
        register(visitor)
        use_card(visitor)
        hand_in(visitor)
    assert visitor.who["mail"] not in (tmp_path / "journal").read_text("utf-8")


def register(visitor: PageVisitor) -> None:
    """Step 1, with the phone."""
    visitor.tap(Action.START)
    visitor.tap(Action.NEXT, on.TermsGot(terms()))
    visitor.tap(Action.NEXT)
    for _ in range(2):
        visitor.types(visitor.who["mail"])
        visitor.tap(Action.NEXT)
    visitor.tap(Action.AGREE)
    visitor.tap(Action.NEXT, on.Registered(DEADLINE))
    visitor.tap(Action.CLOSE)
    visitor.browser.confirm_mail()
    visitor.sees(on.RegistrationSeen(confirmed=True))


def use_card(visitor: PageVisitor) -> None:
    """Steps 2 and 3."""
    browser, (authentication, attributes) = visitor.browser, visitor.who["passwords"]
    assert browser.look("state")["lamps"]["reader"]
    browser.play("lay-card 1 fine")
    visitor.happens(on.CardLaid())
    visitor.sees(on.CardInspected(Tries(3, 3)))
    visitor.tap(Action.NEXT)
    visitor.enters(authentication)
    visitor.tap(Action.NEXT, on.ChallengeGot(b"n"), on.Signed(b"c", b"s"), on.LoggedIn())
    visitor.tap(Action.NEXT)
    visitor.enters(attributes)
    visitor.tap(Action.NEXT, on.AttributesRead(ATTRIBUTES), on.TracesCovered())
    browser.play("take-card")
    visitor.happens(on.CardTaken())
    visitor.sees()
    visitor.tap(Action.NEXT, on.AttributesAccepted())


def hand_in(visitor: PageVisitor) -> None:
    """Steps 4 and 5, with a paper of the visitor's own."""
    browser, who = visitor.browser, visitor.who
    visitor.tap(Action.CONTRACTOR)
    visitor.types(who["contract"])
    visitor.tap(Action.NEXT)
    visitor.types(who["receipt"].replace("-", ""))
    visitor.tap(Action.NEXT, on.NumbersAccepted(), photographs=True)
    browser.lay_own(print_paper(Kind.NOTICE, Owner(who["name"], who["receipt"], who["contract"])))
    visitor.happens(on.TraySeen(Sight(Guidance.LAY_A_PAPER)), on.TraySeen(Sight(Guidance.READY)))
    visitor.sees(on.Photographed(Page(1, 2480, 3508, 900_000)), photographs=True)
    visitor.tap(Action.KEEP, photographs=True)
    visitor.tap(Action.NEXT, on.Packed((Page(1, 2480, 3508, 700_000),)), photographs=True)
    assert browser.look("state")["submissions"] == []
    visitor.touches(Action.SUBMIT)
    number = browser.await_submission()
    visitor.sees(on.Submitted(number), on.Wiped())
    visitor.reads_number(number)
    assert [paper["name"] for paper in browser.look("state")["papers"]] == ["a picture of your own"]
    browser.play("take-paper")
    visitor.touches(Action.FINISH)
    visitor.leaves()


def terms() -> Terms:
    """What the stand-in portal asks to be read."""
    limits = Limits()
    answer = sample_terms(LimitsAnswer(limits.files, limits.total_bytes))
    return Terms(answer.version, tuple(Document(said.title, said.body) for said in answer.documents), limits)
