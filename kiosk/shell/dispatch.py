"""Where each effect goes: to the vault at once, or to the worker of its device."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import assert_never

from kiosk.effects import (
    AskRegistration,
    Authenticate,
    CheckNumbers,
    ClearEntry,
    CorrectAddress,
    DiscardPage,
    Effect,
    EndVisit,
    EraseDigit,
    FetchTerms,
    InspectCard,
    LogIn,
    Pack,
    Photograph,
    ReadAttributes,
    ReadNumbers,
    ReadPage,
    Register,
    RequestChallenge,
    RereadCertificate,
    Resume,
    SendAttributes,
    SendMailAgain,
    Settle,
    StoreDigit,
    Straighten,
    Submit,
    TurnPage,
    Wipe,
)
from kiosk.ports import PasswordVault
from kiosk.shell.duties import CardRequest, PaperRequest, PortalRequest
from kiosk.shell.workers import Worker


@dataclass(frozen=True, slots=True)
class Dispatcher:
    """Hands effects out, on the loop's thread. `discard` and `forget` drop the pixels of one page and of all."""

    vault: PasswordVault
    card: Worker[CardRequest]
    papers: Worker[PaperRequest]
    reader: Worker[ReadPage]
    portal: Worker[PortalRequest]
    mail: Worker[AskRegistration]
    discard: Callable[[int], None]
    forget: Callable[[], None]

    def __call__(self, effect: Effect) -> None:
        """Never blocks."""
        match effect:
            case StoreDigit(entry=entry, position=position, digit=digit):
                self.vault.store(entry, position, digit)
            case EraseDigit(entry=entry, position=position):
                self.vault.erase(entry, position)
            case ClearEntry(entry=entry):
                self.vault.clear(entry)
            case DiscardPage(number=number):
                self.papers.do(lambda: self.discard(number))
            case EndVisit():
                pass  # the loop sees the state's end
            case InspectCard() | Authenticate() | ReadAttributes() | RereadCertificate():
                self.card.ask(effect)
            case Photograph() | Straighten() | TurnPage() | ReadNumbers() | Pack():
                self.papers.ask(effect)
            case ReadPage():
                self.reader.ask(effect)
            case AskRegistration():
                self.mail.forget()  # who goes to and fro asks often; ten seconds each would be taken for a dead line
                self.mail.ask(effect)
            case Wipe():
                self._wipe(effect)
            case (
                FetchTerms()
                | Register()
                | SendMailAgain()
                | CorrectAddress()
                | Resume()
                | RequestChallenge()
                | LogIn()
                | SendAttributes()
                | CheckNumbers()
                | Submit()
                | Settle()
            ):
                self.portal.ask(effect)
            case _:
                assert_never(effect)

    def _wipe(self, effect: Wipe) -> None:
        """The vault now; the pages when the camera's worker has put down what it holds; the session last, which then
        answers.
        """
        self.vault.wipe()

        self.reader.forget()

        def pages_then_session() -> None:
            self.forget()
            self.portal.ask(effect)

        self.papers.do(pages_then_session)
