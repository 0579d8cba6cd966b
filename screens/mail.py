"""Around the first mail: the explanation, the wait, what to do when it does not come, and 今日はやめる."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone

from kiosk.events import Action, Tapped
from kiosk.views import AwaitMailView, Chrome, MailExplainedView, MailTroubleView, PostponedView
from screens.art import Art
from screens.frame import framed, primary
from screens.labelled import Labelled
from screens.layout import Beside, Column, Element, Kit, Row
from screens.look import Face, Role, Tone
from screens.nodes import Node
from screens.pieces import Boxed, Patch, PatchKind, Picture, Text, Whole
from screens.touchables import Button

JAPAN = timezone(timedelta(hours=9))


def arrange_mail_explained(view: MailExplainedView, chrome: Chrome, kit: Kit) -> Node:
    """説明文: sender, subject, domain; [閉じる]."""
    parts = {part: kit.say(f"mail_explained.{part}.text") for part in ("sender", "subject", "domain")}
    words = {"to": view.address, **parts, "subject": parts["subject"].replace("】", "】\n")}
    rows, quiet = (tuple(_labelled(kit, *row, role) for row in words.items()) for role in (Role.BODY, Role.QUIET))
    pictured = tuple(
        Column((Boxed(Column(lines)), Picture(Art.ENVELOPE, 24.0, 50.0)), 6.0, grows=True) for lines in (rows, quiet)
    )
    return framed(
        kit,
        chrome,
        title=kit.say("mail_explained.title"),
        lead=kit.say("mail_explained.lead"),
        body=(
            *(pictured if kit.look.upright else (Boxed(Column(rows)),)),
            Boxed(Column(quiet, 2.0)),
            Boxed(Column(quiet, 1.0), padding=2.5),
            Column(tuple(Boxed(Whole(row), padding=2.5) for row in quiet), 2.0),
        ),
        main=primary(kit.say("action.close"), Action.CLOSE),
        to_the_end=True,
    )


def _labelled(kit: Kit, part: str, words: str, role: Role) -> Element:
    label = Text(kit.say(f"mail_explained.{part}"), Role.QUIET, tone=Tone.QUIET_INK)
    text = Text(words, role, Face.DIGITS if part in {"to", "domain"} else Face.BOLD)
    if kit.look.upright:
        return Column((label, text), 0.5)
    if kit.look.large:
        return Labelled(replace(label, role=Role.SMALL), text, share=0.15)
    return Labelled(label, text, share=0.2)


def _to(kit: Kit, address: str) -> Element:
    """Whom the mail was sent to, in the letters in which the address was typed."""
    label = Text(kit.say("mail_explained.to"), Role.QUIET, tone=Tone.QUIET_INK)
    words = Text(address, Role.QUIET, Face.DIGITS)
    return Whole(Column((label, words), 0.5) if kit.look.upright else Labelled(label, words))


def arrange_await_mail(view: AwaitMailView, chrome: Chrome, kit: Kit) -> Node:
    """Open the link on the phone; the terminal goes on by itself."""
    until = Text(kit.say("await_mail.deadline", deadline=moment(kit, view.deadline)), Role.BODY)
    to = _to(kit, view.address)
    by_itself = Text(kit.say("await_mail.by_itself"), Role.BODY)
    quieter = tuple(
        tuple(replace(said, role=role) for said in (by_itself, until)) for role in (Role.MEDIUM, Role.QUIET)
    )
    state: tuple[Element, ...] = ()
    if view.line_down:
        state = (Patch(kit.say("await_mail.line_down"), PatchKind.CAREFUL, Role.QUIET),)
    words = Column((by_itself, until, *state, to))
    trouble = Button(kit.say("action.mail_trouble"), Tapped(Action.MAIL_TROUBLE), high=20.0)
    return framed(
        kit,
        chrome,
        title=kit.say("await_mail.title"),
        lead=kit.say("await_mail.lead"),
        body=(
            Beside(words, Picture(Art.PHONE, 32.0 if kit.look.upright else 40.0, 80.0), 62.0, grows=True),
            words,
            replace(words, gap=1.5),
            *(Column((*said, *state, to), 1.0) for said in quieter),
        ),
        main=trouble,
    )


def arrange_mail_trouble(view: MailTroubleView, chrome: Chrome, kit: Kit) -> Node:
    """Spam folder and domain first; then again, another address, or another day, which may be all that is left."""
    title, lead = kit.say("mail_trouble.title"), kit.say("mail_trouble.lead")
    to = _to(kit, view.address)
    if not view.mails_left:
        over, quiet = (Patch(kit.say("mail_trouble.none_left"), PatchKind.CAREFUL, r) for r in (Role.BODY, Role.QUIET))
        bodies: tuple[Element, ...] = (Column((over, to)), Column((quiet, to), 1.5))
        main = primary(kit.say("action.postpone"), Action.POSTPONE)
        return framed(kit, chrome, title=title, lead=lead, body=bodies, main=main)
    left = Text(kit.say("mail_trouble.left", n=view.mails_left), Role.QUIET, tone=Tone.QUIET_INK)
    roomy, close = _choices(kit, 20.0), _choices(kit, 15.0)
    small = replace(left, role=Role.SMALL)
    return framed(
        kit,
        chrome,
        title=title,
        lead=lead,
        body=(Column((to, roomy, left)), Column((to, close, left), 1.5), Column((close, small, to), 1.0)),
        main=Button(kit.say("action.postpone"), Tapped(Action.POSTPONE), high=20.0),
    )


def _choices(kit: Kit, high: float) -> Element:
    again = Button(kit.say("action.send_again"), Tapped(Action.SEND_AGAIN), high=high)
    correct = Button(kit.say("action.correct_address"), Tapped(Action.CORRECT_ADDRESS), high=high)
    return Column((again, correct)) if kit.look.upright else Row((again, correct))


def arrange_postponed(view: PostponedView, chrome: Chrome, kit: Kit) -> Node:
    """What to bring next time, to be photographed: it stands on one part at every text size."""
    said = [(kit.say("postponed.bring"), Face.TEXT)]
    if view.deadline is not None:
        said.insert(0, (kit.say("postponed.deadline", deadline=moment(kit, view.deadline)), Face.BOLD))

    def words(role: Role, gap: float, padding: float) -> Element:
        return Boxed(Column(tuple(Text(sentence, role, face) for sentence, face in said), gap), padding=padding)

    roomy = words(Role.BODY, 3.0, 4.0)
    return framed(
        kit,
        chrome,
        title=kit.say("postponed.title"),
        lead=kit.say("postponed.lead"),
        body=(
            Beside(roomy, Picture(Art.PHONE_PHOTOGRAPHS, 30.0, 60.0), 50.0, grows=True),
            roomy,
            words(Role.BODY, 1.0, 2.5),
            words(Role.MEDIUM, 1.0, 2.0),
            words(Role.QUIET, 1.0, 2.0),
            words(Role.SMALL, 1.0, 2.0),
        ),
        main=primary(kit.say("action.finish"), Action.FINISH),
    )


def moment(kit: Kit, when: datetime) -> str:
    """Day and time as the hall reads them, whatever zone the machine was set up with."""
    local = when.astimezone(JAPAN)
    month, day = kit.say(f"month.{local.month}"), kit.say(f"day.{local.day}")
    return kit.say("date.moment", month=month, day=day, hour=local.hour, minute=f"{local.minute:02d}")
