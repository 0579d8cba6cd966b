"""What a technician asks a card to settle what is not known of such cards: questions that cost no try and read nothing
that a visit does not read.

They go through the tripwire like everything else: the token information, the certificate, the attributes behind their
own password, and the two counters. Each file is read to its end in short pieces, because its end is what is asked for.
"""

from dataclasses import dataclass, field

from drivers.card import apdu
from drivers.card.apdu import Command, Response
from drivers.card.exchange import Dialogue, exchange, select_application, select_file
from drivers.card.forms import Forms
from drivers.card.profile import SHORT, VERIFY_SELECTED, Application, Profile, short_identifier

_CHUNK = 256  # bytes
_READ = frozenset({apdu.OK, apdu.END_OF_FILE})
_TO_BE_ASKED_AGAIN = frozenset({0x61, 0x6C})  # the first byte of a status that `exchange` knows how to go on from


@dataclass(frozen=True, slots=True)
class Measured:
    """A file read to its end. `over` is the status of a reading that asked for more than was left, `behind` of one that
    began at the end; None where there was no such reading.
    """

    content: bytes = field(repr=False)
    over: int | None
    behind: int | None


@dataclass(frozen=True, slots=True)
class Asked:
    """The statuses of a question about a counter, in both forms; None where it could not be asked so."""

    short: int | None
    selected: int | None


@dataclass(frozen=True, slots=True)
class Closed:
    """What a card says without a password."""

    token: Measured | None
    certificate: Measured | None
    authentication: Asked
    attributes: Asked


@dataclass(frozen=True, slots=True)
class Opened:
    """What a card says behind the attributes' password: the statuses of a question about its counter, and of readings
    after the application was selected again, and after another one was selected meanwhile.
    """

    counter: int
    record: Measured | None
    selected_again: int
    after_another: int


def ask_closed(profile: Profile) -> Dialogue[Closed]:
    """Sizes and ends of the public files, and both counters in both forms."""
    yield from select_application(profile.authentication)
    token = yield from _measure(profile.token_file, profile.longest_file)
    certificate = yield from _measure(profile.certificate_file, profile.longest_file)
    authentication = yield from _ask_counter(profile.authentication)
    yield from select_application(profile.attributes)
    attributes = yield from _ask_counter(profile.attributes)
    return Closed(token, certificate, authentication, attributes)


def ask_opened(profile: Profile, forms: Forms) -> Dialogue[Opened]:
    """After the attributes were read: does the card keep its word, and how long does the password stay open?"""
    application = profile.attributes
    reference = VERIFY_SELECTED
    short = short_identifier(application.password)
    if forms.short_identifiers and short is not None:
        reference = SHORT | short
    else:
        yield from select_file(application.password)
    counter = yield Command(0, apdu.VERIFY, 0, reference)
    record = yield from _measure(profile.attributes_file, profile.longest_file)
    yield from select_application(application)
    selected_again = yield from readable(profile)
    yield from select_application(profile.authentication)
    yield from select_application(application)
    after_another = yield from readable(profile)
    return Opened(counter.status, record, selected_again, after_another)


def ask_after_reset(profile: Profile) -> Dialogue[int]:
    """Over a new connection: the status of a reading that wants the password."""
    yield from select_application(profile.attributes)
    return (yield from readable(profile))


def readable(profile: Profile) -> Dialogue[int]:
    """The status of reading one byte of the attributes, which says nothing of anybody."""
    yield from select_file(profile.attributes_file)
    answer = yield from exchange(Command(0, apdu.READ_BINARY, 0, 0, expected=1))
    return answer.status


def _measure(file: int, longest: int) -> Dialogue[Measured | None]:
    if not (yield from select_file(file)):
        return None
    content = bytearray()
    over: int | None = None
    while len(content) < longest:
        command = Command(0, apdu.READ_BINARY, len(content) >> 8, len(content) & 0xFF, expected=_CHUNK)
        first: Response = yield command
        answer = (yield from exchange(command)) if first.status >> 8 in _TO_BE_ASKED_AGAIN else first
        if answer.status not in _READ or not answer.data:
            return Measured(bytes(content), over, answer.status)
        over = first.status if len(answer.data) < _CHUNK else over
        content += answer.data
    return Measured(bytes(content), over, None)


def _ask_counter(application: Application) -> Dialogue[Asked]:
    by_short: int | None = None
    short = short_identifier(application.password)
    if short is not None:
        answer = yield Command(0, apdu.VERIFY, 0, SHORT | short)
        by_short = answer.status
    if not (yield from select_file(application.password)):
        return Asked(by_short, None)
    answer = yield Command(0, apdu.VERIFY, 0, VERIFY_SELECTED)
    return Asked(by_short, answer.status)
