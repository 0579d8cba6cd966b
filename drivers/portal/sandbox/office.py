"""The portal itself, without HTTP: what each request of the contract does, one at a time.

Raises `RefusedError` for every no. What was handed in is in the ledger, who has registered on the shelf; the rest
(sessions, and who has guessed or mailed how often) is in memory and gone with the process.
"""

import base64
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Condition, RLock

from drivers.portal import wire
from drivers.portal.sandbox.ledger import Handed, Ledger
from drivers.portal.sandbox.logins import IDLE, Logins, Session
from drivers.portal.sandbox.mails import Post
from drivers.portal.sandbox.opening import Opening
from drivers.portal.sandbox.page import PREFIX, Link
from drivers.portal.sandbox.refusals import RefusedError
from drivers.portal.sandbox.registrations import Registrations
from drivers.portal.sandbox.rules import TERMS_VERSION, Rules, files_are_right, sample_terms
from drivers.portal.sandbox.shelf import Registration, Shelf
from drivers.portal.sandbox.trust import Trust
from drivers.portal.wire import Refusal
from kiosk.ports import Enclosure


class Office:
    """`page_url` is where the mails' links lead. Hold `lock` during a call."""

    def __init__(
        self, rules: Rules, ledger: Ledger, shelf: Shelf, post: Post, page_url: str, now: Callable[[], datetime]
    ) -> None:
        self.lock = RLock()
        self._news = Condition(self.lock)
        self._closed = False
        self.gives_number = True
        self.opening = Opening()
        self.now = now
        self._ledger = ledger
        self.logins = Logins(Trust(rules.ca_certificate, rules.revocations, now), now)
        self.registrations = Registrations(now, self._send_link, shelf)
        self._rules = rules
        self.limits = rules.limits
        self._post = post
        self._page_url = page_url

    def terms(self) -> wire.TermsAnswer:
        """The sample documents, and the limits."""
        return sample_terms(self.limits)

    def register(self, request: wire.RegistrationRequest, terminal: str) -> wire.RegistrationAnswer:
        """A new registration; its mail is under way."""
        if request.terms_version != TERMS_VERSION:
            raise RefusedError(Refusal.TERMS_OUTDATED)
        registration = self.registrations.begin(terminal, request.address)
        return wire.RegistrationAnswer(registration.handle, registration.deadline)

    def wait_for_news(self, handle: str, seconds: float) -> None:
        """Give the lock away until the button was pressed, the time or the registration is over, or nobody is served
        any more.
        """
        left = (self.registrations.by_handle(handle).deadline - self.now()) / timedelta(seconds=1)
        self._news.wait_for(lambda: self._closed or self.registrations.by_handle(handle).confirmed, min(seconds, left))

    def close(self) -> None:
        """Whoever waits for news is sent home."""
        with self.lock:
            self._closed = True
            self._news.notify_all()

    def state(self, registration: Registration) -> wire.RegistrationState:
        """Pressed or not."""
        return wire.RegistrationState(registration.confirmed, registration.deadline)

    def send_again(self, registration: Registration) -> wire.MailAnswer:
        """One more mail."""
        self.registrations.send_again(registration)
        return wire.MailAnswer(registration.deadline)

    def correct_address(self, registration: Registration, request: wire.AddressRequest) -> wire.MailAnswer:
        """One more mail, to another address."""
        self.registrations.correct(registration, request.address)
        return wire.MailAnswer(registration.deadline)

    def resume(self, request: wire.ResumptionRequest, terminal: str) -> wire.ResumptionAnswer:
        """Back with the code."""
        found = self.registrations.resume(terminal, request.code)
        return wire.ResumptionAnswer(found.handle, found.address, found.deadline)

    def challenge(self, registration: Registration) -> wire.ChallengeAnswer:
        """A nonce."""
        return wire.ChallengeAnswer(base64.b64encode(self.logins.challenge(registration)).decode())

    def log_in(self, registration: Registration, request: wire.LoginRequest) -> wire.SessionAnswer:
        """A session, if certificate and signature are in order."""
        try:
            certificate = base64.b64decode(request.certificate, validate=True)
            signature = base64.b64decode(request.signature, validate=True)
        except ValueError:
            raise RefusedError(Refusal.REQUEST_INVALID) from None
        session = self.logins.log_in(registration, certificate, signature)
        return wire.SessionAnswer(session.token, int(IDLE.total_seconds()), self._rules.fields)

    def bind_attributes(self, session: Session, request: wire.AttributesRequest) -> None:
        """Once a login; the same again changes nothing."""
        if session.attributes not in {None, request}:
            raise RefusedError(Refusal.ATTRIBUTES_FIXED)
        session.attributes = request

    def check_numbers(self, request: wire.NumbersRequest) -> None:
        """Known together, or refused."""
        refusal = self._rules.refusal_of_numbers(request.contract or "", request.receipt)
        if refusal is not None:
            raise RefusedError(refusal)

    def submit(
        self, session: Session, key: str, form: wire.FormPart, files: tuple[Enclosure, ...]
    ) -> wire.SubmissionAnswer:
        """Everything is judged anew, then written down once; the mail goes with it."""
        handed = self._judged(session, form, files)
        row, new = self._ledger.receive(key, handed)
        if new:
            self._post.send_received(handed.address, row.number)
        return wire.SubmissionAnswer(row.number if self.gives_number else None)

    def settle(self, request: wire.SettlementRequest) -> wire.SettlementAnswer:
        """Received, or void from now on."""
        number = self._ledger.settle(request.key)
        return wire.SettlementAnswer(number is not None, number if self.gives_number else None)

    def look(self, token: str) -> Link:
        """What the link's page shows; changes nothing."""
        with self.lock:
            found = self.registrations.by_token(token)
            return Link() if found is None else Link(found.deadline, found.confirmed, found.code)

    def forget_registrations(self) -> None:
        """Nobody has registered; who waits is told."""
        with self.lock:
            self.registrations.forget_all()
            self._news.notify_all()

    def confirm(self, token: str) -> Link:
        """The button of the link's page."""
        with self.lock:
            found = self.registrations.by_token(token)
            if found is not None:
                self.registrations.confirm(found)
                self._news.notify_all()
            return self.look(token)

    def send_late_mails(self) -> None:
        """What the mail server would not take before."""
        self._post.send_late()

    def _send_link(self, address: str, token: str) -> None:
        try:
            self._post.send_confirmation(address, f"{self._page_url}{PREFIX}{token}")
        except OSError:
            raise RefusedError(Refusal.BUSY) from None

    def _judged(self, session: Session, form: wire.FormPart, files: tuple[Enclosure, ...]) -> Handed:
        self.check_numbers(wire.NumbersRequest(form.contract, form.receipt))
        if not self._rules.fields_are_right(form.fields):
            raise RefusedError(Refusal.FIELD_REFUSED)
        if session.attributes is None or not files_are_right([(f.media_type, f.content) for f in files], self.limits):
            raise RefusedError(Refusal.SUBMISSION_REFUSED)
        return Handed(
            form.contract or "",
            form.receipt,
            tuple(sorted(form.fields.items())),
            files,
            session.registration.address,
            session.attributes,
            session.serial,
        )
