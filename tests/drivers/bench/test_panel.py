"""The front panel across a process: lamps that a hand sees, switches that a hand turns."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from drivers.panel.remote import RemotePanel
from kiosk.failures import DriverError, Failure
from kiosk.ports import Panel, Switch
from tests.drivers.bench.world import Standing, end, soon, start

AT_REST = [(Switch.PRESENCE, False), (Switch.TAMPER, True), (Switch.SERVICE_KEY, False)]


@pytest.fixture
def panel(bench: Standing) -> Iterator[RemotePanel]:
    panel = RemotePanel(bench.folder / "panel.sock")
    yield panel
    panel.close()


def test_lamps_and_sounds_are_seen_at_the_bench(bench: Standing, panel: RemotePanel) -> None:
    port: Panel = panel
    port.show(True, False, True)
    port.buzz(0.2)
    state = bench.hands.state()
    assert state["lamps"] == {"reader": True, "tray": False, "call": True}
    assert state["buzzed"] == 1
    port.close()
    assert not any(bench.hands.state()["lamps"].values())


def test_switches_are_told_as_they_stand_and_then_as_they_are_turned(bench: Standing, panel: RemotePanel) -> None:
    heard: list[tuple[Switch, bool]] = []
    panel.watch(lambda switch, closed: heard.append((switch, closed)))
    assert heard == AT_REST
    bench.hands.press("tamper", False)
    bench.hands.press("service-key", True)
    assert soon(lambda: heard[3:] == [(Switch.TAMPER, False), (Switch.SERVICE_KEY, True)])
    panel.close()
    bench.hands.press("presence", True)
    assert len(heard) == 5
    assert panel.contacts() == {Switch.PRESENCE: True, Switch.TAMPER: False, Switch.SERVICE_KEY: True}
    assert "buzzer" in panel.fitted()


def test_lamps_outlive_a_visit_that_dies(bench: Standing, panel: RemotePanel) -> None:
    panel.show(True, True, False)
    panel._caller.close()  # as when its process is killed
    assert bench.hands.state()["lamps"] == {"reader": True, "tray": True, "call": False}


def test_a_pulled_cable_is_a_named_fault_and_mends(bench: Standing, panel: RemotePanel) -> None:
    panel.show(True, True, True)
    bench.hands.unplug("panel")
    for call in (lambda: panel.show(True, True, True), lambda: panel.buzz(1), panel.contacts):
        with pytest.raises(DriverError) as caught:
            call()
        assert caught.value.failure is Failure.PANEL_LOST
    bench.hands.plug("panel")
    panel.show(False, True, False)
    assert bench.hands.state()["lamps"] == {"reader": False, "tray": True, "call": False}


def test_a_bench_that_dies_is_a_lost_panel_and_heals(tmp_path: Path) -> None:
    folder = tmp_path / "bench"
    process = start(folder)
    panel = RemotePanel(folder / "panel.sock")
    heard: list[tuple[Switch, bool]] = []
    panel.watch(lambda switch, closed: heard.append((switch, closed)))
    process.kill()
    end(process)
    with pytest.raises(DriverError, match="PANEL_LOST"):
        panel.show(True, True, True)
    process = start(folder)
    panel.show(True, True, True)
    assert heard == AT_REST  # nothing else has changed
    panel.close()
    end(process)
