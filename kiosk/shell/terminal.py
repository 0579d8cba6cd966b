"""The terminal: one visit, with everything that it needs to itself.

The `House` is what the settings describe. The visit gets everything else afresh (state, vault, guard, reader's desk,
portal client, pages); it is wiped and closed when the visit ends, however it ends. Who comes next is received by
another process (`kiosk.shell.keeper`), so that nothing of one visitor can reach another.
"""

import secrets
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from kiosk.documents.straighten import TrayGeometry
from kiosk.events import CardLaid, ReaderBack
from kiosk.flow.attract import begin
from kiosk.flow.views import view
from kiosk.ports import (
    Camera,
    CameraEvent,
    CardEvent,
    CardReader,
    Closed,
    Glass,
    Panel,
    PasswordVault,
    Portal,
    Recognizer,
)
from kiosk.shell.clock import Clock
from kiosk.shell.current_pictures import CurrentPictures
from kiosk.shell.dispatch import Dispatcher
from kiosk.shell.duties import Caps, PortalDuty, do_card, do_mail, do_papers
from kiosk.shell.health import Checks, HealthWatch
from kiosk.shell.inbox import VisitInbox
from kiosk.shell.journal import Journal
from kiosk.shell.ledger import Ledger
from kiosk.shell.live_view import LiveView
from kiosk.shell.loop import Surroundings, run_visit
from kiosk.shell.page_reading import page_reader
from kiosk.shell.portfolio import Portfolio
from kiosk.shell.scanning import Scanning
from kiosk.shell.switchboard import Switchboard
from kiosk.shell.switches import journal_switches
from kiosk.shell.workers import Office, Worker
from kiosk.states import Attract, OutOfService, Rules, State
from kiosk.visit import CardPlace, Ending, Health

_LEAVE_SECONDS = 3.0  # that a worker gets to put down what it holds


@dataclass(frozen=True, slots=True)
class CardPlaceOfVisit:
    """One visit's reader, and the vault that only its guard may look into."""

    reader: CardReader
    vault: PasswordVault


@dataclass(frozen=True, slots=True)
class House:
    """What the settings describe. `open_card`, `open_portal` make new ones; `open_keys` is the ledger's folder."""

    rules: Rules
    clock: Clock
    journal: Journal
    open_keys: Path
    open_panel: Callable[[], Panel]
    open_camera: Callable[[], Camera]
    recognizer: Recognizer
    geometry: TrayGeometry
    open_card: Callable[[], CardPlaceOfVisit]
    open_portal: Callable[[], Portal]
    card_step_open: Callable[[], bool]
    state_writable: Callable[[], bool]
    caps: Caps


@dataclass(frozen=True, slots=True)
class Onlookers:
    """Who else sees and plays: `press` takes the keys of a desktop, `seen` every new state, `beat` hears the loop turn,
    `broke` that a fault ends the visit, `over` at once that it has ended, before it is tidied up.
    """

    press: Callable[[str], None] = lambda _name: None
    seen: Callable[[State], None] = lambda _state: None
    beat: Callable[[], None] = lambda: None
    broke: Callable[[], None] = lambda: None
    over: Callable[[Ending, Health], None] = lambda _ending, _health: None


@dataclass(frozen=True, slots=True)
class Beginning:
    """How a visit begins: its number, how the one before ended, and what was found to work."""

    visit: int = 1
    last: Ending | None = None
    health: Health = Health()
    card_lies: bool = False


class Terminal:
    """Receives one visitor: `serve`, on the glass's thread; `line` may be put into from any other."""

    def __init__(
        self, house: House, glass: Glass, pictures: CurrentPictures, line: Switchboard, onlookers: Onlookers
    ) -> None:
        self._house = house
        self._glass = glass
        self._pictures = pictures
        self._line = line
        self._onlookers = onlookers
        self._card_lies = False  # as the reader told

    def serve(
        self, beginning: Beginning, may_open: Callable[[], None] = lambda: None
    ) -> tuple[Ending | Closed, Beginning]:
        """One visit: how it ended (`Closed` where the terminal is to close), and how the next one begins.

        The first picture is shown before anything is opened; `may_open` returns when the devices are nobody else's.
        """
        state = self._fresh(beginning)
        self._onlookers.seen(state)
        self._glass.show(view(state), state.preferences, None)
        may_open()
        with ExitStack() as end:
            panel, camera = self._house.open_panel(), self._house.open_camera()
            end.callback(panel.close)
            health = end.enter_context(self._watching_health(beginning.health))
            end.callback(camera.leave)

            def told(event: CameraEvent) -> None:
                health.hear(event)
                self._line.put(event)

            with self._visit(state.visit, health, panel, camera) as around:
                camera.watch(told)
                journal_switches(panel, around.journal)
                around.journal.begun()
                outcome = run_visit(state, around)
                if isinstance(outcome, Closed):
                    return outcome, beginning
                self._onlookers.over(outcome, health.health)
                around.journal.ended(outcome)
                return outcome, Beginning(beginning.visit + 1, outcome, health.health, self._card_lies)

    def _fresh(self, beginning: Beginning) -> State:
        place = CardPlace.STALE if beginning.card_lies else CardPlace.ABSENT
        digit_order = tuple(secrets.SystemRandom().sample(range(10), 10))
        return begin(beginning.visit, self._house.rules, beginning.health, place, digit_order, beginning.last)

    @contextmanager
    def _visit(self, number: int, health: HealthWatch, panel: Panel, camera: Camera) -> Iterator[Surroundings]:
        """Everything that one visit has to itself; wiped and closed at the end."""
        house = self._house
        inbox, journal = VisitInbox(self._glass.wake), house.journal.of_visit(number)
        office = Office(inbox.put, journal, house.clock.monotonic)
        card_place, portfolio, portal = house.open_card(), Portfolio(), house.open_portal()
        ledger = Ledger(house.open_keys)
        read = house.recognizer.read
        scanning = Scanning(camera, portfolio, house.geometry, house.clock.monotonic, read)
        live = LiveView(scanning, inbox.put)
        duty = PortalDuty(portal, portfolio.enclosures, ledger, _new_key, house.caps, inbox.put, journal)
        self._pictures.now = portfolio
        self._line.connect(inbox)
        with ExitStack() as end:
            for forget in (ledger.abandon, portal.close, scanning.wipe, scanning.close):
                end.callback(forget)
            end.callback(card_place.reader.close)
            end.callback(card_place.vault.wipe)
            card = Worker("card", office, partial(do_card, card_place.reader))
            do_paper = partial(do_papers, scanning, house.caps.aim_bytes, inbox.put)
            papers = Worker("papers", office, do_paper, live.turn)
            reader = Worker("reader", office, page_reader(portfolio, read))
            talk = Worker("portal", office, duty, portal.keep_alive)
            news = Worker("mail", office, partial(do_mail, portal))
            workers = (card, papers, reader, talk, news)
            for worker in workers:
                end.callback(worker.join, _LEAVE_SECONDS)
            for worker in workers:
                end.callback(worker.stop)
            end.callback(portal.hang_up)
            end.callback(inbox.close)

            def told(event: CardEvent) -> None:
                self._card_lies = isinstance(event, CardLaid)
                health.hear(event)
                inbox.put(event)

            def seen(state: State) -> None:
                health.attend(isinstance(state.stage, Attract | OutOfService))
                self._onlookers.seen(state)

            if not health.health.reader:  # this visit's reader finds out anew; if it is lost it says so at once
                told(ReaderBack())
            card_place.reader.watch(told)
            yield Surroundings(
                glass=self._glass,
                panel=panel,
                inbox=inbox,
                dispatch=Dispatcher(card_place.vault, *workers, scanning.discard, scanning.wipe),
                look=lambda looking: papers.do(partial(live.look_for, looking)),
                press=self._onlookers.press,
                seen=seen,
                journal=journal,
                monotonic=house.clock.monotonic,
                beat=self._onlookers.beat,
                broke=self._onlookers.broke,
            )

    @contextmanager
    def _watching_health(self, health: Health) -> Iterator[HealthWatch]:
        house = self._house
        checks = Checks(
            house.open_portal(), house.clock.now, house.clock.trusted, house.card_step_open, house.state_writable
        )
        watch = HealthWatch(checks, self._line.put, house.journal, health)
        try:
            yield watch
        finally:
            watch.close(_LEAVE_SECONDS)


def _new_key() -> str:
    return secrets.token_hex(16)  # as the contract writes it
