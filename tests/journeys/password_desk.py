"""A card's whole job in a process of its own, which stands still wherever somebody wants to look into its memory.

It says one byte where it stands and goes on when it is told one: `b` before the passwords, `v` with a VERIFY about to
be sent, `a` when it was answered or lost, `j` when the job is done, `c` when the traces are covered and the vault is
wiped. The digits come as bytes into a buffer that is wiped. A `leak` is kept on purpose, to see that it would be found.
What a technician's trace would hold goes to standard error.
"""

import os
import struct
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Final

from drivers.card.apdu import VERIFY, wipe
from drivers.card.pcsc import PcscSlot
from drivers.card.pin_guard import PinGuard, Rules
from drivers.card.reader import CardDesk
from drivers.card.refusals import RefusalTimesInMemory
from drivers.card.slot import Sighting
from drivers.card.trace import Exchanged
from drivers.card.vault import LENGTH, Vault
from kiosk.events import AttributesRead, Signed
from kiosk.failures import DriverError
from kiosk.visit import Entry, Password
from tests.drivers.card.desk import CHALLENGE, NOW

LEAKS: Final[dict[str, Callable[[bytearray], object]]] = {
    "nothing": lambda _: None,
    "raw": bytes,
    "list": list,
    "hex": lambda command: command.hex(" ").upper(),
    "decimal": lambda command: str(list(command)),
    "escaped": lambda command: repr(bytes(command)),
    "array": lambda command: struct.pack(f"{len(command)}H", *command),
    "text": lambda command: bytes(command[:5]) + command[5:].decode("ascii").encode("utf-32-le"),
    "digits": lambda command: bytes(command[5:]),
}


def stand(where: bytes) -> None:
    """Until it is told to go on."""
    os.write(1, where)
    if not os.read(0, 1):
        sys.exit("nobody is there any more")


class StandingSlot:
    """A real slot that stands still around each VERIFY."""

    def __init__(self, leak: Callable[[bytearray], object]) -> None:
        self._slot = PcscSlot()
        self._leak = leak
        self._kept: list[object] = []

    def look(self, known: Sighting | None, timeout: float) -> Sighting:
        return self._slot.look(known, timeout)

    def connect(self) -> Sighting:
        return self._slot.connect()

    def transmit(self, command: bytearray) -> bytes:
        with_password = command[1] == VERIFY and len(command) > 4
        if with_password:
            self._kept.append(self._leak(command))
            stand(b"v")
        try:
            return self._slot.transmit(command)
        finally:
            if with_password:
                stand(b"a")

    def disconnect(self) -> None:
        self._slot.disconnect()

    def close(self) -> None:
        self._slot.close()


def type_into(vault: Vault, entry: Entry) -> Entry:
    """The digits, as they come."""
    digits = bytearray(LENGTH)
    assert os.readv(0, [digits]) == LENGTH
    for position in range(LENGTH):
        vault.store(entry, position, digits[position] - ord("0"))
    wipe(digits)
    return entry


def tell(said: Exchanged) -> None:
    """Everything that a trace could show of it."""
    print(said, repr(said), file=sys.stderr, flush=True)


def main(leak: str) -> None:
    """One visit."""
    vault = Vault()
    guard = PinGuard(vault, RefusalTimesInMemory(), lambda: NOW, Rules())
    desk = CardDesk(StandingSlot(LEAKS[leak]), guard, lambda: NOW, hear=tell)
    desk.inspect()
    os.write(1, struct.pack("<3Q", *map(id, (0, 1, 255))))
    stand(b"b")
    entry = type_into(vault, Entry(1, Password.AUTHENTICATION))
    with suppress(DriverError):  # the card was taken
        if isinstance(desk.authenticate(entry, CHALLENGE, last_try_consented=False), Signed):
            entry = type_into(vault, Entry(2, Password.ATTRIBUTES))
            assert isinstance(desk.read_attributes(entry, last_try_consented=False), AttributesRead)
    stand(b"j")
    desk.reread_certificate()
    vault.wipe()
    stand(b"c")
    desk.close()


if __name__ == "__main__":
    main(sys.argv[1])
