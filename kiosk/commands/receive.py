"""`kiosk visit`: the process that receives one visitor. Started by the keeper, and dies with it.

Before it has the stage it opens no device and its window is not mapped, unless it is the first: then its window says
from the first moment that the terminal is being started. What is imported here is all that a visit needs, so that a
stand-by is ready.
"""

import gc
import select
import socket
from collections.abc import Callable, Generator
from contextlib import ExitStack, closing
from functools import partial
from pathlib import Path

import cv2

from kiosk.command_line import Receive
from kiosk.commands.desktop import desktop_keys
from kiosk.commands.journaling import journaling
from kiosk.commands.opening import STARTING, open_glass
from kiosk.events import Touched
from kiosk.flow.attract import begin
from kiosk.flow.loss import lost
from kiosk.flow.views import view
from kiosk.portal_opening import at_door, door_at
from kiosk.ports import Closed, KeyPressed
from kiosk.settings import Settings, load
from kiosk.shell import backstage as say
from kiosk.shell.clock import SystemClock
from kiosk.shell.current_pictures import CurrentPictures
from kiosk.shell.hardening import Hardening, journal_lacking
from kiosk.shell.journal import Journal
from kiosk.shell.signals import closing_on_signals
from kiosk.shell.spool import Spool
from kiosk.shell.switchboard import Switchboard
from kiosk.shell.terminal import Beginning, House, Onlookers, Terminal
from kiosk.states import State
from kiosk.visit import CardPlace, Ending, Health, Preferences
from kiosk.wiring import at_bench, furnish, real_devices
from screens.rehearsal import rehearsed
from screens.window import Window

PROMPT_SECONDS, HELD_BACK_SECONDS = 0.5, 0.1
"""A hand-over is over sooner; how often a visit whose devices are held back looks whether they are free."""


def receive(command: Receive, window: Window | None, pictures: CurrentPictures, lacking: frozenset[Hardening]) -> int:
    """Wait for the stage, receive one visitor; `window` is the one that the first process has opened already."""
    cv2.setNumThreads(1)  # the glass has the other cores
    settings = load(command.simulate, command.config)
    line, wishes = say.taken_over(command.fd), Switchboard()
    with ExitStack() as end:
        end.callback(line.close)
        journal = end.enter_context(journaling(Spool()))
        journal_lacking(lacking, journal)
        house = _house(settings, command.bench, command.state_dir, journal)
        window = window or _in_the_wings(settings, pictures, command.bench, house)
        gc.collect()
        gc.freeze()  # else all that was imported is looked through now and then, 35 ms in which a touch would wait
        say.send(line, say.Ready())
        _rehearse(line, window.rehearse(rehearsed(house.rules), house.rules.preferences))
        taken = say.hear_keeper(line)
        if not isinstance(taken, say.TakeStage):
            return 0
        end.enter_context(closing_on_signals(lambda: wishes.put(Closed())))
        press = end.enter_context(desktop_keys(command.bench, lambda: wishes.put(Closed()), journal))
        keeper = _Line(line, window)
        terminal = Terminal(house, window, pictures, wishes, keeper.onlookers(press))
        may_open = partial(keeper.may_open, house.rules.preferences, lambda: wishes.put(Closed()))
        outcome, _ = terminal.serve(Beginning(taken.visit, taken.last, taken.found.health()), may_open)
        if isinstance(outcome, Closed):
            say.send(line, say.CloseDown())
        else:
            say.hear_keeper(line)  # the last picture stands until the keeper ends this process
    return 0


def _house(settings: Settings, bench: Path | None, state_dir: Path, journal: Journal) -> House:
    clock = SystemClock(settings.clock.trust)
    if bench is None:
        return furnish(settings, real_devices(settings), clock, journal, state_dir)
    return furnish(at_door(settings, door_at(bench)), at_bench(bench), clock, journal, state_dir)


def _in_the_wings(settings: Settings, pictures: CurrentPictures, bench: Path | None, house: House) -> Window:
    """A window that nobody sees yet; what its first picture can be is painted once, so that it will stand at once."""
    window = open_glass(settings, pictures, bench, hidden=True)
    for last in (*Ending, None):
        state = begin(0, house.rules, Health(), CardPlace.ABSENT, tuple(range(10)), last)
        window.show(view(state), state.preferences, None)
    return window


def _rehearse(line: socket.socket, steps: Generator[None, None, None]) -> None:
    """Until all is done, or the keeper says something: a stand-by has time, who is called to the stage has none."""
    with closing(steps):
        for _ in steps:
            if _speaks(line, 0):
                return
    gc.collect()
    gc.freeze()


def _speaks(line: socket.socket, seconds: float) -> bool:
    """Whether the keeper has said something, at the latest after so long."""
    return bool(select.select([line], [], [], seconds)[0])


class _Line:
    """What is told to the keeper while the visit runs."""

    def __init__(self, line: socket.socket, window: Window) -> None:
        self._line, self._window = line, window
        self._health: Health | None = None
        self._standing: say.Standing | None = None
        self._broken = False

    def onlookers(self, press: Callable[[str], None]) -> Onlookers:
        return Onlookers(press=press, seen=self._seen, beat=self._beat, broke=self._broke, over=self._over)

    def may_open(self, preferences: Preferences, close: Callable[[], None]) -> None:
        """The first picture stands; the devices are free when the keeper says so. A touch that is not answered by
        then is told that it has to wait; it does not act later, on whoever touched it long ago.
        """
        self._window.reveal()
        say.send(self._line, say.Shown())
        if not _speaks(self._line, PROMPT_SECONDS):
            while not _speaks(self._line, 0):
                for happened in self._window.wait(HELD_BACK_SECONDS):
                    if isinstance(happened, Closed):
                        close()
                    elif not isinstance(happened, KeyPressed | Touched):
                        self._window.show(STARTING, preferences, None)
        say.hear_keeper(self._line)

    def _seen(self, state: State) -> None:
        if state.health != self._health:
            self._health = state.health
            say.send(self._line, say.HealthFound(say.Found.of(state.health)))
        standing = say.Standing(lost(state))
        if standing != self._standing:
            self._standing = standing
            say.send(self._line, standing)

    def _beat(self) -> None:
        say.send(self._line, say.Beat())

    def _broke(self) -> None:
        self._broken = True

    def _over(self, ending: Ending, health: Health) -> None:
        say.send(self._line, say.HealthFound(say.Found.of(health)))
        say.send(self._line, say.Over(ending, self._broken))
