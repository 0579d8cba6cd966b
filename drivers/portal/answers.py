"""What an answer of the portal's means.

It is one of three: what the contract says for success; a problem document of the contract's closed list (its failure);
or something else, which is PORTAL_MALFORMED, or PORTAL_UNREACHABLE where a server before the portal says that the
portal is not there (5xx).
"""

from drivers.portal import wire
from drivers.portal.transport import Answer
from kiosk.failures import Failure

FAILURES: dict[wire.Refusal, Failure] = {
    wire.Refusal.MAINTENANCE: Failure.PORTAL_MAINTENANCE,
    wire.Refusal.BUSY: Failure.PORTAL_BUSY,
    wire.Refusal.REQUEST_INVALID: Failure.PORTAL_MALFORMED,
    wire.Refusal.TERMS_OUTDATED: Failure.SESSION_EXPIRED,
    wire.Refusal.ADDRESS_REFUSED: Failure.ADDRESS_REFUSED,
    wire.Refusal.MAILS_EXHAUSTED: Failure.MAILS_EXHAUSTED,
    wire.Refusal.REGISTRATION_UNKNOWN: Failure.SESSION_EXPIRED,
    wire.Refusal.MAIL_NOT_CONFIRMED: Failure.MAIL_NOT_CONFIRMED,
    wire.Refusal.LINK_EXPIRED: Failure.LINK_EXPIRED,
    wire.Refusal.CODE_UNKNOWN: Failure.CODE_UNKNOWN,
    wire.Refusal.CHALLENGE_SPENT: Failure.SESSION_EXPIRED,
    wire.Refusal.LOGIN_REFUSED: Failure.LOGIN_REFUSED,
    wire.Refusal.SESSION_EXPIRED: Failure.SESSION_EXPIRED,
    wire.Refusal.ATTRIBUTES_FIXED: Failure.LOGIN_REFUSED,
    wire.Refusal.CONTRACT_UNKNOWN: Failure.CONTRACT_UNKNOWN,
    wire.Refusal.RECEIPT_UNKNOWN: Failure.RECEIPT_UNKNOWN,
    wire.Refusal.FIELD_REFUSED: Failure.FIELD_REFUSED,
    wire.Refusal.SUBMISSION_REFUSED: Failure.SUBMISSION_REFUSED,
    wire.Refusal.KEY_VOIDED: Failure.SUBMISSION_NOT_RECEIVED,
}


def content(answer: Answer, kind: type[wire.Kind]) -> wire.Kind | None:
    """What a success says; None where it is none."""
    if answer.status not in {200, 201} or answer.media_type != wire.JSON:
        return None
    return wire.decode(answer.content, kind)


def refusal(answer: Answer) -> wire.Refusal | None:
    """The contract's refusal, where the answer is one."""
    if answer.status < 400 or answer.media_type != wire.PROBLEM_JSON:
        return None
    problem = wire.decode(answer.content, wire.Problem)
    return None if problem is None else problem.refusal


def failure(answer: Answer) -> Failure:
    """The failure that an answer is, which is no success."""
    refused = refusal(answer)
    if refused is not None:
        return FAILURES[refused]
    return Failure.PORTAL_UNREACHABLE if answer.status >= 500 else Failure.PORTAL_MALFORMED
