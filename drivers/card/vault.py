"""Where password digits live: a buffer of four bytes, wiped as soon as they are used, and what cards have refused in
this visit.

Digits come in on the UI thread, one by one, and leave once, on the thread of the reader; a lock lies between. Nothing
here has a `repr` of its contents, and nothing is ever handed out but to the guard.
"""

from hmac import compare_digest
from threading import Lock

from drivers.card.apdu import wipe
from kiosk.visit import Entry, Password

LENGTH = 4
_EMPTY = 0


class Vault:
    """Holds the digits of one entry at a time, as ASCII in place; a digit for another entry wipes those of the last."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._entry: Entry | None = None
        self._digits = bytearray(LENGTH)
        self._refused: dict[tuple[bytes, Password], list[bytearray]] = {}

    def __repr__(self) -> str:
        return "Vault()"

    def store(self, entry: Entry, position: int, digit: int) -> None:
        """Put a digit (0 to 9) at a position (0 to 3); anything else is a mistake of the program and is not stored."""
        if not (0 <= position < LENGTH and 0 <= digit <= 9):
            raise ValueError("no such position or digit")
        with self._lock:
            if entry != self._entry:
                wipe(self._digits)
                self._entry = entry
            self._digits[position] = ord("0") + digit

    def erase(self, entry: Entry, position: int) -> None:
        """Wipe one digit."""
        with self._lock:
            if entry == self._entry and 0 <= position < LENGTH:
                self._digits[position] = _EMPTY

    def clear(self, entry: Entry) -> None:
        """Wipe the digits of an entry."""
        with self._lock:
            if entry == self._entry:
                wipe(self._digits)
                self._entry = None

    def wipe(self) -> None:
        """Wipe everything, also what cards have refused."""
        with self._lock:
            wipe(self._digits)
            self._entry = None
            for refused in self._refused.values():
                for digits in refused:
                    wipe(digits)
            self._refused.clear()

    def take(self, entry: Entry) -> bytearray | None:
        """The digits of an entry, gone from here with that, or None where they are not four. The caller wipes them."""
        with self._lock:
            if entry != self._entry:
                return None
            taken = bytearray(self._digits)
            wipe(self._digits)
            self._entry = None
        if _EMPTY not in taken:
            return taken
        wipe(taken)
        return None

    def remember_refused(self, card: bytes, password: Password, digits: bytearray) -> None:
        """This card has just said no to these digits."""
        with self._lock:
            self._refused.setdefault((card, password), []).append(bytearray(digits))

    def was_refused(self, card: bytes, password: Password, digits: bytearray) -> bool:
        """Whether this card, in this visit, has said no to these digits."""
        with self._lock:
            known = self._refused.get((card, password), [])
            return any(compare_digest(digits, refused) for refused in known)

    def forget_refused(self, card: bytes, password: Password) -> None:
        """This card has taken a password: what it refused before needs no keeping."""
        with self._lock:
            for digits in self._refused.pop((card, password), []):
                wipe(digits)
