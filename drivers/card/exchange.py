"""How a dialogue with a card is written: as a generator that yields commands, is sent the answers, and returns what
came of it.

So the dialogues know nothing of readers, threads or time, and run alike over plastic, over memory and in a test. This
file has the steps that they share. A password is never asked for here but for the gate of `pin_guard`; an answer is
repeated only where that costs nothing.
"""

from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import replace
from typing import TypeAlias, TypeVar

from drivers.card import apdu
from drivers.card.apdu import Command, Response
from drivers.card.profile import (
    SELECT_BY_AID,
    SELECT_BY_FILE,
    SELECT_WITHOUT_ANSWER,
    VERIFY_SELECTED,
    Application,
)
from kiosk.failures import DriverError, Failure

Outcome = TypeVar("Outcome")
Dialogue: TypeAlias = Generator[Command, Response, Outcome]

_CHUNK = 256  # bytes, the most that the short form can ask for


def converse(dialogue: Dialogue[Outcome], send: Callable[[Command], Response]) -> Outcome:
    """Run a dialogue to its end. Whatever `send` raises ends it there; the dialogue's own cleaning-up still runs."""
    with closing(dialogue):
        try:
            command = next(dialogue)
            while True:
                command = dialogue.send(send(command))
        except StopIteration as end:
            outcome: Outcome = end.value
            return outcome


def exchange(command: Command) -> Dialogue[Response]:
    """Send what may be repeated: again with the right length (6Cxx), then for the rest of the answer (61xx)."""
    response = yield command
    if response.status >> 8 == 0x6C and command.expected is not None:
        response = yield replace(command, expected=response.status & 0xFF or _CHUNK)
    data = bytearray(response.data)
    while response.status >> 8 == 0x61:
        response = yield Command(0, apdu.GET_RESPONSE, 0, 0, expected=response.status & 0xFF or _CHUNK)
        if response.status >> 8 == 0x61 and not response.data:
            raise DriverError(Failure.CARD_MALFORMED)  # it promises more for ever
        data += response.data
        if len(data) > 0x10000:
            raise DriverError(Failure.CARD_MALFORMED)
    return Response(response.status, bytes(data))


def select_application(application: Application) -> Dialogue[None]:
    """Make an application current. A card that does not have it is of another kind (a passport, a bank card)."""
    answer = yield from exchange(Command(0, apdu.SELECT, SELECT_BY_AID, SELECT_WITHOUT_ANSWER, application.aid))
    if answer.status != apdu.OK:
        raise DriverError(Failure.CARD_WRONG_KIND)


def select_file(identifier: int) -> Dialogue[bool]:
    """Make a file of the current application current; False where there is none."""
    name = identifier.to_bytes(2, "big")
    answer = yield from exchange(Command(0, apdu.SELECT, SELECT_BY_FILE, SELECT_WITHOUT_ANSWER, name))
    if answer.status not in {apdu.OK, apdu.NOT_FOUND}:
        raise DriverError(Failure.CARD_MALFORMED)
    return answer.status == apdu.OK


def count_tries(application: Application) -> Dialogue[int | None]:
    """Tries left of the application's password: 0 locked, None not on this card. Consumes nothing, selects its file."""
    if not (yield from select_file(application.password)):
        return None
    answer = yield Command(0, apdu.VERIFY, 0, VERIFY_SELECTED)  # a VERIFY without a body is a question
    if answer.tries_left is not None:
        return answer.tries_left
    if answer.status in apdu.BLOCKED:
        return 0
    if answer.status in {apdu.NOT_FOUND, 0x6A88}:
        return None
    raise DriverError(Failure.TRIES_UNKNOWN)


def read_file(
    identifier: int,
    whole: Callable[[bytes], int],
    longest: int,
    guarded: Failure = Failure.CARD_MALFORMED,
) -> Dialogue[bytes]:
    """The content of a file of the current application, empty where there is no such file or nothing in it.

    `whole` tells from the first chunk how many bytes belong to the content; `guarded` is raised where the card wants a
    password.
    """
    if not (yield from select_file(identifier)):
        return b""
    content = yield from _chunk(0, min(_CHUNK, longest), guarded)
    if not content:
        return b""
    total = whole(content)
    if total > longest:
        raise DriverError(Failure.CARD_MALFORMED)
    while len(content) < total:
        chunk = yield from _chunk(len(content), min(_CHUNK, total - len(content)), guarded)
        if not chunk:
            raise DriverError(Failure.CARD_MALFORMED)
        content += chunk
    return content[:total]


def _chunk(offset: int, length: int, guarded: Failure) -> Dialogue[bytes]:
    answer = yield from exchange(Command(0, apdu.READ_BINARY, offset >> 8, offset & 0xFF, expected=length))
    if answer.status in {apdu.OK, apdu.END_OF_FILE}:
        return answer.data
    if answer.status == apdu.PAST_THE_END:
        return b""
    raise DriverError(guarded if answer.status == apdu.NOT_VERIFIED else Failure.CARD_MALFORMED)
