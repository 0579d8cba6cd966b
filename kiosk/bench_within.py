"""A bench within this process, wired without sockets: for a technician's try-out, the walk and tests.

A process that receives visitors never imports this: it would carry the sample people.
"""

from drivers.bench.bench import Bench
from drivers.camera import tray
from kiosk.documents.straighten import TrayGeometry
from kiosk.portal_opening import PortalDoor
from kiosk.wiring import Devices


def embedded(bench: Bench) -> Devices:
    """Its devices."""
    geometry = TrayGeometry(*tray.TRAY_MM, tray.QUAD)
    return Devices(lambda: bench.reader, lambda: bench.camera, lambda: bench.panel, geometry)


def door_of(bench: Bench) -> PortalDoor:
    """Its stand-in portal."""
    portal = bench.portal
    files = portal.ca_file, portal.terminal_certificate, portal.terminal_key
    return PortalDoor(portal.url, *map(str, files))
