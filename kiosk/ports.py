"""What the terminal needs from the world, as protocols. Drivers meet them without importing one another or the shell.

All calls block and run on one worker thread per device; they return a value or raise `DriverError`. A driver bounds
its own waits. The callbacks that a driver is given may be called from any thread and only put into the inbox.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Protocol

import numpy as np
import numpy.typing as npt

from kiosk.documents.pixels import Grey
from kiosk.documents.words import Letters, Word
from kiosk.events import (
    AttributesRead,
    CameraBack,
    CameraLost,
    CardInspected,
    CardLaid,
    CardTaken,
    ChallengeGot,
    Event,
    LoggedIn,
    PasswordRefused,
    ReaderBack,
    ReaderLost,
    Registered,
    RegistrationSeen,
    Resumed,
    SameDigitsAgain,
    Settled,
    Signed,
    Submitted,
)
from kiosk.views import Scene
from kiosk.visit import Attributes, Entry, PortalHealth, Preferences, Terms

Frame = npt.NDArray[np.uint8]
"""Pixels, shape (height, width, 3), RGB."""

CardEvent = CardLaid | CardTaken | ReaderLost | ReaderBack
CameraEvent = CameraLost | CameraBack


class CardReader(Protocol):
    """The card on the reader. One object a visit; holds the guard and the vault's other end."""

    def watch(self, tell: Callable[[CardEvent], None]) -> None:
        """Begin to tell about cards and reader; a card that lies there already is told as `CardLaid(stale=True)`."""

    def inspect(self) -> CardInspected: ...

    def authenticate(
        self, entry: Entry, challenge: bytes, last_try_consented: bool
    ) -> Signed | PasswordRefused | SameDigitsAgain: ...

    def read_attributes(
        self, entry: Entry, last_try_consented: bool
    ) -> AttributesRead | PasswordRefused | SameDigitsAgain: ...

    def reread_certificate(self) -> None:
        """Overwrite what lower layers buffered with public bytes; no card is no failure."""

    def close(self) -> None: ...


class PasswordVault(Protocol):
    """Where digits live. Called on the UI thread only, apart from the reader that takes them."""

    def store(self, entry: Entry, position: int, digit: int) -> None: ...

    def erase(self, entry: Entry, position: int) -> None: ...

    def clear(self, entry: Entry) -> None: ...

    def wipe(self) -> None: ...


class Camera(Protocol):
    """A camera that looks down on the tray. `open` and `close` bound the time in which it looks; who is done with it
    leaves it.
    """

    def watch(self, tell: Callable[[CameraEvent], None]) -> None: ...

    def open(self) -> None: ...

    def close(self) -> None: ...

    def preview(self) -> Frame:
        """The newest small frame (about 1 MP), waiting for a new one at most a second."""

    def still(self) -> Frame:
        """A full frame (about 12 MP)."""

    def leave(self) -> None:
        """Look no longer, and tell nothing any more."""


class Recognizer(Protocol):
    """Reads print. Nothing of a picture is ever written to disk for it."""

    @property
    def lacking(self) -> str | None:
        """What to do where it cannot read, in one sentence for the technician; None where it can."""

    def read(self, picture: Grey, letters: Letters) -> tuple[Word, ...] | None:
        """The words of a picture, line by line; None where it cannot be read at all, or not in bounded time.

        From any thread. Never raises: what reading would have offered is then not offered.
        """


@dataclass(frozen=True, slots=True)
class Enclosure:
    """One file of a submission."""

    name: str
    media_type: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Submission:
    """All that is handed in, in one request."""

    contract: str = field(repr=False)
    receipt: str = field(repr=False)
    fields: tuple[tuple[str, str], ...] = field(repr=False)
    enclosures: tuple[Enclosure, ...]


MOST_CLOCK_SKEW = 300.0
"""Seconds between the portal's clock and ours, beyond which ours is not trusted: dates of certificates and the hour's
refusals hang on it.
"""

CERTIFICATE_NOTICE_DAYS = 30
"""So long before a certificate ends somebody is told."""


class Portal(Protocol):
    """The operator's portal, as one visit talks to it. Registration handle and session stay inside."""

    def health(self) -> PortalHealth: ...

    def terms(self) -> Terms: ...

    def register(self, address: str, terms_version: str) -> Registered: ...

    def send_mail_again(self) -> Registered: ...

    def correct_address(self, address: str) -> Registered: ...

    def registration(self, wait: int) -> RegistrationSeen:
        """Answers as soon as the mail is confirmed, at the latest after `wait` seconds. On a thread of its own, so that
        the mail can be sent again meanwhile.
        """

    def hang_up(self) -> None:
        """Nobody waits for `registration` any more. From any thread; never raises."""

    def resume(self, code: str) -> Resumed: ...

    def challenge(self) -> ChallengeGot: ...

    def log_in(self, certificate: bytes, signature: bytes) -> LoggedIn: ...

    def send_attributes(self, attributes: Attributes) -> None: ...

    def check_numbers(self, contract: str, receipt: str) -> None: ...

    def keep_alive(self) -> float | None:
        """Keep the session from ending, where that is due. Never raises; seconds until the next time (None: never)."""

    @property
    def clock_skew(self) -> float | None:
        """The portal's clock minus the terminal's in seconds, as of the last answer; None before any."""

    @property
    def identity_ends(self) -> datetime | None:
        """When this terminal's certificate ends; None where it has none."""

    def submit(self, submission: Submission, key: str, progress: Callable[[int, int], None]) -> Submitted:
        """Raises SUBMISSION_UNCERTAIN when bytes have left and no answer came; then `settle` decides."""

    def settle(self, key: str) -> Settled:
        """The final fate of a key; needs the terminal's identity only. Unreachable is raised, never answered."""

    def close(self) -> None:
        """End the session, if there is one. Never raises."""


class Switch(Enum):
    """The contacts of the front panel, by their names in the configuration."""

    PRESENCE = "presence"  # closed while somebody stands before the terminal
    TAMPER = "tamper"  # closed while the housing is closed, so that a cut wire says "open" too
    SERVICE_KEY = "service_key"  # closed while the staff's key is turned


class Panel(Protocol):
    """Lamps and switches around the glass. Called on the glass's thread, so no call waits.

    Opened by the first call that needs it. Raises DriverError(PANEL_LOST); the next call tries to open it again.
    """

    def show(self, reader: bool, tray: bool, call: bool) -> None:
        """Light exactly these: all of them are written."""

    def buzz(self, seconds: float) -> None:
        """Sound from now on for so long; a newer call counts instead."""

    def watch(self, tell: Callable[[Switch, bool], None]) -> None:
        """Begin to tell about the switches that are fitted: how each stands (True: closed), then every change."""

    def close(self) -> None:
        """All dark, nothing told any more. Never raises."""


class Inbox(Protocol):
    """Where everything that happens is put, from any thread."""

    def put(self, event: object) -> None: ...


class Pictures(Protocol):
    """Pixels for the glass that bypass `step`: the newest preview frame, pages by number, and the still in which a page
    was found, as long as its corners may be set.
    """

    def frame(self) -> Frame | None: ...

    def page(self, number: int) -> Frame | None: ...

    def thumbnail(self, number: int) -> Frame | None:
        """The same page, made small by whoever took it."""

    def still(self, number: int) -> Frame | None: ...

    def numbers(self) -> Sequence[int]: ...


@dataclass(frozen=True, slots=True)
class KeyPressed:
    """A key of a desktop keyboard that means nothing to the visit; it may play a simulated hand."""

    name: str


@dataclass(frozen=True, slots=True)
class Closed:
    """The window was closed, or the process was asked to end."""


class Glass(Protocol):
    """The window: shows a scene, returns what was touched. UI thread only, apart from `wake`."""

    def show(self, scene: Scene, preferences: Preferences, seconds_left: int | None) -> None:
        """Paint the whole picture; `seconds_left` is counted down where the view asks a question."""

    def wait(self, seconds: float | None) -> Sequence[Event | KeyPressed | Closed]:
        """Block until something was touched, `wake` was called or `seconds` have passed."""

    def wake(self) -> None:
        """End `wait` from any thread."""

    def close(self) -> None: ...
