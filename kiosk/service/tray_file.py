"""What a calibration found, as a file of settings: read at the next start as every other file in /etc/kiosk."""

import os
import tempfile
from pathlib import Path

from kiosk.documents.straighten import TrayGeometry
from kiosk.settings import SettingsError

NAME = "60-tray.toml"


def tray_toml(geometry: TrayGeometry) -> str:
    """The section [tray] with all its keys."""
    corners = ", ".join(f"{part:.6f}" for corner in geometry.quad for part in corner)
    return (
        "# Written by `kiosk check camera --calibrate`; another calibration writes it anew.\n"
        "[tray]\n"
        f"width_mm = {geometry.width_mm:g}\n"
        f"height_mm = {geometry.height_mm:g}\n"
        f"corners = [{corners}]\n"
        f"lens = [{geometry.lens[0]:.6f}, {geometry.lens[1]:.6f}]\n"
    )


def write_tray(geometry: TrayGeometry, file: Path) -> None:
    """In one stroke: whoever reads meanwhile reads the old file or the new one. Raises SettingsError."""
    try:
        descriptor, name = tempfile.mkstemp(dir=file.parent, prefix=".tray-")
    except OSError as error:
        hint = "call this as root." if isinstance(error, PermissionError) else "is its folder there?"
        raise SettingsError(file, "tray", f"cannot be written ({error.strerror}): {hint}") from None
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            stream.write(tray_toml(geometry))
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(file)
    except OSError as error:
        Path(name).unlink(missing_ok=True)
        raise SettingsError(file, "tray", f"cannot be written ({error.strerror}).") from None
