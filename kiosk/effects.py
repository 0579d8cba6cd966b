"""What a state wants done: the closed union of effects that `step` answers with.

Effects are imperatives and one-shot. What stands as long as a state stands (lamps, live view, timers, the picture on
the glass) is no effect but a projection of the state. Effects with a ticket are requests: a worker does them and
answers `Answered(ticket, result)`. Effects without one are done at once on the UI thread.

Long-lived secrets of the dialogue with the portal (registration handle, session, idempotency key) stay with the
portal's driver, the pixels with the documents worker, the digits in the vault: the state only says what to do with
them.
"""

from dataclasses import dataclass, field

from kiosk.visit import Attributes, Box, Ending, Entry, Framed, Ticket

# --- at once, on the UI thread --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class StoreDigit:
    """Put a digit at `position` (0 to 3) of the vault's buffer for `entry`."""

    entry: Entry
    position: int
    digit: int = field(repr=False)


@dataclass(frozen=True, slots=True)
class EraseDigit:
    """Wipe the digit at `position` of the vault's buffer."""

    entry: Entry
    position: int


@dataclass(frozen=True, slots=True)
class ClearEntry:
    """Wipe the vault's buffer for `entry`."""

    entry: Entry


@dataclass(frozen=True, slots=True)
class DiscardPage:
    """Forget the pixels of a page."""

    number: int


@dataclass(frozen=True, slots=True)
class EndVisit:
    """This visit is over; nothing of it stays."""

    ending: Ending


# --- the card -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class InspectCard:
    """Kind of card, certificate's dates, both counters; consumes nothing."""

    ticket: Ticket


@dataclass(frozen=True, slots=True)
class Authenticate:
    """One VERIFY with the vault's digits of `entry`, never repeated; then sign the challenge, read the certificate."""

    ticket: Ticket
    entry: Entry
    challenge: bytes = field(repr=False)
    last_try_consented: bool = False


@dataclass(frozen=True, slots=True)
class ReadAttributes:
    """One VERIFY with the vault's digits of `entry` (never repeated), then read the four attributes."""

    ticket: Ticket
    entry: Entry
    last_try_consented: bool = False


@dataclass(frozen=True, slots=True)
class RereadCertificate:
    """Read the public certificate over the personal answers that the reader's software still buffers."""

    ticket: Ticket


# --- the camera and the papers --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Photograph:
    """Take a still, find the page, straighten and judge it, keep it under `number`."""

    ticket: Ticket
    number: int


@dataclass(frozen=True, slots=True)
class Straighten:
    """Make page `number` anew from its still, with the corners that the visitor has set."""

    ticket: Ticket
    framed: Framed


@dataclass(frozen=True, slots=True)
class TurnPage:
    """A quarter clockwise."""

    ticket: Ticket
    number: int


@dataclass(frozen=True, slots=True)
class ReadPage:
    """Look through a page for My Numbers, beside everything else."""

    ticket: Ticket
    number: int


@dataclass(frozen=True, slots=True)
class ReadNumbers:
    """Read 共済契約者番号 and 受付番号 from the letter that lies on the tray; nothing of it is kept."""

    ticket: Ticket


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page as it is to be packed: what is covered, and whether it goes into the same file as the one before."""

    number: int
    covers: tuple[Box, ...] = ()
    joins: bool = False


@dataclass(frozen=True, slots=True)
class Pack:
    """Encode these pages, in this order, within the limits together."""

    ticket: Ticket
    leaves: tuple[Leaf, ...]
    total_bytes: int
    pdf: bool = False  # several pages may be one file


# --- the portal -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FetchTerms:
    """Documents to agree to, and limits."""

    ticket: Ticket


@dataclass(frozen=True, slots=True)
class Register:
    """Register a mail address under the agreed version of the terms; the portal sends the mail."""

    ticket: Ticket
    terms_version: str
    address: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class SendMailAgain:
    """Send the mail of this registration again."""

    ticket: Ticket


@dataclass(frozen=True, slots=True)
class CorrectAddress:
    """Change the address of this registration; the portal sends a mail to the new one."""

    ticket: Ticket
    address: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class AskRegistration:
    """Has the link's button been pressed?"""

    ticket: Ticket


@dataclass(frozen=True, slots=True)
class Resume:
    """Take up an earlier registration by the code that the link's page shows."""

    ticket: Ticket
    code: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class RequestChallenge:
    """Ask the portal for a nonce."""

    ticket: Ticket


@dataclass(frozen=True, slots=True)
class LogIn:
    """Answer the challenge."""

    ticket: Ticket
    certificate: bytes = field(repr=False)
    signature: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class SendAttributes:
    """Tell the portal the four attributes that the visitor has confirmed."""

    ticket: Ticket
    attributes: Attributes


@dataclass(frozen=True, slots=True)
class CheckNumbers:
    """Ask the portal whether it knows these numbers. `contract` is empty for an applicant."""

    ticket: Ticket
    contract: str = field(repr=False)
    receipt: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Submit:
    """Hand in everything, once, under a fresh key that is written down first."""

    ticket: Ticket
    numbers: tuple[int, ...]
    contract: str = field(repr=False)
    receipt: str = field(repr=False)
    fields: tuple[tuple[str, str], ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Settle:
    """Ask for the final fate of the last submission's key."""

    ticket: Ticket


# --- the end --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Wipe:
    """Close the portal's session, forget all pages, wipe the vault."""

    ticket: Ticket


Request = (
    InspectCard
    | Authenticate
    | ReadAttributes
    | RereadCertificate
    | Photograph
    | Straighten
    | TurnPage
    | ReadPage
    | ReadNumbers
    | Pack
    | FetchTerms
    | Register
    | SendMailAgain
    | CorrectAddress
    | AskRegistration
    | Resume
    | RequestChallenge
    | LogIn
    | SendAttributes
    | CheckNumbers
    | Submit
    | Settle
    | Wipe
)

Effect = StoreDigit | EraseDigit | ClearEntry | DiscardPage | EndVisit | Request
