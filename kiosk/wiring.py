"""The composition root: settings become devices and rules. Knows everybody, and decides nothing else.

Each device has a driver for the real thing and one for the bench; which of them is built is said here and nowhere
else. What is built is a `House` (`kiosk.shell.terminal`), which receives one visit after the other.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import msgspec

from drivers.camera import tray
from drivers.camera.picamera import PiCamera
from drivers.camera.remote import RemoteCamera
from drivers.camera.uvc import UvcCamera
from drivers.card import pin_guard
from drivers.card.pcsc import PcscSlot
from drivers.card.reader import CardDesk
from drivers.card.refusals import RefusalTimes, card_step_open
from drivers.card.remote import RemoteSlot
from drivers.card.slot import Slot
from drivers.card.trace import Exchanged
from drivers.card.vault import Vault
from drivers.ocr.tesseract import Tesseract
from drivers.panel.none import NoPanel
from drivers.panel.remote import RemotePanel
from drivers.panel.rpi_gpio import GpioPanel, Pins
from kiosk.documents.straighten import TrayGeometry
from kiosk.portal_opening import open_portal, try_portal
from kiosk.ports import Camera
from kiosk.service.check_panel import CheckedPanel
from kiosk.settings import Settings
from kiosk.shell.clock import Clock
from kiosk.shell.duties import Caps
from kiosk.shell.journal import Journal
from kiosk.shell.kept_times import KeptTimes
from kiosk.shell.state_files import takes_files
from kiosk.shell.terminal import CardPlaceOfVisit, House
from kiosk.states import Notice, Patience, Rules
from kiosk.visit import Limits, Preferences

_REQUEST_MARGIN = 10.0  # seconds that a state waits longer than the driver, so that the driver says what happened


@dataclass(frozen=True, slots=True)
class Devices:
    """The lowest seams, where real and simulated part. Nothing is opened before a visit calls for it."""

    slot: Callable[[], Slot]
    camera: Callable[[], Camera]
    panel: Callable[[], CheckedPanel]
    geometry: TrayGeometry = TrayGeometry()


def real_devices(settings: Settings) -> Devices:
    """What the settings name."""
    pins = settings.front_panel.pins

    def camera() -> Camera:
        device, focus = settings.camera.device, settings.camera.focus
        locked = None if focus < 0 else focus
        if settings.camera.driver == "uvc":
            file = f"/dev/video{device}" if device.isdecimal() else device
            return UvcCamera(file, None if locked is None else round(locked))
        return PiCamera(int(device or 0), locked)

    def panel() -> CheckedPanel:
        fitted = settings.front_panel.driver == "rpi_gpio"
        return GpioPanel(Pins(**msgspec.structs.asdict(pins))) if fitted else NoPanel()

    seen = settings.tray
    geometry = TrayGeometry(seen.width_mm, seen.height_mm, seen.quad, seen.lens)
    return Devices(lambda: PcscSlot(settings.card.reader), camera, panel, geometry)


def at_bench(folder: Path) -> Devices:
    """The devices of a bench in a process of its own, by its sockets in this folder."""
    return Devices(
        lambda: RemoteSlot(folder / "reader.sock"),
        lambda: RemoteCamera(folder / "camera.sock"),
        lambda: RemotePanel(folder / "panel.sock"),
        TrayGeometry(*tray.TRAY_MM, tray.QUAD),
    )


def furnish(settings: Settings, devices: Devices, clock: Clock, journal: Journal, state_dir: Path) -> House:
    """The house that the settings describe, with these devices. Raises SettingsError."""
    try_portal(settings, clock.now)
    most = settings.card.refusals_per_hour
    refusals = KeptTimes(state_dir / "refusals", clock.now, most, journal.note)
    mails = KeptTimes(state_dir / "mails", clock.now, settings.mail.per_hour, journal.note)
    return House(
        rules=rules_of(settings),
        clock=clock,
        journal=journal,
        open_keys=state_dir / "open",
        open_panel=devices.panel,
        open_camera=devices.camera,
        recognizer=Tesseract(),
        geometry=devices.geometry,
        open_card=partial(_open_card, settings, devices.slot, clock, refusals),
        open_portal=partial(open_portal, settings, clock.now),
        card_step_open=lambda: not clock.trusted() or card_step_open(refusals.load(), clock.now(), most),
        state_writable=lambda: all(takes_files(folder) for folder in (state_dir, state_dir / "open")),
        caps=Caps(Limits(settings.papers.files, settings.papers.bytes), settings.papers.aim_bytes, mails, clock.now),
    )


def open_desk(
    settings: Settings,
    slot: Slot,
    clock: Clock,
    refusals: RefusalTimes,
    vault: Vault,
    hear: Callable[[Exchanged], None] = lambda _: None,
) -> CardDesk:
    """A reader behind its guard."""
    card = settings.card
    rules = pin_guard.Rules(card.last_try == "ask", card.refusals_per_visit, card.refusals_per_hour)
    return CardDesk(slot, pin_guard.PinGuard(vault, refusals, clock.now, rules), clock.now, hear=hear)


def _open_card(settings: Settings, slot: Callable[[], Slot], clock: Clock, refusals: KeptTimes) -> CardPlaceOfVisit:
    vault = Vault()
    return CardPlaceOfVisit(open_desk(settings, slot(), clock, refusals, vault), vault)


def rules_of(settings: Settings) -> Rules:
    """What the settings say about a visit."""
    said, waits, screen = settings.notice, settings.patience, settings.screen
    return Rules(
        notice=Notice(said.operator, said.hall, said.contact, said.purpose),
        languages=screen.languages,
        preferences=Preferences(language=screen.languages[0], text_size=screen.starting_text_size),
        patience=Patience(waits.touch, waits.wait, waits.answer, waits.done, waits.mail, waits.longer_factor),
        mails_per_visit=settings.mail.per_visit,
        refusals_per_visit=settings.card.refusals_per_visit,
        ask_last_try=settings.card.last_try == "ask",
        stores=settings.card.participating_stores,
        portal_seconds=settings.portal.total_seconds + _REQUEST_MARGIN,
    )
