"""Small files that must survive a restart, written so that a power cut leaves the old or the new one, never half of
one.
"""

import os
from pathlib import Path


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


def force_folder(folder: Path) -> None:
    """Force a folder's entries (made, renamed, removed) to the disk. Raises OSError."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
