"""What has become of a visit whose process is lost: what its visitor, or whoever comes next, may be told."""

from kiosk.states import (
    Attract,
    Done,
    Ended,
    Farewell,
    FateOpen,
    OutOfService,
    Settling,
    State,
    Submitting,
    Wiping,
)
from kiosk.visit import Ending


def lost(state: State) -> Ending | None:
    """How the visit has ended if it is lost here.

    Before its first touch nobody's visit is: what the attract screen tells of the one before stays to be told. Nothing
    has been submitted before the submission is on its way, and only then may it be said that nothing was; what is
    decided already stays so.
    """
    match state.stage:
        case Attract(last=last) | OutOfService(last=last):
            return last
        case Submitting() | Settling() | FateOpen():
            return Ending.FATE_UNKNOWN
        case Done():
            return Ending.COMPLETED
        case Wiping(ending=ending) | Farewell(ending=ending) | Ended(ending=ending):
            return ending
        case _:
            return Ending.BROKEN_OFF
