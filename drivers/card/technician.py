"""A card as a technician looks at it: what it is, the whole job with both passwords, and what it settles about such
cards. The same desk and the same guard as a visitor's, with a stopwatch between them and the reader.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

from drivers.card import contents, findings, probing
from drivers.card.connection import Connection
from drivers.card.examination import Examination, Job
from drivers.card.findings import Finding
from drivers.card.profile import MY_NUMBER_CARD, Profile
from drivers.card.reader import CardDesk, Enter
from drivers.card.stopwatch import Stopwatch, Timed
from kiosk.events import AttributesRead, Signed
from kiosk.failures import DriverError, Failure
from kiosk.visit import Attributes

_STATUS = 2  # bytes


@dataclass(frozen=True, slots=True)
class Performance:
    """The whole job: commands, bytes both ways and seconds without the token information and the closing re-reading.

    `signature_valid` is None where nothing was signed. `sent_password`: whether any password went to the card.
    `failure` is what ended the job before its end: REFUSED_TOO_OFTEN where the card said no to a password, because here
    once is too often.
    """

    apdus: int
    bytes: int
    seconds: float
    signature_valid: bool | None
    sent_password: bool
    attributes: Attributes | None = field(repr=False)
    failure: Failure | None


class Technician:
    """`atr` tells the answer to reset of what lies on a reader, empty where that is not to be had."""

    def __init__(
        self,
        desk: CardDesk,
        stopwatch: Stopwatch,
        profile: Profile = MY_NUMBER_CARD,
        atr: Callable[[str], bytes] = lambda _: b"",
    ) -> None:
        self._desk = desk
        self._stopwatch = stopwatch
        self._profile = profile
        self._atr = atr
        self._behind_password: list[Finding] = []
        self._performed = False

    def examine(self) -> Examination:
        """See `CardDesk.examine`."""
        return self._desk.examine()

    def perform(self, challenge: bytes, enter: Enter) -> Performance:
        """Both passwords, once each at most; then the questions that only an open password can settle."""
        self._performed = True
        begun = len(self._stopwatch.timed)
        try:
            job = self._desk.perform(challenge, enter, self._ask_opened)
        except DriverError as error:  # there was no connection
            return Performance(0, 0, 0.0, None, sent_password=False, attributes=None, failure=error.failure)
        return _performance(job, self._stopwatch.timed[begun : begun + job.traffic.apdus])

    def settle(self) -> tuple[Finding, ...]:
        """Ask what costs nothing, and say what is known by now. Where the card goes meanwhile the rest is left out."""
        found = list(self._behind_password)
        with suppress(DriverError):
            if found:
                found.append(findings.of_reset(self._desk.hold(lambda _: probing.ask_after_reset(self._profile))))
            closed = self._desk.hold(lambda _: probing.ask_closed(self._profile))
            found += findings.of_closed(closed, self._profile)
            found += contents.of_certificate(closed.certificate.content) if closed.certificate else ()
        found += findings.of_conversation(self._stopwatch.timed)
        return tuple(sorted(found, key=lambda one: one.section))

    def answer_to_reset(self, reader: str) -> tuple[Finding, ...]:
        """Of what lies there, whatever it is."""
        atr = self._atr(reader)
        return (Finding("answer to reset (ATR)", "6", atr.hex().upper()),) if atr else ()

    def cover_traces(self) -> None:
        """Where something personal was read: see `CardDesk.reread_certificate`."""
        if self._performed:
            self._desk.reread_certificate()

    def _ask_opened(self, connection: Connection) -> None:
        """The record is gone again when this returns; what is not settled now stays open: the job is done."""
        with suppress(DriverError):
            opened = connection.hold(lambda: probing.ask_opened(self._profile, connection.forms))
            self._behind_password += findings.of_opened(opened)
            self._behind_password += contents.of_record(opened.record.content) if opened.record else ()


def _performance(job: Job, timed: list[Timed]) -> Performance:
    read = job.reading.attributes if isinstance(job.reading, AttributesRead) else None
    return Performance(
        apdus=job.traffic.apdus,
        bytes=job.traffic.bytes,
        seconds=timed[-1].ended - timed[0].began if timed else 0.0,
        signature_valid=_signature_valid(job, timed),
        sent_password=any(one.said.with_password for one in timed),
        attributes=read,
        failure=job.failure or (Failure.REFUSED_TOO_OFTEN if read is None else None),
    )


def _signature_valid(job: Job, timed: list[Timed]) -> bool | None:
    """A login holds only a signature that the certificate's key made; what else the card signed is not one."""
    if isinstance(job.login, Signed):
        return True
    signed = any(one.signs and one.said.received > _STATUS for one in timed)
    return False if signed and job.failure is Failure.CARD_MALFORMED else None
