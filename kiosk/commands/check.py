"""`kiosk check`: a technician looks at one device."""

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Event

from drivers.bench.remote import RemoteBench
from drivers.card.refusals import RefusalTimesInMemory
from drivers.card.vault import Vault
from drivers.panel.simulator import SimulatedPanel
from kiosk.command_line import CheckCard, CheckPanel
from kiosk.commands.bench_process import bench_process
from kiosk.service.check_card import check_card
from kiosk.service.check_panel import CheckedPanel, check_panel
from kiosk.settings import load
from kiosk.shell.clock import SystemClock
from kiosk.wiring import at_bench, open_desk, real_devices


def check_the_card(command: CheckCard) -> int:
    """Exit code 1 where something hinders a visit."""
    settings = load(command.simulate, command.config, for_visitors=False)
    clock = SystemClock(settings.clock.trust)
    with ExitStack() as end:
        devices = at_bench(end.enter_context(_bench_with_card())) if command.simulate else real_devices(settings)
        desk = open_desk(settings, devices.slot(), clock, RefusalTimesInMemory(), Vault())
        end.callback(desk.close)
        report = check_card(desk)
    print(json.dumps(report.document(), ensure_ascii=False) if command.as_json else "\n".join(report.lines()))
    return report.exit_code


def check_the_panel(command: CheckPanel) -> int:
    """Exit code 1 where something that is fitted did not answer."""
    settings = load(command.simulate, command.config, for_visitors=False)
    panel: CheckedPanel = SimulatedPanel() if command.simulate else real_devices(settings).panel()
    pause = Event()
    if command.simulate:  # nobody looks
        pause.set()
    report = check_panel(
        settings.front_panel.driver,
        panel,
        pause.wait,
        lambda line: None if command.as_json else print(line, flush=True),
    )
    print(json.dumps(report.document()) if command.as_json else "\n".join(report.lines()))
    return report.exit_code


@contextmanager
def _bench_with_card() -> Iterator[Path]:
    """A bench on whose reader a sample card lies."""
    with bench_process() as bench:
        with RemoteBench(bench) as hands:
            hands.lay_card(1)
        yield bench
