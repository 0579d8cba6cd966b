"""A visitor for the random walk: usually goes on, often errs, sometimes hammers."""

import random

from kiosk import events as on
from kiosk import states as at
from kiosk.events import Action, Tapped
from kiosk.failures import Failure
from kiosk.flow.timeouts import timers
from kiosk.states import State
from kiosk.visit import CardPlace, Guidance, Health, Language, Password, PortalHealth, Sight, TextSize
from tests.flow.world import ADDRESS, RECEIPT, RIGHT

_ON = {
    at.Attract: (Action.START,),
    at.Preparation: (Action.NEXT, Action.NEXT, Action.NEXT, Action.HAVE_CODE),
    at.NoticeShown: (Action.NEXT,),
    at.AddressDiffers: (Action.RETRY,),
    at.MailExplained: (Action.CLOSE,),
    at.MailTrouble: (Action.SEND_AGAIN, Action.CORRECT_ADDRESS, Action.POSTPONE, Action.BACK),
    at.Postponed: (Action.FINISH, Action.BACK),
    at.CardReady: (Action.NEXT,),
    at.ReadOffer: (Action.NEXT,),
    at.Identity: (Action.NEXT, Action.NEXT, Action.SOMETHING_WRONG),
    at.IdentityWrong: (Action.BACK, Action.BACK, Action.FINISH),
    at.ApplicantChoice: (Action.CONTRACTOR, Action.APPLICANT),
    at.PhotoRefused: (Action.RETRY, Action.RETRY, Action.BACK),
    at.PageCheck: (Action.KEEP, Action.KEEP, Action.KEEP, Action.KEEP, Action.RETAKE, Action.TURN, Action.COVER,
                   Action.LIFT, Action.CORNERS),
    at.CoverCheck: (Action.KEEP, Action.KEEP, Action.LIFT, Action.COVER, Action.TURN),
    at.NumberOffer: (Action.YES, Action.YES, Action.NO),
    at.Review: (Action.SUBMIT, Action.SUBMIT, Action.SUBMIT, Action.CHANGE_CONTRACT, Action.CHANGE_RECEIPT,
                Action.CHANGE_FIELDS, Action.CHANGE_PAPERS),
    at.Done: (Action.FINISH,),
    at.FateOpen: (Action.FINISH,),
    at.Farewell: (Action.FINISH,),
    at.DocumentReading: (Action.READ_THROUGH, Action.BACK),
}  # fmt: skip


def go_on(state: State, dice: random.Random) -> on.Event:  # noqa: C901  # one case a stage
    """What a visitor who understands the picture would do next."""
    stage = state.stage
    if state.sheet is not None:
        if state.sheet is at.Sheet.STILL_THERE and dice.random() < 0.1:
            return on.Elapsed(on.TimerKind.QUESTION)
        if dice.random() < 0.2:
            return Tapped(Action.BACK)
        return Tapped(dice.choices((Action.CLOSE, Action.NO, Action.YES), (9, 9, 1))[0])
    chosen = dice.random()
    if chosen < 0.015:
        return Tapped(Action.BACK)
    if chosen < 0.03:
        return Tapped(dice.choice((Action.LANGUAGE, Action.DISPLAY, Action.STAFF, Action.HELP, Action.CANCEL)))
    if isinstance(stage, at.Submitting | at.Settling) and dice.random() < 0.6:
        return on.Elapsed(on.TimerKind.DEADLINE)
    if type(stage) in _ON:
        return Tapped(dice.choice(_ON[type(stage)]))
    match stage:
        case at.CodeEntry(text=text):
            return on.KeyTapped(dice.choice("ABCD2345")) if len(text) < 8 else Tapped(Action.NEXT)
        case at.AddressEntry(text=text) | at.AddressAgain(text=text):
            return _type(text, ADDRESS, dice, slip=0.02)
        case at.Consent(agreed=agreed):
            return dice.choice((on.ItemTapped(on.Item.DOCUMENT, 0), Tapped(Action.NEXT if agreed else Action.AGREE)))
        case at.AwaitingMail():
            return dice.choices((Tapped(Action.MAIL_TROUBLE), on.Touched()), (1, 9))[0]
        case at.AwaitingCard():
            return on.CardLaid() if state.card is CardPlace.ABSENT else on.CardTaken()
        case at.CardTrouble(failure=failure):
            return _mend_card(state, failure, dice)
        case at.OutOfService():
            return on.HealthTold(Health())
        case at.Trouble(failure=Failure.CAMERA_LOST) if dice.random() < 0.5:
            return on.CameraBack()
        case at.Trouble():
            return Tapped(dice.choice((Action.RETRY, Action.RETRY, Action.BACK, Action.FINISH)))
        case at.PasswordStop():
            again = on.CardLaid() if state.card is CardPlace.ABSENT else on.CardTaken()
            return dice.choice((Tapped(Action.FINISH), again))
        case at.LastTryQuestion():
            return on.Held(Action.YES)
        case at.PasswordEntry(entry=entry, count=count):
            return _digit(entry.password, count, dice)
        case at.TakingCard():
            return on.CardTaken()
        case at.ContractEntry() | at.ReceiptEntry() if dice.random() < 0.02:
            return Tapped(Action.READ_LETTER)
        case at.LetterReading(need_empty=need_empty):
            return on.TraySeen(Sight(Guidance.LAY_A_PAPER if need_empty else dice.choice(list(Guidance))))
        case at.LookingOver():
            return dice.choices((on.Touched(), Tapped(Action.BACK)), (6, 1))[0]
        case at.CornersSet():
            return dice.choice((_point(dice), _point(dice), Tapped(Action.NEXT), Tapped(Action.RETAKE)))
        case at.Covering():
            return dice.choice((_point(dice), _point(dice), Tapped(Action.UNDO), Tapped(Action.CLOSE)))
        case at.ContractEntry(text=text):
            return on.KeyTapped(dice.choice("0123456789")) if len(text) < 9 else Tapped(Action.NEXT)
        case at.ReceiptEntry(text=text):
            return _type(text, RECEIPT, dice, slip=0.005)
        case at.FieldEntry(text=text):
            return on.KeyTapped("7") if len(text) < 2 else Tapped(Action.NEXT)
        case at.Scanning(need_empty=need_empty):
            return on.TraySeen(Sight(Guidance.LAY_A_PAPER if need_empty else dice.choice(list(Guidance))))
        case at.Papers():
            choices = (Tapped(Action.NEXT), Tapped(Action.ADD), Tapped(Action.ADD_PAGE))
            return dice.choices((*choices, on.ItemTapped(on.Item.LOOK, dice.randrange(2))), (5, 2, 1, 2))[0]
        case at.PageLook(index=index):
            acts = (Action.RETAKE, Action.TURN, Action.COVER, Action.EARLIER, Action.LATER)
            out = on.ItemTapped(on.Item.REMOVE, index)
            return dice.choice((Tapped(Action.CLOSE), out, Tapped(dice.choice(acts))))
        case _:
            return on.Touched()


def hammer(state: State, dice: random.Random) -> on.Event:
    """Anything at all, at any moment."""
    return dice.choice((
        Tapped(dice.choice(list(Action))),
        on.ItemTapped(dice.choice(list(on.Item)), dice.randrange(-1, 7)),
        on.Held(dice.choice(list(Action))),
        _point(dice),
        on.CodeSeen(dice.choice(("ABCD2345", "", "https://example.jp/", "ABCD234O"))),
        on.KeyTapped(dice.choice(("a", "9", "@", "@docomo.ne.jp", "Z", "", "𠮷"))),
        on.DigitTapped(dice.randrange(-1, 11)),
        on.Touched(),
        on.LanguageChosen(dice.choice(list(Language))),
        on.TextSizeChosen(dice.choice(list(TextSize))),
        on.Elapsed(dice.choice(list(on.TimerKind))),
        on.TraySeen(Sight(dice.choice(list(Guidance)))),
    ))  # fmt: skip


def device(state: State, dice: random.Random) -> on.Event:
    """A card moves, a plug is pulled, the background check tells."""
    well = Health()
    ill = Health(reader=dice.random() < 0.8, camera=dice.random() < 0.8, portal=dice.choice(list(PortalHealth)))
    return dice.choice((
        on.CardLaid(), on.CardTaken(), on.CardTaken(), on.ReaderLost(), on.ReaderBack(), on.CameraLost(),
        on.CameraBack(), on.HealthTold(well), on.HealthTold(well), on.HealthTold(ill),
    ))  # fmt: skip


def time_passes(state: State, dice: random.Random) -> on.Event:
    """One of the timers that run now, or nothing."""
    running = timers(state)
    return on.Elapsed(dice.choice(running).kind) if running else on.Touched()


def _point(dice: random.Random) -> on.Event:
    return on.Pointed(dice.uniform(-0.1, 1.1), dice.uniform(-0.1, 1.1), dice.choice(list(on.Phase)))


def _mend_card(state: State, failure: Failure, dice: random.Random) -> on.Event:
    if failure is Failure.READER_LOST:
        return on.ReaderBack()
    lying = dice.choice((on.CardTaken(), Tapped(Action.RETRY), Tapped(Action.FINISH)))
    return on.CardLaid() if state.card is CardPlace.ABSENT else lying


def _type(text: str, wanted: str, dice: random.Random, slip: float) -> on.Event:
    if dice.random() < slip:
        return on.KeyTapped(dice.choice("0a"))
    if not wanted.startswith(text):
        return dice.choice((Tapped(Action.ERASE), Tapped(Action.ERASE), Tapped(Action.ERASE_ALL), Tapped(Action.NEXT)))
    return Tapped(Action.NEXT) if text == wanted else on.KeyTapped(wanted[len(text)])


def _digit(password: Password, count: int, dice: random.Random) -> on.Event:
    if count == 4:
        return Tapped(Action.NEXT)
    return on.DigitTapped(0 if dice.random() < 0.03 else RIGHT[password][count])
