"""A terminal without lamps and switches: every call is accepted, nothing lights and nothing is told."""

from collections.abc import Callable, Mapping

from kiosk.ports import Switch


class NoPanel:
    """Meets `kiosk.ports.Panel` and `kiosk.service.check_panel.CheckedPanel`."""

    def show(self, reader: bool, tray: bool, call: bool) -> None:
        """Nothing to light."""

    def buzz(self, seconds: float) -> None:
        """Nothing to sound."""

    def watch(self, tell: Callable[[Switch, bool], None]) -> None:
        """Nothing to tell."""

    def close(self) -> None:
        """Nothing to darken."""

    def fitted(self) -> frozenset[str]:
        """Nothing."""
        return frozenset()

    def contacts(self) -> Mapping[Switch, bool]:
        """None."""
        return {}
