"""Small files that must survive a restart, written so that a power cut leaves the old or the new one, never half of
one.
"""

import os
from pathlib import Path

_PROBE_BYTES = 4096


def replace_file(file: Path, content: bytes) -> None:
    """Write beside, force to the disk, put in place; readable by the terminal's own user only. Raises OSError."""
    beside = file.with_name(file.name + ".new")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    beside.replace(file)
    force_folder(file.parent)


def takes_files(folder: Path) -> bool:
    """Whether a file can be written there now; makes the folder where it is missing.

    Nothing is forced to the disk: who asks does so every half minute, and a disk that is full or read-only says so
    without.
    """
    probe = folder / ".probe"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(probe, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
        try:
            whole = os.write(descriptor, bytes(_PROBE_BYTES)) == _PROBE_BYTES
        finally:
            os.close(descriptor)
            probe.unlink(missing_ok=True)  # another process may ask at the same time
    except OSError:
        return False
    return whole


def force_folder(folder: Path) -> None:
    """Force a folder's entries (made, renamed, removed) to the disk. Raises OSError."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
