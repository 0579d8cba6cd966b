"""The front panel's switches, as the journal hears of them: the housing was opened, the staff's key was turned.

Each visit is told anew how they stand; only what is not as it should be, and what changes, is written down. Who comes
and goes before the terminal is nobody's business and is not written at all.
"""

from kiosk.failures import DriverError
from kiosk.ports import Panel, Switch
from kiosk.shell.journal import Journal

_AT_REST = {Switch.TAMPER: True, Switch.SERVICE_KEY: False}  # closed?


def journal_switches(panel: Panel, journal: Journal) -> None:
    """Begin. A panel that is lost is a named fault and no more."""
    stand = dict(_AT_REST)

    def told(switch: Switch, closed: bool) -> None:
        if stand.get(switch, closed) is not closed:
            stand[switch] = closed
            journal.note(f"switch {switch.name} {'closed' if closed else 'open'}")

    try:
        panel.watch(told)
    except DriverError as error:
        journal.failure("panel", error.failure)
