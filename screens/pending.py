"""Screens that are still being written stand here as a plain sheet with the view's name."""

import importlib
import importlib.util

from kiosk.views import Chrome, View
from screens.frame import framed
from screens.layout import Kit
from screens.nodes import Node


def pending(file: str, function: str, view: View, chrome: Chrome, kit: Kit) -> Node:
    """What the file places where it is there already."""
    if file and importlib.util.find_spec(f"screens.{file}") is not None:
        module = importlib.import_module(f"screens.{file}")
        found = getattr(module, function, None)
        if found is not None:
            placed: Node = found(view, chrome, kit)
            return placed
    return framed(kit, chrome, title=type(view).__name__)
