"""How the sandbox says no: one exception for its own use, and the status of each of the contract's refusals."""

from drivers.portal.wire import Refusal

STATUS: dict[Refusal, int] = {
    Refusal.MAINTENANCE: 503,
    Refusal.BUSY: 429,
    Refusal.REQUEST_INVALID: 400,
    Refusal.TERMS_OUTDATED: 409,
    Refusal.ADDRESS_REFUSED: 422,
    Refusal.MAILS_EXHAUSTED: 429,
    Refusal.REGISTRATION_UNKNOWN: 404,
    Refusal.MAIL_NOT_CONFIRMED: 403,
    Refusal.LINK_EXPIRED: 410,
    Refusal.CODE_UNKNOWN: 404,
    Refusal.CHALLENGE_SPENT: 409,
    Refusal.LOGIN_REFUSED: 403,
    Refusal.SESSION_EXPIRED: 401,
    Refusal.ATTRIBUTES_FIXED: 409,
    Refusal.CONTRACT_UNKNOWN: 422,
    Refusal.RECEIPT_UNKNOWN: 422,
    Refusal.FIELD_REFUSED: 422,
    Refusal.SUBMISSION_REFUSED: 422,
    Refusal.KEY_VOIDED: 409,
}


BUSY_SECONDS = 2


class RefusedError(Exception):
    """The request is refused; nothing of it is kept. Asking again after `retry_after` seconds may help (0: it will not,
    or nobody knows when).
    """

    def __init__(self, refusal: Refusal, retry_after: int = 0) -> None:
        super().__init__(refusal.name)
        self.refusal = refusal
        self.retry_after = retry_after or (BUSY_SECONDS if refusal is Refusal.BUSY else 0)
