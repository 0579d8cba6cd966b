"""What may be the matter with the thing that a visitor lays on the reader.

By itself, because hands in another process name it, too, and must not carry the sample people.
"""

from enum import Enum, auto


class CardCase(Enum):
    """Which thing it is, and in which state."""

    FINE = auto()
    EXPIRED = auto()
    REVOKED = auto()
    WITHOUT_CERTIFICATE = auto()
    LAST_TRY = auto()  # of the first password
    LOCKED = auto()  # the first password
    ATTRIBUTES_LOCKED = auto()
    WITHOUT_PASSWORDS = auto()
    RESIDENT = auto()  # the older card
    PHONE = auto()
    PASSPORT = auto()
