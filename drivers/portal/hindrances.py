"""What may be wrong on the way to the portal, and what a technician does about it."""

from enum import Enum

from kiosk.failures import Failure


class Hindrance(Enum):
    """`failure` is what a visit ends in because of it; None: a visit goes on, but somebody should act. Advice names the
    setting or the thing to look at.
    """

    OURS_ENDED = (
        Failure.PORTAL_UNTRUSTED,
        "this terminal's certificate has ended: put a new one at portal.certificate_file, its key at portal.key_file",
    )
    OURS_ENDS_SOON = (None, "ask the operator for this terminal's next certificate (portal.certificate_file) now")
    NOT_BEGUN = (Failure.PORTAL_UNTRUSTED, "this certificate is not valid yet: look at the terminal's clock first")
    NAME_UNKNOWN = (
        Failure.PORTAL_UNREACHABLE,
        "no address for this name: look at portal.url, at the cable or Wi-Fi, and at the network's name server",
    )
    NOBODY_ANSWERS = (
        Failure.PORTAL_UNREACHABLE,
        "nothing comes back: is there a way to the internet, and does the hall's firewall let this port out?",
    )
    REFUSED = (
        Failure.PORTAL_UNREACHABLE,
        "the machine at that address does not take the call: look at the port in portal.url and at the hall's firewall",
    )
    STRANGER = (
        Failure.PORTAL_UNTRUSTED,
        "not the portal of portal.ca_file answers: a network with a login page, a firewall that opens TLS",
    )
    NO_TLS = (
        Failure.PORTAL_UNTRUSTED,
        "whoever answers speaks no TLS 1.2, or hangs up: a network with a login page, or a wrong port in portal.url",
    )
    THEIRS_ENDED = (Failure.PORTAL_UNTRUSTED, "the portal's certificate has ended: tell the operator")
    THEIRS_ENDS_SOON = (None, "the portal's certificate ends soon: tell the operator")
    TURNED_AWAY = (
        Failure.PORTAL_UNTRUSTED,
        "the portal does not take this terminal's certificate: is portal.certificate_file the operator's? revoked?",
    )
    HUNG_UP = (
        Failure.PORTAL_UNREACHABLE,
        "the portal hangs up: if that stays so, ask the operator whether it knows this terminal's certificate",
    )
    SILENT = (Failure.PORTAL_SLOW, "the portal takes the call and says nothing in time: a bad line, or its own fault")
    NO_PORTAL = (
        Failure.PORTAL_MALFORMED,
        "what answers does not speak the contract: look at the path in portal.url, and tell the operator",
    )
    OTHER_CONTRACT = (
        Failure.PORTAL_MALFORMED,
        "portal and terminal speak different versions of the contract: one of them wants an update",
    )
    UNDATED = (
        None,
        "the portal dates no answer, or lets it be kept on the way, so the clock cannot be compared: tell the operator",
    )
    CLOCK_OFF = (None, "the terminal's clock is off by some seconds: is its time server reached (timedatectl)?")
    CLOCK_WRONG = (
        Failure.CLOCK_UNTRUSTED,
        "the terminal's clock is wrong, so nobody is served: look at its time server (timedatectl) and its battery",
    )
    CLOSED = (Failure.PORTAL_MAINTENANCE, "the portal is closed for maintenance: nothing to do here")
    NO_PICTURES = (Failure.PORTAL_MALFORMED, "the portal takes no JPEG pictures, and this terminal makes them")

    def __init__(self, failure: Failure | None, advice: str) -> None:
        self.failure = failure
        self.advice = advice
