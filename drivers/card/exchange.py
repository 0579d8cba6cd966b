"""How a dialogue with a card is written: as a generator that yields commands, is sent the answers, and returns what
came of it.

So the dialogues know nothing of readers, threads or time, and run alike over plastic, over memory and in a test. This
file has the steps that they share. A password is never asked for here but for the gate of `pin_guard`; an answer is
repeated only where that costs nothing.

What a short identifier does not bring is asked for again by selection, and what extended length does not bring in
pieces; that other answer decides, and `Forms` remembers.
"""

from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import dataclass, replace
from typing import TypeAlias, TypeVar

from drivers.card import apdu
from drivers.card.apdu import Command, Response
from drivers.card.forms import Forms
from drivers.card.profile import (
    SELECT_BY_AID,
    SELECT_BY_FILE,
    SELECT_WITHOUT_ANSWER,
    SHORT,
    VERIFY_SELECTED,
    Application,
    short_identifier,
)
from kiosk.failures import DriverError, Failure

Outcome = TypeVar("Outcome")
Dialogue: TypeAlias = Generator[Command, Response, Outcome]

_CHUNK = 256  # bytes, the most that the short form can ask for
_ALL = 65536  # bytes, the most that the extended form can ask for
_LONGEST_DIALOGUE = 512  # commands, twice what the least card and reader need: a card may not keep us for ever
_READ = frozenset({apdu.OK, apdu.END_OF_FILE})

# What is wrong with the file or the place; the length that was asked for is not what the card minds.
_NOT_THE_LENGTH = frozenset({0x6981, 0x6982, 0x6985, 0x6986, 0x6A81, 0x6A82, 0x6A86, 0x6A88, 0x6B00, 0x6D00, 0x6E00})


def converse(dialogue: Dialogue[Outcome], send: Callable[[Command], Response]) -> Outcome:
    """Run a dialogue to its end. Whatever `send` raises ends it there; the dialogue's own cleaning-up still runs. One
    that does not come to its end is CARD_MALFORMED.
    """
    with closing(dialogue):
        try:
            command = next(dialogue)
            for _ in range(_LONGEST_DIALOGUE):
                command = dialogue.send(send(command))
        except StopIteration as end:
            outcome: Outcome = end.value
            return outcome
        raise DriverError(Failure.CARD_MALFORMED)


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


@dataclass(frozen=True, slots=True)
class Counted:
    """Tries left of a password: 0 locked, None not on this card; `reference` is the P2 under which it was asked."""

    left: int | None
    reference: int


def count_tries(application: Application, forms: Forms) -> Dialogue[Counted]:
    """Ask for the tries left of the application's password: a VERIFY without a body is a question, it costs nothing.

    By short identifier only a count is believed: any other answer may as well mean that it is not taken.
    """
    short = short_identifier(application.password) if forms.short_identifiers else None
    if short is not None:
        answer = yield Command(0, apdu.VERIFY, 0, SHORT | short)
        if answer.tries_left is not None:
            return Counted(answer.tries_left, SHORT | short)
    counted = Counted((yield from _count_selected(application.password)), VERIFY_SELECTED)
    if counted.left and short is not None:
        forms.short_identifiers = False
    return counted


def _count_selected(password: int) -> Dialogue[int | None]:
    if not (yield from select_file(password)):
        return None
    answer = yield Command(0, apdu.VERIFY, 0, VERIFY_SELECTED)
    if answer.tries_left is not None:
        return answer.tries_left
    if answer.status in apdu.BLOCKED:
        return 0
    if answer.status in {apdu.NOT_FOUND, 0x6A88}:
        return None
    raise DriverError(Failure.TRIES_UNKNOWN)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file of the current application. `whole` tells from its beginning how many bytes belong to the content,
    `longest` is the most that it may be, `guarded` is raised where the card wants a password first.
    """

    file: int
    whole: Callable[[bytes], int]
    longest: int
    guarded: Failure = Failure.CARD_MALFORMED


def read_file(wanted: Wanted, forms: Forms, *, probing: bool) -> Dialogue[bytes]:
    """The content of a file, empty where there is no such file or nothing in it.

    `probing`: extended length may be tried here where nobody knows whether it is taken.
    """
    extended = wanted.longest > _CHUNK and (forms.extended or (forms.extended is None and probing))
    content = yield from _read_beginning(wanted, forms, _ALL if extended else min(_CHUNK, wanted.longest))
    if not content:
        return b""
    total = wanted.whole(content)
    if total > wanted.longest:
        raise DriverError(Failure.CARD_MALFORMED)
    if extended and len(content) < total:
        forms.extended = False  # cut off on the way
    elif len(content) > _CHUNK:
        forms.extended = True
    while len(content) < total:
        chunk = yield from _read_on(wanted, forms, len(content), min(_CHUNK, total - len(content)))
        if not chunk:
            raise DriverError(Failure.CARD_MALFORMED)
        content += chunk
    return content[:total]


def _read_beginning(wanted: Wanted, forms: Forms, length: int) -> Dialogue[bytes]:
    short = short_identifier(wanted.file) if forms.short_identifiers else None
    if short is not None:
        answer = yield from _read_length(SHORT | short, length, forms)
        if answer.status in _READ:
            return answer.data
    if not (yield from select_file(wanted.file)):
        return b""
    content = _content((yield from _read_length(0, length, forms)), wanted.guarded)
    if content and short is not None:
        forms.short_identifiers = False
    return content


def _read_length(p1: int, length: int, forms: Forms) -> Dialogue[Response]:
    """From the beginning of a file; in the short form where the extended one is refused."""
    if length > _CHUNK and forms.extended is not False:
        answer = yield from exchange(Command(0, apdu.READ_BINARY, p1, 0, expected=length))
        if (answer.status in _READ and answer.data) or answer.status in _NOT_THE_LENGTH:
            return answer
        forms.extended = False
    return (yield from exchange(Command(0, apdu.READ_BINARY, p1, 0, expected=min(length, _CHUNK))))


def _read_on(wanted: Wanted, forms: Forms, offset: int, length: int) -> Dialogue[bytes]:
    """The next piece. Where a short identifier has not made the file the current one, it is selected now."""
    command = Command(0, apdu.READ_BINARY, offset >> 8, offset & 0xFF, expected=length)
    answer = yield from exchange(command)
    if answer.status not in _READ and forms.short_identifiers and (yield from select_file(wanted.file)):
        forms.short_identifiers = False
        answer = yield from exchange(command)
    return _content(answer, wanted.guarded)


def _content(answer: Response, guarded: Failure) -> bytes:
    if answer.status in _READ:
        return answer.data
    if answer.status == apdu.PAST_THE_END:
        return b""
    raise DriverError(guarded if answer.status == apdu.NOT_VERIFIED else Failure.CARD_MALFORMED)
