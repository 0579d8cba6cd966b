"""`kiosk check panel`: lights every lamp of the front panel for a moment and reads its switches.

Whether a lamp burns only an eye can tell: `lit` says that it was written without an error, and the lines say what to
look at while it burns. The answer is a value, as that of `check_card`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from kiosk.failures import DriverError, Failure
from kiosk.ports import Panel, Switch

LIT_SECONDS = 1.5
"""Long enough to look up from the keyboard."""

_LOOK = {
    "reader_lamp": "look: the light around the card reader burns",
    "tray_light": "look: the light over the tray burns",
    "call_lamp": "look: the lamp that calls staff burns",
    "buzzer": "listen: the buzzer sounds",
}
_MEANING = {
    (Switch.PRESENCE, True): "somebody stands before the terminal",
    (Switch.PRESENCE, False): "nobody stands before the terminal",
    (Switch.TAMPER, True): "the housing is closed",
    (Switch.TAMPER, False): "the housing is open, or the wire is cut",
    (Switch.SERVICE_KEY, True): "the key is turned",
    (Switch.SERVICE_KEY, False): "the key is not turned",
}


class CheckedPanel(Panel, Protocol):
    """A panel that also says what is wired, by the names of the configuration, and how its switches stand."""

    def fitted(self) -> frozenset[str]: ...

    def contacts(self) -> Mapping[Switch, bool]:
        """The fitted ones, True for closed. Raises DriverError."""


@dataclass(frozen=True, slots=True)
class PanelReport:
    """What was found. `switches` None: fitted, and could not be read."""

    driver: str
    lamps: Mapping[str, str]
    switches: Mapping[Switch, bool | None]
    failure: Failure | None

    @property
    def exit_code(self) -> int:
        """0 where everything that is fitted answered, else 1."""
        return 0 if self.failure is None else 1

    def document(self) -> dict[str, object]:
        """For `--json`."""
        return {
            "driver": self.driver,
            "lamps": dict(self.lamps),
            "switches": {switch.value: self._stands(switch) for switch in Switch},
            "failure": self.failure.name if self.failure else None,
        }

    def lines(self) -> tuple[str, ...]:
        """For people who read English on a terminal; the lamps have had their lines while they burnt."""
        switches = (
            f"{switch.value:12} {self._stands(switch):10} {_MEANING.get((switch, bool(closed)), '')}".rstrip()
            if (closed := self.switches.get(switch)) is not None
            else f"{switch.value:12} {self._stands(switch)}"
            for switch in Switch
        )
        result = "in order" if self.failure is None else self.failure.name
        return (*switches, f"{'result':12} {result}")

    def _stands(self, switch: Switch) -> str:
        if switch not in self.switches:
            return "not fitted"
        closed = self.switches[switch]
        return "failed" if closed is None else "closed" if closed else "open"


def check_panel(
    driver: str, panel: CheckedPanel, wait: Callable[[float], object], tell: Callable[[str], None]
) -> PanelReport:
    """Step through everything that is fitted, `tell`ing a line before each lamp burns for `LIT_SECONDS`. Closes it."""
    failure: Failure | None = None
    fitted = panel.fitted()
    lamps = dict.fromkeys(_LOOK, "not fitted")
    switches: dict[Switch, bool | None] = {switch: None for switch in Switch if switch.value in fitted}
    for lamp in (lamp for lamp in _LOOK if lamp in fitted):
        tell(f"{lamp:12} {_LOOK[lamp]}")
        try:
            _light(panel, lamp)
            wait(LIT_SECONDS)
            lamps[lamp] = "lit"
        except DriverError as error:
            failure, lamps[lamp] = error.failure, "failed"
            tell(f"{lamp:12} failed")
    try:
        switches |= panel.contacts()
    except DriverError as error:
        failure = error.failure
    panel.close()
    return PanelReport(driver, lamps, switches, failure)


def _light(panel: Panel, lamp: str) -> None:
    """This one alone."""
    panel.show(reader=lamp == "reader_lamp", tray=lamp == "tray_light", call=lamp == "call_lamp")
    if lamp == "buzzer":
        panel.buzz(LIT_SECONDS)
