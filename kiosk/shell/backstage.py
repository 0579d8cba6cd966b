"""What keeper and visit tell one another, over a socket pair: one packet a message, nothing personal.

Keeper to visit: `TakeStage`, `OpenDevices`. Visit to keeper: `Ready`, `Shown`, `Beat`, `HealthFound`, `Standing`,
`Over`, `CloseDown`.
"""

import socket

import msgspec

from kiosk.visit import Ending, Health, PortalHealth

_LONGEST = 4096


class Found(msgspec.Struct, frozen=True):
    """`kiosk.visit.Health` on the wire."""

    reader: bool = True
    camera: bool = True
    portal: PortalHealth = PortalHealth.OPEN
    clock: bool = True
    card_step_open: bool = True
    state_writable: bool = True

    @classmethod
    def of(cls, health: Health) -> "Found":
        """From the value."""
        return cls(
            health.reader, health.camera, health.portal, health.clock, health.card_step_open, health.state_writable
        )

    def health(self) -> Health:
        """The value."""
        return Health(self.reader, self.camera, self.portal, self.clock, self.card_step_open, self.state_writable)


class TakeStage(msgspec.Struct, frozen=True, tag="take"):
    """Show the first picture of visit `visit`."""

    visit: int
    last: Ending | None
    found: Found


class OpenDevices(msgspec.Struct, frozen=True, tag="open"):
    """Nobody else holds them any more."""


class Ready(msgspec.Struct, frozen=True, tag="ready"):
    """Everything is imported."""


class Shown(msgspec.Struct, frozen=True, tag="shown"):
    """The first picture stands."""


class Beat(msgspec.Struct, frozen=True, tag="beat"):
    """The loop turns."""


class HealthFound(msgspec.Struct, frozen=True, tag="health"):
    """For whoever takes the stage next."""

    found: Found


class Standing(msgspec.Struct, frozen=True, tag="standing"):
    """How the visit has ended if this process is gone now (`kiosk.flow.loss`)."""

    lost: Ending | None


class Over(msgspec.Struct, frozen=True, tag="over"):
    """The visit has ended, by a fault of its own where `broken`; its last picture stands until the next one's does."""

    ending: Ending
    broken: bool = False


class CloseDown(msgspec.Struct, frozen=True, tag="close"):
    """Somebody has closed the window: the whole terminal is to end."""


ToVisit = TakeStage | OpenDevices
ToKeeper = Ready | Shown | Beat | HealthFound | Standing | Over | CloseDown

_to_visit = msgspec.json.Decoder(ToVisit)
_to_keeper = msgspec.json.Decoder(ToKeeper)


def pair() -> tuple[socket.socket, socket.socket]:
    """Keeper's end and visit's end."""
    return socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)


def taken_over(descriptor: int) -> socket.socket:
    """The visit's end, in its process: whatever that starts in turn must not hold it, for its end tells the visit's."""
    line = socket.socket(fileno=descriptor)
    line.set_inheritable(False)
    return line


def send(line: socket.socket, message: ToVisit | ToKeeper) -> bool:
    """False where the other end is gone or does not read."""
    try:
        line.send(msgspec.json.encode(message), socket.MSG_NOSIGNAL | socket.MSG_DONTWAIT)
    except OSError:
        return False
    return True


def hear_keeper(line: socket.socket) -> ToVisit | None:
    """The next message to a visit, waiting for it; None when the keeper is gone."""
    packet = line.recv(_LONGEST)
    return _to_visit.decode(packet) if packet else None


def hear_visit(line: socket.socket) -> ToKeeper | None:
    """The message that waits; None when the visit is gone, or says what no visit says."""
    try:
        packet = line.recv(_LONGEST, socket.MSG_DONTWAIT)
        return _to_keeper.decode(packet) if packet else None
    except (OSError, msgspec.MsgspecError):
        return None
