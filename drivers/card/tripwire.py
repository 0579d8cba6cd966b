"""The last thing before the card: an allow-list. What the profile does not name is not sent, whoever asks for it.

It keeps its own small idea of the card (application, file, which counter was just told) from the commands that went
through and their answers, and errs on the side of silence: after a refused selection nothing counts as selected, after
an answer that did not come, or was none, not even an application, and a short identifier is let through only where it
names a file of the current application that may be touched. So the My Number and its hash, the passwords that are made
of it, and the signing key cannot be asked for by a mistake elsewhere in the program, a password can only follow an
answered question about its own counter in the same form, and the key signs nothing but a digest as the algorithm of the
card's own certificate has it.
"""

from collections.abc import Callable

from drivers.card import apdu
from drivers.card.apdu import Command, Response, wipe
from drivers.card.profile import (
    SELECT_BY_AID,
    SELECT_BY_FILE,
    SELECT_WITHOUT_ANSWER,
    SHORT,
    SIGN_CLA,
    SIGN_P1,
    SIGN_P2,
    VERIFY_SELECTED,
    Application,
    Profile,
    Scheme,
    short_identifier,
)
from drivers.card.slot import Slot
from drivers.card.trace import Exchanged
from kiosk.failures import DriverError, Failure

_READ_ANSWERS = frozenset({apdu.OK, apdu.END_OF_FILE})


class ForbiddenCommandError(DriverError):
    """A command that the profile does not list; it was not sent."""

    def __init__(self) -> None:
        super().__init__(Failure.INTERNAL)


class Tripwire:
    """Wraps a connected slot for one connection. `hear` is told what went over it, without contents."""

    def __init__(self, slot: Slot, profile: Profile, hear: Callable[[Exchanged], None]) -> None:
        self._slot = slot
        self._profile = profile
        self._hear = hear
        self._application: Application | None = None
        self._file: int | None = None
        self._told: int | None = None  # the P2 of the question about a counter that was answered just now
        self._more = False  # the card has announced the rest of an answer
        self._scheme: Scheme | None = None

    def admit(self, scheme: Scheme) -> None:
        """From now on the key may sign what this algorithm signs."""
        self._scheme = scheme

    def send(self, command: Command) -> Response:
        """Send one command and wipe its encoded form."""
        encoded = command.encoded()
        try:
            told, self._told = self._told, None
            if not self._allowed(encoded, told):
                raise ForbiddenCommandError
            return self._pass_on(encoded)
        finally:
            wipe(encoded)

    def _pass_on(self, command: bytearray) -> Response:
        answer: bytes | None = None
        try:
            try:
                answer = self._slot.transmit(command)
            finally:
                self._hear(Exchanged.of(command, answer))
            response = Response.parse(answer)
        except DriverError:
            self._application, self._file, self._more = None, None, False  # what the card made of it, nobody knows
            raise
        self._follow(command, response)
        return response

    def _allowed(self, command: bytearray, told: int | None) -> bool:
        cla, ins, p1, p2 = command[:4]
        body = memoryview(command)[4:]  # not a copy: it may be a password
        match cla, ins:
            case 0x00, apdu.SELECT:
                return p2 == SELECT_WITHOUT_ANSWER and self._may_select(p1, body)
            case 0x00, apdu.READ_BINARY:
                return _is_length(body) and self._may_read(p1, p2)
            case 0x00, apdu.VERIFY:
                return p1 == 0 and self._names_password(p2) and (not body or (told == p2 and _is_password(body)))
            case _, apdu.PERFORM_SECURITY_OPERATION:
                return (cla, p1, p2) == (SIGN_CLA, SIGN_P1, SIGN_P2) and self._may_sign(body)
            case 0x00, apdu.GET_RESPONSE:
                return (p1, p2) == (0, 0) and len(body) == 1 and self._more
            case _:
                return False

    def _may_select(self, p1: int, body: memoryview) -> bool:
        if not body or body[0] != len(body) - 1:
            return False
        name = bytes(body[1:])
        if p1 == SELECT_BY_AID:
            return any(name == application.aid for application in self._profile.applications)
        if p1 != SELECT_BY_FILE or len(name) != 2 or self._application is None:
            return False
        return int.from_bytes(name, "big") in self._application.usable

    def _may_read(self, p1: int, p2: int) -> bool:
        """With the highest bit set, P1 names a file by its short identifier, and P2 is the place in it."""
        if self._application is None:
            return False
        if p1 < SHORT:
            return self._file in self._application.readable
        return p2 == 0 and any(p1 == _short(file) for file in self._application.readable)

    def _names_password(self, p2: int) -> bool:
        if self._application is None:
            return False
        selected = p2 == VERIFY_SELECTED and self._file == self._application.password
        return selected or p2 == _short(self._application.password)

    def _may_sign(self, body: memoryview) -> bool:
        """A digest after the prefix of its algorithm, and any length of answer in the short form."""
        if self._application is None or self._application.key is None or self._file != self._application.key:
            return False
        if self._scheme is None:
            return False
        prefix, length = self._scheme.PREFIX, len(self._scheme.PREFIX) + self._scheme.DIGEST_LENGTH
        return len(body) == length + 2 and body[0] == length and body[1 : len(prefix) + 1] == prefix

    def _follow(self, command: bytearray, response: Response) -> None:
        self._more = response.status >> 8 == 0x61  # done, and there is an answer to be fetched
        done = response.status == apdu.OK or self._more
        p1, p2 = command[2:4]
        match command[1]:
            case apdu.SELECT if p1 == SELECT_BY_AID:
                name = bytes(command[5:])
                found = [application for application in self._profile.applications if application.aid == name]
                self._application = found[0] if done else None
                self._file = None
            case apdu.SELECT:
                self._file = int.from_bytes(command[5:7], "big") if done else None
            case apdu.READ_BINARY if p1 >= SHORT:
                self._file = p1 - SHORT if response.status in _READ_ANSWERS or self._more else None
            case apdu.VERIFY:
                self._file = self._file if p2 == VERIFY_SELECTED else None
                self._told = p2 if len(command) == 4 and response.tries_left else None


def _short(file: int) -> int | None:
    """P1 or P2 that names a file by its short identifier."""
    short = short_identifier(file)
    return None if short is None else SHORT | short


def _is_length(body: memoryview) -> bool:
    """Le alone, short or extended."""
    return len(body) == 1 or (len(body) == 3 and body[0] == 0)


def _is_password(body: memoryview) -> bool:
    """Exactly four digits."""
    return len(body) == 5 and body[0] == 4 and all(0x30 <= digit <= 0x39 for digit in body[1:])
