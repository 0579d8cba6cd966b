"""Codes that nobody can guess.

A code is 8 of 28 letters: 28 ** 8 is 3.8e11. A terminal may say 10 unknown codes an hour, 240 a day. Were there a
thousand terminals whose every try somebody used for guessing, and a thousand codes alive at any time, then a day's
240,000 guesses would hit one of them with a chance of 240,000 * 1,000 / 3.8e11, once in four years; and who hits has
a stranger's registration, with which only the stranger's card and password log in to anything.
"""

import secrets
from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta
from math import ceil

from drivers.portal.sandbox.refusals import RefusedError
from drivers.portal.wire import Refusal

CODE_ALPHABET = "23456789ACDEFGHJKMNPQRTUVWXY"  # no letter that looks like a digit or another letter
CODE_LENGTH = 8
UNKNOWN_CODES_PER_HOUR = 10
_HOUR = timedelta(hours=1)


def new_code() -> str:
    """From the system's own chance."""
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))


class Guesses:
    """Counts each terminal's unknown codes; the one that fills an hour closes the terminal's door for the next."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._wrong: dict[str, deque[datetime]] = {}
        self._closed_until: dict[str, datetime] = {}

    def check(self, terminal: str) -> None:
        """Refuse who has guessed too often, right codes too."""
        left = self._closed_until.get(terminal, self._now()) - self._now()
        if left > timedelta():
            raise RefusedError(Refusal.BUSY, ceil(left.total_seconds()))

    def count(self, terminal: str) -> None:
        """One more unknown code."""
        now, wrong = self._now(), self._wrong.setdefault(terminal, deque())
        wrong.append(now)
        while now - wrong[0] >= _HOUR:
            wrong.popleft()
        if len(wrong) >= UNKNOWN_CODES_PER_HOUR:
            wrong.clear()
            self._closed_until[terminal] = now + _HOUR
