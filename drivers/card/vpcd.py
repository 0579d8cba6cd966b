"""The simulated card on a virtual reader of pcscd: so the whole way of a real terminal, from pyscard down to pcscd and
its reader driver, can be walked with a card that is not there. For tests; nothing of it is part of a terminal.

The driver is vpcd (of the project vsmartcard). It listens, and a card that is laid is a connection to it: the card is
there as long as it stands and its ATR is answered. Messages are a length (16 bits, big-endian) and a body, both ways;
a body of one byte is the reader's own (`Signal`), any other is a command to the card. Whatever goes wrong during a
command ends the connection: pcscd reports an answer without bytes, and a card that has left, for vpcd has no words for
anything else. A card that still lies there is laid anew by that.
"""

import socket
from collections.abc import Callable
from contextlib import suppress
from enum import IntEnum
from threading import Event, Thread

from drivers.card.simulator import SimulatedReader
from drivers.card.slot import Sighting
from kiosk.failures import DriverError, Failure


class Signal(IntEnum):
    """What a reader does to a card. Only the ATR is answered."""

    OFF = 0
    ON = 1
    RESET = 2
    ATR = 4


_ROUND = 3600.0  # seconds of a look: it waits for a change, not for time
_GLANCE = 0.02  # seconds
_CALL = 0.1  # seconds for a call to be taken; its queue is short, and one more would wait there for long
_CALL_AGAIN = 0.02  # seconds, while pcscd does not listen yet
_LOOKED = 1.0  # seconds until pcscd has looked for a card
_UNPLUGGED = 10.0  # seconds until a plug must have been pulled
_NO_ATR = bytes(64)  # longer than any: the card is there and does not come up


class VirtualReader:
    """What lies on `reader`, shown to the vpcd that listens at `address`, between `start` and `stop`.

    vpcd has no plug that could be pulled: `plug` is told when the reader's is, or is put back, before anything else of
    that is to be seen.
    """

    def __init__(
        self, reader: SimulatedReader, address: tuple[str, int], plug: Callable[[bool], None] = lambda _: None
    ) -> None:
        self._reader = reader
        self._address = address
        self._plug = plug
        self._over = Event()
        self._shown: _ShownCard | None = None
        self._thread = Thread(target=self._follow, name="vpcd-hand", daemon=True)

    @property
    def seen(self) -> Sighting:
        """What pcscd has been told of what lies there: a laying counts once pcscd has asked for the card's ATR."""
        shown = self._shown
        return Sighting("vpcd", shown.laying if shown is not None and shown.asked else None)

    def start(self) -> None:
        """Begin to show."""
        self._thread.start()

    def stop(self) -> None:
        """Take the card from pcscd's sight and end."""
        self._over.set()
        while self._thread.is_alive():
            self._reader.close()  # ends a look that waits; the next one may have begun meanwhile
            self._thread.join(_GLANCE)

    def _follow(self) -> None:
        known: Sighting | None = None
        plugged = True
        while not self._over.is_set():
            now = self._reader.look(known, _ROUND)
            if now != known:
                if plugged != (now.reader is not None):
                    plugged = not plugged
                    self._plug(plugged)
                self._hide()
                if now.laying is not None and not self._over.is_set():
                    self._shown = _ShownCard(self._reader, self._address, now.laying)
                known = now
        self._hide()

    def _hide(self) -> None:
        shown, self._shown = self._shown, None
        if shown is not None:
            shown.hide()


class _ShownCard:
    """One laying of a card."""

    def __init__(self, reader: SimulatedReader, address: tuple[str, int], laying: int) -> None:
        self.laying = laying
        self.asked = False
        self._reader = reader
        self._address = address
        self._gone = Event()
        self._line: socket.socket | None = None
        self._thread = Thread(target=self._stay, name="vpcd-card", daemon=True)
        self._thread.start()

    def hide(self) -> None:
        self._gone.set()
        line = self._line
        if line is not None:
            with suppress(OSError):  # it has ended by itself
                line.shutdown(socket.SHUT_RDWR)
        self._thread.join()

    def _stay(self) -> None:
        """Also over the end of a connection: pcscd may have gone and come back."""
        while not self._gone.is_set():
            try:
                line = socket.create_connection(self._address, _CALL)
            except OSError:
                self._gone.wait(_CALL_AGAIN)
                continue
            with line:
                self._line = line
                line.settimeout(None)
                line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                if not self._gone.is_set():
                    with suppress(OSError):
                        self._serve(line)
                self._line, self.asked = None, False
            _show_nothing(self._address)

    def _serve(self, line: socket.socket) -> None:
        while (body := _receive(line)) is not None:
            try:
                answer = self._answer(body)
            except DriverError as error:
                if error.failure is Failure.READER_LOST:
                    self._gone.wait(_UNPLUGGED)  # first the plug is pulled
                return
            if answer == b"":
                return  # vpcd would wait for ever for the bytes of an answer that has none
            if answer is not None:
                line.sendall(len(answer).to_bytes(2, "big") + answer)
                self.asked = True

    def _answer(self, body: bytes) -> bytes | None:
        if len(body) > 1:
            return self._reader.transmit(bytearray(body))
        match body[0]:
            case Signal.ATR:
                return self._reader.answer_to_reset or _NO_ATR
            case Signal.OFF:
                self._reader.disconnect()
            case _:
                with suppress(DriverError):  # a mute card has no ATR either
                    self._reader.connect()
        return None


def _show_nothing(address: tuple[str, int]) -> None:
    """Until pcscd has looked and found no card. A card that came back before would confuse it: it notes that one is
    gone where a command fails, but only its own regular look that finds none lets the next one count as laid. It also
    looks before it resets a card and before it takes its power, hence three times.
    """
    for _ in range(3):
        with suppress(OSError), socket.create_connection(address, _CALL) as line:
            line.settimeout(_LOOKED)
            line.shutdown(socket.SHUT_WR)
            while line.recv(64):  # it asks for an ATR, gets none, and hangs up
                continue


def _receive(line: socket.socket) -> bytes | None:
    """One body; None where the connection ended. vpcd sends the length by itself and waits until it is acknowledged."""
    line.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
    length = line.recv(2, socket.MSG_WAITALL)
    if len(length) < 2 or length == bytes(2):
        return None
    line.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
    wanted = int.from_bytes(length, "big")
    body = line.recv(wanted, socket.MSG_WAITALL)
    return body if len(body) == wanted else None
