"""What travels between terminal and portal, as the contract (`config/portal-api.yaml`) writes it, and its closed list
of refusals.

Every text and every list is bounded: an answer beyond the bounds is malformed, whatever it says. What the portal
answers may hold members that this version does not know (they are ignored); what the terminal sends may not. No value
here shows its contents in a `repr`.
"""

from datetime import datetime
from enum import Enum
from typing import Annotated, TypeVar

import msgspec
from msgspec import Meta, Struct

CONTRACT = "1"
REGISTRATION_HEADER = "Portal-Registration"
SESSION_HEADER = "Portal-Session"
KEY_HEADER = "Idempotency-Key"
JSON = "application/json"
PROBLEM_JSON = "application/problem+json"

Moment = Annotated[datetime, Meta(tz=True)]
Secret = Annotated[str, Meta(min_length=16, max_length=200, pattern="^[!-~]*$(?!\n)")]  # it must fit in a header
Address = Annotated[str, Meta(min_length=3, max_length=254)]
Code = Annotated[str, Meta(pattern="^[0-9A-Z]{8}$")]
Base64 = Annotated[str, Meta(max_length=8_000)]
Version = Annotated[str, Meta(min_length=1, max_length=60)]
Number = Annotated[str, Meta(min_length=1, max_length=60)]


Kind = TypeVar("Kind", bound=Struct)


class Quiet(Struct, frozen=True):
    """Shows its kind in a `repr`, never what it holds."""

    def __repr__(self) -> str:
        return f"{type(self).__name__}(...)"


class Sent(Quiet, frozen=True, forbid_unknown_fields=True):
    """What the terminal sends: nothing beyond the contract."""


class HealthAnswer(Quiet, frozen=True):
    """`maintenance` says that every other request is refused until further notice; `closes` announces the next."""

    contract: Annotated[str, Meta(max_length=20)]
    maintenance: bool
    closes: Moment | None = None
    reopens: Moment | None = None


class DocumentAnswer(Quiet, frozen=True):
    """One document to agree to; paragraphs are parted by an empty line."""

    title: Annotated[str, Meta(min_length=1, max_length=200)]
    body: Annotated[str, Meta(min_length=1, max_length=100_000)]


class LimitsAnswer(Quiet, frozen=True):
    """What one submission may hold."""

    files: Annotated[int, Meta(ge=1, le=50)] = 5
    total_bytes: Annotated[int, Meta(ge=100_000, le=100_000_000)] = 10_000_000
    media_types: Annotated[tuple[Annotated[str, Meta(max_length=100)], ...], Meta(min_length=1, max_length=10)] = (
        "image/jpeg",
    )


class TermsAnswer(Quiet, frozen=True):
    """What a visitor must agree to."""

    version: Version
    documents: Annotated[tuple[DocumentAnswer, ...], Meta(min_length=1, max_length=10)]
    limits: LimitsAnswer


class RegistrationRequest(Sent, frozen=True):
    """A mail address, and which terms were agreed to, when and where."""

    address: Address
    terms_version: Version
    agreed_at: Moment
    made_at: Annotated[str, Meta(pattern="^terminal$")] = "terminal"


class AddressRequest(Sent, frozen=True):
    """Another mail address for the same registration."""

    address: Address


class RegistrationAnswer(Quiet, frozen=True):
    """A mail is on its way; `handle` names the registration in later requests."""

    handle: Secret
    deadline: Moment


class MailAnswer(Quiet, frozen=True):
    """Another mail is on its way; its link dies at `deadline`."""

    deadline: Moment


class RegistrationState(Quiet, frozen=True):
    """Has the button of the link's page been pressed?"""

    confirmed: bool
    deadline: Moment


class ResumptionRequest(Sent, frozen=True):
    """The code that the link's page shows."""

    code: Code


class ResumptionAnswer(Quiet, frozen=True):
    """The registration that the code belongs to."""

    handle: Secret
    address: Address
    deadline: Moment


class ChallengeAnswer(Quiet, frozen=True):
    """16 to 64 random bytes, for one login."""

    challenge: Annotated[str, Meta(min_length=24, max_length=88)]


class LoginRequest(Sent, frozen=True):
    """Certificate (DER) and signature over the challenge, both Base64."""

    certificate: Base64
    signature: Base64


class FieldAnswer(Quiet, frozen=True):
    """A further field of step 4. `pattern` is a regular expression for the whole value, or empty."""

    name: Annotated[str, Meta(pattern="^[a-z][a-z0-9_]{0,39}$")]
    label: Annotated[str, Meta(min_length=1, max_length=40)]
    pattern: Annotated[str, Meta(max_length=200)] = ""
    required: bool = False
    longest: Annotated[int, Meta(ge=1, le=1_000)] = 100


class SessionAnswer(Quiet, frozen=True):
    """The session ends after `idle_seconds` without a request."""

    session: Secret
    idle_seconds: Annotated[int, Meta(ge=60, le=86_400)]
    fields: Annotated[tuple[FieldAnswer, ...], Meta(max_length=10)] = ()


class AttributesRequest(Sent, frozen=True):
    """The four attributes as the card holds them; `birth_date` is YYYYMMDD with zeros for what is unknown."""

    name: Annotated[str, Meta(min_length=1, max_length=200)]
    address: Annotated[str, Meta(max_length=400)]
    birth_date: Annotated[str, Meta(pattern="^[0-9]{8}$")]
    sex: Annotated[str, Meta(pattern="^[0129]$")]


class NumbersRequest(Sent, frozen=True):
    """Both numbers; `contract` is null for an applicant."""

    contract: Annotated[str, Meta(max_length=20)] | None
    receipt: Annotated[str, Meta(max_length=60)]


class FormPart(Sent, frozen=True):
    """The `form` part of a submission; the files follow in parts named `file`."""

    contract: Annotated[str, Meta(max_length=20)] | None
    receipt: Annotated[str, Meta(max_length=60)]
    fields: Annotated[dict[str, Annotated[str, Meta(max_length=1_000)]], Meta(max_length=10)] = {}


class SubmissionAnswer(Quiet, frozen=True):
    """Received. The 申込番号 stands here only where the portal tells it at once."""

    number: Number | None = None


class SettlementRequest(Sent, frozen=True):
    """The key whose fate is asked for."""

    key: Annotated[str, Meta(min_length=16, max_length=64)]


class SettlementAnswer(Quiet, frozen=True):
    """The final fate of a key; not received means void from now on."""

    received: bool
    number: Number | None = None


PROBLEM_URI = "urn:kyosai-terminal:problem:"


class Refusal(Enum):
    """Every problem type of the contract. To a submission each of them says: nothing was kept."""

    MAINTENANCE = "maintenance"
    BUSY = "busy"
    REQUEST_INVALID = "request-invalid"
    TERMS_OUTDATED = "terms-outdated"
    ADDRESS_REFUSED = "address-refused"
    MAILS_EXHAUSTED = "mails-exhausted"
    REGISTRATION_UNKNOWN = "registration-unknown"
    MAIL_NOT_CONFIRMED = "mail-not-confirmed"
    LINK_EXPIRED = "link-expired"
    CODE_UNKNOWN = "code-unknown"
    CHALLENGE_SPENT = "challenge-spent"
    LOGIN_REFUSED = "login-refused"
    SESSION_EXPIRED = "session-expired"
    ATTRIBUTES_FIXED = "attributes-fixed"
    CONTRACT_UNKNOWN = "contract-unknown"
    RECEIPT_UNKNOWN = "receipt-unknown"
    FIELD_REFUSED = "field-refused"
    SUBMISSION_REFUSED = "submission-refused"
    KEY_VOIDED = "key-voided"

    @property
    def uri(self) -> str:
        """The problem's `type` (RFC 9457, section 3.1.1)."""
        return PROBLEM_URI + self.value


class Problem(Quiet, frozen=True):
    """A refusal as it travels (RFC 9457)."""

    type: Annotated[str, Meta(max_length=200)]
    title: Annotated[str, Meta(max_length=200)] = ""
    status: Annotated[int, Meta(ge=100, le=599)] | None = None

    @property
    def refusal(self) -> Refusal | None:
        """Which of the contract's refusals this is."""
        return next((refusal for refusal in Refusal if refusal.uri == self.type), None)


def encode(value: Struct) -> bytes:
    """As JSON."""
    return msgspec.json.encode(value)


def decode(content: bytes, kind: type[Kind]) -> Kind | None:
    """From JSON; None where it is not what the contract says."""
    try:
        return msgspec.json.decode(content, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
