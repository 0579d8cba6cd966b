"""Every panel keeps the same promises, whatever is behind it.

The board's own part needs a gpiochip: a Raspberry Pi, or another machine with RPI_LGPIO_REVISION and RPI_LGPIO_CHIP set
as rpi-lgpio wants them. It uses the pins of the shipped configuration, so nothing else may be wired to them.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import pytest

from drivers.bench.door import Door
from drivers.panel.none import NoPanel
from drivers.panel.remote import RemotePanel, ServedPanel
from drivers.panel.rpi_gpio import GpioPanel, Pins
from drivers.panel.simulator import SimulatedPanel
from kiosk.ports import Switch
from kiosk.service.check_panel import CheckedPanel, check_panel
from kiosk.settings import load
from tests.drivers.panel.fake_gpio import FakeGpio
from tests.drivers.panel.listening import Listener


def shipped_pins() -> Pins:
    return Pins(**msgspec.structs.asdict(load(simulate=True).front_panel.pins))


def on_a_board() -> GpioPanel:
    if not list(Path("/dev").glob("gpiochip*")):
        pytest.skip("only a board can prove this: there is no /dev/gpiochip on this machine")
    if find_spec("RPi") is None:
        pytest.skip("only a board can prove this: neither RPi.GPIO nor rpi-lgpio is installed")
    if not Path("/proc/device-tree/model").exists() and "RPI_LGPIO_REVISION" not in os.environ:
        pytest.skip("this gpiochip may drive anything: set RPI_LGPIO_REVISION and RPI_LGPIO_CHIP to use it")
    return GpioPanel(shipped_pins())


def at_a_bench(end: ExitStack) -> RemotePanel:
    path = Path(end.enter_context(TemporaryDirectory())) / "panel.sock"
    door = Door(path, ServedPanel(SimulatedPanel()).serve)
    door.start()
    end.callback(door.stop)
    return RemotePanel(path)


PANELS: dict[str, Callable[[ExitStack], CheckedPanel]] = {
    "none": lambda _end: NoPanel(),
    "simulator": lambda _end: SimulatedPanel(),
    "simulator of another process": at_a_bench,
    "rpi_gpio over a board in memory": lambda _end: GpioPanel(shipped_pins(), FakeGpio().library),
    "rpi_gpio on a board": lambda _end: on_a_board(),
}


@pytest.fixture(params=list(PANELS.values()), ids=list(PANELS))
def panel(request: pytest.FixtureRequest) -> Iterator[CheckedPanel]:
    with ExitStack() as end:
        panel: CheckedPanel = request.param(end)
        end.callback(panel.close)
        yield panel


def test_any_lamps_may_burn_at_any_time(panel: CheckedPanel) -> None:
    for number in (0, 7, 1, 1, 6, 0):
        panel.show(reader=bool(number & 1), tray=bool(number & 2), call=bool(number & 4))
    panel.buzz(0.01)


def test_what_is_fitted_goes_by_the_names_of_the_configuration(panel: CheckedPanel) -> None:
    assert panel.fitted() <= set(Pins.__dataclass_fields__)


def test_each_fitted_switch_is_told_as_it_stands(panel: CheckedPanel) -> None:
    heard = Listener()
    panel.watch(heard)
    stand = panel.contacts()
    assert {switch.value for switch in stand} == panel.fitted() & {switch.value for switch in Switch}
    assert all(heard.wait_for(contact) for contact in stand.items())
    assert sorted(switch.value for switch, _ in heard.told) == sorted(switch.value for switch in stand)


def test_a_new_watcher_is_told_anew(panel: CheckedPanel) -> None:
    for heard in (Listener(), Listener()):
        panel.watch(heard)
        assert all(heard.wait_for(contact) for contact in panel.contacts().items())


def test_a_closed_panel_may_be_closed_again_and_used_again(panel: CheckedPanel) -> None:
    panel.close()
    panel.close()
    panel.show(reader=True, tray=True, call=True)


def test_the_technicians_check_finds_nothing_amiss(panel: CheckedPanel) -> None:
    report = check_panel("any", panel, lambda _seconds: None, lambda _line: None)
    assert report.exit_code == 0
    assert {name for name, found in report.lamps.items() if found == "lit"} == panel.fitted() & set(report.lamps)
