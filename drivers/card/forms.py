"""Which forms of commands a reader and the cards on it take: short file identifiers, extended length.

Neither can be asked for; both show in the answers to questions that cost nothing. A short identifier is tried until an
answer shows that it is not taken; what is then done instead is a selection. Extended length is another matter: a reader
that does not take it may lose the card over it, and with the card what a password had opened. So it is tried for the
first time only where no password has been sent, and used behind a password only where it has been seen to work.

What was seen lasts as long as the visit. A card that slips looks like a reader that cannot, and a terminal that
remembered that for ever would grow slower with the years; to see it anew costs a lesser reader one connection a visit.
"""

from dataclasses import dataclass

from kiosk.failures import Failure

LOST_OVER_A_FORM = frozenset({Failure.CARD_PULLED, Failure.CARD_UNREADABLE, Failure.CARD_SLOW})
"""What a reader may say where it is in truth the extended form that it does not take."""


@dataclass(slots=True)
class Forms:
    """What is known of one reader; the dialogues write down here what the answers show. Nothing about cards."""

    short_identifiers: bool = True  # until an answer shows otherwise: trying costs one question
    extended: bool | None = None  # None: nobody knows
