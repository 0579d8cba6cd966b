"""One connection to the card that lies there: powered up, talked to, reset.

A reader that does not take extended length may lose the card over it. The dialogue is then held once more, over a new
connection and in the short form, on three conditions: nobody knew better, no password has gone over the old
connection, and the same card lies there still as it was laid. So a password is never between the two.
"""

from collections.abc import Callable
from typing import TypeVar

from drivers.card.exchange import Dialogue, converse
from drivers.card.forms import LOST_OVER_A_FORM, Forms
from drivers.card.profile import Profile, Scheme
from drivers.card.slot import Slot
from drivers.card.trace import Exchanged, Traffic
from drivers.card.tripwire import Tripwire
from kiosk.failures import DriverError, Failure

Outcome = TypeVar("Outcome")


class Connection:
    """Connects when it is made; whoever makes it disconnects the slot. `forms` gives what is known of a reader."""

    def __init__(
        self,
        slot: Slot,
        profile: Profile,
        forms: Callable[[str], Forms],
        hear: Callable[[Exchanged], None],
    ) -> None:
        self._slot = slot
        self._profile = profile
        self._tell = hear
        self._heard: list[Exchanged] = []
        self.place = slot.connect()
        self.forms = forms(self.place.reader or "")
        self._wire = Tripwire(slot, profile, self._hear)

    @property
    def traffic(self) -> Traffic:
        """All that went over it until now."""
        return Traffic.of(self._heard)

    def admit(self, scheme: Scheme) -> None:
        """The card's key may sign what this algorithm signs."""
        self._wire.admit(scheme)

    def hold(self, dialogue: Callable[[], Dialogue[Outcome]]) -> Outcome:
        """Hold a dialogue; `dialogue` begins it, and may be asked to begin it a second time."""
        try:
            return converse(dialogue(), self._wire.send)
        except DriverError as error:
            if not self._lost_over_length(error):
                raise
            self._connect_again(error)
        return converse(dialogue(), self._wire.send)

    def _lost_over_length(self, error: DriverError) -> bool:
        if self.forms.extended is not None or error.failure not in LOST_OVER_A_FORM or not self._heard:
            return False
        last = self._heard[-1]
        return last.status is None and last.extended and not any(said.with_password for said in self._heard)

    def _connect_again(self, lost: DriverError) -> None:
        """What failed first is what is told where the card has gone meanwhile."""
        self._slot.disconnect()
        try:
            place = self._slot.connect()
        except DriverError as error:
            raise (lost if error.failure is Failure.CARD_NOT_LAID else error) from None
        if place != self.place:
            raise lost
        self.forms.extended = False
        self._wire = Tripwire(self._slot, self._profile, self._hear)

    def _hear(self, exchanged: Exchanged) -> None:
        self._heard.append(exchanged)
        self._tell(exchanged)
