"""The card on the reader, as one visit uses it (`kiosk.ports.CardReader`).

Every request is one connection: power up, one dialogue, reset. Nothing stays open between requests, so nothing that a
password opened outlives its use, and a wedged card is a matter of one request. What is remembered from one request to
the next is which card lay there (its certificate, bound to its laying), so that the second password cannot be that of
another card than the one that logged in.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from threading import Event, Thread
from typing import TypeVar

from drivers.card import dialogue
from drivers.card.certificate import Certificate
from drivers.card.dialogue import Gate, Refusal
from drivers.card.exchange import Dialogue, converse
from drivers.card.lookout import Lookout
from drivers.card.pin_guard import PinGuard
from drivers.card.profile import MY_NUMBER_CARD, Application, CardKind, Profile
from drivers.card.slot import Sighting, Slot
from drivers.card.tripwire import Tripwire
from kiosk.events import AttributesRead, CardInspected, PasswordRefused, SameDigitsAgain, Signed
from kiosk.failures import DriverError, Failure
from kiosk.ports import CardEvent
from kiosk.visit import Entry, Password, Tries

Outcome = TypeVar("Outcome")

_LOOK = 1.0  # seconds, so that the watching thread notices its end
_FIRST_LOOK = 2.0  # seconds that the visit waits for what lies there
_LEAVE = 3.0  # seconds that closing waits for the thread


@dataclass(frozen=True, slots=True)
class Examination:
    """What a technician may know of a card without a password. `failure` is what a visitor would be told."""

    reader: str
    kind: CardKind
    tries: Tries | None
    subject: str | None = field(repr=False)
    not_after: datetime | None
    sha256: str | None = field(repr=False)
    failure: Failure | None


@dataclass(frozen=True, slots=True)
class _Connection:
    place: Sighting
    wire: Tripwire

    def hold(self, talk: Dialogue[Outcome]) -> Outcome:
        return converse(talk, self.wire.send)


class CardDesk:
    """A card reader for one visit. `clock` gives aware times and judges the certificate's end.

    `watch` tells from its own thread; everything else blocks and belongs on one worker thread.
    """

    def __init__(
        self, slot: Slot, guard: PinGuard, clock: Callable[[], datetime], profile: Profile = MY_NUMBER_CARD
    ) -> None:
        self._slot = slot
        self._guard = guard
        self._clock = clock
        self._profile = profile
        self._lookout = Lookout()
        self._known: tuple[Sighting, Certificate] | None = None  # which laying, and the card of it
        self._logged_in: bytes | None = None
        self._closing = Event()
        self._watching: Thread | None = None

    def watch(self, tell: Callable[[CardEvent], None]) -> None:
        """Tell what lies there now (before this returns), then every change, until `close`.

        Where the reader's software hangs this returns all the same, and what lies there is told once it answers.
        """
        looked = Event()

        def go_on() -> None:
            self._look(tell, 0)
            looked.set()
            while not self._closing.is_set():
                self._look(tell, _LOOK)

        self._watching = Thread(target=go_on, name="card-watch", daemon=True)
        self._watching.start()
        looked.wait(_FIRST_LOOK)

    def inspect(self) -> CardInspected:
        """Kind of card, certificate's end, both counters; consumes nothing."""
        examination = self.examine()
        if examination.failure is not None or examination.tries is None:
            raise DriverError(examination.failure or Failure.CARD_WRONG_KIND)
        return CardInspected(examination.tries)

    def examine(self) -> Examination:
        """The same for a technician: a card that cannot be used is an answer here, a reader that fails is raised."""
        with self._connection() as connection:
            sight = connection.hold(dialogue.preflight(self._profile))
        certificate = sight.certificate
        if certificate is not None:
            self._known = connection.place, certificate
        return Examination(
            reader=connection.place.reader or "",
            kind=sight.kind,
            tries=sight.tries,
            subject=certificate.subject if certificate else None,
            not_after=certificate.not_after if certificate else None,
            sha256=certificate.card.hex() if certificate else None,
            failure=self._failure_of(sight),
        )

    def authenticate(
        self, entry: Entry, challenge: bytes, last_try_consented: bool
    ) -> Signed | PasswordRefused | SameDigitsAgain:
        """The first password, once, and the signature over the challenge."""
        with self._connection(entry) as connection:
            gate = self._gate(entry, Password.AUTHENTICATION, self._profile.authentication, last_try_consented)
            known = self._card_of(connection.place)
            outcome = connection.hold(dialogue.log_in(self._profile, known, gate, challenge))
        if isinstance(outcome, Signed):
            card = known or Certificate.parse(outcome.certificate)
            self._known = connection.place, card
            self._logged_in = card.card
        return outcome

    def read_attributes(
        self, entry: Entry, last_try_consented: bool
    ) -> AttributesRead | PasswordRefused | SameDigitsAgain:
        """The second password, once, and the four attributes; only of the card that has logged in."""
        with self._connection(entry) as connection:
            card = self._card_of(connection.place) or connection.hold(dialogue.identify(self._profile))
            self._known = connection.place, card
            if self._logged_in not in {None, card.card}:
                raise DriverError(Failure.CARD_WRONG_KIND)
            gate = self._gate(entry, Password.ATTRIBUTES, self._profile.attributes, last_try_consented)
            return connection.hold(dialogue.read_attributes(self._profile, card, gate))

    def reread_certificate(self) -> None:
        """Cover the traces in the reader's software. Whatever hinders it is no failure: there is no card to ask."""
        try:
            with self._connection() as connection:
                connection.hold(dialogue.cover_traces(self._profile))
        except DriverError:
            return

    def close(self) -> None:
        """Stop telling, let go of the card, give the reader back."""
        self._closing.set()
        self._slot.close()
        if self._watching is not None:
            self._watching.join(_LEAVE)

    def _look(self, tell: Callable[[CardEvent], None], timeout: float) -> None:
        for event in self._lookout.see(self._slot.look(self._lookout.last, timeout)):
            if not self._closing.is_set():
                tell(event)

    @contextmanager
    def _connection(self, entry: Entry | None = None) -> Iterator[_Connection]:
        """However it ends, the card is reset and the entry is used up."""
        try:
            if self._lookout.stale:
                raise DriverError(Failure.CARD_NOT_LAID)
            yield _Connection(self._slot.connect(), Tripwire(self._slot, self._profile))
        finally:
            if entry is not None:
                self._guard.discard(entry)  # first: a reader that hangs must not keep digits
            self._slot.disconnect()

    def _card_of(self, place: Sighting) -> Certificate | None:
        return self._known[1] if self._known is not None and self._known[0] == place else None

    def _gate(self, entry: Entry, password: Password, application: Application, consented: bool) -> Gate:
        if entry.password is not password:
            raise DriverError(Failure.INTERNAL)
        looked_at = self._known[1].card if self._known is not None else None

        def gate(certificate: Certificate) -> Dialogue[Refusal | None]:
            if looked_at not in {None, certificate.card}:  # changed since: these digits were confirmed for another card
                raise DriverError(Failure.CARD_PULLED)
            if certificate.expired(self._clock()):
                raise DriverError(Failure.CERTIFICATE_EXPIRED)
            return self._guard.verify(entry, application, certificate.card, consented=consented)

        return gate

    def _failure_of(self, sight: dialogue.Sight) -> Failure | None:
        if sight.kind is not CardKind.MY_NUMBER:
            return Failure.CARD_WRONG_KIND
        if sight.certificate is None:
            return Failure.CERTIFICATE_ABSENT
        return Failure.CERTIFICATE_EXPIRED if sight.certificate.expired(self._clock()) else None
