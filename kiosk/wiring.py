"""The composition root: settings become devices and rules. Knows everybody, and decides nothing else.

Each device has a driver for the real thing and one for the bench; which of them is built is said here and nowhere
else. What is built is a `House` (`kiosk.shell.terminal`), which receives one visit after the other.
"""

import ssl
from functools import partial
from pathlib import Path

import msgspec

from drivers.bench.bench import Bench
from drivers.camera import tray
from drivers.camera.picamera import PiCamera
from drivers.camera.simulator import SimulatedCamera
from drivers.camera.uvc import UvcCamera
from drivers.card import pin_guard
from drivers.card.pcsc import PcscSlot
from drivers.card.reader import CardDesk
from drivers.card.refusals import RefusalTimes, card_step_open
from drivers.card.slot import Slot
from drivers.card.vault import Vault
from drivers.panel.none import NoPanel
from drivers.panel.rpi_gpio import GpioPanel, Lamps
from drivers.portal.client import PortalClient
from drivers.portal.https import ClientCertificate, HttpsTransport
from drivers.portal.https import Patience as Waits
from kiosk.documents.straighten import TrayGeometry
from kiosk.failures import DriverError
from kiosk.ports import Camera, Panel, Pictures
from kiosk.settings import Settings, SettingsError
from kiosk.shell.clock import Clock
from kiosk.shell.duties import Caps
from kiosk.shell.journal import Journal
from kiosk.shell.kept_times import KeptTimes
from kiosk.shell.terminal import CardPlaceOfVisit, House
from kiosk.states import Notice, Patience, Rules
from kiosk.visit import Limits, Preferences
from screens.fingers import IMPATIENCE_SECONDS
from screens.geometry import Panel as Glass
from screens.window import Window

_REQUEST_MARGIN = 10.0  # seconds that a state waits longer than the driver, so that the driver says what happened


def at_sandbox(settings: Settings, bench: Bench) -> Settings:
    """The settings of a simulating terminal, with the sandbox's address and certificates."""
    portal = msgspec.structs.replace(
        settings.portal,
        url=bench.portal.url,
        ca_file=str(bench.portal.ca_file),
        certificate_file=str(bench.portal.terminal_certificate),
        key_file=str(bench.portal.terminal_key),
    )
    return msgspec.structs.replace(settings, portal=portal)


def furnish(settings: Settings, bench: Bench | None, clock: Clock, journal: Journal, state_dir: Path) -> House:
    """The house that the settings describe; with a bench its devices are the bench's. Raises SettingsError."""
    if bench is not None:
        settings = at_sandbox(settings, bench)
    _try_portal(settings, clock)
    state_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    most = settings.card.refusals_per_hour
    refusals = KeptTimes(state_dir / "refusals", clock.now, most, journal.note)
    mails = KeptTimes(state_dir / "mails", clock.now, settings.mail.per_hour, journal.note)
    return House(
        rules=rules_of(settings),
        clock=clock,
        journal=journal,
        open_keys=state_dir / "open",
        panel=_panel(settings, bench, journal),
        camera=_camera(settings, bench),
        geometry=TrayGeometry(*tray.TRAY_MM, tray.QUAD) if bench else TrayGeometry(),
        open_card=partial(_open_card, settings, bench, clock, refusals),
        open_portal=partial(_open_portal, settings, clock),
        card_step_open=lambda: card_step_open(refusals.load(), clock.now(), most),
        caps=Caps(Limits(settings.papers.files, settings.papers.bytes), settings.papers.aim_bytes, mails, clock.now),
    )


def open_desk(settings: Settings, bench: Bench | None, clock: Clock, refusals: RefusalTimes, vault: Vault) -> CardDesk:
    """The configured reader behind its guard."""
    card = settings.card
    rules = pin_guard.Rules(card.last_try == "ask", card.refusals_per_visit, card.refusals_per_hour)
    slot: Slot = bench.reader if bench is not None else PcscSlot(card.reader)
    return CardDesk(slot, pin_guard.PinGuard(vault, refusals, clock.now, rules), clock.now)


def _open_card(settings: Settings, bench: Bench | None, clock: Clock, refusals: KeptTimes) -> CardPlaceOfVisit:
    vault = Vault()
    return CardPlaceOfVisit(open_desk(settings, bench, clock, refusals, vault), vault)


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


def _panel(settings: Settings, bench: Bench | None, journal: Journal) -> Panel:
    if bench is not None:
        return bench.panel
    if settings.front_panel.driver != "rpi_gpio":
        return NoPanel()
    pins = settings.front_panel.pins
    try:
        return GpioPanel(Lamps(pins.reader_lamp, pins.tray_light, pins.call_lamp))
    except DriverError as error:  # a terminal without lamps still serves
        journal.failure("panel", error.failure)
        return NoPanel()


def _camera(settings: Settings, bench: Bench | None) -> Camera:
    if bench is not None:
        return SimulatedCamera(bench.tray)
    device = settings.camera.device
    if settings.camera.driver == "uvc":
        return UvcCamera(device if device.startswith("/") else int(device or 0))
    return PiCamera(int(device or 0))


def _open_portal(settings: Settings, clock: Clock) -> PortalClient:
    said = settings.portal
    identity = ClientCertificate(Path(said.certificate_file), Path(said.key_file))
    waits = Waits(said.connect_seconds, said.read_seconds, said.total_seconds, said.submit_seconds)
    return PortalClient(HttpsTransport(said.url, Path(said.ca_file), identity, waits), clock.now)


def _try_portal(settings: Settings, clock: Clock) -> None:
    """Raise SettingsError where the portal's files cannot be used: at the start, not between two visits."""
    for name in ("ca_file", "certificate_file", "key_file"):
        file = Path(getattr(settings.portal, name))
        try:
            file.open("rb").close()
        except OSError as error:
            raise SettingsError(file, f"portal.{name}", f"cannot be read ({error.strerror}).") from None
    try:
        _open_portal(settings, clock).close()
    except ssl.SSLError as error:
        reason = f"this, portal.certificate_file and portal.key_file are no PEM files that fit ({error.reason})."
        raise SettingsError(Path(settings.portal.ca_file), "portal.ca_file", reason) from None


def open_window(settings: Settings, pictures: Pictures, impatience: float = IMPATIENCE_SECONDS) -> Window:
    """The glass."""
    said = settings.panel
    panel = Glass(said.width_mm, said.height_mm, said.width_px, said.height_px)
    return Window(panel, pictures, fullscreen=settings.screen.fullscreen, impatience=impatience)
