"""`kiosk check panel`: each lamp alone for a moment, then the switches."""

import json

from drivers.panel.none import NoPanel
from drivers.panel.rpi_gpio import GpioPanel, Pins
from drivers.panel.simulator import Lit, SimulatedPanel
from kiosk.service.check_panel import LIT_SECONDS, check_panel
from tests.drivers.panel.fake_gpio import FakeGpio


def test_each_lamp_burns_alone_for_a_moment_and_all_are_dark_at_the_end() -> None:
    panel = SimulatedPanel()
    seen: list[tuple[Lit, float]] = []
    lines: list[str] = []
    report = check_panel("simulator", panel, lambda seconds: seen.append((panel.lit, seconds)), lines.append)
    assert seen == [
        (Lit(reader=True), LIT_SECONDS),
        (Lit(tray=True), LIT_SECONDS),
        (Lit(call=True), LIT_SECONDS),
        (Lit(), LIT_SECONDS),
    ]
    assert panel.buzzed == (LIT_SECONDS,)
    assert panel.lit == Lit()
    assert [line.split()[0] for line in lines] == ["reader_lamp", "tray_light", "call_lamp", "buzzer"]
    assert report.lines() == (
        "presence     open       nobody stands before the terminal",
        "tamper       closed     the housing is closed",
        "service_key  open       the key is not turned",
        "result       in order",
    )


def test_the_report_for_programs() -> None:
    panel = SimulatedPanel()
    panel.turn("service_key", closed=True)
    panel.turn("tamper", closed=False)
    report = check_panel("simulator", panel, lambda _seconds: None, lambda _line: None)
    assert json.loads(json.dumps(report.document())) == {
        "driver": "simulator",
        "lamps": {"reader_lamp": "lit", "tray_light": "lit", "call_lamp": "lit", "buzzer": "lit"},
        "switches": {"presence": "open", "tamper": "open", "service_key": "closed"},
        "failure": None,
    }
    assert report.exit_code == 0


def test_a_panel_without_its_cable_is_a_finding() -> None:
    panel = SimulatedPanel()
    panel.unplug()
    lines: list[str] = []
    report = check_panel("simulator", panel, lambda _seconds: None, lines.append)
    assert report.exit_code == 1
    assert set(report.lamps.values()) == {"failed"}
    assert report.document()["switches"] == dict.fromkeys(("presence", "tamper", "service_key"), "failed")
    assert report.lines()[-1] == "result       PANEL_LOST"
    assert "reader_lamp  failed" in lines


def test_one_wire_that_fails_spoils_the_result_and_not_the_rest() -> None:
    board = FakeGpio()
    panel = GpioPanel(Pins(reader_lamp=17, call_lamp=22), board.library)

    def cut(_seconds: float) -> None:
        board.broken = not board.broken

    report = check_panel("rpi_gpio", panel, cut, lambda _line: None)
    assert report.lamps == {
        "reader_lamp": "lit",
        "tray_light": "not fitted",
        "call_lamp": "failed",
        "buzzer": "not fitted",
    }
    assert report.exit_code == 1


def test_a_terminal_without_a_panel_is_in_order() -> None:
    report = check_panel("none", NoPanel(), lambda _seconds: None, lambda _line: None)
    assert report.exit_code == 0
    assert set(report.lamps.values()) == {"not fitted"}
    assert report.lines()[0] == "presence     not fitted"
