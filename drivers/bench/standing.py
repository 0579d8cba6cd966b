"""The bench with all its doors open: sockets for devices, hands and glass, the portal's and the page's addresses.

All of it lies in one folder that is its user's only: `reader.sock`, `camera.sock`, `panel.sock`, `hands.sock`,
`mirror.sock`, `portal.json` (url, ca_file, certificate_file, key_file, as in the settings) and, where there is a page,
`page.json` (url). When the bench ends they are gone.
"""

import json
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from drivers.bench.bench import Bench
from drivers.bench.door import Door
from drivers.bench.glass import Glass
from drivers.bench.hands import obey
from drivers.bench.page import BenchPage
from drivers.camera.remote import ServedCamera
from drivers.card.remote import ServedReader
from drivers.panel.remote import ServedPanel

LONGEST_LINE = 4096
"""Bytes of one command, with its end of line."""


@contextmanager
def standing(bench: Bench, folder: Path, page_port: int | None) -> Iterator[None]:
    """Open everything, and close it again. `page_port` 0 is any that is free; None is no page."""
    with ExitStack() as end:
        reader, glass = ServedReader(bench.reader), Glass()
        reader.start()
        end.callback(reader.stop)
        doors = {
            "reader.sock": reader.serve,
            "camera.sock": ServedCamera(bench.tray, bench.camera).serve,
            "panel.sock": ServedPanel(bench.panel).serve,
            "mirror.sock": glass.serve,
        }
        for name, serve in doors.items():
            _open(end, Door(folder / name, serve))
        _open(end, Door(folder / "hands.sock", _listener(bench), full=b"error there are too many hands already\n"))
        portal = bench.portal
        address = {
            "url": portal.url,
            "ca_file": str(portal.ca_file),
            "certificate_file": str(portal.terminal_certificate),
            "key_file": str(portal.terminal_key),
        }
        _write(end, folder / "portal.json", address)
        if page_port is not None:
            page = BenchPage(bench, glass, page_port)
            page.start()
            end.callback(page.stop)
            _write(end, folder / "page.json", {"url": page.url})
        yield


def _open(end: ExitStack, door: Door) -> None:
    door.start()
    end.callback(door.stop)


def _write(end: ExitStack, file: Path, values: dict[str, str]) -> None:
    file.write_text(json.dumps(values), "utf-8")
    file.chmod(0o600)
    end.callback(lambda: file.unlink(missing_ok=True))


def _listener(bench: Bench) -> Callable[[socket.socket], None]:
    """Hands at a socket: line in, line out, until the other end is gone or says a line without end."""

    def serve(connection: socket.socket) -> None:
        with suppress(OSError), connection.makefile("rb") as lines:
            while line := lines.readline(LONGEST_LINE):
                if not line.endswith(b"\n"):
                    connection.sendall(b"error the line is too long\n")
                    return
                connection.sendall(obey(bench, line.decode("utf-8", "replace")).encode() + b"\n")

    return serve
