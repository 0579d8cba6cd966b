"""The calls of the PC/SC resource manager that we use, with types, and with errors as `ResourceError`.

Thin on purpose: pyscard's own monitor and its connection classes hide contexts that die with pcscd; these calls do not.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from smartcard import scard

from drivers.card import transmission

PNP = "\\\\?PnP?\\Notification"  # a reader that stands for the coming and going of readers

OK = 0
TIMED_OUT = 0x8010000A
CANCELLED = 0x80100002
NO_READERS = 0x8010002E

_FEATURES = scard.SCARD_CTL_CODE(3400)  # CM_IOCTL_GET_FEATURE_REQUEST (PC/SC part 10)
_LONGEST_SHORT = 261  # bytes of a command in the short form, as every one with a body is


class ResourceError(Exception):
    """What the resource manager answered, as an unsigned number."""

    def __init__(self, code: int) -> None:
        super().__init__(f"{code:08X}")
        self.code = code


@dataclass(frozen=True, slots=True)
class ReaderState:
    """A reader and what it says; `raw` goes back into the next waiting. `events` counts what was laid and taken."""

    name: str
    raw: int

    @property
    def present(self) -> bool:
        """Whether a card lies there, answering or not."""
        return bool(self.raw & scard.SCARD_STATE_PRESENT)

    @property
    def empty(self) -> bool:
        """Whether certainly none lies there; of a reader that has only just come neither is known."""
        return bool(self.raw & scard.SCARD_STATE_EMPTY)

    @property
    def events(self) -> int:
        """How often a card came or went since the resource manager has known the reader."""
        return self.raw >> 16 & 0xFFFF


class Context:
    """One connection to the resource manager; used on one thread, apart from `cancel`."""

    def __init__(self) -> None:
        code, self._handle = scard.SCardEstablishContext(scard.SCARD_SCOPE_USER)
        _check(code)

    def readers(self) -> tuple[str, ...]:
        """The names of all readers."""
        code, names = scard.SCardListReaders(self._handle, [])
        if _unsigned(code) == NO_READERS:
            return ()
        _check(code)
        return tuple(names)

    def states(self, names: Sequence[str]) -> tuple[ReaderState, ...]:
        """What these readers say now."""
        if not names:
            return ()
        code, states = scard.SCardGetStatusChange(
            self._handle, 0, [(name, scard.SCARD_STATE_UNAWARE) for name in names]
        )
        _check(code)
        return tuple(ReaderState(name, _unsigned(raw)) for name, raw, _ in states)

    def answer_to_reset(self, name: str) -> bytes:
        """The ATR of the card on this reader; empty where there is none."""
        code, states = scard.SCardGetStatusChange(self._handle, 0, [(name, scard.SCARD_STATE_UNAWARE)])
        _check(code)
        return bytes(value & 0xFF for _, _, atr in states for value in atr)

    def wait(self, known: Sequence[ReaderState], readers: int, milliseconds: int) -> None:
        """Until one of these changes, or there are more or fewer than so many readers, or the time is over."""
        states = [(PNP, readers << 16)]  # what is not told the number, tells of the next that comes or goes
        states += [(state.name, state.raw & ~scard.SCARD_STATE_CHANGED) for state in known]
        code, _ = scard.SCardGetStatusChange(self._handle, milliseconds, states)
        if _unsigned(code) not in {TIMED_OUT, CANCELLED}:
            _check(code)

    def cancel(self) -> None:
        """End a `wait` on another thread."""
        scard.SCardCancel(self._handle)

    def connect(self, name: str) -> "Connection":
        """Power the card up, for us alone."""
        protocols = scard.SCARD_PROTOCOL_T0 | scard.SCARD_PROTOCOL_T1
        code, handle, protocol = scard.SCardConnect(self._handle, name, scard.SCARD_SHARE_EXCLUSIVE, protocols)
        _check(code)
        return Connection(handle, protocol)

    def release(self) -> None:
        """Give it back."""
        scard.SCardReleaseContext(self._handle)


class Connection:
    """A powered card."""

    def __init__(self, handle: int, protocol: int) -> None:
        self._handle = handle
        self._protocol = protocol

    def transmit(self, command: bytearray) -> bytes:
        """One APDU each way."""
        code, answer = transmission.transmit(self._handle, self._protocol, command)
        _check(code)
        return answer

    def disconnect(self) -> None:
        """Reset the card and let go; what is wrong with it by then is of no more interest.

        pcscd keeps the last command, which may have been a password: the question for the reader's features is written
        over it. No card hears that question, so it is asked also where the card has gone.
        """
        scard.SCardControl(self._handle, _FEATURES, [0] * _LONGEST_SHORT)
        scard.SCardDisconnect(self._handle, scard.SCARD_RESET_CARD)


def answer_to_reset(name: str) -> bytes:
    """The ATR of the card on this reader; empty where there is none, or nobody who would know."""
    try:
        context = Context()
    except ResourceError:
        return b""
    try:
        return context.answer_to_reset(name)
    except ResourceError:
        return b""
    finally:
        context.release()


def _unsigned(code: int) -> int:
    """On some systems the numbers come as negative ones."""
    return code & 0xFFFFFFFF


def _check(code: int) -> None:
    if _unsigned(code) != OK:
        raise ResourceError(_unsigned(code))
