"""One visit after the other in one house: the next finds nothing of the last."""

import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from drivers.bench.remote import RemoteBench
from kiosk.commands.bench_process import bench_process
from kiosk.events import Action, Event, KeyTapped, LanguageChosen, Tapped
from kiosk.portal_opening import at_door, door_at
from kiosk.ports import Closed, KeyPressed
from kiosk.settings import load
from kiosk.shell.clock import SystemClock
from kiosk.shell.current_pictures import CurrentPictures
from kiosk.shell.switchboard import Switchboard
from kiosk.shell.terminal import Onlookers, Terminal
from kiosk.states import Attract, State
from kiosk.views import Scene, View
from kiosk.visit import CardPlace, Dossier, Language, Preferences
from kiosk.walk.walking import serve_in_turn
from kiosk.wiring import at_bench, furnish, rules_of
from tests.shell.fakes import journal


@dataclass
class LightGlass:
    """A glass without pixels: each view that is waited for brings the events of its row."""

    rows: deque[tuple[str, Sequence[Event | Closed | Callable[[], None]]]]
    views: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._signal = threading.Event()
        self._next: deque[Event | Closed | Callable[[], None]] = deque()

    def show(self, scene: Scene, preferences: Preferences, seconds_left: int | None) -> None:
        self.views.append(_name(scene.view))

    def wait(self, seconds: float | None) -> Sequence[Event | KeyPressed | Closed]:
        if not self._next and self.rows and self.views[-1] == self.rows[0][0]:
            self._next.extend(self.rows.popleft()[1])
        if self._next:
            move = self._next.popleft()
            if callable(move):
                move()
                return []
            return [move]
        assert self._signal.wait(20), f"stands still at {self.views[-1]}"
        self._signal.clear()
        return []

    def wake(self) -> None:
        self._signal.set()

    def close(self) -> None: ...


def _name(view: View) -> str:
    return type(view).__name__.removesuffix("View")


class Hall:
    """A house with its bench; `receive` serves visitors as the rows say and returns every state that was seen."""

    def __init__(self, bench: Path, hands: RemoteBench, state_dir: Path) -> None:
        self.hands = hands
        self.line = Switchboard()
        self.pictures = CurrentPictures()
        self.journal, self.lines = journal()
        settings = load(simulate=True, etc_dir=state_dir)
        self.house = furnish(
            at_door(settings, door_at(bench)), at_bench(bench), SystemClock("always"), self.journal, state_dir
        )

    def receive(self, *rows: tuple[str, Sequence[Event | Closed | Callable[[], None]]]) -> list[State]:
        seen: list[State] = []
        self.glass = LightGlass(deque(rows))
        serve_in_turn(Terminal(self.house, self.glass, self.pictures, self.line, Onlookers(seen=seen.append)))
        return seen


@pytest.fixture(scope="module")
def bench() -> Iterator[Path]:
    """One for all of them: it outlives a visit."""
    with bench_process() as folder:
        yield folder


@pytest.fixture
def hall(tmp_path: Path, bench: Path) -> Iterator[Hall]:
    with RemoteBench(bench) as hands:
        hands.take_card()
        for device in ("reader", "camera"):
            hands.plug(device)
        yield Hall(bench, hands, tmp_path / "state")


START, NEXT, CANCEL, YES = (Tapped(action) for action in (Action.START, Action.NEXT, Action.CANCEL, Action.YES))
TYPED = [KeyTapped(letter) for letter in "a@example.jp"]


def test_the_next_visit_finds_nothing_of_the_last(hall: Hall) -> None:
    seen = hall.receive(
        ("Attract", [LanguageChosen(Language.EN), START]),
        ("Preparation", [NEXT]),
        ("Notice", [NEXT]),
        ("Typing", [*TYPED, NEXT, CANCEL]),
        ("Leave", [YES]),
        ("Attract", [Closed()]),
    )
    first, second = (
        [state for state in seen if state.visit == 1],
        [state for state in seen if state.visit == 2],
    )
    assert any("a@example.jp" in getattr(state.stage, "first", "") for state in first)
    assert {state.stage for state in second} <= {Attract(), Attract(first[-1].stage.ending)}  # type: ignore[union-attr]
    for state in second:
        assert state.dossier == Dossier()
        assert state.preferences == Preferences()
    assert not [line for line in hall.lines if "example" in line]


def test_a_card_that_stays_is_not_read_by_the_next_visit_until_it_has_been_away(hall: Hall) -> None:
    hall.hands.lay_card(1)
    commands = hall.hands.state()["card"]["commands"]
    seen = hall.receive(("Attract", [START]), ("Preparation", [Closed()]))
    assert seen[-1].card is CardPlace.STALE
    assert hall.hands.state()["card"]["commands"] == commands


def test_a_reader_that_goes_closes_the_terminal_and_opens_it_again(hall: Hall) -> None:
    hall.receive(
        ("Attract", [lambda: hall.hands.unplug("reader")]),
        ("OutOfService", [lambda: hall.hands.plug("reader")]),
        ("Attract", [Closed()]),
    )
    shown = [view for before, view in zip(["", *hall.glass.views], hall.glass.views, strict=False) if view != before]
    assert shown == ["Attract", "OutOfService", "Attract"]


def test_a_wish_to_close_that_comes_between_two_visits_is_not_lost(hall: Hall) -> None:
    hall.line.put(Closed())
    hall.receive(("Attract", [START]))
    assert set(hall.glass.views) == {"Attract"}


def test_the_settings_reach_the_visit(tmp_path: Path) -> None:
    file = tmp_path / "50-hall.toml"
    file.write_text(
        '[card]\nlast_try = "ask"\n[patience]\ntouch = 45\n[screen]\nlanguages = ["en"]\n', encoding="utf-8"
    )
    rules = rules_of(load(simulate=True, etc_dir=tmp_path))
    assert rules.ask_last_try
    assert rules.patience.touch == 45
    assert rules.preferences.language is Language.EN


def test_a_reader_that_comes_back_between_two_visits_opens_the_next(hall: Hall) -> None:
    hall.hands.unplug("reader")
    hall.receive(("OutOfService", [Closed()]))
    hall.hands.plug("reader")
    hall.receive(("Attract", [START]), ("Preparation", [Closed()]))
    assert hall.glass.views[-1] == "Preparation"


def test_a_lost_camera_closes_the_terminal_at_once_and_opens_it_when_it_is_back(hall: Hall) -> None:
    hall.receive(
        ("Attract", [lambda: hall.hands.unplug("camera")]),
        ("OutOfService", [lambda: hall.hands.plug("camera")]),
        ("Attract", [Closed()]),
    )
    assert hall.glass.views[-1] == "Attract"


def test_the_lamps_are_dark_when_the_terminal_closes(hall: Hall) -> None:
    lit: list[bool] = []
    hall.receive(
        ("Attract", [Tapped(Action.STAFF)]),
        ("Staff", [lambda: lit.append(hall.hands.state()["lamps"]["call"]), Closed()]),
    )
    assert lit == [True]
    assert not hall.hands.state()["lamps"]["call"]
