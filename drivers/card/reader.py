"""The card on the reader, as one visit uses it (`kiosk.ports.CardReader`).

Every request is one connection: power up, one dialogue, reset. Nothing stays open between requests, so nothing that a
password opened outlives its use, and a wedged card is a matter of one request. What is remembered from one request to
the next is which card lay there (its certificate, bound to its laying), so that the second password cannot be that of
another card than the one that logged in; and of each reader which forms of commands it takes.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from hashlib import sha256
from typing import TypeAlias, TypeVar

from drivers.card import dialogue
from drivers.card.certificate import Certificate
from drivers.card.connection import Connection
from drivers.card.dialogue import Gate, Refusal
from drivers.card.examination import Examination, Job
from drivers.card.exchange import Dialogue
from drivers.card.forms import Forms
from drivers.card.pin_guard import PinGuard
from drivers.card.profile import MY_NUMBER_CARD, Profile
from drivers.card.slot import Sighting, Slot
from drivers.card.trace import Exchanged
from drivers.card.watching import Watching
from kiosk.events import AttributesRead, CardInspected, Signed
from kiosk.failures import DriverError, Failure
from kiosk.ports import CardEvent
from kiosk.visit import Entry, Password

Outcome = TypeVar("Outcome")

Enter: TypeAlias = Callable[[Password], Entry]
"""Called for each password when it is due."""

Afterwards: TypeAlias = Callable[[Connection], None]
"""Called once all is done, with the attributes' password still open."""


class CardDesk:
    """A card reader for one visit. `clock` gives aware times and judges the certificate's end; `hear` is told all that
    is said to cards, without contents.

    `watch` tells from its own thread; everything else blocks and belongs on one worker thread.
    """

    def __init__(
        self,
        slot: Slot,
        guard: PinGuard,
        clock: Callable[[], datetime],
        profile: Profile = MY_NUMBER_CARD,
        hear: Callable[[Exchanged], None] = lambda _: None,
    ) -> None:
        self._slot = slot
        self._guard = guard
        self._clock = clock
        self._profile = profile
        self._hear = hear
        self._watching = Watching(slot)
        self._forms: defaultdict[str, Forms] = defaultdict(Forms)  # by the reader's name
        self._known: tuple[Sighting, Certificate] | None = None  # which laying, and the card of it
        self._logged_in: bytes | None = None

    def watch(self, tell: Callable[[CardEvent], None]) -> None:
        """Tell what lies there now (before this returns), then every change, until `close`."""
        self._watching.start(tell)

    def inspect(self) -> CardInspected:
        """Kind of card, certificate's end, both counters; consumes nothing."""
        examination = self.examine()
        if examination.failure is not None or examination.tries is None:
            raise DriverError(examination.failure or Failure.CARD_WRONG_KIND)
        return CardInspected(examination.tries)

    def examine(self) -> Examination:
        """The same for a technician: a card that cannot be used is an answer here, a reader that fails is raised."""
        with self._connection() as connection:
            sight = connection.hold(lambda: dialogue.preflight(self._profile, connection.forms))
        if sight.certificate is not None:
            self._known = connection.place, sight.certificate
        return Examination.of(connection.place.reader or "", sight, self._clock())

    def authenticate(self, entry: Entry, challenge: bytes, last_try_consented: bool) -> Signed | Refusal:
        """The first password, once, and the signature over the challenge."""
        with self._connection((entry,)) as connection:
            known = self._card_of(connection.place)
            return self._log_in(connection, known, entry, challenge, last_try_consented)

    def read_attributes(self, entry: Entry, last_try_consented: bool) -> AttributesRead | Refusal:
        """The second password, once, and the four attributes; only of the card that has logged in."""
        with self._connection((entry,)) as connection:
            return self._read(connection, entry, last_try_consented)

    def perform(self, challenge: bytes, enter: Enter, afterwards: Afterwards = lambda _: None) -> Job:
        """The whole job over one connection, for a technician. What is said `afterwards` is not the job's traffic.

        Whatever fails is part of the answer, but for a connection that does not come about.
        """
        login: Signed | Refusal | None = None
        reading: AttributesRead | Refusal | None = None
        failure: Failure | None = None
        entries: list[Entry] = []
        with self._connection(entries) as connection:
            try:
                entries.append(enter(Password.AUTHENTICATION))
                login = self._log_in(connection, None, entries[-1], challenge, consented=False)
                if isinstance(login, Signed):
                    entries.append(enter(Password.ATTRIBUTES))
                    reading = self._read(connection, entries[-1], consented=False)
            except DriverError as error:
                failure = error.failure
            traffic = connection.traffic
            if isinstance(reading, AttributesRead):
                afterwards(connection)
        return Job(connection.place.reader or "", login, reading, failure, traffic, connection.forms)

    def hold(self, begin: Callable[[Forms], Dialogue[Outcome]]) -> Outcome:
        """A technician's dialogue without passwords, over a connection of its own."""
        with self._connection() as connection:
            return connection.hold(lambda: begin(connection.forms))

    def reread_certificate(self) -> None:
        """Cover the traces in the reader's software. Whatever hinders it is no failure: there is no card to ask."""
        try:
            with self._connection() as connection:
                connection.hold(lambda: dialogue.cover_traces(self._profile, connection.forms))
        except DriverError:
            return

    def close(self) -> None:
        """Stop telling, let go of the card, give the reader back."""
        self._watching.end()
        self._slot.close()
        self._watching.join()

    @contextmanager
    def _connection(self, entries: Sequence[Entry] = ()) -> Iterator[Connection]:
        """However it ends, the card is reset and the entries are used up."""
        try:
            if self._watching.stale:
                raise DriverError(Failure.CARD_NOT_LAID)
            yield Connection(self._slot, self._profile, self._forms.__getitem__, self._hear)
        finally:
            for entry in entries:
                self._guard.discard(entry)  # first: a reader that hangs must not keep digits
            self._slot.disconnect()

    def _log_in(
        self, connection: Connection, known: Certificate | None, entry: Entry, challenge: bytes, consented: bool
    ) -> Signed | Refusal:
        gate = self._gate(connection, entry, Password.AUTHENTICATION, consented)
        outcome = connection.hold(lambda: dialogue.log_in(self._profile, connection.forms, known, gate, challenge))
        if isinstance(outcome, Signed):
            self._logged_in = sha256(outcome.certificate).digest()
        return outcome

    def _read(self, connection: Connection, entry: Entry, consented: bool) -> AttributesRead | Refusal:
        card = self._card_of(connection.place)
        if card is None:
            card = connection.hold(lambda: dialogue.identify(self._profile, connection.forms))
        if self._logged_in not in {None, card.card}:
            raise DriverError(Failure.CARD_WRONG_KIND)
        gate = self._gate(connection, entry, Password.ATTRIBUTES, consented)
        return connection.hold(lambda: dialogue.read_attributes(self._profile, connection.forms, card, gate))

    def _gate(self, connection: Connection, entry: Entry, password: Password, consented: bool) -> Gate:
        if entry.password is not password:
            raise DriverError(Failure.INTERNAL)
        application = self._profile.application_of(password)
        looked_at = self._known[1].card if self._known is not None else None

        def gate(certificate: Certificate) -> Dialogue[Refusal | None]:
            if looked_at not in {None, certificate.card}:  # changed since: these digits were confirmed for another card
                raise DriverError(Failure.CARD_PULLED)
            if certificate.expired(self._clock()):
                raise DriverError(Failure.CERTIFICATE_EXPIRED)
            self._known = connection.place, certificate
            connection.admit(certificate.scheme)
            return self._guard.verify(entry, application, connection.forms, certificate.card, consented=consented)

        return gate

    def _card_of(self, place: Sighting) -> Certificate | None:
        return self._known[1] if self._known is not None and self._known[0] == place else None
