"""What the journal hears of the panel's switches."""

from drivers.panel.simulator import SimulatedPanel
from kiosk.shell.switches import journal_switches
from tests.shell.fakes import journal


def test_an_opened_housing_and_a_turned_key_are_written_down_and_who_comes_near_is_not() -> None:
    panel = SimulatedPanel()
    writer, lines = journal()
    journal_switches(panel, writer)
    assert lines == []
    panel.turn("presence", closed=True)
    panel.turn("tamper", closed=False)
    panel.turn("service_key", closed=True)
    panel.turn("service_key", closed=False)
    assert lines == ["switch TAMPER open", "switch SERVICE_KEY closed", "switch SERVICE_KEY open"]


def test_the_next_visit_hears_that_the_housing_is_still_open() -> None:
    panel = SimulatedPanel()
    panel.turn("tamper", closed=False)
    writer, lines = journal()
    journal_switches(panel, writer)
    assert lines == ["switch TAMPER open"]


def test_a_lost_panel_is_a_named_fault() -> None:
    panel = SimulatedPanel()
    panel.unplug()
    writer, lines = journal()
    journal_switches(panel, writer)
    assert lines == ["failure panel PANEL_LOST"]
