"""The pages of the visit that stands, for a window that outlives it."""

from collections.abc import Sequence

from kiosk.ports import Frame
from kiosk.shell.portfolio import Portfolio


class CurrentPictures:
    """A `kiosk.ports.Pictures` that looks into the portfolio of `now`."""

    def __init__(self) -> None:
        self.now = Portfolio()

    def frame(self) -> Frame | None:
        """The newest preview frame."""
        return self.now.frame()

    def page(self, number: int) -> Frame | None:
        """The pixels of a page."""
        return self.now.page(number)

    def thumbnail(self, number: int) -> Frame | None:
        """The same, small."""
        return self.now.thumbnail(number)

    def still(self, number: int) -> Frame | None:
        """The still in which it was found."""
        return self.now.still(number)

    def numbers(self) -> Sequence[int]:
        """Numbers of the pages that are kept, rising."""
        return self.now.numbers()
