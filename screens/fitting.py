"""Whether something has room in the body of a picture."""

from screens.frame import areas
from screens.layout import Element, Kit


def fits(element: Element, kit: Kit, width_mm: float | None = None) -> bool:
    """In the body's height, at its whole width or at `width_mm`."""
    body = areas(kit).body
    return element.height(body.w if width_mm is None else kit.px(width_mm), kit) <= body.h
