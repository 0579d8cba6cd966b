"""A terminal without lamps: every call is accepted and nothing lights."""


class NoPanel:
    """Meets `kiosk.ports.Panel`."""

    def show(self, reader: bool, tray: bool, call: bool) -> None:
        """Nothing to light."""

    def close(self) -> None:
        """Nothing to darken."""
