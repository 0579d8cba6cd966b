"""A visit that is killed while it submits: the keeper's courier settles its key, and nobody has to come for it."""

import os
import signal
from contextlib import closing
from pathlib import Path

import pytest

from kiosk.events import Action
from tests.journeys.guest import Guest
from tests.journeys.terminal import Terminal, until

pytestmark = pytest.mark.sweep  # the whole visit, with card and paper

SLOW_SECONDS = 5.0


def open_keys(terminal: Terminal) -> list[Path]:
    return list(terminal.folder.glob("kiosk-*/open/*"))


def test_a_lost_answer_is_settled_without_any_visitor_and_the_next_visits_go_on(terminal: Terminal) -> None:
    terminal.await_wings()
    heard = terminal.journal.await_line
    with terminal.hands() as hands:
        with closing(Guest(terminal, hands)) as guest:
            for part in (*guest.parts, guest.review):
                part()
            hands.lose_next_answer()
            hands.slow(SLOW_SECONDS)
            guest._tap(Action.SUBMIT)
            assert heard(" visit 1 stage Settling$")  # received; the visit asks for its fate, and the portal is slow
            assert len(open_keys(terminal)) == 1
            os.kill(terminal.visits()[0], signal.SIGKILL)
            terminal.await_visit(2)
            guest.tidy()
        hands.slow(0)
        assert heard(" courier sent$")
        assert heard(" settled received$")
        assert heard(" courier back, 0$")
        until(lambda: open_keys(terminal) == [], "a ledger without open keys")
        assert len(hands.state()["submissions"]) == 1
        with closing(Guest(terminal, hands)) as next_one:
            next_one.begin()
            next_one.turn_back()
        terminal.await_visit(3)
    assert terminal.journal.count(" courier sent$") == 1
