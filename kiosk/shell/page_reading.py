"""What the reader's worker does: look through a page for My Numbers, beside everything else.

A thread of its own, because reading takes seconds and neither live view nor visitor may wait for it. What it reads is
a page as it was when the worker came to it; how often that had been turned is told along with what was found.
"""

from collections.abc import Callable

from kiosk.documents.codes import read_codes
from kiosk.documents.my_number import find_my_numbers, is_card_back
from kiosk.documents.pixels import as_grey
from kiosk.documents.words import Read
from kiosk.effects import ReadPage
from kiosk.events import PageRead
from kiosk.failures import DriverError, Failure
from kiosk.shell.portfolio import Portfolio


def page_reader(portfolio: Portfolio, read: Read) -> Callable[[ReadPage], PageRead]:
    """The worker's duty. Raises DriverError: INTERNAL where nobody can read, or the page is gone; PAGE_MY_NUMBER_CARD
    where it is the back of that card.
    """

    def look_through(request: ReadPage) -> PageRead:
        try:
            kept = portfolio.kept(request.number)
        except KeyError:
            raise DriverError(Failure.INTERNAL) from None
        found = find_my_numbers(as_grey(kept.sheet.pixels), kept.sheet.dpi, read_codes(kept.sheet.pixels), read)
        if found is None:
            raise DriverError(Failure.INTERNAL)
        if is_card_back(kept.size_mm, found):
            raise DriverError(Failure.PAGE_MY_NUMBER_CARD)
        return PageRead(tuple(found), kept.turns)

    return look_through
