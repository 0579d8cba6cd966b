"""`kiosk settle`: the keeper's courier. Imports neither window nor devices, only the portal's client.

Started by the keeper, dies with it, and ends by itself: when its standard input ends, too.
"""

import select
import sys
from contextlib import ExitStack, closing

from kiosk.command_line import SettleKeys
from kiosk.commands.journaling import journaling
from kiosk.portal_opening import at_door, door_at, open_portal
from kiosk.settings import load
from kiosk.shell.clock import SystemClock
from kiosk.shell.courier import settle_all
from kiosk.shell.hardening import Hardening, journal_lacking
from kiosk.shell.ledger import Ledger
from kiosk.shell.spool import Spool

LEFT_OPEN = 75
"""Exit code (EX_TEMPFAIL of sysexits.h) when not every key could be settled."""


def settle(command: SettleKeys, lacking: frozenset[Hardening]) -> int:
    """Ask for the fate of every key that no living visit holds."""
    settings = load(command.simulate, command.config)
    if command.bench is not None:
        settings = at_door(settings, door_at(command.bench))
    with ExitStack() as end:
        journal = end.enter_context(journaling(Spool()))
        journal_lacking(lacking, journal)
        portal = end.enter_context(closing(open_portal(settings, SystemClock(settings.clock.trust).now)))
        settled = settle_all(Ledger(command.state_dir / "open"), portal.settle, journal, _rest)
    return 0 if settled else LEFT_OPEN


def _rest(seconds: float) -> bool:
    """Wait; False as soon as the keeper has gone."""
    return not select.select([sys.stdin], [], [], seconds)[0]
