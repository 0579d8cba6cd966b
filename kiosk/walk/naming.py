"""The name of a screen, for its picture: the view's, and what tells one form of it from another."""

import re
from enum import Enum

from kiosk.views import View

_TELLING = ("typing", "question", "password", "remark", "failure", "topic", "settling", "stale", "last")
"""Fields of views that make another screen of them, where they are set."""


def screen_name(view: View) -> str:
    """Lower case with hyphens: `attract`, `typing-address`, `password-auth-wrong-password`."""
    words = [_hyphened(type(view).__name__.removesuffix("View"))]
    for name in _TELLING:
        value = getattr(view, name, None)
        if isinstance(value, Enum):
            words.append(str(value.value if isinstance(value.value, str) else value.name).lower().replace("_", "-"))
        elif value is True:
            words.append(name)
    return "-".join(words)


def _hyphened(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name).lower()
