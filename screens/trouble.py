"""What went otherwise than hoped: a picture, what happened, the next step; small at the bottom its name for staff.

The name stands just above the foot, always in the same place, whatever stands or scrolls above it.
"""

from collections.abc import Iterator

from kiosk.events import Action
from kiosk.failures import REMEDIES, Failure
from kiosk.views import CardTroubleView, Chrome, TroubleView
from screens.art import Art
from screens.frame import GAP_MM, areas, assembled, primary, titled
from screens.geometry import Rect
from screens.layout import Beside, Column, Element, Kit
from screens.look import Role, Tone
from screens.nodes import Group, Node
from screens.pieces import Patch, PatchKind, Picture, Text
from screens.touchables import Button

CODE_OVER_FOOT_MM, CODE_UNDER_MM = 2.4, 0.8  # nearer to what it belongs to than to a button

PICTURES: dict[Failure, Art] = {
    Failure.CARD_NOT_LAID: Art.LAY_CARD,
    Failure.CARD_WRONG_KIND: Art.CARD_WRONG_KIND,
    Failure.CARD_UNREADABLE: Art.CARD_BARE,
    Failure.CARD_PULLED: Art.CARD_MOVED,
    Failure.CARD_MALFORMED: Art.CARD_LACKING,
    Failure.CARD_SLOW: Art.CARD_AGAIN,
    Failure.CERTIFICATE_EXPIRED: Art.CARD_EXPIRED,
    Failure.CERTIFICATE_ABSENT: Art.CARD_LACKING,
    Failure.PASSWORD_LOCKED: Art.CARD_LOCKED,
    Failure.PASSWORD_ABSENT: Art.CARD_LACKING,
    Failure.LAST_TRY_KEPT: Art.ONE_LEFT,
    Failure.REFUSED_TOO_OFTEN: Art.STOPPED,
    Failure.CARD_STEP_CLOSED: Art.BELL,
    Failure.TRIES_UNKNOWN: Art.CARD_AGAIN,
    Failure.READER_LOST: Art.READER_LOST,
    Failure.CAMERA_LOST: Art.CAMERA_LOST,
    Failure.PHOTO_SLOW: Art.OVERDUE,
    Failure.PAGE_NOT_FOUND: Art.PAPER_NOT_FOUND,
    Failure.PAGE_CUT_OFF: Art.PAPER_CUT_OFF,
    Failure.PAGE_BLURRED: Art.PAPER_BLURRED,
    Failure.PAGE_MOVED: Art.PAPER_MOVED,
    Failure.PAGE_FINGER: Art.PAPER_FINGER,
    Failure.PAGE_GLARE: Art.PAPER_GLARE,
    Failure.PAGE_DARK: Art.PAPER_DARK,
    Failure.PAGE_BLANK: Art.PAPER_BLANK,
    Failure.PAGE_MY_NUMBER_CARD: Art.NOT_A_CARD,
    Failure.TWO_SHEETS: Art.TWO_SHEETS,
    Failure.BUDGET_EXCEEDED: Art.TOO_LARGE,
    Failure.PORTAL_UNREACHABLE: Art.LINE_DOWN,
    Failure.PORTAL_UNTRUSTED: Art.LINE_DOWN,
    Failure.PORTAL_SLOW: Art.OVERDUE,
    Failure.PORTAL_BUSY: Art.OVERDUE,
    Failure.PORTAL_MAINTENANCE: Art.CLOSED,
    Failure.PORTAL_MALFORMED: Art.LINE_DOWN,
    Failure.ADDRESS_REFUSED: Art.MAIL_RETURNED,
    Failure.MAILS_EXHAUSTED: Art.MAIL_LATE,
    Failure.MAIL_NOT_CONFIRMED: Art.PHONE,
    Failure.LINK_EXPIRED: Art.MAIL_LATE,
    Failure.CODE_UNKNOWN: Art.PHONE_CODE,
    Failure.LOGIN_REFUSED: Art.CARD_LACKING,
    Failure.CONTRACT_UNKNOWN: Art.CONTRACT_CERTIFICATE,
    Failure.RECEIPT_UNKNOWN: Art.RECEIPT_LETTER,
    Failure.FIELD_REFUSED: Art.COMPARED,
    Failure.SESSION_EXPIRED: Art.OVERDUE,
    Failure.SUBMISSION_REFUSED: Art.COMPARED,
    Failure.SUBMISSION_NOT_RECEIVED: Art.LINE_DOWN,
    Failure.SUBMISSION_UNCERTAIN: Art.UNKNOWN,
    Failure.FATE_UNKNOWN: Art.UNKNOWN,
    Failure.CLOCK_UNTRUSTED: Art.OVERDUE,
    Failure.STATE_UNWRITABLE: Art.BELL,
    Failure.POWER_RETURNED: Art.POWER,
    Failure.PANEL_LOST: Art.BELL,
    Failure.INTERNAL: Art.BELL,
}
"""What each failure looks like; a test holds this to be complete."""


def arrange_trouble(view: TroubleView, chrome: Chrome, kit: Kit) -> Node:
    """RETRY where another try makes sense, else FINISH; 戻る where it leads somewhere."""
    text = words(view.failure, kit)
    if view.failure is Failure.BUDGET_EXCEEDED and view.page is not None:
        text = kit.say("failure.budget_exceeded.page", n=view.page)
    main = _way_on(view.failure, retry=view.retry, kit=kit)
    return assembled(kit, chrome, _told(view.failure, text, (), kit), main)


def arrange_card_trouble(view: CardTroubleView, chrome: Chrome, kit: Kit) -> Node:
    """Laying a card goes on by itself; one that lies there is asked again by RETRY, or goes back."""
    retry = REMEDIES[view.failure].retry
    said: tuple[Element, ...] = ()
    if not retry and view.card_lies_there:
        take = kit.say("trouble.take_card")
        said = Patch(take, PatchKind.CAREFUL), Patch(take, PatchKind.CAREFUL, Role.QUIET)
    if retry and not view.card_lies_there and view.failure is not Failure.READER_LOST:
        said = (Text(kit.say("card_trouble.by_itself"), Role.QUIET, tone=Tone.QUIET_INK),)
    waits = retry and not view.card_lies_there and view.failure is not Failure.READER_LOST
    main = None if waits else _way_on(view.failure, retry=retry, kit=kit)
    return assembled(kit, chrome, _told(view.failure, words(view.failure, kit), said, kit), main)


def words(failure: Failure, kit: Kit) -> str:
    """What to do."""
    return kit.say(f"failure.{failure.name.lower()}.text")


def _way_on(failure: Failure, *, retry: bool, kit: Kit) -> Button:
    """Says where another try leads, where the texts have words for it."""
    if not retry:
        return primary(kit.say("action.finish"), Action.FINISH)
    own = f"failure.{failure.name.lower()}.retry"
    return primary(kit.say(own if kit.look.texts.has(own) else "action.retry"), Action.RETRY)


def _told(failure: Failure, text: str, said: tuple[Element, ...], kit: Kit) -> Node:
    """Title, text and picture; its name for staff at the bottom. `said` below the text, its last one the smallest."""
    at, title = areas(kit).body, kit.say(f"failure.{failure.name.lower()}.title")
    code = Text(kit.say("trouble.staff_code", name=failure.name), Role.SMALL, tone=Tone.QUIET_INK)
    high = code.height(at.w, kit)
    below = Rect(at.x, areas(kit).foot.y - kit.px(CODE_OVER_FOOT_MM) - high, at.w, high)
    above = Rect(at.x, at.y, at.w, below.y - kit.px(CODE_UNDER_MM) - at.y)
    for choice in _pictured(PICTURES[failure], text, said, kit):
        if Column((Text(title, Role.TITLE), choice), GAP_MM).height(at.w, kit) <= above.h:
            content = titled(kit, above, title, "", (choice,))
            break
    else:
        content = titled(kit, above, title, text, said[:1])
    return Group(at, (content, code.place(below, kit)))


def _pictured(art: Art, text: str, said: tuple[Element, ...], kit: Kit) -> Iterator[Element]:
    """The picture beneath the text, beside it where it would be small there, or beside smaller letters."""
    for role, more in ((Role.LEAD, said[:1]), (Role.MEDIUM, said[:1]), (Role.QUIET, said[-1:])):
        words = Column((Text(text, role), *more))
        yield Column((words, Picture(art, 36.0, 72.0)), grows=True)
        for wide in () if kit.look.upright else (64.0, 48.0):
            yield Beside(words, Picture(art, 25.0, 72.0), wide, grows=True)
        yield Column((words, Picture(art, 28.0)), grows=True)
    yield Column((Text(text, Role.LEAD), *said[:1]))
