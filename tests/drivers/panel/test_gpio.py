"""The panel on pins: what is wired where, what bounces, and what happens when the board does not answer."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from drivers.panel.rpi_gpio import GpioPanel, Pins
from kiosk.failures import DriverError, Failure
from kiosk.ports import Switch
from tests.drivers.panel.fake_gpio import FakeGpio
from tests.drivers.panel.listening import Listener
from tests.house.tree import ROOT

ALL = Pins(reader_lamp=17, tray_light=27, call_lamp=22, buzzer=18, presence=23, tamper=24, service_key=25)


@pytest.fixture
def board() -> FakeGpio:
    return FakeGpio()


@pytest.fixture
def panel(board: FakeGpio) -> Iterator[GpioPanel]:
    panel = GpioPanel(ALL, board.library)
    yield panel
    panel.close()


def lamps(board: FakeGpio) -> tuple[int, ...]:
    return tuple(board.levels[pin] for pin in (ALL.reader_lamp, ALL.tray_light, ALL.call_lamp))


def test_nothing_is_opened_before_the_first_call(board: FakeGpio, panel: GpioPanel) -> None:
    assert board.imports == 0
    panel.show(reader=True, tray=False, call=False)
    assert board.in_use == {17, 27, 22, 18, 23, 24, 25}


def test_every_call_writes_all_lamps(board: FakeGpio, panel: GpioPanel) -> None:
    for _ in range(2):
        board.written.clear()
        panel.show(reader=True, tray=False, call=True)
        assert sorted(board.written) == [(17, 1), (22, 1), (27, 0)]


def test_a_buzzer_that_a_killed_process_left_sounding_is_silent_when_the_next_opens(board: FakeGpio) -> None:
    killed = GpioPanel(ALL, board.library)
    killed.buzz(60)
    assert board.levels[18] == 1
    successor = GpioPanel(ALL, board.library)
    successor.show(reader=False, tray=False, call=False)
    assert board.levels[18] == 0
    killed.close()
    successor.close()


def test_the_buzzer_ends_by_itself(board: FakeGpio, panel: GpioPanel) -> None:
    silent = threading.Event()
    write = board.output

    def output(channel: int, value: int, /) -> None:
        write(channel, value)
        if (channel, value) == (18, 0):
            silent.set()

    board.output = output  # type: ignore[method-assign]
    panel.buzz(0.05)
    assert board.levels[18] == 1
    assert silent.wait(5)


def test_what_is_not_fitted_is_never_touched(board: FakeGpio) -> None:
    panel = GpioPanel(Pins(call_lamp=22), board.library)
    heard = Listener()
    panel.show(reader=True, tray=True, call=True)
    panel.buzz(1)
    panel.watch(heard)
    assert board.in_use == {22}
    assert panel.fitted() == {"call_lamp"}
    assert heard.told == []
    panel.close()


def test_switches_say_how_they_stand_by_their_wiring(board: FakeGpio, panel: GpioPanel) -> None:
    assert panel.contacts() == {Switch.PRESENCE: False, Switch.TAMPER: False, Switch.SERVICE_KEY: False}  # cut wires
    for pin, level in ((ALL.presence, 1), (ALL.tamper, 0), (ALL.service_key, 0)):
        board.wire(pin, level)
    assert panel.contacts() == {Switch.PRESENCE: True, Switch.TAMPER: True, Switch.SERVICE_KEY: True}


def test_a_bouncing_key_is_told_once(board: FakeGpio, panel: GpioPanel) -> None:
    heard = Listener()
    panel.watch(heard)
    assert heard.wait_for((Switch.SERVICE_KEY, False))
    for level in (0, 1, 0, 1, 0):
        board.wire(ALL.service_key, level)
    board.edge(ALL.service_key)
    assert heard.wait_for((Switch.SERVICE_KEY, True))
    board.wire(ALL.service_key, 1)
    assert heard.wait_for((Switch.SERVICE_KEY, False), times=2)
    assert [closed for switch, closed in heard.told if switch is Switch.SERVICE_KEY] == [False, True, False]


def test_a_lost_board_is_named_at_each_call_and_heals_by_itself(board: FakeGpio, panel: GpioPanel) -> None:
    heard = Listener()
    panel.watch(heard)
    assert heard.wait_for((Switch.TAMPER, False))
    board.broken = True
    for _ in range(2):
        with pytest.raises(DriverError) as lost:
            panel.show(reader=True, tray=False, call=False)
        assert lost.value.failure is Failure.PANEL_LOST
    board.broken = False
    panel.show(reader=True, tray=False, call=False)
    assert lamps(board) == (1, 0, 0)
    board.wire(ALL.tamper, 0)
    assert heard.wait_for((Switch.TAMPER, True))


def test_lamps_burn_where_edges_cannot_be_had(board: FakeGpio, panel: GpioPanel) -> None:
    def refused(channel: int, edge: int, callback: object) -> None:
        raise RuntimeError("Failed to add edge detection")

    board.add_event_detect = refused  # type: ignore[method-assign]
    with pytest.raises(DriverError):
        panel.watch(Listener())
    panel.show(reader=False, tray=True, call=False)
    assert lamps(board) == (0, 1, 0)


def test_without_the_library_it_is_the_same_named_fault() -> None:
    def absent() -> FakeGpio:
        raise ImportError("No module named 'RPi'")

    panel = GpioPanel(ALL, absent)
    with pytest.raises(DriverError) as lost:
        panel.contacts()
    assert lost.value.failure is Failure.PANEL_LOST
    panel.close()


def test_closing_darkens_gives_back_and_tells_nothing_more(board: FakeGpio, panel: GpioPanel) -> None:
    heard = Listener()
    panel.watch(heard)
    panel.show(reader=True, tray=True, call=True)
    panel.close()
    panel.close()
    assert board.in_use == set()
    assert board.written[-4:] == [(17, 0), (27, 0), (22, 0), (18, 0)]


def test_closing_a_broken_board_raises_nothing(board: FakeGpio, panel: GpioPanel) -> None:
    panel.show(reader=True, tray=True, call=True)
    board.broken = True
    panel.close()
    assert board.in_use == set()


OFF_BOARD = """
import os
from drivers.panel.rpi_gpio import GpioPanel, Pins
from kiosk.failures import DriverError
panel = GpioPanel(Pins(reader_lamp=17))
for _ in range(2):
    try:
        panel.show(reader=True, tray=False, call=False)
    except DriverError as error:
        print(error.failure.name)
panel.close()
print(os.listdir())
"""


@pytest.mark.parametrize("board", [{}, {"RPI_LGPIO_REVISION": "c03114", "RPI_LGPIO_CHIP": "99"}], ids=["off", "lost"])
def test_the_real_library_without_its_chip_is_the_same_named_fault(board: dict[str, str], tmp_path: Path) -> None:
    if find_spec("RPi") is None:
        pytest.skip("neither rpi-lgpio nor RPi.GPIO is installed")
    env = {name: value for name, value in os.environ.items() if not name.startswith("RPI_LGPIO")}
    if not board and Path("/proc/device-tree/model").exists():
        pytest.skip("this is a board")
    done = subprocess.run(
        [sys.executable, "-c", OFF_BOARD],
        cwd=tmp_path,
        env=env | board | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (done.stdout.split(), done.stderr) == (["PANEL_LOST", "PANEL_LOST", "[]"], "")
