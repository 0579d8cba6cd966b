"""The last thing before the card: an allow-list. What the profile does not name is not sent, whoever asks for it.

It keeps its own small idea of the card (application, file, whether the counter was asked) from the commands that went
through and their answers, and errs on the side of silence: after a refused selection nothing counts as selected. So
the My Number and its hash, the passwords that are made of it, and the signing key cannot be asked for by a mistake
elsewhere in the program, and a password can only follow an answered question about its own counter.
"""

from drivers.card import apdu
from drivers.card.apdu import Command, Response, wipe
from drivers.card.profile import (
    SELECT_BY_AID,
    SELECT_BY_FILE,
    SELECT_WITHOUT_ANSWER,
    SIGN_CLA,
    SIGN_P1,
    SIGN_P2,
    VERIFY_SELECTED,
    Application,
    Profile,
    RsaSha256,
)
from drivers.card.slot import Slot
from kiosk.failures import DriverError, Failure

_READ_LENGTHS = {1, 3}  # bytes of Le, short or extended


class ForbiddenCommandError(DriverError):
    """A command that the profile does not list; it was not sent."""

    def __init__(self) -> None:
        super().__init__(Failure.INTERNAL)


class Tripwire:
    """Wraps a connected slot for one connection."""

    def __init__(self, slot: Slot, profile: Profile) -> None:
        self._slot = slot
        self._profile = profile
        self._application: Application | None = None
        self._file: int | None = None
        self._counter_told = False
        self._more = False  # the card has announced the rest of an answer

    def send(self, command: Command) -> Response:
        """Send one command and wipe its encoded form."""
        encoded = command.encoded()
        try:
            if not self._allowed(encoded):
                raise ForbiddenCommandError
            told, self._counter_told = self._counter_told, False
            if _is_password(encoded) and not told:
                raise ForbiddenCommandError
            response = Response.parse(self._slot.transmit(encoded))
            self._follow(encoded, response)
            return response
        finally:
            wipe(encoded)

    def _allowed(self, command: bytearray) -> bool:
        cla, ins, p1, p2 = command[:4]
        body = command[4:]
        match cla, ins:
            case 0x00, apdu.SELECT:
                return p2 == SELECT_WITHOUT_ANSWER and self._may_select(p1, body)
            case 0x00, apdu.READ_BINARY:
                return len(body) in _READ_LENGTHS and self._may_read(p1)
            case 0x00, apdu.VERIFY:
                return (p1, p2) == (0, VERIFY_SELECTED) and self._may_verify(body)
            case _, apdu.PERFORM_SECURITY_OPERATION:
                return (cla, p1, p2) == (SIGN_CLA, SIGN_P1, SIGN_P2) and self._may_sign(body)
            case 0x00, apdu.GET_RESPONSE:
                return (p1, p2) == (0, 0) and len(body) == 1 and self._more
            case _:
                return False

    def _may_select(self, p1: int, body: bytearray) -> bool:
        if not body or body[0] != len(body) - 1:
            return False
        name = bytes(body[1:])
        if p1 == SELECT_BY_AID:
            return any(name == application.aid for application in self._profile.applications)
        if p1 != SELECT_BY_FILE or len(name) != 2 or self._application is None:
            return False
        application = self._application
        usable = application.readable | {application.password} | ({application.key} if application.key else set())
        return int.from_bytes(name, "big") in usable

    def _may_read(self, p1: int) -> bool:
        """Only the selected file: with the highest bit set, P1 would name another one by its short identifier."""
        return p1 < 0x80 and self._application is not None and self._file in self._application.readable

    def _may_verify(self, body: bytearray) -> bool:
        """The question about the counter, or exactly four digits."""
        if self._application is None or self._file != self._application.password:
            return False
        return not body or (len(body) == 5 and body[0] == 4 and all(0x30 <= digit <= 0x39 for digit in body[1:]))

    def _may_sign(self, body: bytearray) -> bool:
        if self._application is None or self._application.key is None or self._file != self._application.key:
            return False
        prefix = RsaSha256.DIGEST_INFO
        return len(body) == len(prefix) + 34 and body[0] == len(prefix) + 32 and body[1 : len(prefix) + 1] == prefix

    def _follow(self, command: bytearray, response: Response) -> None:
        self._more = response.status >> 8 == 0x61
        if command[1] == apdu.SELECT:
            selected = response.status == apdu.OK
            if command[2] == SELECT_BY_AID:
                name = bytes(command[5:])
                found = [application for application in self._profile.applications if application.aid == name]
                self._application = found[0] if selected else None
                self._file = None
            else:
                self._file = int.from_bytes(command[5:7], "big") if selected else None
        elif command[1] == apdu.VERIFY and len(command) == 4:
            self._counter_told = bool(response.tries_left)


def _is_password(command: bytearray) -> bool:
    return command[1] == apdu.VERIFY and len(command) > 4
