"""The one submission on its way: how far the bytes are; or the question whether it came, which may take a while."""

from kiosk.views import Chrome, SubmittingView
from screens.art import Art
from screens.busy import Progress
from screens.frame import framed
from screens.layout import Column, Element, Kit, Space
from screens.look import Role
from screens.megabytes import megabytes
from screens.nodes import Node
from screens.pieces import Align, Picture, Text
from screens.reserved import Reserved


def arrange_submitting(view: SubmittingView, chrome: Chrome, kit: Kit) -> Node:
    """Nothing can be touched that would stop it."""
    if view.settling:
        title, lead = kit.say("submitting.settling_title"), kit.say("submitting.settling_lead")
        body: tuple[Element, ...] = (Picture(Art.WAITING, 24.0, 56.0, moves=True), Space())
        return framed(kit, chrome, title=title, lead=lead, body=body)
    amount = kit.say("submitting.amount", done=megabytes(view.done), whole=megabytes(view.whole)) if view.whole else ""
    moved, close = (_moved(view, amount, role, gap, kit) for role, gap in ((Role.BODY, 3.0), (Role.QUIET, 2.0)))
    return framed(
        kit,
        chrome,
        title=kit.say("submitting.title"),
        lead=kit.say("submitting.lead"),
        body=(
            Column((Picture(Art.LINE_UP, 30.0, 56.0), moved), 4.0, grows=True),
            Column((Picture(Art.LINE_UP, 24.0, 56.0), moved), 3.0, grows=True),
            Column((Picture(Art.LINE_UP, 16.0, 56.0), close), 2.0, grows=True),
            moved,
            close,
        ),
    )


def _moved(view: SubmittingView, amount: str, role: Role, gap: float, kit: Kit) -> Column:
    """The bar, how much that is, and room for why it stands still."""
    why = {key: Text(kit.say(f"submitting.{key}"), role, align=Align.MIDDLE) for key in ("slow", "sent")}
    told = why["sent" if view.done == view.whole else "slow"] if view.still else None
    said = Reserved(told, tuple(why.values()))
    return Column((Progress(view.done, view.whole), Text(amount, role, align=Align.MIDDLE), said), gap)
