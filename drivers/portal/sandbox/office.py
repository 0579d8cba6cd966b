"""The portal itself, without HTTP: what each request of the contract does, one at a time.

Raises `RefusedError` for every no. Everything is in memory and gone with the process.
"""

import base64
from collections.abc import Callable
from datetime import datetime
from threading import Condition, RLock

from drivers.portal import wire
from drivers.portal.sandbox.ledger import Handed, Ledger
from drivers.portal.sandbox.logins import IDLE, Logins, Session
from drivers.portal.sandbox.mails import Post
from drivers.portal.sandbox.page import PREFIX, Link
from drivers.portal.sandbox.refusals import RefusedError
from drivers.portal.sandbox.registrations import Registration, Registrations
from drivers.portal.sandbox.rules import TERMS_VERSION, Rules, sample_terms
from drivers.portal.wire import Refusal
from kiosk.ports import Enclosure


class Office:
    """`page_url` is where the mails' links lead. Hold `lock` during a call."""

    def __init__(self, rules: Rules, post: Post, page_url: str, now: Callable[[], datetime]) -> None:
        self.lock = RLock()
        self._news = Condition(self.lock)
        self._closed = False
        self.gives_number = True
        self.ledger = Ledger(now)
        self.logins = Logins(rules.ca_certificate, rules.is_revoked, now)
        self.registrations = Registrations(
            now, lambda address, token: post.send_confirmation(address, f"{page_url}{PREFIX}{token}")
        )
        self._rules = rules
        self._post = post

    def terms(self) -> wire.TermsAnswer:
        """The sample documents, and the limits."""
        return sample_terms(self._rules.limits)

    def register(self, request: wire.RegistrationRequest, terminal: str) -> wire.RegistrationAnswer:
        """A new registration; its mail is under way."""
        if request.terms_version != TERMS_VERSION:
            raise RefusedError(Refusal.TERMS_OUTDATED)
        registration = self.registrations.begin(terminal, request.address)
        return wire.RegistrationAnswer(registration.handle, registration.deadline)

    def wait_for_news(self, there: Callable[[], bool], seconds: float) -> None:
        """Give the lock away until there is news, the time is over, or nobody is served any more."""
        self._news.wait_for(lambda: self._closed or there(), seconds)

    def close(self) -> None:
        """Whoever waits for news is sent home."""
        with self.lock:
            self._closed = True
            self._news.notify_all()

    def state(self, registration: Registration) -> wire.RegistrationState:
        """Pressed or not."""
        return wire.RegistrationState(bool(registration.code), registration.deadline)

    def send_again(self, registration: Registration) -> wire.MailAnswer:
        """One more mail."""
        self.registrations.send_again(registration)
        return wire.MailAnswer(registration.deadline)

    def correct_address(self, registration: Registration, request: wire.AddressRequest) -> wire.MailAnswer:
        """One more mail, to another address."""
        self.registrations.correct(registration, request.address)
        return wire.MailAnswer(registration.deadline)

    def resume(self, request: wire.ResumptionRequest) -> wire.ResumptionAnswer:
        """Back with the code."""
        found = self.registrations.by_code(request.code)
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
        row = self.ledger.fate(key)
        if row is not None and row.handed != handed:
            raise RefusedError(Refusal.SUBMISSION_REFUSED)  # the key of something else
        if row is None:
            row = self.ledger.receive(key, handed)
            self._post.send_received(handed.address, row.number)
        return wire.SubmissionAnswer(row.number if self.gives_number else None)

    def settle(self, request: wire.SettlementRequest) -> wire.SettlementAnswer:
        """Received, or void from now on."""
        row = self.ledger.settle(request.key)
        number = row.number if row is not None and self.gives_number else None
        return wire.SettlementAnswer(row is not None, number)

    def look(self, token: str) -> Link:
        """What the link's page shows; changes nothing."""
        with self.lock:
            found = self.registrations.by_token(token)
            return Link(alive=found is not None, code=found.code if found is not None else "")

    def confirm(self, token: str) -> Link:
        """The button of the link's page."""
        with self.lock:
            found = self.registrations.by_token(token)
            if found is not None:
                self.registrations.confirm(found)
                self._news.notify_all()
            return self.look(token)

    def _judged(self, session: Session, form: wire.FormPart, files: tuple[Enclosure, ...]) -> Handed:
        self.check_numbers(wire.NumbersRequest(form.contract, form.receipt))
        if not self._rules.fields_are_right(form.fields):
            raise RefusedError(Refusal.FIELD_REFUSED)
        if session.attributes is None or not self._rules.files_are_right([(f.media_type, f.content) for f in files]):
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
