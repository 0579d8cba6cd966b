"""What reading gives: words, and where they stand."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum

from kiosk.documents.pixels import Grey
from kiosk.visit import Box


class Letters(Enum):
    """What may stand on the picture that is read; fewer letters, fewer mistakes."""

    ANY = "any"  # a piece of a Japanese page
    CODE = "code"  # lines of Latin capitals and digits


@dataclass(frozen=True, slots=True)
class Word:
    """Letters that stand together, and how sure the reader is of them, 0..1."""

    text: str = field(repr=False)
    box: Box
    confidence: float


Read = Callable[[Grey, Letters], tuple[Word, ...] | None]
"""Reads a picture; None where nobody can (`kiosk.ports.Recognizer`)."""
