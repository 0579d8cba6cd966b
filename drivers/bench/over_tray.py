"""What happens over the tray while a paper lies there: hands that move or cover it, lamp and lens that fail."""

from dataclasses import replace
from threading import Lock

from drivers.camera.simulator import SimulatedTray
from drivers.camera.tray import Air


class OverTray:
    """Hands at `tray`, from any thread. Each is done until it is undone, beside all others."""

    def __init__(self, tray: SimulatedTray) -> None:
        self._tray = tray
        self._lock = Lock()
        self._air = Air()

    def shake_paper(self, on: bool) -> None:
        """Move what lies there to and fro, or hold it still."""
        self._tray.shake(on)
        self._breathe(motion_px=45 if on else 0)

    def reach_in(self, there: bool) -> None:
        """Hold a hand over the tray, or take it away."""
        self._tray.reach(0.5 if there else 0.0)

    def spoil_light(self, spoilt: bool) -> None:
        """Cloud the lens, or wipe it."""
        self._breathe(blur_px=9.0 if spoilt else 0.0)

    def dim_lamp(self, on: bool) -> None:
        """Turn the lamp down to a fifth of its light, or up again."""
        self._breathe(light=0.2 if on else 1.0)

    def cast_shadow(self, there: bool) -> None:
        """Lean over the tray, or lean back."""
        self._breathe(shadow=1.0 if there else 0.0)

    def mirror_lamp(self, there: bool) -> None:
        """Let the lamp be mirrored in the middle, or not."""
        self._breathe(glare=0.8 if there else 0.0)

    def _breathe(self, **changed: float) -> None:
        with self._lock:
            self._air = replace(self._air, **changed)  # type: ignore[arg-type]  # names are checked by replace
            self._tray.air(self._air)
