"""The simulated reader of another process, reached over a socket: the `Slot` for a visit, and the door that serves it.

The reader outlives the visits, so what a visit holds must go with it: a client that dies lets go of the card, which is
reset as by a power loss. Commands and answers pass unread; a command is sent from the caller's own buffer, so that no
digit is copied on this side.
"""

import socket
from enum import IntEnum
from pathlib import Path
from threading import Event, Lock, Thread

import msgspec

from drivers.card.simulator import SimulatedReader
from drivers.card.slot import Sighting
from drivers.holder import Holder
from drivers.line import DONE, Caller, Line, LineBrokenError, Message, attend, call
from drivers.watchers import Watchers
from kiosk.failures import DriverError, Failure


class Ask(IntEnum):
    """What a client says. WATCH is answered by every sighting from now on, the others by one message."""

    WATCH = 1
    CONNECT = 2
    TRANSMIT = 3
    DISCONNECT = 4


_ANSWER_SECONDS = 5.0
_RETRY_SECONDS = 1.0  # between attempts to reach a bench that is not there
_GLANCE_SECONDS = 0.02
_ROUND_SECONDS = 3600.0  # of the watching thread: it waits for a change, not for time


class RemoteSlot:
    """Meets `drivers.card.slot.Slot`. Where the bench is gone there is no reader; when it is back, so is the reader."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._caller = Caller(path, Failure.READER_LOST, _ANSWER_SECONDS)
        self._looking = Lock()
        self._closed = Event()
        self._watched: Line | None = None
        self._seen = Sighting(None)

    def look(self, known: Sighting | None, timeout: float) -> Sighting:
        """See `Slot`. Nobody turns in a circle where there is no bench: then it waits, too."""
        with self._looking:
            if self._watched is None:
                self._subscribe()
            if self._watched is None:
                if known == Sighting(None):
                    self._closed.wait(min(timeout, _RETRY_SECONDS))
                return Sighting(None)
            if self._seen == known and self._watched.ready(timeout):
                self._hear(self._watched)
            return self._seen

    def connect(self) -> Sighting:
        """See `Slot`."""
        return _sighting(self._caller.ask(Ask.CONNECT, repeat=True))

    def transmit(self, command: bytearray) -> bytes:
        """See `Slot`."""
        if not self._caller.connected:
            raise DriverError(Failure.CARD_PULLED)
        return self._caller.ask(Ask.TRANSMIT, command).body

    def disconnect(self) -> None:
        """See `Slot`."""
        if self._caller.connected:
            try:
                self._caller.ask(Ask.DISCONNECT)
            except DriverError:
                return  # the line's end resets the card as well

    def close(self) -> None:
        """See `Slot`."""
        self._closed.set()
        watched = self._watched
        if watched is not None:
            watched.hang_up()
        self._caller.close()
        with self._looking:
            self._lose()

    def _subscribe(self) -> None:
        if self._closed.is_set():
            return
        try:
            self._watched = call(self._path)
            self._watched.send(Ask.WATCH)
        except LineBrokenError:
            self._lose()
        else:
            self._hear(self._watched)

    def _hear(self, line: Line) -> None:
        try:
            self._seen = _sighting(line.receive(_ANSWER_SECONDS))
        except (LineBrokenError, DriverError):
            self._lose()

    def _lose(self) -> None:
        self._seen = Sighting(None)
        watched, self._watched = self._watched, None
        if watched is not None:
            watched.close()


class ServedReader:
    """The reader's side: any number may watch, one holds the card. `with` it, one thread tells the watchers."""

    def __init__(self, reader: SimulatedReader) -> None:
        self._reader = reader
        self._holder = Holder(busy=Failure.CARD_UNREADABLE, not_held=Failure.CARD_PULLED)
        self._watchers = Watchers(lambda: _told(reader.look(None, 0)).body)
        self._over = False
        self._thread = Thread(target=self._tell, name="reader-watch")

    def start(self) -> None:
        """Begin to tell."""
        self._thread.start()

    def stop(self) -> None:
        """Tell nobody any more."""
        self._over = True
        while self._thread.is_alive():
            self._reader.close()  # ends a look that waits; the next one may have begun meanwhile
            self._thread.join(_GLANCE_SECONDS)

    def serve(self, connection: socket.socket) -> None:
        """One client, until it is gone."""
        attend(connection, self._answer, self._gone)

    def _answer(self, line: Line, asked: Message) -> Message | None:
        match asked.kind:
            case Ask.WATCH:
                self._watchers.add(line)
                return None
            case Ask.CONNECT:
                self._holder.take(line)
                return _told(self._reader.connect())
            case Ask.TRANSMIT:
                self._holder.demand(line)
                return Message(DONE, self._reader.transmit(bytearray(asked.body)))
            case Ask.DISCONNECT:
                self._release(line)
                return Message(DONE)
            case _:
                raise LineBrokenError

    def _gone(self, line: Line) -> None:
        self._watchers.remove(line)
        self._release(line)

    def _release(self, line: Line) -> None:
        if self._holder.is_held_by(line):
            self._reader.disconnect()  # first: the next holder's card must not be reset
            self._holder.let_go(line)

    def _tell(self) -> None:
        known: Sighting | None = None
        while not self._over:
            known = self._reader.look(known, _ROUND_SECONDS)
            self._watchers.tell()


def _told(sighting: Sighting) -> Message:
    return Message(DONE, msgspec.json.encode(sighting))


def _sighting(message: Message) -> Sighting:
    try:
        return msgspec.json.decode(message.body, type=Sighting)
    except msgspec.DecodeError:
        raise DriverError(Failure.READER_LOST) from None
