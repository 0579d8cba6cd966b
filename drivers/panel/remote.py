"""The simulated panel of another process, reached over a socket: the `Panel` for a visit, and the door that serves it.

A call is one short exchange on the same machine. Lamps stay as they were written last, also when the visit that wrote
them is gone; the next one writes them all afresh.
"""

import socket
from collections.abc import Callable, Mapping
from contextlib import suppress
from enum import IntEnum
from pathlib import Path

import msgspec

from drivers.line import DONE, Caller, Line, LineBrokenError, Message, attend
from drivers.panel.simulator import SimulatedPanel
from drivers.subscription import Subscription
from drivers.watchers import Watchers
from kiosk.failures import DriverError, Failure
from kiosk.ports import Switch


class Ask(IntEnum):
    """What a client says. WATCH is answered by the switches, now and at every change, the others by one message."""

    WATCH = 1
    SHOW = 2
    BUZZ = 3
    FITTED = 4
    CONTACTS = 5


_ANSWER_SECONDS = 0.5  # the glass waits for it


class RemotePanel:
    """Meets `kiosk.ports.Panel` and `kiosk.service.check_panel.CheckedPanel`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._caller = Caller(path, Failure.PANEL_LOST, _ANSWER_SECONDS)
        self._subscription: Subscription | None = None

    def show(self, reader: bool, tray: bool, call: bool) -> None:
        """Light exactly these."""
        self._caller.ask(Ask.SHOW, bytes([reader, tray, call]), repeat=True)

    def buzz(self, seconds: float) -> None:
        """A sound."""
        self._caller.ask(Ask.BUZZ, msgspec.json.encode(seconds), repeat=True)

    def watch(self, tell: Callable[[Switch, bool], None]) -> None:
        """Tell how the switches stand (before this returns), then every change from a thread of its own."""
        known = dict(self.contacts())
        for switch, closed in known.items():
            tell(switch, closed)

        def hear(told: bytes | None) -> None:
            for switch, closed in ({} if told is None else _contacts(told)).items():
                if known.get(switch) is not closed:
                    known[switch] = closed
                    tell(switch, closed)

        self._stop_watching()
        self._subscription = Subscription(self._path, Ask.WATCH, hear, "panel-watch")

    def close(self) -> None:
        """All dark, nobody told."""
        self._stop_watching()
        with suppress(DriverError):  # else it is gone, and dark
            self.show(False, False, False)
        self._caller.close()

    def fitted(self) -> frozenset[str]:
        """What is there, by the names of the configuration."""
        return msgspec.json.decode(self._caller.ask(Ask.FITTED, repeat=True).body, type=frozenset[str])

    def contacts(self) -> Mapping[Switch, bool]:
        """How the switches stand (True: closed)."""
        return _contacts(self._caller.ask(Ask.CONTACTS, repeat=True).body)

    def _stop_watching(self) -> None:
        subscription, self._subscription = self._subscription, None
        if subscription is not None:
            subscription.close()


class ServedPanel:
    """The panel's side. Nobody holds it alone: a visit that comes writes over what the last one wrote."""

    def __init__(self, panel: SimulatedPanel) -> None:
        self._panel = panel
        self._watchers = Watchers(lambda: _told(panel.contacts()))
        panel.watch(lambda _switch, _closed: self._watchers.tell())

    def serve(self, connection: socket.socket) -> None:
        """One client, until it is gone."""
        attend(connection, self._answer, self._watchers.remove)

    def _answer(self, line: Line, asked: Message) -> Message | None:
        try:
            match asked.kind:
                case Ask.WATCH:
                    self._watchers.add(line)
                    return None
                case Ask.SHOW if len(asked.body) == 3:
                    self._panel.show(*(bool(lamp) for lamp in asked.body))
                    return Message(DONE)
                case Ask.BUZZ:
                    self._panel.buzz(msgspec.json.decode(asked.body, type=float))
                    return Message(DONE)
                case Ask.FITTED:
                    return Message(DONE, msgspec.json.encode(self._panel.fitted()))
                case Ask.CONTACTS:
                    return Message(DONE, _told(self._panel.contacts()))
                case _:
                    raise LineBrokenError
        except msgspec.DecodeError:
            raise LineBrokenError from None


def _told(contacts: Mapping[Switch, bool]) -> bytes:
    return msgspec.json.encode({switch.value: closed for switch, closed in contacts.items()})


def _contacts(body: bytes) -> dict[Switch, bool]:
    try:
        return msgspec.json.decode(body, type=dict[Switch, bool])
    except msgspec.DecodeError:
        raise DriverError(Failure.PANEL_LOST) from None
