"""`kiosk check`: a technician looks at one device."""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from threading import Event

import msgspec

from drivers.bench.remote import RemoteBench
from drivers.card.refusals import RefusalTimes, RefusalTimesInMemory
from drivers.card.resource_manager import answer_to_reset
from drivers.card.stopwatch import Stopwatch
from drivers.card.technician import Technician
from drivers.card.vault import Vault
from drivers.panel.simulator import SimulatedPanel
from drivers.portal.examination import Seen, examine
from drivers.portal.line import Times
from kiosk.command_line import USAGE_ERROR, CheckCard, CheckPanel, CheckPortal, PasswordFiles
from kiosk.commands.bench_process import bench_process
from kiosk.failures import Failure
from kiosk.portal_opening import at_door, door_at, try_portal, way_of
from kiosk.service.card_report import CardReport
from kiosk.service.check_card import check_card
from kiosk.service.check_panel import CheckedPanel, check_panel
from kiosk.service.check_portal import PortalReport
from kiosk.service.password_file import PasswordFileError, PasswordsFromFiles
from kiosk.service.within import within
from kiosk.settings import ETC, Settings, SettingsError, load
from kiosk.shell.clock import SystemClock
from kiosk.shell.kept_times import KeptTimes
from kiosk.visit import Password
from kiosk.wiring import at_bench, open_desk, real_devices

_LONGEST = 60.0  # seconds; on the slowest reader and card that we can imagine everything takes some ten


def check_the_card(command: CheckCard) -> int:
    """Exit code 1 where something hinders a visit, 2 where a password's file cannot be used."""
    settings = load(command.simulate, command.config, for_visitors=False)
    if command.reader is not None:
        card = msgspec.structs.replace(settings.card, reader=command.reader)
        settings = msgspec.structs.replace(settings, card=card)
    vault = Vault()
    with ExitStack() as end:
        try:
            enter = None if command.passwords is None else end.enter_context(_typed(command.passwords, vault)).enter
            refusals = RefusalTimesInMemory() if enter is None or command.simulate else _kept_refusals(settings)
        except PasswordFileError as error:
            sys.stderr.write(f"{error}\n")
            return USAGE_ERROR
        technician = end.enter_context(_technician(command, settings, refusals, vault))
        checked = within(_LONGEST, lambda: check_card(technician, enter))
        report = CardReport(None, Failure.CARD_SLOW) if checked is None else checked
    if command.as_json:
        print(json.dumps(report.document(show=command.show), ensure_ascii=False))
    else:
        print("\n".join(report.lines(show=command.show)))
    return report.exit_code


@contextmanager
def _technician(command: CheckCard, settings: Settings, refusals: RefusalTimes, vault: Vault) -> Iterator[Technician]:
    clock = SystemClock(settings.clock.trust)
    with ExitStack() as end:
        devices = at_bench(end.enter_context(_bench_with_card())) if command.simulate else real_devices(settings)
        stopwatch = Stopwatch(devices.slot())
        desk = open_desk(settings, stopwatch, clock, refusals, vault, stopwatch.hear)
        end.callback(desk.close)
        yield Technician(desk, stopwatch) if command.simulate else Technician(desk, stopwatch, atr=answer_to_reset)


def _typed(files: PasswordFiles, vault: Vault) -> PasswordsFromFiles:
    by_password = {Password.AUTHENTICATION: files.authentication, Password.ATTRIBUTES: files.attributes}
    return PasswordsFromFiles(by_password, vault)


def _kept_refusals(settings: Settings) -> KeptTimes:
    """Those of the terminal: its hour counts a technician's refusals as well. They must stay the terminal's own to read
    and write, so nobody else may write them. Raises SettingsError.
    """
    state_dir = Path(settings.terminal.state_dir)
    try:
        owner = state_dir.stat().st_uid
    except OSError as error:
        raise SettingsError(
            state_dir, "", f"refusals are counted there: start the terminal once ({error.strerror})."
        ) from None
    if owner != os.geteuid():
        raise SettingsError(state_dir, "", "belongs to another user: call this as that user (sudo -u kiosk).")
    clock = SystemClock(settings.clock.trust)
    complain = partial(print, file=sys.stderr)
    return KeptTimes(state_dir / "refusals", clock.now, settings.card.refusals_per_hour, complain)


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


def _demand_portal(settings: Settings) -> None:
    for name in ("url", "ca_file", "certificate_file", "key_file"):
        if not getattr(settings.portal, name):
            raise SettingsError(ETC, f"portal.{name}", "must be set before the way to the portal can be gone.")


def check_the_portal(command: CheckPortal) -> int:
    """Exit code 1 where no visit could be made."""
    settings = load(command.simulate, command.config, for_visitors=False)
    clock = SystemClock(settings.clock.trust)
    seen: list[Seen] = []
    with ExitStack() as end:
        if command.simulate:
            settings = at_door(settings, door_at(end.enter_context(bench_process())))
        _demand_portal(settings)
        try_portal(settings, clock.now)
        way, times = way_of(settings), Times(now=clock.now, request_seconds=settings.portal.total_seconds)

        def walk() -> bool:
            seen.extend(examine(way, times))
            return True

        complete = within(_LONGEST, walk) is not None
    report = PortalReport(tuple(seen), complete)
    print(json.dumps(report.document(), ensure_ascii=False) if command.as_json else "\n".join(report.lines()))
    return report.exit_code


@contextmanager
def _bench_with_card() -> Iterator[Path]:
    """A bench on whose reader a sample card lies."""
    with bench_process() as bench:
        with RemoteBench(bench) as hands:
            hands.lay_card(1)
        yield bench
