"""How often a password may still be tried, as words on a coloured patch: 3 green, 2 amber, 1 and none red."""

from kiosk.visit import Password
from screens.layout import Kit
from screens.pieces import PatchKind


def kind_of(left: int | None) -> PatchKind:
    """`left` tries; None where the card has no such password."""
    if left is None or left == 2:
        return PatchKind.CAREFUL
    return PatchKind.FINE if left > 2 else PatchKind.STOP


def short(left: int | None, kit: Kit) -> str:
    """As あと3回."""
    if left is None:
        return kit.say("tries.short_absent")
    return kit.say("tries.short", n=left) if left else kit.say("tries.short_locked")


def briefly(left: int, kit: Kit) -> str:
    """The same where little room is, but never without what the last one means."""
    return kit.say("tries.short_last") if left == 1 else short(left, kit)


def sentence(left: int, kit: Kit) -> str:
    """With what follows from it."""
    return kit.say(f"tries.left_{max(1, min(3, left))}")


def official_beside(password: Password, kit: Kit) -> str:
    """The name that the municipal office uses, where the visitor's language has another one; else empty."""
    official = kit.say(f"password.official.{password.value}")
    return "" if official == kit.say(f"password.name.{password.value}") else official
