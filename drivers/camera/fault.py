"""Why a camera gives no frames, for who stands before it with a screwdriver. A visit knows only that it is lost."""

from enum import Enum


class Fault(Enum):
    """What was found when the camera was last tried, with what to do about it."""

    ABSENT = "no camera is there: check its cable and the key camera.device"
    FORBIDDEN = "this user may not open it: let the group video in (usermod -aG video kiosk)"
    BUSY = "another program holds it: stop that one (systemctl stop kiosk)"
    UNFIT = "it offers neither motion JPEG nor YUYV: use a camera that does"
    SILENT = "it is there and sends no frame: pull its cable, put it back, and try another socket"
    LIBRARY = "picamera2 is missing: apt-get install python3-picamera2, then set up the terminal anew"

    @property
    def advice(self) -> str:
        """What a technician should do."""
        return self.value
