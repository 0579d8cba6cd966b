"""Settings become the portal's client. Apart from `kiosk.wiring`, because the keeper's courier wants no device."""

import ssl
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import msgspec

from drivers.portal.client import PortalClient
from drivers.portal.https import ClientCertificate, HttpsTransport, Way
from drivers.portal.https import Patience as Waits
from drivers.portal.line import Times
from kiosk.settings import Settings, SettingsError


class PortalDoor(msgspec.Struct, frozen=True):
    """Where the stand-in portal is to be reached, and with which certificates."""

    url: str
    ca_file: str
    certificate_file: str
    key_file: str


def door_at(folder: Path) -> PortalDoor:
    """The stand-in portal of the bench in a process of its own, by its file in this folder."""
    return msgspec.json.decode((folder / "portal.json").read_bytes(), type=PortalDoor)


def at_door(settings: Settings, door: PortalDoor) -> Settings:
    """The settings of a simulating terminal, with the stand-in portal's address and certificates."""
    portal = msgspec.structs.replace(settings.portal, **msgspec.structs.asdict(door))
    return msgspec.structs.replace(settings, portal=portal)


def open_portal(settings: Settings, now: Callable[[], datetime]) -> PortalClient:
    """A client of its own, with the terminal's identity. `now` gives aware times."""
    way = way_of(settings)
    times = Times(now=now, request_seconds=way.patience.request)
    line, listening = (HttpsTransport(way.url, way.ca, way.identity, way.patience) for _ in range(2))
    return PortalClient(line, times, listening)


def way_of(settings: Settings) -> Way:
    """Where the portal is, who this terminal is there, and how long to wait."""
    said = settings.portal
    identity = ClientCertificate(Path(said.certificate_file), Path(said.key_file))
    waits = Waits(said.connect_seconds, said.read_seconds, said.total_seconds, said.submit_seconds)
    return Way(said.url, Path(said.ca_file), identity, waits)


def try_portal(settings: Settings, now: Callable[[], datetime]) -> None:
    """Raise SettingsError where the portal's files cannot be used: at the start, not between two visits."""
    for name in ("ca_file", "certificate_file", "key_file"):
        file = Path(getattr(settings.portal, name))
        try:
            file.open("rb").close()
        except OSError as error:
            raise SettingsError(file, f"portal.{name}", f"cannot be read ({error.strerror}).") from None
    try:
        open_portal(settings, now).close()
    except ssl.SSLError as error:
        reason = f"this, portal.certificate_file and portal.key_file are no PEM files that fit ({error.reason})."
        raise SettingsError(Path(settings.portal.ca_file), "portal.ca_file", reason) from None
